//! News XML: NITF 3, NewsML-G2 with NITF or XHTML inside, and XHTML pages of their own.

use super::scribe::{Draft, Scribe};
use super::xml::{Happening, attribute, walk};
use super::{ReadError, ReadSettings, Reading, html, stated};
use crate::article::{Role, Says};
use crate::text::Lang;
use quick_xml::events::BytesStart;

/// Elements whose words are no copy.
const SKIPPED: &[&str] = &[
    "head",
    "itemMeta",
    "media-producer",
    "media-metadata",
    "key-list",
    "rightsInfo",
    "copyrite",
    "script",
    "style",
    "series",
    "distributor",
    "abstract",
    "body.end",
    "partMeta",
    "infoSource",
    "creditline",
    "slugline",
    "subject",
    "genre",
    "keyword",
];
/// Elements of NITF that mark names within the text.
const NAMES: &[&str] = &["person", "location", "org", "event", "object.title"];
/// Elements that hold one article each.
const ARTICLES: &[&str] = &["nitf", "newsItem", "html"];
/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "p",
    "hl1",
    "hl2",
    "headline",
    "byline",
    "byttl",
    "dateline",
    "media-caption",
    "bq",
    "blockquote",
    "li",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "caption",
    "figcaption",
    "note",
    "block",
    "div",
    "body",
    "body.content",
    "table",
    "br",
    "inlineData",
];

pub(super) fn read(text: &str, _settings: &ReadSettings) -> Result<Reading, ReadError> {
    let mut item = Item { scribe: Scribe::new(text), open: Vec::new(), annotations: Vec::new(), drafts: Vec::new() };
    walk("news XML", text, |happening| match happening {
        Happening::Open { name, tag, span } => {
            if name == "q" && item.copy() {
                item.scribe.mark(span, "“");
            }
            item.open(name, tag);
        }
        Happening::Close { name, span } => {
            if name == "q" && item.copy() {
                item.scribe.mark(span, "”");
            }
            item.close(name);
        }
        Happening::Words { words, span } => {
            item.stated(words);
            if item.copy() {
                item.scribe.words(span, words);
            }
        }
    })?;
    let Item { mut scribe, mut drafts, .. } = item;
    drafts.push(scribe.end_article());
    Ok(Reading { drafts, ways: vec![scribe.finish()], escape: html::escaped, warnings: Vec::new() })
}

/// An item being written down.
struct Item<'a> {
    scribe: Scribe<'a>,
    open: Vec<String>,
    /// Open elements within the text that say something of their words, and where these begin.
    annotations: Vec<(usize, Option<Says>)>,
    drafts: Vec<Draft>,
}

impl Item<'_> {
    fn open(&mut self, name: &str, tag: &BytesStart<'_>) {
        if BLOCKS.contains(&name) {
            self.end_block();
        }
        // NewsML-G2 holds NITF or XHTML inside its own item: that is no article of its own.
        if ARTICLES.contains(&name) && !self.within(&["newsItem"]) {
            self.end_article();
        }
        // NITF has a name of its own for xml:lang.
        let lang = attribute(tag, "lang").or_else(|| attribute(tag, "baselang"));
        if let Some(lang) = lang.and_then(|lang| Lang::from_code(&lang)) {
            self.scribe.facts().lang.get_or_insert(lang);
        }
        let norm = || attribute(tag, "norm").and_then(|norm| stated::day(&norm));
        let facts = self.scribe.facts();
        match name {
            // The day in the dateline is the story's; those of the document say when it went out.
            "story.date" => facts.date = norm().or(facts.date),
            "date.issue" | "date.release" => facts.date = facts.date.or_else(norm),
            "language" => facts.lang = attribute(tag, "tag").and_then(|lang| Lang::from_code(&lang)).or(facts.lang),
            "meta" => {
                let (key, value) = (attribute(tag, "name"), attribute(tag, "content"));
                stated::meta(&key.unwrap_or_default().to_ascii_lowercase(), &value.unwrap_or_default(), facts);
            }
            _ => {}
        }
        self.annotate(name, tag);
        self.open.push(name.to_owned());
    }

    /// Begins what an element within the text says of its words.
    fn annotate(&mut self, name: &str, tag: &BytesStart<'_>) {
        let says = match name {
            "chron" => attribute(tag, "norm").and_then(|norm| stated::day(&norm)).map(Says::Day),
            name if NAMES.contains(&name) => Some(Says::Name { country: None }),
            // The code of a place stands at an element within it: `<location><city>…</city>, <country iso-cc="OM">…`.
            "country" => {
                if let Some((_, Some(Says::Name { country }))) = self.annotations.last_mut() {
                    *country = attribute(tag, "iso-cc").map(|code| code.to_ascii_uppercase());
                }
                return;
            }
            _ => return,
        };
        self.annotations.push((self.scribe.len(), says));
    }

    fn close(&mut self, name: &str) {
        if (name == "chron" || NAMES.contains(&name))
            && let Some((start, Some(says))) = self.annotations.pop()
        {
            self.scribe.annotate(start, says);
        }
        if BLOCKS.contains(&name) {
            self.end_block();
        }
        self.open.pop();
        if ARTICLES.contains(&name) && !self.within(&["newsItem"]) {
            self.end_article();
        }
    }

    /// Takes what an element of metadata states.
    fn stated(&mut self, words: &str) {
        let words = words.trim();
        let Some(name) = self.open.last().filter(|_| !words.is_empty()) else { return };
        match name.as_str() {
            "versionCreated" | "firstCreated" | "contentCreated" => stated::field(name, words, self.scribe.facts()),
            "location" if self.within(&["dateline"]) => self.scribe.facts().place = Some(words.to_owned()),
            "name" if self.within(&["located"]) => self.scribe.facts().place = Some(words.to_owned()),
            "dateline" if self.within(&["contentMeta"]) => self.scribe.facts().place = Some(words.to_owned()),
            _ => {}
        }
    }

    fn within(&self, names: &[&str]) -> bool {
        self.open.iter().any(|open| names.contains(&open.as_str()))
    }

    fn copy(&self) -> bool {
        let meta = self.within(&["contentMeta"]);
        !self.within(SKIPPED)
            && if meta { self.open.last().is_some_and(|name| name == "headline") } else { self.within(BLOCKS) }
    }

    fn end_block(&mut self) {
        let role = self.open.iter().rev().find_map(|name| match name.as_str() {
            "hl1" | "hl2" | "headline" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Role::Headline),
            "byline" => Some(Role::Byline),
            "dateline" => Some(Role::Dateline),
            "media-caption" | "caption" | "figcaption" => Some(Role::Caption),
            "td" | "th" => Some(Role::Table),
            _ => None,
        });
        let otherwise = if self.within(&["bq", "blockquote"]) { Role::Quotation } else { Role::Paragraph };
        self.scribe.end_block(role, otherwise);
    }

    fn end_article(&mut self) {
        let draft = self.scribe.end_article();
        if !draft.blocks.is_empty() {
            self.drafts.push(draft);
        }
    }
}
