//! Records of the archive's 1973 to 1979 file: each peculiarity met in them, in a synthetic record, from end to end.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use cablegram::{DiagnosticCode, Parsed, RegionKind};
use serde_json::{Value, json};

/// A record of which there is nothing to say.
const RECORD: &str = "\
Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
Message Text

UNCLASSIFIED

PAGE 01  QUITO 03208  141842Z

44
ACTION CU-04

INFO  OCT-01  ARA-16  /021 W
                       ---------------------     071936
P R 141730Z MAY 74
FM AMEMBASSY QUITO
TO SECSTATE WASHDC PRIORITY 2618
INFO AMEMBASSY BOGOTA

UNCLAS QUITO 3208

E.O. 11652: N/A
TAGS: SCUL, EC
SUBJ: NATIONAL ORCHID SHOW

REF: STATE 087345

1. THE SHOW WILL OPEN IN JULY, AND THE EMBASSY ASKS FOR TWO
JUDGES.

2. THEY WILL BE GIVEN ROOMS AND MEALS.
HALLIWELL

UNCLASSIFIED

NNN

Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
Message Attributes
Copy: SINGLE
Draft Date: 14 MAY 1974
Document Number: 1974QUITO03208
Executive Order: N/A
From: QUITO
Original Classification: UNCLASSIFIED
Original Handling Restrictions: n/a
Reference: STATE 087345
Subject: NATIONAL ORCHID SHOW
TAGS: SCUL, EC
To: STATE
";

/// A name, what is changed in the record, what must be read (by JSON pointer), and every code that is said.
type Case =
    (&'static str, &'static [(&'static str, &'static str)], Vec<(&'static str, Value)>, &'static [DiagnosticCode]);

fn changed(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(RECORD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from:?} is not in the record");
        text.replacen(from, to, 1)
    })
}

fn parse<'a>(text: &'a str, name: &str) -> Parsed<'a> {
    cablegram::parse(text).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Reads every case and tells of all that went wrong at once.
fn check(cases: Vec<Case>) {
    let mut faults = Vec::new();
    for (name, edits, wanted, says) in cases {
        let text = changed(edits);
        let parsed = parse(&text, name);
        let cable = serde_json::to_value(&parsed.cable).unwrap();
        for (pointer, want) in wanted {
            let got = cable.pointer(pointer).cloned().unwrap_or(Value::String("nothing there".to_owned()));
            if got != want {
                faults.push(format!("{name}: {pointer}: wanted {want}, got {got}"));
            }
        }
        let wording: Vec<DiagnosticCode> = parsed.diagnostics.iter().map(|d| d.code).collect();
        if wording != says {
            faults.push(format!("{name}: wanted {says:?}, said {:?}", parsed.diagnostics));
        }
        faults.extend(unrecognised(&text, &parsed).map(|line| format!("{name}: nothing knows {line:?}")));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn unrecognised<'t>(text: &'t str, parsed: &Parsed<'_>) -> impl Iterator<Item = &'t str> {
    let spans: Vec<_> = parsed.regions.iter().filter(|r| r.kind == RegionKind::Unrecognised).map(|r| r.span).collect();
    spans.into_iter().filter_map(|span| span.slice(text))
}

/// The numbers of the paragraphs.
fn numbers(parsed: &Parsed<'_>) -> Vec<Value> {
    let cable = serde_json::to_value(&parsed.cable).unwrap();
    let paragraphs = cable["body"].as_array().unwrap().iter().filter(|b| b["kind"] == "paragraph");
    paragraphs.map(|b| b["number"].clone()).collect()
}

#[test]
fn the_record_itself() {
    check(vec![(
        "whole",
        &[],
        vec![
            ("/format", json!("archive")),
            ("/mrn/id", json!("74QUITO3208")),
            ("/dtg/utc", json!("1974-05-14T17:30:00Z")),
            ("/from/post", json!("QUITO")),
            ("/to/0/post", json!("STATE")),
            ("/distribution/total", json!(21)),
            ("/executive_order/declassification/kind", json!("not_applicable")),
            ("/signature", json!("HALLIWELL")),
            ("/partial", json!(false)),
            ("/attributes/tags", json!(["SCUL", "EC"])),
            ("/attributes/to", json!(["STATE"])),
        ],
        &[],
    )]);
}

/// As where it was copied out of a page, or quoted.
#[test]
fn a_record_set_in() {
    let set_in: Vec<String> = RECORD.lines().map(|line| format!("    {line}")).collect();
    let set_in = set_in.join("\n");
    let (wanted, got) = (parse(RECORD, "1974QUITO03208"), parse(&set_in, "1974QUITO03208"));
    assert!(wanted.cable.attributes.is_some());
    assert_eq!(wanted.cable.attributes, got.cable.attributes);
    let signature = |parsed: &Parsed<'_>| parsed.cable.signature.as_deref().map(str::to_owned);
    assert_eq!((signature(&wanted), signature(&got)), (Some("HALLIWELL".to_owned()), Some("HALLIWELL".to_owned())));
    assert_eq!(got.diagnostics, []);
}

#[test]
fn executive_orders() {
    let order = |number: Option<u32>, text: &str| {
        vec![("/executive_order/number", json!(number)), ("/executive_order/text", json!(text))]
    };
    check(vec![
        ("E.OM", &[("E.O. 11652:", "E.OM 11652:")], order(Some(11652), "N/A"), &[]),
        ("EO", &[("E.O. 11652:", "EO 11652:")], order(Some(11652), "N/A"), &[]),
        ("E. O.", &[("E.O. 11652:", "E. O. 11652:")], order(Some(11652), "N/A"), &[]),
        ("E. O", &[("E.O. 11652:", "E. O 11652:")], order(Some(11652), "N/A"), &[]),
        ("no blank", &[("E.O. 11652:", "E.O.11652:")], order(Some(11652), "N/A"), &[]),
        (
            "a damaged number",
            &[("E.O. 11652:", "E.O. 11)652:")],
            order(Some(11652), "N/A"),
            &[DiagnosticCode::ExecutiveOrderRepaired],
        ),
        (
            "six digits",
            &[("E.O. 11652: N/A", "E.O. 116528 N/A")],
            order(Some(11652), "N/A"),
            &[DiagnosticCode::ExecutiveOrderRepaired],
        ),
        (
            "no number",
            &[("E.O. 11652: N/A", "E.O. XGDS"), ("Executive Order: N/A", "Executive Order: X4")],
            order(None, "XGDS"),
            &[],
        ),
        (
            "nothing after it",
            &[("E.O. 11652: N/A", "E.O. 11652:")],
            [order(Some(11652), ""), vec![("/executive_order/declassification/kind", json!("not_applicable"))]]
                .concat(),
            &[DiagnosticCode::DeclassificationUnknown, DiagnosticCode::FilledFromAttributes],
        ),
        ("N:A", &[("11652: N/A", "11652: N:A")], order(Some(11652), "N:A"), &[]),
        ("/A", &[("11652: N/A", "11652: /A")], order(Some(11652), "/A"), &[]),
        ("a semicolon", &[("11652: N/A", "11652; N/A")], order(Some(11652), "N/A"), &[]),
        ("no colon", &[("11652: N/A", "11652   N/A")], order(Some(11652), "N/A"), &[]),
        (
            "a schedule with its day",
            &[("11652: N/A", "12065: GDS 9-9-85"), ("Executive Order: N/A", "Executive Order: GS 19850909")],
            [order(Some(12065), "GDS 9-9-85"), vec![("/executive_order/declassification/date", json!("1985-09-09"))]]
                .concat(),
            &[],
        ),
        (
            "an open bracket",
            &[
                ("11652: N/A", "12065: (GDS 8/15/85 (HALLIWELL, P.)"),
                ("Executive Order: N/A", "Executive Order: GS 19850815"),
            ],
            vec![("/executive_order/declassification/date", json!("1985-08-15"))],
            &[],
        ),
        (
            "XDS for XGDS",
            &[("11652: N/A", "12065: XDS-1 10/6/99"), ("Executive Order: N/A", "Executive Order: X1 19991006")],
            order(Some(12065), "XDS-1 10/6/99"),
            &[],
        ),
        ("none", &[("E.O. 11652: N/A\n", "")], order(None, "N/A"), &[DiagnosticCode::FilledFromAttributes]),
    ]);
}

#[test]
fn tags() {
    const TAG_AT: [&str; 4] = ["/tags/0/tag", "/tags/1/tag", "/tags/2/tag", "/tags/3/tag"];
    const ADD: (&str, &str) = ("TAGS: SCUL, EC\nTo", "TAGS: SCUL, EC, PFOR\nTo");
    let tags = |tags: &[&str]| tags.iter().enumerate().map(|(i, tag)| (TAG_AT[i], json!(tag))).collect::<Vec<_>>();
    check(vec![
        ("blanks", &[("TAGS: SCUL, EC\nSUBJ", "TAGS: SCUL PFOR EC\nSUBJ"), ADD], tags(&["SCUL", "PFOR", "EC"]), &[]),
        ("a hyphen after the label", &[("TAGS: SCUL", "TAGS-SCUL")], tags(&["SCUL", "EC"]), &[]),
        ("no colon", &[("TAGS: SCUL", "TAGS SCUL")], tags(&["SCUL", "EC"]), &[]),
        ("colons between", &[("TAGS: SCUL, EC", "TAGS: SCUL: EC")], tags(&["SCUL", "EC"]), &[]),
        ("a full stop at the end", &[("TAGS: SCUL, EC", "TAGS: SCUL, EC.")], tags(&["SCUL", "EC"]), &[]),
        (
            "a comma, and the list goes on",
            &[("TAGS: SCUL, EC\nSUBJ", "TAGS: SCUL, PFOR,\nEC\nSUBJ"), ADD],
            tags(&["SCUL", "PFOR", "EC"]),
            &[],
        ),
        ("blanks after the colon", &[("TAGS: SCUL", "TAGS:     SCUL")], tags(&["SCUL", "EC"]), &[]),
        (
            "what is no TAG",
            &[("TAGS: SCUL, EC\nSUBJ", "TAGS: SCUL, LAFTA, EC\nSUBJ")],
            tags(&["SCUL", "LAFTA", "EC"]),
            &[DiagnosticCode::AttributeDisagrees],
        ),
        (
            "a name in brackets after the country",
            &[
                ("TAGS: SCUL, EC\nSUBJ", "TAGS: CASC, EC (ROE, JANE)\nSUBJ"),
                ("TAGS: SCUL, EC\nTo", "TAGS: CASC, EC, (ROE, JANE)\nTo"),
            ],
            vec![
                ("/tags/2/tag", json!("ROE, JANE")),
                ("/tags/2/kind", json!("person")),
                ("/attributes/tags/2", json!("ROE, JANE")),
            ],
            &[],
        ),
        ("none", &[("TAGS: SCUL, EC\nSUBJ", "SUBJ")], tags(&["SCUL", "EC"]), &[DiagnosticCode::FilledFromAttributes]),
        (
            "the label alone",
            &[("TAGS: SCUL, EC\nSUBJ", "TAGS:\nSUBJ")],
            tags(&["SCUL", "EC"]),
            &[DiagnosticCode::FilledFromAttributes],
        ),
        (
            "the label lost",
            &[("TAGS: SCUL, EC\nSUBJ", "SCUL, EC\nSUBJ")],
            tags(&["SCUL", "EC"]),
            &[DiagnosticCode::LabelLost],
        ),
    ]);
}

#[test]
fn subjects() {
    let subject = |text: &str| vec![("/subject", json!(text))];
    check(vec![
        ("SUBJECT", &[("SUBJ: ", "SUBJECT: ")], subject("NATIONAL ORCHID SHOW"), &[]),
        ("a comma", &[("SUBJ: ", "SUBJECT, ")], subject("NATIONAL ORCHID SHOW"), &[]),
        ("two signs", &[("SUBJ: ", "SUBJECT:; ")], subject("NATIONAL ORCHID SHOW"), &[]),
        (
            "a portion mark",
            &[("SUBJ: ", "SUBJECT: (LOU) ")],
            vec![("/subject", json!("NATIONAL ORCHID SHOW")), ("/subject_mark", json!("LOU"))],
            &[],
        ),
        (
            "a portion mark in both",
            &[("SUBJ: ", "SUBJECT: (LOU) "), ("Subject: ", "Subject: (LOU) ")],
            vec![("/subject", json!("NATIONAL ORCHID SHOW")), ("/subject_mark", json!("LOU"))],
            &[],
        ),
        (
            "a portion mark in the attributes alone",
            &[("SUBJ: NATIONAL ORCHID SHOW\n", ""), ("Subject: ", "Subject: (LOU) ")],
            vec![("/subject", json!("NATIONAL ORCHID SHOW")), ("/subject_mark", json!("LOU"))],
            &[DiagnosticCode::FilledFromAttributes],
        ),
        (
            "continued with nine blanks",
            &[("NATIONAL ORCHID SHOW\n\nREF", "NATIONAL ORCHID\n         SHOW\n\nREF")],
            subject("NATIONAL ORCHID SHOW"),
            &[],
        ),
        (
            "none",
            &[("SUBJ: NATIONAL ORCHID SHOW\n", "")],
            subject("NATIONAL ORCHID SHOW"),
            &[DiagnosticCode::FilledFromAttributes],
        ),
        (
            "cut off in the attributes",
            &[("NATIONAL ORCHID SHOW\n\nREF", "NATIONAL ORCHID SHOW OF RIOBAMBA\n\nREF")],
            subject("NATIONAL ORCHID SHOW OF RIOBAMBA"),
            &[],
        ),
        (
            "with the next line in the attributes",
            &[("Subject: NATIONAL ORCHID SHOW", "Subject: NATIONAL ORCHID SHOW PASS USIA")],
            subject("NATIONAL ORCHID SHOW"),
            &[DiagnosticCode::AttributesAdd],
        ),
        (
            "nothing but strokes in the attributes",
            &[("Subject: NATIONAL ORCHID SHOW", "Subject: ///////")],
            subject("NATIONAL ORCHID SHOW"),
            &[],
        ),
    ]);
}

#[test]
fn references() {
    let ids = |ids: &[&str]| {
        const AT: [&str; 3] = ["/references/0/id", "/references/1/id", "/references/2/id"];
        ids.iter().zip(AT).map(|(id, at)| (at, json!(id))).collect::<Vec<_>>()
    };
    let one = || ids(&["74STATE87345"]);
    check(vec![
        ("REFS", &[("REF: ", "REFS: ")], one(), &[]),
        ("REFERENCE", &[("REF: ", "REFERENCE: ")], one(), &[]),
        ("REFERENCES", &[("REF: ", "REFERENCES: ")], one(), &[]),
        (
            "letters in brackets",
            &[("REF: STATE 087345", "REF: (A) STATE 087345; (B) QUITO 77")],
            ids(&["74STATE87345", "74QUITO77"]),
            &[],
        ),
        (
            "letters with one bracket",
            &[("REF: STATE 087345", "REF: A) STATE 087345, B) QUITO 77")],
            ids(&["74STATE87345", "74QUITO77"]),
            &[],
        ),
        (
            "letters with a stop",
            &[("REF: STATE 087345", "REF: A. STATE 087345\n     B. QUITO 77")],
            ids(&["74STATE87345", "74QUITO77"]),
            &[],
        ),
        (
            "a year inside",
            &[("REF: STATE 087345", "REF: STATE 087345 (MAY 24, 1973)"), ("Reference: STATE", "Reference: 73 STATE")],
            ids(&["73STATE87345"]),
            &[],
        ),
        ("the item in the next line", &[("REF: STATE 087345", "REF:\nSTATE 087345")], one(), &[]),
        (
            "cut off in the attributes",
            &[("REF: STATE 087345", "REF: STATE 087345, QUITO 77, BOGOTA 12")],
            ids(&["74STATE87345", "74QUITO77", "74BOGOTA12"]),
            &[],
        ),
        (
            "another in the attributes",
            &[("Reference: STATE 087345", "Reference: STATE 087346")],
            one(),
            &[DiagnosticCode::AttributeDisagrees],
        ),
        ("none", &[("REF: STATE 087345\n\n", "")], one(), &[DiagnosticCode::FilledFromAttributes]),
    ]);
}

#[test]
fn headings() {
    let dtg =
        |text: &str, signals: &[&str]| vec![("/dtg/text", json!(text)), ("/dtg/operating_signals", json!(signals))];
    check(vec![
        (
            "a blank before Z",
            &[("141730Z", "141730 Z")],
            vec![("/dtg/utc", json!("1974-05-14T17:30:00Z"))],
            &[DiagnosticCode::DtgRepaired],
        ),
        ("a signal after it", &[("MAY 74", "MAY 74 ZFF4")], dtg("141730Z MAY 74", &["ZFF4"]), &[]),
        (
            "a remark after it",
            &[("MAY 74", "MAY 74 ZDK CITING HCS 7161")],
            dtg("141730Z MAY 74", &["ZDK", "CITING", "HCS", "7161"]),
            &[],
        ),
        (
            "a glued letter",
            &[("MAY 74", "MAY 74R")],
            vec![("/dtg/utc", json!("1974-05-14T17:30:00Z"))],
            &[DiagnosticCode::DtgRepaired],
        ),
        (
            "POSS DUPE on the PAGE line",
            &[("141842Z\n", "141842Z   POSS DUPE\n")],
            vec![("/mrn/number", json!(3208))],
            &[],
        ),
        (
            "POSS DUPE on the banner",
            &[("UNCLASSIFIED\n\nPAGE", "UNCLASSIFIED   POSS DUPE\n\nPAGE")],
            vec![("/mrn/number", json!(3208))],
            &[],
        ),
        (
            "PAGE and number on two lines",
            &[("PAGE 01  QUITO 03208  141842Z", "PAGE 01\nQUITO  03208  141842Z")],
            vec![("/mrn/number", json!(3208)), ("/distribution/role", json!("action"))],
            &[],
        ),
        (
            "filler",
            &[("\n2. THEY", "\n¿¿¿¿¿¿¿¿¿¿¿¿\n2. THEY")],
            vec![("/body/1/text", json!("THEY WILL BE GIVEN ROOMS AND MEALS."))],
            &[],
        ),
        ("two sort numbers", &[("\n44\n", "\n43/67\n")], vec![("/distribution/role", json!("action"))], &[]),
        ("no sort number", &[("\n44\n", "\n")], vec![("/distribution/role", json!("action"))], &[]),
        ("no banner", &[("UNCLASSIFIED\n\nPAGE", "PAGE")], vec![("/mrn/number", json!(3208))], &[]),
        (
            "the dash line of 1979",
            &[(
                "                       ---------------------     071936",
                "                    ------------------011957  141755Z /43",
            )],
            vec![("/dtg/text", json!("141730Z MAY 74"))],
            &[],
        ),
        (
            "NIACT before and after",
            &[("WASHDC PRIORITY 2618", "WASHDC IMMEDIATE NIACT 2618")],
            vec![("/to/0/precedence", json!("NIACT IMMEDIATE"))],
            &[],
        ),
        ("a misspelt addressee", &[("INFO AMEMBASSY", "INFO AMEMBISSY")], vec![("/info/0/post", json!("BOGOTA"))], &[]),
        (
            "a time cut off",
            &[("QUITO 03208  141842Z", "QUITO 03208  01 OF 01  141")],
            vec![("/mrn/number", json!(3208))],
            &[],
        ),
        (
            "a second serial",
            &[
                ("QUITO 03208  141842Z", "QUITO 03208 TOSEC 110023"),
                ("UNCLAS QUITO 3208", "UNCLAS QUITO 3208 TOSEC 110023"),
            ],
            vec![("/mrn/number", json!(3208)), ("/captions", json!(["TOSEC 110023"]))],
            &[],
        ),
    ]);
}

#[test]
fn classification_lines() {
    const LOU: (&str, &str) =
        ("Original Classification: UNCLASSIFIED", "Original Classification: LIMITED OFFICIAL USE");
    let section =
        |number: u16, of: u16| vec![("/section", json!({"number": number, "of": of})), ("/mrn/number", json!(3208))];
    let lou = || vec![("/classification/level", json!("LIMITED OFFICIAL USE")), ("/mrn/post", json!("QUITO"))];
    check(vec![
        (
            "a stroke and the section",
            &[("UNCLAS QUITO 3208", "UNCLAS SECTION 1 OF 1 QUITO 3208/1")],
            section(1, 1),
            &[],
        ),
        ("the section after", &[("UNCLAS QUITO 3208", "UNCLAS QUITO 3208 SECTION 2 OF 2")], section(2, 2), &[]),
        ("ON for OF", &[("UNCLAS QUITO 3208", "UNCLAS SECTION 1 ON 1 QUITO 3208")], section(1, 1), &[]),
        ("the final section", &[("UNCLAS QUITO 3208", "UNCLAS FINAL SECTION OF 2 QUITO 3208/2")], section(2, 2), &[]),
        (
            "three F",
            &[("UNCLAS QUITO", "LIMITED OFFFICIAL USE QUITO"), LOU],
            lou(),
            &[DiagnosticCode::ClassLineRepaired],
        ),
        (
            "OFFICIEAL",
            &[("UNCLAS QUITO", "LIMITED OFFICIEAL USE QUITO"), LOU],
            lou(),
            &[DiagnosticCode::ClassLineRepaired],
        ),
        ("no post", &[("UNCLAS QUITO", "LIMITED OFFICIAL USE"), LOU], lou(), &[DiagnosticCode::MrnAssumed]),
        (
            "UNCLS",
            &[("UNCLAS QUITO", "UNCLS QUITO")],
            vec![("/classification/level", json!("UNCLASSIFIED"))],
            &[DiagnosticCode::ClassLineRepaired],
        ),
        (
            "in full",
            &[("UNCLAS QUITO", "UNCLASSIFIED QUITO")],
            vec![("/classification/text", json!("UNCLASSIFIED"))],
            &[],
        ),
        (
            "another level in the attributes",
            &[LOU],
            vec![("/classification/level", json!("UNCLASSIFIED"))],
            &[DiagnosticCode::AttributeDisagrees],
        ),
        (
            "the number in place of another",
            &[
                ("UNCLAS QUITO 3208\n", "UNCLAS QUITO 2308\nC O R R E C T E D  C O P Y  (MRN 3208 VICE 2308)\n"),
                ("QUITO 03208  1", "QUITO 02308  1"),
            ],
            vec![("/mrn/number", json!(3208)), ("/corrected_copy", json!("(MRN 3208 VICE 2308)"))],
            &[DiagnosticCode::MrnDisagrees],
        ),
        (
            "a caption with strokes",
            &[
                ("UNCLAS QUITO 3208\n", "UNCLAS QUITO 3208\nSTADIS/////////////////////////\n"),
                ("Restrictions: n/a", "Restrictions: STADIS"),
            ],
            vec![("/captions", json!(["STADIS"]))],
            &[],
        ),
        (
            "a caption that the attributes alone have",
            &[("Restrictions: n/a", "Restrictions: EXDIS")],
            vec![("/captions", json!(["EXDIS"]))],
            &[DiagnosticCode::FilledFromAttributes],
        ),
        (
            "whom to pass it to",
            &[("UNCLAS QUITO 3208\n", "UNCLAS QUITO 3208\nPASS AGRICULTURE ELECTRONICALLY\n")],
            vec![("/pass_lines", json!(["PASS AGRICULTURE ELECTRONICALLY"]))],
            &[],
        ),
        (
            "whom to pass it to, below the subject",
            &[("ORCHID SHOW\n\nREF", "ORCHID SHOW\n\nPASS WHITE HOUSE\n\nREF")],
            vec![("/pass_lines", json!(["PASS WHITE HOUSE"])), ("/subject", json!("NATIONAL ORCHID SHOW"))],
            &[],
        ),
    ]);
}

#[test]
fn distribution_blocks() {
    check(vec![
        ("the sum alone on a line", &[("  /021 W", "\n      /021 W")], vec![("/distribution/total", json!(21))], &[]),
        (
            "a sum that is not theirs",
            &[("/021 W", "/022 W")],
            vec![("/distribution/total", json!(22))],
            &[DiagnosticCode::DistributionSum],
        ),
        (
            "not added up",
            &[("/021 W", "( ISO ) W")],
            vec![("/distribution/total", json!(null)), ("/distribution/direction", json!("W"))],
            &[],
        ),
        (
            "outgoing, with its drafters",
            &[(
                "ACTION CU-04\n\nINFO  OCT-01  ARA-16  /021 W\n",
                "ORIGIN CU-04\n\nINFO  OCT-01  ARA-16  /021 R\n\nDRAFTED BY CU/ARA:IBRAMBLEY:LEE\nAPPROVED BY CU - JROE\nARA/ECP - PDOE\n",
            )],
            vec![
                ("/distribution/role", json!("origin")),
                ("/drafting/drafted_by", json!(["CU/ARA:IBRAMBLEY:LEE"])),
                ("/drafting/approved_by", json!(["CU - JROE"])),
                ("/drafting/cleared_by", json!(["ARA/ECP - PDOE"])),
            ],
            &[],
        ),
    ]);
}

#[test]
fn ends() {
    let signed = || vec![("/signature", json!("HALLIWELL")), ("/partial", json!(false))];
    check(vec![
        ("NNNN", &[("NNN\n", "NNNN\n")], signed(), &[]),
        ("the end in words", &[("NNN\n", "<< END OF DOCUMENT >>\n")], signed(), &[]),
        (
            "the handling in words",
            &[(
                "NNN\n",
                "*** Current Handling Restrictions ***   n/a\n***  Current Classification ***   UNCLASSIFIED\n",
            )],
            signed(),
            &[],
        ),
        (
            "the operator's error sign",
            &[("ROOMS AND MEALS.\nHALLIWELL\n\nUNCLASSIFIED\n\nNNN\n", "ROOMS AND\nE E E E E E E E\n")],
            vec![("/signature", json!(null)), ("/partial", json!(true))],
            &[DiagnosticCode::TextCutOff],
        ),
        (
            "glued to the last sentence",
            &[("MEALS.\nHALLIWELL", "MEALS.  HALLIWELL")],
            signed(),
            &[DiagnosticCode::SignatureAssumed],
        ),
        (
            "after a quotation",
            &[("MEALS.\nHALLIWELL", "MEALS.\nEND QUOTE.   HALLIWELL")],
            signed(),
            &[DiagnosticCode::SignatureAssumed],
        ),
        (
            "after a list",
            &[("AND MEALS.\nHALLIWELL", "AND MEALS:\nJANE ROE\nJOHN DOE, RIOBAMBA\nHALLIWELL")],
            signed(),
            &[DiagnosticCode::SignatureAssumed],
        ),
        ("broken in two", &[("\nHALLIWELL", "\nHALLIW\nELL")], signed(), &[DiagnosticCode::SignatureAssumed]),
    ]);
}

#[test]
fn damaged_texts() {
    check(vec![
        (
            "text lost in the TAGS",
            &[(
                "SCUL, EC\nSUBJ: NATIONAL ORCHID SHOW\n\nREF: STATE 087345\n\n1. THE SHOW",
                "P*\n              ****************CALLY, THE SHOW",
            )],
            vec![("/partial", json!(true)), ("/signature", json!("HALLIWELL")), ("/tags/0/tag", json!("SCUL"))],
            &[
                DiagnosticCode::TagsRepaired,
                DiagnosticCode::TextLost,
                DiagnosticCode::ParagraphNumberGap,
                DiagnosticCode::FilledFromAttributes,
                DiagnosticCode::FilledFromAttributes,
                DiagnosticCode::FilledFromAttributes,
            ],
        ),
        ("two full stops after a number", &[("\n2. THEY", "\n2.. THEY")], vec![("/body/1/number", json!(2))], &[]),
        (
            "a comma after a number",
            &[("\n2. THEY", "\n2, THEY")],
            vec![("/body/1/number", json!(2))],
            &[DiagnosticCode::ParagraphNumberRepaired],
        ),
    ]);
}

#[test]
fn prose_that_looks_like_labels() {
    const LINES: [&str; 14] = [
        "PAGE STORIES CONCLUDED",
        "TO IMPROVE THE ORCHIDS",
        "ACTION PLANS HAS",
        "ORIGINALLY PLANNED",
        "REFORMS OF THE SHOW",
        "SUBJECT MATTER REFTEL.",
        "SECRETARY OF STATE",
        "PASSED BY CONGRESS",
        "SECRET",
        "APPROVED BY THE TREASURER",
        "INFO REACHED THE EMBASSY",
        "FROM THE GROWERS",
        "UNCLASSIFIED PLANTS",
        "TAGSUMS AND EOLIAN HARPS",
    ];
    for line in LINES {
        let text = changed(&[("AND THE EMBASSY ASKS FOR TWO\n", &format!("AND THE EMBASSY ASKS FOR TWO\n{line}\n"))]);
        let parsed = parse(&text, line);
        let cable = serde_json::to_value(&parsed.cable).unwrap();
        let body = cable["body"][0]["text"].as_str().unwrap();
        assert!(body.contains(&format!("TWO\n{line}\nJUDGES")), "{line}: {body}");
        assert_eq!(numbers(&parsed), [json!(1), json!(2)], "{line}");
        assert_eq!(cable["subject"], "NATIONAL ORCHID SHOW", "{line}");
        assert_eq!(parsed.diagnostics, [], "{line}");
    }
}

#[test]
fn several_sections_are_one_message() {
    let section = |n: u32, text: &str| {
        format!(
            "UNCLASSIFIED\n\nPAGE 01  QUITO 03208  0{n} OF 02  141842Z\n\n44\nACTION CU-04\n\nINFO  OCT-01  ARA-16  /021 W\n\
             \x20                      ---------------------     071936\nR 141730Z MAY 74\nFM AMEMBASSY QUITO\n\
             TO SECSTATE WASHDC 261{n}\n\nUNCLAS SECTION {n} OF 2 QUITO 3208/{n}\n\n{text}\n\nUNCLASSIFIED\n\nNNN\n\n"
        )
    };
    let first =
        section(1, "E.O. 11652: N/A\nTAGS: SCUL, EC\nSUBJ: NATIONAL ORCHID SHOW\n\n1. THE SHOW WILL OPEN IN JULY, AND");
    let text = format!(
        "Message Text\n\n{first}      ADP000\n{}",
        section(2, "THE EMBASSY ASKS FOR JUDGES.\n\n2. THEY WILL HAVE ROOMS.\nHALLIWELL")
    );
    let parsed = parse(&text, "two sections");
    let cable = serde_json::to_value(&parsed.cable).unwrap();
    assert_eq!(cable["section"], json!({"number": 1, "of": 2}));
    assert_eq!(cable["to"][0]["serial"], "2611");
    assert_eq!(cable["body"][0]["text"], "THE SHOW WILL OPEN IN JULY, AND\nTHE EMBASSY ASKS FOR JUDGES.");
    assert_eq!(numbers(&parsed), [json!(1), json!(2)]);
    assert_eq!(cable["signature"], "HALLIWELL");
    assert_eq!(unrecognised(&text, &parsed).next(), None);
}

#[test]
fn without_message_text() {
    let attributes = RECORD.get(RECORD.find("Message Attributes").unwrap()..).unwrap();
    let stamp = RECORD.lines().next().unwrap();
    for (name, text) in [
        ("nothing", format!("{stamp}\n{attributes}")),
        ("the label alone", format!("{stamp}\nMessage Text\n\n{stamp}\n{attributes}")),
        ("an error", format!("{stamp}\nMessage Text\n\nERROR READING TEXT\n\n{stamp}\n{attributes}")),
    ] {
        let parsed = parse(&text, name);
        let cable = serde_json::to_value(&parsed.cable).unwrap();
        for (pointer, want) in [
            ("/format", json!("archive")),
            ("/partial", json!(true)),
            ("/mrn/id", json!("74QUITO3208")),
            ("/from/post", json!("QUITO")),
            ("/to/0/post", json!("STATE")),
            ("/classification/level", json!("UNCLASSIFIED")),
            ("/executive_order/text", json!("N/A")),
            ("/tags/1/tag", json!("EC")),
            ("/subject", json!("NATIONAL ORCHID SHOW")),
            ("/references/0/id", json!("74STATE87345")),
            ("/dtg", json!(null)),
            ("/body", json!([])),
        ] {
            assert_eq!(cable.pointer(pointer), Some(&want), "{name}: {pointer}");
        }
        assert_eq!(parsed.diagnostics.iter().filter(|d| d.code == DiagnosticCode::TextMissing).count(), 1, "{name}");
        let filled = parsed.diagnostics.iter().filter(|d| d.code == DiagnosticCode::FilledFromAttributes);
        assert!(filled.clone().all(|d| !d.span.is_empty()), "{name}: each says where it stands");
        assert_eq!(filled.count(), 10, "{name}: {:?}", parsed.diagnostics);
        assert_eq!(unrecognised(&text, &parsed).next(), None, "{name}");
    }
}

#[test]
fn the_layout_that_lasted_to_2005() {
    let text = "\
PAGE 01        CAPE T  00097  01 OF 02  311432Z
ACTION AF-00

INFO  LOG-00   OCT-01   NSAE-00   /001W
                  ------------------006521  311433Z /38
P 311430Z JAN 90
FM AMCONSUL CAPE TOWN
TO SECSTATE WASHDC PRIORITY 5310

C O N F I D E N T I A L SECTION 01 OF 02 CAPE TOWN 00097

E.O. 12356: DECL: OADR
TAGS: SENV, SF
SUBJECT: PENGUINS AT THE HARBOR

1. CONFIDENTIAL - ENTIRE TEXT.

2. THE PENGUINS HAVE COME BACK AND
CONFIDENTIAL

CONFIDENTIAL

PAGE 02        CAPE T  00097  01 OF 02  311432Z

WILL STAY.
MERRIDEW

CONFIDENTIAL

NNNN
";
    let parsed = parse(text, "1990");
    let cable = serde_json::to_value(&parsed.cable).unwrap();
    for (pointer, want) in [
        ("/format", json!("archive")),
        ("/mrn/id", json!("90CAPETOWN97")),
        ("/distribution/total", json!(1)),
        ("/distribution/direction", json!("W")),
        ("/section/of", json!(2)),
        ("/body/1/text", json!("THE PENGUINS HAVE COME BACK AND\nWILL STAY.")),
        ("/signature", json!("MERRIDEW")),
        ("/attributes", json!(null)),
    ] {
        assert_eq!(cable.pointer(pointer), Some(&want), "{pointer}");
    }
    assert_eq!(unrecognised(text, &parsed).next(), None);
}
