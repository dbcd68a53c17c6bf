//! Writes a dump of made cables, for trying out how large ones are read.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use clap::Parser;

/// Writes a dump of made cables, for trying out how large ones are read.
///
/// It has the fixtures again and again, each with a row number of its own, in eight columns with backslashes before
/// quotes, as the dump that cable2json reads.
#[derive(Parser)]
#[command(
    name = "made_dump",
    after_help = "\
EXAMPLES
  made_dump 1000 > cables.csv    a thousand megabytes"
)]
struct Options {
    /// How long it is to be.
    megabytes: u64,
}

fn main() -> anyhow::Result<()> {
    let Options { megabytes } = Options::parse();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cables");
    let mut cables = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.file_name().to_string_lossy();
            let id = name.split('.').next().unwrap_or_default().to_owned();
            cables.push((id, escaped(&std::fs::read_to_string(entry.path())?)));
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut row, mut written) = (0_u64, 0_u64);
    for (id, text) in cables.iter().cycle() {
        row += 1;
        let columns = format!("\"{row}\",\"7/3/2009 9:15\",\"{id}\",\"Embassy Oslo\",\"UNCLASSIFIED\",\"\",\"\",\"");
        for part in [columns.as_str(), text, "\"\n"] {
            out.write_all(part.as_bytes())?;
            written += part.len() as u64;
        }
        if written >= megabytes * 1_000_000 {
            break;
        }
    }
    Ok(out.flush()?)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
