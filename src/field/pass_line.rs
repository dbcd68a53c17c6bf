//! Passing lines: to whom the message is to be shown or passed on.

/// Whether a line before the subject is a passing line: `STATE PASS TO USTR`, `DEPT FOR EUR/WE`, `L/LEI FOR KEN PROPP`,
/// `STATE INR/R/MR; IIP/R/MR`, `PARIS FOR AFRICA WATCHERS`.
///
/// ```text
/// pass-line = ( "STATE" / "DEPT" / post / office ) [ "PLEASE" ] ( "FOR" / "PASS" [ "TO" ] / "ALSO" ... ) *
/// ```
pub(crate) fn is_pass_line(line: &str) -> bool {
    let line = line.trim();
    let has_word = |word: &str| line.split([' ', ',', ';', '(', ')', ':', '.']).any(|w| w.eq_ignore_ascii_case(word));
    let office = || line.split([' ', ',', ';']).any(is_office_symbol);
    let starts = |word: &str| {
        crate::grammar::strip_prefix_ignoring_case(line, word)
            .is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric()))
    };
    // `LIMA FOR IRISH, FAA REP.`, but no sentence.
    let names_a_reader = || line.split(' ').take(4).skip(1).any(|w| w == "FOR") && line.len() < 60;
    line.len() < 200
        && (!line.ends_with('.') || names_a_reader())
        // `Date/DTG:   Jun 14`: the label of another kind of record.
        && !line.split_once(':').is_some_and(|(label, rest)| !label.contains(' ') && rest.starts_with("  "))
        && (has_word("FOR")
            || has_word("PASS")
            || has_word("PASSED")
            || office()
            || starts("DEPT")
            || starts("DEPARTMENT")
            || starts("STATE")
            || starts("USDOC")
            || has_word("MINIMIZE")
            || has_word("ALSO")
            || line.contains('/'))
}

/// `office = 1*CAPITAL "/" 1*CAPITAL ...`: `EUR/WE`, `INR/R/MR`
fn is_office_symbol(word: &str) -> bool {
    word.contains('/')
        && word.bytes().all(|b| {
            b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'&' | b'(' | b')' | b'.')
        })
}

/// Whether a line goes on with a passing line: the one before it ends in mid-list, or this one cannot begin one.
pub(crate) fn goes_on(last: &str, line: &str) -> bool {
    let hangs = last.ends_with([',', ';', '/', '-', '&', ':'])
        || ["AND", "FOR", "TO", "PASS", "OF"]
            .iter()
            .any(|w| last.rsplit(' ').next().is_some_and(|l| l.eq_ignore_ascii_case(w)));
    let open_bracket = last.matches('(').count() > last.matches(')').count();
    let begins_in_middle =
        ["AND ", "OR "].iter().any(|w| crate::grammar::strip_prefix_ignoring_case(line, w).is_some());
    hangs || open_bracket || begins_in_middle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pass_lines() {
        for line in [
            "STATE PASS TO USTR",
            "DEPT FOR EUR/WE",
            "L/LEI FOR KEN PROPP",
            "STATE INR/R/MR; IIP/R/MR",
            "USDOC 4322/MAC/OLAC",
        ] {
            assert!(is_pass_line(line), "{line}");
        }
        for line in ["The minister arrived late for lunch.", "A SENTENCE", ""] {
            assert!(!is_pass_line(line), "{line}");
        }
    }

    #[test]
    fn wrapped() {
        assert!(goes_on("DEPT FOR EUR/WE, DRL/IL,", "AND EB"));
        assert!(goes_on("STATE FOR EUR (HODGES,", "SCHROEDER)"));
        assert!(!goes_on("DEPT FOR EUR/WE", "COMMERCE FOR ITA"));
    }
}
