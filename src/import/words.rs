//! What templates and expressions of a map may call: MiniJinja's own filters and tests, and a few for tables.

use super::lookup::Lookups;
use super::slug::slug;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use regex::Regex;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Steps that one template may take for one row; it needs a few dozen.
const FUEL: u64 = 20_000;

/// An environment with what maps may call.
pub(super) fn environment(lookups: Arc<Lookups>) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    env.add_filter("slug", |words: &str| slug(words));
    env.add_filter("ascii", |words: &str| any_ascii::any_ascii(words));
    let own = lookups.clone();
    env.add_filter("id", move |name: &str, lookup: &str, facts: Kwargs| {
        own.id(lookup, name, &wanted(&facts)?).map_err(said)
    });
    let own = lookups.clone();
    env.add_test("borne", move |name: &str, lookup: &str, facts: Kwargs| {
        own.is_borne(lookup, name, &wanted(&facts)?).map_err(said)
    });
    let own = lookups.clone();
    env.add_filter("row", move |key: Value, lookup: &str| own.row(lookup, &cells(&key)?).map_err(said));
    env.add_test("listed", move |key: Value, lookup: &str| lookups.is_listed(lookup, &cells(&key)?).map_err(said));
    let compiled: Mutex<HashMap<String, Regex>> = Mutex::default();
    env.add_test("matching", move |words: &str, pattern: &str| {
        // A table asks the same pattern for every row.
        let mut compiled = compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(regex) = compiled.get(pattern) {
            return Ok(regex.is_match(words));
        }
        let regex =
            Regex::new(pattern).map_err(|_| said(format!("`{pattern}` is no regex (correct it in the map)")))?;
        let matches = regex.is_match(words);
        compiled.insert(pattern.to_owned(), regex);
        Ok::<bool, Error>(matches)
    });
    env
}

fn said(why: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, why)
}

/// `country=country`: facts that must hold.
fn wanted(facts: &Kwargs) -> Result<Vec<(String, String)>, Error> {
    let mut wanted = Vec::new();
    for relation in facts.args() {
        wanted.push((relation.to_owned(), facts.get::<String>(relation)?));
    }
    facts.assert_all_used()?;
    Ok(wanted)
}

/// A key of one cell, or of a list of them.
fn cells(key: &Value) -> Result<Vec<String>, Error> {
    match key.kind() {
        ValueKind::Seq => Ok(key.try_iter()?.map(|cell| cell.to_string()).collect()),
        _ => Ok(vec![key.to_string()]),
    }
}

/// Filters and tests that maps use most.
pub(super) const OFTEN: &[&str] = &[
    "slug",
    "id",
    "row",
    "lower",
    "upper",
    "title",
    "trim",
    "replace",
    "split",
    "join",
    "first",
    "last",
    "default",
    "int",
    "float",
    "length",
    "startingwith",
    "endingwith",
    "in",
    "even",
    "odd",
    "defined",
];

/// Filters and tests of a source that there are not; MiniJinja would tell them only where they are reached.
pub(super) fn unknown_words(env: &Environment<'_>, source: &str) -> Vec<(&'static str, String)> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#""[^"]*"|'[^']*'|(\||\bis\s+(?:not\s+)?)\s*([A-Za-z_]\w*)"#).expect("it is a regex")
    });
    let mut out = Vec::new();
    for found in WORDS.captures_iter(source) {
        let (Some(mark), Some(word)) = (found.get(1), found.get(2)) else { continue };
        let (what, kind, trial) = match mark.as_str() {
            "|" => ("filter", ErrorKind::UnknownFilter, format!("'' | {}", word.as_str())),
            _ => ("test", ErrorKind::UnknownTest, format!("'' is {}", word.as_str())),
        };
        let came = env.compile_expression(&trial).and_then(|trial| trial.eval(()));
        if came.is_err_and(|error| error.kind() == kind) {
            out.push((what, word.as_str().to_owned()));
        }
    }
    out
}
