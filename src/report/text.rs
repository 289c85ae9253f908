//! Findings for people: each drawn in the copy where it stands, with its repairs and the facts it rests on.

use super::excerpt::{Excerpt, visible};
use super::places::Places;
use super::problem::handler;
use super::{FileReport, Look, Reporter, RunProblem, Summary};
use crate::diagnostic::{Diagnostic, Evidence, Severity};
use miette::{GraphicalReportHandler, LabeledSpan, SourceCode};
use std::fmt;
use std::io::{self, Write};

/// Facts shown with a finding: that a state is none of the 28 members of a union rests on 28 of them.
const MOST_FACTS: usize = 3;

/// Draws findings with miette, which counts East Asian characters as two columns.
pub(super) struct Text {
    handler: GraphicalReportHandler,
    quiet: bool,
}

impl Text {
    pub(super) fn new(look: Look) -> Text {
        // Any number of context lines but none: the excerpt settles itself what is shown around a finding.
        Text { handler: handler(look).with_context_lines(1), quiet: look.quiet }
    }

    fn draw(&self, file: &FileReport<'_>, found: &Diagnostic, places: &Places) -> String {
        let spans = found.labels_here().map(|label| (label.span, label.message.as_str(), false));
        let excerpt = Excerpt::new(file.path, file.text, spans.chain([(found.span, "", true)]), places);
        let drawn = Drawn {
            message: visible(&format!("{}[{}]: {}", found.severity.as_str(), found.rule, found.message)),
            help: found.help.iter().map(|help| visible(help)).collect::<Vec<_>>().join("\n"),
            severity: found.severity,
            excerpt: &excerpt,
        };
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.handler.render_report(&mut out, &drawn);
        for (label, there) in found.labels_elsewhere() {
            let place = format!("{}:{}:{}", there.path, there.start.line, there.start.column);
            out.push_str(&format!("  there: {}\n", visible(&format!("{place}: {}", label.message))));
        }
        let shown = if found.evidence.len() > MOST_FACTS + 1 { MOST_FACTS } else { found.evidence.len() };
        for evidence in &found.evidence[..shown] {
            out.push_str(&format!("  fact: {}\n", visible(&self::evidence(evidence))));
        }
        if let more @ 1.. = found.evidence.len() - shown {
            out.push_str(&format!("  and {more} more facts, which the other output formats list\n"));
        }
        out.push('\n');
        out
    }
}

impl Reporter for Text {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let spans = |found: &Diagnostic| -> Vec<usize> {
            let labels = found.labels_here().flat_map(|label| [label.span.start, label.span.end]);
            labels.chain([found.span.start, found.span.end]).collect()
        };
        let places = Places::new(file.text, file.before, file.diagnostics.iter().flat_map(spans));
        for found in file.diagnostics {
            out.write_all(self.draw(file, found, &places).as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        if self.quiet { Ok(()) } else { summary_line(out, summary) }
    }
}

/// `2 errors in 1 of 3 files (5 articles, 31 claims)`.
pub(super) fn summary_line(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    writeln!(out, "{}", counted_findings(summary))
}

/// The same without an end of line.
pub(super) fn counted_findings(summary: &Summary) -> String {
    let Summary { files, flagged, articles, claims, errors, warnings, notes, accepted } = *summary;
    let counts = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let found: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(*n, what)).collect();
    let stand = if accepted > 0 { format!(", {accepted} let stand") } else { String::new() };
    let read = format!("({}, {}{stand})", counted(articles, "article"), counted(claims, "claim"));
    match found.as_slice() {
        _ if files == 0 => "Nothing was checked".to_owned(),
        [] => format!("Nothing found in {} {read}", counted(files, "file")),
        _ if files == 1 => format!("{} in 1 file {read}", found.join(", ")),
        _ => format!("{} in {flagged} of {files} files {read}", found.join(", ")),
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// `capital(Oman) = Muscat — CIA World Factbook, checked 2026-11-01`.
pub(super) fn evidence(evidence: &Evidence) -> String {
    let checked = evidence.checked.map(|day| format!("checked {day}"));
    let from: Vec<String> = evidence.source.iter().cloned().chain(checked).collect();
    if from.is_empty() { evidence.words.clone() } else { format!("{} — {}", evidence.words, from.join(", ")) }
}

/// A finding as miette wants it.
struct Drawn<'a> {
    message: String,
    help: String,
    severity: Severity,
    excerpt: &'a Excerpt,
}

impl fmt::Debug for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels.iter().cloned()))
    }
}
