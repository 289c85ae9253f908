//! Sums of money: 18.6亿元, 200万美元, $4.2 billion, £590m, "17 dlrs".

use super::numeral::word_ends;
use super::{Input, Money, Number, Read, Value, figure};

/// Signs and codes before the amount.
const BEFORE: &[(&str, &str)] = &[
    ("hk$", "HKD"),
    ("us$", "USD"),
    ("nt$", "TWD"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("s$", "SGD"),
    ("$", "USD"),
    ("£", "GBP"),
    ("€", "EUR"),
    ("¥", "CNY"),
    ("rmb ", "CNY"),
    ("rmb", "CNY"),
];

/// Words after the amount, longer ones first.
const AFTER: &[(&str, &str)] = &[
    ("元人民币", "CNY"),
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("韩元", "KRW"),
    ("卢布", "RUB"),
    ("卢比", "rupee"),
    ("澳元", "AUD"),
    ("加元", "CAD"),
    ("新台币", "TWD"),
    ("元", "CNY"),
    (" u.s. dollars", "USD"),
    (" us dollars", "USD"),
    (" dollars", "dollar"),
    (" dollar", "dollar"),
    (" dlrs", "dollar"),
    (" euros", "EUR"),
    (" euro", "EUR"),
    (" pounds sterling", "GBP"),
    (" yen", "JPY"),
    (" yuan", "CNY"),
    (" renminbi", "CNY"),
    (" rupees", "rupee"),
    (" roubles", "RUB"),
    (" rubles", "RUB"),
    (" marks", "DEM"),
    (" francs", "franc"),
    (" stg", "GBP"),
];

/// Reads a sum of money.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let rest = &input.lower[at..input.end];
    if let Some((sign, currency)) = BEFORE.iter().find(|(sign, _)| rest.starts_with(sign)) {
        let inside = input.text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        if inside {
            return None;
        }
        let figure = figure::read(input, at + sign.len())?;
        let (end, amount) = short_magnitude(input, figure.end, figure.number);
        return found(end, amount, currency);
    }
    let figure = figure::read(input, at)?;
    // A hedge may stand before the sign: about $5 million.
    let rest = &input.lower[figure.end..input.end];
    let (word, currency) =
        AFTER.iter().find(|(word, _)| rest.starts_with(word) && (!word.is_ascii() || word_ends(rest, word.len())))?;
    let (end, amount) = figure::behind(input, figure.end + word.len(), figure.number);
    found(end, amount, currency)
}

/// £590m, $3bn, $1.2tn, $20k.
fn short_magnitude(input: Input<'_>, at: usize, number: Number) -> (usize, Number) {
    for (word, scale) in [("m", 1e6), ("b", 1e9), ("k", 1e3), (" m", 1e6)] {
        if input.lower[at..input.end].starts_with(word) && word_ends(input.lower, at + word.len()) {
            let mut scaled = number.scaled(scale);
            let half = scaled.coarse.min(scale / 2.0);
            if scaled.low == scaled.high {
                (scaled.low, scaled.high) = (scaled.value - half, scaled.value + half);
            }
            return (at + word.len(), scaled);
        }
    }
    (at, number)
}

fn found(end: usize, amount: Number, currency: &'static str) -> Option<Read> {
    Some(Read { end, values: vec![Value::Money(Money { amount, currency })] })
}
