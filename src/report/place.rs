//! What machine-readable reporters share about a finding: where it begins and ends, and the words that explain it.

use super::FileReport;
use super::places::{Places, floor};
use crate::diagnostic::Diagnostic;
use crate::text::{Position, Span};

/// A finding with the places of its spans.
pub(super) struct Placed<'a> {
    pub(super) found: &'a Diagnostic,
    pub(super) start: Position,
    pub(super) end: Position,
    /// Tells findings apart from run to run: the same rule about the same words on the same line of text has the same
    /// one, wherever the line has moved to.
    pub(super) fingerprint: String,
}

/// The findings of a file with their places.
pub(super) fn placed<'a>(file: &FileReport<'a>) -> (Vec<Placed<'a>>, Places) {
    placed_of(file, file.diagnostics.iter())
}

/// Some findings of a file with their places.
pub(super) fn placed_of<'a>(
    file: &FileReport<'a>,
    diagnostics: impl Iterator<Item = &'a Diagnostic> + Clone,
) -> (Vec<Placed<'a>>, Places) {
    let text = file.text;
    let spans = diagnostics
        .clone()
        .flat_map(|found| std::iter::once(found.span).chain(found.labels_here().map(|label| label.span)));
    let edits = diagnostics.clone().flat_map(|found| &found.fixes).flat_map(|fix| &fix.edits).map(|edit| edit.span);
    let places = Places::new(text, file.before, spans.chain(edits).flat_map(|span| [span.start, span.end]));
    let mut seen: Vec<u64> = Vec::new();
    let placed = diagnostics.map(|found| {
        let hash = hash(file.path, text, found);
        // Two findings that nothing tells apart are told apart by their order.
        let nth = seen.iter().filter(|earlier| **earlier == hash).count();
        seen.push(hash);
        Placed {
            found,
            start: places.of(found.span.start),
            end: places.of(found.span.end),
            fingerprint: format!("{hash:016x}:{}", nth + 1),
        }
    });
    (placed.collect(), places)
}

fn hash(path: &str, text: &str, found: &Diagnostic) -> u64 {
    let line = line_of(text, found.span);
    let key = [path, &found.rule, &found.text, text.get(line.start..line.end).unwrap_or_default().trim()].join("\0");
    xxhash_rust::xxh3::xxh3_64(key.as_bytes())
}

/// The line that a span begins on, without its end.
pub(super) fn line_of(text: &str, span: Span) -> Span {
    let at = floor(text, span.start);
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
    Span::new(start, end)
}

/// The message with every repair, in one line.
pub(super) fn in_one_line(found: &Diagnostic) -> String {
    let mut words = found.message.clone();
    for help in &found.help {
        words.push_str(if found.article.lang == crate::text::Lang::ZH { "；" } else { "; " });
        words.push_str(help);
    }
    for (label, there) in found.labels_elsewhere() {
        words.push_str(&format!(" ({}:{}:{} {})", there.path, there.start.line, there.start.column, label.message));
    }
    words.replace(['\n', '\r'], " ")
}

/// The message, the repairs and the evidence, a line each.
pub(super) fn in_full(found: &Diagnostic) -> String {
    let mut lines = vec![found.message.clone()];
    lines.extend(found.help.iter().cloned());
    lines.extend(found.labels_elsewhere().map(|(label, there)| {
        format!("{}:{}:{}: {}", there.path, there.start.line, there.start.column, label.message)
    }));
    lines.extend(found.evidence.iter().map(|evidence| match &evidence.source {
        Some(source) => format!("{} ({source})", evidence.words),
        None => evidence.words.clone(),
    }));
    lines.join("\n")
}
