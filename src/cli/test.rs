//! `factlint test`.

use super::shared::{Color, RuleSources, complain, show_problems};
use super::{CLEAN, FINDINGS, NO_VERDICT};
use crate::examples::{self, Coverage};
use clap::Args;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(super) struct TestArguments {
    /// Rule files or folders; the shipped rules if none are given
    #[arg(value_name = "RULES")]
    paths: Vec<PathBuf>,
    /// Leave the shipped rules and facts out, also as a base for the files given
    #[arg(long)]
    no_builtin_rules: bool,
    /// Fail rules whose examples do not show enough
    #[arg(long)]
    coverage: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

pub(super) fn run(arguments: &TestArguments) -> u8 {
    // The shipped folder itself must not be loaded twice.
    let shipped_folder = arguments.paths.iter().any(|path| path.join("facts/schema.toml").is_file());
    let sources = RuleSources {
        paths: arguments.paths.clone(),
        no_builtin_rules: arguments.no_builtin_rules || shipped_folder,
    };
    let (mut rules, problems) = sources.load(&[]);
    show_problems(&problems, arguments.color);
    if !arguments.paths.is_empty() && !sources.no_builtin_rules {
        // The shipped rules are there for what the files build on; their own examples are not asked for.
        let (shipped, _) = RuleSources::default().load(&[]);
        let ids: BTreeSet<String> = shipped.rules.iter().map(|rule| rule.id().to_owned()).collect();
        let own: Vec<String> = rules.rules.iter().map(|rule| rule.id().to_owned()).filter(|id| !ids.contains(id)).collect();
        if !own.is_empty() {
            rules.select(&own, &[]);
        }
    }
    let coverage = match (arguments.coverage, arguments.paths.is_empty() || shipped_folder) {
        (false, _) => None,
        (true, true) => Some(Coverage::SHIPPED),
        (true, false) => Some(Coverage::ANY),
    };
    let trial = examples::run(&rules, coverage);
    let mut out = io::stdout().lock();
    let mut say = |line: String| writeln!(out, "{line}").is_ok();
    for failure in &trial.failures {
        say(format!("{} {}: {} (came: {})", failure.fault, failure.rule, failure.text, failure.came));
    }
    for (rule, missing) in &trial.uncovered {
        say(format!("Uncovered {rule}: {missing}"));
    }
    let failed = trial.failures.len();
    say(format!("{} of {} examples of {} rules passed", trial.examples - failed, trial.examples, trial.rules));
    if !problems.is_empty() {
        complain(&format!("{} problems in rules or facts", problems.len()));
        return NO_VERDICT;
    }
    if failed > 0 || !trial.uncovered.is_empty() { FINDINGS } else { CLEAN }
}
