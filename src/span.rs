//! Where something stands in the text: a pair of byte offsets.

/// A half-open range of byte offsets into the text that was parsed.
///
/// Both ends lie on character boundaries of that text.
///
/// ```
/// use cablegram::Span;
///
/// let span = Span::new(3, 8);
/// assert_eq!(span.len(), 5);
/// assert_eq!(span.slice("FM AMEMBASSY"), Some("AMEMB"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Its length in bytes; an inverted span has none.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text it covers, if it lies inside `text` and on character boundaries.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

/// Where a part of a text begins in it, where it is one. Addresses are compared here and nowhere else.
pub(crate) fn offset_of(part: &str, whole: &str) -> Option<usize> {
    let at = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (at + part.len() <= whole.len()).then_some(at)
}

/// A text from where one part of it begins to where another one ends.
pub(crate) fn between<'t>(first: &str, last: &str, whole: &'t str) -> Option<&'t str> {
    whole.get(offset_of(first, whole)?..offset_of(last, whole)? + last.len())
}
