//! The findings as one page that needs nothing else: each with the words around it, its repairs and its evidence.

use super::excerpt::Excerpt;
use super::place::{Placed, placed};
use super::places::Places;
use super::text::{counted_findings, evidence};
use super::{FileReport, Reporter, RunProblem, Summary, html, one_line};
use crate::diagnostic::{Diagnostic, Severity};
use std::fmt::Write as _;
use std::io::{self, Write};

/// A section a file.
pub(super) struct Page;

impl Reporter for Page {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(include_bytes!("head.html"))
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let (findings, places) = placed(file);
        if findings.is_empty() {
            return Ok(());
        }
        let mut page = format!("<section>\n<h2>{}</h2>\n", html::escaped(file.path));
        for one in &findings {
            card(&mut page, file, one, &places);
        }
        page.push_str("</section>\n");
        out.write_all(page.as_bytes())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary, problems: &[RunProblem]) -> io::Result<()> {
        let mut page = String::new();
        for problem in problems {
            // Writing to a string cannot fail.
            let _ = writeln!(page, "<p class=\"problem\">{}</p>", html::escaped(&one_line(problem)));
        }
        let _ =
            writeln!(page, "<footer>{}</footer>\n</main>\n</body>\n</html>", html::escaped(&counted_findings(summary)));
        out.write_all(page.as_bytes())
    }
}

fn card(page: &mut String, file: &FileReport<'_>, one: &Placed<'_>, places: &Places) {
    let found = one.found;
    let (class, severity) = (class(found.severity), found.severity.as_str());
    let lang = found.article.lang.code();
    // Writing to a string cannot fail.
    let _ = write!(
        page,
        "<article class=\"{class}\" lang=\"{lang}\">\n<h3><span class=\"severity\">{severity}</span> {}</h3>\n\
         <p class=\"place\">{}:{} · {}</p>\n",
        html::escaped(&found.message),
        one.start.line,
        one.start.column,
        html::escaped(&found.rule),
    );
    copy(page, file, found, places);
    list(page, "help", found.help.iter().cloned());
    list(
        page,
        "there",
        found.labels_elsewhere().map(|(label, there)| {
            format!("{}:{}:{}: {}", there.path, there.start.line, there.start.column, label.message)
        }),
    );
    list(page, "facts", found.evidence.iter().map(evidence));
    page.push_str("</article>\n");
}

fn list(page: &mut String, class: &str, items: impl Iterator<Item = String>) {
    let items: String = items.map(|item| format!("<li>{}</li>\n", html::escaped(&item))).collect();
    if !items.is_empty() {
        page.push_str(&format!("<ul class=\"{class}\">\n{items}</ul>\n"));
    }
}

/// Writes the words around a finding, with its own words and those that it clashes with marked.
fn copy(page: &mut String, file: &FileReport<'_>, found: &Diagnostic, places: &Places) {
    let spans = found.labels_here().map(|label| (label.span, label.message.as_str(), false));
    let excerpt = Excerpt::new(file.path, file.text, spans.chain([(found.span, "", true)]), places);
    let mut marks: Vec<_> = excerpt.labels.iter().filter(|label| !label.is_empty()).collect();
    marks.sort_by_key(|label| (label.offset(), !label.primary()));
    page.push_str("<blockquote>");
    let mut at = 0;
    for label in marks {
        if label.offset() < at {
            continue;
        }
        let end = label.offset() + label.len();
        let (before, words) = (&excerpt.text[at..label.offset()], &excerpt.text[label.offset()..end]);
        let class = if label.primary() { "" } else { " class=\"other\"" };
        page.push_str(&format!("{}<mark{class}>{}</mark>", html::escaped(before), html::escaped(words)));
        at = end;
    }
    page.push_str(&html::escaped(&excerpt.text[at..]));
    page.push_str("</blockquote>\n");
}

fn class(severity: Severity) -> char {
    match severity {
        Severity::Error => 'e',
        Severity::Warning => 'w',
        Severity::Note => 'n',
    }
}
