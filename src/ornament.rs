//! Rules and signs that set a heading off: rows of dashes under, over and after it, signs at both of its ends.

use crate::fast_path;
use crate::lines::trim;

/// Whether a sign is one that rules are made of: hyphens and dashes of every kind, equal signs, stars, slashes.
fn is_sign(sign: char) -> bool {
    matches!(sign, '-' | '=' | '*' | '_' | '~' | '/' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether a line is a rule under or over a heading: of dashes, equal signs, stars or slashes, with or without spaces.
pub(crate) fn is_rule(line: &str) -> bool {
    let is_ascii_sign = |byte: &u8| matches!(byte, b' ' | b'-' | b'=' | b'*' | b'_' | b'~' | b'/');
    let bytes = line.as_bytes();
    // The first and the last byte tell most lines; all bytes of the others are looked at without a branch, many at once.
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    if is_ascii_sign(first) && is_ascii_sign(last) && !fast_path::is_disabled() {
        return bytes.iter().fold(true, |all, byte| all & is_ascii_sign(byte))
            && bytes.iter().filter(|byte| **byte != b' ').nth(2).is_some();
    }
    line.starts_with(|c| c == ' ' || is_sign(c))
        && line.chars().all(|c| c == ' ' || is_sign(c))
        && line.chars().filter(|c| *c != ' ').nth(2).is_some()
}

/// The words of a heading between signs at both of its ends, `--Past Talks--`, `//NEXT STEPS//`, `*THE BOAT*`, without them.
pub(crate) fn between_signs(line: &str) -> Option<&str> {
    let line = trim(line);
    let first = line.chars().next().filter(|c| is_sign(*c))?;
    let inner = line.trim_start_matches(first);
    let signs = line.len() - inner.len();
    let words = inner.trim_end_matches(first);
    let closing = inner.len() - words.len();
    let words = trim(words);
    // A bullet has one sign before it, and none after.
    let begins = words.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“' | '(' | '.' | '\''));
    let ends = words.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '”' | ')' | '?' | '!' | '.' | ':'));
    (signs > 0 && closing > 0 && begins && ends && !words.contains(first_twice(first))).then_some(words)
}

/// Two of a sign, as they stand between the columns of a table and the words of a list.
fn first_twice(sign: char) -> &'static str {
    match sign {
        '*' => "**",
        '/' => "//",
        '=' => "==",
        '_' => "__",
        _ => "---",
    }
}

/// How many signs a rule in the middle of a line has at the least.
const SHORTEST: usize = 6;
/// The same where no space stands on one of its sides: stars may stand there for text that was lost.
const GLUED: usize = 10;
/// How many signs a rule at the end of a heading has at the least.
const BEHIND: usize = 4;
/// The machine broke a rule after so many signs: any more of them go on with it.
const BROKEN: usize = 40;

/// The next rule in a line from this offset on, as the offsets of its beginning and its end.
///
/// ```text
/// rule = 6*sign *( SP 3*sign )
/// ```
///
/// One that ends the line needs four signs only, and goes on with any number, as one that was broken.
pub(crate) fn rule_in(line: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let rest = line.get(at..)?;
        let start = at + rest.find(is_sign)?;
        let sign = line.get(start..)?.chars().next()?;
        let run = |from: usize| {
            let rest = line.get(from..).unwrap_or_default();
            rest.chars().take_while(|c| *c == sign).count()
        };
        let count = run(start);
        let mut end = start + count * sign.len_utf8();
        if count == 1
            && let Some(end) = spaced_rule(line, start, sign)
        {
            return Some((start, end));
        }
        let mut longest = count;
        let mut least = if count >= BROKEN { 1 } else { 3 };
        while let Some(rest) = line.get(end..) {
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            let more = run(end + blanks);
            let next = end + blanks + more * sign.len_utf8();
            let bounded = line.get(next..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '));
            let ends = line.get(next..).is_some_and(|rest| rest.trim_end().is_empty()) && more > 0;
            if !(1..=2).contains(&blanks) || more < least && !ends || !bounded {
                break;
            }
            least = least.min(more);
            longest = longest.max(more);
            end = next;
        }
        let before = start == 0 || line.get(..start).is_some_and(|before| before.ends_with(' '));
        let after = line.get(end..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '));
        let at_end = line.get(end..).is_some_and(|rest| rest.trim_end().is_empty());
        let shortest = match (before, after, at_end) {
            // A row of stars glued to a word stands for text that was lost.
            (false, false, _) => usize::MAX,
            (false, ..) | (_, false, _) if sign == '*' => 2 * GLUED,
            (true, true, true) => BEHIND,
            (true, true, false) => SHORTEST,
            _ => GLUED,
        };
        // Strokes and underscores stand in addresses and forms.
        let shortest = if matches!(sign, '/' | '_' | '~') { shortest.max(2 * GLUED) } else { shortest };
        if longest >= shortest {
            return Some((start, end));
        }
        // No run of these is long enough, and none is looked at again.
        at = end;
    }
}

/// The end of a rule of signs with a space between them, `= = = = =`, that begins at this offset.
fn spaced_rule(line: &str, start: usize, sign: char) -> Option<usize> {
    const LEAST: usize = 5;
    if !matches!(sign, '-' | '=' | '*') || start > 0 && !line.get(..start)?.ends_with(' ') {
        return None;
    }
    let bytes = line.as_bytes().get(start..)?;
    let is_apart = |pair: &[u8]| pair.first() == Some(&(sign as u8)) && pair.get(1).is_none_or(|byte| *byte == b' ');
    let count = bytes.chunks(2).take_while(|pair| is_apart(pair)).count();
    (count >= LEAST).then(|| start + 2 * count - 1)
}

/// Words between two equal rules: where the first rule begins, where the words do and end, where the second rule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) start: usize,
    pub(crate) words: (usize, usize),
    pub(crate) end: usize,
}

/// Words between two short rules at the end of a line, with others before: `... in May. --- Eel ---`.
///
/// ```text
/// frame = SP n"sign" SP words SP n"sign"      ; the same sign, n from 3 to 5
/// ```
pub(crate) fn frame_at_end(line: &str) -> Option<Frame> {
    const SIGNS: std::ops::RangeInclusive<usize> = 3..=5;
    let end = line.trim_end().len();
    let framed = line.get(..end)?;
    let sign = framed.chars().next_back().filter(|sign| matches!(sign, '-' | '=' | '*'))?;
    let words = framed.trim_end_matches(sign);
    let count = end - words.len();
    let before = words.get(..words.rfind(sign)? + 1)?;
    let start = before.trim_end_matches(sign).len();
    let equal = SIGNS.contains(&count) && before.len() - start == count;
    let apart = start > 0 && line.get(..start)?.ends_with(' ') && words.ends_with(' ');
    let title = words.get(before.len()..)?;
    (equal && apart && title.starts_with(' ')).then_some(Frame { start, words: (before.len(), words.len()), end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        for (line, want) in [
            ("-----", true),
            ("- - -", true),
            ("==== ==", true),
            ("*****", true),
            ("–––––––", true),
            ("‐‐‐‐ ‐‐", true),
            ("////////", true),
            ("--", false),
            ("-- cod", false),
            ("", false),
            ("’’’’", false),
            ("–", false),
        ] {
            assert_eq!(is_rule(line), want, "{line}");
        }
    }

    #[test]
    fn signs_at_both_ends() {
        for (line, want) in [
            ("--Past Talks--", Some("Past Talks")),
            ("//NEXT STEPS//", Some("NEXT STEPS")),
            ("*THE BOAT*", Some("THE BOAT")),
            ("-- THE BOAT --", Some("THE BOAT")),
            ("=== Who Pays? ===", Some("Who Pays?")),
            ("- a boat", None),
            ("-- a boat", None),
            ("*****", None),
            ("THE BOAT", None),
            ("*a **b** c*", None),
        ] {
            assert_eq!(between_signs(line), want, "{line}");
        }
    }

    #[test]
    fn rules_within_a_line() {
        for (line, want) in [
            ("It has a roof. ------- The Gulls -------", Some("-------")),
            ("THE TALKS ----", Some("----")),
            ("a pause ---- and then", None),
            ("cod -- herring", None),
            ("------------ ---- Cod", Some("------------ ----")),
            (
                "--------------------------------------------- - Cod",
                Some("--------------------------------------------- -"),
            ),
            ("An Up-Close View-------------- of it", Some("--------------")),
            ("the********man", None),
            ("no rule", None),
            ("--- --- --- and so on", None),
            ("---- ------------ Cod", Some("---- ------------")),
            ("–––––––– Cod", Some("––––––––")),
            ("Name ________ Date", None),
            ("THE BOATS = = = = = =", Some("= = = = = =")),
            ("THE BOATS = = = = = = and", Some("= = = = = =")),
            ("a = b = c", None),
            ("cod - - - - eel", None),
        ] {
            assert_eq!(rule_in(line, 0).and_then(|(from, to)| line.get(from..to)), want, "{line}");
        }
    }

    #[test]
    fn words_between_short_rules() {
        for (line, want) in [
            ("It is late. --- Eel ---", Some("Eel")),
            ("It is late. === Ray and Eel === ", Some("Ray and Eel")),
            ("--- Eel ---", None),
            ("It is late. --- Eel --", None),
            ("It is late. --- Eel ----", None),
            ("It is late ---Eel ---", None),
            ("cod --- or eel, that is", None),
        ] {
            let words = frame_at_end(line).and_then(|frame| line.get(frame.words.0..frame.words.1)).map(str::trim);
            assert_eq!(words, want, "{line}");
        }
    }

    #[test]
    fn many_short_rows_cost_linear_time() {
        for part in ["--- ", "---- ", "-- ", "*** *", "=- ", "- - - - x "] {
            let line = format!("{}end", part.repeat(100_000));
            let _ = rule_in(&line, 0);
        }
    }
}
