//! The functions of the expression language about days: relative days, ages, spans, the lunar calendar and feasts.

use super::answers::one_or_list;
use super::functions::{computed, date_of, items, not, scope, texts, wrong};
use super::objects::{DateObject, LunarObject, TimeObject, WeekdayObject, number};
use super::scope::Scope;
use crate::value::almanac::{self, Feast, LunarDate};
use crate::value::{ClockTime, PartialDate, calendar};
use jiff::civil::Date;
use minijinja::value::Value;
use minijinja::{Environment, Error, State};

/// Adds these functions to an environment.
pub(super) fn add_all(env: &mut Environment<'static>) {
    env.add_function("years_between", |state: &State, a: Value, b: Value| {
        between(state, &a, &b, calendar::years_between)
    });
    env.add_function("days_between", |state: &State, a: Value, b: Value| {
        between(state, &a, &b, |a, b| calendar::days_between(a, b).map(f64::from))
    });
    env.add_function("minutes_between", |a: Value, b: Value| minutes_between(&a, &b));
    env.add_function("yearly_day", |state: &State, rule: Value, year: Value| yearly_day(state, &rule, &year));
    env.add_function("lunar", |state: &State, date: Value| lunar(state, &date));
    env.add_function("solar", |state: &State, lunar: Value, year: Value| solar(state, &lunar, &year));
    env.add_function("lunar_exists", |lunar: Value, year: Value| lunar_exists(&lunar, &year));
    env.add_function("lunar_year", |state: &State, date: Value| lunar_year(state, &date));
    env.add_function("sexagenary", |year: Value| {
        let cycle = |year: i16| number(f64::from((i32::from(year) - 4).rem_euclid(60) + 1));
        one_or_list(years(&year).into_iter().map(cycle).collect())
    });
    env.add_function("ages", |state: &State, born: Value, on: Value, slack: Option<f64>| {
        ages(state, &born, &on, slack.unwrap_or(0.0))
    });
    env.add_function("shift", |state: &State, dates: Value, days: Value| {
        let days = numbers(&days);
        each_day(state, &dates, |day| {
            let moved = |days: &i64| day.checked_add(jiff::Span::new().days(*days)).ok();
            days.iter().filter_map(moved).collect()
        })
    });
    env.add_function("shift_months", |state: &State, dates: Value, months: f64| {
        let scope = scope(state)?;
        let moved = days_of(&scope, &dates).into_iter().filter_map(|day| {
            let there = day.first_of_month().checked_add(jiff::Span::new().months(months as i64)).ok()?;
            Some(date_value(&scope, PartialDate { day: None, ..PartialDate::from(there) }))
        });
        Ok::<Value, Error>(distinct(moved))
    });
    env.add_function("in_week", |state: &State, dates: Value, weeks: Value, weekday: Value| {
        let named = weekday.downcast_object_ref::<WeekdayObject>().map(|day| day.weekday.to_monday_one_offset());
        let Some(wanted) = named.map(i64::from).or_else(|| numbers(&weekday).first().copied()) else {
            return not(&weekday, "in_week", "a weekday");
        };
        let weeks = numbers(&weeks);
        each_day(state, &dates, |day| {
            let shift = wanted - i64::from(day.weekday().to_monday_one_offset());
            let moved = |weeks: &i64| day.checked_add(jiff::Span::new().days(7 * weeks + shift)).ok();
            weeks.iter().filter_map(moved).collect()
        })
    });
    env.add_function("years_meant", |state: &State, date: Value| {
        let scope = scope(state)?;
        let dates: Vec<PartialDate> = items(&date).iter().filter_map(date_of).collect();
        if dates.is_empty() {
            return not(&date, "years_meant", "a date");
        }
        let years = dates.into_iter().flat_map(|date| calendar::years_of(date, scope.article.date));
        Ok(distinct(years.map(Value::from)))
    });
    env.add_function("is_day", |state: &State, dates: Value, rule: Value| is_day(state, &dates, &rule));
}

/// Whole numbers of one or a list.
fn numbers(values: &Value) -> Vec<i64> {
    items(values).iter().filter_map(|value| f64::try_from(value.clone()).ok()).map(|value| value as i64).collect()
}

/// Whether any of these days is a feast's, by the rule that a fact states.
fn is_day(state: &State, dates: &Value, rule: &Value) -> Result<Value, Error> {
    let scope = scope(state)?;
    let days = days_of(&scope, dates);
    let mut known = false;
    for rule in texts(rule) {
        let Some(feast) = Feast::parse(&rule) else {
            return Err(wrong(format!("`{rule}` is no rule for a day of the year")));
        };
        for day in &days {
            let Some(found) = feast.day(day.year()) else { continue };
            if found == *day {
                return Ok(Value::from(true));
            }
            known = true;
            computed(&scope, || super::words::date(PartialDate::from(found), scope.article.lang));
        }
    }
    Ok(if known { Value::from(false) } else { Value::UNDEFINED })
}

fn date_value(scope: &Scope, date: PartialDate) -> Value {
    Value::from_object(DateObject { date, lang: scope.article.lang })
}

fn distinct(values: impl Iterator<Item = Value>) -> Value {
    let mut found: Vec<Value> = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    one_or_list(found)
}

/// The likeliest day of a date, or of each of a list.
fn days_of(scope: &Scope, dates: &Value) -> Vec<Date> {
    let day = |value: &Value| calendar::candidates(date_of(value)?, scope.article.date).first().copied();
    items(dates).iter().filter_map(day).collect()
}

fn each_day(state: &State, dates: &Value, change: impl Fn(Date) -> Vec<Date>) -> Result<Value, Error> {
    let scope = scope(state)?;
    let days = days_of(&scope, dates).into_iter().flat_map(change);
    Ok(distinct(days.map(|day| date_value(&scope, PartialDate::from(day)))))
}

/// Two dates of one span of time: the second takes what it does not say from the first (9月5日至8日).
fn between(state: &State, a: &Value, b: &Value, count: impl Fn(Date, Date) -> Option<f64>) -> Result<Value, Error> {
    let scope = scope(state)?;
    let (Some(first), Some(second)) = (date_of(a), date_of(b)) else {
        return not(if date_of(a).is_none() { a } else { b }, "a function of two dates", "a date");
    };
    let days = calendar::span(first, second, scope.article.date);
    Ok(days.and_then(|(a, b)| count(a, b)).map_or(Value::UNDEFINED, number))
}

/// Minutes from one time of day to another; undefined where the copy leaves the half of the day open.
fn minutes_between(a: &Value, b: &Value) -> Result<Value, Error> {
    let (Some(start), Some(end)) = (
        a.downcast_object_ref::<TimeObject>().map(|time| time.time),
        b.downcast_object_ref::<TimeObject>().map(|time| time.time),
    ) else {
        return not(
            if a.downcast_object_ref::<TimeObject>().is_none() { a } else { b },
            "minutes_between",
            "two times",
        );
    };
    let minutes =
        |time: ClockTime| i32::from(time.hour) * 60 + i32::from(time.minute) + i32::from(time.day_shift) * 1440;
    let days = match (start.day, end.day) {
        (Some(from), Some(to)) => i32::from(to) - i32::from(from),
        _ => 0,
    };
    // A day before the first is of the next month, whose length is not known here.
    if !start.half_known || !end.half_known || days < 0 {
        return Ok(Value::UNDEFINED);
    }
    Ok(number(f64::from(minutes(end) - minutes(start) + days * 1440)))
}

/// Years out of numbers and dates.
pub(super) fn years(values: &Value) -> Vec<i16> {
    let year = |value: &Value| match date_of(value) {
        Some(date) => date.year,
        None => f64::try_from(value.clone()).ok().filter(|year| year.abs() < 10_000.0).map(|year| year as i16),
    };
    items(values).iter().filter_map(year).collect()
}

/// The day of a feast in a year, by the rule that a fact states: `lunar 5-5`, `easter-2`, `thu 4 nov`, `term 6`, `12-25`.
fn yearly_day(state: &State, rule: &Value, year: &Value) -> Result<Value, Error> {
    let scope = scope(state)?;
    let mut found = Vec::new();
    for rule in texts(rule) {
        let Some(feast) = Feast::parse(&rule) else {
            return Err(wrong(format!("`{rule}` is no rule for a day of the year")));
        };
        found.extend(years(year).into_iter().filter_map(|year| feast.day(year)));
    }
    Ok(distinct(found.into_iter().map(|day| date_value(&scope, PartialDate::from(day)))))
}

fn lunar(state: &State, date: &Value) -> Result<Value, Error> {
    let scope = scope(state)?;
    if date_of(date).is_none() && items(date).is_empty() {
        return Ok(Value::UNDEFINED);
    }
    let found = days_of(&scope, date).into_iter().filter_map(almanac::civil_to_lunar);
    Ok(distinct(found.map(|lunar| Value::from_object(LunarObject { lunar }))))
}

fn lunar_of(value: &Value) -> Option<LunarDate> {
    value.downcast_object_ref::<LunarObject>().map(|object| object.lunar)
}

/// The days of a lunar date that fall in a year of the common era.
fn solar(state: &State, lunar: &Value, year: &Value) -> Result<Value, Error> {
    let scope = scope(state)?;
    let Some(lunar) = lunar_of(lunar) else { return not(lunar, "solar", "a lunar date") };
    let found = years(year).into_iter().flat_map(|year| {
        let of = move |lunar_year: i16| almanac::lunar_to_civil(LunarDate { year: Some(lunar_year), ..lunar });
        [year - 1, year].into_iter().filter_map(of).filter(move |day| day.year() == year)
    });
    let days: Vec<Date> = found.collect();
    if let Some(first) = days.first() {
        let (words, lang) = (super::words::lunar(lunar), scope.article.lang);
        computed(&scope, || format!("{words} = {}", super::words::date(PartialDate::from(*first), lang)));
    }
    Ok(distinct(days.into_iter().map(|day| date_value(&scope, PartialDate::from(day)))))
}

/// Whether a lunar year has a day; of several years, whether any has.
fn lunar_exists(lunar: &Value, year: &Value) -> Result<Value, Error> {
    let Some(lunar) = lunar_of(lunar) else { return not(lunar, "lunar_exists", "a lunar date") };
    let answers: Vec<bool> = years(year)
        .into_iter()
        .filter_map(|year| almanac::lunar_exists(LunarDate { year: Some(year), ..lunar }))
        .collect();
    Ok(if answers.is_empty() { Value::UNDEFINED } else { Value::from(answers.contains(&true)) })
}

/// The lunar year of a day, by the year in which it begins; both where a month or a year alone leaves it open.
fn lunar_year(state: &State, date: &Value) -> Result<Value, Error> {
    let scope = scope(state)?;
    let mut found: Vec<i16> = Vec::new();
    for value in items(date) {
        match date_of(&value) {
            Some(PartialDate { year: Some(year), day: None, month, .. }) => {
                found.push(year);
                if month.is_none_or(|month| month < 3) {
                    found.push(year - 1);
                }
            }
            Some(_) => found.extend(days_of(&scope, &value).into_iter().filter_map(almanac::lunar_year)),
            None => found.extend(years(&value)),
        }
    }
    Ok(distinct(found.into_iter().map(Value::from)))
}

/// The first and the last day that a date, a month or a year may mean.
fn bounds(scope: &Scope, value: &Value) -> Option<(Date, Date)> {
    let of_year = |year: i16| Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    let Some(date) = date_of(value) else {
        return f64::try_from(value.clone()).ok().and_then(|year| of_year(year as i16));
    };
    if date.day.is_some() {
        let day = calendar::candidates(date, scope.article.date).first().copied()?;
        return Some((day, day));
    }
    let (year, month) = calendar::month_meant(date, scope.article.date)?;
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    Some((first, first.last_of_month()))
}

/// The ages in whole years that somebody born then may have had then, and as many more as `slack` allows (虚岁).
fn ages(state: &State, born: &Value, on: &Value, slack: f64) -> Result<Value, Error> {
    let scope = scope(state)?;
    let Some(((first, last), (from, to))) = bounds(&scope, born).zip(bounds(&scope, on)) else {
        return Ok(Value::UNDEFINED);
    };
    let Some((least, most)) = calendar::years_between(last, from).zip(calendar::years_between(first, to)) else {
        return Ok(Value::UNDEFINED);
    };
    if !(0.0..=200.0).contains(&most) {
        return Ok(Value::UNDEFINED);
    }
    let lang = scope.article.lang;
    let words = |day: (Date, Date)| {
        let exact = day.0 == day.1;
        let date = PartialDate::from(day.0);
        super::words::date(if exact { date } else { PartialDate { day: None, month: None, ..date } }, lang)
    };
    let range = if least == most { format!("{most}") } else { format!("{}–{most}", least.max(0.0)) };
    computed(&scope, || format!("{} – {} = {range}", words((first, last)), words((from, to))));
    let ages = (least.max(0.0) as i64..=(most + slack) as i64).map(Value::from);
    Ok(one_or_list(ages.collect()))
}
