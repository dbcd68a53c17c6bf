//! The trailer of an archive record: `Message Attributes`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use crate::archive::record::is_stamp;
use crate::diagnostic::DiagnosticCode;
use crate::field::classification::Level;
use crate::field::executive_order::Declassification;
use crate::field::reference::{self, Reference};
use crate::grammar::{month_number, number, strip_prefix_ignoring_case};
use crate::lines::{Line, Report, trim_start};
use crate::record::IntoOwned;
use crate::region::RegionKind;
use crate::span::Span;
use crate::value::Value;
use chrono::NaiveDate;

macro_rules! attributes {
    ($($(#[doc = $doc:literal])+ $field:ident: $type:ty = $($key:literal)|+, $read:ident;)+) => {
        /// The Message Attributes of a record of 1973 to 1979.
        ///
        /// A field is named as its key is, in `snake_case`. Values are as written, in one line; `n/a` in any case and
        /// the date 1 January 1960 are absent.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "serde", serde(default))]
        #[non_exhaustive]
        pub struct Attributes<'a> {
            $($(#[doc = $doc])+ pub $field: $type,)+
            /// Keys that have no field of their own, in `snake_case`, and dates and counts that could not be read; with
            /// their values as written. In the JSON it is a list of pairs, so that all records have the same keys.
            pub other: OtherAttributes<'a>,
        }

        impl<'a> Attributes<'a> {
            /// Returns the same value, which owns its text.
            pub fn into_owned(self) -> Attributes<'static> {
                Attributes {
                    $($field: IntoOwned::into_owned(self.$field),)+
                    other: self.other.into_owned(),
                }
            }

            /// The keys, each by its first name.
            pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
                [$(first(&[$($key),+])),+].into_iter()
            }

            /// Keys and values as a record has them.
            pub(crate) fn written(&self) -> Vec<(&'static str, String)> {
                let all = [$({
                    let key = first(&[$($key),+]);
                    (key, self.$field.written(key))
                }),+];
                all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
            }

            /// Puts a value into the field of its key.
            fn store(&mut self, key: &str, raw: &Raw<'_, 'a>) -> Result<(), Refusal> {
                match key {
                    $($($key)|+ => put(&mut self.$field, $read(raw)),)+
                    _ => Err(Refusal::UnknownKey),
                }
            }
        }

        impl IntoOwned for Attributes<'_> {
            type Owned = Attributes<'static>;

            fn into_owned(self) -> Attributes<'static> {
                Attributes::into_owned(self)
            }
        }

        /// Whether a key has a field.
        fn is_known(key: &str) -> bool {
            matches!(key, $($($key)|+)|+)
        }
    };
}

attributes! {
    /// `X` or `Z`.
    automatic_decaptioning: Option<Cow<'a, str>> = "Automatic Decaptioning", text;
    /// When the record was taken over into the archive.
    capture_date: Option<NaiveDate> = "Capture Date", day;
    /// A channel of its own: `SY`, `ROG`.
    channel_indicators: Option<Cow<'a, str>> = "Channel Indicators", text;
    /// `UNCLASSIFIED`, always.
    current_classification: Option<Cow<'a, str>> = "Current Classification", text;
    /// What it is about, in the words of the archive's thesaurus.
    concepts: Vec<Cow<'a, str>> = "Concepts", concepts;
    /// `S7700301`.
    control_number: Option<Cow<'a, str>> = "Control Number", text;
    /// `SINGLE`.
    copy: Option<Cow<'a, str>> = "Copy", text;
    /// The day of the message; `Sent Date` in the records of 1977.
    draft_date: Option<NaiveDate> = "Draft Date" | "Sent Date", day;
    /// When its captions were lifted.
    decaption_date: Option<NaiveDate> = "Decaption Date", day;
    /// Why its captions were lifted.
    decaption_note: Option<Cow<'a, str>> = "Decaption Note", text;
    /// `RELEASED`.
    disposition_action: Option<Cow<'a, str>> = "Disposition Action", text;
    /// When the disposition was approved.
    disposition_approved_on_date: Option<NaiveDate> = "Disposition Approved on Date", day;
    /// Who decided on the disposition.
    disposition_authority: Option<Cow<'a, str>> = "Disposition Authority", text;
    /// The case in which it was released.
    disposition_case_number: Option<Cow<'a, str>> = "Disposition Case Number", text;
    /// `25 YEAR REVIEW`.
    disposition_comment: Option<Cow<'a, str>> = "Disposition Comment", text;
    /// When it was released.
    disposition_date: Option<NaiveDate> = "Disposition Date", day;
    /// The event that releases it.
    disposition_event: Option<Cow<'a, str>> = "Disposition Event", text;
    /// Earlier dispositions.
    disposition_history: Option<Cow<'a, str>> = "Disposition History", text;
    /// The exemptions: `1.4D, 25X6`.
    disposition_reason: Option<Cow<'a, str>> = "Disposition Reason", text;
    /// Remarks on the disposition.
    disposition_remarks: Option<Cow<'a, str>> = "Disposition Remarks", text;
    /// Year, post in six letters and number: `1974LAPAZ00246`. See [`Attributes::document_mrn`].
    document_number: Option<Cow<'a, str>> = "Document Number", text;
    /// The system it came from: `CORE`, `ADS`, `TEDS`.
    document_source: Option<Cow<'a, str>> = "Document Source", text;
    /// `00`.
    document_unique_id: Option<Cow<'a, str>> = "Document Unique ID", text;
    /// Who drafted it: `PBTAYLOR:LEE`.
    drafter: Option<Cow<'a, str>> = "Drafter", text;
    /// A note on the record: `DG ALTERED - DATE`.
    enclosure: Option<Cow<'a, str>> = "Enclosure", text;
    /// The downgrading code; `N/A` is one. See [`Attributes::executive_order`].
    executive_order: Option<Cow<'a, str>> = "Executive Order", text;
    /// What went wrong when it was converted: `R111`.
    errors: Option<Cow<'a, str>> = "Errors", text;
    /// When the record expires.
    expiration: Option<Cow<'a, str>> = "Expiration", text;
    /// Reel and frame on microfilm: `D750315-0387`.
    film_number: Option<Cow<'a, str>> = "Film Number", text;
    /// `TEL`.
    format: Option<Cow<'a, str>> = "Format", text;
    /// The post that sent it.
    from: Option<Cow<'a, str>> = "From", text;
    /// The captions it has now.
    handling_restrictions: Vec<Cow<'a, str>> = "Handling Restrictions", restrictions;
    /// Where its image lies.
    image_path: Option<Cow<'a, str>> = "Image Path", text;
    /// `1` or `2`.
    isecure: Option<Cow<'a, str>> = "ISecure", text;
    /// The file it was: `link1973/newtext/t19730626/aaaajkik.tel`.
    legacy_key: Option<Cow<'a, str>> = "Legacy Key", text;
    /// How many lines it has; none where the text is lost.
    line_count: Option<u32> = "Line Count", count;
    /// Lawsuits it is held for, by number.
    litigation_code_ids: Option<Cow<'a, str>> = "Litigation Code IDs", text;
    /// Lawsuits it is held for.
    litigation_codes: Option<Cow<'a, str>> = "Litigation Codes", text;
    /// Lawsuits it was held for.
    litigation_history: Option<Cow<'a, str>> = "Litigation History", text;
    /// Where the text is: `TEXT ON-LINE, ON MICROFILM`.
    locator: Option<Cow<'a, str>> = "Locator", text;
    /// The declassification stamp.
    markings: Option<Cow<'a, str>> = "Markings", text;
    /// The archive's own identifier.
    message_id: Option<Cow<'a, str>> = "Message ID", text;
    /// The office of the distribution block: `ACTION EUR`.
    office: Option<Cow<'a, str>> = "Office", text;
    /// The level it was sent with. See [`Attributes::classification`].
    original_classification: Option<Cow<'a, str>> = "Original Classification", text;
    /// The captions it was sent with.
    original_handling_restrictions: Vec<Cow<'a, str>> = "Original Handling Restrictions", restrictions;
    /// A level it had before.
    original_previous_classification: Option<Cow<'a, str>> = "Original Previous Classification", text;
    /// Captions it had before.
    original_previous_handling_restrictions: Vec<Cow<'a, str>> = "Original Previous Handling Restrictions", restrictions;
    /// How many pages it has.
    page_count: Option<u32> = "Page Count", count;
    /// A channel it had before.
    previous_channel_indicators: Option<Cow<'a, str>> = "Previous Channel Indicators", text;
    /// The level it had before its release.
    previous_classification: Option<Cow<'a, str>> = "Previous Classification", text;
    /// The captions it had before its release.
    previous_handling_restrictions: Vec<Cow<'a, str>> = "Previous Handling Restrictions", restrictions;
    /// The references: `75 STATE 222797`.
    reference: Vec<Cow<'a, str>> = "Reference", references;
    /// How long it is kept.
    retention: Option<Cow<'a, str>> = "Retention", text;
    /// `RELEASED, APPROVED`.
    review_action: Option<Cow<'a, str>> = "Review Action", text;
    /// Who reviewed it.
    review_authority: Option<Cow<'a, str>> = "Review Authority", text;
    /// A comment on the review.
    review_comment: Option<Cow<'a, str>> = "Review Comment", text;
    /// `ANOMALY` where the text is lost or damaged.
    review_content_flags: Option<Cow<'a, str>> = "Review Content Flags", text;
    /// When it was reviewed.
    review_date: Option<NaiveDate> = "Review Date", day;
    /// The event that ends the review.
    review_event: Option<Cow<'a, str>> = "Review Event", text;
    /// The exemptions found in the review.
    review_exemptions: Option<Cow<'a, str>> = "Review Exemptions", text;
    /// `RELEASED <16 Sep 2003 by MorefiRH>; APPROVED <...>`.
    review_history: Option<Cow<'a, str>> = "Review History", text;
    /// The stamp of the review.
    review_markings: Option<Cow<'a, str>> = "Review Markings", text;
    /// The medium it was reviewed on.
    review_media_identifier: Option<Cow<'a, str>> = "Review Media Identifier", text;
    /// Agencies it was referred to.
    review_referrals: Option<Cow<'a, str>> = "Review Referrals", text;
    /// When it may be released.
    review_release_date: Option<NaiveDate> = "Review Release Date", day;
    /// The event that releases it.
    review_release_event: Option<Cow<'a, str>> = "Review Release Event", text;
    /// When it was handed over.
    review_transfer_date: Option<NaiveDate> = "Review Transfer Date", day;
    /// What was taken out.
    review_withdrawn_fields: Option<Cow<'a, str>> = "Review Withdrawn Fields", text;
    /// Its number in the State Archiving System.
    sas_id: Option<Cow<'a, str>> = "SAS ID", text;
    /// `OPEN` or `LOCK1`.
    secure: Option<Cow<'a, str>> = "Secure", text;
    /// `NATIVE`, or who corrected the record.
    status: Option<Cow<'a, str>> = "Status", text;
    /// The subject.
    subject: Option<Cow<'a, str>> = "Subject", text;
    /// The TAGS; a person is an item of its own: `VAKY, VIRON P`.
    tags: Vec<Cow<'a, str>> = "TAGS", tag_list;
    /// The posts it went to.
    to: Vec<Cow<'a, str>> = "To", posts;
    /// `TE`, a telegram.
    r#type: Option<Cow<'a, str>> = "Type", text;
    /// The archive's key of the full text.
    vdkvgwkey: Option<Cow<'a, str>> = "vdkvgwkey", text;
}

/// The name of a key that has several.
fn first(names: &[&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}

/// A value as it stands after its key; nothing where there is none.
trait Written {
    fn written(&self, key: &str) -> Option<String>;
}

impl Written for Option<Cow<'_, str>> {
    fn written(&self, _: &str) -> Option<String> {
        self.as_deref().map(str::to_owned)
    }
}

impl Written for Option<NaiveDate> {
    /// `date = 2DIGIT SP month SP 4DIGIT`
    fn written(&self, _: &str) -> Option<String> {
        self.map(|day| day.format("%d %b %Y").to_string().to_uppercase())
    }
}

impl Written for Option<u32> {
    fn written(&self, _: &str) -> Option<String> {
        self.map(|count| count.to_string())
    }
}

impl Written for Vec<Cow<'_, str>> {
    /// Persons among the TAGS stand in brackets; references are parted by semicolons, for their dates have commas.
    fn written(&self, key: &str) -> Option<String> {
        let item = |item: &Cow<'_, str>| {
            if key == "TAGS" && item.contains(',') { format!("({item})") } else { item.to_string() }
        };
        let sign = if key == "Reference" { "; " } else { ", " };
        let items: Vec<String> = self.iter().map(item).collect();
        (!items.is_empty()).then(|| items.join(sign))
    }
}

/// Why a value has no place in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    UnknownKey,
    Unreadable,
    Repeated,
}

/// The first value counts.
fn put<T: Default + PartialEq>(field: &mut T, value: Result<T, Refusal>) -> Result<(), Refusal> {
    let value = value?;
    if *field == T::default() {
        *field = value;
        return Ok(());
    }
    if value == T::default() || value == *field { Ok(()) } else { Err(Refusal::Repeated) }
}

/// A value as it stands: what follows the key on its line, and the lines on which it goes on.
#[derive(Debug)]
struct Raw<'l, 'a> {
    key: &'a str,
    first: &'a str,
    rest: &'l [Line<'a>],
    /// The value in one line.
    value: Value<'a>,
}

impl<'l, 'a> Raw<'l, 'a> {
    fn new(key: &'a str, first: &'a str, line: &Line<'a>, rest: &'l [Line<'a>]) -> Self {
        let more = rest.iter().filter(|line| !is_stamp(line.text)).map(|line| (line.text, line.start));
        let start = line.start + line.text.len() - first.len();
        let value = without_escapes(Value::join(std::iter::once((first, start)).chain(more)));
        Self { key, first, rest, value }
    }

    /// The lines of the value.
    fn pieces(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.first).chain(self.rest.iter().map(|line| line.text).filter(|text| !is_stamp(text)))
    }

    /// The value in one line, unless it is `n/a` or empty.
    fn present(&self) -> Option<Cow<'a, str>> {
        let text = &self.value.text;
        // `Executive Order: N/A` is what the cable says; where it says nothing, the archive wrote `n/a`.
        let absent =
            text.is_empty() || text.eq_ignore_ascii_case("n/a") && !(self.key == "Executive Order" && text == "N/A");
        (!absent).then(|| text.clone())
    }
}

/// A value without the backslashes that the export put before apostrophes and quotation marks.
fn without_escapes(value: Value<'_>) -> Value<'_> {
    if !value.text.contains('\\') {
        return value;
    }
    let text = value.text.replace("\\'", "'").replace("\\\"", "\"");
    value.mended(text)
}

/// The attributes with their values as they stand, for the one that compares them with the text.
#[derive(Debug, Default)]
pub(crate) struct Trailer<'a> {
    pub(crate) attributes: Box<Attributes<'a>>,
    values: Vec<(&'a str, Value<'a>)>,
}

impl<'a> Trailer<'a> {
    /// The value of a key, in one line and with its place.
    pub(crate) fn value(&self, key: &str) -> Option<&Value<'a>> {
        self.values.iter().find(|(k, _)| *k == key).map(|(_, value)| value)
    }

    /// Where the value of a key stands; nowhere, if it is not there.
    pub(crate) fn span(&self, key: &str) -> Span {
        self.value(key).map_or_else(Span::default, |value| value.span)
    }

    /// Year, post and number of the Document Number, and where it stands.
    pub(crate) fn document(&self) -> Option<(i32, &str, u32, Span)> {
        self.attributes.document_mrn().map(|(year, post, number)| (year, post, number, self.span("Document Number")))
    }

    /// The references, read as those of a message are.
    pub(crate) fn references(&self, context: reference::Context<'_>) -> Vec<Reference<'a>> {
        let Some(value) = self.value("Reference") else { return Vec::new() };
        let mut quiet = Report::default();
        match mended_reference(&value.text) {
            Some(mended) => reference::parse(&value.mended(mended), context, &mut quiet),
            None => reference::parse(value, context, &mut quiet),
        }
    }
}

/// Reads the lines after `Message Attributes` and marks them.
///
/// A value goes on in the lines that follow it up to the next key.
pub(crate) fn parse<'a>(lines: &[Line<'a>], report: &mut Report) -> Trailer<'a> {
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let kind = if is_stamp(line.text) { RegionKind::Stamp } else { RegionKind::Attributes };
        report.mark(line, kind);
    }
    let mut attributes = Box::<Attributes<'a>>::default();
    let mut values = Vec::new();
    let mut keyed = lines.iter().enumerate().filter_map(|(at, line)| Some((at, key_line(line.text)?))).peekable();
    let before = keyed.peek().map_or(lines.len(), |(first, _)| *first);
    report_keyless(lines.get(..before).unwrap_or_default(), report);
    while let Some((at, (key, first))) = keyed.next() {
        let end = keyed.peek().map_or(lines.len(), |(next, _)| *next);
        let Some((line, more)) = lines.get(at..end).and_then(<[_]>::split_first) else { continue };
        let raw = Raw::new(key, first, line, more);
        if let Err(refusal) = attributes.store(key, &raw) {
            attributes.keep(&raw, refusal, report);
        }
        if key == "Reference" {
            report_mended(&raw, report);
        }
        if COMPARED.contains(&key) {
            values.push((key, raw.value));
        }
    }
    Trailer { attributes, values }
}

/// The keys that the text of the message speaks of, too.
const COMPARED: [&str; 11] = [
    "Document Number",
    "Draft Date",
    "Sent Date",
    "From",
    "To",
    "Original Classification",
    "Original Handling Restrictions",
    "Executive Order",
    "TAGS",
    "Subject",
    "Reference",
];

/// References that were made whole.
fn report_mended(raw: &Raw<'_, '_>, report: &mut Report) {
    if let Some(mended) = raw.present().and_then(|text| mended_reference(&text)) {
        let message = format!("the archive broke the references after 36 characters; read as {mended:?}");
        report.emit(DiagnosticCode::AttributeRepaired, raw.value.span, message);
    }
}

/// Lines before the first key.
fn report_keyless(lines: &[Line<'_>], report: &mut Report) {
    for line in lines.iter().filter(|line| !line.is_blank() && !is_stamp(line.text)) {
        let message = format!("{:?} before the first key of the Message Attributes; left out", line.trimmed());
        report.emit(DiagnosticCode::LineNotRecognised, line.text_span(), message);
    }
}

impl<'a> Attributes<'a> {
    /// Keeps what has no field under `other`.
    fn keep(&mut self, raw: &Raw<'_, 'a>, refusal: Refusal, report: &mut Report) {
        let Some(text) = raw.present() else { return };
        let span = raw.value.span;
        let key = raw.key;
        match refusal {
            Refusal::UnknownKey => {}
            Refusal::Unreadable => {
                let message = format!("{text:?} cannot be read as {key}; kept as text under \"other\"");
                report.emit(DiagnosticCode::FormatLineMalformed, span, message);
            }
            Refusal::Repeated => {
                let message = format!("a second {key}, {text:?}; the first one counts, this one is under \"other\"");
                report.emit(DiagnosticCode::FormatLineMalformed, span, message);
            }
        }
        self.other.entry(snake_case(key)).or_insert(text);
    }

    /// The level that the message was sent with, from `Original Classification`.
    ///
    /// The archive's machine took other words for it here and there (`SECRETARY`); they give none.
    pub fn classification(&self) -> Option<Level> {
        const LEVELS: [Level; 5] =
            [Level::Unclassified, Level::LimitedOfficialUse, Level::Confidential, Level::Secret, Level::TopSecret];
        let named = |text: &Option<Cow<'a, str>>| {
            let text = text.as_deref()?.trim_end_matches(['.', ',', '"', ')']);
            LEVELS.into_iter().find(|level| level.as_str().eq_ignore_ascii_case(text))
        };
        named(&self.original_classification).or_else(|| named(&self.previous_classification))
    }

    /// The executive order, where it is named, and the declassification instruction that the archive's code means.
    ///
    /// | code | meaning |
    /// | --- | --- |
    /// | `GS`, `GS 19850108 ROE, JANE` | general schedule, with its day |
    /// | `AS 19760331` | advanced schedule |
    /// | `X1` to `X4`, `X1 19990708` | exempt |
    /// | `OA` | the originating agency decides |
    /// | `11652 GDS` | as in the text |
    /// | `N/A` | not applicable |
    ///
    /// ```
    /// use cablegram::{Attributes, Declassification};
    ///
    /// let mut attributes = Attributes::default();
    /// attributes.executive_order = Some("11652 NA".into());
    /// assert_eq!(attributes.executive_order(), Some((Some(11652), Declassification::NotApplicable)));
    /// ```
    pub fn executive_order(&self) -> Option<(Option<u32>, Declassification<'_>)> {
        let text = self.executive_order.as_deref()?.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (order, rest) = match text.split_at_checked(digits) {
            Some((order, rest)) if digits == 5 => (number(order), rest.trim_start_matches([' ', ';', ':'])),
            _ => (None, text),
        };
        Some((order, archive_code(rest)))
    }

    /// Year, post and number of the message, from `Document Number`: `1974LAPAZ00246` is 1974, `LAPAZ`, 246. The post
    /// is the archive's code, its name cut to six letters without spaces: `SANTIA`, `USUNN`.
    ///
    /// ```
    /// use cablegram::Attributes;
    ///
    /// let mut attributes = Attributes::default();
    /// attributes.document_number = Some("1973SANTIA04059".into());
    /// assert_eq!(attributes.document_mrn(), Some((1973, "SANTIA", 4059)));
    /// ```
    pub fn document_mrn(&self) -> Option<(i32, &str, u32)> {
        let (year, rest) = self.document_number.as_deref()?.split_at_checked(4)?;
        let post = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let serial = rest.strip_prefix(post)?;
        let is_post = !post.is_empty() && post.bytes().all(|b| b.is_ascii_uppercase());
        let year = number(year).and_then(|year| i32::try_from(year).ok())?;
        is_post.then_some((year, post, number(serial)?))
    }
}

/// `key-line = *SP key ":" [ value ]`, where the key is one of those that have a field, or has the shape of one and a space
/// follows it.
fn key_line(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_at_checked(memchr::memchr(b':', line.as_bytes())?)?;
    let (key, value) = (trim_start(key), value.strip_prefix(':')?);
    let ends = matches!(value.as_bytes().first(), None | Some(b' ' | b'\t'));
    // Nearly all have the shape of a key; the few others are looked for among the known ones, which costs more.
    (ends && is_key_shaped(key) || is_known(key)).then_some((key, trim_start(value)))
}

/// Whether a line starts an attribute that has a field.
pub(crate) fn is_key_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| is_known(trim_start(key)))
}

/// `key = word *5( SP word )`, `word = "on" / "of" / upper *letter`, not all in capitals: no line of a cable of those years
/// has small letters.
fn is_key_shaped(key: &str) -> bool {
    let (mut words, mut small, mut before) = (0_usize, false, b' ');
    for (at, letter) in key.bytes().enumerate() {
        match letter {
            b'a'..=b'z' if before == b' ' => {
                let word = key.as_bytes().get(at..).unwrap_or_default();
                if !matches!(word, [b'o', b'n' | b'f', b' ', ..] | [b'o', b'n' | b'f']) {
                    return false;
                }
                (words, small) = (words + 1, true);
            }
            b'a'..=b'z' => small = true,
            b'A'..=b'Z' => words += usize::from(before == b' '),
            b' ' if before != b' ' => {}
            _ => return false,
        }
        before = letter;
    }
    small && before != b' ' && words <= 6
}

/// `Review Date` as `review_date`.
pub(crate) fn snake_case<'a>(key: &str) -> Cow<'a, str> {
    Cow::Owned(key.replace(' ', "_").to_ascii_lowercase())
}

type Read<T> = Result<T, Refusal>;

/// Any value. The readers are called alike, so this one cannot fail either.
#[expect(clippy::unnecessary_wraps, reason = "called through the table of keys")]
fn text<'a>(raw: &Raw<'_, 'a>) -> Read<Option<Cow<'a, str>>> {
    Ok(raw.present())
}

/// A count.
fn count(raw: &Raw<'_, '_>) -> Read<Option<u32>> {
    raw.present().map(|text| number(&text).ok_or(Refusal::Unreadable)).transpose()
}

/// A day; the first of January 1960 is the archive's way to say none.
fn day(raw: &Raw<'_, '_>) -> Read<Option<NaiveDate>> {
    let day = raw.present().map(|text| date(&text).ok_or(Refusal::Unreadable)).transpose()?;
    Ok(day.filter(|day| Some(*day) != NaiveDate::from_ymd_opt(1960, 1, 1)))
}

/// `date = 2DIGIT sep ( month / 2DIGIT ) sep 4DIGIT [ SP time ]`, `sep = SP / "-" / "/"`: `01 JAN 1994`,
/// `01-Jan-1994 12:00:00 am`, `31/12/2019`.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().splitn(4, [' ', '-', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    // What else there is must be a time of day.
    if day.len() > 2 || year.len() != 4 || parts.next().is_some_and(|rest| !rest.contains(':')) {
        return None;
    }
    let year = i32::try_from(number(year)?).ok()?;
    NaiveDate::from_ymd_opt(year, month_number(month).or_else(|| number(month))?, number(day)?)
}

/// `date8 = 4DIGIT 2DIGIT 2DIGIT`: `19850108`
fn date8(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 {
        return None;
    }
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

/// `archive-code = code [ sep ( date8 / date ) ] [ sep name ]`, `sep = SP / ","`
fn archive_code(text: &str) -> Declassification<'_> {
    let end = text.find([' ', ',', ';']).unwrap_or(text.len());
    let (code, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let when = rest.trim_start_matches([' ', ',', ';']).split(' ').next().unwrap_or_default();
    let date = date8(when).or_else(|| date(when));
    let exempt = |code| Declassification::Exempt { codes: vec![code], date };
    match code {
        "N/A" | "NA" => Declassification::NotApplicable,
        "GS" | "GDS" => Declassification::Schedule { schedule: Cow::Borrowed("GDS"), date },
        "AS" | "ADS" => Declassification::Schedule { schedule: Cow::Borrowed("ADS"), date },
        "OA" | "OADR" => Declassification::OriginatingAgency,
        "X1" | "X2" | "X3" | "X4" | "XGDS" => exempt(Cow::Borrowed(code)),
        _ if is_exempt_category(code) => exempt(Cow::Borrowed(code)),
        _ => Declassification::Unknown { text: Cow::Borrowed(text) },
    }
}

/// `exempt-category = "XGDS" [ "-" ] %x31-34`
fn is_exempt_category(code: &str) -> bool {
    let category = strip_prefix_ignoring_case(code, "XGDS").map(|rest| rest.trim_start_matches('-'));
    matches!(category, Some("1" | "2" | "3" | "4"))
}

/// A list whose items are cut out of the value in one line. An `n/a` among them says nothing.
fn list<'a>(raw: &Raw<'_, 'a>, cut: for<'t> fn(&'t str) -> Vec<&'t str>) -> Vec<Cow<'a, str>> {
    let says_something = |item: &&str| !item.eq_ignore_ascii_case("n/a");
    match raw.present() {
        None => Vec::new(),
        Some(Cow::Borrowed(text)) => cut(text).into_iter().filter(says_something).map(Cow::Borrowed).collect(),
        Some(Cow::Owned(text)) => {
            cut(&text).into_iter().filter(says_something).map(|item| Cow::Owned(item.to_owned())).collect()
        }
    }
}

/// `concepts = concept *( "," concept )`; a comma in brackets parts nothing.
#[expect(clippy::unnecessary_wraps, reason = "called through the table of keys")]
fn concepts<'a>(raw: &Raw<'_, 'a>) -> Read<Vec<Cow<'a, str>>> {
    Ok(list(raw, |text| outside_brackets(text, |c| c == ',')))
}

/// `restrictions = caption *( ( "," / ";" / SP ) caption )`
#[expect(clippy::unnecessary_wraps, reason = "called through the table of keys")]
fn restrictions<'a>(raw: &Raw<'_, 'a>) -> Read<Vec<Cow<'a, str>>> {
    Ok(list(raw, |text| text.split([',', ';', ' ']).filter(|item| !item.is_empty()).collect()))
}

/// `tag-list = tag *( [ "," ] SP tag )`, `tag = word / "(" name ")"`; a name is an item of its own, without its brackets.
#[expect(clippy::unnecessary_wraps, reason = "called through the table of keys")]
fn tag_list<'a>(raw: &Raw<'_, 'a>) -> Read<Vec<Cow<'a, str>>> {
    Ok(list(raw, |text| {
        let mut items = Vec::new();
        for item in outside_brackets(text, |c| c == ',') {
            match item.find('(').and_then(|at| item.split_at_checked(at)) {
                Some((tag, person)) => {
                    let parts = [tag, person].map(|part| part.trim_matches(['(', ')', ' ']));
                    items.extend(parts.into_iter().filter(|part| !part.is_empty()));
                }
                None => items.push(item),
            }
        }
        items
    }))
}

/// The references, cut as those of a message are, each with its label.
#[expect(clippy::unnecessary_wraps, reason = "called through the table of keys")]
fn references<'a>(raw: &Raw<'_, 'a>) -> Read<Vec<Cow<'a, str>>> {
    let mended = raw.present().and_then(|text| mended_reference(&text));
    Ok(match (mended, raw.present()) {
        (Some(mended), _) => reference::cut(&mended).into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
        (None, Some(Cow::Borrowed(text))) => reference::cut(text),
        (None, Some(Cow::Owned(text))) => {
            reference::cut(&text).into_iter().map(|item| Cow::Owned(item.into_owned())).collect()
        }
        (None, None) => Vec::new(),
    })
}

/// A list of references that the archive broke, made whole.
///
/// Before it wrote them with the year in front (`75 STATE 1234`), it kept the text in pieces of 36 characters and put a
/// comma between them, be it in the middle of a word: `... REPEATED TO U, SCINCSO`.
fn mended_reference(text: &str) -> Option<String> {
    const PIECE: usize = 36;
    if text.split(' ').next().is_some_and(|year| year.len() == 2 && number(year).is_some()) {
        return None;
    }
    let (first, rest) = text.split_at_checked(PIECE)?;
    if let Some(second) = rest.strip_prefix(", ") {
        return Some([first, second].concat());
    }
    // The first piece ended in a space.
    let (first, rest) = text.split_at_checked(PIECE - 1)?;
    rest.strip_prefix(", ").map(|second| [first, " ", second].concat())
}

/// `posts = post *( ( "," / 2*SP / " INFO " ) post )`: the archive parts posts by a column of spaces; one space can be of
/// a name, unless posts and agencies that are known cover the whole.
#[expect(clippy::unnecessary_wraps, reason = "called through the table of keys")]
fn posts<'a>(raw: &Raw<'_, 'a>) -> Read<Vec<Cow<'a, str>>> {
    if raw.present().is_none() {
        return Ok(Vec::new());
    }
    let names = raw.pieces().flat_map(|piece| piece.split(',')).flat_map(|piece| piece.split("  "));
    let names = names.flat_map(|piece| piece.split(" INFO ")).map(str::trim).filter(|name| !name.is_empty());
    Ok(names.flat_map(covered).map(Cow::Borrowed).collect())
}

/// `COM STATE` as `COM` and `STATE`: known names that cover all words, the longest first; else the whole.
fn covered(name: &str) -> Vec<&str> {
    const AGENCIES: [&str; 12] =
        ["AGR", "AID", "CIA", "COM", "DEA", "DOD", "EXIM", "FAA", "LAB", "NSC", "TRSY", "USIA"];
    const MOST_WORDS: usize = 4;
    const LONGEST: usize = 64;
    let is_known = |name: &str| AGENCIES.contains(&name) || crate::knowledge::post(name).is_some();
    let mut rest = name;
    let mut names = Vec::new();
    while !rest.is_empty() {
        let ends = rest.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS - 1);
        let ends = ends.chain((rest.len() < LONGEST).then_some(rest.len()));
        let known = ends.filter_map(|end| rest.split_at_checked(end)).filter(|(head, _)| is_known(head)).last();
        let Some((head, tail)) = known else { return vec![name] };
        names.push(head);
        rest = tail.trim_start();
    }
    names
}

/// The parts of `text` between separators that stand in no brackets, trimmed, without empty ones.
///
/// A bracket that is never closed parts nothing after it.
fn outside_brackets(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<&str> {
    let mut depth = 0_u32;
    text.split(|c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && is_separator(c)
    })
    .map(str::trim)
    .filter(|item| !item.is_empty())
    .collect()
}

/// Keys of the Message Attributes that have no field of their own, with their values.
///
/// It is a map. In the JSON it is a list of keys with their values, so that all records have the same columns.
///
/// ```
/// use cablegram::OtherAttributes;
///
/// let mut other = OtherAttributes::default();
/// other.insert("fish_colour".into(), "RED".into());
/// assert_eq!(serde_json::to_string(&other)?, r#"[{"key":"fish_colour","value":"RED"}]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OtherAttributes<'a>(BTreeMap<Cow<'a, str>, Cow<'a, str>>);

impl OtherAttributes<'_> {
    /// Returns the same value, which owns its text.
    pub fn into_owned(self) -> OtherAttributes<'static> {
        let owned = |(key, value)| (IntoOwned::into_owned(key), IntoOwned::into_owned(value));
        OtherAttributes(self.0.into_iter().map(owned).collect())
    }
}

impl<'a> Deref for OtherAttributes<'a> {
    type Target = BTreeMap<Cow<'a, str>, Cow<'a, str>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for OtherAttributes<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

/// One of [`OtherAttributes`] in the JSON.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub(crate) struct Pair<'a> {
    /// The key, in `snake_case`.
    key: Cow<'a, str>,
    /// The value, as written.
    value: Cow<'a, str>,
}

#[cfg(feature = "serde")]
impl serde::Serialize for OtherAttributes<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pair = |(key, value)| Pair { key: Cow::clone(key), value: Cow::clone(value) };
        serializer.collect_seq(self.0.iter().map(pair))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for OtherAttributes<'_> {
    /// Reads an object, too: so were they written before they were pairs.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
        use serde::de::{Deserialize, MapAccess, SeqAccess, Visitor};

        struct PairsOrObject;

        impl<'de> Visitor<'de> for PairsOrObject {
            type Value = OtherAttributes<'static>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of keys with their values")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(OtherAttributes)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                let pairs = Vec::<Pair<'_>>::deserialize(SeqAccessDeserializer::new(list))?;
                Ok(OtherAttributes(pairs.into_iter().map(|pair| (pair.key, pair.value)).collect()))
            }
        }

        deserializer.deserialize_any(PairsOrObject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    #[test]
    fn keys_and_what_is_none() {
        let long = |words: usize| vec!["Fish"; words].join(" ");
        for key in ["Fish", "Review Date", "Date of Fish", "Fish on Of A B C", &long(6)] {
            assert!(is_key_shaped(key), "{key}");
        }
        // A count of words that starts again would take the last ones.
        for none in [
            "",
            "FISH",
            "Fish and Chips",
            "Fish  Date",
            "Fish ",
            "Fish 2",
            "Fish offer",
            &long(7),
            &long(256),
            &long(300),
        ] {
            assert!(!is_key_shaped(none), "{none}");
        }
    }

    fn read(text: &str) -> (Attributes<'_>, Vec<String>) {
        let mut report = Report::default();
        let attributes = *parse(&lines::split(text), &mut report).attributes;
        (attributes, report.diagnostics.finish().into_iter().map(|d| d.to_string()).collect())
    }

    fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn a_trailer() {
        let text = "\
Automatic Decaptioning: X
Capture Date: 01 JAN 1994
Channel Indicators: n/a
Concepts: FISH (FRESH, SMOKED), FISHING RIGHTS,  CIVIL
DISORDERS
Draft Date: 09 may 1979
Decaption Date: 01 JAN 1960
Decaption Note:  
Document Number: 1979OSLO00461
Executive Order: N/A
Errors: N/A
Line Count: 107
Original Classification: LIMITED OFFICIAL USE
Review Markings:  

\tJane Q. Roe
\tDeclassified/Released
\tUS Department of State
\t20 Mar 2014

TAGS: OVIP, NO, (ROE, JANE Q), ETRD (DOE, JOHN)
To: STATE     SAN JOSE
Type: TE
Fish Colour: RED
Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
";
        let (got, wording) = read(text);
        assert_eq!(wording, [""; 0]);
        assert_eq!(got.automatic_decaptioning.as_deref(), Some("X"));
        assert_eq!(got.capture_date, ymd(1994, 1, 1));
        assert_eq!(got.channel_indicators, None);
        assert_eq!(got.concepts, ["FISH (FRESH, SMOKED)", "FISHING RIGHTS", "CIVIL DISORDERS"]);
        assert_eq!(got.draft_date, ymd(1979, 5, 9));
        assert_eq!((got.decaption_date, got.decaption_note.as_ref(), got.errors.as_ref()), (None, None, None));
        assert_eq!(got.document_mrn(), Some((1979, "OSLO", 461)));
        assert_eq!(got.executive_order(), Some((None, Declassification::NotApplicable)));
        assert_eq!(got.line_count, Some(107));
        assert_eq!(got.classification(), Some(Level::LimitedOfficialUse));
        let stamp = "Jane Q. Roe Declassified/Released US Department of State 20 Mar 2014";
        assert_eq!(got.review_markings.as_deref(), Some(stamp));
        assert_eq!(got.tags, ["OVIP", "NO", "ROE, JANE Q", "ETRD", "DOE, JOHN"]);
        assert_eq!(got.to, ["STATE", "SAN JOSE"]);
        assert_eq!(got.r#type.as_deref(), Some("TE"));
        assert_eq!(got.other.get("fish_colour").map(AsRef::as_ref), Some("RED"));
        assert!(matches!(got.automatic_decaptioning, Some(Cow::Borrowed(_))));

        let json = serde_json::to_string(&got).unwrap();
        assert!(json.contains(r#""type":"TE""#) && json.contains(r#""draft_date":"1979-05-09""#), "{json}");
        assert_eq!(serde_json::from_str::<Attributes<'_>>(&json).unwrap(), got);
        assert_eq!(got.clone().into_owned(), got);
    }

    #[test]
    fn every_line_is_marked() {
        let stamp = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005\n";
        let text = format!("{stamp}FISH\n\nSubject: FISH AND\n\nCHIPS\n{stamp}");
        let mut report = Report::default();
        let got = parse(&lines::split(&text), &mut report).attributes;
        assert_eq!(got.subject.as_deref(), Some("FISH AND CHIPS"));
        let kinds: Vec<_> = report.regions.partition(&text).into_iter().map(|r| r.kind).collect();
        let (stamp, attributes, blank) = (RegionKind::Stamp, RegionKind::Attributes, RegionKind::Blank);
        assert_eq!(kinds, [stamp, attributes, blank, attributes, blank, attributes, stamp]);
    }

    #[test]
    fn what_is_said() {
        for (name, text, want) in [
            (
                "a date that is none",
                "Draft Date: 31 FEB 1979\n",
                "error[format-line-malformed] 12..23: \"31 FEB 1979\" cannot be read as Draft Date; kept as text under \"other\"",
            ),
            (
                "a count that is none",
                "Line Count: MANY\n",
                "error[format-line-malformed] 12..16: \"MANY\" cannot be read as Line Count; kept as text under \"other\"",
            ),
            (
                "a key twice",
                "Draft Date: 01 MAY 1977\nSent Date: 02 MAY 1977\n",
                "error[format-line-malformed] 35..46: a second Sent Date, \"02 MAY 1977\"; the first one counts, this one is under \"other\"",
            ),
            (
                "no key",
                "FISH\nSubject: X\n",
                "error[line-not-recognised] 0..4: \"FISH\" before the first key of the Message Attributes; left out",
            ),
            (
                "broken references",
                "Reference: STATE 000001 TO OSLO REPEATED TO BER, N\n",
                "warning[attribute-repaired] 11..50: the archive broke the references after 36 characters; read as \"STATE 000001 TO OSLO REPEATED TO BERN\"",
            ),
        ] {
            assert_eq!(read(text).1, [want], "{name}");
        }
        assert_eq!(read("Subject: FISH\nSubject: n/a\nSubject: FISH\n").1, [""; 0], "the same again");
    }

    #[test]
    fn dates() {
        for (text, want) in [
            ("01 JAN 1994", ymd(1994, 1, 1)),
            ("01-Feb-2005 12:00:00 am", ymd(2005, 2, 1)),
            ("28 sep 1973", ymd(1973, 9, 28)),
            ("31/12/2019", ymd(2019, 12, 31)),
            ("30 FEB 1979", None),
            ("01 JAN 79", None),
            ("01 JAN 1994 OR LATER", None),
            ("JAN 1994", None),
            ("", None),
        ] {
            assert_eq!(date(text), want, "{text}");
        }
    }

    #[test]
    fn executive_orders() {
        let schedule = |schedule: &'static str, date| Declassification::Schedule { schedule: schedule.into(), date };
        let exempt = |code: &'static str, date| Declassification::Exempt { codes: vec![code.into()], date };
        for (text, want) in [
            ("N/A", (None, Declassification::NotApplicable)),
            ("GS", (None, schedule("GDS", None))),
            ("GS 19850108 ROE, JANE R", (None, schedule("GDS", ymd(1985, 1, 8)))),
            ("GS,30-SEP-2005", (None, schedule("GDS", ymd(2005, 9, 30)))),
            ("AS 19760331", (None, schedule("ADS", ymd(1976, 3, 31)))),
            ("X1 19990708 ROE", (None, exempt("X1", ymd(1999, 7, 8)))),
            ("OA", (None, Declassification::OriginatingAgency)),
            ("11652 GDS", (Some(11652), schedule("GDS", None))),
            ("11652 XGDS-1", (Some(11652), exempt("XGDS-1", None))),
            ("RR", (None, Declassification::Unknown { text: "RR".into() })),
        ] {
            let attributes = Attributes { executive_order: Some(text.into()), ..Attributes::default() };
            assert_eq!(attributes.executive_order(), Some(want), "{text}");
        }
        assert_eq!(read("Executive Order: n/a\n").0.executive_order(), None);
    }

    #[test]
    fn lists_of_references() {
        for (name, text, want) in [
            ("with years", "78 STATE 254951, 79 THE HAGUE 9", vec!["78 STATE 254951", "79 THE HAGUE 9"]),
            ("labelled", "(A) OSLO 34868: (B) BERN 1587", vec!["(A) OSLO 34868", "(B) BERN 1587"]),
            ("a date", "A-62 APRIL 6, 1973; OSLO 12", vec!["A-62 APRIL 6, 1973", "OSLO 12"]),
            ("a date after a comma", "A-121, JUNE 15, 1973", vec!["A-121, JUNE 15, 1973"]),
            (
                "broken inside a number",
                "STATE 67788, BERN 17911, BERN 161222, 7",
                vec!["STATE 67788", "BERN 17911", "BERN 1612227"],
            ),
            (
                "broken at a blank",
                "(A) A-097 OF MAY 21, 1974 (B) STATE, 052574",
                vec!["(A) A-097 OF MAY 21, 1974", "(B) STATE 052574"],
            ),
            (
                "long, with years",
                "75 HONG KONG 7557, 75 HONG KONG 7521, 75 BERN 1",
                vec!["75 HONG KONG 7557", "75 HONG KONG 7521", "75 BERN 1"],
            ),
            ("joined by AND", "STATE 1234 AND OSLO A-023.", vec!["STATE 1234", "OSLO A-023"]),
            ("joined by AND, labelled", "A) BERN 7 AND B) OSLO 8", vec!["A) BERN 7", "B) OSLO 8"]),
            ("a range", "OSLO 12 THROUGH 15, BERN 2", vec!["OSLO 12 THROUGH 15", "BERN 2"]),
            ("a bracket that is never closed", "OSLO 1 (NOTAL, BERN 2", vec!["OSLO 1 (NOTAL", "BERN 2"]),
        ] {
            assert_eq!(read(&format!("Reference: {text}\n")).0.reference, want, "{name}");
        }
    }

    #[test]
    fn lists_of_posts() {
        for (name, text, want) in [
            ("one", "STATE", vec!["STATE"]),
            ("two words", "SAN JOSE", vec!["SAN JOSE"]),
            ("in columns", "LIMA     STATE", vec!["LIMA", "STATE"]),
            ("agency and Department", "COM STATE", vec!["COM", "STATE"]),
            ("for information", "STATE INFO USCINCSO", vec!["STATE", "USCINCSO"]),
            ("a command", "CINCSO J2 QUARRY HEIGHTS CZ", vec!["CINCSO J2 QUARRY HEIGHTS CZ"]),
            ("a precedence", "LA PAZ NIACT     CARACAS", vec!["LA PAZ NIACT", "CARACAS"]),
            ("none", "n/a", vec![]),
        ] {
            assert_eq!(read(&format!("To: {text}\n")).0.to, want, "{name}");
        }
    }

    #[test]
    fn document_numbers() {
        for (text, want) in [
            ("1973SANTIA04059", Some((1973, "SANTIA", 4059))),
            ("1979STATE322132", Some((1979, "STATE", 322_132))),
            ("1979STATE", None),
            ("197904059", None),
            ("", None),
        ] {
            let attributes = Attributes { document_number: Some(text.into()), ..Attributes::default() };
            assert_eq!(attributes.document_mrn(), want, "{text}");
        }
    }
}
