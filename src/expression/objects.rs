//! Entities and values as MiniJinja objects: each compares and prints in its own way.

use crate::fact::{Days, EntityId, FactBase};
use crate::text::Lang;
use crate::value::almanac::LunarDate;
use crate::value::{ClockTime, PartialDate, Tally};
use jiff::civil::Weekday;
use minijinja::value::{DynObject, Object, Value};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// An entity in an expression: equal to itself alone, printed by its name.
#[derive(Debug)]
pub(crate) struct EntityObject {
    pub(crate) id: EntityId,
    pub(crate) base: Arc<FactBase>,
    pub(crate) lang: Lang,
    pub(crate) days: Days,
}

impl Object for EntityObject {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "id" => Some(Value::from(self.base.id_of(self.id))),
            "kind" => Some(Value::from(self.base.kind_name(self.base.kind_of(self.id)))),
            "name" => Some(Value::from(self.base.name_of(self.id, self.lang, self.days))),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        Some(self.id.cmp(&other.downcast_ref::<Self>()?.id))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base.name_of(self.id, self.lang, self.days))
    }
}

/// A date in an expression.
#[derive(Debug)]
pub(crate) struct DateObject {
    pub(crate) date: PartialDate,
    pub(crate) lang: Lang,
}

impl Object for DateObject {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "year" => self.date.year.map(Value::from),
            "month" => self.date.month.map(Value::from),
            "day" => self.date.day.map(Value::from),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let key = |date: PartialDate| (date.year, date.month, date.day);
        Some(key(self.date).cmp(&key(other.downcast_ref::<Self>()?.date)))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::words::date(self.date, self.lang))
    }
}

/// A day of the week in an expression.
#[derive(Debug)]
pub(crate) struct WeekdayObject {
    pub(crate) weekday: Weekday,
    pub(crate) lang: Lang,
}

impl Object for WeekdayObject {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        (key == "number").then(|| Value::from(self.weekday.to_monday_one_offset()))
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        Some(self.weekday.to_monday_zero_offset().cmp(&other.weekday.to_monday_zero_offset()))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(super::words::weekday(self.weekday, self.lang))
    }
}

/// A time of day in an expression.
#[derive(Debug)]
pub(crate) struct TimeObject {
    pub(crate) time: ClockTime,
    pub(crate) lang: Lang,
}

impl Object for TimeObject {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "hour" => Some(Value::from(self.time.hour)),
            "minute" => Some(Value::from(self.time.minute)),
            "day" => self.time.day.map(Value::from),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let key = |time: ClockTime| (time.day_shift, time.hour, time.minute);
        Some(key(self.time).cmp(&key(other.downcast_ref::<Self>()?.time)))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::words::time(self.time, self.lang))
    }
}

/// A day of the lunar calendar in an expression.
#[derive(Debug)]
pub(crate) struct LunarObject {
    pub(crate) lunar: LunarDate,
}

impl Object for LunarObject {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "year" => self.lunar.year.map(Value::from),
            "month" => Some(Value::from(self.lunar.month)),
            "day" => Some(Value::from(self.lunar.day)),
            "leap" => Some(Value::from(self.lunar.leap)),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let key = |lunar: LunarDate| (lunar.month, lunar.leap, lunar.day);
        Some(key(self.lunar).cmp(&key(other.downcast_ref::<Self>()?.lunar)))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::words::lunar(self.lunar))
    }
}

/// Two counts set against each other in an expression: `first` and `second`, `most`, `least` and `sum`.
#[derive(Debug)]
pub(crate) struct TallyObject {
    pub(crate) tally: Tally,
}

impl Object for TallyObject {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let Tally { first, second } = self.tally;
        match key {
            "first" => Some(Value::from(first)),
            "second" => Some(Value::from(second)),
            "most" => Some(Value::from(first.max(second))),
            "least" => Some(Value::from(first.min(second))),
            "sum" => Some(Value::from(first + second)),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let key = |tally: Tally| (tally.first, tally.second);
        Some(key(self.tally).cmp(&key(other.downcast_ref::<Self>()?.tally)))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.tally.first, self.tally.second)
    }
}

/// A number as expressions see it: whole numbers print without a decimal point.
pub(crate) fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { Value::from(value as i64) } else { Value::from(value) }
}
