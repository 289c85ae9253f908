//! `json`: one object for a run; `jsonl`: one finding a line, as they come.

use super::wire::{self, VERSION, WireDiagnostic};
use super::{FileReport, Reporter, Summary, Trouble};
use crate::rule::problem::Problem;
use serde::Serialize;
use std::io::{self, Write};

/// One JSON object, written when all is known.
#[derive(Default)]
pub(super) struct Json {
    diagnostics: Vec<WireDiagnostic>,
}

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    summary: wire::WireSummary,
    diagnostics: &'a [WireDiagnostic],
    problems: Vec<wire::WireProblem>,
}

impl Reporter for Json {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        self.diagnostics.extend(wire::diagnostics(file));
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary, troubles: &[Trouble], problems: &[Problem]) -> io::Result<()> {
        let whole = Whole {
            version: VERSION,
            summary: wire::summary(summary),
            diagnostics: &self.diagnostics,
            problems: wire::problems(troubles, problems),
        };
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        writeln!(out)
    }
}

/// One finding a line.
pub(super) struct JsonLines;

impl Reporter for JsonLines {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for diagnostic in wire::diagnostics(file) {
            serde_json::to_writer(&mut *out, &diagnostic)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn end(&mut self, _out: &mut dyn Write, _summary: &Summary, _troubles: &[Trouble], _problems: &[Problem]) -> io::Result<()> {
        Ok(())
    }
}
