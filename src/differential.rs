//! Compares what is read by the fast paths with what is read without them: for a test, and a target of the fuzzer.

use crate::fast_path::while_disabled;
use crate::parser::Parser;

/// Reads a text both ways.
///
/// # Errors
/// Says in what the two readings differ.
#[cfg_attr(not(fuzzing), expect(unreachable_pub, reason = "the fuzz target's"))]
pub fn check(text: &str) -> Result<(), String> {
    let short = Parser::new().parse(text);
    match (short, while_disabled(|| Parser::new().parse(text))) {
        (short, plain) if short == plain => Ok(()),
        (Ok(short), Ok(plain)) => {
            let fields = short.cable.differences(&plain.cable);
            let message = short.diagnostics.iter().zip(&plain.diagnostics).find(|(short, plain)| short != plain);
            let regions = short.regions.iter().zip(&plain.regions).find(|(short, plain)| short != plain);
            Err(format!("by the fast paths and without: {fields:?}, {message:?}, {regions:?}"))
        }
        (short, plain) => Err(format!("by the fast paths {:?}, without {:?}", short.err(), plain.err())),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check;

    const FOLDERS: [&str; 5] =
        ["examples/cables", "fuzz/seeds", "fuzz/seeds-fields", "fuzz/findings", "fuzz/findings-fast_paths"];

    /// The fixtures, seeds and findings of the project; none where a folder is not there, as in a published crate.
    fn texts() -> impl Iterator<Item = (String, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = FOLDERS.map(|folder| walkdir::WalkDir::new(root.join(folder))).into_iter().flatten().flatten();
        files.filter(|file| file.file_type().is_file()).map(|file| {
            let bytes = std::fs::read(file.path()).unwrap();
            (file.path().display().to_string(), crate::decode(&bytes).text.into_owned())
        })
    }

    #[test]
    fn fast_paths_agree_with_the_grammars() {
        for (name, text) in texts() {
            assert_eq!(check(&text), Ok(()), "{name}");
            for (line, (at, _)) in text.match_indices('\n').enumerate() {
                // Cut off in each line, and begun there.
                let (before, after) = text.split_at(text.floor_char_boundary(at + line % 7));
                assert_eq!(check(before), Ok(()), "{name} to line {line}");
                assert_eq!(check(after), Ok(()), "{name} from line {line}");
            }
        }
    }
}
