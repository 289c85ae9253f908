//! Cells as days, numbers and ids, as people write them in spreadsheets.

use super::error::RowError;
use jiff::civil::Date;

/// What a fact says, as far as it is settled.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    /// An entity of a kind.
    Id { kind: String, id: String },
    /// Digits that TOML reads.
    Number(String),
    /// A day.
    Date(Date),
    /// Words.
    Text(String),
    /// Of a relation that is not declared: its looks decide, together with those of its other objects.
    Plain(String),
}

/// Which end of a stretch a day is, for a day that only says its month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

/// The object of a relation to `is`; without a declaration it stays plain.
pub(super) fn object(text: &str, is: Option<&str>) -> Result<Object, RowError> {
    match is {
        None => Ok(Object::Plain(text.to_owned())),
        Some("text") => Ok(Object::Text(text.to_owned())),
        Some("number") => number(text).map(Object::Number).ok_or_else(|| RowError::BadNumber(text.to_owned())),
        Some("year") => year(text).map(Object::Number).ok_or_else(|| RowError::BadYear(text.to_owned())),
        Some("date") => day(text).map(Object::Date).ok_or_else(|| RowError::BadDay(text.to_owned())),
        Some(kind) => Ok(Object::Id { kind: kind.to_owned(), id: id(text)? }),
    }
}

/// A word that may stand as an id.
pub(super) fn id(text: &str) -> Result<String, RowError> {
    let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if text.is_empty() {
        Err(RowError::NoId)
    } else if text.bytes().all(good) {
        Ok(text.to_owned())
    } else {
        Err(RowError::BadId(text.to_owned()))
    }
}

/// A number without or with signs between its thousands, in digits that TOML reads.
pub(super) fn number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| !first.is_empty())?;
    let grouped = groups.clone().next().is_some();
    if !first.bytes().all(|b| b.is_ascii_digit()) || (grouped && first.len() > 3) {
        return None;
    }
    if !groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let whole = whole.replace(',', "");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction {
        Some(fraction) if !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()) => {
            Some(format!("{sign}{whole}.{fraction}"))
        }
        Some(_) => None,
        // TOML's whole numbers have 64 bits; larger ones are as good with a point.
        None if whole.len() > 18 => Some(format!("{sign}{whole}.0")),
        None if whole == "0" => Some(whole.to_owned()),
        None => Some(format!("{sign}{whole}")),
    }
}

fn year(text: &str) -> Option<String> {
    let text = text.strip_suffix('年').unwrap_or(text).trim();
    let year = number(text).filter(|_| !text.contains([',', '.']))?;
    year.parse::<i64>().is_ok_and(|year| (-9999..=9999).contains(&year)).then_some(year)
}

/// A whole day, the year first: 2026-02-07, 2026/2/7, 2026.2.7, 2026年2月7日.
pub(super) fn day(text: &str) -> Option<Date> {
    match parts(text)?.as_slice() {
        [year, month, day] => Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok(),
        _ => None,
    }
}

/// A day, or the first or last one of a month or year: a stretch that is only known so is as wide as it may be.
pub(super) fn day_at(text: &str, end: End) -> Result<Date, RowError> {
    let wide = || {
        let parts = parts(text)?;
        let (year, month) = match parts.as_slice() {
            [year] => (*year, if end == End::First { 1 } else { 12 }),
            [year, month] => (*year, i8::try_from(*month).ok()?),
            _ => return day(text),
        };
        let first = Date::new(year, month, 1).ok()?;
        Some(if end == End::First { first } else { first.last_of_month() })
    };
    wide().ok_or_else(|| RowError::BadDay(text.to_owned()))
}

/// Year, month and day as far as they are given; the year has four digits.
fn parts(text: &str) -> Option<Vec<i16>> {
    let text = text.trim().trim_end_matches(['日', '号']);
    let words: Vec<&str> = text.split(['-', '/', '.', '年', '月']).filter(|word| !word.is_empty()).collect();
    let good = |(at, word): (usize, &&str)| {
        word.bytes().all(|b| b.is_ascii_digit()) && if at == 0 { word.len() == 4 } else { word.len() <= 2 }
    };
    if words.is_empty() || words.len() > 3 || !words.iter().enumerate().all(good) {
        return None;
    }
    words.iter().map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_as_spreadsheets_have_them() {
        for text in ["2026-02-07", "2026/2/7", "2026.02.07", "2026年2月7日"] {
            assert_eq!(day(text), Some(date(2026, 2, 7)), "{text}");
        }
        for text in ["7/2/2026", "2026-02-30", "2026-02", "soon", "", "26-02-07", "2026-02-07T00:00"] {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(day_at("2026-02", End::Last), Ok(date(2026, 2, 28)));
        assert_eq!(day_at("2026", End::First), Ok(date(2026, 1, 1)));
        assert_eq!(day_at("2026年", End::Last), Ok(date(2026, 12, 31)));
    }

    #[test]
    fn numbers_as_spreadsheets_have_them() {
        for (text, digits) in
            [("1570", "1570"), ("1,570", "1570"), ("007", "7"), ("-2.50", "-2.50"), ("−3", "-3"), ("-0", "0")]
        {
            assert_eq!(number(text).as_deref(), Some(digits), "{text}");
        }
        for text in ["", "1,57", "1.570,5", "1e5", "12 km", ".5", "5.", "1,,000", "--1", "٣"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(year("1949年").as_deref(), Some("1949"));
        assert_eq!(year("-221").as_deref(), Some("-221"));
        assert_eq!((year("19490"), year("1949.5")), (None, None));
    }
}
