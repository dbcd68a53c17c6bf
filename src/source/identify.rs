//! What a stream is, by how it begins: the one table of containers and packings, read or refused by name.
//!
//! A further container is a row of [`SIGNATURES`], or a question in [`identify`] where no fixed bytes begin it.

use super::{letters, sql, table};
use crate::document::Container;
use crate::field::classification::class_line;
use crate::header::line::starts_header;

/// How much of a stream is looked at.
pub(super) const LOOK: usize = 64 << 10;
/// How much is enough where it is not plain text by then.
const ENOUGH: usize = 4 << 10;

/// What a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// Something is packed in it.
    Packed(Packing),
    /// Text in another encoding than the containers have.
    Utf16(Endian),
    /// Documents.
    Documents(Container),
    /// Nothing that is read: its name, and what to do.
    Refused(&'static str),
}

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zip,
}

/// Which byte of a UTF-16 unit is the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endian {
    Little,
    Big,
}

const OFFICE: Identity =
    Identity::Refused("a document of an office program (.docx, .xlsx, .odt ...): save it as plain text first");
const PICTURE: Identity = Identity::Refused("a picture: it has no text; run text recognition on it first");

/// Fixed bytes at a fixed place, and what they are.
const SIGNATURES: [(usize, &[u8], Identity); 38] = [
    (0, b"%PDF-", Identity::Documents(Container::Pdf)),
    (0, b"\x1f\x8b", Identity::Packed(Packing::Gzip)),
    (0, b"PK\x03\x04", Identity::Packed(Packing::Zip)),
    (0, b"PK\x05\x06", Identity::Refused("a zip archive without files")),
    (0, b"PK\x07\x08", Identity::Refused("a part of a zip archive in several files: join and unpack it first")),
    (0, b"7z\xbc\xaf\x27\x1c", Identity::Refused("a 7z archive: unpack it first")),
    (0, b"Rar!\x1a\x07", Identity::Refused("a RAR archive: unpack it first")),
    (257, b"ustar", Identity::Refused("a tar archive: unpack it first")),
    (0, b"\xfd7zXZ\0", Identity::Refused("packed by xz: unpack it first (unxz)")),
    (0, b"\x28\xb5\x2f\xfd", Identity::Refused("packed by zstd: unpack it first (unzstd)")),
    (0, b"BZh", Identity::Refused("packed by bzip2: unpack it first (bunzip2)")),
    (0, b"LZIP", Identity::Refused("packed by lzip: unpack it first (lzip -d)")),
    (0, b"\x04\x22\x4d\x18", Identity::Refused("packed by lz4: unpack it first (unlz4)")),
    (0, b"\x1f\x9d", Identity::Refused("packed by compress: unpack it first (uncompress)")),
    (0, b"{\\rtf", Identity::Refused("rich text (RTF) of a word processor: save it as plain text first")),
    (
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Identity::Refused("a Word, Excel or Outlook file (.doc, .xls, .msg): save it as plain text first"),
    ),
    (0, b"\xffWPC", Identity::Refused("a WordPerfect file: save it as plain text first")),
    (0, b"%!PS", Identity::Refused("PostScript: turn it into a PDF or plain text first")),
    (0, b"\x89PNG\r\n\x1a\n", PICTURE),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"GIF87a", PICTURE),
    (0, b"GIF89a", PICTURE),
    (0, b"II*\0", PICTURE),
    (0, b"MM\0*", PICTURE),
    (8, b"WEBP", PICTURE),
    (4, b"ftypheic", PICTURE),
    (4, b"jP  \r\n\x87\n", PICTURE),
    (0, b"\xffO\xffQ", PICTURE),
    (0, b"AT&TFORM", Identity::Refused("a DjVu scan: turn it into plain text first")),
    (0, b"SQLite format 3\0", Identity::Refused("an SQLite database: write its table of cables as CSV first")),
    (0, b"PAR1", Identity::Refused("a Parquet table: write it as CSV or JSON Lines first")),
    (0, b"WARC/", Identity::Refused("a web archive (WARC): take the pages out of it first")),
    (0, b"\x7fELF", Identity::Refused("a program (ELF)")),
    (0, b"MZ\x90\0", Identity::Refused("a program (Windows)")),
    (0, b"\xff\xfe\0\0", Identity::Refused("UTF-32 text: save it as UTF-8 first")),
    (0, b"\0\0\xfe\xff", Identity::Refused("UTF-32 text: save it as UTF-8 first")),
    (0, b"\xff\xfe", Identity::Utf16(Endian::Little)),
    (0, b"\xfe\xff", Identity::Utf16(Endian::Big)),
];

/// What a stream that begins so is.
pub(super) fn identify(first: &[u8]) -> Identity {
    let has = |(at, magic, _): &&(usize, &[u8], Identity)| first.get(*at..).is_some_and(|rest| rest.starts_with(magic));
    match SIGNATURES.iter().find(has) {
        Some((_, _, Identity::Packed(Packing::Zip))) if is_office(first) => OFFICE,
        Some((_, _, identity)) => *identity,
        None if is_bitmap(first) => PICTURE,
        None => unmarked_utf16(first).map_or_else(|| of_text(first), Identity::Utf16),
    }
}

/// Whether no more has to be looked at.
pub(super) fn is_enough(first: &[u8]) -> bool {
    first.len() >= ENOUGH && identify(first) != Identity::Documents(Container::Text)
}

/// What a stream of text is.
fn of_text(first: &[u8]) -> Identity {
    let text = without_mark(first);
    let begun = text.trim_ascii_start();
    Identity::Documents(match begun {
        // Space, or what an editor put before it.
        [b'%', b'P', b'D', b'F', b'-', ..] => Container::Pdf,
        [b'{', b'\\', b'r', b't', b'f', ..] => return identify(begun),
        [b'{', ..] => Container::Jsonl,
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start(), [b'{' | b'"' | b']', ..]) => Container::Jsonl,
        // No line of a telegram begins so.
        [b'<', b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z', ..] => {
            if is_other_xml(begun) {
                return Identity::Refused("XML of no known kind: write its cables as JSON Lines or plain text first");
            }
            Container::Html
        }
        // A telegram may hold quotes and commas enough for a table.
        _ if begins_header(begun) => Container::Text,
        _ if letters::begin(begun) => Container::Mbox,
        _ if sql::begins(begun) => Container::Sql,
        _ if table::begins(text) => Container::Csv,
        _ => Container::Text,
    })
}

/// Whether a stream begins with a format line, or with a classification line that names its message.
fn begins_header(begun: &[u8]) -> bool {
    const LONGEST: usize = 400;
    let line = begun.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let line = line.get(..line.len().min(LONGEST)).unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    starts_header(&line) || class_line(&line).is_some_and(|found| found.number.is_some())
}

/// Without the byte order mark of UTF-8.
pub(super) fn without_mark(first: &[u8]) -> &[u8] {
    first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first)
}

/// A zip archive that is a document: it names its parts at its beginning.
fn is_office(first: &[u8]) -> bool {
    let parts: [&[u8]; 6] =
        [b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"mimetypeapplication/", b"META-INF/container.xml"];
    let name = first.get(30..).unwrap_or_default();
    parts.iter().any(|part| name.starts_with(part))
}

/// `BM`, the length of the file, four bytes of nought.
fn is_bitmap(first: &[u8]) -> bool {
    first.starts_with(b"BM") && first.get(6..10) == Some(&[0; 4])
}

/// XML that is no page: a page says that it is HTML, or has its parts.
fn is_other_xml(begun: &[u8]) -> bool {
    let page: [&[u8]; 5] = [b"<html", b"<body", b"<pre", b"<div", b"<table"];
    let lower = begun.to_ascii_lowercase();
    lower.starts_with(b"<?xml") && !page.iter().any(|tag| memchr::memmem::find(&lower, tag).is_some())
}

/// UTF-16 without its byte order mark: every other byte is nought, as of letters without accents.
fn unmarked_utf16(first: &[u8]) -> Option<Endian> {
    let units = first.get(..64)?.chunks_exact(2);
    let is = |zero: usize| {
        units
            .clone()
            .all(|unit| (unit.get(zero), unit.get(1 - zero)) != (Some(&0), Some(&0)) && unit.get(zero) == Some(&0))
    };
    if is(1) { Some(Endian::Little) } else { is(0).then_some(Endian::Big) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_identified_by_content() {
        let cases: [(&str, &[u8], Container); 19] = [
            ("text", b"R 281848Z DEC 06\n", Container::Text),
            ("page", b"\xef\xbb\xbf<!DOCTYPE html>", Container::Html),
            ("page without a doctype", b"\n<html>", Container::Html),
            ("page of XML", b"<?xml version=\"1.0\"?><html xmlns=\"x\">", Container::Html),
            ("dump", b"\"1\",\"7/3/2009 9:15\",\"09OSLO461\",", Container::Csv),
            ("dump without quotes", b"1,7/3/2009 9:15,09OSLO461,", Container::Csv),
            ("dump of semicolons", b"1;7/3/2009 9:15;09OSLO461;", Container::Csv),
            ("dump with a byte order mark", b"\xef\xbb\xbf\"1\"\t\"2009-07-03\"\t\"09OSLO461\"\t", Container::Csv),
            ("table with names", b"id,text\n1,\"R 281848Z DEC 06\n", Container::Csv),
            ("lines", b"{\"id\": \"09OSLO461\"", Container::Jsonl),
            ("array", b"[\n  {\"id\": \"09OSLO461\"", Container::Jsonl),
            ("pdf", b"%PDF-1.4\n", Container::Pdf),
            ("mailbox", b"From a@b Mon Jul  6 09:15:00 2009\nSubject: x\n\n", Container::Mbox),
            ("letter", b"Return-Path: <a@b>\nFrom: a@b\nSubject: x\n\n", Container::Mbox),
            ("statements", b"-- a dump\nINSERT INTO cable VALUES (1,'x');\n", Container::Sql),
            (
                "telegram in one line, quotes and commas",
                b"P 281848Z DEC 06 FM OSLO SUBJECT: THE \"COD,\" A FISH, LEAVES\n\nSAID,\"NO\n\",GO\n",
                Container::Text,
            ),
            ("text that begins with a number", b"1. (U) Summary", Container::Text),
            ("text that begins with a bracket", b"[SOURCE REMOVED] said", Container::Text),
            ("text that begins with its sender", b"FROM AMEMBASSY OSLO\nTO: SECSTATE WASHDC\n", Container::Text),
        ];
        for (name, first, container) in cases {
            assert_eq!(identify(first), Identity::Documents(container), "{name}");
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        let mut tar = vec![b'a'; 512];
        tar.splice(257..262, *b"ustar");
        let docx = [&b"PK\x03\x04"[..], &[0; 26], b"[Content_Types].xml"].concat();
        let cases: [(&[u8], &str); 12] = [
            (b"{\\rtf1\\ansi P 030915Z", "RTF"),
            (b"\n{\\rtf1\\ansi P 030915Z", "RTF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "Word"),
            (b"\x89PNG\r\n\x1a\n", "picture"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
            (b"BM\x36\0\0\0\0\0\0\0", "picture"),
            (b"RIFF\0\0\0\0WEBP", "picture"),
            (b"BZh91AY", "bzip2"),
            (b"\xff\xfe\0\0P\0\0\0", "UTF-32"),
            (b"<?xml version='1.0'?><cables><cable/></cables>", "XML"),
            (&tar, "tar"),
            (&docx, "docx"),
        ];
        for (first, name) in cases {
            let Identity::Refused(what) = identify(first) else { panic!("{name}: {:?}", identify(first)) };
            assert!(what.contains(name), "{name}: {what}");
        }
    }

    #[test]
    fn utf_16_is_identified_with_and_without_its_mark() {
        let little: Vec<u8> =
            "P 030915Z JUL 09\nFM AMEMBASSY OSLO\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "P 030915Z JUL 09\nFM AMEMBASSY OSLO\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(identify(&little), Identity::Utf16(Endian::Little));
        assert_eq!(identify(&big), Identity::Utf16(Endian::Big));
        assert_eq!(identify(&[b"\xff\xfe", &little[..]].concat()), Identity::Utf16(Endian::Little));
        assert_eq!(identify(&[b"\xfe\xff", &big[..]].concat()), Identity::Utf16(Endian::Big));
        assert_eq!(identify(&[0; 100]), Identity::Documents(Container::Text));
    }
}
