//! A cable with where it came from: one object of the JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::cable::{Cable, Parsed};
use crate::diagnostic::Diagnostic;
use crate::region::Region;
use crate::spans::Spans;

/// A cable as the JSON has it: where it came from, its fields, its diagnostics.
///
/// ```
/// use cablegram::{Document, DocumentSource};
///
/// let text = "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n";
/// let source = DocumentSource::new("oslo.txt", text);
/// let document = Document::new(source, cablegram::parse(text)?, false);
/// let json = serde_json::to_string(&document)?;
/// assert!(json.starts_with(r#"{"source":{"path":"oslo.txt","index":0,"container":"text","bytes":71,"metadata":null},"#));
/// let back: Document<'static> = serde_json::from_str(&json)?;
/// assert_eq!(back, document);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(transform = crate::schema::without_example))]
#[non_exhaustive]
pub struct Document<'a> {
    /// Where it came from.
    #[cfg_attr(feature = "serde", serde(default))]
    pub source: DocumentSource,
    /// The crate and the version of it that read the cable: `cablegram 0.1.0`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub parser: Cow<'static, str>,
    /// The cable.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub cable: Cable<'a>,
    /// What was repaired, assumed or not understood.
    #[cfg_attr(feature = "serde", serde(default))]
    pub diagnostics: Vec<Diagnostic>,
    /// The partition of the text, where it was asked for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub regions: Option<Vec<Region>>,
    /// The place of each value, where it was asked for. It is written and not read back.
    #[cfg_attr(feature = "serde", serde(skip_deserializing, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "schemars", schemars(with = "Option<BTreeMap<String, Vec<crate::Span>>>"))]
    pub spans: Option<Spans>,
    /// The text that all offsets are of, where it was asked for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub decoded_text: Option<Cow<'a, str>>,
}

/// What the documents of this version name as their parser.
const PARSER: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// What a document has besides the cable and its diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DocumentParts {
    /// The partition of the text.
    pub regions: bool,
    /// The place of each value.
    pub spans: bool,
    /// The decoded text.
    pub decoded_text: bool,
}

impl<'a> Document<'a> {
    /// A parsed cable with its source; `regions` keeps the partition.
    pub fn new(source: DocumentSource, parsed: Parsed<'a>, regions: bool) -> Self {
        Self::with_parts(source, parsed, DocumentParts { regions, ..DocumentParts::default() })
    }

    /// A parsed cable with its source and other parts.
    pub fn with_parts(source: DocumentSource, parsed: Parsed<'a>, parts: DocumentParts) -> Self {
        let spans = parts.spans.then(|| parsed.spans());
        let Parsed { cable, regions, diagnostics, text } = parsed;
        let (regions, decoded_text) = (parts.regions.then_some(regions), parts.decoded_text.then_some(text));
        Self { source, parser: Cow::Borrowed(PARSER), cable, diagnostics, regions, spans, decoded_text }
    }

    /// Returns the same document, which owns its text.
    pub fn into_owned(self) -> Document<'static> {
        Document {
            source: self.source,
            parser: self.parser,
            cable: self.cable.into_owned(),
            diagnostics: self.diagnostics,
            regions: self.regions,
            spans: self.spans,
            decoded_text: self.decoded_text.map(|text| Cow::Owned(text.into_owned())),
        }
    }
}

/// Where a cable came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DocumentSource {
    /// The file, or `-` for standard input.
    pub path: String,
    /// Which cable of the file, from 0.
    pub index: usize,
    /// In what it was wrapped.
    pub container: Container,
    /// The length of its decoded text, into which all offsets point.
    pub bytes: usize,
    /// What the container has about it besides the text; `None` where it has nothing.
    pub metadata: Option<BTreeMap<String, String>>,
}

impl DocumentSource {
    /// A file with one cable, and its decoded text.
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        Self { path: path.into(), index: 0, container: Container::of(text), bytes: text.len(), metadata: None }
    }
}

/// In what a cable is wrapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Container {
    /// Plain text.
    #[default]
    Text,
    /// A web page turned into markdown: TAGS are links, lines end in two spaces.
    Markdown,
    /// The web page on which a cable was published.
    Html,
    /// A row of a table: the dump with eight columns, or one whose columns have names.
    Csv,
    /// An object of JSON Lines or of a JSON array, with `text`.
    Jsonl,
    /// The National Archives' PDF of a telegram.
    Pdf,
    /// A letter (electronic mail), alone or in a mailbox.
    Mbox,
    /// A row of an SQL dump.
    Sql,
    /// An object that cable2json has written: a cable that was parsed before.
    Parsed,
    /// A wrapper of a later version, read from its JSON.
    #[cfg_attr(feature = "serde", serde(other))]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    Other,
}

impl Container {
    /// All containers.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Csv,
        Self::Jsonl,
        Self::Pdf,
        Self::Mbox,
        Self::Sql,
        Self::Parsed,
    ];

    /// Its name in the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Pdf => "pdf",
            Self::Mbox => "mbox",
            Self::Sql => "sql",
            Self::Parsed => "parsed",
            Self::Other => "other",
        }
    }

    /// Whether a text is plain or a markdown copy. With the feature `containers`, `source` identifies the others by their bytes.
    ///
    /// ```
    /// use cablegram::Container;
    ///
    /// assert_eq!(Container::of("TAGS: [PGOV](#) [PREL](#)\n"), Container::Markdown);
    /// assert_eq!(Container::of("TAGS: PGOV, PREL\n"), Container::Text);
    /// ```
    pub fn of(text: &str) -> Self {
        // A link right after the label of the TAGS is what no telegram has.
        let links = |line: &str| line.trim_start().to_ascii_uppercase().starts_with("TAGS") && line.contains("](");
        if text.lines().take(200).any(links) { Self::Markdown } else { Self::Text }
    }
}
