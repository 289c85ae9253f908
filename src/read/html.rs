//! HTML: the article's words without navigation, roles from its elements, day and language from its metadata.

use super::scribe::{Draft, Scribe};
use super::{ReadError, Reading, stated};
use crate::article::{Role, Says};
use crate::text::{Lang, Span};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Tokenizer};
use jiff::civil::Date;
use std::borrow::Cow;

/// What an element is to its words.
#[derive(Clone, Copy)]
struct Kind {
    /// It begins and ends a block.
    block: bool,
    /// It has no end tag.
    void: bool,
    /// Its words are no copy.
    skipped: bool,
    /// Its attributes are looked at.
    read: bool,
    quotation: bool,
    role: Option<Role>,
}

impl Kind {
    const OTHER: Kind = Kind { block: false, void: false, skipped: false, read: false, quotation: false, role: None };
    const BLOCK: Kind = Kind { block: true, ..Kind::OTHER };
    const VOID: Kind = Kind { void: true, ..Kind::OTHER };
    const BREAK: Kind = Kind { block: true, ..Kind::VOID };
    const SKIPPED: Kind = Kind { skipped: true, ..Kind::OTHER };
    const QUOTATION: Kind = Kind { quotation: true, ..Kind::BLOCK };
    const TIME: Kind = Kind { read: true, ..Kind::OTHER };
    const META: Kind = Kind { read: true, ..Kind::VOID };
    const HTML: Kind = Kind { read: true, ..Kind::BLOCK };
    const HEADLINE: Kind = Kind { role: Some(Role::Headline), ..Kind::BLOCK };
    const CAPTION: Kind = Kind { role: Some(Role::Caption), ..Kind::BLOCK };
    const CELL: Kind = Kind { role: Some(Role::Table), ..Kind::BLOCK };
    const LISTING: Kind = Kind { role: Some(Role::Code), ..Kind::BLOCK };
    const CODE: Kind = Kind { role: Some(Role::Code), ..Kind::OTHER };

    /// The kind of the element of a name in lower case.
    fn of(name: &[u8]) -> Kind {
        KINDS.binary_search_by(|(one, _)| one.as_bytes().cmp(name)).map_or(Kind::OTHER, |at| KINDS[at].1)
    }
}

/// Elements by name, in order.
const KINDS: &[(&str, Kind)] = &[
    ("address", Kind::BLOCK),
    ("area", Kind::VOID),
    ("article", Kind::BLOCK),
    ("aside", Kind::SKIPPED),
    ("audio", Kind::SKIPPED),
    ("base", Kind::VOID),
    ("blockquote", Kind::QUOTATION),
    ("body", Kind::BLOCK),
    ("br", Kind::BREAK),
    ("button", Kind::SKIPPED),
    ("caption", Kind::CAPTION),
    ("code", Kind::CODE),
    ("col", Kind::VOID),
    ("dd", Kind::BLOCK),
    ("details", Kind::BLOCK),
    ("div", Kind::BLOCK),
    ("dl", Kind::BLOCK),
    ("dt", Kind::BLOCK),
    ("embed", Kind::VOID),
    ("figcaption", Kind::CAPTION),
    ("figure", Kind::BLOCK),
    ("footer", Kind::SKIPPED),
    ("form", Kind::SKIPPED),
    ("h1", Kind::HEADLINE),
    ("h2", Kind::HEADLINE),
    ("h3", Kind::HEADLINE),
    ("h4", Kind::HEADLINE),
    ("h5", Kind::HEADLINE),
    ("h6", Kind::HEADLINE),
    ("head", Kind::SKIPPED),
    ("header", Kind::BLOCK),
    ("hr", Kind::BREAK),
    ("html", Kind::HTML),
    ("iframe", Kind::SKIPPED),
    ("img", Kind::VOID),
    ("input", Kind::VOID),
    ("label", Kind::SKIPPED),
    ("li", Kind::BLOCK),
    ("link", Kind::VOID),
    ("main", Kind::BLOCK),
    ("math", Kind::SKIPPED),
    ("meta", Kind::META),
    ("nav", Kind::SKIPPED),
    ("noscript", Kind::SKIPPED),
    ("object", Kind::SKIPPED),
    ("ol", Kind::BLOCK),
    ("p", Kind::BLOCK),
    ("pre", Kind::LISTING),
    ("script", Kind::SKIPPED),
    ("section", Kind::BLOCK),
    ("select", Kind::SKIPPED),
    ("source", Kind::VOID),
    ("style", Kind::SKIPPED),
    ("summary", Kind::BLOCK),
    ("svg", Kind::SKIPPED),
    ("table", Kind::BLOCK),
    ("tbody", Kind::BLOCK),
    ("td", Kind::CELL),
    ("template", Kind::SKIPPED),
    ("textarea", Kind::SKIPPED),
    ("tfoot", Kind::BLOCK),
    ("th", Kind::CELL),
    ("thead", Kind::BLOCK),
    ("time", Kind::TIME),
    ("tr", Kind::BLOCK),
    ("track", Kind::VOID),
    ("ul", Kind::BLOCK),
    ("video", Kind::SKIPPED),
    ("wbr", Kind::VOID),
];
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
    let page = Page {
        scribe,
        open: Vec::new(),
        names: Vec::new(),
        tag: Tag::NONE,
        offset: part.start,
        within: main_element(html),
        inside: 0,
        skipped: 0,
        time: None,
    };
    let mut emitter = CallbackEmitter::new(page);
    emitter.naively_switch_states(true);
    if Tokenizer::new_with_emitter(html, Lenient(emitter)).next().is_some() {
        return Err(ReadError::TooLarge { what: "elements more than 512 deep" });
    }
    Ok(scribe.end_article())
}

/// The element that holds the article, if the page marks it.
fn main_element(html: &str) -> Option<&'static str> {
    ["article", "main"].into_iter().find(|name| {
        memchr::memchr_iter(b'<', html.as_bytes()).any(|at| {
            html[at + 1..].get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
                && html[at + 1 + name.len()..].starts_with(|c: char| c == '>' || c.is_ascii_whitespace())
        })
    })
}

/// Takes a page as browsers do, whatever is wrong with it: nobody asks for the mistakes, and to look for them costs as
/// much as to read.
struct Lenient<E>(E);

impl<E: Emitter> ForwardingEmitter for Lenient<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = E::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

/// Stops the reading of a page whose elements stand too deep inside each other.
struct TooDeep;

/// A page being written down.
struct Page<'s, 'a> {
    scribe: &'s mut Scribe<'a>,
    /// The elements that are open.
    open: Vec<Element>,
    /// Their names, one behind the other.
    names: Vec<u8>,
    /// The start tag being read.
    tag: Tag,
    /// Where the HTML begins in the file.
    offset: usize,
    /// The element whose words alone are copy.
    within: Option<&'static str>,
    /// How many of it are open.
    inside: usize,
    /// How many elements are open whose words are no copy.
    skipped: usize,
    /// Where the words of an open `time` begin, and the day that it states.
    time: Option<(usize, Date)>,
}

/// An open element.
#[derive(Clone, Copy)]
struct Element {
    /// Where its name begins.
    name: usize,
    kind: Kind,
    /// It holds the article.
    within: bool,
}

/// A start tag.
struct Tag {
    name: Vec<u8>,
    kind: Kind,
    start: usize,
    attributes: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Tag {
    const NONE: Tag = Tag { name: Vec::new(), kind: Kind::OTHER, start: 0, attributes: Vec::new() };

    fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name.as_bytes())?;
        Some(utf8(value))
    }
}

impl Callback<TooDeep, usize> for Page<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: html5gum::Span<usize>) -> Option<TooDeep> {
        let span = Span::new(self.offset + span.start, self.offset + span.end);
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.name.clear();
                self.tag.name.extend_from_slice(name);
                self.tag.start = span.start;
                self.tag.kind = Kind::of(name);
                self.tag.attributes.clear();
            }
            CallbackEvent::AttributeName { name } if self.tag.kind.read => {
                self.tag.attributes.push((name.to_vec(), Vec::new()));
            }
            CallbackEvent::AttributeValue { value } if self.tag.kind.read => {
                self.tag.attributes.last_mut()?.1.extend_from_slice(value);
            }
            CallbackEvent::CloseStartTag { self_closing } => return self.start(self_closing, span.end),
            CallbackEvent::EndTag { name } => self.end(name, span),
            CallbackEvent::String { value } => self.words(span, value),
            _ => {}
        }
        None
    }
}

impl Page<'_, '_> {
    fn start(&mut self, self_closing: bool, end: usize) -> Option<TooDeep> {
        let tag = std::mem::replace(&mut self.tag, Tag::NONE);
        match tag.name.as_slice() {
            b"html" => {
                let facts = self.scribe.facts();
                facts.lang = facts.lang.or(tag.attribute("lang").and_then(|lang| Lang::from_code(&lang)));
            }
            b"meta" => self.meta(&tag),
            b"time" if self.copy() => {
                let day = tag.attribute("datetime").and_then(|day| stated::day(&day));
                let facts = self.scribe.facts();
                facts.date = facts.date.or(day);
                self.time = day.map(|day| (self.scribe.len(), day));
            }
            b"q" if self.copy() => self.scribe.mark(Span::new(tag.start, end), "“"),
            _ => {}
        }
        let deep = self.open(&tag, self_closing);
        self.tag = tag;
        deep
    }

    fn open(&mut self, tag: &Tag, self_closing: bool) -> Option<TooDeep> {
        let Tag { name, kind, .. } = tag;
        if kind.block {
            self.end_block();
        }
        if self_closing || kind.void {
            return None;
        }
        if self.open.len() == DEPTH {
            return Some(TooDeep);
        }
        let within = self.within.is_some_and(|within| within.as_bytes() == name);
        self.inside += usize::from(within);
        self.skipped += usize::from(kind.skipped);
        self.open.push(Element { name: self.names.len(), kind: *kind, within });
        self.names.extend_from_slice(name);
        None
    }

    fn end(&mut self, name: &[u8], span: Span) {
        if name == b"q" && self.copy() {
            self.scribe.mark(span, "”");
        }
        if let Some((start, day)) = self.time.take_if(|_| name == b"time") {
            self.scribe.annotate(start, Says::Day(day));
        }
        let mut until = self.names.len();
        let at = self.open.iter().rposition(|open| {
            let its_name = &self.names[open.name..until];
            until = open.name;
            its_name == name
        });
        if at.map_or_else(|| Kind::of(name), |at| self.open[at].kind).block {
            self.end_block();
        }
        // What was left open inside of it ends with it; an end of nothing ends nothing.
        let Some(at) = at else { return };
        for closed in self.open.drain(at..) {
            self.inside -= usize::from(closed.within);
            self.skipped -= usize::from(closed.kind.skipped);
        }
        self.names.truncate(until);
    }

    fn words(&mut self, span: Span, words: &[u8]) {
        let innermost = self.open.last().map_or(&[][..], |open| &self.names[open.name..]);
        match innermost {
            b"script" => stated::json_ld(&utf8(words), self.scribe.facts()),
            b"title" if self.scribe.facts().title.is_none() => {
                let title = utf8(words).trim().to_owned();
                self.scribe.facts().title = Some(title).filter(|title| !title.is_empty());
            }
            _ if self.copy() => self.scribe.words(span, &utf8(words)),
            _ => {}
        }
    }

    /// Whether words here are copy.
    fn copy(&self) -> bool {
        self.skipped == 0 && (self.within.is_none() || self.inside > 0)
    }

    fn meta(&mut self, tag: &Tag) {
        let Some(content) = tag.attribute("content") else { return };
        let key = ["property", "name", "itemprop"].into_iter().find_map(|key| tag.attribute(key)).unwrap_or_default();
        stated::meta(&key.to_ascii_lowercase(), &content, self.scribe.facts());
    }

    fn end_block(&mut self) {
        let role = self.open.iter().rev().find_map(|open| open.kind.role);
        let quoted = self.open.iter().any(|open| open.kind.quotation);
        self.scribe.end_block(role, if quoted { Role::Quotation } else { Role::Paragraph });
    }
}

/// Text again: the page was valid UTF-8, and so is nearly all that is made of it.
fn utf8(bytes: &[u8]) -> Cow<'_, str> {
    simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Words as text of HTML and XML.
pub(super) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order() {
        assert!(KINDS.is_sorted_by_key(|(name, _)| name));
    }
}
