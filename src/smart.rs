//! Records of the SMART system: labelled lines, the text, and again labelled lines.
//!
//! ```text
//! record     = *banner 1*header-line ( text / telegram ) *trailer-line
//! header     = label ":" [ value ]         ; and on the lines that follow, set in or before another label
//! text       = from the first line after a gap that no label goes on with
//! trailer    = label ":" [ value ]         ; after the last numbered paragraph
//! ```
//!
//! The system keeps what older ones left, too: the labelled lines are then a wrapper round the whole telegram, made when it
//! was taken over. Its time is midnight and its order `Unknown`; see [`wrapped`].

use std::borrow::Cow;

use crate::body::{self, Body};
use crate::diagnostic::DiagnosticCode;
use crate::edit_distance::slips;
use crate::field::addressee::{self, Addressee};
use crate::field::caption;
use crate::field::classification::{ClassLine, Level};
use crate::field::drafting::Drafting;
use crate::field::dtg::{self, CenturyRule};
use crate::field::paragraph_number::Before;
use crate::field::release;
use crate::field::{authority, executive_order, mrn, precedence, reference, subject, tags};
use crate::grammar::{last_word, number};
use crate::header::Header;
use crate::lines::{Cut, Line, Lines, Report};
use crate::literals::Hit;
use crate::preamble::Preamble;
use crate::region::RegionKind;
use crate::text_head::{self, TextHead, is_first_paragraph};
use crate::value::Value;
use label::Label;

mod label;
pub(crate) mod wrapped;

/// A labelled field with the lines that it stands on.
#[derive(Debug)]
struct Gathered<'a> {
    label: Label,
    pieces: Vec<(&'a str, usize)>,
}

impl<'a> Gathered<'a> {
    fn value(&self) -> Value<'a> {
        Value::join(self.pieces.iter().copied())
    }

    /// Whether the system had no value: it wrote `n/a`, and of an order `Unknown`.
    fn is_absent(&self) -> bool {
        let text = &self.value().text;
        text.is_empty()
            || text.eq_ignore_ascii_case("n/a")
            || self.label == Label::ExecutiveOrder && text.eq_ignore_ascii_case("Unknown")
    }

    /// The lines of the value, each on its own.
    fn entries(&self) -> impl Iterator<Item = Value<'a>> {
        self.pieces.iter().map(|(text, at)| Value::join([(*text, *at)])).filter(|value| !value.text.is_empty())
    }
}

/// What the labelled lines before the text say, and the lines after them.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    pub(crate) opening: Preamble<'a>,
    banner: Banner<'a>,
    header: Vec<Gathered<'a>>,
    trailer: Vec<Gathered<'a>>,
    text: Vec<Line<'a>>,
}

/// Where the labelled lines of a record begin: `MRN:` stands among the first lines, and another label that no telegram has.
pub(crate) fn labels(lines: &[Line<'_>]) -> Option<usize> {
    const REACH: usize = 60;
    let first = lines.get(..REACH).unwrap_or(lines);
    // No other label begins with an M and an R, and no telegram has it.
    let begins = |l: &&Line<'_>| matches!(l.trimmed().as_bytes(), [b'm' | b'M', b'r' | b'R', ..]);
    let label = |l: &Line<'_>| Label::of(l.text).map(|(label, _)| label);
    first.iter().filter(begins).find(|line| label(line) == Some(Label::Mrn))?;
    let has = |l: &Line<'_>| matches!(label(l), Some(Label::Date | Label::From | Label::Action));
    first.iter().any(has).then(|| first.iter().position(|line| label(line).is_some()))?
}

/// Reads a record, if the lines are one.
pub(crate) fn read<'a>(lines: &[Line<'a>], century: CenturyRule, report: &mut Report) -> Option<Record<'a>> {
    labels(lines)?;
    let mut header = Vec::new();
    let (banner, used) = gather_header(lines, &mut header, report);
    let after = lines.get(used..).unwrap_or_default();
    let (text, trailer_lines) = after.split_at_checked(trailer_start(after)).unwrap_or((after, &[]));
    let mut trailer = Vec::new();
    // Where there is no text, what stands after it follows the header at once.
    if after.is_empty()
        && let Some(first) = header.iter().position(|gathered: &Gathered<'_>| gathered.label.is_of_trailer_alone())
    {
        trailer = header.split_off(first);
    }
    gather_trailer(trailer_lines, &mut trailer, report);
    let opening = opening(&header, &trailer, banner, century, report);
    Some(Record { opening, banner, header, trailer, text: text.to_vec() })
}

/// Where the labelled lines after the text begin: no numbered paragraph follows them.
fn trailer_start(lines: &[Line<'_>]) -> usize {
    let is_label = |line: &Line<'_>| Label::of(line.text).is_some_and(|(label, _)| label.is_of_trailer());
    let after = lines.iter().rposition(|line| is_numbered(line.trimmed())).map_or(0, |last| last + 1);
    lines.iter().skip(after).position(is_label).map_or(lines.len(), |at| after + at)
}

/// `numbered = 1*3DIGIT "." SP text`
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=3).contains(&(text.len() - rest.len())) && rest.starts_with(". ")
}

/// The classification above the first label.
#[derive(Clone, Copy, Debug, Default)]
struct Banner<'a> {
    level: Option<Level>,
    text: &'a str,
    sensitive: bool,
}

/// Gathers the labelled lines before the text; gives what stands above them, and how many lines all took.
fn gather_header<'a>(lines: &[Line<'a>], header: &mut Vec<Gathered<'a>>, report: &mut Report) -> (Banner<'a>, usize) {
    let mut banner = Banner::default();
    let mut gap = None;
    for (index, line) in lines.iter().enumerate() {
        let text = line.trimmed();
        if text.is_empty() {
            gap.get_or_insert(index);
            continue;
        }
        if line.cut != Cut::None {
            gap.get_or_insert(index);
        }
        let set_in = line.text.len() - text.len() > 3;
        let known = Label::of(text);
        let is_second = known.is_some_and(|(label, _)| label.stands_once() && header.iter().any(|g| g.label == label));
        if let Some((label, value)) = known.filter(|_| !is_second) {
            report.mark(line, label.region());
            header.push(Gathered { label, pieces: vec![(value, line.start + line.text.len() - value.len())] });
        } else if header.is_empty() {
            above_labels(line, &mut banner, report);
        } else if is_second && gap.is_some()
            || is_first_paragraph(line, Before::Gap)
            || gap.is_some() && !set_in && !label_follows(lines.get(index..).unwrap_or_default(), header)
        {
            return (banner, gap.unwrap_or(index));
        } else if let Some(open) = header.last_mut() {
            report.mark(line, open.label.region());
            open.pieces.push((line.text, line.start));
        }
        gap = None;
    }
    (banner, lines.len())
}

/// Whether a label that the header has not had yet stands in the next lines: then a line without one goes on with the value
/// before it, though a blank line stands between.
fn label_follows(lines: &[Line<'_>], header: &[Gathered<'_>]) -> bool {
    const REACH: usize = 8;
    let near = lines.iter().filter(|line| !line.is_blank()).take(REACH);
    let mut near = near.take_while(|line| !is_first_paragraph(line, Before::Gap));
    let is_new = |label: Label| !label.is_of_trailer_alone() && header.iter().all(|gathered| gathered.label != label);
    // The subject stands last.
    header.iter().all(|gathered| gathered.label != Label::Subject)
        && near.any(|line| Label::of(line.text).is_some_and(|(label, _)| is_new(label)))
}

/// `banner = level [ "//" marking ] / marking`; the highest level is the record's, another one that of its release.
fn above_labels<'a>(line: &Line<'a>, banner: &mut Banner<'a>, report: &mut Report) {
    let text = line.trimmed();
    if let Some((level, sensitive)) = level(text) {
        report.mark(line, RegionKind::ClassLine);
        if banner.level.is_none_or(|highest| level > highest) {
            (banner.level, banner.text) = (Some(level), text);
        }
        banner.sensitive |= sensitive;
    } else if release::marking(text).is_some() {
        report.mark(line, RegionKind::ClassLine);
        banner.sensitive = true;
    } else {
        report.emit(
            DiagnosticCode::LineNotRecognised,
            line.text_span(),
            format!("\"{text}\" above the labels is nothing known"),
        );
    }
}

/// The level that a line names, with nothing else on it but the marking of sensitive ones.
fn level(line: &str) -> Option<(Level, bool)> {
    let named = |text: &str| release::level(text.trim()).map(|(level, _)| level);
    match line.split_once("//") {
        Some((word, marking)) => named(word).map(|level| (level, caption::is_sensitive(marking.trim()))),
        None => named(line).map(|level| (level, false)),
    }
}

/// Gathers the labelled lines after the text; what follows them without a label goes on with them.
fn gather_trailer<'a>(lines: &[Line<'a>], trailer: &mut Vec<Gathered<'a>>, report: &mut Report) {
    // Recognition makes a dash of a line that was drawn.
    let is_text = |line: &&Line<'_>| line.text.contains(char::is_alphanumeric);
    for line in lines.iter().filter(is_text) {
        let (label, piece) = match Label::of(line.text) {
            Some((label, value)) => {
                trailer.push(Gathered { label, pieces: Vec::new() });
                (label, value)
            }
            None => (trailer.last().map_or(Label::Trailer, |open| open.label), line.text),
        };
        report.mark(line, label.region());
        if let Some(open) = trailer.last_mut() {
            open.pieces.push((piece, line.start + line.text.len() - piece.len()));
        }
    }
}

/// Header, classification line and drafting, as a telegram has them.
fn opening<'a>(
    header: &[Gathered<'a>],
    trailer: &[Gathered<'a>],
    banner: Banner<'a>,
    century: CenturyRule,
    report: &mut Report,
) -> Preamble<'a> {
    let mut out = Preamble { smart: true, drafting: drafting(trailer), ..Preamble::default() };
    let captions = header
        .iter()
        .any(|g| g.label == Label::Captions && captions(&g.value().text).iter().any(|c| caption::is_sensitive(c)));
    for gathered in header {
        let value = gathered.value();
        match gathered.label {
            Label::Mrn if out.class_line.is_none() => {
                let (year, post, number) = mrn_of(gathered, &value, report);
                out.year = year.and_then(|year| of_century(year, century));
                // The marking of the banner counts as handling where no caption says so.
                let handling = if banner.sensitive && !captions { vec!["SBU"] } else { Vec::new() };
                let class_line = ClassLine {
                    level: banner.level,
                    text: banner.text,
                    post,
                    number,
                    handling,
                    ..ClassLine::default()
                };
                out.class_line = Some((class_line, value.span));
            }
            Label::Date => date(gathered, &mut out.header, century, report),
            Label::From => out.header.from = Some(addressee::originator(&value)),
            Label::Action => out.header.to.extend(addressees(gathered, report)),
            _ => {}
        }
    }
    for gathered in header.iter().chain(trailer) {
        match gathered.label {
            Label::Info => out.header.info.extend(addressees(gathered, report)),
            Label::Exempted => out.header.exempted.extend(addressees(gathered, report)),
            _ => {}
        }
    }
    out
}

/// The parts of `MRN: 12 SUVA 418`.
fn mrn_of<'a>(
    gathered: &Gathered<'a>,
    value: &Value<'a>,
    report: &mut Report,
) -> (Option<&'a str>, &'a str, Option<u32>) {
    let written = gathered.pieces.first().map_or("", |(text, _)| text.trim());
    let Some((year, post, number)) = mrn::written(written) else {
        report.emit(
            DiagnosticCode::FormatLineMalformed,
            value.span,
            format!("\"{written}\" is no message reference number"),
        );
        return (None, "", None);
    };
    (Some(year), post, Some(number))
}

/// A year of two or four digits.
fn of_century(digits: &str, century: CenturyRule) -> Option<i32> {
    let year = number(digits)?;
    if digits.len() == 2 { Some(century.year(year)) } else { i32::try_from(year).ok() }
}

/// `date = [ day "/" ] dtg`: `Jun 22, 2012 / 221351Z JUN 12`
fn date<'a>(gathered: &Gathered<'a>, header: &mut Header<'a>, century: CenturyRule, report: &mut Report) {
    let Some((text, at)) = gathered.pieces.first().copied() else { return };
    let group = text.rsplit('/').next().unwrap_or(text);
    let start = at + text.len() - group.len();
    let inner = group.trim_start();
    if let Some(line) = dtg::dtg_line(inner.trim_end(), start + group.len() - inner.len(), century, report) {
        header.dtg_span = Some(line.span);
        header.dtg = Some(line.dtg);
    } else {
        let span = gathered.value().span;
        report.emit(DiagnosticCode::FormatLineMalformed, span, format!("no date-time group in \"{}\"", text.trim()));
    }
}

/// `addressees = addressee *( ( ";" / line-end ) addressee )`; in a list with semicolons a line ends an addressee after its
/// precedence alone.
fn addressees<'a>(gathered: &Gathered<'a>, report: &mut Report) -> Vec<Addressee<'a>> {
    let mut items: Vec<Vec<(&'a str, usize)>> = Vec::new();
    let mut is_open = false;
    let wraps = gathered.pieces.iter().any(|(text, _)| text.contains(';'));
    for (text, at) in &gathered.pieces {
        let mut offset = *at;
        for (part, item) in text.split(';').enumerate() {
            match items.last_mut().filter(|_| part == 0 && is_open) {
                Some(open) => open.push((item, offset)),
                None => items.push(vec![(item, offset)]),
            }
            offset += item.len() + 1;
            is_open = wraps
                && !item.trim().is_empty()
                && !precedence::is_precedence_word(&last_word(item).to_ascii_uppercase());
        }
    }
    let values = items.into_iter().map(Value::join).filter(|value| !value.text.is_empty());
    values.map(|value| addressee::addressee(&value, report)).collect()
}

/// Who drafted, cleared and approved, from the lines after the text.
fn drafting<'a>(trailer: &[Gathered<'a>]) -> Option<Drafting<'a>> {
    let mut out = Drafting::default();
    for gathered in trailer {
        let list = match gathered.label {
            Label::Drafted => &mut out.drafted_by,
            Label::Cleared => &mut out.cleared_by,
            Label::Approved => &mut out.approved_by,
            _ => continue,
        };
        list.extend(gathered.entries().map(|value| value.text));
    }
    (out != Drafting::default()).then_some(out)
}

/// The captions of a list, in upper case.
fn captions(text: &str) -> Vec<Cow<'static, str>> {
    let items = text.split([',', ';']).map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| Cow::Owned(item.to_ascii_uppercase())).collect()
}

/// The captions, a damaged one as the only one that it can be: `SENSTHYVE`, which a line struck out.
fn repaired_captions(value: &Value<'_>, report: &mut Report) -> Vec<Cow<'static, str>> {
    let mut list = captions(&value.text);
    for item in &mut list {
        if let Some(meant) = struck_out(item) {
            report.emit(DiagnosticCode::RecognisedText, value.span, format!("caption \"{item}\" read as {meant}"));
            *item = Cow::Borrowed(meant);
        }
    }
    list
}

/// The caption of which enough letters are left through a line that struck it out.
fn struck_out(item: &str) -> Option<&'static str> {
    const LONG: [&str; 2] = ["SENSITIVE", "FOUO"];
    if caption::is_caption(item) {
        return None;
    }
    LONG.into_iter().find(|meant| slips(item, meant, meant.len() / 3).is_some() && item.get(..1) == meant.get(..1))
}

impl<'a> Record<'a> {
    /// The fields that telegrams have in the head of their text.
    pub(crate) fn head(&self, context: text_head::Context<'_>, report: &mut Report) -> TextHead<'a> {
        let mut head = TextHead::default();
        for gathered in self.header.iter().filter(|gathered| !gathered.is_absent()) {
            let value = gathered.value();
            match gathered.label {
                Label::ExecutiveOrder if head.executive_order.is_none() => {
                    // The number alone is the rule here: who classified it stands in the text.
                    let mut quiet = Report::default();
                    let alone = value.text.bytes().all(|b| b.is_ascii_digit());
                    let report = if alone { &mut quiet } else { &mut *report };
                    head.executive_order = executive_order::parse(&value, context.of_order(), report);
                }
                Label::Tags => head.tags.extend(tags::parse(&value, context.of_tags(), report)),
                Label::Captions => head.captions.extend(repaired_captions(&value, report)),
                Label::Reference => {
                    let context = reference::Context {
                        year: context.year,
                        day: context.day,
                        number: context.number,
                        post: context.post,
                    };
                    head.references.extend(reference::parse(&value, context, report));
                }
                Label::PassLine if !value.text.is_empty() => head.pass_lines.push(value.text),
                Label::Subject if head.subject.is_none() => {
                    let subject = subject::parse(value);
                    (head.subject, head.subject_mark) = (subject.text, subject.mark);
                }
                Label::Authority if head.authority.is_none() && !value.text.is_empty() => {
                    head.authority = Some(authority::parse(&value, false, report));
                }
                _ => {}
            }
        }
        head
    }

    /// The text; the signature is the labelled one, where there is one.
    pub(crate) fn body(&mut self, text: &'a str, hits: &[Hit], report: &mut Report) -> Body<'a> {
        let labelled = self.trailer.iter().find(|g| g.label == Label::Signature).map(|g| g.value().text);
        let labelled = labelled.filter(|name| !name.is_empty());
        let mut body = body::read(text, Lines::Owned(std::mem::take(&mut self.text)), hits, None, None, report);
        if labelled.is_some() {
            (body.signature, body.truncated) = (labelled, false);
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    #[test]
    fn records() {
        for (name, text, want) in [
            ("labels", "UNCLASSIFIED\nMRN: 12 SUVA 418\nFrom: AMEMBASSY SUVA\n", Some(1)),
            ("no number", "From: AMEMBASSY SUVA\nSubject: FISH\n", None),
            ("a telegram", "FM AMEMBASSY SUVA\nTO SECSTATE WASHDC\n", None),
        ] {
            assert_eq!(labels(&lines::split(text)), want, "{name}");
        }
    }

    #[test]
    fn trailers() {
        for (name, text, want) in [
            ("after the last paragraph", "1. FISH\nInfo: COD\n2. FISH\n\nSignature: ROE\nInfo: X\n", 4),
            ("without a paragraph", "FISH\nInfo: COD\n", 1),
            ("none", "1. FISH\n", 1),
        ] {
            assert_eq!(trailer_start(&lines::split(text)), want, "{name}");
        }
    }
}
