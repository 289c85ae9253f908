//! `factlint import`: a table of a newsroom's or of the project's made into a facts file.

use super::screen::{self, Color};
use super::{Status, Stop, print};
use clap::Args;
use factlint::batch::why;
use factlint::import::{Imported, Job, Map, Table, import};
use factlint::rule::load::{files_of_all, load_files, read_files};
use factlint::rule::problem::Problem;
use factlint::shipped;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct ImportArguments {
    /// The table: CSV, or TSV if it is called .tsv or .tab; its first line names the columns
    table: PathBuf,
    /// How its columns become entities, names and facts
    #[arg(long, value_name = "MAP")]
    map: PathBuf,
    /// Write the facts file here instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave the shipped rules and facts out: what kinds, relations and ids there are, the map's own files say
    #[arg(long)]
    no_builtin_rules: bool,
}

pub(super) fn run(arguments: &ImportArguments) -> Result<Status, Stop> {
    let map_name = arguments.map.display().to_string();
    let text = String::from_utf8(read(&arguments.map)?)
        .map_err(|_| Stop::said(format!("{map_name}: it is not UTF-8 text")))?;
    let map = Map::parse(&map_name, &text);
    let folder = arguments.map.parent().unwrap_or(Path::new(""));
    let facts_files = map.facts_files(folder);
    let mut problems = Vec::new();
    let files = files_of_all(&facts_files, &mut problems);
    let texts = read_files(&files, &mut problems);
    let mut loaded = load_files(shipped::among(texts, !arguments.no_builtin_rules));
    loaded.problems.append(&mut problems);
    // What is wrong elsewhere is not the matter here; a file that the map names must be sound as far as it is asked.
    let unread: Vec<Problem> = loaded.problems.into_iter().filter(is_unread).collect();
    if !unread.is_empty() {
        screen::rule_problems(&unread, Color::Auto, true);
        return Ok(Status::NoVerdict);
    }
    let table = table(&arguments.table, &map)?;
    let mut tables = HashMap::new();
    for path in map.tables(folder) {
        let other = self::table(&beside(&path, folder, &arguments.table), &map)?;
        tables.insert(path, other);
    }
    guard_inputs(arguments, facts_files.iter().chain(tables.keys()))?;
    let output = arguments.output.as_ref().map_or("<stdout>".to_owned(), |path| path.display().to_string());
    let imported = import(Job { map: &map, folder, table: &table, facts: &loaded.written, tables, output: &output });
    tell(arguments, &imported, &output)
}

/// Whether a problem is that a file could not be read as TOML at all; the facts in it may well refer to others.
fn is_unread(problem: &Problem) -> bool {
    problem.position().is_none() || problem.message.starts_with("this is not TOML")
}

/// Writes what came out, and says what did not.
fn tell(arguments: &ImportArguments, imported: &Imported, output: &str) -> Result<Status, Stop> {
    screen::rule_problems(&imported.problems, Color::Auto, true);
    if !imported.problems.is_empty() {
        return Ok(Status::NoVerdict);
    }
    let table = arguments.table.display();
    imported.bad.iter().for_each(|bad| screen::complain(&format!("{table}: {bad}")));
    let mut bad_rows: Vec<usize> = imported.bad.iter().map(|bad| bad.row).collect();
    bad_rows.dedup();
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let mut said = format!("{output}: {} from {}", imported.entities, count(imported.rows, "row"));
    if imported.left_out > 0 {
        said.push_str(&format!(", {} left out by `where`", imported.left_out));
    }
    if !bad_rows.is_empty() {
        said.push_str(&format!(", {} bad", bad_rows.len()));
    }
    if imported.entities == 0 {
        return Err(Stop::said(format!("{said}; nothing was written")));
    }
    match &arguments.output {
        None => print(&imported.text)?,
        Some(path) => write(path, &imported.text)?,
    }
    screen::rule_problems(&imported.faults, Color::Auto, true);
    screen::to_stderr(&format!("{said}\n"));
    Ok(if imported.bad.is_empty() && imported.faults.is_empty() { Status::Clean } else { Status::NoVerdict })
}

/// A table that is looked into lies beside the map, or else beside the table that is imported.
fn beside(path: &Path, folder: &Path, table: &Path) -> PathBuf {
    let other = path.strip_prefix(folder).ok().zip(table.parent()).map(|(path, folder)| folder.join(path));
    match other {
        Some(other) if !path.exists() && other.exists() => other,
        _ => path.to_owned(),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    fs::read(path).map_err(|error| Stop::said(format!("{}: {}", path.display(), why(&error))))
}

fn table(path: &Path, map: &Map) -> Result<Table, Stop> {
    let name = path.display().to_string();
    Table::read(&name, &read(path)?, map.format(&name)).map_err(|error| Stop::said(format!("{name}: {error}")))
}

/// Refuses to write over what is read.
fn guard_inputs<'a>(arguments: &'a ImportArguments, others: impl Iterator<Item = &'a PathBuf>) -> Result<(), Stop> {
    let Some(output) = arguments.output.as_ref().and_then(|path| path.canonicalize().ok()) else { return Ok(()) };
    let inputs = [&arguments.table, &arguments.map].into_iter().chain(others);
    match inputs.into_iter().find(|path| path.canonicalize().is_ok_and(|path| path == output)) {
        Some(path) => {
            Err(Stop::said(format!("{}: the facts file would overwrite what it is made from", path.display())))
        }
        None => Ok(()),
    }
}

/// Writes a file as a whole or not at all: beside it first, then in its place.
fn write(path: &Path, text: &str) -> Result<(), Stop> {
    // A link stays one.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = || -> io::Result<()> {
        let mut file = File::create_new(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    };
    written().map_err(|error| {
        let _ = fs::remove_file(&beside);
        Stop::said(format!("{}: it cannot be written: {error}", path.display()))
    })
}
