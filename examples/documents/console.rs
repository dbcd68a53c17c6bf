//! What is reported on standard error: lines, and on a terminal how far it is. That it is closed or full is no reason to
//! stop: nobody wants to know then.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{Lost, Reading, files};

/// How many messages of one kind are written; the others are counted.
const SHOWN: u64 = 10;
/// How long a program runs before it shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it shows that.
const PACE: Duration = Duration::from_millis(200);

/// Writes a line on standard error.
pub(crate) fn report(line: &str) {
    // In one piece, so that lines of several programs stay whole.
    let _ = io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// A number of things, in words: `1 cable`, `2,028 cables`.
pub(crate) fn count(number: u64, thing: &str) -> String {
    format!("{} {thing}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with a comma at the thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size: `12.3 MiB`.
#[expect(clippy::cast_precision_loss, reason = "for reading")]
pub(crate) fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}

/// What a program reports while it runs.
pub(crate) struct Console {
    program: &'static str,
    /// Whether all messages are written, however many of one kind.
    all: bool,
    kinds: BTreeMap<String, u64>,
    is_terminal: bool,
    begun: Instant,
    drawn: Option<Instant>,
    bytes: Arc<AtomicU64>,
    paths: Vec<PathBuf>,
    total: Option<u64>,
}

impl Console {
    pub(crate) fn new(program: &'static str, all: bool, reading: &Reading, paths: &[PathBuf]) -> Self {
        Self {
            program,
            all,
            kinds: BTreeMap::new(),
            is_terminal: io::stderr().is_terminal(),
            begun: Instant::now(),
            drawn: None,
            bytes: Arc::clone(&reading.bytes),
            paths: paths.to_vec(),
            total: None,
        }
    }

    pub(crate) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }

    /// Writes a message, unless ten of its kind were written.
    pub(crate) fn message(&mut self, kind: &str, line: &str) {
        let count = self.kinds.entry(kind.to_owned()).or_default();
        *count += 1;
        if *count <= SHOWN || self.all {
            self.clear();
            report(line);
        }
    }

    /// Reports why a document did not get through.
    pub(crate) fn lost(&mut self, lost: &Lost) {
        match lost {
            Lost::Refused(place, why) => self.message(&kind(why), &format!("{place}: {why}")),
            Lost::Unreadable(place, why) => {
                let line = format!("{}: {place}: {why}", self.program);
                self.message(&kind(why), &line);
            }
        }
    }

    /// Shows how far it is, where it takes long and somebody looks.
    pub(crate) fn progress(&mut self, state: impl FnOnce() -> String) {
        let now = Instant::now();
        let waits = self.drawn.is_some_and(|drawn| now - drawn < PACE) || now - self.begun < PATIENCE;
        if !self.is_terminal || waits {
            return;
        }
        let paths = &self.paths;
        let total = *self.total.get_or_insert_with(|| total(paths));
        let read = self.bytes.load(Ordering::Relaxed);
        let share = (read * 100).checked_div(total).map(|share| format!("{:>3} %, ", share.min(100)));
        let line: String = format!("{}{}", share.unwrap_or_default(), state()).chars().take(79).collect();
        let _ = io::stderr().write_all(format!("\r\x1b[K{line}").as_bytes());
        self.drawn = Some(now);
    }

    /// Takes the line away that shows how far it is.
    fn clear(&mut self) {
        if self.drawn.is_some() {
            let _ = io::stderr().write_all(b"\r\x1b[K");
        }
    }

    /// Says how many messages of each kind were not written.
    pub(crate) fn finish(&mut self) {
        self.clear();
        self.drawn = None;
        let more = self.kinds.iter().filter(|(_, count)| **count > SHOWN && !self.all);
        for (kind, count) in more {
            report(&format!("{}: and {} more: {kind} ... (--verbose lists all)", self.program, grouped(count - SHOWN)));
        }
    }
}

/// Messages that begin with the same words are of one kind.
fn kind(message: &str) -> String {
    message.split_whitespace().take(4).collect::<Vec<_>>().join(" ")
}

/// How many bytes the files have in all; nought where that cannot be known, as of a pipe.
fn total(paths: &[PathBuf]) -> u64 {
    let size = |path: &Path| std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|about| about.len());
    let files = paths.iter().flat_map(|path| files(path, &[])).filter_map(Result::ok);
    files.map(|file| size(&file)).sum::<Option<u64>>().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        for (number, words) in [(0, "0 cables"), (1, "1 cable"), (999, "999 cables"), (2_028, "2,028 cables")] {
            assert_eq!(count(number, "cable"), words);
        }
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(mebibytes(3 << 19), "1.5 MiB");
    }
}
