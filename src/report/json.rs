//! The whole run as one JSON object, each finding on a line of its own so that two runs can be compared.

use super::wire::{self, VERSION, WireProblem, WireSummary};
use super::{FileReport, Reporter, RunProblem, Summary};
use serde::Serialize;
use std::io::{self, Write};

/// Gathers the findings, since the summary stands before them.
#[derive(Default)]
pub(super) struct Json {
    diagnostics: Vec<String>,
}

impl Reporter for Json {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for diagnostic in wire::diagnostics(file) {
            self.diagnostics.push(serde_json::to_string(&diagnostic)?);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary, problems: &[RunProblem]) -> io::Result<()> {
        let summary = serde_json::to_string(&WireSummary::from(summary))?;
        let problems = problems.iter().map(|problem| json(&WireProblem::from(problem)));
        let problems = problems.collect::<io::Result<Vec<String>>>()?;
        writeln!(out, "{{\"version\":{VERSION},\n\"summary\":{summary},")?;
        writeln!(out, "\"diagnostics\":{},", list(&self.diagnostics))?;
        writeln!(out, "\"problems\":{}}}", list(&problems))
    }
}

fn json(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}

/// A JSON array of values that are JSON already, one a line.
fn list(values: &[String]) -> String {
    if values.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", values.join(",\n")) }
}
