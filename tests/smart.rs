//! Records of the SMART system: synthetic, in the layout of real ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use cablegram::{DiagnosticCode, Format, RegionKind};
use serde_json::{Value, json};

const RECORD: &str = "\
UNCLASSIFIED
SBU

MRN:             13 APIA 207
Date/DTG:        Jun 14, 2013 / 140341Z JUN 13
From:            AMEMBASSY APIA
Action:          WASHDC, SECSTATE PRIORITY
Info:            WELLINGTON, AMEMBASSY ROUTINE; CANBERRA, AMEMBASSY ROUTINE;
                 ASEAN REGIONAL FORUM COLLECTIVE ROUTINE
E.O.:            13526
TAGS:            SENV, EFIS, WS
Captions:        SENSITIVE, SIPDIS
Reference:       A) 13 APIA 177
                 B) 12 STATE 41180
Pass Line:       INTERIOR FOR FISHERIES
Subject:         Village Divers Count a Reef and Find a Fish
                 Nobody Has a Name For

1. (SBU) Summary: Thirty divers counted the fish of one reef. End
Summary.

2. (U) The unknown fish is flat, striped and shy. It was seen on June 5
and 6.

Signature:       ABERNATHY-COLE

Drafted By:      APIA:Tamberlane, Rosalind J
Cleared By:      ECON:Osterhagen, Mikko
                 PAS:Lowndes, Petra A
Approved By:     DCM:Quarrington, Silas
Released By:     APIA:Tamberlane, Rosalind J
Info:            USUN NEW YORK ROUTINE
XMT:             MAJURO, AMEMBASSY
Attachments:     reef_count.xlsx
Dissemination Rule: Archive Copy, SENV

UNCLASSIFIED
SBU
Page 1 of 1
";

fn whole() -> Vec<(&'static str, Value)> {
    vec![
        ("/format", json!("smart")),
        ("/partial", json!(false)),
        ("/mrn/id", json!("13APIA207")),
        ("/dtg/utc", json!("2013-06-14T03:41:00Z")),
        ("/from/post", json!("APIA")),
        ("/to/0/name", json!("WASHDC, SECSTATE")),
        ("/to/0/post", json!("STATE")),
        ("/to/0/precedence", json!("PRIORITY")),
        ("/to/1", json!(null)),
        ("/info/0/post", json!("WELLINGTON")),
        ("/info/1/post", json!("CANBERRA")),
        ("/info/2/name", json!("ASEAN REGIONAL FORUM COLLECTIVE")),
        ("/info/3/post", json!("USUNNEWYORK")),
        ("/exempted/0/post", json!("MAJURO")),
        ("/classification", json!({"level": "UNCLASSIFIED", "text": "UNCLASSIFIED", "sensitive": true})),
        ("/executive_order/number", json!(13526)),
        ("/tags/2/tag", json!("WS")),
        ("/captions", json!(["SENSITIVE", "SIPDIS"])),
        ("/references/0/id", json!("13APIA177")),
        ("/references/1/id", json!("12STATE41180")),
        ("/references/1/label", json!("B")),
        ("/pass_lines", json!(["INTERIOR FOR FISHERIES"])),
        ("/subject", json!("Village Divers Count a Reef and Find a Fish Nobody Has a Name For")),
        ("/body/0/portion_mark", json!("SBU")),
        ("/body/1/number", json!(2)),
        ("/body/1/text", json!("The unknown fish is flat, striped and shy. It was seen on June 5\nand 6.")),
        ("/body/2", json!(null)),
        ("/signature", json!("ABERNATHY-COLE")),
        ("/drafting/drafted_by", json!(["APIA:Tamberlane, Rosalind J"])),
        ("/drafting/cleared_by", json!(["ECON:Osterhagen, Mikko", "PAS:Lowndes, Petra A"])),
        ("/drafting/approved_by", json!(["DCM:Quarrington, Silas"])),
        ("/drafting/desired_distribution", json!([])),
    ]
}

/// Reads the record with some edits; what differs from the whole one stands in `wanted`.
fn faults(name: &str, edits: &[(&str, &str)], wanted: &[(&str, Value)], says: &[DiagnosticCode]) -> Vec<String> {
    let text = edits.iter().fold(RECORD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{name}: {from:?} is not in the record");
        text.replacen(from, to, 1)
    });
    let parsed = cablegram::parse(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert_eq!(parsed.cable.format, Format::Smart, "{name}");
    let cable = serde_json::to_value(&parsed.cable).unwrap();
    let mut faults = Vec::new();
    for (pointer, usual) in whole() {
        let want = wanted.iter().find(|(p, _)| *p == pointer).map_or(&usual, |(_, want)| want);
        let got = cable.pointer(pointer).unwrap_or(&Value::Null);
        if got != want {
            faults.push(format!("{name}: {pointer}: wanted {want}, got {got}"));
        }
    }
    for (pointer, want) in wanted.iter().filter(|(p, _)| whole().iter().all(|(q, _)| p != q)) {
        if cable.pointer(pointer) != Some(want) {
            faults.push(format!("{name}: {pointer}: wanted {want}, got {:?}", cable.pointer(pointer)));
        }
    }
    let wording: Vec<DiagnosticCode> = parsed.diagnostics.iter().map(|d| d.code).collect();
    if wording != says {
        faults.push(format!("{name}: wanted {says:?}, said {:?}", parsed.diagnostics));
    }
    let unknown = parsed.regions.iter().filter(|r| r.kind == RegionKind::Unrecognised);
    faults.extend(unknown.filter_map(|r| r.span.slice(&text)).map(|line| format!("{name}: nothing knows {line:?}")));
    faults
}

#[test]
fn synthetic_records() {
    const PAGE: &str = "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05771875 Date: 12/31/2015";
    let page_turn = format!("RELEASE IN PART\nB6\n{PAGE}\n\n{PAGE}\n\nand 6.");
    let mut found = Vec::new();
    found.extend(faults("whole", &[], &[], &[]));
    found.extend(faults(
        "page headers and margin codes of a review",
        &[
            ("UNCLASSIFIED\n", &format!("{PAGE}\nRELEASE IN PART\nB1,1.4(D),B6\n\nUNCLASSIFIED\n")),
            ("\nand 6.", &format!("\n{page_turn}")),
            ("fish of one reef. End", "fish of one reef. End      B6"),
        ],
        &[],
        &[DiagnosticCode::SentenceJoined, DiagnosticCode::StampInText, DiagnosticCode::SentenceJoined],
    ));
    found.extend(faults("the date-time group alone", &[("Date/DTG:        Jun 14, 2013 / ", "DTG: ")], &[], &[]));
    found.extend(faults(
        "a day alone",
        &[("Jun 14, 2013 / 140341Z JUN 13", "Jun 14, 2013")],
        &[("/dtg/utc", json!(null))],
        &[DiagnosticCode::HeadingIncomplete, DiagnosticCode::FormatLineMalformed],
    ));
    found.extend(faults("labels in capitals", &[("Subject: ", "SUBJECT: "), ("Action:", "ACTION:")], &[], &[]));
    found.extend(faults(
        "the place last",
        &[("WASHDC, SECSTATE PRIORITY", "SECSTATE WASHDC PRIORITY")],
        &[("/to/0/name", json!("SECSTATE WASHDC"))],
        &[],
    ));
    found.extend(faults(
        "without SIPDIS",
        &[("SENSITIVE, SIPDIS", "SENSITIVE")],
        &[("/captions", json!(["SENSITIVE"]))],
        &[],
    ));
    found.extend(faults(
        "who classified it",
        &[
            ("UNCLASSIFIED\nSBU\n\nMRN", "CONFIDENTIAL\n\nMRN"),
            ("2. (U)", "2. (C)"),
            (
                "Captions:        SENSITIVE, SIPDIS",
                "Classified By:   DCM Silas Quarrington for reasons 1.4 (b) and (d)\nCaptions:        SIPDIS",
            ),
        ],
        &[
            ("/classification", json!({"level": "CONFIDENTIAL", "text": "CONFIDENTIAL", "sensitive": false})),
            ("/captions", json!(["SIPDIS"])),
            ("/classified_by/name", json!("Silas Quarrington")),
            ("/classified_by/reasons", json!(["1.4(b)", "1.4(d)"])),
        ],
        &[],
    ));
    found.extend(faults(
        "no signature, no lines after the text",
        &[(RECORD.get(RECORD.find("Signature:").unwrap()..).unwrap(), "ABERNATHY-COLE\n")],
        &[
            ("/drafting/drafted_by", json!(null)),
            ("/drafting/cleared_by", json!(null)),
            ("/drafting/approved_by", json!(null)),
            ("/drafting/desired_distribution", json!(null)),
            ("/info/3/post", json!(null)),
            ("/exempted/0/post", json!(null)),
        ],
        &[],
    ));
    found.extend(faults(
        "text that looks like labels",
        &[("2. (U) The", "Subject: the fish\n\n2. (U) The")],
        &[("/body/0/number", json!(1))],
        &[],
    ));
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
