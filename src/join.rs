//! Claims of different articles joined: what one says and another contradicts is told once, at the later of the two.
//!
//! Claims are put into buckets by what they speak of (and by the names of their event, where a rule asks for one). In a
//! bucket only a few differing claims are kept to compare with, so the work grows with the number of claims. The order
//! is that of the files and of the places in them, whatever the threads did.

use crate::diagnostic::{Diagnostic, Elsewhere, Evidence, Label};
pub use crate::judge::Told;
use crate::judge::{ONE_EVENT, shared};
use crate::text::{Before, Lang, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// Differing claims of one thing that are kept to compare with.
const MOST_KEPT: usize = 8;
/// Days that two articles of one event may be apart.
const DAYS_APART: i32 = 1;

/// A claim and the file it stands in.
#[derive(Clone, Debug)]
pub struct InFile {
    /// Path of the file.
    pub path: Arc<str>,
    /// What of the file stood before the part of it that the claim was read in.
    pub before: Before,
    /// What the claim tells.
    pub told: Told,
}

/// Contradictions between the articles of one file.
pub(crate) fn within_file(rules: &[&str], told: &[Told]) -> Vec<Diagnostic> {
    let pairs = pairs(told, |a, b| a.article != b.article || a.in_article && a.sentence != b.sentence);
    pairs.into_iter().map(|(earlier, later)| finding(rules, &told[earlier], &told[later], None)).collect()
}

/// Contradictions between the articles of different files, or parts of a file, each with the claim that it is told at. The
/// claims are in the order of their files.
pub fn within_run<'c>(rules: &[&str], claims: &'c [InFile]) -> Vec<(&'c InFile, Diagnostic)> {
    let told: Vec<&Told> = claims.iter().map(|claim| &claim.told).collect();
    let apart = |a: usize, b: usize| claims[a].path != claims[b].path || claims[a].before != claims[b].before;
    let pairs = pairs_by(&told, false, |a, b| apart(a, b) && told[a].beyond_file && told[b].beyond_file);
    let tell = |(earlier, later): (usize, usize)| {
        (&claims[later], finding(rules, told[earlier], told[later], Some(&claims[earlier])))
    };
    pairs.into_iter().map(tell).collect()
}

fn pairs(told: &[Told], compared: impl Fn(&Told, &Told) -> bool) -> Vec<(usize, usize)> {
    let told: Vec<&Told> = told.iter().collect();
    pairs_by(&told, true, |a, b| compared(told[a], told[b]))
}

/// Pairs that contradict each other, all within one file or each across files: every claim at most once as the later
/// one.
fn pairs_by(told: &[&Told], in_file: bool, compared: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut kept: HashMap<(u64, u64), Vec<usize>> = HashMap::new();
    let mut out = Vec::new();
    for (at, claim) in told.iter().enumerate() {
        let buckets: Vec<u64> = match &claim.event {
            Some(names) => names.iter().map(|name| name.name).collect(),
            None => vec![0],
        };
        let mut against: Option<usize> = None;
        for bucket in buckets {
            let known = kept.entry((claim.about, bucket)).or_default();
            let conflict = known.iter().copied().find(|other| {
                let other = (*other, told[*other]);
                compared(other.0, at) && other.1.contradicts(claim) && one_event(other.1, claim, in_file)
            });
            against = match (against, conflict) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            if known.len() < MOST_KEPT && known.iter().all(|other| told[*other].contradicts(claim)) {
                known.push(at);
            }
        }
        out.extend(against.map(|earlier| (earlier, at)));
    }
    out
}

/// Whether two claims, which may stand in one file, tell of one event, as far as their rule asks for it.
fn one_event(a: &Told, b: &Told, in_file: bool) -> bool {
    let (Some(one), Some(two)) = (&a.event, &b.event) else { return true };
    let near = match (a.info.date, b.info.date) {
        (Some(a), Some(b)) => (a - b).get_days().abs() <= DAYS_APART,
        _ => true,
    };
    near && shared(one, two, in_file && a.article == b.article) >= ONE_EVENT
}

fn finding(rules: &[&str], earlier: &Told, later: &Told, elsewhere: Option<&InFile>) -> Diagnostic {
    let zh = later.info.lang == Lang::ZH;
    let words = &earlier.text;
    let place = match (&earlier.info.title, elsewhere.map(|claim| &*claim.path)) {
        (Some(title), Some(path)) => format!("{path}《{title}》"),
        (None, Some(path)) => path.to_owned(),
        (Some(title), None) => format!("《{title}》"),
        (None, None) => String::new(),
    };
    let help = match zh {
        true => format!("另一处{place}为“{words}”，两处必有一误"),
        false if place.is_empty() => format!("elsewhere it is “{words}”: one of the two is wrong"),
        false => format!("in {place} it is “{words}”: one of the two is wrong"),
    };
    let before = elsewhere.map_or(0, |claim| claim.before.bytes);
    let label = Label {
        span: Span::new(before + earlier.span.start, before + earlier.span.end),
        message: if zh { format!("此处为“{words}”") } else { format!("“{words}” here") },
        elsewhere: elsewhere.map(|claim| Elsewhere {
            path: claim.path.to_string(),
            text: words.clone(),
            start: earlier.place.0,
            end: earlier.place.1,
        }),
    };
    Diagnostic {
        rule: rules.get(later.rule).copied().unwrap_or_default().to_owned(),
        severity: later.severity,
        message: later.message.clone(),
        help: vec![help],
        span: later.span,
        text: later.text.clone(),
        expected: Vec::new(),
        labels: vec![label],
        fixes: Vec::new(),
        evidence: vec![Evidence {
            source: (!place.is_empty()).then_some(place),
            ..Evidence::told(format!("“{words}”"))
        }],
        run: None,
        article: later.info.clone(),
    }
}
