//! Writes the cables of files and folders as telegrams, reads these, and says in which fields the two differ.
//!
//! ```text
//! cargo run --release --example round_trip -- examples/cables
//! cargo run --release --example round_trip -- --show 09OSLO461 folder
//! ```

mod documents;

use std::collections::BTreeMap;
use std::path::PathBuf;

use cablegram::{Cable, Parser};
use clap::Parser as _;

use crate::documents::{Lost, ReadAs};

/// Writes cables as telegrams and reads them back.
#[derive(clap::Parser)]
struct Options {
    /// Prints the telegram of the files whose names hold this.
    #[arg(long)]
    show: Option<String>,
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    read_as: ReadAs,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let (mut read, mut equal) = (0, 0);
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for opened in options.read_as.reading().cables(options.paths) {
        let opened = match opened {
            Ok(opened) => opened,
            Err(Lost::Refused(place, why)) => {
                eprintln!("{place}: {why}");
                continue;
            }
            Err(Lost::Unreadable(said)) => anyhow::bail!(said),
        };
        let name = opened.name.as_deref().unwrap_or_default();
        // Without its name, which no telegram holds.
        let parsed = match Parser::new().parse_decoded(&opened.text, None) {
            Ok(parsed) => parsed,
            Err(error) => {
                eprintln!("{}: {error}", opened.place);
                continue;
            }
        };
        read += 1;
        let cable = &parsed.cable;
        let telegram = cable.to_telegram_lossy();
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
