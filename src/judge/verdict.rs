//! The verdict on one claim: its readings, its candidate days, and the intervals that printed numbers stand for.

use super::claim::{Claim, Filled, Refutation, Verdict};
use super::context::ArticleContext;
use super::{day, near};
use crate::expression::{
    Binding, Corner, DateObject, LunarObject, Meant, Mode, Outcome, Scope, TimeObject, WeekdayObject, entity_of, items,
};
use crate::fact::Days;
use crate::rule::{Expectation, Rule};
use crate::text::fold_literal;
use crate::value::{PartialDate, Rounding, Value as Read, calendar, claimed_interval, interval, to_base};
use minijinja::value::Value;
use std::sync::{Arc, Mutex};

/// Readings of one claim that are tried; a claim with more is too ambiguous to refute.
const MOST_READINGS: usize = 64;
/// Numeric slots whose intervals are tried at both ends; 2 to this power evaluations at most.
const MOST_CORNERS: usize = 5;

/// Judges a claim against facts and arithmetic.
pub(crate) fn judge(context: &ArticleContext<'_>, claim: &Claim) -> Verdict {
    match judged(context, claim) {
        // Few claims are told, and writing the evidence down costs more than finding it.
        Verdict::Refuted(_) if !context.scope.tells => judged(&context.telling(), claim),
        verdict => verdict,
    }
}

fn judged(context: &ArticleContext<'_>, claim: &Claim) -> Verdict {
    let rule = &context.set.rules[claim.rule];
    if rule.expect.is_empty() && rule.require.is_none() {
        return Verdict::NotEnoughInfo;
    }
    if let Some(slot) = near::unknown_slot(claim) {
        return near::judge(context, claim, slot);
    }
    let mut expressions = rule.expect.iter().map(|expectation| expectation.expression).chain(rule.require);
    let looks_back = expressions.any(|id| context.set.expressions.looks_back(id));
    let Some(readings) = readings(context, rule, claim, None) else { return Verdict::NotEnoughInfo };
    let readings: Vec<Arc<[Binding]>> = readings.into_iter().map(Arc::from).collect();
    if !looks_back {
        return weigh(context, rule, claim, &readings);
    }
    // Most words count from the article's own day, and more days can only support more: what stands before the claim
    // is read only where that day does not settle it.
    if let settled @ Verdict::Supported(_) = weigh(&context.on_its_day(), rule, claim, &readings) {
        return settled;
    }
    weigh(&context.looking_back(claim), rule, claim, &readings)
}

/// The verdict over all readings and days.
fn weigh(context: &ArticleContext<'_>, rule: &Rule, claim: &Claim, readings: &[Arc<[Binding]>]) -> Verdict {
    let mut refutation: Option<Refutation> = None;
    let mut unknown = readings.is_empty();
    // A doubtful bearer of a name does not keep a certain one from being judged; it can only support.
    let certain = claim.slots.iter().flatten().all(has_sure_reading);
    // The article's day comes first: most claims are supported on it, and no other day need be looked for.
    let spoken_of = std::iter::once_with(|| {
        let sentence = context.sentence(claim).of(&context.view.text);
        day::spoken_of(sentence, claim.lang, context.article.date)
    });
    let own = match context.article.date {
        None => day::of_sentence(context.sentence(claim).of(&context.view.text), None),
        date => day::of_article(date),
    };
    let days = std::iter::once(own).chain(spoken_of.flatten());
    for days in days {
        for bindings in readings {
            match one(context, rule, bindings, days) {
                Verdict::Supported(evidence) => return Verdict::Supported(evidence),
                Verdict::NotEnoughInfo => {
                    let doubtful = certain && bindings.iter().flat_map(|binding| &binding.meant).any(is_unsure);
                    unknown |= !doubtful;
                }
                // The refutation on the article's day is the one to tell.
                Verdict::Refuted(found) => {
                    refutation.get_or_insert(found);
                }
            }
        }
    }
    match refutation {
        Some(refutation) if !unknown => Verdict::Refuted(refutation),
        _ => Verdict::NotEnoughInfo,
    }
}

fn is_unsure(meant: &Meant) -> bool {
    matches!(meant, Meant::Entity { unsure: true, .. })
}

fn has_sure_reading(filled: &Filled) -> bool {
    filled.readings().iter().any(|meant| !is_unsure(meant))
}

/// Every combination of readings; `None` if there are too many. A slot that is left out stays empty.
pub(super) fn readings(
    context: &ArticleContext<'_>,
    rule: &Rule,
    claim: &Claim,
    left_out: Option<usize>,
) -> Option<Vec<Vec<Binding>>> {
    let mut all: Vec<Vec<Binding>> = vec![Vec::with_capacity(rule.slots.len())];
    for (at, (slot, filled)) in rule.slots.iter().zip(&claim.slots).enumerate() {
        let filled: &[Filled] = if left_out == Some(at) { &[] } else { filled };
        let words: Arc<[String]> = filled.iter().map(|filled| filled.span.of(&context.view.text).to_owned()).collect();
        let mut options: Vec<Vec<Meant>> = vec![Vec::new()];
        for filled in filled {
            let mut meant = filled.readings();
            // A word of the language is one reading: expressions that care ask for all that it may stand for.
            if let Some(Meant::Entity { id, .. }) = meant.first()
                && context.set.base.is_words(context.set.base.kind_of(*id))
            {
                meant.truncate(1);
            }
            match meant.as_slice() {
                [only] => options.iter_mut().for_each(|head| head.push(*only)),
                _ => {
                    let longer = |head: Vec<Meant>| meant.iter().map(move |m| [head.as_slice(), &[*m]].concat());
                    options = options.into_iter().flat_map(longer).collect();
                }
            }
            if options.len() > MOST_READINGS {
                return None;
            }
        }
        let binding =
            |meant: Vec<Meant>| Binding { name: slot.name.clone(), list: slot.list, meant, words: words.clone() };
        if options.len() == 1 {
            let only = binding(options.pop().unwrap_or_default());
            all.iter_mut().for_each(|head| head.push(only.clone()));
            continue;
        }
        let longer = |head: Vec<Binding>| {
            options.iter().map(move |meant| [head.as_slice(), &[binding(meant.clone())]].concat()).collect::<Vec<_>>()
        };
        all = all.into_iter().flat_map(longer).collect();
        if all.len() > MOST_READINGS {
            return None;
        }
    }
    Some(all)
}

/// The verdict on one reading on one day.
fn one(context: &ArticleContext<'_>, rule: &Rule, bindings: &Arc<[Binding]>, days: Days) -> Verdict {
    let unsure_name = bindings.iter().flat_map(|binding| &binding.meant).any(is_unsure);
    let mut refutation = Refutation { days: Some(days), ..Refutation::default() };
    let mut refuted = false;
    for expectation in &rule.expect {
        let scope = scope(context, bindings, days, Some(expectation.slot), Corner::Nominal);
        let outcome = context.set.expressions.evaluate(expectation.expression, &scope);
        let log = scope.take_log();
        let Outcome::Value(expected) = outcome else { continue };
        let expected = in_base_units(expectation, &bindings[expectation.slot], expected);
        match agrees(context, expectation, bindings, days, &expected) {
            None => continue,
            Some(true) => return Verdict::Supported(log.evidence),
            // Doubtful facts alone refute nothing.
            Some(false) if log.doubt || log.unsure && !log.sure => continue,
            Some(false) => {
                refuted = true;
                refutation.stale |= log.stale;
                refutation.evidence.extend(log.evidence);
                refutation.expected.push((expectation.slot, items(&expected)));
            }
        }
    }
    if let Some(require) = rule.require {
        let scope = scope(context, bindings, days, None, Corner::Nominal);
        let outcome = context.set.expressions.evaluate(require, &scope);
        let log = scope.take_log();
        match outcome {
            Outcome::Value(holds) if holds.is_true() => {
                if rule.expect.is_empty() {
                    return Verdict::Supported(log.evidence);
                }
            }
            Outcome::Value(_) if log.doubt || log.unsure && !log.sure => {}
            Outcome::Value(_) => {
                refuted = true;
                refutation.stale |= log.stale;
                refutation.evidence.extend(log.evidence);
            }
            Outcome::Unknown | Outcome::Mistake(_) => {}
        }
    }
    if !refuted || unsure_name {
        return Verdict::NotEnoughInfo;
    }
    refutation.bindings = bindings.to_vec();
    Verdict::Refuted(refutation)
}

pub(super) fn scope(
    context: &ArticleContext<'_>,
    bindings: &Arc<[Binding]>,
    days: Days,
    hidden: Option<usize>,
    corner: Corner,
) -> Arc<Scope> {
    Arc::new(Scope {
        base: context.set.base.clone(),
        article: context.scope.clone(),
        days,
        bindings: bindings.clone(),
        hidden,
        corner,
        mode: Mode::Values,
        log: Mutex::default(),
    })
}

/// Whether what stands in the slot is one of the expected values; `None` if the slot is empty or nothing compares.
fn agrees(
    context: &ArticleContext<'_>,
    expectation: &Expectation,
    bindings: &Arc<[Binding]>,
    days: Days,
    expected: &Value,
) -> Option<bool> {
    let binding = &bindings[expectation.slot];
    let expected = items(expected);
    if binding.meant.is_empty() || expected.is_empty() {
        return None;
    }
    let mut result = Some(true);
    for (meant, words) in binding.meant.iter().zip(binding.words.iter()) {
        let mut any = None;
        for value in &expected {
            match matches(context, meant, words, value, expectation.rounding) {
                Some(true) => any = Some(true),
                Some(false) => any = any.or(Some(false)),
                None => {}
            }
        }
        match any {
            Some(true) => {}
            Some(false) => result = Some(false),
            None => return None,
        }
    }
    let roundings: &[_] = match expectation.rounding {
        Rounding::Converted => &[(Rounding::Converted, Rounding::Printed), (Rounding::Printed, Rounding::Converted)],
        other => &[(other, other)],
    };
    let settled = |roundings: &(Rounding, Rounding)| corners_agree(context, expectation, bindings, days, *roundings);
    if result == Some(false) && roundings.iter().any(settled) {
        return Some(true);
    }
    result
}

/// Whether one captured value is the expected one.
fn matches(
    context: &ArticleContext<'_>,
    meant: &Meant,
    words: &str,
    expected: &Value,
    rounding: Rounding,
) -> Option<bool> {
    match meant {
        Meant::Entity { id, .. } => Some(context.set.base.same_or_part(*id, entity_of(expected)?)),
        Meant::Value(Read::Weekday(day)) => Some(expected.downcast_object_ref::<WeekdayObject>()?.weekday == *day),
        Meant::Value(Read::Date(date)) => Some(same_date(*date, expected.downcast_object_ref::<DateObject>()?.date)),
        Meant::Value(Read::Time(time)) => {
            Some(calendar::same_time(expected.downcast_object_ref::<TimeObject>()?.time, *time))
        }
        Meant::Value(Read::Lunar(lunar)) => {
            let other = expected.downcast_object_ref::<LunarObject>()?.lunar;
            Some((lunar.month, lunar.leap, lunar.day) == (other.month, other.leap, other.day))
        }
        Meant::Value(value) => match f64::try_from(expected.clone()) {
            Ok(number) => {
                let (low, high) = claimed_interval(value, rounding)?;
                Some(within(number, low, high))
            }
            Err(_) => expected.as_str().map(|text| fold_literal(text) == words),
        },
    }
}

/// What `convert` gave is in the unit that the slot is written in; slots are compared in base units.
fn in_base_units(expectation: &Expectation, binding: &Binding, expected: Value) -> Value {
    match binding.meant.first() {
        Some(Meant::Value(written @ Read::Quantity(_))) if expectation.in_unit => {
            let base =
                |item: Value| f64::try_from(item.clone()).map_or(item, |amount| Value::from(to_base(written, amount)));
            Value::from(items(&expected).into_iter().map(base).collect::<Vec<_>>())
        }
        _ => expected,
    }
}

/// Dates agree if the parts that both name are the same.
fn same_date(a: PartialDate, b: PartialDate) -> bool {
    fn part<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        a.is_none() || b.is_none() || a == b
    }
    part(a.year, b.year) && part(a.month, b.month) && part(a.day, b.day)
}

/// Whether a number lies in an interval, up to the noise of binary fractions.
fn within(number: f64, low: f64, high: f64) -> bool {
    let noise = 1e-9 * number.abs().max(1.0);
    low - noise <= number && number <= high + noise
}

/// Whether some values within the intervals that the printed numbers stand for satisfy the equation. The ends of the
/// intervals are enough for an expression that rises or falls with each of them. `roundings` are those of the numbers
/// that the expression reads and of the one that it is compared with.
fn corners_agree(
    context: &ArticleContext<'_>,
    expectation: &Expectation,
    bindings: &Arc<[Binding]>,
    days: Days,
    (read, claim): (Rounding, Rounding),
) -> bool {
    let wide = |slot: &usize| {
        bindings[*slot].meant.iter().any(|meant| match meant {
            Meant::Value(value) => interval(value, read).is_some_and(|(low, high)| low < high),
            Meant::Entity { .. } => false,
        })
    };
    let reads: Vec<usize> = expectation.reads.iter().copied().filter(wide).collect();
    if reads.is_empty() || reads.len() > MOST_CORNERS || bindings.len() > 31 {
        return false;
    }
    let Some(Meant::Value(claimed)) = bindings[expectation.slot].meant.first() else { return false };
    let Some((low, high)) = claimed_interval(claimed, claim) else { return false };
    // A list is several right values, each with an interval of its own.
    let mut ranges: Vec<(f64, f64)> = Vec::new();
    for corner in 0..1u32 << reads.len() {
        let bits = reads
            .iter()
            .enumerate()
            .filter(|(at, _)| corner >> at & 1 == 1)
            .fold(0, |bits, (_, slot)| bits | 1 << slot);
        let scope = scope(context, bindings, days, Some(expectation.slot), Corner::Ends(bits, read));
        let Outcome::Value(value) = context.set.expressions.evaluate(expectation.expression, &scope) else { continue };
        let value = in_base_units(expectation, &bindings[expectation.slot], value);
        for (at, item) in items(&value).into_iter().enumerate() {
            let Ok(number) = f64::try_from(item) else { continue };
            ranges.resize(ranges.len().max(at + 1), (f64::INFINITY, f64::NEG_INFINITY));
            ranges[at] = (ranges[at].0.min(number), ranges[at].1.max(number));
        }
    }
    ranges.into_iter().any(|(least, most)| {
        let noise = 1e-9 * most.abs().max(1.0);
        least <= most && least <= high + noise && low - noise <= most
    })
}
