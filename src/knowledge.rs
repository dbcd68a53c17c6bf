//! Tables of what is known of cables: TAGS, posts, routing indicators, captions, operating signals, precedences, executive
//! orders with their reasons and exemptions, abbreviations.
//!
//! The tables are text in the project's `data/*.tsv`, each row with its source, and are compiled in as sorted slices with a
//! perfect hash: a look-up compares one place, and parses and allocates nothing. They are not complete, and where the
//! meaning of a code is not known, it is `None`.
//!
//! ```
//! use cablegram::knowledge;
//!
//! // A two-letter TAG means what it meant in the year of the cable.
//! let name = |year| knowledge::tag("GE", Some(year)).and_then(|tag| tag.name);
//! assert_eq!(name(1974), Some("Germany (East)"));
//! assert_eq!(name(2024), Some("Georgia"));
//!
//! // Posts are found by name, by alias, and by the cut names of page lines and archives.
//! let post = |name| knowledge::post(name).map(|post| post.canonical);
//! assert_eq!(post("Rio de Janeiro"), Some("RIODEJANEIRO"));
//! assert_eq!(post("PORT AU PR"), Some("PORTAUPRINCE"));
//! assert_eq!(post("HCMC"), Some("HOCHIMINHCITY"));
//! ```

mod abbreviation;
mod bare;
mod caption;
mod country;
mod hash;
mod index;
mod order;
mod post;
mod precedence;
mod reason;
mod routing;
mod signal;
mod split;
mod suggest;
mod table;
mod tag;

pub use abbreviation::{AbbreviationRow, abbreviation, abbreviations};
pub(crate) use caption::begins_caption;
pub use caption::{CaptionKind, CaptionRow, caption, captions};
pub(crate) use country::{country_tag, iso_country};
pub use order::{ExemptionRow, OrderRow, exemption, exemptions, order, order_in_force, orders};
pub use post::{PostKind, PostRow, nearest_post, post, post_of_plad, post_of_routing_indicator, posts};
pub use precedence::{PrecedenceRow, precedence, precedences};
pub use reason::{ReasonRow, reason, reason_meaning, reasons};
pub use routing::{RoutingRow, addressees_of_routing_indicator, routing_indicators};
pub use signal::{SignalRow, operating_signal, operating_signals};
pub use split::split_tags;
pub use suggest::suggest_tag;
pub use tag::{TagKind, TagRow, tag, tags};

#[cfg(test)]
mod tests;
