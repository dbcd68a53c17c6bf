//! Abbreviations that stand in subjects and texts beside the codes of the TAGS.

use super::table::{ABBREVIATION_INDEX, ABBREVIATIONS};

/// A row of the table of abbreviations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AbbreviationRow {
    /// The abbreviation: `DCM`.
    pub abbreviation: &'static str,
    /// What it stands for.
    pub meaning: &'static str,
    /// Where the row comes from.
    pub source: &'static str,
}

/// All abbreviations, sorted.
pub fn abbreviations() -> &'static [AbbreviationRow] {
    &ABBREVIATIONS
}

/// Looks an abbreviation up as it stands (upper case).
///
/// ```
/// use cablegram::knowledge::abbreviation;
///
/// assert_eq!(abbreviation("DCM").map(|row| row.meaning), Some("Deputy Chief of Mission"));
/// assert!(abbreviation("FISH").is_none());
/// ```
pub fn abbreviation(word: &str) -> Option<&'static AbbreviationRow> {
    ABBREVIATIONS.get(ABBREVIATION_INDEX.place(word.as_bytes())).filter(|row| row.abbreviation == word)
}
