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
  2  wrong use, or a file could not be read or written"
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

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cable2json: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Writes all cables; gives how many documents were refused.
fn run(options: &Options) -> anyhow::Result<usize> {
    let mut out: Box<dyn Write> = match &options.output {
        Some(path) => Box::new(BufWriter::new(File::create(path).with_context(|| path.display().to_string())?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let mut refused = 0;
    for path in &options.paths {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes).context("standard input")?;
            refused += usize::from(!write_cable(options, Path::new("-"), &bytes, &mut out)?);
            continue;
        }
        for entry in walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() && !is_hidden(entry.path()) {
                let bytes = std::fs::read(entry.path()).with_context(|| entry.path().display().to_string())?;
                refused += usize::from(!write_cable(options, entry.path(), &bytes, &mut out)?);
            }
        }
    }
    out.flush()?;
    Ok(refused)
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
