//! Many files: checks them on several threads, and hands the results on in order. A long archive is checked in parts.

mod find;
mod once;
mod parts;

pub use find::{Excludes, find};
pub use parts::PART;

use crate::accept::{Accepted, Register, take_accepted};
use crate::diagnostic::Diagnostic;
use crate::engine::{self, RuleCost};
use crate::join::{self, InFile, Told};
use crate::ledger::Entry;
use crate::read::{self, ArticleSize, ReadError, ReadSettings};
use crate::report::RunProblem;
use crate::rule::RuleSet;
use crate::text::{Before, LineIndex};
use once::tell_once;
use parts::{Part, Parts};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

/// Files whose results are held at a time, for each thread: enough to keep all busy, few enough to keep memory small.
const CHUNK: usize = 64;

/// Bytes of a file that is read as a whole, so that no file can use up the machine.
const LONGEST: u64 = 1 << 30;

/// A piece of copy that has not been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path as it is reported.
    pub path: String,
    /// Where its bytes are.
    pub bytes: Bytes,
}

impl Source {
    /// Its bytes.
    ///
    /// # Errors
    /// If the file cannot be read, or is too long to be read as a whole.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match &self.bytes {
            Bytes::File(file) | Bytes::Found(file) => read_whole(file),
            Bytes::Here(bytes) => Ok(bytes.clone()),
        }
    }
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
    /// What of the file stands before that text.
    pub before: Before,
    /// Articles in it.
    pub articles: usize,
    /// Claims that the rules found.
    pub claims: usize,
    /// The findings in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The file is handed on in parts.
    pub part: bool,
    /// Some of the file was handed on before: this is another part of it, or what other files contradict in it.
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
    /// Whether archives, too, are read as a whole.
    pub whole: bool,
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

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Sources whose results were handed on.
    pub sources: usize,
    /// How much of the next source was, if it is an archive that is read in parts.
    pub part: Before,
}

/// Checks sources and hands the results to `each` in the order of the sources, whatever the number of threads. It goes on
/// from `progress` and stops before the end only if the rules turn out to be damaged on the way: results from then on are
/// thrown away.
///
/// # Errors
/// What `each` returns; the rest is then left unread.
pub fn check<E>(
    rules: &RuleSet,
    settings: &ReadSettings,
    sources: &[Source],
    work: Work<'_>,
    progress: &mut Progress,
    mut each: impl FnMut(Result<CheckedFile, RunProblem>) -> Result<(), E>,
) -> Result<(), E> {
    let pool = (work.threads > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(work.threads).build().ok());
    let crew = Crew { rules, settings, work, pool: pool.flatten() };
    while let Some(source) = sources.get(progress.sources) {
        let whole = if parts::in_parts(source, settings, work.whole) {
            crew.archive(source, &mut progress.part, &mut each)?
        } else {
            let open = &sources[progress.sources..];
            let files = open.iter().take(crew.at_a_time());
            let files = files.take_while(|source| !parts::in_parts(source, settings, work.whole)).count();
            let check = |source: &Source| apart(&source.path, || check_one(rules, settings, work, source));
            let done = crew.all(open[..files].iter().collect(), check);
            if !rules.is_damaged() {
                progress.sources += files;
                done.into_iter().filter_map(Result::transpose).try_for_each(&mut each)?;
            }
            false
        };
        if rules.is_damaged() {
            break;
        }
        if whole {
            *progress = Progress { sources: progress.sources + 1, part: Before::default() };
        }
    }
    Ok(())
}

/// What is at hand while sources are checked.
struct Crew<'a> {
    rules: &'a RuleSet,
    settings: &'a ReadSettings,
    work: Work<'a>,
    /// Present if there are several threads.
    pool: Option<rayon::ThreadPool>,
}

impl Crew<'_> {
    /// Files whose results are held at a time.
    fn at_a_time(&self) -> usize {
        self.pool.as_ref().map_or(1, |_| CHUNK * self.work.threads)
    }

    /// Does work on several things at once; what comes of it is in their order.
    fn all<T: Send, R: Send>(&self, things: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
        match &self.pool {
            Some(pool) => pool.install(|| things.into_par_iter().with_max_len(1).map(work).collect()),
            None => things.into_iter().map(work).collect(),
        }
    }

    /// Checks an archive part by part, as many at a time as there are threads. Whether it came to the end.
    fn archive<E>(
        &self,
        source: &Source,
        progress: &mut Before,
        each: &mut impl FnMut(Result<CheckedFile, RunProblem>) -> Result<(), E>,
    ) -> Result<bool, E> {
        let failed =
            |error: io::Error| RunProblem { path: source.path.clone(), message: why(&error), ..RunProblem::default() };
        let mut parts = match Parts::open(source, *progress) {
            Ok(parts) => parts,
            Err(error) => return each(Err(failed(error))).map(|()| true),
        };
        loop {
            let next: Result<Vec<Part>, io::Error> = parts.by_ref().take(self.work.threads.max(1)).collect();
            let next = match next {
                Ok(next) if next.is_empty() => return Ok(true),
                Ok(next) => next,
                Err(error) => return each(Err(failed(error))).map(|()| true),
            };
            let done = self.all(next, |part| {
                let settings = ReadSettings { before: part.before, ..self.settings.clone() };
                let source = Source { path: source.path.clone(), bytes: Bytes::Here(part.bytes) };
                let mut checked = apart(&source.path, || check_one(self.rules, &settings, self.work, &source));
                if let Ok(Some(file)) = &mut checked {
                    (file.part, file.again) = (true, part.before.bytes > 0);
                }
                checked
            });
            if self.rules.is_damaged() {
                return Ok(false);
            }
            done.into_iter().filter_map(Result::transpose).try_for_each(&mut *each)?;
            *progress = parts.before();
        }
    }
}

/// Does the work on one file. A mistake of the program's own costs the verdict on that file, and not on the others.
fn apart<T>(path: &str, work: impl FnOnce() -> Result<T, RunProblem>) -> Result<T, RunProblem> {
    let failed = || RunProblem {
        path: path.to_owned(),
        message: "factlint itself failed on this file, which is therefore not checked".to_owned(),
        help: Some("please report it, if you can with the file".to_owned()),
        ..RunProblem::default()
    };
    // What was half done is thrown away with the file; buffers that threads keep are made ready before each use.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(failed()))
}

/// `None` for a file that turns out to be no copy and was not named.
fn check_one(
    rules: &RuleSet,
    settings: &ReadSettings,
    work: Work<'_>,
    source: &Source,
) -> Result<Option<CheckedFile>, RunProblem> {
    let path = &source.path;
    let found = matches!(source.bytes, Bytes::Found(_));
    let failed = |message: String| RunProblem { path: path.clone(), message, ..RunProblem::default() };
    let bytes = source.read().map_err(|error| failed(why(&error)))?;
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
    let mut entries = checked.entries;
    for entry in &mut entries {
        document.lead_back(std::slice::from_mut(&mut entry.claim));
        entry.slots.iter_mut().for_each(|filled| document.lead_back_span(&mut filled.span));
    }
    let mut told = checked.told;
    told.iter_mut().for_each(|told| document.lead_back_span(told.place_mut()));
    let sizes = if work.sizes { document.sizes() } else { Vec::new() };
    let (articles, mut warnings) = (document.articles.len(), std::mem::take(&mut document.warnings));
    let mut text = document.into_file(&mut checked.diagnostics);
    tell_once(&mut checked.diagnostics);
    if !told.is_empty() {
        let lines = LineIndex::new(&text);
        told.iter_mut().for_each(|told| told.set_place(&text, &lines, settings.before));
    }
    let accepted = take_accepted(&text, &mut checked.diagnostics, work.registers, &mut warnings);
    if checked.diagnostics.is_empty() && accepted.is_empty() && entries.is_empty() {
        text = String::new();
    }
    Ok(Some(CheckedFile {
        path: path.clone(),
        text,
        before: settings.before,
        articles,
        claims: checked.claims,
        diagnostics: checked.diagnostics,
        part: false,
        again: false,
        accepted,
        warnings,
        sizes,
        entries,
        told,
        costs,
    }))
}

/// The bytes of a file that is no longer than what is read as a whole.
fn read_whole(file: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(file)?;
    let long = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(long.min(LONGEST) as usize + 1);
    // A file may grow while it is read, and a device tells no length.
    if long > LONGEST || file.take(LONGEST + 1).read_to_end(&mut bytes)? as u64 > LONGEST {
        let what = "it is over 1 GiB: archives of any length are read as JSON lines, an article a line";
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
    }
    Ok(bytes)
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
    let ids: Vec<&str> = rules.rules.ids().collect();
    let mut by_place: BTreeMap<(&str, usize), (Before, Vec<Diagnostic>)> = BTreeMap::new();
    for (claim, found) in join::within_run(&ids, claims) {
        let key = (&*claim.path, claim.before.bytes);
        by_place.entry(key).or_insert_with(|| (claim.before, Vec::new())).1.push(found);
    }
    let mut files = Vec::new();
    for source in sources {
        let parts: Vec<_> = by_place.range((source.path.as_str(), 0)..=(source.path.as_str(), usize::MAX)).collect();
        for (_, (before, found)) in parts {
            files.push(told_again(source, settings, registers, *before, found.clone()));
        }
    }
    files
}

/// What other files contradict in a file or in a part of it.
fn told_again(
    source: &Source,
    settings: &ReadSettings,
    registers: &[Register],
    before: Before,
    mut diagnostics: Vec<Diagnostic>,
) -> CheckedFile {
    let part = parts::in_parts(source, settings, false)
        .then(|| Parts::open(source, before).ok()?.next()?.ok())
        .flatten()
        .map(|part| part.bytes);
    let bytes = part.unwrap_or_else(|| source.read().unwrap_or_default());
    let text =
        read::read(&source.path, bytes, settings).map(|document| document.into_file(&mut [])).unwrap_or_default();
    let accepted = take_accepted(&text, &mut diagnostics, registers, &mut Vec::new());
    CheckedFile {
        path: source.path.clone(),
        text,
        before,
        articles: 0,
        claims: 0,
        diagnostics,
        part: false,
        again: true,
        accepted,
        warnings: Vec::new(),
        sizes: Vec::new(),
        entries: Vec::new(),
        told: Vec::new(),
        costs: Vec::new(),
    }
}

/// What is found in bytes that are to take the place of a file's, and every claim in them if it is to be `list`ed.
///
/// # Errors
/// If they cannot be read as copy.
pub fn recheck(
    rules: &RuleSet,
    settings: &ReadSettings,
    path: &str,
    bytes: Vec<u8>,
    list: bool,
) -> Result<(Vec<Diagnostic>, Vec<Entry>), RunProblem> {
    let source = Source { path: path.to_owned(), bytes: Bytes::Here(bytes) };
    let work = Work { threads: 1, measure: false, list, sizes: false, whole: true, registers: &[] };
    let checked = apart(path, || check_one(rules, settings, work, &source))?;
    Ok(checked.map(|file| (file.diagnostics, file.entries)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_costs_one_file() {
        let problem = apart("a.txt", || -> Result<(), RunProblem> { panic!("a mistake") }).unwrap_err();
        assert_eq!(problem.path, "a.txt");
        assert_eq!(apart("b.txt", || Ok(1)).unwrap(), 1);
    }
}
