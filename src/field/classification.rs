//! The classification line: `C O N F I D E N T I A L SECTION 01 OF 03 HARARE 006677 NOFORN`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::edit_distance::slips_of_spaced;
use crate::field::caption::{self, is_caption};
use crate::field::section::Section;
use crate::grammar::{Letters, first_ends, number, strip_prefix_ignoring_case};
use crate::lines::trim;
use crate::record::record;

/// A level of classification, or the marking that stands in its place. Greater is more secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Level {
    /// `UNCLAS`.
    #[cfg_attr(feature = "serde", serde(rename = "UNCLASSIFIED"))]
    Unclassified,
    /// `LIMITED OFFICIAL USE`, to 1995: no classification in law, but handled.
    #[cfg_attr(feature = "serde", serde(rename = "LIMITED OFFICIAL USE"))]
    LimitedOfficialUse,
    /// `CONFIDENTIAL`.
    #[cfg_attr(feature = "serde", serde(rename = "CONFIDENTIAL"))]
    Confidential,
    /// `SECRET`.
    #[cfg_attr(feature = "serde", serde(rename = "SECRET"))]
    Secret,
    /// `TOP SECRET`.
    #[cfg_attr(feature = "serde", serde(rename = "TOP SECRET"))]
    TopSecret,
}

impl Level {
    /// The level in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unclassified => "UNCLASSIFIED",
            Self::LimitedOfficialUse => "LIMITED OFFICIAL USE",
            Self::Confidential => "CONFIDENTIAL",
            Self::Secret => "SECRET",
            Self::TopSecret => "TOP SECRET",
        }
    }

    /// The level that a letter of format line 4 stands for: `C` is [`Confidential`](Self::Confidential). `E` (encrypt
    /// for transmission only) is unclassified.
    pub const fn from_security_letter(letter: u8) -> Option<Self> {
        Some(match letter {
            b'U' | b'E' => Self::Unclassified,
            b'C' => Self::Confidential,
            b'S' => Self::Secret,
            b'T' => Self::TopSecret,
            _ => return None,
        })
    }
}

impl Level {
    /// All levels, from the lowest on.
    pub const ALL: [Self; 5] =
        [Self::Unclassified, Self::LimitedOfficialUse, Self::Confidential, Self::Secret, Self::TopSecret];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Level {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// The error of a text that is not a level.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a level: expected UNCLASSIFIED, LIMITED OFFICIAL USE, CONFIDENTIAL, SECRET or TOP SECRET")]
pub struct LevelError(String);

impl FromStr for Level {
    type Err = LevelError;

    /// Reads a level in words, in any case.
    fn from_str(text: &str) -> Result<Self, LevelError> {
        let level = Self::ALL.into_iter().find(|level| level.as_str().eq_ignore_ascii_case(text.trim()));
        level.ok_or_else(|| LevelError(text.to_owned()))
    }
}

record! {
    /// The classification of a cable, from its classification line.
    ///
    /// [`ClassLineRepaired`](crate::DiagnosticCode::ClassLineRepaired) reports a level that was repaired. In the JSON
    /// [`Cable::is_sensitive`](crate::Cable::is_sensitive) is its key `sensitive`.
    ///
    /// ```
    /// let text = "S E C R E T OSLO 000461\n\nTAGS: NO\nSUBJECT: FISH\n";
    /// let classification = cablegram::parse(text)?.cable.classification.expect("the classification line");
    /// assert_eq!(classification.level, cablegram::Level::Secret);
    /// assert_eq!(classification.text, "S E C R E T");
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = crate::schema::without_example, transform = crate::schema::with_sensitive)
    )]
    pub struct Classification<'a> {
        /// The level.
        pub level: Level,
        /// As written on the classification line, letter-spacing and all: `UNCLAS`, `C O N F I D E N T I A L`.
        pub text: Cow<'a, str>,
    }
}

/// The keys of the JSON: the classification with the flag of the captions.
#[cfg(feature = "serde")]
#[derive(serde::Serialize)]
pub(crate) struct Keys<'c> {
    level: Level,
    text: &'c str,
    sensitive: bool,
}

impl Classification<'_> {
    /// A classification as it is usually written.
    ///
    /// ```
    /// use cablegram::{Classification, Level};
    ///
    /// assert_eq!(Classification::new(Level::Secret).text, "S E C R E T");
    /// ```
    pub const fn new(level: Level) -> Self {
        let text = match level {
            Level::Unclassified => "UNCLAS",
            Level::LimitedOfficialUse => "LIMITED OFFICIAL USE",
            Level::Confidential => "C O N F I D E N T I A L",
            Level::Secret => "S E C R E T",
            Level::TopSecret => "T O P  S E C R E T",
        };
        Self { level, text: Cow::Borrowed(text) }
    }

    /// The keys of its JSON.
    #[cfg(feature = "serde")]
    pub(crate) fn keys(&self, sensitive: bool) -> Keys<'_> {
        Keys { level: self.level, text: &self.text, sensitive }
    }
}

/// What the classification line says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ClassLine<'a> {
    /// `None` where it was lost, and only post and number are left.
    pub(crate) level: Option<Level>,
    /// The level as written.
    pub(crate) text: &'a str,
    /// Whether the level's word was damaged.
    pub(crate) repaired: bool,
    pub(crate) section: Section,
    /// The words in which the section stands; empty where there are none.
    pub(crate) section_words: &'a str,
    /// The post as written, possibly of several words; empty where it was left out.
    pub(crate) post: &'a str,
    /// The message number.
    pub(crate) number: Option<u32>,
    /// What else stands on the line: handling words, a second serial.
    pub(crate) handling: Vec<&'a str>,
}

/// The spellings of the levels, without blanks, the longer before the shorter.
const LEVELS: [(&str, Letters, Level); 8] = [
    spelling("LIMITEDOFFICIALUSE", Level::LimitedOfficialUse),
    spelling("LIMOFFUSE", Level::LimitedOfficialUse),
    spelling("UNCLASSIFIED", Level::Unclassified),
    spelling("CONFIDENTIAL", Level::Confidential),
    spelling("TOPSECRET", Level::TopSecret),
    spelling("SECRET", Level::Secret),
    spelling("UNCLAS", Level::Unclassified),
    spelling("LOU", Level::LimitedOfficialUse),
];

const fn spelling(name: &'static str, level: Level) -> (&'static str, Letters, Level) {
    (name, Letters::of(name), level)
}

/// How many letters of a level may be wrong, missing or too many.
const MAX_EDITS: usize = 2;

/// ```text
/// class-line = level *( handling ) [ section ] [ post SP number ] *( handling )
/// ```
///
/// `None` where the line is none. A damaged level is taken only where post and number, or a section, follow it.
pub(crate) fn class_line(line: &str) -> Option<ClassLine<'_>> {
    // A stroke at the end is what is left of an escaped line end; who takes the line tells of it.
    let line = trim(trim(line).trim_end_matches('\\'));
    let (level, text, rest) = exact_level(line).map_or_else(|| damaged_level(line), Some)?;
    let repaired = !spells(text, level);
    let tail = tail(rest)?;
    if repaired && tail.number.is_none() && tail.section_words.is_empty() {
        return None;
    }
    Some(ClassLine { level: Some(level), text, repaired, ..tail })
}

/// A classification line that has lost its level: `[section] post 5*6DIGIT`, with a post that the table knows. No
/// addressee has a serial of that many digits.
pub(crate) fn bare_class_line(line: &str) -> Option<ClassLine<'_>> {
    let line = trim(line);
    let digits = line.bytes().rev().take_while(u8::is_ascii_digit).count();
    (5..=6).contains(&digits).then_some(())?;
    let found = tail(line)?;
    (found.number.is_some() && crate::knowledge::post(found.post).is_some()).then_some(found)
}

/// Whether a line looks like a classification line: cheap enough to ask of every line of a heading.
pub(crate) fn looks_like_class_line(line: &str) -> bool {
    let line = line.trim_start();
    line.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && (class_line(line).is_some() || bare_class_line(line).is_some())
}

/// Whether a line is a page banner: a level alone, with `POSS DUPE`, a handling word or the number of its print,
/// `PTQ1859`, at the most.
pub(crate) fn is_banner(line: &str) -> bool {
    if !matches!(line.as_bytes().first().map(u8::to_ascii_uppercase), Some(b'U' | b'C' | b'S' | b'L' | b'T'))
        || line.len() > 60
    {
        return false;
    }
    let line = without_print_number(line.trim_end_matches("POSS DUPE").trim());
    class_line(line)
        .is_some_and(|c| !c.repaired && c.number.is_none() && c.section_words.is_empty() && c.post.is_empty())
}

/// A banner without the number that a printing system put behind it: `SP 3CAPITAL 4DIGIT`.
pub(crate) fn without_print_number(line: &str) -> &str {
    let is_number = |word: &str| {
        word.split_at_checked(3).is_some_and(|(queue, number)| {
            queue.bytes().all(|b| b.is_ascii_uppercase())
                && number.len() == 4
                && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    line.rsplit_once(' ').filter(|(_, word)| is_number(word)).map_or(line, |(banner, _)| banner.trim_end())
}

/// Whether letters and blanks spell the level's name without a fault.
fn spells(text: &str, level: Level) -> bool {
    LEVELS
        .iter()
        .filter(|(.., l)| *l == level)
        .any(|(name, ..)| text.bytes().filter(|b| *b != b' ').map(|b| b.to_ascii_uppercase()).eq(name.bytes()))
}

/// `level`: the letters of a level's name, with any blanks between them, up to the end of a word.
fn exact_level(line: &str) -> Option<(Level, &str, &str)> {
    let first = line.as_bytes().first()?.to_ascii_uppercase();
    LEVELS.iter().filter(|(name, ..)| name.as_bytes().first() == Some(&first)).find_map(|(name, _, level)| {
        let len = spelt_length(line, name)?;
        let (text, rest) = line.split_at_checked(len)?;
        (!rest.starts_with(|c: char| c.is_alphanumeric())).then_some((*level, text, rest))
    })
}

/// How many bytes of the line spell `name`, blanks between the letters allowed.
fn spelt_length(line: &str, name: &str) -> Option<usize> {
    let mut letters = name.bytes().peekable();
    for (i, b) in line.bytes().enumerate() {
        match letters.peek() {
            None => return Some(i),
            Some(letter) if b.to_ascii_uppercase() == *letter => {
                letters.next();
            }
            Some(_) if b == b' ' && i > 0 => {}
            Some(_) => return None,
        }
    }
    letters.peek().is_none().then_some(line.len())
}

/// A level with up to [`MAX_EDITS`] letters wrong: `SS E C R E T`, `O N F I D E N T I A L`, `LIMITED OFFFICIAL USE`.
fn damaged_level(line: &str) -> Option<(Level, &str, &str)> {
    // The level ends before SECTION, or before the post: try each end of a word among the first few.
    let mut best: Option<(usize, Level, usize)> = None;
    let mut seen = Letters::default();
    let mut ends = 0;
    for (end, byte) in line.bytes().chain([b' ']).enumerate() {
        if byte != b' ' {
            seen.add(byte);
            continue;
        }
        ends += 1;
        if seen.count > MOST_LETTERS || ends > MOST_ENDS {
            break;
        }
        for (name, letters, level) in &LEVELS {
            // Short words may lose or win one letter only, or anything would be SECRET.
            let allowed = if name.len() < 9 { 1 } else { MAX_EDITS };
            if name.len() == 3 || !seen.may_spell(*letters, allowed) {
                continue;
            }
            let Some(slips) = line.get(..end).and_then(|head| slips_of_spaced(head, name, allowed)) else { continue };
            if best.is_none_or(|(fewest, ..)| slips < fewest) {
                best = Some((slips, *level, end));
            }
        }
    }
    let (_, level, end) = best?;
    let (text, rest) = line.split_at_checked(end)?;
    Some((level, text, rest))
}

/// A damaged level has no more letters, and ends before one of the first so many blanks.
const MOST_LETTERS: usize = 22;
const MOST_ENDS: usize = 24;

/// What follows the level: handling words, section, post, number, handling words, in the orders seen.
fn tail(rest: &str) -> Option<ClassLine<'_>> {
    let mut out = ClassLine {
        level: None,
        text: "",
        repaired: false,
        section: Section::default(),
        section_words: "",
        post: "",
        number: None,
        handling: Vec::new(),
    };
    let mut rest = rest.trim_start();
    while !rest.is_empty() {
        rest = tail_item(rest, &mut out)?.trim_start();
    }
    Some(out)
}

/// One item of the tail; `None` where a word is none of them.
fn tail_item<'a>(rest: &'a str, out: &mut ClassLine<'a>) -> Option<&'a str> {
    if let Some((section, after)) = crate::field::section::leading(rest) {
        out.section = section;
        out.section_words = rest.get(..rest.len() - after.len()).unwrap_or_default();
        return Some(after);
    }
    // SECTO and its like are the post of some messages, and the second serial of others.
    if out.number.is_none()
        && starts_with_serial(rest)
        && let Some((post, number, after)) = post_and_number(rest)
    {
        (out.post, out.number) = (post, Some(number));
        return Some(after);
    }
    if let Some((words, after)) = handling(rest) {
        out.handling.push(words);
        return Some(after);
    }
    if out.number.is_none()
        && let Some((post, number, after)) = post_and_number(rest)
    {
        (out.post, out.number) = (post, Some(number));
        return Some(after);
    }
    // `2004/1`: the section once more, behind the number.
    let after = rest.strip_prefix('/').filter(|_| out.number.is_some())?;
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| after.get(digits..)).flatten()
}

/// ```text
/// handling = "NOFORN" / "//NOFORN" / "FOR OFFICIAL USE ONLY" / "E F T O" / "TOSEC" SP number / caption ...
/// ```
fn handling(rest: &str) -> Option<(&str, &str)> {
    let bare = rest.trim_start_matches(['/', '-', ',', '(']);
    if starts_with_serial(bare) {
        let digits = bare.trim_start_matches(|c: char| !c.is_ascii_digit());
        let len = bare.len() - digits.len() + digits.bytes().take_while(u8::is_ascii_digit).count();
        return bare.split_at_checked(len);
    }
    if !caption::may_begin(bare) {
        return None;
    }
    let ends = first_ends(bare, b" /,)").rev();
    let (words, after) = ends.filter_map(|i| bare.split_at_checked(i)).find(|(words, _)| is_caption(words))?;
    Some((words, after.trim_start_matches(')')))
}

/// `serial = ( "TOSEC" / "SECTO" / "TODEP" / "PARTO" ) 1*SP 1*DIGIT`: the series of a travelling Secretary.
fn starts_with_serial(text: &str) -> bool {
    let after = ["TOSEC", "SECTO", "TODEP", "PARTO"].iter().find_map(|s| strip_prefix_ignoring_case(text, s));
    after.is_some_and(|a| a.starts_with(' ') && a.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// `post SP number`: up to four words of letters and a number of two to seven digits, of one where the post is known; or
/// the number alone.
fn post_and_number(rest: &str) -> Option<(&str, u32, &str)> {
    let digits_at = rest.find(|c: char| c.is_ascii_digit())?;
    let (post, digits) = rest.split_at_checked(digits_at)?;
    let is_post = post.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'.' | b'-' | b'\'' | b'#'))
        && post.split_whitespace().count() <= 5
        && post.len() <= 40
        && (post.is_empty() || post.ends_with([' ', '#']) || post.trim().len() >= 3);
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = digits.split_at_checked(len)?;
    let bounded = after.is_empty() || after.starts_with([' ', '/', '.', ',', '\t', '(']);
    let post = post.trim().trim_end_matches('#').trim_end();
    let long_enough = len > 1 || crate::knowledge::post(post).is_some();
    (is_post && (1..=7).contains(&len) && long_enough && bounded).then_some(())?;
    Some((post, number(digits)?, after.trim_start_matches(['.', ','])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_lines() {
        type Case<'c> = (&'c str, Option<(Level, &'c str, Option<u32>, Option<u8>)>);
        let cases: [Case<'_>; 31] = [
            ("UNCLAS OSLO 01725 \\", Some((Level::Unclassified, "OSLO", Some(1725), None))),
            ("UNCLAS SECTION ONE OF TWO OSLO 0062", Some((Level::Unclassified, "OSLO", Some(62), Some(2)))),
            ("UNCLAS OSLO 000461", Some((Level::Unclassified, "OSLO", Some(461), None))),
            ("UNCLAS SECTION 01 OF 03 OSLO 5", Some((Level::Unclassified, "OSLO", Some(5), Some(3)))),
            ("UNCLAS ANNEX 5", None),
            (
                "UNCLAS SECTION 01 OF 03 KUALA LUMPUR 002941",
                Some((Level::Unclassified, "KUALA LUMPUR", Some(2941), Some(3))),
            ),
            (
                "C O N F I D E N T I A L SECTION 01 OF 03 HARARE 006677",
                Some((Level::Confidential, "HARARE", Some(6677), Some(3))),
            ),
            ("C O N F I D E N T I A L ROME 001234 NOFORN", Some((Level::Confidential, "ROME", Some(1234), None))),
            ("SS E C R E T ROME 001234", Some((Level::Secret, "ROME", Some(1234), None))),
            ("E C R E T SECTION 01 OF 02 ROME 001234", Some((Level::Secret, "ROME", Some(1234), Some(2)))),
            ("CC O N F I D E N T I A L ROME 001234", Some((Level::Confidential, "ROME", Some(1234), None))),
            ("CSE C R E T ROME 001234", Some((Level::Secret, "ROME", Some(1234), None))),
            ("C ONFIDENTIAL ROME 001234", Some((Level::Confidential, "ROME", Some(1234), None))),
            ("S e c r e t section 01 of 02 nairobi 002497", Some((Level::Secret, "nairobi", Some(2497), Some(2)))),
            ("CONFIDENTIAL SECTION 01 of 03 LIMA 000004", Some((Level::Confidential, "LIMA", Some(4), Some(3)))),
            ("S E C R E T//NOFORN ROME 001234", Some((Level::Secret, "ROME", Some(1234), None))),
            ("LIMITED OFFFICIAL USE LA PAZ 0497", Some((Level::LimitedOfficialUse, "LA PAZ", Some(497), None))),
            ("LIMITED OFFICIAL USE 0526", Some((Level::LimitedOfficialUse, "", Some(526), None))),
            ("UNCLS LA PAZ 0526", Some((Level::Unclassified, "LA PAZ", Some(526), None))),
            (
                "LIMITED OFFICIAL USE SECTION 1 OF 3 LA PAZ 2004/1",
                Some((Level::LimitedOfficialUse, "LA PAZ", Some(2004), Some(3))),
            ),
            ("UNCLAS LA PAZ 2238 SECTION 2 OF 2", Some((Level::Unclassified, "LA PAZ", Some(2238), Some(2)))),
            ("UNCLAS SECTION 1 ON 2 LA PAZ 7472", Some((Level::Unclassified, "LA PAZ", Some(7472), Some(2)))),
            ("UNCLAS FINAL SECTION OF 2 LA PAZ 2576/2", Some((Level::Unclassified, "LA PAZ", Some(2576), Some(2)))),
            ("UNCLAS STATE 286983 TOSEC 110023", Some((Level::Unclassified, "STATE", Some(286_983), None))),
            ("C O N F I D E N T I A L SECTO 07031", Some((Level::Confidential, "SECTO", Some(7031), None))),
            ("UNCLAS E F T O ROME 001234", Some((Level::Unclassified, "ROME", Some(1234), None))),
            ("UNCLAS", Some((Level::Unclassified, "", None, None))),
            ("SECRETARY OF STATE 1234", None),
            ("SECRET AGENTS MET", None),
            ("RECENT TALKS 1234", None),
            ("UNCLASSIFIED REPORTS SAY", None),
        ];
        for (line, expected) in cases {
            let got = class_line(line).and_then(|c| Some((c.level?, c.post, c.number, c.section.of)));
            assert_eq!(got, expected, "{line}");
        }
    }

    #[test]
    fn banners() {
        for line in
            ["UNCLASSIFIED", "C O N F I D E N T I A L", "LIMITED OFFICIAL USE", "UNCLASSIFIED   POSS DUPE", "SECRET"]
        {
            assert!(is_banner(line), "{line}");
        }
        for line in ["SECRETS", "UNCLAS OSLO 000461", "CONFIDENTIALLY", ""] {
            assert!(!is_banner(line), "{line}");
        }
    }
}
