//! The pages and graphs of the examples: that texts of cables stay texts, and that numbers are those of the JSON.

// Coverage is that of the library: the examples are not built for it.
#![cfg(not(tarpaulin))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(crate::program(name)).args(arguments).output().unwrap()
}

fn fixtures() -> String {
    Path::new(crate::ROOT).join("examples/cables").to_str().unwrap().to_owned()
}

/// A file in a folder of these tests.
fn file(name: &str, content: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A cable that would like to be a script, in every field that can hold one, and to move the cursor.
const HOSTILE: &str = "\
R 281848Z DEC 06
FM AMEMBASSY OSLO
TO SECSTATE WASHDC
INFO <IMG SRC=X ONERROR=HACKED=1>
UNCLAS OSLO 000461

E.O. 12958: DECL: <script>hacked=1</script>
TAGS: KSCA, <B>, NO
SUBJECT: </title></style><script>hacked=1</script> {{rows}} \u{1b}[31m
REF: A. <script>hacked=1</script>

1. (U) <script>window.hacked=1</script><img src=x onerror=hacked=1>\" onmouseover=\"hacked=1
-->]]> &lt; \u{202e}\u{1b}]0;title\u{7}

<SCRIPT>HACKED=1</SCRIPT>
";

/// What stands between tags of a page, and the tags.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap()).collect()
}

#[test]
fn a_cable_that_would_be_a_script_stays_text() {
    let path = file("06OSLO461.txt", HOSTILE);
    let written = file("hostile.html", "");
    let out = run("anatomy", &["--html", &written, &path]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let page = std::fs::read_to_string(&written).unwrap();
    assert!(page.contains("&lt;script&gt;window.hacked=1&lt;/script&gt;"));
    // Of a cable that is no trouble, the same tags.
    let known = ["img", "script", "b", "/script"];
    let ours = |tag: &&str| known.contains(&tag.split([' ', '>']).next().unwrap().to_lowercase().as_str());
    assert_eq!(tags(&page).into_iter().filter(ours).collect::<Vec<_>>(), [""; 0]);
    assert!(!page.contains(|c: char| c.is_control() && c != '\n'), "control characters");

    let out = run("anatomy", &[&path]);
    let shown = String::from_utf8(out.stdout).unwrap();
    assert!(shown.contains("<script>window.hacked=1</script>"), "{shown}");
    assert!(!shown.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{shown}");

    let written = file("hostile_report.html", "");
    let out = run("corpus_report", &["--html", &written, &path]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let page = std::fs::read_to_string(&written).unwrap();
    // Its own script is the only one.
    assert_eq!(tags(&page).into_iter().filter(ours).collect::<Vec<_>>(), ["script", "/script"]);
}

#[test]
fn every_fixture_has_its_anatomy() {
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let path = entry.unwrap().path();
        let written = file("fixture.html", "");
        let out = run("anatomy", &["--html", &written, path.to_str().unwrap()]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let page = std::fs::read_to_string(&written).unwrap();
        let text = cablegram::decode(&std::fs::read(&path).unwrap()).text.into_owned();
        let parsed = cablegram::Parser::new().parse_named(&text, path.file_stem().unwrap().to_str()).unwrap();
        assert_eq!(page.matches("<li id=\"said-").count(), parsed.diagnostics.len(), "{}", path.display());
        for number in 1..=parsed.diagnostics.len() {
            assert!(page.contains(&format!("id=\"at-{number}\"")), "{}: {number}", path.display());
        }
        // All of the text is there, line by line.
        let shown: String =
            page.split("<pre>\n").skip(1).map(|row| without_tags(row.split("</pre>").next().unwrap())).collect();
        let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines(&shown), lines(&text.replace('\t', " ")), "{}", path.display());

        let out = run("anatomy", &[path.to_str().unwrap()]);
        let shown = String::from_utf8(out.stdout).unwrap();
        for wording in &parsed.diagnostics {
            assert!(shown.contains(&format!("{}[{}]: ", wording.severity, wording.code)), "{shown}");
        }
        assert!(!shown.contains('\u{1b}'), "colours in a pipe");
    }
}

fn without_tags(html: &str) -> String {
    let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

#[test]
fn what_is_no_cable_has_no_anatomy() {
    let out = run("anatomy", &[&file("letter.txt", "Dear Sir,\n\nthe fish are well.\n")]);
    assert_eq!((out.status.code(), out.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8_lossy(&out.stderr).contains("letter.txt: not a cable: "));
    assert_eq!(run("anatomy", &["--row", "2", &file("06OSLO461.txt", HOSTILE)]).status.code(), Some(2));
}

/// The cells of a table of a page: what they sort by, else their text.
fn table(page: &str, id: &str) -> Vec<Vec<String>> {
    let Some((_, after)) = page.split_once(&format!("<table id=\"{id}\">")) else { return Vec::new() };
    let body = after.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let cell = |cell: &str| match cell.split_once("data-value=\"") {
        Some((_, value)) => value.split('"').next().unwrap().to_owned(),
        None => without_tags(cell.split_once('>').unwrap().1),
    };
    body.split("<tr>").skip(1).map(|row| row.split("<td").skip(1).map(cell).collect()).collect()
}

#[test]
fn the_numbers_of_the_page_are_those_of_the_json() {
    let written = file("report.html", "");
    let out = run("corpus_report", &["--html", &written, "--json", &fixtures()]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let (json, page): (Value, _) =
        (serde_json::from_slice(&out.stdout).unwrap(), std::fs::read_to_string(&written).unwrap());
    let cases: [(&str, &str, &[&str]); 11] = [
        ("months", "/months", &["value", "cables"]),
        ("posts", "/posts", &["value", "cables"]),
        ("classifications", "/classifications", &["value", "cables"]),
        ("precedences", "/precedences", &["value", "cables"]),
        ("tags", "/tags/most", &["tag", "name", "cables"]),
        ("fields", "/fields", &["field", "cables", "share", "values"]),
        ("diagnostics", "/diagnostics", &["code", "severity", "count", "cables"]),
        ("unrecognised_lines", "/unrecognised_lines/most", &["value", "count", "cables"]),
        ("unknown_tags", "/unknown_tags/most", &["value", "count", "cables"]),
        ("addressees_without_post", "/addressees_without_post/most", &["value", "count", "cables"]),
        ("references_without_post", "/references_without_post/most", &["value", "count", "cables"]),
    ];
    for (id, pointer, keys) in cases {
        let of_json: Vec<Vec<String>> = json
            .pointer(pointer)
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                keys.iter()
                    .map(|key| match &row[*key] {
                        Value::String(text) => text.clone(),
                        Value::Null => String::new(),
                        number => number.to_string(),
                    })
                    .collect()
            })
            .collect();
        let of_page: Vec<Vec<String>> = table(&page, id)
            .into_iter()
            .map(|mut row| {
                let position = |key: &&str| match (id, *key) {
                    (_, "share") => 2,
                    ("fields", "values") => 3,
                    _ => keys.iter().position(|k| k == key).unwrap(),
                };
                keys.iter().map(|key| std::mem::take(&mut row[position(key)])).collect()
            })
            .collect();
        let as_numbers = |rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
            let whole = |cell: String| cell.strip_suffix(".0").map_or(cell.clone(), str::to_owned);
            rows.into_iter().map(|row| row.into_iter().map(whole).collect()).collect()
        };
        assert_eq!(as_numbers(of_page), as_numbers(of_json), "{id}");
    }
    let sum = |pointer: &str| -> u64 {
        json.pointer(pointer).unwrap().as_array().unwrap().iter().map(|row| row["cables"].as_u64().unwrap()).sum()
    };
    for counts in ["/months", "/posts", "/classifications", "/precedences"] {
        assert_eq!(sum(counts), json["read"].as_u64().unwrap(), "{counts}");
    }
    assert!(page.contains("<svg"));
}

#[test]
fn a_graph_tells_what_was_left_out() {
    let text = HOSTILE.replace("REF: A. <script>hacked=1</script>", "REF: A. OSLO 461 B. OSLO 460 C. OSLO 460");
    let lines: String = [&text, &text, &"no cable".to_owned()]
        .map(|text| serde_json::json!({"id": "06OSLO461", "text": text}).to_string() + "\n")
        .concat();
    let out = run("reference_graph", &[&file("cables.jsonl", &lines)]);
    let (graph, wording) = (String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap());
    assert_eq!(out.status.code(), Some(1));
    for part in [
        "row 1 (line 1): 06OSLO461 cites itself: OSLO 461",
        "06OSLO461 cites 06OSLO460 twice",
        "row 2 (line 2): left out: 06OSLO461 is there already",
        "row 3 (line 3): not a cable: it begins \"no cable\"",
    ] {
        assert!(wording.contains(part), "{part}: {wording}");
    }
    assert!(wording.ends_with("1 cable, 1 only cited, 1 edge; left out: 0 without a number, 1 there twice, 1 self-reference; 1 reference given twice\n"), "{wording}");
    assert!(graph.contains("<edge source=\"06OSLO461\" target=\"06OSLO460\"><data key=\"weight\">2</data></edge>"));
    assert!(!graph.contains("<script"), "{graph}");
}
