//! A map made ready for a table: every template compiled, every column, kind, form and relation looked up.

use super::known::Known;
use super::map::{From, Map, Record, Unique, Value};
use super::template::{Compiler, Condition, Text};
use crate::rule::written::Placed;
use crate::text::{Lang, nearest};
use std::sync::Arc;

/// A map that can be run.
pub(super) struct Plan<'e> {
    pub(super) lets: Vec<(Arc<str>, Condition<'e>)>,
    pub(super) filter: Option<Condition<'e>>,
    pub(super) order: Vec<OrderPlan<'e>>,
    pub(super) records: Vec<RecordPlan<'e>>,
}

pub(super) struct OrderPlan<'e> {
    pub(super) expression: Condition<'e>,
    pub(super) falling: bool,
}

pub(super) struct RecordPlan<'e> {
    pub(super) kind: Text<'e>,
    pub(super) id: Text<'e>,
    pub(super) filter: Option<Condition<'e>>,
    pub(super) unique: Unique,
    pub(super) names: Vec<NamePlan<'e>>,
    pub(super) facts: Vec<FactPlan<'e>>,
    pub(super) part_of: Option<ValuePlan<'e>>,
}

pub(super) struct ValuePlan<'e> {
    /// A template, or each of the columns.
    pub(super) texts: Vec<Text<'e>>,
    pub(super) split: Option<String>,
}

pub(super) struct NamePlan<'e> {
    pub(super) lang: Lang,
    pub(super) form: Option<String>,
    pub(super) value: ValuePlan<'e>,
    pub(super) weak: Option<Condition<'e>>,
    pub(super) unsure: Option<Condition<'e>>,
    pub(super) since: Option<Text<'e>>,
    pub(super) until: Option<Text<'e>>,
}

pub(super) struct FactPlan<'e> {
    pub(super) relation: String,
    pub(super) value: ValuePlan<'e>,
    pub(super) since: Option<Text<'e>>,
    pub(super) until: Option<Text<'e>>,
    pub(super) confidence: Option<Text<'e>>,
    pub(super) contested: Option<Condition<'e>>,
    pub(super) checked: Option<Text<'e>>,
    pub(super) source: Option<Text<'e>>,
}

/// Names that an expression about a name may use besides the columns.
pub(super) const OF_NAME: &[&str] = &["name", "column"];

/// Compiles a map; what is wrong with it gathers in the compiler.
pub(super) fn plan<'e>(map: &'e Map, known: &Known, compiler: &mut Compiler<'e>) -> Plan<'e> {
    let mut lets = Vec::new();
    for (name, expression) in &map.lets {
        let good = name.value.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.value.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !good {
            compiler.problem(format!("`{}` is no name", name.value), name, "use letters, digits and `_`");
            continue;
        }
        // The name is known even if its expression is not sound: one slip, one problem.
        let compiled = compiler.condition(expression, &[]);
        let columns = compiled.as_ref().map(|compiled| compiled.columns.clone()).unwrap_or_default();
        compiler.lets.push((name.value.as_str().into(), columns));
        lets.extend(compiled.map(|compiled| (name.value.as_str().into(), compiled)));
    }
    let filter = map.filter.as_ref().and_then(|filter| compiler.condition(filter, &[]));
    let order = map.order.iter().filter_map(|by| order(by, compiler)).collect();
    let records = map.records.iter().filter_map(|own| record(own, known, compiler)).collect();
    Plan { lets, filter, order, records }
}

fn order<'e>(by: &'e Placed<String>, compiler: &mut Compiler<'e>) -> Option<OrderPlan<'e>> {
    let falling = by.value.trim_start().starts_with('-');
    let expression = if falling { compiler.after_minus(by) } else { compiler.condition(by, &[]) }?;
    Some(OrderPlan { expression, falling })
}

fn record<'e>(own: &'e Record, known: &Known, compiler: &mut Compiler<'e>) -> Option<RecordPlan<'e>> {
    let kind = compiler.text(&own.kind);
    if let Some(word) = kind.as_ref().and_then(Text::constant) {
        check_kind(own, word, known, compiler);
    }
    let id = compiler.text(&own.id);
    let filter = own.filter.as_ref().and_then(|filter| compiler.condition(filter, &[]));
    let mut names = Vec::new();
    for name in &own.names {
        let Some(value) = value(&name.value, compiler) else { continue };
        if let (From::Template(template), Some(Some(word))) =
            (&name.value.from, value.texts.first().map(Text::constant))
        {
            let help = "write the column in braces: `\"{{ name }}\"`, or `columns = [\"name\"]`";
            compiler.problem(format!("every row would be called `{word}`"), template, help);
            continue;
        }
        names.push(NamePlan {
            lang: name.lang,
            form: name.form.as_ref().map(|form| form.value.clone()),
            value,
            weak: name.weak.as_ref().and_then(|weak| compiler.condition(weak, OF_NAME)),
            unsure: name.unsure.as_ref().and_then(|unsure| compiler.condition(unsure, OF_NAME)),
            since: name.since.as_ref().and_then(|since| compiler.text(since)),
            until: name.until.as_ref().and_then(|until| compiler.text(until)),
        });
    }
    let mut facts = Vec::new();
    for fact in &own.facts {
        facts.extend(value(&fact.value, compiler).map(|value| FactPlan {
            relation: fact.relation.value.clone(),
            value,
            since: fact.since.as_ref().and_then(|since| compiler.text(since)),
            until: fact.until.as_ref().and_then(|until| compiler.text(until)),
            confidence: fact.confidence.as_ref().and_then(|confidence| compiler.text(confidence)),
            contested: fact.contested.as_ref().and_then(|contested| compiler.condition(contested, &[])),
            checked: fact.checked.as_ref().and_then(|checked| compiler.text(checked)),
            source: fact.source.as_ref().and_then(|source| compiler.text(source)),
        }));
    }
    let part_of = own.part_of.as_ref().and_then(|part_of| value(part_of, compiler));
    Some(RecordPlan { kind: kind?, id: id?, filter, unique: own.unique, names, facts, part_of })
}

fn value<'e>(value: &'e Value, compiler: &mut Compiler<'e>) -> Option<ValuePlan<'e>> {
    let texts = match &value.from {
        From::Columns(columns) => columns.iter().map(|column| compiler.column(column)).collect::<Option<Vec<_>>>()?,
        From::Template(template) => vec![compiler.text(template)?],
    };
    Some(ValuePlan { texts, split: value.split.clone() })
}

/// Tells a kind, forms and relations that no file declares; where nothing is known, nothing is told.
fn check_kind(own: &Record, kind: &str, known: &Known, compiler: &mut Compiler<'_>) {
    if known.is_empty() {
        return;
    }
    let Some(forms) = known.forms(kind) else {
        let help = match nearest(kind, known.kinds()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("declare it with `[kind.{kind}]` in a file, and name that: `schema = [\"house.toml\"]`"),
        };
        compiler.problem(format!("there is no kind `{kind}`"), &own.kind, help);
        return;
    };
    let mut told: Vec<&str> = Vec::new();
    for form in own.names.iter().filter_map(|name| name.form.as_ref()) {
        if forms.contains(&form.value) || told.contains(&form.value.as_str()) {
            continue;
        }
        told.push(&form.value);
        let help = match forms {
            [] => format!("declare it: `[kind.{kind}]` with `forms = [\"{}\"]`", form.value),
            forms => format!("its forms are: {}", forms.join(", ")),
        };
        compiler.problem(format!("the kind `{kind}` has no form `{}`", form.value), form, help);
    }
    for fact in &own.facts {
        let relation = &fact.relation.value;
        match known.relation(relation) {
            Some(declared) if declared.of == kind => {}
            _ if told.contains(&relation.as_str()) => {}
            other => {
                told.push(relation);
                let help = match (nearest(relation, known.relations_of(kind)), other) {
                    (Some(near), _) => format!("did you mean `{near}`?"),
                    (None, Some(other)) => format!("`{relation}` is a relation of the kind `{}`", other.of),
                    (None, None) => {
                        format!(
                            "declare it with `[relation.{relation}]` in a file, and name that: `schema = [\"house.toml\"]`"
                        )
                    }
                };
                compiler.problem(format!("the kind `{kind}` has no relation `{relation}`"), &fact.relation, help);
            }
        }
    }
}
