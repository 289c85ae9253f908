//! Days of the week: 星期一, 周五, 礼拜天, Friday, Fri., Thurs.

use super::edges::{Edges, chars, owned};
use super::numeral::word_ends;
use super::{Input, Read, Value};
use jiff::civil::Weekday;
use std::sync::LazyLock;

const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Every way to write one, by day from Monday on; longer words before their own beginnings.
const ENGLISH: [&[&str]; 7] = [
    &["monday", "mon", "mo"],
    &["tuesday", "tues", "tue", "tu"],
    &["wednesday", "weds", "wed", "we"],
    &["thursday", "thurs", "thur", "thu", "th"],
    &["friday", "fri", "fr"],
    &["saturday", "sat", "sa"],
    &["sunday", "sun", "su"],
];

/// What a pattern can be anchored on. The two-letter words are too common for that and are read all the same.
pub(super) const VOCABULARY: &[&str] = &[
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期日",
    "星期天",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "周天",
    "礼拜一",
    "礼拜二",
    "礼拜三",
    "礼拜四",
    "礼拜五",
    "礼拜六",
    "礼拜日",
    "礼拜天",
    "monday",
    "mon",
    "mo",
    "tuesday",
    "tues",
    "tue",
    "tu",
    "wednesday",
    "weds",
    "wed",
    "we",
    "thursday",
    "thurs",
    "thur",
    "thu",
    "th",
    "friday",
    "fri",
    "fr",
    "saturday",
    "sat",
    "sa",
    "sunday",
    "sun",
    "su",
];

/// What days of the week begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let heads = owned(VOCABULARY.iter().copied().chain(["週"]));
        let days = ENGLISH.iter().flat_map(|words| words.iter());
        let tails =
            chars("一二三四五六日天").chain(days.flat_map(|day| [format!("{day}."), (*day).to_owned()])).collect();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a day of the week.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let rest = &input.text[at..input.end];
    for head in ["星期", "礼拜", "周", "週"] {
        if let Some(day) = rest.strip_prefix(head) {
            let last = day.chars().next()?;
            let number = "一二三四五六日".chars().position(|c| c == last).or((last == '天').then_some(6))?;
            // 周一至周五 is two of them, 周五十 none.
            if day[last.len_utf8()..].starts_with(['十', '百', '年', '岁']) {
                return None;
            }
            return Some(found(at + head.len() + last.len_utf8(), number));
        }
    }
    if !rest.starts_with(|c: char| c.is_ascii_uppercase())
        || input.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
    {
        return None;
    }
    let lower = &input.lower[at..input.end];
    for (number, words) in ENGLISH.iter().enumerate() {
        for word in *words {
            if lower.starts_with(word) && word_ends(lower, word.len()) {
                let short = word.len() < 6;
                let dot = usize::from(short && lower[word.len()..].starts_with('.'));
                return Some(found(at + word.len() + dot, number));
            }
        }
    }
    None
}

fn found(end: usize, number: usize) -> Read {
    Read { end, values: vec![Value::Weekday(DAYS[number])] }
}
