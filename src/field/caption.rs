//! Caption lines: who may see the cable, and by which channel it goes (5 FAH-2 H-440).

use std::borrow::Cow;

use crate::grammar::first_ends;
use crate::knowledge::begins_caption;

/// The captions that a line consists of, or `None` when it holds anything else.
///
/// ```text
/// caption-line = caption *( ( SP / "," / ";" / "/" ) caption )
/// ```
pub(crate) fn captions(line: &str) -> Option<Vec<Cow<'_, str>>> {
    let line = line.trim().trim_end_matches(['/', ',', ';', ':', '-', ' ']).trim_start_matches(['-', '/', ' ']);
    if line.is_empty() || line.len() > 80 {
        return None;
    }
    let mut found = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (caption, tail) = leading(rest)?;
        found.push(caption);
        rest = tail.trim_start_matches([' ', ',', ';', '/', '\t']);
    }
    Some(found)
}

/// The caption at the start of a text, and what follows it.
fn leading(text: &str) -> Option<(Cow<'_, str>, &str)> {
    if !begins_caption(text) {
        return None;
    }
    // The longest run of words that the table knows: three words at the most.
    first_ends(text, b" ,;/\t").rev().find_map(|end| {
        let (head, rest) = text.split_at_checked(end)?;
        known(head.trim_end_matches(':')).map(|caption| (caption, rest))
    })
}

/// Captions that the table has, in upper case; a value behind it (`TOSEC 110023`, `REL TO USA`) is taken with it.
fn known(words: &str) -> Option<Cow<'_, str>> {
    // A full stop makes it a sentence: "SENSITIVE BUT UNCLASSIFIED."
    if words.ends_with('.') || !is_caption(words) {
        return None;
    }
    let upper = !words.bytes().any(|b| b.is_ascii_lowercase());
    Some(if upper { Cow::Borrowed(words) } else { Cow::Owned(words.to_ascii_uppercase()) })
}

/// Whether these words are a caption.
pub(crate) fn is_caption(words: &str) -> bool {
    crate::knowledge::caption(words).is_some()
}

/// Whether a caption marks the cable as sensitive but unclassified.
pub(crate) fn is_sensitive(caption: &str) -> bool {
    ["SENSITIVE", "SENSITIVE BUT UNCLASSIFIED", "SBU", "FOUO", "EFTO", "E F T O", "FOR OFFICIAL USE ONLY"]
        .iter()
        .any(|c| c.eq_ignore_ascii_case(caption))
}
