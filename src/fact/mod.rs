//! What factlint knows: entities, their names and the index of these, and facts as of a day.

mod base;
mod days;
mod draft;
mod known;
mod name_filter;
mod names;
mod relation_names;
mod schema;

pub use base::{Fact, FactBase, ObjectValue};
pub use days::Days;
pub(crate) use draft::{Draft, DraftFact, DraftObject, Entity, Name};
pub use known::{Counts, KnownFact, KnownName, Reading};
pub(crate) use name_filter::End;
#[cfg(test)]
pub(crate) use names::tests::index as index_for_tests;
pub use names::{NameIndex, NameUse, Uses};
pub(crate) use names::{border_before, runs_on};
pub(crate) use schema::Kind;
pub use schema::{EntityId, FormId, KindId, Relation, RelationId, Target};
