//! The place of each value of a cable in the text.
//!
//! The stages mark which line belongs to which field; the values are found again in the lines of their field when they
//! are asked for. So no value carries its place, and equality and JSON of a cable do not depend on it.
//!
//! Values are looked for without their white space and regardless of case, in the order of the cable: a subject over
//! three lines has three stretches, and `S E N S I T I V E` is where `SENSITIVE` stands.

use std::collections::BTreeMap;
use std::fmt;

use crate::cable::{Block, Cable, Parsed};
use crate::field::addressee::Addressee;
use crate::knowledge;
use crate::region::{Region, RegionKind};
use crate::span::Span;

/// The values of a cable by their places: [`Parsed::spans`].
///
/// ```
/// use cablegram::FieldPath;
///
/// let text = "UNCLAS OSLO 000461\n\nTAGS: SENVEFIS, NO\nSUBJECT: THE FISH MARKET\nMOVES INDOORS\n\n1. (U) Cod.\n";
/// let parsed = cablegram::parse(text)?;
/// let spans = parsed.spans();
/// let written = |path| spans.get(path).iter().filter_map(|span| span.slice(text)).collect::<Vec<_>>();
/// assert_eq!(written(FieldPath::Tag(1)), ["EFIS"]);
/// assert_eq!(written(FieldPath::Subject), ["THE FISH MARKET", "MOVES INDOORS"]);
/// assert_eq!(written(FieldPath::Block(0)), ["Cod."]);
/// assert_eq!(spans.at(text.find("EFIS").unwrap()), Some(FieldPath::Tag(1)));
/// # Ok::<(), cablegram::ParseError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(BTreeMap<FieldPath, Vec<Span>>);

/// A value of a cable. `{}` writes it as the JSON Pointer of its value: `/tags/2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FieldPath {
    /// Format line 1.
    TransmissionId,
    /// A routing indicator of format line 2.
    RoutingIndicator(usize),
    /// The sending station of format line 3.
    Station,
    /// The station serial number of format line 3.
    StationSerial,
    /// The filing time of format line 3.
    FilingTime,
    /// Format line 4.
    Security,
    /// The block of offices.
    Distribution,
    /// The block of drafters.
    Drafting,
    /// The precedence of format line 5.
    Precedence,
    /// The date-time group.
    Dtg,
    /// The originator.
    From,
    /// An action addressee, with its routing indicator and serial.
    To(usize),
    /// An information addressee.
    Info(usize),
    /// An exempted addressee.
    Exempted(usize),
    /// The level on the classification line.
    Classification,
    /// The section on the classification line.
    Section,
    /// Post and number on the classification line.
    Mrn,
    /// A caption.
    Caption(usize),
    /// A passing instruction.
    PassLine(usize),
    /// What a corrected copy corrects.
    CorrectedCopy,
    /// The number of the executive order and its instruction.
    ExecutiveOrder,
    /// A TAG.
    Tag(usize),
    /// The subject, without its mark.
    Subject,
    /// The portion mark of the subject.
    SubjectMark,
    /// A reference, without its label.
    Reference(usize),
    /// What `Classified By` names.
    ClassifiedBy,
    /// A reason of `Classified By`.
    Reason(usize),
    /// The text of a block of the body, without number and mark.
    Block(usize),
    /// The number of the paragraph that is this block.
    ParagraphNumber(usize),
    /// The portion mark of the paragraph that is this block.
    PortionMark(usize),
    /// The signature.
    Signature,
    /// The Message Attributes.
    Attributes,
}

impl fmt::Display for FieldPath {
    /// The JSON Pointer of the value in the JSON of its cable.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TransmissionId => f.write_str("/transmission/id"),
            Self::RoutingIndicator(nth) => write!(f, "/transmission/routing_indicators/{nth}"),
            Self::Station => f.write_str("/transmission/station"),
            Self::StationSerial => f.write_str("/transmission/serial"),
            Self::FilingTime => f.write_str("/transmission/filing_time"),
            Self::Security => f.write_str("/transmission/security"),
            Self::Distribution => f.write_str("/distribution"),
            Self::Drafting => f.write_str("/drafting"),
            Self::Precedence => f.write_str("/precedence"),
            Self::Dtg => f.write_str("/dtg"),
            Self::From => f.write_str("/from"),
            Self::To(nth) => write!(f, "/to/{nth}"),
            Self::Info(nth) => write!(f, "/info/{nth}"),
            Self::Exempted(nth) => write!(f, "/exempted/{nth}"),
            Self::Classification => f.write_str("/classification"),
            Self::Section => f.write_str("/section"),
            Self::Mrn => f.write_str("/mrn"),
            Self::Caption(nth) => write!(f, "/captions/{nth}"),
            Self::PassLine(nth) => write!(f, "/pass_lines/{nth}"),
            Self::CorrectedCopy => f.write_str("/corrected_copy"),
            Self::ExecutiveOrder => f.write_str("/executive_order"),
            Self::Tag(nth) => write!(f, "/tags/{nth}"),
            Self::Subject => f.write_str("/subject"),
            Self::SubjectMark => f.write_str("/subject_mark"),
            Self::Reference(nth) => write!(f, "/references/{nth}"),
            Self::ClassifiedBy => f.write_str("/classified_by"),
            Self::Reason(nth) => write!(f, "/classified_by/reasons/{nth}"),
            Self::Block(nth) => write!(f, "/body/{nth}/text"),
            Self::ParagraphNumber(nth) => write!(f, "/body/{nth}/number"),
            Self::PortionMark(nth) => write!(f, "/body/{nth}/portion_mark"),
            Self::Signature => f.write_str("/signature"),
            Self::Attributes => f.write_str("/attributes"),
        }
    }
}

impl Spans {
    /// The stretches of a value in the order of the text; none where it does not stand in the text as it was read: it was
    /// taken from the document's name, or was changed since.
    pub fn get(&self, path: FieldPath) -> &[Span] {
        self.0.get(&path).map_or(&[], Vec::as_slice)
    }

    /// From the first character of a value to its last one, with what is between its stretches.
    pub fn hull(&self, path: FieldPath) -> Option<Span> {
        self.get(path).iter().copied().reduce(Span::to)
    }

    /// All values that were found, in the order of [`FieldPath`].
    pub fn iter(&self) -> impl Iterator<Item = (FieldPath, &[Span])> {
        self.0.iter().map(|(path, spans)| (*path, spans.as_slice()))
    }

    /// The value at an offset; of several, the one with the shortest stretch there.
    pub fn at(&self, offset: usize) -> Option<FieldPath> {
        let here = |span: &&Span| (span.start..span.end).contains(&offset);
        let found = self.iter().filter_map(|(path, spans)| Some((spans.iter().find(here)?.len(), path)));
        found.min().map(|(_, path)| path)
    }

    fn put(&mut self, path: FieldPath, spans: Vec<Span>) {
        if !spans.is_empty() {
            self.0.insert(path, spans);
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Spans {
    /// An object with the JSON Pointer of each value.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(path, spans)| (path.to_string(), spans)))
    }
}

impl Parsed<'_> {
    /// Finds each value of the cable in the text.
    ///
    /// It is made when it is asked for, in one pass over the fields and one over the body.
    pub fn spans(&self) -> Spans {
        let mut out = Spans::default();
        let lines =
            |kind: RegionKind| self.regions.iter().filter(move |region| region.kind == kind).map(|region| region.span);
        let field = |kinds: &[RegionKind]| Field::new(&self.text, kinds.iter().flat_map(|kind| lines(*kind)));
        header(&self.cable, &field, &mut out);
        head(&self.cable, &field, &mut out);
        body(&self.cable, &self.text, &self.regions, &mut out);
        for (path, kind) in [
            (FieldPath::Distribution, RegionKind::Distribution),
            (FieldPath::Drafting, RegionKind::Drafting),
            (FieldPath::Attributes, RegionKind::Attributes),
        ] {
            out.put(path, lines(kind).collect());
        }
        out
    }
}

/// The path of the addressee with this index in its list.
type PathOf = fn(usize) -> FieldPath;

/// Format lines 1 to 9.
fn header<'t>(cable: &Cable<'_>, field: &impl Fn(&[RegionKind]) -> Field<'t>, out: &mut Spans) {
    use RegionKind::{Attributes, Dtg, Exempted, From, Info, Routing, Security, Station, To, TransmissionId};
    if let Some(transmission) = &cable.transmission {
        out.put(FieldPath::TransmissionId, field(&[TransmissionId]).find_some(transmission.id.as_deref()));
        let mut routing = field(&[Routing]);
        for (nth, indicator) in transmission.routing_indicators.iter().enumerate() {
            out.put(FieldPath::RoutingIndicator(nth), routing.find(indicator));
        }
        let mut station = field(&[Station]);
        out.put(FieldPath::Station, station.find_some(transmission.station.as_deref()));
        out.put(FieldPath::StationSerial, station.find_some(transmission.serial.as_deref()));
        out.put(FieldPath::FilingTime, station.find_some(transmission.filing_time.as_deref()));
        let security = transmission.security.as_ref().map(ToString::to_string);
        out.put(FieldPath::Security, field(&[Security]).find_some(security.as_deref()));
    }
    let mut dtg = field(&[Dtg]);
    if let Some(precedence) = cable.precedence {
        out.put(FieldPath::Precedence, dtg.find(&precedence.to_string()));
    }
    out.put(FieldPath::Dtg, dtg.find_some(cable.dtg.as_ref().map(|dtg| &*dtg.text)));
    out.put(FieldPath::From, field(&[From, Attributes]).find_some(cable.from.as_ref().map(|from| &*from.name)));
    let lists: [(PathOf, RegionKind, &[Addressee<'_>]); 3] = [
        (FieldPath::To, To, &cable.to),
        (FieldPath::Info, Info, &cable.info),
        (FieldPath::Exempted, Exempted, &cable.exempted),
    ];
    for (path, kind, list) in lists {
        let mut lines = field(&[kind, Attributes]);
        for (nth, addressee) in list.iter().enumerate() {
            let parts = [addressee.routing_indicator.as_deref(), Some(&*addressee.name), addressee.serial.as_deref()];
            out.put(path(nth), lines.find_parts(parts.into_iter().flatten()));
        }
    }
}

/// The head of the text, from the classification line on.
fn head<'t>(cable: &Cable<'_>, field: &impl Fn(&[RegionKind]) -> Field<'t>, out: &mut Spans) {
    use RegionKind::{
        Attributes, Authority, Caption, ClassLine, CorrectedCopy, ExecutiveOrder, Paragraph, PassLine, Reference,
        Signature, Subject, Tags,
    };
    let mut line = field(&[ClassLine]);
    out.put(FieldPath::Classification, line.find_some(cable.classification.as_ref().map(|c| &*c.text)));
    if cable.section.of.is_some() {
        out.put(FieldPath::Section, line.find_section());
    }
    if let Some(mrn) = &cable.mrn {
        out.put(FieldPath::Mrn, line.find_number(&mrn.post, mrn.number));
    }
    list(&cable.captions, FieldPath::Caption, field(&[ClassLine, Caption, Attributes]), out);
    list(&cable.pass_lines, FieldPath::PassLine, field(&[PassLine]), out);
    out.put(FieldPath::CorrectedCopy, field(&[CorrectedCopy]).find_some(cable.corrected_copy.as_deref()));
    if let Some(order) = &cable.executive_order {
        let number = order.number.map(|number| number.to_string()).unwrap_or_default();
        out.put(FieldPath::ExecutiveOrder, field(&[ExecutiveOrder, Attributes]).find_parts([&*number, &*order.text]));
    }
    let tags: Vec<&str> = cable.tags.iter().map(|tag| &*tag.tag).collect();
    list(&tags, FieldPath::Tag, field(&[Tags, Attributes]), out);
    let mut subject = field(&[Subject, Attributes]);
    out.put(FieldPath::SubjectMark, subject.find_some(cable.subject_mark.as_ref().map(AsRef::as_ref)));
    out.put(FieldPath::Subject, subject.find_some(cable.subject.as_deref()));
    let references: Vec<&str> = cable.references.iter().map(|reference| &*reference.text).collect();
    list(&references, FieldPath::Reference, field(&[Reference]), out);
    if let Some(authority) = &cable.classified_by {
        let mut lines = field(&[Authority]);
        if lines.is_empty() {
            lines = field(&[Paragraph]);
        }
        out.put(FieldPath::ClassifiedBy, lines.find(&authority.text));
        lines.cursor = 0;
        for (nth, reason) in authority.reasons.iter().enumerate() {
            // `1.4 (b) and (d)` has the section once.
            let letter = reason.find('(').and_then(|at| reason.get(at..)).unwrap_or(reason);
            let found = lines.find(reason);
            out.put(FieldPath::Reason(nth), if found.is_empty() { lines.find(letter) } else { found });
        }
    }
    out.put(FieldPath::Signature, field(&[Signature]).find_some(cable.signature.as_deref()));
}

/// The values of a list, in their order.
fn list(values: &[impl AsRef<str>], path: fn(usize) -> FieldPath, mut field: Field<'_>, out: &mut Spans) {
    for (nth, value) in values.iter().enumerate() {
        out.put(path(nth), field.find(value.as_ref()));
    }
}

/// The blocks of the body, each with its number and its mark.
fn body(cable: &Cable<'_>, text: &str, regions: &[Region], out: &mut Spans) {
    let is_body =
        |region: &&Region| matches!(region.kind, RegionKind::Paragraph | RegionKind::Heading | RegionKind::Text);
    let mut lines = Field::new(text, regions.iter().filter(is_body).map(|region| region.span));
    for (nth, block) in cable.body.iter().enumerate() {
        let from = lines.cursor;
        let found = lines.find_long(&block.text().to_cow());
        if let Some(first) = found.first() {
            let before = Span::new(lines.offset(from), first.start);
            out.put(FieldPath::ParagraphNumber(nth), number_before(block, before, text));
            let mark = block.portion_mark().and_then(|mark| {
                let at = before.slice(text)?.rfind(mark.as_str())?;
                Some(Span::new(before.start + at, before.start + at + mark.as_str().len()))
            });
            out.put(FieldPath::PortionMark(nth), mark.into_iter().collect());
        }
        out.put(FieldPath::Block(nth), found);
    }
}

/// The last digits between the block before a paragraph and its text.
fn number_before(block: &Block<'_>, between: Span, text: &str) -> Vec<Span> {
    let Some(written) = between.slice(text).filter(|_| block.number().is_some()) else { return Vec::new() };
    let end = written.rfind(|c: char| c.is_ascii_digit()).map(|at| at + 1);
    let span = end.and_then(|end| {
        let digits = written.get(..end)?.bytes().rev().take_while(u8::is_ascii_digit).count();
        Some(Span::new(between.start + end - digits, between.start + end))
    });
    span.into_iter().collect()
}

/// The lines of a field without their white space, in capitals, in which its values are found one after the other.
struct Field<'t> {
    text: &'t str,
    letters: String,
    /// For each byte of the letters its offset in the text.
    offsets: Vec<usize>,
    /// Where the next value is looked for first.
    cursor: usize,
    /// How many more letters may be passed over: values in their order cost one pass over the field, others more.
    left: usize,
}

/// So many passes over a field are made at the most.
const PASSES: usize = 64;

/// So many letters at both ends of a long value are enough to know it again.
const ENDS: usize = 32;

impl<'t> Field<'t> {
    /// These lines, in their order.
    fn new(text: &'t str, lines: impl Iterator<Item = Span>) -> Self {
        let mut out = Self { text, letters: String::new(), offsets: Vec::new(), cursor: 0, left: 0 };
        lines.for_each(|line| out.add(line));
        out.left = out.letters.len() * PASSES;
        out
    }

    fn add(&mut self, span: Span) {
        let line = span.slice(self.text).unwrap_or_default();
        for (at, c) in line.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            self.letters.push(c.to_ascii_uppercase());
            self.offsets.extend((0..c.len_utf8()).map(|byte| span.start + at + byte));
        }
    }

    fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The offset in the text of a place among the letters.
    fn offset(&self, at: usize) -> usize {
        let end = || self.offsets.last().map_or(0, |last| last + 1);
        self.offsets.get(at).copied().unwrap_or_else(end)
    }

    fn find_some(&mut self, value: Option<&str>) -> Vec<Span> {
        value.map(|value| self.find(value)).unwrap_or_default()
    }

    /// The stretches of the next place where a value stands, else of the first one.
    fn find(&mut self, value: &str) -> Vec<Span> {
        let literal = letters(value);
        let Some(at) = self.place(&literal) else { return Vec::new() };
        self.cursor = at + literal.len();
        self.stretches(at, self.cursor)
    }

    /// The same for a value of several parts, of which the name decides; what stands between them belongs to it.
    fn find_parts<'v>(&mut self, parts: impl IntoIterator<Item = &'v str>) -> Vec<Span> {
        let mut whole: Option<(usize, usize)> = None;
        for part in parts {
            let literal = letters(part);
            let Some(at) = self.place(&literal) else { continue };
            // What is far from the other parts is another value's.
            if whole.is_some_and(|(_, end)| at < end || at > end + ENDS) {
                continue;
            }
            self.cursor = at + literal.len();
            whole = Some((whole.map_or(at, |(start, _)| start), self.cursor));
        }
        whole.map(|(start, end)| self.stretches(start, end)).unwrap_or_default()
    }

    /// The same for a long text: from its first letters on, as a whole or up to its last ones.
    fn find_long(&mut self, value: &str) -> Vec<Span> {
        let literal = letters(value);
        let Some((start, end)) = self.ends_of(&literal) else { return Vec::new() };
        self.cursor = end;
        self.stretches(start, end)
    }

    /// Where such a text begins and ends.
    fn ends_of(&mut self, literal: &str) -> Option<(usize, usize)> {
        let start = self.search(literal.get(..ENDS).unwrap_or(literal), self.cursor)?;
        if self.letters.get(start..)?.starts_with(literal) {
            return Some((start, start + literal.len()));
        }
        let last = literal.get(literal.len().checked_sub(ENDS)?..)?;
        Some((start, self.search(last, start)? + last.len()))
    }

    /// Where letters stand next; a place at which a word begins comes before one inside of a word.
    fn place(&mut self, literal: &str) -> Option<usize> {
        let first = match self.search(literal, self.cursor) {
            Some(first) => first,
            None => self.search(literal, 0)?,
        };
        let mut at = first;
        for _ in 0..=ENDS {
            if at == self.cursor || self.begins_word(at) {
                return Some(at);
            }
            let Some(next) = self.search(literal, at + literal.len()) else { break };
            at = next;
        }
        Some(first)
    }

    /// The first place of letters from a place on.
    fn search(&mut self, literal: &str, from: usize) -> Option<usize> {
        if literal.is_empty() || self.left == 0 {
            return None;
        }
        let found = self.letters.get(from..)?.find(literal).map(|at| from + at);
        self.left = self.left.saturating_sub(found.unwrap_or(self.letters.len()) - from);
        found
    }

    fn begins_word(&self, at: usize) -> bool {
        let before = self.text.get(..self.offset(at)).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    }

    /// The words of the section: from `SECTION` to the digits after `OF`.
    fn find_section(&mut self) -> Vec<Span> {
        let Some(start) = self.letters.find("SECT") else { return Vec::new() };
        let rest = self.letters.get(start..).unwrap_or_default();
        let of = rest.find("OF").map_or(0, |at| at + 2);
        // Further digits on the line are those of the post or the message number, after letters or a space.
        let digits = |at: &usize| self.letters.as_bytes().get(*at).is_some_and(u8::is_ascii_digit);
        let first = start + of;
        let together = |at: &usize| *at == first || self.offset(*at) == self.offset(at - 1) + 1;
        let end = (first..=self.letters.len())
            .take_while(|at| digits(at) && together(at))
            .last()
            .map_or(first, |last| last + 1);
        self.stretches(start, end)
    }

    /// The post and the message number: digits that have its value, with the post's name where it stands before them.
    fn find_number(&mut self, post: &str, number: u32) -> Vec<Span> {
        let name = letters(knowledge::post(post).map_or(post, |row| row.display));
        let mut at = 0;
        while let Some(found) = self.letters.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
            let start = at + found;
            let digits = self.letters.bytes().skip(start).take_while(u8::is_ascii_digit).count();
            at = start + digits;
            let run = self.letters.get(start..at).unwrap_or_default();
            // A section stands before the post, a second serial after the number.
            if run.trim_start_matches('0').parse() == Ok(number) {
                let named = self.letters.get(..start).is_some_and(|before| before.ends_with(&*name));
                let start = if named { start - name.len() } else { start };
                return self.stretches(start, at);
            }
        }
        Vec::new()
    }

    /// The letters of a range as stretches of the text: spaces alone do not part them.
    fn stretches(&self, start: usize, end: usize) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        for offset in self.offsets.get(start..end).unwrap_or_default() {
            let between = out.last().and_then(|last| self.text.get(last.end..*offset));
            match (out.last_mut(), between) {
                (Some(last), Some(between)) if between.bytes().all(|b| matches!(b, b' ' | b'\t')) => {
                    last.end = offset + 1;
                }
                // Inside of a character of several bytes.
                (Some(last), None) if last.end == *offset => last.end = offset + 1,
                _ => out.push(Span::new(*offset, offset + 1)),
            }
        }
        out
    }
}

/// A value without its white space, in capitals.
fn letters(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}
