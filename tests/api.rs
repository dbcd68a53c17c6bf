//! The front door: errors and their words, bytes and names, ownership, JSON there and back, line ends.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::Path;

use cablegram::{
    Block, Cable, CenturyRule, DiagnosticCode, Document, DocumentSource, Level, ParseError, Parser, Span, decode,
    parse, parse_bytes,
};

const PLAIN: &str = "\
VZCZCXRO0029
RR RUEHLH
DE RUEHNY #0461/01 3621848
ZNY CCCCC ZZH
R 281848Z DEC 06
FM AMEMBASSY OSLO
TO RUEHC/SECSTATE WASHDC 6973
C O N F I D E N T I A L SECTION 01 OF 02 OSLO 000461

NOFORN
SIPDIS

STATE FOR EUR/NB

E.O. 12958: DECL: 12/28/2016
TAGS: KSCA, SENV, NO
SUBJECT: FISH

REF: A. OSLO 12
     B. 05 LONDON 13 (NOTAL)

Classified By: Kari T. Larsen, Counselor, for reasons 1.4 (b) and (d).

1. (C) Summary: The fish are well. End summary.

2. (C/NF) They swim in the fjord and

OSLO 00000461  002 OF 002

do not come out.

LARSEN
";

/// Each fixture with its name.
fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(crate::ROOT).join("examples/cables");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &Path| decode(&std::fs::read(path).unwrap()).text.into_owned();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (name(path), read(path))).collect()
}

#[test]
fn errors_and_their_words() {
    let none = |begins: &str| format!("not a cable: it begins \"{begins}\"");
    let cases = [
        ("nothing", "", "not a cable: the document is empty".to_owned()),
        ("blanks", " \n\t\r\n\u{c}", "not a cable: the document is empty".to_owned()),
        ("NULs", "\0\0\0", "not a cable: the document is empty".to_owned()),
        (
            "control bytes",
            "\u{1}\u{2}ELF\u{3}\u{4}",
            "not a cable: the document is binary (a NUL or control byte at offset 0, 57 % of it is not text)"
                .to_owned(),
        ),
        ("a letter", "\n  Dear Sir,\nthe fish are well.\n", none("Dear Sir,")),
        (
            "a long first line",
            "The fish are well, and they will be well for as long as the fjord is the fjord.",
            none("The fish are well, and they will be well for as long as the"),
        ),
        ("a web page", "<!DOCTYPE html>\n<title>404</title>\n", none("<!DOCTYPE html>")),
        (
            "a date-time group",
            "R 281848Z DEC 06\n\nthe fish are well.\n",
            "not a cable: it has a date-time group alone".to_owned(),
        ),
        ("a subject", "SUBJECT: FISH\n\nThe fish are well.\n", "not a cable: it has a SUBJECT alone".to_owned()),
    ];
    for (name, text, message) in cases {
        let error = parse(text).map(|parsed| parsed.cable).unwrap_err();
        assert_eq!(error.to_string(), message, "{name}");
        assert_eq!(parse_bytes(text.as_bytes()).map(|parsed| parsed.cable), Err(error), "{name}");
    }
}

#[test]
fn a_picture_is_refused() {
    let error = parse_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").map(|parsed| parsed.cable).unwrap_err();
    assert_eq!(
        error.to_string(),
        "not a cable: the document is binary (a NUL or control byte at offset 10, 16 % of it is not text)"
    );
}

#[test]
fn the_size_limit() {
    let len = PLAIN.len();
    let limited = |limit| Parser::new().size_limit(limit);
    assert!(limited(len).parse(PLAIN).is_ok());
    let error = limited(len - 1).parse(PLAIN).map(|parsed| parsed.cable).unwrap_err();
    assert_eq!(error, ParseError::TooLarge { len, limit: len - 1 });
    assert_eq!(error.to_string(), format!("the document is {len} bytes long, the limit is {}", len - 1));
    assert!(matches!(limited(9).parse_bytes(PLAIN.as_bytes()), Err(ParseError::TooLarge { limit: 9, .. })));
    assert!(matches!(limited(9).parse_named(PLAIN, Some("06OSLO461")), Err(ParseError::TooLarge { .. })));
}

#[test]
fn being_strict() {
    let strict = Parser::new().strict(true);
    assert_eq!(strict.parse(PLAIN), parse(PLAIN));
    let text = PLAIN.replace("12958", "12598");
    let at = text.find("12598").unwrap();
    let message = format!(
        "rejected in strict mode: warning[executive-order-repaired] {at}..{}: \"12598\" read as E.O. 12958",
        at + 5
    );
    for refused in [strict.parse(&text), strict.parse_bytes(text.as_bytes()), strict.parse_named(&text, None)] {
        assert_eq!(refused.unwrap_err().to_string(), message);
    }
    let latin: Vec<u8> = PLAIN.replace("fish are", "p\u{e2}t\u{e9} is").chars().map(|c| c as u8).collect();
    let rejected = strict.parse_bytes(&latin).unwrap_err();
    let codes: Vec<DiagnosticCode> = rejected.rejected().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [DiagnosticCode::EncodingAssumed]);
    assert_eq!(rejected.span().map(|span| span.start), Some(PLAIN.find("fish are").unwrap() + 1));
}

#[test]
fn bytes_of_windows_1252() {
    let text = PLAIN.replace("The fish are", "The p\u{e2}t\u{e9} \u{2013} \u{201c}fish\u{201d} \u{2013} is");
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '\u{2013}' => 0x96,
            '\u{201c}' => 0x93,
            '\u{201d}' => 0x94,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let (from_bytes, from_text) = (parse_bytes(&bytes).unwrap(), parse(&text).unwrap());
    assert_eq!(from_bytes.cable, from_text.cable);
    assert_eq!(from_bytes.regions, from_text.regions);
    let (wording, rest) = from_bytes.diagnostics.split_first().unwrap();
    assert_eq!(rest, from_text.diagnostics);
    assert_eq!(
        (wording.code, wording.span),
        (DiagnosticCode::EncodingAssumed, Span::new(text.find('\u{e2}').unwrap(), text.len()))
    );
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let damaged = PLAIN.replace("KSCA, SENV", "KSCASENV");
    let bytes = [b"\xef\xbb\xbf", damaged.as_bytes()].concat();
    let (marked, plain) = (parse_bytes(&bytes).unwrap(), parse(&damaged).unwrap());
    assert_eq!(marked.cable, plain.cable);
    // Offsets are those of the bytes.
    let marked_at: Vec<_> = marked.diagnostics.iter().map(|wording| wording.span.slice(&marked.text)).collect();
    let plain_at: Vec<_> = plain.diagnostics.iter().map(|wording| wording.span.slice(&damaged)).collect();
    assert_eq!((marked_at.first(), &marked_at), (Some(&Some("KSCASENV")), &plain_at));
    let codes = DiagnosticCode::TagsSplit;
    let at = marked.diagnostics.iter().find(|wording| wording.code == codes).map(|wording| wording.span.start);
    assert_eq!(at, bytes.windows(8).position(|word| word == b"KSCASENV"));
    let ends: Vec<usize> = marked.regions.iter().map(|region| region.span.end).collect();
    assert_eq!((marked.regions[0].span.start, ends.last()), (0, Some(&bytes.len())));
}

#[test]
fn owned_is_equal() {
    for (name, text) in fixtures() {
        let parsed = parse(&text).unwrap();
        let owned = parsed.clone().into_owned();
        assert_eq!(owned, parsed, "{name}");
        let cable: Cable<'static> = owned.cable;
        drop(parsed);
        drop(text);
        assert!(cable.subject.is_some_and(|subject| !subject.is_empty()), "{name}");
    }
}

#[test]
fn json_there_and_back() {
    for (name, text) in fixtures() {
        let parsed = Parser::new().parse_named(&text, name.split('.').next()).unwrap();
        let json = serde_json::to_string(&parsed.cable).unwrap();
        assert_eq!(serde_json::from_str::<Cable<'_>>(&json).unwrap(), parsed.cable, "{name}");
        let mut source = DocumentSource::new(name.clone(), &text);
        source.index = 3;
        for regions in [false, true] {
            let document = Document::new(source.clone(), parsed.clone(), regions);
            for json in [serde_json::to_string(&document).unwrap(), serde_json::to_string_pretty(&document).unwrap()] {
                let back: Document<'static> = serde_json::from_str(&json).unwrap();
                assert_eq!(back, document, "{name}");
            }
        }
    }
}

#[test]
fn an_empty_cable_there_and_back() {
    let cable = Cable::default();
    let json = serde_json::to_string(&cable).unwrap();
    assert_eq!(serde_json::from_str::<Cable<'_>>(&json).unwrap(), cable);
}

#[test]
fn line_ends_make_no_difference() {
    let plain = ("plain".to_owned(), PLAIN.to_owned());
    for (name, text) in fixtures().into_iter().chain([plain]) {
        assert!(!text.contains('\r'), "{name}");
        let lf = parse(&text).unwrap();
        for end in ["\r\n", "\r", "\r\r\n"] {
            let other = text.replace('\n', end);
            let parsed = parse(&other).unwrap();
            // As JSON, in which the lines of a text are joined in one way.
            let json = |cable| serde_json::to_value(cable).unwrap();
            assert_eq!(json(&parsed.cable), json(&lf.cable), "{name} with {end:?}");
            let codes = |diagnostics: &[cablegram::Diagnostic]| diagnostics.iter().map(|d| d.code).collect::<Vec<_>>();
            assert_eq!(codes(&parsed.diagnostics), codes(&lf.diagnostics), "{name} with {end:?}");
        }
        let without = parse(text.trim_end()).unwrap();
        assert_eq!(without.cable, lf.cable, "{name} without its last line end");
    }
}

#[test]
fn labels_in_any_case() {
    let upper = parse(PLAIN).unwrap().cable;
    let labels = ["NOFORN", "SIPDIS", "E.O.", "DECL:", "TAGS:", "SUBJECT:", "REF:", "(NOTAL)", "Classified By:", "OF"];
    for label in labels {
        let title: String = label.chars().take(1).chain(label.to_lowercase().chars().skip(1)).collect();
        for written in [label.to_lowercase(), title] {
            let text = PLAIN.replacen(label, &written, 1);
            let mut cable = parse(&text).unwrap().cable;
            // Values that are given as written.
            cable.executive_order.clone_from(&upper.executive_order);
            for (reference, wanted) in cable.references.iter_mut().zip(&upper.references) {
                reference.text.clone_from(&wanted.text);
            }
            assert_eq!(cable, upper, "{written}");
        }
    }
}

#[test]
fn a_text_in_small_letters() {
    let upper = parse(PLAIN).unwrap().cable;
    let (heading, text) = PLAIN.split_at(PLAIN.find("C O N F").unwrap());
    let text = format!("{heading}{}", text.to_lowercase());
    let lower = parse(&text).unwrap().cable;
    assert_eq!((&lower.mrn, &lower.from, &lower.to), (&upper.mrn, &upper.from, &upper.to));
    assert_eq!(lower.classification.as_ref().map(|c| c.level), Some(Level::Confidential));
    assert_eq!((lower.section, &lower.captions, &lower.tags), (upper.section, &upper.captions, &upper.tags));
    assert_eq!(lower.pass_lines, ["state for eur/nb"]);
    assert_eq!(lower.subject.as_deref(), Some("fish"));
    let order =
        |cable: &Cable<'_>| cable.executive_order.as_ref().map(|e| (e.number, format!("{:?}", e.declassification)));
    assert_eq!(order(&lower), order(&upper));
    let ids = |cable: &Cable<'_>| -> Vec<_> { cable.references.iter().map(|r| (r.id(), r.notal)).collect() };
    assert_eq!(ids(&lower), ids(&upper));
    let numbers = |cable: &Cable<'_>| -> Vec<_> {
        let number = |block: &Block<'_>| if let Block::Paragraph { number, .. } = block { *number } else { None };
        cable.body.iter().map(number).collect()
    };
    assert_eq!(numbers(&lower), numbers(&upper));
    assert_eq!(lower.classified_by.map(|a| a.reasons), upper.classified_by.map(|a| a.reasons));
}

#[test]
fn centuries() {
    let text = |year: &str| PLAIN.replace("DEC 06", &format!("DEC {year}"));
    let year = |parser: &Parser, text: &str| parser.parse(text).unwrap().cable.mrn.and_then(|mrn| mrn.year);
    let cases = [
        ("from 1966 on, without a word", Parser::new(), [("66", 1966), ("99", 1999), ("00", 2000), ("65", 2065)]),
        (
            "from 1900 on",
            Parser::new().century(CenturyRule { first_year: 1900 }),
            [("66", 1966), ("99", 1999), ("00", 1900), ("65", 1965)],
        ),
        (
            "from 1950 on",
            Parser::new().century(CenturyRule { first_year: 1950 }),
            [("49", 2049), ("50", 1950), ("99", 1999), ("00", 2000)],
        ),
    ];
    for (name, parser, years) in cases {
        for (written, wanted) in years {
            assert_eq!(year(&parser, &text(written)), Some(wanted), "{name}: {written}");
        }
    }
}

#[test]
fn names_are_evidence() {
    let id = |text: &str, name| {
        let parsed = Parser::new().parse_named(text, name).unwrap();
        (parsed.cable.mrn.as_ref().and_then(cablegram::Mrn::id), parsed.diagnostics)
    };
    assert_eq!(id(PLAIN, Some("06OSLO461")), id(PLAIN, None));
    assert_eq!(id(PLAIN, Some("notes of a friend")), id(PLAIN, None));

    let text = "UNCLAS OSLO 000461\n\nTAGS: KSCA, NO\nSUBJECT: FISH\n\n1. (U) The fish are well.\n\nLARSEN\n";
    assert_eq!(id(text, None).0, None);
    let (named, wording) = id(text, Some("06OSLO461"));
    assert_eq!(named.as_deref(), Some("06OSLO461"));
    // Post and number confirm that the name is this message's, and so is its year.
    assert!(wording.iter().all(|d| d.code != DiagnosticCode::MrnAssumed), "{wording:?}");

    let (kept, wording) = id(PLAIN, Some("06OSLO462"));
    assert_eq!(kept.as_deref(), Some("06OSLO461"));
    let wording: Vec<_> =
        wording.iter().filter(|d| d.code == DiagnosticCode::MrnDisagrees).map(|d| d.message.as_str()).collect();
    assert_eq!(wording, ["the document's name has number 462, its text 461"]);
}

#[test]
fn a_parsed_cable_shares_the_text() {
    // A constant may stand in several places.
    let text = PLAIN;
    let parsed = parse(text).unwrap();
    let inside = |part: &str| text.as_bytes().as_ptr_range().contains(&part.as_ptr());
    assert!(inside(parsed.cable.subject.as_deref().unwrap()));
    assert!(inside(&parsed.cable.to.first().unwrap().name));
    assert!(inside(parsed.cable.signature.as_deref().unwrap()));
}

#[test]
fn a_signature_in_small_letters() {
    let heading = "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nunclas oslo 000461\n\nsubject: fish\n\n";
    for (text, signature) in [
        ("1. (u) the market has a roof.\n\n2. (u) the gulls follow.\n\nhalvorsen\n", Some("halvorsen")),
        ("1. (u) the market has a roof.\n\n2. (u) the gulls follow and\n\nhalvorsen\n", None),
        ("1. (U) The market has a roof.\n\n2. (U) The gulls follow.\n\nhalvorsen\n", None),
        ("1. (u) the market has a roof.\n\n2. (u) the gulls follow.\n\nend summary\n", None),
    ] {
        let whole = format!("{heading}{text}");
        let parsed = parse(&whole).unwrap();
        assert_eq!(parsed.cable.signature.as_deref(), signature, "{text}");
        let assumed = parsed.diagnostics.iter().any(|wording| wording.code == DiagnosticCode::SignatureAssumed);
        assert_eq!(assumed, signature.is_some(), "{text}");
    }
}
