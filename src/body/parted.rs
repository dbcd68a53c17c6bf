//! Lines that lost their breaks: rules of dashes in the middle of a line are given lines of their own, and so are the
//! headings beside them.

use crate::body::headings::is_heading_line;
use crate::grammar::columns;
use crate::lines::{Cut, Line, Lines, MayBe, Report};
use crate::literals::{Hit, Hits, Literal};
use crate::ornament::{Frame, between_signs, frame_at_end, is_rule, rule_in};
use crate::region::RegionKind;
use crate::sentence::{closes_passage, ends_before_number, ends_sentence, is_title};
use crate::span::Span;

/// Lines longer are not wrapped: each is a paragraph of its own.
pub(crate) const UNWRAPPED: usize = 100;

/// The longest heading that is parted from a sentence.
const LONGEST: usize = 100;

/// Parts lines at the rules in them. A rule that belongs to no heading is ornament and comes out.
pub(crate) fn at_rules<'l, 'a>(lines: Lines<'l, 'a>, hits: &[Hit], report: &mut Report) -> Lines<'l, 'a> {
    let known = |hits: &mut Hits<'_>, line: &Line<'_>| hits.on(line).iter().any(|hit| hit.literal == Literal::Rule);
    let mut of_lines = Hits::of(hits);
    // Nearly all bodies have none, and are kept as they are.
    if !lines.iter().any(|line| holds_rule(line, known(&mut of_lines, line))) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len() + 16);
    let mut cut = Cut::None;
    let mut of_lines = Hits::of(hits);
    for line in lines.iter() {
        if !holds_rule(line, known(&mut of_lines, line)) {
            out.push(line.after(cut));
            cut = Cut::None;
            continue;
        }
        cut = part(&line.after(cut), &mut out, report);
    }
    Lines::Owned(out)
}

/// Whether a rule stands on a line among words: the line is long, begins or ends with it, or is known to have one after a
/// sentence. In a table it is one of its cells.
fn holds_rule(line: &Line<'_>, known: bool) -> bool {
    let text = line.text;
    let may_hold = known
        || text.len() > UNWRAPPED
        || line.may_be(MayBe::Rule)
        || text.ends_with([
            '-', '=', '*', '\u{ad}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}',
        ]);
    // Signs glued to both ends of a line frame it.
    let framed = || between_signs(text).is_some_and(|words| !text.contains(&format!(" {words}")));
    // A rule alone on its line is told in a fraction of the time.
    may_hold
        && !is_rule(text)
        && (rule_in(text, 0).is_some() || short_frame(text).is_some())
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
    let frame = short_frame(text);
    let text = text.get(..frame.map_or(text.len(), |frame| frame.start)).unwrap_or_default();
    let mut at = 0;
    // Whether the rule before the piece is still free to be the upper one of a heading.
    let mut above: Option<usize> = None;
    let mut next = rule_in(text, 0);
    while let Some((start, end)) = next {
        next = rule_in(text, end);
        let piece = text.get(at..start).unwrap_or_default();
        let rule = text.get(start..end).unwrap_or_default();
        let own = below_rule(text, (start, end), next);
        if let Some(rule) = above.filter(|_| is_heading(piece.trim())) {
            // Between two rules.
            out.get_mut(rule).into_iter().for_each(|upper| upper.0 = Piece::Rule);
            out.extend([(Piece::Heading, at, start), (Piece::Rule, start, end)]);
            above = None;
        } else if let Some(title) = title_before(piece, rule, own) {
            let title = at + title;
            out.extend(
                Some((Piece::Text, at, title)).filter(|_| !text.get(at..title).unwrap_or_default().trim().is_empty()),
            );
            out.extend([(Piece::Heading, title, start), (Piece::Rule, start, end)]);
            above = None;
        } else {
            out.extend(Some((Piece::Text, at, start)).filter(|_| !piece.trim().is_empty()));
            above = Some(out.len());
            out.push((Piece::Ornament, start, end));
        }
        at = end;
    }
    let rest = text.get(at..).unwrap_or_default();
    if !rest.trim().is_empty() {
        // A rule over a heading that ends the line.
        let is_heading = is_heading(rest.trim()) && !ends_sentence(rest.trim());
        if let Some(upper) = above.filter(|_| is_heading).and_then(|rule| out.get_mut(rule)) {
            upper.0 = Piece::Rule;
            out.push((Piece::Heading, at, text.len()));
        } else {
            out.push((Piece::Text, at, text.len()));
        }
    }
    if let Some(Frame { start, words, end }) = frame {
        out.extend([(Piece::Rule, start, words.0), (Piece::Heading, words.0, words.1), (Piece::Rule, words.1, end)]);
    }
    out
}

/// Whether words beside a rule can be a heading.
fn is_heading(title: &str) -> bool {
    title.len() <= LONGEST && title.contains(char::is_alphabetic) && is_title(title) && is_heading_line(title)
}

/// A heading between two short rules that ends a line, after the end of a sentence: `(Havnenytt, 7.2.2009) --- Eel ---`.
fn short_frame(text: &str) -> Option<Frame> {
    let frame = frame_at_end(text)?;
    let before = text.get(..frame.start).unwrap_or_default().trim_end();
    let title = text.get(frame.words.0..frame.words.1).unwrap_or_default();
    (ends_before(before) && is_heading(title.trim())).then_some(frame)
}

/// What stands after a rule in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Below {
    /// A heading of its own, closed by an equal rule.
    Framed,
    /// What may be a heading, at the line's end.
    Title,
    Other,
}

/// What stands after this rule, up to the next one.
fn below_rule(text: &str, (start, end): (usize, usize), next: Option<(usize, usize)>) -> Below {
    let title = text.get(end..next.map_or(text.len(), |(start, _)| start)).unwrap_or_default().trim();
    let equal = |(from, to)| to - from == end - start;
    match next {
        Some(next) if equal(next) && is_heading(title) => Below::Framed,
        None if is_heading(title) && !ends_sentence(title) => Below::Title,
        _ => Below::Other,
    }
}

/// Whether a sentence or a passage ends before a heading in the same line.
fn ends_before(before: &str) -> bool {
    ends_before_number(before) || closes_passage(before)
}

/// Where the heading begins that stands before a rule, after text of the same line: after the end of a sentence, or as
/// far back as the rule is long. A rule that is over a heading of its own is under none that is not as long.
fn title_before(piece: &str, rule: &str, below: Below) -> Option<usize> {
    const SLIP: usize = 2;
    const SURE: usize = 8;
    let words = piece.trim_end();
    // A remark in brackets, as the source that a report names at its end, is none.
    let is_remark = |title: &str| title.starts_with(['(', '[']) && title.ends_with([')', ']']);
    let is_heading = |at: usize| {
        words.get(at..).map(str::trim_start).is_some_and(|title| is_heading(title) && (at == 0 || !is_remark(title)))
    };
    let spaced = rule.chars().nth(1) == Some(' ');
    let length = rule.chars().filter(|c| spaced || *c != ' ').count();
    let starts = || words.rmatch_indices(' ').map(|(at, _)| at + 1).take_while(|at| words.len() - at <= LONGEST);
    let ends_before = |at: usize| ends_before(words.get(..at).unwrap_or_default().trim_end());
    let fits = |at: usize, slip: usize| (words.len() - at).abs_diff(length) <= slip;
    let by_length = starts().chain([0]).find(|at| fits(*at, SLIP) && (*at == 0 || ends_before(*at)) && is_heading(*at));
    // What a colon ends leads to the heading after the rule.
    if by_length.is_some() || below == Below::Framed || below == Below::Title && words.ends_with(':') {
        return by_length;
    }
    let exact = || starts().find(|at| length >= SURE && fits(*at, 0) && is_heading(*at) && !closes_passage(words));
    let by_sentence = || starts().find(|at| ends_before(*at)).filter(|at| is_heading(*at));
    let whole = || Some(0).filter(|at| words.len() <= LONGEST && is_heading(*at));
    exact().or_else(by_sentence).or_else(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;
    use crate::literals;

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
            (
                "a remark before a heading between rules",
                "It is late. (Dagens Tidende, 7.1.2009) ----------------- Rationing of Bait -----------------",
                vec![
                    "T It is late. (Dagens Tidende, 7.1.2009)",
                    "R -----------------",
                    "H Rationing of Bait",
                    "R -----------------",
                ],
            ),
            (
                "a remark as long as the rule",
                "It is late. (Havnenytt, 7.1.) ---------------- Rationing of Bait ----------------",
                vec![
                    "T It is late. (Havnenytt, 7.1.)",
                    "R ----------------",
                    "H Rationing of Bait",
                    "R ----------------",
                ],
            ),
            (
                "a sentence without its stop",
                "1. (U) It is late and nobody came ------------- Bait and Nets -------------",
                vec!["T 1. (U) It is late and nobody came", "R -------------", "H Bait and Nets", "R -------------"],
            ),
            (
                "a lead-in",
                "1.(U) These are the stories of the week: ----------- Fish Market -----------",
                vec!["T 1.(U) These are the stories of the week:", "R -----------", "H Fish Market", "R -----------"],
            ),
            (
                "a lead-in, without the lower rule",
                "1. (U) These are the stories of the week: ---------------- Fish Market",
                vec!["T 1. (U) These are the stories of the week:", "R ----------------", "H Fish Market"],
            ),
            (
                "two headings with a rule under each",
                "It is late. The Old Boats ------------- It is so. The New Boats -------------",
                vec![
                    "T It is late.",
                    "H The Old Boats",
                    "R -------------",
                    "T It is so.",
                    "H The New Boats",
                    "R -------------",
                ],
            ),
            (
                "between short rules",
                "It is late. (Havnenytt, 7.2.2009) --- Eel ---",
                vec!["T It is late. (Havnenytt, 7.2.2009)", "R ---", "H Eel", "R ---"],
            ),
            (
                "between rules of four",
                "------- Bait ------- It is late. ---- Herring and Roe ----",
                vec!["R -------", "H Bait", "R -------", "T It is late.", "R ----", "H Herring and Roe", "R ----"],
            ),
            ("rules of two lengths", "It is late. --- Eel --", vec!["T It is late. --- Eel --"]),
            (
                "a rule with blanks in it",
                "It is late. MIGRANT WORKERS = = = = = = = =",
                vec!["T It is late.", "H MIGRANT WORKERS", "R = = = = = = = ="],
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
    fn which_lines_are_parted() {
        for (name, text, want) in [
            ("at the end", "THE TALKS -------", "THE TALKS|-------"),
            ("after a sentence", "End\nSummary. -------- The Nets", "End|Summary.|--------|The Nets"),
            ("after a word", "the sum of ------- crowns", "the sum of ------- crowns"),
            ("a row of a table", "Nets    -------    12", "Nets    -------    12"),
        ] {
            let lines = split(text);
            let parted = at_rules(Lines::Borrowed(&lines), &literals::find(text), &mut Report::default());
            assert_eq!(parted.iter().map(|line| line.text).collect::<Vec<_>>().join("|"), want, "{name}");
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
