//! Going on with the output of a run that was stopped.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::{Context, bail};
use cablegram::DocumentSource;
use serde::Deserialize;

use crate::documents::output::part_of;

/// The cables that an output has: their places, and their numbers.
#[derive(Default)]
pub(crate) struct Known(HashMap<String, HashMap<usize, Option<String>>>);

impl Known {
    /// The number of a cable that is known; nothing where it is not.
    pub(crate) fn id(&self, source: &DocumentSource) -> Option<&Option<String>> {
        self.0.get(&source.path)?.get(&source.index)
    }
}

/// The keys of an object that are needed here.
#[derive(Deserialize)]
struct Object {
    source: Place,
    mrn: Option<Number>,
}

#[derive(Deserialize)]
struct Place {
    path: String,
    index: usize,
}

#[derive(Deserialize)]
struct Number {
    id: Option<String>,
}

/// Prepares the part of an output: the one of the run that was stopped, or a copy of the output itself; without the line
/// that is not whole. Gives what it has.
pub(crate) fn begin(output: Option<&Path>) -> anyhow::Result<Known> {
    let Some(output) = output else { return Ok(Known::default()) };
    let part = part_of(output);
    let from = if part.exists() { &part } else { output };
    if !from.exists() {
        return Ok(Known::default());
    }
    let (known, length) = read(from)?;
    let name = || part.display().to_string();
    if part.exists() {
        let file = OpenOptions::new().write(true).open(&part).with_context(name)?;
        file.set_len(length).with_context(name)?;
    } else {
        let mut whole = File::open(output).with_context(|| output.display().to_string())?.take(length);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&part).with_context(name)?;
        std::io::copy(&mut whole, &mut file).with_context(name)?;
        file.flush().with_context(name)?;
    }
    Ok(known)
}

/// The cables of an output, and how long its whole lines are.
fn read(path: &Path) -> anyhow::Result<(Known, u64)> {
    let mut lines = BufReader::new(File::open(path).with_context(|| path.display().to_string())?);
    let (mut known, mut length, mut number) = (Known::default(), 0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = lines.read_until(b'\n', &mut line).with_context(|| path.display().to_string())?;
        number += 1;
        if !line.ends_with(b"\n") {
            return Ok((known, length));
        }
        let Ok(Object { source, mrn }) = serde_json::from_slice::<Object>(&line) else {
            bail!(
                "{}: line {number} is no cable that cable2json has written: it cannot be gone on with",
                path.display()
            );
        };
        known.0.entry(source.path).or_default().insert(source.index, mrn.and_then(|mrn| mrn.id));
        length += read as u64;
    }
}
