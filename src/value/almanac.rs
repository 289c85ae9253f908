//! Days that move: the lunar calendar of China, the 24 solar terms, Easter, and the n-th weekday of a month.
//!
//! Lunar months and solar terms are those of `tyme4rs`, which follows GB/T 33661; the tests hold them against a second
//! library. Where published almanacs disagree about a month nothing is told.

use jiff::civil::{Date, Weekday, date};
use tyme4rs::tyme::lunar::{LunarDay, LunarMonth};
use tyme4rs::tyme::solar::{SolarDay, SolarTerm};

/// A day of the lunar calendar as far as copy gives it. It may name a day that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LunarDate {
    /// The year of the common era in which the lunar year begins, if it is known.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: u8,
    /// 闰: the month that follows the one of its number.
    pub leap: bool,
    /// 1 to 30.
    pub day: u8,
}

/// Lunar years that are told.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Days about which sources disagree, first and last: a month begins a day earlier in one than in the other. All are
/// months in which programs in use, among them the two libraries of the tests, differ between 1900 and 2100. Which of
/// them is right is not settled here: nothing is told.
const DISPUTED: [(Date, Date); 15] = [
    (date(1906, 4, 23), date(1906, 5, 22)),
    (date(1909, 9, 14), date(1909, 10, 13)),
    (date(1910, 12, 31), date(1911, 1, 29)),
    (date(1916, 4, 2), date(1916, 5, 1)),
    (date(1920, 11, 10), date(1920, 12, 9)),
    (date(1927, 10, 25), date(1927, 11, 23)),
    (date(1928, 10, 13), date(1928, 11, 11)),
    (date(1933, 7, 22), date(1933, 8, 20)),
    (date(1942, 9, 10), date(1942, 10, 9)),
    (date(1943, 11, 27), date(1943, 12, 26)),
    (date(1954, 2, 3), date(1954, 3, 4)),
    (date(1954, 11, 25), date(1954, 12, 24)),
    (date(1957, 3, 1), date(1957, 3, 30)),
    (date(1978, 9, 2), date(1978, 10, 1)),
    (date(2057, 9, 28), date(2057, 10, 27)),
];

fn undisputed(day: Date) -> Option<Date> {
    (!DISPUTED.iter().any(|(first, last)| (*first..=*last).contains(&day))).then_some(day)
}

fn civil(day: &SolarDay) -> Option<Date> {
    let part = |number: usize| i8::try_from(number).ok();
    Date::new(i16::try_from(day.get_year()).ok()?, part(day.get_month())?, part(day.get_day())?).ok()
}

/// The day of a lunar date whose year is known; `None` for a day that does not exist.
pub fn lunar_to_civil(lunar: LunarDate) -> Option<Date> {
    let year = lunar.year.filter(|year| YEARS.contains(year))?;
    let month = isize::from(lunar.month) * if lunar.leap { -1 } else { 1 };
    let day = LunarDay::new(isize::from(year), month, usize::from(lunar.day)).ok()?;
    civil(&day.get_solar_day()).and_then(undisputed)
}

/// The lunar date of a day.
pub fn civil_to_lunar(day: Date) -> Option<LunarDate> {
    let day = undisputed(day).filter(|day| YEARS.contains(&day.year()) && *day >= date(1900, 2, 1))?;
    let solar = SolarDay::new(day.year().into(), usize::try_from(day.month()).ok()?, usize::try_from(day.day()).ok()?);
    let lunar = solar.ok()?.get_lunar_day();
    let month = lunar.get_lunar_month();
    Some(LunarDate {
        year: i16::try_from(month.get_lunar_year().get_year()).ok(),
        month: u8::try_from(month.get_month()).ok()?,
        leap: month.is_leap(),
        day: u8::try_from(lunar.get_day()).ok()?,
    })
}

/// Whether a lunar year has that day; `None` outside the years that are told.
pub fn lunar_exists(lunar: LunarDate) -> Option<bool> {
    let year = lunar.year.filter(|year| YEARS.contains(year))?;
    let number = isize::from(lunar.month) * if lunar.leap { -1 } else { 1 };
    let Ok(month) = LunarMonth::new(isize::from(year), number) else { return Some(false) };
    // A disputed month may have a day more or less, and so may the one before it.
    let first = civil(&month.get_first_day().get_solar_day()).and_then(undisputed)?;
    let count = month.get_day_count();
    undisputed(first.checked_add(jiff::Span::new().days(i64::try_from(count).ok()?)).ok()?)?;
    Some((1..=count).contains(&usize::from(lunar.day)))
}

/// The first day of a lunar year.
pub fn new_year(year: i16) -> Option<Date> {
    lunar_to_civil(LunarDate { year: Some(year), month: 1, leap: false, day: 1 })
}

/// The lunar year that a day lies in, by the common era's year in which it begins.
pub fn lunar_year(day: Date) -> Option<i16> {
    match new_year(day.year()) {
        Some(first) => Some(if day < first { day.year() - 1 } else { day.year() }),
        // It always begins before the spring equinox.
        None => (day.month() > 3).then_some(day.year()),
    }
}

/// The day of a solar term, 0 for 小寒 of January up to 23 for 冬至 of December.
pub fn solar_term(year: i16, term: u8) -> Option<Date> {
    if !YEARS.contains(&year) || term > 23 {
        return None;
    }
    // The library counts from the winter solstice of the year before.
    civil(&SolarTerm::from_index(isize::from(year), isize::from(term) + 1).get_solar_day())
}

/// Easter Sunday of the western churches, by the computus of Meeus, Jones and Butcher ("Astronomical Algorithms", ch. 8).
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    (year > 1582).then(|| Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok())?
}

/// Easter Sunday of the Orthodox churches, as a day of the Gregorian calendar (Meeus, ch. 8).
pub fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    // The calendars lie 13 days apart from March 1900 to February 2100.
    (1900..=2099).contains(&year).then(|| julian.checked_add(jiff::Span::new().days(13)).ok())?
}

/// How a feast finds its day in a year, as fact files write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    /// `12-25`: the same day every year.
    Fixed(i8, i8),
    /// `lunar 5-5`, `lunar 12-last`: by the lunar calendar; day 0 is the month's last.
    Lunar(u8, u8),
    /// `term 6`: a solar term by its number, and days after it.
    Term(u8, i32),
    /// `easter`, `easter-2`, `easter+1`: days from Easter Sunday.
    Easter(i32),
    /// `orthodox`: days from Orthodox Easter.
    Orthodox(i32),
    /// `thu 4 nov`, `mon -1 may`: the n-th weekday of a month, from its end if negative, and days after it.
    Nth(Weekday, i8, i8, i32),
    /// `mon before 5-25`: the last such weekday before a day.
    Before(Weekday, i8, i8),
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn word_at(words: &[&str], word: &str) -> Option<i8> {
    words.iter().position(|known| *known == word).and_then(|at| i8::try_from(at).ok())
}

impl Feast {
    /// Reads a feast's rule; `None` if it is none.
    pub fn parse(rule: &str) -> Option<Feast> {
        let month_day = |words: &str| {
            let (month, day) = words.split_once('-')?;
            Some((month.parse::<i8>().ok()?, day.parse::<i8>().ok()?))
        };
        let weekday = |word: &str| Weekday::from_monday_zero_offset(word_at(&WEEKDAYS, word)?).ok();
        let words: Vec<&str> = rule.split_whitespace().collect();
        match words[..] {
            ["lunar", day] => {
                let (month, day) = day.split_once('-')?;
                let day = if day == "last" { 0 } else { day.parse().ok()? };
                Some(Feast::Lunar(month.parse().ok()?, day))
            }
            ["term", number] => {
                let (number, after) = number.split_once('+').unwrap_or((number, "0"));
                Some(Feast::Term(number.parse().ok()?, after.parse().ok()?))
            }
            [day, "before", other] => {
                let (month, last) = month_day(other)?;
                Some(Feast::Before(weekday(day)?, month, last))
            }
            [day, nth, month] => {
                let (month, after) = month.split_once('+').unwrap_or((month, "0"));
                let month = word_at(&MONTHS, month)? + 1;
                Some(Feast::Nth(weekday(day)?, nth.parse().ok()?, month, after.parse().ok()?))
            }
            [word] => {
                let shift = |rest: &str| if rest.is_empty() { Some(0) } else { rest.parse::<i32>().ok() };
                if let Some(rest) = word.strip_prefix("easter") {
                    return shift(rest).map(Feast::Easter);
                }
                if let Some(rest) = word.strip_prefix("orthodox") {
                    return shift(rest).map(Feast::Orthodox);
                }
                month_day(word).map(|(month, day)| Feast::Fixed(month, day))
            }
            _ => None,
        }
    }

    /// Its day in a year; a lunar day counts to the year it falls in.
    pub fn day(self, year: i16) -> Option<Date> {
        let after = |day: Date, days: i32| day.checked_add(jiff::Span::new().days(days)).ok();
        match self {
            Feast::Fixed(month, day) => Date::new(year, month, day).ok(),
            Feast::Lunar(12, 0) => after(new_year(year)?, -1),
            Feast::Lunar(month, day) => [year, year - 1].into_iter().find_map(|of| {
                lunar_to_civil(LunarDate { year: Some(of), month, leap: false, day })
                    .filter(|found| found.year() == year)
            }),
            Feast::Term(term, days) => after(solar_term(year, term)?, days),
            Feast::Easter(days) => after(easter(year)?, days),
            Feast::Orthodox(days) => after(orthodox_easter(year)?, days),
            Feast::Nth(weekday, nth, month, days) => {
                after(Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?, days)
            }
            Feast::Before(weekday, month, day) => Date::new(year, month, day).ok()?.nth_weekday(-1, weekday).ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_calendar::cal::ChineseTraditional;

    /// The second library's lunar month, whether it is a leap month, and day.
    fn by_icu(day: Date) -> (u8, bool, u8) {
        let iso = icu_calendar::Date::try_new_iso(day.year().into(), day.month() as u8, day.day() as u8);
        let chinese = iso.unwrap().to_calendar(ChineseTraditional::new());
        let month = chinese.month();
        let numbered = month.to_input();
        (numbered.number(), numbered.is_leap(), chinese.day_of_month().0)
    }

    #[test]
    fn lunar_days_agree_with_a_second_library() {
        let mut day = date(1900, 2, 1);
        let mut told = 0;
        while day < date(2100, 12, 31) {
            if let Some(lunar) = civil_to_lunar(day) {
                assert_eq!((lunar.month, lunar.leap, lunar.day), by_icu(day), "{day}");
                assert_eq!(lunar_to_civil(lunar), Some(day));
                told += 1;
            }
            day = day.tomorrow().unwrap();
        }
        assert!(told > 72_900);
    }

    /// Gauss's method with its two exceptions, which the one above does without.
    #[test]
    fn easter_agrees_with_gauss() {
        for year in 1900..=2099 {
            let y = i32::from(year);
            let d = (19 * (y % 19) + 24) % 30;
            let e = (2 * (y % 4) + 4 * (y % 7) + 6 * d + 5) % 7;
            let mut march = 22 + d + e;
            if march == 57 || (march == 56 && d == 28 && y % 19 > 10) {
                march -= 7;
            }
            let day = date(year, 3, 1).checked_add(jiff::Span::new().days(march - 1)).unwrap();
            assert_eq!(easter(year), Some(day), "{year}");
            let orthodox = orthodox_easter(year).unwrap();
            assert_eq!(orthodox.weekday(), Weekday::Sunday, "{year}");
            assert!(orthodox >= day && (orthodox - day).get_days() <= 35, "{year}");
        }
    }

    #[test]
    fn terms_and_feasts_fall_where_almanacs_have_them() {
        assert_eq!(solar_term(2025, 2), Some(date(2025, 2, 3)));
        assert_eq!(solar_term(2026, 2), Some(date(2026, 2, 4)));
        assert_eq!(solar_term(2024, 14), Some(date(2024, 8, 7)));
        assert_eq!(solar_term(2021, 23), Some(date(2021, 12, 21)));
        assert_eq!(solar_term(2023, 0), Some(date(2023, 1, 5)));
        let on = |rule: &str, year: i16| Feast::parse(rule).unwrap().day(year);
        assert_eq!(on("lunar 8-15", 2025), Some(date(2025, 10, 6)));
        assert_eq!(on("lunar 5-5", 2026), Some(date(2026, 6, 19)));
        assert_eq!(on("lunar 12-last", 2026), Some(date(2026, 2, 16)));
        assert_eq!(on("lunar 12-8", 2026), Some(date(2026, 1, 26)));
        assert_eq!(on("thu 4 nov", 2026), Some(date(2026, 11, 26)));
        assert_eq!(on("mon -1 may", 2024), Some(date(2024, 5, 27)));
        assert_eq!(on("mon before 5-25", 2024), Some(date(2024, 5, 20)));
        assert_eq!(on("easter-2", 2026), Some(date(2026, 4, 3)));
        assert_eq!(on("orthodox", 2024), Some(date(2024, 5, 5)));
        assert_eq!(Feast::parse("whenever"), None);
    }

    #[test]
    fn disputed_months_are_not_told() {
        assert_eq!(civil_to_lunar(date(1978, 9, 15)), None);
        assert_eq!(lunar_exists(LunarDate { year: Some(1906), month: 3, leap: false, day: 30 }), None);
        assert_eq!((lunar_year(date(1954, 1, 20)), lunar_year(date(1954, 5, 1))), (None, Some(1954)));
        assert_eq!(lunar_exists(LunarDate { year: Some(2025), month: 2, leap: false, day: 30 }), Some(false));
        assert_eq!(lunar_exists(LunarDate { year: Some(2025), month: 6, leap: true, day: 1 }), Some(true));
    }
}
