//! The reasons for classification: `1.4 (b) and (d)`, in some 250 spellings.

use std::borrow::Cow;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::character::complete::{char as character, one_of, satisfy};
use nom::combinator::{not, opt, peek, recognize};
use nom::multi::many0_count;
use nom::sequence::{delimited, pair, preceded, terminated};

use crate::grammar::{Grammar, blanks, tag_no_case};

/// The reasons that a text cites, and where they stand.
#[derive(Debug)]
pub(super) struct Cited {
    /// Where the first section's number starts.
    pub(super) start: usize,
    /// After the last letter and its bracket.
    pub(super) end: usize,
    /// Each once, as `1.4(b)`, in the order of the text.
    pub(super) reasons: Vec<Cow<'static, str>>,
}

impl Cited {
    /// `None` where no section is followed by a letter.
    pub(super) fn find(text: &str) -> Option<Self> {
        let mut cited: Option<Self> = None;
        let (mut at, mut before) = (0, ' ');
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let c = rest.chars().next().unwrap_or(' ');
            let starts = matches!(c, '1' | 'l') && !before.is_alphanumeric() && before != '.' && before != '/';
            before = c;
            let Some((rest, (section, letters))) = starts.then(|| reason(rest).ok()).flatten() else {
                at += c.len_utf8();
                continue;
            };
            let start = at;
            at = text.len() - rest.len();
            let cited = cited.get_or_insert_with(|| Self { start, end: at, reasons: Vec::new() });
            cited.end = at;
            for letter in letters {
                cited.add(section, letter);
            }
        }
        cited
    }

    fn add(&mut self, section: char, letter: char) {
        const OF_1_4: [&str; 8] = ["1.4(a)", "1.4(b)", "1.4(c)", "1.4(d)", "1.4(e)", "1.4(f)", "1.4(g)", "1.4(h)"];
        const OF_1_5: [&str; 8] = ["1.5(a)", "1.5(b)", "1.5(c)", "1.5(d)", "1.5(e)", "1.5(f)", "1.5(g)", "1.5(h)"];
        let index = ('a'..='h').position(|known| known == letter).unwrap_or(OF_1_4.len());
        let known = match section {
            '4' => OF_1_4.get(index),
            '5' => OF_1_5.get(index),
            _ => None,
        };
        let reason =
            known.map_or_else(|| Cow::Owned(format!("1.{section}({letter})")), |reason| Cow::Borrowed(*reason));
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

/// `reason = section letters`
fn reason(input: &str) -> Grammar<'_, (char, Vec<char>)> {
    pair(section, letters).parse(input)
}

/// `section = ( "1" / "l" ) *SP ( "." / "," / "/" ) *SP "2"-"7" / ( "14" / "15" ) *SP "("`
fn section(input: &str) -> Grammar<'_, char> {
    let stop = delimited(blanks, one_of(".,/"), blanks);
    let parted = preceded((one_of("1l"), stop), one_of("234567"));
    let glued = delimited(character('1'), one_of("45"), peek((blanks, character('('))));
    terminated(alt((parted, glued)), not(satisfy(|c| c.is_ascii_digit()))).parse(input)
}

/// `letters = *open letter *( joint letter ) [ *SP ")" ]`, each letter once and small, and those between the ends of a range
pub(super) fn letters(input: &str) -> Grammar<'_, Vec<char>> {
    let opening = take_while(|c| matches!(c, ' ' | '\t' | '(' | '[' | '.' | ':' | '-' | ',' | '/'));
    let (mut rest, first) = preceded(opening, letter).parse(input)?;
    let mut found = Vec::new();
    let mut add = |letters: &str| {
        for letter in letters.chars().map(|c| c.to_ascii_lowercase()) {
            if !found.contains(&letter) {
                found.push(letter);
            }
        }
    };
    add(first);
    let mut last = first;
    while let Ok((trailing, (joint, letter))) = pair(joint, letter).parse(rest) {
        if !joins(joint, letter, trailing) {
            break;
        }
        if is_range(joint) {
            between(last, letter).for_each(|letter| add(letter.encode_utf8(&mut [0; 4])));
        }
        add(letter);
        (last, rest) = (letter, trailing);
    }
    let (rest, _) = opt((blanks, one_of(")]"))).parse(rest)?;
    Ok((rest, found))
}

/// `range = *( ")" / SP ) ( "-" / "THROUGH" / "THRU" ) *( SP / "(" )`
fn is_range(joint: &str) -> bool {
    let sign = joint.trim_matches([')', '(', ']', '[', ' ', '\t']);
    sign == "-" || ["THROUGH", "THRU"].iter().any(|word| word.eq_ignore_ascii_case(sign))
}

/// The letters between the ends of a range.
fn between(first: &str, last: &str) -> impl Iterator<Item = char> {
    let end = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase());
    let (first, last) = (end(first), end(last));
    ('a'..='h').filter(move |letter| Some(*letter) > first && Some(*letter) < last)
}

/// `letter = "a"-"h"`, a whole word; several of them before a closing bracket
fn letter(input: &str) -> Grammar<'_, &str> {
    let is_letter = |c: char| matches!(c.to_ascii_lowercase(), 'a'..='h');
    let several = terminated(take_while_m_n(2, 4, is_letter), peek((blanks, character(')'))));
    let word_end = not(satisfy(|c| c.is_alphanumeric() || matches!(c, '\'' | '’')));
    alt((several, terminated(take_while_m_n(1, 1, is_letter), word_end))).parse(input)
}

/// `joint = *( ")" / "(" / "," / "/" / "&" / "+" / ";" / "-" / and / SP )`
fn joint(input: &str) -> Grammar<'_, &str> {
    let sign = recognize(one_of(")(][,/&+;- \t"));
    recognize(many0_count(alt((sign, and)))).parse(input)
}

/// `and = "AND" / "OR" / "THROUGH" / "THRU"`, the first wherever wrapping has broken it
fn and(input: &str) -> Grammar<'_, &str> {
    let broken = (one_of("Aa"), opt(tag(" ")), one_of("Nn"), opt(tag(" ")), one_of("Dd"));
    let word = alt((recognize(broken), tag_no_case("OR"), tag_no_case("THROUGH"), tag_no_case("THRU")));
    terminated(word, peek(one_of(" \t([,"))).parse(input)
}

/// Whether a letter after this joint is one more reason, and not prose or the first paragraph's mark.
fn joins(joint: &str, letter: &str, trailing: &str) -> bool {
    let explicit = joint.contains([',', '/', '&', '+', ';', '-']) || joint.contains(char::is_alphabetic);
    let bracketed = joint.trim_end().ends_with(['(', '[']);
    let prose = |text: &str| text.starts_with(char::is_alphabetic) && and(text).is_err();
    let after = trailing.trim_start_matches([')', ' ', '\t']);
    match (explicit, bracketed) {
        // `(b) (C) Summary`
        (false, true) => letter != "C" || !prose(after),
        // `b d`, but not `(b) a friend`
        (false, false) => joint.trim().is_empty() && !prose(after),
        // `(b), a friend`
        (true, false) => !letter.eq_ignore_ascii_case("a") || trailing.starts_with(')') || !prose(after),
        (true, true) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        #[rustfmt::skip]
        let table = [
            ("usual", "1.4 (b) and (d)", "1.4(b) 1.4(d)"),
            ("glued", "1.4(b),(d)", "1.4(b) 1.4(d)"),
            ("stroke", "1.4 (b/d)", "1.4(b) 1.4(d)"),
            ("no brackets", "1.4 b & d", "1.4(b) 1.4(d)"),
            ("no brackets, blank", "1.4 b d", "1.4(b) 1.4(d)"),
            ("no brackets, commas", "1.4 a,b,and d.", "1.4(a) 1.4(b) 1.4(d)"),
            ("blanks inside", "1.4 ( b, d)", "1.4(b) 1.4(d)"),
            ("before 2003", "1.5 (b and d)", "1.5(b) 1.5(d)"),
            ("plus", "1.4 (b+d)", "1.4(b) 1.4(d)"),
            ("ampersand between", "1.5(B)&(D)", "1.5(b) 1.5(d)"),
            ("no sign between", "1.4(G)(E)", "1.4(g) 1.4(e)"),
            ("glued letters", "1.4 (bd)", "1.4(b) 1.4(d)"),
            ("stroke for the stop", "1/4 (b)", "1.4(b)"),
            ("no stop", "14 (b) and (d)", "1.4(b) 1.4(d)"),
            ("broken number", "1. 4 (b)", "1.4(b)"),
            ("broken and", "1.4 (b) a nd (d)", "1.4(b) 1.4(d)"),
            ("bracket lost", "1.4 (b and (d)", "1.4(b) 1.4(d)"),
            ("never closed", "1.4 (b) and (d", "1.4(b) 1.4(d)"),
            ("three", "1.4 (a), (b), and (d)", "1.4(a) 1.4(b) 1.4(d)"),
            ("twice the same", "1.4 (b/b)", "1.4(b)"),
            ("two sections", "1.4(b) and 1.4(d)", "1.4(b) 1.4(d)"),
            ("a range", "1.4 (b-d)", "1.4(b) 1.4(c) 1.4(d)"),
            ("a range between brackets", "1.5(b)-(d)", "1.5(b) 1.5(c) 1.5(d)"),
            ("a range in words", "1.4 (b) through (d)", "1.4(b) 1.4(c) 1.4(d)"),
            ("a range of two", "1.4 (a-b)", "1.4(a) 1.4(b)"),
            ("a sentence after", "1.4 (b). A friend", "1.4(b)"),
            ("a clause after", "1.4 (b), a friend", "1.4(b)"),
            ("a mark after", "1.4 (b) and (d) (C) Fish", "1.4(b) 1.4(d)"),
            ("another section", "1.2 (B)", "1.2(b)"),
            ("no letters", "1.4 Fish", ""),
            ("a date", "1/4/2009", ""),
            ("a sum", "1.4 billion", ""),
            ("a greater number", "11.4 (b)", ""),
        ];
        for (case, text, want) in table {
            let got = Cited::find(text).map(|cited| cited.reasons.join(" ")).unwrap_or_default();
            assert_eq!(got, want, "{case}");
        }
    }
}
