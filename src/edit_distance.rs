//! How many slips of the hand lie between two words: a letter wrong, missing, too many, or swapped with its neighbour.
//! `build.rs` includes this file: the tables are made by the measure by which they are searched.

/// The longest word that is compared.
const LONGEST: usize = 40;

/// Whether one slip at the most lies between two words, upper and lower case alike.
///
/// ```text
/// one_slip("DECL", "DELC") == one_slip("Decl", "DECLL") == one_slip("DECL", "DECL") == true
/// ```
pub(crate) fn one_slip(a: &str, b: &str) -> bool {
    // Too long or too short, as most words are.
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let alike = <[u8]>::eq_ignore_ascii_case;
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let (Some(a), Some(b)) = (a.as_bytes().get(same..), b.as_bytes().get(same..)) else { return false };
    match (a, b) {
        ([], _) | (_, []) => true,
        ([_, a_rest @ ..], [_, b_rest @ ..]) => {
            let swapped = matches!((a, b), ([a1, a2, a @ ..], [b1, b2, b @ ..])
                if alike(&[*a1, *a2], &[*b2, *b1]) && alike(a, b));
            alike(a_rest, b_rest) || swapped || alike(a_rest, b) || alike(a, b_rest)
        }
    }
}

/// The number of slips between two words, if it is `most` or fewer.
///
/// (Optimal string alignment: a swap is one slip, not two.) Takes time in proportion to the lengths' product, which
/// `LONGEST` bounds; allocates nothing.
pub(crate) fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    slips_of_bytes(a.as_bytes(), b.as_bytes(), most)
}

/// The same for a text of letters with spaces between them, upper and lower case alike: `S E R C E T`.
pub(crate) fn slips_of_spaced(text: &str, word: &str, most: usize) -> Option<usize> {
    let mut letters = [0; LONGEST];
    let mut count = 0;
    for letter in text.bytes().filter(|b| *b != b' ') {
        *letters.get_mut(count)? = letter.to_ascii_uppercase();
        count += 1;
    }
    slips_of_bytes(letters.get(..count)?, word.as_bytes(), most)
}

/// The same for words as bytes.
pub(crate) fn slips_of_bytes(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most || a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let (a, b) = different_part(a, b);
    // Both ends differ: one slip can only be a letter wrong, missing or too many, or two swapped.
    let slips = match (a, b) {
        ([], []) => 0,
        ([_], [] | [_]) | ([], [_]) => 1,
        ([a1, a2], [b1, b2]) if (a1, a2) == (b2, b1) => 1,
        _ if most <= 1 => return None,
        // Most words are told apart by their kinds of letters.
        _ if !may_be_near(kinds(a), kinds(b), most) => return None,
        _ => aligned(a, b, most)?,
    };
    (slips <= most).then_some(slips)
}

/// Whether words with these kinds of letters may be so near: a slip changes two of them at the most.
pub(crate) fn may_be_near(a: u32, b: u32, most: usize) -> bool {
    (a ^ b).count_ones() as usize <= 2 * most
}

/// Which letters stand in a word, a bit each.
pub(crate) fn kinds(word: &[u8]) -> u32 {
    word.iter().fold(0, |kinds, letter| kinds | 1 << (letter & 31))
}

/// The cheapest alignment, row by row.
fn aligned(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    let mut older: Row = [0; LONGEST + 1];
    let mut old = older;
    for (cell, slips) in old.iter_mut().zip(0..) {
        *cell = slips;
    }
    let mut previous = None;
    for (&letter, row) in a.iter().zip(1..) {
        let new = next_row(b, letter, previous, row, (&older, &old));
        if new.iter().take(b.len() + 1).min().is_some_and(|least| usize::from(*least) > most) {
            return None;
        }
        older = old;
        old = new;
        previous = Some(letter);
    }
    old.get(b.len()).map(|slips| usize::from(*slips))
}

/// No count is greater than `LONGEST`.
type Row = [u8; LONGEST + 1];

/// The row of `letter`, from the two rows above it; `previous` is the letter before it.
fn next_row(b: &[u8], letter: u8, previous: Option<u8>, first: u8, (older, old): (&Row, &Row)) -> Row {
    let mut new = [0; LONGEST + 1];
    let mut left = first;
    if let Some(cell) = new.first_mut() {
        *cell = left;
    }
    let mut before = None;
    // The cells two rows up and two left, one up and left, and one up.
    let diagonals = [0].iter().chain(older.iter());
    let cells = new.iter_mut().skip(1).zip(diagonals.zip(old.iter().zip(old.iter().skip(1))));
    for (&other, (cell, (swapped, (diagonal, above)))) in b.iter().zip(cells) {
        let mut slips = (left + 1).min(above + 1).min(diagonal + u8::from(letter != other));
        if previous == Some(other) && before == Some(letter) {
            slips = slips.min(swapped + 1);
        }
        *cell = slips;
        left = slips;
        before = Some(other);
    }
    new
}

/// What is left of two words without the letters that they begin and end with alike.
fn different_part<'a>(mut a: &'a [u8], mut b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    while let (Some((x, rest_of_a)), Some((y, rest_of_b))) = (a.split_first(), b.split_first()) {
        if x != y {
            break;
        }
        (a, b) = (rest_of_a, rest_of_b);
    }
    while let (Some((x, rest_of_a)), Some((y, rest_of_b))) = (a.split_last(), b.split_last()) {
        if x != y {
            break;
        }
        (a, b) = (rest_of_a, rest_of_b);
    }
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::{one_slip, slips, slips_of_spaced};

    #[test]
    fn slips_are_counted() {
        for (a, b, most, want) in [
            ("LIMA", "LIMA", 2, Some(0)),
            ("LIMA", "LIMO", 2, Some(1)),
            ("AUBJA", "ABUJA", 2, Some(1)),
            ("NEWDEHLI", "NEWDELHI", 2, Some(1)),
            ("KIFR", "KIRF", 1, Some(1)),
            ("", "AB", 2, Some(2)),
            ("AB", "", 2, Some(2)),
            ("", "", 0, Some(0)),
            ("BA", "AB", 1, Some(1)),
            ("ABC", "CA", 3, Some(3)),
            ("AMEMBISSY", "AMEMBASSY", 2, Some(1)),
            ("PARIS", "ROME", 2, None),
            ("PARIS", "PARISFRANCE", 2, None),
        ] {
            assert_eq!(slips(a, b, most), want, "{a} {b}");
        }
        for (text, word, most, want) in [
            ("S E R C E T", "SECRET", 1, Some(1)),
            ("C o n f i d e n t i a l", "CONFIDENTIAL", 2, Some(0)),
            ("CSE C R E T", "SECRET", 1, Some(1)),
            ("S E C T I O N", "SECRET", 1, None),
        ] {
            assert_eq!(slips_of_spaced(text, word, most), want, "{text}");
        }
        assert_eq!(slips(&"A".repeat(41), &"A".repeat(41), 1), None);
        assert_eq!(slips(&"A".repeat(40), &"A".repeat(39), 1), Some(1));
    }

    #[test]
    fn one_slip_is_one() {
        for (a, b, want) in [
            ("DECL", "DECL", true),
            ("DECL", "DECLL", true),
            ("DECL", "DCL", true),
            ("DECL", "DELC", true),
            ("DECL", "DEAL", true),
            ("DECL", "DEALS", false),
            ("DECL", "", false),
            ("", "D", true),
        ] {
            assert_eq!((one_slip(a, b), one_slip(b, a)), (want, want), "{a} {b}");
        }
    }
}
