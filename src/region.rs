//! Which byte belongs to what: a flat partition of the text, contiguous and in order.

use crate::span::Span;

/// What a stretch of the text was understood to be.
///
/// The JSON name is the variant in `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RegionKind {
    /// Format line 1, `VZCZCXRO0029`.
    TransmissionId,
    /// Format line 2, the precedence prosign and the routing indicators.
    Routing,
    /// Format line 3, `DE RUEHIL #2941/01 3420300`.
    Station,
    /// Format line 4, `ZNR UUUUU ZZH`.
    Security,
    /// The ACTION or ORIGIN block of offices.
    Distribution,
    /// Drafting office and clearances.
    Drafting,
    /// Format line 5, precedence and date-time group.
    Dtg,
    /// Format line 6, `FM`.
    From,
    /// Format line 7, `TO` and its addressees.
    To,
    /// Format line 8, `INFO` and its addressees.
    Info,
    /// Format line 9, `XMT`: posts left out of a collective.
    Exempted,
    /// The classification line: level, section, post and number.
    ClassLine,
    /// A caption line: `SIPDIS`, `SENSITIVE`, `NODIS` ...
    Caption,
    /// A passing instruction: `STATE PASS TO USTR`, `DEPT FOR EUR/WE`.
    PassLine,
    /// `C O R R E C T E D   C O P Y` and what was corrected.
    CorrectedCopy,
    /// The executive order line.
    ExecutiveOrder,
    /// The TAGS line.
    Tags,
    /// The SUBJECT line.
    Subject,
    /// The reference block.
    Reference,
    /// `Classified By` or `Derived From`.
    Authority,
    /// A heading in the body, with its rules of dashes.
    Heading,
    /// A paragraph.
    Paragraph,
    /// Text of the body outside paragraphs.
    Text,
    /// The signature.
    Signature,
    /// Continuation lines, page turns and classification banners.
    PageFurniture,
    /// A release or declassification stamp.
    Stamp,
    /// A second message header of the same message (a later section, a repeated transmission).
    RepeatedHeading,
    /// A line put in by a publisher: "This record is a partial extract ...", a weekday and date, a web link.
    Notice,
    /// `BT`, `#0029`, `NNNN`, `NNN`, `E E E E E E E E`.
    EndOfMessage,
    /// The trailer of an archive record, `Message Attributes`.
    Attributes,
    /// White space between the others.
    Blank,
    /// Not understood. A kind of a later version is read as it, too.
    #[cfg_attr(feature = "serde", serde(rename = "unrecognised", other))]
    Unrecognised,
}

/// A stretch of the text and what it was understood to be.
///
/// The regions of a [`Parsed`](crate::Parsed) are contiguous and cover the whole text: joined, they are the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Region {
    /// Its place.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub span: Span,
    /// What it is.
    pub kind: RegionKind,
}

/// The share of the text, by bytes, that was understood: 1.0 when no region is
/// [`Unrecognised`](RegionKind::Unrecognised).
///
/// ```
/// let parsed = cablegram::parse("FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n")?;
/// assert_eq!(cablegram::byte_coverage(&parsed.regions), 1.0);
/// # Ok::<(), cablegram::ParseError>(())
/// ```
pub fn byte_coverage(regions: &[Region]) -> f64 {
    let sum = |unknown: bool| -> usize {
        regions.iter().filter(|r| !unknown || r.kind == RegionKind::Unrecognised).map(|r| r.span.len()).sum()
    };
    let (all, unknown) = (sum(false), sum(true));
    #[expect(clippy::cast_precision_loss, reason = "a share, not a count")]
    if all == 0 { 1.0 } else { 1.0 - unknown as f64 / all as f64 }
}

/// Collects marks in any order while the stages read, and turns them into a partition.
#[derive(Debug, Default)]
pub(crate) struct RegionMap {
    marks: Vec<Region>,
}

impl RegionMap {
    /// Makes room for so many marks.
    pub(crate) fn reserve(&mut self, marks: usize) {
        self.marks.reserve(marks);
    }

    pub(crate) fn mark(&mut self, span: Span, kind: RegionKind) {
        if span.is_empty() {
            return;
        }
        self.marks.push(Region { span, kind });
        // A piece inside of what is being read is marked before it: so they stay in order.
        if let [.., before, last] = self.marks.as_mut_slice()
            && before.span.start > last.span.start
        {
            std::mem::swap(before, last);
        }
    }

    /// Takes in the marks of another map.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.marks.extend(other.marks);
    }

    /// The gapless partition of `text`: marks in order, what overlaps cut off, gaps named
    /// [`Blank`](RegionKind::Blank) or [`Unrecognised`](RegionKind::Unrecognised).
    pub(crate) fn partition(mut self, text: &str) -> Vec<Region> {
        if !self.marks.is_sorted_by_key(|r| r.span.start) {
            self.marks.sort_by_key(|r| (r.span.start, r.span.end));
        }
        let mut out: Vec<Region> = Vec::with_capacity(2 * self.marks.len() + 8);
        let mut at = 0;
        for mark in &self.marks {
            fill_gap(&mut out, text, at, mark.span.start);
            let start = mark.span.start.max(at);
            if start < mark.span.end {
                push(&mut out, Region { span: Span::new(start, mark.span.end), kind: mark.kind });
                at = mark.span.end;
            }
        }
        fill_gap(&mut out, text, at, text.len());
        out
    }
}

/// Names what lies between two marks, a line at a time: blank, or not understood.
fn fill_gap(out: &mut Vec<Region>, text: &str, from: usize, to: usize) {
    let Some(mut rest) = text.get(from..to) else { return };
    // Nearly all gaps are nothing but line ends.
    if !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_whitespace() || b == 0) {
        return push(out, Region { span: Span::new(from, to), kind: RegionKind::Blank });
    }
    let mut at = from;
    while !rest.is_empty() {
        let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |i| i + 1);
        let Some((line, tail)) = rest.split_at_checked(len) else { return };
        let blank = line.bytes().all(|b| b.is_ascii_whitespace() || b == 0)
            || line.trim_start_matches('\u{feff}').trim().is_empty();
        let kind = if blank { RegionKind::Blank } else { RegionKind::Unrecognised };
        push(out, Region { span: Span::new(at, at + len), kind });
        at += len;
        rest = tail;
    }
}

/// Appends, drawing runs of blank and of unrecognised lines together.
fn push(out: &mut Vec<Region>, region: Region) {
    if let Some(last) = out.last_mut()
        && last.kind == region.kind
        && matches!(region.kind, RegionKind::Blank | RegionKind::Unrecognised)
    {
        last.span.end = region.span.end;
        return;
    }
    out.push(region);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_blank_or_unrecognised_and_the_whole_is_covered() {
        let text = "BT\n\n  \nzzz\nNNNN\n";
        let mut map = RegionMap::default();
        map.mark(Span::new(11, 16), RegionKind::EndOfMessage);
        map.mark(Span::new(0, 3), RegionKind::EndOfMessage);
        let kinds: Vec<_> = map.partition(text).into_iter().map(|r| (r.span.start, r.span.end, r.kind)).collect();
        assert_eq!(
            kinds,
            [
                (0, 3, RegionKind::EndOfMessage),
                (3, 7, RegionKind::Blank),
                (7, 11, RegionKind::Unrecognised),
                (11, 16, RegionKind::EndOfMessage)
            ]
        );
    }

    #[test]
    fn overlapping_marks_are_cut() {
        let mut map = RegionMap::default();
        map.mark(Span::new(0, 4), RegionKind::To);
        map.mark(Span::new(2, 6), RegionKind::Info);
        let spans: Vec<_> = map.partition("abcdef").iter().map(|r| r.span).collect();
        assert_eq!(spans, [Span::new(0, 4), Span::new(4, 6)]);
    }
}
