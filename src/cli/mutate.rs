//! `factlint mutate`: plants errors into clean copy, one at a time and by a seed, and tells by rule how many are found.

use super::check;
use super::copy::{Copy, ReadingArguments, sources_of, threads};
use super::every::every_file;
use super::screen::{self, Color};
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, interrupt, print};
use clap::{Args, ValueEnum};
use factlint::batch::{CheckedFile, Source, Work, recheck, why};
use factlint::diagnostic::Diagnostic;
use factlint::ledger::Entry;
use factlint::mutate::{self, Draw, Outcome, Plant};
use factlint::read::ReadSettings;
use factlint::report::one_line;
use factlint::rule::RuleSet;
use factlint::text::LineIndex;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Rules without a claim to make wrong that are named on the screen.
const MOST_NAMED: usize = 12;

#[derive(Args)]
pub(super) struct MutateArguments {
    /// Clean copy: files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Plant other errors with another seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Errors to plant for each rule at most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    per_rule: u64,
    /// Plant for this rule only (repeatable)
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,
    /// Fail if a smaller part of the errors is found, such as 0.9
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_recall: Option<f64>,
    /// How many missed errors to print of each rule
    #[arg(long, value_name = "N", default_value_t = 3)]
    show_missed: usize,
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

/// A claim that is to be made wrong.
struct Candidate {
    path: String,
    rule: String,
    /// Where it begins in the file.
    start: usize,
    rank: u64,
}

/// An error that was planted, and what came of it.
struct Planted {
    path: String,
    line: usize,
    plant: Plant,
    outcome: Outcome,
}

/// What a run is told as.
#[derive(Serialize)]
struct Told {
    version: u32,
    seed: u64,
    files: usize,
    /// Files that errors cannot be planted in: packed, or not in UTF-8.
    skipped: Vec<String>,
    rules: Vec<RuleTold>,
    /// Rules that no claim of the copy could be made wrong for.
    not_planted: Vec<String>,
    planted: usize,
    found: usize,
    /// Absent if nothing was planted.
    #[serde(skip_serializing_if = "Option::is_none")]
    recall: Option<f64>,
    errors: Vec<ErrorTold>,
}

#[derive(Serialize, Default)]
struct RuleTold {
    rule: String,
    planted: usize,
    found: usize,
    recall: f64,
    /// Changes after which the claim was right too; they are not counted.
    still_right: usize,
}

#[derive(Serialize)]
struct ErrorTold {
    rule: String,
    path: String,
    line: usize,
    original: String,
    planted: String,
    found: bool,
}

pub(super) fn run(arguments: &MutateArguments) -> Result<Status, Stop> {
    let config = check::settings(true, None, Color::Auto)?;
    let copy = Copy {
        paths: &arguments.paths,
        stdin_filename: None,
        exclude: &arguments.reading.exclude,
        reports: Vec::new(),
    };
    let (sources, mut problems) = sources_of(&copy, &config)?;
    problems.iter().for_each(|problem| screen::complain(&one_line(problem)));
    let mut setup = Setup::load(&arguments.rules, &[]);
    setup.draw_problems(Color::Auto, arguments.output_format == Format::Text);
    if let Some(unknown) = arguments.rule.iter().find(|id| !setup.rules.active().any(|rule| rule.id() == **id)) {
        return Err(Stop::said(format!("there is no rule `{unknown}`: `factlint rules` lists them")));
    }
    let settings =
        ReadSettings { as_of: arguments.reading.as_of, lang: arguments.reading.lang, ..ReadSettings::default() };
    let threads = threads(arguments.reading.jobs);
    interrupt::listen();
    let work = Work { threads, measure: false, list: true, sizes: false, whole: true, registers: &[] };
    // Which claims are made wrong depends on their places and the seed alone.
    let mut candidates: BTreeMap<String, BTreeMap<u64, Candidate>> = BTreeMap::new();
    every_file((&mut setup, &settings), (&sources, work), (&mut problems, false), |file| {
        for candidate in candidates_of(&file, arguments) {
            let of_rule = candidates.entry(candidate.rule.clone()).or_default();
            of_rule.insert(candidate.rank, candidate);
            if of_rule.len() as u64 > arguments.per_rule {
                of_rule.pop_last();
            }
        }
        Ok(())
    })?;
    let mut by_path: BTreeMap<&str, Vec<&Candidate>> = BTreeMap::new();
    for candidate in candidates.values().flat_map(BTreeMap::values) {
        by_path.entry(&candidate.path).or_default().push(candidate);
    }
    let (mut planted, mut skipped) = (Vec::new(), Vec::new());
    for source in &sources {
        let Some(candidates) = by_path.get(source.path.as_str()) else { continue };
        match plant_all(&setup.rules, &settings, source, candidates)? {
            Some(all) => planted.extend(all),
            None => skipped.push(source.path.clone()),
        }
    }
    let told = tell(&setup.rules, arguments, (sources.len(), skipped), planted);
    match arguments.output_format {
        Format::Text => print(&told.text(arguments.show_missed))?,
        Format::Json => {
            let json = serde_json::to_string(&told);
            let json = json.map_err(|error| Stop::said(format!("the output cannot be written: {error}")))?;
            print(&format!("{json}\n"))?;
        }
    }
    let too_few = arguments.min_recall.is_some_and(|least| told.recall.is_none_or(|recall| recall < least));
    Ok(match problems.is_empty() && setup.problems.is_empty() {
        false => Status::NoVerdict,
        true if too_few => Status::Findings,
        true => Status::Clean,
    })
}

/// The claims of a file that could be made wrong.
fn candidates_of(file: &CheckedFile, arguments: &MutateArguments) -> Vec<Candidate> {
    let wanted = |rule: &str| arguments.rule.is_empty() || arguments.rule.iter().any(|id| id == rule);
    let entries = file.entries.iter().filter(|entry| wanted(&entry.claim.rule) && mutate::can_be_made_wrong(entry));
    let candidate = |entry: &Entry| {
        let (rule, start) = (entry.claim.rule.clone(), entry.claim.span.start);
        let place = format!("{}\0{rule}\0{start}", file.path);
        let rank = xxh3_64_with_seed(place.as_bytes(), arguments.seed);
        Candidate { path: file.path.clone(), rule, start, rank }
    };
    entries.map(candidate).collect()
}

/// Plants errors into a file, each by itself; `None` if it cannot be written into.
fn plant_all(
    rules: &RuleSet,
    settings: &ReadSettings,
    source: &Source,
    candidates: &[&Candidate],
) -> Result<Option<Vec<Planted>>, Stop> {
    let path = &source.path;
    let bytes = source.read().map_err(|error| Stop::said(format!("{path}: {}", why(&error))))?;
    let Ok(text) = String::from_utf8(bytes) else { return Ok(None) };
    let lines = LineIndex::new(&text);
    let check = |text: &str| {
        recheck(rules, settings, path, text.as_bytes().to_vec(), true).map_err(|problem| Stop::said(one_line(&problem)))
    };
    let mut parts: BTreeMap<usize, (Vec<Diagnostic>, Vec<Entry>)> = BTreeMap::new();
    let mut planted = Vec::new();
    for candidate in candidates {
        if interrupt::asked() {
            return Err(Stop::Interrupted);
        }
        let (start, end) = article_around(path, &text, candidate.start);
        let here = &text[start..end];
        if let std::collections::btree_map::Entry::Vacant(part) = parts.entry(start) {
            part.insert(check(here)?);
        }
        let (before, entries) = &parts[&start];
        let is_it =
            |entry: &&Entry| entry.claim.rule == candidate.rule && entry.claim.span.start + start == candidate.start;
        let entry = entries.iter().filter(|entry| mutate::can_be_made_wrong(entry)).find(is_it);
        let plant = entry.and_then(|entry| Plant::draw(rules, here, entry, &mut Draw::new(candidate.rank)));
        let Some(plant) = plant else { continue };
        let (findings, entries) = check(&plant.put_into(here))?;
        let outcome = plant.outcome(before, &findings, &entries);
        let line = lines.position(&text, start + plant.span.start).line;
        planted.push(Planted { path: path.clone(), line, plant, outcome });
    }
    Ok(Some(planted))
}

/// The part of a file that is checked for an error: its line where each line is an article of its own, else all of it.
fn article_around(path: &str, text: &str, at: usize) -> (usize, usize) {
    if !path.ends_with(".jsonl") && !path.ends_with(".ndjson") {
        return (0, text.len());
    }
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (start, text[at..].find('\n').map_or(text.len(), |end| at + end))
}

fn tell(
    rules: &RuleSet,
    arguments: &MutateArguments,
    (files, skipped): (usize, Vec<String>),
    all: Vec<Planted>,
) -> Told {
    let mut by_rule: BTreeMap<String, RuleTold> = BTreeMap::new();
    let mut errors = Vec::new();
    for Planted { path, line, plant, outcome } in all {
        let told = by_rule.entry(plant.rule.clone()).or_default();
        let found = outcome == Outcome::Found;
        if outcome == Outcome::StillRight {
            told.still_right += 1;
            continue;
        }
        told.planted += 1;
        told.found += usize::from(found);
        let Plant { rule, original, planted, .. } = plant;
        errors.push(ErrorTold { rule, path, line, original, planted, found });
    }
    let wanted = |id: &str| arguments.rule.is_empty() || arguments.rule.iter().any(|one| one == id);
    let ids = rules.active().map(|rule| rule.id()).filter(|id| wanted(id));
    let planted_for = |id: &str| by_rule.get(id).is_some_and(|told| told.planted > 0);
    let not_planted = ids.filter(|id| !planted_for(id)).map(str::to_owned).collect();
    let (planted, found) = by_rule.values().fold((0, 0), |(p, f), told| (p + told.planted, f + told.found));
    let part = |found: usize, planted: usize| found as f64 / planted as f64;
    let rules = by_rule.into_iter().filter(|(_, told)| told.planted > 0).map(|(rule, told)| RuleTold {
        rule,
        recall: part(told.found, told.planted),
        ..told
    });
    let rules: Vec<RuleTold> = rules.collect();
    let recall = (planted > 0).then(|| part(found, planted));
    errors.sort_by(|a, b| (&a.rule, &a.path, a.line, &a.planted).cmp(&(&b.rule, &b.path, b.line, &b.planted)));
    Told { version: 1, seed: arguments.seed, files, skipped, rules, not_planted, planted, found, recall, errors }
}

impl Told {
    fn text(&self, show_missed: usize) -> String {
        let mut out = String::from("planted  found  recall  rule\n");
        for RuleTold { rule, planted, found, recall, .. } in &self.rules {
            let _ = writeln!(out, "{planted:>7} {found:>6} {:>6.1}%  {rule}", recall * 100.0);
            let missed = self.errors.iter().filter(|error| !error.found && error.rule == *rule);
            for ErrorTold { path, line, original, planted, .. } in missed.take(show_missed) {
                let _ = writeln!(out, "                         missed {path}:{line}: {original} → {planted}");
            }
        }
        match self.not_planted.len() {
            0 => {}
            1..=MOST_NAMED => drop(writeln!(out, "\nnothing to plant for: {}", self.not_planted.join(", "))),
            count => drop(writeln!(out, "\nnothing to plant for {count} rules; --output-format json names them")),
        }
        for path in &self.skipped {
            let _ = writeln!(out, "{path}: packed, or not in UTF-8: no errors can be planted in it");
        }
        let share =
            self.recall.map_or_else(|| "nothing was planted".to_owned(), |recall| format!("{:.1}%", recall * 100.0));
        let (found, planted, files) = (self.found, self.planted, self.files);
        let _ = writeln!(out, "\nfound {found} of {planted} errors planted in {files} files: {share}");
        out
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    (0.0..=1.0).contains(&share).then_some(share).ok_or_else(|| "not between 0 and 1".to_owned())
}
