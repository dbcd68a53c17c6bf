//! Any text, read by the short ways and without them, is the same cable.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(reason) = cablegram::both_ways::check(&cablegram::decode(bytes).text) {
        panic!("{reason}");
    }
});
