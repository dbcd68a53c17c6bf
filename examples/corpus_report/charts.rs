//! Charts of the report, as SVG. Their colours are those that `page.css` gives to their parts.

use plotters::backend::SVGBackend;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor, TextStyle};

const WIDTH: i32 = 440;
/// The backend writes letters a quarter smaller than it is told.
const TEXT: f64 = 16.0;
const BAR: RGBColor = RGBColor(0x2f, 0x6d, 0xb5);
const RULE: RGBColor = RGBColor(0xc9, 0xcd, 0xd4);

/// One bar: what it stands for, how long it is, and what is written behind it.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) label: String,
}

/// Bars from left to right, one below the other.
pub(crate) fn bars(bars: &[Bar]) -> anyhow::Result<String> {
    const ROW: i32 = 22;
    const NAMES: i32 = 168;
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let mut svg = String::new();
    let height = ROW * i32::try_from(bars.len())? + 4;
    {
        let area = area(&mut svg, height)?;
        let mut top = 2;
        for bar in bars {
            let end = NAMES + at(bar.value / most * f64::from(WIDTH - NAMES - 70)).max(1);
            if bar.value > 0.0 {
                area.draw(&Rectangle::new([(NAMES, top + 3), (end, top + ROW - 3)], BAR.filled()))?;
            }
            let middle = top + ROW / 2;
            area.draw(&Text::new(bar.name.clone(), (NAMES - 6, middle), style(HPos::Right, VPos::Center)))?;
            area.draw(&Text::new(bar.label.clone(), (end + 6, middle), style(HPos::Left, VPos::Center)))?;
            top += ROW;
        }
        area.present()?;
    }
    Ok(svg)
}

/// Columns from the first month to the last; months without cables are there too.
pub(crate) fn months(months: &[Bar]) -> anyhow::Result<String> {
    const HEIGHT: i32 = 220;
    const LEFT: i32 = 52;
    const BOTTOM: i32 = HEIGHT - 26;
    let all = with_gaps(months);
    let most = all.iter().map(|(_, value)| *value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let mut svg = String::new();
    {
        let area = area(&mut svg, HEIGHT)?;
        for part in [0.0, 0.5, 1.0] {
            let y = BOTTOM - at(part * f64::from(BOTTOM - 12));
            area.draw(&PathElement::new([(LEFT, y), (WIDTH, y)], RULE))?;
            let label = format!("{:.0}", most * part);
            area.draw(&Text::new(label, (LEFT - 6, y), style(HPos::Right, VPos::Center)))?;
        }
        let step = f64::from(WIDTH - LEFT) / f64::from(u32::try_from(all.len().max(1))?);
        let (mut left, mut last_label) = (f64::from(LEFT), -100.0);
        for (name, value) in &all {
            let (from, to) = (at(left), at(left + step * 0.85).max(at(left) + 1));
            if *value > 0.0 {
                let top = BOTTOM - at(value / most * f64::from(BOTTOM - 12)).max(1);
                area.draw(&Rectangle::new([(from, top), (to, BOTTOM)], BAR.filled()))?;
            }
            let year = name.strip_suffix("-01").or((left <= f64::from(LEFT)).then_some(name.as_str()));
            if let Some(year) = year.filter(|_| left - last_label > 60.0 && left < f64::from(WIDTH - 40)) {
                area.draw(&Text::new(year.to_owned(), (from, BOTTOM + 7), style(HPos::Left, VPos::Top)))?;
                last_label = left;
            }
            left += step;
        }
        area.present()?;
    }
    Ok(svg)
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

fn area(svg: &mut String, height: i32) -> anyhow::Result<DrawingArea<SVGBackend<'_>, plotters::coord::Shift>> {
    Ok(SVGBackend::with_string(svg, (u32::try_from(WIDTH)?, u32::try_from(height)?)).into_drawing_area())
}

fn style(across: HPos, down: VPos) -> TextStyle<'static> {
    TextStyle::from(("sans-serif", TEXT).into_font()).pos(Pos::new(across, down))
}

/// A place on the drawing.
#[expect(clippy::cast_possible_truncation, reason = "a place of at most a few hundred pixels")]
fn at(place: f64) -> i32 {
    place.round() as i32
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
        let svg = bars(&[bar("<script>&", 1.0)]).unwrap();
        assert!(svg.contains("&lt;script&gt;&amp;"), "{svg}");
    }
}
