//! Dates as far as copy gives them, in all orders and separators; days that do not exist are read too.

use super::edges::{Edges, each_digit, owned};
use super::numeral::{self, word_ends};
use super::{Input, PartialDate, Read, Value};
use crate::text::CharSet;
use std::sync::LazyLock;

/// What every date with a month holds, but for those in digits alone.
pub(super) const MARKS: &[&str] = &[
    "月",
    "january",
    "jan",
    "february",
    "feb",
    "march",
    "mar",
    "april",
    "apr",
    "may",
    "june",
    "jun",
    "july",
    "jul",
    "august",
    "aug",
    "september",
    "sept",
    "sep",
    "october",
    "oct",
    "november",
    "nov",
    "december",
    "dec",
];

/// Characters that dates in Chinese begin with beside digits.
static HEADS: CharSet = CharSet::new("零〇○一二三四五六七八九两十廿卅去前今本明后公上当这下");
/// Characters that a numeral before a date goes on with.
static NUMERALS: CharSet = CharSet::new("零〇一二三四五六七八九十廿卅第");

/// Words for a year by its distance from the year spoken in.
pub(super) const YEARS: &[(&str, i8)] =
    &[("去年", -1), ("前年", -2), ("今年", 0), ("本年", 0), ("明年", 1), ("后年", 2)];
/// Words for a month by its distance.
pub(super) const MONTHS_ZH: &[(&str, i8)] =
    &[("上个月", -1), ("上月", -1), ("本月", 0), ("当月", 0), ("这个月", 0), ("下个月", 1), ("下月", 1)];

/// What dates begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let names = || MONTHS.iter().flat_map(|(full, short)| [*full, *short]).chain(["sept"]);
        let heads = each_digit().chain(owned(names())).chain(HEADS.chars().map(String::from)).collect();
        let tails = each_digit()
            .chain(owned(names().chain(["日", "号", "st", "nd", "rd", "th"])))
            .chain(names().map(|name| format!("{name}.")))
            .collect();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a date.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let first = input.text[at..input.end].chars().next()?;
    // Nearly every place that is looked at begins no date; the first character tells.
    if !(first.is_ascii_digit() || first.is_ascii_uppercase() || HEADS.has(first)) {
        return None;
    }
    let previous = input.text[..at].chars().next_back();
    if previous.is_some_and(|c| c.is_ascii_digit() || c.is_ascii_alphabetic() && first.is_ascii_alphanumeric()) {
        return None;
    }
    if first.is_ascii_alphabetic() {
        return month_first(input, at);
    }
    if first.is_ascii_digit() {
        return chinese(input, at).or_else(|| numeric(input, at)).or_else(|| day_first(input, at));
    }
    chinese(input, at)
}

fn one(end: usize, date: PartialDate) -> Option<Read> {
    Some(Read { end, values: vec![Value::Date(date)] })
}

/// A whole number at a place, in digits or Chinese numerals, of at most `most`.
pub(super) fn whole(input: Input<'_>, at: usize, most: u32) -> Option<(usize, u32)> {
    let numeral = numeral::read(input.text, input.lower, at).filter(|n| n.half == 0.0 && n.end <= input.end)?;
    let fits = numeral.value.fract() == 0.0 && (0.0..=f64::from(most)).contains(&numeral.value);
    fits.then_some((numeral.end, numeral.value as u32))
}

fn skip(input: Input<'_>, at: usize, words: &[&str]) -> Option<usize> {
    words.iter().find(|word| input.text[at..input.end].starts_with(*word)).map(|word| at + word.len())
}

/// 2026年2月6日, 去年12月26日, 2月6日, 本月6日, 6日; with 号 for 日.
fn chinese(input: Input<'_>, at: usize) -> Option<Read> {
    let mut date = PartialDate::default();
    let mut end = at;
    let previous = input.text[..at].chars().next_back();
    if previous.is_some_and(|c| NUMERALS.has(c)) {
        return None;
    }
    if let Some((word, shift)) = YEARS.iter().find(|(word, _)| input.text[at..input.end].starts_with(word)) {
        date.year_shift = Some(*shift);
        end = at + word.len();
    } else {
        let from = skip(input, at, &["公元"]).unwrap_or(at);
        if let Some((after, year)) = whole(input, from, 9999)
            && let Some(after) = skip(input, after, &["年"])
            && (year >= 100 || from > at)
        {
            date.year = i16::try_from(year).ok();
            end = after;
        }
    }
    let with_year = end > at;
    if let Some((word, shift)) = MONTHS_ZH.iter().find(|(word, _)| input.text[end..input.end].starts_with(word)) {
        date.month_shift = Some(*shift);
        end += word.len();
    } else if let Some((after, month)) = whole(input, end, 99)
        && let Some(after) = skip(input, after, &["月"])
    {
        // 2月 after a year that stands right before it belongs to that longer date.
        if !with_year && previous == Some('年') {
            return None;
        }
        date.month = u8::try_from(month).ok();
        end = after;
    }
    let with_month = date.month.is_some() || date.month_shift.is_some();
    if with_year && !with_month || end == at && matches!(previous, Some('月' | '年')) {
        return None;
    }
    let (after, day) = whole(input, end, 99)?;
    let after = skip(input, after, &["日", "号"])?;
    if input.text[after..input.end].starts_with("号")
        || !with_month && input.text[..after].ends_with('号') && counts_things(input, after)
    {
        return None;
    }
    date.day = u8::try_from(day).ok();
    one(after, date)
}

/// 3号线, 2号楼: a number of something and no day.
fn counts_things(input: Input<'_>, at: usize) -> bool {
    input.text[at..input.end].starts_with([
        '线', '楼', '馆', '门', '机', '院', '厅', '井', '舱', '令', '文', '码', '车', '桌', '球', '店', '公', '矿',
    ])
}

/// 2026-02-06, 2026/2/6, 2026.2.6, 10/31/2014, 31/10/2014, 21/Apr/2014, 31/10.
fn numeric(input: Input<'_>, at: usize) -> Option<Read> {
    let number = |from: usize| {
        let count = input.text[from..input.end].bytes().take_while(u8::is_ascii_digit).count();
        let value: u32 = input.text.get(from..from + count)?.parse().ok()?;
        (1..=4).contains(&count).then_some((from + count, count, value))
    };
    let (end, count, first) = number(at)?;
    let separator = input.text[end..input.end].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    if let Some(read) = day_month_name(input, end + 1, first, separator) {
        return Some(read);
    }
    let (end, second_count, second) = number(end + 1)?;
    if second_count > 2 {
        return None;
    }
    let third = input.text[end..input.end].strip_prefix(separator).and_then(|_| number(end + 1));
    let inside = |end: usize| {
        let mut after = input.text[end..].chars();
        let next = after.next();
        next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '%')
            || matches!(next, Some('-' | '/' | '.' | ',')) && after.next().is_some_and(|c| c.is_ascii_digit())
    };
    let date = |year: Option<u32>, month: u32, day: u32| PartialDate {
        year: year.and_then(|year| i16::try_from(year).ok()),
        month: u8::try_from(month).ok(),
        day: u8::try_from(day).ok(),
        ..PartialDate::default()
    };
    match (count, third) {
        (4, Some((end, 1..=2, third))) if !inside(end) && (1..=12).contains(&second) && (1..=31).contains(&third) => {
            one(end, date(Some(first), second, third))
        }
        (1..=2, Some((end, 4, year))) if !inside(end) && separator != '-' && (1000..=2999).contains(&year) => {
            either(end, Some(year), first, second, date)
        }
        (1..=2, None) if separator == '/' && !inside(end) && first > 0 && second > 0 => {
            either(end, None, first, second, date)
        }
        _ => None,
    }
}

/// Day and month in either order: both readings where both exist.
fn either(
    end: usize,
    year: Option<u32>,
    first: u32,
    second: u32,
    date: impl Fn(Option<u32>, u32, u32) -> PartialDate,
) -> Option<Read> {
    let mut values = Vec::new();
    if (1..=12).contains(&first) && (1..=31).contains(&second) {
        values.push(Value::Date(date(year, first, second)));
    }
    if (1..=12).contains(&second) && (1..=31).contains(&first) && first != second {
        values.push(Value::Date(date(year, second, first)));
    }
    (!values.is_empty()).then_some(Read { end, values })
}

/// The rest of 21/Apr/2014 after its day.
fn day_month_name(input: Input<'_>, at: usize, day: u32, separator: char) -> Option<Read> {
    let (end, month) = month_name(input, at)?;
    let rest = input.text[end..input.end].strip_prefix(separator)?;
    let year: i16 = rest.get(..4)?.parse().ok()?;
    one(
        end + 5,
        PartialDate { year: Some(year), month: Some(month), day: u8::try_from(day).ok(), ..PartialDate::default() },
    )
}

pub(super) const MONTHS: [(&str, &str); 12] = [
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

/// A month's name with a capital, its dot included.
pub(super) fn month_name(input: Input<'_>, at: usize) -> Option<(usize, u8)> {
    if !input.text[at..input.end].starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let rest = &input.lower[at..input.end];
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &rest[..length];
    let number =
        MONTHS.iter().position(|(full, short)| word == *full || word == *short || word == "sept" && *short == "sep")?;
    let dot = usize::from(length < 5 && rest[length..].starts_with('.'));
    Some((at + length + dot, number as u8 + 1))
}

/// A day of the month with an optional st, nd, rd, th.
fn day_number(input: Input<'_>, at: usize) -> Option<(usize, u8)> {
    let count = input.text[at..input.end].bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&count) {
        return None;
    }
    let day: u8 = input.text[at..at + count].parse().ok()?;
    let previous = input.text[..at].chars().next_back();
    // June 90 and 38 May are prices and maturities; the 87 of 1986/87 belongs to a year.
    if day > 31 || previous.is_some_and(|c| matches!(c, '/' | '-' | '.' | ',')) {
        return None;
    }
    let mut end = at + count;
    if ["st", "nd", "rd", "th"].iter().any(|suffix| input.lower[end..].starts_with(suffix)) {
        end += 2;
    }
    // 6:30, 6.5 and 6-2 begin with no day.
    let mut after = input.text[end..].chars();
    let goes_on = matches!(after.next(), Some(':' | '.' | '%')) && after.next().is_some_and(|c| c.is_ascii_digit());
    (end <= input.end && word_ends(input.text, end) && !goes_on).then_some((end, day))
}

/// The year after a date: `, 2026` or ` 2026`.
pub(super) fn year_after(input: Input<'_>, at: usize) -> Option<(usize, i16)> {
    let rest = &input.text[at..input.end];
    let skipped = [", ", " ", ","].iter().find(|gap| rest.starts_with(**gap))?.len();
    let digits = rest.get(skipped..skipped + 4)?;
    let year: i16 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    let end = at + skipped + 4;
    let mut after = input.text[end..].chars();
    let next = after.next();
    let goes_on = matches!(next, Some(',' | '.' | ':' | '-')) && after.next().is_some_and(|c| c.is_ascii_digit())
        || matches!(next, Some('%'));
    ((1000..=2999).contains(&year) && word_ends(input.text, end) && !goes_on).then_some((end, year))
}

/// Feb. 6, 2026; February 6th 2026; Feb 6.
fn month_first(input: Input<'_>, at: usize) -> Option<Read> {
    let (end, month) = month_name(input, at)?;
    let gap = [", ", " "].iter().find(|gap| input.text[end..input.end].starts_with(**gap))?.len();
    let (end, day) = day_number(input, end + gap)?;
    let mut date = PartialDate { month: Some(month), day: Some(day), ..PartialDate::default() };
    match year_after(input, end) {
        Some((end, year)) => {
            date.year = Some(year);
            one(end, date)
        }
        None => one(end, date),
    }
}

/// 6 February 2026; 6th of February; 6 Feb.
fn day_first(input: Input<'_>, at: usize) -> Option<Read> {
    let (end, day) = day_number(input, at)?;
    let gap = [" of ", " "].iter().find(|gap| input.text[end..input.end].starts_with(**gap))?.len();
    let (end, month) = month_name(input, end + gap)?;
    let mut date = PartialDate { month: Some(month), day: Some(day), ..PartialDate::default() };
    if let Some((end, year)) = year_after(input, end) {
        date.year = Some(year);
        return one(end, date);
    }
    word_ends(input.text, end).then(|| one(end, date))?
}
