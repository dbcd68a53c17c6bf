//! The classification authority: `Classified By: DCM Jane Roe for reasons 1.4 (b) and (d)`.

use std::borrow::Cow;
use std::ops::Deref;

use crate::diagnostic::DiagnosticCode;
use crate::edit_distance::one_slip;
use crate::field::authority::person::Person;
use crate::field::authority::reason::{Cited, letters};
use crate::field::portion_mark;
use crate::grammar::{Expected, Grammar, blanks, gap, strip_prefix_ignoring_case, tag_no_case};
use crate::lines::{Report, trim_start};
use crate::record::record;
use crate::span::offset_of;
use crate::value::Value;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char as character, one_of, satisfy};
use nom::combinator::{not, opt, recognize};
use nom::multi::many0_count;
use nom::sequence::preceded;

mod cut;
mod person;
mod reason;

record! {
    /// Who classified the cable, and why: `Classified By` or `Derived From`.
    ///
    /// ```
    /// let text = "S E C R E T OSLO 000461\n\nTAGS: NO\nSUBJECT: FISH\nClassified By: Economic Counselor Thea Quill, for reasons 1.4 (b) and (d).\n\n1. (S) Cod.\n";
    /// let authority = cablegram::parse(text)?.cable.classified_by.expect("Classified By");
    /// assert_eq!((authority.name.as_deref(), authority.title.as_deref()), (Some("Thea Quill"), Some("Economic Counselor")));
    /// assert_eq!(authority.reasons, ["1.4(b)", "1.4(d)"]);
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    #[derive(Default)]
    #[cfg_attr(feature = "schemars", schemars(transform = crate::schema::without_example))]
    #[cfg_attr(feature = "serde", serde(default))]
    pub struct Authority<'a> {
        /// The person alone, as written.
        pub name: Option<Cow<'a, str>>,
        /// Title and office.
        pub title: Option<Cow<'a, str>>,
        /// The reasons, each as section and letter: `1.4(b)`. Section 1.4 of E.O. 12958 as amended and of 13526, 1.5 before.
        pub reasons: Vec<Cow<'a, str>>,
        /// All of it, as written, without the label.
        pub text: Cow<'a, str>,
    }
}

impl Authority<'_> {
    /// The last word of the person's name, without what may follow a surname: `Jr.`, `III`.
    pub(crate) fn surname(&self) -> Option<&str> {
        let name = self.name.as_deref()?;
        let mut words = name.rsplit([' ', ',']).map(|word| word.trim_matches(['.', '(', ')']));
        words.find(|word| word.len() > 2 && !["III", "Esq"].contains(word))
    }
}

/// Whether a line begins with the label, and what follows it.
///
/// Without its colon the label may begin prose: what follows it then must not go on in small letters.
pub(crate) fn label(line: &str) -> Option<&str> {
    let line = portion_mark::leading(line).map_or(trim_start(line), |(_, rest)| rest);
    let (rest, ()) = label_words(line).ok()?;
    let value = rest.trim_start_matches([':', ';', '.', '-', ' ', '\t']);
    let sign = rest.trim_start().starts_with([':', ';']);
    // Looked at last: a reason is looked for in all of the line.
    let goes_on = || value.starts_with(|c: char| c.is_lowercase()) && !has_reason(value);
    (sign || !goes_on()).then_some(value)
}

/// The same at the start of a paragraph's text, after its number: `(U) CLASSIFIED BY ...`,
/// `CONFIDENTIAL - ENTIRE TEXT.  CLASSIFIED BY: ...`
pub(crate) fn in_paragraph(text: &str) -> Option<&str> {
    let text = portion_mark::after_number(text).map_or(text.trim_start(), |(_, rest)| rest);
    label(entire_text(text).map_or(text, |(rest, _)| rest))
}

/// Whether [`in_paragraph`] may find the label in a paragraph that begins so: identified by the first word, before the
/// paragraph is put together.
pub(crate) fn may_open(beginning: &str) -> bool {
    let text = beginning.trim_start();
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    let Some((word, _)) = end.filter(|end| *end > 0).and_then(|end| text.split_at_checked(end)) else { return true };
    let label = one_slip(word, "CLASSIFIED") || one_slip(word, "DERIVED");
    label || word.eq_ignore_ascii_case("ENTIRE") || portion_mark::highest_level(text).is_some()
}

/// `label-words = ( "CLASSIFIED" SP "BY" / "DERIVED" SP "FROM" )`, with one letter wrong in the longer words
fn label_words(input: &str) -> Grammar<'_, ()> {
    // Asked at every word that a label may stand at: nearly all have other lengths than these two, give or take a letter.
    let letters = input.bytes().take(12).take_while(u8::is_ascii_alphabetic).count();
    if !matches!(letters, 6..=11) || !matches!(input.as_bytes().get(letters), Some(b' ' | b'\t')) {
        return Err(nom::Err::Error(Expected { rest: input, what: "CLASSIFIED or DERIVED" }));
    }
    let (rest, word) = take_while1(|c: char| c.is_ascii_alphabetic()).parse(input)?;
    let second = match () {
        () if one_slip(word, "CLASSIFIED") => "BY",
        () if one_slip(word, "DERIVED") => "FROM",
        () => return Err(nom::Err::Error(Expected { rest: input, what: "CLASSIFIED or DERIVED" })),
    };
    (gap, tag_no_case(second), not(satisfy(char::is_alphanumeric))).map(drop).parse(rest)
}

/// `entire-text = 1*12( ALPHA / SP / "-" ) "ENTIRE" SP "TEXT" [ "." ] *SP`
fn entire_text(input: &str) -> Grammar<'_, &str> {
    let level = alt((tag_no_case("CONFIDENTIAL"), tag_no_case("SECRET"), tag_no_case("C"), tag_no_case("S")));
    let dashes = many0_count(one_of("- \t"));
    recognize((opt(level), dashes, tag_no_case("ENTIRE"), gap, tag_no_case("TEXT"), opt(character('.')), blanks))
        .parse(input)
}

/// Whether a text has a reason with its letters: `1.4 (b)`.
pub(crate) fn has_reason(text: &str) -> bool {
    Cited::find(text).is_some()
}

/// Whether a line goes on with a reason: `(d).`, `ons 1.4 (b)`, `4 (b) and (d)`, `REASON: 1.5 (D)`.
pub(crate) fn is_reason(line: &str) -> bool {
    let line = line.trim();
    if continuation(line).is_some() || line.trim_matches([')', '.', ',', ';', ' ']).is_empty() {
        return true;
    }
    if line.split_whitespace().next().is_some_and(is_word_reason) {
        return true;
    }
    let before = Cited::find(line).and_then(|cited| line.get(..cited.start));
    // What stands before is the end of `for reasons`, broken anywhere.
    before.is_some_and(|before| {
        let mut words = before.split_whitespace();
        words.by_ref().take(4).all(|word| is_dangling(&[word]) || is_end_of_reason(word)) && words.next().is_none()
    })
}

/// Where the letters end that a line goes on with, whose section stands in the line before: `and (d).`, `b, d)`.
///
/// ```text
/// continuation = [ ")" ] [ ( "AND" / "ND" ) SP ] [ ( "4" / "5" ) *SP ] letters ( end / "." / "," / ";" )
/// ```
fn continuation(line: &str) -> Option<usize> {
    let and = opt((alt((tag_no_case("AND"), tag_no_case("ND"))), gap));
    let bracket = opt((character(')'), blanks));
    let (rest, _) = preceded((blanks, bracket, and, opt((one_of("45"), blanks))), letters).parse(line).ok()?;
    let end = line.len() - rest.len();
    let bracketed = line.get(..end).is_some_and(|letters| letters.contains(')'));
    (bracketed && (rest.trim().is_empty() || rest.starts_with(['.', ',', ';']))).then_some(end)
}

fn is_word_reason(word: &str) -> bool {
    let word = Squashed::of(&[word]);
    word.starts_with("REASON") || word.len() >= 5 && (one_slip(&word, "REASON") || one_slip(&word, "REASONS"))
}

fn is_end_of_reason(word: &str) -> bool {
    let word = Squashed::of(&[word]);
    ["FORREASONS", "FORREASON", "UNDERSECTION"].iter().any(|end| end.ends_with(&*word))
}

/// Where in a text the authority ends, so that what follows on the same line is not swallowed: after the reason's
/// letters, or before the first paragraph.
pub(crate) fn end(text: &str) -> usize {
    let limit = body(text).unwrap_or(text.len());
    let head = text.get(..limit).unwrap_or(text);
    let Some(reasons) = Cited::find(head).map(|cited| cited.end).or_else(|| continuation(head)) else { return limit };
    let rest = head.get(reasons..).unwrap_or_default();
    // `1.4 (b) an`: the line end broke the word, and the next line has the rest of it.
    if limit == text.len() && ["A", "AN"].iter().any(|word| word.eq_ignore_ascii_case(rest.trim())) {
        return limit;
    }
    let tail: usize = rest.split_inclusive(' ').take_while(|word| belongs(word)).map(str::len).sum();
    if rest.get(tail..).is_none_or(|rest| rest.trim().is_empty()) { limit } else { reasons + tail }
}

/// Whether a word after the reasons still belongs to them: signs, `of E.O. 12958, as amended`.
fn belongs(word: &str) -> bool {
    let signs = word.trim_matches([')', '.', ',', ';', ' ', '\t']);
    signs.is_empty() || is_dangling(&[signs])
}

/// Where a paragraph begins inside a text: a pilcrow, `1. (C)`, `2. Fish`, `SUMMARY:`.
fn body(text: &str) -> Option<usize> {
    let mut before = ' ';
    let starts = text.char_indices().filter_map(|(at, c)| {
        let starts = at > 0 && (before == ' ' || before == '\t' || c == '¶') && (c == '¶' || c.is_alphanumeric());
        before = c;
        starts.then_some(at)
    });
    starts.into_iter().find(|at| text.get(*at..).is_some_and(|rest| paragraph(rest).is_ok()))
}

/// ```text
/// paragraph = "¶" / number ( "." / ")" ) ( *SP mark / 1*SP UPPERCASE ) / [ "BEGIN" SP ] "SUMMARY" *SP ( ":" / "." )
/// ```
fn paragraph(input: &str) -> Grammar<'_, ()> {
    let number = (one_of("123456789"), take_while_m_n(0, 1, |c: char| c.is_ascii_digit()), one_of(".)"));
    let mark = |input| match portion_mark::leading(input) {
        Some((_, rest)) => Ok((rest, ())),
        None => Err(nom::Err::Error(Expected { rest: input, what: "a portion mark" })),
    };
    let starts =
        alt((preceded(blanks, mark), (gap, satisfy(char::is_uppercase), satisfy(char::is_alphabetic)).map(drop)));
    let summary = (opt((tag_no_case("BEGIN"), gap)), tag_no_case("SUMMARY"), blanks, one_of(":."));
    alt((tag("¶").map(drop), (number, starts).map(drop), summary.map(drop))).parse(input)
}

/// Whether the label is `Derived From`: what follows is a source, and wants neither a name nor a reason.
pub(crate) fn is_derived(label: &str) -> bool {
    label.trim_start().starts_with(['D', 'd'])
}

/// Reads what follows the label.
pub(crate) fn parse<'a>(value: &Value<'a>, derived: bool, report: &mut Report) -> Authority<'a> {
    let before = value.text.len() - without_label(&value.text).len();
    let mut authority = match (cut::whole(&value.text, before), &value.text) {
        (Some(whole), _) => {
            for word in whole.words {
                let message = format!("{word:?} read as one word, which the end of a line had cut");
                report.emit(DiagnosticCode::AuthorityRepaired, value.locate_str(word), message);
            }
            read(&whole.text).into_owned()
        }
        (None, Cow::Borrowed(text)) => read(text),
        (None, Cow::Owned(text)) => read(text).into_owned(),
    };
    // A source has no office, also where both labels stand: `Classified By: Derived from Multiple Sources`.
    let derived = derived || label(&value.text).is_some() && is_derived(&value.text);
    authority.title = authority.title.filter(|_| !derived || authority.name.is_some());
    let missing = match (&authority.name, authority.reasons.is_empty()) {
        (None, true) => "neither a name nor a reason",
        (None, false) => "no name",
        (Some(_), true) => "no reason with its letters",
        (Some(_), false) => return authority,
    };
    if !derived {
        report.emit(DiagnosticCode::AuthorityIncomplete, value.span, format!("{missing} in \"{}\"", authority.text));
    }
    authority
}

fn read(text: &str) -> Authority<'_> {
    let cited = Cited::find(text);
    let inner = without_label(text);
    let start = text.len() - inner.len();
    let before = cited.as_ref().map_or(inner, |c| text.get(start..c.start).unwrap_or_default());
    let head = without_reason(before);
    let Person { name, title } = if is_sources(head) { Person::default() } else { Person::find(head) };
    let reasons = cited.map(|c| c.reasons).unwrap_or_default();
    Authority { name: name.map(Cow::Borrowed), title, reasons, text: Cow::Borrowed(text) }
}

/// `Derived From: Multiple Sources`: nobody.
fn is_sources(head: &str) -> bool {
    let head = head.trim_end_matches('.');
    ["MULTIPLE SOURCES", "MULTIPLE"].iter().any(|words| words.eq_ignore_ascii_case(head))
}

/// The text after labels that stand in it once more: `1. (U) This message classified by ...`
fn without_label(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let number =
            (take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), one_of(".)"), blanks, not(one_of("0123456789")));
        let this =
            (tag_no_case("THIS"), gap, letters_only, gap, opt((alt((tag_no_case("WAS"), tag_no_case("IS"))), gap)));
        let lead = opt((opt(number), opt(this))).parse(rest).map_or(rest, |(rest, _)| rest);
        match label(lead) {
            Some(inner) if inner.len() < rest.len() => rest = inner,
            _ => {
                let rest = portion_mark::leading(rest).map_or(rest, |(_, rest)| rest);
                // `Classified By: by DCM Roe`
                return strip_prefix_ignoring_case(rest, "BY ").map_or(rest, str::trim_start);
            }
        }
    }
}

/// `letters-only = 1*ALPHA`
fn letters_only(input: &str) -> Grammar<'_, &str> {
    take_while1(|c: char| c.is_ascii_alphabetic()).parse(input)
}

/// The text before the reason, without the words that lead to it: `for reasons`, `under section`, `E.O. 12958`.
fn without_reason(text: &str) -> &str {
    // A space may be missing after a comma.
    let words: Vec<&str> = text.split([' ', '\t', ',']).filter(|word| !word.is_empty()).collect();
    let pairs = words.iter().zip(words.iter().skip(1).map(Some).chain([None]));
    let is_reason = |first: &str, second: Option<&&str>| {
        let broken = second.map(|second| Squashed::of(&[first, second]));
        is_word_reason(first) || broken.is_some_and(|word| matches!(&*word, "REASON" | "REASONS" | "FORREASONS"))
    };
    let count = pairs.clone().position(|(first, second)| is_reason(first, second)).unwrap_or(words.len());
    let mut kept = words.get(..count).unwrap_or_default();
    if let Some((_, before)) = kept.split_last().filter(|(last, before)| is_stump_of_for(last, before)) {
        kept = before;
    }
    // A word may be broken in two or three by wrapping.
    while let Some(count) = (1..=3)
        .rev()
        .find(|count| kept.len().checked_sub(*count).and_then(|from| kept.get(from..)).is_some_and(is_dangling))
    {
        kept = kept.get(..kept.len() - count).unwrap_or_default();
    }
    let end = kept.last().and_then(|last| Some(offset_of(last, text)? + last.len()));
    let head = end.and_then(|end| text.get(..end)).unwrap_or_default();
    head.trim_matches([',', ';', ':', '-', ' ', '\t'])
}

/// Whether the last word before the reasons is what is left of FOR: `fo`, `or`, a few small letters after a name.
fn is_stump_of_for(last: &str, before: &[&str]) -> bool {
    let small = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase());
    let after_name = before.last().is_some_and(|word| word.contains(|c: char| c.is_ascii_uppercase()));
    after_name && (last.len() <= 3 && small(last) || matches!(last, "FO" | "FR" | "OR" | "FRO" | "FOT"))
}

/// Whether a word, in parts, only leads from a name to a reason, or from a reason to its order.
fn is_dangling(parts: &[&str]) -> bool {
    const WORDS: [&str; 33] = [
        "",
        "FOR",
        "PER",
        "UNDER",
        "SECTION",
        "SECTIONS",
        "SEC",
        "PARA",
        "PARAS",
        "PARAGRAPH",
        "PARAGRAPHS",
        "PURSUANT",
        "TO",
        "BY",
        "IN",
        "ACCORDANCE",
        "WITH",
        "OF",
        "THE",
        "EO",
        "EXECUTIVE",
        "ORDER",
        "AS",
        "AMENDED",
        "AND",
        "OR",
        "BASED",
        "ON",
        "CITING",
        "DUE",
        "BECAUSE",
        "DECL",
        "DECLASSIFY",
    ];
    let word = Squashed::of(parts);
    // `Economics Section; REASON`: an office, which its sign closes.
    if &*word == "SECTION" && parts.last().is_some_and(|part| part.ends_with(';')) {
        return false;
    }
    let digits = word.strip_prefix("EO").unwrap_or(&word);
    let is_order = digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'O');
    is_order || WORDS.contains(&&*word) || is_word_reason(&word) || word.len() > 5 && one_slip(&word, "SECTION")
}

/// The letters and digits of words in capitals, the nought read as O. Of more of them than any word looked for has, the
/// first are kept.
struct Squashed {
    letters: [u8; 32],
    count: usize,
}

impl Squashed {
    fn of(words: &[&str]) -> Self {
        let mut squashed = Self { letters: [0; 32], count: 0 };
        let letters = words.iter().flat_map(|word| word.bytes()).filter(u8::is_ascii_alphanumeric);
        for (room, letter) in squashed.letters.iter_mut().zip(letters) {
            *room = if letter == b'0' { b'O' } else { letter.to_ascii_uppercase() };
            squashed.count += 1;
        }
        squashed
    }
}

impl Deref for Squashed {
    type Target = str;

    fn deref(&self) -> &str {
        self.letters.get(..self.count).and_then(|letters| std::str::from_utf8(letters).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &str) -> (Authority<'static>, usize) {
        let mut report = Report::default();
        let authority = parse(&Value::join([(text, 0)]), false, &mut report).into_owned();
        (authority, report.diagnostics.finish().len())
    }

    #[test]
    fn labels() {
        #[rustfmt::skip]
        let table = [
            ("usual", "Classified By: DCM Jane Roe", Some("DCM Jane Roe")),
            ("no colon", "CLASSIFIED BY DCM JANE ROE", Some("DCM JANE ROE")),
            ("marked", "(U) Classified by DCM Jane Roe", Some("DCM Jane Roe")),
            ("a letter lost", "CLASSIFED BY: DCM JANE ROE", Some("DCM JANE ROE")),
            ("a source", "Derived From: DSCG 05-1", Some("DSCG 05-1")),
            ("small", "classified by: dcm jane roe", Some("dcm jane roe")),
            ("alone", "CLASSIFIED BY", Some("")),
            ("prose", "Classified by the ministry as fish", None),
            ("another word", "Classified documents", None),
        ];
        for (case, line, want) in table {
            assert_eq!(label(line), want, "{case}");
        }
    }

    #[test]
    fn in_the_first_paragraph() {
        #[rustfmt::skip]
        let table = [
            ("marked", "(U) CLASSIFIED BY DCM JANE ROE", Some("DCM JANE ROE")),
            ("whole text", "CONFIDENTIAL - ENTIRE TEXT.  CLASSIFIED BY: JANE ROE", Some("JANE ROE")),
            ("a letter", "C - ENTIRE TEXT. CLASSIFIED BY JANE ROE", Some("JANE ROE")),
            ("mark and whole text", "(C) ENTIRE TEXT. CLASSIFIED BY JANE ROE", Some("JANE ROE")),
            ("prose", "(C) Summary. The list was classified by Jane Roe.", None),
        ];
        for (case, text, want) in table {
            assert_eq!(in_paragraph(text), want, "{case}");
        }
    }

    #[test]
    fn authorities() {
        #[rustfmt::skip]
        let table = [
            ("usual", "DCM Jane Roe for reasons 1.4 (b) and (d)", "Jane Roe", "DCM", "1.4(b) 1.4(d)", 0),
            ("full stop", "DCM Jane Roe.  Reason: 1.4 (b).", "Jane Roe", "DCM", "1.4(b)", 0),
            ("order between", "Amb. Jane Roe. E.O 12958. Reasons 1.4 (B&D).", "Jane Roe", "Amb.", "1.4(b) 1.4(d)", 0),
            ("section", "DCM Jane Roe under Section 1.4 b/d", "Jane Roe", "DCM", "1.4(b) 1.4(d)", 0),
            ("broken section", "DCM Jane Roe under Se ction 1.5 b/d", "Jane Roe", "DCM", "1.5(b) 1.5(d)", 0),
            ("broken reasons", "DCM Jane Roe for reas ons 1.4(b/d).", "Jane Roe", "DCM", "1.4(b) 1.4(d)", 0),
            ("broken for", "DCM Jane Roe f or reasons 1.4 b,d.", "Jane Roe", "DCM", "1.4(b) 1.4(d)", 0),
            ("broken number", "DCM Jane Roe. Reasons: 1. 4 (b)(d)", "Jane Roe", "DCM", "1.4(b) 1.4(d)", 0),
            ("misspelt reasons", "DCM Jane Roe.  Resons 1.5 (B) and (D)", "Jane Roe", "DCM", "1.5(b) 1.5(d)", 0),
            ("number alone", "DCM JANE ROE - 1.5 B,D.", "JANE ROE", "DCM", "1.5(b) 1.5(d)", 0),
            ("order before the reasons", "DCM Jane Roe for E.O. 12958 reasons 1.4 (c) and (d).", "Jane Roe", "DCM", "1.4(c) 1.4(d)", 0),
            ("doubled label", "Classified by DCM Jane Roe, reasons 1.4 (b)", "Jane Roe", "DCM", "1.4(b)", 0),
            ("doubled, numbered", "1. CLASSIFIED BY DCM JANE ROE REASONS: 1.4 (B)", "JANE ROE", "DCM", "1.4(b)", 0),
            ("doubled, marked", "(U) Classified by DCM Jane Roe, reasons 1.4 (b)", "Jane Roe", "DCM", "1.4(b)", 0),
            ("this message", "This message classified by DCM Jane Roe for reasons 1.4 (b)", "Jane Roe", "DCM", "1.4(b)", 0),
            ("no reason", "DCM Jane Roe", "Jane Roe", "DCM", "", 1),
            ("letters alone", "DCM Jane Roe, reasons (b) and (d)", "Jane Roe", "DCM", "", 1),
            ("no person", "SECTION 1.5 (B) AND (D).", "", "", "1.5(b) 1.5(d)", 1),
            ("a range", "DCM Jane Roe, reasons 1.4 (b)-(d)", "Jane Roe", "DCM", "1.4(b) 1.4(c) 1.4(d)", 0),
            ("broken and", "DCM Jane Roe. Reasons: 1.4 (b) an d (d).", "Jane Roe", "DCM", "1.4(b) 1.4(d)", 0),
            ("no blank after the comma", "Consul Jane Roe,for reasons 1.4 (b)", "Jane Roe", "Consul", "1.4(b)", 0),
            ("by whom", "by DCM Jane Roe for reasons 1.4 (b)", "Jane Roe", "DCM", "1.4(b)", 0),
            ("many sources", "Derived from Multiple Sources", "", "", "", 0),
            ("stump of for", "DCM Jane Roe fo Reasons: 1.4 (b)", "Jane Roe", "DCM", "1.4(b)", 0),
            ("another stump", "DCM Jane Roe or 1.4 (b)", "Jane Roe", "DCM", "1.4(b)", 0),
            ("stump in capitals", "DCM JANE ROE FO REASONS 1.4 (B)", "JANE ROE", "DCM", "1.4(b)", 0),
            ("a short name in small letters", "dcm jane li reasons 1.4 (b)", "", "dcm jane li", "1.4(b)", 1),
            ("title alone", "Deputy Chief of Mission, reason 1.4 (b)", "", "Deputy Chief of Mission", "1.4(b)", 1),
        ];
        for (case, text, name, title, reasons, wording) in table {
            let (got, diagnostics) = read_one(text);
            let (got_name, got_title) = (got.name.as_deref().unwrap_or(""), got.title.as_deref().unwrap_or(""));
            assert_eq!((got_name, got_title, &*got.reasons.join(" ")), (name, title, reasons), "{case}");
            assert_eq!((diagnostics, &*got.text), (wording, text.replace("  ", " ").as_str()), "{case}");
        }
    }

    #[test]
    fn what_a_line_end_has_cut() {
        let (got, diagnostics) = read_one("Deputy Coordi nator Jane R. Q uill for reasons 1.4 (b) and ( d)");
        assert_eq!((got.name.as_deref(), got.title.as_deref()), (Some("Jane R. Quill"), Some("Deputy Coordinator")));
        assert_eq!((&*got.text, diagnostics), ("Deputy Coordinator Jane R. Quill for reasons 1.4 (b) and (d)", 2));
        let (got, diagnostics) = read_one("DCM Jane Roe for reasons 1.4 (b) and ( d)");
        assert_eq!((got.reasons.join(" "), diagnostics), ("1.4(b) 1.4(d)".to_owned(), 0));
    }

    #[test]
    fn where_it_ends() {
        #[rustfmt::skip]
        let table = [
            ("whole line", "DCM Jane Roe for reasons 1.4 (b) and (d).", ""),
            ("in the middle of the letters", "DCM Jane Roe for reasons 1.4 (b) and", ""),
            ("paragraph after", "DCM Jane Roe, reasons 1.4 (b). 1. (C) Fish", "1. (C) Fish"),
            ("pilcrow", "DCM Jane Roe, reasons 1.4 (b) ¶1. (C) Fish", "¶1. (C) Fish"),
            ("mark after", "DCM Jane Roe, reasons 1.4 (b) (C) Fish", "(C) Fish"),
            ("prose after", "DCM Jane Roe, reasons 1.4 (b). Fish is", "Fish is"),
            ("letters of the line before", "and (d).  Fish is", "Fish is"),
            ("an initial", "LEE 0. ROE, DIRECTOR", ""),
            ("order after", "DCM Jane Roe, reasons 1.4 (b) of E.O. 12958, as amended.", ""),
            ("a broken word", "DCM Jane Roe, reasons 1.4 (b) an", ""),
            ("no reason", "DCM Jane Roe SUMMARY: Fish", "SUMMARY: Fish"),
            ("broken number", "DCM Jane Roe. Reasons: 1. 4 (b)(d)", ""),
        ];
        for (case, text, want) in table {
            assert_eq!(text.get(end(text)..), Some(want), "{case}");
        }
    }

    #[test]
    fn lines_of_reasons() {
        for (line, want) in [
            ("(d).", true),
            ("and (d).", true),
            (")", true),
            ("b, d).", true),
            ("nd (D).", true),
            (") and (d)", true),
            ("A.", false),
            ("B) OSLO 461", false),
            ("AND (D).  FISH IS CHEAP", true),
            ("ons 1.4 (b) and (d)", true),
            ("4 (b) and (d)", true),
            ("1. 4 (b)", true),
            ("REASON: 1.5 (D)", true),
            ("under section 1.4 (b)", true),
            ("(C) Fish", false),
            ("1. (C) Fish", false),
            ("Fish is", false),
            ("a fish", false),
        ] {
            assert_eq!(is_reason(line), want, "{line}");
        }
    }

    #[test]
    fn long_runs_are_cheap() {
        for part in [
            "(",
            "1.4 ",
            "1.4 (b) ",
            "1",
            "1 ",
            "l.",
            "(b) ",
            "JANE ",
            "for ",
            "re as ",
            "Classified by ",
            "1. ",
            "J. ",
            "DCM, ",
        ] {
            let text = part.repeat(2_000);
            for text in [format!("DCM Jane Roe {text}"), format!("1.4 (b) {text}"), text] {
                let _ = (label(&text), in_paragraph(&text), end(&text), is_reason(&text), read_one(&text));
            }
        }
    }
}
