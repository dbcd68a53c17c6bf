//! Edits a cable and writes it back: paragraphs above a level lose their text, a TAG and an addressee are added.
//!
//! ```sh
//! cargo run --example redact -- UNCLASSIFIED < examples/cables/07LISBON1204.txt
//! ```

use std::error::Error;

use cablegram::{Addressee, Level, Tag};

fn main() -> Result<(), Box<dyn Error>> {
    let level: Level = std::env::args().nth(1).as_deref().unwrap_or("UNCLASSIFIED").parse()?;
    let text = std::io::read_to_string(std::io::stdin())?;
    let mut cable = cablegram::parse(&text)?.cable;

    for block in &mut cable.body {
        if block.portion_mark().is_some_and(|mark| mark.level() > level) {
            *block.text_mut() = "Text withheld.".into();
        }
    }
    cable.info.push(Addressee::new("AMEMBASSY REYKJAVIK"));
    if cable.tags.iter().all(|tag| tag.tag != "IC") {
        cable.tags.push(Tag::new("IC"));
    }
    // The error names the fields that a telegram cannot hold.
    print!("{}", cable.to_telegram()?);
    Ok(())
}
