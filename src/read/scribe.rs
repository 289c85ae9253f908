//! Writes down the words of markup block by block, for the readers of HTML and of news XML.

use super::story::{FileFacts, role_of};
use super::transcript::{Transcript, align};
use crate::article::{Annotation, Role, Says};
use crate::text::Span;

/// An article as a reader of markup gathers it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) facts: FileFacts,
    pub(super) blocks: Vec<(Role, Vec<Span>)>,
    pub(super) annotations: Vec<Annotation>,
}

/// Writes words down from a file.
pub(super) struct Scribe<'a> {
    file: &'a str,
    transcript: Transcript,
    draft: Draft,
    /// Where the block being written began.
    start: usize,
}

impl<'a> Scribe<'a> {
    pub(super) fn new(file: &'a str) -> Scribe<'a> {
        Scribe { file, transcript: Transcript::default(), draft: Draft::default(), start: 0 }
    }

    /// What the article states of itself.
    pub(super) fn facts(&mut self) -> &mut FileFacts {
        &mut self.draft.facts
    }

    /// Adds what `source` reads as.
    pub(super) fn words(&mut self, source: Span, words: &str) {
        align(&mut self.transcript, self.file, source, words);
    }

    /// Adds words that markup stands for, such as the quotation marks of `<q>`.
    pub(super) fn mark(&mut self, source: Span, words: &str) {
        self.transcript.replaced(words, source);
    }

    /// Bytes of words so far.
    pub(super) fn len(&self) -> usize {
        self.transcript.len()
    }

    /// Says something of the words from `start` on.
    pub(super) fn annotate(&mut self, start: usize, says: Says) {
        let span = Span::new(start, self.transcript.len());
        if !span.is_empty() {
            self.draft.annotations.push(Annotation { span, says });
        }
    }

    /// The words of the block so far.
    pub(super) fn block(&self) -> &str {
        &self.transcript.text()[self.start..]
    }

    /// Ends a block. Without a role the words tell it; `otherwise` is what running text is taken for.
    pub(super) fn end_block(&mut self, role: Option<Role>, otherwise: Role) {
        let words = self.block();
        let (lead, trimmed) = (words.len() - words.trim_start().len(), words.trim());
        if !trimmed.is_empty() {
            let span = Span::new(self.start + lead, self.start + lead + trimmed.len());
            let role = role.unwrap_or(match role_of(trimmed) {
                Role::Paragraph => otherwise,
                told => told,
            });
            self.draft.blocks.push((role, vec![span]));
            self.transcript.end_block();
        }
        self.start = self.transcript.len();
    }

    /// Ends an article.
    pub(super) fn end_article(&mut self) -> Draft {
        self.end_block(None, Role::Paragraph);
        std::mem::take(&mut self.draft)
    }

    /// The words of everything written down.
    pub(super) fn finish(self) -> Transcript {
        self.transcript
    }
}
