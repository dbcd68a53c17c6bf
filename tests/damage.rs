//! Cables damaged at random: bytes deleted, doubled, inserted, swapped, the end cut off. Nothing panics, the regions
//! stay a partition, the JSON reads back, and so does the telegram of nearly all.
//!
//! Over the fixtures a few hundred; over other cables as many as wanted:
//! `CABLE_CORPUS=folder DAMAGED=6000 cargo test --release --test all damage:: -- --nocapture`

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cablegram::{decode, parse};

use crate::invariants;
use crate::support::rng::Rng;

const SEED: u64 = 0x0DA3_A6ED;

fn folder() -> PathBuf {
    let fixtures = || Path::new(crate::ROOT).join("examples/cables");
    std::env::var_os("CABLE_CORPUS").map_or_else(fixtures, PathBuf::from)
}

fn how_many() -> usize {
    std::env::var("DAMAGED").ok().and_then(|number| number.parse().ok()).unwrap_or(320)
}

fn cables() -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder()).sort_by_file_name().into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|e| (e.file_name().to_string_lossy().into_owned(), std::fs::read(e.path()).unwrap())).collect()
}

/// One to eight damages.
fn damaged(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    const INSERTED: [&[u8]; 12] =
        [b"\n", b"\r", b" ", b"\0", b"\x0c", b"(", b"\xFF", b"1.", "¶".as_bytes(), b"XXXXXXXXXXXX", b"\n\n", b"NNNN\n"];
    let mut out = bytes.to_vec();
    for _ in 0..=rng.below(8) {
        let at = rng.below(out.len());
        let most = *rng.pick(&[4, 4, 4, 200]);
        let end = (at + 1 + rng.below(most)).min(out.len());
        match rng.below(6) {
            0 | 1 => {
                out.drain(at..end);
            }
            2 => {
                let twice = out[at..end].to_vec();
                out.splice(at..at, twice);
            }
            3 => {
                out.splice(at..at, rng.pick(&INSERTED).iter().copied());
            }
            4 => {
                let other = rng.below(out.len());
                out.swap(at, other);
            }
            _ if rng.below(4) == 0 => out.truncate(end),
            _ => out[at] = u8::try_from(rng.below(256)).unwrap(),
        }
        if out.is_empty() {
            out.push(b' ');
        }
    }
    out
}

/// The fields in which a damaged cable differs when its telegram is read; none where it is refused.
fn differing(bytes: &[u8]) -> Option<Vec<&'static str>> {
    let decoded = decode(bytes);
    let parsed = parse(&decoded.text).ok()?;
    Some(parsed.cable.to_telegram().map_or_else(|error| error.fields, |_| Vec::new()))
}

#[test]
fn nothing_breaks() {
    let cables = cables();
    let mut rng = Rng::new(SEED);
    let (mut read, mut equal) = (0, 0);
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for nth in 0..how_many() {
        let (name, bytes) = &cables[nth % cables.len()];
        let damaged = damaged(bytes, &mut rng);
        if let Err(reason) = invariants::check(&damaged) {
            panic!("number {nth}, made of {name}: {reason}");
        }
        let Some(differing) = differing(&damaged) else { continue };
        read += 1;
        equal += usize::from(differing.is_empty());
        if !differing.is_empty() && std::env::var_os("SHOW_DAMAGE").is_some() {
            let file = std::env::temp_dir().join(format!("damaged-{nth}-{name}"));
            std::fs::write(&file, &damaged).unwrap();
            println!("{} {differing:?}", file.display());
        }
        for field in differing {
            *fields.entry(field).or_default() += 1;
        }
    }
    println!(
        "{read} of {} damaged cables are read, {equal} of them read back equal; differing: {fields:?}",
        how_many()
    );
    assert!(equal * 100 >= read * 95, "only {equal} of {read} read back: {fields:?}");
}
