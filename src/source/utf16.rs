//! UTF-16 to UTF-8, so that every container is read in one encoding.

use std::io::{self, BufReader, Read};

use super::identify::Endian;
use super::reader::{BUFFER, Stream};

/// The stream in UTF-8, without its byte order mark. Half a pair alone, and half a unit at the end, become U+FFFD.
pub(super) fn decoded(stream: Stream<'_>, endian: Endian) -> Stream<'_> {
    Box::new(BufReader::with_capacity(BUFFER, Units { stream, endian, high: None, ready: Vec::new(), is_begun: false }))
}

struct Units<'r> {
    stream: Stream<'r>,
    endian: Endian,
    /// The first half of a pair whose second one was not read yet.
    high: Option<u16>,
    /// UTF-8 that was not given out yet.
    ready: Vec<u8>,
    is_begun: bool,
}

impl Units<'_> {
    /// Reads units into `ready`; nothing is ready at the end of the stream alone.
    fn fill(&mut self) -> io::Result<()> {
        let mut bytes = vec![0; 16 << 10];
        let mut length = 0;
        // Whole units: a read may end in the middle of one.
        while length == 0 || length % 2 == 1 {
            let read = match self.stream.read(bytes.get_mut(length..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if read == 0 {
                break;
            }
            length += read;
        }
        let whole = bytes.get(..length).unwrap_or_default();
        let unit = |pair: &[u8]| {
            let pair = pair.try_into().unwrap_or_default();
            if self.endian == Endian::Little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
        };
        let mut units: Vec<u16> = self.high.take().into_iter().chain(whole.chunks_exact(2).map(unit)).collect();
        if !std::mem::replace(&mut self.is_begun, true) && units.first() == Some(&0xfeff) {
            units.remove(0);
        }
        if length > 0 && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            self.high = units.pop();
        }
        let half = (length % 2 == 1).then_some(char::REPLACEMENT_CHARACTER);
        let letters = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).chain(half);
        self.ready = letters.collect::<String>().into_bytes();
        // A mark alone, or half a pair, is not yet the end.
        if self.ready.is_empty() && length > 0 { self.fill() } else { Ok(()) }
    }
}

impl Read for Units<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() {
            self.fill()?;
        }
        let read = self.ready.as_slice().read(buffer)?;
        self.ready.drain(..read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_become_letters() {
        let cases: [(&str, &[u16], &str); 5] = [
            ("letters", &[0x50, 0xe9, 0x2019], "P\u{e9}\u{2019}"),
            ("a mark", &[0xfeff, 0x50], "P"),
            ("a pair", &[0xd83d, 0xdc1f], "\u{1f41f}"),
            ("half a pair", &[0xd83d, 0x50], "\u{fffd}P"),
            ("half a pair at the end", &[0x50, 0xd83d], "P\u{fffd}"),
        ];
        for (name, units, text) in cases {
            for endian in [Endian::Little, Endian::Big] {
                let bytes = |unit: &u16| if endian == Endian::Little { unit.to_le_bytes() } else { unit.to_be_bytes() };
                let bytes: Vec<u8> = units.iter().flat_map(bytes).collect();
                // One byte at a time, as the worst of pipes.
                let one = BufReader::with_capacity(1, io::Cursor::new(bytes));
                let mut read = String::new();
                decoded(Box::new(one), endian).read_to_string(&mut read).unwrap();
                assert_eq!(read, text, "{name}, {endian:?}");
            }
        }
    }
}
