//! A figure: a numeral with the approximators that hedge it. What number, percent, money, quantity and duration share.

use super::numeral::{self, Numeral};
use super::{Approx, Input, Number};
use crate::text::CharSet;

/// A figure read at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    /// One past the numeral and the hedges right behind it.
    pub(super) end: usize,
    pub(super) number: Number,
    /// Written in ASCII digits.
    pub(super) digits: bool,
}

/// Hedges before a numeral. Chinese ones stand right before it, English ones with a space.
const BEFORE: &[(&str, Approx)] = &[
    ("大约", Approx::About),
    ("大概", Approx::About),
    ("约为", Approx::About),
    ("约", Approx::About),
    ("将近", Approx::AtMost),
    ("接近", Approx::AtMost),
    ("近", Approx::AtMost),
    ("不足", Approx::AtMost),
    ("不到", Approx::AtMost),
    ("至多", Approx::AtMost),
    ("最多", Approx::AtMost),
    ("不超过", Approx::AtMost),
    ("超过", Approx::AtLeast),
    ("超", Approx::AtLeast),
    ("逾", Approx::AtLeast),
    ("突破", Approx::AtLeast),
    ("至少", Approx::AtLeast),
    ("不少于", Approx::AtLeast),
    ("不低于", Approx::AtLeast),
    ("多达", Approx::About),
    ("高达", Approx::About),
    ("上", Approx::AtLeast),
    ("approximately ", Approx::About),
    ("an estimated ", Approx::About),
    ("about ", Approx::About),
    ("around ", Approx::About),
    ("roughly ", Approx::About),
    ("some ", Approx::About),
    ("close to ", Approx::About),
    ("nearly ", Approx::AtMost),
    ("almost ", Approx::AtMost),
    ("up to ", Approx::AtMost),
    ("under ", Approx::AtMost),
    ("less than ", Approx::AtMost),
    ("fewer than ", Approx::AtMost),
    ("as many as ", Approx::AtMost),
    ("as much as ", Approx::AtMost),
    ("more than ", Approx::AtLeast),
    ("at least ", Approx::AtLeast),
    ("over ", Approx::AtLeast),
    ("upwards of ", Approx::AtLeast),
];

/// Hedges right behind a numeral.
const AFTER: &[(&str, Approx)] = &[
    ("余", Approx::AtLeast),
    ("多", Approx::AtLeast),
    ("来", Approx::AtLeast),
    ("几", Approx::AtLeast),
    ("-odd", Approx::AtLeast),
];

/// Hedges behind the unit.
const BEHIND: &[(&str, Approx)] = &[
    ("左右", Approx::About),
    ("上下", Approx::About),
    ("以上", Approx::AtLeast),
    ("以内", Approx::AtMost),
    ("以下", Approx::AtMost),
    (" or so", Approx::About),
    (" or more", Approx::AtLeast),
];

/// Characters that numerals and the hedges above begin with: a look at one spares most places the whole list.
static NUMERAL_HEADS: CharSet = CharSet::new("零〇○一二三四五六七八九两十百千廿卅");
static HEDGE_HEADS: CharSet = CharSet::new("大约将接近不至最超逾突多高上");
/// Letters that English number words begin with.
static NUMBER_WORD_HEADS: CharSet = CharSet::new("aefhnostz");
/// Signs of currencies, which stand before the figure.
static CURRENCIES: CharSet = CharSet::new("$£€¥");
/// Characters that a numeral goes on with.
static NUMERALS: CharSet = CharSet::new("零〇一二两三四五六七八九十百千万亿廿卅第");

/// Everything that a figure begins with.
pub(super) fn heads() -> Vec<String> {
    let mut heads = numeral::heads();
    heads.extend(BEFORE.iter().map(|(word, _)| (*word).to_owned()));
    heads
}

/// Everything that a figure ends with.
pub(super) fn tails() -> Vec<String> {
    let mut tails = numeral::tails();
    tails.extend(AFTER.iter().map(|(word, _)| (*word).to_owned()));
    tails
}

/// Every hedge that stands behind a unit.
pub(super) fn hedges_behind() -> impl Iterator<Item = String> {
    BEHIND.iter().map(|(word, _)| (*word).to_owned())
}

/// Reads a figure that begins at `at`, with its hedge or with its numeral.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Figure> {
    let first = input.lower[at..input.end].chars().next()?;
    let numeral = first.is_ascii_digit() || first.is_ascii_lowercase() || NUMERAL_HEADS.has(first);
    if !numeral && !HEDGE_HEADS.has(first) {
        return None;
    }
    let hedged = !first.is_ascii_digit() && !NUMERAL_HEADS.has(first);
    let (hedge, start) = match BEFORE.iter().filter(|_| hedged).find(|(word, _)| begins(&input.lower[at..], word)) {
        Some((word, approx)) if begins_word(input, at) && hedges(input, word, at + word.len()) => {
            (Some(*approx), at + word.len())
        }
        _ => (hedge_before(input, at), at),
    };
    if start >= input.end || !begins_numeral(input, start) {
        return None;
    }
    let numeral = numeral::read(input.text, input.lower, start).filter(|numeral| numeral.end <= input.end)?;
    let (after, mut end) = match AFTER.iter().find(|(word, _)| begins(&input.lower[numeral.end..input.end], word)) {
        Some((word, approx)) => (Some(*approx), numeral.end + word.len()),
        None => (None, numeral.end),
    };
    // 三十多万: the magnitude stands behind the hedge.
    let mut numeral = numeral;
    if after.is_some() {
        for (word, scale) in [("万亿", 1e12), ("亿", 1e8), ("万", 1e4)] {
            if input.text[end..input.end].starts_with(word) {
                numeral.value *= scale;
                numeral.coarse *= scale;
                end += word.len();
                break;
            }
        }
    }
    // 百名 and 千户 are round figures, where one would write 一百名 for just that many.
    let bare = || input.text[start..input.end].starts_with(['百', '千']) && matches!(numeral.value, 100.0 | 1000.0);
    let number = interval(numeral, hedge.or(after).or_else(|| bare().then_some(Approx::AtLeast)));
    Some(Figure { end, number, digits: numeral.digits })
}

/// Where figures may begin, with the hedge or the sign of a currency before them.
pub(super) fn starts(input: Input<'_>, from: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut next = from;
    for (offset, c) in input.lower[from..input.end].char_indices() {
        let at = from + offset;
        let digit = c.is_ascii_digit();
        let letter = c.is_ascii_lowercase() && NUMBER_WORD_HEADS.has(c);
        if at < next || !(digit || letter || NUMERAL_HEADS.has(c)) || !begins_numeral(input, at) {
            continue;
        }
        let Some(numeral) = numeral::read(input.text, input.lower, at).filter(|read| read.end <= input.end) else {
            continue;
        };
        next = numeral.end;
        let before = &input.lower[from..at];
        let sign = before.chars().next_back().filter(|c| CURRENCIES.has(*c)).map(char::len_utf8);
        out.push(match sign {
            Some(length) => {
                let letters = before[..before.len() - length].bytes().rev().take_while(u8::is_ascii_lowercase).count();
                at - length - letters.min(2)
            }
            None => at - BEFORE.iter().find(|(word, _)| ends(before, word)).map_or(0, |(word, _)| word.len()),
        });
    }
    out
}

/// Reads a hedge that stands behind a unit, if one does: the end and the number with it.
pub(super) fn behind(input: Input<'_>, at: usize, number: Number) -> (usize, Number) {
    match BEHIND.iter().find(|(word, _)| input.lower[at..input.end].starts_with(word)) {
        Some((word, approx)) => (at + word.len(), widened(number, *approx)),
        None => (at, number),
    }
}

fn interval(numeral: Numeral, hedge: Option<Approx>) -> Number {
    let Numeral { value, half, coarse, .. } = numeral;
    let number = Number { value, low: value - half, high: value + half, coarse, approx: Approx::Exact };
    hedge.map_or(number, |approx| widened(number, approx))
}

/// A hedged number stands for more: up to a tenth either way for "about", everything beyond for "more than".
pub(super) fn widened(number: Number, approx: Approx) -> Number {
    // 约413.9 is hardly less exact than 413.9, 约400 is.
    let band = (number.value.abs() * 0.1).min(20.0 * number.coarse);
    let (low, high) = match approx {
        Approx::Exact => (number.low, number.high),
        Approx::About => (number.low.min(number.value - band), number.high.max(number.value + band)),
        Approx::AtLeast => (number.low, f64::INFINITY),
        Approx::AtMost => (f64::NEG_INFINITY, number.high),
    };
    Number { low, high, approx, ..number }
}

/// Whether a text begins with a word. Long lists of words are tried at every number, and their first byte tells most.
pub(super) fn begins(text: &str, word: &str) -> bool {
    text.as_bytes().first() == word.as_bytes().first() && text.starts_with(word)
}

/// Whether a text ends with a word.
fn ends(text: &str, word: &str) -> bool {
    text.as_bytes().last() == word.as_bytes().last() && text.ends_with(word)
}

/// The hedge that a value begins with or that stands right before it, and where the value goes on.
pub(super) fn hedged(input: Input<'_>, at: usize) -> (Option<Approx>, usize) {
    match BEFORE.iter().find(|(word, _)| begins(&input.lower[at..input.end], word)) {
        Some((word, approx)) if begins_word(input, at) => (Some(*approx), at + word.len()),
        _ => (hedge_before(input, at), at),
    }
}

/// The hedge that stands right before a numeral that begins at `at`.
pub(super) fn hedge_before(input: Input<'_>, at: usize) -> Option<Approx> {
    let before = &input.lower[..at];
    if !before
        .ends_with([' ', '约', '概', '为', '近', '足', '到', '多', '过', '超', '逾', '破', '少', '于', '达', '上'])
    {
        return None;
    }
    BEFORE.iter().find(|(word, _)| ends(before, word) && hedges(input, word, at)).map(|(_, approx)| *approx)
}

/// 上百 and 上千 are hedged; 加上75 is not.
fn hedges(input: Input<'_>, word: &str, numeral: usize) -> bool {
    word != "上" || input.text[numeral..].starts_with(['百', '千', '万'])
}

fn begins_word(input: Input<'_>, at: usize) -> bool {
    !input.text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric())
        || !input.text[at..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether a numeral may begin here: not inside a longer one, a word, a model name, a range or a score.
fn begins_numeral(input: Input<'_>, at: usize) -> bool {
    let mut before = input.text[..at].chars().rev();
    let Some(first) = input.text[at..].chars().next() else { return false };
    let Some(last) = before.next() else { return true };
    let earlier = before.next();
    // A margin of 3-to-1 holds two numbers.
    if last == '-' && input.lower[..at].ends_with("-to-") {
        return true;
    }
    if first.is_ascii_digit() {
        let inside = last.is_ascii_alphanumeric() && !last.is_ascii_alphabetic()
            || matches!(last, '.' | ',' | ':' | '-' | '/') && earlier.is_some_and(|c| c.is_ascii_alphanumeric())
            || last.is_ascii_alphabetic() && !currency_letters(input, at)
            || matches!(last, '第' | '-' | '−') && last == '第';
        return !inside;
    }
    if first.is_ascii_alphabetic() {
        return !(last.is_ascii_alphanumeric() || last == '-' && earlier.is_some_and(|c| c.is_ascii_alphabetic()));
    }
    // Chinese: not inside a longer numeral, an ordinal or a word that ends in a numeral's character; 数百 is no hundred.
    let vague = matches!(last, '数' | '几') && matches!(first, '十' | '百' | '千' | '万' | '亿');
    !(NUMERALS.has(last) || last.is_ascii_digit() || vague)
}

/// RMB100, US100: letters that belong to the sum and not to a model name.
fn currency_letters(input: Input<'_>, at: usize) -> bool {
    ["rmb", "usd", "hkd", "eur", "gbp", "jpy", "cny", "rs"].iter().any(|code| input.lower[..at].ends_with(code))
}
