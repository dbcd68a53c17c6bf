//! Lines that lost their breaks: rules of dashes in the middle of a line are given lines of their own, and so are the
//! headings beside them.

use crate::body::headings::is_heading_line;
use crate::grammar::columns;
use crate::lines::{Cut, Line, Lines, MayBe, Report};
use crate::ornament::{between_signs, is_rule, rule_in};
use crate::region::RegionKind;
use crate::sentence::{closes_passage, ends_before_number, ends_sentence, is_title};
use crate::span::Span;

/// Lines longer are not wrapped: each is a paragraph of its own.
pub(crate) const UNWRAPPED: usize = 100;

/// The longest heading that is parted from a sentence.
const LONGEST: usize = 100;

/// Parts lines at the rules in them. A rule that belongs to no heading is ornament and comes out.
pub(crate) fn at_rules<'l, 'a>(lines: Lines<'l, 'a>, report: &mut Report) -> Lines<'l, 'a> {
    // Nearly all bodies have none, and are kept as they are.
    if !lines.iter().any(holds_rule) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len() + 16);
    let mut cut = Cut::None;
    for line in lines.iter() {
        if !holds_rule(line) {
            out.push(line.after(cut));
            cut = Cut::None;
            continue;
        }
        cut = part(&line.after(cut), &mut out, report);
    }
    Lines::Owned(out)
}

/// Whether a rule stands on a line among words: the line is long, or begins or ends with it. In a table it is one of its
/// cells.
fn holds_rule(line: &Line<'_>) -> bool {
    let text = line.text;
    let may_hold = text.len() > UNWRAPPED
        || line.may_be(MayBe::Rule)
        || text.ends_with([
            '-', '=', '*', '\u{ad}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}',
        ]);
    // Signs glued to both ends of a line frame it.
    let framed = || between_signs(text).is_some_and(|words| !text.contains(&format!(" {words}")));
    // A rule alone on its line is told in a fraction of the time.
    may_hold
        && !is_rule(text)
        && rule_in(text, 0).is_some()
        && (text.len() > UNWRAPPED || columns(text).is_none())
        && !framed()
}

/// A stretch of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Text,
    Heading,
    /// A rule that belongs to a heading.
    Rule,
    /// A rule that belongs to nothing.
    Ornament,
}

/// Parts one line; gives what is cut before the next one.
fn part<'a>(line: &Line<'a>, out: &mut Vec<Line<'a>>, report: &mut Report) -> Cut {
    let mut cut = line.cut;
    let pieces = pieces(line.text);
    let last = pieces.len().saturating_sub(1);
    for (index, (piece, from, to)) in pieces.into_iter().enumerate() {
        let text = line.text.get(from..to).unwrap_or_default();
        let words = text.trim_end();
        let blanks = if index == 0 { 0 } else { words.len() - words.trim_start().len() };
        let start = line.start + from + blanks;
        let end = if index == last { line.end() } else { line.start + to };
        if piece == Piece::Ornament {
            report.regions.mark(Span::new(start, end), RegionKind::Heading);
            cut = if index == last { Cut::None } else { Cut::Inline };
            continue;
        }
        let own = match (piece, cut) {
            _ if index == 0 => cut,
            (Piece::Text, cut) if cut != Cut::None => cut,
            _ => Cut::Parted,
        };
        out.push(Line::new(words.get(blanks..).unwrap_or_default(), start, end, own));
        cut = Cut::Parted;
    }
    if cut == Cut::Parted { Cut::None } else { cut }
}

/// The pieces of a line, in order.
fn pieces(text: &str) -> Vec<(Piece, usize, usize)> {
    let mut out: Vec<(Piece, usize, usize)> = Vec::new();
    let mut at = 0;
    // Whether the rule before the piece is still free to be the upper one of a heading.
    let mut above: Option<usize> = None;
    while let Some((start, end)) = rule_in(text, at) {
        let piece = text.get(at..start).unwrap_or_default();
        let title = piece.trim();
        if let Some(rule) = above.filter(|_| title.len() <= LONGEST && is_title(title) && is_heading_line(title)) {
            // Between two rules.
            out.get_mut(rule).into_iter().for_each(|upper| upper.0 = Piece::Rule);
            out.extend([(Piece::Heading, at, start), (Piece::Rule, start, end)]);
            above = None;
        } else if let Some(title) = title_before(piece, text.get(start..end).unwrap_or_default()) {
            let title = at + title;
            out.extend(
                Some((Piece::Text, at, title)).filter(|_| !text.get(at..title).unwrap_or_default().trim().is_empty()),
            );
            out.extend([(Piece::Heading, title, start), (Piece::Rule, start, end)]);
            above = None;
        } else {
            out.extend(Some((Piece::Text, at, start)).filter(|_| !title.is_empty()));
            above = Some(out.len());
            out.push((Piece::Ornament, start, end));
        }
        at = end;
    }
    let rest = text.get(at..).unwrap_or_default();
    if !rest.trim().is_empty() {
        // A rule over a heading that ends the line.
        let title = rest.trim();
        let is_heading = title.len() <= LONGEST && is_title(title) && is_heading_line(title) && !ends_sentence(title);
        if let Some(upper) = above.filter(|_| is_heading).and_then(|rule| out.get_mut(rule)) {
            upper.0 = Piece::Rule;
            out.push((Piece::Heading, at, text.len()));
        } else {
            out.push((Piece::Text, at, text.len()));
        }
    }
    out
}

/// Where the heading begins that stands before a rule, behind text of the same line: after the end of a sentence, or as
/// far back as the rule is long.
fn title_before(piece: &str, rule: &str) -> Option<usize> {
    const SLIP: usize = 2;
    const SURE: usize = 8;
    let words = piece.trim_end();
    let is_heading = |at: usize| {
        words.get(at..).map(str::trim_start).is_some_and(|title| {
            !title.is_empty() && title.len() <= LONGEST && is_title(title) && is_heading_line(title)
        })
    };
    let length = rule.chars().filter(|c| *c != ' ').count();
    let starts = || words.rmatch_indices(' ').map(|(at, _)| at + 1).take_while(|at| words.len() - at <= LONGEST);
    let ends_before = |at: usize| {
        let before = words.get(..at).unwrap_or_default().trim_end();
        ends_before_number(before) || closes_passage(before)
    };
    let fits = |at: usize, slip: usize| (words.len() - at).abs_diff(length) <= slip;
    let by_length = starts().chain([0]).find(|at| fits(*at, SLIP) && (*at == 0 || ends_before(*at)) && is_heading(*at));
    let exact = || starts().find(|at| length >= SURE && fits(*at, 0) && is_heading(*at) && !closes_passage(words));
    let by_sentence = || starts().find(|at| ends_before(*at)).filter(|at| is_heading(*at));
    let whole = || Some(0).filter(|at| words.len() <= LONGEST && is_heading(*at));
    by_length.or_else(exact).or_else(by_sentence).or_else(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_parted_at_its_rules() {
        for (name, text, want) in [
            (
                "between two rules",
                "It has a roof. ------- The Gulls -------",
                vec!["T It has a roof.", "R -------", "H The Gulls", "R -------"],
            ),
            (
                "a rule under it",
                "It is late. End Summary. The Talks of Bergen ---------------- 2. (U) Both came.",
                vec![
                    "T It is late. End Summary.",
                    "H The Talks of Bergen",
                    "R ----------------",
                    "T 2. (U) Both came.",
                ],
            ),
            (
                "no stop before it",
                "It is late END SUMMARY THE TALKS OF BERGEN -------------------- 2. (U) Both came.",
                vec![
                    "T It is late END SUMMARY",
                    "H THE TALKS OF BERGEN",
                    "R --------------------",
                    "T 2. (U) Both came.",
                ],
            ),
            ("closing words", "END NOTE. ------------------- -", vec!["T END NOTE.", "O ------------------- -"]),
            ("alone", "THE TALKS -------------------", vec!["H THE TALKS", "R -------------------"]),
            ("a rule over it", "--------------- Protected Areas", vec!["R ---------------", "H Protected Areas"]),
            (
                "a table",
                "as a percentage) of all ------------- Apr08 May08 3.0 3.3, which is as it was before in all of the years.",
                vec![
                    "T as a percentage) of all",
                    "O -------------",
                    "T Apr08 May08 3.0 3.3, which is as it was before in all of the years.",
                ],
            ),
            (
                "a notice between stars",
                "It went home. ********************* **** Visit Oslo's Website: XXXXXXXX********************* ROE",
                vec![
                    "T It went home.",
                    "R ********************* ****",
                    "H Visit Oslo's Website: XXXXXXXX",
                    "R *********************",
                    "T ROE",
                ],
            ),
        ] {
            let got: Vec<String> = pieces(text)
                .into_iter()
                .map(|(piece, from, to)| {
                    let kind = match piece {
                        Piece::Text => 'T',
                        Piece::Heading => 'H',
                        Piece::Rule => 'R',
                        Piece::Ornament => 'O',
                    };
                    format!("{kind} {}", text.get(from..to).unwrap().trim())
                })
                .collect();
            assert_eq!(got, want, "{name}");
        }
    }

    #[test]
    fn many_rules_cost_linear_time() {
        for part in ["- ", "------ ", "------ A ", "A ------ a. "] {
            let text = part.repeat(50_000);
            assert!(pieces(&text).len() <= text.len());
        }
    }
}
