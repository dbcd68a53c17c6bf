//! Writes the cables of files and folders as telegrams, reads these, and says in which fields the two differ.
//!
//! ```text
//! cargo run --release --example round_trip -- examples/cables
//! cargo run --release --example round_trip -- --show 09OSLO461 folder
//! ```

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use cablegram::{Cable, Parser};
use clap::Parser as _;

/// Writes cables as telegrams and reads them back.
#[derive(clap::Parser)]
struct Options {
    /// Prints the telegram of the files whose names hold this.
    #[arg(long)]
    show: Option<String>,
    /// Files and folders of cables as text.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let (mut read, mut equal) = (0, 0);
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for path in files(&options.paths) {
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let Ok(parsed) = cablegram::parse_bytes(&bytes) else { continue };
        read += 1;
        let cable = &parsed.cable;
        let telegram = cable.to_telegram();
        if options.show.as_deref().is_some_and(|part| name.contains(part)) {
            println!("{telegram}");
        }
        let again = Parser::new().parse(&telegram).map(|read| read.cable.into_owned()).unwrap_or_default();
        let differing = cable.differences(&again);
        equal += usize::from(differing.is_empty());
        for field in differing {
            *fields.entry(field).or_default() += 1;
            println!("{name}: {field}\n{}", difference(cable, &again, field)?);
        }
    }
    println!("{equal} of {read} cables read back equal");
    for (field, count) in fields {
        println!("{count:5} {field}");
    }
    Ok(())
}

/// The first place at which the JSON of two fields differs.
fn difference(cable: &Cable<'_>, again: &Cable<'_>, field: &str) -> anyhow::Result<String> {
    let json = |cable: &Cable<'_>| -> anyhow::Result<String> {
        let value = serde_json::to_value(cable)?;
        Ok(value.get(field).map(ToString::to_string).unwrap_or_default())
    };
    let (one, two) = (json(cable)?, json(again)?);
    let same = one.chars().zip(two.chars()).take_while(|(a, b)| a == b).count();
    let part = |text: &str| text.chars().skip(same.saturating_sub(80)).take(280).collect::<String>();
    Ok(format!("  cable: {}\n  again: {}", part(&one), part(&two)))
}

fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let walk = |path: &PathBuf| walkdir::WalkDir::new(path).sort_by_file_name().into_iter().flatten();
    let found = paths.iter().flat_map(walk).filter(|entry| entry.file_type().is_file());
    found.map(walkdir::DirEntry::into_path).collect()
}
