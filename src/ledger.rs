//! The ledger: every claim that can be checked with what came of it, the sheet that a fact-checking desk ticks off.

use crate::diagnostic::{Diagnostic, Evidence};
use crate::judge::{ArticleContext, Claim, describe};

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
    /// The claim as findings are told: its rule, its words and place, what should stand there, and its evidence. Its
    /// message is empty unless it is refuted.
    pub claim: Diagnostic,
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
        (compared && read).then(|| Entry { verdict, claim: describe(context, claim, evidence) })
    }

    /// A claim that was refuted, as a whole, with what was found.
    pub(crate) fn of_claim(context: &ArticleContext<'_>, claim: &Claim, found: &Diagnostic) -> Entry {
        let whole = describe(context, claim, found.evidence.clone());
        let claim = Diagnostic { span: whole.span, text: whole.text, labels: whole.labels, ..found.clone() };
        Entry { verdict: Verdict::Refuted, claim }
    }

    /// A contradiction between claims as an entry.
    pub(crate) fn refuted(found: &Diagnostic) -> Entry {
        Entry { verdict: Verdict::Refuted, claim: found.clone() }
    }
}
