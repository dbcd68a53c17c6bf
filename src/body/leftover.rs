//! What is left in a body against the evidence, and only reported: rules among the words of a line, and lines that belong to
//! the text head.

use crate::diagnostic::DiagnosticCode;
use crate::field::paragraph_number::Numbered;
use crate::grammar::columns;
use crate::lines::{Line, Report};
use crate::literals::{Hit, Literal};
use crate::ornament::is_rule;
use crate::span::Span;

/// How many lines before the first paragraph may be a list of references.
const NEAR: usize = 12;

/// Reports them. A copy of the subject is identified by the subject's own letters.
pub(crate) fn report(
    text: &str,
    lines: &[Line<'_>],
    hits: &[Hit],
    numbered: &[Numbered],
    subject: Option<&str>,
    report: &mut Report,
) {
    rules(text, lines, report);
    for hit in hits.iter().filter(|hit| matches!(hit.literal, Literal::Order | Literal::Tags | Literal::Subject)) {
        let Some(line) = line_at(lines, hit.at) else { continue };
        let here = line.text.get(hit.at - line.start..).unwrap_or_default();
        if let Some(label) = head_field(hit.literal, here, subject) {
            head_line(Span::new(hit.at, hit.at + label), text, report);
        }
    }
    // Before the first paragraph a list of references is one.
    let first = numbered.first().map_or(0, |first| first.candidate.line);
    for line in lines.iter().take(first.min(NEAR)) {
        let label = line.trimmed().split_once(':').map(|(label, _)| label);
        let cites = || line.text.bytes().filter(u8::is_ascii_digit).nth(1).is_some();
        if let Some(label) = label.filter(|label| matches!(*label, "REF" | "REFS" | "Ref" | "Refs")).filter(|_| cites())
        {
            head_line(line.span_of(label), text, report);
        }
    }
}

fn head_line(label: Span, text: &str, report: &mut Report) {
    let message = format!("a line of the text head, {}, is left in the body", label.slice(text).unwrap_or_default());
    report.emit(DiagnosticCode::HeadLineInText, label, message);
}

/// The line of the body that holds an offset.
fn line_at<'l, 'a>(lines: &'l [Line<'a>], at: usize) -> Option<&'l Line<'a>> {
    let after = lines.partition_point(|line| line.start <= at);
    let line = lines.get(after.checked_sub(1)?)?;
    (at < line.start + line.text.len()).then_some(line)
}

/// The length of a label of the text head that a text begins with, and that has a value of its kind after it. Prose, and the
/// documents in it, have such words with other values.
///
/// ```text
/// head-field = "E.O. 1" 4DIGIT ":" / "TAGS:" SP 4capital ( SP / "," ) / "SUBJECT:" SP the subject's first letters
/// ```
fn head_field(literal: Literal, text: &str, subject: Option<&str>) -> Option<usize> {
    const LETTERS: usize = 16;
    let label = text.find(':')?;
    let value = text.get(label + 1..)?.trim_start();
    let is_one = match literal {
        Literal::Order => text.get("E.O. ".len()..label)?.bytes().filter(u8::is_ascii_digit).count() == 5,
        Literal::Tags => {
            let tag = value.split([' ', ',']).next()?;
            tag.len() == 4 && tag.bytes().all(|b| b.is_ascii_uppercase())
        }
        _ => {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).take(LETTERS).collect::<String>();
            subject.is_some_and(|subject| letters(subject).eq_ignore_ascii_case(&letters(value)))
        }
    };
    (is_one && label <= "E.O. 12345".len()).then_some(label)
}

/// Reports rows of dashes that stand among the words of a line. Those of tables are no fault.
fn rules(text: &str, lines: &[Line<'_>], report: &mut Report) {
    const RULE: &str = "------";
    let Some(mut at) = lines.first().map(|line| line.start) else { return };
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memmem::find(rest.as_bytes(), RULE.as_bytes())) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.len() - rest.trim_start_matches('-').len();
        at = end;
        let Some(line) = line_at(lines, start) else { continue };
        if is_rule(line.text) {
            at = at.max(line.start + line.text.len());
        } else if columns(line.trimmed()).is_none() {
            let message = "a row of dashes among the words of a line, under no heading";
            report.emit(DiagnosticCode::RuleInText, Span::new(start, end), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;
    use crate::literals;

    fn reported(text: &str) -> Vec<(DiagnosticCode, &str)> {
        let mut message = Report::default();
        report(text, &split(text), &literals::find(text), &[], Some("THE FISH MARKET MOVES"), &mut message);
        message.diagnostics.finish().iter().map(|d| (d.code, d.span.slice(text).unwrap())).collect()
    }

    #[test]
    fn what_is_left_is_reported() {
        use DiagnosticCode::{HeadLineInText as Head, RuleInText as Rule};
        for (name, text, want) in [
            ("a rule in a line", "it is late------- and so on\n", vec![(Rule, "-------")]),
            ("a rule", "It is late.\n-------\nThe door\n", vec![]),
            ("a cell of a table", "Nets    -------    12\n", vec![]),
            ("a short row", "it is late --- and so on\n", vec![]),
            ("the order", "so E.O. 12958: N/A and on\n", vec![(Head, "E.O. 12958")]),
            ("an order in prose", "as E.O. 13224 has it: late\n", vec![]),
            ("TAGS", "so TAGS: EFIS SENV and on\n", vec![(Head, "TAGS")]),
            ("TAGS in prose", "the TAGS: they are late\n", vec![]),
            ("the subject", "of SUBJECT: THE FISH MARKET MOVES IN\n", vec![(Head, "SUBJECT")]),
            ("another subject", "His letter:\nSUBJECT: The roof\n", vec![]),
        ] {
            assert_eq!(reported(text), want, "{name}");
        }
    }

    #[test]
    fn references_before_the_first_paragraph() {
        let text = "REF: OSLO 12\n\n1. Cod.\nREF: OSLO 13\n";
        let (lines, mut message) = (split(text), Report::default());
        let numbered = crate::body::candidates::paragraphs(&lines, &[], &mut message);
        report(text, &lines, &[], &numbered, None, &mut message);
        let message = message.diagnostics.finish();
        assert_eq!(
            message.iter().map(|d| (d.code.as_str(), d.span.start)).collect::<Vec<_>>(),
            [("head-line-in-text", 0)]
        );
    }

    #[test]
    fn many_rules_cost_linear_time() {
        let text = "a------b\n".repeat(50_000);
        assert_eq!(reported(&text).len(), 50_000);
    }
}
