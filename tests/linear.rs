//! The time of a reading grows as the text does, whatever is repeated in it: each keyword of the format, alone and beside
//! each other one, in each part of a cable. A text four times as long may take ten times as long, which leaves room for
//! a busy machine; what is quadratic takes sixteen times as long.

// What is counted for coverage takes another time.
#![cfg(not(tarpaulin))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::support::deadline::Worker;
use crate::support::rng::Rng;

/// How many times as long a text four times as long may take.
const ALLOWED: f64 = 10.0;
/// From this ratio on, a look at a short text is followed by a closer one.
const SUSPECT: f64 = 6.0;
/// Bytes of the shortest of the texts that are compared: at a first look, a second, and the last.
const SHORT: usize = 2 << 10;
const MIDDLE: usize = 8 << 10;
const LONG: usize = 25 << 10;
/// So often the last look is taken before a text is said to take too long.
const TRIES: usize = 5;
/// So many failures are listed: a reading that takes too long takes its time.
const ENOUGH: usize = 6;

/// Keywords of the format, and characters that begin or end something in it.
const WORDS: &[&str] = &[
    "VZCZCXRO0029",
    "OO RUEHBZ",
    "RUEHC/",
    "DE RUEHLS #1204/01 1361042",
    "ZNR UUUUU ZZH",
    "O P 151042Z MAY 08",
    "FM AMEMBASSY OSLO",
    "TO SECSTATE WASHDC",
    "INFO",
    "XMT",
    "ZEN/",
    "//",
    "PRIORITY",
    "NIACT IMMEDIATE",
    "LA PAZ DEC",
    "COLLECTIVE",
    "BT",
    "NNNN",
    "#1204",
    "E E E E E E E E",
    "ACTION ARA-10",
    "ORIGIN EB-11",
    "OCT-01",
    "/048 W",
    "--------------------- 042188",
    "DRAFTED BY",
    "APPROVED BY",
    "DESIRED DISTRIBUTION",
    "UNCLAS OSLO 000461",
    "C O N F I D E N T I A L SECTION 01 OF 02 OSLO 000461",
    "S E C R E T",
    "SECTION 01 OF 99",
    "UNCLASSIFIED",
    "SIPDIS",
    "SENSITIVE",
    "NOFORN",
    "C O R R E C T E D  C O P Y",
    "STATE PASS TO USTR",
    "DEPT FOR EUR",
    "E.O. 12958:",
    "DECL:",
    "DNG: CO",
    "GDS",
    "10/18/2029",
    "TAGS:",
    "PREL,",
    "PRELPGOVETRD",
    "OVIP (",
    "SUBJECT:",
    "SUBJ",
    "REF:",
    "REFTEL",
    "A",
    "A.",
    "(A)",
    "¶B.",
    "PARIS 1568",
    "08 PARIS",
    "AND",
    "AND PREVIOUS",
    "(NOTAL)",
    "E-MAIL",
    "Classified By:",
    "for reasons",
    "1.4 (b)",
    "Derived From:",
    "OSLO 00000461  001.2 OF 003",
    "PAGE 02        OSLO  00461  01 OF 02  201412Z",
    "PAGE ",
    " OF 0",
    "1.",
    "¶1.",
    "¶2009. (C)",
    "1. (S/NF)",
    "(C",
    "(S//REL TO USA,",
    "SUMMARY",
    "SUMMARY:",
    "END SUMMARY",
    "COMMENT",
    "COMMENT.",
    "END COMMENT",
    "A Heading",
    "------",
    "- ",
    "-- a bullet;",
    "* * *",
    "XXXXXXXXXXXX",
    "Declassified/Released US Department of State EO Systematic Review 04 MAY 2006",
    "RELEASED IN PART",
    "This record is a partial extract of the original cable.",
    "Tuesday, 20 October 2009, 06:17",
    "null",
    ">",
    "Message Text",
    "Message Attributes",
    "Review History: RELEASED <16 SEP 2002 by lint>;",
    "Drafter:",
    "LA PAZ",
    "STATE     ",
    "********",
    "A. JCS MSG 221205 AUG 74",
    "ADP000",
    "Info:",
    "Drafted By:",
    "   B6",
    "HALLIWELL",
    "VAN TASSEL",
    "http://example.org/",
    "[PREL](http://example.org/)",
    "a",
    "E",
    "1",
    "(",
    ")",
    "[",
    "]",
    "<",
    "\"",
    "“",
    "'",
    ",",
    ";",
    ":",
    ".",
    "/",
    "#",
    "¶",
    "*",
    "=",
    "?",
    "…",
    "...",
    "\t",
    "\r",
    "\u{c}",
    "\0",
    "\u{a0}",
    "\u{feff}",
    "é",
];

/// What stands before the repeated words: each part of a cable once.
const SETTINGS: &[(&str, &str)] = &[
    ("from the start", ""),
    ("in FL2", "VZCZCXRO0029\nOO RUEHBZ "),
    ("in the DTG", "O P 151042Z MAY 08 "),
    ("in TO", "O 151042Z MAY 08\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC "),
    ("in INFO", "O 151042Z MAY 08\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nINFO "),
    ("in the block of bureaus", "ACTION ARA-10\n\nINFO  OCT-01 "),
    ("in the drafting block", "ORIGIN EB-11\n\nDRAFTED BY "),
    ("in the classification line", "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS "),
    ("after the classification line", "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\n"),
    ("in the E.O. line", "UNCLAS OSLO 000461\n\nE.O. 12958: DECL: "),
    ("in the TAGS", "UNCLAS OSLO 000461\n\nTAGS: PREL "),
    ("in the subject", "UNCLAS OSLO 000461\n\nSUBJECT: FISH "),
    ("in the references", "UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\nREF: "),
    ("in the authority", "UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\nClassified By: "),
    ("in paragraph 1", "UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n1. (C) Fish is cheap. "),
    ("in the summary", "UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n1. SUMMARY: Fish is cheap. "),
    (
        "in the attributes",
        "Message Text\n\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n1. FISH.\n\n\nMessage Attributes\n\n",
    ),
    (
        "in the addressees of the attributes",
        "Message Text\n\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n1. FISH.\n\nMessage Attributes\nTo: ",
    ),
    (
        "in the TAGS of the attributes",
        "Message Text\n\nUNCLAS OSLO 000461\n\nTAGS: PREL, NO\nSUBJECT: FISH\n\n1. FISH.\n\nMessage Attributes\nTAGS: ",
    ),
    ("in a record of SMART", "UNCLASSIFIED\n\nMRN: 12 SUVA 418\nFrom: AMEMBASSY SUVA\nAction: "),
    ("in the text of a record of SMART", "MRN: 12 SUVA 418\nFrom: AMEMBASSY SUVA\n\n1. (U) FISH. "),
];

/// What stands after each repeated word.
const BEHIND: [&str; 3] = [" ", "\n", ""];

/// A text that can be as long as is wanted.
trait Growing {
    fn of_length(&self, bytes: usize) -> String;
}

/// A text with something repeated in it.
#[derive(Clone, Copy, Debug)]
struct Repeated<'t> {
    before: &'t str,
    unit: &'t str,
}

impl Growing for Repeated<'_> {
    fn of_length(&self, bytes: usize) -> String {
        self.before.to_owned() + &self.unit.repeat((bytes / self.unit.len()).max(4))
    }
}

/// A text with a list in it whose items all differ.
#[derive(Clone, Copy, Debug)]
struct Listed<'t> {
    before: &'t str,
    item: fn(usize) -> String,
}

impl Growing for Listed<'_> {
    fn of_length(&self, bytes: usize) -> String {
        let mut text = self.before.to_owned();
        for nth in (0..).take_while(|nth| nth * 3 < bytes) {
            if text.len() > bytes {
                break;
            }
            text.push_str(&(self.item)(nth));
        }
        text
    }
}

/// A number in capitals: `A`, `B` ... `BA`.
fn in_letters(number: usize) -> String {
    let letter = |digit: usize| char::from(b'A' + u8::try_from(digit % 26).unwrap());
    if number < 26 { letter(number).to_string() } else { format!("{}{}", in_letters(number / 26), letter(number)) }
}

/// Reads texts and takes the time.
struct Clock {
    worker: Worker<String, Duration>,
    _alone: MutexGuard<'static, ()>,
}

impl Clock {
    /// A clock; other tests wait until it is gone.
    fn new() -> Self {
        static ALONE: Mutex<()> = Mutex::new(());
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        Self { worker: Worker::new(time), _alone: alone }
    }

    /// The middle one of some readings.
    fn median(&mut self, text: &str, times: usize) -> Result<f64, String> {
        let all: Result<Vec<_>, _> = (0..times).map(|_| self.worker.run(text.to_owned())).collect();
        let mut all = all?;
        all.sort();
        Ok(all[times / 2].as_secs_f64().max(1e-6))
    }

    /// How many times as long it takes to read four times as much, as a first look tells.
    fn glance(&mut self, repeated: &dyn Growing, bytes: usize) -> Result<f64, String> {
        Ok(self.median(&repeated.of_length(4 * bytes), 1)? / self.median(&repeated.of_length(bytes), 1)?)
    }

    /// The same, of the middle one of some readings each of n, 2n, 4n and 8n bytes.
    fn growth(&mut self, repeated: &dyn Growing, bytes: usize, times: usize) -> Result<f64, String> {
        let mut median = |n: usize| self.median(&repeated.of_length(n * bytes), times);
        let (one, two, four, eight) = (median(1)?, median(2)?, median(4)?, median(8)?);
        // What grows from one to four and not from two to four, or from two to eight, was an interruption.
        Ok((four / one).min((four / two).powi(2)).min(eight / two))
    }

    /// Says so when the time grows faster than the text: two glances tell most texts that are harmless.
    fn fault(&mut self, repeated: &dyn Growing) -> Option<String> {
        for bytes in [SHORT, MIDDLE] {
            match self.glance(repeated, bytes) {
                Ok(growth) if growth < SUSPECT => return None,
                Ok(_) => {}
                Err(reason) => return Some(reason),
            }
        }
        self.fault_when_long(repeated)
    }

    /// The same for one text, looked at closely from the beginning.
    fn fault_when_long(&mut self, repeated: &dyn Growing) -> Option<String> {
        let mut least = f64::MAX;
        for nth in 0..TRIES {
            // One reading each clears most.
            match self.growth(repeated, LONG, if nth == 0 { 1 } else { 3 }) {
                Ok(growth) if growth < ALLOWED => return None,
                Ok(growth) => least = least.min(growth),
                Err(reason) => return Some(reason),
            }
        }
        Some(format!("four times the text takes {least:.1} times as long"))
    }
}

#[expect(clippy::ptr_arg, reason = "the work of a thread that is sent strings")]
fn time(text: &String) -> Duration {
    let start = Instant::now();
    let read = cablegram::parse(text).map(|parsed| (parsed.spans(), parsed.cable.summary(), parsed.cable.comment()));
    let took = start.elapsed();
    drop(read);
    took
}

fn check(failures: &[String]) {
    assert!(failures.is_empty(), "{} texts:\n{}", failures.len(), failures.join("\n"));
}

/// Every second part for a word, the others for the next; what stands after the word takes turns, too.
#[test]
fn each_word_in_the_parts() {
    let mut clock = Clock::new();
    let mut failures = Vec::new();
    for (i, word) in WORDS.iter().enumerate() {
        for (k, (name, before)) in SETTINGS.iter().enumerate().skip(i % 2).step_by(2) {
            let unit = format!("{word}{}", BEHIND[(i + k) % BEHIND.len()]);
            let fault = clock.fault(&Repeated { before, unit: &unit });
            failures.extend(fault.map(|f| format!("{unit:?} {name}: {f}")));
            if failures.len() >= ENOUGH {
                check(&failures);
            }
        }
    }
    check(&failures);
}

/// Pairs drawn from all of them, on lines of their own or on one line, in any part of a cable.
#[test]
fn pairs_of_words() {
    const PAIRS: usize = 800;
    let mut clock = Clock::new();
    let mut rng = Rng::new(0x00CA_B1E8);
    let mut failures = Vec::new();
    for _ in 0..PAIRS {
        let (first, second, (name, before)) = (rng.pick(WORDS), rng.pick(WORDS), rng.pick(SETTINGS));
        let unit = match rng.below(3) {
            0 => format!("{first} {second}\n"),
            1 => format!("{first}\n{second}\n"),
            _ => format!("{first} {second} "),
        };
        let fault = clock.fault(&Repeated { before, unit: &unit });
        failures.extend(fault.map(|f| format!("{unit:?} {name}: {f}")));
        if failures.len() >= ENOUGH {
            check(&failures);
        }
    }
    check(&failures);
}

/// Each word with each other one, on their lines or on one line; the parts of a cable take turns.
/// `cargo test --release --test measured linear:: -- --ignored`
#[test]
#[ignore = "takes minutes"]
fn every_pair_of_words() {
    let mut clock = Clock::new();
    let mut failures = Vec::new();
    for (i, first) in WORDS.iter().enumerate() {
        for (k, second) in WORDS.iter().enumerate() {
            let (name, before) = SETTINGS[(i * 7 + k) % SETTINGS.len()];
            let sign = ["\n", " "][(i + k) % 2];
            let unit = format!("{first}{sign}{second}\n");
            let fault = clock.fault(&Repeated { before, unit: &unit });
            failures.extend(fault.map(|f| format!("{unit:?} {name}: {f}")));
        }
    }
    check(&failures);
}

/// Lists whose items all differ: what is looked for among those before takes longer with each.
#[test]
fn lists_of_different_items() {
    /// The item of a number.
    type Item = fn(usize) -> String;
    const LISTS: &[(&str, &str, Item)] = &[
        ("TAGS", "UNCLAS OSLO 000461\nTAGS: ", |n| format!("{}, ", in_letters(n))),
        ("TAGS on lines", "UNCLAS OSLO 000461\nTAGS: PREL\n", |n| format!("TAGS: {}\n", in_letters(n))),
        ("persons among the TAGS", "UNCLAS OSLO 000461\nTAGS: ", |n| format!("OVIP (ROE, {}), ", in_letters(n))),
        ("captions", "UNCLAS OSLO 000461\n", |n| format!("REL TO {}\n", in_letters(n))),
        ("captions on a line", "UNCLAS OSLO 000461 ", |n| format!("REL TO {} ", in_letters(n))),
        ("passing lines", "UNCLAS OSLO 000461\n", |n| format!("STATE FOR {}\n", in_letters(n))),
        ("references", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", |n| format!("OSLO {n}, ")),
        ("reference lists", "UNCLAS OSLO 000461\nSUBJECT: X\n", |n| format!("REF: OSLO {n}\n")),
        ("documents", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", |n| format!("PAPER {}; ", in_letters(n))),
        ("offices", "ACTION EB-11\nINFO ", |n| format!("{}-01 ", in_letters(n))),
        ("drafters", "ORIGIN EB-11\n\nDRAFTED BY X:Y\n", |n| format!("EB:{}\n", in_letters(n))),
        ("addressees", "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC\n", |n| {
            format!("RUEHC/AMEMBASSY {}\n", in_letters(n))
        }),
        ("routing indicators", "VZCZCXRO0029\nOO RUEHBZ ", |n| format!("RU{} ", in_letters(n % 17_576))),
        ("operating signals", "R 030915Z JUL 09 ", |n| format!("Z{} ", in_letters(n))),
        ("posts of page lines", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. X\n", |n| {
            format!("{} {n:08} 001 OF 002\n", in_letters(n))
        }),
        ("paragraphs", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", |n| format!("{}. (U) {}.\n", n % 199, in_letters(n))),
        ("attributes", "Message Text\n\nUNCLAS OSLO 000461\n\n1. X.\n\nMessage Attributes\n", |n| {
            format!("K{}: v\n", in_letters(n).to_lowercase())
        }),
        ("captions of SMART", "MRN: 12 SUVA 418\nFrom: AMEMBASSY SUVA\nCaptions: ", |n| format!("{}, ", in_letters(n))),
        ("addressees of SMART", "MRN: 12 SUVA 418\nFrom: AMEMBASSY SUVA\nInfo: ", |n| format!("{}; ", in_letters(n))),
        ("references of SMART", "MRN: 12 SUVA 418\nFrom: AMEMBASSY SUVA\n", |n| format!("Reference: OSLO {n}\n")),
        ("TAGS of SMART", "MRN: 12 SUVA 418\nFrom: AMEMBASSY SUVA\n", |n| format!("TAGS: {}\n", in_letters(n))),
    ];
    let mut clock = Clock::new();
    let mut failures = Vec::new();
    for (name, before, item) in LISTS {
        let fault = clock.fault_when_long(&Listed { before, item: *item });
        failures.extend(fault.map(|f| format!("{name}: {f}")));
    }
    check(&failures);
}

/// What has made parsers of this format slow, at the length of the longest cables and beyond.
#[test]
fn what_is_known_to_be_hard() {
    const HARD: &[(&str, &str, &str)] = &[
        ("colons", "", ":"),
        ("colons and blanks", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", ": "),
        ("labels in a list of references", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", "REF: "),
        ("labels after letters", "UNCLAS OSLO 000461\nTAGS: ", "A. REFTEL "),
        ("labels in a subject", "UNCLAS OSLO 000461\nSUBJECT: X", " TAGS: PREL"),
        ("references of no kind", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", "GDS /048 W "),
        ("letters that may be labels", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", "A "),
        ("labels", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", "A. B) (C) "),
        ("references on a line", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", "A. PARIS 1568 "),
        ("a post that carries over", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: PARIS 1", " AND 1570, 1"),
        ("misspelt posts", "UNCLAS OSLO 000461\nSUBJECT: X\nREF: ", "STOCKHLOM 1568, "),
        ("open brackets", "UNCLAS OSLO 000461\nTAGS: ", "OVIP ("),
        ("brackets in brackets", "UNCLAS OSLO 000461\nTAGS: OVIP ", "((((()))))"),
        ("commas", "UNCLAS OSLO 000461\nTAGS: ", ",,"),
        ("TAGS run together", "UNCLAS OSLO 000461\nTAGS: ", "PRELPGOVETRDECONWTOCS"),
        ("letters run together", "UNCLAS OSLO 000461\nTAGS: ", "AAAA"),
        ("lines of TAGS", "UNCLAS OSLO 000461\n", "TAGS: PREL\n"),
        ("subjects", "UNCLAS OSLO 000461\n", "SUBJECT: X\n"),
        ("a subject that never ends", "UNCLAS OSLO 000461\nSUBJECT: ", "FISH\n"),
        ("pilcrows on lines", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "¶1. (C) Fish.\n"),
        ("pilcrows on one line", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "¶1. (C) Fish. "),
        (
            "numbers without order",
            "UNCLAS OSLO 000461\nSUBJECT: X\n\n",
            "7. Fish.\n3. Fish.\n11. Fish.\n\n2009. Fish.\n",
        ),
        ("years", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. In\n", "¶2009. Fish\n"),
        ("page lines", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish\n", "OSLO 00000461  001.2 OF 003\n"),
        ("page lines in prose", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish ", "OSLO 00000461  001.2 OF 003 is "),
        ("page lines of other posts", "UNCLAS OSLO 000461\n", "A B C 00000461  001.2 OF 003 A B C D\n"),
        ("digits before OF", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. ", "00000461 001 OF 0"),
        (
            "PAGE lines",
            "UNCLAS OSLO 000461\n",
            "CONFIDENTIAL\n\nCONFIDENTIAL\n\nPAGE 02        OSLO  00461  201412Z\n\n",
        ),
        ("banners", "PAGE 01        OSLO  00461  201412Z\n", "CONFIDENTIAL\n"),
        ("DTGs", "", "O 151042Z MAY 08\n"),
        ("DTGs on a line", "", "O 151042Z MAY 08 "),
        ("FM lines", "", "FM AMEMBASSY OSLO\n"),
        ("headings", "", "O 151042Z MAY 08\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n"),
        (
            "headings and classification lines",
            "",
            "O 151042Z MAY 08\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n",
        ),
        (
            "headings in the body",
            "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish.\n",
            "O 151042Z MAY 08\nFM AMEMBASSY OSLO\n",
        ),
        ("starts of headings in the body", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish.\n", "VZCZCXRO0029\n"),
        (
            "blocks of bureaus in the body",
            "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish.\n",
            "ACTION ARA-10\nINFO OCT-01\n",
        ),
        ("drafters", "ORIGIN EB-11\n\nDRAFTED BY X:Y\n", "EB:XYZ\n"),
        ("classification lines", "", "UNCLAS OSLO 000461\n"),
        ("sections", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish.\n", "UNCLAS SECTION 02 OF 03 OSLO 000461\n"),
        ("letter-spacing", "FM AMEMBASSY OSLO\n", "S E C R E T "),
        ("captions", "UNCLAS OSLO 000461\n", "SIPDIS\n"),
        ("other captions", "UNCLAS OSLO 000461\n", "FOR THE AMBASSADOR ONLY\nNODIS\n"),
        ("SIPDIS in prose", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish ", "SIPDIS is "),
        ("passing lines", "UNCLAS OSLO 000461\n", "STATE PASS TO USTR\n"),
        ("reasons", "UNCLAS OSLO 000461\nClassified By: X for reasons ", "1.4 (b) and "),
        ("names", "UNCLAS OSLO 000461\nClassified By: ", "Rosalind "),
        ("authorities", "UNCLAS OSLO 000461\nSUBJECT: X\n", "Classified By: X\n"),
        ("authorities in a paragraph", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. ", "Classified By "),
        ("pilcrows without marks", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "¶1. "),
        ("marked years", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "/048 W ¶2009. (C) "),
        ("marked numbers without a stop", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "1. (S/NF) "),
        (
            "halves of headings in the body",
            "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. X.\n",
            "ZNR UUUUU ZZH\nFM AMEMBASSY OSLO\n",
        ),
        ("blocks of origin in the body", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish.\n", "ORIGIN EB-11\n"),
        ("rules", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish.\n\n", "-----\n"),
        ("headings of the body", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "A Heading\n---\n\n"),
        ("open portion marks", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "(S//REL TO USA, "),
        ("portion marks", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "(C)\n"),
        ("ends of a summary", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. ", "END "),
        ("ends of a summary on lines", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. ", "END SUMMARY\n"),
        ("ends of a comment on lines", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. ", "END COMMENT\n"),
        ("summaries", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish. ", "SUMMARY "),
        ("comments that one end closes", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. END COMMENT ", "COMMENT "),
        ("comments", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. END COMMENT. ", "COMMENT: Fish. "),
        ("paragraphs of comment", "UNCLAS OSLO 000461\nSUBJECT: X\n\n", "1. COMMENT: Fish. END COMMENT.\n"),
        ("signatures", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. Fish.\n", "MERRIDEW\n"),
        ("capitals", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. ", "FISH "),
        ("attributes", "Message Text\n\nUNCLAS OSLO 000461\n\n1. X.\n\nMessage Attributes\n", "TAGS: PREL\n"),
        ("unknown attributes", "Message Text\n\nUNCLAS OSLO 000461\n\n1. X.\n\nMessage Attributes\n", "Key: value\n"),
        (
            "an attribute that goes on",
            "Message Text\n\nUNCLAS OSLO 000461\n\n1. X.\n\nMessage Attributes\nSubject: A\n",
            "B\n",
        ),
        ("trailers", "", "Message Text\n\nMessage Attributes\n\n"),
        ("cover sheets", "To: X\n", "From: AMEMBASSY OSLO\nTAGS: MASS\n"),
        ("blank lines", "UNCLAS OSLO 000461\n", "\n"),
        ("blanks", "UNCLAS OSLO 000461", " "),
        ("carriage returns", "UNCLAS OSLO 000461", "\r"),
        (
            "stamps",
            "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. ",
            "Declassified/Released US Department of State EO Systematic Review 04 MAY 2006 ",
        ),
        ("the word of stamps", "UNCLAS OSLO 000461\nSUBJECT: X\n\n1. ", "US Department of State "),
    ];
    let mut clock = Clock::new();
    let mut failures = Vec::new();
    for (name, before, unit) in HARD {
        let fault = clock.fault_when_long(&Repeated { before, unit });
        failures.extend(fault.map(|f| format!("{name} ({unit:?}): {f}")));
    }
    check(&failures);
}
