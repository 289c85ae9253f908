//! One row of a table made into the entities it tells of, or into what is wrong with it.

use super::compile::{NamePlan, OF_NAME, Plan, RecordPlan, ValuePlan};
use super::entity::{Entity, Fact, Key, Name};
use super::error::{BadRow, RowError};
use super::known::Known;
use super::template::{Condition, Scope, Text, Worked};
use super::value::{self, End};
use crate::text::nearest;
use jiff::civil::Date;
use minijinja::value::Value;
use std::sync::Arc;

/// What a row came to: entities, none if it does not count, and what is wrong with it.
#[derive(Default)]
pub(super) struct Came {
    pub(super) entities: Vec<Entity>,
    pub(super) bad: Vec<BadRow>,
    /// `where` says that it does not count.
    pub(super) out: bool,
}

const CONFIDENCE: &[&str] = &["high", "medium", "low"];

/// Works a row out.
pub(super) fn read(plan: &Plan<'_>, known: &Known, scope: Scope) -> Came {
    let mut reader = RowReader { known, scope, bad: Vec::new() };
    for (name, expression) in &plan.lets {
        let value = expression.value(&reader.scope);
        if let Some(value) = reader.take(value.map_err(RowError::Expression), &expression.columns) {
            reader.scope = reader.scope.with(name, value);
        } else {
            // What follows may use it.
            return Came { bad: reader.bad, ..Came::default() };
        }
    }
    if plan.filter.as_ref().is_some_and(|filter| !reader.holds(Some(filter))) {
        return Came { out: reader.bad.is_empty(), bad: reader.bad, ..Came::default() };
    }
    let key: Vec<Key> = plan
        .order
        .iter()
        .map(|by| {
            let value = by.expression.value(&reader.scope).map_err(RowError::Expression);
            Key::new(reader.take(value, &by.expression.columns).unwrap_or_default(), by.falling)
        })
        .collect();
    let mut entities = Vec::new();
    for (at, record) in plan.records.iter().enumerate() {
        if record.filter.as_ref().is_none_or(|filter| reader.holds(Some(filter))) {
            entities.extend(reader.entity(at, record).map(|entity| Entity { key: key.clone(), ..entity }));
        }
    }
    Came { entities, bad: reader.bad, out: false }
}

/// A row under way.
struct RowReader<'k> {
    known: &'k Known,
    scope: Scope,
    bad: Vec<BadRow>,
}

impl RowReader<'_> {
    fn tell(&mut self, error: RowError, columns: &[String]) {
        let bad = BadRow { row: self.scope.number(), columns: columns.to_vec(), error };
        // A `[let]` that fails would fail wherever it is used.
        if !self.bad.contains(&bad) {
            self.bad.push(bad);
        }
    }

    fn take<T>(&mut self, result: Result<T, RowError>, columns: &[String]) -> Option<T> {
        result.map_err(|error| self.tell(error, columns)).ok()
    }

    fn holds(&mut self, condition: Option<&Condition<'_>>) -> bool {
        self.holds_in(condition, None)
    }

    fn holds_in(&mut self, condition: Option<&Condition<'_>>, scope: Option<&Scope>) -> bool {
        let Some(condition) = condition else { return false };
        let holds = condition.holds(scope.unwrap_or(&self.scope));
        self.take(holds.map_err(RowError::Expression), &condition.columns).unwrap_or(false)
    }

    /// A text that may be left out; an empty one is.
    fn text(&mut self, text: Option<&Text<'_>>) -> Option<String> {
        let text = text?;
        let worked: Worked<String> = text.of(&self.scope);
        self.take(worked.map_err(RowError::Expression), &text.columns).filter(|text| !text.is_empty())
    }

    /// The values of a template or of columns, split, each with the columns it comes from; none twice.
    fn values<'p>(&mut self, plan: &'p ValuePlan<'_>) -> Vec<(String, &'p [String])> {
        let mut out: Vec<(String, &[String])> = Vec::new();
        for text in &plan.texts {
            let Some(whole) = self.text(Some(text)) else { continue };
            let parts: Vec<&str> = match &plan.split {
                Some(mark) => whole.split(mark.as_str()).map(str::trim).collect(),
                None => vec![&whole],
            };
            for part in parts.into_iter().filter(|part| !part.is_empty()) {
                if !out.iter().any(|(earlier, _)| earlier == part) {
                    out.push((part.to_owned(), &text.columns));
                }
            }
        }
        out
    }

    fn entity(&mut self, record: usize, plan: &RecordPlan<'_>) -> Option<Entity> {
        let kind = self.text(Some(&plan.kind)).unwrap_or_default();
        let id = plan.id.of(&self.scope).map_err(RowError::Expression).and_then(|id| value::id(&id));
        let id = self.take(id, &plan.id.columns);
        let declared = if self.known.is_empty() { is_name(&kind) } else { self.known.forms(&kind).is_some() };
        if !declared {
            let near = nearest(&kind, self.known.kinds()).map(str::to_owned);
            self.tell(RowError::BadKind { kind, near }, &plan.kind.columns);
            return None;
        }
        let mut names: Vec<Name> = Vec::new();
        for name in plan.names.iter().flat_map(|name| self.names(name)) {
            if !names.iter().any(|known| known.is(&name)) {
                names.push(name);
            }
        }
        let mut facts: Vec<Fact> = Vec::new();
        for fact in &plan.facts {
            let is = self.known.relation(&fact.relation).filter(|declared| declared.of == kind);
            let is = is.map(|declared| declared.is.as_str());
            let values = self.values(&fact.value);
            if values.is_empty() {
                continue;
            }
            let (since, until) = self.stretch(fact.since.as_ref(), fact.until.as_ref());
            let confidence = self.text(fact.confidence.as_ref());
            if let Some(word) = confidence.as_deref().filter(|word| !CONFIDENCE.contains(word)) {
                let columns = fact.confidence.as_ref().map_or(&[][..], |text| &text.columns);
                self.tell(RowError::BadConfidence(word.to_owned()), columns);
            }
            let contested = self.holds(fact.contested.as_ref());
            let checked = self.day(fact.checked.as_ref(), End::First);
            let source = self.text(fact.source.as_ref());
            for (text, columns) in values {
                let Some(object) = self.take(value::object(&text, is), columns) else { continue };
                facts.push(Fact {
                    relation: fact.relation.clone(),
                    object,
                    since,
                    until,
                    // High is what a fact is without a word about it.
                    confidence: confidence.clone().filter(|word| word != "high"),
                    contested,
                    checked,
                    source: source.clone(),
                    row: self.scope.number(),
                    columns: columns.to_vec(),
                });
            }
        }
        let mut part_of = Vec::new();
        for (text, columns) in plan.part_of.as_ref().map(|plan| self.values(plan)).unwrap_or_default() {
            part_of.extend(self.take(value::id(&text), columns).map(|id| (id, columns.to_vec())));
        }
        let (row, columns) = (self.scope.number(), plan.id.columns.clone());
        Some(Entity { kind, id: id?, row, columns, record, key: Vec::new(), names, facts, part_of })
    }

    fn names(&mut self, plan: &NamePlan<'_>) -> Vec<Name> {
        let values = self.values(&plan.value);
        if values.is_empty() {
            return Vec::new();
        }
        let (since, until) = self.stretch(plan.since.as_ref(), plan.until.as_ref());
        let [of_name, of_column] = [OF_NAME[0], OF_NAME[1]].map(Arc::<str>::from);
        let mut out = Vec::new();
        for (name, columns) in values {
            let (mut weak, mut unsure) = (false, false);
            if plan.weak.is_some() || plan.unsure.is_some() {
                let column = columns.first().map_or("", String::as_str);
                let scope = self.scope.with(&of_name, Value::from(name.as_str())).with(&of_column, Value::from(column));
                weak = self.holds_in(plan.weak.as_ref(), Some(&scope));
                unsure = self.holds_in(plan.unsure.as_ref(), Some(&scope));
            }
            out.push(Name { lang: plan.lang, form: plan.form.clone(), name, since, until, weak, unsure });
        }
        out
    }

    fn day(&mut self, text: Option<&Text<'_>>, end: End) -> Option<Date> {
        let written = self.text(text)?;
        self.take(value::day_at(&written, end), text.map_or(&[][..], |text| &text.columns))
    }

    /// First and last day, in order.
    fn stretch(&mut self, since: Option<&Text<'_>>, until: Option<&Text<'_>>) -> (Option<Date>, Option<Date>) {
        let (first, last) = (self.day(since, End::First), self.day(until, End::Last));
        if let (Some(from), Some(to)) = (first, last)
            && to < from
        {
            let columns: Vec<String> =
                [since, until].into_iter().flatten().flat_map(|text| text.columns.clone()).collect();
            self.tell(RowError::Reversed { from: from.to_string(), until: to.to_string() }, &columns);
        }
        (first, last)
    }
}

/// `[a-z_][a-z0-9_]*`.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
