//! Packed streams: gzip in one or many members, zip archives member by member.
//!
//! Both are read as streams, so that a file of any length takes a few buffers.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::bufread::MultiGzDecoder;
use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::Fault;
use super::reader::{BUFFER, Stream};

/// What was compressed by gzip.
pub(super) fn gunzip(packed: Stream<'_>) -> Stream<'_> {
    Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(packed)))
}

/// The first bytes of a stream, and the whole stream again. An error comes after the bytes that were read before it.
///
/// No more is waited for when what is there is enough: a pipe may be slow.
pub(super) fn peeked(mut stream: Stream<'_>, at_most: usize, enough: impl Fn(&[u8]) -> bool) -> (Vec<u8>, Stream<'_>) {
    let (mut first, mut buffer) = (Vec::new(), vec![0; at_most]);
    let error = loop {
        match stream.read(buffer.get_mut(first.len()..).unwrap_or_default()) {
            Ok(0) => break None,
            Ok(read) => first.extend_from_slice(buffer.get(first.len()..first.len() + read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => break Some(error),
        }
        if enough(&first) {
            break None;
        }
    };
    let again = io::Cursor::new(first.clone());
    let stream: Stream<'_> = match error {
        Some(error) => Box::new(again.chain(BufReader::new(Failing(Some(error))))),
        None => Box::new(again.chain(stream)),
    };
    (first, stream)
}

/// A stream that fails once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The members of a zip archive, in the order in which they stand in it.
///
/// The list at its end is not waited for: what stands before each member says how it is packed.
pub(super) struct Zip<'r>(Arc<Mutex<Entry<'r>>>);

/// The member that is read, and the rest of the archive.
struct Entry<'r> {
    stream: Stream<'r>,
    packed: Packed,
    checksum: Crc,
    wanted: Option<u32>,
}

/// How the member is packed, and how far it was read.
enum Packed {
    /// As it is: so many bytes are left.
    Stored(u64),
    Deflated(Box<Decompress>),
    /// All of it was read.
    End,
}

/// The stream of a member.
struct Member<'r>(Arc<Mutex<Entry<'r>>>);

/// A member: its name, and its stream or why there is none.
pub(super) type Named<'r> = (String, Result<Stream<'r>, Fault>);

impl<'r> Zip<'r> {
    pub(super) fn new(stream: Stream<'r>) -> Self {
        let entry = Entry { stream, packed: Packed::End, checksum: Crc::new(), wanted: None };
        Self(Arc::new(Mutex::new(entry)))
    }

    /// The next member that is no folder and not hidden.
    pub(super) fn next(&mut self) -> Result<Option<Named<'r>>, Fault> {
        loop {
            let mut entry = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            entry.drain()?;
            let Some(head) = entry.head().map_err(Fault::Io)? else { return Ok(None) };
            let is_hidden = head.name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            let opened = entry.open(&head);
            if opened.is_err() {
                // Where the next one begins is known for those alone whose length stands before them.
                entry.packed = Packed::Stored(head.length.unwrap_or(0));
                entry.wanted = None;
            }
            if head.name.ends_with('/') || is_hidden {
                continue;
            }
            drop(entry);
            let stream = opened.map(|()| {
                let stream: Stream<'r> = Box::new(BufReader::with_capacity(BUFFER, Member(Arc::clone(&self.0))));
                stream
            });
            return Ok(Some((head.name, stream)));
        }
    }
}

/// What stands before a member.
struct Head {
    name: String,
    flags: u16,
    method: u16,
    checksum: u32,
    /// Its packed length, where it is known before it was read.
    length: Option<u64>,
}

impl Entry<'_> {
    /// Reads to the end of a member that nobody read to its end.
    fn drain(&mut self) -> Result<(), Fault> {
        let mut waste = vec![0; 16 << 10];
        loop {
            match self.read(&mut waste) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if matches!(self.packed, Packed::End) && error.kind() == io::ErrorKind::InvalidData => {
                    return Ok(());
                }
                Err(error) => return Err(Fault::Io(error)),
            }
        }
    }

    /// The head of the next member; none where the list of all begins.
    ///
    /// A member of unknown length has its checksum and lengths after it, with or without a mark, in 12 to 24 bytes.
    fn head(&mut self) -> io::Result<Option<Head>> {
        let mut mark = [0; 4];
        self.stream.read_exact(&mut mark)?;
        for _ in 0..24 {
            match &mark {
                b"PK\x03\x04" => return self.fields().map(Some),
                b"PK\x01\x02" | b"PK\x05\x06" | b"PK\x06\x06" | b"PK\x06\x08" => return Ok(None),
                _ => {}
            }
            mark.rotate_left(1);
            let [.., last] = &mut mark;
            self.stream.read_exact(std::slice::from_mut(last))?;
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "the zip archive is damaged: no member begins where one should"))
    }

    /// ```text
    /// head = version flags method time date crc packed-length length name-length extra-length name extra
    /// ```
    fn fields(&mut self) -> io::Result<Head> {
        let mut fixed = [0; 26];
        self.stream.read_exact(&mut fixed)?;
        let [_, _, f0, f1, m0, m1, _, _, _, _, c0, c1, c2, c3, p0, p1, p2, p3, _, _, _, _, n0, n1, e0, e1] = fixed;
        let mut name = vec![0; usize::from(u16::from_le_bytes([n0, n1]))];
        self.stream.read_exact(&mut name)?;
        let mut extra = vec![0; usize::from(u16::from_le_bytes([e0, e1]))];
        self.stream.read_exact(&mut extra)?;
        let flags = u16::from_le_bytes([f0, f1]);
        let length = match u32::from_le_bytes([p0, p1, p2, p3]) {
            _ if flags & 8 != 0 => None,
            u32::MAX => long_length(&extra),
            length => Some(u64::from(length)),
        };
        Ok(Head {
            name: String::from_utf8_lossy(&name).replace(|c: char| c.is_control(), "\u{fffd}"),
            flags,
            method: u16::from_le_bytes([m0, m1]),
            checksum: u32::from_le_bytes([c0, c1, c2, c3]),
            length,
        })
    }

    /// Makes a member the one that is read.
    fn open(&mut self, head: &Head) -> Result<(), Fault> {
        if head.flags & 1 != 0 {
            return Err(Fault::Refused("an encrypted member of a zip archive: unpack it with its password first"));
        }
        self.packed = match (head.method, head.length) {
            (0, Some(length)) => Packed::Stored(length),
            (8, _) => Packed::Deflated(Box::new(Decompress::new(false))),
            _ => {
                return Err(Fault::Refused("a member of a zip archive that is not packed by deflate: unpack it first"));
            }
        };
        self.checksum = Crc::new();
        self.wanted = (head.flags & 8 == 0).then_some(head.checksum);
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || matches!(self.packed, Packed::End) {
            return Ok(0);
        }
        let read = match &mut self.packed {
            Packed::End => 0,
            Packed::Stored(left) => {
                let read = self.stream.by_ref().take(*left).read(buffer)?;
                if read == 0 && *left > 0 {
                    self.packed = Packed::End;
                    return Err(truncated());
                }
                *left -= read as u64;
                read
            }
            Packed::Deflated(decompress) => match inflate(&mut self.stream, decompress, buffer) {
                Ok(read) => read,
                Err(error) => {
                    self.packed = Packed::End;
                    return Err(error);
                }
            },
        };
        self.checksum.update(buffer.get(..read).unwrap_or_default());
        if read == 0 {
            self.packed = Packed::End;
            if self.wanted.is_some_and(|wanted| wanted != self.checksum.sum()) {
                let why = "the member of the zip archive is damaged: its checksum is another one";
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
        }
        Ok(read)
    }
}

/// The next bytes of a deflated member; none at its end.
fn inflate(stream: &mut dyn BufRead, decompress: &mut Decompress, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        let input = stream.fill_buf()?;
        let is_empty = input.is_empty();
        let (in_before, out_before) = (decompress.total_in(), decompress.total_out());
        let status = decompress.decompress(input, buffer, FlushDecompress::None);
        let consumed = usize::try_from(decompress.total_in() - in_before).unwrap_or(0);
        let written = usize::try_from(decompress.total_out() - out_before).unwrap_or(0);
        stream.consume(consumed);
        match status {
            Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
            Ok(_) if written > 0 => return Ok(written),
            Ok(Status::StreamEnd) => return Ok(0),
            Ok(_) if is_empty => return Err(truncated()),
            Ok(_) if consumed == 0 => {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the member of the zip archive is damaged"));
            }
            Ok(_) => {}
        }
    }
}

fn truncated() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the zip archive breaks off")
}

/// The packed length in the extra field of a member above four gigabytes: the second of its two lengths.
fn long_length(extra: &[u8]) -> Option<u64> {
    let mut rest = extra;
    while let [i0, i1, l0, l1, tail @ ..] = rest {
        let (field, tail) = tail.split_at_checked(usize::from(u16::from_le_bytes([*l0, *l1])))?;
        if [*i0, *i1] == [1, 0] {
            return field.get(8..16)?.try_into().ok().map(u64::from_le_bytes);
        }
        rest = tail;
    }
    None
}

impl Read for Member<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(buffer)
    }
}
