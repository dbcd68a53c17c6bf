//! How fast cables are read, beside what the same bytes cost at least.
//!
//! ```sh
//! cargo bench                                # over examples/cables
//! CABLE_CORPUS=path/to/folder cargo bench    # over an archive of one's own
//! ```
//!
//! The benches of a corpus read the same bytes, one text after the other, on one core: `corpus` the decoded texts of the
//! folder's cables, `made` invented ones in the sizes of a real archive. Compare figures of one run only.
//!
//! * `corpus/utf8`: `str::from_utf8`, which whoever has bytes must pay.
//! * `corpus/roofline`: split into lines, trimmed, classified by their first bytes, and nothing kept. No parser that looks
//!   at every line is faster.
//! * `corpus/regex`: one regular expression for each of ten fields, found or not: what one would write without a parser,
//!   with a clean cable at hand; `corpus/regex-tolerant` when the dirty ones came in.
//! * `corpus/mail-parser`: a parser of another format of header lines and a body, over the same texts as mails.
//! * `corpus/parse`: the borrowed cable with its regions and diagnostics.
//! * `corpus/owned`: the same, cut loose from its text.
//! * `corpus/json`: the same as `parse`, written as JSON Lines with diagnostics, without regions.
//! * `corpus/values`: the same documents, made before, written as JSON Lines: what of `corpus/json` is not reading.
//! * `stage/...`: cables that are nearly all of one stage; `field/...`: cables that cost much in one field. What is private
//!   has no door of its own: it is fed through the front one.
//! * `size/...`: one cable in growing sizes, which shows whether time grows as the text does.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cablegram::{Block, Cable, Document, DocumentSource, Parser, decode};
use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use mail_parser::MessageParser;
use regex::Regex;

mod made;

/// The texts, and what each pass over them must find.
struct Corpus {
    texts: Vec<String>,
    bytes: usize,
    expected: Count,
}

/// What a pass has found: a fast parser that finds less is a wrong one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    cables: usize,
    lines: usize,
    paragraphs: usize,
    /// Matches of [`FIELDS`], and of [`TOLERANT`].
    matches: [usize; 2],
}

/// What one would write without a parser, a field each, with a clean cable at hand.
const FIELDS: [&str; 10] = [
    r"(?m)^([OPRZ](?: [OPRZ])?) (\d{6}Z [A-Z]{3} \d{2})",
    r"(?m)^FM (.+)$",
    r"(?m)^TO (.+)$",
    r"(?m)^INFO (.+)$",
    r"(?m)^(UNCLAS|C O N F I D E N T I A L|S E C R E T)(?: SECTION (\d+) OF (\d+))? ([A-Z ]+) (\d{6})",
    r"(?m)^E\.? ?O\.? ?(\d{5}): (.+)$",
    r"(?m)^TAGS:? (.+)$",
    r"(?m)^SUBJECT: (.+(?:\n\S.*)*)",
    r"(?m)^REFS?(?:TEL)?:? (.+)$",
    r"(?m)^[¶]?(\d{1,3})\. (\([A-Z/]+\))?",
];

/// The same when the archive's dirty cables came in: any case, indents, the spellings of labels, letters set apart.
const TOLERANT: [&str; 10] = [
    r"(?im)^[ \t]*(?:[oprzwy][ \t]+){0,3}(\d{6}[ ]?z[ ]+[a-z]{3,9}[ ]+\d{2})",
    r"(?im)^[ \t]*fm[ \t]+(.+)$",
    r"(?im)^[ \t]*to[ \t:]+(.+(?:\n[ \t]*(?:r[uh][a-z]{3,5}/|am|us|sec)\S.*)*)$",
    r"(?im)^[ \t]*info[ \t:]+(.+(?:\n[ \t]*(?:r[uh][a-z]{3,5}/|am|us|sec)\S.*)*)$",
    r"(?im)^[ \t]*(unclas(?:sified)?|limited official use|c ?o ?n ?f ?i ?d ?e ?n ?t ?i ?a ?l|s ?e ?c ?r ?e ?t)\b(?:[ ]+section[ ]+(\d+)[ ]*of[ ]*(\d+))?[ ]+([a-z' .-]+?)[ ]+(\d{3,6})",
    r"(?im)^[ \t]*e\.?[ ]?o\.?[ ]*(\d{5})?[ ]*[:;][ \t]*(.+)$",
    r"(?im)^[ \t]*tags?[ ]*[:;-]?[ \t]+(.+(?:\n[ \t]*[A-Z, ]+$)*)",
    r"(?im)^[ \t]*subj(?:ect)?[ ]*[:;.-][ \t]*(.+(?:\n[ \t]*\S.*)*)",
    r"(?im)^[ \t]*ref(?:s|tels?|erences?)?(?:\(s\))?[ ]*[:;.]?[ \t]+(.+(?:\n[ \t]*\(?[a-z][.)][ ]?.+)*)",
    r"(?im)^[ \t]*¶?[ ]?(\d{1,3})[.)][ \t]+(\([a-z/ ]+\))?",
];

fn compiled(fields: &[&str]) -> Vec<Regex> {
    fields.iter().filter_map(|field| Regex::new(field).ok()).collect()
}

fn matches(fields: &[Regex], text: &str) -> usize {
    fields.iter().map(|field| field.captures_iter(text).count()).sum()
}

impl Corpus {
    /// All cables of `CABLE_CORPUS`, else the fixtures. What is no cable is left out.
    fn load() -> Self {
        let fixtures = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/cables");
        let folder = std::env::var_os("CABLE_CORPUS").map_or_else(fixtures, PathBuf::from);
        let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok);
        let texts = files
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| std::fs::read(entry.path()).ok())
            .map(|bytes| decode(&bytes).text.into_owned())
            .filter(|text| cablegram::parse(text).is_ok());
        Self::of(&folder.display().to_string(), texts.collect())
    }

    fn of(name: &str, texts: Vec<String>) -> Self {
        let mut corpus = Self { texts, bytes: 0, expected: Count::default() };
        corpus.bytes = corpus.texts.iter().map(String::len).sum();
        corpus.expected = corpus.count();
        let Count { cables, lines, paragraphs, .. } = corpus.expected;
        assert!(paragraphs > 0, "no cables in {name}");
        println!("{name}: {cables} cables, {lines} lines, {paragraphs} paragraphs, {} bytes", corpus.bytes);
        corpus
    }

    /// What is there to be found, counted the reference implementation.
    fn count(&self) -> Count {
        let mut count = Count::default();
        let kinds = [compiled(&FIELDS), compiled(&TOLERANT)];
        for text in &self.texts {
            count.cables += 1;
            count.matches.iter_mut().zip(&kinds).for_each(|(count, fields)| *count += matches(fields, text));
            count.lines += text.split_inclusive('\n').count();
            count.paragraphs += cablegram::parse(text).map_or(0, |parsed| paragraphs(&parsed.cable));
        }
        count
    }

    /// Passes over all texts; `read` gives a text's number of paragraphs.
    fn pass(&self, mut read: impl FnMut(&str) -> Option<usize>) {
        let (mut cables, mut paragraphs) = (0, 0);
        for text in &self.texts {
            if let Some(n) = read(text) {
                cables += 1;
                paragraphs += n;
            }
        }
        assert_eq!(
            (cables, paragraphs),
            (self.expected.cables, self.expected.paragraphs),
            "a pass found something else"
        );
    }
}

fn paragraphs(cable: &Cable<'_>) -> usize {
    cable.body.iter().filter(|block| matches!(block, Block::Paragraph { .. })).count()
}

/// Splits, trims and classifies by first bytes: gives the number of lines, and of those that begin as some field does.
fn roofline(text: &str) -> (usize, usize) {
    let (mut lines, mut known, mut start) = (0, 0, 0);
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain((!text.ends_with('\n')).then_some(text.len()));
    for end in ends {
        let line = text.as_bytes().get(start..end).unwrap_or_default();
        lines += 1;
        known += usize::from(is_known(line.trim_ascii()));
        start = end + 1;
    }
    (lines, known)
}

/// Whether a line begins as a format line, a label of the head of the text or a paragraph does.
fn is_known(line: &[u8]) -> bool {
    matches!(
        line,
        [b'V', b'Z', b'C', b'Z', b'C', ..]
            | [b'D', b'E', b' ', ..]
            | [b'Z', b'N', b'R' | b'Y', ..]
            | [b'F', b'M', b' ', ..]
            | [b'T', b'O', b' ', ..]
            | [b'I', b'N', b'F', b'O', b' ', ..]
            | [b'R', b'U' | b'H', ..]
            | [b'P', b'A', b'G', b'E', b' ', ..]
            | [b'E', b'.', b'O', ..]
            | [b'T', b'A', b'G', b'S', ..]
            | [b'S', b'U', b'B', b'J', ..]
            | [b'R', b'E', b'F', ..]
            | [b'C', b'l' | b'L', b'a' | b'A', b's' | b'S', ..]
            | [b'U', b'N', b'C', b'L', b'A', b'S', ..]
            | [b'C', b' ', b'O', ..]
            | [b'S', b' ', b'E', ..]
            | [0xc2, 0xb6, ..]
            | [b'0'..=b'9', ..]
            | [b'-', b'-', ..]
    )
}

fn corpora(criterion: &mut Criterion) {
    corpus(criterion, "corpus", &Corpus::load());
    corpus(criterion, "made", &Corpus::of("made cables", made::corpus(200)));
}

fn corpus(criterion: &mut Criterion, name: &str, corpus: &Corpus) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(corpus.bytes as u64));
    group.sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    lower_bounds(&mut group, corpus);
    without_parser(&mut group, corpus);
    let parser = Parser::new();
    group.bench_function("parse", |bencher| {
        bencher.iter(|| corpus.pass(|text| parser.parse(text).ok().map(|parsed| paragraphs(&black_box(parsed).cable))));
    });
    group.bench_function("owned", |bencher| {
        bencher.iter(|| {
            corpus.pass(|text| parser.parse(text).ok().map(|parsed| paragraphs(&black_box(parsed.into_owned()).cable)));
        });
    });
    let texts = corpus.texts.iter();
    let documents = texts.filter_map(|text| Some(Document::new(source(text), parser.parse(text).ok()?, false)));
    let documents: Vec<Document<'_>> = documents.collect();
    group.bench_function("values", |bencher| {
        let mut out = Vec::new();
        bencher.iter(|| {
            let mut found = 0;
            for document in &documents {
                out.clear();
                assert!(serde_json::to_writer(&mut out, document).is_ok(), "a document that cannot be written");
                found += paragraphs(&black_box(document).cable);
            }
            assert_eq!(found, corpus.expected.paragraphs, "a pass found something else");
        });
    });
    group.bench_function("json", |bencher| {
        let mut out = Vec::new();
        bencher.iter(|| {
            corpus.pass(|text| {
                let document = Document::new(source(text), parser.parse(text).ok()?, false);
                out.clear();
                serde_json::to_writer(&mut out, &document).ok()?;
                black_box(&out);
                Some(paragraphs(&document.cable))
            });
        });
    });
    group.finish();
}

/// What the same bytes cost without a parser.
fn lower_bounds(group: &mut BenchmarkGroup<'_, WallTime>, corpus: &Corpus) {
    group.bench_function("utf8", |bencher| {
        bencher.iter(|| {
            let valid = corpus.texts.iter().filter(|text| std::str::from_utf8(black_box(text.as_bytes())).is_ok());
            assert_eq!(valid.count(), corpus.expected.cables, "text that is not UTF-8");
        });
    });
    group.bench_function("roofline", |bencher| {
        bencher.iter(|| {
            let (mut lines, mut known) = (0, 0);
            for text in &corpus.texts {
                let found = roofline(black_box(text));
                lines += found.0;
                known += found.1;
            }
            assert_eq!(lines, corpus.expected.lines, "the lines are not all there");
            assert!(known >= corpus.expected.cables, "no line was known");
        });
    });
}

/// What others make of the same bytes.
fn without_parser(group: &mut BenchmarkGroup<'_, WallTime>, corpus: &Corpus) {
    for (name, fields, expected) in
        [("regex", FIELDS, corpus.expected.matches[0]), ("regex-tolerant", TOLERANT, corpus.expected.matches[1])]
    {
        let compiled = compiled(&fields);
        assert_eq!(compiled.len(), fields.len(), "an expression that is none");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let found: usize = corpus.texts.iter().map(|text| matches(&compiled, black_box(text))).sum();
                assert_eq!(found, expected, "a pass found something else");
            });
        });
    }
    let mails: Vec<String> = corpus.texts.iter().map(|text| mail(text)).collect();
    group.bench_function("mail-parser", |bencher| {
        bencher.iter(|| {
            let bodies = mails.iter().filter(|mail| {
                let message = MessageParser::default().parse(black_box(mail.as_bytes()));
                message.is_some_and(|message| message.subject() == Some("FISH") && message.body_text(0).is_some())
            });
            assert_eq!(bodies.count(), corpus.expected.cables, "a mail without its subject or body");
        });
    });
}

/// A cable's text as a mail.
fn mail(text: &str) -> String {
    let head = "From: Oslo <oslo@example.org>\nTo: State <state@example.org>\nSubject: FISH\n\
                Date: Fri, 3 Jul 2009 09:15:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n";
    format!("{head}{text}")
}

/// Cables that cost much in one stage, or in one field.
fn parts(criterion: &mut Criterion) {
    part(criterion, "stage", made::stages());
    part(criterion, "field", made::costly());
}

fn part(criterion: &mut Criterion, name: &str, cables: Vec<made::Costly>) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(1));
    let parser = Parser::new();
    for made::Costly { name, text, expected, count } in cables {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let found = parser.parse(black_box(&text)).map_or(0, |parsed| count(&parsed.cable));
                assert_eq!(found, expected, "{name}");
            });
        });
    }
    group.finish();
}

/// One cable in growing sizes.
fn sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("size");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(1));
    let parser = Parser::new().size_limit(usize::MAX);
    for kib in [1, 4, 16, 64, 256, 1024, 4096, 16 * 1024, 64 * 1024] {
        let text = made::sized(kib * 1024);
        let expected = parser.parse(&text).map_or(0, |parsed| paragraphs(&parsed.cable));
        assert!(expected > 0, "no cable of {kib} KiB");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(format!("{kib} KiB")), |bencher| {
            bencher.iter(|| {
                let found = parser.parse(black_box(&text)).map_or(0, |parsed| paragraphs(&parsed.cable));
                assert_eq!(found, expected, "{kib} KiB");
            });
        });
    }
    group.finish();
}

fn source(text: &str) -> DocumentSource {
    DocumentSource::new("-", text)
}

criterion_group!(benches, corpora, parts, sizes);
criterion_main!(benches);
