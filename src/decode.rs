//! Bytes to text.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::error::ParseError;
use crate::span::Span;

/// Text made of bytes, and what had to be assumed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Decoded<'a> {
    /// The text. Offsets of regions and diagnostics are offsets into it.
    pub text: Cow<'a, str>,
    /// Says so, when the bytes were not UTF-8.
    pub diagnostic: Option<Diagnostic>,
    /// Whether its container ended before the text did.
    pub truncated: bool,
}

/// Decodes the bytes of a document: UTF-16 where its byte order mark is there, UTF-8, or, where they are not, Windows-1252.
/// The byte order mark of UTF-8 stays in the text, so that offsets into it are offsets into the bytes.
///
/// ```
/// let decoded = cablegram::decode(b"Valor Econ\xf4mico");
/// assert_eq!(decoded.text, "Valor Econômico");
/// assert_eq!(decoded.diagnostic.unwrap().code.as_str(), "encoding-assumed");
/// ```
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    match bytes {
        [0xff, 0xfe, units @ ..] if !units.starts_with(&[0, 0]) => return utf_16(units, u16::from_le_bytes),
        [0xfe, 0xff, units @ ..] => return utf_16(units, u16::from_be_bytes),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), diagnostic: None, truncated: false };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let valid = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let text: String = bytes.iter().map(|b| windows_1252(*b)).collect();
    let at = text.char_indices().nth(valid).map_or(0, |(i, _)| i);
    let code = DiagnosticCode::EncodingAssumed;
    let diagnostic = Diagnostic {
        code,
        severity: code.severity(),
        span: Span::new(at, text.len()),
        message: "not UTF-8 from here on: the bytes were read as Windows-1252".to_owned(),
    };
    Decoded { text: Cow::Owned(text), diagnostic: Some(diagnostic), truncated: false }
}

/// The text of UTF-16; what is half a character becomes U+FFFD, from which on a diagnostic reports it.
fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'static> {
    let units = bytes.chunks(2).map(|pair| pair.try_into().map_or(0xdc00, unit));
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut damaged = None;
    for letter in char::decode_utf16(units) {
        if letter.is_err() {
            damaged.get_or_insert(text.len());
        }
        text.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let code = DiagnosticCode::EncodingAssumed;
    let diagnostic = damaged.map(|at| Diagnostic {
        code,
        severity: code.severity(),
        span: Span::new(at, text.len()),
        message: "half a character of UTF-16: it was read as U+FFFD".to_owned(),
    });
    Decoded { text: Cow::Owned(text), diagnostic, truncated: false }
}

/// The character of a byte in Windows-1252; the five bytes that it leaves open are control characters, as in Latin-1.
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|i| FROM_80.get(usize::from(i)).copied()).unwrap_or(char::from(byte))
}

/// Refuses what is empty or no text. A few NULs and form feeds are damage, many control characters are a binary file.
pub(crate) fn check_is_text(text: &str) -> Result<(), ParseError> {
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty() {
        return Err(ParseError::Empty);
    }
    let is_control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a) || *b == 0x7f;
    // A binary file is one from its beginning.
    let sample = text.as_bytes().get(..text.len().min(4 << 10)).unwrap_or_default();
    // Without branches, and so of many bytes at once: nearly every text is done with here.
    let (mut lowest, mut deletes) = (u8::MAX, 0);
    for byte in sample {
        let is_line_end = u8::from(*byte == b'\n').wrapping_neg();
        lowest = lowest.min(*byte | is_line_end);
        deletes |= u8::from(*byte == 0x7f);
    }
    let suspect = lowest < 0x20 || deletes != 0;
    let controls = if suspect { sample.iter().filter(|b| is_control(b)).count() } else { 0 };
    if controls * 50 > sample.len() {
        let offset = sample.iter().position(is_control).unwrap_or(0);
        let share = u8::try_from(controls * 100 / sample.len().max(1)).unwrap_or(100);
        return Err(ParseError::Binary { offset, share });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let cases: [(&str, &[u8], &str, bool); 8] = [
            ("UTF-16, little-endian", b"\xff\xfeF\0M\0", "FM", false),
            ("UTF-16, big-endian", b"\xfe\xff\0F\0M", "FM", false),
            ("half a pair of UTF-16", b"\xfe\xff\0F\xd8\x3d\0M", "F\u{fffd}M", true),
            ("half a unit of UTF-16", b"\xff\xfeF\0M", "F\u{fffd}", true),
            ("ascii", b"FM OSLO", "FM OSLO", false),
            ("byte order mark", b"\xef\xbb\xbfFM", "\u{feff}FM", false),
            ("pilcrow in Windows-1252", b"\xb61.", "¶1.", true),
            ("curly quote in Windows-1252", b"\x92S", "’S", true),
        ];
        for (name, bytes, text, assumed) in cases {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_ref(), decoded.diagnostic.is_some()), (text, assumed), "{name}");
        }
    }

    #[test]
    fn what_is_no_text() {
        assert_eq!(check_is_text(" \n\0"), Err(ParseError::Empty));
        assert!(matches!(check_is_text("\u{1}\u{2}ELF\u{3}\u{4}"), Err(ParseError::Binary { offset: 0, .. })));
        assert_eq!(
            check_is_text("FM AMEMBASSY OSLO\0\n\u{c}TO STATE WITH A LONG LINE TO FOLLOW AND MORE OF IT"),
            Ok(())
        );
    }
}
