//! The cable in a terminal: names of regions in the margin, diagnostics under their spot.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use cablegram::{Region, RegionKind, Severity, Span};

use crate::marked::{Family, Marked, name};

/// Lines are not cut: whoever looks has a pager.
const WIDTH: usize = 100_000;

/// All of it, in colours or without.
pub(crate) fn shown(marked: &Marked, in_colours: bool) -> String {
    if marked.text.is_empty() {
        return values(marked);
    }
    let lines = lines(marked, if in_colours { style } else { |_| Style::new() });
    let margin = lines.iter().map(|line| line.name.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    let plain = rendered(marked, &Renderer::plain());
    let styled = if in_colours { rendered(marked, &Renderer::styled()) } else { plain.clone() };
    // The renderer sets each line of the cable, and under it what is said; the cable's own colours take the line's place.
    // Its first line is empty.
    for (plain, styled) in plain.lines().zip(styled.lines()).skip(1) {
        match number(plain).and_then(|(number, gutter)| Some((gutter, lines.get(number.checked_sub(1)?)?))) {
            Some((gutter, line)) => line.write(gutter, margin, &mut out),
            None => write_row("", Style::new(), margin, styled, &mut out),
        }
    }
    if !marked.diagnostics.is_empty() {
        write_counts(marked, &mut out);
    }
    out
}

/// The values and diagnostics of a cable whose text is not there.
fn values(marked: &Marked) -> String {
    let keys = marked.json.as_object().into_iter().flatten();
    let keys =
        keys.filter(|(key, value)| !matches!(key.as_str(), "source" | "diagnostics" | "regions") && !value.is_null());
    let mut out = String::new();
    for (key, value) in keys {
        let value = value.as_str().map_or_else(|| value.to_string(), crate::page::one_line);
        let _ = writeln!(out, "{key:>16} {value}");
    }
    for note in &marked.diagnostics {
        let _ = writeln!(out, "{note}");
    }
    write_counts(marked, &mut out);
    out
}

/// A line of the cable: what it is, and its parts.
struct Line<'m> {
    name: String,
    style: Style,
    parts: Vec<(Style, &'m str)>,
}

impl Line<'_> {
    fn write(&self, gutter: &str, margin: usize, out: &mut String) {
        let mut text = format!("{gutter} ");
        for (style, part) in &self.parts {
            // Writing to a string cannot fail.
            let _ = write!(text, "{style}{part}{style:#}");
        }
        write_row(&self.name, self.style, margin, &text, out);
    }
}

fn write_row(name: &str, style: Style, margin: usize, text: &str, out: &mut String) {
    let _ = writeln!(out, "{style}{name:>margin$}{style:#} {}", text.trim_end());
}

/// The lines with their regions. A name stands where its region begins.
fn lines(marked: &Marked, style: fn(Family) -> Style) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut regions = marked.regions.iter().peekable();
    let mut start = 0;
    let mut last = None;
    for line in marked.text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len());
        start = span.end;
        let mut here: Vec<&Region> = Vec::new();
        while let Some(region) = regions.next_if(|region| region.span.start < span.end) {
            here.push(region);
            if region.span.end > span.end {
                break;
            }
        }
        let text = |region: &Region| {
            let part = Span::new(region.span.start.max(span.start), region.span.end.min(span.end));
            marked.slice(part).trim_end_matches('\n')
        };
        let begun: Vec<&Region> = last.into_iter().chain(here.iter().copied()).collect();
        let parts = begun.iter().map(|region| (style(Family::of(region.kind)), text(region))).collect();
        let mut kinds: Vec<RegionKind> = Vec::new();
        for region in here.iter().filter(|region| region.kind != RegionKind::Blank) {
            if !kinds.contains(&region.kind) {
                kinds.push(region.kind);
            }
        }
        let name = kinds.iter().map(|kind| name(*kind)).collect::<Vec<_>>().join(", ");
        let family = begun.first().map_or(Family::Blank, |region| Family::of(region.kind));
        lines.push(Line { name, style: style(family), parts });
        last = begun.last().copied().filter(|region| region.span.end > span.end);
    }
    lines
}

/// The text with what is said about it, as annotate-snippets sets it.
fn rendered(marked: &Marked, renderer: &Renderer) -> String {
    let mut snippet = Snippet::source(&marked.text).fold(false);
    for (_, wording, spot) in marked.messages() {
        let kind = if wording.severity == Severity::Note { AnnotationKind::Context } else { AnnotationKind::Primary };
        let label = format!("{}[{}]: {}", wording.severity, wording.code, crate::page::one_line(&wording.message));
        snippet = snippet.annotation(kind.span(spot.start..spot.end).label(label));
    }
    let worst = marked.diagnostics.iter().map(|wording| wording.severity).max();
    let level = if worst == Some(Severity::Error) { Level::ERROR } else { Level::WARNING };
    renderer.clone().term_width(WIDTH).render(&[Group::with_level(level).element(snippet)])
}

/// The number of the line of the cable that a rendered line shows, and what stands before its text.
fn number(rendered: &str) -> Option<(usize, &str)> {
    let digits = rendered.trim_start();
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = digits.strip_suffix(after)?.parse().ok()?;
    after.starts_with(" |").then_some(())?;
    let gutter = rendered.get(..rendered.len() - after.len() + 2)?;
    Some((number, gutter))
}

fn write_counts(marked: &Marked, out: &mut String) {
    let count = |severity| marked.diagnostics.iter().filter(|wording| wording.severity == severity).count() as u64;
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let wording: Vec<String> =
        counts.iter().map(|(severity, name)| crate::documents::console::count(count(*severity), name)).collect();
    let _ = writeln!(out, "\n{}: {}", marked.place, wording.join(", "));
}

fn style(family: Family) -> Style {
    let colour = match family {
        Family::Unrecognised => return AnsiColor::White.on(AnsiColor::Red).bold(),
        Family::Furniture => return Style::new().dimmed(),
        Family::Subject => return AnsiColor::Magenta.on_default().bold(),
        Family::Heading => return Style::new().bold(),
        Family::Body | Family::Blank => return Style::new(),
        Family::Envelope => AnsiColor::BrightBlue,
        Family::Origin => AnsiColor::Cyan,
        Family::Addressees => AnsiColor::Green,
        Family::Marking => AnsiColor::Red,
        Family::Tags => AnsiColor::Yellow,
        Family::References => AnsiColor::BrightMagenta,
        Family::Signature => AnsiColor::Magenta,
        Family::Attributes => AnsiColor::BrightCyan,
    };
    colour.on_default()
}
