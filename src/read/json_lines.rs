//! JSON lines: an article a line, `{"id", "date", "title", "text"}` or the same under other usual names.

use super::scribe::Draft;
use super::transcript::Transcript;
use super::{ReadError, ReadSettings, Reading, json, plain, stated};
use crate::article::Role;

/// Names under which the title of an article stands, the likeliest first, and its words.
pub(super) const TITLES: &[&str] = &["title", "headline", "标题"];
pub(super) const TEXTS: &[&str] = &["text", "body", "content", "body_text", "article", "正文"];

pub(super) fn read(text: &str, _settings: &ReadSettings) -> Result<Reading, ReadError> {
    let mut transcript = Transcript::default();
    let mut drafts = Vec::new();
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let line = line.trim_start_matches('\u{FEFF}').trim();
        if line.is_empty() {
            continue;
        }
        let malformed = |what: String| ReadError::Malformed { format: "JSON lines", what, at: Some(start) };
        let object = json::object(line).map_err(|error| malformed(format!("line {}: {error}", number + 1)))?;
        let find = |names: &[&str]| names.iter().find_map(|name| object.get(*name).copied());
        let mut draft = Draft::default();
        for (name, value) in &object {
            if let Some(words) = json::words(value).filter(|words| words.len() < 200) {
                stated::field(name, &words, &mut draft.facts);
            }
        }
        let title = find(TITLES).and_then(|value| json::transcribe(text, value, &mut transcript));
        if let Some(title) = title {
            draft.blocks.push((Role::Headline, vec![title]));
        }
        let Some(words) = find(TEXTS).and_then(|value| json::transcribe(text, value, &mut transcript)) else {
            let what = format!("line {}: it has no text: no string under {}", number + 1, TEXTS.join(", "));
            return Err(malformed(what));
        };
        draft.blocks.extend(plain::blocks(transcript.text(), words, title.is_some()));
        drafts.push(draft);
    }
    Ok(Reading { drafts, ways: vec![transcript], escape: json::escaped, warnings: Vec::new() })
}
