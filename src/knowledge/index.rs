//! A list of texts is searched by a perfect hash that `build.rs` has made: one place is looked at, and no other.

use super::hash::{bucket, hash, slot};

/// Where the texts of a list stand.
pub(super) struct Index {
    /// For each bucket of texts, the seed with which they come to slots of their own. Their number is a power of two.
    pub(super) seeds: &'static [u16],
    /// The place in the list of the text in each slot, 0 in slots without one. Their number is a power of two.
    pub(super) places: &'static [u16],
}

impl Index {
    /// The only place where `text` can stand in the list; whether it does, the caller must see.
    pub(super) fn place(&self, text: &[u8]) -> usize {
        let hash = hash(text);
        let seed = self.seeds.get(bucket(hash, self.seeds.len())).copied().unwrap_or_default();
        let place = self.places.get(slot(hash, seed, self.places.len())).copied();
        usize::from(place.unwrap_or_default())
    }
}

/// The row of a text in a list of texts with their rows, sorted or not.
pub(super) fn row_of<T>(index: &Index, keys: &[(&str, u16)], rows: &'static [T], text: &[u8]) -> Option<&'static T> {
    let (_, row) = keys.get(index.place(text)).filter(|(key, _)| key.as_bytes() == text)?;
    rows.get(usize::from(*row))
}
