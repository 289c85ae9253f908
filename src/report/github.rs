//! Workflow commands of GitHub Actions: each finding becomes an annotation on the lines of a pull request.

use super::place::{in_full, placed};
use super::{FileReport, Reporter, RunProblem, Summary, one_line};
use crate::diagnostic::Severity;
use std::io::{self, Write};

/// `::error file=…,line=…::…`, one a line.
pub(super) struct GitHub;

impl Reporter for GitHub {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for one in placed(file).0 {
            let level = match one.found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            let (start, end) = (one.start, one.end);
            write!(out, "::{level} file={},line={},endLine={}", property(file.path), start.line, end.line)?;
            // Columns are only understood within one line.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            writeln!(out, ",title=factlint {}::{}", property(&one.found.rule), data(&in_full(one.found)))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary, problems: &[RunProblem]) -> io::Result<()> {
        for problem in problems {
            writeln!(out, "::error title=factlint::{}", data(&one_line(problem)))?;
        }
        Ok(())
    }
}

/// What ends a message must be escaped in it.
fn data(words: &str) -> String {
    words.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// In a property, so must what ends a property.
fn property(words: &str) -> String {
    data(words).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("50%: x\r\ny"), "50%25: x%0D%0Ay");
    }
}
