//! Many files: found, read and checked in parallel, reported in the order of their paths.

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine;
use crate::read::{FORMATS, ReadSettings, format_of, read};
use crate::report::{FileReport, Summary, Trouble};
use crate::rule::RuleSet;
use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;
use rayon::prelude::*;
use std::io::Read;
use std::path::Path;

/// Files whose findings are held at a time: enough to keep every thread busy, few enough to keep memory small.
const BATCH: usize = 512;

/// What to check.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<String>,
    /// Globs of files that are left out.
    pub exclude: Vec<String>,
    /// What standard input is called, which also settles its format.
    pub stdin_name: Option<String>,
}

/// A file that was checked.
struct CheckedFile {
    path: String,
    text: String,
    diagnostics: Vec<Diagnostic>,
    articles: usize,
    claims: usize,
    warnings: Vec<String>,
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Counts.
    pub summary: Summary,
    /// What could not be read; any of these leaves the run without a verdict.
    pub troubles: Vec<Trouble>,
    /// Oddities that were read over.
    pub warnings: Vec<Trouble>,
}

/// Checks everything and hands each file with its findings to `report`, in the order of paths whatever the number of
/// threads. Stops early if `report` says so.
pub fn run(
    rules: &RuleSet,
    targets: &Targets,
    settings: &ReadSettings,
    mut report: impl FnMut(&FileReport<'_>) -> bool,
) -> Outcome {
    let mut outcome = Outcome::default();
    let files = find(targets, &mut outcome.troubles);
    for batch in files.chunks(BATCH) {
        let checked: Vec<Result<CheckedFile, Trouble>> =
            batch.par_iter().map(|path| check_file(rules, path, targets, settings)).collect();
        for result in checked {
            match result {
                Ok(file) => {
                    outcome.summary.add(&file);
                    let warnings = file.warnings.into_iter().map(|message| Trouble { path: file.path.clone(), message });
                    outcome.warnings.extend(warnings);
                    let shown = FileReport { path: &file.path, text: &file.text, diagnostics: &file.diagnostics };
                    if !report(&shown) {
                        return outcome;
                    }
                }
                Err(trouble) => outcome.troubles.push(trouble),
            }
        }
    }
    outcome
}

impl Summary {
    fn add(&mut self, file: &CheckedFile) {
        self.files += 1;
        self.articles += file.articles;
        self.claims += file.claims;
        self.files_with_findings += usize::from(!file.diagnostics.is_empty());
        for diagnostic in &file.diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }
}

fn check_file(rules: &RuleSet, path: &str, targets: &Targets, settings: &ReadSettings) -> Result<CheckedFile, Trouble> {
    let name = match path {
        "-" => targets.stdin_name.as_deref().unwrap_or("<stdin>"),
        path => path,
    };
    let trouble = |message: String| Trouble { path: name.to_owned(), message };
    let bytes = if path == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| trouble(format!("standard input cannot be read: {error}")))?;
        bytes
    } else {
        std::fs::read(path).map_err(|error| trouble(format!("cannot be read: {error}")))?
    };
    let document = read(name, bytes, settings).map_err(|error| trouble(error.to_string()))?;
    let checked = engine::check(rules, &document);
    // The text is only needed to show findings in it.
    let text = if checked.diagnostics.is_empty() { String::new() } else { document.text };
    Ok(CheckedFile {
        path: name.to_owned(),
        text,
        articles: document.articles.len(),
        claims: checked.claims,
        diagnostics: checked.diagnostics,
        warnings: document.warnings,
    })
}

/// Files named, and the files of known formats in folders named; in the order of their paths, none twice.
fn find(targets: &Targets, troubles: &mut Vec<Trouble>) -> Vec<String> {
    let mut files = Vec::new();
    for path in &targets.paths {
        let trouble = |message: String| Trouble { path: path.clone(), message };
        if path == "-" || Path::new(path).is_file() {
            files.push(path.clone());
        } else if !Path::new(path).exists() {
            troubles.push(trouble("there is no such file or folder".to_owned()));
        } else {
            let before = files.len();
            if let Err(message) = walk(path, &targets.exclude, &mut files, troubles) {
                troubles.push(trouble(message));
            } else if files.len() == before {
                let known: Vec<String> =
                    FORMATS.iter().flat_map(|format| format.extensions).map(|extension| format!(".{extension}")).collect();
                troubles.push(trouble(format!("no copy found here: factlint reads {}", known.join(", "))));
            }
        }
    }
    files.sort();
    files.dedup();
    files
}

fn walk(root: &str, exclude: &[String], files: &mut Vec<String>, troubles: &mut Vec<Trouble>) -> Result<(), String> {
    let mut overrides = OverrideBuilder::new(root);
    for glob in exclude {
        overrides.add(&format!("!{glob}")).map_err(|error| format!("`{glob}` is no glob: {error}"))?;
    }
    let overrides = overrides.build().map_err(|error| error.to_string())?;
    for entry in WalkBuilder::new(root).overrides(overrides).require_git(false).build() {
        match entry {
            Ok(entry) => {
                let path = entry.path().to_string_lossy();
                let shown = path.strip_prefix("./").unwrap_or(&path);
                let has_extension = entry.path().extension().is_some();
                if entry.file_type().is_some_and(|kind| kind.is_file()) && has_extension && format_of(shown).is_some() {
                    files.push(shown.to_owned());
                }
            }
            Err(error) => troubles.push(Trouble { path: root.to_owned(), message: error.to_string() }),
        }
    }
    Ok(())
}
