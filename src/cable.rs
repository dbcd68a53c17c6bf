//! The typed cable.

use std::borrow::Cow;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::archive::attributes::Attributes;
use crate::diagnostic::Diagnostic;
use crate::field::addressee::{Addressee, Originator};
use crate::field::authority::Authority;
use crate::field::classification::{Classification, Level};
use crate::field::distribution::Distribution;
use crate::field::drafting::Drafting;
use crate::field::dtg::Dtg;
use crate::field::executive_order::{DeclassificationDay, ExecutiveOrder};
use crate::field::mrn::Mrn;
use crate::field::passage;
use crate::field::portion_mark;
use crate::field::precedence::MessagePrecedence;
use crate::field::reference::Reference;
use crate::field::section::Section;
use crate::field::subject;
use crate::field::tags::Tag;
use crate::field::transmission::Transmission;
use crate::region::Region;
use crate::text::BodyText;
use crate::value::owned;

/// What [`parse`](crate::parse) gives back.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parsed<'a> {
    /// The cable.
    pub cable: Cable<'a>,
    /// A gapless, ordered partition of the text that was parsed.
    pub regions: Vec<Region>,
    /// What was repaired, assumed or not understood, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed<'_> {
    /// The same, owning its text.
    pub fn into_owned(self) -> Parsed<'static> {
        Parsed { cable: self.cable.into_owned(), regions: self.regions, diagnostics: self.diagnostics }
    }
}

/// In which wrapper a cable stood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// A transmission copy with the format lines of ACP 127, or what is left of one.
    #[default]
    Acp127,
    /// A record of the archive's 1973 to 1979 file, with PAGE lines, distribution and Message Attributes.
    Archive,
    /// A record of the SMART system (2009 on), with labelled lines. No real one was seen: this is tested with synthetic
    /// records alone.
    Smart,
}

/// A cable (telegram) of the Department of State.
///
/// Values are as written in the text except where a field says otherwise; what is absent is `None` or empty. It points
/// into the text that it was parsed from; [`Cable::into_owned`] cuts it loose.
///
/// Of what was parsed this holds, and who changes a cable by hand keeps to it, so that a telegram can say it
/// ([`Cable::try_to_telegram`] refuses the rest):
///
/// * A string is one line, not empty, with one blank between its words and none round them. Only the [`BodyText`] of a block has
///   several lines, and the letters of a classification may have any blanks between them.
/// * Where a `text` stands beside what it was read as (a reference, the executive order, the date-time group), both say the
///   same; so do a name and its `post`, a TAG and its `name`.
/// * Captions, TAGS and reasons stand once.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(transform = crate::schema::with_passages)
)]
#[non_exhaustive]
pub struct Cable<'a> {
    /// The wrapper it stood in.
    pub format: Format,
    /// The message reference number, by which it is cited: year, post and number, `09 OSLO 461`.
    pub mrn: Option<Mrn<'a>>,
    /// Whether it is an extract, a heading alone, a body alone, visibly cut off, or a record that lost its text.
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
    pub to: Vec<Addressee<'a>>,
    /// Format line 8: the information addressees.
    pub info: Vec<Addressee<'a>>,
    /// Format line 9, `XMT`: who is left out of a collective.
    pub exempted: Vec<Addressee<'a>>,
    /// The classification, with what is written of it.
    pub classification: Option<Classification<'a>>,
    /// The section of the classification line, `SECTION 01 OF 03`.
    pub section: Section,
    /// Captions in their order, upper case, each once: `SIPDIS`, `NOFORN`. [`caption`](crate::knowledge::caption) tells
    /// what each means.
    pub captions: Vec<Cow<'a, str>>,
    /// Passing instructions, one a line: `DEPT FOR EUR/NB`, `STATE PASS TO USTR`.
    pub pass_lines: Vec<Cow<'a, str>>,
    /// What a corrected copy says was corrected.
    pub corrected_copy: Option<Cow<'a, str>>,
    /// The executive order on classification and its declassification instruction.
    pub executive_order: Option<ExecutiveOrder<'a>>,
    /// Traffic Analysis by Geography and Subject: codes for subjects, countries, organizations, programmes, persons.
    pub tags: Vec<Tag<'a>>,
    /// The subject, in one line, without its portion mark. [`Cable::subject_title`] writes it for people.
    pub subject: Option<Cow<'a, str>>,
    /// The portion mark of the subject, as written: `U`, `C`, `S/NF`.
    pub subject_mark: Option<Cow<'a, str>>,
    /// The references, in their order.
    pub references: Vec<Reference<'a>>,
    /// Who classified it and why: `Classified By`.
    pub classified_by: Option<Authority<'a>>,
    /// The text: paragraphs, headings and what stands between them.
    pub body: Vec<Block<'a>>,
    /// The last line: the surname of the officer in charge, as written.
    pub signature: Option<Cow<'a, str>>,
    /// The trailer of an archive record, `Message Attributes`.
    pub attributes: Option<Box<Attributes<'a>>>,
}

impl Cable<'_> {
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

    /// The highest level that a portion mark of the body or the subject names.
    pub fn highest_portion_mark(&self) -> Option<Level> {
        let of_body = self.body.iter().filter_map(Block::portion_mark);
        of_body.chain(self.subject_mark.as_deref()).filter_map(portion_mark::highest_level).max()
    }

    /// The day on which the cable was or will be declassified by its own marking:
    /// [`ExecutiveOrder::declassification_day`] with the cable's level and day.
    pub fn declassification_day(&self) -> Option<DeclassificationDay> {
        let written = self.dtg.as_ref().and_then(|dtg| dtg.utc).map(|utc| utc.date_naive());
        self.executive_order.as_ref()?.declassification_day(self.classification.as_ref()?.level, written)
    }

    /// The fields in which another cable differs, by their names in the JSON.
    ///
    /// ```
    /// let parse = |subject| cablegram::parse(subject).map(|read| read.cable);
    /// let first = parse("UNCLAS OSLO 000461\n\nTAGS: NO\nSUBJECT: FISH\n")?;
    /// let second = parse("UNCLAS OSLO 000461\n\nTAGS: NO\nSUBJECT: COD\n")?;
    /// assert_eq!(first.differences(&second), ["subject"]);
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    pub fn differences(&self, other: &Cable<'_>) -> Vec<&'static str> {
        macro_rules! differing {
            ($($field:ident),+) => { [$((stringify!($field), self.$field != other.$field)),+] };
        }
        let fields = differing!(
            format,
            mrn,
            partial,
            transmission,
            distribution,
            drafting,
            precedence,
            dtg,
            from,
            to,
            info,
            exempted,
            classification,
            section,
            captions,
            pass_lines,
            corrected_copy,
            executive_order,
            tags,
            subject,
            subject_mark,
            references,
            classified_by,
            body,
            signature,
            attributes
        );
        fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
    }

    /// The same cable, owning its text.
    pub fn into_owned(self) -> Cable<'static> {
        let list = |list: Vec<Cow<'_, str>>| list.into_iter().map(owned).collect();
        let addressees = |list: Vec<Addressee<'_>>| list.into_iter().map(Addressee::into_owned).collect();
        Cable {
            format: self.format,
            mrn: self.mrn.map(Mrn::into_owned),
            partial: self.partial,
            transmission: self.transmission.map(Transmission::into_owned),
            distribution: self.distribution.map(Distribution::into_owned),
            drafting: self.drafting.map(Drafting::into_owned),
            precedence: self.precedence,
            dtg: self.dtg.map(Dtg::into_owned),
            from: self.from.map(Originator::into_owned),
            to: addressees(self.to),
            info: addressees(self.info),
            exempted: addressees(self.exempted),
            classification: self.classification.map(Classification::into_owned),
            section: self.section,
            captions: list(self.captions),
            pass_lines: list(self.pass_lines),
            corrected_copy: self.corrected_copy.map(owned),
            executive_order: self.executive_order.map(ExecutiveOrder::into_owned),
            tags: self.tags.into_iter().map(Tag::into_owned).collect(),
            subject: self.subject.map(owned),
            subject_mark: self.subject_mark.map(owned),
            references: self.references.into_iter().map(Reference::into_owned).collect(),
            classified_by: self.classified_by.map(Authority::into_owned),
            body: self.body.into_iter().map(Block::into_owned).collect(),
            signature: self.signature.map(owned),
            attributes: self.attributes.map(|a| Box::new(a.into_owned())),
        }
    }
}

/// All fields, with the two that are found in the body: `summary` and `comment`.
impl Serialize for Cable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [summary, comment] = passage::both(&self.body);
        let mut out = serializer.serialize_struct("Cable", 28)?;
        out.serialize_field("format", &self.format)?;
        out.serialize_field("mrn", &self.mrn)?;
        out.serialize_field("partial", &self.partial)?;
        out.serialize_field("transmission", &self.transmission)?;
        out.serialize_field("distribution", &self.distribution)?;
        out.serialize_field("drafting", &self.drafting)?;
        out.serialize_field("precedence", &self.precedence)?;
        out.serialize_field("dtg", &self.dtg)?;
        out.serialize_field("from", &self.from)?;
        out.serialize_field("to", &self.to)?;
        out.serialize_field("info", &self.info)?;
        out.serialize_field("exempted", &self.exempted)?;
        out.serialize_field("classification", &self.classification)?;
        out.serialize_field("section", &self.section)?;
        out.serialize_field("captions", &self.captions)?;
        out.serialize_field("pass_lines", &self.pass_lines)?;
        out.serialize_field("corrected_copy", &self.corrected_copy)?;
        out.serialize_field("executive_order", &self.executive_order)?;
        out.serialize_field("tags", &self.tags)?;
        out.serialize_field("subject", &self.subject)?;
        out.serialize_field("subject_mark", &self.subject_mark)?;
        out.serialize_field("references", &self.references)?;
        out.serialize_field("classified_by", &self.classified_by)?;
        out.serialize_field("body", &self.body)?;
        out.serialize_field("summary", &summary)?;
        out.serialize_field("comment", &comment)?;
        out.serialize_field("signature", &self.signature)?;
        out.serialize_field("attributes", &self.attributes)?;
        out.end()
    }
}

/// A block of the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Block<'a> {
    /// A numbered or portion-marked paragraph, with the bullets, tables and unnumbered lines that follow it.
    Paragraph {
        /// Its number, repaired where it was damaged. Numbers above 199 are read as prose.
        number: Option<u8>,
        /// Its portion mark without brackets: `SBU`, `S/NF`, `U//FOUO`.
        portion_mark: Option<Cow<'a, str>>,
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

impl<'a> Block<'a> {
    /// Its text.
    pub const fn text(&self) -> &BodyText<'a> {
        match self {
            Self::Paragraph { text, .. } | Self::Heading { text } | Self::Text { text } => text,
        }
    }

    /// The portion mark of a paragraph.
    pub fn portion_mark(&self) -> Option<&str> {
        match self {
            Self::Paragraph { portion_mark, .. } => portion_mark.as_deref(),
            _ => None,
        }
    }

    /// The same block, owning its text.
    pub fn into_owned(self) -> Block<'static> {
        match self {
            Self::Paragraph { number, portion_mark, text } => {
                Block::Paragraph { number, portion_mark: portion_mark.map(owned), text: text.into_owned() }
            }
            Self::Heading { text } => Block::Heading { text: text.into_owned() },
            Self::Text { text } => Block::Text { text: text.into_owned() },
        }
    }
}
