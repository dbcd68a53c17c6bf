//! Names as they are compared: in upper case, without blanks and marks.

/// A name in upper case, without blanks, dots, hyphens and apostrophes.
pub(super) struct Bare {
    letters: [u8; Bare::LONGEST],
    length: usize,
}

impl Bare {
    /// Longer than any name in the tables with the words before it.
    const LONGEST: usize = 48;

    /// `None` where the name is too long for the tables, or has another character in it.
    pub(super) fn new(name: &str) -> Option<Self> {
        let mut bare = Bare { letters: [0; Self::LONGEST], length: 0 };
        for letter in name.chars() {
            match letter {
                'A'..='Z' | 'a'..='z' | '0'..='9' => {}
                ' ' | '.' | '-' | '\'' | '\u{2019}' => continue,
                _ => return None,
            }
            *bare.letters.get_mut(bare.length)? = u8::try_from(letter).ok()?.to_ascii_uppercase();
            bare.length += 1;
        }
        Some(bare)
    }

    /// The first eight letters of a text as [`Index`](super::index::Index) has them, up to the first other character.
    pub(super) fn head(text: &str) -> u64 {
        // The last three are the bytes of the curly apostrophe.
        let blank = |b: &u8| matches!(b, b' ' | b'.' | b'-' | b'\'' | 0xE2 | 0x80 | 0x99);
        let mut head = [0; 8];
        let mut places = head.iter_mut();
        for letter in text.bytes().filter(|b| !blank(b)).take_while(u8::is_ascii_alphanumeric) {
            let Some(place) = places.next() else { break };
            *place = letter.to_ascii_uppercase();
        }
        u64::from_be_bytes(head)
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        str::from_utf8(self.letters.get(..self.length)?).ok()
    }
}
