//! The words of a text: which halves at a line's end are one word.

use std::collections::HashSet;

use crate::lines::trim_start;
use crate::sentence::half_word;

/// The words of a text, asked whether one that a line's end parts is written with its hyphen.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    text: &'a str,
    /// Gathered when the first one is asked for.
    known: Option<HashSet<&'a str>>,
}

impl<'a> Words<'a> {
    pub(crate) const fn of(text: &'a str) -> Self {
        Self { text, known: None }
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
}
