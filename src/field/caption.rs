//! Caption lines: who may see the cable, and by which channel it goes (5 FAH-2 H-440).

use std::borrow::Cow;

use crate::grammar::{first_ends, strip_prefix_ignoring_case};
use crate::lines::trim_start;
use crate::short_way;
use crate::value::in_one_line;

/// The captions that a line consists of, or `None` when it holds anything else.
///
/// ```text
/// caption-line = caption *( ( SP / "," / ";" / "/" ) caption )
/// ```
pub(crate) fn captions(line: &str) -> Option<Vec<Cow<'_, str>>> {
    // Asked of most lines of a head, and of many of a body: what begins otherwise is none, whatever its end.
    let line = trim_start(line).trim_start_matches(['-', '/', ' ']);
    if line.is_empty() || !may_begin(line) {
        return None;
    }
    let line = line.trim_end().trim_end_matches(['/', ',', ';', ':', '-', ' ']);
    if line.is_empty() || line.len() > 80 {
        return None;
    }
    let (first, tail) = leading(line)?;
    let mut found = vec![first];
    let mut rest = tail;
    loop {
        rest = rest.trim_start_matches([' ', ',', ';', '/', '-', '\t']);
        if rest.is_empty() {
            return Some(found);
        }
        let (caption, tail) = Some(rest).filter(|rest| may_begin(rest)).and_then(leading)?;
        found.push(caption);
        rest = tail;
    }
}

/// The captions of a line above the subject that says more than they do: `SENSITIVE BUT UNCLASSIFIED - PLEASE HANDLE
/// ACCORDINGLY.`, `SECRET//NOFORN`
///
/// ```text
/// handling-line = sentence *( "." SP sentence ) [ "." ]
/// sentence      = [ caption-line sep ] [ "PLEASE" SP ] ( "PROTECT" / "HANDLE" / "TREAT" ) SP "ACCORDINGLY"
///               / [ level sep ] caption-line
/// ```
pub(crate) fn handling(line: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut found = Vec::new();
    for sentence in line.trim().trim_end_matches('.').split(". ") {
        found.extend(handling_sentence(sentence.trim())?);
    }
    Some(found)
}

fn handling_sentence(sentence: &str) -> Option<Vec<Cow<'_, str>>> {
    let asked = ["PROTECT ACCORDINGLY", "HANDLE ACCORDINGLY", "TREAT ACCORDINGLY"].iter().find_map(|words| {
        let (before, end) = sentence.split_at_checked(sentence.len().checked_sub(words.len())?)?;
        end.eq_ignore_ascii_case(words).then_some(before.trim_end())
    });
    let Some(before) = asked else {
        let level = ["SECRET", "CONFIDENTIAL", "UNCLASSIFIED"]
            .iter()
            .find_map(|level| strip_prefix_ignoring_case(sentence, level));
        let behind =
            level.filter(|rest| rest.starts_with(['/', ' ', ','])).map(|rest| rest.trim_start_matches(['/', ' ', ',']));
        return captions(behind.filter(|rest| !rest.is_empty()).unwrap_or(sentence));
    };
    let please = before.len().checked_sub("PLEASE".len()).and_then(|at| before.split_at_checked(at));
    let before = please.filter(|(_, word)| word.eq_ignore_ascii_case("PLEASE")).map_or(before, |(before, _)| before);
    let before = before.trim_end_matches([' ', '-', ',', ';', '.']);
    if before.is_empty() { Some(Vec::new()) } else { captions(before) }
}

/// The captions at the head of a line on which something else stands behind a mark, or says for whom it is: `LIMDIS, FOR
/// CHARGE FROM ROE`, `EYES ONLY FOR AMBASSADOR`; and what that is.
///
/// `headed = caption *( sep caption ) ( mark rest / SP ( "FOR" / "FROM" ) rest )`
pub(crate) fn at_head(line: &str) -> Option<(Vec<Cow<'_, str>>, &str)> {
    const MARKS: [char; 6] = [',', ';', '/', '-', ':', ' '];
    let mut found = Vec::new();
    let mut rest = line.trim();
    let mut marked = false;
    while let Some((caption, behind)) = Some(rest).filter(|rest| may_begin(rest)).and_then(shortest) {
        found.push(caption);
        rest = behind.trim_start_matches(MARKS);
        // The mark may have been taken with the caption: `EXDIS - OSLO PASS BERGEN`.
        marked = line.get(..line.len() - rest.len())?.trim_end().ends_with([',', ';', '/', '-', ':']);
    }
    let addressed = marked || ["FOR ", "FROM "].iter().any(|word| rest.starts_with(word));
    (!found.is_empty() && !rest.is_empty() && addressed).then_some((found, rest))
}

/// The caption at the start of a text in as many words as it needs, without a value.
fn shortest(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let ends = first_ends(text, b" ,;:/\t");
    let mut longest = None;
    for end in ends {
        let (head, rest) = text.split_at_checked(end)?;
        let head = head.trim_end_matches([':', '/', '-', ',', ' ']);
        if crate::knowledge::caption(head).is_some_and(|row| !row.takes_value && row.caption.len() <= head.len()) {
            longest = known(head).map(|caption| (caption, rest)).or(longest);
        }
    }
    longest
}

/// The caption at the start of a text that may begin with one, and what follows it.
fn leading(text: &str) -> Option<(Cow<'_, str>, &str)> {
    // The longest run of words that the table knows: three words at the most.
    first_ends(text, b" ,;/\t").rev().find_map(|end| {
        let (head, rest) = text.split_at_checked(end)?;
        known(head.trim_end_matches([':', '/', '-', ' ', '\t'])).map(|caption| (caption, rest))
    })
}

/// Whether a caption may stand at the start of a text: asked of many lines, and most begin otherwise.
pub(crate) fn may_begin(text: &str) -> bool {
    let text = trim_start(text);
    short_way::is_closed() || text.starts_with(['E', 'e']) || crate::knowledge::begins_caption(text)
}

/// Captions that the table has, in upper case; a value behind it (`TOSEC 110023`, `REL TO USA`) is taken with it.
fn known(words: &str) -> Option<Cow<'_, str>> {
    // A full stop makes it a sentence: "SENSITIVE BUT UNCLASSIFIED."
    if words.ends_with('.') || !is_caption(words) {
        return None;
    }
    let words = in_one_line(words);
    let upper = !words.bytes().any(|b| b.is_ascii_lowercase());
    Some(if upper { words } else { Cow::Owned(words.to_ascii_uppercase()) })
}

/// Whether these words are a caption.
pub(crate) fn is_caption(words: &str) -> bool {
    const OTHERS: [&str; 2] = ["EFTO", "E F T O"];
    OTHERS.iter().any(|c| c.eq_ignore_ascii_case(words)) || crate::knowledge::caption(words).is_some()
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
        let cases: [(&str, Option<&'static [&'static str]>); 6] = [
            ("SIPDIS", Some(&["SIPDIS"])),
            ("SENSITIVE//NOFORN", Some(&["SENSITIVE", "NOFORN"])),
            ("NOFORN//REL TO USA, GBR", Some(&["NOFORN", "REL TO USA, GBR"])),
            ("STADIS////////", Some(&["STADIS"])),
            ("SBU------- -  VISAS VIP", Some(&["SBU", "VISAS VIP"])),
            ("SENSITIVE BUT UNCLASSIFIED - PLEASE HANDLE ACCORDINGLY", None),
        ];
        for (line, expected) in cases {
            assert_eq!(captions(line).as_deref(), expected.map(owned).as_deref(), "{line}");
        }
    }

    #[test]
    fn handling_lines() {
        let cases: [(&str, Option<&'static [&'static str]>); 10] = [
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
            ("SECRET//NOFORN", Some(&["NOFORN"])),
            ("SECRET NOFORN", Some(&["NOFORN"])),
            ("SECRETARY NOFORN", None),
            ("THE FISH IS SENSITIVE, HANDLE ACCORDINGLY", None),
            ("DEPT FOR EUR/WE", None),
        ];
        for (line, expected) in cases {
            assert_eq!(handling(line).as_deref(), expected.map(owned).as_deref(), "{line}");
        }
    }

    #[test]
    fn heads() {
        for (line, captions, rest) in [
            ("LIMDIS, FOR CHARGE FROM ROE", "LIMDIS", "FOR CHARGE FROM ROE"),
            ("EXDIS - OSLO PASS BERGEN", "EXDIS", "OSLO PASS BERGEN"),
            ("NODIS CHEROKEE: FOR THE SECRETARY", "NODIS CHEROKEE", "FOR THE SECRETARY"),
            ("EYES ONLY FOR AMBASSADOR", "EYES ONLY", "FOR AMBASSADOR"),
            ("SPECAT EXCLUSIVE FOR SECDEF", "SPECAT EXCLUSIVE", "FOR SECDEF"),
        ] {
            let (found, behind) = at_head(line).unwrap();
            assert_eq!((found.join(" ").as_str(), behind), (captions, rest), "{line}");
        }
        for line in ["SENSITIVE FISH", "SIPDIS", "DEPT FOR EUR/WE"] {
            assert_eq!(at_head(line), None, "{line}");
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
            assert!(may_begin(caption), "{caption}");
        }
        for none in ["THE FISH", "SECRETARY", "", "1. (U)", "CONFIDENTIAL"] {
            assert!(!may_begin(none) && !is_caption(none), "{none}");
        }
    }
}
