//! The lines of a page out of what stands where on it.
//!
//! A page is read as most of its letters run, turned or not; what runs otherwise, as a stamp along the margin, comes after
//! it. Two columns are read one after the other where a gap parts all lines of the page.

use super::sheet::{Shown, real, spaces_in};

/// A string along its line: where it begins and ends on it, and its height on the page.
#[derive(Clone, Copy, Debug)]
struct Run<'s> {
    from: f32,
    to: f32,
    height: f32,
    size: f32,
    text: &'s str,
}

/// Adds the lines of a page, of this width and height, to a text.
pub(super) fn write(shown: &[Shown], (width, height): (f32, f32), text: &mut String) {
    // Counted by letters, so that a stamp of many short strings is not the page.
    let mut letters = [0_usize; 4];
    for one in shown {
        if let Some(count) = letters.get_mut(turn(one)) {
            *count += one.text.trim().len();
        }
    }
    let main = (0..4).rev().max_by_key(|turn| letters.get(*turn)).unwrap_or(0);
    for way in std::iter::once(main).chain((0..4).filter(|way| *way != main)) {
        let runs: Vec<Run<'_>> = shown.iter().filter(|one| turn(one) == way).map(|one| run(one, way)).collect();
        let lines = lines(runs);
        let width = if way % 2 == 0 { width } else { height };
        for part in columns(&lines) {
            write_lines(&part, width, text);
        }
    }
}

/// How a string runs: 0 to the right, 1 up, 2 to the left, 3 down.
fn turn(shown: &Shown) -> usize {
    let (x, y) = shown.along;
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    }
}

/// A string as it stands when the page is turned so that its lines run to the right.
fn run(shown: &Shown, turn: usize) -> Run<'_> {
    let turned = |(x, y): (f32, f32)| match turn {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    };
    let ((from, height), (to, _)) = (turned(shown.from), turned(shown.to));
    Run { from, to, height, size: shown.size, text: &shown.text }
}

/// The runs of each line, from the top to the bottom, each line from left to right.
fn lines(mut runs: Vec<Run<'_>>) -> Vec<Vec<Run<'_>>> {
    runs.sort_by(|a, b| b.height.total_cmp(&a.height));
    let mut lines: Vec<Vec<Run<'_>>> = Vec::new();
    for run in runs {
        match lines.last_mut().filter(|line| line.last().is_some_and(|last| is_level(last, &run))) {
            Some(line) => line.push(run),
            None => lines.push(vec![run]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
    }
    lines
}

/// Whether two runs are of one line: one may stand a little higher.
fn is_level(a: &Run<'_>, b: &Run<'_>) -> bool {
    (a.height - b.height).abs() <= (a.size.min(b.size) * 0.3).max(1.0)
}

/// The page in the order in which it is read: whole, or where a gap runs down between two columns, the left one, then the
/// right one; a line that crosses the gap parts those above from those below.
fn columns<'s>(lines: &[Vec<Run<'s>>]) -> Vec<Vec<Vec<Run<'s>>>> {
    let Some(gap) = gap(lines) else { return vec![lines.to_vec()] };
    let mut parts = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        if line.iter().any(|run| crosses(run, gap)) {
            parts.extend([std::mem::take(&mut left), std::mem::take(&mut right), vec![line.clone()]]);
            continue;
        }
        let (before, after): (Vec<_>, Vec<_>) = line.iter().partition(|run| run.from < gap);
        left.extend((!before.is_empty()).then_some(before));
        right.extend((!after.is_empty()).then_some(after));
    }
    parts.extend([left, right]);
    parts
}

fn crosses(run: &Run<'_>, gap: f32) -> bool {
    run.from < gap && run.to > gap + run.size * 0.5
}

/// Where a gap runs down a page between two columns of prose: few lines cross it, many stand on both sides, and both sides
/// have long lines. Labels with their values are no columns.
fn gap(lines: &[Vec<Run<'_>>]) -> Option<f32> {
    const LEAST: usize = 8;
    const LONG: usize = 15;
    // Lines of prose are full; those of a table are short on one side.
    let both: Vec<(f32, f32)> = lines.iter().filter_map(|line| widest_gap(line)).collect();
    if both.len() < LEAST || both.len() * 2 < lines.len() {
        return None;
    }
    let from = both.iter().map(|(from, _)| *from).fold(f32::MIN, f32::max);
    let mut starts: Vec<f32> = both.iter().map(|(_, to)| *to).collect();
    starts.sort_by(f32::total_cmp);
    let gap = *starts.get(starts.len() / 2)?;
    // The right column begins at one place, and the left one ends before it.
    let aligned = starts.iter().filter(|start| (*start - gap).abs() < 2.0).count();
    if aligned * 4 < starts.len() * 3 || from > gap + 2.0 {
        return None;
    }
    let gap = gap - 2.0;
    let letters = |of_left: bool| {
        let sides = lines.iter().flatten().filter(|run| (run.from < gap) == of_left && !crosses(run, gap));
        sides.map(|run| run.text.trim().len()).sum::<usize>()
    };
    (letters(true) >= both.len() * LONG && letters(false) >= both.len() * LONG).then_some(gap)
}

/// The widest gap between the runs of a line, where it is wider than three letters: where it begins and ends.
fn widest_gap(line: &[Run<'_>]) -> Option<(f32, f32)> {
    let pairs = line.iter().zip(line.iter().skip(1)).filter(|(a, b)| b.from - a.to > a.size * 1.2);
    let widest = pairs.max_by(|(a, b), (c, d)| (b.from - a.to).total_cmp(&(d.from - c.to)));
    widest.map(|(a, b)| (a.to, b.from))
}

/// Writes lines one below the other; a distance of two or more has blank lines, and a line that the printing program broke
/// goes on.
fn write_lines(lines: &[Vec<Run<'_>>], width: f32, text: &mut String) {
    const MOST_BLANK: usize = 3;
    let pitch = pitch(lines);
    let margin = lines.iter().flatten().map(|run| run.from).fold(f32::MAX, f32::min).max(0.0);
    let mut before: Option<&Vec<Run<'_>>> = None;
    for line in lines {
        match before {
            Some(before) if is_broken(before, line, width - margin) => {}
            _ if text.is_empty() => {}
            _ => text.push('\n'),
        }
        if let Some((before, pitch)) = before.zip(pitch) {
            let distance = height(before) - height(line);
            let mut blank = 0;
            while blank < MOST_BLANK && distance > pitch * (1.6 + real(blank)) {
                text.push('\n');
                blank += 1;
            }
        }
        before = Some(line);
        write_line(line, text);
    }
}

fn height(line: &[Run<'_>]) -> f32 {
    line.first().map_or(0.0, |run| run.height)
}

/// Whether the printing program broke a line because its next word had no room: it leaves the space before that word at the
/// end, which a line of the text itself hardly has.
fn is_broken(line: &[Run<'_>], next: &[Run<'_>], limit: f32) -> bool {
    let Some((last, first)) = line.last().zip(next.first()) else { return false };
    let one_space = last.text.ends_with(' ') && !last.text.ends_with("  ");
    let letters = real(last.text.chars().count().max(1));
    // Where each letter is shown for itself, the space alone says how wide letters are.
    let letter = ((last.to - last.from) / letters).clamp(last.size * 0.25, last.size * 0.7);
    let word: usize =
        next.iter().map(|run| run.text).collect::<String>().split(' ').next().map_or(0, |word| word.chars().count());
    let has_text = line.iter().any(|run| !run.text.trim().is_empty()) && !first.text.starts_with(' ');
    one_space && has_text && last.to + real(word) * letter > limit
}

/// The distance of two lines: the one that most have.
fn pitch(lines: &[Vec<Run<'_>>]) -> Option<f32> {
    let heights = lines.iter().filter_map(|line| line.first()).map(|run| run.height);
    let next = lines.iter().filter_map(|line| line.first()).map(|run| run.height).skip(1);
    let mut distances: Vec<f32> = heights.zip(next).map(|(a, b)| a - b).filter(|distance| *distance > 1.0).collect();
    distances.sort_by(f32::total_cmp);
    // A third of the way up: pages with a blank line between all paragraphs have more wide distances than narrow ones.
    distances.get(distances.len() / 3).copied()
}

/// Writes the runs of a line, with spaces where there is room for them.
fn write_line(line: &[Run<'_>], text: &mut String) {
    let mut before: Option<&Run<'_>> = None;
    for run in line {
        if let Some(last) = before {
            // A bold letter may be one printed twice.
            if (run.from - last.from).abs() < last.size * 0.1 && run.text == last.text {
                continue;
            }
            let count = real(last.text.chars().count().max(1));
            let letter = ((last.to - last.from) / count).clamp(last.size * 0.25, last.size * 0.7);
            let gap = run.from - last.to;
            let is_open = !text.ends_with(' ') && !run.text.starts_with(' ');
            if gap > letter * 1.5 || is_open && gap > letter * 0.4 {
                text.push_str(spaces_in(gap, letter));
            }
        }
        text.push_str(run.text);
        before = Some(run);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use lopdf::content::Content;

    use super::*;
    use crate::source::pdf::sheet::Sheet;

    /// The text of a page of 600 by 800 with this content.
    fn page(content: &str) -> String {
        let fonts = BTreeMap::new();
        let mut sheet = Sheet::new(&fonts);
        for operation in Content::decode_iter(content.as_bytes()) {
            sheet.follow(&operation.unwrap());
        }
        let mut text = String::new();
        write(&sheet.shown, (600.0, 800.0), &mut text);
        text
    }

    #[test]
    fn pages() {
        for (name, content, want) in [
            ("lines in their order", "BT /F 10 Tf 50 700 Td (COD) Tj 0 -12 Td (HERRING) Tj ET", "COD\nHERRING"),
            ("lines in another order", "BT /F 10 Tf 50 600 Td (HERRING) Tj 0 12 Td (COD) Tj ET", "COD\nHERRING"),
            (
                "upside down, as browsers print",
                "1 0 0 -1 0 800 cm BT /F 10 Tf 1 0 0 -1 50 100 Tm (COD) Tj 1 0 0 -1 50 112 Tm (HERRING) Tj ET",
                "COD\nHERRING",
            ),
            (
                "moved before it is shown",
                "q 1 0 0 1 0 100 cm BT /F 10 Tf 50 500 Td (COD) Tj ET Q BT /F 10 Tf 50 550 Td (HERRING) Tj ET",
                "COD\nHERRING",
            ),
            (
                "turned to the left",
                "BT /F 10 Tf 0 1 -1 0 100 50 Tm (COD) Tj 0 1 -1 0 112 50 Tm (HERRING) Tj ET",
                "COD\nHERRING",
            ),
            (
                "turned to the right",
                "BT /F 10 Tf 0 -1 1 0 112 50 Tm (COD) Tj 0 -1 1 0 100 50 Tm (HERRING) Tj ET",
                "COD\nHERRING",
            ),
            (
                "a stamp along the margin",
                "BT /F 10 Tf 0 1 -1 0 20 50 Tm (OLD) Tj 1 0 0 1 50 700 Tm (HERRING) Tj ET",
                "HERRING\nOLD",
            ),
            ("leading", "BT /F 10 Tf 12 TL 50 700 Td (COD) Tj T* (HERRING) Tj (EEL) ' ET", "COD\nHERRING\nEEL"),
            (
                "a blank line",
                "BT /F 10 Tf 50 700 Td (A) Tj 0 -12 Td (B) Tj 0 -12 Td (C) Tj 0 -24 Td (D) Tj 0 -12 Td (E) Tj ET",
                "A\nB\nC\n\nD\nE",
            ),
        ] {
            assert_eq!(page(content), want, "{name}");
        }
    }

    fn shown(x: f32, y: f32, text: &str) -> Shown {
        let width = 5.0 * real(text.len());
        Shown { from: (x, y), to: (x + width, y), along: (10.0, 0.0), size: 10.0, text: text.to_owned() }
    }

    fn text(all: &[Shown]) -> String {
        let mut text = String::new();
        write(all, (600.0, 800.0), &mut text);
        text
    }

    #[test]
    fn spaces_where_there_is_room() {
        for (name, runs, want) in [
            ("next to each other", vec![shown(0.0, 9.0, "COD"), shown(15.0, 9.0, "LING")], "CODLING"),
            ("a space", vec![shown(0.0, 9.0, "COD"), shown(20.0, 9.0, "LING")], "COD LING"),
            ("five spaces", vec![shown(0.0, 9.0, "COD"), shown(40.0, 9.0, "LING")], "COD     LING"),
            ("in another order", vec![shown(20.0, 9.0, "LING"), shown(0.0, 9.0, "COD")], "COD LING"),
            ("a little higher", vec![shown(0.0, 9.0, "COD"), shown(20.0, 10.5, "LING")], "COD LING"),
            ("printed twice to be bold", vec![shown(0.0, 9.0, "COD"), shown(0.3, 9.0, "COD")], "COD"),
        ] {
            assert_eq!(text(&runs), want, "{name}");
        }
    }

    #[test]
    fn columns_one_after_the_other() {
        let line = |side: &str, n: usize| format!("{side} column, its line number {n}");
        let mut page = vec![shown(50.0, 792.0, "A HEADING THAT STANDS ACROSS BOTH OF THE TWO COLUMNS OF THE PAGE")];
        let mut want = vec![page[0].text.clone()];
        for n in 10..20_usize {
            let height = 900.0 - 12.0 * real(n);
            page.extend([shown(50.0, height, &line("left", n)), shown(320.0, height, &line("right", n))]);
        }
        want.extend((10..20).map(|n| line("left", n)));
        want.extend((10..20).map(|n| line("right", n)));
        assert_eq!(text(&page), want.join("\n"));

        let labels: Vec<Shown> = (0..10)
            .flat_map(|n| {
                let height = 700.0 - 12.0 * real(n);
                [shown(50.0, height, "From:"), shown(150.0, height, "AN EMBASSY WITH QUITE A LONG NAME")]
            })
            .collect();
        assert!(text(&labels).lines().all(|line| line.starts_with("From:") && line.ends_with("NAME")));
    }

    #[test]
    fn lines_that_a_program_broke() {
        let long = "x".repeat(98);
        let broken =
            [shown(50.0, 700.0, &format!("{long} ")), shown(50.0, 688.0, "herring"), shown(50.0, 676.0, "cod")];
        assert_eq!(text(&broken), format!("{long} herring\ncod"));
        let own = [shown(50.0, 700.0, &long), shown(50.0, 688.0, "herring")];
        assert_eq!(text(&own), format!("{long}\nherring"));
        let short = [shown(50.0, 700.0, "cod "), shown(50.0, 688.0, "herring")];
        assert_eq!(text(&short), "cod \nherring");
    }
}
