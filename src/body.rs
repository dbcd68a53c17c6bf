//! The body: paragraphs, headings, the text between them, the signature.
//!
//! ```text
//! lines ──parted──▶ a line each ──strays──▶ lines of text ──tail──▶ signature │ lines
//!       ──inserted──▶ signs in them that are no text
//!       ──candidates──▶ numbers that may be paragraphs' ──solve──▶ paragraphs ──blocks (headings, glued, joint)──▶ blocks
//! ```

mod blocks;
mod candidates;
mod glued;
mod headings;
mod inserted;
mod joint;
mod leftover;
mod parted;
mod strays;
mod transmission;

use std::borrow::Cow;

use crate::cable::Block;
use crate::lines::{Line, Lines, Report};
use crate::literals::{Hit, Literal};
use crate::sentence::{breaks_off, closes_passage};
use crate::span::Span;
use crate::tail;

/// What the body stage gives.
#[derive(Debug, Default)]
pub(crate) struct Body<'a> {
    pub(crate) blocks: Vec<Block<'a>>,
    pub(crate) signature: Option<Cow<'a, str>>,
    /// Whether the text visibly breaks off.
    pub(crate) truncated: bool,
    /// Where a row of signs, or an archive's word, stands for text that was lost.
    pub(crate) lost: Option<Span>,
}

/// Reads the lines after the text head. Who classified the cable has often signed it; its subject may stand in them again.
pub(crate) fn read<'a>(
    text: &'a str,
    lines: Lines<'_, 'a>,
    hits: &[Hit],
    officer: Option<&str>,
    subject: Option<&str>,
    report: &mut Report,
) -> Body<'a> {
    let lines = parted::at_rules(lines, hits, report);
    let (mut lines, lost) = strays::take_out(lines, hits, report);
    let lost = lost.or_else(|| lost_text(&lines, hits));
    let signature = tail::take_off(&mut lines, officer, report);
    transmission::report(text, &lines, report);
    let numbered = candidates::paragraphs(&lines, hits, report);
    let inserted = inserted::find(text, &lines, hits, report);
    leftover::report(text, &lines, hits, &numbered, subject, report);
    let glued = glued::find(&lines, &numbered, report);
    let blocks = blocks::build(text, &lines, &numbered, &glued, &inserted, report);
    let truncated = signature.is_none() && is_cut_off(&lines, &blocks);
    Body { blocks, signature, truncated, lost }
}

/// Whether a text without a signature visibly breaks off: in its last line, or in a sentence of small letters.
fn is_cut_off(lines: &[Line<'_>], blocks: &[Block<'_>]) -> bool {
    /// A shorter block may be a line of a list or an address.
    const SHORTEST: usize = 100;
    let last_line = lines.iter().rev().find(|line| !line.is_blank());
    let in_sentence = |block: &Block<'_>| {
        let text = block.text().to_cow();
        let word = text.rsplit([' ', '\n']).next().unwrap_or_default();
        !matches!(block, Block::Heading { .. })
            && text.len() >= SHORTEST
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && !closes_passage(&text)
    };
    last_line.is_some_and(|line| breaks_off(line.text)) || blocks.last().is_some_and(in_sentence)
}

/// Where a row of signs stands for lost text.
///
/// ```text
/// lost-text = 8*"*"      ; glued to a letter
///           / 8*"#" LF   ; and the line after it begins in mid-sentence
/// ```
fn lost_text(lines: &[Line<'_>], hits: &[Hit]) -> Option<Span> {
    let has = |literal| hits.iter().any(|hit| hit.literal == literal);
    let stars = || if has(Literal::Stars) { lines.iter().find_map(lost_in_line) } else { None };
    let signs = || if has(Literal::NumberSigns) { lost_before_line(lines) } else { None };
    stars().or_else(signs)
}

fn lost_in_line(line: &Line<'_>) -> Option<Span> {
    let start = memchr::memmem::find(line.text.as_bytes(), b"********")?;
    let rest = line.text.get(start..)?;
    let after = rest.trim_start_matches('*');
    let glued = after.starts_with(char::is_alphanumeric)
        || line.text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    glued.then(|| Span::new(line.start + start, line.start + start + rest.len() - after.len()))
}

/// The signs that a spreadsheet shows in place of what its cell has no room for.
fn lost_before_line(lines: &[Line<'_>]) -> Option<Span> {
    const FEWEST: usize = 8;
    let is_row = |line: &Line<'_>| line.trimmed().len() >= FEWEST && line.trimmed().bytes().all(|b| b == b'#');
    let mut filled = lines.iter().filter(|line| !line.is_blank()).peekable();
    std::iter::from_fn(|| Some((filled.next()?, filled.peek().copied())))
        .find(|(line, next)| is_row(line) && next.is_some_and(|next| next.trimmed().starts_with(char::is_lowercase)))
        .map(|(line, _)| line.text_span())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;
    use crate::literals;
    use crate::text::BodyText;

    #[test]
    fn texts_that_break_off() {
        let prose = "The ferries sail from the old pier in the morning, and nobody who lives in the harbor of Oslo has seen them";
        for (name, text, want) in [
            ("in a sentence", format!("{prose} leave"), true),
            ("in a word", format!("{prose} le"), true),
            ("with dots", "The fish...".to_owned(), true),
            ("with a small word", "They went to the".to_owned(), true),
            ("at the end of a sentence", format!("{prose}."), false),
            ("before a link", format!("{prose} at www.oslo.example/a"), false),
            ("a short line", "the minister of harbours".to_owned(), false),
            ("closing words", format!("{prose}. End comment"), false),
        ] {
            let blocks = [Block::Text { text: BodyText::from(text.as_str()) }];
            assert_eq!(is_cut_off(&split(&text), &blocks), want, "{name}");
        }
    }

    #[test]
    fn what_stands_for_lost_text() {
        for (name, text, want) in [
            ("stars in a word", "THE FISH ********LLY SWIM\n", Some("********")),
            ("stars alone", "THE FISH\n********\nSWIM\n", None),
            ("number signs", "- The fish.\n\n###########\nswam in the harbor.\n", Some("###########")),
            ("the second of two rows", "#########\nOslo.\n#########\nand swam.\n", Some("#########")),
            ("number signs as a rule", "The fish.\n\n###########\nThe Harbor\n###########\n", None),
            ("few of them", "The fish.\n\n###\nswam in the harbor.\n", None),
            ("in a line", "The fish ######## swam.\n", None),
        ] {
            let found = lost_text(&split(text), &literals::find(text));
            assert_eq!(found.and_then(|span| span.slice(text)), want, "{name}");
        }
    }
}
