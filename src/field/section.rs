//! The section of the classification line: `SECTION 01 OF 03`.

use std::fmt;

use crate::grammar::{Grammar, blanks, digits, gap, strip_prefix_ignoring_case, tag_no_case};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, opt};
use nom::sequence::terminated;

/// Long messages are sent in sections; the archive keeps them as one, with the first section's line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Section {
    /// Which section the classification line, or format line 3, names.
    pub number: Option<u8>,
    /// How many there are; `None` where no SECTION stands.
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
/// at the start of a text, and what follows it. Of numbers above 255 there is no section.
pub(crate) fn leading(text: &str) -> Option<(Section, &str)> {
    // The first letters of FINAL and SECTION.
    if !text.starts_with(['F', 'f', 'S', 's']) {
        return None;
    }
    let (rest, section) = section(text).ok()?;
    Some((section, rest))
}

fn section(input: &str) -> Grammar<'_, Section> {
    let (rest, fin) = opt((tag_no_case("FINAL"), gap)).parse(input)?;
    let (rest, _) =
        (alt((tag_no_case("SECTION"), tag_no_case("SCTION"), tag_no_case("SECTON"))), blanks).parse(rest)?;
    let (rest, n) = opt(terminated(count, blanks)).parse(rest)?;
    let (rest, _) = (alt((tag_no_case("OF"), tag_no_case("ON"), tag_no_case("/"))), blanks).parse(rest)?;
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
