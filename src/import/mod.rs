//! A table made into a facts file, as a map says. Nothing is read from or written to disk here; [`import`] is the whole
//! way on one page.

mod compile;
mod entity;
mod error;
mod known;
mod lookup;
pub mod map;
mod parse;
mod reader;
mod row;
mod slug;
pub mod table;
mod template;
mod value;
mod verify;
mod words;
mod write;

pub use error::{BadRow, RowError, TableError};
pub use map::Map;
pub use table::{Format, Table};

use crate::rule::problem::Problem;
use crate::rule::written::{Placed, Written};
use known::Known;
use lookup::Lookups;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use template::{Compiler, Scope};
use words::environment;

/// A table, a map, and the files that the map names.
#[derive(Debug)]
pub struct Job<'a> {
    /// The map.
    pub map: &'a Map,
    /// The folder of the map, which its paths are relative to.
    pub folder: &'a Path,
    /// The table.
    pub table: &'a Table,
    /// The files of [`Map::facts_files`], loaded; whatever else is loaded beside them declares kinds and ids too.
    pub facts: &'a Written,
    /// The tables of [`Map::tables`], by their paths.
    pub tables: HashMap<PathBuf, Table>,
    /// What the facts file is called in messages.
    pub output: &'a str,
}

/// What an import came to.
#[derive(Debug, Default)]
pub struct Imported {
    /// The facts file; empty if the map has problems or no row gave an entity.
    pub text: String,
    /// Entities in it.
    pub entities: usize,
    /// Rows of the table.
    pub rows: usize,
    /// Rows that the map leaves out.
    pub left_out: usize,
    /// Rows that gave nothing, in their order; a row may have several entries.
    pub bad: Vec<BadRow>,
    /// What is wrong with the map.
    pub problems: Vec<Problem>,
    /// What keeps the facts file from loading.
    pub faults: Vec<Problem>,
}

impl Map {
    /// The facts files that it names, beside its folder.
    pub fn facts_files(&self, folder: &Path) -> Vec<PathBuf> {
        let looked_into = self.lookups.iter().filter_map(|lookup| match &lookup.within {
            map::Within::Facts { files, .. } => Some(files.as_slice()),
            map::Within::Table { .. } => None,
        });
        let all = [self.schema.as_slice(), &self.beside].into_iter().chain(looked_into).flatten();
        let mut files: Vec<PathBuf> = Vec::new();
        for file in all.map(|file| folder.join(&file.value)) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        files
    }

    /// The tables that it looks into, beside its folder.
    pub fn tables(&self, folder: &Path) -> Vec<PathBuf> {
        let paths = self.lookups.iter().filter_map(|lookup| match &lookup.within {
            map::Within::Table { path, .. } => Some(folder.join(&path.value)),
            map::Within::Facts { .. } => None,
        });
        paths.collect()
    }

    /// How a table of this name is written down.
    pub fn format(&self, name: &str) -> Format {
        let format = Format::of_name(name);
        Format { delimiter: self.delimiter.unwrap_or(format.delimiter), comment: self.comment, quote: self.quote }
    }
}

/// Makes a facts file of a table.
pub fn import(job: Job<'_>) -> Imported {
    let Job { map, folder, table, facts, tables, output } = job;
    let files = |named: &[Placed<String>]| named.iter().map(|file| folder.join(&file.value)).collect::<Vec<_>>();
    let known = Known::new(facts, &files(&map.beside));
    let (lookups, mut found) = Lookups::new(map, folder, facts, &tables);
    found.splice(0..0, map.problems.iter().cloned());
    let env = environment(Arc::new(lookups));
    let mut compiler = Compiler { env: &env, columns: &table.columns, files: &map.files, lets: Vec::new(), found };
    let plan = compile::plan(map, &known, &mut compiler);
    let mut imported =
        Imported { problems: compiler.found, rows: table.rows.len() + table.bad.len(), ..Imported::default() };
    let (Some(source), true) = (&map.source, imported.problems.is_empty()) else { return imported };

    imported.bad = table.bad.clone();
    let mut entities = Vec::new();
    for row in &table.rows {
        let mut came = row::read(&plan, &known, Scope::new(row.clone()));
        imported.left_out += usize::from(came.out);
        imported.bad.append(&mut came.bad);
        entities.append(&mut came.entities);
    }
    let entities = entity::settle(&plan, &known, entities, &mut imported.bad);
    imported.bad.sort_by_key(|bad| bad.row);
    imported.entities = entities.len();

    let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    let (from, by) = (name(&table.name), map.files.first().map_or(String::new(), |file| name(&file.name)));
    let head = write::Head { about: map.about.as_deref(), table: &from, map: &by, source };
    imported.text = write::file(&head, &entities);
    imported.faults = verify::problems(output, &imported.text, &entities, &known);
    imported
}
