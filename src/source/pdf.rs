//! The National Archives' PDF of a telegram: its lines stand one below the other, and keep their blanks.
//!
//! A line is what is shown at one height; the highest is the first. Where it begins on the page does not matter.

use std::borrow::Cow;
use std::collections::BTreeMap;

use lopdf::content::{Content as Operations, Operation};
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId};

use super::{Content, Fault, LOCKED_PDF, SCANNED_PDF};
use crate::decode::Decoded;

/// The longest content of all pages together, unpacked; that of a telegram has some thousand bytes a page.
const CONTENT: usize = 4 << 20;

/// Takes the text out of a PDF.
pub(super) fn open(pdf: &[u8]) -> Result<Content, Fault> {
    let told = |error: lopdf::Error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => LOCKED_PDF,
        error => Fault::Pdf(error.to_string()),
    };
    let options = LoadOptions { max_decompressed_size: Some(CONTENT), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(pdf, options).map_err(told)?;
    let (mut text, mut left) = (String::new(), CONTENT);
    for page in document.page_iter() {
        // All pages together: a thousand of them may share what they show.
        left -= add_page(&document, page, left, &mut text).map_err(told)?.min(left);
    }
    if text.trim().is_empty() {
        let breaks_off = memchr::memmem::rfind(pdf, b"%%EOF").is_none();
        return Err(match document.is_encrypted() {
            true => LOCKED_PDF,
            false if breaks_off => Fault::Pdf("it breaks off".to_owned()),
            false => SCANNED_PDF,
        });
    }
    Ok(Content::of(Decoded { text: Cow::Owned(text), diagnostic: None, cut_off: false }))
}

/// Adds the lines of a page, from top to bottom; gives the length of its content, which has a limit.
fn add_page(document: &Document, page: ObjectId, limit: usize, text: &mut String) -> lopdf::Result<usize> {
    let content = document.get_page_content_with_limit(page, limit)?;
    let fonts = document.get_page_fonts(page)?;
    let mut sheet = Sheet { encodings: encodings(document, &fonts), ..Sheet::default() };
    for operation in Operations::decode_iter(&content) {
        sheet.follow(&operation?);
    }
    sheet.lines.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut height = None;
    for (at, shown) in &sheet.lines {
        if !text.is_empty() && height.is_none_or(|height: f32| (height - at).abs() > 1.0) {
            text.push('\n');
        }
        height = Some(*at);
        text.push_str(shown);
    }
    Ok(content.len())
}

fn encodings<'p>(document: &'p Document, fonts: &BTreeMap<Vec<u8>, &'p Dictionary>) -> BTreeMap<Vec<u8>, Encoding<'p>> {
    let encoding = |font: &&'p Dictionary| font.get_font_encoding_with_limit(document, CONTENT).ok();
    fonts.iter().filter_map(|(name, font)| Some((name.clone(), encoding(font)?))).collect()
}

/// A page as far as it is written.
#[derive(Default)]
struct Sheet<'p> {
    encodings: BTreeMap<Vec<u8>, Encoding<'p>>,
    font: Vec<u8>,
    /// The height of the line that is written.
    height: f32,
    /// What the text matrix stretches heights by.
    scale: f32,
    leading: f32,
    lines: Vec<(f32, String)>,
}

impl Sheet<'_> {
    /// The text operators of PDF: which font, where, what.
    fn follow(&mut self, Operation { operator, operands }: &Operation) {
        let number = |at: usize| operands.get(at).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0);
        match operator.as_str() {
            "BT" => (self.height, self.scale) = (0.0, 1.0),
            "Tf" => self.font = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default().to_vec(),
            "Td" => self.height += number(1) * self.scale,
            "TD" => {
                self.leading = -number(1);
                self.height += number(1) * self.scale;
            }
            "TL" => self.leading = number(0),
            "Tm" => (self.scale, self.height) = (number(3), number(5)),
            "T*" => self.height -= self.leading * self.scale,
            "Tj" | "TJ" => self.show(operands),
            "'" | "\"" => {
                self.height -= self.leading * self.scale;
                self.show(operands);
            }
            _ => {}
        }
    }

    /// Writes strings; a wide gap between two of them is a blank.
    fn show(&mut self, operands: &[Object]) {
        let mut shown = String::new();
        let inner = operands.iter().flat_map(|operand| operand.as_array().map_or(std::slice::from_ref(operand), |a| a));
        for operand in inner {
            match operand {
                Object::String(bytes, _) => shown.push_str(&self.decode(bytes)),
                gap if gap.as_float().is_ok_and(|gap| gap < -200.0) => shown.push(' '),
                _ => {}
            }
        }
        self.lines.push((self.height, shown));
    }

    fn decode(&self, bytes: &[u8]) -> String {
        let known = self.encodings.get(&self.font).and_then(|encoding| Document::decode_text(encoding, bytes).ok());
        known.unwrap_or_else(|| crate::decode::decode(bytes).text.into_owned())
    }
}
