//! A claim: what the article asserts where a pattern fits, and what came of it.

use crate::diagnostic::Evidence;
use crate::expression::{Binding, Meant};
use crate::fact::Days;
use crate::pattern::{Bound, Match};
use crate::rule::{RulePattern, RuleSet};
use crate::text::{Lang, Span};
use minijinja::value::Value;
use std::collections::BTreeSet;

/// What the article asserts at a place.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// Number of the rule.
    pub(crate) rule: usize,
    /// Number of the pattern that fitted.
    pub(crate) pattern: usize,
    /// Language of the pattern that fitted.
    pub(crate) lang: Lang,
    /// Bytes of the view.
    pub(crate) span: Span,
    /// Number of its passage in the view.
    pub(crate) passage: usize,
    /// Captures by rule slot, each with its place in the view.
    pub(crate) slots: Vec<Vec<Filled>>,
}

/// A capture: where it stands and what it may mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filled {
    pub(crate) span: Span,
    pub(crate) bound: Bound,
}

/// What became of a claim.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// A fact or computation agrees.
    Supported(Vec<Evidence>),
    /// Every reading is contradicted.
    Refuted(Refutation),
    /// Not known, ambiguous or contested.
    NotEnoughInfo,
}

/// What contradicts a claim.
#[derive(Debug, Default)]
pub(crate) struct Refutation {
    /// Right values by rule slot, in the order of the rule's `expect` keys; the first is what the finding marks.
    pub(crate) expected: Vec<(usize, Vec<Value>)>,
    pub(crate) evidence: Vec<Evidence>,
    /// Rests on a volatile fact that was checked long before.
    pub(crate) stale: bool,
    /// The bindings of the reading that was refuted, for the message.
    pub(crate) bindings: Vec<Binding>,
    pub(crate) days: Option<Days>,
    /// The part of a slot's words that is meant, where only a part is.
    pub(crate) narrowed: Option<(usize, Span)>,
}

impl Claim {
    /// A claim from a match of a pattern; none if its rule cannot be read.
    pub(crate) fn new(
        set: &RuleSet,
        (number, pattern): (usize, &RulePattern),
        found: Match,
        passage: usize,
    ) -> Option<Claim> {
        let mut slots = vec![Vec::new(); set.rules.get(pattern.rule)?.slots.len()];
        for capture in found.captures {
            slots.get_mut(pattern.rule_slots[capture.slot])?.push(Filled { span: capture.span, bound: capture.bound });
        }
        Some(Claim { rule: pattern.rule, pattern: number, lang: pattern.lang, span: found.span, passage, slots })
    }

    /// The claim with the words of one slot cut to the part that is meant.
    pub(crate) fn narrowed(&self, slot: usize, span: Span) -> Claim {
        let mut claim = self.clone();
        if let Some(filled) = claim.slots[slot].first_mut() {
            filled.span = span;
        }
        claim
    }

    /// All captured places.
    pub(crate) fn captured(&self) -> impl Iterator<Item = Span> {
        self.slots.iter().flatten().map(|filled| filled.span)
    }
}

/// The rules that some claims are of, in the order of their numbers.
pub(super) fn rules_of(claims: &[&Claim]) -> BTreeSet<usize> {
    claims.iter().map(|claim| claim.rule).collect()
}

impl Filled {
    /// Every reading of the capture.
    pub(crate) fn readings(&self) -> Vec<Meant> {
        match &self.bound {
            Bound::Entities(uses) => {
                uses.iter().map(|meant| Meant::Entity { id: meant.entity, unsure: meant.unsure }).collect()
            }
            Bound::Values(values) => values.iter().map(|value| Meant::Value(*value)).collect(),
            Bound::Unknown | Bound::Stranger => Vec::new(),
        }
    }
}
