//! The piece of copy that is shown around a finding. A paragraph of news is one line of hundreds of characters, and a
//! file may be one line of megabytes: what is shown is cut around the words that matter, with `…` for what is left out.

use super::places::{Places, floor};
use crate::text::Span;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthChar;

/// Columns shown on each side of marked words.
const AROUND: usize = 40;
/// A line that goes on for no more columns than this is not cut.
const SLACK: usize = 12;

/// The lines shown, and the labels as offsets into them.
pub(super) struct Excerpt {
    path: String,
    pub(super) text: String,
    rows: Vec<Row>,
    /// What is marked, in offsets of the excerpt.
    pub(super) labels: Vec<LabeledSpan>,
    /// For each label its offset and its column in the file, from 0.
    columns: Vec<(usize, usize)>,
}

/// A line shown: where it stands in the excerpt, and its number in the file from 0.
struct Row {
    start: usize,
    end: usize,
    number: usize,
}

/// The part of a label on one line of the file.
struct Part {
    span: Span,
    column: usize,
    message: String,
    primary: bool,
}

impl Excerpt {
    /// Shows the given spans of `text`, each with its message and whether it is the finding itself.
    pub(super) fn new<'a>(
        path: &str,
        text: &str,
        spans: impl Iterator<Item = (Span, &'a str, bool)>,
        places: &Places,
    ) -> Excerpt {
        let mut lines: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
        for (span, message, primary) in spans {
            note_parts(text, span, message, primary, places, &mut lines);
        }
        let path = visible(path);
        let mut excerpt =
            Excerpt { path, text: String::new(), rows: Vec::new(), labels: Vec::new(), columns: Vec::new() };
        for (number, parts) in lines {
            excerpt.push_row(text, number, &parts);
        }
        excerpt
    }

    fn push_row(&mut self, text: &str, number: usize, parts: &[Part]) {
        if !self.rows.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        // Where each byte offset of the file that begins a shown character stands in the excerpt.
        let mut shown: Vec<(usize, usize)> = Vec::new();
        for window in windows(text, parts) {
            if cut_before(text, window.start) {
                self.text.push('…');
            }
            for (at, c) in window.of(text).char_indices() {
                shown.push((window.start + at, self.text.len()));
                self.text.push(visible_char(c));
            }
            shown.push((window.end, self.text.len()));
        }
        if parts.iter().map(|part| part.span.end).max().is_some_and(|end| cut_after(text, ahead(text, end))) {
            self.text.push('…');
        }
        // A finding's end and the next window's start may be one offset of the file: the first counts as an end.
        let find = |offset: usize| shown.iter().find(|(at, _)| *at >= offset).map_or(start, |(_, here)| *here);
        for part in parts {
            let (from, to) = (find(part.span.start), find(part.span.end));
            let label = (!part.message.is_empty()).then(|| part.message.clone());
            let span = SourceSpan::new(from.into(), to.saturating_sub(from));
            self.labels.push(if part.primary {
                LabeledSpan::new_primary_with_span(label, span)
            } else {
                LabeledSpan::new_with_span(label, span)
            });
            self.columns.push((from, part.column));
        }
        self.rows.push(Row { start, end: self.text.len(), number });
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let holds = |row: &&Row, offset: usize| row.start <= offset && offset <= row.end;
        let first = self.rows.iter().position(|row| holds(&row, span.offset())).ok_or(MietteError::OutOfBounds)?;
        let last = self.rows.iter().position(|row| holds(&row, span.offset() + span.len()));
        let last = last.unwrap_or(first).max(first);
        let (start, end) = (self.rows[first].start, self.rows[last].end);
        // Asked without context, miette wants the line and column for its header.
        let column = match (before, after) {
            (0, 0) => self.columns.iter().find(|(at, _)| *at == span.offset()).map_or(0, |(_, column)| *column),
            _ => 0,
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            &self.text.as_bytes()[start..end],
            SourceSpan::new(start.into(), end - start),
            self.rows[first].number,
            column,
            last - first + 1,
        )))
    }
}

/// Cuts a span at line ends; its message goes with the last part.
fn note_parts(
    text: &str,
    span: Span,
    message: &str,
    primary: bool,
    places: &Places,
    lines: &mut BTreeMap<usize, Vec<Part>>,
) {
    let (start, end) = (floor(text, span.start), floor(text, span.end));
    let place = places.of(span.start);
    let (mut number, mut column, mut at) = (place.line - 1, place.column - 1, start);
    let mut message = visible(message);
    loop {
        let stop = text[at..end].find('\n').map(|found| at + found);
        let words = &text[at..stop.unwrap_or(end)];
        let part = Span::new(at, at + words.trim_end().len());
        if !part.is_empty() || start == end {
            let parts = lines.entry(number).or_default();
            // The words of a finding are often among its labels too: they are marked once.
            match parts.iter_mut().find(|known| known.span == part) {
                Some(known) => {
                    known.primary |= primary;
                    if known.message.is_empty() {
                        known.message = std::mem::take(&mut message);
                    }
                }
                None if stop.is_some() => parts.push(Part { span: part, column, message: String::new(), primary }),
                None => parts.push(Part { span: part, column, message: std::mem::take(&mut message), primary }),
            }
        }
        let Some(stop) = stop else { break };
        (number, column, at) = (number + 1, 0, stop + 1);
    }
}

/// What of a line is shown: the parts with what stands around them, merged where they touch.
fn windows(text: &str, parts: &[Part]) -> Vec<Span> {
    let mut windows: Vec<Span> =
        parts.iter().map(|part| Span::new(back(text, part.span.start), ahead(text, part.span.end))).collect();
    windows.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if window.start <= last.end => *last = last.cover(window),
            _ => merged.push(window),
        }
    }
    merged
}

/// Where what is shown before an offset begins: at the line's start if that is near, else at a whole word.
fn back(text: &str, from: usize) -> usize {
    let (mut columns, mut cut) = (0, None);
    for (at, c) in text[..from].char_indices().rev() {
        if c == '\n' {
            return at + 1;
        }
        columns += c.width().unwrap_or(1);
        if columns > AROUND + SLACK {
            return cut.unwrap_or(at + c.len_utf8());
        }
        if columns <= AROUND && !within_word(text, at) {
            cut = Some(at);
        }
    }
    0
}

/// Where what is shown after an offset ends.
fn ahead(text: &str, from: usize) -> usize {
    let (mut columns, mut cut) = (0, None);
    for (at, c) in text[from..].char_indices() {
        let at = from + at;
        if matches!(c, '\n' | '\r') {
            return at;
        }
        columns += c.width().unwrap_or(1);
        if columns > AROUND + SLACK {
            return cut.unwrap_or(at);
        }
        if columns <= AROUND && !within_word(text, at + c.len_utf8()) {
            cut = Some(at + c.len_utf8());
        }
    }
    text.len()
}

fn within_word(text: &str, at: usize) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    text[..at].ends_with(letter) && text[at..].starts_with(letter)
}

fn cut_before(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c != '\n')
}

fn cut_after(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| !matches!(c, '\n' | '\r'))
}

/// Text that cannot steer a terminal: control and direction characters become visible.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible_char(c) }).collect()
}

fn visible_char(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, spans: &[(Span, &str, bool)]) -> Excerpt {
        let places = Places::new(text, Default::default(), spans.iter().map(|(span, ..)| span.start));
        Excerpt::new("a.txt", text, spans.iter().copied(), &places)
    }

    fn of(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let text = format!("头一行\n{}阿曼首都阿布扎比{}", "前".repeat(500), "后".repeat(500));
        let shown = excerpt(&text, &[(of(&text, "阿曼"), "", false), (of(&text, "阿布扎比"), "", true)]);
        assert_eq!(shown.text, format!("…{}阿曼首都阿布扎比{}…", "前".repeat(20), "后".repeat(20)));
        let marked: Vec<&str> =
            shown.labels.iter().map(|label| &shown.text[label.offset()..label.offset() + label.len()]).collect();
        assert_eq!(marked, ["阿曼", "阿布扎比"]);
        assert_eq!(shown.rows[0].number, 1);
        assert_eq!(shown.columns[1].1, 504);
    }

    #[test]
    fn a_label_over_a_line_end_is_marked_on_both_lines() {
        let text = "went to Abu\r\nDhabi today";
        let span = Span::new(8, text.len() - 6);
        let shown = excerpt(text, &[(span, "here", true)]);
        assert_eq!(shown.rows.len(), 2);
        assert_eq!(shown.labels[0].label(), None);
        assert_eq!(shown.labels[1].label(), Some("here"));
        assert_eq!(shown.labels[0].len(), "Abu".len());
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let text = "a\u{1b}[31mb\u{202e}";
        let shown = excerpt(text, &[(of(text, "b"), "", true)]);
        assert_eq!(shown.text, "a\u{FFFD}[31mb\u{FFFD}");
    }
}
