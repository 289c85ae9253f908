//! `factlint explain RULE`: what a rule finds, by what patterns and facts, what it leaves alone, and its examples.

use super::screen::Color;
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, print};
use clap::Args;
use factlint::examples::{languages, unmark};
use factlint::rule::Rule;
use factlint::rule::written::{ContextDecl, Placed, RuleDecl};
use std::fmt::Write as _;

#[derive(Args)]
pub(super) struct ExplainArguments {
    /// The rule's id, as findings show it
    rule: String,
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &ExplainArguments) -> Result<Status, Stop> {
    let setup = Setup::load(&arguments.rules, &[]).proved();
    let Some(rule) = setup.rules.rules.iter().find(|rule| rule.id() == arguments.rule) else {
        setup.draw_problems(Color::Auto, true);
        let broken = setup.problems.iter().any(|problem| problem.rule.as_ref() == Some(&arguments.rule));
        return Err(match broken {
            true => Stop::said(format!("the rule `{}` does not load: see above", arguments.rule)),
            false => Stop::said(setup.no_rule(&arguments.rule)),
        });
    };
    print(&explanation(rule, &setup).unwrap_or_default())?;
    Ok(Status::Clean)
}

fn explanation(rule: &Rule, setup: &Setup) -> Option<String> {
    let decl = setup.rules.written(rule)?;
    let mut out = format!("{} ({}, {})\n\n{}\n", rule.id(), decl.severity.as_str(), setup.file_of(rule), decl.summary);
    if let Some(docs) = &decl.docs {
        let _ = write!(out, "\n{}\n", docs.trim());
    }
    for lang in languages(decl) {
        let patterns = decl.patterns.iter().filter(|(of, _)| *of == lang).map(|(_, pattern)| pattern.value.clone());
        section(&mut out, &format!("Looks for ({lang})"), patterns);
    }
    let expect = decl.expect.iter().map(|(slot, expression)| format!("{} = {}", slot.value, expression.value));
    section(&mut out, "Expects", expect);
    section(&mut out, "Requires", decl.require.iter().map(|require| require.value.clone()));
    let names = |slots: &[Placed<String>]| slots.iter().map(|s| s.value.as_str()).collect::<Vec<_>>().join(", ");
    let agree = decl.agree.iter().map(|agree| {
        format!(
            "claims of one {} must agree on {} within one {}",
            names(&agree.same),
            agree.on.value,
            agree.within.value
        )
    });
    section(&mut out, "Compares", agree);
    let order = decl.order.iter().map(|order| {
        let by = order.by.as_ref().map_or("the article", |by| by.value.as_str());
        let step = order.step.map(|step| format!(" by {step}")).unwrap_or_default();
        let from = order.from.map(|from| format!("; a series begins with {from}")).unwrap_or_default();
        format!("{} must rise{step} in the order of {by}{from}", order.of.value)
    });
    section(&mut out, "Orders", order);
    section(&mut out, "Is silent when", guards(rule, decl, setup));
    let (loud, silent): (Vec<_>, Vec<_>) =
        decl.examples.iter().partition(|example| !unmark(&example.text.value).spans.is_empty());
    section(
        &mut out,
        "Fires on",
        loud.into_iter().map(|example| match &example.expect {
            Some(expect) => format!("{}  → {}", one_line(&example.text.value), expect.value),
            None => one_line(&example.text.value),
        }),
    );
    section(&mut out, "Leaves alone", silent.into_iter().map(|example| one_line(&example.text.value)));
    Some(out)
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (at, line) in lines.enumerate() {
        if at == 0 {
            let _ = write!(out, "\n{title}:\n");
        }
        let _ = writeln!(out, "  {line}");
    }
}

/// The shared guards in force, then the rule's own contexts.
fn guards(rule: &Rule, decl: &RuleDecl, setup: &Setup) -> impl Iterator<Item = String> {
    let told = |(name, summary): (&str, &str)| format!("{name}: {summary}");
    let mut lines: Vec<String> = setup.rules.guards_of(rule).map(told).collect();
    let written = |context: &ContextDecl| {
        let look = format!("{:?}", context.look).to_lowercase();
        let patterns: Vec<&str> = context.patterns.iter().map(|pattern| pattern.value.as_str()).collect();
        format!("{look} ({}): {}", context.lang, patterns.join("  "))
    };
    lines.extend(decl.unless.iter().map(written));
    if !decl.unless_blocks.is_empty() {
        let roles: Vec<&str> = decl.unless_blocks.iter().map(|role| role.as_str()).collect();
        lines.push(format!("in a block that is: {}", roles.join(", ")));
    }
    if !decl.only.is_empty() {
        let wanted: Vec<String> = decl.only.iter().map(written).collect();
        lines.push(format!("where none of these stands: {}", wanted.join("; ")));
    }
    lines.into_iter()
}

fn one_line(text: &str) -> String {
    text.replace("\r\n", "⏎").replace(['\n', '\r'], "⏎")
}
