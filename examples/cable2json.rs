//! Cables to JSON Lines: one object a cable, one a line.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use cablegram::{Container, Document, Parser, Source, decode};
use clap::Parser as _;

/// Turns cables into JSON Lines: one object a cable, one a line.
///
/// Reads files and folders (all files below, in the order of their names), or standard input for `-`. Plain text and
/// markdown copies of web pages are told apart by their content. What is no cable gives a line on standard error, with
/// its path and the reason; the rest goes on.
#[derive(clap::Parser)]
#[command(
    name = "cable2json",
    after_help = "\
EXAMPLES
  cable2json examples/cables                    all cables of a folder
  cable2json --pretty 09ISLAMABAD2941.txt       one, to read
  cable2json cables | jq -r '.subject'          the subjects
  cable2json cables | jq -c '.diagnostics[]'    what was repaired, assumed or not understood
  cable2json --regions a.txt | jq '.regions'    which byte belongs to what

EXIT CODE
  0  all documents were read
  1  some were refused: each has a line on standard error; the others were written
  2  wrong use, or a file could not be read (the others were) or written"
)]
struct Options {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Indent the JSON, for reading.
    #[arg(long)]
    pretty: bool,
    /// Add "regions": which byte of the decoded text belongs to what.
    #[arg(long)]
    regions: bool,
    /// Refuse cables in which something had to be repaired or assumed.
    #[arg(long)]
    strict: bool,
    /// Write to FILE in place of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How many documents did not get through.
#[derive(Default)]
struct Lost {
    /// They were read, and are no cables.
    refused: usize,
    /// They could not be read at all.
    unreadable: usize,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(Lost { refused: 0, unreadable: 0 }) => ExitCode::SUCCESS,
        Ok(Lost { unreadable: 0, .. }) => ExitCode::from(1),
        Ok(_) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cable2json: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Writes all cables; what is refused, or cannot be read, is told of on standard error, and the rest goes on.
fn run(options: &Options) -> anyhow::Result<Lost> {
    let mut out: Box<dyn Write> = match &options.output {
        Some(path) => Box::new(BufWriter::new(File::create(path).with_context(|| path.display().to_string())?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let mut lost = Lost::default();
    for path in &options.paths {
        for document in documents(path) {
            match document.and_then(|path| Ok((read(&path)?, path))) {
                Ok((bytes, path)) => lost.refused += usize::from(!write_cable(options, &path, &bytes, &mut out)?),
                Err(error) => {
                    eprintln!("cable2json: {error:#}");
                    lost.unreadable += 1;
                }
            }
        }
    }
    out.flush()?;
    Ok(lost)
}

/// The files at or below a path, in the order of their names; `-` is itself.
fn documents(path: &Path) -> Box<dyn Iterator<Item = anyhow::Result<PathBuf>>> {
    if path.as_os_str() == "-" {
        return Box::new(std::iter::once(Ok(path.to_owned())));
    }
    let entries = walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    Box::new(entries.filter_map(|entry| match entry {
        Ok(entry) => (entry.file_type().is_file() && !is_hidden(entry.path())).then(|| Ok(entry.into_path())),
        // As a message alone: it tells its cause itself.
        Err(error) => Some(Err(anyhow::anyhow!("{error}"))),
    }))
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path.as_os_str() != "-" {
        return std::fs::read(path).with_context(|| path.display().to_string());
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).context("standard input")?;
    Ok(bytes)
}

/// Writes one cable as a whole line; `false` when the document was refused.
fn write_cable(options: &Options, path: &Path, bytes: &[u8], out: &mut dyn Write) -> anyhow::Result<bool> {
    let decoded = decode(bytes);
    let name = path.file_stem().and_then(OsStr::to_str);
    let parsed = match Parser::new().strict(options.strict).parse_decoded(&decoded, name) {
        Ok(parsed) => parsed,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return Ok(false);
        }
    };
    let source = Source {
        path: path.display().to_string(),
        index: 0,
        container: Container::of(&decoded.text),
        bytes: decoded.text.len(),
        metadata: None,
    };
    let document = Document::new(source, parsed, options.regions);
    if options.pretty {
        serde_json::to_writer_pretty(&mut *out, &document)?;
    } else {
        serde_json::to_writer(&mut *out, &document)?;
    }
    out.write_all(b"\n")?;
    Ok(true)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with('.'))
}

/// Whoever read the output has had enough: that is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error
        .downcast_ref::<io::Error>()
        .map(io::Error::kind)
        .or_else(|| error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind));
    kind == Some(io::ErrorKind::BrokenPipe)
}
