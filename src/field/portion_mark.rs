//! The portion mark of a paragraph or a subject: `(SBU)`, `(S/NF)`, `(S//REL TO USA, FVEY)` (5 FAH-2 H-222).

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char as character, one_of, satisfy};
use nom::combinator::{eof, not, opt, peek, recognize};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, preceded, terminated};

use crate::fast_path;
use crate::field::classification::Level;
use crate::grammar::{Expected, Grammar, blanks, gap, tag_no_case};
use crate::lines::trim_start;
use crate::record::IntoOwned;

/// Of two words that begin alike the longer one stands first.
const LEVELS: [(&str, Level); 17] = [
    ("TOP SECRET", Level::TopSecret),
    ("TS", Level::TopSecret),
    ("SECRET", Level::Secret),
    ("SENSITIVE BUT UNCLASSIFIED", Level::Unclassified),
    ("SENSITIVE", Level::Unclassified),
    ("SBU", Level::Unclassified),
    ("S", Level::Secret),
    ("CONFIDENTIAL", Level::Confidential),
    ("C", Level::Confidential),
    ("LIMITED OFFICIAL USE", Level::LimitedOfficialUse),
    ("LOU", Level::LimitedOfficialUse),
    ("UNCLASSIFIED", Level::Unclassified),
    ("UNCLAS", Level::Unclassified),
    ("UNCL", Level::Unclassified),
    ("U", Level::Unclassified),
    ("FOUO", Level::Unclassified),
    ("OUO", Level::Unclassified),
];

/// What may follow a level, besides `REL`. Office symbols such as `S/ES` or `C/T` are no marks, so the list is closed.
const CONTROLS: [&str; 32] = [
    "NOFORN",
    "NOFORM",
    "NF",
    "ORCON",
    "OC",
    "PROPIN",
    "PR",
    "NOCONTRACT",
    "NC",
    "FGI",
    "FRD",
    "RD",
    "CNWDI",
    "WNINTEL",
    "IMCON",
    "NATO",
    "ISAF",
    "SBU",
    "FOUO",
    "LES",
    "LOU",
    "HCS",
    "SI",
    "TK",
    "EXDIS",
    "NODIS",
    "LIMDIS",
    "STADIS",
    "RELIDO",
    "MCFI",
    "GCTF",
    "NOT FOR INTERNET DISTRIBUTION",
];

/// How far away a closing bracket may be before it counts as lost, and how long the names of `REL` may be.
const NEAR: usize = 200;

/// A portion mark: a level, and controls after it. The text is kept as written, without brackets.
///
/// Marks are ordered by their level, and equal if they are written alike.
///
/// ```
/// use cablegram::{Level, PortionMark};
///
/// let mark: PortionMark = "S//FGI//NF".parse()?;
/// assert_eq!((mark.level(), mark.controls().collect::<Vec<_>>()), (Level::Secret, vec!["FGI", "NF"]));
/// assert_eq!(mark.to_string(), "S//FGI//NF");
/// assert!(mark > PortionMark::parse("SBU")?);
/// # Ok::<(), cablegram::PortionMarkError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PortionMark<'a> {
    text: Cow<'a, str>,
    level: Level,
}

/// The error of a text that is not a portion mark.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a portion mark: expected a level such as U, SBU, C or SECRET, and known controls after it")]
pub struct PortionMarkError(String);

impl<'a> PortionMark<'a> {
    /// Reads a mark without its brackets: `SBU`, `S/NF`.
    ///
    /// # Errors
    /// [`PortionMarkError`] if no level is known by the first word, or a control is unknown.
    pub fn parse(text: &'a str) -> Result<Self, PortionMarkError> {
        let whole = text.trim();
        match mark(whole) {
            Ok(("", _)) => Self::as_written(Cow::Borrowed(whole)),
            _ => None,
        }
        .ok_or_else(|| PortionMarkError(text.to_owned()))
    }

    /// The mark of a text that the grammar has accepted.
    pub(crate) fn as_written(text: Cow<'a, str>) -> Option<Self> {
        let level = highest_level(&text)?;
        Some(Self { text, level })
    }

    /// The mark as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The level that it names.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// What follows the level, in its order: `NF`, `REL TO USA, FVEY`.
    pub fn controls(&self) -> impl Iterator<Item = &str> {
        let mut rest = level(&self.text).map_or("", |(rest, _)| rest);
        std::iter::from_fn(move || {
            let (next, control) = preceded(separator, control).parse(rest).ok()?;
            rest = next;
            Some(control)
        })
    }

    /// Returns the same mark, which owns its text.
    pub fn into_owned(self) -> PortionMark<'static> {
        PortionMark { text: Cow::Owned(self.text.into_owned()), level: self.level }
    }
}

impl IntoOwned for PortionMark<'_> {
    type Owned = PortionMark<'static>;

    fn into_owned(self) -> PortionMark<'static> {
        PortionMark::into_owned(self)
    }
}

impl FromStr for PortionMark<'static> {
    type Err = PortionMarkError;

    fn from_str(text: &str) -> Result<Self, PortionMarkError> {
        PortionMark::parse(text).map(PortionMark::into_owned)
    }
}

impl fmt::Display for PortionMark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl AsRef<str> for PortionMark<'_> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for PortionMark<'_> {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for PortionMark<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl PartialOrd for PortionMark<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PortionMark<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.level, &self.text).cmp(&(other.level, &other.text))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for PortionMark<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for PortionMark<'_> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'_, str> as serde::Deserialize>::deserialize(deserializer)?;
        text.parse::<PortionMark<'static>>().map_err(serde::de::Error::custom)
    }
}

/// A mark without its brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark<'t> {
    /// As written: `S/NF`.
    pub(crate) mark: &'t str,
    /// Whether a bracket was lost, doubled or of another kind.
    pub(crate) repaired: bool,
}

impl<'t> Mark<'t> {
    fn new(mark: &'t str, repaired: bool) -> Self {
        Self { mark: mark.trim_end_matches(['.', ' ', '\t']), repaired }
    }
}

/// The mark that a text begins with, and what follows it.
///
/// `C - ENTIRE TEXT` without brackets is text, no mark.
pub(crate) fn leading(text: &str) -> Option<(Mark<'_>, &str)> {
    let text = trim_start(text);
    // Asked of every line of a body, and most begin with no bracket.
    if !fast_path::is_disabled() && !text.starts_with(['(', '[', '{']) {
        return None;
    }
    usual(text).or_else(|| {
        let (rest, mark) = alt((bracketed, unclosed)).parse(text).ok()?;
        Some((mark, rest.trim_start()))
    })
}

/// `usual = "(" ( "U" / "C" / "S" / "SBU" / "C/NF" / "S/NF" ) ")"`, no bracket after it: what nearly all paragraphs
/// bear, as [`bracketed`] reads it, too.
fn usual(text: &str) -> Option<(Mark<'_>, &str)> {
    if fast_path::is_disabled() {
        return None;
    }
    let trailing = text.strip_prefix('(')?;
    let mark = ["U", "C", "S", "SBU", "C/NF", "S/NF"].iter().find_map(|mark| {
        let (mark, rest) = trailing.split_at_checked(mark.len()).filter(|(head, _)| head == mark)?;
        rest.starts_with(')').then_some(mark)
    })?;
    let rest = trim_start(trailing.get(mark.len() + 1..)?);
    (!rest.starts_with([')', ']', '}'])).then_some((Mark { mark, repaired: false }, rest))
}

/// The same after a paragraph's number, where `C) ` is a mark that lost a bracket and no item of a list.
pub(crate) fn after_number(text: &str) -> Option<(Mark<'_>, &str)> {
    leading(text).or_else(|| recognised(trim_start(text))).or_else(|| {
        let (rest, mark) = alt((unopened, of_entire_text)).parse(text.trim_start()).ok()?;
        Some((mark, rest.trim_start()))
    })
}

/// `SBU` as recognition reads it through a line that struck it out: `(6B`, `(SBR`, `¢S6BK4`. Other marks have one letter, of
/// which nothing is left.
fn recognised(text: &str) -> Option<(Mark<'_>, &str)> {
    const LONGEST: usize = 5;
    let after = text.strip_prefix(['(', '{', '¢'])?;
    let (word, rest) = after.split_once(' ')?;
    let rest = trim_start(rest);
    let letters = word.trim_start_matches(['S', '5', '6', '$']);
    let has_s = letters.len() < word.len();
    let has_b = letters.starts_with(['B', '8']);
    let is_mark = word.len() <= LONGEST && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let begins_text = rest.starts_with(char::is_alphabetic);
    (has_s && has_b && is_mark && begins_text).then_some((Mark { mark: "SBU", repaired: true }, rest))
}

/// The mark at the start of a subject, or else at its end, and the subject without it.
pub(crate) fn of_subject(text: &str) -> Option<(Mark<'_>, &str)> {
    let text = text.trim();
    if let Ok((rest, mark)) = bracketed(text) {
        return Some((mark, rest.trim_start()));
    }
    let (subject, last) = text.split_at_checked(text.rfind(" (")?)?;
    let (rest, mark) = bracketed(last.trim_start()).ok()?;
    matches!(rest, "" | ".").then(|| (mark, subject.trim_end()))
}

/// The level that a mark names: `S/NF` is secret.
pub(crate) fn highest_level(mark: &str) -> Option<Level> {
    // Nearly all marks, for a tenth of the cost.
    match mark {
        _ if fast_path::is_disabled() => {}
        "U" | "SBU" => return Some(Level::Unclassified),
        "C" | "C/NF" => return Some(Level::Confidential),
        "S" | "S/NF" => return Some(Level::Secret),
        _ => {}
    }
    let (_, (_, level)) = level(mark.trim_start()).ok()?;
    Some(level)
}

/// ```text
/// bracketed = 1*open *SP mark *SP 1*close
/// open = "(" / "[" / "{"    close = ")" / "]" / "}"
/// ```
fn bracketed(input: &str) -> Grammar<'_, Mark<'_>> {
    let (rest, (open, mark, close)) = (brackets("([{"), mark, brackets(")]}")).parse(input)?;
    Ok((rest, Mark::new(mark, open.trim() != "(" || close.trim() != ")")))
}

/// `brackets = 1*( bracket *SP )`, spaces before it included
fn brackets<'i>(kinds: &'static str) -> impl Parser<&'i str, Output = &'i str, Error = Expected<'i>> {
    recognize((blanks, many1_count(terminated(one_of(kinds), blanks))))
}

/// `unclosed = "(" *SP mark gap`, where no closing bracket is near or a redaction follows
fn unclosed(input: &str) -> Grammar<'_, Mark<'_>> {
    let (rest, mark) = delimited((character('('), blanks), mark, gap).parse(input)?;
    let near = rest.char_indices().take(NEAR).map(|(_, c)| c).take_while(|c| *c != '(').any(|c| c == ')');
    if near && !rest.starts_with("XX") {
        return Err(nom::Err::Error(Expected { rest, what: "a lost bracket" }));
    }
    Ok((rest, Mark::new(mark, true)))
}

/// `unopened = mark *SP ")" ( gap / end )`
fn unopened(input: &str) -> Grammar<'_, Mark<'_>> {
    let end = alt((recognize(gap), eof));
    let (rest, mark) = terminated(mark, (blanks, character(')'), end)).parse(input)?;
    Ok((rest, Mark::new(mark, true)))
}

/// `of-entire-text = level *( separator control ) entire-text ( SP / end )`, as cables of 1978 to 1980 write it
fn of_entire_text(input: &str) -> Grammar<'_, Mark<'_>> {
    let whole = recognize((level, many0_count(preceded(separator, control)), entire_text));
    let end = alt((recognize(gap), eof));
    let (rest, mark) = terminated(whole, end).parse(input)?;
    Ok((rest, Mark::new(mark, false)))
}

/// `mark = level *( separator control ) [ *SP "-" *SP "ENTIRE TEXT" [ "." ] ]`
fn mark(input: &str) -> Grammar<'_, &str> {
    recognize((level, many0_count(preceded(separator, control)), opt(entire_text))).parse(input)
}

/// `level = "TOP SECRET" / "TS" / "SECRET" / "S" / ...`, a whole word and not an initial of `U.S.`
fn level(input: &str) -> Grammar<'_, (&str, Level)> {
    let found = LEVELS.iter().filter(|(word, _)| begins_alike(input, word)).find_map(|(word, level)| {
        let (rest, found) = whole(word).parse(input).ok()?;
        Some((rest, (found, *level)))
    });
    found.ok_or(nom::Err::Error(Expected { rest: input, what: "a level" }))
}

/// Whether the first letter is the same: by it most words of a list are left out.
fn begins_alike(input: &str, word: &str) -> bool {
    input.bytes().next().map(|b| b.to_ascii_uppercase()) == word.bytes().next()
}

/// A word, upper and lower case alike, that does not go on.
fn whole<'i>(word: &'static str) -> impl Parser<&'i str, Output = &'i str, Error = Expected<'i>> {
    terminated(tag_no_case(word), word_end)
}

/// A word ends where no letter, digit or full stop with a letter after it follows.
fn word_end(input: &str) -> Grammar<'_, ()> {
    not(peek(preceded(opt(character('.')), satisfy(char::is_alphanumeric)))).parse(input)
}

/// `separator = *SP ( "//" / "/" / "-" / "," / ";" ) *SP / 1*SP`
fn separator(input: &str) -> Grammar<'_, &str> {
    let sign = alt((tag("//"), tag("/"), tag("-"), tag(","), tag(";")));
    alt((recognize((blanks, sign, blanks)), gap)).parse(input)
}

/// `control = "NF" / "NOFORN" / ... / [ "NOT" SP ] "REL" [ *SP names ]`, the names up to the closing bracket
fn control(input: &str) -> Grammar<'_, &str> {
    let releasable = recognize((
        opt((tag_no_case("NOT"), gap)),
        alt((tag_no_case("RELEASABLE"), tag_no_case("RELEASE"), tag_no_case("REL"))),
        word_end,
        take_while_m_n(0, NEAR, |c| !matches!(c, '(' | ')' | '[')),
    ));
    alt((releasable, listed_control)).parse(input)
}

/// A control of the list.
fn listed_control(input: &str) -> Grammar<'_, &str> {
    let found = CONTROLS.iter().filter(|word| begins_alike(input, word)).find_map(|word| whole(word).parse(input).ok());
    found.ok_or(nom::Err::Error(Expected { rest: input, what: "a control" }))
}

/// `entire-text = *SP [ "-" *( "-" / SP ) ] "ENTIRE" SP ( "TEXT" / "MESSAGE" / "CABLE" ) [ "." ]`
fn entire_text(input: &str) -> Grammar<'_, &str> {
    let what = alt((tag_no_case("TEXT"), tag_no_case("MESSAGE"), tag_no_case("CABLE")));
    let dashes = many0_count(one_of("-, \t"));
    recognize((dashes, tag_no_case("ENTIRE"), gap, what, opt(character('.')))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_at_the_start() {
        #[rustfmt::skip]
        let table = [
            ("plain", "(SBU) The fair opened.", Some(("SBU", false, "The fair opened."))),
            ("no blank after", "(C)Fish", Some(("C", false, "Fish"))),
            ("blank inside", "( C) Fish", Some(("C", false, "Fish"))),
            ("control", "(S/NF) Fish", Some(("S/NF", false, "Fish"))),
            ("two strokes", "(S//FGI//NF) Fish", Some(("S//FGI//NF", false, "Fish"))),
            ("release", "(S//REL TO USA, FVEY) Fish", Some(("S//REL TO USA, FVEY", false, "Fish"))),
            ("release to a name", "(C/rel to UN) Fish", Some(("C/rel to UN", false, "Fish"))),
            ("long form", "(SECRET/REL FRANCE) Fish", Some(("SECRET/REL FRANCE", false, "Fish"))),
            ("dash and blank", "(S-NF) Fish", Some(("S-NF", false, "Fish"))),
            ("blank", "(C NF) Fish", Some(("C NF", false, "Fish"))),
            ("official use", "(U//FOUO) Fish", Some(("U//FOUO", false, "Fish"))),
            ("before 1995", "(LOU) FISH", Some(("LOU", false, "FISH"))),
            ("lower case body", "(sbu/nf) fish", Some(("sbu/nf", false, "fish"))),
            ("entire text", "(C - ENTIRE TEXT)", Some(("C - ENTIRE TEXT", false, ""))),
            ("entire text and full stop", "(CONFIDENTIAL - ENTIRE TEXT.)", Some(("CONFIDENTIAL - ENTIRE TEXT", false, ""))),
            ("entire text outside", "(C) ENTIRE TEXT.", Some(("C", false, "ENTIRE TEXT."))),
            ("redacted", "(C XXXXXXXXXXXX said) so", Some(("C", true, "XXXXXXXXXXXX said) so"))),
            ("never closed", "(SBU Summary. The fair opened.", Some(("SBU", true, "Summary. The fair opened."))),
            ("doubled bracket", "((C) Fish", Some(("C", true, "Fish"))),
            ("other bracket", "(C] Fish", Some(("C", true, "Fish"))),
            ("no brackets", "C - ENTIRE TEXT.", None),
            ("country", "(U.S.) fish", None),
            ("letter of a list", "(B) fish", None),
            ("number", "(1) fish", None),
            ("name", "(IRAN) fish", None),
            ("long name", "(SPAIN) fish", None),
            ("a person", "(U Thant) said", None),
            ("an office", "(S/ES) asked", None),
            ("item of a list", "C) Fish", None),
            ("empty", "", None),
            ("open end", "(", None),
        ];
        for (case, text, want) in table {
            let got = leading(text).map(|(mark, rest)| (mark.mark, mark.repaired, rest));
            assert_eq!(got, want, "{case}");
        }
    }

    #[test]
    fn the_usual_marks_are_read_as_the_grammar_reads_them() {
        for mark in ["U", "C", "S", "SBU", "C/NF", "S/NF", "U/NF", "c"] {
            for trailing in ["", " Fish", "Fish", ") Fish", " ] Fish", " (U) Fish", "\t} Fish", "\u{a0}) Fish"] {
                let text = format!("({mark}){trailing}");
                let slow = alt((bracketed, unclosed)).parse(text.as_str()).ok();
                assert_eq!(leading(&text), slow.map(|(rest, mark)| (mark, rest.trim_start())), "{text}");
            }
        }
    }

    #[test]
    fn after_a_number_the_first_bracket_may_be_lost() {
        let got = after_number("C) Fish").map(|(mark, rest)| (mark.mark, mark.repaired, rest));
        assert_eq!(got, Some(("C", true, "Fish")));
        for text in ["(6B Fish", "(SBR Fish", "(SB Fish", "¢6BK4 Fish", "¢SB Fish", "¢S6BK4 Fish"] {
            let got = after_number(text).map(|(mark, rest)| (mark.mark, mark.repaired, rest));
            assert_eq!(got, Some(("SBU", true, "Fish")), "{text}");
        }
        for text in ["(SB 1070) is a law", "(6 boats", "(BBC reports", "{@f FISH", "(SBURG) Fish"] {
            assert!(after_number(text).is_none_or(|(mark, _)| mark.mark != "SBU"), "{text}");
        }
        assert_eq!(after_number("D) Fish"), None);
        for (text, want) in [
            ("C-ENTIRE TEXT.", Some("C-ENTIRE TEXT")),
            ("C - ENTIRE TEXT.", Some("C - ENTIRE TEXT")),
            ("(LOU) ENTIRE TEXT.", Some("LOU")),
            ("S ENTIRE TEXT", Some("S ENTIRE TEXT")),
            ("C-ENTIRE TEXTILES", None),
            ("COD - ENTIRE TEXT", None),
        ] {
            assert_eq!(after_number(text).map(|(mark, _)| mark.mark), want, "{text}");
        }
    }

    #[test]
    fn marks_of_a_subject() {
        #[rustfmt::skip]
        let table = [
            ("before", "(C) FISH AND CHIPS", Some(("C", "FISH AND CHIPS"))),
            ("after", "FISH AND CHIPS (SBU)", Some(("SBU", "FISH AND CHIPS"))),
            ("with control", "FISH (S/REL UK, AUS)", Some(("S/REL UK, AUS", "FISH"))),
            ("plural", "THE ISSUE(S)", None),
            ("a name after", "FISH (SPAIN)", None),
            ("none", "FISH", None),
        ];
        for (case, text, want) in table {
            assert_eq!(of_subject(text).map(|(mark, rest)| (mark.mark, rest)), want, "{case}");
        }
    }

    #[test]
    fn levels() {
        for (mark, want) in [
            ("C", Some(Level::Confidential)),
            ("S/NF", Some(Level::Secret)),
            ("TS//SI", Some(Level::TopSecret)),
            ("LOU", Some(Level::LimitedOfficialUse)),
            ("SBU/NF", Some(Level::Unclassified)),
            ("u//fouo", Some(Level::Unclassified)),
            ("SPAIN", None),
        ] {
            assert_eq!(highest_level(mark), want, "{mark}");
        }
    }

    #[test]
    fn long_runs_are_cheap() {
        for part in ["(", "(C ", "(C/NF", "/NF", "REL ", "C) "] {
            let text = format!("({}", part.repeat(20_000));
            let _ = (leading(&text), after_number(&text), of_subject(&text));
        }
    }
}
