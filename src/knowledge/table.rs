//! The tables as `build.rs` wrote them.
#![allow(clippy::unreadable_literal)] // Its numbers are not for reading.

use chrono::NaiveDate;

use super::index::Index;
use super::{
    AbbreviationRow, CaptionKind, CaptionRow, ExemptionRow, OrderRow, PostKind, PostRow, PrecedenceRow, ReasonRow,
    RoutingRow, SignalRow, TagKind, TagRow,
};

include!(concat!(env!("OUT_DIR"), "/knowledge.rs"));
