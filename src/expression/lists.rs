//! Functions over lists of entities: what two have in common, those with a property, and what was ever so.

use super::answers::{Answers, Wanted, one_or_list};
use super::functions::{entity_of, items, scope, wrong};
use super::scope::Scope;
use crate::fact::{Days, RelationId};
use minijinja::value::Value;
use minijinja::{Environment, Error, State};
use std::sync::Arc;

/// Adds these functions to an environment.
pub(super) fn add_all(env: &mut Environment<'static>) {
    env.add_function("both", |a: Value, b: Value| both(&a, &b));
    env.add_function("having", |state: &State, list: Value, relation: &str, values: Value| {
        having(&scope(state)?, &list, relation, &values)
    });
    env.add_function("ever", |state: &State, relation: &str, list: Value| ever(&scope(state)?, relation, &list));
}

/// What a relation, or the inverse of one, states of a list of entities on any day at all. It is asked for what was never
/// so, and is no evidence of what is.
fn ever(scope: &Arc<Scope>, relation: &str, list: &Value) -> Result<Value, Error> {
    let relations = scope.base.relations_named(relation);
    if relations.is_empty() {
        return Err(wrong(format!("there is no relation `{relation}`")));
    }
    let mut answers = Answers::default();
    for subject in items(list).iter().filter_map(entity_of) {
        for (id, inverse) in relations {
            if *inverse {
                for fact in scope.base.ask_inverse(subject, *id, Days::ALWAYS) {
                    answers.add_entity(scope, fact.subject);
                }
            } else if scope.base.relation(*id).of == scope.base.kind_of(subject) {
                for fact in scope.base.ask(subject, *id, Days::ALWAYS) {
                    answers.add_object(scope, &fact);
                }
            }
        }
    }
    Ok(answers.finish())
}

fn relations_called(scope: &Scope, name: &str) -> Result<Vec<RelationId>, Error> {
    let named = scope.base.relations_named(name);
    let found: Vec<RelationId> = named.iter().filter(|(_, inverse)| !inverse).map(|(id, _)| *id).collect();
    if found.is_empty() { Err(wrong(format!("there is no relation `{name}`"))) } else { Ok(found) }
}

/// Those of a list of which a relation states one of `values`. What was only looked through is no evidence.
fn having(scope: &Arc<Scope>, list: &Value, relation: &str, values: &Value) -> Result<Value, Error> {
    let base = &scope.base;
    let relations = relations_called(scope, relation)?;
    let wanted = Wanted::new(items(values));
    let has = |item: &Value| {
        let Some(subject) = entity_of(item) else { return false };
        let asked = relations.iter().filter(|id| base.relation(**id).of == base.kind_of(subject));
        asked.flat_map(|id| base.ask(subject, *id, scope.days)).any(|fact| wanted.is_stated(scope, &fact))
    };
    scope.note(|log| log.evidence.clear());
    Ok(one_or_list(items(list).into_iter().filter(has).collect()))
}

/// What stands in both of two lists.
fn both(a: &Value, b: &Value) -> Value {
    let others = Wanted::new(items(b));
    one_or_list(items(a).into_iter().filter(|item| others.has(item)).collect())
}
