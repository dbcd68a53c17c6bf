//! Each value of a cable is found where it stands.

use cablegram::{FieldPath, Parsed, Parser, decode, parse};

const PLAIN: &str = "\
VZCZCXRO0029
RR RUEHLH RUEHPW
DE RUEHNY #0461/01 3621848
ZNY CCCCC ZZH
R 281848Z DEC 06
FM AMEMBASSY OSLO
TO RUEHC/SECSTATE WASHDC 6973
INFO RUEHLI/AMEMBASSY LISBON PRIORITY 0012
RUEHLH/AMCONSUL LAHORE 0013
C O N F I D E N T I A L SECTION 01 OF 02 OSLO 000461

NOFORN
S I P D I S

STATE FOR EUR/NB

E.O. 12958: DECL: 12/28/2016
TAGS: KSCASENV, NO
SUBJECT: (U) THE FISH MARKET MOVES INDOORS, AND
THE GULLS FOLLOW

REF: A. OSLO 12
     B. 05 LONDON 13 (NOTAL)

Classified By: Kari T. Larsen, Counselor, for reasons 1.4 (b) and (d).

1. (C) Summary: The fish are well. End summary.

2. (C/NF) They swim in the fjord and

OSLO 00000461  002 OF 002

do not come out.

LARSEN
";

/// The stretches of a value as they stand in the text.
fn written<'p>(parsed: &'p Parsed<'_>, path: FieldPath) -> Vec<&'p str> {
    parsed.spans().get(path).iter().map(|span| span.slice(&parsed.text).unwrap()).collect()
}

#[test]
fn each_value_stands_where_it_is_found() {
    use FieldPath as At;
    let table: [(FieldPath, &[&str]); 33] = [
        (At::TransmissionId, &["VZCZCXRO0029"]),
        (At::RoutingIndicator(1), &["RUEHPW"]),
        (At::Station, &["RUEHNY"]),
        (At::StationSerial, &["0461"]),
        (At::FilingTime, &["3621848"]),
        (At::Security, &["ZNY CCCCC ZZH"]),
        (At::Precedence, &["R"]),
        (At::Dtg, &["281848Z DEC 06"]),
        (At::From, &["AMEMBASSY OSLO"]),
        (At::To(0), &["RUEHC/SECSTATE WASHDC 6973"]),
        (At::Info(0), &["RUEHLI/AMEMBASSY LISBON PRIORITY 0012"]),
        (At::Info(1), &["RUEHLH/AMCONSUL LAHORE 0013"]),
        (At::Classification, &["C O N F I D E N T I A L"]),
        (At::Section, &["SECTION 01 OF 02"]),
        (At::Mrn, &["OSLO 000461"]),
        (At::Caption(0), &["NOFORN"]),
        (At::Caption(1), &["S I P D I S"]),
        (At::PassLine(0), &["STATE FOR EUR/NB"]),
        (At::ExecutiveOrder, &["12958: DECL: 12/28/2016"]),
        (At::Tag(0), &["KSCA"]),
        (At::Tag(1), &["SENV"]),
        (At::Tag(2), &["NO"]),
        (At::SubjectMark, &["U"]),
        (At::Subject, &["THE FISH MARKET MOVES INDOORS, AND", "THE GULLS FOLLOW"]),
        (At::Reference(1), &["05 LONDON 13 (NOTAL)"]),
        (At::ClassifiedBy, &["Kari T. Larsen, Counselor, for reasons 1.4 (b) and (d)."]),
        (At::Reason(0), &["1.4 (b)"]),
        (At::Reason(1), &["(d)"]),
        (At::Block(0), &["Summary: The fish are well. End summary."]),
        (At::ParagraphNumber(1), &["2"]),
        (At::PortionMark(1), &["C/NF"]),
        (At::Block(1), &["They swim in the fjord and", "do not come out."]),
        (At::Signature, &["LARSEN"]),
    ];
    for (name, end) in [("LF", "\n"), ("CR LF", "\r\n"), ("CR", "\r")] {
        let text = PLAIN.replace('\n', end);
        let parsed = parse(&text).unwrap();
        for (path, wanted) in table {
            assert_eq!(written(&parsed, path), wanted, "{name}: {path}");
        }
        // An owned result has the same places.
        assert_eq!(parsed.clone().into_owned().spans(), parsed.spans(), "{name}");
    }
}

#[test]
fn offsets_count_the_byte_order_mark() {
    let text = format!("\u{feff}{PLAIN}");
    let parsed = cablegram::parse_bytes(text.as_bytes()).unwrap();
    let span = parsed.spans().hull(FieldPath::Signature).unwrap();
    assert_eq!(text.as_bytes().get(span.start..span.end), Some(&b"LARSEN"[..]));
}

#[test]
fn what_the_document_name_gave_has_no_place() {
    let text = "SUBJECT: FISH\nTAGS: NO\n\n1. (U) Cod.\n";
    let parsed = Parser::new().parse_named(text, Some("06OSLO461")).unwrap();
    assert!(parsed.cable.mrn.is_some());
    assert_eq!(parsed.spans().get(FieldPath::Mrn), []);
}

/// Of each fixture all values are found that it has, in letters that are its own.
#[test]
fn fixtures_have_a_place_for_each_value() {
    let folder = std::path::Path::new(crate::ROOT).join("examples/cables");
    let (mut values, mut missing) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        let decoded = decode(&bytes);
        let parsed = Parser::new().parse_decoded(&decoded, None).unwrap();
        let (cable, spans) = (&parsed.cable, parsed.spans());
        let mut paths: Vec<FieldPath> = Vec::new();
        paths.extend((0..cable.to.len()).map(FieldPath::To));
        paths.extend((0..cable.info.len()).map(FieldPath::Info));
        paths.extend((0..cable.tags.len()).map(FieldPath::Tag));
        paths.extend((0..cable.references.len()).map(FieldPath::Reference));
        paths.extend((0..cable.body.len()).map(FieldPath::Block));
        paths.extend(cable.subject.iter().map(|_| FieldPath::Subject));
        paths.extend(cable.signature.iter().map(|_| FieldPath::Signature));
        paths.extend(cable.dtg.iter().map(|_| FieldPath::Dtg));
        values += paths.len();
        let name = entry.file_name();
        missing.extend(paths.into_iter().filter(|path| spans.get(*path).is_empty()).map(|path| (name.clone(), path)));
        for (path, stretches) in spans.iter() {
            assert!(stretches.is_sorted() && stretches.iter().all(|s| s.slice(&decoded.text).is_some()), "{path}");
        }
    }
    assert!(values > 200, "{values}");
    assert!(missing.len() * 100 <= values, "of {values}: {missing:?}");
}
