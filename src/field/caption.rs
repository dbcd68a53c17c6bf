//! Caption lines: who may see the cable, and by which channel it goes (5 FAH-2 H-440).

use std::borrow::Cow;

use crate::edit_distance::one_slip;
use crate::fast_path;
use crate::field::portion_mark;
use crate::grammar::{first_ends, first_word, strip_prefix_ignoring_case};
use crate::knowledge::{self, CaptionKind, CaptionRow};
use crate::lines::trim_start;
use crate::value::in_one_line;

/// The captions that a line consists of, or `None` when it holds anything else.
///
/// ```text
/// caption-line = caption *( [ SP / "," / ";" / "/" / "-" ] caption )
/// ```
pub(crate) fn captions(line: &str) -> Option<Vec<Cow<'_, str>>> {
    alone(line).map(|run| run.captions)
}

/// The same with all that is known of them.
pub(crate) fn alone(line: &str) -> Option<Run<'_>> {
    run(line).filter(|run| run.rest.is_empty() && run.repaired.is_empty())
}

/// Captions at the start of a text above the subject, and what follows them there.
#[derive(Debug, Default)]
pub(crate) struct Run<'a> {
    pub(crate) captions: Vec<Cow<'a, str>>,
    /// Words that are one slip away from the caption that was read.
    pub(crate) repaired: Vec<(&'a str, &'static str)>,
    pub(crate) rest: &'a str,
}

/// The signs that part captions, and captions from what follows them.
const MARKS: [char; 7] = [',', ';', '/', '-', ':', ' ', '\t'];

/// The captions at the start of a text. A row of slashes may fill the line.
fn run(line: &str) -> Option<Run<'_>> {
    // Asked of most lines of a head, and of many of a body: what begins otherwise is none, whatever its end.
    let line = trim_start(line).trim_start_matches(['-', '/', ' ']);
    if !may_begin(line) || line.len() > LONGEST_LINE {
        return None;
    }
    let mut run = Run { rest: line.trim_end().trim_end_matches(['/', ',', ';', ':', '-', ' ']), ..Run::default() };
    while let Some((caption, after)) = Some(run.rest).filter(|rest| may_begin(rest)).and_then(leading) {
        run.captions.push(caption);
        run.rest = after.trim_start_matches(MARKS);
    }
    (!run.captions.is_empty()).then_some(run)
}

/// No line of captions alone is longer.
const LONGEST_LINE: usize = 80;

/// The captions at the head of a line between the classification line and the subject, whatever follows them.
///
/// ```text
/// head   = handling-notice [ SP rest ] / 1*( caption [ mark ] ) [ rest ]
/// ```
///
/// A caption that only limits or steers the message is one whatever follows; one that may be the name of an office (`USSS FOR
/// ID`), or takes a value, only before a mark, before another caption, or before `FOR` and `FROM` after other captions. A
/// word one slip away from a caption is that one where nothing but captions stands on the line.
pub(crate) fn at_head(line: &str) -> Option<Run<'_>> {
    if let Some(run) = run(line).filter(|run| run.rest.is_empty()) {
        return Some(run);
    }
    handling_notice(line).or_else(|| damaged(line)).or_else(|| head(line))
}

fn head(line: &str) -> Option<Run<'_>> {
    let line = trim_start(line).trim_start_matches(['/', '-', ' ']);
    let mut run = Run { rest: line.trim_end(), ..Run::default() };
    let mut marked = false;
    while let Some((row, words, after)) = Some(run.rest).filter(|rest| may_begin(rest)).and_then(shortest) {
        let rest = after.trim_start_matches(MARKS);
        let marks = after.get(..after.len() - rest.len()).unwrap_or_default();
        let parted = rest.is_empty() || marks.contains([',', ';', '/', '-', ':']);
        let instructed = matches!(first_word(rest), "FOR" | "PASS" | "PLEASE" | "ALSO");
        let another = || shortest(rest).is_some();
        let is_one = stands_alone(row) || parted || !instructed && (!run.captions.is_empty() || another());
        if !is_one || words.bytes().any(|b| b.is_ascii_lowercase()) {
            break;
        }
        run.captions.push(in_capitals(row, words));
        run.rest = rest;
        marked = parted;
    }
    let certain =
        !run.captions.is_empty() && (marked || !run.rest.bytes().next().is_some_and(|b| b.is_ascii_lowercase()));
    certain.then_some(run)
}

/// The length of the caption at the start of a text that can be nothing else, whatever stands before it: `SIPDIS`, `NOFORN`.
pub(crate) fn certain(text: &str) -> Option<usize> {
    if !may_begin(text) {
        return None;
    }
    let (row, words, rest) = shortest(text)?;
    let bounded = !rest.starts_with(|c: char| c.is_alphanumeric()) || knowledge::caption(first_word(rest)).is_some();
    let capitals = !words.bytes().any(|b| b.is_ascii_lowercase());
    (stands_alone(row) && bounded && capitals).then_some(words.len())
}

/// Whether a caption limits or steers the message, and is the name of nothing else.
fn stands_alone(row: &CaptionRow) -> bool {
    let kind = matches!(
        row.kind,
        CaptionKind::Distribution | CaptionKind::Control | CaptionKind::Handling | CaptionKind::Channel
    );
    kind && !row.takes_value
}

/// A line of captions of which some are damaged: `ENSITIVE`, `SENSITVE, SIPDIS`.
fn damaged(line: &str) -> Option<Run<'_>> {
    let line = line.trim();
    if line.len() > LONGEST_LINE || line.bytes().any(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let mut run = Run::default();
    for word in line.split(MARKS).filter(|word| !word.is_empty()) {
        if let Some(row) = knowledge::caption(word).filter(|row| stands_alone(row)) {
            run.captions.push(Cow::Borrowed(row.caption));
        } else {
            let row = near(word)?;
            run.repaired.push((word, row.caption));
            run.captions.push(Cow::Borrowed(row.caption));
        }
    }
    (!run.captions.is_empty()).then_some(run)
}

/// The one caption of a single word that is one slip away from this one.
fn near(word: &str) -> Option<&'static CaptionRow> {
    const SHORTEST: usize = 5;
    let alike = |row: &&CaptionRow| row.caption.len() > SHORTEST && stands_alone(row) && one_slip(word, row.caption);
    let mut found = knowledge::captions().iter().filter(alike);
    found.next().filter(|_| found.next().is_none())
}

/// The sentences at the start of a text that say more than their captions do, and what follows them: `SENSITIVE BUT
/// UNCLASSIFIED - PLEASE HANDLE ACCORDINGLY.`, `SECRET//NOFORN`
///
/// ```text
/// notice   = [ portion-mark SP ] sentence *( "." SP sentence ) [ "." ]
/// sentence = [ intro ] [ listed sep ] [ "PLEASE" SP ] ( "PROTECT" / "HANDLE" / "TREAT" ) SP "ACCORDINGLY"
///          / [ intro ] [ level sep ] listed [ sep "ENTIRE TEXT" / "(SBU)" ]
/// intro    = "THIS" SP ( "CABLE" / "MESSAGE" / "TELEGRAM" / "REPORT" / "DOCUMENT" ) SP "IS" SP
/// ```
pub(crate) fn handling_notice(text: &str) -> Option<Run<'_>> {
    let text = text.trim();
    let mut run = Run { rest: portion_mark::leading(text).map_or(text, |(_, rest)| rest), ..Run::default() };
    let mut found = false;
    while !run.rest.is_empty() {
        let end = run.rest.find(". ").or(run.rest.strip_suffix('.').map(str::len)).unwrap_or(run.rest.len());
        let Some((sentence, after)) = run.rest.split_at_checked(end) else { break };
        let Some(captions) = handling_sentence(sentence.trim()) else { break };
        run.captions.extend(captions);
        run.rest = after.trim_start_matches(['.', ' ']);
        found = true;
    }
    found.then_some(run)
}

fn handling_sentence(sentence: &str) -> Option<Vec<Cow<'_, str>>> {
    const DOCUMENTS: [&str; 5] = ["CABLE", "MESSAGE", "TELEGRAM", "REPORT", "DOCUMENT"];
    let document = strip_prefix_ignoring_case(sentence, "THIS ")
        .and_then(|rest| DOCUMENTS.iter().find_map(|document| strip_prefix_ignoring_case(rest, document)));
    let sentence = document.and_then(|rest| strip_prefix_ignoring_case(rest, " IS ")).unwrap_or(sentence);
    let sentence = ["ENTIRE TEXT", "(SBU)"].iter().find_map(|words| strip_suffix(sentence, words)).unwrap_or(sentence);
    let asked = ["PROTECT ACCORDINGLY", "HANDLE ACCORDINGLY", "TREAT ACCORDINGLY"]
        .iter()
        .find_map(|words| strip_suffix(sentence, words));
    let Some(before) = asked else {
        let level = ["SECRET", "CONFIDENTIAL", "UNCLASSIFIED"]
            .iter()
            .find_map(|level| strip_prefix_ignoring_case(sentence, level));
        let after =
            level.filter(|rest| rest.starts_with(['/', ' ', ','])).map(|rest| rest.trim_start_matches(['/', ' ', ',']));
        return listed(after.filter(|rest| !rest.is_empty()).unwrap_or(sentence));
    };
    let before = strip_suffix(before, "PLEASE").unwrap_or(before);
    let before = before.trim_end_matches([' ', '-', ',', ';', '.']);
    if before.is_empty() { Some(Vec::new()) } else { listed(before) }
}

/// `listed = caption-line *( ( "AND" / "--" ) caption-line )`
fn listed(sentence: &str) -> Option<Vec<Cow<'_, str>>> {
    const MOST: usize = 4;
    const SIGNS: [&str; 4] = [" AND ", " And ", " and ", "--"];
    let (mut found, mut rest) = (Vec::new(), sentence);
    for _ in 0..MOST {
        if let Some(last) = captions(rest) {
            found.extend(last);
            return Some(found);
        }
        let cut = SIGNS.iter().filter_map(|sign| rest.split_once(sign)).min_by_key(|(before, _)| before.len());
        let (before, after) = cut?;
        found.extend(captions(before)?);
        rest = after;
    }
    None
}

/// A remark on how to handle the message that no table has: a line in capitals and in quotation marks, without a full stop,
/// `"PERISHABLE INFORMATION -- DO NOT SERVICE"`.
pub(crate) fn quoted_remark(line: &str) -> Option<&str> {
    let (open, close) = [('"', '"'), ('\u{201c}', '\u{201d}')].into_iter().find(|(open, _)| line.starts_with(*open))?;
    let remark = line.strip_prefix(open)?.strip_suffix(close)?.trim();
    let capitals = remark.contains(|c: char| c.is_ascii_uppercase()) && !remark.contains(char::is_lowercase);
    let several = remark.split_whitespace().nth(1).is_some();
    let plain = line.len() <= LONGEST_LINE && !remark.contains([open, close, '.']);
    (capitals && several && plain).then_some(remark)
}

/// A text without these words at its end, and without the signs before them.
fn strip_suffix<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let (before, end) = text.split_at_checked(text.len().checked_sub(words.len())?)?;
    end.eq_ignore_ascii_case(words).then(|| before.trim_end_matches([' ', '-', ',', ';', '.']))
}

/// The caption at the start of a text in as many words as it needs, without a value, the words, and what follows them.
/// Another caption may be glued to it: `SENSITIVESIPDIS`.
fn shortest(text: &str) -> Option<(&'static CaptionRow, &str, &str)> {
    let mut longest = None;
    for end in first_ends(text, b" ,;:/\t") {
        let (head, rest) = text.split_at_checked(end)?;
        let head = head.trim_end_matches([':', '/', '-', ',', ' ']);
        let whole = |row: &&CaptionRow| !row.takes_value && row.caption.len() <= head.len();
        if let Some(row) = knowledge::caption(head).filter(whole) {
            longest = Some((row, head, rest));
        }
    }
    longest.or_else(|| series(text)).or_else(|| glued(text)).or_else(|| {
        let (words, rest) = letter_spaced(text)?;
        Some((knowledge::caption(words)?, words, rest))
    })
}

/// `serial = ( "TOSEC" / "SECTO" / "TODEP" / "PARTO" ) 1*SP 1*DIGIT`
fn series(text: &str) -> Option<(&'static CaptionRow, &str, &str)> {
    let word = first_word(text);
    let row = knowledge::caption(word).filter(|row| row.kind == CaptionKind::Series)?;
    let digits = text.get(word.len()..)?.trim_start();
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (words, rest) = text.split_at_checked(text.len() - digits.len() + count).filter(|_| count > 0)?;
    Some((row, words, rest))
}

/// A caption that runs into the next one, its space lost.
fn glued(text: &str) -> Option<(&'static CaptionRow, &str, &str)> {
    const LONGEST: usize = 40;
    let word = Some(first_word(text)).filter(|word| word.len() <= LONGEST)?;
    let fits = |row: &&CaptionRow| {
        let rest = strip_prefix_ignoring_case(word, row.caption).filter(|rest| !rest.is_empty());
        stands_alone(row) && rest.is_some_and(|rest| knowledge::caption(rest).is_some() || glued(rest).is_some())
    };
    // Of two that fit the longer one.
    let row = knowledge::captions()
        .iter()
        .filter(|row| row.caption.len() < word.len())
        .filter(fits)
        .max_by_key(|row| row.caption.len())?;
    let (words, rest) = text.split_at_checked(row.caption.len())?;
    Some((row, words, rest))
}

/// A caption whose letters stand apart: `N O F O R N`; and what follows it.
pub(crate) fn letter_spaced(text: &str) -> Option<(&str, &str)> {
    const MOST: usize = 24;
    let apart = |pair: &(usize, &[u8])| matches!(pair.1, [letter, b' '] if letter.is_ascii_alphabetic());
    let pairs = text.as_bytes().chunks(2).enumerate().take(MOST).take_while(apart).count();
    // The last letter has a space of its own, or ends the text.
    let mut ends = (4..=pairs + 1).rev().filter_map(|letters| text.split_at_checked(2 * letters - 1));
    ends.find(|(words, rest)| !rest.starts_with(|c: char| c.is_alphanumeric()) && is_caption(words))
}

/// The caption at the start of a text that may begin with one, and what follows it.
fn leading(text: &str) -> Option<(Cow<'_, str>, &str)> {
    if let Some((row, words, rest)) = series(text) {
        return Some((in_capitals(row, words), rest));
    }
    // The longest run of words that the table knows: four words at the most.
    let known = first_ends(text, b" ,;/\t").rev().find_map(|end| {
        let (head, rest) = text.split_at_checked(end)?;
        known(head.trim_end_matches([':', '/', '-', ' ', '\t'])).map(|caption| (caption, rest))
    });
    known.or_else(|| {
        let (row, words, rest) = glued(text).or_else(|| {
            let (words, rest) = letter_spaced(text)?;
            Some((knowledge::caption(words)?, words, rest))
        })?;
        Some((in_capitals(row, words), rest))
    })
}

/// Whether a caption may stand at the start of a text: asked of many lines, and most begin otherwise.
pub(crate) fn may_begin(text: &str) -> bool {
    fast_path::is_disabled() || knowledge::begins_caption(trim_start(text))
}

/// Captions that the table has, in upper case; a value after it (`TOSEC 110023`, `REL TO USA`) is taken with it.
fn known(words: &str) -> Option<Cow<'_, str>> {
    // A full stop makes it a sentence: "SENSITIVE BUT UNCLASSIFIED."
    if words.ends_with('.') {
        return None;
    }
    knowledge::caption(words).map(|row| in_capitals(row, words))
}

/// The words of a caption as they stand, in upper case; as the table has them where their letters stand apart.
fn in_capitals<'t>(row: &CaptionRow, words: &'t str) -> Cow<'t, str> {
    let spaced =
        words.len() > 6 && words.as_bytes().chunks(2).all(|pair| !matches!(pair, [_, other] if *other != b' '));
    if spaced {
        return Cow::Owned(row.caption.to_owned());
    }
    let words = in_one_line(words);
    let upper = !words.bytes().any(|b| b.is_ascii_lowercase());
    if upper { words } else { Cow::Owned(words.to_ascii_uppercase()) }
}

/// Whether these words are a caption.
pub(crate) fn is_caption(words: &str) -> bool {
    knowledge::caption(words).is_some()
}

/// Whether nothing else can be meant by any of these captions, so that no sentence goes on with them.
pub(crate) fn are_certain(captions: &[Cow<'_, str>]) -> bool {
    captions.iter().all(|caption| knowledge::caption(caption).is_some_and(stands_alone))
}

/// Whether a caption marks the cable as sensitive but unclassified.
pub(crate) fn is_sensitive(caption: &str) -> bool {
    ["SENSITIVE", "SENSITIVE BUT UNCLASSIFIED", "SBU", "FOUO", "EFTO", "E F T O", "FOR OFFICIAL USE ONLY"]
        .iter()
        .any(|c| c.eq_ignore_ascii_case(caption))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(captions: &'static [&'static str]) -> Vec<Cow<'static, str>> {
        captions.iter().copied().map(Cow::Borrowed).collect()
    }

    #[test]
    fn lines() {
        let cases: [(&str, Option<&'static [&'static str]>); 10] = [
            ("SIPDIS", Some(&["SIPDIS"])),
            ("SENSITIVE//NOFORN", Some(&["SENSITIVE", "NOFORN"])),
            ("NOFORN//REL TO USA, GBR", Some(&["NOFORN", "REL TO USA, GBR"])),
            ("STADIS////////", Some(&["STADIS"])),
            ("SENSITIVESIPDIS", Some(&["SENSITIVE", "SIPDIS"])),
            ("N O F O R N", Some(&["NOFORN"])),
            ("S E N S I T I V E SIPDIS", Some(&["SENSITIVE", "SIPDIS"])),
            ("NO FOREIGN DISSEM", Some(&["NO FOREIGN DISSEM"])),
            ("SBU------- -  VISAS VIP", Some(&["SBU", "VISAS VIP"])),
            ("SENSITIVE BUT UNCLASSIFIED - PLEASE HANDLE ACCORDINGLY", None),
        ];
        for (line, expected) in cases {
            assert_eq!(captions(line).as_deref(), expected.map(owned).as_deref(), "{line}");
        }
    }

    #[test]
    fn handling_lines() {
        let cases: [(&str, Option<&'static [&'static str]>); 20] = [
            (
                "(U) SENSITIVE BUT UNCLASSIFIED--NOT FOR INTERNET DISTRIBUTION.",
                Some(&["SENSITIVE BUT UNCLASSIFIED", "NOT FOR INTERNET DISTRIBUTION"]),
            ),
            (
                "THIS CABLE IS SENSITIVE BUT UNCLASSIFIED AND NOT FOR INTERNET DISTRIBUTION.",
                Some(&["SENSITIVE BUT UNCLASSIFIED", "NOT FOR INTERNET DISTRIBUTION"]),
            ),
            ("(SBU) Sensitive but unclassified, protect accordingly.", Some(&["SENSITIVE BUT UNCLASSIFIED"])),
            ("(SBU) THE FISH IS SENSITIVE AND NOT FOR INTERNET DISTRIBUTION", None),
            ("SENSITIVE BUT UNCLASSIFIED AND FISH", None),
            ("(U)", None),
            ("SENSITIVE BUT UNCLASSIFIED - PLEASE HANDLE ACCORDINGLY.", Some(&["SENSITIVE BUT UNCLASSIFIED"])),
            ("Sensitive but unclassified. Please protect accordingly", Some(&["SENSITIVE BUT UNCLASSIFIED"])),
            (
                "SENSITIVE BUT UNCLASSIFIED, NOT FOR INTERNET DISTRIBUTION",
                Some(&["SENSITIVE BUT UNCLASSIFIED", "NOT FOR INTERNET DISTRIBUTION"]),
            ),
            ("PLEASE PROTECT ACCORDINGLY", Some(&[])),
            (
                "SENSITIVE BUT UNCLASSIFIED. NOT FOR INTERNET POSTING.",
                Some(&["SENSITIVE BUT UNCLASSIFIED", "NOT FOR INTERNET POSTING"]),
            ),
            (
                "THIS CABLE IS SENSITIVE BUT UNCLASSIFIED. NOT FOR INTERNET DISTRIBUTION.",
                Some(&["SENSITIVE BUT UNCLASSIFIED", "NOT FOR INTERNET DISTRIBUTION"]),
            ),
            ("Sensitive But Unclassified (SBU). Please protect accordingly.", Some(&["SENSITIVE BUT UNCLASSIFIED"])),
            ("Sensitive but Unclassified -- entire text.", Some(&["SENSITIVE BUT UNCLASSIFIED"])),
            ("THIS CABLE IS ABOUT FISH. HANDLE ACCORDINGLY.", None),
            ("SECRET//NOFORN", Some(&["NOFORN"])),
            ("SECRET NOFORN", Some(&["NOFORN"])),
            ("SECRETARY NOFORN", None),
            ("THE FISH IS SENSITIVE, HANDLE ACCORDINGLY", None),
            ("DEPT FOR EUR/WE", None),
        ];
        for (line, expected) in cases {
            let notice = handling_notice(line).filter(|notice| notice.rest.is_empty()).map(|notice| notice.captions);
            assert_eq!(notice.as_deref(), expected.map(owned).as_deref(), "{line}");
        }
    }

    #[test]
    fn quoted_remarks() {
        for (line, want) in [
            ("\"PERISHABLE INFORMATION -- DO NOT SERVICE\"", Some("PERISHABLE INFORMATION -- DO NOT SERVICE")),
            ("\u{201c}DO NOT SERVICE\u{201d}", Some("DO NOT SERVICE")),
            ("\"FISH\"", None),
            ("\"The fish is fresh\"", None),
            ("\"THE FISH IS FRESH.\"", None),
            ("\"FISH\" AND \"CHIPS\"", None),
            ("\"NOTE: DO NOT PROCESS. GIVE TO THE CHIEF\"", None),
            ("\"", None),
        ] {
            assert_eq!(quoted_remark(line), want, "{line}");
        }
    }

    #[test]
    fn heads() {
        for (line, captions, rest) in [
            ("LIMDIS, FOR CHARGE FROM ROE", "LIMDIS", "FOR CHARGE FROM ROE"),
            ("EXDIS - OSLO PASS BERGEN", "EXDIS", "OSLO PASS BERGEN"),
            ("NODIS CHEROKEE: FOR THE SECRETARY", "NODIS+CHEROKEE", "FOR THE SECRETARY"),
            ("EYES ONLY FOR AMBASSADOR", "EYES ONLY", "FOR AMBASSADOR"),
            ("SPECAT EXCLUSIVE FOR SECDEF", "SPECAT EXCLUSIVE", "FOR SECDEF"),
            ("LIMDIS PASS TO NSC", "LIMDIS", "PASS TO NSC"),
            ("NOFORN SIPDIS STATE FOR EUR/NB.", "NOFORN+SIPDIS", "STATE FOR EUR/NB."),
            ("SENSITIVE SIPDIS REF LONDON 1170", "SENSITIVE+SIPDIS", "REF LONDON 1170"),
            ("SIPDIS USSS FOR ID", "SIPDIS", "USSS FOR ID"),
            ("SIPDIS AIDAC STATE FOR EUR", "SIPDIS+AIDAC", "STATE FOR EUR"),
            ("EXDIS TOSEC 110023 ZFF OSLO ONLY", "EXDIS+TOSEC 110023", "ZFF OSLO ONLY"),
            ("SENSITIVESIPDIS STATE FOR EUR", "SENSITIVE+SIPDIS", "STATE FOR EUR"),
            (
                "Sensitive but Unclassified. Please handle accordingly. (SBU) On May 2",
                "SENSITIVE BUT UNCLASSIFIED",
                "(SBU) On May 2",
            ),
        ] {
            let run = at_head(line).unwrap();
            assert_eq!((run.captions.join("+").as_str(), run.rest), (captions, rest), "{line}");
        }
        for line in ["Sensitive talks on fish", "DEPT FOR EUR/WE", "USSS FOR ID/FIB", "SECTOR NINE"] {
            assert!(at_head(line).is_none(), "{line}");
        }
    }

    #[test]
    fn damaged_lines() {
        for (line, captions, repaired) in [
            ("ENSITIVE", "SENSITIVE", 1),
            ("SENSITVE, SIPDIS", "SENSITIVE+SIPDIS", 1),
            ("SIPIDS", "SIPDIS", 1),
            ("LIMDIS NOFORM", "LIMDIS+NOFORN", 1),
        ] {
            let run = at_head(line).unwrap();
            assert_eq!((run.captions.join("+").as_str(), run.repaired.len()), (captions, repaired), "{line}");
        }
        for line in ["SENSIBLE", "NODE", "Sensitve", "SIPDIT FISH"] {
            assert!(at_head(line).is_none(), "{line}");
        }
    }

    #[test]
    fn the_quick_look_overlooks_no_caption() {
        let known = crate::knowledge::captions().iter().map(|row| row.caption);
        for caption in known.chain(["EFTO", "E F T O", "S I P D I S", "Sip-Dis", "EYES\u{a0}ONLY", "o\u{2019}rcon"]) {
            for text in
                [caption.to_owned(), caption.to_lowercase(), format!("{caption} OSLO"), format!("{caption}: 12")]
            {
                assert!(may_begin(&text) || !is_caption(&text), "{text}");
            }
            assert!(may_begin(caption) || !is_caption(caption), "{caption}");
        }
        for none in ["THE FISH", "SECRETARY", "", "1. (U)", "CONFIDENTIAL"] {
            assert!(!may_begin(none) && !is_caption(none), "{none}");
        }
    }
}
