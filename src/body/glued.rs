//! Headings that lost the line break before them: in a text whose lines are not wrapped they stand after the last sentence
//! of a paragraph, or before the number of the next one, with nothing but their letters to tell them.

use crate::body::headings::{Headings, is_heading_line};
use crate::body::parted::UNWRAPPED;
use crate::diagnostic::DiagnosticCode;
use crate::field::paragraph_number::Numbered;
use crate::lines::{Line, Report};
use crate::ornament::is_rule;
use crate::sentence::{closes_passage, ends_before_number, ends_sentence, is_title, is_title_case};
use crate::span::Span;

/// A heading that is a part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glued {
    pub(crate) line: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Words that are headings by themselves.
const KNOWN: [&str; 10] = [
    "SUMMARY",
    "INTRODUCTION",
    "BACKGROUND",
    "CONCLUSION",
    "CONCLUSIONS",
    "COMMENT",
    "COMMENTS",
    "RECOMMENDATION",
    "RECOMMENDATIONS",
    "PARTICIPANTS",
];

/// The longest of them.
const LONGEST: usize = 100;

/// The headings that stand right before the numbers of paragraphs, in a line with other text. Most words alone count only
/// where the cable has others.
pub(crate) fn find(lines: &[Line<'_>], numbered: &[Numbered], report: &mut Report) -> Vec<Glued> {
    let mut found: Vec<(Glued, bool)> = Vec::new();
    let mut last: Option<&Numbered> = None;
    for number in numbered {
        found.extend(before(lines, last, number));
        last = Some(number);
    }
    let several = found.len() > 1 && found.iter().any(|(_, sure)| *sure);
    let found = found.into_iter().filter(|(_, sure)| *sure || several).map(|(glued, _)| glued).collect::<Vec<_>>();
    for glued in &found {
        let Some(line) = lines.get(glued.line) else { continue };
        let message = "words between the last sentence of a paragraph and the next number read as a heading";
        report.emit(DiagnosticCode::HeadingAssumed, Span::new(line.start + glued.from, line.start + glued.to), message);
    }
    found
}

/// The heading right before a number, and whether it has several words, or is one that many headings are.
fn before(lines: &[Line<'_>], last: Option<&Numbered>, number: &Numbered) -> Option<(Glued, bool)> {
    const NEAR: usize = 5;
    let next = number.candidate;
    let opens_line = lines.get(next.line)?.text.get(..next.start)?.trim().is_empty();
    let above = || lines.iter().enumerate().take(next.line).rev().take(NEAR);
    let (index, line) = if opens_line {
        above().find(|(_, line)| !line.is_blank() && !is_rule(line.text))?
    } else {
        (next.line, lines.get(next.line)?)
    };
    // A rule under it says as much as a line that is not wrapped.
    let ruled = || above().take_while(|(at, _)| *at > index).any(|(_, line)| is_rule(line.text));
    let above_line = index.checked_sub(1).and_then(|above| lines.get(above)).map_or("", |above| above.text);
    if opens_line && line.text.len() <= UNWRAPPED && !ruled() {
        // One that opens a block is seen without it.
        let in_text = !Headings { lines }.opens_block(index);
        return in_text.then(|| whole_line(index, line, above_line)).flatten();
    }
    let from = last.filter(|last| last.candidate.line == index).map_or(0, |last| last.candidate.end);
    let to = if opens_line { line.text.len() } else { next.start };
    let words = line.text.get(from..to)?.trim_end();
    let starts = || words.rmatch_indices(' ').map(|(at, _)| at + 1).take_while(|at| words.len() - at <= LONGEST);
    let after_sentence = starts().find(|at| words.get(..*at).is_some_and(ends_sentence_surely));
    // At the line's start, before a number with its mark.
    let opens = || {
        let alone = from == 0 && !opens_line && next.has_portion_mark() && words.trim_start().contains(' ');
        (alone && Headings { lines }.opens_block(index) && !ends_sentence(words)).then_some(0)
    };
    let at = after_sentence.or_else(opens)?;
    let (prose, title) = words.split_at_checked(at)?;
    let small_letters = if at == 0 { lines.get(next.line)?.text.get(next.end..)? } else { prose };
    let follows_prose = is_prose(small_letters) || ruled() && is_prose(above_line);
    if !is_glued_title(title.trim()) || !follows_prose {
        return None;
    }
    let start = from + at + title.len() - title.trim_start().len();
    let title = title.trim();
    let known = KNOWN.iter().any(|known| known.eq_ignore_ascii_case(title));
    Some((Glued { line: index, from: start, to: from + words.len() }, known || title.contains(' ')))
}

/// A heading that has its line, but no blank one before it: the line above ends a sentence.
fn whole_line(index: usize, line: &Line<'_>, above: &str) -> Option<(Glued, bool)> {
    const WORDS: usize = 2;
    let title = line.trimmed();
    let words = title.split(' ').count();
    let fits = words >= WORDS && is_glued_title(title) && ends_sentence_surely(above) && is_prose(above);
    let from = line.text.len() - title.len();
    // Two words may be a name.
    fits.then_some((Glued { line: index, from, to: from + title.len() }, words > WORDS))
}

/// Whether words can be a heading by their letters alone: written as titles are, and neither a remark in brackets, an
/// address nor the source of what was said.
fn is_glued_title(title: &str) -> bool {
    // `END TEXT` / `OF PRESS RELEASE`
    const OTHERS: [&str; 8] = ["SOURCE", "SOURCES", "SEE", "NOTE", "REF", "REFS", "OF", "AND"];
    let first = title.split([' ', ':', '-']).next().unwrap_or_default();
    let last = title.rsplit(' ').next().unwrap_or_default();
    let is_serial =
        last.len() > 2 && last.bytes().all(|b| b.is_ascii_digit()) && !(last.len() == 4 && is_century(last));
    is_title(title)
        && is_heading_line(title)
        && is_title_case(title)
        && title.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !title.starts_with(['(', '[', '-', '•'])
        && !title.ends_with([':', '-'])
        && !title.contains(['@', '[', '…'])
        && !title.contains("://")
        && !title.contains("XXX")
        && !OTHERS.iter().any(|other| other.eq_ignore_ascii_case(first))
        && !is_serial
}

fn is_century(year: &str) -> bool {
    year.starts_with("19") || year.starts_with("20")
}

/// Whether a text ends with words in small letters, so that a title stands out from it.
fn is_prose(text: &str) -> bool {
    const WORDS: usize = 16;
    const SMALL: usize = 3;
    let is_small = |word: &&str| word.len() > 2 && word.starts_with(|c: char| c.is_lowercase());
    text.split(' ').rev().filter(|word| !word.is_empty()).take(WORDS).filter(is_small).count() >= SMALL
        || text.split(' ').filter(|word| !word.is_empty()).take(WORDS).filter(is_small).count() >= SMALL
}

/// Whether a sentence ends here, and no abbreviation or numeral; the source of what it says may follow it in brackets.
fn ends_sentence_surely(before: &str) -> bool {
    const TITLES: [&str; 18] = [
        "MR", "MRS", "MS", "DR", "ST", "GEN", "COL", "MAJ", "CAPT", "LT", "SGT", "PROF", "AMB", "GOV", "SEN", "REP",
        "VS", "SR",
    ];
    const REMARK: usize = 80;
    // `END TEXT OF PRESS RELEASE`
    const CONJUNCTIONS: [&str; 4] = [" OF", " of", " AND", " and"];
    let before = before.trim_end();
    let opening = if before.ends_with(')') { '(' } else { '[' };
    let remark = before.ends_with([')', ']']).then(|| before.rfind(opening)).flatten();
    let remark = remark.filter(|at| before.len() - at <= REMARK).and_then(|at| before.get(..at));
    let inner = before.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    if !inner.ends_with(['.', '!', '?']) {
        let closes = closes_passage(before) && !CONJUNCTIONS.iter().any(|word| before.ends_with(word));
        return closes || remark.is_some_and(|before| before.trim_end().ends_with(['.', '!', '?', '"']));
    }
    let word = inner.trim_end_matches('.').rsplit([' ', '.', '(']).next().unwrap_or_default();
    let numeral = word.len() < 3 && word.bytes().all(|b| b.is_ascii_digit());
    ends_before_number(inner) && !numeral && !TITLES.iter().any(|title| title.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::candidates;
    use crate::lines::split;
    use crate::literals;

    fn headings(text: &str) -> Vec<&str> {
        let mut report = Report::default();
        let lines = split(text);
        let numbered = candidates::paragraphs(&lines, &literals::find(text), &mut report);
        let found = find(&lines, &numbered, &mut report);
        found.iter().filter_map(|glued| lines.get(glued.line)?.text.get(glued.from..glued.to)).collect()
    }

    #[test]
    fn headings_after_the_last_sentence() {
        let long = "which goes on and on for as long as the herring is in the harbour and nobody comes to take it away";
        for (name, end, want) in [
            ("title case", "He left. A Muddy Debate and Pending Sale", vec!["A Muddy Debate and Pending Sale"]),
            ("capitals", "He left.  THE PRICE OF ICE", vec!["THE PRICE OF ICE"]),
            ("closing words", "It is late. End summary. Sugar is (Again) King", vec!["Sugar is (Again) King"]),
            ("a question", "He left. Who Pays for the Ice?", vec!["Who Pays for the Ice?"]),
            ("the source before it", "He left. [Havnenytt, 2/9/2009] THE SALE OF NETS", vec!["THE SALE OF NETS"]),
            ("a word", "He left. Biotechnology", vec![]),
            ("a word of headings", "He left. Comment", vec!["Comment"]),
            ("long closing words", "He left. END TEXT OF PRESS RELEASE", vec![]),
            (
                "an abbreviation before it",
                "He left. Promoting Ties to U.S. States",
                vec!["Promoting Ties to U.S. States"],
            ),
            ("a sentence without its stop", "He left. The ice is dear", vec![]),
            ("a sentence with a name", "He left. He is in Oslo", vec![]),
            ("an abbreviation", "which came with the U.S. Forces of Old", vec![]),
            ("a person", "He left with Mr. Ole Nordmann", vec![]),
            ("a numeral", "We need 1. Boats and Nets", vec![]),
            ("the source", "He left. Source - Havnenytt Oslo", vec![]),
            ("a cable", "He left. See Bergen 885", vec![]),
            ("a remark", "He left. (Prices as of March, 2006)", vec![]),
            ("a hidden name", "He left. Phone Number: XXXXXXX", vec![]),
        ] {
            let text = format!("1. (U) The ice, {long}. {end}\n\n2. (U) The bait is dear, too.\n");
            assert_eq!(headings(&text), want, "{name}");
        }
    }

    #[test]
    fn headings_before_a_number_in_the_line() {
        let long = "which goes on and on for as long as the herring is in the harbour and nobody comes to take it away";
        for (name, text, want) in [
            (
                "after a sentence",
                format!("1. (U) The ice, {long}. He left. A Pending Sale 2. (U) The price is high and rising.\n"),
                vec!["A Pending Sale"],
            ),
            (
                "at the line's start",
                "1. (U) The ice.\n\nLONG TERM ICE NEEDED 2. (U) The price is high and rising.\n".to_owned(),
                vec!["LONG TERM ICE NEEDED"],
            ),
            (
                "at the line's start, title case",
                "1. (U) The ice.\n\nThe Way to the Ice 2. (SBU) The price is high and rising.\n".to_owned(),
                vec!["The Way to the Ice"],
            ),
            (
                "a sentence at the line's start",
                "1. (U) The ice.\n\nIt is dear and late  2. (U) The price is high and rising.\n".to_owned(),
                vec![],
            ),
            (
                "a word, and others",
                format!(
                    "1. (U) Ice, {long}. Ice and Bait\n\n2. (U) Bait, {long}. [Havnenytt, 2/9] LABOR\n\n3. (U) Boats.\n"
                ),
                vec!["Ice and Bait", "LABOR"],
            ),
            (
                "in capitals throughout",
                format!("1. ICE, {0}. HE LEFT. THE ICE\n\n2. BAIT.\n", long.to_uppercase()),
                vec![],
            ),
            (
                "wrapped",
                "1. (U) The ice is late and nobody comes.\nHe left. The Bait of Old\n\n2. (U) Nets.\n".to_owned(),
                vec![],
            ),
        ] {
            assert_eq!(headings(&text), want, "{name}");
        }
    }

    #[test]
    fn many_cost_linear_time() {
        let text = "1. (U) A Sale 2. (U) it is a. B C ".repeat(20_000);
        assert!(headings(&text).len() < text.len());
    }
}
