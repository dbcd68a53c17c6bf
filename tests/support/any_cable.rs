//! Cables that no text was read for: values put together from words, dates and the tables, each as a reader must give it.
//!
//! The choices come from bytes, so that property tests and the fuzzer share them: `proptest` shrinks the bytes, the
//! fuzzer changes them. All content is invented.

use arbitrary::{Result, Unstructured};
use cablegram::{Cable, knowledge};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::{Map, Value, json};

/// The wrappers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Acp127,
    Archive,
    Smart,
}

/// A cable of any family.
pub(crate) fn any_cable(u: &mut Unstructured<'_>) -> Result<Cable<'static>> {
    let family = *u.choose(&[Family::Acp127, Family::Archive, Family::Smart])?;
    cable_of(family, u)
}

/// A cable of a family.
pub(crate) fn cable_of(family: Family, u: &mut Unstructured<'_>) -> Result<Cable<'static>> {
    let json = Maker { family, u }.cable()?;
    Ok(serde_json::from_value(json).unwrap_or_else(|error| panic!("what is made is no cable: {error}")))
}

const WORDS: [&str; 40] = [
    "fish",
    "market",
    "gulls",
    "harbor",
    "minister",
    "opened",
    "the",
    "of",
    "and",
    "in",
    "reported",
    "seven",
    "boats",
    "ice",
    "Oslo",
    "U.S.",
    "price",
    "cod",
    "herring",
    "fair",
    "May",
    "3,",
    "2009",
    "percent",
    "\"roof\"",
    "(new)",
    "lighthouse",
    "keeper",
    "said",
    "that",
    "under",
    "door",
    "no",
    "rain",
    "committee",
    "of",
    "a",
    "net",
    "is",
    "late",
];
const NAMES: [&str; 6] = ["HALVORSEN", "MERRIDEW", "LA LIME", "O'NEILL", "Thornbury", "SMITH-JONES"];
const OFFICES: [&str; 8] = ["EUR", "OCT", "ARA", "ISO", "EB", "L", "H", "SCI"];
const CAPTIONS: [&str; 7] = ["SENSITIVE", "SIPDIS", "NOFORN", "EXDIS", "LIMDIS", "AIDAC", "STADIS"];
const PASS_LINES: [&str; 4] =
    ["STATE FOR EUR/WE", "STATE PASS TO USTR", "DEPT FOR OES/OA AND EB", "USDOC FOR 4212/ITA"];
const MARKS: [&str; 7] = ["U", "C", "SBU", "S/NF", "S//NF", "U//FOUO", "LOU"];

struct Maker<'m, 'u> {
    family: Family,
    u: &'m mut Unstructured<'u>,
}

impl Maker<'_, '_> {
    fn cable(&mut self) -> Result<Value> {
        let utc = self.moment()?;
        let year = utc.year();
        let post = self.post()?;
        let number = self.u.int_in_range(1..=if self.family == Family::Archive { 99_999 } else { 999_999 })?;
        let smart = self.family == Family::Smart;
        let (level, level_text) = self.level()?;
        let of = if smart || self.u.ratio(2, 3)? { None } else { Some(self.u.arbitrary::<u8>()?) };
        let section = of.map(|_| self.u.arbitrary::<u8>()).transpose()?;
        let transmission = match self.family {
            Family::Acp127 if self.u.arbitrary()? => self.transmission(utc, number, level, of.is_some())?,
            _ => Value::Null,
        };
        let captions = self.some_of(&CAPTIONS)?;
        let body = self.body()?;
        let mut cable = Map::new();
        let mut put = |key: &str, value: Value| cable.insert(key.to_owned(), value);
        put(
            "format",
            json!(match self.family {
                Family::Acp127 => "acp127",
                Family::Archive => "archive",
                Family::Smart => "smart",
            }),
        );
        put("mrn", json!({"year": year, "post": post.canonical, "number": number}));
        put("partial", json!(body.is_empty() || !smart && self.u.ratio(1, 8)?));
        put("transmission", transmission);
        put("distribution", if self.family == Family::Archive { self.distribution()? } else { Value::Null });
        put("drafting", self.drafting()?);
        put("precedence", if smart { Value::Null } else { self.precedence()? });
        put(
            "dtg",
            json!({"text": utc.format("%d%H%MZ %b %y").to_string().to_uppercase(), "utc": utc,
            "operating_signals": if self.u.ratio(1, 8)? { vec!["ZDK"] } else { vec![] }}),
        );
        put("from", self.originator()?);
        put("to", self.addressees()?);
        put("info", self.addressees()?);
        put("exempted", if smart { json!([]) } else { self.addressees()? });
        let sensitive = captions.contains(&"SENSITIVE");
        put("classification", json!({"level": level, "text": level_text, "sensitive": sensitive}));
        put("section", json!({"number": section, "of": of}));
        put("captions", json!(captions));
        put("pass_lines", json!(self.some_of(&PASS_LINES)?));
        put("corrected_copy", if smart || self.u.ratio(7, 8)? { Value::Null } else { json!("(TEXT OF PARA 2)") });
        put("executive_order", self.executive_order(year)?);
        put("tags", self.tags(year)?);
        put("subject", if self.u.ratio(1, 10)? { Value::Null } else { json!(self.title(9)?) });
        put("subject_mark", Value::Null);
        put("references", self.references(year)?);
        put("classified_by", self.authority()?);
        put("body", json!(body));
        let signature =
            if self.u.arbitrary()? && !body.is_empty() { json!(self.u.choose(&NAMES)?) } else { Value::Null };
        put("signature", signature);
        put("attributes", if self.family == Family::Archive { self.attributes()? } else { Value::Null });
        if self.u.arbitrary()? && cable.get("subject").is_some_and(Value::is_string) {
            cable.insert("subject_mark".to_owned(), json!(self.u.choose(&MARKS)?));
        }
        Ok(Value::Object(cable))
    }

    fn moment(&mut self) -> Result<DateTime<Utc>> {
        let years = match self.family {
            Family::Acp127 => 1985..=2010,
            Family::Archive => 1973..=1979,
            Family::Smart => 2009..=2014,
        };
        let year = self.u.int_in_range(years)?;
        let date = NaiveDate::from_ymd_opt(year, self.u.int_in_range(1..=12)?, self.u.int_in_range(1..=28)?);
        let (hour, minute) = (self.u.int_in_range(0..=23)?, self.u.int_in_range(0..=59)?);
        Ok(date.and_then(|date| date.and_hms_opt(hour, minute, 0)).unwrap_or_default().and_utc())
    }

    fn post(&mut self) -> Result<&'static knowledge::PostRow> {
        self.u.choose(knowledge::posts())
    }

    fn level(&mut self) -> Result<(&'static str, &'static str)> {
        let spaced = [
            ("UNCLASSIFIED", "UNCLAS"),
            ("CONFIDENTIAL", "C O N F I D E N T I A L"),
            ("SECRET", "S E C R E T"),
            ("LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE"),
        ];
        let plain = [("UNCLASSIFIED", "UNCLASSIFIED"), ("CONFIDENTIAL", "CONFIDENTIAL"), ("SECRET", "SECRET")];
        Ok(if self.family == Family::Smart { *self.u.choose(&plain)? } else { *self.u.choose(&spaced)? })
    }

    fn transmission(&mut self, utc: DateTime<Utc>, number: u32, level: &str, sections: bool) -> Result<Value> {
        let indicators = self.list(12, |maker| {
            let letters = ["AG", "BUL", "ROV", "FR", "NY", "LP", "C", "IL"];
            Ok(format!("RUEH{}", maker.u.choose(&letters)?))
        })?;
        let prosign = self.u.choose(&["ZNR", "ZNY"])?;
        let indicator = match level {
            "CONFIDENTIAL" => "CCCCC",
            "SECRET" => "SSSSS",
            _ => "UUUUU",
        };
        let level = match indicator {
            "CCCCC" => "CONFIDENTIAL",
            "SSSSS" => "SECRET",
            _ => "UNCLASSIFIED",
        };
        let routing = (!indicators.is_empty()).then_some("PRIORITY");
        Ok(json!({
            "id": format!("VZCZCXRO{:04}", self.u.int_in_range(0..=9999)?), "precedence": routing,
            "routing_indicators": indicators, "station": "RUEHNY", "serial": format!("{:04}", number % 10_000),
            "section": sections.then_some("01"), "filing_time": utc.format("%j%H%M").to_string(), "filed": utc,
            "security": {"prosign": prosign, "indicator": indicator, "level": level, "operating_signals": ["ZZH"]},
        }))
    }

    fn distribution(&mut self) -> Result<Value> {
        let office =
            |maker: &mut Self| Ok(json!({"office": maker.u.choose(&OFFICES)?, "copies": maker.u.arbitrary::<u8>()?}));
        let first = office(self)?;
        let info = self.list(20, office)?;
        // Without a role the block is one of offices informed, two at the least.
        let role =
            if info.len() > 1 { self.u.choose(&[Some("action"), Some("origin"), None])? } else { &Some("action") };
        let offices = if role.is_some() { vec![first] } else { vec![] };
        let total = if self.u.ratio(7, 8)? { Some(self.u.arbitrary::<u16>()?) } else { None };
        let direction = self.u.choose(&[None, Some("W"), Some("R")])?;
        Ok(json!({"role": role, "offices": offices, "info": info, "total": total, "direction": direction}))
    }

    fn drafting(&mut self) -> Result<Value> {
        if self.family == Family::Acp127 || self.u.arbitrary()? {
            return Ok(Value::Null);
        }
        let cleared = self.list(3, |maker| Ok(format!("{}:MPOE", maker.u.choose(&OFFICES)?)))?;
        // Of a record of SMART `Info:` has addressees.
        let distributed = self.family != Family::Smart && self.u.arbitrary()?;
        Ok(json!({"drafted_by": ["EUR/NE:JROE"], "approved_by": ["EUR:ADOE"], "cleared_by": cleared,
            "desired_distribution": if distributed { vec!["ALL BUREAUS"] } else { vec![] }}))
    }

    fn precedence(&mut self) -> Result<Value> {
        const WORDS: [&str; 4] = ["ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH"];
        let (action, info) = (self.u.choose(&WORDS)?, self.u.choose(&WORDS)?);
        Ok(json!({"action": action, "info": (action != info).then_some(info)}))
    }

    fn originator(&mut self) -> Result<Value> {
        let name = self.plad()?;
        Ok(json!({"name": name, "post": knowledge::post_of_plad(&name).map(|post| post.canonical)}))
    }

    fn plad(&mut self) -> Result<String> {
        let display = self.post()?.display;
        let kind = self.u.choose(&["AMEMBASSY", "AMCONSUL", "USMISSION"])?;
        Ok(if self.u.ratio(1, 6)? { "SECSTATE WASHDC".to_owned() } else { format!("{kind} {display}") })
    }

    fn addressees(&mut self) -> Result<Value> {
        let list = self.list(4, |maker| {
            let name = if maker.u.ratio(1, 8)? { "NATO EU COLLECTIVE".to_owned() } else { maker.plad()? };
            let indicator = maker.u.choose(&[None, Some("RUEHC"), Some("RHMFISS"), Some("ZEN")])?;
            let precedence = maker.u.choose(&[None, Some("ROUTINE"), Some("PRIORITY"), Some("NIACT IMMEDIATE")])?;
            let serial = if maker.u.arbitrary()? { Some(format!("{:04}", maker.u.int_in_range(0..=9999)?)) } else { None };
            let post = knowledge::post_of_plad(&name).map(|post| post.canonical);
            Ok(json!({"routing_indicator": indicator, "name": name, "post": post, "precedence": precedence, "serial": serial}))
        })?;
        Ok(json!(list))
    }

    fn executive_order(&mut self, year: i32) -> Result<Value> {
        let number = match year {
            ..=1978 => 11_652,
            1979..=1982 => 12_065,
            1983..=1995 => 12_356,
            _ => 12_958,
        };
        let day = NaiveDate::from_ymd_opt(year + 10, self.u.int_in_range(1..=12)?, self.u.int_in_range(1..=28)?);
        let day = day.unwrap_or_default();
        let (text, kind) = match self.u.int_in_range(0..=5)? {
            0 => return Ok(Value::Null),
            1 => ("N/A".to_owned(), json!({"kind": "not_applicable"})),
            2 => ("DECL: OADR".to_owned(), json!({"kind": "originating_agency"})),
            3 => ("DECL: X1".to_owned(), json!({"kind": "exempt", "codes": ["X1"], "date": null})),
            4 => ("GDS".to_owned(), json!({"kind": "schedule", "schedule": "GDS", "date": null})),
            _ => (format!("DECL: {}", day.format("%m/%d/%Y")), json!({"kind": "date", "date": day})),
        };
        Ok(json!({"number": number, "text": text, "declassification": kind}))
    }

    fn tags(&mut self, year: i32) -> Result<Value> {
        let mut list: Vec<Value> = Vec::new();
        for _ in 0..self.u.int_in_range(0..=9)? {
            let row = self.u.choose(knowledge::tags())?;
            let known = list.iter().any(|tag| tag["tag"] == row.code);
            let Some(row) = knowledge::tag(row.code, Some(year)).filter(|_| !known) else { continue };
            if !row.code.bytes().all(|b| b.is_ascii_uppercase()) || row.code.len() < 2 {
                continue;
            }
            let kind = format!("{:?}", row.kind).to_lowercase();
            let visited = row.code == "OVIP" || row.code == "PINR";
            let person = (visited && self.u.arbitrary()?).then_some("ROE, JANE A.");
            let known = list.iter().any(|tag| Some(tag["tag"].as_str().unwrap_or_default()) == person);
            let person = person.filter(|_| !known);
            list.push(json!({"tag": row.code, "kind": kind, "name": row.name, "person": person,
                "suggestion": knowledge::suggest_tag(row.code, Some(year))}));
            list.extend(person.map(
                |person| json!({"tag": person, "kind": "person", "name": null, "person": null, "suggestion": null}),
            ));
        }
        Ok(json!(list))
    }

    fn references(&mut self, year: i32) -> Result<Value> {
        let list = self.list(5, |maker| {
            let post = maker.post()?;
            let number = maker.u.int_in_range(1..=29_999_u32)?;
            let year = year - maker.u.int_in_range(0..=3)?;
            let notal: bool = maker.u.ratio(1, 4)?;
            let (kind, series) = if maker.u.ratio(1, 8)? { ("airgram", "A-") } else { ("cable", "") };
            let note = if notal { " (NOTAL)" } else { "" };
            let text = format!("{:02} {} {series}{number}{note}", year % 100, post.display);
            Ok(json!({"kind": kind, "label": null, "text": text,
                "year": year, "year_assumed": false,
                "post": post.canonical, "number": number, "notal": notal, "and_previous": false, "et_al": false,
                "captions": [], "dtg": null}))
        })?;
        let labelled = list.len() > 1;
        let label = |(letter, mut reference): (char, Value)| {
            if let Some(label) = reference.get_mut("label").filter(|_| labelled) {
                *label = json!(letter);
            }
            reference
        };
        let labels = if self.u.ratio(1, 8)? { '1'..='9' } else { 'A'..='Z' };
        Ok(json!(labels.zip(list).map(label).collect::<Vec<_>>()))
    }

    fn authority(&mut self) -> Result<Value> {
        Ok(match self.u.int_in_range(0..=2)? {
            0 => Value::Null,
            1 => json!({"name": "Kari T. Larsen", "title": "Counselor", "reasons": ["1.4(b)", "1.4(d)"],
                "text": "Kari T. Larsen, Counselor, for reasons 1.4 (b) and (d)."}),
            _ => json!({"name": "Jane Roe", "title": "DCM", "reasons": ["1.4(b)"],
                "text": "DCM Jane Roe for reason 1.4 (b)."}),
        })
    }

    /// Numbered paragraphs, with headings between, and a text before the first.
    fn body(&mut self) -> Result<Vec<Value>> {
        let mut blocks = Vec::new();
        let paragraphs = self.u.int_in_range(0..=6)?;
        if paragraphs > 0 && self.u.ratio(1, 8)? {
            blocks.push(json!({"kind": "text", "text": self.prose()?}));
        }
        for number in 1..=paragraphs {
            if self.u.ratio(1, 4)? {
                blocks.push(json!({"kind": "heading", "text": self.title(4)?}));
            }
            let mark = if self.u.ratio(3, 4)? { Some(*self.u.choose(&MARKS)?) } else { None };
            blocks.push(json!({"kind": "paragraph", "number": number, "portion_mark": mark, "text": self.prose()?}));
        }
        Ok(blocks)
    }

    /// Sentences in lines, perhaps with bullets below.
    fn prose(&mut self) -> Result<String> {
        let mut text = self.sentence()?;
        for _ in 0..self.u.int_in_range(0..=3)? {
            text.push_str(self.u.choose(&[" ", "\n", "\n\n", "\n-- ", "\n\n  a. "])?);
            text.push_str(&self.sentence()?);
        }
        Ok(text)
    }

    /// `sentence = Capital 1*( SP word ) "."`, broken into lines
    fn sentence(&mut self) -> Result<String> {
        let mut text = "The".to_owned();
        let mut width = text.len();
        for word in self.words(24)? {
            let gap = if width + word.len() > 60 { '\n' } else { ' ' };
            width = if gap == '\n' { 0 } else { width + 1 } + word.len();
            text.push(gap);
            text.push_str(word);
        }
        text.push_str(" end.");
        Ok(text)
    }

    /// A title in capitals.
    fn title(&mut self, most: usize) -> Result<String> {
        let words = self.words(most)?.join(" ").to_uppercase();
        Ok(format!("FISH {words}").trim_end_matches([' ', ',', '.']).to_owned())
    }

    fn words(&mut self, most: usize) -> Result<Vec<&'static str>> {
        self.list(most, |maker| Ok(*maker.u.choose(&WORDS)?))
    }

    fn attributes(&mut self) -> Result<Value> {
        if self.u.arbitrary()? {
            return Ok(Value::Null);
        }
        let day = NaiveDate::from_ymd_opt(1994, 1, self.u.int_in_range(1..=28)?);
        Ok(
            json!({"automatic_decaptioning": "X", "capture_date": day, "concepts": self.some_of(&["FISH", "TRADE FAIRS"])?,
            "line_count": self.u.int_in_range(0..=999)?, "film_number": "D790370-0000", "type": "TE",
            "other": {"odd_key": "FISH"}}),
        )
    }

    fn some_of<'t>(&mut self, all: &[&'t str]) -> Result<Vec<&'t str>> {
        all.iter().filter_map(|one| self.u.ratio(1, 4).map(|taken| taken.then_some(*one)).transpose()).collect()
    }

    fn list<T>(&mut self, most: usize, mut one: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        (0..self.u.int_in_range(0..=most)?).map(|_| one(self)).collect()
    }
}
