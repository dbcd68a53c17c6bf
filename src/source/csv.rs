//! The dump with eight columns: number, date, id, origin, classification, references, header, body.
//!
//! There is no header row. Fields stand in quotes and hold line ends; a quote in a field has a backslash before it, or
//! is doubled.

use std::cell::RefCell;
use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{Content, Fault, LIMIT, Metadata, decoded, line};

/// What the first six columns are called in the metadata; the header and the body follow them.
const COLUMNS: [&str; 6] = ["row", "created", "reference_id", "origin", "classification", "references"];

/// The rows of a stream.
///
/// A row ends where its quotes are closed and the next one begins. One with a quote too few or too many is damaged, and
/// ends before the next line that begins as a row does. No line inside of a whole field does: its quotes have
/// backslashes before them.
pub(super) struct Rows<'r> {
    stream: Box<dyn BufRead + Send + 'r>,
    /// The line that was read last, and belongs to no row yet.
    ahead: Vec<u8>,
    read: line::Read,
    line: u64,
    index: usize,
}

impl<'r> Rows<'r> {
    pub(super) fn new(stream: Box<dyn BufRead + Send + 'r>) -> Self {
        Self { stream, ahead: Vec::new(), read: line::Read::Line, line: 0, index: 0 }
    }

    fn read_ahead(&mut self) -> Result<(), Fault> {
        self.line += 1;
        self.read = line::read(&mut *self.stream, &mut self.ahead).map_err(Fault::Io)?;
        Ok(())
    }

    /// The row that begins with the line ahead.
    fn row(&mut self) -> Result<Vec<u8>, Fault> {
        let (mut row, mut quotes) = (Vec::new(), Quotes::Outside);
        let mut fault = (!begins_row(&self.ahead)).then_some(Fault::NoRow);
        loop {
            if fault.is_none() {
                quotes = quotes.behind(&self.ahead);
                fault = self.append_to(&mut row, quotes).err();
            }
            self.read_ahead()?;
            if self.read == line::Read::End || begins_quoted_row(&self.ahead) {
                break;
            }
            // Only outside of a field does a number alone begin a row.
            let is_outside = fault.is_some() || quotes == Quotes::Outside;
            if is_outside && begins_row(&self.ahead) {
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
            return Err(Fault::TooLarge { limit: LIMIT });
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
        while self.read != line::Read::End && self.ahead.trim_ascii().is_empty() {
            if let Err(fault) = self.read_ahead() {
                return Some((self.index, self.line, Err(fault)));
            }
        }
        if self.read == line::Read::End {
            return None;
        }
        let (index, line) = (self.index, self.line);
        self.index += 1;
        Some((index, line, self.row()))
    }
}

/// Where a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    /// Outside of quotes.
    Outside,
    /// Inside of a quoted field.
    Inside,
    /// Behind a quote that neither begins nor ends a field, nor is escaped.
    Stray,
}

impl Quotes {
    /// Where the next line ends.
    fn behind(mut self, line: &[u8]) -> Self {
        let (mut rest, mut before) = (line, b',');
        while let Some(at) = memchr::memchr2(b'"', b'\\', rest) {
            let (left, right) = rest.split_at_checked(at).unwrap_or_default();
            before = left.last().copied().unwrap_or(before);
            let skipped = match (self, right) {
                (_, [b'\\', ..]) | (Self::Inside, [b'"', b'"', ..]) => 2,
                (Self::Inside, [b'"', b',' | b'\r' | b'\n', ..] | [b'"']) => {
                    self = Self::Outside;
                    1
                }
                (Self::Outside, _) if before == b',' => {
                    self = Self::Inside;
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

/// `row = DQUOTE 1*DIGIT DQUOTE "," DQUOTE` ...
fn begins_quoted_row(line: &[u8]) -> bool {
    number(line.strip_prefix(b"\"").unwrap_or_default()).is_some_and(|rest| rest.starts_with(b"\",\""))
}

/// `row = quoted-row / 1*DIGIT "," [DQUOTE] 1*2DIGIT "/"` ...
pub(super) fn begins_row(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let date = |rest: &[u8]| {
        let rest = rest.strip_prefix(b",")?;
        Some(number(rest.strip_prefix(b"\"").unwrap_or(rest))?.starts_with(b"/"))
    };
    begins_quoted_row(line) || number(line).and_then(date) == Some(true)
}

/// What follows a number of up to twelve digits.
fn number(bytes: &[u8]) -> Option<&[u8]> {
    let digits = bytes.iter().take(13).take_while(|byte| byte.is_ascii_digit()).count();
    bytes.get(digits..).filter(|_| (1..=12).contains(&digits))
}

/// Takes the cable out of a row: its header and its body, one below the other.
pub(super) fn open(row: &[u8]) -> Result<Content, Fault> {
    let (bytes, ends) = fields(row)?;
    let mut start = 0;
    let fields = ends.iter().map(|&end| bytes.get(std::mem::replace(&mut start, end)..end).unwrap_or_default());
    let fields: Vec<&[u8]> = fields.collect();
    let [of_cable @ .., header, body] = &fields[..] else { return Err(Fault::Columns(fields.len())) };
    if of_cable.len() != COLUMNS.len() {
        return Err(Fault::Columns(fields.len()));
    }
    let said = COLUMNS.iter().zip(of_cable).filter(|(_, value)| !value.is_empty());
    let metadata: Metadata = said.map(|(&key, value)| (key.to_owned(), decoded(value.to_vec()).text.into())).collect();
    let text = if header.is_empty() { body.to_vec() } else { [*header, *body].join(&b'\n') };
    Ok(Content { text: decoded(text), name: metadata.get("reference_id").cloned(), metadata: Some(metadata) })
}

/// The fields of a row, one behind the other, and where each ends.
fn fields(row: &[u8]) -> Result<(Vec<u8>, Vec<usize>), Fault> {
    thread_local! {
        // Its tables cost more to build than a row to read.
        static READER: RefCell<Reader> = RefCell::new(ReaderBuilder::new().escape(Some(b'\\')).build());
    }
    READER.with_borrow_mut(|reader| {
        reader.reset();
        fields_by(reader, row)
    })
}

fn fields_by(reader: &mut Reader, row: &[u8]) -> Result<(Vec<u8>, Vec<usize>), Fault> {
    let (mut bytes, mut ends) = (vec![0; row.len() + 1], vec![0; 64]);
    let (mut input, mut written, mut count) = (row, 0, 0);
    loop {
        let free = bytes.get_mut(written..).unwrap_or_default();
        let (result, read, out, fields) = reader.read_record(input, free, ends.get_mut(count..).unwrap_or_default());
        (input, written, count) = (input.get(read..).unwrap_or_default(), written + out, count + fields);
        match result {
            // It asks again, and is told that nothing follows.
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::Record | ReadRecordResult::End => break,
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => return Err(Fault::Columns(count)),
        }
    }
    bytes.truncate(written);
    ends.truncate(count);
    Ok((bytes, ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(dump: &str) -> Vec<(usize, u64, Result<String, String>)> {
        let rows = Rows::new(Box::new(std::io::Cursor::new(dump.as_bytes())));
        let told = |row: Result<Vec<u8>, Fault>| match row {
            Ok(row) => Ok(String::from_utf8(row).unwrap()),
            Err(fault) => Err(fault.to_string()),
        };
        rows.map(|(index, line, row)| (index, line, told(row))).collect()
    }

    const FIRST: &str = "\"1\",\"7/3/2009 9:15\",\"09OSLO461\",\"Embassy Oslo\",\"UNCLASSIFIED\",\"08OSLO812|09STATE52001\",\"FM AMEMBASSY OSLO\nTO SECSTATE\",\"UNCLAS\n\n1. \\\"Cod\\\" \\\\ 2.\n\"\n";
    const LAST: &str = "\"3\",\"7/4/2009 9:15\",\"09OSLO462\",\"Embassy Oslo\",\"UNCLASSIFIED\",\"\",\"\",\"UNCLAS\"";

    #[test]
    fn a_row_is_its_columns_and_its_text() {
        let content = open(FIRST.as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(content.text.text, "FM AMEMBASSY OSLO\nTO SECSTATE\nUNCLAS\n\n1. \"Cod\" \\ 2.\n");
        assert_eq!(content.name.as_deref(), Some("09OSLO461"));
        let metadata = content.metadata.unwrap();
        let values: Vec<_> = COLUMNS.iter().map(|column| metadata[*column].as_str()).collect();
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
            assert!(matches!(open(row.as_bytes()), Err(Fault::Columns(found)) if found == count), "{row}");
        }
    }
}
