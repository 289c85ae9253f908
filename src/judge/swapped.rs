//! `agree` with `swapped`: one thing has two figures in an article, and one of them is the other with digits that
//! changed places: 36.8 and 38.6. That two true figures of one thing should differ so is rare, while typing does it
//! daily; so claims of the whole article are compared, headline, text and captions alike.

use super::agree::clash;
use super::alike::{likeness, shares_words};
use super::between::{comparable, is_count, nominal, stands_elsewhere, value_of};
use super::claim::Claim;
use super::context::ArticleContext;
use super::event::{ONE_EVENT, names, shared};
use crate::article::{Role, View};
use crate::diagnostic::Diagnostic;
use crate::rule::Agree;
use crate::text::Lang;
use crate::value::{Input, Value, amount, figure_starts};
use std::collections::HashMap;

/// Figures with more digits are numbers of things, not how many.
const MOST_DIGITS: usize = 12;

/// What small counts of the text must share to be of one thing.
const LIKE_ENOUGH: usize = 3;

/// Digits as they are written: without commas, with the place of the point.
type Digits = (Vec<u8>, usize);

/// Where figures begin whose digits stand elsewhere in the article in another order, each with its passage. A scan over
/// the digits alone tells that there are none, which is nearly always so.
pub(crate) fn swapped_figures(view: &View) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize, Digits)> = Vec::new();
    for (number, passage) in view.passages.iter().enumerate() {
        digits_in(view.text.as_bytes(), passage.span.start, passage.span.end, |at, digits| {
            runs.push((number, at, digits));
        });
    }
    let sorted = |(digits, after_point): &Digits| {
        let mut digits = digits.clone();
        digits.sort_unstable();
        (digits, *after_point)
    };
    let mut written: HashMap<Digits, Vec<&Digits>> = HashMap::new();
    for (.., digits) in &runs {
        let known = written.entry(sorted(digits)).or_default();
        if !known.contains(&digits) {
            known.push(digits);
        }
    }
    let mut out = Vec::new();
    for (number, at, digits) in &runs {
        if written[&sorted(digits)].len() < 2 {
            continue;
        }
        // A hedge or the sign of a currency belongs to its figure: the value is read from there.
        let passage = view.passages[*number].span;
        let mut from = at.saturating_sub(12).max(passage.start);
        while !view.text.is_char_boundary(from) {
            from += 1;
        }
        let input = Input { text: &view.text, lower: &view.lower, end: reach(&view.text, at + 40, passage.end) };
        let no_digit = |start: usize| !view.text[start..*at].contains(|c: char| c.is_ascii_digit());
        let starts = figure_starts(input, from).into_iter().filter(|start| start <= at && no_digit(*start));
        out.extend(starts.map(|start| (*number, start)));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A place not beyond the end, at the border of a character.
fn reach(text: &str, at: usize, end: usize) -> usize {
    let at = at.min(end);
    (at..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end)
}

fn digits_in(text: &[u8], mut at: usize, end: usize, mut tell: impl FnMut(usize, Digits)) {
    while at < end {
        if !text[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let (mut digits, mut after_point, mut point) = (Vec::new(), 0, false);
        while at < end {
            let goes_on = text.get(at + 1).is_some_and(u8::is_ascii_digit) && at + 1 < end;
            match text[at] {
                digit if digit.is_ascii_digit() => {
                    digits.push(digit);
                    after_point += usize::from(point);
                }
                b',' if goes_on && !point => {}
                b'.' if goes_on && !point => point = true,
                _ => break,
            }
            at += 1;
        }
        if (2..=MOST_DIGITS).contains(&digits.len()) && digits.iter().any(|digit| *digit != digits[0]) {
            tell(start, (digits, after_point));
        }
    }
}

/// Finds pairs of claims of which one gives the other's figure with digits that changed places.
pub(crate) fn swapped(context: &ArticleContext<'_>, claims: &[&Claim]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for (number, rule) in context.set.rules.iter().enumerate() {
        let Some(agree) = rule.agree.as_ref().filter(|agree| agree.swapped) else { continue };
        let of_rule: Vec<(&Claim, Value)> = claims
            .iter()
            .filter(|claim| claim.rule == number)
            .filter_map(|claim| Some((*claim, value_of(claim, agree.on)?)))
            .collect();
        for (at, (later, here)) in of_rule.iter().enumerate() {
            for (earlier, there) in &of_rule[..at] {
                if !comparable(here, there)
                    || !changed_places(here, there)
                    || in_one_sentence(context, earlier, later)
                    || !of_one_thing(context, agree, earlier, later)
                {
                    continue;
                }
                // The headline is marked, or else what comes later.
                let headline = |claim: &Claim| context.view.passages[claim.passage].role == Role::Headline;
                let (told, marked) = if headline(earlier) { (later, earlier) } else { (earlier, later) };
                let Some(new) = clash(context, told, marked, agree.on) else { continue };
                if !found.iter().any(|old| old.rule == new.rule && old.span.overlaps(new.span)) {
                    found.push(new);
                }
            }
        }
    }
    found
}

/// Whether no full stop stands between two claims: what one sentence gives twice it gives of two things.
fn in_one_sentence(context: &ArticleContext<'_>, earlier: &Claim, later: &Claim) -> bool {
    let (first, last) = if earlier.span.start < later.span.start { (earlier, later) } else { (later, earlier) };
    let between = context.view.text.get(first.span.end..last.span.start).unwrap_or_default();
    first.passage == last.passage && !between.contains(['。', '!', '?']) && !between.contains(". ")
}

/// Whether two claims speak of one thing. A headline says in its own words what the text has, so there it is enough that
/// its words come back in the sentence, and its figure does not.
fn of_one_thing(context: &ArticleContext<'_>, agree: &Agree, earlier: &Claim, later: &Claim) -> bool {
    let likeness = likeness(context, &agree.same, agree.on, earlier, later);
    let role = |claim: &Claim| context.view.passages[claim.passage].role;
    let sums_up = |claim: &Claim| matches!(role(claim), Role::Headline | Role::Caption);
    let (head, body) = match (sums_up(earlier), sums_up(later)) {
        (true, false) => (earlier, later),
        (false, true) => (later, earlier),
        // Growth of 5.6 and of 6.5 percent may be of two things that share a word, and so may small counts.
        _ => {
            let small = match value_of(later, agree.on) {
                Some(Value::Percent(_)) | None => return false,
                Some(value) => is_count(&value) && nominal(&value).is_none_or(|number| number < 100.0),
            };
            let least = if small && later.lang == Lang::ZH { LIKE_ENOUGH } else { 1 };
            let told_of = |claim: &Claim| names(context, claim);
            return likeness.is_some_and(|likeness| likeness >= least)
                || likeness.is_some() && shared(&told_of(earlier), &told_of(later), true) >= ONE_EVENT;
        }
    };
    if likeness.is_some() && !stands_elsewhere(context, agree, head) {
        return true;
    }
    let text = context.view.text.as_str();
    let words = context.view.passages[head.passage].span.of(text);
    shares_words(words, context.sentence(body).of(text)) && !stands_elsewhere(context, agree, head)
}

/// Whether two figures have the same digits in another order.
fn changed_places(a: &Value, b: &Value) -> bool {
    let digits = |value: &Value| {
        let amount = amount(value)?;
        let mut digits: Vec<u8> = format!("{}", amount.value).bytes().filter(u8::is_ascii_digit).collect();
        digits.sort_unstable();
        Some((amount.value, digits))
    };
    let (Some((one, a)), Some((two, b))) = (digits(a), digits(b)) else { return false };
    one != two && a == b
}
