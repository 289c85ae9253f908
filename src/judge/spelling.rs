//! `agree` with `spelling`: a name that stands in an article is looked for in other spellings of the same sound. The
//! spelling that is not the one introduced is marked; nothing here knows which is right.

use super::claim::{Claim, Filled};
use super::context::ArticleContext;
use super::repair::{Finding, message_of};
use super::respelt::{LEAST_LETTERS, chinese_slip, foreign_slip, latin_slip};
use crate::article::Role;
use crate::diagnostic::{Diagnostic, Evidence, Severity};
use crate::expression::{Binding, Meant};
use crate::pattern::Bound;
use crate::text::{Lang, Span, is_chinese, personal_name, sentence_around, transliterates};

/// Words before a surname that are a title, and nobody's first name.
const TITLES: &str = "Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady Rev Father Sister Captain Capt Colonel Col \
                      Lieutenant Lt Sergeant Sgt Corporal Inspector Superintendent Constable Detective Officer DI DS DC \
                      DCI PC Senator Sen Councillor Cllr Governor Gov Mayor Coach Chairman";

/// Finds other spellings of the names that claims introduce, as far as they are `asserted`.
pub(crate) fn spellings(
    context: &ArticleContext<'_>,
    claims: &[&Claim],
    asserted: &dyn Fn(&Claim) -> bool,
) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut told: Vec<Span> = Vec::new();
    for claim in claims {
        let Some(agree) = context.set.rules[claim.rule].agree.as_ref().filter(|agree| agree.spelling) else { continue };
        let Some(filled) = claim.slots[agree.on].last() else { continue };
        let Some(name) = name_in(context, filled) else { continue };
        let words = name.of(&context.view.text);
        // Of two spellings that each stand with a full name, the one that comes first is kept.
        if seen.contains(&words) || told.iter().any(|other| other.overlaps(name)) {
            continue;
        }
        let others = match words.chars().all(|c| is_chinese(c) || c == '·') {
            true => chinese(context, filled, words),
            false => alphabetic(context, words),
        };
        if !others.is_empty() && !asserted(claim) {
            continue;
        }
        seen.push(words);
        // A slip happens once; a spelling that comes back is that of another person.
        let text = context.view.text.as_str();
        let once: Vec<Span> = others
            .iter()
            .filter(|a| others.iter().filter(|b| b.of(text) == a.of(text)).count() == 1)
            .copied()
            .collect();
        // The other way round, where the name that was introduced stands once and the other comes back: a headline or a
        // caption has the slip.
        let sums_up = matches!(context.view.passages[claim.passage].role, Role::Headline | Role::Caption);
        let alone = sums_up && text.matches(words).count() == 1;
        let back = others
            .first()
            .filter(|first| alone && others.len() > 1 && others.iter().all(|other| other.of(text) == first.of(text)));
        if let Some(right) = back.filter(|right| !together(context, claim, **right, name)) {
            found.push(report(context, claim, agree.on, *right, name));
            told.push(name);
            continue;
        }
        let elsewhere: Vec<Span> = once.into_iter().filter(|other| !together(context, claim, name, *other)).collect();
        found.extend(elsewhere.iter().map(|other| report(context, claim, agree.on, name, *other)));
        told.extend(elsewhere);
    }
    found
}

/// The name that a capture begins with.
fn name_in(context: &ArticleContext<'_>, filled: &Filled) -> Option<Span> {
    let words = filled.span.of(&context.view.text);
    let name = match filled.bound {
        Bound::Unknown | Bound::Stranger => personal_name(words)?,
        _ => words,
    };
    Some(Span::new(filled.span.start, filled.span.start + name.len()))
}

/// Places of words that differ from a Chinese name in one character that sounds like the right one, or in two that
/// changed places. Of a foreign name in parts the last one is looked for, by which copy goes on.
fn chinese(context: &ArticleContext<'_>, filled: &Filled, name: &str) -> Vec<Span> {
    let name = name.rsplit('·').next().unwrap_or(name);
    let wanted: Vec<char> = name.chars().collect();
    let bytes: usize = name.len();
    if wanted.len() < 3 {
        return Vec::new();
    }
    let text = context.view.text.as_str();
    let foreign = wanted.iter().all(|c| transliterates(*c));
    let mut places = Vec::new();
    for (at, _) in text.match_indices(wanted[0]) {
        let Some(window) = text.get(at..at + bytes) else { continue };
        if window == name {
            continue;
        }
        let here: Vec<char> = window.chars().collect();
        if here.len() != wanted.len() || !here.iter().all(|c| is_chinese(*c)) {
            continue;
        }
        let differ: Vec<usize> = (0..here.len()).filter(|at| here[*at] != wanted[*at]).collect();
        let turned = |one: usize, two: usize| two == one + 1 && here[one] == wanted[two] && here[two] == wanted[one];
        let slip = match differ[..] {
            [one, two] if foreign => wanted.len() > 3 && turned(one, two),
            _ => chinese_slip(name, window) || foreign && foreign_slip(name, window),
        };
        // Another accepted way to write the same name is no slip by itself, but copy keeps to one.
        let uses = context.set.base.names().exact(window);
        let same =
            |meant: &Meant| matches!(meant, Meant::Entity { id, .. } if uses.iter().any(|other| other.entity == *id));
        let name_like = personal_name(window).is_some() || foreign;
        if slip && name_like && (uses.is_empty() || filled.readings().iter().any(same)) {
            places.push(Span::new(at, at + bytes));
        }
    }
    places
}

/// Places of capitalised words that may be the surname or the first name with a slip in it.
fn alphabetic(context: &ArticleContext<'_>, name: &str) -> Vec<Span> {
    let Some((first, surname)) = name.rsplit_once(' ') else { return Vec::new() };
    let first = first.split(' ').next().unwrap_or(first);
    let text = context.view.text.as_str();
    let mut places = surnames(context, first, surname);
    // The first name with a slip in it stands before the surname.
    for (at, _) in text.match_indices(surname) {
        let before = text[..at].strip_suffix(' ');
        let Some(word) = before.and_then(|before| before.rsplit([' ', '\n', '“']).next()) else {
            continue;
        };
        if latin_slip(word, first) && is_word(&text[at..], surname) && !context.set.base.is_named_so(word) {
            let start = at - 1 - word.len();
            places.push(Span::new(start, start + word.len()));
        }
    }
    places
}

/// Places of words that may be the surname with a slip in it.
fn surnames(context: &ArticleContext<'_>, first: &str, surname: &str) -> Vec<Span> {
    if surname.chars().count() < LEAST_LETTERS || !surname.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let text = context.view.text.as_str();
    let head = surname.chars().next().unwrap_or_default();
    let (mut places, mut others): (Vec<Span>, Vec<&str>) = (Vec::new(), Vec::new());
    for (at, _) in text.match_indices(head) {
        let (before, rest) = text.split_at(at);
        let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        if before.ends_with(|c: char| c.is_alphanumeric() || c == '-')
            || rest[word.len()..].starts_with('-')
            || !latin_slip(word, surname)
        {
            continue;
        }
        // Prime Minister is no Price, and a word of the article in small letters is a word.
        let goes_on = rest[word.len()..].strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase));
        if goes_on || text.contains(&word.to_lowercase()) || context.set.base.is_named_so(word) {
            continue;
        }
        // Another first name makes another person, wherever else he or she is named.
        let other_first = before.strip_suffix(' ').and_then(|before| before.rsplit([' ', '\n', '(', '“']).next());
        let same_person = other_first.is_none_or(|word| {
            !word.starts_with(char::is_uppercase)
                || first == word
                || word.ends_with(['.', ',', ':', ';', '?', '!'])
                || TITLES.split(' ').any(|title| title == word)
        });
        match same_person {
            true => places.push(Span::new(at, at + word.len())),
            false => others.push(word),
        }
    }
    places.retain(|place| !others.contains(&place.of(text)));
    places
}

/// Whether a text begins with a whole word.
fn is_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// Whether both spellings stand in one sentence, or the sentence speaks of spellings: two people, or one who is called
/// both ways.
fn together(context: &ArticleContext<'_>, claim: &Claim, name: Span, other: Span) -> bool {
    const OF_NAMES: [&str; 10] = ["又名", "原名", "改名", "更名", "误写", "写作", "译", "谐音", "曾用名", "应为"];
    const OF_SPELLING: [&str; 5] = ["spell", "spelt", "no relation", "brother", "née"];
    let text = context.view.text.as_str();
    let passage =
        context.view.passages.iter().find(|passage| passage.span.start <= other.start && other.end <= passage.span.end);
    let Some(passage) = passage else { return true };
    let sentence = sentence_around(text, passage.span, other);
    let words = sentence.of(text);
    sentence.start <= name.start && name.end <= sentence.end
        || words.contains(name.of(text))
        || OF_NAMES
            .iter()
            .chain(&OF_SPELLING)
            .any(|word| words.contains(word) || context.sentence(claim).of(text).contains(word))
}

fn report(context: &ArticleContext<'_>, claim: &Claim, on: usize, name: Span, other: Span) -> Diagnostic {
    let text = context.view.text.as_str();
    let (right, wrong) = (name.of(text), other.of(text));
    let zh = context.article.lang == Lang::ZH;
    let mut finding = Finding::at(context, other);
    let pieces = finding.pieces(name);
    finding.label(&pieces, if zh { format!("此处为“{right}”") } else { format!("“{right}” here") });
    let rule = &context.set.rules[claim.rule];
    let mut bindings: Vec<Binding> = super::agree::first_reading(context, claim);
    bindings[on].words = [wrong.to_owned()].into();
    bindings[on].meant.retain(|meant| matches!(meant, Meant::Value(_)));
    let diagnostic = &mut finding.diagnostic;
    diagnostic.rule = rule.id().to_owned();
    diagnostic.severity = if context.quoted(claim) { Severity::Note } else { rule.severity };
    diagnostic.message = message_of(context, claim, bindings);
    diagnostic.help = vec![if zh {
        format!("同文另一处为“{right}”,两处必有一误")
    } else {
        format!("elsewhere in the article it is “{right}”: one of the two is wrong")
    }];
    diagnostic.evidence = vec![Evidence::told(format!("“{right}”"))];
    finding.diagnostic
}
