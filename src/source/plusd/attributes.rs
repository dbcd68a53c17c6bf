//! What a page of `PlusD` tells of a message, as lines of the Message Attributes.
//!
//! ```text
//! list    = [ "---" ] *( key ":" [ value ] )            ; the block mapping of YAML
//! value   = [ "!" ] ( plain / "'" text "'" / DQUOTE text DQUOTE / "|" lines / *( "- " item ) )
//! ```
//!
//! A line that is set in goes on with the value before it; in a quoted value a blank line is a line end.

/// A key with the lines of its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) lines: Vec<String>,
}

/// Whether a pane without its tab is such a list.
pub(super) fn is_list(text: &str) -> bool {
    text.trim_start().starts_with("---\n") || text.trim_start().starts_with("---\r\n")
}

/// Reads the pane `Metadata`.
pub(super) fn read(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, first)) = key_line(line) else { continue };
        let mut raw = vec![first];
        let mut quote = Quote::of(first);
        while let Some(more) =
            lines.next_if(|more| !quote.is_closed() && more.trim() == quote.sign() || !begins_entry(more))
        {
            quote.follow(more);
            raw.push(more);
        }
        entries.push(Entry { key: key.to_owned(), lines: value(&raw) });
    }
    entries
}

/// `key ":"` at the start of a line, with a space or the end of the line after it.
fn key_line(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':').filter(|_| begins_entry(line))?;
    Some((key, value.trim()))
}

fn begins_entry(line: &str) -> bool {
    let ends = |(key, value): (&str, &str)| !key.is_empty() && (value.is_empty() || value.starts_with([' ', '\r']));
    line.starts_with(|c: char| c.is_ascii_alphabetic()) && line.split_once(':').is_some_and(ends)
}

/// Whether a value is quoted, and the quote still open.
#[derive(Clone, Copy)]
struct Quote {
    sign: Option<char>,
    is_open: bool,
}

impl Quote {
    fn of(first: &str) -> Self {
        let value = untagged(first);
        let sign = value.chars().next().filter(|sign| matches!(sign, '\'' | '"'));
        let mut quote = Self { sign, is_open: sign.is_some() };
        quote.follow(value.strip_prefix(['\'', '"']).unwrap_or_default());
        quote
    }

    fn follow(&mut self, line: &str) {
        let Some(sign) = self.sign else { return };
        // A quote that stands for itself is doubled or escaped, so that an odd number of them closes the value.
        let signs = line.replace("\\\\", "").replace("\\\"", "").matches(sign).count();
        self.is_open &= signs % 2 == 0;
    }

    fn is_closed(self) -> bool {
        !self.is_open
    }

    fn sign(self) -> &'static str {
        match self.sign {
            Some('"') => "\"",
            _ => "'",
        }
    }
}

/// A value without the tag of YAML that a library put before it.
fn untagged(first: &str) -> &str {
    first.strip_prefix('!').map_or(first, str::trim_start)
}

/// The lines of a value: folded as YAML does, a blank line for each line end.
fn value(raw: &[&str]) -> Vec<String> {
    let first = untagged(raw.first().copied().unwrap_or_default());
    let rest = raw.get(1..).unwrap_or_default();
    let text = match first.chars().next() {
        Some('|' | '>') if first.len() <= 2 => rest.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n"),
        None if rest.iter().any(|line| line.trim_start().starts_with("- ")) => {
            let items = rest.iter().filter_map(|line| line.trim().strip_prefix("- "));
            items.map(|item| unquoted(untagged(item.trim()))).collect::<Vec<_>>().join(", ")
        }
        _ => unquoted(&folded(first, rest)),
    };
    let mut lines: Vec<String> =
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    // The archive's `n/a` stands for the line that the stamp of a review lost.
    if lines.len() > 1 && lines.first().is_some_and(|line| line == "n/a") {
        lines.remove(0);
    }
    lines
}

/// `line *( line-end line )` with one line end as a space, and one more as a line end.
fn folded(first: &str, rest: &[&str]) -> String {
    let mut text = first.to_owned();
    let mut ends = 0;
    for line in rest {
        ends += 1;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        text.push_str(if ends > 1 { "\n" } else { " " });
        text.push_str(line);
        ends = 0;
    }
    text
}

/// A value without its quotes and escapes.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('\'') {
        return inner.trim_end().strip_suffix('\'').unwrap_or(inner).replace("''", "'");
    }
    let Some(inner) = text.strip_prefix('"') else { return text.to_owned() };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'r') => out.push('\n'),
                Some('t') => out.push(' '),
                Some(' ') | None => {}
                Some(other) => out.push(other),
            },
            other => out.push(other),
        }
    }
    out
}

/// Writes the entries below a message, as the National Archives do.
pub(super) fn write(entries: &[Entry], text: &mut String) {
    if entries.is_empty() {
        return;
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str("\nMessage Attributes\n\n");
    for Entry { key, lines } in entries {
        text.push_str(key);
        text.push(':');
        for (at, line) in lines.iter().enumerate() {
            text.push_str(if at == 0 { " " } else { "\t" });
            text.push_str(line);
            text.push('\n');
        }
        if lines.is_empty() {
            text.push('\n');
        }
    }
}

/// Whether an id is that of an archived telegram: `1973STATE097844_b`. The cables of 2003 to 2010 have two digits for the
/// year, and nothing was recorded of them but what their text has.
pub(super) fn is_archived(id: &str) -> bool {
    let digits = id.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && id.starts_with("19")
}

/// `1973STATE097844_b2` as `1973STATE097844`.
pub(super) fn without_collection(id: &str) -> &str {
    let is_letter = |(_, end): &(&str, &str)| {
        end.starts_with(|c: char| c.is_ascii_lowercase()) && end.bytes().skip(1).all(|b| b.is_ascii_digit())
    };
    id.rsplit_once('_').filter(is_letter).map_or(id, |(id, _)| id)
}

/// A row of the table as the attribute that it is, where it is one. The places under `From` and `To` are names that the
/// site gave them, and no attributes.
pub(super) fn of_row(key: &str, value: &str) -> Option<Entry> {
    let (key, value) = match key {
        "Canonical ID" => ("Document Number", without_collection(value).to_owned()),
        "Date" => ("Draft Date", day(value)?),
        "TAGS" => ("TAGS", value.split(" | ").map(tag).collect::<Vec<_>>().join(", ")),
        "Concepts" => ("Concepts", value.replace(" | ", ", ")),
        // `ORIGIN SP - Policy Planning Council`
        "Office Origin" | "Office Action" => ("Office", before_dash(value).to_owned()),
        "Handling Restrictions" => ("Previous Handling Restrictions", before_dash(value).to_owned()),
        "Original Classification"
        | "Current Classification"
        | "Executive Order"
        | "Locator"
        | "Enclosure"
        | "Type"
        | "Markings"
        | "Subject" => (key, value.to_owned()),
        _ => return None,
    };
    Some(Entry { key: key.to_owned(), lines: vec![value] })
}

/// `PINS - Political Affairs--Internal Security` as `PINS`; a person stands in brackets.
fn tag(item: &str) -> String {
    let code = before_dash(item.trim());
    if code.contains(',') { format!("({code})") } else { code.to_owned() }
}

fn before_dash(text: &str) -> &str {
    text.split_once(" - ").map_or(text, |(code, _)| code.trim())
}

/// `1973 May 22, 18:28 (Tuesday)` as `22 MAY 1973`.
fn day(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let (year, month, day) = (words.next()?, words.next()?, words.next()?.trim_end_matches(','));
    let month = month.get(..3)?.to_ascii_uppercase();
    (year.len() == 4).then(|| format!("{day:0>2} {month} {year}"))
}
