//! A sorted list of texts is searched by their first eight bytes, read as a number that sorts like the text.

/// A sorted list of texts, ready to be searched.
pub(super) struct Index<const N: usize> {
    /// The first eight bytes of each text.
    pub(super) heads: [u64; N],
    /// Where in the list each letter of the alphabet begins, and where the last one ends.
    pub(super) letters: [u16; 27],
}

impl<const N: usize> Index<N> {
    /// The places in the list of the texts that have their first eight bytes in common with `text`.
    pub(super) fn places(&self, text: &str) -> std::ops::Range<usize> {
        let head = head(text);
        let letters = self.letter((head >> 56) as u8);
        let from = letters.start;
        let heads = self.heads.get(letters).unwrap_or_default();
        let first = from + heads.partition_point(|&other| other < head);
        let same = self.heads.iter().skip(first).take_while(|&&other| other == head).count();
        first..first + same
    }

    /// The places in the list of the texts that begin with this capital; of all texts, where it is none.
    pub(super) fn letter(&self, letter: u8) -> std::ops::Range<usize> {
        let letter = usize::from(letter.wrapping_sub(b'A'));
        match (self.letters.get(letter), self.letters.get(letter + 1)) {
            (Some(from), Some(to)) => usize::from(*from)..usize::from(*to),
            _ => 0..N,
        }
    }
}

/// The first eight bytes, the first of them the highest.
fn head(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(text.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}
