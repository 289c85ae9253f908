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

    /// The same and so many days more on either side.
    pub fn widened(self, days: i32) -> Days {
        let by = jiff::Span::new().days(days);
        Days { from: self.from.saturating_sub(by), until: self.until.saturating_add(by) }
    }

    /// Whether each of these days lies in one of `stretches`, or in a gap of at most so many days between them.
    pub fn covered_by(self, mut stretches: Vec<Days>, gap: i32) -> bool {
        stretches.sort_by_key(|stretch| stretch.from);
        let mut reached = self.from;
        for stretch in stretches {
            if stretch.from > reached.saturating_add(jiff::Span::new().days(gap)) {
                break;
            }
            reached = reached.max(stretch.until);
            if reached >= self.until {
                return true;
            }
        }
        false
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Days) -> bool {
        self.from <= other.until && other.from <= self.until
    }
}
