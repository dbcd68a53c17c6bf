//! Routing indicators, and the addressees that they were seen with.

use super::table::{ROUTING, ROUTING_INDEX};

/// A routing indicator and one of its addressees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RoutingRow {
    /// The routing indicator: `RUEKJCS`.
    pub routing_indicator: &'static str,
    /// The addressee's name (plain language address designator): `SECDEF WASHDC`.
    pub plad: &'static str,
    /// How often the two were seen together in a sample of cables.
    pub uses: u32,
    /// Where the row comes from.
    pub source: &'static str,
}

/// All pairs, sorted by routing indicator.
pub fn routing_indicators() -> &'static [RoutingRow] {
    &ROUTING
}

/// The addressees that were seen with a routing indicator: there may be many, or none known.
///
/// ```
/// use cablegram::knowledge::addressees_of_routing_indicator;
///
/// assert_eq!(addressees_of_routing_indicator("RUEHIL").len(), 2);
/// assert!(addressees_of_routing_indicator("RXXXXXX").is_empty());
/// ```
pub fn addressees_of_routing_indicator(indicator: &str) -> &'static [RoutingRow] {
    let rows = ROUTING.get(ROUTING_INDEX.place(indicator.as_bytes())..).unwrap_or_default();
    let count = rows.iter().take_while(|row| row.routing_indicator == indicator).count();
    rows.get(..count).unwrap_or_default()
}
