//! Where results are written. An output is never one of the inputs, and an old one is replaced by a whole new one alone:
//! it is written to a file beside it, which takes its name at the end.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{FileId, files};

/// What cable2json, the pages and the graphs begin with: an old output of this program in a folder that it reads.
pub(crate) type OwnBeginnings = &'static [&'static str];

/// Refuses an output that is one of the inputs, under whatever name; gives the files that a walk through a folder leaves
/// out, being outputs.
pub(crate) fn check(output: Option<&Path>, paths: &[PathBuf], own: OwnBeginnings) -> anyhow::Result<Vec<FileId>> {
    let id = FileId::of(output.unwrap_or(Path::new("/dev/stdout")));
    let name = output.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    let Some(id) = id else { return Ok(Vec::new()) };
    for path in paths {
        let input = if path.as_os_str() == "-" { Path::new("/dev/stdin") } else { path };
        if !input.is_dir() {
            if FileId::of(input).as_ref() == Some(&id) {
                bail!("{name} is one of the inputs as well ({}): nothing was written to it", path.display());
            }
            continue;
        }
        // What the shell has opened is empty by now; what the program would replace must be its own.
        let is_input = |file: &PathBuf| FileId::of(file).as_ref() == Some(&id) && !begins_with(file, own);
        if output.is_some() && files(input, &[]).filter_map(Result::ok).any(|file| is_input(&file)) {
            bail!("{name} is one of the inputs as well, below {}: nothing was written to it", path.display());
        }
    }
    Ok(vec![id])
}

/// Whether a file begins as an output does, or is empty.
fn begins_with(file: &Path, own: OwnBeginnings) -> bool {
    let mut first = Vec::new();
    let read = File::open(file).and_then(|file| file.take(256).read_to_end(&mut first));
    let first: String = String::from_utf8_lossy(&first).split_whitespace().collect();
    read.is_ok() && (first.is_empty() || own.iter().any(|own| first.starts_with(own)))
}

/// An output that is being written.
pub(crate) struct Output {
    name: String,
    file: Sink,
}

enum Sink {
    Standard(io::StdoutLock<'static>),
    /// A device or pipe, in which nothing is to be lost.
    Direct(File),
    /// The file beside the target, which takes its name at the end.
    Beside {
        file: BufWriter<File>,
        part: PathBuf,
        target: PathBuf,
        is_kept: bool,
        is_done: bool,
    },
}

impl Output {
    /// Standard output.
    pub(crate) fn standard() -> Self {
        Self { name: "standard output".to_owned(), file: Sink::Standard(io::stdout().lock()) }
    }

    /// Standard output, or a file: written under another name, and nothing is left of it where it does not get whole.
    pub(crate) fn new(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self::standard()) };
        let target = target(path);
        let file_name = target.file_name().unwrap_or_default().to_string_lossy();
        let part = target.with_file_name(format!(".{file_name}.{}.part", std::process::id()));
        let options = OpenOptions::new().write(true).create_new(true).clone();
        Self::beside(path, target, part, &options, false)
    }

    /// A file whose part is kept where the program is stopped, so that it can go on: it has the name of the file and
    /// `.part`. `is_resumed` says that it does go on.
    pub(crate) fn resumable(path: &Path, is_resumed: bool) -> anyhow::Result<Self> {
        let target = target(path);
        let part = part_of(path);
        if !is_resumed && part.exists() {
            bail!(
                "{} is there: another run is writing it, or one was stopped; go on with it (--resume), or remove it",
                part.display()
            );
        }
        let options = if is_resumed {
            OpenOptions::new().append(true).create(true).clone()
        } else {
            OpenOptions::new().write(true).create_new(true).clone()
        };
        Self::beside(path, target, part, &options, true)
    }

    fn beside(
        path: &Path,
        target: PathBuf,
        part: PathBuf,
        options: &OpenOptions,
        is_kept: bool,
    ) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let old = std::fs::metadata(&target).ok();
        if old.as_ref().is_some_and(std::fs::Metadata::is_dir) {
            bail!("{name}: it is a folder");
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let file = OpenOptions::new().write(true).open(&target).with_context(|| name.clone())?;
            return Ok(Self { name, file: Sink::Direct(file) });
        }
        let file = options.open(&part).with_context(|| name.clone())?;
        if let Some(old) = old {
            // Who may read it stays as it was; where that cannot be, it is as for a new file.
            let _ = file.set_permissions(old.permissions());
        }
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Self { name, file: Sink::Beside { file, part, target, is_kept, is_done: false } })
    }

    /// The file beside the target, which is left out of a walk as well.
    pub(crate) fn part(&self) -> Option<FileId> {
        match &self.file {
            Sink::Beside { part, .. } => FileId::of(part),
            _ => None,
        }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let written = match &mut self.file {
            Sink::Standard(out) => out.write_all(bytes),
            Sink::Direct(file) => file.write_all(bytes),
            Sink::Beside { file, .. } => file.write_all(bytes),
        };
        written.with_context(|| self.name.clone())
    }

    /// Ends it: all is written, and has its name.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        let name = self.name.clone();
        self.flush().with_context(|| name.clone())?;
        if let Sink::Beside { part, target, is_done, .. } = &mut self.file {
            std::fs::rename(part, target).with_context(|| name)?;
            *is_done = true;
        }
        Ok(())
    }

    /// Ends it before all is there: whole lines so far, under the name of the part.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        let name = self.name.clone();
        self.flush().with_context(|| name)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.file {
            Sink::Standard(out) => out.flush(),
            Sink::Direct(file) => file.flush(),
            Sink::Beside { file, .. } => {
                file.flush()?;
                file.get_ref().sync_all()
            }
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Sink::Beside { file, part, is_kept, is_done: false, .. } = &mut self.file {
            let _ = file.flush();
            let is_empty = || std::fs::metadata(&*part).is_ok_and(|about| about.len() == 0);
            if !*is_kept || is_empty() {
                let _ = std::fs::remove_file(part);
            }
        }
    }
}

/// The file itself, where the path is a link to it.
fn target(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Where the part of a file is that can be gone on with.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    let target = target(path);
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    target.with_file_name(name)
}

/// Whoever read the output has had enough: that is no error.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().map(io::Error::kind) == Some(ErrorKind::BrokenPipe)
}
