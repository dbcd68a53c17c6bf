//! Gathers the fields of the text head: each from its label to the next one, with the lines on which it goes on, and in the
//! gaps between them captions, passing lines and notices.

use std::borrow::Cow;

use super::is_first_paragraph;
use crate::cancellation;
use crate::diagnostic::DiagnosticCode;
use crate::field::caption;
use crate::field::classification::is_remark;
use crate::field::opening::opens_text;
use crate::field::paragraph_number::Before;
use crate::field::{authority, corrected_copy, executive_order, notice, pass_line, reference, subject, tags};
use crate::label::{Field, Label};
use crate::lines::{Cut, Line, Next, Report};
use crate::ornament::is_rule;
use crate::region::RegionKind;
use crate::span::Span;
use crate::value::Value;

/// A field with the lines that it stands on.
pub(super) struct Gathered<'a> {
    pub(super) field: Field,
    pub(super) label: &'a str,
    pieces: Vec<(&'a str, usize)>,
}

impl<'a> Gathered<'a> {
    pub(super) fn value(&self) -> Value<'a> {
        Value::join(self.pieces.iter().copied())
    }

    /// Whether nothing stands after its label yet.
    fn is_empty(&self) -> bool {
        self.pieces.iter().all(|(text, _)| text.trim().is_empty())
    }

    fn last(&self) -> &'a str {
        self.pieces.last().map_or("", |(text, _)| text.trim())
    }

    /// The last line, with the columns that it takes.
    fn last_line(&self) -> subject::Last<'a> {
        let text = self.last();
        let label = if self.pieces.len() == 1 { self.label.len() } else { 0 };
        let quoted = self
            .pieces
            .iter()
            .find(|(text, _)| !text.trim().is_empty())
            .is_some_and(|(first, _)| first.trim_start().starts_with('"') && text.ends_with('"') && text.len() > 1);
        subject::Last { text, width: label + text.len(), quoted }
    }
}

/// What was gathered.
#[derive(Default)]
pub(super) struct Gathering<'a> {
    pub(super) fields: Vec<Gathered<'a>>,
    pub(super) captions: Vec<Cow<'a, str>>,
    /// The lines that are no field, and belong to the body.
    pub(super) loose: Vec<Line<'a>>,
    /// How many lines belong to the head or are `loose`.
    pub(super) used: usize,
}

/// Goes over the lines up to the body.
pub(super) fn gather<'a>(lines: &[Line<'a>], report: &mut Report) -> Gathering<'a> {
    let mut gatherer = Gatherer {
        report,
        fields: Vec::new(),
        captions: Vec::new(),
        loose: Loose::default(),
        open: false,
        gap: Gap::default(),
        place: Place::AboveSubject,
    };
    let used = gatherer.lines(lines);
    gatherer.close_loose(lines.get(used));
    Gathering { fields: gatherer.fields, captions: gatherer.captions, loose: gatherer.loose.lines, used }
}

/// Lines of prose after which no more labels are looked for.
const LOOSE_LIMIT: usize = 10;
/// A head is never longer.
const HEAD_LIMIT: usize = 200;

/// Where in the head a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Among captions, passing lines and the fields above the subject.
    AboveSubject,
    /// The same, between the rows of dashes of an archive's note.
    InNote,
    /// The same, after a line that opens a text or is a sentence of one.
    InText,
    /// Below the subject or the references.
    BelowSubject,
}

/// What stands between the last line of a field and this one.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    blank: bool,
    cut: bool,
}

/// Lines that are no field.
#[derive(Default)]
struct Loose<'a> {
    lines: Vec<Line<'a>>,
    /// How many of them are not blank.
    filled: usize,
    /// Whether something was taken out after the last one.
    taken: bool,
}

struct Gatherer<'a, 'r> {
    report: &'r mut Report,
    fields: Vec<Gathered<'a>>,
    captions: Vec<Cow<'a, str>>,
    loose: Loose<'a>,
    /// Whether the last field may still go on.
    open: bool,
    gap: Gap,
    place: Place,
}

impl<'a> Gatherer<'a, '_> {
    fn lines(&mut self, lines: &[Line<'a>]) -> usize {
        let mut noticed = 0;
        for (index, line) in lines.iter().enumerate() {
            let following = lines.get(index + 1..).unwrap_or_default();
            if index < noticed {
                self.report.mark(line, RegionKind::Caption);
                continue;
            }
            if index >= HEAD_LIMIT || self.loose.filled >= LOOSE_LIMIT || self.begins_body(line, index) {
                return index;
            }
            noticed = index + self.handling_notice(lines.get(index..).unwrap_or_default());
            if index >= noticed {
                self.line(line, following);
            } else {
                self.report.mark(line, RegionKind::Caption);
                self.open = false;
            }
        }
        lines.len()
    }

    /// How many lines a notice of handling takes that stands below the subject, before any text: `THIS CABLE IS SENSITIVE BUT
    /// UNCLASSIFIED. PLEASE HANDLE ACCORDINGLY.` Its sentences are no captions, and no text; a line that is nothing but
    /// captions has them, wherever it stands.
    fn handling_notice(&self, lines: &[Line<'_>]) -> usize {
        const MOST: usize = 3;
        let first = lines.first().map_or("", Line::trimmed).as_bytes().first();
        let due = self.place == Place::BelowSubject && self.loose.lines.is_empty();
        if !due || !matches!(first, Some(b'S' | b's' | b'T' | b't' | b'(')) {
            return 0;
        }
        let together =
            lines.iter().take(MOST).take_while(|line| !line.is_blank() && line.cut == Cut::None).count().max(1);
        (1..=together).rev().find(|count| is_notice_of_handling(lines.get(..*count).unwrap_or_default())).unwrap_or(0)
    }

    /// Keeps the gap between the loose lines and the body.
    fn close_loose(&mut self, next: Option<&Line<'a>>) {
        let parted = self.gap.blank || self.loose.taken;
        let Some(next) = next.filter(|_| !self.loose.lines.is_empty() && parted) else { return };
        let cut = if self.gap.cut || self.loose.taken { Cut::Lines } else { Cut::None };
        self.loose.lines.push(Line::new("", next.start, next.start, cut));
    }

    fn begins_body(&self, line: &Line<'_>, index: usize) -> bool {
        let before = if self.gap.blank || self.gap.cut || index == 0 { Before::Gap } else { Before::SentenceEnd };
        // `1. 4 (b)` is a reason broken by wrapping, a number in a subject goes on with it.
        is_first_paragraph(line, before) && !self.wants_reason(line)
    }

    /// Whether an authority is open that has no reason yet, and this line has one.
    fn wants_reason(&self, line: &Line<'_>) -> bool {
        let authority = self.fields.last().filter(|last| self.open && last.field == Field::Authority);
        authority.is_some_and(|last| !authority::has_reason(&last.value().text)) && authority::is_reason(line.trimmed())
    }

    /// Reads a line, or what stands on one after a field's end, with the lines that follow it.
    fn line(&mut self, line: &Line<'a>, following: &[Line<'a>]) {
        self.gap.cut |= line.cut != Cut::None;
        if line.is_blank() {
            self.gap.blank = true;
            return;
        }
        let text = line.trimmed();
        if let Some(label) = self.label(line, following) {
            self.begin(&label, line);
        } else {
            // Below `SUBJECT:` alone stands the subject, though it be a caption's words: `CODEL ROE`.
            let captions = if self.wants_subject(text) { None } else { caption::alone(text) };
            let doubtful =
                captions.as_ref().is_none_or(|run| self.in_subject() && !caption::are_certain(&run.captions));
            if doubtful && self.goes_on(line, following) {
                self.extend(line);
            } else {
                self.unlabelled(line, captions);
            }
        }
        self.gap = Gap::default();
        self.loose.taken |= self.loose.lines.last().is_none_or(|last| last.start != line.start);
    }

    /// Whether a line stands directly below one of the subject.
    fn in_subject(&self) -> bool {
        let subject = self.fields.last().is_some_and(|last| last.field == Field::Subject);
        subject && self.open && !self.gap.blank && !self.gap.cut
    }

    /// Whether the label of the subject stands above, and nothing after it: the first line that opens no text is its value.
    fn wants_subject(&self, text: &str) -> bool {
        let empty = self.fields.last().is_some_and(|last| last.field == Field::Subject && last.is_empty());
        self.open && empty && !is_rule(text)
    }

    /// The label with which a line begins; in good order, damaged where its field is due, or lost.
    fn label(&mut self, line: &Line<'a>, following: &[Line<'a>]) -> Option<Label<'a>> {
        let text = line.trimmed();
        let last = self.fields.last().map(|last| last.field);
        let has = |field| self.fields.iter().any(|gathered| gathered.field == field);
        if let Some(label) = Label::at_start(text) {
            return Some(label);
        }
        let due = matches!(last, Some(Field::Tags | Field::ExecutiveOrder)) && self.place != Place::BelowSubject;
        if let Some(value) = subject::bare_label(text).filter(|_| due) {
            return Some(Label { field: Field::Subject, value, damaged: false });
        }
        if !has(Field::ExecutiveOrder)
            && self.place != Place::BelowSubject
            && let Some(label) = Label::damaged_order(text)
        {
            return Some(label);
        }
        let (field, name) = match last {
            Some(Field::ExecutiveOrder) if !has(Field::Tags) && tags::is_bare_list(text) => (Field::Tags, "TAGS"),
            Some(Field::Tags) if !has(Field::Subject) && self.is_bare_subject(line, following) => {
                (Field::Subject, "the subject")
            }
            Some(Field::Subject) if !has(Field::Reference) && reference::begins_unlabelled(text) => {
                (Field::Reference, "a reference")
            }
            _ => return None,
        };
        let wording = format!("\"{text}\" has no label; read as {name}");
        self.report.emit(DiagnosticCode::LabelLost, line.text_span(), wording);
        Some(Label { field, value: line.text, damaged: false })
    }

    /// Whether a line parted from the TAGS, in capitals and before the references or the first paragraph, is the subject, which
    /// lost its label.
    fn is_bare_subject(&self, line: &Line<'_>, following: &[Line<'_>]) -> bool {
        let text = line.trimmed();
        let capitals = subject::is_in_capitals(text) && text.split_whitespace().nth(2).is_some();
        let other = || {
            caption::at_head(text).is_some()
                || pass_line::is_pass_line(text)
                || opens_text(text)
                || notice::is_notice(text)
                || text.contains("---")
        };
        let next = || what_follows(line, following);
        // No list of TAGS goes on between its own line and the references.
        let before_references =
            |next: &Line<'_>| Label::at_start(next.trimmed()).is_some_and(|label| label.field == Field::Reference);
        let parted = self.gap.blank || !tags::continues(text) && following.first().is_some_and(before_references);
        parted && capitals && !text.ends_with('.') && !other() && matches!(next(), Next::Label | Next::Paragraph)
    }

    fn begin(&mut self, found: &Label<'a>, line: &Line<'a>) {
        let Label { field, value, damaged } = *found;
        if self.place != Place::BelowSubject {
            self.refuse_loose();
            self.place = Place::AboveSubject;
        }
        if matches!(field, Field::Subject | Field::Reference) {
            self.place = Place::BelowSubject;
        }
        // `(C) SUBJECT: FISH`: the mark belongs to the subject.
        let mark = subject::label_behind_mark(line.trimmed()).filter(|_| field == Field::Subject);
        let pieces = mark.map(|(mark, _)| (mark, line.text_span().start)).into_iter().collect();
        let text = line.text;
        let label = text.get(..text.len() - value.len()).unwrap_or_default();
        if damaged {
            let words = label.trim();
            let span = Span::new(line.text_span().start, line.start + label.trim_end().len());
            self.report.emit(
                DiagnosticCode::LabelRepaired,
                span,
                format!("\"{words}\" read as the label {}", field.name()),
            );
        }
        self.fields.push(Gathered { field, label, pieces });
        self.open = true;
        let at = line.start + line.text.len() - value.len();
        self.add(field, value, at, line);
    }

    /// Lines that stood before a label and that no rule knows are reported: the body does not begin before the subject. What
    /// opens a text is text all the same, as the words that introduce a telegram that is repeated.
    fn refuse_loose(&mut self) {
        let opened = self.loose.lines.iter().position(|line| opens_text(line.trimmed()));
        let kept = self.loose.lines.split_off(opened.unwrap_or(self.loose.lines.len()));
        for line in self.loose.lines.drain(..).filter(|l| !l.is_blank()) {
            // It is reported where it is found.
            if cancellation::is_line(line.text) {
                self.report.mark(&line, RegionKind::Notice);
                continue;
            }
            let message = format!("\"{}\" is no caption, no passing line and no label", line.trimmed());
            self.report.mark(&line, RegionKind::Unrecognised);
            self.report.emit(DiagnosticCode::LineNotRecognised, line.text_span(), message);
        }
        self.loose = Loose { lines: kept, ..Loose::default() };
    }

    fn extend(&mut self, line: &Line<'a>) {
        if let Some(field) = self.fields.last().map(|g| g.field) {
            self.add(field, line.text, line.start, line);
        }
    }

    /// Adds a piece to the last field; what stands on the line after the field's end is looked at anew.
    fn add(&mut self, field: Field, piece: &'a str, at: usize, line: &Line<'a>) {
        let end = match field {
            Field::Reference => reference::end_of_list(piece).min(text_in_list(piece).unwrap_or(piece.len())),
            Field::Authority => authority::end(piece),
            Field::Subject => subject::end(piece).min(pass_line::glued_addresses(piece).unwrap_or(piece.len())),
            Field::Tags => pass_line::glued_addresses(piece).unwrap_or(piece.len()),
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
        // Shorter than the line, so this ends.
        self.line(&Line::new(rest, at, line.end(), Cut::Lines), &[]);
    }

    /// Whether an unlabelled line goes on with the field before it.
    fn goes_on(&self, line: &Line<'_>, following: &[Line<'_>]) -> bool {
        let Some(last) = self.fields.last().filter(|_| self.open) else { return false };
        let text = line.trimmed();
        // `------- SUMMARY -------` is a heading.
        if text.starts_with("-----") || is_rule(text) || notice::is_notice(text) {
            return false;
        }
        let parted = self.gap.blank || self.gap.cut && !line.cut.in_line();
        match last.field {
            Field::Subject if last.is_empty() => {
                !(opens_text(text) || parted && what_follows(line, following) == Next::Sentences)
            }
            Field::Subject => {
                let gap = match (parted, self.gap.cut) {
                    (false, _) => subject::Gap::None,
                    (true, true) => subject::Gap::Page,
                    (true, false) => subject::Gap::Blank,
                };
                subject::goes_on(last.last_line(), text, gap, what_follows(line, following))
            }
            // With a blank line above and a rule below it is a heading.
            Field::Tags if tags::continues(text) => !(parted && what_follows(line, following) == Next::Rule),
            // Words of a list that end it: `TAGS: ... COUNTRY` and `CLEARANCE`.
            Field::Tags => {
                !parted && tags::ends_term(last.last(), text) && what_follows(line, following) == Next::Label
            }
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
            Field::CorrectedCopy => !parted && corrected_copy::goes_on(last.last(), text),
            Field::PassLine => !parted && pass_line::goes_on(last.last(), text),
        }
    }

    /// Whether an unlabelled line is a passing line: below the subject it must say so, and no text may stand before it.
    fn is_pass_line(&self, text: &str) -> bool {
        let below_references = || self.fields.last().is_some_and(|last| last.field == Field::Reference);
        match self.place {
            Place::AboveSubject => {
                let below = self.fields.last().is_some_and(|last| last.field == Field::PassLine);
                let directly = !self.gap.blank && !self.gap.cut;
                let another = || below && directly && pass_line::is_name_or_office(text);
                // Directly below a line that none knows stands the next one of its text, unless it says whom it is for.
                let goes_on = directly && !self.loose.lines.is_empty();
                let is_one =
                    if goes_on { pass_line::is_told(text) } else { another() || pass_line::is_pass_line(text) };
                is_one && !opens_text(text)
            }
            Place::BelowSubject if self.loose.lines.is_empty() => {
                // In a head in small letters an address has no capitals either.
                let small = self.is_in_small_letters() && !text.bytes().any(|b| b.is_ascii_uppercase());
                let text = if small { Cow::Owned(text.to_ascii_uppercase()) } else { Cow::Borrowed(text) };
                pass_line::is_addressed(&text) || below_references() && pass_line::is_for_somebody(&text)
            }
            Place::BelowSubject | Place::InNote | Place::InText => false,
        }
    }

    /// Whether the last label is in small letters: as the whole head is then.
    fn is_in_small_letters(&self) -> bool {
        self.fields.last().is_some_and(|last| last.label.starts_with(|c: char| c.is_ascii_lowercase()))
    }

    /// Takes the captions at the head of a line, and reads what stands after them.
    fn captions(&mut self, run: caption::Run<'a>, line: &Line<'a>) {
        for (word, read) in run.repaired {
            let message = format!("\"{word}\" read as the caption {read}");
            self.report.emit(DiagnosticCode::CaptionRepaired, line.text_span(), message);
        }
        for caption in run.captions {
            if !self.captions.contains(&caption) {
                self.captions.push(caption);
            }
        }
        self.take_start(RegionKind::Caption, run.rest, line);
    }

    /// Marks the start of a line, and reads what stands after it.
    fn take_start(&mut self, kind: RegionKind, rest: &'a str, line: &Line<'a>) {
        if rest.trim().is_empty() {
            self.report.mark(line, kind);
            return;
        }
        let at = line.start + line.text.trim_end().len() - rest.len();
        self.report.regions.mark(Span::new(line.start, at), kind);
        // Shorter than the line, so this ends.
        self.line(&Line::new(rest, at, line.end(), Cut::None), &[]);
    }

    /// What follows a notice of handling below the subject.
    fn rest_of_notice(&self, text: &'a str) -> Option<&'a str> {
        let due = self.place == Place::BelowSubject && self.loose.lines.is_empty();
        let notice = if due { caption::handling_notice(text) } else { None };
        notice
            .filter(|notice| !notice.captions.is_empty() && caption::are_certain(&notice.captions))
            .map(|notice| notice.rest)
    }

    /// The captions at the head of a line above the subject, whatever follows them there.
    fn captions_at_head(&self, text: &'a str) -> Option<caption::Run<'a>> {
        let above = matches!(self.place, Place::AboveSubject | Place::InNote);
        if above { caption::at_head(text) } else { None }
    }

    /// A remark in quotation marks on how to handle the message: above all fields but passing lines.
    fn quoted_remark(&self, text: &'a str) -> Option<&'a str> {
        let due = self.place == Place::AboveSubject
            && self.fields.iter().all(|gathered| matches!(gathered.field, Field::PassLine | Field::CorrectedCopy));
        if due { caption::quoted_remark(text) } else { None }
    }

    /// A line that is nobody's continuation: captions, passing lines, notices; else it belongs to the body. The captions are
    /// those of which it consists.
    fn unlabelled(&mut self, line: &Line<'a>, captions: Option<caption::Run<'a>>) {
        let text = line.trimmed();
        self.open = false;
        if let Some(run) = captions.or_else(|| self.captions_at_head(text)) {
            self.captions(run, line);
        } else if let Some(rest) = self.rest_of_notice(text) {
            self.take_start(RegionKind::Caption, rest, line);
        } else if let Some(remark) = self.quoted_remark(text) {
            self.captions.push(Cow::Borrowed(remark));
            self.report.mark(line, RegionKind::Caption);
        } else if notice::is_notice(text) {
            self.report.mark(line, RegionKind::Notice);
        } else if self.fields.is_empty() && is_remark(text) {
            self.report.mark(line, RegionKind::ClassLine);
        } else if self.is_pass_line(text) {
            self.fields.push(Gathered { field: Field::PassLine, label: "", pieces: vec![(line.text, line.start)] });
            self.report.mark(line, RegionKind::PassLine);
            self.open = true;
        } else if self.place == Place::InNote || self.place == Place::AboveSubject && is_rule(text) {
            // An archive's note stands between rows of dashes.
            self.report.mark(line, RegionKind::Notice);
            if is_rule(text) {
                self.place = if self.place == Place::InNote { Place::AboveSubject } else { Place::InNote };
            }
        } else {
            self.keep_loose(line);
        }
    }

    fn keep_loose(&mut self, line: &Line<'a>) {
        let text = line.trimmed();
        if self.gap.blank && !self.loose.lines.is_empty() {
            self.loose.lines.push(Line::new("", line.start, line.start, Cut::None));
        }
        self.loose.filled += 1;
        // In capitals: publishers write their sentences in small letters.
        let sentence = holds_sentence_end(text) && !text.bytes().any(|b| b.is_ascii_lowercase());
        if self.place == Place::AboveSubject && (opens_text(text) || sentence) {
            self.place = Place::InText;
        }
        self.loose.lines.push(if self.gap.cut || self.loose.taken { line.following(Cut::Lines) } else { *line });
        self.loose.taken = false;
    }
}

/// Whether these lines are a notice of handling and nothing else.
fn is_notice_of_handling(lines: &[Line<'_>]) -> bool {
    let joined = Value::join(lines.iter().map(|line| (line.text, line.start)));
    let notice = caption::handling_notice(&joined.text).filter(|_| caption::alone(&joined.text).is_none());
    notice.is_some_and(|notice| {
        notice.rest.is_empty() && !notice.captions.is_empty() && caption::are_certain(&notice.captions)
    })
}

/// What follows a line.
fn what_follows(line: &Line<'_>, lines: &[Line<'_>]) -> Next {
    // A field may go on over a few lines before the next label.
    const REACH: usize = 3;
    let labelled = |line: &Line<'_>| Label::at_start(line.trimmed()).is_some();
    let own = lines.iter().take(REACH).take_while(|line| !line.is_blank() && line.cut == Cut::None);
    let filled = lines.iter().take(4).find(|l| !l.is_blank());
    match (lines.first(), filled) {
        (Some(next), _) if is_rule(next.text) => Next::Rule,
        _ if begins_sentences(line, lines) => Next::Sentences,
        (_, Some(line)) if labelled(line) => Next::Label,
        (_, Some(line)) if is_first_paragraph(line, Before::Gap) => Next::Paragraph,
        _ if own.into_iter().take_while(|line| !opens_text(line.trimmed())).any(labelled) => Next::Label,
        _ => Next::Other,
    }
}

/// Whether a line and those after it, in one breath, are sentences: three lines or more, and one ends before the last.
fn begins_sentences(line: &Line<'_>, following: &[Line<'_>]) -> bool {
    const LINES: usize = 8;
    let in_one_breath = |l: &&Line<'_>| {
        let text = l.trimmed();
        !text.is_empty()
            && l.cut == Cut::None
            && Label::at_start(text).is_none()
            && !opens_text(text)
            && !is_first_paragraph(l, Before::SentenceEnd)
    };
    let after = following.iter().take(LINES).take_while(in_one_breath).count();
    let before_last = std::iter::once(line).chain(following).take(after);
    after >= 2 && before_last.into_iter().any(|l| holds_sentence_end(l.trimmed()))
}

/// Whether a word of four letters or more has a full stop: a shorter one may be cut short by it.
fn holds_sentence_end(text: &str) -> bool {
    text.split(' ').any(|word| {
        word.strip_suffix('.').is_some_and(|word| word.len() > 3 && word.bytes().all(|b| b.is_ascii_alphabetic()))
    })
}

/// Where sentences begin after a number of a list of references: a word with its capital, and mostly words in small letters
/// after it.
fn text_in_list(list: &str) -> Option<usize> {
    const REACH: usize = 80;
    let after_number = list.bytes().zip(list.bytes().skip(1)).zip(2..);
    let places = after_number.filter(|((digit, space), _)| digit.is_ascii_digit() && *space == b' ').map(|(_, at)| at);
    let begins = |at: &usize| {
        let rest = list.get(*at..).unwrap_or_default();
        let small = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
        let words = || rest.get(..REACH).unwrap_or(rest).split(' ').take(8);
        let capital = matches!(rest.as_bytes(), [b'A'..=b'Z', b'a'..=b'z' | b' ', ..]);
        capital && words().skip(1).filter(small).count() >= 4
    };
    places.into_iter().find(begins)
}

/// Whether a line directly below the last line of a list of references is none of it: it opens the text, says whom the message
/// is for, or reads like a text under a list that is whole.
fn ends_list(last: &str, text: &str) -> bool {
    let addressed = || pass_line::is_addressed(text) || pass_line::is_for_somebody(text);
    opens_text(text) || !reference::unfinished(last) && (addressed() || reference::is_text_below(last, text))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_in_a_list() {
        for (list, want) in [
            ("SECSTATE 102414 We delivered the points in reftel to the Ministry.", Some("We delivered")),
            ("A. OSLO 12 B. ROME 3 The harbour is open again since last week.", Some("The harbour")),
            ("A. OSLO 12 B. Roe to Doe email of May 5 on the harbour", None),
            ("OSLO 12 AND PREVIOUS", None),
            ("OSLO 12 (NOTAL) Roe", None),
        ] {
            let got = text_in_list(list).and_then(|at| list.get(at..));
            assert_eq!(got.and_then(|got| got.get(..want.map_or(0, str::len))), want, "{list}");
        }
    }
}
