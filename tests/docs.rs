//! What the documents tell people to type: programs, options and files that exist. And links that lead somewhere.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod programs;

use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Of this project, all that people read.
const PAGES: [&str; 12] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "COMPARE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/COOKBOOK.md",
    "docs/FORMAT.md",
    "docs/archives.md",
    "docs/design-notes.md",
    "examples/spark/README.md",
    "fuzz/FUZZING.md",
];
const EXAMPLES: [&str; 9] = [
    "anatomy",
    "cable2json",
    "check_cable",
    "corpus_report",
    "list_folder",
    "synthetic_dump",
    "redact",
    "reference_graph",
    "round_trip",
];

fn in_project(path: &str) -> PathBuf {
    Path::new(crate::ROOT).join(path)
}

/// The files that the package has: without those that only the repository has.
fn pages() -> impl Iterator<Item = (&'static str, String)> {
    PAGES.into_iter().filter_map(|page| Some((page, read_to_string(in_project(page)).ok()?)))
}

/// The lines of a page's blocks for the shell, and its `cargo ...` in the text.
fn commands(page: &str) -> Vec<String> {
    let (mut out, mut in_block) = (Vec::new(), false);
    for line in page.replace("\\\n", " ").lines() {
        if line.starts_with("```") {
            in_block = line == "```sh";
        } else if in_block {
            out.push(line.to_owned());
        }
    }
    out.extend(page.split('`').filter(|code| code.starts_with("cargo ")).map(|code| code.replace('\n', " ")));
    out
}

/// The simple commands of a line, each as its words: without comments, assignments and redirections.
fn simple(line: &str) -> Vec<Vec<String>> {
    let (mut commands, mut quote) = (vec![vec![String::new()]], None);
    for c in line.chars() {
        let command: &mut Vec<String> = commands.last_mut().unwrap();
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '#') if command.last().is_some_and(String::is_empty) => break,
            (None, '|' | '&' | ';') => commands.push(vec![String::new()]),
            (None, c) if c.is_whitespace() => command.push(String::new()),
            (_, c) => command.last_mut().unwrap().push(c),
        }
    }
    commands.into_iter().map(|words| without_shell(&words)).filter(|words| !words.is_empty()).collect()
}

fn without_shell(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut words = words.iter().filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        if matches!(word.as_str(), ">" | "<") {
            words.next();
        } else if !(out.is_empty() && word.contains('=')) {
            out.push(word.clone());
        }
    }
    out
}

/// What is wrong with a command.
fn wrong(words: &[String]) -> Option<String> {
    let after = |option: &str| words.iter().skip_while(move |word| *word != option).nth(1);
    let all = |option: &'static str| words.windows(2).filter(move |pair| pair[0] == option).map(|pair| &pair[1]);
    if let Some(name) = all("--example").find(|name| !EXAMPLES.contains(&name.as_str())) {
        return Some(format!("no example {name}"));
    }
    for (option, folder) in [("--bench", "benches"), ("--test", "tests")] {
        if let Some(name) = all(option).find(|name| !in_project(&format!("{folder}/{name}.rs")).is_file()) {
            return Some(format!("no {folder}/{name}.rs"));
        }
    }
    // A module of the one test program.
    let module = words.iter().find_map(|word| word.strip_suffix("::"));
    if let Some(name) = module.filter(|name| !in_project(&format!("tests/{name}.rs")).is_file()) {
        return Some(format!("no tests/{name}.rs"));
    }
    let ours =
        |word: &&String| word.starts_with("examples/") || word.starts_with("tests/") || word.starts_with("docs/");
    if let Some(path) = words.iter().find(ours).filter(|path| !in_project(path).exists()) {
        return Some(format!("no {path}"));
    }
    let first = words.first().map(String::as_str)?;
    let name = Path::new(first).file_name()?.to_str()?;
    let (name, arguments) = match after("--example") {
        Some(name) if words.get(1).is_some_and(|word| word == "run") => {
            (name.as_str(), words.iter().skip_while(|word| *word != "--").skip(1).collect::<Vec<_>>())
        }
        _ if EXAMPLES.contains(&name) => (name, words.iter().skip(1).collect()),
        _ => return None,
    };
    // It judges the options before this one, and then does nothing.
    let out = Command::new(crate::program(name)).args(&arguments).arg("--help").output().unwrap();
    (!out.status.success()).then(|| String::from_utf8_lossy(&out.stderr).into_owned())
}

#[test]
fn what_people_are_told_to_type_exists() {
    let mut told: Vec<(String, String)> = Vec::new();
    for (page, text) in pages() {
        told.extend(commands(&text).into_iter().map(|command| (page.to_owned(), command)));
    }
    for name in EXAMPLES {
        let out = Command::new(crate::program(name)).arg("--help").output().unwrap();
        let help = String::from_utf8(out.stdout).unwrap();
        let lines = help.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| line.starts_with(name));
        // Its remarks stand after a gap.
        told.extend(lines.map(|line| (format!("{name} --help"), line.split("   ").next().unwrap().to_owned())));
    }
    let mut ours = 0;
    for (page, line) in &told {
        for words in simple(line) {
            assert_eq!(wrong(&words), None, "{page}: {line}");
            ours += usize::from(words.contains(&"--example".to_owned()) || EXAMPLES.contains(&words[0].as_str()));
        }
    }
    assert!(ours > 30, "only {ours} commands were found");
}

#[test]
fn a_line_is_cut_as_the_shell_does() {
    let cases: [(&str, &[&[&str]]); 5] = [
        ("a -b c > d", &[&["a", "-b", "c"]]),
        ("A=1 B=2 a b   # c | d", &[&["a", "b"]]),
        ("a | b -c 'd | e' < f", &[&["a"], &["b", "-c", "d | e"]]),
        ("a && b 'c#'", &[&["a"], &["b", "c#"]]),
        ("# nothing", &[]),
    ];
    for (line, wanted) in cases {
        assert_eq!(simple(line), wanted, "{line}");
    }
    let words = |line: &str| simple(line).remove(0);
    for line in [
        "cargo run --example nothing",
        "cargo run --release --example cable2json -- --nothing examples/cables",
        "corpus_report --code nothing examples/cables",
        "cable2json examples/nothing",
        "cargo bench --bench nothing",
        "cargo test --test nothing",
        "cargo test --test all nothing::",
    ] {
        assert!(wrong(&words(line)).is_some(), "{line}");
    }
}

#[test]
fn links_lead_somewhere() {
    for (page, text) in pages() {
        let folder = in_project(page).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).map(|after| after.split(')').next().unwrap()) {
            if link.contains("://") || link.starts_with("crate::") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { in_project(page) } else { folder.join(path) };
            // The package leaves out the fuzzer and the like.
            if !target.exists() && path.starts_with("fuzz/") {
                continue;
            }
            assert!(target.exists(), "{page}: {link}");
            let heads = read_to_string(&target).unwrap_or_default();
            let mut heads = heads.lines().filter(|line| line.starts_with('#')).map(slug);
            assert!(anchor.is_empty() || heads.any(|head| head == anchor), "{page}: {link}");
        }
    }
}

/// A heading as the anchor that it gets.
fn slug(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect::<String>().replace(' ', "-")
}
