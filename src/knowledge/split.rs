//! TAGS that were run together (`PHUMPGOV`, `ETRDECONWTOCS`) are cut by the dictionary.

use super::tag::{TagKind, USUAL_YEAR, tag};

/// The shortest and the longest run that is looked at.
const SHORTEST: usize = 6;
const LONGEST: usize = 120;
/// The longest piece of a run: longer codes of organizations are words, and stand alone.
const LONGEST_PIECE: usize = 8;
/// So many years after its list's year a code may still be met.
const LATE: u32 = 7;
/// So many countries may stand in a row before another TAG comes; more only at the end.
const COUNTRIES: usize = 2;

/// Cuts a run of TAGS into its pieces, or refuses with `None`.
///
/// The cut is the cheapest cover of the whole run by known TAGS: the fewest pieces, subjects and programmes rather than
/// countries and organizations, those in use in `year` and frequent ones first. Time is linear in the length of the run.
///
/// It is refused where the run is known as it stands, is shorter than 6 or longer than 120 letters, is not covered, has
/// no subject or programme in it that is often met, has more countries than other pieces, or more than two countries in a
/// row before its end: such a run is more likely a word or a name.
///
/// ```
/// use cablegram::knowledge::split_tags;
///
/// assert_eq!(split_tags("PHUMPGOV", Some(2009)), Some(vec!["PHUM", "PGOV"]));
/// assert_eq!(split_tags("ETRDECONWTOCS", Some(2005)), Some(vec!["ETRD", "ECON", "WTO", "CS"]));
/// assert_eq!(split_tags("LAFTA", Some(1974)), None);
/// assert_eq!(split_tags("COUNTERTERRORISM", Some(2005)), None);
/// ```
pub fn split_tags(run: &str, year: Option<i32>) -> Option<Vec<&str>> {
    if !(SHORTEST..=LONGEST).contains(&run.len()) || !run.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    if tag(run, None).is_some() || PLAIN_WORDS.binary_search(&run).is_ok() {
        return None;
    }
    let year = year.unwrap_or(USUAL_YEAR);
    let mut pieces = cheapest(run, year)?;
    pieces.reverse();
    is_likely(&pieces, year).then_some(pieces)
}

/// Words and surnames that a subject and a country would cover, but that are what they are. They are those that two word
/// lists (250,000 English words, 90,000 surnames of the US census) leave over when the rules above have refused the rest.
const PLAIN_WORDS: [&str; 41] = [
    "CASCIO", "CHEMIN", "COPTER", "CREMIN", "FREMIN", "JAMILI", "LAMARR", "LEMARR", "MARREN", "MARRIN", "MARRIS",
    "MASSANET", "MASSAR", "MASSAY", "MASSEI", "MASSER", "MASSES", "MILIAN", "MILICH", "MILICI", "MILITO", "MILIUS",
    "PARMAN", "PARMAR", "PARMER", "PINTAR", "PRELIM", "PROPER", "PROPIN", "SCULLS", "SCULLY", "SCULPT", "SEDUCE",
    "SEPTER", "SMIGAJ", "SNARES", "SNARLS", "SOCIAL", "SOCIUS", "TECHAU", "TECHNO",
];

/// Whether the pieces look like what a drafter would write. Short covers must be better than long ones: a word of six
/// letters is easily a rare subject and a country.
fn is_likely(pieces: &[&str], year: i32) -> bool {
    let (mut subjects, mut countries, mut short, mut frequent, mut current) = (0, 0, 0, false, false);
    for piece in pieces {
        let Some(row) = tag(piece, Some(year)) else { return false };
        match row.kind {
            TagKind::Subject | TagKind::Program => {
                subjects += 1;
                frequent |= row.uses >= 2;
                current |= row.years_off(year) == 0;
            }
            TagKind::Geographic => countries += 1,
            TagKind::Organization => short += usize::from(piece.len() == 3),
            TagKind::Person | TagKind::Term | TagKind::Unknown => return false,
        }
    }
    let enough = if subjects == 1 { short == 0 && current } else { subjects >= 2 };
    enough && frequent && countries <= pieces.len() - countries
}

/// The best way to a place in the run with so many countries before it (`COUNTRIES` + 1: more; nothing else may follow).
#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    /// The length of the last piece, and the countries that stood before it.
    piece: u8,
    countries: u8,
}

type Ways = [Option<Way>; COUNTRIES + 2];

/// The pieces of the cheapest cover, the last one first.
fn cheapest(run: &str, year: i32) -> Option<Vec<&str>> {
    let mut ways: [Ways; LONGEST + 1] = [[None; COUNTRIES + 2]; LONGEST + 1];
    *ways.first_mut()?.first_mut()? = Some(Way { cost: 0, piece: 0, countries: 0 });
    for start in 0..run.len() {
        let here = *ways.get(start)?;
        if here.iter().all(Option::is_none) {
            continue;
        }
        for length in 2..=LONGEST_PIECE {
            let Some(piece) = run.get(start..start + length) else { break };
            let Some(price) = price(piece, year) else { continue };
            for (countries, way) in here.iter().enumerate() {
                let Some(way) = way else { continue };
                let after = if length == 2 { (countries + 1).min(COUNTRIES + 1) } else { 0 };
                if countries > COUNTRIES && after == 0 {
                    continue;
                }
                let cost = way.cost + price;
                let there = ways.get_mut(start + length)?.get_mut(after)?;
                if there.is_none_or(|there| cost < there.cost) {
                    *there =
                        Some(Way { cost, piece: u8::try_from(length).ok()?, countries: u8::try_from(countries).ok()? });
                }
            }
        }
    }
    let mut end = run.len();
    let last = ways.get(end)?.iter().enumerate();
    let (mut countries, _) = last.filter_map(|(n, way)| way.map(|way| (n, way.cost))).min_by_key(|(_, cost)| *cost)?;
    let mut pieces = Vec::new();
    // Each step takes a piece of two letters or more off the end.
    while end > 0 {
        let way = (*ways.get(end)?.get(countries)?)?;
        let start = end.checked_sub(usize::from(way.piece))?;
        pieces.push(run.get(start..end)?);
        end = start;
        countries = usize::from(way.countries);
    }
    Some(pieces)
}

/// What it costs to take a piece for the TAG that it spells; `None` where it spells none.
///
/// A piece costs 1000, so that few pieces win; the rest ranks covers with the same number of pieces.
fn price(piece: &str, year: i32) -> Option<u32> {
    let row = tag(piece, Some(year))?;
    let in_use = row.years_off(year) <= LATE;
    let rare = 200 - row.uses.min(20) * 10;
    match row.kind {
        TagKind::Subject | TagKind::Program => Some(1000 + rare + if in_use { 0 } else { 600 }),
        // A drafter's own code, or one of another time, is more likely a part of a word.
        TagKind::Geographic => (in_use && row.variant_of.is_none()).then_some(1300 + rare),
        TagKind::Organization if piece.len() < 3 || row.name.is_none() => None,
        TagKind::Person | TagKind::Term | TagKind::Unknown => None,
        TagKind::Organization => {
            Some(1500 + rare + if in_use { 0 } else { 600 } + if piece.len() == 3 { 400 } else { 0 })
        }
    }
}
