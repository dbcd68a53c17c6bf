//! Reads the texts given on the command line once, for an instruction counter to watch: see `benches/instructions`.

use std::hint::black_box;
use std::path::PathBuf;

use cablegram::{Parser, decode};

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let stage = args.next().unwrap_or_default();
    let mut paths: Vec<PathBuf> = Vec::new();
    for arg in args {
        let files = walkdir::WalkDir::new(&arg).sort_by_file_name().into_iter().filter_map(Result::ok);
        paths.extend(files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path));
    }
    let texts: Vec<String> = paths
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .map(|bytes| decode(&bytes).text.into_owned())
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let cables = match stage.as_str() {
        "parse" => texts.iter().map(|text| measured_parse(text)).sum::<usize>(),
        _ => 0,
    };
    println!("{cables} cables, {bytes} bytes");
}

#[inline(never)]
fn measured_parse(text: &str) -> usize {
    usize::from(black_box(Parser::new().parse(black_box(text))).is_ok())
}
