//! Reasons for classification: the letters of section 1.4 (first 1.5) of Executive Order 12958 and the orders after it.

use super::table::REASONS;

/// A row of the table of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReasonRow {
    /// The letter.
    pub letter: char,
    /// The section of the order that the letter stands in: `1.4` or `1.5`.
    pub section: &'static str,
    /// The first year of the section.
    pub first_year: Option<i32>,
    /// The last year of the section; `None` is to this day.
    pub last_year: Option<i32>,
    /// What information the letter is about.
    pub meaning: &'static str,
    /// The orders that have it.
    pub source: &'static str,
}

/// All reasons, sorted by letter and section.
pub fn reasons() -> &'static [ReasonRow] {
    &REASONS
}

/// Finds a reason as it is cited, section and letter: `1.4(b)`, as [`Authority::reasons`](crate::Authority::reasons) has it.
///
/// ```
/// use cablegram::knowledge::reason;
///
/// let meaning = |cited| reason(cited).map(|reason| reason.meaning);
/// assert_eq!(meaning("1.4(b)"), Some("foreign government information"));
/// assert_eq!(meaning("1.5(h)"), None);
/// ```
pub fn reason(cited: &str) -> Option<&'static ReasonRow> {
    let (section, letter) = cited.strip_suffix(')')?.split_once('(')?;
    REASONS.iter().find(|row| row.section == section && letter.chars().eq([row.letter]))
}

/// What a reason's letter (either case) meant in a year; without a year, in any.
///
/// ```
/// use cablegram::knowledge::reason_meaning;
///
/// assert_eq!(reason_meaning('B', Some(2009)), Some("foreign government information"));
/// assert_eq!(reason_meaning('h', Some(1999)), None);
/// ```
pub fn reason_meaning(letter: char, year: Option<i32>) -> Option<&'static str> {
    let letter = letter.to_ascii_lowercase();
    let in_force = |row: &&ReasonRow| {
        year.is_none_or(|year| {
            row.first_year.is_none_or(|first| first <= year) && row.last_year.is_none_or(|last| year <= last)
        })
    };
    REASONS.iter().filter(in_force).find(|row| row.letter == letter).map(|row| row.meaning)
}
