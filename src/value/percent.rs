//! Percentages: 5%, 百分之三十, 三成, "5 percent", "5 pct", "5pc".

use super::edges::{Edges, owned};
use super::numeral::{self, word_ends};
use super::{Approx, Input, Number, Read, Value, figure};
use std::sync::LazyLock;

/// What a percentage is told by behind its figure.
pub(super) const SIGNS: [&str; 6] = ["%", " percent", " per cent", " pct", "-percent", "pc"];

/// What a percentage is told by anywhere in it.
pub(super) const SIGNS_ANYWHERE: &[&str] = &["%", "percent", " per cent", " pct", "pc", "百分之", "成"];

/// What percentages begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let mut heads = figure::heads();
        heads.push("百分之".to_owned());
        let mut tails = numeral::tails();
        tails.extend(owned(SIGNS.iter().copied().chain(["成"])));
        tails.extend(figure::hedges_behind());
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a percentage; 5% is 5.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    if let Some(rest) = input.text[at..].strip_prefix("百分之") {
        let from = input.text.len() - rest.len();
        let numeral = numeral::read(input.text, input.lower, from).filter(|numeral| numeral.end <= input.end)?;
        let number = Number {
            value: numeral.value,
            low: numeral.value - numeral.half,
            high: numeral.value + numeral.half,
            coarse: numeral.coarse,
            approx: Approx::Exact,
        };
        return found(input, numeral.end, number);
    }
    let figure = figure::read(input, at)?;
    let rest = &input.lower[figure.end..input.end];
    for sign in SIGNS {
        if rest.starts_with(sign) && (sign == "%" || word_ends(rest, sign.len())) {
            return found(input, figure.end + sign.len(), figure.number);
        }
    }
    // 三成, 三成五, 三成半: tenths. 成 also begins words.
    let tenths = input.text[figure.end..input.end].strip_prefix('成')?;
    if figure.number.value > 10.0
        || tenths.starts_with(['员', '功', '立', '为', '果', '都', '交', '长', '本', '年', '绩', '人'])
    {
        return None;
    }
    let mut end = figure.end + '成'.len_utf8();
    let mut number = figure.number.scaled(10.0);
    let half = 5.0;
    let behind = tenths.chars().next();
    let more = behind.and_then(|c| "一二三四五六七八九".chars().position(|d| d == c)).map(|at| at as f64 + 1.0);
    // 两成半: a quarter.
    if let Some(more) = more.or(behind.filter(|c| *c == '半').map(|_| 5.0)) {
        number.value += more;
        end += '一'.len_utf8();
    }
    number.low = number.low.min(number.value - half);
    number.high = number.high.max(number.value + half);
    found(input, end, number)
}

/// A whole percentage is a rounded one.
pub(super) fn rounded(number: Number) -> Number {
    let half = if number.low == number.high { 0.5 } else { 0.0 };
    let open = |end: f64| if end == number.value { 0.5 } else { half };
    Number { low: number.low - open(number.low), high: number.high + open(number.high), ..number }
}

fn found(input: Input<'_>, end: usize, number: Number) -> Option<Read> {
    let (end, number) = figure::behind(input, end, rounded(number));
    (end <= input.end).then(|| Read { end, values: vec![Value::Percent(number)] })
}
