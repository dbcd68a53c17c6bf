//! What a line of a message header is, by its first bytes and words: each line is classified once.

use crate::field::addressee;
use crate::field::classification::{is_banner, looks_like_class_line};
use crate::field::distribution;
use crate::field::drafting;
use crate::field::dtg;
use crate::field::notice;
use crate::field::transmission;
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::trim_start;
use crate::region::RegionKind;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    Blank,
    TransmissionId,
    Routing,
    Station,
    Security,
    Dtg,
    From,
    List(List),
    /// An addressee without a label: it has a routing indicator, or a name that leaves no doubt.
    Addressee,
    /// The first line of the block of offices, `ACTION AF-00`, `INFO LOG-00 EEB-00`.
    Offices,
    /// What stands round such a block: `Distribution:`, `TED1302`, the row of dashes.
    OfficesEdge,
    /// `DRAFTED BY`, `APPROVED BY`.
    Drafting,
    /// `BT`, `NNNN`, `#0029`.
    EndOfMessage,
    /// A publisher's line.
    Notice,
    /// A publisher's line that says that this is an extract.
    Extract,
    /// A level alone: a reviewer's stamp, or a classification line that names no message.
    Banner,
    /// A classification line with more than a level.
    ClassLine,
    /// E.O., TAGS, SUBJECT, REF, the authority.
    Label,
    /// A caption or a passing line.
    Caption,
    /// A line that begins with a pilcrow.
    Paragraph,
    /// Capitals that may be an addressee's name.
    Plain,
    Unknown,
}

impl LineKind {
    /// Whether a line is of the text head, or of the text.
    pub(crate) const fn is_of_head(self) -> bool {
        matches!(self, Self::ClassLine | Self::Label | Self::Caption | Self::Paragraph)
    }

    /// Whether a line is a format line that begins with a word of its own.
    pub(crate) const fn is_format_line(self) -> bool {
        matches!(
            self,
            Self::TransmissionId
                | Self::Routing
                | Self::Station
                | Self::Security
                | Self::Dtg
                | Self::From
                | Self::List(_)
        )
    }
}

/// The lists of addressees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    To,
    Info,
    Exempted,
}

impl List {
    /// The word of the format line.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::To => "TO",
            Self::Info => "INFO",
            Self::Exempted => "XMT",
        }
    }

    pub(crate) const fn region(self) -> RegionKind {
        match self {
            Self::To => RegionKind::To,
            Self::Info => RegionKind::Info,
            Self::Exempted => RegionKind::Exempted,
        }
    }
}

/// Whether a message header certainly starts at a line: format line 1, 3, 5 or 6.
pub(crate) fn starts_header(line: &str) -> bool {
    let text = trim_start(line);
    match text.as_bytes().first() {
        Some(b'V') => text.starts_with("VZCZC"),
        Some(b'D') if text.starts_with("DE ") => {
            transmission::station_line(text).is_ok_and(|(_, line)| line.serial.is_some())
        }
        Some(b'F' | b'f') => after_label(text, "FM").is_some_and(addressee::is_plad),
        _ => begins_dtg(text) && dtg::is_dtg_line(text),
    }
}

/// Whether a line begins as format line 5 does: nearly all lines of a text are told from it by their second letter or by
/// the eighth.
fn begins_dtg(text: &str) -> bool {
    let precedence = matches!(text.as_bytes(), [_, b' ' | b'\t', ..] | [_, _, b' ' | b'\t', ..]);
    let head = text.as_bytes().get(..8).unwrap_or_default();
    precedence || head.iter().filter(|b| b.is_ascii_digit()).count() >= 4
}

/// What a line is. No more than one grammar is asked about most of them.
pub(crate) fn classify(text: &str) -> LineKind {
    // Most lines of a message header are of these two kinds.
    if text.starts_with('R') && addressee::has_whole_indicator(text) {
        return LineKind::Addressee;
    }
    if let Some(kind) = format_line(text) {
        return kind;
    }
    match () {
        () if text.is_empty() => LineKind::Blank,
        // No line that begins as a name does is any of those that follow.
        () if addressee::begins_plad(text) => LineKind::Addressee,
        () if is_end_of_message(text) => LineKind::EndOfMessage,
        () if distribution::starts_block(text) => LineKind::Offices,
        () if distribution::is_block_heading(text) || distribution::is_dash_line(text) => LineKind::OfficesEdge,
        () if drafting::starts(text) => LineKind::Drafting,
        () if notice::is_extract_notice(text) => LineKind::Extract,
        () if is_notice(text) => LineKind::Notice,
        () if addressee::has_routing_indicator(text) => LineKind::Addressee,
        () => head_line(text).unwrap_or_else(|| match () {
            () if addressee::is_plad(text) => LineKind::Addressee,
            () if is_plain(text) => LineKind::Plain,
            () => LineKind::Unknown,
        }),
    }
}

/// A line of the text head, after which no message header goes on.
fn head_line(text: &str) -> Option<LineKind> {
    const LABELS: [&str; 16] = [
        "E.O",
        "E. O",
        "EO 1",
        "EO: 1",
        "TAGS",
        "TAG:",
        "SUBJECT",
        "SUBJ:",
        "SUBJ ",
        "REF:",
        "REF ",
        "REFS",
        "REFTEL",
        "REFERENCE",
        "CLASSIFIED BY",
        "DERIVED FROM",
    ];
    const CAPTIONS: [&str; 18] = [
        "SIPDIS",
        "SENSITIVE",
        "NOFORN",
        "EXDIS",
        "NODIS",
        "LIMDIS",
        "STADIS",
        "AIDAC",
        "EYES ONLY",
        "TERREP",
        "STATE FOR",
        "STATE PASS",
        "DEPT FOR",
        "DEPT PASS",
        "DEPARTMENT FOR",
        "DEPARTMENT PASS",
        "PASS TO",
        "FOR ",
    ];
    let first = text.bytes().next().map(|b| b.to_ascii_uppercase());
    let starts = |labels: &[&str]| {
        let alike = labels.iter().filter(|label| label.bytes().next() == first);
        alike.into_iter().any(|label| strip_prefix_ignoring_case(text, label).is_some())
    };
    match () {
        () if is_banner(text) => Some(LineKind::Banner),
        () if looks_like_class_line(text) => Some(LineKind::ClassLine),
        () if text.starts_with('¶') => Some(LineKind::Paragraph),
        () if starts(&LABELS) => Some(LineKind::Label),
        () if starts(&CAPTIONS) => Some(LineKind::Caption),
        () => None,
    }
}

/// Whether a line is running text: five words with small letters, or the end of a sentence of five words.
pub(crate) fn is_prose(text: &str) -> bool {
    let words = text.split_ascii_whitespace().count();
    let small = || text.split_ascii_whitespace().filter(|w| w.bytes().all(|b| b.is_ascii_lowercase())).count();
    words >= 5 && (text.ends_with('.') || text.contains(". ") || small() >= 4)
}

/// The format lines that begin with a word of their own.
pub(super) fn format_line(text: &str) -> Option<LineKind> {
    let label = |word| after_label(text, word).is_some();
    match text.as_bytes().first()? {
        b'V' if text.starts_with("VZCZC") => Some(LineKind::TransmissionId),
        b'D' if transmission::station_line(text).is_ok() => Some(LineKind::Station),
        b'Z' if text.starts_with("ZNR ") || text.starts_with("ZNY ") => Some(LineKind::Security),
        b'F' | b'f' if label("FM") => Some(LineKind::From),
        b'T' | b't' if label("TO") => Some(LineKind::List(List::To)),
        b'I' | b'i' if distribution::starts_block(text) => Some(LineKind::Offices),
        b'I' | b'i' if label("INFO") => Some(LineKind::List(List::Info)),
        b'X' | b'x' if label("XMT") => Some(LineKind::List(List::Exempted)),
        b'W' | b'Y' | b'Z' | b'O' | b'P' | b'R' if transmission::is_routing(text) => Some(LineKind::Routing),
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' if dtg::may_be_dtg(text) => Some(LineKind::Dtg),
        _ => None,
    }
}

/// What follows the label of a format line: `TO RUEHC/...`, `XMT/AMEMBASSY ...`, `TORUEHC/...`.
///
/// In small letters, `To AMEMBASSY OSLO`, it is one before capitals or nothing: `To the south` is prose.
pub(crate) fn after_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let rest = strip_prefix_ignoring_case(text, label)?;
    let name = match rest.chars().next() {
        None => rest,
        Some(' ' | '\t' | '/' | ':') => rest.trim_start_matches([' ', '\t', '/', ':']),
        Some('R') if addressee::has_routing_indicator(rest) => rest,
        Some(_) => return None,
    };
    let is_label =
        || text.starts_with(label) || name.is_empty() || is_plain(name) || addressee::has_routing_indicator(name);
    is_label().then_some(name)
}

/// `dtg-line = dtg-group [ SP "FM" SP originator ]`: both parts, where two format lines ran together
pub(super) fn with_originator(text: &str) -> (&str, Option<&str>) {
    let at = text.as_bytes().windows(4).position(|four| four.eq_ignore_ascii_case(b" FM "));
    let parts = at.and_then(|at| Some((text.get(..at)?, text.get(at + 4..)?)));
    parts.map_or((text, None), |(dtg, name)| (dtg, Some(name)))
}

/// Whether a line is a sign of the operator: `BT`, `NNNN`, `#0029`, the group count `GR 45`.
fn is_end_of_message(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    matches!(text, "BT" | "NNN" | "NNNN")
        || text.strip_prefix('#').is_some_and(digits)
        || text.strip_prefix("GR").is_some_and(|rest| digits(rest.trim_start()))
}

/// Whether a line is of a publisher or of the message centre, not of the message.
fn is_notice(text: &str) -> bool {
    const STARTS: [&str; 5] = ["NOTE -", "NOTE:", "NOTE TO", "http://", "https://"];
    let may_start = matches!(text.as_bytes().first(), Some(b'N' | b'n' | b'H' | b'h'));
    let rule = || text.bytes().all(|b| matches!(b, b'-' | b'*' | b'=' | b'_' | b' '));
    matches!(text, "GRNC" | "STATE GRNC")
        || notice::is_notice(text)
        || may_start && STARTS.iter().any(|start| strip_prefix_ignoring_case(text, start).is_some())
        || rule()
}

/// Whether a line may be an addressee's name: capitals, and no sentence.
pub(super) fn is_plain(text: &str) -> bool {
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    let name =
        |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ' || b == b'\t' || b"/-.,()&':".contains(&b);
    (2..=90).contains(&text.len()) && capitals >= 2 && text.bytes().all(name) && !text.ends_with('.')
}

/// What stands before and after a word in a text.
pub(super) fn split_at_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    text.match_indices(word).find_map(|(at, _)| {
        let (before, after) = (text.get(..at)?, text.get(at + word.len()..)?);
        let apart = |c: char| matches!(c, ' ' | '\t' | ',' | ':' | '(' | '/');
        let alone = (before.is_empty() || before.ends_with(apart)) && (after.is_empty() || after.starts_with(apart));
        alone.then_some((before, after))
    })
}

/// Whether a message header may start with a line.
pub(super) fn can_start(kind: LineKind, text: &str) -> bool {
    let named = |label| {
        after_label(text, label)
            .is_some_and(|name| name.is_empty() || addressee::has_routing_indicator(name) || addressee::is_plad(name))
    };
    match kind {
        LineKind::From => named("FM"),
        LineKind::List(List::To) => named("TO"),
        LineKind::List(List::Info) => named("INFO"),
        LineKind::List(List::Exempted) | LineKind::Addressee | LineKind::Plain | LineKind::Unknown => false,
        kind if kind.is_of_head() || matches!(kind, LineKind::Banner | LineKind::Drafting) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (line, kind) in [
            ("VZCZCXRO0029", LineKind::TransmissionId),
            ("PP RUEHLH RUEHPW", LineKind::Routing),
            ("DE RUEHNY #2941/01 3420300", LineKind::Station),
            ("ZNY CCCCC ZZH", LineKind::Security),
            ("P R 080300Z DEC 09 ZDK", LineKind::Dtg),
            ("0 080300Z DEC 09", LineKind::Dtg),
            ("R 08 0300Z DEC 0 9", LineKind::Dtg),
            ("FM AMEMBASSY OSLO", LineKind::From),
            ("TO SECSTATE WASHDC", LineKind::List(List::To)),
            ("Info NATO COLLECTIVE", LineKind::List(List::Info)),
            ("XMT AMEMBASSY BERN", LineKind::List(List::Exempted)),
            ("RUEHC/SECSTATE WASHDC 12", LineKind::Addressee),
            ("AMEMBASSY BERN", LineKind::Addressee),
            ("12 ARRS LAJES FIELD", LineKind::Plain),
            ("ACTION AF-00", LineKind::Offices),
            ("INFO LOG-00 EEB-00", LineKind::Offices),
            ("---------------------     071936", LineKind::OfficesEdge),
            ("DRAFTED BY EUR:JROE", LineKind::Drafting),
            ("BT", LineKind::EndOfMessage),
            ("Tuesday, 8 December 2009, 03:00", LineKind::Notice),
            ("This record is a partial extract of the original cable.", LineKind::Extract),
            ("UNCLASSIFIED", LineKind::Banner),
            ("UNCLASSIFIED     PTQ8786", LineKind::Banner),
            ("UNCLAS OSLO 000461", LineKind::ClassLine),
            ("E.O. 12958: N/A", LineKind::Label),
            ("Subject: Cod", LineKind::Label),
            ("SIPDIS", LineKind::Caption),
            ("DEPT FOR EUR/NB", LineKind::Caption),
            ("¶1. (U) Cod", LineKind::Paragraph),
            ("see below", LineKind::Unknown),
            ("", LineKind::Blank),
        ] {
            assert_eq!(classify(line), kind, "{line}");
        }
    }

    #[test]
    fn where_a_message_header_starts() {
        for yes in [
            "VZCZCXRO0029",
            "DE RUEHNY #2941/01 3420300",
            "O R 080300Z DEC 09",
            "0 080300Z DEC 09",
            "FM AMEMBASSY OSLO",
            "Fm AMEMBASSY OSLO",
        ] {
            assert!(starts_header(yes), "{yes}");
        }
        for no in ["", "FM Doe said", "fm radio", "TO SECSTATE WASHDC", "080300Z DEC 09", "DE FACTO", "Z", "PP RUEHC"] {
            assert!(!starts_header(no), "{no}");
        }
    }

    #[test]
    fn prose() {
        for yes in ["The fish market has got a roof", "THE FAIR OPENED ON MONDAY.", "HE LEFT. THE COD STAYED BEHIND"] {
            assert!(is_prose(yes), "{yes}");
        }
        for no in ["FISH MARKET MOVES INDOORS AND OUT", "see below", "AMEMBASSY OSLO", "Classified By: J. Roe"] {
            assert!(!is_prose(no), "{no}");
        }
    }
}
