//! A stretch of days, both ends inclusive: what a claim speaks of, or how long a fact holds.

use jiff::civil::{Date, date};

/// Days from `from` to `until`, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

impl Days {
    /// Every day: a claim whose day is not known, a fact without dates.
    pub const ALWAYS: Days = Days { from: Date::MIN, until: Date::MAX };

    /// A single day.
    pub fn on(day: Date) -> Days {
        Days { from: day, until: day }
    }

    /// A whole year of the common era.
    pub fn of_year(year: i16) -> Option<Days> {
        (1..=9999).contains(&year).then(|| Days { from: date(year, 1, 1), until: date(year, 12, 31) })
    }

    /// From a first day, if one is stated, to a last day, if one is stated.
    pub fn between(from: Option<Date>, until: Option<Date>) -> Days {
        Days { from: from.unwrap_or(Date::MIN), until: until.unwrap_or(Date::MAX) }
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Days) -> bool {
        self.from <= other.until && other.from <= self.until
    }
}
