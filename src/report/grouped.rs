//! Findings under the name of their file, a line each: for people who go through a folder.

use super::place::{in_one_line, placed};
use super::text::summary_line;
use super::{FileReport, Look, Reporter, RunProblem, Summary};
use std::io::{self, Write};

/// A heading a file, a line a finding.
pub(super) struct Grouped {
    quiet: bool,
}

impl Grouped {
    pub(super) fn new(look: Look) -> Grouped {
        Grouped { quiet: look.quiet }
    }
}

impl Reporter for Grouped {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let findings = placed(file).0;
        if findings.is_empty() {
            return Ok(());
        }
        writeln!(out, "{}", file.path)?;
        for one in findings {
            let place = format!("{}:{}", one.start.line, one.start.column);
            let (severity, rule) = (one.found.severity.as_str(), &one.found.rule);
            writeln!(out, "  {place:<9} {severity:<8} {}  [{rule}]", in_one_line(one.found))?;
        }
        writeln!(out)
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        if self.quiet { Ok(()) } else { summary_line(out, summary) }
    }
}
