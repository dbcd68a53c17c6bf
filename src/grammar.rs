//! The smallest words of the field grammars, and their one error.
//!
//! A field grammar is a nom parser over a `&str` that holds no line end. Its error says what was expected and where;
//! it is turned into a diagnostic once, at the border of the field. nom appears nowhere outside this file and
//! `field/`.

use nom::bytes::complete::{take_while, take_while_m_n, take_while1};
use nom::error::{ContextError, ErrorKind, ParseError};
use nom::{IResult, Parser};

/// What a grammar gives back: the rest of the input and a value.
pub(crate) type Grammar<'i, T> = IResult<&'i str, T, Expected<'i>>;

/// Where a grammar stopped, and the name of what it expected there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expected<'i> {
    /// The input that did not fit.
    pub(crate) rest: &'i str,
    /// What should have stood there; empty when no grammar gave it a name.
    pub(crate) what: &'static str,
}

impl<'i> ParseError<&'i str> for Expected<'i> {
    fn from_error_kind(rest: &'i str, _: ErrorKind) -> Self {
        Self { rest, what: "" }
    }

    fn append(_: &'i str, _: ErrorKind, other: Self) -> Self {
        other
    }

    /// Of two alternatives, the one that came further.
    fn or(self, other: Self) -> Self {
        if other.rest.len() < self.rest.len() { other } else { self }
    }
}

impl<'i> ContextError<&'i str> for Expected<'i> {
    /// The innermost name counts.
    fn add_context(rest: &'i str, what: &'static str, other: Self) -> Self {
        if other.what.is_empty() { Self { rest, what } } else { other }
    }
}

/// `blanks = *( SP / HTAB )`
pub(crate) fn blanks(input: &str) -> Grammar<'_, &str> {
    take_while(|c| c == ' ' || c == '\t').parse(input)
}

/// `gap = 1*( SP / HTAB )`
pub(crate) fn gap(input: &str) -> Grammar<'_, &str> {
    take_while1(|c| c == ' ' || c == '\t').parse(input)
}

/// `word = 1*<anything but blanks>`
pub(crate) fn word(input: &str) -> Grammar<'_, &str> {
    take_while1(|c: char| !c.is_whitespace()).parse(input)
}

/// `digits = min*max DIGIT`
pub(crate) fn digits<'i>(min: usize, max: usize) -> impl Parser<&'i str, Output = &'i str, Error = Expected<'i>> {
    take_while_m_n(min, max, |c: char| c.is_ascii_digit())
}

/// Decimal digits as a number; `None` when there are none or too many.
pub(crate) fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// The places of the first four of these ASCII signs, and the end of the text: where its first words may end.
pub(crate) fn first_ends(text: &str, signs: &[u8]) -> impl DoubleEndedIterator<Item = usize> + use<> {
    let mut ends = [None; 5];
    let places = text.bytes().enumerate().filter(|(_, b)| signs.contains(b)).map(|(i, _)| i);
    for (to, end) in ends.iter_mut().zip(places.take(4).chain([text.len()])) {
        *to = Some(end);
    }
    ends.into_iter().flatten()
}

/// `text` without `prefix`, upper and lower case alike.
pub(crate) fn strip_prefix_ignoring_case<'i>(text: &'i str, prefix: &str) -> Option<&'i str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}
