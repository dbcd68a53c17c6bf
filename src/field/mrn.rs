//! The message reference number: year, post and number.

use std::borrow::Cow;
use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::grammar::number;
use crate::value::owned;

/// The message reference number: what a cable is cited by, `09 ISLAMABAD 2941`.
///
/// ```
/// let parsed = cablegram::parse("R 151346Z AUG 08\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n")?;
/// let mrn = parsed.cable.mrn.expect("the classification line names it");
/// assert_eq!((mrn.year, &*mrn.post, mrn.number), (Some(2008), "OSLO", 461));
/// assert_eq!(mrn.id().as_deref(), Some("08OSLO461"));
/// assert_eq!(mrn.to_string(), "08 OSLO 461");
/// # Ok::<(), cablegram::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub struct Mrn<'a> {
    /// The year of the message; `None` where nothing tells it.
    pub year: Option<i32>,
    /// The post that sent it, in its canonical form: no blanks, `TELAVIV`.
    pub post: Cow<'a, str>,
    /// Its number in the year's series of the post.
    pub number: u32,
}

impl Mrn<'_> {
    /// The id under which published cables are known: two digits of the year, the post, the number.
    pub fn id(&self) -> Option<String> {
        self.year.map(|year| format!("{:02}{}{}", year.rem_euclid(100), self.post, self.number))
    }

    /// The same, owning its text.
    pub fn into_owned(self) -> Mrn<'static> {
        Mrn { year: self.year, post: owned(self.post), number: self.number }
    }
}

impl fmt::Display for Mrn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(year) = self.year {
            write!(f, "{:02} ", year.rem_euclid(100))?;
        }
        write!(f, "{} {}", self.post, self.number)
    }
}

impl Serialize for Mrn<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Mrn", 4)?;
        out.serialize_field("id", &self.id())?;
        out.serialize_field("year", &self.year)?;
        out.serialize_field("post", &self.post)?;
        out.serialize_field("number", &self.number)?;
        out.end()
    }
}

/// Year, post and number with blanks between: `12 SUVA 418`.
///
/// ```text
/// written = ( 2DIGIT / 4DIGIT ) SP post SP 1*7DIGIT
/// ```
pub(crate) fn written(text: &str) -> Option<(&str, &str, u32)> {
    let (year, rest) = text.split_once(' ')?;
    let (post, digits) = rest.trim().rsplit_once(' ')?;
    let post = post.trim();
    let is_year = matches!(year.len(), 2 | 4) && year.bytes().all(|b| b.is_ascii_digit());
    let is_post = post.starts_with(|c: char| c.is_alphabetic()) && digits.len() <= 7;
    (is_year && is_post).then_some((year, post, number(digits)?))
}

/// The name of a document, read as an id:
///
/// ```text
/// id = ( 2DIGIT / 4DIGIT ) post 1*7DIGIT [ "_" letter ]
/// ```
pub(crate) fn from_document_id(id: &str) -> Option<(i32, &str, u32)> {
    let id = id.trim();
    let id = id.split_once(['.', '_']).map_or(id, |(stem, _)| stem);
    let first = id.find(|c: char| !c.is_ascii_digit())?;
    let last = id.rfind(|c: char| !c.is_ascii_digit())? + 1;
    let (year, rest) = id.split_at_checked(first)?;
    let (post, digits) = rest.split_at_checked(last.checked_sub(first)?)?;
    let year = match (year.len(), number(year)?) {
        (2, year) => crate::field::dtg::CenturyRule::default().year(year),
        (4, year @ 1900..=2100) => i32::try_from(year).ok()?,
        _ => return None,
    };
    let is_post = (3..=24).contains(&post.len()) && post.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    (is_post && (1..=7).contains(&digits.len())).then_some((year, post, number(digits)?))
}

/// A post's name in its canonical form: as the table has it, else upper case without blanks.
pub(crate) fn canonical_post(name: &str) -> Cow<'_, str> {
    if let Some(post) = crate::knowledge::post(name) {
        return Cow::Borrowed(post.canonical);
    }
    if name.bytes().all(|b| b.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_with_blanks() {
        for (text, want) in [
            ("12 SUVA 418", Some(("12", "SUVA", 418))),
            ("2012 SAN JOSE 000690", Some(("2012", "SAN JOSE", 690))),
            ("SUVA 418", None),
            ("12 418", None),
        ] {
            assert_eq!(written(text), want, "{text}");
        }
    }

    #[test]
    fn document_ids() {
        let cases = [
            ("published", "09ISLAMABAD2941", Some((2009, "ISLAMABAD", 2941))),
            ("a file's name", "09ISLAMABAD2941.md.txt", Some((2009, "ISLAMABAD", 2941))),
            ("archive", "1974LAPAZ00172", Some((1974, "LAPAZ", 172))),
            ("archive with its release", "1975STATE095768_b", Some((1975, "STATE", 95768))),
            ("no id", "readme", None),
            ("a number", "20091208", None),
            ("a hash", "000_cb06d6c9f3685e1c", None),
        ];
        for (name, id, expected) in cases {
            assert_eq!(from_document_id(id), expected, "{name}");
        }
    }
}
