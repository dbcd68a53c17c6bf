//! The text of a field, joined over the lines on which it stands.

use std::borrow::Cow;
use std::ops::Range;

use crate::lines::{trim_end, trim_start};
use crate::span::{Span, offset_of};

/// A field's text in one line: its lines joined by one space, runs of spaces drawn together. It knows where in the
/// input each part of it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Value<'a> {
    pub(crate) text: Cow<'a, str>,
    /// From the first character to the last in the input.
    pub(crate) span: Span,
    /// Pairs of (offset in `text`, offset in the input): from the first on, both run alike up to the next pair.
    map: Vec<(usize, usize)>,
}

/// So many words most fields have that must be joined: room for them is made at once.
const MOST_WORDS: usize = 32;

impl<'a> Value<'a> {
    /// A piece of the input as it stands there.
    pub(crate) fn borrowed(text: &'a str, start: usize) -> Self {
        let inner = trim_start(text);
        let start = start + (text.len() - inner.len());
        let inner = trim_end(inner);
        Self { text: Cow::Borrowed(inner), span: Span::new(start, start + inner.len()), map: Vec::new() }
    }

    /// The same with its text made whole; the places of its parts are lost.
    pub(crate) fn mended(&self, text: String) -> Self {
        Self { text: Cow::Owned(text), span: self.span, map: Vec::new() }
    }

    /// A piece of the input in one line.
    pub(crate) fn one(text: &'a str, start: usize) -> Self {
        Self::borrowed(text, start).squeezed()
    }

    /// Joins pieces of the input, each with its offset there. Allocates only where there is something to join.
    pub(crate) fn join(pieces: impl IntoIterator<Item = (&'a str, usize)>) -> Self {
        let mut pieces = pieces.into_iter().map(|(t, at)| Self::borrowed(t, at)).filter(|v| !v.text.is_empty());
        let Some(first) = pieces.next() else { return Self::default() };
        let mut joined = first.squeezed();
        for piece in pieces {
            joined.append(&piece);
        }
        joined
    }

    /// Runs of spaces drawn together.
    fn squeezed(self) -> Self {
        if !has_runs(&self.text) {
            return self;
        }
        let mut out = Self {
            text: Cow::Owned(String::with_capacity(self.text.len())),
            span: Span::new(self.span.start, self.span.start),
            map: Vec::new(),
        };
        out.append(&self);
        out
    }

    fn append(&mut self, piece: &Value<'_>) {
        if self.map.is_empty() {
            self.map.reserve(MOST_WORDS);
            self.map.push((0, self.span.start));
        }
        self.span.end = piece.span.end;
        let text = self.text.to_mut();
        let mut at = piece.span.start;
        for word in piece.text.split([' ', '\t']) {
            if !word.is_empty() {
                if !text.is_empty() {
                    text.push(' ');
                }
                self.map.push((text.len(), at));
                text.push_str(word);
            }
            at += word.len() + 1;
        }
    }

    /// Where a part of the text stands in the input.
    pub(crate) fn locate(&self, part: Range<usize>) -> Span {
        Span::new(
            self.offset(part.start),
            self.offset(part.end.max(part.start + 1) - 1) + usize::from(!part.is_empty()),
        )
    }

    /// Where a slice of `self.text` stands in the input; the whole span when it is no slice of it.
    pub(crate) fn locate_str(&self, part: &str) -> Span {
        offset_of(part, &self.text).map_or(self.span, |at| self.locate(at..at + part.len()))
    }

    fn offset(&self, at: usize) -> usize {
        let i = self.map.partition_point(|(text, _)| *text <= at);
        match i.checked_sub(1).and_then(|i| self.map.get(i)) {
            Some((text, input)) => input + (at - text),
            None => self.span.start + at,
        }
    }
}

/// A part of one line with one space between its words.
pub(crate) fn in_one_line(text: &str) -> Cow<'_, str> {
    if !has_runs(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Whether two spaces follow each other, or a tab stands before something. All bytes are looked at without a branch,
/// which takes many at once.
#[expect(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch")]
fn has_runs(text: &str) -> bool {
    let pairs = text.bytes().zip(text.bytes().skip(1));
    let run = |one, next| u8::from((one == b'\t') | ((one == b' ') & ((next == b' ') | (next == b'\t'))));
    pairs.fold(0, |any, (one, next)| any | run(one, next)) != 0
}

/// A string that owns its text.
pub(crate) fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_borrowed() {
        let value = Value::join([("  FISH AND CHIPS ", 10)]);
        assert!(matches!(value.text, Cow::Borrowed("FISH AND CHIPS")));
        assert_eq!(value.span, Span::new(12, 26));
        assert_eq!(value.locate(5..8), Span::new(17, 20));
    }

    #[test]
    fn one_blank_between_words() {
        for (text, want) in [("FISH AND CHIPS", "FISH AND CHIPS"), ("FISH  AND \tCHIPS", "FISH AND CHIPS"), ("", "")] {
            assert_eq!(in_one_line(text), want);
        }
    }

    #[test]
    fn lines_are_joined_and_found_again() {
        let input = "FISH  AND \n   CHIPS";
        let value = Value::join([("FISH  AND ", 0), ("   CHIPS", 11)]);
        assert_eq!(value.text, "FISH AND CHIPS");
        for (word, at) in [("FISH", 0), ("AND", 5), ("CHIPS", 9)] {
            assert_eq!(value.locate(at..at + word.len()).slice(input), Some(word));
        }
        assert_eq!(value.span.slice(input), Some(input));
    }
}
