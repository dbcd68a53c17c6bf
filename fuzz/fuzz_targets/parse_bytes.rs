//! Any bytes at all: they are read or refused, and what holds for any input holds.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

fuzz_target!(|bytes: &[u8]| {
    if let Err(reason) = invariants::check(bytes) {
        panic!("{reason}");
    }
});
