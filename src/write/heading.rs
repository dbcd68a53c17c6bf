//! Format lines 1 to 9, and the blocks of offices and drafters.

use std::fmt::Write;

use crate::cable::Cable;
use crate::field::distribution::{Distribution, DistributionRole, OfficeCopies};
use crate::field::drafting::Drafting;
use crate::field::dtg::CenturyRule;
use crate::field::transmission::Transmission;
use crate::header::{self, Extent};
use crate::lines::Report;
use crate::write::sheet::{Sheet, WIDTH, as_read, wrapped};

/// Format lines 1 to 9.
pub(super) fn format_lines(cable: &Cable<'_>, without: Without, sheet: &mut Sheet) {
    if let Some(transmission) = &cable.transmission {
        format_lines_1_to_4(transmission, sheet);
    }
    match (&cable.precedence, &cable.dtg) {
        (Some(precedence), Some(dtg)) => sheet.line(format_args!("{precedence} {dtg}")),
        (None, Some(dtg)) => sheet.line(dtg),
        // No telegram has the one without the other.
        (_, None) => {}
    }
    if let Some(from) = cable.from.as_ref().filter(|_| !without.from) {
        sheet.line(format_args!("FM {from}"));
    }
    addressees(cable, without, sheet);
}

/// What is left to the Message Attributes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Without {
    pub(super) from: bool,
    pub(super) to: bool,
    pub(super) order: bool,
}

fn format_lines_1_to_4(transmission: &Transmission<'_>, sheet: &mut Sheet) {
    if let Some(id) = &transmission.id {
        sheet.line(id);
    }
    if let Some(precedence) = transmission.precedence {
        let letter = precedence.letter();
        sheet.line(wrapped(&format!("{letter}{letter}"), &transmission.routing_indicators.join(" "), ""));
    }
    if let Some(station) = &transmission.station {
        let mut line = format!("DE {station}");
        if let Some(serial) = &transmission.serial {
            let _ = write!(line, " #{serial}");
        }
        if let Some(section) = transmission.section.as_ref().filter(|_| transmission.serial.is_some()) {
            let _ = write!(line, "/{section}");
        }
        if let Some(time) = &transmission.filing_time {
            let _ = write!(line, " {time}");
        }
        sheet.line(line);
    }
    if let Some(security) = &transmission.security {
        sheet.line(security);
    }
}

/// Format lines 7 to 9: the label before the first name of a list, or before each, where a name alone would be read as
/// the end of the one above it.
fn addressees(cable: &Cable<'_>, without: Without, sheet: &mut Sheet) {
    let none = Vec::new();
    let to = if without.to { &none } else { &cable.to };
    let lists = [("TO", to), ("INFO", &cable.info), ("XMT", &cable.exempted)];
    let mut once = String::new();
    let mut each = String::new();
    for (label, list) in lists {
        for (index, addressee) in list.iter().enumerate() {
            let first = if index == 0 { format!("{label} ") } else { String::new() };
            let _ = writeln!(once, "{first}{addressee}");
            let _ = writeln!(each, "{label} {addressee}");
        }
    }
    if once.is_empty() {
        return;
    }
    // After FM no line of them is taken for the first of a heading.
    let same = |text: &str| {
        let text = format!("FM AMEMBASSY OSLO\n{text}");
        let lines = as_read(&text);
        let (read, used) = header::read(&lines, Extent::Unknown, CenturyRule::default(), &mut Report::default());
        used == lines.len() && read.to == *to && read.info == cable.info && read.exempted == cable.exempted
    };
    let text = if same(&once) || !same(&each) { once } else { each };
    sheet.lines(&text);
}

/// The block of offices:
///
/// ```text
/// ACTION EB-11
///
/// INFO  OCT-01  ARA-16 ...
///       DRC-01  /032 W
/// ```
pub(super) fn distribution(block: &Distribution<'_>, sheet: &mut Sheet) {
    let role = block.role.map(|role| match role {
        DistributionRole::Action => "ACTION ",
        DistributionRole::Origin => "ORIGIN ",
    });
    let sum = match (block.total, block.direction) {
        (Some(total), Some(direction)) => format!("/{total:03} {direction}"),
        (Some(total), None) => format!("/{total:03}"),
        (None, Some(direction)) => format!("(ISO) {direction}"),
        (None, None) => String::new(),
    };
    let of_last = |last: bool| if last { sum.as_str() } else { "" };
    if role.is_some() || !block.offices.is_empty() {
        offices(role.unwrap_or_default(), &block.offices, of_last(block.info.is_empty()), sheet);
    }
    if !block.info.is_empty() {
        sheet.gap();
        offices("INFO  ", &block.info, of_last(true), sheet);
    }
}

/// `line = label office *( 2SP office ) [ 2SP sum ]`, further lines set in
fn offices(label: &str, list: &[OfficeCopies<'_>], sum: &str, sheet: &mut Sheet) {
    let mut line = label.to_owned();
    let mut begins = true;
    let items = list.iter().map(|office| format!("{}-{:02}", office.office, office.copies));
    for item in items.chain(Some(sum.to_owned()).filter(|sum| !sum.is_empty())) {
        if !begins && line.len() + 2 + item.len() > WIDTH {
            sheet.line(&line);
            line = " ".repeat(6);
        } else if !begins {
            line.push_str("  ");
        }
        line.push_str(&item);
        begins = false;
    }
    sheet.line(line);
}

/// The block of drafters. A block needs one of its first two labels to begin with.
pub(super) fn drafting(block: &Drafting<'_>, sheet: &mut Sheet) {
    let mut drafters = block.drafted_by.iter();
    if let Some(first) = drafters.next() {
        sheet.line(format_args!("DRAFTED BY {first}"));
        for drafter in drafters {
            sheet.line(drafter);
        }
    } else if block.approved_by.is_empty() {
        sheet.line("DRAFTED BY");
    }
    for officer in &block.approved_by {
        sheet.line(format_args!("APPROVED BY {officer}"));
    }
    let mut cleared = block.cleared_by.iter();
    if block.approved_by.is_empty()
        && let Some(first) = cleared.next()
    {
        sheet.line(format_args!("CLEARED BY {first}"));
    }
    for officer in cleared {
        sheet.line(officer);
    }
    if !block.desired_distribution.is_empty() {
        sheet.line("DESIRED DISTRIBUTION");
        for line in &block.desired_distribution {
            sheet.line(line);
        }
    }
}
