//! What factlint knows: entities, their names and the index of these, and facts as of a day.

mod base;
mod days;
mod draft;
mod names;

pub(crate) use base::Kind;
pub use base::{EntityId, Fact, FactBase, FormId, KindId, ObjectValue, Relation, RelationId, Target};
pub use days::Days;
pub(crate) use draft::{Draft, DraftFact, DraftObject, Entity, Name};
#[cfg(test)]
pub(crate) use names::tests::index as index_for_tests;
pub use names::{NameIndex, NameUse, Uses};
pub(crate) use names::{border_before, runs_on};
