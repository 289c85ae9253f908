//! The ledger: every claim that can be checked with what came of it, the sheet that a fact-checking desk ticks off.

use crate::diagnostic::{Diagnostic, Evidence};
use crate::fact::{FormId, KindId};
use crate::judge::{ArticleContext, Claim, describe};
use crate::pattern::{Bound, SlotKind};
use crate::text::Span;
use crate::value::ValueType;

/// What came of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A fact or computation agrees with it.
    Supported,
    /// A fact, a computation or the copy's own words contradict it.
    Refuted,
    /// Nothing is known, or it is ambiguous, contested, or not asserted.
    NotEnoughInfo,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 3] = [Verdict::Supported, Verdict::Refuted, Verdict::NotEnoughInfo];

    /// The name of it in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Supported => "Supported",
            Verdict::Refuted => "Refuted",
            Verdict::NotEnoughInfo => "NotEnoughInfo",
        }
    }

    /// The word for `--only`.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Refuted => "refuted",
            Verdict::NotEnoughInfo => "unknown",
        }
    }

    /// Reads the word for `--only`.
    pub fn from_word(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.word() == word)
    }
}

/// A claim in the ledger.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What came of it.
    pub verdict: Verdict,
    /// The guard that holds back a claim which would be refuted: its name, or `unless` or `only` for the
    /// rule's own contexts.
    pub guard: Option<String>,
    /// The claim as findings are told: its rule, its words and place, what should stand there, and its evidence. Its
    /// message is empty unless it is refuted.
    pub claim: Diagnostic,
    /// What fills its slots, as far as it stands in one piece.
    pub slots: Vec<Filled>,
}

/// The words that fill a slot of a claim.
#[derive(Clone, Copy, Debug)]
pub struct Filled {
    /// Where they stand in the text.
    pub span: Span,
    /// What is meant by them.
    pub meant: Meant,
}

/// What the words in a slot are.
#[derive(Clone, Copy, Debug)]
pub enum Meant {
    /// A name.
    Name {
        /// Of what kind of thing.
        kind: KindId,
        /// In which form.
        form: FormId,
        /// The slot also takes misspelt names.
        near: bool,
    },
    /// A value of this type.
    Value(&'static ValueType),
}

impl Entry {
    /// A claim that was judged, as a whole; `None` for one that only unknown words filled.
    pub(crate) fn judged(
        context: &ArticleContext<'_>,
        claim: &Claim,
        verdict: Verdict,
        evidence: Vec<Evidence>,
    ) -> Option<Entry> {
        let rule = &context.set.rules[claim.rule];
        // A day that exists is no claim to tick off; what is compared with something is.
        let compared = !rule.expect.is_empty() || rule.require.is_some() && claim.captured().count() > 1;
        let read = claim.slots.iter().flatten().all(|filled| !filled.readings().is_empty());
        (compared && read).then(|| Entry {
            verdict,
            guard: None,
            claim: describe(context, claim, evidence),
            slots: filled(context, claim),
        })
    }

    /// A claim that was refuted, as a whole, with what was found.
    pub(crate) fn of_claim(context: &ArticleContext<'_>, claim: &Claim, found: &Diagnostic) -> Entry {
        let whole = describe(context, claim, found.evidence.clone());
        let slots = filled(context, claim);
        let claim = Diagnostic { span: whole.span, text: whole.text, labels: whole.labels, ..found.clone() };
        Entry { verdict: Verdict::Refuted, guard: None, claim, slots }
    }

    /// A contradiction between claims as an entry.
    pub(crate) fn refuted(found: &Diagnostic) -> Entry {
        Entry { verdict: Verdict::Refuted, guard: None, claim: found.clone(), slots: Vec::new() }
    }
}

/// What fills the slots of a claim.
fn filled(context: &ArticleContext<'_>, claim: &Claim) -> Vec<Filled> {
    let Some(pattern) = context.set.patterns.get(claim.pattern) else { return Vec::new() };
    let slots = pattern.slots.iter().zip(&pattern.rule_slots);
    let captures = slots.flat_map(|(slot, of_rule)| claim.slots[*of_rule].iter().map(move |filled| (slot, filled)));
    captures
        .filter_map(|(slot, filled)| {
            let meant = match (&slot.kind, &filled.bound) {
                (SlotKind::Value { ty, .. }, _) => Meant::Value(ty),
                (SlotKind::Entity { kind, near, stranger, .. }, Bound::Entities(uses)) => {
                    Meant::Name { kind: *kind, form: uses.first()?.form, near: *near || *stranger }
                }
                _ => return None,
            };
            match context.view.to_source(context.source, filled.span)[..] {
                [span] => Some(Filled { span, meant }),
                _ => None,
            }
        })
        .collect()
}
