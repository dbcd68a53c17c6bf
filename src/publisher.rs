//! What the publishers of cables leave of their files: rows of a database, a viewer's frame, teasers.
//!
//! All of it comes out before the message is read. A row is an id, the name of a post and a level together, with dates,
//! serials and more ids, a line each or in one line; a viewer's record is the same with labels. A teaser is a beginning of
//! what follows, cut by `...`: the whole counts, and what stands above the teaser stays.

use crate::diagnostic::DiagnosticCode;
use crate::field::classification::{class_line, is_banner};
use crate::field::mrn;
use crate::header::line::starts_header;
use crate::lines::{Cut, Line, Lines, Report};
use crate::region::RegionKind;
use crate::span::Span;

/// The lines of the message, without what a publisher put among them.
pub(crate) fn take_out<'l, 'a>(lines: &'l [Line<'a>], report: &mut Report) -> Lines<'l, 'a> {
    let mut out: Option<Vec<Line<'a>>> = None;
    let mut row_seen = false;
    let mut taken = 0;
    let mut at = 0;
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(trace) = trace(rest) else {
            at += 1;
            continue;
        };
        let kept = out.get_or_insert_with(|| Vec::with_capacity(lines.len()));
        kept.extend_from_slice(lines.get(taken..at).unwrap_or_default());
        let (used, cells) = match trace {
            Trace::Lines(used) => (used, Vec::new()),
            Trace::Cells(row) => (rest.len(), row.lines(rest, report)),
        };
        let after = lines.get(at + used..).unwrap_or_default();
        // The teaser stands before the first row, if there is one.
        if !std::mem::replace(&mut row_seen, true) {
            take_teaser(kept, if cells.is_empty() { after } else { &cells }, Below::Row, report);
        }
        if cells.is_empty() {
            for line in rest.iter().take(used).filter(|line| !line.is_blank()) {
                report.mark(line, RegionKind::Notice);
            }
        }
        kept.extend(cells);
        at += used;
        taken = at;
    }
    let Some(mut kept) = out else { return without_teaser(lines, report) };
    kept.extend_from_slice(lines.get(taken..).unwrap_or_default());
    kept.into()
}

/// A trace of a publisher's file at a line.
enum Trace {
    /// So many lines that are nothing else.
    Lines(usize),
    /// A row whose last cells are header and text.
    Cells(Row),
}

/// The trace that begins at the first of these lines.
fn trace(lines: &[Line<'_>]) -> Option<Trace> {
    let text = lines.first()?.trimmed();
    match text.as_bytes().first()? {
        b'-' | b'=' | b'*' => is_frame(text).then_some(Trace::Lines(1)),
        b'0'..=b'9' | b'<' | b'"' => match row(lines) {
            Some(used) => Some(Trace::Lines(used)),
            None => row_in_line(text, lines.first()?).map(Trace::Cells),
        },
        b'i' | b'I' | b'd' | b'D' | b'r' | b'R' | b'o' | b'O' | b'c' | b'C' => record(lines).map(Trace::Lines),
        _ => None,
    }
}

/// What a cell of a row may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Serial,
    Date,
    Id,
    Origin,
    Level,
}

fn cell(text: &str) -> Option<Cell> {
    match () {
        () if is_serial(text) => Some(Cell::Serial),
        () if is_date(text) => Some(Cell::Date),
        () if is_origin(text) => Some(Cell::Origin),
        () if is_level(text) => Some(Cell::Level),
        () if !text.is_empty() && text.split('|').all(is_id) => Some(Cell::Id),
        () => None,
    }
}

/// A level, whatever handling stands after two slashes: `UNCLASSIFIED//FOR OFFICIAL USE ONLY`.
fn is_level(text: &str) -> bool {
    is_banner(text) || text.split_once("//").is_some_and(|(level, _)| is_banner(level))
}

/// Whether a text is a document's id: `09OSLO461`.
fn is_id(text: &str) -> bool {
    mrn::from_document_id(text.trim()).is_some()
}

/// `serial = 1*7DIGIT / "<<" 1*7DIGIT ">>"`
fn is_serial(text: &str) -> bool {
    let digits = text.strip_prefix("<<").and_then(|rest| rest.strip_suffix(">>")).unwrap_or(text);
    (1..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `date = ( DIGIT / "/" / "-" / ":" / SP ) ...`: `8/13/2009 8:54`, `2003-08-21`
fn is_date(text: &str) -> bool {
    (8..=19).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b':' | b' '))
}

/// Who sent it, in the words of a database: `Embassy Oslo`, `Secretary of State`.
fn is_origin(text: &str) -> bool {
    const KINDS: [&str; 8] =
        ["Embassy ", "Consulate ", "Mission ", "American ", "US ", "U.S. ", "USUN ", "Secretary of State"];
    text.len() < 50 && KINDS.iter().any(|kind| text.starts_with(kind))
}

/// What a row, or a record, has shown so far.
#[derive(Default)]
struct Evidence {
    id: bool,
    origin: bool,
    level: bool,
}

impl Evidence {
    /// Takes a cell; `false` where a row has no second one of its kind.
    fn take(&mut self, cell: Cell) -> bool {
        let place = match cell {
            Cell::Origin => &mut self.origin,
            Cell::Level => &mut self.level,
            Cell::Id => {
                self.id = true;
                return true;
            }
            Cell::Serial | Cell::Date => return true,
        };
        !std::mem::replace(place, true)
    }

    const fn is_row(&self) -> bool {
        self.id && self.origin && self.level
    }
}

/// A row has some eight cells, with a blank line or two between them.
const MOST_LINES: usize = 24;

/// The cells of a row, a line each, with blank lines between them; gives how many lines it takes.
fn row(lines: &[Line<'_>]) -> Option<usize> {
    let mut evidence = Evidence::default();
    for (index, line) in lines.iter().enumerate().take(MOST_LINES).filter(|(_, line)| !line.is_blank()) {
        let Some(cell) = cell(line.trimmed()) else { break };
        if !evidence.take(cell) {
            break;
        }
        let used = index + 1;
        // After a whole row only ids go on with it: a serial begins the text, or the next row.
        if evidence.is_row() {
            let more = lines.iter().enumerate().skip(used).find(|(_, line)| !line.is_blank());
            let ids = more.filter(|(_, line)| line.trimmed().split('|').all(is_id));
            return Some(ids.map_or(used, |(index, _)| index + 1));
        }
    }
    None
}

/// The labelled lines of a viewer: `id: 15777`, `refid: 09OSLO461`, ... `header:`. Three of them, with an id or with origin
/// and level, are a record.
fn record(lines: &[Line<'_>]) -> Option<usize> {
    const KEYS: [&str; 14] = [
        "id",
        "date",
        "refid",
        "ref id",
        "reference id",
        "origin",
        "source",
        "classification",
        "destination",
        "misc",
        "references",
        "created",
        "released",
        "header",
    ];
    let mut evidence = Evidence::default();
    let (mut used, mut count) = (0, 0);
    for (index, line) in lines.iter().enumerate().take(MOST_LINES).filter(|(_, line)| !line.is_blank()) {
        let Some((key, value)) = line.trimmed().split_once(':') else { break };
        if !KEYS.iter().any(|known| known.eq_ignore_ascii_case(key.trim())) {
            break;
        }
        if let Some(cell) = cell(value.trim()) {
            evidence.take(cell);
        }
        (used, count) = (index + 1, count + 1);
    }
    let known = evidence.id || evidence.origin && evidence.level;
    (count >= 3 && known).then_some(used)
}

/// `frame = rule words rule`: `-------- header ends --------`, `====CABLE ENDS====`
fn is_frame(text: &str) -> bool {
    let is_rule = |c: char| matches!(c, '-' | '=' | '*' | '_' | ' ');
    let (start, end) = (text.trim_start_matches(is_rule), text.trim_end_matches(is_rule));
    if text.len() - start.len() < 4 || text.len() - end.len() < 4 {
        return false;
    }
    let mut words = start.trim_end_matches(is_rule).split(' ');
    let is = |word: Option<&str>, known: &[&str]| word.is_some_and(|w| known.iter().any(|k| k.eq_ignore_ascii_case(w)));
    is(words.next(), &["header", "cable", "message", "text", "document"])
        && is(words.next(), &["begins", "begin", "starts", "start", "ends", "end"])
        && words.next().is_none()
}

/// A row in one line, up to the cell of the header.
struct Row {
    /// What parts its cells.
    separator: char,
    /// Where the header's cell begins, in its line.
    header: usize,
}

/// `row = *( cell separator ) header`: the cells from the id on are those of a row up to the header, which is the first that
/// is none. What stands before the id is of the same file.
fn row_in_line(text: &str, line: &Line<'_>) -> Option<Row> {
    const CELLS: usize = 16;
    let indent = line.text.len() - text.len();
    ['\t', ','].into_iter().find_map(|separator| {
        let ends = text.match_indices(separator).map(|(at, _)| at).chain([text.len()]);
        let mut start = 0;
        let mut evidence = Evidence::default();
        for end in ends.take(CELLS) {
            let written = text.get(start..end)?;
            let content = written.trim_matches(['"', ' ']);
            let known = cell(content).filter(|cell| evidence.id || *cell == Cell::Id);
            let is_of_row = known.is_some_and(|cell| evidence.take(cell)) || content.is_empty();
            if evidence.is_row() && !is_of_row {
                let quote = usize::from(written.starts_with('"'));
                return Some(Row { separator, header: indent + start + quote });
            }
            if !is_of_row {
                evidence = Evidence::default();
            }
            start = end + 1;
        }
        None
    })
}

impl Row {
    /// The lines of header and text in a row that begins with the first of these lines; its other cells and its quotes are
    /// marked as the publisher's.
    fn lines<'a>(&self, lines: &[Line<'a>], report: &mut Report) -> Vec<Line<'a>> {
        let mut out = Vec::with_capacity(lines.len() + 1);
        let quoted = self.separator != '\t';
        let mut in_text = false;
        let last = lines.iter().rposition(|line| !line.is_blank()).unwrap_or_default();
        for (index, line) in lines.iter().enumerate() {
            let from = if index == 0 { self.header } else { 0 };
            let Some(text) = line.text.get(from..) else { continue };
            report.regions.mark(Span::new(line.start, line.start + from), RegionKind::Notice);
            let mut rest = Line::new(text, line.start + from, line.end(), line.cut);
            if let Some((at, len)) = if in_text { None } else { end_of_header(text, self.separator) } {
                in_text = true;
                let span = Span::new(rest.start + at, rest.start + at + len);
                report.regions.mark(span, RegionKind::Notice);
                let header = text.get(..at).unwrap_or_default().trim_end();
                if !header.is_empty() {
                    out.push(Line::new(header, rest.start, span.start, rest.cut));
                }
                rest = Line::new(text.get(at + len..).unwrap_or_default(), span.end, line.end(), Cut::Lines);
            }
            if quoted && index == last && rest.text.ends_with('"') && rest.text.matches('"').count() % 2 == 1 {
                let at = rest.text.len() - 1;
                report.regions.mark(Span::new(rest.start + at, rest.end()), RegionKind::Notice);
                rest = Line::new(
                    rest.text.get(..at).unwrap_or_default().trim_end(),
                    rest.start,
                    rest.start + at,
                    rest.cut,
                );
                if rest.is_blank() {
                    continue;
                }
            }
            if line.is_loose() {
                rest.loosen();
            }
            out.push(rest);
        }
        out
    }
}

/// Where the header's cell ends on a line and the text's begins, and how long what parts them is.
fn end_of_header(text: &str, separator: char) -> Option<(usize, usize)> {
    if separator == '\t' {
        return text.find('\t').map(|at| (at, 1));
    }
    text.find("\",\"").map(|at| (at, 3))
}

/// Takes out the teaser that no row follows.
fn without_teaser<'l, 'a>(lines: &'l [Line<'a>], report: &mut Report) -> Lines<'l, 'a> {
    let content = |line: &&Line<'_>| !line.is_blank();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if !ends_teaser(line.text) {
            continue;
        }
        let (before, after) = lines.split_at_checked(at).unwrap_or((lines, &[]));
        let next = after.iter().find(content).map_or("", Line::trimmed);
        if starts_header(next) || begins_header(next) || class_line(next).is_some_and(|found| found.number.is_some()) {
            let mut kept = before.to_vec();
            if !take_teaser(&mut kept, after, Below::Whole, report) {
                break;
            }
            kept.extend_from_slice(after);
            return kept.into();
        }
    }
    lines.into()
}

/// Whether a line may be the first of a header, though it may be of another text as well.
fn begins_header(line: &str) -> bool {
    crate::header::line::classify(line).is_format_line()
}

/// Whether a line is cut off as a teaser is.
fn ends_teaser(line: &str) -> bool {
    line.ends_with("...") || line.ends_with('…')
}

/// What stands below a teaser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Below {
    /// A row, or a record: the teaser may have been cut together from pieces.
    Row,
    /// The whole at once.
    Whole,
}

/// Takes the teaser off the end of lines that stand before the whole: what is below its classification line, or, flattened
/// into one line, what the whole begins with. Gives whether there was one.
fn take_teaser<'a>(before: &mut Vec<Line<'a>>, whole: &[Line<'a>], below: Below, report: &mut Report) -> bool {
    let Some(last) = before.iter().rposition(|line| !line.is_blank()) else { return false };
    if !before.get(last).is_some_and(|line| ends_teaser(line.text)) {
        return false;
    }
    let number = |line: &Line<'_>| class_line(line.text).and_then(|found| found.number);
    let begins = |start: usize, at: usize| {
        is_beginning(before.get(start..=last).unwrap_or_default(), whole.get(at..).unwrap_or_default())
    };
    let content = whole.iter().position(|line| !line.is_blank());
    let class = whole.iter().enumerate().find_map(|(index, line)| Some((index, number(line)?)));
    let own = before.iter().enumerate().rev().find_map(|(index, line)| Some((index, number(line)?)));
    let start = match own.zip(class) {
        // Below its own classification line, which follows once more.
        Some(((start, number), (at, other))) if number == other => {
            Some(start).filter(|_| below == Below::Row || begins(start, at))
        }
        _ => {
            let block = before.iter().take(last + 1).rposition(Line::is_blank).map_or(0, |blank| blank + 1);
            let places = [content, class.map(|(at, _)| at)];
            Some(block).filter(|start| places.into_iter().flatten().any(|at| begins(*start, at)))
        }
    };
    let start = start.or_else(|| content.filter(|at| begins(0, *at)).map(|_| 0));
    let Some(start) = start else { return false };
    let teaser = before.get(start..).unwrap_or_default();
    for line in teaser.iter().filter(|line| !line.is_blank()) {
        report.mark(line, RegionKind::RepeatedHeading);
    }
    if let Some(span) = teaser.first().zip(before.get(last)).map(|(first, last)| Span::new(first.start, last.end())) {
        report.emit(DiagnosticCode::HeadingRepeated, span, "a teaser, the beginning of what follows; the whole counts");
    }
    before.truncate(start);
    true
}

/// Whether the letters and digits of a piece, up to where it was cut, are those that the whole begins with.
fn is_beginning(piece: &[Line<'_>], whole: &[Line<'_>]) -> bool {
    const LEAST: usize = 30;
    const MOST: usize = 1 << 13;
    fn letters<'t>(lines: &'t [Line<'_>]) -> impl Iterator<Item = u8> + 't {
        lines.iter().flat_map(|line| line.text.bytes()).filter(u8::is_ascii_alphanumeric)
    }
    let length = letters(piece).take(MOST).count();
    let alike = letters(piece).take(MOST).zip(letters(whole)).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    length >= LEAST && alike + 1 >= length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::split;

    /// The lines that are left, joined by slashes, and what was reported.
    fn left(text: &str) -> (String, usize) {
        let mut report = Report::default();
        let lines = split(text);
        let left = take_out(&lines, &mut report);
        let lines: Vec<&str> = left.iter().map(|line| line.text).filter(|text| !text.is_empty()).collect();
        (lines.join("|"), report.diagnostics.finish().len())
    }

    #[test]
    fn rows() {
        for (name, text, used) in [
            (
                "whole",
                "<<220571>>\n8/13/2009 8:54\n09OSLO461\nEmbassy Oslo\nSECRET//NOFORN\n09OSLO461|09STATE12\nOO",
                Some(6),
            ),
            (
                "with gaps",
                "10222\n\n2003-08-21\n\n03OSLO461\n\nEmbassy Oslo\n\nSECRET\n\nS E C R E T OSLO 000461",
                Some(9),
            ),
            ("the id first", "03OSLO461\nSecretary of State\nUNCLASSIFIED\nTAGS: NO", Some(3)),
            ("another order", "03OSLO461\n2003-08-21 08:54\nUNCLASSIFIED\nEmbassy Oslo\nTAGS: NO", Some(4)),
            ("a reference", "03OSLO461\nTHE FAIR", None),
            ("a number", "10222\nEmbassy Oslo\nSECRET", None),
        ] {
            assert_eq!(row(&split(text)), used, "{name}");
        }
    }

    #[test]
    fn records() {
        for (text, used) in [
            (
                "id: 15777\ndate: 7/3/2009 9:15\nrefid: 09OSLO461\norigin: Embassy Oslo\nclassification: SECRET\nheader:\nFM",
                Some(6),
            ),
            ("ID: 09OSLO461\nORIGIN: Embassy Oslo\nDATE: 2009\n\nFM AMEMBASSY OSLO", Some(3)),
            ("ORIGIN: Embassy Oslo\nCLASSIFICATION: SECRET\nDATE: 2009", Some(3)),
            ("Reference: A) 09 OSLO 12\nid: 1\nFM", None),
            ("ID: fish", None),
        ] {
            assert_eq!(record(&split(text)), used, "{text}");
        }
    }

    #[test]
    fn frames() {
        for yes in ["----------- header ends -----------", "=====CABLE ENDS=====", "**** Message begins ****"] {
            assert!(is_frame(yes), "{yes}");
        }
        for no in ["-----------", "--- THE FAIR ENDS ---", "- header ends", "---- header ---- ends ----"] {
            assert!(!is_frame(no), "{no}");
        }
    }

    #[test]
    fn cells_in_one_line() {
        for (name, text, want) in [
            (
                "commas and quotes",
                "27,7/3/2009 9:15,09OSLO461,\"Embassy Oslo\",SECRET,09ROME1,\"R 030915Z JUL 09\nTO ROME\n\n\",\"SECRET OSLO 461\n\n1. A \"\"roof\"\" of \"\"tin\"\".\n\"\n",
                "R 030915Z JUL 09|TO ROME|SECRET OSLO 461|1. A \"\"roof\"\" of \"\"tin\"\".",
            ),
            (
                "all quoted, no references",
                "\"27\",\"7/3/2009 9:15\",\"09OSLO461\",\"Embassy Oslo\",\"SECRET\",\"\",\"FM OSLO\",\"SECRET OSLO 461\nCOD\"",
                "FM OSLO|SECRET OSLO 461|COD",
            ),
            (
                "tabs",
                "27\t2009-07-03 09:15:00\t09OSLO461\tEmbassy Oslo\tSECRET\t\tFM OSLO\nTO ROME\tSECRET OSLO 461\nSAID \"\"COD",
                "FM OSLO|TO ROME|SECRET OSLO 461|SAID \"\"COD",
            ),
            (
                "after the end of another row, a damaged level",
                "12 cod draft \",18,12/18/2008 9:43,08OSLO17,\"Embassy Oslo \",UNCLASSIFIED//FOR OFFICIA LUSE  ,,\"FM OSLO\",\"UNCLAS OSLO 17\nCOD\"",
                "FM OSLO|UNCLAS OSLO 17|COD",
            ),
            ("a list in a text", "12, 13, 14\nCOD", "12, 13, 14|COD"),
        ] {
            assert_eq!(left(text).0, want, "{name}");
        }
    }

    #[test]
    fn teasers() {
        const HEADER: &str = "R 030915Z JUL 09\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n";
        const HEAD: &str = "UNCLAS OSLO 000461\nSIPDIS\nTAGS: NO\nSUBJECT: COD AND HERRING\n";
        const ROW: &str = "10222\n2009-06-16\n09OSLO461\nEmbassy Oslo\nUNCLASSIFIED\n";
        let whole = format!("{HEADER}{HEAD}1. Cod.\n");
        let want = whole.trim_end().replace('\n', "|");
        for (name, text, want) in [
            (
                "flattened",
                format!(
                    "{} SUBJECT: CO...\n\n{whole}",
                    format!("{HEADER}UNCLAS OSLO 000461 SIPDIS TAGS: NO").replace('\n', " ")
                ),
                want.clone(),
            ),
            (
                "flattened, and a row",
                format!("{} UNCLAS OSL...\n\n{ROW}\n{whole}", HEADER.replace('\n', " ")),
                want.clone(),
            ),
            (
                "in lines, a row, the head again",
                format!("{HEADER}{HEAD}1. C...\n\n{ROW}\n{HEAD}1. Cod.\n"),
                want.clone(),
            ),
            ("in lines, the whole", format!("{HEADER}UNCLAS OSLO 000461\nSIPDIS\nTAG...\n{whole}"), want.clone()),
            (
                "of another text",
                format!("THE FISH OF THE NORTH SEA ARE LONG...\n{whole}"),
                format!("THE FISH OF THE NORTH SEA ARE LONG...|{want}"),
            ),
            (
                "a sentence that breaks off",
                format!("{whole}They said...\n{HEAD}"),
                format!("{want}|They said...|{}", HEAD.trim_end().replace('\n', "|")),
            ),
        ] {
            assert_eq!(left(&text).0, want, "{name}");
        }
    }

    #[test]
    fn nothing_is_copied_without_a_trace() {
        let lines = split("R 030915Z JUL 09\nFM AMEMBASSY OSLO\n\n1. The fish...\n2. Cod.\n");
        assert!(matches!(take_out(&lines, &mut Report::default()), Lines::Borrowed(_)));
    }
}
