//! `agree`: claims of one article that speak of the same thing must say the same of it.

use super::claim::{Claim, Filled};
use super::context::ArticleContext;
use super::repair::{Finding, message_of, words_at};
use crate::diagnostic::{Diagnostic, Evidence, Severity};
use crate::expression::{Binding, Meant};
use crate::fact::Days;
use crate::pattern::Bound;
use crate::rule::{Agree, Within};
use crate::text::{Lang, fold_literal, is_chinese, personal_name};
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
                !overlap(context, there, here)
                    && comparable(context, agree, there, here)
                    && !agree.same.iter().any(|slot| other_person(context, &earlier.slots[*slot], &claim.slots[*slot]))
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
        // Words that are no known name are somebody's name as far as they look like one. Copy goes on with the surname.
        let name = persons_name(context, filled);
        let name = name.map(|name| if name.chars().any(is_chinese) { name } else { surname(name) });
        return name.map(|name| Key::Words(fold_literal(name).into_owned())).into_iter().collect();
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
    if numbers.is_empty() {
        vec![Key::Words(fold_literal(filled.span.of(&context.view.text)).into_owned())]
    } else {
        numbers
    }
}

/// The name that words which are no known name begin with, or end with where they were read towards the left. In
/// alphabetic scripts a surname alone is one if its bearer stands in the article with a first name.
fn persons_name<'a>(context: &'a ArticleContext<'_>, filled: &Filled) -> Option<&'a str> {
    let words = filled.span.of(&context.view.text).trim();
    if words.chars().any(is_chinese) {
        return personal_name(words).or_else(|| known_by_return(context, words));
    }
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let leftward = words.rsplit(' ').next().is_some_and(capital) && !words.split(' ').all(capital);
    let words = match words.rsplit_once(' ') {
        Some(_) if leftward => {
            let name = words.rsplit(' ').take_while(|word| capital(word)).map(|word| word.len() + 1).sum::<usize>();
            &words[words.len() + 1 - name..]
        }
        _ => words,
    };
    let alone = || {
        let text = context.view.text.as_str();
        let before =
            text.match_indices(words).filter_map(|(at, _)| text[..at].strip_suffix(' ')?.rsplit([' ', '\n']).next());
        let mut firsts = before.filter(|word| capital(word) && word.chars().all(char::is_alphabetic));
        // Of two with one surname nobody knows whom it means.
        let of_one = firsts.next().is_some_and(|first| firsts.all(|other| other == first));
        (!words.contains(' ') && capital(words) && words.len() > 3 && of_one).then_some(words)
    };
    personal_name(words).or_else(alone)
}

/// A Chinese name among other words, known by coming back in the article: 养蜂人葛长霖.
fn known_by_return<'a>(context: &ArticleContext<'_>, words: &'a str) -> Option<&'a str> {
    let comes_back = |name: &&str| context.view.text.matches(name).nth(1).is_some();
    words.char_indices().skip(1).find_map(|(at, _)| personal_name(&words[at..]).filter(comes_back))
}

fn surname(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Whether two captures of one surname have different first names.
fn other_person(context: &ArticleContext<'_>, a: &[Filled], b: &[Filled]) -> bool {
    let name = |filled: &[Filled]| {
        let filled = filled.last().filter(|filled| matches!(filled.bound, Bound::Unknown | Bound::Stranger))?;
        persons_name(context, filled).and_then(|name| name.rsplit_once(' ')).map(|(first, _)| first.to_owned())
    };
    // Mary Lou is not Mary Jo, but A. J. may be Andrew.
    let differ = |(a, b): (&str, &str)| a != b && !a.contains('.') && !b.contains('.');
    name(a).zip(name(b)).is_some_and(|(a, b)| a.split(' ').zip(b.split(' ')).any(differ))
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
