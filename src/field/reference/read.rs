//! From the items of a list to its references.

use std::borrow::Cow;

use nom::Parser;
use nom::branch::alt;

use super::cited::{self, Cited, Post, is_clean, is_known_cable, is_name, post, same_post, without_fillers};
use super::label::is_portion_mark;
use super::list::{Item, items, separators};
use super::note::{self, Notes, bracketed, notes};
use super::{Context, Reference, ReferenceKind, ReferenceLabel, kind};
use crate::diagnostic::DiagnosticCode;
use crate::field::dtg::CenturyRule;
use crate::grammar::{digits, number};
use crate::lines::Report;
use crate::value::Value;

/// The longest list that is read; what comes behind it is kept as one item.
const MOST: usize = 500;

/// Reads the references of a list.
pub(super) fn references<'t>(
    text: &'t str,
    value: &Value<'_>,
    context: Context<'_>,
    report: &mut Report,
) -> Vec<Reference<'t>> {
    let mut reader = Reader {
        value,
        context,
        report,
        references: Vec::new(),
        last_label: None,
        label: None,
        carried: None,
        carried_year: None,
    };
    if !is_none(text) {
        for item in items(text, MOST) {
            reader.item(item);
        }
    }
    reader.references
}

/// `none = "NONE" / "N/A" / "NIL" / "NA"`
fn is_none(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    ["NONE", "N/A", "NIL", "NA", "NO REFERENCES", "NO REFERENCE"].iter().any(|none| none.eq_ignore_ascii_case(text))
}

struct Reader<'r, 't, 'v, 'c> {
    value: &'r Value<'v>,
    context: Context<'c>,
    report: &'r mut Report,
    references: Vec<Reference<'t>>,
    last_label: Option<char>,
    /// The label of the item that is read.
    label: Option<char>,
    /// The post of the last cable.
    carried: Option<Cow<'t, str>>,
    /// The year that stands before that post, in the same item.
    carried_year: Option<u32>,
}

/// A cable or an airgram with what stands behind it.
struct Complete<'t> {
    cited: Cited<'t>,
    /// The post that is meant by a misspelt name.
    near: Option<&'static str>,
    notes: Notes<'t>,
    after: &'t str,
}

/// Reads what stands behind a cable, and tells whether it was one at all: what no table knows must stand alone.
fn complete<'t>(cited: Cited<'t>, rest: &'t str) -> Option<Complete<'t>> {
    let mut found = Notes::default();
    let rest = notes(rest, &mut found);
    let goes_on = !is_clean(rest) && !is_known_cable(rest.trim_start()) && !begins_with_and(rest);
    let near = if cited.is_known() || goes_on || cited.glued { None } else { cited::near_post(cited.name) };
    // `LONDON 2009 SUMMIT DECLARATION`
    let event = goes_on && cited.year.is_none() && (1966..2030).contains(&cited.number) && !cited.airgram;
    let fits = match cited.post {
        _ if event => false,
        _ if cited.is_known() || near.is_some() => true,
        Post::Unknown => !goes_on && !cited.glued && is_name(without_fillers(cited.name)),
        _ => !goes_on,
    };
    let after = if goes_on { remark(rest) } else { rest };
    fits.then_some(Complete { cited, near, notes: found, after })
}

impl<'t> Reader<'_, 't, '_, '_> {
    /// `item = [ label ] ( cable *( separators ( cable / same-post ) ) / other )`
    fn item(&mut self, item: Item<'t>) {
        let marked = without_separators(item.text);
        let text = without_mark(marked);
        if self.end_of_date(item, text) {
            return;
        }
        self.check_label(item, text);
        self.check_lost(between(item.text, separators(item.text)));
        let before = self.references.len();
        self.label = item.label;
        self.carried_year = None;
        // Whether what follows a separator may be a remark on the cable before it.
        let mut open = false;
        let mut rest = text;
        while !rest.is_empty() {
            if self.references.len() >= MOST {
                self.say(
                    DiagnosticCode::ReferenceUnknown,
                    rest,
                    format!("more than {MOST} references: the rest is kept as text"),
                );
                self.push(ReferenceKind::Other, rest);
                return;
            }
            let after = match self.cited(rest) {
                Some(after) => {
                    open = true;
                    after
                }
                None => self.other(rest, text, &mut open),
            };
            let next = separators(after);
            open &= !between(after, next).contains(';');
            self.check_lost(between(after, next));
            rest = next;
        }
        self.keep_mark(before, marked, text);
    }

    /// Asterisks among the separators stand where the archive lost a reference.
    fn check_lost(&mut self, separators: &str) {
        if separators.contains("**") {
            let lost = separators.trim_matches(|c| c != '*');
            self.say(
                DiagnosticCode::ReferenceUnknown,
                lost,
                "asterisks stand where text was lost; no reference is given".to_owned(),
            );
        }
    }

    /// The portion mark before an item belongs to the text of its first reference.
    fn keep_mark(&mut self, before: usize, marked: &'t str, text: &'t str) {
        let mark = marked.len() - text.len();
        let is_first = |reference: &&mut Reference<'t>| reference.text.as_ptr() == text.as_ptr();
        for reference in self.references.iter_mut().skip(before).take_while(is_first) {
            if let Some(whole) = marked.get(..mark + reference.text.len()) {
                reference.text = Cow::Borrowed(whole);
            }
        }
    }

    /// A false enumerator: software put a label before a line that begins with the year of the date on which the item
    /// before ends.
    fn end_of_date(&mut self, item: Item<'t>, text: &'t str) -> bool {
        if item.mark.is_empty() {
            return false;
        }
        let Ok((rest, year)) = digits(4, 4).parse(text) else { return false };
        let mut found = Notes::default();
        let rest = notes(rest, &mut found);
        let Some(before) = self.references.last_mut() else { return false };
        if !is_clean(rest) || !number(year).is_some_and(|year| (1945..2050).contains(&year)) {
            return false;
        }
        before.text = Cow::Owned(format!("{} {text}", before.text));
        before.and_previous |= found.and_previous;
        before.et_al |= found.et_al;
        before.notal |= found.notal;
        let message = format!("{:?} is no label: {text:?} ends the item before", item.mark);
        self.say(DiagnosticCode::ReferenceLabelRepaired, item.mark, message);
        true
    }

    fn check_label(&mut self, item: Item<'t>, text: &str) {
        let Some(label) = item.label else { return };
        if text.is_empty() {
            self.say(
                DiagnosticCode::ReferenceLabelRepaired,
                item.mark,
                format!("label {label} stands before no reference"),
            );
        } else if item.mark.split_whitespace().nth(1).is_some() {
            self.say(
                DiagnosticCode::ReferenceLabelRepaired,
                item.mark,
                format!("{:?} read as label {label}", item.mark),
            );
        } else if self.last_label.is_some_and(|last| label <= last) {
            let message = format!("label {label} stands twice or out of order, and is given as written");
            self.say(DiagnosticCode::ReferenceLabelRepaired, item.mark, message);
        }
        self.last_label = Some(label);
    }

    /// Reads a cable or an airgram with what belongs to it. Gives back what follows.
    fn cited(&mut self, input: &'t str) -> Option<&'t str> {
        let by_name = alt((cited::airgram, cited::cable)).parse(input);
        let found = by_name.ok().and_then(|(rest, cited)| complete(cited, rest)).or_else(|| {
            self.carried.as_ref()?;
            let (rest, cited) = same_post(input).ok()?;
            complete(cited, rest)
        })?;
        self.push_cited(&found, without_separators(between(input, found.after)));
        Some(found.after)
    }

    fn push_cited(&mut self, complete: &Complete<'t>, text: &'t str) {
        let Complete { cited, notes: found, .. } = complete;
        let post = self.post(complete);
        // `08 OSLO 12 AND 14`: the year before the post is that of both.
        let carried = if cited.post == Post::Carried { self.carried_year } else { None };
        let stated = cited.year.or(found.year).or(carried);
        let written = stated.and_then(|year| full_year(year, self.context.year));
        if let (Some(stated), None) = (stated, written) {
            self.say(
                DiagnosticCode::ReferenceUnknown,
                text,
                format!("the year {stated:02} is after the cable's own; no year is given"),
            );
        }
        let assumed = if stated.is_none() { self.assumed_year(post.as_deref(), cited.number) } else { None };
        let year = written.or(assumed);
        if !cited.airgram {
            self.carried.clone_from(&post);
            self.carried_year = cited.year.or(carried);
        }
        let cables = [Some(cited.number), cited.last].into_iter().flatten().zip([false, true]);
        for (number, ends_range) in cables {
            self.references.push(Reference {
                kind: if cited.airgram { ReferenceKind::Airgram } else { ReferenceKind::Cable },
                label: self.label.and_then(ReferenceLabel::new),
                text: Cow::Borrowed(text),
                year,
                year_assumed: assumed.is_some(),
                post: post.clone(),
                number: Some(number),
                ends_range,
                notal: found.notal,
                and_previous: found.and_previous,
                et_al: found.et_al,
                captions: found.captions.iter().map(|c| Cow::Borrowed(*c)).collect(),
                dtg: found.dtg.map(normal_dtg),
            });
        }
    }

    /// The canonical name of the post.
    fn post(&mut self, complete: &Complete<'t>) -> Option<Cow<'t, str>> {
        let cited = complete.cited;
        if let Some(canonical) = complete.near {
            self.say(DiagnosticCode::PostMisspelt, cited.name, format!("{:?} read as {canonical}", cited.name));
            return Some(Cow::Borrowed(canonical));
        }
        match cited.post {
            Post::Known(canonical) => Some(Cow::Borrowed(canonical)),
            Post::Own => self.context.post.map(|post| Cow::Owned(post.to_owned())),
            Post::Carried => self.carried.clone(),
            Post::Unknown if cited.name.is_empty() => None,
            Post::Unknown => {
                let name = without_fillers(cited.name);
                let canonical: String =
                    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
                self.say(DiagnosticCode::PostUnknown, name, format!("no post {name:?} is known; given as {canonical}"));
                Some(Cow::Owned(canonical))
            }
        }
    }

    /// The cable's own year, or the year before where the number is impossible in it.
    fn assumed_year(&self, post: Option<&str>, number: u32) -> Option<i32> {
        // The Department sends fewer than 30,000 telegrams a month.
        const BUSIEST_MONTH: u32 = 30_000;
        let year = self.context.year?;
        let month = self.context.month.unwrap_or(12);
        let own = self.context.number.filter(|_| post.is_some() && post == self.context.post);
        let impossible = if let Some(own) = own {
            // Numbers are given out in order, but not always sent in order.
            number > own && (month <= 2 || number > own.saturating_add(own / 2 + 50))
        } else {
            // A number that no year can reach is a mistyped one and tells nothing.
            let possible = |months: u32| number <= BUSIEST_MONTH.saturating_mul(months);
            post == Some("STATE") && !possible(month) && possible(12)
        };
        Some(if impossible { year - 1 } else { year })
    }

    /// Reads what is no cable, up to a separator behind which a cable stands. Gives back what follows.
    fn other(&mut self, input: &'t str, item: &'t str, open: &mut bool) -> &'t str {
        let after = end_of_other(input);
        let text = without_separators(between(input, after)).trim();
        if text.is_empty() {
            return after;
        }
        let dtg = find_dtg(text);
        let kind = match kind::of_text(text) {
            kind @ (ReferenceKind::Iir | ReferenceKind::Email | ReferenceKind::Telcon | ReferenceKind::OscReport) => {
                kind
            }
            _ if dtg.is_some() => ReferenceKind::Message,
            ReferenceKind::Message => ReferenceKind::Other,
            kind => kind,
        };
        if *open && kind == ReferenceKind::Other && self.extend(text, item) {
            return after;
        }
        *open = false;
        if kind == ReferenceKind::Other {
            self.say(
                DiagnosticCode::ReferenceUnknown,
                text,
                format!("{:?} has no known form; its text is kept", shortened(text)),
            );
        }
        self.push(kind, text);
        if let (Some((originator, dtg, year)), Some(last)) = (dtg, self.references.last_mut())
            && kind == ReferenceKind::Message
        {
            last.dtg = Some(normal_dtg(dtg));
            last.year = year.and_then(|year| full_year(year, self.context.year));
            last.post = match post(originator) {
                Post::Known(canonical) => Some(Cow::Borrowed(canonical)),
                _ => None,
            };
        }
        after
    }

    /// Takes a remark into the text of the cable before it: `OSLO 12, PARA 4`.
    fn extend(&mut self, remark: &'t str, item: &'t str) -> bool {
        let Some(last) = self.references.last_mut() else { return false };
        let Cow::Borrowed(text) = last.text else { return false };
        let base = item.as_ptr() as usize;
        let start = (text.as_ptr() as usize).checked_sub(base);
        let end = (remark.as_ptr() as usize).checked_sub(base).map(|at| at + remark.len());
        let Some(whole) = start.zip(end).and_then(|(start, end)| item.get(start..end)) else { return false };
        last.text = Cow::Borrowed(whole);
        true
    }

    fn push(&mut self, kind: ReferenceKind, text: &'t str) {
        let mut found = Notes::default();
        remarks_within(text, &mut found);
        self.references.push(Reference {
            kind,
            label: self.label.and_then(ReferenceLabel::new),
            text: Cow::Borrowed(text),
            year: None,
            year_assumed: false,
            post: None,
            number: None,
            ends_range: false,
            notal: found.notal,
            and_previous: found.and_previous,
            et_al: found.et_al,
            captions: Vec::new(),
            dtg: None,
        });
    }

    fn say(&mut self, code: DiagnosticCode, part: &str, message: String) {
        self.report.say(code, self.value.locate_str(part), message);
    }
}

/// The year that two or four digits mean: of two digits the last such year that is not after the cable's own.
fn full_year(written: u32, own: Option<i32>) -> Option<i32> {
    let year = i32::try_from(written).ok()?;
    if year >= 100 {
        return own.is_none_or(|own| year <= own).then_some(year);
    }
    let Some(own) = own else { return Some(CenturyRule::default().year(written)) };
    let year = own - own.saturating_sub(year).rem_euclid(100);
    (year >= 1945).then_some(year)
}

/// `311345 Z may 73` as `311345Z MAY 73`.
fn normal_dtg(text: &str) -> Cow<'_, str> {
    let (time, rest) = text.split_at_checked(6).unwrap_or((text, ""));
    let date = rest.trim_start().trim_start_matches(['Z', 'z']).trim_start();
    let normal = rest.starts_with("Z ") && !date.bytes().any(|b| b.is_ascii_lowercase());
    if normal { Cow::Borrowed(text) } else { Cow::Owned(format!("{time}Z {}", date.to_ascii_uppercase())) }
}

/// The first date-time group of a text: what stands before it, the group, and its year.
fn find_dtg(text: &str) -> Option<(&str, &str, Option<u32>)> {
    let mut digit_before = false;
    text.char_indices().find_map(|(at, c)| {
        let begins = c.is_ascii_digit() && !digit_before;
        digit_before = c.is_ascii_digit();
        if !begins {
            return None;
        }
        let (before, rest) = text.split_at_checked(at)?;
        let (_, (dtg, year)) = note::dtg(rest).ok()?;
        Some((originator(before), dtg, year))
    })
}

/// Who stands before a date-time group, without `MSG`, `DTG` and the letter of the precedence.
fn originator(before: &str) -> &str {
    let mut name = before.trim_end();
    while let Some((rest, last)) = name.rsplit_once(' ')
        && (last.len() == 1 || ["MSG", "MESSAGE", "DTG", "DTD", "OF"].iter().any(|w| w.eq_ignore_ascii_case(last)))
    {
        name = rest.trim_end();
    }
    name
}

/// Notes that stand at the end of a reference that is no cable.
fn remarks_within(text: &str, found: &mut Notes<'_>) {
    let words = [("NOTAL", 0), ("AND PREVIOUS", 1), ("ET AL", 2), ("AND OTHERS", 2)];
    let end = text.trim_end_matches([')', ']', '.']);
    for (word, which) in words {
        let fits = end.len().checked_sub(word.len()).and_then(|at| end.split_at_checked(at));
        if fits.is_some_and(|(_, tail)| tail.eq_ignore_ascii_case(word)) {
            match which {
                0 => found.notal = true,
                1 => found.and_previous = true,
                _ => found.et_al = true,
            }
        }
    }
}

/// Passes over a remark on a cable that has no mark before it: up to a separator, or to the next cable of a known post.
fn remark(input: &str) -> &str {
    walk(input, |c, rest| {
        matches!(c, ';' | ',')
            || rest.starts_with(": ")
            || c == ' ' && (begins_with_and(rest) || is_known_cable(rest.trim_start()))
    })
}

/// Passes over a reference that is no cable: up to a semicolon, or a separator behind which a cable of a known post stands.
fn end_of_other(input: &str) -> &str {
    walk(input, |c, rest| {
        let separator = matches!(c, ',' | ':' | '/' | '&') || c == ' ' && begins_with_and(rest);
        c == ';' || separator && is_known_cable(separators(rest))
    })
}

/// What is left of a text from the first place on where `stop` says so, brackets passed over. At least one character is
/// taken.
fn walk(input: &str, stop: impl Fn(char, &str) -> bool) -> &str {
    let mut rest = input;
    let mut first = true;
    while let Some(c) = rest.chars().next() {
        if !first && stop(c, rest) {
            return rest;
        }
        first = false;
        rest = match bracketed(rest).filter(|_| matches!(c, '(' | '[')) {
            Some((_, behind)) => behind,
            None => rest.split_at_checked(c.len_utf8()).map_or("", |(_, rest)| rest),
        };
    }
    rest
}

fn begins_with_and(rest: &str) -> bool {
    note::conjunction(rest.trim_start()).is_ok()
}

/// What lies between a text and one of its ends.
fn between<'t>(text: &'t str, end: &str) -> &'t str {
    text.get(..text.len().saturating_sub(end.len())).unwrap_or(text)
}

/// An item without the portion mark before it: `(C) OSLO 12`.
fn without_mark(text: &str) -> &str {
    match bracketed(text) {
        Some((mark, rest)) if is_portion_mark(mark) && !rest.trim().is_empty() => separators(rest),
        _ => text,
    }
}

/// A text without the separators round it.
fn without_separators(text: &str) -> &str {
    let mut text = separators(text).trim_end_matches([' ', ',', ';', ':', '.', '/', '&', '-', '¶']);
    while let Some((before, last)) = text.rsplit_once(' ')
        && last.eq_ignore_ascii_case("AND")
    {
        text = before.trim_end_matches([' ', ',', ';', ':']);
    }
    text
}

/// The beginning of a long text, for a message.
fn shortened(text: &str) -> &str {
    text.char_indices().nth(60).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}
