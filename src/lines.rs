//! Lines with their places.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2};

use crate::diagnostic::{DiagnosticCode, Diagnostics};
use crate::fast_path;
use crate::region::{RegionKind, RegionMap};
use crate::span::{Span, offset_of};
use crate::text::line_end;

/// A line of content, or the part of one that a page line in its middle left over.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line<'a> {
    /// Without line end and trailing spaces; spaces before it are kept.
    pub(crate) text: &'a str,
    /// Where it starts in the input.
    pub(crate) start: usize,
    /// How many bytes stand after its text: spaces and the line end.
    trailing: u32,
    /// What was taken out between this line and the one before.
    pub(crate) cut: Cut,
    /// What it may be, as bits of [`MayBe`].
    kinds: u16,
}

/// What a line may be, as far as its first byte that is no space tells: most lines are none of these, and looked at no
/// closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(crate) enum MayBe {
    /// A page line, a stamp, the end of a message, filler.
    Furniture = 1,
    /// A paragraph that begins with its number or its pilcrow.
    Number = 1 << 1,
    /// A rule under or over a heading.
    Rule = 1 << 2,
    /// A paragraph that begins with its portion mark.
    Mark = 1 << 3,
    /// The first line of another heading.
    Heading = 1 << 4,
    /// The classification line of another section.
    Section = 1 << 5,
    /// A caption, a hyphen or another stray line.
    Stray = 1 << 6,
    /// A line that begins with a pilcrow.
    Pilcrow = 1 << 7,
    /// `Message Text` or `Message Attributes`.
    RecordLabel = 1 << 8,
    /// Any line of a text in which more than white space stands between the lines: two cannot be taken in one piece.
    Loose = 1 << 9,
}

/// For each first byte what its line may be, as bits of [`MayBe`].
#[expect(clippy::indexing_slicing, reason = "in a constant: a wrong index would not compile")]
const FIRST: [u16; 256] = {
    const ALL: [(MayBe, &[u8]); 9] = [
        // 0xC2 begins an inverted question mark, the filler of a conversion.
        (MayBe::Furniture, b"B#N<E*R\xC2"),
        // The first bytes of a pilcrow, of one read in another encoding, and of what stands for a letter that was lost.
        (MayBe::Number, b"0123456789(?\xC2\xC3\xEF"),
        // 0xC2 begins a soft hyphen, 0xE2 the dashes of Unicode.
        (MayBe::Rule, b"-=*_~/\xC2\xE2"),
        (MayBe::Mark, b"([{"),
        (MayBe::Heading, b"VZOPRFDAIfaoi0123456789"),
        (MayBe::Section, b"UCSLTucslt"),
        (MayBe::Stray, b"-.>nSNE*"),
        (MayBe::Pilcrow, b"\xC2"),
        (MayBe::RecordLabel, b"Mm"),
    ];
    let mut table = [0; 256];
    let mut kind = 0;
    while kind < ALL.len() {
        let (may_be, bytes) = ALL[kind];
        let mut i = 0;
        while i < bytes.len() {
            table[bytes[i] as usize] |= may_be as u16;
            i += 1;
        }
        kind += 1;
    }
    table
};

/// What was taken out between two lines of content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nothing.
    #[default]
    None,
    /// Lines of page furniture, or stamps.
    Lines,
    /// A page line or stamp in the middle of the same line.
    Inline,
    /// The same, in the middle of a word.
    InWord,
    /// Nothing, but the line was parted at a rule in its middle.
    Parted,
}

impl Cut {
    /// Whether the two parts stood on one line.
    pub(crate) const fn in_line(self) -> bool {
        matches!(self, Self::Inline | Self::InWord | Self::Parted)
    }
}

impl<'a> Line<'a> {
    /// A line with this text, without spaces at its end.
    pub(crate) fn new(text: &'a str, start: usize, end: usize, cut: Cut) -> Self {
        let first = trim_start(text).bytes().next();
        let kinds = first.and_then(|first| FIRST.get(usize::from(first))).copied().unwrap_or_default();
        // Of more spaces than that the rest belongs to no line, which changes nothing.
        let trailing = u32::try_from(end.saturating_sub(start + text.len())).unwrap_or(u32::MAX);
        Self { text, start, trailing, cut, kinds }
    }

    /// After its line end.
    pub(crate) const fn end(&self) -> usize {
        self.start + self.text.len() + self.trailing as usize
    }

    /// The same line after this cut.
    pub(crate) const fn following(self, cut: Cut) -> Self {
        Self { cut, ..self }
    }

    /// The same line, after this cut where there is one.
    pub(crate) fn after(self, cut: Cut) -> Self {
        if cut == Cut::None { self } else { self.following(cut) }
    }

    /// Whether it may be this, as far as its first byte tells. All are fast paths but one: another section's classification
    /// line has its own first letter, though another may be wrong in it.
    pub(crate) fn may_be(&self, what: MayBe) -> bool {
        fast_path::is_disabled() && what != MayBe::Section || self.kinds & what as u16 != 0
    }

    /// Whether it is whole and begins with a letter or a digit, so that it can only go on with the text before it.
    pub(crate) const fn goes_on(&self) -> bool {
        const OTHERS: u16 = MayBe::Rule as u16 | MayBe::Mark as u16 | MayBe::Pilcrow as u16 | MayBe::Loose as u16;
        self.kinds & OTHERS == 0 && !self.text.is_empty() && matches!(self.cut, Cut::None)
    }

    /// Notes that more than white space stands between it and the line before it.
    pub(crate) fn loosen(&mut self) {
        self.kinds |= MayBe::Loose as u16;
    }

    /// Whether more than white space stands between it and the line before it.
    pub(crate) const fn is_loose(&self) -> bool {
        self.kinds & MayBe::Loose as u16 != 0
    }

    /// The whole line with its line end.
    pub(crate) const fn span(&self) -> Span {
        Span::new(self.start, self.end())
    }

    /// The text without the spaces before it.
    pub(crate) fn trimmed(&self) -> &'a str {
        trim_start(self.text)
    }

    /// Where the text stands, without spaces before it and line end.
    pub(crate) fn text_span(&self) -> Span {
        let end = self.start + self.text.len();
        Span::new(end - self.trimmed().len(), end)
    }

    /// Where a part of its text stands.
    pub(crate) fn span_of(&self, part: &str) -> Span {
        let start = self.start + offset_of(part, self.text).unwrap_or_default();
        Span::new(start, start + part.len())
    }

    /// Whether nothing but white space stands on it.
    pub(crate) const fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// Lines as one stage gives them to the next: borrowed where it took none out, as from nearly all cables.
pub(crate) type Lines<'l, 'a> = Cow<'l, [Line<'a>]>;

/// Keeps the first so many lines.
pub(crate) fn keep_first(lines: &mut Lines<'_, '_>, count: usize) {
    match lines {
        Cow::Borrowed(all) => *all = all.get(..count).unwrap_or(all),
        Cow::Owned(all) => all.truncate(count),
    }
}

/// What follows a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A rule of dashes: the line is a heading.
    Rule,
    /// A labelled field of the head, perhaps after blank lines.
    Label,
    /// The first paragraph, perhaps after blank lines.
    Paragraph,
    /// Sentences, which the line itself begins.
    Sentences,
    /// Anything else.
    Other,
}

/// The lines of a text, up to the limit. LF, CRLF, CR and CRCRLF end a line, and so does the end of the text.
pub(crate) fn split(text: &str) -> Vec<Line<'_>> {
    // Most texts hold no CR: one byte is looked for then.
    let by_any = fast_path::is_disabled() || memchr(b'\r', text.as_bytes()).is_some();
    if by_any { split_at_any(text) } else { split_at_lf(text) }
}

/// Says where the lines of a text end before the text does.
pub(crate) fn report_unread(text: &str, lines: &[Line<'_>], report: &mut Report) {
    if let Some(last) = lines.last().filter(|last| lines.len() == MOST && last.end() < text.len()) {
        let wording = format!("not read: {MOST} lines stand before it");
        report.emit(DiagnosticCode::LimitReached, Span::new(last.end(), text.len()), wording);
    }
}

/// Takes back what a copy did to every line: a backslash before each line end, and an empty line after each line.
pub(crate) fn undo_copying(lines: &mut Vec<Line<'_>>, report: &mut Report) {
    without_backslashes(lines, report);
    single_spaced(lines, report);
}

/// Of a text in which most lines end with a backslash, as those of escaped strings do, none keeps it.
fn without_backslashes(lines: &mut [Line<'_>], report: &mut Report) {
    const FEWEST: usize = 3;
    let filled = lines.iter().filter(|line| !line.is_blank()).count();
    let escaped = lines.iter().filter(|line| line.text.ends_with('\\')).count();
    if escaped < FEWEST || escaped * 2 < filled {
        return;
    }
    report_undone("a backslash before each line end", lines, report);
    for line in lines.iter_mut().filter(|line| line.text.ends_with('\\')) {
        let text = without_end(line.text.trim_end_matches('\\'));
        *line = Line::new(text, line.start, line.end(), line.cut);
    }
    lines.iter_mut().for_each(Line::loosen);
}

fn report_undone(what: &str, lines: &[Line<'_>], report: &mut Report) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let span = Span::new(first.start, last.start + last.text.len());
    report.emit(DiagnosticCode::CopyingUndone, span, format!("{what}, taken out"));
}

/// Takes out the empty line that a copy put after each line, in the whole text or in a part of it: of three in a row one
/// stays.
fn single_spaced(lines: &mut Vec<Line<'_>>, report: &mut Report) {
    let parts = double_spaced(lines);
    if parts.is_empty() {
        return;
    }
    let mut index = 0;
    let mut row = 0;
    for part in &parts {
        report_undone("an empty line after each line", lines.get(part.clone()).unwrap_or_default(), report);
    }
    let mut parts = parts.into_iter().peekable();
    lines.retain(|line| {
        while parts.next_if(|part| part.end <= index).is_some() {}
        let doubled = parts.peek().is_some_and(|part| part.contains(&index));
        index += 1;
        row = if line.is_blank() && doubled { row + 1 } else { 0 };
        // The first of a row, the third ...: each stands after a line, filled or empty.
        row % 2 == 0
    });
    lines.iter_mut().for_each(Line::loosen);
}

/// The parts of a text, as indices of lines, in which an empty line stands after each line: the whole, or runs of lines
/// whose sentences go on over the empty ones.
fn double_spaced(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut whole = Spacing::default();
    let mut run = Spacing::default();
    let mut runs = Vec::new();
    let mut above: Option<(usize, &Line<'_>)> = None;
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        let Some((last, before)) = above.replace((index, line)) else { continue };
        let blank = index - last - 1;
        whole.add(blank, before, line);
        if blank % 2 == 0 {
            runs.extend(run.is_of_sentences().then_some(run.first..last + 1));
            run = Spacing { first: index, ..Spacing::default() };
        } else {
            run.add(blank, before, line);
            // What stands above the first sentence so cut may be spaced as usual.
            if run.small + run.capital == 0 {
                run.first = index;
            }
        }
    }
    let end = above.map_or(0, |(last, _)| last + 1);
    runs.extend(run.is_of_sentences().then_some(run.first..end));
    if whole.is_double() {
        runs.clear();
        runs.push(0..lines.len());
    }
    runs
}

/// How many empty lines stand between the filled ones.
#[derive(Default)]
struct Spacing {
    /// The line from which on they count.
    first: usize,
    /// After how many lines none stands, one, two, or more.
    rows: [usize; 4],
    /// Over how many single ones a sentence goes on, in small letters and in capitals.
    small: usize,
    capital: usize,
}

impl Spacing {
    /// A part of a text has at least so many lines.
    const FEWEST: usize = 10;

    fn add(&mut self, blank: usize, above: &Line<'_>, line: &Line<'_>) {
        if let Some(row) = self.rows.get_mut(blank.min(3)) {
            *row += 1;
        }
        if blank == 1 && is_wrapped(above.text) {
            self.small += usize::from(line.trimmed().starts_with(|c: char| c.is_lowercase()));
            self.capital += usize::from(!(has_small_letter(above.text) || has_small_letter(line.text)));
        }
    }

    fn lines(&self) -> usize {
        self.rows.iter().sum::<usize>() + 1
    }

    /// Whether so the lines of a whole text are spaced that a copy doubled. In another text some lines follow each other, or
    /// paragraphs are one line each, and no row of empty ones is longer than the others.
    fn is_double(&self) -> bool {
        let [adjacent, single, double, longer] = self.rows;
        self.lines() >= Self::FEWEST && adjacent + double <= self.lines() / 20 && longer > 0 && single >= longer
    }

    /// Whether the empty lines of a run cut its sentences.
    fn is_of_sentences(&self) -> bool {
        let [_, single, _, longer] = self.rows;
        self.lines() >= Self::FEWEST && (self.small * 3 >= single || longer > 0 && self.capital * 2 >= single)
    }
}

/// Whether a line may be one of a wrapped text that ends in mid-sentence.
fn is_wrapped(line: &str) -> bool {
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=90;
    WIDTHS.contains(&line.len()) && line.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}

fn has_small_letter(line: &str) -> bool {
    line.bytes().any(|b| b.is_ascii_lowercase())
}

/// No document has so many lines: a limit for hostile texts. What follows is not read, and that is reported.
const MOST: usize = 1 << 21;

/// [`split_at_any`] of a text without CR.
fn split_at_lf(text: &str) -> Vec<Line<'_>> {
    let mut start = first_line(text);
    let ends = memchr_iter(b'\n', text.as_bytes());
    let mut lines = with_room(text);
    for end in ends.take(MOST) {
        let line = text.get(start..end).unwrap_or_default();
        lines.push(Line::new(without_end(line), start, end + 1, Cut::None));
        start = end + 1;
    }
    if let Some(line) = text.get(start..).filter(|line| !line.is_empty() && lines.len() < MOST) {
        lines.push(Line::new(without_end(line), start, text.len(), Cut::None));
    }
    lines
}

fn split_at_any(text: &str) -> Vec<Line<'_>> {
    let mut lines = with_room(text);
    let mut at = first_line(text);
    let mut rest = text.get(at..).unwrap_or_default();
    while !rest.is_empty() && lines.len() < MOST {
        let end = memchr2(b'\n', b'\r', rest.as_bytes());
        let (line, tail) = end.and_then(|i| rest.split_at_checked(i)).unwrap_or((rest, ""));
        let terminator = line_end(tail);
        let end = at + line.len() + terminator;
        lines.push(Line::new(without_end(line), at, end, Cut::None));
        rest = tail.get(terminator..).unwrap_or_default();
        at = end;
    }
    lines
}

/// Room for the lines of a text. To count its line ends costs less than to copy the list while it grows.
fn with_room(text: &str) -> Vec<Line<'_>> {
    Vec::with_capacity(MOST.min(memchr_iter(b'\n', text.as_bytes()).count() + 1))
}

/// Where the first line begins: a byte order mark is no part of it.
fn first_line(text: &str) -> usize {
    text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len()
}

/// `str::trim_start`, faster where nothing but spaces stands before ASCII, as on nearly all lines.
pub(crate) fn trim_start(line: &str) -> &str {
    match line.as_bytes() {
        [] | [b'!'..=b'~', ..] => return line,
        // A pilcrow, or anything else of that row but the two signs of it that are blank.
        [0xC2, second, ..] if !matches!(second, 0x85 | 0xA0) => return line,
        _ => {}
    }
    let blanks = line.bytes().take_while(|b| *b == b' ').count();
    match line.as_bytes().get(blanks) {
        None | Some(b'!'..=b'~') => line.get(blanks..).unwrap_or(line),
        Some(_) => line.trim_start(),
    }
}

/// `str::trim`, faster for the same reason.
pub(crate) fn trim(text: &str) -> &str {
    trim_start(trim_end(text))
}

/// `str::trim_end`, faster where the last sign is ASCII, as nearly everywhere.
pub(crate) fn trim_end(text: &str) -> &str {
    if matches!(text.as_bytes().last(), None | Some(b'!'..=b'~')) { text } else { text.trim_end() }
}

/// `line` without white space, form feeds and NULs at its end. A line seldom ends in anything but ASCII, for which this
/// is faster than `str::trim_end`.
fn without_end(line: &str) -> &str {
    let bytes = line.as_bytes();
    match bytes.last() {
        None | Some(b'!'..=b'~') => return line,
        _ => {}
    }
    let kept = bytes.len() - bytes.iter().rev().take_while(|b| **b <= b' ').count();
    let line = line.get(..kept).unwrap_or(line);
    if line.as_bytes().last().is_some_and(|b| *b >= 0x80) { line.trim_end() } else { line }
}

/// What the stages say and mark while they read.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) regions: RegionMap,
    pub(crate) diagnostics: Diagnostics,
}

impl Report {
    /// Marks a whole line.
    pub(crate) fn mark(&mut self, line: &Line<'_>, kind: RegionKind) {
        self.regions.mark(line.span(), kind);
    }

    pub(crate) fn emit(&mut self, code: DiagnosticCode, span: Span, message: impl Into<String>) {
        self.diagnostics.emit(code, span, message);
    }

    /// Takes in what another report has.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.regions.absorb(other.regions);
        self.diagnostics.absorb(other.diagnostics);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_as_the_library_trims_them() {
        for line in [
            "", " ", "A", "  A", "\tA", " \t A", " \u{a0}A", "\u{a0}", "\u{85}¶", "¶1", "É", "  É", " \u{1}A",
            " \u{7f}", "A ", " A\t", "A\u{a0}", "É", "É ", "A\u{7f}", "\u{85}",
        ] {
            assert_eq!(trim_start(line), line.trim_start(), "{line:?}");
            assert_eq!(trim_end(line), line.trim_end(), "{line:?}");
            assert_eq!(trim(line), line.trim(), "{line:?}");
        }
    }

    #[test]
    fn without_cr_both_splits_agree() {
        for text in ["", "\n", "A", "A\n", "\n\nA \n  B\t\n", "\u{feff}A\nB", "\u{feff}", "É\u{a0}\n\u{a0}¶1.\n"] {
            assert_eq!(format!("{:?}", split_at_lf(text)), format!("{:?}", split_at_any(text)), "{text:?}");
        }
    }

    #[test]
    fn what_a_copy_did_to_every_line_is_taken_back() {
        let lines = |text: &str| {
            let mut lines = split(text);
            undo_copying(&mut lines, &mut Report::default());
            lines.iter().map(|line| line.text.to_owned()).collect::<Vec<_>>()
        };
        let text = "FM OSLO\nTO ROME\n\nTAGS: NO\nSUBJECT: FISH\n\n1. Cod.\nHerring.\n\n2. Gulls.\nTerns.\nROE\nEND\n";
        let plain: Vec<_> = text.lines().collect();
        for (name, copy) in [
            ("nothing", text.to_owned()),
            ("backslashes", text.replace('\n', " \\\n")),
            ("double spaced", text.replace('\n', "\n\n")),
            ("both", text.replace('\n', " \\\n\n")),
        ] {
            assert_eq!(lines(&copy), plain, "{name}");
        }
        let paragraphs = "Cod.\n\n".repeat(20);
        assert_eq!(lines(&paragraphs).len(), 40, "paragraphs of one line");
        assert_eq!(lines("A \\\nB\nC\n"), ["A \\", "B", "C"], "one backslash");
    }

    #[test]
    fn a_part_with_an_empty_line_after_each() {
        let head = "UNCLAS OSLO 000461\nTAGS: NO\nSUBJECT: FISH\n\n";
        let prose = "1. The ferries sail from the old pier in the\nmorning, and nobody who lives in the harbor of\nOslo \
                     has seen them leave for more than seven\ndays. They sail.\n\n";
        let capitals = "1. THE FERRIES SAIL FROM THE OLD PIER IN THE MORNING\nAND NOBODY WHO LIVES IN THE HARBOR HAS SEEN \
                        THEM LEAVE\nFOR SEVEN DAYS.\n\n";
        let list = "THE FERRIES TO BERGEN ARE LATE ON ALL THE MONDAYS\n\n";
        let items = "- The ferries to Bergen and to all the other ports\n\n";
        for (name, text, double) in [
            ("prose", prose.repeat(4), true),
            ("capitals", capitals.repeat(4), true),
            ("a list of headlines", list.repeat(12), false),
            ("a list", items.repeat(12), false),
            ("paragraphs of one line", "The ferries to Bergen are late on all the Mondays.\n\n".repeat(12), false),
        ] {
            let copy = if double { text.replace('\n', "\n\n") } else { text.clone() };
            let mut report = Report::default();
            let copy = format!("{head}{copy}");
            let mut lines = split(&copy);
            undo_copying(&mut lines, &mut report);
            let undone: Vec<_> = lines.iter().map(|line| line.text).collect();
            let wanted = format!("{head}{text}");
            let wanted: Vec<_> = wanted.lines().collect();
            assert_eq!(undone.join("\n").trim_end(), wanted.join("\n").trim_end(), "{name}");
            let codes: Vec<_> = report.diagnostics.finish().iter().map(|d| d.code).collect();
            assert_eq!(codes, if double { vec![DiagnosticCode::CopyingUndone] } else { vec![] }, "{name}");
        }
    }

    #[test]
    fn the_first_byte_tells_what_a_line_may_be() {
        for (line, may_be, not) in [
            ("¶1. (C)", MayBe::Number, MayBe::Mark),
            ("  -----", MayBe::Rule, MayBe::Number),
            ("(C) COD", MayBe::Mark, MayBe::Rule),
            ("\t FM OSLO", MayBe::Heading, MayBe::Section),
            ("S E C R E T", MayBe::Section, MayBe::Heading),
        ] {
            let line = Line::new(line, 0, line.len(), Cut::None);
            assert!(line.may_be(may_be) && !line.may_be(not), "{line:?}");
        }
        assert!(!Line::new("", 0, 0, Cut::None).may_be(MayBe::Furniture));
    }

    #[test]
    fn no_more_lines_than_the_limit() {
        for (end, last) in [("\n", "A"), ("\r", "")] {
            let mut report = Report::default();
            let text = format!("{}{last}", format!("A{end}").repeat(MOST));
            let lines = split(&text);
            report_unread(&text, &lines, &mut report);
            assert_eq!(lines.len(), MOST);
            let wording: Vec<_> = report.diagnostics.finish().iter().map(|d| (d.code, d.span)).collect();
            let rest = Span::new(2 * MOST, text.len());
            assert_eq!(wording, if last.is_empty() { vec![] } else { vec![(DiagnosticCode::LimitReached, rest)] });
        }
    }

    #[test]
    fn line_ends() {
        let cases = [
            ("lf", "A \nB\n", vec![("A", 0, 3), ("B", 3, 5)]),
            ("crlf", "A\r\n\r\nB", vec![("A", 0, 3), ("", 3, 5), ("B", 5, 6)]),
            ("cr", "A\rB\r", vec![("A", 0, 2), ("B", 2, 4)]),
            ("crcrlf", "A\r\r\nB\r\r\n\r\r\nC", vec![("A", 0, 4), ("B", 4, 8), ("", 8, 11), ("C", 11, 12)]),
            ("form feed and NUL", "A\x0c\0\n B", vec![("A", 0, 4), (" B", 4, 6)]),
            ("no-break space", "A\u{a0}\n", vec![("A", 0, 4)]),
            ("empty", "", vec![]),
        ];
        for (name, text, expected) in cases {
            let got: Vec<_> = split(text).iter().map(|l| (l.text, l.start, l.end())).collect();
            assert_eq!(got, expected, "{name}");
        }
    }
}
