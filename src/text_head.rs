//! The head of the text: classification line, captions, passing lines, E.O., TAGS, SUBJECT, REF, authority.
//!
//! The order of the fields varies, and each may wrap, stand on another's line, or be missing. So the lines are first
//! parted at every label, then gathered field by field, and only then read.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::diagnostic::DiagnosticCode;
use crate::field::authority::{self, Authority};
use crate::field::caption;
use crate::field::dtg::CenturyRule;
use crate::field::executive_order::{self, ExecutiveOrder};
use crate::field::opening::opens_text;
use crate::field::paragraph_number::{self, Before, candidate};
use crate::field::reference::{self, Reference};
use crate::field::subject;
use crate::field::tags::{self, Tag};
use crate::field::{corrected_copy, notice, pass_line, portion_mark};
use crate::lines::{Cut, Line, Lines, Next, Report};
use crate::ornament::is_rule;
use crate::region::RegionKind;
use crate::span::Span;
use crate::value::Value;

/// What the head of the text says.
#[derive(Debug, Default)]
pub(crate) struct TextHead<'a> {
    pub(crate) captions: Vec<Cow<'a, str>>,
    pub(crate) pass_lines: Vec<Cow<'a, str>>,
    pub(crate) corrected_copy: Option<Cow<'a, str>>,
    /// Where it stands.
    pub(crate) corrected_copy_span: Span,
    pub(crate) executive_order: Option<ExecutiveOrder<'a>>,
    pub(crate) tags: Vec<Tag<'a>>,
    pub(crate) subject: Option<Cow<'a, str>>,
    pub(crate) subject_mark: Option<Cow<'a, str>>,
    pub(crate) references: Vec<Reference<'a>>,
    pub(crate) authority: Option<Authority<'a>>,
}

/// What the head needs to know of the cable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'c> {
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<u32>,
    pub(crate) post: Option<&'c str>,
    pub(crate) number: Option<u32>,
    pub(crate) century: CenturyRule,
}

/// Whether a line begins the first paragraph: number 1 (or what a damaged pilcrow made of it), or any marked number.
pub(crate) fn is_first_paragraph(line: &Line<'_>, before: Before) -> bool {
    let trimmed = line.trimmed();
    if !paragraph_number::may_begin(trimmed) {
        return false;
    }
    candidate(0, trimmed, 0, before).is_some_and(|c| {
        let rest = trimmed.get(c.end..).unwrap_or_default();
        matches!(c.raw, 1 | 11) || trimmed.starts_with('¶') || portion_mark::leading(rest.trim_start()).is_some()
    })
}

/// Fields that gather lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    PassLine,
    CorrectedCopy,
    ExecutiveOrder,
    Tags,
    Subject,
    Reference,
    Authority,
}

impl Field {
    const fn region(self) -> RegionKind {
        match self {
            Self::PassLine => RegionKind::PassLine,
            Self::CorrectedCopy => RegionKind::CorrectedCopy,
            Self::ExecutiveOrder => RegionKind::ExecutiveOrder,
            Self::Tags => RegionKind::Tags,
            Self::Subject => RegionKind::Subject,
            Self::Reference => RegionKind::Reference,
            Self::Authority => RegionKind::Authority,
        }
    }

    /// The field that a text begins with the label of, and what follows the label. A publisher's paragraph sign may stand
    /// before it.
    fn labelled(text: &str) -> Option<(Self, &str)> {
        let text = text.strip_prefix('¶').map_or(text, str::trim_start);
        let label = match text.as_bytes().first()?.to_ascii_uppercase() {
            b'E' => executive_order::label(text).map(|v| (Self::ExecutiveOrder, v)),
            b'T' => tags::label(text).map(|v| (Self::Tags, v)),
            b'A' => tags::label(text)
                .map(|v| (Self::Tags, v))
                .or_else(|| reference::label(text).map(|v| (Self::Reference, v))),
            b'S' | b'U' => subject::label(text).map(|v| (Self::Subject, v)),
            b'R' | b'P' => reference::label(text).map(|v| (Self::Reference, v)),
            b'(' if subject::label_behind_mark(text).is_some() => {
                subject::label_behind_mark(text).map(|(_, v)| (Self::Subject, v))
            }
            b'C' | b'D' | b'(' => authority::label(text)
                .map(|v| (Self::Authority, v))
                .or_else(|| corrected_copy::label(text).map(|v| (Self::CorrectedCopy, v))),
            _ => None,
        };
        label.or_else(|| authority::label(text).map(|v| (Self::Authority, v)))
    }
}

/// A field with the lines that it stands on.
struct Gathered<'a> {
    field: Field,
    label: &'a str,
    pieces: Vec<(&'a str, usize)>,
}

impl<'a> Gathered<'a> {
    fn value(&self) -> Value<'a> {
        Value::join(self.pieces.iter().copied())
    }

    fn last(&self) -> &'a str {
        self.pieces.last().map_or("", |(text, _)| text.trim())
    }

    /// The last line, with the columns that it takes.
    fn last_line(&self) -> subject::Last<'a> {
        let text = self.last();
        let label = if self.pieces.len() == 1 { self.label.len() } else { 0 };
        subject::Last { text, width: label + text.len() }
    }
}

/// Reads the head of the text, which begins behind the classification line.
///
/// Gives what it says, and the lines of the body: those behind the head, and those inside it that are no field.
pub(crate) fn read<'l, 'a>(
    lines: &'l [Line<'a>],
    context: Context<'_>,
    report: &mut Report,
) -> (TextHead<'a>, Lines<'l, 'a>) {
    let mut gatherer = Gatherer::new(report);
    let used = gatherer.gather(lines);
    gatherer.close_loose(lines.get(used));
    let Gatherer { fields, loose, captions, .. } = gatherer;
    let mut head = TextHead { captions, ..TextHead::default() };
    for gathered in &fields {
        head.take(gathered, context, report);
    }
    let behind = lines.get(used..).unwrap_or_default();
    let body = if loose.is_empty() { Lines::Borrowed(behind) } else { Lines::Owned([&loose, behind].concat()) };
    (head, body)
}

impl<'a> TextHead<'a> {
    /// Fills what it lacks from lines of a head that stand above the classification line: an earlier copy, or an index.
    pub(crate) fn fill_from(&mut self, above: &[Line<'a>], context: Context<'_>, report: &mut Report) {
        let Some((first, last)) = above.first().zip(above.last()) else { return };
        let (other, _) = read(above, context, &mut Report::default());
        let mut filled: Vec<&str> = Vec::new();
        let mut note = |name, taken: bool| filled.extend(taken.then_some(name));
        let added = other.captions.into_iter().filter(|caption| !self.captions.contains(caption)).collect::<Vec<_>>();
        note("captions", !added.is_empty());
        self.captions.extend(added);
        note("passing lines", fill_list(&mut self.pass_lines, other.pass_lines));
        note("executive order", fill(&mut self.executive_order, other.executive_order));
        note("TAGS", fill_list(&mut self.tags, other.tags));
        note("subject", fill(&mut self.subject, other.subject));
        note("references", fill_list(&mut self.references, other.references));
        note("authority", fill(&mut self.authority, other.authority));
        let span = Span::new(first.start, last.end());
        if !filled.is_empty() || above.iter().any(|line| Field::labelled(line.trimmed()).is_some()) {
            let said = match filled.as_slice() {
                [] => "lines of the text head above the classification line; the head below it counts".to_owned(),
                _ => format!(
                    "lines of the text head above the classification line; taken from here: {}",
                    filled.join(", ")
                ),
            };
            report.say(DiagnosticCode::HeadingRepeated, span, said);
        }
    }

    /// Reads one gathered field.
    fn take(&mut self, gathered: &Gathered<'a>, context: Context<'_>, report: &mut Report) {
        let value = gathered.value();
        match gathered.field {
            Field::PassLine => self.pass_lines.push(value.text),
            Field::CorrectedCopy => {
                self.corrected_copy_span = value.span;
                self.corrected_copy = Some(value.text);
            }
            Field::ExecutiveOrder if self.executive_order.is_none() => {
                self.executive_order = executive_order::parse(&value, context.century, report);
            }
            Field::Tags => self.take_tags(&value, context, report),
            Field::Subject if self.subject.is_some() => {
                report.say(
                    DiagnosticCode::SubjectRepeated,
                    value.span,
                    format!("a second subject, \"{}\"; the first one counts", value.text),
                );
            }
            Field::Subject => {
                let subject = subject::parse(value);
                (self.subject, self.subject_mark) = (subject.text, subject.mark);
            }
            Field::Reference => {
                let reference = reference::Context {
                    year: context.year,
                    month: context.month,
                    number: context.number,
                    post: context.post,
                };
                // What a list printed once more repeats adds nothing.
                let mut found = reference::parse(&value, reference, report);
                found.retain(|reference| !self.references.contains(reference));
                self.references.extend(found);
            }
            // What a publisher cut short is no first one.
            Field::Authority
                if self.authority.as_ref().is_none_or(|first| first.text.ends_with("..."))
                    && !value.text.is_empty() =>
            {
                self.authority = Some(authority::parse(&value, authority::is_derived(gathered.label), report));
            }
            Field::ExecutiveOrder | Field::Authority if value.text.is_empty() => {}
            Field::ExecutiveOrder | Field::Authority => {
                let said = format!("\"{}{}\" once more; the first one counts", gathered.label.trim_start(), value.text);
                report.say(DiagnosticCode::FieldRepeated, value.span, said);
            }
        }
    }

    fn take_tags(&mut self, value: &Value<'a>, context: Context<'_>, report: &mut Report) {
        let tags = tags::parse(value, context.year, report);
        if self.tags.is_empty() && tags.len() <= tags::NEAR {
            // A list of usual length names nothing twice.
            self.tags = tags;
            return;
        }
        if !self.tags.is_empty() {
            report.say(DiagnosticCode::TagsRepeated, value.span, "a second list of TAGS; what it adds was taken");
        }
        // A set, for a list may be as long as a hostile line.
        let key = |tag: &Tag<'a>| (tag.tag.clone(), tag.person.clone());
        let mut seen = HashSet::with_capacity(self.tags.len() + tags.len());
        seen.extend(self.tags.iter().map(key));
        self.tags.extend(tags.into_iter().filter(|tag| seen.insert(key(tag))));
    }
}

/// Fills what is empty; gives whether it did.
fn fill<T>(place: &mut Option<T>, other: Option<T>) -> bool {
    let fills = place.is_none() && other.is_some();
    if fills {
        *place = other;
    }
    fills
}

/// [`fill`] for a list.
fn fill_list<T>(place: &mut Vec<T>, other: Vec<T>) -> bool {
    let fills = place.is_empty() && !other.is_empty();
    if fills {
        *place = other;
    }
    fills
}

/// What follows a line.
fn what_follows(line: &Line<'_>, lines: &[Line<'_>]) -> Next {
    let filled = lines.iter().take(4).find(|l| !l.is_blank());
    match (lines.first(), filled) {
        (Some(next), _) if is_rule(next.text) => Next::Rule,
        _ if begins_sentences(line, lines) => Next::Sentences,
        (_, Some(line)) if Field::labelled(line.trimmed()).is_some() => Next::Label,
        (_, Some(line)) if is_first_paragraph(line, Before::Gap) => Next::Paragraph,
        _ => Next::Other,
    }
}

/// Whether a line and those behind it, in one breath, are sentences: three lines or more, and one ends before the last.
fn begins_sentences(line: &Line<'_>, following: &[Line<'_>]) -> bool {
    const LINES: usize = 8;
    let in_one_breath = |l: &&Line<'_>| {
        let text = l.trimmed();
        !text.is_empty()
            && l.cut == Cut::None
            && Field::labelled(text).is_none()
            && !opens_text(text)
            && !is_first_paragraph(l, Before::SentenceEnd)
    };
    let behind = following.iter().take(LINES).take_while(in_one_breath).count();
    let before_last = std::iter::once(line).chain(following).take(behind);
    behind >= 2 && before_last.into_iter().any(|l| holds_sentence_end(l.trimmed()))
}

/// Whether a word of four letters or more has a full stop: a shorter one may be cut short by it.
fn holds_sentence_end(text: &str) -> bool {
    text.split(' ').any(|word| {
        word.strip_suffix('.').is_some_and(|word| word.len() > 3 && word.bytes().all(|b| b.is_ascii_alphabetic()))
    })
}

/// Lines of prose after which no more labels are looked for.
const LOOSE_LIMIT: usize = 10;
/// A head is never longer.
const HEAD_LIMIT: usize = 160;

#[expect(clippy::struct_excessive_bools, reason = "what was seen so far, each on its own")]
struct Gatherer<'a, 'r> {
    report: &'r mut Report,
    fields: Vec<Gathered<'a>>,
    captions: Vec<Cow<'a, str>>,
    /// Lines that are no field; they belong to the body.
    loose: Vec<Line<'a>>,
    /// Whether the last field may still go on.
    open: bool,
    /// Whether blank lines, or furniture, stand between the last line of a field and this one.
    blank: bool,
    cut: bool,
    subject_seen: bool,
    /// Whether a row of dashes opened a note that the next one closes.
    under_rule: bool,
    /// Whether something was taken out behind the last loose line.
    taken: bool,
    loose_filled: usize,
    /// Whether a loose line opens a text, or is a sentence of one.
    text_begun: bool,
}

impl<'a, 'r> Gatherer<'a, 'r> {
    fn new(report: &'r mut Report) -> Self {
        Self {
            report,
            fields: Vec::new(),
            captions: Vec::new(),
            loose: Vec::new(),
            open: false,
            blank: false,
            cut: false,
            subject_seen: false,
            under_rule: false,
            taken: false,
            loose_filled: 0,
            text_begun: false,
        }
    }

    /// Keeps the gap between the loose lines and the body.
    fn close_loose(&mut self, next: Option<&Line<'a>>) {
        let Some(next) = next.filter(|_| !self.loose.is_empty() && (self.blank || self.taken)) else { return };
        let cut = if self.cut || self.taken { Cut::Lines } else { Cut::None };
        self.loose.push(Line::new("", next.start, next.start, cut));
    }

    /// Goes over the lines up to the body; gives how many belong to the head or are in `loose`.
    fn gather(&mut self, lines: &[Line<'a>]) -> usize {
        for (index, line) in lines.iter().enumerate() {
            let following = lines.get(index + 1..).unwrap_or_default();
            if index >= HEAD_LIMIT || self.loose_filled >= LOOSE_LIMIT || self.begins_body(line, index) {
                return index;
            }
            let mut part = Some(*line);
            while let Some(line) = part {
                let (first, rest) = at_inner_label(&line, self.open);
                self.line(&first, following);
                part = rest;
            }
        }
        lines.len()
    }

    fn begins_body(&self, line: &Line<'_>, index: usize) -> bool {
        let before = if self.blank || self.cut || index == 0 { Before::Gap } else { Before::SentenceEnd };
        // `1. 4 (b)` is a reason broken by wrapping, a number in a subject goes on with it.
        is_first_paragraph(line, before) && !self.wants_reason(line)
    }

    /// Whether an authority is open that has no reason yet, and this line has one.
    fn wants_reason(&self, line: &Line<'_>) -> bool {
        self.open
            && self
                .fields
                .last()
                .is_some_and(|g| g.field == Field::Authority && !authority::has_reason(&g.value().text))
            && authority::is_reason(line.trimmed())
    }

    /// Reads a line, or a part of one, behind which these lines follow.
    fn line(&mut self, line: &Line<'a>, following: &[Line<'a>]) {
        self.cut |= line.cut != Cut::None;
        if line.is_blank() {
            self.blank = true;
            return;
        }
        let text = line.trimmed();
        let due = matches!(self.fields.last().map(|g| g.field), Some(Field::Tags | Field::ExecutiveOrder));
        let bare = || subject::bare_label(text).filter(|_| due && !self.subject_seen).map(|v| (Field::Subject, v));
        if let Some((field, value)) = Field::labelled(text).or_else(bare) {
            self.begin(field, value, line);
        } else if let Some(field) = self.lost_label(line) {
            self.begin(field, line.text, line);
        } else {
            // Directly below `SUBJECT:` alone stands the subject, though it be a caption's words: `CODEL ROE`.
            let captions = if self.wants_subject() { None } else { caption::captions(text) };
            if captions.is_none() && self.goes_on(line, following) {
                self.extend(line);
            } else {
                self.unlabelled(line, captions);
            }
        }
        self.blank = false;
        self.cut = false;
        self.taken |= self.loose.last().is_none_or(|last| last.start != line.start);
    }

    /// Whether the line above is the label of the subject and nothing else.
    fn wants_subject(&self) -> bool {
        let empty = |last: &Gathered<'_>| {
            last.field == Field::Subject && last.pieces.iter().all(|(text, _)| text.trim().is_empty())
        };
        self.open && !self.blank && !self.cut && self.fields.last().is_some_and(empty)
    }

    fn begin(&mut self, field: Field, value: &'a str, line: &Line<'a>) {
        if !self.subject_seen {
            self.refuse_loose();
        }
        self.subject_seen |= matches!(field, Field::Subject | Field::Reference);
        self.under_rule = false;
        // `(C) SUBJECT: FISH`: the mark belongs to the subject.
        let mark = subject::label_behind_mark(line.trimmed()).filter(|_| field == Field::Subject);
        let pieces = mark.map(|(mark, _)| (mark, line.text_span().start)).into_iter().collect();
        let text = line.text;
        let label = text.get(..text.len() - value.len()).unwrap_or_default();
        self.fields.push(Gathered { field, label, pieces });
        self.open = true;
        let at = line.start + line.text.len() - value.len();
        self.add(field, value, at, line);
    }

    /// Lines that stood before a label and that no rule knows: the body does not begin before the subject.
    fn refuse_loose(&mut self) {
        for line in self.loose.drain(..).filter(|l| !l.is_blank()) {
            let said = format!("\"{}\" is no caption, no passing line and no label", line.trimmed());
            self.report.mark(&line, RegionKind::Unrecognised);
            self.report.say(DiagnosticCode::LineNotRecognised, line.text_span(), said);
        }
        self.loose_filled = 0;
        self.taken = false;
        self.text_begun = false;
    }

    /// The field of a line that lost its label, or was written without one: TAGS below the executive order, references
    /// below the subject.
    fn lost_label(&mut self, line: &Line<'_>) -> Option<Field> {
        let text = line.trimmed();
        let has = |field| self.fields.iter().any(|g| g.field == field);
        let last = self.fields.last().map(|g| g.field);
        if last == Some(Field::ExecutiveOrder) && !has(Field::Tags) && tags::is_bare_list(text) {
            self.report.say(
                DiagnosticCode::LabelLost,
                line.text_span(),
                format!("\"{text}\" has no label; read as TAGS"),
            );
            return Some(Field::Tags);
        }
        if last == Some(Field::Subject) && !has(Field::Reference) && reference::begins_unlabelled(text) {
            self.report.say(
                DiagnosticCode::LabelLost,
                line.text_span(),
                format!("\"{text}\" has no label; read as a reference"),
            );
            return Some(Field::Reference);
        }
        None
    }

    fn extend(&mut self, line: &Line<'a>) {
        if let Some(field) = self.fields.last().map(|g| g.field) {
            self.add(field, line.text, line.start, line);
        }
    }

    /// Adds a piece to the last field; what stands on the line behind the field's end is looked at anew.
    fn add(&mut self, field: Field, piece: &'a str, at: usize, line: &Line<'a>) {
        let end = match field {
            Field::Reference => reference::end_of_list(piece),
            Field::Authority => authority::end(piece),
            Field::Subject => subject::end(piece),
            _ => piece.len(),
        };
        let (kept, rest) = piece.split_at_checked(end).unwrap_or((piece, ""));
        if let Some(gathered) = self.fields.last_mut() {
            gathered.pieces.push((kept, at));
        }
        if rest.trim().is_empty() {
            self.report.mark(line, field.region());
            return;
        }
        let at = at + end;
        self.report.regions.mark(Span::new(line.start, at), field.region());
        self.open = false;
        let rest = Line::new(rest, at, line.end(), Cut::Lines);
        // Shorter than the line, so this ends.
        self.line(&rest, &[]);
    }

    /// Whether an unlabelled line, which is no caption, goes on with the field before it.
    fn goes_on(&self, line: &Line<'_>, following: &[Line<'_>]) -> bool {
        let Some(last) = self.fields.last().filter(|_| self.open) else { return false };
        let text = line.trimmed();
        if is_rule(text) || notice::is_notice(text) {
            return false;
        }
        let parted = self.blank || self.cut && !line.cut.in_line();
        match last.field {
            Field::Subject => {
                let gap = if !parted {
                    subject::Gap::None
                } else if self.cut {
                    subject::Gap::Page
                } else {
                    subject::Gap::Blank
                };
                subject::goes_on(last.last_line(), text, gap, what_follows(line, following))
            }
            // With a blank line above and a rule below it is a heading.
            Field::Tags => tags::continues(text) && !(parted && what_follows(line, following) == Next::Rule),
            Field::Reference if parted || line.cut.in_line() => {
                let enumerated = line.cut.in_line() && begins_with_letter(text);
                enumerated
                    || reference::continues(text)
                    || !starts_prose(text) && reference::unfinished(&last.value().text)
            }
            Field::Reference => reference::continues(text) || !starts_prose(text) && !ends_list(last.last(), text),
            Field::Authority if parted => !authority::has_reason(&last.value().text) && authority::is_reason(text),
            Field::Authority => !authority::has_reason(&last.value().text) || authority::is_reason(text),
            Field::ExecutiveOrder => {
                !parted && (executive_order::is_instruction(text) || !pass_line::is_pass_line(text))
            }
            Field::CorrectedCopy => !parted && last.last().contains('(') && !last.last().contains(')'),
            Field::PassLine => !parted && pass_line::goes_on(last.last(), text),
        }
    }

    /// Whether an unlabelled line is a passing line: below the subject it must say so, and no text may stand before it.
    fn is_pass_line(&self, text: &str) -> bool {
        let above_subject = !self.subject_seen
            && !self.under_rule
            && !self.text_begun
            && pass_line::is_pass_line(text)
            && !opens_text(text);
        above_subject || self.subject_seen && self.loose.is_empty() && pass_line::is_addressed(text)
    }

    /// The captions with which a line above the subject begins, where a passing line or a word or two stand behind them.
    fn captions_at_head(&self, text: &'a str) -> Option<(Vec<Cow<'a, str>>, &'a str)> {
        let may_be = !self.subject_seen && !self.text_begun;
        caption::at_head(text)
            .filter(|(_, rest)| may_be && (self.is_pass_line(rest) || rest.split_whitespace().nth(2).is_none()))
    }

    /// Takes captions, and reads what stands behind them on the line.
    fn captions_before(&mut self, found: Vec<Cow<'a, str>>, rest: &'a str, line: &Line<'a>) {
        self.take_captions(found);
        let at = line.start + line.text.trim_end().len() - rest.len();
        self.report.regions.mark(Span::new(line.start, at), RegionKind::Caption);
        // Shorter than the line, so this ends.
        self.line(&Line::new(rest, at, line.end(), Cut::None), &[]);
    }

    fn take_captions(&mut self, found: Vec<Cow<'a, str>>) {
        for caption in found {
            if !self.captions.contains(&caption) {
                self.captions.push(caption);
            }
        }
    }

    /// A line that is nobody's continuation: captions, passing lines, notices; else it belongs to the body.
    fn unlabelled(&mut self, line: &Line<'a>, captions: Option<Vec<Cow<'a, str>>>) {
        let text = line.trimmed();
        self.open = false;
        let handling = || if self.subject_seen { None } else { caption::handling(text) };
        if let Some(found) = captions.or_else(handling) {
            self.report.mark(line, RegionKind::Caption);
            self.take_captions(found);
        } else if notice::is_notice(text) {
            self.report.mark(line, RegionKind::Notice);
        } else if let Some((found, rest)) = self.captions_at_head(line.text) {
            self.captions_before(found, rest, line);
        } else if self.is_pass_line(text) {
            self.fields.push(Gathered { field: Field::PassLine, label: "", pieces: vec![(line.text, line.start)] });
            self.report.mark(line, RegionKind::PassLine);
            self.open = true;
        } else if !self.subject_seen && (is_rule(text) || self.under_rule) {
            // An archive's note stands between rows of dashes.
            self.report.mark(line, RegionKind::Notice);
            if is_rule(text) {
                self.under_rule = !self.under_rule;
            }
        } else {
            if self.blank && !self.loose.is_empty() {
                self.loose.push(Line::new("", line.start, line.start, Cut::None));
            }
            self.loose_filled += 1;
            // In capitals: publishers write their sentences in small letters.
            let sentence = holds_sentence_end(text) && !text.bytes().any(|b| b.is_ascii_lowercase());
            self.text_begun |= opens_text(text) || sentence;
            self.loose.push(if self.cut || self.taken { line.behind(Cut::Lines) } else { *line });
            self.taken = false;
        }
    }
}

/// Whether a line directly below the last line of a list of references is none of it: it opens the text, says whom the message
/// is for, or reads like a text under a list that is whole.
fn ends_list(last: &str, text: &str) -> bool {
    opens_text(text)
        || !reference::unfinished(last) && (pass_line::is_addressed(text) || reference::is_text_below(last, text))
}

/// `letter ( ")" / "." ) SP`: an enumerator that is no portion mark.
fn begins_with_letter(text: &str) -> bool {
    let text = text.trim_start_matches('¶');
    matches!(text.as_bytes(), [b'A'..=b'Z', b')' | b'.', b' ', ..])
}

/// Whether a line is running prose: words in small letters, and no enumerator.
fn starts_prose(text: &str) -> bool {
    let words = text.split_whitespace().filter(|w| w.len() > 2 && w.chars().all(char::is_lowercase)).count();
    words >= 4
}

/// Parts a line at the first label that stands inside it: `E.O. 12958: N/A TAGS: PREL`, `REF: ROME 1 Classified By: ...`
fn at_inner_label<'a>(line: &Line<'a>, open: bool) -> (Line<'a>, Option<Line<'a>>) {
    let text = line.text;
    // Without a colon only `TAGS` behind the order, and what stands behind captions or references, would be labels.
    if memchr::memchr(b':', text.as_bytes()).is_none() && !may_hold_bare_label(line) {
        return (*line, None);
    }
    // By the letters on both sides nearly all places are left out.
    let pairs = text.bytes().zip(text.bytes().skip(1)).zip(1..);
    let places = pairs
        .filter(|((before, first), _)| matches!(before, b' ' | b'\t' | b'.' | b';' | b']') && may_begin_label(*first));
    let found = places.map(|(_, at)| at).find(|at| {
        text.split_at_checked(*at)
            .is_some_and(|(before, rest)| !before.trim().is_empty() && is_inner_label(rest, before, open))
    });
    // `... OPENS IN OSLOREF: OSLO 1`: glued to the subject's last word.
    let in_subject = open || subject::label(line.trimmed()).is_some();
    // Something must stand before it, or the rest would be parted for ever.
    let before = |at: usize| text.get(..at).is_some_and(|b| !b.trim().is_empty());
    let glued = || {
        let within = if in_subject { reference::label_within(text) } else { None };
        within.map(|(at, _)| at).filter(|at| before(*at))
    };
    let Some(at) = found.or_else(glued) else { return (*line, None) };
    let (Some(first), Some(rest)) = (text.get(..at), text.get(at..)) else { return (*line, None) };
    let first_part = Line::new(first.trim_end(), line.start, line.start + at, line.cut);
    (first_part, Some(Line::new(rest, line.start + at, line.end(), Cut::None)))
}

/// Whether a line begins as those do that may hold a label without a colon.
fn may_hold_bare_label(line: &Line<'_>) -> bool {
    let text = line.trimmed();
    matches!(text.as_bytes().first(), Some(b'E' | b'e' | b'R' | b'r' | b'P' | b'p' | b'A' | b'a' | b'(' | b'[' | 0xC2))
        || caption::may_begin(text)
        || text.starts_with(['-', '/'])
}

/// Whether the labels that may stand inside a line begin with this letter: there a label has its own, though another may be
/// wrong in it.
const fn may_begin_label(letter: u8) -> bool {
    matches!(letter, b'E' | b'T' | b'S' | b'R' | b'C' | b'D' | b'e' | b't' | b's' | b'r' | b'c' | b'd' | b'A')
}

/// Whether this is a label inside a line: with its colon, or after words that only another field's end can be.
fn is_inner_label(text: &str, before: &str, open: bool) -> bool {
    let Some((field, value)) = Field::labelled(text) else { return false };
    let label = text.get(..text.len() - value.len()).unwrap_or_default();
    match field {
        Field::ExecutiveOrder => {
            caption::captions(before).is_some() || text.get(..24).unwrap_or(text).contains(':') && !before.contains(':')
        }
        Field::Tags => label.contains(':') || executive_order::label(before.trim_start()).is_some(),
        Field::Subject | Field::Reference => {
            let behind_field = open && !opens_text(before) || Field::labelled(before.trim_start()).is_some();
            label.contains(':') && behind_field && !ends_as_label(before)
        }
        Field::Authority => {
            label.contains(':') || Field::labelled(before.trim_start()).is_some_and(|(f, _)| f == Field::Reference)
        }
        Field::PassLine | Field::CorrectedCopy => false,
    }
}

/// Whether a text ends with a label or an enumerator, so that another label behind it is a doubled one (`REF: REF:`).
fn ends_as_label(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with([':', ')', '.']) && before.len() < 14
        || before.as_bytes().last_chunk().is_some_and(|end: &[u8; 4]| end.eq_ignore_ascii_case(b"REF:"))
}
