//! How often reading a cable asks for memory. It borrows from its text, so the number grows with the lists and with what
//! had to be joined, and not with the bytes.

use std::error::Error;
use std::path::Path;

use allocation_counter::{AllocationInfo, measure};
use cablegram::{Parsed, Parser};

fn fixture(name: &str) -> Result<String, Box<dyn Error>> {
    Ok(std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cables").join(name))?)
}

/// What reading a text asks for; the cable is dropped outside.
fn reading(text: &str) -> Result<AllocationInfo, Box<dyn Error>> {
    // The tables and the allocator itself are set up by the first one.
    cablegram::parse(text)?;
    let mut parsed: Option<Parsed<'_>> = None;
    let info = measure(|| parsed = Parser::new().parse(text).ok());
    parsed.map(|_| info).ok_or_else(|| "not read".into())
}

#[test]
fn a_cable_of_the_usual_form() -> Result<(), Box<dyn Error>> {
    let info = reading(&fixture("06VALLETTA1187.txt")?)?;
    println!("06VALLETTA1187: {} allocations, at most {} bytes at a time", info.count_total, info.bytes_max);
    assert!(info.count_total <= 180, "{} allocations", info.count_total);
    Ok(())
}
