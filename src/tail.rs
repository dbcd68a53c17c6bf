//! The end of the text: the signature, and the notices that a post or a publisher put behind it.

use std::borrow::Cow;

use crate::body::{ends_sentence, is_rule};
use crate::diagnostic::DiagnosticCode;
use crate::field::page_line::is_end_of_message;
use crate::field::{executive_order, signature, subject, tags};
use crate::lines::{Line, Lines, Report, keep_first, trim};
use crate::region::RegionKind;
use crate::span::Span;
use crate::value::in_one_line;

/// How many lines from the end on may hold the signature and what follows it.
const REACH: usize = 10;
/// How many lines of no known kind may follow the signature.
const SCRAPS: usize = 2;

/// Cuts the signature, and the notices behind it, off the end of the lines. The surname of the officer who classified the
/// cable is a signature in any form.
pub(crate) fn take_off<'a>(
    lines: &mut Lines<'_, 'a>,
    officer: Option<&str>,
    report: &mut Report,
) -> Option<Cow<'a, str>> {
    let filled = last_filled(lines);
    let last = Last { lines, filled: &filled, officer };
    let found = last.signature();
    // Without a signature only what is surely a notice goes.
    let behind = found.as_ref().map_or_else(|| last.notices(), |found| found.nth);
    for index in filled.iter().take(behind) {
        if let Some(line) = lines.get(*index) {
            report.mark(line, RegionKind::Notice);
        }
    }
    if let Some(index) = behind.checked_sub(1).and_then(|i| filled.get(i)) {
        keep_first(lines, *index);
    }
    let found = found?;
    let first = filled.get(found.nth + found.lines - 1).copied()?;
    for line in
        filled.get(found.nth..found.nth + found.lines - 1).unwrap_or_default().iter().filter_map(|i| lines.get(*i))
    {
        report.mark(line, RegionKind::Signature);
    }
    let line = *lines.get(first)?;
    let span = Span::new(line.start + found.at, line.end());
    report.regions.mark(Span::new(line.start + found.name_at, line.end()), RegionKind::Signature);
    report.regions.mark(Span::new(span.start, line.start + found.name_at), RegionKind::Notice);
    if found.assumed {
        let said_at = Span::new(line.start + found.name_at, line.start + line.text.len());
        report.say(DiagnosticCode::SignatureAssumed, said_at, format!("\"{}\" read as the signature", found.name));
    }
    keep_first(lines, if found.at == 0 { first } else { first + 1 });
    if found.at > 0
        && let Some(line) = lines.to_mut().last_mut()
    {
        let before = line.text.get(..found.at).unwrap_or_default().trim_end();
        *line = Line::new(before, line.start, span.start, line.cut);
    }
    take_footer(lines, report);
    Some(match found.name {
        Cow::Borrowed(name) => in_one_line(name),
        Cow::Owned(name) => Cow::Owned(in_one_line(&name).into_owned()),
    })
}

/// The last lines that are not blank, from the end.
fn last_filled(lines: &[Line<'_>]) -> Vec<usize> {
    let mut filled = Vec::with_capacity(REACH);
    filled.extend(lines.iter().enumerate().rev().filter(|(_, l)| !l.is_blank()).map(|(i, _)| i).take(REACH));
    filled
}

/// Cuts off the notice of a post's page that stands above the signature.
fn take_footer(lines: &mut Lines<'_, '_>, report: &mut Report) {
    let blank = lines.iter().rev().take_while(|line| line.is_blank()).count();
    keep_first(lines, lines.len() - blank);
    let filled = last_filled(lines);
    let footer = Last { lines, filled: &filled, officer: None }.footer();
    let Some(first) = footer.checked_sub(1).and_then(|nth| filled.get(nth)) else { return };
    for line in lines.iter().skip(*first).filter(|l| !l.is_blank()) {
        report.mark(line, RegionKind::Notice);
    }
    keep_first(lines, *first);
}

/// Whether a line belongs to the head of a text, and so to another cable.
fn is_of_another_cable(line: &str) -> bool {
    executive_order::label(line).is_some() || tags::label(line).is_some() || subject::label(line).is_some()
}

/// A signature among the last lines.
struct Found<'a> {
    name: Cow<'a, str>,
    /// Which of the filled lines it stands on, from the end, and how many lines it takes.
    nth: usize,
    lines: usize,
    /// Where on its line the text ends, and where the name begins: a web link may stand between.
    at: usize,
    name_at: usize,
    /// Whether it was told from other words.
    assumed: bool,
}

/// The last filled lines, from the end.
struct Last<'l, 'a> {
    lines: &'l [Line<'a>],
    filled: &'l [usize],
    officer: Option<&'l str>,
}

impl<'a> Last<'_, 'a> {
    fn line(&self, nth: usize) -> Option<&Line<'a>> {
        self.lines.get(*self.filled.get(nth)?)
    }

    fn text(&self, nth: usize) -> &'a str {
        self.line(nth).map_or("", |l| trim(l.text))
    }

    /// Whether a blank line or a cut stands before a line.
    fn after_gap(&self, nth: usize) -> bool {
        let cut = self.line(nth).is_some_and(|l| l.cut != crate::lines::Cut::None);
        match (self.filled.get(nth), self.filled.get(nth + 1)) {
            (Some(here), Some(above)) => cut || here - above > 1,
            _ => true,
        }
    }

    /// Whether a line ends a sentence, or the text.
    fn ends_text(&self, nth: usize) -> bool {
        let text = self.text(nth);
        ends_sentence(text) || signature::is_closing_notice(text) || signature::closes_text(text)
    }

    /// How many notices stand at the very end.
    fn notices(&self) -> usize {
        // A link that ends a sentence is part of it.
        let alone = |nth: usize| self.after_gap(nth) || ends_sentence(self.text(nth + 1));
        (0..self.filled.len()).take_while(|nth| signature::is_closing_notice(self.text(*nth)) && alone(*nth)).count()
    }

    /// How many lines at the end are notices of the post's page, with the rules round them.
    fn footer(&self) -> usize {
        let rules = |from: usize| (from..self.filled.len()).take_while(|nth| is_rule(self.text(*nth))).count();
        let under = rules(0);
        let mut taken = under;
        while let Some(lines) = self.page_notice(taken) {
            taken += lines;
        }
        match taken == under {
            true => 0,
            false if under > 0 => taken + rules(taken),
            false => taken,
        }
    }

    /// How many lines from this one on, upwards, are a notice of the post's page: it begins a block, or behind a sentence,
    /// and names the page.
    fn page_notice(&self, from: usize) -> Option<usize> {
        const LONGEST: usize = 5;
        for nth in from..self.filled.len().min(from + LONGEST) {
            let (text, above) = (self.text(nth), self.text(nth + 1));
            if signature::opens_notice(text)
                && (self.after_gap(nth) || is_rule(above) || ends_sentence(above) || signature::names_page(above))
            {
                let named = (from..=nth).any(|nth| signature::names_page(self.text(nth)));
                return named.then_some(nth + 1 - from);
            }
            // A link alone may stand below.
            if self.after_gap(nth) && !signature::is_closing_notice(text) {
                break;
            }
        }
        None
    }

    /// The signature, behind the notice of the post's page or above it.
    fn signature(&self) -> Option<Found<'a>> {
        self.signature_from(0).or_else(|| self.signature_from(self.footer()))
    }

    /// The signature: on this line, or before notices and a scrap or two.
    fn signature_from(&self, first: usize) -> Option<Found<'a>> {
        let mut scraps = 0;
        for nth in first..self.filled.len() {
            let found = self.split_name(nth).or_else(|| self.whole_line(nth)).or_else(|| self.part_of_line(nth));
            let found = found.or_else(|| self.in_small_letters(nth));
            if let Some(found) = self.of_officer(nth, scraps == 0) {
                return Some(found);
            }
            if let Some(mut found) = found {
                // Behind it nothing but notices, or it must stand quite alone.
                found.assumed |= scraps > 0;
                return (scraps == 0 || found.at == 0 && self.after_gap(nth)).then_some(found);
            }
            if is_of_another_cable(self.text(nth)) || signature::is_remnant(self.text(nth)) {
                continue;
            }
            if signature::is_closing_notice(self.text(nth)) || signature::opens_notice(self.text(nth)) && nth > 0 {
                continue;
            }
            scraps += 1;
            // The end of a long subject may stand there, too: `HE HARBOUR OF OSLO...`
            let cut = self.text(nth).ends_with("...") && !self.text(nth).chars().any(char::is_lowercase);
            if scraps > SCRAPS || self.text(nth).len() > 50 || ends_sentence(self.text(nth)) && !cut {
                return None;
            }
        }
        None
    }

    /// A line that is a signature. A short last line of a paragraph looks like one, too: then the sentence before it is
    /// not at its end.
    fn whole_line(&self, nth: usize) -> Option<Found<'a>> {
        let text = self.text(nth);
        let above = self.text(nth + 1);
        if !signature::is_signature(text) {
            return None;
        }
        let small_letters = |text: &str| text.chars().any(char::is_lowercase);
        let ended = self.ends_text(nth + 1);
        // Twice: `SMITH` / `SMITH`.
        let twice =
            signature::is_signature(above) && signature::name(above).eq_ignore_ascii_case(signature::name(text));
        if twice {
            let name = Cow::Borrowed(signature::name(above));
            return Some(Found { name, nth, lines: 2, at: 0, name_at: 0, assumed: true });
        }
        let settled = ended || self.after_gap(nth) || !small_letters(text) && small_letters(above);
        let behind_list = !settled && nth == 0 && signature::is_behind_list(above, text);
        (settled || behind_list).then(|| Found {
            name: Cow::Borrowed(signature::name(text)),
            nth,
            lines: 1,
            at: 0,
            name_at: 0,
            assumed: !settled,
        })
    }

    /// A word behind the last sentence of a text in which no capital stands: `halvorsen`.
    fn in_small_letters(&self, nth: usize) -> Option<Found<'a>> {
        const ENOUGH: usize = 2;
        let text = self.text(nth);
        let capitals = |nth: usize| self.text(nth).chars().any(char::is_uppercase);
        let fits = signature::is_small_signature(text)
            && self.ends_text(nth + 1)
            && self.filled.len() > nth + ENOUGH
            && !(nth..self.filled.len()).any(capitals);
        fits.then_some(Found { name: Cow::Borrowed(text), nth, lines: 1, at: 0, name_at: 0, assumed: true })
    }

    /// The surname of the officer who classified the cable, in any letters: alone on its line, or behind the last sentence.
    fn of_officer(&self, nth: usize, last: bool) -> Option<Found<'a>> {
        let line = self.line(nth)?;
        let text = line.text.trim_end_matches(['.', ' ', '"']);
        let at = text.len().checked_sub(self.officer?.len())?;
        let (before, name) = text.split_at_checked(at)?;
        let alone = before.trim().is_empty();
        let fits = name.eq_ignore_ascii_case(self.officer?) && (alone || before.ends_with(' '));
        let behind = alone || ends_sentence(before.trim_end()) && last;
        let at = if alone { 0 } else { at };
        let name = Cow::Borrowed(name);
        // Alone, and as others sign, it is certain.
        let assumed = !alone || !self.after_gap(nth) && !self.ends_text(nth + 1);
        (fits && behind).then_some(Found {
            name,
            nth,
            lines: 1,
            at,
            name_at: text.len() - self.officer?.len(),
            assumed,
        })
    }

    /// A name broken over two lines: `STEDM` / `AN`.
    fn split_name(&self, nth: usize) -> Option<Found<'a>> {
        let (head, tail) = (self.text(nth + 1), self.text(nth));
        let capitals = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase());
        let broken = capitals(head) && capitals(tail) && tail.len() <= 3 && head.len() >= 3 && !self.after_gap(nth);
        (broken && ends_sentence(self.text(nth + 2)) && !signature::closes_text(head)).then(|| Found {
            name: Cow::Owned(format!("{head}{tail}")),
            nth,
            lines: 2,
            at: 0,
            name_at: 0,
            assumed: true,
        })
    }

    /// A signature in the last words of a line.
    fn part_of_line(&self, nth: usize) -> Option<Found<'a>> {
        let line = self.line(nth)?;
        // A date behind the name, put there by an archive, or the end of the message.
        let text = match line.text.rsplit_once(' ') {
            Some((text, last)) if signature::is_date(last) || is_end_of_message(last) => text.trim_end(),
            _ => line.text,
        };
        let (at, name_at) = signature::glued(text)?;
        let name = Cow::Borrowed(signature::name(text.get(name_at..)?));
        Some(Found { name, nth, lines: 1, at, name_at, assumed: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(text: &str, officer: Option<&str>) -> (Option<String>, Vec<String>) {
        let lines = crate::lines::split(text);
        let mut lines = Lines::Borrowed(&lines);
        let signature = take_off(&mut lines, officer, &mut Report::default());
        (signature.map(Cow::into_owned), lines.iter().map(|line| line.text.to_owned()).collect())
    }

    #[test]
    fn the_officer_signs_in_any_letters() {
        for (name, text, officer, want) in [
            ("behind the last sentence", "The fish went home. Merridew", Some("MERRIDEW"), Some("Merridew")),
            ("on a line of its own", "The fish went home\nmerridew", Some("Merridew"), Some("merridew")),
            ("before a banner", "The fish left the U.S. MERRIDEW\nSECRET", Some("MERRIDEW"), Some("MERRIDEW")),
            (
                "before the rest of a subject",
                "Fish.\nMerridew\n\nHE HARBOUR OF OSLO...",
                Some("Merridew"),
                Some("Merridew"),
            ),
            ("before a scrap", "The fish went home.\nMERRIDEW\n\nEFIS @ NO X", Some("Merridew"), Some("MERRIDEW")),
            ("in the middle of a sentence", "The fish went to Merridew", Some("MERRIDEW"), None),
            ("somebody else", "The fish went home. Thornbury", Some("MERRIDEW"), None),
            ("nobody", "The fish went home. Merridew", None, None),
        ] {
            assert_eq!(signature(text, officer).0.as_deref(), want, "{name}");
        }
    }

    #[test]
    fn what_stands_behind_the_signature() {
        for behind in [
            "Nnnn",
            "2002OSLO00461 - Classification: CONFIDENTIAL",
            "...",
            "\"",
            "*****\nVisit Embassy Oslo's Classified Website:\nhttp://oslo.example/\n\nYou can also access this site \
             through the\nClassified SIPRNET website.\n*****",
        ] {
            let want = (Some("MERRIDEW".to_owned()), vec!["The fish went home.".to_owned()]);
            assert_eq!(signature(&format!("The fish went home.\nMERRIDEW\n\n{behind}\n"), None), want, "{behind}");
        }
        let above = "The fish went home.\n\n*****\nVisit Embassy Oslo's Classified Website:\nhttp://oslo.example/\n\n\
                     You can also access this site through the\nClassified SIPRNET website.\n*****\nMERRIDEW\n";
        let want = (Some("MERRIDEW".to_owned()), vec!["The fish went home.".to_owned(), String::new()]);
        assert_eq!(signature(above, None), want);
    }
}
