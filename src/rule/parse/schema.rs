//! `[source]`, `[kind.*]` and `[relation.*]`.

use super::table::{Item, Reader, Table};
use crate::rule::written::{KindDecl, RelationDecl, SourceDecl};

pub(super) const SOURCE: &[&str] = &["name", "licence", "url", "checked"];
pub(super) const KIND: &[&str] = &["forms", "label", "transparent", "words"];
pub(super) const RELATION: &[&str] = &["of", "is", "inverse", "unique", "volatile"];

pub(super) fn source(reader: &mut Reader<'_>, value: Item<'_, '_>) -> Option<SourceDecl> {
    let table = reader.table(value, "`[source]`")?;
    reader.only_keys(&table, SOURCE, "a source");
    Some(SourceDecl {
        file: reader.file,
        name: reader.required(&table, "name", "the source")?.value,
        licence: reader.optional(&table, "licence").map(|licence| licence.value),
        url: reader.optional(&table, "url").map(|url| url.value),
        checked: reader.day(&table, "checked"),
    })
}

pub(super) fn kinds(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Vec<KindDecl> {
    let Some(kinds) = top.get("kind").and_then(|value| reader.table(value, "`[kind]`")) else { return Vec::new() };
    let mut out = Vec::new();
    for (key, span, value) in kinds.in_order() {
        let name = reader.name(key, span, "a kind");
        let Some(table) = reader.table(value, "a kind") else { continue };
        reader.only_keys(&table, KIND, "a kind");
        let mut forms = Vec::new();
        if let Some(list) = table.get("forms") {
            for form in reader.strings(list, "a form") {
                let range = form.at.range.clone();
                forms.push(reader.name(&form.value, range, "a form"));
            }
        }
        let mut label = Vec::new();
        if let Some(value) = table.get("label") {
            for (lang, value) in reader.by_language(value, "label") {
                label.extend(reader.string(value, "a label").map(|label| (lang, label.value)));
            }
        }
        let transparent = reader.flag(&table, "transparent");
        let words = reader.flag(&table, "words");
        out.push(KindDecl { name, forms, label, transparent, words });
    }
    out
}

pub(super) fn relations(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Vec<RelationDecl> {
    let Some(relations) = top.get("relation").and_then(|value| reader.table(value, "`[relation]`")) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (key, span, value) in relations.in_order() {
        let name = reader.name(key, span, "a relation");
        let Some(table) = reader.table(value, "a relation") else { continue };
        reader.only_keys(&table, RELATION, "a relation");
        let of = reader.required(&table, "of", "the relation");
        let is = reader.required(&table, "is", "the relation");
        let inverse = reader.optional(&table, "inverse").map(|inverse| {
            let range = inverse.at.range.clone();
            reader.name(&inverse.value, range, "an inverse")
        });
        let (unique, volatile) = (reader.flag(&table, "unique"), reader.flag(&table, "volatile"));
        if let (Some(of), Some(is)) = (of, is) {
            out.push(RelationDecl { name, of, is, inverse, unique, volatile });
        }
    }
    out
}
