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
    line.len() < 200
        && (!line.ends_with('.') || is_addressed(line))
        && !begins_with_number(line)
        // Text behind asterisks that stand for lost text.
        && !line.contains("***")
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

/// `3. THE MINISTER ASKED FOR ...`
fn begins_with_number(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', ')'])
}

/// Whether a line names first whom it is for: that is a passing line below the subject, too, and with a full stop.
///
/// ```text
/// addressed = ( "FOR" [ ":" ] / "PASS" ) SP name / whom SP ( "FOR" / "PASS" ) SP name
/// whom      = post / "DEPT" / "DEPARTMENT" / "EMBASSY" / "HQS" / "HQ" / 3*8CAPITAL
/// ```
///
/// All is in capitals, and no longer than seven words.
pub(crate) fn is_addressed(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(8).collect();
    let is_verb = |word: &str| matches!(word, "FOR" | "FOR:" | "PASS" | "PASS:");
    let known = |word: &str| {
        matches!(word, "DEPT" | "DEPARTMENT" | "EMBASSY" | "HQS" | "HQ" | "STATE" | "USDOC" | "SECDEF" | "DOD")
            || crate::knowledge::post(word).is_some()
    };
    let plain = !line.bytes().any(|b| b.is_ascii_lowercase()) && words.len() < 8;
    plain
        && match words.as_slice() {
            ["FOR", name, ..] => name.contains('/'),
            ["FOR:" | "PASS" | "PASS:", _, ..] => true,
            [whom, verb, _, ..] => is_verb(verb) && known(whom),
            _ => false,
        }
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
        ["AND ", "OR ", "FOR "].iter().any(|w| crate::grammar::strip_prefix_ignoring_case(line, w).is_some());
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
            "OSLO FOR MERRIDEW, FAA REP.",
        ] {
            assert!(is_pass_line(line), "{line}");
        }
        for line in [
            "The minister arrived late for lunch.",
            "A SENTENCE",
            "",
            "3. PRESIDENT ALSO ANNOUNCED PLANS FOR COD AND/OR HERRING",
        ] {
            assert!(!is_pass_line(line), "{line}");
        }
    }

    #[test]
    fn addressed_to_somebody() {
        for (line, want) in [
            ("PASS WHITE HOUSE", true),
            ("FOR: ARA/BC/B - ATTN: JANE ROE", true),
            ("FOR EUR/WE", true),
            ("HQS FOR ROE/TR, EMBASSY FOR DEA", true),
            ("FOR THE RECORD, I WISH TO ADD", false),
            ("COD FOR LUNCH", false),
            ("OSLO FOR MANY YEARS HAS BEEN THE PLACE OF THE", false),
        ] {
            assert_eq!(is_addressed(line), want, "{line}");
        }
    }

    #[test]
    fn wrapped() {
        assert!(goes_on("DEPT FOR EUR/WE, DRL/IL,", "AND EB"));
        assert!(goes_on("STATE FOR EUR (HODGES,", "SCHROEDER)"));
        assert!(!goes_on("DEPT FOR EUR/WE", "COMMERCE FOR ITA"));
    }
}
