//! The trailer of an archive record.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::archive::attributes::{self, Attributes, snake_case};
use crate::lines::Report;
use crate::write::sheet::{Sheet, as_read};

/// A value as it stands behind its key; nothing where there is none.
pub(crate) trait Written {
    fn written(&self, key: &str) -> Option<String>;
}

impl Written for Option<Cow<'_, str>> {
    fn written(&self, _: &str) -> Option<String> {
        self.as_deref().map(str::to_owned)
    }
}

impl Written for Option<NaiveDate> {
    /// `date = 2DIGIT SP month SP 4DIGIT`
    fn written(&self, _: &str) -> Option<String> {
        self.map(|day| day.format("%d %b %Y").to_string().to_uppercase())
    }
}

impl Written for Option<u32> {
    fn written(&self, _: &str) -> Option<String> {
        self.map(|count| count.to_string())
    }
}

impl Written for Vec<Cow<'_, str>> {
    /// Persons among the TAGS stand in brackets; references are parted by semicolons, for their dates have commas.
    fn written(&self, key: &str) -> Option<String> {
        let item = |item: &Cow<'_, str>| {
            if key == "TAGS" && item.contains(',') { format!("({item})") } else { item.to_string() }
        };
        let sign = if key == "Reference" { "; " } else { ", " };
        let items: Vec<String> = self.iter().map(item).collect();
        (!items.is_empty()).then(|| items.join(sign))
    }
}

/// Label and attributes, those without a field of their own at the end.
pub(super) fn trailer(attributes: &Attributes<'_>, sheet: &mut Sheet) {
    sheet.wide_gap();
    sheet.line("Message Attributes");
    sheet.gap();
    let written = attributes.written();
    for (key, value) in &written {
        sheet.line(format_args!("{key}: {value}"));
    }
    for (name, value) in &attributes.other {
        let known = Attributes::keys().find(|key| snake_case(key) == *name);
        let taken = |key: &str| written.iter().any(|(of, _)| *of == key);
        let key = match known {
            Some(key) if taken(key) || is_refused(key, value) => key.to_owned(),
            Some(key) => in_other_letters(key),
            None => title(name),
        };
        sheet.line(format_args!("{key}: {value}"));
    }
}

/// Whether a key has a field, and the value is none for it.
fn is_refused(key: &str, value: &str) -> bool {
    let line = format!("{key}: {value}");
    !attributes::parse(&as_read(&line), &mut Report::default()).attributes.other.is_empty()
}

/// A key that has a field, written so that it is not that of the field: `LocatoR`. A key whose letters were damaged so is
/// kept beside the fields.
fn in_other_letters(key: &str) -> String {
    let last = key.char_indices().next_back().map_or(0, |(at, _)| at);
    key.split_at_checked(last).map_or_else(String::new, |(begin, end)| format!("{begin}{}", end.to_uppercase()))
}

/// `review_date` as `Review Date`.
fn title(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    name.split('_').map(word).collect::<Vec<_>>().join(" ")
}
