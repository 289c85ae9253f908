//! A month of a year, no day: 1941年3月, 去年8月, 上月, "May 1950", "March of last year" as far as the month goes.

use super::date::{self, MONTHS_ZH, YEARS, month_name, whole, year_after};
use super::edges::{Edges, each_digit, owned};
use super::{Input, PartialDate, Read, Value, numeral};
use std::sync::LazyLock;

/// What months begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let names = date::MONTHS.iter().flat_map(|(full, short)| [*full, *short]).chain(["sept"]);
        let shifts = YEARS.iter().chain(MONTHS_ZH).map(|(word, _)| *word);
        let mut heads = numeral::heads();
        heads.extend(owned(names.chain(shifts)));
        let tails = each_digit().chain(["月".to_owned()]).collect();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a month.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let first = input.text[at..input.end].chars().next()?;
    let date = if first.is_ascii_uppercase() { english(input, at) } else { chinese(input, at) };
    let (end, date) = date?;
    Some(Read { end, values: vec![Value::Date(date)] })
}

fn chinese(input: Input<'_>, at: usize) -> Option<(usize, PartialDate)> {
    let mut date = PartialDate::default();
    let mut end = at;
    let previous = input.text[..at].chars().next_back();
    if previous.is_some_and(|c| c.is_ascii_alphanumeric() || "零〇一二三四五六七八九十年.".contains(c)) {
        return None;
    }
    let rest = &input.text[at..input.end];
    if let Some((word, shift)) = YEARS.iter().find(|(word, _)| rest.starts_with(word)) {
        date.year_shift = Some(*shift);
        end += word.len();
    } else if let Some((after, year)) = whole(input, at, 9999)
        && year >= 100
        && input.text[after..input.end].starts_with('年')
    {
        date.year = i16::try_from(year).ok();
        end = after + '年'.len_utf8();
    }
    let rest = &input.text[end..input.end];
    if let Some((word, shift)) = MONTHS_ZH.iter().find(|(word, _)| rest.starts_with(word)) {
        date.month_shift = Some(*shift);
        end += word.len();
    } else {
        let (after, month) = whole(input, end, 12)?;
        if month == 0 || !input.text[after..input.end].starts_with('月') {
            return None;
        }
        date.month = u8::try_from(month).ok();
        end = after + '月'.len_utf8();
    }
    // With a day behind it is a date.
    let goes_on = whole(input, end, 31).is_some_and(|(after, _)| input.text[after..].starts_with(['日', '号']));
    (!goes_on).then_some((end, date))
}

fn english(input: Input<'_>, at: usize) -> Option<(usize, PartialDate)> {
    if input.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    // 6 May 1950 is a date.
    let before = input.text[..at].trim_end();
    if before.len() < at && before.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (end, month) = month_name(input, at)?;
    let after = if input.text[end..input.end].starts_with(" of ") { end + " of".len() } else { end };
    let (end, year) = year_after(input, after)?;
    Some((end, PartialDate { year: Some(year), month: Some(month), ..PartialDate::default() }))
}
