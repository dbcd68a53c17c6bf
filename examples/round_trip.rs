//! Writes the cables of files and folders as telegrams, reads these, and says in which fields the two differ.
//!
//! ```text
//! cargo run --release --example round_trip -- examples/cables
//! cargo run --release --example round_trip -- --show 09OSLO461 folder
//! ```

#[allow(dead_code, reason = "each program needs a part of it")]
mod documents;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use cablegram::{Cable, Parser};
use clap::Parser as _;

use crate::documents::console::{Console, count, report};
use crate::documents::output::{self, Output};
use crate::documents::{Found, Lost, ReadAs, Reading, VERSION, or_standard_input};

/// Writes cables as telegrams and reads them back.
#[derive(clap::Parser)]
#[command(name = "round_trip", version = VERSION)]
struct Options {
    /// Prints the telegram of the files whose names hold this.
    #[arg(long)]
    show: Option<String>,
    /// Files and folders; `-`, or no path, is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    read_as: ReadAs,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(code) => ExitCode::from(code),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("round_trip: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Writes what differs; gives the exit code.
fn run(options: &Options) -> anyhow::Result<u8> {
    let (mut read, mut equal, mut code) = (0, 0, 0);
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    let paths = or_standard_input::<Options>(&options.paths);
    let left_out = output::check(None, &paths, &[])?;
    let reading = Reading { left_out, ..options.read_as.reading() };
    let mut console = Console::new("round_trip", false, &reading, &paths);
    let mut out = Output::standard();
    for found in reading.cables(paths) {
        let opened = match found {
            Ok(Found::Text(opened)) => opened,
            Ok(Found::Parsed(_, place)) => {
                console.lost(&Lost::Refused(place, "it was parsed before, and its text is not there".to_owned()));
                code = code.max(1);
                continue;
            }
            Err(lost) => {
                console.lost(&lost);
                code = code.max(if matches!(lost, Lost::Unreadable(..)) { 2 } else { 1 });
                continue;
            }
        };
        let name = opened.name.as_deref().unwrap_or_default();
        // Without its name, which no telegram holds.
        let parsed = match Parser::new().parse_decoded(&opened.text, None) {
            Ok(parsed) => parsed,
            Err(error) => {
                console.lost(&Lost::Refused(opened.place.to_string(), error.to_string()));
                code = code.max(1);
                continue;
            }
        };
        read += 1;
        let cable = &parsed.cable;
        let telegram = cable.to_telegram_lossy();
        if options.show.as_deref().is_some_and(|part| name.contains(part)) {
            out.write(format!("{telegram}\n").as_bytes())?;
        }
        let again = Parser::new().parse(&telegram).map(|read| read.cable.into_owned()).unwrap_or_default();
        let differing = cable.differences(&again);
        equal += usize::from(differing.is_empty());
        for field in differing {
            *fields.entry(field).or_default() += 1;
            out.write(format!("{name}: {field}\n{}\n", difference(cable, &again, field)?).as_bytes())?;
        }
        console.progress(|| count(read, "cable"));
    }
    console.finish();
    out.write(format!("{equal} of {} read back equal\n", count(read, "cable")).as_bytes())?;
    for (field, count) in fields {
        out.write(format!("{count:5} {field}\n").as_bytes())?;
    }
    out.finish()?;
    Ok(code)
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
