//! What is asked of every file of the project.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines that a source file may have.
const MOST_LINES: usize = 450;

/// Every file under these, `target` and hidden folders aside.
fn files(tops: &[&str]) -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    let mut open: Vec<PathBuf> = tops.iter().map(|top| Path::new(env!("CARGO_MANIFEST_DIR")).join(top)).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if let Ok(text) = fs::read_to_string(&path) {
            out.push((path, text));
        }
    }
    out.sort();
    out
}

fn rust() -> impl Iterator<Item = (PathBuf, String)> {
    let all = files(&["src", "tests", "benches", "build.rs"]);
    all.into_iter().filter(|(path, _)| path.extension().is_some_and(|extension| extension == "rs"))
}

#[track_caller]
fn none(what: &str, paths: Vec<PathBuf>) {
    assert!(paths.is_empty(), "{what}: {paths:?}");
}

#[test]
fn every_file_says_what_it_is_responsible_for() {
    none("no `//!` line", rust().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect());
}

#[test]
fn no_file_is_a_drawer() {
    none("too long", rust().filter(|(_, text)| text.lines().count() > MOST_LINES).map(|(path, _)| path).collect());
}

#[test]
fn nothing_is_unfinished_or_switched_off() {
    // Put together here so that this file does not find itself.
    let words = ["todo", "unimplemented"].map(|word| format!("{word}!("));
    let marks = ["ignore", "allow(dead_code)"].map(|word| format!("#[{word}]"));
    let unfinished = |text: &str| words.iter().chain(&marks).any(|word| text.contains(word));
    none("unfinished", rust().filter(|(_, text)| unfinished(text)).map(|(path, _)| path).collect());
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let tops =
        ["src", "tests", "benches", "rules", "examples", "build.rs", "Cargo.toml", "README.md", "CHANGELOG.md", ".ci"];
    let homes = ["home", "work", "root", "Users"].map(|folder| format!("/{folder}/"));
    let private = |text: &str| homes.iter().any(|home| text.contains(home.as_str()));
    let all = files(&tops).into_iter();
    none("a path of one machine", all.filter(|(_, text)| private(text)).map(|(path, _)| path).collect());
}
