//! `[guard.*]`, and the contexts that guards and rules share.

use super::table::{Item, Reader, Table};
use crate::article::Role;
use crate::rule::written::{ContextDecl, GuardDecl, Look};

pub(super) const GUARD: &[&str] = &["summary", "default", "before", "after", "within", "sentence", "block"];
/// Keys of `unless`, and those of a guard that say where it looks.
pub(super) const CONTEXT: &[&str] = &["before", "after", "within", "sentence", "block"];
/// Keys of `only`.
pub(super) const LOOKS: &[&str] = &["before", "after", "within", "sentence"];

pub(super) fn guards(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Vec<GuardDecl> {
    let Some(guards) = top.get("guard").and_then(|value| reader.table(value, "`[guard]`")) else { return Vec::new() };
    let mut out = Vec::new();
    for (key, span, value) in guards.in_order() {
        let name = reader.name(key, span, "a guard");
        let Some(table) = reader.table(value, "a guard") else { continue };
        reader.only_keys(&table, GUARD, "a guard");
        let summary = reader.required(&table, "summary", "the guard").map(|summary| summary.value).unwrap_or_default();
        let (contexts, blocks) = contexts(reader, &table);
        out.push(GuardDecl { name, summary, default: reader.flag(&table, "default"), contexts, blocks });
    }
    out
}

/// The regexes by place and language, and the block roles.
pub(super) fn contexts(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> (Vec<ContextDecl>, Vec<Role>) {
    let mut out = Vec::new();
    for (key, look) in
        [("before", Look::Before), ("after", Look::After), ("within", Look::Within), ("sentence", Look::Sentence)]
    {
        let Some(value) = table.get(key) else { continue };
        for (lang, value) in reader.by_language(value, key) {
            let patterns = reader.strings(value, "a regex");
            out.push(ContextDecl { look, lang, patterns });
        }
    }
    let blocks = table.get("block").map(|value| roles(reader, value)).unwrap_or_default();
    (out, blocks)
}

fn roles(reader: &mut Reader<'_>, value: Item<'_, '_>) -> Vec<Role> {
    let mut out = Vec::new();
    for word in reader.strings(value, "a role") {
        match Role::from_word(&word.value) {
            Some(role) => out.push(role),
            None => {
                let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
                reader.problem(
                    format!("`{}` is no role of a block", word.value),
                    word.at.range,
                    format!("roles are: {}", roles.join(", ")),
                );
            }
        }
    }
    out
}
