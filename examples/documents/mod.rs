//! The documents of files, folders and standard input, one after the other.

#[allow(dead_code, reason = "for those who read on many cores")]
pub(crate) mod in_order;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cablegram::Container;
use cablegram::source::{Fault, Opened, Place, Reader, SourceError, Wrapped};
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Why a document did not get through.
#[derive(Debug)]
pub(crate) enum Lost {
    /// It was read, and is no cable, or damaged: where, and why.
    Refused(Place, String),
    /// It could not be read at all.
    Unreadable(String),
}

impl From<SourceError> for Lost {
    fn from(error: SourceError) -> Self {
        match error.fault {
            Fault::Io(cause) => Self::Unreadable(format!("{}: {cause}", error.place)),
            fault => Self::Refused(error.place, fault.to_string()),
        }
    }
}

/// The option that names the container.
#[derive(clap::Args)]
pub(crate) struct ReadAs {
    /// Read as this, and do not tell by content.
    #[arg(long, value_name = "CONTAINER",
          value_parser = PossibleValuesParser::new(Container::ALL.map(Container::as_str)).try_map(container))]
    from: Option<Container>,
}

impl ReadAs {
    pub(crate) fn reading(&self) -> Reading {
        Reading { from: self.from, ..Reading::default() }
    }
}

/// How to read: the container, where it is not told by content, and a count of the bytes read so far.
#[derive(Clone, Default)]
pub(crate) struct Reading {
    pub(crate) from: Option<Container>,
    pub(crate) bytes: Arc<AtomicU64>,
}

impl Reading {
    /// The documents at or below some paths; one file is open, and one document held, at a time.
    pub(crate) fn documents(self, paths: Vec<PathBuf>) -> impl Iterator<Item = Result<Wrapped, Lost>> + Send {
        paths.into_iter().flat_map(|path| files(&path)).flat_map(move |file| self.documents_of(file))
    }

    /// The texts of the cables in these documents.
    #[allow(dead_code, reason = "for those who read one after another")]
    pub(crate) fn cables(self, paths: Vec<PathBuf>) -> impl Iterator<Item = Result<Opened, Lost>> + Send {
        self.documents(paths).flat_map(|wrapped| match wrapped.and_then(|wrapped| Ok(wrapped.open()?)) {
            Ok(cables) => cables.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(lost) => vec![Err(lost)],
        })
    }

    fn documents_of(&self, file: Result<PathBuf, Lost>) -> Box<dyn Iterator<Item = Result<Wrapped, Lost>> + Send> {
        let stream = file.and_then(|path| match open(&path) {
            Ok(stream) => Ok((path.display().to_string(), stream)),
            Err(error) => Err(Lost::Unreadable(format!("{}: {error}", path.display()))),
        });
        match stream {
            Ok((name, stream)) => {
                let counted = Counted { stream, bytes: Arc::clone(&self.bytes) };
                Box::new(Reader::new(name, counted, self.from).map(|wrapped| wrapped.map_err(Lost::from)))
            }
            Err(lost) => Box::new(std::iter::once(Err(lost))),
        }
    }
}

/// The container of that name.
fn container(name: String) -> Result<Container, String> {
    Container::ALL.into_iter().find(|container| container.as_str() == name).ok_or(name)
}

/// The files at or below a path, in the order of their names, without hidden ones; `-` is itself.
pub(crate) fn files(path: &Path) -> Box<dyn Iterator<Item = Result<PathBuf, Lost>> + Send> {
    if path.as_os_str() == "-" {
        return Box::new(std::iter::once(Ok(path.to_owned())));
    }
    let entries = walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    Box::new(entries.filter_map(|entry| match entry {
        Ok(entry) => (entry.file_type().is_file() && !is_hidden(entry.path())).then(|| Ok(entry.into_path())),
        Err(error) => Some(Err(Lost::Unreadable(unreadable(&error)))),
    }))
}

fn unreadable(error: &walkdir::Error) -> String {
    match (error.path(), error.io_error()) {
        (Some(path), Some(cause)) => format!("{}: {cause}", path.display()),
        _ => error.to_string(),
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with('.'))
}

fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin()));
    }
    Ok(Box::new(File::open(path)?))
}

/// A stream whose bytes are counted.
struct Counted {
    stream: Box<dyn Read + Send>,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
