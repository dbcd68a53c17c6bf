//! Each field's grammar: a telegram in good order round the lines of one field, which the fuzzer writes.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/field_door.rs"]
mod field_door;
#[path = "../../tests/invariants/mod.rs"]
mod invariants;

fuzz_target!(|bytes: &[u8]| {
    let Some(telegram) = field_door::telegram(bytes) else { return };
    if let Err(reason) = invariants::check(telegram.as_bytes()) {
        panic!("{reason}");
    }
});
