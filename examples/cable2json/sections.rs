//! Sections of one cable that stand in several documents are joined, where they stand near each other.

use std::collections::{BTreeMap, VecDeque};

use cablegram::source::Opened;
use cablegram::{Diagnostic, DiagnosticCode, Span};

/// How many cables may wait for their other sections.
const CABLES: usize = 64;
/// How many bytes of text may wait in all.
const BYTES: usize = 64 << 20;

/// A section: the number of the cable, its own, how many there are, and its text.
pub(crate) struct Part {
    id: String,
    number: u8,
    of: u8,
    opened: Opened,
}

impl Part {
    pub(crate) fn new(id: String, number: u8, of: u8, opened: Opened) -> Self {
        Self { id, number, of, opened }
    }
}

/// What becomes of sections.
pub(crate) enum Outcome {
    /// A section, or a cable that has all its sections, as it was; with a message where others are missing.
    Alone(Vec<u8>, Option<String>),
    Joined(Box<Joined>),
}

/// A cable made of its sections.
pub(crate) struct Joined {
    pub(crate) opened: Opened,
    pub(crate) note: Diagnostic,
    /// The sections as they were.
    pub(crate) lines: Vec<Vec<u8>>,
}

/// A cable whose sections are not yet all there.
struct Waiting {
    id: String,
    of: u8,
    sections: BTreeMap<u8, (Opened, Vec<u8>)>,
}

/// The cables that wait for their other sections, the oldest first.
#[derive(Default)]
pub(crate) struct Window {
    waiting: VecDeque<Waiting>,
    bytes: usize,
}

impl Window {
    /// Adds a section, with its line; gives what is ready.
    pub(crate) fn add(&mut self, part: Part, line: Vec<u8>) -> Vec<Outcome> {
        let Part { id, number, of, opened } = part;
        let place = self.waiting.iter().position(|waiting| waiting.id == id && waiting.of == of);
        let index = place.unwrap_or_else(|| {
            self.waiting.push_back(Waiting { id, of, sections: BTreeMap::new() });
            self.waiting.len() - 1
        });
        let Some(waiting) = self.waiting.get_mut(index) else { return Vec::new() };
        if waiting.sections.contains_key(&number) || number == 0 || number > of {
            return vec![Outcome::Alone(line, None)];
        }
        self.bytes += opened.text.text.len() + line.len();
        waiting.sections.insert(number, (opened, line));
        let is_whole = waiting.sections.len() == usize::from(of);
        let mut ready = Vec::new();
        if is_whole {
            ready.extend(self.waiting.remove(index).map(|whole| self.join(whole)));
        }
        while self.waiting.len() > CABLES || self.bytes > BYTES {
            let Some(oldest) = self.waiting.pop_front() else { break };
            ready.extend(self.give_up(oldest));
        }
        ready
    }

    /// What is still waiting at the end.
    pub(crate) fn finish(&mut self) -> Vec<Outcome> {
        let waiting = std::mem::take(&mut self.waiting);
        waiting.into_iter().flat_map(|waiting| self.give_up(waiting)).collect()
    }

    fn forget(&mut self, waiting: &Waiting) {
        let bytes = waiting.sections.values().map(|(opened, line)| opened.text.text.len() + line.len());
        self.bytes -= bytes.sum::<usize>().min(self.bytes);
    }

    /// A cable of which sections are missing, as its sections; a first one alone may have the others in its text.
    fn give_up(&mut self, waiting: Waiting) -> Vec<Outcome> {
        self.forget(&waiting);
        let Waiting { id, of, sections } = waiting;
        let there: Vec<String> = sections.keys().map(ToString::to_string).collect();
        let is_first_alone = there.len() == 1 && sections.contains_key(&1);
        let message = (!is_first_alone).then(|| {
            let plural = if there.len() == 1 { "" } else { "s" };
            format!("{id}: not joined: section{plural} {} of {of} alone within reach", there.join(", "))
        });
        let mut message = message;
        sections.into_values().map(|(_, line)| Outcome::Alone(line, message.take())).collect()
    }

    /// One text of all sections, under the source of the first one.
    fn join(&mut self, whole: Waiting) -> Outcome {
        self.forget(&whole);
        let places: Vec<String> = whole.sections.values().map(|(opened, _)| opened.place.to_string()).collect();
        let (mut lines, mut joined, mut joint): (_, Option<Opened>, _) = (Vec::new(), None, 0);
        for (opened, line) in whole.sections.into_values() {
            lines.push(line);
            let Some(first) = &mut joined else {
                joint = opened.text.text.len();
                joined = Some(opened);
                continue;
            };
            let text = first.text.text.to_mut();
            if !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&opened.text.text);
            first.text.truncated |= opened.text.truncated;
        }
        let Some(mut opened) = joined else { return Outcome::Alone(Vec::new(), None) };
        opened.source.bytes = opened.text.text.len();
        let code = DiagnosticCode::SectionsJoined;
        let message = format!("sections of several documents joined: {}", places.join("; "));
        let note = Diagnostic { code, severity: code.severity(), span: Span::new(joint, joint), message };
        Outcome::Joined(Box::new(Joined { opened, note, lines }))
    }
}
