//! What rows become: entities with names and facts, in order, each id once.

use super::compile::Plan;
use super::error::{BadRow, RowError};
use super::known::Known;
use super::map::Unique;
use super::value::{Object, day, number};
use crate::text::{Lang, nearest};
use jiff::civil::Date;
use minijinja::value::Value;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// An entity under way.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub(super) kind: String,
    pub(super) id: String,
    /// The row it comes from, the first if several.
    pub(super) row: usize,
    /// The columns that its id comes from.
    pub(super) columns: Vec<String>,
    /// The record of the map that made it.
    pub(super) record: usize,
    pub(super) key: Vec<Key>,
    pub(super) names: Vec<Name>,
    pub(super) facts: Vec<Fact>,
    /// Ids, each with the columns it comes from.
    pub(super) part_of: Vec<(String, Vec<String>)>,
}

/// A name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    pub(super) lang: Lang,
    pub(super) form: Option<String>,
    pub(super) name: String,
    pub(super) since: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) weak: bool,
    pub(super) unsure: bool,
}

impl Name {
    /// Whether it is the same name, whatever else is said of it.
    pub(super) fn is(&self, other: &Name) -> bool {
        self.lang == other.lang && self.form == other.form && self.name == other.name
    }
}

/// A fact.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) relation: String,
    pub(super) object: Object,
    pub(super) since: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) confidence: Option<String>,
    pub(super) contested: bool,
    pub(super) checked: Option<Date>,
    pub(super) source: Option<String>,
    pub(super) row: usize,
    pub(super) columns: Vec<String>,
}

/// What an entity is put in order by: numbers before words, nothing last.
#[derive(Clone, Debug)]
pub(super) struct Key {
    number: Option<f64>,
    word: String,
    falling: bool,
}

impl Key {
    pub(super) fn new(value: Value, falling: bool) -> Key {
        let word = if value.is_undefined() || value.is_none() { String::new() } else { value.to_string() };
        let number = number(word.trim()).and_then(|digits| digits.parse().ok());
        Key { number, word, falling }
    }

    fn compare(&self, other: &Key) -> Ordering {
        let turn = |order: Ordering| if self.falling { order.reverse() } else { order };
        match (self.number, other.number) {
            (Some(a), Some(b)) => turn(a.total_cmp(&b)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => match (self.word.is_empty(), other.word.is_empty()) {
                (false, false) => turn(self.word.cmp(&other.word)),
                (a, b) => a.cmp(&b),
            },
        }
    }
}

/// Puts the entities of good rows in order, each id once; adds what is wrong with other rows.
pub(super) fn settle(plan: &Plan<'_>, known: &Known, mut entities: Vec<Entity>, bad: &mut Vec<BadRow>) -> Vec<Entity> {
    dangling(known, &mut entities, bad);
    entities.sort_by(|a, b| {
        let keys = a.key.iter().zip(&b.key).map(|(a, b)| a.compare(b));
        keys.fold(Ordering::Equal, Ordering::then)
    });
    let mut out: Vec<Entity> = Vec::with_capacity(entities.len());
    let mut places: HashMap<(String, String), usize> = HashMap::with_capacity(entities.len());
    for mut entity in entities {
        let unique = plan.records[entity.record].unique;
        let key = |id: &str| (entity.kind.clone(), id.to_owned());
        let at = places.get(&key(&entity.id)).copied();
        match (unique, at, known.taken(&entity.kind, &entity.id)) {
            (_, None, None) | (Unique::Merge, None, Some(_)) => {}
            (Unique::Merge, Some(at), _) => {
                merge(&mut out[at], entity);
                continue;
            }
            (Unique::Number, ..) => {
                let free = (2..)
                    .map(|number| format!("{}-{number}", entity.id))
                    .find(|id| !places.contains_key(&key(id)) && known.taken(&entity.kind, id).is_none());
                entity.id = free.unwrap_or_default();
            }
            (Unique::Error, at, file) => {
                let id = entity.id.clone();
                let error = match (at, file) {
                    (Some(at), _) => RowError::TakenByRow { id, row: out[at].row },
                    (None, file) => RowError::TakenByFile { id, file: file.unwrap_or_default().to_owned() },
                };
                bad.push(BadRow { row: entity.row, columns: entity.columns, error });
                continue;
            }
        }
        places.insert((entity.kind.clone(), entity.id.clone()), out.len());
        out.push(entity);
    }
    settle_plain(&mut out);
    out
}

/// Takes out the bad rows, and with them every row that points to an entity which is nowhere, until none does.
fn dangling(known: &Known, entities: &mut Vec<Entity>, bad: &mut Vec<BadRow>) {
    // What is bad already is looked at too, so that all that is wrong with it is told.
    loop {
        let mut own: HashMap<&str, HashSet<&str>> = HashMap::new();
        for entity in entities.iter() {
            own.entry(&entity.kind).or_default().insert(&entity.id);
        }
        let missing = |kind: &str, id: &str| {
            let ids = known.ids(kind)?;
            let is_there = ids.contains(id) || own.get(kind).is_some_and(|own| own.contains(id));
            // Among codes of two letters every other is near.
            let near = || nearest(id, ids.iter().map(String::as_str)).filter(|_| id.len() > 2).map(str::to_owned);
            (!is_there).then(|| RowError::NoSuchEntity { kind: kind.to_owned(), id: id.to_owned(), near: near() })
        };
        let mut found: Vec<BadRow> = Vec::new();
        for entity in entities.iter() {
            let objects = entity.facts.iter().filter_map(|fact| match &fact.object {
                Object::Id { kind, id } => Some((missing(kind, id)?, fact.row, &fact.columns)),
                _ => None,
            });
            let wholes = entity
                .part_of
                .iter()
                .filter_map(|(id, columns)| Some((missing(&entity.kind, id)?, entity.row, columns)));
            found.extend(objects.chain(wholes).map(|(error, row, columns)| BadRow {
                row,
                columns: columns.clone(),
                error,
            }));
        }
        bad.append(&mut found);
        let rows: HashSet<usize> = bad.iter().map(|bad| bad.row).collect();
        let before = entities.len();
        entities.retain(|entity| !rows.contains(&entity.row));
        if entities.len() == before {
            return;
        }
    }
}

/// Adds what another row says of the same entity.
fn merge(to: &mut Entity, from: Entity) {
    for name in from.names {
        if !to.names.iter().any(|known| known.is(&name)) {
            to.names.push(name);
        }
    }
    for fact in from.facts {
        let same = |known: &Fact| {
            known.relation == fact.relation
                && known.object == fact.object
                && (known.since, known.until) == (fact.since, fact.until)
        };
        if !to.facts.iter().any(same) {
            to.facts.push(fact);
        }
    }
    for part in from.part_of {
        if !to.part_of.iter().any(|(id, _)| *id == part.0) {
            to.part_of.push(part);
        }
    }
}

/// Objects of relations that are declared nowhere: days or numbers if all objects of the relation are, else words.
fn settle_plain(entities: &mut [Entity]) {
    let mut looks: HashMap<String, (bool, bool)> = HashMap::new();
    for fact in entities.iter().flat_map(|entity| &entity.facts) {
        if let Object::Plain(text) = &fact.object {
            let (days, numbers) = looks.entry(fact.relation.clone()).or_insert((true, true));
            *days &= day(text).is_some();
            // 007 is a code, not a number.
            *numbers &= number(text).as_ref() == Some(text);
        }
    }
    for fact in entities.iter_mut().flat_map(|entity| &mut entity.facts) {
        let Object::Plain(text) = &fact.object else { continue };
        let text = text.clone();
        fact.object = match (looks.get(&fact.relation), day(&text)) {
            (Some((true, _)), Some(day)) => Object::Date(day),
            (Some((_, true)), _) => Object::Number(text),
            _ => Object::Text(text),
        };
    }
}
