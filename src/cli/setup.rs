//! What the commands share: which rules are loaded, and which of them run.

use super::Stop;
use super::screen::{self, Color};
use clap::Args;
use factlint::cache::{self, Cache, Wanted};
use factlint::report::RunProblem;
use factlint::rule::problem::Problem;
use factlint::rule::{Rule, RuleSet};
use factlint::text::nearest;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

/// Which rules are loaded.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Rules")]
pub(super) struct RuleArguments {
    /// Load rules and facts from a TOML file, or from all of a folder, beside the shipped ones (repeatable)
    #[arg(long, value_name = "PATH")]
    pub(super) rules: Vec<PathBuf>,
    /// Leave the shipped rules and facts out
    #[arg(long)]
    pub(super) no_builtin_rules: bool,
    /// Compile rules and facts anew, and keep nothing
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// Rules ready to run, with what is known of where they come from.
pub(super) struct Setup {
    /// Never freed: they are needed until the program ends, and taking them apart would take a tenth of a short run.
    pub(super) rules: ManuallyDrop<RuleSet>,
    pub(super) problems: Vec<Problem>,
    warnings: Vec<Problem>,
    wanted: Wanted,
    /// The words that rules were turned on and off by.
    chosen: (Vec<String>, Vec<String>),
}

impl Setup {
    /// Gets the rules that the arguments ask for, and those at `more` paths.
    pub(super) fn load(arguments: &RuleArguments, more: &[PathBuf]) -> Setup {
        let paths = [more, &arguments.rules].concat();
        let wanted = Wanted { paths, shipped: !arguments.no_builtin_rules };
        let cache = if arguments.no_cache { None } else { Cache::of_user() };
        let (rules, problems) = cache::rules(&wanted, cache.as_ref());
        let (warnings, problems) = problems.into_iter().partition(|problem| problem.is_warning);
        Setup { rules: ManuallyDrop::new(rules), problems, warnings, wanted, chosen: Default::default() }
    }

    /// The same without the cache: a file of it turned out to be damaged.
    pub(super) fn again(&self) -> Setup {
        let (mut rules, mut problems) = cache::rules(&self.wanted, None);
        problems.retain(|problem| !problem.is_warning);
        rules.select(&self.chosen.0, &self.chosen.1);
        let (wanted, chosen) = (self.wanted.clone(), self.chosen.clone());
        Setup { rules: ManuallyDrop::new(rules), problems, warnings: self.warnings.clone(), wanted, chosen }
    }

    /// The same with every part of the rules proved, for commands that show rather than check.
    pub(super) fn proved(self) -> Setup {
        if self.rules.is_sound() { self } else { self.again() }
    }

    /// Turns rules on and off. Words that name no rule are a mistake, unless the rule they name failed to load.
    pub(super) fn select(&mut self, select: &[String], ignore: &[String]) -> Result<(), Stop> {
        let broken = |word: &String| self.problems.iter().any(|problem| problem.rule.as_ref() == Some(word));
        self.chosen = (select.to_vec(), ignore.to_vec());
        let unknown = self.rules.select(select, ignore);
        match unknown.iter().find(|word| !broken(word)) {
            Some(word) => Err(Stop::Said(self.no_rule(word))),
            None => Ok(()),
        }
    }

    /// Says that there is no such rule.
    pub(super) fn no_rule(&self, word: &str) -> String {
        match nearest(word, self.rules.rules.ids()) {
            Some(near) => format!("there is no rule `{word}`; did you mean `{near}`?"),
            None => format!("there is no rule `{word}`; `factlint rules` lists them"),
        }
    }

    /// The name of the file that a rule stands in.
    pub(super) fn file_of(&self, rule: &Rule) -> &str {
        let written = self.rules.written(rule);
        written.and_then(|decl| self.rules.files().get(decl.at.file)).map_or("", |file| file.name.as_str())
    }

    /// Whether a rule was not given by path.
    pub(super) fn is_shipped(&self, rule: &Rule) -> bool {
        !self.is_under(rule, &self.wanted.paths)
    }

    /// Whether a rule stands in one of these files or folders.
    pub(super) fn is_under(&self, rule: &Rule, paths: &[PathBuf]) -> bool {
        let file = Path::new(self.file_of(rule));
        paths.iter().any(|path| file.starts_with(path))
    }

    /// The problems as reporters take them.
    pub(super) fn run_problems(&self) -> Vec<RunProblem> {
        self.problems.iter().map(RunProblem::from).collect()
    }

    /// Draws the problems and warnings on standard error.
    pub(super) fn draw_problems(&self, color: Color, for_people: bool) {
        screen::rule_problems(&self.problems, color, for_people);
        screen::rule_problems(&self.warnings, color, for_people);
    }
}
