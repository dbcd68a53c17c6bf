//! Letters (electronic mail): one, or a mailbox of them. The text parts of each letter are texts of cables.
//!
//! ```text
//! mailbox = 1*( "From " sender SP date EOL letter )
//! letter  = 1*( name ":" value EOL ) EOL body
//! ```

use std::borrow::Cow;

use super::identify::without_mark;
use super::reader::Stream;
use super::{Fault, LIMIT, Metadata, decoded, html, line};
use crate::decode::Decoded;

/// A letter with more parts in parts than this is hostile.
const DEPTH: usize = 8;

/// Whether a stream begins as a mailbox, or as a letter alone.
pub(super) fn begin(first: &[u8]) -> bool {
    let mut lines = first.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let Some(line) = lines.next() else { return false };
    if is_from_line(line) {
        return lines.next().is_some_and(|line| line.starts_with(b">From ") || field(line).is_some());
    }
    // A record of SMART begins with labelled lines, too: these names are of letters alone.
    let of_letters =
        ["message-id", "mime-version", "received", "return-path", "delivered-to", "x-mailer", "content-type"];
    let head = std::iter::once(line).chain(lines).take_while(|line| !line.is_empty());
    field(line).is_some() && head.filter_map(field).any(|(name, _)| of_letters.contains(&&*name.to_ascii_lowercase()))
}

/// `From sender Mon Jul  6 09:15:00 2009`: the line above each letter. It has a time of day.
fn is_from_line(line: &[u8]) -> bool {
    line.starts_with(b"From ")
        && line.windows(3).any(|w| matches!(w, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit()))
}

/// `name ":" value`.
fn field(line: &[u8]) -> Option<(&str, &[u8])> {
    let (name, value) = line.split_at_checked(memchr::memchr(b':', line)?)?;
    let is_name =
        (1..=64).contains(&name.len()) && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    Some((std::str::from_utf8(name).ok().filter(|_| is_name)?, value.get(1..)?.trim_ascii()))
}

/// The letters of a stream.
pub(super) struct Letters<'r> {
    stream: Stream<'r>,
    ahead: Vec<u8>,
    read: line::Read,
    line: u64,
    /// Whether a line above each letter separates them.
    is_mailbox: bool,
}

impl<'r> Letters<'r> {
    pub(super) fn new(stream: Stream<'r>, first: &[u8]) -> Self {
        let is_mailbox = is_from_line(without_mark(first).trim_ascii_start());
        Self { stream, ahead: Vec::new(), read: line::Read::Line, line: 0, is_mailbox }
    }

    fn read_ahead(&mut self) -> Result<(), Fault> {
        self.line += 1;
        self.read = line::read(&mut *self.stream, &mut self.ahead).map_err(Fault::Io)?;
        Ok(())
    }

    fn letter(&mut self) -> Result<Vec<u8>, Fault> {
        let (mut letter, mut after_blank, mut is_first, mut is_too_large) = (Vec::new(), false, true, false);
        loop {
            let is_separator = self.is_mailbox && is_from_line(&self.ahead);
            if self.read == line::Read::End || (is_separator && after_blank && !is_first) {
                break;
            }
            after_blank = self.ahead.trim_ascii().is_empty();
            is_too_large |= self.read == line::Read::TooLong || letter.len() + self.ahead.len() > LIMIT;
            if !(is_first && is_separator || is_too_large) {
                letter.append(&mut self.ahead);
            }
            is_first = false;
            self.read_ahead()?;
        }
        if is_too_large { Err(Fault::TooLarge { limit: LIMIT, unit: "a letter of a mailbox" }) } else { Ok(letter) }
    }
}

impl Iterator for Letters<'_> {
    type Item = (u64, Result<Vec<u8>, Fault>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.read != line::Read::End && self.ahead.trim_ascii().is_empty() {
            if let Err(fault) = self.read_ahead() {
                return Some((self.line, Err(fault)));
            }
        }
        let line = self.line;
        (self.read != line::Read::End).then(|| (line, self.letter()))
    }
}

/// Takes the texts out of a letter, one a text part, those that are attached too; and what its head says of them all.
pub(super) fn open(letter: &[u8]) -> Result<(Vec<Decoded<'static>>, Metadata), Fault> {
    let mut texts = Vec::new();
    let (fields, body) = head(letter);
    take_texts(&fields, body, DEPTH, &mut texts)?;
    let kept = ["from", "to", "subject", "date", "message-id"];
    let of_letter = fields.iter().filter(|(name, value)| kept.contains(&&**name) && !value.is_empty());
    let metadata: Metadata = of_letter.map(|(name, value)| (name.replace('-', "_"), value.clone())).collect();
    if texts.is_empty() {
        return Err(Fault::Refused("a letter without text"));
    }
    Ok((texts, metadata))
}

/// Names, in small letters, and values.
type Fields = Vec<(String, String)>;

/// The fields of the head, and what follows it.
fn head(letter: &[u8]) -> (Fields, &[u8]) {
    let mut fields = Fields::new();
    let mut rest = without_mark(letter);
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, tail) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        rest = tail;
        let text = || String::from_utf8_lossy(line.trim_ascii()).into_owned();
        match field(line.trim_ascii_end()) {
            _ if line.trim_ascii().is_empty() => break,
            _ if line.starts_with(b" ") || line.starts_with(b"\t") => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(&text());
                }
            }
            Some((name, value)) => {
                fields.push((name.to_ascii_lowercase(), String::from_utf8_lossy(value).into_owned()));
            }
            None => {}
        }
    }
    (fields, rest)
}

/// The value of a field; nothing where it is not there.
fn value<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| &**value).unwrap_or_default()
}

fn take_texts(fields: &Fields, body: &[u8], depth: usize, texts: &mut Vec<Decoded<'static>>) -> Result<(), Fault> {
    let kind = value(fields, "content-type").to_ascii_lowercase();
    if kind.starts_with("multipart/") && depth > 0 {
        let Some(boundary) = parameter(value(fields, "content-type"), "boundary") else { return Ok(()) };
        let is_choice = kind.starts_with("multipart/alternative");
        for part in parts(body, boundary.as_bytes()) {
            let (fields, body) = head(part);
            let before = texts.len();
            take_texts(&fields, body, depth - 1, texts)?;
            // The same text in several forms: the first one is the plainest.
            if is_choice && texts.len() > before {
                break;
            }
        }
        return Ok(());
    }
    if kind.starts_with("message/rfc822") && depth > 0 {
        let (fields, body) = head(body);
        return take_texts(&fields, body, depth - 1, texts);
    }
    let is_page = kind.starts_with("text/html");
    if !kind.is_empty() && !kind.starts_with("text/plain") && !is_page {
        return Ok(());
    }
    let bytes = match &*value(fields, "content-transfer-encoding").to_ascii_lowercase() {
        "quoted-printable" => Cow::Owned(quoted_printable(body)),
        "base64" => Cow::Owned(base64(body)),
        _ => Cow::Borrowed(body),
    };
    let bytes = without_marks_of_from(&bytes);
    if !bytes.trim_ascii().is_empty() {
        texts.push(if is_page { html::open(&bytes)?.text } else { decoded(bytes) });
    }
    Ok(())
}

/// The value of a parameter: `boundary="x"`.
fn parameter<'v>(value: &'v str, name: &str) -> Option<&'v str> {
    let mut parameters = value.split(';').skip(1).filter_map(|parameter| parameter.trim().split_once('='));
    let (_, value) = parameters.find(|(key, _)| key.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().trim_matches('"')).filter(|value| !value.is_empty())
}

/// The parts that lines with the boundary separate.
fn parts<'b>(body: &'b [u8], boundary: &[u8]) -> Vec<&'b [u8]> {
    let mut parts = Vec::new();
    let (mut at, mut start) = (0, None);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let end = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)).map(<[u8]>::trim_ascii);
        if let Some(tail @ (b"" | b"--")) = end {
            parts.extend(start.and_then(|start| body.get(start..at)));
            start = tail.is_empty().then_some(at + line.len());
        }
        at += line.len();
    }
    parts.extend(start.and_then(|start| body.get(start..)));
    parts
}

/// A line that would begin a letter has `>` before it in a mailbox.
fn without_marks_of_from(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let marks = line.iter().take_while(|byte| **byte == b'>').count();
        let is_marked = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
        out.extend_from_slice(line.get(usize::from(is_marked)..).unwrap_or_default());
    }
    out
}

/// `=E9` is a byte, `=` at a line's end joins it with the next one.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (mut out, mut rest) = (Vec::with_capacity(body.len()), body);
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        let tail = rest.get(at + 1..).unwrap_or_default();
        rest = match tail {
            [b'\r', b'\n', tail @ ..] | [b'\n', tail @ ..] => tail,
            [a, b, after @ ..] => {
                if let Some((a, b)) = digit(*a).zip(digit(*b)) {
                    out.push(a << 4 | b);
                    after
                } else {
                    out.push(b'=');
                    tail
                }
            }
            _ => {
                out.push(b'=');
                tail
            }
        };
    }
    out.extend_from_slice(rest);
    out
}

/// Four letters are three bytes; line ends and other signs are passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let (mut out, mut bits, mut count) = (Vec::with_capacity(body.len() / 4 * 3), 0_u32, 0);
    for six in body.iter().take_while(|byte| **byte != b'=').filter_map(|byte| value(*byte)) {
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.extend(u8::try_from(bits >> count & 0xff));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(letter: &str) -> Vec<String> {
        let (texts, _) = open(letter.as_bytes()).unwrap_or_else(|fault| panic!("{letter}: {fault}"));
        texts.into_iter().map(|text| text.text.into_owned()).collect()
    }

    #[test]
    fn letters_of_a_mailbox() {
        let mailbox = "From a@b Mon Jul  6 09:15:00 2009\nSubject: 1\n\nA\n>From here\nFrom there at noon\n\n\
                       From a@b Tue Jul  7 09:15:00 2009\nSubject: 2\n\nB\n";
        let letters = Letters::new(Box::new(std::io::Cursor::new(mailbox)), mailbox.as_bytes());
        let got: Vec<_> =
            letters.map(|(line, letter)| (line, texts(std::str::from_utf8(&letter.unwrap()).unwrap()))).collect();
        assert_eq!(got, [(1, vec!["A\nFrom here\nFrom there at noon\n\n".to_owned()]), (8, vec!["B\n".to_owned()])]);
    }

    #[test]
    fn transfer_encodings_and_parts() {
        let cases: [(&str, &str, &[&str]); 7] = [
            ("plain", "Subject: x\n\nFISH\n", &["FISH\n"]),
            (
                "quoted-printable",
                "Content-Transfer-Encoding: Quoted-Printable\n\nF=C3=A9=\n!=3D=ZZ\n",
                &["F\u{e9}!==ZZ\n"],
            ),
            ("base64", "Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\nRkl\nTSA==\n", &["FISH"]),
            ("old letters", "Content-Transfer-Encoding: quoted-printable\n\n=E9=B6\n", &["\u{e9}\u{b6}\n"]),
            (
                "two attached",
                "Content-Type: multipart/mixed;\n boundary=\"==x\"\n\nnone\n--==x\nContent-Type: text/plain\n\nA\n--==x\n\n\
                 B\n--==x\nContent-Type: image/png\n\nC\n--==x--\nend\n",
                &["A\n", "B\n"],
            ),
            (
                "two forms",
                "Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nA\n--x\nContent-Type: \
                 text/html\n\n<pre>A</pre>\n--x--\n",
                &["A\n"],
            ),
            ("a page", "Content-Type: text/html\n\n<div>A<br>B</div>\n", &["A\nB\n"]),
        ];
        for (name, letter, wanted) in cases {
            assert_eq!(texts(letter), wanted, "{name}");
        }
        assert!(open(b"Content-Type: image/png\n\nx").is_err());
    }
}
