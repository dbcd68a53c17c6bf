//! Countries by their ISO codes, which drafters and machines write in place of State's.

use super::table::ISO_CODES;
use super::tag::{TagKind, tag, tags};

/// The country of an ISO code of two or three letters, by its name among the TAGS.
pub(crate) fn iso_country(code: &str) -> Option<&'static str> {
    let is_code = |row: &&(&str, &str, &str)| row.0 == code || row.1 == code;
    tag(ISO_CODES.iter().find(is_code)?.2, None)?.name
}

/// The TAG of a country in a year, by the country's name.
pub(crate) fn country_tag(name: &str, year: Option<i32>) -> Option<&'static str> {
    let own = |code| tag(code, year).filter(|row| row.kind == TagKind::Geographic && row.variant_of.is_none());
    let is_named = |named: Option<&str>| named.is_some_and(|named| named.eq_ignore_ascii_case(name));
    let named = tags().iter().filter(|row| row.kind == TagKind::Geographic && is_named(row.name));
    named.filter_map(|row| own(row.code)).find(|row| is_named(row.name)).map(|row| row.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_by_their_codes() {
        for (code, country, tag) in [
            ("BO", Some("Bolivia"), Some("BL")),
            ("NOR", Some("Norway"), Some("NO")),
            ("PAK", Some("Pakistan"), Some("PK")),
            ("CHE", Some("Switzerland"), Some("SZ")),
            ("QQQ", None, None),
            ("Q", None, None),
        ] {
            assert_eq!(iso_country(code), country, "{code}");
            assert_eq!(country.and_then(|name| country_tag(name, Some(2007))), tag, "{code}");
        }
    }
}
