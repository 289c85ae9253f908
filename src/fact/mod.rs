//! What factlint knows: entities, their names and the index of these, and facts as of a day.

mod base;
mod days;
mod names;

pub use base::{EntityId, Fact, FactBase, FormId, KindId, NameUse, ObjectValue, Relation, RelationId, Target};
pub(crate) use base::{Entity, Kind, Name};
pub use days::Days;
pub(crate) use names::{border_before, runs_on};
pub use names::{Found, NameIndex};
