//! Lines in a body that belong to no text: a caption repeated in mid-body, a lone hyphen, an archive's words for text that
//! is lost.

use crate::diagnostic::DiagnosticCode;
use crate::lines::{Cut, Line, Lines, MayBe, Report};
use crate::literals::{Hit, Hits, Literal};
use crate::region::RegionKind;
use crate::span::Span;

/// Takes out lines that belong to no text. Gives the others, and where text is lost.
pub(crate) fn take_out<'l, 'a>(
    lines: Lines<'l, 'a>,
    hits: &[Hit],
    report: &mut Report,
) -> (Lines<'l, 'a>, Option<Span>) {
    // Nearly all bodies have none, and are kept as they are.
    let from = lines.first().map_or(0, |line| line.start);
    let captions = hits.iter().any(|hit| hit.literal == Literal::Sipdis && hit.at >= from);
    if !captions && !lines.iter().any(|line| stray(line).is_some()) {
        return (lines, None);
    }
    let mut lost = None;
    let mut hits = Hits::of(hits);
    let mut out = Vec::with_capacity(lines.len());
    let mut cut = Cut::None;
    for line in lines.iter() {
        let stray = stray(line);
        let caption = hits.on(line).iter().find(|hit| hit.literal == Literal::Sipdis).filter(|_| stray.is_none());
        if let Some((before, caption, trailing)) = caption.and_then(|hit| caption_in_line(line, hit.at - line.start)) {
            let message = "the caption SIPDIS in the middle of a line, taken out";
            report.emit(DiagnosticCode::StampInText, caption, message);
            report.regions.mark(Span::new(caption.start, trailing.start), RegionKind::Caption);
            let before_cut = line.after(cut).cut;
            let (first, second) = match before_cut {
                _ if !before.is_blank() => (Some(before), Cut::Inline),
                Cut::None => (None, Cut::Lines),
                other => (None, other),
            };
            out.extend(first.map(|l| l.following(before_cut)));
            out.push(trailing.following(second));
            cut = Cut::None;
        } else if let Some(kind) = stray {
            if kind == RegionKind::Caption && !out.is_empty() {
                let message = format!("the caption {} in the middle of the text, taken out", line.trimmed());
                report.emit(DiagnosticCode::StampInText, line.text_span(), message);
            }
            if kind == RegionKind::Notice {
                lost.get_or_insert(line.text_span());
            }
            report.mark(line, kind);
            cut = Cut::Lines;
        } else {
            out.push(line.after(cut));
            cut = Cut::None;
        }
    }
    (Lines::Owned(out), lost)
}

/// What a line is that belongs to no text.
fn stray(line: &Line<'_>) -> Option<RegionKind> {
    if !line.may_be(MayBe::Stray) {
        return None;
    }
    match line.trimmed() {
        // A full stop was typed where a line was to stay empty.
        "-" | "." | ">" | "null" => Some(RegionKind::PageFurniture),
        "SIPDIS" | "Sipdis" | "SENSITIVE" | "NOFORN" | "NODIS" | "EXDIS" | "STADIS" => Some(RegionKind::Caption),
        // What an archive has for text that it could not read, and a transmission for a section that did not come.
        "ERROR READING TEXT" | "EXPAND ERROR ENCOUNTERED" => Some(RegionKind::Notice),
        text if text.starts_with("* Missing Section") => Some(RegionKind::Notice),
        _ => None,
    }
}

/// `SIPDIS` in the middle of prose, with the parts of the line before and after it.
fn caption_in_line<'a>(line: &Line<'a>, at: usize) -> Option<(Line<'a>, Span, Line<'a>)> {
    let (before, rest) = line.text.split_at_checked(at)?;
    let trailing = rest.strip_prefix("SIPDIS")?;
    let bounded = (before.is_empty() || before.ends_with(' ')) && trailing.starts_with(' ');
    // In a text of small letters only: a text in capitals may speak of it.
    let prose = trailing.bytes().any(|b| b.is_ascii_lowercase());
    if !bounded || !prose {
        return None;
    }
    let end = line.start + line.text.len() - trailing.len();
    let inner = trailing.trim_start();
    let start = end + trailing.len() - inner.len();
    let first = Line::new(before.trim_end(), line.start, line.start + at, line.cut);
    Some((first, Span::new(line.start + at, end), Line::new(inner, start, line.end(), line.cut)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;
    use crate::literals;

    #[test]
    fn what_belongs_to_no_text() {
        for (name, text, want, lost) in [
            ("a lone hyphen", "Cod.\n-\nLing.\n", "Cod.|Ling.", None),
            ("a caption", "Cod.\n\nSIPDIS\nLing.\n", "Cod.||Ling.", None),
            ("a caption in prose", "The cod of SIPDIS the year\n", "The cod of|the year", None),
            ("the archive's words", "COD.\nROE\nERROR READING TEXT\n", "COD.|ROE", Some("ERROR READING TEXT")),
            ("a section that did not come", "Cod\n* Missing Section 002 *\n", "Cod", Some("* Missing Section 002 *")),
            ("words of the text", "AN ERROR READING TEXT IS RARE\n", "AN ERROR READING TEXT IS RARE", None),
        ] {
            let lines = split(text);
            let (left, found) = take_out(Lines::Borrowed(&lines), &literals::find(text), &mut Report::default());
            let left: Vec<_> = left.iter().map(|line| line.text).collect();
            assert_eq!(left.join("|"), want, "{name}");
            assert_eq!(found.and_then(|span| span.slice(text)), lost, "{name}");
        }
    }
}
