//! Agreement that follows from a relation: what has one capital at a time cannot have two in one run.

use super::set::RuleSlot;
use super::written::RuleDecl;
use crate::fact::FactBase;

/// The slot of the subject, the slot on which claims must agree, and the relation, for a rule that expects just what a
/// unique relation gives: `expect.city = "capital(country)"`.
pub(super) fn unique(decl: &RuleDecl, slots: &[RuleSlot], base: &FactBase) -> Option<(usize, usize, u16)> {
    if decl.agree.is_some() {
        return None;
    }
    let slot = |name: &str| slots.iter().position(|slot| *slot.name == *name);
    decl.expect.iter().find_map(|(on, source)| {
        let (name, subject) = source.value.trim().strip_suffix(')')?.split_once('(')?;
        let mut named = base.relations().filter(|(_, relation)| relation.name == name);
        let (relation, _) = named.next().filter(|(_, relation)| relation.unique)?;
        // A relation of two kinds would have to be chosen by what is captured.
        (named.next().is_none()).then_some((slot(subject.trim())?, slot(&on.value)?, relation.0))
    })
}
