//! `factlint backtest`: runs draft rules over an archive, and says what they find, how often, at what cost, and what
//! changed since they were last run on it.

use super::check;
use super::copy::{Copy, ReadingArguments, sources_of, threads};
use super::every::every_file;
use super::screen::{self, Color};
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, interrupt, print};
use clap::{Args, ValueEnum};
use factlint::batch::{CheckedFile, Source, Work};
use factlint::cache::{self, Cache};
use factlint::engine::RuleCost;
use factlint::read::ReadSettings;
use factlint::report::one_line;
use factlint::text::LineIndex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Characters of context that a hit is shown with, on each side.
const CONTEXT: usize = 30;

#[derive(Args)]
pub(super) struct BacktestArguments {
    /// Files and folders of the draft rules
    #[arg(value_name = "RULE", required = true)]
    drafts: Vec<PathBuf>,
    /// The archive: files and folders of copy
    #[arg(long, value_name = "PATHS", required = true, num_args = 1..)]
    on: Vec<PathBuf>,
    /// Keep what was found in this file instead of the user's cache folder
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Run on this many files at most, chosen by the seed
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Choose other files with another seed
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    rules: RuleArguments,
    /// How to report
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    output_format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A hit, as it is told and kept: what tells it apart is all but its line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Hit {
    rule: String,
    path: String,
    before: String,
    text: String,
    after: String,
    message: String,
    severity: String,
    line: usize,
}

impl Hit {
    fn key(&self) -> (&str, &str, &str, &str, &str, &str) {
        (&self.rule, &self.path, &self.before, &self.text, &self.after, &self.message)
    }

    fn line(&self, mark: &str) -> String {
        let Hit { rule, path, before, text, after, message, severity, line } = self;
        format!("{mark}{path}:{line}: {severity}[{rule}] …{before}[{text}]{after}… {message}\n")
    }
}

/// What a run is told and kept as.
#[derive(Serialize)]
struct Told<'a> {
    version: u32,
    files: usize,
    characters: usize,
    rules: Vec<RuleTold<'a>>,
    hits: &'a [Hit],
    /// Absent if these rules never ran on this archive before.
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Vec<&'a Hit>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gone: Option<Vec<&'a Hit>>,
}

#[derive(Serialize)]
struct RuleTold<'a> {
    rule: &'a str,
    hits: usize,
    per_100k_characters: f64,
    milliseconds: f64,
    anchors: u64,
    claims: u64,
}

pub(super) fn run(arguments: &BacktestArguments) -> Result<Status, Stop> {
    let config = check::settings(true, None, Color::Auto)?;
    let copy =
        Copy { paths: &arguments.on, stdin_filename: None, exclude: &arguments.reading.exclude, reports: Vec::new() };
    let (mut sources, mut problems) = sources_of(&copy, &config)?;
    problems.iter().for_each(|problem| screen::complain(&one_line(problem)));
    sample(&mut sources, arguments);
    let mut setup = Setup::load(&arguments.rules, &arguments.drafts).proved();
    setup.draw_problems(Color::Auto, arguments.output_format == Format::Text);
    let ids: BTreeSet<String> = drafts(&setup, &arguments.drafts);
    if ids.is_empty() && setup.problems.is_empty() {
        return Err(Stop::said("the files given hold no rule to run"));
    }
    setup.select(&ids.iter().cloned().collect::<Vec<_>>(), &[])?;
    let kept = arguments.state.clone().or_else(|| state_of(arguments));
    let last = kept.as_deref().map_or(Ok(None), read_state)?;
    let settings =
        ReadSettings { as_of: arguments.reading.as_of, lang: arguments.reading.lang, ..ReadSettings::default() };
    let threads = threads(arguments.reading.jobs);
    interrupt::listen();
    let work = Work { threads, measure: true, list: false, sizes: true, whole: true, registers: &[] };
    let (mut hits, mut characters) = (Vec::new(), 0);
    let mut spent = vec![RuleCost::default(); setup.rules.rules.len()];
    every_file((&mut setup, &settings), (&sources, work), (&mut problems, false), |file| {
        characters += file.sizes.iter().map(|size| size.characters).sum::<usize>();
        spent.iter_mut().zip(&file.costs).for_each(|(all, one)| all.add(one));
        hits.extend(hits_of(&file).filter(|hit| ids.contains(&hit.rule)));
        Ok(())
    })?;
    let rules = setup.rules.rules.iter().zip(&spent).filter(|(rule, _)| ids.contains(rule.id()));
    let rules = rules.map(|(rule, cost)| {
        let count = hits.iter().filter(|hit| hit.rule == rule.id()).count();
        RuleTold {
            rule: rule.id(),
            hits: count,
            per_100k_characters: count as f64 * 1e5 / characters.max(1) as f64,
            milliseconds: cost.nanoseconds as f64 / 1e6,
            anchors: cost.anchors,
            claims: cost.claims,
        }
    });
    let files = sources.len();
    let (new, gone) = match &last {
        Some(last) => (Some(missing(&hits, last)), Some(missing(last, &hits))),
        None => (None, None),
    };
    let told = Told { version: 1, files, characters, rules: rules.collect(), hits: &hits, new, gone };
    match arguments.output_format {
        Format::Text => print(&told.text())?,
        Format::Json => print(&format!("{}\n", json(&told)?))?,
    }
    // What was not read cannot be said to be gone next time.
    let sound = problems.is_empty() && setup.problems.is_empty();
    if let (true, Some(path)) = (sound, &kept) {
        let written = cache::write_whole(path, json(&hits)?.as_bytes());
        written.map_err(|error| Stop::said(format!("{}: it cannot be written: {error}", path.display())))?;
    }
    Ok(match (sound, hits.is_empty()) {
        (false, _) => Status::NoVerdict,
        (true, true) => Status::Clean,
        (true, false) => Status::Findings,
    })
}

fn drafts(setup: &Setup, paths: &[PathBuf]) -> BTreeSet<String> {
    setup.rules.active().filter(|rule| setup.is_under(rule, paths)).map(|rule| rule.id().to_owned()).collect()
}

/// Keeps as many files as are wanted. Which ones depends on their paths and the seed alone, so that an archive that
/// grows keeps most of its sample.
fn sample(sources: &mut Vec<Source>, arguments: &BacktestArguments) {
    let Some(limit) = arguments.limit.and_then(|limit| usize::try_from(limit).ok()) else { return };
    let rank = |source: &Source| xxh3_64_with_seed(source.path.as_bytes(), arguments.seed);
    let mut ranks: Vec<u64> = sources.iter().map(rank).collect();
    ranks.sort_unstable();
    if let Some(first_out) = ranks.get(limit) {
        sources.retain(|source| rank(source) < *first_out);
    }
}

fn hits_of(file: &CheckedFile) -> impl Iterator<Item = Hit> {
    let lines = LineIndex::new(&file.text);
    file.diagnostics.iter().map(move |found| {
        let (start, end) = (found.span.start, found.span.end);
        let (before, after) = (file.text.get(..start).unwrap_or(""), file.text.get(end..).unwrap_or(""));
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        let flat = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let edge = |words: &str, start: bool, end: bool| {
            let space = |there: bool| if there { " " } else { "" };
            let (first, last) = (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
            format!("{}{}{}", space(start && first), flat(words), space(end && last))
        };
        Hit {
            rule: found.rule.clone(),
            path: file.path.clone(),
            before: edge(&before[from..], false, true),
            text: flat(&found.text),
            after: edge(&after.chars().take(CONTEXT).collect::<String>(), true, false),
            message: found.message.clone(),
            severity: found.severity.as_str().to_owned(),
            line: file.before.lines + lines.position(&file.text, start).line,
        }
    })
}

/// The hits that the others lack; one that stands twice must stand twice there.
fn missing<'a>(hits: &'a [Hit], others: &'a [Hit]) -> Vec<&'a Hit> {
    let mut there: BTreeMap<_, usize> = BTreeMap::new();
    others.iter().for_each(|hit| *there.entry(hit.key()).or_default() += 1);
    let mut out = Vec::new();
    for hit in hits {
        match there.get_mut(&hit.key()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => out.push(hit),
        }
    }
    out
}

/// Where the last run of these rules on this archive, sampled alike, is kept.
fn state_of(arguments: &BacktestArguments) -> Option<PathBuf> {
    let whole = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let mut sets = [&arguments.drafts, &arguments.on].map(|paths| paths.iter().map(whole).collect::<Vec<_>>());
    sets.iter_mut().for_each(|paths| paths.sort());
    let key = format!("{sets:?} {:?} {} {:?}", arguments.limit, arguments.seed, arguments.reading.exclude);
    Some(Cache::of_user()?.folder().join(format!("backtest-{:016x}.json", xxh3_64(key.as_bytes()))))
}

fn read_state(path: &Path) -> Result<Option<Vec<Hit>>, Stop> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.map_err(|error| Stop::said(format!("{}: it cannot be read: {error}", path.display())))?,
    };
    let hits = serde_json::from_str(&text);
    hits.map(Some).map_err(|error| Stop::said(format!("{}: no record of a back-test: {error}", path.display())))
}

fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Stop> {
    serde_json::to_string(value).map_err(|error| Stop::said(format!("the output cannot be written: {error}")))
}

impl Told<'_> {
    fn text(&self) -> String {
        let mut out: String = self.hits.iter().map(|hit| hit.line("")).collect();
        let _ = writeln!(out, "\n   hits  per 100k       time   anchors    claims  rule");
        for RuleTold { rule, hits, per_100k_characters, milliseconds, anchors, claims } in &self.rules {
            let _ = writeln!(
                out,
                "{hits:>7} {per_100k_characters:>9.2} {milliseconds:>7.1} ms {anchors:>9} {claims:>9}  {rule}"
            );
        }
        let _ = writeln!(out, "\n{} files, {} characters", self.files, self.characters);
        match (&self.new, &self.gone) {
            (Some(new), Some(gone)) => {
                let _ = writeln!(out, "since the last run: {} new, {} gone", new.len(), gone.len());
                new.iter().for_each(|hit| out.push_str(&hit.line("+ ")));
                gone.iter().for_each(|hit| out.push_str(&hit.line("- ")));
            }
            _ => out.push_str("no earlier run to compare with\n"),
        }
        out
    }
}
