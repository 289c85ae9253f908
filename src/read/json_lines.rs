//! JSON lines: an article a line, `{"id", "date", "title", "text"}` or the same under other usual names.

use super::scribe::Draft;
use super::transcript::Transcript;
use super::{ReadError, ReadSettings, Reading, json, plain, stated};
use crate::article::Role;
use serde_json::value::RawValue;

/// Names under which the title of an article stands, the likeliest first, and its words.
pub(super) const TITLES: &[&str] = &["title", "headline", "标题"];
pub(super) const TEXTS: &[&str] = &["text", "body", "content", "body_text", "article", "正文"];

pub(super) fn read(text: &str, settings: &ReadSettings) -> Result<Reading, ReadError> {
    let mut transcript = Transcript::default();
    let mut drafts = Vec::new();
    let (mut at, before) = (0, settings.before);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let line = line.trim_start_matches('\u{FEFF}').trim();
        if line.is_empty() {
            continue;
        }
        let malformed =
            |what: String| ReadError::Malformed { format: "JSON lines", what, at: Some(before.bytes + start) };
        let number = before.lines + number + 1;
        let object = json::object(line).map_err(|error| malformed(format!("line {number}: {error}")))?;
        let mut draft = Draft::default();
        for (name, value) in &object {
            if let Some(words) = json::words(value).filter(|words| words.len() < 200) {
                stated::field(name, &words, &mut draft.facts);
            }
        }
        settings.fields.stated(|name| json::words(find(&object, name)?), &mut draft.facts);
        let one = |own: &[String], usual: &[&str]| {
            let own = own.iter().find_map(|name| find(&object, name));
            own.or_else(|| usual.iter().find_map(|name| object.get(*name).copied()))
        };
        let title =
            one(&settings.fields.title, TITLES).and_then(|value| json::transcribe(text, value, &mut transcript));
        if let Some(title) = title {
            draft.blocks.push((Role::Headline, vec![title]));
        }
        let words = one(&settings.fields.text, TEXTS).and_then(|value| json::transcribe(text, value, &mut transcript));
        let Some(words) = words else {
            let names: Vec<&str> =
                settings.fields.text.iter().map(String::as_str).chain(TEXTS.iter().copied()).collect();
            let what = format!("line {number}: it has no text: no string under {}", names.join(", "));
            return Err(malformed(what));
        };
        draft.blocks.extend(plain::blocks(transcript.text(), words, title.is_some()));
        drafts.push(draft);
    }
    Ok(Reading { drafts, ways: vec![transcript], escape: json::escaped, warnings: Vec::new() })
}

/// The value under a name, which may lead through objects: `content.body`.
fn find<'t>(object: &json::Object<'t>, name: &str) -> Option<&'t RawValue> {
    if let Some(value) = object.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    find(&json::object(object.get(first)?.get()).ok()?, rest)
}
