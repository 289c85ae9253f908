//! A rule's own examples, run through the whole engine: what fires where nothing is marked, what is silent where
//! something is, and what finds another thing than the example says.

use crate::diagnostic::Diagnostic;
use crate::engine;
use crate::read::{ReadSettings, read_example};
use crate::rule::RuleSet;
use crate::rule::written::{ExampleDecl, RuleDecl};
use crate::text::{Lang, Span};
use std::fmt;

/// What is wrong with an example or with the examples of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Something was found that is not marked.
    Noisy,
    /// Something is marked and was not found.
    Missing,
    /// Something was found where it should be, but at another span, with another repair or of another severity.
    Wrong,
    /// The rule has too few examples to trust it.
    Uncovered,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Fault::Noisy => "Noisy",
            Fault::Missing => "Missing",
            Fault::Wrong => "Wrong",
            Fault::Uncovered => "Uncovered",
        })
    }
}

/// An example that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How it fails.
    pub fault: Fault,
    /// What came out, in words.
    pub came_out: String,
}

/// An example's text without its marks, and the spans that were marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The copy.
    pub text: String,
    /// What must be flagged, in the order of the text.
    pub spans: Vec<Span>,
}

/// Takes the brackets off an example: `[words]` marks a span, `\[` and `\]` are plain brackets.
pub fn unmark(written: &str) -> Marked {
    let mut marked = Marked { text: String::with_capacity(written.len()), spans: Vec::new() };
    let mut open = None;
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, open) {
            ('\\', _) => marked.text.push(chars.next_if(|next| matches!(next, '[' | ']' | '\\')).unwrap_or('\\')),
            ('[', None) => open = Some(marked.text.len()),
            (']', Some(start)) => {
                marked.spans.push(Span::new(start, marked.text.len()));
                open = None;
            }
            (c, _) => marked.text.push(c),
        }
    }
    marked
}

/// Runs one example of a rule.
///
/// The span of every finding of the rule must be a marked span, and every marked span must be the span of a finding or
/// one of the labels of a finding whose own span is marked too (a finding in several pieces).
///
/// # Errors
/// If something else comes out.
pub fn run(rules: &RuleSet, rule: &str, example: &ExampleDecl) -> Result<(), Failure> {
    let Marked { text, spans } = unmark(&example.text.value);
    let settings = ReadSettings { as_of: example.date, lang: example.lang, ..ReadSettings::default() };
    let document = read_example(text, example.place.as_deref(), &settings);
    let mut found = engine::check(rules, &document).diagnostics;
    found.retain(|diagnostic| diagnostic.rule == rule);
    let rule = rules.rules.ids().position(|id| id == rule).map(|number| &rules.rules[number]);
    let unsaid = |diagnostic: &&Diagnostic| {
        rule.is_some_and(|rule| !rule.messages.is_empty() && diagnostic.message.starts_with(&rule.summary))
    };
    if let Some(diagnostic) = found.iter().find(unsaid) {
        let came_out = format!(
            "“{}” is told by the summary alone, since the message names what this claim does not hold: write \
             `{{{{ a or b }}}}` or `{{% if a is defined %}}`",
            diagnostic.text
        );
        return Err(Failure { fault: Fault::Wrong, came_out });
    }
    compare(&document.text, &spans, &found, example)
}

fn compare(text: &str, spans: &[Span], found: &[Diagnostic], example: &ExampleDecl) -> Result<(), Failure> {
    let fail = |fault: Fault, came_out: String| Err(Failure { fault, came_out });
    if let Some(diagnostic) = found.iter().find(|diagnostic| !spans.contains(&diagnostic.span)) {
        let fault = if spans.iter().any(|span| span.overlaps(diagnostic.span)) { Fault::Wrong } else { Fault::Noisy };
        return fail(fault, shown(diagnostic));
    }
    let labelled = |span: &Span| {
        found.iter().any(|diagnostic| diagnostic.span == *span || diagnostic.labels.iter().any(|l| l.span == *span))
    };
    if let Some(span) = spans.iter().find(|span| !labelled(span)) {
        return fail(Fault::Missing, format!("nothing was found at “{}”", span.of(text)));
    }
    if let (Some(expect), Some(first)) = (&example.expect, found.first())
        && !first.expected.contains(&expect.value)
    {
        return fail(Fault::Wrong, format!("expected is {}, not “{}”", quoted(&first.expected), expect.value));
    }
    let other = |diagnostic: &&Diagnostic| example.severity.is_some_and(|severity| severity != diagnostic.severity);
    match (found.iter().find(other), example.severity) {
        (Some(diagnostic), Some(severity)) => {
            let (is, not) = (diagnostic.severity.as_str(), severity.as_str());
            fail(Fault::Wrong, format!("“{}” is flagged as {is}, not {not}", diagnostic.text))
        }
        _ => Ok(()),
    }
}

fn shown(diagnostic: &Diagnostic) -> String {
    let expected = match diagnostic.expected.as_slice() {
        [] => String::new(),
        expected => format!(" (expected {})", quoted(expected)),
    };
    format!("“{}” was flagged: {}{expected}", diagnostic.text, diagnostic.message)
}

fn quoted(words: &[String]) -> String {
    if words.is_empty() {
        return "nothing".to_owned();
    }
    words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(" or ")
}

/// What a rule's examples leave unproved. Every rule needs one that fires; a shipped rule two that fire and two that
/// must not, in each language that it has patterns for.
pub fn coverage(decl: &RuleDecl, shipped: bool) -> Vec<Failure> {
    let uncovered = |came_out: String| Failure { fault: Fault::Uncovered, came_out };
    if !decl.examples.iter().any(fires) {
        return vec![uncovered("no example makes this rule fire: mark the words it should flag, `[words]`".to_owned())];
    }
    if !shipped {
        return Vec::new();
    }
    let few = |lang: Lang| {
        let (loud, silent): (Vec<&ExampleDecl>, Vec<&ExampleDecl>) =
            decl.examples.iter().filter(|example| language(example) == lang).partition(|example| fires(example));
        (loud.len() < 2 || silent.len() < 2).then(|| {
            let (loud, silent) = (loud.len(), silent.len());
            uncovered(format!("{lang}: {loud} that fire and {silent} that must not; a shipped rule has two of each"))
        })
    };
    languages(decl).into_iter().filter_map(few).collect()
}

/// The languages that a rule has patterns for.
pub fn languages(rule: &RuleDecl) -> Vec<Lang> {
    let mut langs: Vec<Lang> = rule.patterns.iter().map(|(lang, _)| *lang).collect();
    langs.sort();
    langs.dedup();
    langs
}

fn fires(example: &ExampleDecl) -> bool {
    !unmark(&example.text.value).spans.is_empty()
}

fn language(example: &ExampleDecl) -> Lang {
    example.lang.or_else(|| Lang::of_script(&example.text.value)).unwrap_or(Lang::EN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::compile;
    use crate::rule::load::load_texts;

    const RULES: &str = r#"
[kind.town]
[kind.river]
[relation.stands_on]
of = "town"
is = "river"
[entity.river]
lo = { en = ["Lo"], zh = ["洛水"] }
mi = { en = ["Mi"], zh = ["汨水"] }
[entity.town]
ulm-x = { en = ["Ulmix"], zh = ["乌尔米"], stands_on = "lo" }
[[rule]]
id = "town-river"
summary = "A town is put on a river it does not stand on."
patterns.en = ['{town} on the {river}']
expect.river = "stands_on(town)"
message.en = "{{ town }} is not on the {{ river }}"
examples = [
  { text = "They met in Ulmix on the [Mi].", expect = "Lo" },
  { text = "They met in Ulmix on the Lo." },
]
"#;

    fn outcome(example: &str) -> Option<Fault> {
        let text = RULES.replace("{ text = \"They met in Ulmix on the Lo.\" }", example);
        let (rules, problems) = compile(load_texts(vec![("t.toml".into(), text)]));
        assert!(problems.is_empty(), "{problems:?}");
        let rule = &rules.rules[0];
        let example = rules.written(rule).unwrap().examples.last().unwrap();
        run(&rules, rule.id(), example).err().map(|failure| failure.fault)
    }

    #[test]
    fn failures_have_names() {
        assert_eq!(outcome(r#"{ text = "It stands in Ulmix on the [Mi]." }"#), None);
        assert_eq!(outcome(r#"{ text = "It stands in Ulmix on the Mi." }"#), Some(Fault::Noisy));
        assert_eq!(outcome(r#"{ text = "It stands in Ulmix on the [Lo]." }"#), Some(Fault::Missing));
        assert_eq!(outcome(r#"{ text = "It stands in Ulmix [on the Mi]." }"#), Some(Fault::Wrong));
        assert_eq!(outcome(r#"{ text = "It stands in Ulmix on the [Mi].", expect = "Mi" }"#), Some(Fault::Wrong));
        assert_eq!(outcome(r#"{ text = "It stands in Ulmix on the [Mi].", severity = "note" }"#), Some(Fault::Wrong));
    }

    #[test]
    fn brackets_come_off() {
        let marked = unmark(r"a \[b\] [阿曼] c");
        assert_eq!(marked.text, "a [b] 阿曼 c");
        assert_eq!(marked.spans, [Span::new(6, 12)]);
    }

    #[test]
    fn coverage_asks_shipped_rules_for_more() {
        let (rules, _) = compile(load_texts(vec![("t.toml".into(), RULES.to_owned())]));
        let decl = rules.written(&rules.rules[0]).unwrap();
        assert_eq!(coverage(decl, false), []);
        assert_eq!(coverage(decl, true).len(), 1);
    }
}
