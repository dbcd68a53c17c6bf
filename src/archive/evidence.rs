//! The two sources of an archive record: the message's own text, and its Message Attributes.
//!
//! Field by field: agreement is silent; where they disagree both values are told and the text counts; what the text
//! lacks is filled, and told. The indexers of the archive added TAGS and left out addressees: what they add is a note.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::Datelike;

use crate::archive::attributes::{Attributes, Trailer};
use crate::cable::{Block, Cable};
use crate::diagnostic::DiagnosticCode;
use crate::field::addressee::{Addressee, Originator};
use crate::field::classification::{Classification, Level};
use crate::field::executive_order::{self, Declassification, ExecutiveOrder};
use crate::field::portion_mark::PortionMark;
use crate::field::reference::{self, Reference, ReferenceKind};
use crate::field::subject;
use crate::field::tags::{self, Tag};
use crate::knowledge;
use crate::lines::Report;
use crate::span::Span;

/// Compares a cable, as its text gives it, with the attributes of its record, and fills what it lacks.
pub(crate) fn compare<'a>(cable: &mut Cable<'a>, trailer: &Trailer<'a>, report: &mut Report) {
    let mut evidence = Evidence { trailer, attributes: &trailer.attributes, report };
    evidence.number(cable);
    evidence.day(cable);
    evidence.originator(cable);
    evidence.addressees(cable);
    evidence.level(cable);
    evidence.captions(cable);
    evidence.executive_order(cable);
    evidence.tags(cable);
    evidence.subject(cable);
    evidence.references(cable);
}

/// Longer lists are no record's, and are not compared.
const MOST: usize = 256;

struct Evidence<'w, 'a, 'r> {
    trailer: &'w Trailer<'a>,
    attributes: &'w Attributes<'a>,
    report: &'r mut Report,
}

impl<'a> Evidence<'_, 'a, '_> {
    fn span(&self, key: &str) -> Span {
        self.trailer.span(key)
    }

    fn filled(&mut self, key: &str, field: &str, value: &str) {
        let message = format!("{field} \"{value}\" was taken from the Message Attributes; the text has none");
        self.report.emit(DiagnosticCode::FilledFromAttributes, self.span(key), message);
    }

    fn differs(&mut self, key: &str, field: &str, own: &str, theirs: &str) {
        let message = format!("{field}: the text says \"{own}\", the Message Attributes \"{theirs}\"; the text counts");
        self.report.emit(DiagnosticCode::AttributeDisagrees, self.span(key), message);
    }

    fn adds(&mut self, key: &str, field: &str, theirs: &str) {
        let message = format!("{field}: the Message Attributes add \"{theirs}\"");
        self.report.emit(DiagnosticCode::AttributesAdd, self.span(key), message);
    }

    /// Where the text lacks post or number, they were filled when the message was identified.
    fn number(&mut self, cable: &Cable<'_>) {
        let Some((mrn, (_, code, number))) = cable.mrn.as_ref().zip(self.attributes.document_mrn()) else { return };
        if mrn.number != number {
            self.differs("Document Number", "number", &mrn.number.to_string(), &number.to_string());
        }
        let known = knowledge::post(code);
        let same = known.is_some_and(|post| post.canonical == mrn.post) || archive_code(&mrn.post) == code;
        if !same {
            self.differs("Document Number", "post", &mrn.post, code);
        }
    }

    /// The day of the message. The attributes have no time of day, so no date-time group can be filled from them.
    fn day(&mut self, cable: &Cable<'_>) {
        let own = cable.dtg.as_ref().and_then(|dtg| dtg.utc).map(|utc| utc.date_naive());
        if let Some((own, theirs)) = own.zip(self.attributes.draft_date)
            && own != theirs
        {
            let key = if self.trailer.value("Draft Date").is_some() { "Draft Date" } else { "Sent Date" };
            self.differs(key, "day", &own.to_string(), &theirs.to_string());
        }
    }

    fn originator(&mut self, cable: &mut Cable<'a>) {
        let Some(theirs) = self.attributes.from.as_deref().map(without_office) else { return };
        match &cable.from {
            Some(own) if is_same_address(&own.name, theirs) => {}
            Some(own) => self.differs("From", "originator", &own.name, theirs),
            None => {
                self.filled("From", "originator", theirs);
                cable.from = Some(Originator::new(theirs.to_owned()));
            }
        }
    }

    /// The attributes name few of the addressees, and those for information as well.
    fn addressees(&mut self, cable: &mut Cable<'a>) {
        if self.attributes.to.len() > MOST || cable.to.len() + cable.info.len() > MOST {
            return;
        }
        let own: Vec<&Addressee<'_>> = cable.to.iter().chain(&cable.info).chain(&cable.exempted).collect();
        let theirs = self.attributes.to.iter().map(|name| without_precedence(name)).filter(|name| *name != "MULTIPLE");
        let unknown: Vec<&str> =
            theirs.filter(|name| !own.iter().any(|own| is_same_address(&own.name, name))).collect();
        if unknown.is_empty() {
            return;
        }
        let list = unknown.join(", ");
        if own.is_empty() {
            self.filled("To", "addressee", &list);
            cable.to = unknown.into_iter().map(addressee).collect();
        } else {
            let own: Vec<&str> = own.iter().map(|a| a.name.as_ref()).collect();
            self.differs("To", "addressees", &own.join(", "), &list);
        }
    }

    fn level(&mut self, cable: &mut Cable<'a>) {
        const KEY: &str = "Original Classification";
        let Some(theirs) = self.attributes.classification() else { return };
        match &cable.classification {
            Some(own) if own.level == theirs => {}
            Some(own) => self.differs(KEY, "classification", own.level.as_str(), theirs.as_str()),
            None => {
                self.filled(KEY, "classification", theirs.as_str());
                let text = Cow::Borrowed(Level::as_str(theirs));
                cable.classification = Some(Classification { level: theirs, text });
            }
        }
    }

    /// The captions that the archive calls handling restrictions.
    fn captions(&mut self, cable: &mut Cable<'a>) {
        const KEY: &str = "Original Handling Restrictions";
        const RESTRICTIONS: [&str; 5] = ["NODIS", "EXDIS", "LIMDIS", "STADIS", "ONLY"];
        let theirs = &self.attributes.original_handling_restrictions;
        if theirs.len() > MOST || cable.captions.len() > MOST {
            return;
        }
        let own: Vec<&str> =
            cable.captions.iter().map(AsRef::as_ref).filter(|caption| RESTRICTIONS.contains(caption)).collect();
        let same = own.len() == theirs.len() && own.iter().all(|caption| theirs.iter().any(|t| t == caption));
        if same {
            return;
        }
        if own.is_empty() {
            self.filled(KEY, "captions", &theirs.join(", "));
            let new = theirs.iter().filter(|t| !cable.captions.contains(t)).cloned().collect::<Vec<_>>();
            cable.captions.extend(new);
        } else {
            let theirs = if theirs.is_empty() { "n/a".to_owned() } else { theirs.join(", ") };
            self.differs(KEY, "captions", &own.join(", "), &theirs);
        }
    }

    fn executive_order(&mut self, cable: &mut Cable<'a>) {
        const KEY: &str = "Executive Order";
        let Some((number, theirs)) = self.attributes.executive_order() else { return };
        let written = self.attributes.executive_order.clone().unwrap_or_default();
        match &mut cable.executive_order {
            Some(own) if own.text.is_empty() => {
                own.declassification = theirs.into_owned();
                self.filled(KEY, "declassification", &written);
            }
            // `GDS 3/7/85`: which number is the month, the archive knew.
            Some(own) if own.declassification != theirs && is_with_day_first(own, &theirs) => {
                let message = format!("\"{}\" has the day before the month, by the Message Attributes", own.text);
                own.declassification = theirs.into_owned();
                self.report.emit(DiagnosticCode::ExecutiveOrderRepaired, self.span(KEY), message);
            }
            Some(own) if !is_same_instruction(&own.declassification, &theirs) => {
                let own = own.text.clone();
                self.differs(KEY, "executive order", &own, &written);
            }
            Some(_) => {}
            None => {
                let declassification = theirs.into_owned();
                self.filled(KEY, "executive order", &written);
                cable.executive_order = Some(ExecutiveOrder { number, text: written, declassification });
            }
        }
    }

    /// The indexers wrote TAGS anew: they added countries, organisations and persons.
    fn tags(&mut self, cable: &mut Cable<'a>) {
        const KEY: &str = "TAGS";
        let theirs = &self.attributes.tags;
        if theirs.is_empty() || theirs.len() > MOST || cable.tags.len() > MOST {
            return;
        }
        let codes = || cable.tags.iter().filter(|tag| !tag.is_person).map(|tag| tag.tag.as_ref());
        if codes().next().is_none() {
            self.filled(KEY, "TAGS", &theirs.join(", "));
            let year = cable.mrn.as_ref().and_then(|mrn| mrn.year);
            // What is doubtful in a list of the archive's is the archive's own.
            cable.tags = self.trailer.value(KEY).map_or_else(Vec::new, |v| {
                let context = tags::Context { year, ..tags::Context::default() };
                tags::parse(v, context, &mut Report::default())
            });
            return;
        }
        let year = cable.mrn.as_ref().and_then(|mrn| mrn.year);
        let written = |tag: &'_ Tag<'_>| {
            [Some(tag.tag.to_string()), tag.suggestion(year).map(str::to_owned), tag.name(year).map(str::to_owned)]
        };
        let written: Vec<Vec<String>> =
            cable.tags.iter().map(|tag| written(tag).into_iter().flatten().collect()).collect();
        let own = Words::of(written.iter().flatten().map(String::as_str));
        let listed = Words::of(theirs.iter().map(AsRef::as_ref));
        let added: Vec<&str> = theirs.iter().map(AsRef::as_ref).filter(|item| !own.has(item)).collect();
        let codes_written = cable.tags.iter().zip(&written).filter(|(tag, _)| !tag.is_person);
        let missing =
            codes_written.map(|(_, written)| written).any(|written| !written.iter().any(|item| listed.has(item)));
        if missing {
            self.differs(KEY, "TAGS", &codes().collect::<Vec<_>>().join(", "), &theirs.join("; "));
        } else if !added.is_empty() {
            self.adds(KEY, "TAGS", &added.join("; "));
        }
    }

    /// The archive cut long subjects, and took lines below them for their end.
    fn subject(&mut self, cable: &mut Cable<'a>) {
        let Some(value) = self.trailer.value("Subject") else { return };
        let subject::Subject { text, mark } = subject::parse(value.clone());
        let Some(theirs) =
            text.filter(|text| self.attributes.subject.is_some() && text.contains(char::is_alphanumeric))
        else {
            return;
        };
        let Some(own) = &cable.subject else {
            self.filled("Subject", "subject", &theirs);
            (cable.subject, cable.subject_mark) = (Some(theirs), mark.and_then(PortionMark::as_written));
            return;
        };
        let (ours, letters) = (letters(own), letters(&theirs));
        if ours.starts_with(&letters) {
            return;
        }
        if !letters.starts_with(&ours) {
            self.differs("Subject", "subject", own, &theirs);
            return;
        }
        let added = after_letters(&theirs, ours.chars().count());
        if !is_below_subject(cable, added) {
            self.adds("Subject", "subject", added);
        }
    }

    /// Cables alone are compared: of other references the archive kept what it could.
    fn references(&mut self, cable: &mut Cable<'a>) {
        const KEY: &str = "Reference";
        let list = self.attributes.reference.join(", ");
        if list.is_empty() {
            return;
        }
        let mrn = cable.mrn.clone();
        let theirs = self.trailer.references(reference::Context {
            year: mrn.as_ref().and_then(|mrn| mrn.year),
            day: cable.dtg.as_ref().and_then(|dtg| dtg.utc).map(|utc| utc.ordinal()),
            number: mrn.as_ref().map(|mrn| mrn.number),
            post: mrn.as_ref().map(|mrn| mrn.post.as_ref()),
        });
        if cable.references.is_empty() {
            if !theirs.is_empty() {
                self.filled(KEY, "references", &list);
                cable.references = theirs;
            }
            return;
        }
        // The archive put the message's own year before all numbers; where the text has none, that tells nothing.
        let stated = |reference: &Reference<'_>| reference.year.filter(|_| !reference.year_assumed);
        let own: Vec<Cited<'_>> = cable.references.iter().filter_map(|r| cited(r, stated(r))).collect();
        let cables: Vec<_> = theirs.iter().filter(|r| r.kind == ReferenceKind::Cable).collect();
        let theirs: Vec<Cited<'_>> = theirs.iter().filter_map(|r| cited(r, r.year)).collect();
        if own.starts_with(&theirs) {
            return;
        }
        if theirs.starts_with(&own) {
            let added: Vec<&str> = cables.iter().skip(own.len()).map(|reference| reference.text.as_ref()).collect();
            self.adds(KEY, "references", &added.join(", "));
            return;
        }
        let own: Vec<_> = cable.references.iter().map(|r| r.id().unwrap_or_else(|| r.text.to_string())).collect();
        self.differs(KEY, "references", &own.join(", "), &list);
    }
}

/// What a cable is cited by: the year only where it is written out.
#[derive(Debug)]
struct Cited<'r> {
    post: Option<&'r str>,
    number: Option<u32>,
    year: Option<i32>,
}

impl PartialEq for Cited<'_> {
    fn eq(&self, other: &Self) -> bool {
        let same_year = self.year == other.year || self.year.is_none() || other.year.is_none();
        self.post == other.post && self.number == other.number && same_year
    }
}

fn cited<'r>(reference: &'r Reference<'_>, year: Option<i32>) -> Option<Cited<'r>> {
    (reference.kind == ReferenceKind::Cable).then_some(Cited {
        post: reference.post.as_deref(),
        number: reference.number,
        year,
    })
}

/// The first six letters of a post's name without spaces; the archive counted the spaces, so that a post which the table
/// knows is compared by the table.
fn archive_code(post: &str) -> &str {
    post.get(..6).unwrap_or(post)
}

/// `LA PAZ OR-M`: after the post stands the office of E.O. 12065's line.
fn without_office(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((post, office)) if office.starts_with("OR-") => post.trim_end(),
        _ => name,
    }
}

/// `LA PAZ NIACT`: after the post stands a part of its precedence.
fn without_precedence(name: &str) -> &str {
    const WORDS: [&str; 5] = ["NIACT", "IMMEDIATE", "PRIORITY", "FLASH", "ROUTINE"];
    match name.rsplit_once(' ') {
        Some((post, word)) if WORDS.contains(&word) => without_precedence(post.trim_end()),
        _ => name,
    }
}

/// Whether the archive's name for an addressee is that of an address: the same post, or every word of it is there.
fn is_same_address(address: &str, theirs: &str) -> bool {
    let post = |name: &str| knowledge::post_of_plad(name).or_else(|| knowledge::post(name)).map(|post| post.canonical);
    if let (Some(own), Some(their)) = (post(address), post(theirs)) {
        return own == their;
    }
    let has = |word: &str| {
        address
            .split([' ', '/', ','])
            .any(|own| own == word || own.len() >= 3 && word.len() >= 3 && own.starts_with(word))
    };
    let full = |word: &str| match word {
        "COM" => has("USDOC") || has("COMMERCE"),
        "AGR" => has("AGRICULTURE") || has("USDA"),
        "USIA" => has("USINFO") || has("USIA"),
        "DOD" => has("SECDEF") || has("DOD"),
        word => has(word),
    };
    theirs.split(' ').all(full) || has_initials(address, theirs)
}

/// Whether an abbreviation is made of the initials of words of an address: `USSS` of `U S SECRET SERVICE WASHDC`.
fn has_initials(address: &str, theirs: &str) -> bool {
    const SHORTEST: usize = 3;
    let initials: String = address.split([' ', '/', ',']).filter_map(|word| word.chars().next()).collect();
    theirs.len() >= SHORTEST && theirs.bytes().all(|b| b.is_ascii_uppercase()) && initials.contains(theirs)
}

/// An addressee that the attributes alone name.
fn addressee(name: &str) -> Addressee<'static> {
    Addressee::new(name.to_owned())
}

/// Whether both say the same of declassification, as far as the archive's code goes: it has no days before 1979, and
/// writes `X4` for any exemption.
fn is_same_instruction(own: &Declassification<'_>, theirs: &Declassification<'_>) -> bool {
    use Declassification::{Exempt, OriginatingAgency, Schedule, Unknown};
    let same_day = |a: &Option<_>, b: &Option<_>| a.is_none() || b.is_none() || a == b;
    match (own, theirs) {
        (Schedule { schedule: a, date: x }, Schedule { schedule: b, date: y }) => a == b && same_day(x, y),
        (Exempt { codes: a, date: x }, Exempt { codes: b, date: y }) => {
            let category = |codes: &[Cow<'_, str>]| codes.first().and_then(|c| c.chars().next_back());
            let open = |codes: &[Cow<'_, str>]| !category(codes).is_some_and(|c| c.is_ascii_digit());
            same_day(x, y) && (open(a) || open(b) || category(a) == category(b))
        }
        (Unknown { .. }, _) | (_, Unknown { .. }) | (OriginatingAgency, OriginatingAgency) => true,
        (own, theirs) => own == theirs,
    }
}

/// Whether both name the same schedule, and its date is the archive's with the day before the month.
fn is_with_day_first(own: &ExecutiveOrder<'_>, theirs: &Declassification<'_>) -> bool {
    use Declassification::Schedule;
    match (&own.declassification, theirs) {
        (Schedule { schedule, .. }, Schedule { schedule: other, date: Some(date) }) => {
            schedule == other && executive_order::is_day_first(&own.text, *date)
        }
        _ => false,
    }
}

/// What stands after the first so many letters and digits of a text.
fn after_letters(text: &str, count: usize) -> &str {
    let last = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).nth(count);
    last.and_then(|(at, _)| text.get(at..)).unwrap_or_default().trim_end()
}

/// Whether the text has the words, too, as a line that stands below the subject: a passing line, a reference, the
/// beginning of the body.
fn is_below_subject(cable: &Cable<'_>, words: &str) -> bool {
    let letters = letters(words);
    let passed: String = cable.pass_lines.iter().map(|line| self::letters(line)).collect();
    let cited: String = cable.references.iter().map(|reference| self::letters(&reference.text)).collect();
    let begins = |block: &Block<'_>| {
        let mut first =
            block.text().lines().flat_map(str::chars).filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase());
        letters.chars().all(|letter| first.next() == Some(letter))
    };
    letters.is_empty()
        || passed.contains(&letters)
        || cited.contains(&letters)
        || cable.body.first().is_some_and(begins)
}

/// The words of a list, in capitals: what its items are compared by, and not by their letters.
struct Words(HashSet<String>);

impl Words {
    fn of<'t>(items: impl Iterator<Item = &'t str>) -> Self {
        Self(items.flat_map(words).collect())
    }

    /// Whether all words of an item are there; initials are not looked at.
    fn has(&self, item: &str) -> bool {
        words(item).all(|word| self.0.contains(&word))
    }
}

fn words(item: &str) -> impl Iterator<Item = String> {
    let words = item.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
    words.map(str::to_uppercase)
}

/// The letters and digits of a subject.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (address, theirs, want) in [
            ("SECSTATE WASHDC", "STATE", true),
            ("AMEMBASSY LA PAZ", "LA PAZ", true),
            ("USDOC WASHDC", "COM", true),
            ("DEPT OF AGRICULTURE", "AGR", true),
            ("USINFO WASHDC", "USIA", true),
            ("DEA HQS WASHDC", "DEA", true),
            ("CINCSO J2 QUARRY HEIGHTS CZ", "CINCSO J2 QUARRY HEIGHTS CZ", true),
            ("U S SECRET SERVICE WASHDC", "USSS", true),
            ("DRUG ENFORCEMENT ADMINISTRATION", "DEA", true),
            ("U S SECRET SERVICE WASHDC", "US", false),
            ("AMEMBASSY OSLO", "BERN", false),
            ("AMEMBASSY OSLO", "DEA", false),
        ] {
            assert_eq!(is_same_address(address, theirs), want, "{address} / {theirs}");
        }
    }

    #[test]
    fn items_are_compared_by_their_words() {
        let own = Words::of(["OVIP", "ROE, JANE Q.", "FISH ORGANIZATION", "PGOV"].into_iter());
        for (item, want) in [
            ("OVIP", true),
            ("ROE, JANE Q", true),
            ("ROE, JANE", true),
            ("(ROE, JANE)", true),
            ("FISH-ORGANIZATION", true),
            ("ROE, THEO", false),
            ("NO", false),
        ] {
            assert_eq!(own.has(item), want, "{item}");
        }
    }

    #[test]
    fn what_stands_behind_so_many_letters() {
        assert_eq!(after_letters("FISH: A NOTE FOR OSLO", letters("FISH - A NOTE").len()), "FOR OSLO");
        assert_eq!(after_letters("FISH", 4), "");
    }

    #[test]
    fn names_without_what_stands_behind_them() {
        assert_eq!(without_office("LA PAZ OR-M"), "LA PAZ");
        assert_eq!(without_precedence("LA PAZ NIACT IMMEDIATE"), "LA PAZ");
        assert_eq!(without_precedence("SAN JOSE"), "SAN JOSE");
    }

    #[test]
    fn instructions() {
        let gds = |date| Declassification::Schedule { schedule: "GDS".into(), date };
        let exempt = |code: &'static str| Declassification::Exempt { codes: vec![code.into()], date: None };
        for (name, own, theirs, want) in [
            ("the day is not in the code", gds(chrono::NaiveDate::from_ymd_opt(1985, 7, 2)), gds(None), true),
            (
                "another day",
                gds(chrono::NaiveDate::from_ymd_opt(1985, 7, 2)),
                gds(chrono::NaiveDate::from_ymd_opt(1985, 7, 3)),
                false,
            ),
            ("any exemption", exempt("XGDS"), exempt("X4"), true),
            ("another exemption", exempt("XGDS-1"), exempt("X4"), false),
            ("not applicable", gds(None), Declassification::NotApplicable, false),
        ] {
            assert_eq!(is_same_instruction(&own, &theirs), want, "{name}");
        }
    }
}
