//! Made cables, so that the benches run without an archive: all content is invented.

#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "shared with the tests")]
#[path = "../../tests/support/mod.rs"]
mod support;

use support::rng::Rng;
use support::telegram::{Part, Shape, Telegram};
use support::{bases, corruption};

/// One cable in so many is damaged.
const DAMAGED: usize = 3;

/// Sentences of prose, of which the paragraphs are made.
const SENTENCES: [&str; 8] = [
    "The market hall was opened on Monday by the mayor and his deputy.",
    "Of 214 stalls 187 are let, most of them to fishmongers from the coast.",
    "The director (protect) said that the rent would not be raised before 2011.",
    "Critics point out that the gulls have found the doors of the hall, too.",
    "In the course of the year the city will decide on a second hall.",
    "A. The first proposal would cost 3.5 million; B. the second one less.",
    "Asked about the harbour, he answered that nothing had been settled yet.",
    "Post will report on the vote in the council, which is due next week.",
];

/// So many cables, half of them up to 9 KB, nine of ten up to 17 KB, the longest 66 KB; one in three has one of the
/// damages that the tests know.
pub(crate) fn corpus(cables: usize) -> Vec<String> {
    let mut rng = Rng::new(0x00CA_B1E6);
    let (bases, damages) = (bases::all(), corruption::all());
    let mut texts = Vec::with_capacity(cables);
    while texts.len() < cables {
        let mut telegram = rng.pick(&bases).clone();
        if rng.below(DAMAGED) == 0 && (rng.pick(&damages).apply)(&mut telegram, &mut rng).is_none() {
            continue;
        }
        let size = match texts.len() % 20 {
            0..10 => 2_000 + rng.below(7_000),
            10..18 => 9_000 + rng.below(8_000),
            18 => 17_000 + rng.below(13_000),
            _ => 30_000 + rng.below(36_000),
        };
        lengthen(&mut telegram, size, &mut rng);
        let text = telegram.text();
        // Some damages leave nothing that is a cable.
        if cablegram::parse(&text).is_ok() {
            texts.push(text);
        }
    }
    texts
}

/// A cable of at least this size: the head of a whole one, and paragraphs.
pub(crate) fn sized(bytes: usize) -> String {
    let mut rng = Rng::new(1);
    let whole = bases::confidential();
    let head = whole.pieces.iter().take_while(|piece| !matches!(piece.part, Part::Heading(_) | Part::Paragraph(_)));
    let mut text = String::with_capacity(bytes + 4096);
    for line in head.flat_map(|piece| &piece.lines) {
        text += line;
        text.push('\n');
    }
    for number in 1.. {
        if text.len() >= bytes {
            break;
        }
        for line in paragraph(whole.shape, number, &mut rng) {
            text += &line;
            text.push('\n');
        }
    }
    text
}

/// Puts paragraphs before the signature until the cable has this size.
fn lengthen(telegram: &mut Telegram, size: usize, rng: &mut Rng) {
    let mut number = u32::try_from(telegram.pieces.iter().filter(|p| matches!(p.part, Part::Paragraph(_))).count());
    let mut length = telegram.text().len();
    while let (true, Ok(next)) = (length < size, number.map(|n| n + 1)) {
        let lines = paragraph(telegram.shape, next, rng);
        length += lines.iter().map(|line| line.len() + 1).sum::<usize>();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        if telegram.before(Part::Signature, Part::Paragraph(next), &lines).is_none() {
            telegram.put(Part::Paragraph(next), &lines);
        }
        number = Ok(next);
    }
}

/// A paragraph of three to ten sentences, in lines of a teletype or in one. Numbers begin again after 99.
fn paragraph(shape: Shape, number: u32, rng: &mut Rng) -> Vec<String> {
    let mut text = format!("{}. (C) ", (number - 1) % 99 + 1);
    for _ in 0..3 + rng.below(8) {
        text += rng.pick::<&str>(&SENTENCES);
        text += "  ";
    }
    if shape == Shape::Press {
        return vec![text.trim_end().to_owned(), String::new()];
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let full = lines.last().is_some_and(|line| line.len() + word.len() >= 68);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.push(String::new());
    lines
}

/// Cables that are nearly all of one stage, so that its cost is seen from outside: the stages are private.
pub(crate) fn stages() -> Vec<Costly> {
    let head =
        "P 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n";
    let posts = [
        "RUEHNY/AMEMBASSY OSLO",
        "RUEHRO/AMEMBASSY ROME PRIORITY 1258",
        "RHEHNSC/NSC WASHDC",
        "RUEHLP/AMEMBASSY LA PAZ 7",
    ];
    let addressees = posts.iter().cycle().take(400).copied().collect::<Vec<_>>().join("\n");
    let heading = format!(
        "P 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO {addressees}\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n\n1. Cod.\n"
    );
    let labels = "E.O. 12958: DECL: 07/03/2019\nTAGS: PGOV, EFIS, NO\nSUBJECT: THE FISH MARKET MOVES INDOORS, AND\nTHE GULLS FOLLOW\n\n\
                  REF: A. OSLO 412 B. 08 STATE 52001\n\nClassified By: DCM Jane Roe for reasons 1.4 (b) and (d).\n\n";
    let text_head = format!("UNCLAS OSLO 000461\n\n{}1. Cod.\n", labels.repeat(12));
    let prose = "THE MARKET HALL WAS OPENED ON MONDAY BY THE MAYOR AND HIS DEPUTY, AND\n".repeat(900);
    let lines = format!("{head}1. (U) {prose}");
    let paragraphs = (0..400).map(|n| format!("{}. (U) The gulls of the hall follow.", n % 99 + 1)).collect::<Vec<_>>();
    let paragraphs = paragraphs.join("\n\n");
    let stage = |name, text, expected, count| Costly { name, text, expected, count };
    vec![
        stage("lines", lines, 1, |cable| cable.body.len()),
        stage("heading", heading, 400, |cable| cable.to.len()),
        stage("text head", text_head, 2, |cable| cable.references.len()),
        stage("body", format!("{head}{paragraphs}"), 400, |cable| cable.body.len()),
    ]
}

/// A cable that costs much in one field.
pub(crate) struct Costly {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    /// What must be found in it.
    pub(crate) expected: usize,
    pub(crate) count: fn(&cablegram::Cable<'_>) -> usize,
}

/// Cables that cost much in one field.
pub(crate) fn costly() -> Vec<Costly> {
    let head = "P 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY\nUNCLAS OSLO 000461\n\n";
    let posts = ["STATE", "ROME", "LA PAZ", "NEW DELHI", "KUALA LUMPUR", "BERN"];
    let items = (1..=150).zip(posts.iter().cycle()).map(|(n, post)| format!("08 {post} {}", 1000 + n));
    let list = items.collect::<Vec<_>>().join("; ");
    let known =
        ["SENV", "EFIS", "PREL", "PGOV", "ECON", "KDEM", "PHUM", "ETRD", "EINV", "PTER", "NO"].repeat(8).join(", ");
    let runs = ["SENVEFIS", "PRELPGOVECON", "KDEMPHUM", "ETRDEINV", "PTERKISL"].repeat(8).join(", ");
    let paragraphs = (1..200).map(|n| format!("{n}. (U) The gulls of hall {n} follow.")).collect::<Vec<_>>();
    let paragraphs = paragraphs.join("\n\n");
    let cable = |head_of_text: &str, body: &str| format!("{head}{head_of_text}\n\n{body}");
    vec![
        Costly {
            name: "references",
            text: cable(&format!("SUBJECT: FISH\nREF: {list}"), "1. Cod.\n"),
            expected: 150,
            count: |cable| cable.references.len(),
        },
        Costly {
            name: "TAGS",
            text: cable(&format!("TAGS: {known}\nSUBJECT: FISH"), "1. Cod.\n"),
            expected: 11,
            count: |cable| cable.tags.len(),
        },
        Costly {
            name: "run-together TAGS",
            text: cable(&format!("TAGS: {runs}\nSUBJECT: FISH"), "1. Cod.\n"),
            expected: 11,
            count: |cable| cable.tags.len(),
        },
        Costly {
            name: "paragraphs",
            text: cable("SUBJECT: FISH", &paragraphs),
            expected: 199,
            count: |cable| cable.body.len(),
        },
    ]
}
