//! Lines that a publisher or an archive put into a cable.

use crate::field::classification::is_banner;
use crate::field::mrn;
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::{Line, trim_end, trim_start};

/// The sentence that stands for a heading in published extracts.
pub(crate) fn is_extract_notice(line: &str) -> bool {
    strip_prefix_ignoring_case(line.trim_start(), "This record is a partial extract").is_some()
}

/// Whether a line is a publisher's: the extract's sentence, a weekday and date, an editor's note, the title under which
/// a record was kept, lines of nothing.
pub(crate) fn is_notice(line: &str) -> bool {
    let line = trim_end(trim_start(line));
    // Asked of every line of the head, and few begin as one of those.
    if !matches!(
        line.as_bytes().first().map(u8::to_ascii_lowercase),
        Some(b't' | b'm' | b'w' | b'f' | b's' | b'n' | b'>' | b'e' | b'1' | b'2')
    ) {
        return false;
    }
    is_extract_notice(line)
        || is_weekday_date(line)
        || is_title(line)
        || strip_prefix_ignoring_case(line, "NOTE - DO NOT PUBLISH").is_some()
        || matches!(line, "null" | ">" | ">>" | "ERROR READING TEXT" | "EXPAND ERROR ENCOUNTERED")
}

/// `date-line = weekday "," SP day SP month SP year [ "," SP time ]`
fn is_weekday_date(line: &str) -> bool {
    const DAYS: [&str; 7] = ["Monday,", "Tuesday,", "Wednesday,", "Thursday,", "Friday,", "Saturday,", "Sunday,"];
    // The comma stands behind nine letters at the most: few lines come further.
    if !line.as_bytes().iter().take(10).any(|b| *b == b',') {
        return false;
    }
    DAYS.iter().filter_map(|d| strip_prefix_ignoring_case(line, d)).any(|rest| {
        let mut words = rest.split_whitespace();
        words.next().is_some_and(|d| d.trim_end_matches(',').bytes().all(|b| b.is_ascii_digit()))
            && words.next().is_some_and(|m| m.len() >= 3)
            && words.next().is_some_and(|y| y.len() >= 4)
            && line.len() < 50
    })
}

/// `title = 4DIGIT 2*CAPITAL 5DIGIT SP "-" SP [ "Classification: " ] level`: `2001OSLO00461 - UNCLASSIFIED`
pub(crate) fn is_title(line: &str) -> bool {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((id, level)) = line.split_once(" - ") else { return false };
    let level = level.trim_start_matches("Classification: ").trim_end_matches(['"', ' ']);
    let number = id.len().checked_sub(5).and_then(|at| id.split_at_checked(at));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    number.and_then(|(before, number)| Some((before.split_at_checked(4)?, number))).is_some_and(
        |((year, post), number)| {
            digits(year) && digits(number) && post.len() >= 2 && post.bytes().all(|b| b.is_ascii_uppercase())
        },
    ) && is_banner(level)
}

/// The fields of a row of an archive's database, a line each, where a row was copied with the text in it:
///
/// ```text
/// row = [ serial ] [ date ] id origin level [ id *( "|" id ) ]
/// ```
///
/// Gives the id's number and how many lines the row takes.
pub(crate) fn row(lines: &[Line<'_>]) -> Option<(u32, usize)> {
    let may_begin =
        lines.first().is_some_and(|line| line.trimmed().starts_with(|c: char| c == '<' || c.is_ascii_digit()));
    may_begin.then_some(())?;
    let content = lines.iter().enumerate().take(MOST_OF_ROW).filter(|(_, line)| !line.is_blank());
    let mut content = content.map(|(index, line)| (index, line.trimmed())).peekable();
    content.next_if(|(_, text)| is_serial(text));
    content.next_if(|(_, text)| is_date(text));
    let (_, _, number) = mrn::from_document_id(content.next()?.1)?;
    content.next().filter(|(_, text)| is_origin(text))?;
    let (level, _) = content.next().filter(|(_, text)| is_banner(text))?;
    let is_ids = |text: &str| text.split('|').all(|id| mrn::from_document_id(id.trim()).is_some());
    let last = content.next_if(|(_, text)| is_ids(text)).map_or(level, |(index, _)| index);
    Some((number, last + 1))
}

/// Six fields at the most, with a blank line or two between them.
const MOST_OF_ROW: usize = 18;

/// `serial = 1*7DIGIT / "<<" 1*7DIGIT ">>"`
fn is_serial(text: &str) -> bool {
    let digits = text.strip_prefix("<<").and_then(|rest| rest.strip_suffix(">>")).unwrap_or(text);
    (1..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `date = ( DIGIT / "/" / "-" / ":" / SP ) ...`: `8/13/2009 8:54`, `2003-08-21`
fn is_date(text: &str) -> bool {
    (8..=19).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b':' | b' '))
}

/// Who sent it, in the words of the database: `Embassy Oslo`, `Secretary of State`.
fn is_origin(text: &str) -> bool {
    const KINDS: [&str; 6] = ["Embassy ", "Consulate ", "Mission ", "US ", "U.S. ", "Secretary of State"];
    text.len() < 50 && KINDS.iter().any(|kind| text.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        for (name, text, want) in [
            (
                "whole",
                "<<220571>>\n8/13/2009 8:54\n09OSLO461\nEmbassy Oslo\nSECRET//NOFORN\n09OSLO461|09STATE12\nOO",
                Some((461, 6)),
            ),
            (
                "with gaps",
                "10222\n\n2003-08-21\n\n03OSLO461\n\nEmbassy Oslo\n\nSECRET\n\nS E C R E T OSLO 000461",
                Some((461, 9)),
            ),
            ("the id first", "03OSLO461\nSecretary of State\nUNCLASSIFIED\nTAGS: NO", Some((461, 3))),
            ("a reference", "03OSLO461\nTHE FAIR", None),
            ("a number", "10222\nEmbassy Oslo\nSECRET", None),
        ] {
            assert_eq!(row(&crate::lines::split(text)), want, "{name}");
        }
    }

    #[test]
    fn notices() {
        for line in [
            "Thursday, 31 August 2006, 06:39",
            "null",
            "This record is a partial extract of the original cable.",
            "2001OSLO00461 - UNCLASSIFIED",
        ] {
            assert!(is_notice(line), "{line}");
        }
        for line in
            ["Thursday, the minister left", "WEDNESDAY, NOVEMBER 4, 2009", "2001 - UNCLASSIFIED", "1. COD - SECRET"]
        {
            assert!(!is_notice(line), "{line}");
        }
    }
}
