//! What others put after a signature: ends of messages, notes of a communications centre, words of mail and database
//! programs, the notice of a post's page.

use crate::field::classification::{before_banner, is_banner};
use crate::field::notice::is_title;
use crate::field::page_line::is_end_of_message;
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::trim;
use crate::sentence::ends_before_number;

/// Whether a line stands below the signature for certain: the end of the message, a banner, a note, a query.
pub(crate) fn closes_message(line: &str) -> bool {
    let line = trim(line);
    ends_message(line) || is_banner(line) || is_note(line) || is_query(line)
}

/// Whether a line was put after the signature by somebody else.
pub(crate) fn is_addition(line: &str) -> bool {
    closes_message(line) || is_notice(line) || is_remnant(trim(line)) || is_cell(trim(line))
}

/// Whether a line is the end of the message, in any letters, perhaps with the archive's number on its line.
///
/// ```text
/// end = "NNN" / "NNNN" [ 1*SP number SP "-" SP level ]
/// ```
fn ends_message(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or_default();
    let end = ["NNN", "NNNN"].iter().any(|end| end.eq_ignore_ascii_case(word));
    is_end_of_message(line)
        || end && line.get(word.len()..).is_some_and(|rest| trim(rest).is_empty() || is_title(trim(rest)))
}

/// Whether a line begins a note that a communications centre added.
///
/// ```text
/// note   = "NOTE" ( SP "BY" SP office / ":" words ) / office SP "NOTE:"
/// office = "OC/T" / "S/S-O" / ...
/// words  = "NOT PASSED" / "AS RECEIVED" / "PASSED TO" / ...
/// ```
pub(crate) fn is_note(line: &str) -> bool {
    const WORDS: [&str; 9] = [
        "NOT PASSED",
        "AS RECEIVED",
        "PASSED TO",
        "NOT RECEIVED",
        "GARBLED",
        "RELAYED",
        "RETRANSMI",
        "TO BE CORRECTED",
        "CORRECTION TO FOLLOW",
    ];
    let line = trim(line).trim_start_matches(['#', '(', '*', ' ']);
    if line.bytes().any(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let says = |rest: &str| WORDS.iter().any(|words| memchr::memmem::find(rest.as_bytes(), words.as_bytes()).is_some());
    if let Some(rest) = line.strip_prefix("NOTE BY ") {
        let office = rest.split([' ', ':']).next().unwrap_or_default();
        return office.contains('/') || says(rest) || office.starts_with("OC");
    }
    line.strip_prefix("NOTE:").or_else(|| line.strip_prefix("OC/T NOTE")).is_some_and(says)
}

/// Whether a line is a query of a database.
fn is_query(line: &str) -> bool {
    strip_prefix_ignoring_case(line, "SELECT ").is_some_and(|rest| {
        let upper = rest.to_ascii_uppercase();
        upper.contains(" FROM ") && (upper.contains(" WHERE ") || upper.contains('`') || upper.starts_with('*'))
    })
}

/// Whether a line after the signature is a publisher's or a post's closing line and no part of the text: a web link,
/// a tracking stamp, a date alone, a viewer's word.
pub(crate) fn is_notice(line: &str) -> bool {
    const BEGINNINGS: [&str; 9] = [
        "http",
        "www.",
        "visit ",
        "track impres",
        "id:",
        "end cable",
        "end message",
        "telegramrestricted",
        "restricted by caption",
    ];
    let line = trim(line).trim_start_matches(['"', '“']);
    let has = |word: &str| memchr::memmem::find(line.as_bytes(), word.as_bytes()).is_some();
    line.len() < 200
        && (BEGINNINGS.iter().any(|word| strip_prefix_ignoring_case(line, word).is_some())
            || ["http://", "https://", ".sgov.gov", "CABLE ENDS"].iter().any(|word| has(word))
            || is_date(line)
            || is_rest_of_link(line)
            || is_title(line)
            || ends_message(line)
            || is_banner(line))
}

/// Whether a line is what a container left after a text: a quotation mark, dots.
pub(crate) fn is_remnant(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| matches!(c, '"' | '.' | '…' | '\\'))
}

/// Whether a line is what is left of a database's cells: `0 11/20/2007 PGOV,ECON`.
///
/// ```text
/// cell = [ "<" 1*letter ">" ] 1DIGIT 1*SP 2DIGIT "/" 2DIGIT "/" 4DIGIT [ SP words ]
/// ```
fn is_cell(line: &str) -> bool {
    let line = line.strip_prefix('<').and_then(|rest| rest.split_once('>')).map_or(line, |(_, rest)| rest);
    let mut words = line.split_whitespace();
    let number = words.next().is_some_and(|word| word.len() == 1 && word.bytes().all(|b| b.is_ascii_digit()));
    number && words.next().is_some_and(is_day)
}

/// Where the other cells of a row begin after its text: a row with date and TAGS on a line of its own, or what follows the
/// quotation mark at the end of the text's cell.
///
/// ```text
/// cells = 1DIGIT 1*SP day 1*SP *( word SP ) TAG 1*( "," TAG ) [ SP words ]
///       / DQUOTE "," date [ SP time ] "," words
/// ```
pub(crate) fn cells(line: &str) -> Option<usize> {
    if line.starts_with(|c: char| c.is_ascii_digit()) && is_cell(line) {
        let is_list = |word: &str| {
            word.split(',').count() > 1
                && word
                    .split(',')
                    .all(|tag| (2..=4).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_uppercase()))
        };
        return line.split_whitespace().skip(2).take(3).any(is_list).then_some(0);
    }
    let mut quotes = memchr::memmem::find_iter(line.as_bytes(), b"\",");
    quotes.find(|at| {
        let date = line.get(at + 2..).and_then(|rest| rest.split_once(',')).map_or("", |(date, _)| date);
        is_short_date(date.split(' ').next().unwrap_or_default()) && !date.starts_with(' ')
    })
}

/// `date = 1*2DIGIT "/" 1*2DIGIT "/" 4DIGIT`
fn is_short_date(word: &str) -> bool {
    let mut parts = word.split('/');
    let mut is_number = |length: std::ops::RangeInclusive<usize>| {
        parts.next().is_some_and(|part| length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    is_number(1..=2) && is_number(1..=2) && is_number(4..=4) && parts.next().is_none()
}

/// `day = 2DIGIT "/" 2DIGIT "/" 4DIGIT`
fn is_day(word: &str) -> bool {
    word.len() == 10
        && word.bytes().enumerate().all(|(i, b)| if matches!(i, 2 | 5) { b == b'/' } else { b.is_ascii_digit() })
}

/// The second half of a broken web link: `gov.gov/wiki/Portal:Oslo"`
fn is_rest_of_link(line: &str) -> bool {
    let host = line.split('/').next().unwrap_or_default();
    host.len() < line.len()
        && host.contains('.')
        && !line.contains(' ')
        && line.bytes().any(|b| b.is_ascii_lowercase())
        && line.len() > 7
}

/// Whether a line begins a notice that a web link on the next line ends.
pub(crate) fn opens_notice(line: &str) -> bool {
    let line = trim(line).trim_start_matches(['"', '“', '*', ' ']);
    ["please visit ", "visit ", "this cable can ", "you can also access ", "for more reporting ", "access our "]
        .iter()
        .any(|w| strip_prefix_ignoring_case(line, w).is_some())
}

/// Whether a line of a notice speaks of the post's page, or is a link to it.
pub(crate) fn names_page(line: &str) -> bool {
    let words = ["website", "web site", "web page", "home page", "siprnet", "http", "sgov.gov"];
    let lower = line.to_ascii_lowercase();
    words.iter().any(|w| memchr::memmem::find(lower.as_bytes(), w.as_bytes()).is_some())
}

/// `date = 4DIGIT "-" 2DIGIT "-" 2DIGIT`
fn is_date(line: &str) -> bool {
    line.len() == 10
        && line.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}

/// A line without what was added at its end: the end of the message, a banner before it, a date, a note, cells.
///
/// ```text
/// line = text *( SP addition )
/// ```
pub(crate) fn without_additions(line: &str) -> &str {
    const MOST: usize = 6;
    /// A note or a row of cells is no longer.
    const NEAR: usize = 120;
    let mut text = line.trim_end();
    let mut ended = false;
    for _ in 0..MOST {
        let shorter =
            text.rsplit_once(' ').filter(|(_, last)| is_date(last) || ends_message(last)).map(|(text, _)| text);
        ended |= shorter.is_some();
        // A banner alone may be a word of the text.
        let banner = || ended.then(|| last_banner(text)).flatten();
        let near = text.len().saturating_sub(NEAR);
        let added = || {
            let places =
                text.match_indices(" NOTE").chain(text.match_indices(" 0 ")).map(|(at, _)| at).filter(|at| *at >= near);
            let mut found =
                places.filter(|at| text.get(*at..).is_some_and(|rest| is_note(trim(rest)) || is_cell(trim(rest))));
            found.next().and_then(|at| text.get(..at))
        };
        let Some(shorter) = shorter.or_else(banner).or_else(added) else { break };
        text = shorter.trim_end();
    }
    text
}

/// A text without the banner at its end, where one stands there after other words.
pub(crate) fn last_banner(text: &str) -> Option<&str> {
    before_banner(text).filter(|rest| !rest.is_empty())
}

/// Where a notice of the post's page begins that a text ends with: `Visit Oslo's Website: http://...`, or its link alone.
pub(crate) fn page_notice_at_end(text: &str) -> Option<usize> {
    const LINK: usize = 160;
    let opening = |before: &str| ["Visit ", "Please visit ", "VISIT "].iter().filter_map(|w| before.rfind(w)).min();
    let begins = |at: usize| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        before.is_empty() || ends_before_number(before) || before.ends_with(['.', ':', '"'])
    };
    if let Some(link) = text.rfind("http").filter(|link| text.len() - link < LINK) {
        return Some(opening(text.get(..link)?).filter(|at| begins(*at) && link - at < LINK).unwrap_or(link));
    }
    // A link that was taken out.
    let site = text.rfind("ebsite:").filter(|site| text.len() - site < LINK / 2)?;
    opening(text.get(..site)?).filter(|at| begins(*at) && site - at < LINK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn additions() {
        for (line, adds, closes) in [
            ("NNNN", true, true),
            ("Nnnn", true, true),
            ("NNNN  2009OSLO00461 - Classification: UNCLASSIFIED", true, true),
            ("UNCLASSIFIED", true, true),
            ("NOTE BY OC/T:  PARA 2 AS RECEIVED.", true, true),
            ("NOTE: NOT PASSED TO ABOVE ADDRESSEE(S)", true, true),
            ("#NOTE BY OC/T: NOT PASSED OSLO", true, true),
            ("SELECT * FROM `cable` WHERE `id` = 90016 ORDER BY `date` ASC", true, true),
            ("0 11/20/2007", true, false),
            ("<_protect>0 07/13/2009 1833 PGOV,ECON", true, false),
            ("http://oslo.example/", true, false),
            ("2009-07-03", true, false),
            ("...", true, false),
            ("NOTE: THE FAIR OPENS IN MAY.", false, false),
            ("Note by the harbour board.", false, false),
            ("SELECT FISH FROM BERGEN ARE SOLD", false, false),
            ("MERRIDEW", false, false),
        ] {
            assert_eq!((is_addition(line), closes_message(line)), (adds, closes), "{line}");
        }
    }

    #[test]
    fn additions_at_the_end_of_a_line() {
        for (line, want) in [
            ("It is late. MERRIDEW NNNN", "It is late. MERRIDEW"),
            ("IT IS LATE. MERRIDEW UNCLASSIFIED NNN", "IT IS LATE. MERRIDEW"),
            ("It is late. MERRIDEW 0 11/20/2007", "It is late. MERRIDEW"),
            ("It is late. MERRIDEW 2009-07-03", "It is late. MERRIDEW"),
            ("IT IS LATE. MERRIDEW NOTE BY OC/T: PARA 2 AS RECEIVED.", "IT IS LATE. MERRIDEW"),
            ("The text is SECRET", "The text is SECRET"),
        ] {
            assert_eq!(without_additions(line), want, "{line}");
        }
    }

    #[test]
    fn notices_of_a_page() {
        for (text, want) in [
            (
                "It is late. Visit Oslo's Website: http://oslo.example/a b",
                Some("Visit Oslo's Website: http://oslo.example/a b"),
            ),
            (
                "It is late. Visit Oslo's Classified Website: XXXXXXXXXXXX",
                Some("Visit Oslo's Classified Website: XXXXXXXXXXXX"),
            ),
            ("See http://oslo.example/", Some("http://oslo.example/")),
            ("They will visit the fair.", None),
        ] {
            assert_eq!(page_notice_at_end(text).and_then(|at| text.get(at..)), want, "{text}");
        }
    }
}
