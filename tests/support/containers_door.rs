//! A door to the containers: a byte chooses one, or none, so that it is identified by content; the others are the file.

use cablegram::Container;
use cablegram::source::Reader;

/// The texts of the documents in a file, and what is wrong with the others is put into words.
pub(crate) fn texts(bytes: &[u8]) -> Vec<String> {
    let Some((choice, file)) = bytes.split_first() else { return Vec::new() };
    let asked = Container::ALL.get(usize::from(*choice) % (Container::ALL.len() + 1)).copied();
    let mut texts = Vec::new();
    for wrapped in Reader::new("fuzzed", file, asked) {
        match wrapped.and_then(cablegram::source::Wrapped::open) {
            Ok(cables) => {
                for opened in cables {
                    assert!(opened.source.bytes == opened.text.text.len());
                    texts.push(opened.text.text.into_owned());
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    texts
}
