//! The body: paragraphs, headings, the text between them, the signature.

use std::borrow::Cow;

use crate::cable::Block;
use crate::diagnostic::DiagnosticCode;
use crate::field::caption;
use crate::field::paragraph_number::{self, Before, Candidate, Numbered, candidate, solve};
use crate::field::portion_mark;
use crate::field::subject;
use crate::grammar::columns;
use crate::lines::{Cut, Line, Lines, MayBe, Report, trim, trim_start};
use crate::needles::{Hit, Hits, Needle};
use crate::region::RegionKind;
use crate::short_way;
use crate::span::Span;
use crate::tail;
use crate::text::{BodyText, Joint};

/// What the body stage gives.
#[derive(Debug, Default)]
pub(crate) struct Body<'a> {
    pub(crate) blocks: Vec<Block<'a>>,
    pub(crate) signature: Option<Cow<'a, str>>,
    /// Whether the text visibly breaks off.
    pub(crate) cut_off: bool,
    /// Where a run of asterisks stands for text that was lost.
    pub(crate) lost: Option<Span>,
}

/// Reads the lines behind the head of the text. Who classified the cable has often signed it.
pub(crate) fn read<'a>(
    text: &'a str,
    lines: Lines<'_, 'a>,
    hits: &[Hit],
    officer: Option<&str>,
    report: &mut Report,
) -> Body<'a> {
    let mut lines = without_strays(lines, hits, report);
    let stars = hits.iter().any(|hit| hit.needle == Needle::Stars);
    let lost = if stars { lines.iter().find_map(lost_text) } else { None };
    let signature = tail::take_off(&mut lines, officer, report);
    let candidates = candidates(&lines, hits);
    let numbered = solve(&candidates);
    tell_of_numbers(&lines, &candidates, &numbered, report);
    let mut builder =
        Builder { text, lines: &lines, report, blocks: Vec::with_capacity(numbered.len() + 8), open: None };
    builder.build(&numbered);
    let blocks = builder.finish();
    let cut_off = signature.is_none() && lines.iter().rev().find(|l| !l.is_blank()).is_some_and(|l| breaks_off(l.text));
    Body { blocks, signature, cut_off, lost }
}

/// What stands for lost text.
const LOST: &[u8] = b"********";

/// `lost-text = 8*"*"`, glued to a letter
fn lost_text(line: &Line<'_>) -> Option<Span> {
    let start = memchr::memmem::find(line.text.as_bytes(), LOST)?;
    let rest = line.text.get(start..)?;
    let behind = rest.trim_start_matches('*');
    let glued = behind.starts_with(char::is_alphanumeric)
        || line.text.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    glued.then(|| Span::new(line.start + start, line.start + start + rest.len() - behind.len()))
}

/// Whether a last line breaks off: it ends in dots that a publisher put there, or in a small word that no sentence ends
/// with.
fn breaks_off(line: &str) -> bool {
    const OPEN: [&str; 16] =
        ["the", "a", "an", "of", "to", "and", "in", "for", "with", "by", "on", "at", "be", "that", "will", "from"];
    let last = line.rsplit(' ').next().unwrap_or_default();
    line.ends_with("...") || line.ends_with(['…', ',']) || OPEN.iter().any(|w| w.eq_ignore_ascii_case(last))
}

/// Takes out lines that belong to no text: a caption repeated in mid-body, a lone hyphen.
fn without_strays<'l, 'a>(lines: Lines<'l, 'a>, hits: &[Hit], report: &mut Report) -> Lines<'l, 'a> {
    // Nearly all bodies have none, and are kept as they are.
    let from = lines.first().map_or(0, |line| line.start);
    let captions = hits.iter().any(|hit| hit.needle == Needle::Sipdis && hit.at >= from);
    if !captions && !lines.iter().any(|line| stray(line).is_some()) {
        return lines;
    }
    let mut hits = Hits::of(hits);
    let mut out = Vec::with_capacity(lines.len());
    let mut cut = Cut::None;
    for line in lines.iter() {
        let stray = stray(line);
        let caption = hits.on(line).iter().find(|hit| hit.needle == Needle::Sipdis).filter(|_| stray.is_none());
        if let Some((before, caption, behind)) = caption.and_then(|hit| caption_in_line(line, hit.at - line.start)) {
            let said = "the caption SIPDIS in the middle of a line, taken out";
            report.say(DiagnosticCode::StampInText, caption, said);
            report.regions.mark(Span::new(caption.start, behind.start), RegionKind::Caption);
            let before_cut = line.after(cut).cut;
            let (first, second) = match before_cut {
                _ if !before.is_blank() => (Some(before), Cut::Inline),
                Cut::None => (None, Cut::Lines),
                other => (None, other),
            };
            out.extend(first.map(|l| l.behind(before_cut)));
            out.push(behind.behind(second));
            cut = Cut::None;
        } else if let Some(kind) = stray {
            if kind == RegionKind::Caption && !out.is_empty() {
                let said = format!("the caption {} in the middle of the text, taken out", line.trimmed());
                report.say(DiagnosticCode::StampInText, line.text_span(), said);
            }
            report.mark(line, kind);
            cut = Cut::Lines;
        } else {
            out.push(line.after(cut));
            cut = Cut::None;
        }
    }
    Lines::Owned(out)
}

/// What a line is that belongs to no text.
fn stray(line: &Line<'_>) -> Option<RegionKind> {
    if !line.may_be(MayBe::Stray) {
        return None;
    }
    match line.trimmed() {
        // A full stop was typed where a line was to stay empty.
        "-" | "." | ">" | "null" => Some(RegionKind::PageFurniture),
        "SIPDIS" | "Sipdis" | "SENSITIVE" | "NOFORN" | "NODIS" | "EXDIS" | "STADIS" => Some(RegionKind::Caption),
        _ => None,
    }
}

/// `SIPDIS` in the middle of prose, with the parts of the line before and behind it.
fn caption_in_line<'a>(line: &Line<'a>, at: usize) -> Option<(Line<'a>, Span, Line<'a>)> {
    let (before, rest) = line.text.split_at_checked(at)?;
    let behind = rest.strip_prefix("SIPDIS")?;
    let bounded = (before.is_empty() || before.ends_with(' ')) && behind.starts_with(' ');
    // In a text of small letters only: a text in capitals may speak of it.
    let prose = behind.bytes().any(|b| b.is_ascii_lowercase());
    if !bounded || !prose {
        return None;
    }
    let end = line.start + line.text.len() - behind.len();
    let inner = behind.trim_start();
    let start = end + behind.len() - inner.len();
    let first = Line::new(before.trim_end(), line.start, line.start + at, line.cut);
    Some((first, Span::new(line.start + at, end), Line::new(inner, start, line.end(), line.cut)))
}

/// Whether a line ends a sentence; a redaction may have taken the end of one.
pub(crate) fn ends_sentence(line: &str) -> bool {
    // Lines come without blanks at their ends.
    let line = if line.ends_with(|c: char| c > ' ' && c.is_ascii()) { line } else { line.trim_end() };
    match line.as_bytes().last() {
        // `"RED," "BLUE,"` / `"pale green"`
        Some(b'"') if line.ends_with(",\"") => false,
        Some(b'.' | b'!' | b'?' | b':' | b';' | b'"' | b'\'' | b')' | b']' | b'-' | b'=' | b'*') => true,
        Some(b'X') => line.ends_with("XXXX"),
        _ => line.ends_with(['”', '’']),
    }
}

/// Lines longer are not wrapped: each is a paragraph of its own.
const UNWRAPPED: usize = 100;

/// Every number that may be a paragraph's: at line starts, behind page lines, and in mid-line where a mark follows.
fn candidates(lines: &[Line<'_>], hits: &[Hit]) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::with_capacity(16);
    // Nearly all lines of a body have neither a number at the start nor a sign of one behind it.
    for (index, line, hits) in Hits::of(hits).lines(lines, MayBe::Number) {
        if line.is_blank() {
            continue;
        }
        let indent = line.text.len() - line.trimmed().len();
        if paragraph_number::may_begin(line.trimmed()) {
            out.extend(candidate(index, line.text, indent, before(lines, index)));
        }
        let mut in_line = |at: usize| {
            let is_new = out.last().is_none_or(|c| c.line != index || c.end <= at);
            if at > indent && is_new && line.text.get(..at).is_some_and(|b| b.ends_with(' ')) {
                out.extend(candidate(index, line.text, at, Before::SameLine));
            }
        };
        let at = |needle| hits.iter().filter(move |hit| hit.needle == needle).map(|hit| hit.at - line.start);
        at(Needle::Stop).for_each(|stop| in_line(number_start(line.text, stop)));
        at(Needle::Pilcrow).for_each(in_line);
    }
    out.sort_by_key(|c| (c.line, c.start));
    out.dedup_by_key(|c| (c.line, c.start));
    out
}

/// What stands before a line.
fn before(lines: &[Line<'_>], index: usize) -> Before {
    let cut = lines.get(index).is_some_and(|line| line.cut != Cut::None);
    let above = index.checked_sub(1).and_then(|above| lines.get(above)).filter(|_| !cut);
    match above.map_or("", |above| above.text) {
        "" => Before::Gap,
        text if is_rule(text) || is_redaction(text) => Before::Gap,
        text if ends_sentence(text) && text.len() > UNWRAPPED => Before::Gap,
        text if ends_sentence(text) => Before::SentenceEnd,
        _ => Before::OpenSentence,
    }
}

/// Where the digits, and the pilcrow, that end at this offset begin.
fn number_start(text: &str, end: usize) -> usize {
    let before = text.get(..end).unwrap_or_default();
    before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('¶').len()
}

/// Says what was made of the numbers.
fn tell_of_numbers(lines: &[Line<'_>], candidates: &[Candidate], numbered: &[Numbered], report: &mut Report) {
    let span = |c: &Candidate| lines.get(c.line).map_or(Span::default(), |l| trimmed(l, c.start, c.end));
    let written = |c: &Candidate| lines.get(c.line).and_then(|l| l.text.get(c.start..c.end)).unwrap_or_default().trim();
    let mut accepted = numbered.iter().peekable();
    let mut last = 0;
    for c in candidates {
        let Some(n) = accepted.next_if(|n| n.candidate == *c) else {
            report.say(
                DiagnosticCode::ParagraphNumberRefused,
                span(c),
                format!("\"{}\" is no paragraph number here", written(c)),
            );
            continue;
        };
        let number = u32::from(n.number);
        if number != c.raw || c.is_mended() {
            let said = format!("\"{}\" read as paragraph {number}", written(c));
            report.say(DiagnosticCode::ParagraphNumberRepaired, span(c), said);
        }
        if c.start > 0 && lines.get(c.line).is_some_and(|l| l.text.get(..c.start).is_some_and(|b| !b.trim().is_empty()))
        {
            report.say(
                DiagnosticCode::ParagraphInMidLine,
                span(c),
                format!("paragraph {number} begins in the middle of a line"),
            );
        }
        match number {
            1 if last > 0 => {
                report.say(
                    DiagnosticCode::ParagraphNumbersRestart,
                    span(c),
                    format!("the numbers start again after {last}"),
                );
            }
            n if n <= last => {
                report.say(DiagnosticCode::ParagraphNumberOutOfOrder, span(c), format!("{n} follows {last}"))
            }
            n if n > 1 && last == 0 => {
                let missing = if n == 2 { "1 is".to_owned() } else { format!("1 to {} are", n - 1) };
                report.say(
                    DiagnosticCode::ParagraphNumberGap,
                    span(c),
                    format!("the numbers begin at {n}: {missing} missing"),
                );
            }
            n if n > last + 1 => {
                report.say(
                    DiagnosticCode::ParagraphNumberGap,
                    span(c),
                    format!("{n} follows {last}: {} missing", n - last - 1),
                );
            }
            _ => {}
        }
        last = number;
    }
}

/// A part of a line as a span, without the blanks round it.
fn trimmed(line: &Line<'_>, start: usize, end: usize) -> Span {
    let part = line.text.get(start..end).unwrap_or_default();
    let from = line.start + start + part.len() - part.trim_start().len();
    Span::new(from, from + part.trim().len())
}

/// Whether a line is nothing but a redaction, `XXXXXXXXXXXX`.
fn is_redaction(line: &str) -> bool {
    line.len() >= 4 && line.bytes().all(|b| matches!(b, b'X' | b'x' | b' ' | b'.'))
}

/// Whether a line is a rule under or over a heading: dashes, equal signs, stars, with or without blanks.
pub(crate) fn is_rule(line: &str) -> bool {
    let is_sign = |byte: &u8| matches!(byte, b' ' | b'-' | b'=' | b'*' | b'_' | b'~');
    // The first and the last byte tell most lines; all bytes of the others are looked at without a branch, many at once.
    let line = line.as_bytes();
    line.first().is_some_and(is_sign)
        && line.last().is_some_and(is_sign)
        && line.iter().fold(true, |all, byte| all & is_sign(byte))
        && line.iter().filter(|byte| **byte != b' ').nth(2).is_some()
}

/// A rule so long was broken in two by the machine, and is no longer as long as its line.
const BROKEN_RULE: usize = 40;

/// So many lines behind a heading its rule is looked for, where page furniture stood between.
const BELOW_CUT: usize = 6;

/// A block that is being read.
struct Open<'a> {
    kind: OpenKind<'a>,
    text: BodyText<'a>,
    /// The stretch of input that the next lines may prolong, and how it follows the text before it.
    stretch: Option<(Joint, Span)>,
    /// What stood between the last line and the next: nothing, a blank line, a cut.
    blank: bool,
    cut: bool,
    region: RegionKind,
    marked: Span,
}

enum OpenKind<'a> {
    Paragraph { number: Option<u8>, mark: Option<Cow<'a, str>> },
    Heading,
    Text,
}

struct Builder<'a, 'l, 'r> {
    text: &'a str,
    lines: &'l [Line<'a>],
    report: &'r mut Report,
    blocks: Vec<Block<'a>>,
    open: Option<Open<'a>>,
}

impl<'a, 'l> Builder<'a, 'l, '_> {
    /// Goes over the lines once; each is a heading's, begins a paragraph, or goes on with what is open.
    fn build(&mut self, numbered: &[Numbered]) {
        let mut numbered = numbered.iter().peekable();
        let mut index = 0;
        while let Some(line) = self.lines.get(index).copied() {
            let next_number = numbered.peek().map_or(self.lines.len(), |n| n.candidate.line);
            let skimmed = self.skim(index, next_number);
            if skimmed > index {
                index = skimmed;
                continue;
            }
            let here = numbered.peek().filter(|n| n.candidate.line == index);
            if line.is_blank() {
                self.blank(&line);
                index += 1;
            } else if here.is_none_or(|n| {
                n.candidate.start > 0 && !line.text.get(..n.candidate.start).is_some_and(|b| b.trim().is_empty())
            }) && let Some(len) = self.heading_at(index, numbered.peek().map(|n| n.candidate.line))
            {
                self.heading(index, len);
                index += len;
            } else {
                let mut from = 0;
                while let Some(n) = numbered.next_if(|n| n.candidate.line == index) {
                    self.part(&line, from, n.candidate.start);
                    from = self.paragraph(&line, Some(n));
                }
                self.part(&line, from, line.text.len());
                index += 1;
            }
        }
    }

    /// Goes on with what is open by whole lines that follow each other without a blank line, up to a line that may be
    /// anything else; gives that line. So nearly all lines of a body are done with, and none of the questions that
    /// [`Self::build`] asks of the others is asked: it would go on with each of these, too.
    fn skim(&mut self, from: usize, to: usize) -> usize {
        let unbroken = |open: &&Open<'_>| !open.blank && !open.cut && !short_way::is_closed();
        let open = self.open.as_ref().filter(|open| unbroken(open) && open.stretch.is_some());
        let above = from.checked_sub(1).and_then(|above| self.lines.get(above));
        let (Some(_), Some(above)) = (open, above) else { return from };
        // Behind such a line another block may begin.
        let mut closed =
            above.text.len() > UNWRAPPED || above.cut.in_line() || is_rule(above.text) || is_redaction(above.text);
        let goes_on = |line: &&Line<'_>| {
            // A heading may be flattened behind its last sentence.
            let goes_on = line.goes_on() && !closed && !line.text.ends_with("----");
            closed = line.text.len() > UNWRAPPED || is_redaction(line.text);
            goes_on
        };
        let lines = self.lines.get(from..to).unwrap_or_default();
        let count = lines.iter().take_while(goes_on).count();
        // Unless a rule under it makes a heading of the last one.
        let count = count - usize::from(count > 0 && self.is_underlined(from + count - 1));
        if let Some(last) = count.checked_sub(1).and_then(|last| lines.get(last))
            && let Some(Open { stretch: Some((_, stretch)), marked, .. }) = &mut self.open
        {
            stretch.end = last.start + last.text.len();
            marked.end = last.end();
        }
        from + count
    }

    /// Whether a line is a heading because the rule under it is as long: it may stand right below text then.
    fn is_underlined(&self, index: usize) -> bool {
        let text = |i: usize| self.lines.get(i).map_or("", |l| l.text);
        let (line, rule) = (trim(text(index)), trim(text(index + 1)));
        is_rule(rule)
            && (line.len().abs_diff(rule.len()) <= 4 || line.len().min(rule.len()) >= BROKEN_RULE)
            && is_title(line)
            && is_heading_line(line)
    }

    fn blank(&mut self, line: &Line<'a>) {
        if let Some(open) = &mut self.open {
            open.blank = true;
            open.cut |= line.cut != Cut::None;
        }
    }

    /// How many lines from this one on are a heading with its rules, or a lone rule.
    fn heading_at(&self, index: usize, next_number: Option<usize>) -> Option<usize> {
        let text = |i: usize| self.lines.get(i).map_or("", |l| l.text);
        let line = text(index);
        if is_rule(line) {
            // Over a heading; or left over, under nothing.
            let group = self.ruled_group(index).filter(|len| {
                let above = index.checked_sub(1).map_or("", text);
                let heading = self.opens_block(index) || *len == 3 && ends_sentence(above) && !is_rule(above);
                heading && !(1..*len).any(|k| Some(index + k) == next_number)
            });
            let in_table = self.open.as_ref().is_some_and(|o| !o.blank && !o.cut);
            return match (group, in_table) {
                (Some(len), _) => Some(len),
                (None, true) => None,
                (None, false) => {
                    let over = (1..=2)
                        .take_while(|n| is_heading_line(text(index + n)) && Some(index + n) != next_number)
                        .count();
                    let closed = text(index + over + 1).is_empty() || Some(index + over + 1) == next_number;
                    Some(if over > 0 && closed { over + 1 } else { 1 })
                }
            };
        }
        if Some(index) == next_number {
            return None;
        }
        if !self.opens_block(index) {
            return self.is_underlined(index).then_some(2);
        }
        let alone = || text(index + 1).is_empty() || Some(index + 1) == next_number;
        if own_rule(line).is_some_and(|title| is_title(title) && is_heading_line(title)) && alone() {
            return Some(1);
        }
        // Where no rule is near, the dearest question comes last.
        if !self.near_rule(index) {
            return self.plain_heading(index, next_number).filter(|_| is_heading_line(line));
        }
        if !is_heading_line(line) {
            return None;
        }
        // Lines with a rule under them, perhaps after a blank line or page furniture.
        for lines in 1..=3 {
            // A sentence ends above the line that is the heading.
            if lines > 1 && ends_in_stop(text(index + lines - 2)) {
                break;
            }
            let below = self.below_cut(index + lines);
            // Behind furniture the rule may be the next heading's.
            if is_rule(text(below)) && (below == index + lines || self.ruled_group(below).is_none()) {
                return Some(below - index + 1);
            }
            let parted = lines == 1 && text(index + 1).is_empty() && is_rule(text(index + 2));
            if parted && !line.ends_with('.') && self.ruled_group(index + 2).is_none() {
                return Some(3);
            }
            if !is_heading_line(text(index + lines)) || Some(index + lines) == next_number {
                break;
            }
        }
        self.plain_heading(index, next_number)
    }

    /// Whether a rule may stand so near behind a line that it can be one of a heading.
    fn near_rule(&self, index: usize) -> bool {
        const REACH: usize = 3 + BELOW_CUT;
        self.lines.iter().skip(index + 1).take(REACH).any(|line| line.may_be(MayBe::Rule))
    }

    /// How many lines a heading between two rules takes that begins at this one.
    fn ruled_group(&self, index: usize) -> Option<usize> {
        let text = |i: usize| self.lines.get(i).map_or("", |l| l.text);
        let end = (1..=3).find(|n| is_rule(text(index + n)))?;
        (end > 1 && (1..end).all(|k| is_heading_line(text(index + k)))).then_some(end + 1)
    }

    /// The line at this index, or behind the blank lines that page furniture left there.
    fn below_cut(&self, index: usize) -> usize {
        let lines = || self.lines.iter().skip(index).take(BELOW_CUT);
        let blank = lines().take_while(|l| l.is_blank()).count();
        let cut = lines().take(blank + 1).any(|l| l.cut != Cut::None);
        if cut { index + blank } else { index }
    }

    /// A heading without rules: a short line alone, without a full stop, right before a numbered paragraph; or a line
    /// of capitals alone in a text of small letters.
    fn plain_heading(&self, index: usize, next_number: Option<usize>) -> Option<usize> {
        let text = |i: usize| self.lines.get(i).map_or("", |l| l.text);
        let line = trim(text(index));
        let next = (index + 1..index + 5).find(|i| !text(*i).is_empty())?;
        let short = || {
            line.len() <= 90
                && !line.ends_with(['.', ',', ';'])
                && (!line.ends_with('-') || is_between_hyphens(line))
                && line.split_whitespace().count() <= 14
        };
        // The end of a sentence that page furniture or a blank line cut in two is none.
        let goes_on = || line.starts_with(char::is_lowercase) && !self.ends_sentence_above(index);
        let before_number = next_number == Some(next) && !goes_on();
        let stands_alone = text(index + 1).is_empty();
        let capitals = || line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
        let small_letters_follow = || text(next).chars().any(char::is_lowercase);
        (before_number || stands_alone && capitals() && small_letters_follow()).then(short)?.then_some(1)
    }

    /// Whether the last line of text above this one ends a sentence.
    fn ends_sentence_above(&self, index: usize) -> bool {
        let above = self.lines.iter().take(index).rev().find(|line| !line.is_blank());
        above.is_none_or(|line| ends_sentence(line.text))
    }

    /// Whether a block may begin on this line: after a blank line, page furniture, a rule or a long line.
    fn opens_block(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|i| self.lines.get(i)) else { return true };
        let cut = self.lines.get(index).is_some_and(|l| l.cut != Cut::None);
        before.is_blank()
            || cut
            || is_rule(before.text)
            || is_redaction(before.text)
            || (before.text.len() > UNWRAPPED || before.cut.in_line()) && ends_sentence(before.text)
    }

    fn heading(&mut self, index: usize, len: usize) {
        self.close();
        let Some(lines) = self.lines.get(index..index + len).or_else(|| self.lines.get(index..)) else { return };
        let rules = |lines: &'l [Line<'a>]| lines.iter().filter(|line| is_rule(line.text));
        let over = lines.iter().take_while(|line| is_rule(line.text) || line.is_blank()).count();
        let (over, lines) = lines.split_at_checked(over).unwrap_or_default();
        // In the order of the text, or the marks would have to be sorted.
        rules(over).for_each(|line| self.report.mark(line, RegionKind::Heading));
        for line in lines.iter().filter(|l| !is_rule(l.text) && !l.is_blank()) {
            if self.open.is_none() {
                self.open(OpenKind::Heading, RegionKind::Heading);
            }
            let Some(title) = own_rule(line.text).map(|title| line.span_of(title)) else {
                self.go_on(line, 0, line.text.len());
                continue;
            };
            self.go_on(line, title.start - line.start, title.end - line.start);
            self.report.mark(line, RegionKind::Heading);
        }
        self.close();
        rules(lines).for_each(|line| self.report.mark(line, RegionKind::Heading));
    }

    /// Begins a paragraph. Gives the offset behind its number and its mark: its text follows by [`Self::part`].
    fn paragraph(&mut self, line: &Line<'a>, numbered: Option<&Numbered>) -> usize {
        self.close();
        let number = numbered.map(|n| n.number);
        let end = numbered.map_or(0, |n| n.candidate.end);
        let (mark, from) = self.mark_at(line, end, numbered.is_some());
        self.open(OpenKind::Paragraph { number, mark }, RegionKind::Paragraph);
        let start = line.start + numbered.map_or(0, |n| n.candidate.start);
        if let Some(open) = &mut self.open {
            open.marked = Span::new(start, line.end());
        }
        from
    }

    /// The portion mark at this offset and the offset behind it, with a diagnostic where it was damaged.
    fn mark_at(&mut self, line: &Line<'a>, at: usize, numbered: bool) -> (Option<Cow<'a, str>>, usize) {
        let text = trim_start(line.text.get(at..).unwrap_or_default());
        let Some((mark, rest)) = leading_mark(text, numbered) else { return (None, at) };
        if mark.repaired {
            let span = trimmed(line, at, line.text.len() - rest.len());
            let said = format!("portion mark \"{}\" read in spite of a lost bracket", mark.mark);
            self.report.say(DiagnosticCode::PortionMarkRepaired, span, said);
        }
        (Some(Cow::Borrowed(mark.mark)), line.text.len() - rest.len())
    }

    /// Goes on with what is open by a part of a line, or begins a block of text.
    fn part(&mut self, line: &Line<'a>, from: usize, to: usize) {
        let Some(part) = line.text.get(from..to) else { return };
        if trim_start(part).is_empty() {
            return;
        }
        if from == 0 && to < line.text.len() && part.trim_end().ends_with("-----") {
            // A heading with its rule, run into the line of the paragraph.
            self.close();
            self.open(OpenKind::Heading, RegionKind::Heading);
            let end = part.trim_end_matches(['-', ' ', '=']).len();
            self.go_on(line, 0, end);
            self.report.regions.mark(Span::new(line.start + end, line.start + to), RegionKind::Heading);
            self.close();
            return;
        }
        if let Some(title) = flattened(part).map(|title| line.span_of(title)).filter(|_| to == line.text.len()) {
            // A heading with its rule behind the last sentence.
            let (at, end) = (title.start - line.start, title.end - line.start);
            self.part(line, from, at);
            self.close();
            self.open(OpenKind::Heading, RegionKind::Heading);
            self.go_on(line, at, end);
            self.report.regions.mark(Span::new(title.end, line.end()), RegionKind::Heading);
            return self.close();
        }
        let from = if from == 0 { self.behind_pilcrow(line) } else { from };
        let marked = || from == 0 && portion_mark::leading(line.trimmed()).is_some();
        if self.takes_mark() && marked() {
            // The mark of a numbered paragraph, on a line of its own or before its text.
            let (mark, from) = self.mark_at(line, 0, false);
            if let Some(Open { kind: OpenKind::Paragraph { mark: own, .. }, .. }) = &mut self.open {
                *own = mark;
            }
            return self.go_on(line, from, to);
        } else if self.may_begin_unnumbered(line) && marked() {
            let from = self.paragraph(line, None);
            if let Some(open) = &mut self.open {
                open.marked = line.span();
            }
            return self.go_on(line, from, to);
        } else if self.begins_text(line) {
            self.close();
            self.open(OpenKind::Text, RegionKind::Text);
        }
        self.go_on(line, from, to);
    }

    /// Where a line begins: behind the pilcrow that a publisher put before what looked like a paragraph's number and is
    /// none.
    fn behind_pilcrow(&mut self, line: &Line<'a>) -> usize {
        let trimmed = line.trimmed();
        let Some(rest) = trimmed.strip_prefix('¶').filter(|rest| rest.starts_with(char::is_alphanumeric)) else {
            return 0;
        };
        let from = line.text.len() - rest.len();
        let pilcrow = Span::new(line.start + from - '¶'.len_utf8(), line.start + from);
        self.report.regions.mark(pilcrow, RegionKind::PageFurniture);
        from
    }

    /// Whether a numbered paragraph is open that has neither mark nor text yet.
    fn takes_mark(&self) -> bool {
        self.open.as_ref().is_some_and(|open| {
            matches!(open.kind, OpenKind::Paragraph { number: Some(_), mark: None }) && open.stretch.is_none()
        })
    }

    /// Whether a portion mark at a line's start may begin a paragraph without a number: not inside a numbered one.
    fn may_begin_unnumbered(&self, line: &Line<'_>) -> bool {
        match &self.open {
            Some(Open { kind: OpenKind::Paragraph { number, .. }, blank, cut, .. }) => {
                number.is_none() && (*blank || *cut || line.cut != Cut::None)
            }
            _ => true,
        }
    }

    /// Whether a line begins a new block of text: nothing is open, or a blank line parts it from the text before.
    fn begins_text(&self, line: &Line<'_>) -> bool {
        self.open
            .as_ref()
            .is_none_or(|open| matches!(open.kind, OpenKind::Text) && open.blank && line.cut == Cut::None && !open.cut)
    }

    fn open(&mut self, kind: OpenKind<'a>, region: RegionKind) {
        self.open = Some(Open {
            kind,
            text: BodyText::default(),
            stretch: None,
            blank: false,
            cut: false,
            region,
            marked: Span::default(),
        });
    }

    /// Adds a part of a line to what is open: prolongs the stretch of input, or begins a new one where something was
    /// taken out or a sentence is to be joined.
    fn go_on(&mut self, line: &Line<'a>, from: usize, to: usize) {
        let Some(open) = &mut self.open else { return };
        let span = Span::new(line.start + from, line.start + to);
        let region_end = if to == line.text.len() { line.end() } else { span.end };
        let Some((joint, stretch)) = open.stretch.as_mut() else {
            let start = if open.marked.is_empty() {
                if from == 0 { line.start } else { span.start }
            } else {
                open.marked.start
            };
            open.marked = Span::new(start, region_end);
            open.stretch = Some((Joint::Line, span));
            return;
        };
        let cut = open.cut || line.cut != Cut::None;
        // A pilcrow between the two was taken out.
        let skipped = from > 0 && stretch.end < line.start;
        if !cut && !open.blank && !skipped {
            // The next line of the same sentence, as most are.
            stretch.end = span.end;
            open.marked.end = region_end;
            return;
        }
        let text = self.text;
        let before = text.get(stretch.start..stretch.end).unwrap_or_default().trim_end();
        let here = line.text.get(from..to).unwrap_or_default();
        let small = here.starts_with(|c: char| c.is_lowercase());
        let open_sentence = !ends_sentence(before) && small;
        // `"LEFT,"` / `and right`: small letters go on behind any sign.
        let goes_on = (!ends_sentence(before) || ends_in_hyphen(before) || small) && !starts_afresh(here);
        let next = match (line.cut, cut, open.blank) {
            (Cut::Inline, ..) => Some(Joint::Blank),
            (Cut::InWord, ..) => Some(Joint::Word),
            (_, true, true) if goes_on || list_goes_on(before, here) => {
                let said = "a sentence cut by page furniture, joined";
                self.report.say(DiagnosticCode::SentenceJoined, Span::new(stretch.end, span.start), said);
                Some(Joint::Line)
            }
            (_, true, true) => Some(Joint::Paragraph),
            (_, true, false) => Some(Joint::Line),
            (_, false, true) if open_sentence && last_line(before).len() > 30 => {
                let said = "a sentence cut by a blank line, joined";
                self.report.say(DiagnosticCode::SentenceJoined, Span::new(stretch.end, span.start), said);
                Some(Joint::Line)
            }
            (_, false, blank) => skipped.then_some(if blank { Joint::Paragraph } else { Joint::Line }),
        };
        if let Some(next) = next {
            let piece = text.get(stretch.start..stretch.end).unwrap_or_default();
            open.text.push(*joint, piece);
            open.stretch = Some((next, span));
        } else {
            stretch.end = span.end;
        }
        if cut || skipped {
            self.report.regions.mark(open.marked, open.region);
            open.marked = Span::new(line.start + if from == 0 { 0 } else { from }, region_end);
        } else {
            open.marked.end = region_end;
        }
        open.blank = false;
        open.cut = false;
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        self.report.regions.mark(open.marked, open.region);
        if let Some((joint, stretch)) = open.stretch {
            open.text.push(joint, self.text.get(stretch.start..stretch.end).unwrap_or_default());
        }
        let text = open.text;
        // A rule in the line of a paragraph, with nothing before it.
        if text.is_empty() && !matches!(open.kind, OpenKind::Paragraph { .. }) {
            return;
        }
        self.blocks.push(match open.kind {
            OpenKind::Paragraph { number, mark } => Block::Paragraph { number, portion_mark: mark, text },
            OpenKind::Heading => Block::Heading { text },
            OpenKind::Text => Block::Text { text },
        });
    }

    fn finish(mut self) -> Vec<Block<'a>> {
        self.close();
        self.blocks
    }
}

/// The portion mark at the start of a text; behind a number it may have lost its opening bracket.
fn leading_mark(text: &str, numbered: bool) -> Option<(portion_mark::Mark<'_>, &str)> {
    if numbered { portion_mark::behind_number(text) } else { portion_mark::leading(text) }
}

/// Whether a line could stand in a heading: short, and no bullet, table or caption.
fn is_heading_line(line: &str) -> bool {
    let trimmed = trim(line);
    (2..=100).contains(&trimmed.len())
        && !is_rule(line)
        && (!trimmed.starts_with(['-', '*', '•']) || is_between_hyphens(trimmed))
        && portion_mark::leading(trimmed).is_none_or(|(_, rest)| !rest.is_empty() && rest.len() < 80)
        // The head of an enclosed document.
        && subject::label(trimmed).is_none()
        && caption::captions(trimmed).is_none()
        && columns(trimmed).is_none()
}

/// `--Past Positions--`
fn is_between_hyphens(line: &str) -> bool {
    let inner = line.strip_prefix("--").and_then(|rest| rest.strip_suffix("--"));
    inner.is_some_and(|inner| inner.starts_with(char::is_alphanumeric) && inner.ends_with(char::is_alphanumeric))
}

/// A heading whose rule stands on its own line, behind it or on both sides: `Past Positions ---------`. Gives the heading.
fn own_rule(line: &str) -> Option<&str> {
    const SHORTEST: usize = 4;
    // Lines come without blanks at their ends.
    if !line.ends_with(['-', '=']) {
        return None;
    }
    let line = trim(line);
    let title = line.trim_end_matches(['-', '=', ' ']);
    let rule = line.get(title.len()..).filter(|rule| rule.starts_with(' '))?;
    let long = rule.bytes().filter(|byte| *byte != b' ').count() >= SHORTEST;
    Some(title.trim_start_matches(['-', '=', ' '])).filter(|title| long && !title.is_empty())
}

/// A heading with its own rule that stands behind a sentence on the same line: `... came. Past Positions ---------`.
fn flattened(part: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    let title = own_rule(part).filter(|_| part.ends_with("----"))?;
    let ends = |before: &str| ends_in_stop(before) || before.ends_with(['?', '!']);
    let (at, _) = title.rmatch_indices(' ').find(|(at, _)| title.get(..*at).is_some_and(ends))?;
    let title = trim_start(title.get(at..)?);
    (title.len() <= LONGEST && is_title(title) && is_heading_line(title)).then_some(title)
}

/// Whether a line could be a title: it begins as one, and is no sentence.
fn is_title(line: &str) -> bool {
    let line = line.trim_start_matches(['"', '“', '\'', '‘', '(', '/']);
    line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with([',', ';'])
        && !ends_in_stop(line)
}

/// Whether a line ends in the full stop of a sentence: not of `U.S.`, an initial or a row of dots.
fn ends_in_stop(line: &str) -> bool {
    let line = trim(line).trim_end_matches(['"', '”', ')']);
    let word = line.strip_suffix('.').and_then(|line| line.rsplit([' ', '.']).next());
    word.is_some_and(|word| word.chars().count() > 1)
}

/// Whether text after page furniture begins a new thing: a bullet, a list's letter.
fn starts_afresh(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['-', '*', '•']) || portion_mark::leading(text).is_some()
}

/// Whether a text ends with an item of a list that says that another follows, and a line is that one. Where the list has
/// blank lines between its items, there is nothing to join.
fn list_goes_on(before: &str, here: &str) -> bool {
    let bullet =
        |line: &str| line.trim_start().split_once(' ').is_some_and(|(mark, _)| matches!(mark, "-" | "--" | "*"));
    let last = last_line(before);
    let above = before.strip_suffix(last).unwrap_or_default();
    let ends = ["\r\r\n", "\r\n", "\n", "\r"];
    let above = ends.iter().find_map(|end| above.strip_suffix(end)).unwrap_or(above);
    let set_apart = above.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
    last.ends_with([';', ',']) && bullet(last) && bullet(here) && !set_apart
}

/// Whether a text ends in the middle of a hyphenated word.
fn ends_in_hyphen(text: &str) -> bool {
    text.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic))
}

fn last_line(text: &str) -> &str {
    text.rsplit(['\n', '\r']).next().unwrap_or_default()
}
