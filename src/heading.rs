//! The heading: format lines 1 to 10 of ACP 127, or what is left of them.
//!
//! A loop over the content lines: the first bytes of a line say which format line it is, the field's grammar reads it,
//! and whatever comes of that, reading goes on at the next line. The heading ends at the classification line, at the
//! labels of the text, or at a line behind which nothing of a heading follows.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;

use crate::diagnostic::DiagnosticCode;
use crate::field::addressee::{self, Addressee, Originator};
use crate::field::classification::looks_like_class_line;
use crate::field::distribution;
use crate::field::drafting;
use crate::field::dtg::{self, CenturyRule, Dtg, dtg_line, operating_signals};
use crate::field::notice;
use crate::field::precedence::MessagePrecedence;
use crate::field::transmission::{self, StationLine, Transmission};
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::{Cut, Line, Report, trim_start};
use crate::region::RegionKind;
use crate::span::Span;
use crate::value::{Value, in_one_line};

/// What the heading says, and where it says what later stages check.
#[derive(Debug, Default)]
pub(crate) struct Heading<'a> {
    pub(crate) transmission: Option<Transmission<'a>>,
    pub(crate) precedence: Option<MessagePrecedence>,
    pub(crate) dtg: Option<Dtg<'a>>,
    pub(crate) from: Option<Originator<'a>>,
    pub(crate) to: Vec<Addressee<'a>>,
    pub(crate) info: Vec<Addressee<'a>>,
    pub(crate) exempted: Vec<Addressee<'a>>,
    /// The date-time group.
    pub(crate) dtg_span: Option<Span>,
    /// The station serial of format line 3.
    pub(crate) serial_span: Option<Span>,
    /// Prosign and indicator of format line 4.
    pub(crate) security_span: Option<Span>,
    /// The originator's name.
    pub(crate) from_span: Option<Span>,
    /// The sentence of a publisher that this is an extract.
    pub(crate) extract_span: Option<Span>,
    /// The lines of a block of offices (`ACTION AF-00 ...`) among the format lines. They are not marked.
    pub(crate) distribution: Range<usize>,
}

/// Reads the heading at the start of `lines`. Gives back the index of the first line that is not of it.
pub(crate) fn read<'a>(lines: &[Line<'a>], century: CenturyRule, report: &mut Report) -> (Heading<'a>, usize) {
    let heading = Heading::default();
    let mut reader = Reader {
        lines,
        century,
        report,
        heading,
        at: 0,
        last: Last::Nothing,
        list: None,
        blank: false,
        evident_to: 0,
        filed: None,
    };
    while let Some(line) = lines.get(reader.at) {
        if line.is_blank() {
            reader.blank = true;
        } else if reader.line(line) {
            reader.blank = false;
        } else {
            break;
        }
        reader.at += 1;
    }
    reader.file();
    (reader.heading, reader.at)
}

/// Whether a heading certainly starts at a line: format line 1, 3, 5 or 6.
pub(crate) fn starts_heading(line: &str) -> bool {
    let text = trim_start(line);
    match text.as_bytes().first() {
        Some(b'V') => text.starts_with("VZCZC"),
        Some(b'D') if text.starts_with("DE ") => {
            transmission::station_line(text).is_ok_and(|(_, line)| line.serial.is_some())
        }
        Some(b'F' | b'f') => after_label(text, "FM").is_some_and(addressee::is_plad),
        _ => begins_dtg(text) && dtg::is_dtg_line(text),
    }
}

/// Whether a line begins as format line 5 does: nearly all lines of a text are told from it by their second letter or by
/// the eighth.
fn begins_dtg(text: &str) -> bool {
    let precedence = matches!(text.as_bytes(), [_, b' ' | b'\t', ..] | [_, _, b' ' | b'\t', ..]);
    let head = text.as_bytes().get(..8).unwrap_or_default();
    precedence || head.iter().filter(|b| b.is_ascii_digit()).count() >= 4
}

impl Heading<'_> {
    /// Whether nothing was read of a heading.
    pub(crate) fn is_empty(&self) -> bool {
        let listed = [&self.to, &self.info, &self.exempted].into_iter().any(|list| !list.is_empty());
        !listed && self.transmission.is_none() && self.dtg.is_none() && self.from.is_none()
    }
}

/// Whether the heading ends before a line: the classification line, or what follows where that one is missing.
pub(crate) fn ends_heading(text: &str) -> bool {
    const LABELS: [&str; 16] = [
        "E.O",
        "E. O",
        "EO 1",
        "EO: 1",
        "TAGS",
        "TAG:",
        "SUBJECT",
        "SUBJ:",
        "SUBJ ",
        "REF:",
        "REF ",
        "REFS",
        "REFTEL",
        "REFERENCE",
        "CLASSIFIED BY",
        "DERIVED FROM",
    ];
    const CAPTIONS: [&str; 10] =
        ["SIPDIS", "SENSITIVE", "NOFORN", "EXDIS", "NODIS", "LIMDIS", "STADIS", "AIDAC", "EYES ONLY", "TERREP"];
    const PASSED: [&str; 8] =
        ["STATE FOR", "STATE PASS", "DEPT FOR", "DEPT PASS", "DEPARTMENT FOR", "DEPARTMENT PASS", "PASS TO", "FOR "];
    let first = text.bytes().next().map(|b| b.to_ascii_uppercase());
    let starts = |labels: &[&str]| {
        let alike = labels.iter().filter(|label| label.bytes().next() == first);
        alike.into_iter().any(|label| strip_prefix_ignoring_case(text, label).is_some())
    };
    looks_like_class_line(text) || text.starts_with('¶') || starts(&LABELS) || starts(&CAPTIONS) || starts(&PASSED)
}

/// What a line is, by its first bytes and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    TransmissionId,
    Routing,
    Station,
    Security,
    Dtg,
    From,
    List(List),
    /// An addressee without a label: it has a routing indicator, or a name that leaves no doubt.
    Addressee,
    /// The first line of the block of offices, `ACTION AF-00`, `INFO LOG-00 EEB-00`.
    Offices,
    /// What stands round such a block: `Distribution:`, `TED1302`, the row of dashes.
    OfficesEdge,
    /// `BT`, `NNNN`, `#0029`.
    EndOfMessage,
    /// A publisher's line.
    Notice,
    /// A publisher's line that says that this is an extract.
    Extract,
    /// The heading is over.
    End,
    /// Capitals that may be an addressee's name.
    Plain,
    Unknown,
}

/// The lists of addressees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    To,
    Info,
    Exempted,
}

impl List {
    const fn region(self) -> RegionKind {
        match self {
            Self::To => RegionKind::To,
            Self::Info => RegionKind::Info,
            Self::Exempted => RegionKind::Exempted,
        }
    }
}

/// The format line before, which may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Nothing,
    Routing,
    Security,
    Dtg,
    /// `FM` without a name.
    BareFrom,
    Other,
}

/// Tells what a line is.
fn kind(text: &str) -> Kind {
    // Most lines of a heading are of these two kinds.
    if text.starts_with('R') && addressee::has_whole_indicator(text) {
        return Kind::Addressee;
    }
    if let Some(kind) = format_line(text) {
        return kind;
    }
    match () {
        // No line that begins as a name does is any of those that follow.
        () if addressee::begins_plad(text) => Kind::Addressee,
        () if is_end_of_message(text) => Kind::EndOfMessage,
        () if distribution::starts_block(text) => Kind::Offices,
        () if distribution::is_block_heading(text) || distribution::is_dash_line(text) => Kind::OfficesEdge,
        () if notice::is_extract_notice(text) => Kind::Extract,
        () if is_notice(text) => Kind::Notice,
        () if addressee::has_routing_indicator(text) => Kind::Addressee,
        () if ends_heading(text) => Kind::End,
        () if addressee::is_plad(text) => Kind::Addressee,
        () if is_plain(text) => Kind::Plain,
        () => Kind::Unknown,
    }
}

/// Tells the format lines that begin with a word of their own.
fn format_line(text: &str) -> Option<Kind> {
    let label = |word| after_label(text, word).is_some();
    match text.as_bytes().first()? {
        b'V' if text.starts_with("VZCZC") => Some(Kind::TransmissionId),
        b'D' if transmission::station_line(text).is_ok() => Some(Kind::Station),
        b'Z' if text.starts_with("ZNR ") || text.starts_with("ZNY ") => Some(Kind::Security),
        b'F' | b'f' if label("FM") => Some(Kind::From),
        b'T' | b't' if label("TO") => Some(Kind::List(List::To)),
        b'I' | b'i' if distribution::starts_block(text) => Some(Kind::Offices),
        b'I' | b'i' if label("INFO") => Some(Kind::List(List::Info)),
        b'X' | b'x' if label("XMT") => Some(Kind::List(List::Exempted)),
        b'W' | b'Y' | b'Z' | b'O' | b'P' | b'R' if transmission::is_routing(text) => Some(Kind::Routing),
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' if dtg::may_be_dtg(text) => Some(Kind::Dtg),
        _ => None,
    }
}

/// What follows the label of a format line: `TO RUEHC/...`, `XMT/AMEMBASSY ...`, `TORUEHC/...`.
///
/// In small letters, `To AMEMBASSY OSLO`, it is one before capitals or nothing: `To the south` is prose.
fn after_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let rest = strip_prefix_ignoring_case(text, label)?;
    let name = match rest.chars().next() {
        None => rest,
        Some(' ' | '\t' | '/' | ':') => rest.trim_start_matches([' ', '\t', '/', ':']),
        Some('R') if addressee::has_routing_indicator(rest) => rest,
        Some(_) => return None,
    };
    let is_label =
        || text.starts_with(label) || name.is_empty() || is_plain(name) || addressee::has_routing_indicator(name);
    is_label().then_some(name)
}

/// `dtg-line = dtg-group [ SP "FM" SP originator ]`: both parts, where two format lines ran together
fn with_originator(text: &str) -> (&str, Option<&str>) {
    let at = text.as_bytes().windows(4).position(|four| four.eq_ignore_ascii_case(b" FM "));
    let parts = at.and_then(|at| Some((text.get(..at)?, text.get(at + 4..)?)));
    parts.map_or((text, None), |(dtg, name)| (dtg, Some(name)))
}

/// Whether a line is a sign of the operator: `BT`, `NNNN`, `#0029`, the group count `GR 45`.
fn is_end_of_message(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    matches!(text, "BT" | "NNN" | "NNNN")
        || text.strip_prefix('#').is_some_and(digits)
        || text.strip_prefix("GR").is_some_and(|rest| digits(rest.trim_start()))
}

/// Whether a line is of a publisher or of the message centre, not of the message.
fn is_notice(text: &str) -> bool {
    const STARTS: [&str; 5] = ["NOTE -", "NOTE:", "NOTE TO", "http://", "https://"];
    let may_start = matches!(text.as_bytes().first(), Some(b'N' | b'n' | b'H' | b'h'));
    let rule = || text.bytes().all(|b| matches!(b, b'-' | b'*' | b'=' | b'_' | b' '));
    matches!(text, "GRNC" | "STATE GRNC")
        || notice::is_notice(text)
        || may_start && STARTS.iter().any(|start| strip_prefix_ignoring_case(text, start).is_some())
        || rule()
}

/// Whether a line may be an addressee's name: capitals, and no sentence.
fn is_plain(text: &str) -> bool {
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    let name =
        |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ' || b == b'\t' || b"/-.,()&':".contains(&b);
    (2..=90).contains(&text.len()) && capitals >= 2 && text.bytes().all(name) && !text.ends_with('.')
}

/// Whether a word stands in a text, apart from others.
fn has_word(text: &str, word: &str) -> bool {
    text.split([' ', '\t', ',', ':', '(']).any(|other| other == word)
}

/// Whether an addressee's line breaks off in the middle of the name or of the office symbols.
fn breaks_off(text: &str) -> bool {
    const KINDS: [&str; 5] = ["AMEMBASSY", "AMCONSUL", "USMISSION", "OF", "AND"];
    let last = text.rsplit([' ', '/']).next().unwrap_or_default();
    KINDS.contains(&last) || (text.ends_with(['/', '-']) && !text.ends_with("//"))
}

/// The reader's place and what it knows.
struct Reader<'r, 'a> {
    lines: &'r [Line<'a>],
    century: CenturyRule,
    report: &'r mut Report,
    heading: Heading<'a>,
    /// The line that is being read.
    at: usize,
    last: Last,
    /// The list to which an addressee without a label belongs.
    list: Option<List>,
    /// Whether a blank line stands before this one.
    blank: bool,
    /// Up to this line all is known to be heading.
    evident_to: usize,
    /// Format line 3 and where its filing time stands.
    filed: Option<(StationLine<'a>, Span)>,
}

impl<'a> Reader<'_, 'a> {
    /// Reads a line. `false`: it is not of the heading.
    fn line(&mut self, line: &Line<'a>) -> bool {
        let text = line.trimmed();
        let kind = kind(text);
        if self.is_second(kind) {
            return false;
        }
        if self.last == Last::Nothing && !can_start(kind, text) && !self.is_followed(kind) {
            return self.stamped(line);
        }
        match kind {
            Kind::TransmissionId | Kind::Routing | Kind::Station | Kind::Security => self.transmission(line, kind),
            Kind::Dtg => self.dtg(line),
            Kind::From => self.from(line, after_label(text, "FM").unwrap_or_default()),
            Kind::List(list) => self.labelled(line, list),
            Kind::Addressee if self.last == Last::BareFrom => self.from(line, text),
            Kind::Plain if self.last == Last::BareFrom && !self.blank => self.from(line, text),
            Kind::Addressee => self.unlabelled(line),
            Kind::Offices => self.offices(),
            Kind::OfficesEdge => self.report.mark(line, RegionKind::Distribution),
            Kind::EndOfMessage => self.report.mark(line, RegionKind::EndOfMessage),
            Kind::Notice => self.report.mark(line, RegionKind::Notice),
            Kind::Extract => {
                self.heading.extract_span = Some(line.text_span());
                self.report.mark(line, RegionKind::Notice);
            }
            Kind::End => return false,
            Kind::Plain | Kind::Unknown => return self.doubtful(line, kind),
        }
        true
    }

    /// Whether the next line certainly is one of addressees: a first line with an unheard-of name is of a heading then.
    fn is_followed(&self, first: Kind) -> bool {
        let next = self.lines.get(self.at + 1).map_or("", Line::trimmed);
        let list = kind(next);
        matches!((first, list), (Kind::From | Kind::List(_), Kind::List(_))) && can_start(list, next)
    }

    /// A strange line above the first format line, such as the stamp of a release.
    fn stamped(&mut self, line: &Line<'a>) -> bool {
        const REACH: usize = 4;
        let text = line.trimmed();
        let mut next =
            self.lines.iter().skip(self.at + 1).map(Line::trimmed).filter(|text| !text.is_empty()).take(REACH);
        // What stands above a block is no matter of the heading.
        let is_block = |text: &str| distribution::starts_block(text) || drafting::starts(text);
        let known = next.find(|next| starts_heading(next) || is_block(next));
        if looks_like_class_line(text) || !known.is_some_and(starts_heading) {
            return false;
        }
        let said = format!("{text:?} before the heading is none of its lines");
        self.report.say(DiagnosticCode::LineNotRecognised, line.text_span(), said);
        true
    }

    /// Whether a format line stands here for the second time: another heading starts.
    fn is_second(&self, kind: Kind) -> bool {
        let h = &self.heading;
        let t = h.transmission.as_ref();
        match kind {
            Kind::TransmissionId => t.is_some() || h.dtg.is_some() || h.from.is_some(),
            Kind::Routing => t.is_some_and(|t| !t.routing_indicators.is_empty() || t.station.is_some()),
            Kind::Station => t.is_some_and(|t| t.station.is_some()),
            Kind::Security => t.is_some_and(|t| t.security.is_some()),
            Kind::Dtg => h.dtg.is_some(),
            Kind::From => h.from.is_some(),
            _ => false,
        }
    }

    /// A line that is no format line by itself: it goes on with the one before, is an addressee, or is not understood.
    fn doubtful(&mut self, line: &Line<'a>, kind: Kind) -> bool {
        let text = line.trimmed();
        if self.goes_on(line, text) {
            return true;
        }
        let sure = !self.blank || line.cut != Cut::None || self.is_evident(40, true);
        if kind == Kind::Plain && self.list.is_some() && sure {
            self.unlabelled(line);
            return true;
        }
        if !self.is_evident(8, false) {
            return false;
        }
        let said = format!("{text:?} in the heading is none of its lines");
        self.report.say(DiagnosticCode::LineNotRecognised, line.text_span(), said);
        true
    }

    /// Reads a line that goes on with format line 2, 4 or 5.
    fn goes_on(&mut self, line: &Line<'a>, text: &'a str) -> bool {
        let list = match self.last {
            Last::Routing => {
                let Ok(("", list)) = transmission::routing_list(text) else { return false };
                let transmission = self.heading.transmission.get_or_insert_default();
                transmission.routing_indicators.extend(list.into_iter().map(Cow::Borrowed));
                self.report.mark(line, RegionKind::Routing);
                return true;
            }
            Last::Security => {
                self.heading.transmission.as_mut().and_then(|t| t.security.as_mut()).map(|s| &mut s.operating_signals)
            }
            Last::Dtg => self.heading.dtg.as_mut().map(|dtg| &mut dtg.operating_signals),
            _ => None,
        };
        let Some(list) = list else { return false };
        if !go_on_with_signals(list, text, self.last == Last::Dtg) {
            return false;
        }
        self.report.mark(line, if self.last == Last::Dtg { RegionKind::Dtg } else { RegionKind::Security });
        true
    }

    /// Whether one of the next lines is certainly of a heading, or the classification line, so that this one is inside.
    /// With `plain`, every line up to it must be one that a list of addressees may have.
    fn is_evident(&mut self, limit: usize, plain: bool) -> bool {
        if self.at < self.evident_to {
            return true;
        }
        let next = self.lines.iter().enumerate().skip(self.at + 1).filter(|(_, line)| !line.is_blank());
        for (index, line) in next.take(limit) {
            let text = line.trimmed();
            let kind = kind(text);
            let sure = match kind {
                Kind::End => looks_like_class_line(text),
                Kind::Unknown if plain => return false,
                Kind::Plain | Kind::Notice | Kind::EndOfMessage | Kind::OfficesEdge | Kind::Unknown | Kind::Extract => {
                    continue;
                }
                _ => can_start(kind, text) || kind == Kind::Addressee,
            };
            if sure {
                self.evident_to = index;
            }
            return sure;
        }
        false
    }

    /// Format lines 1 to 4; two of them may have run into one line.
    fn transmission(&mut self, line: &Line<'a>, first: Kind) {
        let region = match first {
            Kind::TransmissionId => RegionKind::TransmissionId,
            Kind::Routing => RegionKind::Routing,
            Kind::Station => RegionKind::Station,
            _ => RegionKind::Security,
        };
        self.report.mark(line, region);
        let mut text = line.trimmed();
        let mut kind = Some(first);
        while !text.is_empty() {
            let rest = match kind {
                Some(Kind::TransmissionId) => self.transmission_id(text),
                Some(Kind::Routing) => self.routing(text),
                Some(Kind::Station) => self.station(line, text),
                Some(Kind::Security) => self.security(line, text),
                _ => None,
            };
            let Some(rest) = rest else {
                let said = format!("{text:?} does not belong to this format line");
                self.report.say(DiagnosticCode::FormatLineMalformed, line.span_of(text), said);
                return;
            };
            text = rest.trim_start();
            kind = format_line(text);
        }
    }

    fn transmission_id(&mut self, text: &'a str) -> Option<&'a str> {
        self.last = Last::Other;
        let transmission = self.heading.transmission.get_or_insert_default();
        let (rest, id) = transmission::transmission_id(text).ok()?;
        transmission.id = Some(id);
        Some(rest)
    }

    fn routing(&mut self, text: &'a str) -> Option<&'a str> {
        self.last = Last::Routing;
        let (rest, (precedence, list)) = transmission::routing(text).ok()?;
        let transmission = self.heading.transmission.get_or_insert_default();
        transmission.precedence = Some(precedence);
        transmission.routing_indicators.extend(list.into_iter().map(Cow::Borrowed));
        Some(rest)
    }

    fn station(&mut self, line: &Line<'a>, text: &'a str) -> Option<&'a str> {
        self.last = Last::Other;
        let (rest, station) = transmission::station_line(text).ok()?;
        let filing_time = station.filing_time(text);
        let transmission = self.heading.transmission.get_or_insert_default();
        transmission.station = Some(Cow::Borrowed(station.station));
        transmission.serial = station.serial.map(Cow::Borrowed);
        transmission.section = station.section.map(Cow::Borrowed);
        transmission.filing_time = filing_time;
        self.heading.serial_span = station.serial.map(|serial| line.span_of(serial));
        if station.serial.is_none() || station.filed.is_none() {
            let said = format!("{text:?} lacks a serial or a filing time");
            self.report.say(DiagnosticCode::FormatLineMalformed, line.span_of(text), said);
        }
        self.filed = station.filed.map(|(day, time)| (station, line.span_of(day).to(line.span_of(time))));
        Some(rest)
    }

    /// The moment of filing. Its year is that of the date-time group, which stands two lines further down.
    fn file(&mut self) {
        let Some((station, span)) = self.filed else { return };
        let Some(dtg) = self.heading.dtg.as_ref() else { return };
        // An impossible day still has a year, in the middle of which no neighbouring year is near.
        let middle = || {
            let year = dtg::year(&dtg.text, self.century)?;
            Some(NaiveDate::from_ymd_opt(year, 7, 1)?.and_hms_opt(0, 0, 0)?.and_utc())
        };
        let Some(moment) = dtg.utc.or_else(middle) else { return };
        let filed = station.moment(moment);
        if filed.is_none() {
            let (day, time) = station.filed.unwrap_or_default();
            let said = format!("\"{day}{time}\" is no day of the year of the date-time group and time of the day");
            self.report.say(DiagnosticCode::FilingTimeImpossible, span, said);
        }
        self.heading.transmission.get_or_insert_default().filed = filed;
    }

    fn security(&mut self, line: &Line<'a>, text: &'a str) -> Option<&'a str> {
        self.last = Last::Security;
        let (rest, security) = transmission::security_line(text).ok()?;
        let written = &security.indicator;
        let said = match security.level {
            Some(level) if !security.is_regular() => Some(format!("\"{written}\" read as {level}")),
            Some(_) => None,
            None => Some(format!("\"{written}\" names no level")),
        };
        if let Some(said) = said {
            self.report.say(DiagnosticCode::FormatLineMalformed, line.span_of(text), said);
        }
        self.heading.security_span = Some(line.span_of(text));
        self.heading.transmission.get_or_insert_default().security = Some(security);
        Some(rest)
    }

    fn dtg(&mut self, line: &Line<'a>) {
        self.last = Last::Dtg;
        self.report.mark(line, RegionKind::Dtg);
        let (text, name) = with_originator(line.trimmed());
        let Some(read) = dtg_line(text, line.text_span().start, self.century, self.report) else { return };
        self.heading.precedence = read.precedence;
        self.heading.dtg = Some(read.dtg);
        self.heading.dtg_span = Some(read.span);
        if let Some(name) = name.filter(|_| self.heading.from.is_none()) {
            self.from(line, name);
        }
    }

    /// Format line 6; the name may stand on the next line, or be broken in two.
    fn from(&mut self, line: &Line<'a>, name: &'a str) {
        self.report.mark(line, RegionKind::From);
        if name.is_empty() {
            self.last = Last::BareFrom;
            return;
        }
        self.last = Last::Other;
        let value = self.joined(line, name, RegionKind::From);
        self.heading.from_span = Some(value.span);
        self.heading.from = Some(addressee::originator(&value));
    }

    /// The first line of format lines 7 to 9.
    fn labelled(&mut self, line: &Line<'a>, list: List) {
        let label = match list {
            List::To => "TO",
            List::Info => "INFO",
            List::Exempted => "XMT",
        };
        self.last = Last::Other;
        self.list = Some(list);
        self.report.mark(line, list.region());
        let name = after_label(line.trimmed(), label).unwrap_or_default();
        if !name.is_empty() {
            self.addressee(line, name, list);
        }
    }

    /// A further line of a list, or the first one that has lost its `TO`.
    fn unlabelled(&mut self, line: &Line<'a>) {
        self.last = Last::Other;
        let list = self.list.unwrap_or_else(|| {
            let said = format!("{:?} taken as an action addressee, no TO stands before it", line.trimmed());
            self.report.say(DiagnosticCode::AddresseeRepaired, line.text_span(), said);
            List::To
        });
        self.list = Some(list);
        self.report.mark(line, list.region());
        self.addressee(line, line.trimmed(), list);
    }

    fn addressee(&mut self, line: &Line<'a>, name: &'a str, list: List) {
        if let Some((before, after)) =
            name.split_once("XMT").filter(|_| list != List::Exempted && has_word(name, "XMT"))
        {
            // What stands behind XMT is left out of the collective before it.
            let before = before.trim_end_matches([' ', '\t', ',', '(']);
            if !before.is_empty() {
                self.list(&Value::one(before, line.span_of(before).start), list);
            }
            let after = after.trim_start_matches([' ', '\t', ':']);
            self.list = Some(List::Exempted);
            let value = self.joined(line, after, List::Exempted.region());
            self.list(&value, List::Exempted);
            return;
        }
        let value = self.joined(line, name, list.region());
        self.list(&value, list);
    }

    fn list(&mut self, value: &Value<'a>, list: List) {
        let into = match list {
            List::To => &mut self.heading.to,
            List::Info => &mut self.heading.info,
            List::Exempted => &mut self.heading.exempted,
        };
        match value.text {
            // Several names on a line, as behind XMT.
            Cow::Borrowed(text)
                if text.contains(',')
                    && text.contains(", ")
                    && (list == List::Exempted || text.split(", ").all(addressee::is_plad)) =>
            {
                let each = text.split(", ").map(|one| Value::borrowed(one, value.locate_str(one).start));
                into.extend(each.map(|one| addressee::addressee(&one, self.report)));
            }
            _ => into.push(addressee::addressee(value, self.report)),
        }
    }

    /// A name with the lines on which it goes on. Takes those lines.
    fn joined(&mut self, line: &Line<'a>, name: &'a str, region: RegionKind) -> Value<'a> {
        let first = self.at;
        let mut before = name;
        while let Some(next) = self.lines.get(self.at + 1).filter(|next| continues(before, next)) {
            self.report.mark(next, region);
            self.at += 1;
            before = next.trimmed();
        }
        if self.at == first {
            return Value::one(name, line.span_of(name).start);
        }
        let more = self.lines.iter().take(self.at + 1).skip(first + 1);
        let more = more.map(|line| (line.trimmed(), line.text_span().start));
        Value::join(std::iter::once((name, line.span_of(name).start)).chain(more))
    }

    /// The block of offices, which may stand between the format lines: left to who reads that.
    fn offices(&mut self) {
        let rest = self.lines.get(self.at..).unwrap_or_default();
        let used = distribution::parse(rest, &mut Report::default()).map_or(1, |(_, used)| used.max(1));
        self.heading.distribution = self.at..self.at + used;
        self.at += used - 1;
        self.last = Last::Other;
        self.list = None;
    }
}

/// Whether a heading may start with a line.
fn can_start(kind: Kind, text: &str) -> bool {
    let named = |label| {
        after_label(text, label)
            .is_some_and(|name| name.is_empty() || addressee::has_routing_indicator(name) || addressee::is_plad(name))
    };
    match kind {
        Kind::From => named("FM"),
        Kind::List(List::To) => named("TO"),
        Kind::List(List::Info) => named("INFO"),
        Kind::List(List::Exempted) | Kind::Addressee | Kind::Plain | Kind::Unknown | Kind::End => false,
        _ => true,
    }
}

/// Whether a line goes on with the addressee of the line before.
fn continues(before: &str, next: &Line<'_>) -> bool {
    let text = next.trimmed();
    // The dearest questions last: few lines look as if they went on with another.
    !text.is_empty()
        && looks_continued(before, next)
        && !addressee::has_routing_indicator(text)
        && format_line(text).is_none()
}

/// Whether one line breaks off, or the other begins, as the halves of an addressee do.
fn looks_continued(before: &str, next: &Line<'_>) -> bool {
    let text = next.trimmed();
    if addressee::is_tail(text) {
        return !addressee::has_serial(before);
    }
    let washington = ["WASHDC", "WASHINGTON"].iter().any(|city| text.starts_with(city)) && !before.contains("WASH");
    if washington && !addressee::has_tail(before) {
        return true;
    }
    let symbols = text.starts_with("//") || (text.ends_with("//") && before.matches("//").count() % 2 == 1);
    if symbols {
        return true;
    }
    let wrapped = before.len() >= 60 && addressee::has_routing_indicator(before) && !addressee::has_tail(before);
    let open = breaks_off(before);
    if !(open || wrapped || next.cut == Cut::Inline) {
        return false;
    }
    match kind(text) {
        Kind::Plain => true,
        Kind::Addressee => open && !text.starts_with("AM"),
        _ => false,
    }
}

/// Adds the signals of a line to those of the line before, where it goes on with them: within an open bracket, with another
/// bracket or signal, or, behind any signal of a date-time group, with the words of a remark.
fn go_on_with_signals<'a>(list: &mut Vec<Cow<'a, str>>, text: &'a str, with_remarks: bool) -> bool {
    let mut rest = text;
    if let Some(open) = list.last_mut().filter(|last| last.starts_with('(') && !last.ends_with(')')) {
        // A bracket is one remark from where it opens to where it closes.
        let end = text.find(')').map_or(text.len(), |at| at + 1);
        let (inner, after) = text.split_at_checked(end).unwrap_or((text, ""));
        *open = Cow::Owned(format!("{open} {}", in_one_line(inner)));
        rest = after;
    } else if !(text.starts_with('(') || text.get(..3).is_some_and(is_signal) || with_remarks && !list.is_empty()) {
        return false;
    }
    let signals = operating_signals(rest).map(|(_, signals)| signals).unwrap_or_default();
    list.extend(signals.into_iter().map(in_one_line));
    true
}

/// Whether three letters are an operating signal.
fn is_signal(word: &str) -> bool {
    crate::knowledge::operating_signal(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    fn read_text(text: &str) -> (Heading<'_>, String, Vec<DiagnosticCode>, Report) {
        let lines = split(text);
        let mut report = Report::default();
        let (heading, used) = read(&lines, CenturyRule::default(), &mut report);
        let next = lines.get(used).map_or("", |line| line.text).to_owned();
        let codes = std::mem::take(&mut report.diagnostics).finish().iter().map(|d| d.code).collect();
        (heading, next, codes, report)
    }

    fn names(list: &[Addressee<'_>]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    const WHOLE: &str = "\
VZCZCXRO0029
PP RUEHLH RUEHPW
RUEHIL

DE RUEHNY #2941/01 3420300
ZNY CCCCC ZZH
ZUI RUEWMCE 1074
P R 080300Z DEC 09 ZDK
FM AMEMBASSY OSLO
TO RUEHC/SECSTATE WASHDC PRIORITY 6303
RUEKJCS/JOINT STAFF WASHDC//J-3/
J-5//
INFO RUEHRL/AMEMBASSY BERLIN PRIORITY
1258
RUCNMEM/EU MEMBER STATES COLLECTIVE
XMT AMEMBASSY BERN, AMEMBASSY RIGA
AMEMBASSY ROME
STATE GRNC
BT
Tuesday, 8 December 2009, 03:00
UNCLAS OSLO 002941
";

    #[test]
    fn a_whole_heading() {
        let (heading, next, codes, report) = read_text(WHOLE);
        assert_eq!((next.as_str(), codes), ("UNCLAS OSLO 002941", vec![]));
        let transmission = heading.transmission.unwrap();
        assert_eq!(transmission.routing_indicators, ["RUEHLH", "RUEHPW", "RUEHIL"]);
        assert_eq!(transmission.filed, heading.dtg.as_ref().unwrap().utc);
        assert_eq!(transmission.security.unwrap().to_string(), "ZNY CCCCC ZZH ZUI RUEWMCE 1074");
        assert_eq!(heading.precedence.unwrap().to_string(), "P R");
        assert_eq!(heading.dtg.unwrap().to_string(), "080300Z DEC 09 ZDK");
        assert_eq!(heading.from.unwrap().post.as_deref(), Some("OSLO"));
        let to = ["RUEHC/SECSTATE WASHDC PRIORITY 6303", "RUEKJCS/JOINT STAFF WASHDC//J-3/ J-5//"];
        assert_eq!(names(&heading.to), to);
        let info = ["RUEHRL/AMEMBASSY BERLIN PRIORITY 1258", "RUCNMEM/EU MEMBER STATES COLLECTIVE"];
        assert_eq!(names(&heading.info), info);
        assert_eq!(names(&heading.exempted), ["AMEMBASSY BERN", "AMEMBASSY RIGA", "AMEMBASSY ROME"]);
        assert_eq!(heading.serial_span.and_then(|span| span.slice(WHOLE)), Some("2941"));
        assert_eq!(heading.dtg_span.and_then(|span| span.slice(WHOLE)), Some("080300Z DEC 09"));
        let left: Vec<_> =
            report.regions.partition(WHOLE).into_iter().filter(|r| r.kind == RegionKind::Unrecognised).collect();
        assert_eq!(left.first().and_then(|r| r.span.slice(WHOLE)), Some("UNCLAS OSLO 002941\n"));
        assert_eq!(left.len(), 1);
    }

    #[test]
    fn every_start_of_the_heading_reads_the_rest() {
        for (at, _) in WHOLE.match_indices('\n').take(10) {
            let text = WHOLE.split_at(at + 1).1;
            let (heading, next, _, _) = read_text(text);
            if ["RUEHIL\n", "ZUI ", "RUEK"].iter().any(|head| text.starts_with(head)) {
                continue;
            }
            assert_eq!(next, "UNCLAS OSLO 002941", "{text}");
            assert_eq!(heading.exempted.len(), 3, "{text}");
        }
    }

    /// The addressees, what follows the heading, and what was said.
    type Want = (&'static [&'static str], &'static [&'static str], &'static str, &'static [DiagnosticCode]);

    #[test]
    fn damaged_headings() {
        use DiagnosticCode::{AddresseeRepaired, LineNotRecognised};
        let cases: [(&str, &str, Want); 20] = [
            (
                "exempted behind the collective",
                "FM AMEMBASSY OSLO\nTO ALL POSTS COLLECTIVE, XMT BERN, ROME PRIORITY\nUNCLAS OSLO 12",
                (&["ALL POSTS COLLECTIVE"], &[], "UNCLAS OSLO 12", &[]),
            ),
            (
                "exempted behind the collective and on the next line",
                "FM AMEMBASSY OSLO\nTO ALL POSTS COLLECTIVE XMT AMEMBASSY BERN\nAMEMBASSY ROME\nUNCLAS OSLO 12",
                (&["ALL POSTS COLLECTIVE"], &[], "UNCLAS OSLO 12", &[]),
            ),
            (
                "a name that holds the letters",
                "FM AMEMBASSY OSLO\nTO TEXMTOWN POSTS COLLECTIVE\nUNCLAS OSLO 12",
                (&["TEXMTOWN POSTS COLLECTIVE"], &[], "UNCLAS OSLO 12", &[]),
            ),
            ("none", "UNCLAS OSLO 12\nTO", (&[], &[], "UNCLAS OSLO 12", &[])),
            ("prose", "FM Doe said that\nTO BE HEARD", (&[], &[], "FM Doe said that", &[])),
            (
                "TO lost",
                "FM AMEMBASSY OSLO\nSECSTATE WASHDC 12\nINFO AMEMBASSY BERN\nUNCLAS OSLO 12",
                (&["SECSTATE WASHDC 12"], &["AMEMBASSY BERN"], "UNCLAS OSLO 12", &[AddresseeRepaired]),
            ),
            (
                "a blank line after each line",
                "FM AMEMBASSY OSLO\n\nTO SECSTATE WASHDC\n\nBERN\n\nBT\n\nUNCLAS OSLO 12",
                (&["SECSTATE WASHDC", "BERN"], &[], "UNCLAS OSLO 12", &[]),
            ),
            (
                "classification line lost",
                "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nBERN\n\nE.O. 12958: N/A",
                (&["SECSTATE WASHDC", "BERN"], &[], "E.O. 12958: N/A", &[]),
            ),
            (
                "classification line and labels lost",
                "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n\nTHE FAIR OPENED ON MONDAY.",
                (&["SECSTATE WASHDC"], &[], "THE FAIR OPENED ON MONDAY.", &[]),
            ),
            (
                "a line of something else",
                "FM AMEMBASSY OSLO\nsee below\nTO SECSTATE WASHDC\nUNCLAS OSLO 12",
                (&["SECSTATE WASHDC"], &[], "UNCLAS OSLO 12", &[LineNotRecognised]),
            ),
            (
                "a second heading",
                "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nVZCZCXRO0001\nPP RUEHC",
                (&["SECSTATE WASHDC"], &[], "VZCZCXRO0001", &[]),
            ),
            (
                "offices in it",
                "FM AMEMBASSY OSLO\nACTION AF-00\nINFO  LOG-00  NP-00  /000W\nTO SECSTATE WASHDC\nUNCLAS OSLO 12",
                (&["SECSTATE WASHDC"], &[], "UNCLAS OSLO 12", &[]),
            ),
            (
                "names wrapped",
                "FM AMEMBASSY\nOSLO\nTO DEPARTMENT OF\nLABOR WASHDC\nINFO DEPT OF COMMERCE\nWASHDC PRIORITY\nUNCLAS OSLO 12",
                (&["DEPARTMENT OF LABOR WASHDC"], &["DEPT OF COMMERCE WASHDC PRIORITY"], "UNCLAS OSLO 12", &[]),
            ),
            (
                "name of the originator on the next line, label alone",
                "FM\nAMEMBASSY OSLO\nTO\nSECSTATE WASHDC\nCONFIDENTIAL OSLO 12",
                (&["SECSTATE WASHDC"], &[], "CONFIDENTIAL OSLO 12", &[]),
            ),
            (
                "originator on the line of the date-time group",
                "P 080300Z DEC 09 FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nE C R E T OSLO 12",
                (&["SECSTATE WASHDC"], &[], "E C R E T OSLO 12", &[]),
            ),
            (
                "labels in small letters",
                "P 080300Z DEC 09 fm AMEMBASSY OSLO\nTo SECSTATE WASHDC\ninfo NATO CAPITALS\nInfo: BERN\nUNCLAS OSLO 12",
                (&["SECSTATE WASHDC"], &["NATO CAPITALS", "BERN"], "UNCLAS OSLO 12", &[]),
            ),
            (
                "labels in small letters, names on the next lines",
                "Fm\nAMEMBASSY OSLO\nTo:\nSECSTATE WASHDC\nUNCLAS OSLO 12",
                (&["SECSTATE WASHDC"], &[], "UNCLAS OSLO 12", &[]),
            ),
            (
                "prose below a heading",
                "Fm AMEMBASSY OSLO\nTo SECSTATE WASHDC\n\nTo the south lies the sea.",
                (&["SECSTATE WASHDC"], &[], "To the south lies the sea.", &[]),
            ),
            ("prose alone", "To NATO the fish\nInfo of cod", (&[], &[], "To NATO the fish", &[])),
            (
                "header alone",
                "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nINFO NATO CAPITALS\nBERN",
                (&["SECSTATE WASHDC"], &["NATO CAPITALS", "BERN"], "", &[]),
            ),
        ];
        for (name, text, (to, info, next, said)) in cases {
            let (heading, got, codes, _) = read_text(text);
            assert_eq!(got, next, "{name}");
            assert_eq!(
                (names(&heading.to), names(&heading.info)),
                (to.iter().map(ToString::to_string).collect(), info.iter().map(ToString::to_string).collect()),
                "{name}"
            );
            assert_eq!(codes, said, "{name}");
            assert_eq!(heading.from.is_some_and(|from| from.name == "AMEMBASSY OSLO"), !to.is_empty(), "{name}");
        }
    }

    #[test]
    fn where_a_heading_starts() {
        for yes in [
            "VZCZCXRO0029",
            "DE RUEHNY #2941/01 3420300",
            "O R 080300Z DEC 09",
            "FM AMEMBASSY OSLO",
            "Fm AMEMBASSY OSLO",
        ] {
            assert!(starts_heading(yes), "{yes}");
        }
        for no in ["", "FM Doe said", "fm radio", "TO SECSTATE WASHDC", "080300Z DEC 09", "DE FACTO", "Z", "PP RUEHC"] {
            assert!(!starts_heading(no), "{no}");
        }
    }

    #[test]
    fn offices_are_left_to_their_reader() {
        let text = "FM AMEMBASSY OSLO\nTED1302\nACTION AF-00\n\nINFO  LOG-00  /000W\nTO SECSTATE WASHDC\n";
        assert_eq!(read_text(text).0.distribution, 2..5);
    }
}
