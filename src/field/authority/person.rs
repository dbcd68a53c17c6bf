//! The person among the titles: `Deputy Chief of Mission Jane Q. Roe`, `JANE ROE, ACTING DCM`.
//!
//! There is no grammar that parts names from titles, so evidence decides: each word is a title's (a closed vocabulary,
//! abbreviations, places after `to` and `in`) or may be a name's, and of all runs of name words the likeliest is taken.

use std::borrow::Cow;

use crate::edit_distance::one_slip;
use crate::knowledge;
use crate::span::offset_of;

/// Longer authorities are prose; no more than this is looked at.
const LONGEST: usize = 400;

/// Words of titles and offices, sorted.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "ACTING", "ADM", "ADMIN", "ADMINISTRATION", "ADMINISTRATIVE", "ADMINISTRATOR", "ADMIRAL", "ADVISER", "ADVISOR", "AF", "AFFAIRES",
    "AFFAIRS", "AFRICA", "AFRICAN", "AG", "AGENCY", "AGENT", "AGRICULTURAL", "AGRICULTURE", "AI", "AID", "AIT", "AMB", "AMBASSADOR", "AMBO",
    "AMCONSUL", "AMEMBASSY", "AMERICAN", "AMERICAS", "ARMS", "ARMY", "ASIA", "ASIAN", "ASSISTANCE", "ASSISTANT", "ASST", "ATTACHE",
    "ATTACHÉ", "BG", "BRANCH", "BUREAU", "CAPT", "CAPTAIN", "CDA", "CDR", "CG", "CHAIRMAN", "CHARGE", "CHARGÉ", "CHIEF", "CINC", "CIVIL",
    "COL", "COLONEL", "COMMANDER", "COMMERCIAL", "COMMISSION", "COMMISSIONER", "CON", "CONGEN", "CONOFF", "CONS", "CONSUL",
    "CONSULAR", "CONSULATE", "CONTROL", "COOPERATION", "COORDINATOR", "COUN", "COUNS", "COUNSEL", "COUNSELLOR", "COUNSELOR",
    "COUNTERTERRORISM", "COUNTRY", "CT", "CULTURAL", "DAO", "DAS", "DATT", "DCM", "DEA", "DEFENSE", "DELEGATION", "DEP",
    "DEPARTMENT", "DEPT", "DEPUTY", "DESK", "DEVELOPMENT", "DIPLOMATIC", "DIR", "DIRECTOR", "DISARMAMENT", "DIV", "DIVISION", "DOD",
    "DOJ", "DOS", "DPO", "DR", "DRL", "DS", "EAP", "EASTERN", "EB", "EC", "ECON", "ECONCOUNS", "ECONOFF", "ECONOMIC", "ECPO", "EEB", "EMBASSY",
    "EMBOFF", "EMIN", "ENERGY", "ENV", "ENVIRONMENT", "ENVIRONMENTAL", "ENVOY", "ESTH", "EUR", "EURASIAN", "EUROPE", "EUROPEAN", "EXECUTIVE",
    "EXTERNAL", "FBI", "FCS", "FINANCIAL", "FOREIGN", "FSO", "GENERAL", "GLOBAL", "GOVERNMENT", "GROUP", "HEAD", "HEALTH",
    "HEMISPHERE", "HUMAN", "IMMIGRATION", "INFORMATION", "INL", "INR", "INTELLIGENCE", "INTERAGENCY", "INTERESTS", "INTERIM",
    "INTERNAL", "INTERNATIONAL", "IO", "IPO", "IRM", "ISN", "LABOR", "LEGAL", "LEGATT", "LIAISON", "LNO", "LT", "LTC", "LTG", "MAJ", "MAJOR",
    "MANAGEMENT", "MG", "MGMT", "MGT", "MILITARY", "MIN", "MINISTER", "MISSION", "MR", "MRS", "MS", "MULTIPLE", "NARCOTICS", "NAS",
    "NATIONAL", "NATIONS", "NAVAL", "NAVY", "NEA", "NONPROLIFERATION", "NP", "NSC", "OBSERVER", "OES", "OFF", "OFFICE", "OFFICER", "OIC",
    "ORGANIZATION", "PA", "PACIFIC", "PAO", "PERMANENT", "PERMREP", "PM", "PO", "POL", "POLAD", "POLCHIEF", "POLCOUNS", "POLECON",
    "POLICY", "POLITICAL", "POLMIL", "POLOFF", "POPULATION", "POST", "PRESIDENT", "PRESS", "PRINCIPAL", "PRM", "PROGRAM", "PROGRAMS",
    "PROVINCIAL", "PRT", "PUBLIC", "RECONSTRUCTION", "REFCOORD", "REFUGEE", "REFUGEES", "REGIONAL", "REP", "REPRESENTATIVE", "RIGHTS",
    "ROL", "RSO", "SA", "SCA", "SCIENCE", "SCIENTIFIC", "SEC", "SECRETARIAT", "SECRETARY", "SECTION", "SECURITY", "SENIOR", "SERVICE",
    "SERVICES", "SES", "SGT", "SOUTHERN", "SPECIAL", "STAFF", "STATE", "STATES", "SUPERVISOR", "TDY", "TEAM", "TECHNOLOGY", "TEMPORARY",
    "TERRORISM", "THREAT", "TRADE", "TRANSNATIONAL", "TREASURY", "UNDER", "UNDERSECRETARY", "UNION", "UNIT", "UNITED", "US", "USAID", "USDOC",
    "USEB", "USEU", "USG", "USINT", "USLO", "USMISSION", "USNATO", "USOAS", "USOSCE", "USTR", "USUN", "USVIE", "VC", "VCI", "VICE", "VISA", "WAR",
    "WESTERN", "WHA",
];

/// What titles are abbreviated to and drawn together from: `POLMINCONS`, `ECONOFF`.
const PARTS: [&str; 22] = [
    "MINISTER",
    "COUNSELOR",
    "COUNS",
    "COUN",
    "CONS",
    "CHIEF",
    "POL",
    "ECON",
    "EC",
    "MIL",
    "MIN",
    "OFF",
    "CON",
    "ADMIN",
    "COMM",
    "MGMT",
    "SCI",
    "DEP",
    "DIR",
    "AMB",
    "ATT",
    "LAB",
];

/// The person and the title of an authority.
#[derive(Debug, Default)]
pub(super) struct Person<'t> {
    pub(super) name: Option<&'t str>,
    pub(super) title: Option<Cow<'t, str>>,
}

/// What a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Title,
    /// `of`, `for`, `to`.
    Connector,
    Name,
    /// In capitals among words that are not: an office's, as a rule.
    Capitals,
    /// `Q.`, `J.R.`
    Initial,
    /// `Jr.`, `III`
    Suffix,
    /// `de`, `van`, `al`
    Particle,
    /// A few small letters: the end of a word that wrapping broke.
    Fragment,
    Other,
}

#[derive(Clone, Copy, Debug)]
struct Word<'t> {
    text: &'t str,
    start: usize,
    class: Class,
    /// Whether a comma or the like parts it from the word before.
    parted: bool,
}

impl Word<'_> {
    const fn end(&self) -> usize {
        self.start + self.text.len()
    }

    const fn of_name(&self) -> bool {
        matches!(self.class, Class::Name | Class::Initial | Class::Particle | Class::Suffix)
    }
}

impl<'t> Person<'t> {
    pub(super) fn find(head: &'t str) -> Self {
        let looked_at = head.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last().unwrap_or(0);
        let looked_at = if head.len() <= LONGEST { head } else { head.get(..looked_at).unwrap_or(head) };
        let mut words = words(looked_at);
        settle_damaged(&mut words);
        settle_capitals(&mut words);
        settle_places(&mut words);
        let Some(name) = likeliest(&words) else {
            return Self { name: None, title: title(head, "") };
        };
        let (Some(first), Some(last)) = (name.first(), name.last()) else { return Self::default() };
        let split = |at: usize| head.split_at_checked(at).unwrap_or((head, ""));
        let (before, after) = (split(first.start).0, split(last.end()).1);
        let whole = head.get(first.start..last.end()).unwrap_or_default();
        Self { name: Some(without_stop(whole, last)), title: title(before, after) }
    }
}

/// What stands before and after the name, without the signs that parted them.
fn title<'t>(before: &'t str, after: &'t str) -> Option<Cow<'t, str>> {
    const SIGNS: [char; 12] = [' ', '\t', ',', ';', ':', '-', '–', '?', '/', '(', '\'', '.'];
    let before = before.trim_start_matches(SIGNS).trim_end_matches(|c| c != '.' && c != '\'' && SIGNS.contains(&c));
    let after = after.trim_matches(|c| c != '(' && SIGNS.contains(&c));
    match (before, after) {
        ("", "") => None,
        (title, "") | ("", title) => Some(Cow::Borrowed(title)),
        (before, after) => Some(Cow::Owned(format!("{before}, {after}"))),
    }
}

/// A name without the full stop of its sentence; that of `Jr.` and of an initial belongs to it.
fn without_stop<'t>(name: &'t str, last: &Word<'_>) -> &'t str {
    let keeps = matches!(last.class, Class::Initial) || matches!(last.text, "Jr." | "Sr." | "JR." | "SR.");
    if keeps { name } else { name.trim_end_matches('.') }
}

/// The words of an authority, each with its class as far as it can be told alone.
fn words(head: &str) -> Vec<Word<'_>> {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '?' | '"' | '–');
    let (mut words, mut parted, mut at): (Vec<Word<'_>>, bool, usize) = (Vec::new(), false, 0);
    for part in head.split_inclusive(is_sign) {
        let text = part.trim_end_matches(is_sign);
        let sign = part.get(text.len()..).is_some_and(|sign| !sign.trim().is_empty());
        let bare = text.trim_matches(['-', '\\', '*']);
        if bare.is_empty() {
            parted |= sign || !text.is_empty();
        } else {
            for (start, text) in office_and_name(bare) {
                let start = at + offset_of(bare, part).unwrap_or_default() + start;
                words.push(Word { text, start, class: class(text), parted });
                parted = false;
            }
            let letters = bare.trim_end_matches('.');
            parted = sign || letters.len() < bare.len() && letters.len() >= 3 && !letters.contains('.');
        }
        at += part.len();
    }
    words
}

/// `DCM/Jane` is a title and a name.
fn office_and_name(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let split = word.split_once('/').filter(|(office, name)| {
        let mixed = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
        is_title(&capitals(office)) && mixed && name.len() >= 3 && !is_title(&capitals(name)) && !name.contains('/')
    });
    let (first, second) = split.map_or((word, None), |(office, name)| (office, Some((office.len() + 1, name))));
    std::iter::once((0, first)).chain(second)
}

fn class(word: &str) -> Class {
    const CONNECTORS: [&str; 12] = ["OF", "FOR", "TO", "THE", "AT", "AND", "IN", "ON", "FROM", "WITH", "&", "AS"];
    const PARTICLES: [&str; 20] = [
        "DE", "LA", "VAN", "DER", "VON", "DEN", "DU", "DEL", "DI", "DA", "AL", "EL", "BIN", "IBN", "LE", "ST", "TEN",
        "TER", "DOS", "DELLA",
    ];
    let code = capitals(word);
    let small = word.chars().all(|c| !c.is_uppercase());
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let spelt = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '-' | '’' | '0' | '`'));
    match () {
        () if CONNECTORS.contains(&&*code) => Class::Connector,
        () if matches!(&*code, "JR" | "SR" | "II" | "III" | "IV" | "ESQ" | "PHD") && !small => Class::Suffix,
        () if PARTICLES.contains(&&*code) => Class::Particle,
        () if is_title(&code) => Class::Title,
        () if is_initial(word) => Class::Initial,
        () if small && letters <= 1 && word.contains('.') => Class::Title,
        () if small && spelt && letters <= 4 => Class::Fragment,
        () if !spelt || small || letters < 2 => Class::Other,
        () if word.contains(char::is_lowercase) => Class::Name,
        () => Class::Capitals,
    }
}

/// `Q`, `Q.`, `J.R.`, and a nought for an O.
fn is_initial(word: &str) -> bool {
    let mut letters = word.trim_end_matches('.').split('.');
    let one = |part: &str| matches!(part.as_bytes(), [letter] if letter.is_ascii_uppercase() || *letter == b'0');
    letters.all(one)
}

/// In capitals, without signs at its ends; the nought is read as O.
fn capitals(word: &str) -> Cow<'_, str> {
    let word = without_signs(word);
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_lowercase() && !matches!(b, b'0' | b'\\')) {
        return Cow::Borrowed(word);
    }
    letters(word).collect()
}

/// The characters of a word in capitals; the nought is read as O.
fn letters(word: &str) -> impl Iterator<Item = char> {
    let letters = word.chars().filter(|c| *c != '\\');
    letters.map(|c| if c == '0' { 'O' } else { c.to_uppercase().next().unwrap_or(c) })
}

/// A word without the signs at its ends.
fn without_signs(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&')
}

/// Whether a word, in capitals, is a title's: of the vocabulary, one slip from it, an abbreviation, an office symbol.
fn is_title(word: &str) -> bool {
    let word = word.trim_matches(['.', '\'', '’']);
    let known = |word: &str| {
        TITLES.binary_search(&word).is_ok()
            || word.len() >= 7 && TITLES.iter().any(|title| title.len() >= 7 && one_slip(title, word))
    };
    let affaires = ["D'", "D’", "DE'", "D"].iter().find_map(|prefix| word.strip_prefix(prefix));
    let undotted = || word.replace('.', "");
    known(word)
        || affaires.is_some_and(|rest| rest.len() >= 6 && (one_slip(rest, "AFFAIRES") || one_slip(rest, "AFFAIRS")))
        || word.contains(['/', '&'])
        || word.contains('.') && matches!(&*undotted(), "US" | "UN" | "USA" | "DCM" | "AI")
        || word.contains('-') && word.split('-').any(|part| part.len() >= 7 && known(part))
        || is_composed(word)
}

/// Whether a word is two or more abbreviations in one.
fn is_composed(word: &str) -> bool {
    let (mut rest, mut parts) = (word, 0);
    while let Some(shorter) = PARTS.iter().find_map(|part| rest.strip_prefix(part)) {
        (rest, parts) = (shorter, parts + 1);
    }
    rest.is_empty() && parts >= 2
}

/// Whether a word goes on in small letters after a space that the end of a line has left: both are one title, or the
/// first is of a name and the second is no word of its own.
pub(super) fn goes_on(first: &str, second: &str) -> bool {
    let is_word = |word: &str| TITLES.binary_search(&&*capitals(word)).is_ok();
    if is_word(first) || is_word(second) {
        return false;
    }
    let is_name = matches!(class(first), Class::Name | Class::Initial);
    is_word(&format!("{first}{second}")) || is_name && matches!(class(second), Class::Fragment | Class::Other)
}

/// A capital in the middle of a word before a whole name is damage, and the word a title's: `CooQnator Jane Roe`.
fn settle_damaged(words: &mut [Word<'_>]) {
    for index in 0..words.len() {
        let Some((word, trailing)) = words.get_mut(index..).and_then(<[_]>::split_first_mut) else { return };
        let name = trailing.iter().take_while(|word| word.of_name() && !word.parted);
        let names = name.filter(|word| word.class == Class::Name).count();
        if word.class == Class::Name && names >= 2 && is_damaged(word.text) {
            word.class = Class::Title;
        }
    }
}

/// Whether a capital stands after a small letter, and not after the first part of a surname: `McRoe`, `DeRoe`.
fn is_damaged(word: &str) -> bool {
    const FIRST_PARTS: [&str; 18] = [
        "Mc", "Mac", "De", "Des", "Del", "Della", "Di", "Da", "Du", "La", "Le", "Lo", "Van", "Von", "Fitz", "St", "Al",
        "El",
    ];
    let mut before = ' ';
    word.char_indices().any(|(at, c)| {
        let inner = c.is_uppercase() && before.is_lowercase();
        before = c;
        inner
            && word.get(..at).is_some_and(|part| {
                let part = part.rsplit(['-', '\'', '’']).next().unwrap_or(part);
                !FIRST_PARTS.contains(&part)
            })
    })
}

/// Words in capitals are offices where names are written in small letters, and names where they are not.
fn settle_capitals(words: &mut [Word<'_>]) {
    let mixed = words.iter().any(|word| word.class == Class::Name);
    for word in words {
        if word.class == Class::Capitals {
            let vowels = word.text.contains(['A', 'E', 'I', 'O', 'U', 'Y', '0']);
            let office = mixed || !vowels && word.text.len() <= 4;
            word.class = if office { Class::Title } else { Class::Name };
        }
    }
}

/// Places after `to`, `in`, `at`, `for`, or after an embassy, are a part of the title.
fn settle_places(words: &mut [Word<'_>]) {
    const SEATS: [&str; 10] = [
        "EMBASSY",
        "AMEMBASSY",
        "CONSULATE",
        "AMCONSUL",
        "MISSION",
        "USMISSION",
        "CONSUL",
        "GENERAL",
        "CONGEN",
        "POST",
    ];
    for index in 0..words.len() {
        let Some((before, trailing)) = words.split_at_mut_checked(index + 1) else { return };
        let Some(lead) = before.last() else { return };
        let is_seat = || SEATS.iter().any(|seat| letters(without_signs(lead.text)).eq(seat.chars()));
        if lead.class != Class::Connector && !is_seat() {
            continue;
        }
        let length = trailing
            .iter()
            .enumerate()
            .take(3)
            .take_while(|(i, w)| w.class == Class::Name && (*i == 0 || !w.parted))
            .count();
        let place = (1..=length).rev().find(|count| {
            let named: Vec<&str> = trailing.iter().take(*count).map(|word| word.text).collect();
            is_place(&named.join(" "))
        });
        for word in trailing.iter_mut().take(place.unwrap_or(0)) {
            word.class = Class::Title;
        }
    }
}

/// Whether a name is a post's or a country's.
fn is_place(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let of_country = |row: &knowledge::TagRow| {
        row.kind == knowledge::TagKind::Geographic && row.name.is_some_and(|country| country.eq_ignore_ascii_case(name))
    };
    knowledge::post(name).is_some() || knowledge::tags().iter().any(of_country)
}

/// The run of name words that is most likely the person.
fn likeliest<'w, 't>(words: &'w [Word<'t>]) -> Option<&'w [Word<'t>]> {
    let mut best: Option<(i32, &[Word<'_>])> = None;
    let mut at = 0;
    while let Some((before, rest)) = words.split_at_checked(at).filter(|(_, rest)| !rest.is_empty()) {
        let length = run(rest);
        let (run, trailing) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let score = score(before, run, trailing);
        if score > 0 && best.is_none_or(|(other, _)| score > other) {
            best = Some((score, run));
        }
        at += length.max(1);
    }
    best.map(|(_, run)| run)
}

/// How many words from here on can be one name.
fn run(words: &[Word<'_>]) -> usize {
    let goes_on =
        |index: usize, word: &Word<'_>| word.of_name() && (index == 0 || !word.parted || word.class == Class::Suffix);
    let length = words.iter().enumerate().take_while(|(index, word)| goes_on(*index, word)).count();
    let run = words.get(..length).unwrap_or_default();
    let particles = run.iter().rev().take_while(|word| word.class == Class::Particle).count();
    // The end of a broken word belongs to the word before it.
    let broken = words.get(length).is_some_and(|word| length > 0 && word.class == Class::Fragment && !word.parted);
    if broken { length + 1 } else { length - particles }
}

/// How likely a run is the person: names, initials and suffixes speak for it, and a title before it; that more of the
/// title follows, or that it hangs on an `of`, speaks against it.
fn score(before: &[Word<'_>], run: &[Word<'_>], trailing: &[Word<'_>]) -> i32 {
    let has = |class: Class| i32::from(run.iter().any(|word| word.class == class));
    let names = run.iter().filter(|word| word.class == Class::Name).take(3).map(|_| 10).sum::<i32>();
    let Some(first) = run.first().filter(|_| names > 0) else { return 0 };
    let lead = before.last().filter(|_| !first.parted);
    let next = trailing.first().filter(|word| !word.parted);
    let place = run.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    let after_title = lead.is_some_and(|word| word.class == Class::Title);
    let after_connector = lead.is_some_and(|word| word.class == Class::Connector);
    let before_title = next.is_some_and(|word| matches!(word.class, Class::Title | Class::Connector));
    let pure = lead.is_none() && next.is_none();
    names + 6 * has(Class::Initial) + 6 * has(Class::Suffix) + 5 * i32::from(after_title) + 4 * i32::from(pure)
        - 8 * i32::from(after_connector)
        - 12 * i32::from(before_title)
        - 15 * i32::from(is_place(&place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_sorted() {
        assert!(TITLES.is_sorted(), "{:?}", TITLES.windows(2).find(|w| w.first() > w.last()));
    }

    #[test]
    fn names_and_titles() {
        #[rustfmt::skip]
        let table = [
            ("title before", "Political Counselor Jane Q. Roe", "Jane Q. Roe", "Political Counselor"),
            ("title after", "Jane Q. Roe, Ambassador", "Jane Q. Roe", "Ambassador"),
            ("both", "Acting DCM Jane Roe, Embassy Oslo", "Jane Roe", "Acting DCM, Embassy Oslo"),
            ("capitals", "DCM JANE ROE", "JANE ROE", "DCM"),
            ("abbreviation", "Amb. Jane Roe", "Jane Roe", "Amb."),
            ("dots", "A/DCM J.Q. McRoe", "J.Q. McRoe", "A/DCM"),
            ("office symbol", "AF/C - MARY BETH ROE", "MARY BETH ROE", "AF/C"),
            ("strokes", "POL/ECON Chief Jane Roe", "Jane Roe", "POL/ECON Chief"),
            ("stroke before the name", "Acting DCM/Jane Roe", "Jane Roe", "Acting DCM"),
            ("charge", "Charge d'Affaires, a.i., Jane Roe", "Jane Roe", "Charge d'Affaires, a.i."),
            ("charge in capitals", "CHARGE D'AFFAIRES JANE ROE", "JANE ROE", "CHARGE D'AFFAIRES"),
            ("broken charge", "Charge, d,Affaires a. i. Jane Q. Roe", "Jane Q. Roe", "Charge, d,Affaires a. i."),
            ("misspelt", "Ambssador Jane Roe", "Jane Roe", "Ambssador"),
            ("a nought for O", "AMBASSAD0R R0E", "R0E", "AMBASSAD0R"),
            ("suffix", "JOHN Q. DOE, JR., AMBASSADOR", "JOHN Q. DOE, JR.", "AMBASSADOR"),
            ("number", "Conoff John Doe III", "John Doe III", "Conoff"),
            ("apostrophe", "DCM Sean O'Doe", "Sean O'Doe", "DCM"),
            ("particles", "PAO Jane van der Roe", "Jane van der Roe", "PAO"),
            ("hyphen", "Pol/Mil Officer Jane Roe-Doe", "Jane Roe-Doe", "Pol/Mil Officer"),
            ("of a country", "AMBASSADOR TO SUDAN JANE ROE", "JANE ROE", "AMBASSADOR TO SUDAN"),
            ("of affairs", "Minister Counselor for Economic and Political Affairs Jane Roe", "Jane Roe", "Minister Counselor for Economic and Political Affairs"),
            ("drawn together", "PolMinCons Jane Roe", "Jane Roe", "PolMinCons"),
            ("unknown office", "XQZ Officer Jane Roe", "Jane Roe", "XQZ Officer"),
            ("surname alone", "DCM JROE", "JROE", "DCM"),
            ("broken by wrapping", "Deputy Coordinator Jane R oe", "Jane R oe", "Deputy Coordinator"),
            ("last letter broken off", "Deputy Counselor Jane Ro e", "Jane Ro e", "Deputy Counselor"),
            ("at large", "AMBASSADOR-AT-LARGE JANE-JOAN ROE", "JANE-JOAN ROE", "AMBASSADOR-AT-LARGE"),
            ("damaged title", "Deputy CooQnator Jane Roe", "Jane Roe", "Deputy CooQnator"),
            ("damaged title and an initial", "ComQercial Officer Jane Q. Roe", "Jane Q. Roe", "ComQercial Officer"),
            ("a capital in a name", "Consul DeAnna Roe", "DeAnna Roe", "Consul"),
            ("a capital in a surname", "Consul Jane McRoe Doe", "Jane McRoe Doe", "Consul"),
            ("brackets", "Charge d'Affaires (CDA) Jane Roe", "Jane Roe", "Charge d'Affaires (CDA)"),
            ("bureau after", "Jane Roe, Acting ASSISTANT SECRETARY, VCI.", "Jane Roe", "Acting ASSISTANT SECRETARY, VCI"),
            ("title alone", "Deputy Chief of Mission", "", "Deputy Chief of Mission"),
            ("nothing", "", "", ""),
        ];
        for (case, head, name, title) in table {
            let person = Person::find(head);
            assert_eq!((person.name.unwrap_or(""), person.title.as_deref().unwrap_or("")), (name, title), "{case}");
        }
    }
}
