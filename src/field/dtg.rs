//! Format line 5: precedence and date-time group, `P 080300Z DEC 09`.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::DiagnosticCode;
use crate::fast_path;
use crate::field::precedence::{MessagePrecedence, Precedence, message_precedence};
use crate::grammar::{Grammar, MONTHS, blanks};
use crate::lines::Report;
use crate::record::record;
use crate::span::{Span, offset_of};
use crate::value::Value;
use crate::value::in_one_line;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_till, take_while1};
use nom::character::complete::char;
use nom::combinator::{opt, recognize};
use nom::multi::many0;
use nom::sequence::delimited;

record! {
    /// The date-time group: day, hour and minute, zone letter (nearly always Z, universal time), month, two-digit year.
    ///
    /// It is checked against the calendar; an impossible one keeps its text and has no time
    /// ([`DtgImpossible`](crate::DiagnosticCode::DtgImpossible)). What was damaged and could be read is reported as
    /// [`DtgRepaired`](crate::DiagnosticCode::DtgRepaired).
    ///
    /// ```
    /// let text = "R 080300Z DEC 09 ZDK\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n";
    /// let dtg = cablegram::parse(text)?.cable.dtg.expect("format line 5");
    /// assert_eq!(dtg.text, "080300Z DEC 09");
    /// assert_eq!(dtg.utc.map(|utc| utc.to_rfc3339()).as_deref(), Some("2009-12-08T03:00:00+00:00"));
    /// assert_eq!(dtg.operating_signals, ["ZDK"]);
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    #[cfg_attr(feature = "schemars", schemars(transform = crate::schema::without_example))]
    pub struct Dtg<'a> {
        /// As written, without precedence letters and operating signals, runs of spaces drawn together: `080300Z DEC 09`.
        pub text: Cow<'a, str>,
        /// The moment it names.
        pub utc: Option<DateTime<Utc>>,
        /// What follows it: operating signals (`ZDK`, `ZFF4`) and their remarks, one entry a word or bracket.
        #[cfg_attr(feature = "serde", serde(default))]
        pub operating_signals: Vec<Cow<'a, str>>,
    }
}

impl fmt::Display for Dtg<'_> {
    /// As in format line 5, operating signals after it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        self.operating_signals.iter().try_for_each(|signal| write!(f, " {signal}"))
    }
}

/// The year of a date-time group as written, which an impossible day has, too.
pub(crate) fn year(text: &str, century: CenturyRule) -> Option<i32> {
    group(text).map(|group| group.year(century)).or_else(|| {
        let digits = text.rsplit(' ').next()?;
        let year = crate::grammar::number(digits)?;
        match digits.len() {
            2 => Some(century.year(year)),
            4 => i32::try_from(year).ok(),
            _ => None,
        }
    })
}

/// How a two-digit year becomes a year: `first_year` names the earliest, and the hundred years from it on are meant.
///
/// The default is 1966: `66` is 1966, `99` is 1999, `00` is 2000, `65` is 2065.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CenturyRule {
    /// The earliest year that two digits can mean.
    pub first_year: i32,
}

impl Default for CenturyRule {
    fn default() -> Self {
        Self { first_year: 1966 }
    }
}

impl CenturyRule {
    /// The year that two digits mean.
    ///
    /// ```
    /// use cablegram::CenturyRule;
    ///
    /// assert_eq!(CenturyRule::default().year(9), 2009);
    /// assert_eq!(CenturyRule { first_year: 1900 }.year(9), 1909);
    /// ```
    pub const fn year(self, two_digits: u32) -> i32 {
        let of_century = self.first_year.rem_euclid(100);
        let digits = (two_digits % 100).cast_signed();
        let century = self.first_year - of_century;
        if digits >= of_century { century + digits } else { century + 100 + digits }
    }
}

/// Format line 5.
#[derive(Debug)]
pub(crate) struct DtgLine<'a> {
    pub(crate) precedence: Option<MessagePrecedence>,
    pub(crate) dtg: Dtg<'a>,
    /// Where the date-time group stands, without precedence and operating signals.
    pub(crate) span: Span,
}

/// Reads format line 5, `O R 082045Z AUG 79 ZFF4`, that starts at `start`; `None` when it is another line.
pub(crate) fn dtg_line<'a>(
    line: &'a str,
    start: usize,
    century: CenturyRule,
    report: &mut Report,
) -> Option<DtgLine<'a>> {
    let read = opening(line).or_else(|| fragment(line))?;
    let (tail, written) = match &read.group {
        Some(group) => (group.trailing, group.text),
        None => ("", read.rest),
    };
    let text = Value::join([(written, start + offset_of(written, line).unwrap_or_default())]);
    let utc = read.group.as_ref().and_then(|group| group.moment(century));
    match (&read.group, utc) {
        (_, None) => {
            report.emit(DiagnosticCode::DtgImpossible, text.span, format!("invalid date-time group {:?}", text.text));
        }
        (Some(group), Some(utc)) if read.repaired || !group.is_regular() => {
            let moment = utc.format("%d%H%MZ %b %y").to_string().to_uppercase();
            let glued = group.glued;
            let from = if read.repaired { start } else { text.span.start };
            let letters = line.split_at_checked(line.len() - read.rest.len()).filter(|_| read.repaired);
            let letters = letters.map_or("", |(letters, _)| letters);
            let precedence = read.precedence.filter(|_| read.repaired).map(|p| format!("{p} ")).unwrap_or_default();
            let message = format!("\"{letters}{}{glued}\" read as {precedence}{moment}", text.text);
            report.emit(DiagnosticCode::DtgRepaired, Span::new(from, text.span.end + glued.len()), message);
        }
        _ => {}
    }
    let operating_signals = operating_signals(tail).map(|(_, signals)| signals).unwrap_or_default();
    let operating_signals = operating_signals.into_iter().map(in_one_line).collect();
    let span = text.span;
    let dtg = Dtg { text: text.text, utc, operating_signals };
    Some(DtgLine { precedence: read.precedence, dtg, span })
}

/// Whether a line is format line 5, as [`dtg_line`] reads it, with or without a precedence.
pub(crate) fn may_be_dtg(line: &str) -> bool {
    // Asked of every line of a message header: no other has a digit among its first letters.
    (fast_path::is_disabled() || line.bytes().filter(|b| !b.is_ascii_whitespace()).take(8).any(|b| b.is_ascii_digit()))
        && (opening(line).is_some() || fragment(line).is_some())
}

/// Whether a line is format line 5 with its precedence: no line of prose is.
pub(crate) fn is_dtg_line(line: &str) -> bool {
    opening(line).is_some_and(|read| read.precedence.is_some())
}

/// Precedence and group as they were found at the beginning of a line.
struct Opening<'i> {
    precedence: Option<MessagePrecedence>,
    /// What follows the precedence.
    rest: &'i str,
    /// `None` where the group is a fragment.
    group: Option<Group<'i>>,
    /// Whether the precedence was damaged.
    repaired: bool,
}

/// `opening = [ precedence ] group`: the first of the ways to part the two that leaves a whole group.
fn opening(line: &str) -> Option<Opening<'_>> {
    // As it should be, or without a precedence.
    let (rest, lettered) = opt(message_precedence).parse(line).ok()?;
    let found = |precedence, rest, repaired| Some(Opening { precedence, rest, group: Some(group(rest)?), repaired });
    found(lettered, rest, false)
        .or_else(|| {
            // `P O 61507Z`: information is never faster than action, so the O is the first digit.
            let info = lettered.filter(|p| p.info.is_some_and(|info| info > p.action))?;
            let alone = MessagePrecedence { info: None, ..info };
            let at = line.get(1..)?.find(|c: char| c.is_ascii_alphabetic())? + 1;
            found(Some(alone), line.get(at..)?, true)
        })
        .or_else(|| {
            let (precedence, rest) = damaged_precedence(line)?;
            found(precedence, rest, true)
        })
}

/// A precedence that is written otherwise than in letters of their own: `0` for `O`, `PR`, `P030915Z`, a letter that is no
/// precedence.
fn damaged_precedence(line: &str) -> Option<(Option<MessagePrecedence>, &str)> {
    let mut letters: [Option<u8>; 2] = [None; 2];
    let mut rest = line;
    for place in &mut letters {
        let byte = rest.bytes().next()?;
        let follows = rest.get(1..)?;
        let alone = follows.starts_with([' ', '\t']);
        let glued = byte.is_ascii_alphabetic() && follows.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !(alone && (byte == b'0' || byte.is_ascii_alphabetic()) || glued) {
            break;
        }
        *place = Some(byte);
        rest = follows.trim_start_matches([' ', '\t']);
        if group(rest).is_some() {
            break;
        }
    }
    let read = |letter: u8| Precedence::from_letter(if letter == b'0' { b'O' } else { letter.to_ascii_uppercase() });
    let [action, info] = letters;
    let action = read(action?);
    let info = info.and_then(read).filter(|info| Some(*info) != action);
    Some((action.map(|action| MessagePrecedence { action, info }), rest))
}

/// `fragment = [ precedence ] 4*7clock-digit [SP] "Z"`: what is certainly meant as a date-time group, though it is none.
fn fragment(line: &str) -> Option<Opening<'_>> {
    let (rest, precedence) = opt(message_precedence).parse(line).ok()?;
    let mut signs = Signs::of(rest);
    let (mut count, mut digits) = (0, 0);
    while let Some(sign) = signs.peek().filter(|sign| digit(*sign).is_some()) {
        signs.next();
        count += 1;
        digits += usize::from(sign.is_ascii_digit());
    }
    let zone = signs.next().is_some_and(|sign| sign.eq_ignore_ascii_case(&b'Z')) && signs.ends_word();
    let meant = (4..=7).contains(&count) && digits >= 4 && zone;
    meant.then_some(Opening { precedence, rest, group: None, repaired: false })
}

/// The signs of a text from a place on, without spaces and the pointing that gets between the parts of a group.
#[derive(Clone, Copy)]
struct Signs<'i> {
    text: &'i str,
    /// After the last sign that was taken.
    at: usize,
}

impl<'i> Signs<'i> {
    const fn of(text: &'i str) -> Self {
        Self { text, at: 0 }
    }

    /// The next sign and the place after it.
    fn ahead(&self) -> Option<(u8, usize)> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        let gap = bytes.iter().take(MOST_BLANKS).take_while(|b| b" \t.,/-'".contains(b)).count();
        bytes.get(gap).filter(|sign| sign.is_ascii_alphanumeric()).map(|sign| (*sign, self.at + gap + 1))
    }

    fn peek(&self) -> Option<u8> {
        self.ahead().map(|(sign, _)| sign)
    }

    fn next(&mut self) -> Option<u8> {
        let (sign, at) = self.ahead()?;
        self.at = at;
        Some(sign)
    }

    /// Whether no letter or digit follows without a gap.
    fn ends_word(&self) -> bool {
        !self.rest().starts_with(|c: char| c.is_ascii_alphanumeric())
    }

    fn rest(&self) -> &'i str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The digit that the next sign is, or looks like.
    fn digit(&mut self) -> Option<u32> {
        let digit = self.peek().and_then(digit)?;
        self.next();
        Some(digit)
    }
}

/// No more spaces stand between two signs of a group.
const MOST_BLANKS: usize = 8;

/// The digit that a sign is, or looks like.
const fn digit(sign: u8) -> Option<u32> {
    Some(match sign {
        b'0'..=b'9' => (sign - b'0') as u32,
        b'O' | b'o' | b'Q' => 0,
        b'I' | b'l' | b'L' => 1,
        b'S' => 5,
        b'B' => 8,
        _ => return None,
    })
}

/// Whether a sign is a letter, or looks like it.
const fn is_letter(sign: u8, letter: u8) -> bool {
    sign.eq_ignore_ascii_case(&letter)
        || matches!((sign, letter), (b'0', b'O') | (b'1', b'I' | b'L') | (b'5', b'S') | (b'8', b'B'))
}

/// A date-time group as written.
#[derive(Clone, Copy, Debug)]
struct Group<'i> {
    /// All of it, from the day to the year.
    text: &'i str,
    day: u32,
    hour: u32,
    minute: u32,
    zone: u8,
    month: u32,
    /// Its value, and whether it is written in four digits.
    year: (u32, bool),
    /// A letter that stands at the year without a space: `AUG 74R`.
    glued: &'i str,
    /// What follows it.
    trailing: &'i str,
}

/// `group = 6clock-digit [ zone ] month year [ letter ]`, spaces anywhere, letters and digits taken for those that they
/// look like
fn group(input: &str) -> Option<Group<'_>> {
    let first = input.as_bytes().first().filter(|first| digit(**first).is_some());
    first?;
    let mut signs = Signs::of(input);
    let mut digits = [0; 6];
    let mut certain = 0;
    for place in &mut digits {
        certain += usize::from(signs.peek()?.is_ascii_digit());
        *place = signs.digit()?;
    }
    let [d1, d2, h1, h2, m1, m2] = digits;
    if certain < 4 {
        return None;
    }
    let mut after_zone = signs;
    // A two looks like the Z that stands in its place.
    let zone = after_zone.next().map(|zone| if zone == b'2' { b'Z' } else { zone.to_ascii_uppercase() });
    let zone = zone.filter(u8::is_ascii_alphabetic);
    let zoned = zone.and_then(|zone| Some((zone, month_and_year(after_zone)?)));
    let (zone, (month, year, signs)) = zoned.or_else(|| Some((b'Z', month_and_year(signs)?)))?;
    let (text, rest) = input.split_at_checked(signs.at)?;
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (glued, trailing) = rest.split_at_checked(if letters < 3 { letters } else { 0 })?;
    let [day, hour, minute] = [d1 * 10 + d2, h1 * 10 + h2, m1 * 10 + m2];
    Some(Group { text, day, hour, minute, zone, month, year, glued, trailing })
}

/// `month-and-year = ( month-in-full / 4ALPHA / 3ALPHA ) ( 4DIGIT / 2DIGIT )`
fn month_and_year(signs: Signs<'_>) -> Option<(u32, (u32, bool), Signs<'_>)> {
    let months = MONTHS.iter().zip(1..);
    let spelt = |name: &str, len: usize| {
        let mut after = signs;
        let fits = name.bytes().take(len).all(|letter| after.next().is_some_and(|sign| is_letter(sign, letter)));
        fits.then_some(after)
    };
    months.into_iter().find_map(|(name, number)| {
        [name.len(), 4, 3].into_iter().find_map(|len| {
            let (year, signs) = year_digits(spelt(name, len)?)?;
            Some((number, year, signs))
        })
    })
}

/// `year = 4DIGIT / 2DIGIT`; four begin with the century.
fn year_digits(signs: Signs<'_>) -> Option<((u32, bool), Signs<'_>)> {
    let take = |count: usize| {
        let mut after = signs;
        let (mut value, mut certain) = (0, false);
        for _ in 0..count {
            certain |= after.peek()?.is_ascii_digit();
            value = value * 10 + after.digit()?;
        }
        let ends = !after.rest().starts_with(|c: char| c.is_ascii_digit());
        (certain && ends).then_some((value, after))
    };
    let four = take(4).filter(|(year, _)| (1900..2100).contains(year));
    four.map(|(year, after)| ((year, true), after)).or_else(|| take(2).map(|(year, after)| ((year, false), after)))
}

impl Group<'_> {
    /// Whether it is written as it should be: `clock zone SP month SP year`.
    fn is_regular(&self) -> bool {
        let mut words = self.text.split([' ', '\t']).filter(|word| !word.is_empty());
        let shape = |word: &str, digits: usize| {
            word.split_at_checked(digits).is_some_and(|(head, tail)| {
                head.bytes().all(|b| b.is_ascii_digit()) && tail.bytes().all(|b| b.is_ascii_alphabetic())
            })
        };
        words.next().is_some_and(|clock| clock.len() == 7 && shape(clock, 6))
            && words.next().is_some_and(|month| shape(month, 0))
            && words.next().is_some_and(|year| shape(year, year.len()))
            && words.next().is_none()
            && self.glued.is_empty()
    }

    fn year(&self, century: CenturyRule) -> i32 {
        let (year, whole) = self.year;
        if whole { year.cast_signed() } else { century.year(year) }
    }

    /// The moment that it names, if there is such a day, in universal time.
    fn moment(&self, century: CenturyRule) -> Option<DateTime<Utc>> {
        let date = NaiveDate::from_ymd_opt(self.year(century), self.month, self.day)?;
        let local = date.and_hms_opt(self.hour, self.minute, 0)?;
        local.checked_sub_signed(Duration::hours(hours_east(self.zone)?)).map(|utc| utc.and_utc())
    }
}

/// How many hours a zone letter is before universal time: A to M without J to the east, N to Y to the west.
fn hours_east(zone: u8) -> Option<i64> {
    Some(match zone {
        b'A'..=b'I' => i64::from(zone - b'A') + 1,
        b'K'..=b'M' => i64::from(zone - b'A'),
        b'N'..=b'Y' => -i64::from(zone - b'N') - 1,
        b'Z' => 0,
        _ => return None,
    })
}

/// `operating-signals = *( gap / bracket / signal )`: one entry a word or bracket.
pub(crate) fn operating_signals(input: &str) -> Grammar<'_, Vec<&str>> {
    many0(delimited(blanks, alt((bracket, signal)), blanks)).parse(input)
}

/// `signal = 1*<anything but spaces and an opening bracket>`
fn signal(input: &str) -> Grammar<'_, &str> {
    take_while1(|c: char| !c.is_whitespace() && c != '(').parse(input)
}

/// `bracket = "(" *<anything but brackets> ")"`; one that is never closed runs to the end.
fn bracket(input: &str) -> Grammar<'_, &str> {
    recognize((char('('), take_till(|c| c == ')'), opt(char(')')))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, moment, operating signals, and what was said.
    type Read = (String, Option<String>, Vec<String>, Vec<DiagnosticCode>);
    type Case = (
        &'static str,
        &'static str,
        &'static str,
        Option<&'static str>,
        &'static [&'static str],
        &'static [DiagnosticCode],
    );

    fn read(line: &str) -> Option<Read> {
        let mut report = Report::default();
        let read = dtg_line(line, 0, CenturyRule::default(), &mut report)?;
        assert_eq!(
            read.span.slice(line).map(|s| Value::join([(s, 0)]).text.into_owned()),
            Some(read.dtg.text.to_string())
        );
        let utc = read.dtg.utc.map(|utc| utc.format("%Y-%m-%dT%H:%M").to_string());
        let signals = read.dtg.operating_signals.iter().map(ToString::to_string).collect();
        let codes = report.diagnostics.finish().iter().map(|d| d.code).collect();
        Some((read.dtg.text.into_owned(), utc, signals, codes))
    }

    #[test]
    fn format_line_5() {
        use DiagnosticCode::{DtgImpossible, DtgRepaired};
        let cases: [Case; 44] = [
            ("plain", "P 080300Z DEC 09", "080300Z DEC 09", Some("2009-12-08T03:00"), &[], &[]),
            ("two precedences", "P R 281848Z DEC 66", "281848Z DEC 66", Some("1966-12-28T18:48"), &[], &[]),
            ("no precedence", "281848Z DEC 65", "281848Z DEC 65", Some("2065-12-28T18:48"), &[], &[]),
            ("four digits", "R 010000Z JAN 1973", "010000Z JAN 1973", Some("1973-01-01T00:00"), &[], &[]),
            ("whole month", "R 010000Z JUNE 73", "010000Z JUNE 73", Some("1973-06-01T00:00"), &[], &[]),
            ("a signal", "P 151639Z SEP 09 ZDK", "151639Z SEP 09", Some("2009-09-15T16:39"), &["ZDK"], &[]),
            ("a glued signal", "P 151639Z SEP 09ZDK", "151639Z SEP 09", Some("2009-09-15T16:39"), &["ZDK"], &[]),
            (
                "signal and remark",
                "O 200805Z NOV 09 ZDK CTG  NUMEROUS REQUESTS",
                "200805Z NOV 09",
                Some("2009-11-20T08:05"),
                &["ZDK", "CTG", "NUMEROUS", "REQUESTS"],
                &[],
            ),
            (
                "bracket",
                "O 200805Z NOV 09 (CCY AD11 MSI22-695)",
                "200805Z NOV 09",
                Some("2009-11-20T08:05"),
                &["(CCY AD11 MSI22-695)"],
                &[],
            ),
            ("blanks", "R  010000Z  JAN  73", "010000Z JAN 73", Some("1973-01-01T00:00"), &[], &[]),
            ("blank before Z", "R 310200 Z MAR 73", "310200 Z MAR 73", Some("1973-03-31T02:00"), &[], &[DtgRepaired]),
            ("no blank", "R 310200ZMAR 73", "310200ZMAR 73", Some("1973-03-31T02:00"), &[], &[DtgRepaired]),
            ("glued letter", "R 021610Z AUG 74R", "021610Z AUG 74", Some("1974-08-02T16:10"), &[], &[DtgRepaired]),
            ("letter O", "R O21610Z AUG 74", "O21610Z AUG 74", Some("1974-08-02T16:10"), &[], &[DtgRepaired]),
            ("no such day", "R 310200Z FEB 73", "310200Z FEB 73", None, &[], &[DtgImpossible]),
            ("no such hour", "R 312500Z MAR 73", "312500Z MAR 73", None, &[], &[DtgImpossible]),
            ("no month", "R 310200Z 73", "310200Z 73", None, &[], &[DtgImpossible]),
            ("no year", "R 310200Z MAR", "310200Z MAR", None, &[], &[DtgImpossible]),
            ("a year of one digit", "R 310200Z MAR 7", "310200Z MAR 7", None, &[], &[DtgImpossible]),
            (
                "blank in the digits",
                "R 0 61507Z AUG 73",
                "0 61507Z AUG 73",
                Some("1973-08-06T15:07"),
                &[],
                &[DtgRepaired],
            ),
            (
                "blanks all over",
                "P 06 1507 Z A UG 7 3 ZDK",
                "06 1507 Z A UG 7 3",
                Some("1973-08-06T15:07"),
                &["ZDK"],
                &[DtgRepaired],
            ),
            (
                "blank in the month",
                "R 061507Z AU G 73",
                "061507Z AU G 73",
                Some("1973-08-06T15:07"),
                &[],
                &[DtgRepaired],
            ),
            (
                "blank in a long year",
                "R 061507Z AUG 19 73",
                "061507Z AUG 19 73",
                Some("1973-08-06T15:07"),
                &[],
                &[DtgRepaired],
            ),
            ("all glued", "R 061507ZAUG73", "061507ZAUG73", Some("1973-08-06T15:07"), &[], &[DtgRepaired]),
            ("no zone", "R 061507 MAY 73", "061507 MAY 73", Some("1973-05-06T15:07"), &[], &[DtgRepaired]),
            ("pointing", "R 06/1507Z AUG. '73", "06/1507Z AUG. '73", Some("1973-08-06T15:07"), &[], &[DtgRepaired]),
            ("in small letters", "p 061507z aug 73", "061507z aug 73", Some("1973-08-06T15:07"), &[], &[DtgRepaired]),
            ("a two for Z", "R 0615072 AUG 73", "0615072 AUG 73", Some("1973-08-06T15:07"), &[], &[DtgRepaired]),
            ("digits for letters", "R 061507Z 0CT 73", "061507Z 0CT 73", Some("1973-10-06T15:07"), &[], &[DtgRepaired]),
            ("letters for digits", "R 06l5O7Z JUN 7S", "06l5O7Z JUN 7S", Some("1975-06-06T15:07"), &[], &[DtgRepaired]),
            ("nought for O", "0 201212Z JAN 04", "201212Z JAN 04", Some("2004-01-20T12:12"), &[], &[DtgRepaired]),
            (
                "nought for O before R",
                "0 R 201212Z JAN 04",
                "201212Z JAN 04",
                Some("2004-01-20T12:12"),
                &[],
                &[DtgRepaired],
            ),
            (
                "O for the first digit",
                "P O 61507Z AUG 73",
                "O 61507Z AUG 73",
                Some("1973-08-06T15:07"),
                &[],
                &[DtgRepaired],
            ),
            ("a digit lost", "O 61507Z AUG 73", "61507Z AUG 73", None, &[], &[DtgImpossible]),
            ("precedence glued", "P061507Z AUG 73", "061507Z AUG 73", Some("1973-08-06T15:07"), &[], &[DtgRepaired]),
            ("two glued", "PR 061507Z AUG 73", "061507Z AUG 73", Some("1973-08-06T15:07"), &[], &[DtgRepaired]),
            ("no such precedence", "K 061507Z AUG 73", "061507Z AUG 73", Some("1973-08-06T15:07"), &[], &[DtgRepaired]),
            ("zone to the east", "O 311830A JUL 74", "311830A JUL 74", Some("1974-07-31T17:30"), &[], &[]),
            ("over the year's end", "O 010030E JAN 74", "010030E JAN 74", Some("1973-12-31T19:30"), &[], &[]),
            ("the zone after J", "O 011200K JAN 74", "011200K JAN 74", Some("1974-01-01T02:00"), &[], &[]),
            ("zone to the west", "O 311830R DEC 74", "311830R DEC 74", Some("1974-12-31T23:30"), &[], &[]),
            ("the farthest west", "O 311830Y DEC 74", "311830Y DEC 74", Some("1975-01-01T06:30"), &[], &[]),
            ("nobody's zone", "O 311830J DEC 74", "311830J DEC 74", None, &[], &[DtgImpossible]),
            ("a leap day of no leap year", "R 290900Z FEB 75", "290900Z FEB 75", None, &[], &[DtgImpossible]),
        ];
        for (name, line, text, utc, signals, codes) in cases {
            let want = (
                text.to_owned(),
                utc.map(ToOwned::to_owned),
                signals.iter().map(ToString::to_string).collect(),
                codes.to_vec(),
            );
            assert_eq!(read(line), Some(want), "{name}");
        }
    }

    #[test]
    fn other_lines() {
        for line in ["", "FM AMEMBASSY OSLO", "R RUEHIL", "281848", "2009. THE YEAR", "P 12 MEN", "¶1. (U)"] {
            assert_eq!(read(line), None, "{line}");
            assert!(!is_dtg_line(line), "{line}");
        }
        assert!(is_dtg_line("O R 082045Z AUG 79 ZFF4"));
        assert!(!is_dtg_line("082045Z AUG 79"));
    }

    #[test]
    fn precedences() {
        for (line, want) in [
            ("P R 061507Z AUG 73", "P R"),
            ("PP 061507Z AUG 73", "P"),
            ("0 201212Z JAN 04", "O"),
            ("0 R 201212Z JAN 04", "O R"),
            ("OP 061507Z AUG 73", "O P"),
            ("R061507Z AUG 73", "R"),
            ("P O 61507Z AUG 73", "P"),
            ("R 290900Z FEB 75", "R"),
            ("P R 030915Z JUL", "P R"),
            ("K 061507Z AUG 73", ""),
            ("061507Z AUG 73", ""),
        ] {
            let read = dtg_line(line, 0, CenturyRule::default(), &mut Report::default()).unwrap();
            assert_eq!(read.precedence.map(|p| p.to_string()).unwrap_or_default(), want, "{line}");
        }
    }

    #[test]
    fn years_of_groups() {
        for (text, want) in [
            ("290900Z FEB 75", Some(1975)),
            ("2 90900Z F EB 7 5", Some(1975)),
            ("310200Z 1973", Some(1973)),
            ("030915Z JUL", None),
        ] {
            assert_eq!(year(text, CenturyRule::default()), want, "{text}");
        }
    }

    #[test]
    fn the_quick_look_is_that_of_the_reader() {
        for line in [
            "P 080300Z DEC 09",
            "O R 082045Z AUG 79 ZFF4",
            "080300Z DEC 09",
            "P 080300Z",
            "R 0803OOZ DEC 2009",
            "PP RUEHC",
            "OUR 2009 TALKS",
            "1. (U) COD",
            "",
        ] {
            let read = dtg_line(line, 0, CenturyRule::default(), &mut Report::default());
            assert_eq!(may_be_dtg(line), read.is_some(), "{line}");
        }
    }
}
