//! The message header: format lines 1 to 10 of ACP 127, or what is left of them.
//!
//! A loop over lines that are classified once ([`line`]): the field's grammar reads a line, and whatever comes of that, reading
//! goes on at the next one. Where the classification line was found, all that stands above it is header: what is not
//! understood costs no more than itself. Where there is none, the header ends at the labels of the text head, or at a line
//! after which nothing of a header follows.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;

use crate::diagnostic::DiagnosticCode;
use crate::field::addressee::{self, Addressee, Originator};
use crate::field::caption;
use crate::field::distribution;
use crate::field::drafting;
use crate::field::dtg::{self, CenturyRule, Dtg, dtg_line};
use crate::field::notice;
use crate::field::precedence::MessagePrecedence;
use crate::field::transmission::{self, StationLine, Transmission};
use crate::lines::{Cut, Line, Report};
use crate::region::RegionKind;
use crate::span::Span;
use crate::value::Value;

use self::continuation::{continues, go_on_with_signals};
use self::line::{
    LineKind, List, after_label, can_start, classify, format_line, is_prose, split_at_word, with_originator,
};

mod continuation;
pub(crate) mod line;
pub(crate) mod several;

/// What the message header says, and where it says what later stages check.
#[derive(Debug, Default)]
pub(crate) struct Header<'a> {
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
    /// The lines of a drafting block. They are not marked.
    pub(crate) drafting: Range<usize>,
    /// Lines of a text head that stand above the classification line: an indexer's TAGS and subject, a head printed twice.
    pub(crate) above: Vec<Line<'a>>,
}

/// How far a message header may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All lines that are given stand above the classification line.
    AboveClassLine,
    /// Where it ends is to be found.
    Unknown,
}

/// Reads the message header at the start of `lines`. Gives back the index of the first line that is not of it.
pub(crate) fn read<'a>(
    lines: &[Line<'a>],
    extent: Extent,
    century: CenturyRule,
    report: &mut Report,
) -> (Header<'a>, usize) {
    Headers::new(lines, extent, century).read(report)
}

/// The message headers that stand one after the other. Each line is classified once for all of them.
pub(crate) struct Headers<'l, 'a> {
    lines: &'l [Line<'a>],
    extent: Extent,
    century: CenturyRule,
    outlook: Outlook,
    /// Where the next header begins.
    at: usize,
}

impl<'l, 'a> Headers<'l, 'a> {
    pub(crate) fn new(lines: &'l [Line<'a>], extent: Extent, century: CenturyRule) -> Self {
        Self { lines, extent, century, outlook: Outlook::of(lines, 0, extent), at: 0 }
    }

    /// The lines that no header was read of yet.
    pub(crate) fn rest(&self) -> &'l [Line<'a>] {
        self.lines.get(self.at..).unwrap_or_default()
    }

    /// Reads the next header; gives it with the number of its lines.
    pub(crate) fn read(&mut self, report: &mut Report) -> (Header<'a>, usize) {
        if !self.outlook.serves(self.at) {
            self.outlook = Outlook::of(self.lines, self.at, self.extent);
        }
        let (header, taken) = Reader::new(self, report).read();
        self.at += taken;
        (header, taken)
    }
}

/// What is known of the lines ahead: of all lines above the classification line, else of those up to the one at which a
/// header ends at the latest. Places are those of all lines.
struct Outlook {
    /// The first line that it speaks of.
    from: usize,
    /// What each line is.
    kinds: Vec<LineKind>,
    /// Where headers of unknown extent are, the last line that certainly is of one, and the first line of prose.
    last_sure: usize,
    prose: usize,
    /// Where format line 1 stands.
    transmissions: Vec<usize>,
}

impl Outlook {
    fn of(lines: &[Line<'_>], from: usize, extent: Extent) -> Self {
        let lines = lines.get(from..).unwrap_or_default();
        let kinds = kinds(lines, extent);
        let all = || (from..).zip(kinds.iter().copied().zip(lines));
        let transmissions =
            all().filter(|(_, (kind, _))| *kind == LineKind::TransmissionId).map(|(index, _)| index).collect();
        let (mut last_sure, mut prose) = (0, usize::MAX);
        if extent == Extent::Unknown {
            let is_prose = |(_, (kind, line)): &(usize, (LineKind, &Line<'_>))| {
                *kind == LineKind::Unknown && is_prose(line.trimmed())
            };
            let sure = |(_, (kind, line)): &(usize, (LineKind, &Line<'_>))| {
                *kind == LineKind::ClassLine
                    || is_sure(*kind) && can_start(*kind, line.trimmed())
                    || *kind == LineKind::Addressee
            };
            prose = all().find(is_prose).map_or(prose, |(index, _)| index);
            last_sure = all().take_while(|line| line.0 < prose).filter(sure).last().map_or(0, |(index, _)| index);
        }
        Self { from, kinds, last_sure, prose, transmissions }
    }

    /// Whether it tells of a header that begins at a line what it told of the first one: of the line at which headers end,
    /// and after prose, that is looked at anew.
    fn serves(&self, at: usize) -> bool {
        at == self.from || at + 1 < self.from + self.kinds.len() && at <= self.prose
    }

    /// The kinds of the lines from one on.
    fn kinds_from(&self, at: usize) -> &[LineKind] {
        at.checked_sub(self.from).and_then(|at| self.kinds.get(at..)).unwrap_or_default()
    }

    /// Where the first format line 1 from a line on stands; the line itself where there is none.
    fn transmission_from(&self, at: usize) -> usize {
        let next = self.transmissions.partition_point(|transmission| *transmission < at);
        self.transmissions.get(next).copied().unwrap_or(at)
    }
}

/// The kinds of the lines, up to the one at which a header of unknown extent ends at the latest.
fn kinds(lines: &[Line<'_>], extent: Extent) -> Vec<LineKind> {
    let mut kinds = Vec::with_capacity(lines.len().min(64));
    let mut begun = false;
    for line in lines {
        let kind = classify(line.trimmed());
        kinds.push(kind);
        begun |= kind.is_format_line();
        if extent == Extent::Unknown && (kind.is_of_head() || begun && kind == LineKind::Banner) {
            break;
        }
    }
    kinds
}

impl Header<'_> {
    /// Whether nothing was read of a message header.
    pub(crate) fn is_empty(&self) -> bool {
        let listed = [&self.to, &self.info, &self.exempted].into_iter().any(|list| !list.is_empty());
        !listed && self.transmission.is_none() && self.dtg.is_none() && self.from.is_none()
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

/// The reader's place and what it knows.
struct Reader<'r, 'a> {
    lines: &'r [Line<'a>],
    extent: Extent,
    /// What each line is.
    kinds: &'r [LineKind],
    century: CenturyRule,
    report: &'r mut Report,
    header: Header<'a>,
    /// The line that is being read.
    at: usize,
    last: Last,
    /// The list to which an addressee without a label belongs.
    list: Option<List>,
    /// Whether a blank line stands before this one.
    blank: bool,
    /// Whether the lines are those of a text head, up to the next format line.
    in_head: bool,
    /// The last line that certainly is of the header, where its extent is unknown.
    last_sure: usize,
    /// Where format line 1 stands: what is above it, is a cover and no message.
    start_of_message: usize,
    /// The lines of the cover.
    cover: Option<Span>,
    /// Up to this line it is known whether a list of addressees goes on, and whether it does.
    list_known: (usize, bool),
    /// Format line 3 and where its filing time stands.
    filed: Option<(StationLine<'a>, Span)>,
}

impl<'r, 'a> Reader<'r, 'a> {
    fn new(headers: &'r Headers<'_, 'a>, report: &'r mut Report) -> Self {
        let Headers { extent, century, ref outlook, at, .. } = *headers;
        Self {
            lines: headers.rest(),
            extent,
            kinds: outlook.kinds_from(at),
            start_of_message: outlook.transmission_from(at) - at,
            cover: None,
            century,
            report,
            header: Header::default(),
            at: 0,
            last: Last::Nothing,
            list: None,
            blank: false,
            in_head: false,
            last_sure: outlook.last_sure.saturating_sub(at),
            list_known: (0, false),
            filed: None,
        }
    }

    fn read(mut self) -> (Header<'a>, usize) {
        while let Some((line, kind)) = self.lines.get(self.at).zip(self.kinds.get(self.at).copied()) {
            if kind == LineKind::Blank {
                self.blank = true;
            } else if self.line(line, kind) {
                self.blank = false;
            } else {
                break;
            }
            self.at += 1;
        }
        self.file();
        if let Some(cover) = self.cover {
            let message = "a cover sheet above format line 1; the message begins there";
            self.report.emit(DiagnosticCode::HeadingRepeated, cover, message);
        }
        (self.header, self.at)
    }

    /// Reads a line. `false`: it is not of the header.
    fn line(&mut self, line: &Line<'a>, kind: LineKind) -> bool {
        let text = line.trimmed();
        if self.is_second(kind) {
            return false;
        }
        self.in_head &= !kind.is_format_line();
        if self.in_head {
            self.above(line, kind);
            return true;
        }
        if kind.is_of_head() {
            return self.head_line(line, kind);
        }
        if self.last == Last::Nothing && !can_start(kind, text) && !self.is_followed(kind) {
            return self.before_header(line, kind);
        }
        match kind {
            LineKind::TransmissionId | LineKind::Routing | LineKind::Station | LineKind::Security => {
                self.transmission(line, kind);
            }
            LineKind::Dtg => self.dtg(line),
            LineKind::From => self.from(line, after_label(text, "FM").unwrap_or_default()),
            LineKind::List(list) => self.labelled(line, list),
            LineKind::Addressee if self.last == Last::BareFrom => self.from(line, text),
            LineKind::Plain if self.last == Last::BareFrom && !self.blank => self.from(line, text),
            LineKind::Addressee => self.unlabelled(line),
            LineKind::Offices | LineKind::Drafting => self.block(kind),
            LineKind::OfficesEdge => self.report.mark(line, RegionKind::Distribution),
            LineKind::EndOfMessage => self.report.mark(line, RegionKind::EndOfMessage),
            LineKind::Notice => self.report.mark(line, RegionKind::Notice),
            LineKind::Extract => {
                self.header.extract_span = Some(line.text_span());
                self.report.mark(line, RegionKind::Notice);
            }
            LineKind::Banner if self.extent == Extent::Unknown => return false,
            LineKind::Banner => self.report.mark(line, RegionKind::PageFurniture),
            _ => return self.doubtful(line, kind),
        }
        true
    }

    /// Whether the next line certainly is one of addressees: a first line with an unheard-of name is of a header then.
    fn is_followed(&self, first: LineKind) -> bool {
        let next = self.lines.get(self.at + 1).map_or("", Line::trimmed);
        let list = self.kinds.get(self.at + 1).copied().unwrap_or(LineKind::Blank);
        matches!((first, list), (LineKind::From | LineKind::List(_), LineKind::List(_))) && can_start(list, next)
    }

    /// Whether the header goes on after this line.
    fn is_inside(&self) -> bool {
        self.extent == Extent::AboveClassLine || self.at < self.last_sure
    }

    /// A line above the first format line: a stamp, or something strange.
    fn before_header(&mut self, line: &Line<'a>, kind: LineKind) -> bool {
        if !self.is_inside() {
            return false;
        }
        match kind {
            LineKind::Banner => self.report.mark(line, RegionKind::PageFurniture),
            LineKind::Drafting => self.block(kind),
            _ if notice::is_print_title(line.trimmed()) => self.report.mark(line, RegionKind::Notice),
            _ if self.at < self.start_of_message => {
                self.report.mark(line, RegionKind::RepeatedHeading);
                let span = line.text_span();
                self.cover = Some(self.cover.map_or(span, |cover| cover.to(span)));
            }
            _ => self.unrecognised(line),
        }
        true
    }

    fn unrecognised(&mut self, line: &Line<'a>) {
        let message = format!("unrecognised line above the text head: {:?}", line.trimmed());
        self.report.emit(DiagnosticCode::LineNotRecognised, line.text_span(), message);
    }

    /// A line of a text head: above the classification line it is of a copy, else the header ends.
    fn head_line(&mut self, line: &Line<'a>, kind: LineKind) -> bool {
        if self.extent == Extent::Unknown {
            return false;
        }
        // A caption may stand alone above the header, a passing line does not.
        let caption = kind == LineKind::Caption;
        if caption && caption::captions(line.trimmed()).is_none() {
            self.unrecognised(line);
        } else {
            self.in_head = !caption;
            self.above(line, kind);
        }
        true
    }

    fn above(&mut self, line: &Line<'a>, kind: LineKind) {
        let region = match kind {
            LineKind::Caption => RegionKind::Caption,
            LineKind::Notice => RegionKind::Notice,
            _ => RegionKind::RepeatedHeading,
        };
        self.report.mark(line, region);
        if kind != LineKind::Notice {
            self.header.above.push(*line);
        }
    }

    /// Whether a format line stands here for the second time: another header starts.
    fn is_second(&self, kind: LineKind) -> bool {
        let h = &self.header;
        let t = h.transmission.as_ref();
        match kind {
            LineKind::TransmissionId => t.is_some() || h.dtg.is_some() || h.from.is_some(),
            LineKind::Routing => t.is_some_and(|t| !t.routing_indicators.is_empty() || t.station.is_some()),
            LineKind::Station => t.is_some_and(|t| t.station.is_some()),
            LineKind::Security => t.is_some_and(|t| t.security.is_some()),
            LineKind::Dtg => h.dtg.is_some(),
            LineKind::From => h.from.is_some(),
            LineKind::Offices => !h.distribution.is_empty(),
            LineKind::Drafting => !h.drafting.is_empty(),
            _ => false,
        }
    }

    /// A line that is no format line by itself: it goes on with the one before, is an addressee, or is not understood.
    fn doubtful(&mut self, line: &Line<'a>, kind: LineKind) -> bool {
        if self.goes_on(line, line.trimmed()) {
            return true;
        }
        if kind == LineKind::Plain
            && self.list.is_some()
            && (!self.blank || line.cut != Cut::None || self.list_goes_on())
        {
            self.unlabelled(line);
            return true;
        }
        if !self.is_inside() {
            return false;
        }
        self.unrecognised(line);
        true
    }

    /// Reads a line that goes on with format line 2, 4 or 5.
    fn goes_on(&mut self, line: &Line<'a>, text: &'a str) -> bool {
        let list = match self.last {
            Last::Routing => {
                let Ok(("", list)) = transmission::routing_list(text) else { return false };
                let transmission = self.header.transmission.get_or_insert_default();
                transmission.routing_indicators.extend(list.into_iter().map(Cow::Borrowed));
                self.report.mark(line, RegionKind::Routing);
                return true;
            }
            Last::Security => {
                let security = self.header.transmission.as_mut().and_then(|t| t.security.as_mut());
                security.map(|security| &mut security.operating_signals)
            }
            Last::Dtg => self.header.dtg.as_mut().map(|dtg| &mut dtg.operating_signals),
            _ => None,
        };
        let Some(list) = list else { return false };
        if !go_on_with_signals(list, text, self.last == Last::Dtg) {
            return false;
        }
        self.report.mark(line, if self.last == Last::Dtg { RegionKind::Dtg } else { RegionKind::Security });
        true
    }

    /// Whether a line after a gap is still one of a list of addressees: such lines alone stand before the next one that
    /// certainly is of the header, or before the classification line.
    fn list_goes_on(&mut self) -> bool {
        if self.extent == Extent::AboveClassLine {
            return true;
        }
        if self.at < self.list_known.0 {
            return self.list_known.1;
        }
        let following = self.kinds.iter().zip(self.lines).enumerate().skip(self.at + 1);
        let mut decisive =
            following.filter(|(_, (kind, _))| is_sure(**kind) || kind.is_of_head() || !may_be_listed(**kind));
        let next = decisive.next();
        let goes_on = next.is_some_and(|(_, (kind, line))| {
            *kind == LineKind::ClassLine
                || is_sure(*kind) && (can_start(*kind, line.trimmed()) || *kind == LineKind::Addressee)
        });
        self.list_known = (next.map_or(self.kinds.len(), |(index, _)| index), goes_on);
        goes_on
    }

    /// Format lines 1 to 4; two of them may have run into one line.
    fn transmission(&mut self, line: &Line<'a>, first: LineKind) {
        let region = match first {
            LineKind::TransmissionId => RegionKind::TransmissionId,
            LineKind::Routing => RegionKind::Routing,
            LineKind::Station => RegionKind::Station,
            _ => RegionKind::Security,
        };
        self.report.mark(line, region);
        let mut text = line.trimmed();
        let mut kind = Some(first);
        while !text.is_empty() {
            let rest = match kind {
                Some(LineKind::TransmissionId) => self.transmission_id(text),
                Some(LineKind::Routing) => self.routing(text),
                Some(LineKind::Station) => self.station(line, text),
                Some(LineKind::Security) => self.security(line, text),
                _ => None,
            };
            let Some(rest) = rest else {
                let message = format!("{text:?} does not belong to this format line");
                self.report.emit(DiagnosticCode::FormatLineMalformed, line.span_of(text), message);
                return;
            };
            text = rest.trim_start();
            kind = format_line(text);
        }
    }

    fn transmission_id(&mut self, text: &'a str) -> Option<&'a str> {
        self.last = Last::Other;
        let transmission = self.header.transmission.get_or_insert_default();
        let (rest, id) = transmission::transmission_id(text).ok()?;
        transmission.id = Some(id);
        Some(rest)
    }

    fn routing(&mut self, text: &'a str) -> Option<&'a str> {
        self.last = Last::Routing;
        let (rest, (precedence, list)) = transmission::routing(text).ok()?;
        let transmission = self.header.transmission.get_or_insert_default();
        transmission.precedence = Some(precedence);
        transmission.routing_indicators.extend(list.into_iter().map(Cow::Borrowed));
        Some(rest)
    }

    fn station(&mut self, line: &Line<'a>, text: &'a str) -> Option<&'a str> {
        self.last = Last::Other;
        let (rest, station) = transmission::station_line(text).ok()?;
        let filing_time = station.filing_time(text);
        let transmission = self.header.transmission.get_or_insert_default();
        transmission.station = Some(Cow::Borrowed(station.station));
        transmission.serial = station.serial.map(Cow::Borrowed);
        transmission.section = station.section.map(Cow::Borrowed);
        transmission.filing_time = filing_time;
        self.header.serial_span = station.serial.map(|serial| line.span_of(serial));
        if station.serial.is_none() || station.filed.is_none() {
            let message = format!("{text:?} lacks a serial or a filing time");
            self.report.emit(DiagnosticCode::FormatLineMalformed, line.span_of(text), message);
        }
        self.filed = station.filed.map(|(day, time)| (station, line.span_of(day).to(line.span_of(time))));
        Some(rest)
    }

    /// The moment of filing. Its year is that of the date-time group, which stands two lines further down.
    fn file(&mut self) {
        let Some((station, span)) = self.filed else { return };
        let Some(dtg) = self.header.dtg.as_ref() else { return };
        // An impossible day still has a year, in the middle of which no neighbouring year is near.
        let middle = || {
            let year = dtg::year(&dtg.text, self.century)?;
            Some(NaiveDate::from_ymd_opt(year, 7, 1)?.and_hms_opt(0, 0, 0)?.and_utc())
        };
        let Some(moment) = dtg.utc.or_else(middle) else { return };
        let filed = station.moment(moment);
        if filed.is_none() {
            let (day, time) = station.filed.unwrap_or_default();
            let message = format!("\"{day}{time}\" is no day of the year of the date-time group and time of the day");
            self.report.emit(DiagnosticCode::FilingTimeImpossible, span, message);
        }
        self.header.transmission.get_or_insert_default().filed = filed;
    }

    fn security(&mut self, line: &Line<'a>, text: &'a str) -> Option<&'a str> {
        self.last = Last::Security;
        let (rest, security) = transmission::security_line(text).ok()?;
        let written = &security.indicator;
        let message = match security.level {
            Some(level) if !security.is_regular() => Some(format!("\"{written}\" read as {level}")),
            Some(_) => None,
            None => Some(format!("\"{written}\" names no level")),
        };
        if let Some(message) = message {
            self.report.emit(DiagnosticCode::FormatLineMalformed, line.span_of(text), message);
        }
        self.header.security_span = Some(line.span_of(text));
        self.header.transmission.get_or_insert_default().security = Some(security);
        Some(rest)
    }

    fn dtg(&mut self, line: &Line<'a>) {
        self.last = Last::Dtg;
        self.report.mark(line, RegionKind::Dtg);
        let (text, name) = with_originator(line.trimmed());
        let Some(read) = dtg_line(text, line.text_span().start, self.century, self.report) else { return };
        self.header.precedence = read.precedence;
        self.header.dtg = Some(read.dtg);
        self.header.dtg_span = Some(read.span);
        if let Some(name) = name.filter(|_| self.header.from.is_none()) {
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
        self.header.from_span = Some(value.span);
        self.header.from = Some(addressee::originator(&value));
    }

    /// The first line of format lines 7 to 9.
    fn labelled(&mut self, line: &Line<'a>, list: List) {
        self.last = Last::Other;
        self.list = Some(list);
        self.report.mark(line, list.region());
        let name = after_label(line.trimmed(), list.label()).unwrap_or_default();
        if !name.is_empty() {
            self.addressee(line, name, list);
        }
    }

    /// A further line of a list, or the first one that has lost its `TO`.
    fn unlabelled(&mut self, line: &Line<'a>) {
        self.last = Last::Other;
        let list = self.list.unwrap_or_else(|| {
            let message = format!("{:?} taken as an action addressee, no TO stands before it", line.trimmed());
            self.report.emit(DiagnosticCode::AddresseeRepaired, line.text_span(), message);
            List::To
        });
        self.list = Some(list);
        self.report.mark(line, list.region());
        self.addressee(line, line.trimmed(), list);
    }

    fn addressee(&mut self, line: &Line<'a>, name: &'a str, list: List) {
        let exempted = if list == List::Exempted { None } else { split_at_word(name, "XMT") };
        if let Some((before, after)) = exempted {
            // What stands after XMT is left out of the collective before it.
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
            List::To => &mut self.header.to,
            List::Info => &mut self.header.info,
            List::Exempted => &mut self.header.exempted,
        };
        match value.text {
            // Several names on a line, as after XMT.
            Cow::Borrowed(text)
                if text.contains(',')
                    && text.contains(", ")
                    && (list == List::Exempted || text.split(", ").all(addressee::is_plad)) =>
            {
                let each = text.split(", ").map(|one| Value::borrowed(one, value.locate_str(one).start));
                into.extend(each.map(|one| addressee::addressee(&one, self.report)));
            }
            _ => {
                let (one, another) = addressee::one_or_two(value, self.report);
                into.push(one);
                into.extend(another);
            }
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

    /// A block of offices or of drafters, which may stand among the format lines: left to who reads that.
    fn block(&mut self, kind: LineKind) {
        let rest = self.lines.get(self.at..).unwrap_or_default();
        let quiet = &mut Report::default();
        let (range, used) = match kind {
            LineKind::Drafting => (&mut self.header.drafting, drafting::parse(rest, quiet).map(|(_, used)| used)),
            _ => (&mut self.header.distribution, distribution::parse(rest, quiet).map(|(_, used)| used)),
        };
        let used = used.unwrap_or(1).max(1);
        *range = self.at..self.at + used;
        self.at += used - 1;
        self.list = None;
        if kind == LineKind::Offices {
            self.last = Last::Other;
        }
    }
}

/// Whether lines of this kind are a message header's and nothing else's.
const fn is_sure(kind: LineKind) -> bool {
    kind.is_format_line() || matches!(kind, LineKind::Addressee | LineKind::Offices | LineKind::Drafting)
}

/// Whether a line of this kind may stand in a list of addressees.
const fn may_be_listed(kind: LineKind) -> bool {
    matches!(
        kind,
        LineKind::Blank
            | LineKind::Plain
            | LineKind::Notice
            | LineKind::EndOfMessage
            | LineKind::OfficesEdge
            | LineKind::Extract
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    fn read_text(text: &str) -> (Header<'_>, String, Vec<DiagnosticCode>, Report) {
        let lines = split(text);
        let mut report = Report::default();
        let (header, used) = read(&lines, Extent::Unknown, CenturyRule::default(), &mut report);
        let next = lines.get(used).map_or("", |line| line.text).to_owned();
        let codes = std::mem::take(&mut report.diagnostics).finish().iter().map(|d| d.code).collect();
        (header, next, codes, report)
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
    fn a_whole_header() {
        let (header, next, codes, report) = read_text(WHOLE);
        assert_eq!((next.as_str(), codes), ("UNCLAS OSLO 002941", vec![]));
        let transmission = header.transmission.unwrap();
        assert_eq!(transmission.routing_indicators, ["RUEHLH", "RUEHPW", "RUEHIL"]);
        assert_eq!(transmission.filed, header.dtg.as_ref().unwrap().utc);
        assert_eq!(transmission.security.unwrap().to_string(), "ZNY CCCCC ZZH ZUI RUEWMCE 1074");
        assert_eq!(header.precedence.unwrap().to_string(), "P R");
        assert_eq!(header.dtg.unwrap().to_string(), "080300Z DEC 09 ZDK");
        assert_eq!(header.from.unwrap().post(), Some("OSLO"));
        let to = ["RUEHC/SECSTATE WASHDC PRIORITY 6303", "RUEKJCS/JOINT STAFF WASHDC//J-3/ J-5//"];
        assert_eq!(names(&header.to), to);
        let info = ["RUEHRL/AMEMBASSY BERLIN PRIORITY 1258", "RUCNMEM/EU MEMBER STATES COLLECTIVE"];
        assert_eq!(names(&header.info), info);
        assert_eq!(names(&header.exempted), ["AMEMBASSY BERN", "AMEMBASSY RIGA", "AMEMBASSY ROME"]);
        assert_eq!(header.serial_span.and_then(|span| span.slice(WHOLE)), Some("2941"));
        assert_eq!(header.dtg_span.and_then(|span| span.slice(WHOLE)), Some("080300Z DEC 09"));
        let left: Vec<_> =
            report.regions.partition(WHOLE).into_iter().filter(|r| r.kind == RegionKind::Unrecognised).collect();
        assert_eq!(left.first().and_then(|r| r.span.slice(WHOLE)), Some("UNCLAS OSLO 002941\n"));
        assert_eq!(left.len(), 1);
    }

    #[test]
    fn every_start_of_the_header_reads_the_rest() {
        for (at, _) in WHOLE.match_indices('\n').take(10) {
            let text = WHOLE.split_at(at + 1).1;
            let (header, next, _, _) = read_text(text);
            if ["RUEHIL\n", "ZUI ", "RUEK"].iter().any(|head| text.starts_with(head)) {
                continue;
            }
            assert_eq!(next, "UNCLAS OSLO 002941", "{text}");
            assert_eq!(header.exempted.len(), 3, "{text}");
        }
    }

    /// The addressees, what follows the heading, and what was said.
    type Want = (&'static [&'static str], &'static [&'static str], &'static str, &'static [DiagnosticCode]);

    #[test]
    fn damaged_headers() {
        use DiagnosticCode::{AddresseeRepaired, LineNotRecognised};
        let cases: [(&str, &str, Want); 20] = [
            (
                "exempted after the collective",
                "FM AMEMBASSY OSLO\nTO ALL POSTS COLLECTIVE, XMT BERN, ROME PRIORITY\nUNCLAS OSLO 12",
                (&["ALL POSTS COLLECTIVE"], &[], "UNCLAS OSLO 12", &[]),
            ),
            (
                "exempted after the collective and on the next line",
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
        for (name, text, (to, info, next, message)) in cases {
            let (header, got, codes, _) = read_text(text);
            assert_eq!(got, next, "{name}");
            assert_eq!(
                (names(&header.to), names(&header.info)),
                (to.iter().map(ToString::to_string).collect(), info.iter().map(ToString::to_string).collect()),
                "{name}"
            );
            assert_eq!(codes, message, "{name}");
            assert_eq!(header.from.is_some_and(|from| from.name == "AMEMBASSY OSLO"), !to.is_empty(), "{name}");
        }
    }

    #[test]
    fn offices_are_left_to_their_reader() {
        let text = "FM AMEMBASSY OSLO\nTED1302\nACTION AF-00\n\nINFO  LOG-00  /000W\nTO SECSTATE WASHDC\n";
        assert_eq!(read_text(text).0.distribution, 2..5);
    }
}
