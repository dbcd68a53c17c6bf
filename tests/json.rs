//! The JSON of every variant reads back, and is written again as it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use cablegram::{
    Attributes, Block, Cable, Container, Declassification, DiagnosticCode, Direction, DistributionRole, Document,
    Format, Level, MessagePrecedence, Mrn, Precedence, Reference, ReferenceKind, ReferenceLabel, RegionKind,
    SecurityProsign, Severity, TagKind,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Reads each value and writes it again.
fn there_and_back<T: Serialize + DeserializeOwned>(values: impl IntoIterator<Item = Value>) {
    for value in values {
        let read: T = serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"));
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }
}

fn names(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| json!(name)).collect()
}

#[test]
fn words() {
    there_and_back::<Format>(names(&["acp127", "archive", "smart"]));
    there_and_back::<Severity>(names(&["note", "warning", "error"]));
    there_and_back::<DistributionRole>(names(&["action", "origin"]));
    there_and_back::<Direction>(names(&["W", "R"]));
    there_and_back::<SecurityProsign>(names(&["ZNR", "ZNY"]));
    there_and_back::<ReferenceLabel>(names(&["A", "Z", "1"]));
    there_and_back::<Container>(Container::ALL.map(|container| json!(container.as_str())));
    there_and_back::<DiagnosticCode>(DiagnosticCode::ALL.iter().map(|code| json!(code.as_str())));
    there_and_back::<Level>(names(&["UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET", "TOP SECRET"]));
    there_and_back::<TagKind>(names(&["subject", "geographic", "organization", "program", "person", "unknown"]));
    there_and_back::<ReferenceKind>(names(&[
        "cable",
        "airgram",
        "message",
        "email",
        "telcon",
        "iir",
        "osc_report",
        "document",
        "other",
    ]));
    let precedences =
        ["ROUTINE", "PRIORITY", "IMMEDIATE", "NIACT IMMEDIATE", "FLASH", "FLASH OVERRIDE", "CRITIC"].map(|p| json!(p));
    there_and_back::<Precedence>(precedences.clone());
    let pairs = precedences.iter().map(|info| json!({"action": "FLASH", "info": info}));
    there_and_back::<MessagePrecedence>(pairs.chain([json!({"action": "ROUTINE", "info": null})]));
    there_and_back::<RegionKind>(names(&[
        "transmission_id",
        "page_furniture",
        "unrecognised",
        "blank",
        "stamp",
        "end_of_message",
        "repeated_heading",
    ]));
}

/// A block, with all keys that it has.
fn keys_of_block(kind: &str, values: &Value) -> Value {
    let keys = ["number", "portion_mark", "level", "controls", "text"].map(str::to_owned);
    let values = values.as_array().unwrap().iter().cloned();
    let mut block: serde_json::Map<String, Value> = keys.into_iter().zip(values).collect();
    block.insert("kind".to_owned(), json!(kind));
    Value::Object(block)
}

#[test]
fn kinds_of_instructions_and_blocks() {
    there_and_back::<Declassification<'static>>([
        json!({"kind": "not_applicable"}),
        json!({"kind": "date", "date": "2019-12-08"}),
        json!({"kind": "event", "text": "AFTER THE FISH"}),
        json!({"kind": "exempt", "codes": ["X1", "25X1"], "date": null}),
        json!({"kind": "exempt", "codes": [], "date": "2019-12-08"}),
        json!({"kind": "schedule", "schedule": "GDS", "date": "1985-06-14"}),
        json!({"kind": "originating_agency"}),
        json!({"kind": "manual_review"}),
        json!({"kind": "downgrade", "level": "CO", "date": null}),
        json!({"kind": "unknown", "text": "FISH"}),
    ]);
    let table = json!({"kind": "table", "text": "A    1"});
    let block: Block<'static> = serde_json::from_value(table).unwrap();
    assert_eq!(block, Block::Text { text: "A    1".into() }, "a kind of a later version");
    let later = json!({"kind": "on_the_moon", "phase": 3});
    let instruction: Declassification<'static> = serde_json::from_value(later).unwrap();
    assert_eq!(instruction, Declassification::Unknown { text: "".into() }, "a kind of a later version");
    there_and_back::<Block<'static>>([
        keys_of_block("paragraph", &json!([1, "S//FGI//NF", "SECRET", ["FGI", "NF"], "FISH"])),
        keys_of_block("paragraph", &json!([null, null, null, [], ""])),
        keys_of_block("heading", &json!([null, null, null, [], "FISH"])),
        keys_of_block("text", &json!([null, null, null, [], "FISH"])),
    ]);
}

/// A value of a later version is read as the one for what is not known.
#[test]
fn words_of_later_versions() {
    fn read<T: DeserializeOwned>(word: &str) -> T {
        serde_json::from_value(json!(word)).unwrap()
    }
    assert_eq!(read::<Format>("hologram"), Format::Other);
    assert_eq!(read::<Container>("hologram"), Container::Other);
    assert_eq!(read::<DiagnosticCode>("hologram-torn"), DiagnosticCode::Other);
    assert_eq!(read::<RegionKind>("hologram"), RegionKind::Unrecognised);
    assert_eq!(read::<TagKind>("planet"), TagKind::Unknown);
    assert_eq!(read::<ReferenceKind>("hologram"), ReferenceKind::Other);
}

/// The JSON of this version, as it is kept in the repository: each later version reads it.
#[test]
fn the_json_of_version_0_1_is_read() {
    let kept = std::fs::read_to_string(format!("{}/tests/json/v0.1.json", crate::ROOT)).unwrap();
    for line in kept.lines() {
        let document: Document<'static> = serde_json::from_str(line).unwrap();
        let mut before: Value = serde_json::from_str(line).unwrap();
        // The one key that has another form now: an object became a list of pairs.
        if let Some(other) = before.pointer_mut("/attributes/other")
            && let Some(object) = other.as_object()
        {
            *other = object.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
        }
        let after = serde_json::to_value(&document).unwrap();
        // A later version has more keys; none of these is gone or another.
        assert!(is_part_of(&before, &after), "{before}\n{after}");
    }
    assert!(kept.lines().count() >= 5);
}

/// Whether each key and item of a value stands in another.
fn is_part_of(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|other| is_part_of(value, other)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(part, whole)| is_part_of(part, whole))
        }
        _ => part == whole,
    }
}

/// Any key may be missing, but for those without which a value is nothing.
#[test]
fn missing_keys_have_defaults() {
    // The year of a message number is needed because its id has it.
    const NEEDED: [&str; 13] = [
        "year",
        "name",
        "text",
        "kind",
        "tag",
        "level",
        "post",
        "number",
        "office",
        "copies",
        "prosign",
        "indicator",
        "action",
    ];
    let kept = std::fs::read_to_string(format!("{}/tests/json/v0.1.json", crate::ROOT)).unwrap();
    for line in kept.lines() {
        let document: Value = serde_json::from_str(line).unwrap();
        let mut places = Vec::new();
        keys(&document, "", &mut places);
        for (place, key) in places {
            let mut without = document.clone();
            without.pointer_mut(&place).unwrap().as_object_mut().unwrap().remove(&key);
            let read = serde_json::from_value::<Document<'static>>(without);
            let needed =
                NEEDED.contains(&key.as_str()) || place.starts_with("/diagnostics") || place.starts_with("/regions");
            assert!(read.is_ok() || needed, "{place}/{key}: {read:?}");
        }
    }
}

/// The keys of all objects in a value, each with the place of its object.
fn keys(value: &Value, place: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| {
            out.push((place.to_owned(), key.clone()));
            keys(inner, &format!("{place}/{key}"), out);
        }),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, inner)| keys(inner, &format!("{place}/{at}"), out));
        }
        _ => {}
    }
}

#[test]
fn names_of_messages() {
    there_and_back::<Mrn<'static>>([
        json!({"id": "09OSLO461", "year": 2009, "post": "OSLO", "number": 461}),
        json!({"id": "74MEXICOA-25", "year": 1974, "post": "MEXICO", "number": 25}),
        json!({"id": null, "year": null, "post": "OSLO", "number": 461}),
    ]);
}

/// A reference to message 12 of Lima in 2009.
fn reference(kind: &str, id: Option<&str>, text: &str) -> Value {
    json!({"kind": kind, "label": "A", "text": text, "id": id, "year": 2009, "year_assumed": false, "post": "LIMA",
        "number": 12, "ends_range": false, "notal": false, "and_previous": false, "et_al": false, "captions": [],
        "dtg": null})
}

#[test]
fn ids_of_references() {
    there_and_back::<Reference<'static>>([
        reference("cable", Some("09LIMA12"), "LIMA 12"),
        reference("airgram", Some("09LIMAA-12"), "LIMA A-12"),
        reference("airgram", None, "LIMA CA-12"),
        reference("email", None, "EMAIL OF MAY 5"),
    ]);
    let mut without_id = reference("cable", None, "LIMA 12");
    without_id.as_object_mut().unwrap().remove("id");
    let read: Reference<'_> = serde_json::from_value(without_id).unwrap();
    assert_eq!(read.id().as_deref(), Some("09LIMA12"));
}

#[test]
fn attributes() {
    let mut attributes = serde_json::to_value(Attributes::default()).unwrap();
    attributes["draft_date"] = json!("1974-05-14");
    attributes["line_count"] = json!(7);
    attributes["tags"] = json!(["OVIP", "ROE, JANE"]);
    attributes["type"] = json!("TE");
    attributes["other"] = json!([{"key": "odd_key", "value": "fish"}]);
    let mut object = attributes.clone();
    object["other"] = json!({"odd_key": "fish"});
    let read: Attributes<'static> = serde_json::from_value(object).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), attributes, "an object is read as pairs");
    there_and_back::<Attributes<'static>>([attributes]);
}

#[test]
fn what_is_no_cable_is_refused() {
    let cable = serde_json::to_value(Cable::default()).unwrap();
    assert_eq!(serde_json::from_value::<Cable<'_>>(cable.clone()).unwrap(), Cable::default());
    for (key, wrong) in [("format", json!(7)), ("to", json!(null)), ("mrn", json!({"post": 7})), ("body", json!([{}]))]
    {
        let mut bad = cable.clone();
        bad[key] = wrong;
        assert!(serde_json::from_value::<Cable<'_>>(bad).is_err(), "{key}");
    }
}

/// What is reported of a value that cannot be read.
fn refusal<T: DeserializeOwned>(value: &Value) -> String {
    let read = serde_json::from_value::<T>(value.clone());
    read.err().unwrap_or_else(|| panic!("{value} is read")).to_string()
}

#[test]
fn what_no_telegram_says_is_no_value() {
    for (wording, want) in [
        (refusal::<ReferenceLabel>(&json!("b")), "'b' is no label of a reference: A to Z, or 1 to 9"),
        (
            refusal::<Block<'_>>(&json!({"kind": "paragraph", "portion_mark": "FISH", "text": "Cod."})),
            "\"FISH\" is not a portion mark: expected a level such as U, SBU, C or SECRET, and known controls after it",
        ),
        (refusal::<Direction>(&json!("E")), "unknown variant `E`, expected `W` or `R`"),
        (refusal::<SecurityProsign>(&json!("ZNX")), "unknown variant `ZNX`, expected `ZNR` or `ZNY`"),
        (
            refusal::<Mrn<'_>>(&json!({"id": "74MEXICO26", "year": 1974, "post": "MEXICO", "number": 25})),
            "the id \"74MEXICO26\" is not that of year, post and number, \"74MEXICO25\"",
        ),
        (
            refusal::<Mrn<'_>>(&json!({"id": "74MEXICO25", "year": null, "post": "MEXICO", "number": 25})),
            "the id \"74MEXICO25\" is not that of year, post and number",
        ),
    ] {
        assert_eq!(wording, want);
    }
}
