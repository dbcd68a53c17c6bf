//! The web page on which a cable was published: a table about it, and its header and body in `<pre>` blocks; of a page
//! without them, the text that a browser shows.
//!
//! The page is read as tokens and no tree is built of it, so that its depth costs nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::{Content, Fault, Metadata, decoded, reset};
use crate::decode::Decoded;

/// More columns than the table of a cable has.
const COLUMNS: usize = 16;

/// Takes the cable out of a page: the texts of its `<pre>` blocks, one below the other, or all its visible text.
pub(super) fn open(page: &[u8]) -> Result<Content, Fault> {
    let page = decoded(page.to_vec());
    let mut found = Found::default();
    for token in tokens(&page.text) {
        match token {
            Token::StartTag(tag) => found.start(&tag),
            Token::EndTag(tag) => found.end(&tag.name),
            Token::String(text) => {
                let text = String::from_utf8_lossy(&text);
                found.visible.text(&text);
                found.text(&text);
            }
            _ => {}
        }
    }
    let text = if found.blocks.is_empty() {
        std::mem::take(&mut found.visible).text_of_page()
    } else {
        found.blocks.join("\n")
    };
    if found.blocks.is_empty() && text.trim().is_empty() {
        return Err(Fault::NoBlock);
    }
    if found.is_open && text.trim().is_empty() {
        return Err(Fault::OpenBlock);
    }
    let metadata = found.metadata();
    let name = metadata.get("reference_id").cloned();
    let diagnostic = page.diagnostic.map(|message| reset(message, &text));
    let text = Decoded { text: Cow::Owned(text), diagnostic, truncated: found.is_open };
    Ok(Content { text, name, metadata: (!metadata.is_empty()).then_some(metadata) })
}

/// The tags and texts of a page.
pub(super) fn tokens(page: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    // Else what stands in a script would be read as tags.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(without_cut_entity(page), emitter).map(|Ok(token)| token)
}

/// A page that breaks off in an entity, without it: `&#x00` would be another letter than `&#x000A;`.
fn without_cut_entity(page: &str) -> &str {
    let is_cut = |(_, name): &(&str, &str)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
    page.rsplit_once('&').filter(is_cut).map_or(page, |(whole, _)| whole)
}

/// What was found on a page.
#[derive(Default)]
struct Found {
    blocks: Vec<String>,
    /// Whether the last block is open.
    is_open: bool,
    is_in_table: bool,
    names: Vec<String>,
    values: Vec<String>,
    /// In which cell of the table the text stands.
    cell: Option<Cell>,
    visible: Visible,
    /// Whether a line break of the markup stands right before. The line end of the source after it is the same one.
    after_break: bool,
}

/// The text that a browser shows, line by line.
#[derive(Default)]
struct Visible {
    /// With the line ends of the markup alone, and each run of white space as one space.
    folded: String,
    /// With the line ends of the page's source, too, as where a style keeps them.
    kept: String,
    /// How many lines the markup ends.
    ends: usize,
    /// The element whose text is not shown: a title, a script.
    hidden: Option<Vec<u8>>,
}

impl Visible {
    fn start(&mut self, name: &[u8]) {
        match name {
            b"title" | b"script" | b"style" | b"noscript" | b"template" => {
                self.hidden.get_or_insert_with(|| name.to_vec());
            }
            b"br" => self.end_line(true),
            b"td" | b"th" => self.text(" "),
            name => self.end_block(name),
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.hidden.as_deref() == Some(name) {
            self.hidden = None;
        }
        self.end_block(name);
    }

    /// The borders of a block end a line; a paragraph has a blank line around it.
    fn end_block(&mut self, name: &[u8]) {
        match name {
            b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"table" | b"ul" | b"ol" | b"blockquote" | b"hr" => {
                self.end_line(false);
                if !self.folded.is_empty() && !self.folded.ends_with("\n\n") {
                    self.end_line(true);
                }
            }
            b"div" | b"tr" | b"li" | b"section" | b"article" | b"main" | b"header" | b"footer" | b"nav" | b"body"
            | b"dt" | b"dd" | b"form" | b"address" | b"center" => self.end_line(false),
            _ => {}
        }
    }

    /// Ends the line; an empty one where that is wanted.
    fn end_line(&mut self, even_if_empty: bool) {
        for out in [&mut self.folded, &mut self.kept] {
            out.truncate(out.trim_end_matches(' ').len());
            if even_if_empty || !(out.is_empty() || out.ends_with('\n')) {
                out.push('\n');
            }
        }
        self.ends += 1;
    }

    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        self.kept.push_str(text);
        for letter in text.chars() {
            match letter {
                '\u{a0}' => self.folded.push(' '),
                letter if letter.is_ascii_whitespace() => {
                    if !self.folded.is_empty() && !self.folded.ends_with([' ', '\n']) {
                        self.folded.push(' ');
                    }
                }
                letter => self.folded.push(letter),
            }
        }
    }

    /// The text; with the line ends of the source where the markup hardly has any.
    fn text_of_page(self) -> String {
        let lines = self.kept.lines().filter(|line| !line.trim().is_empty()).count();
        if lines > 8 && self.ends * 2 < lines { self.kept } else { self.folded }
    }
}

/// `<th>` or `<td>`.
#[derive(Clone, Copy)]
enum Cell {
    Name,
    Value,
}

impl Found {
    fn start(&mut self, tag: &StartTag<()>) {
        self.visible.start(&tag.name);
        match &**tag.name {
            b"pre" => {
                self.blocks.push(String::new());
                self.is_open = true;
            }
            b"br" => {
                self.after_break = false;
                self.text("\n");
                self.after_break = true;
            }
            b"table" => self.is_in_table = tag.attributes.get(&b"class"[..]).is_some_and(|class| &***class == b"cable"),
            b"th" if self.is_in_table && self.names.len() < COLUMNS => {
                self.names.push(String::new());
                self.cell = Some(Cell::Name);
            }
            b"td" if self.is_in_table && self.values.len() < COLUMNS => {
                self.values.push(String::new());
                self.cell = Some(Cell::Value);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.visible.end(name);
        match name {
            b"pre" => self.is_open = false,
            b"table" => (self.is_in_table, self.cell) = (false, None),
            b"th" | b"td" => self.cell = None,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let after_break = std::mem::take(&mut self.after_break);
        let text = if after_break {
            text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text)
        } else {
            text
        };
        let place = match self.cell {
            _ if self.is_open => self.blocks.last_mut(),
            Some(Cell::Name) => self.names.last_mut(),
            Some(Cell::Value) => self.values.last_mut(),
            None => None,
        };
        if let Some(place) = place {
            place.push_str(text);
        }
    }

    /// The table: `Reference ID` is `reference_id`.
    fn metadata(&self) -> Metadata {
        let cells = self.names.iter().zip(&self.values);
        let pairs = cells.map(|(name, value)| {
            let name = name.trim().to_lowercase().replace(char::is_whitespace, "_");
            let is_time = matches!(&*name, "created" | "released");
            (name, if is_time { without_wrong_minutes(value.trim()) } else { value.trim() }.to_owned())
        });
        pairs.filter(|(name, value)| !name.is_empty() && !value.is_empty()).collect::<BTreeMap<_, _>>()
    }
}

/// A time as the page should have it: its minutes are the hour again, on the 12-hour clock, and are cut off.
fn without_wrong_minutes(time: &str) -> &str {
    let wrong = || {
        let (hours, minutes) = time.rsplit_once(':')?;
        let hour: u16 = hours.rsplit_once(' ')?.1.parse().ok()?;
        let minute: u16 = minutes.parse().ok()?;
        let twelve = (hour % 12 + 11) % 12 + 1;
        (minute == twelve).then_some(hours)
    };
    wrong().unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    const PAGE: &str = "<!DOCTYPE html><html><head><title>Cable Viewer</title><script>if (a < b) x = '<pre>';</script></head>\n\
        <body><table class='other'><td>1</td></table><table class='cable'><tr><th>Reference ID</th><th>Created</th></tr>\n\
        <tr><td>\n<a href='/cable/09OSLO461.html'>09OSLO461</a>\n</td><td>2009-07-03 15:03</td></tr></table>\n\
        <code><pre>FM AMEMBASSY OSLO&#x000A;TO SECSTATE WASHDC</pre></code>\n\
        <code><pre>UNCLAS OSLO 000461&#x000A;TAGS: <a href='/tag/SENV_0.html'>SENV</a> <a href='/tag/NO_0.html'>NO</a>&#x000A;\
        SUBJECT: FISH &amp; &quot;GULLS&quot;&#x000A;&#x000A;<a id='par1' href='#par1'>¶</a>1. (U) Cod.</pre></code></body></html>";

    #[test]
    fn a_page_is_its_blocks_and_its_table() {
        let content = open(PAGE.as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
        let text = "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\nTAGS: SENV NO\nSUBJECT: FISH & \"GULLS\"\n\n\
                    ¶1. (U) Cod.";
        assert_eq!(content.text.text, text);
        assert_eq!(content.name.as_deref(), Some("09OSLO461"));
        let metadata: Vec<_> = content.metadata.unwrap().into_iter().collect();
        let wanted = [("created", "2009-07-03 15"), ("reference_id", "09OSLO461")];
        assert_eq!(metadata, wanted.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_break_before_a_line_end_is_one() {
        for (block, want) in [
            ("FM OSLO <br>&#x000A; <br>&#x000A;TO X<br>", "FM OSLO \n \nTO X\n"),
            ("FM OSLO<br /><br />&#x000A;TO X", "FM OSLO\n\nTO X"),
            ("FM OSLO<br><br>TO X&#x000A;&#x000A;UNCLAS", "FM OSLO\n\nTO X\n\nUNCLAS"),
        ] {
            let page = format!("<html><pre>{block}</pre></html>");
            let content = open(page.as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!(content.text.text, want, "{block}");
        }
    }

    #[test]
    fn old_bytes_are_told_of_in_the_text() {
        let page: Vec<u8> = "<html><p>\u{e9}</p><pre>FM AMEMBASSY\u{a0}OSLO</pre>".chars().map(|c| c as u8).collect();
        let text = open(&page).unwrap_or_else(|fault| panic!("{fault}")).text;
        assert_eq!(text.diagnostic.unwrap().span, Span::new(12, 18));
    }

    #[test]
    fn minutes_that_repeat_the_hour_are_cut_off() {
        let cases = [
            ("2009-07-03 18:06", "2009-07-03 18"),
            ("2009-07-03 00:12", "2009-07-03 00"),
            ("2009-07-03 12:12", "2009-07-03 12"),
            ("2009-07-03 18:18", "2009-07-03 18:18"),
            ("2009-07-03", "2009-07-03"),
        ];
        for (written, read) in cases {
            assert_eq!(without_wrong_minutes(written), read, "{written}");
        }
    }

    #[test]
    fn a_page_that_breaks_off_gives_what_is_there() {
        let cases = [
            ("in a word", "FISH", "SUBJECT: FI"),
            ("in a tag", "<a id='par1'", "GULLS\"\n\n"),
            ("in an entity", "&#x000A;SUBJECT", "TAGS: SENV NO"),
            ("in the name of an entity", "&amp;", "SUBJECT: FISH "),
        ];
        for (name, word, end) in cases {
            let at = PAGE.find(word).unwrap() + word.len() / 2;
            let text = open(&PAGE.as_bytes()[..at]).unwrap_or_else(|fault| panic!("{name}: {fault}")).text;
            assert_eq!((text.text.ends_with(end), text.truncated), (true, true), "{name}: {}", text.text);
        }
        assert!(!open(PAGE.as_bytes()).unwrap_or_else(|fault| panic!("{fault}")).text.truncated);
    }

    #[test]
    fn visible_text() {
        let cases = [
            ("line by line", "<div>FM OSLO<br>\nTO X<br>\n<br>\nUNCLAS</div>", "FM OSLO\nTO X\n\nUNCLAS\n"),
            ("a block a line", "<div>FM OSLO</div>\n <div> TO  X</div><div>UNCLAS</div>", "FM OSLO\nTO X\nUNCLAS\n"),
            ("paragraphs", "<p>FM OSLO<br/>TO X</p><p>UNCLAS</p>", "FM OSLO\nTO X\n\nUNCLAS\n\n"),
            (
                "what is not shown",
                "<title>A</title><script>B</script><style>C</style><div>FM <b>OSLO</b></div>",
                "FM OSLO\n",
            ),
            ("entities", "<div>FISH &amp; &quot;GULLS&quot;&nbsp;&#8212;</div>", "FISH & \"GULLS\" \u{2014}\n"),
            ("cells", "<table><tr><td>FM</td><td>OSLO</td></tr><tr><td>TO X</td></tr></table>", "FM OSLO\nTO X\n\n"),
        ];
        for (name, page, wanted) in cases {
            let text = open(page.as_bytes()).unwrap_or_else(|fault| panic!("{name}: {fault}")).text.text;
            assert_eq!(text.trim_start_matches('\n'), wanted, "{name}");
        }
        let styled = format!("<div style='white-space: pre'>{}</div>", "FM OSLO\nTO X\n\n".repeat(5));
        let text = open(styled.as_bytes()).unwrap_or_else(|fault| panic!("{fault}")).text.text;
        assert!(text.starts_with("FM OSLO\nTO X\n\nFM OSLO\n"), "{text}");
    }

    #[test]
    fn damaged_pages() {
        let cut = PAGE.split_once("FM").unwrap().0;
        assert!(matches!(open(cut.as_bytes()), Err(Fault::OpenBlock)));
        assert!(matches!(open(b"<html><title>A page</title><p></p></html>"), Err(Fault::NoBlock)));
        let deep = format!("{}<pre>FISH</pre>", "<div><table class=cable><td>".repeat(100_000));
        assert_eq!(open(deep.as_bytes()).unwrap_or_else(|fault| panic!("{fault}")).text.text, "FISH");
        let flood = format!("<pre>{}</pre>", "&CounterClockwiseContourIntegral;&#x26;&#99999999999;&am".repeat(50_000));
        assert!(open(flood.as_bytes()).is_ok());
    }
}
