//! Dumps of a database: the rows of `INSERT INTO ... VALUES (..), (..);` and of `COPY ... FROM stdin;`.
//!
//! ```text
//! insert = ( "INSERT" / "REPLACE" ) ... "INTO" table [ "(" names ")" ] "VALUES" row *( "," row ) ";"
//! row    = "(" value *( "," value ) ")"
//! copy   = "COPY" table [ "(" names ")" ] "FROM" "stdin" [ options ] ";" EOL *( cells EOL ) "\." EOL
//! ```

use std::borrow::Cow;
use std::io::BufRead;
use std::sync::Arc;

use super::columns::{Columns, Named};
use super::reader::Stream;
use super::table::unescaped;
use super::{Content, Fault, LIMIT, line};

/// Whether a stream begins as a dump: a statement or comment, and a table that is made or filled.
pub(super) fn begins(first: &[u8]) -> bool {
    const STATEMENTS: [&str; 16] = [
        "--",
        "/*",
        "#",
        "create ",
        "drop ",
        "set ",
        "insert ",
        "begin",
        "start transaction",
        "lock ",
        "use ",
        "pragma ",
        "copy ",
        "replace ",
        "alter ",
        "delete ",
    ];
    const FILLS: [&str; 6] =
        ["insert into ", "insert ignore into ", "insert or ", "replace into ", "create table ", "copy "];
    let starts = |line: &[u8], words: &[&str]| {
        let begin = line.get(..line.len().min(24)).unwrap_or_default().to_ascii_lowercase();
        words.iter().any(|word| begin.starts_with(word.as_bytes()))
    };
    if !starts(first, &STATEMENTS) {
        return false;
    }
    let is_fill = |line: &[u8]| {
        let is_copy = starts(line, &["copy "]);
        starts(line, &FILLS) && (!is_copy || memchr::memmem::find(&line.to_ascii_lowercase(), b"from stdin").is_some())
    };
    first.split(|byte| *byte == b'\n').any(|line| is_fill(line.trim_ascii_start()))
}

/// How a row is written, and what its values are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    columns: Arc<Columns>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `(1,'x')`; whether a backslash escapes in it.
    Values { backslash: bool },
    /// Cells with tabs between them.
    Copied,
}

impl Row {
    /// Takes the cable out of a row.
    pub(super) fn open(&self, row: &[u8]) -> Result<Content, Fault> {
        let cells: Vec<Cow<'_, [u8]>> = match self.form {
            Form::Values { backslash } => values(row, backslash),
            Form::Copied => row.split(|byte| *byte == b'\t').map(copied).collect(),
        };
        self.columns.content(&cells)
    }
}

/// `\N` is nothing.
fn copied(cell: &[u8]) -> Cow<'_, [u8]> {
    let cell = cell.strip_suffix(b"\n").unwrap_or(cell);
    let cell = cell.strip_suffix(b"\r").unwrap_or(cell);
    Cow::Owned(if cell == b"\\N" { Vec::new() } else { unescaped(cell) })
}

/// The values of a row in brackets: strings, and what else stands between commas; NULL is nothing.
fn values(row: &[u8], backslash: bool) -> Vec<Cow<'static, [u8]>> {
    let mut cells = Vec::new();
    let (mut cell, mut bare, mut depth, mut is_string) = (Vec::new(), Vec::new(), 0_u32, false);
    let mut rest = row.strip_prefix(b"(").unwrap_or(row);
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match byte {
            b'\'' | b'"' => {
                let length = string_length(rest, *byte, backslash || bare.ends_with(b"E"));
                let (inner, tail) = rest.split_at_checked(length).unwrap_or((rest, &[]));
                // Two side by side are one.
                cell.extend(unquoted(inner, *byte, backslash || bare.ends_with(b"E")));
                rest = tail.get(1..).unwrap_or_default();
                is_string = true;
            }
            b',' | b')' if depth == 0 => {
                let word = bare.trim_ascii();
                let value = match () {
                    () if is_string => std::mem::take(&mut cell),
                    () if word.eq_ignore_ascii_case(b"NULL") => Vec::new(),
                    () => word.to_vec(),
                };
                cells.push(Cow::Owned(value));
                bare.clear();
                is_string = false;
                if *byte == b')' {
                    break;
                }
            }
            other => {
                depth = depth + u32::from(*other == b'(') - u32::from(*other == b')');
                bare.push(*other);
            }
        }
    }
    cells
}

/// How long a string is, up to its closing quote. A quote in it is doubled, or has a backslash before it.
fn string_length(text: &[u8], quote: u8, backslash: bool) -> usize {
    let mut at = 0;
    while let Some(next) = memchr::memchr2(quote, b'\\', text.get(at..).unwrap_or_default()) {
        at += next;
        match text.get(at..) {
            Some([b'\\', ..]) => at += if backslash { 2 } else { 1 },
            Some([a, b, ..]) if a == b => at += 2,
            _ => return at,
        }
    }
    text.len()
}

fn unquoted(inner: &[u8], quote: u8, backslash: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let [byte, tail @ ..] = rest {
        rest = match (byte, tail) {
            (b'\\', [next, after @ ..]) if backslash => {
                out.extend(unescaped(&[b'\\', *next]));
                after
            }
            (a, [b, after @ ..]) if *a == quote && *b == quote => {
                out.push(quote);
                after
            }
            _ => {
                out.push(*byte);
                tail
            }
        };
    }
    out
}

/// The rows of a dump.
pub(super) struct Rows<'r> {
    stream: Stream<'r>,
    line: u64,
    index: usize,
    backslash: bool,
    state: State,
}

/// Where in a dump the stream stands.
enum State {
    /// Between statements.
    Between,
    /// Among the rows of a statement.
    Values(Arc<Columns>),
    /// Among the lines of `COPY`.
    Copied(Arc<Columns>),
}

/// Whether the words of a statement end in `VALUES`: the next bracket is a row.
fn ends_in_values(words: &[u8]) -> bool {
    words.trim_ascii_end().last_chunk::<6>().is_some_and(|end| end.eq_ignore_ascii_case(b"values"))
}

/// A row: which one, its line, how it is written, its bytes.
pub(super) type Cut = (usize, u64, Option<Row>, Result<Vec<u8>, Fault>);

impl<'r> Rows<'r> {
    pub(super) fn new(stream: Stream<'r>, first: &[u8]) -> Self {
        // Where line ends are written out in strings, or quotes escaped, the backslash is a sign of the dump.
        let backslash =
            [&b"\\n"[..], b"\\'", b"\\\"", b"\\r"].iter().any(|sign| memchr::memmem::find(first, sign).is_some());
        Self { stream, line: 1, index: 0, backslash, state: State::Between }
    }

    fn peek(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            match self.stream.fill_buf() {
                Ok(buffer) => return Ok(buffer.first().copied()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::Io(error)),
            }
        }
    }

    fn next_byte(&mut self) -> Result<Option<u8>, Fault> {
        let byte = self.peek()?;
        if let Some(byte) = byte {
            self.stream.consume(1);
            self.line += u64::from(byte == b'\n');
        }
        Ok(byte)
    }

    /// Passes over white space and comments, also those that `MySQL` executes.
    fn skip_blanks(&mut self) -> Result<(), Fault> {
        while let Some(byte) = self.peek()? {
            match byte {
                byte if byte.is_ascii_whitespace() => {
                    self.next_byte()?;
                }
                b'#' => self.skip_line()?,
                b'-' => {
                    self.next_byte()?;
                    if self.peek()? != Some(b'-') {
                        return Ok(());
                    }
                    self.skip_line()?;
                }
                b'/' => {
                    self.next_byte()?;
                    if self.peek()? != Some(b'*') {
                        return Ok(());
                    }
                    let mut last = 0;
                    self.next_byte()?;
                    while let Some(byte) = self.next_byte()? {
                        if (last, byte) == (b'*', b'/') {
                            break;
                        }
                        last = byte;
                    }
                }
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    fn skip_line(&mut self) -> Result<(), Fault> {
        while let Some(byte) = self.next_byte()? {
            if byte == b'\n' {
                break;
            }
        }
        Ok(())
    }

    /// The words of a statement up to its first row, or to its end; strings and what is in brackets belong to them.
    fn statement(&mut self) -> Result<Vec<u8>, Fault> {
        /// More than the words of a statement before its first row have.
        const LONGEST: usize = 64 << 10;
        let mut words = Vec::new();
        let mut depth = 0_u32;
        while let Some(byte) = self.peek()? {
            let is_kept = words.len() < LONGEST;
            if byte == b'(' && depth == 0 && is_kept && ends_in_values(&words) {
                break;
            }
            self.next_byte()?;
            match byte {
                b'\'' | b'"' | b'`' => {
                    let string = self.string(byte)?;
                    if is_kept {
                        words.push(byte);
                        words.extend(string);
                    }
                    continue;
                }
                b';' if depth == 0 => break,
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if is_kept {
                words.push(byte);
            }
        }
        Ok(words)
    }

    /// The rest of a string, with its closing quote.
    fn string(&mut self, quote: u8) -> Result<Vec<u8>, Fault> {
        let mut string = Vec::new();
        while let Some(byte) = self.next_byte()? {
            if string.len() <= LIMIT {
                string.push(byte);
            }
            if byte == b'\\' && self.backslash {
                let next = self.next_byte()?;
                string.extend(next.filter(|_| string.len() <= LIMIT));
            } else if byte == quote {
                if self.peek()? != Some(quote) {
                    return Ok(string);
                }
                self.next_byte()?;
                string.push(quote);
            }
        }
        Err(Fault::OpenQuote)
    }

    /// A row from its opening bracket on.
    fn row(&mut self) -> Result<Vec<u8>, Fault> {
        let mut row = Vec::new();
        let mut depth = 0_u32;
        while let Some(byte) = self.next_byte()? {
            row.push(byte);
            match byte {
                b'\'' | b'"' => row.append(&mut self.string(byte)?),
                b'(' => depth += 1,
                b')' if depth == 1 => {
                    let is_too_large = row.len() > LIMIT;
                    let fault = Fault::TooLarge { limit: LIMIT, unit: "a row of an SQL dump" };
                    return if is_too_large { Err(fault) } else { Ok(row) };
                }
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // A row without its end, and nothing is kept of it.
            row.truncate(LIMIT + 1);
        }
        Err(Fault::OpenQuote)
    }

    fn cut(&mut self, row: Option<Row>, line: u64, bytes: Result<Vec<u8>, Fault>) -> Cut {
        self.index += 1;
        (self.index - 1, line, row, bytes)
    }

    /// Goes on to the next row; nothing at the end.
    fn advance(&mut self) -> Result<Option<Cut>, Fault> {
        loop {
            match &self.state {
                State::Between => {
                    self.skip_blanks()?;
                    if self.peek()?.is_none() {
                        return Ok(None);
                    }
                    let words = self.statement()?;
                    self.enter(&words)?;
                }
                State::Values(columns) => {
                    let columns = Arc::clone(columns);
                    self.skip_blanks()?;
                    match self.peek()? {
                        Some(b'(') => {
                            let line = self.line;
                            let bytes = self.row();
                            let form = Form::Values { backslash: self.backslash };
                            return Ok(Some(self.cut(Some(Row { columns, form }), line, bytes)));
                        }
                        Some(b',') => {
                            self.next_byte()?;
                        }
                        _ => {
                            self.statement()?;
                            self.state = State::Between;
                        }
                    }
                }
                State::Copied(columns) => {
                    let columns = Arc::clone(columns);
                    let (line, mut bytes) = (self.line, Vec::new());
                    let read = line::read(&mut *self.stream, &mut bytes).map_err(Fault::Io)?;
                    self.line += 1;
                    if read == line::Read::End || bytes.trim_ascii() == b"\\." {
                        self.state = State::Between;
                        continue;
                    }
                    let is_whole = read == line::Read::Line;
                    let fault = Fault::TooLarge { limit: LIMIT, unit: "a row of an SQL dump" };
                    let row = Row { columns, form: Form::Copied };
                    return Ok(Some(self.cut(Some(row), line, if is_whole { Ok(bytes) } else { Err(fault) })));
                }
            }
        }
    }

    /// What a statement brings: rows, or nothing.
    fn enter(&mut self, words: &[u8]) -> Result<(), Fault> {
        let text = String::from_utf8_lossy(words);
        let lower = text.trim_start().to_ascii_lowercase();
        let is_insert =
            (lower.starts_with("insert") || lower.starts_with("replace")) && lower.trim_end().ends_with("values");
        let is_copy = lower.starts_with("copy") && lower.contains("from stdin");
        if is_insert {
            self.state = State::Values(Arc::new(columns(&text)));
        } else if is_copy {
            self.skip_line()?;
            self.state = State::Copied(Arc::new(columns(&text)));
        }
        Ok(())
    }
}

impl Iterator for Rows<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        match self.advance() {
            Ok(cut) => cut,
            Err(fault) => {
                // What follows cannot be told from what is inside of a string.
                self.stream = Box::new(std::io::empty());
                self.state = State::Between;
                let line = self.line;
                Some(self.cut(None, line, Err(fault)))
            }
        }
    }
}

/// The columns that a statement names in brackets.
fn columns(statement: &str) -> Columns {
    let named = || {
        let (_, names) = statement.split_once('(')?;
        let (names, _) = names.split_once(')')?;
        let names: Vec<&str> = names.split(',').map(|name| name.trim().trim_matches(['`', '"', '[', ']'])).collect();
        Named::new(&names)
    };
    named().map_or(Columns::Unnamed(Vec::new()), Columns::Named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(dump: &str) -> Vec<(u64, String)> {
        assert!(begins(dump.as_bytes()), "{dump}");
        let rows = Rows::new(Box::new(std::io::Cursor::new(dump.to_owned())), dump.as_bytes());
        rows.map(|(_, line, row, bytes)| {
            let content = bytes.and_then(|bytes| row.unwrap().open(&bytes));
            (line, content.map_or_else(|fault| fault.to_string(), |content| content.text.text.into_owned()))
        })
        .collect()
    }

    #[test]
    fn rows_of_every_dialect() {
        let (a, b) = ("FM OSLO\nTO X\nUNCLAS; it's (\"a\")".to_owned(), "FM OSLO\nTO Y\nUNCLAS".to_owned());
        let cases: [(&str, &str, u64); 6] = [
            (
                "a row a statement, line ends written out",
                "INSERT INTO cable VALUES (1,'09OSLO1','FM OSLO\\nTO X\\nUNCLAS; it\\'s (\\\"a\\\")');\n\
                 INSERT INTO cable VALUES (2,'09OSLO2','FM OSLO\\nTO Y\\nUNCLAS');\n",
                2,
            ),
            (
                "several rows, quotes doubled",
                "-- a dump; of cables\n/*!40101 SET NAMES utf8 */;\nCREATE TABLE cable (id int, text text DEFAULT ';');\n\
                 insert into `cable` (`id`, `text`) values\n(1, 'FM OSLO\nTO X\nUNCLAS; it''s (\"a\")'),\n(2,N'FM OSLO\nTO Y\n\
                 UNCLAS') ;\nCOMMIT;\n",
                8,
            ),
            (
                "strings in double quotes",
                "REPLACE INTO cable (text) VALUES (\"FM OSLO\\nTO X\\nUNCLAS; it's (\\\"a\\\")\");\n\nINSERT INTO cable (text) \
                 VALUES (\"FM OSLO\\nTO Y\\nUNCLAS\");\n",
                3,
            ),
            (
                "functions and NULL",
                "INSERT INTO c (d, text, e) VALUES (now(), 'FM OSLO\nTO X\nUNCLAS; it''s (\"a\")', NULL), (f(1, (2)), 'FM \
                 OSLO\nTO Y\nUNCLAS', 1.5);\n",
                3,
            ),
            (
                "lines that are copied",
                "SET x = 1;\nCOPY public.cable (id, text) FROM stdin;\n1\tFM OSLO\\nTO X\\nUNCLAS; it's (\"a\")\n2\tFM OSLO\\nTO \
                 Y\\nUNCLAS\n\\.\n\nSELECT 1;\n",
                4,
            ),
            (
                "escapes of one string",
                "INSERT INTO c (text) VALUES (E'FM OSLO\\nTO X\\nUNCLAS; it\\'s (\"a\")'), ('FM OSLO\\nTO Y\\nUNCLAS');",
                1,
            ),
        ];
        for (name, dump, line) in cases {
            let got = texts(dump);
            let words: Vec<&String> = got.iter().map(|(_, text)| text).collect();
            assert_eq!(words, [&a, &b], "{name}");
            assert_eq!(got.last().map(|(line, _)| *line), Some(line), "{name}");
        }
    }

    #[test]
    fn many_brackets_cost_linear_time() {
        let brackets = format!("INSERT INTO c{}{}", " ".repeat(70_000), "() ".repeat(400_000));
        let dump = format!("{brackets};INSERT INTO c (text) VALUES ('FM OSLO\nTO X');");
        assert_eq!(texts(&dump), [(1, "FM OSLO\nTO X".to_owned())]);
    }

    #[test]
    fn damage_is_reported_and_what_is_no_dump_is_none() {
        let got = texts("INSERT INTO c (text) VALUES ('FM OSLO\nTO X'), ('FM\n");
        assert_eq!((got.len(), &*got[0].1), (2, "FM OSLO\nTO X"));
        assert!(got[1].1.contains("quote"), "{got:?}");
        for text in ["SET COURSE FOR OSLO\nTHE CABLE", "-- FISH --\n", "COPY TO OSLO\n", "INSERTED"] {
            assert!(!begins(text.as_bytes()), "{text}");
        }
    }
}
