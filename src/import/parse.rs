//! A map's TOML read into [`Map`]: every mistake is told at its place, and none hides the next.

use super::map::{FactMap, From, Lookup, Map, NameMap, Record, Source, Unique, Value, Within};
use super::reader::{Item, Reader, in_order};
use crate::rule::written::{At, Placed, SourceFile};
use crate::text::Lang;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

const TOP: &[&str] = &[
    "about",
    "delimiter",
    "comment",
    "quote",
    "schema",
    "beside",
    "source",
    "let",
    "where",
    "order",
    "lookup",
    "kind",
    "id",
    "unique",
    "names",
    "forms",
    "facts",
    "part_of",
    "also",
];
const ALSO: &[&str] = &["kind", "id", "where", "unique", "names", "forms", "facts", "part_of"];
const SOURCE: &[&str] = &["name", "licence", "url", "checked"];
const NAME: &[&str] = &["columns", "is", "split", "weak", "unsure", "from", "until"];
const FACT: &[&str] = &["columns", "is", "split", "from", "until", "confidence", "contested", "checked", "source"];
const PARTS: &[&str] = &["columns", "is", "split"];
const LOOKUP: &[&str] = &["files", "kind", "table", "key", "missing"];

impl Map {
    /// Reads a map as far as it can be read.
    pub fn parse(name: &str, text: &str) -> Map {
        let files = vec![SourceFile { name: name.to_owned(), text: text.into(), shipped: false }];
        let mut reader = Reader { files: &files, found: Vec::new() };
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let range = error.span().unwrap_or(0..0);
            reader.problem(format!("this is not TOML: {}", error.message()), range, "correct the syntax here");
        }
        let mut map = read(&mut reader, document.get_ref());
        map.problems = reader.found;
        map.files = files;
        map
    }
}

fn read(reader: &mut Reader<'_>, top: &DeTable<'_>) -> Map {
    let mut map = Map { quote: true, ..Map::default() };
    for (key, span, value) in reader.entries(top, TOP, "a map") {
        match key {
            "about" => map.about = reader.string(value, "`about`").map(|about| about.value),
            "delimiter" => map.delimiter = reader.one_byte(value, "`delimiter`"),
            "comment" => map.comment = reader.one_byte(value, "`comment`"),
            "quote" => map.quote = reader.flag(value, "`quote`").unwrap_or(true),
            "schema" => map.schema = reader.strings(value, "a file of `schema`"),
            "beside" => map.beside = reader.strings(value, "a file of `beside`"),
            "source" => map.source = source(reader, value),
            "let" => {
                for (name, span, value) in reader.table(value, "`[let]`").map(in_order).unwrap_or_default() {
                    let name = Placed { value: name.to_owned(), at: At { file: 0, range: span } };
                    map.lets.extend(reader.string(value, "an expression").map(|expression| (name, expression)));
                }
            }
            "where" => map.filter = reader.condition(value, "`where`"),
            "order" => map.order = reader.strings(value, "`order`"),
            "lookup" => {
                for (name, span, value) in reader.table(value, "`[lookup]`").map(in_order).unwrap_or_default() {
                    map.lookups.extend(lookup(reader, name, span, value));
                }
            }
            "also" => {
                let DeValue::Array(items) = value.get_ref() else {
                    reader.problem("`also` is a list of tables", span, "write it as `[[also]]`");
                    continue;
                };
                for item in items.iter() {
                    let Some(table) = reader.table(item, "`[[also]]`") else { continue };
                    reader.entries(table, ALSO, "`[[also]]`");
                    map.records.extend(record(reader, table, span.clone()));
                }
            }
            _ => {}
        }
    }
    if map.source.is_none() && !top.iter().any(|(key, _)| key.get_ref() == "source") {
        let help = "add `[source]` with `name`, `licence` and `checked`: a finding shows where its fact comes from";
        reader.problem("the map does not say where the facts come from", 0..0, help);
    }
    // A row's own entity comes before those that it tells of besides; the `where` beside it is that of the rows.
    map.records.splice(0..0, record(reader, top, 0..0).map(|own| Record { filter: None, ..own }));
    map
}

fn source(reader: &mut Reader<'_>, value: Item<'_, '_>) -> Option<Source> {
    let table = reader.table(value, "`[source]`")?;
    let (mut name, mut licence, mut url, mut checked) = (None, None, None, None);
    for (key, _, value) in reader.entries(table, SOURCE, "a source") {
        match key {
            "name" => name = reader.string(value, "`name`").map(|word| word.value),
            "licence" => licence = reader.string(value, "`licence`").map(|word| word.value),
            "url" => url = reader.string(value, "`url`").map(|word| word.value),
            _ => checked = Some(reader.day(value, "`checked`")?),
        }
    }
    let (Some(name), Some(checked)) = (name, checked) else {
        let help = "write `name = \"…\"` and `checked = 2026-02-07`, the day when somebody looked";
        reader.problem("the source has no `name` or no `checked`", value.span(), help);
        return None;
    };
    Some(Source { name, licence, url, checked })
}

fn record(reader: &mut Reader<'_>, table: &DeTable<'_>, place: Range<usize>) -> Option<Record> {
    let (mut kind, mut id, mut unique, mut part_of, mut filter) = (None, None, Unique::default(), None, None);
    let (mut names, mut facts) = (Vec::new(), Vec::new());
    for (key, _, value) in in_order(table) {
        match key {
            "kind" => kind = reader.string(value, "`kind`"),
            "id" => id = reader.string(value, "`id`"),
            "where" => filter = reader.condition(value, "`where`"),
            "unique" => {
                unique = reader.string(value, "`unique`").map(|word| unique_of(reader, &word)).unwrap_or_default()
            }
            "names" => by_language(reader, value, None, &mut names),
            "forms" => {
                for (form, span, value) in reader.table(value, "`[forms]`").map(in_order).unwrap_or_default() {
                    let form = Placed { value: form.to_owned(), at: At { file: 0, range: span } };
                    by_language(reader, value, Some(&form), &mut names);
                }
            }
            "facts" => {
                for (relation, span, value) in reader.table(value, "`[facts]`").map(in_order).unwrap_or_default() {
                    let relation = Placed { value: relation.to_owned(), at: At { file: 0, range: span } };
                    each(value, |value| facts.extend(fact(reader, relation.clone(), value)));
                }
            }
            "part_of" => part_of = Parts::read(reader, value, PARTS, "`part_of`").and_then(|parts| parts.value),
            _ => {}
        }
    }
    let (Some(kind), Some(id)) = (kind, id) else {
        let help = "write `kind = \"city\"` and `id = \"{{ name | slug }}\"`";
        reader.problem("the map does not say the `kind` and the `id` of what a row tells of", place, help);
        return None;
    };
    Some(Record { kind, id, filter, unique, names, facts, part_of })
}

fn unique_of(reader: &mut Reader<'_>, word: &Placed<String>) -> Unique {
    match word.value.as_str() {
        "error" => Unique::Error,
        "merge" => Unique::Merge,
        "number" => Unique::Number,
        other => {
            let help = "write `error`, `merge` or `number`";
            reader.problem(format!("`{other}` is nothing to do with equal ids"), word.at.range.clone(), help);
            Unique::Error
        }
    }
}

/// One value, or each of a list of them.
fn each<'t, 'i>(value: Item<'t, 'i>, mut visit: impl FnMut(Item<'t, 'i>)) {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().for_each(visit),
        _ => visit(value),
    }
}

/// What names, facts and `part_of` have in common: a template alone, or a table of keys.
struct Parts<'t, 'i> {
    value: Option<Value>,
    others: Vec<(&'t str, Item<'t, 'i>)>,
}

impl<'t, 'i> Parts<'t, 'i> {
    fn read(reader: &mut Reader<'_>, item: Item<'t, 'i>, keys: &[&str], what: &str) -> Option<Parts<'t, 'i>> {
        if let DeValue::String(_) = item.get_ref() {
            let template = From::Template(reader.string(item, what)?);
            return Some(Parts { value: Some(Value { from: template, split: None }), others: Vec::new() });
        }
        let table = reader.table(item, what)?;
        let (mut from, mut split, mut others) = (None, None, Vec::new());
        for (key, span, value) in reader.entries(table, keys, what) {
            match key {
                "columns" | "is" if from.is_some() => {
                    reader.problem(format!("{what} has `columns` and `is`"), span, "keep one of the two");
                }
                "columns" => from = Some(From::Columns(reader.strings(value, "a column"))),
                "is" => from = reader.string(value, "`is`").map(From::Template),
                "split" => split = reader.string(value, "`split`").map(|word| word.value).filter(|w| !w.is_empty()),
                _ => others.push((key, value)),
            }
        }
        if from.is_none() {
            let help = "add `columns = [\"…\"]`, or `is = \"{{ … }}\"`";
            reader.problem(format!("{what} does not say where it comes from"), item.span(), help);
        }
        Some(Parts { value: from.map(|from| Value { from, split }), others })
    }
}

fn by_language(reader: &mut Reader<'_>, item: Item<'_, '_>, form: Option<&Placed<String>>, out: &mut Vec<NameMap>) {
    for (key, span, value) in reader.table(item, "names by language").map(in_order).unwrap_or_default() {
        let Some(lang) = reader.language(key, span) else { continue };
        each(value, |value| out.extend(name(reader, lang, form, value)));
    }
}

fn name(reader: &mut Reader<'_>, lang: Lang, form: Option<&Placed<String>>, item: Item<'_, '_>) -> Option<NameMap> {
    let parts = Parts::read(reader, item, NAME, "a name")?;
    let value = parts.value?;
    let mut name = NameMap { lang, form: form.cloned(), value, weak: None, unsure: None, since: None, until: None };
    for (key, value) in parts.others {
        match key {
            "weak" => name.weak = reader.condition(value, "`weak`"),
            "unsure" => name.unsure = reader.condition(value, "`unsure`"),
            "from" => name.since = reader.string(value, "`from`"),
            _ => name.until = reader.string(value, "`until`"),
        }
    }
    Some(name)
}

fn fact(reader: &mut Reader<'_>, relation: Placed<String>, item: Item<'_, '_>) -> Option<FactMap> {
    let parts = Parts::read(reader, item, FACT, "a fact")?;
    let mut fact = FactMap::new(relation, parts.value?);
    for (key, value) in parts.others {
        match key {
            "contested" => fact.contested = reader.condition(value, "`contested`"),
            "from" => fact.since = reader.string(value, "`from`"),
            "until" => fact.until = reader.string(value, "`until`"),
            "confidence" => fact.confidence = reader.string(value, "`confidence`"),
            "checked" => fact.checked = reader.string(value, "`checked`"),
            _ => fact.source = reader.string(value, "`source`"),
        }
    }
    Some(fact)
}

fn lookup(reader: &mut Reader<'_>, name: &str, span: Range<usize>, item: Item<'_, '_>) -> Option<Lookup> {
    let entries = reader.table(item, "a look-up")?;
    let (mut files, mut kind, mut table, mut columns, mut skip) = (Vec::new(), None, None, Vec::new(), false);
    for (key, _, value) in reader.entries(entries, LOOKUP, "a look-up") {
        match key {
            "files" => files = reader.strings(value, "a file"),
            "kind" => kind = reader.string(value, "`kind`").map(|word| word.value),
            "table" => table = reader.string(value, "`table`"),
            "key" => columns = reader.strings(value, "`key`"),
            _ => match reader.string(value, "`missing`")? {
                word if word.value == "skip" => skip = true,
                word if word.value == "error" => skip = false,
                word => {
                    reader.problem("what is missing is an error or skipped", word.at.range, "write `skip` or `error`")
                }
            },
        }
    }
    let within = match (table, columns.is_empty(), files.is_empty()) {
        (None, true, false) => Within::Facts { kind: kind.unwrap_or_else(|| name.to_owned()), files },
        (Some(path), false, true) => Within::Table { path, key: columns },
        _ => {
            let help = "write `files = [\"facts.toml\"]`, or `table = \"other.csv\"` with `key = \"column\"`";
            reader.problem("the look-up does not say where it looks", item.span(), help);
            return None;
        }
    };
    Some(Lookup { name: Placed { value: name.to_owned(), at: At { file: 0, range: span } }, within, skip })
}
