//! What judging needs of an article: its view, its day and place, and the text around a claim.

use super::claim::Claim;
use super::day::years_named;
use crate::article::{Article, Role, View};
use crate::expression::ArticleScope;
use crate::fact::{EntityId, FactBase, ObjectValue};
use crate::rule::{Around, Part, RuleSet};
use crate::text::{Span, fold_literal, sentence_around};
use crate::value::{Input, PartialDate, Value, calendar, date};
use jiff::civil::Date;
use std::cell::OnceCell;
use std::rc::Rc;

/// How far back an opening quotation mark is looked for, in bytes.
const QUOTE_REACH: usize = 4000;

/// A guard that a damaged pack lacks: what it would say is not known, and the claim is held back.
const LOST: &str = "lost";

/// An article under judgement.
pub(crate) struct ArticleContext<'a> {
    pub(crate) set: &'a RuleSet,
    pub(crate) source: &'a str,
    pub(crate) article: &'a Article,
    pub(crate) view: &'a View,
    pub(crate) scope: ArticleScope,
    /// All dates of the article with where they end, looked for when they are first needed.
    dates: Rc<OnceCell<Vec<(usize, PartialDate)>>>,
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
            scope: ArticleScope {
                date: article.date,
                place: place.into(),
                lang: article.lang,
                said: [].into(),
                years: [].into(),
                tells,
            },
            dates: Rc::default(),
        }
    }

    fn with(&self, scope: ArticleScope) -> ArticleContext<'a> {
        ArticleContext { scope, dates: self.dates.clone(), ..*self }
    }

    /// The same, where evidence is written down.
    pub(crate) fn telling(&self) -> ArticleContext<'a> {
        self.with(ArticleScope { tells: true, ..self.scope.clone() })
    }

    /// The same, with the article's day as the one that relative words in a claim count from.
    pub(crate) fn on_its_day(&self) -> ArticleContext<'a> {
        let said = self.article.date.into_iter().collect();
        self.with(ArticleScope { said, ..self.scope.clone() })
    }

    /// The same, with the days that relative words in the claim may count from.
    pub(crate) fn looking_back(&self, claim: &Claim) -> ArticleContext<'a> {
        let mut said: Vec<Date> = self.article.date.into_iter().collect();
        for (_, date) in self
            .dates
            .get_or_init(|| dates_in(self.view, Span::new(0, self.view.text.len())).collect())
            .iter()
            .take_while(|(end, _)| *end <= claim.span.start)
        {
            let day = calendar::candidates(*date, self.article.date).first().copied();
            said.extend(day.filter(|day| !said.contains(day)));
        }
        let years = self.years_around(claim).into();
        self.with(ArticleScope { said: said.into(), years, ..self.scope.clone() })
    }

    /// The years that the words before the claim, back to the sentence before its own, and those behind it in its
    /// sentence speak of.
    fn years_around(&self, claim: &Claim) -> Vec<i16> {
        let passage = self.view.passages[claim.passage].span;
        let own = self.sentence(claim);
        let text = &self.view.text;
        let ended = text[passage.start..own.start].trim_end_matches(|c: char| !c.is_alphanumeric());
        let end = passage.start + ended.len();
        let before = sentence_around(text, passage, Span::new(end, end));
        years_named(Span::new(before.start.min(own.start), own.end).of(text), claim.lang, self.article.date)
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
        self.guard_of(claim).is_some()
    }

    /// What the guard of the rule is called that says that the claim is not asserted.
    pub(crate) fn guard_of(&self, claim: &Claim) -> Option<&str> {
        let passage = &self.view.passages[claim.passage];
        let sentence = self.sentence(claim);
        let part = |start: usize, end: usize| Part::new(Span::new(start, end), &self.view.text, &self.view.lower);
        let around = Around {
            lang: claim.lang,
            role: passage.role,
            before: part(sentence.start, claim.span.start),
            within: part(claim.span.start, claim.span.end),
            after: part(claim.span.end, sentence.end),
            sentence: part(sentence.start, sentence.end),
        };
        self.set.rules[claim.rule].guards.iter().find_map(|guard| match self.set.guards.get(*guard) {
            Some(guard) => guard.holds(&around).then(|| guard.called()),
            None => Some(LOST),
        })
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

/// All dates in a part of the view, with where they end.
pub(super) fn dates_in(view: &View, part: Span) -> impl Iterator<Item = (usize, PartialDate)> + '_ {
    let input = Input { text: &view.text, lower: &view.lower, end: part.end };
    let mut at = part.start;
    std::iter::from_fn(move || {
        while at < part.end {
            let read = if view.text.is_char_boundary(at) { date(input, at) } else { None };
            at = read.as_ref().map_or(at + 1, |read| read.end);
            if let Some(Value::Date(found)) = read.and_then(|read| read.values.first().copied()) {
                return Some((at, found));
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
