//! Drafting and clearance lines: `DRAFTED BY ARA/AND/B - PBTAYLOR:LEE`.

use std::borrow::Cow;

use crate::edit_distance::slips;
use crate::field::distribution::is_dash_line;
use crate::field::dtg;
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::{Line, Report};
use crate::record::record;
use crate::region::RegionKind;
use crate::value::Value;

record! {
    /// Who drafted, approved and cleared the cable.
    ///
    /// ```text
    /// DRAFTED BY EUR/RPM:JROE                 drafted_by
    /// APPROVED BY EUR:ADOE                    approved_by
    /// INR/RNA:MR. POE                         cleared_by
    /// DESIRED DISTRIBUTION                    desired_distribution
    /// ALL BUREAUS
    /// ```
    #[derive(Default)]
    #[cfg_attr(feature = "serde", serde(default))]
    pub struct Drafting<'a> {
        /// `DRAFTED BY`, a line an entry.
        pub drafted_by: Vec<Cow<'a, str>>,
        /// `APPROVED BY`.
        pub approved_by: Vec<Cow<'a, str>>,
        /// Clearances, one a line.
        pub cleared_by: Vec<Cow<'a, str>>,
        /// `DESIRED DISTRIBUTION`, a line an entry.
        pub desired_distribution: Vec<Cow<'a, str>>,
    }
}

/// The lists of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Drafted,
    Approved,
    Cleared,
    Desired,
}

/// How many lines a block can have; clearances of half the Department fit in.
const LONGEST: usize = 80;

/// Whether a drafting block starts on this line.
pub(crate) fn starts(line: &str) -> bool {
    matches!(label(line.trim()), Some((List::Drafted | List::Approved, _)))
}

/// Reads a block up to the line of dashes, the date-time group or `FM`, or, where none of them follows, up to a space
/// line; marks its lines and the line of dashes.
///
/// Gives back the block and how many lines it took; `None` when none starts on the first line that is not blank.
pub(crate) fn parse<'a>(lines: &[Line<'a>], report: &mut Report) -> Option<(Drafting<'a>, usize)> {
    let opening = lines.iter().position(|line| !line.is_blank())?;
    if !starts(lines.get(opening)?.text) {
        return None;
    }
    let end = opening + length(lines.get(opening..)?);
    let mut block = Drafting::default();
    let mut list = List::Drafted;
    for line in lines.get(opening..end)?.iter().filter(|line| !line.is_blank()) {
        report.mark(line, RegionKind::Drafting);
        let entry = match label(line.trimmed()) {
            Some((labelled, entry)) => {
                list = labelled;
                entry
            }
            None => line.trimmed(),
        };
        let entry = Value::join([(entry, line.start)]).text;
        if !entry.is_empty() {
            block.list(list).push(entry);
        }
        // `APPROVED BY` names one officer; who stands below cleared it.
        if list == List::Approved && !block.approved_by.is_empty() {
            list = List::Cleared;
        }
    }
    let mut used = end;
    let next = lines.iter().enumerate().skip(end).find(|(_, line)| !line.is_blank());
    if let Some((i, line)) = next.filter(|(_, line)| is_dash_line(line.text)) {
        report.mark(line, RegionKind::Distribution);
        used = i + 1;
    }
    Some((block, used))
}

impl<'a> Drafting<'a> {
    fn list(&mut self, list: List) -> &mut Vec<Cow<'a, str>> {
        match list {
            List::Drafted => &mut self.drafted_by,
            List::Approved => &mut self.approved_by,
            List::Cleared => &mut self.cleared_by,
            List::Desired => &mut self.desired_distribution,
        }
    }
}

/// How many lines belong to the block, blank ones at its end left out.
fn length(lines: &[Line<'_>]) -> usize {
    let near = || lines.iter().take(LONGEST);
    let end = near().position(|line| ends_before(line.text)).or_else(|| near().position(Line::is_blank));
    let end = end.unwrap_or(LONGEST);
    lines.iter().take(end).rposition(|line| !line.is_blank()).map_or(0, |last| last + 1)
}

/// Whether what follows the block starts on this line.
fn ends_before(line: &str) -> bool {
    let line = line.trim();
    is_dash_line(line) || strip_prefix_ignoring_case(line, "FM ").is_some() || dtg::may_be_dtg(line)
}

/// `label = ( "DRAFTED" [blank] "BY" / "APPROVED" [blank] "BY" / "CLEARED" [blank] "BY" / "CLEARANCES" /
/// "DESIRED DISTRIBUTION" ) [ ":" ]`, or one word alone with its colon; with what follows it on the line.
fn label(line: &str) -> Option<(List, &str)> {
    const LABELS: [(&str, List); 4] = [
        ("DRAFTED", List::Drafted),
        ("APPROVED", List::Approved),
        ("CLEARED", List::Cleared),
        ("DESIRED DISTRIBUTION", List::Desired),
    ];
    if let Some(rest) = strip_prefix_ignoring_case(line, "CLEARANCES") {
        return rest.strip_prefix(':').map(|rest| (List::Cleared, rest.trim_start()));
    }
    // Without DESIRED, and perhaps misspelt, it has its colon.
    if let Some((word, rest)) = line.split_once(':')
        && slips(word.trim_end(), "DISTRIBUTION", 2).is_some()
    {
        return Some((List::Desired, rest.trim_start()));
    }
    let (rest, list) = LABELS.iter().find_map(|(word, list)| Some((strip_prefix_ignoring_case(line, word)?, *list)))?;
    let rest = rest.trim_start();
    if let Some(rest) = rest.strip_prefix(':') {
        return Some((list, rest.trim_start()));
    }
    if list == List::Desired {
        return Some((list, rest));
    }
    let rest = strip_prefix_ignoring_case(rest, "BY")?;
    let separated = rest.is_empty() || rest.starts_with([' ', '\t', ':', '-']);
    separated.then(|| (list, rest.trim_start_matches([' ', '\t', ':', '-'])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    fn read(text: &str) -> String {
        let Some((block, used)) = parse(&lines::split(text), &mut Report::default()) else { return "none".to_owned() };
        let Drafting { drafted_by, approved_by, cleared_by, desired_distribution } = block;
        [drafted_by, approved_by, cleared_by, desired_distribution].map(|list| list.join(", ")).join(" | ")
            + &format!(" | {used}")
    }

    #[test]
    fn blocks() {
        for (name, text, want) in [
            (
                "of 1979",
                "DRAFTED BY ARA/AND/B - JROE:LEE\nAPPROVED BY ARA - ADOE\nARA/AND - MPOE\n        ------------------015985  141513Z /43\nP 1",
                "ARA/AND/B - JROE:LEE | ARA - ADOE | ARA/AND - MPOE |  | 4",
            ),
            (
                "with colons, and a date-time group after it",
                "DRAFTED BY: S/S-O: J. ROE\nAPPROVED BY: S/S-O: J. ROE\nP 131923Z DEC 73\n",
                "S/S-O: J. ROE | S/S-O: J. ROE |  |  | 2",
            ),
            (
                "extension on its own line, clearances after a blank line, distribution",
                "DRAFTED BY EUR/NE:JROE\n10/2/75 EXT. 20000\nAPPROVED BY EUR:ADOE\n\nL:MPOE\nDESIRED DISTRIBUTION\nALL BUREAUS\n\n---------- 019132\n",
                "EUR/NE:JROE, 10/2/75 EXT. 20000 | EUR:ADOE | L:MPOE | ALL BUREAUS | 9",
            ),
            (
                "a blank line ends it where no line of dashes follows",
                "DRAFTED BY EUR/NE:JROE\nAPPROVED BY EUR:ADOE\n\nUNCLAS STATE 000123\n",
                "EUR/NE:JROE | EUR:ADOE |  |  | 2",
            ),
            (
                "approving officer on the next line, blanks drawn together",
                "DRAFTED BY EUR/NE:  JROE\nAPPROVED BY\nEUR:ADOE\nL:MPOE\nFM SECSTATE WASHDC\n",
                "EUR/NE: JROE | EUR:ADOE | L:MPOE |  | 4",
            ),
            (
                "distribution without its first word, misspelt",
                "DRAFTED BY EUR/NE:JROE\nAPPROVED BY EUR:ADOE\nDISTRIBTUION:\nEUR ONLY\nFM SECSTATE WASHDC\n",
                "EUR/NE:JROE | EUR:ADOE |  | EUR ONLY | 4",
            ),
            ("approved alone", "APPROVED BY: EUR:ADOE\nR 010203 Z MAY 74\n", " | EUR:ADOE |  |  | 1"),
            ("prose", "DRAFTED BYLAWS\n", "none"),
            ("empty", "", "none"),
        ] {
            assert_eq!(read(text), want, "{name}");
        }
    }
}
