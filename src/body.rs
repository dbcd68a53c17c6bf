//! The body: paragraphs, headings, the text between them, the signature.
//!
//! ```text
//! lines ──parted──▶ a line each ──strays──▶ lines of text ──tail──▶ signature │ lines
//!       ──candidates──▶ numbers that may be paragraphs' ──solve──▶ paragraphs ──blocks (headings, glued, joint)──▶ blocks
//! ```

mod blocks;
mod candidates;
mod glued;
mod headings;
mod joint;
mod parted;
mod strays;

use std::borrow::Cow;

use crate::cable::Block;
use crate::lines::{Line, Lines, Report};
use crate::needles::{Hit, Needle};
use crate::sentence::breaks_off;
use crate::span::Span;
use crate::tail;

/// What the body stage gives.
#[derive(Debug, Default)]
pub(crate) struct Body<'a> {
    pub(crate) blocks: Vec<Block<'a>>,
    pub(crate) signature: Option<Cow<'a, str>>,
    /// Whether the text visibly breaks off.
    pub(crate) cut_off: bool,
    /// Where a run of asterisks, or an archive's word, stands for text that was lost.
    pub(crate) lost: Option<Span>,
}

/// Reads the lines after the text head. Who classified the cable has often signed it.
pub(crate) fn read<'a>(
    text: &'a str,
    lines: Lines<'_, 'a>,
    hits: &[Hit],
    officer: Option<&str>,
    report: &mut Report,
) -> Body<'a> {
    let lines = parted::at_rules(lines, report);
    let (mut lines, lost) = strays::take_out(lines, hits, report);
    let stars = || hits.iter().any(|hit| hit.needle == Needle::Stars);
    let lost = lost.or_else(|| if stars() { lines.iter().find_map(lost_text) } else { None });
    let signature = tail::take_off(&mut lines, officer, report);
    let numbered = candidates::paragraphs(&lines, hits, report);
    let pilcrows: Vec<usize> = hits.iter().filter(|hit| hit.needle == Needle::Pilcrow).map(|hit| hit.at).collect();
    let glued = glued::find(&lines, &numbered, report);
    let blocks = blocks::build(text, &lines, &numbered, &glued, &pilcrows, report);
    let cut_off = signature.is_none() && lines.iter().rev().find(|l| !l.is_blank()).is_some_and(|l| breaks_off(l.text));
    Body { blocks, signature, cut_off, lost }
}

/// What stands for lost text.
const LOST: &[u8] = b"********";

/// `lost-text = 8*"*"`, glued to a letter
fn lost_text(line: &Line<'_>) -> Option<Span> {
    let start = memchr::memmem::find(line.text.as_bytes(), LOST)?;
    let rest = line.text.get(start..)?;
    let behind = rest.trim_start_matches('*');
    let glued = behind.starts_with(char::is_alphanumeric)
        || line.text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    glued.then(|| Span::new(line.start + start, line.start + start + rest.len() - behind.len()))
}
