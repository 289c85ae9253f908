//! `factlint rules`: what is checked, one rule a line.

use super::screen::Color;
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, print};
use clap::Args;
use factlint::examples::languages;
use factlint::rule::{Rule, RuleSet};

#[derive(Args)]
pub(super) struct RulesArguments {
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &RulesArguments) -> Result<Status, Stop> {
    let setup = Setup::load(&arguments.rules, &[]).proved();
    setup.draw_problems(Color::Auto, true);
    print(&listing(&setup.rules))?;
    Ok(if setup.problems.is_empty() { Status::Clean } else { Status::NoVerdict })
}

fn listing(rules: &RuleSet) -> String {
    let spoken = |rule: &Rule| {
        let langs = rules.written(rule).map(languages).unwrap_or_default();
        langs.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let ids = rules.rules.iter().map(|rule| rule.id().len()).max().unwrap_or(0);
    let langs = rules.rules.iter().map(|rule| spoken(rule).len()).max().unwrap_or(0);
    let mut sorted: Vec<&Rule> = rules.rules.iter().collect();
    sorted.sort_by_key(|rule| rule.id());
    let mut out = String::new();
    for rule in sorted {
        let (severity, summary) = (rule.severity.as_str(), &rule.summary);
        out.push_str(&format!("{:<ids$}  {severity:<7}  {:<langs$}  {summary}\n", rule.id(), spoken(rule)));
    }
    out
}
