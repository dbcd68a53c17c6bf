//! Writes a dump of synthetic cables, for trying out how large ones are read.

#[allow(dead_code, reason = "each program needs a part of it")]
mod documents;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use documents::console::{Console, mebibytes, report};
use documents::output::{self, Output};
use documents::{Reading, VERSION};

/// Writes a dump of synthetic cables, for trying out how large ones are read.
///
/// It has the fixtures again and again, each with a row number of its own, in eight columns with backslashes before
/// quotes, as the dump that cable2json reads.
#[derive(Parser)]
#[command(
    name = "synthetic_dump",
    version = VERSION,
    after_help = "\
EXAMPLES
  synthetic_dump 1000 > cables.csv                    a thousand megabytes
  synthetic_dump 10 --header --separator ';'          ten, with a row of names and semicolons"
)]
struct Options {
    /// How long it is to be.
    megabytes: u64,
    /// Begin with a row of the columns' names.
    #[arg(long)]
    header: bool,
    /// What separates the cells.
    #[arg(long, value_name = "SIGN", default_value_t = ',')]
    separator: char,
    /// Write to FILE in place of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("synthetic_dump: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> anyhow::Result<()> {
    const NAMES: [&str; 8] =
        ["row", "created", "reference_id", "origin", "classification", "references", "header", "body"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cables");
    output::check(options.output.as_deref(), std::slice::from_ref(&folder), &[])?;
    let cables = cables(&folder)?;
    let mut console = Console::new("synthetic_dump", false, &Reading::default(), &[]);
    let mut out = Output::new(options.output.as_deref())?;
    let separator = options.separator.to_string();
    if options.header {
        out.write((NAMES.join(&separator) + "\n").as_bytes())?;
    }
    let (mut row, mut written) = (0_u64, 0_u64);
    let mut ready = String::new();
    for (id, text) in cables.iter().cycle() {
        row += 1;
        let number = row.to_string();
        let cells = [&*number, "7/3/2009 9:15", id, "Embassy Oslo", "UNCLASSIFIED", "", "", text];
        let cells = cells.map(|cell| format!("\"{cell}\""));
        ready += &(cells.join(&separator) + "\n");
        if ready.len() > (256 << 10) || written + ready.len() as u64 >= options.megabytes * 1_000_000 {
            out.write(ready.as_bytes())?;
            written += ready.len() as u64;
            ready.clear();
            console.progress(|| mebibytes(written));
            if written >= options.megabytes * 1_000_000 {
                break;
            }
        }
    }
    console.finish();
    out.finish()
}

/// The fixtures: their numbers, and their texts as they stand in quotes.
fn cables(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut cables = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.file_name().to_string_lossy();
            let id = name.split('.').next().unwrap_or_default().to_owned();
            cables.push((id, escaped(&std::fs::read_to_string(entry.path())?)));
        }
    }
    Ok(cables)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
