//! All that stands before the head of the text: distribution and drafting blocks, the heading, the classification line.

use crate::diagnostic::Code;
use crate::field::classification::ClassLine;
use crate::field::distribution::{self, Distribution};
use crate::field::drafting::{self, Drafting};
use crate::field::dtg::CenturyRule;
use crate::field::notice;
use crate::heading::{self, Heading};
use crate::lines::{Line, Report};
use crate::region::RegionKind;
use crate::span::Span;
use crate::text_head::find_class_line;

/// What stands before the head of the text.
#[derive(Debug, Default)]
pub(crate) struct Preamble<'a> {
    pub(crate) heading: Heading<'a>,
    pub(crate) distribution: Option<Distribution<'a>>,
    pub(crate) drafting: Option<Drafting<'a>>,
    /// The classification line with its place.
    pub(crate) class_line: Option<(ClassLine<'a>, Span)>,
    /// Where a sentence says that this is an extract.
    pub(crate) extract: Option<Span>,
    /// The year of a labelled message reference number.
    pub(crate) year: Option<i32>,
    /// Whether it is a record of SMART.
    pub(crate) smart: bool,
    /// How many lines all this took.
    pub(crate) used: usize,
    /// Where all this ends in the text: what should have stood before is missed here.
    pub(crate) end: usize,
}

impl Preamble<'_> {
    /// The place of what should have stood in it: an empty span at its end.
    pub(crate) const fn missed_here(&self) -> Span {
        Span::new(self.end, self.end)
    }

    /// A line of a publisher or an archive, which may say that this is an extract.
    fn notice(&mut self, line: &Line<'_>, report: &mut Report) {
        if notice::is_extract_notice(line.trimmed()) {
            self.extract = Some(line.text_span());
        }
        report.mark(line, RegionKind::Notice);
    }
}

/// Reads up to, and with, the classification line.
pub(crate) fn read<'a>(lines: &[Line<'a>], century: CenturyRule, report: &mut Report) -> Preamble<'a> {
    let mut out = Preamble { used: skip_cover_sheet(lines, report), ..Preamble::default() };
    let mut heading_read = false;
    while let Some(line) = lines.get(out.used) {
        let rest = lines.get(out.used..).unwrap_or_default();
        let text = line.trimmed();
        let used = if line.is_blank() {
            1
        } else if notice::is_notice(text) {
            out.notice(line, report);
            1
        } else if distribution::is_dash_line(text) || distribution::is_block_heading(text) {
            report.mark(line, RegionKind::Distribution);
            1
        } else if out.distribution.is_none() && distribution::starts_block(text) {
            let Some((block, used)) = distribution::parse(rest, report) else { break };
            out.distribution = Some(block);
            used
        } else if out.drafting.is_none() && drafting::starts(text) {
            let Some((block, used)) = drafting::parse(rest, report) else { break };
            out.drafting = Some(block);
            used
        } else if !heading_read {
            heading_read = true;
            let (heading, used) = heading::read(rest, century, report);
            // A bureau block may stand between the format lines.
            if let Some((block, _)) =
                rest.get(heading.distribution.clone()).and_then(|l| distribution::parse(l, report))
            {
                out.distribution = Some(block);
            }
            out.extract = out.extract.or(heading.extract_span);
            out.heading = heading;
            used
        } else if heading::starts_heading(text) {
            repeated_heading(rest, century, report)
        } else {
            0
        };
        if used == 0 {
            break;
        }
        out.used += used;
    }
    take_class_line(lines, &mut out, report);
    out.end = out.used.checked_sub(1).and_then(|last| lines.get(last)).map_or(0, |last| last.text_span().end);
    out
}

/// A heading printed once more before the classification line: gives how many lines it takes.
fn repeated_heading(lines: &[Line<'_>], century: CenturyRule, report: &mut Report) -> usize {
    let (again, used) = heading::read(lines, century, &mut Report::default());
    if again.from.is_none() && again.dtg.is_none() {
        return 0;
    }
    let Some(first) = lines.first() else { return 0 };
    for line in lines.iter().take(used).filter(|l| !l.is_blank()) {
        report.mark(line, RegionKind::RepeatedHeading);
    }
    let end = lines.get(used.saturating_sub(1)).map_or(first.end(), Line::end);
    report.say(Code::HeadingRepeated, Span::new(first.start, end), "the heading once more; the first one counts");
    used
}

/// Finds the classification line; lines that stand before it and are no part of the heading are told of.
fn take_class_line<'a>(lines: &[Line<'a>], out: &mut Preamble<'a>, report: &mut Report) {
    let rest = lines.get(out.used..).unwrap_or_default();
    let Some((index, class_line)) = find_class_line(rest) else { return };
    for line in rest.iter().take(index).filter(|l| !l.is_blank()) {
        if notice::is_notice(line.trimmed()) || crate::body::is_rule(line.text) {
            out.notice(line, report);
        } else {
            let said = format!("\"{}\" before the classification line is nothing known", line.trimmed());
            report.say(Code::LineNotRecognised, line.text_span(), said);
        }
    }
    if let Some(line) = rest.get(index) {
        report.mark(line, RegionKind::ClassLine);
        if let Some(level) = class_line.level.filter(|_| class_line.repaired) {
            let said = format!("\"{}\" read as {level}", class_line.text.trim());
            let at = line.text_span().start;
            report.say(Code::ClassLineRepaired, Span::new(at, at + class_line.text.trim_end().len()), said);
        }
        let words = class_line.section_words;
        if !words.is_empty() && class_line.section.of.is_none() {
            let said = format!("\"{words}\" counts more sections than a message can have; none is given");
            report.say(Code::FormatLineMalformed, line.span_of(words), said);
        }
        out.class_line = Some((class_line, line.text_span()));
    }
    out.used += index + 1;
}

/// A print cover sheet with From, TAGS and a false classification line of its own stands before some headings: where the
/// first line of a transmission follows within reach, what is before it is the cover.
fn skip_cover_sheet(lines: &[Line<'_>], report: &mut Report) -> usize {
    const REACH: usize = 60;
    let content = |l: &Line<'_>| !l.is_blank() && !notice::is_notice(l.trimmed());
    let Some(first) = lines.iter().position(content) else { return 0 };
    let transmission = lines.iter().take(REACH).position(|l| l.trimmed().starts_with("VZCZC"));
    let Some(start) = transmission.filter(|start| *start > first) else { return 0 };
    let is_text = |l: &Line<'_>| l.text.starts_with('¶') || l.text.starts_with("1.");
    if lines.iter().take(start).any(is_text) {
        return 0;
    }
    let (Some(cover), Some(from)) = (lines.get(first..start), lines.get(first)) else { return 0 };
    for line in cover.iter().filter(|l| !l.is_blank()) {
        report.mark(line, RegionKind::RepeatedHeading);
    }
    let end = cover.last().map_or(from.end(), Line::end);
    let said = "a cover sheet before the transmission's first line; the transmission's own heading counts";
    report.say(Code::HeadingRepeated, Span::new(from.start, end), said);
    start
}
