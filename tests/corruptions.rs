//! Corrupt, parse: the fields come back, or a diagnostic names the loss. Every damage alone on every clean cable that it
//! fits, and pairs drawn at random.
//!
//! The table of damages and outcomes is written to `corruptions.txt` in the directory for temporary files of the target
//! directory, and to the standard output with `--nocapture`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use crate::support::corruption::{self, Corruption};
use crate::support::judge::{Allowance, Verdict, judge, partition_faults};
use crate::support::rng::Rng;
use crate::support::telegram::Telegram;
use crate::support::{bases, cannot_be_read};
use cablegram::{DiagnosticCode, ParseError, Severity};

const SEED: u64 = 0x00CA_B1E6;

/// Applies these to the telegram, one after the other; `None` where one does not fit.
fn corrupted(base: &Telegram, damages: &[&Corruption], rng: &mut Rng) -> Option<(Telegram, Allowance)> {
    let mut telegram = base.clone();
    let mut allowed = Allowance::default();
    for damage in damages {
        (damage.apply)(&mut telegram, rng)?;
        allowed.lost.extend(&damage.lost);
        allowed.says.extend(&damage.says);
    }
    Some((telegram, allowed))
}

fn fail_with(failures: &[String], of: usize, what: &str) {
    assert!(failures.is_empty(), "{} of {of} {what} failed:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn clean_cables_are_read_whole_and_without_a_word() {
    let mut failures = Vec::new();
    for base in bases::all() {
        let text = base.text();
        let verdict = judge(&base, &text, &Allowance::default());
        failures.extend(verdict.faults.iter().map(|f| format!("{:?}: {f}", base.shape)));
        let parsed = cablegram::parse(&text).unwrap();
        let unknown = cablegram::byte_coverage(&parsed.regions);
        if unknown < 1.0 {
            failures.push(format!("{:?}: covers {unknown}", base.shape));
        }
        let loud = parsed.diagnostics.iter().filter(|d| d.severity >= Severity::Warning);
        // Sections that the archive did not keep are told of.
        failures.extend(
            loud.filter(|d| d.code != DiagnosticCode::SectionMissing).map(|d| format!("{:?}: {d}", base.shape)),
        );
    }
    fail_with(&failures, bases::all().len(), "clean cables");
}

#[test]
fn each_damage_alone() {
    let (all, bases) = (corruption::all(), bases::all());
    let mut table = format!("{:>5}  {:<72} {:>6}  outcome\n", "group", "damage", "cables");
    let mut failures = Vec::new();
    let mut tried = 0;
    for damage in &all {
        let mut wording = BTreeSet::new();
        let mut fits = 0;
        let mut failed = 0;
        for base in &bases {
            let mut rng = Rng::new(SEED);
            let Some((telegram, allowed)) = corrupted(base, &[damage], &mut rng) else { continue };
            let text = telegram.text();
            let Verdict { faults, wording: codes } = judge(&telegram, &text, &allowed);
            fits += 1;
            failed += usize::from(!faults.is_empty());
            wording.extend(codes.into_iter().filter(|c| c.severity() >= Severity::Warning).map(DiagnosticCode::as_str));
            for fault in faults {
                failures.push(format!("{} {} [{:?}]\n    {fault}", damage.group, damage.name, base.shape));
            }
        }
        assert!(fits > 0, "{} fits no cable", damage.name);
        tried += fits;
        let _ = writeln!(
            table,
            "{:>5}  {:<72} {fits:>6}  {}",
            damage.group,
            damage.name,
            outcome(damage, failed, &wording)
        );
    }
    print!("{table}");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corruptions.txt");
    std::fs::write(path, &table).unwrap();
    for group in 1..=26 {
        assert!(all.iter().any(|d| d.group == group), "group {group} has no damage");
    }
    fail_with(&failures, tried, "damages alone (fields)");
}

/// The outcome as a reader of the table wants it.
fn outcome(damage: &Corruption, failed: usize, wording: &BTreeSet<&str>) -> String {
    let lost: Vec<&str> = damage.lost.iter().map(|(field, _)| *field).collect();
    let mut out = match (failed, lost.is_empty()) {
        (0, true) => "all fields come back".to_owned(),
        (0, false) => format!("lost and told: {}", lost.join(", ")),
        _ => format!("FAILED on {failed}"),
    };
    if !wording.is_empty() {
        let wording: Vec<&str> = wording.iter().copied().collect();
        let _ = write!(out, "; says {}", wording.join(", "));
    }
    out
}

#[test]
fn names_are_unique() {
    let all = corruption::all();
    let names: BTreeSet<_> = all.iter().map(|c| (c.group, c.name)).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn pairs_drawn_at_random() {
    const PAIRS: usize = 1500;
    let (all, bases) = (corruption::all(), bases::all());
    let mut rng = Rng::new(SEED);
    let mut failures = Vec::new();
    let mut done = 0;
    let mut draws = 0;
    while done < PAIRS {
        draws += 1;
        assert!(draws < PAIRS * 100, "too few pairs fit: {done}");
        let (first, second, base) = (rng.pick(&all), rng.pick(&all), rng.pick(&bases));
        if !first.goes_with(second) {
            continue;
        }
        let Some((telegram, allowed)) = corrupted(base, &[first, second], &mut rng) else { continue };
        let text = telegram.text();
        done += 1;
        for fault in judge(&telegram, &text, &allowed).faults {
            failures.push(format!(
                "{} {} + {} {} [{:?}]\n    {fault}",
                first.group, first.name, second.group, second.name, base.shape
            ));
        }
    }
    fail_with(&failures, PAIRS, "pairs (fields)");
}

/// The same damages, and more of them at once: whatever comes out, it is sound.
#[test]
fn many_at_once_are_sound() {
    let (all, bases) = (corruption::all(), bases::all());
    let mut rng = Rng::new(SEED + 1);
    for round in 0..400 {
        let mut telegram = rng.pick(&bases).clone();
        let mut names = Vec::new();
        for _ in 0..6 {
            let damage = rng.pick(&all);
            if (damage.apply)(&mut telegram, &mut rng).is_some() {
                names.push(damage.name);
            }
        }
        let text = telegram.text();
        if let Ok(parsed) = cablegram::parse(&text) {
            assert_eq!(partition_faults(&text, &parsed), Vec::<String>::new(), "round {round}: {names:?}");
        }
    }
}

/// Group 26: bytes that are not UTF-8.
#[test]
fn old_bytes_are_read_and_told_of() {
    let base = bases::confidential();
    let text = base.text().replace("sold a lighthouse", "sold a ch\u{e2}teau \u{96} a lighthouse");
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let parsed = cablegram::parse_bytes(&bytes).unwrap();
    assert!(parsed.diagnostics.iter().any(|d| d.code == DiagnosticCode::EncodingAssumed));
    let paragraph = parsed.cable.body[2].text().to_string();
    assert!(paragraph.contains("sold a ch\u{e2}teau \u{2013} a lighthouse"), "{paragraph}");
}

/// Group 27: text that is no cable.
#[test]
fn what_is_no_cable_is_refused() {
    let mut failures = Vec::new();
    for (name, text) in cannot_be_read::ALL {
        match cablegram::parse(text) {
            Err(ParseError::Empty) if text.trim().is_empty() => {}
            Err(ParseError::NotACable { .. }) if !text.trim().is_empty() => {}
            Err(other) => failures.push(format!("{name}: refused as {other}")),
            Ok(parsed) => {
                failures.push(format!("{name}: read as {:?}, said {:?}", parsed.cable.mrn, parsed.diagnostics));
            }
        }
    }
    fail_with(&failures, cannot_be_read::ALL.len(), "documents");
}
