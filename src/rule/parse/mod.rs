//! One TOML file into declarations: the spanned document is walked by hand, so that every mistake is told at its place
//! and none hides the next.

mod entities;
mod guards;
mod rules;
mod schema;
mod table;

use super::problem::Problem;
use super::written::Written;
use table::{Reader, Table};
use toml::de::DeTable;

/// Top-level keys of a rule or fact file.
const KEYS: &[&str] = &["source", "kind", "relation", "entity", "guard", "rule"];

/// Every key of the tables of a file: the top, `[[rule]]`, an example, `[guard.*]`, `[source]`, `[kind.*]`, `[relation.*]`.
#[cfg(test)]
pub(crate) fn keys() -> [&'static [&'static str]; 7] {
    [KEYS, rules::RULE, rules::EXAMPLE, guards::GUARD, schema::SOURCE, schema::KIND, schema::RELATION]
}

/// Reads file number `file` of `written` and adds its declarations.
pub(super) fn parse_file(written: &mut Written, file: usize, problems: &mut Vec<Problem>) {
    let text = written.files[file].text.clone();
    let (document, errors) = DeTable::parse_recoverable(&text);
    let mut reader = Reader { file, files: &written.files, found: Vec::new() };
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let at = reader.at(range);
        reader.found.push(
            Problem::new(format!("this is not TOML: {}", error.message()), &at, reader.files)
                .help("correct the syntax here; the rest of the file was still read"),
        );
    }
    let span = document.span();
    let table = Table { entries: document.get_ref(), span };
    reader.only_keys(&table, KEYS, "a rule file");
    let source = table.get("source").and_then(|value| schema::source(&mut reader, value));
    let kinds = schema::kinds(&mut reader, &table);
    let relations = schema::relations(&mut reader, &table);
    let entities = entities::entities(&mut reader, &table);
    let guards = guards::guards(&mut reader, &table);
    let rules = rules::rules(&mut reader, &table);
    problems.append(&mut reader.found);
    written.sources.extend(source);
    written.kinds.extend(kinds);
    written.relations.extend(relations);
    written.entities.extend(entities);
    written.guards.extend(guards);
    written.rules.extend(rules);
}
