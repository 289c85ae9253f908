//! Finds the copy under the paths given.

use super::{Bytes, Source, why};
use crate::read::FORMATS;
use crate::report::RunProblem;
use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};
use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// What is not looked at in folders.
#[derive(Clone, Debug, Default)]
pub struct Excludes(Vec<Override>);

impl Excludes {
    /// Adds globs in the syntax of `.gitignore`, relative to a folder.
    ///
    /// # Errors
    /// If a glob is malformed, with what is wrong about it.
    pub fn add(&mut self, globs: &[String], folder: &Path) -> Result<(), String> {
        let mut builder = OverrideBuilder::new(folder);
        for glob in globs {
            // To overrides a glob is what to keep, and with `!` what to leave out.
            builder.add(&format!("!{glob}")).map_err(|error| match error {
                ignore::Error::Glob { err, .. } => format!("`{glob}` is no glob: {err}"),
                other => format!("`{glob}` is no glob: {other}"),
            })?;
        }
        self.0.push(builder.build().map_err(|error| error.to_string())?);
        Ok(())
    }

    fn matches(&self, path: &Path, is_folder: bool) -> bool {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.0.iter().any(|globs| globs.matched(&path, is_folder).is_ignore())
    }
}

/// Finds the copy under `paths`: a file that is named is taken whatever it is called, in folders those whose extension
/// a reader knows, without what is hidden or ignored by git. In the order of their paths, each once.
pub fn find(paths: &[PathBuf], excludes: &Excludes) -> (Vec<Source>, Vec<RunProblem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let mut named = HashSet::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, excludes, &mut files, &mut problems),
            Ok(_) => {
                named.insert(plain(path));
                files.push(path.clone());
            }
            Err(error) => problems.push(problem(path, why(&error))),
        }
    }
    // Without the `./` that a walk of `.` puts first; in an order that keeps a folder's files together.
    let mut files: Vec<(PathBuf, PathBuf)> = files.into_iter().map(|file| (plain(&file), file)).collect();
    files.sort_by_cached_key(|(shown, _)| {
        shown.as_os_str().as_encoded_bytes().iter().map(separated).collect::<Vec<u8>>()
    });
    files.dedup_by(|a, b| a.0 == b.0);
    let sources = files
        .into_iter()
        .map(|(shown, file)| Source {
            path: shown.display().to_string(),
            bytes: if named.contains(&shown) { Bytes::File(file) } else { Bytes::Found(file) },
        })
        .collect();
    (sources, problems)
}

/// Separators sort before everything else.
fn separated(byte: &u8) -> u8 {
    if std::path::is_separator(char::from(*byte)) { 0 } else { *byte }
}

fn walk(folder: &Path, excludes: &Excludes, files: &mut Vec<PathBuf>, problems: &mut Vec<RunProblem>) {
    let (before, excludes) = (files.len() + problems.len(), excludes.clone());
    let walker = WalkBuilder::new(folder)
        .require_git(false)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0 || !excludes.matches(entry.path(), is_folder)
        })
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_copy(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => {
                let what = error.io_error().map_or_else(|| error.to_string(), why);
                problems.push(problem(path_of(&error).unwrap_or(folder), what));
            }
        }
    }
    if files.len() + problems.len() == before {
        let extensions: Vec<String> =
            FORMATS.iter().flat_map(|format| format.extensions).map(|extension| format!(".{extension}")).collect();
        let known = match extensions.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
            _ => extensions.concat(),
        };
        problems.push(problem(folder, format!("no copy found here: factlint reads {known} files")));
    }
}

fn is_copy(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| FORMATS.iter().any(|format| format.extensions.contains(&extension.as_str())))
}

fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, Component::CurDir)).collect()
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn problem(path: &Path, message: String) -> RunProblem {
    RunProblem { path: path.display().to_string(), message, ..RunProblem::default() }
}
