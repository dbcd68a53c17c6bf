//! The TAGS line: Traffic Analysis by Geography and Subject (5 FAH-3).

use std::borrow::Cow;

use crate::diagnostic::DiagnosticCode;
use crate::edit_distance::one_slip;
use crate::field::portion_mark;
use crate::grammar::Grammar;
use crate::knowledge::{self, TagKind, TagRow};
use crate::lines::{Report, trim_start};
use crate::record::IntoOwned;
use crate::span::{between, offset_of};
use crate::value::Value;
use nom::Parser;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::one_of;
use nom::combinator::opt;
use nom::sequence::{delimited, terminated};

/// One of the TAGS: Traffic Analysis by Geography and Subject.
///
/// [`TagsSplit`](crate::DiagnosticCode::TagsSplit) reports codes that ran together and were cut. A code that no table has is kept as
/// written, as [`TagKind::Unknown`], with a suggestion where one lies near.
///
/// In the JSON its kind, its name and the suggestion are keys, too.
///
/// ```
/// let text = "R 080300Z DEC 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nTAGS: SENVEFIS, PGOF, NO\n";
/// let tags = cablegram::parse(text)?.cable.tags;
/// let codes: Vec<&str> = tags.iter().map(|tag| &*tag.tag).collect();
/// assert_eq!(codes, ["SENV", "EFIS", "PGOF", "NO"]);
/// assert_eq!((tags[2].suggestion(Some(2009)), tags[3].name(Some(2009))), (Some("PGOV"), Some("Norway")));
/// # Ok::<(), cablegram::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(from = "Keys<'a>"))]
pub struct Tag<'a> {
    /// The code, upper case; of a person the name in capitals.
    pub tag: Cow<'a, str>,
    /// The person in brackets after it, or named without brackets, as written: `KISSINGER, HENRY A.`
    pub person: Option<Cow<'a, str>>,
    /// Whether it is a person and no code.
    pub is_person: bool,
}

/// The keys of the JSON: a TAG with what the tables have on it.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "Tag"))]
pub(crate) struct Keys<'a> {
    /// The code, upper case; of a person the name in capitals.
    tag: Cow<'a, str>,
    /// What kind of code it is.
    #[serde(default)]
    kind: Option<TagKind>,
    /// What it meant in the cable's own year.
    #[serde(default)]
    name: Option<Cow<'a, str>>,
    /// The person in brackets after it, or named without brackets, as written: `KISSINGER, HENRY A.`
    #[serde(default)]
    person: Option<Cow<'a, str>>,
    /// The TAG that it probably stands for, where it is misspelt or another list's code: `RS` for `RU`.
    #[serde(default)]
    suggestion: Option<Cow<'a, str>>,
}

#[cfg(feature = "serde")]
impl<'a> From<Keys<'a>> for Tag<'a> {
    fn from(keys: Keys<'a>) -> Self {
        Self { tag: keys.tag, person: keys.person, is_person: keys.kind == Some(TagKind::Person) }
    }
}

/// With its meaning in the years of the published cables; the JSON of a cable has that of its own year.
#[cfg(feature = "serde")]
impl serde::Serialize for Tag<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.keys(None).serialize(serializer)
    }
}

impl<'a> Tag<'a> {
    /// The TAG with this code.
    ///
    /// ```
    /// use cablegram::{Tag, TagKind};
    ///
    /// let tag = Tag::new("ETRD");
    /// assert_eq!((tag.kind(), tag.name(None)), (TagKind::Subject, Some("Foreign Trade")));
    /// ```
    pub fn new(code: impl Into<Cow<'a, str>>) -> Self {
        Self { tag: code.into(), person: None, is_person: false }
    }

    /// A person as an item of the list, the name in capitals.
    pub fn of_person(name: impl Into<Cow<'a, str>>) -> Self {
        Self { is_person: true, ..Self::new(name) }
    }

    /// The same TAG with a person in brackets after it.
    #[must_use]
    pub fn with_person(self, name: impl Into<Cow<'a, str>>) -> Self {
        Self { person: Some(name.into()), ..self }
    }
}

impl Tag<'_> {
    /// What kind of code it is, by the tables.
    pub fn kind(&self) -> TagKind {
        self.kind_in(None)
    }

    /// The same in a year: from 2000 to 2004 a code that no table has is a term.
    pub(crate) fn kind_in(&self, year: Option<i32>) -> TagKind {
        match knowledge::tag(&self.tag, None) {
            _ if self.is_person => TagKind::Person,
            Some(row) => row.kind,
            None if self.suggestion(year).is_none() && is_term(&self.tag, year) => TagKind::Term,
            None => TagKind::Unknown,
        }
    }

    /// What it meant in a year, such as the cable's own ([`Cable::year`](crate::Cable::year)); `None` means the years
    /// of the published cables.
    pub fn name(&self, year: Option<i32>) -> Option<&'static str> {
        knowledge::tag(&self.tag, year).filter(|_| !self.is_person)?.name
    }

    /// The TAG that it probably means, where it is misspelt or another list's code: `RS` for `RU`.
    pub fn suggestion(&self, year: Option<i32>) -> Option<&'static str> {
        let row = knowledge::tag(&self.tag, year);
        let settled = self.is_person || row.is_some_and(|row| row.variant_of.is_none());
        if settled || self.tag.contains(' ') { None } else { knowledge::suggest_tag(&self.tag, year) }
    }

    /// The keys of its JSON, with its meaning in a year.
    #[cfg(feature = "serde")]
    pub(crate) fn keys(&self, year: Option<i32>) -> Keys<'_> {
        Keys {
            tag: Cow::Borrowed(&self.tag),
            kind: Some(self.kind_in(year)),
            name: self.name(year).map(Cow::Borrowed),
            person: self.person.as_deref().map(Cow::Borrowed),
            suggestion: self.suggestion(year).map(Cow::Borrowed),
        }
    }

    /// Returns the same value, which owns its text.
    pub fn into_owned(self) -> Tag<'static> {
        Tag { tag: self.tag.into_owned().into(), person: self.person.into_owned(), is_person: self.is_person }
    }

    /// The field of a subject: `Political Affairs` of `PGOV`. Its first letter names it.
    ///
    /// ```
    /// let cable = cablegram::parse("UNCLAS OSLO 000461\n\nTAGS: ETRD, NO\nSUBJECT: FISH\n")?.cable;
    /// assert_eq!(cable.tags[0].field(), Some("Economic Affairs"));
    /// assert_eq!(cable.tags[1].field(), None);
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    pub fn field(&self) -> Option<&'static str> {
        let subject = self.kind() == TagKind::Subject;
        knowledge::tag(&self.tag, None).filter(|_| subject)?.field
    }
}

impl IntoOwned for Tag<'_> {
    type Owned = Tag<'static>;

    fn into_owned(self) -> Tag<'static> {
        Tag::into_owned(self)
    }
}

/// TAGS of visits, biographies and consular cases: a person in brackets belongs to them even after a comma.
const OF_PERSONS: [&str; 7] = ["OVIP", "OREP", "PINR", "CASC", "CDES", "CJAN", "CPAS"];
/// TAGS after which a person stands without brackets, too.
const OF_VISITORS: [&str; 3] = ["OVIP", "OREP", "PINR"];
/// A person's name has no more words than that.
const NAME_WORDS: usize = 4;
/// No list is longer; what repeats further on is not looked for.
pub(crate) const NEAR: usize = 256;
/// An item has no more words than that.
const MOST_WORDS: usize = 12;
/// So many words of a list are compared with every TAG.
const DOUBTS: usize = 512;
/// More slashes in a word join no TAGS.
const MOST_STROKES: usize = 8;

/// Whether a line begins with the label, and what follows it.
///
/// Without its colon, or with a letter wrong, the label counts only before known TAGS.
///
/// ```text
/// label = "TAGS" / "TAG" *SP ( ":" / ";" / "-" / "." / "/" / SP )
/// ```
pub(crate) fn label(line: &str) -> Option<&str> {
    let line = trim_start(line);
    // Asked of many lines, and most begin with a longer word.
    let letters = line.bytes().take(6).take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = line.split_at_checked(letters).filter(|_| (3..=5).contains(&letters))?;
    let exact = ["TAGS", "TAG"].iter().any(|label| word.eq_ignore_ascii_case(label));
    let sign = trim_start(rest).chars().next();
    if rest.starts_with(char::is_alphanumeric) || !exact && !matches!(sign, Some(':' | ';')) {
        return None;
    }
    let value = rest.trim_start_matches([':', ';', '-', '.', '/', ' ', '\t']);
    let near = exact || one_slip(word, "TAGS");
    let labelled = match sign {
        None => exact,
        Some(':' | ';') => exact || near && has_tags(value) > 0,
        Some(_) => exact && has_tags(value) > 0 && first_is_tag(value),
    };
    labelled.then_some(value)
}

/// How many more of the first three words are TAGS than are none.
fn has_tags(text: &str) -> i32 {
    words_of(text).take(3).map(|word| if is_tag(word) { 1 } else { -1 }).sum()
}

fn first_is_tag(text: &str) -> bool {
    words_of(text).next().is_some_and(is_tag)
}

/// The words of a list outside brackets.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    Pieces(text).filter_map(|piece| match piece {
        Piece::Word(word) | Piece::Link(word) => Some(word),
        Piece::Bracket { .. } | Piece::Comma => None,
    })
}

/// Whether a line goes on with the list of the line before: TAGS, persons in brackets, and few words besides.
pub(crate) fn continues(line: &str) -> bool {
    // After a run of asterisks, where the archive lost text, stands another passage.
    if line.contains("***") {
        return false;
    }
    // A person's bracket may have been opened in the line before.
    let line = match line.find(['(', ')']).and_then(|at| line.split_at_checked(at)) {
        Some((name, rest)) if rest.starts_with(')') && name.len() < 60 => rest.trim_start_matches(')'),
        _ => line,
    };
    if is_small_list(line) {
        return true;
    }
    let (mut known, mut unknown, mut persons, mut commas, mut long) = (0, 0, 0, 0, false);
    for piece in Pieces(line) {
        match piece {
            Piece::Word(word) | Piece::Link(word) if is_tag(word) => known += 1,
            Piece::Word(word) if known + persons == 0 && one_of_labels(word) => return false,
            Piece::Word(word) | Piece::Link(word) => {
                if word.chars().any(|c| c.is_ascii_digit() || c.is_lowercase()) {
                    return false;
                }
                unknown += 1;
                long |= word.len() > 8;
            }
            Piece::Bracket { text, .. } if portion_mark::highest_level(text).is_none() => persons += 1,
            Piece::Bracket { .. } => return false,
            Piece::Comma => commas += 1,
        }
    }
    let few = unknown <= known || commas > 0 && !long;
    if known == 0 { unknown == 0 && (persons > 0 || line.is_empty()) } else { few }
}

/// Whether a line is a list of codes in small letters, most of them TAGS: `etra, senv, efis, no`.
fn is_small_list(line: &str) -> bool {
    let (mut known, mut unknown) = (0, 0);
    for word in line.trim().trim_end_matches(',').split(',').map(str::trim) {
        if !matches!(word.len(), 2..=5) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return false;
        }
        *if is_tag(word) { &mut known } else { &mut unknown } += 1;
    }
    known >= 2 && known > unknown
}

/// Whether a line below the executive order is a list of TAGS that lost its label: nothing but words of two or four
/// capitals, of which most are TAGS, and one at the least a subject.
///
/// ```text
/// bare-list = code 1*( ( "," / SP ) code )
/// ```
pub(crate) fn is_bare_list(line: &str) -> bool {
    let words = || line.split([',', ' ']).filter(|word| !word.is_empty());
    let code = |word: &str| matches!(word.len(), 2 | 4) && word.bytes().all(|b| b.is_ascii_uppercase());
    let known = |word: &&str| knowledge::tag(word, None).is_some();
    words().count() > 1
        && words().all(code)
        && words().filter(known).count() > words().count() / 2
        && words().any(|word| word.len() == 4 && known(&word))
}

/// Words that begin another field.
fn one_of_labels(word: &str) -> bool {
    const LABELS: [&str; 12] =
        ["SUBJECT", "SUBJ", "REF", "REFS", "REFTEL", "REFERENCE", "SUMMARY", "EO", "FROM", "FOR", "PASS", "CLASSIFIED"];
    LABELS.iter().any(|label| label.eq_ignore_ascii_case(word))
}

/// Whether a word is a known TAG, or a run of them.
fn is_tag(word: &str) -> bool {
    let capitals = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_uppercase();
    knowledge::tag(&capitals, None).is_some() || knowledge::split_tags(&capitals, None).is_some()
}

/// What the list needs to know of its cable.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context {
    pub(crate) year: Option<i32>,
    pub(crate) countries: Countries,
}

/// The countries that a message is of, as far as is known before its text: that of its originator, and those of the
/// first action addressees.
pub(crate) type Countries = [Option<&'static str>; 4];

/// The countries of some posts. The Department is no country's.
pub(crate) fn countries<'p>(posts: impl Iterator<Item = &'p str>) -> Countries {
    let rows = posts.take(MOST_WORDS).filter_map(knowledge::post);
    let mut names = rows.filter(|row| row.kind != knowledge::PostKind::Department).filter_map(|row| row.country);
    std::array::from_fn(|_| names.next())
}

/// Reads the list after the label. Each TAG is given once, at its first place.
///
/// A person is an item of its own, of kind [`TagKind::Person`], and the `person` of the TAG that it belongs to.
pub(crate) fn parse<'a>(value: &Value<'a>, context: Context, report: &mut Report) -> Vec<Tag<'a>> {
    match &value.text {
        Cow::Borrowed(text) => List::read(text, context, value, report),
        Cow::Owned(text) => List::read(text, context, value, report).into_iter().map(Tag::into_owned).collect(),
    }
}

/// Whether a list says that there are no TAGS.
///
/// ```text
/// none = ( "N/A" / "NA" / "NONE" ) *"."
/// ```
pub(crate) fn says_none(list: &str) -> bool {
    ["N/A", "NA", "NONE"].iter().any(|none| none.eq_ignore_ascii_case(list.trim_end_matches('.')))
}

/// What a list is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Word(&'t str),
    /// The text of a link, which is one TAG.
    Link(&'t str),
    /// What stands in brackets, and whether they are closed.
    Bracket {
        text: &'t str,
        closed: bool,
    },
    /// Comma, semicolon or colon.
    Comma,
}

/// The pieces of a list.
struct Pieces<'t>(&'t str);

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        self.0 = self.0.trim_start_matches([' ', '\t', ')', ']', '.']);
        // Its first letter tells what a piece is.
        let (rest, piece) = match self.0.as_bytes().first()? {
            b',' | b';' | b':' => comma(self.0),
            b'[' => link(self.0),
            b'(' => bracket(self.0),
            _ => word(self.0),
        }
        .ok()?;
        self.0 = rest;
        Some(piece)
    }
}

/// `comma = 1*( "," / ";" / ":" / SP )`
fn comma(input: &str) -> Grammar<'_, Piece<'_>> {
    let signs = (one_of(",;:"), take_while(|c| matches!(c, ',' | ';' | ':' | ' ')));
    nom::combinator::value(Piece::Comma, signs).parse(input)
}

/// `link = "[" text "]" [ "(" address ")" ]`
fn link(input: &str) -> Grammar<'_, Piece<'_>> {
    let text = delimited(tag("["), take_while(|c| c != ']' && c != '['), opt(tag("]")));
    let address = delimited(tag("("), take_while(|c| c != ')' && c != ' '), opt(tag(")")));
    terminated(text.map(|text: &str| Piece::Link(text.trim())), opt(address)).parse(input)
}

/// `bracket = "(" <no bracket> [ ")" ]`
fn bracket(input: &str) -> Grammar<'_, Piece<'_>> {
    let parts = (tag("("), take_while(|c| c != ')' && c != '('), opt(tag(")")));
    parts
        .map(|(_, text, close): (_, &str, _)| Piece::Bracket { text: text.trim(), closed: close.is_some() })
        .parse(input)
}

/// `word = 1*<no space, comma or bracket>`
fn word(input: &str) -> Grammar<'_, Piece<'_>> {
    let letter = |c: char| !matches!(c, ' ' | '\t' | ',' | ';' | ':' | '(' | ')' | '[' | ']');
    take_while1(letter).map(|word: &str| Piece::Word(word.trim_end_matches('.'))).parse(input)
}

/// A word, and what can be said of it alone.
#[derive(Clone, Copy, Debug)]
struct Word<'t> {
    text: &'t str,
    /// Whether a comma stands before it.
    parted: bool,
    /// The TAG that it is.
    row: Option<&'static TagRow>,
    /// Whether it is several TAGS in one.
    runs: bool,
    /// Whether it is near a TAG.
    slip: bool,
}

impl Word<'_> {
    /// No TAG, and nothing near one.
    const fn is_plain(&self) -> bool {
        self.row.is_none() && !self.runs
    }

    fn kind(&self) -> Option<TagKind> {
        self.row.map(|row| row.kind)
    }

    fn is_country(&self) -> bool {
        self.kind() == Some(TagKind::Geographic)
    }

    /// A TAG that stands for itself, whatever words are near it.
    fn stands_alone(&self) -> bool {
        self.runs || self.slip || matches!(self.kind(), Some(TagKind::Subject | TagKind::Program))
    }

    fn is_name(&self) -> bool {
        self.is_plain() && self.text.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '-' | '’'))
    }
}

/// The list while it is read.
struct List<'t, 'r> {
    text: &'t str,
    context: Context,
    /// Items that are words or codes of the drafter's own.
    terms: Vec<&'t str>,
    value: &'r Value<'r>,
    report: &'r mut Report,
    tags: Vec<Tag<'t>>,
    /// So many words are still looked up among the misspelt ones.
    doubts: usize,
}

impl<'t> List<'t, '_> {
    fn read(text: &'t str, context: Context, value: &Value<'_>, report: &mut Report) -> Vec<Tag<'t>> {
        if says_none(text) {
            return Vec::new();
        }
        let in_commas = Pieces(text).any(|piece| piece == Piece::Comma);
        let mut list = List { text, context, terms: Vec::new(), value, report, tags: Vec::new(), doubts: DOUBTS };
        let (mut words, mut parted) = (Vec::new(), false);
        let mut pieces = Pieces(text);
        while let Some(piece) = pieces.next() {
            if !matches!(piece, Piece::Word(_) | Piece::Comma) {
                list.words(&words, in_commas);
                words.clear();
            }
            match piece {
                Piece::Word(text) => words.push(list.word(text, parted)),
                Piece::Comma => {}
                Piece::Link(text) => list.code(text, list.row(text)),
                Piece::Bracket { text, closed } => {
                    let name = if closed { text } else { list.open_bracket(text) };
                    list.bracket(name, parted);
                    // What was taken for the name's end too early is read as a part of the list.
                    pieces.0 = list.following(name).filter(|_| name.len() < text.len()).unwrap_or(pieces.0);
                }
            }
            parted = piece == Piece::Comma;
        }
        list.words(&words, in_commas);
        list.report_terms();
        list.tags
    }

    fn word(&mut self, text: &'t str, parted: bool) -> Word<'t> {
        let code = capitals(trimmed(text));
        let row = knowledge::tag(&code, self.context.year);
        let runs = row.is_none() && self.split(&code).is_some();
        let slip = row.is_none() && !runs && code.len() <= 5 && self.meant(&code).is_some();
        Word { text, parted, row, runs, slip }
    }

    /// The TAG that a word is.
    fn row(&self, word: &str) -> Option<&'static TagRow> {
        knowledge::tag(&capitals(trimmed(word)), self.context.year)
    }

    /// Words between brackets and links: TAGS, names after `OVIP`, and items of several words between commas.
    fn words(&mut self, words: &[Word<'t>], in_commas: bool) {
        let mut rest = words;
        while let Some(first) = rest.first() {
            let count = if in_commas { phrase(rest) } else { plain_words(rest) };
            let (item, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            match item {
                [word] => self.code(word.text, word.row),
                _ => self.phrase(self.slice(item)),
            }
            rest = after;
            if OF_VISITORS.iter().any(|visit| visit.eq_ignore_ascii_case(first.text)) {
                let (name, after) = rest.split_at_checked(name(rest)).unwrap_or((rest, &[]));
                self.person(self.slice(name), false);
                rest = after;
            }
        }
    }

    /// The text from the first word to the last.
    fn slice(&self, words: &[Word<'t>]) -> &'t str {
        let ends = words.first().zip(words.last());
        ends.and_then(|(first, last)| between(first.text, last.text, self.text)).unwrap_or_default()
    }

    /// The list after a part of it.
    fn following(&self, part: &str) -> Option<&'t str> {
        self.text.get(offset_of(part, self.text)? + part.len()..)
    }

    /// Where a bracket was not closed, the name goes up to the next known subject or programme.
    fn open_bracket(&mut self, text: &'t str) -> &'t str {
        let mut words = text.split([' ', ',', ';']);
        let next = words.find(|word| self.word(word, false).stands_alone()).and_then(|word| offset_of(word, text));
        let name = next.and_then(|at| text.get(..at)).unwrap_or(text).trim_end_matches([' ', ',', ';']);
        if !name.is_empty() {
            self.emit(
                DiagnosticCode::TagsRepaired,
                name,
                format!("the bracket before \"{name}\" is not closed; it was closed after it"),
            );
        }
        name
    }

    /// A bracket: persons, TAGS, or a stray portion mark.
    fn bracket(&mut self, text: &'t str, parted: bool) {
        if text.len() < 8 && portion_mark::highest_level(text).is_some() {
            return self.left_out(text, "is a portion mark and no TAG");
        }
        if Pieces(text).all(|piece| piece == Piece::Comma || matches!(piece, Piece::Word(word) if is_tag(word))) {
            Pieces(text).for_each(|piece| {
                if let Piece::Word(word) = piece {
                    self.code(word, self.row(word));
                }
            });
            return;
        }
        for names in text.split(';').flat_map(|names| names.split(" AND ")) {
            // `DOE, JANE, ROE, JOHN` are two.
            match names.split(',').collect::<Vec<_>>().as_slice() {
                [_, given, _, _] => {
                    let end = offset_of(given, names).map_or(names.len(), |at| at + given.len());
                    let (first, second) = names.split_at_checked(end).unwrap_or((names, ""));
                    self.person(first, parted);
                    self.person(second, parted);
                }
                _ => self.person(names, parted),
            }
        }
    }

    /// A person, and to which TAG it belongs: the subject before it, or after a comma one that is about persons.
    fn person(&mut self, name: &'t str, parted: bool) {
        let name = name.trim_matches([' ', ',', '\t']);
        if name.is_empty() {
            return;
        }
        if !name.contains(char::is_alphabetic) {
            return self.left_out(name, "is no person");
        }
        if let Some(tag) = self.tags.iter_mut().rev().take(NEAR).find(|tag| may_have_person(tag, parted)) {
            tag.person.get_or_insert(Cow::Borrowed(name));
        }
        self.push(Tag::of_person(capitals(name)));
    }

    /// An item of several words.
    fn phrase(&mut self, text: &'t str) {
        if self.row(text).is_some() {
            return self.push(Tag::new(capitals(text)));
        }
        self.terms.push(text);
        self.push(Tag::new(capitals(text)));
    }

    /// Words and codes of the drafter's own: one note for all of them.
    fn report_terms(&mut self) {
        let terms = std::mem::take(&mut self.terms);
        let Some((first, last)) = terms.first().zip(terms.last()) else { return };
        let whole = between(first, last, self.text).unwrap_or(first);
        let listed = terms.iter().take(MOST_WORDS).map(|term| format!("\"{term}\"")).collect::<Vec<_>>().join(", ");
        let are = if terms.len() == 1 {
            "is no TAG of State's lists; kept as a term"
        } else {
            "are no TAGS of State's lists; kept as terms"
        };
        self.emit(DiagnosticCode::TagsTerms, whole, format!("{listed} {are}"));
    }

    /// A word that should be a TAG, and the one that it is.
    fn code(&mut self, written: &'t str, row: Option<&'static TagRow>) {
        let text = trimmed(written);
        let code = capitals(text);
        if text.len() < 2 {
            if !is_punctuation(written) {
                self.left_out(written, "is no TAG");
            }
            return;
        }
        if code == "AND" {
            return;
        }
        if row.is_none() && is_marking(&code) {
            return self.left_out(written, "is a marking and no TAG");
        }
        if has_signs_round(written, text) {
            self.emit(DiagnosticCode::TagsRepaired, written, format!("\"{written}\" read as {code}"));
        }
        if row.is_none()
            && let Some(pieces) = self.split(&code)
        {
            self.emit(DiagnosticCode::TagsSplit, written, format!("\"{code}\" read as {}", pieces.join(", ")));
            for piece in pieces {
                let at = offset_of(piece, &code).unwrap_or_default();
                self.push(Tag::new(text.get(at..at + piece.len()).map(capitals).unwrap_or_default()));
            }
            return;
        }
        if let Some((row, meant)) = row.and_then(|row| Some((row, self.of_another_country(row)?))) {
            let name = row.name.unwrap_or_default();
            let why = format!("\"{code}\" is {name}; the message is of the country whose TAG is {meant}");
            self.emit(DiagnosticCode::TagMisspelt, written, why);
            return self.push(Tag::new(code));
        }
        if row.is_some_and(|row| row.variant_of.is_none()) {
            // As nearly all are: nothing else can be meant.
            self.doubts = self.doubts.saturating_sub(1);
            return self.push(Tag::new(code));
        }
        let meant = self.meant(&code);
        if row.is_none() && meant.is_none() && is_term(&code, self.context.year) {
            self.terms.push(text);
            return self.push(Tag::new(code));
        }
        match meant {
            Some(meant) => self.emit(DiagnosticCode::TagMisspelt, written, format!("\"{code}\" is probably {meant}")),
            None if row.is_none() => {
                self.emit(DiagnosticCode::TagUnknown, written, format!("\"{code}\" is no known TAG"));
            }
            None => {}
        }
        self.push(Tag::new(code));
    }

    /// The TAG of a country of the cable's, where the code is that country's in the list of ISO and another's here.
    fn of_another_country(&self, row: &TagRow) -> Option<&'static str> {
        // Where its own country has its TAG, the other one is meant, too.
        of_another_country(row, self.context)
            .filter(|meant| !words_of(self.text).any(|word| trimmed(word).eq_ignore_ascii_case(meant)))
    }

    /// The TAGS that were run together, or joined by slashes.
    fn split<'c>(&self, code: &'c str) -> Option<Vec<&'c str>> {
        if !code.contains('/') {
            return knowledge::split_tags(code, self.context.year).or_else(|| self.split_at_country(code));
        }
        let is_subject =
            |part: &str| knowledge::tag(part, self.context.year).is_some_and(|row| row.kind == TagKind::Subject);
        let known = |part: &str| part.len() >= 2 && knowledge::tag(part, self.context.year).is_some();
        let parts = code.split('/').take(MOST_STROKES).collect::<Vec<_>>();
        (parts.len() < MOST_STROKES
            && parts.iter().all(|part| known(part))
            && parts.iter().any(|part| is_subject(part)))
        .then_some(parts)
    }

    /// A country of the cable's at either end of a run, and a country or a subject in the rest of it: `SWNO`, `KWMNCS`.
    fn split_at_country<'c>(&self, code: &'c str) -> Option<Vec<&'c str>> {
        if !matches!(code.len(), 4 | 6) || knowledge::suggest_tag(code, self.context.year).is_some() {
            return None;
        }
        let kind = |part: &str| {
            knowledge::tag(part, self.context.year).filter(|row| row.variant_of.is_none()).map(|row| row.kind)
        };
        let fits = |part: &str| match kind(part) {
            Some(TagKind::Geographic) => code.len() == 4,
            Some(TagKind::Subject | TagKind::Program) => code.len() == 6,
            _ => false,
        };
        let ours =
            self.context.countries.iter().flatten().filter_map(|name| knowledge::country_tag(name, self.context.year));
        ours.into_iter().find_map(|ours| {
            let ends =
                || code.strip_suffix(ours).filter(|rest| fits(rest)).and_then(|rest| code.split_at_checked(rest.len()));
            let begins =
                || code.strip_prefix(ours).filter(|rest| fits(rest)).and_then(|_| code.split_at_checked(ours.len()));
            ends().or_else(begins).map(|(first, second)| vec![first, second])
        })
    }

    /// The TAG that a misspelt one, or another list's, probably means.
    fn meant(&mut self, code: &str) -> Option<&'static str> {
        self.doubts = self.doubts.checked_sub(1)?;
        knowledge::suggest_tag(code, self.context.year)
    }

    fn push(&mut self, tag: Tag<'t>) {
        // A list is short; a text that goes on and on is none, and may repeat itself.
        if self.tags.iter().take(NEAR).all(|known| known.tag != tag.tag) {
            self.tags.push(tag);
        }
    }

    fn left_out(&mut self, written: &str, why: &str) {
        self.emit(DiagnosticCode::TagsRepaired, written, format!("\"{written}\" {why}; it was left out"));
    }

    fn emit(&mut self, code: DiagnosticCode, part: &str, wording: String) {
        self.report.emit(code, self.value.locate_str(part), wording);
    }
}

/// Whether a text begins with two TAGS.
pub(crate) fn begins_list(text: &str) -> bool {
    text.split_whitespace().take(2).filter(|word| is_tag(word)).count() == 2
}

/// Whether a line ends the term that the list of TAGS above it breaks off in: `... PGOV COUNTRY` and `CLEARANCE`.
pub(crate) fn ends_term(list: &str, line: &str) -> bool {
    let begun = list.split_whitespace().next_back().is_some_and(|word| is_word(word) && !is_tag(word));
    let mut words = line.split_whitespace();
    begun && words.clone().all(is_word) && words.next().is_some() && words.nth(1).is_none()
}

/// The TAG of a country of the cable's, where the code is that country's in the list of ISO and another's here; whoever asks
/// looks whether it is listed as well.
fn of_another_country(row: &TagRow, context: Context) -> Option<&'static str> {
    let is_ours = |name: &str| context.countries.iter().flatten().any(|ours| ours.eq_ignore_ascii_case(name));
    if row.kind != TagKind::Geographic || row.variant_of.is_some() || row.name.is_some_and(is_ours) {
        return None;
    }
    let meant = knowledge::iso_country(row.code).filter(|name| is_ours(name))?;
    knowledge::country_tag(meant, context.year).filter(|meant| *meant != row.code)
}

/// The keys of the JSON of a cable's TAGS, with their meaning in its year and what they probably stand for in its countries.
#[cfg(feature = "serde")]
pub(crate) fn keys_of<'t>(tags: &'t [Tag<'_>], context: Context) -> Vec<Keys<'t>> {
    let keys = |tag: &'t Tag<'_>| {
        let keys = tag.keys(context.year);
        let row = knowledge::tag(&tag.tag, context.year).filter(|_| !tag.is_person && keys.suggestion.is_none());
        let meant = row.and_then(|row| of_another_country(row, context));
        let meant = meant.filter(|meant| !tags.iter().any(|tag| tag.tag == *meant));
        Keys { suggestion: keys.suggestion.or(meant.map(Cow::Borrowed)), ..keys }
    };
    tags.iter().map(keys).collect()
}

/// What parts TAGS and says nothing itself; any other sign is told of, for it may be what is left of one.
///
/// ```text
/// punctuation = *( "." / "-" / "/" / "&" )
/// ```
fn is_punctuation(word: &str) -> bool {
    word.bytes().all(|b| matches!(b, b'.' | b'-' | b'/' | b'&'))
}

/// Whether signs other than punctuation stand round the part of a word that is read.
fn has_signs_round(word: &str, part: &str) -> bool {
    part.len() < word.len()
        && word.split_once(part).is_some_and(|(before, after)| !is_punctuation(before) || !is_punctuation(after))
}

/// Whether a person in brackets may belong to a TAG that stands before it; `parted` says that a comma does, too.
pub(crate) fn may_have_person(tag: &Tag<'_>, parted: bool) -> bool {
    tag.kind() == TagKind::Subject && (!parted || OF_PERSONS.contains(&&*tag.tag))
}

/// How many words side by side from the first one on are one term: plain ones, longer than most TAGS.
fn plain_words(words: &[Word<'_>]) -> usize {
    let is_long =
        |word: &&Word<'_>| word.is_plain() && !word.slip && word.text.len() >= 5 && is_word(&capitals(word.text));
    words.iter().take(MOST_WORDS).take_while(is_long).count().max(1)
}

/// Whether an item that no table has is a term: words, or, in the years of local codes, any code.
fn is_term(item: &str, year: Option<i32>) -> bool {
    item.contains(' ') || is_word(item) || matches!(year, Some(2000..=2004))
}

/// Whether letters can be a word: more than five, vowels among them, and no four consonants in a row.
fn is_word(code: &str) -> bool {
    let (mut vowels, mut row, mut longest) = (0, 0, 0);
    for letter in code.bytes() {
        let vowel = matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y');
        vowels += usize::from(vowel);
        row = if vowel { 0 } else { row + 1 };
        longest = longest.max(row);
    }
    code.len() >= 5 && code.bytes().all(|b| b.is_ascii_uppercase()) && vowels >= 2 && longest < 4
}

/// How many words from the first one on are one item: all up to a comma where they are plain words, or begin and end so;
/// else those up to a subject. Countries before and after stand alone.
fn phrase(words: &[Word<'_>]) -> usize {
    let Some((first, rest)) = words.split_first() else { return 1 };
    if !first.is_plain() && (first.stands_alone() || first.is_country()) {
        return 1;
    }
    let between_commas = 1 + rest.iter().take(MOST_WORDS).take_while(|word| !word.parted).count();
    let item = words.get(..between_commas).unwrap_or_default();
    let is_long =
        |word: Option<&Word<'_>>| word.is_some_and(|word| word.is_plain() && !word.slip && word.text.len() >= 5);
    if item.iter().all(Word::is_plain) || item.len() > 2 && is_long(item.first()) && is_long(item.last()) {
        return item.len();
    }
    if first.slip {
        return 1;
    }
    let after = item.iter().skip(1).take_while(|word| !word.stands_alone()).count();
    let item = item.get(..=after).unwrap_or_default();
    let countries = item.iter().rev().take_while(|word| word.is_country()).count();
    if item.iter().any(Word::is_plain) { item.len() - countries } else { 1 }
}

/// How many words from the first one on are a visitor's name: `CLINTON HILLARY`, `CLINTON, HILLARY`.
fn name(words: &[Word<'_>]) -> usize {
    let fits = |(index, word): &(usize, &Word<'_>)| word.is_name() && (!word.parted || *index == 1);
    let count = words.iter().enumerate().take_while(fits).take(NAME_WORDS + 1).count();
    let slip = count == 1 && words.first().is_some_and(|word| word.slip);
    if slip || count > NAME_WORDS { 0 } else { count }
}

/// Whether a word is a caption, or the classification of a page banner, that strayed into the list.
fn is_marking(code: &str) -> bool {
    let is_distribution = |row: &knowledge::CaptionRow| row.kind == knowledge::CaptionKind::Distribution;
    let is_level = code.len() >= "SECRET".len() && portion_mark::highest_level(code).is_some();
    is_level || knowledge::caption(code).is_some_and(is_distribution)
}

/// Without the signs round it; asterisks stand for lost text.
fn trimmed(word: &str) -> &str {
    // As nearly all are.
    if word.bytes().all(|b| b.is_ascii_uppercase()) {
        return word;
    }
    let left = word.split('*').max_by_key(|part| part.len()).unwrap_or(word);
    left.trim_matches(|c: char| !c.is_alphanumeric())
}

/// In capitals; borrowed where it is so written.
fn capitals(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|b| b.is_ascii_lowercase()) {
        Cow::Owned(text.to_ascii_uppercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "serde")]
    #[test]
    fn suggestions_of_another_country() {
        let of = |posts: &[&'static str]| Context { year: Some(2007), countries: countries(posts.iter().copied()) };
        for (codes, posts, want) in [
            (["PREL", "BO"], ["LAPAZ"], Some("BL")),
            (["BL", "BO"], ["LAPAZ"], None),
            (["PREL", "BO"], ["OSLO"], None),
            (["PREL", "NO"], ["OSLO"], None),
        ] {
            let tags = codes.map(Tag::new);
            let keys = keys_of(&tags, of(&posts));
            assert_eq!(keys.last().and_then(|keys| keys.suggestion.as_deref()), want, "{codes:?} {posts:?}");
        }
    }

    /// The list in short: `OVIP=ROE, JANE` has a person, `?` marks an unknown one, `@` a person.
    fn read(text: &str, year: i32) -> (String, Vec<String>) {
        let mut report = Report::default();
        let value = Value::join([(text, 0)]);
        let context = Context { year: Some(year), countries: [Some("Norway"), Some("Bolivia"), None, None] };
        let tags = parse(&value, context, &mut report);
        let short = |tag: &Tag<'_>| match (&tag.person, tag.kind_in(Some(year))) {
            (Some(person), _) => format!("{}={person}", tag.tag),
            (None, TagKind::Unknown) => format!("{}?", tag.tag),
            (None, TagKind::Term) => format!("~{}", tag.tag),
            (None, TagKind::Person) => format!("@{}", tag.tag),
            (None, _) => tag.tag.to_string(),
        };
        let wording = report.diagnostics.finish().iter().map(|d| format!("{} {}", d.code, d.message)).collect();
        (tags.iter().map(short).collect::<Vec<_>>().join(" | "), wording)
    }

    #[test]
    fn ends_of_terms() {
        for (list, line, want) in [
            ("OREP AMGT KU COUNTRY", "CLEARANCE", true),
            ("OREP AMGT KU", "CLEARANCE", false),
            ("OREP, HARBOR", "MASTERS", true),
            ("OREP, HARBOR", "The harbor", false),
            ("OREP, HARBOR", "THE HARBOR IS OPEN", false),
        ] {
            assert_eq!(ends_term(list, line), want, "{list} {line}");
        }
    }

    #[test]
    fn labels() {
        #[rustfmt::skip]
        let table = [
            ("usual", "TAGS: PREL, PTER", Some("PREL, PTER")),
            ("no colon", "TAGS PREL, PTER", Some("PREL, PTER")),
            ("no colon, small", "Tags prel pter", Some("prel pter")),
            ("semicolon", "TAGS;  PGOV, TU", Some("PGOV, TU")),
            ("dash", "TAGS-MASS, BL", Some("MASS, BL")),
            ("one TAG", "TAG: PREL", Some("PREL")),
            ("first letter lost", " AGS: PGOV, PREL", Some("PGOV, PREL")),
            ("second letter lost", "TGS: PGOV, PREL", Some("PGOV, PREL")),
            ("first TAG damaged, too", "TGS: GOV, PREL, GR", Some("GOV, PREL, GR")),
            ("letter too many", "TAGES: OIIP, KPAO", Some("OIIP, KPAO")),
            ("empty", "TAGS:", Some("")),
            ("unknown after its colon", "TAGS: XYZW", Some("XYZW")),
            ("links", "TAGS: [PGOV](#) [PREL](#)", Some("[PGOV](#) [PREL](#)")),
            ("prose", "TAGS ON THE LUGGAGE", None),
            ("more prose", "TAGS IN THE LUGGAGE", None),
            ("another word", "BAGS: TWO OF THEM", None),
            ("a longer word", "TAGSTER: PREL", None),
        ];
        for (case, line, want) in table {
            assert_eq!(label(line), want, "{case}");
        }
    }

    #[test]
    fn lists_without_a_label() {
        for (line, want) in [
            ("EDIS, ETRD, EAGR, BL", true),
            ("PINT NO", true),
            ("N/A", false),
            ("GDS", false),
            ("NO", false),
            ("PINT, THE FAIR", false),
        ] {
            assert_eq!(is_bare_list(line), want, "{line}");
        }
    }

    #[test]
    fn lines_that_go_on() {
        #[rustfmt::skip]
        let table = [
            ("TAGS", "NATO, UK, CN", true),
            ("one", "EINV", true),
            ("persons", "(ROE, JANE), (DOE, JOHN)", true),
            ("the end of a bracket", "JANE A.), PREL", true),
            ("the end of a bracket alone", "JANE A.)", true),
            ("small", "prel, pgov", true),
            ("small, an unknown one first", "etra, senv, efis, no", true),
            ("small, most unknown", "etra, etrb, no", false),
            ("small words", "fish, in no, as", false),
            ("unknown ones among them", "PRA, MNRI, BL", true),
            ("a subject", "SUBJECT: UN VOTES", false),
            ("a short subject", "SUBJ: UN", false),
            ("prose", "The fair opened in Oslo.", false),
            ("prose in capitals", "THE FAIR OPENED IN OSLO", false),
            ("a caption", "SIPDIS", false),
            ("a reference", "REF: OSLO 461", false),
            ("a marked paragraph", "(U) FISH", false),
        ];
        for (case, line, want) in table {
            assert_eq!(continues(line), want, "{case}");
        }
    }

    #[test]
    fn lists() {
        #[rustfmt::skip]
        let table = [
            ("commas", "PREL, PTER, UK", 2009, "PREL | PTER | UK", ""),
            ("blanks", "PREL PTER UK", 2009, "PREL | PTER | UK", ""),
            ("both", "EAGR, EAID BL", 1979, "EAGR | EAID | BL", ""),
            ("colons", "PINT: PGOV: BL", 1974, "PINT | PGOV | BL", ""),
            ("full stop", "MASS, BL.", 1974, "MASS | BL", ""),
            ("comma at the end", "MASS, BL,", 1974, "MASS | BL", ""),
            ("small", "prel, pgov", 2009, "PREL | PGOV", ""),
            ("links", "[PGOV](#), [PREL](https://host/x?y=(z) KDEM", 2009, "PGOV | PREL | KDEM", ""),
            ("repeated", "PREL PGOV PREL UK PGOV", 2009, "PREL | PGOV | UK", ""),
            ("person", "ASEC, OVIP (ROE, JANE A.), PREL", 1979, "ASEC | OVIP=ROE, JANE A. | @ROE, JANE A. | PREL", ""),
            ("person after a comma", "OVIP, (ROE, JANE A)", 1979, "OVIP=ROE, JANE A | @ROE, JANE A", ""),
            ("person after a country", "CASC, BL (ROE, JANE)", 1979, "CASC=ROE, JANE | BL | @ROE, JANE", ""),
            ("person of the country's politics", "PINT, BL, (ROE, JANE)", 1979, "PINT | BL | @ROE, JANE", ""),
            ("two persons", "CASC (ROE, JANE; DOE, JOHN)", 1979, "CASC=ROE, JANE | @ROE, JANE | @DOE, JOHN", ""),
            ("two persons and commas", "CASC (ROE, JANE, DOE, JOHN)", 1979, "CASC=ROE, JANE | @ROE, JANE | @DOE, JOHN", ""),
            ("open bracket", "OVIP (ROE, JANE PREL, UK", 2009, "OVIP=ROE, JANE | @ROE, JANE | PREL | UK", "tags-repaired"),
            ("no brackets", "OVIP QUILP JANE PREL UK", 2009, "OVIP=QUILP JANE | @QUILP JANE | PREL | UK", ""),
            ("no brackets, comma", "OVIP QUILP, JANE, PREL", 2009, "OVIP=QUILP, JANE | @QUILP, JANE | PREL", ""),
            ("portion mark", "(U) PREL, UK", 2009, "PREL | UK", "tags-repaired"),
            ("run together", "PHUMPGOV, UK", 2009, "PHUM | PGOV | UK", "tags-split"),
            ("joined by a stroke", "PREL/PGOV, UK", 2009, "PREL | PGOV | UK", "tags-split"),
            ("a stroke in a name", "PREL, SBE/P", 2009, "PREL | SBE/P?", "tag-unknown"),
            ("misspelt", "PGOF, UK", 2009, "PGOF? | UK", "tag-misspelt"),
            ("another list's country", "PREL, RU", 2009, "PREL | RU", "tag-misspelt"),
            ("unknown", "PREL, XQZWV", 2009, "PREL | XQZWV?", "tag-unknown"),
            ("words between commas", "PREL, FISH AND CHIPS, UK", 2009, "PREL | ~FISH AND CHIPS | UK", "tags-terms"),
            ("words near TAGS", "PREL, LAW STAR, UK", 1974, "PREL | ~LAW STAR | UK", "tags-terms"),
            ("a TAG among words", "PREL, FISHING TECH AGENCY, UK", 1974, "PREL | ~FISHING TECH AGENCY | UK", "tags-terms"),
            ("a country after words", "PREL, FISH CHIPS UK", 2009, "PREL | ~FISH CHIPS | UK", "tags-terms"),
            ("words of 2003", "PREL, SNAR, HUMAN RIGHTS, NARCOTICS - OPBAT", 2003, "PREL | SNAR | ~HUMAN RIGHTS | ~NARCOTICS - OPBAT", "tags-terms"),
            ("a local code of 2003", "PREL XQZW BL QZWV", 2003, "PREL | ~XQZW | BL | ~QZWV", "tags-terms"),
            ("words side by side", "PREL BL COUNTER HERRING", 2009, "PREL | BL | ~COUNTER HERRING", "tags-terms"),
            ("no word", "PREL, BIZCQB", 1974, "PREL | BIZCQB?", "tag-unknown"),
            ("two countries", "PGOV PREL SWNO", 2008, "PGOV | PREL | SW | NO", "tags-split"),
            ("two countries, the own one first", "PREL NOSW", 2008, "PREL | NO | SW", "tags-split"),
            ("two countries, none of them ours", "PREL SWFI", 2008, "PREL | SWFI?", "tag-unknown"),
            ("a subject and our country", "PREL KWMNNO", 2008, "PREL | KWMN | NO", "tags-split"),
            ("the ISO code of our country", "PREL BO", 2007, "PREL | BO", "tag-misspelt"),
            ("the ISO code of our country beside its TAG", "PREL, BO, BL", 2007, "PREL | BO | BL", ""),
            ("the ISO code of no country of ours", "PREL BA", 2007, "PREL | BA", ""),
            ("three letters", "PGO, PAK, MAR", 1974, "PGO? | PAK? | MAR?", "tag-misspelt tag-misspelt tag-unknown"),
            ("a caption", "PREL UK SIPDIS", 2009, "PREL | UK", "tags-repaired"),
            ("a banner", "PREL, UK SECRET", 2009, "PREL | UK", "tags-repaired"),
            ("lost", "P*******", 1974, "", "tags-repaired"),
            ("the end lost", "PREL****", 1974, "PREL", "tags-repaired"),
            ("only asterisks", "PREL *****", 1974, "PREL", "tags-repaired"),
            ("a letter alone", "PREL, B, UK", 2009, "PREL | UK", "tags-repaired"),
            ("a letter in signs", "PREL, <B>, UK", 2009, "PREL | UK", "tags-repaired"),
            ("a TAG in signs", "<PREL>, \"UK\"", 2009, "PREL | UK", "tags-repaired tags-repaired"),
            ("signs", "PREL, ##, UK", 2009, "PREL | UK", "tags-repaired"),
            ("a letter in a link", "PREL, [B](#), UK", 2009, "PREL | UK", "tags-repaired"),
            ("signs in brackets", "OVIP (##), UK", 2009, "OVIP | UK", "tags-repaired"),
            ("punctuation", "- PREL- / UK & AND ETRD. () []", 2009, "PREL | UK | ETRD", ""),
            ("none", "N/A", 1974, "", ""),
            ("empty", "", 1974, "", ""),
        ];
        for (case, text, year, want, wording) in table {
            let (got, diagnostics) = read(text, year);
            assert_eq!(got, want, "{case}");
            assert_eq!(
                diagnostics.iter().map(|d| d.split(' ').next().unwrap()).collect::<Vec<_>>().join(" "),
                wording,
                "{case}"
            );
        }
    }

    #[test]
    fn what_is_said() {
        assert_eq!(read("PHUMPGOV", 2009).1, ["tags-split \"PHUMPGOV\" read as PHUM, PGOV"]);
        assert_eq!(read("PGOF", 2009).1, ["tag-misspelt \"PGOF\" is probably PGOV"]);
        assert_eq!(read("<B>", 2009).1, ["tags-repaired \"<B>\" is no TAG; it was left out"]);
        assert_eq!(read("<PGOV>", 2009).1, ["tags-repaired \"<PGOV>\" read as PGOV"]);
    }

    #[test]
    fn what_was_meant_stands_beside_what_is_written() {
        let context = Context { year: Some(2009), ..Context::default() };
        let tags = parse(&Value::join([("PGOF, RU, PREL", 0)]), context, &mut Report::default());
        let got = tags.iter().map(|tag| (&*tag.tag, tag.suggestion(Some(2009)))).collect::<Vec<_>>();
        assert_eq!(got, [("PGOF", Some("PGOV")), ("RU", Some("RS")), ("PREL", None)]);
    }

    #[test]
    fn names_and_kinds_are_those_of_the_year() {
        let context = Context { year: Some(1974), ..Context::default() };
        let tags = parse(&Value::join([("PGOV, GE", 0)]), context, &mut Report::default());
        let got = tags.iter().map(|tag| (tag.kind(), tag.name(Some(1974)))).collect::<Vec<_>>();
        assert_eq!(got, [(TagKind::Subject, Some("Government")), (TagKind::Geographic, Some("Germany (East)"))]);
        assert!(matches!(tags.first().unwrap().tag, Cow::Borrowed("PGOV")));
    }

    #[test]
    fn long_runs_are_cheap() {
        for part in [
            "(",
            "(A ",
            "[",
            "[A](",
            ",",
            "PREL ",
            "QUILP ",
            "QUILP, ",
            "OVIP QUILP ",
            "A/",
            "*",
            "(A) ",
            "PREL, FISH CHIPS ",
        ] {
            let text = part.repeat(2_000);
            let _ =
                (label(&format!("TAGS {text}")), label(&format!("TAGS: {text}")), continues(&text), read(&text, 2009));
        }
    }
}
