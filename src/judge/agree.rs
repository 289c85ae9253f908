//! `agree`: claims of one article that speak of the same thing must say the same of it.

use super::claim::{Claim, Filled};
use super::context::ArticleContext;
use super::repair::{Finding, message_of, words_at};
use crate::diagnostic::{Diagnostic, Evidence, Severity};
use crate::expression::{Binding, Meant};
use crate::fact::Days;
use crate::pattern::Bound;
use crate::rule::{Agree, Within};
use crate::text::{Lang, fold_literal, personal_name};
use crate::value::Rounding;
use std::collections::HashMap;

/// What a capture is compared by: entities by number, everything else by its folded words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    Entity(u32),
    Words(String),
}

/// Finds claims of one rule that contradict each other: the later one is marked, the earlier one labelled. No side is
/// called wrong, since nothing here knows which one is.
pub(crate) fn disagreements(context: &ArticleContext<'_>, claims: &[&Claim]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut groups: HashMap<(usize, Vec<Key>), Vec<&Claim>> = HashMap::new();
    let mut order = Vec::new();
    for claim in claims {
        let Some(agree) = agree_of(context, claim) else { continue };
        let Some(same) = agree.same.iter().map(|slot| key(context, &claim.slots[*slot])).collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let group = (claim.rule, same);
        if !groups.contains_key(&group) {
            order.push(group.clone());
        }
        groups.entry(group).or_default().push(claim);
    }
    for group in order {
        let Some(claims) = groups.get(&group) else { continue };
        let Some(agree) = agree_of(context, claims[0]) else { continue };
        for (at, claim) in claims.iter().enumerate().skip(1) {
            let differs = |earlier: &&&Claim| {
                let (there, here) = (&earlier.slots[agree.on], &claim.slots[agree.on]);
                !overlap(context, there, here) && comparable(context, agree, there, here)
            };
            if let Some(earlier) = claims[..at].iter().find(differs) {
                found.extend(clash(context, earlier, claim, agree.on));
            }
        }
    }
    found
}

fn agree_of<'a>(context: &'a ArticleContext<'_>, claim: &Claim) -> Option<&'a Agree> {
    // Wider agreement needs the claims of other articles; within one article it holds all the same.
    context.set.rules[claim.rule].agree.as_ref().filter(|agree| {
        agree.between.is_none()
            && !agree.spelling
            && !agree.event
            && !agree.swapped
            && matches!(agree.within, Within::Article | Within::File | Within::Run)
    })
}

fn key(context: &ArticleContext<'_>, filled: &[Filled]) -> Option<Key> {
    keys(context, filled.last()?).into_iter().min()
}

/// Whether the relation that says what may be compared leads from both captures to one thing.
fn comparable(context: &ArticleContext<'_>, agree: &Agree, a: &[Filled], b: &[Filled]) -> bool {
    let Some(along) = agree.along else { return true };
    let leads_to = |filled: &Filled| {
        let entities = filled.readings().into_iter().filter_map(|meant| match meant {
            Meant::Entity { id, .. } => Some(id),
            Meant::Value(_) => None,
        });
        entities
            .flat_map(|id| context.set.base.ask(id, along, Days::ALWAYS))
            .map(|fact| fact.object)
            .collect::<Vec<_>>()
    };
    let (Some(a), Some(b)) = (a.last(), b.last()) else { return false };
    let there = leads_to(a);
    leads_to(b).iter().any(|object| there.contains(object))
}

pub(super) fn keys(context: &ArticleContext<'_>, filled: &Filled) -> Vec<Key> {
    let readings = filled.readings();
    if matches!(filled.bound, Bound::Unknown | Bound::Stranger) {
        // Words that are no known name are somebody's name as far as they look like one.
        return personal_name(filled.span.of(&context.view.text))
            .map(|name| Key::Words(fold_literal(name)))
            .into_iter()
            .collect();
    }
    let entities: Vec<Key> = readings
        .iter()
        .filter_map(|meant| match meant {
            Meant::Entity { id, .. } => Some(Key::Entity(id.0)),
            Meant::Value(_) => None,
        })
        .collect();
    if !entities.is_empty() {
        return entities;
    }
    let numbers: Vec<Key> = readings
        .iter()
        .filter_map(|meant| match meant {
            Meant::Value(value) => {
                crate::value::interval(value, Rounding::Written).map(|(low, high)| Key::Words(format!("{low}–{high}")))
            }
            Meant::Entity { .. } => None,
        })
        .collect();
    if numbers.is_empty() { vec![Key::Words(fold_literal(filled.span.of(&context.view.text)))] } else { numbers }
}

/// Whether two captures can mean the same: a shared reading, or printed intervals that meet.
fn overlap(context: &ArticleContext<'_>, a: &[Filled], b: &[Filled]) -> bool {
    if a.len() > 1 || b.len() > 1 {
        // Lists have something in common: 县委副书记、县长.
        return a.iter().any(|a| b.iter().any(|b| overlap(context, std::slice::from_ref(a), std::slice::from_ref(b))));
    }
    let (Some(a), Some(b)) = (a.last(), b.last()) else { return true };
    for one in a.readings() {
        for two in b.readings() {
            let same = match (one, two) {
                (Meant::Entity { id: one, .. }, Meant::Entity { id: two, .. }) => {
                    context.set.base.same_or_part(one, two)
                }
                (Meant::Value(one), Meant::Value(two)) => {
                    one == two
                        || crate::value::interval(&one, Rounding::Written)
                            .zip(crate::value::interval(&two, Rounding::Written))
                            .is_some_and(|((low, high), (least, most))| low <= most && least <= high)
                }
                _ => false,
            };
            if same {
                return true;
            }
        }
    }
    keys(context, a) == keys(context, b)
}

pub(super) fn clash(context: &ArticleContext<'_>, earlier: &Claim, later: &Claim, on: usize) -> Option<Diagnostic> {
    let (there, here) = (earlier.slots[on].last()?, later.slots[on].last()?);
    let mut finding = Finding::at(context, here.span);
    let other = finding.pieces(there.span);
    let words = words_at(context, &other);
    let zh = context.article.lang == Lang::ZH;
    finding.label(&other, if zh { format!("此处为“{words}”") } else { format!("“{words}” here") });
    let rule = &context.set.rules[later.rule];
    let quoted = context.quoted(later) || context.quoted(earlier);
    let diagnostic = &mut finding.diagnostic;
    diagnostic.rule = rule.id().to_owned();
    diagnostic.severity = if quoted { Severity::Note } else { rule.severity };
    diagnostic.message = message_of(context, later, first_reading(context, later));
    diagnostic.help = vec![if zh {
        format!("同文另一处为“{words}”,两处必有一误")
    } else {
        format!("elsewhere in the article it is “{words}”: one of the two is wrong")
    }];
    diagnostic.evidence = vec![Evidence::told(format!("“{words}”"))];
    Some(finding.diagnostic)
}

/// The first reading of every capture: enough for a message.
pub(super) fn first_reading(context: &ArticleContext<'_>, claim: &Claim) -> Vec<Binding> {
    let rule = &context.set.rules[claim.rule];
    rule.slots
        .iter()
        .zip(&claim.slots)
        .map(|(slot, filled)| Binding {
            name: slot.name.clone(),
            list: slot.list,
            meant: filled.iter().filter_map(|filled| filled.readings().first().copied()).collect(),
            words: filled.iter().map(|filled| filled.span.of(&context.view.text).to_owned()).collect(),
        })
        .collect()
}
