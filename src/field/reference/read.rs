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
use crate::span::{between, offset_of};
use crate::value::Value;

/// The longest list that is read; what comes after it is kept as one item.
const MOST: usize = 500;

/// Reads the references of a list.
pub(super) fn references<'t>(
    text: &'t str,
    value: &Value<'_>,
    context: Context<'_>,
    report: &mut Report,
) -> Vec<Reference<'t>> {
    let mut reader = Reader::new(value, context, report);
    if !is_none(text) {
        for item in items(text, MOST) {
            reader.item(item);
        }
    }
    reader.check_order();
    reader.references
}

/// The references of a list as written, each with its label.
pub(super) fn cut(text: &str) -> Vec<Cow<'_, str>> {
    let (value, mut quiet) = (Value::borrowed(text, 0), Report::default());
    let mut reader = Reader::new(&value, Context::default(), &mut quiet);
    let mut references: Vec<Cow<'_, str>> = Vec::new();
    for item in items(text, MOST) {
        let before = reader.references.len();
        reader.item(item);
        for (index, reference) in reader.references.iter().skip(before).enumerate() {
            let whole = match &reference.text {
                Cow::Borrowed(part) if index == 0 => Cow::Borrowed(with_label(text, item.mark, part)),
                part => part.clone(),
            };
            // Both ends of a range are one.
            if references.last() != Some(&whole) {
                references.push(whole);
            }
        }
    }
    references
}

/// The part of a text from a label to the end of what it belongs to.
fn with_label<'t>(text: &'t str, mark: &str, part: &'t str) -> &'t str {
    if mark.is_empty() { part } else { between(mark, part, text).unwrap_or(part) }
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
    /// The labels with their marks, in the order of the text.
    labels: Vec<(char, &'t str)>,
    /// The label of the item that is read.
    label: Option<char>,
    /// The post of the last cable.
    carried: Option<Cow<'t, str>>,
    /// The year that stands before that post, in the same item.
    carried_year: Option<u32>,
}

/// How many telegrams the Department sends in a month at the most, by the last year of which that holds: as the numbers of
/// its telegrams and of those cited from it tell, with a tenth or so to spare.
const BUSIEST_MONTHS: [(i32, u32); 10] = [
    (1977, 26_000),
    (1979, 30_000),
    (1985, 34_000),
    (1993, 37_000),
    (2003, 30_000),
    (2004, 24_000),
    (2006, 20_000),
    (2007, 16_000),
    (2008, 13_000),
    (i32::MAX, 12_500),
];

/// The days of a year.
const DAYS: u32 = 366;

/// Which number of the Department's no telegram of so many days of a year has reached.
fn most_of_the_department(year: i32, days: u32) -> u32 {
    let rate = BUSIEST_MONTHS.iter().find(|(last, _)| year <= *last).map_or(0, |(_, rate)| *rate);
    rate.saturating_mul(days + 1) / 30
}

/// A cable or an airgram with what stands after it.
struct Complete<'t> {
    cited: Cited<'t>,
    /// The post that is meant by a misspelt name.
    near: Option<&'static str>,
    notes: Notes<'t>,
    after: &'t str,
}

/// Reads what stands after a cable, and tells whether it was one at all: what no table knows must stand alone.
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

impl<'r, 't, 'v, 'c> Reader<'r, 't, 'v, 'c> {
    fn new(value: &'r Value<'v>, context: Context<'c>, report: &'r mut Report) -> Self {
        Reader {
            value,
            context,
            report,
            references: Vec::new(),
            labels: Vec::new(),
            label: None,
            carried: None,
            carried_year: None,
        }
    }

    /// `item = [ label ] ( cable *( separators ( cable / same-post ) ) / other )`
    fn item(&mut self, item: Item<'t>) {
        let marked = if ends_cut(item.text) { separators(item.text).trim_end() } else { without_separators(item.text) };
        let text = without_mark(marked);
        if self.end_of_date(item, text) {
            return;
        }
        self.check_label(item, text);
        self.check_lost(before_end(item.text, separators(item.text)));
        let before = self.references.len();
        self.label = item.label;
        self.carried_year = None;
        // Whether what follows a separator may be a remark on the cable before it.
        let mut open = false;
        let mut rest = text;
        while !rest.is_empty() {
            if self.references.len() >= MOST {
                self.emit(
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
            open &= !before_end(after, next).contains(';');
            self.check_lost(before_end(after, next));
            rest = next;
        }
        self.keep_mark(before, marked, text);
    }

    /// Asterisks among the separators stand where the archive lost a reference.
    fn check_lost(&mut self, separators: &str) {
        if separators.contains("**") {
            let lost = separators.trim_matches(|c| c != '*');
            self.emit(
                DiagnosticCode::ReferenceUnknown,
                lost,
                "asterisks stand where text was lost; no reference is given".to_owned(),
            );
        }
    }

    /// The portion mark before an item belongs to the text of its first reference.
    fn keep_mark(&mut self, before: usize, marked: &'t str, text: &'t str) {
        let mark = marked.len() - text.len();
        let is_first = |reference: &&mut Reference<'t>| offset_of(&reference.text, text) == Some(0);
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
        self.emit(DiagnosticCode::ReferenceLabelRepaired, item.mark, message);
        true
    }

    fn check_label(&mut self, item: Item<'t>, text: &str) {
        let Some(label) = item.label else { return };
        if text.is_empty() {
            self.emit(
                DiagnosticCode::ReferenceLabelRepaired,
                item.mark,
                format!("label {label} stands before no reference"),
            );
        } else if item.mark.split_whitespace().nth(1).is_some() {
            self.emit(
                DiagnosticCode::ReferenceLabelRepaired,
                item.mark,
                format!("{:?} read as label {label}", item.mark),
            );
        }
        self.labels.push((label, item.mark));
    }

    /// Labels that stand twice or out of order. Where none of the series is missing, the list was set in columns.
    fn check_order(&mut self) {
        let mut sorted: Vec<char> = self.labels.iter().map(|(label, _)| *label).collect();
        sorted.sort_unstable();
        let follows = |pair: &[char]| matches!(pair, [one, next] if u32::from(*one) + 1 == u32::from(*next));
        if sorted.windows(2).all(follows) {
            return;
        }
        let labels = std::mem::take(&mut self.labels);
        for (_, (label, mark)) in
            labels.iter().zip(labels.iter().skip(1)).filter(|((last, _), (label, _))| label <= last)
        {
            let message = format!("label {label} stands twice or out of order, and is given as written");
            self.emit(DiagnosticCode::ReferenceLabelRepaired, mark, message);
        }
    }

    /// Reads a cable or an airgram with what belongs to it. Gives back what follows.
    fn cited(&mut self, input: &'t str) -> Option<&'t str> {
        let by_name = alt((cited::airgram, cited::cable)).parse(input).ok();
        let by_name = by_name.map(|(rest, cited)| self.made_whole(cited, rest));
        if let Some((dots, cited)) = by_name.filter(|(rest, _)| is_cut(rest)) {
            return Some(self.push_cut(cited, input, dots));
        }
        let found = by_name.and_then(|(rest, cited)| complete(cited, rest)).or_else(|| {
            self.carried.as_ref()?;
            let (rest, cited) = same_post(input).ok()?;
            complete(cited, rest)
        })?;
        let text = without_separators(before_end(input, found.after));
        if self.is_page_line(&found.cited) {
            let message = format!("{text:?} is of a page line and no reference; it was left out");
            self.emit(DiagnosticCode::PageLineInText, text, message);
        } else {
            self.push_cited(&found, text);
        }
        Some(found.after)
    }

    /// A number that a space has torn in two, where nothing else follows it and the sender can have come so far:
    /// `STATE 873 45`.
    fn made_whole(&self, cited: Cited<'t>, rest: &'t str) -> (&'t str, Cited<'t>) {
        // Numbers are padded with noughts to six digits at the most.
        const LONGEST: usize = 6;
        let Ok((trailing, second)) = cited::torn(rest) else { return (rest, cited) };
        let ends = trailing.trim_start();
        let alone = ends.is_empty() || ends.starts_with([',', ';', '.', '(']);
        let first = cited.digits.len();
        let Some(whole) =
            number(&format!("{}{second}", cited.digits)).filter(|_| alone && first + second.len() <= LONGEST)
        else {
            return (rest, cited);
        };
        let possible = match cited.post {
            Post::Known("STATE") => whole <= most_of_the_department(self.context.year.unwrap_or_default(), DAYS),
            Post::Known(post) if self.context.post == Some(post) => self.context.number.is_none_or(|own| whole <= own),
            Post::Own => self.context.number.is_none_or(|own| whole <= own),
            Post::Known(_) => whole < 100_000,
            Post::Carried | Post::Unknown => false,
        };
        // `LIMA 1234 08`: rather a year.
        let is_year = second.len() == 2 && first >= 4;
        let fits = possible && !is_year && cited.last.is_none() && !cited.airgram;
        if fits { (trailing, Cited { number: whole, mended: true, ..cited }) } else { (rest, cited) }
    }

    /// The cable's own number in eight digits is what a torn page line has left.
    fn is_page_line(&self, cited: &Cited<'_>) -> bool {
        let own = matches!(cited.post, Post::Known(post) if self.context.post == Some(post));
        own && cited.digits.len() == 8 && self.context.number == Some(cited.number)
    }

    fn push_cited(&mut self, complete: &Complete<'t>, text: &'t str) {
        let Complete { cited, notes: found, .. } = complete;
        let post = self.post(complete);
        // `08 OSLO 12 AND 14`: the year before the post is that of both.
        let carried = if cited.post == Post::Carried { self.carried_year } else { None };
        let stated = cited.year.or(found.year).or(carried);
        let written = match cited.year.filter(|_| cited.decade) {
            Some(digit) => self.of_the_decade(digit),
            None => stated.and_then(|year| full_year(year, self.context.year)),
        };
        let assumed = if stated.is_none() { self.assumed_year(post.as_deref(), cited.number) } else { None };
        let year = written.or(assumed);
        let reached = cited.airgram || self.can_have_reached(post.as_deref(), cited.number, year);
        if !reached {
            let message = format!(
                "{} has never sent so many telegrams; the number is as written",
                post.as_deref().unwrap_or_default()
            );
            self.emit(DiagnosticCode::ReferenceUnknown, text, message);
        }
        // A number that no year can have gives no id, unless the year is written.
        let (year, assumed) = if reached { (year, assumed) } else { (written, None) };
        if cited.mended || cited.decade && written.is_some() {
            let year = written.map(|year| format!(" of {year}")).unwrap_or_default();
            self.emit(
                DiagnosticCode::ReferenceRepaired,
                text,
                format!("{text:?} read as number {}{year}", cited.number),
            );
        }
        if let (Some(stated), None) = (stated, written) {
            self.emit(
                DiagnosticCode::ReferenceUnknown,
                text,
                format!("the year {stated:02} is after the cable's own; no year is given"),
            );
        }
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

    /// A cable whose number the dots of a teaser have cut: a number that may go on is none, and its year is not known.
    fn push_cut(&mut self, cited: Cited<'t>, input: &'t str, dots: &'t str) -> &'t str {
        let after = dots.trim_start_matches(['.', '\u{2026}']);
        let text = before_end(input, after);
        self.emit(DiagnosticCode::ReferenceUnknown, text, format!("{text:?} is cut off; no number is given"));
        self.push(ReferenceKind::Cable, text);
        let post = self.post(&Complete { cited, near: None, notes: Notes::default(), after });
        if let Some(last) = self.references.last_mut() {
            last.post = post;
            last.year = cited.year.and_then(|year| full_year(year, self.context.year));
        }
        after
    }

    /// The canonical name of the post.
    fn post(&mut self, complete: &Complete<'t>) -> Option<Cow<'t, str>> {
        let cited = complete.cited;
        if let Some(canonical) = complete.near {
            self.emit(DiagnosticCode::PostMisspelt, cited.name, format!("{:?} read as {canonical}", cited.name));
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
                self.emit(
                    DiagnosticCode::PostUnknown,
                    name,
                    format!("no post {name:?} is known; given as {canonical}"),
                );
                Some(Cow::Owned(canonical))
            }
        }
    }

    /// The year that one digit means: of the cable's own decade, and not after its year.
    fn of_the_decade(&self, digit: u32) -> Option<i32> {
        let own = self.context.year?;
        let year = own - own.rem_euclid(10) + i32::try_from(digit).ok()?;
        (year <= own).then_some(year)
    }

    /// Whether a sender can have come to a number in a year, as far as it is known how much it sends: the Department, and
    /// the cable's own post.
    fn can_have_reached(&self, post: Option<&str>, number: u32, year: Option<i32>) -> bool {
        let (Some(post), Some(year)) = (post, year) else { return true };
        if post == "STATE" {
            return number <= most_of_the_department(year, DAYS);
        }
        let own = self.context.number.zip(self.context.day).filter(|_| self.context.post == Some(post));
        // Four times as many as in the cable's own year, in any other.
        own.is_none_or(|(own, day)| {
            u64::from(number) <= 4 * u64::from(own) * u64::from(DAYS) / u64::from(day.max(1)) + 2_000
        })
    }

    /// The cable's own year, or the year before where the number is impossible in it.
    fn assumed_year(&self, post: Option<&str>, number: u32) -> Option<i32> {
        let year = self.context.year?;
        let day = self.context.day.or_else(|| self.latest_day()).unwrap_or(DAYS);
        let own = self.context.number.filter(|_| post.is_some() && post == self.context.post);
        let impossible = if let Some(own) = own {
            // Numbers are given out in order, but not always sent in order: those of a week may be ahead.
            let of_a_week = |day: u32| own.saturating_mul(7) / day.max(1) + 20;
            let ahead = self.context.day.map_or(own / 2 + 50, of_a_week);
            number > own && (day <= 59 || number > own.saturating_add(ahead))
        } else {
            // A number that no year can reach is a mistyped one and tells nothing.
            let possible = |year: i32, days: u32| number <= most_of_the_department(year, days);
            post == Some("STATE") && !possible(year, day) && possible(year - 1, DAYS)
        };
        Some(if impossible { year - 1 } else { year })
    }

    /// The latest day of the year that the cable can be of by its own number, where its day is not known: no post sends less
    /// than a telegram a week.
    fn latest_day(&self) -> Option<u32> {
        let number = self.context.number.filter(|_| self.context.post.is_some())?;
        Some(number.saturating_mul(7).saturating_add(7).min(DAYS))
    }

    /// Reads what is no cable, up to a separator after which a cable stands. Gives back what follows.
    fn other(&mut self, input: &'t str, item: &'t str, open: &mut bool) -> &'t str {
        let after = end_of_other(input);
        let text = without_separators(before_end(input, after)).trim();
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
            self.emit(
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
        let Some(whole) = between(text, remark, item) else { return false };
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

    fn emit(&mut self, code: DiagnosticCode, part: &str, message: String) {
        self.report.emit(code, self.value.locate_str(part), message);
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

/// Passes over a reference that is no cable: up to a semicolon, to a separator after which a cable of a known post or
/// another report stands, or to a cable after a bracket.
fn end_of_other(input: &str) -> &str {
    // What was passed over since the last separator, and whether a message of its own is identified by its words.
    let (mut part, mut named) = (input, false);
    walk(input, |c, rest| {
        let separator = matches!(c, ',' | ':' | '/' | '&') || c == ' ' && begins_with_and(rest);
        if c == ';' || c == ' ' && ends_in_bracket(input, rest) && is_known_cable(rest.trim_start()) {
            return true;
        }
        if !separator {
            return false;
        }
        let next = separators(rest);
        if is_known_cable(next) || kind::begins_report(next) {
            return true;
        }
        if c != ',' && c != ' ' {
            return false;
        }
        named |= is_message(before_end(part, rest));
        part = next;
        let following = next.split([',', ';']).next().unwrap_or_default();
        named && following.contains(' ') && is_message(following)
    })
}

/// Whether the words of a part tell of a message of its own, and not of a day or a place alone.
fn is_message(part: &str) -> bool {
    matches!(kind::of_text(part), ReferenceKind::Email | ReferenceKind::Telcon | ReferenceKind::Iir)
}

/// Whether what was passed over ends in a bracket.
fn ends_in_bracket(input: &str, rest: &str) -> bool {
    before_end(input, rest).ends_with([')', ']'])
}

/// What is left of a text from the first place on where `stop` says so, brackets passed over. At least one character is
/// taken.
fn walk<'t>(input: &'t str, mut stop: impl FnMut(char, &'t str) -> bool) -> &'t str {
    let mut rest = input;
    let mut first = true;
    while let Some(c) = rest.chars().next() {
        if !first && stop(c, rest) {
            return rest;
        }
        first = false;
        rest = match bracketed(rest).filter(|_| matches!(c, '(' | '[')) {
            Some((_, trailing)) => trailing,
            None => rest.split_at_checked(c.len_utf8()).map_or("", |(_, rest)| rest),
        };
    }
    rest
}

/// Whether a text ends in a number with the dots of a text that was cut directly after it.
fn ends_cut(text: &str) -> bool {
    let text = text.trim_end();
    let number = text.trim_end_matches(['.', '\u{2026}']);
    number.ends_with(|c: char| c.is_ascii_digit()) && text.get(number.len()..).is_some_and(is_cut)
}

/// Whether nothing but the dots of a text that was cut follows, directly after a number.
fn is_cut(rest: &str) -> bool {
    (rest.starts_with("...") || rest.starts_with('\u{2026}'))
        && rest.trim_start_matches(['.', '\u{2026}']).trim().is_empty()
}

fn begins_with_and(rest: &str) -> bool {
    note::conjunction(rest.trim_start()).is_ok()
}

/// What stands in a text before this end of it.
fn before_end<'t>(text: &'t str, end: &str) -> &'t str {
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
