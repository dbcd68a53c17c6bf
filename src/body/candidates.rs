//! Paragraphs by their numbers: every number that may be one's is gathered, the series is solved, what is missing is looked
//! for, and what was made of the numbers is reported.

use std::ops::Range;

use crate::body::blocks::trimmed;
use crate::body::headings::{Headings, is_redaction};
use crate::body::parted::UNWRAPPED;
use crate::diagnostic::DiagnosticCode;
use crate::field::paragraph_number::{self, Before, Candidate, Numbered, candidate, lost, solve};
use crate::field::portion_mark;
use crate::lines::{Cut, Line, MayBe, Report};
use crate::literals::{Hit, Hits, Literal};
use crate::ornament::is_rule;
use crate::sentence::{ends_before_number, ends_in_month, ends_sentence, is_complete};
use crate::span::Span;

/// The paragraphs of a body that have numbers, or have lost them.
pub(crate) fn paragraphs(lines: &[Line<'_>], hits: &[Hit], report: &mut Report) -> Vec<Numbered> {
    let mut candidates = find(lines, hits);
    let missing = in_mid_line(lines, &candidates);
    candidates.extend(missing);
    candidates.sort_by_key(|c| (c.line, c.start));
    let mut numbered = solve(&candidates);
    let lost = without_number(lines, &numbered);
    if !lost.is_empty() {
        candidates.extend(lost.iter().map(|n| n.candidate));
        candidates.sort_by_key(|c| (c.line, c.start));
        numbered.extend(lost);
        numbered.sort_by_key(|n| (n.candidate.line, n.candidate.start));
    }
    if are_lists(lines, &numbered) {
        return Vec::new();
    }
    tell_of_numbers(lines, &candidates, &numbered, report);
    numbered
}

/// Every number that may be a paragraph's: at line starts, after page lines, and in mid-line where a mark follows or the
/// line is not wrapped.
fn find(lines: &[Line<'_>], hits: &[Hit]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::with_capacity(16);
    let mut hits = Hits::of(hits);
    for (index, line) in lines.iter().enumerate() {
        let unwrapped = line.text.len() > UNWRAPPED;
        let hits = hits.on(line);
        // Nearly all lines of a body have neither a number at the start nor a sign of one after it.
        if line.is_blank() || !unwrapped && hits.is_empty() && !line.may_be(MayBe::Number) {
            continue;
        }
        let indent = line.text.len() - line.trimmed().len();
        if paragraph_number::may_begin(line.trimmed()) {
            out.extend(candidate(index, line.text, indent, before(lines, index)));
        }
        let mut in_line = |at: usize| {
            let is_new = out.last().is_none_or(|c| c.line != index || c.end <= at);
            let Some((before, text)) = line.text.split_at_checked(at).filter(|_| at > indent && is_new) else { return };
            // A pilcrow stands at the start of a line, whatever became of its end: `... cod.¶2. (C) The sea`.
            let glued = || before.ends_with(['.', ')', '"', '?']) && text.starts_with('¶');
            if before.ends_with(' ') {
                let last = out.last().filter(|last| last.line == index && last.start > indent);
                let found = last.and_then(|last| last_of_series(last, line.text, at));
                out.extend(found.or_else(|| inside_line(index, line.text, at)));
            } else if glued() {
                let found = inside_line(index, line.text, at);
                out.extend(found.filter(Candidate::has_mark));
            }
        };
        let at = |literal| hits.iter().filter(move |hit| hit.literal == literal).map(|hit| hit.at - line.start);
        if unwrapped {
            number_starts(line.text).for_each(&mut in_line);
        } else {
            at(Literal::Stop).for_each(|stop| in_line(number_start(line.text, stop)));
        }
        at(Literal::Pilcrow).for_each(in_line);
    }
    out.sort_by_key(|c| (c.line, c.start));
    out.dedup_by_key(|c| (c.line, c.start));
    out
}

/// The gaps of a series of numbers with their lines: the lines from one to the next, and the numbers missing between.
fn gaps(series: impl Iterator<Item = (usize, u32)> + Clone) -> impl Iterator<Item = (usize, usize, Range<u32>)> {
    let starts = std::iter::once((0, 0)).chain(series.clone());
    starts.zip(series).filter_map(|((from, last), (to, next))| {
        let missing = last + 1..next;
        (!missing.is_empty()).then_some((from, to, missing))
    })
}

/// The missing numbers that stand in the middle of lines.
fn in_mid_line(lines: &[Line<'_>], candidates: &[Candidate]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let series = candidates.iter().map(|c| (c.line, c.raw));
    for (from, to, missing) in gaps(series) {
        for (index, line) in lines.iter().enumerate().take(to + 1).skip(from) {
            // The numbers of a longer line are candidates already.
            if line.text.len() > UNWRAPPED {
                continue;
            }
            let here = number_starts(line.text).filter(|at| line.text.get(..*at).is_some_and(|b| !b.trim().is_empty()));
            let here = here.filter_map(|at| inside_line(index, line.text, at));
            found.extend(here.filter(|candidate| missing.contains(&candidate.raw)));
        }
    }
    found
}

/// Paragraphs that lost their numbers: as many marked ones as are missing, or the text before paragraph 2.
fn without_number(lines: &[Line<'_>], numbered: &[Numbered]) -> Vec<Numbered> {
    let mut found = Vec::new();
    for (from, to, missing) in gaps(numbered.iter().map(|n| (n.candidate.line, u32::from(n.number)))) {
        let first = usize::from(missing.start > 1 || from > 0);
        let between = || lines.iter().enumerate().take(to).skip(from + first);
        let opens = |index: usize| before(lines, index) == Before::Gap;
        let is_marked =
            |line: &Line<'_>| portion_mark::leading(line.trimmed()).is_some_and(|(_, rest)| !rest.is_empty());
        let marked: Vec<usize> =
            between().filter(|(index, line)| is_marked(line) && opens(*index)).map(|(index, _)| index).collect();
        // An introduction without a mark is none of the paragraphs that have one.
        let unmarked = || numbered.first().is_some_and(|n| !n.candidate.has_portion_mark());
        let alone = || missing == (1..2) && from == 0 && unmarked();
        let places = match marked.len() {
            0 if alone() => only_prose(lines, to).into_iter().collect(),
            count if count == missing.len() => marked,
            _ => continue,
        };
        let numbers = missing.filter_map(|number| u8::try_from(number).ok());
        let lost = numbers.zip(places).filter_map(|(number, index)| {
            let line = lines.get(index)?;
            let indent = line.text.len() - line.trimmed().len();
            Some(Numbered { candidate: lost(index, indent), number })
        });
        found.extend(lost);
    }
    found
}

/// The first line of the only block of prose before this line.
fn only_prose(lines: &[Line<'_>], end: usize) -> Option<usize> {
    let headings = Headings { lines };
    let mut blocks = Vec::new();
    let mut open: Option<usize> = None;
    for (index, line) in lines.iter().enumerate().take(end) {
        if line.is_blank() || is_rule(line.text) {
            open = None;
            continue;
        }
        if open.is_none() && headings.at(index, Some(end), false).is_some() {
            continue;
        }
        if open.is_none() {
            blocks.push(index);
        }
        open = Some(index);
    }
    let [first] = blocks.as_slice() else { return None };
    // The archive may have lost its beginning, with the number or with more.
    let whole = lines.get(*first).is_some_and(|line| !line.trimmed().starts_with('*'));
    let last = lines.iter().take(end).rev().find(|line| !line.is_blank() && !is_rule(line.text))?;
    let words = lines.iter().take(end).skip(*first).map(|line| line.text.split_whitespace().count()).sum::<usize>();
    (whole && words > 4 && is_complete(last.text)).then_some(*first)
}

/// Whether the numbers are those of lists in a text without numbers: prose comes first, and each of several lists begins
/// below its label, `EDUCATION:`.
fn are_lists(lines: &[Line<'_>], numbered: &[Numbered]) -> bool {
    let Some(first) = numbered.first() else { return false };
    let prose = lines.iter().take(first.candidate.line).any(|line| is_complete(line.text) && !line.is_blank());
    let starts = || numbered.iter().filter(|n| n.number == 1);
    let is_labelled = |n: &Numbered| {
        let above = || lines.iter().take(n.candidate.line).rev().find(|line| !line.is_blank());
        let same =
            lines.get(n.candidate.line).and_then(|line| line.text.get(..n.candidate.start)).map_or("", str::trim);
        if same.is_empty() { above().is_some_and(|line| line.text.ends_with(':')) } else { same.ends_with(':') }
    };
    prose
        && starts().count() > 1
        && first.number == 1
        && starts().all(is_labelled)
        && !numbered.iter().any(|n| n.candidate.has_mark())
}

/// How many lines above a number its sentence is looked for.
const NEAR: usize = 4;

/// What stands before a line.
fn before(lines: &[Line<'_>], index: usize) -> Before {
    let cut = lines.get(index).is_some_and(|line| line.cut != Cut::None);
    let above = index.checked_sub(1).and_then(|above| lines.get(above)).filter(|_| !cut);
    let filled = lines.iter().take(index).rev().take(NEAR).find(|line| !line.is_blank());
    if filled.is_some_and(|line| ends_in_month(line.text)) {
        return Before::Month;
    }
    match above.map_or("", |above| above.text) {
        "" => Before::Gap,
        text if is_rule(text) || is_redaction(text) => Before::Gap,
        text if ends_sentence(text) && text.len() > UNWRAPPED => Before::Gap,
        text if ends_sentence(text) => Before::SentenceEnd,
        _ => Before::OpenSentence,
    }
}

/// A number in mid-line. Without a mark the day of a date is none: `on December 1. Quill`.
fn inside_line(index: usize, line: &str, at: usize) -> Option<Candidate> {
    let found = candidate(index, line, at, before_in_line(line, at))?;
    let is_day = || ends_in_month(line.get(..at).unwrap_or_default().trim_end());
    (found.has_mark() || !is_day()).then_some(found)
}

/// What stands before a number in mid-line.
fn before_in_line(line: &str, at: usize) -> Before {
    let before = line.get(..at).unwrap_or_default().trim_end();
    if ends_before_number(before) || before.ends_with([':', ';']) { Before::SameLineEnd } else { Before::SameLine }
}

/// The last item of a series in one line, after the number before it: `3. Build a hall, and 4. Buy ice.`
fn last_of_series(last: &Candidate, line: &str, at: usize) -> Option<Candidate> {
    const BEFORE: [&str; 4] = [", and", "; and", ", or", "; or"];
    let before = line.get(..at)?.trim_end();
    let is_due = |found: &Candidate| found.raw == last.raw + 1;
    let follows = BEFORE.iter().any(|words| before.ends_with(words));
    follows.then(|| candidate(last.line, line, at, Before::SameLineEnd)).flatten().filter(is_due)
}

/// Where the digits, and the pilcrow, that end at this offset begin.
fn number_start(text: &str, end: usize) -> usize {
    let before = text.get(..end).unwrap_or_default();
    before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('¶').len()
}

/// Where numbers with a full stop begin in the middle of a line.
fn number_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'.', bytes).filter_map(move |stop| {
        let after = stop + 1 + usize::from(bytes.get(stop + 1) == Some(&b'.'));
        let followed = bytes.get(after).is_none_or(|b| matches!(b, b' ' | b'(') || b.is_ascii_uppercase());
        if !followed || !stop.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let start = number_start(text, stop);
        start.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(|b| *b == b' ').then_some(start)
    })
}

/// Reports what was made of the numbers.
fn tell_of_numbers(lines: &[Line<'_>], candidates: &[Candidate], numbered: &[Numbered], report: &mut Report) {
    let span = |c: &Candidate| lines.get(c.line).map_or(Span::default(), |l| trimmed(l, c.start, c.end));
    let written = |c: &Candidate| lines.get(c.line).and_then(|l| l.text.get(c.start..c.end)).unwrap_or_default().trim();
    let in_mid_line = |c: &Candidate| {
        lines.get(c.line).and_then(|l| l.text.get(..c.start)).is_some_and(|before| !before.trim().is_empty())
    };
    let mut accepted = numbered.iter().peekable();
    let mut last = 0;
    for c in candidates {
        let Some(n) = accepted.next_if(|n| n.candidate == *c) else {
            // A number in the middle of a sentence is nothing to report.
            if !in_mid_line(c) || c.has_mark() {
                let message = format!("\"{}\" is no paragraph number here", written(c));
                report.emit(DiagnosticCode::ParagraphNumberRefused, span(c), message);
            }
            continue;
        };
        let number = u32::from(n.number);
        if c.is_lost() {
            let message = format!("a paragraph without a number read as paragraph {number}");
            let first = lines.get(c.line).map_or(Span::default(), |line| {
                let word = line.trimmed().split(' ').next().unwrap_or_default();
                line.span_of(word)
            });
            report.emit(DiagnosticCode::ParagraphNumberRepaired, first, message);
        } else if number != c.raw || c.is_mended() {
            let message = format!("\"{}\" read as paragraph {number}", written(c));
            report.emit(DiagnosticCode::ParagraphNumberRepaired, span(c), message);
        }
        if in_mid_line(c) && !lines.get(c.line).is_some_and(|line| c.start == 0 && line.cut.in_line()) {
            report.emit(
                DiagnosticCode::ParagraphInMidLine,
                span(c),
                format!("paragraph {number} begins in the middle of a line"),
            );
        }
        if let Some((code, message)) = step(last, number) {
            report.emit(code, span(c), message);
        }
        last = number;
    }
}

/// What is to be reported of a step in the series.
fn step(last: u32, number: u32) -> Option<(DiagnosticCode, String)> {
    Some(match number {
        1 if last > 0 => (DiagnosticCode::ParagraphNumbersRestart, format!("the numbers start again after {last}")),
        n if n <= last => (DiagnosticCode::ParagraphNumberOutOfOrder, format!("{n} follows {last}")),
        n if n > 1 && last == 0 => {
            let missing = if n == 2 { "1 is".to_owned() } else { format!("1 to {} are", n - 1) };
            (DiagnosticCode::ParagraphNumberGap, format!("the numbers begin at {n}: {missing} missing"))
        }
        n if n > last + 1 => {
            (DiagnosticCode::ParagraphNumberGap, format!("{n} follows {last}: {} missing", n - last - 1))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;
    use crate::literals;

    /// The numbers of a text, and the codes that are reported of them.
    fn numbers(text: &str) -> (Vec<u8>, Vec<&'static str>) {
        let mut report = Report::default();
        let numbered = paragraphs(&split(text), &literals::find(text), &mut report);
        let codes = report.diagnostics.finish().iter().map(|message| message.code.as_str()).collect();
        (numbered.iter().map(|n| n.number).collect(), codes)
    }

    #[test]
    fn numbers_and_where_they_stand() {
        let long = "which goes on and on for as long as the herring is in the harbour and nobody comes to take it away";
        for (name, text, want, codes) in [
            ("at line starts", "1. Cod.\n\n2. Ling.\n".to_owned(), vec![1, 2], vec![]),
            (
                "missing, after a sentence",
                format!("1. Cod.\n\n2. Ling, {long}. 3. In May, eel.\n\n4. Ray.\n"),
                vec![1, 2, 3, 4],
                vec!["paragraph-in-mid-line"],
            ),
            (
                "missing, in a wrapped line",
                "1. Cod.\n\n2. Ling is\nlate. 3. In May, eel\ncomes.\n\n4. Ray.\n".to_owned(),
                vec![1, 2, 3, 4],
                vec!["paragraph-in-mid-line"],
            ),
            (
                "missing, with a mark, after a word",
                "1. (U) Cod goes on  2.  (U)  In May, eel.\n\n3. (U) Ray.\n".to_owned(),
                vec![1, 2, 3],
                vec!["paragraph-in-mid-line"],
            ),
            (
                "glued, with a pilcrow and a mark",
                "¶1. (C) Cod is late.¶2. (C) Ling is not, see A.¶B.\n".to_owned(),
                vec![1, 2],
                vec!["paragraph-in-mid-line"],
            ),
            ("glued, without a mark", "¶1. Cod is late.¶2. Ling is not.\n".to_owned(), vec![1], vec![]),
            (
                "all in one line",
                format!("1. COD IS LATE, {long}. 2. LING IS NOT. 3. EEL IS."),
                vec![1, 2, 3],
                vec!["paragraph-in-mid-line", "paragraph-in-mid-line"],
            ),
            (
                "numbers in prose",
                format!("1. Cod, {long}, as in No. 2. The rest is at Art. 3. Ling.\n\n2. Eel.\n"),
                vec![1, 2],
                vec![],
            ),
            (
                "the last item of a series in the line",
                format!(
                    "1. Cod.\n\n2. Ray.\n\n3. We will, {long}:  1.  Count.  2.  Weigh; and  3.  Sell.\n\n4. Eel.\n"
                ),
                vec![1, 2, 3, 1, 2, 3, 4],
                vec![
                    "paragraph-numbers-restart",
                    "paragraph-in-mid-line",
                    "paragraph-in-mid-line",
                    "paragraph-in-mid-line",
                ],
            ),
            ("a date in mid-line", format!("We met on December 1. Cod, {long}.\n"), vec![], vec![]),
            ("a date in a short line", "We met the cod\non May 2. The\nling was late.\n".to_owned(), vec![], vec![]),
            (
                "a marked paragraph after a month",
                format!("1. (U) Cod, {long}.\n\nEels in May  2.  (U)  Ling.\n\n3. (U) Ray.\n"),
                vec![1, 2, 3],
                vec!["paragraph-in-mid-line"],
            ),
            (
                "a paragraph that a sentence names",
                format!("1. Cod.\n\n2. As we said in 1, and 3. The ling, {long}.\n\n3. Eel.\n"),
                vec![1, 2, 3],
                vec![],
            ),
            (
                "the first has its mark only",
                "(C) Summary: Cod.\n\n2. (C) Ling.\n\n3. (U) Eel.\n".to_owned(),
                vec![1, 2, 3],
                vec!["paragraph-number-repaired"],
            ),
            (
                "one in the middle has its mark only",
                "1. (C) Cod.\n\n(C) Ling.\n\n3. (U) Eel.\n".to_owned(),
                vec![1, 2, 3],
                vec!["paragraph-number-repaired"],
            ),
            (
                "prose before 2",
                "THE TALKS\n\nThe cod of the year is late.\n\n2. Ling.\n\n3. Eel.\n".to_owned(),
                vec![1, 2, 3],
                vec!["paragraph-number-repaired"],
            ),
            (
                "the day of a date, after a blank line",
                "1. (U) Cod.\n\n2. (U) It was paid in the week of April\n\n¶4. However, it left.\n".to_owned(),
                vec![1, 2],
                vec!["paragraph-number-refused"],
            ),
            ("a gap", "1. (U) Cod.\n\n4. (U) Ling.\n".to_owned(), vec![1, 4], vec!["paragraph-number-gap"]),
            (
                "lists of a text without numbers",
                "WE TAKE ROE. HE IS KEEN.\nEDUCATION: 1. BERGEN\n2. OSLO\nSKILLS:\n\n1. COD\n2. LING\nTHAT IS ALL.\n"
                    .to_owned(),
                vec![],
                vec![],
            ),
        ] {
            let (got, message) = numbers(&text);
            assert_eq!((got, message), (want, codes), "{name}");
        }
    }

    #[test]
    fn many_gaps_cost_linear_time() {
        let paragraphs = (0..20_000).map(|i| format!("{}. (U) Cod. 7. Ling.\n\n", 2 * (i % 90) + 1));
        let text = paragraphs.collect::<Vec<_>>().concat();
        assert!(!numbers(&text).0.is_empty());
    }
}
