//! The functions of the expression language: every relation and inverse, and what can be computed from values.

use super::answers::{Answers, one_or_list};
use super::objects::{DateObject, EntityObject, TimeObject, WeekdayObject, number};
use super::scope::{Of, Scope};
use crate::diagnostic::Evidence;
use crate::fact::{EntityId, Fact, FactBase, ObjectValue, RelationId};
use crate::text::Lang;
use crate::value::{ClockTime, PartialDate, calendar, convert};
use jiff::civil::{Date, Weekday};
use minijinja::value::{Rest, Value};
use minijinja::{Environment, Error, ErrorKind, State};
use std::sync::Arc;

/// Names of the built-in functions: no relation may take one.
pub(crate) const BUILTIN: &[&str] = &[
    "weekday",
    "on_weekday",
    "exists",
    "convert",
    "in_zone",
    "years_between",
    "days_between",
    "sum",
    "same",
    "round",
    "count",
    "lowest",
    "highest",
    "name",
    "yearly_day",
    "lunar",
    "solar",
    "lunar_exists",
    "lunar_year",
    "sexagenary",
    "ages",
    "shift",
    "in_week",
    "shift_months",
    "minutes_between",
    "both",
    "having",
    "years_meant",
    "is_day",
    "change",
    "portion",
    "ratio",
    "difference",
    "ever",
];

/// A volatile fact is stale on a day this long after it was checked.
const STALE_AFTER_DAYS: i32 = 180;

/// Adds all functions to an environment.
pub(crate) fn add_all(env: &mut Environment<'static>, base: &Arc<FactBase>) {
    add_relations(env, base);
    super::days::add_all(env);
    super::arithmetic::add_all(env);
    env.add_function("weekday", |state: &State, date: Value, years: Option<Value>| {
        weekday(&scope(state)?, &date, years.as_ref())
    });
    env.add_function("on_weekday", |state: &State, date: Value, day: Value| on_weekday(state, &date, &day));
    env.add_function("exists", |state: &State, date: Value| exists(&scope(state)?, &date));
    env.add_function("in_zone", |state: &State, time: Value, from: Value, to: Value, date: Option<Value>| {
        in_zone(state, &time, &from, &to, date.as_ref())
    });
    env.add_function("convert", |amount: f64, unit: &str| match convert(amount, unit) {
        Some(converted) => Ok(number(converted)),
        None => Err(wrong(format!("there is no unit `{unit}` to convert to"))),
    });
    env.add_function("sum", |state: &State, list: Value| sum(state, &list));
    env.add_function("count", |list: Value| items(&list).len());
    env.add_function("lowest", |list: Value| items(&list).into_iter().min().unwrap_or_default());
    env.add_function("highest", |list: Value| items(&list).into_iter().max().unwrap_or_default());
    env.add_function("round", |value: f64, places: Option<i32>| {
        let scale = 10f64.powi(places.unwrap_or(0).clamp(-12, 12));
        number((value * scale).round() / scale)
    });
    super::lists::add_all(env);
    env.add_function("same", |state: &State, a: Value, b: Value| same(state, &a, &b));
    env.add_function("name", |state: &State, entity: Value, lang: &str| -> Result<Value, Error> {
        let scope = scope(state)?;
        let Some(id) = entity_of(&entity) else { return Ok(Value::UNDEFINED) };
        let lang = Lang::from_code(lang).ok_or_else(|| wrong(format!("`{lang}` is no language code")))?;
        Ok(Value::from(scope.base.name_of(id, lang, scope.days)))
    });
}

/// Relations of one name may be asked of several kinds: the argument's kind decides.
fn add_relations(env: &mut Environment<'static>, base: &Arc<FactBase>) {
    let mut names: Vec<&str> = base.relations().map(|(_, relation)| relation.name.as_str()).collect();
    names.extend(base.relations().filter_map(|(_, relation)| relation.inverse.as_deref()));
    for name in names {
        let (name, relations) = (name.to_owned(), base.relations_named(name).to_vec());
        env.add_function(name.clone(), move |state: &State, args: Rest<Value>| {
            let [argument] = args.as_slice() else {
                return Err(wrong(format!("`{name}` takes one argument, {} were given", args.len())));
            };
            ask(&scope(state)?, &name, &relations, argument)
        });
    }
}

/// An expression that begins with one function asked of one slot, `capital(country)`, or of the first of several that is
/// filled, `era_of(era) if era is defined else …`: what most rules expect. It is asked without the interpreter, whose
/// start costs more than the answer.
pub(crate) struct Direct {
    /// Each asked if its slot is filled and none of those before it is.
    if_filled: Vec<Call>,
    /// What stands last, if it is a call too.
    last: Option<Call>,
}

/// One function asked of one slot.
struct Call {
    function: DirectFunction,
    name: String,
    slot: String,
}

enum DirectFunction {
    Relations(Vec<(RelationId, bool)>),
    Exists,
    Weekday,
}

impl Direct {
    /// Reads an expression; `None` if it begins with anything else.
    pub(crate) fn read(source: &str, base: &FactBase) -> Option<Direct> {
        let mut if_filled = Vec::new();
        let mut rest = source;
        while let Some((head, tail)) = rest.split_once(" else ")
            && let Some((call, condition)) = head.split_once(" if ")
            && let Some(call) = Call::read(call, base)
            && condition.trim().strip_suffix(" is defined") == Some(&call.slot)
        {
            if_filled.push(call);
            rest = tail;
        }
        let last = Call::read(rest, base);
        (last.is_some() || !if_filled.is_empty()).then_some(Direct { if_filled, last })
    }

    /// What the interpreter would answer; `None` where it must be asked.
    pub(crate) fn ask(&self, scope: &Arc<Scope>) -> Option<Result<Value, Error>> {
        let filled = self.if_filled.iter().find_map(|call| {
            let argument = call.argument(scope);
            (!argument.is_undefined()).then(|| call.ask(scope, &argument))
        });
        filled.or_else(|| self.last.as_ref().map(|call| call.ask(scope, &call.argument(scope))))
    }
}

impl Call {
    fn read(source: &str, base: &FactBase) -> Option<Call> {
        let word = |word: &str| {
            let word = word.trim();
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            (word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(plain)).then(|| word.to_owned())
        };
        let (name, rest) = source.split_once('(')?;
        let (name, slot) = (word(name)?, word(rest.trim_end().strip_suffix(')')?)?);
        let relations = base.relations_named(&name).to_vec();
        let function = match name.as_str() {
            _ if !relations.is_empty() => DirectFunction::Relations(relations),
            "exists" => DirectFunction::Exists,
            "weekday" => DirectFunction::Weekday,
            _ => return None,
        };
        Some(Call { function, name, slot })
    }

    fn argument(&self, scope: &Arc<Scope>) -> Value {
        minijinja::value::Object::get_value_by_str(scope, &self.slot).unwrap_or_default()
    }

    fn ask(&self, scope: &Arc<Scope>, argument: &Value) -> Result<Value, Error> {
        match &self.function {
            DirectFunction::Relations(relations) => ask(scope, &self.name, relations, argument),
            DirectFunction::Exists => exists(scope, argument),
            DirectFunction::Weekday => weekday(scope, argument, None),
        }
    }
}

fn ask(scope: &Arc<Scope>, name: &str, relations: &[(RelationId, bool)], argument: &Value) -> Result<Value, Error> {
    if argument.is_undefined() || argument.is_none() {
        return Ok(Value::UNDEFINED);
    }
    if let Some(answer) = ask_by_value(scope, relations, argument) {
        return Ok(answer);
    }
    let subjects: Vec<EntityId> = match entity_of(argument) {
        Some(id) => vec![id],
        None => items(argument).iter().filter_map(entity_of).collect(),
    };
    if subjects.is_empty() {
        if argument.try_iter().is_ok_and(|mut items| items.next().is_none()) {
            return Ok(Value::UNDEFINED);
        }
        return Err(wrong(format!("`{name}` is asked of an entity, not of {}", argument.kind())));
    }
    let mut answers = Answers::default();
    for subject in subjects {
        for (relation, inverse) in relations {
            if scope.base.relation(*relation).volatile && !inverse {
                super::volatile::ask(scope, subject, *relation, &mut answers);
                continue;
            }
            let facts: Vec<Fact<'_>> = if *inverse {
                scope.base.ask_inverse(subject, *relation, scope.days).collect()
            } else if scope.base.relation(*relation).of == scope.base.kind_of(subject) {
                scope.base.ask(subject, *relation, scope.days).collect()
            } else {
                Vec::new()
            };
            for fact in facts {
                record(scope, &fact);
                match inverse {
                    true => answers.add_entity(scope, fact.subject),
                    false => answers.add_object(scope, &fact),
                }
            }
        }
    }
    Ok(answers.finish())
}

/// The entities of which a relation states a number, words or a day: the inverse of a relation that leads to no entity.
fn ask_by_value(scope: &Arc<Scope>, relations: &[(RelationId, bool)], argument: &Value) -> Option<Value> {
    let values = items(argument);
    if values.is_empty() || values.iter().any(|value| entity_of(value).is_some()) {
        return None;
    }
    let mut answers = Answers::default();
    for (relation, _) in relations.iter().filter(|(_, inverse)| *inverse) {
        for value in &values {
            let day = || date_of(value)?.full();
            let wanted = match (f64::try_from(value.clone()), value.as_str()) {
                (Ok(number), _) => ObjectValue::Number(number),
                (Err(_), Some(words)) => ObjectValue::Text(words),
                (Err(_), None) => ObjectValue::Date(day()?),
            };
            for fact in scope.base.ask_by_value(wanted, *relation, scope.days) {
                record(scope, &fact);
                answers.add_entity(scope, fact.subject);
            }
        }
    }
    Some(answers.finish())
}

pub(super) fn object(scope: &Arc<Scope>, fact: &Fact<'_>) -> Value {
    match &fact.object {
        ObjectValue::Entity(id) => scope.entity(*id),
        ObjectValue::Number(value) => number(*value),
        ObjectValue::Text(words) => Value::from(*words),
        ObjectValue::Date(day) => {
            Value::from_object(DateObject { date: PartialDate::from(*day), lang: scope.article.lang })
        }
    }
}

/// Notes the fact as evidence, and whether it is unsure or stale.
pub(super) fn record(scope: &Scope, fact: &Fact<'_>) {
    let evidence = scope.article.tells.then(|| Evidence {
        fact: scope.base.describe(fact),
        words: scope.base.describe_by_name(fact, scope.article.lang, scope.days),
        source: fact.source.map(str::to_owned),
        checked: fact.checked,
    });
    let stale = scope.base.relation(fact.relation).volatile
        && fact.days.until == Date::MAX
        && fact.checked.is_some_and(|checked| {
            scope.days.from > checked && (scope.days.from - checked).get_days() > STALE_AFTER_DAYS
        });
    scope.note(|log| {
        log.unsure |= fact.unsure;
        log.sure |= !fact.unsure;
        log.stale |= stale;
        log.evidence.extend(evidence.filter(|evidence| !log.evidence.contains(evidence)));
    });
}

/// Notes how something was computed.
pub(super) fn computed(scope: &Scope, words: impl FnOnce() -> String) {
    if scope.article.tells {
        scope.note(|log| log.evidence.push(Evidence::told(words())));
    }
}

/// The weekdays that a date may fall on; one that names no year may be of any of `years` too.
fn weekday(scope: &Arc<Scope>, date: &Value, years: Option<&Value>) -> Result<Value, Error> {
    let Some(date) = date_of(date) else { return not(date, "weekday", "a date") };
    let mut days = calendar::weekdays(date, scope.article.date);
    if let (None, Some(years), false) = (date.year, years, days.is_empty()) {
        let named = super::days::years(years).into_iter().map(|year| PartialDate { year: Some(year), ..date });
        days.extend(named.flat_map(|date| calendar::weekdays(date, scope.article.date)));
        let mut seen = Vec::new();
        days.retain(|day| {
            !seen.contains(day) && {
                seen.push(*day);
                true
            }
        });
    }
    if let Some(first) = days.first() {
        let lang = scope.article.lang;
        let words = || format!("{} = {}", super::words::date(date, lang), super::words::weekday(*first, lang));
        computed(scope, words);
    }
    Ok(one_or_list(days.into_iter().map(|day| weekday_value(scope, day)).collect()))
}

/// The days nearest to a date, before and after, that fall on a day of the week.
fn on_weekday(state: &State, date: &Value, day: &Value) -> Result<Value, Error> {
    let scope = scope(state)?;
    let (Some(date), Some(day)) = (date_of(date), day.downcast_object_ref::<WeekdayObject>()) else {
        return not(date, "on_weekday", "a date and a weekday");
    };
    let Some(claimed) = calendar::candidates(date, scope.article.date).first().copied() else {
        return Ok(Value::UNDEFINED);
    };
    let near = [claimed.nth_weekday(-1, day.weekday), claimed.nth_weekday(1, day.weekday)];
    let mut near: Vec<Date> = near.into_iter().flatten().collect();
    near.sort_by_key(|day| (claimed - *day).get_days().abs());
    let dates = near.into_iter().map(|day| {
        let full = PartialDate::from(day);
        let shown = PartialDate { year: full.year.filter(|_| date.year.is_some()), ..full };
        Value::from_object(DateObject { date: shown, lang: scope.article.lang })
    });
    Ok(one_or_list(dates.collect()))
}

fn exists(scope: &Arc<Scope>, date: &Value) -> Result<Value, Error> {
    let Some(date) = date_of(date) else { return not(date, "exists", "a date") };
    Ok(calendar::exists(date, scope.article.date).map_or(Value::UNDEFINED, Value::from))
}

fn in_zone(state: &State, time: &Value, from: &Value, to: &Value, date: Option<&Value>) -> Result<Value, Error> {
    let scope = scope(state)?;
    let Some(time_now) = time.downcast_object_ref::<TimeObject>().map(|time| time.time) else {
        return not(time, "in_zone", "a time");
    };
    let day = match date.and_then(date_of) {
        Some(date) => calendar::candidates(date, scope.article.date).first().copied(),
        None => scope.article.date,
    };
    let mut times: Vec<ClockTime> = Vec::new();
    for from in texts(from) {
        for to in texts(to) {
            times.extend(calendar::in_zone(time_now, day, &from, &to));
        }
    }
    times.dedup();
    if let Some(first) = times.first() {
        let lang = scope.article.lang;
        computed(&scope, || format!("{} = {}", super::words::time(time_now, lang), super::words::time(*first, lang)));
    }
    let lang = scope.article.lang;
    Ok(one_or_list(times.into_iter().map(|time| Value::from_object(TimeObject { time, lang })).collect()))
}

fn sum(state: &State, list: &Value) -> Result<Value, Error> {
    let parts = items(list);
    let mut total = 0.0;
    for part in &parts {
        total += f64::try_from(part.clone()).map_err(|_| wrong(format!("`sum` adds numbers, not {}", part.kind())))?;
    }
    // Sums of printed decimals carry binary noise: nine significant places are more than any copy prints.
    let total = (total * 1e9).round() / 1e9;
    computed(&*scope(state)?, || {
        let numbers = parts.iter().filter_map(|part| f64::try_from(part.clone()).ok());
        let words: Vec<String> = numbers.map(super::words::number).collect();
        format!("{} = {}", words.join(" + "), super::words::number(total))
    });
    Ok(number(total))
}

fn same(state: &State, a: &Value, b: &Value) -> Result<Value, Error> {
    let scope = scope(state)?;
    Ok(Value::from(match (entity_of(a), entity_of(b)) {
        (Some(a), Some(b)) => scope.base.same_or_part(a, b),
        _ => a == b,
    }))
}

/// The scope that an expression is evaluated in.
pub(super) fn scope(state: &State) -> Result<Arc<Scope>, Error> {
    let claim = state.lookup("claim").unwrap_or_default();
    let scope = claim.downcast_object_ref::<Of>().map(|of| of.scope.clone());
    scope.ok_or_else(|| wrong("functions can only be called while a claim is judged".to_owned()))
}

pub(super) fn wrong(message: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

/// An undefined argument gives an undefined answer; anything else of the wrong type is a mistake of the rule.
pub(super) fn not(value: &Value, function: &str, wanted: &str) -> Result<Value, Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(Value::UNDEFINED);
    }
    Err(wrong(format!("`{function}` takes {wanted}, not {}", value.kind())))
}

pub(crate) fn entity_of(value: &Value) -> Option<EntityId> {
    value.downcast_object_ref::<EntityObject>().map(|entity| entity.id)
}

pub(super) fn date_of(value: &Value) -> Option<PartialDate> {
    value.downcast_object_ref::<DateObject>().map(|date| date.date)
}

/// The items of a list and of the lists in it, or the value itself: `[death_year(who), 379]` names each year, however many
/// the facts have.
pub(crate) fn items(value: &Value) -> Vec<Value> {
    if value.is_undefined() || value.is_none() {
        return Vec::new();
    }
    match value.kind() {
        minijinja::value::ValueKind::Seq | minijinja::value::ValueKind::Iterable => {
            value.try_iter().map(|found| found.flat_map(|item| items(&item)).collect()).unwrap_or_default()
        }
        _ => vec![value.clone()],
    }
}

pub(super) fn texts(value: &Value) -> Vec<String> {
    items(value).iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// Whether two values are the same. Between entities, which is what rules compare, the interpreter's own comparison
/// tries numbers and strings first.
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    match (entity_of(a), entity_of(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => match (a.as_str(), b.as_str()) {
            (Some(a), Some(b)) => a == b,
            _ => a == b,
        },
        _ => false,
    }
}

fn weekday_value(scope: &Scope, weekday: Weekday) -> Value {
    Value::from_object(WeekdayObject { weekday, lang: scope.article.lang })
}
