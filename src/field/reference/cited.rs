//! A cable or airgram as it is cited: `08 STATE 114330`, `LA PAZ A-29`.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{map, map_opt, not, opt, peek, recognize, verify};
use nom::multi::fold_many_m_n;
use nom::sequence::{delimited, preceded, terminated};

use super::note::{Notes, dtg, month, notes};
use crate::fast_path;
use crate::grammar::{Expected, Grammar, blanks, digits, gap, no, number, strip_prefix_ignoring_case};
use crate::knowledge;

/// The words of the longest name of a post, with what may stand before and after it.
const WORDS: usize = 6;

/// The bytes of the longest name.
const LONGEST_NAME: usize = 48;

/// A year and four words of an originator have no more bytes.
const AIRGRAM_REACH: usize = 256;

/// What cites a cable or an airgram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a remark of its own")]
pub(super) struct Cited<'t> {
    pub(super) airgram: bool,
    /// The originator as written; empty where only a number stands.
    pub(super) name: &'t str,
    /// Whether the number stands directly at the name: `OSLO12`.
    pub(super) glued: bool,
    pub(super) post: Post,
    pub(super) number: u32,
    /// The number's digits as written.
    pub(super) digits: &'t str,
    /// The other end of a range.
    pub(super) last: Option<u32>,
    /// Two or four digits, as written; of one digit see [`Self::decade`].
    pub(super) year: Option<u32>,
    /// Whether the year is of one digit, in the cable's own decade: `9 LIMA 12`.
    pub(super) decade: bool,
    /// Whether letters stand for digits in the number or in the year: `STATE 1O4`.
    pub(super) mended: bool,
}

impl Cited<'_> {
    /// Whether its shape or its post leaves no doubt.
    pub(super) fn is_known(&self) -> bool {
        self.airgram || matches!(self.post, Post::Known(_) | Post::Own)
    }
}

/// Whom a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Post {
    /// A post of the tables, by its canonical name, or a series of messages (`TOSEC`).
    Known(&'static str),
    /// `EMBTEL`: the cable's own post.
    Own,
    /// The post of the item before.
    Carried,
    /// No table knows it.
    Unknown,
}

/// `cable = [ year ] name [ year ] number [ suffix ]`
pub(super) fn cable(input: &str) -> Grammar<'_, Cited<'_>> {
    let (rest, written) = opt(terminated(year_before, (blanks, opt(one_of("-/")), blanks))).parse(input)?;
    let written = written.unwrap_or_default();
    let before = written.year;
    let (rest, name) = name(rest)?;
    let post = post(name);
    // One digit or a letter is a year only where no doubt is left of what follows it.
    if (written.decade || written.mended) && !matches!(post, Post::Known(_)) {
        return Err(no(input));
    }
    let glued = rest.starts_with(|c: char| c.is_ascii_digit());
    let (rest, ()) = between(post, rest)?;
    // Where the year stands before the name, what stands after it is the number.
    let (rest, inner) = match before {
        Some(_) => opt(terminated(bracketed_year, gap)).parse(rest)?,
        None => opt(terminated(inner_year, gap)).parse(rest)?,
    };
    let at = rest;
    let (rest, serial) = serial(rest)?;
    // `JCS MSG 221205 AUG 74`: a date-time group without its zone.
    if post == Post::Unknown && dtg(at).is_ok() {
        return Err(no(input));
    }
    let (rest, suffix) = suffix(serial.text, rest)?;
    let year = before.or(inner).or(suffix.year);
    let mended = serial.mended || written.mended;
    let (number, digits) = (serial.number, serial.text);
    Ok((
        rest,
        Cited {
            airgram: false,
            name,
            glued,
            post,
            number,
            digits,
            last: suffix.last,
            year,
            decade: written.decade,
            mended,
        },
    ))
}

/// `same-post = [ year gap ] number [ suffix ]`, the post of the cable before being meant
pub(super) fn same_post(input: &str) -> Grammar<'_, Cited<'_>> {
    let with_year = (terminated(year, gap), serial).map(|(year, serial)| (Some(year), serial));
    let (rest, (before, serial)) = alt((with_year, serial.map(|serial| (None, serial)))).parse(input)?;
    let (rest, suffix) = suffix(serial.text, rest)?;
    let Serial { number, text: digits, mended } = serial;
    let year = before.or(suffix.year);
    let post = Post::Carried;
    let cited = Cited {
        airgram: false,
        name: "",
        glued: false,
        post,
        number,
        digits,
        last: suffix.last,
        year,
        decade: false,
        mended,
    };
    Ok((rest, cited))
}

/// `airgram = [ year ] [ name gap ] ( "A" / "CA" ) "-" number / [ year ] name gap "A" [ SP ] number`: after a post the
/// hyphen may be lost
pub(super) fn airgram(input: &str) -> Grammar<'_, Cited<'_>> {
    // Few lists have any: what stands before the series is no longer.
    if !fast_path::is_disabled() && !input.as_bytes().windows(2).take(AIRGRAM_REACH).any(begins_airgram) {
        return Err(no(input));
    }
    let (rest, year) = opt(terminated(year, blanks)).parse(input)?;
    let (rest, name) = opt(airgram_originator).parse(rest)?;
    let hyphen = void((opt(one_of("Cc")), one_of("Aa"), char('-')));
    let (rest, ()) = match name {
        Some(_) => {
            alt((hyphen, void((char('A'), opt(char(' ')), peek(satisfy(|c| c.is_ascii_digit())))))).parse(rest)?
        }
        None => { hyphen }.parse(rest)?,
    };
    let (rest, serial) = serial(rest)?;
    let name = name.unwrap_or_default();
    let Serial { number, text: digits, mended } = serial;
    let post = post(name);
    Ok((
        rest,
        Cited { airgram: true, name, glued: false, post, number, digits, last: None, year, decade: false, mended },
    ))
}

/// Whether the number of an airgram may begin with these two bytes.
fn begins_airgram(two: &[u8]) -> bool {
    matches!(two, [b'A' | b'a', b'-'] | [b'A', b' ' | b'0'..=b'9'])
}

/// `airgram-originator = 1*4( word gap )`, where the words name a post
fn airgram_originator(input: &str) -> Grammar<'_, &str> {
    (1..=4)
        .rev()
        .find_map(|count| {
            let words = verify(recognize((word, times(count - 1, count - 1, (gap, word)))), |name: &str| {
                matches!(post(name), Post::Known(_) | Post::Own)
            });
            terminated(words, gap).parse(input).ok()
        })
        .ok_or(no(input))
}

/// `year = 4DIGIT / ["'"] 2DIGIT / "(" ["'"] ( 4DIGIT / 2DIGIT ) ")"`
pub(super) fn year(input: &str) -> Grammar<'_, u32> {
    let bare = preceded(opt(one_of("'’")), year_digits);
    alt((bracketed_year, bare)).parse(input)
}

/// A year before a post as it is written.
#[derive(Clone, Copy, Debug, Default)]
struct Written {
    year: Option<u32>,
    decade: bool,
    mended: bool,
}

/// `year-before = year / ( "O" / "o" ) DIGIT / DIGIT gap`: with the letter O for its nought, or of one digit
fn year_before(input: &str) -> Grammar<'_, Written> {
    let whole = year.map(|year| Written { year: Some(year), ..Written::default() });
    let digit = || map_opt(digits(1, 1), number);
    let nought = delimited((opt(one_of("'’")), one_of("Oo")), digit(), not(satisfy(char::is_alphanumeric)));
    let nought = nought.map(|year| Written { year: Some(year), mended: true, ..Written::default() });
    let decade = terminated(digit(), peek(gap));
    let decade = decade.map(|year| Written { year: Some(year), decade: true, ..Written::default() });
    alt((whole, nought, decade)).parse(input)
}

/// `bracketed-year = "(" ["'"] ( 4DIGIT / 2DIGIT ) ")"`, round or square
pub(super) fn bracketed_year(input: &str) -> Grammar<'_, u32> {
    delimited((one_of("(["), blanks, opt(one_of("'’"))), year_digits, (blanks, one_of(")]"))).parse(input)
}

/// `year-digits = 4DIGIT / 2DIGIT`, four of them from 1945 to 2049
fn year_digits(input: &str) -> Grammar<'_, u32> {
    let four = map_opt(digits(4, 4), number);
    let four = verify(four, |year| (1945..2050).contains(year));
    let two = map_opt(digits(2, 2), number);
    terminated(alt((four, two)), not(satisfy(|c| c.is_ascii_digit()))).parse(input)
}

/// `inner-year = bracketed-year / 2DIGIT / 4DIGIT`, the bare ones only before a further number, which is not the year of
/// another cable: `OSLO 25 07 LIMA 5138` are two
fn inner_year(input: &str) -> Grammar<'_, u32> {
    let before_number = (gap, not(year_before_post), digits(2, 7), not(satisfy(char::is_alphanumeric)));
    let bare = terminated(year_digits, peek(before_number));
    let recent = verify(bare, |year| matches!(year, 0..=29 | 66..=99 | 1966..=2029));
    alt((bracketed_year, recent)).parse(input)
}

/// `year-before-post = year-digits gap post gap DIGIT`
fn year_before_post(input: &str) -> Grammar<'_, ()> {
    let known = verify(name, |name: &str| matches!(post(name), Post::Known(_)));
    (year_digits, gap, known, gap, satisfy(|c| c.is_ascii_digit())).map(drop).parse(input)
}

/// `name = word *5( gap word )`
fn name(input: &str) -> Grammar<'_, &str> {
    let name = recognize((word, times(0, WORDS - 1, (gap, word))));
    verify(name, |name: &str| name.len() <= LONGEST_NAME).parse(input)
}

/// `word = usual-word / any-word`
fn word(input: &str) -> Grammar<'_, &str> {
    usual_word(input).map_or_else(|| any_word(input), Ok)
}

/// `usual-word = 1*48ALPHA` before a space: as [`any_word`] reads it, for a tenth of the cost.
fn usual_word(input: &str) -> Option<(&str, &str)> {
    if fast_path::is_disabled() {
        return None;
    }
    let letters = input.bytes().take(LONGEST_NAME + 1).take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = input.split_at_checked(letters).filter(|_| (1..=LONGEST_NAME).contains(&letters))?;
    rest.starts_with(' ').then_some((rest, word))
}

/// `any-word = ( ALPHA / "0" ALPHA ) *( ALPHA / "." / "'" / "&" / "-" ALPHA / "/" ALPHA / zero )`, a zero being a mistyped
/// O
fn any_word(input: &str) -> Grammar<'_, &str> {
    let letter = |c: char| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '&');
    let joint = (one_of("-/"), peek(satisfy(char::is_alphabetic)));
    let zero = || terminated(char('0'), peek(satisfy(char::is_alphabetic)));
    let last_zero = (char('0'), peek((gap, digits(1, 7))));
    let part = alt((recognize(take_while1(letter)), recognize(joint), recognize(zero()), recognize(last_zero)));
    let first = peek(alt((satisfy(char::is_alphabetic), preceded(char('0'), satisfy(char::is_alphabetic)))));
    recognize((first, times(1, LONGEST_NAME, part))).parse(input)
}

/// `between = spaces / "," spaces / "-" / "#"`, a comma only after a post that is known
fn between(post: Post, input: &str) -> Grammar<'_, ()> {
    let comma = verify(opt(char(',')), |comma| comma.is_none() || matches!(post, Post::Known(_)));
    (comma, blanks, opt(one_of("-#")), blanks).map(|_| ()).parse(input)
}

/// The number of a cable or an airgram.
#[derive(Clone, Copy, Debug)]
struct Serial<'t> {
    /// As written.
    text: &'t str,
    number: u32,
    /// Whether letters stand for some of its digits.
    mended: bool,
}

/// `serial = ["#"] 1*8( DIGIT / "O" / "I" / "l" )`, which is no part of a word, a date, a time or an amount; a letter
/// stands for the digit that looks like it, where digits are half of them or more
fn serial(input: &str) -> Grammar<'_, Serial<'_>> {
    let (rest, _) = opt(char('#')).parse(input)?;
    let (rest, text) = verify(take_while1(|c| digit_of(c).is_some()), |text: &str| text.len() <= 8).parse(rest)?;
    let letters = text.bytes().filter(|b| !b.is_ascii_digit()).count();
    let number = text.chars().filter_map(digit_of).fold(0, |number, digit| number * 10 + digit);
    let is_number = letters * 2 <= text.len() && (1..10_000_000).contains(&number);
    if is_number && stands_alone(rest) && !is_day(text, rest) && !is_time(rest) {
        Ok((rest, Serial { text, number, mended: letters > 0 }))
    } else {
        Err(no(input))
    }
}

/// The digit that a character is, or looks like.
fn digit_of(c: char) -> Option<u32> {
    match c {
        'O' | 'o' => Some(0),
        'I' | 'l' => Some(1),
        c => c.to_digit(10),
    }
}

/// `torn = gap 1*5DIGIT`: what may be the second half of a number that a space has torn
pub(super) fn torn(input: &str) -> Grammar<'_, &str> {
    preceded(gap, verify(digits(1, 5), |_: &str| true)).parse(input).and_then(|(rest, digits)| {
        if stands_alone(rest) && !is_day(digits, rest) && !is_time(rest) { Ok((rest, digits)) } else { Err(no(input)) }
    })
}

/// Whether no word, decimal, clock time or date goes on after a number.
fn stands_alone(rest: &str) -> bool {
    let mut following = rest.chars();
    let next = following.next();
    let beyond = following.next().is_some_and(|c| c.is_ascii_digit());
    match next {
        None => true,
        Some('.' | ':' | '%' | '$') => !beyond,
        Some('/') => {
            let after = rest.trim_start_matches('/').trim_start_matches(|c: char| c.is_ascii_digit());
            !(beyond && after.starts_with(['/', '-']))
        }
        // `STATE 021770B. STATE 039585`: the label of the next item.
        Some('A'..='Z') => matches!(rest.as_bytes(), [_, b'.' | b')', b' ', ..]),
        Some(c) => !c.is_alphanumeric(),
    }
}

/// Whether a number is the day of a date: a month's name follows it.
fn is_day(digits: &str, rest: &str) -> bool {
    number(digits).is_some_and(|day| day <= 31) && preceded(gap, month).parse(rest).is_ok()
}

/// Whether a number is the time of a date-time group: `311345 Z MAY 73`.
fn is_time(rest: &str) -> bool {
    (gap, one_of("Zz"), gap, month).parse(rest).is_ok()
}

/// What may hang on a number.
#[derive(Default)]
struct Suffix {
    year: Option<u32>,
    last: Option<u32>,
}

/// `[ suffix ]`, where `suffix = "/" 2DIGIT / "/" 1DIGIT / "-" 2DIGIT / through 1*7DIGIT`: a year, a section, a year, the
/// end of a range
fn suffix<'t>(first: &str, input: &'t str) -> Grammar<'t, Suffix> {
    let stroke = preceded(char('/'), terminated(digits(1, 4), not(satisfy(|c| c.is_ascii_digit()))));
    let after_stroke = stroke.map(|second| (true, second));
    let after_dash = preceded(through, digits(1, 7)).map(|second| (false, second));
    let hanging = terminated(alt((after_stroke, after_dash)), peek(not(satisfy(char::is_alphanumeric))));
    opt(map_opt(hanging, |(stroke, second)| meaning(first, second, stroke))).map(Option::unwrap_or_default).parse(input)
}

/// `through = "-" / gap ( "-" / "THROUGH" / "THRU" / "TO" ) gap`
fn through(input: &str) -> Grammar<'_, ()> {
    let words = |input| {
        ["THROUGH", "THRU", "TO"]
            .iter()
            .find_map(|w| Some((strip_prefix_ignoring_case(input, w)?, ())))
            .ok_or(no(input))
    };
    alt((delimited(gap, words, gap), (blanks, char('-'), blanks).map(|_| ()))).parse(input)
}

/// Tells a year from the end of a range: `5049-01`, `789/08`, `100-105`, `1234-36`.
fn meaning(first: &str, second: &str, stroke: bool) -> Option<Suffix> {
    let (from, to) = (number(first)?, number(second)?);
    let year_like = matches!((second.len(), to), (2, 0..=29 | 66..=99) | (4, 1966..=2029));
    let range = to > from && to - from <= 200;
    match (stroke, second.len()) {
        (true, 1) => Some(Suffix::default()),
        (false, _) if range => Some(Suffix { year: None, last: Some(to) }),
        _ if year_like => Some(Suffix { year: Some(to), last: None }),
        (false, 1 | 2) if first.len() > second.len() => {
            let scale = if second.len() == 1 { 10 } else { 100 };
            let last = from - from % scale + to;
            (last > from).then_some(Suffix { year: None, last: Some(last) })
        }
        _ => None,
    }
}

/// Words between a post's name and the number.
const FILLERS: [&str; 14] = [
    "CABLE",
    "CABLES",
    "TEL",
    "TELS",
    "TELEGRAM",
    "TELEGRAMS",
    "REFTEL",
    "SEPTEL",
    "MSG",
    "MESSAGE",
    "NO",
    "NR",
    "NUMBER",
    "NUMBERS",
];

/// Series of messages that have no place.
const SERIES: [&str; 6] = ["TOSEC", "SECTO", "TODEP", "DEPTO", "PARTO", "TOPAR"];

/// Whom a name stands for.
pub(super) fn post(name: &str) -> Post {
    let name = without_possessive(without_fillers(name));
    if let Some(series) = SERIES.iter().find(|s| s.eq_ignore_ascii_case(name)) {
        return Post::Known(series);
    }
    let is = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(name));
    if is(&["DEPTEL", "DEPTELS", "DEPTTEL", "DEPCIRTEL", "DEPARTMENT", "DEPT"]) {
        return Post::Known("STATE");
    }
    if is(&["EMBTEL", "EMBTELS", "EMBASSY", "OURTEL", "OUR", "CONTEL", "MYTEL"]) {
        return Post::Own;
    }
    let mission = strip_prefix_ignoring_case(name, "US ").filter(|_| name.len() > 5);
    let found = known(name).or_else(|| knowledge::post_of_plad(mission?)).or_else(|| turned(name));
    found.map_or(Post::Unknown, |row| Post::Known(row.canonical))
}

fn known(name: &str) -> Option<&'static knowledge::PostRow> {
    knowledge::post(name).or_else(|| knowledge::post_of_plad(name))
}

/// The post whose words stand in another order: `DUBAI RPO`, `NEW YORK USUN`. The last words come first, or the first
/// ones last.
fn turned(name: &str) -> Option<&'static knowledge::PostRow> {
    // The parts of a name with slashes are offices.
    if name.len() > LONGEST_NAME || name.contains(['/', '.']) {
        return None;
    }
    let gaps = name.match_indices(' ').map(|(at, _)| at).take(WORDS);
    let mut turns =
        gaps.filter_map(|at| name.split_at_checked(at)).map(|(head, tail)| format!("{} {head}", tail.trim_start()));
    turns.find_map(|turned| known(&turned))
}

/// `DEPT'S A-1089`: whose it is.
fn without_possessive(name: &str) -> &str {
    ["'S", "’S", "'s", "’s"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// The one post that a misspelt name can mean.
pub(super) fn near_post(name: &str) -> Option<&'static str> {
    let name = without_fillers(name);
    // Short names have too many neighbours.
    let whole = name.len() > 4 && !name.contains('/') && super::kind::of_text(name) == super::ReferenceKind::Other;
    let near = if whole { knowledge::nearest_post(name) } else { None };
    near.map(|row| row.canonical)
}

/// A name without the words that only say that a cable is meant.
pub(super) fn without_fillers(name: &str) -> &str {
    let mut name = name.trim_end_matches(['.', ' ']);
    while let Some((before, last)) = name.rsplit_once(' ')
        && FILLERS.iter().any(|f| f.eq_ignore_ascii_case(last.trim_end_matches('.')))
    {
        name = before.trim_end();
    }
    name
}

/// Whether a cable of a post that is known begins here.
pub(super) fn is_known_cable(input: &str) -> bool {
    let cited = alt((airgram, cable)).parse(input);
    cited.is_ok_and(|(_, cited)| cited.is_known())
}

/// Whether something begins here that has the shape of a cable: a known post, or a short name in capitals, and a number.
pub(super) fn is_cable_like(input: &str) -> bool {
    let cited = alt((airgram, cable)).parse(input);
    let is_alone = |rest| {
        let rest = notes(rest, &mut Notes::default());
        is_clean(rest) || matches!(rest.trim_start().as_bytes(), [b'A'..=b'Z', b'.' | b')', ..])
    };
    cited.is_ok_and(|(rest, cited)| cited.is_known() || (!cited.glued && is_name(cited.name) && is_alone(rest)))
}

/// Whether a name that no table knows can be an originator's: three words at most, in capitals, none of them a common one.
pub(super) fn is_name(name: &str) -> bool {
    const COMMON: [&str; 32] = [
        "OF", "THE", "FOR", "ON", "TO", "FROM", "AND", "IN", "AT", "BY", "DATED", "DTD", "PAGE", "PARA", "PARAS",
        "SECTION", "PART", "VOL", "CHAPTER", "ANNEX", "ITEM", "PL", "NSDM", "NSSM", "SALT", "TD", "YOUR", "MY", "HIS",
        "THIS", "THESE", "HR",
    ];
    let mut words = 0;
    let fits = name.split([' ', '/', '-']).all(|word| {
        words += 1;
        let letters = || word.chars().filter(|c| *c != '.');
        let common = COMMON.iter().any(|c| c.chars().eq(letters().map(|l| l.to_ascii_uppercase())));
        letters().nth(1).is_some() && !common && super::kind::of_word(word).is_none() && month(word).is_err()
    });
    fits && words <= 3 && name.starts_with(|c: char| c.is_uppercase() || c == '0')
}

/// Whether nothing but a separator, a bracket or the end follows.
pub(super) fn is_clean(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with([',', ';', ':', '.', '(', '[', ')', '/', '&', '¶'])
}

/// A word, upper and lower case alike, that ends where it ends.
pub(super) fn keyword<'t>(input: &'t str, word: &str) -> Option<&'t str> {
    strip_prefix_ignoring_case(input, word).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// `times = min*max part`, the parts not kept
fn times<'t, T>(
    min: usize,
    max: usize,
    part: impl Parser<&'t str, Output = T, Error = Expected<'t>>,
) -> impl Parser<&'t str, Output = (), Error = Expected<'t>> {
    fold_many_m_n(min, max, part, || (), |(), _| ())
}

/// `any-of = one of the words`, for nom
pub(super) fn any_of<'t>(
    words: &'static [&'static str],
) -> impl Parser<&'t str, Output = &'t str, Error = Expected<'t>> {
    move |input: &'t str| {
        let rest = words.iter().find_map(|word| keyword(input, word)).ok_or(no(input))?;
        let word = input.split_at_checked(input.len() - rest.len()).map_or("", |(word, _)| word);
        Ok((rest, word))
    }
}

/// Throws away what a grammar gives.
pub(super) fn void<'t, T>(
    grammar: impl Parser<&'t str, Output = T, Error = Expected<'t>>,
) -> impl Parser<&'t str, Output = (), Error = Expected<'t>> {
    map(grammar, |_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_word_is_read_as_any_word_is() {
        for text in
            ["OSLO 12", "LA PAZ 3", "o", "O 1", "OSL0 12", "A-29", "ST. PAUL 1", "É 1", "OSLO", "0SLO 1", "", " "]
        {
            if let Some(word) = usual_word(text) {
                assert_eq!(any_word(text), Ok(word), "{text:?}");
            }
        }
    }
}
