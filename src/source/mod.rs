//! Cables out of what they are kept in: web pages, CSV dumps, JSON Lines, gzip of each; PDF with the feature `pdf`.
//!
//! Two steps, so that the second can run on many cores. A [`Reader`] cuts a stream into [`Wrapped`] documents, one
//! file, row or line at a time; [`Wrapped::open`] takes the text of the cable out of each.
//!
//! ```
//! use cablegram::source::Reader;
//!
//! let lines = br#"{"id": "09OSLO461", "text": "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n"}"#;
//! for wrapped in Reader::new("cables.jsonl", &lines[..], None) {
//!     let document = wrapped?.open()?;
//!     let parsed = cablegram::Parser::new().parse_decoded(&document.text, document.name.as_deref())?;
//!     assert_eq!(parsed.cable.mrn.and_then(|mrn| mrn.id()).as_deref(), Some("09OSLO461"));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod csv;
mod gzip;
mod html;
mod jsonl;
mod line;
#[cfg(feature = "pdf")]
mod pdf;
mod plusd;
mod reader;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

pub use reader::Reader;

use crate::decode::{Decoded, decode};
use crate::document::{Container, DocumentSource};
use crate::parser::Parser;

/// The longest document, row or line that is read, as for a text: nothing longer is held in memory.
const LIMIT: usize = Parser::DEFAULT_SIZE_LIMIT;

/// What a container says of a cable.
type Metadata = BTreeMap<String, String>;

/// Where a document stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The file, or `-` for standard input.
    pub path: String,
    /// Which document of the file, from 0.
    pub index: usize,
    /// The line where its row begins, from 1; `None` where a file is one document.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, index, line } = self;
        match line {
            Some(line) => write!(f, "{path}, row {} (line {line})", index + 1),
            None => f.write_str(path),
        }
    }
}

/// A document as it stands in its container.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wrapped {
    /// Where it stands.
    pub place: Place,
    /// In what it is wrapped; text and markdown are told apart when it is opened, where nothing was asked for.
    pub container: Container,
    /// Its bytes: a file, a row, a line.
    pub bytes: Vec<u8>,
    /// Whether the container was asked for, and not told by content.
    asked: bool,
}

/// A document out of its container.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Opened {
    /// Where it came from, as the JSON has it.
    pub source: DocumentSource,
    /// Where it stands, as messages have it.
    pub place: Place,
    /// The name under which it was kept: a witness for the message reference number.
    pub name: Option<String>,
    /// The text of the cable.
    pub text: Decoded<'static>,
}

impl Wrapped {
    /// Takes the text of the cable out of its container.
    ///
    /// # Errors
    /// [`SourceError`] when a row or page is damaged.
    pub fn open(self) -> Result<Opened, SourceError> {
        let Self { place, container, bytes, asked } = self;
        let content = match container {
            Container::Text | Container::Markdown => Ok(Content::of(decoded(bytes))),
            Container::Html if plusd::is_page(&bytes) => plusd::open(&bytes),
            Container::Html => html::open(&bytes),
            Container::Csv => csv::open(&bytes),
            Container::Jsonl => jsonl::open(&bytes),
            #[cfg(feature = "pdf")]
            Container::Pdf => pdf::open(&bytes),
            #[cfg(not(feature = "pdf"))]
            Container::Pdf => Err(Fault::Pdf(
                "this program was built without the feature `pdf`: cargo build --features pdf".to_owned(),
            )),
        };
        let Content { text, name, metadata } = match content {
            Ok(content) => content,
            Err(fault) => return Err(SourceError { place, fault }),
        };
        let container = match container {
            Container::Text if !asked => Container::of(&text.text),
            known => known,
        };
        let name = name.or_else(|| stem(&place));
        let path = place.path.clone();
        let source = DocumentSource { path, index: place.index, container, bytes: text.text.len(), metadata };
        Ok(Opened { source, place, name, text })
    }
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
            Decoded { text: Cow::Owned(text), diagnostic: None, cut_off: false }
        }
        Ok(text) => owned(decode(text.as_bytes())),
        Err(error) => owned(decode(error.as_bytes())),
    }
}

fn owned(decoded: Decoded<'_>) -> Decoded<'static> {
    Decoded { text: Cow::Owned(decoded.text.into_owned()), diagnostic: decoded.diagnostic, cut_off: false }
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
    /// A document, row or line that is too long.
    #[error("longer than {limit} bytes")]
    TooLarge {
        /// How long one may be.
        limit: usize,
    },
    /// A row with too many or too few columns.
    #[error("a row of cables has 8 columns, this one has {0}")]
    Columns(usize),
    /// A field without its closing quote.
    #[error("a quoted field does not end before the next row or the end of the file")]
    OpenQuote,
    /// A quote that is neither escaped, nor at an end of a field.
    #[error("a quote inside of a field is not escaped")]
    StrayQuote,
    /// Lines that belong to no row.
    #[error("what stands here does not begin as a row of cables does")]
    NoRow,
    /// A page without a cable.
    #[error("no <pre> block: the page has no cable")]
    NoBlock,
    /// A page that breaks off before its cable begins.
    #[error("the page ends where its <pre> block begins")]
    OpenBlock,
    /// A line that is no JSON object with `text`.
    #[error("no JSON object with \"text\": {0}")]
    Json(serde_json::Error),
    /// A PDF that cannot be read.
    #[error("the PDF cannot be read: {0}")]
    Pdf(String),
}
