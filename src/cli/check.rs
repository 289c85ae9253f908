//! `factlint check`: reads copy, finds what a fact refutes or what contradicts itself, and reports it.

use super::copy::{self, sources};
use super::git::Change;
use super::reports::reports;
use super::run::Run;
use super::screen::{self, Color};
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, interrupt, watch};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use encoding_rs::Encoding;
use factlint::accept::Register;
use factlint::batch::{self, Source};
use factlint::config::{self, Config};
use factlint::diagnostic::Severity;
use factlint::read::{FORMATS as FORMATS_READ, ReadSettings, encoding_named};
use factlint::report::{FORMATS, ReportFormat, RunProblem, Summary, draw, one_line};
use factlint::text::Lang;
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

#[derive(Args)]
pub(super) struct CheckArguments {
    /// Files and folders of copy; `-` is standard input
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// Name standard input in the report; its extension says what format it is, and it may hold the day
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,

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
    /// Check only the lines that a git change touches: what differs from this commit, such as origin/main
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Check only the lines that were changed since the last commit
    #[arg(long, conflicts_with = "since")]
    changed: bool,
    /// Stay, and check again what is written to
    #[arg(long, conflicts_with_all = ["output_file", "since", "changed", "update_baseline"])]
    watch: bool,
    /// Do not look at files and folders that match a glob, as in .gitignore (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
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
    pub(super) output_format: String,
    /// Write the report to a file instead of standard output; FORMAT=FILE writes one more report (repeatable)
    #[arg(long, value_name = "[FORMAT=]FILE", help_heading = "Report")]
    pub(super) output_file: Vec<String>,
    /// Count findings by rule instead of showing them, and show what the rules cost
    #[arg(long, help_heading = "Report")]
    pub(super) statistics: bool,
    /// Exit with 1 only for findings of this severity or above: error (the default), warning or note
    #[arg(long, value_name = "SEVERITY", value_parser = severity, help_heading = "Report")]
    fail_on: Option<Severity>,
    /// Put safe repairs into the files; no shipped rule of facts has any
    #[arg(long, help_heading = "Repairs")]
    fix: bool,
    /// Put the likeliest repair of every finding into the files, after asking about each
    #[arg(long, help_heading = "Repairs")]
    pub(super) unsafe_fixes: bool,
    /// Do not ask about repairs
    #[arg(long, requires = "unsafe_fixes", help_heading = "Repairs")]
    pub(super) yes: bool,
    /// Show what repairs would change, and change nothing
    #[arg(long, help_heading = "Repairs")]
    pub(super) diff: bool,

    /// Let the findings of this register stand, as `factlint accept` writes it [default: factlint-accepted.toml, if there]
    #[arg(long, value_name = "FILE", help_heading = "Findings let stand")]
    accepted: Option<PathBuf>,
    /// Tell only findings that are not in this baseline
    #[arg(long, value_name = "FILE", help_heading = "Findings let stand")]
    baseline: Option<PathBuf>,
    /// Write what is found now to the baseline
    #[arg(long, requires = "baseline", help_heading = "Findings let stand")]
    pub(super) update_baseline: bool,
    /// Exit with 0 whatever is found
    #[arg(long, help_heading = "Report")]
    pub(super) exit_zero: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto", help_heading = "Report")]
    pub(super) color: Color,
    /// Show findings only, no summary and no warnings
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Report")]
    pub(super) quiet: bool,
    /// Say what is read and how long it took
    #[arg(short, long, help_heading = "Report")]
    pub(super) verbose: bool,
}

impl CheckArguments {
    /// Whether files are to be repaired.
    pub(super) fn repairs(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }
}

/// The register of acceptances that is looked for beside the copy.
pub(super) const ACCEPTED: &str = "factlint-accepted.toml";

pub(super) fn run(arguments: CheckArguments) -> Result<Status, Stop> {
    let start = Instant::now();
    let format = format(&arguments)?;
    let config = configuration(&arguments)?;
    let (mut sources, mut problems) = sources(&arguments, &config)?;
    let since = arguments.since.as_deref().or(arguments.changed.then_some("HEAD"));
    let change = since.map(Change::since).transpose()?;
    if let Some(change) = &change {
        sources.retain(|source| change.touches(&source.path));
    }
    problems.iter().for_each(|problem| screen::complain(&one_line(problem)));
    let mut setup = rules(&arguments, &config, format)?;
    if arguments.verbose {
        screen::to_stderr(&format!("{} rules, {} files\n", setup.rules.active().count(), sources.len()));
    }
    let settings = ReadSettings {
        as_of: arguments.as_of.or(config.as_of),
        lang: arguments.lang.or(config.lang),
        format: FORMATS_READ.iter().find(|format| Some(format.id) == arguments.format.as_deref()),
        encoding: arguments.encoding,
        fields: Arc::new(config.fields.clone()),
        ..ReadSettings::default()
    };
    let registers = registers(&arguments, &config)?;
    let threads = copy::threads(arguments.jobs);
    interrupt::listen();
    let mut once = |sources: &[Source], problems: &mut Vec<RunProblem>, change: Option<Change>| {
        let mut run = Run {
            reports: reports(&arguments, format)?,
            summary: Summary::default(),
            problems: setup.run_problems(),
            change,
            baseline: Register::default(),
            repairable: Vec::new(),
            arguments: &arguments,
            config: &config,
        };
        run.problems.append(problems);
        let told = run.tell(&mut setup, &settings, sources, &registers, threads);
        if arguments.verbose {
            screen::to_stderr(&format!("{:.3} s\n", start.elapsed().as_secs_f64()));
        }
        match told {
            // Whoever reads has seen enough; the status still tells what was found until then.
            Ok(()) | Err(Stop::PipeClosed) => {
                if let Some(path) = arguments.baseline.as_ref().filter(|_| arguments.update_baseline) {
                    write_register(path, &run.baseline)?;
                    return Ok(if run.problems.is_empty() { Status::Clean } else { Status::NoVerdict });
                }
                Ok(run.status(arguments.fail_on.or(config.fail_on).unwrap_or(Severity::Error)))
            }
            Err(stop) => Err(stop),
        }
    };
    let status = once(&sources, &mut problems, change)?;
    if !arguments.watch {
        return Ok(status);
    }
    watch::watch(
        &arguments.paths,
        || copy::sources(&arguments, &config).map(|(sources, _)| sources),
        |changed| once(changed, &mut Vec::new(), None).map(|_| ()),
    )?;
    Ok(status)
}

/// What is let stand: by the acceptance file of the configuration or of this folder, and by a baseline.
fn registers(arguments: &CheckArguments, config: &Config) -> Result<Vec<Register>, Stop> {
    let beside = arguments.accepted.clone().or_else(|| config.accepted.clone());
    let default = Path::new(ACCEPTED).to_owned();
    let accepted = beside.or_else(|| (!arguments.isolated && default.is_file()).then_some(default));
    let baseline = arguments.baseline.as_ref().filter(|_| !arguments.update_baseline);
    accepted.iter().chain(baseline).map(|path| read_register(path)).collect()
}

/// Writes a register, all of it or none.
pub(super) fn write_register(path: &Path, register: &Register) -> Result<(), Stop> {
    let wrong = |error: io::Error| Stop::said(format!("{}: it cannot be written: {error}", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(wrong)?;
    file.write_all(register.to_toml().as_bytes()).map_err(wrong)?;
    file.persist(path).map_err(|error| wrong(error.error))?;
    Ok(())
}

/// Reads a register of findings that are let stand.
pub(super) fn read_register(path: &Path) -> Result<Register, Stop> {
    let wrong = |what: String| Stop::said(format!("{}: {what}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(batch::why(&error)))?;
    Register::parse(&text).map_err(|error| wrong(error.to_string()))
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

fn configuration(arguments: &CheckArguments) -> Result<Config, Stop> {
    let config = settings(arguments.isolated, arguments.config.clone(), arguments.color)?;
    if let (true, Some(path)) = (arguments.verbose, settings_file(arguments.isolated, arguments.config.clone())) {
        screen::to_stderr(&format!("settings from {}\n", path.display()));
    }
    Ok(config)
}

/// The file that settings are taken from.
fn settings_file(isolated: bool, given: Option<PathBuf>) -> Option<PathBuf> {
    let here = || std::env::current_dir().ok().and_then(|folder| config::find(&folder));
    if isolated { None } else { given.or_else(here) }
}

/// The settings of a file that is given, else of the nearest one.
pub(super) fn settings(isolated: bool, given: Option<PathBuf>, color: Color) -> Result<Config, Stop> {
    let Some(path) = settings_file(isolated, given) else { return Ok(Config::default()) };
    config::read(&path).map_err(|error| Stop::Drawn(draw(error.as_ref(), color.stderr())))
}

fn rules(arguments: &CheckArguments, config: &Config, format: &ReportFormat) -> Result<Setup, Stop> {
    let mut setup = Setup::load(&arguments.rules, &config.rules);
    setup.draw_problems(arguments.color, format.for_people);
    let select = if arguments.select.is_empty() { &config.select } else { &arguments.select };
    setup.select(select, &[config.ignore.as_slice(), &arguments.ignore].concat())?;
    Ok(setup)
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

pub(super) fn language(word: &str) -> Result<Lang, String> {
    Lang::from_code(word).ok_or_else(|| "write its two letters, such as zh or en".to_owned())
}

fn severity(word: &str) -> Result<Severity, String> {
    Severity::from_word(word).ok_or_else(|| "it is `error`, `warning` or `note`".to_owned())
}
