//! What reading a cable costs: time, memory and allocations. A program of its own, because its allocator counts, and
//! because nothing else is to run while it takes the time.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

mod allocations;
mod bounds;
mod linear;

/// The folder of the project, whose package these tests are not.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
