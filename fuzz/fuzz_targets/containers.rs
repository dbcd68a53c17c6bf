//! Each container: any bytes are cut into documents and opened, or refused; a document that opens is read.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/containers_door.rs"]
mod containers_door;
#[path = "../../tests/invariants/mod.rs"]
mod invariants;

fuzz_target!(|bytes: &[u8]| {
    for text in containers_door::texts(bytes) {
        if let Err(reason) = invariants::check_reading(text.as_bytes()) {
            panic!("{reason}");
        }
    }
});
