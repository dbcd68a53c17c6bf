//! The report as one page: charts, and tables that can be sorted.

use std::fmt::Write as _;

use crate::charts::{self, Bar};
use crate::page::{STYLE, escaped, fill};
use crate::{Count, List, Report, percent, share};

const TEMPLATE: &str = include_str!("page.html");
const STYLE_OF_REPORTS: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// How many bars a chart has.
const BARS: usize = 20;

/// The page; its numbers are those of the report, which `--json` writes.
pub(crate) fn page(report: &Report, paths: &str) -> String {
    let tables = tables(report);
    fill(
        TEMPLATE,
        &[
            ("style", &(STYLE.to_owned() + STYLE_OF_REPORTS)),
            ("script", SCRIPT),
            ("paths", &escaped(paths)),
            ("facts", &facts(report)),
            ("charts", &all_charts(report)),
            ("links", &tables.iter().map(Table::link).collect::<String>()),
            ("tables", &tables.iter().map(Table::html).collect::<String>()),
        ],
    )
}

fn facts(report: &Report) -> String {
    let facts = [
        ("documents", grouped(report.documents)),
        ("cables", grouped(report.read)),
        ("refused", grouped(report.refused)),
        ("understood", percent(report.coverage.share)),
        ("bytes", grouped(report.coverage.bytes)),
    ];
    let facts = facts.map(|(name, value)| format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n"));
    facts.concat()
}

fn all_charts(report: &Report) -> String {
    let of = |counts: &[Count]| -> Vec<Bar> {
        let bar = |row: &Count| Bar { name: row.value.clone(), value: number(row.cables), label: grouped(row.cables) };
        counts.iter().map(bar).collect()
    };
    let most = |counts: &[Count]| of(counts.get(..BARS).unwrap_or(counts));
    let tags: Vec<Bar> = report
        .tags
        .most
        .iter()
        .take(BARS)
        .map(|row| Bar { name: row.tag.clone(), value: number(row.cables), label: grouped(row.cables) })
        .collect();
    let fields: Vec<Bar> = report
        .fields
        .iter()
        .map(|row| Bar { name: row.field.to_owned(), value: row.share, label: percent(row.share) })
        .collect();
    let drawn = [
        ("Cables by month", charts::months(&of(&report.months))),
        ("Cables by classification", charts::bars(&of(&report.classifications))),
        ("Cables by precedence", charts::bars(&of(&report.precedences))),
        ("Cables by post, the most frequent", charts::bars(&most(&report.posts))),
        ("Cables by TAG, the most frequent", charts::bars(&tags)),
        ("Fields found, share of the cables", charts::bars(&fields)),
    ];
    let figure = |(title, svg): (&str, String)| {
        format!(
            "<figure><figcaption>{title}</figcaption><div role=\"img\" aria-label=\"{title}; its numbers are in the table below\">{svg}</div></figure>\n"
        )
    };
    drawn.into_iter().map(figure).collect()
}

#[expect(clippy::cast_precision_loss, reason = "the length of a bar")]
fn number(count: usize) -> f64 {
    count as f64
}

/// A number for people: `1,234,567`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The tables that are not empty.
fn tables(report: &Report) -> Vec<Table> {
    let mut tables = counts(report);
    tables.push(what_was_said(report));
    tables.extend(rest(report));
    tables.retain(|table| !table.rows.is_empty());
    tables
}

/// How many cables of each kind there are.
fn counts(report: &Report) -> Vec<Table> {
    let mut out = Vec::new();
    let counts = [
        ("months", "Cables by month", "month", &report.months),
        ("posts", "Cables by post", "post", &report.posts),
        ("classifications", "Cables by classification", "classification", &report.classifications),
        ("precedences", "Cables by precedence", "precedence", &report.precedences),
    ];
    for (id, title, column, rows) in counts {
        let mut table = Table::new(id, title, &[column, ">cables", ">share"]);
        for row in rows {
            table.row(&[text(&row.value), whole(row.cables), part(share(row.cables, report.read))]);
        }
        out.push(table);
    }
    let title = format!("Cables by TAG: {} of {}", grouped(report.tags.most.len()), grouped(report.tags.distinct));
    let mut table = Table::new("tags", &title, &["tag", "name", ">cables", ">share"]);
    for row in &report.tags.most {
        let name = text(row.name.as_deref().unwrap_or_default());
        table.row(&[text(&row.tag), name, whole(row.cables), part(share(row.cables, report.read))]);
    }
    out.push(table);
    let mut table = Table::new("fields", "Fields", &["field", ">cables", ">share", ">values"]);
    for row in &report.fields {
        table.row(&[text(row.field), whole(row.cables), part(row.share), whole(row.values)]);
    }
    out.push(table);
    out
}

/// What the parser said.
fn what_was_said(report: &Report) -> Table {
    let mut table = Table::new("diagnostics", "Diagnostics", &["code", "severity", ">count", ">cables", "first"]);
    for row in &report.diagnostics {
        let first = format!("{}:{}: {}", row.first.path, row.first.line, row.message);
        let severity = row.severity.to_string();
        table.row(&[code(row.code.as_str()), text(&severity), whole(row.count), whole(row.cables), text(&first)]);
    }
    table
}

/// What was not understood, and what was refused.
fn rest(report: &Report) -> Vec<Table> {
    let (unknown, all) = (grouped(report.coverage.unrecognised), grouped(report.coverage.bytes));
    let title = format!("Coverage, worst first: {unknown} of {all} bytes not understood");
    let mut table = Table::new("coverage", &title, &["file", ">bytes", ">unrecognised", ">coverage"]);
    for row in &report.coverage.worst {
        table.row(&[text(&row.path), whole(row.bytes), whole(row.unrecognised), part(row.share)]);
    }
    let mut out = vec![table];
    let lists = [
        ("unrecognised_lines", "Unrecognised lines", &report.unrecognised_lines),
        ("unknown_tags", "TAGS of unknown kind", &report.unknown_tags),
        ("addressees_without_post", "Addressees without a post", &report.addressees_without_post),
        ("references_without_post", "References without a post that is known", &report.references_without_post),
    ];
    for (id, title, List { distinct, count, most }) in lists {
        let title = format!("{title}: {}, {} times", grouped(*distinct), grouped(*count));
        let mut table = Table::new(id, &title, &["value", ">count", ">cables", "first"]);
        for row in most {
            let first = format!("{}:{}", row.first.path, row.first.line);
            table.row(&[text(&row.value), whole(row.count), whole(row.cables), text(&first)]);
        }
        out.push(table);
    }
    let mut table = Table::new("refusals", "Refusals", &["reason", ">documents", "first"]);
    for row in &report.refusals {
        table.row(&[text(row.reason), whole(row.documents), text(&format!("{}: {}", row.path, row.message))]);
    }
    out.push(table);
    out
}

fn text(text: &str) -> String {
    format!("<td>{}</td>", escaped(text))
}

fn code(text: &str) -> String {
    format!("<td><code>{}</code></td>", escaped(text))
}

fn whole(number: usize) -> String {
    format!("<td class=\"number\" data-value=\"{number}\">{}</td>", grouped(number))
}

fn part(share: f64) -> String {
    format!("<td class=\"number\" data-value=\"{share}\">{}</td>", percent(share))
}

/// A table whose columns can be sorted. A column's title that begins with `>` holds numbers.
struct Table {
    id: &'static str,
    title: String,
    columns: Vec<&'static str>,
    rows: String,
}

impl Table {
    fn new(id: &'static str, title: &str, columns: &[&'static str]) -> Self {
        Self { id, title: title.to_owned(), columns: columns.to_vec(), rows: String::new() }
    }

    fn row(&mut self, cells: &[String]) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.rows, "<tr>{}</tr>", cells.concat());
    }

    fn html(&self) -> String {
        let Self { id, title, columns, rows } = self;
        // What has long texts takes the whole width.
        let class = if columns.iter().any(|name| matches!(*name, "first" | "file")) { " class=\"all\"" } else { "" };
        let columns: String = columns.iter().map(|name| head(name)).collect();
        format!(
            "<div{class}><h2 id=\"{id}-title\">{}</h2>\n<section class=\"wide\" aria-labelledby=\"{id}-title\" tabindex=\"0\">\
             <table id=\"{id}\"><thead><tr>{columns}</tr></thead><tbody>\n{rows}</tbody></table></section></div>\n",
            escaped(title)
        )
    }

    /// The way to it: what its title says before its numbers.
    fn link(&self) -> String {
        let title = self.title.split([':', ',']).next().unwrap_or_default();
        format!("<li><a href=\"#{}-title\">{}</a></li>\n", self.id, escaped(title))
    }
}

fn head(column: &str) -> String {
    match column.strip_prefix('>') {
        Some(name) => format!("<th scope=\"col\" class=\"number\"><button type=\"button\">{name}</button></th>"),
        None => format!("<th scope=\"col\"><button type=\"button\">{column}</button></th>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (38_098, "38,098"), (1_234_567, "1,234,567")];
        for (number, wanted) in cases {
            assert_eq!(grouped(number), wanted);
        }
    }
}
