//! `ZFR`, the operating signal that cancels a message (ACP 131), wherever it stands.

use crate::diagnostic::DiagnosticCode;
use crate::lines::Report;
use crate::literals::{Hit, Literal};
use crate::span::Span;

const SIGNAL: &str = "ZFR";

/// Reports a message that says of itself that it is cancelled: the first thing to know of it.
pub(crate) fn report(text: &str, hits: &[Hit], report: &mut Report) {
    let signals = hits.iter().filter(|hit| hit.literal == Literal::Cancelled && is_word(text, hit.at));
    if let Some(hit) = { signals }.next() {
        let span = Span::new(hit.at, hit.at + SIGNAL.len());
        report.emit(DiagnosticCode::Cancelled, span, "ZFR: the message, or one that it names, is cancelled");
    }
}

/// Whether a line holds the signal.
pub(crate) fn is_line(line: &str) -> bool {
    line.match_indices(SIGNAL).any(|(at, _)| is_word(line, at))
}

/// Whether no letter or digit stands at the signal.
fn is_word(text: &str, at: usize) -> bool {
    let parts = text.split_at_checked(at).map(|(before, rest)| (before, rest.strip_prefix(SIGNAL).unwrap_or_default()));
    parts.is_some_and(|(before, after)| {
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::literals;

    #[test]
    fn signals() {
        for (text, want) in [
            ("ZFR CANCEL TELEGRAM", true),
            ("/////ZFR ZFR ZFR/////", true),
            ("PLS ZFR OSLO 461", true),
            ("UNCLAS OSLO 461\n\n1. FISH.\n\nZFR", true),
            ("ZFRA OSLO", false),
            ("VZCZFR0461", false),
            ("FISH", false),
        ] {
            let mut found = Report::default();
            report(text, &literals::find(text), &mut found);
            assert_eq!(!found.diagnostics.finish().is_empty(), want, "{text}");
            assert_eq!(is_line(text), want, "{text}");
        }
    }
}
