//! Lines that a publisher or an archive put into a cable.

use crate::field::classification::is_banner;
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::{trim_end, trim_start};

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
        Some(b't' | b'm' | b'w' | b'f' | b's' | b'n' | b'>' | b'c' | b'e' | b'1' | b'2')
    ) {
        return false;
    }
    is_extract_notice(line)
        || is_weekday_date(line)
        || is_title(line)
        || dated_year(line).is_some()
        || strip_prefix_ignoring_case(line, "NOTE - DO NOT PUBLISH").is_some()
        || matches!(line, "null" | ">" | ">>" | "ERROR READING TEXT" | "EXPAND ERROR ENCOUNTERED")
}

/// `date-line = weekday "," SP day SP month SP year [ "," SP time ]`
fn is_weekday_date(line: &str) -> bool {
    const DAYS: [&str; 7] = ["Monday,", "Tuesday,", "Wednesday,", "Thursday,", "Friday,", "Saturday,", "Sunday,"];
    // The comma stands after nine letters at the most: few lines come further.
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

/// `dated = "Cable dated:" [SP] 4DIGIT "-" 2DIGIT "-" ...`: the year of the date that a publisher put before a cable.
pub(crate) fn dated_year(line: &str) -> Option<i32> {
    let date = strip_prefix_ignoring_case(line, "Cable dated:")?.trim_start();
    let year = date.get(..4)?.parse().ok()?;
    (date.get(4..5) == Some("-") && line.len() < 50).then_some(year)
}

/// The title of a print, above the header: words that end in a level, the post and the number in eight digits, as a page line
/// has it: `Restricted by caption. UNCLASSIFIED   OSLO   00000461`.
pub(crate) fn is_print_title(line: &str) -> bool {
    const LEVELS: [&str; 4] = ["UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "LIMITED OFFICIAL USE"];
    let Some((before, number)) = line.rsplit_once([' ', '\t']) else { return false };
    let is_number = number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit());
    is_number && LEVELS.iter().any(|level| before.contains(level))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_prints() {
        for (line, want) in [
            ("TelegramRestricted by caption. UNCLASSIFIED   OSLO   00000461", true),
            ("UNCLASSIFIED OSLO 000461", false),
            ("OSLO 00000461", false),
            ("00000461", false),
        ] {
            assert_eq!(is_print_title(line), want, "{line}");
        }
    }

    #[test]
    fn notices() {
        for line in [
            "Thursday, 31 August 2006, 06:39",
            "null",
            "This record is a partial extract of the original cable.",
            "2001OSLO00461 - UNCLASSIFIED",
            "Cable dated:2004-01-20T12:12:00",
        ] {
            assert!(is_notice(line), "{line}");
        }
        assert_eq!(dated_year("Cable dated: 2004-01-20T12:12:00]"), Some(2004));
        assert_eq!(dated_year("Cable dated January 20"), None);
        for line in
            ["Thursday, the minister left", "WEDNESDAY, NOVEMBER 4, 2009", "2001 - UNCLASSIFIED", "1. COD - SECRET"]
        {
            assert!(!is_notice(line), "{line}");
        }
    }
}
