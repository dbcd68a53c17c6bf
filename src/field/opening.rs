//! Words with which the text of a cable opens where no paragraph's number does.

use crate::grammar::strip_prefix_ignoring_case;

/// Whether a line opens the text: no subject and no list of references goes on with it.
///
/// ```text
/// opening   = "BEGIN" SP ( "TEXT" / "SUMMARY" / level ) / title [ SP "AND" SP word ] ( ":" / "." / "-" )
///           / [ "THE" SP ] "FOLLOWING" SP ( "IS" / "ARE" / "RECEIVED" / "FROM" / message ... )
///           / "THIS" SP ( "IS" / message )
/// message   = "MESSAGE" / "TELEGRAM" / "CABLE"
/// title     = [ "EXECUTIVE" SP ] "SUMMARY" / "INTRODUCTION" / "BACKGROUND"
/// ```
pub(crate) fn opens_text(line: &str) -> bool {
    const FOLLOWING: [&str; 17] = [
        "IS",
        "ARE",
        "WAS",
        "WERE",
        "RECEIVED",
        "FROM",
        "FOR",
        "SENT",
        "REPEATED",
        "TEXT",
        "MESSAGE",
        "MESSAGES",
        "TELEGRAM",
        "CABLE",
        "PARAGRAPHS",
        "REPORT",
        "INFORMATION",
    ];
    const THIS: [&str; 4] = ["IS", "MESSAGE", "TELEGRAM", "CABLE"];
    let line = line.trim_start();
    let line = strip_prefix_ignoring_case(line, "THE ").unwrap_or(line);
    let Some((first, rest)) = line.split_once(' ') else { return is_summary(line) };
    let next = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_next = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(next));
    match first.as_bytes() {
        [b'B' | b'b', ..] => {
            first.eq_ignore_ascii_case("BEGIN")
                && is_next(&["TEXT", "SUMMARY", "UNCLASSIFIED", "LIMITED", "CONFIDENTIAL", "SECRET"])
        }
        [b'F' | b'f', ..] => first.eq_ignore_ascii_case("FOLLOWING") && is_next(&FOLLOWING),
        [b'T' | b't', ..] => first.eq_ignore_ascii_case("THIS") && is_next(&THIS),
        _ => is_summary(line),
    }
}

/// The title of a first passage with its sign: the word alone may end a subject.
fn is_summary(line: &str) -> bool {
    const TITLES: [&str; 4] = ["SUMMARY", "INTRODUCTION", "BACKGROUND", "EXECUTIVE SUMMARY"];
    let signed = |rest: &str| rest.trim_start().starts_with([':', '.', '-']);
    TITLES.iter().filter_map(|title| strip_prefix_ignoring_case(line, title)).any(|rest| {
        let other = strip_prefix_ignoring_case(rest, " AND ");
        signed(rest) || other.is_some_and(|other| signed(other.trim_start_matches(|c: char| c.is_ascii_alphabetic())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        for (name, line, want) in [
            ("a summary", "SUMMARY: THE FAIR OPENED LATE.", true),
            ("with a stop", "Summary. The fair opened late.", true),
            ("an introduction", "INTRODUCTION: ALTHOUGH IT RAINED", true),
            ("two titles", "SUMMARY AND CONCLUSION: ALTHOUGH IT RAINED", true),
            ("an executive's", "EXECUTIVE SUMMARY: ALTHOUGH IT RAINED", true),
            ("a title of a title", "BACKGROUND AND OUTLOOK OF COD", false),
            ("begun in words", "BEGIN SUMMARY: THE FAIR OPENED LATE", true),
            ("a text", "BEGIN TEXT:", true),
            ("what follows", "FOLLOWING ARE POINTS FOR THE FAIR", true),
            ("with an article", "THE FOLLOWING IS STATEMENT OF THE HARBOUR BOARD", true),
            ("what another sent", "FOLLOWING RECEIVED FROM AMCONSUL BERGEN", true),
            ("the message itself", "THIS TELEGRAM IS THE SECOND OF TWO", true),
            ("a summary of a title", "SUMMARY OF TALKS ON COD", false),
            ("an end of a title", "SUMMARY", false),
            ("after something", "FOLLOWING THE HERRING FAIR", false),
            ("a title", "THIS YEAR'S COD FAIR", false),
            ("an article", "THE COD FAIR", false),
            ("nothing", "", false),
        ] {
            assert_eq!(opens_text(line), want, "{name}");
        }
    }
}
