//! A passage of a cable's text, kept as slices of the input.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::record::IntoOwned;
use crate::span::{Span, offset_of};

/// A passage of the body: a paragraph, a heading, a summary.
///
/// It borrows from the input and is joined only when asked for: trailing spaces of each line are removed, and where page
/// furniture was taken out the halves follow each other. Line breaks are kept; [`BodyText::unwrapped`] gives the passage
/// with one line for each paragraph.
///
/// ```
/// use cablegram::BodyText;
///
/// let text = BodyText::from("THE FAIR OPENED ON  \nMONDAY.");
/// assert_eq!(text.to_string(), "THE FAIR OPENED ON\nMONDAY.");
/// assert_eq!(text.unwrapped(), "THE FAIR OPENED ON MONDAY.");
/// ```
#[derive(Clone, Debug, Default)]
pub struct BodyText<'a> {
    first: Cow<'a, str>,
    rest: Vec<(Joint, Cow<'a, str>)>,
}

/// How a piece follows the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// On a new line.
    Line,
    /// After one space, in the same line.
    Blank,
    /// After an empty line.
    Paragraph,
    /// In the same word.
    Word,
}

impl Joint {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "\n",
            Self::Blank => " ",
            Self::Paragraph => "\n\n",
            Self::Word => "",
        }
    }
}

impl<'a> BodyText<'a> {
    /// Adds a piece. Empty pieces are left out.
    pub(crate) fn push(&mut self, joint: Joint, piece: &'a str) {
        let piece = piece.trim_end();
        if piece.is_empty() {
            return;
        }
        if self.first.is_empty() && self.rest.is_empty() {
            self.first = Cow::Borrowed(piece);
        } else {
            self.rest.push((joint, Cow::Borrowed(piece)));
        }
    }

    /// Whether it has no text.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty() && self.rest.is_empty()
    }

    /// Returns the same passage, which owns its text.
    pub fn into_owned(self) -> BodyText<'static> {
        BodyText {
            first: Cow::Owned(self.first.into_owned()),
            rest: self.rest.into_iter().map(|(j, p)| (j, Cow::Owned(p.into_owned()))).collect(),
        }
    }

    /// The passage as a string, borrowed where nothing had to be cut or joined.
    pub fn to_cow(&self) -> Cow<'_, str> {
        if self.rest.is_empty() && !needs_trimming(&self.first) {
            Cow::Borrowed(&self.first)
        } else {
            let length = self.pieces().map(|(joint, piece)| joint.as_str().len() + piece.len()).sum();
            let mut joined = String::with_capacity(length);
            // A string takes whatever is written to it.
            let _ = self.join(&mut joined);
            Cow::Owned(joined)
        }
    }

    /// Writes the passage: its pieces one after the other, and their lines without trailing spaces.
    fn join(&self, out: &mut impl fmt::Write) -> fmt::Result {
        for (i, (joint, piece)) in self.pieces().enumerate() {
            if i > 0 {
                out.write_str(joint.as_str())?;
            }
            if !needs_trimming(piece) {
                out.write_str(piece)?;
                continue;
            }
            for (k, line) in Lines(piece).enumerate() {
                if k > 0 {
                    out.write_char('\n')?;
                }
                out.write_str(line)?;
            }
        }
        Ok(())
    }

    /// The passage with its lines joined by one space; empty lines still part paragraphs, and a bullet or a line set with
    /// columns of spaces keeps its own line. The halves of a word that a hyphen parts at a line's end meet.
    pub fn unwrapped(&self) -> String {
        let whole = self.to_cow();
        let mut out = String::with_capacity(whole.len());
        // Whether the next line keeps its own, and whether a list is open.
        let (mut own_line, mut in_list) = (true, false);
        let mut lines = whole.lines().map(str::trim);
        // Whether the line above has a gap as between columns.
        let mut above = false;
        while let Some(line) = lines.next() {
            let gaps = has_gap(line);
            let wide = if gaps { columns(line) } else { 0 };
            let next = || lines.clone().find(|line| !line.is_empty()).is_some_and(|line| columns(line) > 0);
            // A row stands among others, or has more than two columns.
            let columns = wide > 1 || wide == 1 && (above || next());
            if !line.is_empty() {
                above = wide > 0;
            }
            let bullet =
                is_bullet(line) && (in_list || own_line || out.ends_with(['.', ':', ';', ',', '!', '?', '"', ')']));
            match () {
                () if out.is_empty() => {}
                () if line.is_empty() || bullet || columns || own_line => {
                    if !(line.is_empty() && out.ends_with("\n\n")) {
                        out.push('\n');
                    }
                }
                () if ends_in_half_word(&out) && !is_conjunction(line) => {}
                () => out.push(' '),
            }
            if columns || !gaps {
                out.push_str(line);
            } else {
                let words = line.split([' ', '\t']).filter(|word| !word.is_empty());
                out.extend(words.enumerate().flat_map(|(i, word)| [if i > 0 { " " } else { "" }, word]));
            }
            own_line = line.is_empty() || columns;
            in_list = bullet || in_list && !line.is_empty();
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The passage up to where the first thing was cut out of it, as it stands in the input.
    pub(crate) fn beginning(&self) -> &str {
        &self.first
    }

    /// The lines of the passage, without their trailing spaces.
    ///
    /// Where page furniture was cut out of the middle of a line, its halves count as two.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.first).chain(self.rest.iter().map(|(_, p)| p)).flat_map(|p| p.lines()).map(str::trim_end)
    }

    /// Where the passage stands in the text that it was read from; nowhere when it was not read from it.
    pub(crate) fn span_in(&self, whole: &str) -> Span {
        let last = self.pieces().last().and_then(|(_, piece)| Some(offset_of(piece, whole)? + piece.len()));
        offset_of(&self.first, whole).zip(last).map_or(Span::default(), |(start, end)| Span::new(start, end))
    }

    /// The passage as the parts that lie together in the input.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (Joint, &Cow<'a, str>)> {
        std::iter::once((Joint::Line, &self.first)).chain(self.rest.iter().map(|(j, p)| (*j, p)))
    }
}

/// Whether two spaces stand side by side, or a tab anywhere. All bytes are looked at without a branch, which takes many at
/// once.
fn has_gap(text: &str) -> bool {
    let pairs = text.bytes().zip(text.bytes().skip(1));
    let gap = |(one, next)| u8::from(one == b' ') & u8::from(next == b' ') | u8::from(one == b'\t');
    pairs.fold(0, |any, pair| any | gap(pair)) != 0
}

/// How many gaps of a line may part the columns of a table: three spaces, or a tab alone in a line no longer than one of
/// wrapped text. One gap after a sentence parts none.
fn columns(line: &str) -> usize {
    const WRAPPED: usize = 100;
    let mut count = 0;
    let mut after_sentence = false;
    let (mut blanks, mut tabs, mut before) = (0, 0, b' ');
    for byte in line.bytes() {
        match byte {
            b' ' => blanks += 1,
            b'\t' => tabs += 1,
            _ => {
                if tabs == 0 && blanks >= 3 || blanks == 0 && tabs > 0 && line.len() <= WRAPPED {
                    count += 1;
                    after_sentence = matches!(before, b'.' | b':' | b';' | b'!' | b'?' | b')' | b'"');
                }
                (blanks, tabs, before) = (0, 0, byte);
            }
        }
    }
    if count == 1 && after_sentence { 0 } else { count }
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['-', '*', '•'])
}

/// Whether a line ends in the first half of a word: `Baden-` / `Wuerttemberg`.
fn ends_in_half_word(text: &str) -> bool {
    text.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// Whether a hyphen before this line is not of one word with it: `pre-` / `and post-war`.
fn is_conjunction(line: &str) -> bool {
    ["and ", "or ", "AND ", "OR "].iter().any(|word| line.starts_with(word))
}

/// Whether a line of `text` ends in spaces, or in a carriage return.
fn needs_trimming(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\n', bytes)
        .any(|i| i.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r')))
        || bytes.last().is_some_and(u8::is_ascii_whitespace)
        || memchr::memchr(b'\r', bytes).is_some()
}

impl fmt::Display for BodyText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.join(f)
    }
}

/// How long the line end is that a text begins with: LF, CRLF, CR, or the CRCRLF of a text whose line ends were converted
/// twice.
pub(crate) fn line_end(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\r', b'\n', ..] => 3,
        [b'\r', b'\n', ..] => 2,
        [_, ..] => 1,
        [] => 0,
    }
}

/// Lines without trailing spaces, parted as those of a document are.
struct Lines<'t>(&'t str);

impl<'t> Iterator for Lines<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.0.is_empty() {
            return None;
        }
        let (line, rest) = match memchr::memchr2(b'\n', b'\r', self.0.as_bytes()) {
            Some(i) => {
                let (line, tail) = self.0.split_at_checked(i)?;
                (line, tail.get(line_end(tail)..).unwrap_or_default())
            }
            None => (self.0, ""),
        };
        self.0 = rest;
        Some(line.trim_end())
    }
}

impl PartialEq for BodyText<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.to_cow() == other.to_cow()
    }
}

impl Eq for BodyText<'_> {}

impl Hash for BodyText<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_cow().hash(state);
    }
}

impl IntoOwned for BodyText<'_> {
    type Owned = BodyText<'static>;

    fn into_owned(self) -> BodyText<'static> {
        BodyText::into_owned(self)
    }
}

impl PartialEq<str> for BodyText<'_> {
    fn eq(&self, other: &str) -> bool {
        self.to_cow() == other
    }
}

impl PartialEq<&str> for BodyText<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.to_cow() == *other
    }
}

impl<'a> From<&'a str> for BodyText<'a> {
    fn from(text: &'a str) -> Self {
        Self { first: Cow::Borrowed(text), rest: Vec::new() }
    }
}

impl From<String> for BodyText<'_> {
    fn from(text: String) -> Self {
        Self { first: Cow::Owned(text), rest: Vec::new() }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for BodyText<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_cow())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for BodyText<'_> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as serde::Deserialize>::deserialize(deserializer).map(BodyText::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joints() {
        let mut text = BodyText::default();
        text.push(Joint::Line, "ONE TWO  \nTHREE ");
        text.push(Joint::Blank, "FOUR");
        text.push(Joint::Line, "FIVE");
        text.push(Joint::Paragraph, "SIX");
        assert_eq!(text, "ONE TWO\nTHREE FOUR\nFIVE\n\nSIX");
    }

    #[test]
    fn borrowed_where_nothing_is_cut() {
        assert!(matches!(BodyText::from("A\nB").to_cow(), Cow::Borrowed("A\nB")));
        assert!(matches!(BodyText::from("A \nB").to_cow(), Cow::Owned(_)));
    }

    #[test]
    fn carriage_returns_are_line_ends() {
        assert_eq!(BodyText::from("A\r\nB\rC"), "A\nB\nC");
    }

    #[test]
    fn unwrapped_keeps_bullets_and_columns() {
        const LONG: &str = "They sail from the old \tharbor to the new one, and nobody who lives there has seen them leave in the \t\
                            last seven days.";
        let text = BodyText::from("ONE\nTWO\n\n-- THREE\nFOUR\n- FIVE\nA    1\nB    2");
        assert_eq!(text.unwrapped(), "ONE TWO\n\n-- THREE FOUR\n- FIVE\nA    1\nB    2");
        for (name, text, expected) in [
            ("a dash in a sentence", "the end\n-- it came late -- of", "the end -- it came late -- of"),
            ("a list without stops", "Thus:\n- one\n- two", "Thus:\n- one\n- two"),
            ("a wide gap after a sentence", "it is.    End\nnow", "it is. End now"),
            ("a wide gap in prose", "no   special rules, and\nno others", "no special rules, and no others"),
            ("a tab in prose", "the old \tharbor is late\nand \tdear", "the old harbor is late and dear"),
            ("two tabs in a long line", LONG, &LONG.replace('\t', "")),
            ("one row of three columns", "Thus:\nCod   7   8\nand so on", "Thus:\nCod   7   8\nand so on"),
            ("rows of two columns", "Cod   7\n\nLing   9\nand so on", "Cod   7\n\nLing   9\nand so on"),
            ("rows with tabs", "Cod\t7\nLing\t9", "Cod\t7\nLing\t9"),
            ("half a word", "in Baden-\nWuerttemberg", "in Baden-Wuerttemberg"),
            ("a hyphen before and", "pre-\nand post-war", "pre- and post-war"),
        ] {
            assert_eq!(BodyText::from(text).unwrapped(), expected, "{name}");
        }
    }
}
