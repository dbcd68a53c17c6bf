//! How many slips of the hand lie between two words.

/// The longest word that is compared.
const LONGEST: usize = 40;

/// The number of letters wrong, missing, too many, or swapped with their neighbour, if it is `most` or fewer.
///
/// (Optimal string alignment: a swap is one slip, not two.) Takes time in proportion to the lengths' product, which
/// `LONGEST` bounds; allocates nothing.
pub(super) fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most || a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let (a, b) = different_part(a.as_bytes(), b.as_bytes());
    // Both ends differ: one slip can only be a letter wrong, missing or too many, or two swapped.
    if most <= 1 && a.len().max(b.len()) > 2 {
        return None;
    }
    let mut older = [0_usize; LONGEST + 1];
    let mut old = [0_usize; LONGEST + 1];
    for (slips, cell) in old.iter_mut().enumerate() {
        *cell = slips;
    }
    let mut previous = None;
    for (row, &letter) in a.iter().enumerate() {
        let mut new = [0_usize; LONGEST + 1];
        let mut left = row + 1;
        let mut least = left;
        if let Some(cell) = new.first_mut() {
            *cell = left;
        }
        let mut before = None;
        // The cells two rows up and two left, one up and left, and one up.
        let diagonals = [0].iter().chain(older.iter());
        let cells = new.iter_mut().skip(1).zip(diagonals.zip(old.iter().zip(old.iter().skip(1))));
        for (&other, (cell, (swapped, (diagonal, above)))) in b.iter().zip(cells) {
            let mut slips = (left + 1).min(above + 1).min(diagonal + usize::from(letter != other));
            if previous == Some(other) && before == Some(letter) {
                slips = slips.min(swapped + 1);
            }
            *cell = slips;
            left = slips;
            least = least.min(slips);
            before = Some(other);
        }
        if least > most {
            return None;
        }
        older = old;
        old = new;
        previous = Some(letter);
    }
    old.get(b.len()).copied().filter(|slips| *slips <= most)
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
    use super::slips;

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
        assert_eq!(slips(&"A".repeat(41), &"A".repeat(41), 1), None);
        assert_eq!(slips(&"A".repeat(40), &"A".repeat(39), 1), Some(1));
    }
}
