//! The core of a service: bytes in; out comes the id, or each fault with its line and column.
//!
//! ```sh
//! cargo run --example check_cable < examples/cables/07LISBON1204.txt
//! ```

use std::io::Read;
use std::process::ExitCode;

use cablegram::{ParseError, Parser};

/// The id of a cable that needs no repair, or its faults.
fn check(bytes: &[u8]) -> Result<String, Vec<String>> {
    match Parser::new().strict(true).size_limit(1 << 20).parse_bytes(bytes) {
        Ok(parsed) => Ok(parsed.cable.id().unwrap_or_default()),
        Err(ParseError::Strict(parsed)) => {
            let lines = parsed.line_index();
            let faults = parsed.diagnostics.iter().filter_map(|fault| {
                Some(format!("{}: {}: {}", lines.line_column(fault.span.start)?, fault.code, fault.message))
            });
            Err(faults.collect())
        }
        Err(error) => Err(vec![error.to_string()]),
    }
}

fn main() -> Result<ExitCode, std::io::Error> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    match check(&bytes) {
        Ok(id) => println!("{id}"),
        Err(faults) => {
            println!("{}", faults.join("\n"));
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}
