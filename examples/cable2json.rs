//! Cables to JSON Lines: one object a cable, one a line.

#[path = "cable2json/duplicates.rs"]
mod duplicates;
#[path = "cable2json/resume.rs"]
mod resume;
#[path = "cable2json/sections.rs"]
mod sections;

#[allow(dead_code, reason = "each program needs a part of it")]
mod documents;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use cablegram::source::{Opened, Wrapped};
use cablegram::{Document, DocumentParts, Mrn, Parsed, Parser};
use clap::Parser as _;
use documents::console::{Console, count, grouped, mebibytes, report};
use documents::in_order::{InOrder, Next, in_order};
use documents::output::{self, Output};
use documents::{Lost, ReadAs, Reading, VERSION, or_standard_input};
use duplicates::{Duplicates, Key};
use resume::Known;
use sections::{Outcome, Part, Window};
use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// Turns cables into JSON Lines: one object a cable, one a line.
///
/// Reads files and folders (all files below, in the order of their names), or standard input for `-` and where no path
/// is given: plain text with one cable or several, markdown copies and published web pages, tables (CSV) with or without a
/// row of names, JSON Lines and arrays with `id` and `text`, mailboxes, SQL dumps, and PDFs if built with the feature `pdf`,
/// in UTF-8, UTF-16 or Windows-1252, and gzip and zip of each, identified by their content. What is not a cable, is damaged,
/// or is of a kind that is not read has a line on standard error with its place and the reason; the rest goes on.
#[derive(clap::Parser)]
#[command(
    name = "cable2json",
    version = VERSION,
    after_help = "\
EXAMPLES
  cable2json examples/cables                    all cables of a folder
  cable2json --pretty 09OSLO461.txt             one, to read
  cable2json cables.csv.gz -o cables.jsonl      a dump
  cable2json cables.csv.gz -o cables.jsonl --resume
                                                the rest of it, after it was stopped
  cable2json --columns id,date,text dump.csv    a table without a row of names
  cable2json cables | jq -r '.subject'          the subjects
  cable2json cables | jq -c '.diagnostics[]'    what was repaired, assumed or not understood
  cable2json --regions a.txt | jq '.regions'    which byte belongs to what
  cable2json --spans a.txt | jq '.spans'        where each value stands

EXIT CODE
  0    all documents were read
  1    some were refused; the others were written
  2    wrong use, or a file could not be read (the others were) or written
  130  stopped by Ctrl-C: what was read until then was written

  What did not get through has a line on standard error, up to ten of a kind (--verbose: all). With -o the output is
  written to FILE.part, which becomes FILE at the end; an interrupted run leaves FILE as it was."
)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
struct Options {
    /// Files and folders; `-`, or no path, is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Indent the JSON, for reading.
    #[arg(long)]
    pretty: bool,
    /// Add "regions": which byte of the decoded text belongs to what.
    #[arg(long)]
    regions: bool,
    /// Add "spans": where each value stands, an object of JSON Pointers.
    #[arg(long)]
    spans: bool,
    /// Add "`decoded_text`": the text that all offsets are of.
    #[arg(long)]
    decoded_text: bool,
    /// Refuse cables in which something had to be repaired or assumed.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    read_as: ReadAs,
    /// Join the sections of one cable that stand in several documents, near each other.
    #[arg(long)]
    join_sections: bool,
    /// Leave out a cable whose number and text were written before; else it is written and reported.
    #[arg(long)]
    drop_duplicates: bool,
    /// How many cables to read at a time; by default as many as there are cores.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Write to FILE in place of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Go on with the FILE of a run that was stopped: the cables that it has are passed over.
    #[arg(long, requires = "output", conflicts_with_all = ["pretty", "join_sections"])]
    resume: bool,
    /// Print the sums at the end on standard error, also where that is no terminal.
    #[arg(long)]
    progress: bool,
    /// Write every message, however many there are of one kind.
    #[arg(long)]
    verbose: bool,
}

/// How many documents became what.
#[derive(Clone, Copy, Default)]
struct Sums {
    written: u64,
    refused: u64,
    unreadable: u64,
    dropped: u64,
    joined: u64,
    known: u64,
    bytes: u64,
}

impl Sums {
    fn exit_code(self) -> ExitCode {
        ExitCode::from(if self.unreadable > 0 { 2 } else { u8::from(self.refused > 0) })
    }

    fn documents(self) -> u64 {
        self.written + self.refused + self.unreadable + self.dropped + self.joined + self.known
    }
}

/// What some documents became.
#[derive(Default)]
struct Batch {
    items: Vec<Item>,
    /// The length of what was read, unpacked.
    bytes: u64,
}

/// What a document became.
enum Item {
    Cable(Box<Line>),
    /// It is in the output already.
    Known(Key, String),
    Lost(Lost),
}

/// A cable as a whole line of JSON, and what is compared of it.
struct Line {
    json: Vec<u8>,
    place: String,
    key: Key,
    id: Option<String>,
    /// Its text, where it is one of several sections that are to be joined.
    part: Option<Part>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let stopped = Arc::new(AtomicBool::new(false));
    match run(&options, &stopped) {
        Ok(_) if stopped.load(Ordering::Relaxed) => ExitCode::from(130),
        Ok(sums) => sums.exit_code(),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("cable2json: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Writes all cables in the order of the input.
fn run(options: &Options, stopped: &Arc<AtomicBool>) -> anyhow::Result<Sums> {
    let paths = or_standard_input::<Options>(&options.paths);
    let mut left_out = output::check(options.output.as_deref(), &paths, &["{\"source\":{\"path\":"])?;
    let known = if options.resume { resume::begin(options.output.as_deref())? } else { Known::default() };
    let out = match &options.output {
        Some(path) => Output::resumable(path, options.resume)?,
        None => Output::standard(),
    };
    left_out.extend(out.part());
    stop_at_interrupt(stopped)?;
    let reading = Reading { stopped: Arc::clone(stopped), left_out, ..options.read_as.reading() };
    let console = Console::new("cable2json", options.verbose, &reading, &paths);
    let mut writer = Writer {
        out,
        console,
        sums: Sums::default(),
        duplicates: Duplicates::default(),
        window: Window::default(),
        options,
    };
    let begun = Begun::default();
    let batches = Batches { documents: reading.documents(paths), stopped: Arc::clone(stopped), begun: begun.clone() };
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let work = Arc::new(work(options, known));
    let results = in_order(batches, options.jobs.map_or_else(cores, usize::from), {
        let work = Arc::clone(&work);
        move |batch: Vec<_>| batch.into_iter().fold(Batch::default(), |out, document| work(out, document))
    });
    write_all(&mut writer, results, &begun, &*work, stopped)?;
    writer.finish(stopped.load(Ordering::Relaxed))
}

/// Writes the results as they come. What was read and waits for more is written where nothing comes; when the program was
/// stopped and nothing is under way, this is the end.
fn write_all(
    writer: &mut Writer<'_>,
    mut results: InOrder<Batch>,
    begun: &Begun,
    work: &impl Fn(Batch, Result<Wrapped, Lost>) -> Batch,
    stopped: &AtomicBool,
) -> anyhow::Result<()> {
    loop {
        match results.next(Duration::from_millis(100)) {
            Next::Result(batch) => writer.add(batch)?,
            Next::Waiting { is_working: true } => writer.show(),
            Next::Waiting { is_working: false } => {
                let documents = begun.take();
                if documents.is_empty() && stopped.load(Ordering::Relaxed) {
                    return Ok(());
                }
                writer.add(documents.into_iter().fold(Batch::default(), work))?;
            }
            Next::Died => bail!("a thread died"),
            Next::End => return writer.add(begun.take().into_iter().fold(Batch::default(), work)),
        }
    }
}

/// The first Ctrl-C lets what is under way be written; the second ends at once.
fn stop_at_interrupt(stopped: &Arc<AtomicBool>) -> anyhow::Result<()> {
    // In this order, or the first one would end it, too.
    flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(stopped)).context("Ctrl-C")?;
    flag::register(SIGINT, Arc::clone(stopped)).context("Ctrl-C")?;
    Ok(())
}

/// Documents that were read and are not yet enough for a batch.
#[derive(Clone, Default)]
struct Begun(Arc<Mutex<Vec<Result<Wrapped, Lost>>>>);

impl Begun {
    fn add(&self, document: Result<Wrapped, Lost>) -> usize {
        let mut documents = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        documents.push(document);
        documents.len()
    }

    fn take(&self) -> Vec<Result<Wrapped, Lost>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Documents in batches: handing each one from thread to thread would cost more than reading it.
struct Batches<D> {
    documents: D,
    stopped: Arc<AtomicBool>,
    begun: Begun,
}

impl<D: Iterator<Item = Result<Wrapped, Lost>>> Iterator for Batches<D> {
    type Item = Vec<D::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        const BYTES: usize = 256 << 10;
        const DOCUMENTS: usize = 256;
        let (mut bytes, mut is_end) = (0, false);
        while bytes < BYTES && !is_end {
            let document = if self.stopped.load(Ordering::Relaxed) { None } else { self.documents.next() };
            // A row that breaks off where the user stopped the program before us is no damaged one.
            let is_interrupted = document.as_ref().is_some_and(Result::is_err) && self.stopped.load(Ordering::Relaxed);
            let Some(document) = document.filter(|_| !is_interrupted) else { break };
            bytes += document.as_ref().map_or(0, |wrapped| wrapped.bytes.len());
            is_end = self.begun.add(document) >= DOCUMENTS;
        }
        let batch = self.begun.take();
        (!batch.is_empty() || is_end || bytes >= BYTES).then_some(batch)
    }
}

/// Adds what becomes of a document to its batch.
fn work(options: &Options, known: Known) -> impl Fn(Batch, Result<Wrapped, Lost>) -> Batch + Send + Sync + use<> {
    let form = Form { pretty: options.pretty, parts: parts(options) };
    let (parser, joins) = (Parser::new().strict(options.strict), options.join_sections);
    move |mut batch, document| {
        batch.bytes += document.as_ref().map_or(0, |wrapped| wrapped.bytes.len() as u64);
        let cables = match document.and_then(|wrapped| Ok(wrapped.open()?)) {
            Ok(cables) => cables,
            Err(lost) => {
                batch.items.push(Item::Lost(lost));
                return batch;
            }
        };
        for opened in cables {
            let item = match known.id(&opened.source) {
                Some(id) => Item::Known(Key::new(id.as_deref(), &opened.text.text), opened.place.to_string()),
                None => match line(&parser, form, joins, opened) {
                    Ok(line) => Item::Cable(Box::new(line)),
                    Err(lost) => Item::Lost(lost),
                },
            };
            batch.items.push(item);
        }
        batch
    }
}

/// How an object is written.
#[derive(Clone, Copy)]
struct Form {
    pretty: bool,
    parts: DocumentParts,
}

/// What each object has besides the cable.
fn parts(options: &Options) -> DocumentParts {
    DocumentParts { regions: options.regions, spans: options.spans, decoded_text: options.decoded_text }
}

/// One cable as a whole line.
fn line(parser: &Parser, form: Form, joins: bool, opened: Opened) -> Result<Line, Lost> {
    let refused = |why: String| Lost::Refused(opened.place.to_string(), why);
    let parsed =
        parser.parse_decoded(&opened.text, opened.name.as_deref()).map_err(|error| refused(error.to_string()))?;
    let id = parsed.cable.mrn.as_ref().and_then(Mrn::id);
    let section = parsed.cable.section;
    let key = Key::new(id.as_deref(), &opened.text.text);
    let json = json(form, &opened, parsed, None).map_err(|error| refused(error.to_string()))?;
    let place = opened.place.to_string();
    let part = match (&id, section.number, section.of) {
        (Some(id), Some(number), Some(of)) if joins && of > 1 => Some(Part::new(id.clone(), number, of, opened)),
        _ => None,
    };
    Ok(Line { json, place, key, id, part })
}

/// The object of a cable, with its line end.
fn json(
    form: Form,
    opened: &Opened,
    parsed: Parsed<'_>,
    note: Option<cablegram::Diagnostic>,
) -> serde_json::Result<Vec<u8>> {
    let mut document = Document::with_parts(opened.source.clone(), parsed, form.parts);
    document.diagnostics.extend(note);
    let mut json = if form.pretty { serde_json::to_vec_pretty(&document)? } else { serde_json::to_vec(&document)? };
    json.push(b'\n');
    Ok(json)
}

/// Writes cables and messages, in the order of the input.
struct Writer<'o> {
    out: Output,
    console: Console,
    sums: Sums,
    duplicates: Duplicates,
    window: Window,
    options: &'o Options,
}

impl Writer<'_> {
    fn add(&mut self, batch: Batch) -> anyhow::Result<()> {
        self.sums.bytes += batch.bytes;
        let mut json = Vec::new();
        for item in batch.items {
            match item {
                Item::Cable(line) => self.add_cable(*line, &mut json),
                Item::Known(key, place) => {
                    self.sums.known += 1;
                    self.duplicates.first(key, &place);
                }
                Item::Lost(lost) => {
                    match &lost {
                        Lost::Refused(..) => self.sums.refused += 1,
                        Lost::Unreadable(..) => self.sums.unreadable += 1,
                    }
                    self.console.lost(&lost);
                }
            }
        }
        self.out.write(&json)?;
        self.show();
        Ok(())
    }

    fn add_cable(&mut self, line: Line, json: &mut Vec<u8>) {
        if let Some(first) = self.duplicates.first(line.key, &line.place) {
            let id = line.id.as_deref().unwrap_or("without a number");
            let is_dropped = self.options.drop_duplicates;
            let end = if is_dropped { ": left out" } else { "" };
            let message = format!("{}: the same cable as {first} ({id}){end}", line.place);
            self.console.message("the same cable as", &message);
            if is_dropped {
                self.sums.dropped += 1;
                return;
            }
        }
        if let Some(part) = line.part {
            let outcomes = self.window.add(part, line.json);
            self.write_outcomes(outcomes, json);
        } else {
            self.sums.written += 1;
            json.extend(line.json);
        }
    }

    /// Writes what became of sections: whole cables, or sections alone.
    fn write_outcomes(&mut self, outcomes: Vec<Outcome>, json: &mut Vec<u8>) {
        let parser = Parser::new().strict(self.options.strict);
        let form = Form { pretty: self.options.pretty, parts: parts(self.options) };
        for outcome in outcomes {
            match outcome {
                Outcome::Alone(line, message) => {
                    self.sums.written += 1;
                    json.extend(line);
                    if let Some(message) = message {
                        self.console.message("sections are missing", &message);
                    }
                }
                Outcome::Joined(joined) => {
                    let written = parser
                        .parse_decoded(&joined.opened.text, joined.opened.name.as_deref())
                        .map_err(|error| error.to_string())
                        .and_then(|parsed| {
                            let note = Some(joined.note.clone());
                            self::json(form, &joined.opened, parsed, note).map_err(|error| error.to_string())
                        });
                    match written {
                        Ok(line) => {
                            self.sums.written += 1;
                            self.sums.joined += joined.lines.len() as u64 - 1;
                            json.extend(line);
                        }
                        Err(why) => {
                            // Nothing is lost: the sections are cables by themselves.
                            self.sums.written += joined.lines.len() as u64;
                            joined.lines.iter().for_each(|line| json.extend(line));
                            self.console
                                .message("sections not joined", &format!("{}: not joined: {why}", joined.opened.place));
                        }
                    }
                }
            }
        }
    }

    fn show(&mut self) {
        let sums = self.sums;
        self.console.progress(|| {
            let lost = sums.refused + sums.unreadable;
            format!("{}, {} refused, {}", count(sums.written, "cable"), grouped(lost), mebibytes(sums.bytes))
        });
    }

    /// Ends the output, and prints the sums.
    fn finish(mut self, is_stopped: bool) -> anyhow::Result<Sums> {
        let mut json = Vec::new();
        let outcomes = self.window.finish();
        self.write_outcomes(outcomes, &mut json);
        self.out.write(&json)?;
        let is_file = self.out.part().is_some();
        if is_stopped {
            self.out.stop()?;
        } else {
            self.out.finish()?;
        }
        self.console.finish();
        let is_wanted =
            (self.console.is_terminal() && self.sums.documents() > 1) || self.options.progress || is_stopped;
        if is_wanted {
            report(&format!("cable2json: {}", self.sums.in_words(self.console.seconds(), is_stopped)));
        }
        if let Some(path) = self.options.output.as_deref().filter(|_| is_stopped && is_file && self.sums.written > 0) {
            let part = output::part_of(path);
            report(&format!("cable2json: what was written is in {}; --resume goes on with it", part.display()));
        }
        Ok(self.sums)
    }
}

impl Sums {
    fn in_words(self, seconds: f64, is_stopped: bool) -> String {
        let mut words = vec![
            format!("{} written", count(self.written, "cable")),
            format!("{} refused", grouped(self.refused)),
            format!("{} unreadable", grouped(self.unreadable)),
        ];
        for (number, what, end) in [
            (self.dropped, "duplicate", "left out"),
            (self.joined, "further section", "joined"),
            (self.known, "known cable", "left out"),
        ] {
            words.extend((number > 0).then(|| format!("{} {end}", count(number, what))));
        }
        let begin = if is_stopped { "stopped; " } else { "" };
        let words = format!("{begin}{}", words.join(", "));
        if self.documents() <= 1 {
            return words;
        }
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "for reading"
        )]
        let rate = (self.bytes as f64 / seconds.max(1e-9)) as u64;
        format!("{words}; {} in {seconds:.1} s, {}/s", mebibytes(self.bytes), mebibytes(rate))
    }
}
