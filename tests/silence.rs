//! Nothing vanishes in silence: what is put into a list of the heading or the head and does not belong there stands in a
//! value, or a diagnostic speaks of it, or its region says that it belongs to no field.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use cablegram::RegionKind::{EndOfMessage, Heading, Notice, PageFurniture, Unrecognised};
use cablegram::{Parsed, Span};

/// A cable, part by part; `%` in a part is the place of what does not belong there.
struct Lines {
    before: &'static str,
    heading: &'static str,
    class_line: &'static str,
    head: &'static str,
}

const PLAIN: Lines = Lines {
    before: "",
    heading: "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n",
    class_line: "UNCLAS OSLO 000461\n",
    head: "SUBJECT: FISH\n",
};

impl Lines {
    fn text(&self) -> String {
        let Self { before, heading, class_line, head } = self;
        format!("{before}{heading}{class_line}\n{head}\n1. (U) Cod is here.\n\n2. (U) Cod went home.\nROE\n")
    }
}

const fn before(before: &'static str) -> Lines {
    Lines { before, ..PLAIN }
}

const fn heading(heading: &'static str) -> Lines {
    Lines { heading, ..PLAIN }
}

const fn class_line(class_line: &'static str) -> Lines {
    Lines { class_line, ..PLAIN }
}

const fn head(head: &'static str) -> Lines {
    Lines { head, ..PLAIN }
}

#[rustfmt::skip]
const PLACES: [(&str, Lines); 54] = [
    ("routing, after", before("VZCZCXRO0029\nRR RUEHC %\nDE RUEHNY #0461 1841848\nZNR UUUUU ZZH\n")),
    ("routing, before", before("VZCZCXRO0029\nRR % RUEHC\nDE RUEHNY #0461 1841848\nZNR UUUUU ZZH\n")),
    ("station, serial", before("VZCZCXRO0029\nRR RUEHC\nDE RUEHNY % #0461 1841848\nZNR UUUUU ZZH\n")),
    ("station, after", before("VZCZCXRO0029\nRR RUEHC\nDE RUEHNY #0461 1841848 %\nZNR UUUUU ZZH\n")),
    ("security, signals", before("VZCZCXRO0029\nRR RUEHC\nDE RUEHNY #0461 1841848\nZNR UUUUU % ZZH\n")),
    ("offices, acting", before("ACTION EUR-01 %\n\nINFO  OCT-01  ISO-00  /002 R\n")),
    ("offices, among", before("ACTION EUR-01\n\nINFO  OCT-01  %  ISO-00  /002 R\n")),
    ("offices, sum", before("ACTION EUR-01\n\nINFO  OCT-01  ISO-00  /002 R %\n")),
    ("drafting, after", before("ORIGIN EUR-01\n\nINFO  OCT-01  ISO-00  /002 R\n\nDRAFTED BY EUR/NE:JADOE %\nAPPROVED BY EUR:ROE\n")),
    ("drafting, among", before("ORIGIN EUR-01\n\nINFO  OCT-01  ISO-00  /002 R\n\nDRAFTED BY EUR/NE:JADOE\nAPPROVED BY EUR:ROE\nEUR/NE:AHOE %\nINR:BLOE\n")),
    ("time, before", heading("% R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n")),
    ("time, within", heading("R 030915Z % JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n")),
    ("time, after", heading("R 030915Z JUL 09 %\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n")),
    ("from, after", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO %\nTO SECSTATE WASHDC\n")),
    ("from, before", heading("R 030915Z JUL 09\nFM % AMEMBASSY OSLO\nTO SECSTATE WASHDC\n")),
    ("to, after", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC %\n")),
    ("to, before", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO % SECSTATE WASHDC\n")),
    ("to, after a precedence", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY %\n")),
    ("to, after a serial", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY 1234 %\n")),
    ("to, after an indicator", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO RUEHC/% SECSTATE WASHDC 1234\n")),
    ("to, a line", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n%\nAMEMBASSY PARIS\n")),
    ("info, a line", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nINFO AMEMBASSY STOCKHOLM\n%\nAMEMBASSY PARIS\n")),
    ("info, a collective", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nINFO EUROPEAN UNION COLLECTIVE %\n")),
    ("exempted", heading("R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nXMT AMEMBASSY PARIS %\n")),
    ("class line, after", class_line("UNCLAS OSLO 000461 %\n")),
    ("class line, post", class_line("UNCLAS % OSLO 000461\n")),
    ("class line, number", class_line("UNCLAS OSLO % 000461\n")),
    ("class line, section", class_line("UNCLAS SECTION 01 OF 01 % OSLO 000461\n")),
    ("captions, among", head("SIPDIS % NOFORN\n\nSUBJECT: FISH\n")),
    ("captions, commas", head("SIPDIS, %, NOFORN\n\nSUBJECT: FISH\n")),
    ("captions, a line", head("SIPDIS\n%\nNOFORN\n\nSUBJECT: FISH\n")),
    ("passing line, after", head("STATE FOR EUR/NE %\n\nSUBJECT: FISH\n")),
    ("passing line, among", head("STATE FOR EUR/NE, %, AND INR\n\nSUBJECT: FISH\n")),
    ("order, number", head("E.O. % 12958: N/A\nSUBJECT: FISH\n")),
    ("order, after", head("E.O. 12958: DECL: 07/03/2019 %\nSUBJECT: FISH\n")),
    ("order, instruction", head("E.O. 12958: DECL: % 07/03/2019\nSUBJECT: FISH\n")),
    ("order, schedule", head("E.O. 11652: GDS %\nSUBJECT: FISH\n")),
    ("TAGS, commas", head("TAGS: ETRD, %, NO\nSUBJECT: FISH\n")),
    ("TAGS, blanks", head("TAGS: ETRD % NO\nSUBJECT: FISH\n")),
    ("TAGS, first", head("TAGS: % ETRD NO\nSUBJECT: FISH\n")),
    ("TAGS, a line", head("TAGS: ETRD, NO\n%\nSUBJECT: FISH\n")),
    ("TAGS, a person", head("TAGS: OVIP (ROE, JANE %), NO\nSUBJECT: FISH\n")),
    ("TAGS, a visitor", head("TAGS: OVIP ROE % JANE, NO\nSUBJECT: FISH\n")),
    ("TAGS, a bracket", head("TAGS: ETRD (%), NO\nSUBJECT: FISH\n")),
    ("subject", head("SUBJECT: FISH % CHIPS\n")),
    ("references, an item", head("SUBJECT: FISH\n\nREF: A. OSLO 412\n     B. %\n     C. STATE 99\n")),
    ("references, before", head("SUBJECT: FISH\n\nREF: A. % OSLO 412\n     B. STATE 99\n")),
    ("references, after", head("SUBJECT: FISH\n\nREF: A. OSLO 412 %\n     B. STATE 99\n")),
    ("references, commas", head("SUBJECT: FISH\n\nREF: OSLO 412, %, STATE 99\n")),
    ("references, a line", head("SUBJECT: FISH\n\nREF: A. OSLO 412\n     %\n     B. STATE 99\n")),
    ("references, alone", head("SUBJECT: FISH\n\nREF: %\n")),
    ("authority, before", head("SUBJECT: FISH\n\nClassified By: % Ambassador Jane Roe, for reasons 1.4 (b) and (d).\n")),
    ("authority, reasons", head("SUBJECT: FISH\n\nClassified By: Ambassador Jane Roe, for reasons 1.4 (b), % and (d).\n")),
    ("authority, after", head("SUBJECT: FISH\n\nClassified By: Ambassador Jane Roe, for reasons 1.4 (b) and (d) %\n")),
];

/// What belongs to no list. Punctuation alone is not here: it parts, and says nothing.
const FOREIGN: [&str; 25] = [
    "Q",
    "<Q>",
    "{Q}",
    "[Q]",
    "\"Q\"",
    "*Q*",
    "QZ",
    "QZXW",
    "QZXW QXZJ",
    "qzxw qxzj vvk",
    "<QZXW>",
    "(QZXW",
    "QZXW)",
    "QZ*XW",
    "Q&Z",
    "É",
    "123456",
    "****",
    "@",
    "~~",
    "|",
    "%%",
    "\\",
    "<>",
    "??",
];

/// How often a word, or what stands in its brackets, stands in the values.
fn count(parsed: &Parsed<'_>, word: &str) -> usize {
    let sense = word.trim_matches(|c: char| "()[]{}<>\"*".contains(c));
    let sense = if sense.is_empty() { word } else { sense };
    let values = serde_json::to_string(&parsed.cable).unwrap().replace("\\\\", "\\");
    values.to_uppercase().matches(&sense.to_uppercase()).count()
}

fn is_told(parsed: &Parsed<'_>, without: &Parsed<'_>, item: &str, place: Span) -> bool {
    let here = |span: Span| span.start < place.end && span.end > place.start;
    // A line of asterisks is a rule, and makes a heading of the line below.
    let no_field = [Unrecognised, Notice, EndOfMessage, PageFurniture, Heading];
    parsed.diagnostics.iter().any(|wording| here(wording.span))
        || parsed.regions.iter().any(|region| here(region.span) && no_field.contains(&region.kind))
        || item.split(' ').all(|word| count(parsed, word) > count(without, word))
}

#[test]
fn what_does_not_belong_is_told() {
    let mut silent = Vec::new();
    for (name, lines) in &PLACES {
        let text = lines.text();
        let at = text.find('%').unwrap();
        let without = text.replacen('%', "", 1);
        let without = cablegram::parse(&without).unwrap();
        for item in FOREIGN {
            let with = text.replacen('%', item, 1);
            let parsed = cablegram::parse(&with).unwrap_or_else(|error| panic!("{name}, {item}: {error}"));
            if !is_told(&parsed, &without, item, Span::new(at, at + item.len())) {
                silent.push(format!("{name}: {item}"));
            }
        }
    }
    assert!(silent.is_empty(), "nothing tells of\n{}", silent.join("\n"));
}
