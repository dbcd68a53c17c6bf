//! Headings between the paragraphs: which lines are one, with their rules.

use crate::body::parted::UNWRAPPED;
use crate::field::caption;
use crate::field::portion_mark;
use crate::field::subject;
use crate::grammar::columns;
use crate::lines::{Cut, Line, MayBe, trim};
use crate::ornament::{between_signs, is_rule};
use crate::sentence::{closes_passage, ends_in_stop, ends_sentence, is_title, is_title_case};

/// A rule so long was broken in two by the machine, and is no longer as long as its line.
const BROKEN_RULE: usize = 40;

/// So many lines after a heading its rule is looked for, where page furniture stood between.
const BELOW_CUT: usize = 6;

/// The most lines that a heading has above its rule.
const MOST_LINES: usize = 3;

/// The lines of a body, asked for headings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Headings<'l, 'a> {
    pub(crate) lines: &'l [Line<'a>],
}

impl<'a> Headings<'_, 'a> {
    fn text(&self, index: usize) -> &'a str {
        self.lines.get(index).map_or("", |line| line.text)
    }

    /// How many lines from this one on are a heading with its rules, or a lone rule. `next_number` is the line of the next
    /// paragraph, `in_text` tells whether text stands right above.
    pub(crate) fn at(&self, index: usize, next_number: Option<usize>, in_text: bool) -> Option<usize> {
        if is_rule(self.text(index)) {
            return self.at_rule(index, next_number, in_text);
        }
        if Some(index) == next_number {
            return None;
        }
        if !self.opens_block(index) {
            return self.is_underlined(index).then_some(2);
        }
        if let Some(found) = self.after_hyphen(index, next_number) {
            return Some(found);
        }
        // Where no rule is near, the most expensive question comes last.
        let plain = || self.plain(index, next_number).or_else(|| self.plain_pair(index, next_number));
        if !self.near_rule(index) {
            return plain().filter(|_| is_heading_line(self.text(index)));
        }
        if !is_heading_line(self.text(index)) || closes_passage(self.text(index)) {
            return None;
        }
        self.above_rule(index, next_number).or_else(plain)
    }

    /// A rule: over a heading, between two, or left over, under nothing.
    fn at_rule(&self, index: usize, next_number: Option<usize>, in_text: bool) -> Option<usize> {
        let group = self.ruled_group(index).filter(|len| {
            let above = index.checked_sub(1).map_or("", |above| self.text(above));
            let heading = self.opens_block(index) || *len == 3 && ends_sentence(above) && !is_rule(above);
            heading && !(1..*len).any(|k| Some(index + k) == next_number)
        });
        if group.is_some() {
            return group;
        }
        // A rule right below text is a row of a table, or stands under the last line of a paragraph.
        if in_text && self.is_of_table(index) {
            return None;
        }
        let is_title = |n: &usize| is_heading_line(self.text(index + n)) && Some(index + n) != next_number;
        let over = if in_text { 0 } else { (1..=2).take_while(is_title).count() };
        let closed = self.text(index + over + 1).is_empty() || Some(index + over + 1) == next_number;
        Some(if over > 0 && closed { over + 1 } else { 1 })
    }

    /// Whether a rule stands among the rows of a table: columns, or rules of several columns.
    fn is_of_table(&self, index: usize) -> bool {
        const WIDTH: usize = 3;
        let rule = trim(self.text(index));
        let parts = rule.split(' ').filter(|part| !part.is_empty()).count();
        let whole = parts == 1 || parts == 2 && rule.len() > BROKEN_RULE;
        let is_row = |line: &str| {
            columns(trim(line)).is_some() || trim(line).split("  ").filter(|p| !p.trim().is_empty()).count() >= WIDTH
        };
        let near = [index.checked_sub(1), Some(index + 1)];
        !whole || near.into_iter().flatten().any(|at| is_row(self.text(at)))
    }

    /// Whether a rule stands under the heads of columns: it has as many parts, and the row after it as many figures, or one
    /// less, for the first column has names.
    fn is_under_columns(&self, index: usize) -> bool {
        let (heads, rule) = (index.checked_sub(1).map_or("", |above| self.text(above)), self.text(index));
        if !rule.contains(' ') {
            return false;
        }
        let parts = rule.split_whitespace().count();
        let broken = rule.split_whitespace().any(|part| part.len() >= BROKEN_RULE);
        let is_figure =
            |word: &&str| word.bytes().any(|b| b.is_ascii_digit()) && !word.bytes().any(|b| b.is_ascii_alphabetic());
        let figures = self.text(index + 1).split_whitespace().rev().take_while(is_figure).count();
        let gaps = rule.bytes().zip(heads.bytes().chain(std::iter::repeat(b' '))).filter(|(rule, _)| *rule == b' ');
        let aligned = heads.contains(' ') && gaps.clone().all(|(_, head)| head == b' ');
        parts > 1 && !broken && figures > 0 && (figures >= parts || aligned && figures + 1 >= parts)
    }

    /// Whether a line is a heading because of the rule under it, so that it may stand right below text: the rule is as long,
    /// or it is longer, and both stand between the end of a sentence and a blank line.
    pub(crate) fn is_underlined(&self, index: usize) -> bool {
        let (line, rule) = (trim(self.text(index)), trim(self.text(index + 1)));
        if !is_rule(rule) || !is_title(line) || !is_heading_line(line) || self.is_under_columns(index + 1) {
            return false;
        }
        let above = index.checked_sub(1).map_or("", |above| self.text(above));
        line.chars().count().abs_diff(rule.chars().count()) <= 4
            || line.len().min(rule.len()) >= BROKEN_RULE
            || rule.len() > line.len() && ends_in_stop(above) && self.text(index + 2).is_empty()
    }

    /// Lines with a rule under them, perhaps after a blank line or page furniture.
    fn above_rule(&self, index: usize, next_number: Option<usize>) -> Option<usize> {
        for lines in 1..=MOST_LINES {
            // A sentence ends above the line that is the heading.
            if lines > 1 && ends_in_stop(self.text(index + lines - 2)) {
                break;
            }
            let below = self.below_cut(index + lines);
            if is_rule(self.text(below)) && self.is_under_columns(below) {
                break;
            }
            // After furniture the rule may be the next heading's.
            if is_rule(self.text(below)) && (below == index + lines || self.ruled_group(below).is_none()) {
                return Some(below - index + 1);
            }
            let rule = index + lines + 1;
            let parted = self.text(rule - 1).is_empty() && is_rule(self.text(rule));
            if parted && !self.text(rule - 2).ends_with('.') && self.ruled_group(rule).is_none() {
                return Some(lines + 2);
            }
            if !is_heading_line(self.text(index + lines)) || Some(index + lines) == next_number {
                break;
            }
        }
        None
    }

    /// Whether a rule may stand so near after a line that it can be one of a heading.
    fn near_rule(&self, index: usize) -> bool {
        const REACH: usize = MOST_LINES + BELOW_CUT;
        self.lines.iter().skip(index + 1).take(REACH).any(|line| line.may_be(MayBe::Rule))
    }

    /// How many lines a heading between two rules takes that begins at this one.
    fn ruled_group(&self, index: usize) -> Option<usize> {
        let end = (1..=MOST_LINES).find(|n| is_rule(self.text(index + n)))?;
        (end > 1 && (1..end).all(|k| is_heading_line(self.text(index + k)))).then_some(end + 1)
    }

    /// The line at this index, or after the blank lines that page furniture left there.
    fn below_cut(&self, index: usize) -> usize {
        let lines = || self.lines.iter().skip(index).take(BELOW_CUT);
        let blank = lines().take_while(|l| l.is_blank()).count();
        let cut = lines().take(blank + 1).any(|l| !matches!(l.cut, Cut::None | Cut::Parted));
        if cut { index + blank } else { index }
    }

    /// A heading without rules: a short line alone, without a full stop, right before a numbered paragraph; a line
    /// of capitals alone in a text of small letters; one with signs at both of its ends.
    fn plain(&self, index: usize, next_number: Option<usize>) -> Option<usize> {
        let line = trim(self.text(index));
        let next = self.next_words(index)?;
        let signs = between_signs(line).is_some();
        let short = || {
            line.len() <= 90
                && !line.ends_with([',', ';'])
                && (!line.ends_with(['.', '-']) || signs || line.ends_with("..") && is_title(line))
                && (signs || !ends_in_stop(line))
                && line.split_whitespace().count() <= 14
                && !closes_passage(line)
        };
        // The end of a sentence that page furniture or a blank line cut in two is none.
        let goes_on = || line.starts_with(char::is_lowercase) && !self.ends_sentence_above(index);
        let before_number = next_number == Some(next) && !goes_on() && !self.is_entry(index);
        let stands_alone = self.text(index + 1).is_empty();
        let capitals = || line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
        let small_letters_follow = || self.text(next).chars().any(char::is_lowercase);
        (before_number || stands_alone && (signs || capitals() && small_letters_follow())).then(short)?.then_some(1)
    }

    /// The next line of words after a line: page furniture may have left blank lines between, and a rule may stand there
    /// where another one stands above.
    fn next_words(&self, index: usize) -> Option<usize> {
        const REACH: usize = 8;
        let here = self.lines.iter().enumerate().skip(index + 1).take(REACH);
        let above = || self.lines.iter().take(index).rev().take(REACH).find(|line| !line.is_blank());
        let (next, line) = here.clone().find(|(_, line)| !line.is_blank())?;
        let between = || above().is_some_and(|line| is_rule(line.text)) && is_title_case(self.text(index));
        if !is_rule(line.text) || !between() {
            return Some(next);
        }
        here.filter(|(_, line)| !line.is_blank()).find(|(_, line)| !is_rule(line.text)).map(|(at, _)| at)
    }

    /// A heading of two lines without rules, alone before a numbered paragraph: both are written as titles, and the first
    /// one is full.
    fn plain_pair(&self, index: usize, next_number: Option<usize>) -> Option<usize> {
        const FULL: usize = 45;
        let (first, second) = (trim(self.text(index)), trim(self.text(index + 1)));
        let next = next_number?;
        let alone = self.text(index + 2).is_empty() && self.next_words(index + 1) == Some(next);
        if !alone || first.len() < FULL || first.len() > UNWRAPPED || !is_heading_line(second) {
            return None;
        }
        let in_capitals = |line: &str| !line.bytes().any(|b| b.is_ascii_lowercase());
        // In a text of capitals each sentence is in them.
        let differs = !in_capitals(first) || self.text(next).bytes().any(|b| b.is_ascii_lowercase());
        let is_title = is_title(first)
            && !first.ends_with(':')
            && is_title_case(first)
            && is_title_case(&format!("A {second}"))
            && !second.ends_with([',', ';', ':', '.', '-', ')'])
            && !ends_in_stop(second);
        (is_title && differs && self.ends_sentence_above(index)).then_some(2)
    }

    /// Whether a line is the next heading of a lettered series, `B. Harbor Issues`, whose last one is known: it stands alone.
    pub(crate) fn is_next_letter(&self, index: usize, last: &Lettered) -> bool {
        let line = self.text(index);
        let due = Lettered::of(line).is_some_and(|lettered| lettered.follows(last));
        // Where the series is long enough the text may follow at once.
        let alone = self.text(index + 1).is_empty() || last.count > 1;
        due && alone && self.opens_block(index) && is_heading_line(line) && self.ends_sentence_above(index)
    }

    /// Whether a line is an entry of a list, `Ice Man: T. Quill` or `Eel - 2 tons`: the lines above are others, or lead
    /// to it.
    fn is_entry(&self, index: usize) -> bool {
        const ABOVE: usize = 12;
        const OTHERS: usize = 2;
        let shaped = |line: &str| {
            let label = line.split_once(": ").filter(|(label, value)| label.len() <= 40 && !value.trim().is_empty());
            let sum = || {
                line.split_once(" - ")
                    .is_some_and(|(_, value)| value.starts_with(|c: char| c.is_ascii_digit() || c == '$'))
            };
            !ends_in_stop(line) && (label.is_some() || sum())
        };
        let above = || {
            let near = self.lines.iter().take(index).rev().take(ABOVE);
            near.map(|line| trim(line.text)).filter(|line| !line.is_empty())
        };
        let line = trim(self.text(index));
        let letter = |line: &str| Lettered::of(line).map(|lettered| lettered.letter);
        if let Some(letter_here) = letter(line)
            && above().next().and_then(letter).is_some_and(|above| above + 1 == letter_here)
        {
            return true;
        }
        if !shaped(line) {
            return false;
        }
        above().next().is_some_and(|line| line.ends_with(':'))
            || above().take(OTHERS).filter(|line| shaped(line)).count() == OTHERS
    }

    /// A heading without rules that has a hyphen glued to its first word, `-The Ice of Bergen`: alone before a numbered
    /// paragraph, written as a title, and no bullet near it.
    fn after_hyphen(&self, index: usize, next_number: Option<usize>) -> Option<usize> {
        const NEAR: usize = 12;
        let title = hyphened(self.text(index))?;
        let next = next_number?;
        let alone = self.text(index + 1).is_empty() && self.next_words(index) == Some(next);
        let above = || self.lines.iter().take(index).rev().take(NEAR);
        let bullets = above().any(|line| line.trimmed().starts_with(['-', '*', '•']));
        (alone && !bullets && self.ends_sentence_above(index) && is_title_case(title)).then_some(1)
    }

    /// Whether the last line of text above this one ends a sentence.
    fn ends_sentence_above(&self, index: usize) -> bool {
        let above = self.lines.iter().take(index).rev().find(|line| !line.is_blank());
        above.is_none_or(|line| ends_sentence(line.text))
    }

    /// Whether a block may begin on this line: after a blank line, page furniture, a rule or a long line.
    pub(crate) fn opens_block(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|i| self.lines.get(i)) else { return true };
        let cut = self.lines.get(index).is_some_and(|l| l.cut != Cut::None);
        before.is_blank()
            || cut
            || is_rule(before.text)
            || is_redaction(before.text)
            || (before.text.len() > UNWRAPPED || before.cut.in_line()) && ends_sentence(before.text)
    }
}

/// Whether a line could stand in a heading: short, and no bullet, table or caption.
pub(crate) fn is_heading_line(line: &str) -> bool {
    let trimmed = trim(line);
    (2..=100).contains(&trimmed.len())
        && !is_rule(line)
        && (!trimmed.starts_with(['-', '*', '•']) || between_signs(trimmed).is_some())
        && portion_mark::leading(trimmed).is_none_or(|(_, rest)| !rest.is_empty() && rest.len() < 80)
        // The head of an enclosed document.
        && subject::label(trimmed).is_none()
        && caption::captions(trimmed).is_none()
        && columns(trimmed).is_none()
}

/// A heading with a letter, `B. Harbor Issues`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lettered {
    letter: u8,
    capitals: bool,
    /// How many of its series stand before it, with it.
    pub(crate) count: usize,
}

impl Lettered {
    /// `lettered = [ "¶" ] capital "." SP title`
    pub(crate) fn of(line: &str) -> Option<Self> {
        let line = trim(line);
        let line = line.strip_prefix('¶').unwrap_or(line);
        let (letter, title) = line.split_once(". ")?;
        let [letter @ b'A'..=b'Z'] = letter.as_bytes() else { return None };
        let title = title.trim();
        let capitals = !title.bytes().any(|b| b.is_ascii_lowercase());
        (is_title(title) && is_title_case(title)).then_some(Self { letter: *letter, capitals, count: 1 })
    }

    fn follows(&self, last: &Self) -> bool {
        self.letter == last.letter + 1 && self.capitals == last.capitals
    }

    /// With the count of the series that it goes on with.
    pub(crate) fn after(self, last: Option<&Self>) -> Self {
        let count = last.filter(|last| self.follows(last)).map_or(1, |last| last.count + 1);
        Self { count, ..self }
    }
}

/// The words of a heading that has a hyphen glued to the first of them.
pub(crate) fn hyphened(line: &str) -> Option<&str> {
    let title = trim(line).strip_prefix('-').filter(|title| title.starts_with(|c: char| c.is_ascii_uppercase()))?;
    (title.contains(' ') && is_title(title) && is_heading_line(title)).then_some(title)
}

/// Whether a line is nothing but a redaction, `XXXXXXXXXXXX`.
pub(crate) fn is_redaction(line: &str) -> bool {
    line.len() >= 4 && line.bytes().all(|b| matches!(b, b'X' | b'x' | b' ' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    /// How many lines a heading takes that begins at this line; the paragraph begins at the first line with a digit.
    fn heading(text: &str, index: usize) -> Option<usize> {
        let lines = split(text);
        let number = lines.iter().position(|line| line.text.starts_with(|c: char| c.is_ascii_digit()));
        Headings { lines: &lines }.at(index, number, false)
    }

    #[test]
    fn headings_and_their_rules() {
        for (name, text, index, want) in [
            ("a rule under it", "The Talks\n---------\n\n1. Cod.", 0, Some(2)),
            ("between rules", "---------\nThe Talks\n---------\n\n1. Cod.", 0, Some(3)),
            ("two lines", "\nChairman Quill and Minister\nHalvorsen\n-------- ---\n\n1. Cod.", 1, Some(3)),
            (
                "two lines, a blank line",
                "\nChairman Quill and Minister\nHalvorsen\n\n-------- ---\n\n1. Cod.",
                1,
                Some(4),
            ),
            ("a sentence above", "\nThe door is shut.\nThe Talks\n---------\n1. Cod.", 1, None),
            ("en dashes", "The Talks\n–––––––––\n\n1. Cod.", 0, Some(2)),
            ("before a number", "\nThe Talks\n\n1. Cod.", 1, Some(1)),
            ("strokes", "\n//The Talks//\n\ncod and herring.", 1, Some(1)),
            ("stars", "\n*THE BOAT*\n\n1. Cod.", 1, Some(1)),
            ("capitals among small letters", "\nTHE TALKS\n\nThey went well.", 1, Some(1)),
            ("closing words", "\nEND NOTE\n\n1. Cod.", 1, None),
            ("a sentence", "\nThe talks went well.\n\n1. Cod.", 1, None),
            ("a lone rule", "\n--------\n\n1. Cod.", 1, Some(1)),
            ("the end of a quotation", "\nI sell nets on the side.\"\n\n1. Cod.", 1, None),
            ("the end of a remark", "\nThe nets are late.)\n\n1. Cod.", 1, None),
            ("a title with a quotation", "\nThe \"Old\" Nets (U.S.)\n\n1. Cod.", 1, Some(1)),
            (
                "two lines without a rule",
                "\nThe Harbor Board Receives a Warm Welcome from the\nFishermen\n\n1. Cod.",
                1,
                Some(2),
            ),
            (
                "two lines of a sentence",
                "\nThe Harbor Board receives a warm welcome from the\nFishermen\n\n1. Cod.",
                1,
                None,
            ),
            ("two lines of a list", "\nOle Nordmann, Harbor Board\nLise Quill, Market\n\n1. Cod.", 1, None),
            ("an entry", "Net: O. Roe\n\nHook: L. Ray\n\nIce Man: T. Quill (new)\n\n1. Cod.", 4, None),
            ("an entry after its lead", "The staff:\n\nIce Man: T. Quill (new)\n\n1. Cod.", 2, None),
            ("a sum", "Cod - 298 tons\n\nRay - 129 tons\n\nEel - 2 tons\n\n1. Cod.", 4, None),
            ("a title with a colon", "It is late: all of it.\n\nThe Ice: A View\n\n1. Cod.", 2, Some(1)),
            ("the last of lettered entries", "A. Cod\n\nB. Herring\n\nC. Eel\n\n1. Cod.", 4, None),
            ("a letter after text", "It is late.\n\nC. The Eel\n\n1. Cod.", 2, Some(1)),
            ("a rule apart from it", "It is late.\n\n--------\n\nTHE ICE\n\n\n--------\n\n1. (U) Cod.", 4, Some(1)),
            ("a rule after it", "It is late.\n\nTHE ICE\n\n\n--------\n\n1. (U) Cod.", 2, None),
            ("figures between rules", "It is late.\n\n--------\n\nQ207 GDP 0.9\n\n\n--------\n\n1. (U) Cod.", 4, None),
            ("page furniture after it", "It is late.\n\nTHE ICE\n\n\n\n\n\n\n1. (U) Cod.", 2, Some(1)),
            ("a hyphen glued to it", "It is late.\n\n-The Ice: A View\n\n1. Cod.", 2, Some(1)),
            ("the last bullet", "It is late.\n\n-The Ice\n\n-The Bait of Oslo\n\n1. Cod.", 4, None),
            ("a bullet of a sentence", "It is late.\n\n-The ice is dear\n\n1. Cod.", 2, None),
            (
                "a longer rule right below text",
                "and it is late.\nICE AND SALT\n--------------------\n\n1. Cod.",
                1,
                Some(2),
            ),
            ("a longer rule in a sentence", "and the sum of\nICE AND SALT\n--------------------\n\n1. Cod.", 1, None),
            ("a longer rule over text", "and it is late.\nICE AND SALT\n--------------------\ncod\n\n1. Cod.", 1, None),
            ("heads of columns", "Boats\n2003 2004\n---- ----\nTrawlers (number) 417 1,244\n\n1. Cod.", 1, None),
            ("heads and names", "Boats\n\nYear Tons\n---- ----\nTrawlers 417\n\n1. Cod.", 2, None),
            ("a rule of two parts", "Boats\n\nIce of Oslo\n-------- --\nin the year 2004\n\n1. Cod.", 2, Some(2)),
        ] {
            assert_eq!(heading(text, index), want, "{name}");
        }
    }

    #[test]
    fn headings_of_a_lettered_series() {
        let first = Lettered::of("A. The Setting").unwrap();
        let second = Lettered { letter: b'B', count: 2, ..first };
        for (name, text, last, want) in [
            ("alone", "It is late.\n\nB. Harbor Issues\n\nThe ice is dear.\n", first, true),
            ("with a pilcrow", "It is late.\n\n¶B. Harbor Issues\n\nThe ice is dear.\n", first, true),
            ("text at once, after one", "It is late.\n\nB. Harbor Issues\nThe ice is dear.\n", first, false),
            ("text at once, after two", "It is late.\n\nC. Harbor Issues\nThe ice is dear.\n", second, true),
            ("another letter", "It is late.\n\nC. Harbor Issues\n\nThe ice is dear.\n", first, false),
            ("other letters", "It is late.\n\nB. HARBOR ISSUES\n\nThe ice is dear.\n", first, false),
            ("an item of a sentence", "It is late.\n\nB. Count the boats\n\nThe ice is dear.\n", first, false),
            ("in a sentence", "It is the\n\nB. Harbor Issues\n\nThe ice is dear.\n", first, false),
        ] {
            let lines = split(text);
            assert_eq!(Headings { lines: &lines }.is_next_letter(2, &last), want, "{name}");
        }
    }

    #[test]
    fn rules_right_below_text() {
        let table = split("Year    Sum    Share\n----    ---    -----\n2004    7      8\n");
        assert_eq!(Headings { lines: &table }.at(1, None, true), None, "a row of a table");
        let text = split("and it is late.\n----------\n\nThe door is shut.\n");
        assert_eq!(Headings { lines: &text }.at(1, None, true), Some(1), "ornament");
    }
}
