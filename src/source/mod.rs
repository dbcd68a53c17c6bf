//! Cables out of what they are kept in: web pages, tables, JSON, mailboxes, SQL dumps, gzip and zip of each; PDF with the
//! feature `pdf`.
//!
//! Two steps, so that the second can run on many cores. A [`Reader`] cuts a stream into [`Wrapped`] documents, one
//! file, row or object at a time; [`Wrapped::open`] takes the texts of the cables out of each. A stream is identified by its
//! first bytes; what is not read is refused by its name.
//!
//! ```
//! use cablegram::source::Reader;
//!
//! let lines = br#"{"id": "09OSLO461", "text": "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n"}"#;
//! for wrapped in Reader::new("cables.jsonl", &lines[..], None) {
//!     for document in wrapped?.open()? {
//!         let parsed = cablegram::Parser::new().parse_decoded(&document.text, document.name.as_deref())?;
//!         assert_eq!(parsed.cable.mrn.and_then(|mrn| mrn.id()).as_deref(), Some("09OSLO461"));
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod columns;
mod entities;
mod html;
mod identify;
mod json;
mod letters;
mod line;
#[cfg(feature = "pdf")]
mod pdf;
mod plusd;
mod reader;
mod several;
mod sql;
mod table;
mod transcript;
mod unpack;
mod utf16;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

pub use reader::Reader;

use crate::decode::{Decoded, decode};
use crate::diagnostic::Diagnostic;
use crate::document::{Container, Document, DocumentSource};
use crate::parser::Parser;
use crate::span::Span;

/// The longest document, row or line that is read, as for a text: nothing longer is held in memory.
const LIMIT: usize = Parser::DEFAULT_SIZE_LIMIT;

const LOCKED_PDF: Fault = Fault::Refused("an encrypted PDF: it opens with a password only; save it without one first");

const SCANNED_PDF: Fault = Fault::Refused("a PDF without text, as a scan is: run text recognition on it first");

/// What a container has about a cable besides its text.
type Metadata = BTreeMap<String, String>;

/// The place of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The file, or `-` for standard input; a member of an archive follows its file after a slash.
    pub path: String,
    /// Which document of the file, from 0.
    pub index: usize,
    /// The line where it begins, from 1; `None` where a file is one document.
    pub line: Option<u64>,
    /// Whether it is one of several cables in a text, and not a row.
    is_part: bool,
}

impl Place {
    /// A file that is one document.
    pub(crate) fn file(path: String) -> Self {
        Self { path, ..Self::default() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, index, line, is_part } = self;
        let unit = if *is_part { "cable" } else { "row" };
        match line {
            Some(line) => write!(f, "{path}, {unit} {} (line {line})", index + 1),
            None => f.write_str(path),
        }
    }
}

/// A document as it is in its container.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wrapped {
    /// Its place.
    pub place: Place,
    /// In what it is wrapped; text and markdown are distinguished when it is opened, where nothing was asked for.
    pub container: Container,
    /// Its bytes: a file, a row, an object.
    pub bytes: Vec<u8>,
    /// Whether the container was asked for, and not identified by content.
    asked: bool,
    form: Form,
}

/// How a document is cut out of its stream.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// It is the whole stream, or an object.
    Whole,
    /// A row of a table.
    Row(Arc<table::Layout>),
    /// A row of an SQL dump.
    Values(sql::Row),
    /// A text that was taken out of its container before.
    Taken(Taken),
}

/// What is known of a text that was taken out of its container, besides its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Taken {
    /// One for all texts of the container.
    metadata: Arc<Metadata>,
    diagnostic: Option<Diagnostic>,
    truncated: bool,
}

impl Taken {
    fn content(self, bytes: Vec<u8>) -> Content {
        let Self { metadata, diagnostic, truncated } = self;
        let text = Decoded { diagnostic, truncated, ..decoded(bytes) };
        Content { metadata: Some(Arc::unwrap_or_clone(metadata)), ..Content::of(text) }
    }
}

/// A document out of its container.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Opened {
    /// Where it came from, as the JSON has it.
    pub source: DocumentSource,
    /// Its place, as messages give it.
    pub place: Place,
    /// The name under which it was kept: evidence for the message reference number.
    pub name: Option<String>,
    /// The text of the cable.
    pub text: Decoded<'static>,
}

impl Wrapped {
    /// Takes the texts of the cables out of their container: one, or as many as follow each other in a text.
    ///
    /// # Errors
    /// [`SourceError`] when a row or page is damaged, or not of a kind that is read.
    pub fn open(self) -> Result<Vec<Opened>, SourceError> {
        let Self { place, mut container, bytes, asked, form } = self;
        let content = match (form, container) {
            (Form::Taken(taken), _) => Ok(taken.content(bytes)),
            (Form::Row(layout), _) => layout.open(&bytes),
            (Form::Values(row), _) => row.open(&bytes),
            (Form::Whole, Container::Html) if plusd::is_page(&bytes) => plusd::open(&bytes),
            (Form::Whole, Container::Html) => html::open(&bytes),
            (Form::Whole, Container::Jsonl) => json::open(&bytes),
            (Form::Whole, Container::Parsed) => Err(Fault::Parsed),
            #[cfg(feature = "pdf")]
            (Form::Whole, Container::Pdf) => pdf::open(&bytes),
            #[cfg(not(feature = "pdf"))]
            (Form::Whole, Container::Pdf) if has(&bytes, b"/Encrypt") => Err(LOCKED_PDF),
            #[cfg(not(feature = "pdf"))]
            (Form::Whole, Container::Pdf) if !has(&bytes, b"/Font") && has(&bytes, b"/Image") => Err(SCANNED_PDF),
            #[cfg(not(feature = "pdf"))]
            (Form::Whole, Container::Pdf) => Err(Fault::Pdf(
                "this program was built without the feature `pdf`: cargo build --features pdf".to_owned(),
            )),
            (Form::Whole, _) => {
                let mut text = decoded(bytes);
                if let Some(plain) = transcript::plain(&text.text) {
                    let diagnostic = text.diagnostic.map(|note| reset(note, &plain));
                    text = Decoded { text: Cow::Owned(plain), diagnostic, truncated: text.truncated };
                    container = Container::Markdown;
                }
                Ok(Content::of(entities::replaced(text)))
            }
        };
        match content {
            Ok(content) => Ok(opened(&place, container, asked, content)),
            Err(fault) => Err(SourceError { place, fault }),
        }
    }

    /// The cable, where it was parsed before: an object that cable2json has written. It is not parsed again.
    ///
    /// # Errors
    /// [`SourceError`] when it is damaged.
    pub fn parsed(&self) -> Option<Result<Document<'static>, SourceError>> {
        let is_parsed = self.container == Container::Parsed;
        let read = || serde_json::from_slice::<Document<'_>>(&self.bytes).map(Document::into_owned);
        let fault = |error| SourceError { place: self.place.clone(), fault: Fault::Json(error) };
        is_parsed.then(|| read().map_err(fault))
    }
}

/// The cables of a document. A row, or a page with a table about its cable, is one.
fn opened(place: &Place, container: Container, asked: bool, content: Content) -> Vec<Opened> {
    let Content { text, name, metadata } = content;
    let is_one = place.line.is_some() || metadata.is_some();
    let whole = || std::iter::once(0..text.text.len()).collect();
    let parts = if is_one { whole() } else { several::cables(&text.text) };
    let (count, path) = (parts.len(), &place.path);
    let name = name.or_else(|| stem(place));
    let (mut line, mut counted) = (1, 0);
    let mut cables = Vec::with_capacity(count);
    for (index, range) in parts.into_iter().enumerate() {
        line += memchr::memchr_iter(b'\n', text.text.as_bytes().get(counted..range.start).unwrap_or_default()).count()
            as u64;
        counted = range.start;
        let part = part(&text, range);
        let container = match container {
            Container::Text if !asked => Container::of(&part.text),
            known => known,
        };
        let metadata = metadata.clone();
        let (place, name) = if count == 1 {
            (place.clone(), name.clone())
        } else {
            // The name of the file is that of them all.
            (Place { path: path.clone(), index, line: Some(line), is_part: true }, None)
        };
        let source =
            DocumentSource { path: path.clone(), index: place.index, container, bytes: part.text.len(), metadata };
        cables.push(Opened { source, place, name, text: part });
    }
    cables
}

/// One of the cables of a text, and the note on its encoding, where that is of this part too.
fn part(text: &Decoded<'static>, range: Range<usize>) -> Decoded<'static> {
    let is_last = range.end == text.text.len();
    if range.start == 0 && is_last {
        return text.clone();
    }
    let part = text.text.get(range.clone()).unwrap_or_default().to_owned();
    let note = text.diagnostic.as_ref().filter(|note| note.span.start < range.end && !part.is_ascii());
    let diagnostic = note.cloned().map(|note| reset(note, &part));
    Decoded { text: Cow::Owned(part), diagnostic, truncated: text.truncated && is_last }
}

/// A note on the encoding of a container, placed in the text that was taken out of it.
fn reset(mut note: Diagnostic, text: &str) -> Diagnostic {
    let at = text.find(|c: char| !c.is_ascii()).unwrap_or(text.len());
    note.span = Span::new(at, text.len());
    note
}

/// Whether a PDF that cannot be opened has this word: enough to report the true reason.
#[cfg(not(feature = "pdf"))]
fn has(pdf: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(pdf, word).is_some()
}

/// What a container holds.
struct Content {
    text: Decoded<'static>,
    name: Option<String>,
    metadata: Option<Metadata>,
}

impl Content {
    /// Text of which the container says nothing.
    fn of(text: Decoded<'static>) -> Self {
        Self { text, name: None, metadata: None }
    }
}

/// The name of a file that is one document; a row has its own.
fn stem(place: &Place) -> Option<String> {
    if place.line.is_some() {
        return None;
    }
    let path = Path::new(&place.path);
    let path = if path.extension().is_some_and(|end| end == "gz") { path.with_extension("") } else { path.to_owned() };
    Some(path.file_stem()?.to_str()?.to_owned())
}

/// Decoded bytes that own their text.
fn decoded(bytes: Vec<u8>) -> Decoded<'static> {
    match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{feff}') => {
            Decoded { text: Cow::Owned(text), diagnostic: None, truncated: false }
        }
        Ok(text) => owned(decode(text.as_bytes())),
        Err(error) => owned(decode(error.as_bytes())),
    }
}

fn owned(decoded: Decoded<'_>) -> Decoded<'static> {
    Decoded { text: Cow::Owned(decoded.text.into_owned()), diagnostic: decoded.diagnostic, truncated: false }
}

/// Why there is no document at a place.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {fault}")]
#[non_exhaustive]
pub struct SourceError {
    /// Where.
    pub place: Place,
    /// Why.
    #[source]
    pub fault: Fault,
}

/// What is wrong with a container.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It could not be read to its end.
    #[error("{0}")]
    Io(std::io::Error),
    /// A document, row or object that is too long.
    #[error("longer than {} MiB, the limit for {unit}", limit >> 20)]
    TooLarge {
        /// How long one may be.
        limit: usize,
        /// What it is, as it was identified.
        unit: &'static str,
    },
    /// Something of a kind that is not read.
    #[error("{0}")]
    Refused(&'static str),
    /// A row with too many or too few columns.
    #[error("a row has {expected} columns here, this one has {found}")]
    Columns {
        /// How many it has.
        found: usize,
        /// How many the others have.
        expected: usize,
    },
    /// A row whose columns have no names, and in which no cell, or more than one, may be the text.
    #[error("which of the {0} columns is the text is not known: name them (--columns)")]
    Unnamed(usize),
    /// A field without its closing quote.
    #[error("a quoted field does not end before the next row or the end of the file")]
    OpenQuote,
    /// A quote that is neither escaped, nor at an end of a field.
    #[error("a quote inside of a field is not escaped")]
    StrayQuote,
    /// Lines that belong to no row.
    #[error("what stands here does not begin as a row of cables does")]
    NoRow,
    /// A page without text.
    #[error("the page has no text")]
    NoBlock,
    /// A page that breaks off before its cable begins.
    #[error("the page ends where its <pre> block begins")]
    OpenBlock,
    /// A line that is not a JSON object with `text`.
    #[error("no JSON object with \"text\": {0}")]
    Json(serde_json::Error),
    /// A JSON object without a text.
    #[error("no JSON object with \"text\": its keys are {0}")]
    NoText(String),
    /// JSON that ends inside of an object.
    #[error("the JSON ends inside of an object")]
    OpenObject,
    /// A cable that was parsed before.
    #[error("the output of cable2json: its cables were parsed before")]
    Parsed,
    /// A PDF that cannot be read.
    #[error("the PDF cannot be read: {0}")]
    Pdf(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_stand_in_the_text_that_is_read() {
        for (name, file, want) in [
            (
                "an entity of a transcript",
                "## Page 1\n\n**MRN:** 04 OSLO 1028\n\n---\n\nCOD &amp; &quot;EEL&quot;\n",
                "& \"EEL\"\n",
            ),
            ("old bytes of a transcript", "## Page 1\n\n**MRN:** 04 OSLO 1028\n\n---\n\nCAF\u{e9}\n", "\u{e9}\n"),
            ("old bytes of a letter", "Return-Path: <a@b>\nSubject: x\n\nCAF\u{e9}\n", "\u{e9}\n"),
        ] {
            let bytes: Vec<u8> = file.chars().map(|c| c as u8).collect();
            let wrapped = Reader::new("a", &bytes[..], None).next().unwrap().unwrap();
            let text = wrapped.open().unwrap().remove(0).text;
            let at = text.diagnostic.unwrap_or_else(|| panic!("{name}")).span.start;
            assert_eq!(text.text.get(at..), Some(want), "{name}");
        }
    }
}
