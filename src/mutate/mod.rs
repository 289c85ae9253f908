//! Mutations: errors planted into copy one at a time, to see which of them are found.
//!
//! A claim that the facts or its own numbers support is made wrong by changing what fills one of its slots. What the
//! change is depends on the slot alone – another name of the kind, another day, another figure, a name misspelt – and on a
//! seed, so that a rule is not asked for what it itself would say.

mod alter;
mod draw;

pub use draw::Draw;

use crate::diagnostic::Diagnostic;
use crate::ledger::{Entry, Verdict};
use crate::rule::RuleSet;
use crate::text::Span;

/// An error to be planted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plant {
    /// Id of the rule whose claim it makes wrong.
    pub rule: String,
    /// Where it goes: bytes of the file's text.
    pub span: Span,
    /// What stands there.
    pub original: String,
    /// What is to stand there.
    pub planted: String,
}

/// What came of a planted error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A finding marks it.
    Found,
    /// No finding does.
    Missed,
    /// The facts support the changed claim too: it is no error, and counts for nothing.
    StillRight,
}

/// Whether a claim is known to be right, so that a change makes it wrong.
pub fn can_be_made_wrong(entry: &Entry) -> bool {
    entry.verdict == Verdict::Supported && !entry.slots.is_empty()
}

impl Plant {
    /// An error for a claim that can be made wrong, or none if nothing in it can be changed.
    pub fn draw(rules: &RuleSet, text: &str, entry: &Entry, draw: &mut Draw) -> Option<Plant> {
        let first = draw.below(entry.slots.len());
        let (before, after) = entry.slots.split_at(first);
        after.iter().chain(before).find_map(|filled| {
            let original = text.get(filled.span.start..filled.span.end)?;
            let planted = alter::alter(&rules.base, original, filled.meant, entry.claim.article.lang, draw)?;
            // A name that the copy holds elsewhere would say something of that too.
            (planted != original && !(text.contains(&planted) && filled.meant.is_name())).then(|| Plant {
                rule: entry.claim.rule.clone(),
                span: filled.span,
                original: original.to_owned(),
                planted,
            })
        })
    }

    /// The text with the error in it.
    pub fn put_into(&self, text: &str) -> String {
        [&text[..self.span.start], &self.planted, &text[self.span.end..]].concat()
    }

    /// What came of it: `before` are the findings without it, the others those with it.
    pub fn outcome(&self, before: &[Diagnostic], findings: &[Diagnostic], entries: &[Entry]) -> Outcome {
        let place = Span::new(self.span.start, self.span.start + self.planted.len());
        let touches = |span: Span| span.start < place.end && place.start < span.end;
        let marks = |found: &Diagnostic| touches(found.span) || found.labels_here().any(|label| touches(label.span));
        let alike = |one: &Diagnostic, two: &Diagnostic| (&one.rule, &one.message) == (&two.rule, &two.message);
        let is_new = |found: &Diagnostic| !before.iter().any(|earlier| alike(earlier, found));
        if findings.iter().any(|found| is_new(found) && marks(found)) {
            return Outcome::Found;
        }
        let supported = |entry: &Entry| entry.verdict == Verdict::Supported && entry.claim.rule == self.rule;
        match entries.iter().any(|entry| supported(entry) && entry.slots.iter().any(|filled| touches(filled.span))) {
            true => Outcome::StillRight,
            false => Outcome::Missed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine;
    use crate::read::{ReadSettings, read};
    use crate::shipped;

    const COPY: &str = "BERN, May 4, 2026 – The team flew from Bern, the capital of Switzerland, on Monday, May 4. \
                        Sales rose 25 percent to 50 million francs from 40 million francs.";

    fn checked(text: &str) -> (Vec<Diagnostic>, Vec<Entry>) {
        let document = read("a.txt", text.into(), &ReadSettings::default()).unwrap();
        let checked = engine::check_and_list(&shipped::rules(), &document);
        (checked.diagnostics, checked.entries)
    }

    #[test]
    fn what_is_planted_is_found_and_depends_on_the_seed_alone() {
        let (before, entries) = checked(COPY);
        assert!(before.is_empty(), "{before:?}");
        let rules = shipped::rules();
        let plants = |seed: u64| -> Vec<Plant> {
            let draws = entries.iter().enumerate();
            draws
                .filter(|(_, entry)| can_be_made_wrong(entry))
                .filter_map(|(nth, entry)| Plant::draw(&rules, COPY, entry, &mut Draw::new(seed + nth as u64)))
                .collect()
        };
        assert!(plants(1).len() >= 3, "{:?}", plants(1));
        assert_eq!(plants(1), plants(1));
        let (mut planted, mut missed) = (0, 0);
        for plant in (0..20).flat_map(plants) {
            let text = plant.put_into(COPY);
            assert_eq!(text.len() - plant.planted.len(), COPY.len() - plant.original.len());
            let (findings, entries) = checked(&text);
            planted += 1;
            missed += usize::from(plant.outcome(&before, &findings, &entries) == Outcome::Missed);
        }
        // Of a place that hardly anybody knows the facts may say too little.
        assert!(missed * 4 <= planted, "{missed} of {planted} are missed");
    }
}
