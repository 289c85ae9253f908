//! GitLab's code quality report: one JSON array, each finding with a fingerprint that stays from run to run.

use super::place::{in_one_line, placed};
use super::{FileReport, Reporter, RunProblem, Summary};
use crate::diagnostic::Severity;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Gathers the findings into one array.
#[derive(Default)]
pub(super) struct GitLab {
    issues: Vec<Value>,
}

impl Reporter for GitLab {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        self.issues.extend(placed(file).0.into_iter().map(|one| {
            json!({
                "description": in_one_line(one.found),
                "check_name": one.found.rule,
                "fingerprint": one.fingerprint,
                "severity": match one.found.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                "location": {
                    "path": file.path,
                    "lines": { "begin": one.start.line, "end": one.end.line },
                },
            })
        }));
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &self.issues)?;
        writeln!(out)
    }
}
