//! The facts file: TOML with one entity a line, the same for the same table and map.

use super::entity::{Entity, Fact, Name};
use super::map::Source;
use super::value::Object;
use jiff::civil::Date;
use std::fmt::Write as _;

/// Columns at which the first lines wrap.
const WIDTH: usize = 116;

/// What stands over the facts.
pub(super) struct Head<'a> {
    pub(super) about: Option<&'a str>,
    pub(super) table: &'a str,
    pub(super) map: &'a str,
    pub(super) source: &'a Source,
}

/// The whole file.
pub(super) fn file(head: &Head<'_>, entities: &[Entity]) -> String {
    let mut out = String::new();
    head.about.into_iter().for_each(|about| comment(&mut out, about));
    let made = format!("Made from {} by `factlint import` with {}: mend these, not this file.", head.table, head.map);
    comment(&mut out, &made);
    out.push_str("\n[source]\n");
    let words = [
        ("name", Some(&head.source.name)),
        ("licence", head.source.licence.as_ref()),
        ("url", head.source.url.as_ref()),
    ];
    for (key, word) in words {
        word.into_iter().for_each(|word| line(&mut out, format_args!("{key} = {}\n", string(word))));
    }
    line(&mut out, format_args!("checked = {}\n", head.source.checked));
    let mut kinds: Vec<&str> = Vec::new();
    for entity in entities {
        if !kinds.contains(&entity.kind.as_str()) {
            kinds.push(&entity.kind);
        }
    }
    for kind in kinds {
        line(&mut out, format_args!("\n[entity.{kind}]\n"));
        for entity in entities.iter().filter(|entity| entity.kind == kind) {
            line(&mut out, format_args!("{} = {}\n", entity.id, record(entity)));
        }
    }
    out
}

/// Writing to a string cannot fail.
fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(words);
}

fn comment(out: &mut String, words: &str) {
    let mut width = 0;
    for word in words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if width == 0 || width + word.chars().count() >= WIDTH {
            out.push_str(if width == 0 { "#" } else { "\n#" });
            width = 1;
        }
        line(out, format_args!(" {word}"));
        width += 1 + word.chars().count();
    }
    if width > 0 {
        out.push('\n');
    }
}

/// `{ zh = ["…"], country = "OM" }`.
fn record(entity: &Entity) -> String {
    let mut keys: Vec<String> = Vec::new();
    for (at, name) in entity.names.iter().enumerate() {
        let same = |other: &&Name| other.lang == name.lang && other.form == name.form;
        if entity.names[..at].iter().any(|other| same(&other)) {
            continue;
        }
        let names: Vec<String> = entity.names.iter().filter(same).map(one_name).collect();
        let form = name.form.as_ref().map_or(String::new(), |form| format!("{form}."));
        keys.push(format!("{form}{} = [{}]", name.lang, names.join(", ")));
    }
    if !entity.part_of.is_empty() {
        let ids: Vec<String> = entity.part_of.iter().map(|(id, _)| string(id)).collect();
        keys.push(format!("part_of = [{}]", ids.join(", ")));
    }
    for (at, fact) in entity.facts.iter().enumerate() {
        let same = |other: &&Fact| other.relation == fact.relation;
        if entity.facts[..at].iter().any(|other| same(&other)) {
            continue;
        }
        let facts: Vec<String> = entity.facts.iter().filter(same).map(one_fact).collect();
        keys.push(match facts.as_slice() {
            [one] => format!("{} = {one}", fact.relation),
            facts => format!("{} = [{}]", fact.relation, facts.join(", ")),
        });
    }
    table(&keys)
}

fn table(keys: &[String]) -> String {
    if keys.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", keys.join(", ")) }
}

fn one_name(name: &Name) -> String {
    let mut keys = stretch(name.since, name.until);
    keys.extend(name.weak.then(|| "weak = true".to_owned()));
    keys.extend(name.unsure.then(|| "unsure = true".to_owned()));
    if keys.is_empty() {
        return string(&name.name);
    }
    keys.insert(0, format!("name = {}", string(&name.name)));
    table(&keys)
}

fn one_fact(fact: &Fact) -> String {
    let object = match &fact.object {
        Object::Id { id, .. } => string(id),
        Object::Text(text) | Object::Plain(text) => string(text),
        Object::Number(number) => number.clone(),
        Object::Date(day) => day.to_string(),
    };
    let mut keys = stretch(fact.since, fact.until);
    keys.extend(fact.confidence.as_ref().map(|confidence| format!("confidence = {}", string(confidence))));
    keys.extend(fact.contested.then(|| "contested = true".to_owned()));
    keys.extend(fact.checked.map(|checked| format!("checked = {checked}")));
    keys.extend(fact.source.as_ref().map(|source| format!("source = {}", string(source))));
    if keys.is_empty() {
        return object;
    }
    keys.insert(0, format!("is = {object}"));
    table(&keys)
}

fn stretch(since: Option<Date>, until: Option<Date>) -> Vec<String> {
    let from = since.map(|day| format!("from = {day}"));
    let until = until.map(|day| format!("until = {day}"));
    from.into_iter().chain(until).collect()
}

/// A TOML string on one line, whatever stands in it.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => line(&mut out, format_args!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
