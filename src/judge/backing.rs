//! What backs a finding in the same file: another claim of the rule that says of the same thing what is expected.

use super::agree::{Key, keys};
use super::claim::{Claim, Refutation};
use super::context::ArticleContext;
use super::repair::words_at;
use crate::diagnostic::{Diagnostic, Evidence, Label};
use crate::expression::entity_of;
use crate::text::{Lang, Span};

/// A claim that a fact supports.
#[derive(Debug)]
pub(crate) struct Backing {
    rule: usize,
    slots: Vec<Vec<Key>>,
    /// Where each slot stands in the file.
    places: Vec<Option<Span>>,
    text: String,
}

/// A claim that a fact refutes, and what should stand in one of its slots.
#[derive(Debug)]
pub(crate) struct Doubt {
    rule: usize,
    slots: Vec<Vec<Key>>,
    slot: usize,
    expected: Vec<Key>,
}

fn slots(context: &ArticleContext<'_>, claim: &Claim) -> Vec<Vec<Key>> {
    claim.slots.iter().map(|filled| filled.last().map(|filled| keys(context, filled)).unwrap_or_default()).collect()
}

impl Backing {
    /// What a supported claim says, if its rule expects something of it.
    pub(crate) fn of(context: &ArticleContext<'_>, claim: &Claim) -> Option<Backing> {
        if context.set.rules[claim.rule].expect.is_empty() {
            return None;
        }
        let place = |span: Span| context.view.to_source(context.source, span).first().copied();
        Some(Backing {
            rule: claim.rule,
            slots: slots(context, claim),
            places: claim.slots.iter().map(|filled| filled.last().and_then(|filled| place(filled.span))).collect(),
            text: words_at(context, &context.view.to_source(context.source, claim.span)),
        })
    }

    fn backs(&self, doubt: &Doubt) -> bool {
        let common = |a: &[Key], b: &[Key]| a == b || a.iter().any(|key| b.contains(key));
        self.rule == doubt.rule
            && self.slots.iter().zip(&doubt.slots).enumerate().all(|(at, (here, there))| match at == doubt.slot {
                true => common(here, &doubt.expected),
                false => common(here, there),
            })
    }
}

impl Doubt {
    /// What a refuted claim should say, where that is somebody or something known.
    pub(crate) fn of(context: &ArticleContext<'_>, claim: &Claim, refutation: &Refutation) -> Option<Doubt> {
        let (slot, expected) = refutation.expected.first()?;
        let expected: Vec<Key> = expected.iter().filter_map(entity_of).map(|id| Key::Entity(id.0)).collect();
        let doubt =
            || Doubt { rule: claim.rule, slots: slots(context, claim), slot: *slot, expected: expected.clone() };
        (!expected.is_empty()).then(doubt)
    }

    /// Shows in a finding where the file says what is expected.
    pub(crate) fn show_backing(&self, finding: &mut Diagnostic, backings: &[Backing]) {
        let Some(backing) = backings.iter().find(|backing| backing.backs(self)) else { return };
        let zh = finding.article.lang == Lang::ZH;
        let text = &backing.text;
        if let Some(span) = backing.places[self.slot] {
            let message = if zh { format!("此处作“{text}”") } else { format!("here it is “{text}”") };
            finding.labels.push(Label::here(span, message));
        }
        let fact =
            if zh { format!("同一文件中另有“{text}”") } else { format!("the file also says “{text}”") };
        finding.evidence.push(Evidence::told(fact));
    }
}
