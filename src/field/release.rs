//! What a release puts on the pages of a document: the decision and its case, the codes of what was withheld, levels and
//! page numbers at the edges of a page.
//!
//! ```text
//! UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05771875 Date: 12/31/2015
//! RELEASED IN PART B1, 1.4(D)
//! Declassified in Full / Release in Full
//! John Powers, Acting-Director
//! Page 1 of 5
//! ```

use crate::edit_distance::slips;
use crate::field::caption;
use crate::field::classification::{Level, without_print_number};
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::{trim, trim_start};

/// What a line at the edge of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageEdge {
    /// The decision, the case, who decided: nothing else reads so.
    Stamp,
    /// Codes of what was withheld, alone on a line.
    Codes,
    /// `Page 1 of 5`, with a level or without.
    PageNumber,
    /// Of a stamp where one stands next to it: a day, a reviewer with a title.
    BesideStamp,
    /// A level alone, and whether its word is damaged.
    Level(Level, bool),
    /// `SBU`, `SENSITIVE` below a level, and whether the word is damaged.
    Marking(bool),
}

/// What a line is, if it can stand at the edge of a page.
pub(crate) fn page_edge(line: &str) -> Option<PageEdge> {
    let line = trim(line);
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    if is_release_stamp(line) {
        return Some(PageEdge::Stamp);
    }
    if is_codes(line) {
        return Some(PageEdge::Codes);
    }
    if is_page_number(line) {
        return Some(PageEdge::PageNumber);
    }
    if let Some((level, damaged)) = level(line) {
        return Some(PageEdge::Level(level, damaged));
    }
    if let Some(damaged) = marking(line) {
        return Some(PageEdge::Marking(damaged));
    }
    (is_day(line) || is_reviewer(line)).then_some(PageEdge::BesideStamp)
}

/// Longer than any such line.
const LONGEST: usize = 200;

/// Whether nothing but a stamp of a release stands on a line.
pub(crate) fn is_release_stamp(line: &str) -> bool {
    // Asked of every line: these are the beginnings of all of them.
    const BEGINNINGS: [[u8; 3]; 19] = [
        *b"REL", *b"DEC", *b"DEN", *b"EXC", *b"REV", *b"UNI", *b"UNC", *b"CON", *b"SEC", *b"LIM", *b"US ", *b"U.S",
        *b"CAS", *b"DOC", *b"CSP", *b"DAT", *b"F-2", *b"M-2", *b"FL-",
    ];
    let line = trim(line);
    let first = line.as_bytes().first_chunk::<3>().map(|first| first.map(|b| b.to_ascii_uppercase()));
    let begins = first.is_some_and(|first| BEGINNINGS.contains(&first));
    begins && (is_decision(line) || is_department(line) || is_case(line) || is_review_note(line))
}

/// `decision = action "IN" extent *( [ "/" ] action "IN" extent ) *codes / "DECLASSIFIED"`
fn is_decision(line: &str) -> bool {
    const ACTIONS: [&str; 6] = ["RELEASE", "RELEASED", "DECLASSIFIED", "DENIED", "DENY", "EXCISED"];
    let mut words = line.split([' ', '/', ',', '\t']).filter(|word| !word.is_empty()).peekable();
    let is_word =
        |word: Option<&str>, any: &[&str]| word.is_some_and(|word| any.iter().any(|a| a.eq_ignore_ascii_case(word)));
    let mut decisions = 0;
    while is_word(words.peek().copied(), &ACTIONS) {
        words.next();
        if is_word(words.peek().copied(), &["IN"]) {
            words.next();
            if !is_word(words.next(), &["FULL", "PART"]) {
                return false;
            }
        } else if words.peek().is_some() || decisions > 0 {
            return false;
        } else {
            return line.eq_ignore_ascii_case("DECLASSIFIED");
        }
        decisions += 1;
    }
    decisions > 0 && words.all(is_code)
}

/// `department = ( "US" / "U.S." / "UNITED STATES" ) "DEPARTMENT OF STATE"`
fn is_department(line: &str) -> bool {
    ["US ", "U.S. ", "UNITED STATES "].iter().any(|country| {
        strip_prefix_ignoring_case(line, country).is_some_and(|rest| rest.eq_ignore_ascii_case("DEPARTMENT OF STATE"))
    })
}

/// `case = [ level ] [ "U.S. Department of State" ] [ "Case No." ] case-number *( document-number / level / day ) /
/// "Doc No." document-number [ "Date:" day ]`
fn is_case(line: &str) -> bool {
    const WORDS: [&str; 22] = [
        "U.S.",
        "US",
        "UNITED",
        "STATES",
        "DEPARTMENT",
        "OF",
        "STATE",
        "CASE",
        "NO.",
        "NO",
        "DOC",
        "DATE:",
        "DATE",
        "UNCLASSIFIED",
        "CONFIDENTIAL",
        "SECRET",
        "LIMITED",
        "OFFICIAL",
        "USE",
        "ID",
        "NUMBER:",
        "NO:",
    ];
    let (mut numbers, mut named) = (0, false);
    for word in line.split_whitespace() {
        let bare = word.trim_matches(['"', ',', ';']);
        if WORDS.iter().any(|known| known.eq_ignore_ascii_case(bare)) {
            named |= ["CASE", "DOC"].iter().any(|label| label.eq_ignore_ascii_case(bare));
        } else if is_case_number(bare) {
            (named, numbers) = (true, numbers + 1);
        } else if is_document_number(bare) || is_day(bare) {
            numbers += 1;
        } else {
            return false;
        }
    }
    named && numbers > 0
}

/// `case-number = 1*4upper "-" 4DIGIT "-" 4*6DIGIT`: `F-2014-20439`, `CSP-2025-00040`
fn is_case_number(word: &str) -> bool {
    let mut parts = word.split('-');
    let is_digits = |part: Option<&str>, min: usize, max: usize| {
        part.is_some_and(|part| (min..=max).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    parts.next().is_some_and(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_uppercase()))
        && is_digits(parts.next(), 4, 4)
        && is_digits(parts.next(), 4, 6)
        && parts.next().is_none()
}

/// `document-number = 1*2ALNUM [ "-" ] 8*11DIGIT`: `C05771875`, `B-00002707027`; of its first letter recognition makes two.
fn is_document_number(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase() || matches!(c, '-' | '0' | '8'));
    let head = word.len() - digits.len();
    word.len() >= 9
        && head >= 1
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && digits.len() >= 4
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `review-note = ( "REVIEW AUTHORITY:" / "REVIEWED BY" / "DATE/CASE ID:" / "DECLASSIFY AFTER:" ) text`
fn is_review_note(line: &str) -> bool {
    ["REVIEW AUTHORITY:", "REVIEW AUTHORITY ", "DATE/CASE ID:", "UNITED STATES DEPARTMENT OF STATE REVIEW AUTHORITY"]
        .iter()
        .any(|label| strip_prefix_ignoring_case(line, label).is_some())
        || ["UNCLASSIFIED ", "CONFIDENTIAL ", "SECRET "].iter().any(|level| {
            strip_prefix_ignoring_case(line, level).is_some_and(|rest| {
                strip_prefix_ignoring_case(rest, "UNITED STATES DEPARTMENT OF STATE REVIEW AUTHORITY").is_some()
            })
        })
}

/// Whether a line holds nothing but codes of what was withheld: `B1`, `1.4(D), B1`, `B7(C)`.
pub(crate) fn is_codes(line: &str) -> bool {
    let mut words = line.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(is_code)
}

/// `code = "B" DIGIT [ "(" ALNUM ")" ] / "1." ( "4" / "5" ) "(" %x41-48 ")"`
fn is_code(word: &str) -> bool {
    match word.as_bytes() {
        [b'B' | b'b', b'1'..=b'9'] => true,
        [b'B' | b'b', b'1'..=b'9', b'(', one, b')'] => one.is_ascii_alphanumeric(),
        [b'1', b'.', b'4' | b'5', b'(', letter, b')'] | [b'1', b'.', b'4' | b'5', letter] => {
            matches!(letter.to_ascii_uppercase(), b'A'..=b'H')
        }
        _ => false,
    }
}

/// What stands on a line before codes in its margin: a column of spaces is between them.
pub(crate) fn before_margin(text: &str) -> Option<&str> {
    let (before, codes) = text.rsplit_once("   ")?;
    (!before.trim().is_empty() && is_codes(codes)).then_some(before)
}

/// `page-number = [ level ] "Page" n "of" n [ level ]`; recognition lets the words run together: `Page 4of 5`.
pub(crate) fn is_page_number(line: &str) -> bool {
    let Some(at) = line.find("age ").filter(|at| *at > 0) else { return is_page_in_capitals(line) };
    let Some((before, rest)) = line.split_at_checked(at - 1) else { return false };
    let before = trim(before);
    (before.is_empty() || level(before).is_some())
        && rest.get(1..).is_some_and(|rest| is_page_of(rest.get(4..).unwrap_or_default()))
}

fn is_page_in_capitals(line: &str) -> bool {
    line.strip_prefix("PAGE ").is_some_and(is_page_of)
}

/// `n "of" n [ level ]`
fn is_page_of(text: &str) -> bool {
    let number = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let text = trim_start(text);
    let digits = number(text);
    let rest = trim_start(text.get(digits..).unwrap_or_default());
    let Some(rest) = strip_prefix_ignoring_case(rest, "of") else { return false };
    let rest = trim_start(rest);
    let of = number(rest);
    let end = trim(rest.get(of..).unwrap_or_default());
    (1..=3).contains(&digits) && (1..=3).contains(&of) && (end.is_empty() || level(end).is_some())
}

/// The level that a line names, with nothing else on it but quotation marks; the second says whether its word was damaged.
pub(crate) fn level(line: &str) -> Option<(Level, bool)> {
    const LEVELS: [Level; 5] =
        [Level::Unclassified, Level::Confidential, Level::Secret, Level::TopSecret, Level::LimitedOfficialUse];
    // So long that no other word is so near.
    const SURE: usize = 10;
    let line = without_print_number(line.trim_matches(['"', ' ']));
    if let Some(level) = LEVELS.into_iter().find(|level| level.as_str().eq_ignore_ascii_case(line)) {
        return Some((level, false));
    }
    // Read through a line that struck it out: `CONFIBENTFAL`.
    let is_word = (SURE..=24).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_uppercase() || b == b' ');
    let near = |level: &Level| level.as_str().len() >= SURE && slips(line, level.as_str(), 3).is_some();
    LEVELS.into_iter().filter(|_| is_word).find(near).map(|level| (level, true))
}

/// A marking of sensitive material alone on a line; whether it was damaged.
pub(crate) fn marking(line: &str) -> Option<bool> {
    if caption::is_sensitive(line) {
        return Some(false);
    }
    is_damaged_sbu(line).then_some(true)
}

/// `SBU` as recognition reads it, struck out or not: `SB0`, `S80`, `SsBU`.
pub(crate) fn is_damaged_sbu(word: &str) -> bool {
    let mut letters = [0_u8; 3];
    let mut count = 0;
    for letter in word.bytes() {
        let read = match letter.to_ascii_uppercase() {
            b'S' | b'5' | b'$' => b'S',
            b'B' | b'8' | b'6' => b'B',
            b'U' | b'0' | b'O' | b'V' | b'Q' => b'U',
            _ => return false,
        };
        // A letter that was seen twice counts once.
        if count > 0 && letters.get(count - 1) == Some(&read) {
            continue;
        }
        match letters.get_mut(count) {
            Some(place) => *place = read,
            None => return false,
        }
        count += 1;
    }
    letters == *b"SBU"
}

/// `day = 1*2DIGIT "/" 1*2DIGIT "/" 4DIGIT`
fn is_day(word: &str) -> bool {
    let mut parts = word.split('/');
    let digits = |part: Option<&str>, most: usize| {
        part.is_some_and(|part| !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(parts.next(), 2) && digits(parts.next(), 2) && digits(parts.next(), 4) && parts.next().is_none()
}

/// `reviewer = name "," title`: `John Powers, Acting-Director`; next to a stamp alone.
fn is_reviewer(line: &str) -> bool {
    const TITLES: [&str; 5] = ["Director", "Reviewer", "Archivist", "Officer", "Chief"];
    let Some((name, title)) = line.split_once(", ") else { return false };
    let is_name = |word: &str| word.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'.' | b'-' | b'\''));
    (2..=4).contains(&name.split(' ').count())
        && name.split(' ').all(is_name)
        && title.split([' ', '-']).count() <= 4
        && TITLES.iter().any(|known| title.ends_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps() {
        for line in [
            "RELEASED IN FULL",
            "RELEASE IN PART B6",
            "RELEASED IN PART",
            "RELEASED IN PART B1, 1.4(D)",
            "Released in Full",
            "Declassified in Full / Release in Full",
            "DECLASSIFIED",
            "DENIED IN FULL",
            "US Department of State",
            "UNITED STATES DEPARTMENT OF STATE",
            "UNCLASSIFIED U.S. Department of State Case No. F-2010-00001 Doc No. C05000001 Date: 12/31/2015",
            "U.S. Department of State Case No. F-2010-00001 Doc No. C05000001 Date: 12/31/2015",
            "UNCLASSIFIED U.S. Department of State Case No, F-2010-00001 Doc No, C05000001 Date: 12/31/2015",
            "CSP-2031-00017 8B-00001234567 \"UNCLASSIFIED\" 3/2/2031",
            "Case No. F-2010-00001",
            "Doc No. C05000001",
            "REVIEW AUTHORITY: Jane Roe, Senior Reviewer",
            "DATE/CASE ID: 14 JUL 2004 200300001",
            "UNCLASSIFIED UNITED STATES DEPARTMENT OF STATE REVIEW AUTHORITY: JANE Q ROE",
        ] {
            assert_eq!(page_edge(line), Some(PageEdge::Stamp), "{line}");
        }
        for line in [
            "RELEASE OF FISH",
            "RELEASED IN FULL VIEW OF THE CROWD",
            "DECLASSIFIED PAPERS",
            "US Department of State officials",
            "CASE NO. 4 OF THE FISH COURT",
            "UNCLAS OSLO 000461",
            "DATE: 12/31/2015 AT NOON",
            "SECRET POLICE",
        ] {
            assert_eq!(page_edge(line), None, "{line}");
        }
    }

    #[test]
    fn pages_and_levels() {
        for (line, want) in [
            ("Page 1 of 12", Some(PageEdge::PageNumber)),
            ("Page 4of 5", Some(PageEdge::PageNumber)),
            ("UNCLASSIFIED Page 1 of 3", Some(PageEdge::PageNumber)),
            ("Page 1 of 3 UNCLASSIFIED", Some(PageEdge::PageNumber)),
            ("PAGE 2 OF 3", Some(PageEdge::PageNumber)),
            ("Page 1 of the paper", None),
            ("The page 1 of 3", None),
            ("UNCLASSIFIED", Some(PageEdge::Level(Level::Unclassified, false))),
            ("\"UNCLASSIFIED\"", Some(PageEdge::Level(Level::Unclassified, false))),
            ("CONFIBENTFAL", Some(PageEdge::Level(Level::Confidential, true))),
            ("UNCLASSIEED", Some(PageEdge::Level(Level::Unclassified, true))),
            ("CONFIBENTIAE PTQ6891", Some(PageEdge::Level(Level::Confidential, true))),
            ("CONGRESSIONAL", None),
            ("SECRETS", None),
            ("SBU", Some(PageEdge::Marking(false))),
            ("SB0", Some(PageEdge::Marking(true))),
            ("S80", Some(PageEdge::Marking(true))),
            ("SsBU", Some(PageEdge::Marking(true))),
            ("SUB", None),
            ("3/2/2026", Some(PageEdge::BesideStamp)),
            ("ohn Powers, Acting-Director", Some(PageEdge::BesideStamp)),
            ("Fish, Cod, Director", None),
        ] {
            assert_eq!(page_edge(line), want, "{line}");
        }
    }

    #[test]
    fn codes() {
        for (line, want) in [
            ("B6", true),
            ("1.4(D)", true),
            ("B7(C), B1", true),
            ("1.4(D) B1", true),
            ("1.", false),
            ("2012", false),
            ("B12", false),
            ("", false),
        ] {
            assert_eq!(is_codes(line), want, "{line}");
        }
        for (line, want) in [
            ("THE FISH IS LATE      B6", Some("THE FISH IS LATE   ")),
            ("THE FISH IS LATE      1.4(D) B1", Some("THE FISH IS LATE   ")),
            ("SEAT      B7 OR B8", None),
            ("SEE ROOM B6", None),
        ] {
            assert_eq!(before_margin(line), want, "{line}");
        }
    }
}
