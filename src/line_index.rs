//! Offsets to lines and columns.

use std::fmt;

use crate::span::Span;
use crate::text::line_end;

/// Where the lines of a text begin: turns byte offsets into lines and columns.
///
/// A line ends with LF, CR LF, CR, or the CR CR LF of a text whose line ends were converted twice. Building it takes one
/// pass over the text, a look-up a binary search and one pass over the line.
///
/// ```
/// use cablegram::LineIndex;
///
/// let index = LineIndex::new("FM OSLO\r\nTO STATE\rINFO LIMA\n");
/// let place = index.line_column(12).expect("inside of the text");
/// assert_eq!((place.line, place.column), (2, 4));
/// assert_eq!(index.line(3), Some("INFO LIMA"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// The offset at which each line begins; there is always a first one.
    starts: Vec<usize>,
}

/// A place in a text as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct LineColumn {
    /// The line, from 1 on.
    pub line: usize,
    /// The column in characters, from 1 on.
    pub column: usize,
}

impl fmt::Display for LineColumn {
    /// Line and column with a colon between: `6:7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str) -> Self {
        let mut starts = vec![0];
        let mut at = 0;
        while let Some(rest) = text.get(at..)
            && let Some(end) = memchr::memchr2(b'\n', b'\r', rest.as_bytes())
        {
            at += end + rest.get(end..).map_or(1, line_end);
            starts.push(at);
        }
        Self { text, starts }
    }

    /// How many lines the text has. What follows the last line end is a line only where it is not empty.
    pub fn line_count(&self) -> usize {
        let last_is_empty = self.starts.last() == Some(&self.text.len());
        self.starts.len() - usize::from(last_is_empty)
    }

    /// The line and column of an offset; `None` after the end of the text.
    ///
    /// An offset inside of a character is that of the character.
    pub fn line_column(&self, offset: usize) -> Option<LineColumn> {
        if offset > self.text.len() {
            return None;
        }
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.checked_sub(1)?)?;
        let before = self.text.get(*start..)?.char_indices().take_while(|(at, c)| start + at + c.len_utf8() <= offset);
        Some(LineColumn { line, column: 1 + before.count() })
    }

    /// The offset of a line and column; `None` where the line has no such column.
    pub fn offset(&self, line: usize, column: usize) -> Option<usize> {
        let span = self.line_span(line)?;
        let chars = span.slice(self.text)?.char_indices().map(|(at, _)| at);
        let at = chars.chain([span.len()]).nth(column.checked_sub(1)?)?;
        Some(span.start + at)
    }

    /// The span of a line, counted from 1 on, without its line end.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let rest = self.text.get(start..)?;
        let len = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        Some(Span::new(start, start + len))
    }

    /// A line, counted from 1 on, without its line end.
    pub fn line(&self, line: usize) -> Option<&'t str> {
        self.line_span(line)?.slice(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_ends_one_line() {
        for (name, end) in [("LF", "\n"), ("CR LF", "\r\n"), ("CR", "\r"), ("CR CR LF", "\r\r\n")] {
            let text = ["FM ÅLESUND", "TO STATE", "", "BT"].map(|line| format!("{line}{end}")).concat();
            let index = LineIndex::new(&text);
            assert_eq!(index.line_count(), 4, "{name}");
            for (line, word, column) in [(1, "LESUND", 5), (2, "STATE", 4), (4, "BT", 1)] {
                let offset = text.find(word).unwrap();
                assert_eq!(index.line_column(offset), Some(LineColumn { line, column }), "{name}: {word}");
                assert_eq!(index.offset(line, column), Some(offset), "{name}: {word}");
            }
            assert_eq!((index.line(1), index.line(3), index.line(9)), (Some("FM ÅLESUND"), Some(""), None), "{name}");
        }
    }

    #[test]
    fn ends_of_texts() {
        for (name, text, lines, last) in
            [("empty", "", 0, (1, 1)), ("no line end", "FM", 1, (1, 3)), ("one line", "FM\n", 1, (2, 1))]
        {
            let index = LineIndex::new(text);
            assert_eq!(index.line_count(), lines, "{name}");
            let place = index.line_column(text.len()).map(|place| (place.line, place.column));
            assert_eq!((place, index.line_column(text.len() + 1)), (Some(last), None), "{name}");
        }
    }

    #[test]
    fn an_offset_inside_of_a_character_is_its_own() {
        let index = LineIndex::new("Å!");
        let columns: Vec<_> = (0..4).filter_map(|at| index.line_column(at)).map(|place| place.column).collect();
        assert_eq!(columns, [1, 1, 2, 3]);
    }
}
