//! `C O R R E C T E D   C O P Y` and what it says was corrected.

/// ```text
/// corrected-copy = "CORRECTED COPY" ["CAPTION"] [ "(" reason ")" ]      ; letters with any blanks between
/// ```
///
/// What follows the words: the reason, in brackets or not; empty where none is given.
pub(crate) fn label(line: &str) -> Option<&str> {
    let mut letters = "CORRECTEDCOPY".bytes().peekable();
    let mut end = 0;
    for (i, b) in line.bytes().enumerate() {
        match letters.peek() {
            None => break,
            Some(letter) if b.to_ascii_uppercase() == *letter => {
                letters.next();
                end = i + 1;
            }
            Some(_) if b == b' ' => {}
            Some(_) => return None,
        }
    }
    let rest = line.get(end..).filter(|_| letters.peek().is_none())?;
    (!rest.starts_with(|c: char| c.is_alphanumeric())).then(|| rest.trim_start_matches([' ', ':', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        let cases = [
            ("C O R R E C T E D  C O P Y (TEXT PARA 2)", Some("(TEXT PARA 2)")),
            ("CORRECTED COPY", Some("")),
            ("CORRECTED VERSION", None),
            ("CORRECTED COPYING", None),
        ];
        for (line, expected) in cases {
            assert_eq!(label(line), expected, "{line}");
        }
    }
}
