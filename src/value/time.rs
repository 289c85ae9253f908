//! Times of day: 10时, 下午3点半, 次日凌晨1时, 14:30, "10 a.m.", "8.30 p.m.", 0600, noon; impossible hours are read too.

use super::edges::{Edges, each_digit, owned};
use super::numeral::{self, word_ends};
use super::{ClockTime, Input, Read, Value};
use crate::text::CharSet;
use std::sync::LazyLock;

/// Characters that times in Chinese begin with beside digits.
static HEADS: CharSet = CharSet::new("零〇○一二三四五六七八九两十廿次翌第前当同凌清早上中下午傍晚夜深");
/// Chinese numerals.
static NUMERALS: CharSet = CharSet::new("零〇一二三四五六七八九十");

/// Words for another day.
const DAYS: &[(&str, i8)] =
    &[("次日", 1), ("翌日", 1), ("第二天", 1), ("前一日", -1), ("前一天", -1), ("当日", 0), ("当天", 0), ("同日", 0)];
/// Words for a part of the day, and whether hours under 12 belong to the afternoon there.
const PARTS: &[(&str, bool)] = &[
    ("凌晨", false),
    ("清晨", false),
    ("早晨", false),
    ("早上", false),
    ("上午", false),
    ("早", false),
    ("中午", true),
    ("下午", true),
    ("午后", true),
    ("傍晚", true),
    ("晚上", true),
    ("晚间", true),
    ("夜间", true),
    ("深夜", true),
    ("晚", true),
];

/// Hours that have a name.
const NAMED: &[(&str, u8)] = &[("noon", 12), ("midday", 12), ("midnight", 24)];

/// What times begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let heads =
            each_digit().chain(HEADS.chars().map(String::from)).chain(owned(NAMED.iter().map(|(word, _)| *word)));
        let heads = heads.collect();
        let ends = ["a.m", "p.m", "a.m.", "p.m.", "am", "pm", "时", "点钟", "点", "半", "整", "分", "许"];
        let tails = each_digit().chain(owned(NAMED.iter().map(|(word, _)| *word).chain(ends))).collect();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a time of day.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let first = input.text[at..input.end].chars().next()?;
    if !(first.is_ascii_digit() || matches!(first, 'n' | 'N' | 'm' | 'M') || HEADS.has(first)) {
        return None;
    }
    let previous = input.text[..at].chars().next_back();
    if previous.is_some_and(|c| c.is_ascii_alphanumeric()) || (first.is_ascii_digit() && joined(input, at)) {
        return None;
    }
    let read =
        if first.is_ascii_alphabetic() { named(input, at) } else { english(input, at).or_else(|| chinese(input, at)) };
    let (end, time) = read?;
    Some(Read { end, values: vec![Value::Time(time)] })
}

/// Digits that go on from others: the 30 of 14:30, the 5 of 3-5.
fn joined(input: Input<'_>, at: usize) -> bool {
    let mut before = input.text[..at].chars().rev();
    matches!(before.next(), Some(':' | '.' | ',' | '/' | '$' | '£')) && before.next().is_none_or(|c| c.is_ascii_digit())
}

fn named(input: Input<'_>, at: usize) -> Option<(usize, ClockTime)> {
    let rest = &input.lower[at..input.end];
    for (word, hour) in NAMED {
        if rest.starts_with(word) && word_ends(rest, word.len()) {
            return Some((at + word.len(), ClockTime::at(*hour, 0)));
        }
    }
    None
}

/// 10 a.m., 8.30 p.m., 3.39am, 14:00, 0600.
fn english(input: Input<'_>, at: usize) -> Option<(usize, ClockTime)> {
    let digits = |from: usize| input.text[from..input.end].bytes().take_while(u8::is_ascii_digit).count();
    let count = digits(at);
    let number = |from: usize, count: usize| input.text[from..from + count].parse::<u8>().ok();
    if count == 4 {
        let time = ClockTime { with_minutes: true, ..ClockTime::at(number(at, 2)?, number(at + 2, 2)?) };
        let end = at + 4;
        let behind = input.text[end..].strip_prefix([',', '.', '-', ':', '/']);
        let goes_on = behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        return (time.hour <= 24 && time.minute < 60 && word_ends(input.text, end) && !goes_on).then_some((end, time));
    }
    if !(1..=2).contains(&count) {
        return None;
    }
    let hour = number(at, count)?;
    let mut end = at + count;
    let mut minute = 0;
    let separator = input.text[end..input.end].chars().next().filter(|c| matches!(c, ':' | '.'));
    let with_minutes = separator.is_some() && digits(end + 1) == 2;
    if with_minutes {
        minute = number(end + 1, 2)?;
        end += 3;
        // Seconds are read over.
        if separator == Some(':') && input.text[end..input.end].starts_with(':') && digits(end + 1) == 2 {
            end += 3;
        }
    }
    if let Some((after, afternoon)) = half_of_day(input, end) {
        if hour > 12 || minute > 59 {
            return None;
        }
        let hour = hour % 12 + if afternoon { 12 } else { 0 };
        return Some((after, ClockTime { with_minutes, ..ClockTime::at(hour, minute) }));
    }
    if with_minutes
        && separator == Some(':')
        && minute < 60
        && !input.text[end..].starts_with(|c: char| c.is_ascii_digit() || c == ':')
    {
        // 7:30 without a.m. or p.m. may be either; from 13 on, and with a leading zero, the clock has 24 hours.
        let half_known = hour > 12 || hour == 0 || count == 2;
        return Some((end, ClockTime { half_known, with_minutes, ..ClockTime::at(hour, minute) }));
    }
    None
}

/// a.m. or p.m.: the end and whether it is the afternoon.
fn half_of_day(input: Input<'_>, at: usize) -> Option<(usize, bool)> {
    let rest = &input.lower[at..input.end];
    let skipped = usize::from(rest.starts_with(' '));
    for (word, afternoon) in
        [("a.m.", false), ("p.m.", true), ("a.m", false), ("p.m", true), ("am", false), ("pm", true)]
    {
        if rest[skipped..].starts_with(word) && word_ends(rest, skipped + word.len()) {
            return Some((at + skipped + word.len(), afternoon));
        }
    }
    None
}

/// 次日凌晨1时30分, 20日1时, 8月12日5时, 下午3点半, 22:00 with a part of the day.
fn chinese(input: Input<'_>, at: usize) -> Option<(usize, ClockTime)> {
    let mut time = ClockTime { half_known: false, ..ClockTime::at(0, 0) };
    let mut end = at;
    let starts = |end: usize, word: &str| input.text[end..input.end].starts_with(word);
    if let Some((word, shift)) = DAYS.iter().find(|(word, _)| starts(end, word)) {
        time.day_shift = *shift;
        end += word.len();
    } else {
        end = day_of_month(input, end, &mut time);
    }
    let part = PARTS.iter().find(|(word, _)| starts(end, word));
    if let Some((word, _)) = part {
        end += word.len();
    }
    let numeral = numeral::read(input.text, input.lower, end)
        .filter(|n| n.half == 0.0 && n.end <= input.end && n.value < 100.0)?;
    // 九十时 is nine or ten o'clock; only digits are a slip of an hour that does not exist.
    if !numeral.digits && numeral.value > 24.0 {
        return None;
    }
    time.hour = numeral.value as u8;
    end = numeral.end;
    let rest = &input.text[end..input.end];
    if let Some(clock) = rest.strip_prefix(':') {
        time.minute = clock.get(..2)?.parse().ok()?;
        time.with_minutes = true;
        end += 3;
        part?;
    } else {
        let word = ["时", "点钟", "点"].iter().find(|word| rest.starts_with(**word))?;
        // 三点建议, 3时代: a point or the head of another word.
        let after = &rest[word.len()..];
        if *word == "点"
            && part.is_none()
            && after.starts_with([
                '建', '意', '要', '经', '体', '原', '希', '看', '是', '共', '内', '认', '理', '声', '主', '启', '指',
                '以', '五', '六', '七', '八', '九', '一', '二', '三', '四',
            ])
            && !after.contains('分')
            || after.starts_with(['代', '间', '尚', '速', '期', '差', '装', '政'])
        {
            return None;
        }
        end += word.len();
        end = minutes(input, end, &mut time);
    }
    if input.text[..at].ends_with(|c: char| NUMERALS.has(c)) && end_is_chinese(input, at) {
        return None;
    }
    match part {
        Some((_, true)) => {
            // 晚12时 is midnight, 中午12时 noon, 中午11时 still morning.
            let noon = part.is_some_and(|(word, _)| *word == "中午");
            if time.hour < 12 && !(noon && time.hour >= 10) {
                time.hour += 12;
            } else if time.hour == 12 && !noon && part.is_some_and(|(word, _)| *word != "下午" && *word != "午后") {
                time.hour = 24;
            }
            time.half_known = true;
        }
        Some((word, false)) => {
            if time.hour == 12 && *word == "凌晨" {
                time.hour = 0;
            }
            time.half_known = true;
        }
        // 时 is written on the 24-hour clock; 点 may be either half of the day.
        None => time.half_known = time.hour > 12 || input.text[at..end].contains('时') || time.hour == 0,
    }
    Some((end, time))
}

fn end_is_chinese(input: Input<'_>, at: usize) -> bool {
    input.text[at..].starts_with(|c: char| NUMERALS.has(c))
}

/// The day (and month) written with the time; gives where the hour begins.
fn day_of_month(input: Input<'_>, at: usize, time: &mut ClockTime) -> usize {
    let number = |from: usize| {
        numeral::read(input.text, input.lower, from).filter(|n| n.half == 0.0 && n.value < 100.0 && n.end <= input.end)
    };
    let mut end = at;
    let mut month = None;
    if let Some(first) = number(end)
        && let Some(rest) = input.text[first.end..input.end].strip_prefix('月')
    {
        month = Some(first.value as u8);
        end = input.end - rest.len();
    }
    match number(end) {
        Some(day) if input.text[day.end..input.end].starts_with('日') => {
            time.day = Some(day.value as u8);
            time.month = month;
            day.end + '日'.len_utf8()
        }
        _ => at,
    }
}

/// Minutes after the hour: 30分, 08分, 半, 整, 许.
fn minutes(input: Input<'_>, at: usize, time: &mut ClockTime) -> usize {
    let rest = &input.text[at..input.end];
    if rest.starts_with('半') {
        time.minute = 30;
        time.with_minutes = true;
        return at + '半'.len_utf8();
    }
    if rest.starts_with('整') {
        time.with_minutes = true;
        return at + '整'.len_utf8();
    }
    let Some(numeral) =
        numeral::read(input.text, input.lower, at).filter(|n| n.half == 0.0 && n.value < 60.0 && n.end <= input.end)
    else {
        return at;
    };
    let after = &input.text[numeral.end..input.end];
    let end = if after.starts_with('分') {
        numeral.end + '分'.len_utf8()
    } else if numeral.digits
        && numeral.end - at == 2
        && !after.starts_with(|c: char| c.is_ascii_digit() || "时点日月年人名".contains(c))
    {
        numeral.end
    } else {
        return at;
    };
    time.minute = numeral.value as u8;
    time.with_minutes = true;
    end
}
