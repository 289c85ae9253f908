//! JSON Schemas of rule files and of the configuration, by which editors complete and check TOML.
//!
//! They say which keys there are, what they mean and of what type they are. What only the loader can tell (whether a
//! slot names a kind, whether a pattern can be found) they leave to `factlint test`.

use serde_json::{Value, json};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

fn text(about: &str) -> Value {
    json!({ "type": "string", "description": about })
}

fn texts(about: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": about })
}

/// One or several texts for each language.
fn by_language(about: &str) -> Value {
    let words = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    json!({ "type": "object", "patternProperties": { "^[a-z]{2}$": words }, "additionalProperties": false, "description": about })
}

fn flag(about: &str) -> Value {
    json!({ "type": "boolean", "description": about })
}

fn severity(about: &str) -> Value {
    json!({ "enum": ["error", "warning", "note"], "description": about })
}

fn day(about: &str) -> Value {
    json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "object" }], "description": about })
}

fn table(about: &str, required: &[&str], properties: Value) -> Value {
    json!({
        "type": "object", "description": about, "required": required,
        "properties": properties, "additionalProperties": false,
    })
}

/// A table whose keys are names.
fn named(about: &str, each: Value) -> Value {
    json!({ "type": "object", "description": about, "additionalProperties": each })
}

/// Where guards, `unless` and `only` look.
fn contexts() -> serde_json::Map<String, Value> {
    let roles = crate::article::Role::ALL.map(|role| role.as_str());
    let mut contexts = serde_json::Map::new();
    for (key, about) in [
        ("before", "regexes: the sentence up to the claim"),
        ("after", "regexes: what follows the claim in its sentence"),
        ("within", "regexes: the claim's own words"),
        ("sentence", "regexes: the whole sentence"),
    ] {
        contexts.insert(key.to_owned(), by_language(about));
    }
    let block = json!({ "type": "array", "items": { "enum": roles }, "description": "roles of blocks" });
    contexts.insert("block".to_owned(), block);
    contexts
}

fn guard() -> Value {
    let mut properties = contexts();
    properties.insert("summary".to_owned(), text("in which contexts it holds, for people"));
    properties.insert("default".to_owned(), flag("whether it holds for every rule that does not drop it"));
    table("a context in which a claim is not asserted", &["summary"], Value::Object(properties))
}

fn agree() -> Value {
    let roles = crate::article::Role::ALL.map(|role| role.as_str()).into_iter().chain(["body"]);
    let between = json!({
        "type": "array", "items": { "enum": roles.collect::<Vec<_>>() }, "minItems": 2, "maxItems": 2,
        "description": "roles: claims in the first must be borne out by the second",
    });
    table(
        "which claims must agree, and on what",
        &["on"],
        json!({
            "same": texts("slots that make two claims speak of one thing"),
            "on": text("the slot on which they must agree"),
            "within": { "enum": ["article", "file", "run"], "description": "how far apart the claims may stand" },
            "between": between,
            "along": text("only what this relation leads to one thing from is compared"),
            "spelling": flag("whether the name is looked for in other spellings of the same sound"),
            "event": flag("whether only claims of one event are compared"),
            "against": text("a slot: who stands in it in one part of the article and in `on` in the other has changed sides"),
            "swapped": flag("whether only figures are compared of which one is the other with digits that changed places"),
        }),
    )
}

fn order() -> Value {
    let number = |about: &str| json!({ "type": "number", "description": about });
    table(
        "a series that must rise",
        &["of"],
        json!({
            "by": text("the slot that gives the order; the place in the article if it is left out"),
            "of": text("the slot that must rise with it"),
            "step": number("by how much it rises each time"),
            "from": number("the number with which a series begins anew"),
        }),
    )
}

fn rule() -> Value {
    let unless = table("contexts in which this rule is silent", &[], Value::Object(contexts()));
    let mut looks = contexts();
    looks.remove("block");
    let only = table("contexts of which one must stand, in the languages that have any", &[], Value::Object(looks));
    let example = table(
        "a sentence, with [ ] around what must be flagged",
        &["text"],
        json!({
            "text": text("the sentence; without brackets the rule must be silent"),
            "expect": text("a value that must be among the repairs"),
            "date": day("the article's day"),
            "place": text("the article's place"),
            "lang": text("the article's language, such as zh"),
            "severity": severity("the severity that the finding must have"),
        }),
    );
    let guards = table(
        "guards beside the default ones, and default ones that do not hold",
        &[],
        json!({ "add": texts("guards to add"), "drop": texts("default guards to drop") }),
    );
    table(
        "what a claim looks like and what should hold",
        &["id", "summary", "patterns", "message", "examples"],
        json!({
            "id": { "type": "string", "pattern": "^[a-z0-9-]+$", "description": "its name, unique" },
            "severity": severity("how much a finding weighs; error if left out"),
            "summary": text("what it finds, in a sentence"),
            "docs": text("the longer text of `factlint explain`"),
            "patterns": by_language("where a claim stands: {slots} with regex syntax between them"),
            "expect": named("the right value of each slot, as an expression", json!({ "type": "string" })),
            "require": text("an expression that must be true"),
            "agree": agree(),
            "order": order(),
            "message": by_language("what clashes, as a template"),
            "help": by_language("a further line of help, as a template"),
            "guards": guards,
            "unless": unless,
            "only": only,
            "examples": { "type": "array", "items": example, "description": "sentences that it flags and leaves alone" },
        }),
    )
}

/// The schema of rule and fact files.
pub fn rules() -> Value {
    let source = table(
        "where the facts of this file come from",
        &["name"],
        json!({
            "name": text("the source, for people"), "licence": text("its licence"), "url": text("where it is"),
            "checked": day("the day somebody last looked"),
        }),
    );
    let kind = table(
        "a kind of thing that facts are about",
        &[],
        json!({
            "forms": texts("variants of its names, such as adjective"),
            "label": by_language("what to call it in repairs"),
            "transparent": flag("whether its names leave the names within them visible"),
            "words": flag("whether its names are words of the language, so that a weak name beside one counts"),
        }),
    );
    let relation = table(
        "something that facts say of a kind",
        &["of", "is"],
        json!({
            "of": text("the kind it is said of"),
            "is": text("the kind of its value, or number, date, year, text"),
            "inverse": text("the name of the way back"),
            "unique": flag("whether there is one value at a time"),
            "volatile": flag("whether it changes often, so that an old fact gives at most a warning"),
        }),
    );
    let mut schema = table(
        "Rules and facts of factlint",
        &[],
        json!({
            "source": source,
            "kind": named("kinds by name", kind),
            "relation": named("relations by name", relation),
            "entity": named("entities by kind and id", json!({ "type": "object" })),
            "guard": named("guards by name", guard()),
            "rule": { "type": "array", "items": rule() },
        }),
    );
    schema["$schema"] = json!(DRAFT);
    schema
}

/// The schema of `factlint.toml`.
pub fn configuration() -> Value {
    let overrides = table(
        "settings for some of the copy",
        &["paths"],
        json!({
            "paths": texts("globs as in .gitignore, relative to this file"),
            "ignore": texts("rules whose findings there are left out"),
            "severity": named("severities of rules there", severity("the severity")),
        }),
    );
    let names = |about: &str| json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": about });
    let fields = table(
        "what the fields of articles in JSON lines and the columns of tables are called, if not as usual",
        &[],
        json!({
            "title": names("headlines"),
            "text": names("the words of the article"),
            "date": names("its day"),
            "lang": names("its language"),
            "place": names("the place of its dateline"),
        }),
    );
    let mut schema = table(
        "Settings of factlint",
        &[],
        json!({
            "rules": texts("rule files and folders beside the shipped ones, relative to this file"),
            "select": texts("rules to run, by id or beginning of it"),
            "ignore": texts("rules not to run"),
            "exclude": texts("files and folders that are not checked, as in .gitignore"),
            "extends": texts("configuration files whose settings hold where this one says nothing"),
            "accepted": text("the register of findings that are let stand"),
            "severity": named("severities of rules, by id or beginning of it", severity("the severity")),
            "overrides": json!({ "type": "array", "items": overrides }),
            "fail-on": severity("the severity that makes a check fail"),
            "as-of": day("the day of articles that state none"),
            "lang": text("the language of all articles, such as zh"),
            "fields": fields,
        }),
    );
    schema["$schema"] = json!(DRAFT);
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a table of the schema.
    fn keys(schema: &Value) -> Vec<String> {
        schema["properties"].as_object().unwrap().keys().cloned().collect()
    }

    #[track_caller]
    fn same(schema: &Value, known: &[&str]) {
        let mut known: Vec<String> = known.iter().map(|key| (*key).to_owned()).collect();
        known.sort();
        let mut keys = keys(schema);
        keys.sort();
        assert_eq!(keys, known);
    }

    #[test]
    fn the_schema_has_the_keys_that_the_loader_takes() {
        let rules = rules();
        let [top, rule, example, guard, source, kind, relation] = crate::rule::file_keys();
        same(&rules, top);
        same(&rules["properties"]["rule"]["items"], rule);
        same(&rules["properties"]["rule"]["items"]["properties"]["examples"]["items"], example);
        same(&rules["properties"]["guard"]["additionalProperties"], guard);
        same(&rules["properties"]["source"], source);
        same(&rules["properties"]["kind"]["additionalProperties"], kind);
        same(&rules["properties"]["relation"]["additionalProperties"], relation);
    }

    #[test]
    fn the_schema_has_the_settings() {
        for key in keys(&configuration()) {
            let value = match key.as_str() {
                "as-of" => "2026-02-07",
                "accepted" | "lang" => "'zh'",
                "fail-on" => "'note'",
                "fields" => "{ title = 'a', text = ['b'], date = 'c', lang = 'd', place = 'e' }",
                "severity" => "{ capital = 'note' }",
                _ => "[]",
            };
            assert!(crate::config::is_read(&format!("{key} = {value}\n")), "{key}");
        }
    }
}
