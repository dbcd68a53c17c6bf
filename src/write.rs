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

use std::fmt;

use crate::cable::{Cable, Format};
use crate::parser::Parser;
use crate::write::body::Layout;
use crate::write::sheet::Sheet;

/// Why a cable has no telegram: what its telegram says, read again, is not what the cable says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no telegram says this cable: read again, it differs in {}", .fields.join(", "))]
#[non_exhaustive]
pub struct WriteError {
    /// The fields that differ, by their names in the JSON.
    pub fields: Vec<&'static str>,
}

impl Cable<'_> {
    /// The cable as the canonical telegram of its family: a transmission copy, a record of the archive, or one of SMART.
    ///
    /// Read again, it gives an equal cable: [`Cable::try_to_telegram`] makes sure of it. What is made canonical on the
    /// way is all that no field holds:
    ///
    /// * Diagnostics and regions. Numbers that were repaired are written as they should have been, and a label has its
    ///   colon.
    /// * The order of the fields. Captions stand below the classification line, one a line.
    /// * Where lines of the head break. The text keeps its own lines.
    /// * Page furniture, stamps, notices and repeated headings. The page lines of later sections stand between paragraphs,
    ///   at even distances.
    /// * Why a cable is partial: an extract says so in its first line.
    ///
    /// ```
    /// let text = "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 6973\nUNCLAS OSLO 461\n\n\
    ///             TAGS SENVEFIS NO\nSUBJ: FISH\n\n11. (U) Cod.\n\nHALVORSEN\n";
    /// let cable = cablegram::parse(text)?.cable;
    /// let telegram = cable.to_telegram();
    /// assert_eq!(telegram, "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 6973\n\nUNCLAS OSLO 000461\n\n\
    ///             TAGS: SENV, EFIS, NO\nSUBJECT: FISH\n\n1. (U) Cod.\n\nHALVORSEN\n");
    /// assert_eq!(cablegram::parse(&telegram)?.cable, cable);
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    pub fn to_telegram(&self) -> String {
        let mut plain = None;
        for layout in Layout::ALL {
            let text = telegram(self, layout);
            let same = |read: &Cable<'_>| {
                read.body == self.body && read.signature == self.signature && read.partial == self.partial
            };
            if Parser::new().parse(&text).is_ok_and(|read| same(&read.cable)) {
                return text;
            }
            plain.get_or_insert(text);
        }
        plain.unwrap_or_default()
    }

    /// The same, if it reads back as an equal cable.
    ///
    /// Nearly every cable that was parsed from a text does. What no telegram says: a year, a post or a number that the
    /// document's name alone told (read the telegram with that name: [`Parser::parse_named`](crate::Parser::parse_named)),
    /// a century other than that of the default [`CenturyRule`](crate::CenturyRule), and a few heavy damages, such as the
    /// labels of a head that broke up so that they are read as text.
    ///
    /// A cable that was changed by hand, or read from JSON, may say what no telegram can: a TAG that is a sentence, a
    /// reference whose year or post is not that of its text.
    ///
    /// # Errors
    /// [`WriteError`] names the fields that would be lost or changed.
    pub fn try_to_telegram(&self) -> Result<String, WriteError> {
        let text = self.to_telegram();
        // What is read as no cable says nothing.
        let read = Parser::new().parse(&text).map(|read| read.cable.into_owned()).unwrap_or_default();
        let fields = self.differences(&read);
        if fields.is_empty() { Ok(text) } else { Err(WriteError { fields }) }
    }
}

impl fmt::Display for Cable<'_> {
    /// The canonical telegram: [`Cable::to_telegram`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_telegram())
    }
}

/// The telegram in one layout.
fn telegram(cable: &Cable<'_>, layout: Layout) -> String {
    let mut sheet = Sheet::default();
    match cable.format {
        Format::Acp127 => copy::write(cable, layout, &mut sheet),
        Format::Archive => record::write(cable, layout, &mut sheet),
        Format::Smart => smart::write(cable, layout, &mut sheet),
    }
    sheet.finish()
}
