//! The end of the text: the signature, and what others put after it.

use std::borrow::Cow;

use crate::diagnostic::DiagnosticCode;
use crate::field::addition::{
    cells, closes_message, is_addition, is_note, is_remnant, last_banner, names_page, opens_notice, page_notice_at_end,
    without_additions,
};
use crate::field::{executive_order, signature, subject, tags};
use crate::lines::{Cut, Line, Lines, Report, keep_first, trim};
use crate::ornament::is_rule;
use crate::region::RegionKind;
use crate::sentence::{closes_passage, ends_before_number, ends_sentence};
use crate::span::Span;
use crate::value::in_one_line;

/// How many lines from the end on may hold the signature and what follows it.
const REACH: usize = 12;
/// How many lines of no known kind may follow the signature.
const SCRAPS: usize = 2;

/// Cuts the signature, and what others put after it, off the end of the lines; takes out the same signature at the end
/// of earlier sections. The surname of the officer who classified the cable is a signature in any form.
pub(crate) fn take_off<'a>(
    lines: &mut Lines<'_, 'a>,
    officer: Option<&str>,
    report: &mut Report,
) -> Option<Cow<'a, str>> {
    take_cells(lines, report);
    let filled = last_filled(lines);
    let last = Last { lines, filled: &filled, officer };
    let found = last.signature();
    // Without a signature only what is surely an addition goes.
    let below = found.as_ref().map_or_else(|| last.additions(), |found| found.nth);
    for index in filled.iter().take(below) {
        if let Some(line) = lines.get(*index) {
            report.mark(line, RegionKind::Notice);
        }
    }
    if let Some(index) = below.checked_sub(1).and_then(|i| filled.get(i)) {
        keep_first(lines, *index);
    }
    let Some(found) = found else {
        take_footer(lines, report);
        return None;
    };
    let first = filled.get(found.nth + found.lines - 1).copied()?;
    truncated(lines, first, &filled, &found, report);
    take_footer(lines, report);
    let name = match found.name {
        Cow::Borrowed(name) => in_one_line(name),
        Cow::Owned(name) => Cow::Owned(in_one_line(&name).into_owned()),
    };
    take_earlier(lines, &name, report);
    Some(name)
}

/// Cuts off the cells of a database or a spreadsheet that follow the text in its row.
fn take_cells(lines: &mut Lines<'_, '_>, report: &mut Report) {
    /// A cell may hold the summary once more.
    const LONGEST: usize = 40;
    let from = lines.len().saturating_sub(LONGEST).max(1);
    let mut here = lines.iter().enumerate().skip(from);
    let found = here.find_map(|(index, line)| Some((index, *line, cells(line.text)?)));
    let Some((index, line, at)) = found else { return };
    let rest = lines.iter().skip(index + 1).filter(|line| !line.is_blank());
    report.regions.mark(Span::new(line.start + at, line.end()), RegionKind::Notice);
    rest.for_each(|line| report.mark(line, RegionKind::Notice));
    let before = line.text.get(..at).unwrap_or_default().trim_end();
    keep_first(lines, if before.is_empty() { index } else { index + 1 });
    if !before.is_empty()
        && let Some(last) = lines.to_mut().last_mut()
    {
        *last = Line::new(before, line.start, line.start + at, line.cut);
    }
}

/// Cuts the signature off that begins on this line.
fn truncated<'a>(lines: &mut Lines<'_, 'a>, first: usize, filled: &[usize], found: &Found<'a>, report: &mut Report) {
    let more = filled.get(found.nth..found.nth + found.lines - 1).unwrap_or_default();
    more.iter().filter_map(|i| lines.get(*i)).for_each(|line| report.mark(line, RegionKind::Signature));
    let Some(line) = lines.get(first).copied() else { return };
    let span = Span::new(line.start + found.at, line.end());
    let name_end = line.start + found.name_end;
    report.regions.mark(Span::new(span.start, line.start + found.name_at), RegionKind::Notice);
    // What stands after the name on its line was added.
    let added = name_end < line.start + line.text.len();
    let end = if added { name_end } else { line.end() };
    report.regions.mark(Span::new(line.start + found.name_at, end), RegionKind::Signature);
    if added {
        report.regions.mark(Span::new(name_end, line.end()), RegionKind::Notice);
    }
    if found.assumed {
        let message = format!("\"{}\" read as the signature", found.name);
        report.emit(DiagnosticCode::SignatureAssumed, Span::new(line.start + found.name_at, name_end), message);
    }
    keep_first(lines, if found.at == 0 { first } else { first + 1 });
    if found.at > 0
        && let Some(line) = lines.to_mut().last_mut()
    {
        let before = line.text.get(..found.at).unwrap_or_default().trim_end();
        *line = Line::new(before, line.start, span.start, line.cut);
    }
}

/// Takes out the signature at the end of sections before the last one: alone on its line, and something was taken out
/// after it.
fn take_earlier(lines: &mut Lines<'_, '_>, name: &str, report: &mut Report) {
    let is_name = |line: &Line<'_>| line.text.len() >= name.len() && trim(line.text).eq_ignore_ascii_case(name);
    let ends_section = |index: usize| {
        let after = lines.iter().skip(index + 1).take(REACH);
        let blank = after.clone().take_while(|line| line.is_blank()).count();
        after.take(blank + 1).any(|line| line.cut == Cut::Lines)
    };
    let earlier: Vec<bool> = lines.iter().enumerate().map(|(i, line)| is_name(line) && ends_section(i)).collect();
    if !earlier.contains(&true) {
        return;
    }
    let mut left = Vec::with_capacity(lines.len());
    let mut cut = Cut::None;
    for (line, is_signature) in lines.iter().zip(earlier) {
        if is_signature {
            report.mark(line, RegionKind::Signature);
            cut = Cut::Lines;
        } else {
            left.push(line.after(cut));
            cut = Cut::None;
        }
    }
    *lines = Lines::Owned(left);
}

/// The last lines that are not blank, from the end.
fn last_filled(lines: &[Line<'_>]) -> Vec<usize> {
    let mut filled = Vec::with_capacity(REACH);
    filled.extend(lines.iter().enumerate().rev().filter(|(_, l)| !l.is_blank()).map(|(i, _)| i).take(REACH));
    filled
}

/// Cuts off the notice of a post's page that stands above the signature, on lines of its own or after the last sentence.
fn take_footer(lines: &mut Lines<'_, '_>, report: &mut Report) {
    let blank = lines.iter().rev().take_while(|line| line.is_blank()).count();
    keep_first(lines, lines.len() - blank);
    let filled = last_filled(lines);
    let footer = Last { lines, filled: &filled, officer: None }.footer();
    if let Some(first) = footer.checked_sub(1).and_then(|nth| filled.get(nth)) {
        for line in lines.iter().skip(*first).filter(|l| !l.is_blank()) {
            report.mark(line, RegionKind::Notice);
        }
        keep_first(lines, *first);
        return;
    }
    let Some(line) = lines.last().copied() else { return };
    let notice = page_notice_at_end(line.text).filter(|at| {
        let notice = line.text.get(*at..).unwrap_or_default();
        opens_notice(notice) && ends_before_number(line.text.get(..*at).unwrap_or_default())
    });
    if let Some(at) = notice
        && let Some(last) = lines.to_mut().last_mut()
    {
        report.regions.mark(Span::new(line.start + at, line.end()), RegionKind::Notice);
        let before = line.text.get(..at).unwrap_or_default().trim_end();
        *last = Line::new(before, line.start, line.start + at, line.cut);
    }
}

/// Whether a line belongs to the head of a text, and so to another cable.
fn is_of_another_cable(line: &str) -> bool {
    executive_order::label(line).is_some() || tags::label(line).is_some() || subject::label(line).is_some()
}

/// A signature among the last lines.
#[derive(Debug)]
struct Found<'a> {
    name: Cow<'a, str>,
    /// Which of the filled lines it stands on, from the end, and how many lines it takes.
    nth: usize,
    lines: usize,
    /// Where on its line the text ends, where the name begins, and where it ends: a web link may stand between text and
    /// name, an end of message after it.
    at: usize,
    name_at: usize,
    name_end: usize,
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
        let cut = self.line(nth).is_some_and(|l| l.cut != Cut::None);
        match (self.filled.get(nth), self.filled.get(nth + 1)) {
            (Some(here), Some(above)) => cut || here - above > 1,
            _ => true,
        }
    }

    /// Whether a line ends a sentence, or the text.
    fn ends_text(&self, nth: usize) -> bool {
        let text = self.text(nth);
        ends_sentence(text)
            || is_addition(text)
            || closes_passage(text)
            || signature::closes_text(text)
            || page_notice_at_end(text).is_some()
    }

    /// How many additions stand at the very end.
    fn additions(&self) -> usize {
        // A link that ends a sentence is part of it.
        let alone = |nth: usize| self.after_gap(nth) || ends_sentence(self.text(nth + 1));
        (0..self.filled.len()).take_while(|nth| is_addition(self.text(*nth)) && alone(*nth)).count()
    }

    /// How many lines at the end are a note of a communications centre, which may go on over some lines.
    fn note(&self) -> usize {
        const LONGEST: usize = 4;
        (0..self.filled.len().min(LONGEST)).rev().find(|nth| is_note(self.text(*nth))).map_or(0, |nth| nth + 1)
    }

    /// How many lines at the end are notices of the post's page, with the rules around them.
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

    /// How many lines from this one on, upwards, are a notice of the post's page: it begins a block, or comes after a
    /// sentence, and names the page.
    fn page_notice(&self, from: usize) -> Option<usize> {
        const LONGEST: usize = 5;
        for nth in from..self.filled.len().min(from + LONGEST) {
            let (text, above) = (self.text(nth), self.text(nth + 1));
            if opens_notice(text)
                && (self.after_gap(nth) || is_rule(above) || ends_sentence(above) || names_page(above))
            {
                let named = (from..=nth).any(|nth| names_page(self.text(nth)));
                return named.then_some(nth + 1 - from);
            }
            // A link alone may stand below.
            if self.after_gap(nth) && !is_addition(text) {
                break;
            }
        }
        None
    }

    /// The signature: above a note, after the notice of the post's page, or above it.
    fn signature(&self) -> Option<Found<'a>> {
        match self.note() {
            0 => self.signature_from(0).or_else(|| self.signature_from(self.footer())),
            note => self.signature_from(note),
        }
    }

    /// The signature: on this line, or before additions and a scrap or two.
    fn signature_from(&self, first: usize) -> Option<Found<'a>> {
        let mut scraps = 0;
        let mut closed = false;
        for nth in first..self.filled.len() {
            let text = self.text(nth);
            if closes_message(text) {
                closed = true;
                continue;
            }
            if let Some(found) = self.of_officer(nth, scraps == 0) {
                return Some(found);
            }
            let found = self.split_name(nth).or_else(|| self.whole_line(nth, closed || nth == 0));
            let found = found.or_else(|| self.part_of_line(nth, scraps == 0)).or_else(|| self.in_small_letters(nth));
            if let Some(mut found) = found {
                // After it nothing but additions, or it must stand quite alone.
                found.assumed |= scraps > 0;
                return (scraps == 0 || found.at == 0 && self.after_gap(nth)).then_some(found);
            }
            if is_of_another_cable(text) || is_remnant(text) || is_addition(text) || opens_notice(text) && nth > 0 {
                continue;
            }
            scraps += 1;
            // The end of a long subject may stand there, too: `HE HARBOUR OF OSLO...`
            let cut = text.ends_with("...") && !text.chars().any(char::is_lowercase);
            if scraps > SCRAPS || text.len() > 50 || ends_sentence(text) && !cut {
                return None;
            }
        }
        None
    }

    /// A line that is a signature. A short last line of a paragraph looks like one, too: then the sentence before it is
    /// not at its end. `closed` tells that the message ends below.
    fn whole_line(&self, nth: usize, closed: bool) -> Option<Found<'a>> {
        let text = without_additions(self.text(nth));
        let above = self.text(nth + 1);
        if !signature::is_signature(text) {
            return None;
        }
        let small_letters = |text: &str| text.chars().any(char::is_lowercase);
        // Twice: `SMITH` / `SMITH`.
        let twice =
            signature::is_signature(above) && signature::name(above).eq_ignore_ascii_case(signature::name(text));
        if twice {
            return Some(self.found(Cow::Borrowed(signature::name(above)), nth, 2, false));
        }
        let settled = self.ends_text(nth + 1) || self.after_gap(nth) || !small_letters(text) && small_letters(above);
        let room = !settled && closed && signature::had_room(above, text, self.width(nth + 1));
        let name_end = self.line(nth).map_or(0, |line| line.text.len() - line.trimmed().len()) + text.len();
        (settled || room)
            .then(|| Found { name_end, ..self.found(Cow::Borrowed(signature::name(text)), nth, 1, !settled) })
    }

    /// A name that takes these lines alone.
    fn found(&self, name: Cow<'a, str>, nth: usize, lines: usize, assumed: bool) -> Found<'a> {
        let length = self.line(nth + lines - 1).map_or(0, |line| line.text.len());
        Found { name, nth, lines, at: 0, name_at: 0, name_end: length, assumed }
    }

    /// How wide the lines of the text are, from this one upwards; of unwrapped ones there is no telling.
    fn width(&self, from: usize) -> usize {
        const WRAPPED: usize = 80;
        let widest = (from..self.filled.len()).filter_map(|nth| self.line(nth)).map(|line| line.text.len()).max();
        widest.filter(|width| *width <= WRAPPED).unwrap_or(0)
    }

    /// A word after the last sentence of a text in which no capital stands: `halvorsen`.
    fn in_small_letters(&self, nth: usize) -> Option<Found<'a>> {
        const ENOUGH: usize = 2;
        let text = self.text(nth);
        let capitals = |nth: usize| self.text(nth).chars().any(char::is_uppercase);
        let fits = signature::is_small_signature(text)
            && self.ends_text(nth + 1)
            && self.filled.len() > nth + ENOUGH
            && !(nth..self.filled.len()).any(capitals);
        fits.then(|| self.found(Cow::Borrowed(text), nth, 1, true))
    }

    /// The surname of the officer who classified the cable, in any letters: alone on its line, or after the last sentence.
    fn of_officer(&self, nth: usize, last: bool) -> Option<Found<'a>> {
        let line = self.line(nth)?;
        let text = without_additions(line.text).trim_end_matches(['.', ' ', '"']);
        let at = text.len().checked_sub(self.officer?.len())?;
        let (before, name) = text.split_at_checked(at)?;
        let alone = before.trim().is_empty();
        let fits = name.eq_ignore_ascii_case(self.officer?) && (alone || before.ends_with(' '));
        let after = alone || (ends_sentence(before.trim_end()) || closes_passage(before)) && last;
        // Where a sentence ends before it, it is certain: both fields have the name.
        let assumed = alone && !self.after_gap(nth) && !self.ends_text(nth + 1);
        (fits && after).then_some(Found {
            name: Cow::Borrowed(name),
            nth,
            lines: 1,
            at: if alone { 0 } else { at },
            name_at: at,
            name_end: text.len(),
            assumed,
        })
    }

    /// A name broken over two lines: `STEDM` / `AN`.
    fn split_name(&self, nth: usize) -> Option<Found<'a>> {
        let (head, tail) = (self.text(nth + 1), self.text(nth));
        let capitals = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase());
        let broken = capitals(head) && capitals(tail) && tail.len() <= 3 && head.len() >= 3 && !self.after_gap(nth);
        (broken && ends_sentence(self.text(nth + 2)) && !signature::closes_text(head))
            .then(|| self.found(Cow::Owned(format!("{head}{tail}")), nth, 2, true))
    }

    /// A signature in the last words of a line, perhaps before a banner.
    fn part_of_line(&self, nth: usize, last: bool) -> Option<Found<'a>> {
        let line = self.line(nth)?;
        let text = without_additions(line.text);
        let before_banner = last_banner(text).and_then(|text| self.last_words(nth, text.trim_end(), last));
        before_banner.or_else(|| self.last_words(nth, text, last))
    }

    /// A signature in the last words of this text of a line.
    fn last_words(&self, nth: usize, text: &'a str, last: bool) -> Option<Found<'a>> {
        let lone = || signature::lone_capitals(text).filter(|at| last && self.stands_once(text.get(*at..)));
        let (at, name_at) = signature::glued(text, last).or_else(|| lone().map(|at| (at, at)))?;
        let (before, written) = text.split_at_checked(name_at)?;
        let name = signature::name(written);
        let assumed = !(last && signature::is_sure_after(before, written) && self.is_in_small_letters());
        Some(Found { name: Cow::Borrowed(name), nth, lines: 1, at, name_at, name_end: text.len(), assumed })
    }

    /// Whether the last lines are written in small letters, so that a name in capitals stands out.
    fn is_in_small_letters(&self) -> bool {
        let letters = |line: &Line<'_>| {
            let small = line.text.bytes().filter(u8::is_ascii_lowercase).count();
            (small, line.text.bytes().filter(u8::is_ascii_uppercase).count())
        };
        let lines = (0..self.filled.len()).filter_map(|nth| self.line(nth)).map(letters);
        let (small, capital) = lines.fold((0, 0), |(small, capital), (s, c)| (small + s, capital + c));
        small > capital * 2
    }

    /// Whether a word stands only once in the text.
    fn stands_once(&self, word: Option<&str>) -> bool {
        word.is_some_and(|word| {
            let finder = memchr::memmem::Finder::new(word);
            self.lines.iter().map(|line| finder.find_iter(line.text.as_bytes()).count()).sum::<usize>() == 1
        })
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
            ("after the last sentence", "The fish went home. Merridew", Some("MERRIDEW"), Some("Merridew")),
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
            ("in capitals at the end of words", "The fish went to END COMMENT MERRIDEW", None, Some("MERRIDEW")),
            ("somebody else", "The fish went home. Thornbury", Some("MERRIDEW"), Some("Thornbury")),
            ("nobody known", "The fish went home. Merridew", None, Some("Merridew")),
            ("no name", "The fish went home. Septel", None, None),
            ("below a notice", "It is late. Visit Oslo's Website: xxxxxxxx. cfm\nMerridew", None, Some("Merridew")),
            ("below a table", "COD    7  8\nLING   9  3\nMERRIDEW\n\nUNCLASSIFIED\n", None, Some("MERRIDEW")),
            (
                "below another's name",
                "THE NOTE WAS SENT ON JULY 2 AND WAS SIGNED BY:\nOLE NORDMANN, MINISTER\nROE\n",
                None,
                Some("ROE"),
            ),
            ("the end of a sentence", "THE MINISTER OF THE HARBOURS CAME TO OPEN THE OLD\nEXHIBITION", None, None),
        ] {
            assert_eq!(signature(text, officer).0.as_deref(), want, "{name}");
        }
    }

    #[test]
    fn what_stands_behind_the_signature() {
        for trailing in [
            "Nnnn",
            "2002OSLO00461 - Classification: CONFIDENTIAL",
            "...",
            "\"",
            "NOTE BY OC/T:  PARA 2 AS RECEIVED.",
            "NOTE BY OC/T: NOT PASSED TO BERGEN AND\nTO THE OTHER POSTS.",
            "NNNN  2009OSLO00461 - Classification: UNCLASSIFIED",
            "SELECT * FROM `cable` WHERE `id` = 90016",
            "0 11/20/2007",
            "*****\nVisit Embassy Oslo's Classified Website:\nhttp://oslo.example/\n\nYou can also access this site \
             through the\nClassified SIPRNET website.\n*****",
        ] {
            let want = (Some("MERRIDEW".to_owned()), vec!["The fish went home.".to_owned()]);
            assert_eq!(signature(&format!("The fish went home.\nMERRIDEW\n\n{trailing}\n"), None), want, "{trailing}");
        }
        let above = "The fish went home.\n\n*****\nVisit Embassy Oslo's Classified Website:\nhttp://oslo.example/\n\n\
                     You can also access this site through the\nClassified SIPRNET website.\n*****\nMERRIDEW\n";
        let want = (Some("MERRIDEW".to_owned()), vec!["The fish went home.".to_owned(), String::new()]);
        assert_eq!(signature(above, None), want);
    }

    #[test]
    fn on_the_line_of_the_last_sentence() {
        for (name, line) in [
            ("the end of the message", "The fish went home. MERRIDEW NNNN"),
            ("a banner and the end", "The fish went home. MERRIDEW UNCLASSIFIED NNN"),
            ("a note", "The fish went home. MERRIDEW NOTE BY OC/T: PARA 2 AS RECEIVED."),
            ("cells", "The fish went home. MERRIDEW 0 11/20/2007"),
            ("a notice", "The fish went home. Visit Oslo's Classified Website: XXXXXXXXXXXX MERRIDEW"),
            ("a banner", "The fish went home. MERRIDEW UNCLASSIFIED"),
            ("a sign", "The fish went home. #MERRIDEW"),
            ("cells, on a line of its own", "The fish went home.\nMERRIDEW 0 11/20/2007"),
            ("a quotation mark", "The fish went home. MERRIDEW\""),
        ] {
            let want = (Some("MERRIDEW".to_owned()), vec!["The fish went home.".to_owned()]);
            assert_eq!(signature(line, None), want, "{name}");
        }
    }

    #[test]
    fn cells_of_a_row_behind_the_signature() {
        let want = (Some("MERRIDEW".to_owned()), vec!["1. Cod.".to_owned(), "The fish went home.".to_owned()]);
        let row = "0 07/03/2009 461 EFIS,SENV,NO THE FISH MARKET MOVES INDOORS\nThe market has moved indoors, and all went home.\n";
        for (name, text) in [
            ("a row", format!("MERRIDEW\n\n{row}")),
            (
                "a row and more lines of it",
                format!("MERRIDEW\n{row}It is late, and the fish went home again.\nThey sleep.\n"),
            ),
            (
                "the end of a quoted cell",
                "MERRIDEW \",7/3/2009,The Fish Market Moves Indoors\n1.,(U) The market moved.\n".to_owned(),
            ),
            (
                "the end of a cell, on a line",
                "MERRIDEW\n\",12/31/2009 9:15,The Fish Market\nThe market moved.\n".to_owned(),
            ),
        ] {
            assert_eq!(signature(&format!("1. Cod.\nThe fish went home.\n{text}"), None), want, "{name}");
        }
        let text =
            "1. Cod.\nThe fish went home. MERRIDEW \",7/3/2009,The Fish Market Moves Indoors\nThe market moved.\n";
        assert_eq!(signature(text, None), want, "after the last sentence");
        let text = "1. Cod.\nThey said \"cod,\" 7/3/2009, and left.\n0 of them came in 07/03/2009.\n";
        assert_eq!(signature(text, None).1.len(), 3, "prose");
        let text = "Cod.\n\nIt is late.  Visit Oslo's Classified Website: XXXXXXXXXXXX\n";
        assert_eq!(signature(text, None), (None, vec!["Cod.".to_owned(), String::new(), "It is late.".to_owned()]));
    }

    #[test]
    fn at_the_end_of_each_section() {
        let lines = crate::lines::split("Cod.\nROE\nLing is at\nRoe\nharbour.\nROE\n");
        let mut lines: Vec<_> = lines;
        lines[2] = lines[2].following(Cut::Lines);
        let mut lines = Lines::Owned(lines);
        let name = take_off(&mut lines, None, &mut Report::default());
        let left: Vec<_> = lines.iter().map(|line| line.text).collect();
        assert_eq!((name.as_deref(), left), (Some("ROE"), vec!["Cod.", "Ling is at", "Roe", "harbour."]));
    }
}
