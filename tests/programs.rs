//! All programs: nothing that they are given is lost in silence, nothing that they write replaces what they read, and none
//! of them panics, whatever is closed, full or stopped.

// Coverage is that of the library: the examples are not built for it.
#![cfg(all(unix, not(tarpaulin)))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const CABLE: &str = "\
R 281848Z DEC 06
FM AMEMBASSY OSLO
TO SECSTATE WASHDC 6973
UNCLAS OSLO 000461

E.O. 12958: N/A
TAGS: KSCA, NO
SUBJECT: FISH
REF: STATE 52001

1. (U) The fish are well.

LARSEN
";
const ALL: [&str; 5] = ["cable2json", "corpus_report", "reference_graph", "anatomy", "round_trip"];

fn other(number: u32) -> String {
    CABLE.replace("000461", &format!("{number:06}"))
}

/// A new, empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(crate::program(program)).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// A line for the shell, in which `$P` is a program and `$1`, `$2` ... the arguments.
fn shell(program: &str, line: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new("bash");
    command.arg("-c").arg(line).arg("bash").args(arguments).env("P", crate::program(program)).stdin(Stdio::null());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn objects(bytes: &[u8]) -> Vec<Value> {
    text(bytes).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(bytes: &[u8]) -> Vec<String> {
    objects(bytes).iter().map(|object| object["mrn"]["id"].as_str().unwrap_or("none").to_owned()).collect()
}

#[track_caller]
fn assert_ends(out: &Output, code: i32, stderr: &str) {
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(code), stderr));
}

/// A dump without a row of names.
fn dump(rows: std::ops::Range<u32>) -> String {
    let row = |n: u32| {
        format!("\"{n}\",\"7/3/2009 9:15\",\"06OSLO{n}\",\"Oslo\",\"UNCLASSIFIED\",\"\",\"\",\"{}\"\n", other(n))
    };
    rows.map(row).collect()
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    let folder = folder("output_is_input");
    let file = write(&folder, "a.txt", CABLE);
    let (link, hard) = (folder.join("link"), folder.join("hard"));
    symlink(&file, &link).unwrap();
    fs::hard_link(&file, &hard).unwrap();
    let (link, hard, whole) = (link.to_str().unwrap(), hard.to_str().unwrap(), folder.to_str().unwrap());
    let up = folder.join("../output_is_input/a.txt");
    let cases: [(&str, &str, &[&str]); 12] = [
        ("cable2json", "the file itself", &[&file, "-o", &file]),
        ("cable2json", "by another path", &[&file, "-o", up.to_str().unwrap()]),
        ("cable2json", "by a link", &[&file, "-o", link]),
        ("cable2json", "by a hard link", &[&file, "--output", hard]),
        ("cable2json", "the link is the input", &[link, "-o", &file]),
        ("cable2json", "below a folder", &[whole, "-o", &file]),
        ("cable2json", "one of two", &["-", &file, "-o", &file]),
        ("reference_graph", "the file itself", &[&file, "-o", &file]),
        ("reference_graph", "below a folder", &["--dot", whole, "-o", &file]),
        ("corpus_report", "the file itself", &[&file, "--html", &file]),
        ("corpus_report", "below a folder", &[whole, "--html", link]),
        ("anatomy", "the file itself", &[&file, "--html", &file]),
    ];
    for (program, name, arguments) in cases {
        let out = run(program, arguments);
        let wording = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{program}: {name}: {wording}");
        assert!(
            wording.contains("is one of the inputs as well") && wording.lines().count() == 1,
            "{program}: {name}: {wording}"
        );
        assert_eq!(
            (text(&out.stdout), fs::read_to_string(&file).unwrap()),
            ("", CABLE.to_owned()),
            "{program}: {name}"
        );
    }
    for line in ["$P - -o $1 < $1", "$P /dev/stdin -o $1 < $1", "$P $1 >> $1", "$P - < $1 >> $1"] {
        for program in ["cable2json", "reference_graph"] {
            let out = shell(program, line, &[&file]);
            assert_eq!(
                (out.status.code(), fs::read_to_string(&file).unwrap()),
                (Some(2), CABLE.to_owned()),
                "{program}: {line}"
            );
        }
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "nothing is left beside it");
}

#[test]
fn a_folder_without_the_output_and_what_is_hidden() {
    let folder = folder("own_output");
    write(&folder, "a.txt", CABLE);
    fs::create_dir_all(folder.join(".git/objects")).unwrap();
    write(&folder, ".git/objects/b.txt", CABLE);
    write(&folder, ".c.txt", CABLE);
    let (whole, out) = (folder.to_str().unwrap(), folder.join("out.jsonl"));
    let target = out.to_str().unwrap();
    for turn in ["the first time", "again"] {
        assert_ends(&run("cable2json", &[whole, "-o", target]), 0, "");
        assert_eq!(ids(&fs::read(&out).unwrap()), ["06OSLO461"], "{turn}");
        fs::write(&out, fs::read(&out).unwrap().repeat(2)).unwrap();
    }
    assert_ends(&shell("cable2json", "$P $1 > $1/out.jsonl", &[whole]), 0, "");
    assert_eq!(ids(&fs::read(&out).unwrap()), ["06OSLO461"]);
    for (program, option, file) in
        [("corpus_report", "--html", "r.html"), ("reference_graph", "-o", "g.graphml"), ("anatomy", "--html", "a.html")]
    {
        fs::remove_file(&out).unwrap_or_default();
        let target = folder.join(file);
        for turn in ["the first time", "again"] {
            let ended = run(program, &[whole, option, target.to_str().unwrap()]);
            assert_eq!(ended.status.code(), Some(0), "{program} {turn}: {}", text(&ended.stderr));
        }
        fs::remove_file(&target).unwrap();
    }
}

#[test]
fn an_output_is_replaced_at_the_end() {
    let folder = folder("replaced");
    let (input, out) = (write(&folder, "in.txt", CABLE), write(&folder, "out.jsonl", "old\n"));
    let link = folder.join("link");
    symlink(&out, &link).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o600)).unwrap();
    assert_ends(&run("cable2json", &[&input, "-o", link.to_str().unwrap()]), 0, "");
    assert_eq!(ids(&fs::read(&out).unwrap()), ["06OSLO461"]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    // A device is written to as it is.
    assert_ends(&run("cable2json", &[&input, "-o", "/dev/null"]), 0, "");
    assert_eq!(run("cable2json", &[&input, "-o", folder.to_str().unwrap()]).status.code(), Some(2));
    let full = run("cable2json", &[&input, "-o", "/dev/full"]);
    assert_ends(&full, 2, "cable2json: /dev/full: No space left on device (os error 28)\n");
}

/// A program that reads its input from us.
fn spawn(arguments: &[&str]) -> Child {
    let mut command = Command::new(crate::program("cable2json"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn interrupt(child: &Child) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

/// The output of a program that must end by itself.
#[track_caller]
fn ended(mut child: Child) -> Output {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("it did not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

#[test]
fn ctrl_c_ends_at_once_while_nothing_comes() {
    for arguments in [&["-"][..], &["/dev/stdin"], &[]] {
        let mut child = spawn(arguments);
        let input = child.stdin.take();
        std::thread::sleep(Duration::from_millis(300));
        interrupt(&child);
        let out = ended(child);
        assert_eq!((out.status.code(), text(&out.stdout)), (Some(130), ""), "{arguments:?}");
        assert!(text(&out.stderr).starts_with("cable2json: stopped; 0 cables written"), "{}", text(&out.stderr));
        drop(input);
    }
}

#[test]
fn ctrl_c_leaves_whole_lines_and_no_complaint() {
    let mut child = spawn(&["-"]);
    let mut input = child.stdin.take().unwrap();
    // No more than a pipe holds: it is read when the program has ended.
    let rows = dump(1..20);
    input.write_all(&rows.as_bytes()[..rows.len() - 40]).unwrap();
    // What was read is written before more comes.
    let mut first = [0; 1];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    interrupt(&child);
    // As the program before us in a pipe ends a moment after.
    drop(input);
    let out = ended(child);
    let written = [&first[..], &out.stdout].concat();
    assert_eq!((out.status.code(), ids(&written)), (Some(130), (1..19).map(|n| format!("06OSLO{n}")).collect()));
    let wording = text(&out.stderr);
    assert!(wording.starts_with("cable2json: stopped; 18 cables written, 0 refused, 0 unreadable"), "{wording}");
    assert_eq!(wording.lines().count(), 1, "{wording}");
}

#[test]
fn an_interrupted_run_goes_on_where_it_was_stopped() {
    let folder = folder("resume");
    let out = write(&folder, "out.jsonl", "old\n");
    let input = write(&folder, "cables.csv", dump(1..60));
    let part = folder.join("out.jsonl.part");
    let whole = run("cable2json", &[&input]).stdout;
    let fifo = folder.join("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let child = spawn(&[fifo.to_str().unwrap(), "-o", &out]);
    let mut pipe = fs::OpenOptions::new().write(true).open(&fifo).unwrap();
    pipe.write_all(dump(1..30).as_bytes()).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    interrupt(&child);
    let ended = ended(child);
    drop(pipe);
    assert_eq!(ended.status.code(), Some(130), "{}", text(&ended.stderr));
    assert_eq!(fs::read_to_string(&out).unwrap(), "old\n", "the old output is whole");
    assert_eq!(ids(&fs::read(&part).unwrap()).len(), 28, "whole lines, but for the row that may go on");
    // A run that does not go on with it does not replace it.
    let refused = run("cable2json", &[&input, "-o", &out]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    assert!(text(&refused.stderr).contains("--resume"), "{}", text(&refused.stderr));
    // The source is the same file from now on; the last line broke off.
    let lines = fs::read_to_string(&part).unwrap().replace(fifo.to_str().unwrap(), &input);
    fs::write(&part, &lines.as_bytes()[..lines.len() - 100]).unwrap();
    assert_ends(&run("cable2json", &[&input, "-o", &out, "--resume"]), 0, "");
    assert_eq!(text(&fs::read(&out).unwrap()), text(&whole));
    assert!(!part.exists());
    // A whole output has nothing to add; one that is none is not touched.
    let again = run("cable2json", &[&input, "-o", &out, "--resume", "--progress"]);
    assert_eq!((fs::read(&out).unwrap(), again.status.code()), (whole, Some(0)));
    assert!(text(&again.stderr).contains("0 cables written, 0 refused, 0 unreadable, 59 known cables left out; "));
    let letter = write(&folder, "letter", "Dear Sir\n");
    assert_eq!(run("cable2json", &[&input, "-o", &letter, "--resume"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear Sir\n");
}

#[test]
fn whatever_can_be_named_is_read() {
    let folder = folder("named");
    let file = write(&folder, "a.txt", CABLE);
    let lines = [
        "$P - < $1",
        "$P < $1",
        "cat $1 | $P",
        "cat $1 | $P -",
        "cat $1 | $P /dev/stdin",
        "$P /dev/stdin < $1",
        "$P /dev/fd/0 < $1",
        "$P <(cat $1)",
        "mkfifo $2; (cat $1 > $2 &); $P $2; s=$?; rm $2; exit $s",
    ];
    for line in lines {
        let fifo = folder.join("fifo");
        let out = shell("cable2json", line, &[&file, fifo.to_str().unwrap()]);
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), ""), "{line}");
        assert_eq!(ids(&out.stdout), ["06OSLO461"], "{line}");
        for program in ["corpus_report", "reference_graph"] {
            let out = shell(program, line, &[&file, fifo.to_str().unwrap()]);
            let is_read = text(&out.stdout).contains("06OSLO461") || text(&out.stdout).contains("  read       1 ");
            assert!(out.status.success() && is_read, "{program}: {line}: {}", text(&out.stdout));
        }
    }
}

#[test]
fn what_cannot_be_read_is_refused_aloud() {
    let folder = folder("refused");
    let (empty, pipes, closed) = (folder.join("empty"), folder.join("pipes"), folder.join("closed"));
    for folder in [&empty, &pipes, &closed] {
        fs::create_dir(folder).unwrap();
    }
    write(&empty, ".hidden", CABLE);
    assert!(Command::new("mkfifo").arg(pipes.join("fifo")).status().unwrap().success());
    symlink("nowhere", folder.join("dead")).unwrap();
    let cases = [
        (empty.clone(), 1, "the folder has no files to read"),
        (pipes.clone(), 1, "a pipe, socket or device in a folder is not read: name it to read it"),
        (folder.join("missing"), 2, "No such file or directory"),
        (folder.join("dead"), 2, "No such file or directory"),
        ("/dev/null".into(), 1, "not a cable: the document is empty"),
    ];
    for (path, code, why) in cases {
        for program in ["cable2json", "corpus_report", "reference_graph", "round_trip"] {
            let out = run(program, &[path.to_str().unwrap()]);
            assert_eq!(out.status.code(), Some(code), "{program} {}: {}", path.display(), text(&out.stderr));
            let named =
                text(&out.stderr).lines().filter(|line| line.contains(why) && line.contains(path.to_str().unwrap()));
            assert_eq!(named.count(), 1, "{program} {}: {}", path.display(), text(&out.stderr));
        }
    }
    assert_closed_folder_is_reported(&closed);
}

/// Root may read everything: the program runs as somebody else, from where that may read it.
fn assert_closed_folder_is_reported(closed: &Path) {
    fs::set_permissions(closed, fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = Command::new(crate::program("cable2json"));
    if fs::read_dir(closed).is_ok() {
        let copy = std::env::temp_dir().join(format!("cable2json-{}", std::process::id()));
        fs::copy(crate::program("cable2json"), &copy).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        let folder = copy.with_extension("folder");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
        command = Command::new(&copy);
        let out = command.arg(&folder).uid(65_534).stdin(Stdio::null()).output();
        fs::remove_dir(&folder).unwrap();
        fs::remove_file(&copy).unwrap();
        let out = out.unwrap();
        assert!(text(&out.stderr).contains("Permission denied"), "{}", text(&out.stderr));
        assert_eq!(out.status.code(), Some(2));
        return;
    }
    let out = command.arg(closed).output().unwrap();
    fs::set_permissions(closed, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(text(&out.stderr).contains("Permission denied"), "{}", text(&out.stderr));
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn nothing_panics_whatever_is_closed_or_full() {
    let folder = folder("closed");
    let (cables, row) = (folder.join("cables.csv"), dump(1..40) + "\"x\n");
    fs::write(&cables, row).unwrap();
    let input = cables.to_str().unwrap();
    let page = folder.join("page.html");
    let uses: [(&str, &[&str]); 9] = [
        ("cable2json", &[input]),
        ("cable2json", &["--help"]),
        ("cable2json", &["--no-such-option"]),
        ("corpus_report", &[input]),
        ("corpus_report", &["--code", "tag-unknown", input]),
        ("reference_graph", &[input]),
        ("anatomy", &[input]),
        ("round_trip", &[input]),
        ("synthetic_dump", &["1"]),
    ];
    for (program, arguments) in uses {
        let whole = run(program, arguments);
        for end in ["2>&-", "2>/dev/full"] {
            let out = shell(program, &format!("$P \"$@\" {end}"), arguments);
            assert_eq!(out.status.code(), whole.status.code(), "{program} {arguments:?} {end}");
            assert_eq!(out.stdout.len(), whole.stdout.len(), "{program} {arguments:?} {end}: nothing is lost");
        }
        for end in [">&-", ">/dev/full", "| head -c 1", "| true", ">&- 2>&-", ">/dev/full 2>/dev/full", "<&-"] {
            let out = shell(program, &format!("$P \"$@\" {end}; exit ${{PIPESTATUS[0]}}"), arguments);
            let wording = text(&out.stderr);
            assert!(!wording.contains("panicked"), "{program} {arguments:?} {end}: {wording}");
            assert!(matches!(out.status.code(), Some(0..=2)), "{program} {arguments:?} {end}: {:?}", out.status);
            let writes = !whole.stdout.is_empty() && arguments != ["--help"];
            if end == ">/dev/full" && writes {
                assert_eq!(out.status.code(), Some(2), "{program} {arguments:?} {end}: {wording}");
                assert!(wording.contains("No space left on device"), "{program} {arguments:?} {end}: {wording}");
            }
        }
    }
    let full = shell("anatomy", "$P $1 --html /dev/full", &[input]);
    assert_eq!(full.status.code(), Some(2), "{}", text(&full.stderr));
    assert!(!page.exists());
}

#[test]
fn the_output_of_cable2json_is_an_input() {
    let folder = folder("parsed");
    let fixtures = format!("{}/examples/cables", crate::ROOT);
    let plain = write(&folder, "plain.jsonl", run("cable2json", &[&fixtures]).stdout);
    let regions = write(&folder, "regions.jsonl", run("cable2json", &["--regions", &fixtures]).stdout);
    let pretty = write(&folder, "pretty.jsonl", run("cable2json", &["--pretty", &fixtures]).stdout);
    let graph = run("reference_graph", &[&fixtures]);
    let report =
        |path: &str| -> Value { serde_json::from_slice(&run("corpus_report", &["--json", path]).stdout).unwrap() };
    let wanted = report(&fixtures);
    for path in [&plain, &regions, &pretty] {
        let out = run("reference_graph", &[path]);
        assert_eq!(text(&out.stdout), text(&graph.stdout), "{path}");
        let got = report(path);
        for key in ["documents", "read", "refused", "formats", "months", "posts", "classifications", "tags", "fields"] {
            assert_eq!(got[key], wanted[key], "{path}: {key}");
        }
        let codes = |report: &Value| -> Vec<(String, u64)> {
            let rows = report["diagnostics"].as_array().unwrap().iter();
            rows.map(|row| (row["code"].as_str().unwrap().to_owned(), row["count"].as_u64().unwrap())).collect()
        };
        assert_eq!(codes(&got), codes(&wanted), "{path}");
        let shown = run("anatomy", &["--row", "2", path]);
        assert_ends(&shown, 0, "");
        assert!(text(&shown.stdout).contains("subject"), "{}", text(&shown.stdout));
        let page = folder.join("page.html");
        assert_ends(&run("anatomy", &["--html", page.to_str().unwrap(), path]), 0, "");
    }
    let coverage = |report: &Value| (report["coverage"]["bytes"].clone(), report["coverage"]["unrecognised"].clone());
    assert_eq!(coverage(&report(&regions)), coverage(&wanted));
    let out = run("cable2json", &[&plain]);
    let wording = text(&out.stderr);
    assert_eq!((out.status.code(), text(&out.stdout)), (Some(1), ""));
    assert!(
        wording.contains("plain.jsonl, row 1 (line 1): the output of cable2json: its cables were parsed before\n"),
        "{wording}"
    );
}

#[test]
fn repeated_messages_are_counted_after_the_tenth() {
    let folder = folder("repeated");
    let line = "{\"text\": \"Dear Sir\"}\n";
    let path = write(&folder, "letters.jsonl", line.repeat(2038));
    for program in ["cable2json", "corpus_report", "reference_graph"] {
        let out = run(program, &[&path]);
        let wording = text(&out.stderr);
        assert_eq!(wording.matches("Dear Sir").count(), 10, "{program}: {wording}");
        assert!(wording.contains(&format!("{program}: and 2,028 more: not a cable: it ")), "{program}: {wording}");
        assert_eq!(text(&run(program, &["--verbose", &path]).stderr).matches("Dear Sir").count(), 2038, "{program}");
    }
    let twice = write(&folder, "twice.csv", dump(1..3).repeat(20));
    let wording = run("reference_graph", &[&twice]);
    assert!(text(&wording.stderr).contains("reference_graph: and 28 more: there already"), "{}", text(&wording.stderr));
}

#[test]
fn duplicates_are_reported_and_dropped_on_request() {
    let folder = folder("duplicates");
    let (a, b) = (write(&folder, "a.txt", CABLE), write(&folder, "b.txt", CABLE.replace('\n', " \r\n")));
    write(&folder, "c.txt", CABLE.replace("well", "ill"));
    let whole = folder.to_str().unwrap();
    let out = run("cable2json", &[whole]);
    assert_ends(&out, 0, &format!("{b}: the same cable as {a} (06OSLO461)\n"));
    assert_eq!(objects(&out.stdout).len(), 3);
    let out = run("cable2json", &["--drop-duplicates", "--progress", whole]);
    let wording = text(&out.stderr);
    assert!(wording.starts_with(&format!("{b}: the same cable as {a} (06OSLO461): left out\ncable2json: 2 cables written, 0 refused, 0 unreadable, 1 duplicate left out; ")), "{wording}");
    assert_eq!(objects(&out.stdout).len(), 2);
}

#[test]
fn sections_in_several_documents_are_joined_on_request() {
    let folder = folder("sections");
    let section = |n: u8, of: u8, text: &str| {
        let head = CABLE
            .split_once("1. (U)")
            .unwrap()
            .0
            .replace("UNCLAS OSLO", &format!("UNCLAS SECTION {n:02} OF {of:02} OSLO"));
        format!("{head}{text}")
    };
    let a = write(&folder, "a.txt", section(1, 3, "1. (U) The fish are well.\n"));
    write(&folder, "b.txt", other(462));
    let c = write(&folder, "c.txt", section(3, 3, "3. (U) The cats are, too.\n\nLARSEN\n"));
    let d = write(&folder, "d.txt", section(2, 3, "2. (U) The gulls are ill.\n"));
    let whole = folder.to_str().unwrap();
    assert_eq!(objects(&run("cable2json", &[whole]).stdout).len(), 4);
    let out = run("cable2json", &["--join-sections", "--progress", whole]);
    let wording = text(&out.stderr);
    assert!(
        wording.starts_with("cable2json: 2 cables written, 0 refused, 0 unreadable, 2 further sections joined; "),
        "{wording}"
    );
    assert_eq!(ids(&out.stdout), ["06OSLO462", "06OSLO461"]);
    let object = &objects(&out.stdout)[1];
    let numbers: Vec<_> = object["body"].as_array().unwrap().iter().map(|block| block["number"].as_u64()).collect();
    assert_eq!(numbers, [Some(1), Some(2), Some(3)], "{object}");
    assert_eq!((&object["source"]["path"], &object["signature"]), (&a.clone().into(), &"LARSEN".into()));
    let note = object["diagnostics"].as_array().unwrap().iter().find(|note| note["code"] == "sections-joined").unwrap();
    assert_eq!(note["message"], format!("sections of several documents joined: {a}; {d}; {c}"));
    fs::remove_file(&d).unwrap();
    let out = run("cable2json", &["--join-sections", whole]);
    assert_ends(&out, 0, "06OSLO461: not joined: sections 1, 3 of 3 alone within reach\n");
    assert_eq!(ids(&out.stdout), ["06OSLO462", "06OSLO461", "06OSLO461"]);
}

#[test]
fn sections_wait_for_no_more_than_a_window() {
    let folder = folder("window");
    let first = CABLE.replace("UNCLAS OSLO", "UNCLAS SECTION 01 OF 02 OSLO");
    let line = |text: &str| serde_json::json!({ "text": text }).to_string() + "\n";
    let many: String = (1000..1070).map(|n| line(&first.replace("000461", &format!("{n:06}")))).collect();
    let input = write(&folder, "a.jsonl", line(&first) + &many + &line(&first.replace("01 OF", "02 OF")));
    let out = run("cable2json", &["--join-sections", &input]);
    assert_eq!(objects(&out.stdout).len(), 72);
    assert!(
        text(&out.stderr).contains("06OSLO461: not joined: section 2 of 2 alone within reach"),
        "{}",
        text(&out.stderr)
    );
    assert!(!text(&out.stdout).contains("sections-joined"));
}

#[test]
fn versions_have_a_revision() {
    for program in ALL.into_iter().chain(["synthetic_dump"]) {
        let out = run(program, &["--version"]);
        let version = regex::Regex::new(&format!(
            "^{program} {} \\(([0-9a-f]{{10}}|unknown revision)( or later, debug build)?\\)\n$",
            regex::escape(env!("CARGO_PKG_VERSION").replace("0.0.0", "0.1.0").as_str())
        ));
        assert!(version.unwrap().is_match(text(&out.stdout)), "{}", text(&out.stdout));
        assert_ends(&out, 0, "");
    }
}

#[test]
fn sums_are_of_many_and_in_words() {
    let folder = folder("sums");
    let one = write(&folder, "a.txt", CABLE);
    assert_ends(&run("cable2json", &["--progress", &one]), 0, "cable2json: 1 cable written, 0 refused, 0 unreadable\n");
    let dump = write(&folder, "b.csv", dump(1..1300));
    let wording = run("cable2json", &["--progress", &dump]).stderr;
    let words = regex::Regex::new(
        r"^cable2json: 1,299 cables written, 0 refused, 0 unreadable; 0\.[34] MiB in \d+\.\d s, \d+\.\d MiB/s\n$",
    );
    assert!(words.unwrap().is_match(text(&wording)), "{}", text(&wording));
}

#[test]
fn how_far_it_is_is_shown_on_a_terminal() {
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let folder = folder("terminal");
    let (a, b) = (write(&folder, "a.csv", dump(1..30)), write(&folder, "b.csv", dump(30..60)));
    for (program, shown) in [
        ("cable2json", "28 cables, 0 refused, "),
        ("corpus_report", " cables, 0 refused"),
        ("reference_graph", " cables"),
    ] {
        let line = "(cat $1; sleep 1.6; cat $2; sleep 0.5) | $P - > /dev/null";
        let inner = line.replace("$1", &a).replace("$2", &b).replace("$P", crate::program(program).to_str().unwrap());
        let out = Command::new("script").args(["-qefc", &inner, "/dev/null"]).stdin(Stdio::null()).output().unwrap();
        let screen = String::from_utf8_lossy(&out.stdout);
        assert!(screen.contains("\r\u{1b}[K") && screen.contains(shown), "{program}: {screen:?}");
        assert!(screen.ends_with('\n') || screen.ends_with("\u{1b}[K"), "{program}: {screen:?}");
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A zip archive; what is deflated has its length after it, as of a program that writes into a pipe.
fn zip(members: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let mut out = Vec::new();
    let number = |out: &mut Vec<u8>, number: usize, length: usize| out.extend(&number.to_le_bytes()[..length]);
    for (name, content, is_deflated) in members {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let packed = if *is_deflated {
            let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            packed.write_all(content).unwrap();
            packed.finish().unwrap()
        } else {
            content.to_vec()
        };
        out.extend(b"PK\x03\x04");
        for (value, length) in
            [(20, 2), (if *is_deflated { 8 } else { 0 }, 2), (if *is_deflated { 8 } else { 0 }, 2), (0, 4)]
        {
            number(&mut out, value, length);
        }
        let known = if *is_deflated { [0; 3] } else { [crc.sum() as usize, packed.len(), content.len()] };
        for value in &known {
            number(&mut out, *value, 4);
        }
        number(&mut out, name.len(), 2);
        number(&mut out, 0, 2);
        out.extend(name.as_bytes());
        out.extend(&packed);
        if *is_deflated {
            out.extend(b"PK\x07\x08");
            for value in [crc.sum() as usize, packed.len(), content.len()] {
                number(&mut out, value, 4);
            }
        }
    }
    out.extend(b"PK\x01\x02 and the list of all\0");
    out
}

#[test]
fn archives_are_unpacked() {
    let folder = folder("archives");
    let (rows, two) = (dump(1..3), other(7) + "\nNNNN\n\n" + &other(8).replace("OSLO", "BERGEN"));
    let inner = zip(&[("b/c.txt", other(9).as_bytes(), true)]);
    let members: [(&str, &[u8], bool); 8] = [
        ("rows.csv", rows.as_bytes(), true),
        ("folder/", b"", false),
        (".DS_Store", b"\0\0\0", false),
        ("a.txt.gz", &gzip(CABLE.as_bytes()), false),
        ("two.txt", two.as_bytes(), true),
        ("letter.txt", b"Dear Sir,\n", false),
        ("picture.png", b"\x89PNG\r\n\x1a\n", false),
        ("inner.zip", &inner, false),
    ];
    let path = write(&folder, "cables.zip", zip(&members));
    let out = run("cable2json", &[&path]);
    let wording = text(&out.stderr);
    assert_eq!(ids(&out.stdout), ["06OSLO1", "06OSLO2", "06OSLO461", "06OSLO7", "06BERGEN8", "06OSLO9"], "{wording}");
    let paths: Vec<_> = objects(&out.stdout).iter().map(|o| o["source"]["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(paths[0], format!("{path}/rows.csv"));
    assert_eq!(paths[5], format!("{path}/inner.zip/b/c.txt"));
    let begins = [format!("{path}/letter.txt: not a cable: "), format!("{path}/picture.png: a picture: ")];
    assert!(
        wording.lines().zip(&begins).all(|(line, begin)| line.starts_with(begin)) && wording.lines().count() == 2,
        "{wording}"
    );
    // What breaks off, or was damaged, is reported after what was whole.
    let whole = zip(&members[..1]);
    let cut = run("cable2json", &[&write(&folder, "cut.zip", &whole[..whole.len() / 2])]);
    assert_eq!(cut.status.code(), Some(2), "{}", text(&cut.stderr));
    let bomb = vec![b'A'; 80 << 20];
    let out = run(
        "cable2json",
        &[&write(&folder, "bomb.zip", zip(&[("a", &bomb, true), ("b.txt", CABLE.as_bytes(), true)]))],
    );
    assert!(
        text(&out.stderr).contains("bomb.zip/a: longer than 64 MiB, the limit for a plain text"),
        "{}",
        text(&out.stderr)
    );
    assert_eq!(ids(&out.stdout), ["06OSLO461"]);
}

#[test]
fn what_is_not_read_is_named_in_one_line() {
    let folder = folder("not_read");
    let cases: [(&str, &[u8], &str); 8] = [
        ("a.rtf", b"{\\rtf1\\ansi FM OSLO\\par\n}", "rich text (RTF)"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0", "a Word, Excel or Outlook file"),
        (
            "a.docx",
            &zip(&[("[Content_Types].xml", b"<Types/>", true), ("word/document.xml", b"<w/>", true)]),
            "a document of an office program",
        ),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        ("a.tif", b"II*\0\x08\0\0\0", "a picture"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive: unpack it first"),
        ("a.xz", b"\xfd7zXZ\0\0\x04", "packed by xz: unpack it first"),
        ("a.sqlite", b"SQLite format 3\0\x10\0", "an SQLite database"),
    ];
    for (name, bytes, what) in cases {
        let path = write(&folder, name, bytes);
        for program in ["cable2json", "corpus_report"] {
            let out = run(program, &[&path]);
            let wording = text(&out.stderr);
            assert_eq!(out.status.code(), Some(1), "{program} {name}: {wording}");
            assert!(
                wording.starts_with(&format!("{path}: {what}")) && wording.lines().count() == 1,
                "{program} {name}: {wording}"
            );
        }
    }
}

#[test]
fn columns_without_names_are_named_by_the_user() {
    let folder = folder("columns");
    let row = |n: u32| format!("06OSLO{n};\"{}\";\"A NOTE\nOF TWO\nLINES\nOR MORE\"\n", other(n));
    let path = write(&folder, "a.csv", row(1) + &row(2));
    let refused = run("cable2json", &[&path]);
    assert_eq!((refused.status.code(), text(&refused.stdout)), (Some(1), ""));
    assert!(text(&refused.stderr).contains("which of the 3 columns is the text is not known: name them (--columns)"));
    let out = run("cable2json", &["--columns", "id,text,note", &path]);
    assert_ends(&out, 0, "");
    let object = &objects(&out.stdout)[1];
    assert_eq!(
        object["source"]["metadata"],
        serde_json::json!({"id": "06OSLO2", "note": "A NOTE\nOF TWO\nLINES\nOR MORE"})
    );
    assert_eq!(ids(&out.stdout), ["06OSLO1", "06OSLO2"]);
}
