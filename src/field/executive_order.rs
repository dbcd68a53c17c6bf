//! The executive order line: `E.O. 12958: DECL: 12/08/2019`.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::DiagnosticCode;
use crate::edit_distance::one_slip;
use crate::field::classification::Level;
use crate::field::dtg::CenturyRule;
use crate::grammar::{Expected, Grammar, blanks, digits, gap, month_name, strip_prefix_ignoring_case, tag_no_case};
use crate::knowledge;
use crate::lines::Report;
use crate::record::{IntoOwned, record};
use crate::value::Value;
use crate::value::owned;
use chrono::{Datelike, Months, NaiveDate};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{not, opt, peek, recognize, value, verify};
use nom::multi::{many0_count, separated_list1};
use nom::sequence::{delimited, pair, preceded, terminated};

record! {
    /// The executive order on classification under which the cable was marked, and when it is to be declassified.
    ///
    /// ```
    /// use cablegram::Declassification;
    ///
    /// let text = "S E C R E T OSLO 000461\n\nE.O. 12958: DECL: 07/03/2019\nTAGS: NO\nSUBJECT: FISH\n";
    /// let order = cablegram::parse(text)?.cable.executive_order.expect("the order's line");
    /// assert_eq!(order.number, Some(12958));
    /// assert!(matches!(order.declassification, Declassification::Date { date, .. } if date.to_string() == "2019-07-03"));
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    #[cfg_attr(feature = "schemars", schemars(transform = crate::schema::without_example))]
    pub struct ExecutiveOrder<'a> {
        /// The order's number, repaired where it was damaged; `None` where it was left out.
        pub number: Option<u32>,
        /// All that follows the number and its colon, as written.
        pub text: Cow<'a, str>,
        /// What that means.
        #[cfg_attr(feature = "serde", serde(default))]
        pub declassification: Declassification<'a>,
    }
}

/// When or how a cable is to be declassified.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "kind", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Declassification<'a> {
    /// `N/A`: nothing in it is classified.
    NotApplicable,
    /// `DECL: 12/08/2019`: on that day.
    Date {
        /// The day.
        date: NaiveDate,
    },
    /// `DECL: AFTER KOREAN UNIFICATION`: on that event.
    Event {
        /// The event, as written.
        text: Cow<'a, str>,
    },
    /// Exempt from automatic declassification: `X1`, `25X1`, `XGDS-2`.
    Exempt {
        /// The exemption codes.
        codes: Vec<Cow<'a, str>>,
        /// The day of review, where one is given.
        date: Option<NaiveDate>,
    },
    /// A schedule of E.O. 11652 or 12065: `GDS`, `ADS`, `RDS-1`.
    Schedule {
        /// The schedule.
        schedule: Cow<'a, str>,
        /// Its day, where one is given.
        date: Option<NaiveDate>,
    },
    /// `OADR`: the originating agency's determination is required.
    OriginatingAgency,
    /// `MR`: manual review.
    ManualReview,
    /// `DNG: CO 10/18/2029`: to be downgraded on that day.
    Downgrade {
        /// To which level, as written.
        level: Cow<'a, str>,
        /// The day.
        date: Option<NaiveDate>,
    },
    /// No known form.
    Unknown {
        /// The text, as written.
        text: Cow<'a, str>,
    },
}

/// The keys of the JSON of all kinds. A kind that this version does not know is [`Declassification::Unknown`].
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct DeclassificationKeys<'a> {
    kind: Cow<'a, str>,
    #[serde(default)]
    text: Cow<'a, str>,
    #[serde(default)]
    codes: Vec<Cow<'a, str>>,
    schedule: Option<Cow<'a, str>>,
    level: Option<Cow<'a, str>>,
    date: Option<NaiveDate>,
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Declassification<'_> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;

        let DeclassificationKeys { kind, text, codes, schedule, level, date } =
            DeclassificationKeys::deserialize(deserializer)?;
        Ok(match &*kind {
            "not_applicable" => Self::NotApplicable,
            "date" => Self::Date { date: date.ok_or_else(|| D::Error::missing_field("date"))? },
            "event" => Self::Event { text },
            "exempt" => Self::Exempt { codes, date },
            "schedule" => {
                Self::Schedule { schedule: schedule.ok_or_else(|| D::Error::missing_field("schedule"))?, date }
            }
            "originating_agency" => Self::OriginatingAgency,
            "manual_review" => Self::ManualReview,
            "downgrade" => Self::Downgrade { level: level.ok_or_else(|| D::Error::missing_field("level"))?, date },
            _ => Self::Unknown { text },
        })
    }
}

/// The day on which a cable was or will be declassified, and what it rests on.
///
/// Nothing was declassified by it if the cable was exempted, or reviewed before that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DeclassificationDay {
    /// The day.
    pub day: NaiveDate,
    /// The rule: `as marked`, or a section of an executive order.
    pub rule: &'static str,
}

impl ExecutiveOrder<'_> {
    /// The day of declassification, where it follows from the instruction, the level and the day of the cable.
    ///
    /// It follows from a date (`DECL: 12/08/2019`, `GDS 6/14/85`), and from the schedules that count in years: the
    /// general schedule of E.O. 11652, and group 4 of E.O. 10501. It does not from a day of review (`RDS`), an event or
    /// an exemption.
    ///
    /// ```
    /// use chrono::NaiveDate;
    ///
    /// let text = "R 141730Z MAY 74\nFM AMEMBASSY QUITO\nTO SECSTATE WASHDC 2618\n\
    ///             C O N F I D E N T I A L QUITO 3208\n\nE.O. 11652: GDS\nTAGS: PINT, EC\n";
    /// let cable = cablegram::parse(text)?.cable;
    /// let declassified = cable.declassification_day().expect("the general schedule");
    /// assert_eq!(Some(declassified.day), NaiveDate::from_ymd_opt(1980, 12, 31));
    /// assert_eq!(declassified.rule, "E.O. 11652, section 5(A)(3)");
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    pub fn declassification_day(&self, level: Level, written: Option<NaiveDate>) -> Option<DeclassificationDay> {
        let schedule = |text: &str| match (self.number, written.and_then(knowledge::order_in_force)) {
            (Some(number), _) => by_schedule(text, number, level, written?),
            (None, Some(order)) => by_schedule(text, order.number, level, written?),
            (None, None) => None,
        };
        let marked = |day| Some(DeclassificationDay { day, rule: "as marked" });
        match &self.declassification {
            Declassification::Date { date } => marked(*date),
            Declassification::Schedule { schedule: text, date: Some(date) } => {
                let of_declassification = ["GDS", "ADS"].iter().any(|s| strip_prefix_ignoring_case(text, s).is_some());
                of_declassification.then_some(*date).and_then(marked)
            }
            Declassification::Schedule { schedule: text, date: None } => schedule(text),
            _ => None,
        }
    }
}

impl fmt::Display for ExecutiveOrder<'_> {
    /// As on its line: `E.O. 12958: DECL: 12/08/2019`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            Some(number) => write!(f, "E.O. {number}: {}", self.text),
            None => write!(f, "E.O. {}", self.text),
        }
    }
}

impl Declassification<'_> {
    /// Its date.
    fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date { date } => Some(*date),
            Self::Exempt { date, .. } | Self::Schedule { date, .. } | Self::Downgrade { date, .. } => *date,
            _ => None,
        }
    }

    /// The same on a day, where it can have one.
    fn on(self, day: NaiveDate) -> Self {
        let date = Some(day);
        match self {
            Self::Exempt { codes, .. } => Self::Exempt { codes, date },
            Self::Schedule { schedule, .. } => Self::Schedule { schedule, date },
            Self::Downgrade { level, .. } => Self::Downgrade { level, date },
            other => other,
        }
    }

    /// Returns the same value, which owns its text.
    pub fn into_owned(self) -> Declassification<'static> {
        match self {
            Self::NotApplicable => Declassification::NotApplicable,
            Self::Date { date } => Declassification::Date { date },
            Self::Event { text } => Declassification::Event { text: owned(text) },
            Self::Exempt { codes, date } => {
                Declassification::Exempt { codes: codes.into_iter().map(owned).collect(), date }
            }
            Self::Schedule { schedule, date } => Declassification::Schedule { schedule: owned(schedule), date },
            Self::OriginatingAgency => Declassification::OriginatingAgency,
            Self::ManualReview => Declassification::ManualReview,
            Self::Downgrade { level, date } => Declassification::Downgrade { level: owned(level), date },
            Self::Unknown { text } => Declassification::Unknown { text: owned(text) },
        }
    }
}

impl Default for Declassification<'_> {
    /// No known form, and no text.
    fn default() -> Self {
        Self::Unknown { text: Cow::Borrowed("") }
    }
}

impl IntoOwned for Declassification<'_> {
    type Owned = Declassification<'static>;

    fn into_owned(self) -> Declassification<'static> {
        Declassification::into_owned(self)
    }
}

/// What a schedule without a date means: so many full calendar years after the year of the cable, or years after its day.
fn by_schedule(schedule: &str, order: u32, level: Level, written: NaiveDate) -> Option<DeclassificationDay> {
    let is = |name: &str| strip_prefix_ignoring_case(schedule, name).is_some();
    let full_years = |years, rule| {
        let day = NaiveDate::from_ymd_opt(written.year().checked_add(years)?, 12, 31)?;
        Some(DeclassificationDay { day, rule })
    };
    match (order, level) {
        (11652, Level::TopSecret) if is("GDS") => full_years(10, "E.O. 11652, section 5(A)(1)"),
        (11652, Level::Secret) if is("GDS") => full_years(8, "E.O. 11652, section 5(A)(2)"),
        (11652, Level::Confidential) if is("GDS") => full_years(6, "E.O. 11652, section 5(A)(3)"),
        (10501, _) if level >= Level::Confidential && is("GROUP") && schedule.ends_with('4') => {
            let day = written.checked_add_months(Months::new(12 * 12))?;
            Some(DeclassificationDay { day, rule: "E.O. 10501 as amended by E.O. 10964, section 4(a)" })
        }
        _ => None,
    }
}

/// The orders on classification, the ones most met with first.
const ORDERS: [u32; 7] = [12958, 11652, 12065, 12356, 13526, 10501, 13292];

/// Whether a line begins with the label, and what follows it: the order's number, or what stands without one.
///
/// Prose is none: a name (`E. Ortiz`), or a sentence on the order itself (`EO 12958 requires`).
pub(crate) fn label(line: &str) -> Option<&str> {
    let line = line.trim_start();
    // Most lines are told from `E.O.`, `EO` and `EXECUTIVE` by two bytes.
    if !matches!(line.as_bytes(), [b'E' | b'e', b'.' | b',' | b' ' | b'O' | b'o' | b'0' | b'X' | b'x', ..]) {
        return None;
    }
    let (rest, label) = recognize(order_label).parse(line).ok()?;
    let value = rest.trim_start_matches([':', '.', ',', ' ', '\t']);
    let signed = label.contains('.') || rest.starts_with(':');
    match number(value) {
        Ok((after, digits)) => {
            let whole = digits.len() >= 3 && (goes_on(after) || is_instruction(after));
            (whole || after.starts_with(':')).then_some(value)
        }
        Err(_) => (if value.is_empty() { signed } else { is_instruction(value) }).then_some(value),
    }
}

/// What the line needs to know of its cable.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context {
    pub(crate) century: CenturyRule,
    /// The day of the cable.
    pub(crate) written: Option<NaiveDate>,
}

/// Reads what follows the label. `None` where nothing does.
pub(crate) fn parse<'a>(value: &Value<'a>, context: Context, report: &mut Report) -> Option<ExecutiveOrder<'a>> {
    match &value.text {
        Cow::Borrowed(text) => read(text, value, context, report),
        Cow::Owned(text) => read(text, value, context, report).map(ExecutiveOrder::into_owned),
    }
}

/// Whether the first date of an instruction is this one with the day before the month.
pub(crate) fn is_day_first(text: &str, day: NaiveDate) -> bool {
    let years = Years { century: CenturyRule::default(), order: None, written: Some(day) };
    matches!(first_date(text, years), Some(Ok(found)) if found == day)
}

fn read<'t>(whole: &'t str, value: &Value<'_>, context: Context, report: &mut Report) -> Option<ExecutiveOrder<'t>> {
    if whole.is_empty() {
        report.emit(DiagnosticCode::ExecutiveOrderMissing, value.span, "an E.O. label with no order after it");
        return None;
    }
    let (text, digits) = match number(whole) {
        Ok((rest, digits)) => {
            let text = rest.trim_start_matches([':', ';', ',', '.', '-', ' ', '\t']);
            (text.strip_prefix("/ ").unwrap_or(text), Some(digits).filter(|digits| !breaks_off(digits, rest)))
        }
        Err(_) => (whole, None),
    };
    let number = digits.and_then(|digits| order(digits, text, value, report));
    let Context { century, written } = context;
    let years = Years { century, order: number, written };
    let (declassification, day) = instruction(text, years);
    report_day_first(text, years, &declassification, value, report);
    let unknown = matches!(declassification, Declassification::Unknown { .. });
    let message = match day {
        Err(NoSuchDay) => Some(format!("\"{text}\" has a date that no calendar has")),
        Ok(()) if text.is_empty() => Some("no declassification instruction".to_owned()),
        Ok(()) => unknown.then(|| format!("\"{text}\" is no known declassification instruction")),
    };
    if let Some(message) = message {
        report.emit(
            DiagnosticCode::DeclassificationUnknown,
            value.locate_str(if text.is_empty() { whole } else { text }),
            message,
        );
    }
    Some(ExecutiveOrder { number, text: Cow::Borrowed(text), declassification })
}

/// Tells of a date that was read with its day first.
fn report_day_first(text: &str, years: Years, found: &Declassification<'_>, value: &Value<'_>, report: &mut Report) {
    let Some(date) = found.date().filter(|date| years.is_of_the_day(*date)) else { return };
    let (plain, _) = instruction(text, Years { written: None, ..years });
    if plain.date() != Some(date) {
        let message = format!("\"{text}\" read as {date}, the day first: so many years after the day of the cable");
        report.emit(DiagnosticCode::ExecutiveOrderRepaired, value.locate_str(text), message);
    }
}

/// Whether a number is the beginning of an order's, before the dots of a text that was cut there: `E.O. 129...`.
fn breaks_off(digits: &str, rest: &str) -> bool {
    rest.starts_with("..") && !ORDERS.iter().any(|order| order.to_string() == digits)
}

/// The order's number, repaired where it was damaged.
fn order(written: &str, text: &str, value: &Value<'_>, report: &mut Report) -> Option<u32> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let known = ORDERS.iter().copied().find(|order| order.to_string() == digits);
    if written == digits && known.is_some() {
        return known;
    }
    let meant = known.or_else(|| nearest(&digits, schedule(text).is_ok()));
    let (code, message) = match meant {
        Some(order) => (DiagnosticCode::ExecutiveOrderRepaired, format!("\"{written}\" read as E.O. {order}")),
        None => (
            DiagnosticCode::ExecutiveOrderUnknown,
            format!("\"{written}\" is no order on classification; kept as it is"),
        ),
    };
    report.emit(code, value.locate_str(written), message);
    meant.or_else(|| digits.parse().ok())
}

/// The order that was meant: the only one that is one slip away, else the one that is two digits off or the same digits
/// in disorder. A schedule (`GDS`) stands under the orders of the 1970s alone.
fn nearest(digits: &str, has_schedule: bool) -> Option<u32> {
    let meant = |near: fn(&str, &str) -> bool| {
        let mut found = ORDERS
            .iter()
            .copied()
            .filter(move |order| (!has_schedule || matches!(order, 11652 | 12065)) && near(&order.to_string(), digits));
        (found.next(), found.next().is_some())
    };
    match meant(one_slip) {
        (Some(order), false) => Some(order),
        (Some(_), true) => None,
        // Of several the first one is the most frequent by far.
        (None, _) => meant(two_digits_off).0,
    }
}

/// Whether two digits are wrong, or all but one of the digits are right and stand in another order.
fn two_digits_off(order: &str, digits: &str) -> bool {
    let count = |text: &str, digit: u8| text.bytes().filter(|b| *b == digit).count();
    let wrong = order.bytes().zip(digits.bytes()).filter(|(a, b)| a != b).count();
    let lacking: usize = (b'0'..=b'9').map(|d| count(order, d).saturating_sub(count(digits, d))).sum();
    order.len() == digits.len() && order.as_bytes().first() == digits.as_bytes().first() && (wrong <= 2 || lacking <= 1)
}

/// `order-label = "EXECUTIVE" SP "ORDER" [ SP "NO" ] / "E" signs ( "O" / "0" ) signs [ "M" ]`
fn order_label(input: &str) -> Grammar<'_, ()> {
    let signs = || take_while_m_n(0, 2, |c| matches!(c, '.' | ',' | ' '));
    let written_out = (tag_no_case("EXECUTIVE"), gap, tag_no_case("ORDER"), opt((gap, tag_no_case("NO"))));
    let letters = (one_of("Ee"), signs(), one_of("Oo0"), signs(), opt(terminated(one_of("Mm"), peek(gap))));
    alt((written_out.map(drop), letters.map(drop))).parse(input)
}

/// The value of a line whose label is damaged, `B.O. 11652: GDS`: it is the order's by its number. Only where it is due.
///
/// `damaged-label = 1*3ALPHA *( "." / "," / SP ) known-number ( sign / end )`
pub(crate) fn damaged_label(line: &str) -> Option<&str> {
    const LONGEST: usize = 6;
    let digits_at = line.bytes().take(LONGEST + 1).position(|b| b.is_ascii_digit())?;
    let (label, value) = line.split_at_checked(digits_at)?;
    let letters = label.bytes().filter(u8::is_ascii_alphabetic).count();
    let signs = label.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'.' | b',' | b' ' | b':'));
    let (after, written) = number(value).ok()?;
    let due = (1..=3).contains(&letters) && signs && is_known(written) && !after.starts_with(char::is_alphanumeric);
    (due && (after.is_empty() || after.starts_with([':', '.', ';', ',']) || is_instruction(after))).then_some(value)
}

/// Whether the digits of a number are those of an order on classification.
fn is_known(written: &str) -> bool {
    let digits = || written.bytes().filter(u8::is_ascii_digit);
    ORDERS.iter().any(|order| digits().eq(order.to_string().bytes()))
}

/// `number = 1*8DIGIT [ ")" 1*DIGIT ]`, and no part of a date; or a known one with a space in it.
fn number(input: &str) -> Grammar<'_, &str> {
    let torn = |input| verify(recognize((digits(1, 4), tag(" "), digits(1, 4))), |n: &str| is_known(n)).parse(input);
    if let Ok(found) = torn(input) {
        return Ok(found);
    }
    let broken = (alt((tag(")"), tag("("), tag("."))), digits(2, 4));
    terminated(recognize((digits(1, 8), opt(broken))), not(pair(one_of("/-"), digits(1, 4)))).parse(input)
}

/// Whether what follows a number parts it from a sentence: an end, a sign, another number.
fn goes_on(after: &str) -> bool {
    !after.trim_start().starts_with(char::is_alphabetic)
}

/// Whether a text begins as a declassification instruction does.
pub(crate) fn is_instruction(text: &str) -> bool {
    let text = text.trim_start();
    let label = alt((amended, decl, value((), (alt((tag_no_case("TAGS"), tag_no_case("AGS"))), word_end)))).parse(text);
    label.is_ok() || simple(text).is_ok() || exempt(text).is_ok() || schedule(text).is_ok() || downgrade(text).is_ok()
}

/// Two-digit years are those of the century rule, but not before the order itself.
#[derive(Clone, Copy)]
struct Years {
    century: CenturyRule,
    order: Option<u32>,
    /// The day of the cable, from which schedules count their years.
    written: Option<NaiveDate>,
}

impl Years {
    /// Whether a date is the day of the cable in a later year.
    fn is_of_the_day(self, date: NaiveDate) -> bool {
        let day = |date: NaiveDate| (date.month(), date.day());
        self.written.is_some_and(|written| day(written) == day(date) && date.year() >= written.year())
    }

    fn full(self, two_digits: u32) -> i32 {
        let earliest = match self.order {
            Some(12356) => 1982,
            Some(12958) => 1995,
            Some(13292) => 2003,
            Some(13526) => 2009,
            _ => i32::MIN,
        };
        let year = self.century.year(two_digits);
        if year < earliest { year + 100 } else { year }
    }
}

/// A date that no calendar has: `02/30/2019`.
#[derive(Clone, Copy, Debug)]
struct NoSuchDay;

/// What the text after the number means, and whether its date is one.
///
/// ```text
/// instruction = *( amended / decl ) ( simple / downgrade / exempt / schedule / date / by-whom date / event )
/// ```
fn instruction(text: &str, years: Years) -> (Declassification<'_>, Result<(), NoSuchDay>) {
    let rest = many0_count(alt((amended, decl))).parse(text).map_or(text, |(rest, _)| rest);
    if let Ok((_, found)) = simple(rest) {
        return (found, Ok(()));
    }
    // Years are counted from the day of the cable by the schedules alone.
    let of_no_day = Years { written: None, ..years };
    let dated = dated(rest).map(|(after, found)| {
        let of_schedule = matches!(found, Declassification::Schedule { .. });
        let date = first_date(after, if of_schedule { years } else { of_no_day });
        (found, date)
    });
    let years = of_no_day;
    let by_whom = || strip_prefix_ignoring_case(rest, "BY ").and_then(|rest| first_date(rest, years));
    let (undated, date) = match dated {
        Ok((found, date)) => (Some(found), date),
        Err(_) => (None, date(years)(rest).ok().map(|(_, date)| date).or_else(by_whom)),
    };
    let fault = date.map_or(Ok(()), |date| date.map(drop));
    let found = match (undated, date.and_then(Result::ok)) {
        (Some(undated), Some(date)) => undated.on(date),
        (Some(undated), None) => undated,
        (None, Some(date)) => Declassification::Date { date },
        (None, None) if fault.is_ok() && is_event(rest) => Declassification::Event { text: Cow::Borrowed(rest) },
        (None, None) => Declassification::Unknown { text: Cow::Borrowed(text) },
    };
    (found, fault)
}

/// `dated = downgrade / exempt / schedule`, without its date
fn dated(input: &str) -> Grammar<'_, Declassification<'_>> {
    let lower = |level| Declassification::Downgrade { level: Cow::Borrowed(level), date: None };
    let exempted =
        |codes: Vec<_>| Declassification::Exempt { codes: codes.into_iter().map(Cow::Borrowed).collect(), date: None };
    let scheduled = |schedule| Declassification::Schedule { schedule: Cow::Borrowed(schedule), date: None };
    alt((downgrade.map(lower), exempt.map(exempted), schedule.map(scheduled))).parse(input)
}

/// `amended = "AS" SP "AMENDED" signs`
fn amended(input: &str) -> Grammar<'_, ()> {
    value((), (tag_no_case("AS"), gap, tag_no_case("AMENDED"), signs)).parse(input)
}

/// `decl = ( "DECL" / "DECLASSIFY" / "DECLASSIFIED" / ... ) signs [ "ON" SP ]`, letters lost or doubled
fn decl(input: &str) -> Grammar<'_, ()> {
    let (rest, word) = take_while1(|c: char| c.is_ascii_alphabetic()).parse(input)?;
    let capitals = word.to_ascii_uppercase();
    let whole = ["DECL", "DECLASSIFY", "DECLASSIFIED", "DECLASSIFICATION", "DECLASS", "DECLAS"];
    // A short word is only near enough with its colon: `DECLL:`, but also `DEC 8, 2019`.
    let near = rest.trim_start().starts_with([':', ';']) && one_slip(&capitals, "DECL");
    let long = word.len() > 7 && one_slip(&capitals, "DECLASSIFY");
    if !(near || long || whole.contains(&capitals.as_str())) {
        return Err(nom::Err::Error(Expected { rest: input, what: "DECL" }));
    }
    value((), (signs, opt((tag_no_case("ON"), one_of(": "), signs)))).parse(rest)
}

/// `signs = *( ":" / ";" / "," / "." / "-" / SP )`
fn signs(input: &str) -> Grammar<'_, &str> {
    take_while(|c| matches!(c, ':' | ';' | ',' | '.' | '-' | ' ' | '\t')).parse(input)
}

/// A word is at its end.
fn word_end(input: &str) -> Grammar<'_, ()> {
    not(satisfy(char::is_alphanumeric)).parse(input)
}

/// ```text
/// simple = ( not-applicable / "OADR" / "ORIGINATING" SP "AGENCY" ... / "MR" / "MANUAL" SP "REVIEW" )
/// ```
fn simple(input: &str) -> Grammar<'_, Declassification<'_>> {
    let oadr =
        alt((recognize(tag_no_case("OADR")), recognize((tag_no_case("ORIGINATING"), gap, tag_no_case("AGENCY")))));
    let manual = alt((recognize(tag_no_case("MR")), recognize((tag_no_case("MANUAL"), gap, tag_no_case("REVIEW")))));
    let kinds = alt((
        not_applicable.map(|()| Declassification::NotApplicable),
        oadr.map(|_| Declassification::OriginatingAgency),
        manual.map(|_| Declassification::ManualReview),
    ));
    delimited(opt(tag("(")), kinds, word_end).parse(input)
}

/// `not-applicable = "N" *( "/" / ":" / "." / "\" / "-" / SP ) "A" / "/" "A" / "NOT APPLICABLE" / "NONE"`
fn not_applicable(input: &str) -> Grammar<'_, ()> {
    let signs = || take_while_m_n(0, 3, |c| matches!(c, '/' | ':' | ';' | '.' | ',' | '\\' | '-' | ' ' | '?'));
    let letters = recognize((one_of("Nn"), signs(), one_of("Aa")));
    let beheaded = recognize((tag("/"), one_of("Aa")));
    value((), alt((letters, beheaded, tag_no_case("NOT APPLICABLE"), tag_no_case("NONE")))).parse(input)
}

/// `downgrade = ( "DNG" / "DOWNGRADE" ) signs [ "TO" SP ] level`
fn downgrade(input: &str) -> Grammar<'_, &str> {
    let to = opt((tag_no_case("TO"), gap));
    let level = take_while1(|c: char| c.is_ascii_alphabetic());
    preceded((alt((tag_no_case("DOWNGRADE"), tag_no_case("DNG"))), signs, to), level).parse(input)
}

/// `exempt = exemption *( ( "," / ";" / "/" / "AND" / "&" / SP ) exemption )`
fn exempt(input: &str) -> Grammar<'_, Vec<&str>> {
    let sign = recognize((take_while(|c| matches!(c, ',' | ';' | '/' | '&' | ' ')), opt((tag_no_case("AND"), gap))));
    separated_list1(sign, terminated(exemption, word_end)).parse(input)
}

/// ```text
/// exemption = [ "1.6" ] [ "25" / "50" / "75" ] "X" [ "-" ] 1*2DIGIT [ "-" ( "HUMAN" / "HUM" / "WMD" ) ]
///           / ( "XGDS" / "XDS" ) [ [ "-" / SP ] DIGIT ]
/// ```
fn exemption(input: &str) -> Grammar<'_, &str> {
    let of_section = opt((tag("1.6"), opt(one_of("- "))));
    let of_years = opt(alt((tag("25"), tag("50"), tag("75"))));
    let source = opt((one_of("-, "), alt((tag_no_case("HUMAN"), tag_no_case("HUM"), tag_no_case("WMD")))));
    let lettered = recognize((of_years, one_of("Xx"), opt(tag("-")), digits(1, 2), source));
    let scheduled = recognize((alt((tag_no_case("XGDS"), tag_no_case("XDS"))), step));
    preceded(of_section, alt((lettered, scheduled))).parse(input)
}

/// `step = [ [ "-" / SP ] DIGIT ]`, where the digit is no date's
fn step(input: &str) -> Grammar<'_, &str> {
    let digit = terminated(digits(1, 1), not(one_of("/-.0123456789")));
    recognize(opt((opt(one_of("- (")), digit, opt(tag(")"))))).parse(input)
}

/// `schedule = [ "(" ] ( ( "GDS" / "ADS" / "RDS" / "LDS" ) step / "GROUP" [ "-" / SP ] DIGIT )`
fn schedule(input: &str) -> Grammar<'_, &str> {
    let word = alt((tag_no_case("GDS"), tag_no_case("ADS"), tag_no_case("RDS"), tag_no_case("LDS")));
    let group = recognize((tag_no_case("GROUP"), opt(one_of("- ")), digits(1, 1)));
    delimited(opt(pair(tag("("), blanks)), alt((recognize((word, step)), group)), word_end).parse(input)
}

/// The first date in a text.
fn first_date(text: &str, years: Years) -> Option<Result<NaiveDate, NoSuchDay>> {
    let mut before = ' ';
    let starts = text.char_indices().filter_map(|(at, c)| {
        let starts = c.is_alphanumeric() && !before.is_alphanumeric() && !matches!(before, '/' | '-');
        before = c;
        starts.then_some(at)
    });
    starts.filter_map(|at| text.get(at..)).find_map(|rest| date(years)(rest).ok().map(|(_, date)| date))
}

/// `date = year-first / month-first / by-name / run`
fn date<'t>(years: Years) -> impl Fn(&'t str) -> Grammar<'t, Result<NaiveDate, NoSuchDay>> {
    move |input| {
        let (rest, (year, month, day)) =
            terminated(alt((year_first, |i| month_first(i, years), |i| by_name(i, years), run)), word_end)
                .parse(input)?;
        Ok((rest, NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1900..2200).contains(&year)).ok_or(NoSuchDay)))
    }
}

/// Year, month and day.
type Day = (i32, u32, u32);

/// `slash = *SP ( "/" / "-" / "." ) *SP`
fn stroke(input: &str) -> Grammar<'_, char> {
    delimited(blanks, one_of("/-."), blanks).parse(input)
}

/// `year-first = 4DIGIT slash 1*2DIGIT slash 1*2DIGIT`
fn year_first(input: &str) -> Grammar<'_, Day> {
    let (rest, (year, _, month, _, day)) = (digits(4, 4), stroke, digits(1, 2), stroke, digits(1, 2)).parse(input)?;
    Ok((rest, (signed(year), numeral(month), numeral(day))))
}

/// `month-first = 1*3DIGIT slash 1*3DIGIT slash year`: with the day first, where that is the day of the cable in a later
/// year, from which schedules count, and the other order is not
fn month_first(input: &str, years: Years) -> Grammar<'_, Day> {
    let (rest, (first, _, second, _, year)) =
        (digits(1, 3), stroke, digits(1, 3), stroke, |i| year(i, years)).parse(input)?;
    let (month, day) = (numeral(first), numeral(second));
    let is_of_the_day = |month, day| NaiveDate::from_ymd_opt(year, month, day).is_some_and(|d| years.is_of_the_day(d));
    let turned = !is_of_the_day(month, day) && is_of_the_day(day, month);
    Ok((rest, if turned { (year, day, month) } else { (year, month, day) }))
}

/// `by-name = month-name [ "." ] SP day [ "," ] SP year / day [ SP ] month-name [ "." / "," ] [ SP ] year`
fn by_name(input: &str, years: Years) -> Grammar<'_, Day> {
    let sign = || take_while(|c| matches!(c, '.' | ',' | ' ' | '-'));
    let month_day =
        (month_name, sign(), day, sign(), |i| year(i, years)).map(|(month, _, day, _, year)| (year, month, day));
    let day_month =
        (day, sign(), month_name, sign(), |i| year(i, years)).map(|(day, _, month, _, year)| (year, month, day));
    alt((month_day, day_month)).parse(input)
}

/// `run = 4DIGIT 2DIGIT 2DIGIT`: year, month, day
fn run(input: &str) -> Grammar<'_, Day> {
    let (rest, (year, month, day)) = (digits(4, 4), digits(2, 2), digits(2, 2)).parse(input)?;
    Ok((rest, (signed(year), numeral(month), numeral(day))))
}

/// `year = 4DIGIT / [ "'" ] 2DIGIT [ SP 2DIGIT ]`, the second pair where wrapping broke the year
fn year(input: &str, years: Years) -> Grammar<'_, i32> {
    let whole = digits(4, 4).map(signed);
    let broken = recognize((alt((tag("19"), tag("20"))), gap, digits(2, 2), word_end));
    let broken = broken.map(|year| signed(&year.replace([' ', '\t'], "")));
    let short = preceded(opt(one_of("'’")), digits(2, 2)).map(|year| years.full(numeral(year)));
    terminated(alt((whole, broken, short)), word_end).parse(input)
}

/// `day = 1*2DIGIT [ "ST" / "ND" / "RD" / "TH" ]`
fn day(input: &str) -> Grammar<'_, u32> {
    let ordinal = alt((tag_no_case("ST"), tag_no_case("ND"), tag_no_case("RD"), tag_no_case("TH")));
    terminated(digits(1, 2), opt(ordinal)).map(numeral).parse(input)
}

/// Digits that a grammar has counted.
fn numeral(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

/// The digits of a year.
fn signed(digits: &str) -> i32 {
    digits.parse().unwrap_or(i32::MAX)
}

/// Whether a text names an event: it has a word of time, or a noun of action such as `CLOSURE` or `UNIFICATION`.
fn is_event(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "AFTER",
        "UPON",
        "WHEN",
        "UNTIL",
        "FOLLOWING",
        "END",
        "YEAR",
        "YEARS",
        "EVENT",
        "DEATH",
        "SIGNING",
        "RELEASE",
        "VISIT",
        "MEETING",
        "TRIP",
        "TALKS",
    ];
    const ENDINGS: [&str; 5] = ["TION", "SION", "URE", "MENT", "VAL"];
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= 3).any(|word| {
        let ends_as = |ending: &&str| {
            let from = word.len().checked_sub(ending.len()).filter(|at| *at >= 3);
            from.and_then(|at| word.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
        };
        WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) || ENDINGS.iter().any(ends_as)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &str) -> (Option<ExecutiveOrder<'static>>, Vec<String>) {
        let mut report = Report::default();
        let value = Value::join([(text, 0)]);
        let order = parse(&value, Context::default(), &mut report).map(ExecutiveOrder::into_owned);
        (order, report.diagnostics.finish().iter().map(ToString::to_string).collect())
    }

    /// The kind and its main value, in short.
    fn short(declassification: &Declassification<'_>) -> String {
        let day = |date: &Option<NaiveDate>| date.map_or("-".to_owned(), |d| d.to_string());
        match declassification {
            Declassification::NotApplicable => "n/a".to_owned(),
            Declassification::Date { date } => date.to_string(),
            Declassification::Event { text } => format!("event {text}"),
            Declassification::Exempt { codes, date } => format!("exempt {} {}", codes.join("+"), day(date)),
            Declassification::Schedule { schedule, date } => format!("schedule {schedule} {}", day(date)),
            Declassification::OriginatingAgency => "oadr".to_owned(),
            Declassification::ManualReview => "mr".to_owned(),
            Declassification::Downgrade { level, date } => format!("downgrade {level} {}", day(date)),
            Declassification::Unknown { text } => format!("unknown {text}"),
        }
    }

    #[test]
    fn labels() {
        #[rustfmt::skip]
        let table = [
            ("usual", "E.O. 12958: DECL: 12/08/2019", Some("12958: DECL: 12/08/2019")),
            ("no dots", "EO 12958 DECL: 12/08/2019", Some("12958 DECL: 12/08/2019")),
            ("glued", "E.O.11652: GDS", Some("11652: GDS")),
            ("blanks", "E. O. 11652: N/A", Some("11652: N/A")),
            ("one dot", "E. O 11652: N/A", Some("11652: N/A")),
            ("lower case", "E.o. 12958: decl: 1/1/2019", Some("12958: decl: 1/1/2019")),
            ("letter too many", "E.OM 12065: N/A", Some("12065: N/A")),
            ("nought for O", "E.0. 12958: N/A", Some("12958: N/A")),
            ("written out", "Executive Order 12958: N/A", Some("12958: N/A")),
            ("number lost", "E.O. XGDS", Some("XGDS")),
            ("nothing after", "E.O. 12065:", Some("12065:")),
            ("TAGS after", "E.O. 12958 TAGS: PREL", Some("12958 TAGS: PREL")),
            ("a sentence", "EO 12958 requires a review.", None),
            ("a name", "E. Ortiz said so.", None),
            ("a word", "EON 2000 has fish.", None),
            ("another word", "Each of the fish", None),
            ("the letters alone", "EO", None),
        ];
        for (case, line, want) in table {
            assert_eq!(label(line), want, "{case}");
        }
    }

    #[test]
    fn damaged_labels() {
        for (line, want) in [
            ("B.O. 11652: N/A", Some("11652: N/A")),
            ("MO. 11652: GDS", Some("11652: GDS")),
            ("F.O. 12958 DECL: 1/1/2010", Some("12958 DECL: 1/1/2010")),
            ("NO. 11653: GDS", None),
            ("REF. STATE 12958", None),
            ("F.O. 129581", None),
        ] {
            assert_eq!(damaged_label(line), want, "{line}");
        }
    }

    #[test]
    fn numbers() {
        #[rustfmt::skip]
        let table = [
            ("known", "12958: N/A", Some(12958), "N/A", 0),
            ("swap", "12598: N/A", Some(12958), "N/A", 1),
            ("moved and wrong", "19523: N/A", Some(12958), "N/A", 1),
            ("moved", "19528: N/A", Some(12958), "N/A", 1),
            ("one wrong", "16652 GDS", Some(11652), "GDS", 1),
            ("one too many", "116528 GDS", Some(11652), "GDS", 1),
            ("one too few", "1295: NA", Some(12958), "NA", 1),
            ("a bracket in it", "11)065: N/A", Some(12065), "N/A", 1),
            ("between two orders", "13256: N/A", Some(13256), "N/A", 1),
            ("unknown", "54321; N/A", Some(54321), "N/A", 1),
            ("torn", "1 1652: GDS", Some(11652), "GDS", 1),
            ("torn elsewhere", "129 58: N/A", Some(12958), "N/A", 1),
            ("no colon", "12065   N/A", Some(12065), "N/A", 0),
            ("missing", "XGDS-2", None, "XGDS-2", 0),
            ("a stroke", "11652/ N/A", Some(11652), "N/A", 0),
            ("cut off", "129...", None, "", 1),
            ("cut off after it", "12958...", Some(12958), "", 1),
            ("missing before a date", "12/08/2019", None, "12/08/2019", 0),
            ("amended", "12958, AS AMENDED; DECL: 1/1/2019", Some(12958), "AS AMENDED; DECL: 1/1/2019", 0),
        ];
        for (case, text, number, rest, message) in table {
            let (order, diagnostics) = read_one(text);
            let order = order.unwrap();
            assert_eq!(
                (order.number, &*order.text, diagnostics.len()),
                (number, rest, message),
                "{case} {diagnostics:?}"
            );
        }
        let (_, diagnostics) = read_one("12598: N/A");
        assert_eq!(diagnostics, ["warning[executive-order-repaired] 0..5: \"12598\" read as E.O. 12958"]);
    }

    #[test]
    fn instructions() {
        #[rustfmt::skip]
        let table = [
            ("not applicable", "12958: N/A", "n/a"),
            ("beheaded", "11652: /A", "n/a"),
            ("colon", "11652: N:A", "n/a"),
            ("letters", "12065: NA", "n/a"),
            ("parted", "12065: N A", "n/a"),
            ("small", "12958: n/a", "n/a"),
            ("full stop", "12958: N/A.", "n/a"),
            ("labelled", "12958: DECL: N/A", "n/a"),
            ("day", "12958: DECL: 12/08/2019", "2019-12-08"),
            ("letter too many", "12958: DECLL: 12/08/2019", "2019-12-08"),
            ("letter lost", "12958: DCL: 12/08/2019", "2019-12-08"),
            ("no label", "12958: 12/08/2019", "2019-12-08"),
            ("year first", "12958 DECL 2020/01/25", "2020-01-25"),
            ("year first, dashes", "12958: DECL: 2020-01-25", "2020-01-25"),
            ("short year", "12958: DECL: 1/2/19", "2019-01-02"),
            ("short year before the order", "12958: DECL: 1/2/89", "2089-01-02"),
            ("short year, 1970s", "12065: 1/2/85", "1985-01-02"),
            ("month in three digits", "12958: DECL: 012/08/2019", "2019-12-08"),
            ("broken by wrapping", "12958: DECL: 12/08/ 2019", "2019-12-08"),
            ("broken year", "12958: DECL: 12/08/20 19", "2019-12-08"),
            ("month by name", "12958: DECL: 12 DEC 2019", "2019-12-12"),
            ("month first", "12958: DECL: DECEMBER 8, 2019", "2019-12-08"),
            ("month glued", "12958: DECL: 08DEC2019", "2019-12-08"),
            ("more after it", "12958: DECL: 12/08/2019 REASON: 1.4(B)", "2019-12-08"),
            ("no such day", "12958: DECL: 02/30/2019", "unknown DECL: 02/30/2019"),
            ("no such month", "12958: DECL: 25/12/2019", "unknown DECL: 25/12/2019"),
            ("archive", "12958: DECL: DECLASSIFIED BY NARA 09/02/2009", "2009-09-02"),
            ("amended", "12958: AS AMENDED; DECLASSIFIED JUNE 21, 2006", "2006-06-21"),
            ("event", "12958: DECL: AFTER KOREAN UNIFICATION", "event AFTER KOREAN UNIFICATION"),
            ("event without a word of time", "12958: DECL: CLOSURE OF ICTY", "event CLOSURE OF ICTY"),
            ("exempt", "12958: DECL: X1, X5", "exempt X1+X5 -"),
            ("of a section", "12958: DECL: 1.6X6", "exempt X6 -"),
            ("twenty-five years", "13526: DECL: 25X1-HUMAN", "exempt 25X1-HUMAN -"),
            ("fifty years", "13526: DECL: 50X1-HUM", "exempt 50X1-HUM -"),
            ("general schedule, exempt", "11652: XGDS-2", "exempt XGDS-2 -"),
            ("exempt with its day", "12065: XDS-1 10/6/99 (ROE, JANE)", "exempt XDS-1 1999-10-06"),
            ("general schedule", "11652: GDS", "schedule GDS -"),
            ("with day and officer", "12065: GDS 8/12/85 (ROE, JANE) OR-P", "schedule GDS 1985-08-12"),
            ("dashes", "12065: GDS 9-9-85", "schedule GDS 1985-09-09"),
            ("open bracket", "12065: (GDS 8/15/85 (ROE, JANE J.)", "schedule GDS 1985-08-15"),
            ("review", "12065: RDS-1 8/15/99 (ROE, JANE) OR-M", "schedule RDS-1 1999-08-15"),
            ("advanced", "11652: ADS, DECLASSIFY 6/30/75", "schedule ADS 1975-06-30"),
            ("limited", "11652: LDS", "schedule LDS -"),
            ("group", "10501: GROUP 4", "schedule GROUP 4 -"),
            ("originator", "12356: DECL: OADR", "oadr"),
            ("manual review", "12958: DECL: MR", "mr"),
            ("downgrade", "12958: DNG: CO 10/18/2029", "downgrade CO 2029-10-18"),
            ("downgrade after a label", "12958: DECL: DNG: CO 10/18/2029", "downgrade CO 2029-10-18"),
            ("empty", "12065:", "unknown "),
            ("a word", "12958: DECL: FISH", "unknown DECL: FISH"),
        ];
        for (case, text, want) in table {
            let (order, diagnostics) = read_one(text);
            let got = short(&order.unwrap().declassification);
            assert_eq!(got, want, "{case}");
            assert_eq!(diagnostics.is_empty(), !want.starts_with("unknown"), "{case} {diagnostics:?}");
        }
        let (order, diagnostics) = read_one("12065: GDS 13/15/85");
        assert_eq!((&*short(&order.unwrap().declassification), diagnostics.len()), ("schedule GDS -", 1));
    }

    #[test]
    fn days_of_declassification() {
        use Level::{Confidential, LimitedOfficialUse, Secret, TopSecret, Unclassified};
        #[rustfmt::skip]
        let table = [
            ("a date", "12958: DECL: 12/08/2019", Confidential, "2009-12-08", Some(("2019-12-08", "as marked"))),
            ("general schedule", "11652: GDS", Confidential, "1974-05-14", Some(("1980-12-31", "E.O. 11652, section 5(A)(3)"))),
            ("secret", "11652: GDS", Secret, "1974-05-14", Some(("1982-12-31", "E.O. 11652, section 5(A)(2)"))),
            ("top secret", "11652: GDS", TopSecret, "1974-01-01", Some(("1984-12-31", "E.O. 11652, section 5(A)(1)"))),
            ("number lost", "GDS", Secret, "1974-05-14", Some(("1982-12-31", "E.O. 11652, section 5(A)(2)"))),
            ("number lost, later", "GDS", Secret, "1980-05-14", None),
            ("with its day", "12065: GDS 6/14/85 (ROE, JANE)", Confidential, "1979-06-14", Some(("1985-06-14", "as marked"))),
            ("advanced", "11652: ADS 6/30/75", Secret, "1974-05-14", Some(("1975-06-30", "as marked"))),
            ("group 4", "10501: GROUP 4", Secret, "1966-12-28", Some(("1978-12-28", "E.O. 10501 as amended by E.O. 10964, section 4(a)"))),
            ("group 3", "10501: GROUP 3", Secret, "1966-12-28", None),
            ("review", "12065: RDS-1 8/15/99 (ROE, JANE) OR-M", Secret, "1979-08-15", None),
            ("exempt", "11652: XGDS-2", Secret, "1974-05-14", None),
            ("limited use", "11652: GDS", LimitedOfficialUse, "1974-05-14", None),
            ("unclassified", "11652: N/A", Unclassified, "1974-05-14", None),
            ("an event", "12958: DECL: AFTER KOREAN UNIFICATION", Secret, "2009-12-08", None),
        ];
        for (case, text, level, written, want) in table {
            let got = read_one(text).0.unwrap().declassification_day(level, written.parse().ok());
            assert_eq!(
                got.map(|d| (d.day.to_string(), d.rule)),
                want.map(|(day, rule)| (day.to_owned(), rule)),
                "{case}"
            );
        }
        let last = read_one("11652: GDS").0.unwrap();
        assert_eq!(last.declassification_day(Secret, Some(NaiveDate::MAX)), None);
        assert_eq!(last.declassification_day(Secret, None), None);
    }

    #[test]
    fn days_before_months() {
        for (text, written, want, message) in [
            ("12065: GDS 3/7/85 (ROE, JANE) OR-M", "1979-07-03", Some("1985-07-03"), 1),
            ("12065: GDS 23/7/85 (ROE, JANE)", "1979-07-23", Some("1985-07-23"), 1),
            ("12065: RDS-1 1/11/99 (ROE, JANE)", "1979-11-01", Some("1999-11-01"), 1),
            ("12065: GDS 7/3/85 (ROE, JANE)", "1979-07-03", Some("1985-07-03"), 0),
            ("12065: GDS 3/7/85 (ROE, JANE)", "1979-03-07", Some("1985-03-07"), 0),
            ("12065: GDS 3/7/85 (ROE, JANE)", "1979-05-20", Some("1985-03-07"), 0),
            ("12065: GDS 23/7/85 (ROE, JANE)", "1979-05-20", None, 1),
            ("12958: DECL: 02/04/2019", "2009-04-02", Some("2019-02-04"), 0),
        ] {
            let mut report = Report::default();
            let context = Context { written: written.parse().ok(), ..Context::default() };
            let order = parse(&Value::join([(text, 0)]), context, &mut report).unwrap();
            let date = order.declassification.date().map(|date| date.to_string());
            assert_eq!((date.as_deref(), report.diagnostics.finish().len()), (want, message), "{text}");
        }
        assert!(is_day_first("GDS 3/7/85", NaiveDate::from_ymd_opt(1985, 7, 3).unwrap()));
        assert!(!is_day_first("GDS 7/2/85", NaiveDate::from_ymd_opt(1985, 7, 3).unwrap()));
    }

    #[test]
    fn one_line_is_borrowed() {
        let value = Value::join([("12958: DECL: AFTER THE VISIT", 0)]);
        let order = parse(&value, Context::default(), &mut Report::default()).unwrap();
        assert!(matches!(order.text, Cow::Borrowed("DECL: AFTER THE VISIT")));
    }

    #[test]
    fn long_runs_are_cheap() {
        for part in ["1", "1/", "DECL: ", "X1, ", "X1 ", "AS AMENDED ", "(", "N/", "DEC ", "1 DEC "] {
            let text = part.repeat(4_000);
            let _ = label(&format!("E.O. {text}"));
            for text in [format!("12958: {text}"), format!("12958: GDS {text}"), text] {
                let _ = read_one(&text);
            }
        }
    }
}
