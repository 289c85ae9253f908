//! What a printed number stands for: the interval that its rounding allows.

use super::{Approx, Dimension, Number, Quantity, Value};
use serde::{Deserialize, Serialize};

/// How far the numbers of a comparison were rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rounding {
    /// As they are written: whole numbers are exact. Counts and sums.
    Written,
    /// Measures are rounded at their last digit that is not zero: one quantity given again in another unit, as in
    /// 16 km (10 miles) or 300 km (200 miles). One of the two numbers at a time: the other is as precise as it is printed.
    Converted,
    /// Measures to the last digit that is printed, zeros too: the other number of such a pair.
    Printed,
    /// One number worked out from others by division: a percentage, a share, an average. The zeros that whole numbers
    /// end in may be rounded ones, as far as half a percent.
    Derived,
}

/// How far the trailing zeros of a whole number are taken as rounded in what is derived from it: 54,000 from 45,000.
const DERIVED_SLACK: f64 = 0.005;

/// The interval that a numeric value stands for, in base units for quantities; `None` for dates, times and weekdays.
pub fn interval(value: &Value, rounding: Rounding) -> Option<(f64, f64)> {
    let ends = |amount: &Number| {
        let slack = match rounding {
            Rounding::Derived => derived_slack(amount),
            Rounding::Written | Rounding::Converted | Rounding::Printed => 0.0,
        };
        let (low, high) = if rounding == Rounding::Derived { bounded(amount) } else { (amount.low, amount.high) };
        Some((low.min(amount.value - slack), high.max(amount.value + slack)))
    };
    match value {
        Value::Number(amount) | Value::Percent(amount) => ends(amount),
        Value::Ordinal(number) => Some((*number as f64, *number as f64)),
        Value::Year(year) => Some((f64::from(*year), f64::from(*year))),
        Value::Money(money) => ends(&money.amount),
        Value::Duration(duration) => ends(&duration.amount),
        Value::Quantity(quantity) => {
            let base = |amount: f64| amount * quantity.unit.factor + quantity.unit.offset;
            let Number { value, low, high, .. } = quantity.amount;
            let measured = quantity.unit.dimension != Dimension::Count;
            let (low, high) = match rounding {
                Rounding::Converted if measured => quantity.converted(),
                Rounding::Printed if measured => quantity.printed(),
                Rounding::Derived => {
                    let (slack, (low, high)) = (derived_slack(&quantity.amount), bounded(&quantity.amount));
                    (low.min(value - slack), high.max(value + slack))
                }
                Rounding::Written | Rounding::Converted | Rounding::Printed => (low, high),
            };
            Some((base(low), base(high)))
        }
        Value::Date(_) | Value::Weekday(_) | Value::Time(_) | Value::Lunar(_) | Value::Tally(_) | Value::Words => None,
    }
}

/// Whole numbers only: decimals and magnitudes say how far they are rounded.
fn derived_slack(amount: &Number) -> f64 {
    let whole = amount.low == amount.high && amount.coarse > 0.5;
    if whole { amount.coarse.min(amount.value.abs() * DERIVED_SLACK) } else { 0.0 }
}

/// A hedged number that something is divided by is not boundless: 1400多万 ends before 1,500 万, 30多 before 40.
fn bounded(amount: &Number) -> (f64, f64) {
    let reach = (amount.value.abs() * 0.1).max(2.0 * amount.coarse);
    let low = if amount.low.is_finite() { amount.low } else { amount.value - reach };
    let high = if amount.high.is_finite() { amount.high } else { amount.value + reach };
    (low, high)
}

/// Half units that a number which was cut off may lie below what it stands for: anything short of a whole unit.
const CUT_OFF: f64 = 1.999;

/// The interval that a value stands for where copy says what an expression works out. What is derived may have been
/// cut off instead of rounded: 12.58 is printed as 12.6 and, less well, as 12.5.
pub fn claimed_interval(value: &Value, rounding: Rounding) -> Option<(f64, f64)> {
    if rounding != Rounding::Derived {
        return interval(value, rounding);
    }
    let (low, high) = interval(value, Rounding::Written)?;
    let Some(amount) = amount(value) else { return Some((low, high)) };
    let half = if amount.low == amount.high { 0.5 } else { amount.value - amount.low };
    let (least, most) = (to_base(value, amount.value - half), to_base(value, amount.value + CUT_OFF * half));
    Some((low.min(least), high.max(if most.is_finite() { most } else { high })))
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

impl Quantity {
    /// The interval it stands for, in its unit, where it gives a measure again that stands beside it in another unit. Its
    /// last digit that is not zero is rounded; a hedge belongs to both numbers, so that it says little of how one comes
    /// of the other: "more than" is a last digit cut off, "about" a little coarser.
    fn converted(self) -> (f64, f64) {
        let Number { value, coarse, approx, .. } = self.amount;
        // Nobody rounds 96 degrees to 100.
        let degrees = matches!(self.unit.dimension, Dimension::Temperature | Dimension::TemperatureChange);
        // Nor is what is given as 100 rounded by a half of it.
        let half = if degrees { coarse.min(0.5) } else { coarse.min(value.abs() * 0.25) };
        let about = half.max(value.abs() * 0.1);
        let (below, above) = match approx {
            Approx::Exact => (half, half),
            Approx::About => (about, about),
            Approx::AtLeast => (half, half * 2.0),
            Approx::AtMost => (half * 2.0, half),
        };
        (value - below, value + above)
    }

    /// The interval that its last printed digit allows.
    fn printed(self) -> (f64, f64) {
        let Number { value, low, high, coarse, approx } = self.amount;
        let half = if approx == Approx::Exact && high > low { (high - low) / 2.0 } else { coarse.min(0.5) };
        (value - half, value + half)
    }
}
