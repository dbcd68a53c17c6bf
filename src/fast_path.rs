//! Whether fast paths are taken: what stands before or beside a grammar, costs a tenth of it and leads to the same.
//! `differential.rs` disables them, and compares what is read.

/// Whether the fast paths are disabled: never but while the two are compared.
#[cfg(not(any(test, fuzzing)))]
pub(crate) const fn is_disabled() -> bool {
    false
}

#[cfg(any(test, fuzzing))]
pub(crate) use of_tests::{is_disabled, while_disabled};

#[cfg(any(test, fuzzing))]
mod of_tests {
    use std::cell::Cell;

    thread_local! {
        static DISABLED: Cell<bool> = const { Cell::new(false) };
    }

    pub(crate) fn is_disabled() -> bool {
        DISABLED.get()
    }

    /// What is done without the fast paths.
    pub(crate) fn while_disabled<T>(done: impl FnOnce() -> T) -> T {
        DISABLED.set(true);
        let result = done();
        DISABLED.set(false);
        result
    }
}
