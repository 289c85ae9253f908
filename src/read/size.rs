//! How long articles are.

use super::Document;
use crate::article::{Article, Role};
use crate::text::Span;

/// How long an article is, and where its headlines stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleSize {
    /// Its headline.
    pub title: Option<String>,
    /// Characters, white space left out.
    pub characters: usize,
    /// From its first to its last block.
    pub span: Span,
    /// Its headlines.
    pub headlines: Vec<Span>,
}

impl Document {
    /// How long its articles are, in places of the file.
    pub fn sizes(&self) -> Vec<ArticleSize> {
        let size = |article: &Article| {
            let pieces = || article.blocks.iter().flat_map(|block| &block.pieces).copied();
            let words = |piece: Span| piece.of(&self.text).chars().filter(|c| !c.is_whitespace()).count();
            let mut span = pieces().reduce(Span::cover).unwrap_or_default();
            let heads = article.blocks.iter().filter(|block| block.role == Role::Headline);
            let mut headlines: Vec<Span> = heads.flat_map(|block| block.pieces.clone()).collect();
            let characters = pieces().map(words).sum();
            headlines.iter_mut().chain([&mut span]).for_each(|place| self.lead_back_span(place));
            ArticleSize { title: article.title.clone(), characters, span, headlines }
        };
        self.articles.iter().map(size).collect()
    }
}
