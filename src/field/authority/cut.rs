//! Words that a copy has cut hard at a column: `Jane R. Q` and `uill`, `Deputy Coordi` and `nator`, `1.4 (b) and (` and
//! `d)`. Lines are joined by a space, and the halves with it.

use super::{is_dangling, is_word_reason, person};

/// A text whose cut words are whole.
#[derive(Debug)]
pub(super) struct Whole<'t> {
    pub(super) text: String,
    /// The halves of each word, as they stand in the text.
    pub(super) words: Vec<&'t str>,
}

/// Joins the halves of cut words, and what a bracket parts from its opening sign, in what stands after the first so many
/// bytes; nothing where all is whole.
pub(super) fn whole(text: &str, label: usize) -> Option<Whole<'_>> {
    let mut joints = joints(text).filter(|joint| joint.at >= label).peekable();
    joints.peek()?;
    let mut out = Whole { text: String::with_capacity(text.len()), words: Vec::new() };
    let mut at = 0;
    for joint in joints {
        out.text.push_str(text.get(at..joint.at).unwrap_or_default());
        at = joint.at + 1;
        out.words.extend(joint.halves);
    }
    out.text.push_str(text.get(at..).unwrap_or_default());
    Some(out)
}

/// A space that does not belong there.
struct Joint<'t> {
    at: usize,
    /// Both halves of the word; nothing at a bracket.
    halves: Option<&'t str>,
}

fn joints(text: &str) -> impl Iterator<Item = Joint<'_>> {
    let blanks = || text.match_indices(' ').map(|(at, _)| at);
    let ends = blanks().skip(1).map(Some).chain([None]);
    let mut start = 0;
    blanks().zip(ends).filter_map(move |(at, end)| {
        let first = text.get(start..at)?;
        let halves = text.get(start..end.unwrap_or(text.len()))?;
        start = at + 1;
        let second = text.get(start..)?;
        if first.ends_with(['(', '[']) {
            return Some(Joint { at, halves: None });
        }
        let mut words = second.split(' ');
        let (second, third) = (words.next()?, words.next().unwrap_or_default());
        is_one_word(first, second, third).then_some(Joint { at, halves: Some(halves) })
    })
}

/// Whether a word in small letters is the end of the one before it: no word itself, and that one a name or the beginning
/// of a title. What leads to the reason is left to its own reader.
fn is_one_word(first: &str, second: &str, third: &str) -> bool {
    let letters = second.trim_end_matches([',', ';', ':', '.']);
    let small = !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_lowercase());
    let begins = first.starts_with(|c: char| c.is_ascii_uppercase()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    if !small || !begins {
        return false;
    }
    // `Jane Roe fo Reasons`
    let stump = letters.len() <= 3 && (is_word_reason(third) || third.starts_with('1'));
    let leads = stump || is_dangling(&[letters]) || is_dangling(&[letters, third]) || is_dangling(&[first, letters]);
    !leads && person::goes_on(first, letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_words() {
        for (case, text, want) in [
            ("an initial", "Director Jane R. Q uill for reasons 1.4 (b)", "Director Jane R. Quill for reasons 1.4 (b)"),
            ("a surname", "DCM Jane Halv orsen, for reasons 1.4 (b)", "DCM Jane Halvorsen, for reasons 1.4 (b)"),
            ("a long half", "DCM Jane Ravens croft for reasons", "DCM Jane Ravenscroft for reasons"),
            ("a title", "Deputy Coordi nator Jane Roe", "Deputy Coordinator Jane Roe"),
            ("a bracket", "DCM Jane Roe, reasons 1.4 (b) and ( d)", "DCM Jane Roe, reasons 1.4 (b) and (d)"),
            ("two", "Ambas sador Jane R oe", "Ambassador Jane Roe"),
            ("a particle", "PAO Jane van der Roe", ""),
            ("the reason", "DCM Jane Roe under Se ction 1.5 b/d", ""),
            ("what leads to it", "DCM Jane Roe f or reasons 1.4 (b)", ""),
            ("a stump of for", "DCM Jane Roe fo Reasons: 1.4 (b)", ""),
            ("small letters", "dcm jane roe for reasons 1.4 (b)", ""),
            ("a title in small letters", "Jane Roe acting ambassador", ""),
            ("a title before a name in small letters", "DCM roe", ""),
            ("nothing", "", ""),
        ] {
            assert_eq!(whole(text, 0).map(|whole| whole.text).unwrap_or_default(), want, "{case}");
        }
        assert_eq!(whole("Ambas sador Jane R oe", 0).unwrap().words, ["Ambas sador", "R oe"]);
    }
}
