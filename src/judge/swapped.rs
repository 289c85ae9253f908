//! `agree` with `swapped`: one thing has two figures in an article, and one of them is the other with digits that
//! changed places: 36.8 and 38.6. That two true figures of one thing should differ so is rare, while typing does it
//! daily; so claims of the whole article are compared, headline, text and captions alike.

use super::agree::clash;
use super::alike::{likeness, shares_words};
use super::between::{comparable, is_count, nominal, stands_elsewhere, value_of};
use super::claim::{Claim, rules_of};
use super::context::ArticleContext;
use super::event::{ONE_EVENT, names, shared};
use crate::article::{Role, View};
use crate::diagnostic::Diagnostic;
use crate::rule::Agree;
use crate::text::{Lang, Span};
use crate::value::{Input, Value, amount, figure_starts, to_base};

/// Figures with more digits are numbers of things, not how many.
const MOST_DIGITS: usize = 12;

/// What small counts of the text must share to be of one thing.
const LIKE_ENOUGH: usize = 3;

/// A figure in digits: which digits it has, in which order, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Figure {
    /// How often each digit but nought stands in it, four bits each.
    kinds: u64,
    /// The digits in their order, four bits each, without noughts at the end: 7.85 km are 7,850 m.
    digits: u64,
    passage: usize,
    at: usize,
}

/// Where figures begin whose digits stand elsewhere in the article in another order, each with its passage. A scan over
/// the digits alone tells that there are none, which is nearly always so.
pub(crate) fn swapped_figures(view: &View) -> Vec<(usize, usize)> {
    let mut figures: Vec<Figure> = Vec::new();
    for (number, passage) in view.passages.iter().enumerate() {
        add_figures(view.text.as_bytes(), number, passage.span, &mut figures);
    }
    figures.sort_unstable();
    let mut out = Vec::new();
    let alike = figures.chunk_by(|a, b| a.kinds == b.kinds);
    for figure in alike.filter(|alike| alike.iter().any(|other| other.digits != alike[0].digits)).flatten() {
        // A hedge or the sign of a currency belongs to its figure: the value is read from there.
        let passage = view.passages[figure.passage].span;
        let from = view.text.ceil_char_boundary(figure.at.saturating_sub(12).max(passage.start));
        let end = view.text.ceil_char_boundary((figure.at + 40).min(passage.end));
        let input = Input { text: &view.text, lower: &view.lower, end };
        let no_digit = |start: usize| !view.text[start..figure.at].contains(|c: char| c.is_ascii_digit());
        let starts = figure_starts(input, from).into_iter().filter(|start| *start <= figure.at && no_digit(*start));
        out.extend(starts.map(|start| (figure.passage, start)));
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn add_figures(text: &[u8], passage: usize, span: Span, figures: &mut Vec<Figure>) {
    let mut at = span.start;
    while at < span.end {
        if !text[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut figure = Figure { kinds: 0, digits: 0, passage, at };
        let (mut count, mut point) = (0, false);
        while at < span.end {
            let goes_on = at + 1 < span.end && text[at + 1].is_ascii_digit();
            match text[at] {
                digit if digit.is_ascii_digit() => {
                    let digit = u64::from(digit - b'0');
                    if digit > 0 {
                        figure.kinds = figure.kinds.wrapping_add(1 << (4 * digit));
                    }
                    figure.digits = figure.digits << 4 | digit;
                    count += 1;
                }
                b',' if goes_on && !point => {}
                b'.' if goes_on && !point => point = true,
                _ => break,
            }
            at += 1;
        }
        while figure.digits > 0 && figure.digits & 0xF == 0 {
            figure.digits >>= 4;
        }
        if (2..=MOST_DIGITS).contains(&count) {
            figures.push(figure);
        }
    }
}

/// Finds pairs of claims of which one gives the other's figure with digits that changed places.
pub(crate) fn swapped(context: &ArticleContext<'_>, claims: &[&Claim]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for number in rules_of(claims) {
        let rule = &context.set.rules[number];
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
    // Two days of one month, of which the text has but one.
    if matches!(value_of(head, agree.on), Some(Value::Date(_))) {
        return !stands_elsewhere(context, agree, head);
    }
    let text = context.view.text.as_str();
    let words = context.view.passages[head.passage].span.of(text);
    shares_words(words, context.sentence(body).of(text)) && !stands_elsewhere(context, agree, head)
}

/// Whether two figures have the same digits in another order.
fn changed_places(a: &Value, b: &Value) -> bool {
    if let (Value::Date(a), Value::Date(b)) = (a, b) {
        let turned = |a: u8, b: u8| a != b && a > 9 && (a / 10, a % 10) == (b % 10, b / 10);
        return a.month.is_some() && a.month == b.month && a.day.zip(b.day).is_some_and(|(a, b)| turned(a, b));
    }
    let digits = |value: &Value| {
        let amount = amount(value)?;
        let written = format!("{}", amount.value);
        let mut digits: Vec<u8> = written.bytes().filter(u8::is_ascii_digit).collect();
        digits.sort_unstable();
        digits.retain(|digit| *digit != b'0');
        // In base units the noise of the multiplication would be digits.
        Some((to_base(value, amount.value), digits))
    };
    let (Some((one, a)), Some((two, b))) = (digits(a), digits(b)) else { return false };
    one != two && a == b && a.len() > 1 && one < 10.0 * two && two < 10.0 * one
}
