//! A page of the Public Library of US Diplomacy (`PlusD`): a table about the document, and panes of which one holds the
//! text as the archive released it (`Raw content`) and one what the archive recorded about it (`Metadata`).
//!
//! Both go into one text in the layout of the National Archives' own records, the message and below it its
//! `Message Attributes`, so that a page is read and compared as such a record is. The table becomes the metadata of the
//! source.

use std::borrow::Cow;
use std::collections::VecDeque;

use html5gum::{StartTag, Token};
use memchr::memmem;

use super::html::tokens;
use super::{Content, Fault, Metadata, decoded, reset};
use crate::decode::Decoded;
use attributes::Entry;

mod attributes;

/// More rows than the table of a page has.
const ROWS: usize = 64;
/// More panes than a page has.
const PANES: usize = 32;

/// Whether a page is one of `PlusD`, or a part of one.
pub(super) fn is_page(page: &[u8]) -> bool {
    ["pane-header", "text-content", "s_key"].iter().any(|class| memmem::find(page, class.as_bytes()).is_some())
}

/// Takes the cable out of a page, a saved copy of it, or a part of it.
pub(super) fn open(page: &[u8]) -> Result<Content, Fault> {
    let source = decoded(page.to_vec());
    let page = Page::read(&source.text);
    let message = page.message();
    let entries = page.attributes();
    if message.is_none_or(|pane| pane.text.trim().is_empty()) && entries.is_empty() {
        return Err(Fault::NoBlock);
    }
    let mut text = message.map_or_else(String::new, |pane| pane.text.clone());
    let truncated = message.is_some_and(|pane| pane.is_open);
    attributes::write(&entries, &mut text);
    let diagnostic = source.diagnostic.map(|note| reset(note, &text));
    let (name, metadata) = (page.name(), page.metadata());
    let text = Decoded { text: Cow::Owned(text), diagnostic, truncated };
    Ok(Content { text, name, metadata: (!metadata.is_empty()).then_some(metadata) })
}

/// A pane: its tab, its text, and whether the page ended inside of it.
#[derive(Default)]
struct Pane {
    tab: String,
    text: String,
    is_open: bool,
}

/// In which element of the page the text stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Element {
    #[default]
    None,
    /// `<title>`
    Title,
    /// The first cell of the table.
    Subject,
    /// `<div class="s_key">`
    Key,
    /// `<div class="s_val">`
    Value,
    /// `<div class="pane-header">`
    Tab,
    /// `<div class="pane-content">`
    Pane,
}

/// What a page holds.
#[derive(Default)]
struct Page {
    title: String,
    subject: String,
    /// The table, as keys and values.
    rows: Vec<(String, String)>,
    panes: Vec<Pane>,
    /// Tabs whose panes are still to come: one on the page as the server sends it, all of them on a page that a browser
    /// saved after its script had moved the tabs together.
    tabs: VecDeque<String>,
    element: Element,
    /// How many `<div>` are open, from that of the element on.
    depth: usize,
    /// The depth of a button inside a pane, whose words are not of the text.
    button: Option<usize>,
}

impl Page {
    fn read(page: &str) -> Self {
        let mut out = Self::default();
        for token in tokens(page) {
            match token {
                Token::StartTag(tag) => out.start(&tag),
                Token::EndTag(tag) => out.end(&tag.name),
                Token::String(text) => out.text(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
        if out.element == Element::Pane
            && let Some(pane) = out.panes.last_mut()
        {
            pane.is_open = true;
        }
        out
    }

    fn start(&mut self, tag: &StartTag<()>) {
        match &**tag.name {
            b"title" => self.element = Element::Title,
            b"br" => self.text("\n"),
            b"td" if tag.attributes.contains_key(&b"colspan"[..]) && self.rows.is_empty() => {
                self.element = Element::Subject;
            }
            b"div" => self.start_division(tag),
            _ => {}
        }
    }

    fn start_division(&mut self, tag: &StartTag<()>) {
        let value = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value));
        let classes = value(b"class").unwrap_or_default();
        let has = |class: &str| classes.split_ascii_whitespace().any(|word| word == class);
        let is_outside = self.element == Element::None;
        let begun = if has("s_key") && self.rows.len() < ROWS {
            self.rows.push(Default::default());
            Element::Key
        } else if has("s_val") {
            Element::Value
        } else if has("pane-header") && self.tabs.len() < PANES {
            self.tabs.push_back(String::new());
            Element::Tab
        } else if has("pane-content") && !self.tabs.is_empty() {
            self.begin_pane(true)
        } else if is_outside && (has("text-content") || value(b"id").as_deref() == Some("tagged-text")) {
            self.begin_pane(false)
        } else {
            if !is_outside {
                self.depth += 1;
            }
            if self.element == Element::Pane && has("text-button") {
                self.button.get_or_insert(self.depth);
            }
            return;
        };
        (self.element, self.depth, self.button) = (begun, 1, None);
    }

    /// Begins a pane; a part of a page may have its text without the tab.
    fn begin_pane(&mut self, has_tab: bool) -> Element {
        let tab = if has_tab { self.tabs.pop_front().unwrap_or_default() } else { String::new() };
        if self.panes.len() >= PANES {
            return Element::None;
        }
        self.panes.push(Pane { tab: tab.trim().to_ascii_lowercase(), ..Pane::default() });
        Element::Pane
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"title" if self.element == Element::Title => self.element = Element::None,
            b"td" if self.element == Element::Subject => self.element = Element::None,
            b"div" if self.depth > 0 => {
                if self.button == Some(self.depth) {
                    self.button = None;
                    // The button stands between the head of the message and its text.
                    self.text("\n\n");
                }
                self.depth -= 1;
                if self.depth == 0 {
                    self.element = Element::None;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let place = match self.element {
            Element::None => None,
            Element::Title => Some(&mut self.title),
            Element::Subject => Some(&mut self.subject),
            Element::Key => self.rows.last_mut().map(|(key, _)| key),
            Element::Value => self.rows.last_mut().map(|(_, value)| value),
            Element::Tab => self.tabs.back_mut(),
            Element::Pane if self.button.is_some() => None,
            Element::Pane => self.panes.last_mut().map(|pane| &mut pane.text),
        };
        if let Some(place) = place {
            place.push_str(text);
        }
    }

    fn pane(&self, tab: &str) -> Option<&Pane> {
        self.panes.iter().find(|pane| pane.tab == tab && !pane.text.trim().is_empty())
    }

    /// The text of the message.
    fn message(&self) -> Option<&Pane> {
        let without_tab = || self.panes.iter().find(|pane| pane.tab.is_empty() && !attributes::is_list(&pane.text));
        self.pane("raw content").or_else(|| self.pane("content")).or_else(without_tab)
    }

    /// What the archive recorded about the message: the metadata, and from the table what that does not have.
    fn attributes(&self) -> Vec<Entry> {
        let without_tab = || self.panes.iter().find(|pane| pane.tab.is_empty() && attributes::is_list(&pane.text));
        let mut entries = Vec::new();
        if let Some(pane) = self.pane("metadata").or_else(without_tab) {
            entries = attributes::read(&pane.text);
            if pane.is_open {
                // The value may be cut off as well.
                entries.pop();
            }
        }
        let is_archived = entries.iter().any(|entry| entry.key == "Document Number")
            || self.row("Canonical ID").is_some_and(attributes::is_archived);
        if !is_archived {
            return Vec::new();
        }
        let named = self.rows().chain(self.subject_row()).filter_map(|(key, value)| attributes::of_row(key, &value));
        for entry in named {
            if entries.iter().all(|known| known.key != entry.key) {
                entries.push(entry);
            }
        }
        entries
    }

    /// The table without what is blank there.
    fn rows(&self) -> impl Iterator<Item = (&str, String)> {
        let rows = self.rows.iter().map(|(key, value)| {
            let value: Vec<&str> = value.split_whitespace().collect();
            (key.trim().trim_end_matches(':'), value.join(" "))
        });
        rows.filter(|(key, value)| {
            !key.is_empty() && !matches!(&**value, "" | "-- N/A or Blank --" | "-- Not Assigned --")
        })
    }

    fn subject_row(&self) -> Option<(&str, String)> {
        let words: Vec<&str> = self.subject.split_whitespace().collect();
        (!words.is_empty()).then(|| ("Subject", words.join(" ")))
    }

    fn row(&self, key: &str) -> Option<&str> {
        self.rows.iter().find(|(name, _)| name.trim().trim_end_matches(':') == key).map(|(_, value)| value.trim())
    }

    /// The table: `Canonical ID` is `canonical_id`; with it the file that the archive released.
    fn metadata(&self) -> Metadata {
        let snake_case = |key: &str| key.to_lowercase().replace(char::is_whitespace, "_");
        let source = self.pane("raw source").map(|pane| ("Raw source", pane.text.trim().to_owned()));
        let rows = self.rows().chain(self.subject_row()).chain(source);
        rows.map(|(key, value)| (snake_case(key), value)).collect()
    }

    /// `1973STATE097844_b`, without the letter of the collection that it is in.
    fn name(&self) -> Option<String> {
        let title = || self.title.trim().strip_prefix("Cable:").map(str::trim);
        let id = self.row("Canonical ID").filter(|id| !id.is_empty()).or_else(title)?;
        Some(attributes::without_collection(id).to_owned())
    }
}

#[cfg(test)]
mod tests;
