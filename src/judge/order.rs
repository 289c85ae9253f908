//! `order`: claims of one article form a series that must rise.

use super::agree::first_reading;
use super::claim::{Claim, Filled, rules_of};
use super::context::ArticleContext;
use super::repair::{Finding, message_of, words_at};
use crate::diagnostic::{Diagnostic, Evidence};
use crate::expression::Meant;
use crate::text::Lang;
use crate::value::{Rounding, Value, calendar, interval};

/// Finds the claims that break a series: sorted by one slot, the other must rise, by a fixed step if the rule has one.
pub(crate) fn disorder(context: &ArticleContext<'_>, claims: &[&Claim]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for number in rules_of(claims) {
        let rule = &context.set.rules[number];
        // A series that begins anew is another matter: see `series`.
        let Some(order) = rule.order.as_ref().filter(|order| order.from.is_none()) else { continue };
        let mut series: Vec<(f64, f64, &Claim)> = claims
            .iter()
            .filter(|claim| claim.rule == number)
            .filter_map(|claim| {
                let by = match order.by {
                    Some(by) => rank(context, &claim.slots[by])?,
                    None => claim.span.start as f64,
                };
                Some((by, rank(context, &claim.slots[order.of])?, *claim))
            })
            .collect();
        // Stable: claims that share their place in the series keep the order of the text.
        series.sort_by(|a, b| a.0.total_cmp(&b.0));
        for pair in series.windows(2) {
            let [(before, low, earlier), (after, high, later)] = pair else { continue };
            let same_place = before == after;
            let rises = match order.step {
                Some(step) => (high - low - step).abs() < 1e-9,
                None => high > low,
            };
            let repeated = same_place && high == low;
            if !rises && !repeated {
                found.extend(finding(context, earlier, later, order.of, order.step.map(|step| low + step)));
            }
        }
    }
    found
}

/// A number to sort by: the day of a date, the nominal value of anything else.
pub(super) fn rank(context: &ArticleContext<'_>, filled: &[Filled]) -> Option<f64> {
    filled.last()?.readings().into_iter().find_map(|meant| match meant {
        Meant::Value(Value::Date(date)) => {
            let day = calendar::candidates(date, context.article.date).first().copied()?;
            Some(f64::from((day - jiff::civil::date(1, 1, 1)).get_days()))
        }
        Meant::Value(value) => interval(&value, Rounding::Written).map(|(low, _)| low),
        Meant::Entity { .. } => None,
    })
}

pub(super) fn finding(
    context: &ArticleContext<'_>,
    earlier: &Claim,
    later: &Claim,
    of: usize,
    wanted: Option<f64>,
) -> Option<Diagnostic> {
    let (there, here) = (earlier.slots[of].last()?, later.slots[of].last()?);
    let mut finding = Finding::at(context, here.span);
    let other = finding.pieces(there.span);
    let words = words_at(context, &other);
    let zh = context.article.lang == Lang::ZH;
    finding.label(&other, if zh { format!("前一项为“{words}”") } else { format!("“{words}” comes before it") });
    let rule = &context.set.rules[later.rule];
    finding.diagnostic.rule = rule.id().to_owned();
    finding.diagnostic.severity = rule.severity;
    finding.diagnostic.message = message_of(context, later, first_reading(context, later));
    finding.diagnostic.expected = wanted.map(crate::expression::words::number).into_iter().collect();
    finding.diagnostic.evidence = vec![Evidence::told(format!("“{words}”"))];
    Some(finding.diagnostic)
}
