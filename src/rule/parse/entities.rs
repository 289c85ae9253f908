//! `[entity.KIND.ID]`: an open map of names by language and form, facts by relation, and `part_of`.
//!
//! Which keys are forms and which are relations is only known when all files are read; here a key with languages
//! inside is a form, and anything else a relation. The checks that follow tell what is neither.

use super::table::{Item, Reader, Table, day_of, language};
use crate::rule::written::{EntityDecl, FactDecl, NameDecl, Object, Placed};
use crate::text::Lang;
use std::ops::Range;
use toml::de::DeValue;

const NAME: &[&str] = &["name", "from", "until", "weak", "unsure"];
const FACT: &[&str] = &["is", "from", "until", "contested", "confidence", "checked", "source"];
const CONFIDENCE: &[&str] = &["high", "medium", "low"];

pub(super) fn entities(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Vec<EntityDecl> {
    let Some(kinds) = top.get("entity").and_then(|value| reader.table(value, "`[entity]`")) else { return Vec::new() };
    let mut out = Vec::new();
    for (kind, kind_span, value) in kinds.in_order() {
        let Some(records) = reader.table(value, "the entities of a kind") else { continue };
        for (id, span, value) in records.in_order() {
            let Some(record) = reader.table(value, "an entity") else { continue };
            let kind = Placed { value: kind.to_owned(), at: reader.at(kind_span.clone()) };
            out.extend(entity(reader, kind, id, span, &record));
        }
    }
    out
}

fn entity(
    reader: &mut Reader<'_>,
    kind: Placed<String>,
    id: &str,
    span: Range<usize>,
    record: &Table<'_, '_>,
) -> Option<EntityDecl> {
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
        reader.problem(format!("`{id}` is no id"), span, "use ASCII letters, digits, `-` and `_`, such as `muscat-om`");
        return None;
    }
    let id = Placed { value: id.to_owned(), at: reader.at(span) };
    let mut decl = EntityDecl { kind, id, names: Vec::new(), facts: Vec::new(), part_of: Vec::new() };
    for (key, span, value) in record.in_order() {
        if key == "part_of" {
            decl.part_of = reader.strings(value, "`part_of`");
        } else if let Some(lang) = language(key) {
            names(reader, lang, None, value, &mut decl.names);
        } else if let Some(form) = form(value) {
            for (lang_key, lang_span, value) in form.in_order() {
                match language(lang_key) {
                    Some(lang) => names(reader, lang, Some(key), value, &mut decl.names),
                    None => reader.problem(
                        format!("`{lang_key}` is no language"),
                        lang_span,
                        "use a two-letter code such as `zh` or `en`",
                    ),
                }
            }
        } else {
            let relation = Placed { value: key.to_owned(), at: reader.at(span) };
            facts(reader, &relation, value, &mut decl.facts);
        }
    }
    Some(decl)
}

/// A table that has no `is` holds names by language: `adjective.en = [...]`.
fn form<'t, 'i>(value: Item<'t, 'i>) -> Option<Table<'t, 'i>> {
    match value.get_ref() {
        DeValue::Table(entries) => {
            let table = Table { entries, span: value.span() };
            table.get("is").is_none().then_some(table)
        }
        _ => None,
    }
}

fn names(reader: &mut Reader<'_>, lang: Lang, form: Option<&str>, value: Item<'_, '_>, out: &mut Vec<NameDecl>) {
    if let DeValue::Array(items) = value.get_ref() {
        for item in items.iter() {
            out.extend(name(reader, lang, form, item));
        }
    } else {
        out.extend(name(reader, lang, form, value));
    }
}

fn name(reader: &mut Reader<'_>, lang: Lang, form: Option<&str>, value: Item<'_, '_>) -> Option<NameDecl> {
    let form = form.map(str::to_owned);
    let plain = |name| NameDecl { lang, form: form.clone(), name, from: None, until: None, weak: false, unsure: false };
    let decl = match value.get_ref() {
        DeValue::Table(_) => {
            let table = reader.table(value, "a name")?;
            reader.only_keys(&table, NAME, "a name");
            let name = reader.required(&table, "name", "the name")?;
            let (from, until) = validity(reader, &table);
            let (weak, unsure) = (reader.flag(&table, "weak"), reader.flag(&table, "unsure"));
            NameDecl { from, until, weak, unsure, ..plain(name) }
        }
        _ => plain(reader.string(value, "a name")?),
    };
    if decl.name.value.trim().is_empty() {
        reader.problem("a name is empty", value.span(), "leave it out");
        return None;
    }
    Some(decl)
}

fn facts(reader: &mut Reader<'_>, relation: &Placed<String>, value: Item<'_, '_>, out: &mut Vec<FactDecl>) {
    if let DeValue::Array(items) = value.get_ref() {
        for item in items.iter() {
            out.extend(fact(reader, relation, item));
        }
    } else {
        out.extend(fact(reader, relation, value));
    }
}

fn fact(reader: &mut Reader<'_>, relation: &Placed<String>, value: Item<'_, '_>) -> Option<FactDecl> {
    let mut decl = FactDecl {
        relation: relation.clone(),
        object: Placed { value: Object::Text(String::new()), at: reader.at(value.span()) },
        from: None,
        until: None,
        unsure: false,
        source: None,
        checked: None,
    };
    let DeValue::Table(_) = value.get_ref() else {
        decl.object = object(reader, value)?;
        return Some(decl);
    };
    let table = reader.table(value, "a fact")?;
    reader.only_keys(&table, FACT, "a fact");
    match table.get("is") {
        Some(value) => decl.object = object(reader, value)?,
        None => {
            reader.problem("the fact does not say what it is", value.span(), "add `is = \"…\"`");
            return None;
        }
    }
    (decl.from, decl.until) = validity(reader, &table);
    decl.unsure = reader.flag(&table, "contested");
    if let Some(confidence) = reader.optional(&table, "confidence") {
        if !CONFIDENCE.contains(&confidence.value.as_str()) {
            reader.problem(
                format!("`{}` is no confidence", confidence.value),
                confidence.at.range,
                "write `high`, `medium` or `low`",
            );
        } else if confidence.value == "low" {
            decl.unsure = true;
        }
    }
    decl.checked = reader.day(&table, "checked");
    decl.source = reader.optional(&table, "source").map(|source| source.value);
    Some(decl)
}

/// `from` and `until`, in order.
fn validity(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
    let (from, until) = (reader.day(table, "from"), reader.day(table, "until"));
    if let (Some(first), Some(last), Some(value)) = (from, until, table.get("until"))
        && last < first
    {
        reader.problem("`until` lies before `from`", value.span(), "both days count: exchange or correct them");
        return (None, None);
    }
    (from, until)
}

fn object(reader: &mut Reader<'_>, value: Item<'_, '_>) -> Option<Placed<Object>> {
    let object = match value.get_ref() {
        DeValue::String(_) => {
            let text = reader.string(value, "a fact")?;
            return Some(Placed { value: Object::Id(text.value), at: text.at });
        }
        DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok().map(Object::Number),
        DeValue::Float(number) => number.as_str().replace('_', "").parse().ok().map(Object::Number),
        DeValue::Datetime(datetime) => day_of(datetime).map(Object::Date),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    };
    match object {
        Some(object) => Some(Placed { value: object, at: reader.at(value.span()) }),
        None => {
            reader.problem(
                "a fact is an id, words, a number or a day",
                value.span(),
                "write `\"muscat-om\"`, `1949` or `1949-10-01`",
            );
            None
        }
    }
}
