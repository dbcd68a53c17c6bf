//! Continuation (page) lines, which say of each page to which message it belongs.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::{all_consuming, opt, recognize, verify};
use nom::multi::many0;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use crate::grammar::{Expected, Grammar, blanks, digits, gap, number, strip_prefix_ignoring_case, tag_no_case, word};

/// What a page line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageLine<'a> {
    /// The post as written, cut to ten or six characters.
    pub(crate) post: &'a str,
    /// The message number.
    pub(crate) number: u32,
    /// The section and the number of sections.
    pub(crate) section: Option<(u16, u16)>,
}

/// The part of `page-a` after the post, found by its ` OF `:
///
/// ```text
/// page-a = POST 1*SP 8DIGIT 1*SP 3DIGIT [ "." DIGIT ] SP "OF" SP 3DIGIT
/// ```
///
/// `of` is the offset of the space before `OF`. Gives the offsets of the digits' start and of the end, the number and
/// the section.
pub(crate) fn page_a_around(line: &str, of: usize) -> Option<(usize, usize, u32, (u16, u16))> {
    let (before, after) = line.split_at_checked(of)?;
    let (rest, total) = page_total(after).ok()?;
    let before = before.trim_end();
    let before = match before.char_indices().rev().nth(1) {
        Some((i, '.')) if before.ends_with(|c: char| c.is_ascii_digit()) => before.get(..i)?,
        _ => before,
    };
    let (before, section) = split_trailing_digits(before, 3)?;
    let (before, number_text) = split_trailing_digits(before.trim_end(), 8)?;
    before.ends_with([' ', '\t']).then_some(())?;
    let number = number(number_text)?;
    Some((before.len(), line.len() - rest.len(), number, (section.parse().ok()?, total)))
}

/// `total = SP "OF" SP 1*3DIGIT [ "..." ]` (the dots where a publisher cut the text)
fn page_total(input: &str) -> Grammar<'_, u16> {
    let (rest, text) = preceded((blanks, tag_no_case("OF"), gap), digits(1, 3)).parse(input)?;
    let (rest, _) = opt(tag("...")).parse(rest)?;
    Ok((rest, text.parse().unwrap_or(0)))
}

/// `text` without the `count` digits at its end, and those digits.
fn split_trailing_digits(text: &str, count: usize) -> Option<(&str, &str)> {
    let (before, digits) = text.split_at_checked(text.len().checked_sub(count)?)?;
    (digits.bytes().all(|b| b.is_ascii_digit()) && !before.ends_with(|c: char| c.is_ascii_digit()))
        .then_some((before, digits))
}

/// Which post stands before the digits of a page line that is glued to text: the longest of `known` that fits, else
/// one that the table knows, else the last word. Gives its offset.
pub(crate) fn post_before<'a>(text: &'a str, known: &[&str]) -> (usize, &'a str) {
    let text = text.trim_end();
    let at = |len: usize| {
        let start = text.len().checked_sub(len)?;
        let post = text.get(start..)?;
        // Glued to a word in small letters, it begins with its first capital.
        let boundary = text.get(..start)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric() || c.is_lowercase());
        boundary.then_some((start, post))
    };
    let as_known = |post: &str| known.iter().any(|k| k.eq_ignore_ascii_case(post));
    let in_table = |post: &str| post.starts_with(|c: char| c.is_alphabetic()) && crate::knowledge::post(post).is_some();
    (3..=12)
        .rev()
        .filter_map(at)
        .find(|(_, p)| as_known(p))
        .or_else(|| (3..=12).rev().filter_map(at).find(|(_, p)| in_table(p)))
        .unwrap_or_else(|| {
            let start = text.rfind([' ', '\t']).map_or(0, |i| i + 1);
            (start, text.get(start..).unwrap_or_default())
        })
}

/// ```text
/// page-b = "PAGE" SP 2DIGIT SP post SP 4*6DIGIT *tail
/// tail   = section / time / "TOSEC" SP 1*6DIGIT / "POSS DUPE"
/// page-c = "PAGE" SP 2DIGIT SP RI 4DIGIT SP letter-spaced-class
/// ```
///
/// Gives what it says and how many bytes of the line it takes.
pub(crate) fn page_b(line: &str) -> Option<(PageLine<'_>, usize)> {
    let (rest, page) = page_b_production(line.trim_start()).ok()?;
    Some((page, line.len() - rest.len()))
}

/// `page-alone = "PAGE" gap 2*3DIGIT`: the records of 1979 have post and number on the next line.
pub(crate) fn is_page_alone(line: &str) -> bool {
    all_consuming((tag("PAGE"), gap, digits(2, 3), blanks)).parse(line).is_ok()
}

/// `first-page = "PAGE" gap "01" ...`
pub(crate) fn is_first_page(line: &str) -> bool {
    (tag_no_case("PAGE"), gap, tag("01")).parse(line).is_ok()
}

/// `page-reference = post SP 4*6DIGIT *tail`, and nothing else on the line
pub(crate) fn page_reference(line: &str) -> Option<PageLine<'_>> {
    all_consuming(terminated(page_b_tail, blanks)).parse(line).ok().map(|(_, page)| page)
}

fn page_b_production(input: &str) -> Grammar<'_, PageLine<'_>> {
    let (input, _) = (tag_no_case("PAGE"), gap, digits(2, 3), gap).parse(input)?;
    let (input, page) = alt((page_c_tail, page_b_tail)).parse(input)?;
    Ok((input, page))
}

/// `post SP 4*6DIGIT *tail`
fn page_b_tail(input: &str) -> Grammar<'_, PageLine<'_>> {
    let (rest, post) = post(input)?;
    let (rest, text) = preceded(gap, digits(4, 6)).parse(rest)?;
    let (rest, section) = opt(preceded(gap, section)).parse(rest)?;
    let (rest, _) = many0(preceded(gap, tail)).parse(rest)?;
    Ok((rest, PageLine { post, number: number(text).unwrap_or_default(), section }))
}

/// `section = 2DIGIT SP "OF" SP 2DIGIT`
fn section(input: &str) -> Grammar<'_, (u16, u16)> {
    let (rest, (n, _, of)) = (digits(1, 2), (gap, tag("OF"), gap), digits(1, 2)).parse(input)?;
    Ok((rest, (n.parse().unwrap_or(0), of.parse().unwrap_or(0))))
}

fn tail(input: &str) -> Grammar<'_, &str> {
    alt((
        recognize((digits(6, 6), blanks, tag("Z"))),
        // Recognition takes the Z for a 2.
        verify(digits(7, 7), |time: &str| time.ends_with('2')),
        recognize((alt((tag("TOSEC"), tag("SECTO"))), gap, digits(1, 6))),
        tag("POSS DUPE"),
        // A time that the record cut off.
        terminated(digits(1, 6), nom::combinator::eof),
    ))
    .parse(input)
}

/// `post = 1*3( capitals )`, not longer than ten characters
fn post(input: &str) -> IResult<&str, &str, Expected<'_>> {
    let (rest, text) = recognize((capitals, opt((gap, capitals)), opt((gap, capitals)))).parse(input)?;
    Ok((rest, text))
}

fn capitals(input: &str) -> Grammar<'_, &str> {
    verify(word, |w: &str| w.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'.' | b'-' | b'\''))).parse(input)
}

/// `RI 4DIGIT SP letter-spaced-class`: here the routing indicator stands for the post
fn page_c_tail(input: &str) -> Grammar<'_, PageLine<'_>> {
    let (rest, station) = verify(word, |w: &str| w.starts_with('R') && w.len() > 8).parse(input)?;
    let (post, text) = split_trailing_digits(station, 4)
        .ok_or(nom::Err::Error(Expected { rest: input, what: "a routing indicator and four digits" }))?;
    // What follows is the classification in letter-spacing, to the end of the line.
    Ok((
        rest.get(rest.len()..).unwrap_or_default(),
        PageLine { post, number: number(text).unwrap_or_default(), section: None },
    ))
}

/// Whether a line is the sort number under a PAGE line: `44`, `43/67`, `47-40`; under that of a first page, where no row
/// of a table can stand, `73 S` and `23 45` too.
pub(crate) fn is_sort_number(line: &str, first_page: bool) -> bool {
    let two = |s: &str| (1..=3).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    let in_two = line.split_once(' ').filter(|_| first_page);
    if let Some((number, more)) = in_two {
        return two(number) && (two(more) || more.len() == 1 && more.bytes().all(|b| b.is_ascii_uppercase()));
    }
    match line.split_once(['/', '-']) {
        Some((a, b)) => two(a) && two(b),
        None => two(line),
    }
}

/// Whether a line ends a message: `BT`, `#0029`, `NNNN`, `NNN`, `NMAFVVZCZ`, `E E E E E E E E` and the archive's own words.
pub(crate) fn is_end_of_message(line: &str) -> bool {
    match line.as_bytes() {
        b"BT" | b"NNN" | b"NNNN" | b"<< END OF DOCUMENT >>" => true,
        [b'#', digits @ ..] => digits.len() == 4 && digits.iter().all(u8::is_ascii_digit),
        // What the machine took of the next message's start signal stands on the same line.
        [b'N', b'N', b'N', ..] | [b'N', .., b'V', b'Z', b'C', b'Z'] => {
            line.len() <= 16 && line.bytes().all(|b| b.is_ascii_uppercase())
        }
        [b'E', b' ', b'E', b' ', b'E', ..] => line.bytes().all(|b| matches!(b, b'E' | b' ')),
        [b'*', b'*', b'*', b' ', ..] => {
            strip_prefix_ignoring_case(line.trim_start_matches(['*', ' ']), "Current ").is_some()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_a() {
        let cases = [
            ("alone", "LISBON 00001204  002 OF 003", "", Some((1204, (2, 3)))),
            ("with a page in the section", "LISBON 00001204 001.2 OF 003", "", Some((1204, (1, 3)))),
            ("cut by a publisher", "LISBON 00001204  001.2 OF 0...", "", Some((1204, (1, 0)))),
            ("text after", "LISBON 00001204 001.2 OF 002 (U) THIS", " (U) THIS", Some((1204, (1, 2)))),
            ("nine digits", "LISBON 100001204 001 OF 002", "", None),
            ("a class-line", "UNCLAS SECTION 01 OF 03 LISBON 001204", "", None),
        ];
        for (name, line, rest, expected) in cases {
            let got = page_a_around(line, line.find(" OF ").unwrap());
            assert_eq!(got.map(|g| (g.2, g.3)), expected, "{name}");
            if let Some((_, end, ..)) = got {
                assert_eq!(line.get(end..), Some(rest), "{name}");
            }
        }
    }

    #[test]
    fn posts_before_a_page_line() {
        assert_eq!(post_before("TO WASHINGTON BRASILIA ", &[]).1, "BRASILIA");
        assert_eq!(post_before("LETTER TO SAO PAULO", &["SAO PAULO"]).1, "SAO PAULO");
        assert_eq!(post_before("SEE XYZ ZANADU", &[]).1, "ZANADU");
    }

    #[test]
    fn page_b_lines() {
        let cases = [
            ("1974", "PAGE 01  LA PAZ 02004  01 OF 03  012251Z", Some(("LA PAZ", 2004, Some((1, 3)))), ""),
            ("1979", "PAGE 02        STATE  322132", Some(("STATE", 322_132, None)), ""),
            ("possible duplicate", "PAGE 01  LA PAZ 02004  012251Z   POSS DUPE", Some(("LA PAZ", 2004, None)), ""),
            ("second serial", "PAGE 01 STATE 286983 TOSEC 110023", Some(("STATE", 286_983, None)), ""),
            ("cut off", "PAGE 03        LA PAZ 10472  03 OF 04  081", Some(("LA PAZ", 10472, Some((3, 4)))), ""),
            ("a time as recognised", "PAGE 03 OSLO 13169 01 OF 02 3017542", Some(("OSLO", 13169, Some((1, 2)))), ""),
            ("prose", "PAGE STORIES CONCLUDED", None, ""),
            ("prose with a number", "PAGE 12 OF THE REPORT", None, ""),
        ];
        for (name, line, expected, rest) in cases {
            let got = page_b(line);
            assert_eq!(got.map(|(p, _)| (p.post, p.number, p.section)), expected, "{name}");
            if let Some((_, len)) = got {
                assert_eq!(line.get(len..), Some(rest), "{name}");
            }
        }
    }

    #[test]
    fn sort_numbers() {
        for (line, first, other) in [
            ("44", true, true),
            ("43/67", true, true),
            ("47-40", true, true),
            ("73 S", true, false),
            ("23 45", true, false),
            ("73 SS", false, false),
            ("COD 12", false, false),
        ] {
            assert_eq!((is_sort_number(line, true), is_sort_number(line, false)), (first, other), "{line}");
        }
    }

    #[test]
    fn ends() {
        for line in [
            "BT",
            "#0029",
            "NNNN",
            "NNN",
            "NNNNMAFVVZCZ",
            "NMAFVVZCZ",
            "NNVVZCZ",
            "E E E E E E E E",
            "<< END OF DOCUMENT >>",
        ] {
            assert!(is_end_of_message(line), "{line}");
        }
        for line in ["BTO", "#29", "NN", "E E", "NOT VVZCZ", "VZCZ", "NNN SAID", "*** A NOTE"] {
            assert!(!is_end_of_message(line), "{line}");
        }
    }
}
