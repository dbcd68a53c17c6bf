//! The executive orders on classification, and their exemptions from automatic declassification.

use chrono::NaiveDate;

use super::bare::{bare, room};
use super::index::row_of;
use super::table::{EXEMPTION_INDEX, EXEMPTION_KEYS, EXEMPTIONS, ORDERS};

/// A row of the table of executive orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OrderRow {
    /// The order's number.
    pub number: u32,
    /// Its title.
    pub title: &'static str,
    /// The first day on which it was in force.
    pub first_day: Option<NaiveDate>,
    /// The last day; `None` is to this day.
    pub last_day: Option<NaiveDate>,
    /// Where the row comes from.
    pub source: &'static str,
}

/// A row of the table of exemptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ExemptionRow {
    /// The code: `X6`, `25X1`, `XGDS-2`.
    pub code: &'static str,
    /// The order that has it, or the last one of several.
    pub order: u32,
    /// Its section there.
    pub section: &'static str,
    /// What information it is about.
    pub meaning: &'static str,
    /// Where the row comes from.
    pub source: &'static str,
}

/// All executive orders on classification, sorted by number.
pub fn orders() -> &'static [OrderRow] {
    &ORDERS
}

/// An executive order on classification by its number.
///
/// ```
/// use cablegram::knowledge::order;
///
/// assert_eq!(order(12356).map(|order| order.title), Some("National Security Information"));
/// assert!(order(9066).is_none());
/// ```
pub fn order(number: u32) -> Option<&'static OrderRow> {
    ORDERS.iter().find(|row| row.number == number)
}

/// The order that was in force on a day. E.O. 13292 amended 12958 and is cited by that number.
///
/// ```
/// use cablegram::knowledge::order_in_force;
/// use chrono::NaiveDate;
///
/// let number = |year| order_in_force(NaiveDate::from_ymd_opt(year, 5, 1).unwrap()).map(|order| order.number);
/// assert_eq!((number(1974), number(1980), number(2009)), (Some(11652), Some(12065), Some(12958)));
/// assert_eq!(number(1950), None);
/// ```
pub fn order_in_force(day: NaiveDate) -> Option<&'static OrderRow> {
    let covers = |row: &&OrderRow| {
        row.first_day.is_some_and(|first| first <= day) && row.last_day.is_none_or(|last| day <= last)
    };
    ORDERS.iter().find(covers)
}

/// All exemptions, sorted by code.
pub fn exemptions() -> &'static [ExemptionRow] {
    &EXEMPTIONS
}

/// Finds an exemption by its code, whatever its case, spaces and hyphens; `XDS` is `XGDS`, and `25X1-HUMAN` is `25X1`.
///
/// ```
/// use cablegram::knowledge::exemption;
///
/// assert_eq!(exemption("x5").map(|row| row.meaning), Some("foreign government information"));
/// assert_eq!(exemption("XGDS 2").map(|row| row.section), Some("5(B)(2)"));
/// assert_eq!(exemption("25X1-human").map(|row| row.code), Some("25X1"));
/// assert!(exemption("X9").is_none());
/// ```
pub fn exemption(code: &str) -> Option<&'static ExemptionRow> {
    let find = |bare: &[u8]| row_of(&EXEMPTION_INDEX, &EXEMPTION_KEYS, &EXEMPTIONS, bare);
    let mut room = room();
    let bare = bare(code, &mut room)?;
    let without_source = || bare.strip_suffix(b"HUMAN").or_else(|| bare.strip_suffix(b"HUM"));
    let digit = |bare: &[u8]| bare.strip_prefix(b"XDS").and_then(<[u8]>::first).copied();
    find(bare)
        .or_else(|| find(without_source()?))
        .or_else(|| find(&[b'X', b'G', b'D', b'S', digit(bare).filter(|_| bare.len() == 4)?]))
}
