//! The cable as one page: the text with its regions, what was read from each beside it, diagnostics, fields.

use std::fmt::Write as _;

use cablegram::{Diagnostic, Region, RegionKind, Severity, Span};
use serde_json::{Map, Value};

use crate::marked::{Family, Marked, meaning, name};
use crate::page::{STYLE, escaped, fill};

const TEMPLATE: &str = include_str!("page.html");
const STYLE_OF_CABLES: &str = include_str!("page.css");

/// The fields in the order in which the JSON has them.
const FIELDS: [&str; 28] = [
    "source",
    "format",
    "partial",
    "mrn",
    "transmission",
    "distribution",
    "drafting",
    "precedence",
    "dtg",
    "from",
    "to",
    "info",
    "exempted",
    "classification",
    "section",
    "captions",
    "pass_lines",
    "corrected_copy",
    "executive_order",
    "tags",
    "subject",
    "subject_mark",
    "references",
    "classified_by",
    "summary",
    "comment",
    "signature",
    "attributes",
];

/// The page.
pub(crate) fn page(marked: &Marked) -> String {
    let string = |pointer: &str| marked.json.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let title = if string("/mrn/id").is_empty() { &marked.place } else { string("/mrn/id") };
    let facts = ["/dtg/text", "/from/name", "/classification/level"].map(string);
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    fill(
        TEMPLATE,
        &[
            ("style", &(STYLE.to_owned() + STYLE_OF_CABLES)),
            ("title", &escaped(title)),
            ("subject", &escaped(string("/subject"))),
            ("facts", &escaped(&facts.join(" \u{b7} "))),
            ("place", &escaped(&marked.place)),
            ("legend", &legend(marked)),
            ("rows", &rows(marked).iter().map(|row| row.html(marked)).collect::<String>()),
            ("diagnostics", &diagnostics(marked)),
            ("fields", &fields(marked)),
        ],
    )
}

/// Stretches of the text that stand together: whole lines of one kind, and what lies among them.
struct Row<'m> {
    regions: Vec<&'m Region>,
    /// The kinds whose values stand beside a row before it.
    shown: Vec<RegionKind>,
    /// What it shows: the first that is not blank.
    kind: RegionKind,
    /// Which block of the body begins in it.
    block: Option<usize>,
}

/// The rows of a cable. A new one begins with a line of another kind, and with each block of the body.
fn rows(marked: &Marked) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for region in &marked.regions {
        let begins = |at: &Option<usize>| at.is_some_and(|at| region.span.start <= at && at < region.span.end);
        let block = marked.blocks.iter().position(begins);
        let at_line = marked.slice(Span::new(0, region.span.start)).ends_with('\n');
        match rows.last_mut() {
            Some(row) if row.kind == RegionKind::Blank && row.block.is_none() => {
                (row.kind, row.block) = (region.kind, block);
                row.regions.push(region);
            }
            Some(row)
                if region.kind == RegionKind::Blank || !at_line || (row.kind == region.kind && block.is_none()) =>
            {
                row.regions.push(region);
            }
            _ => rows.push(Row { regions: vec![region], shown: Vec::new(), kind: region.kind, block }),
        }
    }
    let mut shown: Vec<RegionKind> = Vec::new();
    for row in &mut rows {
        row.shown.clone_from(&shown);
        shown.extend(row.regions.iter().map(|region| region.kind));
        shown.sort_unstable();
        shown.dedup();
    }
    rows
}

impl Row<'_> {
    fn html(&self, marked: &Marked) -> String {
        let mut text = String::new();
        let mut kinds: Vec<RegionKind> = Vec::new();
        for region in &self.regions {
            if region.kind != RegionKind::Blank && !kinds.contains(&region.kind) {
                kinds.push(region.kind);
            }
            let shown = pieces(marked, region.span);
            if region.kind == self.kind || region.kind == RegionKind::Blank {
                text.push_str(&shown);
            } else {
                let (class, name) = (Family::of(region.kind).class(), name(region.kind));
                // Writing to a string cannot fail.
                let _ = write!(text, "<span class=\"inside {class}\" title=\"{name}\">{shown}</span>");
            }
        }
        let class = Family::of(self.kind).class();
        // A page drops the line end after <pre>: one of the cable's own would be lost.
        if kinds.is_empty() {
            return format!("<li class=\"row {class}\"><pre>\n{text}</pre></li>\n");
        }
        let notes: String = kinds.iter().map(|kind| self.note(*kind, marked)).collect();
        format!("<li class=\"row {class}\" tabindex=\"0\"><pre>\n{text}</pre><div class=\"read\">{notes}</div></li>\n")
    }

    /// The name of a region, and what was read from it.
    fn note(&self, kind: RegionKind, marked: &Marked) -> String {
        let value = match (Family::of(kind), self.block) {
            (Family::Body | Family::Heading, Some(block)) => block_value(marked, block),
            (Family::Heading, None) => "<span class=\"soft\">part of the heading</span>".to_owned(),
            (Family::Body, None) => "<span class=\"soft\">goes on</span>".to_owned(),
            (Family::Furniture, _) => "<span class=\"soft\">in no field</span>".to_owned(),
            (Family::Unrecognised, _) => "<span class=\"error\">not understood</span>".to_owned(),
            (Family::Attributes, _) => "<a href=\"#field-attributes\">attributes</a>".to_owned(),
            _ if self.shown.contains(&kind) => "<span class=\"soft\">as above</span>".to_owned(),
            _ => pointers(kind).iter().map(|pointer| named(marked, pointer, kind)).collect(),
        };
        let value = if value.is_empty() { "<span class=\"soft\">nothing was read</span>" } else { &value };
        format!("<div class=\"value\"><h3 title=\"{}\">{}</h3>{value}</div>", escaped(meaning(kind)), name(kind))
    }
}

/// What the JSON has at a place: a field alone on its line, with its name where that is not the region's; a part of a
/// field after its name.
fn named(marked: &Marked, pointer: &str, kind: RegionKind) -> String {
    let Some(found) = marked.json.pointer(pointer) else { return String::new() };
    let shown = value(found);
    let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
    match shown.is_empty() {
        true => shown,
        false if !parent.is_empty() && !found.is_object() => pair(key, &shown),
        false if pointers(kind).len() > 1 && key != name(kind) => format!("<div>{}{shown}</div>", label(key)),
        false => format!("<div>{shown}</div>"),
    }
}

/// A value after its key; a line does not end between the two.
fn pair(key: &str, shown: &str) -> String {
    // A list is no part of a line.
    if shown.contains("<ul>") {
        return format!("{}{shown}", label(key));
    }
    format!("<span class=\"pair\">{}{shown}</span> ", label(key))
}

fn label(key: &str) -> String {
    format!("<span class=\"key\">{}</span> ", escaped(&key.replace('_', " ")))
}

/// Where the JSON has what a region says.
fn pointers(kind: RegionKind) -> &'static [&'static str] {
    match kind {
        RegionKind::TransmissionId => &["/transmission/id"],
        RegionKind::Routing => &["/transmission/precedence", "/transmission/routing_indicators"],
        RegionKind::Station => &["/transmission/station", "/transmission/serial", "/transmission/filed"],
        RegionKind::Security => &["/transmission/security"],
        RegionKind::Distribution => &["/distribution"],
        RegionKind::Drafting => &["/drafting"],
        RegionKind::Dtg => &["/precedence", "/dtg"],
        RegionKind::From => &["/from"],
        RegionKind::To => &["/to"],
        RegionKind::Info => &["/info"],
        RegionKind::Exempted => &["/exempted"],
        RegionKind::ClassLine => &["/classification", "/section", "/mrn"],
        RegionKind::Caption => &["/captions"],
        RegionKind::PassLine => &["/pass_lines"],
        RegionKind::CorrectedCopy => &["/corrected_copy"],
        RegionKind::ExecutiveOrder => &["/executive_order"],
        RegionKind::Tags => &["/tags"],
        RegionKind::Subject => &["/subject", "/subject_mark"],
        RegionKind::Reference => &["/references"],
        RegionKind::Authority => &["/classified_by"],
        RegionKind::Signature => &["/signature"],
        _ => &[],
    }
}

/// What a block is, without its text.
fn block_value(marked: &Marked, block: usize) -> String {
    let Some(Value::Object(block)) = marked.json.pointer(&format!("/body/{block}")) else { return String::new() };
    let mut block = block.clone();
    block.remove("kind");
    let length = block.remove("text").and_then(|text| Some(text.as_str()?.chars().count()));
    block.insert("characters".to_owned(), length.into());
    value(&Value::Object(block))
}

/// A text with the spots of diagnostics as links to what is said.
fn pieces(marked: &Marked, span: Span) -> String {
    let touches = |spot: &Span| spot.start < span.end && span.start <= spot.end;
    let spots = marked.messages().map(|(number, _, spot)| (number, spot)).filter(|(_, spot)| touches(spot));
    let spots: Vec<(usize, Span)> = spots.collect();
    let inside = |at: &usize| span.start < *at && *at < span.end;
    let mut cuts: Vec<usize> = spots.iter().flat_map(|(_, spot)| [spot.start, spot.end]).filter(inside).collect();
    cuts.extend([span.start, span.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for (start, end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let text = escaped(marked.slice(Span::new(*start, *end)));
        let begun: Vec<&(usize, Span)> = spots.iter().filter(|(_, spot)| spot.start == *start).collect();
        let over = spots.iter().find(|(_, spot)| spot.start <= *start && *end <= spot.end && !spot.is_empty());
        let mark = over.or(begun.first().copied());
        for (number, _) in &begun {
            let _ = write!(out, "<span id=\"at-{number}\"></span>");
        }
        let numbers = begun.iter().map(|(number, _)| number.to_string()).collect::<Vec<_>>().join(" ");
        match mark {
            // Of a spot without width the number is all there is to see.
            Some((number, spot)) if spot.is_empty() => {
                let wording = link(marked, *number, &numbers, "");
                let _ = write!(out, "{wording}{text}");
            }
            Some((number, _)) => out.push_str(&link(marked, *number, &numbers, &text)),
            None => out.push_str(&text),
        }
    }
    out
}

fn link(marked: &Marked, number: usize, numbers: &str, text: &str) -> String {
    let wording = marked.diagnostics.get(number - 1);
    let (severity, code) = wording.map_or(("note", ""), |wording| (severity(wording), wording.code.as_str()));
    let label = if text.is_empty() { format!(" aria-label=\"diagnostic {number}\"") } else { String::new() };
    format!(
        "<a class=\"said {severity}\" href=\"#said-{number}\" title=\"{severity}: {code}\" data-numbers=\"{numbers}\"{label}>{text}</a>"
    )
}

fn severity(wording: &Diagnostic) -> &'static str {
    match wording.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// The kinds that the cable has, in the order of their first places: what each is, and how much of the text.
fn legend(marked: &Marked) -> String {
    let mut kinds: Vec<(RegionKind, usize)> = Vec::new();
    for region in marked.regions.iter().filter(|region| region.kind != RegionKind::Blank) {
        match kinds.iter_mut().find(|(kind, _)| *kind == region.kind) {
            Some((_, bytes)) => *bytes += region.span.len(),
            None => kinds.push((region.kind, region.span.len())),
        }
    }
    let item = |(kind, bytes): (RegionKind, usize)| {
        let (class, name, means) = (Family::of(kind).class(), name(kind), escaped(meaning(kind)));
        format!(
            "<div><dt><span class=\"swatch {class}\"></span>{name}</dt><dd>{means} <span class=\"soft\">{bytes} bytes</span></dd></div>\n"
        )
    };
    kinds.into_iter().map(item).collect()
}

fn diagnostics(marked: &Marked) -> String {
    if marked.diagnostics.is_empty() {
        return "<p>Nothing was repaired, assumed or left over.</p>".to_owned();
    }
    let mut out = "<ol class=\"diagnostics\">\n".to_owned();
    let line_ends: Vec<usize> = marked.text.match_indices('\n').map(|(at, _)| at).collect();
    for (number, wording, spot) in marked.messages() {
        let line = line_ends.partition_point(|end| *end < spot.start) + 1;
        let (severity, code) = (severity(wording), wording.code.as_str());
        let (message, means) = (escaped(&wording.message), escaped(&without_links(wording.code.explanation())));
        let _ = writeln!(
            out,
            "<li id=\"said-{number}\"><a href=\"#at-{number}\">line {line}</a> <strong class=\"{severity}\">{severity}\
             </strong> <code>{code}</code>: {message}<div class=\"soft\">{means}</div></li>"
        );
    }
    out + "</ol>"
}

/// ``[`Cable::partial`](crate::Cable::partial)`` is `Cable::partial`.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in text.split("](").enumerate() {
        out.push_str(if i == 0 { part } else { part.split_once(')').map_or(part, |(_, rest)| rest) });
    }
    out.replace(['[', '`'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fields(marked: &Marked) -> String {
    let mut out = "<dl class=\"fields\">\n".to_owned();
    for field in FIELDS {
        let shown = match marked.json.get(field) {
            Some(Value::Bool(false)) => "no".to_owned(),
            other => other.map(value).unwrap_or_default(),
        };
        let shown = if shown.is_empty() { "<span class=\"soft\">none</span>" } else { &shown };
        let _ = writeln!(out, "<div id=\"field-{field}\"><dt>{field}</dt><dd>{shown}</dd></div>");
    }
    out + "</dl>"
}

/// A value of the JSON; what is absent gives nothing.
fn value(of: &Value) -> String {
    match of {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => escaped(text),
        Value::Array(items) => list(items),
        Value::Object(entries) => object(entries),
    }
}

/// Short items in one line, long ones a line each.
fn list(items: &[Value]) -> String {
    let long = |item: &Value| item.as_object().is_some_and(|entries| entries.len() > 2);
    let shown: Vec<String> = items.iter().map(value).collect();
    match items.first() {
        _ if items.iter().any(long) => format!("<ul><li>{}</li></ul>", shown.join("</li><li>")),
        // Pairs stand apart by themselves.
        Some(Value::Object(_)) => shown.concat(),
        _ => shown.join(", "),
    }
}

/// What names a thing comes first, and without its key.
fn object(entries: &Map<String, Value>) -> String {
    const FIRST: [&str; 8] = ["label", "tag", "office", "name", "id", "level", "text", "number"];
    let place = |key: &str| FIRST.iter().position(|first| *first == key).unwrap_or(FIRST.len());
    let mut entries: Vec<(&str, String)> = entries.iter().map(|(key, entry)| (key.as_str(), value(entry))).collect();
    entries.retain(|(_, shown)| !shown.is_empty());
    entries.sort_by_key(|(key, _)| place(key));
    let shown = entries.iter().enumerate().map(|(i, (key, shown))| match i {
        0 if place(key) < FIRST.len() => format!("<strong class=\"pair\">{shown}</strong> "),
        _ => pair(key, shown),
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_explanations_are_words() {
        let text = "It is partial; [`Cable::partial`](crate::Cable::partial) is true.\n As `X`.";
        assert_eq!(without_links(text), "It is partial; Cable::partial is true. As X.");
    }
}
