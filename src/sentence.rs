//! Where sentences end, and what may go on with one: how the halves of a text that was cut are judged.

use crate::grammar::MONTHS;
use crate::lines::{trim, trim_start};

/// Whether a line ends a sentence or a phrase that nothing need follow; a redaction may have taken the end of one.
pub(crate) fn ends_sentence(line: &str) -> bool {
    // Lines come without spaces at their ends.
    let line = if line.ends_with(|c: char| c > ' ' && c.is_ascii()) { line } else { line.trim_end() };
    match line.as_bytes().last() {
        // `"RED," "BLUE,"` / `"pale green"`
        Some(b'"') if line.ends_with(",\"") => false,
        Some(b'.' | b'!' | b'?' | b':' | b';' | b'"' | b'\'' | b')' | b']' | b'-' | b'=' | b'*') => true,
        Some(b'X') => line.ends_with("XXXX"),
        _ => line.ends_with(['”', '’']),
    }
}

/// Whether a line surely ends a sentence: with a full stop, perhaps in brackets or quotation marks. A colon, a semicolon,
/// dashes or a bracket alone end none.
pub(crate) fn is_complete(line: &str) -> bool {
    let line = line.trim_end();
    let inner = line.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    inner.ends_with(['.', '!', '?'])
        || line.ends_with(['"', '”']) && !inner.ends_with(',')
        || line.ends_with("XXXX")
        || line.ends_with("xxxx")
        || closes_passage(line)
}

/// Whether a line ends in the full stop of a sentence: not of `U.S.`, an initial or a row of dots.
pub(crate) fn ends_in_stop(line: &str) -> bool {
    let line = trim(line).trim_end_matches(['"', '”', ')']);
    let word = line.strip_suffix('.').and_then(|line| line.rsplit([' ', '.']).next());
    word.is_some_and(|word| word.chars().count() > 1)
}

/// Whether a sentence ends before a number in the same line: with a full stop that belongs to no abbreviation, as in
/// `No. 3.` and `Jan. 12.`, or with another sign.
pub(crate) fn ends_before_number(before: &str) -> bool {
    const SHORT: [&str; 24] = [
        "NO", "NOS", "ART", "ARTS", "PARA", "PARAS", "SEC", "CH", "VOL", "FIG", "APPROX", "JAN", "FEB", "MAR", "APR",
        "JUN", "JUL", "AUG", "SEP", "SEPT", "OCT", "NOV", "DEC", "PP",
    ];
    let before = before.trim_end();
    let inner = before.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    if let Some(sentence) = inner.strip_suffix('.') {
        let word = sentence.rsplit([' ', '.', '(']).next().unwrap_or_default();
        let figure = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        return (figure || word.chars().count() > 1) && !SHORT.iter().any(|short| short.eq_ignore_ascii_case(word));
    }
    inner.ends_with(['!', '?'])
        || before.ends_with(['"', '”', ')'])
        || before.ends_with("XXXX")
        || closes_passage(before)
}

/// Whether a line ends with words that close a passage: `END SUMMARY`, `End note.`, `END OF TEXT`, `End of part one`.
///
/// ```text
/// closing = "END" *( SP ( "OF" / "AND" / "PART" / "ACTION" / passage ) ) *( "." / ")" )
/// ```
pub(crate) fn closes_passage(line: &str) -> bool {
    const WORDS: [&str; 28] = [
        "SUMMARY",
        "COMMENT",
        "COMMENTS",
        "NOTE",
        "NOTES",
        "TEXT",
        "QUOTE",
        "BIO",
        "MESSAGE",
        "CABLE",
        "TRANSLATION",
        "EXCERPT",
        "EXCERPTS",
        "STATEMENT",
        "POINTS",
        "REQUEST",
        "UNQUOTE",
        "PART",
        "ONE",
        "TWO",
        "THREE",
        "PARAPHRASE",
        "OF",
        "AND",
        "ACTION",
        "BACKGROUND",
        "INTRODUCTION",
        "AGREEMENT",
    ];
    const MOST: usize = 6;
    let line = trim(line).trim_end_matches(['.', ')', ']', ' ', '"', '”']);
    let words = line.rsplit([' ', '(', '[', '.', '/']).filter(|word| !word.is_empty()).take(MOST);
    for (count, word) in words.enumerate() {
        if word.eq_ignore_ascii_case("END") {
            return count > 0;
        }
        if !WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return false;
        }
    }
    false
}

/// Whether a line ends in the name of a month, so that a day follows: `the week of April`.
pub(crate) fn ends_in_month(line: &str) -> bool {
    let word = line.trim_end().rsplit(' ').next().unwrap_or_default();
    word.starts_with(char::is_uppercase) && MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

/// Whether a last line breaks off: it ends in dots that a publisher put there, or in a small word that no sentence ends
/// with.
pub(crate) fn breaks_off(line: &str) -> bool {
    const OPEN: [&str; 16] =
        ["the", "a", "an", "of", "to", "and", "in", "for", "with", "by", "on", "at", "be", "that", "will", "from"];
    let last = line.rsplit(' ').next().unwrap_or_default();
    line.ends_with("...") || line.ends_with(['…', ',']) || OPEN.iter().any(|w| w.eq_ignore_ascii_case(last))
}

/// Whether a line could be a title: it begins as one, and is no sentence.
pub(crate) fn is_title(line: &str) -> bool {
    let line = line.trim_start_matches(['"', '“', '\'', '‘', '(', '/', '.', '…', '¶']);
    line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with([',', ';'])
        && !ends_in_stop(line)
        && !closes_passage(line)
}

/// Whether a line is written as titles are: in capitals, or with each word but the small ones begun with one. A sentence with
/// a name in it is not, nor a list of figures: where a verb stands in small letters, more words must have capitals.
pub(crate) fn is_title_case(line: &str) -> bool {
    const SMALL: [&str; 38] = [
        "a", "an", "the", "and", "or", "nor", "but", "of", "to", "in", "on", "for", "with", "by", "at", "as", "from",
        "over", "into", "not", "vs", "vs.", "via", "per", "its", "his", "her", "their", "de", "del", "la", "las", "el",
        "los", "da", "do", "dos", "y",
    ];
    const VERBS: [&str; 12] = ["is", "are", "was", "were", "be", "been", "has", "have", "had", "can", "may", "will"];
    const AFTER_VERB: usize = 3;
    let first = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    let words = || line.split_whitespace().filter(|word| first(word).is_some());
    let is_small = |word: &str| first(word).is_some_and(char::is_lowercase);
    let is_figure = |word: &&str| word.bytes().any(|b| b.is_ascii_digit());
    let figures = words().filter(is_figure).count();
    let capitals = words().filter(|word| first(word).is_some_and(char::is_uppercase) && !is_figure(word)).count();
    let mut verb = false;
    let titled = words().filter(|word| is_small(word)).all(|word| {
        verb |= VERBS.contains(&word);
        SMALL.contains(&word) || VERBS.contains(&word)
    });
    titled && capitals > figures && !words().next().is_some_and(is_small) && (!verb || capitals >= AFTER_VERB)
}

/// Whether text after page furniture begins a new thing: a bullet, a list's letter, a portion mark.
pub(crate) fn starts_afresh(text: &str) -> bool {
    let text = trim_start(text);
    let enumerated = || {
        let inner = text.strip_prefix('(').unwrap_or(text);
        let letters = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        (1..=3).contains(&letters)
            && inner.get(letters..).is_some_and(|rest| rest.starts_with(") ") || letters == 1 && rest.starts_with(". "))
    };
    text.starts_with(['-', '*', '•', '¶']) && !text.starts_with("--- ") || enumerated()
}

/// Whether a text ends with an item of a list that says that another follows, and a line is that one. Where the list has
/// blank lines between its items, there is nothing to join.
pub(crate) fn list_goes_on(before: &str, here: &str) -> bool {
    let bullet =
        |line: &str| line.trim_start().split_once(' ').is_some_and(|(mark, _)| matches!(mark, "-" | "--" | "*"));
    let last = last_line(before);
    let above = before.strip_suffix(last).unwrap_or_default();
    let ends = ["\r\r\n", "\r\n", "\n", "\r"];
    let above = ends.iter().find_map(|end| above.strip_suffix(end)).unwrap_or(above);
    let set_apart = above.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
    last.ends_with([';', ',']) && bullet(last) && bullet(here) && !set_apart
}

/// The first half of a word that a hyphen parts at a line's end: `in Baden-` gives `Baden`.
pub(crate) fn half_word(text: &str) -> Option<&str> {
    let whole = text.strip_suffix('-').filter(|word| word.ends_with(char::is_alphabetic))?;
    whole.rsplit(|c: char| !c.is_alphabetic()).next()
}

/// The last line of a text.
pub(crate) fn last_line(text: &str) -> &str {
    text.rsplit(['\n', '\r']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_sentences() {
        for (line, ends, complete) in [
            ("The fair opened.", true, true),
            ("The fair opened.\"", true, true),
            ("(The fair opened.)", true, true),
            ("The fair opened)", true, false),
            ("COD: 400 TONS;", true, false),
            ("HOWEVER--", true, false),
            ("AS FOLLOWS:", true, false),
            ("the \"RED,\"", true, false),
            ("the roof", false, false),
            ("he met XXXXXXXX", true, true),
        ] {
            let ends = ends && !line.ends_with(",\"");
            assert_eq!((ends_sentence(line), is_complete(line)), (ends, complete), "{line}");
        }
    }

    #[test]
    fn a_sentence_before_a_number() {
        for (before, want) in [
            ("a list will be kept nationwide. ", true),
            ("Is it late? ", true),
            ("(It is late.) ", true),
            ("END SUMMARY ", true),
            ("as in No. ", false),
            ("on Jan. ", false),
            ("in the U.S. ", false),
            ("it goes on ", false),
            ("in Art. ", false),
            ("on November 5. ", true),
        ] {
            assert_eq!(ends_before_number(before), want, "{before}");
        }
    }

    #[test]
    fn passages_are_closed() {
        for (line, want) in [
            ("END SUMMARY", true),
            ("It is late. End summary.", true),
            ("END NOTE.)", true),
            ("END OF TEXT", true),
            ("END SUMMARY AND COMMENT", true),
            ("End of Part One", true),
            ("(It is late. END COMMENT.)", true),
            ("THE END", false),
            ("THE TALKS", false),
            ("AN END TO THE TALKS", false),
            ("SUMMARY", false),
            ("NO COMMENT", false),
        ] {
            assert_eq!(closes_passage(line), want, "{line}");
        }
    }

    #[test]
    fn title_case() {
        for (line, want) in [
            ("The Price of the Herring", true),
            ("THE PRICE OF THE HERRING", true),
            ("Where the Nets of 2004 Went: A Long-Term View", true),
            ("But the Fair is Not Over and Done", true),
            ("He is in Oslo", false),
            ("The price of the herring", false),
            ("the Price", false),
            ("417 1,244", false),
            ("Q207 Q307 GDP 0.9 0.6", false),
            ("2003 BERGEN 531, 2005 BERGEN 589", false),
        ] {
            assert_eq!(is_title_case(line), want, "{line}");
        }
    }

    #[test]
    fn what_begins_afresh() {
        for (line, want) in [
            ("- cod", true),
            ("a) cod", true),
            ("(iv) cod", true),
            ("B. COD", true),
            ("¶B. COD", true),
            ("cod and herring", false),
            ("Oslo. Bergen", false),
            ("(which is late) ", false),
        ] {
            assert_eq!(starts_afresh(line), want, "{line}");
        }
    }
}
