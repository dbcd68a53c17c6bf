//! Lines of a stream, of which none is held that is too long.

use std::io::{self, BufRead};

use super::LIMIT;

/// What was read of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// The stream has ended.
    End,
    /// A whole line, with its end.
    Line,
    /// A line that is too long; all of it is taken from the stream, its beginning is kept.
    TooLong,
}

/// Reads one line into `line`, of at most [`LIMIT`] bytes.
pub(super) fn read(stream: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Read> {
    line.clear();
    let mut read = Read::End;
    loop {
        let buffer = match stream.fill_buf() {
            Ok([]) => return Ok(read),
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr::memchr(b'\n', buffer).map(|at| at + 1);
        let taken = end.unwrap_or(buffer.len());
        if read != Read::TooLong && line.len() + taken <= LIMIT {
            line.extend_from_slice(buffer.get(..taken).unwrap_or_default());
            read = Read::Line;
        } else {
            read = Read::TooLong;
        }
        stream.consume(taken);
        if end.is_some() {
            return Ok(read);
        }
    }
}
