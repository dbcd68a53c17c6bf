//! Charts of the report, as SVG. Their colours are those that `page.css` gives to their parts.

use std::fmt::Write as _;

use crate::page::escaped;

const WIDTH: u32 = 440;

/// One bar: what it stands for, how long it is, and what is written after it.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) label: String,
}

/// Bars from left to right, one below the other.
pub(crate) fn bars(bars: &[Bar]) -> String {
    const ROW: f64 = 22.0;
    const NAMES: f64 = 168.0;
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let mut drawing = Drawing::default();
    let mut top = 2.0;
    for bar in bars {
        let length = (bar.value / most * (f64::from(WIDTH) - NAMES - 70.0)).max(1.0);
        if bar.value > 0.0 {
            drawing.bar(NAMES, top + 3.0, length, ROW - 6.0);
        }
        let middle = top + ROW / 2.0;
        drawing.text(&bar.name, NAMES - 6.0, middle, Anchor::End);
        drawing.text(&bar.label, NAMES + length + 6.0, middle, Anchor::Start);
        top += ROW;
    }
    drawing.finish(top + 2.0)
}

/// Columns from the first month to the last; months without cables are there too.
pub(crate) fn months(months: &[Bar]) -> String {
    const HEIGHT: f64 = 220.0;
    const LEFT: f64 = 52.0;
    const BOTTOM: f64 = HEIGHT - 26.0;
    let width = f64::from(WIDTH);
    let all = with_gaps(months);
    let most = all.iter().map(|(_, value)| *value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let mut drawing = Drawing::default();
    for part in [0.0, 0.5, 1.0] {
        let y = BOTTOM - part * (BOTTOM - 12.0);
        drawing.rule(LEFT, width, y);
        drawing.text(&format!("{:.0}", most * part), LEFT - 6.0, y, Anchor::End);
    }
    let step = (width - LEFT) / all.iter().map(|_| 1.0).sum::<f64>().max(1.0);
    let (mut left, mut last_label) = (LEFT, -100.0);
    for (name, value) in &all {
        if *value > 0.0 {
            let height = (value / most * (BOTTOM - 12.0)).max(1.0);
            drawing.bar(left, BOTTOM - height, (step * 0.85).max(1.0), height);
        }
        let year = name.strip_suffix("-01").or((left <= LEFT).then_some(name.as_str()));
        if let Some(year) = year.filter(|_| left - last_label > 60.0 && left < width - 40.0) {
            drawing.text(year, left, BOTTOM + 13.0, Anchor::Start);
            last_label = left;
        }
        left += step;
    }
    drawing.finish(HEIGHT)
}

/// All months from the first to the last, `2009-07`.
fn with_gaps(months: &[Bar]) -> Vec<(String, f64)> {
    let number = |name: &str| {
        let (year, month) = name.split_once('-')?;
        Some(year.parse::<u32>().ok()? * 12 + month.parse::<u32>().ok()?.checked_sub(1)?)
    };
    let known: Vec<(u32, f64)> = months.iter().filter_map(|bar| Some((number(&bar.name)?, bar.value))).collect();
    let (Some((first, _)), Some((last, _))) = (known.iter().min_by_key(|k| k.0), known.iter().max_by_key(|k| k.0))
    else {
        return Vec::new();
    };
    let of = |month: u32| known.iter().find(|(known, _)| *known == month).map_or(0.0, |(_, value)| *value);
    (*first..=*last).map(|month| (format!("{}-{:02}", month / 12, month % 12 + 1), of(month))).collect()
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    End,
}

/// The elements of a chart. Writing to a string cannot fail.
#[derive(Default)]
struct Drawing {
    elements: String,
}

impl Drawing {
    fn bar(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let _ = writeln!(
            self.elements,
            r#"<rect class="bar" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}"/>"#
        );
    }

    /// A thin line across.
    fn rule(&mut self, from: f64, to: f64, y: f64) {
        let _ = writeln!(self.elements, r#"<line class="rule" x1="{from:.1}" y1="{y:.1}" x2="{to:.1}" y2="{y:.1}"/>"#);
    }

    /// A text whose middle is as high as the place.
    fn text(&mut self, text: &str, x: f64, y: f64, anchor: Anchor) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::End => "end",
        };
        let text = escaped(text);
        let _ =
            writeln!(self.elements, r#"<text x="{x:.1}" y="{y:.1}" dy=".35em" text-anchor="{anchor}">{text}</text>"#);
    }

    fn finish(self, height: f64) -> String {
        let elements = self.elements;
        format!(
            "<svg viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"12\" \
             xmlns=\"http://www.w3.org/2000/svg\">\n{elements}</svg>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(name: &str, value: f64) -> Bar {
        Bar { name: name.to_owned(), value, label: value.to_string() }
    }

    #[test]
    fn months_without_cables_are_there() {
        let all = with_gaps(&[bar("1979-11", 2.0), bar("1980-02", 1.0), bar("unknown", 5.0)]);
        let wanted = [("1979-11", 2.0), ("1979-12", 0.0), ("1980-01", 0.0), ("1980-02", 1.0)];
        assert_eq!(all, wanted.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn names_are_escaped() {
        let svg = bars(&[bar("<script>&", 1.0)]);
        assert!(svg.contains("&lt;script&gt;&amp;"), "{svg}");
    }
}
