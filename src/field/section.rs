//! The section of the classification line: `SECTION 01 OF 03`.

use std::fmt;

use crate::edit_distance::one_slip;
use crate::grammar::{Grammar, blanks, digits, gap, no, strip_prefix_ignoring_case, tag_no_case};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::combinator::{map, opt, peek, verify};
use nom::sequence::terminated;

/// Long messages are sent in sections; the archive keeps them as one, with the first section's line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Section {
    /// Which section the classification line, or format line 3, names.
    pub number: Option<u8>,
    /// How many there are; `None` without SECTION.
    pub of: Option<u8>,
}

impl fmt::Display for Section {
    /// As on the classification line: `SECTION 01 OF 03`; nothing where there are no sections.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(of) = self.of else { return Ok(()) };
        match self.number {
            Some(number) => write!(f, "SECTION {number:02} OF {of:02}"),
            None => write!(f, "SECTION OF {of:02}"),
        }
    }
}

/// ```text
/// section = [ "FINAL" SP ] "SECTION" *SP [ n *SP ] ( "OF" / "ON" / "/" ) *SP n
/// n       = 1*3DIGIT / "ONE" / "TWO" ... "TEN"
/// ```
///
/// at the start of a text, and what follows it. `SECTION` may have one slip, and between two numbers what is left of `OF`
/// is any one letter or two. Of numbers above 255 there is no section.
pub(crate) fn leading(text: &str) -> Option<(Section, &str)> {
    // The first letters of FINAL and SECTION, and its second one.
    if !text.starts_with(['F', 'f', 'S', 's', 'E', 'e']) {
        return None;
    }
    let (rest, section) = section(text).ok()?;
    Some((section, rest))
}

fn section(input: &str) -> Grammar<'_, Section> {
    let (rest, fin) = opt((tag_no_case("FINAL"), gap)).parse(input)?;
    let (rest, _) = (label, blanks).parse(rest)?;
    let (rest, n) = opt(terminated(count, blanks)).parse(rest)?;
    let left_of_it = |input| match n {
        Some(_) => terminated(take_while_m_n(1, 2, |c: char| c.is_ascii_alphabetic()), peek(gap)).parse(input),
        None => Err(no(input)),
    };
    let (rest, _) = (alt((tag_no_case("OF"), tag_no_case("ON"), tag_no_case("/"), left_of_it)), blanks).parse(rest)?;
    let (rest, of) = count.parse(rest)?;
    let Some(of) = of else { return Ok((rest, Section::default())) };
    let section = match n {
        _ if fin.is_some() => Section { number: Some(of), of: Some(of) },
        None => Section { number: None, of: Some(of) },
        Some(Some(number)) => Section { number: Some(number), of: Some(of) },
        Some(None) => Section::default(),
    };
    Ok((rest, section))
}

/// `label = "SECTION"`, with a letter wrong, missing or too many, or with a space lost after it.
fn label(input: &str) -> Grammar<'_, &str> {
    let slip = verify(take_while_m_n(6, 8, |c: char| c.is_ascii_alphabetic()), |word: &str| one_slip(word, "SECTION"));
    alt((tag_no_case("SECTION"), slip)).parse(input)
}

/// `n`; no number where it is above 255.
fn count(input: &str) -> Grammar<'_, Option<u8>> {
    const WORDS: [&str; 10] = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"];
    let in_words = WORDS.into_iter().zip(1..).find_map(|(word, n)| Some((strip_prefix_ignoring_case(input, word)?, n)));
    match in_words.filter(|(rest, _)| !rest.starts_with(char::is_alphanumeric)) {
        Some((rest, n)) => Ok((rest, Some(n))),
        None => map(digits(1, 3), |n| n.parse().ok()).parse(input),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections() {
        let cases = [
            ("SECTION 01 OF 03 OSLO", Some((Some(1), Some(3), " OSLO"))),
            ("SECTION 01OF 03", Some((Some(1), Some(3), ""))),
            ("SECTION 1/2", Some((Some(1), Some(2), ""))),
            ("FINAL SECTION OF 2", Some((Some(2), Some(2), ""))),
            ("SECTION 255 OF 255", Some((Some(255), Some(255), ""))),
            ("SECTIKN 01 OF 03 OSLO", Some((Some(1), Some(3), " OSLO"))),
            ("SECTON 2 OF 2 OSLO", Some((Some(2), Some(2), " OSLO"))),
            ("ECTION 2 OF 2 OSLO", Some((Some(2), Some(2), " OSLO"))),
            ("SECTION 01 F 03 OSLO", Some((Some(1), Some(3), " OSLO"))),
            ("SECTION 01 GF 02 OSLO", Some((Some(1), Some(2), " OSLO"))),
            ("SECTION OSLO 02", None),
            ("SELECTION 01 OF 02", None),
            ("SECTION 01 OF 256 OSLO", Some((None, None, " OSLO"))),
            ("SECTION 256 OF 03 OSLO", Some((None, None, " OSLO"))),
            ("SECTION ON FISH", None),
            ("SECTION 3", None),
        ];
        for (text, expected) in cases {
            let found = leading(text).map(|(section, rest)| (section.number, section.of, rest));
            assert_eq!(found, expected, "{text}");
        }
    }
}
