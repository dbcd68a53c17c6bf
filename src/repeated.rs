//! Later headings of the same message: each section of an archive record has its own, and some transmissions were
//! printed twice. The first heading counts; the others come out of the body, and where they differ it is said.

use crate::diagnostic::Code;
use crate::field::caption;
use crate::field::classification::class_line;
use crate::field::distribution;
use crate::field::dtg::CenturyRule;
use crate::field::{drafting, executive_order, subject, tags};
use crate::heading::{self, Heading};
use crate::lines::{Cut, Line, Lines, MayBe, Report};
use crate::region::RegionKind;
use crate::span::Span;
use crate::text_head::find_class_line;

/// The body's lines without repeated headings.
pub(crate) fn take_out<'l, 'a>(
    lines: Lines<'l, 'a>,
    first: &Heading<'_>,
    century: CenturyRule,
    report: &mut Report,
) -> Lines<'l, 'a> {
    let may_start = |l: &Line<'_>| {
        is_later_section(l)
            || l.may_be(MayBe::Heading)
                && (heading::starts_heading(l.trimmed()) || distribution::starts_block(l.trimmed()))
    };
    if !lines.iter().any(may_start) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    let mut index = 0;
    let mut failed = 0;
    let mut cut = Cut::None;
    while let Some(line) = lines.get(index) {
        let window = lines.get(index..).map(|l| l.get(..WINDOW).unwrap_or(l)).unwrap_or_default();
        let tried = failed < MAX_FAILED && may_start(line);
        let found = tried.then(|| repeated_heading(window, century)).flatten();
        failed += usize::from(tried && found.is_none());
        if let Some(found) = found {
            tell(line, first, &found, lines.get(index + found.len - 1), report);
            for line in lines.iter().skip(index).take(found.len).filter(|l| !l.is_blank()) {
                report.mark(line, RegionKind::RepeatedHeading);
            }
            index += found.len;
            cut = Cut::Lines;
        } else {
            out.push(line.after(cut));
            cut = Cut::None;
            index += 1;
        }
    }
    Lines::Owned(out)
}

/// No heading has more lines.
const WINDOW: usize = 200;
/// After so many lines that looked like a heading's first and were none, no more are tried: a limit for hostile texts.
const MAX_FAILED: usize = 64;

/// A heading in the middle of a body.
struct Found<'a> {
    heading: Heading<'a>,
    len: usize,
}

/// A heading that begins here: it must have at least a date-time group, or a transmission's first line, and an
/// originator.
fn repeated_heading<'a>(lines: &[Line<'a>], century: CenturyRule) -> Option<Found<'a>> {
    let mut quiet = Report::default();
    let rest = |at: usize| lines.get(at..).unwrap_or_default();
    let blanks = |at: usize| rest(at).iter().take_while(|l| l.is_blank()).count();
    let mut at = 0;
    if let Some((_, used)) = rest(at)
        .first()
        .filter(|l| distribution::starts_block(l.trimmed()))
        .and_then(|_| distribution::parse(rest(at), &mut quiet))
    {
        at += used;
        at += blanks(at);
        if let Some((_, used)) = rest(at)
            .first()
            .filter(|l| drafting::starts(l.trimmed()))
            .and_then(|_| drafting::parse(rest(at), &mut quiet))
        {
            at += used;
        }
        at += rest(at).iter().take_while(|l| l.is_blank() || distribution::is_dash_line(l.trimmed())).count();
    }
    let (heading, used) = heading::read(rest(at), century, &mut quiet);
    let whole = heading.from.is_some() && (heading.dtg.is_some() || heading.transmission.is_some());
    let later_section = lines.first().is_some_and(is_later_section);
    if (!whole || used == 0) && !later_section {
        return None;
    }
    at += if later_section { 0 } else { used };
    if let Some((index, _)) =
        find_class_line(rest(at)).filter(|(i, _)| rest(at).iter().take(*i).filter(|l| !l.is_blank()).count() <= 1)
    {
        at += index + 1;
        at += labels(rest(at));
    }
    Some(Found { heading, len: at })
}

/// Whether a line is the classification line of a section after the first.
fn is_later_section(line: &Line<'_>) -> bool {
    line.may_be(MayBe::Section)
        && line.text.len() < 90
        // It has numbers and, however damaged, the word SECTION; hardly a line of prose that comes so far has both.
        && has_digit(line.text)
        && has_ct(line.text)
        && class_line(line.text).is_some_and(|c| c.section.number.is_some_and(|n| n > 1) && c.number.is_some())
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

/// How many lines behind a repeated classification line repeat the head of the text.
fn labels(lines: &[Line<'_>]) -> usize {
    let is_label = |l: &Line<'_>| {
        let text = l.trimmed();
        executive_order::label(text).is_some()
            || tags::label(text).is_some()
            || subject::label(text).is_some()
            || caption::captions(text).is_some()
    };
    let mut used = 0;
    let mut labelled = false;
    for (index, line) in lines.iter().enumerate() {
        if is_label(line) {
            labelled = true;
        } else if line.is_blank() {
            labelled = false;
            continue;
        } else if !labelled {
            break;
        }
        used = index + 1;
    }
    used
}

fn tell(line: &Line<'_>, first: &Heading<'_>, found: &Found<'_>, last: Option<&Line<'_>>, report: &mut Report) {
    let span = Span::new(line.start, last.map_or(line.end(), Line::end));
    report.say(Code::HeadingRepeated, span, "another heading of the same message; the first one counts");
    let differs = |name: &str, a: Option<&str>, b: Option<&str>| match (a, b) {
        (Some(a), Some(b)) if a != b => Some(format!("{name} \"{b}\" here, \"{a}\" in the first heading")),
        _ => None,
    };
    let dtg = differs(
        "date-time group",
        first.dtg.as_ref().map(|d| d.text.as_ref()),
        found.heading.dtg.as_ref().map(|d| d.text.as_ref()),
    );
    let from = differs(
        "originator",
        first.from.as_ref().map(|f| f.name.as_ref()),
        found.heading.from.as_ref().map(|f| f.name.as_ref()),
    );
    for said in [dtg, from].into_iter().flatten() {
        report.say(Code::HeadingDisagrees, line.text_span(), said);
    }
}
