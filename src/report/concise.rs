//! A finding a line, as compilers print them: `page.md:3:12: error[capital] …`. Editors and `grep` take it from there.

use super::place::{in_one_line, placed};
use super::text::summary_line;
use super::{FileReport, Look, Reporter, RunProblem, Summary};
use std::io::{self, Write};

/// One line a finding.
pub(super) struct Concise {
    quiet: bool,
}

impl Concise {
    pub(super) fn new(look: Look) -> Concise {
        Concise { quiet: look.quiet }
    }
}

impl Reporter for Concise {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for one in placed(file).0 {
            let (severity, rule) = (one.found.severity.as_str(), &one.found.rule);
            let words = in_one_line(one.found);
            writeln!(out, "{}:{}:{}: {severity}[{rule}] {words}", file.path, one.start.line, one.start.column)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        if self.quiet { Ok(()) } else { summary_line(out, summary) }
    }
}
