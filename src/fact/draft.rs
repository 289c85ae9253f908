//! Facts on their way into a pack: owned records, and how they are laid out as rows.

use super::base::{ObjectValue, unsure_bit, weak_bit};
use super::days::Days;
use super::names::{self, NameUse};
use super::schema::{EntityId, FormId, Kind, KindId, Relation, RelationId, SchemaRow};
use crate::pack::{Part, RowWriter, TextWriter, Writer, day_number};
use crate::text::Lang;
use jiff::civil::Date;

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

/// An entity with its names.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub(crate) kind: KindId,
    pub(crate) id: String,
    pub(crate) names: Vec<Name>,
    pub(crate) part_of: Vec<EntityId>,
}

/// What a fact says of its subject.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DraftObject {
    Entity(EntityId),
    Number(f64),
    Date(Date),
    Text(String),
}

impl DraftObject {
    /// What facts are found by from their object's side.
    fn key(&self) -> u32 {
        match self {
            DraftObject::Entity(id) => ObjectValue::Entity(*id).key(),
            DraftObject::Number(number) => ObjectValue::Number(*number).key(),
            DraftObject::Date(day) => ObjectValue::Date(*day).key(),
            DraftObject::Text(words) => ObjectValue::Text(words).key(),
        }
    }
}

/// One stated value of a relation.
#[derive(Clone, Debug)]
pub(crate) struct DraftFact {
    pub(crate) subject: EntityId,
    pub(crate) relation: RelationId,
    pub(crate) object: DraftObject,
    pub(crate) days: Days,
    pub(crate) unsure: bool,
    pub(crate) source: Option<u32>,
    pub(crate) checked: Option<Date>,
}

/// Everything that a fact base is made of.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) facts: Vec<DraftFact>,
    pub(crate) sources: Vec<String>,
    /// Folded names and how each is meant.
    pub(crate) names: Vec<(String, NameUse)>,
}

impl Draft {
    /// Lays everything out as sections.
    pub(crate) fn write(mut self, writer: &mut Writer) {
        let mut text = TextWriter::default();
        self.facts.sort_by_key(|fact| fact.subject);
        self.write_entities(&mut text, writer);
        self.write_facts(&mut text, writer);
        let transparent = |kind: KindId| self.kinds.get(usize::from(kind.0)).is_some_and(|kind| kind.transparent);
        names::write(std::mem::take(&mut self.names), transparent, writer);
        writer.add(Part::Strings, text.finish());
        let schema = SchemaRow { kinds: self.kinds, relations: self.relations, sources: self.sources };
        writer.add(Part::Schema, postcard::to_allocvec(&schema).unwrap_or_default());
    }

    /// One row more than there are entities: each row's ranges end where the next one's begin.
    fn write_entities(&self, text: &mut TextWriter, writer: &mut Writer) {
        let (mut rows, mut names, mut wholes) = (RowWriter::default(), RowWriter::default(), RowWriter::default());
        let (mut name_count, mut whole_count, mut fact) = (0u32, 0u32, 0usize);
        for (at, entity) in self.entities.iter().enumerate() {
            let subject = EntityId(at as u32);
            rows.text(text.place(&entity.id)).u32(name_count).u32(fact as u32).u32(whole_count).u16(entity.kind.0);
            for name in &entity.names {
                names.text(text.place(&name.text));
                names.i32(day_number(name.days.from)).i32(day_number(name.days.until));
                let [a, b] = name.lang.bytes();
                names.u8(a).u8(b).u8(name.form.0).u8(weak_bit(name.weak) | unsure_bit(name.unsure));
                name_count += 1;
            }
            for whole in &entity.part_of {
                wholes.u32(whole.0);
                whole_count += 1;
            }
            while self.facts.get(fact).is_some_and(|fact| fact.subject == subject) {
                fact += 1;
            }
        }
        rows.text((0, 0)).u32(name_count).u32(fact as u32).u32(whole_count).u16(u16::MAX);
        let mut ids: Vec<u32> = (0..self.entities.len() as u32).collect();
        ids.sort_by_key(|at| {
            let entity = &self.entities[*at as usize];
            (entity.kind, entity.id.as_str())
        });
        let mut by_id = RowWriter::default();
        for id in ids {
            by_id.u32(id);
        }
        writer.add(Part::Entities, rows.0);
        writer.add(Part::Names, names.0);
        writer.add(Part::Wholes, wholes.0);
        writer.add(Part::Ids, by_id.0);
    }

    fn write_facts(&self, text: &mut TextWriter, writer: &mut Writer) {
        let mut rows = RowWriter::default();
        let mut inverse: Vec<(RelationId, u32, u32)> = Vec::new();
        for (at, fact) in self.facts.iter().enumerate() {
            let (tag, value) = match &fact.object {
                DraftObject::Entity(id) => (0, u64::from(id.0)),
                DraftObject::Number(number) => (1, number.to_bits()),
                DraftObject::Date(day) => (2, u64::from(day_number(*day) as u32)),
                DraftObject::Text(words) => {
                    let (start, length) = text.place(words);
                    (3, u64::from(start) << 32 | u64::from(length))
                }
            };
            inverse.push((fact.relation, fact.object.key(), at as u32));
            rows.u32(fact.subject.0).u16(fact.relation.0).u8(tag).u8(unsure_bit(fact.unsure)).u64(value);
            rows.i32(day_number(fact.days.from)).i32(day_number(fact.days.until));
            rows.u32(fact.source.unwrap_or(u32::MAX));
            rows.i32(fact.checked.map_or(i32::MIN, day_number));
        }
        inverse.sort();
        let mut back = RowWriter::default();
        for (relation, object, fact) in inverse {
            back.u32(u32::from(relation.0)).u32(object).u32(fact);
        }
        writer.add(Part::Facts, rows.0);
        writer.add(Part::Inverse, back.0);
    }
}
