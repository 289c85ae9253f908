//! A check under way: every file is checked, told to the reports, and repaired if that was asked for.

use super::check::CheckArguments;
use super::every::every_file;
use super::git::Change;
use super::reports::Report;
use super::screen;
use super::setup::Setup;
use super::{Status, Stop, fix, progress};
use factlint::accept::{Entry, Register};
use factlint::batch::{self, CheckedFile, Source, Work};
use factlint::config::Config;
use factlint::diagnostic::Severity;
use factlint::engine::RuleCost;
use factlint::join::InFile;
use factlint::read::ReadSettings;
use factlint::report::{FileReport, QUALITY, RunProblem, Summary, costs};
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

/// A run under way.
pub(super) struct Run<'a> {
    pub(super) reports: Vec<Report>,
    pub(super) summary: Summary,
    pub(super) problems: Vec<RunProblem>,
    /// The lines that findings must touch to be told.
    pub(super) change: Option<Change>,
    /// Everything found, if a baseline is to be written of it.
    pub(super) baseline: Register,
    /// Files with findings, if they are to be repaired.
    pub(super) repairable: Vec<CheckedFile>,
    pub(super) arguments: &'a CheckArguments,
    pub(super) config: &'a Config,
}

impl Run<'_> {
    /// Checks the copy and tells what is found.
    pub(super) fn tell(
        &mut self,
        setup: &mut Setup,
        settings: &ReadSettings,
        sources: &[Source],
        registers: &[Register],
        threads: usize,
    ) -> Result<(), Stop> {
        for report in &mut self.reports {
            report.reporter.begin(&mut report.out)?;
        }
        let quality = |word: &String| word.split_once('=').is_some_and(|(format, _)| format == QUALITY);
        let sizes = self.arguments.output_format == QUALITY || self.arguments.output_file.iter().any(quality);
        let work = Work {
            threads,
            measure: self.arguments.statistics,
            list: false,
            sizes,
            whole: self.arguments.repairs() || self.change.is_some(),
            registers,
        };
        let mut spent = vec![RuleCost::default(); setup.rules.rules.len()];
        let own = setup.rules.rules.severities();
        let bar = progress::bar(self.arguments, sources.len());
        let mut flagged: HashSet<String> = HashSet::new();
        let told: RefCell<Vec<InFile>> = RefCell::default();
        // The archive that was handed on last, perhaps not to its end.
        let begun: RefCell<Option<String>> = RefCell::default();
        let mut each = |run: &mut Self, mut file: CheckedFile| {
            begun.replace(file.part.then(|| file.path.clone()));
            run.config.adjust(&file.path, &mut file.diagnostics, |rule| own.get(rule).copied());
            if let Some(change) = &run.change {
                change.keep_touched(&file.path, &file.text, &mut file.diagnostics);
            }
            if file.again {
                let first = !file.diagnostics.is_empty() && !flagged.contains(&file.path);
                run.summary.add_to_file(file.articles, file.claims, &file.diagnostics, first);
            } else {
                run.summary.add(file.articles, file.claims, &file.diagnostics);
                bar.inc(1);
            }
            if !file.told.is_empty() || file.before.bytes > 0 || file.part {
                // Only files that may be told of again are remembered.
                flagged.extend((!file.diagnostics.is_empty()).then(|| file.path.clone()));
                let path: Arc<str> = Arc::from(file.path.as_str());
                let in_file = |told| InFile { path: Arc::clone(&path), before: file.before, told };
                told.borrow_mut().extend(std::mem::take(&mut file.told).into_iter().map(in_file));
            }
            spent.iter_mut().zip(&file.costs).for_each(|(all, one)| all.add(one));
            if run.arguments.verbose {
                screen::to_stderr(&format!("{}: {} articles, {} claims\n", file.path, file.articles, file.claims));
            }
            run.summary.accepted += file.accepted.len();
            if run.arguments.update_baseline {
                let said = Entry::default();
                file.diagnostics.iter().for_each(|found| run.baseline.add(&file.path, &file.text, found, &said));
            }
            if run.arguments.diff {
                run.repairable.extend((!file.again).then_some(file));
                return Ok::<(), Stop>(());
            }
            let report = FileReport {
                path: &file.path,
                text: &file.text,
                before: file.before,
                diagnostics: &file.diagnostics,
                articles: &file.sizes,
                accepted: &file.accepted,
            };
            run.reports.iter_mut().try_for_each(|to| Ok::<(), Stop>(to.reporter.file(&mut to.out, &report)?))?;
            if run.arguments.repairs() && file.diagnostics.iter().any(|found| !found.fixes.is_empty()) {
                run.repairable.push(file);
            }
            Ok(())
        };
        let mut problems = std::mem::take(&mut self.problems);
        let gathered = (&mut problems, self.arguments.quiet);
        let checked = every_file((setup, settings), (sources, work), gathered, |file| each(self, file));
        self.problems = problems;
        let contradicted = batch::contradictions(&setup.rules, settings, sources, registers, &told.take());
        let checked = checked.and_then(|()| contradicted.into_iter().try_for_each(|file| each(self, file)));
        bar.finish_and_clear();
        match checked {
            Ok(()) => {}
            // The reports are ended as they should be, with what was found until then.
            Err(Stop::Interrupted) => {
                let begun = begun.take();
                let whole = self.summary.files - usize::from(begun.is_some());
                let some = begun.map_or_else(String::new, |path| format!(", and some of {path}"));
                let message = format!("interrupted: {whole} of {} files were checked{some}", sources.len());
                screen::complain(&message);
                self.problems.push(RunProblem { message, ..RunProblem::default() });
            }
            Err(stop) => return Err(stop),
        }
        self.repair(setup, settings)?;
        for report in self.reports.iter_mut().filter(|_| !self.arguments.diff) {
            report.reporter.end(&mut report.out, &self.summary, &self.problems)?;
        }
        if self.arguments.statistics {
            let named: Vec<(&str, RuleCost)> = setup.rules.rules.ids().zip(spent).collect();
            costs(&mut self.reports[0].out, &named)?;
        }
        self.reports.iter_mut().try_for_each(|report| Ok(report.out.flush()?))
    }

    /// Repairs what can be repaired, or shows what would change.
    fn repair(&mut self, setup: &Setup, settings: &ReadSettings) -> Result<(), Stop> {
        let mut repaired = 0;
        for file in std::mem::take(&mut self.repairable) {
            match fix::fix(self.arguments, &setup.rules, settings, &file) {
                Ok(fixed) => {
                    self.reports[0].out.write_all(fixed.diff.as_bytes())?;
                    repaired += fixed.written.len();
                    fixed.written.iter().for_each(|severity| self.summary.repaired(*severity));
                }
                Err(Stop::Said(words)) => {
                    screen::complain(&words);
                    self.problems.push(RunProblem { path: file.path, message: words, ..RunProblem::default() });
                }
                Err(stop) => return Err(stop),
            }
        }
        if self.arguments.repairs() && !self.arguments.diff && !self.arguments.quiet {
            screen::to_stderr(&format!("{repaired} repaired\n"));
        }
        Ok(())
    }

    /// How the run ended.
    pub(super) fn status(&self, fail_on: Severity) -> Status {
        match self.summary.at_or_above(fail_on) {
            _ if !self.problems.is_empty() => Status::NoVerdict,
            0 => Status::Clean,
            _ if self.arguments.exit_zero => Status::Clean,
            _ => Status::Findings,
        }
    }
}
