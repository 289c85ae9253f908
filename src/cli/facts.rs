//! `factlint facts NAME`: what is known of a name, and `--statistics`: how much is known at all.

use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, print, screen};
use clap::Args;
use factlint::fact::{Counts, KnownFact, KnownName, Reading};
use factlint::text::Lang;
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Near names that are shown.
const MOST_NEAR: usize = 8;

#[derive(Args)]
pub(super) struct FactsArguments {
    /// A name in any language, or an id
    #[arg(required_unless_present = "statistics")]
    name: Option<String>,
    /// Only what holds on this day
    #[arg(long, value_name = "DATE", value_parser = super::check::day)]
    on: Option<Date>,
    /// How to report: text for people, or json
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    output_format: String,
    /// Count entities, names and facts by kind instead
    #[arg(long, conflicts_with = "name")]
    statistics: bool,
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &FactsArguments) -> Result<Status, Stop> {
    let setup = Setup::load(&arguments.rules, &[]).proved();
    setup.draw_problems(screen::Color::Auto, true);
    let facts = setup.rules.facts();
    let json = arguments.output_format == "json";
    let Some(name) = &arguments.name else {
        let counts = facts.counts();
        print(&if json { format!("{:#}\n", json!({ "version": 1, "kinds": counts })) } else { table(&counts) })?;
        return Ok(Status::Clean);
    };
    let lang = Lang::of_script(name).unwrap_or(Lang::EN);
    let readings = facts.readings_of(name, lang, arguments.on);
    let near = if readings.is_empty() { facts.names_near(name, MOST_NEAR) } else { Vec::new() };
    if json {
        let on = arguments.on.map(|day| day.to_string());
        let told = json!({ "version": 1, "name": name, "on": on, "readings": readings, "near": near });
        print(&format!("{told:#}\n"))?;
    } else if readings.is_empty() {
        let near = if near.is_empty() { String::new() } else { format!("; near it: {}", near.join(", ")) };
        print(&format!("nothing is known of “{name}”{near}\n"))?;
    } else {
        print(&readings.iter().map(|reading| card(reading, lang)).collect::<Vec<_>>().join("\n"))?;
    }
    Ok(if readings.is_empty() { Status::Findings } else { Status::Clean })
}

fn table(counts: &BTreeMap<String, Counts>) -> String {
    let mut out = format!("{:<14} {:>9} {:>9} {:>9}\n", "kind", "entities", "names", "facts");
    let mut all = Counts::default();
    for (kind, Counts { entities, names, facts }) in counts {
        let _ = writeln!(out, "{kind:<14} {entities:>9} {names:>9} {facts:>9}");
        all.entities += entities;
        all.names += names;
        all.facts += facts;
    }
    let _ = writeln!(out, "{:<14} {:>9} {:>9} {:>9}", "all", all.entities, all.names, all.facts);
    out
}

/// One reading: its names by language, then its facts, each with its time and source.
fn card(reading: &Reading, lang: Lang) -> String {
    let title = reading.names.iter().find(|name| name.lang == lang.code() && name.form.is_none());
    let title = title.or(reading.names.first()).map_or(reading.id.as_str(), |name| name.name.as_str());
    let mut out = format!("{title} — {} {}\n", reading.kind, reading.id);
    let mut by_form: Vec<(String, Vec<String>)> = Vec::new();
    for name in &reading.names {
        let form = name.form.as_ref().map_or_else(|| name.lang.clone(), |form| format!("{} {form}", name.lang));
        match by_form.iter_mut().find(|(known, _)| *known == form) {
            Some((_, names)) => names.push(shown(name)),
            None => by_form.push((form, vec![shown(name)])),
        }
    }
    for (form, names) in by_form {
        let _ = writeln!(out, "  {form:<18} {}", names.join(", "));
    }
    let mut source = None;
    for fact in &reading.facts {
        let from = (fact.source.as_deref(), fact.checked);
        if source != Some(from) && source.is_some() {
            out.push_str(&told(source));
        }
        source = Some(from);
        let _ = writeln!(out, "  {:<18} {}", fact.relation, value(fact));
    }
    out.push_str(&told(source));
    out
}

fn shown(name: &KnownName) -> String {
    let mut out = name.name.clone();
    out.push_str(&validity(name.from, name.until));
    for (marked, word) in [(name.weak, "weak"), (name.unsure, "unsure")] {
        if marked {
            let _ = write!(out, " ({word})");
        }
    }
    out
}

fn value(fact: &KnownFact) -> String {
    let mut out = match &fact.name {
        Some(name) if *name != fact.value => format!("{name} ({})", fact.value),
        _ => fact.value.clone(),
    };
    out.push_str(&validity(fact.from, fact.until));
    if fact.unsure {
        out.push_str(" (unsure: supports, never refutes)");
    }
    out
}

fn validity(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!(", {from} to {until}"),
        (Some(from), None) => format!(", since {from}"),
        (None, Some(until)) => format!(", until {until}"),
        (None, None) => String::new(),
    }
}

/// Where the facts above it come from.
fn told(source: Option<(Option<&str>, Option<Date>)>) -> String {
    let Some((source, checked)) = source else { return String::new() };
    let parts = [source.map(str::to_owned), checked.map(|day| format!("checked {day}"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("    — {}\n", parts.join(", ")) }
}
