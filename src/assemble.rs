//! Puts the parts together: decides what several of them speak for, and compares what should agree.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::archive::attributes::Trailer;
use crate::archive::evidence;
use crate::body::Body;
use crate::cable::{Block, Cable, Format};
use crate::diagnostic::DiagnosticCode;
use crate::error::ParseError;
use crate::field::authority;
use crate::field::caption;
use crate::field::classification::{ClassLine, Classification, Level};
use crate::field::corrected_copy;
use crate::field::mrn::Mrn;
use crate::field::page_line::PageLine;
use crate::field::portion_mark::PortionMark;
use crate::field::section::Section;
use crate::identity::Identity;
use crate::lines::Report;
use crate::preamble::Preamble;
use crate::span::Span;
use crate::text::BodyText;
use crate::text_head::TextHead;
use crate::value::Value;

/// What a message says, in whatever form it was kept.
#[derive(Debug)]
pub(crate) struct Message<'a> {
    pub(crate) opening: Preamble<'a>,
    pub(crate) identity: Identity<'a>,
    pub(crate) head: TextHead<'a>,
    pub(crate) body: Body<'a>,
}

/// The parts of a cable.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) message: Message<'a>,
    /// The page lines, and the sections whose headings stood in the body.
    pub(crate) pages: Vec<(PageLine<'a>, Span)>,
    /// The operator's sign that the text broke off.
    pub(crate) error_sign: Option<Span>,
    pub(crate) trailer: Option<Trailer<'a>>,
    /// Whether the document has the wrapper of an archive record.
    pub(crate) wrapped: bool,
}

/// Puts a cable together, or says why it is none.
pub(crate) fn cable<'a>(text: &'a str, parts: Parts<'a>, report: &mut Report) -> Result<Cable<'a>, ParseError> {
    check_is_cable(text, &parts)?;
    let partial = partial(text, &parts, report);
    let classification = classification(&parts, report);
    let Parts { message, trailer, wrapped, pages, .. } = parts;
    let Message { opening, mut identity, head, body } = message;
    let missed = opening.missed_here();
    correct_number(identity.mrn.as_mut(), &head, report);
    let class_line = opening.class_line.map(|(line, _)| line);
    let mut section = class_line.as_ref().map(|c| c.section).unwrap_or_default();
    let transmission = opening.header.transmission;
    if section.number.is_none() {
        section.number = transmission.as_ref().and_then(|t| t.section.as_deref()?.parse().ok());
    }
    let archive = wrapped || opening.distribution.is_some() && transmission.is_none();
    let format = match archive {
        _ if opening.smart => Format::Smart,
        true => Format::Archive,
        false => Format::Acp127,
    };
    let captions = captions(class_line.as_ref(), head.captions);
    tell_of_sections(section, &pages, report);
    let classified_by = head.authority.or_else(|| authority_in_body(text, &body.blocks, report));
    let mut cable = Cable {
        format,
        mrn: identity.mrn,
        partial,
        transmission,
        distribution: opening.distribution,
        drafting: opening.drafting,
        precedence: opening.header.precedence,
        dtg: opening.header.dtg,
        from: opening.header.from,
        to: opening.header.to,
        info: opening.header.info,
        exempted: opening.header.exempted,
        classification,
        section,
        captions,
        pass_lines: head.pass_lines,
        corrected_copy: head.corrected_copy,
        executive_order: head.executive_order,
        tags: head.tags,
        subject: head.subject,
        subject_mark: head.subject_mark.and_then(PortionMark::as_written),
        references: head.references,
        classified_by,
        body: body.blocks,
        signature: body.signature,
        attributes: None,
    };
    if let Some(trailer) = trailer {
        evidence::compare(&mut cable, &trailer, report);
        cable.attributes = Some(trailer.attributes);
    }
    // An extract may begin after the head.
    let has_head = !partial || cable.executive_order.is_some() || !cable.tags.is_empty();
    if cable.subject.is_none() && has_head {
        report.emit(DiagnosticCode::SubjectMissing, missed, "no SUBJECT before the body");
    }
    compare_with_marks(text, &cable, report);
    Ok(cable)
}

/// The captions of the classification line and of the lines below it, each once.
fn captions<'a>(class_line: Option<&ClassLine<'a>>, below: Vec<Cow<'a, str>>) -> Vec<Cow<'a, str>> {
    let handling = class_line.into_iter().flat_map(|c| c.handling.iter().copied());
    let mut seen = HashSet::new();
    let all = handling.filter_map(caption::captions).flatten().chain(below);
    all.filter(|found| seen.insert(found.clone())).collect()
}

/// The classification of the whole is that of its highest portion. A lower one is told of, and a higher one where no
/// paragraph is missing and each has its mark.
fn compare_with_marks(text: &str, cable: &Cable<'_>, report: &mut Report) {
    let level = cable.classification.as_ref().map(|c| c.level);
    let Some((own, highest)) = level.zip(cable.highest_portion_mark()) else { return };
    // Limited Official Use is no classification in law.
    let classified = |level: Level| level.max(Level::LimitedOfficialUse);
    let lower = classified(highest) < classified(own) && !cable.partial && all_are_marked(&cable.body);
    if classified(highest) <= classified(own) && !lower {
        return;
    }
    let mark = cable.portion_marks().find(|mark| mark.level() == highest).map_or("", PortionMark::as_str);
    let span = BodyText::from(mark).span_in(text);
    report.emit(
        DiagnosticCode::PortionMarkDisagrees,
        span,
        format!("the highest portion mark is {highest}, the whole {own}"),
    );
}

/// Whether the paragraphs are 1 to the last one, two at least, each with a mark.
fn all_are_marked(body: &[Block<'_>]) -> bool {
    let numbered = |block: &Block<'_>| match block {
        Block::Paragraph { number: Some(number), portion_mark, .. } => Some((*number, portion_mark.is_some())),
        _ => None,
    };
    let paragraphs = body.iter().filter_map(numbered);
    paragraphs.clone().count() >= 2 && paragraphs.zip(1..).all(|((number, marked), due)| marked && number == due)
}

/// The number that a corrected copy puts in the place of another: `MRN 2947 VICE 2047`.
fn correct_number(mrn: Option<&mut Mrn<'_>>, head: &TextHead<'_>, report: &mut Report) {
    let vice = head.corrected_copy.as_deref().and_then(corrected_copy::vice);
    let Some((mrn, (right, wrong))) = mrn.zip(vice) else { return };
    if mrn.number == wrong {
        mrn.number = right;
        let wording = format!("number {right} in place of {wrong}, as the corrected copy says");
        report.emit(DiagnosticCode::MrnDisagrees, head.corrected_copy_span, wording);
    }
}

/// Says which sections of the message are not there. Where no page line and no later heading names a section, nothing
/// can be told.
fn tell_of_sections(section: Section, pages: &[(PageLine<'_>, Span)], report: &mut Report) {
    let Some(of) = section.of.filter(|of| *of > 1).map(u16::from) else { return };
    let seen = |n: u16| pages.iter().any(|(page, _)| page.section.is_some_and(|(s, _)| s == n));
    if !(2..=of.min(99)).any(seen) {
        return;
    }
    let missing: Vec<String> = (2..=of.min(99)).filter(|n| !seen(*n)).map(|n| n.to_string()).collect();
    if !missing.is_empty() {
        let span = pages.last().map_or(Span::default(), |(_, span)| *span);
        report.emit(
            DiagnosticCode::SectionMissing,
            span,
            format!("of {of} sections no page line names {}", missing.join(", ")),
        );
    }
}

/// A cable has a classification line that names a message, or a date-time group and an originator, or a transmission's
/// lines, or an archive's attributes, or at least two of the labels of the head, or of numbered paragraphs with a mark.
fn check_is_cable(text: &str, parts: &Parts<'_>) -> Result<(), ParseError> {
    let header = &parts.message.opening.header;
    let head = &parts.message.head;
    let class_line = parts.message.opening.class_line.as_ref().is_some_and(|(line, _)| line.number.is_some());
    let transmission = header.transmission.as_ref().is_some_and(|t| t.station.is_some() || t.id.is_some());
    let labels =
        [head.executive_order.is_some(), !head.tags.is_empty(), head.subject.is_some(), !head.references.is_empty()];
    let labels = labels.iter().filter(|l| **l).count();
    let message = header.dtg.is_some() && header.from.is_some();
    // The body alone: articles have numbers too, but no portion marks.
    let marked = |b: &Block<'_>| matches!(b, Block::Paragraph { number: Some(_), portion_mark: Some(_), .. });
    let body = parts.message.body.blocks.iter().filter(|b| marked(b)).count() >= 2;
    let record = parts.wrapped || parts.message.opening.distribution.is_some() || !parts.pages.is_empty();
    if class_line || message || transmission && header.from.is_some() || record || labels >= 2 || body {
        return Ok(());
    }
    let found = [
        (transmission, "a transmission id or station line"),
        (header.dtg.is_some(), "a date-time group"),
        (header.from.is_some(), "an FM line"),
        (head.subject.is_some(), "a SUBJECT"),
    ];
    let found: Vec<&str> = found.iter().filter(|(there, _)| *there).map(|(_, name)| *name).collect();
    let first: String = text.trim_start().lines().next().unwrap_or_default().chars().take(60).collect();
    let found = if found.is_empty() {
        format!("it begins \"{}\"", first.trim_end())
    } else {
        format!("it has {} alone", found.join(" and "))
    };
    Err(ParseError::NotACable { found })
}

/// Whether the cable is partial; each reason is told of.
fn partial(text: &str, parts: &Parts<'_>, report: &mut Report) -> bool {
    let whole = Span::new(0, text.len());
    let header = &parts.message.opening.header;
    let mut partial = false;
    if let Some(span) = parts.message.opening.extract {
        report.emit(DiagnosticCode::PartialExtract, span, "the document says that it is an extract");
        partial = true;
    }
    if parts.message.opening.class_line.is_some() && !parts.wrapped && parts.message.opening.extract.is_none() {
        let lines = [
            (header.dtg.is_none(), "a date-time group"),
            (header.from.is_none(), "an originator"),
            (header.to.is_empty() && header.info.is_empty(), "addressees"),
        ];
        let absent: Vec<&str> = lines.iter().filter(|(absent, _)| *absent).map(|(_, name)| *name).collect();
        if !absent.is_empty() {
            report.emit(
                DiagnosticCode::HeadingIncomplete,
                parts.message.opening.missed_here(),
                format!("the heading is without {}", absent.join(", ")),
            );
        }
    }
    let mut say = |code, span, wording: &str| {
        report.emit(code, span, wording);
        partial = true;
    };
    let no_heading = header.dtg.is_none() && header.from.is_none() && header.transmission.is_none();
    let opening = &parts.message.opening;
    if no_heading && opening.class_line.is_none() && !parts.wrapped && opening.extract.is_none() {
        say(DiagnosticCode::BodyOnly, opening.missed_here(), "no heading and no classification line: the body alone");
    }
    if text_is_missing(parts) {
        say(DiagnosticCode::TextMissing, whole, "no message text; the cable is made of the Message Attributes alone");
    } else if parts.message.body.blocks.is_empty() {
        say(DiagnosticCode::HeaderOnly, whole, "no text after the heading");
    }
    if let Some(span) = parts.message.body.lost {
        say(
            DiagnosticCode::TextLost,
            span,
            "text is lost here: a row of signs or the archive's own words stand for it",
        );
    }
    let last = text.trim_end();
    let dots = parts.message.body.signature.is_none() && (last.ends_with('…') || last.ends_with("..."));
    if let Some(span) = parts.error_sign.filter(|_| parts.message.body.signature.is_none()) {
        say(DiagnosticCode::TextCutOff, span, "the operator's error sign where the text breaks off");
    } else if parts.message.body.truncated || dots && !parts.wrapped {
        // The last three characters: the dots, where there are any.
        let start = last.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
        say(DiagnosticCode::TextCutOff, Span::new(start, last.len()), "the text breaks off");
    }
    partial
}

/// Whether a record has attributes and nothing of the message.
fn text_is_missing(parts: &Parts<'_>) -> bool {
    let Preamble { header, class_line, .. } = &parts.message.opening;
    let heard = header.dtg.is_some() || header.from.is_some() || class_line.is_some();
    parts.trailer.is_some() && !heard && parts.message.body.blocks.is_empty()
}

/// The classification, compared with format line 4.
fn classification<'a>(parts: &Parts<'a>, report: &mut Report) -> Option<Classification<'a>> {
    let transmission = parts.message.opening.header.transmission.as_ref();
    let security = transmission.and_then(|t| t.security.as_ref()).and_then(|s| s.level);
    let Some((line, span)) = &parts.message.opening.class_line else {
        if !text_is_missing(parts) {
            report.emit(
                DiagnosticCode::ClassLineMissing,
                parts.message.opening.missed_here(),
                "no classification line",
            );
        }
        return None;
    };
    // Limited Official Use is sent as unclassified or encrypted for transmission only.
    let same = |a: Level, b: Level| a == b || a.max(b) == Level::LimitedOfficialUse;
    let Some(level) = line.level else {
        report.emit(DiagnosticCode::ClassLineMissing, *span, "the classification line has no level");
        return None;
    };
    if let Some(security) = security.filter(|s| !same(*s, level)) {
        let wording = format!("classification line says {level}, format line 4 {security}");
        report.emit(DiagnosticCode::ClassificationDisagrees, *span, wording);
    }
    Some(Classification { level, text: Cow::Borrowed(line.text.trim_end()) })
}

/// `1. (U) CLASSIFIED BY ...`: older cables have the authority as a paragraph, or in the first one.
pub(crate) fn authority_in_body<'a>(
    whole: &str,
    blocks: &[Block<'a>],
    report: &mut Report,
) -> Option<authority::Authority<'a>> {
    blocks.iter().take(3).find_map(|block| {
        let Block::Paragraph { text, .. } = block else { return None };
        if !authority::may_open(text.beginning()) {
            return None;
        }
        let unwrapped = text.unwrapped();
        // It is one sentence or two: no list goes on with it, and no second paragraph.
        let value = authority::in_paragraph(&unwrapped)?.lines().next()?;
        let value = value.get(..authority::end(value)).unwrap_or(value);
        let mut own = Report::default();
        let authority = authority::parse(&Value::borrowed(value, 0), false, &mut own).into_owned();
        for wording in own.diagnostics.finish() {
            report.emit(wording.code, text.span_in(whole), wording.message);
        }
        Some(authority)
    })
}
