//! The distribution block of archive records: `ACTION EB-11 / INFO OCT-01 ... /117 W`, and what is left of it where its
//! first line is gone: `INFO LOG-00 EEB-00 ... /001W`.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::diagnostic::DiagnosticCode;
use crate::fast_path;
use crate::grammar::{Grammar, blanks, digits, strip_prefix_ignoring_case, tag_no_case};
use crate::lines::{Line, Report, trim, trim_start};
use crate::record::record;
use crate::region::RegionKind;
use crate::span::Span;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, satisfy};
use nom::combinator::{map, map_opt, not, opt, recognize, value, verify};
use nom::sequence::{delimited, preceded, terminated};

record! {
    /// Which offices of the Department got how many copies.
    ///
    /// ```text
    /// ACTION EB-11                                    role, offices
    /// INFO  OCT-01  ARA-16  ISO-00  L-03  H-03        info
    ///       DRC-01  /032 W                            total, direction
    /// ```
    #[derive(Default)]
    #[cfg_attr(feature = "serde", serde(default))]
    pub struct Distribution<'a> {
        /// Whether the first office acts on an incoming message or originated an outgoing one; none where the block begins
        /// with `INFO`.
        pub role: Option<DistributionRole>,
        /// The acting or originating offices.
        pub offices: Vec<OfficeCopies<'a>>,
        /// The offices informed.
        pub info: Vec<OfficeCopies<'a>>,
        /// The printed sum of the copies.
        pub total: Option<u16>,
        /// The letter after the sum.
        pub direction: Option<Direction>,
    }
}

/// The role of the first office of a distribution block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum DistributionRole {
    /// `ACTION`: an incoming message.
    Action,
    /// `ORIGIN`: an outgoing message.
    Origin,
}

/// Which way a message went, by the letter after the sum of the copies.
///
/// As observed in the telegrams of 1973 to 1979: `W` follows the block of an `ACTION` office, `R` that of an `ORIGIN`. The
/// letter and the role are both as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum Direction {
    /// `W`: an incoming message.
    #[cfg_attr(feature = "serde", serde(rename = "W"))]
    Incoming,
    /// `R`: an outgoing message.
    #[cfg_attr(feature = "serde", serde(rename = "R"))]
    Outgoing,
}

impl Direction {
    /// The letter.
    pub const fn letter(self) -> char {
        match self {
            Self::Incoming => 'W',
            Self::Outgoing => 'R',
        }
    }
}

impl fmt::Display for Direction {
    /// As after the sum: `W`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char(self.letter())
    }
}

record! {
    /// An office symbol and its number of copies: `EB-11`.
    pub struct OfficeCopies<'a> {
        /// The office symbol.
        pub office: Cow<'a, str>,
        /// How many copies; zero is legal.
        pub copies: u8,
    }
}

impl Distribution<'_> {
    /// The copies of all offices, added up.
    pub fn copies(&self) -> u32 {
        self.offices.iter().chain(&self.info).fold(0, |sum, office| sum.saturating_add(office.copies.into()))
    }
}

/// A piece of a line of the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item<'a> {
    Role(DistributionRole),
    Info,
    Office(&'a str, u8),
    Total(Option<u16>, Option<Direction>),
}

/// Whether a distribution block starts on this line: `ACTION` or `ORIGIN`, upper and lower case alike, then nothing but
/// offices; or `INFO` and two offices at the least, for one could be an addressee, `INFO CTF-57`.
///
/// Prose such as `ACTION PLANS HAS` is none, nor is `INFO AMEMBASSY OSLO`.
pub(crate) fn starts_block(line: &str) -> bool {
    // Cheap enough to ask of every line of a body.
    let label = |word| strip_prefix_ignoring_case(trim_start(line), word).is_some();
    // No addressee after `INFO` has a hyphen in its first word, or nearly none.
    let info = || label("INFO") && line.split_whitespace().nth(1).is_some_and(|office| office.contains('-'));
    (label("ACTION") || label("ORIGIN") || info()) && items(line).is_some_and(|found| begins_block(&found))
}

/// `first-line = ( role office / info office office ) *( item )`
fn begins_block(found: &[(&str, Item<'_>)]) -> bool {
    let mut items = found.iter().map(|(_, item)| item);
    let role = items.next();
    let offices = items.take_while(|item| matches!(item, Item::Office(..))).count();
    match role {
        Some(Item::Role(_)) => offices > 0,
        Some(Item::Info) => offices > 1,
        _ => false,
    }
}

/// Whether the line belongs to a block without being part of its list: the heading `Distribution:`, or the number of
/// the printer's queue, `TED1302`.
pub(crate) fn is_block_heading(line: &str) -> bool {
    let line = trim(line);
    line.eq_ignore_ascii_case("Distribution:") || line.len() == "TED1302".len() && whole(line, queue_number)
}

/// Whether this is the line of dashes with the relay's running number below the block: `---------------------  043561`,
/// `------------------011957  201755Z /43`.
pub(crate) fn is_dash_line(line: &str) -> bool {
    let line = trim(line);
    line.starts_with("----------") && whole(line, dash_line) || line.ends_with(is_digit) && is_damaged_dash_line(line)
}

/// The running number, the time and the relay after dashes that recognition made letters of:
/// `wo ceecenenenaeen 378300 301754Z /38`.
fn is_damaged_dash_line(line: &str) -> bool {
    let mut words = line.rsplit(' ').filter(|word| !word.is_empty());
    let is_number = |word: &str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let is_time = |word: &str| {
        word.strip_suffix('Z').is_some_and(|time| time.len() == 6 && time.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_relay = |word: &str| {
        word.len() == 3 && word.strip_prefix('/').is_some_and(|relay| relay.bytes().all(|b| b.is_ascii_digit()))
    };
    words.next().is_some_and(is_relay)
        && words.next().is_some_and(is_time)
        && words.next().is_some_and(is_number)
        && words.count() <= 3
}

const fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// Reads a block and marks its lines, and the line of dashes if it follows at once.
///
/// Gives back the block and how many lines it took; `None` when no block starts on the first line that is not blank.
pub(crate) fn parse<'a>(lines: &[Line<'a>], report: &mut Report) -> Option<(Distribution<'a>, usize)> {
    let opening = lines.iter().position(|line| !line.is_blank() && !is_block_heading(line.text))?;
    let mut block = Reader::open(lines.get(opening)?, report)?;
    let mut used = opening + 1;
    for (i, line) in lines.iter().enumerate().skip(used) {
        if line.is_blank() {
            continue;
        }
        if !block.read(line, report) {
            break;
        }
        used = i + 1;
    }
    // The number under the block of 1973 and the line of dashes tell nothing of the cable itself.
    for (i, line) in lines.iter().enumerate().skip(used).filter(|(_, line)| !line.is_blank()) {
        if !(whole(line.trimmed(), sort_number) || is_dash_line(line.text)) {
            break;
        }
        used = i + 1;
    }
    for line in lines.iter().take(used).filter(|line| !line.is_blank()) {
        report.mark(line, RegionKind::Distribution);
    }
    Some((block.close(report), used))
}

/// A block while it is read.
struct Reader<'a> {
    block: Distribution<'a>,
    in_info: bool,
    /// Where the sum stands, once it came; nothing follows it.
    sum: Option<Span>,
}

impl<'a> Reader<'a> {
    fn open(line: &Line<'a>, report: &mut Report) -> Option<Self> {
        let found = items(line.text)?;
        let role = match found.first() {
            Some((_, Item::Role(role))) => Some(*role),
            _ => None,
        };
        begins_block(&found).then_some(())?;
        let block = Distribution { role, offices: Vec::new(), info: Vec::new(), total: None, direction: None };
        let mut reader = Self { block, in_info: false, sum: None };
        reader.read(line, report);
        Some(reader)
    }

    /// Takes in a line; `false` when it belongs to the block no more.
    fn read(&mut self, line: &Line<'a>, report: &mut Report) -> bool {
        if self.sum.is_some() {
            return false;
        }
        let (found, damaged) = scan(line.text);
        let starts_another = !self.block.offices.is_empty() && matches!(found.first(), Some((_, Item::Role(_))));
        // One office out of many may be damaged; where most is, this is another kind of line.
        if found.len() <= damaged.len().saturating_mul(2) || starts_another {
            return false;
        }
        for (part, item) in found {
            self.take(item, line.span_of(part));
        }
        for word in damaged {
            let message = format!("{word:?} in the distribution block is no office with its copies; left out");
            report.emit(DiagnosticCode::FormatLineMalformed, line.span_of(word), message);
        }
        true
    }

    fn take(&mut self, item: Item<'a>, span: Span) {
        match item {
            Item::Role(_) => {}
            Item::Info => self.in_info = true,
            Item::Office(office, copies) => {
                let list = if self.in_info { &mut self.block.info } else { &mut self.block.offices };
                list.push(OfficeCopies { office: Cow::Borrowed(office), copies });
            }
            Item::Total(total, direction) => {
                self.block.total = total;
                self.block.direction = direction;
                self.sum = Some(span);
            }
        }
    }

    /// Compares the copies with the printed sum.
    fn close(self, report: &mut Report) -> Distribution<'a> {
        let copies = self.block.copies();
        if let (Some(total), Some(span)) = (self.block.total, self.sum)
            && u32::from(total) != copies
        {
            let message = format!("the copies add up to {copies}, the block says {total}; both are as written");
            report.emit(DiagnosticCode::DistributionSum, span, message);
        }
        self.block
    }
}

/// Whether a grammar takes the whole of `text`.
fn whole<'a, T>(text: &'a str, grammar: impl Fn(&'a str) -> Grammar<'a, T>) -> bool {
    grammar(text).is_ok_and(|(rest, _)| rest.trim().is_empty())
}

/// `line = 1*( item *( blank / "," / "(" / ")" ) )`, each item with the text it stands in; `None` when anything else is there.
fn items(line: &str) -> Option<Vec<(&str, Item<'_>)>> {
    let (found, damaged) = scan(line);
    (damaged.is_empty() && !found.is_empty()).then_some(found)
}

/// The items of a line, and the words on it that are none.
fn scan(line: &str) -> (Vec<(&str, Item<'_>)>, Vec<&str>) {
    let (mut found, mut damaged) = (Vec::new(), Vec::new());
    let mut rest = trim(line);
    while !rest.is_empty() {
        let after = if let Some((after, one)) = usual_office(rest).or_else(|| item(rest).ok()) {
            let read = rest.get(..rest.len() - after.len()).unwrap_or(rest);
            found.push((read, one));
            after
        } else if let Some(after) = rest.strip_prefix(['(', ')']) {
            // Offices in brackets are offices.
            after
        } else {
            let word = rest.split([' ', '\t', ',', '(', ')']).next().unwrap_or(rest);
            damaged.push(word);
            rest.strip_prefix(word).unwrap_or_default()
        };
        rest = after.trim_start_matches([' ', '\t', ',']);
    }
    (found, damaged)
}

/// `item = role / info / office / total`
fn item(input: &str) -> Grammar<'_, Item<'_>> {
    alt((role, info, office, total, no_total)).parse(input)
}

/// `role = ( "ACTION" / "ORIGIN" ) [ ":" ]`
fn role(input: &str) -> Grammar<'_, Item<'_>> {
    let word = alt((
        map(tag_no_case("ACTION"), |_| Item::Role(DistributionRole::Action)),
        map(tag_no_case("ORIGIN"), |_| Item::Role(DistributionRole::Origin)),
    ));
    terminated(word, end_of_word).parse(input)
}

/// `info = "INFO" [ ":" ]`
fn info(input: &str) -> Grammar<'_, Item<'_>> {
    map(terminated(tag_no_case("INFO"), end_of_word), |_| Item::Info).parse(input)
}

/// `end-of-word = [ ":" ] <no letter, digit or hyphen follows>`
fn end_of_word(input: &str) -> Grammar<'_, ()> {
    preceded(opt(tag(":")), not(satisfy(|c| c.is_ascii_alphanumeric() || c == '-'))).parse(input)
}

/// `office = ALPHA *7( ALPHA / DIGIT / "/" ) [blank] "-" [blank] 1*3DIGIT`, 255 copies at the most
fn office(input: &str) -> Grammar<'_, Item<'_>> {
    let symbol = verify(take_while_m_n(1, 8, is_symbol), |s: &str| s.starts_with(|c: char| c.is_ascii_uppercase()));
    let (rest, symbol) = terminated(symbol, (blanks, tag("-"), blanks)).parse(input)?;
    let (rest, copies) = terminated(map_opt(digits(1, 3), |copies| copies.parse().ok()), end_of_word).parse(rest)?;
    Ok((rest, Item::Office(symbol, copies)))
}

/// An office without spaces and colon, as nearly all are, for a tenth of what [`item`] takes to come to the same.
fn usual_office(text: &str) -> Option<(&str, Item<'_>)> {
    if fast_path::is_disabled() {
        return None;
    }
    let length = text.bytes().take_while(|b| is_symbol(char::from(*b))).count();
    let (symbol, rest) = text.split_at_checked(length).filter(|_| (1..=8).contains(&length))?;
    let rest = rest.strip_prefix('-').filter(|_| symbol.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (copies, rest) = rest.split_at_checked(digits).filter(|_| (1..=3).contains(&digits))?;
    let ends = rest.is_empty() || rest.starts_with([' ', ',', ')']);
    ends.then_some((rest, Item::Office(symbol, copies.parse().ok()?)))
}

fn is_symbol(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || c == '/'
}

/// `total = "/" 1*5DIGIT [ direction ]`, 65,535 copies at the most
fn total(input: &str) -> Grammar<'_, Item<'_>> {
    let sum = preceded((tag("/"), blanks), map_opt(digits(1, 5), |sum| sum.parse().ok()));
    map((sum, opt(direction)), |(sum, direction)| Item::Total(Some(sum), direction)).parse(input)
}

/// `no-total = "(" office-symbol ")" [ direction ]`: where the machine did not add up.
fn no_total(input: &str) -> Grammar<'_, Item<'_>> {
    let bracket = delimited((tag("("), blanks), take_while1(is_symbol), (blanks, tag(")")));
    map((bracket, opt(direction)), |(_, direction)| Item::Total(None, direction)).parse(input)
}

/// `direction = [blank] ( "W" / "R" )`
fn direction(input: &str) -> Grammar<'_, Direction> {
    let letter = alt((value(Direction::Incoming, char('W')), value(Direction::Outgoing, char('R'))));
    delimited(blanks, letter, end_of_word).parse(input)
}

/// `queue-number = 3ALPHA 4DIGIT`
fn queue_number(input: &str) -> Grammar<'_, &str> {
    recognize((take_while_m_n(3, 3, |c: char| c.is_ascii_uppercase()), digits(4, 4))).parse(input)
}

/// `sort-number = 5*6DIGIT / 2DIGIT`
fn sort_number(input: &str) -> Grammar<'_, &str> {
    terminated(alt((digits(5, 6), digits(2, 2))), end_of_word).parse(input)
}

/// `dash-line = 10*"-" [blank] group [ blank group ] [ blank "/" *VCHAR [ direction ] ]`
fn dash_line(input: &str) -> Grammar<'_, &str> {
    let dashes = verify(take_while1(|c| c == '-'), |d: &str| d.len() >= 10);
    let copies = (blanks, tag("/"), take_while1(|c: char| !c.is_whitespace()), opt(direction));
    recognize((dashes, blanks, group, opt(preceded(blanks, group)), opt(copies))).parse(input)
}

/// `group = 6HEXDIG [ "Z" ]`: the relay's number, or day and time of filing.
fn group(input: &str) -> Grammar<'_, &str> {
    let six = take_while_m_n(6, 6, |c: char| c.is_ascii_digit() || matches!(c, 'A'..='F'));
    terminated(recognize((six, opt(tag("Z")))), end_of_word).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    /// `role | offices | info | total direction | lines used | what was said`
    fn read(text: &str) -> String {
        let mut report = Report::default();
        let Some((block, used)) = parse(&lines::split(text), &mut report) else { return "none".to_owned() };
        let list = |offices: &[OfficeCopies<'_>]| {
            offices.iter().map(|o| format!("{}={}", o.office, o.copies)).collect::<Vec<_>>().join(" ")
        };
        let total = block.total.map_or("?".to_owned(), |t| t.to_string());
        let wording: Vec<_> =
            report.diagnostics.finish().iter().map(|d| format!(" {}@{:?}", d.code, d.span.slice(text))).collect();
        format!(
            "{} | {} | {} | {total} {} | {used}{}",
            block.role.map_or("?".to_owned(), |role| format!("{role:?}")),
            list(&block.offices),
            list(&block.info),
            block.direction.map_or('?', Direction::letter),
            wording.concat()
        )
    }

    #[test]
    fn blocks() {
        for (name, text, want) in [
            (
                "double-spaced, of 1974",
                "ACTION EB-11\n\nINFO  OCT-01  ARA-16\n\n      L-03  H-03  /034 W\n          ---------------------     043561\nR 0",
                "Action | EB=11 | OCT=1 ARA=16 L=3 H=3 | 34 W | 6",
            ),
            ("labels in small letters", "Action EB-11\ninfo: OCT-01  /012 W", "Action | EB=11 | OCT=1 | 12 W | 2"),
            ("prose", "Action plans EB-11\n", "none"),
            (
                "total on its own line",
                "ACTION CA-01\nINFO  OCT-01\n      /002 W\nFM AMEMBASSY OSLO\n",
                "Action | CA=1 | OCT=1 | 2 W | 3",
            ),
            (
                "outgoing, several offices",
                "ORIGIN EUR-12  EA-07\nINFO  OCT-01  /020 R\n\nDRAFTED BY EUR/NE:JROE\n",
                "Origin | EUR=12 EA=7 | OCT=1 | 20 R | 2",
            ),
            (
                "of 1973, with the number under it",
                "ORIGIN SS-14\nINFO OCT-01 /015 R\n66640\nDRAFTED BY S/ S- S: JROE\n",
                "Origin | SS=14 | OCT=1 | 15 R | 3",
            ),
            (
                "of later years, under a heading",
                "Distribution:\nTED1302\nACTION AF-00\n\nINFO  LOG-00   NP-00    AID-12\n      /012W\n     ------------------57FE9F  161713Z /38\n",
                "Action | AF=0 | LOG=0 NP=0 AID=12 | 12 W | 7",
            ),
            (
                "no total",
                "ACTION ARA-20\nINFO  OCT-01  ISO-00\n\n      ( ISO ) W\n  --------------------- 056424\n",
                "Action | ARA=20 | OCT=1 ISO=0 | ? W | 5",
            ),
            (
                "the first line gone",
                "INFO  LOG-00   FAIR-00  COD-01\n      AID-00   /001W\n\nR 162139Z JUN 09\n",
                "? |  | LOG=0 FAIR=0 COD=1 AID=0 | 1 W | 2",
            ),
            ("an addressee with a number", "INFO CTF-57\nFM AMEMBASSY OSLO\n", "none"),
            ("a sort number", "ORIGIN SS-15\nINFO OCT-01 /016 R\n05\nDRAFTED BY", "Origin | SS=15 | OCT=1 | 16 R | 3"),
            ("no info", "ACTION NODS-00\n\nR 031200Z JAN 75\n", "Action | NODS=0 |  | ? ? | 1"),
            (
                "wrong sum",
                "ACTION EB-07\nINFO OCT-01 /009 W\n",
                "Action | EB=7 | OCT=1 | 9 W | 2 distribution-sum@Some(\"/009 W\")",
            ),
            (
                "damaged office",
                "ACTION EB-07\nINFO OCT-01 ISO-O0 L-03 /011 W\n",
                "Action | EB=7 | OCT=1 L=3 | 11 W | 2 format-line-malformed@Some(\"ISO-O0\")",
            ),
            ("addressees are not of the block", "ACTION SS-25\nINFO AMEMBASSY OSLO\n", "Action | SS=25 |  | ? ? | 1"),
            ("prose", "ACTION PLANS HAS\n", "none"),
            ("prose with an office", "ACTION EB-11 WAS TAKEN\n", "none"),
            ("empty", "", "none"),
        ] {
            assert_eq!(read(text), want, "{name}");
        }
    }

    #[test]
    fn lines_told_apart() {
        for (line, start, heading, dashes) in [
            ("ACTION ARA-20", true, false, false),
            ("ORIGIN OES-09, INFO OCT-01 /010 R", true, false, false),
            ("ORIGINALLY PLANNED", false, false, false),
            ("ACTIONEB-11", false, false, false),
            ("INFO OCT-01", false, false, false),
            ("INFO OCT-01 COD-00", true, false, false),
            ("INFO AMEMBASSY OSLO", false, false, false),
            ("PTQ1859", false, true, false),
            ("Distribution:", false, true, false),
            ("---------------------     086001", false, false, true),
            ("   ------------------106786  030315Z /64    ", false, false, true),
            ("------------------270429Z 060566 /61", false, false, true),
            ("------------------076696  031628Z /23/12", false, false, true),
            ("--------------------- 124583 /42 R", false, false, true),
            ("--------------------- 1974", false, false, false),
            ("---------------------", false, false, false),
        ] {
            assert_eq!(
                (starts_block(line), is_block_heading(line), is_dash_line(line)),
                (start, heading, dashes),
                "{line}"
            );
        }
    }

    #[test]
    fn every_line_is_marked() {
        let text = "ACTION EB-11\n\nINFO OCT-01 /012 W\n  --------------------- 056424\n";
        let mut report = Report::default();
        assert!(parse(&lines::split(text), &mut report).is_some());
        let regions = report.regions.partition(text);
        assert!(regions.iter().all(|r| matches!(r.kind, RegionKind::Distribution | RegionKind::Blank)), "{regions:?}");
    }

    #[test]
    fn usual_offices_are_those_of_the_grammar() {
        for text in [
            "EB-11",
            "EB-11 INFO",
            "L-03,H-02",
            "INFO-01",
            "ACTION-1",
            "EB - 11",
            "EB-1111",
            "EB-11:",
            "1B-1",
            "NSCE-00A",
            "",
        ] {
            assert!(usual_office(text).is_none_or(|usual| Some(usual) == item(text).ok()), "{text}");
        }
    }
}
