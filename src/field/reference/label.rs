//! Where a reference list begins, goes on and ends.

use nom::Parser;
use nom::character::complete::one_of;
use nom::combinator::opt;
use nom::multi::many_m_n;

use super::ReferenceKind;
use super::cited::{Post, is_cable_like, is_clean, is_known_cable, keyword, post};
use super::list::{line_enumerator, without_label};
use super::note::{bracketed, month};
use super::{cited, kind, note};
use crate::grammar::{Grammar, blanks, digits, no, strip_prefix_ignoring_case};

const LABELS: [&str; 12] = [
    "REF",
    "REFS",
    "REF(S)",
    "REFTEL",
    "REFTELS",
    "REFTEL(S)",
    "REFERENCE",
    "REFERENCES",
    "REFERENCE(S)",
    "RETEL",
    "RETELS",
    "REFRENCE",
];

/// The label of a reference block (`REF:`, `REFTELS`, `REF (A)`, `PROGRAM REF:`) is passed over; what follows it is given
/// back. `None` for prose that begins with such a word.
///
/// `label = [ "PROGRAM" gap ] word ( 1*( ":" / ";" / "." / "-" ) / gap ) list`
pub(crate) fn label(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let bare = keyword(line, "PROGRAM").map_or(line, str::trim_start);
    if let Some(list) = after_label(bare) {
        return Some(list);
    }
    // `A. REF OSLO 12`: the label stands after the first enumerator.
    if !line.starts_with(['A', 'a', '(', '[', '¶', 'R', 'r']) {
        return None;
    }
    let (first, _, rest) = line_enumerator(line)?;
    let list = after_label(rest)?;
    (first == 'A' && is_reference(list)).then_some(line)
}

fn after_label(line: &str) -> Option<&str> {
    // All of them begin so.
    strip_prefix_ignoring_case(line, "RE")?;
    // The letters of the word tell which of them it may be.
    let letters = line.bytes().take(12).take_while(u8::is_ascii_alphabetic).count();
    let alike = LABELS.iter().filter(|word| word.len() == letters || word.len() == letters + "(S)".len());
    let rest = alike.rev().find_map(|word| keyword(line, word))?;
    let list = rest.trim_start_matches([' ', '\t', ':', ';', '.', '-', '–', '—']);
    let marks = rest.split_at_checked(rest.len() - list.len()).map_or("", |(marks, _)| marks);
    if list.is_empty() {
        return Some(list);
    }
    if marks.contains(':') {
        return Some(list);
    }
    // `REF A: ...` has its colon after the letter; without any colon only a reference tells it from prose.
    let item = without_label(list);
    let item = bare_letter(item).unwrap_or(item);
    let lone_letter = list.len() == 1 && list.starts_with(|c: char| c.is_ascii_alphabetic());
    let alone = item.is_empty() || lone_letter;
    (!marks.is_empty() || list.starts_with('('))
        .then_some(list)
        .filter(|_| alone || is_reference(item) || is_listed(list))
}

/// `A OSLO 12`: a letter without a mark, before a cable.
fn bare_letter(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str();
    rest.starts_with(' ').then(|| rest.trim_start())
}

/// Whether a list begins with `A)`, `(A)` or `A.` and something else than a sentence.
fn is_listed(list: &str) -> bool {
    line_enumerator(list).is_some_and(|(label, _, rest)| label == 'A' && !is_sentence(rest))
}

/// Whether a further line of the head, after the REF line, continues the list: it begins with an enumerator or is itself
/// a cable, or a number that ends one.
pub(crate) fn continues(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['-', '*', '•', ' ']);
    let pilcrow = line.starts_with('¶');
    if let Some((label, bracket, rest)) = line_enumerator(line) {
        return match label {
            '1'..='9' => !pilcrow && is_known_cable(rest) || is_message(rest),
            'A' => rest.is_empty() || is_reference(rest),
            // They may be portion marks, of paragraphs without a number.
            'C' | 'S' | 'U' if bracket => is_reference(rest),
            _ => !is_long(rest),
        };
    }
    let end_of_item = line.len() <= 24 && line.bytes().all(|b| b.is_ascii_digit() || b" ().,;-/".contains(&b));
    (end_of_item && line.bytes().any(|b| b.is_ascii_digit())) || (is_known_cable(line) && is_list_of_cables(line))
}

/// Whether a line below the subject begins a list of references that has no label, as the armed forces write it:
/// `A. JCS MSG 221205Z AUG 74`. It must be item A, and nothing but a message or cables.
pub(crate) fn begins_unlabelled(line: &str) -> bool {
    const LONGEST: usize = 60;
    line_enumerator(line.trim()).is_some_and(|(label, _, rest)| {
        label == 'A'
            && rest.len() < LONGEST
            && !is_sentence(rest)
            && (is_message(rest) || is_known_cable(rest) && is_list_of_cables(rest))
    })
}

/// Whether a list, as far as it was read, waits for more: it ends with a separator, a label, an open bracket, or a post
/// without its number.
pub(crate) fn unfinished(list: &str) -> bool {
    const TAIL: usize = 240;
    let list = list.trim_end();
    let from = (0..=list.len().min(TAIL)).rev().find(|back| list.is_char_boundary(list.len() - back)).unwrap_or(0);
    let tail = list.get(list.len() - from..).unwrap_or(list);
    if tail.is_empty() || tail.ends_with([',', ';', '/', '&', '-', '(']) {
        return true;
    }
    let last_word = tail.rsplit(' ').next().unwrap_or(tail);
    if ["AND", "OF", "FOR", "FROM", "TO"].iter().any(|w| w.eq_ignore_ascii_case(last_word))
        || month(last_word).is_ok_and(|(r, ())| r.is_empty())
    {
        return true;
    }
    let depth = tail.bytes().fold(0_i32, |depth, b| depth + i32::from(b == b'(') - i32::from(b == b')' && depth > 0));
    depth > 0 || ends_with_post(tail)
}

/// Whether a line reads like a text below a list whose last line is nothing but cables: words that are no cable, more than
/// a remark has.
///
/// `remark = "(" / "AND" / "ET" / "DATED" / "OF" / "FROM" / "TO" ...`
pub(crate) fn is_text_below(last: &str, line: &str) -> bool {
    const REMARKS: [&str; 9] = ["AND", "ET", "DATED", "OF", "FROM", "TO", "OR", "BY", "WITH"];
    const REMARK: usize = 6;
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let last = without_label(last.trim().trim_end_matches([',', ';']));
    is_list_of_cables(last)
        && words.nth(REMARK - 2).is_some()
        && first.starts_with(char::is_alphabetic)
        && line_enumerator(line).is_none()
        && !REMARKS.iter().any(|word| word.eq_ignore_ascii_case(first))
        && !is_reference(line)
}

/// Whether the last words are a post, or the beginning of its name: `C) RIO`, `(B) PORT AU`.
fn ends_with_post(tail: &str) -> bool {
    let item = tail.rsplit([',', ';', ')', '.', ':', ']', '¶']).next().unwrap_or(tail).trim();
    if item.is_empty() {
        // An enumerator alone: `B.`, `(B)`.
        return tail.rsplit(' ').next().is_some_and(|word| line_enumerator(word).is_some());
    }
    let name = cited::year(item).map_or(item, |(rest, _)| rest).trim();
    let begins = |display: &str| strip_prefix_ignoring_case(display, name).is_some_and(|rest| rest.starts_with(' '));
    name.len() > 2
        && name.bytes().all(|b| !b.is_ascii_digit())
        && (matches!(post(name), Post::Known(_)) || crate::knowledge::posts().iter().any(|row| begins(row.display)))
}

/// Where the list ends and something begins that is no reference: the authority, a paragraph, a caption, a heading. The
/// length of the text when all of it is the list.
pub(crate) fn end_of_list(text: &str) -> usize {
    let mut at = 0;
    let mut boundary = true;
    let mut after_b = false;
    while let Some((_, rest)) = text.split_at_checked(at)
        && let Some(c) = rest.chars().next()
    {
        if (boundary || c == '¶') && (at > 0 || !c.is_ascii_digit()) && begins_something_else(rest, at == 0, after_b) {
            return at;
        }
        after_b |= boundary && line_enumerator(rest).is_some_and(|(label, ..)| label == 'B');
        boundary = matches!(c, ' ' | ')' | ']');
        at += c.len_utf8();
    }
    text.len()
}

/// Whether something begins here that cannot stand in a list.
fn begins_something_else(rest: &str, starts_line: bool, after_b: bool) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| keyword(rest, word).is_some());
    match rest.bytes().next() {
        Some(b'C' | b'c') => authority(rest) || begins(&["C O R R E C T E D", "CORRECTED COPY", "CONFIDENTIAL -"]),
        Some(b'D' | b'd') => begins(&["DERIVED FROM", "DECLASSIFY ON", "DECL:", "DRV FM"]),
        Some(b'R' | b'r') => begins(&["REASON:", "REASONS:", "REASON 1", "REASONS 1"]),
        Some(b'S' | b's') => begins(&["SENSITIVE BUT UNCLASSIFIED", "SIPDIS", "SUBJECT:", "SUBJ:"]) || summary(rest),
        Some(b'T' | b't') => {
            begins(&["TAGS:", "THIS CABLE IS", "THIS MESSAGE IS", "THIS IS AN ACTION", "THIS IS A JOINT"])
        }
        Some(b'E' | b'e') => begins(&["E.O.", "ENTIRE TEXT", "EXECUTIVE SUMMARY"]),
        Some(b'B' | b'b') => begins(&["BEGIN TEXT", "BEGIN SUMMARY"]),
        Some(b'I' | b'i') => begins(&["INTRODUCTION:", "INTRODUCTION."]),
        Some(b'P' | b'p') => begins(&["PLEASE PROTECT", "PLEASE HANDLE"]),
        Some(b'A' | b'a') => begins(&["ACTION REQUEST", "ACTION REQUESTED"]),
        Some(b'-') => rest.starts_with("---"),
        Some(b'1') => first_paragraph(rest),
        Some(b'(') => begins_sentence(rest, starts_line, after_b),
        _ => rest.strip_prefix('¶').is_some_and(|rest| first_paragraph(rest.trim_start())),
    }
}

/// `authority = "CLASSIFIED" [ "BY" ]`, also misspelt
fn authority(rest: &str) -> bool {
    let (word, after) = rest.split_once([' ', ':']).unwrap_or((rest, ""));
    let classified = strip_prefix_ignoring_case(word, "CLAS").is_some()
        && (8..=11).contains(&word.len())
        && word.to_ascii_uppercase().ends_with("IED");
    classified && (keyword(after.trim_start(), "BY").is_some() || rest.contains(':'))
}

/// `summary = "SUMMARY" ( ":" / "." / "-" / gap "AND" / end )`
fn summary(rest: &str) -> bool {
    keyword(rest, "SUMMARY").is_some_and(|after| {
        after.is_empty()
            || after.starts_with([':', '.', '-'])
            || after.starts_with(" -")
            || keyword(after.trim_start(), "AND COMMENT").is_some()
    })
}

/// `first-paragraph = "1" ( "." / ")" ) spaces <no cable>`
fn first_paragraph(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix('1').and_then(|rest| rest.strip_prefix(['.', ')'])) else { return false };
    !after.starts_with(|c: char| c.is_ascii_digit()) && !is_cable_like(after.trim_start())
}

/// Whether a portion mark and a sentence begin here, and not the item `(C)` of the list.
fn begins_sentence(rest: &str, starts_line: bool, after_b: bool) -> bool {
    let Some((mark, after)) = bracketed(rest) else { return false };
    let after = after.trim_start();
    let third = matches!(mark.trim(), "C" | "c") && (after_b || starts_line && is_reference(after));
    // The mark of the item before: `OSLO 12 (U) B. LIMA 13`.
    let labelled = starts_line || matches!(after.as_bytes(), [b'A'..=b'Z', b'.' | b')', ..]);
    let item = third || is_cable_like(after) || labelled && is_cable_like(without_label(after));
    is_portion_mark(mark) && !item && after.split_whitespace().nth(2).is_some()
}

/// Whether that is what stands in the brackets of a portion mark.
pub(super) fn is_portion_mark(mark: &str) -> bool {
    const MARKS: [&str; 14] =
        ["U", "C", "S", "SBU", "LOU", "FOUO", "S/NF", "C/NF", "S//NF", "C//NF", "SBU/NF", "U//FOUO", "U/FOUO", "TS"];
    MARKS.iter().any(|m| m.eq_ignore_ascii_case(mark.trim()))
}

/// Whether a text can be an item of a list: a cable, a message, an e-mail ...
fn is_reference(text: &str) -> bool {
    let text = text.trim();
    if is_cable_like(text) || year_alone(text).is_ok() || is_message(text) {
        return true;
    }
    !is_long(text) && !is_sentence(text) && kind::of_text(text) != ReferenceKind::Other
}

/// `year-alone = 4DIGIT`, with nothing but remarks after it
fn year_alone(text: &str) -> Grammar<'_, ()> {
    let (rest, _) = (digits(4, 4), blanks, opt(one_of(".,;"))).parse(text)?;
    let rest = note::notes(rest, &mut note::Notes::default());
    if is_clean(rest) { Ok((rest, ())) } else { Err(no(text)) }
}

/// Whether a date-time group stands among the first words.
fn is_message(text: &str) -> bool {
    text.char_indices()
        .take_while(|(at, _)| *at < 60)
        .any(|(at, c)| c.is_ascii_digit() && text.split_at_checked(at).is_some_and(|(_, rest)| note::dtg(rest).is_ok()))
}

/// Whether a text is too long for an item.
fn is_long(text: &str) -> bool {
    text.len() > 160
}

/// Whether a text reads like a sentence: among its first words is one that a reference has not, or six in small letters.
fn is_sentence(text: &str) -> bool {
    const VERBS: [&str; 26] = [
        "IS",
        "ARE",
        "WAS",
        "WERE",
        "HAS",
        "HAVE",
        "HAD",
        "WILL",
        "WOULD",
        "SHOULD",
        "REQUESTED",
        "REQUESTS",
        "REPORTED",
        "REPORTS",
        "DISCUSSED",
        "DESCRIBED",
        "DESCRIBES",
        "OUTLINED",
        "ASKED",
        "INSTRUCTED",
        "PROVIDED",
        "NOTED",
        "STATED",
        "THAT",
        "WE",
        "MAY",
    ];
    let mut previous_is_for = false;
    let mut small = 0;
    text.split([' ', ',']).take(12).any(|word| {
        small += usize::from(word.starts_with(|c: char| c.is_lowercase()));
        // `REPORT FOR MAY 18` has a month.
        let month = previous_is_for && word.eq_ignore_ascii_case("MAY");
        previous_is_for = ["FOR", "OF", "ON", "DATED"].iter().any(|w| w.eq_ignore_ascii_case(word));
        small > 5 || !month && VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(word))
    })
}

/// Whether a line holds nothing but cables and what belongs to them.
fn is_list_of_cables(line: &str) -> bool {
    let cable = |input| -> Grammar<'_, ()> {
        let (rest, _) = cited::cable(input)?;
        let rest = note::notes(rest, &mut note::Notes::default());
        Ok((super::list::separators(rest), ()))
    };
    many_m_n(1, 12, cable).parse(line).is_ok_and(|(rest, _)| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (line, want) in [
            ("REF: LIMA 1", Some("LIMA 1")),
            ("  Ref : LIMA 1", Some("LIMA 1")),
            ("REFS:", Some("")),
            ("REFTEL: LIMA 1", Some("LIMA 1")),
            ("REFTEL(S): LIMA 1", Some("LIMA 1")),
            ("REFERENCES: (A) LIMA 1", Some("(A) LIMA 1")),
            ("RETELS: LIMA 1", Some("LIMA 1")),
            ("REF- LIMA 1", Some("LIMA 1")),
            ("REF LIMA 1", Some("LIMA 1")),
            ("REF (A) LIMA 1", Some("(A) LIMA 1")),
            ("REFS A) LIMA 1", Some("A) LIMA 1")),
            ("REF A LIMA 1 B LIMA 2", Some("A LIMA 1 B LIMA 2")),
            ("REF A: LIMA 1", Some("A: LIMA 1")),
            ("PROGRAM REF: A. A) LIMA 1", Some("A. A) LIMA 1")),
            ("A. REF LIMA 1", Some("A. REF LIMA 1")),
            ("REFORMS: A LIST", None),
            ("REFERRING TO LIMA 1", None),
            ("REFERENCE IS MADE TO LIMA 1", None),
            ("REFTEL DISCUSSED THE MATTER", None),
            ("REFTELS HAVE THE REPORT", None),
            ("REF A REPORTED THAT POST HAD LEFT", None),
            ("REF (A) REQUESTED A REPORT", None),
        ] {
            assert_eq!(label(line), want, "{line}");
        }
    }

    #[test]
    fn further_lines() {
        for (line, want) in [
            ("B. LIMA 1", true),
            ("¶B. LIMA 1", true),
            ("     (C) LIMA 1", true),
            ("D) ROE/DOE MEETING", true),
            ("(C) ROE EMAIL OF MAY 5", true),
            ("¶C. 2007 AND PREVIOUS", true),
            ("A. LIMA 1", true),
            ("D.01 LIMA 1", true),
            ("2. LIMA 0503 OF JAN. 24", true),
            ("2008 LIMA 491", true),
            ("LIMA 12 OF 12/8/73, QUITO 3", true),
            ("36633", true),
            ("0617 08)", true),
            ("1. LIMA IS A TOWN", false),
            ("¶1. (U) Summary", false),
            ("A. THE SETTING", false),
            ("(U) This cable is long", false),
            ("(C) The minister said that he would", false),
            ("SUMMARY", false),
            ("LIMA IS A TOWN", false),
        ] {
            assert_eq!(continues(line), want, "{line}");
        }
    }

    #[test]
    fn lists_without_a_label() {
        for (line, want) in [
            ("A. JCS MSG 221205Z AUG 74", true),
            ("A. JCS MSG 221205 AUG 74", true),
            ("(A) OSLO 461", true),
            ("B. JCS MSG 221205Z AUG 74", false),
            ("A. OSLO 461 REPORTED THAT COD IS SCARCE", false),
            ("A. THE SETTING", false),
        ] {
            assert_eq!(begins_unlabelled(line), want, "{line}");
        }
    }

    #[test]
    fn unfinished_lists() {
        for (list, want) in [
            ("A. LIMA 1,", true),
            ("A. LIMA 1 B.", true),
            ("A) LIMA 1, C) RIO", true),
            ("07 SAO PAULO", true),
            ("(C) SECSTATE", true),
            ("PORT AU", true),
            ("LIMA 1 AND", true),
            ("LIMA (SUBJ: IIR 6 999", true),
            ("REPORT FOR MAY", true),
            ("", true),
            ("A. LIMA 1", false),
            ("LIMA 1 AND PREVIOUS", false),
            ("ROE TELCON", false),
        ] {
            assert_eq!(unfinished(list), want, "{list}");
        }
    }

    #[test]
    fn ends() {
        for (list, rest) in [
            ("LIMA 1 Classified By: DCM Jane Roe", "Classified By: DCM Jane Roe"),
            ("LIMA 1 Classiied By: DCM", "Classiied By: DCM"),
            ("LIMA 1 CLASSIFIED BY DCM", "CLASSIFIED BY DCM"),
            ("LIMA 1 DERIVED FROM: DSCG", "DERIVED FROM: DSCG"),
            ("LIMA 1 ¶1. (U) Summary", "¶1. (U) Summary"),
            ("LIMA 1 1. (SBU) Summary", "1. (SBU) Summary"),
            ("LIMA 1 (U) This cable is long", "(U) This cable is long"),
            ("LIMA 1 SUMMARY: LONG", "SUMMARY: LONG"),
            ("LIMA 1 Sensitive but unclassified", "Sensitive but unclassified"),
            ("LIMA 1 ------", "------"),
            ("A. LIMA 1 B. LIMA 2 (C) ROE EMAIL OF MAY 5", ""),
            ("(C) ROE EMAIL OF MAY 5", ""),
            ("A. LIMA 1 (U) B. LIMA 2 (C)", ""),
            ("1. LIMA 1 2. LIMA 2", ""),
            ("EMBASSY LIMA SUMMARY OF EVENTS", ""),
            ("LIMA 1 (NOTAL)", ""),
        ] {
            assert_eq!(list.split_at(end_of_list(list)).1, rest, "{list}");
        }
    }
}
