//! The smallest words of the field grammars, and their one error.
//!
//! A field grammar is a nom parser over a `&str` that holds no line end. Its error says what was expected and where;
//! it is turned into a diagnostic once, at the border of the field. nom appears nowhere outside this file and
//! `field/`.

use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::error::{ContextError, ErrorKind, ParseError};
use nom::{IResult, Parser};

use crate::fast_path;

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

/// `spaces = *( SP / HTAB )`
pub(crate) fn blanks(input: &str) -> Grammar<'_, &str> {
    let len = input.bytes().take_while(|byte| is_blank(*byte)).count();
    take(input, len)
}

/// `gap = 1*( SP / HTAB )`
pub(crate) fn gap(input: &str) -> Grammar<'_, &str> {
    match input.bytes().take_while(|byte| is_blank(*byte)).count() {
        0 => Err(no(input)),
        len => take(input, len),
    }
}

/// `word = 1*<anything but spaces>`
pub(crate) fn word(input: &str) -> Grammar<'_, &str> {
    take_while1(|c: char| !c.is_whitespace()).parse(input)
}

/// `digits = min*max DIGIT`
pub(crate) fn digits<'i>(min: usize, max: usize) -> impl Parser<&'i str, Output = &'i str, Error = Expected<'i>> {
    move |input: &'i str| match input.bytes().take(max).take_while(u8::is_ascii_digit).count() {
        len if len < min => Err(no(input)),
        len => take(input, len),
    }
}

/// `tag-no-case = <the word, upper and lower case alike>`: as nom's, but of ASCII, for a tenth of the cost.
pub(crate) fn tag_no_case<'i>(word: &'static str) -> impl Parser<&'i str, Output = &'i str, Error = Expected<'i>> {
    move |input: &'i str| {
        let fits = input.as_bytes().get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()));
        if fits { take(input, word.len()) } else { Err(no(input)) }
    }
}

/// The first so many bytes of a text, which are ASCII.
fn take(input: &str, len: usize) -> Grammar<'_, &str> {
    input.split_at_checked(len).map(|(head, rest)| (rest, head)).ok_or(no(input))
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The error of a grammar without a name.
pub(crate) fn no(rest: &str) -> nom::Err<Expected<'_>> {
    nom::Err::Error(Expected { rest, what: "" })
}

/// The months in full: the one list of the crate.
pub(crate) const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// The number of a month that is written in full or by its first letters, three at least.
pub(crate) fn month_number(word: &str) -> Option<u32> {
    let names = MONTHS.iter().zip(1..).filter(|_| word.len() >= 3);
    names.into_iter().find(|(name, _)| strip_prefix_ignoring_case(name, word).is_some()).map(|(_, number)| number)
}

/// `month-name = "JAN" [ "UARY" ] / ...`: its first letters, three at least
pub(crate) fn month_name(input: &str) -> Grammar<'_, u32> {
    let (rest, word) = take_while_m_n(3, 9, |c: char| c.is_ascii_alphabetic()).parse(input)?;
    let number = month_number(word).ok_or(nom::Err::Error(Expected { rest: input, what: "a month" }))?;
    Ok((rest, number))
}

/// Decimal digits as a number; `None` when there are none or too many.
pub(crate) fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// Which letters a word has, and how many bytes that are no spaces. By this nearly all words are told from what they could
/// be a misspelling of, and few slips are left to count.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Letters {
    /// A bit for each letter of the alphabet.
    kinds: u32,
    pub(crate) count: usize,
}

impl Letters {
    pub(crate) const fn of(word: &str) -> Self {
        let mut letters = Self { kinds: 0, count: 0 };
        let mut rest = word.as_bytes();
        while let [byte, more @ ..] = rest {
            letters.add(*byte);
            rest = more;
        }
        letters
    }

    pub(crate) const fn add(&mut self, byte: u8) {
        self.count += 1;
        self.kinds |= Self::bit(byte);
    }

    const fn bit(byte: u8) -> u32 {
        if byte.is_ascii_alphabetic() { 1 << (byte & 0x1F) } else { 0 }
    }

    /// Whether a word of capitals may be no further off than so many slips: each letter of it that is not there at all is
    /// one.
    pub(crate) fn may_spell(self, right: Self, slips: usize) -> bool {
        fast_path::is_disabled()
            || right.count.abs_diff(self.count) <= slips && (right.kinds & !self.kinds).count_ones() as usize <= slips
    }
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

/// Where the first four spaces in a row begin, which part the columns of a table.
pub(crate) fn columns(text: &str) -> Option<usize> {
    if fast_path::is_disabled() {
        return text.find("    ");
    }
    let bytes = text.as_bytes();
    // Four in a row cover one of every four bytes.
    let mut at = 3;
    while let Some(byte) = bytes.get(at) {
        if *byte == b' ' {
            let before = bytes.get(..at)?.iter().rev().take(3).take_while(|b| **b == b' ').count();
            if bytes.get(at - before..)?.starts_with(b"    ") {
                return Some(at - before);
            }
        }
        at += 4;
    }
    None
}

/// The first word of a text, up to a space.
pub(crate) fn first_word(text: &str) -> &str {
    let end = text.bytes().position(|b| matches!(b, b' ' | b'\t'));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The last word of a text, after a space.
pub(crate) fn last_word(text: &str) -> &str {
    let before = text.bytes().rposition(|b| matches!(b, b' ' | b'\t'));
    before.and_then(|before| text.get(before + 1..)).unwrap_or(text)
}

/// `text` without `prefix`, upper and lower case alike.
pub(crate) fn strip_prefix_ignoring_case<'i>(text: &'i str, prefix: &str) -> Option<&'i str> {
    // Most words of a list are identified by their first letter, which differs in one bit from its small one.
    let alike = |(one, other): (u8, u8)| (one ^ other) & !0x20 == 0;
    if !text.bytes().zip(prefix.bytes()).take(1).all(alike) {
        return None;
    }
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_by_nom() {
        use nom::bytes::complete;

        for text in ["", "OF 3", "of 3", "Of", "O", "OÉ", "ÉOF", "12", "1234 5", " 1", "\t 1", "1É", "\u{a0}1"] {
            let theirs: Grammar<'_, &str> = complete::tag_no_case("OF").parse(text);
            assert_eq!(tag_no_case("OF").parse(text), theirs, "{text:?}");
            let theirs: Grammar<'_, &str> = take_while_m_n(2, 3, |c: char| c.is_ascii_digit()).parse(text);
            assert_eq!(digits(2, 3).parse(text), theirs, "{text:?}");
            let theirs: Grammar<'_, &str> = complete::take_while(|c| c == ' ' || c == '\t').parse(text);
            assert_eq!(blanks(text), theirs, "{text:?}");
            let theirs: Grammar<'_, &str> = take_while1(|c| c == ' ' || c == '\t').parse(text);
            assert_eq!(gap(text), theirs, "{text:?}");
        }
    }

    #[test]
    fn columns_are_found_where_a_search_finds_them() {
        for text in ["", "    ", "A    B", "AB    C", "ABC     D", "A   B   C", "A   B    C", "ABCDEFG      ", "É    A"]
        {
            assert_eq!(columns(text), text.find("    "), "{text:?}");
        }
    }

    #[test]
    fn first_ends_are_four_and_the_last() {
        let ends = |text| first_ends(text, b" ,").collect::<Vec<_>>();
        assert_eq!(ends("A B"), [1, 3]);
        assert_eq!(ends("A B,C D E F"), [1, 3, 5, 7, 11]);
        assert_eq!(ends(""), [0]);
    }

    #[test]
    fn kinds_of_letters_never_refuse_what_is_near() {
        for (word, right, slips) in
            [("SECRET", "SECRET", 0), ("SCRET", "SECRET", 1), ("SECERT", "SECRET", 2), ("PIORITY", "PRIORITY", 1)]
        {
            assert!(Letters::of(word).may_spell(Letters::of(right), slips), "{word}");
        }
        assert!(!Letters::of("WASHDC").may_spell(Letters::of("ROUTINE"), 1));
        assert!(!Letters::of("SECRETARIAT").may_spell(Letters::of("SECRET"), 2));
    }
}
