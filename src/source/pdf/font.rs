//! A font of a page: what its codes mean, and how far each of them goes.

use lopdf::{Dictionary, Document, Encoding, Object};

/// Code points that a font without widths moves on by, in thousandths: that of a typewriter's letter.
const TYPEWRITER: f32 = 600.0;

/// What is known of a font.
pub(super) struct Font<'p> {
    encoding: Option<Encoding<'p>>,
    /// Whether a code has two bytes.
    is_wide: bool,
    /// Widths of ranges of codes, in thousandths of the size, sorted.
    widths: Vec<(u32, Vec<f32>)>,
    /// Ranges of codes that are all as wide: the first, the last, the width.
    ranges: Vec<(u32, u32, f32)>,
    usual: f32,
}

impl<'p> Font<'p> {
    pub(super) fn new(document: &'p Document, font: &'p Dictionary, limit: usize) -> Self {
        let encoding = font.get_font_encoding_with_limit(document, limit).ok();
        let is_wide = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        let mut out = Self { encoding, is_wide, widths: Vec::new(), ranges: Vec::new(), usual: TYPEWRITER };
        if is_wide {
            out.usual = 1000.0;
            out.read_wide(document, font);
        } else {
            out.read_simple(document, font);
        }
        out.widths.sort_by_key(|(first, _)| *first);
        out.ranges.sort_by_key(|(first, ..)| *first);
        out
    }

    /// `FirstChar`, `Widths`; those of a font drawn by procedures are in the units of its matrix.
    fn read_simple(&mut self, document: &Document, font: &Dictionary) {
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
        let unit = matrix.and_then(|matrix| matrix.first()?.as_float().ok()).map_or(1.0, |unit| unit * 1000.0);
        if let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
            let widths = widths.iter().map(|width| float(document, width) * unit).collect();
            self.widths.push((u32::try_from(first).unwrap_or(0), widths));
        }
    }

    /// `DW`, and `W` with `first [ widths ]` or `first last width`.
    fn read_wide(&mut self, document: &Document, font: &Dictionary) {
        let inner = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let Some(inner) = inner.and_then(|fonts| dictionary(document, fonts.first()?)) else { return };
        if let Ok(usual) = inner.get_deref(b"DW", document) {
            self.usual = float(document, usual);
        }
        let Ok(list) = inner.get_deref(b"W", document).and_then(Object::as_array) else { return };
        let mut items = list.iter();
        while let (Some(first), Some(next)) = (items.next(), items.next()) {
            let first = code(document, first);
            if let Ok(widths) = resolved(document, next).as_array() {
                self.widths.push((first, widths.iter().map(|width| float(document, width)).collect()));
            } else if let Some(width) = items.next() {
                let end = code(document, next);
                self.ranges.push((first, end, float(document, width)));
            }
        }
    }

    /// How far a string goes, in thousandths of the size; how many codes it has, and how many of them are spaces.
    pub(super) fn advance(&self, bytes: &[u8]) -> (f32, f32, f32) {
        let (mut width, mut count, mut spaces) = (0.0, 0.0, 0.0);
        for code in bytes.chunks(if self.is_wide { 2 } else { 1 }) {
            let number = code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
            width += self.width(number);
            count += 1.0;
            spaces += if code == b" " { 1.0 } else { 0.0 };
        }
        (width, count, spaces)
    }

    fn width(&self, code: u32) -> f32 {
        let after = self.widths.partition_point(|(first, _)| *first <= code);
        let range = after.checked_sub(1).and_then(|at| self.widths.get(at));
        let width = range.and_then(|(first, widths)| widths.get(usize::try_from(code - first).ok()?));
        let of_range = || {
            let after = self.ranges.partition_point(|(first, ..)| *first <= code);
            let (_, last, width) = after.checked_sub(1).and_then(|at| self.ranges.get(at))?;
            (code <= *last).then_some(*width)
        };
        width.copied().or_else(of_range).filter(|width| width.is_finite()).unwrap_or(self.usual)
    }

    /// The text of a string. Printing programs give a space for all that looks like one: a tab, one that does not break.
    pub(super) fn decode(&self, bytes: &[u8]) -> String {
        let known = self.encoding.as_ref().and_then(|encoding| Document::decode_text(encoding, bytes).ok());
        let text = known.unwrap_or_else(|| crate::decode::decode(bytes).text.into_owned());
        if text.contains(['\t', '\u{a0}']) { text.replace(['\t', '\u{a0}'], " ") } else { text }
    }
}

fn resolved<'o>(document: &'o Document, object: &'o Object) -> &'o Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

fn dictionary<'o>(document: &'o Document, object: &'o Object) -> Option<&'o Dictionary> {
    resolved(document, object).as_dict().ok()
}

fn float(document: &Document, object: &Object) -> f32 {
    resolved(document, object).as_float().unwrap_or(0.0)
}

fn code(document: &Document, object: &Object) -> u32 {
    resolved(document, object).as_i64().ok().and_then(|code| u32::try_from(code).ok()).unwrap_or(0)
}
