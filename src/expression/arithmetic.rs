//! The arithmetic of copy: what is derived from two numbers, each with the working that a finding shows.

use super::functions::{computed, scope, wrong};
use super::objects::number;
use super::words;
use minijinja::value::Value;
use minijinja::{Environment, Error, State};

/// Functions that divide: what they give is rounded where it is printed, and so may be what it is worked out from.
pub(crate) const DERIVED: &[&str] = &["change", "portion", "ratio"];

/// Adds all functions to an environment. A division by nothing is not known.
pub(super) fn add_all(env: &mut Environment<'static>) {
    env.add_function("change", |state: &State, from: Value, to: Value| {
        let Some((from, to)) = both(&from, &to)? else { return Ok(Value::UNDEFINED) };
        let (more, less) = if to < from { (from, to) } else { (to, from) };
        let working = format!("({} − {}) ÷ {}", shown(more), shown(less), shown(from));
        quotient(state, (more - less) * 100.0, from.abs(), &working, "%")
    });
    env.add_function("portion", |state: &State, part: Value, whole: Value| {
        let Some((part, whole)) = both(&part, &whole)? else { return Ok(Value::UNDEFINED) };
        quotient(state, part * 100.0, whole, &format!("{} ÷ {}", shown(part), shown(whole)), "%")
    });
    env.add_function("ratio", |state: &State, a: Value, b: Value| {
        let Some((a, b)) = both(&a, &b)? else { return Ok(Value::UNDEFINED) };
        quotient(state, a, b, &format!("{} ÷ {}", shown(a), shown(b)), "")
    });
    env.add_function("difference", |state: &State, a: Value, b: Value| {
        let Some((a, b)) = both(&a, &b)? else { return Ok(Value::UNDEFINED) };
        let (more, less) = if a < b { (b, a) } else { (a, b) };
        let result = clean(more - less);
        computed(&*scope(state)?, || format!("{} − {} = {}", shown(more), shown(less), shown(result)));
        Ok(number(result))
    });
}

/// Two numbers; nothing if one is not known.
fn both(a: &Value, b: &Value) -> Result<Option<(f64, f64)>, Error> {
    if a.is_undefined() || b.is_undefined() {
        return Ok(None);
    }
    let one = |value: &Value| {
        f64::try_from(value.clone()).map_err(|_| wrong(format!("this takes numbers, not {}", value.kind())))
    };
    Ok(Some((one(a)?, one(b)?)))
}

fn quotient(state: &State, a: f64, b: f64, working: &str, sign: &str) -> Result<Value, Error> {
    if b == 0.0 || !a.is_finite() || !b.is_finite() {
        return Ok(Value::UNDEFINED);
    }
    let result = a / b;
    computed(&*scope(state)?, || format!("{working} = {}{sign}", words::number((result * 100.0).round() / 100.0)));
    Ok(number(clean(result)))
}

/// Without the noise of binary fractions: nine significant places are more than any copy prints.
fn clean(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

fn shown(value: f64) -> String {
    words::number(value)
}
