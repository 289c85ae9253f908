//! What judging needs of an article: its view, its day and place, and the text around a claim.

use super::claim::Claim;
use crate::article::{Article, Role, View};
use crate::expression::ArticleScope;
use crate::fact::{EntityId, FactBase, ObjectValue};
use crate::rule::{Around, RuleSet};
use crate::text::{Span, fold_literal, sentence_around};
use crate::value::{Input, PartialDate, Value, calendar, date};
use jiff::civil::Date;

/// How far back an opening quotation mark is looked for, in bytes.
const QUOTE_REACH: usize = 4000;

/// An article under judgement.
pub(crate) struct ArticleContext<'a> {
    pub(crate) set: &'a RuleSet,
    pub(crate) source: &'a str,
    pub(crate) article: &'a Article,
    pub(crate) view: &'a View,
    pub(crate) scope: ArticleScope,
}

impl<'a> ArticleContext<'a> {
    /// Evidence is written down for every claim if it `tells` them all.
    pub(crate) fn new(
        set: &'a RuleSet,
        source: &'a str,
        article: &'a Article,
        view: &'a View,
        tells: bool,
    ) -> ArticleContext<'a> {
        let place = article.place.as_deref().map(|place| places(&set.base, place)).unwrap_or_default();
        ArticleContext {
            set,
            source,
            article,
            view,
            scope: ArticleScope { date: article.date, place: place.into(), lang: article.lang, said: [].into(), tells },
        }
    }

    /// The same, where evidence is written down.
    pub(crate) fn telling(&self) -> ArticleContext<'a> {
        ArticleContext { scope: ArticleScope { tells: true, ..self.scope.clone() }, ..*self }
    }

    /// The same, with the article's day as the one that relative words in a claim count from.
    pub(crate) fn on_its_day(&self) -> ArticleContext<'a> {
        let said = self.article.date.into_iter().collect();
        ArticleContext { scope: ArticleScope { said, ..self.scope.clone() }, ..*self }
    }

    /// The same, with the days that relative words in the claim may count from.
    pub(crate) fn looking_back(&self, claim: &Claim) -> ArticleContext<'a> {
        let mut said: Vec<Date> = self.article.date.into_iter().collect();
        for date in dates_in(&self.view.text[..claim.span.start]) {
            let day = calendar::candidates(date, self.article.date).first().copied();
            said.extend(day.filter(|day| !said.contains(day)));
        }
        let scope = ArticleScope { said: said.into(), ..self.scope.clone() };
        ArticleContext { scope, ..*self }
    }

    /// The sentence of a claim, in the view.
    pub(crate) fn sentence(&self, claim: &Claim) -> Span {
        sentence_around(&self.view.text, self.view.passages[claim.passage].span, claim.span)
    }

    /// Whether the claim begins a line of the copy.
    pub(crate) fn begins_line(&self, claim: &Claim) -> bool {
        let start = self.view.to_source(self.source, claim.span).first().map_or(0, |piece| piece.start);
        self.source[..start].trim_end_matches([' ', '\t', '\u{3000}']).ends_with(['\n', '\r'])
    }

    /// Whether a guard of the rule says that the claim is not asserted.
    pub(crate) fn guarded(&self, claim: &Claim) -> bool {
        let passage = &self.view.passages[claim.passage];
        let text = self.view.text.as_str();
        let sentence = self.sentence(claim);
        let around = Around {
            lang: claim.lang,
            role: passage.role,
            before: &text[sentence.start..claim.span.start],
            within: claim.span.of(text),
            after: &text[claim.span.end..sentence.end],
            sentence: sentence.of(text),
        };
        self.set.rules[claim.rule].guards.iter().any(|guard| self.set.guards[*guard].holds(&around))
    }

    /// Whether the words stand in a direct quotation: between “ and ”, or in a block of quoted text.
    pub(crate) fn quoted(&self, claim: &Claim) -> bool {
        let passage = &self.view.passages[claim.passage];
        if passage.role == Role::Quotation {
            return true;
        }
        let mut from = claim.span.start.saturating_sub(QUOTE_REACH).max(passage.span.start);
        while !self.view.text.is_char_boundary(from) {
            from += 1;
        }
        self.view.text[from..claim.span.start].chars().rev().find(|c| matches!(c, '“' | '”')) == Some('“')
    }
}

/// All dates in a text of the view.
pub(super) fn dates_in(text: &str) -> impl Iterator<Item = PartialDate> {
    let lower = text.to_ascii_lowercase();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let read = date(Input { text, lower: &lower, end: text.len() }, at);
            let next = text[at..].chars().next().map_or(1, char::len_utf8);
            at = read.as_ref().map_or(at + next, |read| read.end);
            if let Some(Value::Date(found)) = read.and_then(|read| read.values.first().copied()) {
                return Some(found);
            }
        }
        None
    })
}

/// What a dateline's words name: `CAIRO/ATHENS` both, `ATHENS, Ga.` the bearer that has to do with Georgia. Where only
/// the name stands it is the best-known bearer, which is what such datelines are for.
fn places(base: &FactBase, words: &str) -> Vec<EntityId> {
    let known = |words: &str| base.names().exact(&fold_literal(words.trim()));
    let mut found = Vec::new();
    for part in words.split('/') {
        let (name, within) = part.split_once([',', '，']).unwrap_or((part, ""));
        let bearers = known(name);
        if within.is_empty() {
            found.extend(bearers.iter().next().map(|first| first.entity));
            continue;
        }
        let wholes: Vec<EntityId> = known(within).iter().map(|whole| whole.entity).collect();
        let lies_there = |entity: EntityId| {
            base.facts_of(entity)
                .any(|fact| matches!(fact.object, ObjectValue::Entity(whole) if wholes.contains(&whole)))
        };
        found.extend(bearers.iter().map(|bearer| bearer.entity).filter(|entity| lies_there(*entity)));
    }
    found
}
