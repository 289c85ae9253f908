//! `factlint test`: runs the examples that rules carry, one line for each that fails.

use super::screen::Color;
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, print};
use clap::Args;
use factlint::examples::{self, Failure};
use factlint::rule::Rule;
use factlint::text::LineIndex;
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct TestArguments {
    /// Rule files or folders whose examples are run; without any, those of all rules that are loaded
    #[arg(value_name = "RULES")]
    paths: Vec<PathBuf>,
    /// Fail rules that no example makes fire, and shipped rules without two examples of each sort in each language
    #[arg(long)]
    coverage: bool,
    /// Run only the examples of rules whose id is or begins with these words (comma-separated)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    #[command(flatten)]
    rules: RuleArguments,
}

/// Failures as they are printed, with what was run.
#[derive(Default)]
struct Tally {
    lines: String,
    rules: usize,
    examples: usize,
    failed: usize,
    uncovered: usize,
}

pub(super) fn run(arguments: &TestArguments) -> Result<Status, Stop> {
    // Whoever tests rules wants to hear the warnings too, which only compiling them tells.
    let anew = RuleArguments { no_cache: true, ..arguments.rules.clone() };
    let mut setup = Setup::load(&anew, &arguments.paths).proved();
    setup.draw_problems(Color::Auto, true);
    setup.select(&arguments.select, &[])?;
    let wanted = |rule: &&Rule| arguments.paths.is_empty() || setup.is_under(rule, &arguments.paths);
    let mut tally = Tally::default();
    for rule in setup.rules.active().filter(wanted) {
        tally.run(&setup, rule);
        if arguments.coverage {
            tally.cover(&setup, rule);
        }
    }
    print(&tally.report())?;
    let failed = tally.failed + tally.uncovered > 0;
    Ok(match (setup.problems.is_empty(), failed) {
        (false, _) => Status::NoVerdict,
        (true, true) => Status::Findings,
        (true, false) => Status::Clean,
    })
}

impl Tally {
    fn run(&mut self, setup: &Setup, rule: &Rule) {
        self.rules += 1;
        let examples = setup.rules.written(rule).map(|decl| decl.examples.as_slice()).unwrap_or_default();
        for example in examples {
            self.examples += 1;
            if let Err(failure) = examples::run(&setup.rules, rule.id(), example) {
                self.failed += 1;
                let text = &example.text;
                self.line(setup, rule, text.at.range.start, &failure, &format!("{} — ", text.value));
            }
        }
    }

    fn cover(&mut self, setup: &Setup, rule: &Rule) {
        let Some(decl) = setup.rules.written(rule) else { return };
        for failure in examples::coverage(decl, setup.is_shipped(rule)) {
            self.uncovered += 1;
            self.line(setup, rule, decl.at.range.start, &failure, "");
        }
    }

    /// `Missing  capital  rules/geography.toml:31  text — what came out`.
    fn line(&mut self, setup: &Setup, rule: &Rule, at: usize, failure: &Failure, text: &str) {
        let written = setup.rules.written(rule);
        let file = written.and_then(|decl| setup.rules.files().get(decl.at.file));
        let line = file.map_or(0, |file| LineIndex::new(&file.text).position(&file.text, at).line);
        let told = format!("{text}{}", failure.came_out).replace(['\n', '\r'], "⏎");
        let place = format!("{}:{line}", setup.file_of(rule));
        self.lines.push_str(&format!("{:<9}  {}  {place}  {told}\n", failure.fault, rule.id()));
    }

    fn report(&self) -> String {
        let Tally { lines, rules, examples, failed, uncovered } = self;
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let of = format!("{} of {}", count(*examples, "example"), count(*rules, "rule"));
        let gaps = if *uncovered == 0 { String::new() } else { format!(", {}", count(*uncovered, "gap")) };
        match failed {
            0 => format!("{lines}{of} passed{gaps}\n"),
            _ => format!("{lines}{failed} of {of} failed{gaps}\n"),
        }
    }
}
