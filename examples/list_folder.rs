//! Lists the cables of a folder: day, id, level and subject, one a line.
//!
//! ```sh
//! cargo run --example list_folder -- examples/cables
//! ```

use std::error::Error;
use std::path::PathBuf;

use cablegram::{Parser, decode};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let mut files =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    files.sort();
    for path in files.iter().filter(|path| path.is_file()) {
        let bytes = std::fs::read(path)?;
        let decoded = decode(&bytes);
        // The name of a file is evidence for the number of its cable.
        let name = path.file_stem().and_then(|stem| stem.to_str());
        match Parser::new().parse_decoded(&decoded, name) {
            Ok(parsed) => {
                let cable = &parsed.cable;
                let day = cable.date().map_or_else(|| "no date".to_owned(), |date| date.day.to_string());
                let level = cable.highest_level().map_or("no level", |level| level.as_str());
                let (id, title) = (cable.id().unwrap_or_default(), cable.subject_title().unwrap_or_default());
                println!("{day:10}  {id:18}  {level:12}  {title}");
            }
            Err(error) => eprintln!("{}: {error}", path.display()),
        }
    }
    Ok(())
}
