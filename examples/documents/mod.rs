//! What all programs here share: the documents of files, folders and standard input, one after the other; where results
//! are written; what is reported.

pub(crate) mod console;
pub(crate) mod in_order;
pub(crate) mod output;

use std::fs::{File, Metadata};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use cablegram::source::{Fault, Opened, Reader, SourceError, Wrapped};
use cablegram::{Container, Document};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;

/// The crate's version and the revision it was built from.
pub(crate) const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("CABLEGRAM_REVISION"), ")");

/// Why a document did not get through.
#[derive(Debug)]
pub(crate) enum Lost {
    /// It was read, and is no cable, or damaged, or of a kind that is not read: where, and why.
    Refused(String, String),
    /// It could not be read at all: where, and why.
    Unreadable(String, String),
}

impl From<SourceError> for Lost {
    fn from(error: SourceError) -> Self {
        match error.fault {
            Fault::Io(cause) => Self::Unreadable(error.place.to_string(), cause.to_string()),
            fault => Self::Refused(error.place.to_string(), fault.to_string()),
        }
    }
}

/// A cable as it was found.
pub(crate) enum Found {
    /// Its text, to be parsed.
    Text(Box<Opened>),
    /// It was parsed before, and written by cable2json; where it stands.
    Parsed(Box<Document<'static>>, String),
}

/// The options that say how to read.
#[derive(clap::Args)]
pub(crate) struct ReadAs {
    /// Read as this, and do not identify the container by content.
    #[arg(long, value_name = "CONTAINER",
          value_parser = PossibleValuesParser::new(Container::ALL.map(Container::as_str)).try_map(container))]
    from: Option<Container>,
    /// What the columns of a table are called that has no row of names, such as `id,date,text`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
}

impl ReadAs {
    pub(crate) fn reading(&self) -> Reading {
        Reading { from: self.from, columns: self.columns.clone(), ..Reading::default() }
    }
}

/// The container of that name.
fn container(name: String) -> Result<Container, String> {
    Container::ALL.into_iter().find(|container| container.as_str() == name).ok_or(name)
}

/// The paths, or standard input where there are none; wrong use where it is a terminal.
pub(crate) fn or_standard_input<O: clap::CommandFactory>(paths: &[PathBuf]) -> Vec<PathBuf> {
    if !paths.is_empty() {
        return paths.to_vec();
    }
    if io::stdin().is_terminal() {
        let message = "no PATH, and standard input is a terminal: name files or folders, or `-`";
        O::command().error(ErrorKind::MissingRequiredArgument, message).exit();
    }
    vec![PathBuf::from("-")]
}

/// How to read: the container, where it is not identified by content; what is left out; what was read so far.
#[derive(Clone, Default)]
pub(crate) struct Reading {
    pub(crate) from: Option<Container>,
    pub(crate) columns: Vec<String>,
    /// A count of the bytes read so far, packed as they are.
    pub(crate) bytes: Arc<AtomicU64>,
    /// Whether the user stopped it: what was read half is no fault then.
    pub(crate) stopped: Arc<AtomicBool>,
    /// Files that a walk through a folder leaves out: those that the program itself writes.
    pub(crate) left_out: Vec<FileId>,
}

impl Reading {
    /// The documents at or below some paths; one file is open, and one document held, at a time.
    pub(crate) fn documents(self, paths: Vec<PathBuf>) -> impl Iterator<Item = Result<Wrapped, Lost>> + Send {
        let left_out = self.left_out.clone();
        paths.into_iter().flat_map(move |path| files(&path, &left_out)).flat_map(move |file| self.documents_of(file))
    }

    /// The cables in these documents.
    pub(crate) fn cables(self, paths: Vec<PathBuf>) -> impl Iterator<Item = Result<Found, Lost>> + Send {
        self.documents(paths).flat_map(|wrapped| match wrapped.and_then(found) {
            Ok(cables) => cables.into_iter().map(Ok).collect(),
            Err(lost) => vec![Err(lost)],
        })
    }

    fn documents_of(&self, file: Result<PathBuf, Lost>) -> Box<dyn Iterator<Item = Result<Wrapped, Lost>> + Send> {
        let opened = file.and_then(|path| {
            let stream =
                open(&path).map_err(|error| Lost::Unreadable(path.display().to_string(), error.to_string()))?;
            Ok((path.display().to_string(), stream))
        });
        let (name, (stream, is_file)) = match opened {
            Ok(opened) => opened,
            Err(lost) => return Box::new(std::iter::once(Err(lost))),
        };
        let (bytes, stopped) = (Arc::clone(&self.bytes), Arc::clone(&self.stopped));
        let mut reader = Reader::new(name, Counted { stream, is_file, bytes, stopped }, self.from);
        if !self.columns.is_empty() {
            reader = reader.columns(&self.columns);
        }
        Box::new(reader.map(|wrapped| wrapped.map_err(Lost::from)))
    }
}

/// The cables of a document.
fn found(wrapped: Wrapped) -> Result<Vec<Found>, Lost> {
    match wrapped.parsed() {
        Some(document) => Ok(vec![Found::Parsed(Box::new(document?), wrapped.place.to_string())]),
        None => Ok(wrapped.open()?.into_iter().map(|opened| Found::Text(Box::new(opened))).collect()),
    }
}

/// The files at or below a path, in the order of their names. Hidden files and folders, and what is left out, are passed
/// over in a folder; a path that was named is read whatever it is: `-`, a pipe, `/dev/stdin`.
pub(crate) fn files(path: &Path, left_out: &[FileId]) -> Box<dyn Iterator<Item = Result<PathBuf, Lost>> + Send> {
    let one = |file| -> Box<dyn Iterator<Item = _> + Send> { Box::new(std::iter::once(file)) };
    if path.as_os_str() == "-" {
        return one(Ok(path.to_owned()));
    }
    match std::fs::metadata(path) {
        Err(error) => one(Err(Lost::Unreadable(path.display().to_string(), error.to_string()))),
        Ok(about) if !about.is_dir() => one(Ok(path.to_owned())),
        Ok(_) => Box::new(or_empty(path, walk(path, left_out.to_vec()))),
    }
}

/// The files below a folder.
fn walk(folder: &Path, left_out: Vec<FileId>) -> impl Iterator<Item = Result<PathBuf, Lost>> + Send + use<> {
    let entries = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let shown = entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path()));
    shown.filter_map(move |entry| {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Err(unreadable(&error))),
        };
        let kind = entry.file_type();
        if kind.is_dir() {
            return None;
        }
        let path = entry.into_path();
        if !kind.is_file() {
            let why = "a pipe, socket or device in a folder is not read: name it to read it";
            return Some(Err(Lost::Refused(path.display().to_string(), why.to_owned())));
        }
        let is_left_out = !left_out.is_empty() && FileId::of(&path).is_some_and(|id| left_out.contains(&id));
        (!is_left_out).then_some(Ok(path))
    })
}

/// The same files, or that there are none.
fn or_empty<F: Iterator<Item = Result<PathBuf, Lost>> + Send>(
    folder: &Path,
    files: F,
) -> impl Iterator<Item = Result<PathBuf, Lost>> + Send + use<F> {
    let mut files = files.peekable();
    let empty = files.peek().is_none();
    let lost = || Err(Lost::Refused(folder.display().to_string(), "the folder has no files to read".to_owned()));
    let lost = empty.then(lost);
    files.chain(lost)
}

fn unreadable(error: &walkdir::Error) -> Lost {
    let path = error.path().map_or_else(String::new, |path| path.display().to_string());
    Lost::Unreadable(path, error.io_error().map_or_else(|| error.to_string(), ToString::to_string))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with('.'))
}

/// A stream, and whether it is a file, whose end is where it ends and not where another program stopped.
fn open(path: &Path) -> io::Result<(Box<dyn Read + Send>, bool)> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(io::stdin()), false));
    }
    let file = File::open(path)?;
    let is_file = file.metadata().is_ok_and(|about| about.is_file());
    Ok((Box::new(file), is_file))
}

/// A stream whose bytes are counted.
struct Counted {
    stream: Box<dyn Read + Send>,
    is_file: bool,
    bytes: Arc<AtomicU64>,
    stopped: Arc<AtomicBool>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        if read == 0 && !self.is_file && !buffer.is_empty() && !self.stopped.load(Ordering::Relaxed) {
            // Ctrl-C stops the program before us in a pipe as well, and that it did is known a moment later.
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(read)
    }
}

/// Which file it is, under whatever name: links lead to the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileId(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] PathBuf);

impl FileId {
    /// The regular file at a path; nothing where there is none.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let about = std::fs::metadata(path).ok().filter(Metadata::is_file)?;
        #[cfg(unix)]
        let id = Some({
            use std::os::unix::fs::MetadataExt;
            (about.dev(), about.ino())
        });
        #[cfg(not(unix))]
        let id = std::fs::canonicalize(path).ok().filter(|_| about.is_file());
        id.map(Self)
    }
}
