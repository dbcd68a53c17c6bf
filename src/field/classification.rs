//! The classification line: `C O N F I D E N T I A L SECTION 01 OF 03 HARARE 006677 NOFORN`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::edit_distance::slips_of_spaced;
use crate::field::caption::{self, is_caption};
use crate::field::section::Section;
use crate::grammar::{Letters, first_ends, number, strip_prefix_ignoring_case};
use crate::knowledge;
use crate::lines::trim;
use crate::record::record;

/// A level of classification, or the marking in its place. Greater is more secret.
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

/// What the classification line says. Each part is read for itself: a damaged one costs no more than itself.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// How many digits it is written with.
    pub(crate) digits: usize,
    /// What else stands on the line: handling words, a second serial.
    pub(crate) handling: Vec<&'a str>,
    /// Words before the number that are none of its parts; empty nearly everywhere.
    pub(crate) strange: &'a str,
    /// What stands after its last part: a remark, or another field where the line break was lost.
    pub(crate) rest: &'a str,
}

impl ClassLine<'_> {
    /// Whether no prose begins so, whatever follows: a section, or a number after a post that the table knows, or one of
    /// five or six digits after one or two words in capitals.
    fn is_evident(&self) -> bool {
        let named = || self.number.is_some() && !self.post.is_empty();
        let capitals = || !self.post.bytes().any(|b| b.is_ascii_lowercase());
        let short = || self.post.split_whitespace().nth(2).is_none();
        self.section.of.is_some()
            || named() && (knowledge::post(self.post).is_some() || self.digits >= 5 && capitals() && short())
    }
}

/// The spellings of the levels, without spaces, the longer before the shorter.
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
/// class-line = [ stray ] level *( handling ) [ section ] [ post SP number ] *( handling ) [ rest ]
/// stray      = 1*( sign / DIGIT )         ; of a stamp
/// ```
///
/// `None` where the line is none. A damaged level is taken only where post and number, or a section, follow it; a rest that
/// is none of its parts only after a number or a section that no prose has.
pub(crate) fn class_line(line: &str) -> Option<ClassLine<'_>> {
    // A backslash at the end is what is left of an escaped line end; whoever takes the line reports it.
    let line = trim(without_stray(trim(line)).trim_end_matches('\\'));
    let (level, text, rest) = exact_level(line).map_or_else(|| damaged_level(line), Some)?;
    let repaired = !spells(text, level);
    let line = ClassLine { level: Some(level), text, repaired, ..parts(rest) };
    let named = line.number.is_some() || !line.section_words.is_empty();
    let whole = line.rest.is_empty() && line.strange.is_empty();
    (if whole { named || !repaired } else { line.is_evident() || named && is_remark(line.rest) }).then_some(line)
}

/// The length of the classification line at the start of a text that something else stands before: only of one with a level
/// in good order and with a number, or a section, that no prose has.
pub(crate) fn begins_class_line(text: &str) -> Option<usize> {
    let (_, _, rest) = exact_level(text)?;
    let line = parts(rest);
    line.is_evident().then_some(text.len() - line.rest.len())
}

/// Whether words are a remark that may follow the number: that the message may be a duplicate, that it is sent again.
///
/// `remark = "POSS" SP "DUPE" / signal *( SP 1*DIGIT ) / "#" ...`
pub(crate) fn is_remark(words: &str) -> bool {
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    let signal = |word: &str| knowledge::operating_signal(word).is_some();
    // A row of hyphens may stand between them.
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    words.eq_ignore_ascii_case("POSS DUPE")
        || words.eq_ignore_ascii_case("POSSIBLE DUPLICATE")
        || words.split(' ').next().is_some_and(signal) && words.split(' ').skip(1).all(|w| number(w) || signal(w))
}

/// A line without the signs and the digits of a stamp that stand right before its level.
fn without_stray(line: &str) -> &str {
    let stray = |b: &u8| b.is_ascii_digit() || b.is_ascii_punctuation();
    let count = line.bytes().take(MOST_STRAY).take_while(stray).count();
    line.get(count..).filter(|rest| count > 0 && exact_level(rest).is_some()).unwrap_or(line)
}

/// No number of a stamp is longer.
const MOST_STRAY: usize = 12;

/// A classification line that has lost its level: `[section] post 5*6DIGIT`, with a post that the table knows. No
/// addressee has a serial of that many digits. Where a section stands, unreadable words may stand before it.
pub(crate) fn bare_class_line(line: &str) -> Option<ClassLine<'_>> {
    let line = trim(line);
    let digits = line.bytes().rev().take_while(u8::is_ascii_digit).count();
    (5..=6).contains(&digits).then_some(())?;
    let found = parts(line);
    let whole = found.rest.is_empty() && (found.strange.is_empty() || found.section.of.is_some());
    (whole && found.number.is_some() && knowledge::post(found.post).is_some()).then_some(found)
}

/// Whether a line is a classification line, with or without its level.
pub(crate) fn looks_like_class_line(line: &str) -> bool {
    class_line(line).is_some() || bare_class_line(line).is_some()
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

/// A text without the page banner that ends it, where one stands there alone or after a space.
pub(crate) fn before_banner(text: &str) -> Option<&str> {
    const BANNERS: [&str; 5] = ["UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET", "UNCLAS"];
    let ends = |rest: &&str| rest.is_empty() || rest.ends_with(' ');
    BANNERS.iter().find_map(|banner| text.strip_suffix(banner).filter(ends))
}

/// A banner without the number that a printing system put after it: `SP 3CAPITAL 4DIGIT`.
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

/// Whether letters and spaces spell the level's name without a fault.
fn spells(text: &str, level: Level) -> bool {
    LEVELS
        .iter()
        .filter(|(.., l)| *l == level)
        .any(|(name, ..)| text.bytes().filter(|b| *b != b' ').map(|b| b.to_ascii_uppercase()).eq(name.bytes()))
}

/// `level`: the letters of a level's name, with any spaces between them, up to the end of a word.
fn exact_level(line: &str) -> Option<(Level, &str, &str)> {
    let first = line.as_bytes().first()?.to_ascii_uppercase();
    LEVELS.iter().filter(|(name, ..)| name.as_bytes().first() == Some(&first)).find_map(|(name, _, level)| {
        let len = spelt_length(line, name)?;
        let (text, rest) = line.split_at_checked(len)?;
        (!rest.starts_with(|c: char| c.is_alphanumeric())).then_some((*level, text, rest))
    })
}

/// How many bytes of the line spell `name`, spaces between the letters allowed.
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

/// A damaged level has no more letters, and ends before one of the first so many spaces.
const MOST_LETTERS: usize = 22;
const MOST_ENDS: usize = 24;

/// What follows the level: handling words, section, post, number, handling words, in the orders seen. Words that are none
/// of these are passed over where a section or a number comes after them.
fn parts(after_level: &str) -> ClassLine<'_> {
    let mut line = ClassLine::default();
    let mut rest = after_level.trim_start();
    while !rest.is_empty() {
        match part(rest, &mut line) {
            Some(after) => rest = after.trim_start(),
            None if line.strange.is_empty() && line.number.is_none() => match strange_words(rest) {
                Some((words, after)) => (line.strange, rest) = (words, after),
                None => break,
            },
            None => break,
        }
    }
    line.rest = rest;
    line
}

/// The words before the next section, or before the next known post with its number, at the start of a text.
fn strange_words(text: &str) -> Option<(&str, &str)> {
    const MOST: usize = 6;
    let spaces = text.bytes().enumerate().take(60).filter(|(_, b)| *b == b' ').map(|(at, _)| at);
    spaces.take(MOST).find_map(|at| {
        let (words, after) = text.split_at_checked(at)?;
        let after = after.trim_start();
        let section = || crate::field::section::leading(after).is_some();
        let known = || post_and_number(after).is_some_and(|(post, ..)| knowledge::post(post).is_some());
        (section() || known()).then_some((words, after))
    })
}

/// One part of what follows the level; `None` where a word is none of them.
fn part<'a>(rest: &'a str, out: &mut ClassLine<'a>) -> Option<&'a str> {
    if let Some((section, after)) = crate::field::section::leading(rest) {
        out.section = section;
        out.section_words = rest.get(..rest.len() - after.len()).unwrap_or_default();
        return Some(after);
    }
    // SECTO and its like are the post of some messages, and the second serial of others.
    let numbered = |out: &mut ClassLine<'a>| {
        let (words, digits, after) = post_and_number(rest).filter(|_| out.number.is_none())?;
        let (strange, post) = known_post(words);
        out.strange = if out.strange.is_empty() { strange } else { out.strange };
        (out.post, out.number, out.digits) = (post, Some(number(digits)?), digits.len());
        Some(after)
    };
    if starts_with_serial(rest)
        && let Some(after) = numbered(out)
    {
        return Some(after);
    }
    if let Some((words, after)) = handling(rest) {
        out.handling.push(words);
        return Some(after);
    }
    if let Some(after) = numbered(out) {
        return Some(after);
    }
    // `2004/1`: the section once more, after the number.
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
    if let Some(spelt) = caption::letter_spaced(bare) {
        return Some(spelt);
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

/// The words before a number, parted before those that the table knows as a post, if it does not know all of them.
fn known_post(words: &str) -> (&str, &str) {
    if knowledge::post(words).is_some() {
        return ("", words);
    }
    let ends = words.bytes().enumerate().filter(|(_, b)| *b == b' ').filter_map(|(at, _)| words.split_at_checked(at));
    let mut ends = ends.map(|(before, after)| (before.trim_end(), after.trim_start()));
    ends.find(|(_, post)| knowledge::post(post).is_some()).unwrap_or(("", words))
}

/// `post SP number`: up to five words of letters, none of them SECTION, and a number of two to six digits, of one where the
/// post is known; or the number alone.
fn post_and_number(rest: &str) -> Option<(&str, &str, &str)> {
    let digits_at = rest.bytes().take(LONGEST_POST + 1).position(|b| b.is_ascii_digit())?;
    let (post, digits) = rest.split_at_checked(digits_at)?;
    let is_post = post.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'.' | b'-' | b'\'' | b'#'))
        && post.split_whitespace().count() <= 5
        && post.split_whitespace().all(|word| !word.eq_ignore_ascii_case("SECTION"))
        && (post.is_empty() || post.ends_with([' ', '#']) || post.trim().len() >= 3);
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = digits.split_at_checked(len)?;
    let post = post.trim().trim_end_matches('#').trim_end();
    let known = knowledge::post(post).is_some();
    // The rest of a caption, or a label, may be glued to the number.
    let glued = known && len >= 4 && after.starts_with(|c: char| c.is_ascii_alphabetic());
    let bounded = after.is_empty() || after.starts_with([' ', '/', '.', ',', '\t', '(']) || glued;
    let long_enough = len > 1 || known;
    (is_post && (1..=6).contains(&len) && long_enough && bounded).then_some(())?;
    Some((post, digits, after.trim_start_matches(['.', ','])))
}

/// No post has a longer name.
const LONGEST_POST: usize = 40;

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
    fn each_part_is_read_for_itself() {
        type Parts<'c> = (&'c str, Option<u32>, Option<u8>, &'c [&'c str], &'c str, &'c str);
        let cases: [(&str, Parts<'_>); 17] = [
            ("UNCLAS OSLO 0461 POSS DUPE", ("OSLO", Some(461), None, &[], "", "POSS DUPE")),
            ("UNCLAS OSLO 0461 CORRECTED COPY", ("OSLO", Some(461), None, &[], "", "CORRECTED COPY")),
            ("SECRET OSLO 000461 ZDK 464", ("OSLO", Some(461), None, &[], "", "ZDK 464")),
            ("UNCLAS OSLO 000461 ZFF4", ("OSLO", Some(461), None, &[], "", "ZFF4")),
            (".C O N F I D E N T I A L OSLO 000461", ("OSLO", Some(461), None, &[], "", "")),
            ("167579C O N F I D E N T I A L OSLO 000461", ("OSLO", Some(461), None, &[], "", "")),
            ("S E C R E T N O F O R N ANKARA 00348", ("ANKARA", Some(348), None, &["N O F O R N"], "", "")),
            ("CONFIDENTIAL NOFORN OSLO 000461", ("OSLO", Some(461), None, &["NOFORN"], "", "")),
            (
                "UNCLAS OSLO 000461 SENSITIVE SIPDIS STATE FOR EUR",
                ("OSLO", Some(461), None, &["SENSITIVE", "SIPDIS"], "", "STATE FOR EUR"),
            ),
            ("UNCLAS OSLO 000461SIPDIS", ("OSLO", Some(461), None, &["SIPDIS"], "", "")),
            ("UNCLAS SECTION 01 OF 02 OSLO 00461QSITIVE", ("OSLO", Some(461), Some(2), &[], "", "QSITIVE")),
            ("UNCLAS SECTION 01 GF 02 OSL 00Q461", ("", None, Some(2), &[], "", "OSL 00Q461")),
            ("UNCLAS SECTIKN 01 OF 03 OSLO 000461", ("OSLO", Some(461), Some(3), &[], "", "")),
            ("SECRET SECTION 01 F 03 OSLO 000461", ("OSLO", Some(461), Some(3), &[], "", "")),
            ("SECRET XGQS OSLO 000461", ("OSLO", Some(461), None, &[], "XGQS", "")),
            ("UNCLAS ATLANTIS 000461 PASS TO ROME", ("ATLANTIS", Some(461), None, &[], "", "PASS TO ROME")),
            ("UNCLAS OSLO 000461 E.O. 12958: N/A", ("OSLO", Some(461), None, &[], "", "E.O. 12958: N/A")),
        ];
        for (line, want) in cases {
            let got = class_line(line).unwrap();
            let parts = (got.post, got.number, got.section.of, got.handling.as_slice(), got.strange, got.rest);
            assert_eq!(parts, want, "{line}");
        }
        for line in
            ["SECRET TALKS ON 12 MARCH ABOUT FISH", "CONFIDENTIAL SOURCES PUT IT AT 250 TONS", "UNCLAS OSL 00Q461"]
        {
            assert_eq!(class_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_begins_inside_a_text_where_it_is_evident() {
        for (text, len) in [
            ("UNCLAS OSLO 000461 TAGS: NO", Some(19)),
            ("S E C R E T SECTION 01 OF 02 ROME 0012SIPDIS", Some(44)),
            ("UNCLASSIFIED TAGS: NO", None),
            ("SECRET TALKS IN ROME", None),
            ("U N C L S OSLO 000461", None),
        ] {
            assert_eq!(begins_class_line(text), len, "{text}");
        }
    }

    #[test]
    fn a_line_without_its_level() {
        for (line, want) in [
            ("OSLO 000461", Some((461, None))),
            ("CORTE Ett F tert SECTION 01 OF 02 OSLO 013169", Some((13_169, Some(2)))),
            ("QUEEN OF ROME 000461", None),
            ("RUEHC/SECSTATE WASHDC 6973", None),
        ] {
            let got = bare_class_line(line).map(|line| (line.number.unwrap(), line.section.of));
            assert_eq!(got, want, "{line}");
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
