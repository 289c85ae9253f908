//! `[[rule]]`.

use super::guards::{CONTEXT, LOOKS, contexts};
use super::table::{Item, Reader, Table};
use crate::diagnostic::Severity;
use crate::rule::problem::Problem;
use crate::rule::written::{AgreeDecl, ExampleDecl, OrderDecl, Placed, RuleDecl};
use crate::text::Lang;
use toml::de::DeValue;

pub(super) const RULE: &[&str] = &[
    "id", "severity", "summary", "docs", "patterns", "expect", "require", "agree", "order", "message", "help",
    "guards", "unless", "only", "examples",
];
pub(super) const EXAMPLE: &[&str] = &["text", "expect", "date", "place", "lang", "severity"];

pub(super) fn rules(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Vec<RuleDecl> {
    let Some(value) = top.get("rule") else { return Vec::new() };
    let DeValue::Array(items) = value.get_ref() else {
        reader.problem("rules are a list", value.span(), "write `[[rule]]`, with two brackets");
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in items.iter() {
        let before = reader.found.len();
        let rule = reader.table(item, "a rule").and_then(|table| rule(reader, &table));
        let id = rule.as_ref().map(|rule| rule.id.value.clone());
        // A rule with a problem does not run; the file's other rules do.
        for problem in &mut reader.found[before..] {
            problem.rule.clone_from(&id);
        }
        out.extend(rule.filter(|_| reader.found.len() == before));
    }
    out
}

fn rule(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<RuleDecl> {
    reader.only_keys(table, RULE, "a rule");
    let id = reader.required(table, "id", "the rule")?;
    if id.value.is_empty() || !id.value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        reader.problem(
            format!("`{}` is no id for a rule", id.value),
            id.at.range.clone(),
            "use lower-case letters, digits and `-`",
        );
    }
    let summary = reader.required(table, "summary", "the rule").map(|summary| summary.value).unwrap_or_default();
    let severity = severity(reader, table).unwrap_or(Severity::Error);
    let (unless, unless_blocks) = match table.get("unless").and_then(|value| reader.table(value, "`unless`")) {
        Some(unless) => {
            reader.only_keys(&unless, CONTEXT, "`unless`");
            contexts(reader, &unless)
        }
        None => Default::default(),
    };
    let only = match table.get("only").and_then(|value| reader.table(value, "`only`")) {
        Some(only) => {
            reader.only_keys(&only, LOOKS, "`only`");
            contexts(reader, &only).0
        }
        None => Vec::new(),
    };
    let (guards_add, guards_drop) = guards(reader, table);
    let decl = RuleDecl {
        severity,
        summary,
        docs: reader.optional(table, "docs").map(|docs| docs.value),
        patterns: texts_by_language(reader, table, "patterns"),
        expect: expect(reader, table),
        require: reader.optional(table, "require"),
        agree: table.get("agree").and_then(|value| agree(reader, value)),
        order: table.get("order").and_then(|value| order(reader, value)),
        message: texts_by_language(reader, table, "message"),
        help: texts_by_language(reader, table, "help"),
        guards_add,
        guards_drop,
        unless,
        unless_blocks,
        only,
        examples: examples(reader, table),
        at: reader.at(id.at.range.clone()),
        id,
    };
    complete(reader, &decl);
    Some(decl)
}

/// What every rule must have.
fn complete(reader: &mut Reader<'_>, decl: &RuleDecl) {
    let range = decl.id.at.range.clone();
    if decl.patterns.is_empty() {
        reader.problem("the rule has no patterns", range.clone(), "add `patterns.zh = ['…']` or `patterns.en = ['…']`");
    }
    if decl.expect.is_empty() && decl.require.is_none() && decl.agree.is_none() && decl.order.is_none() {
        reader.problem(
            "the rule does not say what should hold",
            range.clone(),
            "add `expect.SLOT = \"…\"`, `require`, `agree` or `order`",
        );
    }
    if decl.message.is_empty() {
        reader.problem("the rule has no message", range.clone(), "add `message.zh = \"…\"` or `message.en = \"…\"`");
    }
    if decl.examples.is_empty() {
        reader.problem("the rule has no examples", range, "add `examples = [{ text = \"…[…]…\" }, { text = \"…\" }]`: one that it flags, with brackets, and one that it leaves alone");
    }
    for (at, example) in decl.examples.iter().enumerate() {
        let plain = |example: &ExampleDecl| example.text.value.replace(['[', ']'], "");
        let same = |other: &&ExampleDecl| {
            plain(other) == plain(example) && other.date == example.date && other.text.value != example.text.value
        };
        if let Some(other) = decl.examples[..at].iter().find(same) {
            let problem =
                Problem::new("two examples are in conflict: one text, two marks", &example.text.at, reader.files)
                    .help("keep one of them, or give them different days with `date`")
                    .also("the other one", &other.text.at, reader.files);
            reader.found.push(problem);
        }
    }
}

fn severity(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<Severity> {
    let word = reader.optional(table, "severity")?;
    let severity = Severity::from_word(&word.value);
    if severity.is_none() {
        reader.problem(format!("`{}` is no severity", word.value), word.at.range, "write `error`, `warning` or `note`");
    }
    severity
}

fn texts_by_language(reader: &mut Reader<'_>, table: &Table<'_, '_>, key: &str) -> Vec<(Lang, Placed<String>)> {
    let Some(value) = table.get(key) else { return Vec::new() };
    let mut out = Vec::new();
    for (lang, value) in reader.by_language(value, key) {
        out.extend(reader.strings(value, &format!("`{key}`")).into_iter().map(|text| (lang, text)));
    }
    out
}

fn expect(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Vec<(Placed<String>, Placed<String>)> {
    let Some(value) = table.get("expect") else { return Vec::new() };
    let DeValue::Table(_) = value.get_ref() else {
        reader.problem("`expect` says which slot it speaks of", value.span(), "write `expect.SLOT = \"…\"`");
        return Vec::new();
    };
    let Some(slots) = reader.table(value, "`expect`") else { return Vec::new() };
    let mut out = Vec::new();
    for (slot, span, value) in slots.in_order() {
        let slot = Placed { value: slot.to_owned(), at: reader.at(span) };
        out.extend(reader.string(value, "an expression").map(|expression| (slot, expression)));
    }
    out
}

fn guards(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> (Vec<Placed<String>>, Vec<Placed<String>>) {
    let Some(guards) = table.get("guards").and_then(|value| reader.table(value, "`guards`")) else {
        return Default::default();
    };
    reader.only_keys(&guards, &["add", "drop"], "`guards`");
    let mut list = |key| guards.get(key).map(|value| reader.strings(value, "a guard")).unwrap_or_default();
    (list("add"), list("drop"))
}

fn agree(reader: &mut Reader<'_>, value: Item<'_, '_>) -> Option<AgreeDecl> {
    let table = reader.table(value, "`agree`")?;
    reader.only_keys(
        &table,
        &["same", "on", "within", "between", "along", "spelling", "event", "swapped", "against"],
        "`agree`",
    );
    let same = table.get("same").map(|value| reader.strings(value, "a slot")).unwrap_or_default();
    let on = reader.required(&table, "on", "`agree`")?;
    let at = reader.at(value.span());
    let within = reader.optional(&table, "within").unwrap_or(Placed { value: "article".to_owned(), at: at.clone() });
    let between = table.get("between").map(|value| reader.strings(value, "a role"));
    let along = reader.optional(&table, "along");
    let (spelling, event) = (reader.flag(&table, "spelling"), reader.flag(&table, "event"));
    let swapped = reader.flag(&table, "swapped");
    let against = reader.optional(&table, "against");
    Some(AgreeDecl { same, on, within, between, along, spelling, event, swapped, against, at })
}

fn order(reader: &mut Reader<'_>, value: Item<'_, '_>) -> Option<OrderDecl> {
    let table = reader.table(value, "`order`")?;
    reader.only_keys(&table, &["by", "of", "step", "from"], "`order`");
    let by = reader.optional(&table, "by");
    let of = reader.required(&table, "of", "`order`")?;
    let mut number = |key: &str| {
        table.get(key).and_then(|value| match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => {
                reader.problem(format!("`{key}` is a number"), value.span(), format!("write `{key} = 1`"));
                None
            }
        })
    };
    let (step, from) = (number("step"), number("from"));
    if by.is_some() && from.is_some() {
        reader.problem(
            "a series that begins anew runs in the order of the article",
            value.span(),
            "leave out `by` or `from`",
        );
    }
    Some(OrderDecl { by, of, step, from, at: reader.at(value.span()) })
}

fn examples(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Vec<ExampleDecl> {
    let Some(value) = table.get("examples") else { return Vec::new() };
    let DeValue::Array(items) = value.get_ref() else {
        reader.problem("`examples` is a list", value.span(), "write `examples = [{ text = \"…\" }]`");
        return Vec::new();
    };
    items.iter().filter_map(|item| example(reader, item)).collect()
}

fn example(reader: &mut Reader<'_>, value: Item<'_, '_>) -> Option<ExampleDecl> {
    let table = reader.table(value, "an example")?;
    reader.only_keys(&table, EXAMPLE, "an example");
    let text = reader.required(&table, "text", "the example")?;
    if !balanced(&text.value) {
        reader.problem(
            "the brackets of this example do not match",
            text.at.range.clone(),
            "mark each span once: `[words]`; a bracket that belongs to the text is written `\\[`",
        );
    }
    let lang = reader.optional(&table, "lang").and_then(|code| Lang::from_code(&code.value));
    Some(ExampleDecl {
        expect: reader.optional(&table, "expect"),
        date: reader.day(&table, "date"),
        place: reader.optional(&table, "place").map(|place| place.value),
        lang,
        severity: severity(reader, &table),
        text,
    })
}

fn balanced(text: &str) -> bool {
    let (mut open, mut escaped) = (false, false);
    for c in text.chars() {
        match c {
            '[' if !escaped && open => return false,
            '[' if !escaped => open = true,
            ']' if !escaped && !open => return false,
            ']' if !escaped => open = false,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    !open
}
