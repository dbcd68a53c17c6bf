//! Tables: rows of cells that a comma, semicolon, tab or bar separates, with or without a row of names.
//!
//! Cells stand in quotes where they hold line ends or separators; a quote in a cell has a backslash before it, or is
//! doubled.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::columns::{Columns, Named, is_id, is_known, is_text};
use super::identify::without_mark;
use super::reader::Stream;
use super::{Content, Fault, LIMIT, line};

const SEPARATORS: [u8; 4] = *b",;\t|";

/// How the rows of a table are written, and what their cells are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    separator: u8,
    columns: Columns,
    begins: Begin,
    /// How many records before the rows are none: a row of names, a line that names the separator.
    skipped: usize,
}

/// How each row of a table begins: what finds the next one after a damaged one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begin {
    /// With its number.
    Number,
    /// With the number of a message.
    Id,
    /// In no form that is known.
    Any,
}

/// Whether a stream begins as a table.
pub(super) fn begins(first: &[u8]) -> bool {
    Layout::of(first, None).is_some()
}

impl Layout {
    /// How a table is written that begins so; `names` are those of its columns, where the user gave them.
    pub(super) fn of(first: &[u8], names: Option<&[String]>) -> Option<Self> {
        let first = without_mark(first);
        let hint =
            first.strip_prefix(b"sep=").and_then(|rest| Some((*rest.first()?, memchr::memchr(b'\n', rest)? + 5)));
        let (hinted, first) = match hint {
            Some((separator, end)) => (Some(separator), first.get(end..)?),
            None => (None, first),
        };
        let mut separators =
            SEPARATORS.into_iter().filter(|separator| hinted.is_none_or(|hinted| hinted == *separator));
        let mut layout = separators.find_map(|separator| Self::with(separator, first, names))?;
        layout.skipped += usize::from(hinted.is_some());
        Some(layout)
    }

    /// The same, as rows of this separator; nothing where they are none.
    fn with(separator: u8, first: &[u8], names: Option<&[String]>) -> Option<Self> {
        let (cells, end) = record(first, separator)?;
        let second = first.get(end..).unwrap_or_default().trim_ascii_start();
        let is_classic = cells.len() == 8 && begins_classic(first, separator);
        let given = names.and_then(Named::new);
        let has_names =
            given.as_ref().is_some_and(|given| given.are_names(&cells)) || are_names(&cells, second, separator);
        // A single column is one where its name says so; else a line without the separator is no row.
        if cells.len() < 2 && !has_names {
            return None;
        }
        let begins = Begin::of(if has_names { second } else { first }, separator);
        let columns = match given {
            Some(given) => Columns::Named(given),
            None if has_names => Columns::Named(Named::new(&texts(&cells))?),
            // A row that broke off, or has a cell too many, is one of them all the same.
            None if is_classic || begins_classic(first, separator) => Columns::Named(Named::classic()),
            None if is_of_cells(first, &cells, separator) => Columns::Unnamed(Vec::new()),
            // Names of which none says that it is the text.
            None if is_of_cells(second, &cells, separator) => {
                let begins = Begin::of(second, separator);
                return Some(Self { separator, columns: Columns::Unnamed(texts(&cells)), begins, skipped: 1 });
            }
            None => return None,
        };
        Some(Self { separator, columns, begins, skipped: usize::from(has_names) })
    }

    /// A table that was asked for and does not begin as one.
    pub(super) fn classic() -> Self {
        Self { separator: b',', columns: Columns::Named(Named::classic()), begins: Begin::Number, skipped: 0 }
    }

    /// Takes the cable out of a row.
    pub(super) fn open(&self, row: &[u8]) -> Result<Content, Fault> {
        // In a row of one line the ends of the text's lines are written out.
        if self.escapes_line_ends() && memchr::memmem::find(row, b"\\\n").is_some() {
            let cells: Vec<_> =
                escaped_cells(without_open_escape(row), self.separator).map(unescaped).map(Cow::Owned).collect();
            return self.columns.content(&cells);
        }
        let is_one_line =
            memchr::memchr(b'\n', row.trim_ascii()).is_none() && memchr::memmem::find(row, b"\\n").is_some();
        let escape = if is_one_line { None } else { Some(b'\\') };
        let cells = cells(without_mark(row), self.separator, escape)?.0;
        if is_one_line {
            let cells: Vec<_> = cells.iter().map(|cell| Cow::Owned(unescaped(cell))).collect();
            return self.columns.content(&cells);
        }
        self.columns.content(&cells.iter().map(|cell| Cow::Borrowed(&**cell)).collect::<Vec<_>>())
    }

    /// Whether line ends inside of cells have a backslash before them and no quotes round the cell, as where a database
    /// writes tabs between them.
    const fn escapes_line_ends(&self) -> bool {
        self.separator == b'\t'
    }

    /// Whether a line outside of quotes begins a row.
    fn begins_row(&self, line: &[u8]) -> bool {
        match self.begins {
            Begin::Number => {
                let rest = number(line.strip_prefix(b"\"").unwrap_or(line));
                rest.is_some_and(|rest| rest.strip_prefix(b"\"").unwrap_or(rest).first() == Some(&self.separator))
            }
            Begin::Id => first_cell(line, self.separator).is_some_and(is_id),
            Begin::Any => !line.trim_ascii().is_empty(),
        }
    }

    /// Whether a line begins a row so surely that it does inside of quotes, too, one of which is then lost.
    fn begins_row_surely(&self, line: &[u8]) -> bool {
        let trailing = |rest: &[u8]| matches!(rest, [s, b'"', next, ..] if *s == self.separator && *next != b'"');
        match self.begins {
            Begin::Number if line.starts_with(b"\"") => {
                let rest = number(line.get(1..).unwrap_or_default()).and_then(|rest| rest.strip_prefix(b"\""));
                rest.is_some_and(|rest| rest.first() == Some(&self.separator) && rest.get(1) == Some(&b'"'))
            }
            Begin::Number => begins_classic(line, self.separator) && third_is_id(line, self.separator),
            Begin::Id => first_cell(line, self.separator).is_some_and(|id| {
                is_id(id)
                    && trailing(line.get(id.len() + 2 * usize::from(line.starts_with(b"\""))..).unwrap_or_default())
            }),
            Begin::Any => false,
        }
    }
}

impl Begin {
    fn of(row: &[u8], separator: u8) -> Self {
        match first_cell(row, separator) {
            Some(cell) if !cell.is_empty() && cell.iter().all(u8::is_ascii_digit) => Self::Number,
            Some(cell) if is_id(cell) => Self::Id,
            _ => Self::Any,
        }
    }
}

/// The first cell of a row, without quotes, where it is short and has no escapes.
fn first_cell(row: &[u8], separator: u8) -> Option<&[u8]> {
    let row = row.get(..row.len().min(64))?;
    match row.strip_prefix(b"\"") {
        Some(quoted) => {
            let end = memchr::memchr(b'"', quoted)?;
            (quoted.get(end + 1) == Some(&separator)).then(|| quoted.get(..end)).flatten()
        }
        None => row.get(..memchr::memchr(separator, row)?),
    }
}

/// Whether a record holds a text of several lines in quotes, among other cells: as no line of a text does.
fn is_of_cells(record_of: &[u8], of_first: &[Cow<'_, [u8]>], separator: u8) -> bool {
    let Some((cells, _)) = record(record_of, separator) else { return false };
    let has_lines = cells.iter().any(|cell| memchr::memchr(b'\n', cell.trim_ascii()).is_some());
    has_lines && cells.len() >= 2 && cells.len() == of_first.len() && begins_a_cell(record_of, separator)
}

/// Whether a quote begins the record or one of its cells in its first line.
fn begins_a_cell(record: &[u8], separator: u8) -> bool {
    let line = record.get(..memchr::memchr(b'\n', record).unwrap_or(record.len())).unwrap_or_default();
    line.starts_with(b"\"") || memchr::memmem::find(line, &[separator, b'"']).is_some()
}

/// Whether cells are the names of columns, one of them that of a text, above a row of as many cells.
fn are_names(cells: &[Cow<'_, [u8]>], below: &[u8], separator: u8) -> bool {
    let is_name = |cell: &Cow<'_, [u8]>| {
        let cell = cell.trim_ascii();
        cell.len() < 48 && cell.first().is_some_and(u8::is_ascii_alphabetic) && !cell.contains(&b'\n')
    };
    let text = |cell: &Cow<'_, [u8]>| is_text(&String::from_utf8_lossy(cell));
    // After a comma of a sentence stands a space.
    let is_sentence = cells.iter().any(|cell| cell.starts_with(b" "))
        && !cells.iter().all(|cell| is_known(&String::from_utf8_lossy(cell)));
    let has_row = match cells.len() {
        1 => below.is_empty() || below.starts_with(b"\""),
        count => below.is_empty() || record(below, separator).is_none_or(|(row, _)| row.len() == count),
    };
    cells.iter().all(is_name) && cells.iter().any(text) && has_row && !is_sentence
}

fn texts(cells: &[Cow<'_, [u8]>]) -> Vec<String> {
    cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

/// The first record, and where it ends; nothing where there is none. One that goes on after what is looked at has the
/// cells that are seen.
fn record(first: &[u8], separator: u8) -> Option<(Vec<Cow<'static, [u8]>>, usize)> {
    let (cells, end) = cells(first, separator, Some(b'\\')).ok()?;
    (!cells.is_empty()).then(|| (cells.into_iter().map(Cow::Owned).collect(), end))
}

/// `row = number sep [DQUOTE] date`, as the rows of the dump without names begin: `1,7/3/2009 9:15`, `"1";"2009-07-03`.
fn begins_classic(line: &[u8], separator: u8) -> bool {
    let line = without_mark(line);
    let Some(number) = first_cell(line, separator).filter(|cell| number(cell) == Some(&[])) else { return false };
    let quotes = 2 * usize::from(line.starts_with(b"\""));
    let rest = line.get(number.len() + quotes + 1..).unwrap_or_default();
    let date = rest.strip_prefix(b"\"").unwrap_or(rest);
    date.first().is_some_and(u8::is_ascii_digit)
        && date.iter().take(5).any(|byte| matches!(byte, b'/' | b'-' | b'.'))
        && date.iter().take(5).all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.'))
}

fn third_is_id(line: &[u8], separator: u8) -> bool {
    line.get(..line.len().min(96)).unwrap_or_default().split(|byte| *byte == separator).nth(2).is_some_and(is_id)
}

/// The rows of a stream.
///
/// A row ends where its quotes are closed and the next one begins. One with a quote too few or too many is damaged, and
/// ends before the next line that begins as a row does. No line inside of a whole cell does: its quotes have
/// backslashes before them, or are doubled.
pub(super) struct Rows<'r> {
    stream: Stream<'r>,
    layout: Arc<Layout>,
    /// The line that was read last, and belongs to no row yet.
    ahead: Vec<u8>,
    read: line::Read,
    line: u64,
    index: usize,
    skipped: usize,
}

impl<'r> Rows<'r> {
    pub(super) fn new(stream: Stream<'r>, layout: Layout) -> Self {
        let skipped = layout.skipped;
        Self { stream, layout: Arc::new(layout), ahead: Vec::new(), read: line::Read::Line, line: 0, index: 0, skipped }
    }

    pub(super) fn layout(&self) -> Arc<Layout> {
        Arc::clone(&self.layout)
    }

    fn read_ahead(&mut self) -> Result<(), Fault> {
        self.line += 1;
        self.read = line::read(&mut *self.stream, &mut self.ahead).map_err(Fault::Io)?;
        if self.line == 1 && self.ahead.starts_with(b"\xef\xbb\xbf") {
            self.ahead.drain(..3);
        }
        Ok(())
    }

    /// The row that begins with the line ahead.
    fn row(&mut self, is_names: bool) -> Result<Vec<u8>, Fault> {
        let (mut row, mut quotes) = (Vec::new(), Quotes::Outside);
        let mut fault = (!is_names && !self.layout.begins_row(&self.ahead)).then_some(Fault::NoRow);
        loop {
            let goes_on = quotes == Quotes::Outside && self.layout.escapes_line_ends() && ends_escaped(&self.ahead);
            if fault.is_none() {
                quotes = quotes.after(&self.ahead, self.layout.separator);
                fault = self.append_to(&mut row, quotes).err();
            }
            self.read_ahead()?;
            if goes_on && self.read != line::Read::End && fault.is_none() {
                continue;
            }
            if self.read == line::Read::End || self.layout.begins_row_surely(&self.ahead) {
                break;
            }
            // Only outside of a cell does a number alone begin a row.
            let is_outside = fault.is_some() || quotes == Quotes::Outside;
            if is_outside && (is_names || self.layout.begins_row(&self.ahead)) {
                break;
            }
            if is_outside && !self.ahead.trim_ascii().is_empty() {
                fault = fault.or(Some(Fault::StrayQuote));
            }
        }
        let open = (quotes == Quotes::Inside).then_some(Fault::OpenQuote);
        fault.or(open).map_or(Ok(row), Err)
    }

    /// Adds the line ahead to a row, if it may be.
    fn append_to(&mut self, row: &mut Vec<u8>, quotes: Quotes) -> Result<(), Fault> {
        if self.read == line::Read::TooLong || row.len() + self.ahead.len() > LIMIT {
            row.clear();
            return Err(Fault::TooLarge { limit: LIMIT, unit: "a row of a table" });
        }
        if quotes == Quotes::Stray {
            return Err(Fault::StrayQuote);
        }
        row.append(&mut self.ahead);
        Ok(())
    }
}

impl Iterator for Rows<'_> {
    type Item = (usize, u64, Result<Vec<u8>, Fault>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            while self.read != line::Read::End && self.ahead.trim_ascii().is_empty() {
                if let Err(fault) = self.read_ahead() {
                    return Some((self.index, self.line, Err(fault)));
                }
            }
            if self.read == line::Read::End {
                return None;
            }
            let line = self.line;
            let is_names = self.skipped > 0;
            let row = self.row(is_names);
            if is_names && row.is_ok() {
                self.skipped -= 1;
                continue;
            }
            self.skipped = 0;
            self.index += 1;
            return Some((self.index - 1, line, row));
        }
    }
}

/// Where a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    /// Outside of quotes.
    Outside,
    /// Inside of a quoted cell.
    Inside,
    /// After a quote that neither begins nor ends a cell, nor is escaped.
    Stray,
}

impl Quotes {
    /// Where the next line ends.
    fn after(mut self, line: &[u8], separator: u8) -> Self {
        let (mut rest, mut before) = (line, separator);
        while let Some(at) = memchr::memchr2(b'"', b'\\', rest) {
            let (left, right) = rest.split_at_checked(at).unwrap_or_default();
            before = left.last().copied().unwrap_or(before);
            let skipped = match (self, right) {
                (_, [b'\\', ..]) | (Self::Inside, [b'"', b'"', ..]) => 2,
                (Self::Inside, [b'"', next, ..]) if *next == separator || matches!(next, b'\r' | b'\n') => {
                    self = Self::Outside;
                    1
                }
                (Self::Inside, [b'"']) => {
                    self = Self::Outside;
                    1
                }
                (Self::Outside, _) => {
                    // In the middle of a cell without quotes it is a letter as others are.
                    self = if before == separator { Self::Inside } else { Self::Outside };
                    1
                }
                _ => return Self::Stray,
            };
            before = b'"';
            rest = right.get(skipped..).unwrap_or_default();
        }
        self
    }
}

/// Whether a line's end has a backslash before it that is no escaped one itself.
fn ends_escaped(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// A row without the backslash at its very end, which escapes nothing.
fn without_open_escape(row: &[u8]) -> &[u8] {
    row.strip_suffix(b"\\").filter(|_| ends_escaped(row)).unwrap_or(row)
}

/// The cells of a row in which separators and line ends inside of cells have backslashes before them.
fn escaped_cells(row: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut escaped = false;
    row.split(move |byte| {
        let parts = *byte == separator && !escaped;
        escaped = *byte == b'\\' && !escaped;
        parts
    })
}

/// What follows a number of up to twelve digits.
fn number(bytes: &[u8]) -> Option<&[u8]> {
    let digits = bytes.iter().take(13).take_while(|byte| byte.is_ascii_digit()).count();
    bytes.get(digits..).filter(|_| (1..=12).contains(&digits))
}

/// `\n`, `\t`, `\r` and an escaped sign, as in rows of one line.
pub(super) fn unescaped(cell: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(cell.len()), cell);
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        let (sign, length): (&[u8], usize) = match rest.get(at + 1) {
            Some(b'n') => (b"\n", 2),
            Some(b't') => (b"\t", 2),
            Some(b'r') => (b"\r", 2),
            Some(b'0') => (b"\0", 2),
            Some(_) => (rest.get(at + 1..at + 2).unwrap_or_default(), 2),
            None => (b"\\", 1),
        };
        out.extend_from_slice(sign);
        rest = rest.get(at + length..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out
}

/// The cells of the first record, and where it ends.
fn cells(record: &[u8], separator: u8, escape: Option<u8>) -> Result<(Vec<Vec<u8>>, usize), Fault> {
    thread_local! {
        // Its tables cost more to build than a row to read.
        static READER: RefCell<Option<(u8, Option<u8>, Reader)>> = const { RefCell::new(None) };
    }
    READER.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|(s, e, _)| (*s, *e) != (separator, escape)) {
            *kept = Some((separator, escape, ReaderBuilder::new().delimiter(separator).escape(escape).build()));
        }
        let Some((_, _, reader)) = kept else { return Ok((Vec::new(), 0)) };
        reader.reset();
        cells_by(reader, record)
    })
}

/// More cells than a row of any table of cables has.
const CELLS: usize = 256;

fn cells_by(reader: &mut Reader, record: &[u8]) -> Result<(Vec<Vec<u8>>, usize), Fault> {
    let (mut bytes, mut ends) = (vec![0; record.len() + 1], vec![0; CELLS]);
    let (mut input, mut written, mut count) = (record, 0, 0);
    loop {
        let free = bytes.get_mut(written..).unwrap_or_default();
        let (result, read, out, fields) = reader.read_record(input, free, ends.get_mut(count..).unwrap_or_default());
        (input, written, count) = (input.get(read..).unwrap_or_default(), written + out, count + fields);
        match result {
            // It asks again, and is told that nothing follows.
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::Record | ReadRecordResult::End => break,
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => return Err(Fault::Unnamed(count)),
        }
    }
    let mut start = 0;
    let ends = ends.iter().take(count);
    let cells =
        ends.map(|&end| bytes.get(std::mem::replace(&mut start, end)..end).unwrap_or_default().to_vec()).collect();
    Ok((cells, record.len() - input.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(dump: &str) -> Layout {
        Layout::of(dump.as_bytes(), None).unwrap_or_else(Layout::classic)
    }

    fn rows(dump: &str) -> Vec<(usize, u64, Result<String, String>)> {
        let rows = Rows::new(Box::new(std::io::Cursor::new(dump.as_bytes())), layout(dump));
        let in_words = |row: Result<Vec<u8>, Fault>| match row {
            Ok(row) => Ok(String::from_utf8(row).unwrap()),
            Err(fault) => Err(fault.to_string()),
        };
        rows.map(|(index, line, row)| (index, line, in_words(row))).collect()
    }

    fn open(row: &[u8]) -> Result<Content, Fault> {
        Layout::classic().open(row)
    }

    /// The name and the text of each row.
    fn cables(dump: &str) -> Vec<(Option<String>, String)> {
        let layout = layout(dump);
        let open = |row: Result<String, String>| match row.map(|row| layout.open(row.as_bytes())) {
            Ok(Ok(content)) => (content.name, content.text.text.into_owned()),
            Ok(Err(fault)) => (None, fault.to_string()),
            Err(fault) => (None, fault),
        };
        rows(dump).into_iter().map(|(_, _, row)| open(row)).collect()
    }

    const FIRST: &str = "\"1\",\"7/3/2009 9:15\",\"09OSLO461\",\"Embassy Oslo\",\"UNCLASSIFIED\",\"08OSLO812|09STATE52001\",\"FM AMEMBASSY OSLO\nTO SECSTATE\",\"UNCLAS\n\n1. \\\"Cod\\\" \\\\ 2.\n\"\n";
    const LAST: &str = "\"3\",\"7/4/2009 9:15\",\"09OSLO462\",\"Embassy Oslo\",\"UNCLASSIFIED\",\"\",\"\",\"UNCLAS\"";

    #[test]
    fn a_row_is_its_columns_and_its_text() {
        let content = open(FIRST.as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(content.text.text, "FM AMEMBASSY OSLO\nTO SECSTATE\nUNCLAS\n\n1. \"Cod\" \\ 2.\n");
        assert_eq!(content.name.as_deref(), Some("09OSLO461"));
        let metadata = content.metadata.unwrap();
        let columns = ["row", "created", "reference_id", "origin", "classification", "references"];
        let values: Vec<_> = columns.iter().map(|column| metadata[*column].as_str()).collect();
        let wanted = ["1", "7/3/2009 9:15", "09OSLO461", "Embassy Oslo", "UNCLASSIFIED", "08OSLO812|09STATE52001"];
        assert_eq!(values, wanted);
        let content = open(LAST.as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!((&*content.text.text, content.metadata.unwrap().get("references")), ("UNCLAS", None));
    }

    #[test]
    fn the_rows_behind_a_damaged_one_come_out() {
        let open = "a quoted field does not end before the next row or the end of the file";
        let stray = "a quote inside of a field is not escaped";
        let none = "what stands here does not begin as a row of cables does";
        let cases = [
            ("a quote is lost", "\"2\",\"7/3/2009 9:15\",\"09OSLO1\",\"body\nand more\n", open),
            ("a quote is lost in a row's middle", "\"2\",\"7/3/2009 9:15,\"09OSLO1\",\"body\nand more\"\n", stray),
            ("a quote too many", "\"2\",\"7/3/2009 9:15\",\"he said \"no\" and\nleft\"\n", stray),
            ("a quote too many at a line's end", "\"2\",\"7/3/2009 9:15\",\"he said \\\"no\"\nand left\"\n", stray),
            ("no row", "some text\n", stray),
        ];
        for (name, damaged, fault) in cases {
            let lines = damaged.lines().count() as u64;
            let got = rows(&format!("{FIRST}{damaged}{LAST}"));
            if name == "no row" {
                // Who it belongs to cannot be told.
                assert_eq!(got, [(0, 1, Err(fault.into())), (1, 7, Ok(LAST.into()))], "{name}");
                assert_eq!(rows(&format!("{damaged}{LAST}")), [(0, 1, Err(none.into())), (1, 2, Ok(LAST.into()))]);
                continue;
            }
            let wanted = [(0, 1, Ok(FIRST.into())), (1, 6, Err(fault.into())), (2, 6 + lines, Ok(LAST.into()))];
            assert_eq!(got, wanted, "{name}");
        }
    }

    #[test]
    fn rows_in_few_quotes_or_doubled_ones() {
        let few = "1,7/3/2009 9:15,09OSLO461,Embassy Oslo,UNCLASSIFIED,,\"FM\nTO\",\"he said \"\"no\"\"\n12,5/6 are\"\r\n\r\n2,7/4/2009 1:00,09OSLO462,,,,,UNCLAS\n";
        let got = rows(few);
        assert_eq!(got.len(), 2, "{got:?}");
        let content = open(got[0].2.as_ref().unwrap().as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(content.text.text, "FM\nTO\nhe said \"no\"\n12,5/6 are");
    }

    #[test]
    fn a_row_has_eight_columns() {
        for (row, count) in [("\"1\",\"2\"", 2), ("1,2,3,4,5,6,7,8,9", 9)] {
            assert!(
                matches!(open(row.as_bytes()), Err(Fault::Columns { found, expected: 8 }) if found == count),
                "{row}"
            );
        }
    }

    #[test]
    fn tables_of_every_dialect() {
        let classic = |sep: &str| {
            let row = |n: u8| {
                let cells = [
                    &n.to_string(),
                    "7/3/2009 9:15",
                    &format!("09OSLO{n}"),
                    "Oslo",
                    "U",
                    "",
                    "\"FM\nTO\"",
                    "\"\"\"A\"\", b\n\"",
                ];
                cells.join(sep)
            };
            format!("{}\r\n{}\r\n", row(1), row(2))
        };
        let named = "row,created,reference_id,origin,classification,references,header,body\r\n";
        let two = "ID;Full Text\n09OSLO1;\"FM\nTO\n\"\"A\"\", b\n\"\n09OSLO2;\"FM\nTO\n\"\"A\"\", b\n\"\n";
        let cases = [
            ("commas", classic(",")),
            ("semicolons", classic(";")),
            ("tabs", classic("\t")),
            ("bars", classic("|")),
            ("a row of names", named.to_owned() + &classic(",")),
            ("a row of names, semicolons", named.replace(',', ";") + &classic(";")),
            ("a line that names the separator", format!("sep=;\r\n{}", classic(";"))),
            ("a byte order mark", format!("\u{feff}{}", classic(","))),
            (
                "a byte order mark and names",
                format!("\u{feff}\"ID\",\"Text\"\n{}", two.split_once('\n').unwrap().1.replace(';', ",")),
            ),
            ("two columns", two.to_owned()),
            (
                "two columns, lines of Windows",
                two.replace(";\"", "~")
                    .replace('\n', "\r\n")
                    .replace('~', ";\"")
                    .replace("FM\r\nTO\r\n", "FM\nTO\n")
                    .replace("b\r\n", "b\n"),
            ),
            ("names of another language", "nummer;inhalt\n".to_owned() + two.split_once('\n').unwrap().1),
            ("no names, two columns", two.split_once('\n').unwrap().1.to_owned()),
            (
                "the text first",
                "text\tid\n\"FM\nTO\n\"\"A\"\", b\n\"\t09OSLO1\n\"FM\nTO\n\"\"A\"\", b\n\"\t09OSLO2\n".to_owned(),
            ),
            (
                "line ends written out",
                "id\ttext\n09OSLO1\tFM\\nTO\\n\"A\", b\\n\n09OSLO2\tFM\\nTO\\n\"A\", b\\n\n".to_owned(),
            ),
        ];
        for (name, dump) in cases {
            assert!(begins(dump.as_bytes()), "{name}");
            let wanted = ["09OSLO1", "09OSLO2"].map(|id| (Some(id.to_owned()), "FM\nTO\n\"A\", b\n".to_owned()));
            assert_eq!(cables(&dump), wanted, "{name}");
        }
    }

    #[test]
    fn rows_after_a_damaged_one_of_a_named_table() {
        let row = |n: u8, end: &str| format!("09OSLO{n},\"FM\nTO\nX{end}\n");
        let dump = format!("id,text\n{}{}{}", row(1, "\""), row(2, ""), row(3, "\""));
        let fault = "a quoted field does not end before the next row or the end of the file";
        let got: Vec<_> = cables(&dump).into_iter().map(|(name, text)| name.unwrap_or(text)).collect();
        assert_eq!(got, ["09OSLO1", fault, "09OSLO3"]);
    }

    #[test]
    fn rows_with_escaped_line_ends() {
        let row = |id: &str| {
            format!(
                "7\t2009-07-03 09:15:00\t{id}\tEmbassy Oslo\tSECRET\t\tFM OSLO \\\nTO ROME\tSECRET \\\n\\\nSAID \"COD\" \\\\ NO\n"
            )
        };
        let dump = format!("{}{}", row("09OSLO461"), row("09OSLO462"));
        assert_eq!(rows(&dump).len(), 2);
        let texts: Vec<String> = cables(&dump).into_iter().map(|(_, text)| text).collect();
        let text = "FM OSLO \nTO ROME\nSECRET \n\nSAID \"COD\" \\ NO";
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(texts.iter().map(|text| words(text)).collect::<Vec<_>>(), [words(text), words(text)]);
    }

    #[test]
    fn what_is_no_table() {
        let texts = [
            "P 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n",
            "TEXT, BODY AND CABLE\n\"QUOTED\", HE SAID\n",
            "\"COD,\" SAID THE MAYOR\nOF OSLO.\n",
            "COD; HERRING; ID\nTEXT\n",
            "1. (U) FISH, 2. (U) GULLS\n",
        ];
        for text in texts {
            assert!(!begins(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn columns_that_the_user_names() {
        let names = ["id", "day", "text"].map(str::to_owned);
        for dump in ["09OSLO1;2009-07-03;\"FM\nTO\"\n", "id;day;text\n09OSLO1;2009-07-03;\"FM\nTO\"\n"] {
            let layout = Layout::of(dump.as_bytes(), Some(&names)).unwrap();
            let mut rows = Rows::new(Box::new(std::io::Cursor::new(dump.as_bytes())), layout.clone());
            let content = layout.open(&rows.next().unwrap().2.unwrap()).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!((&*content.text.text, content.name.as_deref()), ("FM\nTO", Some("09OSLO1")));
            assert_eq!(content.metadata.unwrap()["day"], "2009-07-03");
            assert!(rows.next().is_none());
        }
    }
}
