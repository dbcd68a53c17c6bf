//! Format lines 6 to 9: the originator and the addressees (plain language addresses).

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::DiagnosticCode;
use crate::fast_path;
use crate::field::precedence::{Precedence, Written, is_precedence_word, precedence};
use crate::field::transmission::{is_routing_indicator, routing_indicator};
use crate::grammar::{Grammar, blanks, digits, first_word, gap, last_word, month_number, word};
use crate::knowledge;
use crate::lines::Report;
use crate::record::record;
use crate::value::Value;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, one_of};
use nom::combinator::{all_consuming, consumed, map, not, opt, peek, recognize, rest, verify};
use nom::sequence::{delimited, preceded, separated_pair, terminated};

record! {
    /// Format line 6: `FM AMEMBASSY ISLAMABAD`. In the JSON its [`post`](Originator::post) is a key, too.
    #[cfg_attr(feature = "schemars", schemars(transform = crate::schema::with_post))]
    pub struct Originator<'a> {
        /// The plain language address, as written.
        pub name: Cow<'a, str> => post: (Originator::post),
    }
}

record! {
    /// A line of format lines 7 to 9: `RUEHBUL/AMEMBASSY KABUL PRIORITY 1258`.
    ///
    /// [`AddresseeRepaired`](crate::DiagnosticCode::AddresseeRepaired) reports what was damaged in it. In the JSON its
    /// [`post`](Addressee::post) is a key, too.
    ///
    /// ```
    /// let text = "FM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC PRIORITY 6973\nUNCLAS OSLO 000461\n";
    /// let to = &cablegram::parse(text)?.cable.to[0];
    /// assert_eq!((to.routing_indicator.as_deref(), &*to.name), (Some("RUEHC"), "SECSTATE WASHDC"));
    /// assert_eq!((to.post(), to.serial.as_deref()), (Some("STATE"), Some("6973")));
    /// assert_eq!(to.precedence, Some(cablegram::Precedence::Priority));
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = crate::schema::without_example, transform = crate::schema::with_post)
    )]
    pub struct Addressee<'a> {
        /// The routing indicator before the slash; `ZEN` for delivery by other means.
        pub routing_indicator: Option<Cow<'a, str>>,
        /// The plain language address with its office symbols, as written, without precedence and serial.
        pub name: Cow<'a, str> => post: (Addressee::post),
        /// The addressee's own precedence.
        pub precedence: Option<Precedence>,
        /// The number of the message in the series from this originator to this addressee: `1258`, `7721-7722`.
        pub serial: Option<Cow<'a, str>>,
    }
}

/// The keys of an addressee, with what follows from its fields and from the cable.
#[cfg(feature = "serde")]
#[derive(serde::Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(rename = "Addressee"))]
pub(crate) struct Keys<'c> {
    /// The routing indicator before the slash; `ZEN` for delivery by other means.
    routing_indicator: Option<&'c str>,
    /// The plain language address with its office symbols, as written, without precedence and serial.
    name: &'c str,
    /// The post it is, in its canonical form, where it is one.
    post: Option<&'static str>,
    /// The addressee's own precedence.
    precedence: Option<Precedence>,
    /// Its own precedence, else that of format line 5 for its list.
    effective_precedence: Option<Precedence>,
    /// The number of the message in the series from this originator to this addressee: `1258`, `7721-7722`.
    serial: Option<&'c str>,
}

impl<'a> Originator<'a> {
    /// The originator with this name.
    pub fn new(name: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into() }
    }

    /// The post that it is, in its canonical form. A command has none.
    pub fn post(&self) -> Option<&'static str> {
        post_of(&self.name)
    }
}

impl<'a> Addressee<'a> {
    /// The addressee with this name, without routing indicator, precedence and serial.
    ///
    /// ```
    /// use cablegram::{Addressee, Precedence};
    ///
    /// let mut addressee = Addressee::new("AMEMBASSY KABUL");
    /// addressee.precedence = Some(Precedence::Priority);
    /// assert_eq!((addressee.to_string().as_str(), addressee.post()), ("AMEMBASSY KABUL PRIORITY", Some("KABUL")));
    /// ```
    pub fn new(name: impl Into<Cow<'a, str>>) -> Self {
        Self { routing_indicator: None, name: name.into(), precedence: None, serial: None }
    }

    /// Its keys in the JSON, with the precedence at which it gets the cable.
    #[cfg(feature = "serde")]
    pub(crate) fn keys(&self, effective_precedence: Option<Precedence>) -> Keys<'_> {
        Keys {
            routing_indicator: self.routing_indicator.as_deref(),
            name: &self.name,
            post: self.post(),
            precedence: self.precedence,
            effective_precedence,
            serial: self.serial.as_deref(),
        }
    }

    /// The post that it is, in its canonical form; of a misspelt name the one post that can be meant. A collective or a
    /// command has none.
    pub fn post(&self) -> Option<&'static str> {
        post_of(&self.name)
    }
}

impl fmt::Display for Originator<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Display for Addressee<'_> {
    /// As in format line 7: `RUEHBUL/AMEMBASSY KABUL PRIORITY 1258`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(indicator) = &self.routing_indicator {
            write!(f, "{indicator}/")?;
        }
        f.write_str(&self.name)?;
        if let Some(precedence) = self.precedence {
            write!(f, " {precedence}")?;
        }
        self.serial.as_ref().map_or(Ok(()), |serial| write!(f, " {serial}"))
    }
}

/// Reads the originator, `FM` taken off.
pub(crate) fn originator<'a>(value: &Value<'a>) -> Originator<'a> {
    let name = |text: &str| delimited_routing_indicator(text).map_or(0, |(name, _)| text.len() - name.len());
    let name = match &value.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.split_at_checked(name(text)).map_or(*text, |(_, name)| name)),
        Cow::Owned(text) => Cow::Owned(text.split_at_checked(name(text)).map_or("", |(_, name)| name).to_owned()),
    };
    Originator { name }
}

/// Reads an addressee, labels taken off and wrapped lines joined.
pub(crate) fn addressee<'a>(value: &Value<'a>, report: &mut Report) -> Addressee<'a> {
    match &value.text {
        Cow::Borrowed(text) => Parts::of(text).into_addressee(value, report),
        Cow::Owned(text) => Parts::of(text).into_addressee(value, report).into_owned(),
    }
}

/// The same of a line in which two may stand, a month between them: `AMEMBASSY LA PAZ NOV QUITO 9874`. In address lines a
/// month got after LA PAZ, and where the line end was lost with it, the next post follows with the serial.
pub(crate) fn one_or_two<'a>(value: &Value<'a>, report: &mut Report) -> (Addressee<'a>, Option<Addressee<'a>>) {
    let Some((before, month, after)) = parted_by_month(&value.text) else { return (addressee(value, report), None) };
    let first = Parts::of(before).into_addressee(value, report).into_owned();
    let mut second = Parts::of(after).into_addressee(value, report).into_owned();
    let kind = first_word(&first.name);
    if !begins_plad(&second.name) {
        second.name = Cow::Owned(format!("{kind} {}", second.name));
    }
    let wording = format!("{month:?} parts two addressees, {:?} and {:?}", first.name, second.name);
    report.emit(DiagnosticCode::AddresseeRepaired, value.locate_str(month), wording);
    (first, Some(second))
}

/// `post SP month SP post [ tail ]`: what stands before the month, the month, and what stands after it. The second post has
/// a kind of its own, or it is of the kind of the first.
fn parted_by_month(text: &str) -> Option<(&str, &str, &str)> {
    let month = text.split(' ').find(|word| is_month(word))?;
    let (before, after) = text.split_once(month)?;
    let (before, after) = (before.strip_suffix(' ')?, after.strip_prefix(' ')?);
    let (first, second) = (Parts::of(before), Parts::of(after));
    let kind = knowledge::post_of_plad(first.name)?.kind;
    let same_kind = || knowledge::post(second.name).is_some_and(|post| post.kind == kind);
    let of_a_kind = begins_plad(second.name) && knowledge::post_of_plad(second.name).is_some();
    (of_a_kind || same_kind()).then_some((before, month, after))
}

/// The canonical name of the post that an address names.
fn post_of(name: &str) -> Option<&'static str> {
    let known = knowledge::post_of_plad(name).or_else(|| knowledge::post(name));
    known.map(|post| post.canonical).or_else(|| misspelt_post(name))
}

/// The one post that can be meant by a misspelt place: `AMEMBASSY HELSINKKI`.
fn misspelt_post(name: &str) -> Option<&'static str> {
    let (before, place) = name.split_once(' ')?;
    let is_post = ["AMEMBASSY", "AMCONSUL", "USMISSION", "USINT", "USLO"].contains(&before);
    // Asked only then: it costs more than all else that is asked of an addressee.
    let post = if is_post { knowledge::nearest_post(place) } else { None };
    post.map(|post| post.canonical)
}

/// The parts of an addressee.
#[derive(Debug, Default)]
struct Parts<'t> {
    indicator: Option<Indicator<'t>>,
    name: &'t str,
    tail: Tail<'t>,
    /// A month that got between the name and the serial.
    month: Option<&'t str>,
}

/// A routing indicator as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Indicator<'t> {
    Whole(&'t str),
    /// With a space in it: `RU EHLP/`.
    Cut(&'t str, &'t str),
    /// Its slash became a space, or its form is damaged; the name after it tells what it is.
    Doubtful(&'t str),
}

/// What may stand after the name.
#[derive(Clone, Copy, Debug, Default)]
struct Tail<'t> {
    precedence: Option<(&'t str, Written)>,
    month: Option<&'t str>,
    serial: Option<&'t str>,
}

impl<'t> Parts<'t> {
    /// `addressee = [ routing-indicator "/" ] name [ gap tail ]`
    fn of(text: &'t str) -> Self {
        let (text, indicator) = delimited_routing_indicator(text).map_or((text, None), |(rest, i)| (rest, Some(i)));
        let (name, tail) = name_and_tail(text);
        let (name, month) = without_month(name, tail.serial.is_some());
        Self { indicator, name, tail, month: month.or(tail.month) }
    }

    fn into_addressee(self, value: &Value<'_>, report: &mut Report) -> Addressee<'t> {
        let mut say = |part: &str, message: String| {
            report.emit(DiagnosticCode::AddresseeRepaired, value.locate_str(part), message);
        };
        if let Some(month) = self.month {
            say(month, format!("{month:?} taken out after {:?}", self.name));
        }
        if let Some((word, written)) = self.tail.precedence.filter(|(_, written)| written.misspelt) {
            say(word, format!("{word:?} read as {}", written.precedence));
        }
        let routing_indicator = self.indicator.map(|indicator| match indicator {
            Indicator::Whole(whole) => Cow::Borrowed(whole),
            Indicator::Cut(head, tail) => {
                let joined = format!("{head}{tail}");
                say(head, format!("\"{head} {tail}\" read as routing indicator {joined}"));
                Cow::Owned(joined)
            }
            Indicator::Doubtful(word) => {
                say(word, format!("{word:?} taken as the routing indicator"));
                Cow::Borrowed(word)
            }
        });
        if knowledge::post_of_plad(self.name).is_none()
            && let Some(meant) = misspelt_post(self.name)
        {
            report.emit(
                DiagnosticCode::PostMisspelt,
                value.locate_str(self.name),
                format!("{:?} read as {meant}", self.name),
            );
        }
        Addressee {
            routing_indicator,
            name: Cow::Borrowed(self.name),
            precedence: self.tail.precedence.map(|(_, written)| written.precedence),
            serial: self.tail.serial.map(Cow::Borrowed),
        }
    }
}

impl Tail<'_> {
    /// Whether it is the last word of the name after all: the number of a unit, `DET 1`.
    fn is_of_name(&self, name: &str) -> bool {
        const UNITS: [&str; 16] = [
            "BN", "BOX", "CORPS", "CTF", "CTG", "CTU", "DET", "DIV", "GROUP", "NO", "NR", "PATRON", "SQ", "TF", "UNIT",
            "VP",
        ];
        let number = self.precedence.is_none() && self.serial.is_some_and(|serial| serial.len() <= 3);
        number && name.rsplit(' ').next().is_some_and(|last| UNITS.contains(&last))
    }
}

/// `name-and-tail = name [ gap tail ]`: the longest tail that there is.
fn name_and_tail(text: &str) -> (&str, Tail<'_>) {
    usual_tail(text).unwrap_or_else(|| longest_tail(text))
}

/// `usual-tail = [ gap ( "PRIORITY" / "ROUTINE" ) ] [ gap 1*6DIGIT ]` after a name that ends in another word of four
/// capitals or more. So nearly all end, and [`longest_tail`] comes to the same for ten times the cost.
fn usual_tail(text: &str) -> Option<(&str, Tail<'_>)> {
    if fast_path::is_disabled() {
        return None;
    }
    let is_serial = |word: &str| (1..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let without = |text: &'_ str, word: &str| text.len() - word.len();
    let last = last_word(text);
    let serial = Some(last).filter(|last| is_serial(last));
    let before = if serial.is_some() { text.get(..without(text, last))?.strip_suffix(' ')? } else { text };
    let word = last_word(before);
    let precedence = match word {
        "PRIORITY" => Some((word, Written { precedence: Precedence::Priority, misspelt: false })),
        "ROUTINE" => Some((word, Written { precedence: Precedence::Routine, misspelt: false })),
        _ => None,
    };
    let name = if precedence.is_some() { before.get(..without(before, word))?.strip_suffix(' ')? } else { before };
    let end = last_word(name);
    let plain = end.len() >= 4 && end.bytes().all(|b| b.is_ascii_uppercase()) && !is_precedence_word(end);
    let tail = Tail { precedence, month: None, serial };
    (plain && end != "OVERRIDE" && name.contains(' ') && !tail.is_of_name(name)).then_some((name, tail))
}

fn longest_tail(text: &str) -> (&str, Tail<'_>) {
    // A number or a word of precedence stands at a tail's end, and at its beginning: by that nearly all words of a name
    // are left out before the grammar is asked.
    let last = last_word(text);
    if !(last.ends_with(|c: char| c.is_ascii_digit())
        || is_precedence_word(last)
        || last.eq_ignore_ascii_case("OVERRIDE"))
    {
        return (text, Tail::default());
    }
    let cuts = memchr::memchr_iter(b' ', text.as_bytes()).filter_map(|at| text.split_at_checked(at));
    let may_be_tail = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.starts_with(|c: char| c.is_ascii_digit()) || is_precedence_word(first_word(rest))
    };
    cuts.filter(|(_, rest)| may_be_tail(rest))
        .filter_map(|(name, rest)| Some((name.trim_end(), all_consuming(preceded(gap, tail)).parse(rest).ok()?.1)))
        .find(|(name, tail)| !tail.is_of_name(name))
        .unwrap_or((text, Tail::default()))
}

/// A name without a month that stands at its end: after LA PAZ alone, after others only before a serial.
fn without_month(name: &str, serial: bool) -> (&str, Option<&str>) {
    let month = last_word(name);
    let place = name.strip_suffix(month).and_then(|name| name.strip_suffix(' '));
    match place.filter(|_| is_month(month)) {
        Some(place) if serial || place.ends_with("LA PAZ") => (place, Some(month)),
        _ => (name, None),
    }
}

/// Whether a word is a month of three letters.
fn is_month(word: &str) -> bool {
    word.len() == 3 && month_number(word).is_some()
}

/// The routing indicator at the start of an addressee, and what follows its slash.
fn delimited_routing_indicator(text: &str) -> Option<(&str, Indicator<'_>)> {
    if !may_have_indicator(text) {
        return None;
    }
    whole_indicator(text).or_else(|| alt((cut_indicator, doubtful_indicator)).parse(text).ok())
}

/// Whether an indicator of any kind may begin a text: eight capitals at the most with a slash after them, or with a
/// blank after what begins as one. Names are identified by it, for a twentieth of what the grammars cost.
fn may_have_indicator(text: &str) -> bool {
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let Some((word, rest)) = text.split_at_checked(capitals).filter(|_| (1..=8).contains(&capitals)) else {
        return false;
    };
    let in_two = word.starts_with("RU") || word.starts_with("RH") || is_routing_indicator(word);
    match rest.as_bytes().first() {
        Some(b'/') => true,
        Some(b' ' | b'\t') => in_two || rest.trim_start_matches([' ', '\t']).starts_with('/'),
        _ => false,
    }
}

/// `whole-indicator = ( routing-indicator / "ZEN" ) "/"`. Most addressees have one, so it is read without nom, for a
/// tenth of the cost.
fn whole_indicator(text: &str) -> Option<(&str, Indicator<'_>)> {
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let (word, rest) = text.split_at_checked(capitals)?;
    let name = rest.trim_start_matches([' ', '\t']).strip_prefix('/').filter(|name| !name.starts_with('/'))?;
    (word == "ZEN" || is_routing_indicator(word))
        .then(|| (name.trim_start_matches([' ', '\t']), Indicator::Whole(word)))
}

/// `cut-indicator = 2*5ALPHA SP 2*5ALPHA "/"`, in which the two together are a routing indicator.
fn cut_indicator(input: &str) -> Grammar<'_, Indicator<'_>> {
    let joined = |(head, tail): &(&str, &str)| {
        (5..=7).contains(&(head.len() + tail.len())) && (head.starts_with("RU") || head.starts_with("RH"))
    };
    map(terminated(verify(separated_pair(capitals, gap, capitals), joined), stroke), |(head, tail)| {
        Indicator::Cut(head, tail)
    })
    .parse(input)
}

/// `doubtful-indicator = routing-indicator SP plad / 4*8ALPHA "/" plad`
fn doubtful_indicator(input: &str) -> Grammar<'_, Indicator<'_>> {
    let plad = || peek(verify(rest, |name: &str| is_plad(name)));
    let no_stroke = terminated(routing_indicator, (gap, plad()));
    let damaged = terminated(verify(capitals, |w: &str| (4..=8).contains(&w.len())), (stroke, plad()));
    map(alt((no_stroke, damaged)), Indicator::Doubtful).parse(input)
}

/// `capitals = 1*8ALPHA`
fn capitals(input: &str) -> Grammar<'_, &str> {
    take_while_m_n(1, 8, |c: char| c.is_ascii_uppercase()).parse(input)
}

/// `slash = [SP] "/" [SP]`, not a double one.
fn stroke(input: &str) -> Grammar<'_, char> {
    delimited(blanks, char('/'), (not(char('/')), blanks)).parse(input)
}

/// `tail = precedence [ gap [ month gap ] serial ] / serial [ gap precedence ]`
fn tail(input: &str) -> Grammar<'_, Tail<'_>> {
    let month = terminated(verify(word, |w: &str| is_month(w)), gap);
    let after = preceded(gap, (opt(month), serial));
    alt((
        map((consumed(precedence), opt(after)), |(precedence, after)| Tail {
            precedence: Some(precedence),
            month: after.and_then(|(month, _)| month),
            serial: after.map(|(_, serial)| serial),
        }),
        map((serial, opt(preceded(gap, consumed(precedence)))), |(serial, precedence)| Tail {
            precedence,
            month: None,
            serial: Some(serial),
        }),
    ))
    .parse(input)
}

/// `serial = 1*6DIGIT [ ( "-" / "/" / "&" ) 1*6DIGIT ]`: the number of the message, or of its first and last section.
fn serial(input: &str) -> Grammar<'_, &str> {
    let to = (blanks, one_of("-/&"), blanks, digits(1, 6));
    recognize((digits(1, 6), opt(to))).parse(input)
}

/// Whether a line begins with a routing indicator and its slash.
pub(crate) fn has_routing_indicator(line: &str) -> bool {
    may_have_indicator(line)
        && (whole_indicator(line).is_some() || cut_indicator(line).is_ok() || doubtful_indicator(line).is_ok())
}

/// Whether a line begins with a routing indicator in good order and its slash.
pub(crate) fn has_whole_indicator(line: &str) -> bool {
    whole_indicator(line).is_some()
}

/// Whether a line is nothing but precedence and serial: the end of an addressee that was wrapped.
pub(crate) fn is_tail(line: &str) -> bool {
    let begins = line.starts_with(|c: char| c.is_ascii_digit()) || is_precedence_word(first_word(line));
    begins && all_consuming(tail).parse(line).is_ok()
}

/// Whether precedence or serial stand after a name.
pub(crate) fn has_tail(line: &str) -> bool {
    name_and_tail(line).0.len() < line.len()
}

/// Whether a serial stands after a name.
pub(crate) fn has_serial(line: &str) -> bool {
    name_and_tail(line).1.serial.is_some()
}

/// Whether a line is certainly the name of an addressee: it begins with the kind of a post or a well-known office, or it
/// ends as collectives and offices in Washington do.
pub(crate) fn is_plad(line: &str) -> bool {
    const LAST: [&str; 4] = ["COLLECTIVE", "WASHDC", "DC", "POSTS"];
    if begins_plad(line) {
        return true;
    }
    let (name, _) = name_and_tail(line);
    let ends = |last: &str| name.strip_suffix(last).is_some_and(|rest| rest.ends_with(' '));
    LAST.iter().any(|last| ends(last)) && !is_passed(line)
}

/// Whether a line begins as the name of an addressee does: with the kind of a post, or with a well-known office.
pub(crate) fn begins_plad(line: &str) -> bool {
    const FIRST: [&str; 36] = [
        "AIT",
        "AMCONGEN",
        "AMCONSUL",
        "AMEMB",
        "AMEMBASSY",
        "CDR",
        "CIA",
        "CINCLANT",
        "CINCPAC",
        "CJCS",
        "CNO",
        "DIA",
        "FBI",
        "HQ",
        "JCS",
        "NSA",
        "NSC",
        "ODC",
        "OSD",
        "REO",
        "RPO",
        "SECDEF",
        "SECSTATE",
        "USCINCEUR",
        "USCINCSO",
        "USDAO",
        "USDEL",
        "USDOC",
        "USEU",
        "USINT",
        "USLO",
        "USMISSION",
        "USMTN",
        "USNATO",
        "USOFFICE",
        "USUN",
    ];
    let mut words = line.split([' ', '\t']).filter(|w| !w.is_empty());
    let (Some(first), second) = (words.next(), words.next()) else { return false };
    let known = FIRST.binary_search(&first).is_ok()
        || (first, second) == ("IRAN", Some("RPO"))
        || (matches!(first, "DEPT" | "DEPARTMENT" | "SECRETARY") && second == Some("OF"));
    known && !is_passed(line)
}

/// Whether a line is a passing instruction, `USEU PASS TO EC`, or prose.
fn is_passed(line: &str) -> bool {
    let second = line.split([' ', '\t']).filter(|w| !w.is_empty()).nth(1);
    matches!(second, Some("FOR" | "PASS" | "ALSO" | "PLEASE")) || line.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Precedence::{Immediate, NiactImmediate, Priority};

    type Want = (Option<&'static str>, &'static str, Option<Precedence>, Option<&'static str>, usize);

    fn read(text: &str) -> (Addressee<'static>, usize) {
        let mut report = Report::default();
        let value = Value::join([(text, 0)]);
        let addressee = addressee(&value, &mut report).into_owned();
        (addressee, report.diagnostics.finish().len())
    }

    #[test]
    fn posts_of_addressees() {
        for (text, want, wording) in [
            ("AMEMBASSY OSLO PRIORITY", Some("OSLO"), 0),
            ("AMEMBASSY LIMI", Some("LIMA"), 1),
            ("AMEMBISSY LIMA", Some("LIMA"), 0),
            ("RUEHNY/AMCONSUL MARSAILLE 12", Some("MARSEILLE"), 1),
            ("AMEMBASSY ATLANTIS", None, 0),
            ("JCS LIMI", None, 0),
            ("FISH COLLECTIVE", None, 0),
        ] {
            let (addressee, diagnostics) = read(text);
            assert_eq!((addressee.post(), diagnostics), (want, wording), "{text}");
        }
    }

    #[test]
    fn addressees() {
        let cases: [(&str, &str, Want); 29] = [
            (
                "whole",
                "RUEHC/SECSTATE WASHDC PRIORITY 6303",
                (Some("RUEHC"), "SECSTATE WASHDC", Some(Priority), Some("6303"), 0),
            ),
            ("name alone", "AMEMBASSY OSLO", (None, "AMEMBASSY OSLO", None, None, 0)),
            ("serial alone", "RUEHNY/AMEMBASSY OSLO 12", (Some("RUEHNY"), "AMEMBASSY OSLO", None, Some("12"), 0)),
            ("other means", "ZEN/AMEMBASSY OSLO 0012", (Some("ZEN"), "AMEMBASSY OSLO", None, Some("0012"), 0)),
            ("range", "AMEMBASSY OSLO 2276-2279", (None, "AMEMBASSY OSLO", None, Some("2276-2279"), 0)),
            ("blanks", "AMEMBASSY  OSLO   PRIORITY   12", (None, "AMEMBASSY OSLO", Some(Priority), Some("12"), 0)),
            (
                "night action",
                "AMEMBASSY OSLO NIACT IMMEDIATE 0000",
                (None, "AMEMBASSY OSLO", Some(NiactImmediate), Some("0000"), 0),
            ),
            ("turned round", "AMEMBASSY OSLO IMMEDIATE NIACT", (None, "AMEMBASSY OSLO", Some(NiactImmediate), None, 0)),
            (
                "serial first",
                "SECSTATE WASHDC 716 NIACT IMMEDIATE",
                (None, "SECSTATE WASHDC", Some(NiactImmediate), Some("716"), 0),
            ),
            ("misspelt", "AMEMBASSY OSLO PIORITY 1", (None, "AMEMBASSY OSLO", Some(Priority), Some("1"), 1)),
            ("two slips", "AMEMBASSY OSLO IMEDAITE", (None, "AMEMBASSY OSLO", Some(Immediate), None, 1)),
            (
                "number in the name",
                "RUEUITH/DET 1 39LG ANKARA TU",
                (Some("RUEUITH"), "DET 1 39LG ANKARA TU", None, None, 0),
            ),
            (
                "glued number",
                "RUEPGEA/CDR650THMIGP SHAPE BE",
                (Some("RUEPGEA"), "CDR650THMIGP SHAPE BE", None, None, 0),
            ),
            ("unit at the end", "RHMFISS/AFOSI DET 523", (Some("RHMFISS"), "AFOSI DET 523", None, None, 0)),
            (
                "unit and serial",
                "RHMFISS/AFOSI DET 523 PRIORITY 7",
                (Some("RHMFISS"), "AFOSI DET 523", Some(Priority), Some("7"), 0),
            ),
            (
                "office symbols",
                "RUEKJCS/JOINT STAFF WASHDC//J-3/J-5// PRIORITY",
                (Some("RUEKJCS"), "JOINT STAFF WASHDC//J-3/J-5//", Some(Priority), None, 0),
            ),
            ("stroke in the name", "USAFSO HOWARD AFB CZ/LA", (None, "USAFSO HOWARD AFB CZ/LA", None, None, 0)),
            ("no routing indicator", "USAID/BOLIVIA", (None, "USAID/BOLIVIA", None, None, 0)),
            ("month", "RUEHLP/AMEMBASSY LA PAZ JUN 5253", (Some("RUEHLP"), "AMEMBASSY LA PAZ", None, Some("5253"), 1)),
            (
                "month and precedence",
                "AMEMBASSY LA PAZ DEC PRIORITY 5253",
                (None, "AMEMBASSY LA PAZ", Some(Priority), Some("5253"), 1),
            ),
            (
                "month after precedence",
                "AMEMBASSY LA PAZ PRIORITY DEC 5253",
                (None, "AMEMBASSY LA PAZ", Some(Priority), Some("5253"), 1),
            ),
            ("month at the end", "AMEMBASSY LA PAZ NOV", (None, "AMEMBASSY LA PAZ", None, None, 1)),
            (
                "month before a name",
                "AMEMBASSY LA PAZ NOV ATLANTIS",
                (None, "AMEMBASSY LA PAZ NOV ATLANTIS", None, None, 0),
            ),
            ("blank in the indicator", "RU EHLP/AMEMBASSY LA PAZ", (Some("RUEHLP"), "AMEMBASSY LA PAZ", None, None, 1)),
            ("blank at the stroke", "RUEHLP /AMEMBASSY LA PAZ", (Some("RUEHLP"), "AMEMBASSY LA PAZ", None, None, 0)),
            ("stroke lost", "RUEHLP AMEMBASSY LA PAZ", (Some("RUEHLP"), "AMEMBASSY LA PAZ", None, None, 1)),
            ("damaged indicator", "UEHLP/AMEMBASSY LA PAZ", (Some("UEHLP"), "AMEMBASSY LA PAZ", None, None, 1)),
            ("collective", "RUCNCIS/CIS COLLECTIVE", (Some("RUCNCIS"), "CIS COLLECTIVE", None, None, 0)),
            ("empty", "", (None, "", None, None, 0)),
        ];
        for (name, text, (indicator, plad, precedence, serial, wording)) in cases {
            let (got, diagnostics) = read(text);
            assert_eq!(got.routing_indicator.as_deref(), indicator, "{name}");
            assert_eq!(got.name, plad, "{name}");
            assert_eq!(got.precedence, precedence, "{name}");
            assert_eq!(got.serial.as_deref(), serial, "{name}");
            assert_eq!(diagnostics, wording, "{name}");
        }
    }

    #[test]
    fn two_in_a_line() {
        for (text, want, wording) in [
            ("RUEHLP/AMEMBASSY LA PAZ JUL HELSINKI 0983", "RUEHLP/AMEMBASSY LA PAZ|AMEMBASSY HELSINKI 0983", 1),
            ("AMEMBASSY LA PAZ NOV MONTEVIDEO PRIORITY", "AMEMBASSY LA PAZ|AMEMBASSY MONTEVIDEO PRIORITY", 1),
            ("AMEMBASSY LA PAZ JAN RUEHQT/AMEMBASSY QUITO 12", "AMEMBASSY LA PAZ|RUEHQT/AMEMBASSY QUITO 12", 1),
            ("AMEMBASSY LA PAZ JAN AMCONSUL NAPLES 12", "AMEMBASSY LA PAZ|AMCONSUL NAPLES 12", 1),
            // Of which kind the second one is, is not known.
            ("AMEMBASSY LA PAZ JAN BERGEN 12", "AMEMBASSY LA PAZ JAN BERGEN 12", 0),
            ("AMEMBASSY LA PAZ JAN ATLANTIS 12", "AMEMBASSY LA PAZ JAN ATLANTIS 12", 0),
            ("AMEMBASSY LA PAZ JAN 12", "AMEMBASSY LA PAZ 12", 1),
            ("FISH MAR OSLO 12", "FISH MAR OSLO 12", 0),
        ] {
            let mut report = Report::default();
            let (first, second) = one_or_two(&Value::join([(text, 0)]), &mut report);
            let got = std::iter::once(first).chain(second).map(|one| one.to_string()).collect::<Vec<_>>();
            assert_eq!((got.join("|").as_str(), report.diagnostics.finish().len()), (want, wording), "{text}");
        }
    }

    #[test]
    fn certain_names() {
        for yes in ["AMEMBASSY OSLO", "NATO EU COLLECTIVE PRIORITY", "DEPT OF LABOR", "SECRET SERVICE WASHDC 12"] {
            assert!(is_plad(yes), "{yes}");
        }
        for no in ["", "OSLO", "AMEMBASSY FOR POL", "DEPT FOR EUR", "USEU PASS TO EC", "SIPDIS", "Amembassy Oslo"] {
            assert!(!is_plad(no), "{no}");
        }
    }

    #[test]
    fn usual_tails_are_those_of_the_grammar() {
        let names = [
            "AMEMBASSY OSLO",
            "AMEMBASSY LA PAZ",
            "AFOSI DET",
            "CJCS",
            "AMEMBASSY OSLO PRIORITY",
            "USDEL NATO",
            "A NIACT",
        ];
        let tails =
            ["", " PRIORITY", " ROUTINE 12", " 12", " 1234567", " IMMEDIATE 1", " PRIORITY 12-14", " JUN 12", " 5 6"];
        for text in names.iter().flat_map(|name| tails.map(|tail| format!("{name}{tail}"))) {
            let parts = |(name, tail): (&str, Tail<'_>)| format!("{name} {tail:?}");
            let usual = usual_tail(&text).map(parts);
            assert!(usual.is_none_or(|usual| usual == parts(longest_tail(&text))), "{text}");
        }
    }

    #[test]
    fn tails() {
        for yes in ["PRIORITY", "PRIORITY 1258", "1258", "NIACT IMMEDIATE 1", "2276-2279"] {
            assert!(is_tail(yes), "{yes}");
        }
        for no in ["", "OSLO", "PRIORITY OSLO", "1234567"] {
            assert!(!is_tail(no), "{no}");
        }
    }

    #[test]
    fn originators() {
        for (text, name, post) in [
            ("AMEMBASSY OSLO", "AMEMBASSY OSLO", Some("OSLO")),
            ("RUEHNY/AMEMBASSY OSLO", "AMEMBASSY OSLO", Some("OSLO")),
            ("CIA WASHDC", "CIA WASHDC", None),
        ] {
            let from = originator(&Value::join([(text, 0)]));
            assert_eq!((from.name.as_ref(), from.post()), (name, post));
        }
    }
}
