//! What was meant by a code that is none.

use super::abbreviation::abbreviation;
use super::country::{country_tag, iso_country};
use super::tag::{TagKind, TagRow, USUAL_YEAR, tag, tags};
use crate::edit_distance::slips;

/// The likely TAG for a code that is not one of State's list in that year: the code itself is then a slip of the hand
/// (`PECON` for `ECON`, `PGO` for `PGOV`), or another list's code for a country (`RU`, `JP`, `PAK`).
///
/// `None` where the code is known, and where several TAGS are as likely.
///
/// ```
/// use cablegram::knowledge::suggest_tag;
///
/// assert_eq!(suggest_tag("RU", Some(2009)), Some("RS"));
/// assert_eq!(suggest_tag("RU", Some(2024)), None);
/// assert_eq!(suggest_tag("PGOF", Some(2009)), Some("PGOV"));
/// assert_eq!(suggest_tag("PGOV", Some(2009)), None);
/// ```
pub fn suggest_tag(code: &str, year: Option<i32>) -> Option<&'static str> {
    if let Some(row) = tag(code, year) {
        return row.variant_of;
    }
    if !(3..=8).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    if code.len() > 3 {
        return nearest(code, year.unwrap_or(USUAL_YEAR));
    }
    // A word that is short for something else is no slip, and two meanings are none.
    let slip = nearest(code, year.unwrap_or(USUAL_YEAR)).filter(|near| near.len() > code.len());
    match (slip, iso_country(code).and_then(|country| country_tag(country, year))) {
        _ if abbreviation(code).is_some() => None,
        (Some(_), Some(_)) => None,
        (slip, country) => slip.or(country),
    }
}

/// The one TAG of its time from which a slip leads to a code.
fn nearest(code: &str, year: i32) -> Option<&'static str> {
    // The two best candidates: the best one must be clearly better than the next.
    let (mut best, mut next): (Option<&TagRow>, Option<&TagRow>) = (None, None);
    for row in tags().iter().filter(|row| is_candidate(row, code, year)) {
        if best.is_some_and(|best| best.code == row.code) {
            continue;
        }
        if best.is_none_or(|best| row.uses > best.uses) {
            next = best;
            best = Some(row);
        } else if next.is_none_or(|next| row.uses > next.uses) {
            next = Some(row);
        }
    }
    let best = best?;
    let clear = next.is_none_or(|next| best.uses >= 2 && best.uses >= 3 * next.uses);
    clear.then_some(best.code)
}

/// Whether one slip leads from the row's code to `code`, and the row is of its time.
fn is_candidate(row: &TagRow, code: &str, year: i32) -> bool {
    let long_enough = match row.kind {
        TagKind::Subject | TagKind::Program => true,
        TagKind::Organization => row.code.len() >= 5 && row.name.is_some(),
        TagKind::Geographic | TagKind::Person | TagKind::Term | TagKind::Unknown => false,
    };
    long_enough && row.years_off(year) <= 2 && slips(row.code, code, 1).is_some()
}
