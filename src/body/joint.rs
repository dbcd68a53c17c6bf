//! How a line follows the text before it: whether a sentence that was cut goes on.

use crate::field::portion_mark;
use crate::grammar::columns;
use crate::lines::Cut;
use crate::sentence::{ends_in_month, ends_sentence, half_word, is_complete, last_line, list_goes_on, starts_afresh};
use crate::text::Joint;

/// What stands between two lines of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Between {
    /// What was taken out right before the second line.
    pub(crate) cut: Cut,
    /// Whether anything was taken out.
    pub(crate) any_cut: bool,
    /// Whether a blank line stands there.
    pub(crate) blank: bool,
    /// Whether one is the drafter's: the one right after page furniture is the printer's.
    pub(crate) own_blank: bool,
}

impl Between {
    /// Adds a blank line.
    pub(crate) fn add_blank(&mut self, cut: Cut) {
        self.blank = true;
        self.any_cut |= cut != Cut::None;
        self.own_blank |= cut == Cut::None;
    }

    /// With the cut right before the second line.
    pub(crate) fn before(self, cut: Cut) -> Self {
        Self { cut, any_cut: self.any_cut || cut != Cut::None, ..self }
    }
}

/// How a line follows, and what was mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Join {
    pub(crate) joint: Joint,
    /// What cut the sentence that goes on here.
    pub(crate) mended: Option<&'static str>,
}

/// The longest line that a drafter wrote; the printer put a blank line after longer ones.
const FULL: usize = 69;
/// The longest line of a printer.
const PRINTED: usize = 90;
/// A line shorter ends a block, or a list.
const SHORT: usize = 30;

/// How a line follows the text before it, when not both stand in one piece. `width` is the length of the line above, with
/// its number.
pub(crate) fn join(before: &str, width: usize, here: &str, between: Between) -> Join {
    let plain = |joint| Join { joint, mended: None };
    // The day of a date looks as an item's number does.
    let fresh = !is_date(before, here) && (starts_afresh(here) || portion_mark::leading(here).is_some());
    let small = here.starts_with(|c: char| c.is_lowercase());
    let open = !ends_sentence(before);
    match between.cut {
        Cut::InWord => return plain(Joint::Word),
        Cut::Inline => return plain(Joint::Blank),
        Cut::Parted if !between.blank => return plain(Joint::Blank),
        _ => {}
    }
    match (between.any_cut, between.blank) {
        (true, true) if list_goes_on(before, here) => {
            Join { joint: Joint::Line, mended: Some("a list cut by page furniture, joined") }
        }
        // `"LEFT,"` / `and right`: small letters go on after any sign.
        (true, true)
            if !fresh && (open || half_word(before).is_some() || small)
                || !between.own_blank && between.blank && between.any_cut =>
        {
            let mended = !fresh && !is_complete(before);
            Join { joint: Joint::Line, mended: mended.then_some("a sentence cut by page furniture, joined") }
        }
        (false, true)
            if !fresh
                && (small && last_line(before).len() > SHORT && (open || may_go_on(before))
                    || open && (is_overfull(before, width) || is_date(before, here))) =>
        {
            Join { joint: Joint::Line, mended: Some("a sentence cut by a blank line, joined") }
        }
        (true, false) if !fresh && open && !is_complete(before) => {
            Join { joint: Joint::Line, mended: Some("a sentence cut by page furniture, joined") }
        }
        (_, true) => plain(Joint::Paragraph),
        (_, false) => plain(Joint::Line),
    }
}

/// Whether small letters may go on with a sentence after a line that ends as sentences do: after a dash, the full stop of an
/// abbreviation, a closing bracket or quotation mark without a full stop in it.
fn may_go_on(before: &str) -> bool {
    let line = last_line(before).trim_end();
    let inner = line.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    let closes = inner.len() < line.len() && inner.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let dash = || line.strip_suffix("--").or_else(|| line.strip_suffix('-')).is_some_and(|line| line.ends_with(' '));
    closes || dash() || is_abbreviation(line.rsplit(' ').next().unwrap_or_default())
}

/// Whether a word is an abbreviation of letters with a full stop after each: `U.S.`, `a.m.`
fn is_abbreviation(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '"']);
    word.len() > 2
        && word.split_terminator('.').all(|part| part.len() == 1 && part.starts_with(char::is_alphabetic))
        && word.ends_with('.')
}

/// Whether a date goes on: `the week of April` / `7. However`.
fn is_date(before: &str, here: &str) -> bool {
    here.starts_with(|c: char| c.is_ascii_digit()) && ends_in_month(before)
}

/// Whether a text ends in a line of capitals that was too long for the printer.
fn is_overfull(before: &str, width: usize) -> bool {
    let last = last_line(before).trim();
    (FULL + 1..=PRINTED).contains(&width) && !last.bytes().any(|b| b.is_ascii_lowercase()) && columns(last).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLANK: Between = Between { cut: Cut::None, any_cut: false, blank: true, own_blank: true };
    const TURN: Between = Between { cut: Cut::None, any_cut: true, blank: true, own_blank: false };
    const WIDE_TURN: Between = Between { own_blank: true, ..TURN };

    #[test]
    fn how_lines_follow() {
        let full = "THE FERRIES WOULD SAIL TODAY. OLE NORDMANN, DIRECTOR OF THE OLD HARBOUR";
        for (name, before, here, between, want) in [
            ("a paragraph", "It is late.", "The door is shut.", BLANK, (Joint::Paragraph, false)),
            ("an open sentence", "The chairman was proud that the gulls", "found it.", BLANK, (Joint::Line, true)),
            ("after a dash", "Stressing four kinds of boats --", "smacks and cutters.", BLANK, (Joint::Line, true)),
            ("after one hyphen", "Stressing four kinds of boats -", "smacks and cutters.", BLANK, (Joint::Line, true)),
            (
                "after an abbreviation",
                "Under the agreement of 1974, U.S.",
                "boats may fish.",
                BLANK,
                (Joint::Line, true),
            ),
            ("after an hour", "They opened the harbor at 10 a.m.", "on the first day.", BLANK, (Joint::Line, true)),
            ("after a bracket", "the Academy of the Harbors (AOH)", "in Bergen.", BLANK, (Joint::Line, true)),
            (
                "after a quotation",
                "The planned launch of a \"Sea Pact\"",
                "initiative is late.",
                BLANK,
                (Joint::Line, true),
            ),
            (
                "after a quoted sentence",
                "\"The launch of the boats is late.\"",
                "said he.",
                BLANK,
                (Joint::Paragraph, false),
            ),
            ("after a word", "They went to the harbor of Bergen.", "early it was.", BLANK, (Joint::Paragraph, false)),
            (
                "capitals after an abbreviation",
                "They went to the fair in the U.S.",
                "Boats fish.",
                BLANK,
                (Joint::Paragraph, false),
            ),
            (
                "an item after a bracket",
                "the articles of it (29, 31 and 37)",
                "c. The boats.",
                BLANK,
                (Joint::Paragraph, false),
            ),
            ("an over-full line", full, "BOARD, SAID SO.", BLANK, (Joint::Line, true)),
            ("a date", "in the week of April", "7. However, it left.", BLANK, (Joint::Line, true)),
            ("a list below it", full, "B. COD", BLANK, (Joint::Paragraph, false)),
            ("a line that had room", "OLE NORDMANN, HARBOUR", "BOARD, SAID SO.", BLANK, (Joint::Paragraph, false)),
            ("a page turn in a sentence", "IT IS JUST AS", "GOOD.", TURN, (Joint::Line, true)),
            ("after a semicolon", "COD: 400 TONS;", "HERRING: 300 TONS.", TURN, (Joint::Line, true)),
            ("after dashes", "LET ME SAY, HOWEVER--", "AND ALOUD--IT RAINS.", TURN, (Joint::Line, true)),
            ("between sentences", "IT IS LATE.", "THE DOOR IS SHUT.", TURN, (Joint::Line, false)),
            ("between paragraphs", "IT IS LATE.", "THE DOOR IS SHUT.", WIDE_TURN, (Joint::Paragraph, false)),
            ("an item after it", "IT IS LATE;", "B. COD", TURN, (Joint::Line, false)),
        ] {
            let got = join(before, before.len(), here, between);
            assert_eq!((got.joint, got.mended.is_some()), want, "{name}");
        }
    }

    #[test]
    fn blank_lines_of_printer_and_drafter() {
        let mut between = Between::default();
        between.add_blank(Cut::Lines);
        assert_eq!(between, TURN);
        between.add_blank(Cut::None);
        assert_eq!(between, WIDE_TURN);
    }
}
