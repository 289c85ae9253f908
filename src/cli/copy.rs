//! Which copy is checked: what stands under the paths given, standard input, and of a git repository what was changed.

use super::Stop;
use super::check::{CheckArguments, day, language};
use super::reports::output_files;
use clap::Args;
use factlint::batch::{self, Bytes, Excludes, Source};
use factlint::config::Config;
use factlint::report::RunProblem;
use factlint::text::Lang;
use jiff::civil::Date;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How the commands that look at an archive as it stands read it.
#[derive(Args)]
pub(super) struct ReadingArguments {
    /// Treat articles that state no day as of this one, such as 2026-02-07
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Date>,
    /// Treat all articles as of this language, such as zh or en, instead of telling it by script
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<Lang>,
    /// Do not look at files and folders that match a glob, as in .gitignore (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// Threads to use; the result is the same for any number
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,
}

/// How many threads to use: as many as were asked for, else as there are processors.
pub(super) fn threads(jobs: Option<u16>) -> usize {
    jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// Which copy is asked for.
pub(super) struct Copy<'a> {
    pub(super) paths: &'a [PathBuf],
    pub(super) stdin_filename: Option<&'a str>,
    pub(super) exclude: &'a [String],
    /// Files that reports are written to.
    pub(super) reports: Vec<&'a Path>,
}

/// The copy to check, and what kept some of it from being found.
pub(super) fn sources(arguments: &CheckArguments, config: &Config) -> Result<(Vec<Source>, Vec<RunProblem>), Stop> {
    let copy = Copy {
        paths: &arguments.paths,
        stdin_filename: arguments.stdin_filename.as_deref(),
        exclude: &arguments.exclude,
        reports: output_files(arguments)?.into_iter().map(|(_, path)| path).collect(),
    };
    sources_of(&copy, config)
}

/// The same for any command.
pub(super) fn sources_of(copy: &Copy<'_>, config: &Config) -> Result<(Vec<Source>, Vec<RunProblem>), Stop> {
    let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) = copy.paths.iter().partition(|path| path.as_os_str() == "-");
    let mut excludes = Excludes::default();
    let settled = config.exclude.iter().map(|one| (one.globs.as_slice(), one.folder.as_path()));
    for (globs, folder) in settled.chain([(copy.exclude, Path::new("."))]) {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        excludes.add(globs, &folder).map_err(Stop::Said)?;
    }
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let (mut sources, problems) = batch::find(&paths, &excludes);
    for report in &copy.reports {
        let Ok(report) = report.canonicalize() else { continue };
        // A report of an earlier run that lies beside the copy is no copy.
        let is_report = |path: &Path| {
            path.file_name() == report.file_name() && path.canonicalize().is_ok_and(|path| path == report)
        };
        if let Some(path) = paths.iter().find(|path| is_report(path)) {
            return Err(Stop::said(format!("{}: the report would overwrite the copy", path.display())));
        }
        sources.retain(|source| !is_report(Path::new(&source.path)));
    }
    match (stdin.len(), copy.stdin_filename) {
        (0, None) => {}
        (0, Some(_)) => return Err(Stop::said("--stdin-filename names standard input: give `-` as a path with it")),
        (1, name) => {
            let mut bytes = Vec::new();
            io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|error| Stop::said(format!("standard input: {}", batch::why(&error))))?;
            sources.insert(0, Source { path: name.unwrap_or("<stdin>").to_owned(), bytes: Bytes::Here(bytes) });
        }
        _ => return Err(Stop::said("standard input can be read only once: give `-` once")),
    }
    Ok((sources, problems))
}
