//! The edges of the pages of a released document, told from its text: stamps, case numbers, page numbers, codes of what was
//! withheld, and the levels that stand next to them.
//!
//! ```text
//! page-turn = 1*( page-edge / blank-line )     ; with a stamp or a page number among them
//! margin    = text 3*SP codes
//! ```

use std::ops::Range;

use crate::diagnostic::DiagnosticCode;
use crate::field::release::{PageEdge, before_margin, is_release_stamp, page_edge};
use crate::lines::{Cut, Line, Report};
use crate::region::RegionKind;
use crate::span::Span;

/// Takes the edges of pages out of the lines of a released document. `is_record` says that it is one of SMART, which has its
/// level at the edge of each page; its labelled lines begin at `labels`, and levels above them are its own.
pub(crate) fn take_out(lines: &mut Vec<Line<'_>>, labels: Option<usize>, report: &mut Report) {
    let is_released = lines.iter().any(|line| is_release_stamp(line.text));
    if !is_released && labels.is_none() {
        return;
    }
    let mut out = Kept { labels, lines: Vec::with_capacity(lines.len()), cut: Cut::None, recognised: None };
    let mut turn = PageTurn::default();
    for (index, line) in lines.iter().enumerate() {
        let set_in = labels.is_some() && line.text.len() - line.trimmed().len() > 3;
        let edge = if line.is_blank() || set_in { None } else { page_edge(line.text) };
        if line.is_blank() || edge.is_some() {
            turn.extend(index, edge);
            continue;
        }
        out.end_turn(&std::mem::take(&mut turn), lines, report);
        let whole = line.after(std::mem::take(&mut out.cut));
        let line = without_margin(whole, report);
        if line.text.len() < whole.text.len() {
            // What was taken out stands between this line and the next.
            out.cut = Cut::Lines;
        }
        out.lines.push(line);
    }
    out.end_turn(&turn, lines, report);
    if let Some(span) = out.recognised {
        report.emit(
            DiagnosticCode::RecognisedText,
            span,
            "words at the edge of a page were damaged when the text was recognised",
        );
    }
    *lines = out.lines;
}

/// Lines between two of content.
#[derive(Debug, Default)]
struct PageTurn {
    lines: Range<usize>,
    edges: Vec<(usize, PageEdge)>,
}

impl PageTurn {
    fn extend(&mut self, index: usize, edge: Option<PageEdge>) {
        if self.lines.is_empty() {
            self.lines.start = index;
        }
        self.lines.end = index + 1;
        self.edges.extend(edge.map(|edge| (index, edge)));
    }

    /// Which of the lines are of the edges of pages.
    fn taken(&self, labels: Option<usize>) -> Vec<(usize, PageEdge)> {
        let is_sure = |edge: &PageEdge| matches!(edge, PageEdge::Stamp | PageEdge::PageNumber);
        let is_turn = self.edges.iter().any(|(_, edge)| is_sure(edge));
        // Above the labels of a record stands its own level; below them each level is the edge of a page.
        let is_above = labels.is_some_and(|labels| self.lines.start < labels);
        let is_below = labels.is_some_and(|labels| self.lines.start >= labels);
        let mut below_level = false;
        let mut taken = Vec::new();
        for (index, edge) in &self.edges {
            let is_taken = match edge {
                PageEdge::Stamp | PageEdge::PageNumber | PageEdge::Codes => true,
                PageEdge::BesideStamp => is_turn,
                PageEdge::Level(..) => !is_above && (is_turn || is_below),
                PageEdge::Marking(_) => !is_above && (below_level || is_below),
            };
            below_level = matches!(edge, PageEdge::Level(..) | PageEdge::Marking(_)) && is_taken;
            if is_taken {
                taken.push((*index, *edge));
            }
        }
        taken
    }
}

/// What is left of a document.
struct Kept<'a> {
    labels: Option<usize>,
    lines: Vec<Line<'a>>,
    /// What was taken out before the next line.
    cut: Cut,
    /// The first damaged word at the edge of a page.
    recognised: Option<Span>,
}

impl<'a> Kept<'a> {
    /// Ends a run of lines at the edges of pages: what is of them is marked, what is not stays.
    fn end_turn(&mut self, turn: &PageTurn, lines: &[Line<'a>], report: &mut Report) {
        let taken = turn.taken(self.labels);
        let mut next = taken.iter().peekable();
        for index in turn.lines.clone() {
            let Some(line) = lines.get(index) else { continue };
            match next.next_if(|(at, _)| *at == index) {
                Some((_, edge)) => {
                    report.mark(line, kind(*edge));
                    if matches!(edge, PageEdge::Level(_, true) | PageEdge::Marking(true)) {
                        self.recognised.get_or_insert(line.text_span());
                    }
                    self.cut = Cut::Lines;
                }
                None => self.lines.push(line.after(std::mem::take(&mut self.cut))),
            }
        }
    }
}

const fn kind(edge: PageEdge) -> RegionKind {
    match edge {
        PageEdge::Stamp | PageEdge::Codes | PageEdge::BesideStamp => RegionKind::Stamp,
        PageEdge::PageNumber | PageEdge::Level(..) | PageEdge::Marking(_) => RegionKind::PageFurniture,
    }
}

/// A line without the codes in its margin.
fn without_margin<'a>(line: Line<'a>, report: &mut Report) -> Line<'a> {
    let Some(kept) = before_margin(line.text) else { return line };
    let at = line.start + kept.len();
    let span = Span::new(at, line.start + line.text.len());
    report.emit(DiagnosticCode::StampInText, span, "codes of a review in the margin, taken out");
    report.regions.mark(Span::new(at, line.end()), RegionKind::Stamp);
    Line::new(kept.trim_end(), line.start, at, line.cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;
    use RegionKind::{PageFurniture, Stamp, Unrecognised};

    fn left(text: &str, labels: Option<usize>) -> (Vec<&str>, Vec<DiagnosticCode>) {
        let mut report = Report::default();
        let mut lines = split(text);
        take_out(&mut lines, labels, &mut report);
        let codes = report.diagnostics.finish().into_iter().map(|d| d.code).collect();
        (lines.iter().map(|line| line.text).collect(), codes)
    }

    #[test]
    fn page_turns() {
        for (name, text, labels, want, codes) in [
            (
                "a stamp, levels and a page number",
                "COD AND\n\nRELEASED IN PART\nB6\nUNCLASSIFIED\nPage 1 of 2\n\nUNCLASSIFIED\n\nHERRING",
                None,
                vec!["COD AND", "", "", "", "HERRING"],
                vec![],
            ),
            (
                "no release",
                "COD\n\nUNCLASSIFIED\n\nHERRING  B1",
                None,
                vec!["COD", "", "UNCLASSIFIED", "", "HERRING  B1"],
                vec![],
            ),
            (
                "a level that stands alone",
                "RELEASED IN FULL\nCOD\n\nUNCLASSIFIED\n\nHERRING",
                None,
                vec!["COD", "", "UNCLASSIFIED", "", "HERRING"],
                vec![],
            ),
            (
                "a caption above a stamp",
                "UNCLAS OSLO 000461\nSENSITIVE\nRELEASED IN FULL\nCOD",
                None,
                vec!["UNCLAS OSLO 000461", "SENSITIVE", "COD"],
                vec![],
            ),
            (
                "damaged by recognition",
                "COD\nCONFIBENTFAL\nReleased in Full\nJane Roe, Acting-Director\n3/2/2031\nUNCLASSIFIED\nS80\nHERRING",
                None,
                vec!["COD", "HERRING"],
                vec![DiagnosticCode::RecognisedText],
            ),
            (
                "a margin",
                "RELEASED IN PART\nTHE FISH IS      B6\nLATE\n1.4(D)\nAGAIN",
                None,
                vec!["THE FISH IS", "LATE", "AGAIN"],
                vec![DiagnosticCode::StampInText],
            ),
            (
                "a record: its own level stays",
                "UNCLASSIFIED\nRELEASED IN FULL\nSBU\nMRN: 1\nCOD\nUNCLASSIFIED\nSBU\nHERRING",
                Some(3),
                vec!["UNCLASSIFIED", "SBU", "MRN: 1", "COD", "HERRING"],
                vec![],
            ),
        ] {
            let (lines, message) = left(text, labels);
            assert_eq!((lines, message), (want, codes), "{name}");
        }
    }

    #[test]
    fn what_is_taken_out_is_marked() {
        let text = "COD\nRELEASED IN FULL\nPage 1 of 2\nHERRING";
        let (mut report, mut lines) = (Report::default(), split(text));
        take_out(&mut lines, None, &mut report);
        let kinds: Vec<_> = report.regions.partition(text).into_iter().map(|r| r.kind).collect();
        assert_eq!(kinds, [Unrecognised, Stamp, PageFurniture, Unrecognised]);
        assert_eq!(lines.iter().map(|line| line.cut).collect::<Vec<_>>(), [Cut::None, Cut::Lines]);
    }
}
