//! Rare strings by which lines are told. All of them are looked for at once, before anything is read: one pass over the
//! text costs about as much as the search for a single one of them, and less than a tenth of a search in each line.

use std::sync::LazyLock;

use aho_corasick::Span;
use aho_corasick::packed::Searcher;

use crate::fast_path;
use crate::lines::{Line, MayBe};

/// A rare string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    /// `OF 0` of page lines; `of 0` in cables in lower case.
    Of,
    /// The Department's name in stamps.
    State,
    /// `PAGE` of page lines.
    Page,
    /// The caption that is found in the middle of prose.
    Sipdis,
    /// A full stop before a portion mark: a paragraph's number may stand before it.
    Stop,
    /// A pilcrow in the middle of a line.
    Pilcrow,
    /// Stars that stand for lost text.
    Stars,
    /// Number signs that stand for lost text.
    NumberSigns,
    /// The signal that cancels a message.
    Cancelled,
    /// A rule after the end of a sentence in the same line.
    Rule,
    /// Labels of the text head.
    Order,
    Tags,
    Subject,
}

impl Literal {
    /// Whether it is a row of one sign.
    const fn is_row(self) -> bool {
        matches!(self, Self::Stars | Self::NumberSigns)
    }
}

/// The strings, and where in each the place of its literal is. They have three bytes at least, or the search would stop at
/// many words that only begin as one of them, and overlap by one byte at the most.
const STRINGS: [(&str, usize, Literal); 14] = [
    ("F 0", 0, Literal::Of),
    ("f 0", 0, Literal::Of),
    ("State", 0, Literal::State),
    ("PAGE", 0, Literal::Page),
    ("SIPDIS", 0, Literal::Sipdis),
    (". (", 0, Literal::Stop),
    (" ¶", 1, Literal::Pilcrow),
    ("********", 0, Literal::Stars),
    ("########", 0, Literal::NumberSigns),
    ("ZFR", 0, Literal::Cancelled),
    (". ----", 0, Literal::Rule),
    ("E.O. 1", 0, Literal::Order),
    ("TAGS: ", 0, Literal::Tags),
    ("SUBJECT: ", 0, Literal::Subject),
];

/// A rare string and its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) literal: Literal,
    pub(crate) at: usize,
    end: usize,
}

/// Every rare string of a text, in their order. Of a row of one sign the first is reported.
pub(crate) fn find(text: &str) -> Vec<Hit> {
    // `None` on machines without the vector instructions that it is made of.
    static ALL: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(STRINGS.map(|(string, ..)| string)));
    let Some(all) = ALL.as_ref().filter(|_| !fast_path::is_disabled()) else { return find_each(text) };
    let mut hits: Vec<Hit> = Vec::with_capacity(16);
    let mut from = 0;
    while let Some(found) = all.find_in(text, Span { start: from, end: text.len() }) {
        let string = STRINGS.get(found.pattern().as_usize());
        let hit = string.map(|(_, at, literal)| Hit { literal: *literal, at: found.start() + at, end: found.end() });
        push(&mut hits, hit);
        from = found.end() - 1;
    }
    hits
}

fn push(hits: &mut Vec<Hit>, hit: Option<Hit>) {
    let in_row = |hit: &Hit| hit.literal.is_row() && hits.last().is_some_and(|last| last.literal == hit.literal);
    hits.extend(hit.filter(|hit| !in_row(hit)));
}

/// The same by a search for each: where there is no common one, and to compare with.
fn find_each(text: &str) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    for (string, at, literal) in STRINGS {
        let places = memchr::memmem::find_iter(text.as_bytes(), string);
        found.extend(places.map(|start| Hit { literal, at: start + at, end: start + string.len() }));
    }
    found.sort_by_key(|hit| (hit.end, hit.at));
    let mut hits = Vec::new();
    for hit in found {
        push(&mut hits, Some(hit));
    }
    hits
}

/// The rare strings of lines that are gone through in their order.
pub(crate) struct Hits<'n> {
    left: &'n [Hit],
}

impl<'n> Hits<'n> {
    pub(crate) const fn of(hits: &'n [Hit]) -> Self {
        Self { left: hits }
    }

    /// The lines that hold a rare string or may be this, each with its place among all and its strings: few of a text.
    pub(crate) fn lines<'l, 'a>(
        mut self,
        lines: &'l [Line<'a>],
        what: MayBe,
    ) -> impl Iterator<Item = (usize, &'l Line<'a>, &'n [Hit])> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let next = self.left.first().map_or(usize::MAX, |hit| hit.at);
            let is_one = |line: &Line<'_>| line.may_be(what) || line.start + line.text.len() > next;
            let index = from + lines.get(from..)?.iter().position(is_one)?;
            from = index + 1;
            let line = lines.get(index)?;
            Some((index, line, self.on(line)))
        })
    }

    /// Those on a line.
    pub(crate) fn on(&mut self, line: &Line<'_>) -> &'n [Hit] {
        let end = line.start + line.text.len();
        // Most lines hold none.
        if self.left.first().is_none_or(|hit| hit.at >= end) {
            return &[];
        }
        let before = self.left.iter().take_while(|hit| hit.at < line.start).count();
        let left = self.left.get(before..).unwrap_or_default();
        let here = left.iter().take_while(|hit| hit.end <= end).count();
        let (here, left) = left.split_at_checked(here).unwrap_or_default();
        self.left = left;
        here
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    #[test]
    fn one_search_finds_what_each_finds() {
        for text in [
            "",
            "OSLO 00000461  002 OF 003",
            "oslo 00000461  002 of 003",
            "SIPDIS ¶5. (C) PAGE 02 STATE 322132 State. (U) ********* **************** ######### ####### ########",
            "SIPDIState. (x ¶ ¶¶ F 0f 0PAGEPAGE",
            "PAGE.O. 12958: N/A TAGS: SUBJECT: . ------ TAGS:  ¶",
        ] {
            assert_eq!(find(text), find_each(text), "{text}");
        }
    }

    #[test]
    fn no_two_strings_overlap_by_more_than_a_byte() {
        for (one, ..) in STRINGS.iter().filter(|(.., literal)| !literal.is_row()) {
            for (other, ..) in STRINGS {
                let overlap = (2..=one.len().min(other.len()))
                    .any(|n| one.as_bytes().ends_with(&other.as_bytes()[..n]) && one != &other);
                assert!(!overlap, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn hits_are_told_line_by_line() {
        let text = "PAGE\nxPAGE PAGE\n\nPAG\nE\n  ¶ PAGE";
        let hits = find(text);
        let mut hits = Hits::of(&hits);
        let on = |line: &Line<'_>| hits.on(line).iter().map(|hit| hit.at - line.start).collect::<Vec<_>>();
        assert_eq!(
            split(text).iter().map(on).collect::<Vec<_>>(),
            [vec![0], vec![1, 6], vec![], vec![], vec![], vec![2, 5]]
        );
    }

    #[test]
    fn lines_with_hits_are_told_with_those_that_may_be_something() {
        let text = "PAGE\nfish\n12 fish\n\nPAGE PAGE\nPAG\n(C) fish\nfish ¶\nfish";
        let (hits, lines) = (find(text), split(text));
        let told = Hits::of(&hits).lines(&lines, MayBe::Number).map(|(index, _, hits)| (index, hits.len()));
        assert_eq!(told.collect::<Vec<_>>(), [(0, 1), (2, 0), (4, 2), (6, 0), (7, 1)]);
    }
}
