//! JSON Lines: an object a line, with the cable in `text`, its name in `id`, and whatever else.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::Deserialize;
use serde_json::Value;

use super::{Content, Fault, LIMIT, decoded, line};

/// The lines of a stream that are not blank.
pub(super) struct Lines<'r> {
    stream: Box<dyn BufRead + Send + 'r>,
    line: u64,
    index: usize,
}

impl<'r> Lines<'r> {
    pub(super) fn new(stream: Box<dyn BufRead + Send + 'r>) -> Self {
        Self { stream, line: 0, index: 0 }
    }
}

impl Iterator for Lines<'_> {
    type Item = (usize, u64, Result<Vec<u8>, Fault>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        let row = loop {
            self.line += 1;
            match line::read(&mut *self.stream, &mut bytes) {
                Ok(line::Read::End) => return None,
                Ok(line::Read::Line) if bytes.trim_ascii().is_empty() => {}
                Ok(line::Read::Line) => break Ok(bytes),
                Ok(line::Read::TooLong) => break Err(Fault::TooLarge { limit: LIMIT }),
                Err(error) => break Err(Fault::Io(error)),
            }
        };
        self.index += 1;
        Some((self.index - 1, self.line, row))
    }
}

/// The object of a line.
#[derive(Deserialize)]
struct Object {
    text: String,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

/// Takes the cable out of a line; the other keys are metadata, what is no string as its JSON.
pub(super) fn open(line: &[u8]) -> Result<Content, Fault> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let Object { text, others } = serde_json::from_slice(line).map_err(Fault::Json)?;
    let string = |value| match value {
        Value::String(string) => string,
        other => other.to_string(),
    };
    let metadata: BTreeMap<_, _> = others.into_iter().map(|(key, value)| (key, string(value))).collect();
    let name = metadata.get("id").cloned();
    Ok(Content { text: decoded(text.into_bytes()), name, metadata: Some(metadata) })
}
