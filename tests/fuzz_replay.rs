//! Replays the fixtures, the seeds of the fuzz targets and what they have found, on stable and without a fuzzer.

#![allow(clippy::panic, reason = "tests")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::{any_cable, containers_door, field_door, invariants};
use arbitrary::Unstructured;

const FOLDERS: [&str; 3] = ["examples/cables", "fuzz/seeds", "fuzz/findings"];

/// The files of a folder of the project, in the order of their names; none where the folder is not there, as in a
/// published crate.
fn files(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(crate::ROOT).join(folder);
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file() && entry.path().extension() != Some(OsStr::new("md")))
        .filter_map(|entry| Some((entry.path().to_owned(), std::fs::read(entry.path()).ok()?)))
        .collect()
}

/// Checks every file, changed in some ways, and lists all that fail.
fn replay(check: fn(&[u8]) -> Result<(), String>, change: impl Fn(&[u8]) -> Vec<Vec<u8>>) {
    let mut failures = Vec::new();
    for (path, bytes) in FOLDERS.iter().flat_map(|folder| files(folder)) {
        let failed = change(&bytes).iter().enumerate().find_map(|(i, changed)| Some((i, check(changed).err()?)));
        if let Some((i, reason)) = failed {
            failures.push(format!("{}, change {i}: {reason}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// `bytes` with `end` for each of its line ends.
fn with_line_ends(bytes: &[u8], end: &[u8]) -> Vec<u8> {
    let lf: Vec<u8> = bytes.iter().copied().filter(|b| *b != b'\r').collect();
    lf.split(|b| *b == b'\n').collect::<Vec<_>>().join(end)
}

/// Where the lines of a file start, the first one left out.
fn line_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'\n', bytes).map(|at| at + 1)
}

#[test]
fn fixtures_are_there() {
    assert!(!files("examples/cables").is_empty());
}

#[test]
fn as_they_are() {
    replay(invariants::check, |bytes| vec![bytes.to_owned()]);
}

#[test]
fn with_other_line_ends() {
    let ends: [&[u8]; 4] = [b"\n", b"\r\n", b"\r", b"\r\r\n"];
    replay(invariants::check, |bytes| ends.iter().map(|end| with_line_ends(bytes, end)).collect());
}

#[test]
fn cut_off_behind_and_within_each_line() {
    replay(invariants::check_reading, |bytes| {
        // At another place of each line.
        let cuts = line_starts(bytes).enumerate().map(|(i, at)| at + i % 30);
        cuts.filter_map(|at| bytes.get(..at)).map(<[u8]>::to_vec).collect()
    });
}

#[test]
fn without_their_first_lines() {
    replay(invariants::check_reading, |bytes| {
        line_starts(bytes).filter_map(|at| bytes.get(at..)).map(<[u8]>::to_vec).collect()
    });
}

#[test]
fn with_a_line_gone_or_twice() {
    replay(invariants::check_reading, |bytes| {
        let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
        let with = |i: usize, times: usize| {
            let each = lines.iter().enumerate();
            each.flat_map(|(k, line)| vec![*line; if k == i { times } else { 1 }].concat()).collect::<Vec<u8>>()
        };
        (0..lines.len()).map(|i| with(i, if i % 2 == 0 { 0 } else { 2 })).collect()
    });
}

#[test]
fn fields() {
    for (path, bytes) in ["fuzz/seeds-fields", "fuzz/findings-fields"].into_iter().flat_map(files) {
        let Some(telegram) = field_door::telegram(&bytes) else { continue };
        let checked = invariants::check(telegram.as_bytes());
        assert!(checked.is_ok(), "{}: {checked:?}", path.display());
    }
    // Every seed as every field.
    for (path, bytes) in files("fuzz/seeds-fields") {
        for choice in 0..20 {
            let field: Vec<u8> = [choice].into_iter().chain(bytes.iter().skip(1).copied()).collect();
            let Some(telegram) = field_door::telegram(&field) else { continue };
            let checked = invariants::check_reading(telegram.as_bytes());
            assert!(checked.is_ok(), "{} as {choice}: {checked:?}", path.display());
        }
    }
}

#[test]
fn containers() {
    for (path, bytes) in ["fuzz/seeds-containers", "fuzz/findings-containers"].into_iter().flat_map(files) {
        for text in containers_door::texts(&bytes) {
            let checked = invariants::check_reading(text.as_bytes());
            assert!(checked.is_ok(), "{}: {checked:?}", path.display());
        }
        // Cut off anywhere, and asked for as anything.
        for cut in (0..bytes.len()).step_by(7) {
            let asked: u8 = (cut % 7).try_into().unwrap_or_default();
            let part: Vec<u8> = [asked].into_iter().chain(bytes.iter().take(cut).skip(1).copied()).collect();
            containers_door::texts(&part);
        }
    }
}

/// A seed whose first byte asks for another container than it has opens no way.
#[test]
fn each_seed_of_the_containers_is_told_by_content_and_has_a_cable() {
    for (path, bytes) in files("fuzz/seeds-containers") {
        assert_eq!(bytes.first(), Some(&b'\t'), "{}", path.display());
        let is_read = containers_door::texts(&bytes).iter().any(|text| cablegram::parse(text).is_ok());
        let is_built_for = cfg!(feature = "pdf") || path.extension() != Some(OsStr::new("pdf"));
        assert!(is_read || !is_built_for, "{}", path.display());
    }
}

#[test]
fn written_back() {
    for (path, bytes) in files("fuzz/findings-write_back") {
        let Ok(cable) = any_cable::any_cable(&mut Unstructured::new(&bytes)) else { continue };
        let written = cable.to_telegram();
        assert!(written.is_ok(), "{}: {written:?}", path.display());
    }
}

/// What `write_back` found, as texts: its rows of choices will mean something else when `any_cable.rs` changes.
#[test]
fn written_back_from_texts() {
    for (name, text, tags) in [
        ("a heading of TAGS below them", "UNCLAS OSLO 000461\n\nTAGS: PREL\n\nNO UK\n-----\n\n1. (U) Cod.\n", 1),
        ("a TAG that reads as none", "UNCLAS OSLO 000461\n\nTAGS: NA,\nSUBJECT: COD\n\n1. (U) Cod.\n", 1),
        ("the same of SMART", "MRN: 09 OSLO 461\nFrom: AMEMBASSY OSLO\nTAGS: NA,\nSubject: Cod\n\n1. (U) Cod.\n", 1),
    ] {
        let read = cablegram::parse(text).map(|parsed| (parsed.cable.tags.len(), parsed.cable.to_telegram()));
        assert!(matches!(&read, Ok((found, Ok(_))) if *found == tags), "{name}: {read:?}");
    }
}
