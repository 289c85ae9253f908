//! ninjs 1 to 3, IPTC's news in JSON: one item, or an array of them. Bodies are plain text or HTML by their content type.

use super::scribe::{Draft, Scribe};
use super::story::FileFacts;
use super::transcript::Transcript;
use super::{ReadError, ReadSettings, Reading, html, json, plain, stated};
use crate::article::Role;
use crate::text::Span;
use serde_json::value::RawValue;

/// An item: what it states, and where its parts stand in the words of its strings.
#[derive(Default)]
struct Item {
    facts: FileFacts,
    headlines: Vec<Span>,
    byline: Option<Span>,
    body: Option<Body>,
    captions: Vec<Span>,
}

#[derive(Clone, Copy)]
struct Body {
    words: Span,
    is_html: bool,
}

/// Whether a JSON file is a news item.
pub(super) fn is_it(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    text.starts_with(['{', '['])
        && [
            "\"body_text\"",
            "\"body_html\"",
            "\"body_xhtml\"",
            "\"bodies\"",
            "\"headline\"",
            "\"headlines\"",
            "\"versioncreated\"",
        ]
        .iter()
        .any(|key| text.contains(key))
}

pub(super) fn read(text: &str, _settings: &ReadSettings) -> Result<Reading, ReadError> {
    let malformed = |start: usize| {
        move |error: serde_json::Error| ReadError::Malformed {
            format: "ninjs",
            what: error.to_string(),
            at: Some(start),
        }
    };
    let start = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let whole: &RawValue = serde_json::from_str(&text[start..])
        .map_err(|error| malformed(start + json::place(&text[start..], &error))(error))?;
    let mut strings = Transcript::default();
    let mut items = Vec::new();
    for value in json::items(whole) {
        items.push(item(text, value, &mut strings).map_err(malformed(json::span(text, value).start))?);
    }
    let words = strings.text();
    let mut scribe = Scribe::new(words);
    let mut drafts: Vec<Draft> = Vec::new();
    for item in items {
        *scribe.facts() = item.facts;
        let mut block = |span: Span, role: Role| {
            scribe.words(span, span.of(words));
            scribe.end_block(Some(role), role);
        };
        item.headlines.iter().for_each(|span| block(*span, Role::Headline));
        item.byline.iter().for_each(|span| block(*span, Role::Byline));
        item.captions.iter().for_each(|span| block(*span, Role::Caption));
        match item.body {
            Some(Body { words: body, is_html: true }) => drafts.push(html::transcribe(words, body, &mut scribe)?),
            Some(Body { words: body, is_html: false }) => {
                for (role, pieces) in plain::blocks(words, body, true) {
                    pieces.iter().for_each(|piece| scribe.words(*piece, piece.of(words)));
                    scribe.end_block(Some(role), role);
                }
                drafts.push(scribe.end_article());
            }
            None => drafts.push(scribe.end_article()),
        }
    }
    Ok(Reading { drafts, ways: vec![scribe.finish(), strings], escape: json::escaped, warnings: Vec::new() })
}

fn item(file: &str, value: &RawValue, strings: &mut Transcript) -> Result<Item, serde_json::Error> {
    let object = json::object(value.get())?;
    let mut item = Item::default();
    for (name, value) in &object {
        if let Some(words) = json::words(value).filter(|words| words.len() < 200) {
            stated::field(name, &words, &mut item.facts);
        }
    }
    let mut write = |value: &RawValue| json::transcribe(file, value, strings);
    let one = |names: &[&str]| names.iter().find_map(|name| object.get(*name).copied());
    if let Some(headlines) = one(&["headlines"]) {
        for headline in json::items(headlines) {
            let parts = json::object(headline.get())?;
            item.headlines.extend(parts.get("value").and_then(|value| write(value)));
        }
    }
    item.headlines.extend(one(&["headline"]).filter(|_| item.headlines.is_empty()).and_then(&mut write));
    item.byline = one(&["byline", "by"]).and_then(&mut write);
    if let Some(bodies) = one(&["bodies"]) {
        for body in json::items(bodies) {
            let parts = json::object(body.get())?;
            let kind = parts.get("contentType").or(parts.get("contenttype")).and_then(|kind| json::words(kind));
            let Some(words) = parts.get("value").and_then(|value| write(value)) else { continue };
            let is_html = kind.is_some_and(|kind| kind.contains("html"));
            // Several bodies are the same story in several shapes: the plain one needs no guessing.
            if item.body.is_none_or(|earlier| earlier.is_html && !is_html) {
                item.body = Some(Body { words, is_html });
            }
        }
    }
    for (name, is_html) in [("body_text", false), ("body_xhtml", true), ("body_html", true)] {
        if item.body.is_none() {
            item.body = one(&[name]).and_then(&mut write).map(|words| Body { words, is_html });
        }
    }
    for picture in std::iter::once(&object).chain(&associated(&object)?).filter(|one| is_picture(one)) {
        item.captions.extend(descriptions(picture)?.into_iter().filter_map(&mut write));
    }
    Ok(item)
}

/// The items that go with an item: named in an object in the first line of ninjs, a list in the others.
fn associated<'t>(object: &json::Object<'t>) -> Result<Vec<json::Object<'t>>, serde_json::Error> {
    let Some(all) = object.get("associations") else { return Ok(Vec::new()) };
    match all.get().starts_with('{') {
        true => json::object(all.get())?.values().map(|value| json::object(value.get())).collect(),
        false => json::items(all).into_iter().map(|value| json::object(value.get())).collect(),
    }
}

fn is_picture(item: &json::Object<'_>) -> bool {
    item.get("type").and_then(|value| json::words(value)).as_deref() == Some("picture")
}

/// What is said of a picture.
fn descriptions<'t>(item: &json::Object<'t>) -> Result<Vec<&'t RawValue>, serde_json::Error> {
    let Some(all) = item.get("descriptions") else {
        return Ok(["description_text", "description_caption"]
            .iter()
            .find_map(|name| item.get(*name).copied())
            .into_iter()
            .collect());
    };
    let value = |description: &'t RawValue| Ok(json::object(description.get())?.get("value").copied());
    json::items(all).into_iter().filter_map(|description| value(description).transpose()).collect()
}
