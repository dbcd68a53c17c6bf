//! Shows a cable with its regions, its diagnostics and the values that were read from it.

#[path = "anatomy/html.rs"]
mod html;
#[path = "anatomy/marked.rs"]
mod marked;
#[path = "anatomy/terminal.rs"]
mod terminal;

mod documents;
mod page;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use cablegram::Parser;
use cablegram::source::Opened;
use clap::Parser as _;
use documents::{Lost, ReadAs};
use marked::Marked;

/// Shows a cable: which part of the text is what, what was read from it, and what the parser says about it.
///
/// In the terminal each line has the name of its region in the margin, and diagnostics stand under the spot they speak
/// of; colours are left out where NO_COLOR is set or the output is no terminal. With --html it is a page that needs
/// nothing else: the text with its regions, the values beside them, diagnostics, and all fields.
#[derive(clap::Parser)]
#[command(
    name = "anatomy",
    after_help = "\
EXAMPLES
  anatomy examples/cables/09TALLINN214.txt
  anatomy --html cable.html examples/cables/09TALLINN214.txt
  anatomy --row 12 cables.csv                       the twelfth row of a dump

EXIT CODE
  0  it was shown
  1  it is no cable, or a damaged row or page
  2  wrong use, or it could not be read or written"
)]
struct Options {
    /// A file; `-` is standard input.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Write a page to FILE in place of the terminal.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Which document of a file that holds many, from 1.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    row: u32,
    #[command(flatten)]
    read_as: ReadAs,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("anatomy: {error:#}");
            ExitCode::from(if error.is::<Refused>() { 1 } else { 2 })
        }
    }
}

/// A document that is no cable.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refused(String);

fn run(options: &Options) -> anyhow::Result<()> {
    let opened = open(options)?;
    let refused = |error| Refused(format!("{}: {error}", opened.place));
    let parsed = Parser::new().parse_decoded(&opened.text, opened.name.as_deref()).map_err(refused)?;
    let marked = Marked::new(&opened, &parsed)?;
    match &options.html {
        Some(path) => std::fs::write(path, html::page(&marked)).with_context(|| path.display().to_string())?,
        None => io::stdout().write_all(terminal::shown(&marked, takes_colours()).as_bytes())?,
    }
    Ok(())
}

/// Whether standard output is a terminal whose user wants colours.
fn takes_colours() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// The document that was asked for.
fn open(options: &Options) -> anyhow::Result<Opened> {
    let reading = options.read_as.reading();
    let row = usize::try_from(options.row)? - 1;
    let document = reading.cables(vec![options.path.clone()]).nth(row);
    let Some(document) = document else { bail!("{}: there is no document {}", options.path.display(), options.row) };
    match document {
        Ok(opened) => Ok(opened),
        Err(Lost::Refused(place, why)) => Err(Refused(format!("{place}: {why}")).into()),
        Err(Lost::Unreadable(said)) => bail!(said),
    }
}
