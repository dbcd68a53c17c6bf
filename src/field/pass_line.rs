//! Passing lines: to whom the message is to be shown or passed on.

use crate::grammar::strip_prefix_ignoring_case;

/// Whether a line before the subject is a passing line: `STATE PASS TO USTR`, `DEPT FOR EUR/WE`, `L/LEI FOR KEN PROPP`,
/// `STATE INR/R/MR; IIP/R/MR`, `PARIS FOR AFRICA WATCHERS`.
///
/// ```text
/// pass-line = ( "STATE" / "DEPT" / post / office ) [ "PLEASE" ] ( "FOR" / "PASS" [ "TO" ] / "INFORM" / "ALSO" ... ) *
/// ```
///
/// It may be a row of any number of such instructions, or sentences.
pub(crate) fn is_pass_line(line: &str) -> bool {
    let line = line.trim();
    let has_word = |word: &str| line.split([' ', ',', ';', '(', ')', ':', '.']).any(|w| w.eq_ignore_ascii_case(word));
    let office = || line.split([' ', ',', ';']).any(is_office_symbol);
    let starts = |word: &str| {
        strip_prefix_ignoring_case(line, word).is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric()))
    };
    (line.len() < LONGEST || is_row(line) || is_long_instruction(line))
        && (!line.ends_with('.') || ends_in_initial(line) || is_addressed(line) || is_instruction(line))
        && !begins_with_number(line)
        // Text after asterisks that stand for lost text.
        && !line.contains("***")
        // `Date/DTG:   Jun 14`: the label of another kind of record.
        && !line.split_once(':').is_some_and(|(label, rest)| !label.contains(' ') && rest.starts_with("  "))
        && (has_word("FOR")
            || has_word("PASS")
            || has_word("PASSED")
            || has_word("INFORM") && !line.bytes().any(|b| b.is_ascii_lowercase())
            || office()
            || starts("DEPT")
            || starts("DEPARTMENT")
            || starts("STATE")
            || starts("USDOC")
            || starts("FROM") && is_sender(line)
            || has_word("MINIMIZE")
            || is_office_and_name(line)
            || is_bureau_and_name(line)
            || has_word("ALSO")
            || line.contains('/'))
}

/// Whether the Department is told first of all what to do, `DEPARTMENT FOR WHA/CEN AND IO/RHS ROE.`: no sentence begins so.
fn is_instruction(line: &str) -> bool {
    const DEPARTMENT: [&str; 5] = ["DEPT", "DEPARTMENT", "STATE", "WASHDC", "PLEASE"];
    let mut words = line.split(' ').filter(|word| !word.is_empty());
    let first = words.next().is_some_and(|word| DEPARTMENT.contains(&word));
    first && words.next().is_some_and(|word| VERBS.contains(&word)) || line.starts_with("PLEASE PASS ")
}

/// The same in a line of any length up to five, in capitals: an instruction with a list of names.
fn is_long_instruction(line: &str) -> bool {
    line.len() < 5 * LONGEST && !line.bytes().any(|b| b.is_ascii_lowercase()) && is_instruction(line)
}

/// Whether a line says whom it is for, though it stand directly below one that no rule knows.
pub(crate) fn is_told(line: &str) -> bool {
    is_addressed(line) || is_instruction(line) || line.split([' ', ',', ';']).next().is_some_and(is_office_symbol)
}

/// `bureau SP [ title SP ] name`: `WHA DAS ROE`, `NSC ROE AND DOE`, `AF DUTY, JANE ROE`, which stands among the captions and the
/// passing lines.
fn is_bureau_and_name(line: &str) -> bool {
    const BUREAUS: [&str; 34] = [
        "AC", "AF", "ARA", "CA", "CMS", "DRL", "DS", "EA", "EAP", "EB", "ECA", "EEB", "EUR", "INL", "INR", "IO", "ISN",
        "NEA", "NP", "NSC", "OES", "OVP", "PA", "PM", "PRM", "RM", "SA", "SCA", "USAID", "USDA", "USTR", "VCI", "VC",
        "WHA",
    ];
    const MOST: usize = 6;
    let mut words = line.split([' ', ',']).filter(|word| !word.is_empty());
    let bureau = words.next().is_some_and(|word| BUREAUS.contains(&word));
    let name = |word: &str| word.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'.' | b'-' | b'\''));
    let several = || line.split([' ', ',']).filter(|word| !word.is_empty()).nth(1).is_some();
    bureau && several() && words.clone().all(name) && words.nth(MOST - 1).is_none()
}

/// Whether a line directly below a passing line is a name or an office that it is for as well: few words in capitals, or of a
/// name with a small letter or two.
pub(crate) fn is_name_or_office(line: &str) -> bool {
    const LONGEST: usize = 8;
    let word = |word: &str| !word.starts_with(|c: char| c.is_ascii_lowercase());
    let words = || line.split(' ').filter(|word| !word.is_empty());
    line.contains(|c: char| c.is_ascii_uppercase()) && words().all(word) && words().nth(LONGEST).is_none()
}

/// `office *2( SP word ) ( "-" / ":" ) name`: `USTR GENEVA - AROE`, `DDTC: JANE ROE`, without a word that says what is to be done.
fn is_office_and_name(line: &str) -> bool {
    const LONGEST: usize = 6;
    let Some((office, name)) = line.split_once(['-', ':']) else { return false };
    let (office, name) = (office.trim_end(), name.trim_start().trim_end_matches(','));
    let capitals = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b' ' | b'.' | b'-' | b'\''));
    let agency = office.split(' ').next().is_some_and(|word| (2..=LONGEST).contains(&word.len()));
    let short = |text: &str| !text.is_empty() && text.split(' ').nth(4).is_none();
    agency && capitals(office) && capitals(name) && short(office) && short(name)
}

/// No single instruction is longer.
const LONGEST: usize = 200;

/// Whether a long line is nothing but a row of instructions in capitals: as many verbs as its length asks for.
fn is_row(line: &str) -> bool {
    let verbs = line.split([' ', ':']).filter(|word| VERBS.contains(word)).count();
    !line.bytes().any(|b| b.is_ascii_lowercase()) && line.len() < verbs * LONGEST / 4
}

/// `FROM US REP MBFR`: in capitals, and short
fn is_sender(line: &str) -> bool {
    !line.bytes().any(|b| b.is_ascii_lowercase()) && line.split_whitespace().nth(6).is_none()
}

/// `3. THE MINISTER ASKED FOR ...`
fn begins_with_number(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', ')'])
}

/// Whether a line names first whom it is for: that is a passing line below the subject, too, and with a full stop.
///
/// ```text
/// addressed = address *( ( "," / ";" ) address )
/// address   = ( "FOR:" / "PASS" [ ":" ] ) SP name / "FOR" SP ( office / holder / name SP "FROM" SP name )
///           / whom SP verb SP name
/// whom      = post / "DEPT" / "DEPARTMENT" / "EMBASSY" / "HQS" / "HQ" ...
/// verb      = [ "ALSO" / "PLEASE" ] ( "FOR" / "PASS" / "POUCH" / "INFORM" )
/// ```
///
/// All is in capitals, and one address no longer than nine words, unless offices are listed after it. Sentences may follow
/// each other, each of them addressed.
pub(crate) fn is_addressed(line: &str) -> bool {
    let line = line.trim().trim_end_matches('.');
    if line.bytes().any(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let short = line.split_whitespace().nth(LONGEST_ADDRESS).is_none();
    short && is_address(line) || holds_two_addresses(line) || is_addressed_by_sentences(line)
}

/// Whether all sentences of a line are addressed: several of them short, or each with an office symbol, `DEPT FOR EUR/NB, IO/UNP
/// (ROE)`.
fn is_addressed_by_sentences(line: &str) -> bool {
    const LONGEST: usize = 12;
    let sentences = || line.split(". ").map(str::trim);
    let several = sentences().nth(1).is_some();
    let addressed = |sentence: &str| {
        let short = || sentence.split_whitespace().nth(LONGEST).is_none();
        let office = || sentence.split([' ', ',', ';']).any(is_office_symbol);
        sentence.split([',', ';']).next().is_some_and(is_address) && (office() || several && short())
    };
    sentences().all(addressed)
}

/// `"FOR" SP 1*5word`: for somebody by his name or his office; only where it stands below the references, where no other
/// line begins so.
pub(crate) fn is_for_somebody(line: &str) -> bool {
    let name = line.trim().trim_end_matches('.').strip_prefix("FOR ");
    name.is_some_and(|name| {
        let words = || name.split(' ').filter(|word| !word.is_empty());
        let word = |word: &str| word.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'.' | b'/' | b'-' | b','));
        (1..=5).contains(&words().count()) && words().all(word)
    })
}

/// `address ( "," / ";" ) address`: `ROME FOR FODAG, OSLO FOR ROE`, which is nothing else
pub(crate) fn holds_two_addresses(line: &str) -> bool {
    line.split([',', ';']).filter(|part| is_address(part)).nth(1).is_some()
}

/// Where two addresses or more begin that were glued to another field: `BOAT SCHOOL HQS FOR ROE/TR, EMBASSY FOR DEA`.
pub(crate) fn glued_addresses(text: &str) -> Option<usize> {
    /// No field of one line is longer.
    const REACH: usize = 400;
    if text.len() > REACH || !text.contains(" FOR") {
        return None;
    }
    // `URANIUM FOR: ARA/BC`: no other words have that colon.
    let to_office = |at: &usize| {
        let name = text.get(*at..).and_then(|rest| rest.strip_prefix("FOR: "));
        name.is_some_and(|name| name.split(' ').next().is_some_and(is_office_symbol))
    };
    if let Some(at) = text.find(" FOR: ").map(|at| at + 1).filter(to_office) {
        return Some(at);
    }
    text.match_indices(' ').map(|(at, _)| at + 1).find(|at| {
        let rest = text.get(*at..).unwrap_or_default();
        let mut words = rest.split(' ');
        let told = words.next().is_some_and(is_passed_by) && words.next().is_some_and(|word| VERBS.contains(&word));
        told && holds_two_addresses(rest)
    })
}

/// The words of the longest line that is one address.
const LONGEST_ADDRESS: usize = 9;

fn is_address(text: &str) -> bool {
    let text = text.trim();
    let words = |most| text.split_whitespace().nth(most).is_none();
    if let Some(name) = text.strip_prefix("FOR ") {
        let name = name.trim_start();
        let office = name.split(' ').next().is_some_and(|word| word.contains('/'));
        return office || name.contains(" FROM ") || is_holder(name) && words(5);
    }
    if ["FOR:", "PASS:", "PASS ", "INFORM "]
        .iter()
        .any(|verb| text.strip_prefix(verb).is_some_and(|name| !name.trim().is_empty()))
    {
        return words(7);
    }
    let verb = [" FOR ", " PASS ", " POUCH ", " INFORM "]
        .iter()
        .filter_map(|verb| text.split_once(verb))
        .min_by_key(|(whom, _)| whom.len());
    verb.is_some_and(|(whom, name)| {
        let whom = [" ALSO", " PLEASE"].iter().find_map(|word| whom.strip_suffix(word)).unwrap_or(whom);
        !name.trim().is_empty() && is_passed_by(whom.trim()) && words(7)
    })
}

/// Who is told to pass a message on, or to show it.
fn is_passed_by(whom: &str) -> bool {
    const WHOM: [&str; 25] = [
        "DEPT",
        "DEPARTMENT",
        "STATE",
        "EMBASSY",
        "POSTS",
        "HQS",
        "HQ",
        "DOD",
        "OSD",
        "JCS",
        "SECDEF",
        "CINCPAC",
        "CINCEUR",
        "NSC",
        "OVP",
        "DOE",
        "DOJ",
        "DHS",
        "JUSTICE",
        "TREASURY",
        "COMMERCE",
        "USDOC",
        "USDA",
        "USAID",
        "USTR",
    ];
    WHOM.contains(&whom.trim_end_matches('.')) || crate::knowledge::post(whom).is_some()
}

/// `holder = [ "THE" SP ] ( "AMBASSADOR" / "CHARGE" / "DCM" ... )`: somebody by his office.
fn is_holder(name: &str) -> bool {
    const HOLDERS: [&str; 10] =
        ["AMBASSADOR", "AMB", "CHARGE", "DCM", "SECRETARY", "UNDERSECRETARY", "ASST", "ASSISTANT", "POLAD", "CONGEN"];
    let name = name.strip_prefix("THE ").unwrap_or(name);
    name.split([' ', '.']).next().is_some_and(|word| HOLDERS.contains(&word))
}

/// `office = 1*CAPITAL "/" 1*CAPITAL ...`: `EUR/WE`, `INR/R/MR`
fn is_office_symbol(word: &str) -> bool {
    word.contains('/')
        && word.bytes().all(|b| {
            b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'&' | b'(' | b')' | b'.')
        })
}

/// Whether a line directly below a passing line goes on with it.
///
/// The line above waits for more: an open bracket, a word that must be followed, or somebody at its end of whom it is not yet
/// said what he is to do (`..., DOE` and `FOR ROE`). Else a line that says for whom it is, is one of its own; any other goes
/// on after a list, an initial (`DIRECTOR B.`) or a full line, and so does what begins with `AND` or a bracket, and one
/// office below another.
pub(crate) fn goes_on(last: &str, line: &str) -> bool {
    const FULL: usize = 45;
    const WAITING: [&str; 7] = ["AND", "FOR", "TO", "PASS", "OF", "FROM", "THE"];
    if !line.contains(char::is_alphanumeric) {
        return false;
    }
    let last_word = last.rsplit(' ').next().unwrap_or_default();
    let open_bracket = last.matches('(').count() > last.matches(')').count();
    if open_bracket || WAITING.iter().any(|word| word.eq_ignore_ascii_case(last_word)) {
        return true;
    }
    let listed = last.ends_with([',', ';', '/', '-', '&', ':']);
    let first = line.split(' ').next().unwrap_or_default();
    match verb(line) {
        Some(0) => waits_for_verb(last),
        Some(_) => false,
        None if listed || ends_in_initial(last) || first.starts_with('(') => true,
        None if is_passed_by(first) => false,
        None if last.len() >= FULL && !first.contains('/') => true,
        None if first.len() == line.len() => last_word.contains('/') || last_word.len() == last.len(),
        // `STATE FOR WHA/BSC, G/TIP` and `EEB/ESC AND JANE ROE`
        None if last_word.contains('/') && is_office_symbol(first) => line.split(' ').nth(1) == Some("AND"),
        None => ["AND", "OR"].contains(&first),
    }
}

/// Whether a line ends with somebody of whom it is not said what he is to do: an agency, or one word after a semicolon.
fn waits_for_verb(line: &str) -> bool {
    let parted =
        line.rsplit_once(';').is_some_and(|(_, end)| !end.trim().is_empty() && !end.trim().contains([' ', ',']));
    parted || is_passed_by(line.rsplit([',', ';']).next().unwrap_or_default().trim())
}

/// The words that say what is to be done.
const VERBS: [&str; 7] = ["FOR", "PASS", "PASSES", "PLEASE", "ALSO", "POUCH", "INFORM"];

/// Where the word stands that says what is to be done: among the words before the first comma.
fn verb(line: &str) -> Option<usize> {
    let part = line.split([',', ';']).next().unwrap_or_default();
    part.split([' ', ':', '/']).position(|word| VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(word)))
}

/// `SP LETTER "."`: `TREASURY FOR ROE, J.`
fn ends_in_initial(line: &str) -> bool {
    matches!(line.as_bytes(), [.., b' ' | b'.', letter, b'.'] if letter.is_ascii_uppercase())
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
            "TREASURY FOR ROE, J.",
            "INFORM CONSULS",
            "POSTS INFORM CONSULS",
            "DEPARTMENT FOR WHA/CEN, WHA/PPC SQuill, G/TIP BRoe.",
            "PLEASE PASS TO TREASURY AROE.",
            "USTR GENEVA - AROE,",
            "DDTC: JANE ROE",
            "WHA DAS ROE",
            "NSC ROE AND O'DOE",
            "AF DUTY, JANE ROE",
            &format!("STATE PLEASE PASS TO IO/T{}", ", JANE ROE".repeat(30)),
            "DEPARTMENT FOR EUR/NB, ISN/CPI QUILL, AND USUN TERN.",
            "DEPT FOR EUR/NB (ROE), IO/UNP (DOE).  DEPT PLEASE PASS TO USUN (GULL) AND NSC (COD).",
            &"USDA FOR ARS/RESEARCH: QUILL NSF FOR INTERNATIONAL: JANE ROE-DOE ".repeat(4),
        ] {
            assert!(is_pass_line(line), "{line}");
        }
        for line in [
            "The minister arrived late for lunch.",
            "A SENTENCE",
            "",
            "WHA",
            "AF IS A LANGUAGE THAT THE MINISTER SPEAKS AT HOME",
            "PM VISITED OSLO ON 3 MAY",
            "3. PRESIDENT ALSO ANNOUNCED PLANS FOR COD AND/OR HERRING",
            "THE MINISTER ASKED EMBASSY TO INFORM HIM.",
            &"THE MINISTER ASKED THE EMBASSY OF NORWAY FOR MORE FISH AND BOATS ".repeat(4),
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
            ("FOR THE SECRETARY FROM ROE", true),
            ("FOR ASST SECY ROE", true),
            ("FOR AMBASSADOR", true),
            ("TEL AVIV PLEASE PASS DOE", true),
            ("OSLO POUCH BERGEN; LAGOS PASS CONSULS.", true),
            ("OSLO FOR ROE, LONDON FOR DOE, PARIS FOR SMITH, ROME FOR FISH,", true),
            ("OSLO FOR COD, AND THEN BACK TO THE HARBOUR FOR MORE", false),
            ("HQS FOR ROE/TR, EMBASSY FOR DEA", true),
            ("FOR THE RECORD, I WISH TO ADD", false),
            ("COD FOR LUNCH", false),
            ("OSLO FOR MANY YEARS HAS BEEN THE PLACE OF THE", false),
        ] {
            assert_eq!(is_addressed(line), want, "{line}");
        }
    }

    #[test]
    fn addresses_glued_to_a_field() {
        for (text, want) in [
            ("BOAT SCHOOL HQS FOR ROE/TR, EMBASSY FOR DEA", Some("HQS FOR ROE/TR, EMBASSY FOR DEA")),
            (
                "SNAR, NO HQS FOR TPT/ROE, EMBASSY FOR DEA, SECSTATE FOR S/NM",
                Some("HQS FOR TPT/ROE, EMBASSY FOR DEA, SECSTATE FOR S/NM"),
            ),
            ("BID FOR COD FOR: ARA/BC/B - ATTN: JANE ROE", Some("FOR: ARA/BC/B - ATTN: JANE ROE")),
            ("A PLACE FOR: BOATS", None),
            ("BOATS FOR OSLO FOR THE YEAR", None),
            ("VISIT TO OSLO FOR TALKS, LUNCH AND FISH", None),
        ] {
            assert_eq!(glued_addresses(text).and_then(|at| text.get(at..)), want, "{text}");
        }
    }

    #[test]
    fn names_below_a_passing_line() {
        for (line, want) in [
            ("AQUILL", true),
            ("RESEARCH: G ROE", true),
            ("USTR GENEVA - AROE,", true),
            ("CMS, DOUG ROE", true),
            ("The minister arrived", false),
            ("THE MINISTER ARRIVED IN OSLO FOR TALKS ON FISH AND BOATS", false),
            ("------", false),
        ] {
            assert_eq!(is_name_or_office(line), want, "{line}");
        }
    }

    #[test]
    fn for_somebody() {
        for (line, want) in [
            ("FOR ECONOMIC COUNSELOR", true),
            ("FOR DAVID QUILL", true),
            ("FOR DAVID QUILL, EB/ICD.", true),
            ("FOR THE FIRST TIME SINCE 1970", false),
            ("FOR MANY YEARS NOW THE PORT HAS", false),
            ("For David Quill", false),
        ] {
            assert_eq!(is_for_somebody(line), want, "{line}");
        }
    }

    #[test]
    fn wrapped() {
        for (case, last, line, want) in [
            ("a list", "DEPT FOR EUR/WE, DRL/IL,", "AND EB", true),
            ("an open bracket", "STATE FOR EUR (HODGES,", "SCHROEDER)", true),
            ("two", "DEPT FOR EUR/WE", "COMMERCE FOR ITA", false),
            ("two, with a comma between", "DEPARTMENT FOR P AND AF/S FOR ROE AND DOE,", "NSC FOR DIRECTOR B.", false),
            ("an initial", "NSC FOR DIRECTOR B.", "ROE AND J. DOE; USAID FOR FISH", true),
            ("a bracket", "DEPARTMENT FOR AF/S (ROE), AF/RA (DOE), IO/UNP", "(FISH), S/S (COD)", true),
            ("a bracket and another", "AF/PD FOR ROE, DOE, AF/RA", "(FISH), NSC FOR COD", true),
            ("a name", "NSC FOR JANE ROE, JOHN DOE, RICHARD MILES, ANNE", "FISH, MARY COD", true),
            ("a name and another", "WHITE HOUSE FOR RICHARD ROE AND JOSEPH", "MILES, PLEASE PASS TO", false),
            ("from whom", "FOR ASSISTANT SECRETARY ROE FROM", "AMBASSADOR DOE", true),
            ("who is to do it", "WHITE HOUSE FOR OVP, DOE", "FOR ROE, STATE FOR MILES", true),
            ("who has done it", "HQ ALSO FOR POLAD", "FOR ROE", false),
            ("to two", "NSC FOR ROE, OVP FOR DOE", "FOR THE SECRETARY FROM THE AMBASSADOR", false),
            ("an office passes it", "PASS USAID FOR BHR/OSPA FOR ROE; BHR/FFP", "FOR DOE; AFR/SD FOR MILES", true),
            ("the end of a name", "JUSTICE FOR CRIMINAL DIVISION, OFFICE OF INTERNATIONAL", "AFFAIRS", true),
            ("passed by", "STATE FOR S/CT - ROE; STATE", "PLEASE PASS TO NCTC", true),
            ("an office", "STATE FOR WHA/CAR", "DRL", true),
            ("an office of its own", "STATE FOR JANE ROE", "IO/UNP", false),
            ("another verb", "STATE FOR EUR/SE, OES/PCI", "PLEASE PASS EPA", false),
            ("cut off", "STATE FOR JANE ROE, JOHN DOE, RICHARD MILES,", "...", false),
            ("an agency", "DEPT PASS USTR", "USDOC 4322/MAC/OLAC/ROE", false),
        ] {
            assert_eq!(goes_on(last, line), want, "{case}");
        }
    }
}
