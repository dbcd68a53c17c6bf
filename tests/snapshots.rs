//! Whole cables: what is read from each fixture, and which byte belongs to what.
//!
//! A difference fails. `INSTA_UPDATE=always cargo test --test all snapshots::` writes the snapshots anew; then read the diff.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cablegram::{Document, DocumentSource, Parser, decode};

fn root() -> &'static Path {
    Path::new(crate::ROOT)
}

/// The files of a folder below the project, by name.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no files in {folder}");
    files
}

fn file_name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// A line a region: kind, place, how its text begins.
fn regions_by_line(text: &str, document: &Document<'_>) -> String {
    let mut out = String::new();
    for region in document.regions.iter().flatten() {
        let kind = serde_json::to_value(region.kind).unwrap();
        let begin: String = region.span.slice(text).unwrap().chars().take(30).collect();
        let place = format!("{}..{}", region.span.start, region.span.end);
        writeln!(out, "{:<20} {place:<12} {begin:?}", kind.as_str().unwrap()).unwrap();
    }
    out
}

#[test]
fn fixtures() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    let paths = files("examples/cables");
    for path in &paths {
        let name = file_name(path);
        let bytes = std::fs::read(path).unwrap();
        let decoded = decode(&bytes);
        let stem = path.file_stem().unwrap().to_str();
        let parsed = Parser::new().parse_decoded(&decoded, stem).unwrap_or_else(|e| panic!("{name}: {e}"));
        let source = DocumentSource::new(name, &decoded.text);
        let mut document = Document::new(source, parsed, true);
        insta::assert_snapshot!(format!("{name}.regions"), regions_by_line(&decoded.text, &document));
        document.regions = None;
        insta::assert_json_snapshot!(name, document);
    }
    assert_no_snapshot_is_left(&paths);
}

/// Every snapshot belongs to a fixture that is there.
fn assert_no_snapshot_is_left(paths: &[PathBuf]) {
    let wanted: BTreeSet<String> = paths
        .iter()
        .flat_map(|path| [format!("{}.snap", file_name(path)), format!("{}.regions.snap", file_name(path))])
        .collect();
    let found: BTreeSet<String> = files("tests/snapshots")
        .iter()
        .map(|path| file_name(path).to_owned())
        .filter(|name| Path::new(name).extension().is_some_and(|e| e == "snap"))
        .collect();
    assert_eq!(found, wanted);
}
