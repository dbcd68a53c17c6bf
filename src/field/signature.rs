//! The signature: the last line, the surname of the officer in charge.

use crate::field::classification::is_banner;
use crate::field::notice::is_title;
use crate::field::page_line::is_end_of_message;
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::trim;

/// Whether a line is a signature: one to three words of capitals or with capital first letters, nothing else.
///
/// ```text
/// signature = name *2( SP name ) [ "." ]
/// ```
pub(crate) fn is_signature(line: &str) -> bool {
    let line = trim(line).trim_end_matches(['.', ',', '#']).trim_end();
    (2..=40).contains(&line.len())
        && (1..=3).contains(&line.split_whitespace().count())
        && line.split_whitespace().all(is_name)
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !is_closing_word(line)
        // A name that was taken out.
        && !line.bytes().all(|b| matches!(b, b'X' | b'x' | b' '))
}

/// Whether a line is what a signature is where everything is written in small letters.
///
/// ```text
/// small-signature = 3*20( small letter / "'" / "-" )
/// ```
pub(crate) fn is_small_signature(line: &str) -> bool {
    (3..=20).contains(&line.len())
        && line.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'\'' | b'-'))
        && !is_closing_word(line)
}

/// Whether a word could be (part of) a surname.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let starts_well =
        letters.next().is_some_and(char::is_uppercase) || matches!(word, "de" | "la" | "van" | "von" | "del");
    starts_well
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | '.' | '’'))
        // A full stop belongs to an initial or to `JR.`
        && (!word.contains('.') || word.len() <= 4)
        && (word.len() > 1 || word.chars().all(char::is_uppercase))
}

/// Words that end a text and are nobody's name.
fn is_closing_word(line: &str) -> bool {
    const WORDS: [&str; 6] = ["END", "SIPDIS", "NOTE", "COMMENT", "SUMMARY", "UNQUOTE"];
    is_banner(line)
        || ends_message(line)
        || WORDS.iter().any(|w| w.eq_ignore_ascii_case(line))
        || strip_prefix_ignoring_case(line, "END ").is_some()
}

/// The name as it is given: full stop gone, and once where it was written twice (`SMITH Smith`).
pub(crate) fn name(line: &str) -> &str {
    let line = trim(line).trim_end_matches(['.', ',', '#']).trim_end();
    match line.split_once(' ') {
        Some((first, second)) if first.eq_ignore_ascii_case(second.trim()) => first,
        _ => line,
    }
}

/// A signature glued to the last sentence: `... EXPECTED.  MCHENRY`, `... End comment. SMITH`, `End of part one SMITH`,
/// or to a web link behind it.
///
/// ```text
/// glued   = sentence 1*SP [ link 1*SP ] capitals [ SP capitals ]
/// ```
///
/// Gives the offsets at which the sentence ends and the name starts.
pub(crate) fn glued(line: &str) -> Option<(usize, usize)> {
    let line = line.trim_end();
    trailing_capitals(line).find_map(|name_at| glued_at(line, name_at))
}

/// The same, for a name that starts here.
fn glued_at(line: &str, name_at: usize) -> Option<(usize, usize)> {
    let (before, _) = line.split_at_checked(name_at)?;
    let before = before.trim_end();
    if let Some(link) = link_at_end(before) {
        return Some((link, name_at));
    }
    // Behind a number and its portion mark stands the paragraph itself: `1. (U) FISH.`
    let is_number = || before.trim_start().trim_start_matches('¶').bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if before.ends_with(')') && before.split_whitespace().count() <= 2 || is_number() {
        return None;
    }
    let closing = strip_prefix_ignoring_case(before.trim_start(), "END ").is_some() && before.len() < 30;
    (closing || ends_in_full(before)).then_some((name_at, name_at))
}

/// Where the last two words and the last one begin, if they are capitals and could be a name.
fn trailing_capitals(line: &str) -> impl Iterator<Item = usize> {
    let is_name = |text: &str| text.len() >= 3 && !text.chars().any(char::is_lowercase) && is_signature(text);
    let starts = line.rmatch_indices(' ').map(|(i, _)| i + 1).take(3);
    let mut names = starts.filter(move |at| line.get(*at..).is_some_and(|t| !t.starts_with(' ') && is_name(t)));
    let (one, two) = (names.next(), names.next());
    two.into_iter().chain(one)
}

/// Whether a text ends a sentence, and not with the full stop of `U.S.` or of an initial.
fn ends_in_full(text: &str) -> bool {
    let word = text.trim_end_matches('.').rsplit([' ', '.']).next().unwrap_or_default();
    let is_word = word.chars().count() > 1 || word.bytes().all(|b| b.is_ascii_digit());
    text.ends_with(['!', '?', '"', '”', ')']) || text.ends_with('.') && is_word && !word.is_empty()
}

/// Where a notice with a web link begins that ends a text: `Visit Oslo's Website: http://...`
fn link_at_end(text: &str) -> Option<usize> {
    let link = text.rfind("http")?;
    let before = text.get(..link)?;
    let notice = ["Visit ", "Please visit ", "VISIT "].iter().filter_map(|w| before.rfind(w)).min();
    (text.len() - link < 160).then_some(notice.unwrap_or(link))
}

/// Whether a line is a closing phrase: `END COMMENT`, `End of text`.
pub(crate) fn closes_text(line: &str) -> bool {
    let line = trim(line).trim_end_matches(['.', ')']);
    strip_prefix_ignoring_case(line, "END ").is_some() && line.len() < 40
}

/// Whether a name in capitals stands below a line that would have had room for it: then no wrapped sentence ends in it,
/// but a list or an address stands above.
pub(crate) fn is_behind_list(above: &str, name: &str) -> bool {
    const ROOM: usize = 40;
    let name = name.trim();
    name.len() >= 3 && name.bytes().all(|b| b.is_ascii_uppercase()) && above.trim().len() + name.len() < ROOM
}

/// Whether a line after the signature is a publisher's or a post's closing line and no part of the text: a web link,
/// a tracking stamp, a date alone.
pub(crate) fn is_closing_notice(line: &str) -> bool {
    let line = trim(line).trim_start_matches(['"', '“']);
    let starts = |word: &str| strip_prefix_ignoring_case(line, word).is_some();
    let has = |word: &str| memchr::memmem::find(line.as_bytes(), word.as_bytes()).is_some();
    line.len() < 200
        && (["http", "www.", "visit ", "track impres", "id:", "end cable", "end message"].iter().any(|w| starts(w))
            || ["http://", "https://", ".sgov.gov", "CABLE ENDS"].iter().any(|w| has(w))
            || is_date(line)
            || is_rest_of_link(line)
            || is_title(line)
            || ends_message(line)
            || is_banner(line))
}

/// Whether a line is the end of the message, in any letters.
fn ends_message(line: &str) -> bool {
    is_end_of_message(line) || ["NNN", "NNNN"].iter().any(|end| end.eq_ignore_ascii_case(line))
}

/// Whether a line is what a container left behind a text: a quotation mark, dots.
pub(crate) fn is_remnant(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| matches!(c, '"' | '.' | '…' | '\\'))
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
pub(crate) fn is_date(line: &str) -> bool {
    line.len() == 10
        && line.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        for line in ["MERRIDEW", "Thornbury", "LA LIME", "O'NEILL", "MERRIDEW.", "VAN DER BERG", "SMITH-JONES", "WU"] {
            assert!(is_signature(line), "{line}");
        }
        for line in [
            "END SUMMARY.",
            "End Cable Text",
            "and the rest",
            "SIPDIS",
            "NO. 7",
            "THE END OF ALL TALKS",
            "",
            "X",
            "IN 2009",
            "XXXXXXXXXXXX",
        ] {
            assert!(!is_signature(line), "{line}");
        }
    }

    #[test]
    fn behind_a_list() {
        for (above, name, want) in [
            ("OSLO, NORWAY", "MERRIDEW", true),
            ("THE MINISTER WILL COME TO THE FAIR AND OPEN THE", "EXHIBITION", false),
            ("OSLO, NORWAY", "Merridew", false),
            ("OSLO, NORWAY", "NEW YORK", false),
        ] {
            assert_eq!(is_behind_list(above, name), want, "{above} / {name}");
        }
    }

    #[test]
    fn glued_to_the_last_sentence() {
        let cases = [
            ("NO REPLY IS EXPECTED.  MERRIDEW", Some("MERRIDEW")),
            ("End comment. LA LIME", Some("LA LIME")),
            ("END QUOTE.   VANCE-LIKE", Some("VANCE-LIKE")),
            ("He met the U.S. AMBASSADOR", None),
            ("a plain sentence.", None),
            ("1. (U) FISH.", None),
            ("¶1. FISH.", None),
            ("They will be covered by Article 5. MERRIDEW", Some("MERRIDEW")),
            ("Fish from the GOX. MERRIDEW", Some("MERRIDEW")),
            ("¶12. (S//NF) FISH", None),
            ("in Washington D.C.", None),
            ("End of Part One LA LIME", Some("LA LIME")),
            ("It is late. Visit Oslo's Website: http://oslo.example/a b MERRIDEW", Some("MERRIDEW")),
        ];
        for (line, expected) in cases {
            assert_eq!(glued(line).and_then(|(_, i)| line.get(i..)), expected, "{line}");
        }
    }
}
