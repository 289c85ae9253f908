//! Spans of time: 3天, 两年, 48小时, 三个月, "three days", "20-year", "a week".

use super::edges::{Edges, owned};
use super::numeral::word_ends;
use super::{Duration, DurationUnit, Input, Number, Read, Value, figure};
use DurationUnit::{Day, Hour, Minute, Month, Second, Week, Year};
use std::sync::LazyLock;

const CHINESE: &[(&str, DurationUnit)] = &[
    ("个半小时", Hour),
    ("个多小时", Hour),
    ("个小时", Hour),
    ("小时", Hour),
    ("个钟头", Hour),
    ("分钟", Minute),
    ("秒", Second),
    ("天", Day),
    ("日", Day),
    ("个星期", Week),
    ("星期", Week),
    ("周", Week),
    ("个月", Month),
    ("年", Year),
    ("载", Year),
];
const ENGLISH: &[(&str, DurationUnit)] = &[
    ("seconds", Second),
    ("second", Second),
    ("minutes", Minute),
    ("minute", Minute),
    ("hours", Hour),
    ("hour", Hour),
    ("days", Day),
    ("day", Day),
    ("weeks", Week),
    ("week", Week),
    ("months", Month),
    ("month", Month),
    ("years", Year),
    ("year", Year),
];

/// What spans of time begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let mut heads = figure::heads();
        heads.extend(owned(["a ", "an "].into_iter()));
        let units = CHINESE.iter().chain(ENGLISH).map(|(word, _)| *word);
        let tails = owned(units.chain(["半"])).into_iter().chain(figure::hedges_behind()).collect();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a span of time.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    for article in ["a ", "an "] {
        if input.lower[at..input.end].starts_with(article)
            && !input.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
        {
            let (end, unit) = english(input, at + article.len())?;
            return found(end, Number::exact(1.0), unit);
        }
    }
    let figure = figure::read(input, at)?;
    let rest = &input.text[figure.end..input.end];
    if let Some((word, unit)) = CHINESE.iter().find(|(word, _)| rest.starts_with(word)) {
        // 2026年 is a year and 6日 a day of the month unless the figure is small and stands as a count.
        let calendar = *word == "年" && figure.number.value >= 1000.0 || *word == "日" && figure.digits;
        let longer = rest[word.len()..].starts_with(['级', '代', '度'])
            || *word == "周" && rest["周".len()..].starts_with(['年', '岁']);
        if calendar || longer {
            return None;
        }
        let mut amount = figure.number;
        let mut end = figure.end + word.len();
        if *word == "个半小时" || input.text[end..input.end].starts_with('半') {
            (amount.value, amount.low, amount.high) = (amount.value + 0.5, amount.low + 0.5, amount.high + 0.5);
            end += if *word == "个半小时" { 0 } else { '半'.len_utf8() };
        }
        let (end, amount) = figure::behind(input, end, amount);
        return found(end, amount, *unit);
    }
    let gap = usize::from(input.text[figure.end..input.end].starts_with([' ', '-']));
    let (end, unit) = english(input, figure.end + gap).filter(|_| gap > 0)?;
    found(end, figure.number, unit)
}

fn english(input: Input<'_>, at: usize) -> Option<(usize, DurationUnit)> {
    let rest = &input.lower[at..input.end];
    let (word, unit) = ENGLISH.iter().find(|(word, _)| rest.starts_with(word) && word_ends(rest, word.len()))?;
    Some((at + word.len(), *unit))
}

fn found(end: usize, amount: Number, unit: DurationUnit) -> Option<Read> {
    Some(Read { end, values: vec![Value::Duration(Duration { amount, unit })] })
}
