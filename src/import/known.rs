//! What is declared and known already: kinds, forms, relations, and the ids that facts may point to.

use crate::rule::written::Written;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Declarations and ids of rule and fact files. Without any, objects are typed by their looks and ids are not checked.
#[derive(Debug, Default)]
pub(super) struct Known {
    kinds: HashMap<String, Vec<String>>,
    relations: HashMap<String, Declared>,
    ids: HashMap<String, HashSet<String>>,
    taken: HashMap<String, HashMap<String, String>>,
}

/// A relation as it is declared.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    pub(super) of: String,
    pub(super) is: String,
    pub(super) unique: bool,
}

impl Known {
    /// What these files say; the ids of those `beside` are taken.
    pub(super) fn new(facts: &Written, beside: &[PathBuf]) -> Known {
        let mut known = Known::default();
        for kind in &facts.kinds {
            let forms = kind.forms.iter().map(|form| form.value.clone());
            known.kinds.entry(kind.name.value.clone()).or_default().extend(forms);
        }
        for relation in &facts.relations {
            let (of, is, unique) = (relation.of.value.clone(), relation.is.value.clone(), relation.unique);
            known.relations.insert(relation.name.value.clone(), Declared { of, is, unique });
        }
        for entity in &facts.entities {
            known.ids.entry(entity.kind.value.clone()).or_default().insert(entity.id.value.clone());
            let file = facts.files.get(entity.id.at.file).map_or("", |file| file.name.as_str());
            if beside.iter().any(|given| Path::new(file).starts_with(given)) {
                let taken = known.taken.entry(entity.kind.value.clone()).or_default();
                taken.insert(entity.id.value.clone(), file.to_owned());
            }
        }
        known
    }

    /// Whether nothing is declared at all.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// All kinds.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    /// The forms of a kind, if it is declared.
    pub(super) fn forms(&self, kind: &str) -> Option<&[String]> {
        self.kinds.get(kind).map(Vec::as_slice)
    }

    /// A relation, if it is declared.
    pub(super) fn relation(&self, name: &str) -> Option<&Declared> {
        self.relations.get(name)
    }

    /// The relations of a kind.
    pub(super) fn relations_of(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.relations.iter().filter(move |(_, relation)| relation.of == kind).map(|(name, _)| name.as_str())
    }

    /// The ids of a kind; none if no file has entities of it, so that nothing can be told of them.
    pub(super) fn ids(&self, kind: &str) -> Option<&HashSet<String>> {
        self.ids.get(kind)
    }

    /// The file of `beside` that has this id.
    pub(super) fn taken(&self, kind: &str, id: &str) -> Option<&str> {
        self.taken.get(kind)?.get(id).map(String::as_str)
    }
}
