//! The words of a text: which halves at a line's end are one word.

use std::collections::{HashMap, HashSet};

use crate::lines::trim_start;
use crate::sentence::half_word;

/// The words of a text, asked whether one that a line's end parts is written with its hyphen.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    text: &'a str,
    /// Gathered when the first one is asked for.
    known: Option<HashSet<&'a str>>,
    /// How often each word stands in it, gathered in the same way.
    counts: Option<HashMap<&'a str, usize>>,
}

impl<'a> Words<'a> {
    pub(crate) const fn of(text: &'a str) -> Self {
        Self { text, known: None, counts: None }
    }

    /// Whether the hyphen at the end of a text parts a word that the cable has in one piece elsewhere, and nowhere with a
    /// hyphen: `DECI-` / `SION`.
    pub(crate) fn has_whole(&mut self, before: &str, here: &str) -> bool {
        let Some(head) = half_word(before).filter(|head| head.len() > 1) else { return false };
        let here = trim_start(here);
        let tail = here.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        // A compound of three parts is one.
        let compound = here.get(tail.len()..).is_some_and(|rest| rest.starts_with('-'));
        if tail.len() < 2 || compound {
            return false;
        }
        let known = self.known.get_or_insert_with(|| words(self.text));
        let has = |word: &str| known.contains(word) || known.contains(word.to_lowercase().as_str());
        has(&format!("{head}{tail}")) && !has(&format!("{head}-{tail}"))
    }

    /// Whether a line of capitals ends in the first part of a word whose last letters stand alone on the next line, where the
    /// machine had no room for them: `ANNOUNC` / `ED`. Both parts together are a word of the text more often than one of them
    /// is, or neither is a word and the letters are an ending.
    pub(crate) fn is_broken(&mut self, before: &str, here: &str) -> bool {
        const ENDINGS: [&str; 34] = [
            "S", "D", "N", "T", "Y", "R", "L", "E", "ED", "ER", "LY", "NG", "ES", "RS", "TS", "NS", "ND", "NT", "CE",
            "GE", "LE", "RY", "TY", "TH", "ST", "ING", "ION", "ENT", "TED", "ERS", "NCE", "NTS", "TAL", "IVE",
        ];
        let tail = here.trim();
        let head = before.rsplit(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
        if !is_rest_of_word(tail) || head.is_empty() {
            return false;
        }
        let counts = self.counts.get_or_insert_with(|| counts(self.text));
        let count = |word: &str| counts.get(word).copied().unwrap_or_default();
        let parts = count(head).min(count(tail));
        count(&format!("{head}{tail}")) >= parts.max(1)
            || count(head) <= 1 && count(tail) <= 1 && ENDINGS.contains(&tail)
    }
}

/// Whether a line has no more than the last letters of a word.
pub(crate) fn is_rest_of_word(line: &str) -> bool {
    (1..=3).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_uppercase())
}

/// How often each word of capitals stands in a text.
fn counts(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_ascii_uppercase()).filter(|word| !word.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// The words of a text, with the hyphens in them.
fn words(text: &str) -> HashSet<&str> {
    text.split(|c: char| !c.is_alphabetic() && c != '-').filter(|word| !word.ends_with('-') && word.len() > 3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_parted_at_line_ends() {
        let text = "A DECI-\nSION, A DECISION. AN AIR-\nGRAM, AN AIR-GRAM, AN AIRGRAM. A BLUE-\nEYED COD. The posi-\ntion: Position, position.";
        for (before, here, want) in [
            ("A DECI-", "SION, A", true),
            ("AN AIR-", "GRAM, AN", false),
            ("A BLUE-", "EYED COD", false),
            ("The posi-", "tion: ", true),
            ("no half", "word", false),
            ("DECI-", "", false),
        ] {
            assert_eq!(Words::of(text).has_whole(before, here), want, "{before} {here}");
        }
    }

    #[test]
    fn words_broken_at_full_lines() {
        let text = "THEY WERE ANNOUNC\nED BUT NOT THE BOAT\nS OF BERGEN. BU\nT T\nHE BOATS, BUT THE BOATS IN THE HARBOR WENT IN\nTO \
                    BERGEN. IT WENT INTO THE HARBOR TO SEE IN TO IT. ROBERTO\nPAZ";
        for (before, here, want) in [
            ("THEY WERE ANNOUNC", "ED", true),
            ("BUT NOT THE BOAT", "S", true),
            ("OF BERGEN. BU", "T", true),
            ("BUT T", "HE", true),
            ("THE HARBOR WENT IN", "TO", false),
            ("TO IT. ROBERTO", "PAZ", false),
            ("THEY WERE ANNOUNC", "ED BUT", false),
            ("IN JULY 3", "ED", false),
        ] {
            assert_eq!(Words::of(text).is_broken(before, here), want, "{before} {here}");
        }
    }
}
