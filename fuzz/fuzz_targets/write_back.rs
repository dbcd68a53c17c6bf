//! Any cable that a telegram can say, written and read again, is equal; and so is any that was read.

#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/any_cable.rs"]
mod any_cable;

fuzz_target!(|bytes: &[u8]| {
    let Ok(cable) = any_cable::any_cable(&mut Unstructured::new(bytes)) else { return };
    if let Err(error) = cable.to_telegram() {
        panic!("{error}\n{}", cable.to_telegram_lossy());
    }
});
