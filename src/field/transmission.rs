//! Format lines 1 to 4 of ACP 127.

use std::borrow::Cow;
use std::fmt;

use crate::field::classification::Level;
use crate::field::dtg::operating_signals;
use crate::field::precedence::{Precedence, prosign};
use crate::grammar::{Grammar, blanks, digits, gap, word};
use crate::record::record;
use crate::span::between;
use crate::value::in_one_line;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::char;
use nom::combinator::{consumed, map, not, opt, recognize, value, verify};
use nom::multi::many0;
use nom::sequence::{delimited, preceded, separated_pair, terminated};

record! {
    /// Format lines 1 to 4 of ACP 127: how this copy of the cable was transmitted.
    ///
    /// ```text
    /// VZCZCXRO0029                        FL1  id
    /// PP RUEHLH RUEHPW                    FL2  precedence, routing_indicators
    /// DE RUEHIL #2941/01 3420300          FL3  station, serial, section, filing_time
    /// ZNR UUUUU ZZH                       FL4  security
    /// ```
    #[derive(Default)]
    #[cfg_attr(feature = "serde", serde(default))]
    pub struct Transmission<'a> {
        /// Format line 1: the start of message indicator, channel and serial of the transmission. It names a transmission,
        /// not a cable.
        pub id: Option<Cow<'a, str>>,
        /// Format line 2: the highest precedence, from the prosign `ZZ`, `OO`, `PP` or `RR`.
        pub precedence: Option<Precedence>,
        /// Format line 2: where this transmission went. A relayed copy lists some of the addressees only.
        pub routing_indicators: Vec<Cow<'a, str>>,
        /// Format line 3: the routing indicator of the sending station.
        pub station: Option<Cow<'a, str>>,
        /// Format line 3: the station serial number, the message number modulo 10000.
        pub serial: Option<Cow<'a, str>>,
        /// Format line 3: the section that this message header belongs to.
        pub section: Option<Cow<'a, str>>,
        /// Format line 3: day of the year and time of filing, `3420300`.
        pub filing_time: Option<Cow<'a, str>>,
        /// The filing time with the year of the date-time group.
        pub filed: Option<DateTime<Utc>>,
        /// Format line 4.
        pub security: Option<Security<'a>>,
    }
}

record! {
    /// Format line 4: the security warning, `ZNR UUUUU ZZH`.
    pub struct Security<'a> {
        /// Whether it was sent in clear.
        pub prosign: SecurityProsign,
        /// Five times the letter of the classification, sometimes with a special handling designator: `CCCCC`, `SSSSS/AAAAA`.
        pub indicator: Cow<'a, str>,
        /// The level that the letter stands for.
        pub level: Option<Level>,
        /// What follows: operating signals and remarks.
        #[cfg_attr(feature = "serde", serde(default))]
        pub operating_signals: Vec<Cow<'a, str>>,
    }
}

/// How a message may travel, the first word of format line 4 (5 FAH-2 H-320).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum SecurityProsign {
    /// `ZNR`: sent in clear.
    #[cfg_attr(feature = "serde", serde(rename = "ZNR"))]
    Clear,
    /// `ZNY`: encrypted for transmission.
    #[cfg_attr(feature = "serde", serde(rename = "ZNY"))]
    Encrypted,
}

impl SecurityProsign {
    /// The prosign.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "ZNR",
            Self::Encrypted => "ZNY",
        }
    }
}

impl fmt::Display for SecurityProsign {
    /// As in format line 4: `ZNR`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Security<'_> {
    /// As in format line 4.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.prosign, self.indicator)?;
        self.operating_signals.iter().try_for_each(|signal| write!(f, " {signal}"))
    }
}

/// `transmission-id = "VZCZC" 3ALPHA [SP] 3*4DIGIT`
pub(crate) fn transmission_id(input: &str) -> Grammar<'_, Cow<'_, str>> {
    let letters = take_while_m_n(2, 4, |c: char| c.is_ascii_uppercase());
    let (rest, (channel, number)) =
        separated_pair(recognize((tag("VZCZC"), letters)), blanks, digits(1, 5)).parse(input)?;
    let whole = input.split_at_checked(input.len() - rest.len()).map_or("", |(whole, _)| whole);
    let apart = whole.len() > channel.len() + number.len();
    Ok((rest, if apart { Cow::Owned(format!("{channel}{number}")) } else { Cow::Borrowed(whole) }))
}

/// `routing = prosign 1*( gap routing-indicator )`
pub(crate) fn routing(input: &str) -> Grammar<'_, (Precedence, Vec<&str>)> {
    separated_pair(prosign, gap, verify(routing_list, |list: &Vec<&str>| !list.is_empty())).parse(input)
}

/// Whether a line is format line 2: two letters alike, and a routing indicator.
pub(crate) fn is_routing(line: &str) -> bool {
    matches!(line.as_bytes(), [one, two, b' ' | b'\t', ..] if one == two)
        && separated_pair(prosign, gap, routing_indicator).parse(line).is_ok()
}

/// `routing-list = *( routing-indicator [gap] )`
pub(crate) fn routing_list(input: &str) -> Grammar<'_, Vec<&str>> {
    many0(terminated(routing_indicator, blanks)).parse(input)
}

/// `routing-indicator = ( "R" / "U" ) 3*7ALPHA`
pub(crate) fn routing_indicator(input: &str) -> Grammar<'_, &str> {
    verify(word, |w: &str| is_routing_indicator(w)).parse(input)
}

/// Whether a word has the form of a routing indicator (ACP 121): R or U, the nation, and the station. The second letter
/// of a word of a language is mostly a vowel, of a routing indicator (but `U`) never.
pub(crate) fn is_routing_indicator(word: &str) -> bool {
    let nation = match word.as_bytes() {
        [b'R', nation, ..] => !matches!(nation, b'A' | b'E' | b'I' | b'O'),
        [b'U', nation, ..] => matches!(nation, b'U' | b'H' | b'B'),
        _ => false,
    };
    nation && (4..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Format line 3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StationLine<'i> {
    pub(crate) station: &'i str,
    pub(crate) serial: Option<&'i str>,
    pub(crate) section: Option<&'i str>,
    /// Day of the year, then hour and minute.
    pub(crate) filed: Option<(&'i str, &'i str)>,
}

/// `station-line = "DE" SP routing-indicator [ [SP] serial ] [ SP filing-time ]`
pub(crate) fn station_line(input: &str) -> Grammar<'_, StationLine<'_>> {
    let station = take_while_m_n(4, 8, |c: char| c.is_ascii_uppercase());
    let station = preceded((tag("DE"), gap), verify(station, |s: &str| is_routing_indicator(s)));
    map((station, opt(serial), opt(filing_time)), |(station, serial, filed)| {
        let (serial, section) = serial.map_or((None, None), |(serial, section)| (Some(serial), section));
        StationLine { station, serial, section, filed }
    })
    .parse(input)
}

/// `serial = "#" [SP] 1*6DIGIT [ "/" 1*2DIGIT ]`; the number sign may be lost.
fn serial(input: &str) -> Grammar<'_, (&str, Option<&str>)> {
    let section = preceded((blanks, char('/'), blanks), digits(1, 2));
    let number = alt((
        preceded((blanks, char('#'), blanks), digits(1, 6)),
        preceded(gap, terminated(digits(3, 6), not(digits(1, 1)))),
    ));
    (number, opt(section)).parse(input)
}

/// `filing-time = 3DIGIT [SP] 4DIGIT [ "Z" ]`: day of the year, hour and minute.
fn filing_time(input: &str) -> Grammar<'_, (&str, &str)> {
    delimited(blanks, separated_pair(digits(3, 3), blanks, digits(4, 4)), opt(char('Z'))).parse(input)
}

impl<'i> StationLine<'i> {
    /// The filing time in one word, borrowed from the line unless a space cuts it.
    pub(crate) fn filing_time(&self, line: &'i str) -> Option<Cow<'i, str>> {
        let (day, time) = self.filed?;
        match between(day, time, line) {
            Some(whole) if whole.len() == day.len() + time.len() => Some(Cow::Borrowed(whole)),
            _ => Some(Cow::Owned(format!("{day}{time}"))),
        }
    }

    /// The moment of filing, in the year that brings it nearest to the date-time group.
    pub(crate) fn moment(&self, dtg: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (day, time) = self.filed?;
        let (hour, minute) = time.split_at_checked(2)?;
        let (day, hour, minute) = (day.parse().ok()?, hour.parse().ok()?, minute.parse().ok()?);
        let moment = |year: i32| Some(NaiveDate::from_yo_opt(year, day)?.and_hms_opt(hour, minute, 0)?.and_utc());
        let year = dtg.year();
        let far = |moment: &DateTime<Utc>| moment.signed_duration_since(dtg).abs();
        let own = moment(year);
        let neighbour = [year - 1, year + 1].into_iter().filter_map(moment).filter(|m| far(m) < Duration::days(7));
        neighbour.min_by_key(far).or(own)
    }
}

/// `security-line = ( "ZNR" / "ZNY" ) SP indicator *( SP operating-signal )`
pub(crate) fn security_line(input: &str) -> Grammar<'_, Security<'_>> {
    let prosign = alt((value(SecurityProsign::Clear, tag("ZNR")), value(SecurityProsign::Encrypted, tag("ZNY"))));
    map(
        (terminated(prosign, gap), indicator, operating_signals),
        |(prosign, (indicator, level), signals): (_, _, Vec<&str>)| Security {
            prosign,
            indicator: Cow::Borrowed(indicator),
            level,
            operating_signals: signals.into_iter().map(in_one_line).collect(),
        },
    )
    .parse(input)
}

/// `indicator = 5( "U" / "E" / "C" / "S" / "T" ) [ "/" 5ALPHA ]`, one letter more or less forgiven.
fn indicator(input: &str) -> Grammar<'_, (&str, Option<Level>)> {
    let letters = take_while_m_n(4, 6, |c: char| c.is_ascii_uppercase());
    let handling = (char('/'), take_while_m_n(1, 6, |c: char| c.is_ascii_uppercase()));
    map(consumed(terminated(letters, opt(handling))), |(whole, letters)| (whole, level(letters))).parse(input)
}

/// The level that the letters name by the first of them, which three at the least must be.
fn level(letters: &str) -> Option<Level> {
    let first = *letters.as_bytes().first()?;
    let alike = letters.bytes().filter(|letter| *letter == first).count();
    if alike >= 3 { Level::from_security_letter(first) } else { None }
}

impl Security<'_> {
    /// Whether the indicator is written as it should be: one letter throughout, or thrice before two letters of a special
    /// handling designator, `CCCAA`.
    pub(crate) fn is_regular(&self) -> bool {
        let letters = self.indicator.split('/').next().unwrap_or_default().as_bytes();
        match letters {
            [level, second, third, handling, last] if level == second && level == third => {
                handling == last && (level == handling || matches!(handling, b'A' | b'B' | b'F'))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_line_1() {
        let cases = [
            ("four digits", "VZCZCXRO0029", Some(("VZCZCXRO0029", ""))),
            ("three digits", "VZCZCXYZ007", Some(("VZCZCXYZ007", ""))),
            ("apart", "VZCZCXYZ 0007", Some(("VZCZCXYZ0007", ""))),
            ("format line 2 after it", "VZCZCADI0001 PP RUEHC", Some(("VZCZCADI0001", " PP RUEHC"))),
            ("no number", "VZCZCXRO", None),
        ];
        for (name, line, want) in cases {
            let got = transmission_id(line).ok();
            assert_eq!(got.as_ref().map(|(rest, id)| (id.as_ref(), *rest)), want, "{name}");
        }
    }

    #[test]
    fn format_line_2() {
        assert_eq!(routing("OO RUEHWEB"), Ok(("", (Precedence::Immediate, vec!["RUEHWEB"]))));
        assert_eq!(routing("PP RUEHAG  RUEHROV"), Ok(("", (Precedence::Priority, vec!["RUEHAG", "RUEHROV"]))));
        assert_eq!(routing_list("RUEHAG RHMFISS OSLO"), Ok(("OSLO", vec!["RUEHAG", "RHMFISS"])));
        assert!(routing("PP OSLO").is_err());
        for line in ["OO RUEHWEB", "PP RUEHAG  RUEHROV", "PP OSLO", "P RUEHC", "PR RUEHC", "PP", ""] {
            assert_eq!(is_routing(line), routing(line).is_ok(), "{line}");
        }
        for word in ["RIYADH", "ROME", "USDOC", "USAID", "RUE", "RUEHFRA0170", "SECSTATE"] {
            assert!(!is_routing_indicator(word), "{word}");
        }
    }

    #[test]
    fn format_line_3() {
        let line = |station, serial, section, filed| StationLine { station, serial, section, filed };
        let time = Some(("342", "0300"));
        let cases = [
            ("whole", "DE RUEHIL #2941/01 3420300", line("RUEHIL", Some("2941"), Some("01"), time)),
            ("no section", "DE RUEHIL #2941 3420300", line("RUEHIL", Some("2941"), None, time)),
            ("no blanks", "DE RUEHIL#2941/013420300", line("RUEHIL", Some("2941"), Some("01"), time)),
            ("blanks", "DE  RUEHIL # 2941 / 01  342 0300Z", line("RUEHIL", Some("2941"), Some("01"), time)),
            ("number sign lost", "DE RUEHIL 2941 3420300", line("RUEHIL", Some("2941"), None, time)),
            ("serial lost", "DE RUEHIL 3420300", line("RUEHIL", None, None, time)),
            ("station alone", "DE RUEHIL", line("RUEHIL", None, None, None)),
        ];
        for (name, text, want) in cases {
            assert_eq!(station_line(text).map(|(_, got)| got), Ok(want), "{name}");
        }
        assert!(station_line("DE FACTO").is_err());
    }

    #[test]
    fn filing_times() {
        let dtg = |text: &str| format!("{text}:00Z").parse::<DateTime<Utc>>().unwrap();
        let cases = [
            ("same day", "2009-12-08T03:00", ("342", "0300"), Some("2009-12-08T03:00")),
            ("day before, other year", "2010-01-01T00:10", ("365", "2359"), Some("2009-12-31T23:59")),
            ("day after, other year", "2008-12-31T23:50", ("001", "0005"), Some("2009-01-01T00:05")),
            ("leap day of the year before", "2009-01-01T00:10", ("366", "2359"), Some("2008-12-31T23:59")),
            ("no such day", "2009-06-01T00:10", ("366", "2359"), None),
            ("no such hour", "2009-06-01T00:10", ("100", "2459"), None),
        ];
        for (name, at, filed, want) in cases {
            let line = StationLine { filed: Some(filed), ..StationLine::default() };
            assert_eq!(line.moment(dtg(at)), want.map(dtg), "{name}");
        }
    }

    type Case = (&'static str, &'static str, &'static str, Option<Level>, &'static [&'static str]);

    #[test]
    fn format_line_4() {
        let cases: [Case; 10] = [
            ("clear", "ZNR UUUUU ZZH", "UUUUU", Some(Level::Unclassified), &["ZZH"]),
            ("handling", "ZNY SSSSS/AAAAA ZZH", "SSSSS/AAAAA", Some(Level::Secret), &["ZZH"]),
            ("no signal", "ZNY CCCCC", "CCCCC", Some(Level::Confidential), &[]),
            (
                "attention",
                "ZNY CCCCC ZZH ZUI RUEWMCE 1074 1581702",
                "CCCCC",
                Some(Level::Confidential),
                &["ZZH", "ZUI", "RUEWMCE", "1074", "1581702"],
            ),
            ("bracket", "ZNY EEEEE ZZH (CCY AD11 M-6)", "EEEEE", Some(Level::Unclassified), &["ZZH", "(CCY AD11 M-6)"]),
            (
                "glued bracket",
                "ZNY CCCCC ZZH(CCY AD11 M-6)ZDK",
                "CCCCC",
                Some(Level::Confidential),
                &["ZZH", "(CCY AD11 M-6)", "ZDK"],
            ),
            ("handling without a slash", "ZNY CCCAA ZZH", "CCCAA", Some(Level::Confidential), &["ZZH"]),
            ("one letter wrong", "ZNY CCSCC ZZH", "CCSCC", Some(Level::Confidential), &["ZZH"]),
            ("letters differ", "ZNY CSCSE ZZH", "CSCSE", None, &["ZZH"]),
            ("no level", "ZNY XXXXX ZZH", "XXXXX", None, &["ZZH"]),
        ];
        for (name, line, indicator, level, signals) in cases {
            let (rest, got) = security_line(line).unwrap();
            assert_eq!(rest, "", "{name}");
            assert_eq!((got.indicator.as_ref(), got.level), (indicator, level), "{name}");
            assert_eq!(got.operating_signals, signals, "{name}");
            assert_eq!(got.to_string().replace(' ', ""), line.replace(' ', ""), "{name}");
        }
        assert!(security_line("ZNR").is_err());
        let regular = |line| security_line(line).is_ok_and(|(_, security)| security.is_regular());
        assert!(["ZNR UUUUU", "ZNR UUUAA", "ZNY SSSSS/AAAAA"].into_iter().all(regular));
        assert!(!["ZNY CCSCC", "ZNY CCCC", "ZNY CCCAB"].into_iter().any(regular));
    }
}
