//! Looking into other files: names to ids of facts files, and rows of other tables by a column.

use super::map::{Lookup, Map, Within};
use super::table::{Columns, Row, Table};
use crate::rule::problem::Problem;
use crate::rule::written::{At, Object, Placed, Written};
use crate::text::{fold_literal, nearest};
use minijinja::value::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// The rows of a table by one column, or by several together.
#[derive(Debug)]
struct Keys {
    skip: bool,
    table: String,
    columns: Arc<Columns>,
    rows: HashMap<Vec<String>, Vec<Row>>,
}

impl Lookups {
    /// Prepares the look-ups of a map. `facts` holds the facts files it names, loaded; `tables` its tables, by path.
    pub(super) fn new(
        map: &Map,
        folder: &Path,
        facts: &Written,
        tables: &HashMap<PathBuf, Table>,
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
                    let Some(table) = tables.get(&folder.join(&path.value)).cloned() else { continue };
                    let called = table.name.clone();
                    match keys(lookup, key, table) {
                        Ok(keys) => drop(lookups.tables.insert(name, keys)),
                        Err((column, help)) => {
                            let why = format!("{called} has no column `{}`", column.value);
                            problems.push(problem(map, why, &column.at, &help));
                        }
                    }
                }
            }
        }
        (lookups, problems)
    }

    /// The id of whoever bears a name, among those of whom the given facts hold.
    pub(super) fn id(&self, lookup: &str, name: &str, facts: &[(String, String)]) -> Result<Value, String> {
        if name.is_empty() {
            return Ok(Value::from(""));
        }
        let names = named(&self.names, lookup)?;
        match names.bearers(name, facts).as_slice() {
            [one] => Ok(Value::from(one.id.as_str())),
            _ if names.skip => Ok(Value::from("")),
            [] => Err(format!("no {} is called `{name}` (correct it, or add it to a facts file)", names.kind)),
            [one, other, ..] => Err(format!(
                "`{name}` may be `{}` or `{}` (narrow it down, such as `id('{lookup}', country=country)`)",
                one.id, other.id
            )),
        }
    }

    /// Whether anybody bears a name, of whom the given facts hold.
    pub(super) fn is_borne(&self, lookup: &str, name: &str, facts: &[(String, String)]) -> Result<bool, String> {
        Ok(!named(&self.names, lookup)?.bearers(name, facts).is_empty())
    }

    /// The row of a table with this key; one of empty cells if it is not there and that is no error.
    pub(super) fn row(&self, lookup: &str, key: &[String]) -> Result<Value, String> {
        let keys = named(&self.tables, lookup)?;
        let shown = key.join(", ");
        match keys.rows.get(key).map(Vec::as_slice) {
            Some([one]) => Ok(Value::from_object(one.clone())),
            Some([one, other, ..]) => Err(format!(
                "rows {} and {} of {} are both `{shown}` (look it up by columns that differ from row to row)",
                one.number, other.number, keys.table
            )),
            Some([]) | None if keys.skip => {
                let cells = vec![Value::from(""); keys.columns.names.len()];
                Ok(Value::from_object(Row { number: 0, columns: keys.columns.clone(), cells }))
            }
            Some([]) | None => Err(format!("{} has no row for `{shown}` (add it there, or correct it)", keys.table)),
        }
    }

    /// Whether a table has a row with this key.
    pub(super) fn is_listed(&self, lookup: &str, key: &[String]) -> Result<bool, String> {
        Ok(named(&self.tables, lookup)?.rows.contains_key(key))
    }
}

/// A look-up by its name.
fn named<'l, T>(lookups: &'l BTreeMap<String, T>, name: &str) -> Result<&'l T, String> {
    lookups.get(name).ok_or_else(|| match nearest(name, lookups.keys().map(String::as_str)) {
        Some(near) => format!("the map has no look-up `{name}` (did you mean `{near}`?)"),
        None => format!("the map has no such look-up `{name}` (add `[lookup.{name}]`)"),
    })
}

impl Names {
    fn bearers(&self, name: &str, facts: &[(String, String)]) -> Vec<&Bearer> {
        let all = self.bearers.get(&folded(name)).map_or(&[][..], Vec::as_slice);
        let all = all.iter().map(|at| &self.entities[*at]);
        all.filter(|bearer| facts.iter().all(|fact| bearer.facts.contains(fact))).collect()
    }

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

/// The rows of a table by columns; else the column that it has not, and what would mend it.
fn keys<'m>(lookup: &Lookup, key: &'m [Placed<String>], table: Table) -> Result<Keys, (&'m Placed<String>, String)> {
    let mut places = Vec::new();
    for column in key {
        places.push(table.columns.place(&column.value).ok_or_else(|| {
            let columns = table.columns.names.iter().map(String::as_str);
            let help = match nearest(&column.value, columns.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its columns are: {}", columns.collect::<Vec<_>>().join(", ")),
            };
            (column, help)
        })?);
    }
    let mut rows: HashMap<Vec<String>, Vec<Row>> = HashMap::with_capacity(table.rows.len());
    for row in table.rows {
        let key = places.iter().map(|place| row.cells[*place].to_string()).collect();
        rows.entry(key).or_default().push(row);
    }
    Ok(Keys { skip: lookup.skip, table: table.name, columns: table.columns, rows })
}

/// Names are one if they are read alike in copy; case does not count.
fn folded(name: &str) -> String {
    fold_literal(name.trim()).to_lowercase()
}

fn problem(map: &Map, message: String, at: &At, help: &str) -> Problem {
    Problem::new(message, at, &map.files).help(help)
}
