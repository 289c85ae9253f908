//! What is wrong with a rule or fact file: said in words, drawn in the TOML, with what would mend it.

use super::written::{At, SourceFile};
use crate::text::{LineIndex, Position};
use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use std::fmt;
use std::sync::Arc;

/// A mistake in a rule or fact file, or a file that could not be read.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    pub help: Option<String>,
    /// The file it stands in, or the path that could not be read.
    pub path: String,
    /// The rule that does not run because of it.
    pub rule: Option<String>,
    /// It runs all the same.
    pub is_warning: bool,
    labels: Vec<LabeledSpan>,
    source: Option<Arc<NamedSource<Arc<str>>>>,
    /// Other files that it points into: name, text and place.
    related: Vec<Problem>,
}

impl Problem {
    /// A problem at a place of a TOML file.
    pub fn new(message: impl Into<String>, at: &At, files: &[SourceFile]) -> Problem {
        let file = files.get(at.file);
        let name = file.map_or("", |file| file.name.as_str());
        Problem {
            message: message.into(),
            help: None,
            path: name.to_owned(),
            rule: None,
            is_warning: false,
            labels: vec![LabeledSpan::new_with_span(None, (at.range.start, at.range.len()))],
            source: file.map(|file| Arc::new(NamedSource::new(name, file.text.clone()))),
            related: Vec::new(),
        }
    }

    /// A problem with a whole file or folder.
    pub fn of_path(message: impl Into<String>, path: &str) -> Problem {
        let message = message.into();
        Problem {
            message,
            help: None,
            path: path.to_owned(),
            rule: None,
            is_warning: false,
            labels: Vec::new(),
            source: None,
            related: Vec::new(),
        }
    }

    /// Adds what would mend it.
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// Makes it a warning: everything runs in spite of it.
    pub fn warning(mut self) -> Problem {
        self.is_warning = true;
        self
    }

    /// Says which rule does not run because of it.
    pub fn disables(mut self, rule: &str) -> Problem {
        self.rule = Some(rule.to_owned());
        self
    }

    /// Points at a second place, in the same file or in another.
    pub fn also(mut self, what: &str, at: &At, files: &[SourceFile]) -> Problem {
        let name = files.get(at.file).map_or("", |file| file.name.as_str());
        if name == self.path {
            self.labels.push(LabeledSpan::new_with_span(Some(what.to_owned()), (at.range.start, at.range.len())));
        } else {
            self.related.push(Problem::new(what, at, files));
        }
        self
    }

    /// Line and column of its first label, if it stands in a file that was read.
    pub fn position(&self) -> Option<Position> {
        let source = self.source.as_ref()?.inner();
        let label = self.labels.first()?;
        Some(LineIndex::new(source).position(source, label.offset()))
    }

    /// The words under its first label.
    pub fn words(&self) -> Option<&str> {
        let label = self.labels.first()?;
        self.source.as_ref()?.inner().get(label.offset()..label.offset() + label.len())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.source.is_none() && !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn severity(&self) -> Option<miette::Severity> {
        self.is_warning.then_some(miette::Severity::Warning)
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_deref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty())
            .then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let related = self.related.iter().map(|problem| problem as &dyn Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(related) as Box<dyn Iterator<Item = &'a dyn Diagnostic>>)
    }
}
