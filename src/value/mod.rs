//! Typed quantities as written and as normalised: one value type a file, each a row of [`TYPES`].
//!
//! Everything here reads the *folded* view: Simplified characters, ASCII digits and ASCII letters,
//! `lower` being the same text in ASCII lower case with the same offsets.

pub mod almanac;
pub mod calendar;
mod date;
mod duration;
mod edges;
mod factor;
mod figure;
mod figure_count;
mod interval;
mod item;
mod lunar;
mod money;
mod month;
mod number;
mod numeral;
mod ordinal;
mod percent;
mod points;
mod quantity;
mod share;
mod tally;
mod time;
mod unit;
mod value_type;
mod weekday;
mod words;
mod year;

pub(crate) use edges::Edges;
pub(crate) use figure_count::count_figures;
pub use interval::{Rounding, amount, claimed_interval, from_base, interval, to_base};
pub use unit::{convert, unit_of};
pub use value_type::{TYPES, ValueType, type_names, value_type};

use crate::text::Beside;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// How far a number in copy commits itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approx {
    /// As written.
    Exact,
    /// 约, 左右, "about", "some": a band around it.
    About,
    /// 逾, 多, 余, 至少, "more than", "at least": open upwards.
    AtLeast,
    /// 近, 不足, 至多, "nearly", "up to": open downwards.
    AtMost,
}

/// A number as printed: it stands for the interval that its rounding allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The nominal value.
    pub value: f64,
    /// Least value it may stand for; an integer written out is exact, `3.5万` is 34,500 to 35,500.
    pub low: f64,
    /// Greatest value it may stand for.
    pub high: f64,
    /// Half a unit of the last significant digit, trailing zeros taken as rounded (300 gives 50, 16 gives 0.5).
    pub coarse: f64,
    /// How it was hedged; already worked into `low` and `high`.
    pub approx: Approx,
}

impl Number {
    /// An exact number.
    pub fn exact(value: f64) -> Number {
        Number { value, low: value, high: value, coarse: 0.5, approx: Approx::Exact }
    }

    /// The number times a positive factor, its interval with it.
    pub fn scaled(self, factor: f64) -> Number {
        Number {
            value: self.value * factor,
            low: self.low * factor,
            high: self.high * factor,
            coarse: self.coarse * factor,
            approx: self.approx,
        }
    }
}

/// What kind of thing a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dimension {
    /// Things counted: 名, 人, 件.
    Count,
    /// Base unit metre.
    Length,
    /// Base unit square metre.
    Area,
    /// Base unit cubic metre.
    Volume,
    /// Base unit kilogram.
    Mass,
    /// Base unit metre per second.
    Speed,
    /// Base unit kelvin, offsets kept.
    Temperature,
    /// A difference of temperatures, in kelvins: a rise of 1.5°C is one of 2.7°F.
    TemperatureChange,
    /// Base unit joule.
    Energy,
    /// Base unit watt.
    Power,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Dimension; 10] = [
        Dimension::Count,
        Dimension::Length,
        Dimension::Area,
        Dimension::Volume,
        Dimension::Mass,
        Dimension::Speed,
        Dimension::Temperature,
        Dimension::TemperatureChange,
        Dimension::Energy,
        Dimension::Power,
    ];

    /// The word used in rules.
    pub fn as_str(self) -> &'static str {
        match self {
            Dimension::Count => "count",
            Dimension::Length => "length",
            Dimension::Area => "area",
            Dimension::Volume => "volume",
            Dimension::Mass => "mass",
            Dimension::Speed => "speed",
            Dimension::Temperature => "temperature",
            Dimension::TemperatureChange => "temperature_change",
            Dimension::Energy => "energy",
            Dimension::Power => "power",
        }
    }
}

/// A unit of measurement, or what is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Canonical symbol: `km`, `kg`, `人`.
    pub symbol: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// Units that may be added to each other share this word (人, 名, 位 are all `person`).
    pub family: &'static str,
    /// Base units in one.
    pub factor: f64,
    /// Base-unit value of zero (kelvins of 0 °C), else 0.
    pub offset: f64,
}

/// A number of some unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// As written, in `unit`.
    pub amount: Number,
    /// The unit as written.
    pub unit: &'static Unit,
}

/// Two counts set against each other: a score, votes for and against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The count that stands first.
    pub first: u16,
    /// The one set against it.
    pub second: u16,
}

/// A sum of money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Money {
    /// In units of the currency.
    pub amount: Number,
    /// ISO 4217 code, or a made-up lower-case word where copy leaves it open (`dollar`).
    pub currency: &'static str,
}

/// A date as far as the copy gives it. It may name a day that does not exist: rules want to see that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PartialDate {
    /// Year of the common era; 0 only where copy says 公元0年, negative before it.
    pub year: Option<i16>,
    /// 1 to 12 if it exists.
    pub month: Option<u8>,
    /// 1 to 31 if it exists.
    pub day: Option<u8>,
    /// 去年 is -1: years from the article's year.
    pub year_shift: Option<i8>,
    /// 上月 is -1: months from the article's month.
    pub month_shift: Option<i8>,
}

impl From<Date> for PartialDate {
    fn from(day: Date) -> PartialDate {
        PartialDate {
            year: Some(day.year()),
            month: u8::try_from(day.month()).ok(),
            day: u8::try_from(day.day()).ok(),
            ..PartialDate::default()
        }
    }
}

impl PartialDate {
    /// The day, if it is given in full and exists.
    pub fn full(self) -> Option<Date> {
        Date::new(self.year?, i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?).ok()
    }
}

/// A time of day as written. It may be impossible (25:30).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTime {
    /// Hour on the 24-hour clock, after am/pm and 上午/下午/晚 were worked in; 24 and more are kept.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Whether minutes were written: "10 a.m." stands for the minute 10:00 too, but hedged copy may mean about.
    pub with_minutes: bool,
    /// Whether am/pm, 上午/晚, or a 24-hour form settles the half of the day.
    pub half_known: bool,
    /// Days from the day spoken of: 次日 and 翌日 are 1, 前一日 is -1.
    pub day_shift: i8,
    /// The day of the month written with it (北京时间20日1时), if any.
    pub day: Option<u8>,
    /// The month written with it, if any.
    pub month: Option<u8>,
}

impl ClockTime {
    /// A time on the 24-hour clock, nothing else stated.
    pub fn at(hour: u8, minute: u8) -> ClockTime {
        ClockTime { hour, minute, with_minutes: minute > 0, half_known: true, day_shift: 0, day: None, month: None }
    }
}

/// A span of time; months and years are kept apart from days since they have no fixed length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duration {
    /// How many.
    pub amount: Number,
    /// Of what.
    pub unit: DurationUnit,
}

/// What a duration is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl DurationUnit {
    /// The word that rules know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            DurationUnit::Second => "second",
            DurationUnit::Minute => "minute",
            DurationUnit::Hour => "hour",
            DurationUnit::Day => "day",
            DurationUnit::Week => "week",
            DurationUnit::Month => "month",
            DurationUnit::Year => "year",
        }
    }
}

/// A value read from copy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A plain number.
    Number(Number),
    /// 第三, "third", "21st".
    Ordinal(i64),
    /// In percent: 5% is 5.
    Percent(Number),
    /// A sum of money.
    Money(Money),
    /// A number of a unit.
    Quantity(Quantity),
    /// A date, at least a month and a day, or a day alone; from the type `month` a month without a day.
    Date(PartialDate),
    /// A year of the common era.
    Year(i16),
    /// A day of the week.
    Weekday(Weekday),
    /// A time of day.
    Time(ClockTime),
    /// A span of time.
    Duration(Duration),
    /// A day of the lunar calendar.
    Lunar(almanac::LunarDate),
    /// Two counts set against each other.
    Tally(Tally),
    /// Plain words; what they are is read where they stand.
    Words,
}

/// What a value type sees: the folded text, the same in ASCII lower case, and where it may not read past.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Folded text.
    pub text: &'a str,
    /// The same with ASCII letters in lower case; offsets agree.
    pub lower: &'a str,
    /// End of the passage: no value reads past it.
    pub end: usize,
}

/// A reading of a value: what it may mean and where it ends. Several values are readings of one text (10/09/2014).
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// One past the last byte read.
    pub end: usize,
    /// Its readings, at least one.
    pub values: Vec<Value>,
}

/// Reads the date that begins at a byte offset, if one does.
pub fn date(input: Input<'_>, at: usize) -> Option<Read> {
    let beside = Beside::after(&input.lower.as_bytes()[..input.end], at);
    date::edges().begins.edge.admits(beside).then(|| date::read(input, at))?
}

/// Where values that are told by a figure may begin: at each numeral, or at the hedge or sign of a currency before it.
pub fn figure_starts(input: Input<'_>, from: usize) -> Vec<usize> {
    figure::starts(input, from)
}

/// Looks a dimension up by the word slots use: `{km:length}`.
pub fn dimension(name: &str) -> Option<Dimension> {
    Dimension::ALL.into_iter().find(|dimension| dimension.as_str() == name)
}

#[cfg(test)]
mod tests;

/// Digits with commas, for the tests of reading them.
#[cfg(test)]
fn tests_commas(value: u32) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
