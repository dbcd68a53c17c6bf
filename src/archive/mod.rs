//! Families of records round a cable.

pub(crate) mod attributes;
pub(crate) mod evidence;
pub(crate) mod record;
