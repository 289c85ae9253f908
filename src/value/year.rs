//! Years of the common era: 2026年, 二〇二六年, 公元前221年, 公元0年, and a bare 2026 in English.

use super::edges::{Edges, each_digit};
use super::numeral::{self, word_ends};
use super::{Input, Read, Value};
use std::sync::LazyLock;

/// What years begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let mut heads = numeral::heads();
        heads.push("公元".to_owned());
        let tails = each_digit().chain(["年".to_owned()]).collect();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a year.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let rest = &input.text[at..input.end];
    let (before_era, from) = match (rest.strip_prefix("公元前"), rest.strip_prefix("公元")) {
        (Some(_), _) => (Some(true), at + "公元前".len()),
        (None, Some(_)) => (Some(false), at + "公元".len()),
        (None, None) => (None, at),
    };
    let previous = input.text[..at].chars().next_back();
    if previous.is_some_and(|c| {
        c.is_ascii_alphanumeric() || "零〇一二三四五六七八九十".contains(c) || matches!(c, '$' | '£' | '€')
    }) {
        return None;
    }
    let numeral = numeral::read(input.text, input.lower, from)
        .filter(|numeral| numeral.half == 0.0 && numeral.end <= input.end)?;
    let value = numeral.value;
    if value.fract() != 0.0 || value > 9999.0 {
        return None;
    }
    let year = value as i16;
    let chinese = input.text[numeral.end..input.end].starts_with('年');
    let four = numeral.end - from == 4 && numeral.digits;
    if chinese && (before_era.is_some() || value >= 100.0) {
        let year = if before_era == Some(true) { -year } else { year };
        return Some(Read { end: numeral.end + '年'.len_utf8(), values: vec![Value::Year(year)] });
    }
    // What follows tells also where the year must end before it.
    let range = paired(input.text[numeral.end..].chars()) || paired(input.text[..at].chars().rev());
    let inside = input.text[..at].ends_with(['-', '/', '.', ':', ','])
        && input.text[..at].chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit());
    let mut after = input.text[numeral.end..].chars();
    let goes_on =
        matches!(after.next(), Some('-' | '/' | '.' | ',' | ':')) && after.next().is_some_and(|c| c.is_ascii_digit());
    let bare =
        four && (1000..=2100).contains(&year) && word_ends(input.text, numeral.end) && (range || !inside && !goes_on);
    (bare && !chinese).then(|| Read { end: numeral.end, values: vec![Value::Year(year)] })
}

/// Whether a dash and another four digits go on from here: the years of a life or a term, 1881-1936, are two years.
fn paired(mut text: impl Iterator<Item = char>) -> bool {
    text.next() == Some('-')
        && (0..4).all(|_| text.next().is_some_and(|c| c.is_ascii_digit()))
        && !text.next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '-')
}
