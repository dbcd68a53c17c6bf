//! The fields of a cable, one module each: its type, its grammar, how it is written, its tests.

pub(crate) mod addition;
pub(crate) mod addressee;
pub(crate) mod authority;
pub(crate) mod caption;
pub(crate) mod classification;
pub(crate) mod corrected_copy;
pub(crate) mod distribution;
pub(crate) mod drafting;
pub(crate) mod dtg;
pub(crate) mod executive_order;
pub(crate) mod mrn;
pub(crate) mod notice;
pub(crate) mod opening;
pub(crate) mod page_line;
pub(crate) mod paragraph_number;
pub(crate) mod pass_line;
pub(crate) mod passage;
pub(crate) mod portion_mark;
pub(crate) mod precedence;
pub(crate) mod reference;
pub(crate) mod release;
pub(crate) mod section;
pub(crate) mod signature;
pub(crate) mod subject;
pub(crate) mod tags;
pub(crate) mod transmission;
