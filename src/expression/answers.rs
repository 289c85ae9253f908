//! What facts answer: each thing once, in the order of the facts.

use super::functions::{entity_of, equal, object};
use super::scope::Scope;
use crate::fact::{EntityId, Fact, ObjectValue};
use minijinja::value::Value;
use std::sync::Arc;

/// Answers so far. Entities, which most are, are told apart by their numbers, before any value is made of them: the
/// offices of a country are many.
#[derive(Default)]
pub(super) struct Answers {
    values: Vec<Value>,
    /// In the order of their numbers.
    entities: Vec<EntityId>,
}

impl Answers {
    /// Adds what a fact states.
    pub(super) fn add_object(&mut self, scope: &Arc<Scope>, fact: &Fact<'_>) {
        match fact.object {
            ObjectValue::Entity(id) => self.add_entity(scope, id),
            _ => self.add(object(scope, fact)),
        }
    }

    /// Adds an entity.
    pub(super) fn add_entity(&mut self, scope: &Scope, id: EntityId) {
        if let Err(at) = self.entities.binary_search(&id) {
            self.entities.insert(at, id);
            self.values.push(scope.entity(id));
        }
    }

    fn add(&mut self, value: Value) {
        if !self.values.iter().any(|known| equal(known, &value)) {
            self.values.push(value);
        }
    }

    /// None, the only one, or a list of them.
    pub(super) fn finish(self) -> Value {
        one_or_list(self.values)
    }
}

/// None, the only one, or a list of several values.
pub(super) fn one_or_list(mut values: Vec<Value>) -> Value {
    match values.len() {
        0 => Value::UNDEFINED,
        1 => values.remove(0),
        _ => Value::from(values),
    }
}

/// Things that facts may state, to be compared with what they do.
pub(super) struct Wanted {
    values: Vec<Value>,
    entities: Vec<EntityId>,
}

impl Wanted {
    pub(super) fn new(values: Vec<Value>) -> Wanted {
        let entities = values.iter().filter_map(entity_of).collect();
        Wanted { values, entities }
    }

    /// Whether a fact states one of them.
    pub(super) fn is_stated(&self, scope: &Arc<Scope>, fact: &Fact<'_>) -> bool {
        match fact.object {
            ObjectValue::Entity(id) => self.entities.contains(&id),
            _ => {
                let stated = object(scope, fact);
                self.values.iter().any(|value| equal(value, &stated))
            }
        }
    }

    /// Whether a value is one of them.
    pub(super) fn has(&self, value: &Value) -> bool {
        match entity_of(value) {
            Some(id) => self.entities.contains(&id),
            None => self.values.iter().any(|wanted| equal(wanted, value)),
        }
    }
}
