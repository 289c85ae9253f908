//! What facts are made of: kinds and their forms, relations, and the numbers by which things are addressed.

use crate::text::Lang;
use serde::{Deserialize, Serialize};

/// Number of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Number of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KindId(pub u16);

/// Number of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RelationId(pub u16);

/// Number of a form within its kind; 0 is the base name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormId(pub u8);

impl FormId {
    /// The plain name.
    pub const BASE: FormId = FormId(0);
}

/// A kind of entity and the forms its names have.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kind {
    pub(crate) name: String,
    pub(crate) forms: Vec<String>,
    /// What people call such a thing, by language.
    pub(crate) label: Vec<(Lang, String)>,
    /// Its names do not hide the names within them.
    pub(crate) transparent: bool,
    /// Its names are words of the language, and what stands beside one stands beside words.
    pub(crate) words: bool,
}

/// What a relation leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Entities of a kind.
    Entity(KindId),
    /// A number, a date or words: the word written in the declaration.
    Plain(String),
}

/// A declared property of a kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Relation {
    /// Its name, a function in expressions.
    pub name: String,
    /// The kind it is asked of.
    pub of: KindId,
    /// What it leads to.
    pub is: Target,
    /// The function from object to subjects.
    pub inverse: Option<String>,
    /// One object at a time.
    pub unique: bool,
    /// Goes stale.
    pub volatile: bool,
}

/// What a pack holds of the declarations.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct SchemaRow {
    pub(super) kinds: Vec<Kind>,
    pub(super) relations: Vec<Relation>,
    pub(super) sources: Vec<String>,
}
