//! A cable as its parts, with what a reader must find in it.

use serde_json::{Map, Value, json};

/// Where a line of a telegram belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Before the first format line.
    Lead,
    TransmissionId,
    Routing,
    Station,
    Security,
    Distribution,
    Dtg,
    From,
    To,
    Info,
    Exempted,
    /// Between the address and the classification line.
    Interlude,
    ClassLine,
    Captions,
    PassLines,
    ExecutiveOrder,
    Tags,
    Subject,
    References,
    Authority,
    Heading(u32),
    Paragraph(u32),
    /// What stands of a paragraph after a page line.
    Rest(u32),
    Page(u32),
    Signature,
    Tail,
    /// The whole text: its line ends, its case.
    Whole,
}

/// How a copy was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A transmission copy of 2008: all format lines, three sections, UNCLAS.
    Modern,
    /// A transmission copy of 2009, CONFIDENTIAL, with `Classified By`.
    Confidential,
    /// Of 1993: it begins with the date-time group.
    Nineties,
    /// The press's template: a line a paragraph, labels without colon.
    Press,
    /// Of 1976: PAGE lines, a block of bureaus, a line of dashes.
    Archive,
}

#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) part: Part,
    pub(crate) lines: Vec<String>,
}

/// A synthetic telegram.
#[derive(Clone, Debug)]
pub(crate) struct Telegram {
    pub(crate) shape: Shape,
    pub(crate) pieces: Vec<Piece>,
    /// What its JSON must hold, field by field.
    pub(crate) wanted: Map<String, Value>,
    /// What is done to the whole text at the end.
    pub(crate) finish: Vec<fn(String) -> String>,
}

impl Telegram {
    pub(crate) fn new(shape: Shape) -> Self {
        let mut wanted = Map::new();
        let none = ["mrn", "transmission", "distribution", "drafting", "precedence", "dtg", "from", "classification"];
        let more =
            ["corrected_copy", "executive_order", "subject", "subject_mark", "classified_by", "summary", "comment"];
        for name in none.into_iter().chain(more).chain(["signature", "attributes"]) {
            wanted.insert(name.to_owned(), Value::Null);
        }
        for name in ["to", "info", "exempted", "captions", "pass_lines", "tags", "references", "body"] {
            wanted.insert(name.to_owned(), json!([]));
        }
        wanted.insert("format".to_owned(), json!("acp127"));
        wanted.insert("partial".to_owned(), json!(false));
        wanted.insert("section".to_owned(), json!({"number": null, "of": null}));
        Self { shape, pieces: Vec::new(), wanted, finish: Vec::new() }
    }

    pub(crate) fn put(&mut self, part: Part, lines: &[&str]) -> &mut Self {
        self.pieces.push(Piece { part, lines: lines.iter().map(|l| (*l).to_owned()).collect() });
        self
    }

    pub(crate) fn want(&mut self, field: &str, value: Value) -> &mut Self {
        self.wanted.insert(field.to_owned(), value);
        self
    }

    /// Changes a part of what is wanted: `/dtg/utc`.
    pub(crate) fn want_at(&mut self, pointer: &str, value: Value) -> Option<()> {
        let mut path = pointer.trim_start_matches('/').splitn(2, '/');
        let field = self.wanted.get_mut(path.next()?)?;
        match path.next() {
            None => *field = value,
            Some(rest) => *field.pointer_mut(&format!("/{rest}"))? = value,
        }
        Some(())
    }

    pub(crate) fn wanted(&self, field: &str) -> Value {
        self.wanted.get(field).cloned().unwrap_or_default()
    }

    pub(crate) fn has(&self, part: Part) -> bool {
        self.pieces.iter().any(|p| p.part == part)
    }

    pub(crate) fn lines(&mut self, part: Part) -> Option<&mut Vec<String>> {
        self.pieces.iter_mut().find(|p| p.part == part).map(|p| &mut p.lines)
    }

    /// The first line of a part that is not blank.
    pub(crate) fn line(&mut self, part: Part) -> Option<&mut String> {
        self.lines(part)?.iter_mut().find(|l| !l.trim().is_empty())
    }

    /// The last line of a part that is not blank.
    pub(crate) fn last(&mut self, part: Part) -> Option<&mut String> {
        self.lines(part)?.iter_mut().rev().find(|l| !l.trim().is_empty())
    }

    /// Writes `new` for the first `old` in a part; `None` where there is none.
    pub(crate) fn swap(&mut self, part: Part, old: &str, new: &str) -> Option<()> {
        let line = self.lines(part)?.iter_mut().find(|l| l.contains(old))?;
        *line = line.replacen(old, new, 1);
        Some(())
    }

    /// Writes `new` for every `old` in the telegram.
    pub(crate) fn swap_all(&mut self, old: &str, new: &str) {
        for line in self.pieces.iter_mut().flat_map(|p| &mut p.lines) {
            *line = line.replace(old, new);
        }
    }

    /// Other lines for a part; blank lines around it stay.
    pub(crate) fn set(&mut self, part: Part, new: &[&str]) -> Option<()> {
        let lines = self.lines(part)?;
        let leading = lines.iter().take_while(|l| l.is_empty()).count();
        let trailing = lines.iter().rev().take_while(|l| l.is_empty()).count();
        let mut out: Vec<String> = vec![String::new(); leading];
        out.extend(new.iter().map(|l| (*l).to_owned()));
        out.extend(vec![String::new(); if leading == lines.len() { 0 } else { trailing }]);
        *lines = out;
        Some(())
    }

    pub(crate) fn cut(&mut self, part: Part) -> Option<()> {
        let at = self.position(part)?;
        self.pieces.remove(at);
        Some(())
    }

    fn position(&self, part: Part) -> Option<usize> {
        self.pieces.iter().position(|p| p.part == part)
    }

    /// Puts lines before a part.
    pub(crate) fn before(&mut self, part: Part, new: Part, lines: &[&str]) -> Option<()> {
        let at = self.position(part)?;
        self.pieces.insert(at, Piece { part: new, lines: lines.iter().map(|l| (*l).to_owned()).collect() });
        Some(())
    }

    /// Puts lines after a part.
    pub(crate) fn after(&mut self, part: Part, new: Part, lines: &[&str]) -> Option<()> {
        let at = self.position(part)? + 1;
        self.pieces.insert(at, Piece { part: new, lines: lines.iter().map(|l| (*l).to_owned()).collect() });
        Some(())
    }

    /// A paragraph, set as the shape sets it, and wanted.
    pub(crate) fn paragraph(&mut self, number: u32, mark: Option<&str>, lines: &[&str]) -> &mut Self {
        self.want_block(json!({"kind": "paragraph", "number": number, "portion_mark": mark, "text": self.flow(lines)}));
        let first = format!("{}{}", self.number(number, mark), lines[0]);
        let mut set = vec![first.as_str()];
        set.extend(&lines[1..]);
        self.put_block(Part::Paragraph(number), &set);
        self
    }

    /// The first paragraph, which is the mark of the whole without brackets: `1. C - ENTIRE TEXT.`
    pub(crate) fn entire_text(&mut self, mark: &str) -> &mut Self {
        self.want_block(json!({"kind": "paragraph", "number": 1, "portion_mark": mark, "text": ""}));
        let line = format!("{}{mark}.", self.number(1, None));
        self.put_block(Part::Paragraph(1), &[line.as_str()]);
        self
    }

    /// A paragraph that a page line cuts in the middle of a sentence.
    pub(crate) fn cut_paragraph(
        &mut self,
        number: u32,
        mark: Option<&str>,
        first: &[&str],
        page: (u32, &[&str]),
        rest: &[&str],
    ) -> &mut Self {
        let whole: Vec<&str> = first.iter().chain(rest).copied().collect();
        self.want_block(
            json!({"kind": "paragraph", "number": number, "portion_mark": mark, "text": self.flow(&whole)}),
        );
        let opening = format!("{}{}", self.number(number, mark), first[0]);
        let mut set = vec![opening.as_str()];
        set.extend(&first[1..]);
        self.put_block(Part::Paragraph(number), &set);
        self.put(Part::Page(page.0), page.1);
        self.put_block(Part::Rest(number), rest);
        self
    }

    pub(crate) fn heading(&mut self, nth: u32, text: &str) -> &mut Self {
        self.want_block(json!({"kind": "heading", "text": text}));
        let rule = "-".repeat(text.len());
        match self.shape {
            Shape::Press => self.put(Part::Heading(nth), &[text]),
            _ => self.put(Part::Heading(nth), &[text, &rule, ""]),
        }
    }

    fn put_block(&mut self, part: Part, lines: &[&str]) {
        let joined = lines.join(" ");
        match self.shape {
            Shape::Press => self.put(part, &[&joined]),
            _ => self.put(part, &[lines, &[""]].concat()),
        };
    }

    /// The lines as the shape sets them.
    fn flow(&self, lines: &[&str]) -> String {
        lines.join(if self.shape == Shape::Press { " " } else { "\n" })
    }

    fn number(&self, number: u32, mark: Option<&str>) -> String {
        let mark = mark.map(|m| format!("({m}) ")).unwrap_or_default();
        match self.shape {
            Shape::Modern | Shape::Press => format!("¶{number}. {mark}"),
            Shape::Confidential | Shape::Archive => format!("{number}. {mark}"),
            Shape::Nineties => format!("{number}.  {mark}"),
        }
    }

    fn want_block(&mut self, block: Value) {
        if let Some(Value::Array(body)) = self.wanted.get_mut("body") {
            body.push(block);
        }
    }

    /// Changes the text of a wanted block of the body.
    pub(crate) fn want_text(&mut self, number: u32, change: impl Fn(&str) -> String) -> Option<()> {
        let body = self.wanted.get_mut("body")?.as_array_mut()?;
        let block = body.iter_mut().find(|b| b["number"] == json!(number))?;
        let text = block["text"].as_str()?.to_owned();
        block["text"] = json!(change(&text));
        Some(())
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Copies of this time have a space after each line from the captions on.
        let mut blanks = false;
        for piece in &self.pieces {
            blanks |= self.shape == Shape::Modern && piece.part == Part::ClassLine;
            for line in &piece.lines {
                text.push_str(line);
                text.push_str(if blanks && !line.is_empty() { " \n" } else { "\n" });
            }
        }
        self.finish.iter().fold(text, |text, finish| finish(text))
    }
}
