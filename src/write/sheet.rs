//! The sheet that a telegram is written on: lines, gaps, and values broken over several lines.

use std::fmt::{Display, Write};

use crate::lines;

/// The line length of the standard: 69 signs on the machine, of which drafters used fewer.
pub(super) const WIDTH: usize = 65;

/// The telegram as far as it is written.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    out: String,
}

impl Sheet {
    /// A whole line.
    pub(super) fn line(&mut self, text: impl Display) {
        let start = self.out.len();
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{text}");
        let kept = self.out.trim_end().len().max(start);
        self.out.truncate(kept);
        self.out.push('\n');
    }

    /// Several lines that are already broken.
    pub(super) fn lines(&mut self, text: &str) {
        self.out.push_str(text);
        if !text.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// An empty line, unless one is there, or nothing yet.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Two empty lines.
    pub(super) fn wide_gap(&mut self) {
        self.gap();
        if !self.out.is_empty() && !self.out.ends_with("\n\n\n") {
            self.out.push('\n');
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// A label and its value, broken at spaces into lines of [`WIDTH`] signs at the most, where a word is not longer; the
/// further lines begin with `indent`.
pub(super) fn wrapped(label: &str, value: &str, indent: &str) -> String {
    let mut out = String::from(label);
    let mut width = label.chars().count();
    let mut begins = true;
    for word in value.split(' ') {
        let len = word.chars().count();
        if begins {
            out.push_str(if label.is_empty() || label.ends_with(' ') { "" } else { " " });
            width += 1;
        } else if width + 1 + len > WIDTH {
            out.push('\n');
            out.push_str(indent);
            width = indent.len();
        } else {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += len;
        begins = false;
    }
    out.truncate(out.trim_end().len());
    out
}

/// The lines of a layout, as the reader sees them.
pub(super) fn as_read(layout: &str) -> Vec<lines::Line<'_>> {
    lines::split(layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_wrapped() {
        let words = "COD ".repeat(30);
        let text = wrapped("SUBJECT:", words.trim(), "  ");
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(text.lines().skip(1).all(|line| line.starts_with("  COD")), "{text}");
        assert_eq!(text.split_whitespace().skip(1).count(), 30);
        assert_eq!(wrapped("REF:", "OSLO 1", ""), "REF: OSLO 1");
    }

    #[test]
    fn gaps_do_not_add_up() {
        let mut sheet = Sheet::default();
        sheet.gap();
        sheet.line("A  ");
        sheet.gap();
        sheet.gap();
        sheet.line("B");
        sheet.wide_gap();
        sheet.wide_gap();
        sheet.lines("C\nD");
        assert_eq!(sheet.finish(), "A\n\nB\n\n\nC\nD\n");
    }
}
