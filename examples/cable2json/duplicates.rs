//! Cables that are there twice: the same number and the same text.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Number and text of a cable, without the space at its line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    id: u64,
    text: u64,
}

impl Key {
    pub(crate) fn new(id: Option<&str>, text: &str) -> Self {
        let mut of_text = Words(0);
        let mut length = 0;
        for line in text.lines().map(str::trim_end) {
            of_text.add(line.as_bytes());
            length += line.len();
        }
        let mut of_id = DefaultHasher::new();
        (id, length).hash(&mut of_id);
        Self { id: of_id.finish(), text: of_text.0 }
    }
}

/// A hash of many bytes: eight at a time, for each byte of an archive goes through it.
struct Words(u64);

impl Words {
    fn add(&mut self, bytes: &[u8]) {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut words = bytes.chunks_exact(8);
        let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(MIX).rotate_left(29);
        for word in &mut words {
            self.0 = mix(self.0, word.try_into().map_or(0, u64::from_le_bytes));
        }
        let rest = words.remainder().iter().fold(1, |word: u64, byte| word << 8 | u64::from(*byte));
        self.0 = mix(self.0, rest);
    }
}

/// The cables met so far, and where.
#[derive(Default)]
pub(crate) struct Duplicates(HashMap<Key, Box<str>>);

impl Duplicates {
    /// The place of a cable that is there already; the first one is remembered.
    pub(crate) fn first(&mut self, key: Key, place: &str) -> Option<&str> {
        match self.0.entry(key) {
            Entry::Occupied(entry) => Some(&**entry.into_mut()),
            Entry::Vacant(entry) => {
                entry.insert(place.into());
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_and_the_same_text() {
        let key = Key::new(Some("09OSLO461"), "FM OSLO\nTO STATE\n");
        assert_eq!(key, Key::new(Some("09OSLO461"), "FM OSLO  \r\nTO STATE"));
        for (name, id, text) in [
            ("another number", Some("09OSLO462"), "FM OSLO\nTO STATE\n"),
            ("no number", None, "FM OSLO\nTO STATE\n"),
            ("another text", Some("09OSLO461"), "FM OSLO\nTO STATES\n"),
            ("other lines", Some("09OSLO461"), "FM OSLO TO\nSTATE\n"),
            ("lines in another order", Some("09OSLO461"), "TO STATE\nFM OSLO\n"),
        ] {
            assert_ne!(key, Key::new(id, text), "{name}");
        }
        let mut duplicates = Duplicates::default();
        assert_eq!(duplicates.first(key, "a"), None);
        assert_eq!(duplicates.first(key, "b"), Some("a"));
    }
}
