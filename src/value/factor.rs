//! Factors that a change multiplies by: "doubled", "tripled", "halved", "fivefold".

use super::edges::Edges;
use super::numeral::word_ends;
use super::{Approx, Input, Number, Read, Value, figure};
use std::sync::LazyLock;

/// Copy says "doubled" of anything near it.
const LOOSE: f64 = 0.08;

/// Words for a factor.
const WORDS: &[(&str, f64)] = &[
    ("doubled", 2.0),
    ("doubling", 2.0),
    ("tripled", 3.0),
    ("tripling", 3.0),
    ("trebled", 3.0),
    ("quadrupled", 4.0),
    ("quintupled", 5.0),
    ("halved", 0.5),
    ("halving", 0.5),
    ("twofold", 2.0),
    ("two-fold", 2.0),
    ("threefold", 3.0),
    ("three-fold", 3.0),
    ("fourfold", 4.0),
    ("four-fold", 4.0),
    ("fivefold", 5.0),
    ("five-fold", 5.0),
    ("sixfold", 6.0),
    ("six-fold", 6.0),
    ("sevenfold", 7.0),
    ("eightfold", 8.0),
    ("ninefold", 9.0),
    ("tenfold", 10.0),
    ("ten-fold", 10.0),
];

/// Every word for a factor.
pub(super) const VOCABULARY: &[&str] = &[
    "doubled",
    "doubling",
    "tripled",
    "tripling",
    "trebled",
    "quadrupled",
    "quintupled",
    "halved",
    "halving",
    "twofold",
    "two-fold",
    "threefold",
    "three-fold",
    "fourfold",
    "four-fold",
    "fivefold",
    "five-fold",
    "sixfold",
    "six-fold",
    "sevenfold",
    "eightfold",
    "ninefold",
    "tenfold",
    "ten-fold",
];

/// What they begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| Edges::of_words(VOCABULARY));
    &EDGES
}

/// Reads a factor, with the hedge that stands before it.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let rest = &input.lower[at..input.end];
    let (word, value) = WORDS.iter().find(|(word, _)| rest.starts_with(word) && word_ends(rest, word.len()))?;
    if input.lower[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-') {
        return None;
    }
    let band = |value: f64| Number {
        value,
        low: value * (1.0 - LOOSE),
        high: value * (1.0 + LOOSE),
        coarse: value * LOOSE,
        approx: Approx::Exact,
    };
    // A threefold rise is said of three times as much, and of three times more.
    let folds: &[f64] = if word.ends_with("fold") { &[*value, *value + 1.0] } else { &[*value] };
    let hedge = figure::hedge_before(input, at);
    let number = |value: &f64| hedge.map_or(band(*value), |approx| figure::widened(band(*value), approx));
    Some(Read { end: at + word.len(), values: folds.iter().map(number).map(Value::Number).collect() })
}
