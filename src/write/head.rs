//! The head of the text: from the classification line to the authority.
//!
//! Each field is read back alone by the reader of the head. Of its layouts the first is taken that gives the value again
//! and leaves nothing over.

use std::borrow::Cow;
use std::fmt::Write;

use chrono::Datelike;

use crate::assemble::authority_in_body;
use crate::cable::Cable;
use crate::field::addressee::Originator;
use crate::field::authority::Authority;
use crate::field::caption;
use crate::field::dtg::{self, CenturyRule};
use crate::field::mrn::Mrn;
use crate::field::portion_mark::PortionMark;
use crate::field::reference::{Reference, ReferenceKind};
use crate::field::tags::{self, NEAR, Tag, may_have_person, says_none};
use crate::knowledge;
use crate::lines::{Line, Report};
use crate::text_head::{self, Context, TextHead};
use crate::write::sheet::{Sheet, as_read, wrapped};

/// The name of the post as it stands on classification lines.
pub(super) fn post_name<'m>(mrn: &'m Mrn<'_>) -> &'m str {
    knowledge::post(&mrn.post).map_or(&*mrn.post, |post| post.display)
}

/// `class-line = level [ section ] post number *( handling )`
pub(super) fn class_line(cable: &Cable<'_>, digits: usize, handling: &[Cow<'_, str>], sheet: &mut Sheet) {
    let mut line = cable.classification.as_ref().map_or_else(String::new, |c| c.text.to_string());
    if cable.section.of.is_some() {
        let _ = write!(line, " {}", cable.section);
    }
    if let Some(mrn) = &cable.mrn {
        let _ = write!(line, " {} {:0digits$}", post_name(mrn), mrn.number);
    }
    for words in handling {
        let _ = write!(line, " {words}");
    }
    if !line.trim().is_empty() {
        sheet.line(line.trim_start());
    }
}

/// The captions that must stand on the classification line, and those below it: all that are read as captions alone on
/// a line.
pub(super) fn captions<'c, 'a>(captions: &'c [Cow<'a, str>]) -> (&'c [Cow<'a, str>], &'c [Cow<'a, str>]) {
    let alone = |words: &Cow<'_, str>| caption::captions(words).is_some_and(|found| found == [words.clone()]);
    let above = captions.iter().rposition(|words| !alone(words)).map_or(0, |last| last + 1);
    captions.split_at_checked(above).unwrap_or((&[], captions))
}

/// The head below the classification line, with these captions.
pub(super) fn write(cable: &Cable<'_>, captions: &[Cow<'_, str>], without_order: bool, sheet: &mut Sheet) {
    sheet.gap();
    for caption in captions {
        sheet.line(caption);
    }
    Head { cable, context: context(cable) }.write(without_order, sheet);
}

/// What the reader will know of the cable when it comes to the head.
fn context<'c>(cable: &'c Cable<'_>) -> Context<'c> {
    let century = CenturyRule::default();
    let utc = cable.dtg.as_ref().and_then(|dtg| dtg.utc);
    let written = || cable.dtg.as_ref().and_then(|dtg| dtg::year(&dtg.text, century));
    let from: Option<&str> = cable.from.as_ref().and_then(Originator::post);
    let own = cable.mrn.as_ref().map(|mrn| mrn.post.as_ref()).filter(|own| Some(*own) != from);
    #[allow(
        clippy::redundant_closure_for_method_calls,
        reason = "the method gives a longer lifetime than the others have"
    )]
    let to = cable.to.iter().filter_map(|to| to.post());
    Context {
        year: utc.map(|utc| utc.year()).or_else(written).or_else(|| cable.mrn.as_ref()?.year),
        day: utc.map(|utc| utc.ordinal()),
        post: cable.mrn.as_ref().map(|mrn| mrn.post.as_ref()),
        number: cable.mrn.as_ref().map(|mrn| mrn.number),
        century,
        countries: tags::countries(from.into_iter().chain(own).chain(to)),
    }
}

/// What the head is read with.
struct Head<'c, 'a> {
    cable: &'c Cable<'a>,
    context: Context<'c>,
}

impl Head<'_, '_> {
    /// All below the captions.
    fn write(&self, without_order: bool, sheet: &mut Sheet) {
        self.pass_lines(sheet);
        self.corrected_copy(sheet);
        sheet.gap();
        self.executive_order(without_order, sheet);
        self.tags(sheet);
        self.subject(sheet);
        self.references(sheet);
        self.authority(sheet);
    }

    /// Writes the first layout that is read as it is meant, else the first.
    fn first_that_fits(&self, layouts: &[String], fits: impl Fn(&TextHead<'_>) -> bool, sheet: &mut Sheet) {
        let good = |layout: &&String| {
            let lines = as_read(layout);
            let (head, rest) = text_head::read(&lines, self.context, &mut Report::default());
            rest.iter().all(Line::is_blank) && fits(&head)
        };
        if let Some(layout) = layouts.iter().find(good).or_else(|| layouts.first()) {
            sheet.lines(layout);
        }
    }

    /// One a line; a blank line parts those that would be read as one.
    fn pass_lines(&self, sheet: &mut Sheet) {
        if self.cable.pass_lines.is_empty() {
            return;
        }
        sheet.gap();
        let wrap = |gap: &str| {
            let lines = self.cable.pass_lines.iter().map(|line| wrapped("", line, ""));
            lines.collect::<Vec<_>>().join(gap)
        };
        let layouts = [wrap("\n"), wrap("\n\n"), self.cable.pass_lines.join("\n"), self.cable.pass_lines.join("\n\n")];
        self.first_that_fits(&layouts, |head| head.pass_lines == self.cable.pass_lines, sheet);
    }

    fn corrected_copy(&self, sheet: &mut Sheet) {
        const LABEL: &str = "C O R R E C T E D  C O P Y";
        let Some(reason) = &self.cable.corrected_copy else { return };
        sheet.gap();
        let layouts = [wrapped(LABEL, reason, ""), format!("{LABEL} {reason}")];
        self.first_that_fits(&layouts, |head| head.corrected_copy == self.cable.corrected_copy, sheet);
    }

    fn executive_order(&self, without: bool, sheet: &mut Sheet) {
        let Some(order) = self.cable.executive_order.as_ref().filter(|_| !without) else { return };
        let one_line = order.to_string();
        let layouts = [wrapped("", &one_line, ""), one_line];
        self.first_that_fits(&layouts, |head| head.executive_order == self.cable.executive_order, sheet);
    }

    fn tags(&self, sheet: &mut Sheet) {
        if self.cable.tags.is_empty() {
            return;
        }
        let list = tag_list(&self.cable.tags);
        let layouts = [wrapped("TAGS:", &list, ""), format!("TAGS: {list}")];
        self.first_that_fits(&layouts, |head| head.tags == self.cable.tags, sheet);
    }

    fn subject(&self, sheet: &mut Sheet) {
        let (subject, mark) = (&self.cable.subject, &self.cable.subject_mark);
        if subject.is_none() && mark.is_none() {
            return;
        }
        let mark_before = mark.as_ref().map(|mark| format!("({mark})"));
        let parts: Vec<&str> = mark_before.as_deref().into_iter().chain(subject.as_deref()).collect();
        let value = parts.join(" ");
        // Signs before the first word would be taken for those of the label.
        let layouts = [
            wrapped("SUBJECT:", &value, ""),
            format!("SUBJECT: {value}"),
            format!("SUBJECT:\n{}", wrapped("", &value, "")),
            format!("SUBJECT:\n{value}"),
        ];
        let same = |head: &TextHead<'_>| {
            head.subject == *subject && head.subject_mark.as_deref() == mark.as_ref().map(PortionMark::as_str)
        };
        self.first_that_fits(&layouts, same, sheet);
    }

    fn references(&self, sheet: &mut Sheet) {
        let list = &self.cable.references;
        if list.is_empty() {
            return;
        }
        sheet.gap();
        let mut layouts = Vec::new();
        for form in [Form::Point, Form::Bracket, Form::Pilcrow] {
            for sign in [", ", "; "] {
                let items = reference_items(list, form, sign);
                layouts.push(format!("REF: {}", on_lines(&items, "     ")));
                layouts.push(wrapped("REF:", &items.join(" "), ""));
                layouts.push(format!("REF: {}", items.join("\n")));
                layouts.push(format!("REF: {}", items.join(" ")));
            }
        }
        self.first_that_fits(&layouts, |head| head.references == *list, sheet);
    }

    fn authority(&self, sheet: &mut Sheet) {
        let Some(authority) = self.cable.classified_by.as_ref().filter(|own| !self.is_in_body(own)) else { return };
        sheet.gap();
        let mut layouts = Vec::new();
        for label in ["Classified By:", "Derived From:"] {
            layouts.push(wrapped(label, &authority.text, ""));
            layouts.push(format!("{label} {}", authority.text));
            layouts.push(format!("{label}\n{}", authority.text));
        }
        self.first_that_fits(&layouts, |head| head.authority == self.cable.classified_by, sheet);
    }

    /// Whether the first paragraphs say it: then the head need not.
    fn is_in_body(&self, authority: &Authority<'_>) -> bool {
        let found = authority_in_body("", &self.cable.body, &mut Report::default());
        found.is_some_and(|found| found == *authority)
    }
}

/// `tag-list = tag *( "," SP tag )`, persons in brackets after the TAG that they belong to
pub(super) fn tag_list(tags: &[Tag<'_>]) -> String {
    let mut out = String::new();
    for (index, tag) in tags.iter().enumerate() {
        if !tag.is_person {
            out.push_str(if out.is_empty() { "" } else { ", " });
            out.push_str(&tag.tag);
            continue;
        }
        let before = tags.get(..index).unwrap_or_default();
        let name = written_name(tag, before);
        // After a comma it belongs to a TAG of visits and the like alone.
        let is_owned = |parted| {
            before
                .iter()
                .rev()
                .take(NEAR)
                .find(|tag| may_have_person(tag, parted))
                .is_none_or(|tag| tag.person.is_some())
        };
        let parted = !is_owned(false) && is_owned(true);
        out.push_str(if parted && !out.is_empty() { ", " } else { " " });
        let _ = write!(out, "({name})");
    }
    let mut list = out.trim_start().to_owned();
    // `NA` alone would say that there are none: a comma makes it the Netherlands Antilles.
    if says_none(&list) {
        list.push(',');
    }
    list
}

/// The name as it stands at its TAG, in small letters too; the item of the list has capitals.
fn written_name<'t>(person: &'t Tag<'_>, before: &'t [Tag<'_>]) -> &'t str {
    let names = before.iter().rev().take(NEAR).filter_map(|tag| tag.person.as_deref());
    names.into_iter().find(|name| name.eq_ignore_ascii_case(&person.tag)).unwrap_or(&person.tag)
}

/// References one a line, set in, as records of SMART have them.
pub(super) fn reference_lines(list: &[Reference<'_>], indent: &str) -> String {
    on_lines(&reference_items(list, Form::Bracket, "; "), indent)
}

/// Items one a line, the further lines set in, and the wrapped ones more.
fn on_lines(items: &[String], indent: &str) -> String {
    let further = format!("{indent}   ");
    let each = |item: &String| wrapped("", item, &further);
    items.iter().map(each).collect::<Vec<_>>().join(&format!("\n{indent}"))
}

/// How the letters before references are written.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// `A.`
    Point,
    /// `A)`
    Bracket,
    /// `¶A.`: so stands a letter that is out of its order.
    Pilcrow,
}

/// The items of a list, each with its letter: what stands under one letter is one item.
fn reference_items(list: &[Reference<'_>], form: Form, sign: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut before: Option<&Reference<'_>> = None;
    for reference in list {
        let same_item = before.is_some_and(|before| before.label == reference.label);
        let is_cable = |kind: ReferenceKind| matches!(kind, ReferenceKind::Cable | ReferenceKind::Airgram);
        match items.last_mut() {
            // `OSLO 100-105` names two.
            Some(_) if same_item && reference.ends_range => {}
            Some(item) if same_item => {
                let cables = before.is_some_and(|before| is_cable(before.kind)) && is_cable(reference.kind);
                item.push_str(if cables { sign } else { "; " });
                item.push_str(&reference.text);
            }
            _ => {
                let label = match (reference.label, form) {
                    (None, _) => String::new(),
                    (Some(label), Form::Point) => format!("{label}. "),
                    (Some(label), Form::Bracket) => format!("{label}) "),
                    (Some(label), Form::Pilcrow) => format!("¶{label}. "),
                };
                items.push(format!("{label}{}", reference.text));
            }
        }
        before = Some(reference);
    }
    items
}
