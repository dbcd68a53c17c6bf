//! Whether short ways are taken: what stands before or beside a grammar, costs a tenth of it and leads to the same.
//! `both_ways.rs` closes them, and compares what is read.

/// Whether the short ways are closed: never but while the two are compared.
#[cfg(not(any(test, fuzzing)))]
pub(crate) const fn is_closed() -> bool {
    false
}

#[cfg(any(test, fuzzing))]
pub(crate) use of_tests::{is_closed, while_closed};

#[cfg(any(test, fuzzing))]
mod of_tests {
    use std::cell::Cell;

    thread_local! {
        static CLOSED: Cell<bool> = const { Cell::new(false) };
    }

    pub(crate) fn is_closed() -> bool {
        CLOSED.get()
    }

    /// What is done without the short ways.
    pub(crate) fn while_closed<T>(done: impl FnOnce() -> T) -> T {
        CLOSED.set(true);
        let made = done();
        CLOSED.set(false);
        made
    }
}
