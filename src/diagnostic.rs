//! What was repaired, assumed or not understood.

use std::fmt;

use crate::span::Span;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Severity {
    /// Something to know; every value is as written.
    Note,
    /// A value was repaired or assumed, or two places disagree.
    Warning,
    /// Something could not be read: a value is missing or incomplete.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// What the parser reports of a place in the text.
///
/// ```
/// let parsed = cablegram::parse("FM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nE.O. 12598: N/A\n")?;
/// let repaired = parsed.diagnostics.iter().find(|d| d.code == cablegram::DiagnosticCode::ExecutiveOrderRepaired).unwrap();
/// assert_eq!(repaired.to_string(), "warning[executive-order-repaired] 62..67: \"12598\" read as E.O. 12958");
/// # Ok::<(), cablegram::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(transform = crate::schema::without_example))]
pub struct Diagnostic {
    /// What kind of diagnostic it is.
    pub code: DiagnosticCode,
    /// How serious it is.
    pub severity: Severity,
    /// The place that it is about.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub span: Span,
    /// What was found and what became of it, in one clause.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, severity, span, message } = self;
        write!(f, "{severity}[{code}] {}..{}: {message}", span.start, span.end)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// The kinds of diagnostics: a closed list with stable names.
        ///
        /// Each variant documents what it means and what became of the value.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
        #[non_exhaustive]
        pub enum DiagnosticCode {
            $($(#[doc = $doc])+ $variant,)+
            /// A code of a later version, read from its JSON.
            #[cfg_attr(feature = "serde", serde(other))]
            #[cfg_attr(feature = "schemars", schemars(skip))]
            Other,
        }

        impl DiagnosticCode {
            /// Every code of this version, in the order of a cable.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, as in the JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ Self::Other => "other" }
            }

            /// How serious a diagnostic of this kind is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ Self::Other => Severity::Note }
            }

            /// What it means and what became of the value: the documentation of the variant.
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc, "\n"),+),)+
                    Self::Other => " A code of a later version.\n",
                }
            }
        }
    };
}

codes! {
    /// The bytes are not UTF-8 and were read as Windows-1252. Letters outside ASCII may be wrong ones.
    EncodingAssumed = "encoding-assumed", Warning;
    /// The text was recognised from a scan, and has damaged words at the edges of its pages or among its labels. What could
    /// be decided was repaired; all else is as written, and may be wrong.
    RecognisedText = "recognised-text", Warning;
    /// What a copy did to all of a text was undone: an empty line after each line, a backslash before each line end, a second
    /// quotation mark at each.
    CopyingUndone = "copying-undone", Note;
    /// The document has more lines than are read; the rest is a region [`Unrecognised`](crate::RegionKind::Unrecognised).
    LimitReached = "limit-reached", Error;
    /// The operating signal `ZFR`: the message is cancelled, or cancels another one.
    Cancelled = "cancelled", Warning;
    /// The document states that it is an extract; [`Cable::partial`](crate::Cable::partial) is true.
    PartialExtract = "partial-extract", Note;
    /// The message header is there, the text is not; the cable is partial.
    HeaderOnly = "header-only", Warning;
    /// A record of the archive without the text of its message: the cable is made of the Message Attributes alone, and
    /// partial.
    TextMissing = "text-missing", Warning;
    /// The text is there, message header and classification line are not; the cable is partial.
    BodyOnly = "body-only", Warning;
    /// The message header lacks format lines, which the message names. Such copies are as good as others.
    HeadingIncomplete = "heading-incomplete", Note;
    /// A row of asterisks or number signs, or a remark of the archive, marks lost text; the cable is partial.
    TextLost = "text-lost", Warning;
    /// The text breaks off; the cable is partial.
    TextCutOff = "text-cut-off", Warning;
    /// A line in the message header or the text head that no rule explains. It is kept as a region
    /// [`Unrecognised`](crate::RegionKind::Unrecognised) and in no field.
    LineNotRecognised = "line-not-recognised", Error;
    /// A format line begins as it should and goes on as it should not; the fields that could not be read are missing.
    FormatLineMalformed = "format-line-malformed", Error;
    /// A second message header of the same message. The first one counts; what it lacks is taken from the second.
    HeadingRepeated = "heading-repeated", Note;
    /// A later message header differs from the first one in a field. The first one counts.
    HeadingDisagrees = "heading-disagrees", Warning;
    /// An invalid date-time group. The text is kept, the time is missing.
    DtgImpossible = "dtg-impossible", Error;
    /// A date-time group was read in spite of spaces or letters put into it.
    DtgRepaired = "dtg-repaired", Warning;
    /// An addressee line that was repaired: a month after `LA PAZ` taken out, a misspelt precedence, a routing indicator
    /// with a space in it, a lost `TO`.
    AddresseeRepaired = "addressee-repaired", Warning;
    /// The filing time of format line 3 is not a day and time of any year. The text is kept, the time is missing.
    FilingTimeImpossible = "filing-time-impossible", Error;
    /// The station serial is not the message number modulo 10000.
    SerialDisagrees = "serial-disagrees", Warning;
    /// Two places name the message differently: classification line, station serial, page lines, the document's own
    /// name. The value with the most votes was taken, or the one that a corrected copy gives as right.
    MrnDisagrees = "mrn-disagrees", Warning;
    /// The classification line does not name the message; post, year or number were taken from elsewhere.
    MrnAssumed = "mrn-assumed", Warning;
    /// Nothing names the message.
    MrnMissing = "mrn-missing", Error;
    /// A page line that carries another post or number than the message.
    PageLineDisagrees = "page-line-disagrees", Warning;
    /// A page line stood in the middle of a line of text and was taken out.
    PageLineInText = "page-line-in-text", Note;
    /// No line with a classification was found.
    ClassLineMissing = "class-line-missing", Error;
    /// The level was read from a damaged word.
    ClassLineRepaired = "class-line-repaired", Warning;
    /// The level of the classification line is not the one of format line 4 or of the page banners.
    ClassificationDisagrees = "classification-disagrees", Warning;
    /// Sections or pages that the text announces are not there.
    SectionMissing = "section-missing", Warning;
    /// Sections of one message that stood in several documents were joined: cable2json does so on request.
    SectionsJoined = "sections-joined", Note;
    /// An E.O. label with nothing after it; there is no order and no declassification instruction.
    ExecutiveOrderMissing = "executive-order-missing", Warning;
    /// A line of the text head without its label was recognised by its form: TAGS below the executive order, references
    /// below the subject.
    LabelLost = "label-lost", Warning;
    /// A label of the text head was read in spite of a slip: a letter wrong, missing or too many.
    LabelRepaired = "label-repaired", Warning;
    /// A word one slip away from a caption was read as that caption.
    CaptionRepaired = "caption-repaired", Warning;
    /// The number of the executive order was repaired.
    ExecutiveOrderRepaired = "executive-order-repaired", Warning;
    /// The number is not that of an executive order on classification, nor near one; it is kept as it is.
    ExecutiveOrderUnknown = "executive-order-unknown", Warning;
    /// The declassification instruction has no known form; its text is kept.
    DeclassificationUnknown = "declassification-unknown", Warning;
    /// TAGS that ran together were cut by the dictionary.
    TagsSplit = "tags-split", Warning;
    /// Something among the TAGS that is not a TAG was left out: a marking, a letter alone, signs, what asterisks left of one.
    /// Or a person's bracket was closed.
    TagsRepaired = "tags-repaired", Warning;
    /// Words or local codes among the TAGS, which are in no list of State's; they are kept as terms.
    TagsTerms = "tags-terms", Note;
    /// A TAG that no table knows. The value is as written.
    TagUnknown = "tag-unknown", Warning;
    /// A TAG that is probably a misspelling or an ISO code; the message names the likely one, the value is as written.
    TagMisspelt = "tag-misspelt", Warning;
    /// A second list of TAGS.
    TagsRepeated = "tags-repeated", Note;
    /// The text head has no SUBJECT.
    SubjectMissing = "subject-missing", Warning;
    /// A second SUBJECT in the text head. The first one counts.
    SubjectRepeated = "subject-repeated", Warning;
    /// A second E.O. line, or a second `Classified By` or `Derived From`: the first one counts. Or the references once more:
    /// what they add was taken.
    FieldRepeated = "field-repeated", Note;
    /// An item of the reference list with no known form; its text is kept.
    ReferenceUnknown = "reference-unknown", Warning;
    /// A reference label was written twice, out of order or not at all, and was settled.
    ReferenceLabelRepaired = "reference-label-repaired", Warning;
    /// The number of a reference, or its year, was read in spite of a space or a letter among its digits, or of one digit
    /// alone for the year. The text is as written.
    ReferenceRepaired = "reference-repaired", Warning;
    /// A post that no table knows. The value is as written.
    PostUnknown = "post-unknown", Warning;
    /// A post's name was misspelt; the one post that can be meant was taken, the text is as written.
    PostMisspelt = "post-misspelt", Warning;
    /// A word of `Classified By` that the end of a line had cut in two was joined.
    AuthorityRepaired = "authority-repaired", Warning;
    /// `Classified By` without a name or a reason that could be recognised.
    AuthorityIncomplete = "authority-incomplete", Warning;
    /// A paragraph number was damaged and is given as what it must be.
    ParagraphNumberRepaired = "paragraph-number-repaired", Warning;
    /// A number at the start of a line that looks like a paragraph's and was read as text.
    ParagraphNumberRefused = "paragraph-number-refused", Note;
    /// Numbers are missing from the series.
    ParagraphNumberGap = "paragraph-number-gap", Note;
    /// The same number twice, or a lower one after a higher.
    ParagraphNumberOutOfOrder = "paragraph-number-out-of-order", Note;
    /// The series starts again: an enclosed text, or a list.
    ParagraphNumbersRestart = "paragraph-numbers-restart", Note;
    /// A paragraph begins in the middle of a line.
    ParagraphInMidLine = "paragraph-in-mid-line", Note;
    /// A portion mark has lost a bracket.
    PortionMarkRepaired = "portion-mark-repaired", Warning;
    /// The highest portion mark is not the classification of the whole: it is higher, or all paragraphs are there with
    /// their marks and it is lower. Both are as written.
    PortionMarkDisagrees = "portion-mark-disagrees", Warning;
    /// Words between the last sentence of a paragraph and the next number, in the same line, were read as a heading: they
    /// are written as titles are.
    HeadingAssumed = "heading-assumed", Warning;
    /// A line of the text head stands in the body: E.O., TAGS, references, or the subject again. It is left in the text.
    HeadLineInText = "head-line-in-text", Warning;
    /// A row of dashes stands among the words of a line and belongs to no heading. It is left in the text.
    RuleInText = "rule-in-text", Note;
    /// A sentence that a blank line or a page line had cut in two was joined.
    SentenceJoined = "sentence-joined", Note;
    /// A sign stands in many places for another that transmission did not have, as `board?s` for `board's`. The text is as
    /// written.
    SignsChanged = "signs-changed", Note;
    /// A line stands twice, a letter of it garbled in transmission. Both are as written.
    LineRepeated = "line-repeated", Note;
    /// A caption or stamp stood in the middle of the prose and was taken out.
    StampInText = "stamp-in-text", Note;
    /// The signature was taken from the last words of a line, or from among several last lines, and neither its letters nor
    /// another place confirm it.
    SignatureAssumed = "signature-assumed", Warning;
    /// The copies of the distribution block do not add up to its printed sum.
    DistributionSum = "distribution-sum", Warning;
    /// A value of the Message Attributes that was kept in pieces, or damaged, was joined.
    AttributeRepaired = "attribute-repaired", Warning;
    /// The text and the Message Attributes disagree, or a telegram and the labels of the record that holds it; the text
    /// counts.
    AttributeDisagrees = "attribute-disagrees", Warning;
    /// The Message Attributes have more than the text: TAGS that an indexer added, a line that was read as part of the
    /// subject. The text counts.
    AttributesAdd = "attributes-add", Note;
    /// The text lacks a field; it was filled from the Message Attributes, or from the labels of the record that holds it.
    FilledFromAttributes = "filled-from-attributes", Warning;
}

impl fmt::Display for DiagnosticCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where the stages put what they have to say.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub(crate) fn emit(&mut self, code: DiagnosticCode, span: Span, message: impl Into<String>) {
        self.0.push(Diagnostic { code, severity: code.severity(), span, message: message.into() });
    }

    /// Takes in the diagnostics of another stage.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// In the order of the text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.0.sort_by_key(|d| (d.span.start, d.span.end, d.code));
        self.0.dedup();
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_name_is_the_name() {
        for code in DiagnosticCode::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{code}\""));
            assert!(!code.explanation().trim().is_empty());
        }
    }
}
