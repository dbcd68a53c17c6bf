//! How fast cables are read, beside what the same bytes cost at least.
//!
//! ```sh
//! cargo bench                                # over examples/cables
//! CABLE_CORPUS=path/to/folder cargo bench    # over an archive of one's own
//! ```
//!
//! All benches read the same bytes: the decoded texts of the folder's cables, one after the other, on one core.
//!
//! * `corpus/utf8`: `str::from_utf8`, which whoever has bytes must pay.
//! * `corpus/roofline`: split into lines, trimmed, classified by their first bytes, and nothing kept. No parser that looks
//!   at every line is faster.
//! * `corpus/parse`: the borrowed cable with its regions and diagnostics.
//! * `corpus/owned`: the same, cut loose from its text.
//! * `corpus/json`: the same as `parse`, written as JSON Lines with diagnostics, without regions.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cablegram::{Block, Cable, Container, Document, Parser, Source, decode};
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};

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
}

impl Corpus {
    /// All cables of `CABLE_CORPUS`, else the fixtures. What is no cable is left out.
    fn load() -> Self {
        let fixtures = || Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cables");
        let folder = std::env::var_os("CABLE_CORPUS").map_or_else(fixtures, PathBuf::from);
        let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok);
        let texts = files
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| std::fs::read(entry.path()).ok())
            .map(|bytes| decode(&bytes).text.into_owned())
            .filter(|text| cablegram::parse(text).is_ok());
        let mut corpus = Self { texts: texts.collect(), bytes: 0, expected: Count::default() };
        corpus.bytes = corpus.texts.iter().map(String::len).sum();
        corpus.expected = corpus.count();
        assert!(corpus.expected.paragraphs > 0, "no cables in {}", folder.display());
        let Count { cables, lines, paragraphs } = corpus.expected;
        println!(
            "{}: {cables} cables, {lines} lines, {paragraphs} paragraphs, {} bytes",
            folder.display(),
            corpus.bytes
        );
        corpus
    }

    /// What is there to be found, counted the slow way.
    fn count(&self) -> Count {
        let mut count = Count::default();
        for text in &self.texts {
            count.cables += 1;
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

fn corpus(criterion: &mut Criterion) {
    let corpus = Corpus::load();
    let mut group = criterion.benchmark_group("corpus");
    group.throughput(Throughput::Bytes(corpus.bytes as u64));
    group.sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    lower_bounds(&mut group, &corpus);
    let parser = Parser::new();
    group.bench_function("parse", |bencher| {
        bencher.iter(|| corpus.pass(|text| parser.parse(text).ok().map(|parsed| paragraphs(&black_box(parsed).cable))));
    });
    group.bench_function("owned", |bencher| {
        bencher.iter(|| {
            corpus.pass(|text| parser.parse(text).ok().map(|parsed| paragraphs(&black_box(parsed.into_owned()).cable)));
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

fn source(text: &str) -> Source {
    Source { path: "-".to_owned(), index: 0, container: Container::Text, bytes: text.len(), metadata: None }
}

criterion_group!(benches, corpus);
criterion_main!(benches);
