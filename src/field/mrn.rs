//! The message reference number: year, post and number.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::edit_distance::one_slip;
use crate::field::dtg::CenturyRule;
use crate::grammar::number;
use crate::knowledge;
use crate::record::IntoOwned;
use crate::value::owned;

/// The message reference number: what a cable is cited by, `09 ISLAMABAD 2941`.
///
/// It is read from every form in which it is written: [`Mrn::parse`]. `{}` prints it as it is cited, `{:#}` in full;
/// [`Mrn::id`], [`Mrn::archive_id`] and [`Mrn::public_names`] are what archives call it.
///
/// ```
/// use cablegram::Mrn;
///
/// let mrn: Mrn = "2009 Tel Aviv 000071".parse()?;
/// assert_eq!((mrn.year, &*mrn.post, mrn.number), (Some(2009), "TELAVIV", 71));
/// assert_eq!(mrn.id().as_deref(), Some("09TELAVIV71"));
/// assert_eq!((mrn.to_string(), format!("{mrn:#}")), ("09 TELAVIV 71".to_owned(), "2009 TEL AVIV 000071".to_owned()));
/// # Ok::<(), cablegram::MrnError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Keys<'a>"))]
pub struct Mrn<'a> {
    /// The year of the message; `None` where nothing gives it.
    pub year: Option<i32>,
    /// The post that sent it, in its canonical form: no spaces, `TELAVIV`.
    pub post: Cow<'a, str>,
    /// Its number in the year's series of the post.
    pub number: u32,
    /// Whether it is an airgram, which went by bag and has a series of its own: `MEXICO A-25`. No telegram is one.
    pub airgram: bool,
}

/// Why a text is not a message reference number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MrnError {
    /// There is nothing.
    #[error("no message reference number: the text is empty")]
    Empty,
    /// The digits before the post are not a year.
    #[error("{0:?} is no year: two digits, or four from 1900 to 2100")]
    Year(String),
    /// No letters before the number.
    #[error("{0:?} is no post: two letters or more are expected before the number")]
    Post(String),
    /// No number after the post.
    #[error("{0:?} is no message number: one to seven digits, not all nought")]
    Number(String),
    /// Something follows the number.
    #[error("{0:?} stands after the message number")]
    Trailing(String),
}

impl<'a> Mrn<'a> {
    /// Reads any form in which a message is named.
    ///
    /// ```text
    /// mrn    = [ year ] post [ "#" ] [ "A-" ] number [ series ] [ "_" release ]
    /// year   = 4DIGIT / [ "'" ] 2DIGIT
    /// series = ( "TOSEC" / "SECTO" / "TODEP" / "PARTO" ) 1*DIGIT      ; the second number of a message, passed over
    /// ```
    ///
    /// Blanks may stand between the parts. The post is found by any name that [`knowledge::post_of_plad`] knows, the
    /// six-letter codes of the archive included; what no table knows is taken as it is, in capitals and without spaces.
    ///
    /// ```
    /// use cablegram::Mrn;
    ///
    /// for (text, id) in [
    ///     ("09ISLAMABAD2941", "09ISLAMABAD2941"),
    ///     ("2009 ISLAMABAD 002941", "09ISLAMABAD2941"),
    ///     ("1973SANTIA04059", "73SANTIAGO4059"),
    ///     ("1975STATE095768_b", "75STATE95768"),
    ///     ("79 STATE 313541 TOSEC 110023", "79STATE313541"),
    ///     ("'80 SECTO 7031", "80SECTO7031"),
    ///     ("74 Mexico A-25", "74MEXICOA-25"),
    /// ] {
    ///     assert_eq!(Mrn::parse(text)?.id().as_deref(), Some(id));
    /// }
    /// assert_eq!(Mrn::parse("OSLO")
    ///     .unwrap_err().to_string(), "\"\" is no message number: one to seven digits, not all nought");
    /// # Ok::<(), cablegram::MrnError>(())
    /// ```
    ///
    /// # Errors
    /// [`MrnError`] names the part that is missing or invalid.
    pub fn parse(text: &'a str) -> Result<Self, MrnError> {
        let parts = Parts::of(text)?;
        if !is_second_series(parts.after) {
            return Err(MrnError::Trailing(parts.after.to_owned()));
        }
        Ok(Self { year: parts.year, post: canonical_post(parts.post), number: parts.number, airgram: parts.airgram })
    }

    /// Reads a published id that was made from a damaged classification line, and so has more in it than year, post and
    /// number: `09SECTION01OF03SANJOSE525`, `06EFTOBAKU1165`, `09AMEMBASSYHANOI1284`, `07OSLO000160ZDK164`.
    ///
    /// Section words, levels, `EFTO` and operating signals are taken out, and a misspelt post is repaired where only one can
    /// be meant. `None` where no post that the tables know is left. An id in good order is what [`Mrn::parse`] makes of it.
    ///
    /// ```
    /// use cablegram::Mrn;
    ///
    /// let id = |malformed| Mrn::repair(malformed).and_then(|mrn| mrn.id());
    /// assert_eq!(id("09SECTION01OF03SANJOSE525").as_deref(), Some("09SANJOSE525"));
    /// assert_eq!(id("07SOIA828").as_deref(), Some("07SOFIA828"));
    /// assert_eq!(id("092OF5"), None);
    /// ```
    pub fn repair(id: &str) -> Option<Mrn<'static>> {
        let id = id.trim();
        let (year, rest) = year(id.trim()).ok()?;
        let parts = Parts::of(without_stray_words(rest)).ok()?;
        let signal = parts.after.get(..3).is_some_and(|signal| knowledge::operating_signal(signal).is_some());
        if parts.year.is_some() || !signal && !is_second_series(parts.after) {
            return None;
        }
        let post = knowledge::post_of_plad(parts.post).or_else(|| knowledge::nearest_post(parts.post))?;
        Some(Mrn { year, post: Cow::Borrowed(post.canonical), number: parts.number, airgram: parts.airgram })
    }

    /// The id under which published cables are known: two digits of the year, the post, the number. `None` without a year.
    pub fn id(&self) -> Option<String> {
        self.year.map(|year| id(year, &self.post, self.series(), self.number))
    }

    /// The document number of the archive of 1973 to 1979: the year, the first six letters of the post's name, spaces
    /// counted and then dropped, and five digits, six for the Department. `None` without a year, and for airgrams.
    ///
    /// ```
    /// use cablegram::Mrn;
    ///
    /// let archive_id = |text| Mrn::parse(text).ok().and_then(|mrn| mrn.archive_id());
    /// assert_eq!(archive_id("73 SANTIAGO 4059").as_deref(), Some("1973SANTIA04059"));
    /// assert_eq!(archive_id("75 STATE 95768").as_deref(), Some("1975STATE095768"));
    /// ```
    pub fn archive_id(&self) -> Option<String> {
        let row = knowledge::post(&self.post);
        let cut = |name: &str| name.chars().take(6).collect();
        let code = row.map_or_else(|| cut(&self.post), |row| row.archive_code.to_owned());
        let digits = if self.post == "STATE" { 6 } else { 5 };
        self.year.filter(|_| !self.airgram).map(|year| format!("{year:04}{code}{:0digits$}", self.number))
    }

    /// The names under which the cable may be found in public libraries: the archive's document number for 1973 to 1979,
    /// else the id, each alone and with the letter of its release (`_a` the diplomatic cables published in 2010, `_b` 1973
    /// to 1976, `_c`, `_d`, `_e` the three years after). The letters are read off some published addresses.
    ///
    /// ```
    /// use cablegram::Mrn;
    ///
    /// assert_eq!(Mrn::parse("09 OSLO 461")?.public_names(), ["09OSLO461", "09OSLO461_a"]);
    /// assert_eq!(Mrn::parse("75 STATE 95768")?.public_names(), ["1975STATE095768", "1975STATE095768_b"]);
    /// # Ok::<(), cablegram::MrnError>(())
    /// ```
    pub fn public_names(&self) -> Vec<String> {
        let (name, release) = match self.year {
            Some(1973..=1976) => (self.archive_id(), 'b'),
            Some(1977) => (self.archive_id(), 'c'),
            Some(1978) => (self.archive_id(), 'd'),
            Some(1979) => (self.archive_id(), 'e'),
            _ => (self.id().filter(|_| !self.airgram), 'a'),
        };
        name.into_iter().flat_map(|name| [name.clone(), format!("{name}_{release}")]).collect()
    }

    /// Returns the same value, which owns its text.
    pub fn into_owned(self) -> Mrn<'static> {
        Mrn { year: self.year, post: owned(self.post), number: self.number, airgram: self.airgram }
    }

    const fn series(&self) -> &'static str {
        if self.airgram { "A-" } else { "" }
    }
}

impl IntoOwned for Mrn<'_> {
    type Owned = Mrn<'static>;

    fn into_owned(self) -> Mrn<'static> {
        Mrn::into_owned(self)
    }
}

impl FromStr for Mrn<'static> {
    type Err = MrnError;

    /// As [`Mrn::parse`], owning its text.
    fn from_str(text: &str) -> Result<Self, MrnError> {
        Mrn::parse(text).map(Mrn::into_owned)
    }
}

impl fmt::Display for Mrn<'_> {
    /// As it is cited, `09 TELAVIV 71`; with `{:#}` in full, `2009 TEL AVIV 000071`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let series = self.series();
        if !f.alternate() {
            if let Some(year) = self.year {
                write!(f, "{:02} ", year.rem_euclid(100))?;
            }
            return write!(f, "{} {series}{}", self.post, self.number);
        }
        if let Some(year) = self.year {
            write!(f, "{year:04} ")?;
        }
        let name = knowledge::post(&self.post).map_or(&*self.post, |post| post.display);
        let digits = if self.airgram { 0 } else { 6 };
        write!(f, "{name} {series}{:0digits$}", self.number)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Mrn<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let mut out = serializer.serialize_struct("Mrn", 4)?;
        out.serialize_field("id", &self.id())?;
        out.serialize_field("year", &self.year)?;
        out.serialize_field("post", &self.post)?;
        out.serialize_field("number", &self.number)?;
        out.end()
    }
}

/// Year, post and number with spaces between: `12 SUVA 418`.
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

/// `id = 2DIGIT post [ "A-" ] number`, the year in two digits
pub(crate) fn id(year: i32, post: &str, series: &str, number: u32) -> String {
    format!("{:02}{post}{series}{number}", year.rem_euclid(100))
}

/// An id that is not that of its year, post and number.
#[cfg(feature = "serde")]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the id {id:?} is not that of year, post and number{}", .of.as_ref().map(|of| format!(", {of:?}")).unwrap_or_default())]
pub(crate) struct OtherId {
    id: String,
    of: Option<String>,
}

#[cfg(feature = "serde")]
impl OtherId {
    /// Without an id nothing contradicts.
    fn check(id: Option<&str>, of: Option<String>) -> Result<(), Self> {
        match id {
            Some(id) if of.as_deref() != Some(id) => Err(Self { id: id.to_owned(), of }),
            _ => Ok(()),
        }
    }
}

/// The keys of the JSON. The id need not be there; where it is, it says what year, post and number say, and alone whether
/// it is an airgram.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Keys<'a> {
    id: Option<Cow<'a, str>>,
    year: Option<i32>,
    post: Cow<'a, str>,
    number: u32,
}

#[cfg(feature = "serde")]
impl<'a> TryFrom<Keys<'a>> for Mrn<'a> {
    type Error = OtherId;

    fn try_from(keys: Keys<'a>) -> Result<Self, OtherId> {
        let airgram = keys.id.as_ref().is_some_and(|id| id.contains("A-"));
        let mrn = Self { year: keys.year, post: keys.post, number: keys.number, airgram };
        OtherId::check(keys.id.as_deref(), mrn.id())?;
        Ok(mrn)
    }
}

/// The parts of a message reference number, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parts<'t> {
    year: Option<i32>,
    post: &'t str,
    airgram: bool,
    number: u32,
    /// What stands after the number, without the letter of a release.
    after: &'t str,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Result<Self, MrnError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MrnError::Empty);
        }
        let (year, rest) = year(text)?;
        let (name, rest) = split_where(rest, |c| c.is_ascii_digit() || c == '#');
        let (post, airgram) = without_airgram(name.trim());
        if !is_name(post) {
            return Err(MrnError::Post(post.to_owned()));
        }
        let (digits, after) = split_where(rest.trim_start_matches('#').trim_start(), |c| !c.is_ascii_digit());
        let number = Some(digits).filter(|digits| digits.len() <= 7).and_then(number).filter(|number| *number > 0);
        let number = number.ok_or_else(|| MrnError::Number(digits.to_owned()))?;
        let after = after.trim_start();
        let release = matches!(after.as_bytes(), [b'_', b'a'..=b'z' | b'A'..=b'Z']);
        Ok(Self { year, post, airgram, number, after: if release { "" } else { after } })
    }
}

/// A text before and from the first character on that fits.
fn split_where(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    text.find(fits).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

/// `[ year ]`, where `year = 4DIGIT / ["'"] 2DIGIT`, and what follows it
fn year(text: &str) -> Result<(Option<i32>, &str), MrnError> {
    let (digits, rest) = split_where(text.trim_start_matches(['\'', '\u{2019}']), |c| !c.is_ascii_digit());
    let year = match (digits.len(), number(digits)) {
        (0, _) => return Ok((None, rest)),
        (2, Some(year)) => Some(CenturyRule::default().year(year)),
        (4, Some(year @ 1900..=2100)) => i32::try_from(year).ok(),
        _ => None,
    };
    year.map(|year| (Some(year), rest.trim_start())).ok_or_else(|| MrnError::Year(digits.to_owned()))
}

/// The name before the sign of an airgram: `MEXICO A-`, `MEXICOA-`.
fn without_airgram(name: &str) -> (&str, bool) {
    let Some(before) = name.strip_suffix("A-").or_else(|| name.strip_suffix("a-")) else { return (name, false) };
    let with_letter = name.strip_suffix('-').unwrap_or(name);
    let is_of_name = !before.ends_with(' ') && knowledge::post(with_letter).is_some();
    if is_of_name { (with_letter, false) } else { (before.trim_end(), true) }
}

/// Whether a text can be a post's name: two letters at the least, and nothing that no name has.
fn is_name(name: &str) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphabetic).count();
    let of_name = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '\u{2019}' | '/');
    (2..=40).contains(&letters) && name.len() <= 48 && name.chars().all(of_name)
}

/// Whether nothing, or the number of a second series, is left: `TOSEC 110023`.
fn is_second_series(after: &str) -> bool {
    let (name, digits) = split_where(after, |c| c.is_ascii_digit());
    let name = name.trim_matches(['/', ' ']);
    let series = ["TOSEC", "SECTO", "TODEP", "PARTO"].iter().any(|series| series.eq_ignore_ascii_case(name));
    after.is_empty() || series && number(digits).is_some()
}

/// An id's post and number without the words that software took for the post: `SECTION01OF03`, `UNCLAS`, `EFTO`.
fn without_stray_words(mut rest: &str) -> &str {
    const WORDS: [&str; 6] = ["UNCLAS", "CONFIDENTIAL", "SECRET", "EFTO", "NOFORN", "SENSITIVE"];
    // Each turn takes something away.
    while let Some(after) = section(rest).or_else(|| WORDS.iter().find_map(|word| rest.strip_prefix(word))) {
        rest = after;
    }
    rest
}

/// `section = "SECTION" 1*2DIGIT "OF" 1*2DIGIT`, the word with one slip in it; gives what follows
fn section(text: &str) -> Option<&str> {
    let (word, rest) = split_where(text, |c| c.is_ascii_digit());
    let (first, rest) = split_where(rest, |c| !c.is_ascii_digit());
    let rest = rest.strip_prefix("OF")?;
    let (last, rest) = split_where(rest, |c| !c.is_ascii_digit());
    let digits = |digits: &str| (1..=2).contains(&digits.len());
    (one_slip(word, "SECTION") && digits(first) && digits(last)).then_some(rest)
}

/// The name of a document, read as an id: year, post and number, with no spaces between them.
///
/// ```text
/// id = year post number [ "_" letter ] [ "." extensions ]
/// ```
pub(crate) fn from_document_id(id: &str) -> Option<(i32, &str, u32)> {
    let id = id.trim();
    let id = id.split_once(['.', '_']).map_or(id, |(stem, _)| stem);
    if id.contains(' ') {
        return None;
    }
    let (year, rest) = year(id.trim()).ok()?;
    let year = year?;
    let parts = Parts::of(without_stray_words(rest)).ok()?;
    let whole = parts.after.is_empty() && !parts.airgram;
    let is_post =
        (3..=24).contains(&parts.post.len()) && parts.post.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    (whole && is_post).then_some((year, parts.post, parts.number))
}

/// A post's name in its canonical form: as the table has it, else upper case without spaces.
pub(crate) fn canonical_post(name: &str) -> Cow<'_, str> {
    if let Some(post) = knowledge::post(name).or_else(|| knowledge::post_of_plad(name)) {
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
            ("words of the classification line", "09EFTOOSLO461", Some((2009, "OSLO", 461))),
            ("two of them", "08UNCLASNOFORNOSLO12", Some((2008, "OSLO", 12))),
            ("a damaged section", "09SECTIN02OF03OSLO461", Some((2009, "OSLO", 461))),
            ("a level alone", "09SECRET461", None),
            ("no id", "readme", None),
            ("a number", "20091208", None),
            ("a hash", "000_cb06d6c9f3685e1c", None),
        ];
        for (name, id, expected) in cases {
            assert_eq!(from_document_id(id), expected, "{name}");
        }
    }

    #[test]
    fn every_form_is_read() {
        for (case, text, want) in [
            ("published", "09ISLAMABAD2941", "2009 ISLAMABAD 002941"),
            ("cited", "09 ISLAMABAD 2941", "2009 ISLAMABAD 002941"),
            ("in full", "2009 ISLAMABAD 002941", "2009 ISLAMABAD 002941"),
            ("small letters", "09 Rio de Janeiro 7", "2009 RIO DE JANEIRO 000007"),
            ("year of two digits", "'73 OSLO 12", "1973 OSLO 000012"),
            ("no year", "TEL AVIV 71", "TEL AVIV 000071"),
            ("a sign before the number", "09 OSLO #12", "2009 OSLO 000012"),
            ("the archive's", "1973SANTIA04059", "1973 SANTIAGO 004059"),
            ("with its release", "1975STATE095768_b", "1975 STATE 095768"),
            ("published page", "09OSLO461_a", "2009 OSLO 000461"),
            ("a travelling Secretary's", "80 SECTO 7031", "1980 SECTO 007031"),
            ("the other way", "TOSEC 110023", "TOSEC 110023"),
            ("two numbers", "1979 STATE 313541 TOSEC 110023", "1979 STATE 313541"),
            ("two numbers, glued", "94STATE183691TOSEC140193", "1994 STATE 183691"),
            ("airgram", "74 MEXICO A-25", "1974 MEXICO A-25"),
            ("airgram, glued", "74MEXICOA-25", "1974 MEXICO A-25"),
            ("airgram with noughts", "MEXICO A-025", "MEXICO A-25"),
            ("no airgram", "09BRASILIA-12", "2009 BRASILIA 000012"),
            ("an addressee's name", "09 AMEMBASSY HANOI 1284", "2009 HANOI 001284"),
            ("a post that no table knows", "09 New Atlantis 3", "2009 NEWATLANTIS 000003"),
        ] {
            let mrn: Mrn<'_> = text.parse().unwrap_or_else(|error| panic!("{case}: {error}"));
            assert_eq!(format!("{mrn:#}"), want, "{case}");
            for printed in [format!("{mrn:#}"), mrn.to_string(), mrn.id().unwrap_or_else(|| mrn.to_string())] {
                assert_eq!(printed.parse(), Ok(mrn.clone()), "{case}: {printed}");
            }
            let json = serde_json::to_string(&mrn).unwrap();
            let read: Mrn<'_> = serde_json::from_str(&json).unwrap();
            // Without a year there is no id, which alone tells an airgram.
            assert!(read == mrn || mrn.year.is_none() && mrn.airgram, "{case}: {json}");
        }
    }

    #[test]
    fn what_is_none_is_said() {
        for (text, want) in [
            ("", "no message reference number: the text is empty"),
            ("123 OSLO 1", "\"123\" is no year: two digits, or four from 1900 to 2100"),
            ("0009 OSLO 1", "\"0009\" is no year: two digits, or four from 1900 to 2100"),
            ("2941", "\"2941\" is no year: two digits, or four from 1900 to 2100"),
            ("09 1", "\"\" is no post: two letters or more are expected before the number"),
            ("09 X 1", "\"X\" is no post: two letters or more are expected before the number"),
            ("09 OSLO", "\"\" is no message number: one to seven digits, not all nought"),
            ("09 OSLO 000", "\"000\" is no message number: one to seven digits, not all nought"),
            ("09 OSLO 12345678", "\"12345678\" is no message number: one to seven digits, not all nought"),
            ("09 OSLO 12 AND 13", "\"AND 13\" stands after the message number"),
        ] {
            assert_eq!(Mrn::parse(text).map_err(|error| error.to_string()), Err(want.to_owned()), "{text}");
        }
    }

    #[test]
    fn malformed_ids_are_repaired() {
        for (case, id, want) in [
            ("in good order", "09ISLAMABAD2941", Some("09ISLAMABAD2941")),
            ("section words", "09SECTION01OF03SANJOSE525", Some("09SANJOSE525")),
            ("damaged ones", "08SCTION02OF02SAOPAULO335", Some("08SAOPAULO335")),
            ("encrypt for transmission only", "06EFTOBAKU1165", Some("06BAKU1165")),
            ("a level", "05UNCLASSECTION01OF02ROME7", Some("05ROME7")),
            ("the word before the place", "09AMEMBASSYHANOI1284", Some("09HANOI1284")),
            ("an operating signal", "07OSLO000160ZDK164", Some("07OSLO160")),
            ("a second series", "94STATE183691TOSEC140193", Some("94STATE183691")),
            ("a letter lost", "07SOIA828", Some("07SOFIA828")),
            ("no post left", "092OF5", None),
            ("section words alone", "09SECTION01OF03", None),
            ("a post that no table knows", "09ATLANTISPOLIS3", None),
            ("nothing", "", None),
        ] {
            assert_eq!(Mrn::repair(id).and_then(|mrn| mrn.id()).as_deref(), want, "{case}");
        }
    }

    #[test]
    fn the_archive_knows_them() {
        for (text, archive, names) in [
            ("1974LAPAZ00172", Some("1974LAPAZ00172"), "1974LAPAZ00172 1974LAPAZ00172_b"),
            ("77 NEW DELHI 5", Some("1977NEWDE00005"), "1977NEWDE00005 1977NEWDE00005_c"),
            ("78 USUN 5", Some("1978USUNN00005"), "1978USUNN00005 1978USUNN00005_d"),
            ("79 STATE 5", Some("1979STATE000005"), "1979STATE000005 1979STATE000005_e"),
            ("90 CAPE TOWN 97", Some("1990CAPET00097"), "90CAPETOWN97 90CAPETOWN97_a"),
            ("76 NEW ATLANTIS 5", Some("1976NEWATL00005"), "1976NEWATL00005 1976NEWATL00005_b"),
            ("OSLO 5", None, ""),
        ] {
            let mrn = Mrn::parse(text).unwrap();
            assert_eq!((mrn.archive_id().as_deref(), &*mrn.public_names().join(" ")), (archive, names), "{text}");
        }
    }

    #[test]
    fn they_are_sorted_by_year_post_and_number() {
        let mut mrns = ["09 OSLO 10", "08 ROME 1", "09 OSLO 9", "OSLO 1"].map(|text| Mrn::parse(text).unwrap());
        mrns.sort();
        assert_eq!(mrns.map(|mrn| mrn.to_string()), ["OSLO 1", "08 ROME 1", "09 OSLO 9", "09 OSLO 10"]);
    }
}
