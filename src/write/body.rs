//! The text: paragraphs, headings, what stands between them, the page lines of later sections, the signature.

use crate::cable::{Block, Cable};
use crate::field::classification::is_banner;
use crate::ornament::is_rule;
use crate::write::copy::sections;
use crate::write::sheet::{Sheet, WIDTH};

/// How the text is laid out.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Page lines where the cable has sections, and the signs of the operator after the text.
    pub(super) pages: bool,
    /// Rules under headings.
    pub(super) rules: bool,
    /// Rules round what is no paragraph and no heading.
    pub(super) parted: bool,
    /// A rule after the last line, so that it is no signature.
    pub(super) closed: bool,
    /// Two rules before the first text, where no subject stands above it.
    pub(super) doubled: bool,
}

impl Layout {
    /// The layouts in the order in which they are tried.
    pub(super) const ALL: [Self; 8] = [
        Self { pages: true, rules: true, parted: false, closed: false, doubled: false },
        Self { pages: true, rules: true, parted: false, closed: true, doubled: false },
        Self { pages: true, rules: true, parted: true, closed: false, doubled: false },
        Self { pages: false, rules: true, parted: true, closed: true, doubled: false },
        Self { pages: false, rules: false, parted: false, closed: false, doubled: false },
        Self { pages: false, rules: false, parted: true, closed: false, doubled: false },
        Self { pages: false, rules: false, parted: true, closed: true, doubled: false },
        Self { pages: false, rules: true, parted: true, closed: true, doubled: true },
    ];
}

/// Writes the text. `page` writes the lines at which a later section begins.
pub(super) fn write(
    cable: &Cable<'_>,
    signature: Option<&str>,
    layout: Layout,
    page: impl Fn(u8, &mut Sheet),
    sheet: &mut Sheet,
) {
    let mut pages = Pages::of(cable).filter(|_| layout.pages);
    let mut before: Option<&Block<'_>> = None;
    for block in &cable.body {
        sheet.gap();
        if let Some(section) = pages.as_mut().and_then(|pages| pages.turn(before, block)) {
            page(section, sheet);
            sheet.gap();
        }
        write_block(block, before, layout, &page, sheet);
        before = Some(block);
    }
    if layout.closed && signature.is_none() && !cable.body.is_empty() {
        separator(sheet);
    }
    if let Some(signature) = signature {
        sheet.gap();
        sheet.line(signature);
    }
}

fn write_block(
    block: &Block<'_>,
    before: Option<&Block<'_>>,
    layout: Layout,
    page: &impl Fn(u8, &mut Sheet),
    sheet: &mut Sheet,
) {
    match block {
        Block::Paragraph { .. } => sheet.line(block),
        Block::Heading { text } => {
            sheet.line(text);
            if layout.rules {
                let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
                sheet.line("-".repeat(longest.clamp(3, WIDTH)));
            }
        }
        Block::Text { text } => {
            let after_paragraph = matches!(before, Some(Block::Paragraph { .. }));
            if after_paragraph || layout.parted && !matches!(before, Some(Block::Text { .. })) {
                separator(sheet);
            }
            // Above a subject a rule opens a note of the archive, and a second one closes it.
            if layout.parted && before.is_none() && layout.doubled {
                separator(sheet);
            }
            text_outside(&text.to_cow(), page, sheet);
        }
    }
}

/// Text outside a paragraph. An empty line ends it, but for one at a page line, which the text goes on over.
fn text_outside(text: &str, page: &impl Fn(u8, &mut Sheet), sheet: &mut Sheet) {
    for (nth, part) in text.split("\n\n").enumerate() {
        if nth > 0 {
            sheet.gap();
            page(1, sheet);
            sheet.gap();
        }
        sheet.line(part);
    }
}

/// A rule that stands alone: it ends what stands before it, and is no heading's.
fn separator(sheet: &mut Sheet) {
    sheet.wide_gap();
    sheet.line("-----");
    sheet.gap();
}

/// Where later sections begin: before numbered paragraphs after paragraphs, at even distances.
struct Pages {
    section: u8,
    of: u8,
    written: usize,
    whole: usize,
}

impl Pages {
    fn of(cable: &Cable<'_>) -> Option<Self> {
        let of = sections(cable).filter(|of| *of > 1)?;
        cable.mrn.as_ref()?;
        Some(Self { section: 1, of, written: 0, whole: cable.body.iter().map(length).sum() })
    }

    /// The section that begins before a block.
    fn turn(&mut self, before: Option<&Block<'_>>, block: &Block<'_>) -> Option<u8> {
        let written = self.written;
        self.written += length(block);
        let due = self.section < self.of && written * usize::from(self.of) >= self.whole * usize::from(self.section);
        let numbered = |block: &Block<'_>| matches!(block, Block::Paragraph { number: Some(_), .. });
        // A banner or a rule above a page line would be read with it.
        let plain = |block: &Block<'_>| {
            block.text().lines().last().is_some_and(|last| !is_banner(last.trim()) && !is_rule(last))
        };
        let fits = numbered(block) && before.is_some_and(|before| numbered(before) && plain(before));
        (due && fits).then(|| {
            self.section += 1;
            self.section
        })
    }
}

fn length(block: &Block<'_>) -> usize {
    block.text().lines().map(|line| line.len() + 1).sum()
}
