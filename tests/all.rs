//! All tests that ask what is read of whole cables, one module a file: `cargo test --test all snapshots::` runs those of
//! one. One program, because each one has to be linked with the library anew.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::{Path, PathBuf};

#[path = "support/any_cable.rs"]
mod any_cable;
#[path = "support/containers_door.rs"]
mod containers_door;
#[path = "support/field_door.rs"]
mod field_door;
mod invariants;
mod support;

mod api;
mod archive_1970s;
mod by_hand;
mod cable2json;
mod cases;
mod corruptions;
mod damage;
mod diagnostics;
mod docs;
mod fuzz_replay;
mod json;
mod pages;
mod partial;
mod partition;
mod programs;
mod properties;
mod rules;
mod schema;
mod silence;
mod smart;
mod snapshots;
mod spans;

/// The folder of the project, whose package these tests are not.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// An example as `cargo test` has built it beside these tests.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let program = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is missing: `cargo build --examples` builds it", program.display());
    program
}
