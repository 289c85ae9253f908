//! Findings out: one output format a file, each a row of [`FORMATS`]. Reporters know nothing of rules or of exit
//! statuses; they are given findings in the order path, span, rule, and write bytes.

mod checkstyle;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod grouped;
mod html;
mod json;
mod jsonl;
mod junit;
mod page;
mod place;
mod places;
mod problem;
mod quality;
mod rdjson;
mod sarif;
mod sheet;
mod statistics;
mod text;
mod wire;
mod xml;

pub use problem::{RunProblem, draw, one_line};
pub use sheet::{Counts, SHEETS, Sheet, SheetFile, SheetFormat};
pub use statistics::{Statistics, costs};

use crate::accept::Accepted;
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::ArticleSize;
use crate::text::Before;
use std::io::{self, Write};

/// What was found in one file that was read.
#[derive(Clone, Copy, Debug)]
pub struct FileReport<'a> {
    /// Path as given.
    pub path: &'a str,
    /// The file's text; may be empty if nothing was found.
    pub text: &'a str,
    /// What of the file stands before that text.
    pub before: Before,
    /// Its findings in the order of their places.
    pub diagnostics: &'a [Diagnostic],
    /// The size of its articles, for formats that ask for it.
    pub articles: &'a [ArticleSize],
    /// Those that are let stand: not findings of the run, and told only by formats that have a place for them.
    pub accepted: &'a [Accepted],
}

/// What the whole run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were read.
    pub files: usize,
    /// Files with at least one finding.
    pub flagged: usize,
    /// Articles in them.
    pub articles: usize,
    /// Claims that the rules found.
    pub claims: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// Findings that are let stand.
    pub accepted: usize,
}

impl Summary {
    /// Counts a file that was read.
    pub fn add(&mut self, articles: usize, claims: usize, diagnostics: &[Diagnostic]) {
        self.files += 1;
        self.flagged += usize::from(!diagnostics.is_empty());
        self.articles += articles;
        self.claims += claims;
        self.count(diagnostics);
    }

    /// Counts more of a file that was counted before; `first` if these are the first findings in it.
    pub fn add_to_file(&mut self, articles: usize, claims: usize, diagnostics: &[Diagnostic], first: bool) {
        self.flagged += usize::from(first);
        self.articles += articles;
        self.claims += claims;
        self.count(diagnostics);
    }

    /// Counts findings in a file that was counted before.
    fn count(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }

    /// Takes a finding back that was repaired.
    pub fn repaired(&mut self, severity: Severity) {
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        };
        *count = count.saturating_sub(1);
    }

    /// Findings of this severity or above.
    pub fn at_or_above(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.errors + self.warnings + self.notes,
        }
    }
}

/// How a report should look.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Colour by terminal escapes.
    pub color: bool,
    /// Findings only, without the summary line.
    pub quiet: bool,
}

/// An output format at work: begun once, given every file, ended once.
pub trait Reporter {
    /// Writes what stands before the first finding.
    ///
    /// # Errors
    /// If `out` cannot be written.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// Takes a file that was read, whether or not anything was found in it.
    ///
    /// # Errors
    /// If `out` cannot be written.
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()>;

    /// Writes what stands after the last finding.
    ///
    /// # Errors
    /// If `out` cannot be written.
    fn end(&mut self, out: &mut dyn Write, summary: &Summary, problems: &[RunProblem]) -> io::Result<()>;
}

/// An output format by its name.
pub struct ReportFormat {
    /// The word for `--output-format`.
    pub name: &'static str,
    /// What it is, for help texts.
    pub about: &'static str,
    /// Whether a person reads it: problems are then drawn, not told in one line.
    pub for_people: bool,
    /// Makes a reporter.
    pub make: fn(Look) -> Box<dyn Reporter>,
}

/// The format that asks for the size of articles.
pub const QUALITY: &str = "quality";

/// Every output format.
pub const FORMATS: &[ReportFormat] = &[
    ReportFormat {
        name: "text",
        about: "each finding drawn in the copy, for people",
        for_people: true,
        make: |look| Box::new(text::Text::new(look)),
    },
    ReportFormat {
        name: "json",
        about: "one JSON object with all findings and a summary",
        for_people: false,
        make: |_| Box::new(json::Json::default()),
    },
    ReportFormat {
        name: "jsonl",
        about: "the same findings, one JSON object a line",
        for_people: false,
        make: |_| Box::new(jsonl::JsonLines),
    },
    ReportFormat {
        name: "concise",
        about: "one line a finding: path:line:column",
        for_people: true,
        make: |look| Box::new(concise::Concise::new(look)),
    },
    ReportFormat {
        name: "grouped",
        about: "one line a finding, under the name of its file",
        for_people: true,
        make: |look| Box::new(grouped::Grouped::new(look)),
    },
    ReportFormat {
        name: "sarif",
        about: "SARIF 2.1.0, for code scanning",
        for_people: false,
        make: |_| Box::new(sarif::Sarif::default()),
    },
    ReportFormat {
        name: "github",
        about: "annotations of GitHub Actions",
        for_people: false,
        make: |_| Box::new(github::GitHub),
    },
    ReportFormat {
        name: "gitlab",
        about: "GitLab's code quality report",
        for_people: false,
        make: |_| Box::new(gitlab::GitLab::default()),
    },
    ReportFormat {
        name: "junit",
        about: "JUnit's XML, a failed case a finding",
        for_people: false,
        make: |_| Box::<junit::JUnit>::default(),
    },
    ReportFormat {
        name: "checkstyle",
        about: "Checkstyle's XML",
        for_people: false,
        make: |_| Box::new(checkstyle::Checkstyle),
    },
    ReportFormat {
        name: "rdjson",
        about: "Reviewdog's JSON, with suggestions",
        for_people: false,
        make: |_| Box::new(rdjson::RdJson::default()),
    },
    ReportFormat {
        name: "html",
        about: "one page that needs nothing else, to look at or print",
        for_people: true,
        make: |_| Box::new(page::Page),
    },
    ReportFormat {
        name: QUALITY,
        about: "points and error rate per 10,000 characters, as 《报纸期刊质量管理规定》 counts them",
        for_people: true,
        make: |_| Box::new(quality::Quality::default()),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_and_differ() {
        for (at, format) in FORMATS.iter().enumerate() {
            assert!(format.name.bytes().all(|b| b.is_ascii_lowercase()), "{}", format.name);
            assert!(FORMATS[..at].iter().all(|other| other.name != format.name), "{}", format.name);
        }
    }
}
