//! The finding: its marked spans, its evidence and its repairs, the same for every reporter.

use crate::text::{Lang, Position, Span};
use serde::{Deserialize, Serialize};

/// How much a finding weighs. `Error` fails a run by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Please look: a finding in quoted speech, or one that rests on less.
    Note,
    /// Probably wrong, or a stale fact says so.
    Warning,
    /// Wrong by a fact, a computation or the article's own words.
    #[default]
    Error,
}

impl Severity {
    /// The word used in rules, on the command line and in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// Reads `error`, `warning` or `note`.
    pub fn from_word(word: &str) -> Option<Severity> {
        [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(|s| s.as_str() == word)
    }
}

/// A span of the file's text, or of another file's, and what it has to do with the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Bytes of the text of the file that it stands in.
    pub span: Span,
    /// What stands there for the finding; may be empty.
    pub message: String,
    /// The file that it stands in, if that is not the finding's own.
    pub elsewhere: Option<Elsewhere>,
}

/// A place in another file than the finding's, with what reporters cannot find out from the finding's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Path of that file.
    pub path: String,
    /// The words that stand there.
    pub text: String,
    /// Where they begin.
    pub start: Position,
    /// Where they end.
    pub end: Position,
}

impl Label {
    /// A place in the finding's own file.
    pub fn here(span: Span, message: String) -> Label {
        Label { span, message, elsewhere: None }
    }
}

/// Whether a fix may be applied without a person's judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// A rule vouches for it.
    Safe,
    /// A person decides: every fix that changes what the copy says.
    Unsafe,
}

/// One replacement in the file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the file's text.
    pub span: Span,
    /// What should stand there.
    pub replacement: String,
}

/// A proposed change; never applied unless asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The repair in words, in the article's language.
    pub title: String,
    /// Whether it may be applied unasked.
    pub applicability: Applicability,
    /// Its edits, none overlapping.
    pub edits: Vec<Edit>,
}

/// What a claim was compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The fact, computation or other claim, such as `capital(OM) = muscat-om`.
    pub fact: String,
    /// The same for people, with names in the article's language: `capital(Oman) = Muscat`.
    pub words: String,
    /// Where the fact comes from; `None` for a computation or another claim.
    pub source: Option<String>,
    /// The day the fact was last checked.
    pub checked: Option<jiff::civil::Date>,
}

impl Evidence {
    /// A computation or another claim, which reads the same for people and programs.
    pub(crate) fn told(words: String) -> Evidence {
        Evidence { fact: words.clone(), words, source: None, checked: None }
    }
}

/// A run of words in a part of an archive, such as a Word file, as it looks with all changes accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The part's name in the archive, such as `word/document.xml`.
    pub part: &'static str,
    /// The paragraph's number in the part, from 1, those in tables and text boxes counted.
    pub paragraph: usize,
    /// The run's number in the paragraph, from 1.
    pub run: usize,
}

/// What is known of the article a finding stands in, for reporters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleInfo {
    /// Its headline.
    pub title: Option<String>,
    /// The article's day.
    pub date: Option<jiff::civil::Date>,
    /// Its language.
    pub lang: Lang,
}

impl Diagnostic {
    /// The labels in the finding's own file.
    pub fn labels_here(&self) -> impl Iterator<Item = &Label> + Clone {
        self.labels.iter().filter(|label| label.elsewhere.is_none())
    }

    /// The labels in other files, with the place there.
    pub fn labels_elsewhere(&self) -> impl Iterator<Item = (&Label, &Elsewhere)> {
        self.labels.iter().filter_map(|label| Some((label, label.elsewhere.as_ref()?)))
    }
}

/// A refuted claim or a contradiction, ready for any reporter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Id of the rule that found it.
    pub rule: String,
    /// Its weight.
    pub severity: Severity,
    /// What clashes, in the article's language.
    pub message: String,
    /// Every repair in words, likeliest first, and what else would help.
    pub help: Vec<String>,
    /// The place in the file's text; of a finding in several pieces, the first.
    pub span: Span,
    /// The words that should be looked at, as they stand in the copy (pieces joined).
    pub text: String,
    /// What should stand there, likeliest first.
    pub expected: Vec<String>,
    /// The other places: further pieces of the finding, and the words it clashes with, those of other files last.
    pub labels: Vec<Label>,
    /// The repairs as edits.
    pub fixes: Vec<Fix>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Where the span begins in a file that is no text.
    pub run: Option<Run>,
    /// The article it stands in.
    pub article: ArticleInfo,
}
