//! `factlint explain RULE`.

use super::shared::{Color, RuleSources, complain, show_problems};
use super::{CLEAN, NO_VERDICT};
use crate::examples::strip;
use crate::rule::{Rule, RuleSet};
use crate::text::nearest;
use clap::Args;
use std::io::{self, Write};

#[derive(Args, Debug)]
pub(super) struct ExplainArguments {
    /// Id of the rule
    rule: String,
    #[command(flatten)]
    rules: RuleSources,
}

pub(super) fn run(arguments: &ExplainArguments) -> u8 {
    let (rules, problems) = arguments.rules.load(&[]);
    show_problems(&problems, Color::Auto);
    let Some(rule) = rules.rules.iter().find(|rule| rule.id() == arguments.rule) else {
        let help = match nearest(&arguments.rule, rules.rules.iter().map(Rule::id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`factlint rules` lists them".to_owned(),
        };
        complain(&format!("there is no rule `{}`; {help}", arguments.rule));
        return NO_VERDICT;
    };
    // A closed pipe ends the explanation; nothing is left to tell.
    let _ = io::stdout().lock().write_all(explain(&rules, rule).as_bytes());
    if problems.is_empty() { CLEAN } else { NO_VERDICT }
}

fn explain(rules: &RuleSet, rule: &Rule) -> String {
    let written = &rule.written;
    let mut out = format!("{} ({})\n\n{}\n", rule.id(), written.severity.as_str(), written.summary);
    if let Some(docs) = &written.docs {
        out += &format!("\n{}\n", docs.trim());
    }
    out += "\nLooks for\n";
    for (lang, pattern) in &written.patterns {
        out += &format!("  {lang}  {}\n", pattern.value);
    }
    if !(written.expect.is_empty() && written.require.is_none()) {
        out += "\nExpects\n";
        for (slot, expression) in &written.expect {
            out += &format!("  {} = {}\n", slot.value, expression.value);
        }
        if let Some(require) = &written.require {
            out += &format!("  {}\n", require.value);
        }
    }
    let guards: Vec<&str> = rules.guard_names(rule).collect();
    if !guards.is_empty() {
        out += &format!("\nSilent in these contexts: {}\n", guards.join(", "));
    }
    out += "\nFlags\n";
    let (firing, silent): (Vec<_>, Vec<_>) = written.examples.iter().partition(|example| !strip(&example.text.value).1.is_empty());
    for example in firing {
        out += &format!("  {}\n", example.text.value);
    }
    out += "\nLeaves alone\n";
    for example in silent {
        out += &format!("  {}\n", strip(&example.text.value).0);
    }
    out
}
