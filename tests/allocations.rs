//! How often reading a cable asks for memory. It borrows from its text, so the number grows with the lists and with what
//! had to be joined, and not with the bytes.

use std::error::Error;
use std::path::Path;

use allocation_counter::{AllocationInfo, measure};
use cablegram::{Parsed, Parser};

fn fixture(name: &str) -> Result<String, Box<dyn Error>> {
    Ok(std::fs::read_to_string(Path::new(crate::ROOT).join("examples/cables").join(name))?)
}

/// What reading a text asks for; the cable is dropped outside.
fn reading(text: &str) -> Result<AllocationInfo, Box<dyn Error>> {
    // The tables and the allocator itself are set up by the first one.
    cablegram::parse(text)?;
    let mut parsed: Option<Parsed<'_>> = None;
    let info = measure(|| parsed = Parser::new().parse(text).ok());
    parsed.map(|_| info).ok_or_else(|| "not read".into())
}

/// The table of all fixtures, and of the files of `CABLE_CORPUS` where it is set: allocations, and the most bytes held at
/// a time.
#[test]
fn every_cable() {
    let fixtures = Path::new(crate::ROOT).join("examples/cables");
    let folders = [Some(fixtures), std::env::var_os("CABLE_CORPUS").map(Into::into)];
    for path in folders
        .iter()
        .flatten()
        .flat_map(walkdir::WalkDir::new)
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
    {
        let Some(text) = std::fs::read(&path).ok().map(|bytes| cablegram::decode(&bytes).text.into_owned()) else {
            continue;
        };
        let Ok(info) = reading(&text) else { continue };
        println!(
            "{:>9} bytes {:>6} allocations {:>9} held: {}",
            text.len(),
            info.count_total,
            info.bytes_max,
            path.display()
        );
        // A list has its lines, and a joined paragraph its pieces; nothing asks for memory line by line.
        assert!(info.count_total <= 300 + text.len() as u64 / 30, "{}: {}", path.display(), info.count_total);
    }
}

#[test]
fn a_cable_of_the_usual_form() -> Result<(), Box<dyn Error>> {
    let info = reading(&fixture("06VALLETTA1187.txt")?)?;
    println!("06VALLETTA1187: {} allocations, at most {} bytes at a time", info.count_total, info.bytes_max);
    assert!(info.count_total <= 105, "{} allocations", info.count_total);
    Ok(())
}

#[test]
fn looking_up_asks_for_none() {
    use cablegram::knowledge;

    let words =
        ["PGOV", "RIO DE JAN", "Port-au-Prince", "RUEHIL", "SIPDIS", "ZDK", "PP", "25X1", "1.4(b)", "DCM", "FISH"];
    let mut found = [[false; 13]; 11];
    let info = measure(|| {
        found = words.map(|word| {
            [
                knowledge::tag(word, Some(2009)).is_some(),
                knowledge::post(word).is_some(),
                knowledge::post_of_plad(word).is_some(),
                knowledge::nearest_post(word).is_some(),
                knowledge::post_of_routing_indicator(word).is_some(),
                !knowledge::addressees_of_routing_indicator(word).is_empty(),
                knowledge::caption(word).is_some(),
                knowledge::operating_signal(word).is_some(),
                knowledge::precedence(word).is_some(),
                knowledge::exemption(word).is_some(),
                knowledge::reason(word).is_some(),
                knowledge::abbreviation(word).is_some(),
                knowledge::suggest_tag(word, Some(2009)).is_some(),
            ]
        });
    });
    assert_eq!(info.count_total, 0);
    let missing: Vec<&str> =
        words.into_iter().zip(found).filter(|(_, in_any)| !in_any.contains(&true)).map(|(word, _)| word).collect();
    assert_eq!(missing, ["FISH"]);
}
