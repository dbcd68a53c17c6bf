//! A PDF with text: the National Archives' own, a page that a browser or a word processor printed, a scan with recognised
//! text.
//!
//! [`sheet`] follows what is shown where, [`font`] knows how far each letter goes, and [`layout`] makes lines of it.

use std::borrow::Cow;

use lopdf::content::Content as Operations;
use lopdf::{Document, LoadOptions, Object, ObjectId};

use super::{Content, Fault, LOCKED_PDF, SCANNED_PDF};
use crate::decode::Decoded;
use font::Font;
use sheet::Sheet;

mod font;
mod layout;
mod sheet;

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
    Ok(Content::of(Decoded { text: Cow::Owned(text), diagnostic: None, truncated: false }))
}

/// Width and height of a page, which its parents may have; those of A4 where nothing says.
fn size(document: &Document, page: ObjectId) -> (f32, f32) {
    const A4: (f32, f32) = (595.0, 842.0);
    const DEEPEST: usize = 32;
    let mut node = document.get_dictionary(page).ok();
    for _ in 0..DEEPEST {
        let Some(known) = node else { break };
        if let Ok(corners) = known.get_deref(b"MediaBox", document).and_then(Object::as_array) {
            let corner = |at: usize| corners.get(at).and_then(|corner| corner.as_float().ok()).unwrap_or(0.0);
            return (corner(2) - corner(0), corner(3) - corner(1));
        }
        node = known.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    }
    A4
}

/// Adds the lines of a page; gives the length of its content, which has a limit.
fn add_page(document: &Document, page: ObjectId, limit: usize, text: &mut String) -> lopdf::Result<usize> {
    let content = document.get_page_content_with_limit(page, limit)?;
    let fonts = document.get_page_fonts(page)?;
    let fonts = fonts.into_iter().map(|(name, font)| (name, Font::new(document, font, CONTENT))).collect();
    let mut sheet = Sheet::new(&fonts);
    for operation in Operations::decode_iter(&content) {
        sheet.follow(&operation?);
    }
    layout::write(&sheet.shown, size(document, page), text);
    Ok(content.len())
}
