//! Memory and time are bounded by the length of the text, whatever it holds.
//!
//! `cargo test --release --test measured bounds:: -- --ignored --nocapture` reads hostile files of 100 MB.

#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss, reason = "tests")]

use std::path::Path;
use std::time::Instant;

use allocation_counter::measure;
use cablegram::{ParseError, Parsed, Parser};

/// Bytes held while a text is read at the most, and by the parsed cable with regions and diagnostics; as multiples of the
/// text's length.
fn held(text: &str) -> (f64, f64) {
    drop(cablegram::parse(text));
    let mut parsed: Option<Parsed<'_>> = None;
    let info = measure(|| parsed = Parser::new().parse(text).ok());
    drop(parsed);
    let of_text = |bytes: f64| bytes / text.len() as f64;
    (of_text(info.bytes_max as f64), of_text(info.bytes_current as f64))
}

/// A telegram with something repeated in it.
fn hostile(before: &str, unit: &str, bytes: usize) -> String {
    before.to_owned() + &unit.repeat(bytes / unit.len())
}

/// What holds most: short lines, short items.
const HOSTILE: [(&str, &str, &str); 12] = [
    ("empty lines", "UNCLAS OSLO 000461\n\nSUBJECT: X\n", "\n"),
    ("lines of a letter", "UNCLAS OSLO 000461\n\nSUBJECT: X\n\n1. A\n", "a\n"),
    ("paragraphs", "UNCLAS OSLO 000461\n\nSUBJECT: X\n\n", "1. (U) A\n"),
    ("texts", "UNCLAS OSLO 000461\n\nSUBJECT: X\n\n", "A.\n\n"),
    ("headings", "UNCLAS OSLO 000461\n\nSUBJECT: X\n\n", "Aa\n---\n\n"),
    ("addressees", "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n", "RUEHC/A\n"),
    ("page lines", "UNCLAS OSLO 000461\n\nSUBJECT: X\n\n1. A\n", "OSLO 00000461  001.2 OF 003\n"),
    ("refused numbers", "UNCLAS OSLO 000461\n\nSUBJECT: X\n\n1. A\n", "\u{b6}2009. A\n"),
    ("references", "UNCLAS OSLO 000461\n\nSUBJECT: X\nREF: ", "OSLO 1, "),
    ("TAGS", "UNCLAS OSLO 000461\n\nTAGS: ", "AA,"),
    ("offices", "ACTION EB-11\nINFO ", "A-1 "),
    ("attributes", "Message Text\n\nUNCLAS OSLO 000461\n\n1. X.\n\nMessage Attributes\n", "Aa: b\n"),
];

#[test]
fn memory_is_a_multiple_of_the_text() {
    println!(
        "{:24} {:>8} {:>8}  (times the text: at the most while reading; held by what was read)",
        "", "peak", "held"
    );
    let folder = Path::new(crate::ROOT).join("examples/cables");
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        let (peak, kept) = held(&text);
        println!("{:24} {peak:8.1} {kept:8.1}", entry.file_name().to_string_lossy());
        assert!(peak < 24.0 && kept < 12.0, "{}: {peak:.1} {kept:.1}", entry.path().display());
    }
    for (name, before, unit) in HOSTILE {
        let (peak, kept) = held(&hostile(before, unit, 200_000));
        println!("{name:24} {peak:8.1} {kept:8.1}");
        assert!(peak < 100.0 && kept < 50.0, "{name}: {peak:.1} {kept:.1}");
    }
}

#[test]
fn longer_texts_than_the_limit_are_refused() {
    let text = hostile("UNCLAS OSLO 000461\n", "A\n", 1000);
    let refused = Parser::new().size_limit(1000).parse(&text);
    assert_eq!(refused, Err(ParseError::TooLarge { len: text.len(), limit: 1000 }));
}

/// How long work takes this thread: what else the machine does is not counted, where the system tells of it.
fn seconds_of(work: impl FnOnce()) -> f64 {
    let ran = || {
        let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        stat.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
    };
    let (start, before) = (Instant::now(), ran());
    work();
    before.zip(ran()).map_or_else(|| start.elapsed().as_secs_f64(), |(before, after)| after - before)
}

/// A file of 100 MB that is hostile is read at a tenth of the rate of good cables at the least.
#[test]
#[ignore = "takes gigabytes and minutes: for a release build"]
fn a_hostile_file_of_100_megabytes() {
    const LENGTH: usize = 100_000_000;
    let parser = Parser::new().size_limit(usize::MAX);
    let rate = |text: &str| text.len() as f64 / 1e6 / seconds_of(|| drop(parser.parse(text)));
    let file = Path::new(crate::ROOT).join("examples/cables/07LISBON1204.txt");
    let good = std::fs::read_to_string(file).unwrap();
    let paragraph = good.split("\n\n").last().unwrap().to_owned() + "\n\n";
    let normal = rate(&hostile(&good, &paragraph, LENGTH));
    println!("{:24} {normal:8.1} MB/s", "good paragraphs");
    let mut slow = Vec::new();
    for (name, before, unit) in HOSTILE {
        let hostile = rate(&hostile(before, unit, LENGTH));
        println!("{name:24} {hostile:8.1} MB/s, one {:.1}th", normal / hostile);
        if hostile * 10.0 < normal {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
