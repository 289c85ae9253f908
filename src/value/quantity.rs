//! Quantities: a number of some unit, measured or counted.

use super::numeral::word_ends;
use super::unit::{COUNTED, MEASURED};
use super::{Input, Quantity, Read, Unit, Value, figure};

/// Reads a quantity.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let figure = figure::read(input, at)?;
    let (end, unit) = unit_at(input, figure.end)?;
    let (end, amount) = figure::behind(input, end, figure.number);
    (end <= input.end).then(|| Read { end, values: vec![Value::Quantity(Quantity { amount, unit })] })
}

/// The unit that stands at a place: the longest that is written there.
fn unit_at(input: Input<'_>, at: usize) -> Option<(usize, &'static Unit)> {
    let rest = &input.lower[at..input.end];
    let first = rest.chars().next()?;
    let mut best: Option<(usize, &'static Unit)> = None;
    let mut take = |length: usize, unit: &'static Unit| {
        if best.is_none_or(|(longest, _)| length > longest) {
            best = Some((length, unit));
        }
    };
    if first.is_ascii() {
        // English units stand behind a space or a hyphen, symbols also right behind the digits.
        let skipped = usize::from(first == ' ' || first == '-');
        for written in MEASURED {
            for word in written.words.iter().filter(|word| word.is_ascii()) {
                let from = if word.starts_with(' ') { 0 } else { skipped };
                if rest[from..].starts_with(word) && word_ends(rest, from + word.len()) {
                    take(from + word.len(), &written.unit);
                }
            }
        }
    } else {
        for written in MEASURED {
            for word in written.words.iter().filter(|word| !word.is_ascii()) {
                if rest.starts_with(word) {
                    take(word.len(), &written.unit);
                }
            }
        }
        for (word, unit) in COUNTED {
            if rest.starts_with(word) && !part_of_word(word, &rest[word.len()..]) {
                take(word.len(), unit);
            }
        }
    }
    best.map(|(length, unit)| (at + length, unit))
}

/// Words that begin with a measure word and are none: 国家, 人民币, 名列, 度假, 个百分点 …
fn part_of_word(word: &str, after: &str) -> bool {
    let starts = |words: &[&str]| words.iter().any(|w| after.starts_with(w));
    match word {
        "个" => starts(&["百分点", "月", "小时", "工作日", "星期", "交易日"]),
        "人" => starts(&["民币", "均"]),
        "名" => starts(&["列"]),
        "国" => starts(&["家", "际", "内"]),
        "场" => starts(&["馆"]),
        "部" => starts(&["分", "门"]),
        "家" => starts(&["庭"]),
        "节" => starts(&["目"]),
        "班" => starts(&["级"]),
        "次" => starts(&["日", "年"]),
        _ => false,
    }
}
