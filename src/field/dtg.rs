//! Format line 5: precedence and date-time group, `P 080300Z DEC 09`.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_till, take_while, take_while_m_n};
use nom::character::complete::char;
use nom::combinator::{map_opt, opt, recognize, verify};
use nom::multi::many0;
use nom::sequence::{delimited, preceded, terminated};
use serde::{Deserialize, Serialize};

use crate::diagnostic::Code;
use crate::field::precedence::{MessagePrecedence, message_precedence};
use crate::grammar::{Grammar, blanks, digits, tag_no_case, word};
use crate::lines::Report;
use crate::short_way;
use crate::span::Span;
use crate::value::Value;
use crate::value::{in_one_line, owned};

/// The date-time group: day, hour and minute in universal time (zone letter Z), month, two-digit year.
///
/// It is checked against the calendar; an impossible one keeps its text and has no time
/// ([`DtgImpossible`](crate::Code::DtgImpossible)). What was damaged is told by
/// [`DtgRepaired`](crate::Code::DtgRepaired).
///
/// ```
/// let text = "R 080300Z DEC 09 ZDK\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n";
/// let dtg = cablegram::parse(text)?.cable.dtg.expect("format line 5");
/// assert_eq!(dtg.text, "080300Z DEC 09");
/// assert_eq!(dtg.utc.map(|utc| utc.to_rfc3339()).as_deref(), Some("2009-12-08T03:00:00+00:00"));
/// assert_eq!(dtg.operating_signals, ["ZDK"]);
/// # Ok::<(), cablegram::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(transform = crate::schema::without_example))]
#[non_exhaustive]
pub struct Dtg<'a> {
    /// As written, without precedence letters and operating signals, runs of blanks drawn together: `080300Z DEC 09`.
    pub text: Cow<'a, str>,
    /// The moment it names.
    pub utc: Option<DateTime<Utc>>,
    /// What follows it: operating signals (`ZDK`, `ZFF4`) and their remarks, one entry a word or bracket.
    pub operating_signals: Vec<Cow<'a, str>>,
}

impl Dtg<'_> {
    /// The same, owning its text.
    pub fn into_owned(self) -> Dtg<'static> {
        Dtg {
            text: owned(self.text),
            utc: self.utc,
            operating_signals: self.operating_signals.into_iter().map(owned).collect(),
        }
    }
}

impl fmt::Display for Dtg<'_> {
    /// As in format line 5, operating signals behind it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        self.operating_signals.iter().try_for_each(|signal| write!(f, " {signal}"))
    }
}

/// The year at the end of a date-time group, which an impossible day has, too.
pub(crate) fn year(text: &str, century: CenturyRule) -> Option<i32> {
    let digits = text.rsplit(' ').next()?;
    let year = crate::grammar::number(digits)?;
    match digits.len() {
        2 => Some(century.year(year)),
        4 => i32::try_from(year).ok(),
        _ => None,
    }
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
    let (rest, precedence) = opt(message_precedence).parse(line).ok()?;
    let at = |part: &str| start + (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    let (tail, group, written) = match (group, operating_signals).parse(rest) {
        Ok((_, (group, tail))) => (tail, Some(group), group.text),
        Err(_) => (Vec::new(), None, group_start(rest).ok().map(|_| rest)?),
    };
    let text = Value::join([(written, at(written))]);
    let utc = group.and_then(|group| group.moment(century));
    match (&group, utc) {
        (_, None) => report.say(Code::DtgImpossible, text.span, format!("no calendar has {:?}", text.text)),
        (Some(group), Some(utc)) if group.damaged() => {
            let read = utc.format("%d%H%MZ %b %y").to_string().to_uppercase();
            let glued = group.glued;
            let span = Span::new(text.span.start, text.span.end + glued.len());
            report.say(Code::DtgRepaired, span, format!("\"{}{glued}\" read as {read}", text.text));
        }
        _ => {}
    }
    let operating_signals = tail.into_iter().map(in_one_line).collect();
    let span = text.span;
    Some(DtgLine { precedence, dtg: Dtg { text: text.text, utc, operating_signals }, span })
}

/// Whether a line is format line 5, as [`dtg_line`] reads it, with or without a precedence.
pub(crate) fn may_be_dtg(line: &str) -> bool {
    // Asked of every line of a heading: no other has a digit among its first letters.
    (short_way::is_closed() || line.bytes().filter(|b| !b.is_ascii_whitespace()).take(8).any(|b| b.is_ascii_digit()))
        && preceded(opt(message_precedence), alt((group.map(drop), group_start.map(drop)))).parse(line).is_ok()
}

/// Whether a line is format line 5 with its precedence: no line of prose is.
pub(crate) fn is_dtg_line(line: &str) -> bool {
    preceded(message_precedence, group).parse(line).is_ok()
}

/// A date-time group as written.
#[derive(Clone, Copy, Debug)]
struct Group<'i> {
    /// All of it, from the day to the year.
    text: &'i str,
    clock: &'i str,
    month: u32,
    year: &'i str,
    /// A letter that stands at the year without a blank: `AUG 74R`.
    glued: &'i str,
}

/// `group = clock [SP] ["Z"] [SP] month [SP] year [ letter ]`
fn group(input: &str) -> Grammar<'_, Group<'_>> {
    let year = alt((digits(4, 4), digits(2, 2)));
    let mut parts = (terminated(clock, (blanks, opt(zone), blanks)), terminated(month, blanks), year);
    let (rest, (clock, month, year)) = parts.parse(input)?;
    let text = input.split_at_checked(input.len() - rest.len()).map_or("", |(text, _)| text);
    let (rest, glued) = glued(rest)?;
    Ok((rest, Group { text, clock, month, year, glued }))
}

/// `group-start = clock [SP] "Z"`: what is certainly meant as a date-time group.
fn group_start(input: &str) -> Grammar<'_, &str> {
    recognize((take_while_m_n(4, 7, is_clock), blanks, zone)).parse(input)
}

/// `clock = 6DIGIT`: day, hour and minute, the letters O and I taken for the digits that they are mistaken for.
fn clock(input: &str) -> Grammar<'_, &str> {
    verify(take_while_m_n(6, 6, is_clock), |c: &str| c.bytes().filter(u8::is_ascii_digit).count() >= 4).parse(input)
}

const fn is_clock(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'O' | 'I')
}

/// `zone = "Z"`
fn zone(input: &str) -> Grammar<'_, &str> {
    tag_no_case("Z").parse(input)
}

/// `month = "JAN" / ... / "DEC"`, or its whole name.
fn month(input: &str) -> Grammar<'_, u32> {
    map_opt(take_while(|c: char| c.is_ascii_alphabetic()), month_number).parse(input)
}

/// The number of a month that is written with three letters or more.
pub(crate) fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [(u32, &str); 12] = [
        (1, "JANUARY"),
        (2, "FEBRUARY"),
        (3, "MARCH"),
        (4, "APRIL"),
        (5, "MAY"),
        (6, "JUNE"),
        (7, "JULY"),
        (8, "AUGUST"),
        (9, "SEPTEMBER"),
        (10, "OCTOBER"),
        (11, "NOVEMBER"),
        (12, "DECEMBER"),
    ];
    let begins = |name: &str| name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let whole = |name: &str| word.len() == 3 || word.len() == name.len() || word.len() == 4;
    MONTHS.iter().find(|(_, name)| word.len() >= 3 && whole(name) && begins(name)).map(|(number, _)| *number)
}

/// `glued = *ALPHA`, unless it is an operating signal.
fn glued(input: &str) -> Grammar<'_, &str> {
    let letters = take_while(|c: char| c.is_ascii_alphabetic());
    opt(verify(letters, |l: &str| l.len() < 3)).map(Option::unwrap_or_default).parse(input)
}

/// `operating-signals = *( gap / bracket / word )`: one entry a word or bracket.
pub(crate) fn operating_signals(input: &str) -> Grammar<'_, Vec<&str>> {
    many0(delimited(blanks, alt((bracket, word)), blanks)).parse(input)
}

/// `bracket = "(" *<anything but brackets> ")"`; one that is never closed runs to the end.
fn bracket(input: &str) -> Grammar<'_, &str> {
    recognize((char('('), take_till(|c| c == ')'), opt(char(')')))).parse(input)
}

impl Group<'_> {
    /// Whether blanks or letters stand where none should, or lack where one should.
    fn damaged(&self) -> bool {
        let words = self.text.split([' ', '\t']).filter(|w| !w.is_empty());
        let shapes = words.map(str::len).collect::<Vec<_>>();
        !matches!(shapes.as_slice(), [7, 3..=9, 2 | 4])
            || self.clock.bytes().any(|b| b.is_ascii_alphabetic())
            || !self.glued.is_empty()
    }

    /// The moment that it names, if there is such a day.
    fn moment(&self, century: CenturyRule) -> Option<DateTime<Utc>> {
        let (day, rest) = self.clock.split_at_checked(2)?;
        let (hour, minute) = rest.split_at_checked(2)?;
        let year = match self.year.len() {
            4 => self.year.parse().ok()?,
            _ => century.year(self.year.parse().ok()?),
        };
        let date = NaiveDate::from_ymd_opt(year, self.month, digits_of(day)?)?;
        Some(date.and_hms_opt(digits_of(hour)?, digits_of(minute)?, 0)?.and_utc())
    }
}

/// Two digits, O and I read as 0 and 1.
fn digits_of(two: &str) -> Option<u32> {
    two.chars().try_fold(0, |sum, c| {
        let digit = match c {
            'O' => 0,
            'I' => 1,
            _ => c.to_digit(10)?,
        };
        Some(sum * 10 + digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, moment, operating signals, and what was said.
    type Read = (String, Option<String>, Vec<String>, Vec<Code>);
    type Case =
        (&'static str, &'static str, &'static str, Option<&'static str>, &'static [&'static str], &'static [Code]);

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
        use Code::{DtgImpossible, DtgRepaired};
        let cases: [Case; 17] = [
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
