//! Finds and reads rule and fact files: the shipped ones and those a person names.

use super::check::check;
use super::parse::parse_file;
use super::problem::Problem;
use super::written::{SourceFile, Written};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// Everything that was read, with what is wrong with it.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What was read.
    pub written: Written,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Reads the shipped files, if wanted, and then every TOML file of the paths, folders in the order of their names.
/// A file that lies where a shipped one comes from (`rules/geography.toml`) is read instead of it, so that the shipped
/// rules can be worked on in place.
pub fn load(paths: &[PathBuf], with_shipped: bool) -> Loaded {
    let mut problems = Vec::new();
    let mut texts: Vec<(String, String)> = Vec::new();
    if with_shipped {
        texts.extend(SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    }
    let files: Vec<PathBuf> = paths.iter().flat_map(|path| files_of(path, &mut problems)).collect();
    for file in files {
        let Some(text) = read(&file, &mut problems) else { continue };
        let shown = file.display().to_string();
        let full = std::path::absolute(&file).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let shipped = SHIPPED.iter().position(|(name, _)| full.ends_with(&format!("/{name}"))).filter(|_| with_shipped);
        match shipped {
            Some(at) => texts[at] = (shown, text),
            None => texts.push((shown, text)),
        }
    }
    let mut loaded = load_texts(texts);
    problems.append(&mut loaded.problems);
    loaded.problems = problems;
    loaded
}

/// Reads TOML texts by name.
pub fn load_texts(texts: Vec<(String, String)>) -> Loaded {
    let mut loaded = Loaded::default();
    for (name, text) in texts {
        loaded.written.files.push(SourceFile { name, text: text.into() });
        let file = loaded.written.files.len() - 1;
        parse_file(&mut loaded.written, file, &mut loaded.problems);
    }
    check(&mut loaded.written, &mut loaded.problems);
    loaded
}

/// A file itself, or the TOML files of a folder.
fn files_of(path: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let shown = path.display().to_string();
    if !path.exists() {
        problems.push(
            Problem::of_path("there is no such rule file or folder", &shown)
                .help("check the path given with `--rules`"),
        );
        return Vec::new();
    }
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name() {
        match entry {
            Ok(entry) if is_rule_file(entry.path()) => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => problems.push(Problem::of_path(format!("this folder cannot be read: {error}"), &shown)),
        }
    }
    if files.is_empty() {
        problems.push(
            Problem::of_path("there are no .toml files in this folder", &shown).help("rule files end in `.toml`"),
        );
    }
    files
}

/// TOML, and no map of `factlint import`.
fn is_rule_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".toml") && !name.ends_with(".map.toml")
}

fn read(path: &Path, problems: &mut Vec<Problem>) -> Option<String> {
    let shown = path.display().to_string();
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.push(Problem::of_path(format!("this file cannot be read: {error}"), &shown));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            problems
                .push(Problem::of_path(format!("this file is not UTF-8 (byte {at})"), &shown).help("save it as UTF-8"));
            None
        }
    }
}
