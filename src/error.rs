//! Why a document was refused.

use crate::diagnostic::Diagnostic;

/// Why a document gives no [`Cable`](crate::Cable).
///
/// Anything that is a cable, however damaged, parses; an error means that it is none, or that a limit or strictness
/// which the caller chose was passed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// Nothing but white space.
    #[error("no cable: the document is empty")]
    Empty,
    /// Bytes that are no text.
    #[error("no cable: the document is binary (a NUL or control byte at offset {offset}, {share} % of it is not text)")]
    Binary {
        /// Offset of the first byte that is not text.
        offset: usize,
        /// How much of the document is not text, in per cent.
        share: u8,
    },
    /// None of the lines that make a cable.
    #[error("no cable: looked for {looked_for}; found {found}")]
    NotACable {
        /// What would have made it a cable.
        looked_for: &'static str,
        /// What of it was there, or how the document begins.
        found: String,
    },
    /// Longer than [`Parser::size_limit`](crate::Parser::size_limit) allows.
    #[error("the document is {len} bytes long, the limit is {limit}")]
    TooLarge {
        /// Its length in bytes.
        len: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// A diagnostic that [`Parser::strict`](crate::Parser::strict) does not let pass.
    #[error("refused, being strict: {0}")]
    Strict(Diagnostic),
}
