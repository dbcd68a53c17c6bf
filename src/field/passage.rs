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
    let has_end = is_closed(named, at, name);
    let under_heading = matches!(body.get(at), Some(Block::Heading { .. }));
    let mut out = String::new();
    let mut last = 0;
    for (i, block) in body.iter().enumerate().skip(at) {
        let is_named = named.binary_search_by_key(&i, |(named, _)| *named).is_ok();
        let heading = matches!(block, Block::Heading { .. });
        let goes_on = || is_named && is_continued(block, name);
        if i > at && !has_end && (heading || !under_heading && !goes_on()) {
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

/// The length of the label that a text begins with: `SUMMARY.`, `Comment:`. A portion mark after it is the paragraph's.
///
/// ```text
/// label = ( "SUMMARY" / "COMMENT" ) ( "." / ":" / "-" ) *SP
/// ```
pub(crate) fn label(text: &str) -> Option<usize> {
    let words = [Name::Summary, Name::Comment];
    let rest = words.iter().find_map(|name| strip_prefix_ignoring_case(text.trim_start(), name.word()))?;
    let rest = rest.strip_prefix([':', '.', '-'])?;
    Some(text.len() - rest.trim_start().len())
}

/// Whether the passage that this block opens is closed before another one is opened.
fn is_closed(named: &[Placed<'_, '_>], at: usize, name: Name) -> bool {
    let from = named.iter().skip_while(|(i, _)| *i < at);
    for (i, block) in from {
        let text = block.text().unwrapped();
        let opens_another = || {
            *i > at
                && label_at(&text, name).is_some_and(|(_, continued)| !continued)
                && !matches!(block, Block::Heading { .. })
        };
        let another_within = || *i > at && opened_within(&text, name).is_some();
        if opens_another() && name == Name::Comment || another_within() {
            return false;
        }
        if closing(&text, name).is_some() {
            return true;
        }
    }
    false
}

/// Which of the blocks with the word opens the passage, and behind which byte of its unwrapped text.
fn opening(named: &[Placed<'_, '_>], name: Name) -> Option<(usize, usize)> {
    let at_start = |block: &Block<'_>| {
        if let Block::Heading { text } = block {
            return is_heading(&text.to_cow(), name).then_some(0);
        }
        opened(&block.text().unwrapped(), name)
    };
    let within = |block: &Block<'_>| match block {
        Block::Heading { .. } => None,
        block => opened_within(&block.text().unwrapped(), name),
    };
    let place = |(i, _): &Placed<'_, '_>, at: Option<usize>| Some((*i, at?));
    match name {
        // The first summary is the cable's.
        Name::Summary => named.iter().find_map(|placed| place(placed, at_start(placed.1).or_else(|| within(placed.1)))),
        // The last comment is the post's own; one in brackets is an aside, unless there is no other.
        Name::Comment => {
            let whole = |placed: &&Placed<'_, '_>| !is_continued(placed.1, name);
            let labelled = || named.iter().rev().filter_map(|placed| Some((placed, at_start(placed.1)?)));
            let (placed, at) = labelled()
                .find(|(placed, _)| whole(placed))
                .or_else(|| named.iter().rev().find_map(|placed| Some((placed, within(placed.1)?))))
                .or_else(|| labelled().next())?;
            place(placed, Some(at))
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
    let begins = |name| {
        let beginning = text.beginning().trim_start_matches(['(', '[', ' ']);
        after_word(beginning, name).is_some()
    };
    text.pieces().fold([begins(Name::Summary), begins(Name::Comment)], |[summary, comment], (joint, piece)| {
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

/// Whether a block goes on with a passage: `COMMENT (CONT):`, `MORE COMMENT`.
fn is_continued(block: &Block<'_>, name: Name) -> bool {
    label_at(&block.text().unwrapped(), name).is_some_and(|(_, continued)| continued)
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
    "ANALYSIS",
    "NOTE",
    "/",
];

/// The words of a label that goes on with a passage, in any spelling.
const CONTINUED: [&str; 6] = ["CONTINUED", "CONTINUES", "CONT", "CONT'D", "CONT’D", "CONTD"];

/// ```text
/// opening   = *sign [ "BEGIN" SP / "MORE" SP ] [ qualifier SP ] word *( SP between ) ( "." / ":" / "-" / LF ) [ mark ]
/// between   = continued / "AND" / "ACTION" / ... / mark     ; each perhaps in brackets
/// continued = "CONTINUED" / "CONT" / "CONT'D" / ...
/// ```
///
/// Where the text after it begins, and whether it goes on with what an earlier one opened.
fn label_at(text: &str, name: Name) -> Option<(usize, bool)> {
    let inner = text.trim_start_matches(['(', '[', ' ', '-', '"', '/']);
    let more = strip_prefix_ignoring_case(inner, "MORE ");
    let inner = more.or_else(|| strip_prefix_ignoring_case(inner, "BEGIN ")).unwrap_or(inner);
    let inner = if name == Name::Comment { without_qualifier(inner) } else { inner };
    let rest = after_word(inner, name)?;
    // No further than the words that may stand between.
    let sign = rest.char_indices().take(48).find(|(_, c)| matches!(c, ':' | '.' | '-' | '\n' | '–')).map(|(i, _)| i)?;
    let (between, after) = rest.split_at_checked(sign)?;
    let mut words = between.split_whitespace().map(|word| word.trim_matches(['(', ')', '[', ']', '/', '&']));
    let is_one = |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let mut continued = more.is_some();
    let named = words.all(|word| {
        let goes_on = is_one(&CONTINUED, word);
        continued |= goes_on;
        goes_on || word.is_empty() || is_one(&BETWEEN, word) || portion_mark::highest_level(word).is_some()
    });
    let after = after.trim_start_matches([':', '.', '-', ' ', '\n', '–', ')']);
    let after = portion_mark::leading(after).map_or(after, |(_, rest)| rest);
    (named && between.len() < 40).then(|| (text.len() - after.len(), continued))
}

/// A text after the word, in which a letter may be missing or too many: `SUMMMARY`.
fn after_word(text: &str, name: Name) -> Option<&str> {
    let word = name.word();
    if let Some(rest) = strip_prefix_ignoring_case(text, word) {
        return Some(
            strip_prefix_ignoring_case(rest, "S").filter(|rest| !rest.starts_with(char::is_alphabetic)).unwrap_or(rest),
        );
    }
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (written, rest) = text.split_at_checked(length)?;
    let (short, long) = if written.len() < word.len() { (written, word) } else { (word, written) };
    let same = short.bytes().zip(long.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let one_more = long.len() == short.len() + 1
        && long.get(same + 1..).zip(short.get(same..)).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    one_more.then_some(rest)
}

/// Where the text after the opening words begins.
fn opened(text: &str, name: Name) -> Option<usize> {
    label_at(text, name).map(|(at, _)| at)
}

/// The opening word in the middle of a paragraph: after a sentence or a bracket, and closed later on.
fn opened_within(text: &str, name: Name) -> Option<usize> {
    let end = closing(text, name)?;
    let word = name.word().as_bytes();
    let bytes = text.as_bytes();
    let first = word.first().copied()?;
    memchr::memchr2_iter(first, first.to_ascii_lowercase(), bytes.get(..end)?).find_map(|at| {
        let same = bytes.get(at..at + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word));
        let (before, rest) = text.split_at_checked(at).filter(|_| same)?;
        let after = opened(rest, name)?;
        let before = before.trim_end();
        let begins = rest.starts_with(char::is_uppercase) && before.ends_with(['.', ')', '(', '[', '"', '”', '?', '!']);
        begins.then_some(at + after)
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
                "continued, closed at last",
                vec![paragraph("COMMENT: One."), paragraph("COMMENT (CONT'D): Two. END COMMENT.")],
                Name::Comment,
                Some("One.\nTwo."),
            ),
            (
                "continued, never closed",
                vec![paragraph("Comment: One."), paragraph("More comment: Two."), paragraph("No.")],
                Name::Comment,
                Some("One.\nTwo."),
            ),
            (
                "continued, a letter too many",
                vec![paragraph("SUMMARY: One."), paragraph("SUMMMARY (CONT): Two. END SUMMARY."), paragraph("No.")],
                Name::Summary,
                Some("One.\nTwo."),
            ),
            (
                "in brackets",
                vec![paragraph("The door is open. (Comment: It is\nlarge. End comment.) It is red."), paragraph("No.")],
                Name::Comment,
                Some("It is large."),
            ),
            (
                "in capitals within",
                vec![paragraph("THE DOOR IS OPEN. COMMENT: IT IS LARGE. END COMMENT.")],
                Name::Comment,
                Some("IT IS LARGE."),
            ),
            (
                "an aside before the comment",
                vec![paragraph("Cod. (Comment: Fresh. End comment.)"), paragraph("Comment: Dear."), paragraph("No.")],
                Name::Comment,
                Some("Dear."),
            ),
            (
                "an aside after the comment",
                vec![paragraph("Comment: Dear."), paragraph("Cod. (Comment: Fresh. End comment.)")],
                Name::Comment,
                Some("Dear."),
            ),
            ("a mark after the label", vec![paragraph("Summary: (SBU) Fish.")], Name::Summary, Some("Fish.")),
            ("a mark in the label", vec![paragraph("Summary (SBU): Fish.")], Name::Summary, Some("Fish.")),
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
