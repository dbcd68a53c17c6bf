//! The options, and the pipeline from text to cable.

use std::borrow::Cow;

use crate::archive::{attributes, record};
use crate::assemble::{self, Message, Parts};
use crate::cable::Parsed;
use crate::decode::{self, Decoded};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Severity};
use crate::error::ParseError;
use crate::field::authority::Authority;
use crate::field::dtg::CenturyRule;
use crate::identity::{self, Sources};
use crate::lines::{Line, Report};
use crate::literals::{self, Hit};
use crate::preamble::below;
use crate::region::{Region, RegionKind};
use crate::span::Span;
use crate::{body, cancellation, furniture, lines, preamble, publisher, release, repeated, scan, smart, text_head};

/// Reads cables, with options.
///
/// ```
/// use cablegram::{CenturyRule, Parser};
///
/// let parser = Parser::new().strict(true).century(CenturyRule { first_year: 1900 });
/// let parsed = parser.parse("P 281848Z DEC 66\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 461\n\nSUBJECT: FISH\n\n1. Cod.\n")?;
/// assert_eq!(parsed.cable.mrn.unwrap().id().as_deref(), Some("66OSLO461"));
/// # Ok::<(), cablegram::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parser {
    strict: bool,
    size_limit: usize,
    century: CenturyRule,
}

impl Default for Parser {
    fn default() -> Self {
        Self { strict: false, size_limit: Self::DEFAULT_SIZE_LIMIT, century: CenturyRule::default() }
    }
}

impl Parser {
    /// The size limit of a new parser: 64 MiB. The longest cable known has 66 KB.
    pub const DEFAULT_SIZE_LIMIT: usize = 64 << 20;

    /// A parser with the default options: lenient, up to 64 MiB, two-digit years from 1966 on.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether repairs and assumptions are rejected: a cable with a diagnostic of severity [`Warning`](Severity::Warning) or
    /// above gives [`ParseError::Strict`], which has the whole result.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// The longest text, in bytes, that is read; longer ones are [`ParseError::TooLarge`].
    #[must_use]
    pub fn size_limit(mut self, bytes: usize) -> Self {
        self.size_limit = bytes;
        self
    }

    /// How two-digit years are read.
    #[must_use]
    pub fn century(mut self, rule: CenturyRule) -> Self {
        self.century = rule;
        self
    }

    /// Reads the text of one cable.
    ///
    /// # Errors
    /// [`ParseError`] when the text is not a cable, is longer than the limit, or needed repair in strict mode.
    pub fn parse<'a>(&self, text: &'a str) -> Result<Parsed<'a>, ParseError> {
        self.parse_named(text, None)
    }

    /// Reads the text of one cable that has a name: a file's stem or an archive's id, such as `09ISLAMABAD2941`. The
    /// name is evidence for the message reference number; what the text lacks is taken from it, with a diagnostic.
    ///
    /// # Errors
    /// As [`Parser::parse`].
    pub fn parse_named<'a>(&self, text: &'a str, name: Option<&str>) -> Result<Parsed<'a>, ParseError> {
        self.accept(self.read_named(text, name)?)
    }

    /// Reads a text within the limit, as if not strict.
    fn read_named<'a>(&self, text: &'a str, name: Option<&str>) -> Result<Parsed<'a>, ParseError> {
        if text.len() > self.size_limit {
            return Err(ParseError::TooLarge { len: text.len(), limit: self.size_limit });
        }
        let content = text.trim_start_matches(BYTE_ORDER_MARK);
        decode::check_is_text(content)?;
        let parsed = self.read(content, name)?;
        Ok(if content.len() < text.len() { in_marked_text(parsed, text) } else { parsed })
    }

    /// Reads the bytes of one cable: UTF-8, or, where they are not, Windows-1252, which a diagnostic reports.
    ///
    /// Offsets are offsets into [`Parsed::text`], the decoded text. Of UTF-8, with its byte order mark or without one, they
    /// are those of the bytes.
    ///
    /// # Errors
    /// As [`Parser::parse`].
    pub fn parse_bytes<'a>(&self, bytes: &'a [u8]) -> Result<Parsed<'a>, ParseError> {
        let decoded = decode::decode(bytes);
        match decoded.text {
            // Borrowed from the bytes themselves, which live longer than `decoded`.
            Cow::Borrowed(text) => self.parse(text),
            Cow::Owned(_) => self.parse_decoded(&decoded, None).map(Parsed::into_owned),
        }
    }

    /// Reads decoded bytes; what was assumed in decoding is among the diagnostics, and a text that its container cut off
    /// is partial. For the name see [`Parser::parse_named`].
    ///
    /// # Errors
    /// As [`Parser::parse`].
    pub fn parse_decoded<'a>(&self, decoded: &'a Decoded<'_>, name: Option<&str>) -> Result<Parsed<'a>, ParseError> {
        let mut parsed = self
            .read_named(&decoded.text, name)
            .map_err(|error| if decoded.truncated { of_cut_off(error) } else { error })?;
        if let Some(wording) = &decoded.diagnostic {
            parsed.diagnostics.insert(0, wording.clone());
        }
        if decoded.truncated {
            report_cut_off(&mut parsed, &decoded.text);
        }
        self.accept(parsed)
    }

    /// The way of the data, top to bottom. Each stage sees what the one before it left.
    fn read<'a>(&self, text: &'a str, name: Option<&str>) -> Result<Parsed<'a>, ParseError> {
        let mut report = Report::default();
        let mut lines = lines::split(text);
        lines::report_unread(text, &lines, &mut report);
        report.regions.reserve(lines.len() / 2);
        record::part_label(&mut lines);
        let record = record::split(&lines, &mut report);
        let trailer = record.attributes.and_then(|range| lines.get(range)).map(|l| attributes::parse(l, &mut report));
        lines.truncate(record.message.end);
        lines.drain(..record.message.start.min(lines.len()));
        lines::undo_copying(&mut lines, &mut report);
        let hits = literals::find(text);
        let labels = smart::labels(&lines);
        cancellation::report(text, &hits, &mut report);
        release::take_out(&mut lines, labels, &mut report);
        let content = furniture::take_out(text, &mut lines, &hits, &mut report);
        let document = trailer.as_ref().and_then(attributes::Trailer::document);
        let record_name = "the Message Attributes";
        let sources = Sources { name, document, record: record_name, pages: &content.pages, century: self.century };
        let lines = publisher::take_out(content.lines, &mut report);
        let message = match smart::read(&lines, self.century, &mut report) {
            Some(record) => self.smart_record(text, record, &hits, &sources, &mut report),
            None => self.telegram(text, &lines, &hits, &sources, &mut report),
        };
        let parts =
            Parts { pages: content.pages, error_sign: content.error_sign, message, trailer, wrapped: record.wrapped };
        let cable = assemble::cable(text, parts, &mut report)?;
        Ok(Parsed {
            text: Cow::Borrowed(text),
            cable,
            regions: report.regions.partition(text),
            diagnostics: report.diagnostics.finish(),
        })
    }

    /// The way of a telegram: format lines, the head of the text, the text.
    fn telegram<'a>(
        &self,
        text: &'a str,
        lines: &[Line<'a>],
        hits: &[Hit],
        sources: &Sources<'_>,
        report: &mut Report,
    ) -> Message<'a> {
        let lines = &*scan::logical_lines(lines);
        let mut opening = preamble::read(lines, self.century, report);
        let identity = identity::identify(&opening, sources, report);
        let after = lines.get(opening.used..).unwrap_or_default();
        let after = &*below::take_addressees(after, &mut opening.header, report);
        let (mut head, rest) = text_head::read(after, identity.context(self.century), report);
        head.fill_from(&opening.above, identity.context(self.century), report);
        head.mend_subject(text, report);
        let rest = repeated::take_out(rest, after, &mut opening, self.century, report);
        let officer = head.authority.as_ref().and_then(Authority::surname);
        let body = body::read(text, rest, hits, officer, head.subject.as_deref(), report);
        Message { opening, identity, head, body }
    }

    /// The way of a record of SMART: labelled lines, the text; the telegram of an older system inside goes its own way, and
    /// the labelled lines complete it.
    fn smart_record<'a>(
        &self,
        text: &'a str,
        mut record: smart::Record<'a>,
        hits: &[Hit],
        sources: &Sources<'_>,
        report: &mut Report,
    ) -> Message<'a> {
        if let Some(lines) = record.telegram(self.century) {
            let sources = Sources { document: record.document(), record: "the labels of the record", ..*sources };
            let mut message = self.telegram(text, lines, hits, &sources, report);
            let identity = message.identity.clone();
            record.complete(&mut message, identity.context(self.century), report);
            return message;
        }
        let identity = identity::identify(&record.opening, sources, report);
        let head = record.head(identity.context(self.century), report);
        let body = record.body(text, hits, report);
        Message { opening: record.opening, identity, head, body }
    }

    /// In strict mode, rejects what needed repair.
    fn accept<'a>(&self, parsed: Parsed<'a>) -> Result<Parsed<'a>, ParseError> {
        if self.strict && parsed.diagnostics.iter().any(|diagnostic| diagnostic.severity >= Severity::Warning) {
            return Err(ParseError::Strict(Box::new(parsed.into_owned())));
        }
        Ok(parsed)
    }
}

/// What a text may begin with that is no part of it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What was read of the text after its byte order mark, with offsets into the whole.
fn in_marked_text<'a>(mut parsed: Parsed<'a>, whole: &'a str) -> Parsed<'a> {
    let mark = whole.len() - parsed.text.len();
    let move_on = |span: &mut Span| *span = Span::new(span.start + mark, span.end + mark);
    parsed.regions.iter_mut().for_each(|region| move_on(&mut region.span));
    parsed.diagnostics.iter_mut().for_each(|diagnostic| move_on(&mut diagnostic.span));
    match parsed.regions.first_mut().filter(|region| region.kind == RegionKind::Blank) {
        Some(first) => first.span.start = 0,
        None => parsed.regions.insert(0, Region { span: Span::new(0, mark), kind: RegionKind::Blank }),
    }
    parsed.text = Cow::Borrowed(whole);
    parsed
}

/// A text whose container ended too early is partial, and what stands last is where it breaks off.
fn report_cut_off(parsed: &mut Parsed<'_>, text: &str) {
    parsed.cable.partial = true;
    let code = DiagnosticCode::TextCutOff;
    if parsed.diagnostics.iter().any(|wording| wording.code == code) {
        return;
    }
    let last = text.trim_end();
    let span = Span::new(last.char_indices().next_back().map_or(0, |(i, _)| i), last.len());
    let message = "what the text was kept in ends here, before the text does".to_owned();
    parsed.diagnostics.push(Diagnostic { code, severity: code.severity(), span, message });
    parsed.diagnostics.sort_by_key(|wording| (wording.span.start, wording.span.end));
}

/// The same error, for a text whose container ended too early.
fn of_cut_off(error: ParseError) -> ParseError {
    match error {
        ParseError::NotACable { found } => {
            ParseError::NotACable { found: format!("{found}; what it was kept in breaks off") }
        }
        other => other,
    }
}
