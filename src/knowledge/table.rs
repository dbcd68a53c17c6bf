//! The tables as `build.rs` wrote them.
#![allow(clippy::unreadable_literal)] // Its numbers are not for reading.

use super::index::Index;
use super::{
    CaptionKind, CaptionRow, PostKind, PostRow, PrecedenceRow, ReasonRow, RoutingRow, SignalRow, TagKind, TagRow,
};

include!(concat!(env!("OUT_DIR"), "/knowledge.rs"));
