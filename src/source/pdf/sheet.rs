//! A page as it is written: what the text operators of PDF show, and where.

use std::collections::BTreeMap;

use lopdf::Object;
use lopdf::content::Operation;

use super::font::Font;

/// A string as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Where it begins and ends on the page.
    pub(super) from: (f32, f32),
    pub(super) to: (f32, f32),
    /// How its lines run: one unit of text along the line.
    pub(super) along: (f32, f32),
    /// The height of its letters on the page.
    pub(super) size: f32,
    pub(super) text: String,
}

/// `[a b c d e f]`, as PDF has it: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
    e: f32,
    f: f32,
}

impl Matrix {
    const UNIT: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    const fn moved(e: f32, f: f32) -> Self {
        Self { e, f, ..Self::UNIT }
    }

    fn of(operands: &[Object]) -> Self {
        let number = |at: usize| operands.get(at).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0);
        Self { a: number(0), b: number(1), c: number(2), d: number(3), e: number(4), f: number(5) }
    }

    /// This one first, then the other.
    fn then(self, o: Self) -> Self {
        Self {
            a: self.a * o.a + self.b * o.c,
            b: self.a * o.b + self.b * o.d,
            c: self.c * o.a + self.d * o.c,
            d: self.c * o.b + self.d * o.d,
            e: self.e * o.a + self.f * o.c + o.e,
            f: self.e * o.b + self.f * o.d + o.f,
        }
    }
}

/// What an operator `q` keeps.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Vec<u8>,
    size: f32,
    letter_gap: f32,
    word_gap: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// A page as far as it is written.
pub(super) struct Sheet<'s, 'p> {
    fonts: &'s BTreeMap<Vec<u8>, Font<'p>>,
    state: State,
    kept: Vec<State>,
    /// Where the line begins, and where the next letter stands.
    line: Matrix,
    text: Matrix,
    pub(super) shown: Vec<Shown>,
}

impl<'s, 'p> Sheet<'s, 'p> {
    pub(super) fn new(fonts: &'s BTreeMap<Vec<u8>, Font<'p>>) -> Self {
        let state = State {
            page: Matrix::UNIT,
            font: Vec::new(),
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self { fonts, state, kept: Vec::new(), line: Matrix::UNIT, text: Matrix::UNIT, shown: Vec::new() }
    }

    /// Follows an operator of the content.
    pub(super) fn follow(&mut self, Operation { operator, operands }: &Operation) {
        /// No page keeps so many states.
        const DEEPEST: usize = 256;
        let number = |at: usize| operands.get(at).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0);
        let state = &mut self.state;
        match operator.as_str() {
            "q" if self.kept.len() < DEEPEST => self.kept.push(state.clone()),
            "Q" => *state = self.kept.pop().unwrap_or_else(|| state.clone()),
            "cm" => state.page = Matrix::of(operands).then(state.page),
            "BT" => self.begin(Matrix::UNIT),
            "Tf" => {
                state.font = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default().to_vec();
                state.size = number(1);
            }
            "Tc" => state.letter_gap = number(0),
            "Tw" => state.word_gap = number(0),
            "Tz" => state.stretch = number(0) / 100.0,
            "TL" => state.leading = number(0),
            "Ts" => state.rise = number(0),
            "Td" => self.go(number(0), number(1)),
            "TD" => {
                state.leading = -number(1);
                self.go(number(0), number(1));
            }
            "Tm" => self.begin(Matrix::of(operands)),
            "T*" => self.next_line(),
            "Tj" | "TJ" => self.show(operands),
            "'" => {
                self.next_line();
                self.show(operands);
            }
            "\"" => {
                (state.word_gap, state.letter_gap) = (number(0), number(1));
                self.next_line();
                self.show(operands.get(2..).unwrap_or_default());
            }
            _ => {}
        }
    }

    fn begin(&mut self, matrix: Matrix) {
        (self.line, self.text) = (matrix, matrix);
    }

    fn go(&mut self, x: f32, y: f32) {
        self.begin(Matrix::moved(x, y).then(self.line));
    }

    fn next_line(&mut self) {
        self.go(0.0, -self.state.leading);
    }

    /// Shows strings; between two of them a wide gap is made of spaces.
    fn show(&mut self, operands: &[Object]) {
        // So wide is a space, or wider, in thousandths of the size.
        const SPACE: f32 = 200.0;
        let Some(font) = self.fonts.get(&self.state.font) else { return self.show_unknown(operands) };
        let start = self.place();
        let mut shown = String::new();
        let State { size, letter_gap, word_gap, stretch, .. } = self.state;
        let (space, ..) = font.advance(b" ");
        for operand in strings(operands) {
            let moved = match operand {
                Object::String(bytes, _) => {
                    shown.push_str(&font.decode(bytes));
                    let (width, count, spaces) = font.advance(bytes);
                    width / 1000.0 * size + count * letter_gap + spaces * word_gap
                }
                gap => {
                    let gap = gap.as_float().unwrap_or(0.0);
                    if gap < -SPACE {
                        shown.push_str(spaces_in(-gap, space));
                    }
                    -gap / 1000.0 * size
                }
            };
            self.text = Matrix::moved(moved * stretch, 0.0).then(self.text);
        }
        self.keep(start, shown);
    }

    /// Shows strings in a font that the page has not.
    fn show_unknown(&mut self, operands: &[Object]) {
        let start = self.place();
        let mut shown = String::new();
        for operand in strings(operands) {
            if let Object::String(bytes, _) = operand {
                shown.push_str(&crate::decode::decode(bytes).text);
            }
        }
        self.keep(start, shown);
    }

    fn keep(&mut self, start: Matrix, text: String) {
        let end = self.place();
        let (from, to) = ((start.e, start.f), (end.e, end.f));
        let size = start.c.hypot(start.d);
        if [from.0, from.1, to.0, to.1, size].iter().all(|number| number.is_finite()) {
            self.shown.push(Shown { from, to, along: (start.a, start.b), size, text });
        }
    }

    /// Where and how the next letter stands on the page.
    fn place(&self) -> Matrix {
        let State { size, rise, stretch, page, .. } = self.state;
        let letter = Matrix { a: size * stretch, d: size, f: rise, ..Matrix::UNIT };
        letter.then(self.text).then(page)
    }
}

/// The strings and gaps that an operator shows.
fn strings(operands: &[Object]) -> impl Iterator<Item = &Object> {
    operands.iter().flat_map(|operand| operand.as_array().map_or(std::slice::from_ref(operand), |all| all))
}

/// So many spaces as a gap has room for, one at the least.
pub(super) fn spaces_in(gap: f32, space: f32) -> &'static str {
    const SPACES: &str = "                                                                                ";
    let mut count = 1;
    while count < SPACES.len() && gap > space.max(1e-3) * (real(count) + 0.5) {
        count += 1;
    }
    SPACES.get(..count).unwrap_or(" ")
}

/// A count as a number to reckon with; no line has so many letters that it would be another.
pub(super) fn real(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
