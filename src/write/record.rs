//! A record of the archive of 1973 to 1979: the message with its PAGE lines, and the Message Attributes.

use std::borrow::Cow;

use crate::cable::Cable;
use crate::field::caption;
use crate::parser::Parser;
use crate::write::body::{self, Layout};
use crate::write::copy::{EXTRACT, format_lines, sections};
use crate::write::heading::Without;
use crate::write::sheet::Sheet;
use crate::write::{attributes, head};

pub(super) fn write(cable: &Cable<'_>, layout: Layout, sheet: &mut Sheet) {
    let mut trailer = Sheet::default();
    if let Some(attributes) = &cable.attributes {
        attributes::trailer(attributes, &mut trailer);
    }
    let trailer = trailer.finish();
    // What the attributes say alone the text need not say, where it says nothing else.
    let filled = Parser::new().parse(&trailer).map(|read| read.cable).unwrap_or_default();
    if cable.attributes.is_some() && filled == *cable {
        return sheet.lines(&trailer);
    }
    sheet.line("Message Text");
    sheet.wide_gap();
    message(cable, &filled, layout, sheet);
    sheet.wide_gap();
    banner(cable, sheet);
    sheet.gap();
    sheet.line("NNN");
    if !trailer.is_empty() {
        sheet.wide_gap();
        sheet.lines(&trailer);
    }
}

fn message(cable: &Cable<'_>, filled: &Cable<'_>, layout: Layout, sheet: &mut Sheet) {
    if cable.partial {
        sheet.line(EXTRACT);
        sheet.gap();
    }
    page(cable, 1, sheet);
    let without = Without {
        from: cable.from == filled.from,
        // The attributes fill addressees where there are none at all.
        to: cable.to == filled.to && cable.info.is_empty() && cable.exempted.is_empty(),
        order: cable.executive_order == filled.executive_order,
    };
    format_lines(cable, without, sheet);
    sheet.gap();
    let (handling, below) = head::captions(without_filled(&cable.captions, &filled.captions));
    // Without a level only a padded number makes it a classification line.
    let digits = if cable.classification.is_some() { 4 } else { 6 };
    head::class_line(cable, digits, handling, sheet);
    head::write(cable, below, without.order, sheet);
    let turn = |section: u8, sheet: &mut Sheet| {
        banner(cable, sheet);
        sheet.gap();
        page(cable, section, sheet);
    };
    body::write(cable, cable.signature.as_deref(), layout, turn, sheet);
}

/// The captions without those that the attributes added and that no line of a telegram can have.
fn without_filled<'c, 'a>(captions: &'c [Cow<'a, str>], filled: &[Cow<'_, str>]) -> &'c [Cow<'a, str>] {
    let own = captions.len().checked_sub(filled.len()).and_then(|own| captions.split_at_checked(own));
    let unwritable = filled.iter().any(|words| caption::captions(words).is_none());
    own.filter(|(_, added)| unwritable && *added == filled).map_or(captions, |(own, _)| own)
}

/// The classification as it stands above and below each page.
fn banner(cable: &Cable<'_>, sheet: &mut Sheet) {
    if let Some(classification) = &cable.classification {
        sheet.gap();
        sheet.line(classification.level);
    }
}

/// ```text
/// page = banner "PAGE" SP 2DIGIT SP post SP 5DIGIT [ SP 2DIGIT SP "OF" SP 2DIGIT ] [ SP time ]
/// ```
fn page(cable: &Cable<'_>, page: u8, sheet: &mut Sheet) {
    let Some(mrn) = &cable.mrn else { return };
    banner(cable, sheet);
    sheet.gap();
    let post: String = head::post_name(mrn).chars().take(6).collect();
    let of = sections(cable).map(|of| format!("  {page:02} OF {of:02}")).unwrap_or_default();
    let time = cable.dtg.as_ref().and_then(|dtg| dtg.utc).map(|utc| utc.format("  %d%H%MZ").to_string());
    sheet.line(format_args!("PAGE {page:02}  {} {:05}{of}{}", post.trim_end(), mrn.number, time.unwrap_or_default()));
    sheet.gap();
}
