//! Days, weekdays and clocks: what dates and times in copy stand for.

use super::{ClockTime, PartialDate};
use jiff::civil::{Date, Weekday};
use jiff::tz::{Offset, TimeZone};

/// First year of weekdays that are checked: before it countries disagree about the calendar, and papers about weekdays.
const FIRST_YEAR: i16 = 1900;
/// A date without a year that lies this near to the article's day means that year, whichever it is.
const SURELY_NEAR_DAYS: i32 = 40;
/// A date without a year that lies this far back may be meant too.
const NEAR_DAYS: i32 = 75;
/// A date without a year may be announced for the coming year this far ahead.
const COMING_DAYS: i32 = 183;
/// A day without a month that lies this near is the one.
const CLEARLY_NEAR_DAYS: i32 = 12;

/// The days that a date may stand for, likeliest first; none for a day that does not exist or cannot be placed.
pub fn candidates(date: PartialDate, as_of: Option<Date>) -> Vec<Date> {
    let (Some(day), Some(month)) = (date.day, month_of(date, as_of)) else {
        return date.day.zip(as_of).map(|(day, as_of)| near_days(day, as_of)).unwrap_or_default();
    };
    let on = |year: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    if let Some(year) = year_of(date, as_of) {
        return on(year).into_iter().collect();
    }
    let Some(as_of) = as_of else { return Vec::new() };
    let mut days: Vec<Date> = (as_of.year() - 1..=as_of.year() + 1).filter_map(on).collect();
    days.sort_by_key(|date| (*date - as_of).get_days().abs());
    days
}

fn year_of(date: PartialDate, as_of: Option<Date>) -> Option<i16> {
    match (date.year, date.year_shift, date.month_shift) {
        (Some(year), ..) => Some(year),
        (None, Some(shift), _) => as_of.map(|day| day.year() + i16::from(shift)),
        (None, None, Some(shift)) => as_of.map(|day| shifted(day, shift).0),
        _ => None,
    }
}

fn month_of(date: PartialDate, as_of: Option<Date>) -> Option<u8> {
    date.month.or_else(|| {
        let (as_of, shift) = as_of.zip(date.month_shift)?;
        Some(shifted(as_of, shift).1)
    })
}

/// The year and month of a month that copy names; without a year it is the nearest to the article's day.
pub fn month_meant(date: PartialDate, as_of: Option<Date>) -> Option<(i16, u8)> {
    let month = month_of(date, as_of)?;
    if let Some(year) = year_of(date, as_of) {
        return Some((year, month));
    }
    let as_of = as_of?;
    let apart = |year: i16| ((i32::from(year - as_of.year())) * 12 + i32::from(month) - i32::from(as_of.month())).abs();
    [as_of.year(), as_of.year() - 1, as_of.year() + 1]
        .into_iter()
        .min_by_key(|year| apart(*year))
        .map(|year| (year, month))
}

/// The days of a span of time. The second date takes what it does not say from the first: 9月5日至8日, 12月31日至1月2日,
/// 27日到3日 over the turn of a month.
pub fn span(first: PartialDate, second: PartialDate, as_of: Option<Date>) -> Option<(Date, Date)> {
    let start = candidates(first, as_of).first().copied()?;
    if second.year.is_some() || second.year_shift.is_some() || second.month_shift.is_some() {
        return Some((start, candidates(second, as_of).first().copied()?));
    }
    let day = i8::try_from(second.day?).ok()?;
    let end = match second.month {
        Some(month) => {
            let month = i8::try_from(month).ok()?;
            let over = start.month() >= 10 && month <= 3;
            // A full date such as the article's day has no say in the year of the other.
            let year = if over { start.year() + 1 } else { start.year() };
            let there = Date::new(year, month, day).ok()?;
            if first.month.is_none() || first.year.is_some() && Some(start) == as_of {
                candidates(second, as_of).first().copied()?
            } else {
                there
            }
        }
        None if Some(start) == as_of => candidates(second, as_of).first().copied()?,
        None if day < start.day() => {
            let next = start.first_of_month().checked_add(jiff::Span::new().months(1)).ok()?;
            Date::new(next.year(), next.month(), day).ok()?
        }
        None => Date::new(start.year(), start.month(), day).ok()?,
    };
    Some((start, end))
}

/// Year and month some months away.
fn shifted(day: Date, months: i8) -> (i16, u8) {
    let month = i16::from(day.month()) - 1 + i16::from(months);
    (day.year() + month.div_euclid(12), month.rem_euclid(12) as u8 + 1)
}

/// The days of that number around a day: a bare 6日 is the nearest, and mostly one that has come.
fn near_days(day: u8, as_of: Date) -> Vec<Date> {
    let mut days: Vec<Date> = [-1, 0, 1]
        .into_iter()
        .filter_map(|months| {
            let (year, month) = shifted(as_of, months);
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        })
        .filter(|date| (-31..=20).contains(&(*date - as_of).get_days()))
        .collect();
    days.sort_by_key(|date| (*date - as_of).get_days().abs());
    days
}

/// Whether a date names a day that exists; `None` where the copy does not say enough.
pub fn exists(date: PartialDate, as_of: Option<Date>) -> Option<bool> {
    let (day, month) = (date.day?, month_of(date, as_of)?);
    if !(1..=12).contains(&month) || day == 0 || day > 31 {
        return Some(false);
    }
    // A leap year stands in where the year is not known and need not be.
    let year = year_of(date, as_of);
    let holds = |year: i16| Date::new(year, month as i8, day as i8).is_ok();
    match year {
        Some(year) if !(-9999..=9999).contains(&year) => None,
        Some(year) => Some(holds(year)),
        None if !holds(2000) => Some(false),
        None if (month, day) != (2, 29) => Some(true),
        // 29 February without a year: wrong only if no year that may be meant has one.
        None => as_of.map(|as_of| {
            let leap_days: Vec<Date> =
                (as_of.year() - 1..=as_of.year() + 1).filter_map(|year| Date::new(year, 2, 29).ok()).collect();
            !years_meant(&leap_days, as_of).is_empty()
        }),
    }
}

/// The weekdays that a date may fall on. None before 1900, and none for a date that cannot be placed.
///
/// A date without a year is of the article's year, but for one that lies just before or after the turn of the year;
/// one of early next year may be meant by either. A day without a month is the nearest, if one is clearly nearest.
pub fn weekdays(date: PartialDate, as_of: Option<Date>) -> Vec<Weekday> {
    let days = candidates(date, as_of);
    let days: Vec<Date> = match as_of {
        Some(as_of) if date.month.is_none() && date.month_shift.is_none() => nearest_alone(days, as_of),
        Some(as_of) if year_of(date, Some(as_of)).is_none() => years_meant(&days, as_of),
        _ => days,
    };
    days.iter().filter(|day| day.year() >= FIRST_YEAR).map(|day| day.weekday()).collect()
}

/// The years that a date may be of: its own, else those that a date without one may mean.
pub fn years_of(date: PartialDate, as_of: Option<Date>) -> Vec<i16> {
    if let Some(year) = year_of(date, as_of) {
        return vec![year];
    }
    let days = candidates(date, as_of);
    let days = as_of.map_or_else(Vec::new, |as_of| if date.month.is_none() { days } else { years_meant(&days, as_of) });
    let mut years: Vec<i16> = days.iter().map(|day| day.year()).collect();
    years.dedup();
    years
}

/// Of the same day in three years, those that may be meant.
fn years_meant(days: &[Date], as_of: Date) -> Vec<Date> {
    let apart = |day: &&Date| (**day - as_of).get_days();
    if let Some(near) = days.iter().find(|day| apart(day).abs() <= SURELY_NEAR_DAYS) {
        return vec![*near];
    }
    let meant = |day: &&Date| day.year() == as_of.year() || (-NEAR_DAYS..=COMING_DAYS).contains(&apart(day));
    days.iter().filter(meant).copied().collect()
}

fn nearest_alone(days: Vec<Date>, as_of: Date) -> Vec<Date> {
    match days.first() {
        Some(first) if (*first - as_of).get_days().abs() <= CLEARLY_NEAR_DAYS => vec![*first],
        _ => days,
    }
}

/// A time of one zone in another, as day shift, hour and minute; both halves of the day where the copy leaves it open.
/// Zones are IANA names or fixed offsets such as `+03:00`. Without a day, only zones that keep one offset are told.
pub fn in_zone(time: ClockTime, day: Option<Date>, from: &str, to: &str) -> Vec<ClockTime> {
    let (Some(from), Some(to)) = (zone(from), zone(to)) else { return Vec::new() };
    let mut hours = vec![time.hour];
    if !time.half_known && time.hour < 12 {
        hours.push(time.hour + 12);
    }
    let mut out = Vec::new();
    for hour in hours {
        if hour > 24 || time.minute > 59 {
            continue;
        }
        // The day written with the time counts before the article's; a day that is not known must not matter.
        let days: Vec<Date> = match written_day(time, day) {
            Some(day) => vec![day],
            None => [(2025, 1, 15), (2025, 7, 15)].map(|(y, m, d)| jiff::civil::date(y, m, d)).to_vec(),
        };
        let converted: Vec<ClockTime> = days.iter().filter_map(|day| on_day(time, hour, *day, &from, &to)).collect();
        let plain = |time: &ClockTime| (time.day_shift, time.hour, time.minute);
        if let Some(first) = converted.first()
            && converted.iter().all(|other| plain(other) == plain(first))
        {
            let mut answer = *first;
            if written_day(time, day).is_none() {
                (answer.day, answer.month) = (None, None);
            }
            out.push(answer);
        }
    }
    out
}

fn on_day(time: ClockTime, hour: u8, day: Date, from: &TimeZone, to: &TimeZone) -> Option<ClockTime> {
    let start = day.at(0, 0, 0, 0);
    let minutes = i64::from(hour) * 60 + i64::from(time.minute);
    let local = start.checked_add(jiff::Span::new().minutes(minutes)).ok()?;
    let there = from.to_zoned_datetime(local).ok()?.with_time_zone(to.clone()).datetime();
    let shift = (there.date() - day).get_days();
    Some(ClockTime {
        with_minutes: true,
        day_shift: i8::try_from(shift).ok()?,
        day: u8::try_from(there.day()).ok(),
        month: u8::try_from(there.month()).ok(),
        ..ClockTime::at(u8::try_from(there.hour()).ok()?, u8::try_from(there.minute()).ok()?)
    })
}

/// The day that a time speaks of: its own, placed near the article's, else the article's, shifted by 次日.
fn written_day(time: ClockTime, day: Option<Date>) -> Option<Date> {
    let day = match time.day {
        Some(own) => {
            let date = PartialDate { day: Some(own), month: time.month, ..PartialDate::default() };
            candidates(date, day).first().copied()?
        }
        None => day?,
    };
    day.checked_add(jiff::Span::new().days(i64::from(time.day_shift))).ok()
}

fn zone(name: &str) -> Option<TimeZone> {
    if let Some(rest) = name.strip_prefix(['+', '-']) {
        let (hours, minutes) = rest.split_once(':')?;
        let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
        let seconds = if name.starts_with('-') { -seconds } else { seconds };
        return Some(TimeZone::fixed(Offset::from_seconds(seconds).ok()?));
    }
    TimeZone::get(name).ok()
}

/// Whether a claimed time is the expected one. The day counts only if the copy names one; an open half of the day
/// allows both; 24:00 is 0:00 of the next day.
pub fn same_time(expected: ClockTime, claimed: ClockTime) -> bool {
    let minutes = |time: ClockTime| (i32::from(time.hour) % 24) * 60 + i32::from(time.minute);
    let apart = (minutes(expected) - minutes(claimed)).rem_euclid(1440);
    let same = apart == 0 || (!claimed.half_known && apart == 720);
    let rolled = i8::from(claimed.hour >= 24);
    let day_fits = match (claimed.day, expected.day) {
        (Some(claimed_day), Some(expected_day)) if rolled == 0 => claimed_day == expected_day,
        _ => claimed.day_shift == 0 || claimed.day_shift + rolled == expected.day_shift,
    };
    same && day_fits
}

/// Days from one to the other, negative if the second lies before.
pub fn days_between(a: Date, b: Date) -> Option<i32> {
    Some((b - a).get_days())
}

/// Whole years from one to the other.
pub fn years_between(a: Date, b: Date) -> Option<f64> {
    let (early, late, sign) = if a <= b { (a, b, 1.0) } else { (b, a, -1.0) };
    let not_yet = (late.month(), late.day()) < (early.month(), early.day());
    Some(sign * f64::from(late.year() - early.year() - i16::from(not_yet)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn partial(year: Option<i16>, month: u8, day: u8) -> PartialDate {
        PartialDate { year, month: Some(month), day: Some(day), ..PartialDate::default() }
    }

    /// Sakamoto's method, which knows nothing of the library that is used above, on every day of two centuries.
    #[test]
    fn weekdays_agree_with_sakamoto() {
        let table = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let mut day = date(1900, 1, 1);
        while day <= date(2100, 12, 31) {
            let y = i32::from(day.year()) - i32::from(day.month() < 3);
            let month = table[day.month() as usize - 1];
            let sunday_zero = (y + y / 4 - y / 100 + y / 400 + month + i32::from(day.day())) % 7;
            let found = weekdays(PartialDate::from(day), None);
            assert_eq!(i32::from(found[0].to_sunday_zero_offset()), sunday_zero, "{day}");
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn leap_days_exist_in_leap_years_alone() {
        for year in 1600..=2400 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            assert_eq!(exists(partial(Some(year), 2, 29), None), Some(leap), "{year}");
        }
    }

    #[test]
    fn dates_without_a_year_are_near_the_article() {
        let january = Some(date(2026, 1, 2));
        assert_eq!(candidates(partial(None, 12, 31), january)[0], date(2025, 12, 31));
        let bare = PartialDate { day: Some(31), ..PartialDate::default() };
        assert_eq!(candidates(bare, Some(date(2022, 2, 1)))[0], date(2022, 1, 31));
        let last_year = PartialDate { year_shift: Some(-1), ..partial(None, 12, 26) };
        assert_eq!(candidates(last_year, Some(date(2022, 1, 4))), [date(2021, 12, 26)]);
        assert_eq!(exists(partial(None, 2, 30), None), Some(false));
        assert_eq!(exists(partial(None, 2, 29), Some(date(2023, 12, 1))), Some(true));
        assert_eq!(exists(partial(None, 2, 29), Some(date(2023, 2, 1))), Some(false));
        assert_eq!(exists(partial(None, 2, 29), Some(date(2022, 6, 1))), Some(false));
    }

    #[test]
    fn zones_convert_with_summer_time_and_day() {
        let at = |hour, minute| ClockTime::at(hour, minute);
        let plain = |times: Vec<ClockTime>| times.iter().map(|t| (t.day_shift, t.hour, t.minute)).collect::<Vec<_>>();
        let day = Some(date(2025, 6, 12));
        assert_eq!(plain(in_zone(at(9, 0), day, "Europe/London", "Asia/Shanghai")), [(0, 16, 0)]);
        assert_eq!(
            plain(in_zone(at(12, 0), Some(date(2025, 1, 20)), "America/New_York", "Asia/Shanghai")),
            [(1, 1, 0)]
        );
        assert_eq!(plain(in_zone(at(10, 0), None, "Asia/Muscat", "Etc/UTC")), [(0, 6, 0)]);
        assert!(in_zone(at(10, 0), None, "Europe/London", "Etc/UTC").is_empty());
        assert_eq!(plain(in_zone(at(10, 0), day, "-04:00", "Etc/UTC")), [(0, 14, 0)]);
        let open = ClockTime { half_known: false, ..at(3, 0) };
        assert_eq!(plain(in_zone(open, day, "Asia/Kathmandu", "Asia/Shanghai")), [(0, 5, 15), (0, 17, 15)]);
    }
}
