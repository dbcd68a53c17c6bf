//! Paragraph numbers: which of the numbers at line starts are paragraphs', and what the damaged ones must be.
//!
//! They are solved over the whole cable: of all candidates the sequence is taken that explains them at the least cost.
//! One rule so covers the pilcrow that became a digit (`16.` for 6), the year that happens to start a line (`2009.`)
//! and the gap that a redaction left.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::char as character;
use nom::combinator::{opt, peek, recognize};
use nom::sequence::{delimited, terminated};

use crate::fast_path;
use crate::field::portion_mark;
use crate::grammar::{Grammar, blanks, columns, digits, gap, number};
use crate::lines::trim_start;

/// A number that may be a paragraph's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Index of its line.
    pub(crate) line: usize,
    /// Offset in the line's text, pilcrow included.
    pub(crate) start: usize,
    /// Offset after its full stop or bracket.
    pub(crate) end: usize,
    /// The number as written.
    pub(crate) raw: u32,
    form: Form,
    /// Whether a pilcrow stands before it, whole.
    pilcrow: bool,
    /// Whether a portion mark stands after it.
    mark: bool,
    /// What it costs to call it prose.
    refusal: u32,
    /// What it costs to call it a paragraph's, besides the step in the series.
    acceptance: u32,
}

/// A candidate that is a paragraph, with the number that it must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub(crate) candidate: Candidate,
    pub(crate) number: u8,
}

/// Numbers above are prose: years, sums, shares.
const MAX_NUMBER: u32 = 199;

/// What stands before a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// Nothing, a blank line or page furniture.
    Gap,
    /// A line that ends a sentence, or a heading's rule.
    SentenceEnd,
    /// A line in the middle of a sentence.
    OpenSentence,
    /// The name of a month: a date goes on, with or without a blank line between.
    Month,
    /// Text of the same line, in the middle of a sentence.
    SameLine,
    /// Text of the same line that ends a sentence.
    SameLineEnd,
}

/// A candidate at this offset of a line.
///
/// ```text
/// candidate = [ pilcrow *SP ] ( 1*4DIGIT ( "." / ".." / ")" / "," ) / "(" 1*3DIGIT ")" ) ( SP / "(" / capital / end )
///           / [ pilcrow *SP ] 1*2DIGIT 1*SP portion-mark
/// pilcrow   = "¶", or what a conversion made of it: "Â¶" / "?" / U+FFFD
/// ```
///
/// A comma for the full stop counts only after a gap and before a capital or a mark, no sign at all only after a gap.
pub(crate) fn candidate(line: usize, text: &str, start: usize, before: Before) -> Option<Candidate> {
    let from = text.get(start..)?;
    let (rest, (form, raw)) = usual(from).or_else(|| production(from).ok())?;
    let pilcrow = from.starts_with('¶');
    let bounded =
        rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '(' || c.is_ascii_uppercase());
    // A year after a pilcrow is refused in any case, but that is to be said.
    if !bounded || raw == 0 || raw > MAX_NUMBER && !pilcrow {
        return None;
    }
    let rest = trim_start(rest);
    let mark = portion_mark::leading(rest).is_some();
    let in_line = matches!(before, Before::SameLine | Before::SameLineEnd);
    // Prose has many numbers: without more evidence only one with a full stop, before what can begin a sentence.
    if in_line && !mark && !pilcrow && (form != Form::Stop || !begins_sentence(rest)) {
        return None;
    }
    if form == Form::Comma && (before != Before::Gap || !mark && !rest.starts_with(|c: char| c.is_ascii_uppercase())) {
        return None;
    }
    if form == Form::Bare && (before != Before::Gap || !mark) {
        return None;
    }
    let end = text.len() - rest.len();
    let acceptance = if in_line && !mark && !pilcrow { IN_LINE } else { 0 };
    Some(Candidate {
        line,
        start,
        end,
        raw,
        form,
        pilcrow,
        mark,
        refusal: refusal(form, mark, rest, before),
        acceptance,
    })
}

/// The place of a paragraph that has lost its number.
pub(crate) const fn lost(line: usize, start: usize) -> Candidate {
    let (form, pilcrow, mark) = (Form::Lost, false, false);
    Candidate { line, start, end: start, raw: 0, form, pilcrow, mark, refusal: 0, acceptance: 0 }
}

/// Whether a text begins as a sentence does: with a capital, a quotation mark or a bracket.
fn begins_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '(' | '['))
}

/// How a candidate is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `1.`
    Stop,
    /// `1)` or `(1)`, which lists inside a paragraph use too.
    Bracket,
    /// `1,`: the full stop mistyped.
    Comma,
    /// `1 (C)`: the full stop left out.
    Bare,
    /// Nothing: the number is lost.
    Lost,
}

impl Candidate {
    /// Whether it lacks the sign that belongs after a paragraph's number.
    pub(crate) fn is_mended(&self) -> bool {
        matches!(self.form, Form::Comma | Form::Bare | Form::Lost)
    }

    /// Whether nothing of the number is left.
    pub(crate) fn is_lost(&self) -> bool {
        self.form == Form::Lost
    }

    /// Whether a portion mark stands after it.
    pub(crate) const fn has_portion_mark(&self) -> bool {
        self.mark
    }

    /// Whether a portion mark or a pilcrow stands beside it.
    pub(crate) const fn has_mark(&self) -> bool {
        self.mark || self.pilcrow
    }
}

/// Whether a candidate may begin at the start of a line: most lines are identified by their first byte.
pub(crate) fn may_begin(line: &str) -> bool {
    // The first bytes of a pilcrow, of one read in another encoding, and of what stands for a letter that was lost.
    fast_path::is_disabled()
        || matches!(line.as_bytes(), [b'0'..=b'9' | b'?' | 0xC2 | 0xC3 | 0xEF, ..] | [b'(', b'0'..=b'9', ..])
}

/// `usual = [ "¶" ] 1*3DIGIT "." SP`, as [`production`] reads it, too, for ten times the cost.
fn usual(text: &str) -> Option<(&str, (Form, u32))> {
    if fast_path::is_disabled() {
        return None;
    }
    let after = text.strip_prefix('¶').unwrap_or(text);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = after.split_at_checked(digits).filter(|_| (1..=3).contains(&digits))?;
    let rest = rest.strip_prefix('.').filter(|rest| rest.starts_with(' '))?;
    let raw = number.bytes().fold(0, |number, digit| 10 * number + u32::from(digit - b'0'));
    Some((rest, (Form::Stop, raw)))
}

fn production(input: &str) -> Grammar<'_, (Form, u32)> {
    let pilcrow = alt((tag("¶"), tag("Â¶"), tag("?"), tag("\u{FFFD}")));
    let (input, _) = opt((pilcrow, blanks)).parse(input)?;
    let stops = recognize((opt(character(' ')), character('.'), opt(character('.'))));
    let stop = terminated(digits(1, 4), stops).map(|d| (Form::Stop, d));
    let comma = terminated(digits(1, 2), character(',')).map(|d| (Form::Comma, d));
    let bare = terminated(digits(1, 2), peek((gap, character('(')))).map(|d| (Form::Bare, d));
    let bracket = terminated(digits(1, 3), character(')')).map(|d| (Form::Bracket, d));
    let brackets = delimited(character('('), digits(1, 3), character(')')).map(|d| (Form::Bracket, d));
    let (rest, (form, text)) = alt((stop, bracket, brackets, comma, bare)).parse(input)?;
    Ok((rest, (form, number(text).unwrap_or(0))))
}

/// What it costs to call a candidate prose: the sum of what speaks for it. In tenths.
fn refusal(form: Form, mark: bool, rest: &str, before: Before) -> u32 {
    let mut cost: i32 = 30;
    cost += if mark { 70 } else { 0 };
    cost += match before {
        Before::Gap => 25,
        Before::SentenceEnd => 8,
        Before::OpenSentence => -14,
        Before::Month if mark => -14,
        Before::Month => -40,
        Before::SameLine if mark => -10,
        Before::SameLine => -28,
        Before::SameLineEnd => 0,
    };
    cost += match rest.chars().next() {
        None => -10,
        Some(c) if c.is_lowercase() => -15,
        Some(_) => 8,
    };
    cost -= match form {
        Form::Stop => 0,
        Form::Bracket => 15,
        // Only where the next number is due.
        Form::Comma | Form::Bare | Form::Lost => 50,
    };
    // A row of a table.
    let long = rest.len() > 120;
    let row = if long { beginning(rest) } else { rest };
    let columns = columns(row).and_then(|gap| row.get(gap + 4..)).unwrap_or_default();
    if columns.bytes().any(|b| b.is_ascii_digit()) {
        cost -= 60;
    }
    u32::try_from(cost).unwrap_or(0).max(1)
}

/// The first 120 letters of a longer text.
fn beginning(text: &str) -> &str {
    let ascii = text.get(..120).filter(|head| head.is_ascii());
    ascii.or_else(|| text.get(..text.char_indices().nth(120)?.0)).unwrap_or(text)
}

// Costs of a step in the series, in tenths, against the refusals above.
const RESTART: u32 = 35;
const REPEAT: u32 = 40;
const BACKWARDS: u32 = 40;
const GAP: u32 = 16;
const GAP_EACH: u32 = 4;
/// Of more than this many missing numbers in a row each costs twice as much again.
const GAP_WIDE: u32 = 5;
const GAP_MOST: u32 = 12;
const FAR_JUMP: u32 = 130;
const LOST_PILCROW: u32 = 15;
const WRITTEN_TWICE: u32 = 45;
/// Of a number in mid-line that nothing but its place in the series speaks for.
const IN_LINE: u32 = 20;

/// The candidates that are paragraphs, with their numbers. Where paragraphs are numbered `1.`, numbers in brackets are
/// lists inside them, unless they have portion marks and are the numbers that stand before: `8) (C)`, `9) (C)`, `10. (C)`.
pub(crate) fn solve(candidates: &[Candidate]) -> Vec<Numbered> {
    if candidates.iter().all(|c| c.form != Form::Bracket) {
        return cheapest_way(candidates);
    }
    let stops: Vec<Candidate> = candidates.iter().filter(|c| c.form != Form::Bracket).copied().collect();
    let way = cheapest_way(&stops);
    let Some(first) = way.first() else { return cheapest_way(candidates) };
    let before = candidates.iter().take_while(|c| **c != first.candidate);
    let marked = before.filter(|c| c.form == Form::Bracket && c.mark).count();
    if marked > 0 && marked + 1 == usize::from(first.number) { cheapest_way(candidates) } else { way }
}

/// The cheapest way through all candidates.
fn cheapest_way(candidates: &[Candidate]) -> Vec<Numbered> {
    // 1, 2, 3 and so on: each step costs nothing, each refusal something. So it is in nearly all cables, and the search
    // would cost forty times as much.
    if !fast_path::is_disabled()
        && candidates.len() <= MAX_NUMBER as usize
        && candidates.iter().zip(1..).all(|(candidate, due)| candidate.raw == due && candidate.acceptance == 0)
    {
        return candidates
            .iter()
            .zip(1..)
            .map(|(candidate, number)| Numbered { candidate: *candidate, number })
            .collect();
    }
    searched_way(candidates)
}

/// The cheapest way, whatever the numbers are.
fn searched_way(candidates: &[Candidate]) -> Vec<Numbered> {
    let highest = candidates.iter().map(|c| c.raw.min(MAX_NUMBER)).max().unwrap_or_default();
    let mut search = Search::up_to(highest + 1, candidates.len());
    for (index, candidate) in (0..).zip(candidates) {
        search.step(index, candidate);
    }
    search.way(candidates)
}

/// One accepted candidate on a way; the ways share their beginnings. There may be millions: each is small.
#[derive(Clone, Copy, Debug)]
struct Step {
    candidate: u32,
    number: u8,
    before: Option<u32>,
}

/// The cheapest way that ends with each number. Refusing a candidate makes all ways more expensive alike, so that sum is kept
/// once, and a candidate costs the same time whatever came before it.
struct Search {
    steps: Vec<Step>,
    /// For each last number: cost less `refused`, and the last step.
    ways: Vec<Option<(i64, Option<u32>)>>,
    refused: i64,
    cheapest: (i64, Option<u32>),
}

impl Search {
    fn up_to(highest: u32, steps: usize) -> Self {
        let mut ways = vec![None; highest as usize + 1];
        if let Some(start) = ways.first_mut() {
            *start = Some((0, None));
        }
        Self { steps: Vec::with_capacity(steps), ways, refused: 0, cheapest: (0, None) }
    }

    fn step(&mut self, index: u32, candidate: &Candidate) {
        let raw = candidate.raw;
        let mut readings = [None; 3];
        readings[0] = Some(self.arrive(raw, 0));
        // The pilcrow became a `1`: `16.` is 6. Where one stands before it still, only the number that is due can be meant.
        let gap = if candidate.pilcrow { 0 } else { GAP_MOST };
        readings[1] = without_leading_one(raw).and_then(|n| self.onward(n, gap, LOST_PILCROW));
        // The same number as before, where the next is due.
        readings[2] = self.way_to(raw).map(|(cost, step)| (raw + 1, cost + i64::from(WRITTEN_TWICE), step));
        self.refused += i64::from(candidate.refusal);
        for (number, cost, before) in readings.into_iter().flatten() {
            let cost = cost + i64::from(candidate.acceptance) - self.refused;
            let Some(way) = self.ways.get_mut(number as usize) else { continue };
            // None is greater than MAX_NUMBER and one.
            let Ok(number) = u8::try_from(number) else { continue };
            if way.is_none_or(|(best, _)| cost < best) {
                let last = u32::try_from(self.steps.len()).ok();
                self.steps.push(Step { candidate: index, number, before });
                *way = Some((cost, last));
                if cost < self.cheapest.0 {
                    self.cheapest = (cost, last);
                }
            }
        }
    }

    /// The cost of the cheapest way that ends with this number.
    fn way_to(&self, number: u32) -> Option<(i64, Option<u32>)> {
        let (cost, step) = (*self.ways.get(number as usize)?)?;
        Some((cost + self.refused, step))
    }

    /// The cheapest step to this number, with its cost.
    fn arrive(&self, number: u32, repair: u32) -> (u32, i64, Option<u32>) {
        let (cheapest, last) = (self.cheapest.0 + self.refused, self.cheapest.1);
        // The next number of the cheapest way, as it nearly always is: nothing can be less than that.
        if let Some((cost, step)) = number.checked_sub(1).and_then(|due| self.way_to(due))
            && cost == cheapest
            && !fast_path::is_disabled()
        {
            return (number, cost + i64::from(repair), step);
        }
        let anywhere = if number == 1 { RESTART } else { BACKWARDS.max(FAR_JUMP) };
        let mut best = (cheapest + i64::from(anywhere), last);
        let mut offer = |from: Option<(i64, Option<u32>)>, cost: u32| {
            if let Some((base, step)) = from
                && base + i64::from(cost) < best.0
            {
                best = (base + i64::from(cost), step);
            }
        };
        offer(self.way_to(number), REPEAT);
        for missing in 0..=GAP_MOST {
            let Some(from) = number.checked_sub(1 + missing) else { break };
            offer(self.way_to(from), cost_of_missing(from, missing));
        }
        for backwards in 1..=3 {
            offer(self.way_to(number + backwards), BACKWARDS);
        }
        (number, best.0 + i64::from(repair), best.1)
    }

    /// The cheapest step forward to this number, over so many missing ones at the most.
    fn onward(&self, number: u32, most: u32, repair: u32) -> Option<(u32, i64, Option<u32>)> {
        let steps = (0..=most).filter_map(|missing| {
            let from = number.checked_sub(1 + missing)?;
            let (cost, step) = self.way_to(from)?;
            Some((number, cost + i64::from(cost_of_missing(from, missing) + repair), step))
        });
        steps.min_by_key(|(_, cost, _)| *cost)
    }

    /// The cheapest way of all, first step first.
    fn way(&self, candidates: &[Candidate]) -> Vec<Numbered> {
        let mut way = Vec::with_capacity(candidates.len());
        let mut last = self.cheapest.1;
        while let Some(step) = last.and_then(|i| self.steps.get(i as usize)) {
            let candidate = candidates.get(step.candidate as usize);
            way.extend(candidate.map(|candidate| Numbered { candidate: *candidate, number: step.number }));
            last = step.before;
        }
        way.reverse();
        way
    }
}

/// What it costs that so many numbers are missing after this one.
fn cost_of_missing(from: u32, missing: u32) -> u32 {
    match missing {
        0 => 0,
        // A first paragraph that is not 1 has often lost only its number.
        1 if from == 0 => GAP / 2,
        _ => GAP + GAP_EACH * (missing + 2 * missing.saturating_sub(GAP_WIDE)),
    }
}

/// `16` as 6, `112` as 12.
fn without_leading_one(raw: u32) -> Option<u32> {
    match raw {
        11..=19 => Some(raw - 10),
        110..=199 => Some(raw - 100),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of lines, each after a blank line unless it begins with `~`.
    fn numbers(lines: &[&str]) -> Vec<u8> {
        let candidates: Vec<_> = lines
            .iter()
            .enumerate()
            .filter_map(|(i, l)| match l.strip_prefix('~') {
                Some(l) => candidate(i, l, 0, Before::OpenSentence),
                None => candidate(i, l, 0, Before::Gap),
            })
            .collect();
        solve(&candidates).iter().map(|n| n.number).collect()
    }

    #[test]
    fn quick_ways_lead_where_the_long_ones_do() {
        for text in
            ["1. COD", "¶12. (C) COD", "123. COD", "1.. COD", "1 . COD", "1.COD", "1234. COD", "¶ 1. COD", "¶. COD", ""]
        {
            let long = production(text).ok();
            assert!(usual(text).is_none_or(|quick| Some(quick) == long), "{text}");
        }
        let lines = ["1. A", "2. (C) B", "3) C", "4, D", "¶5. E", "6. f"];
        let candidates: Vec<_> = lines.iter().filter_map(|line| candidate(0, line, 0, Before::Gap)).collect();
        for some in 0..=candidates.len() {
            assert_eq!(cheapest_way(&candidates[..some]), searched_way(&candidates[..some]), "{some}");
        }
    }

    #[test]
    fn series() {
        let cases: [(&str, &[&str], &[u8]); 24] = [
            ("plain", &["1. (U) A", "2. (U) B", "3. C"], &[1, 2, 3]),
            (
                "pilcrows turned to ones",
                &["11. (SBU) A", "12. (SBU) B", "¶3. (SBU) C", "¶4. D", "~¶200.", "¶5. E", "¶16. F", "¶17. G"],
                &[1, 2, 3, 4, 5, 6, 7],
            ),
            ("the end of a date", &["¶1. (U) A", "~¶6. On the day", "¶2. (U) B", "¶3. (U) C"], &[1, 2, 3]),
            ("a gap", &["1. (U) A", "3. (U) B", "8. (U) C", "11. (U) D", "12. (U) E"], &[1, 3, 8, 11, 12]),
            ("starts again", &["1. A", "2. B", "1. C", "2. D", "3. E", "1. F"], &[1, 2, 1, 2, 3, 1]),
            ("twice where the next is due", &["1. A", "2. B", "2. C", "4. D"], &[1, 2, 3, 4]),
            ("twice as it stands", &["1. A", "2. B", "2. C", "3. D"], &[1, 2, 2, 3]),
            ("out of order", &["1. (U) A", "2. (U) B", "4. (U) C", "3. (U) D"], &[1, 2, 4, 3]),
            ("the first lost its number", &["2. (U) A", "3. (U) B"], &[2, 3]),
            ("ten and on", &["9. A", "10. B", "11. C", "12. D"], &[9, 10, 11, 12]),
            ("years", &["1. A", "¶2009.", "2. B"], &[1, 2]),
            ("brackets", &["1) A", "2) B", "(3) C"], &[1, 2, 3]),
            ("two full stops", &["1. A", "2.. B", "3. C"], &[1, 2, 3]),
            ("a comma for the full stop", &["1. A", "2, B", "3. C"], &[1, 2, 3]),
            ("a comma in a list", &["1. A", "~2, AND B", "4, C", "2. D"], &[1, 2]),
            ("lost pilcrows", &["?1. A", "Â¶2. B", "\u{FFFD}3. C", "¶ 4. D"], &[1, 2, 3, 4]),
            ("blanks that do not break", &["1.\u{a0}A", "2.\u{a0}(C) B"], &[1, 2]),
            ("no full stop", &["1 (C) A", "~2 (B) IS IT", "2 (C/NF) B", "3 FISH"], &[1, 2]),
            ("a comma before a mark", &["5. (C) A", "6, (C) b", "7. (C) C"], &[5, 6, 7]),
            ("brackets, then full stops", &["1) (C) A", "2) (C) B", "3. (C) C"], &[1, 2, 3]),
            ("a list in brackets", &["1. (C) A", "1) B", "2) C", "2. (C) C"], &[1, 2]),
            ("paragraphs left out", &["¶1. (C) A", "¶4. (C) B", "¶12. (C) C", "¶13. (C) D"], &[1, 4, 12, 13]),
            ("many left out", &["¶1. (C) A", "¶24. (C) B"], &[1, 24]),
            ("none", &["2.6 BILLION", "1.4 (b)", "12TH"], &[]),
        ];
        for (name, lines, expected) in cases {
            assert_eq!(numbers(lines), expected, "{name}");
        }
    }

    #[test]
    fn many_candidates_cost_linear_time() {
        let candidates: Vec<_> = (0..100_000).filter_map(|i| candidate(i, "1. (U) A", 0, Before::Gap)).collect();
        assert_eq!(solve(&candidates).len(), candidates.len());
    }
}
