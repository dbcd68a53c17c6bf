//! What transmission did to the text and nobody can undo for certain: it is reported, and the text stays as written.

use memchr::memmem;

use crate::diagnostic::DiagnosticCode;
use crate::lines::{Line, Report};
use crate::span::Span;

/// Reports signs that were changed, and lines that were sent twice.
pub(crate) fn report(text: &str, lines: &[Line<'_>], report: &mut Report) {
    report_changed_signs(text, lines, report);
    for (first, second) in lines.iter().zip(lines.iter().skip(1)).filter(|(first, second)| is_repeated(first, second)) {
        let message = "a line that stands twice, a letter of it garbled; both are as written";
        report.emit(DiagnosticCode::LineRepeated, Span::new(first.text_span().start, second.text_span().end), message);
    }
}

/// Signs that stand for the apostrophe of `'s` where transmission had none: `the board?s roof`.
fn report_changed_signs(text: &str, lines: &[Line<'_>], report: &mut Report) {
    /// One may be a slip.
    const FEWEST: usize = 3;
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let body = text.get(first.start..last.start + last.text.len()).unwrap_or_default();
    for sign in ["?s ", ",s ", "Qs "] {
        let small =
            |at: &usize| at.checked_sub(1).and_then(|i| body.as_bytes().get(i)).is_some_and(u8::is_ascii_lowercase);
        let mut found = memmem::find_iter(body.as_bytes(), sign).filter(small);
        let Some(at) = found.next() else { continue };
        let count = 1 + found.count();
        if count >= FEWEST {
            let start = first.start + at;
            let message =
                format!("\"{}\" in place of \"'s\" in {count} places; the text is as written", sign.trim_end());
            report.emit(DiagnosticCode::SignsChanged, Span::new(start, start + sign.len() - 1), message);
        }
    }
}

/// Whether a line is the one above with a letter before it, or with another first letter.
fn is_repeated(first: &Line<'_>, second: &Line<'_>) -> bool {
    const SHORTEST: usize = 30;
    let (first, second) = (first.trimmed(), second.trimmed());
    if first.len() < SHORTEST || second.len().checked_sub(first.len()).is_none_or(|more| more > 1) {
        return false;
    }
    let Some(rest) = second.strip_prefix(|c: char| c.is_ascii_alphabetic()) else { return false };
    // After the letter of an item stands no other one.
    let replaced = || rest.starts_with(char::is_alphabetic) && first.get(1..) == Some(rest) && first != second;
    rest == first || replaced()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    #[test]
    fn what_was_changed() {
        let line = "the ferries have sailed for many years";
        for (name, text, want) in [
            (
                "question marks",
                "The board?s roof, the city?s gulls and the nation?s fish.".to_owned(),
                vec![DiagnosticCode::SignsChanged],
            ),
            (
                "commas",
                "The board,s roof, the city,s gulls\nand the nation,s fish.".to_owned(),
                vec![DiagnosticCode::SignsChanged],
            ),
            (
                "letters",
                "The boardQs roof, the cityQs gulls and the nationQs fish.".to_owned(),
                vec![DiagnosticCode::SignsChanged],
            ),
            ("two", "The board?s roof and the city?s gulls.".to_owned(), vec![]),
            ("questions", "Is it the board? Some say so. Is it the city? So they say.".to_owned(), vec![]),
            ("a line twice, a letter before it", format!("{line}\nQ{line}\n"), vec![DiagnosticCode::LineRepeated]),
            (
                "a line twice, another letter",
                format!("{line}\n{}\n", line.replacen('t', "Q", 1)),
                vec![DiagnosticCode::LineRepeated],
            ),
            ("a line twice", format!("{line}\n{line}\n"), vec![]),
            ("two items with letters", format!("A. {line}\nB. {line}\n"), vec![]),
            ("two items", format!("1 {line}\n2 {line}\n"), vec![]),
        ] {
            let mut reported = Report::default();
            report(&text, &split(&text), &mut reported);
            let codes: Vec<_> = reported.diagnostics.finish().iter().map(|d| d.code).collect();
            assert_eq!(codes, want, "{name}");
        }
    }
}
