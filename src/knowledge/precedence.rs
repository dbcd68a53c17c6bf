//! Precedences (5 FAH-2 H-230, ACP 121): how fast a cable goes.

use super::index::row_of;
use super::table::{PRECEDENCE_INDEX, PRECEDENCE_KEYS, PRECEDENCES};

/// A row of the table of precedences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PrecedenceRow {
    /// The word after an addressee: `PRIORITY`.
    pub word: &'static str,
    /// The letter before the date-time group: `P`.
    pub letter: char,
    /// The prosign at the head of format line 2: `PP`.
    pub prosign: &'static str,
    /// The rank: 0 is the slowest.
    pub rank: u32,
    /// Where the row comes from.
    pub source: &'static str,
}

/// All precedences, sorted by word.
pub fn precedences() -> &'static [PrecedenceRow] {
    &PRECEDENCES
}

/// Looks a precedence up by its word, letter or prosign (upper case).
///
/// The letter `O` and the prosign `OO` are `IMMEDIATE`: `NIACT IMMEDIATE` has no letter of its own. Its two words may
/// stand in either order.
///
/// ```
/// use cablegram::knowledge::precedence;
///
/// let word = |text| precedence(text).map(|row| row.word);
/// assert_eq!(word("PP"), Some("PRIORITY"));
/// assert_eq!(word("O"), Some("IMMEDIATE"));
/// assert_eq!(word("IMMEDIATE NIACT"), Some("NIACT IMMEDIATE"));
/// ```
pub fn precedence(text: &str) -> Option<&'static PrecedenceRow> {
    row_of(&PRECEDENCE_INDEX, &PRECEDENCE_KEYS, &PRECEDENCES, text.as_bytes())
}
