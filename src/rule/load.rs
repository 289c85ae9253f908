//! Finds and reads rule and fact files: the shipped ones and those a person names.

use super::check::check;
use super::parse::parse_file;
use super::problem::Problem;
use super::written::{SourceFile, Written};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Everything that was read, with what is wrong with it.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What was read.
    pub written: Written,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// A rule or fact file that is part of the program: its name and its text.
pub type ShippedFile = (&'static str, &'static str);

/// Reads TOML texts by name.
pub fn load_texts(texts: Vec<(String, String)>) -> Loaded {
    load_files(texts.into_iter().map(|(name, text)| SourceFile { name, text: text.into(), shipped: false }).collect())
}

/// Reads the text of files; what cannot be read is a problem.
pub fn read_files(paths: &[PathBuf], problems: &mut Vec<Problem>) -> Vec<SourceFile> {
    let source = |path: &PathBuf| {
        let text = read(path, problems)?;
        Some(SourceFile { name: path.display().to_string(), text: text.into(), shipped: false })
    };
    paths.iter().filter_map(source).collect()
}

/// Reads TOML files whose text is at hand.
pub fn load_files(files: Vec<SourceFile>) -> Loaded {
    let mut loaded = Loaded::default();
    loaded.written.files = files;
    for file in 0..loaded.written.files.len() {
        parse_file(&mut loaded.written, file, &mut loaded.problems);
    }
    check(&mut loaded.written, &mut loaded.problems);
    loaded
}

/// The TOML files that paths name: themselves, or those of folders in the order of their names. Import maps
/// (`*.map.toml`) are no rule files.
pub fn files_of_all(paths: &[PathBuf], problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    paths.iter().flat_map(|path| files_of(path, problems)).collect()
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
