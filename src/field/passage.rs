//! Summary and comment: passages of the body between the words that open and close them.

use crate::cable::Block;
use crate::field::portion_mark;
use crate::grammar::strip_prefix_ignoring_case;
use crate::text::{BodyText, Joint};

/// Which passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Summary,
    Comment,
}

impl Name {
    const fn word(self) -> &'static str {
        match self {
            Self::Summary => "SUMMARY",
            Self::Comment => "COMMENT",
        }
    }
}

/// A block with its place in the body.
type Placed<'b, 'a> = (usize, &'b Block<'a>);

/// The passage of this name.
pub(crate) fn find(body: &[Block<'_>], name: Name) -> Option<String> {
    let [of_summary, of_comment] = named(body);
    let named = if name == Name::Summary { of_summary } else { of_comment };
    passage(body, &named, name)
}

/// Summary and comment.
pub(crate) fn both(body: &[Block<'_>]) -> [Option<String>; 2] {
    let [of_summary, of_comment] = named(body);
    [passage(body, &of_summary, Name::Summary), passage(body, &of_comment, Name::Comment)]
}

/// The blocks with the word `summary`, and those with `comment`. Others neither open nor close such a passage; each block
/// is searched once.
fn named<'b, 'a>(body: &'b [Block<'a>]) -> [Vec<Placed<'b, 'a>>; 2] {
    let mut named = [Vec::new(), Vec::new()];
    for (i, block) in body.iter().enumerate() {
        let words = names(block.text());
        named.iter_mut().zip(words).filter(|(_, named)| *named).for_each(|(list, _)| list.push((i, block)));
    }
    named
}

/// The passage: from the paragraph that it opens, or the heading that names it, to its closing words; without them, to
/// the end of that paragraph, or of those under the heading.
fn passage(body: &[Block<'_>], named: &[Placed<'_, '_>], name: Name) -> Option<String> {
    let whole = opening(named, name);
    let (at, first) = whole.or_else(|| Some((only_closed(body, named).filter(|_| name == Name::Summary)?, 0)))?;
    let closed = |text: &str| closing(text, name);
    let has_end = named.iter().any(|(i, block)| *i >= at && closed(&block.text().to_cow()).is_some());
    let under_heading = matches!(body.get(at), Some(Block::Heading { .. }));
    let mut out = String::new();
    let mut last = 0;
    for (i, block) in body.iter().enumerate().skip(at) {
        let is_named = named.binary_search_by_key(&i, |(named, _)| *named).is_ok();
        let heading = matches!(block, Block::Heading { .. });
        if i > at && heading && !has_end || i > at + usize::from(under_heading) && !has_end && !under_heading {
            break;
        }
        if heading {
            if is_named && closed(&block.text().to_cow()).is_some() {
                break;
            }
            continue;
        }
        // Another section, printed once more, is not of the passage.
        if let Block::Paragraph { number: Some(number), .. } = block {
            if *number <= last {
                break;
            }
            last = *number;
        }
        let text = block.text().unwrapped();
        let again = || if is_named { opened(&text, name) } else { None };
        let from = if i == at { first } else { again().unwrap_or(0) };
        let part = text.get(from..).unwrap_or_default();
        let end = if is_named { closed(part) } else { None };
        let part = part.get(..end.unwrap_or(part.len())).unwrap_or_default().trim();
        if !part.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(part);
        }
        if end.is_some() {
            break;
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Which of the blocks with the word opens the passage, and behind which byte of its unwrapped text.
fn opening(named: &[Placed<'_, '_>], name: Name) -> Option<(usize, usize)> {
    let opens = |block: &Block<'_>| {
        if let Block::Heading { text } = block {
            return is_heading(&text.to_cow(), name).then_some(0);
        }
        let text = block.text().unwrapped();
        opened(&text, name).or_else(|| opened_within(&text, name))
    };
    // The last comment is the post's own; the first summary is the cable's.
    match name {
        Name::Summary => named.iter().find_map(|(i, block)| Some((*i, opens(block)?))),
        Name::Comment => {
            let mut found = named.iter().rev().filter_map(|(i, block)| Some((*i, opens(block)?, block)));
            let last = found.next()?;
            let is_whole = |(.., block): &(_, _, &&Block<'_>)| !is_continued(&block.text().unwrapped());
            let (i, at, _) = std::iter::once(last).chain(found).find(is_whole).unwrap_or(last);
            Some((i, at))
        }
    }
}

/// Where a summary begins that is closed and that no word opens: with the first paragraph, where it ends near that.
fn only_closed(body: &[Block<'_>], named: &[Placed<'_, '_>]) -> Option<usize> {
    const NEAR: usize = 4;
    let first = body.iter().position(|block| matches!(block, Block::Paragraph { number: Some(1), .. }))?;
    let mut near = named.iter().filter(|(i, _)| (first..first + NEAR).contains(i));
    near.any(|(_, block)| closing(&block.text().to_cow(), Name::Summary).is_some()).then_some(first)
}

/// Whether `summary` and `comment` stand in a text at all. Most paragraphs so need not be put together to be searched; where
/// one word was cut in two, there is no telling.
fn names(text: &BodyText<'_>) -> [bool; 2] {
    text.pieces().fold([false; 2], |[summary, comment], (joint, piece)| {
        let cut = joint == Joint::Word;
        let [holds_summary, holds_comment] = holds(piece);
        [summary || cut || holds_summary, comment || cut || holds_comment]
    })
}

/// Whether the two words stand in a text, upper and lower case alike; found by the two letters in their middle.
fn holds(text: &str) -> [bool; 2] {
    let bytes = text.as_bytes();
    let double = memchr::memchr2_iter(b'M', b'm', bytes).filter(|at| matches!(bytes.get(at + 1), Some(b'M' | b'm')));
    let words = double.filter_map(|at| bytes.get(at.checked_sub(2)?..at + 5));
    words.fold([false; 2], |[summary, comment], word| {
        [summary || word.eq_ignore_ascii_case(b"SUMMARY"), comment || word.eq_ignore_ascii_case(b"COMMENT")]
    })
}

fn is_continued(text: &str) -> bool {
    strip_prefix_ignoring_case(text, "COMMENT CONTINUED").is_some()
}

/// ```text
/// heading = *sign [ mark ] [ "BEGIN" SP ] [ qualifier SP ] word [ "S" ] [ ( ":" / "-" / "/" ) title / SP words ] *sign
/// ```
///
/// `SUMMARY`, `Summary and Comment`, `//COMMENT//`, `EMBASSY COMMENT`, `COMMENT: A HARD ROAD`.
fn is_heading(text: &str, name: Name) -> bool {
    let signs = ['/', '*', '"', '-', '=', ':', '.', ' '];
    let text = portion_mark::leading(text).map_or(text, |(_, rest)| rest).trim_matches(signs);
    let text = strip_prefix_ignoring_case(text, "BEGIN ").unwrap_or(text);
    let Some(rest) = strip_prefix_ignoring_case(without_qualifier(text), name.word()) else { return false };
    let rest = strip_prefix_ignoring_case(rest, "S").unwrap_or(rest);
    rest.is_empty() || rest.trim_start().starts_with([':', '-', '–']) || rest.len() < 24 && rest.starts_with([' ', '/'])
}

/// Without the words that say whose comment it is: `EMBASSY COMMENT`, `Conclusion and Comment`.
fn without_qualifier(text: &str) -> &str {
    const WORDS: [&str; 13] = [
        "POST",
        "EMBASSY",
        "MISSION",
        "CONSULATE",
        "CONGEN",
        "AMBASSADOR'S",
        "AMBASSADOR",
        "CONCLUSION",
        "ANALYSIS",
        "SUMMARY",
        "FINAL",
        "AND",
        "&",
    ];
    let mut rest = text;
    while let Some((_, after)) =
        rest.split_once(' ').filter(|(word, _)| WORDS.iter().any(|w| w.eq_ignore_ascii_case(word)))
    {
        rest = after;
    }
    rest
}

/// What may stand between the word and the sign behind it.
const BETWEEN: [&str; 13] = [
    "CONTINUED",
    "AND",
    "COMMENT",
    "SUMMARY",
    "ACTION",
    "REQUEST",
    "INTRODUCTION",
    "RECOMMENDATION",
    "BACKGROUND",
    "CONCLUSION",
    "OVERVIEW",
    "CONT'D",
    "/",
];

/// ```text
/// opening = [ "BEGIN" SP ] [ qualifier SP ] word [ SP "CONTINUED" / "AND" SP words / "/" words ] ( "." / ":" / "-" / LF )
/// ```
///
/// Where the text behind it begins.
fn opened(text: &str, name: Name) -> Option<usize> {
    let inner = text.trim_start_matches(['(', ' ', '-', '"']);
    let inner = strip_prefix_ignoring_case(inner, "BEGIN ").unwrap_or(inner);
    let inner = if name == Name::Comment { without_qualifier(inner) } else { inner };
    let rest = strip_prefix_ignoring_case(inner, name.word())?;
    // No further than the words that may stand between.
    let sign = rest.char_indices().take(48).find(|(_, c)| matches!(c, ':' | '.' | '-' | '\n' | '–')).map(|(i, _)| i)?;
    let (between, after) = rest.split_at_checked(sign)?;
    let named = between
        .split_whitespace()
        .all(|w| BETWEEN.iter().any(|k| k.eq_ignore_ascii_case(w.trim_matches(['(', ')', '/', '&']))));
    let after = after.trim_start_matches([':', '.', '-', ' ', '\n', '–']);
    (named && between.len() < 40).then(|| text.len() - after.len())
}

/// The opening word in the middle of a paragraph: in capitals, behind a sentence, and closed later on. Older cables
/// have it behind the authority.
fn opened_within(text: &str, name: Name) -> Option<usize> {
    closing(text, name)?;
    memchr::memmem::find_iter(text.as_bytes(), name.word()).find_map(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        let after = opened(rest, name)?;
        before.trim_end().ends_with(['.', ')']).then_some(at + after)
    })
}

/// Where the closing words begin: `END SUMMARY`, `End of comment`, `END SUMMARY AND COMMENT`.
fn closing(text: &str, name: Name) -> Option<usize> {
    let bytes = text.as_bytes();
    // By the last letter of END, the rarest of the three.
    memchr::memchr2_iter(b'D', b'd', bytes)
        .filter_map(|last| last.checked_sub(2))
        .find(|&at| {
            let bounded = at.checked_sub(1).and_then(|i| bytes.get(i)).is_none_or(|b| !b.is_ascii_alphanumeric());
            bounded && text.get(at..).is_some_and(|t| is_closing(t, name))
        })
        .map(|at| text.get(..at).unwrap_or_default().trim_end_matches([' ', '(', '\n']).len())
}

fn is_closing(text: &str, name: Name) -> bool {
    let Some(rest) = strip_prefix_ignoring_case(text, "END") else { return false };
    let rest = rest.trim_start();
    let rest = strip_prefix_ignoring_case(rest, "OF ").unwrap_or(rest).trim_start();
    let rest = strip_prefix_ignoring_case(rest, "SUMMARY AND ").filter(|_| name == Name::Comment).unwrap_or(rest);
    strip_prefix_ignoring_case(rest, name.word()).is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block<'_> {
        Block::Paragraph { number: None, portion_mark: None, text: BodyText::from(text) }
    }

    #[test]
    fn the_word_is_found_wherever_it_stands() {
        for before in 0..140 {
            let text = format!("{}sUmMary{}", "m-".repeat(before), " M".repeat(before % 7));
            assert_eq!(holds(&text), [true, false], "{before}");
        }
        assert_eq!(holds("Summary and comMENT"), [true, true]);
        for none in ["", "m", "mm", "summar", "ummary", "SUM MARY", "éMM"] {
            assert_eq!(holds(none), [false, false], "{none}");
        }
    }

    #[test]
    fn passages() {
        let heading = |t| Block::Heading { text: BodyText::from(t) };
        let cases = [
            (
                "in one paragraph",
                vec![paragraph("Summary. Fish is\ncheap. End Summary.")],
                Name::Summary,
                Some("Fish is cheap."),
            ),
            ("no end", vec![paragraph("SUMMARY: Fish."), paragraph("More.")], Name::Summary, Some("Fish.")),
            (
                "over two paragraphs",
                vec![paragraph("Comment: One."), paragraph("Comment Continued: Two. End Comment.")],
                Name::Comment,
                Some("One.\nTwo."),
            ),
            (
                "under a heading",
                vec![heading("SUMMARY"), paragraph("Fish."), heading("MORE"), paragraph("No.")],
                Name::Summary,
                Some("Fish."),
            ),
            ("prose", vec![paragraph("Summary executions were denied.")], Name::Summary, None),
            ("decorated", vec![heading("//COMMENT//"), paragraph("Fish.")], Name::Comment, Some("Fish.")),
            ("with a title", vec![heading("COMMENT: A HARD ROAD"), paragraph("Fish.")], Name::Comment, Some("Fish.")),
            ("whose", vec![heading("(C) Embassy Comment"), paragraph("Fish.")], Name::Comment, Some("Fish.")),
            ("whose in a line", vec![paragraph("Post Comment: Fish.")], Name::Comment, Some("Fish.")),
            ("prose of a post", vec![paragraph("Post comments were made.")], Name::Comment, None),
            (
                "the end is a heading",
                vec![paragraph("SUMMARY: Fish."), heading("END SUMMARY."), heading("MORE"), paragraph("No.")],
                Name::Summary,
                Some("Fish."),
            ),
            ("with more", vec![paragraph("Summary and Background: Fish. End Summary.")], Name::Summary, Some("Fish.")),
            ("begun", vec![heading("BEGIN SUMMARY"), paragraph("Fish. END SUMMARY")], Name::Summary, Some("Fish.")),
            (
                "only closed",
                vec![
                    Block::Paragraph { number: Some(1), portion_mark: None, text: BodyText::from("Fish.") },
                    paragraph("Cod. End summary."),
                    paragraph("No."),
                ],
                Name::Summary,
                Some("Fish.\nCod."),
            ),
            (
                "both",
                vec![paragraph("SUMMARY AND COMMENT: Fish. END SUMMARY AND COMMENT.")],
                Name::Summary,
                Some("Fish."),
            ),
        ];
        for (name, body, which, expected) in cases {
            assert_eq!(find(&body, which).as_deref(), expected, "{name}");
        }
    }
}
