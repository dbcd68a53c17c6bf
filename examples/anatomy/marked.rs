//! A cable's text with what is to be shown of it: regions, diagnostics, values.

use cablegram::source::Opened;
use cablegram::{Block, Diagnostic, Document, Parsed, Region, RegionKind, Span};
use serde_json::Value;

/// A text that can be shown anywhere, and what stands where in it.
pub(crate) struct Marked {
    /// Where it came from.
    pub(crate) place: String,
    /// The text: control characters are others of the same length, each line ends in `\n`.
    pub(crate) text: String,
    pub(crate) regions: Vec<Region>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The spot of each diagnostic.
    pub(crate) spots: Vec<Span>,
    /// The cable as its JSON has it.
    pub(crate) json: Value,
    /// Where each block of the body begins.
    pub(crate) blocks: Vec<Option<usize>>,
}

impl Marked {
    pub(crate) fn new(opened: &Opened, parsed: &Parsed<'_>) -> anyhow::Result<Self> {
        let text = &*opened.text.text;
        let blocks = parsed.cable.body.iter().map(|block| place_of(block, text)).collect();
        let document = Document::new(opened.source.clone(), parsed.clone(), false);
        Ok(Self {
            place: opened.place.to_string(),
            spots: parsed.diagnostics.iter().map(|message| spot(text, message.span)).collect(),
            text: printable(text),
            regions: parsed.regions.clone(),
            diagnostics: parsed.diagnostics.clone(),
            json: serde_json::to_value(document)?,
            blocks,
        })
    }

    /// A cable that was parsed before: its values and diagnostics, without its text.
    pub(crate) fn of_parsed(document: &Document<'_>, place: String) -> anyhow::Result<Self> {
        Ok(Self {
            place,
            text: String::new(),
            regions: Vec::new(),
            diagnostics: document.diagnostics.clone(),
            spots: document.diagnostics.iter().map(|_| Span::default()).collect(),
            json: serde_json::to_value(document)?,
            blocks: Vec::new(),
        })
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        span.slice(&self.text).unwrap_or_default()
    }

    /// The diagnostics with their spots, numbered from 1.
    pub(crate) fn messages(&self) -> impl Iterator<Item = (usize, &Diagnostic, Span)> {
        self.diagnostics.iter().zip(&self.spots).enumerate().map(|(i, (message, spot))| (i + 1, message, *spot))
    }
}

/// The spot of a diagnostic: of what it speaks of, the first line that is not blank.
fn spot(text: &str, span: Span) -> Span {
    let mut start = span.start;
    for line in span.slice(text).unwrap_or_default().split_inclusive(['\n', '\r']) {
        if !line.trim().is_empty() {
            return Span::new(start, start + line.trim_end().len());
        }
        start += line.len();
    }
    Span::new(span.start, span.start)
}

/// Where a block begins: its text lies in the text of the cable.
fn place_of(block: &Block<'_>, text: &str) -> Option<usize> {
    let first = block.text().lines().next()?;
    let at = (first.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (at <= text.len()).then_some(at)
}

/// The text with other characters of the same length for those that a terminal or page would not show, and with one
/// kind of line ends. A cable can so neither move the cursor nor turn the order of letters.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => out.push('\n'),
            '\r' => out.push(if chars.peek() == Some(&'\n') { ' ' } else { '\n' }),
            '\t' => out.push(' '),
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
                out.push('\u{fffd}');
            }
            c if c.is_control() => out.push(if c.len_utf8() == 1 { '?' } else { '\u{bf}' }),
            c => out.push(c),
        }
    }
    out
}

/// The name of a kind: that of the JSON, in words.
pub(crate) fn name(kind: RegionKind) -> String {
    let name = serde_json::to_value(kind).ok();
    name.as_ref().and_then(Value::as_str).unwrap_or("other").replace('_', " ")
}

/// What a region is, to somebody who has never seen a cable.
pub(crate) fn meaning(kind: RegionKind) -> &'static str {
    use RegionKind as Kind;
    match kind {
        Kind::TransmissionId => "names this transmission on its circuit, not the cable",
        Kind::Routing => "precedence, and the stations to which it went",
        Kind::Station => "station it came from, its serial there, day and time of filing",
        Kind::Security => "sent in clear or encrypted, and operating signals",
        Kind::Distribution => "offices of the Department that got copies",
        Kind::Drafting => "who drafted, approved and cleared it",
        Kind::Dtg => "precedence, and date-time group: when it was sent, in Zulu time",
        Kind::From => "originator",
        Kind::To => "action addressees: who shall act on it",
        Kind::Info => "information addressees: who shall know of it",
        Kind::Exempted => "posts of a collective that do not get it",
        Kind::ClassLine => "classification, section, post and number",
        Kind::Caption => "who may see it, or how it is handled",
        Kind::PassLine => "to whom the addressee shall pass it on",
        Kind::CorrectedCopy => "what was corrected since it was first sent",
        Kind::ExecutiveOrder => "order under which it is classified, and until when",
        Kind::Tags => "codes for its subjects, countries, organizations and persons",
        Kind::Subject => "what it is about",
        Kind::Reference => "messages and documents that it cites",
        Kind::Authority => "who classified it, and why",
        Kind::Heading => "heading in the text",
        Kind::Paragraph => "numbered paragraph, with its own classification in brackets",
        Kind::Text => "text outside numbered paragraphs",
        Kind::Signature => "chief of mission, or who signed in the chief's name",
        Kind::PageFurniture => "continuation lines, page turns and banners; part of no value",
        Kind::Stamp => "release or declassification stamp",
        Kind::RepeatedHeading => "second heading of the same message",
        Kind::Notice => "put in by a publisher or an archive",
        Kind::EndOfMessage => "end of the transmission",
        Kind::Attributes => "an indexer's second reading of the cable, from the archive",
        Kind::Blank => "white space",
        Kind::Unrecognised => "not understood",
        _ => "",
    }
}

/// Kinds that are shown alike.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Envelope,
    Origin,
    Addressees,
    Marking,
    Tags,
    Subject,
    References,
    Body,
    Heading,
    Signature,
    Furniture,
    Attributes,
    Blank,
    Unrecognised,
}

impl Family {
    pub(crate) fn of(kind: RegionKind) -> Self {
        use RegionKind as Kind;
        match kind {
            Kind::TransmissionId | Kind::Routing | Kind::Station | Kind::Security | Kind::Distribution => {
                Self::Envelope
            }
            Kind::Drafting | Kind::Dtg | Kind::From => Self::Origin,
            Kind::To | Kind::Info | Kind::Exempted | Kind::PassLine => Self::Addressees,
            Kind::ClassLine | Kind::Caption | Kind::ExecutiveOrder | Kind::Authority | Kind::CorrectedCopy => {
                Self::Marking
            }
            Kind::Tags => Self::Tags,
            Kind::Subject => Self::Subject,
            Kind::Reference => Self::References,
            Kind::Heading => Self::Heading,
            Kind::Paragraph | Kind::Text => Self::Body,
            Kind::Signature => Self::Signature,
            Kind::Attributes => Self::Attributes,
            Kind::Blank => Self::Blank,
            Kind::Unrecognised => Self::Unrecognised,
            // What is no part of the message: page lines, stamps, notices, ends of messages.
            _ => Self::Furniture,
        }
    }

    /// Its class in a page.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Envelope => "f-envelope",
            Self::Origin => "f-origin",
            Self::Addressees => "f-addressees",
            Self::Marking => "f-marking",
            Self::Tags => "f-tags",
            Self::Subject => "f-subject",
            Self::References => "f-references",
            Self::Body => "f-body",
            Self::Heading => "f-heading",
            Self::Signature => "f-signature",
            Self::Furniture => "f-furniture",
            Self::Attributes => "f-attributes",
            Self::Blank => "f-blank",
            Self::Unrecognised => "f-unrecognised",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_has_the_length_of_what_was_read() {
        let text = "A\tB\r\nC\rD\x1b[31m\u{85}\u{202e}\u{feff}\u{e9}\n";
        assert_eq!(printable(text), "A B \nC\nD?[31m\u{bf}\u{fffd}\u{fffd}\u{e9}\n");
        assert_eq!(printable(text).len(), text.len());
    }
}
