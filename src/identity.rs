//! Which message this is: year, post and number.
//!
//! The evidence is gathered, weighed by functions that know nothing else ([`vote`], [`post`]), and then it is reported what
//! the verdict rests on and who differs.

use std::borrow::Cow;

use chrono::Datelike;

use crate::diagnostic::DiagnosticCode;
use crate::field::addressee::Originator;
use crate::field::classification::ClassLine;
use crate::field::dtg::{self, CenturyRule};
use crate::field::mrn::{self, Mrn};
use crate::field::page_line::PageLine;
use crate::field::tags;
use crate::lines::Report;
use crate::preamble::Preamble;
use crate::span::Span;
use crate::text_head;

/// What else names the message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sources<'w> {
    /// The document's own name.
    pub(crate) name: Option<&'w str>,
    /// Year, post and number of an archive record's Document Number, and where it stands.
    pub(crate) document: Option<(i32, &'w str, u32, Span)>,
    /// What that document number is of: the Message Attributes, or the labels of a record of SMART.
    pub(crate) record: &'static str,
    pub(crate) pages: &'w [(PageLine<'w>, Span)],
    pub(crate) century: CenturyRule,
}

/// Which message this is, as far as it is known before the text head is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity<'a> {
    pub(crate) mrn: Option<Mrn<'a>>,
    year: Option<i32>,
    day: Option<u32>,
    countries: tags::Countries,
}

impl Identity<'_> {
    pub(crate) fn context(&self, century: CenturyRule) -> text_head::Context<'_> {
        text_head::Context {
            year: self.year,
            day: self.day,
            post: self.mrn.as_ref().map(|m| m.post.as_ref()),
            number: self.mrn.as_ref().map(|m| m.number),
            century,
            countries: self.countries,
        }
    }
}

/// Weighs what speaks for year, post and number.
pub(crate) fn identify<'a>(opening: &Preamble<'a>, sources: &Sources<'_>, report: &mut Report) -> Identity<'a> {
    let named = sources.name.and_then(mrn::from_document_id);
    let named_post = named.map(|(_, post, _)| post);
    let date = opening.header.dtg.as_ref().and_then(|d| d.utc);
    let own = own_class_line(opening, named_post, report);
    let confirmed = named.is_some_and(|(_, post, number)| own.is_some_and(|(line, _)| is_named(line, post, number)));
    let year = year(opening, sources, named.map(|(year, ..)| (year, confirmed)), report);
    let evidence = NumberEvidence::of(opening, own, sources, named.map(|(.., number)| number));
    let verdict = vote(&evidence);
    report_number(&evidence, verdict, opening, own.map(|(_, span)| span), sources, report);
    let post = post(opening, own, sources, named_post, report);
    let mrn = verdict.zip(post).map(|(verdict, post)| Mrn { year, post, number: verdict.number, airgram: false });
    let from: Option<&str> = opening.header.from.as_ref().and_then(Originator::post);
    let own = mrn.as_ref().map(|mrn| mrn.post.as_ref()).filter(|own| Some(*own) != from);
    #[allow(
        clippy::redundant_closure_for_method_calls,
        reason = "the method gives a longer lifetime than the others have"
    )]
    let to = opening.header.to.iter().filter_map(|to| to.post());
    let countries = tags::countries(from.into_iter().chain(own).chain(to));
    Identity { day: date.map(|d| d.ordinal()), mrn, year, countries }
}

/// The year: of the date-time group, which an impossible day has, too; of a labelled number; of the Message Attributes; of
/// the document's name.
fn year(opening: &Preamble<'_>, sources: &Sources<'_>, named: Option<(i32, bool)>, report: &mut Report) -> Option<i32> {
    let group = opening.header.dtg.as_ref();
    let written = group.and_then(|d| d.utc.map(|utc| utc.year()).or_else(|| dtg::year(&d.text, sources.century)));
    if let Some(year) = written.or(opening.year) {
        return Some(year);
    }
    let documented =
        sources.document.map(|(year, .., span)| (year, DiagnosticCode::FilledFromAttributes, span, sources.record));
    // The document's name is this message's: the classification line has its post and its number, too.
    if let (None, Some((year, true))) = (documented, named) {
        return Some(year);
    }
    let assumed =
        named.map(|(year, _)| (year, DiagnosticCode::MrnAssumed, opening.missed_here(), "the document's name"));
    let (year, code, span, source) = documented.or(assumed)?;
    report.emit(code, span, format!("no date-time group; the year {year} was taken from {source}"));
    Some(year)
}

/// Whether a classification line is of the post and the number that a document is named by.
fn is_named(line: &ClassLine<'_>, post: &str, number: u32) -> bool {
    let canonical = |name: &str| crate::knowledge::post(name).map(|post| post.canonical);
    line.number == Some(number) && canonical(line.post).is_some_and(|own| canonical(post) == Some(own))
}

/// The classification line, which counts for post and number together. One with another post than the originator and
/// the document's name, which agree, is another message's: it is reported, and does not count.
fn own_class_line<'p, 'a>(
    opening: &'p Preamble<'a>,
    named: Option<&str>,
    report: &mut Report,
) -> Option<(&'p ClassLine<'a>, Span)> {
    let (line, span) = opening.class_line.as_ref()?;
    let known = |name: &str| crate::knowledge::post(name).map(|post| post.canonical);
    let from = opening.header.from.as_ref().and_then(|from| known(from.post()?));
    let agreed = from.filter(|from| named.and_then(known) == Some(from));
    match (agreed, known(line.post)) {
        (Some(agreed), Some(other)) if agreed != other => {
            let message =
                format!("classification line of {other}, in a message from {agreed}, as the document is named");
            report.emit(DiagnosticCode::MrnDisagrees, *span, message);
            None
        }
        _ => Some((line, *span)),
    }
}

/// What speaks for a message number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct NumberEvidence {
    class_line: Option<u32>,
    /// Of the first page lines.
    pages: [Option<u32>; 3],
    /// Of the document's name.
    name: Option<u32>,
    /// Of the Document Number of a record.
    document: Option<u32>,
    /// The station serial, which is the number modulo 10000.
    serial: Option<u32>,
}

/// A message number has six digits at the most.
const LARGEST: u32 = 999_999;

/// The number that was elected, and the best source that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    number: u32,
    source: Source,
}

/// A source of a number, the most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    ClassLine,
    PageLines,
    Name,
    Document,
    /// Nothing but the station serial: the last four digits of the number, at the least.
    Serial,
}

impl Source {
    const fn votes(self) -> u32 {
        match self {
            Self::ClassLine | Self::Serial => 4,
            Self::PageLines => 1,
            Self::Name | Self::Document => 2,
        }
    }
}

impl NumberEvidence {
    fn of(
        opening: &Preamble<'_>,
        class_line: Option<(&ClassLine<'_>, Span)>,
        sources: &Sources<'_>,
        name: Option<u32>,
    ) -> Self {
        let mut pages = [None; 3];
        // A longer one is damaged.
        let whole = sources.pages.iter().filter(|(page, _)| page.number <= LARGEST);
        for (place, (page, _)) in pages.iter_mut().zip(whole) {
            *place = Some(page.number);
        }
        let transmission = opening.header.transmission.as_ref();
        Self {
            class_line: class_line.and_then(|(line, _)| line.number),
            pages,
            name,
            document: sources.document.map(|(_, _, number, _)| number),
            serial: transmission.and_then(|t| crate::grammar::number(t.serial.as_deref()?)),
        }
    }

    /// Each number that a source names, in the order of trust.
    fn ballots(&self) -> impl Iterator<Item = (u32, Source)> {
        let pages = self.pages.into_iter().flatten().map(|number| (number, Source::PageLines));
        let class_line = self.class_line.map(|number| (number, Source::ClassLine));
        let others = [(self.name, Source::Name), (self.document, Source::Document)];
        let others = others.into_iter().filter_map(|(number, source)| Some((number?, source)));
        class_line.into_iter().chain(pages).chain(others)
    }
}

/// The number with the most votes; of equal ones the first in the order of trust. The station serial votes for each number
/// that it may be the end of; where nothing else names a number, it is taken itself.
fn vote(evidence: &NumberEvidence) -> Option<Verdict> {
    let mut tally: Vec<(Verdict, u32)> = Vec::with_capacity(6);
    for (number, source) in evidence.ballots() {
        match tally.iter_mut().find(|(verdict, _)| verdict.number == number) {
            Some((_, votes)) => *votes += source.votes(),
            None => tally.push((Verdict { number, source }, source.votes())),
        }
    }
    let fits = |number: u32| evidence.serial.is_some_and(|serial| serial == number % 10_000);
    for (verdict, votes) in &mut tally {
        *votes += if fits(verdict.number) { Source::Serial.votes() } else { 0 };
    }
    let most = tally.iter().map(|(_, votes)| *votes).max();
    let elected = tally.iter().find(|(_, votes)| Some(*votes) == most).map(|(verdict, _)| *verdict);
    let serial = evidence.serial.filter(|serial| *serial > 0);
    elected.or(serial.map(|number| Verdict { number, source: Source::Serial }))
}

/// Reports what the number rests on where it is not the classification line, and what differs from it.
fn report_number(
    evidence: &NumberEvidence,
    verdict: Option<Verdict>,
    opening: &Preamble<'_>,
    class_line: Option<Span>,
    sources: &Sources<'_>,
    report: &mut Report,
) {
    let missed = opening.missed_here();
    let serial_span = opening.header.serial_span.unwrap_or_default();
    let Some(Verdict { number, source }) = verdict else {
        let message = "nothing names the message: no classification line with a number, no station serial";
        return report.emit(DiagnosticCode::MrnMissing, missed, message);
    };
    if source == Source::Serial {
        let message = format!("number {number} was taken from the station serial, which has four digits at the most");
        return report.emit(DiagnosticCode::MrnAssumed, serial_span, message);
    }
    if let Some(serial) = evidence.serial.filter(|serial| *serial != number % 10_000) {
        let message = format!("station serial {serial:04}, but message number {number}");
        report.emit(DiagnosticCode::SerialDisagrees, serial_span, message);
    }
    let class_line = class_line.filter(|_| evidence.class_line.is_some());
    match (evidence.class_line, class_line) {
        (Some(own), Some(span)) if own != number => {
            let message =
                format!("classification line has number {own}; {number} was taken, which the other sources name");
            report.emit(DiagnosticCode::MrnDisagrees, span, message);
        }
        (None, _) => report_assumed(number, source, opening, sources, report),
        _ => {}
    }
    for (page, span) in sources.pages.iter().filter(|(p, _)| p.number != number) {
        let message = format!("page line of {} {}, in message number {number}", page.post, page.number);
        report.emit(DiagnosticCode::PageLineDisagrees, *span, message);
    }
    if let Some(named) = evidence.name.filter(|named| *named != number) {
        let message = format!("the document's name has number {named}, its text {number}");
        report.emit(DiagnosticCode::MrnDisagrees, class_line.unwrap_or(missed), message);
    }
}

/// Reports from where a number was taken that no classification line has. A line that does not count was reported.
fn report_assumed(number: u32, source: Source, opening: &Preamble<'_>, sources: &Sources<'_>, report: &mut Report) {
    if opening.class_line.as_ref().is_some_and(|(line, _)| line.number.is_some()) {
        return;
    }
    if let Some((.., span)) = sources.document.filter(|(_, _, documented, _)| *documented == number) {
        let message = format!("number {number} was taken from {}; no classification line has one", sources.record);
        return report.emit(DiagnosticCode::FilledFromAttributes, span, message);
    }
    let from = if source == Source::PageLines { "the page lines" } else { "the document's name" };
    let message = format!("no number on a classification line; {number} was taken from {from}");
    report.emit(DiagnosticCode::MrnAssumed, opening.missed_here(), message);
}

/// The post: of the classification line, else of the originator, the page lines, the Message Attributes, the document's
/// name.
fn post<'a>(
    opening: &Preamble<'a>,
    class_line: Option<(&ClassLine<'a>, Span)>,
    sources: &Sources<'_>,
    named: Option<&str>,
    report: &mut Report,
) -> Option<Cow<'a, str>> {
    let own = class_line.filter(|(line, _)| line.post.contains(char::is_alphanumeric));
    if let Some((line, span)) = own {
        return Some(written_post(line.post, span, report));
    }
    let from = opening.header.from.as_ref().and_then(Originator::post).map(Cow::Borrowed);
    let page = || sources.pages.iter().find(|(p, _)| !p.post.is_empty()).map(|(p, _)| owned_post(p.post));
    let found = from.map(|post| (post, "FM")).or_else(|| page().map(|post| (post, "a page line")));
    if let (None, Some((_, code, _, span))) = (&found, sources.document) {
        let post = owned_post(code);
        let message = format!("post {post} was taken from {}; the text has none", sources.record);
        report.emit(DiagnosticCode::FilledFromAttributes, span, message);
        return Some(post);
    }
    let (taken, from) = found.or_else(|| Some((named_post(named?, opening, report), "the document's name")))?;
    // One that does not count was reported.
    if class_line.is_some() || opening.class_line.is_none() {
        let message = format!("no post on a classification line; {taken} was taken from {from}");
        report.emit(DiagnosticCode::MrnAssumed, opening.missed_here(), message);
    }
    Some(taken)
}

/// The post as it is written on the classification line, a slip or two mended.
fn written_post<'a>(written: &'a str, span: Span, report: &mut Report) -> Cow<'a, str> {
    if let Some(post) = crate::knowledge::post(written) {
        return Cow::Borrowed(post.canonical);
    }
    if let Some(post) = crate::knowledge::nearest_post(written) {
        report.emit(DiagnosticCode::PostMisspelt, span, format!("\"{written}\" read as {}", post.canonical));
        return Cow::Borrowed(post.canonical);
    }
    report.emit(DiagnosticCode::PostUnknown, span, format!("\"{written}\" is no post that the table knows"));
    mrn::canonical_post(written)
}

/// The post of a document's name, a slip or two mended.
fn named_post(name: &str, opening: &Preamble<'_>, report: &mut Report) -> Cow<'static, str> {
    let nearest = if crate::knowledge::post(name).is_some() { None } else { crate::knowledge::nearest_post(name) };
    let Some(post) = nearest else { return owned_post(name) };
    let message = format!("\"{name}\" in the document's name read as {}", post.canonical);
    report.emit(DiagnosticCode::PostMisspelt, opening.missed_here(), message);
    Cow::Borrowed(post.canonical)
}

fn owned_post(name: &str) -> Cow<'static, str> {
    Cow::Owned(mrn::canonical_post(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vote_on_the_number() {
        let none = NumberEvidence::default();
        let pages = |number| [Some(number), Some(number), Some(number)];
        for (name, evidence, want) in [
            ("nothing", none, None),
            ("classification line", NumberEvidence { class_line: Some(461), ..none }, Some((461, Source::ClassLine))),
            (
                "the line wins against a name",
                NumberEvidence { class_line: Some(461), name: Some(462), ..none },
                Some((461, Source::ClassLine)),
            ),
            (
                "and against three pages",
                NumberEvidence { class_line: Some(461), pages: pages(462), ..none },
                Some((461, Source::ClassLine)),
            ),
            (
                "it loses against a serial and a page line",
                NumberEvidence { class_line: Some(461), pages: [Some(462), None, None], serial: Some(462), ..none },
                Some((462, Source::PageLines)),
            ),
            (
                "a serial has four digits",
                NumberEvidence { class_line: Some(23_571), name: Some(3571), serial: Some(3571), ..none },
                Some((23_571, Source::ClassLine)),
            ),
            (
                "name and attributes together",
                NumberEvidence { pages: pages(461), name: Some(462), document: Some(462), ..none },
                Some((462, Source::Name)),
            ),
            (
                "of equals the more trusted",
                NumberEvidence { pages: [Some(461), Some(461), None], name: Some(462), ..none },
                Some((461, Source::PageLines)),
            ),
            ("the serial alone", NumberEvidence { serial: Some(461), ..none }, Some((461, Source::Serial))),
            ("a serial of noughts", NumberEvidence { serial: Some(0), ..none }, None),
        ] {
            assert_eq!(vote(&evidence).map(|verdict| (verdict.number, verdict.source)), want, "{name}");
        }
    }
}
