//! Lines with their places.

use memchr::{memchr, memchr2, memmem};

use crate::diagnostic::{Code, Diagnostics};
use crate::region::{RegionKind, RegionMap};
use crate::span::Span;

/// A line of content, or the part of one that a page line in its middle left over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Without line end and trailing blanks; blanks before it are kept.
    pub(crate) text: &'a str,
    /// Where it starts in the input.
    pub(crate) start: usize,
    /// Behind its line end.
    pub(crate) end: usize,
    /// What was taken out between this line and the one before.
    pub(crate) cut: Cut,
}

/// What was taken out between two lines of content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nothing.
    #[default]
    None,
    /// Lines of page furniture, or stamps.
    Lines,
    /// A page line or stamp in the middle of the same line.
    Inline,
    /// The same, in the middle of a word.
    InWord,
}

impl Cut {
    /// Whether the two parts stood on one line.
    pub(crate) const fn in_line(self) -> bool {
        matches!(self, Self::Inline | Self::InWord)
    }
}

impl<'a> Line<'a> {
    /// The whole line with its line end.
    pub(crate) const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The text without the blanks before it.
    pub(crate) fn trimmed(&self) -> &'a str {
        trim_start(self.text)
    }

    /// Where the text stands, without blanks before it and line end.
    pub(crate) fn text_span(&self) -> Span {
        let end = self.start + self.text.len();
        Span::new(end - self.trimmed().len(), end)
    }

    /// Whether nothing but white space stands on it.
    pub(crate) const fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The places of a string in a text, for lines that are gone through in their order. One search over the whole text costs
/// far less than one in each line.
pub(crate) struct Places<'n, 't> {
    length: usize,
    /// The next place, and those behind it.
    next: Option<usize>,
    others: memmem::FindIter<'t, 'n>,
}

impl<'n, 't> Places<'n, 't> {
    pub(crate) fn of(needle: &'n str, text: &'t str) -> Self {
        let mut others = memmem::find_iter(text.as_bytes(), needle);
        Self { length: needle.len(), next: others.next(), others }
    }

    /// The next place inside the text of the line, as an offset in it.
    #[inline]
    pub(crate) fn next_in(&mut self, line: &Line<'_>) -> Option<usize> {
        let end = line.start + line.text.len();
        while let Some(at) = self.next.filter(|at| at + self.length <= end) {
            self.next = self.others.next();
            if at >= line.start {
                return Some(at - line.start);
            }
        }
        None
    }
}

/// What follows a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A rule of dashes: the line is a heading.
    Rule,
    /// A labelled field of the head, perhaps after blank lines.
    Label,
    /// Anything else.
    Other,
}

/// The lines of a text. LF, CRLF and CR end a line, and so does the end of the text.
pub(crate) fn split(text: &str) -> Vec<Line<'_>> {
    // Most texts hold no CR: then one byte is looked for, which is faster.
    let has_cr = memchr(b'\r', text.as_bytes()).is_some();
    let next_end =
        |rest: &str| if has_cr { memchr2(b'\n', b'\r', rest.as_bytes()) } else { memchr(b'\n', rest.as_bytes()) };
    let mut lines = Vec::with_capacity(text.len() / 40 + 4);
    // A byte order mark is no part of the first line.
    let rest_of = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut rest, mut at) = (rest_of, text.len() - rest_of.len());
    while !rest.is_empty() {
        let (line, tail) = next_end(rest).and_then(|i| rest.split_at_checked(i)).unwrap_or((rest, ""));
        let terminator = if tail.starts_with("\r\n") { 2 } else { tail.len().min(1) };
        let end = at + line.len() + terminator;
        lines.push(Line { text: trim_end(line), start: at, end, cut: Cut::None });
        rest = tail.get(terminator..).unwrap_or_default();
        at = end;
    }
    lines
}

/// `str::trim_start`, faster where nothing but blanks stands before ASCII, as on nearly all lines.
pub(crate) fn trim_start(line: &str) -> &str {
    let blanks = line.bytes().take_while(|b| *b == b' ').count();
    match line.as_bytes().get(blanks) {
        None | Some(b'!'..=b'~') => line.get(blanks..).unwrap_or(line),
        Some(_) => line.trim_start(),
    }
}

/// `line` without white space, form feeds and NULs at its end. A line seldom ends in anything but ASCII, for which this
/// is faster than `str::trim_end`.
fn trim_end(line: &str) -> &str {
    let bytes = line.as_bytes();
    match bytes.last() {
        None | Some(b'!'..=b'~') => return line,
        _ => {}
    }
    let kept = bytes.len() - bytes.iter().rev().take_while(|b| **b <= b' ').count();
    let line = line.get(..kept).unwrap_or(line);
    if line.as_bytes().last().is_some_and(|b| *b >= 0x80) { line.trim_end() } else { line }
}

/// What the stages say and mark while they read.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) regions: RegionMap,
    pub(crate) diagnostics: Diagnostics,
}

impl Report {
    /// Marks a whole line.
    pub(crate) fn mark(&mut self, line: &Line<'_>, kind: RegionKind) {
        self.regions.mark(line.span(), kind);
    }

    pub(crate) fn say(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.say(code, span, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_trimmed_as_the_library_trims_them() {
        for line in ["", " ", "A", "  A", "\tA", " \t A", " \u{a0}A", "\u{a0}", "É", "  É", " \u{1}A", " \u{7f}"] {
            assert_eq!(trim_start(line), line.trim_start(), "{line:?}");
        }
    }

    #[test]
    fn places_are_told_line_by_line() {
        let text = "AB\nxAB AB\n\nA\nBAB";
        let mut places = Places::of("AB", text);
        let found = |line: &Line<'_>| std::iter::from_fn(|| places.next_in(line)).collect::<Vec<_>>();
        assert_eq!(split(text).iter().map(found).collect::<Vec<_>>(), [vec![0], vec![1, 4], vec![], vec![], vec![1]]);
    }

    #[test]
    fn line_ends() {
        let cases = [
            ("lf", "A \nB\n", vec![("A", 0, 3), ("B", 3, 5)]),
            ("crlf", "A\r\n\r\nB", vec![("A", 0, 3), ("", 3, 5), ("B", 5, 6)]),
            ("cr", "A\rB\r", vec![("A", 0, 2), ("B", 2, 4)]),
            ("form feed and NUL", "A\x0c\0\n B", vec![("A", 0, 4), (" B", 4, 6)]),
            ("no-break space", "A\u{a0}\n", vec![("A", 0, 4)]),
            ("empty", "", vec![]),
        ];
        for (name, text, expected) in cases {
            let got: Vec<_> = split(text).iter().map(|l| (l.text, l.start, l.end)).collect();
            assert_eq!(got, expected, "{name}");
        }
    }
}
