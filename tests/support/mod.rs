//! What the tests share: clean synthetic cables with known fields, the damages of real archives, a small generator of
//! random numbers. All content is invented.

#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod bases;
pub(crate) mod cannot_be_read;
pub(crate) mod corruption;
pub(crate) mod deadline;
pub(crate) mod judge;
pub(crate) mod rng;
pub(crate) mod telegram;
