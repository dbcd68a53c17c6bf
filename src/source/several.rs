//! Several cables in one text: where each of them begins.
//!
//! A cable begins with a whole message header (date-time group, FM, TO, and a classification line with another post and
//! number), or, after an end of message or a form feed, with less of it. A section of the same message is no other
//! cable, nor is a telegram that a cable quotes, nor what stands in a record of the archive.

use std::ops::Range;

use memchr::memmem;

use crate::field::classification::{self, class_line};
use crate::field::dtg::is_dtg_line;
use crate::field::mrn::canonical_post;
use crate::text::line_end;

/// No header has more lines above its classification line.
const HEADER: usize = 200;
/// How far above its date-time group a header begins at the most.
const ENVELOPE: usize = 60;

/// The texts of the cables, in their order, without rules between them: the whole text where there is no second cable.
pub(super) fn cables(text: &str) -> Vec<Range<usize>> {
    let cuts = if may_be_several(text) { cuts(&lines(text)) } else { Vec::new() };
    let ends = cuts.iter().map(|cut| cut.start).chain([text.len()]);
    let begins = std::iter::once(0).chain(cuts.iter().map(|cut| cut.end));
    begins.zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether anything speaks for a second cable: nearly every text is done with here.
fn may_be_several(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at_start = |at: usize| at == 0 || matches!(bytes.get(at - 1), Some(b'\n' | b'\r' | 0x0c | b' ' | b'*' | b'|'));
    let count = |word: &[u8]| memmem::find_iter(bytes, word).filter(|at| at_start(*at)).take(2).count();
    let first_from = memmem::find_iter(bytes, b"FM ").find(|at| at_start(*at)).unwrap_or(0);
    count(b"FM ") > 1
        || memmem::find(bytes.get(..first_from).unwrap_or_default(), b"SUBJ").is_some()
        || count(b"MRN:") > 1
        || count(b"Message Attributes") > 0 && count(b"Message Text") > 1
        || count(b"NNN") > 0
        || memchr::memchr(0x0c, bytes).is_some()
}

/// A line, and where it starts.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// Whether a form feed begins it.
    feeds: bool,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut lines, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let start = text.len() - rest.len();
        let at = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let (line, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        lines.push(Line { start, text: line.trim(), feeds: line.trim_start_matches(' ').starts_with('\u{c}') });
        rest = tail.get(line_end(tail)..).unwrap_or_default();
    }
    lines
}

/// What separates two cables: it begins where the first one ends, and ends where the second one begins.
type Cut = Range<usize>;

/// The cuts between cables.
fn cuts(lines: &[Line<'_>]) -> Vec<Cut> {
    let begins =
        |word: &str| lines.iter().position(|line| line.text.trim_start_matches(['*', '|', ' ']).starts_with(word));
    let starts = match (begins("Message Attributes"), begins("MRN:")) {
        (Some(_), _) => records(lines),
        (None, Some(first)) if lines.iter().take(first).all(|line| !is_dtg_line(line.text)) => smart_records(lines),
        _ => telegrams(lines),
    };
    let cut = |start: usize| {
        let above = lines.iter().take(start).rev().take_while(|line| line.text.is_empty() || is_rule(line.text));
        // Blank lines alone are of the text above them.
        let rule = above.enumerate().filter(|(_, line)| is_rule(line.text)).map(|(nth, _)| start - nth - 1).last();
        Some(lines.get(rule.unwrap_or(start))?.start..lines.get(start)?.start)
    };
    starts.into_iter().filter_map(cut).collect()
}

/// A record of the archive begins with `Message Text` after the attributes of the one before, and with the stamp above it.
fn records(lines: &[Line<'_>]) -> Vec<usize> {
    let (mut starts, mut is_ended) = (Vec::new(), false);
    for (at, line) in lines.iter().enumerate() {
        if line.text == "Message Attributes" {
            is_ended = true;
        } else if line.text == "Message Text" && is_ended {
            let above = lines.iter().take(at).rev();
            let stamps =
                above.take_while(|line| line.text.is_empty() || line.text.starts_with("Declassified/Released"));
            starts.push(at - stamps.count());
            is_ended = false;
        }
    }
    starts
}

/// A record of SMART begins with `MRN:` and a number that is not the one before, and with the banner above it.
fn smart_records(lines: &[Line<'_>]) -> Vec<usize> {
    let (mut starts, mut last) = (Vec::new(), None);
    for (at, line) in lines.iter().enumerate() {
        let Some(number) = line.text.trim_start_matches(['*', '|', ' ']).strip_prefix("MRN:") else { continue };
        let number: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        let below = lines.iter().skip(at + 1).take(4);
        let is_record = below.clone().any(|line| line.text.contains("Date/DTG:") || line.text.contains("From:"));
        if !is_record || number.is_empty() || last.as_ref() == Some(&number) {
            continue;
        }
        if last.replace(number).is_some() {
            let above = lines.iter().take(at).rev().take(ENVELOPE);
            let is_banner = |text: &str| classification::is_banner(text) || matches!(text, "SBU" | "SENSITIVE");
            starts.push(at - above.take_while(|line| line.text.is_empty() || is_banner(line.text)).count());
        }
    }
    starts
}

/// Which message a header is of.
#[derive(Clone, PartialEq, Eq)]
struct Identity {
    post: String,
    number: u32,
    section: Option<(u8, u8)>,
}

impl Identity {
    fn of(line: &str) -> Option<Self> {
        let may_be = line.len() < 120 && line.starts_with(['U', 'C', 'S', 'L', 'T', 'u', 'c', 's', 'l', 't']);
        let found = may_be.then(|| class_line(line)).flatten()?;
        let section = found.section.number.zip(found.section.of);
        Some(Self { post: canonical_post(found.post).into_owned(), number: found.number?, section })
    }

    /// Whether another header is of the same message: the same post and number, or a later section of as many.
    fn is_of(&self, other: &Self) -> bool {
        let has_post = !self.post.is_empty() && !other.post.is_empty();
        let same_post = !has_post || self.post == other.post;
        let continues =
            self.section.zip(other.section).is_some_and(|((_, of), (number, of_other))| number > 1 && of == of_other);
        same_post && (self.number == other.number || continues)
    }
}

/// Telegrams one after another.
fn telegrams(lines: &[Line<'_>]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut current: Option<Identity> = None;
    // The first line after the last end of a message, while nothing else was met.
    let mut ended = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.feeds {
            ended = Some(at);
        }
        if is_end(line.text) {
            ended = Some(at + 1);
            at += 1;
            continue;
        }
        let found = header(lines, at, ended.is_some());
        let Some((identity, class_at)) = found else {
            // A cable without its header has a number all the same.
            if current.is_none() {
                current = Identity::of(line.text);
            }
            if !is_envelope(line.text) {
                ended = None;
            }
            at += 1;
            continue;
        };
        let is_another = current.as_ref().is_some_and(|current| !current.is_of(&identity));
        if !is_another {
            current.get_or_insert(identity);
        } else if let Some(start) = start_of(lines, at, class_at, ended) {
            starts.push(start);
            current = Some(identity);
        }
        ended = None;
        at = class_at + 1;
    }
    starts
}

/// A message header that begins here, and its classification line; after the end of a message, less of it is enough.
fn header(lines: &[Line<'_>], at: usize, after_end: bool) -> Option<(Identity, usize)> {
    let line = lines.get(at)?.text;
    if after_end && let Some(identity) = Identity::of(line) {
        return Some((identity, at));
    }
    let is_from = |text: &str| text.starts_with("FM ") || text.starts_with("Fm ");
    let next = |at: usize, reach: usize, is: &dyn Fn(&str) -> bool| {
        let mut below = (at..).zip(lines.get(at..)?).filter(|(_, line)| !line.text.is_empty()).take(reach);
        below.find(|(_, line)| is(line.text)).map(|(at, _)| at)
    };
    let from = if line.starts_with(['Z', 'O', 'P', 'R', 'W', 'Y']) && is_dtg_line(line) {
        next(at + 1, 3, &is_from)?
    } else {
        (after_end && is_from(line)).then_some(at)?
    };
    let to = next(from + 1, 4, &|text| text.starts_with("TO ") || text.starts_with("To "))?;
    for (at, line) in (to + 1..).zip(lines.get(to + 1..)?).take(HEADER) {
        if let Some(identity) = Identity::of(line.text) {
            return Some((identity, at));
        }
        // The next header, or a text that has no number.
        if is_from(line.text) || line.text.starts_with("SUBJECT") || line.text.starts_with("1. ") {
            return None;
        }
    }
    None
}

/// Where the cable begins whose header is here; nothing where the cable above quotes it.
fn start_of(lines: &[Line<'_>], at: usize, class_at: usize, ended: Option<usize>) -> Option<usize> {
    let above = lines.iter().take(at).rev().take(ENVELOPE);
    let highest = at - above.take_while(|line| line.text.is_empty() || is_envelope(line.text)).count();
    let highest = ended.map_or(highest, |ended| ended.clamp(highest, at));
    if ended.is_none() && (is_announced(lines.get(..highest)?) || is_unquoted(lines.get(class_at..)?)) {
        return None;
    }
    let blank = lines.get(highest..at)?.iter().take_while(|line| line.text.is_empty() || is_rule(line.text)).count();
    Some(highest + blank)
}

/// Whether the last lines of a text announce another one: `FOLLOWING IS THE TEXT OF`, `QTE`, a colon.
fn is_announced(above: &[Line<'_>]) -> bool {
    const WORDS: [&str; 14] = [
        "QUOTE",
        "QTE",
        "REPEAT",
        "RPT",
        "FOLLOW",
        "FORWARD",
        "RELAY",
        "READS",
        "RETRANSMI",
        "TEXT OF",
        "COPY OF",
        "ENCLOS",
        "ATTACH",
        "BELOW",
    ];
    let last = above.iter().rev().filter(|line| !line.text.is_empty() && !is_rule(line.text)).take(3);
    last.enumerate().any(|(nth, line)| {
        let upper = line.text.to_ascii_uppercase();
        let is_closed = upper.contains("UNQUOTE") || upper.contains("UNQTE") || upper.contains("END QUOTE");
        nth == 0 && upper.ends_with(':') || !is_closed && WORDS.iter().any(|word| upper.contains(word))
    })
}

/// Whether the quotation of a text ends below it, before the next header.
fn is_unquoted(below: &[Line<'_>]) -> bool {
    let mut depth = 0_i32;
    for line in below.iter().take_while(|line| !is_dtg_line(line.text) && !is_end(line.text)) {
        let upper = line.text.to_ascii_uppercase();
        let ends =
            ["UNQUOTE", "UNQTE", "END QUOTE", "END OF QUOTE", "END TEXT"].iter().any(|word| upper.contains(word));
        let begins = !ends && ["QUOTE", "QTE", "BEGIN TEXT"].iter().any(|word| upper.contains(word));
        depth += i32::from(begins) - i32::from(ends);
        if depth < 0 {
            return true;
        }
    }
    false
}

/// Whether a line ends a message.
fn is_end(line: &str) -> bool {
    matches!(line, "NNN" | "NNNN" | "<< END OF DOCUMENT >>")
}

/// Whether a line is a rule, or a sign that stands between two texts.
fn is_rule(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '#' | '~' | ' '))
}

/// Whether a line stands above the date-time group of a header: format lines 1 to 4, banners, page lines, the block of
/// offices.
fn is_envelope(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let first = words.next().unwrap_or_default();
    let is_routing =
        |word: &str| word.len() >= 5 && word.starts_with('R') && word.bytes().all(|b| b.is_ascii_uppercase());
    let is_office = |word: &str| {
        let (office, copies) = word.split_once('-').unwrap_or_default();
        (1..=5).contains(&office.len()) && !copies.is_empty() && copies.bytes().all(|b| b.is_ascii_digit())
    };
    line.is_empty()
        || first.starts_with("VZCZC")
        || matches!(first, "ZZ" | "OO" | "PP" | "RR") && words.clone().all(is_routing)
        || is_routing(first) && words.clone().all(is_routing)
        || matches!(first, "DE" | "ZNR" | "ZNY" | "PAGE" | "null" | ">")
        || matches!(first, "ACTION" | "ORIGIN" | "INFO") && words.clone().all(is_office)
        || is_office(first) && words.clone().all(is_office)
        || line.starts_with('/') && line.ends_with('W')
        || line.starts_with("------")
        || line.len() <= 5 && line.bytes().all(|b| b.is_ascii_digit() || b == b'/')
        || is_rule(line)
        || classification::is_banner(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cable(post: &str, number: u32, end: &str) -> String {
        format!(
            "P 030915Z JUL 09\nFM AMEMBASSY {post}\nTO RUEHC/SECSTATE WASHDC PRIORITY 6973\n\nUNCLAS {post} {number:06}\n\nSIPDIS\n\n\
             E.O. 12958: N/A\nTAGS: EFIS, NO\nSUBJECT: FISH\n\n1. (U) The fish market has a roof.\n\n{end}"
        )
    }

    fn begins(text: &str) -> Vec<&str> {
        let begin = |range: Range<usize>| {
            text.get(range).unwrap().lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("")
        };
        cables(text).into_iter().map(begin).collect()
    }

    const DTG: &str = "P 030915Z JUL 09";

    #[test]
    fn cables_one_after_another() {
        let (a, b) = (cable("OSLO", 461, "HALVORSEN\n\n"), cable("COPENHAGEN", 118, "QUILL\n"));
        let envelope = "VZCZCXRO1234\nPP RUEHAG\nDE RUEHCP #0118 1841030\nZNR UUUUU ZZH\n";
        let body = b.split_once("UNCLAS").map(|(_, body)| format!("UNCLAS{body}")).unwrap();
        let cases: [(&str, String, &[&str]); 10] = [
            ("one below the other", format!("{a}{b}"), &[DTG, DTG]),
            ("of one post", format!("{a}{}", cable("OSLO", 462, "QUILL\n")), &[DTG, DTG]),
            ("with ends of messages", format!("{a}NNNN\n\n{b}\nNNNN\n"), &[DTG, DTG]),
            ("with form feeds", format!("{a}\u{c}{b}"), &[DTG, DTG]),
            ("with envelopes", format!("{envelope}{a}{envelope}{b}"), &["VZCZCXRO1234", "VZCZCXRO1234"]),
            ("with a rule between", format!("{a}==========\n\n{b}"), &[DTG, DTG]),
            ("without a signature", format!("{}{b}", cable("OSLO", 461, "")), &[DTG, DTG]),
            ("a text without its header, after an end", format!("{a}NNNN\n{body}"), &[DTG, "UNCLAS COPENHAGEN 000118"]),
            ("a text without its header, first", format!("{body}\n{a}"), &["UNCLAS COPENHAGEN 000118", DTG]),
            ("carriage returns", format!("{a}{b}").replace('\n', "\r\n"), &[DTG, DTG]),
        ];
        for (name, text, wanted) in cases {
            assert_eq!(begins(&text), wanted, "{name}");
            let between: Vec<&str> =
                cables(&text).windows(2).map(|two| text.get(two[0].end..two[1].start).unwrap()).collect();
            assert!(
                between.iter().all(|between| between.trim_matches(['=', '-', '*', ' ', '\n']).is_empty()),
                "{name}"
            );
        }
    }

    #[test]
    fn one_cable_stays_one() {
        let (a, b) = (cable("OSLO", 461, "HALVORSEN\n\n"), cable("COPENHAGEN", 118, "QUILL\n"));
        let announced = |words: &str| cable("OSLO", 461, &format!("2. (U) {words}\n\n{b}\n3. (U) End.\n\nHALVORSEN\n"));
        let section = |n: u8| a.replace("UNCLAS OSLO", &format!("UNCLAS SECTION {n:02} OF 02 OSLO"));
        let cases: [(&str, String); 10] = [
            ("a cable", a.clone()),
            ("sections", format!("{}NNNN\n{}NNNN\n", section(1), section(2))),
            (
                "a damaged number in a section",
                format!("{}NNNN\n{}", section(1), section(2).replace("000461", "000467")),
            ),
            ("the same heading again", format!("{a}{a}")),
            ("repeated for information", announced("Copenhagen 118 is repeated for your info:")),
            ("following is the text", announced("The following is the text of Copenhagen 118.")),
            ("quoted", announced("QTE")),
            (
                "quoted without a word before",
                announced("Copenhagen writes.").replace("3. (U) End.", "UNQUOTE\n\n3. End."),
            ),
            ("a page of it", format!("{a}\u{c}OSLO 00000461  002 OF 002\n\n2. (U) More.\n")),
            (
                "a reference",
                cable("OSLO", 461, "\u{c}SECRET OSLO 460\nREFERS\n").replace("SECRET OSLO 460", "SEE OSLO 460"),
            ),
        ];
        for (name, text) in cases {
            assert_eq!(cables(&text).len(), 1, "{name}");
        }
    }

    #[test]
    fn records_one_after_another() {
        let record =
            |a: &str| format!("Declassified/Released X\nMessage Text\n\n{a}NNN\n\nMessage Attributes\n\nType: TE\n\n");
        let text = record(&cable("OSLO", 461, "")) + &record(&cable("OSLO", 462, ""));
        assert_eq!(begins(&text), ["Declassified/Released X"; 2]);
        let smart = |number: &str| {
            format!(
                "UNCLASSIFIED\nSBU\n\nMRN: 13 APIA {number}\nDate/DTG: Jun 14, 2013 / 140341Z JUN 13\nFrom: AMEMBASSY APIA\n\n\
                     1. X.\n\nUNCLASSIFIED\nPage 1 of 1\n"
            )
        };
        assert_eq!(begins(&(smart("207") + &smart("208"))), ["UNCLASSIFIED"; 2]);
        assert_eq!(begins(&(smart("207") + &cable("OSLO", 461, ""))), ["UNCLASSIFIED"]);
    }
}
