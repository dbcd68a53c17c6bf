//! Names as they are compared: in upper case, without spaces and marks.

/// Room for a name, longer than any in the tables with the words before it. It is the caller's, so that a name is
/// written once and never moved.
pub(super) type Room = [u8; 48];

pub(super) const fn room() -> Room {
    [0; 48]
}

/// A name in upper case, without spaces, dots, hyphens and apostrophes.
///
/// `None` where the name is too long for the tables, or has another character in it.
pub(super) fn bare<'r>(name: &str, room: &'r mut Room) -> Option<&'r [u8]> {
    let mut length = 0;
    let mut bytes = name.bytes();
    while let Some(byte) = bytes.next() {
        match LETTERS.get(usize::from(byte)).copied().unwrap_or(OTHER) {
            PASSED_OVER => {}
            // The apostrophe U+2019 in UTF-8.
            OTHER if (byte, bytes.next(), bytes.next()) == (0xe2, Some(0x80), Some(0x99)) => {}
            OTHER => return None,
            letter => {
                *room.get_mut(length)? = letter;
                length += 1;
            }
        }
    }
    room.get(..length)
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

/// What each byte of a name becomes: a letter or digit, `PASSED_OVER` or `OTHER`.
#[expect(clippy::indexing_slicing, reason = "in a constant: a wrong index would not compile")]
const LETTERS: [u8; 256] = {
    let mut letters = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        letters[byte as usize] = match byte {
            b'A'..=b'Z' | b'0'..=b'9' => byte,
            b'a'..=b'z' => byte.to_ascii_uppercase(),
            b' ' | b'.' | b'-' | b'\'' => PASSED_OVER,
            _ => OTHER,
        };
        byte += 1;
    }
    letters
};
const PASSED_OVER: u8 = 0;
const OTHER: u8 = 0xff;
