//! Rules tried on their own examples: Noisy, Missing or Wrong.

use crate::diagnostic::Diagnostic;
use crate::engine;
use crate::read::{Document, ReadSettings, read_example};
use crate::rule::written::ExampleDecl;
use crate::rule::{Rule, RuleSet};
use crate::text::{Lang, Span};
use std::collections::BTreeSet;
use std::fmt;

/// How an example fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The rule fires where nothing is marked.
    Noisy,
    /// The rule is silent where something is marked.
    Missing,
    /// It fires there, but with another span, value or severity than the example says.
    Wrong,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Noisy => "Noisy",
            Fault::Missing => "Missing",
            Fault::Wrong => "Wrong",
        })
    }
}

/// An example that fails.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Id of the rule.
    pub rule: String,
    /// How.
    pub fault: Fault,
    /// The example as written.
    pub text: String,
    /// What came out instead.
    pub came: String,
}

/// What trying the rules came to.
#[derive(Debug, Default)]
pub struct Trial {
    /// Examples tried.
    pub examples: usize,
    /// Rules tried.
    pub rules: usize,
    /// Those that fail.
    pub failures: Vec<Failure>,
    /// Rules whose examples do not show enough, with what is missing.
    pub uncovered: Vec<(String, String)>,
}

/// An example that fires and one that does not: what any rule needs in each of its languages, and what shipped rules
/// need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Examples that fire.
    pub firing: usize,
    /// Near misses.
    pub silent: usize,
    /// Counted for each language by itself.
    pub by_language: bool,
}

impl Coverage {
    /// Any example that makes the rule fire.
    pub const ANY: Coverage = Coverage { firing: 1, silent: 0, by_language: false };
    /// Two that fire and two that do not, in each language.
    pub const SHIPPED: Coverage = Coverage { firing: 2, silent: 2, by_language: true };
}

/// Tries every active rule on its examples.
pub fn run(rules: &RuleSet, coverage: Option<Coverage>) -> Trial {
    let mut trial = Trial::default();
    for rule in rules.active() {
        trial.rules += 1;
        for example in &rule.written.examples {
            trial.examples += 1;
            trial.failures.extend(try_one(rules, rule, example));
        }
        if let Some(coverage) = coverage {
            uncovered(rule, coverage, &mut trial.uncovered);
        }
    }
    trial
}

fn uncovered(rule: &Rule, coverage: Coverage, out: &mut Vec<(String, String)>) {
    let langs: BTreeSet<Lang> = rule.written.patterns.iter().map(|(lang, _)| *lang).collect();
    let groups: Vec<Option<Lang>> = if coverage.by_language { langs.into_iter().map(Some).collect() } else { vec![None] };
    for group in groups {
        let of_group = rule.written.examples.iter().filter(|example| group.is_none_or(|lang| lang_of(example) == lang));
        let (firing, silent): (Vec<_>, Vec<_>) = of_group.partition(|example| !strip(&example.text.value).1.is_empty());
        let lang = group.map(|lang| format!(" in {lang}")).unwrap_or_default();
        if firing.len() < coverage.firing {
            out.push((rule.id().to_owned(), format!("{} of {} examples that fire{lang}", firing.len(), coverage.firing)));
        }
        if silent.len() < coverage.silent {
            out.push((rule.id().to_owned(), format!("{} of {} near misses{lang}", silent.len(), coverage.silent)));
        }
    }
}

fn lang_of(example: &ExampleDecl) -> Lang {
    example.lang.or_else(|| Lang::of_script(&example.text.value)).unwrap_or(Lang::EN)
}

fn try_one(rules: &RuleSet, rule: &Rule, example: &ExampleDecl) -> Option<Failure> {
    let (text, marks) = strip(&example.text.value);
    let settings = ReadSettings { as_of: example.date, lang: example.lang };
    let document = read_example(text, example.place.as_deref(), &settings);
    let found: Vec<Diagnostic> =
        engine::check(rules, &document).diagnostics.into_iter().filter(|diagnostic| diagnostic.rule == rule.id()).collect();
    let fault = fault(&marks, &found, example)?;
    let came = if found.is_empty() { "nothing".to_owned() } else { found.iter().map(|d| describe(&document, d)).collect::<Vec<_>>().join("; ") };
    Some(Failure { rule: rule.id().to_owned(), fault, text: example.text.value.clone(), came })
}

fn describe(document: &Document, diagnostic: &Diagnostic) -> String {
    let words = &document.text[diagnostic.span.start..diagnostic.span.end];
    format!("[{words}] {} {} → {}", diagnostic.severity.as_str(), diagnostic.message, diagnostic.expected.join(" / "))
}

fn fault(marks: &[Span], found: &[Diagnostic], example: &ExampleDecl) -> Option<Fault> {
    if marks.is_empty() {
        return (!found.is_empty()).then_some(Fault::Noisy);
    }
    if found.is_empty() {
        return Some(Fault::Missing);
    }
    // Several marks are several findings, or the pieces of one.
    let shown = |mark: &Span| found.iter().any(|d| d.span == *mark || (marks.len() > 1 && d.labels.iter().any(|label| label.span == *mark)));
    let expected = |wanted: &str| found[0].expected.iter().any(|value| value == wanted);
    let all = marks.iter().all(shown) && found.iter().all(|d| marks.contains(&d.span));
    let value = example.expect.as_ref().is_none_or(|wanted| expected(&wanted.value));
    let severity = example.severity.is_none_or(|severity| found.iter().all(|d| d.severity == severity));
    (!(all && value && severity)).then_some(Fault::Wrong)
}

/// The text without its marks, and the spans that were marked.
pub fn strip(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(marked.len());
    let mut marks = Vec::new();
    let mut open = None;
    let mut chars = marked.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if matches!(chars.peek(), Some('[' | ']' | '\\')) => text.extend(chars.next()),
            '[' => open = Some(text.len()),
            ']' => marks.extend(open.take().map(|start| Span::new(start, text.len()))),
            c => text.push(c),
        }
    }
    (text, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let (text, marks) = strip(r"在阿曼首都[阿布扎比]会谈\[注\]。");
        assert_eq!(text, "在阿曼首都阿布扎比会谈[注]。");
        assert_eq!(marks, [Span::new(15, 27)]);
    }
}
