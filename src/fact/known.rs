//! What is known of a name: every reading of it with its names and facts, for people who look something up.

use super::base::{Fact, FactBase, ObjectValue};
use super::days::Days;
use super::schema::{EntityId, FormId};
use crate::text::{Lang, fold_literal};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing that a name may mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Its kind.
    pub kind: String,
    /// Its id in the fact files.
    pub id: String,
    /// What it is called.
    pub names: Vec<KnownName>,
    /// What is stated of it, and what leads to it.
    pub facts: Vec<KnownFact>,
}

/// A name with its language, form and time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KnownName {
    /// As written.
    pub name: String,
    /// Two letters.
    pub lang: String,
    /// The form, if it is not the base name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// First day, if one is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day, if one is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Also a plain word: counts only beside the words of a pattern.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub weak: bool,
    /// Supports, never refutes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
}

/// A fact with its time and source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KnownFact {
    /// The relation, or the inverse of one.
    pub relation: String,
    /// The value as the fact files write it: an id, a number, a day or words.
    pub value: String,
    /// What the entity of that id is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// First day, if one is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day, if one is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Contested or of low confidence: supports, never refutes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Date>,
}

/// How much is known of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Entities.
    pub entities: usize,
    /// Names, the same words for two entities counted twice.
    pub names: usize,
    /// Facts whose subject is of the kind.
    pub facts: usize,
}

impl FactBase {
    /// Every reading of a name or id, its facts on a day or all of them.
    pub fn readings_of(&self, name: &str, lang: Lang, on: Option<Date>) -> Vec<Reading> {
        let uses = self.names().exact(&fold_literal(name.trim()));
        let mut found: Vec<EntityId> = uses.iter().map(|meant| meant.entity).collect();
        found.extend(self.kinds().filter_map(|kind| self.entity(kind, name.trim())));
        let mut seen = std::collections::HashSet::new();
        found.retain(|entity| seen.insert(*entity));
        found.into_iter().map(|entity| self.reading(entity, lang, on)).collect()
    }

    fn reading(&self, entity: EntityId, lang: Lang, on: Option<Date>) -> Reading {
        let kind = self.kind_of(entity);
        let forms = self.form_names(kind);
        let form = |form: FormId| usize::from(form.0).checked_sub(1).and_then(|at| forms.get(at)).cloned();
        let days = on.map_or(Days::ALWAYS, Days::on);
        let (from, until) = (|days: Days| stated(days.from, Date::MIN), |days: Days| stated(days.until, Date::MAX));
        let names = self.names_in(entity).map(|name| KnownName {
            name: name.text.to_owned(),
            lang: name.lang.to_string(),
            form: form(name.form),
            from: from(name.days),
            until: until(name.days),
            weak: name.weak,
            unsure: name.unsure,
        });
        let known = |relation: &str, other: Option<EntityId>, value: String, fact: &Fact<'_>| KnownFact {
            relation: relation.to_owned(),
            value,
            name: other.map(|other| self.name_of(other, lang, days).to_owned()),
            from: from(fact.days),
            until: until(fact.days),
            unsure: fact.unsure,
            source: fact.source.map(str::to_owned),
            checked: fact.checked,
        };
        let stated = self.facts_of(entity).filter(|fact| fact.days.overlaps(days)).map(|fact| {
            let other = match fact.object {
                ObjectValue::Entity(other) => Some(other),
                _ => None,
            };
            known(&self.relation(fact.relation).name, other, self.object_words(&fact, |id| self.id_of(id)), &fact)
        });
        let inverse = self.relations().filter_map(|(id, relation)| Some((id, relation.inverse.as_deref()?)));
        let leading = inverse.flat_map(|(id, name)| {
            self.ask_inverse(entity, id, days)
                .map(move |fact| known(name, Some(fact.subject), self.id_of(fact.subject).to_owned(), &fact))
        });
        Reading {
            kind: self.kind_name(kind).to_owned(),
            id: self.id_of(entity).to_owned(),
            names: names.collect(),
            facts: stated.chain(leading).collect(),
        }
    }

    /// Known names that differ from `name` by a letter or two, the nearest first.
    pub fn names_near(&self, name: &str, most: usize) -> Vec<String> {
        let wanted = fold_literal(name.trim()).to_lowercase();
        let allowed = if wanted.chars().count() <= 4 { 1 } else { 2 };
        let mut near: Vec<(usize, String)> = self
            .entities()
            .flat_map(|entity| self.names_in(entity))
            .filter(|known| known.text.len().abs_diff(wanted.len()) <= 3 * allowed)
            .filter_map(|known| {
                let distance = crate::text::distance(&fold_literal(known.text).to_lowercase(), &wanted);
                (distance <= allowed).then(|| (distance, known.text.to_owned()))
            })
            .collect();
        near.sort();
        near.dedup();
        near.into_iter().take(most).map(|(_, name)| name).collect()
    }

    /// How much is known, by kind.
    pub fn counts(&self) -> BTreeMap<String, Counts> {
        let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
        for entity in self.entities() {
            let of_kind = counts.entry(self.kind_name(self.kind_of(entity)).to_owned()).or_default();
            of_kind.entities += 1;
            of_kind.names += self.names_in(entity).count();
            of_kind.facts += self.facts_of(entity).count();
        }
        counts
    }
}

fn stated(day: Date, none: Date) -> Option<Date> {
    (day != none).then_some(day)
}

impl FactBase {
    /// What a fact says, entities called as `call` has it.
    fn object_words<'a>(&'a self, fact: &Fact<'_>, call: impl Fn(EntityId) -> &'a str) -> String {
        match &fact.object {
            ObjectValue::Entity(id) => call(*id).to_owned(),
            ObjectValue::Number(number) => number.to_string(),
            ObjectValue::Date(day) => day.to_string(),
            ObjectValue::Text(words) => (*words).to_owned(),
        }
    }

    /// A fact in the words of the fact files: `capital(OM) = muscat-om`.
    pub fn describe(&self, fact: &Fact<'_>) -> String {
        self.told(fact, |id| self.id_of(id))
    }

    /// The same with the names that its entities bear in a language on some days: `capital(Oman) = Muscat`.
    pub fn describe_by_name(&self, fact: &Fact<'_>, lang: Lang, days: Days) -> String {
        self.told(fact, |id| self.name_of(id, lang, days))
    }

    fn told<'a>(&'a self, fact: &Fact<'_>, call: impl Fn(EntityId) -> &'a str) -> String {
        let (subject, object) = (call(fact.subject), self.object_words(fact, &call));
        let mut out = format!("{}({subject}) = {object}", self.relation(fact.relation).name);
        match (fact.days.from > Date::MIN, fact.days.until < Date::MAX) {
            (true, true) => out += &format!(", {} to {}", fact.days.from, fact.days.until),
            (true, false) => out += &format!(", since {}", fact.days.from),
            (false, true) => out += &format!(", until {}", fact.days.until),
            (false, false) => {}
        }
        out
    }
}
