//! `order` with `from`: claims in the order of the article form series that each begin with one number and rise by a
//! step, such as the items of lists: 一是, 二是, 三是. A list may stand within an item of another.

use super::claim::{Claim, rules_of};
use super::context::ArticleContext;
use super::order::{finding, rank};
use crate::diagnostic::Diagnostic;
use std::collections::HashMap;

/// Lists within lists that are followed; copy has two or three.
const MOST_OPEN: usize = 6;

/// What an item is numbered with: items of one series are written alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Figures {
    Digits,
    Letters,
    Stems,
    Chinese,
    Others,
}

/// An item of a series.
struct Item<'a> {
    number: f64,
    claim: &'a Claim,
}

/// A series whose last item is `last`; `length` of its items were seen, the first one among them.
struct Run<'a> {
    last: f64,
    length: usize,
    item: &'a Claim,
}

/// What the text around items says of them.
struct Around<'a> {
    /// Whether an item of a number stands between two others, though perhaps not as an item of this list.
    stands_between: &'a dyn Fn(f64, &Claim, &Claim) -> bool,
    /// Whether two items can be neighbours in one list.
    near: &'a dyn Fn(&Claim, &Claim) -> bool,
}

/// Finds numbers that are left out or come twice. Only a slip that the neighbours make plain is told: the series began
/// with its first number, and what follows goes on with it or begins another. What a guard set aside is not told, but it
/// may be the item that seems to be left out.
pub(crate) fn broken_series(context: &ArticleContext<'_>, claims: &[&Claim], guarded: &[&Claim]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for number in rules_of(claims) {
        let rule = &context.set.rules[number];
        let Some((order, from)) = rule.order.as_ref().and_then(|order| Some((order, order.from?))) else { continue };
        let step = order.step.unwrap_or(1.0);
        let mut groups: Vec<Vec<Item<'_>>> = Vec::new();
        let mut group_of: HashMap<(usize, Figures), usize> = HashMap::new();
        for claim in claims.iter().filter(|claim| claim.rule == number) {
            let Some(rank) = rank(context, &claim.slots[order.of]) else { continue };
            let key = (claim.pattern, figures(context, claim, order.of));
            let group = *group_of.entry(key).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(Item { number: rank, claim });
        }
        let stands_between = |wanted: f64, earlier: &Claim, later: &Claim| {
            let all = claims.iter().chain(guarded).filter(|claim| claim.rule == number);
            let mut between =
                all.filter(|claim| claim.span.start > earlier.span.start && claim.span.end < later.span.end);
            between.any(|claim| {
                rank(context, &claim.slots[order.of]) == Some(wanted)
                    && figures(context, claim, order.of) == figures(context, later, order.of)
            })
        };
        // The last item of a list has no neighbour behind it that would confirm the slip: then it must stand where items do.
        let near = |earlier: &Claim, later: &Claim| earlier.passage == later.passage || context.begins_line(later);
        let around = Around { stands_between: &stands_between, near: &near };
        for group in &groups {
            for (earlier, later, wanted) in slips(group, from, step, &around) {
                found.extend(finding(context, earlier, later, order.of, Some(wanted)));
            }
        }
    }
    found
}

fn figures(context: &ArticleContext<'_>, claim: &Claim, of: usize) -> Figures {
    let words = claim.slots[of].last().map_or("", |filled| filled.span.of(&context.view.text));
    match words.chars().next() {
        Some(c) if c.is_ascii_digit() => Figures::Digits,
        Some(c) if c.is_ascii_alphabetic() => Figures::Letters,
        Some(c) if "甲乙丙丁戊己庚辛壬癸".contains(c) => Figures::Stems,
        Some(c) if "一二三四五六七八九十".contains(c) => Figures::Chinese,
        _ => Figures::Others,
    }
}

/// The slips of items in the order of the article: the item before, the wrong one, and what it should be.
fn slips<'a>(items: &[Item<'a>], from: f64, step: f64, around: &Around<'_>) -> Vec<(&'a Claim, &'a Claim, f64)> {
    let mut out = Vec::new();
    let mut open: Vec<Run<'a>> = Vec::new();
    let is = |a: f64, b: f64| (a - b).abs() < 1e-9;
    for (at, Item { number, claim }) in items.iter().enumerate() {
        let begins = is(*number, from);
        if begins {
            if open.len() == MOST_OPEN {
                open.remove(0);
            }
            open.push(Run { last: *number, length: 1, item: claim });
            continue;
        }
        if let Some(goes_on) = open.iter().rposition(|run| is(run.last + step, *number)) {
            open.truncate(goes_on + 1);
            let run = &mut open[goes_on];
            (run.last, run.length, run.item) = (*number, run.length + 1, claim);
            continue;
        }
        let Some(run) = open.last_mut() else { continue };
        let wanted = run.last + step;
        let next = items.get(at + 1).map(|item| item.number).filter(|next| !is(*next, from));
        let goes_on = next.is_none_or(|next| is(next, wanted + step));
        let at_end = run.length > 1 && (around.near)(run.item, claim);
        let slipped = if is(*number, run.last) {
            // 一 二 二 四, 一 二 二, and 一 二 二 三, where the numbers after it are one short.
            goes_on && (next.is_some() || at_end) || run.length > 1 && next.is_some_and(|next| is(next, wanted))
        } else if is(*number, wanted + step) {
            // 一 二 四 四, 一 二 四 五, 一 二 四.
            let missing = next.is_some_and(|next| is(next, *number + step));
            (goes_on && (next.is_some() || at_end) || missing) && !(around.stands_between)(wanted, run.item, claim)
        } else {
            false
        };
        if !slipped {
            open.clear();
            continue;
        }
        out.push((run.item, *claim, wanted));
        // What follows says whether the place was numbered wrongly or the number is left out.
        run.last = match next {
            Some(next) if is(next, *number + step) => *number,
            _ => wanted,
        };
        (run.length, run.item) = (run.length + 1, claim);
    }
    out
}
