//! `agree` between two sorts of blocks: what a headline or a caption says must be what the text says.
//!
//! A headline sums up, so it is not compared with one sentence but with the whole text. It contradicts the text if its
//! figure stands nowhere in it, nor comes of adding what stands there, while the text gives the same thing one other
//! figure.

use super::agree::clash;
use super::alike::{likeness, share_name, shares_words};
use super::claim::{Claim, Filled, rules_of};
use super::context::{ArticleContext, dates_in};
use crate::article::Role;
use crate::diagnostic::Diagnostic;
use crate::expression::Meant;
use crate::fact::EntityId;
use crate::rule::Agree;
use crate::text::{Span, sentence_around};
use crate::value::{
    self, Approx, Dimension, Input, PartialDate, Rounding, Tally, Value, amount, figure_starts, interval, value_type,
};

/// From this number on a headline may round a whole number at its zeros.
const ROUND: f64 = 100.0;

/// Finds claims of the first sort of blocks that those of the second contradict.
pub(crate) fn contradictions(context: &ArticleContext<'_>, claims: &[&Claim]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for number in rules_of(claims) {
        let rule = &context.set.rules[number];
        let Some(agree) = &rule.agree else { continue };
        let Some((one, other)) = agree.between else { continue };
        let of_role = |role: Role| {
            let fits = move |claim: &&&Claim| claim.rule == number && context.view.passages[claim.passage].role == role;
            claims.iter().filter(fits).copied()
        };
        for head in of_role(one) {
            let bodies: Vec<&Claim> = of_role(other).collect();
            let body = match agree.against {
                Some(against) => changing_sides(context, (agree.on, against), head, &bodies),
                None if names_entity(head, agree.on) => naming_another(context, agree, head, &bodies),
                None => contradicting(context, agree, head, &bodies),
            };
            let Some(body) = body else { continue };
            let diagnostic = clash(context, body, head, agree.on);
            let Some(new) = diagnostic else { continue };
            // 15 and 15人 are one figure: the longer says more.
            match found.iter_mut().find(|old| old.rule == new.rule && old.span.overlaps(new.span)) {
                Some(old) if old.span.len() < new.span.len() => *old = new,
                Some(_) => {}
                None => found.push(new),
            }
        }
    }
    found
}

/// Whether a figure of a headline or caption stands in the rest of the article too, so that nothing need be compared.
pub(crate) fn stands_elsewhere(context: &ArticleContext<'_>, agree: &Agree, head: &Claim) -> bool {
    if names_entity(head, agree.on) || agree.against.is_some() {
        return false;
    }
    let Some(meant) = value_of(head, agree.on) else { return true };
    let role = context.view.passages[head.passage].role;
    let rest = context.view.passages.iter().filter(|passage| passage.role != role);
    if let Value::Date(date) = meant {
        return rest
            .into_iter()
            .any(|passage| dates_in(context.view, passage.span).any(|(_, other)| may_be_one(date, other)));
    }
    if let Value::Weekday(_) = meant {
        let said = head.slots[agree.on].last().map_or("", |filled| filled.span.of(&context.view.text));
        return rest.into_iter().any(|passage| passage.span.of(&context.view.text).contains(said));
    }
    if let Value::Tally(tally) = meant {
        return rest.into_iter().any(|passage| {
            let figures = figures(context, passage.span, &meant);
            figures.iter().any(|(_, other)| matches!(other, Value::Tally(other) if of_one_match(tally, *other)))
        });
    }
    let Some(wanted) = printed(&meant, true) else { return true };
    rest.into_iter().any(|passage| {
        let figures = figures(context, passage.span, &meant);
        let near =
            |value: &Value| printed(value, false).is_some_and(|value| meet(wanted, value)) && same_size(&meant, value);
        let by_itself = figures.iter().any(|(_, value)| near(value));
        by_itself || adds_up(context, passage.span, &figures, wanted)
    })
}

/// The claim of the text in which the winner of a headline loses to its loser.
fn changing_sides<'c>(
    context: &ArticleContext<'_>,
    (wins, loses): (usize, usize),
    head: &Claim,
    bodies: &[&'c Claim],
) -> Option<&'c Claim> {
    let text = context.view.text.as_str();
    let words = |claim: &Claim, slot: usize| claim.slots[slot].last().map(|filled| filled.span.of(text));
    let (winner, loser) = (words(head, wins)?, words(head, loses)?);
    let of_one =
        |claim: &Claim, slot: usize, name: &str| words(claim, slot).is_some_and(|words| share_name(words, name));
    if share_name(winner, loser) {
        return None;
    }
    let as_told = |body: &&Claim| of_one(body, wins, winner) || of_one(body, loses, loser);
    if bodies.iter().any(as_told) {
        return None;
    }
    bodies.iter().copied().find(|body| of_one(body, loses, winner) && of_one(body, wins, loser))
}

/// What a slot may name.
fn entities(filled: &Filled) -> Vec<EntityId> {
    let of = |meant: Meant| match meant {
        Meant::Entity { id, .. } => Some(id),
        Meant::Value(_) => None,
    };
    filled.readings().into_iter().filter_map(of).collect()
}

/// Whether what a claim must agree on is an entity.
fn names_entity(claim: &Claim, slot: usize) -> bool {
    claim.slots[slot].last().is_some_and(|filled| !entities(filled).is_empty())
}

/// The claim of the text that names another place, or whatever it is, than a headline whose own stands nowhere in the
/// text.
fn naming_another<'c>(
    context: &ArticleContext<'_>,
    agree: &Agree,
    head: &Claim,
    bodies: &[&'c Claim],
) -> Option<&'c Claim> {
    let meant = head.slots[agree.on].last()?;
    let text = context.view.text.as_str();
    let role = context.view.passages[head.passage].role;
    let name = meant.span.of(text);
    let rest = context.view.passages.iter().filter(|passage| passage.role != role);
    if rest.into_iter().any(|passage| passage.span.of(text).contains(name)) {
        return None;
    }
    let one_place = |a: &Filled, b: &Filled| {
        let (a, b) = (entities(a), entities(b));
        a.iter().any(|a| b.iter().any(|b| context.set.base.same_or_part(*a, *b)))
    };
    let mut alike = Vec::new();
    for body in bodies {
        let Some(other) = body.slots[agree.on].last().filter(|other| !entities(other).is_empty()) else { continue };
        if likeness(context, &agree.same, agree.on, head, body).is_some() {
            alike.push((*body, other));
        }
    }
    let (first, place) = alike.first()?;
    let all_there = alike.iter().all(|(_, other)| one_place(place, other));
    (all_there && !alike.iter().any(|(_, other)| one_place(meant, other))).then_some(*first)
}

/// The claim of the text that contradicts one of a headline.
fn contradicting<'c>(
    context: &ArticleContext<'_>,
    agree: &Agree,
    head: &Claim,
    bodies: &[&'c Claim],
) -> Option<&'c Claim> {
    let meant = value_of(head, agree.on)?;
    let mut alike: Vec<(usize, &Claim, Value)> = Vec::new();
    for body in bodies {
        let Some(value) = value_of(body, agree.on).filter(|value| comparable(&meant, value)) else { continue };
        if let (true, Value::Date(date), Value::Date(other)) = (agree.same.is_empty(), meant, value)
            && !(as_full(date, other) && takes_up(context, head, body))
        {
            continue;
        }
        if let Some(shared) = likeness(context, &agree.same, agree.on, head, body) {
            alike.push((shared, body, value));
        }
    }
    let most = alike.iter().map(|(shared, ..)| *shared).max()?;
    if alike.iter().any(|(.., value)| agrees(&meant, value)) || stands_elsewhere(context, agree, head) {
        return None;
    }
    let total: f64 =
        alike.iter().filter_map(|(.., value)| interval(value, Rounding::Written)).map(|(low, _)| low).sum();
    if printed(&meant, true).is_some_and(|(low, high)| low <= total && total <= high) {
        return None;
    }
    // A picture shows some of those that the text counts.
    let counts = |value: &Value| nominal(value).filter(|_| is_count(value));
    let shows_some = |value: &Value| counts(&meant).zip(counts(value)).is_some_and(|(shown, told)| shown < told);
    let by_its_noun = agree.same.iter().any(|slot| names_in_words(head, *slot));
    if by_its_noun
        && context.view.passages[head.passage].role == Role::Caption
        && alike.iter().any(|(.., value)| shows_some(value))
    {
        return None;
    }
    alike.retain(|(shared, ..)| *shared == most);
    let (_, first, value) = alike.first()?;
    // Two figures of one thing in the text itself: which of them the headline means is not known.
    alike.iter().all(|(.., other)| agrees(value, other)).then_some(*first)
}

/// Whether two dates name the same parts: the 9th on which somebody spoke is not held against a day with its month.
fn as_full(a: PartialDate, b: PartialDate) -> bool {
    a.month.is_some() == b.month.is_some() && a.day.is_some() == b.day.is_some()
}

/// Whether the sentence of a claim takes up the words of a headline, where nothing else tells that both are of one thing.
fn takes_up(context: &ArticleContext<'_>, head: &Claim, body: &Claim) -> bool {
    let text = context.view.text.as_str();
    shares_words(context.view.passages[head.passage].span.of(text), context.sentence(body).of(text))
}

pub(super) fn value_of(claim: &Claim, slot: usize) -> Option<Value> {
    let filled: &Filled = claim.slots[slot].last()?;
    match filled.readings().as_slice() {
        [Meant::Value(value)] => Some(*value),
        _ => None,
    }
}

/// Whether two values measure in one unit, so that they can differ at all.
pub(super) fn comparable(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Quantity(a), Value::Quantity(b)) => a.unit.family == b.unit.family,
        (Value::Quantity(counted), Value::Number(_)) | (Value::Number(_), Value::Quantity(counted)) => {
            counted.unit.dimension == Dimension::Count
        }
        (Value::Money(a), Value::Money(b)) => a.currency == b.currency,
        (Value::Duration(a), Value::Duration(b)) => a.unit == b.unit,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

fn agrees(head: &Value, body: &Value) -> bool {
    match (head, body) {
        (Value::Date(a), Value::Date(b)) => may_be_one(*a, *b),
        (Value::Tally(a), Value::Tally(b)) => of_one_match(*a, *b),
        _ => match (printed(head, true), printed(body, false)) {
            (Some(a), Some(b)) => meet(a, b),
            _ => head == body,
        },
    }
}

/// Whether two results are one, told from either side.
fn of_one_match(a: Tally, b: Tally) -> bool {
    (a.first, a.second) == (b.first, b.second) || (a.first, a.second) == (b.second, b.first)
}

/// Whether two dates agree in the parts that both name.
fn may_be_one(a: PartialDate, b: PartialDate) -> bool {
    fn part<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        a.is_none() || b.is_none() || a == b
    }
    part(a.year, b.year) && part(a.month, b.month) && part(a.day, b.day)
}

fn meet(a: (f64, f64), b: (f64, f64)) -> bool {
    let noise = 1e-9 * a.0.abs().min(a.1.abs()).max(1.0);
    a.0 <= b.1 + noise && b.0 <= a.1 + noise
}

/// Whether plain words fill a slot, such as the noun that a figure counts.
fn names_in_words(claim: &Claim, slot: usize) -> bool {
    claim.slots[slot].iter().any(|filled| matches!(filled.readings().as_slice(), [Meant::Value(Value::Words)]))
}

/// A number as it is written, in base units.
pub(super) fn nominal(value: &Value) -> Option<f64> {
    amount(value).map(|amount| value::to_base(value, amount.value))
}

/// Whether a value counts things.
pub(super) fn is_count(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Quantity(quantity) => quantity.unit.dimension == Dimension::Count,
        _ => false,
    }
}

/// Whether two numbers are of one size: "over two" is not every greater number.
fn same_size(a: &Value, b: &Value) -> bool {
    match (nominal(a), nominal(b)) {
        (Some(a), Some(b)) => a <= 2.0 * b && b <= 2.0 * a,
        _ => true,
    }
}

/// What a number may stand for. A headline rounds, up or down, and drops what hedges the number.
fn printed(value: &Value, headline: bool) -> Option<(f64, f64)> {
    let (mut low, mut high) = interval(value, Rounding::Written)?;
    let Some(amount) = amount(value) else { return Some((low, high)) };
    let base = |number: f64| value::to_base(value, number);
    if headline {
        let step = amount.high - amount.low;
        // A headline that counts to the last one does not round.
        let to_the_last = is_count(value) && amount.coarse <= 1.0 && amount.value.fract() == 0.0;
        if amount.approx == Approx::Exact && step > 0.0 && !to_the_last {
            (low, high) = (low.min(base(amount.value - step)), high.max(base(amount.value + step)));
        }
        if amount.value.abs() >= ROUND {
            let slack = amount.coarse.min(amount.value.abs() * 0.05);
            (low, high) = (low.min(base(amount.value - slack)), high.max(base(amount.value + slack)));
        }
    }
    // 50余 is not 70; "more than" a few may be many.
    if amount.approx == Approx::AtLeast && !headline && amount.coarse >= 10.0 {
        high = high.min(base(amount.value + amount.coarse));
    }
    if amount.approx != Approx::Exact {
        let band = 0.1 * base(amount.value).abs();
        (low, high) = (low - band, high + band);
    }
    Some((low, high))
}

/// Every figure of a passage that could be meant: sums of money for a sum, percentages for a percentage, and any number
/// for a number or a count, since copy counts one thing in several ways (47人, 47名村民, 47个孩子).
fn figures(context: &ArticleContext<'_>, passage: Span, like: &Value) -> Vec<(usize, Value)> {
    let types: &[&str] = match like {
        Value::Money(_) => &["money"],
        Value::Percent(_) => &["percent"],
        Value::Duration(_) => &["duration"],
        Value::Tally(_) => &["tally"],
        Value::Quantity(quantity) if quantity.unit.dimension != Dimension::Count => &["quantity"],
        _ => &["quantity", "number"],
    };
    let input = Input { text: &context.view.text, lower: &context.view.lower, end: passage.end };
    let mut out = Vec::new();
    for at in figure_starts(input, passage.start) {
        let mut reads = types.iter().filter_map(|name| value_type(name)?.read_at(input, at));
        let Some(read) = reads.next() else { continue };
        let after = &input.text[read.end..input.end];
        if after.starts_with(['月', '日', '年', '时', '号', '点', '岁']) {
            continue;
        }
        // Fifty feet are no fifty of what is counted.
        let counts = |value: &Value| !matches!(value, Value::Quantity(_)) || comparable(like, value);
        out.extend(read.values.into_iter().filter(counts).map(|value| (at, value)));
    }
    out
}

/// Whether two figures of one sentence, or all of its figures, add up to the one that is wanted.
fn adds_up(context: &ArticleContext<'_>, passage: Span, figures: &[(usize, Value)], wanted: (f64, f64)) -> bool {
    let amounts = |sentence: Span| -> Vec<(&Value, f64)> {
        // 一煤矿 is a mine, and no one more of what is counted.
        let article = |at: usize, value: &Value| {
            matches!(value, Value::Number(number) if number.value == 1.0) && context.view.text[at..].starts_with('一')
        };
        let inside =
            figures.iter().filter(|(at, value)| sentence.start <= *at && *at < sentence.end && !article(*at, value));
        inside.filter_map(|(_, value)| Some((value, nominal(value)?))).collect()
    };
    let mut from = 0;
    for (at, _) in figures {
        if *at < from {
            continue;
        }
        let sentence = sentence_around(&context.view.text, passage, Span::new(*at, *at));
        from = sentence.end;
        let amounts = amounts(sentence);
        let fits = |sum: f64| wanted.0 <= sum && sum <= wanted.1;
        // One coach and eight people are no nine of anything.
        let adds = |(one, a): &(&Value, f64), (two, b): &(&Value, f64)| comparable(one, two) && fits(a + b);
        let pairs = || amounts.iter().enumerate().any(|(nth, one)| amounts[nth + 1..].iter().any(|two| adds(one, two)));
        let of_one_sort = || amounts.iter().all(|(value, _)| comparable(amounts[0].0, value));
        let all = || of_one_sort() && fits(amounts.iter().map(|(_, amount)| amount).sum());
        if amounts.len() > 1 && (all() || pairs()) {
            return true;
        }
    }
    false
}
