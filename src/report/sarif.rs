//! SARIF 2.1.0, the exchange format of code scanning: findings with related places, repairs and stable fingerprints.

use super::place::{Placed, in_full, placed_of};
use super::places::Places;
use super::{FileReport, Reporter, RunProblem, Summary, one_line};
use crate::accept::{Accepted, By};
use crate::diagnostic::{Elsewhere, Label};
use crate::text::Span;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The version of the fingerprints: it grows when they are made in another way.
const FINGERPRINT: &str = "factlint/v1";

/// Gathers the findings, since the rules that they name stand before them.
#[derive(Default)]
pub(super) struct Sarif {
    results: Vec<Value>,
    rules: BTreeSet<String>,
}

impl Reporter for Sarif {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        // What is let stand is told too, or code scanning would take it for mended.
        let all = file.diagnostics.iter().chain(file.accepted.iter().map(|accepted| &accepted.diagnostic));
        let (findings, places) = placed_of(file, all);
        for (at, one) in findings.iter().enumerate() {
            self.rules.insert(one.found.rule.clone());
            let mut result = result(file, one, &places);
            if let Some(accepted) = at.checked_sub(file.diagnostics.len()).and_then(|at| file.accepted.get(at)) {
                result["suppressions"] = json!([suppression(accepted)]);
            }
            self.results.push(result);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary, problems: &[RunProblem]) -> io::Result<()> {
        let rules: Vec<Value> = self.rules.iter().map(|id| json!({ "id": id, "name": id })).collect();
        let notifications: Vec<Value> = problems
            .iter()
            .map(|problem| json!({ "level": "error", "message": { "text": one_line(problem) } }))
            .collect();
        let report = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "factlint",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": problems.is_empty(),
                    "toolExecutionNotifications": notifications,
                }],
                "results": self.results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)
    }
}

fn result(file: &FileReport<'_>, one: &Placed<'_>, places: &Places) -> Value {
    let uri = uri(file.path);
    let artifact = json!({ "uri": uri });
    let region = |span: Span| region(places, span);
    let place = |span: Span| json!({ "artifactLocation": artifact, "region": region(span) });
    let related = one.found.labels.iter().enumerate().map(|(at, label)| {
        let physical = label.elsewhere.as_ref().map_or_else(|| place(label.span), |there| in_other_file(label, there));
        let mut related = json!({ "id": at + 1, "physicalLocation": physical });
        if !label.message.is_empty() {
            related["message"] = json!({ "text": label.message });
        }
        related
    });
    let fixes = one.found.fixes.iter().map(|fix| {
        let replacements = fix
            .edits
            .iter()
            .map(|edit| json!({ "deletedRegion": region(edit.span), "insertedContent": { "text": edit.replacement } }));
        json!({
            "description": { "text": fix.title },
            "artifactChanges": [{ "artifactLocation": artifact, "replacements": replacements.collect::<Vec<_>>() }],
        })
    });
    json!({
        "ruleId": one.found.rule,
        "level": one.found.severity.as_str(),
        "message": { "text": in_full(one.found) },
        "locations": [{ "physicalLocation": place(one.found.span) }],
        "relatedLocations": related.collect::<Vec<_>>(),
        "fixes": fixes.collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: one.fingerprint },
    })
}

fn suppression(accepted: &Accepted) -> Value {
    let kind = match accepted.by {
        By::Comment => "inSource",
        By::Register => "external",
    };
    match &accepted.why {
        Some(why) => json!({ "kind": kind, "status": "accepted", "justification": why }),
        None => json!({ "kind": kind, "status": "accepted" }),
    }
}

fn region(places: &Places, span: Span) -> Value {
    let (start, end) = (places.of(span.start), places.of(span.end));
    json!({
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
        "byteOffset": places.before.bytes + span.start, "byteLength": span.end - span.start,
    })
}

fn in_other_file(label: &Label, there: &Elsewhere) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&there.path) },
        "region": {
            "startLine": there.start.line, "startColumn": there.start.column,
            "endLine": there.end.line, "endColumn": there.end.column,
            "byteOffset": label.span.start, "byteLength": label.span.end - label.span.start,
        },
    })
}

/// A path as a relative or `file:` URI reference, its bytes percent-encoded where RFC 3986 asks for it.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            // Writing to a string cannot fail.
            byte => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("稿件/a b.md"), "%E7%A8%BF%E4%BB%B6/a%20b.md");
        assert_eq!(uri("/copy/a.md"), "file:///copy/a.md");
        assert_eq!(uri("a\\b:c.md"), "a/b%3Ac.md");
    }
}
