//! What a printed number stands for: the interval that its rounding allows.

use super::{Dimension, Number, Value};
use serde::{Deserialize, Serialize};

/// How far the numbers of a comparison were rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rounding {
    /// As they are written: whole numbers are exact. Counts and sums.
    Written,
    /// Measures are rounded at their last digit that is not zero: one quantity given again in another unit, as in
    /// 16 km (10 miles) or 300 km (200 miles).
    Converted,
}

/// The interval that a numeric value stands for, in base units for quantities; `None` for dates, times and weekdays.
pub fn interval(value: &Value, rounding: Rounding) -> Option<(f64, f64)> {
    let ends = |amount: &Number| Some((amount.low, amount.high));
    match value {
        Value::Number(amount) | Value::Percent(amount) => ends(amount),
        Value::Ordinal(number) => Some((*number as f64, *number as f64)),
        Value::Year(year) => Some((f64::from(*year), f64::from(*year))),
        Value::Money(money) => ends(&money.amount),
        Value::Duration(duration) => ends(&duration.amount),
        Value::Quantity(quantity) => {
            let base = |amount: f64| amount * quantity.unit.factor + quantity.unit.offset;
            let Number { value, low, high, coarse, .. } = quantity.amount;
            let measured = quantity.unit.dimension != Dimension::Count;
            let slack = if rounding == Rounding::Converted && measured { coarse } else { 0.0 };
            Some((base(low.min(value - slack)), base(high.max(value + slack))))
        }
        Value::Date(_) | Value::Weekday(_) | Value::Time(_) | Value::Lunar(_) | Value::Words => None,
    }
}

/// An amount in the unit that a value was written in as a number of base units.
pub fn to_base(written: &Value, amount: f64) -> f64 {
    match written {
        Value::Quantity(quantity) => amount * quantity.unit.factor + quantity.unit.offset,
        _ => amount,
    }
}

/// A number of base units as an amount in the unit that a value was written in.
pub fn from_base(written: &Value, number: f64) -> f64 {
    match written {
        Value::Quantity(quantity) => (number - quantity.unit.offset) / quantity.unit.factor,
        _ => number,
    }
}

/// The number of a value that is told by a figure, in the unit it is written in.
pub fn amount(value: &Value) -> Option<Number> {
    match value {
        Value::Number(amount) | Value::Percent(amount) => Some(*amount),
        Value::Money(money) => Some(money.amount),
        Value::Quantity(quantity) => Some(quantity.amount),
        Value::Duration(duration) => Some(duration.amount),
        _ => None,
    }
}
