//! The findings as JSON, one a line, written as they come.

use super::{FileReport, Reporter, RunProblem, Summary, wire};
use std::io::{self, Write};

/// One finding a line and nothing else.
pub(super) struct JsonLines;

impl Reporter for JsonLines {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for diagnostic in wire::diagnostics(file) {
            serde_json::to_writer(&mut *out, &diagnostic)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn end(&mut self, _out: &mut dyn Write, _summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        Ok(())
    }
}
