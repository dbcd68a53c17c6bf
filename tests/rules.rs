//! Rules of the body, of later headings and of the message's number, which show on whole cables.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use cablegram::{Block, DiagnosticCode, Parser, parse};

/// The blocks of a body: `#` a heading, `1` a paragraph with its number, `-` text.
fn blocks(body: &str) -> Vec<String> {
    let text = format!("UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n{body}");
    let parsed = parse(&text).expect("a cable");
    let shown = |block: &Block<'_>| match block {
        Block::Heading { text } => format!("# {text}"),
        Block::Paragraph { number, text, .. } => format!("{} {text}", number.unwrap_or_default()),
        other => format!("- {}", other.text()),
    };
    parsed.cable.body.iter().map(shown).collect()
}

#[test]
fn headings() {
    let cases: [(&str, &str, &[&str]); 13] = [
        (
            "its rule is as long",
            "1. Cod is dear.\nThe Harbour\n-----------\n2. Herring.\n",
            &["1 Cod is dear.", "# The Harbour", "2 Herring."],
        ),
        (
            "its rule is of another length",
            "1. Cod costs:\nTotal\n---------------\n2. Herring.\n",
            &["1 Cod costs:\nTotal", "2 Herring."],
        ),
        (
            "a sentence ends above it",
            "1. Cod.\n\nEnd text.\nThe Harbour\n-----------\n\n2. Herring.\n",
            &["1 Cod.\n\nEnd text.", "# The Harbour", "2 Herring."],
        ),
        (
            "its rule on its line",
            "1. Cod.\n\nThe Harbour ----------- \n\n2. Herring.\n",
            &["1 Cod.", "# The Harbour", "2 Herring."],
        ),
        ("between its rules", "------- Summary -------\n\n1. Cod.\n", &["# Summary", "1 Cod."]),
        (
            "after a sentence",
            "1. Cod is dear. The Harbour -----------\n\n2. Herring.\n",
            &["1 Cod is dear.", "# The Harbour", "2 Herring."],
        ),
        (
            "between hyphens",
            "1. Cod.\n\n--Past Harbours--\n\n2. Herring.\n",
            &["1 Cod.", "# Past Harbours", "2 Herring."],
        ),
        ("a bullet", "1. Cod.\n\n-- Past Harbours\n\n2. Herring.\n", &["1 Cod.\n\n-- Past Harbours", "2 Herring."]),
        (
            "under a redaction",
            "1. Cod.\nXXXXXXXXXXXX\n//HERRING//\n\n2. Herring.\n",
            &["1 Cod.\nXXXXXXXXXXXX", "# HERRING", "2 Herring."],
        ),
        (
            "under a full stop",
            "1. Cod is dear\nhere.\n.\nThe Harbour\n-----------\n.\n2. Herring.\n",
            &["1 Cod is dear\nhere.", "# The Harbour", "2 Herring."],
        ),
        (
            "the end of a sentence",
            "1. Cod is what they\n\ncall a fish\n\n2. Herring.\n",
            &["1 Cod is what they\n\ncall a fish", "2 Herring."],
        ),
        (
            "a heading in small letters",
            "1. Cod is dear.\n\nthe harbour\n\n2. Herring.\n",
            &["1 Cod is dear.", "# the harbour", "2 Herring."],
        ),
        (
            "a title with an initial",
            "1. Cod.\n\nTalks in the U.S.\nThe Harbour\n-----------\n\n2. Herring.\n",
            &["1 Cod.", "# Talks in the U.S.\nThe Harbour", "2 Herring."],
        ),
    ];
    for (name, body, expected) in cases {
        assert_eq!(blocks(body), expected, "{name}");
    }
}

#[test]
fn a_caption_at_the_start_of_a_line_is_taken_out() {
    let body = "1. The minister brought the\nSIPDIS good news that the herring is back in\nthe fjord.\n";
    assert_eq!(blocks(body), ["1 The minister brought the\ngood news that the herring is back in\nthe fjord."]);
}

const SECOND: &str = "UNCLASSIFIED\n\nPAGE 01  OSLO 00461  02 OF 02  030916Z\nACTION EUR-00\n\nINFO  EB-01   /001W\n\
                      ------------------A54E38  030916Z /38\nP 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 0204\n\
                      UNCLAS SECTION 02 OF 02 OSLO 000461\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: EFIS NO\nSUBJECT: THE \
                      PRICE OF COD AND OF ALL OTHER FISH IN THE HARBOUR\nOF OSLO\n\n";

fn body(text: &str) -> String {
    let parsed = parse(text).expect("a cable");
    parsed.cable.body.iter().map(|block| block.text().to_string()).collect::<Vec<_>>().join("|")
}

#[test]
fn a_later_heading_gives_what_the_first_one_lacks() {
    let text = format!(
        "UNCLAS SECTION 01 OF 02 OSLO 000461\n\nE.O. 12958: N/A\nTAGS: EFIS NO\nSUBJECT: FISH\n\n1. Cod is dear and\n\n\
         {SECOND}so is herring.\n"
    );
    let parsed = parse(&text).expect("a cable");
    let cable = &parsed.cable;
    assert_eq!(cable.dtg.as_ref().map(|dtg| dtg.text.as_ref()), Some("030915Z JUL 09"));
    assert_eq!(cable.from.as_ref().and_then(cablegram::Originator::post), Some("OSLO"));
    assert_eq!(cable.to.len(), 1);
    assert_eq!(cable.subject.as_deref(), Some("FISH"));
    let wording = parsed
        .diagnostics
        .iter()
        .find(|wording| wording.code == DiagnosticCode::HeadingRepeated)
        .expect("a diagnostic");
    assert!(wording.message.contains("lacks what was taken from here"), "{}", wording.message);
}

#[test]
fn a_later_heading_takes_no_text_with_it() {
    let first = "P 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 0204\nUNCLAS SECTION 01 OF 02 OSLO 000461\n\n\
                 E.O. 12958: N/A\nTAGS: EFIS NO\nSUBJECT: THE PRICE OF COD AND OF ALL OTHER FISH IN THE HARBOUR\nOF OSLO\n\n";
    let prose =
        "and so is herring, which the minister buys every morning on his way to the ministry. It is sold there.";
    for (name, second) in [
        ("a blank line after the head", SECOND.to_owned()),
        ("none", SECOND.trim_end().to_owned() + "\n"),
        ("blank lines in the head", SECOND.replace("TAGS:", "\nTAGS:").replace("SUBJECT:", "\n\nSUBJECT:")),
    ] {
        let text = format!("{first}1. Cod is dear\n\n{second}{prose}\n");
        assert_eq!(body(&text), format!("Cod is dear\n{prose}"), "{name}");
    }
}

#[test]
fn post_and_number_come_from_one_source() {
    let text = "VZCZCXYZ0000\nPP RUEHC\nDE RUEHNY #0461 1840915\nZNR UUUUU ZZH\nP 030915Z JUL 09\nFM AMEMBASSY OSLO\n\
                TO SECSTATE WASHDC\nBT\nUNCLAS LISBON 000204\n\nSUBJECT: FISH\n\n1. Cod.\n";
    let parsed = Parser::new().parse_named(text, Some("09OSLO461")).expect("a cable");
    let mrn = parsed.cable.mrn.expect("a message reference number");
    assert_eq!((mrn.post.as_ref(), mrn.number), ("OSLO", 461));
    assert!(parsed.diagnostics.iter().any(|wording| wording.code == DiagnosticCode::MrnDisagrees));
}

/// A head that stands twice: of a list that the lower copy has cut, the upper one has the rest.
#[test]
fn a_list_that_the_lower_copy_has_cut_is_whole() {
    let tags = |text: &str| {
        let cable = parse(text).expect("a cable").cable;
        cable.tags.iter().map(|tag| tag.tag.to_string()).collect::<Vec<_>>()
    };
    let upper = "P 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 0204\n\nUNCLAS OSLO 000461\n\nE.O. 12958: N/A\n\
                 TAGS: SENV EFIS PREL EFTA\nNO, IC\nSUBJECT: FISH\n-------...\n\n";
    let lower = "UNCLAS OSLO 000461 E.O. 12958: N/A TAGS: ";
    for (name, list, want) in [
        ("cut", "SENV EFIS PREL EFTA", "SENV EFIS PREL EFTA NO IC"),
        ("cut after one", "SENV", "SENV EFIS PREL EFTA NO IC"),
        ("another list", "SENV EFIS ECON", "SENV EFIS ECON"),
    ] {
        assert_eq!(tags(&format!("{upper}{lower}{list}\n")).join(" "), want, "{name}");
    }
}
