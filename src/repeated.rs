//! Later headings of the same message: each section of an archive record has its own, and some transmissions were
//! printed twice. The first heading counts; the others come out of the body, and where they differ it is said. What the
//! first one lacks is taken from the others, as where an archive gives the text first and the whole record after it.

use crate::diagnostic::DiagnosticCode;
use crate::field::caption;
use crate::field::classification::{self, ClassLine};
use crate::field::distribution::{self, Distribution};
use crate::field::drafting::{self, Drafting};
use crate::field::dtg::{self, CenturyRule};
use crate::field::paragraph_number::Before;
use crate::field::{executive_order, subject, tags};
use crate::header::{self, Extent, Header};
use crate::lines::{Cut, Line, Lines, MayBe, Report};
use crate::preamble::{Preamble, class_line, fill};
use crate::region::RegionKind;
use crate::sentence::ends_sentence;
use crate::span::Span;
use crate::text_head::is_first_paragraph;

/// The body's lines without repeated headings.
pub(crate) fn take_out<'l, 'a>(
    lines: Lines<'l, 'a>,
    head: &[Line<'a>],
    first: &mut Preamble<'a>,
    century: CenturyRule,
    report: &mut Report,
) -> Lines<'l, 'a> {
    let may_start = |l: &Line<'_>| {
        is_later_section(l)
            || l.may_be(MayBe::Heading)
                && (header::line::starts_header(l.trimmed()) || distribution::starts_block(above_relay(l.trimmed())))
    };
    if !lines.iter().any(may_start) {
        return lines;
    }
    let start = lines.first().map_or(0, |line| line.start);
    let head = letters_of(head.iter().take_while(|line| line.start < start));
    let mut out = Vec::with_capacity(lines.len());
    let mut index = 0;
    let mut failed = 0;
    let mut cut = Cut::None;
    while let Some(line) = lines.get(index) {
        let window = lines.get(index..).map(|l| l.get(..WINDOW).unwrap_or(l)).unwrap_or_default();
        let tried = failed < MAX_FAILED && may_start(line);
        let found = tried.then(|| repeated_heading(window, &head, century)).flatten();
        failed += usize::from(tried && found.is_none());
        if let Some(found) = found {
            let (len, rest) = (found.len, found.rest);
            let last = lines.get(index + len - 1).unwrap_or(line);
            let end = rest.map_or(last.end(), |rest| rest.start);
            tell(line, end, first, found, report);
            for line in lines.iter().skip(index).take(len).filter(|l| !l.is_blank()) {
                report.regions.mark(Span::new(line.start, line.end().min(end)), RegionKind::RepeatedHeading);
            }
            index += len;
            out.extend(rest.map(|rest| rest.after(Cut::Lines)));
            cut = if rest.is_some() { Cut::None } else { Cut::Lines };
        } else {
            out.push(line.after(cut));
            cut = Cut::None;
            index += 1;
        }
    }
    Lines::Owned(out)
}

/// What stands above the relay's line of dashes, where a heading was joined into one line.
fn above_relay(line: &str) -> &str {
    const REACH: usize = 2048;
    let reach = line.get(..REACH).unwrap_or(line);
    reach.find(DASHES).and_then(|at| line.get(..at)).unwrap_or(line)
}

/// The relay's line begins with as many at the least.
const DASHES: &str = "----------";

/// No heading has more lines.
const WINDOW: usize = 200;
/// After so many lines that looked like a heading's first and were none, no more are tried: a limit for hostile texts.
const MAX_FAILED: usize = 64;

/// A heading in the middle of a body.
#[derive(Default)]
struct Found<'a> {
    header: Header<'a>,
    distribution: Option<Distribution<'a>>,
    drafting: Option<Drafting<'a>>,
    class_line: Option<(ClassLine<'a>, Span)>,
    /// How many lines it takes.
    len: usize,
    /// What follows it on its last line.
    rest: Option<Line<'a>>,
}

/// A line that holds a heading, parted into the heading's lines.
struct Parted<'a> {
    lines: Vec<Line<'a>>,
    /// Whether the classification line is among them.
    named: bool,
    rest: Option<Line<'a>>,
}

impl<'a> Parted<'a> {
    /// Takes the lines that follow, parted from the first one by page furniture or a stamp, up to the classification line;
    /// gives how many. Where none has it, none is taken.
    fn go_on(&mut self, lines: &[Line<'a>]) -> usize {
        const MOST: usize = 8;
        let same = |line: &&Line<'_>| line.cut.in_line() || line.is_blank();
        let own = lines.iter().take(MOST).take_while(same);
        let found = own.enumerate().find_map(|(index, line)| Some((index, line, class_line_in(line.text, 0)?)));
        let Some((index, line, (from, to))) = found else { return 0 };
        self.lines.extend(lines.iter().take(index));
        self.lines.extend([part_of(line, 0, from), part_of(line, from, to)].into_iter().flatten());
        self.rest = part_of(line, to, line.text.len());
        self.named = true;
        index + 1
    }
}

/// A part of a line, without spaces round it; `None` where nothing is left.
fn part_of<'a>(line: &Line<'a>, from: usize, to: usize) -> Option<Line<'a>> {
    let words = line.text.get(from..to)?.trim_end();
    let blanks = words.len() - words.trim_start().len();
    let part = Line::new(words.trim_start(), line.start + from + blanks, line.start + to, Cut::None);
    (!part.is_blank()).then_some(part)
}

/// A heading that begins here, in lines of its own or joined into one.
fn repeated_heading<'a>(lines: &[Line<'a>], head: &str, century: CenturyRule) -> Option<Found<'a>> {
    let filled = lines.iter().enumerate().filter(|(_, line)| !line.is_blank()).take(2);
    let joined = { filled }.find_map(|(index, line)| Some((index, parted(line)?)));
    let Some((at, mut parts)) = joined else { return heading_in_lines(lines, head, century) };
    let mut taken = at + 1;
    if !parts.named {
        taken += parts.go_on(lines.get(taken..)?);
    }
    let Parted { lines: parts, rest, .. } = parts;
    let trailing = if rest.is_some() { &[] } else { lines.get(taken..)? };
    let whole: Vec<_> = lines.get(..at)?.iter().chain(&parts).chain(trailing).copied().collect();
    let found = heading_in_lines(&whole, head, century)?;
    let parted = at + parts.len();
    let all_taken = found.len >= parted && whole.iter().take(found.len).all(|line| line.text.len() <= LONGEST);
    all_taken.then(|| Found { len: found.len - parted + taken, rest, ..found })
}

/// No line of a heading has more bytes: a longer one has text in it.
const LONGEST: usize = 1200;

/// The format lines of a heading that a publisher joined into one line; addressees are left out, for nothing parts them. The
/// text of the section may follow its classification line.
///
/// ```text
/// joined = block dashes group ... SP dtg-line SP "FM" SP originator [ SP "TO" SP addressees ] [ SP class-line [ SP text ] ]
/// ```
fn parted<'a>(line: &Line<'a>) -> Option<Parted<'a>> {
    let text = line.text;
    let dashes = text.find(DASHES).filter(|at| *at > 0)?;
    let from = dashes + text.get(dashes..)?.find(" FM ")?;
    distribution::starts_block(text.get(..dashes)?).then_some(())?;
    let relay = text.get(dashes..from)?;
    let ends = relay.match_indices(' ').map(|(at, _)| dashes + at + 1);
    let dtg = ends.into_iter().find(|at| text.get(*at..from).is_some_and(dtg::is_dtg_line))?;
    let class_line = class_line_in(text, from);
    let end = class_line.map_or(text.len(), |(at, _)| at);
    let to = text.get(from..end)?.find(" TO ").map_or(end, |at| from + at);
    // Sentences are no addressees.
    if memchr::memmem::find(text.get(to..end)?.as_bytes(), b". ").is_some() {
        return None;
    }
    let parts = [(0, dashes), (dashes, dtg), (dtg, from), (from, to)].into_iter().chain(class_line);
    let lines = parts.map(|(from, to)| part_of(line, from, to)).collect::<Option<_>>()?;
    let rest = class_line.and_then(|(_, end)| part_of(line, end, text.len()));
    Some(Parted { lines, named: class_line.is_some(), rest })
}

/// From where to where a classification line stands after the originator and the addressees.
fn class_line_in(text: &str, from: usize) -> Option<(usize, usize)> {
    /// No list of addressees is longer.
    const REACH: usize = 4096;
    let words =
        text.match_indices(' ').map(|(at, _)| at + 1).skip_while(|at| *at < from).take_while(|at| *at < from + REACH);
    std::iter::once(from).chain(words).find_map(|at| {
        let rest = text.get(at..).filter(|rest| rest.starts_with(['U', 'C', 'S', 'L', 'T']))?;
        Some((at, at + classification::begins_class_line(rest)?))
    })
}

/// A heading that begins here: it must have at least a date-time group, or a transmission's first line, and an
/// originator.
fn heading_in_lines<'a>(lines: &[Line<'a>], head: &str, century: CenturyRule) -> Option<Found<'a>> {
    let mut quiet = Report::default();
    let mut found = Found::default();
    let rest = |at: usize| lines.get(at..).unwrap_or_default();
    let blanks = |at: usize| rest(at).iter().take_while(|l| l.is_blank()).count();
    let mut at = 0;
    if let Some((block, used)) = rest(at)
        .first()
        .filter(|l| distribution::starts_block(l.trimmed()))
        .and_then(|_| distribution::parse(rest(at), &mut quiet))
    {
        found.distribution = Some(block);
        at += used;
        at += blanks(at);
        if let Some((block, used)) = rest(at)
            .first()
            .filter(|l| drafting::starts(l.trimmed()))
            .and_then(|_| drafting::parse(rest(at), &mut quiet))
        {
            found.drafting = Some(block);
            at += used;
        }
        at += rest(at).iter().take_while(|l| l.is_blank() || distribution::is_dash_line(l.trimmed())).count();
    }
    let (header, used) = header::read(rest(at), Extent::Unknown, century, &mut quiet);
    let whole = header.from.is_some() && (header.dtg.is_some() || header.transmission.is_some());
    let later_section = lines.first().is_some_and(is_later_section);
    if (!whole || used == 0) && !later_section {
        return None;
    }
    at += if later_section { 0 } else { used };
    if let Some((index, class_line)) = class_line::find_near(rest(at)) {
        found.class_line = rest(at).get(index).map(|line| (class_line, line.text_span()));
        at += index + 1;
        at += repeated_head(rest(at), head);
    }
    Some(Found { header, len: at, ..found })
}

/// Whether a line is the classification line of a section after the first.
fn is_later_section(line: &Line<'_>) -> bool {
    line.may_be(MayBe::Section)
        && line.text.len() < 90
        // It has numbers and, however damaged, the word SECTION; hardly a line of prose that comes so far has both.
        && has_digit(line.text)
        && has_ct(line.text)
        && classification::class_line(line.text).is_some_and(|c| c.section.number.is_some_and(|n| n > 1) && c.number.is_some())
}

/// Whether there is a digit. All bytes are looked at without a branch, which takes many at once.
fn has_digit(line: &str) -> bool {
    line.bytes().fold(0, |any, byte| any | u8::from(byte.is_ascii_digit())) != 0
}

/// Whether C and T stand side by side.
fn has_ct(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr2_iter(b'C', b'c', bytes).any(|at| matches!(bytes.get(at + 1), Some(b'T' | b't')))
}

/// How many lines after a repeated classification line repeat the head of the text: its labels, captions, and what the
/// first head has too. A line that is none of these, as a name struck out, is one of them above a label.
fn repeated_head(lines: &[Line<'_>], head: &str) -> usize {
    const REACH: usize = 60;
    let mut used = 0;
    let mut below = true;
    let mut subject = false;
    let mut content = lines.iter().take(REACH).enumerate().filter(|(_, line)| !line.is_blank()).peekable();
    while let Some((index, line)) = content.next() {
        below = below && index <= used;
        let next_is_label = content.peek().is_some_and(|(_, next)| is_label(next.trimmed()));
        let text = line.trimmed();
        let is_head = is_label(text)
            || caption::captions(text).is_some()
            || repeats(line, head, below)
            || subject && below && ends_subject(text, lines.get(index + 1))
            || next_is_label && !is_first_paragraph(line, Before::Gap);
        if !is_head {
            break;
        }
        used = index + 1;
        below = true;
        subject = subject::label(text).is_some();
    }
    used
}

/// Whether a line right below a SUBJECT line is the second one of the subject: short, no sentence, and a blank line follows.
fn ends_subject(line: &str, next: Option<&Line<'_>>) -> bool {
    const LONGEST: usize = 70;
    line.len() <= LONGEST && !ends_sentence(line) && next.is_none_or(Line::is_blank)
}

/// Whether a line has the label of the executive order, of TAGS or of the subject.
fn is_label(text: &str) -> bool {
    executive_order::label(text).is_some() || tags::label(text).is_some() || subject::label(text).is_some()
}

/// Whether the first head has this line, wrapped and pointed in whatever way. After a gap a few letters say nothing.
fn repeats(line: &Line<'_>, head: &str, below: bool) -> bool {
    let least = if below { 3 } else { 12 };
    let own = letters_of(std::iter::once(line));
    own.len() >= least && memchr::memmem::find(head.as_bytes(), own.as_bytes()).is_some()
}

/// Letters and digits of lines, in capitals and without what stands between them. No head has more than are taken.
fn letters_of<'l, 'a: 'l>(lines: impl Iterator<Item = &'l Line<'a>>) -> String {
    const MOST: usize = 1 << 13;
    let bytes = lines.flat_map(|line| line.text.bytes());
    bytes.filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_uppercase())).take(MOST).collect()
}

/// Says that a heading stands here again, where it differs, and what was taken from it.
fn tell<'a>(line: &Line<'_>, end: usize, first: &mut Preamble<'a>, found: Found<'a>, report: &mut Report) {
    let span = Span::new(line.start, end);
    let differs = |name: &str, a: Option<&str>, b: Option<&str>| match (a, b) {
        (Some(a), Some(b)) if !a.eq_ignore_ascii_case(b) => {
            Some(format!("{name} \"{b}\" here, \"{a}\" in the first heading"))
        }
        _ => None,
    };
    let dtg = differs(
        "date-time group",
        first.header.dtg.as_ref().map(|d| d.text.as_ref()),
        found.header.dtg.as_ref().map(|d| d.text.as_ref()),
    );
    let from = differs(
        "originator",
        first.header.from.as_ref().map(|f| f.name.as_ref()),
        found.header.from.as_ref().map(|f| f.name.as_ref()),
    );
    for message in [dtg, from].into_iter().flatten() {
        report.emit(DiagnosticCode::HeadingDisagrees, line.text_span(), message);
    }
    let filled = fill_first(first, found);
    let message = if filled.is_empty() {
        "another heading of the same message; the first one counts".to_owned()
    } else {
        format!(
            "another heading of the same message; the first one lacks what was taken from here: {}",
            filled.join(", ")
        )
    };
    report.emit(DiagnosticCode::HeadingRepeated, span, message);
}

/// Takes from a later heading of the same message what the first one lacks, and names it.
fn fill_first<'a>(first: &mut Preamble<'a>, found: Found<'a>) -> Vec<&'static str> {
    let number = |class_line: &Option<(ClassLine<'_>, Span)>| class_line.as_ref().and_then(|(line, _)| line.number);
    let (own, other) = (number(&first.class_line), number(&found.class_line));
    if other.is_none() || own.is_some() && own != other {
        return Vec::new();
    }
    let mut filled = first.header.fill_from(found.header);
    let mut note = |name, taken: bool| filled.extend(taken.then_some(name));
    note("distribution", fill(&mut first.distribution, found.distribution));
    note("drafting", fill(&mut first.drafting, found.drafting));
    note("classification line", fill(&mut first.class_line, found.class_line));
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    #[test]
    fn a_repeated_head() {
        let head = letters_of(
            split("SIPDIS\nNSC FOR DOE\nEO 12958 DECL: 09/21/10\nTAGS EFIS, NO\nSUBJECT: THE FAIR\nAND THE HARBOUR")
                .iter(),
        );
        for (name, text, used) in [
            (
                "wrapped in another way",
                "SIPDIS\nE.O. 12958: DECL: 09/21/10 TAGS: EFIS NO\nSUBJECT: THE\nFAIR AND THE HARBOUR\nCOD",
                4,
            ),
            (
                "prose without a blank line",
                "SIPDIS\nE.O. 12958: DECL: 09/21/10\nTAGS: EFIS NO\nBOATS. THE FAIR, THEY SAID,",
                3,
            ),
            (
                "blank lines between",
                "\nSIPDIS\n\nNSC FOR DOE\n\nTAGS: EFIS NO\nSUBJECT: THE FAIR\nAND THE HARBOUR\n\nCOD",
                8,
            ),
            ("a name struck out", "SIPDIS\nXXXXXXXX\nTAGS: EFIS NO\nCOD", 3),
            ("text at once", "1. (U) COD\nTAGS: NO", 0),
            ("a heading in the text", "TAGS: NO\n\nTHE FAIR\n\nCOD", 1),
        ] {
            assert_eq!(repeated_head(&split(text), &head), used, "{name}");
        }
    }

    #[test]
    fn where_a_heading_may_begin() {
        for (line, want) in [
            ("ACTION AF-00 INFO LOG-00 COD-01 /006W ------------------8A8E22 271459Z /38 O 271459Z SEP 00 FM", true),
            ("ACTION AF-00", true),
            ("ACTION PLANS HAS THE MINISTRY ---------- NO", false),
        ] {
            assert_eq!(distribution::starts_block(above_relay(line)), want, "{line}");
        }
    }

    #[test]
    fn a_heading_joined_into_one_line() {
        let block = "INFO LOG-00 COD-01  SAS-00 /006W  ------------------8A8E22 271459Z /38 ";
        let text = format!(
            "ACTION AF-00\n{block}O 271459Z SEP 00 FM AMEMBASSY OSLO TO SECSTATE WASHDC 72 INFO NSC WASHDC\nUNCLAS SECTION 02 OF 02 OSLO 000461\nSIPDIS\nCOD"
        );
        let lines = split(&text);
        let found = repeated_heading(&lines, "", CenturyRule::default()).unwrap();
        assert_eq!(found.len, 4);
        assert_eq!(found.header.dtg.unwrap().text, "271459Z SEP 00");
        assert_eq!(found.header.from.unwrap().name, "AMEMBASSY OSLO");
        assert!(found.header.to.is_empty());
        assert_eq!(found.distribution.unwrap().total, Some(6));
        let heading = format!("ACTION AF-00\n\n{block}O 271459Z SEP 00 FM AMEMBASSY OSLO TO SECSTATE WASHDC 72");
        for (text, len, rest) in [
            (format!("{heading}\n\nUNCLAS SECTION 02 OF 02 OSLO 000461\nCOD"), 5, None),
            (format!("{heading} UNCLAS SECTION 02 OF 02 OSLO 000461 THE COD IS BACK."), 3, Some("THE COD IS BACK.")),
            (format!("{heading} UNCLAS SECTION 02 OF 02 OSLO 000461\nCOD"), 3, None),
            (
                format!("{} UNCLAS SECTION 02 OF 02 OSLO 000461 THE COD IS BACK.", heading.replace("\n\n", " ")),
                1,
                Some("THE COD IS BACK."),
            ),
        ] {
            let lines = split(&text);
            let found = repeated_heading(&lines, "", CenturyRule::default()).unwrap();
            assert_eq!((found.len, found.rest.map(|rest| rest.text)), (len, rest), "{text}");
            assert_eq!(found.class_line.unwrap().0.number, Some(461), "{text}");
        }
        // A stamp stood in the middle of the addressees, and the text follows on the same line.
        let first = format!("{} INFO AMEMBASSY ROME", heading.replace("\n\n", " "));
        let second = "AMEMBASSY BERN UNCLAS SECTION 02 OF 02 OSLO 000461 THE COD IS BACK.";
        let at = first.len() + 1;
        let lines = [
            Line::new(&first, 0, first.len(), Cut::None),
            Line::new(second, at, at + second.len(), Cut::Inline),
            Line::new("2. THE SEA.", 900, 911, Cut::None),
        ];
        let found = repeated_heading(&lines, "", CenturyRule::default()).unwrap();
        assert_eq!((found.len, found.rest.map(|rest| rest.text)), (2, Some("THE COD IS BACK.")));
        // Without a classification line the text would be taken for addressees.
        let text = format!("{} THE COD IS BACK. THE SEA IS COLD.", heading.replace("\n\n", " "));
        assert!(repeated_heading(&split(&text), "", CenturyRule::default()).is_none());
    }
}
