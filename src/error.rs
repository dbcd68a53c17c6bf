//! Why a document was refused.

use crate::cable::Parsed;
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;

/// Why a document gives no [`Cable`](crate::Cable).
///
/// Anything that is a cable, however damaged, parses; an error means that it is not one, or that it exceeds the limit or was
/// rejected in strict mode, as the caller chose.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// Nothing but white space.
    #[error("not a cable: the document is empty")]
    Empty,
    /// Bytes that are not text.
    #[error(
        "not a cable: the document is binary (a NUL or control byte at offset {offset}, {share} % of it is not text)"
    )]
    Binary {
        /// Offset of the first byte that is not text.
        offset: usize,
        /// How much of the document is not text, in per cent.
        share: u8,
    },
    /// None of the lines that make a cable: [`ParseError::LOOKED_FOR`].
    #[error("not a cable: {found}")]
    NotACable {
        /// Which of the lines was there, or how the document begins.
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
    /// A cable with diagnostics that [`Parser::strict`](crate::Parser::strict) does not let pass. It has the whole result,
    /// with all diagnostics and their own severities.
    #[error("rejected in strict mode: {}", summary(.0))]
    Strict(Box<Parsed<'static>>),
}

impl ParseError {
    /// What makes a document a cable, for a message that explains [`ParseError::NotACable`].
    pub const LOOKED_FOR: &'static str = "a classification line with a post and number, a date-time group with an FM line, \
                                          two of E.O., TAGS, SUBJECT and REF lines, or numbered paragraphs with portion marks";

    /// The place in the decoded text where the error is, if it is at one: the first byte that is not text, or the first
    /// diagnostic that strict mode rejected.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Binary { offset, .. } => Some(Span::new(*offset, offset + 1)),
            Self::Strict(parsed) => rejected(parsed).next().map(|diagnostic| diagnostic.span),
            _ => None,
        }
    }

    /// The diagnostics that strict mode rejected; nothing of another error.
    ///
    /// ```
    /// use cablegram::{DiagnosticCode, Parser};
    ///
    /// let text = "UNCLAS OSLO 461\n\nE.O. 12598: N/A\nTAGS: SENVEFIS\nSUBJECT: FISH\n\n1. Cod.\n";
    /// let error = Parser::new().strict(true).parse(text).unwrap_err();
    /// let codes: Vec<DiagnosticCode> = error.rejected().map(|diagnostic| diagnostic.code).collect();
    /// assert!(codes.contains(&DiagnosticCode::ExecutiveOrderRepaired) && codes.contains(&DiagnosticCode::TagsSplit));
    /// ```
    pub fn rejected(&self) -> impl Iterator<Item = &Diagnostic> {
        let parsed = if let Self::Strict(parsed) = self { Some(parsed) } else { None };
        parsed.into_iter().flat_map(|parsed| rejected(parsed))
    }
}

/// The diagnostics that strict mode does not let pass.
fn rejected<'p>(parsed: &'p Parsed<'_>) -> impl Iterator<Item = &'p Diagnostic> {
    parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity >= Severity::Warning)
}

/// The first rejected diagnostic, and how many more there are.
fn summary(parsed: &Parsed<'_>) -> String {
    let mut all = rejected(parsed);
    let first = all.next().map(ToString::to_string).unwrap_or_default();
    match all.count() {
        0 => first,
        more => format!("{first}, and {more} more"),
    }
}
