//! `text`: each finding drawn in its text, for people at a terminal.

use super::{FileReport, Reporter, Style, Summary, Trouble};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::problem::Problem;
use crate::text::Lang;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

/// Bytes of text around a finding that a drawing needs at most; a file of one long line is cut to this.
const AROUND: usize = 400;

pub(super) struct Text {
    style: Style,
    handler: GraphicalReportHandler,
}

impl Text {
    pub(super) fn new(style: Style) -> Text {
        Text { style, handler: handler(style.color) }
    }
}

fn handler(color: bool) -> GraphicalReportHandler {
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme).with_links(false).with_context_lines(1).with_width(100)
}

impl Reporter for Text {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for diagnostic in file.diagnostics {
            let drawn = Drawn::new(file, diagnostic);
            let mut text = String::new();
            // The handler writes into a string, which takes everything.
            if self.handler.render_report(&mut text, &drawn).is_ok() {
                writeln!(out, "{}", text.trim_end())?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary, _troubles: &[Trouble], _problems: &[Problem]) -> io::Result<()> {
        if self.style.quiet {
            return Ok(());
        }
        writeln!(out, "{}", in_words(summary))
    }
}

/// The last line: what was found in how much.
fn in_words(summary: &Summary) -> String {
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let mut found: Vec<String> = Vec::new();
    for (n, word) in [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")] {
        if n > 0 {
            found.push(count(n, word));
        }
    }
    let checked = format!("{}, {}", count(summary.articles, "article"), count(summary.claims, "claim"));
    if found.is_empty() {
        return format!("Nothing found in {} ({checked})", count(summary.files, "file"));
    }
    let files = count(summary.files, "file");
    format!("{} in {} of {files} ({checked})", found.join(", "), summary.files_with_findings)
}

/// Draws what is wrong with rules and facts, each in its TOML.
///
/// # Errors
/// If the output cannot be written.
pub fn draw_problems(out: &mut dyn Write, problems: &[Problem], color: bool) -> io::Result<()> {
    let handler = handler(color);
    for problem in problems {
        let mut text = String::new();
        if handler.render_report(&mut text, problem).is_ok() {
            writeln!(out, "{}", text.trim_end())?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// A finding as the drawing library wants it, cut to the text around its labels.
struct Drawn {
    message: String,
    code: String,
    severity: miette::Severity,
    help: String,
    labels: Vec<LabeledSpan>,
    source: Arc<NamedSource<String>>,
}

impl Drawn {
    fn new(file: &FileReport<'_>, diagnostic: &Diagnostic) -> Drawn {
        let zh = diagnostic.article.lang == Lang::ZH;
        let mut labels = vec![(diagnostic.span, expected(diagnostic, zh))];
        for label in diagnostic.labels.iter().filter(|label| label.span != diagnostic.span) {
            labels.push((label.span, (!label.message.is_empty()).then(|| label.message.clone())));
        }
        // Labels far away from each other are drawn each in its own lines; only one long line is cut.
        let mut help = diagnostic.help.clone();
        for evidence in &diagnostic.evidence {
            help.push(match (&evidence.source, evidence.checked) {
                (Some(source), Some(checked)) => format!("{} — {source}, {checked}", evidence.fact),
                (Some(source), None) => format!("{} — {source}", evidence.fact),
                _ => evidence.fact.clone(),
            });
        }
        let (text, shift) = around(file.text, diagnostic, &mut labels);
        let name = match shift.1 {
            0 => file.path.to_owned(),
            line => format!("{} (from line {})", file.path, line + 1),
        };
        Drawn {
            message: diagnostic.message.clone(),
            code: diagnostic.rule.clone(),
            severity: match diagnostic.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Note => miette::Severity::Advice,
            },
            help: help.join("\n"),
            labels: labels
                .into_iter()
                .map(|(span, message)| LabeledSpan::new_with_span(message, (span.start - shift.0, span.len())))
                .collect(),
            source: Arc::new(NamedSource::new(name, text)),
        }
    }
}

fn expected(diagnostic: &Diagnostic, zh: bool) -> Option<String> {
    let first = diagnostic.expected.first()?;
    Some(if zh { format!("应为 {first}?") } else { format!("{first}?") })
}

/// The text to draw in: all of a file of ordinary lines, or a cut of a very long line. Gives the byte offset of its
/// beginning and how many lines stand above it.
fn around(text: &str, diagnostic: &Diagnostic, labels: &mut Vec<(crate::text::Span, Option<String>)>) -> (String, (usize, usize)) {
    let span = diagnostic.span;
    let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    if line_end - line_start <= 4 * AROUND {
        return (text.to_owned(), (0, 0));
    }
    let mut from = span.start.saturating_sub(AROUND).max(line_start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut until = (span.end + AROUND).min(line_end);
    while !text.is_char_boundary(until) {
        until -= 1;
    }
    labels.retain(|(label, _)| from <= label.start && label.end <= until);
    (text[from..until].to_owned(), (from, text[..from].matches('\n').count()))
}

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.source.as_ref())
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
