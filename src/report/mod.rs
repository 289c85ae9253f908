//! Findings into output: one format a file, each a row of [`REPORTERS`].

mod json;
mod text;
mod wire;

use crate::diagnostic::Diagnostic;
use crate::rule::problem::Problem;
use std::io::{self, Write};

/// A file that was checked, as reporters see it.
pub struct FileReport<'a> {
    /// Path as given.
    pub path: &'a str,
    /// The file's text, kept only if something was found.
    pub text: &'a str,
    /// Its findings in order.
    pub diagnostics: &'a [Diagnostic],
}

/// A file that could not be read, or another matter that is no finding.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// Path as given.
    pub path: String,
    /// What is wrong and what would help.
    pub message: String,
}

/// Counts over the whole run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Files with a finding.
    pub files_with_findings: usize,
    /// Articles in them.
    pub articles: usize,
    /// Claims that the rules found.
    pub claims: usize,
    /// Findings by severity.
    pub errors: usize,
    /// Findings by severity.
    pub warnings: usize,
    /// Findings by severity.
    pub notes: usize,
}

/// How output looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Colours.
    pub color: bool,
    /// Only findings, no summary.
    pub quiet: bool,
}

/// A sink for findings, fed in order of path.
pub trait Reporter {
    /// A file's findings.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()>;

    /// The end of the run: counts, and what was wrong with rules and files.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn end(&mut self, out: &mut dyn Write, summary: &Summary, troubles: &[Trouble], problems: &[Problem]) -> io::Result<()>;
}

/// A row of the registry.
pub struct ReporterEntry {
    /// The word for `--output-format`.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Makes one.
    pub make: fn(Style) -> Box<dyn Reporter>,
}

/// Every output format.
pub const REPORTERS: &[ReporterEntry] = &[
    ReporterEntry { name: "text", about: "for people: each finding drawn in its text", make: |style| Box::new(text::Text::new(style)) },
    ReporterEntry { name: "json", about: "one JSON object", make: |_| Box::new(json::Json::default()) },
    ReporterEntry { name: "jsonl", about: "one JSON object a finding, one a line", make: |_| Box::new(json::JsonLines) },
];

pub use text::draw_problems;
