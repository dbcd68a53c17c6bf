//! Precedence: how fast a message travels (5 FAH-2 H-230, ACP 121).

use std::fmt;

use crate::edit_distance::slips;
use crate::grammar::{Grammar, Letters, gap, tag_no_case, word};
use nom::Parser;
use nom::bytes::complete::take_while_m_n;
use nom::combinator::{map_opt, opt, verify};
use nom::sequence::{preceded, terminated};

/// How fast a message travels. Greater is faster.
///
/// | word | letter (FL5) | prosign (FL2) |
/// | --- | --- | --- |
/// | ROUTINE | R | RR |
/// | PRIORITY | P | PP |
/// | IMMEDIATE | O | OO |
/// | NIACT IMMEDIATE | O | OO |
/// | FLASH | Z | ZZ |
/// | FLASH OVERRIDE | Y | YY |
/// | CRITIC | W | WW |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum Precedence {
    /// No haste; normally not written.
    #[cfg_attr(feature = "serde", serde(rename = "ROUTINE"))]
    Routine,
    /// Ahead of routine traffic.
    #[cfg_attr(feature = "serde", serde(rename = "PRIORITY"))]
    Priority,
    /// Handled as soon as it comes in during working hours.
    #[cfg_attr(feature = "serde", serde(rename = "IMMEDIATE"))]
    Immediate,
    /// Night action: somebody is to be called in to act on it.
    #[cfg_attr(feature = "serde", serde(rename = "NIACT IMMEDIATE"))]
    NiactImmediate,
    /// Ahead of everything but the two above it.
    #[cfg_attr(feature = "serde", serde(rename = "FLASH"))]
    Flash,
    /// For the national command alone.
    #[cfg_attr(feature = "serde", serde(rename = "FLASH OVERRIDE"))]
    FlashOverride,
    /// Critical intelligence, sent at the speed of a flash override.
    #[cfg_attr(feature = "serde", serde(rename = "CRITIC"))]
    Critic,
}

impl Precedence {
    /// The precedence of a letter of format line 5: `O` is [`Immediate`](Self::Immediate).
    pub const fn from_letter(letter: u8) -> Option<Self> {
        Some(match letter {
            b'R' => Self::Routine,
            b'P' => Self::Priority,
            b'O' => Self::Immediate,
            b'Z' => Self::Flash,
            b'Y' => Self::FlashOverride,
            b'W' => Self::Critic,
            _ => return None,
        })
    }

    /// The letter of format line 5.
    pub const fn letter(self) -> char {
        match self {
            Self::Routine => 'R',
            Self::Priority => 'P',
            Self::Immediate | Self::NiactImmediate => 'O',
            Self::Flash => 'Z',
            Self::FlashOverride => 'Y',
            Self::Critic => 'W',
        }
    }

    /// The precedence of a word or of two words, upper and lower case alike: `PRIORITY`, `IMMEDIATE NIACT`.
    ///
    /// ```
    /// use cablegram::Precedence;
    ///
    /// assert_eq!(Precedence::from_word("Immediate Niact"), Some(Precedence::NiactImmediate));
    /// assert_eq!(Precedence::from_word("URGENT"), None);
    /// ```
    pub fn from_word(word: &str) -> Option<Self> {
        const WORDS: [(&str, Precedence); 9] = [
            ("PRIORITY", Precedence::Priority),
            ("IMMEDIATE", Precedence::Immediate),
            ("NIACT IMMEDIATE", Precedence::NiactImmediate),
            ("IMMEDIATE NIACT", Precedence::NiactImmediate),
            ("ROUTINE", Precedence::Routine),
            ("FLASH", Precedence::Flash),
            ("FLASH OVERRIDE", Precedence::FlashOverride),
            ("CRITIC", Precedence::Critic),
            ("NIACT", Precedence::NiactImmediate),
        ];
        WORDS.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, p)| *p)
    }

    /// The word, in upper case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "ROUTINE",
            Self::Priority => "PRIORITY",
            Self::Immediate => "IMMEDIATE",
            Self::NiactImmediate => "NIACT IMMEDIATE",
            Self::Flash => "FLASH",
            Self::FlashOverride => "FLASH OVERRIDE",
            Self::Critic => "CRITIC",
        }
    }
}

impl fmt::Display for Precedence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The precedence of format line 5: one for all, or one for action and one for information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct MessagePrecedence {
    /// For the action addressees.
    pub action: Precedence,
    /// For the information addressees, where it differs.
    pub info: Option<Precedence>,
}

impl MessagePrecedence {
    /// That of the information addressees.
    pub fn for_info(self) -> Precedence {
        self.info.unwrap_or(self.action)
    }
}

impl fmt::Display for MessagePrecedence {
    /// As in format line 5: `O`, `O R`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.action.letter())?;
        self.info.map_or(Ok(()), |info| write!(f, " {}", info.letter()))
    }
}

/// A precedence as it stands after an addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) precedence: Precedence,
    /// Whether a word of it is misspelt.
    pub(crate) misspelt: bool,
}

/// `message-precedence = letter [ gap letter ] gap`: action, then information.
pub(crate) fn message_precedence(input: &str) -> Grammar<'_, MessagePrecedence> {
    (letter, opt(letter))
        .map(|(action, info)| MessagePrecedence { action, info: info.filter(|info| *info != action) })
        .parse(input)
}

/// `letter = ( "W" / "Y" / "Z" / "O" / "P" / "R" ) gap`; doubled, as in a prosign, it is the same.
fn letter(input: &str) -> Grammar<'_, Precedence> {
    let letters = take_while_m_n(1, 2, |c: char| c.is_ascii_uppercase());
    terminated(map_opt(letters, from_letters), gap).parse(input)
}

/// The precedence of a letter, or of a prosign: `O`, `OO`.
fn from_letters(letters: &str) -> Option<Precedence> {
    match letters.as_bytes() {
        [letter] => Precedence::from_letter(*letter),
        [first, second] if first == second => Precedence::from_letter(*first),
        _ => None,
    }
}

/// `prosign = "WW" / "YY" / "ZZ" / "OO" / "PP" / "RR"`
pub(crate) fn prosign(input: &str) -> Grammar<'_, Precedence> {
    map_opt(verify(word, |w: &str| w.len() == 2), from_letters).parse(input)
}

/// `precedence = "NIACT" [ gap "IMMEDIATE" ] / "IMMEDIATE" [ gap "NIACT" ] / "FLASH" [ gap "OVERRIDE" ] /`
/// `"PRIORITY" / "ROUTINE" / "CRITIC"`, slips of a letter or two in the longer words forgiven.
pub(crate) fn precedence(input: &str) -> Grammar<'_, Written> {
    let (rest, first) = precedence_word(input)?;
    match first.precedence {
        Precedence::Flash => opt(preceded(gap, tag_no_case("OVERRIDE")))
            .map(|over| if over.is_some() { Written { precedence: Precedence::FlashOverride, ..first } } else { first })
            .parse(rest),
        Precedence::Immediate | Precedence::NiactImmediate => {
            let other = |w: &Written| matches!(w.precedence, Precedence::Immediate | Precedence::NiactImmediate);
            let (rest, second) = opt(preceded(gap, verify(precedence_word, other))).parse(rest)?;
            Ok((rest, second.map_or(first, |second| first.with_niact(second))))
        }
        _ => Ok((rest, first)),
    }
}

impl Written {
    /// `NIACT` and `IMMEDIATE` in either order.
    fn with_niact(self, other: Self) -> Self {
        Self { precedence: self.precedence.max(other.precedence), misspelt: self.misspelt || other.misspelt }
    }
}

/// Whether a word is one of precedence, well spelt or not.
pub(crate) fn is_precedence_word(word: &str) -> bool {
    read_word(word).is_some()
}

/// `precedence-word = "NIACT" / "IMMEDIATE" / "FLASH" / "PRIORITY" / "ROUTINE" / "CRITIC"`
fn precedence_word(input: &str) -> Grammar<'_, Written> {
    map_opt(word, read_word).parse(input)
}

fn read_word(word: &str) -> Option<Written> {
    // No word is shorter or longer, with two slips in it: most words of a name are identified by that.
    if !(5..=11).contains(&word.len()) {
        return None;
    }
    let exact = Precedence::from_word(word).map(|precedence| Written { precedence, misspelt: false });
    exact.or_else(|| misspelt(word).map(|precedence| Written { precedence, misspelt: true }))
}

/// The long word that a misspelt one (`PIORITY`, `IMMEDAITE`) can only mean. Short words are too near to names.
fn misspelt(word: &str) -> Option<Precedence> {
    const LONG: [(&str, Letters, usize, Precedence); 3] = [
        ("PRIORITY", Letters::of("PRIORITY"), 2, Precedence::Priority),
        ("IMMEDIATE", Letters::of("IMMEDIATE"), 2, Precedence::Immediate),
        ("ROUTINE", Letters::of("ROUTINE"), 1, Precedence::Routine),
    ];
    if word.len() < 6 {
        return None;
    }
    let letters = Letters::of(word);
    let mut near = LONG.iter().filter(|(_, right, edits, _)| letters.may_spell(*right, *edits));
    near.find(|(right, _, edits, _)| slips(word, right, *edits).is_some()).map(|(.., p)| *p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_behind_an_addressee() {
        let cases = [
            ("one word", "PRIORITY 1258", Some((Precedence::Priority, false, " 1258"))),
            ("night action", "NIACT IMMEDIATE", Some((Precedence::NiactImmediate, false, ""))),
            ("the other way round", "IMMEDIATE  NIACT 2217", Some((Precedence::NiactImmediate, false, " 2217"))),
            ("flash override", "FLASH OVERRIDE", Some((Precedence::FlashOverride, false, ""))),
            ("a letter lost", "PIORITY 7", Some((Precedence::Priority, true, " 7"))),
            ("letters swapped", "IMMEDAITE", Some((Precedence::Immediate, true, ""))),
            ("a name", "MAJURO", None),
            ("glued", "PRIORITY1258", None),
        ];
        for (name, input, want) in cases {
            let got = precedence(input).ok().map(|(rest, w)| (w.precedence, w.misspelt, rest));
            assert_eq!(got, want, "{name}");
        }
    }

    #[test]
    fn letters_of_format_line_5() {
        use Precedence::{Immediate, Priority, Routine};
        let cases = [
            ("one", "P 080300Z", Some((Priority, None))),
            ("two", "O R 080300Z", Some((Immediate, Some(Routine)))),
            ("the same twice", "P P 080300Z", Some((Priority, None))),
            ("as in a prosign", "OO 080300Z", Some((Immediate, None))),
            ("no letter", "080300Z", None),
            ("no precedence", "X 080300Z", None),
        ];
        for (name, input, want) in cases {
            let got = message_precedence(input).ok().map(|(_, p)| (p.action, p.info));
            assert_eq!(got, want, "{name}");
        }
    }
}
