//! Signs in the lines that are no text: pilcrows that a publisher put before numbers, and the second quotation mark that a file
//! of comma-separated values has for each.

use memchr::memchr_iter;

use crate::diagnostic::DiagnosticCode;
use crate::lines::{Line, Report};
use crate::literals::{Hit, Literal};
use crate::span::Span;

/// A sign that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Inserted {
    pub(crate) at: usize,
    pub(crate) sign: Sign,
}

/// Which sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A pilcrow in mid-line.
    Pilcrow,
    /// One of two quotation marks.
    Quote,
}

impl Sign {
    pub(crate) const fn len(self) -> usize {
        match self {
            Self::Pilcrow => '¶'.len_utf8(),
            Self::Quote => 1,
        }
    }
}

/// The signs in these lines that are no text, in their order.
pub(crate) fn find(text: &str, lines: &[Line<'_>], hits: &[Hit], report: &mut Report) -> Vec<Inserted> {
    let pilcrows = hits.iter().filter(|hit| hit.literal == Literal::Pilcrow);
    let mut found: Vec<Inserted> = pilcrows.map(|hit| Inserted { at: hit.at, sign: Sign::Pilcrow }).collect();
    let doubles = doubled_quotes(text, lines);
    if let (Some(first), Some(last)) = (doubles.first(), doubles.last()) {
        let message = "each quotation mark is doubled, as in a file of comma-separated values; one of two taken out";
        report.emit(DiagnosticCode::CopyingUndone, Span::new(*first, last + 1), message);
        found.extend(doubles.into_iter().map(|at| Inserted { at, sign: Sign::Quote }));
        found.sort_by_key(|sign| sign.at);
    }
    found
}

/// One of each two quotation marks, where all of these lines stand in twos; the last one of all may close the cell of the
/// file.
fn doubled_quotes(text: &str, lines: &[Line<'_>]) -> Vec<usize> {
    const FEWEST: usize = 2;
    let filled = || lines.iter().filter(|line| !line.is_blank());
    let (Some(first), Some(last)) = (filled().next(), filled().next_back()) else { return Vec::new() };
    let end = last.start + last.text.len();
    let whole = text.get(first.start..end).unwrap_or_default();
    let mut found = Vec::new();
    // Nearly all texts have none.
    if memchr::memmem::find(whole.as_bytes(), b"\"\"").is_none() {
        return found;
    }
    for line in filled() {
        let mut quotes = memchr_iter(b'"', line.text.as_bytes()).map(|at| line.start + at).peekable();
        while let Some(at) = quotes.next() {
            if quotes.next_if_eq(&(at + 1)).is_some() {
                // The second one, so that spaces before the first are kept; but at an end of the line the inner one stays.
                let inner = at - line.start;
                let outermost = line.text.len() == inner + 2 || line.text.len() - line.trimmed().len() == inner;
                found.push(if outermost { at } else { at + 1 });
            } else if at + 1 < end {
                return Vec::new();
            }
        }
    }
    if found.len() < FEWEST {
        found.clear();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    #[test]
    fn quotation_marks_that_are_doubled() {
        for (name, text, want) in [
            ("all", "The \"\"roof\"\" is \"\"red.\"\"\n", 4),
            ("on two lines", "\"\"The roof\nis red,\"\" he said.\n", 2),
            ("two side by side", "\"\"The \"\"roof\"\"\"\" fell.\n", 4),
            ("before the end of the cell", "The \"\"roof\"\" is red.\n\"\n", 2),
            ("one that is none", "The \"\"roof\"\" is \"red.\"\n", 0),
            ("nothing between them", "An empty cell is \"\" there.\n", 0),
            ("plain", "The \"roof\" is red.\n", 0),
            ("three", "\"\"\"The roof\" is red,\" he said.\n", 0),
        ] {
            assert_eq!(doubled_quotes(text, &split(text)).len(), want, "{name}");
        }
    }
}
