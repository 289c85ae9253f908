//! JUnit's XML: a suite a file, a failed case a finding, for build servers that show test reports.

use super::place::{in_full, in_one_line, placed};
use super::xml::escaped;
use super::{FileReport, Reporter, RunProblem, Summary, one_line};
use std::io::{self, Write};

/// Suites written as they come.
pub(super) struct JUnit;

impl Reporter for JUnit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"factlint\">")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let (findings, path) = (placed(file).0, escaped(file.path));
        let (tests, failures) = (findings.len().max(1), findings.len());
        writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
        if findings.is_empty() {
            writeln!(out, "    <testcase name=\"no findings\" classname=\"{path}\"/>")?;
        }
        for one in findings {
            let name = format!("{} {}:{}", one.found.rule, one.start.line, one.start.column);
            writeln!(out, "    <testcase name=\"{}\" classname=\"{path}\">", escaped(&name))?;
            writeln!(
                out,
                "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                one.found.severity.as_str(),
                escaped(&in_one_line(one.found)),
                escaped(&in_full(one.found))
            )?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary, problems: &[RunProblem]) -> io::Result<()> {
        if !problems.is_empty() {
            let count = problems.len();
            writeln!(out, "  <testsuite name=\"factlint\" tests=\"{count}\" failures=\"0\" errors=\"{count}\">")?;
            for problem in problems {
                let (path, words) = (escaped(&problem.path), escaped(&one_line(problem)));
                writeln!(out, "    <testcase name=\"no verdict\" classname=\"{path}\">")?;
                writeln!(out, "      <error type=\"problem\" message=\"{words}\"/>\n    </testcase>")?;
            }
            writeln!(out, "  </testsuite>")?;
        }
        writeln!(out, "</testsuites>")
    }
}
