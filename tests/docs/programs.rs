//! The three small programs on the public API: what they print, and that they are small.

use std::io::Write;
use std::process::{Command, Output, Stdio};

const CABLE: &str = "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 6973\nUNCLAS OSLO 000461\n\nTAGS: SENVEFIS, \
                     NO\nSUBJECT: FISH\n\n1. (U) Cod.\n\n2. (SBU) Herring.\n\n3. (C) Pike.\n\nHALVORSEN\n";

fn run(program: &str, argument: &str, input: &str) -> Output {
    let mut child = Command::new(crate::program(program))
        .arg(argument)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_folder_is_listed() {
    let out = run("list_folder", &format!("{}/examples/cables", crate::ROOT), "");
    let lines = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success());
    assert_eq!(lines.lines().count(), 16, "{lines}");
    assert!(lines.contains("07LISBON1204"), "{lines}");
}

#[test]
fn faults_have_line_and_column() {
    let out = run("check_cable", "", CABLE);
    let faults = String::from_utf8(out.stdout).unwrap();
    assert!(!out.status.success());
    assert!(faults.contains("6:7: tags-split: \"SENVEFIS\" read as SENV, EFIS\n"), "{faults}");
    let out = run("check_cable", "", "Dear Sir,\n");
    assert_eq!(String::from_utf8(out.stdout).unwrap(), "not a cable: it begins \"Dear Sir,\"\n");
    let good = CABLE.replace("SENVEFIS", "SENV, EFIS").replace("3. (C) Pike.\n\n", "");
    let out = run("check_cable", "", &good);
    assert_eq!((String::from_utf8(out.stdout).unwrap().as_str(), out.status.success()), ("09OSLO461\n", true));
}

#[test]
fn a_cable_is_redacted_and_written_back() {
    let out = run("redact", "UNCLASSIFIED", CABLE);
    let telegram = String::from_utf8(out.stdout).unwrap();
    let cable = cablegram::parse(&telegram).unwrap().cable;
    let texts: Vec<String> = cable.paragraphs().map(|block| block.text().to_string()).collect();
    assert_eq!(texts, ["Cod.", "Herring.", "Text withheld."]);
    assert_eq!(cable.info.iter().map(cablegram::Addressee::post).collect::<Vec<_>>(), [Some("REYKJAVIK")]);
    assert_eq!(cable.tags.iter().map(|tag| &*tag.tag).collect::<Vec<_>>(), ["SENV", "EFIS", "NO", "IC"]);
}

#[test]
fn each_is_under_40_lines() {
    for program in ["list_folder", "check_cable", "redact"] {
        let source = std::fs::read_to_string(format!("{}/examples/{program}.rs", crate::ROOT)).unwrap();
        assert!(source.lines().count() < 40, "{program}");
    }
}
