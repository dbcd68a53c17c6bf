//! Reads one text once, for an instruction counter to watch: `benches/instructions` runs it under callgrind.
//!
//! ```text
//! instructions parse|owned|json FILE
//! ```

use std::hint::black_box;

use anyhow::{Context, Result, bail};
use cablegram::{Document, DocumentSource, Parser, decode};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    // `cargo bench` and `cargo test` start it without anything to do.
    let (Some(what), Some(path)) = (args.next(), args.next()) else { return Ok(()) };
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {path}"))?;
    let text = decode(&bytes).text.into_owned();
    // The first look-up sets up what all share.
    Parser::new().parse(&text)?;
    let found = match what.as_str() {
        "parse" => counted_parse(&text),
        "owned" => counted_owned(&text),
        "json" => counted_json(&text),
        _ => bail!("{what} is none of parse, owned and json"),
    };
    println!("{found}");
    Ok(())
}

#[inline(never)]
fn counted_parse(text: &str) -> usize {
    black_box(Parser::new().parse(black_box(text))).map_or(0, |parsed| parsed.cable.body.len())
}

#[inline(never)]
fn counted_owned(text: &str) -> usize {
    let parsed = Parser::new().parse(black_box(text)).map(cablegram::Parsed::into_owned);
    black_box(parsed).map_or(0, |parsed| parsed.cable.body.len())
}

#[inline(never)]
fn counted_json(text: &str) -> usize {
    let source = DocumentSource::new("-", text);
    let document = Parser::new().parse(black_box(text)).map(|parsed| Document::new(source, parsed, false));
    document.ok().and_then(|document| serde_json::to_vec(&document).ok()).map_or(0, |json| black_box(json).len())
}
