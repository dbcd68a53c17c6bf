//! TAGS: traffic analysis by geography and subject (5 FAH-3).

use super::table::{TAG_INDEX, TAGS};

/// The year of a cable that does not say its year: in the middle of the cables that are published.
pub(super) const USUAL_YEAR: i32 = 2006;

/// What kind of code a TAG is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum TagKind {
    /// What the cable is about: four letters, the first one of them the field (`PGOV`, `ETRD`).
    Subject,
    /// A country or a region: two letters (`PK`, `XF`).
    Geographic,
    /// An organization (`NATO`, `UNSC`).
    Organization,
    /// A programme: `K` and three letters (`KDEM`).
    Program,
    /// A person: an item of the list, and the `person` of the TAG that it belongs to. No row of the tables is one.
    Person,
    /// Words or a local code of the drafter's own, which State's handbook calls terms: `HUMAN RIGHTS`. No row of the tables
    /// is one.
    Term,
    /// A code that no table has. No row of the tables is one.
    #[cfg_attr(feature = "serde", serde(other))]
    Unknown,
}

/// A row of the TAGS tables: a code, and what it meant in a span of years.
///
/// A code has several rows where its meaning changed (`WA` is South-West Africa, then Namibia) or where several tables have
/// it (`AL` is Albania, and an organization).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TagRow {
    /// The code as on the TAGS line, in upper case.
    pub code: &'static str,
    /// The table of the row.
    pub kind: TagKind,
    /// The field of a subject TAG: `Economic Affairs` for `E...`.
    pub field: Option<&'static str>,
    /// What the code means, where it is known.
    pub name: Option<&'static str>,
    /// The first year that the source gives; `None` is from the beginning of TAGS in 1973, or not known.
    pub first_year: Option<i32>,
    /// The last year that the source gives; `None` is to this day, or not known.
    pub last_year: Option<i32>,
    /// For a code that drafters write although State's list has another one for it: that other code (`RU` for `RS`).
    pub variant_of: Option<&'static str>,
    /// In how many cables of a small sample the code occurs: a weight for choosing, not a count of anything.
    pub uses: u32,
    /// The source of the row.
    pub source: &'static str,
}

impl TagRow {
    /// How many years the row is off: 0 where its span covers the year.
    pub(super) fn years_off(&self, year: i32) -> u32 {
        let early = self.first_year.map_or(0, |first| first.saturating_sub(year));
        let late = self.last_year.map_or(0, |last| year.saturating_sub(last));
        u32::try_from(early.max(late)).unwrap_or(0)
    }
}

/// Looks a code up as it is (upper case). Of several rows it returns the one whose years cover `year`, or come nearest;
/// `None` means the years of the published cables.
///
/// A code of several tables is a subject rather than a programme or an organization, and with two letters a country rather
/// than anything else.
///
/// ```
/// use cablegram::knowledge::{TagKind, tag};
///
/// let pgov = tag("PGOV", Some(2009)).expect("a known TAG");
/// assert_eq!((pgov.kind, pgov.name), (TagKind::Subject, Some("Internal Governmental Affairs")));
/// assert_eq!(tag("PGOV", Some(1974)).and_then(|tag| tag.name), Some("Government"));
/// assert!(tag("PGOF", None).is_none());
/// ```
pub fn tag(code: &str, year: Option<i32>) -> Option<&'static TagRow> {
    let rows = rows_of(code);
    let kind = match rows {
        [only] => return Some(only),
        rows => rows.first()?.kind,
    };
    let year = year.unwrap_or(USUAL_YEAR);
    rows.iter().filter(|row| row.kind == kind).min_by_key(|row| row.years_off(year))
}

/// All rows, sorted by code.
pub fn tags() -> &'static [TagRow] {
    &TAGS
}

/// The rows of a code: those of the table that owns it first, in it the older ones first.
pub(super) fn rows_of(code: &str) -> &'static [TagRow] {
    let rows = TAGS.get(TAG_INDEX.place(code.as_bytes())..).unwrap_or_default();
    let count = rows.iter().take_while(|row| row.code == code).count();
    rows.get(..count).unwrap_or_default()
}
