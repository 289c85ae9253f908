//! `factlint claims`: lists every claim that can be checked, with its verdict and its evidence.

use super::check;
use super::copy::{Copy, ReadingArguments, sources_of, threads};
use super::every::every_file;
use super::screen::{self, Color};
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, interrupt};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use factlint::batch::{CheckedFile, Work};
use factlint::config::Config;
use factlint::ledger::Verdict;
use factlint::read::ReadSettings;
use factlint::report::{Counts, Look, SHEETS, SheetFile, one_line};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args)]
pub(super) struct ClaimsArguments {
    /// Files and folders of copy; `-` is standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Name standard input; its extension says what format it is, and it may hold the day
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// List only claims of this verdict (repeatable)
    #[arg(long, value_name = "VERDICT", value_parser = verdicts())]
    only: Vec<String>,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    rules: RuleArguments,
    /// Take settings from this file instead of the nearest factlint.toml here or above
    #[arg(long, value_name = "FILE", conflicts_with = "isolated", help_heading = "Configuration")]
    config: Option<PathBuf>,
    /// Take no settings from any factlint.toml
    #[arg(long, help_heading = "Configuration")]
    isolated: bool,
    /// How to list
    #[arg(long, value_name = "FORMAT", default_value = SHEETS[0].name, value_parser = formats(), help_heading = "Report")]
    output_format: String,
    /// Write the list to a file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    output_file: Option<PathBuf>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto", help_heading = "Report")]
    color: Color,
    /// List claims only, no summary and no warnings
    #[arg(short, long, help_heading = "Report")]
    quiet: bool,
}

pub(super) fn run(arguments: &ClaimsArguments) -> Result<Status, Stop> {
    let config = check::settings(arguments.isolated, arguments.config.clone(), arguments.color)?;
    let copy = Copy {
        paths: &arguments.paths,
        stdin_filename: arguments.stdin_filename.as_deref(),
        exclude: &arguments.reading.exclude,
        reports: arguments.output_file.iter().map(PathBuf::as_path).collect(),
    };
    let (sources, mut problems) = sources_of(&copy, &config)?;
    problems.iter().for_each(|problem| screen::complain(&one_line(problem)));
    let mut setup = Setup::load(&arguments.rules, &config.rules);
    setup.draw_problems(arguments.color, arguments.output_format == SHEETS[0].name);
    setup.select(&config.select, &config.ignore)?;
    let settings = reading(arguments, &config);
    let threads = threads(arguments.reading.jobs);
    interrupt::listen();
    let format = SHEETS.iter().find(|format| format.name == arguments.output_format).unwrap_or(&SHEETS[0]);
    let to_screen = arguments.output_file.is_none() && io::stdout().is_terminal();
    let mut sheet = (format.make)(Look { color: arguments.color.on(to_screen), quiet: arguments.quiet });
    let mut out = output(arguments)?;
    let only: Vec<Verdict> = arguments.only.iter().filter_map(|word| Verdict::from_word(word)).collect();
    let mut counts = Counts::default();
    sheet.begin(&mut out)?;
    let work = Work { threads, measure: false, list: true, sizes: false, whole: false, registers: &[] };
    every_file((&mut setup, &settings), (&sources, work), (&mut problems, arguments.quiet), |mut file| {
        file.entries.retain(|entry| only.is_empty() || only.contains(&entry.verdict));
        for (count, verdict) in counts.iter_mut().zip(Verdict::ALL) {
            *count += file.entries.iter().filter(|entry| entry.verdict == verdict).count();
        }
        if file.entries.is_empty() {
            return Ok(());
        }
        let CheckedFile { path, text, before, entries, .. } = &file;
        Ok(sheet.file(&mut out, &SheetFile { path, text, before: *before, entries })?)
    })?;
    sheet.end(&mut out, &counts)?;
    out.flush()?;
    // A list is no verdict on the copy: what it shows does not fail a run.
    Ok(if problems.is_empty() && setup.problems.is_empty() { Status::Clean } else { Status::NoVerdict })
}

fn reading(arguments: &ClaimsArguments, config: &Config) -> ReadSettings {
    ReadSettings {
        as_of: arguments.reading.as_of.or(config.as_of),
        lang: arguments.reading.lang.or(config.lang),
        fields: Arc::new(config.fields.clone()),
        ..ReadSettings::default()
    }
}

fn output(arguments: &ClaimsArguments) -> Result<Box<dyn Write>, Stop> {
    let Some(path) = &arguments.output_file else { return Ok(Box::new(BufWriter::new(io::stdout()))) };
    let file =
        File::create(path).map_err(|error| Stop::said(format!("{}: it cannot be written: {error}", path.display())))?;
    Ok(Box::new(BufWriter::new(file)))
}

fn verdicts() -> PossibleValuesParser {
    PossibleValuesParser::new(Verdict::ALL.map(Verdict::word))
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(SHEETS.iter().map(|format| PossibleValue::new(format.name).help(format.about)))
}
