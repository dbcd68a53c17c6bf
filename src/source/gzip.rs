//! gzip: recognised by its first two bytes, in one or many members.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

/// The stream itself, or what was compressed in it.
pub(super) fn unpacked<'r>(packed: impl BufRead + Send + 'r, first: &[u8]) -> Box<dyn BufRead + Send + 'r> {
    if first.starts_with(b"\x1f\x8b") {
        Box::new(BufReader::with_capacity(super::reader::BUFFER, MultiGzDecoder::new(packed)))
    } else {
        Box::new(packed)
    }
}

/// The first bytes of a stream, and the whole stream again.
pub(super) fn peeked<'r>(
    mut stream: impl BufRead + Send + 'r,
    at_most: u64,
) -> std::io::Result<(Vec<u8>, impl BufRead + Send + 'r)> {
    let mut first = Vec::new();
    stream.by_ref().take(at_most).read_to_end(&mut first)?;
    Ok((first.clone(), std::io::Cursor::new(first).chain(stream)))
}
