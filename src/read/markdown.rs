//! Markdown: headings start articles, markup is left out, code is never checked.

use super::story::{Stories, role_of};
use super::{Document, ReadSettings, front_matter};
use crate::article::{Role, day};
use crate::text::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Bytes at the head of a file in which a masthead is looked for.
const MASTHEAD_BYTES: usize = 600;

pub(super) fn read(document: &mut Document, settings: &ReadSettings) {
    let text = document.text.as_str();
    let (mut facts, body, warnings) = front_matter::read(text);
    let head: String = text[body..].chars().take(MASTHEAD_BYTES).collect();
    facts.masthead = head.lines().find_map(day::in_masthead);
    let mut walker = Walker {
        text,
        body,
        stories: Stories::new(text, &document.path, settings, facts),
        pieces: Vec::new(),
        role: None,
        level: None,
        quotes: 0,
        images: Vec::new(),
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(&text[body..], options).into_offset_iter() {
        walker.event(event, Span::new(body + range.start, body + range.end));
    }
    walker.flush();
    let articles = walker.stories.finish();
    document.articles = articles;
    document.warnings.extend(warnings);
}

struct Walker<'a> {
    text: &'a str,
    body: usize,
    stories: Stories<'a>,
    /// Pieces of the block being read.
    pieces: Vec<Span>,
    /// Its role, if markup settles it.
    role: Option<Role>,
    /// Level of the heading that began the article.
    level: Option<HeadingLevel>,
    quotes: usize,
    /// Pieces that were gathered before an image began, whose alternative text is a caption of its own.
    images: Vec<Vec<Span>>,
}

impl Walker<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => {
                // Character references read as something that does not stand in the file: they are left out.
                if span.of(self.text) == &*words {
                    self.piece(span);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.piece(span),
            Event::Rule => self.flush(),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    /// Adds a piece; one that goes on where the last one ended makes it longer.
    fn piece(&mut self, span: Span) {
        debug_assert!(span.start >= self.body, "spans are bytes of the whole file");
        match self.pieces.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => self.pieces.push(span),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                // A heading above or beside the one that began the article begins the next; one right under another
                // is its deck, and a deeper one a heading within the story.
                let begins = self.level.is_none_or(|began| level <= began);
                if begins && self.stories.has_text() {
                    self.stories.close();
                    self.level = Some(level);
                } else if begins {
                    self.level = Some(level);
                }
                self.role = Some(Role::Headline);
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.role = Some(Role::Code);
            }
            Tag::TableCell => {
                self.flush();
                self.role = Some(Role::Table);
            }
            Tag::Image { .. } => self.images.push(std::mem::take(&mut self.pieces)),
            Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::Table(_) | Tag::FootnoteDefinition(_) | Tag::HtmlBlock => {
                self.flush()
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Image => {
                let caption = std::mem::replace(&mut self.pieces, self.images.pop().unwrap_or_default());
                self.stories.push(Role::Caption, caption);
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableCell | TagEnd::Paragraph | TagEnd::Item => {
                self.flush()
            }
            _ => {}
        }
    }

    /// Ends the block being read.
    fn flush(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        let role = self.role.take();
        if pieces.is_empty() {
            return;
        }
        let words: String = pieces.iter().map(|piece| piece.of(self.text)).collect();
        let by_words = role_of(&words);
        let role = role.unwrap_or(match by_words {
            Role::Paragraph if self.quotes > 0 => Role::Quotation,
            by_words => by_words,
        });
        self.stories.push(role, pieces);
    }
}
