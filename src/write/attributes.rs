//! The trailer of an archive record.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::archive::attributes::{Attributes, snake_case};
use crate::write::sheet::Sheet;

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
        let key = known.map_or_else(|| title(name), str::to_owned);
        sheet.line(format_args!("{key}: {value}"));
    }
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
