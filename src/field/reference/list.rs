//! The reference list, cut into its items: `A. PARIS 1501 B) STATE 188314; (C) ...`.

use nom::Parser;
use nom::branch::alt;
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{not, opt, peek};
use nom::sequence::{delimited, preceded, terminated};

use super::cited::{any_of, is_cable_like, void};
use super::note::bracketed;
use crate::fast_path;
use crate::grammar::{Grammar, blanks, gap, no};

/// An item of the list as it is cut out: its label and what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item<'t> {
    pub(super) label: Option<char>,
    /// The label as written, with its marks; empty where there is none.
    pub(super) mark: &'t str,
    /// What follows the label up to the next one.
    pub(super) text: &'t str,
}

/// How an enumerator is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `¶B.`: the pilcrow says that it stands at the start of a line.
    Pilcrow,
    /// `(B)`, `[B]`, `B)`
    Bracket,
    /// `B.`, `B:`, `B -`
    Point,
    /// `B` alone
    Bare,
}

/// `enumerator = [ "¶" ] [ ref-word ] ( "(" L ")" / "[" L "]" / L ")" / L "." / L ":" / L spaces "-" gap / L gap )`
fn enumerator(input: &str) -> Grammar<'_, (Form, char)> {
    // Looked for at each word of a list, and most are none.
    match input.as_bytes() {
        _ if fast_path::is_disabled() => {}
        [b'(' | b'[' | 0xC2, ..] | [b'R' | b'r', b'E' | b'e', ..] => {}
        [label, b')' | b'.' | b':' | b'-' | b' ' | b'\t', ..] if label.is_ascii_alphanumeric() => {}
        _ => return Err(no(input)),
    }
    let (rest, pilcrow) = opt(terminated(char('¶'), blanks)).parse(input)?;
    let (rest, _) = opt(ref_word).parse(rest)?;
    let label = || satisfy(|c| c.is_ascii_alphanumeric() && c != '0');
    let bracket = alt((
        delimited((char('('), blanks), label(), (blanks, char(')'))),
        delimited((char('['), blanks), label(), (blanks, char(']'))),
        terminated(label(), (char(')'), opt(char('.')))),
    ));
    // Neither `U.S.` nor `1.5`.
    let part_of_word = alt((void((satisfy(char::is_alphabetic), char('.'))), void(satisfy(|c| c.is_ascii_digit()))));
    let point = terminated(label(), (one_of(".:"), peek(not(part_of_word))));
    let year_or_number = preceded(satisfy(|c| c.is_ascii_digit()), satisfy(|c| c.is_ascii_digit()));
    let letter_point = terminated(satisfy(|c| c.is_ascii_alphabetic()), (one_of(".:"), peek(year_or_number)));
    let dash = terminated(label(), (blanks, char('-'), gap));
    let bare = terminated(satisfy(|c| c.is_ascii_alphabetic()), peek(gap));
    let (rest, (form, label)) = alt((
        bracket.map(|label| (Form::Bracket, label)),
        alt((letter_point, point, dash)).map(|label| (Form::Point, label)),
        bare.map(|label| (Form::Bare, label)),
    ))
    .parse(rest)?;
    let form = if pilcrow.is_some() && form != Form::Bare { Form::Pilcrow } else { form };
    Ok((rest, (form, label.to_ascii_uppercase())))
}

/// `ref-word = ( "REF" / "REFS" / "REFTEL" ... ) [ ":" ] spaces`
fn ref_word(input: &str) -> Grammar<'_, ()> {
    let word = any_of(&["REF", "REFS", "REFTEL", "REFTELS", "REFERENCE", "REFERENCES"]);
    void((word, opt(one_of(":.")), blanks)).parse(input)
}

/// An enumerator at the start of a line: its letter, whether it is bracketed, and what follows it.
pub(super) fn line_enumerator(line: &str) -> Option<(char, bool, &str)> {
    let (rest, (form, label)) = enumerator(line).ok()?;
    (form != Form::Bare).then(|| (label, form == Form::Bracket, rest.trim_start()))
}

/// A list without its first enumerator, though it be written twice.
pub(super) fn without_label(list: &str) -> &str {
    line_enumerator(list).map_or(list, |(label, _, rest)| same_again(rest, label))
}

/// Walks along the text and cuts it at the enumerators that fit the series.
struct Cutter<'t> {
    text: &'t str,
    /// Where the list begins.
    begin: usize,
    /// Where the current item begins: its mark and its text.
    mark: (usize, usize),
    label: Option<char>,
    items: Vec<Item<'t>>,
}

/// Cuts a list into items, `most` of them at most; the last one then holds the rest.
pub(super) fn items(text: &str, most: usize) -> Vec<Item<'_>> {
    // `REF: REF: OSLO 12`
    let mut at = ref_word(text).map_or(0, |(rest, ())| text.len() - rest.len());
    let mut cutter = Cutter { text, begin: at, mark: (at, at), label: None, items: Vec::new() };
    let (mut boundary, mut digit_before) = (true, false);
    while let Some((_, rest)) = text.split_at_checked(at)
        && let Some(c) = rest.chars().next()
    {
        let after = match c {
            _ if boundary => cutter.accept(at, rest),
            '¶' | '(' | '[' => cutter.accept(at, rest),
            // `STATE 021770B. STATE 039585`
            'A'..='Z' if digit_before && cutter.fits_glued(rest) => cutter.accept(at, rest),
            _ => None,
        };
        digit_before = c.is_ascii_digit();
        if let Some(after) = after {
            if cutter.items.len() + 1 >= most {
                break;
            }
            at = after;
            continue;
        }
        boundary = matches!(c, ' ' | ',' | ';' | ':' | ')' | ']');
        let bracket = if matches!(c, '(' | '[') { bracketed(rest) } else { None };
        at += match bracket {
            Some((_, trailing)) => {
                boundary = true;
                rest.len() - trailing.len()
            }
            None => c.len_utf8(),
        };
    }
    cutter.close(text.len());
    cutter.items
}

impl<'t> Cutter<'t> {
    /// Begins an item, where an enumerator stands here and fits the series. Gives back where its text begins.
    fn accept(&mut self, at: usize, rest: &'t str) -> Option<usize> {
        let (after, (form, label)) = enumerator(rest).ok()?;
        if !self.fits(at, form, label, after) {
            return None;
        }
        self.close(at);
        let after = same_again(after, label);
        let begin = self.text.len() - after.len();
        self.label = Some(label);
        self.mark = (at, begin);
        Some(begin)
    }

    /// Ends the current item here.
    fn close(&mut self, end: usize) {
        let (start, begin) = self.mark;
        let mark = self.text.get(start..begin).unwrap_or_default().trim();
        let text = self.text.get(begin..end).unwrap_or_default().trim();
        if !(mark.is_empty() && text.is_empty()) {
            self.items.push(Item { label: self.label, mark, text });
        }
    }

    /// Whether an enumerator is the next of the series, or one out of order that a cable follows.
    fn fits(&self, at: usize, form: Form, label: char, after: &str) -> bool {
        let first = self.label.is_none();
        if label.is_ascii_digit() {
            // Paragraphs are numbered too: a numbered list begins with 1, at once.
            return form != Form::Bare && if first { at == self.begin && label == '1' } else { self.is_next(label) };
        }
        let next = if first { label == 'A' } else { self.is_next(label) };
        // `B. (C) OSLO 12` has a portion mark, and so has `(U) OSLO 12` at the begin of the list.
        let at_once = self.text.get(self.mark.1..at).is_some_and(|text| text.trim().is_empty());
        if form == Form::Bracket && at_once && matches!(label, 'C' | 'S' | 'U') {
            return false;
        }
        match form {
            Form::Pilcrow => true,
            Form::Bracket => next || is_cable_like(after.trim_start()),
            Form::Point => (next && !again(after, label)) || is_cable_like(after.trim_start()),
            Form::Bare => next && is_cable_like(after.trim_start()),
        }
    }

    /// Whether a label that stands directly at a number is the next of the series, before a cable.
    fn fits_glued(&self, rest: &str) -> bool {
        enumerator(rest).is_ok_and(|(after, (form, label))| {
            matches!(form, Form::Point | Form::Bracket) && self.is_next(label) && is_cable_like(after.trim_start())
        })
    }

    fn is_next(&self, label: char) -> bool {
        self.label.is_some_and(|last| u32::from(label) == u32::from(last) + 1)
    }
}

/// Passes over a label that is written twice: `A. (A) PARIS 7682`, `A. REF A STATE 122214`, `A. REF: OSLO 12`.
fn same_again(after: &str, label: char) -> &str {
    let mut rest = after.trim_start();
    // Written three times at the most: any more is no list.
    for _ in 0..2 {
        let Some((next, _)) = enumerator(rest).ok().filter(|(_, (_, again))| *again == label) else { break };
        rest = next.trim_start();
    }
    match ref_word(rest) {
        Ok((next, ())) if next.len() < rest.len() => next,
        _ => rest,
    }
}

/// Whether the same enumerator stands soon again, before a cable: then this one is the initial of a name, as in
/// `A. EMAIL FROM B. SMITH B. OSLO 12`.
fn again(after: &str, label: char) -> bool {
    const SOON: usize = 80;
    let mut boundary = false;
    let after = same_again(after, label);
    if is_cable_like(after) {
        return false;
    }
    after.char_indices().take_while(|(at, _)| *at < SOON).any(|(at, c)| {
        let here = boundary || c == '¶';
        boundary = c == ' ';
        here && after.split_at_checked(at).is_some_and(|(_, rest)| {
            enumerator(rest).is_ok_and(|(rest, (form, other))| {
                other == label && (form == Form::Pilcrow || form == Form::Point && is_cable_like(rest.trim_start()))
            })
        })
    })
}

/// `separators = *( "," / ";" / ":" / "." / "/" / "&" / "AND" / SP )`
pub(super) fn separators(input: &str) -> &str {
    let mut rest = input;
    loop {
        let next = rest.trim_start_matches([' ', ',', ';', ':', '.', '/', '&', '-', '*', '•', '¶']);
        let next = any_of(&["AND", "ALSO", "PLUS"]).parse(next).map_or(next, |(rest, _)| rest);
        if next.len() == rest.len() {
            return rest;
        }
        rest = next;
    }
}
