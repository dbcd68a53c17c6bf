//! A stream cut into documents.

use std::io::{self, BufRead, BufReader, Read};

use super::{Fault, LIMIT, Place, SourceError, Wrapped, csv, gzip, jsonl};
use crate::document::Container;

/// How much is read at once.
pub(super) const BUFFER: usize = 128 << 10;
/// How much is looked at to tell the container.
const LOOK: u64 = 4 << 10;

/// The documents of one stream, in their order; it holds one of them at a time.
///
/// The stream may be packed by gzip. A damaged row gives an error and the rows behind it go on; where the stream cannot
/// be read further, the error is the last item.
pub struct Reader<'r> {
    path: String,
    asked: bool,
    state: State<'r>,
}

/// How a stream is cut.
enum State<'r> {
    /// Nothing was read yet.
    New(Box<dyn Read + Send + 'r>, Option<Container>),
    /// One document.
    Whole(Box<dyn BufRead + Send + 'r>, Container),
    /// Rows of a dump.
    Csv(csv::Rows<'r>),
    /// JSON Lines.
    Jsonl(jsonl::Lines<'r>),
    /// The end.
    Done,
}

/// A document as it was cut: which one, the line of a row, its container, its bytes.
type Cut = (usize, Option<u64>, Container, Result<Vec<u8>, Fault>);

impl<'r> Reader<'r> {
    /// Reads a stream; `path` names it, `container` is told by content where it is `None`.
    pub fn new(path: impl Into<String>, stream: impl Read + Send + 'r, container: Option<Container>) -> Self {
        Self { path: path.into(), asked: container.is_some(), state: State::New(Box::new(stream), container) }
    }

    /// Unpacks the stream, and tells its container.
    fn begin(stream: Box<dyn Read + Send + 'r>, container: Option<Container>) -> io::Result<State<'r>> {
        let (first, packed) = gzip::peeked(BufReader::with_capacity(BUFFER, stream), 2)?;
        let (first, stream) = gzip::peeked(gzip::unpacked(packed, &first), LOOK)?;
        let stream = Box::new(stream);
        Ok(match container.unwrap_or_else(|| told(&first)) {
            Container::Csv => State::Csv(csv::Rows::new(stream)),
            Container::Jsonl => State::Jsonl(jsonl::Lines::new(stream)),
            container => State::Whole(stream, container),
        })
    }

    /// The next row or the whole document, with its place in the file.
    fn cut(&mut self) -> Option<Cut> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done => None,
            State::New(stream, container) => match Self::begin(stream, container) {
                Ok(state) => {
                    self.state = state;
                    self.cut()
                }
                Err(error) => Some((0, None, Container::Text, Err(Fault::Io(error)))),
            },
            State::Whole(stream, container) => Some((0, None, container, whole(stream, limit(container)))),
            State::Csv(mut rows) => {
                let (index, line, row) = rows.next()?;
                self.state = if matches!(row, Err(Fault::Io(_))) { State::Done } else { State::Csv(rows) };
                Some((index, Some(line), Container::Csv, row))
            }
            State::Jsonl(mut lines) => {
                let (index, line, row) = lines.next()?;
                self.state = if matches!(row, Err(Fault::Io(_))) { State::Done } else { State::Jsonl(lines) };
                Some((index, Some(line), Container::Jsonl, row))
            }
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Wrapped, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (index, line, container, bytes) = self.cut()?;
        let place = Place { path: self.path.clone(), index, line };
        Some(match bytes {
            Ok(bytes) => Ok(Wrapped { place, container, bytes, asked: self.asked }),
            Err(fault) => Err(SourceError { place, fault }),
        })
    }
}

/// The longest document of a container. Reading pages takes many times their length in memory.
fn limit(container: Container) -> usize {
    match container {
        Container::Html | Container::Pdf => LIMIT / 4,
        _ => LIMIT,
    }
}

/// A document that is the whole stream.
fn whole(stream: Box<dyn BufRead + Send + '_>, limit: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    stream.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(Fault::Io)?;
    if bytes.len() > limit { Err(Fault::TooLarge { limit }) } else { Ok(bytes) }
}

/// The container of a stream, told by how it begins.
fn told(first: &[u8]) -> Container {
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first).trim_ascii_start();
    match first {
        [b'%', b'P', b'D', b'F', b'-', ..] => Container::Pdf,
        [b'{', ..] => Container::Jsonl,
        // No line of a telegram begins so.
        [b'<', b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z', ..] => Container::Html,
        _ if csv::begins_row(first) => Container::Csv,
        _ => Container::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_told_by_content() {
        let cases: [(&str, &[u8], Container); 8] = [
            ("text", b"R 281848Z DEC 06\n", Container::Text),
            ("page", b"\xef\xbb\xbf<!DOCTYPE html>", Container::Html),
            ("page without a doctype", b"\n<html>", Container::Html),
            ("dump", b"\"1\",\"7/3/2009 9:15\",\"09OSLO461\",", Container::Csv),
            ("dump without quotes", b"1,7/3/2009 9:15,09OSLO461,", Container::Csv),
            ("lines", b"{\"id\": \"09OSLO461\"", Container::Jsonl),
            ("pdf", b"%PDF-1.4\n", Container::Pdf),
            ("text that begins with a number", b"1. (U) Summary", Container::Text),
        ];
        for (name, first, container) in cases {
            assert_eq!(told(first), container, "{name}");
        }
    }
}
