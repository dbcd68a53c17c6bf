//! The places at which a field of the message header or of the text head can begin: by its label, or by words that only it
//! begins with.

use crate::assign::AT_LINE_START;
use crate::field::classification::{begins_class_line, class_line};
use crate::field::paragraph_number::{self, Before};
use crate::field::portion_mark;
use crate::field::{
    addressee, authority, caption, corrected_copy, dtg, executive_order, reference, subject, tags, transmission,
};
use crate::grammar::{first_word, last_word, strip_prefix_ignoring_case};
use crate::knowledge;
use crate::region::RegionKind;
use crate::sentence::ends_in_month;

/// A labelled field of the text head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    PassLine,
    CorrectedCopy,
    ExecutiveOrder,
    Tags,
    Subject,
    Reference,
    Authority,
}

impl Field {
    pub(crate) const fn region(self) -> RegionKind {
        match self {
            Self::PassLine => RegionKind::PassLine,
            Self::CorrectedCopy => RegionKind::CorrectedCopy,
            Self::ExecutiveOrder => RegionKind::ExecutiveOrder,
            Self::Tags => RegionKind::Tags,
            Self::Subject => RegionKind::Subject,
            Self::Reference => RegionKind::Reference,
            Self::Authority => RegionKind::Authority,
        }
    }

    /// The label as it is spelled.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::PassLine => "PASS",
            Self::CorrectedCopy => "CORRECTED COPY",
            Self::ExecutiveOrder => "E.O.",
            Self::Tags => "TAGS",
            Self::Subject => "SUBJECT",
            Self::Reference => "REF",
            Self::Authority => "CLASSIFIED BY",
        }
    }
}

/// The labels of the text head as they are spelled, with the field that each begins. The grammars of the fields read them with
/// their signs, and forgive slips where the value speaks for the field.
const SPELLINGS: [(&str, Field); 12] = [
    ("TAGS", Field::Tags),
    ("TAG", Field::Tags),
    ("SUBJECT", Field::Subject),
    ("SUBJECTS", Field::Subject),
    ("SUBJ", Field::Subject),
    ("TITLE", Field::Subject),
    ("REF", Field::Reference),
    ("REFS", Field::Reference),
    ("REFTEL", Field::Reference),
    ("REFTELS", Field::Reference),
    ("CLASSIFIED BY", Field::Authority),
    ("DERIVED FROM", Field::Authority),
];

/// Whether a label has a slip. The grammars of the other fields forgive none.
fn is_damaged(field: Field, label: &str) -> bool {
    let spelled = |word: &str| {
        let mut own = SPELLINGS.iter().filter(|(_, of)| *of == field);
        own.any(|(spelling, _)| first_word(spelling).eq_ignore_ascii_case(word))
    };
    let forgiving = matches!(field, Field::Tags | Field::Subject | Field::Authority);
    forgiving && !label.split(|c: char| !c.is_ascii_alphabetic()).any(spelled)
}

/// The label at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label<'a> {
    pub(crate) field: Field,
    /// What follows it.
    pub(crate) value: &'a str,
    /// Whether it was read in spite of a slip.
    pub(crate) damaged: bool,
}

impl<'a> Label<'a> {
    /// The label at the start of a text. A publisher's paragraph sign may stand before it.
    pub(crate) fn at_start(text: &'a str) -> Option<Self> {
        let bare = text.strip_prefix('¶').map_or(text, str::trim_start);
        let (field, value) = labelled(bare)?;
        let (label, _) = text.split_at_checked(text.len() - value.len())?;
        Some(Self { field, value, damaged: is_damaged(field, label) })
    }

    /// The label of the executive order with a slip in it, where it is due.
    pub(crate) fn damaged_order(text: &'a str) -> Option<Self> {
        let value = executive_order::damaged_label(text)?;
        Some(Self { field: Field::ExecutiveOrder, value, damaged: true })
    }
}

/// The field that a text begins with the label of, and what follows the label.
fn labelled(text: &str) -> Option<(Field, &str)> {
    let label = match text.as_bytes().first()?.to_ascii_uppercase() {
        b'E' => executive_order::label(text).map(|v| (Field::ExecutiveOrder, v)),
        b'T' => tags::label(text).map(|v| (Field::Tags, v)),
        b'A' => tags::label(text)
            .map(|v| (Field::Tags, v))
            .or_else(|| reference::label(text).map(|v| (Field::Reference, v))),
        b'S' | b'U' => subject::label(text).map(|v| (Field::Subject, v)),
        b'R' | b'P' => reference::label(text).map(|v| (Field::Reference, v)),
        b'(' if subject::label_behind_mark(text).is_some() => {
            subject::label_behind_mark(text).map(|(_, v)| (Field::Subject, v))
        }
        b'C' | b'D' | b'(' | b'/' | b'*' => authority::label(text)
            .map(|v| (Field::Authority, v))
            .or_else(|| corrected_copy::label(text).map(|v| (Field::CorrectedCopy, v))),
        _ => None,
    };
    label.or_else(|| authority::label(text).map(|v| (Field::Authority, v)))
}

/// What begins at a place, in the order of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Start {
    /// Format line 2: `PP RUEHC RUEHDC`.
    Routing,
    /// Format line 3: `DE RUEHNY #0461 1840915`.
    Station,
    /// Format line 4: `ZNR UUUUU ZZH`.
    Security,
    /// Format line 5, with its precedence: `P 030915Z JUL 09`.
    Dtg,
    From,
    To,
    Info,
    Exempted,
    /// A further addressee of a list: `RUEHC/SECSTATE WASHDC`, `AMEMBASSY BERN`.
    Addressee,
    ClassLine,
    /// A caption, or the words CORRECTED COPY.
    Caption,
    ExecutiveOrder,
    Tags,
    Subject,
    Reference,
    Authority,
    /// The first paragraph.
    Body,
}

impl Start {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::Body as usize + 1;

    /// Whether it is of the message header.
    pub(crate) const fn is_of_header(self) -> bool {
        (self as u8) < Self::ClassLine as u8
    }

    const fn of_field(field: Field) -> Option<Self> {
        Some(match field {
            Field::ExecutiveOrder => Self::ExecutiveOrder,
            Field::Tags => Self::Tags,
            Field::Subject => Self::Subject,
            Field::Reference => Self::Reference,
            Field::Authority => Self::Authority,
            Field::PassLine | Field::CorrectedCopy => return None,
        })
    }
}

/// A start, and how much speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: Start,
    /// In the points of [`crate::assign`].
    pub(crate) evidence: u8,
    /// Over so many bytes nothing else begins: the label, and of the header what comes right after it.
    pub(crate) len: usize,
}

/// Nobody looks further for what speaks for a label.
const REACH: usize = 160;

/// What begins a line.
pub(crate) fn at_line_start(text: &str) -> Option<Found> {
    let text = window(text);
    let found = |start, len| Found { start, evidence: AT_LINE_START, len };
    let labelled = || {
        let label = Label::at_start(text)?;
        Some(found(Start::of_field(label.field)?, text.len() - label.value.len()))
    };
    let level = || {
        let line = class_line(text).filter(|line| line.number.is_some())?;
        Some(found(Start::ClassLine, text.len() - line.rest.len()))
    };
    format_line(text).map(|(start, len)| found(start, len)).or_else(labelled).or_else(level)
}

/// What begins at a word inside a line, with this text of the same field before it.
pub(crate) fn at_word(text: &str, before: &str) -> Option<Found> {
    let text = window(text);
    if let Some((start, len)) = format_line(text) {
        return Some(Found { start, evidence: evidence_of_format_line(start), len });
    }
    if let Some(evidence) = begins_text(text, before) {
        return Some(Found { start: Start::Body, evidence, len: 1 });
    }
    if let Some(len) = begins_class_line(text) {
        return Some(Found { start: Start::ClassLine, evidence: 10, len });
    }
    // In a bracket it is a word of a remark: `(CORRECTED COPY - ADDING SENSITIVE CAPTION)`.
    if let Some(len) = caption::certain(text)
        && !is_in_bracket(before)
    {
        return Some(Found { start: Start::Caption, evidence: 5, len });
    }
    let Label { field, value, .. } = Label::at_start(text).filter(|label| !label.damaged || is_due(label, before))?;
    let (label, _) = text.split_at_checked(text.len() - value.len())?;
    let start = Start::of_field(field)?;
    let evidence = evidence_of_label(start, label, value, before)?;
    Some(Found { start, evidence, len: label.len() })
}

/// Whether a damaged label stands where its field is due: that of the TAGS after the executive order, with TAGS after it.
fn is_due(label: &Label<'_>, before: &str) -> bool {
    let after_order = || executive_order::label(before).is_some();
    label.field == Field::Tags && after_order() && tags::begins_list(label.value)
}

/// The next list of addressees, or a further addressee of a list in which no routing indicator stands before the names.
pub(crate) fn in_list(text: &str, before: &str) -> Option<Found> {
    let (text, before) = near(text, before.trim_end());
    let found = |start, evidence, len| Some(Found { start, evidence, len });
    let lists = [("INFO ", Start::Info), ("TO ", Start::To), ("XMT ", Start::Exempted)];
    if let Some((label, start)) = lists.into_iter().find(|(label, _)| text.starts_with(label)) {
        let name = text.get(label.len()..)?.trim_start();
        return if name.starts_with(|c: char| c.is_ascii_uppercase()) {
            found(start, 5, label.len() + 1)
        } else {
            None
        };
    }
    let word = first_word(text);
    let last = last_word(before);
    let is_tail = |word: &str| knowledge::precedence(word).is_some() || word.bytes().all(|b| b.is_ascii_digit());
    let collective = last == "COLLECTIVE" && is_capitals(word) && !is_tail(word);
    // Of a name with its routing indicator other names may be a part: `RHEHNSC/WHITE HOUSE NSC WASHINGTON DC`.
    let ended = || matches!(last, "WASHDC" | "DC" | "COLLECTIVE") || is_tail(last);
    let is_post = || ["AM", "USMISSION", "SECSTATE"].iter().any(|kind| word.starts_with(kind)) && !before.contains('/');
    let in_name = || before.ends_with([',', '/', '-']) || begins_plad(last);
    let named = || begins_plad(text) && !in_name() && (ended() || is_post());
    if collective || named() { found(Start::Addressee, 4, 1) } else { None }
}

/// A text and what stands before it, no longer than an addressee is: so each place of a long line costs the same.
fn near<'t>(text: &'t str, before: &'t str) -> (&'t str, &'t str) {
    const LONGEST: usize = 120;
    // One of four bytes in a row begins a character.
    let head = (LONGEST..LONGEST + 4).find_map(|end| text.get(..end)).unwrap_or(text);
    let from = before.len().saturating_sub(LONGEST);
    let tail = (from..from + 4).find_map(|start| before.get(start..)).unwrap_or(before);
    (head, tail)
}

/// Whether a word of two letters or more is in capitals.
fn is_capitals(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// The label that ends right before a colon inside a word: `OSLOREF:`, `N/ATAGS:`, `SIPDISE.O. 12958:`. Gives where it
/// begins.
pub(crate) fn glued_before_colon(before: &str) -> Option<(usize, Found)> {
    // TAG and TITLE end other words as well.
    let glueable = SPELLINGS.iter().filter(|(spelling, _)| !matches!(*spelling, "TAG" | "TITLE" | "SUBJECTS"));
    let spelt = glueable.filter_map(|(spelling, field)| Some((spelling, Start::of_field(*field)?))).find_map(
        |(spelling, start)| {
            let at = before.len().checked_sub(spelling.len())?;
            let (_, end) = before.split_at_checked(at)?;
            // `Classified By` in the letters of a sentence begins with its capital all the same.
            let whole = end.eq_ignore_ascii_case(spelling) && end.starts_with(|c: char| c.is_ascii_uppercase());
            whole.then_some((at, start))
        },
    );
    let (at, start) = spelt.or_else(|| order_before(before).map(|at| (at, Start::ExecutiveOrder)))?;
    let glued = before.get(..at)?.ends_with(|c: char| c.is_alphanumeric());
    glued.then_some((at, Found { start, evidence: 5, len: before.len() - at }))
}

/// The caption that is found at the end of a word, too.
pub(crate) const GLUED_CAPTION: &str = "SIPDIS";

/// The caption here, if it is glued to the word before it: `FOR ROESIPDIS`.
pub(crate) fn glued_caption(before: &str) -> Option<Found> {
    let glued = before.ends_with(|c: char| c.is_alphanumeric());
    glued.then_some(Found { start: Start::Caption, evidence: 5, len: GLUED_CAPTION.len() })
}

/// Where `E.O. 12958` begins at the end of a text.
fn order_before(text: &str) -> Option<usize> {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let label = text.get(..text.len() - digits).filter(|_| digits == 5)?.trim_end();
    ["E.O.", "EO"]
        .iter()
        .filter(|spelling| label.ends_with(**spelling))
        .map(|spelling| label.len() - spelling.len())
        .next()
}

/// The format lines of a header by the words that only they begin with, and how many bytes these take.
fn format_line(text: &str) -> Option<(Start, usize)> {
    let named = |label: &str, start| {
        let rest = text.strip_prefix(label).filter(|rest| rest.starts_with(' '))?.trim_start();
        is_name(rest).then_some((start, text.len() - rest.len() + 1))
    };
    match text.as_bytes() {
        [b'D', b'E', b' ', ..] => transmission::station_line(text).ok()?.1.serial.map(|_| (Start::Station, 4)),
        [b'Z', b'N', b'R' | b'Y', b' ', ..] => transmission::security_line(text).ok().map(|_| (Start::Security, 5)),
        [b'F', b'M', b' ', ..] => named("FM", Start::From),
        [b'T', b'O', b' ', ..] => named("TO", Start::To),
        [b'I', b'N', b'F', b'O', ..] => named("INFO", Start::Info),
        [b'X', b'M', b'T', b' ', ..] => named("XMT", Start::Exempted),
        [one, two, b' ', ..] if one == two && transmission::is_routing(text) => Some((Start::Routing, 4)),
        [b'W' | b'Y' | b'Z' | b'O' | b'P' | b'R', b' ', ..]
        | [b'W' | b'Y' | b'Z' | b'O' | b'P' | b'R', _, b' ', ..]
            if dtg::is_dtg_line(text) =>
        {
            Some((Start::Dtg, text.find(|c: char| c.is_ascii_digit())?))
        }
        [b'R', ..] if addressee::has_whole_indicator(text) => Some((Start::Addressee, 1)),
        _ => None,
    }
}

/// Whether a text begins with the name of an originator or an addressee.
fn is_name(text: &str) -> bool {
    addressee::has_whole_indicator(text) || begins_plad(text)
}

/// Whether the first words of a text are those of an addressee without routing indicator.
fn begins_plad(text: &str) -> bool {
    const WORDS: usize = 24;
    addressee::begins_plad(text.get(..WORDS).unwrap_or(text))
}

const fn evidence_of_format_line(start: Start) -> u8 {
    match start {
        Start::Dtg | Start::Station | Start::Security | Start::Routing => 9,
        Start::From => 8,
        _ => 7,
    }
}

/// How much speaks for the beginning of the text inside a line: the first paragraph, a rule of dashes, a title before one.
fn begins_text(text: &str, before: &str) -> Option<u8> {
    const RULE: &str = "-----";
    let titled = |title: &str| {
        let rest = strip_prefix_ignoring_case(text, title)?;
        rest.trim_start_matches([' ', '.', ':']).starts_with(RULE).then_some(TITLED)
    };
    if text.starts_with(RULE) && !before.ends_with('-') {
        return Some(TITLED);
    }
    ["SUMMARY", "INTRODUCTION", "BACKGROUND", "COMMENT"]
        .into_iter()
        .find_map(titled)
        .or_else(|| paragraph(text, before))
}

/// How much speaks for a paragraph's number inside a line: only the first one begins the text.
fn paragraph(text: &str, before: &str) -> Option<u8> {
    if !paragraph_number::may_begin(text) {
        return None;
    }
    let number = paragraph_number::candidate(0, text, 0, Before::Gap).filter(|number| number.raw == 1)?;
    let rest = text.get(number.end..)?;
    let marked = portion_mark::leading(rest.trim_start()).is_some();
    // The day of a date: `on December 1. Quill`.
    if !marked && ends_in_month(before) {
        return None;
    }
    let pilcrow = text.starts_with('¶');
    match (pilcrow, marked) {
        (true, _) => Some(8),
        (false, true) => Some(7),
        // `REF: STATE 87345 1. THE FISH MARKET ...`, but not `REF: 1. STATE 87345`.
        (false, false) => {
            let word = rest.trim_start().split(' ').next().unwrap_or_default();
            let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
            (capital && text.starts_with("1. ") && !ends_as_label(before)).then_some(WEAK)
        }
    }
}

/// What speaks for a rule, or a title before one.
pub(crate) const TITLED: u8 = WEAK + 1;

/// What speaks for a number that may be one of the field before it.
pub(crate) const WEAK: u8 = 3;
/// The same where the number that is due next follows on the line.
pub(crate) const NUMBERED: u8 = 7;

/// How much speaks for a label of the text head inside a line: its colon, or a value that no other field has.
fn evidence_of_label(start: Start, label: &str, value: &str, before: &str) -> Option<u8> {
    if ends_as_label(before) {
        return None;
    }
    let colon = label.contains(':');
    // In small letters it is a word of a sentence, unless all is in small letters.
    let small = label.starts_with(|c: char| c.is_ascii_lowercase());
    if small && before.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    Some(match start {
        Start::ExecutiveOrder => {
            let known = value.get(..5).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
            if known || colon { 6 } else { return None }
        }
        Start::Authority if !colon && !authority::has_reason(value) => return None,
        Start::Authority => 5,
        Start::Tags | Start::Subject | Start::Reference if colon => 6,
        Start::Tags => 4,
        Start::Reference if label.len() > 3 => 3,
        _ => return None,
    })
}

/// Whether a text ends with a label or an enumerator, so that another label after it is a doubled one (`REF: REF:`), and a
/// number the first item of its list (`REF: 1.`).
fn ends_as_label(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with([':', ')', '.', '(']) && before.len() < 14
        || before.as_bytes().last_chunk().is_some_and(|end: &[u8; 4]| end.eq_ignore_ascii_case(b"REF:"))
}

/// Whether a bracket is open at the end of a text, and was opened within reach.
fn is_in_bracket(before: &str) -> bool {
    before.bytes().rev().take(REACH).find(|b| matches!(b, b'(' | b')')) == Some(b'(')
}

/// The first bytes of a text.
fn window(text: &str) -> &str {
    let mut end = REACH.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}
