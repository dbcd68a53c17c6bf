//! Where the classification line stands.
//!
//! It is found by what it is, and by its company: the first that names the message, whatever stands above it; or, where the
//! beginning of the message was printed more than once, the one that the labels of the text head follow for the last time
//! before the text. A level alone, a damaged line or one without its level is taken where there is no better one.

use crate::field::classification::{ClassLine, bare_class_line, class_line};
use crate::field::paragraph_number::Before;
use crate::header::line::{LineKind, after_label, classify, is_prose, starts_header};
use crate::lines::Line;
use crate::text_head::is_first_paragraph;

/// Finds the classification line above the first paragraph.
pub(crate) fn find<'a>(lines: &[Line<'a>]) -> Option<(usize, ClassLine<'a>)> {
    let mut search = Search::default();
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() {
            search.in_label = false;
            continue;
        }
        if search.is_over() || is_first_paragraph(line, Before::Gap) {
            break;
        }
        search.look_at(index, line);
    }
    search.best.or(search.level_alone).or(search.bare)
}

/// The classification line among the first lines, with one line above it at the most: as below a later header.
pub(crate) fn find_near<'a>(lines: &[Line<'a>]) -> Option<(usize, ClassLine<'a>)> {
    let content = lines.iter().enumerate().filter(|(_, line)| !line.is_blank()).take(2);
    let mut content = content.take_while(|(_, line)| !is_first_paragraph(line, Before::Gap));
    content.find_map(|(index, line)| Some((index, class_line(line.text).or_else(|| bare_class_line(line.text))?)))
}

/// What was seen so far.
#[derive(Default)]
struct Search<'a> {
    /// The line that names the message.
    best: Option<(usize, ClassLine<'a>)>,
    /// The same line further down, or one after running text: it counts where labels of a text head follow.
    again: Option<(usize, ClassLine<'a>)>,
    /// A level that names no message.
    level_alone: Option<(usize, ClassLine<'a>)>,
    /// Post and number that have lost their level.
    bare: Option<(usize, ClassLine<'a>)>,
    /// The post of the last originator.
    from: Option<&'static str>,
    /// Whether E.O., TAGS or SUBJECT were seen since the last header.
    labels: bool,
    /// Whether the lines go on with a label's.
    in_label: bool,
    /// Whether running text was seen since the last header.
    prose: bool,
}

impl<'a> Search<'a> {
    /// Whether nothing further down can change what was found: its text has begun.
    fn is_over(&self) -> bool {
        self.prose && self.best.is_some()
    }

    fn look_at(&mut self, index: usize, line: &Line<'a>) {
        let text = line.trimmed();
        match classify(text) {
            LineKind::ClassLine | LineKind::Banner => self.class_line(index, line),
            kind if kind.is_format_line() => self.format_line(kind, text),
            LineKind::Label => {
                (self.labels, self.in_label) = (true, true);
                self.best = self.again.take().or(self.best.take());
            }
            LineKind::Unknown | LineKind::Plain if self.in_label => {}
            // A stray sign may stand before the level.
            LineKind::Unknown | LineKind::Plain if class_line(text).is_some() => self.class_line(index, line),
            LineKind::Unknown => self.prose |= is_prose(text),
            _ => {}
        }
    }

    /// A header begins, or goes on: what was found above it is of a stamp, a cover or an earlier copy.
    fn format_line(&mut self, kind: LineKind, text: &str) {
        if kind == LineKind::From {
            let name = after_label(text, "FM").unwrap_or_default();
            self.from = crate::knowledge::post_of_plad(name).map(|post| post.canonical).or(self.from);
        }
        if !self.prose && starts_header(text) {
            let from = self.from;
            *self = Self { from, ..Self::default() };
        }
    }

    fn class_line(&mut self, index: usize, line: &Line<'a>) {
        let Some(found) = class_line(line.text) else {
            let bare = bare_class_line(line.text).filter(|_| !self.labels && !self.prose);
            self.bare = self.bare.take().or(bare.map(|found| (index, found)));
            return;
        };
        if found.number.is_none() {
            if !self.labels && !self.prose {
                self.level_alone.get_or_insert((index, found));
            }
            return;
        }
        match &self.best {
            None if self.prose => self.again = Some((index, found)),
            None if !self.labels || self.is_own(&found) => self.best = Some((index, found)),
            Some((_, best)) if is_same(best, &found) => self.again = Some((index, found)),
            _ => {}
        }
    }

    /// Whether a line is a whole classification line of this message, of its first section.
    fn is_own(&self, line: &ClassLine<'_>) -> bool {
        let post = crate::knowledge::post(line.post).map(|post| post.canonical);
        let first = line.section.number.is_none_or(|number| number == 1);
        !line.repaired && first && post.is_some() && self.from.is_none_or(|from| post == Some(from))
    }
}

/// Whether two lines name the same section of the same message.
fn is_same(a: &ClassLine<'_>, b: &ClassLine<'_>) -> bool {
    a.number == b.number && a.section.number == b.section.number && a.post.eq_ignore_ascii_case(b.post)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    #[test]
    fn where_the_classification_line_stands() {
        const HEADER: &str = "R 080300Z DEC 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n";
        const TWELVE: &str = "A\nB\nC\nD\nE\nF\nG\nH\nI\nJ\nK\nL\n";
        let own = "UNCLAS OSLO 000461";
        for (name, text, want) in [
            ("below the header", format!("{HEADER}{own}\nSUBJECT: COD"), Some(3)),
            ("many strange lines below it", format!("{HEADER}{TWELVE}{TWELVE}{own}\nSUBJECT: COD"), Some(27)),
            (
                "a stray sign before the level",
                format!("{HEADER}.C O N F I D E N T I A L OSLO 000461\nSUBJECT: COD"),
                Some(3),
            ),
            ("a level alone", format!("{HEADER}UNCLAS\nSUBJECT: COD"), Some(3)),
            ("a level above the header", format!("CONFIDENTIAL\n\n{HEADER}{own}\nSUBJECT: COD"), Some(5)),
            ("a level above a header alone", format!("CONFIDENTIAL\n\n{HEADER}"), None),
            ("another message on the cover", format!("SECRET ROME 12\n{HEADER}{own}\nSUBJECT: COD"), Some(4)),
            (
                "an index above it",
                format!("{HEADER}TAGS: NO\nSUBJECT: COD AND\n\n{own}\nSUBJECT: COD AND HERRING"),
                Some(6),
            ),
            ("of another post below a subject", format!("{HEADER}SUBJECT: COD\n\nUNCLAS ROME 000461"), None),
            ("twice", format!("{HEADER}{own}\nTAGS: NO\nSUBJECT: COD\n{own}\nTAGS: NO\nSUBJECT: COD"), Some(6)),
            (
                "twice, a weekday between",
                format!("{own}\nSUBJECT: COD\nMonday, 1 May 2006, 06:00\n{own}\nTAGS: NO"),
                Some(3),
            ),
            (
                "a later section",
                "UNCLAS SECTION 01 OF 02 OSLO 461\nSUBJECT: COD\nUNCLAS SECTION 02 OF 02 OSLO 461\nSUBJECT: COD"
                    .to_owned(),
                Some(0),
            ),
            (
                "the text begins",
                format!("{own}\nSUBJECT: COD\n\nThe market has got a roof of tin.\n{own}\nTAGS: NO"),
                Some(0),
            ),
            ("a first paragraph", format!("SUBJECT: COD\n1. (U) Cod.\n{own}"), None),
            ("without its level", format!("{HEADER}SECTION 01 OF 02 OSLO 000461\nSUBJECT: COD"), Some(3)),
            ("an addressee that looks like a level", format!("{HEADER}SECSTATE WASHDC 2618\n{own}"), Some(4)),
        ] {
            assert_eq!(find(&split(&text)).map(|(index, _)| index), want, "{name}");
        }
    }

    #[test]
    fn near_the_top() {
        for (text, want) in [
            ("\nUNCLAS OSLO 000461\n", Some(1)),
            ("SIPDIS\nUNCLAS OSLO 000461\n", Some(1)),
            ("A\nB\nUNCLAS OSLO 000461\n", None),
            ("1. (U) Cod.\nUNCLAS OSLO 000461\n", None),
        ] {
            assert_eq!(find_near(&split(text)).map(|(index, _)| index), want, "{text}");
        }
    }
}
