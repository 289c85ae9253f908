//! From records as written to the draft of a fact base. What does not resolve was reported by loading and is left out
//! here.

use super::written::{EntityDecl, FactDecl, Object, Placed, Written};
use crate::fact::{
    Days, Draft, DraftFact, DraftObject, Entity, EntityId, FormId, Kind, KindId, Name, NameUse, Relation, RelationId,
    Target,
};
use crate::text::{fold_literal, is_chinese};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Gathers everything that was written.
pub(super) fn draft(written: &Written) -> Draft {
    let mut builder = Builder::default();
    for kind in &written.kinds {
        let forms = kind.forms.iter().map(|form| form.value.clone()).collect();
        let Placed { value: name, .. } = kind.name.clone();
        let (transparent, words) = (kind.transparent, kind.words);
        builder.draft.kinds.push(Kind { name, forms, label: kind.label.clone(), transparent, words });
    }
    builder.add_relations(written);
    builder.add_entities(written);
    builder.add_facts(written);
    builder.index_names();
    builder.draft
}

#[derive(Default)]
struct Builder<'a> {
    draft: Draft,
    by_id: HashMap<(KindId, &'a str), EntityId>,
}

impl<'a> Builder<'a> {
    fn kind(&self, name: &str) -> Option<KindId> {
        self.draft.kinds.iter().position(|kind| kind.name == name).map(|at| KindId(at as u16))
    }

    fn entity(&self, kind: KindId, id: &str) -> Option<EntityId> {
        self.by_id.get(&(kind, id)).copied()
    }

    fn add_relations(&mut self, written: &Written) {
        for decl in &written.relations {
            let Some(of) = self.kind(&decl.of.value) else { continue };
            let is = match self.kind(&decl.is.value) {
                Some(kind) => Target::Entity(kind),
                None => Target::Plain(decl.is.value.clone()),
            };
            self.draft.relations.push(Relation {
                name: decl.name.value.clone(),
                of,
                is,
                inverse: decl.inverse.as_ref().map(|inverse| inverse.value.clone()),
                unique: decl.unique,
                volatile: decl.volatile,
            });
        }
    }

    fn add_entities(&mut self, written: &'a Written) {
        for decl in &written.entities {
            let Some(kind) = self.kind(&decl.kind.value) else { continue };
            let next = EntityId(self.draft.entities.len() as u32);
            let id = *self.by_id.entry((kind, decl.id.value.as_str())).or_insert(next);
            if id == next {
                let record = Entity { kind, id: decl.id.value.clone(), names: Vec::new(), part_of: Vec::new() };
                self.draft.entities.push(record);
            }
            let names = self.names_in(kind, decl);
            self.draft.entities[id.0 as usize].names.extend(names);
        }
        for decl in &written.entities {
            let Some((kind, id)) = self.find(decl) else { continue };
            let wholes: Vec<EntityId> =
                decl.part_of.iter().filter_map(|whole| self.entity(kind, &whole.value)).collect();
            self.draft.entities[id.0 as usize].part_of.extend(wholes);
        }
    }

    fn find(&self, decl: &EntityDecl) -> Option<(KindId, EntityId)> {
        let kind = self.kind(&decl.kind.value)?;
        Some((kind, self.entity(kind, &decl.id.value)?))
    }

    fn names_in(&self, kind: KindId, decl: &EntityDecl) -> Vec<Name> {
        let forms = &self.draft.kinds[kind.0 as usize].forms;
        let form_of = |form: &Option<String>| match form {
            None => Some(FormId::BASE),
            Some(form) => forms.iter().position(|known| known == form).map(|at| FormId(at as u8 + 1)),
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
        let of_files: HashMap<usize, _> = written.sources.iter().map(|source| (source.file, source)).collect();
        for decl in &written.entities {
            let Some((kind, subject)) = self.find(decl) else { continue };
            for fact in &decl.facts {
                let Some(mut resolved) = self.resolve(kind, subject, fact) else { continue };
                let of_file = of_files.get(&fact.object.at.file);
                resolved.checked = fact.checked.or(of_file.and_then(|source| source.checked));
                if let Some(name) = fact.source.as_ref().or(of_file.map(|source| &source.name)) {
                    let known = sources.get(name).copied();
                    resolved.source = Some(known.unwrap_or_else(|| {
                        let next = sources.len() as u32;
                        sources.insert(name.clone(), next);
                        self.draft.sources.push(name.clone());
                        next
                    }));
                }
                self.draft.facts.push(resolved);
            }
        }
    }

    fn resolve(&self, kind: KindId, subject: EntityId, decl: &FactDecl) -> Option<DraftFact> {
        let relations = &self.draft.relations;
        let at = relations.iter().position(|relation| relation.name == decl.relation.value && relation.of == kind)?;
        let object = match (&decl.object.value, &relations[at].is) {
            (Object::Id(id), Target::Entity(kind)) => DraftObject::Entity(self.entity(*kind, id)?),
            (Object::Id(words) | Object::Text(words), _) => DraftObject::Text(words.clone()),
            (Object::Number(number), _) => DraftObject::Number(*number),
            (Object::Date(day), _) => DraftObject::Date(*day),
        };
        Some(DraftFact {
            subject,
            relation: RelationId(at as u16),
            object,
            days: Days::between(decl.from, decl.until),
            unsure: decl.unsure,
            source: None,
            checked: None,
        })
    }

    fn index_names(&mut self) {
        let Draft { entities, names, .. } = &mut self.draft;
        for (at, entity) in entities.iter().enumerate() {
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
                names.push((folded.into_owned(), meant));
            }
        }
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
