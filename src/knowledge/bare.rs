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

    pub(super) fn as_str(&self) -> Option<&str> {
        str::from_utf8(self.letters.get(..self.length)?).ok()
    }
}
