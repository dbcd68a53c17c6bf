//! The JSON Schema of what is not serialized by derivation, with the feature `schemars`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::archive::attributes::{OtherAttributes, Pair};
use crate::cable::Block;
use crate::field::classification::Level;
use crate::field::mrn::Mrn;
use crate::field::portion_mark::PortionMark;
use crate::text::BodyText;

/// Adds a key that no field holds.
fn add_key(schema: &mut Schema, name: &str, kind: &Value, description: &str) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert(name.to_owned(), json!({"description": description, "type": kind}));
    }
    match schema.get_mut("required") {
        Some(Value::Array(required)) => required.push(json!(name)),
        _ => drop(schema.insert("required".to_owned(), json!([name]))),
    }
}

/// The keys of a cable that follow from its fields.
pub(crate) fn with_derived(schema: &mut Schema) {
    let text = json!(["string", "null"]);
    for (name, description) in [
        ("id", "The id under which published cables are known, `09OSLO461`."),
        ("archive_id", "The number of the record in the archive, `1973SANTIA04059`."),
        ("subject_title", "The subject in title case, where it is written in capitals."),
        ("declassify_on", "The day on which the cable was or will be declassified by its own marking, `2019-07-03`."),
        ("highest_level", "The highest level of all markings, those of paragraphs too."),
        ("summary", "The summary: from the word that opens it to the one that closes it, both left out."),
        ("comment", "The comment: the post's own opinion."),
    ] {
        add_key(schema, name, &text, description);
    }
    add_key(schema, "date", &json!(["object", "null"]), "The best date that the cable has.");
    let day = json!({"description": "The day, in UTC where the time is known.", "type": "string", "format": "date"});
    let utc = json!({"description": "The time, where the source has one.", "type": ["string", "null"], "format": "date-time"});
    let source = json!({
        "description": "What it was taken from: format line 5, format line 3, or the Message Attributes.",
        "enum": ["date_time_group", "filing_time", "attributes"],
    });
    if let Some(Value::Object(date)) = schema.get_mut("properties").and_then(|keys| keys.get_mut("date")) {
        date.insert("properties".to_owned(), json!({"day": day, "utc": utc, "source": source}));
        date.insert("required".to_owned(), json!(["day", "utc", "source"]));
    }
}

/// The key of a reference that no field holds: its id.
pub(crate) fn with_id(schema: &mut Schema) {
    let description = "The canonical id of the cable or airgram, from its year, post and number: `09STATE114330`.";
    add_key(schema, "id", &json!(["string", "null"]), description);
}

/// The key of an address that no field holds: its post.
pub(crate) fn with_post(schema: &mut Schema) {
    let description = "The post it is, in its canonical form, where it is one.";
    add_key(schema, "post", &json!(["string", "null"]), description);
}

/// The key of a classification that no field holds.
pub(crate) fn with_sensitive(schema: &mut Schema) {
    let description = "Whether it is marked as sensitive but unclassified: SENSITIVE, SBU, FOUO, EFTO.";
    add_key(schema, "sensitive", &json!("boolean"), description);
}

/// Who reads the schema need not read Rust.
pub(crate) fn without_example(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description")
        && let Some(end) = text.find("\n\n```\n")
    {
        text.truncate(end);
    }
}

impl JsonSchema for Mrn<'_> {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Mrn")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The message reference number: what a cable is cited by.",
            "type": "object",
            "properties": {
                "id": {"description": "Two digits of the year, the post, the number.", "type": ["string", "null"]},
                "year": {"description": "The year of the message.", "type": ["integer", "null"], "format": "int32"},
                "post": {"description": "The post that sent it, in its canonical form.", "type": "string"},
                "number": {"description": "Its number.", "type": "integer", "format": "uint32", "minimum": 0},
            },
            "required": ["id", "year", "post", "number"],
        })
    }
}

impl JsonSchema for Block<'_> {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Block")
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<Option<Level>>();
        json_schema!({
            "description": "A block of the body. Headings and texts have no number, mark, level and controls.",
            "type": "object",
            "properties": {
                "kind": {
                    "description": "A numbered or portion-marked paragraph with what follows it, a heading, or text outside.",
                    "enum": ["paragraph", "heading", "text"],
                },
                "number": {
                    "description": "The number of a paragraph, repaired where it was damaged.",
                    "type": ["integer", "null"], "format": "uint8", "minimum": 0, "maximum": 255,
                },
                "portion_mark": {
                    "description": "The portion mark of a paragraph, as written: `SBU`, `S/NF`, `U//FOUO`.",
                    "type": ["string", "null"],
                },
                "level": level,
                "controls": {
                    "description": "What the mark has after its level: `NF`, `FOUO`.",
                    "type": "array", "items": {"type": "string"},
                },
                "text": {"description": "The text, without number, mark and rules.", "type": "string"},
            },
            "required": ["kind", "number", "portion_mark", "level", "controls", "text"],
        })
    }
}

impl JsonSchema for OtherAttributes<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("OtherAttributes")
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Vec<Pair<'static>>>()
    }
}

impl JsonSchema for PortionMark<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("PortionMark")
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl JsonSchema for BodyText<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Text")
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
