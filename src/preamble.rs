//! All that stands before the head of the text: distribution and drafting blocks, the heading, the classification line.

use crate::diagnostic::DiagnosticCode;
use crate::field::classification::{ClassLine, class_line};
use crate::field::distribution::{self, Distribution};
use crate::field::drafting::{self, Drafting};
use crate::field::dtg::CenturyRule;
use crate::field::notice;
use crate::field::paragraph_number::Before;
use crate::heading::{self, Heading};
use crate::lines::{Line, Report};
use crate::region::RegionKind;
use crate::span::Span;
use crate::text_head::{find_class_line, is_first_paragraph};

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

impl<'a> Preamble<'a> {
    /// The place of what should have stood in it: an empty span at its end.
    pub(crate) const fn missed_here(&self) -> Span {
        Span::new(self.end, self.end)
    }

    /// Reads the heading; gives how many lines it took.
    fn read_heading(&mut self, lines: &[Line<'a>], century: CenturyRule, report: &mut Report) -> usize {
        let (heading, used) = heading::read(lines, century, report);
        // A bureau block may stand between the format lines.
        let block = lines.get(heading.distribution.clone()).and_then(|l| distribution::parse(l, report));
        self.distribution = block.map(|(block, _)| block).or(self.distribution.take());
        self.extract = self.extract.or(heading.extract_span);
        self.heading = heading;
        used
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
    let piece = skip_piece(lines, report);
    let cover = skip_cover_sheet(lines.get(piece..).unwrap_or_default(), report);
    let mut out = Preamble { used: piece + cover, ..Preamble::default() };
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
        } else if out.heading.is_empty() {
            out.read_heading(rest, century, report)
        } else if heading::starts_heading(text) {
            repeated_heading(rest, century, report)
        } else {
            0
        };
        let strange = if used == 0 { strange_lines(rest) } else { Some(0) };
        let Some(strange) = strange else { break };
        tell_of_strange(rest.get(..strange).unwrap_or_default(), report);
        out.used += used + strange;
    }
    take_class_line(lines, &mut out, report);
    out.end = out.used.checked_sub(1).and_then(|last| lines.get(last)).map_or(0, |last| last.text_span().end);
    out
}

/// How many lines that are nothing known stand before the next one that surely is of a heading or a block: they cost
/// themselves, and not what follows. `None` where the classification line, the head of the text or the text comes first.
fn strange_lines(lines: &[Line<'_>]) -> Option<usize> {
    const REACH: usize = 20;
    let behind = lines.iter().enumerate().skip(1).take(REACH);
    let mut ahead = behind.take_while(|(_, line)| !ends_preamble(line));
    let block = |text: &str| distribution::starts_block(text) || distribution::is_block_heading(text);
    let goes_on = |text: &str| heading::starts_heading(text) || block(text) || drafting::starts(text);
    let first = lines.first().filter(|line| !ends_preamble(line));
    first.and_then(|_| ahead.find(|(_, line)| goes_on(line.trimmed()))).map(|(index, _)| index)
}

/// Whether nothing of a heading follows behind a line.
fn ends_preamble(line: &Line<'_>) -> bool {
    heading::ends_heading(line.trimmed()) || is_first_paragraph(line, Before::Gap)
}

fn tell_of_strange(lines: &[Line<'_>], report: &mut Report) {
    for line in lines.iter().filter(|l| !l.is_blank()) {
        let said = format!("\"{}\" before the classification line is nothing known", line.trimmed());
        report.say(DiagnosticCode::LineNotRecognised, line.text_span(), said);
    }
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
    report.say(
        DiagnosticCode::HeadingRepeated,
        Span::new(first.start, end),
        "the heading once more; the first one counts",
    );
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
            tell_of_strange(std::slice::from_ref(line), report);
        }
    }
    if let Some(line) = rest.get(index) {
        report.mark(line, RegionKind::ClassLine);
        if let Some(level) = class_line.level.filter(|_| class_line.repaired) {
            let said = format!("\"{}\" read as {level}", class_line.text.trim());
            let at = line.text_span().start;
            report.say(DiagnosticCode::ClassLineRepaired, Span::new(at, at + class_line.text.trim_end().len()), said);
        }
        let words = class_line.section_words;
        if !words.is_empty() && class_line.section.of.is_none() {
            let said = format!("\"{words}\" counts more sections than a message can have; none is given");
            report.say(DiagnosticCode::FormatLineMalformed, line.span_of(words), said);
        }
        let strokes = line.text.get(line.text.trim_end_matches('\\').len()..).filter(|strokes| !strokes.is_empty());
        if let Some(strokes) = strokes {
            let said = format!("\"{strokes}\" at the end is of no classification line");
            report.say(DiagnosticCode::FormatLineMalformed, line.span_of(strokes), said);
        }
        out.class_line = Some((class_line, line.text_span()));
    }
    out.used += index + 1;
}

/// The beginning of the cable, cut off, stands in some archives before the row of their database and the whole cable: what
/// is before the row is a piece of the same message, and the whole counts.
fn skip_piece(lines: &[Line<'_>], report: &mut Report) -> usize {
    const REACH: usize = 80;
    let before = lines.iter().take(REACH).take_while(|line| !is_first_paragraph(line, Before::Gap)).count();
    let row = (0..before).find_map(|at| Some((at, notice::row(lines.get(at..)?)?)));
    let Some((start, (number, used))) = row else { return 0 };
    let (piece, behind) = (lines.get(..start).unwrap_or_default(), lines.get(start + used..).unwrap_or_default());
    let of_another = |line: &Line<'_>| class_line(line.text).and_then(|c| c.number).is_some_and(|own| own != number);
    if find_class_line(behind).is_none() || piece.iter().any(of_another) {
        return 0;
    }
    for (at, line) in lines.iter().enumerate().take(start + used).filter(|(_, line)| !line.is_blank()) {
        report.mark(line, if at < start { RegionKind::RepeatedHeading } else { RegionKind::Notice });
    }
    if let Some(first) = piece.iter().find(|line| !line.is_blank()) {
        let span = Span::new(first.start, piece.last().map_or(first.end(), Line::end));
        let said = "a piece of the message before the row of a database; the whole behind it counts";
        report.say(DiagnosticCode::HeadingRepeated, span, said);
    }
    start + used
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
    report.say(DiagnosticCode::HeadingRepeated, Span::new(from.start, end), said);
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    /// Reads a text; gives what the heading has, the class line's number, and what was said.
    fn read_text(text: &str) -> (String, Vec<DiagnosticCode>) {
        let mut report = Report::default();
        let read = read(&split(text), CenturyRule::default(), &mut report);
        let codes = report.diagnostics.finish().iter().map(|d| d.code).collect();
        let heading = &read.heading;
        let said = format!(
            "{} | {} | {} | {} | {}",
            read.distribution.map_or(0, |block| block.copies()),
            read.drafting.map_or(0, |block| block.drafted_by.len()),
            heading.dtg.as_ref().map_or("", |dtg| dtg.text.as_ref()),
            heading.from.as_ref().map_or("", |from| from.name.as_ref()),
            read.class_line.and_then(|(line, _)| line.number).unwrap_or_default()
        );
        (said, codes)
    }

    #[test]
    fn what_stands_before_the_class_line() {
        use DiagnosticCode::{HeadingRepeated, LineNotRecognised};
        const HEADING: &str = "R 162139Z JUN 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n";
        let whole = "| 162139Z JUN 09 | AMEMBASSY OSLO | 461";
        for (name, before, between, want, said) in [
            ("nothing", "", "", "0 | 0 ", vec![]),
            ("a block that begins with INFO", "INFO  LOG-00  COD-01\n  AID-00  /001W\n\n", "", "1 | 0 ", vec![]),
            (
                "a strange line before each block",
                "The catalogue of fish\nORIGIN SS-15\n/015 R\nA stamp\nDRAFTED BY EUR:JROE\n",
                "",
                "15 | 1 ",
                vec![LineNotRecognised, LineNotRecognised],
            ),
            (
                "names on top",
                "AMEMBASSY BERN\nDEPT OF FISH WASHDC\nNSC WASHDC\n\nDistribution:\n\nTED1302\nACTION EUR-02\n",
                "",
                "2 | 0 ",
                vec![LineNotRecognised, LineNotRecognised, LineNotRecognised],
            ),
            (
                "a piece and a row",
                "UNCLAS OSLO 000461\n\nSIPDIS\n\nTAGS: NO...\n\n10222\n2009-06-16\n09OSLO461\nEmbassy Oslo\nUNCLASSIFIED\n",
                "",
                "0 | 0 ",
                vec![HeadingRepeated],
            ),
        ] {
            let text = format!("{before}{HEADING}{between}UNCLAS OSLO 000461\n\nSUBJECT: FISH\n");
            assert_eq!(read_text(&text), (format!("{want}{whole}"), said), "{name}");
        }
    }

    #[test]
    fn what_follows_a_row_of_another_message_is_not_read_for_it() {
        let text = "UNCLAS OSLO 000460\nSUBJECT: COD\n09OSLO461\nEmbassy Oslo\nUNCLASSIFIED\nUNCLAS OSLO 000461\n";
        assert_eq!(read_text(text).0, "0 | 0 |  |  | 460");
    }
}
