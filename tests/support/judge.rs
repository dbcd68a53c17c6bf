//! Compares what was read with what stands in the text.

use cablegram::{DiagnosticCode, ParseError, Parsed};
use serde_json::Value;

use super::telegram::Telegram;

/// How a reading came out.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// What is wrong, in words; empty when all is well.
    pub(crate) faults: Vec<String>,
    /// The codes of what the parser said.
    pub(crate) wording: Vec<DiagnosticCode>,
}

/// What may differ from the clean telegram.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowance {
    /// Fields that the damage destroyed, each with the codes of which one must be said.
    pub(crate) lost: Vec<(&'static str, &'static [DiagnosticCode])>,
    /// Codes of which one each must be said.
    pub(crate) says: Vec<&'static [DiagnosticCode]>,
}

/// Reads the telegram and compares every field.
pub(crate) fn judge(telegram: &Telegram, text: &str, allowed: &Allowance) -> Verdict {
    let parsed = match cablegram::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return Verdict { faults: vec![format!("refused: {error}")], wording: Vec::new() },
    };
    let wording: Vec<DiagnosticCode> = parsed.diagnostics.iter().map(|d| d.code).collect();
    let mut faults = partition_faults(text, &parsed);
    let got = serde_json::to_value(&parsed.cable).unwrap_or_default();
    for (field, wanted) in &telegram.wanted {
        let found = normal(field, got.get(field).cloned().unwrap_or_default());
        match allowed.lost.iter().find(|(lost, _)| lost == field) {
            Some((_, codes)) => {
                if !is_missing(&found) {
                    faults.push(format!("{field}: destroyed, but given as {found}"));
                }
                if !codes.iter().any(|c| wording.contains(c)) {
                    faults.push(format!("{field}: lost and not told of (wanted {codes:?}, said {wording:?})"));
                }
            }
            None => differences(field, wanted, &found, &mut faults),
        }
    }
    for codes in &allowed.says {
        if !codes.iter().any(|c| wording.contains(c)) {
            faults.push(format!("not told of: wanted {codes:?}, said {wording:?}"));
        }
    }
    Verdict { faults, wording }
}

/// Every byte belongs to one region, every span lies in the text and on its character boundaries.
pub(crate) fn partition_faults(text: &str, parsed: &Parsed<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut at = 0;
    for region in &parsed.regions {
        if region.span.start != at || region.span.is_empty() || region.span.slice(text).is_none() {
            faults.push(format!("regions: {region:?} follows offset {at} in {} bytes", text.len()));
        }
        at = region.span.end;
    }
    if at != text.len() {
        faults.push(format!("regions: end at {at} of {} bytes", text.len()));
    }
    for wording in &parsed.diagnostics {
        if wording.span.slice(text).is_none()
            || wording.message.is_empty()
            || wording.severity != wording.code.severity()
        {
            faults.push(format!("diagnostic: {wording:?} in {} bytes", text.len()));
        }
    }
    faults
}

/// Whether a result is sound, whatever it is: a partition, or an error that says something.
pub(crate) fn soundness_faults(text: &str, result: &Result<Parsed<'_>, ParseError>) -> Vec<String> {
    match result {
        Ok(parsed) => partition_faults(text, parsed),
        Err(error) if error.to_string().is_empty() => vec!["an error without words".to_owned()],
        Err(_) => Vec::new(),
    }
}

fn is_missing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Tells where what was found is not what is wanted; `"*"` stands for anything that is there, `"?"` for anything at all.
fn differences(path: &str, wanted: &Value, found: &Value, faults: &mut Vec<String>) {
    match (wanted, found) {
        (Value::String(any), found) if any == "?" || any == "*" && !is_missing(found) => {}
        (Value::Object(wanted), Value::Object(all)) => {
            for (key, value) in wanted {
                differences(&format!("{path}.{key}"), value, all.get(key).unwrap_or(&Value::Null), faults);
            }
        }
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
            for (i, (wanted, found)) in wanted.iter().zip(found).enumerate() {
                differences(&format!("{path}[{i}]"), wanted, found, faults);
            }
        }
        (wanted, found) if wanted == found => {}
        (wanted, found) => faults.push(format!("{path}: wanted {}, got {}", short(wanted), short(found))),
    }
}

/// A value in the words of a report: lists of objects by what tells them apart.
fn short(value: &Value) -> String {
    let Value::Array(list) = value else { return value.to_string() };
    let item = |item: &Value| {
        let keys = ["kind", "label", "number", "tag", "name", "text", "id"];
        let shown = keys.iter().filter_map(|k| item.get(k).filter(|v| !v.is_null()));
        let shown: Vec<String> = shown.map(|v| v.to_string().chars().take(60).collect()).collect();
        if shown.is_empty() { item.to_string() } else { format!("{{{}}}", shown.join(" ")) }
    };
    format!("[{}]", list.iter().map(item).collect::<Vec<_>>().join(", "))
}

/// Without what is looked up in tables, which is tested elsewhere.
fn normal(field: &str, mut value: Value) -> Value {
    if let (true, Value::Array(list)) = (field == "tags", &mut value) {
        for tag in list.iter_mut().filter_map(Value::as_object_mut) {
            tag.remove("name");
        }
    }
    value
}
