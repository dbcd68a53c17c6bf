//! What the parser made of a folder of cables: what was read, what every field yields, what was not understood.

#[path = "corpus_report/charts.rs"]
mod charts;
#[path = "corpus_report/html.rs"]
mod html;

#[allow(dead_code, reason = "each program needs a part of it")]
mod documents;
mod page;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use cablegram::source::Opened;
use cablegram::{
    Addressee, Block, Cable, Diagnostic, DiagnosticCode, Format, ParseError, Parsed, Parser, Reference, ReferenceKind,
    Region, RegionKind, Severity, Span, TagKind, knowledge,
};
use clap::Parser as _;
use clap::builder::PossibleValuesParser;
use documents::console::{Console, count, grouped, report};
use documents::output::{self, Output};
use documents::{Found, Lost, ReadAs, Reading, VERSION, or_standard_input};
use serde::Serialize;

/// Reports what the parser made of an archive of cables.
///
/// Reads files and folders (all files below, in the order of their names), or standard input for `-` and where no path is
/// given: what cable2json reads, and what it has written, which is not parsed again. It reports how many
/// documents were read and why others were refused, in how many cables each field was found, how much of the text was
/// understood, and what was not: the most frequent diagnostics, lines, TAGS, addressees and references, each with the
/// first place where it stands, as `FILE:LINE`.
#[derive(clap::Parser)]
#[command(
    name = "corpus_report",
    version = VERSION,
    after_help = "\
EXAMPLES
  corpus_report examples/cables                     the report
  corpus_report --top 0 cables                      with every row of every list
  corpus_report --json cables | jq '.coverage'      the report as one JSON object
  corpus_report --html report.html cables           a page, with charts and tables that can be sorted
  corpus_report --code tag-unknown cables           every place of one diagnostic, FILE:LINE: message

  Two runs of --json, before and after a change to the grammar, show what it did:
  diff <(jq . before.json) <(jq . after.json)

HOW TO READ IT
  fields     A field that 90 % of an archive has and one folder has not points to a form that is not yet read. Not
             every cable has every field: old ones have no TAGS, unclassified ones no classified_by.
  coverage   The share of the bytes that some rule explains; the rest is in the list of unrecognised lines.
  lists      `count` is how often, `cables` in how many of them; digits of unrecognised lines are written as 9.
             Some addressees have no post and never will: collectives, commands, departments.

KEYS OF --json
  documents, read, refused           how many
  refusals                           [{reason, documents, path, message}]
  formats                            [{format, cables, share}]
  months, posts, classifications,
  precedences                        [{value, cables}]; `unknown` where the cable does not tell
  tags                               {distinct, most: [{tag, name, cables}]}; the name is that of the first one's year
  fields                             [{field, cables, share, values}]; names as in the JSON of cable2json
  coverage                           {bytes, unrecognised, share, worst: [{path, bytes, unrecognised, share}]}
  diagnostics                        [{code, severity, count, cables, path, line, text, message}]
  unrecognised_lines, unknown_tags,
  addressees_without_post,
  references_without_post            {distinct, count, most: [{value, count, cables, path, line, text}]}
  Of a cable in the output of cable2json the text is not known: `line` is 0, and it has coverage only where the output
  was written with --regions.
  Shares go from 0 to 1. `path`, `line`, `text` and `message` belong to the first one met.

EXIT CODE
  0  all documents were read
  1  some were refused; the report is on the others
  2  wrong use, or a file could not be read (the report is on the others) or written"
)]
struct Options {
    /// Files and folders; `-`, or no path, is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    read_as: ReadAs,
    /// Rows of each list, by default 15; 0 is all of them.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Write one JSON object in place of the text.
    #[arg(long)]
    json: bool,
    /// Write the report to FILE as a page of its own too; its lists have 100 rows by default.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// List every place of this diagnostic in place of the report; can be given more than once.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["json", "html", "top"], hide_possible_values = true,
          value_parser = PossibleValuesParser::new(DiagnosticCode::ALL.iter().map(|code| code.as_str())))]
    code: Vec<String>,
    /// Write every message, however many there are of one kind.
    #[arg(long)]
    verbose: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(code) => ExitCode::from(code),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("corpus_report: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Reads all documents and writes the report; gives the exit code.
fn run(options: &Options) -> anyhow::Result<u8> {
    let paths = or_standard_input::<Options>(&options.paths);
    let own = &["<!DOCTYPEhtml><!--corpus_report-->"];
    let mut left_out = output::check(None, &paths, own)?;
    let mut page = None;
    if let Some(path) = &options.html {
        left_out.extend(output::check(Some(path), &paths, own)?);
        let out = Output::new(Some(path))?;
        left_out.extend(out.part());
        page = Some(out);
    }
    let reading = Reading { left_out, ..options.read_as.reading() };
    let mut console = Console::new("corpus_report", options.verbose, &reading, &paths);
    let (mut out, mut survey, mut code) = (Output::standard(), Survey::default(), 0);
    for found in reading.cables(paths.clone()) {
        if let Err((reason, lost)) = add(options, &mut survey, found, &mut out)? {
            code = code.max(if matches!(lost, Lost::Unreadable(..)) { 2 } else { 1 });
            survey.refuse(reason, &lost);
            console.lost(&lost);
        }
        console
            .progress(|| format!("{}, {} refused", count(survey.read as u64, "cable"), grouped(survey.refused as u64)));
    }
    console.finish();
    if options.code.is_empty() {
        let top = options.top.unwrap_or(if options.html.is_some() { 100 } else { 15 });
        let report = survey.report(if top == 0 { usize::MAX } else { top });
        if let Some(mut page) = page {
            let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
            page.write(html::page(&report, &paths.join(", ")).as_bytes())?;
            page.finish()?;
        }
        let text = if options.json { serde_json::to_string(&report)? + "\n" } else { report.to_text() };
        out.write(text.as_bytes())?;
    }
    out.finish()?;
    Ok(code)
}

/// Why a document is not in the survey, in a word and in full.
type Left = (&'static str, Lost);

/// Adds one document to the survey, or writes the places that were asked for.
fn add(
    options: &Options,
    survey: &mut Survey,
    found: Result<Found, Lost>,
    out: &mut Output,
) -> anyhow::Result<Result<(), Left>> {
    let mut add = |document: &Document<'_>| {
        if options.code.is_empty() {
            survey.add(document);
            return Ok(());
        }
        out.write(places(&options.code, document).as_bytes())
    };
    match found {
        Ok(Found::Text(opened)) => match Parser::new().parse_decoded(&opened.text, opened.name.as_deref()) {
            Ok(parsed) => add(&Document::new(&opened, &parsed))?,
            Err(error) => return Ok(Err((reason(&error), Lost::Refused(opened.place.to_string(), error.to_string())))),
        },
        Ok(Found::Parsed(parsed, place)) => add(&Document::of_parsed(&parsed, place))?,
        Err(lost @ Lost::Refused(..)) => return Ok(Err(("damaged container", lost))),
        Err(lost @ Lost::Unreadable(..)) => return Ok(Err(("not readable", lost))),
    }
    Ok(Ok(()))
}

/// The kind of a refusal.
fn reason(error: &ParseError) -> &'static str {
    match error {
        ParseError::Empty => "empty",
        ParseError::Binary { .. } => "binary",
        ParseError::NotACable { .. } => "not a cable",
        ParseError::TooLarge { .. } => "too large",
        _ => "other",
    }
}

/// The places of some diagnostics in one cable, as a compiler writes them.
fn places(codes: &[String], document: &Document<'_>) -> String {
    let mut out = String::new();
    for note in document.diagnostics.iter().filter(|note| codes.iter().any(|code| code == note.code.as_str())) {
        let Place { path, line, text } = document.place(note.span);
        // Writing to a string cannot fail. The message often quotes the place already.
        let _ = write!(out, "{path}:{line}: {}[{}]: {}", note.severity, note.code, note.message);
        let _ = writeln!(out, "{}", if note.message.contains(&text) { String::new() } else { format!(": {text}") });
    }
    out
}

/// A cable, and what it was read from.
struct Document<'d> {
    path: String,
    /// Its text; nothing where it was parsed before.
    text: Option<&'d str>,
    length: usize,
    cable: &'d Cable<'d>,
    /// Nothing where it was parsed before and its regions were not written.
    regions: Option<&'d [Region]>,
    diagnostics: &'d [Diagnostic],
}

impl<'d> Document<'d> {
    fn new(opened: &'d Opened, parsed: &'d Parsed<'d>) -> Self {
        let text = &*opened.text.text;
        Self {
            path: opened.place.to_string(),
            text: Some(text),
            length: text.len(),
            cable: &parsed.cable,
            regions: Some(&parsed.regions),
            diagnostics: &parsed.diagnostics,
        }
    }

    /// A cable that cable2json has written.
    fn of_parsed(parsed: &'d cablegram::Document<'d>, path: String) -> Self {
        Self {
            path,
            text: None,
            length: parsed.source.bytes,
            cable: &parsed.cable,
            regions: parsed.regions.as_deref(),
            diagnostics: &parsed.diagnostics,
        }
    }

    /// Where a span lies, and the first line of what it covers; of nothing, the line that it lies in.
    fn place(&self, span: Span) -> Place {
        let Some(text) = self.text else { return Place { path: self.path.clone(), ..Place::default() } };
        let before = text.get(..span.start).unwrap_or_default();
        let line_ends = before.matches('\n').count() + before.replace("\r\n", "").matches('\r').count();
        let covered = span.slice(text).unwrap_or_default().trim();
        let text = match covered.split(['\n', '\r']).next() {
            Some("") | None => text.split(['\n', '\r']).nth(line_ends).unwrap_or_default(),
            Some(line) => line,
        };
        Place { path: self.path.clone(), line: line_ends + 1, text: shorten(text, 72) }
    }

    /// The place of a value that has no span of its own: where its first word stands in the regions of some kinds.
    fn place_of(&self, value: &str, kinds: &[RegionKind]) -> Place {
        let source = self.text.unwrap_or_default();
        let mut spans =
            self.regions.unwrap_or_default().iter().filter(|region| kinds.contains(&region.kind)).map(|r| r.span);
        let first = spans.clone().next().unwrap_or_default();
        let whole = |span: Span| Some((span, span.slice(source)?.find(value)?, value.len()));
        let word = value.split_whitespace().next().unwrap_or_default();
        let start = |span: Span| Some((span, span.slice(source)?.find(word)?, word.len()));
        let found = spans.clone().find_map(whole).or_else(|| spans.find_map(start));
        let place = found.map(|(span, at, len)| Span::new(span.start + at, span.start + at + len));
        Place { text: shorten(value, 72), ..self.place(place.unwrap_or(first)) }
    }
}

/// A place in an archive, and what stands there.
#[derive(Clone, Default, Serialize)]
struct Place {
    path: String,
    line: usize,
    text: String,
}

/// How often something was met, and where first.
#[derive(Clone, Default)]
struct Tally {
    count: usize,
    cables: usize,
    last_cable: usize,
    first: Place,
    message: String,
}

/// Tallies by what was met.
struct Tallies<K>(BTreeMap<K, Tally>);

impl<K> Default for Tallies<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> Tallies<K> {
    /// Counts one in the cable of that number, from 1; the place is asked for the first time only.
    fn add(&mut self, key: K, cable: usize, first: impl FnOnce() -> (Place, String)) {
        let tally = self.0.entry(key).or_insert_with(|| {
            let (first, message) = first();
            Tally { first, message, ..Tally::default() }
        });
        tally.count += 1;
        tally.cables += usize::from(tally.last_cable != cable);
        tally.last_cable = cable;
    }

    /// The most frequent ones first.
    fn most(&self, top: usize) -> Vec<(&K, &Tally)> {
        let mut all: Vec<_> = self.0.iter().collect();
        // Stable: what is as frequent stays in the order of the keys.
        all.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.count, tally.cables)));
        all.truncate(top);
        all
    }
}

impl Tallies<String> {
    fn list(&self, top: usize) -> List {
        let count = self.0.values().map(|tally| tally.count).sum();
        let rows = self.most(top).into_iter().map(|(value, tally)| Row {
            value: value.clone(),
            count: tally.count,
            cables: tally.cables,
            first: tally.first.clone(),
        });
        List { distinct: self.0.len(), count, most: rows.collect() }
    }
}

/// How many cables have a value.
type Counts = BTreeMap<String, usize>;

/// In the order of the values.
fn counted(counts: &Counts) -> Vec<Count> {
    counts.iter().map(|(value, &cables)| Count { value: value.clone(), cables }).collect()
}

fn most_frequent(counts: &Counts) -> Vec<Count> {
    let mut counts = counted(counts);
    counts.sort_by_key(|count| std::cmp::Reverse(count.cables));
    counts
}

/// What is gathered while the documents are read.
#[derive(Default)]
struct Survey {
    read: usize,
    refused: usize,
    refusals: BTreeMap<&'static str, Refusal>,
    formats: BTreeMap<&'static str, usize>,
    months: Counts,
    posts: Counts,
    classifications: Counts,
    precedences: Counts,
    of_tag: BTreeMap<String, TagCount>,
    /// In the order of [`yields`]: in how many cables, and how many in all.
    fields: Vec<FieldRow>,
    coverage: Vec<CoverageRow>,
    diagnostics: Tallies<(DiagnosticCode, Severity)>,
    lines: Tallies<String>,
    tags: Tallies<String>,
    addressees: Tallies<String>,
    references: Tallies<String>,
}

impl Survey {
    fn refuse(&mut self, reason: &'static str, lost: &Lost) {
        let (Lost::Refused(place, message) | Lost::Unreadable(place, message)) = lost;
        self.refused += 1;
        let first = || Refusal { reason, documents: 0, path: place.clone(), message: message.clone() };
        self.refusals.entry(reason).or_insert_with(first).documents += 1;
    }

    fn add(&mut self, document: &Document<'_>) {
        let cable = document.cable;
        self.read += 1;
        *self.formats.entry(format_name(cable.format)).or_default() += 1;
        self.add_profile(cable);
        for (i, (field, values)) in yields(cable).into_iter().enumerate() {
            if self.fields.len() <= i {
                self.fields.push(FieldRow { field, cables: 0, share: 0.0, values: 0 });
            }
            if let Some(row) = self.fields.get_mut(i) {
                row.cables += usize::from(values > 0);
                row.values += values;
            }
        }
        for wording in document.diagnostics {
            let first = || (document.place(wording.span), wording.message.clone());
            self.diagnostics.add((wording.code, wording.severity), self.read, first);
        }
        self.add_unrecognised(document);
        self.add_unknown(document, cable);
    }

    /// When and where from, of which classification and precedence, on what.
    fn add_profile(&mut self, cable: &Cable<'_>) {
        let month = cable.dtg.as_ref().and_then(|dtg| dtg.utc).map(|utc| utc.format("%Y-%m").to_string());
        let of_number = || cable.mrn.as_ref().map(|mrn| mrn.post.to_string());
        let post = cable.from.as_ref().and_then(|from| from.post().map(str::to_owned)).or_else(of_number);
        let level = cable.classification.as_ref().map(|classification| classification.level.as_str().to_owned());
        let precedence = cable.precedence.as_ref().map(|precedence| precedence.action.as_str().to_owned());
        for (counts, value) in [
            (&mut self.months, month),
            (&mut self.posts, post),
            (&mut self.classifications, level),
            (&mut self.precedences, precedence),
        ] {
            *counts.entry(value.unwrap_or_else(|| "unknown".to_owned())).or_default() += 1;
        }
        let tags: BTreeMap<&str, Option<&str>> =
            cable.tags.iter().map(|tag| (&*tag.tag, tag.name(cable.year()))).collect();
        for (tag, name) in tags {
            let count = self.of_tag.entry(tag.to_owned()).or_insert_with(|| TagCount {
                tag: tag.to_owned(),
                name: name.map(str::to_owned),
                cables: 0,
            });
            count.cables += 1;
        }
    }

    /// Coverage, and the lines that no rule explains.
    fn add_unrecognised(&mut self, document: &Document<'_>) {
        let unknown = |region: &&Region| region.kind == RegionKind::Unrecognised;
        let Some(regions) = document.regions else { return };
        let spans = || regions.iter().filter(unknown).map(|region| region.span);
        let (bytes, unrecognised) = (document.length, spans().map(Span::len).sum());
        let share = 1.0 - share(unrecognised, bytes);
        self.coverage.push(CoverageRow { path: document.path.clone(), bytes, unrecognised, share });
        for span in spans() {
            let mut at = span.start;
            for line in span.slice(document.text.unwrap_or_default()).unwrap_or_default().split_inclusive(['\n', '\r'])
            {
                let place = Span::new(at, at + line.len());
                at = place.end;
                if !line.trim().is_empty() {
                    self.lines.add(normalised(line), self.read, || (document.place(place), String::new()));
                }
            }
        }
    }

    /// TAGS of unknown kind, addressees without a post, references without one.
    fn add_unknown(&mut self, document: &Document<'_>, cable: &Cable<'_>) {
        const ADDRESSEES: [RegionKind; 3] = [RegionKind::To, RegionKind::Info, RegionKind::Exempted];
        let first = |value: &str, kinds: &[RegionKind]| (document.place_of(value, kinds), String::new());
        for tag in cable.tags.iter().filter(|tag| tag.kind() == TagKind::Unknown) {
            self.tags.add(tag.tag.to_string(), self.read, || first(&tag.tag, &[RegionKind::Tags]));
        }
        let addressees = cable.to.iter().chain(&cable.info).chain(&cable.exempted);
        for Addressee { name, .. } in addressees.filter(|addressee| addressee.post().is_none()) {
            self.addressees.add(name.to_string(), self.read, || first(name, &ADDRESSEES));
        }
        for Reference { text, .. } in cable.references.iter().filter(|reference| has_no_post(reference)) {
            self.references.add(normalised(text), self.read, || first(text, &[RegionKind::Reference]));
        }
    }

    /// The report, each list cut to `top` rows.
    fn report(&self, top: usize) -> Report {
        let fields = self.fields.iter().map(|row| FieldRow { share: share(row.cables, self.read), ..row.clone() });
        let formats = self.formats.iter();
        Report {
            documents: self.read + self.refused,
            read: self.read,
            refused: self.refused,
            refusals: self.refusals.values().cloned().collect(),
            formats: formats.map(|(&format, &n)| FormatRow { format, cables: n, share: share(n, self.read) }).collect(),
            months: counted(&self.months),
            posts: most_frequent(&self.posts),
            classifications: most_frequent(&self.classifications),
            precedences: most_frequent(&self.precedences),
            tags: self.tags_of_cables(top),
            fields: fields.collect(),
            coverage: self.coverage(top),
            diagnostics: self.diagnostics.most(top).into_iter().map(DiagnosticRow::of).collect(),
            unrecognised_lines: self.lines.list(top),
            unknown_tags: self.tags.list(top),
            addressees_without_post: self.addressees.list(top),
            references_without_post: self.references.list(top),
        }
    }

    fn tags_of_cables(&self, top: usize) -> TagCounts {
        let mut most: Vec<TagCount> = self.of_tag.values().cloned().collect();
        most.sort_by_key(|count| std::cmp::Reverse(count.cables));
        most.truncate(top);
        TagCounts { distinct: self.of_tag.len(), most }
    }

    fn coverage(&self, top: usize) -> Coverage {
        let bytes = self.coverage.iter().map(|row| row.bytes).sum();
        let unrecognised = self.coverage.iter().map(|row| row.unrecognised).sum();
        let mut worst: Vec<_> = self.coverage.iter().filter(|row| row.unrecognised > 0).cloned().collect();
        worst.sort_by(|a, b| a.share.total_cmp(&b.share));
        worst.truncate(top);
        Coverage { bytes, unrecognised, share: 1.0 - share(unrecognised, bytes), worst }
    }
}

/// How many values each field has, in the order of the JSON of a cable.
fn yields(cable: &Cable<'_>) -> [(&'static str, usize); 31] {
    let one = usize::from;
    let paragraphs = || cable.body.iter().filter(|block| matches!(block, Block::Paragraph { .. }));
    let marked = |block: &&Block<'_>| matches!(block, Block::Paragraph { portion_mark: Some(_), .. });
    [
        ("mrn", one(cable.mrn.is_some())),
        ("mrn.year", one(cable.mrn.as_ref().is_some_and(|mrn| mrn.year.is_some()))),
        ("partial", one(cable.partial)),
        ("transmission", one(cable.transmission.is_some())),
        ("distribution", one(cable.distribution.is_some())),
        ("drafting", one(cable.drafting.is_some())),
        ("precedence", one(cable.precedence.is_some())),
        ("dtg", one(cable.dtg.is_some())),
        ("from", one(cable.from.is_some())),
        ("to", cable.to.len()),
        ("info", cable.info.len()),
        ("exempted", cable.exempted.len()),
        ("classification", one(cable.classification.is_some())),
        ("section.of", one(cable.section.of.is_some())),
        ("captions", cable.captions.len()),
        ("pass_lines", cable.pass_lines.len()),
        ("corrected_copy", one(cable.corrected_copy.is_some())),
        ("executive_order", one(cable.executive_order.is_some())),
        ("tags", cable.tags.len()),
        ("subject", one(cable.subject.is_some())),
        ("subject_mark", one(cable.subject_mark.is_some())),
        ("references", cable.references.len()),
        ("classified_by", one(cable.classified_by.is_some())),
        ("body", cable.body.len()),
        ("body: paragraph", paragraphs().count()),
        ("body: portion_mark", paragraphs().filter(marked).count()),
        ("body: heading", cable.body.iter().filter(|block| matches!(block, Block::Heading { .. })).count()),
        ("summary", one(cable.summary().is_some())),
        ("comment", one(cable.comment().is_some())),
        ("signature", one(cable.signature.is_some())),
        ("attributes", one(cable.attributes.is_some())),
    ]
}

/// Whether a reference cites a cable or airgram of no post that is known, or nothing of a known form.
fn has_no_post(reference: &Reference<'_>) -> bool {
    match reference.kind {
        ReferenceKind::Cable | ReferenceKind::Airgram => {
            reference.post.as_deref().is_none_or(|post| knowledge::post(post).is_none())
        }
        ReferenceKind::Other => true,
        _ => false,
    }
}

/// The name of a format as the JSON has it.
fn format_name(format: Format) -> &'static str {
    match format {
        Format::Acp127 => "acp127",
        Format::Archive => "archive",
        Format::Smart => "smart",
        _ => "other",
    }
}

/// A line with its digits as 9 and its runs of spaces as one, so that lines of one form count together.
fn normalised(line: &str) -> String {
    let digits = |c: char| if c.is_ascii_digit() { '9' } else { c };
    let words: Vec<String> = line.split_whitespace().map(|word| word.chars().map(digits).collect()).collect();
    shorten(&words.join(" "), 72)
}

/// A text of at most `limit` characters.
fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share, not a count")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The report: what `--json` writes.
#[derive(Serialize)]
struct Report {
    documents: usize,
    read: usize,
    refused: usize,
    refusals: Vec<Refusal>,
    formats: Vec<FormatRow>,
    months: Vec<Count>,
    posts: Vec<Count>,
    classifications: Vec<Count>,
    precedences: Vec<Count>,
    tags: TagCounts,
    fields: Vec<FieldRow>,
    coverage: Coverage,
    diagnostics: Vec<DiagnosticRow>,
    unrecognised_lines: List,
    unknown_tags: List,
    addressees_without_post: List,
    references_without_post: List,
}

/// A reason for which documents were refused, with the first of them.
#[derive(Clone, Serialize)]
struct Refusal {
    reason: &'static str,
    documents: usize,
    path: String,
    message: String,
}

#[derive(Serialize)]
struct FormatRow {
    format: &'static str,
    cables: usize,
    share: f64,
}

/// How many cables have a value.
#[derive(Serialize)]
struct Count {
    value: String,
    cables: usize,
}

/// The most frequent TAGS.
#[derive(Serialize)]
struct TagCounts {
    distinct: usize,
    most: Vec<TagCount>,
}

#[derive(Clone, Serialize)]
struct TagCount {
    tag: String,
    name: Option<String>,
    cables: usize,
}

/// In how many cables a field was found, and how many values of it.
#[derive(Clone, Serialize)]
struct FieldRow {
    field: &'static str,
    cables: usize,
    share: f64,
    values: usize,
}

#[derive(Serialize)]
struct Coverage {
    bytes: usize,
    unrecognised: usize,
    share: f64,
    worst: Vec<CoverageRow>,
}

#[derive(Clone, Serialize)]
struct CoverageRow {
    path: String,
    bytes: usize,
    unrecognised: usize,
    share: f64,
}

#[derive(Serialize)]
struct DiagnosticRow {
    code: DiagnosticCode,
    severity: Severity,
    count: usize,
    cables: usize,
    #[serde(flatten)]
    first: Place,
    message: String,
}

impl DiagnosticRow {
    fn of((&(code, severity), tally): (&(DiagnosticCode, Severity), &Tally)) -> Self {
        let Tally { count, cables, first, message, .. } = tally.clone();
        Self { code, severity, count, cables, first, message }
    }
}

/// The most frequent of many.
#[derive(Serialize)]
struct List {
    distinct: usize,
    count: usize,
    most: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    value: String,
    count: usize,
    cables: usize,
    #[serde(flatten)]
    first: Place,
}

impl Report {
    fn to_text(&self) -> String {
        let mut out = String::new();
        self.write_documents(&mut out);
        self.write_fields(&mut out);
        self.write_coverage(&mut out);
        self.write_diagnostics(&mut out);
        self.unrecognised_lines.write("UNRECOGNISED LINES", &mut out);
        self.unknown_tags.write("TAGS OF UNKNOWN KIND", &mut out);
        self.addressees_without_post.write("ADDRESSEES WITHOUT A POST", &mut out);
        self.references_without_post.write("REFERENCES WITHOUT A POST THAT IS KNOWN", &mut out);
        out
    }

    fn write_documents(&self, out: &mut String) {
        let mut table = Table::new(&["", ">", ">"]);
        table.row(["documents", &self.documents.to_string(), ""]);
        table.row(["read", &self.read.to_string(), &percent(share(self.read, self.documents))]);
        for row in &self.formats {
            table.row([&format!("  {}", row.format), &row.cables.to_string(), &percent(row.share)]);
        }
        table.row(["refused", &self.refused.to_string(), &percent(share(self.refused, self.documents))]);
        table.write("DOCUMENTS", out);
        let mut table = Table::new(&["reason", ">documents", "first"]);
        for row in &self.refusals {
            table.row([row.reason, &row.documents.to_string(), &format!("{}: {}", row.path, row.message)]);
        }
        table.write("REFUSALS", out);
    }

    fn write_fields(&self, out: &mut String) {
        let mut table = Table::new(&["field", ">cables", ">share", ">values"]);
        for row in &self.fields {
            table.row([row.field, &row.cables.to_string(), &percent(row.share), &row.values.to_string()]);
        }
        table.write("FIELDS", out);
    }

    fn write_coverage(&self, out: &mut String) {
        let mut table = Table::new(&[">coverage", ">bytes", ">unrecognised", "file"]);
        let mut row = |path: &str, bytes: usize, unrecognised: usize, share: f64| {
            table.row([&percent(share), &bytes.to_string(), &unrecognised.to_string(), path]);
        };
        row("all", self.coverage.bytes, self.coverage.unrecognised, self.coverage.share);
        for worst in &self.coverage.worst {
            row(&worst.path, worst.bytes, worst.unrecognised, worst.share);
        }
        table.write("COVERAGE, WORST FIRST", out);
    }

    fn write_diagnostics(&self, out: &mut String) {
        let mut table = Table::new(&["code", "severity", ">count", ">cables", "first"]);
        for row in &self.diagnostics {
            let (count, cables) = (row.count.to_string(), row.cables.to_string());
            let first = format!("{}:{}: {}", row.first.path, row.first.line, row.message);
            table.row([row.code.as_str(), &row.severity.to_string(), &count, &cables, &first]);
            table.row(["", "", "", "", &format!("  {}", row.first.text)]);
        }
        table.write("DIAGNOSTICS", out);
    }
}

impl List {
    fn write(&self, title: &str, out: &mut String) {
        let mut table = Table::new(&[">count", ">cables", "value", "first"]);
        for row in &self.most {
            let first = format!("{}:{}", row.first.path, row.first.line);
            table.row([&row.count.to_string(), &row.cables.to_string(), &row.value, &first]);
        }
        table.write(&format!("{title} ({} distinct, {} in all)", self.distinct, self.count), out);
    }
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

/// A table of aligned columns. A column's title that begins with `>` sets it to the right.
struct Table<const N: usize> {
    right: [bool; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    fn new(titles: &[&str; N]) -> Self {
        let titles_alone = titles.map(|title| title.trim_start_matches('>').to_owned());
        Self { right: titles.map(|title| title.starts_with('>')), rows: vec![titles_alone] }
    }

    fn row(&mut self, cells: [&str; N]) {
        self.rows.push(cells.map(str::to_owned));
    }

    /// Writes it below its name; an empty one is not written.
    fn write(&self, name: &str, out: &mut String) {
        if self.rows.len() == 1 {
            return;
        }
        let mut widths = [0; N];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(name);
        out.push('\n');
        for row in self.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())) {
            let mut line = String::new();
            for ((cell, width), right) in row.iter().zip(widths).zip(self.right) {
                // Writing to a string cannot fail.
                let _ = if right { write!(line, "  {cell:>width$}") } else { write!(line, "  {cell:<width$}") };
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}
