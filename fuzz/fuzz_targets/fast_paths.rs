//! Any text, read by the fast paths and without them, is the same cable.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(reason) = cablegram::differential::check(&cablegram::decode(bytes).text) {
        panic!("{reason}");
    }
});
