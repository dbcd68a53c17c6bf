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
    let found = passage(body, &named, name);
    if name == Name::Summary {
        return found;
    }
    found.or_else(|| aside(&named)).map(|mut comment| {
        comment.truncate(without_clearance(&comment).len());
        comment
    })
}

/// The comment of a cable that has no other: in brackets, and closed by its bracket alone. `(Comment: It is late.)`
fn aside(named: &[Placed<'_, '_>]) -> Option<String> {
    let is_text = |block: &Block<'_>| !matches!(block, Block::Heading { .. });
    named.iter().rev().filter(|(_, block)| is_text(block)).find_map(|(_, block)| {
        let text = block.text().unwrapped();
        let start =
            ["(Comment", "[Comment", "(COMMENT", "[COMMENT"].iter().filter_map(|word| text.rfind(word)).max()?;
        let inner = text.get(start + 1..)?;
        let end = partner(inner)?;
        let (at, _) = label_at(inner, Name::Comment)?;
        let comment = inner.get(at..end)?.trim();
        comment.ends_with(['.', '!', '?', '"', '”']).then(|| comment.to_owned())
    })
}

/// Where the bracket is closed that stands open before a text.
fn partner(text: &str) -> Option<usize> {
    let mut open = 1_usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            _ => {}
        }
        (open == 0).then_some(at)
    })
}

/// A comment without the note at its end on who cleared the cable.
fn without_clearance(comment: &str) -> &str {
    const LONGEST: usize = 160;
    let near = comment.len().saturating_sub(LONGEST);
    let line = comment.rfind('\n').map(|at| at + 1);
    let sentences = comment.match_indices(". ").map(|(at, _)| at + 2).filter(|at| *at >= near);
    let note = line.into_iter().chain(sentences).find(|at| comment.get(*at..).is_some_and(is_clearance));
    note.and_then(|at| comment.get(..at)).map_or(comment, str::trim_end)
}

/// Whether a text is one sentence on who cleared the cable.
///
/// ```text
/// clearance = "This" SP cable SP ( "was" / "is" / "has been" ) SP [ "not" SP ] cleared words "."
///           / words SP [ "has" / "have" ] SP cleared SP [ "on" ] SP "this" SP cable "."
/// cable     = "cable" / "message" / "report" / "reporting" / "telegram"
/// cleared   = "cleared" / "coordinated" / "coordinated/cleared" / "approved"
/// ```
fn is_clearance(sentence: &str) -> bool {
    const CABLES: [&str; 5] = ["cable", "message", "report", "reporting", "telegram"];
    const CLEARED: [&str; 3] = ["cleared", "coordinated", "approved"];
    const MOST: usize = 24;
    let sentence = sentence.trim_end().trim_end_matches('.').to_ascii_lowercase();
    let words: Vec<&str> = sentence.split_whitespace().take(MOST + 1).collect();
    let is_cleared = |word: &str| word.split('/').all(|word| CLEARED.contains(&word));
    if words.len() > MOST || sentence.contains(". ") && !sentence.contains("u.s. ") {
        return false;
    }
    match words.as_slice() {
        ["this", cable, rest @ ..] if CABLES.contains(cable) => {
            let (["was" | "is", rest @ ..] | ["has", "been", rest @ ..]) = rest else { return false };
            let rest = rest.strip_prefix(&["not"]).unwrap_or(rest);
            rest.first().is_some_and(|word| is_cleared(word))
        }
        [rest @ .., "this", cable] if CABLES.contains(cable) => {
            let rest = rest.strip_suffix(&["on"]).unwrap_or(rest);
            rest.last().is_some_and(|word| is_cleared(word))
        }
        _ => false,
    }
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
///       / ( "SUMMARY" / "COMMENT" ) 1*SP                    ; in capitals, before a mark and a word in small letters
/// ```
pub(crate) fn label(text: &str) -> Option<usize> {
    let words = [Name::Summary, Name::Comment];
    let start = text.trim_start();
    let (name, rest) = words.iter().find_map(|name| Some((name, strip_prefix_ignoring_case(start, name.word())?)))?;
    if let Some(rest) = rest.strip_prefix([':', '.', '-']) {
        return Some(text.len() - rest.trim_start().len());
    }
    let (_, sentence) = portion_mark::leading(rest).filter(|_| rest.starts_with([' ', '\t']))?;
    let sure = start.starts_with(name.word()) && is_in_small_letters(sentence);
    sure.then(|| text.len() - rest.trim_start().len())
}

/// Whether a text begins with a word that has a capital first letter and goes on in small ones, so that a word in capitals
/// before it stands out.
fn is_in_small_letters(text: &str) -> bool {
    let mut words = text.split([' ', '\n']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    first.starts_with(char::is_uppercase)
        && (first.len() > 1 && first.chars().skip(1).all(char::is_lowercase)
            || words.next().is_some_and(|word| word.chars().all(char::is_lowercase)))
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

/// Which of the blocks with the word opens the passage, and after which byte of its unwrapped text.
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

/// What may stand between the word and the sign after it.
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
///           / word SP mark                            ; a capital after it
///           / word ( SP / LF )                        ; in capitals, before a word in small letters
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
    // `SUMMARY The fish ...`, `COMMENT (SBU) The fish ...`
    let (marked, sentence) = portion_mark::leading(rest).map_or((false, rest.trim_start()), |(_, rest)| (true, rest));
    let alone = rest.starts_with([' ', '\n']) && inner.starts_with(name.word()) && is_in_small_letters(sentence);
    let after_mark = marked && rest.starts_with(' ') && sentence.starts_with(char::is_uppercase);
    if alone || after_mark {
        return Some((text.len() - sentence.len(), more.is_some()));
    }
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
            (
                "a mark and no sign after the label",
                vec![paragraph("SUMMARY (U) The market moved\nindoors. End summary. It is late.")],
                Name::Summary,
                Some("The market moved indoors."),
            ),
            (
                "a mark and no sign after a comment",
                vec![paragraph("COMMENT (SBU) We shall buy ice. End comment.")],
                Name::Comment,
                Some("We shall buy ice."),
            ),
            (
                "no sign in small letters",
                vec![paragraph("SUMMARY The market moved.")],
                Name::Summary,
                Some("The market moved."),
            ),
            (
                "no sign on the line",
                vec![paragraph("COMMENT\nOn July 3 it moved.")],
                Name::Comment,
                Some("On July 3 it moved."),
            ),
            ("no sign in capitals", vec![paragraph("SUMMARY EXECUTIONS WERE DENIED.")], Name::Summary, None),
            ("no sign after a word", vec![paragraph("Summary Executions were denied.")], Name::Summary, None),
            ("prose of a comment", vec![paragraph("Comment on the fish is rare.")], Name::Comment, None),
            (
                "closed by its bracket",
                vec![paragraph("Ice (much) is dear. (Comment:  It is\n(often) late.) It melts."), paragraph("No.")],
                Name::Comment,
                Some("It is (often) late."),
            ),
            (
                "closed by another bracket",
                vec![paragraph("Ice is dear. [Comment: \"It is late.\"]"), paragraph("No.")],
                Name::Comment,
                Some("\"It is late.\""),
            ),
            ("never closed", vec![paragraph("Ice is dear (Comment by Roe) and late.")], Name::Comment, None),
            (
                "one closed by its bracket before the comment",
                vec![paragraph("Ice. (Comment: Late.)"), paragraph("Comment: Dear."), paragraph("No.")],
                Name::Comment,
                Some("Dear."),
            ),
            (
                "a clearance after it",
                vec![
                    heading("COMMENT"),
                    paragraph("Fish is dear."),
                    paragraph("This cable was cleared by DAUSTR Roe."),
                ],
                Name::Comment,
                Some("Fish is dear."),
            ),
            (
                "who cleared it",
                vec![heading("COMMENT"), paragraph("Fish is dear. Acting Director Roe has cleared on this message.")],
                Name::Comment,
                Some("Fish is dear."),
            ),
            (
                "not cleared",
                vec![paragraph("Comment: It is dear. This cable was not coordinated/cleared with the U.S. Mission.")],
                Name::Comment,
                Some("It is dear."),
            ),
            (
                "what was cleared is no cable",
                vec![paragraph("Comment: It is dear. This harbor was cleared of ice.")],
                Name::Comment,
                Some("It is dear. This harbor was cleared of ice."),
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
