//! A transmission copy: the format lines of ACP 127.

use crate::cable::Cable;
use crate::field::mrn::Mrn;
use crate::knowledge;
use crate::write::body::{self, Layout};
use crate::write::head;
use crate::write::heading::{self, Without};
use crate::write::sheet::Sheet;

/// What a publisher put in the place of a heading; a partial cable says so in it.
pub(super) const EXTRACT: &str =
    "This record is a partial extract of the original cable. The full text of the original cable is not available.";

pub(super) fn write(cable: &Cable<'_>, layout: Layout, sheet: &mut Sheet) {
    if cable.partial {
        sheet.line(EXTRACT);
        sheet.gap();
    }
    let serial = cable.transmission.as_ref().and_then(|t| t.serial.as_deref()).filter(|_| layout.pages);
    format_lines(cable, Without::default(), sheet);
    if serial.is_some() {
        sheet.line("BT");
    }
    sheet.gap();
    let (handling, below) = head::captions(&cable.captions);
    head::class_line(cable, 6, handling, sheet);
    if let Some(mrn) = cable.mrn.as_ref().filter(|mrn| cable.classification.is_none() && !is_known(mrn)) {
        page_line(mrn, 1, 1, sheet);
    }
    head::write(cable, below, false, sheet);
    let page = |section: u8, sheet: &mut Sheet| {
        if let Some(mrn) = &cable.mrn {
            page_line(mrn, section, sections(cable).unwrap_or(section), sheet);
        }
    };
    body::write(cable, cable.signature.as_deref(), layout, page, sheet);
    if let Some(serial) = serial {
        sheet.line("BT");
        sheet.line(format_args!("#{serial:0>4}"));
        sheet.line("NNNN");
    }
}

/// The heading with the blocks of offices and drafters: these before the date-time group, but nothing stands before format
/// line 1.
pub(super) fn format_lines(cable: &Cable<'_>, without: Without, sheet: &mut Sheet) {
    let transmitted = cable.transmission.is_some();
    if !transmitted {
        offices_and_drafters(cable, sheet);
    }
    heading::format_lines(cable, without, sheet);
    if transmitted {
        offices_and_drafters(cable, sheet);
    }
}

/// Both blocks. The line of dashes ends them.
fn offices_and_drafters(cable: &Cable<'_>, sheet: &mut Sheet) {
    if let Some(block) = &cable.distribution {
        sheet.gap();
        heading::distribution(block, sheet);
    }
    if let Some(block) = &cable.drafting {
        sheet.gap();
        heading::drafting(block, sheet);
    }
    if cable.drafting.is_some() || cable.distribution.is_some() {
        sheet.line(format_args!("{:23}{}     000000", "", "-".repeat(21)));
    }
}

/// How many sections page lines name: their forms have room for two digits.
pub(super) fn sections(cable: &Cable<'_>) -> Option<u8> {
    cable.section.of.filter(|of| *of < 100)
}

/// Whether the post's name alone makes a line with a number a classification line that lost its level.
fn is_known(mrn: &Mrn<'_>) -> bool {
    knowledge::post(&mrn.post).is_some()
}

/// `page-line = post SP 8DIGIT SP 3DIGIT SP "OF" SP 3DIGIT`, the post cut to ten signs
fn page_line(mrn: &Mrn<'_>, section: u8, of: u8, sheet: &mut Sheet) {
    let post: String = head::post_name(mrn).chars().take(10).collect();
    sheet.line(format_args!("{} {:08}  {section:03} OF {of:03}", post.trim_end(), mrn.number));
}
