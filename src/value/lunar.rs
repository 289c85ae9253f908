//! Days of the lunar calendar: 正月十五, 腊月廿三, 闰六月初一, 三月二十三.

use super::almanac::LunarDate;
use super::edges::{Edges, chars, owned};
use super::{Input, Read, Value};
use std::sync::LazyLock;

/// Months by number from 1 on; 冬月 and 腊月 are other words for the last two.
const MONTHS: [&[&str]; 12] = [
    &["正月", "一月"],
    &["二月"],
    &["三月"],
    &["四月"],
    &["五月"],
    &["六月"],
    &["七月"],
    &["八月"],
    &["九月"],
    &["十月"],
    &["十一月", "冬月"],
    &["十二月", "腊月"],
];
const DIGITS: &str = "一二三四五六七八九";

/// What days of the lunar calendar begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let heads = owned(MONTHS.iter().flat_map(|words| words.iter().copied()).chain(["闰"]));
        let tails = chars(DIGITS).chain(chars("十廿卅日")).collect();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a lunar month and day.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let rest = &input.text[at..input.end];
    let (leap, rest) = rest.strip_prefix('闰').map_or((false, rest), |rest| (true, rest));
    let numbered = MONTHS.iter().enumerate();
    let (month, rest) = numbered
        .flat_map(|(n, words)| words.iter().map(move |word| (n, *word)))
        .find_map(|(number, word)| rest.strip_prefix(word).map(|rest| (number + 1, rest)))?;
    let (day, rest) = day(rest)?;
    let end = input.end - rest.len();
    // 五月三十日 is written so in either calendar; the pattern's words tell which is meant.
    let end = if rest.starts_with('日') { end + '日'.len_utf8() } else { end };
    // 的 of 十月 in 二十月 and the like: a numeral goes on to the left.
    let inside = input.text[..at].chars().next_back().is_some_and(|c| DIGITS.contains(c) || c == '十');
    let value = LunarDate { year: None, month: u8::try_from(month).ok()?, leap, day };
    (!inside).then(|| Read { end, values: vec![Value::Lunar(value)] })
}

/// 初一 to 三十.
fn day(rest: &str) -> Option<(u8, &str)> {
    if let Some(rest) = rest.strip_prefix('初') {
        return digit(rest).or_else(|| rest.strip_prefix('十').map(|rest| (10, rest)));
    }
    for (tens, words) in [(20, ["廿", "二十"]), (30, ["卅", "三十"]), (10, ["十", "一十"])] {
        if let Some(rest) = words.iter().find_map(|word| rest.strip_prefix(word)) {
            return Some(digit(rest).map_or((tens, rest), |(one, rest)| (tens + one, rest)));
        }
    }
    None
}

fn digit(rest: &str) -> Option<(u8, &str)> {
    let c = rest.chars().next()?;
    let at = DIGITS.chars().position(|digit| digit == c)?;
    Some((u8::try_from(at).ok()? + 1, &rest[c.len_utf8()..]))
}
