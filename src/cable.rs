//! The typed cable.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::archive::attributes::Attributes;
use crate::diagnostic::Diagnostic;
use crate::field::addressee::{self, Addressee, Originator};
use crate::field::authority::Authority;
use crate::field::caption;
use crate::field::classification::{self, Classification, Level};
use crate::field::distribution::Distribution;
use crate::field::drafting::Drafting;
use crate::field::dtg::Dtg;
use crate::field::executive_order::{DeclassificationDay, ExecutiveOrder};
use crate::field::mrn::Mrn;
use crate::field::passage;
use crate::field::portion_mark::PortionMark;
use crate::field::precedence::{MessagePrecedence, Precedence};
use crate::field::reference::Reference;
use crate::field::section::Section;
use crate::field::subject;
use crate::field::tags::{self, Tag};
use crate::field::transmission::Transmission;
use crate::line_index::LineIndex;
use crate::record::{IntoOwned, record};
use crate::region::Region;
use crate::text::BodyText;

/// What [`parse`](crate::parse) returns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parsed<'a> {
    /// The text that was parsed. After [`parse_bytes`](crate::parse_bytes) it is the decoded text. All offsets, of spans,
    /// regions and diagnostics, are offsets into it.
    pub text: Cow<'a, str>,
    /// The cable.
    pub cable: Cable<'a>,
    /// The partition of the text: contiguous regions in their order, which cover all of it.
    pub regions: Vec<Region>,
    /// What was repaired, assumed or not understood, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed<'_> {
    /// Returns the same result, which owns its text.
    pub fn into_owned(self) -> Parsed<'static> {
        Parsed {
            text: Cow::Owned(self.text.into_owned()),
            cable: self.cable.into_owned(),
            regions: self.regions,
            diagnostics: self.diagnostics,
        }
    }

    /// Lines and columns of the text.
    ///
    /// ```
    /// let text = "R 030915Z JUL 09\r\nFM AMEMBASSY OSLO\r\nTO SECSTATE WASHDC\r\nUNCLAS OSLO 461\r\n\r\nTAGS: SENVEFIS\r\nSUBJECT: FISH\r\n";
    /// let parsed = cablegram::parse(text)?;
    /// let lines = parsed.line_index();
    /// let split = parsed.diagnostics.iter().find(|found| found.code == cablegram::DiagnosticCode::TagsSplit);
    /// let place = lines.line_column(split.expect("run-together TAGS").span.start).expect("inside of the text");
    /// assert_eq!(place.to_string(), "6:7");
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    pub fn line_index(&self) -> LineIndex<'_> {
        LineIndex::new(&self.text)
    }
}

/// In which wrapper a cable stood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Format {
    /// A transmission copy with the format lines of ACP 127, or what is left of one.
    #[default]
    Acp127,
    /// A record of the archive's 1973 to 1979 file, with PAGE lines, distribution and Message Attributes.
    Archive,
    /// A record of the SMART system (2009 on, or an older message that it took over), with labelled lines.
    Smart,
    /// A wrapper of a later version, read from its JSON.
    #[cfg_attr(feature = "serde", serde(other))]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    Other,
}

record! {
    /// A cable (telegram) of the Department of State.
    ///
    /// Values are as written in the text except where a field says otherwise; what is absent is `None` or empty. It borrows
    /// from the text that it was parsed from; [`Cable::into_owned`] returns one that owns its text. What
    /// follows from the fields is in the JSON, too: `id`, `date`, `archive_id`, `highest_level`, `declassify_on`,
    /// `subject_title`, `summary` and `comment`. These keys are passed over when the JSON is read.
    ///
    /// A new one is made of its fields: `Cable { subject: Some("FISH".into()), ..Cable::default() }`. A parsed cable satisfies
    /// the following, and so must one that is changed, or [`Cable::to_telegram`] returns an error:
    ///
    /// * A string is one line, not empty, with one space between its words and none around them. Only the [`BodyText`] of a
    ///   block has several lines, and the letters of a classification may have any spaces between them.
    /// * A `text` beside what it was read as (in a reference, the executive order, the date-time group) means the same.
    /// * No caption, TAG or reason is there twice.
    #[derive(Default)]
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "schemars", schemars(transform = crate::schema::with_derived))]
    pub struct Cable<'a> {
        /// The wrapper it stood in.
        pub format: Format => id: (Cable::id) => date: (Cable::date) => archive_id: (Cable::archive_id),
        /// The message reference number, by which it is cited: year, post and number, `09 OSLO 461`.
        pub mrn: Option<Mrn<'a>>,
        /// Whether it is an extract, a message header alone, a body alone, visibly truncated, or a record that lost its text.
        pub partial: bool,
        /// Format lines 1 to 4: how this copy was transmitted.
        pub transmission: Option<Transmission<'a>>,
        /// The ACTION or ORIGIN block of offices.
        pub distribution: Option<Distribution<'a>>,
        /// Who drafted, approved and cleared it.
        pub drafting: Option<Drafting<'a>>,
        /// Format line 5: the precedence for action and for information addressees.
        pub precedence: Option<MessagePrecedence>,
        /// Format line 5: the date-time group.
        pub dtg: Option<Dtg<'a>>,
        /// Format line 6: the originator.
        pub from: Option<Originator<'a>>,
        /// Format line 7: the action addressees.
        #[cfg_attr(feature = "schemars", schemars(with = "Vec<addressee::Keys<'a>>"))]
        pub to: Vec<Addressee<'a>> as (Cable::to_keys),
        /// Format line 8: the information addressees.
        #[cfg_attr(feature = "schemars", schemars(with = "Vec<addressee::Keys<'a>>"))]
        pub info: Vec<Addressee<'a>> as (Cable::info_keys),
        /// Format line 9, `XMT`: who is left out of a collective.
        #[cfg_attr(feature = "schemars", schemars(with = "Vec<addressee::Keys<'a>>"))]
        pub exempted: Vec<Addressee<'a>> as (Cable::exempted_keys),
        /// The classification, with what is written of it.
        pub classification: Option<Classification<'a>> as (Cable::classification_keys)
            => highest_level: (Cable::highest_level),
        /// The section of the classification line, `SECTION 01 OF 03`.
        pub section: Section,
        /// Captions in their order, upper case, each once: `SIPDIS`, `NOFORN`. [`caption`](crate::knowledge::caption) has
        /// the meaning of each.
        pub captions: Vec<Cow<'a, str>>,
        /// Passing instructions, one a line: `DEPT FOR EUR/NB`, `STATE PASS TO USTR`.
        pub pass_lines: Vec<Cow<'a, str>>,
        /// What was corrected, according to a corrected copy.
        pub corrected_copy: Option<Cow<'a, str>>,
        /// The executive order on classification and its declassification instruction.
        pub executive_order: Option<ExecutiveOrder<'a>> => declassify_on: (Cable::declassify_on),
        /// Traffic Analysis by Geography and Subject: codes for subjects, countries, organizations, programmes, persons.
        #[cfg_attr(feature = "schemars", schemars(with = "Vec<tags::Keys<'a>>"))]
        pub tags: Vec<Tag<'a>> as (Cable::tag_keys),
        /// The subject, in one line, without its portion mark. [`Cable::subject_title`] writes it for people.
        pub subject: Option<Cow<'a, str>> => subject_title: (Cable::subject_title),
        /// The portion mark of the subject, as written: `U`, `C`, `S/NF`.
        pub subject_mark: Option<PortionMark<'a>>,
        /// The references, in their order.
        pub references: Vec<Reference<'a>>,
        /// Who classified it and why: `Classified By`.
        pub classified_by: Option<Authority<'a>>,
        /// The text: paragraphs, headings and what is between them.
        pub body: Vec<Block<'a>> => summary: (Cable::summary) => comment: (Cable::comment),
        /// The last line: the surname of the officer in charge, as written.
        pub signature: Option<Cow<'a, str>>,
        /// The trailer of an archive record, `Message Attributes`.
        pub attributes: Option<Box<Attributes<'a>>>,
    }
}

impl<'a> Cable<'a> {
    /// The summary: from the word that opens it to the one that closes it, both left out.
    ///
    /// It is found in the body each time this is called; the text is in one line a paragraph of the cable.
    pub fn summary(&self) -> Option<String> {
        passage::find(&self.body, passage::Name::Summary)
    }

    /// The comment: the post's own opinion, found as the summary is.
    pub fn comment(&self) -> Option<String> {
        passage::find(&self.body, passage::Name::Comment)
    }

    /// The subject for people: in title case where it is written in capitals, with abbreviations and codes kept.
    ///
    /// ```
    /// let text = "UNCLAS OSLO 000461\n\nTAGS: SENV, NO\nSUBJECT: OSLO'S FISH MARKET AND THE EU: A UK-NORWEGIAN VIEW\n";
    /// let cable = cablegram::parse(text)?.cable;
    /// assert_eq!(cable.subject_title().as_deref(), Some("Oslo's Fish Market and the EU: A UK-Norwegian View"));
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    pub fn subject_title(&self) -> Option<String> {
        self.subject.as_deref().map(subject::title)
    }

    /// The id under which published cables are known, `09OSLO461`: [`Mrn::id`].
    pub fn id(&self) -> Option<String> {
        self.mrn.as_ref()?.id()
    }

    /// The paragraphs of the body, in their order.
    ///
    /// ```
    /// let text = "UNCLAS OSLO 000461\n\nTAGS: NO\nSUBJECT: FISH\n\nCOD\n---\n\n1. (U) Cod.\n\n2. (SBU) Herring.\n";
    /// let cable = cablegram::parse(text)?.cable;
    /// let numbers: Vec<Option<u8>> = cable.paragraphs().map(|paragraph| paragraph.number()).collect();
    /// assert_eq!(numbers, [Some(1), Some(2)]);
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    pub fn paragraphs(&self) -> impl Iterator<Item = &Block<'a>> {
        self.body.iter().filter(|block| block.is_paragraph())
    }

    /// The highest level of all markings: the classification, the marks of the paragraphs and that of the subject.
    pub fn highest_level(&self) -> Option<Level> {
        self.classification.as_ref().map(|classification| classification.level).max(self.highest_portion_mark())
    }

    /// The highest level that a portion mark of the body or the subject names.
    pub fn highest_portion_mark(&self) -> Option<Level> {
        self.portion_marks().map(PortionMark::level).max()
    }

    /// The portion marks of the body, then that of the subject.
    pub(crate) fn portion_marks(&self) -> impl Iterator<Item = &PortionMark<'a>> {
        self.body.iter().filter_map(Block::portion_mark).chain(&self.subject_mark)
    }

    /// Whether a caption marks it as sensitive but unclassified: SENSITIVE, SBU, FOUO, EFTO.
    pub fn is_sensitive(&self) -> bool {
        self.captions.iter().any(|words| caption::is_sensitive(words))
    }

    /// The best date that the cable has, with its source: the date-time group, else the filing time of format line 3, else
    /// the date of the Message Attributes, which has no time.
    ///
    /// ```
    /// use cablegram::DateSource;
    ///
    /// let text = "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 461\n\nSUBJECT: FISH\n";
    /// let date = cablegram::parse(text)?.cable.date().expect("a date-time group");
    /// assert_eq!((date.day.to_string().as_str(), date.source), ("2009-07-03", DateSource::DateTimeGroup));
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    pub fn date(&self) -> Option<CableDate> {
        let timed = |utc: DateTime<Utc>, source| CableDate { day: utc.date_naive(), utc: Some(utc), source };
        let of_group = || Some(timed(self.dtg.as_ref()?.utc?, DateSource::DateTimeGroup));
        let of_filing = || Some(timed(self.transmission.as_ref()?.filed?, DateSource::FilingTime));
        let of_attributes = || {
            let day = self.attributes.as_ref()?.draft_date?;
            Some(CableDate { day, utc: None, source: DateSource::Attributes })
        };
        of_group().or_else(of_filing).or_else(of_attributes)
    }

    /// The year of the cable: that of its number, else that of its date.
    pub fn year(&self) -> Option<i32> {
        let of_number = self.mrn.as_ref().and_then(|mrn| mrn.year);
        of_number.or_else(|| self.date().map(|date| date.day.year()))
    }

    /// The highest precedence at which the cable went to anybody: of format line 5 and of the addressees, else that of
    /// format line 2.
    pub fn effective_precedence(&self) -> Option<Precedence> {
        let of_message = self.precedence.into_iter().flat_map(|both| [Some(both.action), both.info]).flatten();
        let of_addressees = self.to.iter().chain(&self.info).filter_map(|addressee| addressee.precedence);
        of_message.chain(of_addressees).max().or_else(|| self.transmission.as_ref()?.precedence)
    }

    /// The number of the record in the archive, `1973SANTIA04059`: `Document Number` of the Message Attributes.
    pub fn archive_id(&self) -> Option<&str> {
        self.attributes.as_ref()?.document_number.as_deref()
    }

    /// The precedence at which an addressee gets the cable: its own, else that of format line 5 for its list.
    fn precedence_of(
        &self,
        addressee: &Addressee<'_>,
        list: fn(MessagePrecedence) -> Precedence,
    ) -> Option<Precedence> {
        addressee.precedence.or_else(|| self.precedence.map(list))
    }

    #[cfg(feature = "serde")]
    fn to_keys(&self) -> Vec<addressee::Keys<'_>> {
        self.to.iter().map(|to| to.keys(self.precedence_of(to, |both| both.action))).collect()
    }

    #[cfg(feature = "serde")]
    fn info_keys(&self) -> Vec<addressee::Keys<'_>> {
        self.info.iter().map(|to| to.keys(self.precedence_of(to, MessagePrecedence::for_info))).collect()
    }

    /// Who is left out gets nothing.
    #[cfg(feature = "serde")]
    fn exempted_keys(&self) -> Vec<addressee::Keys<'_>> {
        self.exempted.iter().map(|to| to.keys(None)).collect()
    }

    #[cfg(feature = "serde")]
    fn declassify_on(&self) -> Option<NaiveDate> {
        self.declassification_day().map(|found| found.day)
    }

    /// The TAGS with their meaning in the year of the cable and in its countries.
    #[cfg(feature = "serde")]
    fn tag_keys(&self) -> Vec<tags::Keys<'_>> {
        let from: Option<&str> = self.from.as_ref().and_then(Originator::post);
        let own = self.mrn.as_ref().map(|mrn| &*mrn.post).filter(|own| Some(*own) != from);
        #[allow(
            clippy::redundant_closure_for_method_calls,
            reason = "the method gives a longer lifetime than the others have"
        )]
        let to = self.to.iter().filter_map(|to| to.post());
        let countries = tags::countries(from.into_iter().chain(own).chain(to));
        tags::keys_of(&self.tags, tags::Context { year: self.year(), countries })
    }

    /// The classification with the flag of the captions.
    #[cfg(feature = "serde")]
    fn classification_keys(&self) -> Option<classification::Keys<'_>> {
        self.classification.as_ref().map(|classification| classification.keys(self.is_sensitive()))
    }

    /// The day on which the cable was or will be declassified by its own marking:
    /// [`ExecutiveOrder::declassification_day`] with the cable's level and day.
    pub fn declassification_day(&self) -> Option<DeclassificationDay> {
        let written = self.dtg.as_ref().and_then(|dtg| dtg.utc).map(|utc| utc.date_naive());
        self.executive_order.as_ref()?.declassification_day(self.classification.as_ref()?.level, written)
    }
}

/// The date of a cable: [`Cable::date`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CableDate {
    /// The day, in UTC where the time is known.
    pub day: NaiveDate,
    /// The time, where the source has one.
    pub utc: Option<DateTime<Utc>>,
    /// What it was taken from.
    pub source: DateSource,
}

/// What a date was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum DateSource {
    /// The date-time group of format line 5.
    DateTimeGroup,
    /// The filing time of format line 3, with the year of the date-time group.
    FilingTime,
    /// `Draft Date` or `Sent Date` of the Message Attributes.
    Attributes,
}

/// A block of the body.
///
/// In the JSON a kind of a later version is read as text.
///
/// ```
/// use cablegram::{Block, PortionMark};
///
/// let mark = PortionMark::parse("SBU")?;
/// let paragraph = Block::paragraph(2, mark, "The gulls follow.");
/// assert_eq!(paragraph.to_string(), "2. (SBU) The gulls follow.");
/// # Ok::<(), cablegram::PortionMarkError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(from = "BlockKeys<'a>"))]
#[non_exhaustive]
pub enum Block<'a> {
    /// A numbered or portion-marked paragraph, with the bullets, tables and unnumbered lines that follow it.
    Paragraph {
        /// Its number, repaired where it was damaged. Numbers above 199 are read as prose.
        number: Option<u8>,
        /// Its portion mark: `SBU`, `S/NF`, `U//FOUO`.
        portion_mark: Option<PortionMark<'a>>,
        /// Its text, without number and mark.
        text: BodyText<'a>,
    },
    /// A heading, without its rules of dashes.
    Heading {
        /// The heading.
        text: BodyText<'a>,
    },
    /// Text outside a paragraph: tables, and lines that were not understood, too.
    Text {
        /// The text.
        text: BodyText<'a>,
    },
}

#[cfg(feature = "serde")]
impl serde::Serialize for Block<'_> {
    /// Every kind has all keys, so that a table can be made of them.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let kind = match self {
            Self::Paragraph { .. } => "paragraph",
            Self::Heading { .. } => "heading",
            Self::Text { .. } => "text",
        };
        let mark = self.portion_mark();
        let controls: Vec<&str> = mark.into_iter().flat_map(PortionMark::controls).collect();
        let mut out = serializer.serialize_struct("Block", 6)?;
        out.serialize_field("kind", kind)?;
        out.serialize_field("number", &self.number())?;
        out.serialize_field("portion_mark", &mark)?;
        out.serialize_field("level", &mark.map(PortionMark::level))?;
        out.serialize_field("controls", &controls)?;
        out.serialize_field("text", self.text())?;
        out.end()
    }
}

/// The keys that a block is read from.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct BlockKeys<'a> {
    kind: Cow<'a, str>,
    number: Option<u8>,
    portion_mark: Option<PortionMark<'a>>,
    text: BodyText<'a>,
}

#[cfg(feature = "serde")]
impl<'a> From<BlockKeys<'a>> for Block<'a> {
    fn from(keys: BlockKeys<'a>) -> Self {
        let BlockKeys { kind, number, portion_mark, text } = keys;
        match &*kind {
            "paragraph" => Self::Paragraph { number, portion_mark, text },
            "heading" => Self::Heading { text },
            _ => Self::Text { text },
        }
    }
}

impl<'a> Block<'a> {
    /// A paragraph with its number and its portion mark.
    pub fn paragraph(
        number: impl Into<Option<u8>>,
        mark: impl Into<Option<PortionMark<'a>>>,
        text: impl Into<BodyText<'a>>,
    ) -> Self {
        Self::Paragraph { number: number.into(), portion_mark: mark.into(), text: text.into() }
    }

    /// A heading.
    pub fn heading(text: impl Into<BodyText<'a>>) -> Self {
        Self::Heading { text: text.into() }
    }

    /// Its text.
    pub const fn text(&self) -> &BodyText<'a> {
        match self {
            Self::Paragraph { text, .. } | Self::Heading { text } | Self::Text { text } => text,
        }
    }

    /// Its text, to be changed.
    pub const fn text_mut(&mut self) -> &mut BodyText<'a> {
        match self {
            Self::Paragraph { text, .. } | Self::Heading { text } | Self::Text { text } => text,
        }
    }

    /// Whether it is a paragraph.
    pub const fn is_paragraph(&self) -> bool {
        matches!(self, Self::Paragraph { .. })
    }

    /// The number of a paragraph.
    pub const fn number(&self) -> Option<u8> {
        match self {
            Self::Paragraph { number, .. } => *number,
            _ => None,
        }
    }

    /// The portion mark of a paragraph.
    pub const fn portion_mark(&self) -> Option<&PortionMark<'a>> {
        match self {
            Self::Paragraph { portion_mark, .. } => portion_mark.as_ref(),
            _ => None,
        }
    }

    /// Returns the same block, which owns its text.
    pub fn into_owned(self) -> Block<'static> {
        match self {
            Self::Paragraph { number, portion_mark, text } => Block::Paragraph {
                number,
                portion_mark: portion_mark.map(PortionMark::into_owned),
                text: text.into_owned(),
            },
            Self::Heading { text } => Block::Heading { text: text.into_owned() },
            Self::Text { text } => Block::Text { text: text.into_owned() },
        }
    }
}

impl IntoOwned for Block<'_> {
    type Owned = Block<'static>;

    fn into_owned(self) -> Block<'static> {
        Block::into_owned(self)
    }
}

impl fmt::Display for Block<'_> {
    /// A paragraph with its number and mark, other blocks as their text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(number) = self.number() {
            write!(f, "{number}. ")?;
        }
        if let Some(mark) = self.portion_mark() {
            write!(f, "({mark}) ")?;
        }
        self.text().fmt(f)
    }
}
