//! The JSON Schema in `schema/` is that of the code, and what is written follows it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use cablegram::{Document, DocumentSource};
use serde_json::Value;

/// The schema, ready to be asked.
struct Validator(Schemas, SchemaIndex);

impl Validator {
    fn of(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("cable.schema.json", schema).unwrap();
        let index = compiler.compile("cable.schema.json", &mut schemas).unwrap();
        Self(schemas, index)
    }

    fn check(&self, document: &Value) -> Result<(), String> {
        self.0.validate(document, self.1).map_err(|error| format!("{error:#}"))
    }
}

fn in_project(path: &str) -> PathBuf {
    Path::new(crate::ROOT).join(path)
}

/// The schema as it is kept.
fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(in_project("schema/cable.schema.json")).unwrap()).unwrap()
}

/// The schema of what is written: no key is ever missing but `regions`. With `UPDATE_SCHEMA=1` it writes the file.
#[cfg(feature = "schemars")]
#[test]
fn the_file_is_that_of_the_code() {
    use schemars::generate::SchemaSettings;

    let file = in_project("schema/cable.schema.json");
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Document<'_>>();
    let made = serde_json::to_value(&schema).unwrap();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&file, format!("{}\n", serde_json::to_string_pretty(&made).unwrap())).unwrap();
    }
    // As values: the order of the keys is that of the features that serde_json was built with.
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap_or_default()).unwrap_or_default();
    assert!(
        kept == made,
        "the JSON has changed: UPDATE_SCHEMA=1 cargo test --all-features --test all schema::, and tell it in CHANGELOG.md"
    );
}

/// What `cable2json --regions` writes of a file.
fn document(path: &Path) -> Option<Value> {
    let bytes = std::fs::read(path).unwrap();
    let parsed = cablegram::parse_bytes(&bytes).ok()?;
    let path = path.display().to_string();
    let source = DocumentSource::new(path, &parsed.text);
    Some(serde_json::to_value(Document::new(source, parsed, true)).unwrap())
}

#[test]
fn every_fixture_follows_it() {
    let validator = Validator::of(schema());
    let mut seen = 0;
    for folder in ["examples/cables", "fuzz/seeds"] {
        for entry in walkdir::WalkDir::new(in_project(folder)).into_iter().flatten().filter(|e| e.file_type().is_file())
        {
            let Some(document) = document(entry.path()) else { continue };
            let checked = validator.check(&document);
            assert!(checked.is_ok(), "{}: {}", entry.path().display(), checked.unwrap_err());
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen} documents");
}

/// What is no cable's JSON is refused.
#[test]
fn it_says_something() {
    let validator = Validator::of(schema());
    let good = document(&in_project("examples/cables/07LISBON1204.txt")).unwrap();
    assert_eq!(validator.check(&good), Ok(()));
    for (pointer, wrong) in [
        ("/mrn/number", Value::from("461")),
        ("/classification/level", Value::from("HUSH")),
        ("/to", Value::Null),
        ("/body/0/kind", Value::from("song")),
        ("/executive_order/declassification/kind", Value::from("never")),
        ("/summary", Value::from(7)),
        ("/diagnostics", Value::from("none")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = wrong;
        assert!(validator.check(&bad).is_err(), "{pointer}");
    }
    for key in ["mrn", "summary", "attributes", "diagnostics"] {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(key);
        assert!(validator.check(&bad).is_err(), "without {key}");
    }
}
