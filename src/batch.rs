//! Many files: finds the copy under the paths given, checks it on several threads, and hands the results on in order.

use crate::accept::{Accepted, Register, take_accepted};
use crate::diagnostic::Diagnostic;
use crate::engine::{self, RuleCost};
use crate::join::{self, InFile, Told};
use crate::ledger::{Entry, Verdict};
use crate::read::{self, ArticleSize, FORMATS, ReadError, ReadSettings};
use crate::report::RunProblem;
use crate::rule::RuleSet;
use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Files whose results are held at a time, for each thread: enough to keep all busy, few enough to keep memory small.
const CHUNK: usize = 64;

/// A piece of copy that has not been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path as it is reported.
    pub path: String,
    /// Where its bytes are.
    pub bytes: Bytes,
}

/// Where the bytes of a [`Source`] are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bytes {
    /// In a file that was named.
    File(PathBuf),
    /// In a file that was found in a folder: one of a general format (JSON, XML, CSV) need not be copy.
    Found(PathBuf),
    /// Read already, from standard input.
    Here(Vec<u8>),
}

/// What was found in a file.
#[derive(Debug)]
pub struct CheckedFile {
    /// Path as it is reported.
    pub path: String,
    /// Its text, kept only if something was found.
    pub text: String,
    /// Articles in it.
    pub articles: usize,
    /// Claims that the rules found.
    pub claims: usize,
    /// The findings in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The file was handed on before, and these are what other files contradict in it.
    pub again: bool,
    /// Those that are let stand.
    pub accepted: Vec<Accepted>,
    /// What was odd about the file and left aside.
    pub warnings: Vec<String>,
    /// How long its articles are, if that was asked for.
    pub sizes: Vec<ArticleSize>,
    /// Every claim with what came of it, if that was asked for.
    pub entries: Vec<Entry>,
    /// What its claims tell that articles of other files may contradict.
    pub told: Vec<Told>,
    /// What each rule cost, by its number, if that was asked for.
    pub costs: Vec<RuleCost>,
}

/// How the work is done.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// Threads at most.
    pub threads: usize,
    /// What is let stand.
    pub registers: &'a [Register],
    /// Whether to measure what each rule costs.
    pub measure: bool,
    /// Whether to list every claim.
    pub list: bool,
    /// Whether to tell how long articles are.
    pub sizes: bool,
}

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

/// An I/O error in words for people.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it cannot be read: permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

/// Checks sources and hands the results to `each` in the order of the sources, whatever the number of threads. Returns
/// how many were handed on: fewer than there are if the rules turn out to be damaged on the way, whose results from then
/// on are thrown away.
///
/// # Errors
/// What `each` returns; the rest is then left unread.
pub fn check<E>(
    rules: &RuleSet,
    settings: &ReadSettings,
    sources: &[Source],
    work: Work<'_>,
    mut each: impl FnMut(Result<CheckedFile, RunProblem>) -> Result<(), E>,
) -> Result<usize, E> {
    let threads = work.threads.min(sources.len());
    let pool = (threads > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()).flatten();
    let mut handed = 0;
    for chunk in sources.chunks(pool.as_ref().map_or(1, |_| CHUNK * threads)) {
        let check = |source| check_one(rules, settings, work, source);
        let done: Vec<_> = match &pool {
            Some(pool) => pool.install(|| chunk.par_iter().with_max_len(1).map(check).collect()),
            None => chunk.iter().map(check).collect(),
        };
        if rules.is_damaged() {
            break;
        }
        handed += done.len();
        done.into_iter().filter_map(Result::transpose).try_for_each(&mut each)?;
    }
    Ok(handed)
}

/// `None` for a file that turns out to be no copy and was not named.
fn check_one(
    rules: &RuleSet,
    settings: &ReadSettings,
    work: Work<'_>,
    source: &Source,
) -> Result<Option<CheckedFile>, RunProblem> {
    let Source { path, bytes } = source;
    let found = matches!(bytes, Bytes::Found(_));
    let failed = |message: String| RunProblem { path: path.clone(), message, ..RunProblem::default() };
    let bytes = match bytes {
        Bytes::File(file) | Bytes::Found(file) => fs::read(file).map_err(|error| failed(why(&error)))?,
        Bytes::Here(bytes) => bytes.clone(),
    };
    let mut document = match read::read(path, bytes, settings) {
        Err(ReadError::NotCopy { .. }) if found => return Ok(None),
        document => document.map_err(|error| failed(error.to_string()))?,
    };
    let mut costs = Vec::new();
    let mut checked = match work {
        Work { list: true, .. } => engine::check_and_list(rules, &document),
        Work { measure: true, .. } => engine::check_and_measure(rules, &document, &mut costs),
        _ => engine::check(rules, &document),
    };
    let (verdicts, mut listed): (Vec<Verdict>, Vec<Diagnostic>) =
        checked.entries.into_iter().map(|entry| (entry.verdict, entry.claim)).unzip();
    document.lead_back(&mut listed);
    let mut told = checked.told;
    told.iter_mut().for_each(|told| document.lead_back_span(told.place_mut()));
    let entries: Vec<Entry> =
        verdicts.into_iter().zip(listed).map(|(verdict, claim)| Entry { verdict, claim }).collect();
    let sizes = if work.sizes { document.sizes() } else { Vec::new() };
    let (articles, mut warnings) = (document.articles.len(), std::mem::take(&mut document.warnings));
    let mut text = document.into_file(&mut checked.diagnostics);
    let accepted = take_accepted(&text, &mut checked.diagnostics, work.registers, &mut warnings);
    if checked.diagnostics.is_empty() && accepted.is_empty() && entries.is_empty() {
        text = String::new();
    }
    Ok(Some(CheckedFile {
        path: path.clone(),
        text,
        articles,
        claims: checked.claims,
        diagnostics: checked.diagnostics,
        again: false,
        accepted,
        warnings,
        sizes,
        entries,
        told,
        costs,
    }))
}

/// What articles of different files contradict in each other, by the file it is told in. Their text is read again, so
/// that none need be kept until all are read.
pub fn contradictions(
    rules: &RuleSet,
    settings: &ReadSettings,
    sources: &[Source],
    registers: &[Register],
    claims: &[InFile],
) -> Vec<CheckedFile> {
    let ids: Vec<&str> = rules.rules.iter().map(|rule| rule.id()).collect();
    let mut by_path: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for (path, found) in join::within_run(&ids, claims) {
        by_path.entry(path).or_default().push(found);
    }
    let mut files = Vec::new();
    for source in sources {
        let Some(mut diagnostics) = by_path.remove(&source.path) else { continue };
        let bytes = match &source.bytes {
            Bytes::File(file) | Bytes::Found(file) => fs::read(file).unwrap_or_default(),
            Bytes::Here(bytes) => bytes.clone(),
        };
        let text =
            read::read(&source.path, bytes, settings).map(|document| document.into_file(&mut [])).unwrap_or_default();
        let mut warnings = Vec::new();
        let accepted = take_accepted(&text, &mut diagnostics, registers, &mut warnings);
        files.push(CheckedFile {
            path: source.path.clone(),
            text,
            articles: 0,
            claims: 0,
            diagnostics,
            again: true,
            accepted,
            warnings: Vec::new(),
            sizes: Vec::new(),
            entries: Vec::new(),
            told: Vec::new(),
            costs: Vec::new(),
        });
    }
    files
}

/// What is found in bytes that are to take the place of a file's.
///
/// # Errors
/// If they cannot be read as copy.
pub fn recheck(
    rules: &RuleSet,
    settings: &ReadSettings,
    path: &str,
    bytes: Vec<u8>,
) -> Result<Vec<Diagnostic>, RunProblem> {
    let source = Source { path: path.to_owned(), bytes: Bytes::Here(bytes) };
    let work = Work { threads: 1, measure: false, list: false, sizes: false, registers: &[] };
    Ok(check_one(rules, settings, work, &source)?.map(|file| file.diagnostics).unwrap_or_default())
}
