//! Shows a cable with its regions, its diagnostics and the values that were read from it.

#[path = "anatomy/html.rs"]
mod html;
#[path = "anatomy/marked.rs"]
mod marked;
#[path = "anatomy/terminal.rs"]
mod terminal;

#[allow(dead_code, reason = "each program needs a part of it")]
mod documents;
mod page;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use cablegram::Parser;
use clap::Parser as _;
use documents::console::report;
use documents::output::{self, Output};
use documents::{Found, Lost, ReadAs, Reading, VERSION};
use marked::Marked;

/// Shows a cable: which part of the text is what, what was read from it, and what the parser reports of it.
///
/// In the terminal each line has the name of its region in the margin, and diagnostics are under the place that they are
/// about; colours are left out where NO_COLOR is set or the output is no terminal. With --html it is a page that needs
/// nothing else: the text with its regions, the values beside them, diagnostics, and all fields. Of a cable in the output of
/// cable2json, which has no text, it shows values and diagnostics.
#[derive(clap::Parser)]
#[command(
    name = "anatomy",
    version = VERSION,
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
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("anatomy: {error:#}"));
            ExitCode::from(if error.is::<Refused>() { 1 } else { 2 })
        }
    }
}

/// A document that is no cable.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refused(String);

fn run(options: &Options) -> anyhow::Result<()> {
    let paths = [options.path.clone()];
    let own = &["<!DOCTYPEhtml><!--anatomy-->"];
    let mut left_out = output::check(None, &paths, own)?;
    if let Some(path) = &options.html {
        left_out.extend(output::check(Some(path), &paths, own)?);
    }
    let marked = marked(options, Reading { left_out, ..options.read_as.reading() })?;
    let (mut out, shown) = match &options.html {
        Some(path) => (Output::new(Some(path))?, html::page(&marked)),
        None => (Output::standard(), terminal::shown(&marked, takes_colours())),
    };
    out.write(shown.as_bytes())?;
    out.finish()
}

/// Whether standard output is a terminal whose user wants colours.
fn takes_colours() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// The document that was asked for, with what is to be shown of it.
fn marked(options: &Options, reading: Reading) -> anyhow::Result<Marked> {
    let row = usize::try_from(options.row)? - 1;
    let found = reading.cables(vec![options.path.clone()]).nth(row);
    let Some(found) = found else { bail!("{}: there is no document {}", options.path.display(), options.row) };
    match found {
        Ok(Found::Text(opened)) => {
            let refused = |error| Refused(format!("{}: {error}", opened.place));
            let parsed = Parser::new().parse_decoded(&opened.text, opened.name.as_deref()).map_err(refused)?;
            Marked::new(&opened, &parsed)
        }
        Ok(Found::Parsed(document, place)) => Marked::of_parsed(&document, place),
        Err(Lost::Refused(place, why)) => Err(Refused(format!("{place}: {why}")).into()),
        Err(Lost::Unreadable(place, why)) => bail!("{place}: {why}"),
    }
}
