//! A table of articles, CSV or TSV: a row an article, its title, words and day in columns by the usual names.

use super::json_lines::{TEXTS, TITLES};
use super::scribe::Draft;
use super::transcript::Transcript;
use super::{ReadError, ReadSettings, Reading, plain, stated};
use crate::article::Role;
use crate::text::Span;

/// A field: where it stands in the file, and whether in quotation marks.
#[derive(Clone, Copy)]
struct Field {
    span: Span,
    quoted: bool,
}

/// Whether the table has a column of articles' words.
pub(super) fn is_it(text: &str, settings: &ReadSettings) -> bool {
    let head = text.trim_start_matches('\u{FEFF}').lines().next().unwrap_or_default().to_lowercase();
    let own = |name: &str| settings.fields.text.iter().any(|own| own.to_lowercase() == name);
    let mut names = head.split([',', '\t']).map(|name| name.trim().trim_matches('"'));
    names.any(|name| own(name) || TEXTS.contains(&name))
}

pub(super) fn read(text: &str, settings: &ReadSettings) -> Result<Reading, ReadError> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let head = text[start..].lines().next().unwrap_or_default();
    let separator = if head.contains('\t') { b'\t' } else { b',' };
    let mut rows = Rows { text, at: start, separator };
    let malformed = |at: usize, what: String| ReadError::Malformed { format: "CSV", what, at: Some(at) };
    let header = rows.next().unwrap_or_else(|| Ok(Vec::new()))?;
    let names: Vec<String> = header.into_iter().map(|field| value(text, field).to_lowercase()).collect();
    let position = |name: &str| names.iter().position(|column| *column == name);
    let column = |own: &[String], usual: &[&str]| {
        let own = own.iter().find_map(|name| position(&name.to_lowercase()));
        own.or_else(|| usual.iter().find_map(|name| position(name)))
    };
    let Some(text_column) = column(&settings.fields.text, TEXTS) else {
        let what = format!("no column of words: none is called {}", TEXTS.join(", "));
        return Err(malformed(start, what));
    };
    let title_column = column(&settings.fields.title, TITLES);
    let mut transcript = Transcript::default();
    let mut drafts = Vec::new();
    for row in rows {
        let row = row?;
        let mut draft = Draft::default();
        for (name, field) in names.iter().zip(&row) {
            stated::field(name, &value(text, *field), &mut draft.facts);
        }
        let own = |name: &str| Some(value(text, *row.get(position(&name.to_lowercase())?)?));
        settings.fields.stated(own, &mut draft.facts);
        let title = title_column.and_then(|at| row.get(at)).map(|field| transcribe(text, *field, &mut transcript));
        if let Some(title) = title {
            draft.blocks.push((Role::Headline, vec![title]));
        }
        if let Some(field) = row.get(text_column) {
            let words = transcribe(text, *field, &mut transcript);
            draft.blocks.extend(plain::blocks(transcript.text(), words, title.is_some()));
        }
        drafts.push(draft);
    }
    Ok(Reading { drafts, ways: vec![transcript], escape: escaped, warnings: Vec::new() })
}

/// Rows of the table, without the empty ones.
struct Rows<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
}

impl Iterator for Rows<'_> {
    type Item = Result<Vec<Field>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b'\n' | b'\r')) {
            self.at += 1;
        }
        if self.at >= bytes.len() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            let field = match self.field() {
                Ok(field) => field,
                Err(error) => {
                    self.at = bytes.len();
                    return Some(Err(error));
                }
            };
            row.push(field);
            if bytes.get(self.at) != Some(&self.separator) {
                return Some(Ok(row));
            }
            self.at += 1;
        }
    }
}

impl Rows<'_> {
    fn field(&mut self) -> Result<Field, ReadError> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let ends = |byte: &u8| *byte == self.separator || matches!(byte, b'\n' | b'\r');
        if bytes.get(start) != Some(&b'"') {
            self.at = bytes[start..].iter().position(ends).map_or(bytes.len(), |length| start + length);
            return Ok(Field { span: Span::new(start, self.at), quoted: false });
        }
        let mut at = start + 1;
        loop {
            let malformed = |what: &str| ReadError::Malformed { format: "CSV", what: what.to_owned(), at: Some(start) };
            let quote = memchr::memchr(b'"', &bytes[at..]).map(|next| at + next);
            let Some(quote) = quote else { return Err(malformed("a quotation mark that is never closed")) };
            match bytes.get(quote + 1) {
                Some(b'"') => at = quote + 2,
                next if next.is_none_or(ends) => {
                    self.at = quote + 1;
                    return Ok(Field { span: Span::new(start + 1, quote), quoted: true });
                }
                _ => return Err(malformed("words after the closing quotation mark of a field")),
            }
        }
    }
}

/// A field's words.
fn value(text: &str, field: Field) -> String {
    let raw = field.span.of(text);
    if field.quoted { raw.replace("\"\"", "\"") } else { raw.to_owned() }
}

fn transcribe(text: &str, field: Field, transcript: &mut Transcript) -> Span {
    let from = transcript.len();
    let Field { span, quoted } = field;
    let mut at = span.start;
    while let Some(quote) = text[at..span.end].find("\"\"").filter(|_| quoted).map(|next| at + next) {
        transcript.verbatim(text, Span::new(at, quote));
        transcript.replaced("\"", Span::new(quote, quote + 2));
        at = quote + 2;
    }
    transcript.verbatim(text, Span::new(at, span.end));
    let words = Span::new(from, transcript.len());
    transcript.end_block();
    words
}

/// Words inside a quoted field.
fn escaped(words: &str) -> String {
    words.replace('"', "\"\"")
}
