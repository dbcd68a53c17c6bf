//! A stream cut into documents.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

use super::identify::{Identity, LOOK, Packing, identify, is_enough};
use super::unpack::{self, Zip};
use super::{Fault, Form, LIMIT, Place, SourceError, Taken, Wrapped, json, letters, part, several, sql, table, utf16};
use crate::decode::Decoded;
use crate::document::Container;

/// How much is read at once.
pub(super) const BUFFER: usize = 128 << 10;
/// How deep archives may stand in each other.
const DEPTH: usize = 8;

/// A stream that is read.
pub(super) type Stream<'r> = Box<dyn BufRead + Send + 'r>;

/// The documents of one stream, in their order; it holds one of them at a time.
///
/// The stream may be packed by gzip or zip, and in UTF-16. A damaged row gives an error and the rows after it go on; where
/// the stream cannot be read further, the error is the last item.
pub struct Reader<'r> {
    path: String,
    options: Options,
    state: State<'r>,
}

/// What the caller says of a stream.
#[derive(Clone, Debug, Default)]
struct Options {
    container: Option<Container>,
    columns: Option<Vec<String>>,
    depth: usize,
}

/// How a stream is cut.
enum State<'r> {
    /// Nothing was read yet.
    New(Stream<'r>),
    /// One document.
    Whole(Stream<'r>, Container),
    /// Rows of a table.
    Table(table::Rows<'r>),
    /// Objects of JSON.
    Json(json::Objects<'r>),
    /// Letters, and the cables of those that were opened.
    Letters(letters::Letters<'r>, VecDeque<Cut>, usize),
    /// Rows of an SQL dump.
    Sql(sql::Rows<'r>),
    /// The members of an archive, and the documents of the one that is read.
    Zip(Zip<'r>, Option<Box<Reader<'r>>>),
    /// The end.
    Done,
}

/// A document as it was cut, and where: its line, where it is a row.
struct Cut {
    index: usize,
    line: Option<u64>,
    container: Container,
    form: Form,
    bytes: Result<Vec<u8>, Fault>,
}

impl<'r> Reader<'r> {
    /// Reads a stream; `path` is its name, and where `container` is `None` it is identified by content.
    pub fn new(path: impl Into<String>, stream: impl Read + Send + 'r, container: Option<Container>) -> Self {
        let stream = Box::new(BufReader::with_capacity(BUFFER, stream));
        let options = Options { container, ..Options::default() };
        Self { path: path.into(), options, state: State::New(stream) }
    }

    /// Names the columns of a table that has no row of names: `id`, `text`, and any others.
    #[must_use]
    pub fn columns(mut self, names: &[String]) -> Self {
        self.options.columns = Some(names.to_vec());
        self
    }

    /// Unpacks the stream, and identifies its container.
    fn begin(&self, mut stream: Stream<'r>) -> Result<State<'r>, Fault> {
        for _ in self.options.depth..DEPTH {
            let (first, again) = unpack::peeked(stream, LOOK, is_enough);
            stream = match identify(&first) {
                Identity::Packed(Packing::Gzip) => unpack::gunzip(again),
                Identity::Packed(Packing::Zip) => return Ok(State::Zip(Zip::new(again), None)),
                Identity::Utf16(endian) => utf16::decoded(again, endian),
                Identity::Refused(what) if self.options.container.is_none() => return Err(Fault::Refused(what)),
                Identity::Refused(_) => return Ok(self.cut_as(Container::Text, again, &first)),
                Identity::Documents(container) => return Ok(self.cut_as(container, again, &first)),
            };
        }
        Err(Fault::Refused("archives in archives, too deep to be unpacked"))
    }

    /// Cuts the stream as what was asked for, or as what it is.
    fn cut_as(&self, identified: Container, stream: Stream<'r>, first: &[u8]) -> State<'r> {
        let columns = self.options.columns.as_deref();
        let is_named = columns.is_some() && identified == Container::Text;
        let container = self.options.container.unwrap_or(if is_named { Container::Csv } else { identified });
        match container {
            Container::Csv => {
                let layout = table::Layout::of(first, columns).unwrap_or_else(table::Layout::classic);
                State::Table(table::Rows::new(stream, layout))
            }
            Container::Jsonl | Container::Parsed => State::Json(json::Objects::new(stream, first)),
            Container::Mbox => State::Letters(letters::Letters::new(stream, first), VecDeque::new(), 0),
            Container::Sql => State::Sql(sql::Rows::new(stream, first)),
            container => State::Whole(stream, container),
        }
    }

    /// The next document, with its place in the file.
    fn cut(&mut self) -> Option<Cut> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done | State::New(_) | State::Zip(..) => None,
            State::Whole(stream, container) => {
                let bytes = whole(stream, container);
                Some(Cut { index: 0, line: None, container, form: Form::Whole, bytes })
            }
            State::Table(mut rows) => {
                let (index, line, bytes) = rows.next()?;
                let form = Form::Row(rows.layout());
                self.state = State::Table(rows);
                Some(self.checked(Cut { index, line: Some(line), container: Container::Csv, form, bytes }))
            }
            State::Json(mut objects) => {
                let (index, line, bytes) = objects.next()?;
                self.state = State::Json(objects);
                let is_parsed = bytes.as_ref().is_ok_and(|bytes| json::is_parsed(bytes));
                let container = if is_parsed { Container::Parsed } else { Container::Jsonl };
                Some(self.checked(Cut { index, line: Some(line), container, form: Form::Whole, bytes }))
            }
            State::Sql(mut rows) => {
                let (index, line, row, bytes) = rows.next()?;
                let form = row.map_or(Form::Whole, Form::Values);
                self.state = State::Sql(rows);
                Some(self.checked(Cut { index, line: Some(line), container: Container::Sql, form, bytes }))
            }
            State::Letters(mut letters, mut ready, mut index) => {
                if ready.is_empty() {
                    ready = cables_of(letters.next()?, &mut index);
                }
                let cut = ready.pop_front()?;
                self.state = State::Letters(letters, ready, index);
                Some(self.checked(cut))
            }
        }
    }

    /// After an error of the stream nothing more can be read.
    fn checked(&mut self, cut: Cut) -> Cut {
        if matches!(cut.bytes, Err(Fault::Io(_))) {
            self.state = State::Done;
        }
        cut
    }

    /// The next document of the member that is read, or of the next one.
    fn of_archive(&mut self) -> Option<Result<Wrapped, SourceError>> {
        let State::Zip(zip, member) = &mut self.state else { return None };
        loop {
            if let Some(next) = member.as_mut().and_then(Iterator::next) {
                return Some(next);
            }
            *member = None;
            let place = |name: Option<&str>| {
                Place::file(name.map_or_else(|| self.path.clone(), |name| format!("{}/{name}", self.path)))
            };
            match zip.next() {
                Ok(None) => break,
                Ok(Some((name, Ok(stream)))) => {
                    let options = Options { depth: self.options.depth + 1, ..self.options.clone() };
                    let reader = Reader { path: format!("{}/{name}", self.path), options, state: State::New(stream) };
                    *member = Some(Box::new(reader));
                }
                Ok(Some((name, Err(fault)))) => return Some(Err(SourceError { place: place(Some(&name)), fault })),
                Err(fault) => {
                    let place = place(None);
                    self.state = State::Done;
                    return Some(Err(SourceError { place, fault }));
                }
            }
        }
        self.state = State::Done;
        None
    }
}

/// The cables of a letter, each a document of its own.
fn cables_of((line, letter): (u64, Result<Vec<u8>, Fault>), index: &mut usize) -> VecDeque<Cut> {
    let mut cut = |form: Form, bytes: Result<Vec<u8>, Fault>| {
        *index += 1;
        Cut { index: *index - 1, line: Some(line), container: Container::Mbox, form, bytes }
    };
    match letter.and_then(|letter| letters::open(&letter)) {
        Err(fault) => VecDeque::from([cut(Form::Whole, Err(fault))]),
        Ok((texts, metadata)) => {
            let metadata = Arc::new(metadata);
            let mut cables = VecDeque::new();
            for text in &texts {
                for range in several::cables(&text.text) {
                    let Decoded { text, diagnostic, truncated } = part(text, range);
                    let taken = Taken { metadata: Arc::clone(&metadata), diagnostic, truncated };
                    cables.push_back(cut(Form::Taken(taken), Ok(text.into_owned().into_bytes())));
                }
            }
            cables
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Wrapped, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::New(stream) => match self.begin(stream) {
                Ok(state) => self.state = state,
                Err(fault) => return Some(Err(SourceError { place: Place::file(self.path.clone()), fault })),
            },
            begun => self.state = begun,
        }
        if matches!(self.state, State::Zip(..)) {
            return self.of_archive();
        }
        let Cut { index, line, container, form, bytes } = self.cut()?;
        let place = Place { index, line, ..Place::file(self.path.clone()) };
        let asked = self.options.container.is_some();
        Some(match bytes {
            Ok(bytes) => Ok(Wrapped { place, container, bytes, asked, form }),
            Err(fault) => Err(SourceError { place, fault }),
        })
    }
}

/// A document that is the whole stream. Reading pages takes many times their length in memory.
fn whole(stream: Stream<'_>, container: Container) -> Result<Vec<u8>, Fault> {
    let (limit, unit) = match container {
        Container::Html => (LIMIT / 4, "a web page"),
        Container::Pdf => (LIMIT / 4, "a PDF"),
        Container::Markdown => (LIMIT, "a text in markdown"),
        _ => (LIMIT, "a plain text"),
    };
    let mut bytes = Vec::new();
    stream.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(Fault::Io)?;
    if bytes.len() > limit { Err(Fault::TooLarge { limit, unit }) } else { Ok(bytes) }
}
