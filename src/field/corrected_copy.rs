//! `C O R R E C T E D   C O P Y` and what it says was corrected.

use nom::Parser;
use nom::bytes::complete::tag;
use nom::sequence::{preceded, separated_pair};

use crate::field::subject;
use crate::grammar::{Grammar, digits, gap, number};

/// ```text
/// corrected-copy = *ornament "CORRECTED COPY" [ reason ] *ornament      ; letters with any spaces between
/// ornament       = "/" / "*" / "-" / "(" / ")" / SP
/// ```
///
/// What follows the words: the reason, in brackets of its own or not; empty where none is given.
pub(crate) fn label(line: &str) -> Option<&str> {
    let inner = line.trim_start_matches(ORNAMENT);
    let inner = inner.strip_prefix('(').map_or(inner, str::trim_start);
    let mut letters = "CORRECTEDCOPY".bytes().peekable();
    let mut end = 0;
    for (i, b) in inner.bytes().enumerate() {
        match letters.peek() {
            None => break,
            Some(letter) if b.to_ascii_uppercase() == *letter => {
                letters.next();
                end = i + 1;
            }
            Some(_) if b == b' ' => {}
            Some(_) => return None,
        }
    }
    let rest = inner.get(end..).filter(|_| letters.peek().is_none())?;
    (!rest.starts_with(|c: char| c.is_alphanumeric())).then(|| rest.trim_start_matches([' ', ':', '-', '/', '*', '=']))
}

/// Whether a line directly below goes on with the reason: a bracket is open, or its last word must be followed by another.
pub(crate) fn goes_on(last: &str, line: &str) -> bool {
    let open = last.contains('(') && !last.contains(')');
    open || subject::hangs(last) && subject::is_in_capitals(line)
}

/// What follows the words, without ornament after it and without a bracket that was opened before them.
pub(crate) fn reason(value: &str) -> &str {
    let reason = value.trim_end_matches(ORNAMENT);
    let closed = reason.strip_suffix(')').filter(|inner| inner.matches('(').count() <= inner.matches(')').count());
    closed.unwrap_or(reason).trim_end()
}

/// The signs with which the line is filled.
const ORNAMENT: [char; 5] = ['/', '*', '-', ' ', '='];

/// The number that is right and the one in whose place it stands: `(MRN 2947 VICE 2047)`.
///
/// ```text
/// vice = "MRN" gap number gap "VICE" gap number
/// ```
pub(crate) fn vice(reason: &str) -> Option<(u32, u32)> {
    let at = reason.find("MRN")?;
    let (_, (right, wrong)) = production(reason.get(at..)?).ok()?;
    Some((number(right)?, number(wrong)?))
}

fn production(input: &str) -> Grammar<'_, (&str, &str)> {
    let right = preceded((tag("MRN"), gap), digits(1, 6));
    separated_pair(right, (gap, tag("VICE"), gap), digits(1, 6)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_place_of_others() {
        assert_eq!(vice("(MRN 2947 VICE 2047)"), Some((2947, 2047)));
        assert_eq!(vice("(TEXT PARA 2 VICE 3)"), None);
    }

    #[test]
    fn further_lines() {
        for (last, line, want) in [
            ("CLASSIFICATION MARKING ON", "FIRST PARA CHANGED FROM (C) TO (U).", true),
            ("(TEXT OF", "PARA 2)", true),
            ("TEXT OF PARA 2", "SENSITIVE", false),
            ("MARKING ON", "The minister met us.", false),
            ("", "SIPDIS", false),
        ] {
            assert_eq!(goes_on(last, line), want, "{last} {line}");
        }
    }

    #[test]
    fn labels() {
        let cases = [
            ("C O R R E C T E D  C O P Y (TEXT PARA 2)", Some("(TEXT PARA 2)")),
            ("CORRECTED COPY", Some("")),
            ("///// C O R R E C T E D   C O P Y //////////", Some("")),
            ("*** CORRECTED COPY ***", Some("")),
            ("(C O R R E C T E D C O P Y - PARAS RENUMBERED)", Some("PARAS RENUMBERED")),
            ("(CORRECTED COPY)", Some("")),
            ("CORRECTED VERSION", None),
            ("CORRECTED COPYING", None),
        ];
        for (line, expected) in cases {
            assert_eq!(label(line).map(reason), expected, "{line}");
        }
    }
}
