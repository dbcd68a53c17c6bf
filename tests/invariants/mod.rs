//! What holds for any input whatever. The fuzz target checks it on inputs that it invents, `fuzz_replay.rs` on the
//! fixtures, the seeds and the findings of the past.

use cablegram::{Decoded, Document, DocumentSource, ParseError, Parsed, Parser, Severity, byte_coverage, decode};
use serde_json::Value;

/// Checks all of it; the error says what does not hold.
pub(crate) fn check(bytes: &[u8]) -> Result<(), String> {
    let decoded = decode(bytes);
    let parser = Parser::new().size_limit(decoded.text.len());
    check_limit(parser, &decoded)?;
    let parsed = match parser.parse_decoded(&decoded, None) {
        Ok(parsed) => parsed,
        Err(error) => return check_refusal(&parser, bytes, &error),
    };
    check_regions(&decoded.text, &parsed)?;
    check_diagnostics(&decoded.text, &parsed)?;
    same("bytes and decoded text give the same", &parser.parse_bytes(bytes), &Ok(parsed.clone()))?;
    same("an owned copy is equal", &parsed.clone().into_owned(), &parsed)?;
    check_name(&parser, &decoded)?;
    check_strictness(parser, &decoded, &parsed)?;
    check_accessors(&parsed)?;
    check_strings(&parsed)?;
    check_json(&decoded.text, parsed)
}

/// Checks what must hold of the reading alone, which is much faster.
#[allow(dead_code, reason = "the fuzz target checks all of it")]
pub(crate) fn check_reading(bytes: &[u8]) -> Result<(), String> {
    let decoded = decode(bytes);
    let Ok(parsed) = Parser::new().parse_decoded(&decoded, None) else { return Ok(()) };
    check_regions(&decoded.text, &parsed)?;
    check_diagnostics(&decoded.text, &parsed)
}

/// A refusal is the same for bytes and decoded text, says something, and is never for the length, which is at the limit.
fn check_refusal(parser: &Parser, bytes: &[u8], error: &ParseError) -> Result<(), String> {
    holds(!matches!(error, ParseError::TooLarge { .. }), || "refused as too large at the limit".to_owned())?;
    same("bytes and decoded text are refused alike", &parser.parse_bytes(bytes).err().as_ref(), &Some(error))?;
    holds(!error.to_string().is_empty(), || format!("a refusal without words: {error:?}"))
}

/// What is one byte longer than the limit is refused for that.
fn check_limit(parser: Parser, decoded: &Decoded<'_>) -> Result<(), String> {
    let Some(limit) = decoded.text.len().checked_sub(1) else { return Ok(()) };
    let refused = parser.size_limit(limit).parse_decoded(decoded, None);
    holds(matches!(refused, Err(ParseError::TooLarge { .. })), || "not refused above the limit".to_owned())
}

/// With a name it is read as well.
fn check_name(parser: &Parser, decoded: &Decoded<'_>) -> Result<(), String> {
    let named = parser.parse_decoded(decoded, Some("09OSLO461")).map_err(|e| format!("with a name refused: {e}"))?;
    check_regions(&decoded.text, &named)?;
    check_diagnostics(&decoded.text, &named)
}

/// The regions are a partition of the text: the first starts at 0, each starts where the one before it ends, none is
/// empty, the last ends with the text, all on character boundaries.
fn check_regions(text: &str, parsed: &Parsed<'_>) -> Result<(), String> {
    let mut at = 0;
    for region in &parsed.regions {
        holds(region.span.start == at, || format!("{region:?} does not start at {at}"))?;
        holds(!region.span.is_empty(), || format!("{region:?} is empty"))?;
        holds(region.span.slice(text).is_some(), || format!("{region:?} cuts a character or leaves the text"))?;
        at = region.span.end;
    }
    holds(at == text.len(), || format!("the regions end at {at}, the text at {}", text.len()))?;
    let share = byte_coverage(&parsed.regions);
    holds((0.0..=1.0).contains(&share), || format!("a byte coverage of {share}"))
}

/// Each diagnostic points into the text, on character boundaries, and says something; they come in the order of the
/// text, but for what was assumed on the encoding, which comes first.
fn check_diagnostics(text: &str, parsed: &Parsed<'_>) -> Result<(), String> {
    let wording = &parsed.diagnostics;
    for one in wording {
        holds(one.span.start <= one.span.end, || format!("an inverted span: {one}"))?;
        holds(one.span.slice(text).is_some(), || format!("a span that cuts a character or leaves the text: {one}"))?;
        holds(!one.message.trim().is_empty(), || format!("a diagnostic without words: {one}"))?;
        holds(one.severity == one.code.severity(), || format!("not the severity of its code: {one}"))?;
    }
    let of_text = wording.split_first().filter(|(first, _)| first.code.as_str() == "encoding-assumed");
    let of_text = of_text.map_or(&**wording, |(_, rest)| rest);
    holds(of_text.is_sorted_by_key(|d| d.span.start), || "diagnostics out of the order of the text".to_owned())
}

/// Strictness refuses exactly what has a warning, and changes nothing else.
fn check_strictness(parser: Parser, decoded: &Decoded<'_>, parsed: &Parsed<'_>) -> Result<(), String> {
    let strict = parser.strict(true).parse_decoded(decoded, None);
    let warned = parsed.diagnostics.iter().any(|d| d.severity >= Severity::Warning);
    match strict {
        Ok(strict) if !warned => same("strict and lenient give the same", &strict, parsed),
        Err(ParseError::Strict(rejected)) if warned => same("rejected with all that was read", &*rejected, parsed),
        other => Err(format!("being strict, with warnings: {warned}, it gave {other:?}")),
    }
}

/// What is made on demand can be made, and hides nothing.
fn check_accessors(parsed: &Parsed<'_>) -> Result<(), String> {
    let cable = &parsed.cable;
    let passages = [cable.summary(), cable.comment()];
    holds(passages.iter().flatten().all(|p| !p.is_empty()), || format!("an empty passage: {passages:?}"))?;
    for text in cable.body.iter().map(cablegram::Block::text) {
        // Without white space: where a page line was cut out of a word, its halves are two lines.
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let whole = letters(&text.to_string());
        same("nothing is lost in unwrapping", &letters(&text.unwrapped()), &whole)?;
        same("nothing is lost in lines", &text.lines().map(letters).collect::<String>(), &whole)?;
    }
    let _ = (cable.mrn.as_ref().map(ToString::to_string), cable.mrn.as_ref().map(cablegram::Mrn::id));
    let _ = cable.to.iter().chain(&cable.info).chain(&cable.exempted).map(ToString::to_string).count();
    Ok(())
}

/// The strings of the fields are one line each, but for the text of the body and what an archive attributes; the letters
/// of a level have any spaces between them.
fn check_strings(parsed: &Parsed<'_>) -> Result<(), String> {
    fn one_line(value: &Value) -> bool {
        match value {
            Value::String(text) => {
                !text.contains(['\n', '\r']) && text.trim_matches(' ') == text && !text.contains("  ")
            }
            Value::Array(list) => list.iter().all(one_line),
            Value::Object(map) => map.values().all(one_line),
            _ => true,
        }
    }
    let fields = serde_json::to_value(&parsed.cable).map_err(|error| error.to_string())?;
    let elsewhere = ["body", "summary", "comment", "attributes", "classification"];
    let mut fields = fields.as_object().into_iter().flatten().filter(|(key, _)| !elsewhere.contains(&key.as_str()));
    fields.try_for_each(|(key, value)| holds(one_line(value), || format!("{key} is not of one line: {value}")))
}

/// JSON there and back gives an equal document, in one line.
fn check_json(text: &str, parsed: Parsed<'_>) -> Result<(), String> {
    let source = DocumentSource::new("-", text);
    let document = Document::new(source, parsed, true);
    let json = serde_json::to_string(&document).map_err(|e| format!("no JSON: {e}"))?;
    holds(!json.contains('\n'), || "JSON of more than one line".to_owned())?;
    let back: Document<'_> = serde_json::from_str(&json).map_err(|e| format!("JSON that is not read back: {e}"))?;
    same("JSON there and back", &back, &document)
}

fn holds(condition: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(otherwise()) }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, got: &T, expected: &T) -> Result<(), String> {
    holds(got == expected, || format!("{what}: it does not\n  got:      {got:?}\n  expected: {expected:?}"))
}
