//! The signature: the last line, the surname of the officer in charge.

use crate::field::addition::{closes_message, page_notice_at_end};
use crate::grammar::strip_prefix_ignoring_case;
use crate::knowledge;
use crate::lines::trim;
use crate::sentence::closes_passage;

/// Whether a line is a signature: one to three words of capitals or with capital first letters, nothing else.
///
/// ```text
/// signature = name *2( SP name ) [ "." ]
/// ```
pub(crate) fn is_signature(line: &str) -> bool {
    let line = trim(line).trim_end_matches(['.', ',', '#', '"']).trim_start_matches('#').trim_end();
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
        // A name that was taken out.
        && !(word.len() > 3 && word.bytes().all(|b| matches!(b, b'X' | b'x')))
}

/// Words that end a text and are nobody's name.
fn is_closing_word(line: &str) -> bool {
    const WORDS: [&str; 10] =
        ["END", "SIPDIS", "NOTE", "COMMENT", "SUMMARY", "UNQUOTE", "SEPTEL", "THANKS", "REGARDS", "NONE"];
    closes_message(line)
        || WORDS.iter().any(|w| w.eq_ignore_ascii_case(line))
        || strip_prefix_ignoring_case(line, "END ").is_some()
}

/// The name as it is given: full stop gone, and once where it was written twice (`SMITH Smith`).
pub(crate) fn name(line: &str) -> &str {
    let line = trim(line).trim_end_matches(['.', ',', '#', '"']).trim_start_matches('#').trim_end();
    match line.split_once(' ') {
        Some((first, second)) if first.eq_ignore_ascii_case(second.trim()) => first,
        _ => line,
    }
}

/// A signature after the last sentence of a line: `... EXPECTED.  MCHENRY`, `... End comment. SMITH`, `End of part one
/// SMITH`, or after a web link after it.
///
/// ```text
/// glued     = sentence 1*SP [ page-notice 1*SP ] name
/// name      = capitals [ SP capitals ] / Capitalised [ SP Capitalised ]
/// ```
///
/// `last` tells that nothing of the text follows: only there a name in small letters is one. Gives the offsets at which
/// the sentence ends and the name starts.
pub(crate) fn glued(line: &str, last: bool) -> Option<(usize, usize)> {
    let line = line.trim_end();
    trailing_names(line).find_map(|name_at| glued_at(line, name_at, last))
}

/// The same, for a name that starts here.
fn glued_at(line: &str, name_at: usize, last: bool) -> Option<(usize, usize)> {
    let (whole, name) = line.split_at_checked(name_at)?;
    let before = whole.trim_end_matches([' ', '#']);
    let capitals = !name.chars().any(char::is_lowercase);
    if !capitals && !last {
        return None;
    }
    if let Some(notice) = page_notice_at_end(before) {
        return Some((notice, name_at));
    }
    // After a number and its portion mark stands the paragraph itself: `1. (U) FISH.`
    let is_number = || before.trim_start().trim_start_matches('¶').bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if before.ends_with(')') && before.split_whitespace().count() <= 2 || is_number() {
        return None;
    }
    // Two spaces and more are what is left of a line's end.
    let parted = || capitals && last && whole.len() >= before.len() + 2 && !before.ends_with([',', '-', '/']);
    // A sign that a program put before it.
    let signed = whole.ends_with('#') || name.starts_with('#');
    (signed || closes_passage(before) || ends_in_full(before) || parted() || before.ends_with("MINIMIZE CONSIDERED"))
        .then_some((name_at, name_at))
}

/// Whether nothing but the signature can stand after a text of small letters: one word in capitals, or a name twice, after
/// the end of a sentence. It must be no abbreviation that a sentence of its own might be.
pub(crate) fn is_sure_after(before: &str, written: &str) -> bool {
    const SHORTEST: usize = 3;
    let name = name(written);
    let before = before.trim_end();
    name.len() >= SHORTEST
        && name.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'\'' | b'-'))
        && (ends_in_full(before) || closes_passage(before) || page_notice_at_end(before).is_some())
        && knowledge::abbreviation(name).is_none()
}

/// Where the last two words and the last one begin, if they could be a name.
fn trailing_names(line: &str) -> impl Iterator<Item = usize> {
    let is_name = |text: &str| {
        let text = text.trim_start_matches('#');
        text.len() >= 3 && is_signature(text)
    };
    let starts = line.rmatch_indices(' ').map(|(i, _)| i + 1).take(3);
    let mut names = starts.filter(move |at| line.get(*at..).is_some_and(|t| !t.starts_with(' ') && is_name(t)));
    let (one, two) = (names.next(), names.next());
    two.into_iter().chain(one)
}

/// A word in capitals that ends a text of small letters without a full stop, and stands nowhere else in it: no
/// abbreviation is so long.
pub(crate) fn lone_capitals(line: &str) -> Option<usize> {
    const SHORTEST: usize = 5;
    let (before, name) = line.rsplit_once(' ')?;
    let capitals = name.len() >= SHORTEST && name.bytes().all(|b| b.is_ascii_uppercase());
    let prose = before.bytes().filter(u8::is_ascii_lowercase).count() > before.len() / 2;
    (capitals && prose && is_signature(name) && knowledge::abbreviation(name).is_none()).then_some(before.len() + 1)
}

/// Whether a text ends a sentence, and not with the full stop of `U.S.` or of an initial.
fn ends_in_full(text: &str) -> bool {
    let word = text.trim_end_matches('.').rsplit([' ', '.']).next().unwrap_or_default();
    let is_word = word.chars().count() > 1 || word.bytes().all(|b| b.is_ascii_digit());
    text.ends_with(['!', '?', '"', '”', ')', ']'])
        || text.ends_with('.') && is_word && !word.is_empty()
        || text.ends_with("..") && !word.is_empty()
        || text.ends_with(" .")
        || text.ends_with("XXXX")
        || text.ends_with("xxxx")
        || is_link(text.rsplit(' ').next().unwrap_or_default())
}

/// Whether a word is a link or an address: `www.example/english/page.asp?ID=258`.
fn is_link(word: &str) -> bool {
    word.contains('.') && (word.contains('/') || word.contains('@')) && word.len() > 8 && !word.contains('(')
}

/// Whether a line is a closing phrase: `END COMMENT`, `End of text`.
pub(crate) fn closes_text(line: &str) -> bool {
    let line = trim(line).trim_end_matches(['.', ')']);
    strip_prefix_ignoring_case(line, "END ").is_some() && line.len() < 40
}

/// Whether a name in capitals stands below a line that would have had room for it, as wide as the lines of the text are:
/// then no wrapped sentence ends in it, but a list, a table or an address stands above.
pub(crate) fn had_room(above: &str, name: &str, width: usize) -> bool {
    const ROOM: usize = 40;
    let name = name.trim();
    let capitals = name.len() >= 3 && name.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'\'' | b'-'));
    capitals && above.trim_end().len() + 1 + name.len() <= width.max(ROOM)
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
    fn room_for_a_name() {
        for (above, name, width, want) in [
            ("OSLO, NORWAY", "MERRIDEW", 40, true),
            ("THE MINISTER WILL COME TO THE FAIR AND OPEN THE", "EXHIBITION", 50, false),
            ("MINISTER OF HARBOURS, FERRIES AND FISHERIES", "ROE", 57, true),
            ("OSLO, NORWAY", "Merridew", 40, false),
            ("OSLO, NORWAY", "NEW YORK", 40, false),
        ] {
            assert_eq!(had_room(above, name, width), want, "{above} / {name}");
        }
    }

    #[test]
    fn capitals_at_the_end_of_small_letters() {
        for (line, want) in [
            ("the date: February 14, 2010 MERRIDEW", Some("MERRIDEW")),
            ("cleared by the office of NEA", None),
            ("THE FAIR IS OPEN MERRIDEW", None),
            ("MERRIDEW", None),
        ] {
            assert_eq!(lone_capitals(line).and_then(|at| line.get(at..)), want, "{line}");
        }
    }

    #[test]
    fn sure_behind_a_sentence() {
        for (before, name, want) in [
            ("The fish went home. ", "MERRIDEW", true),
            ("The fish went home.  End comment. ", "MERRIDEW", true),
            ("(Oslo Post, 7/30/2009) ", "O'NEILL", true),
            ("The fish went home. ", "MERRIDEW MERRIDEW", true),
            ("The fish went home. ", "Merridew", false),
            ("The fish went home. ", "ROE MERRIDEW", false),
            ("The fish went home with ", "MERRIDEW", false),
            ("The fish went to the U.S. ", "MERRIDEW", false),
            ("It was sent to ISN. ", "USNATO", false),
        ] {
            assert_eq!(is_sure_after(before, name), want, "{before}{name}");
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
            ("Septel will address the boats. END COMMENT MERRIDEW", Some("MERRIDEW")),
            ("More of it. Smith", Some("Smith")),
            ("(Oslo Post, 7/30/2009) Van Dyke", Some("Van Dyke")),
            ("Post will report septel. Merridew.", Some("Merridew.")),
            ("It is at www.oslo.example/english/page.asp?ID=258 MERRIDEW", Some("MERRIDEW")),
            ("see Oslo 461. Septel", None),
            ("call Post 1 (24 hrs) 5777-4873  MERRIDEW", Some("MERRIDEW")),
            ("assistance. MINIMIZE CONSIDERED MERRIDEW", Some("MERRIDEW")),
            ("before a visit to the U.S. #MERRIDEW", Some("#MERRIDEW")),
            ("Visit Oslo's Classified Website: XXXXXXXXXXXX Merridew", Some("Merridew")),
            ("It is late. Visit Oslo's Website: http://oslo.example/a b MERRIDEW", Some("MERRIDEW")),
        ];
        for (line, expected) in cases {
            assert_eq!(glued(line, true).and_then(|(_, i)| line.get(i..)), expected, "{line}");
        }
    }
}
