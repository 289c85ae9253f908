//! Shares of a whole: percentages and the fractions that stand for them: 三分之一, 一半, "a third", "one in five".

use super::edges::{Edges, owned};
use super::numeral::{self, word_ends};
use super::{Approx, Input, Number, Read, Value, figure, percent};
use std::sync::LazyLock;

/// A fraction in words is rounder than a percentage: "a third" is said of anything near it.
const LOOSE: f64 = 0.07;

const PARTS: &[(&str, f64)] = &[
    ("half", 2.0),
    ("third", 3.0),
    ("quarter", 4.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
];

const COUNTS: &[(&str, f64)] = &[
    ("a ", 1.0),
    ("one ", 1.0),
    ("one-", 1.0),
    ("two ", 2.0),
    ("two-", 2.0),
    ("three ", 3.0),
    ("three-", 3.0),
    ("four ", 4.0),
    ("four-", 4.0),
];

/// What shares begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let words = |table: &[(&'static str, f64)]| owned(table.iter().map(|(word, _)| *word));
        let mut heads = figure::heads();
        heads.extend(words(COUNTS));
        heads.extend(owned(["half", "百分之", "一半", "半数"].into_iter()));
        let mut tails = figure::tails();
        tails.extend(words(PARTS).into_iter().flat_map(|part| [format!("{part}s"), part]));
        tails.extend(owned(["一半", "半数"].into_iter().chain(percent::SIGNS).chain(["成"])));
        tails.extend(figure::hedges_behind());
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a share; a third is 33.3.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    if let Some(read) = percent::read(input, at) {
        return Some(read);
    }
    let (hedge, start) = figure::hedged(input, at);
    if start > input.end {
        return None;
    }
    let (end, value, band) = chinese(input, start)
        .or_else(|| english(input, start))
        .or_else(|| odds(input, start))
        .filter(|(end, ..)| *end <= input.end)?;
    let number = Number {
        value,
        low: value * (1.0 - band),
        high: value * (1.0 + band),
        coarse: value * band,
        approx: Approx::Exact,
    };
    let number = hedge.map_or(number, |approx| figure::widened(number, approx));
    let (end, number) = figure::behind(input, end, number);
    (end <= input.end).then(|| Read { end, values: vec![Value::Percent(number)] })
}

/// 三分之一, 万分之五, 一半, 半数.
fn chinese(input: Input<'_>, at: usize) -> Option<(usize, f64, f64)> {
    for half in ["一半", "半数"] {
        if input.text[at..].starts_with(half) {
            return Some((at + half.len(), 50.0, LOOSE));
        }
    }
    let of = numeral::read(input.text, input.lower, at).filter(|of| of.value > 1.0)?;
    let rest = input.text[of.end..].strip_prefix("分之")?;
    let part = numeral::read(input.text, input.lower, input.text.len() - rest.len())?;
    // 万分之五 is a rate as exact as 0.05%; 三分之一 is a round word.
    let band = if of.value >= 1000.0 { 0.5 / part.value.max(1.0) } else { LOOSE };
    (part.value < of.value).then(|| (part.end, 100.0 * part.value / of.value, band))
}

/// "half", "a third", "two-thirds".
fn english(input: Input<'_>, at: usize) -> Option<(usize, f64, f64)> {
    let rest = &input.lower[at..input.end];
    if input.lower[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-') {
        return None;
    }
    let (words, count) = COUNTS.iter().find(|(words, _)| rest.starts_with(words)).copied().unwrap_or(("", 1.0));
    let (part, of) = PARTS.iter().find(|(part, _)| rest[words.len()..].starts_with(part)).copied()?;
    if words.is_empty() && part != "half" || count >= of {
        return None;
    }
    let mut end = words.len() + part.len();
    end += usize::from(count > 1.0 && rest[end..].starts_with('s'));
    word_ends(rest, end).then(|| (at + end, 100.0 * count / of, LOOSE))
}

/// "one in five", "3 out of 10".
fn odds(input: Input<'_>, at: usize) -> Option<(usize, f64, f64)> {
    let part = figure::read(input, at).filter(|part| part.number.approx == Approx::Exact)?;
    let rest = &input.lower[part.end..input.end];
    let skipped =
        [" in every ", " out of every ", " out of ", " in "].iter().find(|words| rest.starts_with(**words))?;
    let of = figure::read(input, part.end + skipped.len())?;
    let (count, whole) = (part.number.value, of.number.value);
    // 3 in 10 is a share; "12 in 2016" and "150 in 400" are not said as one.
    let round = count < whole && count <= 10.0 && (whole <= 20.0 || [25.0, 50.0, 100.0, 1000.0].contains(&whole));
    round.then(|| (of.end, 100.0 * count / whole, 0.5 / whole.min(10.0) / count.max(1.0) + 0.05))
}
