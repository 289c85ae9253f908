//! JUnit's XML: a suite a file, a failed case a finding, for build servers that show test reports.
//!
//! It has all that the schema of Ant's reports asks for, the strictest of those in use: what it wants to know of machines
//! and times, and nobody of copy, is said in the fewest words.

use super::place::{in_full, in_one_line, placed};
use super::xml::escaped;
use super::{FileReport, Reporter, RunProblem, Summary, one_line};
use jiff::Timestamp;
use std::io::{self, Write};

/// Suites written as they come.
#[derive(Default)]
pub(super) struct JUnit {
    /// How many there were.
    suites: usize,
    /// When the run began.
    began: String,
}

impl JUnit {
    /// Begins a suite of some cases, of which some failed and some came to no verdict.
    fn begin_suite(&mut self, out: &mut dyn Write, name: &str, counts: [usize; 3]) -> io::Result<()> {
        let [tests, failures, errors] = counts;
        let (id, began) = (self.suites, &self.began);
        self.suites += 1;
        writeln!(
            out,
            "  <testsuite name=\"{name}\" package=\"factlint\" id=\"{id}\" timestamp=\"{began}\" hostname=\"localhost\" \
             tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"0\">\n    <properties/>"
        )
    }

    fn end_suite(out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "    <system-out/>\n    <system-err/>\n  </testsuite>")
    }
}

impl Reporter for JUnit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.began = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S").to_string();
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let (findings, path) = (placed(file).0, escaped(file.path));
        self.begin_suite(out, &path, [findings.len().max(1), findings.len(), 0])?;
        if findings.is_empty() {
            writeln!(out, "    <testcase name=\"no findings\" classname=\"{path}\" time=\"0\"/>")?;
        }
        for one in findings {
            let name = format!("{} {}:{}", one.found.rule, one.start.line, one.start.column);
            writeln!(out, "    <testcase name=\"{}\" classname=\"{path}\" time=\"0\">", escaped(&name))?;
            writeln!(
                out,
                "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                one.found.severity.as_str(),
                escaped(&in_one_line(one.found)),
                escaped(&in_full(one.found))
            )?;
            writeln!(out, "    </testcase>")?;
        }
        JUnit::end_suite(out)
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary, problems: &[RunProblem]) -> io::Result<()> {
        if !problems.is_empty() {
            let count = problems.len();
            self.begin_suite(out, "factlint", [count, 0, count])?;
            for problem in problems {
                let (path, words) = (escaped(&problem.path), escaped(&one_line(problem)));
                writeln!(out, "    <testcase name=\"no verdict\" classname=\"{path}\" time=\"0\">")?;
                writeln!(out, "      <error type=\"problem\" message=\"{words}\"/>\n    </testcase>")?;
            }
            JUnit::end_suite(out)?;
        }
        writeln!(out, "</testsuites>")
    }
}
