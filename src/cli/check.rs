//! `factlint check`: reads copy, finds what a fact refutes or what contradicts itself, and reports it.

use super::screen::{self, Color};
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use encoding_rs::Encoding;
use factlint::batch::{self, Bytes, CheckedFile, Excludes, Source, Work};
use factlint::config::{self, Config};
use factlint::diagnostic::Severity;
use factlint::engine::RuleCost;
use factlint::read::{FORMATS as FORMATS_READ, ReadSettings, encoding_named};
use factlint::report::{
    FORMATS, FileReport, Look, ReportFormat, Reporter, RunProblem, Statistics, Summary, costs, draw, one_line,
};
use factlint::text::Lang;
use jiff::civil::Date;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(Args)]
pub(super) struct CheckArguments {
    /// Files and folders of copy; `-` is standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Name standard input in the report; its extension says what format it is, and it may hold the day
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,

    /// Treat articles that state no day as of this one, such as 2026-02-07
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Treat all articles as of this language, such as zh or en, instead of telling it by script
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<Lang>,
    /// Read all files as of this format, whatever they are called
    #[arg(long, value_name = "FORMAT", value_parser = read_formats())]
    format: Option<String>,
    /// Read all files in this encoding, such as gb18030, big5 or shift-jis, instead of telling it by their bytes
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static Encoding>,
    /// Do not look at files and folders that match a glob, as in .gitignore (repeatable)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Threads to use; the result is the same for any number
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// Run only rules whose id is or begins with these words (comma-separated, repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    select: Vec<String>,
    /// Do not run rules whose id is or begins with these words (comma-separated, repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    ignore: Vec<String>,
    #[command(flatten)]
    rules: RuleArguments,

    /// Take settings from this file instead of the nearest factlint.toml here or above
    #[arg(long, value_name = "FILE", conflicts_with = "isolated", help_heading = "Configuration")]
    config: Option<PathBuf>,
    /// Take no settings from any factlint.toml
    #[arg(long, help_heading = "Configuration")]
    isolated: bool,

    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = FORMATS[0].name, value_parser = format_names(), help_heading = "Report")]
    output_format: String,
    /// Write the report to a file instead of standard output; FORMAT=FILE writes one more report (repeatable)
    #[arg(long, value_name = "[FORMAT=]FILE", help_heading = "Report")]
    output_file: Vec<String>,
    /// Count findings by rule instead of showing them, and show what the rules cost
    #[arg(long, help_heading = "Report")]
    statistics: bool,
    /// Exit with 1 only for findings of this severity or above: error (the default), warning or note
    #[arg(long, value_name = "SEVERITY", value_parser = severity, help_heading = "Report")]
    fail_on: Option<Severity>,
    /// Exit with 0 whatever is found
    #[arg(long, help_heading = "Report")]
    exit_zero: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto", help_heading = "Report")]
    color: Color,
    /// Show findings only, no summary and no warnings
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Report")]
    quiet: bool,
    /// Say what is read and how long it took
    #[arg(short, long, help_heading = "Report")]
    verbose: bool,
}

pub(super) fn run(arguments: CheckArguments) -> Result<Status, Stop> {
    let start = Instant::now();
    let format = format(&arguments)?;
    let config = configuration(&arguments)?;
    let (sources, mut problems) = sources(&arguments, &config)?;
    problems.iter().for_each(|problem| screen::complain(&one_line(problem)));
    let setup = rules(&arguments, &config, format)?;
    let mut run = Run {
        reports: reports(&arguments, format)?,
        summary: Summary::default(),
        problems: setup.run_problems(),
        arguments: &arguments,
    };
    run.problems.append(&mut problems);
    if arguments.verbose {
        screen::to_stderr(&format!("{} rules, {} files\n", setup.rules.active().count(), sources.len()));
    }
    let settings = ReadSettings {
        as_of: arguments.as_of.or(config.as_of),
        lang: arguments.lang.or(config.lang),
        format: FORMATS_READ.iter().find(|format| Some(format.id) == arguments.format.as_deref()),
        encoding: arguments.encoding,
    };
    let threads =
        arguments.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let told = run.tell(setup, &settings, &sources, threads);
    if arguments.verbose {
        screen::to_stderr(&format!("{:.3} s\n", start.elapsed().as_secs_f64()));
    }
    match told {
        // Whoever reads has seen enough; the status still tells what was found until then.
        Ok(()) | Err(Stop::PipeClosed) => {
            Ok(run.status(arguments.fail_on.or(config.fail_on).unwrap_or(Severity::Error)))
        }
        Err(stop) => Err(stop),
    }
}

/// A report being written.
struct Report {
    reporter: Box<dyn Reporter>,
    out: Box<dyn Write>,
}

/// A run under way.
struct Run<'a> {
    reports: Vec<Report>,
    summary: Summary,
    problems: Vec<RunProblem>,
    arguments: &'a CheckArguments,
}

impl Run<'_> {
    fn tell(
        &mut self,
        mut setup: Setup,
        settings: &ReadSettings,
        sources: &[Source],
        threads: usize,
    ) -> Result<(), Stop> {
        for report in &mut self.reports {
            report.reporter.begin(&mut report.out)?;
        }
        let work = Work { threads, measure: self.arguments.statistics };
        let mut spent = vec![RuleCost::default(); setup.rules.rules.len()];
        let mut each = |outcome: Result<CheckedFile, RunProblem>| {
            let file = match outcome {
                Ok(file) => file,
                Err(problem) => {
                    screen::complain(&one_line(&problem));
                    self.problems.push(problem);
                    return Ok::<(), Stop>(());
                }
            };
            self.summary.add(file.articles, file.claims, &file.diagnostics);
            spent.iter_mut().zip(&file.costs).for_each(|(all, one)| all.add(one));
            if !self.arguments.quiet {
                file.warnings.iter().for_each(|odd| screen::to_stderr(&format!("warning: {}: {odd}\n", file.path)));
            }
            if self.arguments.verbose {
                screen::to_stderr(&format!("{}: {} articles, {} claims\n", file.path, file.articles, file.claims));
            }
            let report = FileReport { path: &file.path, text: &file.text, diagnostics: &file.diagnostics };
            self.reports.iter_mut().try_for_each(|to| Ok(to.reporter.file(&mut to.out, &report)?))
        };
        let mut done = batch::check(&setup.rules, settings, sources, work, &mut each)?;
        while done < sources.len() {
            setup = setup.again();
            done += batch::check(&setup.rules, settings, &sources[done..], work, &mut each)?;
        }
        for report in &mut self.reports {
            report.reporter.end(&mut report.out, &self.summary, &self.problems)?;
        }
        if self.arguments.statistics {
            let named: Vec<(&str, RuleCost)> = setup.rules.rules.iter().map(|rule| rule.id()).zip(spent).collect();
            costs(&mut self.reports[0].out, &named)?;
        }
        self.reports.iter_mut().try_for_each(|report| Ok(report.out.flush()?))
    }

    fn status(&self, fail_on: Severity) -> Status {
        match self.summary.at_or_above(fail_on) {
            _ if !self.problems.is_empty() => Status::NoVerdict,
            0 => Status::Clean,
            _ if self.arguments.exit_zero => Status::Clean,
            _ => Status::Findings,
        }
    }
}

fn format(arguments: &CheckArguments) -> Result<&'static ReportFormat, Stop> {
    let format = FORMATS.iter().find(|format| format.name == arguments.output_format).unwrap_or(&FORMATS[0]);
    if arguments.statistics && !format.for_people {
        return Err(Stop::said(format!(
            "--statistics prints a table for people: it does not go with --output-format {}",
            format.name
        )));
    }
    Ok(format)
}

/// The report asked for, and those in other formats beside it.
fn reports(arguments: &CheckArguments, format: &ReportFormat) -> Result<Vec<Report>, Stop> {
    let files = output_files(arguments)?;
    let main = files.iter().find(|(format, _)| format.is_none());
    let look = Look { color: arguments.color.on(main.is_none() && io::stdout().is_terminal()), quiet: arguments.quiet };
    let reporter = if arguments.statistics { Box::<Statistics>::default() } else { (format.make)(look) };
    let out: Box<dyn Write> = match main {
        Some((_, path)) => Box::new(BufWriter::new(create(path)?)),
        None => Box::new(BufWriter::new(io::stdout())),
    };
    let mut reports = vec![Report { reporter, out }];
    for (format, path) in files {
        let Some(format) = format else { continue };
        let look = Look { color: false, quiet: arguments.quiet };
        reports.push(Report { reporter: (format.make)(look), out: Box::new(BufWriter::new(create(path)?)) });
    }
    Ok(reports)
}

/// Where reports go: `FILE` that of `--output-format`, `FORMAT=FILE` one more.
fn output_files(arguments: &CheckArguments) -> Result<Vec<(Option<&'static ReportFormat>, &Path)>, Stop> {
    let named = |word: &str| FORMATS.iter().find(|format| format.name == word);
    let mut files: Vec<(Option<&'static ReportFormat>, &Path)> = Vec::new();
    for word in &arguments.output_file {
        let (format, path) = match word.split_once('=').and_then(|(name, path)| Some((named(name)?, path))) {
            Some((format, path)) => (Some(format), Path::new(path)),
            None => (None, Path::new(word.as_str())),
        };
        if format.is_none() && files.iter().any(|(other, _)| other.is_none()) {
            return Err(Stop::said(format!("{word}: a second report needs its format: --output-file json={word}")));
        }
        if files.iter().any(|(_, other)| *other == path) {
            return Err(Stop::said(format!("{}: two reports would be written to one file", path.display())));
        }
        files.push((format, path));
    }
    Ok(files)
}

fn create(path: &Path) -> Result<File, Stop> {
    File::create(path).map_err(|error| Stop::said(format!("{}: it cannot be written: {error}", path.display())))
}

fn configuration(arguments: &CheckArguments) -> Result<Config, Stop> {
    let here = || std::env::current_dir().ok().and_then(|folder| config::find(&folder));
    let path = if arguments.isolated { None } else { arguments.config.clone().or_else(here) };
    let Some(path) = path else { return Ok(Config::default()) };
    if arguments.verbose {
        screen::to_stderr(&format!("settings from {}\n", path.display()));
    }
    config::read(&path).map_err(|error| Stop::Drawn(draw(error.as_ref(), arguments.color.stderr())))
}

fn rules(arguments: &CheckArguments, config: &Config, format: &ReportFormat) -> Result<Setup, Stop> {
    let mut setup = Setup::load(&arguments.rules, &config.rules);
    setup.draw_problems(arguments.color, format.for_people);
    let select = if arguments.select.is_empty() { &config.select } else { &arguments.select };
    setup.select(select, &[config.ignore.as_slice(), &arguments.ignore].concat())?;
    Ok(setup)
}

fn sources(arguments: &CheckArguments, config: &Config) -> Result<(Vec<Source>, Vec<RunProblem>), Stop> {
    let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
        arguments.paths.iter().partition(|path| path.as_os_str() == "-");
    let mut excludes = Excludes::default();
    for (globs, folder) in [(&config.exclude, config.folder.as_path()), (&arguments.exclude, Path::new("."))] {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        excludes.add(globs, &folder).map_err(Stop::Said)?;
    }
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let (mut sources, problems) = batch::find(&paths, &excludes);
    for (_, report) in output_files(arguments)? {
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
    match (stdin.len(), &arguments.stdin_filename) {
        (0, None) => {}
        (0, Some(_)) => return Err(Stop::said("--stdin-filename names standard input: give `-` as a path with it")),
        (1, name) => {
            let mut bytes = Vec::new();
            io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|error| Stop::said(format!("standard input: {}", batch::why(&error))))?;
            sources.insert(
                0,
                Source { path: name.clone().unwrap_or_else(|| "<stdin>".to_owned()), bytes: Bytes::Here(bytes) },
            );
        }
        _ => return Err(Stop::said("standard input can be read only once: give `-` once")),
    }
    Ok((sources, problems))
}

fn format_names() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about)))
}

pub(super) fn day(word: &str) -> Result<Date, String> {
    word.parse().map_err(|_| "write the day as 2026-02-07".to_owned())
}

fn read_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS_READ.iter().map(|format| PossibleValue::new(format.id).help(format.name)))
}

fn encoding(word: &str) -> Result<&'static Encoding, String> {
    encoding_named(word).ok_or_else(|| "write a name such as utf-8, gb18030, big5, shift-jis or utf-16le".to_owned())
}

fn language(word: &str) -> Result<Lang, String> {
    Lang::from_code(word).ok_or_else(|| "write its two letters, such as zh or en".to_owned())
}

fn severity(word: &str) -> Result<Severity, String> {
    Severity::from_word(word).ok_or_else(|| "it is `error`, `warning` or `note`".to_owned())
}
