//! Captions: how far a cable goes, and by which channel (5 FAH-2 H-440).

use super::bare::{bare, head, room};
use super::index::row_of;
use super::table::{CAPTION_HEADS, CAPTION_INDEX, CAPTION_KEYS, CAPTIONS, CAPTIONS_WITH_VALUE};

/// What a caption rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CaptionKind {
    /// How far the cable is distributed: `NODIS`, `SIPDIS`.
    Distribution,
    /// By which channel it goes; a cable has one at most: `ROGER CHANNEL`.
    Channel,
    /// How it is handled: `SENSITIVE`, `EYES ONLY`.
    Handling,
    /// A control of dissemination beside the classification: `NOFORN`.
    Control,
    /// The programme that it belongs to: `AIDAC`.
    Programme,
    /// The series of a travelling Secretary's messages: `SECTO`.
    Series,
}

/// A row of the table of captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CaptionRow {
    /// The caption in upper case.
    pub caption: &'static str,
    /// What it rules.
    pub kind: CaptionKind,
    /// What it means, where it is known.
    pub meaning: Option<&'static str>,
    /// Whether words follow that belong to it, as in `REL TO NATO`.
    pub takes_value: bool,
    /// Where the row comes from.
    pub source: &'static str,
}

/// All captions, sorted.
pub fn captions() -> &'static [CaptionRow] {
    &CAPTIONS
}

/// Finds a caption, whatever its case, spaces, hyphens and the slashes that fill its line (`STADIS////////`).
///
/// A caption that takes a value is found by its beginning: `REL TO NATO`.
///
/// ```
/// use cablegram::knowledge::{CaptionKind, caption};
///
/// assert_eq!(caption("STADIS////////////////").map(|row| row.kind), Some(CaptionKind::Distribution));
/// assert_eq!(caption("Official-Informal").map(|row| row.caption), Some("OFFICIAL INFORMAL"));
/// assert_eq!(caption("REL TO NATO").map(|row| row.caption), Some("REL TO"));
/// assert_eq!(caption("SECTOR"), None);
/// ```
pub fn caption(text: &str) -> Option<&'static CaptionRow> {
    let text = text.trim().trim_end_matches('/').trim_end();
    exact(text).or_else(|| {
        let open = CAPTIONS_WITH_VALUE.iter().filter_map(|place| CAPTIONS.get(usize::from(*place)));
        let first = text.bytes().next()?.to_ascii_uppercase();
        let near = open.filter(|row| row.caption.as_bytes().first() == Some(&first));
        near.filter(|row| starts_with_word(text, row.caption)).max_by_key(|row| row.caption.len())
    })
}

/// Whether a text begins with the first eight letters of some caption, spaces and marks between them left out: where it
/// does not, [`caption`] finds none in its first words.
pub(crate) fn begins_caption(text: &str) -> bool {
    // Two letters tell nearly all words.
    if let [first, second, ..] = text.as_bytes()
        && first.is_ascii_alphabetic()
        && second.is_ascii_alphabetic()
        && !has_pair(first.to_ascii_uppercase(), second.to_ascii_uppercase())
    {
        return false;
    }
    let head = head(text);
    // Shorter captions end in zeros.
    let begins = |caption: &u64| (caption ^ head) >> (caption.trailing_zeros() & !7) == 0;
    let first = CAPTION_HEADS.partition_point(|caption| caption >> 56 < head >> 56);
    CAPTION_HEADS.iter().skip(first).take_while(|caption| *caption >> 56 == head >> 56).any(begins)
}

/// Whether some caption begins with these two letters.
fn has_pair(first: u8, second: u8) -> bool {
    // For each first letter the second ones, a bit each.
    #[expect(clippy::indexing_slicing, reason = "in a constant: a wrong index would not compile")]
    static PAIRS: [u32; 32] = {
        let mut pairs = [0; 32];
        let mut index = 0;
        while index < CAPTION_HEADS.len() {
            let head = CAPTION_HEADS[index].to_be_bytes();
            // After a caption of one letter any may stand.
            pairs[(head[0] & 31) as usize] |= if head[1] == 0 { u32::MAX } else { 1 << (head[1] & 31) };
            index += 1;
        }
        pairs
    };
    PAIRS.get(usize::from(first & 31)).is_some_and(|seconds| seconds >> (second & 31) & 1 == 1)
}

fn exact(text: &str) -> Option<&'static CaptionRow> {
    row_of(&CAPTION_INDEX, &CAPTION_KEYS, &CAPTIONS, bare(text, &mut room())?)
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.split_at_checked(word.len()).is_some_and(|(start, rest)| {
        start.eq_ignore_ascii_case(word) && !rest.starts_with(|c: char| c.is_alphanumeric())
    })
}
