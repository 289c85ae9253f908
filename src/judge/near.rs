//! Near names: `{person~}` at a place where no known name stands. The names that the facts expect there are compared
//! with the words; one edit apart is a slip of spelling, anything else is another name and no claim. And strangers:
//! `{person!}` at such a place, where a full name that has nothing of an expected one is that of somebody else.

use super::claim::{Claim, Refutation, Verdict};
use super::context::ArticleContext;
use super::day;
use crate::expression::{Binding, Corner, Log, Outcome, entity_of, items};
use crate::fact::{Days, EntityId, border_before};
use crate::pattern::Bound;
use crate::rule::Expectation;
use crate::text::{
    Script, Span, distance, fold_literal, is_chinese, may_be_silent, one_apart, sound_alike, transliterates,
};
use minijinja::value::Value;
use std::sync::Arc;

/// Letters a name must have before one edit can be told from another name: Chinese, and other scripts.
const LEAST_CHARS: (usize, usize) = (2, 5);

/// Characters a Chinese name must have before more than a character of the same sound is a slip.
const LEAST_OTHER: usize = 3;

/// Characters a foreign name must have, unless it is of two, before one of the same sound is no other custom of writing it:
/// 斯塔默 and 施塔默 are the same person to different houses.
const LEAST_ALIKE: usize = 4;

/// The slot of a claim that holds unknown words, if one does.
pub(super) fn unknown_slot(claim: &Claim) -> Option<usize> {
    claim
        .slots
        .iter()
        .position(|filled| filled.iter().any(|filled| matches!(filled.bound, Bound::Unknown | Bound::Stranger)))
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
    let days = day::candidates(sentence, claim.lang, context.article.date);
    if claim.slots[slot].iter().any(|filled| filled.bound == Bound::Stranger) {
        return strange(context, expectation, &readings, &days, window);
    }
    let ends = Ends { first: claim.span.start != window.start, last: claim.span.end != window.end };
    for days in days {
        for bindings in &readings {
            if let Some(refutation) = near(context, expectation, bindings, days, window, ends) {
                return Verdict::Refuted(refutation);
            }
        }
    }
    Verdict::NotEnoughInfo
}

/// Refuted if the words are a full name that shares nothing with any name of what is expected, on all days.
fn strange(
    context: &ArticleContext<'_>,
    expectation: &Expectation,
    readings: &[Vec<Binding>],
    days: &[Days],
    window: Span,
) -> Verdict {
    let Some(words) = full_name(window.of(&context.view.text)) else { return Verdict::NotEnoughInfo };
    let mut refutation = None;
    for days in days {
        for bindings in readings {
            let Some((expected, log)) = expected(context, expectation, bindings, *days) else {
                return Verdict::NotEnoughInfo;
            };
            let known: Vec<EntityId> = expected.iter().filter_map(entity_of).collect();
            let alike = |entity: &EntityId| {
                context.set.base.all_names_of(*entity).any(|name| shares_a_word(&words, &fold_literal(name)))
            };
            if log.doubt || log.unsure || log.stale || known.is_empty() || known.iter().any(alike) {
                return Verdict::NotEnoughInfo;
            }
            refutation.get_or_insert(Refutation {
                expected: vec![(expectation.slot, expected)],
                evidence: log.evidence,
                stale: false,
                bindings: bindings.clone(),
                days: Some(*days),
                narrowed: Some((expectation.slot, Span::new(window.start, window.start + words.join(" ").len()))),
            });
        }
    }
    refutation.map_or(Verdict::NotEnoughInfo, |mut found| {
        if let Some((slot, span)) = found.narrowed {
            found.bindings[slot].words = [span.of(&context.view.text).to_owned()].into();
        }
        Verdict::Refuted(found)
    })
}

/// The words of a full name in an alphabetic script: two to four capitalised ones, the longest name such slots hold.
fn full_name(window: &str) -> Option<Vec<&str>> {
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().skip(1).any(char::is_lowercase)
            && !word.chars().any(is_chinese)
    };
    let words: Vec<&str> = window.split(' ').take_while(capital).collect();
    (2..=4).contains(&words.len()).then_some(words)
}

/// Whether a word of one name is, give or take a letter, in the other.
fn shares_a_word(words: &[&str], name: &str) -> bool {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let others: Vec<String> = name.split([' ', '-']).map(plain).collect();
    let words: Vec<String> = words.iter().flat_map(|word| word.split('-')).map(plain).collect();
    let alike = |word: &String, other: &String| match word.chars().count().min(other.chars().count()) {
        0..3 => false,
        3 => other == word,
        // John is not Kohl.
        4 => distance(other, word) <= 1,
        _ => distance(other, word) <= 2,
    };
    // A first name alone is shared by many.
    let first = usize::from(words.len() > 1 && others.len() > 1);
    words[first..].iter().any(|word| others.iter().any(|other| alike(word, other)))
        || others[first..].iter().any(|other| words.iter().any(|word| alike(word, other)))
}

/// What the facts expect in a slot, and how it was found.
fn expected(
    context: &ArticleContext<'_>,
    expectation: &Expectation,
    bindings: &[Binding],
    days: Days,
) -> Option<(Vec<Value>, Log)> {
    let shared: Arc<[Binding]> = bindings.into();
    let scope = super::verdict::scope(context, &shared, days, Some(expectation.slot), Corner::Nominal);
    let Outcome::Value(expected) = context.set.expressions.evaluate(expectation.expression, &scope) else {
        return None;
    };
    Some((items(&expected), scope.take_log()))
}

fn near(
    context: &ArticleContext<'_>,
    expectation: &Expectation,
    bindings: &[Binding],
    days: Days,
    window: Span,
    ends: Ends,
) -> Option<Refutation> {
    let (expected, log) = expected(context, expectation, bindings, days)?;
    if log.unsure && !log.sure {
        return None;
    }
    let (name, span) = expected.iter().find_map(|value| misspelt(context, entity_of(value)?, window, ends))?;
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

/// Which ends of the window a name may stand at: the one beside the rest of the claim.
#[derive(Clone, Copy)]
struct Ends {
    first: bool,
    last: bool,
}

/// Whether words are a name with one slip in it, and not another custom of writing it: other punctuation, or in Chinese
/// another character of those that write foreign names.
fn is_slip(words: &str, name: &str) -> bool {
    if !one_apart(words, name) {
        return false;
    }
    let letters = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    let (here, there) = (letters(words), letters(name));
    if here == there {
        return false;
    }
    // Sergey and Sergei, Yanukovych and Yanukovich: customs of writing other alphabets differ by these letters.
    let mut differing = here.iter().zip(&there).filter(|(a, b)| a != b).flat_map(|(a, b)| [a, b]);
    if here.len() == there.len() && differing.all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'y' | 'j')) {
        return false;
    }
    let alike = |at: usize| here.len() == there.len() && sound_alike(here[at], there[at]);
    if here.len().min(there.len()) < LEAST_OTHER {
        return (0..here.len()).any(alike);
    }
    let foreign = there.iter().filter(|c| transliterates(**c)).count() * 3 >= there.len() * 2;
    if !foreign {
        return true;
    }
    let (least, most) = if here.len() < there.len() { (&here, &there) } else { (&there, &here) };
    let at = least.iter().zip(most).position(|(a, b)| a != b).unwrap_or(least.len());
    if least.len() < most.len() {
        return !may_be_silent(most[at]);
    }
    // Two characters that changed places are a slip in any custom. One that sounds alike in a long name is a slip of the
    // keyboard: customs of writing differ by the sound that they hear, and the facts list those that do not.
    here[at] != there[at]
        && (here.get(at + 1) != there.get(at + 1)
            || !transliterates(here[at])
            || here.len() >= LEAST_ALIKE && alike(at))
}

/// Whether words that are one edit away from a name may begin or end the window as these do: an edit leaves one of two
/// neighbours where it was, or puts it in the other's place. Offices have hundreds of holders, and nearly none is near.
fn may_be_near(window: &str, name: &str, ends: Ends) -> bool {
    fn alike(mut here: impl Iterator<Item = char>, mut there: impl Iterator<Item = char>) -> bool {
        let (here, there) = ([here.next(), here.next()], [there.next(), there.next()]);
        here[0] == there[0] || here[1] == there[1] || here[0] == there[1] || here[1] == there[0]
    }
    ends.first && alike(window.chars(), name.chars()) || ends.last && alike(window.chars().rev(), name.chars().rev())
}

/// The words at either end of the window that are one edit away from a name of the entity and no known name themselves,
/// with that name.
fn misspelt<'c>(
    context: &'c ArticleContext<'_>,
    entity: EntityId,
    window: Span,
    ends: Ends,
) -> Option<(&'c str, Span)> {
    let text = context.view.text.as_str();
    let words = window.of(text);
    // Regions that write Traditional characters have transliterations of their own: 澤倫斯基 is not a slip for 泽连斯基.
    if context.article.script == Script::Traditional && words.contains(is_chinese) {
        return None;
    }
    let borders: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    let chars = borders.len() - 1;
    for written in context.set.base.all_names_of(entity) {
        let name = fold_literal(written);
        if !may_be_near(words, &name, ends) {
            continue;
        }
        let length = name.chars().count();
        let least = if name.chars().any(is_chinese) { LEAST_CHARS.0 } else { LEAST_CHARS.1 };
        if length < least {
            continue;
        }
        // The same length first: a letter exchanged is likelier than one left out at the end of the window.
        for taken in [length, length + 1, length - 1].into_iter().filter(|taken| *taken <= chars) {
            let places = [(ends.first, 0, borders[taken]), (ends.last, borders[chars - taken], words.len())];
            for (start, end) in places.into_iter().filter_map(|(asked, start, end)| asked.then_some((start, end))) {
                let candidate = &words[start..end];
                let cut = |at: usize| !border_before(text, window.start + at);
                // A name without its last character is no name if others follow that could be that character.
                let short = taken < length && words[end..].starts_with(transliterates);
                if cut(start) || cut(end) || short {
                    continue;
                }
                let known = || !context.set.base.names().exact(candidate).is_empty();
                if candidate.trim() == candidate && is_slip(candidate, &name) && !known() {
                    return Some((written, Span::new(window.start + start, window.start + end)));
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customs_of_writing_are_no_slips() {
        for (words, name, slip) in [
            ("Yanukovich", "Yanukovych", false),
            ("Sergej Lavrov", "Sergey Lavrov", false),
            ("Angela Markel", "Angela Merkel", true),
            ("Angela Merkl", "Angela Merkel", true),
            ("Mahmoud-Abbas", "Mahmoud Abbas", false),
        ] {
            assert_eq!(is_slip(words, name), slip, "{words}");
        }
    }
}
