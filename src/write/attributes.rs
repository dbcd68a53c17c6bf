//! The trailer of an archive record.

use crate::archive::attributes::{self, Attributes, snake_case};
use crate::lines::Report;
use crate::write::sheet::{Sheet, as_read};

/// Label and attributes, those without a field of their own at the end.
pub(super) fn trailer(attributes: &Attributes<'_>, sheet: &mut Sheet) {
    sheet.wide_gap();
    sheet.line("Message Attributes");
    sheet.gap();
    let written = attributes.written();
    for (key, value) in &written {
        sheet.line(format_args!("{key}: {value}"));
    }
    for (name, value) in attributes.other.iter() {
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
