//! The wrapper of an archive record: stamps, `Message Text`, the message, `Message Attributes`.

use std::ops::Range;

use crate::archive::attributes;
use crate::fast_path;
use crate::lines::{Cut, Line, MayBe, Report, trim_end, trim_start};
use crate::region::RegionKind;

/// What lies where in a document, as ranges of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The lines of the message, without stamps and blank lines around it; all lines where this is no record.
    pub(crate) message: Range<usize>,
    /// The lines after `Message Attributes`; `None` where there is no such line.
    pub(crate) attributes: Option<Range<usize>>,
    /// Whether one of the two labels was found.
    pub(crate) wrapped: bool,
}

/// Finds message and attributes, and marks the labels and the stamps round the message.
///
/// Stamps inside the message are left alone, and so are those among the attributes, which
/// [`attributes::parse`] marks.
pub(crate) fn split(lines: &[Line<'_>], report: &mut Report) -> Record {
    let end_label = attributes_label(lines);
    let end = end_label.unwrap_or(lines.len());
    let start_label = text_label(lines.get(..end).unwrap_or_default(), end_label.is_some());
    let wrapped = start_label.is_some() || end_label.is_some();
    if !wrapped {
        return Record { message: 0..lines.len(), attributes: None, wrapped };
    }
    let message = without_stamps(lines, start_label.map_or(0, |label| label + 1)..end);
    let outside = lines.iter().take(message.start).chain(lines.iter().take(end).skip(message.end));
    for line in outside.filter(|line| is_stamp(line.text)) {
        report.mark(line, RegionKind::Stamp);
    }
    for (label, kind) in [(start_label, RegionKind::Notice), (end_label, RegionKind::Attributes)] {
        if let Some(line) = label.and_then(|label| lines.get(label)) {
            report.mark(line, kind);
        }
    }
    Record { message, attributes: end_label.map(|label| label + 1..lines.len()), wrapped }
}

/// Parts a line at the label of the attributes that it ends with, where attributes follow: the text lost its line breaks.
pub(crate) fn part_label(lines: &mut Vec<Line<'_>>) {
    const LABEL: &str = "Message Attributes";
    let glued = |line: &Line<'_>| line.text.len() > LABEL.len() && line.text.ends_with(LABEL);
    let follow =
        |index: usize| attributes_follow(lines.get(index + 1..).unwrap_or_default()) && lines.get(index + 1).is_some();
    let Some(index) = lines.iter().rposition(glued).filter(|index| follow(*index)) else { return };
    let Some(line) = lines.get(index).copied() else { return };
    let at = line.text.len() - LABEL.len();
    let (before, label) = line.text.split_at_checked(at).unwrap_or_default();
    let label = Line::new(label, line.start + at, line.end(), Cut::None);
    let before = Line::new(before.trim_end(), line.start, line.start + at, line.cut);
    lines.splice(index..=index, [before, label]);
}

/// The last line `Message Attributes` after which attributes stand, or nothing.
fn attributes_label(lines: &[Line<'_>]) -> Option<usize> {
    let labels = lines.iter().enumerate().rev().filter(|(_, line)| is_attributes_label(line));
    labels.map(|(label, _)| label).find(|label| attributes_follow(lines.get(label + 1..).unwrap_or_default()))
}

fn is_attributes_label(line: &Line<'_>) -> bool {
    is_label(line, "Message Attributes")
}

/// Whether a line is this label. It is asked of every line.
#[inline]
fn is_label(line: &Line<'_>, label: &str) -> bool {
    line.may_be(MayBe::RecordLabel) && line.trimmed().eq_ignore_ascii_case(label)
}

/// Whether the first line that is neither blank nor a stamp is an attribute, or nothing follows.
fn attributes_follow(lines: &[Line<'_>]) -> bool {
    let next = lines.iter().find(|line| is_attributes_label(line) || !line.is_blank() && !is_stamp(line.text));
    next.is_none_or(|line| !is_attributes_label(line) && attributes::is_key_line(line.text))
}

/// The first line `Message Text`; where no attributes follow, only stamps may stand before it.
fn text_label(lines: &[Line<'_>], has_attributes: bool) -> Option<usize> {
    let label = lines.iter().position(|line| is_label(line, "Message Text"))?;
    let bare = || lines.iter().take(label).all(|line| line.is_blank() || is_stamp(line.text));
    (has_attributes || bare()).then_some(label)
}

/// `range` without the blank lines and stamps at its ends.
fn without_stamps(lines: &[Line<'_>], range: Range<usize>) -> Range<usize> {
    let part = lines.get(range.clone()).unwrap_or_default();
    let content = |line: &Line<'_>| !line.is_blank() && !is_stamp(line.text);
    let Some(first) = part.iter().position(content) else { return range.start..range.start };
    let last = part.iter().rposition(content).unwrap_or(first);
    range.start + first..range.start + last + 1
}

/// Whether nothing stands on the line but declassification or release stamps, one or several.
///
/// ```text
/// Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
/// Sheryl P. Walter Declassified/Released US Department of State EO Systematic Review 20 Mar 2014
/// UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05771875 Date: 12/31/2015
/// RELEASE IN PART B6
/// ```
pub(crate) fn is_stamp(line: &str) -> bool {
    let mut rest = trim_end(trim_start(line));
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let Some(after) = stamp(rest) else { return false };
        rest = after.trim_start();
    }
    true
}

/// The first declassification stamp inside a line, as a range of bytes: where one got into the middle of prose.
pub(crate) fn stamp_within(line: &str) -> Option<Range<usize>> {
    let at = memchr::memmem::find(line.as_bytes(), b"Declassified/Released")?;
    let (before, from) = line.split_at_checked(at)?;
    let start = signer_before(before);
    let rest = review_stamp(from)?;
    Some(start..line.len() - rest.len())
}

/// Where the name that ends `before` starts; its end, where no name stands there.
fn signer_before(before: &str) -> usize {
    let mut start = before.len();
    let mut rest = before.trim_end();
    for _ in 0..3 {
        let word = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
        if !is_name_word(word) {
            break;
        }
        rest = rest.strip_suffix(word).unwrap_or_default();
        start = rest.len();
        rest = rest.trim_end();
    }
    start
}

/// `stamp = [ name ] review-stamp / case-stamp / release-stamp`; what follows it.
fn stamp(text: &str) -> Option<&str> {
    // Asked of every attribute and of many lines else: the first letters tell which it may be.
    match text.as_bytes() {
        [b'A'..=b'Z', b'A'..=b'Z', ..] => case_stamp(text).or_else(|| release_stamp(text)),
        // All others are longer.
        _ if text.len() < 50 => None,
        [b'D', b'e', ..] => review_stamp(text).or_else(|| signed(text).and_then(review_stamp)),
        [b'U', b'.', ..] => signed(text).and_then(review_stamp).or_else(|| case_stamp(text)),
        [b'A'..=b'Z', b'a'..=b'z' | b'.', ..] => signed(text).and_then(review_stamp),
        _ => None,
    }
}

/// `name = 2*3( name-word )`; what follows it.
fn signed(text: &str) -> Option<&str> {
    let (mut rest, mut words) = (text, 0);
    while words < 3
        && let Some((name, after)) = word(rest)
        && is_name_word(name)
    {
        (rest, words) = (after, words + 1);
    }
    (words >= 2).then_some(rest)
}

/// `name-word = upper ( "." / 1*lower )`: `Sheryl`, `P.`
fn is_name_word(word: &str) -> bool {
    let mut letters = word.chars();
    let Some('A'..='Z') = letters.next() else { return false };
    let rest = letters.as_str();
    rest == "." || !rest.is_empty() && rest.chars().all(|c| c.is_ascii_lowercase())
}

/// `review-stamp = "Declassified/Released US Department of State EO Systematic Review" date`; what follows it.
fn review_stamp(text: &str) -> Option<&str> {
    const USUAL: &str = "Declassified/Released US Department of State EO Systematic Review ";
    const WORDS: [&str; 8] = ["Declassified/Released", "US", "Department", "of", "State", "EO", "Systematic", "Review"];
    // As it nearly always is, for a fiftieth of the cost.
    let usual = text.strip_prefix(USUAL).filter(|_| !fast_path::is_disabled());
    let rest = usual.map_or_else(|| words(text, &WORDS), Some)?;
    let after = (0..3).try_fold(rest, |rest, _| word(rest).map(|(_, rest)| rest))?;
    attributes::date(rest.strip_suffix(after)?)?;
    Some(after)
}

/// `case-stamp = *2level "U.S. Department of State Case No." id "Doc No." id "Date:" date`; what follows it.
fn case_stamp(text: &str) -> Option<&str> {
    const LEVELS: [&str; 7] = ["UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "SENSITIVE", "LIMITED", "OFFICIAL", "USE"];
    let mut rest = text;
    while let Some((level, after)) = word(rest)
        && LEVELS.contains(&level)
    {
        rest = after;
    }
    let rest = words(rest, &["U.S.", "Department", "of", "State", "Case", "No."])?;
    let (_case, rest) = word(rest)?;
    let rest = words(rest, &["Doc", "No."])?;
    let (_document, rest) = word(rest)?;
    let (date, rest) = word(words(rest, &["Date:"])?)?;
    date.bytes().all(|b| b.is_ascii_digit() || b == b'/').then_some(rest)
}

/// `release-stamp = ( "RELEASE" / "RELEASED" / "DENIED" / "EXCISED" ) "IN" ( "FULL" / "PART" ) *exemption`, or
/// `"REVIEW AUTHORITY:"` to the end of the line; what follows it.
fn release_stamp(text: &str) -> Option<&str> {
    if text.starts_with("REVIEW AUTHORITY:") {
        return Some("");
    }
    let (decision, rest) = word(text)?;
    matches!(decision, "RELEASE" | "RELEASED" | "DENIED" | "EXCISED").then_some(())?;
    let (extent, mut rest) = word(words(rest, &["IN"])?)?;
    matches!(extent.trim_end_matches(','), "FULL" | "PART").then_some(())?;
    while let Some((code, after)) = word(rest)
        && is_exemption(code)
    {
        rest = after;
    }
    Some(rest)
}

/// `exemption = ( "B" / DIGIT ) 1*( ALPHA / DIGIT / "." / "(" / ")" / "," )`: `B6`, `1.4(D),B1`.
fn is_exemption(word: &str) -> bool {
    word.starts_with(|c: char| c == 'B' || c.is_ascii_digit())
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'(' | b')' | b','))
}

/// What follows these words, whatever spaces part them.
fn words<'t>(text: &'t str, expected: &[&str]) -> Option<&'t str> {
    expected.iter().try_fold(text, |rest, expected| {
        let (word, rest) = word(rest)?;
        (word == *expected).then_some(rest)
    })
}

/// The first word and what follows it.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let sign = |b: &u8| !matches!(b, b'!'..=b'~');
    let end = match text.as_bytes().iter().position(sign) {
        Some(end) if text.as_bytes().get(end) == Some(&b' ') => end,
        None => text.len(),
        // Seldom: a tab, or a letter outside ASCII.
        Some(_) => text.find(char::is_whitespace).unwrap_or(text.len()),
    };
    text.split_at_checked(end).filter(|(word, _)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    const STAMP: &str = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005";

    #[test]
    fn a_label_at_the_end_of_a_line() {
        for (text, want) in [
            ("It is late. NNNMessage Attributes\nAutomatic Decaptioning: X\n", 3),
            ("It is late. NNN Message Attributes\nAutomatic Decaptioning: X\n", 3),
            ("They have no Message Attributes\nand no text\n", 2),
        ] {
            let mut lines = crate::lines::split(text);
            part_label(&mut lines);
            assert_eq!(lines.len(), want, "{text}");
            assert_eq!(lines.last().map(Line::end), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn stamps() {
        for (line, want) in [
            (STAMP, true),
            ("  Declassified/Released  US Department of State EO  Systematic Review 30 JUN 2005 ", true),
            ("Sheryl P. Walter Declassified/Released US Department of State EO Systematic Review 20 Mar 2014", true),
            ("Margaret P. Grafeld Declassified/Released US Department of State EO Systematic Review 04 MAY 2006", true),
            (&format!("{STAMP} {STAMP}"), true),
            (&format!("{STAMP}  Jane Q. Roe {STAMP}"), true),
            ("UNCLASSIFIED U.S. Department of State Case No. F-2010-00001 Doc No. C05000001 Date: 12/31/2015", true),
            ("RELEASE IN FULL", true),
            ("RELEASE IN PART B1,1.4(D), B6", true),
            ("RELEASED IN PART", true),
            ("REVIEW AUTHORITY: Jane Roe, Senior Reviewer", true),
            ("", false),
            ("Markings: Declassified/Released US Department of State EO Systematic Review 30 JUN 2005", false),
            ("THE FISH Declassified/Released US Department of State EO Systematic Review 30 JUN 2005", false),
            ("Declassified/Released US Department of State EO Systematic Review", false),
            ("Declassified/Released", false),
            ("RELEASE IN PART OF THE PRISONERS", false),
            ("RELEASE OF FISH", false),
            ("UNCLASSIFIED", false),
        ] {
            assert_eq!(is_stamp(line), want, "{line}");
        }
    }

    #[test]
    fn stamps_inside_a_line() {
        for (name, line, want) in [
            ("without a name", format!("THE FAIR {STAMP} OPENED"), Some(STAMP.to_owned())),
            ("with a name", format!("THE FAIR Jane Q. Roe {STAMP}"), Some(format!("Jane Q. Roe {STAMP}"))),
            ("none", "THE FAIR OPENED".to_owned(), None),
        ] {
            assert_eq!(stamp_within(&line).and_then(|range| line.get(range)).map(str::to_owned), want, "{name}");
        }
    }

    #[test]
    fn records() {
        let attributes = "Message Attributes\nAutomatic Decaptioning: X\n";
        for (name, text, message, attributes, wrapped) in [
            ("whole", format!("{STAMP}\nMessage Text\n\nUNCLAS\nNNN\n{STAMP}\n\n{attributes}"), 3..5, Some(8..9), true),
            ("without text", format!("{STAMP}\n{attributes}"), 0..0, Some(2..3), true),
            ("without attributes", format!("{STAMP}\nMessage Text\nUNCLAS\n"), 2..3, None, true),
            (
                "the label in the text",
                format!("Message Text\nUNCLAS\nMessage Attributes\nFISH\n{attributes}"),
                1..4,
                Some(5..6),
                true,
            ),
            ("no record", "UNCLAS\nMessage Text\nFISH\n".to_owned(), 0..3, None, false),
            ("empty", String::new(), 0..0, None, false),
        ] {
            let record = split(&lines::split(&text), &mut Report::default());
            assert_eq!((record.message, record.attributes, record.wrapped), (message, attributes, wrapped), "{name}");
        }
    }

    #[test]
    fn what_is_outside_is_marked() {
        let text = format!("{STAMP}\nMessage Text\n\nUNCLAS\n{STAMP}\nMessage Attributes\n");
        let mut report = Report::default();
        split(&lines::split(&text), &mut report);
        let kinds: Vec<_> = report.regions.partition(&text).into_iter().map(|r| r.kind).collect();
        let want = [
            RegionKind::Stamp,
            RegionKind::Notice,
            RegionKind::Blank,
            RegionKind::Unrecognised,
            RegionKind::Stamp,
            RegionKind::Attributes,
        ];
        assert_eq!(kinds, want);
    }
}
