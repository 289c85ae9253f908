//! The Reviewdog Diagnostic Format as one JSON object: findings with suggested replacements for review comments.

use super::place::{in_full, line_of, placed};
use super::places::Places;
use super::{FileReport, Reporter, RunProblem, Summary};
use crate::text::Span;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Gathers the findings into one object.
#[derive(Default)]
pub(super) struct RdJson {
    diagnostics: Vec<Value>,
}

impl Reporter for RdJson {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let (findings, places) = placed(file);
        let range = |span: Span| range(file.text, &places, span);
        self.diagnostics.extend(findings.into_iter().map(|one| {
            // A suggestion is one replacement; a repair of several pieces cannot be told so.
            let edits = one.found.fixes.iter().filter_map(|fix| match fix.edits.as_slice() {
                [edit] => Some(json!({ "range": range(edit.span), "text": edit.replacement })),
                _ => None,
            });
            let related = one.found.labels.iter().map(|label| match &label.elsewhere {
                None => {
                    json!({ "message": label.message, "location": { "path": file.path, "range": range(label.span) } })
                }
                // Columns are bytes here, and those of another file are not known.
                Some(there) => json!({ "message": label.message, "location": {
                    "path": there.path,
                    "range": { "start": { "line": there.start.line }, "end": { "line": there.end.line } },
                } }),
            });
            json!({
                "message": in_full(one.found),
                "location": { "path": file.path, "range": range(one.found.span) },
                "severity": match one.found.severity.as_str() {
                    "error" => "ERROR",
                    "warning" => "WARNING",
                    _ => "INFO",
                },
                "code": { "value": one.found.rule },
                "suggestions": edits.collect::<Vec<_>>(),
                "related_locations": related.collect::<Vec<_>>(),
            })
        }));
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        let report = json!({ "source": { "name": "factlint" }, "diagnostics": self.diagnostics });
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)
    }
}

/// Lines from 1; columns in this format are bytes of UTF-8, from 1.
fn range(text: &str, places: &Places, span: Span) -> Value {
    let place = |offset: usize| {
        let line = line_of(text, Span::new(offset, offset));
        json!({ "line": places.of(offset).line, "column": offset.saturating_sub(line.start) + 1 })
    };
    json!({ "start": place(span.start), "end": place(span.end) })
}
