//! The trial evaluation: every expression and message of every rule is tried on sample captures when it loads, so that
//! a mistake in it is told then and never while an article is checked.

use super::compile::Compiled;
use super::dimensions::clash;
use super::problem::Problem;
use super::set::Rule;
use super::written::{At, Placed, SourceFile, Written};
use crate::expression::{
    ArticleScope, Binding, Corner, ExpressionId, Meant, Mode, Outcome, RESERVED, Scope, TemplateId, detail,
};
use crate::fact::Days;
use crate::pattern::SlotKind;
use crate::text::{Lang, nearest};
use crate::value::almanac::LunarDate;
use crate::value::{
    ClockTime, Dimension, Duration, DurationUnit, Money, Number, PartialDate, Quantity, Tally, Value, unit_of,
};
use jiff::civil::{Weekday, date};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// Tries everything; each problem names the rule that it disables.
pub(super) fn check(set: &Compiled, functions: &BTreeSet<String>, written: &Written) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, rule) in set.rules.iter().enumerate() {
        let Some(decl) = written.rules.iter().find(|decl| decl.id.value == rule.id) else { continue };
        let trial = Trial { set, number, rule, functions, broken: &written.broken, files: &written.files };
        for (expectation, (_, source)) in rule.expect.iter().zip(&decl.expect) {
            trial.expression(expectation.expression, source, Some(expectation.slot), &mut problems);
        }
        if let (Some(id), Some(source)) = (rule.require, &decl.require) {
            trial.expression(id, source, None, &mut problems);
        }
        let templates = rule.messages.iter().chain(&rule.help);
        for ((_, id), (_, source)) in templates.zip(decl.message.iter().chain(&decl.help)) {
            trial.template(*id, source, &mut problems);
        }
    }
    problems
}

struct Trial<'a> {
    set: &'a Compiled,
    number: usize,
    rule: &'a Rule,
    functions: &'a BTreeSet<String>,
    /// Relations whose own declaration was told to be wrong.
    broken: &'a HashSet<String>,
    files: &'a [SourceFile],
}

impl Trial<'_> {
    fn problem(&self, message: String, at: &At, help: impl Into<String>) -> Problem {
        Problem::new(message, at, self.files).help(help).disables(self.rule.id())
    }

    fn expression(
        &self,
        id: ExpressionId,
        source: &Placed<String>,
        hidden: Option<usize>,
        problems: &mut Vec<Problem>,
    ) {
        if let Some(error) = self.set.expressions.error(id) {
            let message = format!("this expression does not read: {error}");
            problems.push(self.problem(
                message,
                &source.at,
                "expressions are written as in MiniJinja: `capital(country)`",
            ));
            return;
        }
        let names = self.set.expressions.names(id);
        let slots: Vec<&str> = self.rule.slots.iter().map(|slot| &*slot.name).collect();
        if names.iter().any(|name| self.broken.contains(name)) {
            return;
        }
        for name in &names {
            if !(slots.contains(&name.as_str()) || RESERVED.contains(&name.as_str()) || self.functions.contains(name)) {
                let known = slots
                    .iter()
                    .copied()
                    .chain(self.functions.iter().map(String::as_str))
                    .chain(RESERVED.iter().copied());
                let known: Vec<&str> = known.collect();
                let help = match nearest(name, known.into_iter()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "this rule has these slots: {}; relations are declared with `[relation.{name}]`",
                        slots.join(", ")
                    ),
                };
                problems.push(self.problem(
                    format!("there is no slot and no function `{name}`"),
                    &place_of(source, name),
                    help,
                ));
                return;
            }
        }
        let of_claim = |name: &String| slots.contains(&name.as_str()) || RESERVED.contains(&name.as_str());
        if !names.iter().any(of_claim) {
            problems.push(self.problem(
                "this expression names no slot".into(),
                &source.at,
                format!("it should be computed from what the patterns capture: {}", slots.join(", ")),
            ));
            return;
        }
        let expected = hidden.and_then(|slot| Some((&*self.rule.slots[slot].name, self.dimension(slot)?)));
        let of_name = |name: &str| self.dimension(self.rule.slots.iter().position(|slot| &*slot.name == name)?);
        if let Some(clash) = clash(&source.value, expected, of_name) {
            let ((one, is), (other, as_well)) = (clash.one, clash.other);
            let message = format!(
                "`{one}` has the dimension {} and `{other}` {}: they cannot be compared",
                is.as_str(),
                as_well.as_str()
            );
            let help = "compare and add slots of one dimension; of two dimensions take the `ratio`";
            problems.push(self.problem(message, &within(source, clash.at), help));
            return;
        }
        let scope = self.scope(hidden, Mode::Values);
        if let Outcome::Mistake(error) = self.set.expressions.evaluate(id, &scope) {
            problems.push(self.problem(
                format!("this expression cannot be evaluated: {}", detail(&error)),
                &source.at,
                "check the types of what it is given",
            ));
        }
    }

    fn template(&self, id: TemplateId, source: &Placed<String>, problems: &mut Vec<Problem>) {
        // Facts of a kind may be in a file that is not loaded today; what has no entity cannot be tried.
        if (0..self.rule.slots.len()).any(|slot| self.sample(slot).is_empty()) {
            return;
        }
        let slots: Vec<&str> = self.rule.slots.iter().map(|slot| &*slot.name).collect();
        // A relation that is not called would be written as a function: what was meant is a slot that no pattern has.
        let meant = |name: &&String| !slots.contains(&name.as_str()) && stands_uncalled(&source.value, name);
        if let Some(name) = self.functions.iter().find(meant) {
            let message = format!("there is no slot `{name}`");
            let help = format!("a message may name the slots: {}; a relation is called: `{name}(…)`", slots.join(", "));
            problems.push(self.problem(message, &place_of(source, name), help));
            return;
        }
        let scope = self.scope(None, Mode::Words);
        if let Err(error) = self.set.expressions.render(id, &scope) {
            let message = format!("this message cannot be written: {error}");
            problems.push(self.problem(
                message,
                &source.at,
                format!("a message may name the slots: {}", slots.join(", ")),
            ));
        }
    }

    /// A claim made up of one sample for every slot.
    fn scope(&self, hidden: Option<usize>, mode: Mode) -> Arc<Scope> {
        let bindings: Vec<Binding> = self
            .rule
            .slots
            .iter()
            .enumerate()
            .map(|(at, slot)| {
                let sample = self.sample(at);
                let words = vec!["…".to_owned(); sample.len()];
                Binding { name: slot.name.clone(), list: slot.list, meant: sample, words: words.into() }
            })
            .collect();
        Arc::new(Scope {
            base: self.set.base.clone(),
            article: ArticleScope {
                date: Some(date(2026, 2, 7)),
                place: [].into(),
                lang: Lang::ZH,
                said: [date(2026, 2, 7)].into(),
                years: [2025].into(),
                tells: true,
            },
            days: Days::on(date(2026, 2, 7)),
            bindings: bindings.into(),
            hidden,
            corner: Corner::Nominal,
            mode,
            log: Mutex::default(),
        })
    }

    /// What a slot is in every pattern that has it.
    fn kinds(&self, rule_slot: usize) -> impl Iterator<Item = &SlotKind> {
        let of_rule =
            self.set.patterns.iter().map(|(pattern, _)| pattern).filter(|pattern| pattern.rule == self.number);
        of_rule
            .flat_map(|pattern| pattern.slots.iter().zip(&pattern.rule_slots))
            .filter(move |(_, number)| **number == rule_slot)
            .map(|(slot, _)| &slot.kind)
    }

    /// What a slot measures, if it is the same in every pattern.
    fn dimension(&self, rule_slot: usize) -> Option<Dimension> {
        let mut kinds = self.kinds(rule_slot).map(|kind| match kind {
            SlotKind::Value { dimension, .. } => *dimension,
            SlotKind::Entity { .. } => None,
        });
        let first = kinds.next()??;
        kinds.all(|other| other == Some(first)).then_some(first)
    }

    fn sample(&self, rule_slot: usize) -> Vec<Meant> {
        match self.kinds(rule_slot).next() {
            Some(SlotKind::Entity { kind, .. }) => {
                self.set.base.sample(*kind).map(|id| Meant::Entity { id, unsure: false }).into_iter().collect()
            }
            Some(SlotKind::Value { ty, dimension }) => vec![Meant::Value(sample_value(ty.name, *dimension))],
            None => Vec::new(),
        }
    }
}

/// Whether a message writes a name as it stands: `{{ name }}` or `{{ name | filter }}`, and not `{{ name(…) }}`.
fn stands_uncalled(message: &str, name: &str) -> bool {
    message.split("{{").skip(1).any(|rest| {
        let rest = rest.trim_start_matches('-').trim_start().strip_prefix(name);
        rest.is_some_and(|rest| rest.trim_start().starts_with(['}', '|', '-', '.']))
    })
}

/// The place of a name within an expression.
fn place_of(source: &Placed<String>, name: &str) -> At {
    match source.value.find(name) {
        Some(at) => within(source, at..at + name.len()),
        None => source.at.clone(),
    }
}

/// The place of a part of an expression; all of it where the file writes it in another way.
fn within(source: &Placed<String>, part: Range<usize>) -> At {
    if source.at.range.len() != source.value.len() {
        return source.at.clone();
    }
    let start = source.at.range.start;
    At { file: source.at.file, range: start + part.start..start + part.end }
}

fn sample_value(name: &str, dimension: Option<Dimension>) -> Value {
    let amount = Number::exact(2.0);
    match name {
        "ordinal" | "item" => Value::Ordinal(2),
        "percent" | "points" | "share" => Value::Percent(amount),
        "money" => Value::Money(Money { amount, currency: "USD" }),
        "quantity" | "range_start" | "range_end" => match unit_of(dimension.unwrap_or(Dimension::Count)) {
            Some(unit) => Value::Quantity(Quantity { amount, unit }),
            None => Value::Number(amount),
        },
        "date" => Value::Date(PartialDate::from(date(2026, 2, 6))),
        "month" => Value::Date(PartialDate { day: None, ..PartialDate::from(date(2026, 2, 6)) }),
        "lunar" => Value::Lunar(LunarDate { year: None, month: 1, leap: false, day: 15 }),
        "tally" => Value::Tally(Tally { first: 3, second: 1 }),
        "year" => Value::Year(2026),
        "weekday" => Value::Weekday(Weekday::Friday),
        "time" => Value::Time(ClockTime::at(10, 0)),
        "words" => Value::Words,
        "duration" => Value::Duration(Duration { amount, unit: DurationUnit::Day }),
        _ => Value::Number(amount),
    }
}
