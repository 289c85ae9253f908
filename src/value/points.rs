//! Percentage points: 4.5个百分点, 25个基点, "0.3 percentage point", "25 basis points".

use super::edges::{Edges, owned};
use super::numeral::word_ends;
use super::{Input, Read, Value, figure, percent};
use std::sync::LazyLock;

const UNITS: &[(&str, f64)] = &[
    ("个百分点", 1.0),
    ("百分点", 1.0),
    ("个基点", 0.01),
    (" percentage points", 1.0),
    (" percentage point", 1.0),
    ("-percentage-point", 1.0),
    ("-percentage point", 1.0),
    (" pct points", 1.0),
    (" percent points", 1.0),
    (" basis points", 0.01),
];

/// What percentage points begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let heads = figure::heads();
        let tails = owned(UNITS.iter().map(|(word, _)| *word)).into_iter().chain(figure::hedges_behind()).collect();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a number of percentage points.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let figure = figure::read(input, at)?;
    let rest = &input.lower[figure.end..input.end];
    let (word, scale) =
        UNITS.iter().find(|(word, _)| rest.starts_with(word) && (!word.is_ascii() || word_ends(rest, word.len())))?;
    let (end, number) = figure::behind(input, figure.end + word.len(), figure.number);
    (end <= input.end).then(|| Read { end, values: vec![Value::Percent(percent::rounded(number).scaled(*scale))] })
}
