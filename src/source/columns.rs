//! What the cells of a row are: by the names of their columns, or, where these have none, by what stands in them.

use std::borrow::Cow;

use super::{Content, Fault, Metadata, decoded, entities};

/// The dump that has no row of names: what its eight columns are called.
const CLASSIC: [&str; 8] =
    ["row", "created", "reference_id", "origin", "classification", "references", "header", "body"];

/// Names under which the text of a cable is kept, the surest ones first.
const TEXTS: [&str; 19] = [
    "cable_text",
    "full_text",
    "fulltext",
    "message_text",
    "msgtext",
    "body_text",
    "raw_text",
    "text",
    "body",
    "content",
    "contents",
    "message",
    "cable",
    "telegram",
    "plaintext",
    "plain_text",
    "doc_text",
    "document_text",
    "raw",
];
/// Names of its message header, where that has a column of its own.
const HEADERS: [&str; 7] = ["header", "headers", "heading", "head", "envelope", "message_header", "cable_header"];
/// Names of its number, the surest ones first.
const IDS: [&str; 21] = [
    "reference_id",
    "referenceid",
    "refid",
    "ref_id",
    "mrn",
    "message_reference_number",
    "canonical_id",
    "cable_id",
    "cableid",
    "cable_number",
    "document_number",
    "doc_number",
    "doc_nbr",
    "document_id",
    "docid",
    "doc_id",
    "identifier",
    "reference",
    "number",
    "name",
    "id",
];

/// The columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    /// They have names.
    Named(Named),
    /// They have none, or names that do not say it: each row shows which cell is the cable.
    Unnamed(Vec<String>),
}

/// Columns with names, and which of them hold the cable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    names: Vec<String>,
    text: usize,
    header: Option<usize>,
    id: Option<usize>,
}

impl Named {
    /// The columns of these names; nothing where none of them is that of a text.
    pub(super) fn new<S: AsRef<str>>(names: &[S]) -> Option<Self> {
        let names: Vec<String> = names.iter().map(|name| normalised(name.as_ref())).collect();
        let place = |role| key_of(role, &names.iter()).and_then(|key| names.iter().position(|name| name == key));
        let (text, header, id) = (place(Role::Text)?, place(Role::Header), place(Role::Id));
        Some(Self { names, text, header, id })
    }

    /// The dump without a row of names.
    pub(super) fn classic() -> Self {
        let names = CLASSIC.map(str::to_owned).to_vec();
        Self { text: 7, header: Some(6), id: Some(2), names }
    }

    /// Whether these cells are the names themselves.
    pub(super) fn are_names(&self, cells: &[Cow<'_, [u8]>]) -> bool {
        let names = cells.iter().map(|cell| normalised(&String::from_utf8_lossy(cell)));
        cells.len() == self.names.len() && names.eq(self.names.iter().cloned())
    }
}

/// A name as it is compared and as the metadata has it: `Reference ID` is `reference_id`.
pub(super) fn normalised(name: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() { c } else { '_' };
    name.trim().trim_matches('"').to_lowercase().chars().map(letter).collect()
}

/// Whether two names have the same letters: `CableText`, `cable text` and `cable_text` do.
fn is_same(name: &str, known: &str) -> bool {
    letters(name).eq(letters(known))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether a column or key of this name holds the text of a cable.
pub(super) fn is_text(name: &str) -> bool {
    TEXTS.iter().any(|known| is_same(name, known))
}

/// Whether a column of this name is one of a cable's.
pub(super) fn is_known(name: &str) -> bool {
    [&TEXTS[..], &HEADERS, &IDS, &CLASSIC].iter().any(|names| names.iter().any(|known| is_same(name, known)))
}

/// Which of the names of columns, or keys of an object, is that of the text, the message header, the number.
pub(super) fn key_of<'k>(role: Role, keys: &(impl Iterator<Item = &'k String> + Clone)) -> Option<&'k String> {
    let known: &[&str] = match role {
        Role::Text => &TEXTS,
        Role::Header => &HEADERS,
        Role::Id => &IDS,
    };
    known.iter().find_map(|known| keys.clone().find(|key| is_same(key, known)))
}

/// What a column or key holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    Text,
    Header,
    Id,
}

impl Columns {
    /// The cable of a row: its header and its text, one after the other; its other cells are metadata.
    pub(super) fn content(&self, cells: &[Cow<'_, [u8]>]) -> Result<Content, Fault> {
        let unnamed;
        let named = match self {
            Self::Named(named) if named.names.len() == cells.len() => named,
            Self::Named(named) => return Err(Fault::Columns { found: cells.len(), expected: named.names.len() }),
            Self::Unnamed(names) => {
                unnamed = by_content(cells, names)?;
                &unnamed
            }
        };
        let is_of_cable = |at: usize| at == named.text || Some(at) == named.header;
        let value = |cell: &[u8]| decoded(cell.to_vec()).text.into_owned();
        let others =
            named.names.iter().zip(cells).enumerate().filter(|(at, (_, cell))| !is_of_cable(*at) && !cell.is_empty());
        let metadata: Metadata = others.map(|(_, (name, cell))| (name.clone(), value(cell))).collect();
        let cell = |at: usize| cells.get(at).map(|cell| &**cell).unwrap_or_default();
        let header = named.header.map(cell).unwrap_or_default();
        let text = cell(named.text);
        let text = if header.is_empty() { text.to_vec() } else { [header, text].join(&b'\n') };
        let name = named.id.map(cell).filter(|id| !id.is_empty()).map(value);
        Ok(Content { text: entities::replaced(decoded(text)), name, metadata: Some(metadata) })
    }
}

/// Which cell of a row without names is the text: the one of several lines; of two, side by side, the first is the message
/// header.
fn by_content(cells: &[Cow<'_, [u8]>], names: &[String]) -> Result<Named, Fault> {
    let has_lines = |cell: &[u8]| memchr::memchr_iter(b'\n', cell.trim_ascii()).nth(1).is_some();
    let long: Vec<usize> = (0..).zip(cells).filter(|(_, cell)| has_lines(cell)).map(|(at, _)| at).collect();
    let (header, text) = match long[..] {
        [text] => (text.checked_sub(1).filter(|at| cells.get(*at).is_some_and(|cell| cell.contains(&b'\n'))), text),
        [header, text] if header + 1 == text && is_header(cells, header) && !is_header(cells, text) => {
            (Some(header), text)
        }
        _ => return Err(Fault::Unnamed(cells.len())),
    };
    let mut ids = (0..).zip(cells).filter(|(_, cell)| is_id(cell)).map(|(at, _)| at);
    let id = ids.next().filter(|_| ids.next().is_none());
    let name = |at: usize| names.get(at).map_or_else(|| format!("column_{}", at + 1), |name| normalised(name));
    let names = (0..cells.len()).map(name).collect();
    Ok(Named { names, text, header, id })
}

/// Whether a cell is a message header: it has the originator in a line of its own, and no subject.
fn is_header(cells: &[Cow<'_, [u8]>], at: usize) -> bool {
    let cell = cells.get(at).map(|cell| &**cell).unwrap_or_default();
    let has_originator = cell.starts_with(b"FM ") || memchr::memmem::find(cell, b"\nFM ").is_some();
    has_originator && memchr::memmem::find(cell, b"SUBJ").is_none()
}

/// `id = 2*4DIGIT 2*ALPHA 1*7DIGIT`, the number of a message.
pub(super) fn is_id(cell: &[u8]) -> bool {
    let year = cell.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = cell.get(year..).unwrap_or_default();
    let post = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let number = rest.get(post..).unwrap_or_default();
    matches!(year, 2 | 4) && post >= 2 && (1..=7).contains(&number.len()) && number.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How the text of a row begins, and its number.
    type Found<'c> = Option<(&'c str, Option<&'c str>)>;

    fn cells<'c>(cells: &[&'c str]) -> Vec<Cow<'c, [u8]>> {
        cells.iter().map(|cell| Cow::Borrowed(cell.as_bytes())).collect()
    }

    const HEADER: &str = "P 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC";
    const BODY: &str = "UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n1. Cod.";

    #[test]
    fn names_of_columns_in_any_order() {
        let cases: [(&str, &[&str], &[&str], &str); 5] = [
            ("two", &["id", "text"], &["09OSLO461", BODY], BODY),
            ("capitals and blanks", &["CableText", "Reference ID"], &[BODY, "09OSLO461"], BODY),
            ("the surest id", &["ID", "Reference ID", "Content"], &["1", "09OSLO461", BODY], BODY),
            ("a header of its own", &["header", "refid", "body"], &[HEADER, "09OSLO461", BODY], "P 0309"),
            ("the surest text", &["message", "mrn", "full_text"], &["a note", "09OSLO461", BODY], BODY),
        ];
        for (name, columns, row, begins) in cases {
            let content = Columns::Named(Named::new(columns).unwrap()).content(&cells(row));
            let content = content.unwrap_or_else(|fault| panic!("{name}: {fault}"));
            assert!(content.text.text.starts_with(begins) && content.text.text.ends_with(BODY), "{name}");
            assert_eq!(content.name.as_deref(), Some("09OSLO461"), "{name}");
        }
        assert_eq!(Named::new(&["id", "date"]), None);
    }

    #[test]
    fn cells_without_names() {
        let cases: [(&str, &[&str], Found<'_>); 7] = [
            ("header and body", &["1", "09OSLO461", "x", HEADER, BODY], Some((HEADER, Some("09OSLO461")))),
            ("a text", &["09OSLO461", BODY], Some((BODY, Some("09OSLO461")))),
            ("two ids", &["09OSLO461", "09OSLO460", BODY], Some((BODY, None))),
            ("three of several lines", &[BODY, HEADER, BODY], None),
            ("a text and a note", &["FM OSLO\nTO X\nSUBJECT: FISH\n\n1. Cod.", "a note\nof three\nlines"], None),
            ("two texts", &[HEADER, HEADER], None),
            ("none of several lines", &["09OSLO461", "x"], None),
        ];
        for (name, row, wanted) in cases {
            let content = Columns::Unnamed(Vec::new()).content(&cells(row)).ok();
            let got = content.as_ref().map(|content| (&*content.text.text, content.name.as_deref()));
            assert_eq!(got.map(|got| got.1), wanted.map(|wanted| wanted.1), "{name}");
            assert!(got.zip(wanted).is_none_or(|(got, wanted)| got.0.starts_with(wanted.0)), "{name}");
        }
    }
}
