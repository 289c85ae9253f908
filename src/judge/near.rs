//! Near names: `{person~}` at a place where no known name stands. The names that the facts expect there are compared
//! with the words; one edit apart is a slip of spelling, anything else is another name and no claim.

use super::claim::{Claim, Refutation, Verdict};
use super::context::ArticleContext;
use super::day;
use crate::expression::{Binding, Corner, Outcome, entity_of, items};
use crate::fact::{Days, EntityId};
use crate::pattern::Bound;
use crate::rule::Expectation;
use crate::text::{Span, distance, fold_literal, is_chinese};
use minijinja::value::Value;
use std::sync::Arc;

/// Letters a name must have before one edit can be told from another name: Chinese, and other scripts.
const LEAST_CHARS: (usize, usize) = (3, 5);

/// The slot of a claim that holds unknown words, if one does.
pub(super) fn unknown_slot(claim: &Claim) -> Option<usize> {
    claim.slots.iter().position(|filled| filled.iter().any(|filled| filled.bound == Bound::Unknown))
}

/// Judges a claim whose `slot` holds unknown words: refuted if they are one edit away from a name that is expected
/// there, otherwise nothing is known.
pub(super) fn judge(context: &ArticleContext<'_>, claim: &Claim, slot: usize) -> Verdict {
    let rule = &context.set.rules[claim.rule];
    let Some(expectation) = rule.expect.iter().find(|expectation| expectation.slot == slot) else {
        return Verdict::NotEnoughInfo;
    };
    let Some(window) = claim.slots[slot].first().map(|filled| filled.span) else { return Verdict::NotEnoughInfo };
    let Some(readings) = super::verdict::readings(context, rule, claim, Some(slot)) else {
        return Verdict::NotEnoughInfo;
    };
    let sentence = context.sentence(claim).of(&context.view.text);
    for days in day::candidates(sentence, claim.lang, context.article.date) {
        for bindings in &readings {
            if let Some(refutation) = near(context, expectation, bindings, days, window) {
                return Verdict::Refuted(refutation);
            }
        }
    }
    Verdict::NotEnoughInfo
}

fn near(
    context: &ArticleContext<'_>,
    expectation: &Expectation,
    bindings: &[Binding],
    days: Days,
    window: Span,
) -> Option<Refutation> {
    let shared: Arc<[Binding]> = bindings.into();
    let scope = super::verdict::scope(context, &shared, days, Some(expectation.slot), Corner::Nominal);
    let Outcome::Value(expected) = context.set.expressions.evaluate(expectation.expression, &scope) else {
        return None;
    };
    let log = scope.take_log();
    if log.unsure && !log.sure {
        return None;
    }
    let (name, span) = items(&expected).iter().find_map(|value| misspelt(context, entity_of(value)?, window))?;
    let mut bindings = bindings.to_vec();
    bindings[expectation.slot].words = [span.of(&context.view.text).to_owned()].into();
    Some(Refutation {
        expected: vec![(expectation.slot, vec![Value::from(name)])],
        evidence: log.evidence,
        stale: log.stale,
        bindings,
        days: Some(days),
        narrowed: Some((expectation.slot, span)),
    })
}

/// The words at either end of the window that are one edit away from a name of the entity and no known name themselves,
/// with that name.
fn misspelt<'c>(context: &'c ArticleContext<'_>, entity: EntityId, window: Span) -> Option<(&'c str, Span)> {
    let text = context.view.text.as_str();
    let words = window.of(text);
    let borders: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    let chars = borders.len() - 1;
    for written in context.set.base.all_names_of(entity) {
        let name = fold_literal(written);
        let length = name.chars().count();
        let least = if name.chars().any(is_chinese) { LEAST_CHARS.0 } else { LEAST_CHARS.1 };
        if length < least {
            continue;
        }
        // The same length first: a letter exchanged is likelier than one left out at the end of the window.
        for taken in [length, length + 1, length - 1].into_iter().filter(|taken| *taken <= chars) {
            for (start, end) in [(0, borders[taken]), (borders[chars - taken], words.len())] {
                let candidate = &words[start..end];
                let known = !context.set.base.names().exact(candidate).is_empty();
                if !known && candidate.trim() == candidate && distance(candidate, &name) == 1 {
                    return Some((written, Span::new(window.start + start, window.start + end)));
                }
            }
        }
    }
    None
}
