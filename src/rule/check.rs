//! What can only be checked when all files are read: names that clash, ids that dangle, facts that contradict each
//! other. What is wrong is told and dropped; everything else stays.

use super::problem::Problem;
use super::written::{At, EntityDecl, FactDecl, NameDecl, Object, Placed, SourceFile, Written};
use crate::fact::Days;
use crate::text::nearest;
use crate::value::type_names;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Problems of one sort in one file that are told; the rest are counted.
const MOST_PER_FILE: usize = 50;
/// What a relation may lead to beside a kind.
const PLAIN: &[&str] = &["number", "date", "year", "text"];

/// Checks all declarations against each other.
pub(super) fn check(written: &mut Written, problems: &mut Vec<Problem>) {
    let files = std::mem::take(&mut written.files);
    let mut checker = Checker { files: &files, found: Vec::new(), broken: HashSet::new() };
    checker.declarations(written);
    checker.entities(written);
    checker.rules(written);
    problems.extend(capped(checker.found));
    written.broken = checker.broken;
    written.files = files;
}

/// Keeps a broken table of thousands of rows from burying everything else.
fn capped(found: Vec<Problem>) -> Vec<Problem> {
    let mut per_file: HashMap<String, usize> = HashMap::new();
    let mut out = Vec::new();
    for problem in found {
        let count = per_file.entry(problem.path.clone()).or_default();
        *count += 1;
        if *count <= MOST_PER_FILE {
            out.push(problem);
        }
    }
    let mut more: Vec<(String, usize)> = per_file.into_iter().filter(|(_, count)| *count > MOST_PER_FILE).collect();
    more.sort();
    out.extend(
        more.into_iter().map(|(path, count)| {
            Problem::of_path(format!("{} more problems like these", count - MOST_PER_FILE), &path)
        }),
    );
    out
}

/// Ids by kind.
type Ids = HashMap<String, HashSet<String>>;

fn has(ids: &Ids, kind: &str, id: &str) -> bool {
    ids.get(kind).is_some_and(|ids| ids.contains(id))
}

struct Checker<'a> {
    files: &'a [SourceFile],
    found: Vec<Problem>,
    /// Relations and inverses that are declared with a mistake: what uses them is not told again.
    broken: HashSet<String>,
}

impl Checker<'_> {
    fn problem(&mut self, message: impl Into<String>, at: &At, help: impl Into<String>) {
        self.found.push(Problem::new(message, at, self.files).help(help));
    }

    fn unknown<'n>(&mut self, what: &str, word: &Placed<String>, known: impl Iterator<Item = &'n str>, declare: &str) {
        let help = match nearest(&word.value, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => declare.to_owned(),
        };
        self.problem(format!("there is no {what} `{}`", word.value), &word.at, help);
    }

    /// Keeps the first of each name and tells the others.
    fn distinct<T>(&mut self, what: &str, declared: &mut Vec<T>, name: impl Fn(&T) -> &Placed<String>) {
        let mut first: HashMap<String, At> = HashMap::new();
        let (files, found) = (self.files, &mut self.found);
        declared.retain(|decl| {
            let word = name(decl);
            let Some(other) = first.get(&word.value) else {
                first.insert(word.value.clone(), word.at.clone());
                return true;
            };
            let problem = Problem::new(format!("{what} `{}` is declared twice", word.value), &word.at, files)
                .help("keep one of them, or rename this one")
                .also("declared here first", other, files);
            found.push(problem);
            false
        });
    }

    fn declarations(&mut self, written: &mut Written) {
        self.distinct("kind", &mut written.kinds, |kind| &kind.name);
        self.distinct("guard", &mut written.guards, |guard| &guard.name);
        self.distinct("rule", &mut written.rules, |rule| &rule.id);
        let kinds: HashSet<String> = written.kinds.iter().map(|kind| kind.name.value.clone()).collect();
        for kind in &written.kinds {
            if type_names().any(|name| name == kind.name.value) || crate::value::dimension(&kind.name.value).is_some() {
                self.problem(
                    format!("`{}` is a value type", kind.name.value),
                    &kind.name.at,
                    "give the kind another name",
                );
            }
        }
        let mut seen: HashMap<(String, String), At> = HashMap::new();
        let relations = std::mem::take(&mut written.relations);
        for relation in relations {
            let mut good = true;
            for word in [&relation.of, &relation.is] {
                let plain = std::ptr::eq(word, &relation.is) && PLAIN.contains(&word.value.as_str());
                if !plain && !kinds.contains(&word.value) {
                    let known = kinds.iter().map(String::as_str).chain(PLAIN.iter().copied());
                    self.unknown(
                        "kind",
                        word,
                        known,
                        &format!(
                            "declare it with `[kind.{}]`; a relation may also lead to a number, date, year or text",
                            word.value
                        ),
                    );
                    good = false;
                }
            }
            let key = (relation.name.value.clone(), relation.of.value.clone());
            if let Some(other) = seen.get(&key) {
                let problem = Problem::new(
                    format!("relation `{}` is declared twice", relation.name.value),
                    &relation.name.at,
                    self.files,
                )
                .help("keep one of them, or rename this one")
                .also("declared here first", other, self.files);
                self.found.push(problem);
                good = false;
            }
            for name in std::iter::once(&relation.name).chain(&relation.inverse) {
                if crate::expression::BUILTIN.contains(&name.value.as_str()) {
                    self.problem(
                        format!("`{}` is a built-in function", name.value),
                        &name.at,
                        "give the relation another name",
                    );
                    good = false;
                }
            }
            if good {
                seen.insert(key, relation.name.at.clone());
                written.relations.push(relation);
            } else {
                self.broken.extend(std::iter::once(relation.name).chain(relation.inverse).map(|name| name.value));
            }
        }
        self.shared_names(written);
    }

    /// A key of an entity record must mean one thing.
    fn shared_names(&mut self, written: &Written) {
        for kind in &written.kinds {
            for form in &kind.forms {
                let relation =
                    written.relations.iter().find(|r| r.of.value == kind.name.value && r.name.value == form.value);
                let language = form.value.len() == 2;
                if relation.is_some() || language {
                    let other = if language { "a language code" } else { "a relation" };
                    self.problem(
                        format!("form `{}` of kind `{}` has the name of {other}", form.value, kind.name.value),
                        &form.at,
                        "rename one of the two: both are keys of an entity",
                    );
                }
            }
        }
        for relation in &written.relations {
            if relation.name.value.len() == 2 {
                self.problem(
                    format!("relation `{}` has the form of a language code", relation.name.value),
                    &relation.name.at,
                    "use a longer name",
                );
            }
            let Some(inverse) = &relation.inverse else { continue };
            if written.relations.iter().any(|other| other.name.value == inverse.value) {
                self.problem(
                    format!("`{}` is already a relation", inverse.value),
                    &inverse.at,
                    "give the inverse another name",
                );
            }
        }
    }

    fn entities(&mut self, written: &mut Written) {
        let kinds: HashMap<String, Vec<String>> = written
            .kinds
            .iter()
            .map(|kind| (kind.name.value.clone(), kind.forms.iter().map(|form| form.value.clone()).collect()))
            .collect();
        let mut unknown_kinds: HashSet<String> = HashSet::new();
        let mut entities = std::mem::take(&mut written.entities);
        entities.retain(|entity| {
            let known = kinds.contains_key(&entity.kind.value);
            if !known && unknown_kinds.insert(entity.kind.value.clone()) {
                let declare = format!("declare it with `[kind.{}]`", entity.kind.value);
                self.unknown("kind", &entity.kind, kinds.keys().map(String::as_str), &declare);
            }
            known
        });
        let mut ids = Ids::default();
        for entity in &entities {
            ids.entry(entity.kind.value.clone()).or_default().insert(entity.id.value.clone());
        }
        for entity in &mut entities {
            self.forms(entity, &kinds[&entity.kind.value], written);
            self.facts(entity, &ids, written);
        }
        self.contradictions(&mut entities, written);
        written.entities = entities;
    }

    fn forms(&mut self, entity: &mut EntityDecl, forms: &[String], written: &Written) {
        let mut told: HashSet<String> = HashSet::new();
        entity.names.retain(|name: &NameDecl| {
            let Some(form) = &name.form else { return true };
            let known = forms.contains(form);
            if !known && told.insert(form.clone()) {
                let word = Placed { value: form.clone(), at: name.name.at.clone() };
                let relations =
                    written.relations.iter().filter(|r| r.of.value == entity.kind.value).map(|r| r.name.value.as_str());
                let declare = format!("add it to `[kind.{}]`: `forms = [\"{form}\"]`", entity.kind.value);
                self.unknown(
                    &format!("form of kind `{}`", entity.kind.value),
                    &word,
                    forms.iter().map(String::as_str).chain(relations),
                    &declare,
                );
            }
            known
        });
    }

    fn facts(&mut self, entity: &mut EntityDecl, ids: &Ids, written: &Written) {
        let kind = entity.kind.value.clone();
        let mut told: HashSet<String> = HashSet::new();
        entity.facts.retain(|fact| {
            let name = &fact.relation.value;
            let Some(relation) = written.relations.iter().find(|r| r.name.value == *name && r.of.value == kind) else {
                if !self.broken.contains(name) && told.insert(name.clone()) {
                    let of_kind =
                        written.relations.iter().filter(|r| r.of.value == kind).map(|r| r.name.value.as_str());
                    let elsewhere = written.relations.iter().find(|r| r.name.value == *name);
                    let declare = match elsewhere {
                        Some(other) => format!("`{name}` is a relation of kind `{}`", other.of.value),
                        None => {
                            format!("declare it with `[relation.{name}]`, or write a language or form of the name here")
                        }
                    };
                    self.unknown(
                        &format!("relation of kind `{kind}`"),
                        &fact.relation,
                        of_kind.chain(["zh", "en", "part_of"]),
                        &declare,
                    );
                }
                return false;
            };
            self.object_fits(fact, &relation.is.value, ids)
        });
        let parts = std::mem::take(&mut entity.part_of);
        for whole in parts {
            if has(ids, &kind, &whole.value) {
                entity.part_of.push(whole);
            } else {
                self.dangling(&kind, &whole, ids);
            }
        }
    }

    fn object_fits(&mut self, fact: &FactDecl, target: &str, ids: &Ids) -> bool {
        let fits = match (&fact.object.value, target) {
            (Object::Id(_) | Object::Text(_), "text")
            | (Object::Number(_), "number" | "year")
            | (Object::Date(_), "date") => true,
            (Object::Id(id), kind) if !PLAIN.contains(&kind) => {
                if !has(ids, kind, id) {
                    let word = Placed { value: id.clone(), at: fact.object.at.clone() };
                    self.dangling(kind, &word, ids);
                    return false;
                }
                true
            }
            _ => false,
        };
        if !fits {
            let what = if PLAIN.contains(&target) { target.to_owned() } else { format!("the id of a {target}") };
            self.problem(format!("`{}` is {what}", fact.relation.value), &fact.object.at, format!("write {what} here"));
        }
        fits
    }

    fn dangling(&mut self, kind: &str, id: &Placed<String>, ids: &Ids) {
        let known = ids.get(kind).into_iter().flatten().map(String::as_str);
        let help = match nearest(&id.value, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("declare it with `[entity.{kind}.{}]`", id.value),
        };
        self.problem(format!("there is no {kind} with the id `{}`", id.value), &id.at, help);
    }

    /// Facts of a unique relation may not overlap in time, in one file or across files.
    fn contradictions(&mut self, entities: &mut [EntityDecl], written: &Written) {
        let unique: HashSet<(&str, &str)> = written
            .relations
            .iter()
            .filter(|r| r.unique)
            .map(|r| (r.name.value.as_str(), r.of.value.as_str()))
            .collect();
        let mut stated: BTreeMap<(String, String, String), Vec<FactDecl>> = BTreeMap::new();
        for entity in entities.iter_mut() {
            let (kind, id) = (entity.kind.value.clone(), entity.id.value.clone());
            let (files, found) = (self.files, &mut self.found);
            entity.facts.retain(|fact| {
                if !unique.contains(&(fact.relation.value.as_str(), kind.as_str())) || fact.unsure {
                    return true;
                }
                let earlier = stated.entry((kind.clone(), id.clone(), fact.relation.value.clone())).or_default();
                let days = Days::between(fact.from, fact.until);
                // Several facts without dates in one list are several right answers (South Africa's three capitals).
                let dated = |fact: &FactDecl| fact.from.is_some() || fact.until.is_some();
                let clash = earlier.iter().find(|other| {
                    let one_list = other.object.at.file == fact.object.at.file && !dated(other) && !dated(fact);
                    other.object.value != fact.object.value && !one_list && Days::between(other.from, other.until).overlaps(days)
                });
                if let Some(other) = clash {
                    let problem = Problem::new(format!("`{}` of `{id}` has two values at one time", fact.relation.value), &fact.object.at, files)
                        .help("give them `from` and `until` that do not overlap, or mark the doubtful one `confidence = \"low\"`")
                        .also("the other value", &other.object.at, files);
                    found.push(problem);
                    return false;
                }
                earlier.push(fact.clone());
                true
            });
        }
    }

    /// Problems of rules that need nothing but their own declarations were told when they were read.
    fn rules(&mut self, written: &mut Written) {
        let guards: HashSet<&str> = written.guards.iter().map(|guard| guard.name.value.as_str()).collect();
        let mut broken: HashSet<String> = HashSet::new();
        for rule in &written.rules {
            for name in rule.guards_add.iter().chain(&rule.guards_drop) {
                if !guards.contains(name.value.as_str()) {
                    let help = match nearest(&name.value, guards.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("declare it with `[guard.{}]`", name.value),
                    };
                    let problem = Problem::new(format!("there is no guard `{}`", name.value), &name.at, self.files)
                        .help(help)
                        .disables(&rule.id.value);
                    self.found.push(problem);
                    broken.insert(rule.id.value.clone());
                }
            }
        }
        written.rules.retain(|rule| !broken.contains(&rule.id.value));
    }
}
