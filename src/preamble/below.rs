//! Addressees out of place: below the classification line, among the captions.

use std::collections::HashSet;

use crate::diagnostic::DiagnosticCode;
use crate::field::addressee::{self, Addressee};
use crate::field::paragraph_number::Before;
use crate::header::Header;
use crate::header::line::{LineKind, List, after_label, classify, is_prose};
use crate::lines::{Line, Lines, Report};
use crate::text_head::is_first_paragraph;
use crate::value::Value;

/// Takes the addressees out of the lines below the classification line, up to the first label or the text, and adds them to
/// those of the header. What is addressed beyond doubt alone is taken: a passing line begins with a name, too.
pub(crate) fn take_addressees<'l, 'a>(
    lines: &'l [Line<'a>],
    header: &mut Header<'a>,
    report: &mut Report,
) -> Lines<'l, 'a> {
    let mut list = if header.info.is_empty() { List::To } else { List::Info };
    let mut taken: Vec<usize> = Vec::new();
    let mut known = HashSet::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        let text = line.trimmed();
        let kind = classify(text);
        if kind == LineKind::Label || is_prose(text) || is_first_paragraph(line, Before::Gap) {
            break;
        }
        let name = match kind {
            LineKind::List(labelled) => {
                list = labelled;
                after_label(text, labelled.label()).unwrap_or_default()
            }
            LineKind::Addressee => text,
            _ => continue,
        };
        let value = Value::one(name, line.span_of(name).start);
        let mut own = Report::default();
        let addressee = addressee::addressee(&value, &mut own);
        if !is_certain(&addressee) {
            continue;
        }
        if taken.is_empty() {
            known.extend(header.to.iter().chain(&header.info).chain(&header.exempted).map(|one| one.name.clone()));
        }
        report.absorb(own);
        report.mark(line, list.region());
        taken.push(index);
        let into = match list {
            List::To => &mut header.to,
            List::Info => &mut header.info,
            List::Exempted => &mut header.exempted,
        };
        if known.insert(addressee.name.clone()) {
            into.push(addressee);
        }
    }
    let Some(first) = taken.first().and_then(|index| lines.get(*index)) else { return lines.into() };
    let end = taken.last().and_then(|index| lines.get(*index)).unwrap_or(first);
    let message = "addressees below the classification line; added to those above it";
    report.emit(DiagnosticCode::AddresseeRepaired, first.text_span().to(end.text_span()), message);
    let mut taken = taken.into_iter().peekable();
    let left = lines.iter().enumerate().filter(|(index, _)| taken.next_if_eq(index).is_none());
    Lines::Owned(left.map(|(_, line)| *line).collect())
}

/// Whether this is an addressee and nothing else: it has a routing indicator, is a post, or ends as the names of offices in
/// Washington and of collectives do.
fn is_certain(addressee: &Addressee<'_>) -> bool {
    let last = addressee.name.rsplit(' ').next().unwrap_or_default();
    addressee.routing_indicator.is_some() || addressee.post().is_some() || matches!(last, "WASHDC" | "COLLECTIVE")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    #[test]
    fn addressees_among_the_captions() {
        for (name, text, to, info, left) in [
            (
                "between two captions",
                "SIPDIS\n\nAMEMBASSY BERN\nAMEMBASSY ROME PRIORITY\nCIA WASHDC\n\nSIPDIS\n\nTAGS: NO\nAMEMBASSY RIGA",
                "AMEMBASSY BERN, AMEMBASSY ROME PRIORITY, CIA WASHDC",
                "",
                "SIPDIS|SIPDIS|TAGS: NO|AMEMBASSY RIGA",
            ),
            (
                "labelled",
                "INFO AMEMBASSY BERN\nRUEHRO/AMEMBASSY ROME\nSENSITIVE",
                "",
                "AMEMBASSY BERN, RUEHRO/AMEMBASSY ROME",
                "SENSITIVE",
            ),
            (
                "passing lines",
                "NSC ROE AND DOE\nUSEU PASS TO EC\nAMEMBASSY BERN FOR ROE",
                "",
                "",
                "NSC ROE AND DOE|USEU PASS TO EC|AMEMBASSY BERN FOR ROE",
            ),
            (
                "the text",
                "The minister said that he would leave.\nAMEMBASSY BERN",
                "",
                "",
                "The minister said that he would leave.|AMEMBASSY BERN",
            ),
        ] {
            let lines = split(text);
            let mut header = Header::default();
            let rest = take_addressees(&lines, &mut header, &mut Report::default());
            let names = |list: &[Addressee<'_>]| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            assert_eq!((names(&header.to), names(&header.info)), (to.to_owned(), info.to_owned()), "{name}");
            let rest: Vec<&str> = rest.iter().map(|line| line.text).filter(|text| !text.is_empty()).collect();
            assert_eq!(rest.join("|"), left, "{name}");
        }
    }
}
