//! Values put into words: for messages in the article's language, and for repairs in the shape of what they replace.

use crate::text::Lang;
use crate::value::almanac::LunarDate;
use crate::value::{ClockTime, PartialDate, Value};
use jiff::civil::Weekday;

/// Weekdays from Monday on; in English the short forms are the first letters.
const ENGLISH: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const CHINESE: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day of the week by its full name.
pub(crate) fn weekday(day: Weekday, lang: Lang) -> &'static str {
    let at = day.to_monday_zero_offset() as usize % 7;
    if lang == Lang::ZH { CHINESE[at] } else { ENGLISH[at] }
}

/// A date as far as it goes.
pub(crate) fn date(date: PartialDate, lang: Lang) -> String {
    if lang == Lang::ZH {
        let part = |number: Option<i64>, unit: &str| number.map(|n| format!("{n}{unit}")).unwrap_or_default();
        return part(date.year.map(i64::from), "年")
            + &part(date.month.map(i64::from), "月")
            + &part(date.day.map(i64::from), "日");
    }
    let month = date.month.and_then(|month| MONTHS.get(usize::from(month).wrapping_sub(1)).copied());
    let day = date.day.map(|day| day.to_string());
    let head: Vec<String> = [month.map(str::to_owned), day].into_iter().flatten().collect();
    match (head.is_empty(), date.year) {
        (true, year) => year.map(|year| year.to_string()).unwrap_or_default(),
        (false, None) => head.join(" "),
        (false, Some(year)) if date.day.is_some() => format!("{}, {year}", head.join(" ")),
        (false, Some(year)) => format!("{} {year}", head.join(" ")),
    }
}

/// A time of day.
pub(crate) fn time(time: ClockTime, lang: Lang) -> String {
    if lang == Lang::ZH {
        let day = match (time.day, time.day_shift) {
            (Some(day), _) => format!("{day}日"),
            (None, 1) => "次日".to_owned(),
            (None, -1) => "前一日".to_owned(),
            _ => String::new(),
        };
        let minutes = if time.minute > 0 { format!("{}分", time.minute) } else { String::new() };
        return format!("{day}{}时{minutes}", time.hour);
    }
    format!("{:02}:{:02}", time.hour, time.minute)
}

/// A day of the lunar calendar.
pub(crate) fn lunar(lunar: LunarDate) -> String {
    const MONTHS: [&str; 12] = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"];
    const DIGITS: [&str; 11] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let month = MONTHS.get(usize::from(lunar.month).wrapping_sub(1)).copied().unwrap_or_default();
    let day = match lunar.day {
        day @ 0..=10 => format!("初{}", DIGITS[usize::from(day)]),
        day @ 11..=19 => format!("十{}", DIGITS[usize::from(day) - 10]),
        20 => "二十".to_owned(),
        day @ 21..=29 => format!("廿{}", DIGITS[usize::from(day) - 20]),
        _ => "三十".to_owned(),
    };
    format!("{}{month}月{day}", if lunar.leap { "闰" } else { "" })
}

/// A number without a needless decimal point and without the noise of binary fractions.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    rounded.to_string()
}

/// Says a weekday the way another was written: 周四 gives 周五, `Thu.` gives `Fri.`, `THURSDAY` gives `FRIDAY`.
pub(crate) fn weekday_like(written: &str, day: Weekday) -> String {
    let at = day.to_monday_zero_offset() as usize % 7;
    if let Some(last) = written.chars().next_back().filter(|c| !c.is_ascii()) {
        let head = written.strip_suffix(last).unwrap_or_default();
        let tail = CHINESE[at].chars().next_back().unwrap_or_default();
        return if tail == '日' && last == '天' { format!("{head}天") } else { format!("{head}{tail}") };
    }
    let letters = written.trim_end_matches('.');
    let full = ENGLISH[at];
    let short = letters.len() < 6;
    let word = if short { &full[..letters.len().clamp(2, 3)] } else { full };
    let dot = if short && written.ends_with('.') { "." } else { "" };
    let shaped = if letters.len() > 1 && letters.bytes().all(|b| b.is_ascii_uppercase()) {
        word.to_uppercase()
    } else {
        word.to_owned()
    };
    format!("{shaped}{dot}")
}

/// Says a time the way another was written: `0700` gives `0600`, 16时 gives 14时, `5 p.m.` gives `4 p.m.`
pub(crate) fn time_like(written: &str, time_now: ClockTime, lang: Lang) -> String {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let lower = written.to_ascii_lowercase();
    if written.len() == 4 && digits.len() == 4 {
        return format!("{:02}{:02}", time_now.hour % 24, time_now.minute);
    }
    if lower.contains("a.m") || lower.contains("p.m") || lower.ends_with("am") || lower.ends_with("pm") {
        let hour = (time_now.hour + 11) % 12 + 1;
        let mark = if time_now.hour % 24 >= 12 { "p" } else { "a" };
        let half = if lower.contains('.') && lower.contains(".m") { format!("{mark}.m.") } else { format!("{mark}m") };
        let gap = if written.contains(' ') { " " } else { "" };
        let separator = if written.contains(':') { ":" } else { "." };
        let minutes = if time_now.minute > 0 { format!("{separator}{:02}", time_now.minute) } else { String::new() };
        return format!("{hour}{minutes}{gap}{half}");
    }
    if written.contains(':') {
        return format!("{}:{:02}", time_now.hour, time_now.minute);
    }
    time(time_now, lang)
}

/// Says an amount the way another was written: the digits of `1.82万瓶` for 19,200 become `1.92`, `$4,200` keeps its
/// comma. Falls back to plain digits where the words hold none.
pub(crate) fn amount_like(written: &str, nominal: f64, wanted: f64) -> String {
    let Some(start) = written.find(|c: char| c.is_ascii_digit()) else { return number(wanted) };
    let end = written[start..]
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .map_or(written.len(), |n| start + n);
    let shown = written[start..end].trim_end_matches(['.', ',']);
    let end = start + shown.len();
    let Ok(value) = shown.replace(',', "").parse::<f64>() else { return number(wanted) };
    let scale = if value == 0.0 || nominal == 0.0 { 1.0 } else { nominal / value };
    let decimals = shown.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let scaled = wanted / scale;
    let needed = (0..=6).find(|places| (scaled * 10f64.powi(*places)).fract().abs() < 1e-6).unwrap_or(2) as usize;
    let mut digits = format!("{scaled:.*}", decimals.max(needed.min(decimals + 1)));
    // Places that the copy does not have are only there for what they say: 61 and not 61.0.
    if digits.contains('.') && decimals == 0 {
        digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
    } else if digits.split_once('.').is_some_and(|(_, places)| places.len() > decimals) && digits.ends_with('0') {
        digits.pop();
    }
    if shown.contains(',') || (scaled >= 10_000.0 && written.is_ascii()) {
        digits = with_commas(&digits);
    }
    let rest = &written[end..];
    match ["st", "nd", "rd", "th"].into_iter().find_map(|suffix| rest.strip_prefix(suffix)) {
        Some(rest) => format!("{}{digits}{}{rest}", &written[..start], ordinal_suffix(scaled)),
        None => format!("{}{digits}{rest}", &written[..start]),
    }
}

/// 1st, 2nd, 3rd, 4th; 11th, 12th, 13th.
fn ordinal_suffix(number: f64) -> &'static str {
    match (number % 100.0, number % 10.0) {
        (11.0..=13.0, _) => "th",
        (_, 1.0) => "st",
        (_, 2.0) => "nd",
        (_, 3.0) => "rd",
        _ => "th",
    }
}

fn with_commas(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && c.is_ascii_digit() {
            out.push(',');
        }
        out.push(c);
    }
    match fraction {
        Some(fraction) => format!("{out}.{fraction}"),
        None => out,
    }
}

/// Says a date the way another was written, as far as the shape is known: Chinese digits-and-units, or English words.
pub(crate) fn date_like(written: &str, wanted: PartialDate, claimed: PartialDate, lang: Lang) -> String {
    let shown = PartialDate {
        year: wanted.year.filter(|_| claimed.year.is_some()),
        month: wanted.month.filter(|_| claimed.month.is_some()),
        day: wanted.day,
        ..wanted
    };
    // The day alone changes in most repairs: then the words stay and only their day number moves.
    if (shown.year, shown.month) == (claimed.year, claimed.month)
        && let (Some(old), Some(new)) = (claimed.day, shown.day)
    {
        let old = old.to_string();
        let places: Vec<usize> =
            written.match_indices(&old).map(|(at, _)| at).filter(|at| stands_alone(written, *at, old.len())).collect();
        if let [at] = places[..] {
            let after = &written[at + old.len()..];
            let suffixed = ["st", "nd", "rd", "th"].iter().any(|suffix| after.starts_with(suffix));
            if !suffixed {
                return format!("{}{new}{after}", &written[..at]);
            }
        }
    }
    date(shown, lang)
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    !digit(text[..at].chars().next_back()) && !digit(text[at + length..].chars().next())
}

/// The nominal amount of a value that has one.
pub(crate) fn nominal(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) | Value::Percent(number) => Some(number.value),
        Value::Ordinal(number) => Some(*number as f64),
        Value::Money(money) => Some(money.amount.value),
        Value::Quantity(quantity) => Some(quantity.amount.value),
        Value::Duration(duration) => Some(duration.amount.value),
        Value::Year(year) => Some(f64::from(*year)),
        Value::Date(_) | Value::Weekday(_) | Value::Time(_) | Value::Lunar(_) | Value::Tally(_) | Value::Words => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_get_the_suffix_of_their_number() {
        assert_eq!(amount_like("32nd", 32.0, 33.0), "33rd");
        assert_eq!(amount_like("第32届", 32.0, 33.0), "第33届");
        assert_eq!(amount_like("21st", 21.0, 112.0), "112th");
    }

    #[test]
    fn weekdays_keep_their_shape() {
        assert_eq!(weekday_like("周四", Weekday::Friday), "周五");
        assert_eq!(weekday_like("星期天", Weekday::Sunday), "星期天");
        assert_eq!(weekday_like("Thu.", Weekday::Friday), "Fri.");
        assert_eq!(weekday_like("THURSDAY", Weekday::Friday), "FRIDAY");
    }

    #[test]
    fn amounts_keep_their_shape() {
        assert_eq!(amount_like("1.82万瓶", 18_200.0, 19_200.0), "1.92万瓶");
        assert_eq!(amount_like("$102,000", 102_000.0, 120_000.0), "$120,000");
        assert_eq!(amount_like("24 meters", 24.0, 60.96), "61 meters");
        assert_eq!(amount_like("304人", 304.0, 314.0), "314人");
        assert_eq!(amount_like("三百人", 300.0, 314.0), "314");
    }

    #[test]
    fn dates_move_their_day() {
        let date = |day| PartialDate { year: None, month: Some(2), day: Some(day), ..PartialDate::default() };
        assert_eq!(date_like("2月6日", date(5), date(6), Lang::ZH), "2月5日");
        assert_eq!(date_like("Feb. 6", date(5), date(6), Lang::EN), "Feb. 5");
        assert_eq!(date_like("6th of February", date(5), date(6), Lang::EN), "February 5");
    }
}
