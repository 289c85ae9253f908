//! From records as written to the flat arrays of the fact base. What does not resolve was reported by loading and is
//! left out here.

use super::written::{EntityDecl, FactDecl, Object, Written};
use crate::fact::{
    Days, Entity, EntityId, Fact, FactBase, FormId, Kind, KindId, Name, NameIndex, NameUse, ObjectValue, Relation,
    RelationId, Target,
};
use crate::text::{fold_literal, is_chinese};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Builds the base from everything that was written.
pub(super) fn build(written: &Written) -> FactBase {
    let mut base = FactBase::default();
    for kind in &written.kinds {
        let forms = kind.forms.iter().map(|form| form.value.clone()).collect();
        base.kinds.push(Kind { name: kind.name.value.clone(), forms, label: kind.label.clone() });
    }
    base.add_relations(written);
    base.add_entities(written);
    base.add_facts(written);
    base.names = base.index_names();
    base
}

impl FactBase {
    fn add_relations(&mut self, written: &Written) {
        for decl in &written.relations {
            let Some(of) = self.kind(&decl.of.value) else { continue };
            let is = match self.kind(&decl.is.value) {
                Some(kind) => Target::Entity(kind),
                None => Target::Plain(decl.is.value.clone()),
            };
            self.relations.push(Relation {
                name: decl.name.value.clone(),
                of,
                is,
                inverse: decl.inverse.as_ref().map(|inverse| inverse.value.clone()),
                unique: decl.unique,
                volatile: decl.volatile,
            });
        }
    }

    fn add_entities(&mut self, written: &Written) {
        for decl in &written.entities {
            let Some(kind) = self.kind(&decl.kind.value) else { continue };
            let next = EntityId(self.entities.len() as u32);
            let id = *self.by_id.entry((kind, decl.id.value.clone())).or_insert(next);
            if id == next {
                self.entities.push(Entity {
                    kind,
                    id: decl.id.value.clone(),
                    names: Vec::new(),
                    facts: (0, 0),
                    part_of: Vec::new(),
                });
            }
            let names = self.names_in(kind, decl);
            self.entities[id.0 as usize].names.extend(names);
        }
        for decl in &written.entities {
            let Some((kind, id)) = self.find(decl) else { continue };
            let wholes: Vec<EntityId> =
                decl.part_of.iter().filter_map(|whole| self.entity(kind, &whole.value)).collect();
            self.entities[id.0 as usize].part_of.extend(wholes);
        }
    }

    fn find(&self, decl: &EntityDecl) -> Option<(KindId, EntityId)> {
        let kind = self.kind(&decl.kind.value)?;
        Some((kind, self.entity(kind, &decl.id.value)?))
    }

    fn names_in(&self, kind: KindId, decl: &EntityDecl) -> Vec<Name> {
        let form_of = |form: &Option<String>| match form {
            None => Some(FormId::BASE),
            Some(form) => self.form(kind, form),
        };
        decl.names
            .iter()
            .filter_map(|name| {
                Some(Name {
                    text: name.name.value.clone(),
                    lang: name.lang,
                    form: form_of(&name.form)?,
                    days: Days::between(name.from, name.until),
                    weak: name.weak,
                    unsure: name.unsure,
                })
            })
            .collect()
    }

    fn add_facts(&mut self, written: &Written) {
        let mut sources: HashMap<String, u32> = HashMap::new();
        let mut facts = Vec::new();
        for decl in &written.entities {
            let Some((kind, subject)) = self.find(decl) else { continue };
            for fact in &decl.facts {
                let Some(mut resolved) = self.resolve(kind, subject, fact) else { continue };
                let of_file = written.sources.iter().find(|source| source.file == fact.object.at.file);
                resolved.checked = fact.checked.or(of_file.and_then(|source| source.checked));
                if let Some(name) = fact.source.clone().or(of_file.map(|source| source.name.clone())) {
                    let next = sources.len() as u32;
                    resolved.source = Some(*sources.entry(name.clone()).or_insert_with(|| {
                        self.sources.push(name);
                        next
                    }));
                }
                facts.push(resolved);
            }
        }
        facts.sort_by_key(|fact| fact.subject);
        for (at, fact) in facts.iter().enumerate() {
            let range = &mut self.entities[fact.subject.0 as usize].facts;
            if range.1 == 0 {
                range.0 = at as u32;
            }
            range.1 = at as u32 + 1;
            if let ObjectValue::Entity(object) = fact.object {
                self.inverse.push((fact.relation, object, at as u32));
            }
        }
        self.inverse.sort();
        self.facts = facts;
    }

    fn resolve(&self, kind: KindId, subject: EntityId, decl: &FactDecl) -> Option<Fact> {
        let at =
            self.relations.iter().position(|relation| relation.name == decl.relation.value && relation.of == kind)?;
        let object = match (&decl.object.value, &self.relations[at].is) {
            (Object::Id(id), Target::Entity(kind)) => ObjectValue::Entity(self.entity(*kind, id)?),
            (Object::Id(words) | Object::Text(words), _) => ObjectValue::Text(words.clone()),
            (Object::Number(number), _) => ObjectValue::Number(*number),
            (Object::Date(day), _) => ObjectValue::Date(*day),
        };
        Some(Fact {
            subject,
            relation: RelationId(at as u16),
            object,
            days: Days::between(decl.from, decl.until),
            unsure: decl.unsure,
            source: None,
            checked: None,
        })
    }

    fn index_names(&self) -> NameIndex {
        let mut names = Vec::new();
        for (at, entity) in self.entities.iter().enumerate() {
            for name in &entity.names {
                let meant = NameUse {
                    entity: EntityId(at as u32),
                    kind: entity.kind,
                    form: name.form,
                    lang: name.lang,
                    weak: name.weak,
                    unsure: name.unsure,
                    days: name.days,
                };
                let folded = fold_literal(&name.text);
                if let Some(plain) = without_accents(&folded) {
                    names.push((plain, meant));
                }
                names.push((folded, meant));
            }
        }
        NameIndex::build(names)
    }
}

/// Düsseldorf as Dusseldorf: how copy without accents writes a name, if that differs.
fn without_accents(name: &str) -> Option<String> {
    if name.is_ascii() || name.chars().any(is_chinese) {
        return None;
    }
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
    (plain != name).then_some(plain)
}
