//! One pass over the lines up to the first paragraph: finds every place where a field of the message header or of the text
//! head can begin, and parts the lines where one does. Every later stage sees one field a line, whatever became of the line
//! breaks.

use memchr::{memchr_iter, memmem};

use crate::assign::{AT_LINE_START, Candidate, assign};
use crate::field::classification::{self, class_line};
use crate::field::opening::opens_text;
use crate::field::paragraph_number::Before;
use crate::field::{caption, corrected_copy, pass_line};
use crate::label::{self, Found, Label, NUMBERED, Start, TITLED, WEAK};
use crate::lines::{Cut, Line, Lines};
use crate::span::offset_of;
use crate::text_head::is_first_paragraph;

/// No message has so many lines before its text.
const MOST_LINES: usize = 400;
/// Most messages have no more fields.
const USUAL: usize = 24;
/// Nor so many fields: a limit for hostile texts.
const MOST_CANDIDATES: usize = 4000;

/// The lines of a message with one field on each: parted where a field begins, and after the classification line.
pub(crate) fn logical_lines<'l, 'a>(lines: &'l [Line<'a>]) -> Lines<'l, 'a> {
    let starts = assign(&Scanner::scan(lines));
    let parts_none = |start: &Candidate| start.evidence == AT_LINE_START && start.start != Start::ClassLine;
    if starts.iter().all(parts_none) {
        return Lines::Borrowed(lines);
    }
    let mut parted = Vec::with_capacity(lines.len() + starts.len());
    let mut starts = starts.into_iter().peekable();
    for (index, line) in lines.iter().enumerate() {
        let (mut line, mut taken, mut kind) = (*line, 0, None);
        while let Some(start) = starts.next_if(|start| start.line == index) {
            if let Some((first, rest)) = part(&line, start.at - taken) {
                push(&mut parted, first, kind);
                (line, taken) = (rest, start.at);
            }
            kind = Some(start.start);
        }
        push(&mut parted, line, kind);
    }
    Lines::Owned(parted)
}

/// Keeps a line that begins with such a field; what follows a classification line on it is a line of its own.
fn push<'a>(lines: &mut Vec<Line<'a>>, line: Line<'a>, kind: Option<Start>) {
    let end = if kind == Some(Start::ClassLine) { end_of_class_line(line.text) } else { None };
    match end.and_then(|end| part(&line, end)) {
        Some((first, rest)) => lines.extend([first, rest]),
        None => lines.push(line),
    }
}

/// Both parts of a line; `None` where nothing stands before the place.
fn part<'a>(line: &Line<'a>, at: usize) -> Option<(Line<'a>, Line<'a>)> {
    let (first, rest) = line.text.split_at_checked(at).filter(|(first, _)| !first.trim().is_empty())?;
    let start = line.start + at;
    Some((Line::new(first.trim_end(), line.start, start, line.cut), Line::new(rest, start, line.end(), Cut::None)))
}

/// Where a classification line ends, if another field follows it.
fn end_of_class_line(text: &str) -> Option<usize> {
    let rest = class_line(text)?.rest;
    let at = offset_of(rest, text).filter(|_| !rest.is_empty() && !classification::is_remark(rest))?;
    let begins = caption::at_head(rest).is_some()
        || pass_line::is_pass_line(rest)
        || corrected_copy::label(rest).is_some()
        || Label::at_start(rest).is_some();
    begins.then_some(at)
}

/// Collects the candidates, line by line.
struct Scanner {
    candidates: Vec<Candidate>,
    /// Whether something of header or text head was seen, without which no paragraph is the first one.
    begun: bool,
}

impl Scanner {
    fn scan(lines: &[Line<'_>]) -> Vec<Candidate> {
        let mut scanner = Self { candidates: Vec::with_capacity(USUAL), begun: false };
        let mut gap = true;
        for (index, line) in lines.iter().enumerate().take(MOST_LINES) {
            if line.is_blank() {
                gap = true;
                continue;
            }
            let before = if gap || line.cut != Cut::None { Before::Gap } else { Before::SentenceEnd };
            if scanner.begun && is_first_paragraph(line, before) {
                scanner.first_paragraph(index, lines);
                break;
            }
            gap = false;
            if scanner.line(index, line.text, || second_follows(lines.get(index + 1..).unwrap_or_default())) {
                break;
            }
        }
        scanner.candidates
    }

    fn push(&mut self, line: usize, at: usize, found: Found) {
        self.begun |= found.start >= Start::ClassLine;
        self.candidates.push(Candidate { line, at, start: found.start, evidence: found.evidence });
    }

    /// The first paragraph stands at the start of a line. A title of the text that was glued to the field above begins it; a
    /// rule alone may stand below a title that no one knows.
    fn first_paragraph(&mut self, index: usize, lines: &[Line<'_>]) {
        let is_title = |at: &Candidate| {
            let parts = lines.get(at.line).and_then(|line| line.text.split_at_checked(at.at));
            let glued = |(before, text): (&str, &str)| before.contains(char::is_alphanumeric) && !text.starts_with('-');
            at.start == Start::Body && at.evidence == TITLED && parts.is_some_and(glued)
        };
        match self.candidates.last_mut().filter(|last| is_title(last)) {
            Some(title) => title.evidence = AT_LINE_START + 1,
            None => self.push(index, 0, Found { start: Start::Body, evidence: AT_LINE_START, len: 0 }),
        }
    }

    /// Looks at a line. `true`: the text certainly begins on it.
    fn line(&mut self, index: usize, text: &str, second_follows: impl Fn() -> bool) -> bool {
        let indent = text.len() - text.trim_start().len();
        let mut last = Last { at: indent, ..Last::default() };
        if let Some(found) = text.get(indent..).and_then(label::at_line_start) {
            self.push(index, indent, found);
            last.take(indent, &found);
        } else if text.get(indent..).is_some_and(opens_text) {
            return false;
        }
        let mut signals = glued_signals(text).peekable();
        let second = memmem::rfind(text.as_bytes(), SECOND).or_else(|| second_follows().then_some(text.len()));
        let mut openings = Openings { second, begun: false };
        for at in places(text, indent) {
            // What is glued to a word before this one.
            while let Some(signal) = signals.next_if(|signal| *signal < at) {
                self.glued(index, text, signal, &mut last);
            }
            let Some((before, rest)) = text.split_at_checked(at).filter(|_| at >= last.end) else { continue };
            let own = before.get(last.at..).unwrap_or_default();
            let listed = || if last.in_list { label::in_list(rest, own) } else { None };
            let found = label::at_word(rest, own).or_else(listed);
            // Above the classification line a rule is the relay's, and opens no text.
            let found = found.filter(|found| found.start != Start::Body || self.begun);
            let Some(found) = found.and_then(|found| openings.weigh(at, found)) else { continue };
            self.push(index, at, found);
            last.take(at, &found);
            if found.start == Start::Body && found.evidence >= NUMBERED || self.is_full() {
                return true;
            }
        }
        for signal in signals {
            self.glued(index, text, signal, &mut last);
        }
        false
    }

    fn is_full(&self) -> bool {
        self.candidates.len() >= MOST_CANDIDATES
    }

    /// Takes what is glued to the word before it: a label that ends at this colon, or the caption here.
    fn glued(&mut self, index: usize, text: &str, signal: usize, last: &mut Last) {
        let Some((before, after)) = text.split_at_checked(signal).filter(|_| !self.is_full()) else { return };
        let found = if after.starts_with(':') {
            label::glued_before_colon(before)
        } else {
            label::glued_caption(before).map(|found| (signal, found))
        };
        if let Some((at, found)) = found.filter(|(at, _)| *at >= last.end) {
            self.push(index, at, found);
            last.take(at, &found);
        }
    }
}

/// The number of the second paragraph inside a line.
const SECOND: &[u8] = b" 2. ";

/// Whether the number of the second paragraph stands in what a page line has parted from its line.
fn second_follows(lines: &[Line<'_>]) -> bool {
    const MOST: usize = 8;
    let same = lines.iter().take(MOST).take_while(|line| line.cut.in_line());
    same.into_iter().any(|line| line.text.starts_with("2. ") || memmem::find(line.text.as_bytes(), SECOND).is_some())
}

/// The last candidate of a line.
#[derive(Default)]
struct Last {
    at: usize,
    /// Before here nothing else begins.
    end: usize,
    /// Whether it is the originator or one of a list of addressees.
    in_list: bool,
}

impl Last {
    fn take(&mut self, at: usize, found: &Found) {
        *self = Self { at, end: at + found.len, in_list: found.start.is_of_header() && found.start >= Start::From };
    }
}

/// The places of a line at which the text may begin.
struct Openings {
    /// Where the last ` 2. ` stands, which makes a `1. ` before it a paragraph's number; the line's end where it follows in
    /// what page furniture parted from the line.
    second: Option<usize>,
    /// Whether there was one.
    begun: bool,
}

impl Openings {
    /// A candidate with the evidence of all of its line. `None`: of two places that may begin the text the first one does.
    fn weigh(&mut self, at: usize, found: Found) -> Option<Found> {
        if found.start != Start::Body || found.evidence >= NUMBERED {
            return Some(found);
        }
        if found.evidence == WEAK && self.second.is_some_and(|second| second > at) {
            return Some(Found { evidence: NUMBERED, ..found });
        }
        (!std::mem::replace(&mut self.begun, true)).then_some(found)
    }
}

/// The places of a line that show that something may be glued to the word before it, in their order: a colon, and the one
/// caption whose letters stand together in no other word.
fn glued_signals(text: &str) -> impl Iterator<Item = usize> {
    let mut colons = memchr_iter(b':', text.as_bytes()).peekable();
    let mut captions = memmem::find_iter(text.as_bytes(), label::GLUED_CAPTION).peekable();
    std::iter::from_fn(move || match (colons.peek(), captions.peek()) {
        (Some(colon), Some(caption)) if caption < colon => captions.next(),
        (Some(_), _) => colons.next(),
        (None, _) => captions.next(),
    })
}

/// The places inside a line at which a word begins as the starts of fields do.
fn places(text: &str, indent: usize) -> impl Iterator<Item = usize> {
    let pairs = text.bytes().zip(text.bytes().skip(1)).zip(1..).skip(indent);
    pairs.filter(|((before, first), _)| begins_place(*before, *first)).map(|(_, at)| at)
}

/// Whether a field may begin with a byte that stands after another one.
const fn begins_place(before: u8, first: u8) -> bool {
    match before {
        b' ' | b'\t' | b'.' | b';' | b']' | b')' => {
            matches!(first, b'A'..=b'F' | b'H' | b'I' | b'L' | b'N'..=b'P' | b'R'..=b'U' | b'W'..=b'Z')
                || matches!(first, b'b'..=b'e' | b'i' | b'l' | b'r'..=b'u' | b'(' | b'-' | b'1' | 0xC2)
        }
        // A level after the digits of a stamp, or of a date.
        b'0'..=b'9' => matches!(first, b'C' | b'L' | b'S' | b'T' | b'U'),
        _ => first == 0xC2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    fn parted(text: &str) -> Vec<&str> {
        let lines = split(text);
        let parts: Vec<_> = logical_lines(&lines).iter().copied().collect();
        for part in &parts {
            assert_eq!(part.span().slice(text).map(str::trim), Some(part.trimmed()), "{text}");
        }
        let joined: String = parts.iter().filter_map(|part| part.span().slice(text)).collect();
        assert_eq!(joined, text, "nothing is lost");
        parts.iter().map(Line::trimmed).collect()
    }

    #[test]
    fn a_message_in_one_line() {
        let text = "VZCZCXYZ0017 PP RUEHC RUEHNO DE RUEHNY #0461/01 1840915 ZNR UUUUU ZZH P R 030915Z JUL 09 FM AMEMBASSY OSLO TO \
                    RUEHC/SECSTATE WASHDC PRIORITY 6973 INFO RUEHCP/AMEMBASSY COPENHAGEN 0412 RHEHNSC/WHITE HOUSE NSC WASHDC UNCLAS \
                    SECTION 01 OF 02 OSLO 000461 SENSITIVE SIPDIS STATE FOR EUR/NB NOFORN E.O. 12958: N/A TAGS: EFIS, NO SUBJECT: \
                    FISH MARKET REF: A. STATE 52001 B. OSLO 12 1. (U) The fish market has a roof.";
        let want = [
            "VZCZCXYZ0017",
            "PP RUEHC RUEHNO",
            "DE RUEHNY #0461/01 1840915",
            "ZNR UUUUU ZZH",
            "P R 030915Z JUL 09",
            "FM AMEMBASSY OSLO",
            "TO RUEHC/SECSTATE WASHDC PRIORITY 6973",
            "INFO RUEHCP/AMEMBASSY COPENHAGEN 0412",
            "RHEHNSC/WHITE HOUSE NSC WASHDC",
            "UNCLAS SECTION 01 OF 02 OSLO 000461 SENSITIVE SIPDIS",
            "STATE FOR EUR/NB",
            "NOFORN",
            "E.O. 12958: N/A",
            "TAGS: EFIS, NO",
            "SUBJECT: FISH MARKET",
            "REF: A. STATE 52001 B. OSLO 12",
            "1. (U) The fish market has a roof.",
        ];
        assert_eq!(parted(text), want);
    }

    #[test]
    fn fields_begin_with_their_labels() {
        let cases: [(&str, &str, &[&str]); 22] = [
            ("in good order", "TAGS: NO\nSUBJECT: FISH\n", &["TAGS: NO", "SUBJECT: FISH"]),
            (
                "glued",
                "UNCLAS OSLO 000461SIPDISE.O. 12958: N/ATAGS: NOSUBJECT: FISHREF: OSLO 12",
                &["UNCLAS OSLO 000461", "SIPDIS", "E.O. 12958: N/A", "TAGS: NO", "SUBJECT: FISH", "REF: OSLO 12"],
            ),
            (
                "an authority glued to the subject",
                "SUBJECT: FISH MOVESClassified By: DCM Quill, reasons 1.4 (b).",
                &["SUBJECT: FISH MOVES", "Classified By: DCM Quill, reasons 1.4 (b)."],
            ),
            ("no colon, after E.O.", "EO 12958 N/A TAGS PREL, NO", &["EO 12958 N/A", "TAGS PREL, NO"]),
            (
                "addressees without indicators",
                "TO SECSTATE WASHDC 2618 INFO MOSCOW COLLECTIVE AMEMBASSY BONN AMEMBASSY ROME",
                &["TO SECSTATE WASHDC 2618", "INFO MOSCOW COLLECTIVE", "AMEMBASSY BONN", "AMEMBASSY ROME"],
            ),
            (
                "a level after a stamp's digits",
                "2004-01-20T12:12:00S E C R E T OSLO 000348",
                &["2004-01-20T12:12:00", "S E C R E T OSLO 000348"],
            ),
            ("a number in the list", "REF: 1. OSLO 12 2. ROME 3", &["REF: 1. OSLO 12 2. ROME 3"]),
            ("a doubled label", "REF: REF: OSLO 12", &["REF: REF: OSLO 12"]),
            ("the text", "SUBJECT: FISH 1. (C) Cod. REF: none", &["SUBJECT: FISH", "1. (C) Cod. REF: none"]),
            ("the text, unmarked", "REF: STATE 87345 1. THE MARKET", &["REF: STATE 87345", "1. THE MARKET"]),
            ("the day of a date", "REF: EMAIL OF May 1. Quill", &["REF: EMAIL OF May 1. Quill"]),
            ("marked, after a month", "REF: EMAIL OF May 1. (U) Cod", &["REF: EMAIL OF May", "1. (U) Cod"]),
            (
                "a caption in a remark",
                "(CORRECTED COPY - ADDING SENSITIVE CAPTION)\nTAGS: NO",
                &["(CORRECTED COPY - ADDING SENSITIVE CAPTION)", "TAGS: NO"],
            ),
            (
                "the relay's rule, and one paragraph",
                "/006 W ---------- 104417 R 030915Z JUL 74 FM AMEMBASSY OSLO TO AMEMBASSY ROME SUBJECT: FISH 1. THE COD IS BACK.",
                &[
                    "/006 W ---------- 104417",
                    "R 030915Z JUL 74",
                    "FM AMEMBASSY OSLO",
                    "TO AMEMBASSY ROME",
                    "SUBJECT: FISH",
                    "1. THE COD IS BACK.",
                ],
            ),
            (
                "a title before its rule, and the first paragraph below",
                "SUBJECT: FISH Summary --------\n¶1. Cod.",
                &["SUBJECT: FISH", "Summary --------", "¶1. Cod."],
            ),
            (
                "a title between rules of its own",
                "TAGS: NO\n\n------- SUMMARY -------\n\n1. Cod.",
                &["TAGS: NO", "", "------- SUMMARY -------", "", "1. Cod."],
            ),
            ("a damaged label where it is due", "E.O. 12958: N/A AGS: PREL, NO", &["E.O. 12958: N/A", "AGS: PREL, NO"]),
            ("the same word elsewhere", "SUBJECT: OLD AGS: PREL, NO", &["SUBJECT: OLD AGS: PREL, NO"]),
            ("a rule", "SUBJECT: FISH ------- SUMMARY -------", &["SUBJECT: FISH", "------- SUMMARY -------"]),
            (
                "a title before its rule",
                "SUBJECT: FISH Introduction -------",
                &["SUBJECT: FISH", "Introduction -------"],
            ),
            (
                "after the text",
                "SUBJECT: FISH\n\n1. Cod. TAGS: NO SUBJECT: X\n",
                &["SUBJECT: FISH", "", "1. Cod. TAGS: NO SUBJECT: X"],
            ),
            (
                "prose",
                "The subject: the price of TAGS in Oslo went to AMEMBASSY ROME\n",
                &["The subject: the price of TAGS in Oslo went to AMEMBASSY ROME"],
            ),
        ];
        for (name, text, want) in cases {
            assert_eq!(parted(text), want, "{name}");
        }
    }

    #[test]
    fn a_hostile_line_is_read_once() {
        for part in ["SIPDIS", "REF: ", "E.O. 12958: ", "RUEHC/A ", "AMEMBASSY ", "1. (C) ", "S E C R E T ", "(U) "] {
            let text = part.repeat(40_000);
            assert!(logical_lines(&split(&text)).len() <= MOST_CANDIDATES + 2, "{part}");
        }
    }
}
