//! Writes a cable back: the canonical telegram of its family.
//!
//! ```text
//! transmission copy = format-lines 1 to 9, BT, class-line, head, text, signature, BT, format-lines 15 and 16
//! archive record    = "Message Text" PAGE-line offices drafting format-lines 5 to 9 class-line head text "NNN" attributes
//! record of SMART   = banner, labelled lines, text, labelled lines
//! ```
//!
//! What reads in one way alone is written in one way. Where a layout may be read otherwise (a wrapped list, a name that
//! ends a text and is no signature), the layouts are tried in their order, and the first that reads back is taken.

pub(crate) mod attributes;
mod body;
mod copy;
mod head;
mod heading;
mod record;
mod sheet;
mod smart;

use crate::cable::{Cable, Format};
use crate::parser::Parser;
use crate::write::body::Layout;
use crate::write::sheet::Sheet;

/// The error of a cable that does not round-trip: its telegram is read as another cable.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the cable does not round-trip: fields differ: {}", .fields.join(", "))]
#[non_exhaustive]
pub struct WriteError {
    /// The fields that differ, by their names in the JSON.
    pub fields: Vec<&'static str>,
    /// The telegram that comes nearest.
    pub telegram: String,
}

impl Cable<'_> {
    /// Writes the cable as the canonical telegram of its family: a transmission copy, a record of the archive, or one of
    /// SMART. The telegram parses to an equal cable.
    ///
    /// What no field holds is made canonical:
    ///
    /// * Diagnostics and regions. Numbers that were repaired are written as they should have been, and a label has its
    ///   colon.
    /// * The order of the fields. Captions stand below the classification line, one a line.
    /// * Line breaks in the text head. The text keeps its own lines.
    /// * Page furniture, stamps, notices and repeated message headers. The page lines of later sections are put between
    ///   paragraphs, at even distances.
    /// * Why a cable is partial: an extract states it in its first line.
    ///
    /// ```
    /// let text = "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 6973\nUNCLAS OSLO 461\n\n\
    ///             TAGS SENVEFIS NO\nSUBJ: FISH\n\n11. (U) Cod.\n\nHALVORSEN\n";
    /// let cable = cablegram::parse(text)?.cable;
    /// let telegram = cable.to_telegram()?;
    /// assert_eq!(telegram, "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 6973\n\nUNCLAS OSLO 000461\n\n\
    ///             TAGS: SENV, EFIS, NO\nSUBJECT: FISH\n\n1. (U) Cod.\n\nHALVORSEN\n");
    /// assert_eq!(cablegram::parse(&telegram)?.cable, cable);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Nearly every cable that was parsed from a text has a telegram. What a telegram cannot hold: a year, a post or a
    /// number that the document's name alone gave (read the telegram with that name:
    /// [`Parser::parse_named`](crate::Parser::parse_named)), a century other than that of the default
    /// [`CenturyRule`](crate::CenturyRule), and a few heavy damages, such as the labels of a head that broke up so that they
    /// are read as text. A cable that was changed, or read from JSON, may hold more: a TAG that is a sentence, a reference
    /// whose year or post is not that of its text.
    ///
    /// # Errors
    /// [`WriteError`] names the fields that would be lost or changed, and has the telegram without them.
    pub fn to_telegram(&self) -> Result<String, WriteError> {
        let mut nearest: Option<WriteError> = None;
        for layout in Layout::ALL {
            let telegram = telegram(self, layout);
            // What is not read as a cable holds nothing.
            let read = Parser::new().parse(&telegram);
            let fields = match &read {
                Ok(read) => self.differences(&read.cable),
                Err(_) => self.differences(&Cable::default()),
            };
            if fields.is_empty() {
                return Ok(telegram);
            }
            // Layouts differ in the text alone.
            let in_text = fields.iter().any(|field| OF_LAYOUT.contains(field));
            if nearest.as_ref().is_none_or(|nearest| fields.len() < nearest.fields.len()) {
                nearest = Some(WriteError { fields, telegram });
            }
            if !in_text {
                break;
            }
        }
        Err(nearest.unwrap_or_default())
    }

    /// Writes the cable as [`Cable::to_telegram`] does, also where the telegram loses or changes fields when it is read.
    pub fn to_telegram_lossy(&self) -> String {
        self.to_telegram().unwrap_or_else(|error| error.telegram)
    }
}

/// The fields that depend on the layout of the text.
const OF_LAYOUT: [&str; 4] = ["body", "signature", "partial", "classified_by"];

/// The telegram in one layout.
fn telegram(cable: &Cable<'_>, layout: Layout) -> String {
    let mut sheet = Sheet::default();
    match cable.format {
        Format::Acp127 | Format::Other => copy::write(cable, layout, &mut sheet),
        Format::Archive => record::write(cable, layout, &mut sheet),
        Format::Smart => smart::write(cable, layout, &mut sheet),
    }
    sheet.finish()
}
