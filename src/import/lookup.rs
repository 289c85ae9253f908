//! Looking into other files: names to ids of facts files, and rows of other tables by a column.

use super::map::{Lookup, Map, Within};
use super::table::{Row, Table};
use crate::rule::problem::Problem;
use crate::rule::written::{At, Object, Written};
use crate::text::{fold_literal, nearest};
use minijinja::value::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// Everything that is looked into, by the names of the look-ups.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    names: BTreeMap<String, Names>,
    tables: BTreeMap<String, Keys>,
}

/// The bearers of names in facts files.
#[derive(Debug)]
struct Names {
    kind: String,
    skip: bool,
    bearers: HashMap<String, Vec<usize>>,
    entities: Vec<Bearer>,
}

#[derive(Debug, Default)]
struct Bearer {
    id: String,
    facts: Vec<(String, String)>,
}

/// The rows of a table by one column.
#[derive(Debug)]
struct Keys {
    skip: bool,
    key: String,
    rows: HashMap<String, Row>,
}

impl Lookups {
    /// Prepares the look-ups of a map. `facts` holds the facts files it names, loaded; `tables` its tables, by path.
    pub(super) fn new(
        map: &Map,
        folder: &Path,
        facts: &Written,
        tables: &mut HashMap<PathBuf, Table>,
    ) -> (Lookups, Vec<Problem>) {
        let (mut lookups, mut problems) = (Lookups::default(), Vec::new());
        for lookup in &map.lookups {
            let name = lookup.name.value.clone();
            match &lookup.within {
                Within::Facts { kind, files } => {
                    let files: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.value)).collect();
                    let names = Names::new(kind, lookup.skip, facts, &files);
                    if names.entities.is_empty() {
                        let help = "check its `kind` and its `files`";
                        problems.push(problem(map, format!("the look-up finds no {kind}"), &lookup.name.at, help));
                    }
                    lookups.names.insert(name, names);
                }
                Within::Table { path, key } => {
                    let Some(table) = tables.remove(&folder.join(&path.value)) else { continue };
                    match keys(lookup, &key.value, table) {
                        Ok(keys) => drop(lookups.tables.insert(name, keys)),
                        Err((why, help)) => problems.push(problem(map, why, &key.at, &help)),
                    }
                }
            }
        }
        (lookups, problems)
    }

    /// The id of whoever bears a name, among those of whom the given facts hold.
    pub(super) fn id(&self, lookup: &str, name: &str, facts: &[(String, String)]) -> Result<Value, String> {
        let Some(names) = self.names.get(lookup) else { return Err(unknown(lookup, self.names.keys())) };
        if name.is_empty() {
            return Ok(Value::from(""));
        }
        let bearers = names.bearers.get(&folded(name)).map_or(&[][..], Vec::as_slice);
        let fits = |at: &&usize| facts.iter().all(|fact| names.entities[**at].facts.contains(fact));
        let fitting: Vec<&Bearer> = bearers.iter().filter(fits).map(|at| &names.entities[*at]).collect();
        match fitting.as_slice() {
            [one] => Ok(Value::from(one.id.as_str())),
            _ if names.skip => Ok(Value::from("")),
            [] => Err(format!("no {} is called `{name}` (correct it, or add it to a facts file)", names.kind)),
            [one, other, ..] => Err(format!(
                "`{name}` may be `{}` or `{}` (narrow it down, such as `id('{lookup}', country=country)`)",
                one.id, other.id
            )),
        }
    }

    /// The row of a table with this key; none if it is not there.
    pub(super) fn row(&self, lookup: &str, key: &str) -> Result<Value, String> {
        let Some(keys) = self.tables.get(lookup) else { return Err(unknown(lookup, self.tables.keys())) };
        match keys.rows.get(key) {
            Some(row) => Ok(Value::from_object(row.clone())),
            None if keys.skip => Ok(Value::from(())),
            None => {
                Err(format!("no row of `{lookup}` has `{key}` as its `{}` (add it there, or correct it)", keys.key))
            }
        }
    }
}

impl Names {
    fn new(kind: &str, skip: bool, facts: &Written, files: &[PathBuf]) -> Names {
        let mut names = Names { kind: kind.to_owned(), skip, bearers: HashMap::new(), entities: Vec::new() };
        // An entity may have records in several files.
        let mut places: HashMap<&str, usize> = HashMap::new();
        let wanted = facts.entities.iter().filter(|entity| {
            let file = facts.files.get(entity.id.at.file).map_or("", |file| file.name.as_str());
            entity.kind.value == kind && files.iter().any(|given| Path::new(file).starts_with(given))
        });
        for entity in wanted {
            let at = *places.entry(&entity.id.value).or_insert(names.entities.len());
            if at == names.entities.len() {
                names.entities.push(Bearer { id: entity.id.value.clone(), facts: Vec::new() });
            }
            for fact in &entity.facts {
                if let Object::Id(id) | Object::Text(id) = &fact.object.value {
                    names.entities[at].facts.push((fact.relation.value.clone(), id.clone()));
                }
            }
            for name in &entity.names {
                let bearers = names.bearers.entry(folded(&name.name.value)).or_default();
                if !bearers.contains(&at) {
                    bearers.push(at);
                }
            }
        }
        names
    }
}

/// The rows of a table by a column, or why not and what would mend it.
fn keys(lookup: &Lookup, key: &str, table: Table) -> Result<Keys, (String, String)> {
    let Some(place) = table.columns.place(key) else {
        let columns = table.columns.names.iter().map(String::as_str);
        let help = match nearest(key, columns.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its columns are: {}", columns.collect::<Vec<_>>().join(", ")),
        };
        return Err((format!("{} has no column `{key}`", table.name), help));
    };
    let mut rows: HashMap<String, Row> = HashMap::with_capacity(table.rows.len());
    for row in table.rows {
        let cell = row.cells[place].to_string();
        if let Some(first) = rows.get(&cell) {
            let why = format!("rows {} and {} of {} have one `{key}`: {cell}", first.number, row.number, table.name);
            return Err((why, "look it up by a column that differs from row to row".to_owned()));
        }
        rows.insert(cell, row);
    }
    Ok(Keys { skip: lookup.skip, key: key.to_owned(), rows })
}

/// Names are one if they are read alike in copy; case does not count.
fn folded(name: &str) -> String {
    fold_literal(name.trim()).to_lowercase()
}

fn unknown<'a>(lookup: &str, known: impl Iterator<Item = &'a String>) -> String {
    let known: Vec<&str> = known.map(String::as_str).collect();
    match nearest(lookup, known.iter().copied()) {
        Some(near) => format!("the map has no look-up `{lookup}` (did you mean `{near}`?)"),
        None => format!("the map has no such look-up `{lookup}` (add `[lookup.{lookup}]`)"),
    }
}

fn problem(map: &Map, message: String, at: &At, help: &str) -> Problem {
    Problem::new(message, at, &map.files).help(help)
}
