//! The SUBJECT line.

use std::borrow::Cow;

use crate::edit_distance::one_slip;
use crate::field::opening::opens_text;
use crate::field::pass_line::{holds_two_addresses, is_addressed};
use crate::field::{caption, portion_mark};
use crate::grammar::strip_prefix_ignoring_case;
use crate::knowledge;
use crate::lines::Next;
use crate::span::offset_of;
use crate::value::Value;
use crate::value::owned;

/// A subject and its portion mark.
#[derive(Debug, Default)]
pub(crate) struct Subject<'a> {
    pub(crate) text: Option<Cow<'a, str>>,
    pub(crate) mark: Option<Cow<'a, str>>,
}

/// ```text
/// label = ( "SUBJECT" / "SUBJ" / "SUJECT" / "TITLE" ) *SP ( ":" / ";" / "," )     ; one letter wrong before a colon
/// ```
///
/// What follows the label. Without a sign after it the word may begin prose (`SUBJECT MATTER REFTEL`).
///
/// Printed twice, `SUBJECT: SUBJECT: FISH`, it is one.
pub(crate) fn label(line: &str) -> Option<&str> {
    let value = label_once(line)?;
    Some(label_once(value).unwrap_or(value))
}

fn label_once(line: &str) -> Option<&str> {
    // All of them begin with SU or UB.
    if !matches!(line.as_bytes(), [b'S' | b's' | b'U', b'U' | b'u' | b'B' | b'b', ..]) {
        return None;
    }
    let letters = line.bytes().take(9).take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = line.split_at_checked(letters)?;
    // One slip: `SUNJECT:`, `SUOJECT:`, `SUJ:`, `SUBJT:`.
    if rest.starts_with(':') && (one_slip(word, "SUBJECT") || one_slip(word, "SUBJ")) {
        return Some(rest.trim_start_matches([':', ';', ',', '-', '.', ' ', '\t']));
    }
    let rest = ["SUBJECT", "SUBJ", "SUBECT", "SUJECT", "SUBJET", "SUBJECTS", "UBJECT"].iter().find_map(|word| {
        let rest = strip_prefix_ignoring_case(line, word)?.trim_start();
        rest.starts_with([':', ';', ',', '-', '.']).then_some(rest)
    })?;
    Some(rest.trim_start_matches([':', ';', ',', '-', '.', ' ', '\t']))
}

/// The label without its sign, `SUBJECT FISH IN OSLO`, which is one where a subject is due: after TAGS or E.O.
pub(crate) fn bare_label(line: &str) -> Option<&str> {
    let rest = strip_prefix_ignoring_case(line, "SUBJECT").or_else(|| strip_prefix_ignoring_case(line, "SUBJ"))?;
    rest.starts_with(' ').then(|| rest.trim_start()).filter(|rest| rest.starts_with(|c: char| !c.is_lowercase()))
}

/// `mark label`: the portion mark before the label, `(C) SUBJECT: FISH`, and what follows the label.
pub(crate) fn label_behind_mark(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix('(').and(portion_mark::leading(line))?.1;
    let value = label(rest)?;
    Some((line.get(..line.len() - rest.len())?.trim_end(), value))
}

/// The last line of a subject, as far as it was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Last<'t> {
    pub(crate) text: &'t str,
    /// How many columns it takes, with its label.
    pub(crate) width: usize,
    /// Whether the subject is one quotation, which ends with the line.
    pub(crate) quoted: bool,
}

impl Last<'_> {
    /// Whether the line was ended where it is because it was full: else a shorter one was meant to end there.
    fn is_full(&self) -> bool {
        const FULL: usize = 50;
        self.width >= FULL && !self.text.ends_with('.')
    }
}

/// What stands between a line and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    None,
    /// Page furniture, and perhaps blank lines.
    Page,
    Blank,
}

/// Whether a line goes on with a subject whose last line is `last`, and `next` follows.
pub(crate) fn goes_on(last: Last<'_>, line: &str, gap: Gap, next: Next) -> bool {
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    if portion_mark::leading(line).is_some_and(|(_, rest)| !rest.is_empty())
        || opens_text(line)
        || last.quoted
        || caption::handling_notice(line).is_some_and(|notice| caption::are_certain(&notice.captions))
        || !hangs(last.text) && (holds_two_addresses(line) || !last.is_full() && is_addressed(line))
    {
        return false;
    }
    if gap == Gap::None {
        // In one breath: a heading with its rule ends it, and so do sentences, and a long one under a subject in capitals.
        let heading = next == Next::Rule && last.text.len() < 45;
        return last.text.is_empty() || !heading && next != Next::Sentences && (capitals(line) || line.len() <= 90);
    }
    // In the same letters, no sentence; and the line before hangs, or another field follows, before which no heading of
    // the body stands. After a full line a page may be turned in mid-subject, or a blank line put in.
    let long = if next == Next::Label { 160 } else { 80 };
    let alike = capitals(last.text) == capitals(line) && line.len() < long;
    // No heading in capitals has a stop, and no sentence of the text stands before another field.
    let stop = line.ends_with(['.', '?']);
    let title = capitals(line) && line.split_whitespace().nth(2).is_some();
    let due = match next {
        Next::Label => (gap == Gap::Page || last.is_full()) && (!stop || title),
        Next::Paragraph => last.is_full() && (gap == Gap::Page && !stop || stop && title),
        Next::Rule | Next::Sentences | Next::Other => false,
    };
    let hangs = hangs(last.text) && (!line.ends_with('.') || title && matches!(next, Next::Label | Next::Paragraph));
    alike && next != Next::Rule && (hangs || due)
}

/// Where a subject ends on a line and something begins that was glued to it: `... IN MAY (C) ENTIRE TEXT`,
/// `... OF COD SENSITIVE BUT UNCLASSIFIED, PLEASE HANDLE ACCORDINGLY`.
pub(crate) fn end(line: &str) -> usize {
    // By their rarest letter, of which the place is given.
    let find = |words: &str, [upper, lower]: [u8; 2], place: usize| {
        memchr::memchr2_iter(upper, lower, line.as_bytes())
            .filter_map(|at| at.checked_sub(place))
            .find(|at| line.get(*at..).is_some_and(|rest| strip_prefix_ignoring_case(rest, words).is_some()))
    };
    let before = |at: usize| line.get(..at).filter(|text| !text.trim().is_empty());
    let marked = || {
        let text = before(find("ENTIRE TEXT", *b"Xx", 9)?)?;
        let mark = text.rfind('(')?;
        let is_mark = portion_mark::leading(text.get(mark..)?).is_some_and(|(_, rest)| rest.trim().is_empty());
        is_mark.then_some(mark)
    };
    let handling = || {
        let at = find("SENSITIVE BUT UNCLASSIFIED", *b"Vv", 7).filter(|at| before(*at).is_some())?;
        caption::handling_notice(line.get(at..)?).map(|_| at)
    };
    marked().or_else(handling).filter(|at| before(*at).is_some()).unwrap_or(line.len())
}

/// Whether a line is in capitals, the letters of ordinal numbers left out: `54th`.
pub(crate) fn is_in_capitals(line: &str) -> bool {
    let ordinal = |word: &str| {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
        letters.len() < word.len() && matches!(letters.trim_end_matches(','), "st" | "nd" | "rd" | "th" | "s")
    };
    line.split(' ').all(|word| !word.bytes().any(|b| b.is_ascii_lowercase()) || ordinal(word))
}

/// Whether a line ends in a word that must be followed by another.
pub(crate) fn hangs(line: &str) -> bool {
    const WORDS: [&str; 34] = [
        "AND", "OF", "THE", "TO", "IN", "FOR", "WITH", "ON", "AT", "BY", "A", "AN", "FROM", "ABOUT", "OR", "OVER",
        "AS", "ITS", "AGAINST", "INTO", "UNDER", "THAT", "BETWEEN", "AMONG", "AMID", "BUT", "DURING", "HIS", "OUR",
        "THEIR", "THROUGH", "TOWARD", "VIA", "WITHOUT",
    ];
    let last = line.rsplit(' ').next().unwrap_or_default();
    line.ends_with([',', '-', ':', '/', '&']) || WORDS.iter().any(|w| w.eq_ignore_ascii_case(last))
}

/// The subject without its portion mark.
pub(crate) fn parse(value: Value<'_>) -> Subject<'_> {
    let cut = |text: &str| {
        let (mark, rest) = portion_mark::of_subject(text)?;
        let at = offset_of(rest, text)?;
        Some((mark.mark.to_owned(), at..at + rest.len()))
    };
    let Some((mark, rest)) = cut(&value.text) else {
        return Subject { text: Some(value.text).filter(|t| !t.is_empty()), mark: None };
    };
    let text = match value.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(rest).unwrap_or(text).trim()),
        Cow::Owned(text) => owned(Cow::Borrowed(text.get(rest).unwrap_or(&text).trim())),
    };
    Subject { text: Some(text).filter(|t| !t.is_empty()), mark: Some(Cow::Owned(mark)) }
}

/// A subject for people: where it is in capitals, in title case, with abbreviations and codes kept.
pub(crate) fn title(subject: &str) -> String {
    if subject.chars().any(char::is_lowercase) {
        return subject.to_owned();
    }
    let mut title = String::with_capacity(subject.len());
    let (mut rest, mut begins) = (subject, true);
    while let Some(part) = first_part(rest) {
        rest = rest.get(part.len()..).unwrap_or_default();
        push_title_case(part, begins || rest.is_empty(), &mut title);
        // After these a new title begins.
        let sign = part.trim_end();
        let opens = sign.starts_with(['(', '[', '"', '\u{201c}']);
        let closed = sign.ends_with([':', '?', '!', ';']) || matches!(sign, "-" | "--");
        begins = opens || closed || begins && !part.contains(char::is_alphanumeric);
    }
    title
}

/// `part = abbreviation *sign / 1*sign / 1*letter [ "-" / "/" ] *SP`: what is written in one way
fn first_part(text: &str) -> Option<&str> {
    let word = text.split_inclusive(' ').next()?;
    let is_sign = |c: char| matches!(c, '(' | '[' | '"' | '\u{201c}');
    if word.starts_with(is_sign) {
        return word.split_inclusive(is_sign).next();
    }
    let whole = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    if knowledge::abbreviation(whole).is_some() {
        return Some(word);
    }
    word.split_inclusive(['-', '/']).next()
}

/// A word with the signs round it: an abbreviation as it is, a small word small, else only its first letter large.
fn push_title_case(part: &str, begins: bool, title: &mut String) {
    let word = part.trim_matches(|c: char| !c.is_alphanumeric());
    let stem = word.split(['\'', '\u{2019}']).next().unwrap_or(word);
    if let Some((before, after)) = part.split_once(stem).filter(|_| is_abbreviation(stem)) {
        title.push_str(before);
        title.push_str(stem);
        return title.extend(after.chars().flat_map(char::to_lowercase));
    }
    let mut large = begins || !SMALL_WORDS.contains(&word);
    let mut letters = part.chars().peekable();
    let mut since_large = 0;
    while let Some(letter) = letters.next() {
        if large && letter.is_alphanumeric() {
            title.push(letter);
            (large, since_large) = (false, 0);
            continue;
        }
        title.extend(letter.to_lowercase());
        since_large += 1;
        // `O'BRIEN` and `D'IVOIRE`, but `OSLO'S`
        let apostrophe = matches!(letter, '\'' | '\u{2019}') && since_large == 1;
        large |= apostrophe && letters.peek().is_some_and(|c| c.is_alphabetic());
    }
}

/// Words that are small inside a title.
const SMALL_WORDS: [&str; 26] = [
    "A", "AN", "AND", "AS", "AT", "BUT", "BY", "DE", "DEL", "DU", "EN", "FOR", "FROM", "IN", "INTO", "NOR", "OF", "ON",
    "OR", "OVER", "THE", "TO", "UPON", "VIA", "WITH", "VS",
];

/// Titles without a vowel, and codes of organizations that are words or names as well.
const WORDS: [&str; 33] = [
    "ACT", "AID", "ALIA", "AMAL", "ARC", "ARENA", "BENDIX", "CARE", "COM", "DR", "ELF", "GREENS", "INS", "INT", "JR",
    "LAB", "LOC", "LOT", "LTD", "MAS", "MIR", "MR", "MRS", "MS", "MT", "PAL", "PAN", "SEC", "SR", "ST", "STAT", "VS",
    "WHO",
];

/// Whether a word is an abbreviation or a code: one that a table knows, letters with points or digits between them,
/// capitals that cannot be spoken, a Roman number, the Government of somewhere (`GOI`).
fn is_abbreviation(word: &str) -> bool {
    const VOWELS: [char; 6] = ['A', 'E', 'I', 'O', 'U', 'Y'];
    if word.chars().nth(1).is_none() || WORDS.contains(&word) {
        return false;
    }
    let organization = knowledge::tag(word, None).filter(|row| row.kind == knowledge::TagKind::Organization);
    let pointed = word.contains('.') && word.split('.').all(|part| part.len() <= 1);
    let lettered = word.starts_with(char::is_alphabetic) && word.contains(|c: char| c.is_ascii_digit());
    let unspoken = word.bytes().all(|b| b.is_ascii_uppercase()) && !word.contains(VOWELS);
    let roman = word.len() <= 5 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let government = word.len() == 3 && word.starts_with("GO") && !matches!(word, "GOA" | "GOD" | "GOT");
    let known = knowledge::abbreviation(word).is_some() || organization.is_some() && word.len() <= 6;
    pointed || lettered || unspoken || roman || government || known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        let cases = [
            ("SUBJECT: FISH", Some("FISH")),
            ("Subj: Fish", Some("Fish")),
            ("SUBJECT, P&A FOR FISH", Some("P&A FOR FISH")),
            ("SUBJECT:; OASGA 4", Some("OASGA 4")),
            ("UBJECT: FISH", Some("FISH")),
            ("SUNJECT: FISH", Some("FISH")),
            ("SUJ: FISH", Some("FISH")),
            ("SUBJT: FISH", Some("FISH")),
            ("SUBJ FISH", None),
            ("SUPPORT: FISH", None),
            ("SUBJECT: SUBJECT: FISH", Some("FISH")),
            ("SUBJECT MATTER REFTEL.", None),
            ("SUBJECTS OF TALKS", None),
        ];
        for (line, expected) in cases {
            assert_eq!(label(line), expected, "{line}");
        }
    }

    #[test]
    fn bare_labels() {
        let cases = [("SUBJECT FISH", Some("FISH")), ("SUBJ  Fish", Some("Fish")), ("Subject to change", None)];
        for (line, expected) in cases {
            assert_eq!((label(line), bare_label(line)), (None, expected), "{line}");
        }
    }

    #[test]
    fn goes_on_or_ends() {
        let full = "THE STATE OF THE HERRING FISHERY ALONG THE COAST OF THE NORTH";
        for (case, last, line, gap, next, want) in [
            ("in one breath", full, "SEA", Gap::None, Next::Other, true),
            ("a summary", "COD", "SUMMARY: THE FAIR", Gap::None, Next::Other, false),
            ("what follows", full, "FOLLOWING IS THE REPORT", Gap::None, Next::Other, false),
            ("sentences", "COD", "THE FAIR OPENED LATE. IT WAS", Gap::None, Next::Sentences, false),
            ("to whom", "COD", "FOR AMBASSADOR FROM ROE", Gap::None, Next::Paragraph, false),
            ("to whom, after a line that hangs", "VISIT TO", "OSLO FOR TALKS", Gap::None, Next::Paragraph, true),
            ("to two, after a full line", full, "OSLO FOR ROE, ROME FOR DOE", Gap::None, Next::Paragraph, false),
            ("to whom, after a full line", full, "FOR AMBASSADOR FROM ROE", Gap::None, Next::Paragraph, true),
            ("its end after a blank line", full, "SEA", Gap::Blank, Next::Label, true),
            ("a heading after a blank line", full, "SEA", Gap::Blank, Next::Paragraph, false),
            ("a short line is no full one", "COD", "SEA", Gap::Blank, Next::Label, false),
            ("a page turned", full, "SEA", Gap::Page, Next::Paragraph, true),
            ("its end with a stop", full, "SEA, AND THE COD WITH IT.", Gap::Blank, Next::Paragraph, true),
            ("a question", full, "SEA: WHO OWNS THE COD?", Gap::Blank, Next::Paragraph, true),
            (
                "its end with a stop, after a word that hangs",
                "COD AND",
                "THE SEA NORTH.",
                Gap::Blank,
                Next::Paragraph,
                true,
            ),
            ("its end with a stop, before a label", full, "SEA, AND THE COD.", Gap::Blank, Next::Label, true),
            ("a sentence of the text", full, "The sea is cold.", Gap::Blank, Next::Paragraph, false),
            ("a stop after a short line", "COD", "THE SEA IS COLD.", Gap::Blank, Next::Paragraph, false),
            ("its end in two lines", full, &full.replace("STATE", "RULES AND THE LAW"), Gap::Blank, Next::Label, true),
            ("a quotation", "\"COD\"", "HIGHLY RECOMMEND:", Gap::None, Next::Other, false),
            (
                "a handling notice",
                full,
                "SENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT ACCORDINGLY.",
                Gap::None,
                Next::Rule,
                false,
            ),
            ("other letters", full, "The sea", Gap::Page, Next::Label, false),
        ] {
            let last = Last { text: last, width: "SUBJECT: ".len() + last.len(), quoted: last.starts_with('"') };
            assert_eq!(goes_on(last, line, gap, next), want, "{case}");
        }
    }

    #[test]
    fn ends() {
        for (case, line, want) in [
            ("the mark of the text", "THE COD FAIR IN MAY(C) ENTIRE TEXT", "THE COD FAIR IN MAY"),
            ("a text of its own", "THE ENTIRE TEXT OF THE TREATY", "THE ENTIRE TEXT OF THE TREATY"),
            ("handling", "COD SENSITIVE BUT UNCLASSIFIED, PLEASE HANDLE ACCORDINGLY", "COD "),
            ("handling and text", "COD Sensitive but Unclassified. Please handle accordingly. (SBU) On May", "COD "),
            ("a title", "COD IS SENSITIVE BUT UNCLASSIFIED FISH", "COD IS SENSITIVE BUT UNCLASSIFIED FISH"),
            ("nothing before it", "(C) ENTIRE TEXT", "(C) ENTIRE TEXT"),
        ] {
            assert_eq!(line.get(..end(line)), Some(want), "{case}");
        }
    }

    #[test]
    fn marks() {
        let cases = [("(S//NF) FISH AND CHIPS", "FISH AND CHIPS", Some("S//NF")), ("FISH", "FISH", None)];
        for (text, subject, mark) in cases {
            let got = parse(Value::borrowed(text, 0));
            assert_eq!((got.text.as_deref(), got.mark.as_deref()), (Some(subject), mark), "{text}");
        }
    }

    #[test]
    fn titles() {
        for (case, subject, want) in [
            ("plain", "PAKISTAN HUMAN TRAFFICKING INTERIM ASSESSMENT", "Pakistan Human Trafficking Interim Assessment"),
            ("small words", "THE FISH OF OSLO AND THE SEA", "The Fish of Oslo and the Sea"),
            ("the last word is large", "WHAT THE GULLS ARE UP TO", "What the Gulls Are Up To"),
            ("abbreviations", "DCM AND MFA ON EU, UN AND NATO", "DCM and MFA on EU, UN and NATO"),
            ("with a sign after", "THE EU'S FISH, THE UK'S CHIPS", "The EU's Fish, the UK's Chips"),
            ("joined", "US-NORWEGIAN FISH/CHIPS TALKS", "US-Norwegian Fish/Chips Talks"),
            ("points", "U.S. FISH", "U.S. Fish"),
            ("with digits", "P5+1 AND THE G8 IN 2009", "P5+1 and the G8 in 2009"),
            ("unspoken", "DPRK FISH", "DPRK Fish"),
            ("governments", "GOI AND GOT VIEWS", "GOI and Got Views"),
            ("Roman", "FISH, PART III", "Fish, Part III"),
            ("names", "O'BRIEN AND COTE D'IVOIRE", "O'Brien and Cote D'Ivoire"),
            ("after a colon", "FISH: THE END", "Fish: The End"),
            ("in quotes", "THE \"A FISH\" AFFAIR", "The \"A Fish\" Affair"),
            ("in brackets", "FISH (THE SMALL ONES)", "Fish (The Small Ones)"),
            ("posts", "VISIT TO LA PAZ AND RIO DE JANEIRO", "Visit to La Paz and Rio de Janeiro"),
            ("a title", "MR. OLSEN AND DR. LIE", "Mr. Olsen and Dr. Lie"),
            ("redacted", "MEETING WITH XXXXXXXXXXXX", "Meeting with XXXXXXXXXXXX"),
            ("not in capitals", "Fish of the UK and SO on", "Fish of the UK and SO on"),
            ("letters outside ASCII", "F\u{c5}R\u{d8}YENE'S FISH", "F\u{e5}r\u{f8}yene's Fish"),
            ("nothing", "", ""),
        ] {
            assert_eq!(title(subject), want, "{case}");
        }
    }
}
