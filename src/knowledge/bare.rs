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
        let mut letters = [0; Self::LONGEST];
        let mut free = letters.iter_mut();
        let mut bytes = name.bytes();
        while let Some(byte) = bytes.next() {
            match byte {
                b'A'..=b'Z' | b'0'..=b'9' => *free.next()? = byte,
                b'a'..=b'z' => *free.next()? = byte.to_ascii_uppercase(),
                b' ' | b'.' | b'-' | b'\'' => {}
                // The apostrophe U+2019 in UTF-8.
                0xe2 if (bytes.next(), bytes.next()) == (Some(0x80), Some(0x99)) => {}
                _ => return None,
            }
        }
        let length = Self::LONGEST - free.len();
        Some(Bare { letters, length })
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    /// The first eight letters of a text, as a number, up to the first other character.
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
        str::from_utf8(self.as_bytes()).ok()
    }
}
