//! Records of the SMART system (2009 on): labelled lines, the text, and again labelled lines.
//!
//! No real record could be had: this is built tolerant, after descriptions of the format, and tested with synthetic
//! records alone.
//!
//! ```text
//! record     = *banner 1*header-line text *tail-line
//! header     = label ":" [ value ]         ; and on the lines that follow, set in
//! text       = from the first line behind a gap that is no label's
//! ```

use std::borrow::Cow;

use crate::body::{self, Body};
use crate::diagnostic::DiagnosticCode;
use crate::field::addressee::{self, Addressee};
use crate::field::classification::{ClassLine, Level};
use crate::field::drafting::Drafting;
use crate::field::dtg::{self, CenturyRule};
use crate::field::paragraph_number::Before;
use crate::field::section::Section;
use crate::field::{authority, caption, executive_order, mrn, reference, subject, tags};
use crate::grammar::number;
use crate::header::Header;
use crate::lines::{Cut, Line, Lines, Report};
use crate::needles::Hit;
use crate::preamble::Preamble;
use crate::region::RegionKind;
use crate::span::Span;
use crate::text_head::{self, TextHead, is_first_paragraph};
use crate::value::Value;

/// A label of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Mrn,
    Date,
    From,
    Action,
    Info,
    ExecutiveOrder,
    Tags,
    Captions,
    Reference,
    PassLine,
    Subject,
    Authority,
    Drafted,
    Cleared,
    Approved,
    Signature,
    /// One that has no field: its lines are a region, and nothing more.
    Other,
}

/// The labels as written, in small letters; a longer one before its beginning.
const LABELS: [(&str, Label); 34] = [
    ("mrn", Label::Mrn),
    ("date/dtg", Label::Date),
    ("date", Label::Date),
    ("dtg", Label::Date),
    ("from", Label::From),
    ("action", Label::Action),
    ("to", Label::Action),
    ("info", Label::Info),
    ("e.o.", Label::ExecutiveOrder),
    ("eo", Label::ExecutiveOrder),
    ("tags", Label::Tags),
    ("captions", Label::Captions),
    ("caption", Label::Captions),
    ("references", Label::Reference),
    ("reference", Label::Reference),
    ("ref", Label::Reference),
    ("pass line", Label::PassLine),
    ("pass lines", Label::PassLine),
    ("subject", Label::Subject),
    ("classified by", Label::Authority),
    ("drafted by", Label::Drafted),
    ("cleared by", Label::Cleared),
    ("approved by", Label::Approved),
    ("signature", Label::Signature),
    ("released by", Label::Other),
    ("attachments", Label::Other),
    ("attachment", Label::Other),
    ("dissemination rule", Label::Other),
    ("declassify on", Label::Other),
    ("derived from", Label::Other),
    ("reason", Label::Other),
    ("precedence", Label::Other),
    ("sensitivity", Label::Other),
    ("message type", Label::Other),
];

impl Label {
    /// `label ":" value`: the label of a line, and what follows it.
    fn of(line: &str) -> Option<(Self, &str)> {
        let (key, value) = line.trim_start().split_once(':')?;
        let key = key.trim_end();
        LABELS.iter().find(|(label, _)| label.eq_ignore_ascii_case(key)).map(|(_, label)| (*label, value))
    }

    /// Whether it can open the lines behind the text.
    const fn ends_text(self) -> bool {
        matches!(self, Self::Drafted | Self::Cleared | Self::Approved | Self::Signature | Self::Other)
    }

    /// Whether it stands behind the text alone.
    const fn is_of_tail(self) -> bool {
        matches!(self, Self::Drafted | Self::Cleared | Self::Approved | Self::Signature)
    }

    const fn region(self) -> RegionKind {
        match self {
            Self::Mrn => RegionKind::ClassLine,
            Self::Date => RegionKind::Dtg,
            Self::From => RegionKind::From,
            Self::Action => RegionKind::To,
            Self::Info => RegionKind::Info,
            Self::ExecutiveOrder => RegionKind::ExecutiveOrder,
            Self::Tags => RegionKind::Tags,
            Self::Captions => RegionKind::Caption,
            Self::Reference => RegionKind::Reference,
            Self::PassLine => RegionKind::PassLine,
            Self::Subject => RegionKind::Subject,
            Self::Authority => RegionKind::Authority,
            Self::Drafted | Self::Cleared | Self::Approved => RegionKind::Drafting,
            Self::Signature => RegionKind::Signature,
            Self::Other => RegionKind::Notice,
        }
    }
}

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

    /// The lines of the value, each on its own.
    fn entries(&self) -> impl Iterator<Item = Value<'a>> {
        self.pieces.iter().map(|(text, at)| Value::join([(*text, *at)])).filter(|value| !value.text.is_empty())
    }
}

/// What the labelled lines before the text say, and the lines behind them.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    pub(crate) opening: Preamble<'a>,
    header: Vec<Gathered<'a>>,
    tail: Vec<Gathered<'a>>,
    text: Vec<Line<'a>>,
}

/// Reads a record, if the lines are one: `MRN:` stands among the first of them, and another label that no telegram has.
pub(crate) fn read<'a>(lines: &[Line<'a>], century: CenturyRule, report: &mut Report) -> Option<Record<'a>> {
    if !is_record(lines) {
        return None;
    }
    let lines = without_margins(lines, report);
    let mut header = Vec::new();
    let (banner, used) = gather_header(&lines, &mut header, report);
    let behind = lines.get(used..).unwrap_or_default();
    let end = behind.iter().position(|line| Label::of(line.text).is_some_and(|(label, _)| label.ends_text()));
    let (text, tail_lines) = behind.split_at_checked(end.unwrap_or(behind.len())).unwrap_or((behind, &[]));
    let mut tail = Vec::new();
    // Where there is no text, what stands behind it follows the header at once.
    if behind.is_empty()
        && let Some(first) = header.iter().position(|gathered: &Gathered<'_>| gathered.label.is_of_tail())
    {
        tail = header.split_off(first);
    }
    gather_tail(tail_lines, &mut tail, report);
    let opening = opening(&header, &tail, banner, century, report);
    Some(Record { opening, header, tail, text: text.to_vec() })
}

/// Whether these are the lines of a record.
fn is_record(lines: &[Line<'_>]) -> bool {
    const REACH: usize = 60;
    let has = |wanted: &[Label]| {
        lines.iter().take(REACH).any(|l| Label::of(l.text).is_some_and(|(label, _)| wanted.contains(&label)))
    };
    // No other label begins with an M and an R, and no telegram has it.
    let begins = |l: &Line<'_>| matches!(l.trimmed().as_bytes(), [b'm' | b'M', b'r' | b'R', ..]);
    lines.iter().take(REACH).any(begins) && has(&[Label::Mrn]) && has(&[Label::Date, Label::From, Label::Action])
}

/// The lines without the codes that a review put into the margins, and without the banners of later pages.
///
/// ```text
/// margin-code = "B" DIGIT [ "(" ALNUM ")" ] / "1." ( "4" / "5" ) "(" ALPHA ")"
/// ```
fn without_margins<'a>(lines: &[Line<'a>], report: &mut Report) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    let mut header_seen = false;
    let mut cut = Cut::None;
    for line in lines {
        header_seen |= Label::of(line.text).is_some();
        let words = line.trimmed();
        let codes = !words.is_empty() && words.split([' ', ',']).filter(|w| !w.is_empty()).all(is_margin_code);
        // A caption of a list is set in, and stands alone, too.
        let set_in = line.text.len() - words.len() > 3;
        let marking = level(words).is_some() || caption::is_sensitive(words) || is_page_number(words);
        let banner = header_seen && !set_in && marking;
        if codes || banner {
            report.mark(line, if codes { RegionKind::Stamp } else { RegionKind::PageFurniture });
            cut = Cut::Lines;
            continue;
        }
        let mut line = line.after(cut);
        cut = Cut::None;
        if let Some(kept) = before_margin(line.text) {
            let at = line.start + kept.len();
            let span = Span::new(at, line.start + line.text.len());
            report.say(DiagnosticCode::StampInText, span, "a code of a review in the margin, taken out");
            report.regions.mark(Span::new(at, line.end()), RegionKind::Stamp);
            line = Line::new(kept.trim_end(), line.start, at, line.cut);
        }
        out.push(line);
    }
    out
}

/// `page-number = "Page" SP n SP "of" SP n`
fn is_page_number(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').take(5).collect();
    let number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    matches!(words.as_slice(), ["Page" | "PAGE", n, "of" | "OF", of] if number(n) && number(of))
}

fn is_margin_code(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    match word.as_bytes() {
        [b'B', b'1'..=b'9'] | [b'1', b'.', b'4' | b'5', b'(', b'A'..=b'H', b')'] => true,
        [b'B', b'1'..=b'9', b'(', one, b')'] => one.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// What stands on a line before codes in its margin: a column of blanks parts them.
fn before_margin(text: &str) -> Option<&str> {
    let (before, codes) = text.rsplit_once("   ")?;
    let codes = codes.trim();
    (!before.trim().is_empty() && !codes.is_empty() && codes.split([' ', ',']).all(is_margin_code)).then_some(before)
}

/// The level that a line names, with nothing else on it but the marking of sensitive ones.
fn level(line: &str) -> Option<(Level, bool)> {
    let line = line.trim();
    let named = |text: &str| {
        [Level::Unclassified, Level::Confidential, Level::Secret, Level::TopSecret]
            .into_iter()
            .find(|level| level.as_str().eq_ignore_ascii_case(text.trim()))
    };
    match line.split_once("//") {
        Some((word, marking)) => named(word).map(|level| (level, caption::is_sensitive(marking.trim()))),
        None => named(line).map(|level| (level, false)),
    }
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
    let mut gap = false;
    for (index, line) in lines.iter().enumerate() {
        let text = line.trimmed();
        if text.is_empty() {
            gap = true;
            continue;
        }
        let set_in = line.text.len() - text.len() > 3;
        if let Some((label, value)) = Label::of(text) {
            report.mark(line, label.region());
            header.push(Gathered { label, pieces: vec![(value, line.start + line.text.len() - value.len())] });
        } else if header.is_empty() {
            above_labels(line, &mut banner, report);
        } else if (gap && !set_in) || is_first_paragraph(line, Before::Gap) {
            return (banner, index);
        } else if let Some(open) = header.last_mut() {
            report.mark(line, open.label.region());
            open.pieces.push((line.text, line.start));
        }
        gap = false;
    }
    (banner, lines.len())
}

/// `banner = level [ "//" marking ] / marking`
fn above_labels<'a>(line: &Line<'a>, banner: &mut Banner<'a>, report: &mut Report) {
    let text = line.trimmed();
    if let Some((level, sensitive)) = level(text) {
        report.mark(line, RegionKind::ClassLine);
        (banner.level, banner.text) = (Some(level), text);
        banner.sensitive |= sensitive;
    } else if caption::is_sensitive(text) {
        report.mark(line, RegionKind::ClassLine);
        banner.sensitive = true;
    } else {
        report.say(
            DiagnosticCode::LineNotRecognised,
            line.text_span(),
            format!("\"{text}\" above the labels is nothing known"),
        );
    }
}

/// Gathers the labelled lines behind the text; what follows them without a label goes on with them.
fn gather_tail<'a>(lines: &[Line<'a>], tail: &mut Vec<Gathered<'a>>, report: &mut Report) {
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let (label, piece) = match Label::of(line.text) {
            Some((label, value)) => {
                tail.push(Gathered { label, pieces: Vec::new() });
                (label, value)
            }
            None => (tail.last().map_or(Label::Other, |open| open.label), line.text),
        };
        // Behind the text `Info:` names offices that got a copy, no addressees.
        report.mark(line, if label == Label::Info { RegionKind::Drafting } else { label.region() });
        if let Some(open) = tail.last_mut() {
            open.pieces.push((piece, line.start + line.text.len() - piece.len()));
        }
    }
}

/// Heading, classification line and drafting, as a telegram has them.
fn opening<'a>(
    header: &[Gathered<'a>],
    tail: &[Gathered<'a>],
    banner: Banner<'a>,
    century: CenturyRule,
    report: &mut Report,
) -> Preamble<'a> {
    let mut out = Preamble { smart: true, drafting: drafting(tail), ..Preamble::default() };
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
                    repaired: false,
                    section: Section::default(),
                    section_words: "",
                    post,
                    number,
                    handling,
                };
                out.class_line = Some((class_line, value.span));
            }
            Label::Date => date(gathered, &mut out.header, century, report),
            Label::From => out.header.from = Some(addressee::originator(&value)),
            Label::Action => out.header.to.extend(addressees(gathered, report)),
            Label::Info => out.header.info.extend(addressees(gathered, report)),
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
        report.say(
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
        report.say(DiagnosticCode::FormatLineMalformed, span, format!("no date-time group in \"{}\"", text.trim()));
    }
}

/// `addressees = addressee *( ( ";" / line-end ) addressee )`; a line that hangs goes on in the next.
fn addressees<'a>(gathered: &Gathered<'a>, report: &mut Report) -> Vec<Addressee<'a>> {
    let whole = gathered.pieces.iter().flat_map(|(text, at)| {
        let mut offset = *at;
        text.split(';').map(move |item| {
            let start = offset;
            offset += item.len() + 1;
            (item, start)
        })
    });
    let items = whole.map(|(item, at)| Value::join([(item, at)])).filter(|value| !value.text.is_empty());
    items.map(|value| addressee::addressee(&value, report)).collect()
}

/// Who drafted, cleared and approved, from the lines behind the text.
fn drafting<'a>(tail: &[Gathered<'a>]) -> Option<Drafting<'a>> {
    let mut out = Drafting::default();
    for gathered in tail {
        let list = match gathered.label {
            Label::Drafted => &mut out.drafted_by,
            Label::Cleared => &mut out.cleared_by,
            Label::Approved => &mut out.approved_by,
            Label::Info => &mut out.desired_distribution,
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

impl<'a> Record<'a> {
    /// The fields that telegrams have in the head of their text.
    pub(crate) fn head(&self, context: text_head::Context<'_>, report: &mut Report) -> TextHead<'a> {
        let mut head = TextHead::default();
        for gathered in &self.header {
            let value = gathered.value();
            match gathered.label {
                Label::ExecutiveOrder if head.executive_order.is_none() => {
                    // The number alone is the rule here: who classified it stands in the text.
                    let mut quiet = Report::default();
                    let alone = value.text.bytes().all(|b| b.is_ascii_digit());
                    let report = if alone { &mut quiet } else { &mut *report };
                    head.executive_order = executive_order::parse(&value, context.century, report);
                }
                Label::Tags => head.tags.extend(tags::parse(&value, context.year, report)),
                Label::Captions => head.captions.extend(captions(&value.text)),
                Label::Reference => {
                    let context = reference::Context {
                        year: context.year,
                        month: context.month,
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
        let labelled = self.tail.iter().find(|g| g.label == Label::Signature).map(|g| g.value().text);
        let labelled = labelled.filter(|name| !name.is_empty());
        let mut body = body::read(text, Lines::Owned(std::mem::take(&mut self.text)), hits, None, report);
        if labelled.is_some() {
            (body.signature, body.cut_off) = (labelled, false);
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    #[test]
    fn labels() {
        for (line, want) in [
            ("MRN:        12 SUVA 418", Some((Label::Mrn, "        12 SUVA 418"))),
            ("Date/DTG: X", Some((Label::Date, " X"))),
            ("E.O.:  13526", Some((Label::ExecutiveOrder, "  13526"))),
            ("  pass line : X", Some((Label::PassLine, " X"))),
            ("Note: X", None),
            ("Subject", None),
        ] {
            assert_eq!(Label::of(line), want, "{line}");
        }
    }

    #[test]
    fn records() {
        for (name, text, want) in [
            ("labels", "MRN: 12 SUVA 418\nFrom: AMEMBASSY SUVA\n", true),
            ("no number", "From: AMEMBASSY SUVA\nSubject: FISH\n", false),
            ("a telegram", "FM AMEMBASSY SUVA\nTO SECSTATE WASHDC\n", false),
        ] {
            assert_eq!(is_record(&lines::split(text)), want, "{name}");
        }
    }

    #[test]
    fn margins() {
        for (line, want) in [
            ("THE FISH IS LATE      B6", Some("THE FISH IS LATE   ")),
            ("THE FISH IS LATE      1.4(D) B1", Some("THE FISH IS LATE   ")),
            ("SEAT      B7 OR B8", None),
            ("SEE ROOM B6", None),
        ] {
            assert_eq!(before_margin(line), want, "{line}");
        }
        for (word, want) in
            [("B6", true), ("1.4(D)", true), ("B7(C)", true), ("1.", false), ("2012", false), ("B12", false)]
        {
            assert_eq!(is_margin_code(word), want, "{word}");
        }
        assert!(is_page_number("Page 1 of 12") && !is_page_number("Page 1 of the paper"));
    }
}
