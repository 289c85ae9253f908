//! What factlint knows: entities, their names and the index of these, and facts as of a day.

mod base;
mod days;
mod names;

pub(crate) use base::{Entity, Kind, Name};
pub use base::{EntityId, Fact, FactBase, FormId, KindId, NameUse, ObjectValue, Relation, RelationId, Target};
pub use days::Days;
pub use names::{Found, NameIndex};
pub(crate) use names::{border_before, runs_on};
