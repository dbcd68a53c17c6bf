//! The blocks of a body: the lines are gone over once, and each is a heading's, begins a paragraph, or goes on with the
//! block that is open.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::body::glued::Glued;
use crate::body::headings::{Headings, Lettered, hyphened, is_redaction};
use crate::body::inserted::{Inserted, Sign};
use crate::body::joint::{Between, Join, join};
use crate::body::parted::UNWRAPPED;
use crate::cable::Block;
use crate::diagnostic::DiagnosticCode;
use crate::fast_path;
use crate::field::paragraph_number::Numbered;
use crate::field::portion_mark::PortionMark;
use crate::field::{passage, portion_mark};
use crate::lines::{Cut, Line, Report, trim_start};
use crate::ornament::{between_signs, is_rule};
use crate::region::RegionKind;
use crate::sentence::is_complete;
use crate::span::Span;
use crate::text::{BodyText, Joint};
use crate::words::{Words, is_rest_of_word};

/// The blocks of these lines, with paragraphs where the numbers are, and without the inserted signs. `glued` are the headings
/// that are parts of lines.
pub(crate) fn build<'a>(
    text: &'a str,
    lines: &[Line<'a>],
    numbered: &[Numbered],
    glued: &[Glued],
    inserted: &[Inserted],
    report: &mut Report,
) -> Vec<Block<'a>> {
    let headings = Headings { lines };
    let blocks = Vec::with_capacity(numbered.len() + 8);
    let words = Words::of(text);
    let mut builder = Builder { text, headings, glued, inserted, words, report, blocks, open: None, lettered: None };
    builder.build(numbered);
    builder.close();
    let mut blocks = builder.blocks;
    name_unnumbered(&mut blocks);
    blocks
}

/// In a text without numbers and portion marks its passages of prose are the paragraphs: one that is alone is not numbered
/// (5 FAH-1 H-246).
fn name_unnumbered(blocks: &mut [Block<'_>]) {
    if blocks.iter().any(|block| matches!(block, Block::Paragraph { .. })) {
        return;
    }
    for block in blocks {
        if let Block::Text { text } = block
            && text.pieces().last().is_some_and(|(_, piece)| is_complete(piece))
        {
            *block = Block::Paragraph { number: None, portion_mark: None, text: std::mem::take(text) };
        }
    }
}

/// A block that is being read.
struct Open<'a> {
    kind: OpenKind<'a>,
    text: BodyText<'a>,
    /// The stretch of input that the next lines may prolong, and how it follows the text before it.
    stretch: Option<(Joint, Span)>,
    /// How long its last line is, and what stands after it.
    width: usize,
    after: Between,
    region: RegionKind,
    /// What belongs to it and is not marked yet.
    marked: Span,
}

#[derive(Debug)]
enum OpenKind<'a> {
    Paragraph { number: Option<u8>, mark: Option<Cow<'a, str>> },
    Heading,
    Text,
}

impl<'a> OpenKind<'a> {
    const fn region(&self) -> RegionKind {
        match self {
            Self::Paragraph { .. } => RegionKind::Paragraph,
            Self::Heading => RegionKind::Heading,
            Self::Text => RegionKind::Text,
        }
    }

    fn block(self, text: BodyText<'a>) -> Block<'a> {
        match self {
            Self::Paragraph { number, mark } => {
                Block::Paragraph { number, portion_mark: mark.and_then(PortionMark::as_written), text }
            }
            Self::Heading => Block::Heading { text },
            Self::Text => Block::Text { text },
        }
    }
}

impl<'a> Open<'a> {
    fn new(kind: OpenKind<'a>) -> Self {
        let region = kind.region();
        Self {
            kind,
            text: BodyText::default(),
            stretch: None,
            width: 0,
            after: Between::default(),
            region,
            marked: Span::default(),
        }
    }

    /// Begins with a part of a line.
    fn begin(&mut self, line: &Line<'a>, span: Span) {
        let whole = span.start == line.start;
        let start = if !self.marked.is_empty() {
            self.marked.start
        } else if whole {
            line.start
        } else {
            span.start
        };
        self.marked = Span::new(start, region_end(line, span));
        self.stretch = Some((Joint::Line, span));
        self.width = line.text.len();
    }

    /// Adds a part of a line to the stretch: nothing but white space stands between.
    fn prolong(&mut self, line: &Line<'a>, span: Span) {
        if let Some((_, stretch)) = &mut self.stretch {
            stretch.end = span.end;
        }
        self.marked.end = region_end(line, span);
        self.width = line.text.len();
        self.after = Between::default();
    }

    /// Closes the stretch here, and begins the next one.
    fn follow(&mut self, text: &'a str, joint: Joint, span: Span) {
        if let Some((joint, stretch)) = self.stretch.take() {
            self.text.push(joint, text.get(stretch.start..stretch.end).unwrap_or_default());
        }
        self.stretch = Some((joint, span));
        self.after = Between::default();
    }
}

/// The end of the region of a part of a line: with the line end, where it is the last part.
fn region_end(line: &Line<'_>, span: Span) -> usize {
    if span.end == line.start + line.text.len() { line.end() } else { span.end }
}

struct Builder<'a, 'l, 'r> {
    text: &'a str,
    headings: Headings<'l, 'a>,
    /// Headings that are parts of lines, from the first one not passed yet.
    glued: &'l [Glued],
    /// Signs that are no text, from the first one not passed yet.
    inserted: &'l [Inserted],
    words: Words<'a>,
    report: &'r mut Report,
    blocks: Vec<Block<'a>>,
    open: Option<Open<'a>>,
    /// The last heading with a letter.
    lettered: Option<Lettered>,
}

impl<'a> Builder<'a, '_, '_> {
    fn build(&mut self, numbered: &[Numbered]) {
        let lines = self.headings.lines;
        let mut numbered = numbered.iter().peekable();
        let mut index = 0;
        while let Some(line) = lines.get(index).copied() {
            let next_number = numbered.peek().map(|n| n.candidate.line);
            let next_glued = self.glued.first().map_or(lines.len(), |glued| glued.line);
            let skimmed = self.skim(index, next_number.unwrap_or(lines.len()).min(next_glued));
            if skimmed > index {
                index = skimmed;
                continue;
            }
            let starts_number = numbered.peek().is_some_and(|n| {
                n.candidate.line == index && line.text.get(..n.candidate.start).is_some_and(|b| b.trim().is_empty())
            });
            if line.is_blank() {
                self.open.iter_mut().for_each(|open| open.after.add_blank(line.cut));
                index += 1;
            } else if !starts_number && let Some(len) = self.heading_at(index, next_number, line.cut) {
                self.heading(index, len);
                index += len;
            } else {
                let mut from = 0;
                while let Some(n) = numbered.next_if(|n| n.candidate.line == index) {
                    self.with_glued(index, &line, from, n.candidate.start);
                    from = self.paragraph(&line, n);
                }
                self.with_glued(index, &line, from, line.text.len());
                index += 1;
            }
        }
    }

    /// Goes on with what is open by whole lines that follow each other without a blank line, up to a line that may be
    /// anything else; gives that line. So nearly all lines of a body are done with, and none of the questions that
    /// [`Self::build`] asks of the others is asked: it would go on with each of these, too.
    fn skim(&mut self, from: usize, to: usize) -> usize {
        let lines = self.headings.lines;
        let above = from.checked_sub(1).and_then(|above| lines.get(above));
        let open = self.open.as_mut().filter(|open| open.after == Between::default() && open.stretch.is_some());
        let (Some(open), Some(above)) = (open, above.filter(|_| !fast_path::is_disabled())) else { return from };
        // After such a line another block may begin, or a word be joined.
        let may_close =
            |line: &Line<'_>| line.text.len() > UNWRAPPED || line.text.ends_with('-') || is_redaction(line.text);
        let mut closed = may_close(above) || above.cut.in_line() || is_rule(above.text);
        let inserted = self.inserted.iter().map(|sign| sign.at).find(|at| *at >= above.end()).unwrap_or(usize::MAX);
        let goes_on = |line: &&Line<'_>| {
            let goes_on = line.goes_on() && !closed && line.end() <= inserted && !is_rest_of_word(line.text);
            closed = may_close(line);
            goes_on
        };
        let here = lines.get(from..to).unwrap_or_default();
        let count = here.iter().take_while(goes_on).count();
        // Unless a rule under it makes a heading of the last one.
        let count = count - usize::from(count > 0 && self.headings.is_underlined(from + count - 1));
        if let Some(last) = count.checked_sub(1).and_then(|last| here.get(last)) {
            open.prolong(last, Span::new(last.start, last.start + last.text.len()));
        }
        from + count
    }

    /// How many lines from this one on are a heading.
    fn heading_at(&self, index: usize, next_number: Option<usize>, cut: Cut) -> Option<usize> {
        let lettered = || self.lettered.filter(|last| self.headings.is_next_letter(index, last)).map(|_| 1);
        self.headings.at(index, next_number, self.is_in_text(cut)).or_else(lettered)
    }

    /// Whether text stands right above a line.
    fn is_in_text(&self, cut: Cut) -> bool {
        cut != Cut::Parted && self.open.as_ref().is_some_and(|open| !open.after.blank && !open.after.any_cut)
    }

    fn heading(&mut self, index: usize, len: usize) {
        self.close();
        let lines = self.headings.lines;
        let Some(lines) = lines.get(index..index + len).or_else(|| lines.get(index..)) else { return };
        let rules = |lines: &[Line<'a>], report: &mut Report| {
            lines.iter().filter(|line| is_rule(line.text)).for_each(|line| report.mark(line, RegionKind::Heading));
        };
        let over = lines.iter().take_while(|line| is_rule(line.text) || line.is_blank()).count();
        let (over, lines) = lines.split_at_checked(over).unwrap_or_default();
        // In the order of the text, or the marks would have to be sorted.
        rules(over, self.report);
        let first = lines.iter().find(|line| !is_rule(line.text) && !line.is_blank());
        if let Some(lettered) = first.and_then(|line| Lettered::of(line.text)) {
            self.lettered = Some(lettered.after(self.lettered.as_ref()));
        }
        for line in lines.iter().filter(|l| !is_rule(l.text) && !l.is_blank()) {
            self.open.get_or_insert_with(|| Open::new(OpenKind::Heading));
            let title = between_signs(line.text).or_else(|| hyphened(line.text)).map(|title| line.span_of(title));
            let from = if title.is_none() { self.after_pilcrow(line) } else { 0 };
            let whole = line.text_span();
            let whole = if from == 0 { whole } else { Span::new(line.start + from, whole.end) };
            let Span { start, end } = title.unwrap_or(whole);
            self.go_on_without_inserted(line, start - line.start, end - line.start);
            if title.is_some() {
                self.report.mark(line, RegionKind::Heading);
            }
        }
        self.close();
        rules(lines, self.report);
    }

    /// Begins a paragraph. Gives the offset after its number and its mark: its text follows by [`Self::part`].
    fn paragraph(&mut self, line: &Line<'a>, numbered: &Numbered) -> usize {
        self.close();
        let (mut mark, mut from) = self.mark_at(line, numbered.candidate.end, true);
        if let Some(sign) = stray_sign(line.text.get(from..).unwrap_or_default()) {
            from += sign;
            if mark.is_none() {
                (mark, from) = self.mark_at(line, from, true);
            }
        }
        let mut open = Open::new(OpenKind::Paragraph { number: Some(numbered.number), mark });
        open.marked = Span::new(line.start + numbered.candidate.start, line.end());
        self.open = Some(open);
        from
    }

    /// The portion mark at this offset and the offset after it, with a diagnostic where it was damaged.
    fn mark_at(&mut self, line: &Line<'a>, at: usize, numbered: bool) -> (Option<Cow<'a, str>>, usize) {
        let text = trim_start(line.text.get(at..).unwrap_or_default());
        let found = if numbered { portion_mark::after_number(text) } else { portion_mark::leading(text) };
        let Some((mark, rest)) = found else { return (None, at) };
        let end = line.text.len() - rest.len();
        if mark.repaired {
            let message = format!("portion mark \"{}\" read in spite of a lost bracket", mark.mark);
            self.report.emit(DiagnosticCode::PortionMarkRepaired, trimmed(line, at, end), message);
        }
        (Some(Cow::Borrowed(mark.mark)), end)
    }

    /// Goes on by a part of a line, the end of which may be a heading.
    fn with_glued(&mut self, index: usize, line: &Line<'a>, from: usize, to: usize) {
        let here = |glued: &Glued| glued.line == index && (from..to).contains(&glued.from);
        let Some((glued, rest)) = self.glued.split_first().filter(|(glued, _)| here(glued)) else {
            return self.part(line, from, to);
        };
        self.glued = rest;
        self.part(line, from, glued.from);
        self.close();
        self.open = Some(Open::new(OpenKind::Heading));
        self.go_on_without_inserted(line, glued.from, glued.to);
        self.close();
    }

    /// Goes on with what is open by a part of a line, or begins a block of text.
    fn part(&mut self, line: &Line<'a>, from: usize, to: usize) {
        if line.text.get(from..to).is_none_or(|part| trim_start(part).is_empty()) {
            return;
        }
        let from = if from == 0 { self.after_pilcrow(line) } else { from };
        let from = self.after_mark(line, from);
        self.go_on_without_inserted(line, from, to);
    }

    /// Goes on by a part of a line without the signs in it that are no text. A pilcrow is none before what looked like a
    /// paragraph's number and is no number.
    fn go_on_without_inserted(&mut self, line: &Line<'a>, mut from: usize, to: usize) {
        let mut joint = Joint::Blank;
        while let Some((Inserted { at, sign }, rest)) = self.inserted.split_first()
            && *at < line.start + to
        {
            self.inserted = rest;
            let Some(inner) = at.checked_sub(line.start).filter(|inner| *inner >= from) else { continue };
            let after = inner + sign.len();
            let before_word = line.text.get(after..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            let (region, is_none) = match sign {
                Sign::Pilcrow => (RegionKind::PageFurniture, inner > from && before_word),
                Sign::Quote => (RegionKind::Notice, true),
            };
            if !is_none {
                continue;
            }
            let before = line.text.get(from..inner).unwrap_or_default();
            if !before.trim().is_empty() {
                self.go_on(line, Span::new(line.start + from, line.start + inner), joint);
                joint = if before.ends_with([' ', '\t']) { Joint::Blank } else { Joint::Word };
            }
            self.report.regions.mark(Span::new(*at, line.start + after), region);
            from = after;
        }
        self.go_on(line, Span::new(line.start + from, line.start + to), joint);
    }

    /// The offset after a portion mark that a line begins with, when it is one's of a paragraph; what is open then has it.
    fn after_mark(&mut self, line: &Line<'a>, from: usize) -> usize {
        let begins = trim_start(line.text.get(..from).unwrap_or_default()).is_empty();
        if self.takes_mark() {
            // On a line of its own, before the text, or after the label that the text begins with.
            let here = line.text.get(from..).unwrap_or_default();
            let label = passage::label(here)
                .filter(|label| portion_mark::leading(here.get(*label..).unwrap_or_default()).is_some());
            if !begins && label.is_none() {
                return from;
            }
            if let Some(label) = label {
                self.go_on(line, Span::new(line.start + from, line.start + from + label), Joint::Blank);
            }
            let (found, end) = self.mark_at(line, from + label.unwrap_or(0), false);
            if let Some(Open { kind: OpenKind::Paragraph { mark, .. }, .. }) = &mut self.open {
                *mark = found;
            }
            return end;
        }
        if begins && self.may_begin_unnumbered(line.cut) && portion_mark::leading(line.trimmed()).is_some() {
            self.close();
            let (mark, end) = self.mark_at(line, from, false);
            let mut open = Open::new(OpenKind::Paragraph { number: None, mark });
            open.marked = line.span();
            self.open = Some(open);
            return end;
        }
        from
    }

    /// Where a line begins: after the pilcrow that a publisher put before what looked like a paragraph's number and is
    /// none.
    fn after_pilcrow(&mut self, line: &Line<'a>) -> usize {
        let trimmed = line.trimmed();
        let Some(rest) = trimmed.strip_prefix('¶').filter(|rest| rest.starts_with(char::is_alphanumeric)) else {
            return 0;
        };
        let from = line.text.len() - rest.len();
        let pilcrow = Span::new(line.start + from - '¶'.len_utf8(), line.start + from);
        self.report.regions.mark(pilcrow, RegionKind::PageFurniture);
        from
    }

    /// Whether a numbered paragraph is open that has neither mark nor text yet.
    fn takes_mark(&self) -> bool {
        self.open.as_ref().is_some_and(|open| {
            matches!(open.kind, OpenKind::Paragraph { number: Some(_), mark: None }) && open.stretch.is_none()
        })
    }

    /// Whether a portion mark at a line's start may begin a paragraph without a number: not inside a numbered one.
    fn may_begin_unnumbered(&self, cut: Cut) -> bool {
        match &self.open {
            Some(Open { kind: OpenKind::Paragraph { number, .. }, after, .. }) => {
                number.is_none() && (after.blank || after.any_cut || cut != Cut::None)
            }
            _ => true,
        }
    }

    /// Adds a part of a line to what is open: prolongs the stretch of input, or begins a new one where something was
    /// taken out or a sentence is to be joined. Text after a paragraph of its own begins a new block. `in_line` is how it
    /// follows another part of the same line.
    fn go_on(&mut self, line: &Line<'a>, span: Span, in_line: Joint) {
        let text = self.text;
        let here = text.get(span.start..span.end).unwrap_or_default();
        let open = self.open.get_or_insert_with(|| Open::new(OpenKind::Text));
        let Some((_, stretch)) = open.stretch else { return open.begin(line, span) };
        let same_line = stretch.end >= line.start;
        let between = if same_line { Between::default() } else { open.after.before(line.cut) };
        let before = text.get(stretch.start..stretch.end).unwrap_or_default().trim_end();
        let parted = same_line || span.start > line.start || line.is_loose();
        if between == Between::default() {
            let width = open.width;
            let word = if same_line { None } else { parted_word(&mut self.words, before, width, here) };
            if let Some((head, message)) = word {
                let at = stretch.start + head;
                self.report.emit(DiagnosticCode::SentenceJoined, Span::new(at, span.start), message);
                open.stretch =
                    Some((open.stretch.map_or(Joint::Line, |(joint, _)| joint), Span::new(stretch.start, at)));
                open.follow(text, Joint::Word, Span::new(span.end - here.trim_start().len(), span.end));
                open.marked.end = region_end(line, span);
            } else if parted {
                open.follow(text, if same_line { in_line } else { Joint::Line }, span);
                self.mark_anew(line, span);
            } else {
                // The next line of the same sentence, as most are.
                open.prolong(line, span);
            }
            return;
        }
        let Join { joint, mended } = join(before, open.width, here, between);
        if joint == Joint::Paragraph && !between.any_cut && matches!(open.kind, OpenKind::Text) {
            self.close();
            self.open.get_or_insert_with(|| Open::new(OpenKind::Text)).begin(line, span);
            return;
        }
        if let Some(message) = mended {
            self.report.emit(DiagnosticCode::SentenceJoined, Span::new(stretch.end, span.start), message);
        }
        if joint == Joint::Paragraph && !between.any_cut && !parted {
            return open.prolong(line, span);
        }
        open.follow(text, joint, span);
        open.width = line.text.len();
        if between.any_cut || parted {
            self.mark_anew(line, span);
        } else {
            open.marked.end = region_end(line, span);
        }
    }

    /// Marks what belongs to the open block up to something that does not, and begins anew after it.
    fn mark_anew(&mut self, line: &Line<'a>, span: Span) {
        let Some(open) = &mut self.open else { return };
        self.report.regions.mark(open.marked, open.region);
        open.marked = Span::new(span.start, region_end(line, span));
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        self.report.regions.mark(open.marked, open.region);
        if let Some((joint, stretch)) = open.stretch {
            open.text.push(joint, self.text.get(stretch.start..stretch.end).unwrap_or_default());
        }
        // A rule in the line of a paragraph, with nothing before it.
        if !open.text.is_empty() || matches!(open.kind, OpenKind::Paragraph { .. }) {
            self.blocks.push(open.kind.block(open.text));
        }
    }
}

/// Whether a word goes on from one line to the next: how long the text before it is without a hyphen, and what to report.
/// `width` is the length of the line above.
fn parted_word(words: &mut Words<'_>, before: &str, width: usize, here: &str) -> Option<(usize, &'static str)> {
    /// The machine had no room for more.
    const FULL: RangeInclusive<usize> = 66..=80;
    if before.ends_with('-') && words.has_whole(before, here) {
        return Some((before.len() - 1, "a word parted at the line's end, joined as elsewhere in the text"));
    }
    let broken = FULL.contains(&width) && words.is_broken(before, here);
    broken.then_some((before.len(), "a word broken at the end of a full line, joined"))
}

/// The length of a sign that a paragraph's text cannot begin with, and of the spaces around it: what a lost portion mark left
/// between its number and its text, as in `1. . Summary`.
fn stray_sign(text: &str) -> Option<usize> {
    let sign = trim_start(text);
    let rest = sign.strip_prefix(['.', ',', ':', ';'])?;
    let inner = trim_start(rest);
    let begins = inner.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '"' | '[' | '“'));
    (begins && inner.len() < rest.len()).then(|| text.len() - inner.len())
}

/// A part of a line as a span, without the spaces around it.
pub(crate) fn trimmed(line: &Line<'_>, start: usize, end: usize) -> Span {
    let part = line.text.get(start..end).unwrap_or_default();
    let from = line.start + start + part.len() - part.trim_start().len();
    Span::new(from, from + part.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_before_a_text() {
        for (text, want) in [
            (" . Summary: The market moved.", Some("Summary: The market moved.")),
            (".  (U) The market moved.", Some("(U) The market moved.")),
            (": The market moved.", Some("The market moved.")),
            (", the market moved.", Some("the market moved.")),
            (" . . . and moved.", None),
            ("...and moved.", None),
            (".5 per cent moved.", None),
            (" The market moved.", None),
        ] {
            assert_eq!(stray_sign(text).and_then(|at| text.get(at..)), want, "{text}");
        }
    }
}
