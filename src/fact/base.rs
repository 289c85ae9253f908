//! The fact base: flat arrays of kinds, relations, entities and facts, asked by id and day.
//!
//! Everything is addressed by small numbers, never by text, so that a compiled pack can later hold these arrays as
//! they are. Nothing here depends on how many facts there are but the binary search for a subject's inverse facts.

use super::days::Days;
use super::names::NameIndex;
use crate::text::Lang;
use jiff::civil::Date;
use std::collections::HashMap;

/// Number of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Number of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u16);

/// Number of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u16);

/// Number of a form within its kind; 0 is the base name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormId(pub u8);

impl FormId {
    /// The plain name.
    pub const BASE: FormId = FormId(0);
}

/// A kind of entity and the forms its names have.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    pub(crate) name: String,
    pub(crate) forms: Vec<String>,
    /// What people call such a thing, by language.
    pub(crate) label: Vec<(Lang, String)>,
}

/// What a relation leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Entities of a kind.
    Entity(KindId),
    /// A number, a date or words: the word written in the declaration.
    Plain(String),
}

/// A declared property of a kind.
#[derive(Clone, Debug)]
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

/// One name of an entity, as written.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) lang: Lang,
    pub(crate) form: FormId,
    pub(crate) days: Days,
    pub(crate) weak: bool,
    pub(crate) unsure: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub(crate) kind: KindId,
    pub(crate) id: String,
    pub(crate) names: Vec<Name>,
    /// Range of `FactBase::facts` that speak of it.
    pub(crate) facts: (u32, u32),
    pub(crate) part_of: Vec<EntityId>,
}

/// What a fact says of its subject.
#[derive(Clone, Debug, PartialEq)]
pub enum ObjectValue {
    /// An entity.
    Entity(EntityId),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// Words.
    Text(String),
}

/// One stated value of a relation, with validity and source.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Of whom.
    pub subject: EntityId,
    /// Which property.
    pub relation: RelationId,
    /// Its value.
    pub object: ObjectValue,
    /// When it holds.
    pub days: Days,
    /// Contested or of low confidence: it can support, never refute.
    pub unsure: bool,
    /// Index of its source, if one is stated.
    pub(crate) source: Option<u32>,
    /// The day it was checked.
    pub checked: Option<Date>,
}

/// How a name found in copy is meant: one entity under one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// Who is meant.
    pub entity: EntityId,
    /// Its kind.
    pub kind: KindId,
    /// Under which form.
    pub form: FormId,
    /// In which language.
    pub lang: Lang,
    /// Also a plain word.
    pub weak: bool,
    /// Not sure to be a name of it: supports, never refutes.
    pub unsure: bool,
    /// When it was so called.
    pub days: Days,
}

/// All that is known.
#[derive(Debug, Default)]
pub struct FactBase {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) facts: Vec<Fact>,
    /// Facts whose object is an entity, sorted by relation and object.
    pub(crate) inverse: Vec<(RelationId, EntityId, u32)>,
    pub(crate) sources: Vec<String>,
    pub(crate) by_id: HashMap<(KindId, String), EntityId>,
    pub(crate) names: NameIndex,
}

impl FactBase {
    /// The index of names.
    pub fn names(&self) -> &NameIndex {
        &self.names
    }

    /// Looks a kind up by name.
    pub fn kind(&self, name: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.name == name).map(|at| KindId(at as u16))
    }

    /// The name of a kind.
    pub fn kind_name(&self, kind: KindId) -> &str {
        &self.kinds[kind.0 as usize].name
    }

    /// What people call a thing of this kind, if its declaration says so: 国名.
    pub fn kind_label(&self, kind: KindId, lang: Lang) -> Option<&str> {
        let labels = &self.kinds[kind.0 as usize].label;
        labels.iter().find(|(of, _)| *of == lang).map(|(_, label)| label.as_str())
    }

    /// The names of all kinds.
    pub fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.kinds.iter().map(|kind| kind.name.as_str())
    }

    /// Looks a form of a kind up by name.
    pub fn form(&self, kind: KindId, name: &str) -> Option<FormId> {
        self.kinds[kind.0 as usize].forms.iter().position(|form| form == name).map(|at| FormId(at as u8 + 1))
    }

    /// The names of the forms of a kind.
    pub fn form_names(&self, kind: KindId) -> &[String] {
        &self.kinds[kind.0 as usize].forms
    }

    /// Every relation with its number.
    pub fn relations(&self) -> impl Iterator<Item = (RelationId, &Relation)> {
        self.relations.iter().enumerate().map(|(at, relation)| (RelationId(at as u16), relation))
    }

    /// A relation.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.0 as usize]
    }

    /// Looks an entity up by kind and id.
    pub fn entity(&self, kind: KindId, id: &str) -> Option<EntityId> {
        self.by_id.get(&(kind, id.to_owned())).copied()
    }

    /// The kind of an entity.
    pub fn kind_of(&self, entity: EntityId) -> KindId {
        self.entities[entity.0 as usize].kind
    }

    /// The id of an entity, as written in the facts.
    pub fn id_of(&self, entity: EntityId) -> &str {
        &self.entities[entity.0 as usize].id
    }

    /// How many entities there are.
    pub fn entity_count(&self) -> usize {
        self.entities.len()
    }

    /// How many facts there are.
    pub fn fact_count(&self) -> usize {
        self.facts.len()
    }

    /// Some entity of a kind, preferring one that has a fact: what a trial evaluation is made with.
    pub fn sample(&self, kind: KindId) -> Option<EntityId> {
        let of_kind = || (0..self.entities.len() as u32).map(EntityId).filter(|id| self.kind_of(*id) == kind);
        of_kind().find(|id| !self.facts_of(*id).is_empty()).or_else(|| of_kind().next())
    }

    /// The name to print of an entity: the base name in the language that it bore on those days, one that it bore for a
    /// time before one that it always bears (努尔苏丹 in 2020), else its first name in any language, else its id.
    pub fn name_of(&self, entity: EntityId, lang: Lang, days: Days) -> &str {
        let record = &self.entities[entity.0 as usize];
        let base = || record.names.iter().filter(|name| name.form == FormId::BASE && !name.unsure);
        let of_a_time = |name: &&Name| name.days != Days::ALWAYS && days != Days::ALWAYS;
        base()
            .find(|name| name.lang == lang && name.days.overlaps(days) && of_a_time(name))
            .or_else(|| base().find(|name| name.lang == lang && name.days.overlaps(days)))
            .or_else(|| base().find(|name| name.lang == lang))
            .or_else(|| base().next())
            .or_else(|| record.names.first())
            .map_or(record.id.as_str(), |name| name.text.as_str())
    }

    /// All names of an entity in a form and language.
    pub fn names_of(&self, entity: EntityId, lang: Lang, form: FormId) -> impl Iterator<Item = &str> {
        self.entities[entity.0 as usize]
            .names
            .iter()
            .filter(move |name| name.lang == lang && name.form == form && !name.unsure)
            .map(|name| name.text.as_str())
    }

    /// All names of an entity that are certain, in any language and form.
    pub fn all_names_of(&self, entity: EntityId) -> impl Iterator<Item = &str> {
        self.entities[entity.0 as usize].names.iter().filter(|name| !name.unsure).map(|name| name.text.as_str())
    }

    /// Every name of a kind in a form and language.
    pub fn names_of_kind(&self, kind: KindId, form: FormId, lang: Lang) -> impl Iterator<Item = &str> {
        self.entities
            .iter()
            .filter(move |entity| entity.kind == kind)
            .flat_map(|entity| &entity.names)
            .filter(move |name| name.form == form && name.lang == lang)
            .map(|name| name.text.as_str())
    }

    /// The facts stated of an entity.
    pub fn facts_of(&self, entity: EntityId) -> &[Fact] {
        let (start, end) = self.entities[entity.0 as usize].facts;
        &self.facts[start as usize..end as usize]
    }

    /// The facts of one relation that hold on any of the days.
    pub fn ask(&self, entity: EntityId, relation: RelationId, days: Days) -> impl Iterator<Item = &Fact> {
        self.facts_of(entity).iter().filter(move |fact| fact.relation == relation && fact.days.overlaps(days))
    }

    /// The facts of one relation that lead to an entity and hold on any of the days.
    pub fn ask_inverse(&self, object: EntityId, relation: RelationId, days: Days) -> impl Iterator<Item = &Fact> {
        let start = self.inverse.partition_point(|(r, o, _)| (*r, *o) < (relation, object));
        self.inverse[start..]
            .iter()
            .take_while(move |(r, o, _)| (*r, *o) == (relation, object))
            .map(|(_, _, fact)| &self.facts[*fact as usize])
            .filter(move |fact| fact.days.overlaps(days))
    }

    /// Whether one is the other, or lies in it (香港 of 中国).
    pub fn same_or_part(&self, a: EntityId, b: EntityId) -> bool {
        a == b || self.is_part_of(a, b, 0) || self.is_part_of(b, a, 0)
    }

    /// Follows `part_of` upwards; the depth bound keeps a loop in the facts from hanging a run.
    fn is_part_of(&self, part: EntityId, whole: EntityId, depth: usize) -> bool {
        depth < 8
            && self.entities[part.0 as usize]
                .part_of
                .iter()
                .any(|up| *up == whole || self.is_part_of(*up, whole, depth + 1))
    }

    /// Where a fact comes from.
    pub fn source_of(&self, fact: &Fact) -> Option<&str> {
        fact.source.map(|at| self.sources[at as usize].as_str())
    }

    /// A fact in the words of the fact files: `capital(OM) = muscat-om`.
    pub fn describe(&self, fact: &Fact) -> String {
        let object = match &fact.object {
            ObjectValue::Entity(id) => self.id_of(*id).to_owned(),
            ObjectValue::Number(number) => number.to_string(),
            ObjectValue::Date(day) => day.to_string(),
            ObjectValue::Text(words) => words.clone(),
        };
        let mut out = format!("{}({}) = {}", self.relation(fact.relation).name, self.id_of(fact.subject), object);
        match (fact.days.from > Date::MIN, fact.days.until < Date::MAX) {
            (true, true) => out += &format!(", {} to {}", fact.days.from, fact.days.until),
            (true, false) => out += &format!(", since {}", fact.days.from),
            (false, true) => out += &format!(", until {}", fact.days.until),
            (false, false) => {}
        }
        out
    }
}
