//! HTML: the article's words without navigation, roles from its elements, day and language from its metadata.

use super::scribe::{Draft, Scribe};
use super::{ReadError, Reading, stated};
use crate::article::Role;
use crate::text::{Lang, Span};
use html5gum::emitters::default::{DefaultEmitter, EndTag, StartTag, Token};
use html5gum::{HtmlString, Tokenizer};
use std::ops::ControlFlow;

/// Elements whose words are no copy.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "select", "svg", "iframe",
    "head", "object", "video", "audio", "textarea", "label", "math",
];
/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "br",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "details",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements without an end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements may stand inside each other so deep.
const DEPTH: usize = 512;

/// Whether a page is a report of factlint's, which quotes copy and is none.
pub(super) fn is_own_report(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(400)];
    memchr::memmem::find(head, b"<meta name=\"generator\" content=\"factlint\">").is_some()
}

pub(super) fn read(text: &str, _settings: &super::ReadSettings) -> Result<Reading, ReadError> {
    let mut scribe = Scribe::new(text);
    let draft = transcribe(text, Span::new(0, text.len()), &mut scribe)?;
    Ok(Reading { drafts: vec![draft], ways: vec![scribe.finish()], escape: escaped, warnings: Vec::new() })
}

/// Writes down the words of a stretch of HTML as one article.
pub(super) fn transcribe(text: &str, part: Span, scribe: &mut Scribe<'_>) -> Result<Draft, ReadError> {
    let html = part.of(text);
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut page = Page { scribe, open: Vec::new(), offset: part.start, within: main_element(html), inside: 0 };
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        let flow = match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&tag),
            Token::String(words) => {
                let span = Span::new(part.start + words.span.start, part.start + words.span.end);
                page.words(span, &words.value);
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Err(ReadError::TooLarge { what: "elements more than 512 deep" });
        }
    }
    Ok(scribe.end_article())
}

/// The element that holds the article, if the page marks it.
fn main_element(html: &str) -> Option<&'static str> {
    ["article", "main"].into_iter().find(|name| {
        html.match_indices('<').any(|(at, _)| {
            html[at + 1..].get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
                && html[at + 1 + name.len()..].starts_with(|c: char| c == '>' || c.is_ascii_whitespace())
        })
    })
}

/// A page being written down.
struct Page<'s, 'a> {
    scribe: &'s mut Scribe<'a>,
    /// The elements that are open.
    open: Vec<String>,
    /// Where the HTML begins in the file.
    offset: usize,
    /// The element whose words alone are copy.
    within: Option<&'static str>,
    /// How many of it are open.
    inside: usize,
}

impl Page<'_, '_> {
    fn start(&mut self, tag: &StartTag<usize>) -> ControlFlow<()> {
        let name = utf8(&tag.name);
        match &*name {
            "html" => {
                self.scribe.facts().lang =
                    self.scribe.facts().lang.or(attribute(tag, "lang").and_then(|lang| Lang::from_code(&lang)))
            }
            "meta" => self.meta(tag),
            "time" if self.scribe.facts().date.is_none() && self.copy() => {
                self.scribe.facts().date = attribute(tag, "datetime").and_then(|day| stated::day(&day));
            }
            "q" if self.copy() => self.scribe.mark(self.at(tag.span), "“"),
            _ => {}
        }
        if BLOCKS.contains(&&*name) {
            self.end_block();
        }
        if VOID.contains(&&*name) || tag.self_closing {
            return ControlFlow::Continue(());
        }
        self.inside += usize::from(self.within == Some(&*name));
        if self.open.len() == DEPTH {
            return ControlFlow::Break(());
        }
        self.open.push(name.into_owned());
        ControlFlow::Continue(())
    }

    fn end(&mut self, tag: &EndTag<usize>) -> ControlFlow<()> {
        let name = utf8(&tag.name);
        if &*name == "q" && self.copy() {
            self.scribe.mark(self.at(tag.span), "”");
        }
        if BLOCKS.contains(&&*name) {
            self.end_block();
        }
        // What was left open inside of it ends with it; an end of nothing ends nothing.
        if let Some(at) = self.open.iter().rposition(|open| *open == *name) {
            for closed in self.open.drain(at..) {
                self.inside -= usize::from(self.within == Some(closed.as_str()) && self.inside > 0);
            }
        }
        ControlFlow::Continue(())
    }

    fn words(&mut self, span: Span, words: &HtmlString) {
        let words = utf8(words);
        match self.open.last().map(String::as_str) {
            Some("script") => stated::json_ld(&words, self.scribe.facts()),
            Some("title") if self.scribe.facts().title.is_none() => {
                self.scribe.facts().title = Some(words.trim().to_owned()).filter(|title| !title.is_empty());
            }
            _ if self.copy() => self.scribe.words(span, &words),
            _ => {}
        }
    }

    /// Whether words here are copy.
    fn copy(&self) -> bool {
        (self.within.is_none() || self.inside > 0) && !self.open.iter().any(|name| SKIPPED.contains(&name.as_str()))
    }

    fn meta(&mut self, tag: &StartTag<usize>) {
        let Some(content) = attribute(tag, "content") else { return };
        let key = ["property", "name", "itemprop"].into_iter().find_map(|key| attribute(tag, key)).unwrap_or_default();
        stated::meta(&key.to_ascii_lowercase(), &content, self.scribe.facts());
    }

    fn end_block(&mut self) {
        let has = |name: &str| self.open.iter().any(|open| open == name);
        let role = self.open.iter().rev().find_map(|name| match name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Role::Headline),
            "figcaption" | "caption" => Some(Role::Caption),
            "td" | "th" => Some(Role::Table),
            "pre" | "code" => Some(Role::Code),
            _ => None,
        });
        let otherwise = if has("blockquote") { Role::Quotation } else { Role::Paragraph };
        self.scribe.end_block(role, otherwise);
    }

    fn at(&self, span: html5gum::Span<usize>) -> Span {
        Span::new(self.offset + span.start, self.offset + span.end)
    }
}

fn utf8(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| utf8(&value.value).into_owned())
}

/// Words as text of HTML and XML.
pub(super) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
