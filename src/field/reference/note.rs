//! What stands after a reference: dates, captions, `NOTAL`, `AND PREVIOUS`, `ET AL`.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{map_opt, not, opt, peek, recognize, verify};
use nom::sequence::{preceded, terminated};

use super::cited::{any_of, bracketed_year, void};
use crate::grammar::{Grammar, blanks, digits, gap, month_name, number};
use crate::knowledge;

/// How far after an opening bracket its other half is looked for.
const LONGEST_BRACKET: usize = 240;

/// What was found after a reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Notes<'t> {
    pub(super) notal: bool,
    pub(super) and_previous: bool,
    pub(super) et_al: bool,
    /// Two or four digits, as written.
    pub(super) year: Option<u32>,
    pub(super) dtg: Option<&'t str>,
    pub(super) captions: Vec<&'t str>,
}

/// Reads all notes from here on; gives back what follows them.
pub(super) fn notes<'t>(input: &'t str, notes: &mut Notes<'t>) -> &'t str {
    let mut rest = input;
    while let Some(next) = note(rest, notes).filter(|next| next.len() < rest.len()) {
        rest = next;
    }
    rest
}

/// `note = bracket / series / [ "," ] ( remark / date / dtg )`
fn note<'t>(input: &'t str, notes: &mut Notes<'t>) -> Option<&'t str> {
    let rest = input.trim_start();
    // Most references stand alone.
    if rest.is_empty() || rest.starts_with(';') {
        return None;
    }
    if rest.starts_with(['(', '[']) {
        return bracket(rest, notes);
    }
    if let Ok((rest, ())) = series(rest) {
        return Some(rest);
    }
    // `STATE 12/282138Z JUN 73`: the group of that message.
    if let Some(group) = rest.strip_prefix('/').filter(|group| dtg(group).is_ok()) {
        return dated(group, notes);
    }
    let rest = rest.strip_prefix(',').map_or(rest, str::trim_start);
    remark(rest, notes).or_else(|| dated(rest, notes))
}

/// `bracket = "(" <anything> ")"`
fn bracket<'t>(input: &'t str, notes: &mut Notes<'t>) -> Option<&'t str> {
    let (inner, rest) = bracketed(input)?;
    if let Ok((_, year)) = bracketed_year(input) {
        notes.year = notes.year.or(Some(year));
        return Some(rest);
    }
    for part in inner.split([',', ';', '/']).map(str::trim) {
        if remark(part, notes).is_none() && dated(part, notes).is_none() && knowledge::caption(part).is_some() {
            notes.captions.push(part);
        }
    }
    if notes.year.is_none() && notes.dtg.is_none() {
        // A date holds a comma itself.
        dated(inner.trim(), notes);
    }
    Some(rest)
}

/// What stands in a bracket, and what follows it. Of brackets in brackets the outermost count.
pub(super) fn bracketed(input: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, c) in input.char_indices().take_while(|(at, _)| *at <= LONGEST_BRACKET) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let (head, rest) = input.split_at_checked(at)?;
            let mut inner = head.chars();
            inner.next()?;
            return Some((inner.as_str(), rest.get(1..)?));
        }
    }
    None
}

/// `series = [ "/" ] ( "TOSEC" / "SECTO" / "TODEP" ) gap 1*7DIGIT`: the message's number in a second series
fn series(input: &str) -> Grammar<'_, ()> {
    let series = any_of(&["TOSEC", "SECTO", "TODEP"]);
    void((opt(char('/')), blanks, series, gap, digits(1, 7), peek(not(satisfy(char::is_alphanumeric))))).parse(input)
}

/// `remark = "NOTAL" / ( "AND" / "&" / "," ) previous / "ET AL" / ( "AND" / "&" ) others / caption`
fn remark<'t>(input: &'t str, notes: &mut Notes<'t>) -> Option<&'t str> {
    if let Ok((rest, ())) = void((any_of(&["NOTAL", "NOTALS"]), opt(char('.')))).parse(input) {
        notes.notal = true;
        return Some(rest);
    }
    if let Ok((rest, ())) = previous(input) {
        notes.and_previous = true;
        return Some(rest);
    }
    if let Ok((rest, ())) = others(input) {
        notes.et_al = true;
        return Some(rest);
    }
    let (rest, caption) = any_of(&["EXDIS", "NODIS", "LIMDIS", "STADIS", "SIPDIS", "NOFORN"]).parse(input).ok()?;
    notes.captions.push(caption);
    Some(rest)
}

/// `previous = [ "AND" / "&" ] [ "ALL" ] ( "PREVIOUS" / "PRIOR" / "EARLIER" / "PRECEDING" ) [ "CABLES" ... ]`
fn previous(input: &str) -> Grammar<'_, ()> {
    let what =
        any_of(&["CABLES", "CABLE", "TELEGRAMS", "TELEGRAM", "REPORTING", "REFTELS", "REFTEL", "MESSAGES", "REFS"]);
    let earlier = any_of(&["PREVIOUS", "PREVIOUSLY", "PRIOR", "EARLIER", "PRECEDING", "PREV"]);
    let all = (any_of(&["ALL"]), gap);
    void((opt(conjunction), opt(all), earlier, opt((gap, what)))).parse(input)
}

/// `others = "ET" gap ( "AL" / "SEQ" ) / conjunction [ "MANY" / number ] "OTHERS"`
fn others(input: &str) -> Grammar<'_, ()> {
    let latin = (any_of(&["ET"]), opt(char('.')), blanks, any_of(&["AL", "ALIA", "SEQ", "ALII"]), opt(char('.')));
    let many = any_of(&["MANY", "SEVERAL", "NUMEROUS", "ALL", "TWO", "THREE"]);
    let count = alt((recognize(many), digits(1, 2)));
    let others = (conjunction, opt((count, gap)), any_of(&["OTHERS", "OTHER"]));
    alt((void(latin), void(others))).parse(input)
}

/// `conjunction = ( "AND" gap ) / ( "&" spaces )`
pub(super) fn conjunction(input: &str) -> Grammar<'_, ()> {
    alt((void((any_of(&["AND"]), gap)), void((char('&'), blanks)))).parse(input)
}

/// `dated = [ "OF" / "DATED" / "DTD" / "ON" / "DTG" ] ( dtg / date )`
fn dated<'t>(input: &'t str, notes: &mut Notes<'t>) -> Option<&'t str> {
    let introduced =
        |input| opt((any_of(&["OF", "DATED", "DTD", "DTG", "ON", "FROM", "SENT"]), opt(char(':')), gap)).parse(input);
    let (rest, _) = introduced(input).ok()?;
    if let Ok((rest, (text, year))) = dtg(rest) {
        notes.dtg = notes.dtg.or(Some(text));
        notes.year = notes.year.or(year);
        return Some(rest);
    }
    let (rest, year) = date(rest).ok()?;
    notes.year = notes.year.or(year);
    Some(rest)
}

/// `dtg = 6DIGIT spaces "Z" spaces month [ year ] / ddhhmm gap month year`, `year = spaces ( 4DIGIT / 2DIGIT )`; gives its
/// text and year
pub(super) fn dtg(input: &str) -> Grammar<'_, (&str, Option<u32>)> {
    let year = || preceded((blanks, opt(one_of("'’"))), year_of_date);
    let whole = preceded((digits(6, 6), blanks, one_of("Zz"), blanks, month), opt(year()));
    let without_zone = preceded((verify(digits(6, 6), is_ddhhmm), gap, month), year().map(Some));
    let (rest, year) = alt((whole, without_zone)).parse(input)?;
    let text = input.split_at_checked(input.len() - rest.len()).map_or(input, |(text, _)| text);
    Ok((rest, (text, year)))
}

/// Whether six digits can be day, hour and minute.
pub(super) fn is_ddhhmm(digits: &str) -> bool {
    number(digits).is_some_and(|n| (1..=31).contains(&(n / 10_000)) && n / 100 % 100 < 24 && n % 100 < 60)
}

/// `date = ymd / mdy / month-day-year / day-month-year`; gives its year
pub(super) fn date(input: &str) -> Grammar<'_, Option<u32>> {
    alt((ymd.map(Some), mdy, month_day, day_month)).parse(input)
}

/// `ymd = 4DIGIT ( "-" / "/" ) 1*2DIGIT ( "-" / "/" ) 1*2DIGIT`
fn ymd(input: &str) -> Grammar<'_, u32> {
    let year = map_opt(digits(4, 4), number);
    terminated(year, (one_of("-/"), digits(1, 2), one_of("-/"), digits(1, 2), end_of_number)).parse(input)
}

/// `mdy = 1*2DIGIT ( "/" / "-" ) 1*2DIGIT ( "/" / "-" ) ( 4DIGIT / 2DIGIT )`, or without the year
fn mdy(input: &str) -> Grammar<'_, Option<u32>> {
    let (rest, _) = (digits(1, 2), one_of("/-."), digits(1, 2)).parse(input)?;
    let (rest, year) = opt(preceded(one_of("/-."), year_of_date)).parse(rest)?;
    end_of_number(rest)?;
    Ok((rest, year))
}

/// `month-day = month [ gap 1*2DIGIT [ ordinal ] ] [ [ "," ] gap year ]`
fn month_day(input: &str) -> Grammar<'_, Option<u32>> {
    let ordinal = opt(any_of(&["ST", "ND", "RD", "TH"]));
    let day = (gap, digits(1, 2), ordinal, end_of_number);
    let more_days = opt((blanks, one_of("-&"), blanks, digits(1, 2), end_of_number));
    let year = preceded((opt(char(',')), blanks, opt(one_of("'’"))), year_of_date);
    let with_day = preceded((day, more_days), opt(year));
    let only_year = preceded((opt(char(',')), gap), year_of_date).map(Some);
    preceded(month, alt((with_day, only_year))).parse(input)
}

/// `day-month = 1*2DIGIT [ ordinal ] gap month [ [ "," ] gap year ]`
fn day_month(input: &str) -> Grammar<'_, Option<u32>> {
    let ordinal = opt(any_of(&["ST", "ND", "RD", "TH"]));
    let year = preceded((opt(char(',')), blanks, opt(one_of("'’"))), year_of_date);
    preceded((digits(1, 2), ordinal, blanks, opt(one_of("-")), blanks, month), opt(year)).parse(input)
}

/// `year-of-date = 4DIGIT / 2DIGIT`
fn year_of_date(input: &str) -> Grammar<'_, u32> {
    let four = verify(map_opt(digits(4, 4), number), |year| (1945..2050).contains(year));
    terminated(alt((four, map_opt(digits(2, 2), number))), end_of_number).parse(input)
}

fn end_of_number(input: &str) -> Grammar<'_, ()> {
    not(satisfy(char::is_alphanumeric)).parse(input)
}

/// `month = month-name [ "." ]`, at the end of a word
pub(super) fn month(input: &str) -> Grammar<'_, ()> {
    (month_name, not(satisfy(char::is_alphanumeric)), opt(tag("."))).map(drop).parse(input)
}
