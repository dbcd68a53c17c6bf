//! Operating signals (ACP 131): three letters, the first a Z, that operators write to each other.

use super::table::{SIGNAL_INDEX, SIGNALS};

/// A row of the table of operating signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SignalRow {
    /// The signal: `ZDK`.
    pub signal: &'static str,
    /// What it means, where it is known.
    pub meaning: Option<&'static str>,
    /// Where the row comes from.
    pub source: &'static str,
}

/// All operating signals, sorted.
pub fn operating_signals() -> &'static [SignalRow] {
    &SIGNALS
}

/// Looks an operating signal up as it stands (upper case).
///
/// ```
/// use cablegram::knowledge::operating_signal;
///
/// let meaning = operating_signal("ZFD").and_then(|signal| signal.meaning);
/// assert_eq!(meaning, Some("This message is a suspected duplicate"));
/// assert!(operating_signal("ZZZ").is_none());
/// ```
pub fn operating_signal(signal: &str) -> Option<&'static SignalRow> {
    SIGNALS.get(SIGNAL_INDEX.place(signal.as_bytes())).filter(|row| row.signal == signal)
}
