//! A record of SMART: labelled lines, the text, labelled lines.

use crate::cable::Cable;
use crate::field::addressee::Addressee;
use crate::field::caption;
use crate::field::dtg::CenturyRule;
use crate::field::mrn::Mrn;
use crate::write::body::{self, Layout};
use crate::write::copy;
use crate::write::head::{post_name, reference_lines, tag_list};
use crate::write::sheet::{self, Sheet};

/// After the longest label.
const INDENT: &str = "                 ";

pub(super) fn write(cable: &Cable<'_>, layout: Layout, sheet: &mut Sheet) {
    if holds_telegram(cable) {
        return wrapped(cable, layout, sheet);
    }
    banner(cable, sheet);
    header(cable, sheet);
    body::write(cable, None, layout, |page, sheet| sheet.line(format_args!("Page {page} of {page}")), sheet);
    tail(cable, sheet);
}

/// Whether a field is there that no label has: the record was made of a telegram.
fn holds_telegram(cable: &Cable<'_>) -> bool {
    cable.distribution.is_some()
        || cable.transmission.is_some()
        || cable.precedence.is_some()
        || cable.section.number.is_some()
        || cable.corrected_copy.is_some()
}

/// The labels that make it a record, and the telegram inside, which says the rest.
fn wrapped(cable: &Cable<'_>, layout: Layout, sheet: &mut Sheet) {
    field("MRN:", &cable.mrn.as_ref().map(mrn).unwrap_or_default(), sheet);
    field("From:", cable.from.as_ref().map_or("", |from| &from.name), sheet);
    sheet.gap();
    copy::write(cable, layout, sheet);
}

/// `banner = level [ EOL "SBU" ]`; a caption that says so is enough.
fn banner(cable: &Cable<'_>, sheet: &mut Sheet) {
    let Some(classification) = &cable.classification else { return };
    sheet.line(&classification.text);
    let marked = classification.text.contains("//") || cable.captions.iter().any(|c| caption::is_sensitive(c));
    if cable.is_sensitive() && !marked {
        sheet.line("SBU");
    }
    sheet.gap();
}

fn header(cable: &Cable<'_>, sheet: &mut Sheet) {
    field("MRN:", &cable.mrn.as_ref().map(mrn).unwrap_or_default(), sheet);
    if let Some(dtg) = &cable.dtg {
        let day = dtg.utc.map(|utc| utc.format("%b %-d, %Y / ").to_string());
        field("Date/DTG:", &format!("{}{dtg}", day.unwrap_or_default()), sheet);
    }
    if let Some(from) = &cable.from {
        field("From:", &from.name, sheet);
    }
    addressees("Action:", &cable.to, sheet);
    addressees("Info:", &cable.info, sheet);
    addressees("XMT:", &cable.exempted, sheet);
    if let Some(order) = &cable.executive_order {
        let number = order.number.map(|number| number.to_string()).unwrap_or_default();
        let sign = if order.text.is_empty() || order.number.is_none() { "" } else { ": " };
        field("E.O.:", &format!("{number}{sign}{}", order.text), sheet);
    }
    if !cable.tags.is_empty() {
        field("TAGS:", &tag_list(&cable.tags), sheet);
    }
    if !cable.captions.is_empty() {
        field("Captions:", &cable.captions.join(", "), sheet);
    }
    if !cable.references.is_empty() {
        sheet.line(format_args!("{:17}{}", "Reference:", reference_lines(&cable.references, INDENT)));
    }
    for line in &cable.pass_lines {
        field("Pass Line:", line, sheet);
    }
    let mark = cable.subject_mark.as_ref().map(|mark| format!("({mark}) ")).unwrap_or_default();
    if cable.subject.is_some() || cable.subject_mark.is_some() {
        field("Subject:", &format!("{mark}{}", cable.subject.as_deref().unwrap_or_default()), sheet);
    }
    if let Some(authority) = &cable.classified_by {
        field("Classified By:", &authority.text, sheet);
    }
}

/// `mrn = year SP post SP number`, the year in two digits where they are enough
fn mrn(mrn: &Mrn<'_>) -> String {
    let two = |year: i32| CenturyRule::default().year(year.rem_euclid(100).unsigned_abs()) == year;
    let year = match mrn.year {
        Some(year) if two(year) => format!("{:02} ", year.rem_euclid(100)),
        Some(year) => format!("{year:04} "),
        None => String::new(),
    };
    format!("{year}{} {}", post_name(mrn), mrn.number)
}

fn addressees(label: &str, list: &[Addressee<'_>], sheet: &mut Sheet) {
    for (index, addressee) in list.iter().enumerate() {
        sheet.line(format_args!("{:17}{addressee}", if index == 0 { label } else { "" }));
    }
}

/// A label with its value, set in on the further lines.
fn field(label: &str, value: &str, sheet: &mut Sheet) {
    sheet.lines(&sheet::wrapped(&format!("{label:17}"), value, INDENT));
}

/// Signature and drafting.
fn tail(cable: &Cable<'_>, sheet: &mut Sheet) {
    sheet.gap();
    if let Some(signature) = &cable.signature {
        field("Signature:", signature, sheet);
        sheet.gap();
    }
    let Some(drafting) = &cable.drafting else { return };
    let lists = [
        ("Drafted By:", &drafting.drafted_by),
        ("Cleared By:", &drafting.cleared_by),
        ("Approved By:", &drafting.approved_by),
    ];
    for (label, list) in lists {
        for (index, entry) in list.iter().enumerate() {
            sheet.line(format_args!("{:17}{entry}", if index == 0 { label } else { "" }));
        }
    }
}
