//! Families of records round a cable.

pub(crate) mod attributes;
pub(crate) mod record;
pub(crate) mod witness;
