//! JSON: an object a line, objects over many lines one after another, or an array of them. An object has the cable in
//! `text`, or under another name that says so, its number in `id`, and whatever else. A string is a text.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde_json::Value;

use super::columns::{Role, key_of};
use super::identify::without_mark;
use super::reader::Stream;
use super::{Content, Fault, LIMIT, decoded, line};

/// How the first object begins that cable2json has written; `jq` writes spaces between the signs.
const OWN: &[u8] = b"{\"source\":{\"path\":";

/// Whether an object is a cable that was parsed before.
pub(super) fn is_parsed(object: &[u8]) -> bool {
    let start = object.iter().filter(|byte| !byte.is_ascii_whitespace()).take(OWN.len());
    start.eq(OWN)
}

/// The objects of a stream.
pub(super) struct Objects<'r> {
    stream: Stream<'r>,
    line: u64,
    index: usize,
    /// Whether each line is an object, so that a damaged one ends with its line.
    by_line: bool,
}

impl<'r> Objects<'r> {
    pub(super) fn new(stream: Stream<'r>, first: &[u8]) -> Self {
        Self { stream, line: 0, index: 0, by_line: is_by_line(first) }
    }

    /// The next line that is not blank.
    fn next_line(&mut self, bytes: &mut Vec<u8>) -> Option<Result<(), Fault>> {
        loop {
            self.line += 1;
            return match line::read(&mut *self.stream, bytes) {
                Ok(line::Read::End) => None,
                Ok(line::Read::Line) if bytes.trim_ascii().is_empty() => continue,
                Ok(line::Read::Line) => Some(Ok(())),
                Ok(line::Read::TooLong) => Some(Err(Fault::TooLarge { limit: LIMIT, unit: "a line of JSON" })),
                Err(error) => Some(Err(Fault::Io(error))),
            };
        }
    }

    /// The next object or string at whatever place, with its first line.
    fn next_element(&mut self, bytes: &mut Vec<u8>) -> Option<(u64, Result<(), Fault>)> {
        let mut scan = Scan::default();
        let mut begun = self.line + 1;
        loop {
            let buffer = match self.stream.fill_buf() {
                Ok([]) => return (!bytes.is_empty()).then_some((begun, Err(Fault::OpenObject))),
                Ok(buffer) => buffer,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Some((begun, Err(Fault::Io(error)))),
            };
            let (mut taken, mut is_whole) = (0, false);
            for &byte in buffer {
                taken += 1;
                let was_outside = scan.is_outside();
                let step = scan.step(byte);
                if was_outside && step != Step::Between {
                    begun = self.line + 1;
                }
                if step != Step::Between && bytes.len() <= LIMIT {
                    bytes.push(byte);
                }
                self.line += u64::from(byte == b'\n');
                if step == Step::Last {
                    is_whole = true;
                    break;
                }
            }
            self.stream.consume(taken);
            if is_whole {
                let too_large = Fault::TooLarge { limit: LIMIT, unit: "an object of JSON" };
                return Some((begun, if bytes.len() > LIMIT { Err(too_large) } else { Ok(()) }));
            }
        }
    }
}

impl Iterator for Objects<'_> {
    type Item = (usize, u64, Result<Vec<u8>, Fault>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        let (line, read) = if self.by_line {
            let read = self.next_line(&mut bytes)?;
            (self.line, read)
        } else {
            self.next_element(&mut bytes)?
        };
        self.index += 1;
        Some((self.index - 1, line, read.map(|()| bytes)))
    }
}

/// Whether the first line is an object by itself, or so long that it must be one.
fn is_by_line(first: &[u8]) -> bool {
    let first = without_mark(first).trim_ascii_start();
    let line = first.get(..memchr::memchr(b'\n', first).unwrap_or(first.len())).unwrap_or_default();
    let mut scan = Scan::default();
    let ends = line.iter().any(|byte| scan.step(*byte) == Step::Last);
    first.starts_with(b"{") && (ends || line.len() == first.len())
}

/// How deep in an object or string a byte stands.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

/// What a byte is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Of no element: what separates them.
    Between,
    /// Of an element.
    Inside,
    /// The last one of an element.
    Last,
}

impl Scan {
    fn is_outside(&self) -> bool {
        self.depth == 0 && !self.in_string
    }

    fn step(&mut self, byte: u8) -> Step {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return if self.is_outside() { Step::Last } else { Step::Inside };
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' => self.depth += 1,
            b'}' if self.depth == 1 => {
                self.depth = 0;
                return Step::Last;
            }
            b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.is_outside() { Step::Between } else { Step::Inside }
    }
}

/// Takes the cable out of an object; the other keys are metadata, what is no string as its JSON.
pub(super) fn open(object: &[u8]) -> Result<Content, Fault> {
    let mut others: BTreeMap<String, Value> = match serde_json::from_slice(without_mark(object)).map_err(Fault::Json)? {
        Value::Object(keys) => keys.into_iter().collect(),
        Value::String(text) => return Ok(Content::of(decoded(text.into_bytes()))),
        _ => BTreeMap::new(),
    };
    let strings: Vec<String> =
        others.iter().filter(|(_, value)| value.is_string()).map(|(key, _)| key.clone()).collect();
    let Some(key) = key_of(Role::Text, &strings.iter()) else {
        return Err(Fault::NoText(others.into_keys().take(8).collect::<Vec<_>>().join(", ")));
    };
    let mut take =
        |key: &String| others.remove(key).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let text = take(key);
    let header = key_of(Role::Header, &strings.iter()).map(&mut take).filter(|header| !header.is_empty());
    let text = header.map_or(text.clone(), |header| header + "\n" + &text);
    let string = |value| match value {
        Value::String(string) => string,
        other => other.to_string(),
    };
    let metadata: BTreeMap<_, _> = others.into_iter().map(|(key, value)| (key, string(value))).collect();
    let name = key_of(Role::Id, &metadata.keys()).and_then(|key| metadata.get(key)).cloned();
    Ok(Content { text: decoded(text.into_bytes()), name, metadata: Some(metadata) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of each object, and its text.
    type Texts = Vec<(u64, Option<String>)>;

    fn objects(json: &str) -> Texts {
        let objects = Objects::new(Box::new(std::io::Cursor::new(json.as_bytes().to_vec())), json.as_bytes());
        let text = |object: &[u8]| open(object).ok().map(|content| content.text.text.into_owned());
        objects.map(|(_, line, object)| (line, object.ok().and_then(|object| text(&object)))).collect()
    }

    #[test]
    fn objects_in_every_arrangement() {
        let both = [(1, Some("A {".to_owned())), (2, Some("B".to_owned()))];
        let on = |a: u64, b: u64| vec![(a, both[0].1.clone()), (b, both[1].1.clone())];
        let cases: [(&str, &str, Texts); 9] = [
            ("lines", "{\"text\":\"A {\"}\n{\"text\":\"B\"}\n", on(1, 2)),
            ("lines without a last end", "{\"text\":\"A {\"}\n\n{\"text\":\"B\"}", on(1, 3)),
            ("an array", "[{\"text\":\"A {\"},{\"text\":\"B\"}]", on(1, 1)),
            (
                "an array over lines",
                "[\n  {\n \"text\": \"A {\"\n },\n {\"a\": {\"b\": 1}, \"text\": \"B\"}\n]",
                on(2, 5),
            ),
            ("one below the other", "{\n \"text\": \"A {\"\n}\n{\n \"text\": \"B\"\n}\n", on(1, 4)),
            ("strings", "[\"A {\", \"B\"]", on(1, 1)),
            (
                "a damaged line",
                "{\"text\":\"A {\"}\n{\"text\":\n{\"text\":\"B\"}\n",
                vec![(1, both[0].1.clone()), (2, None), (3, both[1].1.clone())],
            ),
            (
                "an array that breaks off",
                "[{\"text\":\"A {\"},\n{\"text\":\"B",
                vec![(1, both[0].1.clone()), (2, None)],
            ),
            ("an empty array", "[]", vec![]),
        ];
        for (name, json, wanted) in cases {
            assert_eq!(objects(json), wanted, "{name}");
        }
    }

    #[test]
    fn keys_with_other_names() {
        let content = open(br#"{"mrn":"09OSLO461","header":"FM","body":"TO","n":1}"#).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((&*content.text.text, content.name.as_deref()), ("FM\nTO", Some("09OSLO461")));
        let fault = open(br#"{"id":"09OSLO461","date":"x"}"#).err().unwrap().to_string();
        assert_eq!(fault, "no JSON object with \"text\": its keys are date, id");
    }

    #[test]
    fn what_cable2json_wrote_is_known() {
        assert!(is_parsed(b"{\"source\":{\"path\":\"a\""));
        assert!(is_parsed(b"{\n  \"source\": {\n    \"path\": \"a\""));
        assert!(!is_parsed(b"{\"source\":\"a\""));
    }
}
