//! The head of the text: classification line, captions, passing lines, E.O., TAGS, SUBJECT, REF, authority.
//!
//! The order of the fields varies, and each may wrap or be missing. So the lines, of which each has one field on it
//! ([`crate::scan`]), are first gathered field by field ([`gather`]), and only then read.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::diagnostic::DiagnosticCode;
use crate::field::authority::{self, Authority};
use crate::field::dtg::CenturyRule;
use crate::field::executive_order::{self, ExecutiveOrder};
use crate::field::paragraph_number::{self, Before, candidate};
use crate::field::reference::{self, Reference};
use crate::field::subject;
use crate::field::tags::{self, Tag};
use crate::field::{corrected_copy, portion_mark};
use crate::label::{Field, Label};
use crate::lines::{Line, Lines, Report};
use crate::span::Span;
use crate::value::Value;
use crate::words::Words;

mod gather;

use gather::{Gathered, Gathering};

/// What the head of the text says.
#[derive(Debug, Default)]
pub(crate) struct TextHead<'a> {
    pub(crate) captions: Vec<Cow<'a, str>>,
    pub(crate) pass_lines: Vec<Cow<'a, str>>,
    pub(crate) corrected_copy: Option<Cow<'a, str>>,
    /// Where it stands.
    pub(crate) corrected_copy_span: Span,
    pub(crate) executive_order: Option<ExecutiveOrder<'a>>,
    pub(crate) tags: Vec<Tag<'a>>,
    pub(crate) subject: Option<Cow<'a, str>>,
    pub(crate) subject_mark: Option<Cow<'a, str>>,
    /// Where the subject stands.
    subject_span: Span,
    pub(crate) references: Vec<Reference<'a>>,
    pub(crate) authority: Option<Authority<'a>>,
}

/// What the head needs to know of the cable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'c> {
    pub(crate) year: Option<i32>,
    /// The day of the year.
    pub(crate) day: Option<u32>,
    pub(crate) post: Option<&'c str>,
    pub(crate) number: Option<u32>,
    pub(crate) century: CenturyRule,
    pub(crate) countries: tags::Countries,
}

impl Context<'_> {
    /// What the line of the executive order needs of it.
    pub(crate) fn of_order(&self) -> executive_order::Context {
        let written = self.year.zip(self.day).and_then(|(year, day)| NaiveDate::from_yo_opt(year, day));
        executive_order::Context { century: self.century, written }
    }

    /// What the TAGS need of it.
    pub(crate) fn of_tags(&self) -> tags::Context {
        tags::Context { year: self.year, countries: self.countries }
    }
}

/// Whether a line begins the first paragraph: number 1 (or what a damaged pilcrow made of it), or any marked number.
pub(crate) fn is_first_paragraph(line: &Line<'_>, before: Before) -> bool {
    let trimmed = line.trimmed();
    if !paragraph_number::may_begin(trimmed) {
        return false;
    }
    candidate(0, trimmed, 0, before).is_some_and(|c| {
        let rest = trimmed.get(c.end..).unwrap_or_default();
        matches!(c.raw, 1 | 11) || trimmed.starts_with('¶') || portion_mark::leading(rest.trim_start()).is_some()
    })
}

/// Reads the head of the text, which begins after the classification line.
///
/// Gives what it says, and the lines of the body: those after the head, and those inside it that are no field.
pub(crate) fn read<'l, 'a>(
    lines: &'l [Line<'a>],
    context: Context<'_>,
    report: &mut Report,
) -> (TextHead<'a>, Lines<'l, 'a>) {
    let Gathering { fields, loose, captions, used } = gather::gather(lines, report);
    let mut head = TextHead { captions, ..TextHead::default() };
    for gathered in &fields {
        head.take(gathered, context, report);
    }
    let after = lines.get(used..).unwrap_or_default();
    let body = if loose.is_empty() { Lines::Borrowed(after) } else { Lines::Owned([&loose, after].concat()) };
    (head, body)
}

impl<'a> TextHead<'a> {
    /// Mends what the rest of the text shows to be damaged in the subject: a word parted at a line's end, and quotation marks
    /// that are doubled.
    pub(crate) fn mend_subject(&mut self, text: &str, report: &mut Report) {
        let Some(subject) = &self.subject else { return };
        if let Some(joined) = with_whole_words(subject, text) {
            let message = "a word parted at the line's end, joined as elsewhere in the text";
            report.emit(DiagnosticCode::SentenceJoined, self.subject_span, message);
            self.subject = Some(Cow::Owned(joined));
        }
        if let Some(subject) = self.subject.as_deref().and_then(without_doubled_quotes) {
            let message = "each quotation mark of the subject is doubled; one of two taken out";
            report.emit(DiagnosticCode::CopyingUndone, self.subject_span, message);
            self.subject = Some(Cow::Owned(subject));
        }
    }

    /// Fills what it lacks from lines of a head that stand above the classification line: an earlier copy, or an index.
    pub(crate) fn fill_from(&mut self, above: &[Line<'a>], context: Context<'_>, report: &mut Report) {
        let Some((first, last)) = above.first().zip(above.last()) else { return };
        let (other, _) = read(above, context, &mut Report::default());
        let mut filled: Vec<&str> = Vec::new();
        let mut note = |name, taken: bool| filled.extend(taken.then_some(name));
        let added = other.captions.into_iter().filter(|caption| !self.captions.contains(caption)).collect::<Vec<_>>();
        note("captions", !added.is_empty());
        self.captions.extend(added);
        note("passing lines", fill_list(&mut self.pass_lines, other.pass_lines));
        note("executive order", fill(&mut self.executive_order, other.executive_order));
        note("TAGS", fill_list(&mut self.tags, other.tags));
        note("subject", fill(&mut self.subject, other.subject));
        note("references", fill_list(&mut self.references, other.references));
        note("authority", fill(&mut self.authority, other.authority));
        let span = Span::new(first.start, last.end());
        if !filled.is_empty() || above.iter().any(|line| Label::at_start(line.trimmed()).is_some()) {
            let message = match filled.as_slice() {
                [] => "lines of the text head above the classification line; the head below it counts".to_owned(),
                _ => format!(
                    "lines of the text head above the classification line; taken from here: {}",
                    filled.join(", ")
                ),
            };
            report.emit(DiagnosticCode::HeadingRepeated, span, message);
        }
    }

    /// Reads one gathered field.
    fn take(&mut self, gathered: &Gathered<'a>, context: Context<'_>, report: &mut Report) {
        let value = gathered.value();
        match gathered.field {
            Field::PassLine => self.pass_lines.push(value.text),
            Field::CorrectedCopy => {
                self.corrected_copy_span = value.span;
                self.corrected_copy = Some(match value.text {
                    Cow::Borrowed(text) => Cow::Borrowed(corrected_copy::reason(text)),
                    Cow::Owned(text) => Cow::Owned(corrected_copy::reason(&text).to_owned()),
                });
            }
            Field::ExecutiveOrder if self.executive_order.is_none() => {
                self.executive_order = executive_order::parse(&value, context.of_order(), report);
            }
            Field::Tags => self.take_tags(&value, context, report),
            Field::Subject if self.subject.is_some() => {
                report.emit(
                    DiagnosticCode::SubjectRepeated,
                    value.span,
                    format!("a second subject, \"{}\"; the first one counts", value.text),
                );
            }
            Field::Subject => {
                self.subject_span = value.span;
                let subject = subject::parse(value);
                (self.subject, self.subject_mark) = (subject.text, subject.mark);
            }
            Field::Reference => {
                let reference = reference::Context {
                    year: context.year,
                    day: context.day,
                    number: context.number,
                    post: context.post,
                };
                // What a list printed once more repeats adds nothing.
                self.take_references(reference::parse(&value, reference, report), &value, report);
            }
            // What a publisher cut short is no first one.
            Field::Authority
                if self.authority.as_ref().is_none_or(|first| first.text.ends_with("..."))
                    && !value.text.is_empty() =>
            {
                self.authority = Some(authority::parse(&value, authority::is_derived(gathered.label), report));
            }
            Field::ExecutiveOrder | Field::Authority if value.text.is_empty() => {}
            Field::ExecutiveOrder | Field::Authority => {
                let message =
                    format!("\"{}{}\" once more; the first one counts", gathered.label.trim_start(), value.text);
                report.emit(DiagnosticCode::FieldRepeated, value.span, message);
            }
        }
    }

    /// What a list printed once more repeats adds nothing; where it says something else of the same item, both are given.
    fn take_references(&mut self, mut found: Vec<Reference<'a>>, value: &Value<'a>, report: &mut Report) {
        let (all, known) = (found.len(), self.references.len());
        let labelled = |reference: &Reference<'a>| {
            reference.label.is_some() && self.references.iter().any(|known| known.label == reference.label)
        };
        found.retain(|reference| !self.references.iter().any(|known| known.repeats(reference)));
        let differs = found.iter().any(labelled);
        if known > 0 && (found.len() < all || differs) {
            let message = match found.as_slice() {
                [] => "the references once more".to_owned(),
                added => {
                    let added = added.iter().map(|reference| &*reference.text).collect::<Vec<_>>().join(", ");
                    format!("the references once more, with others: \"{added}\" was taken, too")
                }
            };
            report.emit(DiagnosticCode::FieldRepeated, value.span, message);
        }
        self.references.extend(found);
    }

    fn take_tags(&mut self, value: &Value<'a>, context: Context<'_>, report: &mut Report) {
        let tags = tags::parse(value, context.of_tags(), report);
        if self.tags.is_empty() && tags.len() <= tags::NEAR {
            // A list of usual length names nothing twice.
            self.tags = tags;
            return;
        }
        if !self.tags.is_empty() {
            report.emit(DiagnosticCode::TagsRepeated, value.span, "a second list of TAGS; what it adds was taken");
        }
        // A set, for a list may be as long as a hostile line.
        let key = |tag: &Tag<'a>| (tag.tag.clone(), tag.person.clone());
        let mut seen = HashSet::with_capacity(self.tags.len() + tags.len());
        seen.extend(self.tags.iter().map(key));
        self.tags.extend(tags.into_iter().filter(|tag| seen.insert(key(tag))));
    }
}

/// Fills what is empty; gives whether it did.
fn fill<T>(place: &mut Option<T>, other: Option<T>) -> bool {
    let fills = place.is_none() && other.is_some();
    if fills {
        *place = other;
    }
    fills
}

/// [`fill`] for a list; one that is the beginning of the other was cut.
fn fill_list<T: PartialEq>(place: &mut Vec<T>, other: Vec<T>) -> bool {
    let fills = other.len() > place.len() && other.starts_with(place);
    if fills {
        *place = other;
    }
    fills
}

/// A subject with the words whole that a hyphen at a line's end parts, where the text has them whole: `POLICY ASSESS- MENT`.
fn with_whole_words(subject: &str, text: &str) -> Option<String> {
    let mut words = Words::of(text);
    let mut joined = String::new();
    let mut rest = subject;
    let mut from = 0;
    while let Some((head, tail)) = rest.get(from..).and_then(|inner| inner.split_once("- ")) {
        let hyphen = from + head.len();
        let before = rest.get(..=hyphen).unwrap_or_default();
        if words.has_whole(before, tail) {
            joined.push_str(rest.get(..hyphen).unwrap_or_default());
            (rest, from) = (tail, 0);
        } else {
            from = hyphen + 2;
        }
    }
    (rest.len() < subject.len()).then(|| joined + rest)
}

/// A subject without one of each two quotation marks, where all of them stand in twos.
fn without_doubled_quotes(subject: &str) -> Option<String> {
    let twos = subject.matches("\"\"").count();
    (twos >= 2 && twos * 2 == subject.matches('"').count()).then(|| subject.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    #[test]
    fn subjects_are_mended() {
        let body = "\n\n1. THE ASSESSMENT OF THE HARBOR IS A POST-WAR MATTER.\n";
        for (name, subject, want) in [
            ("a word whole in the text", "THE HARBOR ASSESS- MENT", Some("THE HARBOR ASSESSMENT")),
            ("twice", "ASSESS- MENT, AN ASSESS- MENT", Some("ASSESSMENT, AN ASSESSMENT")),
            ("a word with a hyphen", "A POST- WAR MATTER", None),
            ("a word not in the text", "THE FER- RIES", None),
            ("a dash", "ASSESS - MENT", None),
        ] {
            assert_eq!(with_whole_words(subject, &format!("{subject}{body}")).as_deref(), want, "{name}");
        }
        for (subject, want) in [
            ("THE \"\"OLD\"\" HARBOR", Some("THE \"OLD\" HARBOR")),
            ("THE \"OLD\" HARBOR", None),
            ("THE \"\" HARBOR", None),
            ("THE \"\"OLD\"\" \"HARBOR\"", None),
        ] {
            assert_eq!(without_doubled_quotes(subject).as_deref(), want, "{subject}");
        }
    }

    /// The value of a key, and the codes of what is reported.
    fn value(text: &str, key: &str) -> (String, Vec<&'static str>) {
        let context = Context {
            year: Some(2009),
            day: Some(184),
            post: Some("OSLO"),
            number: Some(461),
            century: CenturyRule::default(),
            countries: tags::Countries::default(),
        };
        let (lines, mut report) = (split(text), Report::default());
        let (head, body) = read(&lines, context, &mut report);
        let joined = |list: &[Cow<'_, str>]| list.join("|");
        let value = match key {
            "captions" => joined(&head.captions),
            "passed" => joined(&head.pass_lines),
            "corrected" => head.corrected_copy.unwrap_or_default().into_owned(),
            "subject" => head.subject.unwrap_or_default().into_owned(),
            "tags" => head.tags.iter().map(|tag| &*tag.tag).collect::<Vec<_>>().join("|"),
            "references" => head.references.iter().map(|one| &*one.text).collect::<Vec<_>>().join("|"),
            _ => body.iter().filter(|line| !line.is_blank()).map(Line::trimmed).collect::<Vec<_>>().join("|"),
        };
        (value, report.diagnostics.finish().iter().map(|message| message.code.as_str()).collect())
    }

    const HEAD: &str = "E.O. 12958: N/A\nTAGS: PREL, NO\nSUBJECT: THE COD\n";

    #[test]
    fn handling_below_the_subject() {
        for (below, captions, body) in [
            (
                "\nREF: OSLO 12\n\nSENSITIVE BUT UNCLASSIFIED\n\n1. (SBU) Fish.",
                "SENSITIVE BUT UNCLASSIFIED",
                "1. (SBU) Fish.",
            ),
            ("\nSENSITIVE\nNOFORN\n\n1. Fish.", "SENSITIVE|NOFORN", "1. Fish."),
            ("\nSIPDIS\n\n1. Fish.", "SIPDIS", "1. Fish."),
            ("\nSENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT ACCORDINGLY.\n\n1. Fish.", "", "1. Fish."),
            ("\nSENSITIVE BUT UNCLASSIFIED\nPLEASE PROTECT ACCORDINGLY\n\n1. Fish.", "", "1. Fish."),
            (
                "\n(SBU) THIS CABLE IS SENSITIVE BUT UNCLASSIFIED AND NOT FOR\nINTERNET DISTRIBUTION.\n\n1. Fish.",
                "",
                "1. Fish.",
            ),
            ("\n(U) THE TEXT IS ABOUT FISH.\n\n1. Fish.", "", "(U) THE TEXT IS ABOUT FISH.|1. Fish."),
        ] {
            let text = format!("{HEAD}{below}");
            assert_eq!(
                (value(&text, "captions").0.as_str(), value(&text, "body").0.as_str()),
                (captions, body),
                "{text}"
            );
        }
    }

    #[test]
    fn remarks_in_quotation_marks() {
        for (text, captions, body) in [
            (
                format!("\"PERISHABLE INFORMATION -- DO NOT SERVICE\"\nSIPDIS\n{HEAD}"),
                "PERISHABLE INFORMATION -- DO NOT SERVICE|SIPDIS",
                "",
            ),
            (format!("SIPDIS\nDEPT FOR EUR/NB\n\"DO NOT SERVICE\"\n{HEAD}"), "SIPDIS|DO NOT SERVICE", ""),
            (format!("{HEAD}\n\"THE COD IS BACK\"\n\n1. Fish."), "", "\"THE COD IS BACK\"|1. Fish."),
        ] {
            assert_eq!(
                (value(&text, "captions").0.as_str(), value(&text, "body").0.as_str()),
                (captions, body),
                "{text}"
            );
        }
    }

    #[test]
    fn prose_is_no_passing_line() {
        let prose =
            "OSLO.- WITH THE AIM OF MAKING THE HARBOR SAFE TO\nALL BOATS, THE MINISTER\nAND HIS GUESTS MET\nFOR LUNCH.";
        for (text, passed, body) in [
            (format!("FOR: IPS/IBS\n\n{prose}"), "FOR: IPS/IBS", prose.replace('\n', "|")),
            (format!("DEPT FOR EUR/NB\n\n{prose}"), "DEPT FOR EUR/NB", prose.replace('\n', "|")),
            (
                "subject: the cod\n\nhqs for roe/tr, embassy for dea".to_owned(),
                "hqs for roe/tr, embassy for dea",
                String::new(),
            ),
            (
                "Subject: the cod\n\nhqs for roe/tr, embassy for dea".to_owned(),
                "",
                "hqs for roe/tr, embassy for dea".to_owned(),
            ),
            ("DEPT FOR EUR/NB\nJANE ROE\nG/TIP".to_owned(), "DEPT FOR EUR/NB|JANE ROE|G/TIP", String::new()),
            (
                "DEPT FOR EUR/NB, G/TIP\nEEB/ESC AND JANE ROE".to_owned(),
                "DEPT FOR EUR/NB, G/TIP EEB/ESC AND JANE ROE",
                String::new(),
            ),
        ] {
            assert_eq!(value(&text, "passed").0, passed, "{text}");
            assert_eq!(value(&text, "body").0, body, "{text}");
        }
    }

    #[test]
    fn lines_of_bureaus_and_further_lines() {
        for (text, key, want) in [
            (format!("SIPDIS\nEUR DAS ROE\nNSC DOE AND O'ROE\n\n{HEAD}"), "passed", "EUR DAS ROE|NSC DOE AND O'ROE"),
            (
                format!("CORRECTED COPY - MARKING ON\nFIRST PARA CHANGED.\n\nSIPDIS\n{HEAD}"),
                "corrected",
                "MARKING ON FIRST PARA CHANGED.",
            ),
            (
                "E.O. 12958: N/A\nTAGS: OREP NO COUNTRY\nCLEARANCE\nSUBJECT: THE COD".to_owned(),
                "tags",
                "OREP|NO|COUNTRY CLEARANCE",
            ),
            (
                "E.O. 12958: N/A\nTAGS: TBIO NO\nOSLO'S 54th COD, 1st FROM THE SEA\nREF: OSLO 12".to_owned(),
                "subject",
                "OSLO'S 54th COD, 1st FROM THE SEA",
            ),
        ] {
            let (got, message) = value(&text, key);
            assert_eq!(got, want, "{text}");
            assert!(!message.contains(&"line-not-recognised"), "{text}");
        }
    }

    #[test]
    fn subjects_cut_by_a_blank_line() {
        let full = "SUBJECT: OSLO: FORMER HARBOR MASTERS DISCUSS THE UN";
        for (below, want) in [
            (
                "REFORM, AND THE COD FISHERY WITH THEM.\n\n1. Fish.",
                "OSLO: FORMER HARBOR MASTERS DISCUSS THE UN REFORM, AND THE COD FISHERY WITH THEM.",
            ),
            ("SUMMARY\n\n1. Fish.", "OSLO: FORMER HARBOR MASTERS DISCUSS THE UN"),
            ("THE COD AND THE SEA\n-------------------\n\n1. Fish.", "OSLO: FORMER HARBOR MASTERS DISCUSS THE UN"),
        ] {
            assert_eq!(value(&format!("{full}\n\n{below}"), "subject").0, want, "{below}");
        }
    }

    #[test]
    fn references_once_more() {
        for (second, want, message) in [
            ("REF: OSLO 12, LIMA 7", "OSLO 12|LIMA 7", true),
            ("REF: OSLO 12, LIMA 9", "OSLO 12|LIMA 7|LIMA 9", true),
            ("REF: ROME 3", "OSLO 12|LIMA 7|ROME 3", false),
        ] {
            let text = format!("{HEAD}REF: OSLO 12, LIMA 7\n\n{second}\n\n1. Fish.");
            let (got, codes) = value(&text, "references");
            assert_eq!((got.as_str(), codes.contains(&"field-repeated")), (want, message), "{text}");
        }
        let text = format!("{HEAD}REF: A. OSLO 12\nREF: B. LIMA 7\nREF: A. OSLO 13");
        assert_eq!(value(&text, "references").1, ["field-repeated"]);
    }
}
