//! RSS and Atom: an article an item, its words HTML inside of the XML.

use super::scribe::Scribe;
use super::story::FileFacts;
use super::transcript::Transcript;
use super::xml::{Happening, attribute, walk};
use super::{ReadError, ReadSettings, Reading, html, stated};
use crate::article::Role;
use crate::text::{Lang, Span};

/// An item of the feed: what it states, and where its title and its words stand in the words of the XML.
#[derive(Default)]
struct Item {
    facts: FileFacts,
    title: Option<Span>,
    body: Option<Span>,
}

pub(super) fn read(text: &str, _settings: &ReadSettings) -> Result<Reading, ReadError> {
    let (xml, items) = items(text)?;
    let words = xml.text();
    let mut scribe = Scribe::new(words);
    let mut drafts = Vec::new();
    for item in items {
        *scribe.facts() = item.facts;
        if let Some(title) = item.title {
            scribe.words(title, title.of(words));
            scribe.end_block(Some(Role::Headline), Role::Headline);
        }
        drafts.push(match item.body {
            Some(body) => html::transcribe(words, body, &mut scribe)?,
            None => scribe.end_article(),
        });
    }
    Ok(Reading { drafts, ways: vec![scribe.finish(), xml], escape: html::escaped, warnings: Vec::new() })
}

/// The items, and the words of the XML.
fn items(text: &str) -> Result<(Transcript, Vec<Item>), ReadError> {
    let mut xml = Transcript::default();
    let mut items: Vec<Item> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut feed = FileFacts::default();
    let mut start = 0;
    walk("a feed", text, |happening| match happening {
        Happening::Open { name, tag, .. } => {
            if matches!(name, "item" | "entry") {
                items.push(Item { facts: feed.clone(), ..Item::default() });
            }
            if let Some(lang) = attribute(tag, "lang").and_then(|lang| Lang::from_code(&lang)) {
                items.last_mut().map_or(&mut feed, |item| &mut item.facts).lang = Some(lang);
            }
            open.push(name.to_owned());
            xml.end_block();
            start = xml.len();
        }
        Happening::Close { name, .. } => {
            open.pop();
            let span = Span::new(start, xml.len());
            let words = span.of(xml.text()).trim();
            // An item's own fields stand right below it; an image or a source has titles of its own.
            let of_item = open.last().is_some_and(|parent| matches!(parent.as_str(), "item" | "entry"));
            match items.last_mut().filter(|_| of_item) {
                Some(item) => match name {
                    "title" => item.title = Some(span),
                    "description" | "summary" => item.body = item.body.or(Some(span)),
                    // The whole text counts for more than the summary.
                    "encoded" | "content" => item.body = Some(span),
                    name => stated::field(name, words, &mut item.facts),
                },
                None if name == "language" => stated::field(name, words, &mut feed),
                None => {}
            }
            start = xml.len();
        }
        Happening::Words { words, span } => super::transcript::align(&mut xml, text, span, words),
    })?;
    Ok((xml, items))
}
