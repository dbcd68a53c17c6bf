//! Regions are a partition of the text and spans lie on its character boundaries, whatever was done to it; and a copy
//! with other line ends, or without the spaces that end its lines, gives the same cable.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::Path;

use crate::support::deadline::Worker;
use crate::support::judge::soundness_faults;
use crate::support::rng::Rng;
use crate::support::{bases, cannot_be_read, corruption};
use cablegram::{DiagnosticCode, decode};

const SEED: u64 = 0x00CA_B1E7;

/// A text and its name.
type Named = (String, String);

/// The files of a folder of the project, decoded; none where the folder is not there, as in a published crate.
fn files(folder: &str) -> Vec<Named> {
    let root = Path::new(crate::ROOT).join(folder);
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file() && entry.path().extension().is_some_and(|e| e != "md"))
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, decode(&std::fs::read(entry.path()).unwrap()).text.into_owned())
        })
        .collect()
}

/// The fixtures, the seeds of the fuzz target, the clean cables of the corruption tests.
fn fixtures() -> Vec<Named> {
    let clean = bases::all().into_iter().map(|base| (format!("{:?}", base.shape), base.text()));
    [files("examples/cables"), files("fuzz/seeds")].into_iter().flatten().chain(clean).collect()
}

/// Every damage on every clean cable that it fits.
fn corrupted() -> Vec<Named> {
    let bases = bases::all();
    let damages = corruption::all();
    let pairs = damages.iter().flat_map(|damage| bases.iter().map(move |base| (damage, base)));
    pairs
        .filter_map(|(damage, base)| {
            let mut telegram = base.clone();
            (damage.apply)(&mut telegram, &mut Rng::new(SEED))?;
            Some((format!("{} {} [{:?}]", damage.group, damage.name, base.shape), telegram.text()))
        })
        .collect()
}

/// Reads texts, each within its time, and lists what is wrong with the readings.
struct Reader {
    worker: Worker<String, Vec<String>>,
    failures: Vec<String>,
    read: usize,
}

impl Reader {
    fn new() -> Self {
        Self {
            worker: Worker::new(|text| soundness_faults(text, &cablegram::parse(text))),
            failures: Vec::new(),
            read: 0,
        }
    }

    fn read(&mut self, name: impl Fn() -> String, text: &str) {
        self.read += 1;
        let faults = self.worker.run(text.to_owned()).unwrap_or_else(|reason| vec![reason]);
        if let Some(first) = faults.first() {
            self.failures.push(format!("{}: {first}", name()));
        }
        // Enough to know; a hang takes its time.
        if self.failures.len() >= 20 {
            self.fail();
        }
    }

    fn fail(&self) {
        let Self { failures, read, .. } = self;
        assert!(failures.is_empty(), "{} of {read} texts:\n{}", failures.len(), failures.join("\n"));
    }
}

#[test]
fn whole_texts() {
    let mut reader = Reader::new();
    let refused = cannot_be_read::ALL.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    for (name, text) in fixtures().into_iter().chain(corrupted()).chain(refused) {
        reader.read(|| name.clone(), &text);
    }
    assert!(reader.read > 800, "only {} texts", reader.read);
    reader.fail();
}

/// The fields, and the codes of what was said; offsets differ with the line ends, and so do the words of a refusal.
fn fields(text: &str) -> Option<(serde_json::Value, Vec<DiagnosticCode>)> {
    let parsed = cablegram::parse(text).ok()?;
    let mut codes: Vec<DiagnosticCode> = parsed.diagnostics.iter().map(|d| d.code).collect();
    codes.sort();
    Some((serde_json::to_value(&parsed.cable).unwrap(), codes))
}

/// Copies of a text, whose lines end in LF, that must be read as it is.
fn copies(text: &str) -> [(&'static str, String); 7] {
    let end = text.trim_end_matches('\n');
    let without_blanks: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches([' ', '\t'])).collect();
    [
        ("CRLF", text.replace('\n', "\r\n")),
        ("CR", text.replace('\n', "\r")),
        ("CRCRLF", text.replace('\n', "\r\r\n")),
        ("no final newline", end.to_owned()),
        ("more final newlines", format!("{end}\n\n\n")),
        ("no trailing blanks", without_blanks.join("\n")),
        ("trailing blanks", text.replace('\n', "  \n")),
    ]
}

/// The first key that differs, with both values.
fn difference(wanted: &serde_json::Value, got: &serde_json::Value) -> String {
    let (Some(wanted), Some(got)) = (wanted.as_object(), got.as_object()) else { return "no objects".to_owned() };
    let differs = wanted.iter().find(|(key, value)| got.get(*key) != Some(value));
    differs.map_or_else(String::new, |(key, value)| format!("{key}: {value} became {}", got[key]))
}

#[test]
fn line_ends_and_trailing_blanks_change_no_field() {
    let mut worker = Worker::new(|text: &String| {
        let wanted = fields(text);
        let copies = copies(text).into_iter().map(|(name, copy)| (name, fields(&copy)));
        copies
            .filter(|(_, got)| *got != wanted)
            .map(|(name, got)| match (&wanted, &got) {
                (Some((wanted, _)), Some((got, _))) if wanted != got => format!("{name}: {}", difference(wanted, got)),
                (Some((_, wording)), Some((_, now))) => format!("{name}: said {wording:?}, now {now:?}"),
                _ => format!("{name}: read: {}, before: {}", got.is_some(), wanted.is_some()),
            })
            .collect::<Vec<String>>()
    });
    let mut failures = Vec::new();
    let texts: Vec<Named> = fixtures().into_iter().chain(corrupted()).collect();
    for (name, text) in &texts {
        let lf = text.replace("\r\n", "\n").replace('\r', "\n");
        let faults = worker.run(lf).unwrap_or_else(|reason| vec![reason]);
        failures.extend(faults.iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(failures.is_empty(), "{} of {} texts:\n{}", failures.len(), texts.len(), failures.join("\n"));
}

/// How many cuts of a fixture are read, from each of its ends.
const CUTS: usize = 250;

/// Some character boundaries of a text; which ones, the round decides.
fn boundaries(text: &str, round: usize) -> impl Iterator<Item = usize> {
    let step = (text.len() / CUTS).max(1);
    text.char_indices().map(|(at, _)| at).skip(round % step).step_by(step)
}

#[test]
fn every_prefix_and_suffix() {
    let mut reader = Reader::new();
    for (round, (name, text)) in fixtures().iter().enumerate() {
        for at in boundaries(text, round * 7) {
            let (prefix, suffix) = text.split_at(at);
            reader.read(|| format!("{name} up to {at}"), prefix);
            reader.read(|| format!("{name} from {at} on"), suffix);
        }
    }
    reader.fail();
}

/// One damage to the bytes.
fn damage(bytes: &mut Vec<u8>, rng: &mut Rng) {
    const BYTES: &[u8] = b"\0\t\n\r\x0c\x1a #()*,-./0123456789:;<=>?AEFGMNORSTXZ[]\"'_~\x7f\x80\x92\xb6\xc2\xe2\xff";
    let from = rng.below(bytes.len());
    let to = (from + rng.below(60)).min(bytes.len());
    let other = rng.below(bytes.len());
    match rng.below(8) {
        0 => drop(bytes.drain(from..to)),
        1 => {
            let twice = bytes[from..to].to_vec();
            bytes.splice(to..to, twice);
        }
        2 => bytes.insert(from, *rng.pick(BYTES)),
        3 => {
            let run = vec![*rng.pick(BYTES); rng.below(40)];
            bytes.splice(from..from, run);
        }
        4 if !bytes.is_empty() => bytes.swap(from, other),
        5 => {
            let moved: Vec<u8> = bytes.drain(from..to).collect();
            let at = rng.below(bytes.len() + 1);
            bytes.splice(at..at, moved);
        }
        6 if rng.below(4) == 0 => bytes.truncate(from),
        _ => bytes.iter_mut().skip(from).take(1).for_each(|byte| *byte = *rng.pick(BYTES)),
    }
}

#[test]
fn damaged_bytes() {
    const ROUNDS: usize = 150;
    let mut rng = Rng::new(SEED);
    let mut reader = Reader::new();
    for (name, text) in fixtures() {
        for round in 0..ROUNDS {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=rng.below(12) {
                damage(&mut bytes, &mut rng);
            }
            reader.read(|| format!("{name}, round {round}"), &decode(&bytes).text);
        }
    }
    reader.fail();
}
