//! The reference block: `REF: A. 08 STATE 114330 (NOTAL)`.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::str::FromStr;

use crate::field::mrn::{self, Mrn};
use crate::grammar::strip_prefix_ignoring_case;
use crate::lines::Report;
use crate::record::record;
use crate::value::Value;

mod cited;
mod kind;
mod label;
mod list;
mod note;
mod read;

pub(crate) use label::{begins_unlabelled, continues, end_of_list, is_text_below, label, unfinished};

record! {
    /// An item of the reference list, or one of the cables that an item names.
    ///
    /// Without a year that of the cable is taken, or the one before, and `year_assumed` says so.
    ///
    /// ```
    /// use cablegram::ReferenceLabel;
    ///
    /// let text = "R 080300Z DEC 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\nUNCLAS OSLO 000461\n\nSUBJECT: FISH\nREF: A. 08 LIMA 12\n     B. STATE 52001 (NOTAL)\n";
    /// let references = cablegram::parse(text)?.cable.references;
    /// assert_eq!((references[0].label, references[0].id().as_deref()), (ReferenceLabel::new('A'), Some("08LIMA12")));
    /// assert_eq!((references[1].id().as_deref(), references[1].year_assumed), (Some("09STATE52001"), true));
    /// assert!(references[1].notal);
    /// # Ok::<(), cablegram::ParseError>(())
    /// ```
    #[derive(Default)]
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(
        feature = "schemars",
        schemars(transform = crate::schema::without_example, transform = crate::schema::with_id)
    )]
    pub struct Reference<'a> {
        /// What it refers to.
        pub kind: ReferenceKind,
        /// The letter or digit that it is cited by.
        pub label: Option<ReferenceLabel>,
        /// As written, without its label.
        pub text: Cow<'a, str> => id: (Reference::id),
        /// Its year.
        pub year: Option<i32>,
        /// Whether the year does not stand in the text and was taken from the cable's date.
        pub year_assumed: bool,
        /// The post that sent it, in its canonical form.
        pub post: Option<Cow<'a, str>>,
        /// Its number.
        pub number: Option<u32>,
        /// The end of a range, `12 THROUGH 15`: the cables between the reference before it and this one are meant too.
        pub ends_range: bool,
        /// `NOTAL`: not sent to all addressees.
        pub notal: bool,
        /// `AND PREVIOUS`: the messages before it in the same series as well.
        pub and_previous: bool,
        /// `ET AL`, `AND OTHERS`: others that are not named.
        pub et_al: bool,
        /// Captions of the referenced message, in brackets after it: `EXDIS`, `NODIS`.
        pub captions: Vec<Cow<'a, str>>,
        /// The date-time group of a message that is named by it.
        pub dtg: Option<Cow<'a, str>>,
    }
}

/// What a reference is cited by: a letter from A to Z, upper case, or a digit from 1 to 9.
///
/// ```
/// use cablegram::ReferenceLabel;
///
/// assert_eq!(ReferenceLabel::new('B').map(char::from), Some('B'));
/// assert_eq!(['b', '0', 'É'].map(ReferenceLabel::new), [None; 3]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(transform = crate::schema::without_example))]
pub struct ReferenceLabel(char);

impl ReferenceLabel {
    /// The label of this letter or digit, if it is one.
    pub const fn new(sign: char) -> Option<Self> {
        if matches!(sign, 'A'..='Z' | '1'..='9') { Some(Self(sign)) } else { None }
    }
}

impl FromStr for ReferenceLabel {
    type Err = ReferenceLabelError;

    fn from_str(text: &str) -> Result<Self, ReferenceLabelError> {
        let sign = text.parse::<char>().ok().and_then(Self::new);
        sign.ok_or_else(|| ReferenceLabelError(text.to_owned()))
    }
}

/// The error of a text that is not the label of a reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the label of a reference: expected A to Z, or 1 to 9")]
pub struct ReferenceLabelError(String);

impl From<ReferenceLabel> for char {
    fn from(label: ReferenceLabel) -> Self {
        label.0
    }
}

impl fmt::Display for ReferenceLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char(self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ReferenceLabel {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;

        let sign = char::deserialize(deserializer)?;
        let none = || D::Error::custom(format_args!("{sign:?} is no label of a reference: A to Z, or 1 to 9"));
        Self::new(sign).ok_or_else(none)
    }
}

/// What a reference refers to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ReferenceKind {
    /// A cable by post and number.
    Cable,
    /// An airgram, `MEXICO CITY A-25`.
    Airgram,
    /// A message by originator and date-time group.
    Message,
    /// An e-mail.
    Email,
    /// A telephone conversation or video conference.
    Telcon,
    /// An intelligence information report, `IIR 6 926 0058 09`.
    Iir,
    /// A report of the Open Source Center (or FBIS).
    OscReport,
    /// Another document: a handbook section, a paper, a letter, a report, press.
    Document,
    /// Anything else.
    #[default]
    #[cfg_attr(feature = "serde", serde(other))]
    Other,
}

impl<'a> Reference<'a> {
    /// The reference to a cable, written as it is cited: `09 OSLO 461`.
    ///
    /// ```
    /// use cablegram::{Mrn, Reference, ReferenceKind};
    ///
    /// let reference = Reference::to_cable(&Mrn::parse("09 OSLO 461")?);
    /// assert_eq!((reference.kind, &*reference.text), (ReferenceKind::Cable, "09 OSLO 461"));
    /// assert_eq!(reference.id().as_deref(), Some("09OSLO461"));
    /// # Ok::<(), cablegram::MrnError>(())
    /// ```
    pub fn to_cable(mrn: &Mrn<'a>) -> Self {
        Self {
            kind: if mrn.airgram { ReferenceKind::Airgram } else { ReferenceKind::Cable },
            text: Cow::Owned(mrn.to_string()),
            year: mrn.year,
            post: Some(mrn.post.clone()),
            number: Some(mrn.number),
            ..Self::default()
        }
    }
}

impl Reference<'_> {
    /// The canonical id of the cable or airgram, from its year, post and number: `09STATE114330`, `74MEXICOA-25`. `None`
    /// where one of them is not known, and for a circular airgram (`CA-3400`), which is numbered in another series.
    pub fn id(&self) -> Option<String> {
        let series = match self.kind {
            ReferenceKind::Cable => "",
            ReferenceKind::Airgram if !self.is_circular() => "A-",
            _ => return None,
        };
        Some(mrn::id(self.year?, self.post.as_deref()?, series, self.number?))
    }

    /// Whether another reference is this one once more: the same words, or the same message by the same label.
    pub(crate) fn repeats(&self, other: &Reference<'_>) -> bool {
        let is_message = matches!(self.kind, ReferenceKind::Cable | ReferenceKind::Airgram);
        let same = (self.kind, self.label, self.year, &self.post, self.number)
            == (other.kind, other.label, other.year, &other.post, other.number);
        self == other || is_message && same
    }

    /// Whether `CA-` stands before a number in its text.
    fn is_circular(&self) -> bool {
        let number = |word| strip_prefix_ignoring_case(word, "CA-").map(|rest| rest.trim_start_matches('#'));
        self.text.split(' ').filter_map(number).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// What the reference list needs to know of its cable.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context<'c> {
    pub(crate) year: Option<i32>,
    /// The day of the year.
    pub(crate) day: Option<u32>,
    /// The cable's own number.
    pub(crate) number: Option<u32>,
    /// The cable's own post, in its canonical form.
    pub(crate) post: Option<&'c str>,
}

/// Reads the list. `value` is the text after the label, joined over its lines and cut at [`end_of_list`].
pub(crate) fn parse<'a>(value: &Value<'a>, context: Context<'_>, report: &mut Report) -> Vec<Reference<'a>> {
    match &value.text {
        Cow::Borrowed(text) => read::references(text, value, context, report),
        Cow::Owned(text) => {
            read::references(text, value, context, report).into_iter().map(Reference::into_owned).collect()
        }
    }
}

/// A list cut into its references, each as written, with its label. As many as are read; the rest is one more.
pub(crate) fn cut(list: &str) -> Vec<Cow<'_, str>> {
    read::cut(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::DiagnosticCode;

    /// A cable of Oslo, number 500, of June 2009.
    const CONTEXT: Context<'static> =
        Context { year: Some(2009), day: Some(165), number: Some(500), post: Some("OSLO") };

    fn read(list: &str) -> (Vec<Reference<'static>>, Vec<(DiagnosticCode, String)>) {
        let mut report = Report::default();
        let value = Value::borrowed(list, 0);
        let references = parse(&value, CONTEXT, &mut report).into_iter().map(Reference::into_owned).collect();
        let message = report.diagnostics.finish();
        (references, message.into_iter().map(|d| (d.code, d.span.slice(list).unwrap_or_default().to_owned())).collect())
    }

    /// Label and id of the cables, in one line, with two points before the end of a range.
    fn ids(list: &str) -> String {
        let cable = |r: &Reference<'_>| {
            let id = r.id().unwrap_or_else(|| "?".to_owned());
            let id = format!("{}{id}", if r.ends_range { ".." } else { "" });
            r.label.map_or_else(|| id.clone(), |label| format!("{label}={id}"))
        };
        let (references, _) = read(list);
        references.iter().filter(|r| r.kind == ReferenceKind::Cable).map(cable).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cables() {
        for (name, list, want) in [
            ("one", "LIMA 114", "09LIMA114"),
            ("the department", "SECSTATE 54330", "09STATE54330"),
            ("zeros", "LIMA 00114", "09LIMA114"),
            ("no separator", "09 LIMA 11 08 QUITO 2485", "09LIMA11 08QUITO2485"),
            ("no separator, no year", "LIMA 25 07 QUITO 5138", "09LIMA25 07QUITO5138"),
            ("a group after a stroke", "LIMA 12/282138Z JUN 08", "08LIMA12"),
            ("small letters", "a) Rio 34, b) Tel Aviv 7", "A=09RIODEJANEIRO34 B=09TELAVIV7"),
            ("points", "A. LIMA 1 B. QUITO 2", "A=09LIMA1 B=09QUITO2"),
            ("pilcrows", "A. LIMA 1 ¶B. QUITO 2", "A=09LIMA1 B=09QUITO2"),
            ("brackets", "(A) LIMA 1; (B) QUITO 2 [C] ROME 3", "A=09LIMA1 B=09QUITO2 C=09ROME3"),
            ("no blanks", "(A)LIMA 1(B)QUITO 2,C)ROME 3", "A=09LIMA1 B=09QUITO2 C=09ROME3"),
            ("point and year", "A.05 LIMA 1 D.01 QUITO 2", "A=05LIMA1 D=01QUITO2"),
            ("dashes", "A - LIMA 1, B- QUITO 2", "A=09LIMA1 B=09QUITO2"),
            ("bare letters", "A LIMA 1 B QUITO 2", "A=09LIMA1 B=09QUITO2"),
            ("label twice", "A. (A) LIMA 1 B. B) QUITO 2 C. C ROME 3", "A=09LIMA1 B=09QUITO2 C=09ROME3"),
            ("label twice with colon", "A. A: LIMA 1 B. B: QUITO 2", "A=09LIMA1 B=09QUITO2"),
            ("label twice with ref", "A. REF A LIMA 1 B. REF: QUITO 2", "A=09LIMA1 B=09QUITO2"),
            ("ref twice", "REF: LIMA 1", "09LIMA1"),
            ("numbered", "(1) LIMA 1, (2) QUITO 2", "1=09LIMA1 2=09QUITO2"),
            ("commas", "LIMA 1, QUITO 2", "09LIMA1 09QUITO2"),
            ("colons", "LIMA 1: QUITO 2", "09LIMA1 09QUITO2"),
            ("ampersand", "LIMA 1 & QUITO 2", "09LIMA1 09QUITO2"),
            ("nothing between", "2008 LIMA 1 2007 LIMA 2 QUITO 3", "08LIMA1 07LIMA2 09QUITO3"),
            ("post carried", "LIMA 1, 2 AND 3", "09LIMA1 09LIMA2 09LIMA3"),
            ("post and year carried", "08 LIMA 1 AND 2; QUITO 3", "08LIMA1 08LIMA2 09QUITO3"),
            ("post carried by items", "A) STATE 100 B) 200", "A=09STATE100 B=09STATE200"),
            ("comma before the number", "LIMA 1, LIMA, 2", "09LIMA1 09LIMA2"),
            ("range", "LIMA 100-105", "09LIMA100 ..09LIMA105"),
            ("range in words", "08 OSLO 12 THROUGH 15, QUITO 2", "08OSLO12 ..08OSLO15 09QUITO2"),
            ("cut range", "LIMA 134-36", "09LIMA134 ..09LIMA136"),
            ("year before", "08 LIMA 1, 2007 LIMA 2, '06 LIMA 3, (05) LIMA 4", "08LIMA1 07LIMA2 06LIMA3 05LIMA4"),
            ("year glued", "08LIMA1, 07SAO PAULO 002", "08LIMA1 07SAOPAULO2"),
            ("year after", "LIMA 1 (08), LIMA 2/07, LIMA 300-06, LIMA (05) 4", "08LIMA1 07LIMA2 06LIMA300 05LIMA4"),
            ("old year", "78 LIMA 1", "78LIMA1"),
            ("number like a year", "LIMA 1997 AND 2003", "09LIMA1997 09LIMA2003"),
            (
                "date note",
                "STATE 7 (MAY 24, 1978), STATE 8 OF 11/30/73; STATE 9, JUNE 3, 1975",
                "78STATE7 73STATE8 75STATE9",
            ),
            ("date-time group after", "STATE 7 DTD 211400Z OCT 77", "77STATE7"),
            ("title in brackets", "A. LIMA 1 (A PLAN, B. AND C) B. LIMA 2", "A=09LIMA1 B=09LIMA2"),
            ("remark", "STATE 7 TO LIMA REPEATED TO QUITO; LIMA 8, PARA 3", "09STATE7 09LIMA8"),
            ("own number", "EMBTEL 44, DEPTEL 55", "09OSLO44 09STATE55"),
            ("own number too high", "OSLO 3853", "08OSLO3853"),
            ("own number of days ahead", "OSLO 540", "09OSLO540"),
            ("own number of weeks ahead", "OSLO 548", "08OSLO548"),
            ("cut by dots", "LIMA 1, OSLO 44...", "09LIMA1 ?"),
            ("cut by a sign for dots", "A. LIMA 1 B. 08 OSLO 44\u{2026}", "A=09LIMA1 B=?"),
            ("dots that cut nothing", "LIMA 1 ... OSLO 44", "09LIMA1 09OSLO44"),
            ("the department's too high", "STATE 150111", "08STATE150111"),
            ("higher than the department's ever was", "STATE 729184, 08 STATE 729184", "? 08STATE729184"),
            ("higher than the post's ever was", "OSLO 25918", "?"),
            ("of a torn page line", "LIMA 1 OSLO 00000500", "09LIMA1"),
            ("second series", "STATE 286 TOSEC 110; SECTO 12", "09STATE286 09SECTO12"),
            ("number word", "STATE NO. 12; STATE #13; LIMA CABLES 14 AND 15", "09STATE12 09STATE13 09LIMA14 09LIMA15"),
            ("out of order", "B. LIMA 1 A. LIMA 2", "B=09LIMA1 A=09LIMA2"),
            ("initials", "A. EMAIL FROM B. ROE B. LIMA 2", "B=09LIMA2"),
            ("empty item", "A. B. LIMA 2", "B=09LIMA2"),
            ("portion marks", "A. (U) LIMA 1 B. (C) LIMA 2 C. (S) LIMA 3", "A=09LIMA1 B=09LIMA2 C=09LIMA3"),
            ("portion marks after", "A. LIMA 1 (U) B. LIMA 2 (C)", "A=09LIMA1 B=09LIMA2"),
            ("words turned", "DUBAI RPO 3, NEW YORK USUN 4, TAIPEI AIT 5", "09RPODUBAI3 09USUNNEWYORK4 09AITTAIPEI5"),
            ("possessive", "DEPT'S 12, EMBASSY'S 13, Lima's 14", "09STATE12 09OSLO13 09LIMA14"),
            ("torn number", "QUITO 12; STATE 101 684", "09QUITO12 08STATE101684"),
            ("torn, notes after", "STATE 123 45 (NOTAL)", "09STATE12345"),
            ("torn, too long for a post", "LIMA 1234 567", "09LIMA1234"),
            ("torn, more than the post has sent", "OSLO 4 61; OSLO 46 1234", "09OSLO461 09OSLO46"),
            ("a year and not torn", "LIMA 1234 08", "09LIMA1234"),
            ("letters for digits", "STATE 1O4, LIMA 2l2, O8 QUITO 3", "09STATE104 09LIMA212 08QUITO3"),
            ("year of one digit", "9 LIMA 12, 8 QUITO 3", "09LIMA12 08QUITO3"),
            ("too many noughts", "LIMA 00000074", "09LIMA74"),
            ("label at the number", "A. STATE 02177B. STATE 039C. LIMA 3", "A=09STATE2177 B=09STATE39 C=09LIMA3"),
            (
                "two columns",
                "A. LIMA 1 D. BERGEN 2 NOTAL B. ROME 3 C. BERN 4",
                "A=09LIMA1 D=09BERGEN2 B=09ROME3 C=09BERN4",
            ),
            ("below an e-mail", "ROE EMAILS 2/16 TO LIMA (DOE) STATE 12", "09STATE12"),
            ("bullets", "- LIMA 1 - LIMA 2 --", "09LIMA1 09LIMA2"),
            ("none", "NONE", ""),
            ("not applicable", "N/A", ""),
            ("day of a month", "LIMA 20 AUG 2008", ""),
            ("an event", "LONDON 2009 SUMMIT COMMUNIQUE", ""),
            ("a law", "P.L. 480; UNSCR 1737", ""),
        ] {
            assert_eq!(ids(list), want, "{name}: {list}");
        }
    }

    #[test]
    fn kinds() {
        use ReferenceKind::{Airgram, Document, Email, Iir, Message, OscReport, Other, Telcon};
        for (list, want) in [
            ("LIMA A-25, JANUARY 18, 1974", Airgram),
            ("A-121", Airgram),
            ("STATE CA-3400", Airgram),
            ("SECDEF R162245Z OCT 08", Message),
            ("ROE-DOE E-MAIL OF MAY 5", Email),
            ("E MAIL ROE", Email),
            ("ROE/DOE TELCON 5/5", Telcon),
            ("SVTC MAY 5", Telcon),
            ("LIMA IIR 6 999 0001 09", Iir),
            ("HOTR WASHDC//USDAO LIMA (SUBJ: IIR 6 999 0001 09)", Iir),
            ("OSC LAP20090101000001", OscReport),
            ("7 FAM 180", Document),
            ("EMBASSY LIMA DAILY REPORT FOR MAY 3", Document),
            ("THE USUAL", Other),
        ] {
            let (references, _) = read(list);
            let kinds: Vec<_> = references.iter().map(|r| (r.kind, r.text.as_ref())).collect();
            assert_eq!(kinds, [(want, list)]);
        }
    }

    #[test]
    fn airgrams() {
        for (list, want) in [
            ("STATE A4683 OF JUNE 10", "09STATEA-4683"),
            ("STATE A 4683; LIMA A25", "09STATEA-4683 09LIMAA-25"),
            ("DEPT'S A-1089", "09STATEA-1089"),
            ("A. LIMA A-7 B. QUITO A 12", "A=09LIMAA-7 B=09QUITOA-12"),
            ("A LIMA 7 B QUITO 12", ""),
        ] {
            let airgrams = read(list).0.into_iter().filter(|r| r.kind == ReferenceKind::Airgram);
            let id = |r: Reference<'_>| {
                format!("{}{}", r.label.map(|l| format!("{l}=")).unwrap_or_default(), r.id().unwrap())
            };
            assert_eq!(airgrams.map(id).collect::<Vec<_>>().join(" "), want, "{list}");
        }
    }

    #[test]
    fn lists_of_reports() {
        for (list, want) in [
            ("IIR 6 999 0001 09, IIR 6 999 0002 09", "Iir IIR 6 999 0001 09 | Iir IIR 6 999 0002 09"),
            ("IIR 6 999 0001 09 AND 6 999 0002 09", "Iir IIR 6 999 0001 09 | Iir 6 999 0002 09"),
            ("TD-314/00123-09, TD-314/00124-09", "Document TD-314/00123-09 | Document TD-314/00124-09"),
            ("LIMA 3, TD 314/00123-09", "Cable LIMA 3 | Document TD 314/00123-09"),
            ("ROE-DOE E-MAIL MAY 5, DOE-ROE TELCON 5/6", "Email ROE-DOE E-MAIL MAY 5 | Telcon DOE-ROE TELCON 5/6"),
            ("ROE-DOE E-MAIL AND TELCON", "Email ROE-DOE E-MAIL AND TELCON"),
            ("ROE-DOE E-MAIL, MAY 5", "Email ROE-DOE E-MAIL, MAY 5"),
        ] {
            let items = read(list).0.into_iter().map(|r| format!("{:?} {}", r.kind, r.text)).collect::<Vec<_>>();
            assert_eq!(items.join(" | "), want, "{list}");
        }
    }

    #[test]
    fn numbers_of_the_department_by_year() {
        let of = |year, day, list: &str| {
            let context = Context { year: Some(year), day: Some(day), ..CONTEXT };
            let references = parse(&Value::borrowed(list, 0), context, &mut Report::default());
            references.first().and_then(Reference::id)
        };
        for (year, day, list, want) in [
            (1990, 233, "STATE 272842", "90STATE272842"),
            (1990, 40, "STATE 272842", "89STATE272842"),
            (2009, 33, "STATE 101684", "08STATE101684"),
            (2009, 333, "STATE 101684", "09STATE101684"),
            (2009, 5, "STATE 9000", "08STATE9000"),
            (1979, 270, "STATE 262842", "79STATE262842"),
        ] {
            assert_eq!(of(year, day, list).as_deref(), Some(want), "{list} on day {day} of {year}");
        }
    }

    #[test]
    fn what_is_once_more() {
        let (references, _) = read("A. LIMA 12; B. lima 12; A) Lima 00012 (NOTAL); IIR 6; IIR 7");
        let [a, b, again, report, other] = references.as_slice() else { panic!("{references:?}") };
        assert!(a.repeats(again) && !a.repeats(b) && report.repeats(report) && !report.repeats(other));
    }

    #[test]
    fn what_stands_after() {
        let (references, message) =
            read("A. LIMA 12 (EXDIS/NOTAL) AND PREVIOUS B. QUITO 13, ET AL. C. ROME 14 AND OTHERS");
        assert!(message.is_empty());
        let [a, b, c] = references.as_slice() else { panic!("{references:?}") };
        assert_eq!((a.text.as_ref(), a.notal, a.and_previous), ("LIMA 12 (EXDIS/NOTAL) AND PREVIOUS", true, true));
        assert_eq!(a.captions, ["EXDIS"]);
        assert!(b.et_al && c.et_al && !b.notal);
    }

    #[test]
    fn a_portion_mark_stays_in_the_text_of_its_reference() {
        for (list, want) in [
            ("A. (C) LIMA 1 B. LIMA 2 (S)", "A (C) LIMA 1 | B LIMA 2 (S)"),
            ("(A) (U) LIMA 1, LIMA 2", "A (U) LIMA 1 | A LIMA 2"),
            ("(U) LIMA 1", "- (U) LIMA 1"),
            ("(C) LIMA 1-3", "- (C) LIMA 1-3 | - (C) LIMA 1-3"),
        ] {
            let (references, message) = read(list);
            let text = |r: &Reference<'_>| format!("{} {}", r.label.map_or('-', char::from), r.text);
            assert_eq!(references.iter().map(text).collect::<Vec<_>>().join(" | "), want);
            assert!(message.is_empty(), "{message:?}");
        }
    }

    #[test]
    fn date_time_groups() {
        let (references, _) = read("USCINCXXX 311345 Z may 73");
        let dtg: Vec<_> = references.iter().map(|r| (r.dtg.as_deref(), r.year)).collect();
        assert_eq!(dtg, [(Some("311345Z MAY 73"), Some(1973))]);
    }

    #[test]
    fn a_year_that_got_a_label_ends_the_item_before() {
        let (references, message) = read("A. LIMA 1 ¶B. EMBASSY LIMA REPORT FOR MAY 18 ¶C. 2007 AND PREVIOUS");
        assert_eq!(references.len(), 2);
        assert_eq!(references[1].text, "EMBASSY LIMA REPORT FOR MAY 18 2007 AND PREVIOUS");
        assert!(references[1].and_previous);
        assert_eq!(message, [(DiagnosticCode::ReferenceLabelRepaired, "¶C.".to_owned())]);
    }

    #[test]
    fn what_is_said() {
        for (list, want) in [
            ("HELSINKKI 12", Some((DiagnosticCode::PostMisspelt, "HELSINKKI"))),
            ("USXYZ 12", Some((DiagnosticCode::PostUnknown, "USXYZ"))),
            ("THE USUAL", Some((DiagnosticCode::ReferenceUnknown, "THE USUAL"))),
            ("LIMA 12 (10)", Some((DiagnosticCode::ReferenceUnknown, "LIMA 12 (10)"))),
            ("A. LIMA 1 A. LIMA 2", Some((DiagnosticCode::ReferenceLabelRepaired, "A."))),
            ("A. LIMA 1 C. LIMA 2 B. LIMA 3", None),
            ("A. LIMA 1 D. LIMA 2 B. LIMA 3", Some((DiagnosticCode::ReferenceLabelRepaired, "B."))),
            ("STATE 873 45", Some((DiagnosticCode::ReferenceRepaired, "STATE 873 45"))),
            ("LIMA 1O2", Some((DiagnosticCode::ReferenceRepaired, "LIMA 1O2"))),
            ("9 LIMA 12", Some((DiagnosticCode::ReferenceRepaired, "9 LIMA 12"))),
            ("DUBAI RPO 12", None),
            ("LIMA 1 OSLO 00000500", Some((DiagnosticCode::PageLineInText, "OSLO 00000500"))),
            ("STATE 729184", Some((DiagnosticCode::ReferenceUnknown, "STATE 729184"))),
            ("A. REF A LIMA 1", Some((DiagnosticCode::ReferenceLabelRepaired, "A. REF A"))),
            ("LIMA 1, ****, LIMA 2", Some((DiagnosticCode::ReferenceUnknown, "****"))),
            ("**** LIMA 1", Some((DiagnosticCode::ReferenceUnknown, "****"))),
        ] {
            let (_, message) = read(list);
            let message: Vec<_> = message.iter().map(|(code, part)| (*code, part.as_str())).collect();
            assert_eq!(message, Vec::from_iter(want), "{list}");
        }
    }

    #[test]
    fn joined_lines_are_owned_and_found_again() {
        let input = "A. SAO\n  PAOLO 12";
        let value = Value::join([("A. SAO", 0), ("  PAOLO 12", 7)]);
        let mut report = Report::default();
        let references = parse(&value, CONTEXT, &mut report);
        assert!(matches!(references[0].text, Cow::Owned(_)));
        assert_eq!(references[0].id().as_deref(), Some("09SAOPAULO12"));
        assert_eq!(report.diagnostics.finish()[0].span.slice(input), Some("SAO\n  PAOLO"));
    }

    #[test]
    fn a_long_list_is_bounded() {
        let (references, message) = read(&"LIMA 1, ".repeat(2000));
        assert_eq!(references.len(), 501);
        assert_eq!(message.len(), 1);
    }

    #[test]
    fn hostile_lists_are_read_in_linear_time() {
        for unit in [
            "A ",
            "A. ",
            "(A) ",
            "( ",
            "[",
            "¶",
            "¶A. ",
            "REF A ",
            "LIMA ",
            "05 ",
            "x. B. ",
            "1-",
            "é. ",
            "LIMA 1 (MAY ",
        ] {
            let list = unit.repeat(2_000);
            read(&list);
            assert!(end_of_list(&list) <= list.len());
            let _ = (label(&list), continues(&list), unfinished(&list));
        }
    }
}
