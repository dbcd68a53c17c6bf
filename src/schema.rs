//! The JSON Schema of what is not serialized by derivation, with the feature `schemars`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

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

/// The keys of a cable that no field holds: the passages that are found in its body.
pub(crate) fn with_passages(schema: &mut Schema) {
    let text = json!(["string", "null"]);
    let summary = "The summary: from the word that opens it to the one that closes it, both left out.";
    add_key(schema, "summary", &text, summary);
    add_key(schema, "comment", &text, "The comment: the post's own opinion.");
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
