//! What holds of every cable: written and read again it is equal, in JSON and as a telegram; and of every text made of
//! one, however it is set.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use arbitrary::Unstructured;
use cablegram::{Cable, Region, RegionKind, parse};
use proptest::prelude::*;

use crate::any_cable::{Family, any_cable, cable_of};
use crate::invariants;

/// Cables of a family, made of bytes, so that a smaller one is made of fewer.
fn cables(family: Family) -> impl Strategy<Value = Cable<'static>> {
    let bytes = prop::collection::vec(any::<u8>(), 0..1500);
    bytes.prop_map(move |bytes| cable_of(family, &mut Unstructured::new(&bytes)).unwrap())
}

fn reads_back(cable: &Cable<'_>) -> Result<(), TestCaseError> {
    let telegram = cable.to_telegram_lossy();
    let read = parse(&telegram).map_err(|e| TestCaseError::fail(format!("{e}\n{telegram}")))?;
    let differing = cable.differences(&read.cable);
    prop_assert!(differing.is_empty(), "differs in {differing:?}:\n{telegram}\n{cable:#?}\n{:#?}", read.cable);
    Ok(())
}

/// Cables of all families.
fn all_cables() -> impl Strategy<Value = Cable<'static>> {
    let bytes = prop::collection::vec(any::<u8>(), 0..1500);
    bytes.prop_map(|bytes| any_cable(&mut Unstructured::new(&bytes)).unwrap())
}

/// The texts of the fixtures.
fn fixtures() -> Vec<String> {
    let folder = std::path::Path::new(crate::ROOT).join("examples/cables");
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| std::fs::read_to_string(entry.path()).unwrap()).collect()
}

/// What stands in the regions of some kinds, without the white space between words.
fn in_regions(text: &str, regions: &[Region], kinds: &[RegionKind]) -> String {
    let parts = regions.iter().filter(|region| kinds.contains(&region.kind));
    let words = parts.filter_map(|region| region.span.slice(text)).flat_map(str::split_whitespace);
    words.collect::<Vec<_>>().join(" ")
}

/// The values of a cable as they are written, with the kinds of the regions in which they stand.
fn values(cable: &Cable<'_>) -> Vec<(String, Vec<RegionKind>)> {
    use RegionKind as Kind;
    let mut out = Vec::new();
    let mut put = |value: Option<&str>, kinds: &[RegionKind]| {
        out.extend(value.map(|value| (value.to_owned(), kinds.to_vec())));
    };
    put(cable.dtg.as_ref().map(|dtg| &*dtg.text), &[Kind::Dtg]);
    put(cable.from.as_ref().map(|from| &*from.name), &[Kind::From]);
    cable.to.iter().for_each(|to| put(Some(&to.name), &[Kind::To]));
    cable.info.iter().for_each(|info| put(Some(&info.name), &[Kind::Info]));
    cable.exempted.iter().for_each(|post| put(Some(&post.name), &[Kind::Exempted]));
    put(cable.classification.as_ref().map(|class| &*class.text), &[Kind::ClassLine]);
    cable.captions.iter().for_each(|caption| put(Some(caption), &[Kind::Caption, Kind::ClassLine]));
    cable.pass_lines.iter().for_each(|line| put(Some(line), &[Kind::PassLine]));
    put(cable.executive_order.as_ref().map(|order| &*order.text), &[Kind::ExecutiveOrder]);
    cable.tags.iter().for_each(|tag| put(Some(&tag.tag), &[Kind::Tags]));
    put(cable.subject.as_deref(), &[Kind::Subject]);
    cable.references.iter().for_each(|reference| put(Some(&reference.text), &[Kind::Reference]));
    put(cable.classified_by.as_ref().map(|authority| &*authority.text), &[Kind::Authority]);
    for block in &cable.body {
        let words = block.text().lines().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
        put(Some(&words), &[Kind::Paragraph, Kind::Heading, Kind::Text]);
    }
    put(cable.signature.as_deref(), &[Kind::Signature]);
    out
}

/// The labels of the heading and of the head, the longer before the shorter.
const LABELS: [&str; 28] = [
    "CLASSIFIED BY",
    "DERIVED FROM",
    "DRAFTED BY",
    "APPROVED BY",
    "CLEARED BY",
    "CLEARANCES",
    "DESIRED DISTRIBUTION",
    "DISTRIBUTION",
    "REFERENCES",
    "REFERENCE",
    "REFTELS",
    "REFTEL",
    "REFS",
    "REF",
    "SUBJECT",
    "SUBJ",
    "TAGS",
    "E.O.",
    "EO",
    "ACTION",
    "ORIGIN",
    "INFO",
    "FROM",
    "FM",
    "TO",
    "XMT",
    "SECTION",
    "CAPTIONS",
];

/// Whether a label may stand at the start of a line of this kind.
const fn is_labelled(kind: RegionKind) -> bool {
    use RegionKind as Kind;
    matches!(
        kind,
        Kind::From
            | Kind::To
            | Kind::Info
            | Kind::Exempted
            | Kind::Distribution
            | Kind::Drafting
            | Kind::ExecutiveOrder
            | Kind::Tags
            | Kind::Subject
            | Kind::Reference
            | Kind::Authority
            | Kind::RepeatedHeading
    )
}

/// A text with the labels at the starts of its lines in other letters, and how many there are.
fn with_labels(text: &str, regions: &[Region], change: fn(&str) -> String) -> (String, usize) {
    let mut out = String::new();
    let mut changed = 0;
    for region in regions {
        let part = region.span.slice(text).unwrap();
        for line in part.split_inclusive(['\n', '\r']) {
            let words = line.trim_start();
            let fits = |label: &&&str| {
                words.split_at_checked(label.len()).is_some_and(|(head, rest)| {
                    head.eq_ignore_ascii_case(label) && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')
                })
            };
            let label = LABELS.iter().find(fits).filter(|_| is_labelled(region.kind));
            let (before, rest) = line.split_at(line.len() - words.len());
            let (label, rest) = rest.split_at(label.map_or(0, |label| label.len()));
            changed += usize::from(!label.is_empty());
            out.extend([before, &change(label), rest]);
        }
    }
    (out, changed)
}

/// `Subject`
fn in_title_case(label: &str) -> String {
    let (first, rest) = label.split_at(label.len().min(1));
    first.to_uppercase() + &rest.to_lowercase()
}

const LETTERS: [fn(&str) -> String; 3] = [str::to_uppercase, str::to_lowercase, in_title_case];

/// Checks that a text says the same whatever the letters of its labels are; gives how many labels it has.
fn labels_make_no_difference(text: &str) -> Result<usize, String> {
    let same = parse(text).map_err(|error| error.to_string())?;
    let mut labels = 0;
    for change in LETTERS {
        let (text, changed) = with_labels(text, &same.regions, change);
        labels = changed;
        let read = parse(&text).map_err(|error| format!("{error}\n{text}"))?;
        let differing = read.cable.differences(&same.cable);
        if !differing.is_empty() {
            return Err(format!("{differing:?}\n{text}"));
        }
    }
    Ok(labels)
}

#[test]
fn the_case_of_labels_makes_no_difference_in_fixtures() {
    let labels: Vec<usize> = fixtures()
        .iter()
        .map(|text| labels_make_no_difference(text).unwrap_or_else(|error| panic!("{error}")))
        .collect();
    assert!(labels.iter().all(|labels| *labels > 0), "{labels:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn transmission_copies_read_back(cable in cables(Family::Acp127)) {
        reads_back(&cable)?;
    }

    #[test]
    fn archive_records_read_back(cable in cables(Family::Archive)) {
        reads_back(&cable)?;
    }

    #[test]
    fn records_of_smart_read_back(cable in cables(Family::Smart)) {
        reads_back(&cable)?;
    }

    #[test]
    fn json_reads_back(cable in all_cables()) {
        let json = serde_json::to_string(&cable).unwrap();
        let back: Cable<'_> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(back, cable);
    }

    #[test]
    fn a_made_telegram_holds_what_holds_for_any(cable in all_cables()) {
        let checked = invariants::check(cable.to_telegram_lossy().as_bytes());
        prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }

    #[test]
    fn each_value_stands_in_its_region(cable in all_cables()) {
        let telegram = cable.to_telegram_lossy();
        let read = parse(&telegram).unwrap();
        for (value, kinds) in values(&cable) {
            let found = in_regions(&telegram, &read.regions, &kinds);
            prop_assert!(found.contains(&value), "{value:?} is not in {kinds:?}: {found:?}\n{telegram}");
        }
    }

    #[test]
    fn line_ends_make_no_difference(cable in all_cables()) {
        let telegram = cable.to_telegram_lossy();
        let same = parse(&telegram).unwrap().cable;
        for text in ["\r\n", "\r", "\r\r\n"].map(|end| telegram.replace('\n', end)).into_iter().chain([telegram.trim_end().to_owned()]) {
            let differing = parse(&text).unwrap().cable.differences(&same);
            prop_assert!(differing.is_empty(), "{differing:?}\n{text:?}");
        }
    }

    #[test]
    fn the_case_of_labels_makes_no_difference(cable in all_cables()) {
        let checked = labels_make_no_difference(&cable.to_telegram_lossy());
        prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }

    #[test]
    fn what_is_cut_off_a_fixture_is_read_or_refused(nth in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let fixtures = fixtures();
        let bytes = nth.get(&fixtures).as_bytes();
        let (prefix, suffix) = bytes.split_at(at.index(bytes.len() + 1));
        for part in [prefix, suffix] {
            let checked = invariants::check_reading(part);
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
    }
}
