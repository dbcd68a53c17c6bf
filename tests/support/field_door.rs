//! A door to the grammar of each field: bytes choose the field, and are its lines.

/// What stands before the field, its label, and what stands after it.
const FIELDS: [(&str, &str, &str); 20] = [
    ("", "VZCZC", "\nRR RUEHC\nDE RUEHNY #0461 1841848\nZNR UUUUU ZZH"),
    ("VZCZCXRO0029\n", "RR ", "\nDE RUEHNY #0461 1841848\nZNR UUUUU ZZH"),
    ("VZCZCXRO0029\nRR RUEHC\n", "DE ", "\nZNR UUUUU ZZH"),
    ("VZCZCXRO0029\nRR RUEHC\nDE RUEHNY #0461 1841848\n", "ZN", ""),
    ("HEAD", "", "\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n"),
    ("HEAD", "R 030915Z JUL 09\nFM ", "\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n"),
    ("HEAD", "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO ", "\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n"),
    ("HEAD", "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nINFO ", "\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n"),
    ("HEAD", "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nXMT ", "\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n"),
    ("WHOLE", "UNCLAS", "\n\nSUBJECT: FISH\n"),
    ("WHOLE", "UNCLAS OSLO 000461\n\n", "\n\nSUBJECT: FISH\n"),
    ("WHOLE", "UNCLAS OSLO 000461\n\nE.O. ", "\nSUBJECT: FISH\n"),
    ("WHOLE", "UNCLAS OSLO 000461\n\nTAGS: ", "\nSUBJECT: FISH\n"),
    ("WHOLE", "UNCLAS OSLO 000461\n\nSUBJECT: ", "\n\n1. (U) COD.\n"),
    ("WHOLE", "UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\nREF: ", "\n\n1. (U) COD.\n"),
    ("WHOLE", "UNCLAS OSLO 000461\n\nSUBJECT: FISH\n\nClassified By: ", "\n\n1. (U) COD.\n"),
    ("WHOLE", "UNCLAS OSLO 000461\n\nC O R R E C T E D  C O P Y ", "\n\nSUBJECT: FISH\n"),
    ("", "ACTION ", "\nR 030915Z JUL 79\nFM AMEMBASSY OSLO\nUNCLAS OSLO 0461\nSUBJECT: FISH\n"),
    ("ACTION EUR-01\n\n", "DRAFTED BY ", "\nR 030915Z JUL 79\nFM AMEMBASSY OSLO\nUNCLAS OSLO 0461\nSUBJECT: FISH\n"),
    ("Message Text\nUNCLAS OSLO 0461\nSUBJECT: FISH\n\nMessage Attributes\n", "", ""),
];

const HEADING: &str = "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n";

/// The telegram round the lines of a field: the first byte chooses it, the others are its text.
pub(crate) fn telegram(bytes: &[u8]) -> Option<String> {
    let (choice, lines) = bytes.split_first()?;
    let lines = std::str::from_utf8(lines).ok()?;
    let (before, label, after) = FIELDS.get(usize::from(*choice) % FIELDS.len())?;
    let before = match *before {
        "WHOLE" => HEADING,
        "HEAD" => "",
        before => before,
    };
    let rest = if label.contains("VZCZC") || before.contains("VZCZC") {
        "\nR 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\n"
    } else {
        ""
    };
    Some(format!("{before}{label}{lines}{after}{rest}"))
}
