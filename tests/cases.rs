//! Small cases: a text with one thing the matter, and what must come out of it.
//!
//! A case is `tests/cases/<kind>/<slug>.json` with the document `<slug>.txt` (or `.csv`, `.html` ...) beside it:
//!
//! ```text
//! {"what": what is the matter, "why": why the value is right, "options": [of cable2json], "expect": {key: value}}
//! ```
//!
//! A key is a path, or `path|operator`. A path is `a.b`, `a[].b` of all items, `a[2].b`, `a[-1].b`, `a#` for how many items,
//! in the first object, and `@1.a` in the second one; `*` is the whole object as JSON without its source and diagnostics.
//! `#objects`, `rc` and `stderr` are those of the run; `stderr` is always searched.
//!
//! | operator | |
//! |---|---|
//! | none | equal, where a run of white space is one space |
//! | `has`, `hasnot` | an item of a list, a piece of a string |
//! | `in` | one of these values |
//! | `re`, `notre` | a regular expression is found: in a list in one item, or in none |
//! | `has`, `hasnot`, `says`, `noerrors` of `diagnostics` | a code; a regular expression in a code or message; no severity `error` |
//!
//! What does not pass yet is listed in `tests/cases/not-yet.txt`, a `<kind>/<slug>` a line. It only becomes shorter.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cablegram::source::Reader;
use cablegram::{Document, Parser};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    what: String,
    why: String,
    #[serde(default)]
    options: Vec<String>,
    expect: Map<String, Value>,
}

/// What became of a document.
struct Run {
    objects: Vec<Value>,
    /// The exit code and standard error, where the program itself was run.
    ended: Option<(i32, String)>,
}

impl Case {
    /// The library is asked; only what the program adds to it needs the program.
    fn run(&self, document: &Path) -> Run {
        let of_the_program = |key: &String| matches!(key.split('|').next(), Some("rc" | "stderr"));
        if !self.options.is_empty() || self.expect.keys().any(of_the_program) {
            return run_program(&self.options, document);
        }
        Run { objects: objects(document), ended: None }
    }
}

/// The documents of a file as `cable2json` writes them.
fn objects(path: &Path) -> Vec<Value> {
    let file = std::fs::File::open(path).unwrap();
    let wrapped = Reader::new(path.display().to_string(), file, None).flatten();
    wrapped
        .flat_map(|wrapped| wrapped.open().unwrap_or_default())
        .filter_map(|opened| {
            let parsed = Parser::new().parse_decoded(&opened.text, opened.name.as_deref()).ok()?;
            Some(serde_json::to_value(Document::new(opened.source, parsed, false)).unwrap())
        })
        .collect()
}

fn run_program(options: &[String], document: &Path) -> Run {
    let mut command = Command::new(crate::program("cable2json"));
    let out = command.args(options).arg(document).stdin(Stdio::null()).output().unwrap();
    let objects = String::from_utf8(out.stdout).unwrap();
    let objects = objects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    Run { objects, ended: Some((out.status.code().unwrap(), String::from_utf8_lossy(&out.stderr).into_owned())) }
}

/// What is there where something else is wanted.
fn differs(key: &str, wanted: &Value, run: &Run) -> Option<Value> {
    let (path, operator) = key.split_once('|').unwrap_or((key, ""));
    let (at, path) = match path.strip_prefix('@').and_then(|path| path.split_once('.')) {
        Some((at, path)) => (at.parse().unwrap(), path),
        None => (0, path),
    };
    let (got, is_right) = match path {
        "#objects" => plain(run.objects.len().into(), operator, wanted),
        "rc" => plain(run.ended.as_ref().unwrap().0.into(), operator, wanted),
        "stderr" => {
            let wording = run.ended.as_ref().unwrap().1.as_str().into();
            plain(wording, if operator.is_empty() { "re" } else { operator }, wanted)
        }
        _ => match (run.objects.get(at), path) {
            (None, _) => ("no such object".into(), false),
            (Some(object), "diagnostics") => diagnostics(object, operator, wanted),
            (Some(object), "*") => plain(whole(object).into(), operator, wanted),
            (Some(object), _) => plain(follow(object, path), operator, wanted),
        },
    };
    (!is_right).then_some(got)
}

fn plain(got: Value, operator: &str, wanted: &Value) -> (Value, bool) {
    let is_right = is_as_wanted(&got, operator, wanted);
    (got, is_right)
}

/// An object as JSON, without where it came from and what is told of it.
fn whole(object: &Value) -> String {
    let mut object = object.as_object().unwrap().clone();
    object.retain(|key, _| key != "source" && key != "diagnostics");
    serde_json::to_string(&object).unwrap()
}

fn is_as_wanted(got: &Value, operator: &str, wanted: &Value) -> bool {
    let has = || match (words(got), words(wanted)) {
        (Value::Array(items), wanted) => items.contains(&wanted),
        (Value::String(text), Value::String(wanted)) => text.contains(&wanted),
        _ => false,
    };
    match operator {
        "" => words(got) == words(wanted),
        "in" => wanted.as_array().unwrap().iter().any(|wanted| words(got) == words(wanted)),
        "has" => has(),
        "hasnot" => !has(),
        "re" => is_found(wanted, got),
        "notre" => !is_found(wanted, got),
        _ => panic!("no operator {operator:?}"),
    }
}

/// Whether a regular expression is found in a string, or in one of a list.
fn is_found(wanted: &Value, got: &Value) -> bool {
    let regex = regex(wanted);
    let texts = got.as_array().map_or(std::slice::from_ref(got), Vec::as_slice);
    texts.iter().filter_map(Value::as_str).any(|text| regex.is_match(text))
}

/// `\Z` is the end, as in most other languages.
fn regex(wanted: &Value) -> Regex {
    Regex::new(&wanted.as_str().unwrap().replace(r"\Z", r"\z")).unwrap()
}

/// The codes, and whether they are as wanted.
fn diagnostics(object: &Value, operator: &str, wanted: &Value) -> (Value, bool) {
    let of = |key| object["diagnostics"].as_array().unwrap().iter().map(move |diagnostic| &diagnostic[key]);
    let is_right = match operator {
        "has" => of("code").any(|code| code == wanted),
        "hasnot" => !of("code").any(|code| code == wanted),
        "says" => {
            let regex = regex(wanted);
            of("code").chain(of("message")).any(|text| regex.is_match(text.as_str().unwrap()))
        }
        "noerrors" => of("severity").any(|severity| severity == "error") != wanted.as_bool().unwrap(),
        _ => panic!("no operator {operator:?} of diagnostics"),
    };
    (of("code").cloned().collect(), is_right)
}

/// A value in which a run of white space is one space.
fn words(value: &Value) -> Value {
    match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        Value::Array(items) => items.iter().map(words).collect(),
        other => other.clone(),
    }
}

/// What stands at a path; a list where it has `[]`.
fn follow(object: &Value, path: &str) -> Value {
    let (mut found, mut is_list) = (vec![object.clone()], false);
    for step in path.split('.') {
        let key = step.split(['[', '#']).next().unwrap();
        let values = found.iter().map(|value| value.get(key).cloned().unwrap_or_default());
        found = match step.strip_prefix(key).unwrap() {
            "" => values.collect(),
            "#" => values.map(|value| items(&value).len().into()).collect(),
            "[]" => {
                is_list = true;
                values.flat_map(|value| items(&value).to_vec()).collect()
            }
            index => values.map(|value| item(&value, index.trim_matches(['[', ']'])).unwrap_or_default()).collect(),
        };
    }
    if is_list { found.into() } else { found.remove(0) }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The item of that number; a negative one counts from the end.
fn item(value: &Value, index: &str) -> Option<Value> {
    let index: isize = index.parse().unwrap();
    let items = items(value);
    let at = if index < 0 { items.len().checked_add_signed(index)? } else { index.unsigned_abs() };
    items.get(at).cloned()
}

fn folder() -> PathBuf {
    Path::new(crate::ROOT).join("tests/cases")
}

/// All cases, as `<kind>/<slug>` with the document.
fn cases() -> Vec<(String, PathBuf)> {
    let files = walkdir::WalkDir::new(folder()).min_depth(2).sort_by_file_name().into_iter();
    let files: Vec<PathBuf> = files.map(|entry| entry.unwrap().into_path()).collect();
    let is_case = |file: &&PathBuf| file.extension().is_some_and(|end| end == "json");
    files
        .iter()
        .filter(is_case)
        .map(|case| {
            let is_document = |file: &&PathBuf| *file != case && file.with_extension("json") == *case;
            let document =
                files.iter().find(is_document).unwrap_or_else(|| panic!("no document of {}", case.display()));
            let name = case.with_extension("");
            (name.strip_prefix(folder()).unwrap().display().to_string(), document.clone())
        })
        .collect()
}

/// What differs in a case; empty where nothing does.
fn differences(document: &Path) -> String {
    let case: Case = serde_json::from_slice(&std::fs::read(document.with_extension("json")).unwrap()).unwrap();
    let run = case.run(document);
    let mut out = String::new();
    for (key, wanted) in &case.expect {
        if let Some(got) = differs(key, wanted, &run) {
            write!(out, "\n  {key}\n    wanted {wanted}\n    got    {got}").unwrap();
        }
    }
    if out.is_empty() { out } else { format!("\n  {}\n  {}{out}", case.what, case.why) }
}

#[test]
fn every_case() {
    let listed = std::fs::read_to_string(folder().join("not-yet.txt")).unwrap_or_default();
    let listed: BTreeSet<&str> = listed.lines().filter(|line| !line.is_empty()).collect();
    let (mut failures, mut seen) = (String::new(), BTreeSet::new());
    for (name, document) in cases() {
        let differences = differences(&document);
        let is_listed = listed.contains(name.as_str());
        if is_listed && differences.is_empty() {
            println!("{name} passes: take it out of tests/cases/not-yet.txt");
        } else if !is_listed && !differences.is_empty() {
            writeln!(failures, "{name}{differences}").unwrap();
        }
        seen.insert(name);
    }
    assert!(failures.is_empty(), "\n{failures}");
    let gone: Vec<_> = listed.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(gone.is_empty(), "not-yet.txt has what is no case: {gone:?}");
}

#[test]
fn operators_and_paths() {
    let objects = vec![
        serde_json::json!({
            "subject": "COD  AND\nSTOCKFISH", "tags": [{"tag": "EFIS"}, {"tag": "NO"}], "to": [], "mrn": null, "source": "a.txt",
            "diagnostics": [{"code": "tags-split", "message": "run together", "severity": "warning"}],
        }),
        serde_json::json!({"subject": null, "diagnostics": []}),
    ];
    let run = Run { objects, ended: Some((1, "a.txt: no cable\n".to_owned())) };
    let right = [
        ("subject", r#""COD AND STOCKFISH""#),
        ("subject|has", r#""AND STOCKFISH""#),
        ("subject|hasnot", r#""HERRING""#),
        ("subject|in", r#"["COD", "COD AND STOCKFISH"]"#),
        ("subject|re", r#""FISH\\Z""#),
        ("subject|notre", r#""^AND""#),
        ("tags[].tag", r#"["EFIS", "NO"]"#),
        ("tags[].tag|has", r#""NO""#),
        ("tags[].tag|re", r#""^N""#),
        ("tags[-1].tag", r#""NO""#),
        ("tags[0].tag", r#""EFIS""#),
        ("tags[2].tag", "null"),
        ("tags[-3].tag", "null"),
        ("tags#", "2"),
        ("mrn#", "0"),
        ("mrn.id", "null"),
        ("to[].name", "[]"),
        ("@1.subject", "null"),
        ("*|has", r#""EFIS""#),
        ("*|hasnot", r#""a.txt""#),
        ("#objects", "2"),
        ("rc", "1"),
        ("stderr", r#""(?i)NO CABLE""#),
        ("diagnostics|has", r#""tags-split""#),
        ("diagnostics|hasnot", r#""tags-respelled""#),
        ("diagnostics|says", r#""together""#),
        ("diagnostics|noerrors", "true"),
    ];
    let wrong = [
        ("subject", r#""COD""#),
        ("subject|has", r#""HERRING""#),
        ("subject|hasnot", r#""COD""#),
        ("subject|in", r#"["COD"]"#),
        ("subject|re", r#""^AND""#),
        ("mrn|has", r#""OSLO""#),
        ("tags[].tag", r#"["EFIS"]"#),
        ("tags[].tag|notre", r#""^N""#),
        ("tags#", "1"),
        ("@2.subject", "null"),
        ("#objects", "1"),
        ("rc", "0"),
        ("stderr", r#""encrypted""#),
        ("diagnostics|has", r#""tags-respelled""#),
        ("diagnostics|says", r#""apart""#),
        ("diagnostics|noerrors", "false"),
    ];
    for (list, is_right) in [(&right[..], true), (&wrong[..], false)] {
        for (key, wanted) in list {
            let wanted: Value = serde_json::from_str(wanted).unwrap();
            assert_eq!(differs(key, &wanted, &run).is_none(), is_right, "{key}: {wanted}");
        }
    }
}
