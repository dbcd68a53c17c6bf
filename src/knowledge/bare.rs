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
        let (mut head, mut free) = (0, 8);
        for byte in text.bytes() {
            match byte {
                b'A'..=b'Z' | b'0'..=b'9' => head = head << 8 | u64::from(byte),
                b'a'..=b'z' => head = head << 8 | u64::from(byte.to_ascii_uppercase()),
                // The last three are the bytes of the curly apostrophe.
                b' ' | b'.' | b'-' | b'\'' | 0xE2 | 0x80 | 0x99 => continue,
                _ => break,
            }
            free -= 1;
            if free == 0 {
                break;
            }
        }
        if free == 8 { 0 } else { head << (8 * free) }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        str::from_utf8(self.as_bytes()).ok()
    }
}
