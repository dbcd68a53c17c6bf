//! Cables to JSON Lines: one object a cable, one a line.

mod documents;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use cablegram::source::{Opened, Wrapped};
use cablegram::{Document, Parser};
use clap::Parser as _;
use documents::in_order::in_order;
use documents::{Lost, ReadAs};
use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// Turns cables into JSON Lines: one object a cable, one a line.
///
/// Reads files and folders (all files below, in the order of their names), or standard input for `-`: plain text,
/// markdown copies and published web pages, the dump with eight columns, JSON Lines with `id` and `text`, the National
/// Archives' PDF (where built with `--features pdf`), and gzip of each, told apart by their content. What is no cable, or a damaged row or page, gives a
/// line on standard error, with its place and the reason; the rest goes on.
#[derive(clap::Parser)]
#[command(
    name = "cable2json",
    after_help = "\
EXAMPLES
  cable2json examples/cables                    all cables of a folder
  cable2json --pretty 09OSLO461.txt             one, to read
  cable2json cables.csv.gz > cables.jsonl       a dump
  cable2json cables | jq -r '.subject'          the subjects
  cable2json cables | jq -c '.diagnostics[]'    what was repaired, assumed or not understood
  cable2json --regions a.txt | jq '.regions'    which byte belongs to what

EXIT CODE
  0    all documents were read
  1    some were refused: each has a line on standard error; the others were written
  2    wrong use, or a file could not be read (the others were) or written
  130  stopped by Ctrl-C: what was read until then was written"
)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
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
    #[command(flatten)]
    read_as: ReadAs,
    /// How many cables to read at a time; all cores where nothing is said.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Write to FILE in place of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print the sums at the end on standard error, also where that is no terminal.
    #[arg(long)]
    progress: bool,
}

/// How many documents became what.
#[derive(Clone, Copy, Default)]
struct Sums {
    written: u64,
    refused: u64,
    unreadable: u64,
}

impl Sums {
    fn exit_code(self) -> ExitCode {
        ExitCode::from(if self.unreadable > 0 { 2 } else { u8::from(self.refused > 0) })
    }
}

/// What some documents became: whole lines for standard output, and lines for standard error.
#[derive(Default)]
struct Lines {
    json: Vec<u8>,
    said: Vec<String>,
    sums: Sums,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let stopped = Arc::new(AtomicBool::new(false));
    match run(&options, &stopped) {
        Ok(_) if stopped.load(Ordering::Relaxed) => ExitCode::from(130),
        Ok(sums) => sums.exit_code(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cable2json: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Writes all cables in the order of the input.
fn run(options: &Options, stopped: &Arc<AtomicBool>) -> anyhow::Result<Sums> {
    let mut out: Box<dyn Write> = match &options.output {
        Some(path) => Box::new(File::create(path).with_context(|| path.display().to_string())?),
        None => Box::new(io::stdout().lock()),
    };
    stop_at_interrupt(stopped)?;
    let reading = options.read_as.reading();
    let mut progress = Progress::new(options, Arc::clone(&reading.bytes));
    let batches = Batches { documents: reading.documents(options.paths.clone()), stopped: Arc::clone(stopped) };
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = options.jobs.map_or_else(cores, usize::from);
    let work = work(options);
    for lines in in_order(batches, jobs, move |batch| batch.into_iter().fold(Lines::default(), &work)) {
        let lines = lines.context("a thread died")?;
        out.write_all(&lines.json)?;
        progress.add(&lines);
    }
    out.flush()?;
    progress.finish(stopped.load(Ordering::Relaxed));
    Ok(progress.sums)
}

/// The first Ctrl-C lets what is under way be written; the second ends at once.
fn stop_at_interrupt(stopped: &Arc<AtomicBool>) -> anyhow::Result<()> {
    // In this order, or the first one would end it, too.
    flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(stopped)).context("Ctrl-C")?;
    flag::register(SIGINT, Arc::clone(stopped)).context("Ctrl-C")?;
    Ok(())
}

/// Documents in batches: handing each one from thread to thread would cost more than reading it.
struct Batches<D> {
    documents: D,
    stopped: Arc<AtomicBool>,
}

impl<D: Iterator<Item = Result<Wrapped, Lost>>> Iterator for Batches<D> {
    type Item = Vec<D::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        const BYTES: usize = 256 << 10;
        const DOCUMENTS: usize = 256;
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < BYTES && batch.len() < DOCUMENTS && !self.stopped.load(Ordering::Relaxed) {
            let Some(document) = self.documents.next() else { break };
            bytes += document.as_ref().map_or(0, |wrapped| wrapped.bytes.len());
            batch.push(document);
        }
        (!batch.is_empty()).then_some(batch)
    }
}

/// Adds what becomes of a document to the lines of its batch.
fn work(options: &Options) -> impl Fn(Lines, Result<Wrapped, Lost>) -> Lines + Send + Sync + use<> {
    let (parser, pretty, regions) = (Parser::new().strict(options.strict), options.pretty, options.regions);
    move |mut lines, document| {
        let cables = match document.and_then(|wrapped| Ok(wrapped.open()?)) {
            Ok(cables) => cables.into_iter().map(Ok).collect(),
            Err(lost) => vec![Err(lost)],
        };
        for cable in cables {
            match cable.and_then(|opened| write_cable(&parser, pretty, regions, opened, &mut lines.json)) {
                Ok(()) => lines.sums.written += 1,
                Err(Lost::Refused(place, why)) => {
                    lines.sums.refused += 1;
                    lines.said.push(format!("{place}: {why}"));
                }
                Err(Lost::Unreadable(said)) => {
                    lines.sums.unreadable += 1;
                    lines.said.push(format!("cable2json: {said}"));
                }
            }
        }
        lines
    }
}

/// Writes one cable as a whole line.
fn write_cable(parser: &Parser, pretty: bool, regions: bool, opened: Opened, json: &mut Vec<u8>) -> Result<(), Lost> {
    let parsed = match parser.parse_decoded(&opened.text, opened.name.as_deref()) {
        Ok(parsed) => parsed,
        Err(error) => return Err(Lost::Refused(opened.place, error.to_string())),
    };
    let document = Document::new(opened.source, parsed, regions);
    let start = json.len();
    let written = if pretty {
        serde_json::to_writer_pretty(&mut *json, &document)
    } else {
        serde_json::to_writer(&mut *json, &document)
    };
    written.map_err(|error| {
        json.truncate(start);
        Lost::Refused(opened.place, error.to_string())
    })?;
    json.push(b'\n');
    Ok(())
}

/// What is told on standard error: lines, how far it is on a terminal, and the sums.
struct Progress {
    is_terminal: bool,
    total: Option<u64>,
    bytes: Arc<AtomicU64>,
    sums: Sums,
    begun: Instant,
    /// When the terminal was last told.
    told: Instant,
    tells_sums: bool,
}

/// Takes the line of the terminal away that tells how far it is.
const CLEAR: &str = "\r\x1b[K";

impl Progress {
    fn new(options: &Options, bytes: Arc<AtomicU64>) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let total = if is_terminal { total(&options.paths) } else { None };
        let (begun, tells_sums) = (Instant::now(), is_terminal || options.progress);
        Self { is_terminal, total, bytes, sums: Sums::default(), begun, told: begun, tells_sums }
    }

    fn add(&mut self, lines: &Lines) {
        const PAUSE: Duration = Duration::from_millis(100);
        self.sums.written += lines.sums.written;
        self.sums.refused += lines.sums.refused;
        self.sums.unreadable += lines.sums.unreadable;
        if !lines.said.is_empty() {
            self.clear();
            lines.said.iter().for_each(|said| eprintln!("{said}"));
        }
        if self.is_terminal && self.told.elapsed() >= PAUSE {
            self.told = Instant::now();
            eprint!("{CLEAR}{}", self.how_far());
        }
    }

    /// One line; how much is left where the length is known.
    fn how_far(&self) -> String {
        let Sums { written, refused, unreadable } = self.sums;
        let (seconds, megabytes) = self.took();
        let told = format!("{written} cables, {} refused, {:.1} MB/s", refused + unreadable, megabytes / seconds);
        match self.total {
            Some(total) if megabytes > 0.0 => {
                let share = (megabytes * 1e6 / as_float(total.max(1))).min(1.0);
                format!("{:3.0} %: {told}, {:.0} s left", share * 100.0, seconds / share - seconds)
            }
            _ => told,
        }
    }

    fn clear(&self) {
        if self.is_terminal {
            eprint!("{CLEAR}");
        }
    }

    /// The seconds and megabytes until now.
    fn took(&self) -> (f64, f64) {
        let bytes = as_float(self.bytes.load(Ordering::Relaxed));
        (self.begun.elapsed().as_secs_f64().max(1e-9), bytes / 1e6)
    }

    /// Prints the sums.
    fn finish(&self, is_stopped: bool) {
        self.clear();
        if !self.tells_sums && !is_stopped {
            return;
        }
        let Sums { written, refused, unreadable } = self.sums;
        let (seconds, megabytes) = self.took();
        eprintln!(
            "cable2json: {}{written} cables written, {refused} refused, {unreadable} unreadable; {megabytes:.1} MB in \
             {seconds:.1} s, {:.1} MB/s",
            if is_stopped { "stopped; " } else { "" },
            megabytes / seconds
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "for reading")]
fn as_float(count: u64) -> f64 {
    count as f64
}

/// How many bytes the files have in all; that of standard input is not known.
fn total(paths: &[PathBuf]) -> Option<u64> {
    let files = || paths.iter().flat_map(|path| documents::files(path)).filter_map(Result::ok);
    let is_input = paths.iter().any(|path| path.as_os_str() == "-");
    (!is_input).then(|| files().filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum())
}

/// Whoever read the output has had enough: that is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().map(io::Error::kind) == Some(io::ErrorKind::BrokenPipe)
}
