//! Entities of a web page that were left in a text which is none: no drafter typed `&amp;` or `&#8217;`.

use std::borrow::Cow;

use crate::decode::Decoded;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::span::Span;

/// The text with the signs that its entities stand for, which is reported once.
pub(super) fn replaced(decoded: Decoded<'static>) -> Decoded<'static> {
    let Some((text, at)) = signs(&decoded.text) else { return decoded };
    // `&amp;#8217;` was written by two pages.
    let text = signs(&text).map_or(text, |(twice, _)| twice);
    let code = DiagnosticCode::EncodingAssumed;
    let message = "entities of a web page were read as the signs that they stand for; the first one here".to_owned();
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let own = Diagnostic { code, severity: code.severity(), span: Span::new(at, at + length), message };
    Decoded { text: Cow::Owned(text), diagnostic: decoded.diagnostic.or(Some(own)), ..decoded }
}

/// The text with the signs in the place of its entities, and where the first one stands; nothing where there are none.
fn signs(text: &str) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut first = None;
    let mut from = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let Some((sign, length)) = text.get(at..).and_then(entity) else { continue };
        out.push_str(text.get(from..at)?);
        first.get_or_insert(out.len());
        out.push(sign);
        from = at + length;
    }
    let first = first?;
    out.push_str(text.get(from..)?);
    Some((out, first))
}

/// `entity = "&" ( name / "#" 1*7DIGIT / "#x" 1*6HEXDIG ) ";"`: its sign, and how long it is.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 20] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("mdash", '—'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("bull", '•'),
        ("middot", '·'),
        ("para", '¶'),
        ("sect", '§'),
        ("pound", '£'),
        ("euro", '€'),
        ("eacute", 'é'),
    ];
    const LONGEST: usize = 10;
    let name = text.get(1..)?;
    let end = name.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = name.get(..end)?;
    let sign = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => char::from_u32(u32::from_str_radix(hex.get(1..)?, 16).ok()?)?,
        Some(digits) => char::from_u32(digits.parse().ok()?)?,
        None => NAMES.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)?,
    };
    let printed = !sign.is_control() || matches!(sign, '\n' | '\r' | '\t');
    printed.then_some((sign, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_what_is_none() {
        for (text, want) in [
            ("FISH &amp; CHIPS &#8217; N GULLS", Some(("FISH & CHIPS ’ N GULLS", 5))),
            ("&quot;COD&quot;&#x000A;&para;1.", Some(("\"COD\"\n¶1.", 0))),
            ("&amp;#8217;", Some(("’", 0))),
            ("P&L; ROE & DOE; &fish; &#0; &#xZZ; &", None),
            ("AT&T;", None),
            ("&#999999999;", None),
            ("", None),
        ] {
            let decoded = Decoded { text: Cow::Owned(text.to_owned()), diagnostic: None, truncated: false };
            let got = replaced(decoded);
            assert_eq!(got.text, want.map_or(text, |(text, _)| text), "{text}");
            assert_eq!(got.diagnostic.map(|note| note.span.start), want.map(|(_, at)| at), "{text}");
        }
    }
}
