//! Reads US State Department cables (diplomatic telegrams) into typed structs.
//!
//! A cable is a message in the format lines of ACP 127, with the head that the Department of State puts on its text:
//! classification line, captions, executive order, TAGS, subject, references. Transmission, printing and publishing have
//! damaged most copies in many ways. This crate reads what is there, repairs what can be repaired, and reports each repair.
//!
//! Two further pages: [what a cable looks like](_format), line by line, and a [cookbook](_cookbook).
//!
//! # One cable
//!
//! ```
//! use cablegram::{Block, DiagnosticCode};
//!
//! let text = "\
//! P 030915Z JUL 09
//! FM AMEMBASSY OSLO
//! TO RUEHC/SECSTATE WASHDC PRIORITY 6973
//! UNCLAS OSLO 000461
//!
//! SENSITIVE
//! SIPDIS
//!
//! E.O. 12958: N/A
//! TAGS: SENVEFIS, NO
//! SUBJECT: THE FISH MARKET MOVES INDOORS, AND
//! THE GULLS FOLLOW
//! REF: A. STATE 52001 (NOTAL)
//!
//! 11. (SBU) Summary. The fish market of Oslo has a roof.
//! The gulls have found the door. End summary.
//!
//! HALVORSEN
//! ";
//! let parsed = cablegram::parse(text)?;
//! let cable = &parsed.cable;
//! assert_eq!(cable.id().as_deref(), Some("09OSLO461"));
//! assert_eq!(cable.subject.as_deref(), Some("THE FISH MARKET MOVES INDOORS, AND THE GULLS FOLLOW"));
//! assert_eq!(cable.references[0].id().as_deref(), Some("09STATE52001"));
//! assert_eq!(cable.signature.as_deref(), Some("HALVORSEN"));
//! assert_eq!(cable.summary().as_deref(), Some("The fish market of Oslo has a roof. The gulls have found the door."));
//!
//! // A paragraph's text is joined when it is asked for.
//! let [Block::Paragraph { number: Some(1), portion_mark: Some(mark), text: paragraph }] = &cable.body[..] else {
//!     panic!("one paragraph");
//! };
//! assert_eq!((mark.as_str(), paragraph.lines().count()), ("SBU", 2));
//!
//! // Each repair is reported.
//! let codes: Vec<DiagnosticCode> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
//! assert_eq!(codes, [DiagnosticCode::TagsSplit, DiagnosticCode::ParagraphNumberRepaired]);
//! # Ok::<(), cablegram::ParseError>(())
//! ```
//!
//! # Overview
//!
//! * [`parse`] and [`parse_bytes`] read one cable with the default options; [`Parser`] has the options.
//! * Both return a [`Parsed`]: the text, a [`Cable`], its [`Region`]s and its [`Diagnostic`]s. For a document that is not a
//!   cable they return a [`ParseError`] with what was found.
//! * [`Document`] is a cable with its [`DocumentSource`]: the JSON of the program `cable2json`, which `serde` reads back. The
//!   feature `schemars` has its JSON Schema.
//! * [`Cable::to_telegram`] writes a cable as the canonical telegram of its family, or returns an error where it would read
//!   back otherwise; [`Cable::to_telegram_lossy`] writes it in any case.
//! * [`decode()`] makes text of bytes: UTF-8, or UTF-16 by its byte order mark; else it falls back to Windows-1252, with a
//!   diagnostic.
//! * [`knowledge`] has the tables of TAGS, posts, routing indicators, captions and executive orders; it can be used alone.
//! * `source`, with the feature `containers`, takes cables out of web pages, tables, JSON, mailboxes and SQL dumps, and
//!   gzip and zip of each, as a stream; with the feature `pdf` also out of PDFs.
//!
//! # Regions and diagnostics
//!
//! The regions of a text are contiguous and cover all of it: each byte belongs to one [`RegionKind`], and what no rule
//! explains is [`RegionKind::Unrecognised`]. [`byte_coverage`] gives the share that was understood. A field that
//! wraps has a region for each line, and a page line in the middle of a sentence has its own.
//!
//! ```
//! use cablegram::{RegionKind, Severity};
//!
//! let text = "UNCLAS OSLO 000461\n\nTAGS: SENVEFIS\nSUBJECT: THE FISH MARKET\nMOVES INDOORS\n\n1. The fish is fresh.\n";
//! let parsed = cablegram::parse(text)?;
//! assert_eq!(parsed.cable.subject.as_deref(), Some("THE FISH MARKET MOVES INDOORS"));
//! // Where the subject stands, with its label and line ends:
//! let of_subject = parsed.regions.iter().filter(|region| region.kind == RegionKind::Subject);
//! let lines: Vec<&str> = of_subject.filter_map(|region| region.span.slice(text)).collect();
//! assert_eq!(lines, ["SUBJECT: THE FISH MARKET\n", "MOVES INDOORS\n"]);
//! // And what was repaired, with its place:
//! let repaired = parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
//! let repaired: Vec<String> = repaired.map(ToString::to_string).collect();
//! assert_eq!(repaired, ["warning[tags-split] 26..34: \"SENVEFIS\" read as SENV, EFIS"]);
//! # Ok::<(), cablegram::ParseError>(())
//! ```
//!
//! A diagnostic has a [`DiagnosticCode`], a [`Severity`], a [`Span`] and a message. With a [`Severity::Note`] every value is
//! as written, with a [`Severity::Warning`] one was repaired or assumed, with a [`Severity::Error`] one is missing or
//! incomplete. [`DiagnosticCode::ALL`] is the closed list, [`DiagnosticCode::explanation`] the meaning of each.
//!
//! Offsets are bytes of [`Parsed::text`], the text that was parsed; after [`parse_bytes`] that is the decoded text.
//! [`Parsed::line_index`] turns them into lines and columns, and [`Parsed::spans`] finds each value of the cable: an
//! addressee, a TAG, a reason, all stretches of a paragraph.
//!
//! # Strict mode
//!
//! By default every cable is read, however damaged. With [`Parser::strict`] a cable with a warning or an error among its
//! diagnostics is rejected: [`ParseError::Strict`] has the whole result, and [`ParseError::rejected`] gives these
//! diagnostics. Notes pass.
//!
//! ```
//! use cablegram::{DiagnosticCode, Parser};
//!
//! let text = "\
//! P 030915Z JUL 09
//! FM AMEMBASSY OSLO
//! TO SECSTATE WASHDC
//! UNCLAS OSLO 461
//!
//! TAGS: SENVEFIS
//! SUBJECT: FISH
//!
//! 1. The fish is fresh.
//! ";
//! let refused = Parser::new().strict(true).parse(text);
//! let rejected: Vec<DiagnosticCode> = refused.unwrap_err().rejected().map(|diagnostic| diagnostic.code).collect();
//! assert_eq!(rejected, [DiagnosticCode::TagsSplit]);
//! ```
//!
//! # Ownership
//!
//! A [`Cable`] borrows from the input and allocates where pieces must be joined: a subject over two lines, a list. The text
//! of a block is a [`BodyText`]: slices of the input, joined when asked for. [`Cable::into_owned`], [`Parsed::into_owned`]
//! and the like return the same with the lifetime `'static`. [`parse_bytes`] borrows when the bytes are UTF-8, and returns
//! owned values when they had to be decoded.
//!
//! ```
//! use cablegram::{Cable, ParseError};
//!
//! /// The cable outlives the text that it was read from.
//! fn read(bytes: &[u8]) -> Result<Cable<'static>, ParseError> {
//!     Ok(cablegram::parse_bytes(bytes)?.cable.into_owned())
//! }
//!
//! let cable = read(b"UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n1. The fish is fresh.\n")?;
//! let [paragraph] = &cable.body[..] else { panic!("one paragraph") };
//! assert_eq!(paragraph.text().to_string(), "The fish is fresh.");
//! # Ok::<(), ParseError>(())
//! ```
//!
//! # Files and archives
//!
//! A file's bytes are decoded first, and its name is evidence for the message's number:
//!
//! ```no_run
//! use cablegram::{Parser, decode};
//!
//! let bytes = std::fs::read("09OSLO461.txt")?;
//! let decoded = decode(&bytes);
//! let parsed = Parser::new().parse_decoded(&decoded, Some("09OSLO461"))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The module `source` opens web pages, dumps, JSON and PDFs. A [`Document`] is written as JSON and read back.
//!
//! # Features
//!
//! | feature | what it brings |
//! |---|---|
//! | none | text in, typed cable out |
//! | `serde` (on by default) | `Serialize` and `Deserialize` of all values: the JSON of a [`Document`] |
//! | `containers` | the module `source`: cables out of web pages, tables, JSON, mailboxes, SQL dumps, gzip and zip of each |
//! | `pdf` | the same, and PDF |
//! | `schemars` | the JSON Schema: `schemars::schema_for!(cablegram::Document)` |
//!
//! # Limits
//!
//! No input is meant to cause a panic, and there is no `unsafe` code in this crate. Time and memory grow with the length of
//! the text and no faster. Texts longer than [`Parser::DEFAULT_SIZE_LIMIT`] are refused; [`Parser::size_limit`] sets another
//! limit. Of a text with more than two million lines the rest is not read ([`DiagnosticCode::LimitReached`]).
//!
//! ```
//! use cablegram::{ParseError, Parser};
//!
//! let text = "UNCLAS OSLO 000461\n\nSUBJECT: FISH\n";
//! let refused = Parser::new().size_limit(16).parse(text);
//! assert!(matches!(refused, Err(ParseError::TooLarge { .. })));
//! ```
//!
//! # What it does not do
//!
//! * Tables are not separated from text: a table stays in the paragraph that it follows.
//! * One call reads one document. A long cable whose sections are several files gives several cables;
//!   `cable2json --join-sections` joins them.
//! * Records of SMART of messages of 2009 and later are read after a description of their format; the three real records that
//!   were seen hold older messages. `Attachments` and `Dissemination Rule` are regions and have no field.
//! * The tables of TAGS, posts and routing indicators are not complete. An unknown code is kept as written.
//! * Whether a cable is genuine is not judged: a text that has the form of a cable is read as one.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod archive;
mod assemble;
mod assign;
mod body;
mod cable;
mod cancellation;
mod decode;
mod diagnostic;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod differential;
#[cfg(all(test, not(fuzzing)))]
mod differential;
mod document;
mod edit_distance;
mod error;
mod fast_path;
mod field;
mod furniture;
mod grammar;
mod header;
mod identity;
pub mod knowledge;
mod label;
mod line_index;
mod lines;
mod literals;
mod ornament;
mod parser;
mod preamble;
mod publisher;
mod record;
mod region;
mod release;
mod repeated;
mod scan;
#[cfg(feature = "schemars")]
mod schema;
mod sentence;
mod smart;
#[cfg(feature = "containers")]
pub mod source;
mod span;
mod spans;
mod tail;
mod text;
mod text_head;
mod value;
mod words;
mod write;

pub use archive::attributes::{Attributes, OtherAttributes};
pub use cable::{Block, Cable, CableDate, DateSource, Format, Parsed};
pub use chrono;
pub use decode::{Decoded, decode};
pub use diagnostic::{Diagnostic, DiagnosticCode, Severity};
pub use document::{Container, Document, DocumentParts, DocumentSource};
pub use error::ParseError;
pub use field::addressee::{Addressee, Originator};
pub use field::authority::Authority;
pub use field::classification::{Classification, Level, LevelError};
pub use field::distribution::{Direction, Distribution, DistributionRole, OfficeCopies};
pub use field::drafting::Drafting;
pub use field::dtg::{CenturyRule, Dtg};
pub use field::executive_order::{Declassification, DeclassificationDay, ExecutiveOrder};
pub use field::mrn::{Mrn, MrnError};
pub use field::portion_mark::{PortionMark, PortionMarkError};
pub use field::precedence::{MessagePrecedence, Precedence};
pub use field::reference::{Reference, ReferenceKind, ReferenceLabel, ReferenceLabelError};
pub use field::section::Section;
pub use field::tags::Tag;
pub use field::transmission::{Security, SecurityProsign, Transmission};
pub use knowledge::TagKind;
pub use line_index::{LineColumn, LineIndex};
pub use parser::Parser;
pub use region::{Region, RegionKind, byte_coverage};
pub use span::Span;
pub use spans::{FieldPath, Spans};
pub use text::BodyText;
pub use write::WriteError;

/// Reads the text of one cable with the default options.
///
/// # Errors
/// [`ParseError`] when the text is not a cable.
///
/// ```
/// let parsed = cablegram::parse("FM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY 6973\nUNCLAS OSLO 000461\n\nTAGS: KSCA, NO\n")?;
/// assert_eq!(parsed.cable.tags[1].name(None), Some("Norway"));
/// # Ok::<(), cablegram::ParseError>(())
/// ```
pub fn parse(text: &str) -> Result<Parsed<'_>, ParseError> {
    Parser::new().parse(text)
}

/// Reads the bytes of one cable with the default options, decoded as by [`decode()`].
///
/// # Errors
/// [`ParseError`] when the bytes are not a cable.
pub fn parse_bytes(bytes: &[u8]) -> Result<Parsed<'_>, ParseError> {
    Parser::new().parse_bytes(bytes)
}

/// A page of the documentation: what a cable looks like, line by line.
#[cfg(doc)]
#[doc = include_str!("../docs/FORMAT.md")]
pub mod _format {}

/// A page of the documentation: recipes for what people do with cables.
#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/COOKBOOK.md")]
pub mod _cookbook {}

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
