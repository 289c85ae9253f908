//! The JSON form of findings, part of the public interface: its types mirror the core's and are filled by hand.

use super::places::Places;
use super::{FileReport, RunProblem, Summary};
use crate::diagnostic::{Applicability, Diagnostic, Run};
use crate::text::{Position, Span};
use serde::Serialize;

/// Version of the format: it grows when a key changes its meaning or goes, not when one is added.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct WireDiagnostic<'a> {
    path: &'a str,
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: &'a [String],
    span: WireSpan,
    start: WirePosition,
    end: WirePosition,
    text: &'a str,
    expected: &'a [String],
    labels: Vec<WireLabel<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<WireElsewhere<'a>>,
    fixes: Vec<WireFix<'a>>,
    evidence: Vec<WireEvidence<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<WireRun>,
    article: WireArticle<'a>,
}

/// Where a finding begins in a file that is no text.
#[derive(Serialize)]
struct WireRun {
    part: &'static str,
    paragraph: usize,
    run: usize,
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
struct WireLabel<'a> {
    span: WireSpan,
    text: &'a str,
    message: &'a str,
}

/// A label in another file: `labels` hold places of the finding's own file and nothing else.
#[derive(Serialize)]
struct WireElsewhere<'a> {
    path: &'a str,
    span: WireSpan,
    start: WirePosition,
    end: WirePosition,
    text: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct WireFix<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<WireEdit<'a>>,
}

#[derive(Serialize)]
struct WireEdit<'a> {
    span: WireSpan,
    replacement: &'a str,
}

#[derive(Serialize)]
struct WireEvidence<'a> {
    fact: &'a str,
    source: Option<&'a str>,
    checked: Option<String>,
}

#[derive(Serialize)]
struct WireArticle<'a> {
    title: Option<&'a str>,
    date: Option<String>,
    lang: &'a str,
}

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
pub(super) struct WireProblem<'a> {
    path: &'a str,
    message: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    help: Option<&'a str>,
}

/// The findings of a file, ready to be written.
pub(super) fn diagnostics<'a>(file: &FileReport<'a>) -> impl Iterator<Item = WireDiagnostic<'a>> {
    let FileReport { path, text, before, diagnostics, .. } = *file;
    let places = Places::new(text, before, diagnostics.iter().flat_map(|found| [found.span.start, found.span.end]));
    diagnostics.iter().map(move |found| diagnostic(path, text, found, &places))
}

fn diagnostic<'a>(path: &'a str, text: &'a str, found: &'a Diagnostic, places: &Places) -> WireDiagnostic<'a> {
    let span = |span: Span| WireSpan::of(span, places);
    let labels = found.labels_here().map(|label| WireLabel {
        span: span(label.span),
        text: text.get(label.span.start..label.span.end).unwrap_or_default(),
        message: &label.message,
    });
    let elsewhere = found.labels_elsewhere().map(|(label, there)| WireElsewhere {
        path: &there.path,
        span: WireSpan { start: label.span.start, end: label.span.end },
        start: there.start.into(),
        end: there.end.into(),
        text: &there.text,
        message: &label.message,
    });
    let fixes = found.fixes.iter().map(|fix| WireFix {
        title: &fix.title,
        applicability: match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        },
        edits: fix
            .edits
            .iter()
            .map(|edit| WireEdit { span: span(edit.span), replacement: &edit.replacement })
            .collect(),
    });
    let evidence = found.evidence.iter().map(|evidence| WireEvidence {
        fact: &evidence.fact,
        source: evidence.source.as_deref(),
        checked: evidence.checked.map(|day| day.to_string()),
    });
    WireDiagnostic {
        path,
        rule: &found.rule,
        severity: found.severity.as_str(),
        message: &found.message,
        help: &found.help,
        span: span(found.span),
        start: places.of(found.span.start).into(),
        end: places.of(found.span.end).into(),
        text: &found.text,
        expected: &found.expected,
        labels: labels.collect(),
        elsewhere: elsewhere.collect(),
        fixes: fixes.collect(),
        evidence: evidence.collect(),
        run: found.run.map(|Run { part, paragraph, run }| WireRun { part, paragraph, run }),
        article: WireArticle {
            title: found.article.title.as_deref(),
            date: found.article.date.map(|day| day.to_string()),
            lang: found.article.lang.code(),
        },
    }
}

impl WireSpan {
    /// A span of the text at hand in bytes of the file.
    fn of(span: Span, places: &Places) -> WireSpan {
        WireSpan { start: places.before.bytes + span.start, end: places.before.bytes + span.end }
    }
}

impl From<Position> for WirePosition {
    fn from(place: Position) -> WirePosition {
        WirePosition { line: place.line, column: place.column }
    }
}

impl From<&Summary> for WireSummary {
    fn from(summary: &Summary) -> WireSummary {
        let Summary { files, articles, claims, errors, warnings, notes, .. } = *summary;
        WireSummary { files, articles, claims, errors, warnings, notes }
    }
}

impl<'a> From<&'a RunProblem> for WireProblem<'a> {
    fn from(problem: &'a RunProblem) -> WireProblem<'a> {
        let RunProblem { path, message, line, column, help } = problem;
        WireProblem { path, message, line: *line, column: *column, help: help.as_deref() }
    }
}
