//! Posts: embassies, consulates, missions, and the Department itself.

use super::bare::{bare, room};
use super::index::row_of;
use super::table::{POST_INDEX, POST_KEYS, POST_NAMES, POST_OF_ROUTING_INDICATOR, POSTS, ROUTING_INDICATOR_INDEX};
use crate::edit_distance::{kinds, may_be_near, slips, slips_of_bytes};
use crate::grammar::MONTHS;

/// What a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PostKind {
    /// An embassy (`AMEMBASSY`).
    Embassy,
    /// A consulate or consulate general (`AMCONSUL`).
    Consulate,
    /// A mission to an international organization (`USMISSION`).
    Mission,
    /// A delegation to a conference, or of a travelling Secretary (`USDEL`, `SECTO`).
    Delegation,
    /// An interests section under another state's protection (`USINT`).
    InterestsSection,
    /// A liaison office (`USLO`).
    LiaisonOffice,
    /// A regional office (`REO`, `RPO`).
    RegionalOffice,
    /// The American Institute in Taiwan (`AIT`).
    Institute,
    /// The Department of State (`SECSTATE`).
    Department,
}

/// A row of the table of posts.
///
/// A post that changed its name has a row for each name, because the name is part of the identity of its cables:
/// `succeeded_by` of `BOMBAY` is `MUMBAI`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PostRow {
    /// The name without spaces, as in the identifiers of cables: `NEWDELHI`.
    pub canonical: &'static str,
    /// The name with spaces, as on the classification line: `NEW DELHI`.
    pub display: &'static str,
    /// What the post is.
    pub kind: PostKind,
    /// Where it is.
    pub city: Option<&'static str>,
    /// The country in which it is, by its name at the time.
    pub country: Option<&'static str>,
    /// The routing indicators under which it is reached.
    pub routing_indicators: &'static [&'static str],
    /// Other names and known misspellings, without spaces.
    pub aliases: &'static [&'static str],
    /// The code of the archives of 1973-79: the first six characters of the name, spaces counted, then dropped (`NEWDE`).
    pub archive_code: &'static str,
    /// The name that the post had later.
    pub succeeded_by: Option<&'static str>,
    /// Where the row comes from.
    pub source: &'static str,
}

/// All posts, sorted by their canonical names.
pub fn posts() -> &'static [PostRow] {
    &POSTS
}

/// Finds a post by its name, whatever its case, spaces, dots, hyphens and apostrophes.
///
/// It knows canonical names, names with spaces, aliases, and names cut to ten characters (page lines) or six (archives) with
/// the spaces counted.
///
/// ```
/// use cablegram::knowledge::post;
///
/// for name in ["TELAVIV", "Tel Aviv", "TEL AV", "TELAV"] {
///     assert_eq!(post(name).map(|post| post.canonical), Some("TELAVIV"));
/// }
/// assert_eq!(post("SECSTATE WASHDC").map(|post| post.canonical), Some("STATE"));
/// assert_eq!(post("ATLANTIS"), None);
/// ```
pub fn post(name: &str) -> Option<&'static PostRow> {
    named(bare(name, &mut room())?)
}

/// Finds the post that an addressee's name (plain language address designator) stands for: `AMEMBASSY NEW DELHI`.
///
/// The word before the place (`AMEMBASSY`, `AMCONSUL`, `USMISSION`, ...) may be misspelt; a routing indicator before it,
/// office symbols `//...//` and a stray month after it are passed over, as is the order of SMART (`LIMA, AMEMBASSY`).
/// Commands, agencies and collectives are not posts: `None`.
///
/// ```
/// use cablegram::knowledge::post_of_plad;
///
/// let post = |plad| post_of_plad(plad).map(|post| post.canonical);
/// assert_eq!(post("AMEMBASSY NEW DELHI"), Some("NEWDELHI"));
/// assert_eq!(post("AMEMBISSY LIMA"), Some("LIMA"));
/// assert_eq!(post("RUEHC/SECSTATE WASHDC"), Some("STATE"));
/// assert_eq!(post("AMEMBASSY BANJUL BY POUCH"), Some("BANJUL"));
/// assert_eq!(post("RUEHC/DEPARTMENT OF LABOR"), None);
/// ```
pub fn post_of_plad(name: &str) -> Option<&'static PostRow> {
    let name = without_means(name);
    // Most names are written in full and nothing else: no more than two look-ups.
    if let Some(bare) = bare(name, &mut room()) {
        return plad(bare).or_else(|| misspelt_plad(name.trim()));
    }
    // Office symbols stand after the first double slash.
    let name = name.split_once("//").map_or(name, |(name, _)| name);
    let name = match name.split_once('/') {
        Some((indicator, rest)) if is_routing_indicator(indicator) => rest,
        _ => name,
    };
    let name = name.trim();
    if let Some((place, organization)) = name.split_once(',') {
        let mut room = room();
        let organization = bare(organization, &mut room)?;
        let is = |word: &&str| word.as_bytes() == organization;
        return if PREFIXES.iter().chain(&["SECSTATE"]).any(is) { post(place) } else { None };
    }
    plad(bare(name, &mut room())?).or_else(|| misspelt_plad(name))
}

/// `name [ SP [ "BY" SP ] "POUCH" ]`: by what means it goes there is not of the name.
fn without_means(name: &str) -> &str {
    name.trim_end().strip_suffix(" POUCH").map_or(name, |name| name.strip_suffix(" BY").unwrap_or(name))
}

/// The post that was meant by a misspelt name: one letter off for names of four to six letters, two for longer ones.
///
/// `None` where no post is so near, or several posts are equally near.
///
/// ```
/// use cablegram::knowledge::nearest_post;
///
/// assert_eq!(nearest_post("ISLAMBAD").map(|post| post.canonical), Some("ISLAMABAD"));
/// assert_eq!(nearest_post("PARLIAMENT"), None);
/// ```
pub fn nearest_post(name: &str) -> Option<&'static PostRow> {
    let mut room = room();
    let name = bare(name, &mut room)?;
    if let Some(post) = named(name) {
        return Some(post);
    }
    let mut most = match name.len() {
        0..=3 => return None,
        4..=6 => 1,
        _ => 2,
    };
    let mut found: Option<u16> = None;
    // By length, and by the kinds of their letters, nearly all are left out before slips are counted.
    let first = POST_NAMES.partition_point(|(other, ..)| other.len() + most < name.len());
    let longest = name.len() + most;
    let kinds = kinds(name);
    let near = POST_NAMES.iter().skip(first).take_while(|(other, ..)| other.len() <= longest);
    for (other, post, _) in near.filter(|(.., others)| may_be_near(*others, kinds, 2)) {
        let Some(slips) = slips_of_bytes(name, other.as_bytes(), most) else { continue };
        found = match found {
            // As near as another post: nothing is found, unless a third one is nearer.
            Some(before) if slips == most && before != *post => Some(u16::MAX),
            _ => Some(*post),
        };
        most = slips;
    }
    POSTS.get(usize::from(found?))
}

/// The post that a routing indicator stands for.
///
/// An indicator may serve several addressees; where it serves several posts, it is the one most addressed by it.
///
/// ```
/// use cablegram::knowledge::post_of_routing_indicator;
///
/// assert_eq!(post_of_routing_indicator("RUEHIL").map(|post| post.canonical), Some("ISLAMABAD"));
/// assert_eq!(post_of_routing_indicator("RUEKJCS"), None);
/// ```
pub fn post_of_routing_indicator(indicator: &str) -> Option<&'static PostRow> {
    row_of(&ROUTING_INDICATOR_INDEX, &POST_OF_ROUTING_INDICATOR, &POSTS, indicator.as_bytes())
}

/// What stands before the place in the name of an addressee that is a post.
const PREFIXES: [&str; 17] = [
    "AMEMBASSY",
    "AMCONSULATE",
    "AMCONGEN",
    "AMCONSUL",
    "AMEMB",
    "CONSULATE",
    "EMBASSY",
    "USMISSION",
    "USOFFICE",
    "USLIAISON",
    "USDEL",
    "USINT",
    "USLO",
    "USREO",
    "REO",
    "RPO",
    "AIT",
];

/// Those of them that are also known when they are misspelt.
const LONG_PREFIXES: [&str; 3] = ["AMEMBASSY", "AMCONSUL", "USMISSION"];

/// `AMEMBASSYNEWDELHI`, or a place alone.
fn plad(bare: &[u8]) -> Option<&'static PostRow> {
    named(bare).or_else(|| {
        let alike = PREFIXES.iter().filter(|prefix| prefix.as_bytes().first() == bare.first());
        let mut places = alike.filter_map(|prefix| bare.strip_prefix(prefix.as_bytes()));
        places.find_map(named)
    })
}

/// A name with a slip in its first word, or with a month after it.
fn misspelt_plad(name: &str) -> Option<&'static PostRow> {
    let (first, place) = name.split_once(' ')?;
    let is = |word: &str| slips(first, word, 2).is_some();
    if is("SECSTATE") {
        let mut room = room();
        let place = bare(place, &mut room)?;
        let washington = place.starts_with(b"WASH") || slips_of_bytes(place, b"WASHDC", 2).is_some();
        return if washington { named(b"STATE") } else { None };
    }
    if let Some(post) = LONG_PREFIXES.iter().find(|prefix| is(prefix)).and_then(|_| post(place)) {
        return Some(post);
    }
    let name = before_month(name)?;
    plad(bare(name, &mut room())?).or_else(|| misspelt_plad(name))
}

/// What stands before a month that slipped in after a place: `AMEMBASSY LA PAZ` of `AMEMBASSY LA PAZ DEC`.
fn before_month(name: &str) -> Option<&str> {
    let mut end = 0;
    for word in name.as_bytes().split(|b| *b == b' ') {
        if end > 0 && word.len() == 3 && MONTHS.iter().any(|month| month.as_bytes().starts_with(word)) {
            return name.get(..end - 1);
        }
        end += word.len() + 1;
    }
    None
}

fn is_routing_indicator(text: &str) -> bool {
    let text = text.trim();
    text == "ZEN"
        || (5..=7).contains(&text.len()) && text.starts_with('R') && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn named(bare: &[u8]) -> Option<&'static PostRow> {
    row_of(&POST_INDEX, &POST_KEYS, &POSTS, bare)
}
