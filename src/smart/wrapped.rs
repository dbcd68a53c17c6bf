//! A telegram of an older system inside of a record of SMART.
//!
//! The telegram is read as any other. Level, time, addressees and order of the wrapper were made when the telegram was taken
//! over, or when it was released: those of the telegram count, and the wrapper gives what the telegram lacks.

use super::{Gathered, Record};
use crate::assemble::Message;
use crate::diagnostic::DiagnosticCode;
use crate::field::dtg::CenturyRule;
use crate::lines::{Line, Report};
use crate::preamble;
use crate::smart::label::Label;
use crate::span::Span;
use crate::text_head;

impl<'a> Record<'a> {
    /// The lines of the telegram inside, where there is one: its header names who sent it, or a classification line names it.
    pub(crate) fn telegram(&self, century: CenturyRule) -> Option<&[Line<'a>]> {
        let opening = preamble::read(&self.text, century, &mut Report::default());
        let is_named = opening.class_line.as_ref().is_some_and(|(line, _)| line.number.is_some());
        let has_header = opening.header.from.is_some() || opening.header.dtg.is_some();
        (is_named || has_header).then_some(&self.text)
    }

    /// Year, post and number of the message, and where they stand.
    pub(crate) fn document(&self) -> Option<(i32, &str, u32, Span)> {
        let (line, span) = self.opening.class_line.as_ref()?;
        Some((self.opening.year?, line.post, line.number?, *span))
    }

    /// Gives the telegram what it lacks.
    pub(crate) fn complete(self, message: &mut Message<'a>, context: text_head::Context<'_>, report: &mut Report) {
        let mut filled = Filled { header: &self.header, report };
        self.complete_head(message, context, &mut filled);
        let Self { opening: wrapper, banner, trailer, .. } = self;
        let opening = &mut message.opening;
        opening.smart = true;
        opening.year = opening.year.or(wrapper.year);
        let (own, theirs) = (&mut opening.header, wrapper.header);
        if own.dtg.is_none() && theirs.dtg.is_some() {
            filled.note(Label::Date, "date-time group");
            (own.dtg, own.dtg_span) = (theirs.dtg, theirs.dtg_span);
        } else if let Some((ours, theirs)) = own.dtg.as_ref().and_then(|d| d.utc).zip(theirs.dtg.and_then(|d| d.utc))
            && ours.date_naive() != theirs.date_naive()
        {
            filled.differs(Label::Date, "day", &ours.date_naive().to_string(), &theirs.date_naive().to_string());
        }
        if own.from.is_none() && theirs.from.is_some() {
            filled.note(Label::From, "originator");
            own.from = theirs.from;
        }
        if own.to.is_empty() && own.info.is_empty() && !theirs.to.is_empty() {
            filled.note(Label::Action, "addressees");
            (own.to, own.info) = (theirs.to, theirs.info);
        }
        if own.exempted.is_empty() {
            own.exempted = theirs.exempted;
        }
        match (&mut opening.class_line, wrapper.class_line) {
            (Some((line, _)), Some((_, span))) if line.level.is_none() && banner.level.is_some() => {
                (line.level, line.text) = (banner.level, banner.text);
                let wording = "the level was taken from the record; the classification line has none";
                filled.report.emit(DiagnosticCode::FilledFromAttributes, span, wording);
            }
            (own @ None, theirs) => *own = theirs,
            _ => {}
        }
        let drafting = wrapper.drafting.filter(|_| opening.drafting.is_none());
        opening.drafting = opening.drafting.take().or(drafting);
        let body = &mut message.body;
        if let Some(labelled) = trailer.iter().find(|g| g.label == Label::Signature).map(Gathered::value)
            && body.signature.as_ref().is_none_or(|own| *own != labelled.text)
            && !labelled.text.is_empty()
        {
            (body.signature, body.truncated) = (Some(labelled.text), false);
        }
    }

    /// The head of the text: each field that the telegram has not.
    fn complete_head(
        &self,
        message: &mut Message<'a>,
        context: text_head::Context<'_>,
        filled: &mut Filled<'_, 'a, '_>,
    ) {
        // What is doubtful in a value that is not taken need not be reported.
        let theirs = self.head(context, &mut Report::default());
        let own = &mut message.head;
        let has_captions = !own.captions.is_empty()
            || message.opening.class_line.as_ref().is_some_and(|(line, _)| !line.handling.is_empty());
        if !has_captions && !theirs.captions.is_empty() {
            filled.note(Label::Captions, &format!("captions {}", theirs.captions.join(", ")));
            own.captions = theirs.captions;
        }
        if own.executive_order.is_none() && theirs.executive_order.is_some() {
            filled.note(Label::ExecutiveOrder, "executive order");
            own.executive_order = theirs.executive_order;
        }
        if own.tags.is_empty() && !theirs.tags.is_empty() {
            filled.note(Label::Tags, "TAGS");
            own.tags = theirs.tags;
        }
        if own.references.is_empty() && !theirs.references.is_empty() {
            filled.note(Label::Reference, "references");
            own.references = theirs.references;
        }
        if own.subject.is_none() && theirs.subject.is_some() {
            filled.note(Label::Subject, "subject");
            (own.subject, own.subject_mark) = (theirs.subject, theirs.subject_mark);
        }
        if own.pass_lines.is_empty() && !theirs.pass_lines.is_empty() {
            filled.note(Label::PassLine, "passing lines");
            own.pass_lines = theirs.pass_lines;
        }
        if own.authority.is_none() {
            own.authority = theirs.authority;
        }
    }
}

/// Reports what was filled, and what differs.
struct Filled<'w, 'a, 'r> {
    header: &'w [Gathered<'a>],
    report: &'r mut Report,
}

impl Filled<'_, '_, '_> {
    fn span(&self, label: Label) -> Span {
        self.header.iter().find(|gathered| gathered.label == label).map_or_else(Span::default, |g| g.value().span)
    }

    fn note(&mut self, label: Label, field: &str) {
        let wording = format!("{field} taken from the labels of the record; the telegram inside has none");
        self.report.emit(DiagnosticCode::FilledFromAttributes, self.span(label), wording);
    }

    fn differs(&mut self, label: Label, field: &str, own: &str, theirs: &str) {
        let wording =
            format!("{field}: the telegram has \"{own}\", the labels of the record \"{theirs}\"; the telegram counts");
        self.report.emit(DiagnosticCode::AttributeDisagrees, self.span(label), wording);
    }
}
