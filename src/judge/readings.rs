//! Readings: claims of a rule that share a place are ways to read one claim, and are judged together.

use super::claim::{Claim, Verdict};
use super::context::ArticleContext;
use super::verdict::judge;
use crate::text::Span;
use std::collections::HashMap;

/// The places of a claim's captures, with their slots.
pub(crate) fn captures_of(claim: &Claim) -> Vec<(usize, Span)> {
    claim
        .slots
        .iter()
        .enumerate()
        .flat_map(|(slot, filled)| filled.iter().map(move |filled| (slot, filled.span)))
        .collect()
}

/// Which claims of a rule are readings of one claim: those that share a captured place. Claims that fill different slots
/// are readings of one only where they share a slot with its place: that a country is landlocked and that it lies in
/// Asia are two things, though one name is read for both.
pub(crate) struct Readings {
    /// By claim: those that share a place with it.
    pub(crate) beside: Vec<Vec<usize>>,
}

impl Readings {
    pub(crate) fn of(claims: &[Claim]) -> Readings {
        let mut beside: Vec<Vec<usize>> = vec![Vec::new(); claims.len()];
        let mut claims_at: HashMap<(usize, Span), Vec<(usize, usize)>> = HashMap::new();
        let fill_alike = |a: &Claim, b: &Claim| a.slots.iter().map(Vec::is_empty).eq(b.slots.iter().map(Vec::is_empty));
        for (at, claim) in claims.iter().enumerate() {
            for (slot, span) in captures_of(claim) {
                let others = claims_at.entry((claim.rule, span)).or_default();
                for (other_slot, other) in others.iter().filter(|(_, other)| *other != at) {
                    if *other_slot == slot || fill_alike(&claims[*other], claim) {
                        beside[at].push(*other);
                        beside[*other].push(at);
                    }
                }
                others.push((slot, at));
            }
        }
        Readings { beside }
    }

    /// The claims, those together that hang together by shared places.
    pub(crate) fn groups(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.beside.len()];
        let mut groups = Vec::new();
        for first in 0..self.beside.len() {
            if std::mem::replace(&mut seen[first], true) {
                continue;
            }
            let mut group = vec![first];
            let mut next = 0;
            while let Some(at) = group.get(next).copied() {
                next += 1;
                for other in &self.beside[at] {
                    if !std::mem::replace(&mut seen[*other], true) {
                        group.push(*other);
                    }
                }
            }
            group.sort_unstable();
            groups.push(group);
        }
        groups
    }
}

/// The claim of a group to tell of, and its verdict. A reading that is supported settles a claim; it is refuted only if
/// every reading of it is: every claim that it shares a place with.
pub(crate) fn judge_group(
    context: &ArticleContext<'_>,
    claims: &[Claim],
    group: &[usize],
    readings: &Readings,
) -> (usize, Verdict) {
    let mut supported = None;
    let mut refuted = Vec::new();
    for at in group {
        match judge(context, &claims[*at]) {
            // Most claims have one reading, and where one settles all that hang together no other need be asked.
            Verdict::Supported(evidence) if readings.beside[*at].len() + 1 == group.len() => {
                return (*at, Verdict::Supported(evidence));
            }
            Verdict::Supported(evidence) => supported = supported.or(Some((*at, evidence))),
            Verdict::NotEnoughInfo => {}
            Verdict::Refuted(found) => refuted.push((*at, found)),
        }
    }
    let is_refuted = |at: &usize| refuted.iter().any(|(other, _)| other == at);
    let first = refuted.iter().position(|(at, _)| readings.beside[*at].iter().all(is_refuted));
    match (first, supported) {
        (Some(first), _) => {
            let (at, refutation) = refuted.swap_remove(first);
            (at, Verdict::Refuted(refutation))
        }
        (None, Some((at, evidence))) => (at, Verdict::Supported(evidence)),
        (None, None) => (group[0], Verdict::NotEnoughInfo),
    }
}
