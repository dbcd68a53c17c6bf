//! Cables that are not whole, and whole ones that something was put into: which are partial and why, and that the text is
//! made whole while what was taken out of it stays a region of the right kind.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use crate::support::bases;
use crate::support::telegram::{Part, Telegram};
use cablegram::{Block, DiagnosticCode, Parsed, RegionKind, Span};

const EXTRACT: &str =
    "This record is a partial extract of the original cable. The full text of the original cable is not available.";

/// The codes that give the reasons for which a cable is partial.
const REASONS: [DiagnosticCode; 4] =
    [DiagnosticCode::PartialExtract, DiagnosticCode::HeaderOnly, DiagnosticCode::BodyOnly, DiagnosticCode::TextCutOff];

/// The reasons that were given, each with the text that it points at.
fn reasons<'t>(text: &'t str, parsed: &Parsed<'_>) -> Vec<(DiagnosticCode, &'t str)> {
    let wording = parsed.diagnostics.iter().filter(|d| REASONS.contains(&d.code));
    wording.map(|d| (d.code, d.span.slice(text).unwrap())).collect()
}

fn changed(base: Telegram, change: impl Fn(&mut Telegram) -> Option<()>) -> Telegram {
    let mut telegram = base;
    change(&mut telegram).unwrap();
    telegram
}

/// Leaves only the parts that these are, or are not.
#[expect(clippy::unnecessary_wraps, reason = "a change ends with it")]
fn keep(t: &mut Telegram, kept: impl Fn(Part) -> bool) -> Option<()> {
    t.pieces.retain(|p| kept(p.part));
    Some(())
}

const fn is_heading(part: Part) -> bool {
    use Part::{Dtg, Exempted, From, Info, Routing, Security, Station, To, TransmissionId};
    matches!(part, TransmissionId | Routing | Station | Security | Dtg | From | To | Info | Exempted)
}

const fn is_body(part: Part) -> bool {
    matches!(part, Part::Heading(_) | Part::Paragraph(_) | Part::Rest(_) | Part::Page(_) | Part::Signature | Part::Tail)
}

/// Puts words at the end of the last paragraph, and takes the signature away.
fn ending(t: &mut Telegram, words: &str) -> Option<()> {
    t.cut(Part::Signature)?;
    let last = (1..=5).rev().find(|n| t.has(Part::Paragraph(*n)))?;
    t.last(Part::Paragraph(last))?.push_str(words);
    Some(())
}

#[test]
fn partial_cables() {
    let all: Vec<(&str, Telegram, DiagnosticCode, &str)> = vec![
        (
            "the sentence of an extract before a whole cable",
            changed(bases::confidential(), |t| t.before(Part::TransmissionId, Part::Lead, &[EXTRACT, ""])),
            DiagnosticCode::PartialExtract,
            EXTRACT,
        ),
        (
            "the sentence of an extract in place of the heading",
            changed(bases::confidential(), |t| {
                keep(t, |part| !is_heading(part))?;
                t.before(Part::ClassLine, Part::Lead, &[EXTRACT, ""])
            }),
            DiagnosticCode::PartialExtract,
            EXTRACT,
        ),
        (
            "an extract without classification line",
            changed(bases::confidential(), |t| {
                keep(t, |part| !is_heading(part))?;
                t.set(Part::ClassLine, &[EXTRACT, ""])
            }),
            DiagnosticCode::PartialExtract,
            EXTRACT,
        ),
        (
            "the format lines alone",
            changed(bases::confidential(), |t| keep(t, is_heading)),
            DiagnosticCode::HeaderOnly,
            "",
        ),
        (
            "all that stands before the body",
            changed(bases::confidential(), |t| keep(t, |part| !is_body(part))),
            DiagnosticCode::HeaderOnly,
            "",
        ),
        (
            "the heading of an archive's record alone",
            changed(bases::archive(), |t| keep(t, |part| !is_body(part))),
            DiagnosticCode::HeaderOnly,
            "",
        ),
        (
            "the text without heading and classification line",
            changed(bases::confidential(), |t| keep(t, |part| !is_heading(part) && part != Part::ClassLine)),
            DiagnosticCode::BodyOnly,
            "",
        ),
        (
            "the same with captions before it gone",
            changed(bases::modern(), |t| {
                let gone = [Part::ClassLine, Part::Captions, Part::PassLines];
                keep(t, |part| !is_heading(part) && !gone.contains(&part))
            }),
            DiagnosticCode::BodyOnly,
            "",
        ),
        (
            "cut off with dots",
            changed(bases::confidential(), |t| ending(t, " The ferry...")),
            DiagnosticCode::TextCutOff,
            "...",
        ),
        (
            "cut off with dots of one character",
            changed(bases::press(), |t| ending(t, " The ferry\u{2026}")),
            DiagnosticCode::TextCutOff,
            "\u{2026}",
        ),
        (
            "the operator's error sign",
            changed(bases::archive(), |t| {
                ending(t, " THE JUDGES WILL")?;
                t.set(Part::Tail, &["E E E E E E E E"])
            }),
            DiagnosticCode::TextCutOff,
            "E E E E E E E E",
        ),
        (
            "the operator's error sign before the end of the message",
            changed(bases::archive(), |t| {
                ending(t, " THE JUDGES WILL")?;
                t.set(Part::Tail, &["E E E E E E E E", "", "UNCLASSIFIED", "", "NNN"])
            }),
            DiagnosticCode::TextCutOff,
            "E E E E E E E E",
        ),
    ];
    for (name, telegram, code, pointed_at) in all {
        let text = telegram.text();
        let parsed = cablegram::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(parsed.cable.partial, "{name}: said {:?}", parsed.diagnostics);
        let reasons = reasons(&text, &parsed);
        let found = reasons.iter().find(|(c, _)| *c == code).unwrap_or_else(|| panic!("{name}: said {reasons:?}"));
        assert!(found.1.trim_end().ends_with(pointed_at), "{name}: points at {:?}", found.1);
        // An extract may be a body alone as well; nothing else has two reasons.
        assert!(reasons.iter().all(|(c, _)| *c == code || *c == DiagnosticCode::BodyOnly), "{name}: {reasons:?}");
        // The other fields come back all the same.
        let wanted = telegram.wanted("tags").as_array().map(Vec::len);
        assert!(name == "the format lines alone" || Some(parsed.cable.tags.len()) == wanted, "{name}: TAGS");
    }
}

#[test]
fn whole_cables_are_not_partial() {
    /// Whether a note on the heading is due.
    const NOTE: &[DiagnosticCode] = &[DiagnosticCode::HeadingIncomplete];
    let all: Vec<(&str, Telegram, &[DiagnosticCode])> = vec![
        ("as it is", bases::confidential(), &[]),
        ("starts at FL5", changed(bases::nineties(), |_| Some(())), &[]),
        ("starts at FM", changed(bases::nineties(), |t| t.cut(Part::Dtg)), NOTE),
        ("FM missing", changed(bases::confidential(), |t| t.cut(Part::From)), NOTE),
        (
            "starts at the classification line",
            changed(bases::confidential(), |t| keep(t, |part| !is_heading(part))),
            NOTE,
        ),
        ("without signature", changed(bases::confidential(), |t| t.cut(Part::Signature)), &[]),
        (
            "dots in the middle of the text",
            changed(bases::confidential(), |t| t.swap(Part::Paragraph(2), "no", "no ... at all ...")),
            &[],
        ),
        (
            "dots before the signature",
            changed(bases::confidential(), |t| {
                t.last(Part::Paragraph(4))?.push_str(" So far...");
                Some(())
            }),
            &[],
        ),
        (
            "an error sign after the signature",
            changed(bases::archive(), |t| t.set(Part::Tail, &["UNCLASSIFIED", "", "NNN", "", "E E E E E E E E"])),
            &[],
        ),
    ];
    for (name, telegram, notes) in all {
        let text = telegram.text();
        let parsed = cablegram::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((parsed.cable.partial, reasons(&text, &parsed)), (false, vec![]), "{name}");
        let wording: Vec<DiagnosticCode> =
            parsed.diagnostics.iter().map(|d| d.code).filter(|c| *c == DiagnosticCode::HeadingIncomplete).collect();
        assert_eq!(wording, notes, "{name}");
    }
}

/// Something put into a cable, which must not be found in its text.
struct Put {
    name: &'static str,
    telegram: Telegram,
    /// As it stands in the cable; the first of them where it stands there twice.
    what: &'static str,
    kind: RegionKind,
    says: Option<DiagnosticCode>,
}

const STAMP: &str = "Declassified/Released US Department of State EO Systematic Review 04 MAY 2006";

/// Puts a line into the first paragraph.
fn line_in_prose(mut t: Telegram, line: &str) -> Telegram {
    t.lines(Part::Paragraph(1)).unwrap().insert(1, line.to_owned());
    t
}

fn put_in() -> Vec<Put> {
    use RegionKind::{Caption, EndOfMessage, Notice, PageFurniture, RepeatedHeading, Stamp};
    let press = |old: &'static str, new: &'static str| {
        changed(bases::press(), move |t| {
            t.cut(Part::Page(2))?;
            t.swap(Part::Paragraph(2), old, new)
        })
    };
    let trailing =
        |line: &'static str| changed(bases::confidential(), move |t| t.after(Part::Signature, Part::Tail, &["", line]));
    vec![
        Put {
            name: "a page line in the middle of a word",
            telegram: press("newspaper", "newsTALLINN 00000214 002 OF 002paper"),
            what: "TALLINN 00000214 002 OF 002",
            kind: PageFurniture,
            says: Some(DiagnosticCode::PageLineInText),
        },
        Put {
            name: "a page line in the middle of a sentence",
            telegram: press("and printed", "and TALLINN 00000214 002 OF 002 printed"),
            what: "TALLINN 00000214 002 OF 002",
            kind: PageFurniture,
            says: Some(DiagnosticCode::PageLineInText),
        },
        Put {
            name: "a page line between two lines of a sentence",
            telegram: bases::modern(),
            what: "LUSAKA 00001204  002 OF 003",
            kind: PageFurniture,
            says: Some(DiagnosticCode::SentenceJoined),
        },
        Put {
            name: "a PAGE line between two lines of a sentence",
            telegram: bases::nineties(),
            what: "PAGE 02        GABORO  04817  01 OF 02  201412Z",
            kind: PageFurniture,
            says: Some(DiagnosticCode::SentenceJoined),
        },
        Put {
            name: "SIPDIS alone on a line of prose",
            telegram: changed(line_in_prose(bases::confidential(), "SIPDIS"), |t| t.cut(Part::Captions))
                .without_captions(),
            what: "SIPDIS",
            kind: Caption,
            says: Some(DiagnosticCode::StampInText),
        },
        Put {
            name: "SIPDIS in the middle of a line of prose",
            telegram: changed(bases::press(), |t| {
                t.cut(Part::Captions)?;
                t.swap(Part::Paragraph(3), "1,140 liters", "SIPDIS 1,140 liters")
            })
            .without_captions(),
            what: "SIPDIS",
            kind: Caption,
            says: Some(DiagnosticCode::StampInText),
        },
        Put {
            name: "a stamp alone on a line of prose",
            telegram: line_in_prose(bases::confidential(), STAMP),
            what: STAMP,
            kind: Stamp,
            says: None,
        },
        Put {
            name: "a stamp in the middle of a line of prose",
            telegram: changed(bases::press(), |t| {
                t.swap(Part::Paragraph(2), "and printed", &format!("and {STAMP} printed"))
            }),
            what: STAMP,
            kind: Stamp,
            says: Some(DiagnosticCode::StampInText),
        },
        Put {
            name: "a release stamp",
            telegram: line_in_prose(bases::confidential(), "RELEASED IN PART B6"),
            what: "RELEASED IN PART B6",
            kind: Stamp,
            says: None,
        },
        Put {
            name: "a hyphen alone on a line",
            telegram: changed(bases::archive(), |t| t.before(Part::Paragraph(3), Part::Page(9), &["-"])),
            what: "\n-\n",
            kind: PageFurniture,
            says: None,
        },
        Put {
            name: "the classification line of a later section",
            telegram: changed(bases::modern(), |t| {
                t.before(Part::Page(3), Part::Page(9), &["UNCLAS SECTION 02 OF 03 LUSAKA 001204", ""])
            }),
            what: "UNCLAS SECTION 02 OF 03 LUSAKA 001204",
            kind: RepeatedHeading,
            says: Some(DiagnosticCode::HeadingRepeated),
        },
        Put {
            name: "a weekday and date before the classification line",
            telegram: changed(bases::press(), |t| {
                t.before(Part::ClassLine, Part::Interlude, &["Tuesday, 20 October 2009, 06:17"])
            }),
            what: "Tuesday, 20 October 2009, 06:17",
            kind: Notice,
            says: None,
        },
        Put {
            name: "a web link after the signature",
            telegram: trailing("Visit Embassy Example's Classified Website: http://www.example.org/"),
            what: "Visit Embassy Example's Classified Website: http://www.example.org/",
            kind: Notice,
            says: None,
        },
        Put { name: "NNNN", telegram: trailing("NNNN"), what: "NNNN", kind: EndOfMessage, says: None },
    ]
}

impl Telegram {
    /// The same, of which no captions are wanted.
    fn without_captions(mut self) -> Self {
        self.want("captions", serde_json::json!([]));
        self
    }
}

/// The kinds of the regions that a stretch of the text is made of.
fn kinds(parsed: &Parsed<'_>, span: Span) -> Vec<RegionKind> {
    let touches = |s: Span| s.start < span.end && span.start < s.end;
    parsed.regions.iter().filter(|r| touches(r.span)).map(|r| r.kind).collect()
}

/// Each block as the clean cable has it.
fn blocks(telegram: &Telegram) -> Vec<String> {
    let body = telegram.wanted("body");
    body.as_array().unwrap().iter().map(|block| block["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_was_put_in_comes_out_and_stays_a_region() {
    for Put { name, telegram, what, kind, says } in put_in() {
        let text = telegram.text();
        let parsed = cablegram::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let body: Vec<String> = parsed.cable.body.iter().map(|block: &Block<'_>| block.text().to_string()).collect();
        assert_eq!(body, blocks(&telegram), "{name}");
        assert_eq!(serde_json::json!(parsed.cable.signature), telegram.wanted("signature"), "{name}");
        assert_eq!(serde_json::json!(parsed.cable.captions), telegram.wanted("captions"), "{name}");
        let at = text.find(what).unwrap_or_else(|| panic!("{name}: it is not there"));
        let inner = what.trim();
        let at = at + what.len() - what.trim_start().len();
        assert_eq!(kinds(&parsed, Span::new(at, at + inner.len())), [kind], "{name}");
        let wording: Vec<DiagnosticCode> = parsed.diagnostics.iter().map(|d| d.code).collect();
        assert!(says.is_none_or(|code| wording.contains(&code)), "{name}: said {wording:?}");
        let coverage = cablegram::byte_coverage(&parsed.regions);
        assert!(coverage >= 1.0, "{name}: covers {coverage}");
        assert!(!parsed.cable.partial, "{name}: partial");
    }
}

/// What was cut is one word and one sentence in the text that is not wrapped.
#[test]
fn joined_text_has_no_seam() {
    let cases: Vec<(&str, Telegram, &str)> = vec![
        (
            "within a word",
            changed(bases::press(), |t| {
                t.swap(Part::Paragraph(2), "newspaper", "newsTALLINN 00000214 001.2 OF 002paper")
            }),
            "two issues of a newspaper called",
        ),
        ("between lines", bases::modern(), "lights in the rest of the hall, and the visitors stayed all the same."),
        ("around a PAGE line", bases::nineties(), "THE BIRDS WOULD RUN, AND THEN COME BACK ANGRY."),
        (
            "after a hyphenated word",
            changed(bases::modern(), |t| {
                t.swap(Part::Paragraph(2), "rest of the hall, and", "rest of the hall, and the visi-")?;
                t.swap(Part::Rest(2), "the visitors stayed", "tors stayed")
            }),
            "and the visi-tors stayed all the same.",
        ),
        (
            "two blanks in a line",
            bases::nineties(),
            "THE STRIP OF WARM ASPHALT IS THE BEST PLACE IN THE DISTRICT TO SPEND A COLD MORNING. THE BIRDS",
        ),
    ];
    for (name, telegram, words) in cases {
        let text = telegram.text();
        let parsed = cablegram::parse(&text).unwrap();
        let found = parsed.cable.body.iter().any(|block| block.text().unwrapped().contains(words));
        assert!(found, "{name}: {:#?}", parsed.cable.body.iter().map(|b| b.text().unwrapped()).collect::<Vec<_>>());
    }
}
