//! Facts that change often, such as who holds an office, asked with some grace about days and some caution about gaps.

use super::answers::Answers;
use super::functions::record;
use super::scope::Scope;
use crate::fact::{Days, EntityId, RelationId};
use std::sync::Arc;

/// Days before and after a change in which copy may still or already speak of the other side of it: it is told a day
/// later, and on the other side of the date line.
const GRACE_DAYS: i32 = 3;

/// Asks for what changes often, such as the holder of an office. What held up to a few days before, or holds a few days
/// later, is right too. An answer that does not cover every day that was asked about leaves room for others, so it can
/// support and not refute, as doubtful facts do.
pub(super) fn ask(scope: &Arc<Scope>, subject: EntityId, relation: RelationId, answers: &mut Answers) {
    if scope.base.relation(relation).of != scope.base.kind_of(subject) {
        return;
    }
    let near = scope.days.widened(GRACE_DAYS);
    let mut held: Vec<Days> = Vec::new();
    for fact in scope.base.ask(subject, relation, near) {
        record(scope, &fact);
        if !fact.unsure {
            held.push(fact.days);
        }
        answers.add_object(scope, &fact);
    }
    if !scope.days.covered_by(held, GRACE_DAYS) {
        scope.note(|log| log.doubt = true);
    }
}
