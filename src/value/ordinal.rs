//! Ordinals: 第三, 第21, third, 21st.

use super::edges::{Edges, each_digit, owned};
use super::numeral::{self, word_ends};
use super::{Input, Read, Value};
use std::sync::LazyLock;

const WORDS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const TIETH: [&str; 8] =
    ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"];

/// What ordinals begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let words = || WORDS.iter().chain(&TIETH).copied();
        let heads = each_digit().chain(owned(words().chain(TENS).chain(["第"]))).collect();
        let mut tails = numeral::tails();
        tails.extend(owned(words().chain(["st", "nd", "rd", "th"])));
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads an ordinal.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let (end, value) = chinese(input, at).or_else(|| digits(input, at)).or_else(|| words(input, at))?;
    (end <= input.end).then(|| Read { end, values: vec![Value::Ordinal(value)] })
}

fn chinese(input: Input<'_>, at: usize) -> Option<(usize, i64)> {
    let rest = input.text[at..].strip_prefix('第')?;
    let from = input.text.len() - rest.len();
    let numeral = numeral::read(input.text, input.lower, from).filter(|numeral| numeral.end <= input.end)?;
    (numeral.half == 0.0).then_some((numeral.end, numeral.value as i64))
}

fn digits(input: Input<'_>, at: usize) -> Option<(usize, i64)> {
    let count = input.text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let inside = input.text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
    if !(1..=4).contains(&count) || inside {
        return None;
    }
    let value: i64 = input.text[at..at + count].parse().ok()?;
    let suffix = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    let end = at + count + 2;
    (input.lower[at + count..].starts_with(suffix) && word_ends(input.lower, end)).then_some((end, value))
}

fn words(input: Input<'_>, at: usize) -> Option<(usize, i64)> {
    if input.text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let rest = &input.lower[at..];
    let word = |word: &str| (rest.starts_with(word) && word_ends(rest, word.len())).then_some(at + word.len());
    for (n, tieth) in TIETH.iter().enumerate() {
        if let Some(end) = word(tieth) {
            return Some((end, (n as i64 + 2) * 10));
        }
    }
    for (n, first) in WORDS.iter().enumerate() {
        if let Some(end) = word(first) {
            return Some((end, n as i64 + 1));
        }
    }
    let (n, tens) = TENS.iter().enumerate().find(|(_, tens)| rest.starts_with(**tens))?;
    let unit = rest[tens.len()..].strip_prefix('-')?;
    let (m, one) =
        WORDS[..9].iter().enumerate().find(|(_, one)| unit.starts_with(**one) && word_ends(unit, one.len()))?;
    Some((at + tens.len() + 1 + one.len(), (n as i64 + 2) * 10 + m as i64 + 1))
}
