//! All that stands above the text head: stamps, distribution and drafting blocks, the message header, the classification
//! line.
//!
//! The classification line is found first ([`class_line`]); what stands above it is header, block, stamp or an earlier copy,
//! each line by itself.

use crate::diagnostic::DiagnosticCode;
use crate::field::classification::{ClassLine, is_remark};
use crate::field::distribution::{self, Distribution};
use crate::field::drafting::{self, Drafting};
use crate::field::dtg::CenturyRule;
use crate::field::notice;
use crate::header::{Extent, Header, Headers, several};
use crate::lines::{Line, Report};
use crate::region::RegionKind;
use crate::span::Span;

pub(crate) mod below;
pub(crate) mod class_line;

/// What stands above the text head.
#[derive(Debug, Default)]
pub(crate) struct Preamble<'a> {
    pub(crate) header: Header<'a>,
    pub(crate) distribution: Option<Distribution<'a>>,
    pub(crate) drafting: Option<Drafting<'a>>,
    /// The classification line with its place.
    pub(crate) class_line: Option<(ClassLine<'a>, Span)>,
    /// Where a sentence says that this is an extract.
    pub(crate) extract: Option<Span>,
    /// The year of a labelled message reference number, or of a publisher's date.
    pub(crate) year: Option<i32>,
    /// Whether it is a record of SMART.
    pub(crate) smart: bool,
    /// How many lines all this took.
    pub(crate) used: usize,
    /// Where all this ends in the text: what should have stood before is missed here.
    pub(crate) end: usize,
    /// Lines of a text head above the classification line: an earlier copy, or an index.
    pub(crate) above: Vec<Line<'a>>,
}

impl<'a> Preamble<'a> {
    /// The place of what should have stood in it: an empty span at its end.
    pub(crate) const fn missed_here(&self) -> Span {
        Span::new(self.end, self.end)
    }

    /// Takes a header and the blocks that stand among its lines.
    fn take_header(&mut self, mut header: Header<'a>, lines: &[Line<'a>], report: &mut Report) {
        let block = |range: &std::ops::Range<usize>| lines.get(range.clone()).filter(|lines| !lines.is_empty());
        let offices = block(&header.distribution).and_then(|lines| distribution::parse(lines, report));
        let drafters = block(&header.drafting).and_then(|lines| drafting::parse(lines, report));
        self.distribution = self.distribution.take().or(offices.map(|(block, _)| block));
        self.drafting = self.drafting.take().or(drafters.map(|(block, _)| block));
        self.extract = self.extract.or(header.extract_span);
        self.above.append(&mut header.above);
        self.header = header;
    }
}

/// Reads up to, and with, the classification line.
pub(crate) fn read<'a>(lines: &[Line<'a>], century: CenturyRule, report: &mut Report) -> Preamble<'a> {
    let found = class_line::find(lines);
    let mut out = Preamble::default();
    let (above, extent) = match &found {
        Some((index, _)) => (lines.get(..*index).unwrap_or_default(), Extent::AboveClassLine),
        None => (lines, Extent::Unknown),
    };
    out.used = read_headers(&mut out, above, extent, found.as_ref().map(|(_, line)| line), century, report);
    out.year = dated_year(&out, lines.get(..out.used).unwrap_or_default(), report);
    if let Some((index, class_line)) = found {
        take_class_line(lines, index, class_line, &mut out, report);
    }
    out.end = out.used.checked_sub(1).and_then(|last| lines.get(last)).map_or(0, |last| last.text_span().end);
    out
}

/// The year of a publisher's date above the classification line, where no date-time group has one.
fn dated_year(out: &Preamble<'_>, lines: &[Line<'_>], report: &mut Report) -> Option<i32> {
    if out.header.dtg.is_some() {
        return None;
    }
    let (line, year) = lines.iter().find_map(|line| Some((line, notice::dated_year(line.trimmed())?)))?;
    let wording = format!("no date-time group; the year {year} was taken from the publisher's date");
    report.emit(DiagnosticCode::MrnAssumed, line.text_span(), wording);
    Some(year)
}

/// A header with the lines that it stands on, what its reading reported, and where it begins.
struct Printed<'l, 'a> {
    header: Header<'a>,
    lines: &'l [Line<'a>],
    report: Report,
}

/// Reads the header, or all of them where several stand one after the other; gives how many lines they took.
fn read_headers<'a>(
    out: &mut Preamble<'a>,
    lines: &[Line<'a>],
    extent: Extent,
    class_line: Option<&ClassLine<'a>>,
    century: CenturyRule,
    report: &mut Report,
) -> usize {
    let mut printed: Vec<Printed<'_, 'a>> = Vec::new();
    let mut headers = Headers::new(lines, extent, century);
    let mut used = 0;
    loop {
        let rest = headers.rest();
        let mut own = Report::default();
        let (header, taken) = headers.read(&mut own);
        // Of unknown extent, only what surely is a header follows another one.
        let goes_on = printed.is_empty() || extent == Extent::AboveClassLine || !header.is_empty();
        if taken == 0 || !goes_on {
            break;
        }
        used += taken;
        printed.push(Printed { header, lines: rest.get(..taken).unwrap_or_default(), report: own });
    }
    choose(out, printed, class_line, report);
    used
}

/// Takes the message's own header of those printed, and fills it from the others.
fn choose<'a>(
    out: &mut Preamble<'a>,
    mut printed: Vec<Printed<'_, 'a>>,
    class_line: Option<&ClassLine<'a>>,
    report: &mut Report,
) {
    let post = class_line.and_then(|line| crate::knowledge::post(line.post)).map(|post| post.canonical);
    let headers: Vec<&Header<'_>> = printed.iter().map(|one| &one.header).collect();
    let own = several::own(&headers, post);
    if own >= printed.len() {
        return;
    }
    let Printed { header, lines, report: wording } = printed.remove(own);
    report.absorb(wording);
    out.take_header(header, lines, report);
    for Printed { header, lines, .. } in printed {
        repeated(out, header, lines, report);
    }
}

/// A header that is not the message's own: it fills what the own one lacks, where the two agree.
fn repeated<'a>(out: &mut Preamble<'a>, mut other: Header<'a>, lines: &[Line<'a>], report: &mut Report) {
    let content = || lines.iter().filter(|line| !line.is_blank());
    let span = content().next().zip(content().next_back()).map(|(first, last)| Span::new(first.start, last.end()));
    let Some(span) = span else { return };
    out.extract = out.extract.or(other.extract_span);
    out.above.append(&mut other.above);
    for line in content() {
        let kind = if notice::is_notice(line.trimmed()) { RegionKind::Notice } else { RegionKind::RepeatedHeading };
        report.mark(line, kind);
    }
    if other.is_empty() && other.distribution.is_empty() && other.drafting.is_empty() {
        return;
    }
    if !out.header.agrees_with(&other) {
        let name = other.from.as_ref().map_or("", |from| from.name.as_ref());
        let wording = format!("a message header of another message or station, \"{name}\"; the own one counts");
        return report.emit(DiagnosticCode::HeadingRepeated, span, wording);
    }
    let mut quiet = Report::default();
    let block = |range: &std::ops::Range<usize>| lines.get(range.clone()).filter(|lines| !lines.is_empty());
    let offices = block(&other.distribution).and_then(|lines| distribution::parse(lines, &mut quiet));
    let drafters = block(&other.drafting).and_then(|lines| drafting::parse(lines, &mut quiet));
    let mut filled = Vec::new();
    if out.header.transmission.is_none() && other.transmission.is_some() {
        out.header.transmission = other.transmission.take();
        (out.header.serial_span, out.header.security_span) = (other.serial_span, other.security_span);
        filled.push("transmission");
    }
    filled.extend(out.header.fill_from(other));
    filled.extend(fill(&mut out.distribution, offices.map(|(block, _)| block)).then_some("distribution"));
    filled.extend(fill(&mut out.drafting, drafters.map(|(block, _)| block)).then_some("drafting"));
    let wording = if filled.is_empty() {
        "the message header once more; the one nearest to the classification line counts".to_owned()
    } else {
        format!("the message header once more; the own one lacks what was taken from here: {}", filled.join(", "))
    };
    report.emit(DiagnosticCode::HeadingRepeated, span, wording);
}

/// Fills what is empty; gives whether it did.
pub(crate) fn fill<T>(place: &mut Option<T>, other: Option<T>) -> bool {
    let fills = place.is_none() && other.is_some();
    if fills {
        *place = other;
    }
    fills
}

/// Takes the classification line at this place.
fn take_class_line<'a>(
    lines: &[Line<'a>],
    index: usize,
    class_line: ClassLine<'a>,
    out: &mut Preamble<'a>,
    report: &mut Report,
) {
    let Some(line) = lines.get(index) else { return };
    report.mark(line, RegionKind::ClassLine);
    if let Some(level) = class_line.level.filter(|_| class_line.repaired) {
        let wording = format!("\"{}\" read as {level}", class_line.text.trim());
        let at = line.text_span().start;
        report.emit(DiagnosticCode::ClassLineRepaired, Span::new(at, at + class_line.text.trim_end().len()), wording);
    }
    let words = class_line.section_words;
    if !words.is_empty() && class_line.section.of.is_none() {
        let wording = format!("\"{words}\" counts more sections than a message can have; none is given");
        report.emit(DiagnosticCode::FormatLineMalformed, line.span_of(words), wording);
    }
    let is_foreign = |words: &&str| !words.trim().is_empty() && !is_remark(words);
    for words in [class_line.strange, class_line.rest].into_iter().filter(is_foreign) {
        let message = format!("unrecognised words in the classification line: \"{}\"", words.trim());
        report.emit(DiagnosticCode::FormatLineMalformed, line.span_of(words.trim()), message);
    }
    let strokes = line.text.get(line.text.trim_end_matches('\\').len()..).filter(|strokes| !strokes.is_empty());
    if let Some(strokes) = strokes {
        let wording = format!("\"{strokes}\" at the end is of no classification line");
        report.emit(DiagnosticCode::FormatLineMalformed, line.span_of(strokes), wording);
    }
    out.class_line = Some((class_line, line.text_span()));
    out.used = index + 1;
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
        let header = &read.header;
        let wording = format!(
            "{} | {} | {} | {} | {}",
            read.distribution.map_or(0, |block| block.copies()),
            read.drafting.map_or(0, |block| block.drafted_by.len()),
            header.dtg.as_ref().map_or("", |dtg| dtg.text.as_ref()),
            header.from.as_ref().map_or("", |from| from.name.as_ref()),
            read.class_line.and_then(|(line, _)| line.number).unwrap_or_default()
        );
        (wording, codes)
    }

    #[test]
    fn what_stands_before_the_class_line() {
        use DiagnosticCode::LineNotRecognised;
        const HEADING: &str = "R 162139Z JUN 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n";
        let whole = "| 162139Z JUN 09 | AMEMBASSY OSLO | 461";
        for (name, before, between, want, wording) in [
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
        ] {
            let text = format!("{before}{HEADING}{between}UNCLAS OSLO 000461\n\nSUBJECT: FISH\n");
            assert_eq!(read_text(&text), (format!("{want}{whole}"), wording), "{name}");
        }
    }
}
