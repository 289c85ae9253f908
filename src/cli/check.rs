//! `factlint check`.

use super::shared::{Color, RuleSources, complain, show_problems};
use super::{CLEAN, FINDINGS, NO_VERDICT};
use crate::batch::{self, Outcome, Targets};
use crate::config::{self, Config};
use crate::diagnostic::Severity;
use crate::read::ReadSettings;
use crate::report::{REPORTERS, Reporter, Style};
use crate::rule::RuleSet;
use crate::text::Lang;
use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<String>,
    /// What standard input is called; its extension settles the format
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = PossibleValuesParser::new(REPORTERS.iter().map(|entry| entry.name)))]
    output_format: String,
    /// Print findings into a file
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleSources,
    /// Run these rules only (repeatable, or separated by commas)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave these rules out
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Leave files out that match this glob (repeatable)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Use this configuration instead of the nearest factlint.toml
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    config: Option<PathBuf>,
    /// Use no configuration at all
    #[arg(long)]
    isolated: bool,
    /// The day of articles that state none, such as 2026-02-07
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// The language of all articles, such as zh or en
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    lang: Option<Lang>,
    /// Fail from this severity on
    #[arg(long, value_name = "SEVERITY", value_parser = parse_severity)]
    fail_on: Option<Severity>,
    /// Exit with 0 even if something was found
    #[arg(long)]
    exit_zero: bool,
    /// Count findings by rule
    #[arg(long)]
    statistics: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t)]
    color: Color,
    /// Print findings only, no summary
    #[arg(short, long)]
    quiet: bool,
    /// Tell oddities that were read over
    #[arg(short, long)]
    verbose: bool,
    /// Threads; as many as there are processors if not given
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<usize>,
}

fn parse_lang(word: &str) -> Result<Lang, String> {
    Lang::from_code(word).ok_or_else(|| "use a two-letter code such as zh or en".to_owned())
}

fn parse_severity(word: &str) -> Result<Severity, String> {
    Severity::from_word(word).ok_or_else(|| "use error, warning or note".to_owned())
}

pub(super) fn run(arguments: &CheckArguments) -> u8 {
    if arguments.paths.iter().filter(|path| *path == "-").count() > 1 {
        complain("standard input can only be read once: give `-` one time");
        return NO_VERDICT;
    }
    let config = match settle_config(arguments) {
        Ok(config) => config,
        Err(error) => {
            complain(&error);
            return NO_VERDICT;
        }
    };
    if let Some(threads) = arguments.threads.filter(|threads| *threads > 0) {
        // Fails only if a pool was started before, and none was.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let (mut rules, problems) = arguments.rules.load(&config.rules);
    show_problems(&problems, arguments.color);
    let select = if arguments.select.is_empty() { &config.select } else { &arguments.select };
    let ignore = if arguments.ignore.is_empty() { &config.ignore } else { &arguments.ignore };
    let unknown = rules.select(select, ignore);
    for word in &unknown {
        complain(&format!("there is no rule `{word}`; `factlint rules` lists them"));
    }
    let out: Box<dyn Write> = match &arguments.output_file {
        None => Box::new(io::stdout()),
        Some(path) => match File::create(path) {
            Ok(file) => Box::new(file),
            Err(error) => {
                complain(&format!("{} cannot be written: {error}", path.display()));
                return NO_VERDICT;
            }
        },
    };
    let terminal = arguments.output_file.is_none() && io::stdout().is_terminal();
    let style = Style { color: arguments.color.on(terminal), quiet: arguments.quiet };
    let entry = REPORTERS.iter().find(|entry| entry.name == arguments.output_format).unwrap_or(&REPORTERS[0]);
    let mut run = Run { out: BufWriter::new(out), reporter: (entry.make)(style), by_rule: BTreeMap::new(), worst: None };
    let outcome = run.check(arguments, &config, &rules);
    for trouble in &outcome.troubles {
        complain(&format!("{}: {}", trouble.path, trouble.message));
    }
    if arguments.verbose {
        outcome.warnings.iter().for_each(|warning| complain(&format!("{}: {}", warning.path, warning.message)));
    }
    let ended = run.reporter.end(&mut run.out, &outcome.summary, &outcome.troubles, &problems).and_then(|()| run.out.flush());
    if let Err(error) = ended
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        complain(&format!("the output cannot be written: {error}"));
        return NO_VERDICT;
    }
    if arguments.statistics {
        run.by_rule.iter().for_each(|(rule, count)| complain(&format!("{count:>6} {rule}")));
    }
    let fail_on = arguments.fail_on.or(config.fail_on).unwrap_or(Severity::Error);
    let no_verdict = !outcome.troubles.is_empty() || !problems.is_empty() || !unknown.is_empty();
    match run.worst {
        _ if no_verdict => NO_VERDICT,
        Some(worst) if worst >= fail_on && !arguments.exit_zero => FINDINGS,
        _ => CLEAN,
    }
}

fn settle_config(arguments: &CheckArguments) -> Result<Config, String> {
    if arguments.isolated {
        return Ok(Config::default());
    }
    let found = match &arguments.config {
        Some(path) => Some(path.clone()),
        None => std::env::current_dir().ok().and_then(|folder| config::find(&folder)),
    };
    found.map_or(Ok(Config::default()), |path| config::read(&path).map_err(|error| error.to_string()))
}

/// A run under way: where findings go and what has been found.
struct Run {
    out: BufWriter<Box<dyn Write>>,
    reporter: Box<dyn Reporter>,
    by_rule: BTreeMap<String, usize>,
    worst: Option<Severity>,
}

impl Run {
    fn check(&mut self, arguments: &CheckArguments, config: &Config, rules: &RuleSet) -> Outcome {
        let targets = Targets {
            paths: arguments.paths.clone(),
            exclude: arguments.exclude.iter().chain(&config.exclude).cloned().collect(),
            stdin_name: arguments.stdin_filename.clone(),
        };
        let settings = ReadSettings { as_of: arguments.as_of.or(config.as_of), lang: arguments.lang.or(config.lang) };
        batch::run(rules, &targets, &settings, |file| {
            for diagnostic in file.diagnostics {
                *self.by_rule.entry(diagnostic.rule.clone()).or_default() += 1;
                self.worst = self.worst.max(Some(diagnostic.severity));
            }
            // A closed pipe (`| head`) ends the run early and quietly.
            self.reporter.file(&mut self.out, file).is_ok()
        })
    }
}
