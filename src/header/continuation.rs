//! Which lines go on with a format line: wrapped names and addressees, remarks, signals.

use std::borrow::Cow;

use crate::field::addressee;
use crate::field::dtg::operating_signals;
use crate::header::line::{LineKind, classify, format_line};
use crate::lines::{Cut, Line};
use crate::value::in_one_line;

/// Whether an addressee's line breaks off in the middle of the name or of the office symbols.
fn breaks_off(text: &str) -> bool {
    const KINDS: [&str; 5] = ["AMEMBASSY", "AMCONSUL", "USMISSION", "OF", "AND"];
    let last = text.rsplit([' ', '/']).next().unwrap_or_default();
    KINDS.contains(&last) || (text.ends_with(['/', '-']) && !text.ends_with("//"))
}

/// Whether a line goes on with the addressee of the line before.
pub(super) fn continues(before: &str, next: &Line<'_>) -> bool {
    let text = next.trimmed();
    // The dearest questions last: few lines look as if they went on with another.
    !text.is_empty()
        && looks_continued(before, next)
        && !addressee::has_routing_indicator(text)
        && format_line(text).is_none()
}

/// Whether one line breaks off, or the other begins, as the halves of an addressee do.
fn looks_continued(before: &str, next: &Line<'_>) -> bool {
    let text = next.trimmed();
    if addressee::is_tail(text) {
        return !addressee::has_serial(before);
    }
    let washington = ["WASHDC", "WASHINGTON"].iter().any(|city| text.starts_with(city)) && !before.contains("WASH");
    if washington && !addressee::has_tail(before) {
        return true;
    }
    let symbols = text.starts_with("//") || (text.ends_with("//") && before.matches("//").count() % 2 == 1);
    if symbols {
        return true;
    }
    let wrapped = before.len() >= 60 && addressee::has_routing_indicator(before) && !addressee::has_tail(before);
    let open = breaks_off(before);
    if !(open || wrapped || next.cut == Cut::Inline) {
        return false;
    }
    match classify(text) {
        LineKind::Plain => true,
        LineKind::Addressee => open && !text.starts_with("AM"),
        _ => false,
    }
}

/// Adds the signals of a line to those of the line before, where it goes on with them: within an open bracket, with another
/// bracket or signal, or, after any signal of a date-time group, with the words of a remark.
pub(super) fn go_on_with_signals<'a>(list: &mut Vec<Cow<'a, str>>, text: &'a str, with_remarks: bool) -> bool {
    let mut rest = text;
    if let Some(open) = list.last_mut().filter(|last| last.starts_with('(') && !last.ends_with(')')) {
        // A bracket is one remark from where it opens to where it closes.
        let end = text.find(')').map_or(text.len(), |at| at + 1);
        let (inner, after) = text.split_at_checked(end).unwrap_or((text, ""));
        *open = Cow::Owned(format!("{open} {}", in_one_line(inner)));
        rest = after;
    } else if !(text.starts_with('(') || text.get(..3).is_some_and(is_signal) || with_remarks && !list.is_empty()) {
        return false;
    }
    let signals = operating_signals(rest).map(|(_, signals)| signals).unwrap_or_default();
    list.extend(signals.into_iter().map(in_one_line));
    true
}

/// Whether three letters are an operating signal.
fn is_signal(word: &str) -> bool {
    crate::knowledge::operating_signal(word).is_some()
}
