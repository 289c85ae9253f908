//! `factlint rules`.

use super::shared::{Color, RuleSources, show_problems};
use super::{CLEAN, NO_VERDICT};
use clap::Args;
use std::io::{self, Write};

#[derive(Args, Debug)]
pub(super) struct RulesArguments {
    #[command(flatten)]
    rules: RuleSources,
}

pub(super) fn run(arguments: &RulesArguments) -> u8 {
    let (rules, problems) = arguments.rules.load(&[]);
    show_problems(&problems, Color::Auto);
    let width = rules.rules.iter().map(|rule| rule.id().len()).max().unwrap_or(0);
    let mut out = io::stdout().lock();
    for rule in &rules.rules {
        let severity = rule.written.severity.as_str();
        if writeln!(out, "{:width$}  {severity:<7}  {}", rule.id(), rule.written.summary).is_err() {
            break;
        }
    }
    if problems.is_empty() { CLEAN } else { NO_VERDICT }
}
