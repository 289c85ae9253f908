//! `factlint rules`: what is checked, one rule a line.

use super::screen::Color;
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, print};
use clap::Args;
use factlint::examples::languages;
use factlint::rule::Rule;

#[derive(Args)]
pub(super) struct RulesArguments {
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &RulesArguments) -> Result<Status, Stop> {
    let setup = Setup::load(arguments.rules.rules.clone(), !arguments.rules.no_builtin_rules);
    setup.draw_problems(Color::Auto);
    print(&listing(&setup.rules.rules))?;
    Ok(if setup.problems.is_empty() { Status::Clean } else { Status::NoVerdict })
}

fn listing(rules: &[Rule]) -> String {
    let spoken = |rule: &Rule| languages(&rule.written).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let width = |of: fn(&Rule) -> usize| rules.iter().map(of).max().unwrap_or(0);
    let ids = width(|rule| rule.id().len());
    let langs = rules.iter().map(|rule| spoken(rule).len()).max().unwrap_or(0);
    let mut sorted: Vec<&Rule> = rules.iter().collect();
    sorted.sort_by_key(|rule| rule.id());
    let mut out = String::new();
    for rule in sorted {
        let (severity, summary) = (rule.written.severity.as_str(), &rule.written.summary);
        out.push_str(&format!("{:<ids$}  {severity:<7}  {:<langs$}  {summary}\n", rule.id(), spoken(rule)));
    }
    out
}
