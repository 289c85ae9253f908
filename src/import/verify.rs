//! Whether a facts file that was made loads: it is read as any other, beside stand-ins for what it refers to.

use super::entity::Entity;
use super::known::Known;
use super::value::Object;
use super::write::string;
use crate::rule::load::load_texts;
use crate::rule::problem::Problem;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with the text of a facts file that holds these entities.
pub(super) fn problems(name: &str, text: &str, entities: &[Entity], known: &Known) -> Vec<Problem> {
    let files = vec![("stand-ins".to_owned(), stand_ins(entities, known)), (name.to_owned(), text.to_owned())];
    load_texts(files).problems.into_iter().filter(|problem| problem.path == name).collect()
}

/// Declarations of the kinds, forms and relations that are used, and an empty record of every entity that is pointed to.
fn stand_ins(entities: &[Entity], known: &Known) -> String {
    let mut forms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut relations: BTreeMap<&str, (&str, &str, bool)> = BTreeMap::new();
    for entity in entities {
        let own = forms.entry(&entity.kind).or_default();
        own.extend(entity.names.iter().filter_map(|name| name.form.as_deref()));
        ids.entry(&entity.kind).or_default().extend(entity.part_of.iter().map(|(id, _)| id.as_str()));
        for fact in &entity.facts {
            let is = match &fact.object {
                Object::Id { kind, id } => {
                    ids.entry(kind).or_default().insert(id);
                    kind
                }
                Object::Number(_) => "number",
                Object::Date(_) => "date",
                Object::Text(_) | Object::Plain(_) => "text",
            };
            let unique = known.relation(&fact.relation).is_some_and(|declared| declared.unique);
            relations.entry(&fact.relation).or_insert((&entity.kind, is, unique));
        }
    }
    let mut out = String::new();
    for kind in forms.keys().chain(ids.keys()).collect::<BTreeSet<_>>() {
        let forms: Vec<String> = forms.get(kind).into_iter().flatten().map(|form| string(form)).collect();
        out.push_str(&format!("[kind.{kind}]\nforms = [{}]\n", forms.join(", ")));
    }
    for (name, (of, is, unique)) in relations {
        out.push_str(&format!("[relation.{name}]\nof = \"{of}\"\nis = \"{is}\"\nunique = {unique}\n"));
    }
    for (kind, ids) in ids {
        out.push_str(&format!("[entity.{kind}]\n"));
        ids.iter().for_each(|id| out.push_str(&format!("{id} = {{}}\n")));
    }
    out
}
