//! The fact base: rows of entities, names and facts in a pack, asked by number and day.
//!
//! Everything is addressed by small numbers, never by text, and read where it stands. Nothing here depends on how many
//! facts there are but the binary searches for an id and for the facts that lead to an entity.

use super::days::Days;
use super::names::NameIndex;
use super::relation_names::RelationNames;
use super::schema::{EntityId, FormId, Kind, KindId, Relation, RelationId, SchemaRow, Target};
use crate::pack::{Pack, PackError, Part, Row, Rows, Text, day_number, day_of};
use crate::text::Lang;
use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

/// One name of an entity, as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameRow<'a> {
    pub(super) text: &'a str,
    pub(super) lang: Lang,
    pub(super) form: FormId,
    pub(super) days: Days,
    pub(super) weak: bool,
    pub(super) unsure: bool,
}

/// What a fact says of its subject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ObjectValue<'a> {
    /// An entity.
    Entity(EntityId),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// Words.
    Text(&'a str),
}

impl ObjectValue<'_> {
    /// What facts are found by from their object's side: an entity by its number, other things by a hash.
    pub(super) fn key(&self) -> u32 {
        match self {
            ObjectValue::Entity(id) => id.0,
            ObjectValue::Number(number) => xxh3_64(&number.to_bits().to_le_bytes()) as u32,
            ObjectValue::Date(day) => day_number(*day) as u32,
            ObjectValue::Text(words) => xxh3_64(words.as_bytes()) as u32,
        }
    }
}

/// One stated value of a relation, with validity and source.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// Of whom.
    pub subject: EntityId,
    /// Which property.
    pub relation: RelationId,
    /// Its value.
    pub object: ObjectValue<'a>,
    /// When it holds.
    pub days: Days,
    /// Contested or of low confidence: it can support, never refute.
    pub unsure: bool,
    /// Where it comes from, if that is stated.
    pub source: Option<&'a str>,
    /// The day it was checked.
    pub checked: Option<Date>,
}

/// Bit of a row's flags: also a plain word.
pub(super) fn weak_bit(weak: bool) -> u8 {
    u8::from(weak)
}

/// Bit of a row's flags: not sure.
pub(super) fn unsure_bit(unsure: bool) -> u8 {
    u8::from(unsure) << 1
}

/// Sizes of rows, in bytes; [`super::draft`] writes their fields in this order.
const ENTITY: usize = 22;
const NAME: usize = 20;
const FACT: usize = 32;

/// All that is known.
#[derive(Debug, Default)]
pub struct FactBase {
    kinds: Vec<Kind>,
    relations: Vec<Relation>,
    sources: Vec<String>,
    strings: Text,
    entities: Rows<ENTITY>,
    rows_of_names: Rows<NAME>,
    facts: Rows<FACT>,
    /// Relation, key of the object and fact, sorted.
    inverse: Rows<12>,
    wholes: Rows<4>,
    /// Entities by kind and id.
    ids: Rows<4>,
    names: NameIndex,
    relation_names: RelationNames,
}

impl FactBase {
    /// The facts of a pack.
    pub(crate) fn of_pack(pack: &Pack) -> Result<FactBase, PackError> {
        let schema = pack.section(Part::Schema as u32);
        let schema: SchemaRow = postcard::from_bytes(schema.all()).map_err(|_| PackError::Inconsistent)?;
        let section = |part: Part| pack.section(part as u32);
        let strings = Text::new(section(Part::Strings));
        Ok(FactBase {
            kinds: schema.kinds,
            relations: schema.relations,
            sources: schema.sources,
            names: NameIndex::of_pack(pack),
            strings,
            entities: Rows::new(section(Part::Entities)),
            rows_of_names: Rows::new(section(Part::Names)),
            facts: Rows::new(section(Part::Facts)),
            inverse: Rows::new(section(Part::Inverse)),
            wholes: Rows::new(section(Part::Wholes)),
            ids: Rows::new(section(Part::Ids)),
            relation_names: RelationNames::default(),
        })
    }

    /// Whether every number in the rows leads to something: what a pack from a stranger must prove.
    pub(crate) fn is_consistent(&self) -> bool {
        let (kinds, relations, entities) = (self.kinds.len(), self.relations.len(), self.entity_count() as u32);
        let rising = |field: usize, most: usize| {
            let mut last = 0;
            (0..self.entities.len()).all(|at| {
                let here = self.entities.get(at).u32(field);
                let fits = last <= here && here as usize <= most;
                last = here;
                fits
            })
        };
        let of_kinds = self.kinds.iter().all(|kind| kind.forms.len() < 256);
        let of_relations = self.relations.iter().all(|relation| {
            let leads = match relation.is {
                Target::Entity(kind) => usize::from(kind.0) < kinds,
                Target::Plain(_) => true,
            };
            usize::from(relation.of.0) < kinds && leads
        });
        of_kinds
            && of_relations
            && (0..entities).all(|at| usize::from(self.row(EntityId(at)).u16(20)) < kinds)
            && rising(8, self.rows_of_names.len())
            && rising(12, self.facts.len())
            && rising(16, self.wholes.len())
            && (0..self.facts.len()).all(|at| {
                let row = self.facts.get(at);
                let object = row.u8(6) != 0 || row.u64(8) < u64::from(entities);
                row.u32(0) < entities && usize::from(row.u16(4)) < relations && object
            })
            && (0..self.inverse.len()).all(|at| {
                let row = self.inverse.get(at);
                row.u32(0) < relations as u32 && (row.u32(8) as usize) < self.facts.len()
            })
            && (0..self.wholes.len()).all(|at| self.wholes.get(at).u32(0) < entities)
            && (0..self.ids.len()).all(|at| self.ids.get(at).u32(0) < entities)
            && self.names.is_consistent(entities, &|kind| self.kinds.get(kind).map(|kind| kind.forms.len()))
    }

    fn row(&self, entity: EntityId) -> Row<ENTITY> {
        self.entities.get(entity.0 as usize)
    }

    /// Where a range of an entity's rows begins and ends: it ends where that of the next entity begins.
    fn range(&self, entity: EntityId, field: usize) -> (u32, u32) {
        (self.row(entity).u32(field), self.entities.get(entity.0 as usize + 1).u32(field))
    }

    pub(super) fn names_in(&self, entity: EntityId) -> impl Iterator<Item = NameRow<'_>> {
        let (start, end) = self.range(entity, 8);
        self.rows_of_names.range(start, end).map(|row| NameRow {
            text: self.strings.get(row.u32(0), row.u32(4)),
            days: Days { from: day_of(row.i32(8)), until: day_of(row.i32(12)) },
            lang: Lang::of_bytes([row.u8(16), row.u8(17)]),
            form: FormId(row.u8(18)),
            weak: row.u8(19) & weak_bit(true) != 0,
            unsure: row.u8(19) & unsure_bit(true) != 0,
        })
    }

    fn fact(&self, row: Row<FACT>) -> Fact<'_> {
        let value = row.u64(8);
        let object = match row.u8(6) {
            0 => ObjectValue::Entity(EntityId(value as u32)),
            1 => ObjectValue::Number(f64::from_bits(value)),
            2 => ObjectValue::Date(day_of(value as u32 as i32)),
            _ => ObjectValue::Text(self.strings.get((value >> 32) as u32, value as u32)),
        };
        let checked = row.i32(28);
        Fact {
            subject: EntityId(row.u32(0)),
            relation: RelationId(row.u16(4)),
            object,
            days: Days { from: day_of(row.i32(16)), until: day_of(row.i32(20)) },
            unsure: row.u8(7) & unsure_bit(true) != 0,
            source: self.sources.get(row.u32(24) as usize).map(String::as_str),
            checked: (checked != i32::MIN).then(|| day_of(checked)),
        }
    }

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

    /// Every kind.
    pub fn kinds(&self) -> impl Iterator<Item = KindId> {
        (0..self.kinds.len() as u16).map(KindId)
    }

    /// The names of all kinds.
    pub fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.kinds.iter().map(|kind| kind.name.as_str())
    }

    /// Whether something is called so of which more is known than that it is called so, such as that Pruitt is a surname.
    pub(crate) fn is_named_so(&self, words: &str) -> bool {
        self.names().exact(words).iter().any(|meant| !self.is_words(meant.kind))
    }

    /// Whether the names of a kind are words of the language, such as titles.
    pub(crate) fn is_words(&self, kind: KindId) -> bool {
        self.kinds.get(usize::from(kind.0)).is_some_and(|kind| kind.words)
    }

    /// Whether the names of a kind do not hide the names within them.
    pub(crate) fn is_transparent(&self, kind: KindId) -> bool {
        self.kinds.get(usize::from(kind.0)).is_some_and(|kind| kind.transparent)
    }

    /// Looks a form of a kind up by name.
    pub fn form(&self, kind: KindId, name: &str) -> Option<FormId> {
        self.kinds[kind.0 as usize].forms.iter().position(|form| form == name).map(|at| FormId(at as u8 + 1))
    }

    /// Whether a kind exists and has these forms.
    pub(crate) fn has_forms(&self, kind: KindId, forms: &[FormId]) -> bool {
        let known = self.kinds.get(usize::from(kind.0));
        known.is_some_and(|kind| forms.iter().all(|form| usize::from(form.0) <= kind.forms.len()))
    }

    /// The names of the forms of a kind.
    pub fn form_names(&self, kind: KindId) -> &[String] {
        &self.kinds[kind.0 as usize].forms
    }

    /// Every relation with its number.
    pub fn relations(&self) -> impl Iterator<Item = (RelationId, &Relation)> {
        self.relations.iter().enumerate().map(|(at, relation)| (RelationId(at as u16), relation))
    }

    /// The relations of a name, one for each kind, and, as inverses, those whose inverse has it.
    pub(crate) fn relations_named(&self, name: &str) -> &[(RelationId, bool)] {
        self.relation_names.get(name, &self.relations)
    }

    /// A relation.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.0 as usize]
    }

    /// Looks an entity up by kind and id.
    pub fn entity(&self, kind: KindId, id: &str) -> Option<EntityId> {
        let key = |row: Row<4>| {
            let entity = EntityId(row.u32(0));
            (self.kind_of(entity), self.id_of(entity))
        };
        let at = self.ids.partition_point(|row| key(row) < (kind, id));
        let found = (at < self.ids.len()).then(|| self.ids.get(at))?;
        (key(found) == (kind, id)).then(|| EntityId(found.u32(0)))
    }

    /// The kind of an entity.
    pub fn kind_of(&self, entity: EntityId) -> KindId {
        KindId(self.row(entity).u16(20))
    }

    /// The id of an entity, as written in the facts.
    pub fn id_of(&self, entity: EntityId) -> &str {
        let row = self.row(entity);
        self.strings.get(row.u32(0), row.u32(4))
    }

    /// How many entities there are.
    pub fn entity_count(&self) -> usize {
        self.entities.len().saturating_sub(1)
    }

    /// Every entity.
    pub fn entities(&self) -> impl Iterator<Item = EntityId> {
        (0..self.entity_count() as u32).map(EntityId)
    }

    /// How many facts there are.
    pub fn fact_count(&self) -> usize {
        self.facts.len()
    }

    /// Of the first entities of a kind the one that most is known of: what a trial evaluation is made with.
    pub fn sample(&self, kind: KindId) -> Option<EntityId> {
        const ASKED: usize = 64;
        let of_kind = self.entities().filter(|id| self.kind_of(*id) == kind);
        of_kind.take(ASKED).max_by_key(|id| self.facts_of(*id).count())
    }

    /// The name to print of an entity: the base name in the language that it bore on those days, one that it bore for a
    /// time before one that it always bears (努尔苏丹 in 2020), else its first name in any language, else its id.
    pub fn name_of(&self, entity: EntityId, lang: Lang, days: Days) -> &str {
        let base = || self.names_in(entity).filter(|name| name.form == FormId::BASE && !name.unsure);
        let of_a_time = |name: &NameRow<'_>| name.days != Days::ALWAYS && days != Days::ALWAYS;
        base()
            .find(|name| name.lang == lang && name.days.overlaps(days) && of_a_time(name))
            .or_else(|| base().find(|name| name.lang == lang && name.days.overlaps(days)))
            .or_else(|| base().find(|name| name.lang == lang))
            .or_else(|| base().next())
            .or_else(|| self.names_in(entity).next())
            .map_or_else(|| self.id_of(entity), |name| name.text)
    }

    /// All names of an entity in a form and language.
    pub fn names_of(&self, entity: EntityId, lang: Lang, form: FormId) -> impl Iterator<Item = &str> {
        let chosen = move |name: &NameRow<'_>| name.lang == lang && name.form == form && !name.unsure;
        self.names_in(entity).filter(chosen).map(|name| name.text)
    }

    /// All names of an entity that are certain, in any language and form.
    pub fn all_names_of(&self, entity: EntityId) -> impl Iterator<Item = &str> {
        self.names_in(entity).filter(|name| !name.unsure).map(|name| name.text)
    }

    /// Every name of a kind in a form and language.
    pub fn names_of_kind(&self, kind: KindId, form: FormId, lang: Lang) -> impl Iterator<Item = &str> {
        self.entities()
            .filter(move |entity| self.kind_of(*entity) == kind)
            .flat_map(|entity| self.names_in(entity))
            .filter(move |name| name.form == form && name.lang == lang)
            .map(|name| name.text)
    }

    /// Every name of a kind in some of its forms, in all languages.
    pub(crate) fn all_names_of_kind(&self, kind: KindId, forms: &[FormId]) -> impl Iterator<Item = &str> {
        self.entities()
            .filter(move |entity| self.kind_of(*entity) == kind)
            .flat_map(|entity| self.names_in(entity))
            .filter(move |name| forms.contains(&name.form))
            .map(|name| name.text)
    }

    /// The facts stated of an entity.
    pub fn facts_of(&self, entity: EntityId) -> impl Iterator<Item = Fact<'_>> {
        let (start, end) = self.range(entity, 12);
        self.facts.range(start, end).map(|row| self.fact(row))
    }

    /// Whether some fact of one entity leads to another.
    pub fn leads_to(&self, subject: EntityId, object: EntityId) -> bool {
        let (start, end) = self.range(subject, 12);
        self.facts.range(start, end).any(|row| row.u8(6) == 0 && row.u64(8) == u64::from(object.0))
    }

    /// The facts of one relation that hold on any of the days.
    pub fn ask(&self, entity: EntityId, relation: RelationId, days: Days) -> impl Iterator<Item = Fact<'_>> {
        // An entity may have many facts of other relations and days: they are passed over as they lie.
        let (from, until) = (day_number(days.from), day_number(days.until));
        let (start, end) = self.range(entity, 12);
        self.facts
            .slice(start, end)
            .filter(move |row| row.u16(4) == relation.0 && row.i32(16) <= until && from <= row.i32(20))
            .map(|row| self.fact(row))
    }

    /// The facts of one relation that lead to an entity and hold on any of the days.
    pub fn ask_inverse(&self, object: EntityId, relation: RelationId, days: Days) -> impl Iterator<Item = Fact<'_>> {
        self.ask_by_value(ObjectValue::Entity(object), relation, days)
    }

    /// The facts of one relation that state this of anything and hold on any of the days.
    pub fn ask_by_value<'a>(
        &'a self,
        value: ObjectValue<'a>,
        relation: RelationId,
        days: Days,
    ) -> impl Iterator<Item = Fact<'a>> {
        let wanted = (u32::from(relation.0), value.key());
        let key = |row: Row<12>| (row.u32(0), row.u32(4));
        let start = self.inverse.partition_point(move |row| key(row) < wanted);
        self.inverse
            .range(start as u32, u32::MAX)
            .take_while(move |row| key(*row) == wanted)
            .map(|row| self.fact(self.facts.get(row.u32(8) as usize)))
            .filter(move |fact| fact.object == value && fact.days.overlaps(days))
    }

    /// Whether one is the other, or lies in it (香港 of 中国).
    pub fn same_or_part(&self, a: EntityId, b: EntityId) -> bool {
        a == b || self.is_part_of(a, b, 0) || self.is_part_of(b, a, 0)
    }

    /// Follows `part_of` upwards; the depth bound keeps a loop in the facts from hanging a run.
    fn is_part_of(&self, part: EntityId, whole: EntityId, depth: usize) -> bool {
        depth < 8 && {
            let (start, end) = self.range(part, 16);
            let mut wholes = self.wholes.range(start, end).map(|row| EntityId(row.u32(0)));
            wholes.any(|up| up == whole || self.is_part_of(up, whole, depth + 1))
        }
    }
}
