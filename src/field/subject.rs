//! The SUBJECT line.

use std::borrow::Cow;

use crate::field::portion_mark;
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::Next;
use crate::value::Value;
use crate::value::owned;

/// A subject and its portion mark.
#[derive(Debug, Default)]
pub(crate) struct Subject<'a> {
    pub(crate) text: Option<Cow<'a, str>>,
    pub(crate) mark: Option<Cow<'a, str>>,
}

/// ```text
/// label = ( "SUBJECT" / "SUBJ" / "SUJECT" / "TITLE" ) *SP ( ":" / ";" / "," )
/// ```
///
/// What follows the label. Without a sign behind it the word may begin prose (`SUBJECT MATTER REFTEL`).
pub(crate) fn label(line: &str) -> Option<&str> {
    // All of them begin with SU or UB.
    if !matches!(line.as_bytes(), [b'S' | b's' | b'U', b'U' | b'u' | b'B' | b'b', ..]) {
        return None;
    }
    let rest = ["SUBJECT", "SUBJ", "SUBECT", "SUJECT", "SUBJET", "SUBJECTS", "UBJECT"].iter().find_map(|word| {
        let rest = strip_prefix_ignoring_case(line, word)?.trim_start();
        rest.starts_with([':', ';', ',', '-', '.']).then_some(rest)
    })?;
    Some(rest.trim_start_matches([':', ';', ',', '-', '.', ' ', '\t']))
}

/// The label without its sign, `SUBJECT FISH IN OSLO`, which is one where a subject is due: behind TAGS or E.O.
pub(crate) fn bare_label(line: &str) -> Option<&str> {
    let rest = strip_prefix_ignoring_case(line, "SUBJECT").or_else(|| strip_prefix_ignoring_case(line, "SUBJ"))?;
    rest.starts_with(' ').then(|| rest.trim_start()).filter(|rest| rest.starts_with(|c: char| !c.is_lowercase()))
}

/// `mark label`: the portion mark before the label, `(C) SUBJECT: FISH`, and what follows the label.
pub(crate) fn label_behind_mark(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix('(').and(portion_mark::leading(line))?.1;
    let value = label(rest)?;
    Some((line.get(..line.len() - rest.len())?.trim_end(), value))
}

/// Whether a line goes on with a subject whose last line is `last`.
///
/// `parted` says that a blank line or page furniture stands between, `blank` that it is a blank line.
pub(crate) fn goes_on(last: &str, line: &str, parted: bool, blank: bool, next: Next) -> bool {
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    if portion_mark::leading(line).is_some_and(|(_, rest)| !rest.is_empty()) {
        return false;
    }
    if !parted {
        // In one breath: a heading with its rule ends it, and so does a long sentence under a subject in capitals.
        let heading = next == Next::Rule && last.len() < 45;
        return last.is_empty() || !heading && (capitals(line) || line.len() <= 90);
    }
    // In the same letters, no sentence; and either the line before hangs, or another field follows, before which no
    // heading of the body stands.
    let alike = capitals(last) == capitals(line) && line.len() < 80 && !line.ends_with('.');
    alike && next != Next::Rule && (hangs(last) || !blank && next == Next::Label)
}

/// Whether a line ends in a word that must be followed by another.
fn hangs(line: &str) -> bool {
    const WORDS: [&str; 22] = [
        "AND", "OF", "THE", "TO", "IN", "FOR", "WITH", "ON", "AT", "BY", "A", "AN", "FROM", "ABOUT", "OR", "OVER",
        "AS", "ITS", "AGAINST", "INTO", "UNDER", "THAT",
    ];
    let last = line.rsplit(' ').next().unwrap_or_default();
    line.ends_with([',', '-', ':', '/', '&']) || WORDS.iter().any(|w| w.eq_ignore_ascii_case(last))
}

/// The subject without its portion mark.
pub(crate) fn parse(value: Value<'_>) -> Subject<'_> {
    let cut = |text: &str| {
        portion_mark::of_subject(text).map(|(mark, rest)| {
            let at = rest.as_ptr() as usize - text.as_ptr() as usize;
            (mark.mark.to_owned(), at..at + rest.len())
        })
    };
    let Some((mark, rest)) = cut(&value.text) else {
        return Subject { text: Some(value.text).filter(|t| !t.is_empty()), mark: None };
    };
    let text = match value.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(rest).unwrap_or(text).trim()),
        Cow::Owned(text) => owned(Cow::Borrowed(text.get(rest).unwrap_or(&text).trim())),
    };
    Subject { text: Some(text).filter(|t| !t.is_empty()), mark: Some(Cow::Owned(mark)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        let cases = [
            ("SUBJECT: FISH", Some("FISH")),
            ("Subj: Fish", Some("Fish")),
            ("SUBJECT, P&A FOR FISH", Some("P&A FOR FISH")),
            ("SUBJECT:; OASGA 4", Some("OASGA 4")),
            ("UBJECT: FISH", Some("FISH")),
            ("SUBJECT MATTER REFTEL.", None),
            ("SUBJECTS OF TALKS", None),
        ];
        for (line, expected) in cases {
            assert_eq!(label(line), expected, "{line}");
        }
    }

    #[test]
    fn bare_labels() {
        let cases = [("SUBJECT FISH", Some("FISH")), ("SUBJ  Fish", Some("Fish")), ("Subject to change", None)];
        for (line, expected) in cases {
            assert_eq!((label(line), bare_label(line)), (None, expected), "{line}");
        }
    }

    #[test]
    fn marks() {
        let cases = [("(S//NF) FISH AND CHIPS", "FISH AND CHIPS", Some("S//NF")), ("FISH", "FISH", None)];
        for (text, subject, mark) in cases {
            let got = parse(Value::borrowed(text, 0));
            assert_eq!((got.text.as_deref(), got.mark.as_deref()), (Some(subject), mark), "{text}");
        }
    }
}
