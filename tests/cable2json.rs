//! The example program cable2json: what it writes, what it refuses, and its exit codes.

// Coverage is that of the library: the examples are not built for it.
#![cfg(not(tarpaulin))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const CABLE: &str = "\
R 281848Z DEC 06
FM AMEMBASSY OSLO
TO SECSTATE WASHDC 6973
UNCLAS OSLO 000461

E.O. 12958: N/A
TAGS: KSCA, NO
SUBJECT: FISH

1. (U) The fish are well.

LARSEN
";
const LETTER: &str = "Dear Sir,\n\nthe fish are well.\n";

fn run(arguments: &[&str]) -> Output {
    Command::new(crate::program("cable2json")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn run_on_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(crate::program("cable2json"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// A new, empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cable2json").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn fixtures() -> String {
    format!("{}/examples/cables", crate::ROOT)
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn objects(out: &Output) -> Vec<Value> {
    text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[track_caller]
fn assert_ends(out: &Output, code: i32, stderr: &str) {
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(code), stderr));
}

#[test]
fn a_folder_gives_one_object_a_file_in_order() {
    let out = run(&[&fixtures()]);
    assert_ends(&out, 0, "");
    let mut files: Vec<_> =
        std::fs::read_dir(fixtures()).unwrap().map(|e| e.unwrap().path().to_str().unwrap().to_owned()).collect();
    files.sort();
    let objects = objects(&out);
    let paths: Vec<_> = objects.iter().map(|o| o["source"]["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(paths, files);
    for (object, path) in objects.iter().zip(&files) {
        let bytes = std::fs::read(path).unwrap();
        assert_eq!(object["source"]["bytes"], cablegram::decode(&bytes).text.len(), "{path}");
        assert_eq!(object["source"]["index"], 0, "{path}");
        let container = if path.ends_with(".md.txt") { "markdown" } else { "text" };
        assert_eq!(object["source"]["container"], container, "{path}");
    }
}

/// Where an object of the JSON stands, and the keys that it has; `*` is each item of a list, null is passed over.
const KEYS: [(&str, &str); 20] = [
    (
        "",
        "source parser format id date archive_id mrn partial transmission distribution drafting precedence dtg from to info exempted \
         classification highest_level section captions pass_lines executive_order declassify_on tags subject \
         subject_title subject_mark references classified_by \
         body summary comment signature attributes diagnostics",
    ),
    ("source", "path index container bytes metadata"),
    ("mrn", "id year post number"),
    ("date", "day utc source"),
    ("body.*", "kind number portion_mark level controls text"),
    ("transmission", "id precedence routing_indicators station serial section filing_time filed security"),
    ("transmission.security", "prosign indicator level operating_signals"),
    ("distribution", "role offices info total direction"),
    ("distribution.offices.*", "office copies"),
    ("drafting", "drafted_by approved_by cleared_by"),
    ("precedence", "action info"),
    ("dtg", "text utc operating_signals"),
    ("from", "name post"),
    ("to.*", "routing_indicator name post precedence effective_precedence serial"),
    ("info.*", "routing_indicator name post precedence effective_precedence serial"),
    ("classification", "level text sensitive"),
    ("executive_order", "number text declassification"),
    ("tags.*", "tag kind name person suggestion"),
    ("references.*", "kind label text id year year_assumed post number notal"),
    ("classified_by", "name title reasons text"),
];

/// The values at a place of `KEYS`.
fn at<'v>(value: &'v Value, place: &str) -> Vec<&'v Value> {
    place.split('.').filter(|step| !step.is_empty()).fold(vec![value], |found, step| match step {
        "*" => found.iter().flat_map(|v| v.as_array().into_iter().flatten()).collect(),
        key => found.iter().filter_map(|v| v.get(key)).collect(),
    })
}

#[test]
fn every_key_is_on_every_object() {
    let objects = objects(&run(&[&fixtures()]));
    let mut missing = Vec::new();
    for (place, keys) in KEYS {
        let mut seen = 0;
        for object in &objects {
            for value in at(object, place).into_iter().filter(|v| !v.is_null()) {
                seen += 1;
                let absent = keys.split_whitespace().filter(|key| value.get(key).is_none());
                missing.extend(absent.map(|key| format!("{}: {place}.{key}", object["source"]["path"])));
            }
        }
        assert!(seen > 0, "no fixture has {place}");
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn keys_of_blocks_and_diagnostics() {
    for object in objects(&run(&[&fixtures()])) {
        for block in object["body"].as_array().unwrap() {
            let keys = ["kind", "number", "portion_mark", "level", "controls", "text"];
            assert!(keys.iter().all(|key| block.get(key).is_some()), "{block}");
            assert!(block["text"].is_string() && block["controls"].is_array(), "{block}");
            assert_eq!(block["level"].is_null(), block["portion_mark"].is_null(), "{block}");
        }
        for wording in object["diagnostics"].as_array().unwrap() {
            let strings = ["code", "severity", "message"].map(|key| wording[key].is_string());
            assert_eq!(
                (strings, wording["start"].is_u64(), wording["end"].is_u64()),
                ([true; 3], true, true),
                "{wording}"
            );
        }
        assert_eq!(object.get("regions"), None);
    }
}

#[test]
fn what_is_no_cable_gives_a_line_and_exit_code_1() {
    let folder = folder("refused");
    let (a, b, c) = (file(&folder, "a.txt", LETTER), file(&folder, "b.txt", CABLE), file(&folder, "c.txt", ""));
    let out = run(&[folder.to_str().unwrap()]);
    let refused = format!(
        "{a}: not a cable: it begins \"Dear Sir,\"\n\
         {c}: not a cable: the document is empty\n"
    );
    assert_ends(&out, 1, &refused);
    let paths: Vec<_> = objects(&out).iter().map(|o| o["source"]["path"].clone()).collect();
    assert_eq!(paths, [b]);
}

#[test]
fn what_cannot_be_read_gives_a_line_and_exit_code_2_and_the_rest_goes_on() {
    let folder = folder("unreadable");
    let (missing, there) = (folder.join("a.txt"), file(&folder, "b.txt", CABLE));
    let out = run(&[missing.to_str().unwrap(), &there]);
    let wording = text(&out.stderr);
    assert_eq!(wording.lines().count(), 1, "{wording}");
    assert!(wording.starts_with("cable2json: ") && wording.matches("No such file").count() == 1, "{wording}");
    assert_eq!((out.status.code(), objects(&out).len()), (Some(2), 1));
}

#[test]
fn wrong_use_gives_exit_code_2() {
    let nowhere = folder("wrong").join("nowhere");
    let nowhere = nowhere.to_str().unwrap();
    let output = format!("{nowhere}/out.jsonl");
    let cases: [(&str, &[&str], &str); 3] = [
        ("an option that is none", &["--no-such-option", "a"], "error: "),
        ("a path that is none", &[nowhere], "cable2json: "),
        ("an output that cannot be written", &["--output", &output, "-"], "cable2json: "),
    ];
    for (name, arguments, begins) in cases {
        let out = run(arguments);
        assert_eq!(out.status.code(), Some(2), "{name}");
        assert!(text(&out.stderr).starts_with(begins), "{name}: {}", text(&out.stderr));
        assert_eq!(text(&out.stdout), "", "{name}");
    }
    for out in [run(&[nowhere]), run(&["--output", &output, "-"])] {
        assert!(text(&out.stderr).contains(nowhere), "it names the path: {}", text(&out.stderr));
    }
}

#[test]
fn help_tells_of_the_exit_codes() {
    let out = run(&["--help"]);
    assert_ends(&out, 0, "");
    assert!(text(&out.stdout).contains("EXIT CODE"));
}

#[test]
fn a_hyphen_is_standard_input() {
    let out = run_on_input(&["-"], CABLE.as_bytes());
    assert_ends(&out, 0, "");
    let object = &objects(&out)[0];
    assert_eq!((&object["source"]["path"], &object["mrn"]["id"]), (&"-".into(), &"06OSLO461".into()));
    assert_ends(&run_on_input(&["-"], b" \n"), 1, "-: not a cable: the document is empty\n");
}

#[test]
fn pretty_is_the_same_over_many_lines() {
    let path = file(&folder("pretty"), "a.txt", CABLE);
    let (plain, pretty) = (run(&[&path]), run(&["--pretty", &path]));
    assert_ends(&pretty, 0, "");
    assert_eq!(text(&plain.stdout).lines().count(), 1);
    assert!(text(&pretty.stdout).starts_with("{\n  \"source\": {\n"));
    assert!(text(&pretty.stdout).ends_with("\n}\n"));
    assert_eq!(serde_json::from_slice::<Value>(&pretty.stdout).unwrap(), objects(&plain)[0]);
}

#[test]
fn regions_cover_the_decoded_text() {
    for object in objects(&run(&["--regions", &fixtures()])) {
        let mut end = 0;
        for region in object["regions"].as_array().unwrap() {
            assert_eq!(region["start"], end, "{}", object["source"]["path"]);
            assert!(region["kind"].is_string());
            end = region["end"].as_u64().unwrap();
        }
        assert_eq!(object["source"]["bytes"], end, "{}", object["source"]["path"]);
    }
}

#[test]
fn output_goes_to_a_file() {
    let folder = folder("output");
    let path = file(&folder, "a.txt", CABLE);
    let plain = run(&[&path]);
    for option in ["--output", "-o"] {
        let to = folder.join(format!("{}.jsonl", option.trim_start_matches('-')));
        let out = run(&[option, to.to_str().unwrap(), &path]);
        assert_ends(&out, 0, "");
        assert_eq!(text(&out.stdout), "");
        assert_eq!(std::fs::read(to).unwrap(), plain.stdout);
    }
}

#[test]
fn strict_refuses_what_was_repaired() {
    let folder = folder("strict");
    file(&folder, "a.txt", CABLE);
    let b = file(&folder, "b.txt", CABLE.replace("12958", "12598"));
    assert_ends(&run(&[folder.to_str().unwrap()]), 0, "");
    let out = run(&["--strict", folder.to_str().unwrap()]);
    let at = CABLE.find("12958").unwrap();
    let refused = format!(
        "{b}: rejected in strict mode: warning[executive-order-repaired] {at}..{}: \"12598\" read as E.O. 12958\n",
        at + 5
    );
    assert_ends(&out, 1, &refused);
    assert_eq!(objects(&out).len(), 1);
}

#[test]
fn the_name_of_a_file_tells_what_its_text_does_not() {
    let text = CABLE.split_once("UNCLAS").map(|(_, rest)| format!("UNCLAS{rest}")).unwrap();
    let path = file(&folder("name"), "06OSLO461.txt", text);
    assert_eq!(objects(&run(&[&path]))[0]["mrn"]["id"], "06OSLO461");
}

#[test]
fn hidden_files_are_left_out() {
    let folder = folder("hidden");
    file(&folder, "a.txt", CABLE);
    file(&folder, ".notes", LETTER);
    let out = run(&[folder.to_str().unwrap()]);
    assert_ends(&out, 0, "");
    assert_eq!(objects(&out).len(), 1);
}

#[test]
fn old_bytes_are_counted_as_decoded() {
    let bytes: Vec<u8> = CABLE.replace("fish are", "p\u{e2}t\u{e9} is").chars().map(|c| c as u8).collect();
    let out = run_on_input(&["-"], &bytes);
    assert_ends(&out, 0, "");
    let object = &objects(&out)[0];
    assert_eq!(object["source"]["bytes"], bytes.len() + 2);
    assert_eq!(object["diagnostics"][0]["code"], "encoding-assumed");
    assert_eq!(object["body"][0]["text"], "The p\u{e2}t\u{e9} is well.");
}

/// The cable under another number.
fn other(number: u32) -> String {
    CABLE.replace("000461", &format!("{number:06}"))
}

/// A dump of three rows, of which the middle one has lost a quote.
fn damaged_dump() -> String {
    let row = |number: u8, end: &str| {
        let body = other(460 + u32::from(number)).replace("are well", "\\\"are\\\" well");
        format!(
            "\"{number}\",\"7/3/2009 9:15\",\"06OSLO46{number}\",\"Embassy Oslo\",\"UNCLASSIFIED\",\"05OSLO1|05OSLO2\",\"\",\"{body}{end}\n"
        )
    };
    [row(1, "\""), row(2, ""), row(3, "\"")].concat()
}

fn line(id: &str, text: &str) -> String {
    serde_json::json!({"id": id, "text": text, "box": 12}).to_string() + "\n"
}

fn page() -> String {
    let pre = CABLE.replace('\n', "&#x000A;");
    format!(
        "<!DOCTYPE html><table class='cable'><tr><th>Reference ID</th><th>Created</th></tr>\
         <tr><td>06OSLO461</td><td>2006-12-28 18:06</td></tr></table><code><pre>{pre}</pre></code>\n"
    )
}

/// A PDF as simple as can be: a line is a string, the next one stands twelve units lower.
#[allow(clippy::format_collect, clippy::format_push_string, reason = "it reads as the file does")]
fn pdf() -> Vec<u8> {
    let shown: String =
        CABLE.lines().map(|line| format!("({}) Tj 0 -12 Td\n", line.replace('(', "\\(").replace(')', "\\)"))).collect();
    let content = format!("BT /F1 8 Tf 36 700 Td\n{shown}ET");
    let objects = [
        "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
        "<</Type /Pages /Kids [3 0 R] /Count 1>>".to_owned(),
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding>>".to_owned(),
    ];
    let (mut pdf, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (i, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let start = pdf.len();
    (pdf + &format!("xref\n0 6\n{table}trailer\n<</Size 6 /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n")).into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// All but its source.
fn cable(mut object: Value) -> Value {
    object["source"].take();
    object
}

#[test]
fn every_container_gives_the_same_cable() {
    let folder = folder("containers");
    let dump = damaged_dump().lines().take(13).collect::<Vec<_>>().join("\n").replace("\\\"", "");
    let wanted = cable(objects(&run(&[&file(&folder, "06OSLO461.txt", CABLE)])).remove(0));
    let cases: [(&str, Vec<u8>, Value); 4] = [
        ("html", page().into(), serde_json::json!({"reference_id": "06OSLO461", "created": "2006-12-28 18"})),
        (
            "csv",
            dump.into(),
            serde_json::json!({"row": "1", "created": "7/3/2009 9:15", "reference_id": "06OSLO461",
                "origin": "Embassy Oslo", "classification": "UNCLASSIFIED", "references": "05OSLO1|05OSLO2"}),
        ),
        ("jsonl", line("06OSLO461", CABLE).into(), serde_json::json!({"id": "06OSLO461", "box": "12"})),
        ("pdf", pdf(), Value::Null),
    ];
    let is_built = |container: &str| container != "pdf" || cfg!(feature = "pdf");
    for (container, bytes, metadata) in cases.into_iter().filter(|(container, ..)| is_built(container)) {
        // The name tells nothing of the container.
        for (name, bytes) in [("06OSLO461", bytes.clone()), ("06OSLO461.gz", gzip(&bytes))] {
            let path = file(&folder, name, &bytes);
            for arguments in [&[&*path][..], &["--from", container, &path]] {
                let out = run(arguments);
                assert_ends(&out, 0, "");
                let object = objects(&out).remove(0);
                let source = &object["source"];
                assert_eq!((&source["container"], &source["metadata"]), (&container.into(), &metadata), "{name}");
                assert_eq!(cable(object), wanted, "{container}: {name}");
            }
        }
    }
}

#[test]
fn the_rows_behind_a_damaged_one_are_written() {
    let path = file(&folder("damaged"), "cables.csv", damaged_dump());
    let out = run(&[&path]);
    let wording = "a quoted field does not end before the next row or the end of the file";
    assert_ends(&out, 1, &format!("{path}, row 2 (line 14): {wording}\n"));
    let indexes: Vec<_> = objects(&out).iter().map(|o| o["source"]["index"].as_u64().unwrap()).collect();
    assert_eq!(indexes, [0, 2]);
}

#[test]
fn lines_that_are_no_objects_are_refused_by_their_number() {
    let lines = [
        line("06OSLO461", CABLE),
        "\n{\"id\": \"x\"}\n[[[[\n".into(),
        line("x", LETTER),
        line("06OSLO462", &other(462)),
    ];
    let out = run_on_input(&["-"], lines.concat().as_bytes());
    let wording: Vec<_> = text(&out.stderr).lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(wording, ["-, row 2 (line 3)", "-, row 3 (line 4)", "-, row 4 (line 5)"]);
    assert_eq!((out.status.code(), objects(&out).len()), (Some(1), 2));
}

#[test]
fn damaged_containers_are_refused() {
    let folder = folder("damaged_containers");
    let cut = gzip(CABLE.as_bytes());
    let entities = |text: &str| format!("<pre>{}</pre>", text.repeat(1 << 20));
    let bomb = gzip(&vec![b'A'; 200 << 20]);
    let mut garbage = pdf();
    garbage.iter_mut().skip(30).step_by(3).for_each(|byte| *byte ^= 0x55);
    let cases: [(&str, Vec<u8>, i32, &str); 13] = [
        (
            "a page that breaks off before its cable begins",
            page().split_once("R 281848Z").unwrap().0.into(),
            1,
            "the page ends where its <pre> block begins",
        ),
        ("a page that breaks off too early to tell", "<html><pre>Dear Sir".into(), 1, "not a cable: "),
        ("a page of tags", "<div><table><td>".repeat(1 << 18).into(), 1, "the page has no text"),
        ("a page of entities", entities("&amp;&#65;").into(), 1, "not a cable: "),
        (
            "a page that is too long",
            entities("<pre>&nbsp;&lt;/div>").into(),
            1,
            "longer than 16 MiB, the limit for a web page",
        ),
        ("a PDF of garbage", garbage, 1, "the PDF cannot be read: "),
        ("a PDF without text", b"%PDF-1.4\n%%EOF\n".into(), 1, "the PDF cannot be read: "),
        ("a bomb of gzip", bomb, 1, "longer than 64 MiB, the limit for a plain text"),
        ("a page without a cable", "<html><p>Not found".into(), 1, "not a cable: "),
        ("a PDF that breaks off", pdf()[..200].to_vec(), 1, "the PDF cannot be read: "),
        ("gzip that breaks off", cut[..cut.len() / 2].to_vec(), 2, "incomplete"),
        ("a text on one line", vec![b'A'; 100 << 20], 1, "longer than 64 MiB, the limit for a plain text"),
        ("JSON of brackets", "[".repeat(1 << 20).into(), 1, "not a cable: "),
    ];
    for (name, bytes, code, why) in cases {
        let path = file(&folder, "damaged", bytes);
        let out = run(&[&path]);
        let prefix = if code == 2 { "cable2json: " } else { "" };
        assert_eq!(out.status.code(), Some(code), "{name}: {}", text(&out.stderr));
        assert!(text(&out.stderr).starts_with(&format!("{prefix}{path}: {why}")), "{name}: {}", text(&out.stderr));
        assert_eq!(text(&out.stdout), "", "{name}");
    }
}

#[test]
fn a_page_that_breaks_off_gives_a_partial_cable() {
    let page = page();
    let out = run(&[&file(&folder("cut"), "06OSLO461.html", page.split_once("are well").unwrap().0)]);
    assert_ends(&out, 0, "");
    let object = objects(&out).remove(0);
    assert_eq!((&object["mrn"]["id"], &object["partial"]), (&"06OSLO461".into(), &true.into()));
    let wording =
        object["diagnostics"].as_array().unwrap().iter().find(|wording| wording["code"] == "text-cut-off").unwrap();
    assert_eq!(wording["message"], "what the text was kept in ends here, before the text does");
}

#[test]
fn rows_behind_a_hostile_one_are_written() {
    let folder = folder("hostile_rows");
    let dump = damaged_dump();
    let row = dump.get(..dump.find("\n\"2\"").unwrap() + 1).unwrap();
    let long = "x".repeat(100 << 20);
    let cases: [(&str, [String; 3], &str); 4] = [
        (
            "a row on one long line",
            [row.into(), format!("\"2\",\"7/3/2009 9:15\",\"{long}\"\n"), row.replace("000461", "000463")],
            "longer than",
        ),
        (
            "an open quote in the last row",
            [row.into(), row.replace("000461", "000463"), row.trim_end().trim_end_matches('"').into()],
            "a quoted",
        ),
        ("a long line of JSON", [line("a", CABLE), line("b", &long), line("c", &other(462))], "longer than"),
        (
            "deep JSON",
            [line("a", CABLE), format!("{{\"text\": \"x\", \"b\": {}\n", "[".repeat(1 << 20)), line("c", &other(462))],
            "no JSON object with \"text\": recursion limit exceeded",
        ),
    ];
    for (name, rows, why) in cases {
        let out = run(&[&file(&folder, "rows", rows.concat())]);
        let wording = text(&out.stderr);
        assert_eq!((wording.lines().count(), out.status.code()), (1, Some(1)), "{name}: {wording}");
        assert!(wording.split_once("): ").unwrap().1.starts_with(why), "{name}: {wording}");
        assert_eq!(objects(&out).len(), 2, "{name}");
    }
}

#[test]
fn jobs_keep_the_order() {
    let folder = folder("jobs");
    let lines: String = (0..2000).map(|i| line(&i.to_string(), if i % 7 == 0 { LETTER } else { CABLE })).collect();
    let path = file(&folder, "cables.jsonl", lines);
    let one = run(&["--jobs", "1", &path]);
    let ids: Vec<_> = objects(&one)
        .iter()
        .map(|o| o["source"]["metadata"]["id"].as_str().unwrap().parse::<usize>().unwrap())
        .collect();
    let wanted: Vec<usize> = (0..2000).filter(|i| i % 7 != 0).collect();
    assert_eq!(ids, wanted);
    let four = run(&["--jobs", "4", &path]);
    assert_eq!((one.stdout, one.stderr), (four.stdout, four.stderr));
}

#[test]
fn progress_prints_the_sums() {
    let folder = folder("progress");
    file(&folder, "a.txt", CABLE);
    let refused = file(&folder, "b.txt", "");
    let out = run(&["--progress", folder.to_str().unwrap()]);
    let begins = format!(
        "{refused}: not a cable: the document is empty\ncable2json: 1 cable written, 1 refused, 0 unreadable; "
    );
    assert!(text(&out.stderr).starts_with(&begins), "{}", text(&out.stderr));
}

#[test]
fn a_closed_pipe_ends_it_cleanly() {
    let lines: String = (1..5000).map(|n| line("x", &other(n))).collect();
    let path = file(&folder("pipe"), "cables.jsonl", lines);
    let mut command = Command::new(crate::program("cable2json"));
    let mut child = command.arg(&path).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1000];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_ends(&out, 0, "");
}
