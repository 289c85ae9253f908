//! Checkstyle's XML, which many build servers and editors read.

use super::place::{in_one_line, placed};
use super::xml::escaped;
use super::{FileReport, Reporter, RunProblem, Summary};
use crate::diagnostic::Severity;
use std::io::{self, Write};

/// Files written as they come.
pub(super) struct Checkstyle;

impl Reporter for Checkstyle {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let findings = placed(file).0;
        if findings.is_empty() {
            return Ok(());
        }
        writeln!(out, "  <file name=\"{}\">", escaped(file.path))?;
        for one in findings {
            let severity = match one.found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "info",
            };
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"factlint.{}\"/>",
                one.start.line,
                one.start.column,
                escaped(&in_one_line(one.found)),
                escaped(&one.found.rule)
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }
}
