//! The JSON of findings, as promised to programs that read it. Core types stay free to change behind it.

use super::{FileReport, Summary, Trouble};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::problem::Problem;
use crate::text::{LineIndex, Span};
use serde::Serialize;

/// Version of this shape.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct WireSummary {
    files: usize,
    articles: usize,
    claims: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct WireSpan {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct WirePosition {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct WireLabel {
    span: WireSpan,
    text: String,
    message: String,
}

#[derive(Serialize)]
struct WireEdit {
    span: WireSpan,
    replacement: String,
}

#[derive(Serialize)]
struct WireFix {
    title: String,
    applicability: &'static str,
    edits: Vec<WireEdit>,
}

#[derive(Serialize)]
struct WireEvidence {
    fact: String,
    source: Option<String>,
    checked: Option<String>,
}

#[derive(Serialize)]
struct WireArticle {
    title: Option<String>,
    date: Option<String>,
    lang: String,
}

#[derive(Serialize)]
pub(super) struct WireDiagnostic {
    path: String,
    rule: String,
    severity: &'static str,
    message: String,
    help: Vec<String>,
    span: WireSpan,
    start: WirePosition,
    end: WirePosition,
    text: String,
    expected: Vec<String>,
    labels: Vec<WireLabel>,
    fixes: Vec<WireFix>,
    evidence: Vec<WireEvidence>,
    article: WireArticle,
}

#[derive(Serialize)]
pub(super) struct WireProblem {
    path: String,
    message: String,
    line: Option<usize>,
    column: Option<usize>,
    help: Option<String>,
    rule: Option<String>,
}

fn span(span: Span) -> WireSpan {
    WireSpan { start: span.start, end: span.end }
}

pub(super) fn summary(summary: &Summary) -> WireSummary {
    let Summary { files, articles, claims, errors, warnings, notes, .. } = *summary;
    WireSummary { files, articles, claims, errors, warnings, notes }
}

/// A file's findings; lines are counted once for all of them.
pub(super) fn diagnostics(file: &FileReport<'_>) -> Vec<WireDiagnostic> {
    if file.diagnostics.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(file.text);
    file.diagnostics.iter().map(|diagnostic| one(file, &lines, diagnostic)).collect()
}

fn one(file: &FileReport<'_>, lines: &LineIndex, diagnostic: &Diagnostic) -> WireDiagnostic {
    let position = |offset| {
        let position = lines.position(file.text, offset);
        WirePosition { line: position.line, column: position.column }
    };
    WireDiagnostic {
        path: file.path.to_owned(),
        rule: diagnostic.rule.clone(),
        severity: diagnostic.severity.as_str(),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        span: span(diagnostic.span),
        start: position(diagnostic.span.start),
        end: position(diagnostic.span.end),
        text: diagnostic.text.clone(),
        expected: diagnostic.expected.clone(),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| WireLabel {
                span: span(label.span),
                text: file.text.get(label.span.start..label.span.end).unwrap_or_default().to_owned(),
                message: label.message.clone(),
            })
            .collect(),
        fixes: diagnostic
            .fixes
            .iter()
            .map(|fix| WireFix {
                title: fix.title.clone(),
                applicability: match fix.applicability {
                    Applicability::Safe => "safe",
                    Applicability::Unsafe => "unsafe",
                },
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| WireEdit { span: span(edit.span), replacement: edit.replacement.clone() })
                    .collect(),
            })
            .collect(),
        evidence: diagnostic
            .evidence
            .iter()
            .map(|evidence| WireEvidence {
                fact: evidence.fact.clone(),
                source: evidence.source.clone(),
                checked: evidence.checked.map(|day| day.to_string()),
            })
            .collect(),
        article: WireArticle {
            title: diagnostic.article.title.clone(),
            date: diagnostic.article.date.map(|day| day.to_string()),
            lang: diagnostic.article.lang.to_string(),
        },
    }
}

/// Everything that is no finding: rules that do not load, files that cannot be read.
pub(super) fn problems(troubles: &[Trouble], problems: &[Problem]) -> Vec<WireProblem> {
    let rules = problems.iter().map(|problem| {
        let position = problem.position();
        WireProblem {
            path: problem.path.clone(),
            message: problem.message.clone(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            help: problem.help.clone(),
            rule: problem.rule.clone(),
        }
    });
    let files = troubles.iter().map(|trouble| WireProblem {
        path: trouble.path.clone(),
        message: trouble.message.clone(),
        line: None,
        column: None,
        help: None,
        rule: None,
    });
    rules.chain(files).collect()
}
