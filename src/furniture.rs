//! Page furniture told from content: page lines, banners, stamps, ends of messages.
//!
//! It comes out before any field is read, or nothing else can be right: a page line stands in the middle of subjects,
//! lists and sentences. What is taken out stays a region.

use std::ops::Range;

use crate::archive::record::{is_stamp, stamp_within};
use crate::diagnostic::DiagnosticCode;
use crate::fast_path;
use crate::field::classification::{before_banner, is_banner};
use crate::field::page_line::{
    PageLine, is_end_of_message, is_first_page, is_page_alone, is_sort_number, page_a_around, page_b, page_reference,
    post_before,
};
use crate::field::release;
use crate::lines::{Cut, Line, MayBe, Report, trim};
use crate::literals::{Hit, Hits, Literal};
use crate::region::RegionKind;
use crate::span::Span;

/// The content of a document, and what its page lines say.
#[derive(Debug)]
pub(crate) struct Content<'l, 'a> {
    pub(crate) lines: &'l [Line<'a>],
    /// Each page line with its place.
    pub(crate) pages: Vec<(PageLine<'a>, Span)>,
    /// The operator's error sign, `E E E E E E E E`, where the text broke off.
    pub(crate) error_sign: Option<Span>,
}

/// Takes page furniture out of the lines of a document.
pub(crate) fn take_out<'l, 'a>(
    text: &'a str,
    raw: &'l mut Vec<Line<'a>>,
    hits: &[Hit],
    report: &mut Report,
) -> Content<'l, 'a> {
    let mut found: Vec<Found<'_>> = Vec::new();
    // Nearly all lines hold none of the rare strings, and begin otherwise.
    for (index, line, hits) in Hits::of(hits).lines(raw, MayBe::Furniture) {
        if hits.is_empty() && !begins_furniture(line.trimmed()) {
            continue;
        }
        look_at(index, line, hits, &mut found);
        let Some(next) = raw.get(index + 1) else { continue };
        let on_two = page_on_two_lines(index, line, next).or_else(|| stamp_on_two_lines(index, line, next));
        found.extend(on_two.into_iter().flatten());
    }
    if found.is_empty() {
        return Content { lines: raw, pages: Vec::new(), error_sign: None };
    }
    settle_posts(raw, &mut found);
    let banners = banners(raw, &found);
    found.extend(banners);
    found.sort_by_key(|f| (f.line, f.span.start));
    remove(text, raw, &found, report)
}

/// A piece of furniture: a whole line, or a part of one.
#[derive(Clone, Copy, Debug)]
struct Found<'a> {
    /// Index of its line.
    line: usize,
    span: Span,
    kind: RegionKind,
    page: Option<PageLine<'a>>,
    /// After the post of a page line whose post is not settled yet.
    post_end: Option<usize>,
}

/// Whether a line that holds no rare string begins as a stamp, an end of message or filler does.
fn begins_furniture(line: &str) -> bool {
    fast_path::is_disabled()
        || matches!(
            line.as_bytes(),
            [b'B', b'T', ..]
                | [b'N', b'N' | b'M', ..]
                | [b'E', b' ', ..]
                | [b'R', b'E', ..]
                | [b'#' | b'<' | b'*' | 0xC2, ..]
        )
}

/// Looks at a line that holds these rare strings.
fn look_at<'a>(index: usize, line: &Line<'a>, hits: &[Hit], found: &mut Vec<Found<'a>>) {
    if line.is_blank() {
        return;
    }
    let trimmed = line.trimmed();
    let whole = |kind| Found { line: index, span: line.span(), kind, page: None, post_end: None };
    // Stamps without the Department's name begin with RELEASE, RELEASED or REVIEW.
    let state = hits.iter().any(|hit| hit.literal == Literal::State);
    if (state || trimmed.starts_with("RE")) && is_stamp(trimmed) {
        found.push(whole(RegionKind::Stamp));
        return;
    }
    let first = found.len();
    if state {
        let mut from = 0;
        while let Some(part) = line.text.get(from..).and_then(stamp_within) {
            let span = Span::new(line.start + from + part.start, line.start + from + part.end);
            found.push(Found { span, ..whole(RegionKind::Stamp) });
            from += part.end;
        }
    }
    if let Some(span) = end_within(line, found.get(first..).unwrap_or_default()) {
        found.push(Found { span, ..whole(RegionKind::EndOfMessage) });
    }
    if is_end_of_message(trimmed) {
        found.push(whole(RegionKind::EndOfMessage));
        return;
    }
    // Filler of a conversion.
    if trimmed.starts_with('¿') && trimmed.chars().all(|c| c == '¿') {
        found.push(whole(RegionKind::PageFurniture));
        return;
    }
    for hit in hits {
        let page_line = match hit.literal {
            Literal::Page => page_b_at(index, line, hit.at - line.start),
            Literal::Of => page_a_at(index, line, hit.at - line.start),
            _ => None,
        };
        found.extend(page_line);
    }
}

/// `PAGE 01` alone on its line, with post and number on the next one.
fn page_on_two_lines<'a>(index: usize, line: &Line<'a>, next: &Line<'a>) -> Option<[Found<'a>; 2]> {
    let alone = line.trimmed().starts_with("PAGE") && is_page_alone(line.trimmed());
    let page = alone.then(|| page_reference(next.trimmed())).flatten()?;
    let found = |line: usize, span, page| Found { line, span, kind: RegionKind::PageFurniture, page, post_end: None };
    Some([found(index, line.span(), None), found(index + 1, next.span(), Some(page))])
}

/// A stamp that was wrapped: neither line is one, the two together are.
fn stamp_on_two_lines<'a>(index: usize, line: &Line<'a>, next: &Line<'a>) -> Option<[Found<'a>; 2]> {
    let begins = line.text.contains("Declassified/Released") && !is_stamp(line.trimmed()) && !next.is_blank();
    let whole = begins.then(|| format!("{} {}", line.trimmed(), next.trimmed()))?;
    let found = |line: usize, span| Found { line, span, kind: RegionKind::Stamp, page: None, post_end: None };
    is_stamp(&whole).then(|| [found(index, line.span()), found(index + 1, next.span())])
}

/// A page line round the `F` of its `OF`, at this offset of a line. Its post is not settled yet.
fn page_a_at<'a>(index: usize, line: &Line<'a>, at: usize) -> Option<Found<'a>> {
    let of = at.checked_sub(2)?;
    let (post_end, end, number, section) =
        line.text.get(of..=at).filter(|of| matches!(*of, " OF" | " of")).and_then(|_| page_a_around(line.text, of))?;
    Some(Found {
        line: index,
        span: Span::new(line.start + post_end, line.start + end),
        kind: RegionKind::PageFurniture,
        page: Some(PageLine { post: "", number, section: Some(section) }),
        post_end: Some(post_end),
    })
}

/// A PAGE line at this offset of a line. In the middle of a line it must say more than a page, a post and a number, or stand
/// after a banner.
fn page_b_at<'a>(index: usize, line: &Line<'a>, at: usize) -> Option<Found<'a>> {
    let (before, from) = line.text.split_at_checked(at)?;
    let (page, len) = page_b(from)?;
    let alone = before.trim().is_empty();
    let text = without_banner(before);
    let sure = page.section.is_some() || from.get(..len)?.trim_end().ends_with('Z') || text.len() < before.len();
    if !alone && (!before.ends_with(' ') || !sure) {
        return None;
    }
    let start = if alone { line.start } else { line.start + without_end(text).len() };
    let span = Span::new(start, line.start + at + len);
    Some(Found { line: index, span, kind: RegionKind::PageFurniture, page: Some(page), post_end: None })
}

/// The banner that stands after the last line of a page, for it stood below: two spaces or more from it, or after a line
/// that lost its breaks, or where the same banner stands alone below.
fn banner_after(line: &Line<'_>, below: Option<&str>) -> Option<Span> {
    const UNWRAPPED: usize = 100;
    let rest = without_banner(line.text);
    let text = rest.trim_end();
    let same = below.is_some_and(|banner| line.text.ends_with(banner));
    let blanks = if same || line.text.len() > UNWRAPPED { 1 } else { 2 };
    let parted = !text.is_empty() && rest.len() < line.text.len() && rest.len() >= text.len() + blanks;
    parted.then(|| Span::new(line.start + text.len(), line.start + line.text.len()))
}

/// The end of a message at the end of a line that lost its breaks, with the banner above it; stamps may stand after it.
fn end_within(line: &Line<'_>, stamps: &[Found<'_>]) -> Option<Span> {
    // The stamps that end the line, from the last one.
    let mut text = line.text;
    for stamp in stamps.iter().rev() {
        let after = text.get(stamp.span.end.checked_sub(line.start)?..);
        if after.is_some_and(|after| after.trim().is_empty()) {
            text = line.text.get(..stamp.span.start - line.start)?;
        }
    }
    let text = text.trim_end();
    let (before, end) = text.rsplit_once(' ').filter(|(_, end)| matches!(*end, "NNN" | "NNNN"))?;
    let start = without_banner(before).trim_end().len();
    // Only where stamps or a banner speak for it, too: a name may stand before it.
    (start < before.trim_end().len() || !stamps.is_empty())
        .then(|| Span::new(line.start + start, line.start + before.len() + 1 + end.len()))
}

/// The text before a PAGE line in mid-line, without the end of a message and the banner above it.
fn without_end(before: &str) -> &str {
    let text = before.trim_end();
    let end = ["NNNN", "NNN"].iter().find_map(|end| text.strip_suffix(end).filter(|rest| rest.ends_with(' ')));
    end.map_or(before, without_banner)
}

/// The text before a PAGE line in mid-line, without the banners that stood above that line.
fn without_banner(before: &str) -> &str {
    /// A page ends with one, and the next one begins with another.
    const MOST: usize = 2;
    let mut left = before;
    for _ in 0..MOST {
        let Some(shorter) = before_banner(left.trim_end()) else { break };
        left = shorter;
    }
    left
}

/// Finds the posts of page lines: first of those that stand alone on their line, then, by these, of the others.
fn settle_posts<'a>(raw: &[Line<'a>], found: &mut [Found<'a>]) {
    let mut known: Vec<&str> = Vec::new();
    for alone in [true, false] {
        for f in found.iter_mut() {
            let (Some(post_end), Some(line), Some(page)) = (f.post_end, raw.get(f.line), f.page.as_mut()) else {
                continue;
            };
            let Some(before) = line.text.get(..post_end) else { continue };
            let trailing = line.text.get(f.span.end - line.start..).unwrap_or_default();
            let post = trim(before);
            if alone && !(stands_alone(post) && (trailing.trim().is_empty() || is_whole_post(post))) {
                continue;
            }
            let start = if alone { 0 } else { post_before(before, &known).0 };
            page.post = before.get(start..).unwrap_or_default().trim();
            f.span.start = line.start + start;
            f.post_end = None;
            if alone && known.len() < 4 && !known.contains(&page.post) {
                known.push(page.post);
            }
        }
    }
}

/// `post = 1*10( capital / SP )`: nothing but a post stands before the digits.
fn stands_alone(post: &str) -> bool {
    (2..=12).contains(&post.len())
        && post.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'\'' | b'.' | b'-'))
        && post.split(' ').count() <= 4
}

/// Whether nothing but a post stands before the digits of a page line before text: the words before it may be of that
/// text, `of OSLO`.
fn is_whole_post(words: &str) -> bool {
    let (start, post) = post_before(words, &[]);
    start == 0 || crate::knowledge::post(post).is_none() && !words.bytes().any(|b| b.is_ascii_lowercase())
}

/// Banners: a classification alone on a line is one only next to a PAGE line, a stamp or an end of message.
fn banners<'a>(raw: &[Line<'a>], found: &[Found<'a>]) -> Vec<Found<'a>> {
    let mut banners = Vec::new();
    let mut floor = 0;
    for f in found {
        let Some(line) = raw.get(f.line) else { continue };
        if f.kind == RegionKind::PageFurniture && (f.page.is_none() || f.span.start > line.start) {
            continue;
        }
        let above = f.line.checked_sub(1).and_then(|i| raw.get(i)).is_some_and(|l| is_page_alone(l.trimmed()));
        let is_page_b = f.kind == RegionKind::PageFurniture && (above || line.trimmed().starts_with("PAGE"));
        // Upwards over blank lines, stamps and banners; no line is looked at twice.
        let mut index = f.line;
        let mut below = None;
        while let Some(above) = index.checked_sub(1).filter(|i| *i >= floor) {
            let Some(line) = raw.get(above) else { break };
            if is_banner(line.trimmed())
                || release::level(line.trimmed()).is_some()
                || is_scrap(line.trimmed()) && after_end(raw, found, above)
            {
                below = Some(line.trimmed());
                banners.push(Found {
                    line: above,
                    span: line.span(),
                    kind: RegionKind::PageFurniture,
                    page: None,
                    post_end: None,
                });
            } else if !line.is_blank() && !is_all_furniture(raw, found, above) {
                banners.extend(banner_after(line, below).filter(|_| is_page_b).map(|span| Found {
                    line: above,
                    span,
                    kind: RegionKind::PageFurniture,
                    page: None,
                    post_end: None,
                }));
                break;
            }
            index = above;
        }
        floor = f.line;
        let of_line = if above { raw.get(f.line.saturating_sub(1)).unwrap_or(line) } else { line };
        let first_page = is_first_page(of_line.trimmed());
        if let Some((below, line)) =
            (f.line + 1..f.line + 3).find_map(|i| raw.get(i).filter(|l| !l.is_blank()).map(|l| (i, l)))
            && is_page_b
            && is_sort_number(line.trimmed(), first_page)
        {
            banners.push(Found {
                line: below,
                span: line.span(),
                kind: RegionKind::PageFurniture,
                page: None,
                post_end: None,
            });
        }
    }
    banners
}

/// Whether nothing of a line is left when its furniture is taken out.
fn is_all_furniture(raw: &[Line<'_>], found: &[Found<'_>], index: usize) -> bool {
    let Some(line) = raw.get(index) else { return false };
    let from = found.partition_point(|f| f.line < index);
    let here = found.iter().skip(from).take_while(|f| f.line == index);
    here.into_iter().any(|f| f.span.start <= line.text_span().start && f.span.end >= line.text_span().end)
}

/// `scrap = 3*10( CAPITAL / DIGIT )`: `ADP000`, what the machine left between two telegrams.
fn is_scrap(line: &str) -> bool {
    (3..=10).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Whether the end of a message stands above a line.
fn after_end(raw: &[Line<'_>], found: &[Found<'_>], index: usize) -> bool {
    const NEAR: usize = 6;
    let above = (index.saturating_sub(NEAR)..index).rev().find(|i| raw.get(*i).is_some_and(|l| !l.is_blank()));
    above
        .and_then(|above| found.binary_search_by_key(&above, |f| f.line).ok())
        .and_then(|i| found.get(i))
        .is_some_and(|f| f.kind == RegionKind::EndOfMessage)
}

/// Leaves the lines of content, and marks what was taken out.
fn remove<'l, 'a>(
    text: &'a str,
    raw: &'l mut Vec<Line<'a>>,
    found: &[Found<'a>],
    report: &mut Report,
) -> Content<'l, 'a> {
    let error_sign = found.iter().find(|f| {
        f.kind == RegionKind::EndOfMessage && f.span.slice(text).is_some_and(|l| l.trim_start().starts_with("E E"))
    });
    let error_sign = error_sign.and_then(|f| raw.get(f.line)).map(Line::text_span);
    let mut left = Left { lines: Vec::new(), pages: Vec::new() };
    let mut cut = Cut::None;
    let mut next = 0;
    for here in found.chunk_by(|a, b| a.line == b.line) {
        let index = here.first().map_or(0, |f| f.line);
        if let Some(line) = raw.get_mut(next).filter(|_| next < index) {
            *line = line.after(std::mem::take(&mut cut));
        }
        next = index + 1;
        if let Some(line) = raw.get(index) {
            let in_text = here.iter().any(|f| f.kind == RegionKind::Stamp) && is_in_sentence(raw, found, index);
            if let Some(stamp) = here.first().filter(|_| in_text && here.len() == 1) {
                report.emit(DiagnosticCode::StampInText, stamp.span, "a stamp in the middle of a sentence, taken out");
            }
            cut = left.cut_up(text, (index, line), here, cut, report);
        }
    }
    if let Some(line) = raw.get_mut(next) {
        *line = line.following(cut);
    }
    let start = put_back(raw, found, &left.lines);
    Content { lines: raw.get(start..).unwrap_or_default(), pages: left.pages, error_sign }
}

/// Whether a line stands between two lines of one sentence: the first has no end, and neither is blank or furniture.
fn is_in_sentence(lines: &[Line<'_>], found: &[Found<'_>], index: usize) -> bool {
    let content = |at: usize| {
        let taken = found.binary_search_by_key(&at, |f| f.line).is_ok();
        lines.get(at).filter(|line| !taken && !line.is_blank())
    };
    let before = index.checked_sub(1).and_then(content).map(Line::trimmed);
    let open = before.is_some_and(|text| text.ends_with(|c: char| c.is_alphanumeric() || c == ','));
    let small = |text: &str| text.bytes().any(|b| b.is_ascii_lowercase());
    let goes_on = |text: &str| match text.chars().next() {
        Some(first) if before.is_some_and(small) => first.is_lowercase(),
        Some(first) => first.is_uppercase() && !small(text),
        None => false,
    };
    open && content(index + 1).is_some_and(|line| goes_on(line.trimmed()))
}

/// Puts what is left of lines in their places; gives where the first line is then. The lines between are moved up, from
/// the last to the first, so that a long text after its last page line stays where it is.
fn put_back<'a>(lines: &mut Vec<Line<'a>>, found: &[Found<'_>], left: &[(usize, Line<'a>)]) -> usize {
    // A line that was cut in its middle takes two places, or more.
    let more = left.chunk_by(|a, b| a.0 == b.0).map(|parts| parts.len() - 1).sum::<usize>();
    let mut from = lines.len();
    let mut to = from + more;
    lines.resize(to, Line::default());
    let mut left = left.iter().rev().peekable();
    for here in found.chunk_by(|a, b| a.line == b.line).rev() {
        let index = here.first().map_or(0, |f| f.line);
        to = move_up(lines, index + 1..from, to);
        while let Some((_, part)) = left.next_if(|(line, _)| *line == index) {
            to = to.saturating_sub(1);
            lines.get_mut(to).into_iter().for_each(|place| *place = *part);
        }
        from = index;
    }
    move_up(lines, 0..from, to)
}

/// Moves lines up to where they end at this place; gives where they begin then.
fn move_up(lines: &mut [Line<'_>], from: Range<usize>, end: usize) -> usize {
    let to = end.saturating_sub(from.len());
    if from.start != to && from.end <= end {
        lines.copy_within(from, to);
    }
    to
}

/// What is left of lines that hold furniture, each part with its line, and the page lines taken out.
struct Left<'a> {
    lines: Vec<(usize, Line<'a>)>,
    pages: Vec<(PageLine<'a>, Span)>,
}

impl<'a> Left<'a> {
    /// Keeps what is left of a line without these pieces; gives what is cut before the next one.
    fn cut_up(
        &mut self,
        text: &'a str,
        (index, line): (usize, &Line<'a>),
        pieces: &[Found<'a>],
        mut cut: Cut,
        report: &mut Report,
    ) -> Cut {
        let mut start = line.start;
        let text_end = line.start + line.text.len();
        for f in pieces {
            if f.span.start < start {
                continue;
            }
            self.pages.extend(f.page.map(|p| (p, f.span)));
            let before = text.get(start..f.span.start).unwrap_or_default().trim_end();
            if before.trim().is_empty() {
                cut = if cut.in_line() { cut } else { Cut::Lines };
            } else {
                let glued = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let in_word = glued(text.get(..f.span.start).and_then(|t| t.chars().next_back()))
                    && glued(text.get(f.span.end..).and_then(|t| t.chars().next()));
                // Blanks before a line are kept, those after a page line are not.
                let from = if start == line.start { start } else { start + before.len() - before.trim_start().len() };
                let before = text.get(from..start + before.len()).unwrap_or_default();
                self.lines.push((index, Line::new(before, from, f.span.start, cut)));
                cut = if in_word { Cut::InWord } else { Cut::Inline };
            }
            let rest_blank = text.get(f.span.end..text_end).is_none_or(|rest| rest.trim().is_empty());
            let end = if rest_blank { line.end() } else { f.span.end };
            if !before.trim().is_empty() || !rest_blank {
                let (code, what) = match f.kind {
                    RegionKind::Stamp => (DiagnosticCode::StampInText, "a stamp"),
                    _ => (DiagnosticCode::PageLineInText, "a page line"),
                };
                report.emit(code, f.span, format!("{what} in the middle of a line, taken out"));
            }
            report.regions.mark(Span::new(f.span.start, end), f.kind);
            start = end;
        }
        if start < line.end() {
            let rest = text.get(start..text_end).unwrap_or_default();
            let blanks = rest.len() - rest.trim_start().len();
            self.lines.push((index, Line::new(rest.trim(), start + blanks, line.end(), cut)));
            return Cut::None;
        }
        // The line ended with the page line: the next one follows on a new line.
        if cut.in_line() { Cut::Lines } else { cut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::type_complexity, reason = "lines and pages, in a test")]
    fn content(text: &str) -> (Vec<(String, Cut)>, Vec<(String, u32)>) {
        let mut report = Report::default();
        let mut raw = crate::lines::split(text);
        let content = take_out(text, &mut raw, &crate::literals::find(text), &mut report);
        let lines = content.lines.iter().map(|l| (l.text.to_owned(), l.cut)).collect();
        (lines, content.pages.iter().map(|(p, _)| (p.post.to_owned(), p.number)).collect())
    }

    #[test]
    fn page_lines_come_out() {
        let (lines, pages) = content("ONE\n\nLISBON 00001204  002 OF 003\n\nTWO\n");
        let expected = [("ONE", Cut::None), ("", Cut::None), ("", Cut::Lines), ("TWO", Cut::None)];
        assert_eq!(lines, expected.map(|(t, c)| (t.to_owned(), c)));
        assert_eq!(pages, [("LISBON".to_owned(), 1204)]);
    }

    #[test]
    fn glued_page_lines_leave_both_halves() {
        let (lines, pages) =
            content("RIO DE JAN 00000353 001.2 OF 003\nTALKS AT RIO DE JAN 00000353 002 OF 003 WENT ON\n");
        assert_eq!(lines, [("TALKS AT".to_owned(), Cut::Lines), ("WENT ON".to_owned(), Cut::Inline)]);
        assert_eq!(pages, [("RIO DE JAN".to_owned(), 353), ("RIO DE JAN".to_owned(), 353)]);
    }

    #[test]
    fn more_lines_are_left_than_there_were() {
        let page = "OSLO 00000461 002 OF 003";
        let (lines, _) = content(&format!("{page}\nONE {page} TWO\nTHREE\nof {page} FIVE {page} SIX\n{page}\nSEVEN\n"));
        let expected = [
            ("ONE", Cut::Lines),
            ("TWO", Cut::Inline),
            ("THREE", Cut::None),
            ("of", Cut::None),
            ("FIVE", Cut::Inline),
            ("SIX", Cut::Inline),
            ("SEVEN", Cut::Lines),
        ];
        assert_eq!(lines, expected.map(|(t, c)| (t.to_owned(), c)));
    }

    #[test]
    fn banners_only_next_to_page_lines() {
        let text = "SHIP\nCONFIDENTIAL\n\nCONFIDENTIAL\n\nPAGE 02        STATE  322132\n\nWITH\nSECRET\nAGENTS\n";
        let (lines, _) = content(text);
        let texts: Vec<_> = lines.iter().map(|(t, _)| t.as_str()).filter(|t| !t.is_empty()).collect();
        assert_eq!(texts, ["SHIP", "WITH", "SECRET", "AGENTS"]);
    }

    #[test]
    fn a_banner_behind_the_last_line_of_a_page() {
        let text = "COD IN THE  CONFIDENTIAL\nPAGE 02 OSLO 00461 01 OF 02 012242Z\nHARBOUR IS CONFIDENTIAL\nPAGE 03 OSLO 00461 01 OF 02 012242Z\nTHE  SECRET\n";
        let (lines, _) = content(text);
        let lines: Vec<String> = lines.into_iter().map(|(l, _)| l).filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, ["COD IN THE", "HARBOUR IS CONFIDENTIAL", "THE  SECRET"]);
    }

    #[test]
    fn page_turns_after_banners() {
        let long =
            "WHICH GOES ON AND ON FOR AS LONG AS THE HERRING IS IN THE HARBOUR AND NOBODY COMES TO TAKE IT AWAY FROM";
        for (text, want) in [
            ("COD IS UNCLASSIFIED PAGE 02 OSLO 00461 LATE\n".to_owned(), vec!["COD IS", "LATE"]),
            ("COD. SECRET NNN SECRET PAGE 01 OSLO 00461 02 OF 02 012242Z LING\n".to_owned(), vec!["COD.", "LING"]),
            ("COD ON PAGE 02 OSLO 00461 LATE\n".to_owned(), vec!["COD ON PAGE 02 OSLO 00461 LATE"]),
            (format!("{long} SECRET\n\nSECRET\n\nPAGE 02 OSLO 00461 012242Z\n\nTHE PIER\n"), vec![long, "THE PIER"]),
        ] {
            let lines: Vec<String> = content(&text).0.into_iter().map(|(l, _)| l).filter(|l| !l.is_empty()).collect();
            assert_eq!(lines, want, "{text}");
        }
    }

    #[test]
    fn furniture_of_a_text_that_lost_its_line_breaks() {
        let stamp = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005";
        let text = format!(
            "COD IS UNCLASSIFIED UNCLASSIFIED PAGE 02 OSLO 00461 092234Z LATE, {stamp} {stamp} AND LING. ROE UNCLASSIFIED NNN {stamp}\n"
        );
        let lines: Vec<String> = content(&text).0.into_iter().map(|(l, _)| l).filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, ["COD IS", "LATE,", "AND LING. ROE"]);
    }

    #[test]
    fn a_page_line_on_two_lines_and_filler() {
        let text =
            "COD\nUNCLASSIFIED\n\nUNCLASSIFIED\n\nPAGE 02\nOSLO  00461  01 OF 02  012242Z\n\n¿¿¿¿¿¿¿¿\nHERRING\n";
        let (lines, pages) = content(text);
        let lines: Vec<String> = lines.into_iter().map(|(l, _)| l).filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, ["COD", "HERRING"]);
        assert_eq!(pages, [("OSLO".to_owned(), 461)]);
    }

    #[test]
    fn a_stamp_on_two_lines() {
        for text in [
            "COD\nDeclassified/Released US Department of State EO Systematic\nReview 04 MAY 2006\nHERRING\n",
            "COD\nMargaret P. Grafeld Declassified/Released US Department of State EO\nSystematic Review 22 May 2009\nHERRING\n",
            "COD\nDeclassified/Released US Department of State EO Systematic Review 04 MAY 2006\nHERRING\n",
        ] {
            let lines: Vec<String> = content(text).0.into_iter().map(|(l, _)| l).filter(|l| !l.is_empty()).collect();
            assert_eq!(lines, ["COD", "HERRING"], "{text}");
        }
    }

    #[test]
    fn what_the_machine_left_between_two_telegrams() {
        let text =
            "COD IS LATE.\nNNN\n\n      ADP000\nUNCLASSIFIED\n\nPAGE 01  OSLO 00461  02 OF 02  012242Z\nHERRING\n";
        let lines: Vec<String> = content(text).0.into_iter().map(|(l, _)| l).filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, ["COD IS LATE.", "HERRING"]);
    }

    #[test]
    fn a_page_stamp_inside_an_address() {
        let (lines, _) = content("TO PAGE 02        STATE   015113  182333Z\nALL POSTS\n");
        assert_eq!(lines, [("TO".to_owned(), Cut::None), ("ALL POSTS".to_owned(), Cut::Lines)]);
    }
}
