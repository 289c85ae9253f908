//! The whole pipeline on one page: an article's text is folded, anchors are found, patterns fit around them, and each
//! claim that comes of it is judged.

use crate::article::{Article, Role, View};
use crate::diagnostic::Diagnostic;
use crate::join;
use crate::judge::{
    ArticleContext, Backing, Claim, Doubt, Readings, Told, Verdict, broken_series, captures_of, contradictions,
    diagnose, disagreements, disorder, judge_group, respelt_names, spellings, stands_elsewhere, swapped,
    swapped_figures,
};
use crate::ledger::{self, Entry};
use crate::pattern::{Anchored, MOST_FIGURES, Match, Matcher, NameMemo, Scratch};
use crate::read::Document;
use crate::rule::{LanguageAnchors, RuleHead, RuleSet, Sought};
use crate::text::{Lang, Runs, Span};
use crate::value::{Input, count_figures, figure_starts};
use std::cell::{OnceCell, RefCell};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::time::Instant;

/// What a rule has cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCost {
    /// Places where an anchor of it was found.
    pub anchors: u64,
    /// Places where one of its patterns fitted.
    pub claims: u64,
    /// Time that fitting and judging took, in nanoseconds.
    pub nanoseconds: u64,
}

impl RuleCost {
    /// Adds what was spent elsewhere.
    pub fn add(&mut self, other: &RuleCost) {
        self.anchors += other.anchors;
        self.claims += other.claims;
        self.nanoseconds += other.nanoseconds;
    }
}

/// What checking a document came to.
#[derive(Debug, Default)]
pub struct Checked {
    /// The findings, by place and then rule.
    pub diagnostics: Vec<Diagnostic>,
    /// How many claims the rules found.
    pub claims: usize,
    /// Every claim with what came of it, if that was asked for.
    pub entries: Vec<Entry>,
    /// What its claims tell that articles of other files may contradict.
    pub told: Vec<Told>,
}

/// Checks every article of a document. Cannot fail, on any text.
pub fn check(rules: &RuleSet, document: &Document) -> Checked {
    check_articles(rules, document, None, false)
}

/// Does the same, and lists every claim with what came of it.
pub fn check_and_list(rules: &RuleSet, document: &Document) -> Checked {
    check_articles(rules, document, None, true)
}

/// Does the same, and adds what each rule costs to `costs`, by its number in [`RuleSet::rules`].
pub fn check_and_measure(rules: &RuleSet, document: &Document, costs: &mut Vec<RuleCost>) -> Checked {
    costs.resize(rules.rules.len(), RuleCost::default());
    check_articles(rules, document, Some(costs), false)
}

fn check_articles(rules: &RuleSet, document: &Document, mut costs: Option<&mut Vec<RuleCost>>, list: bool) -> Checked {
    thread_local! {
        /// The matcher's buffers are large and would cost more to make than a short article costs to check.
        static SCRATCH: RefCell<(Scratch, NameMemo)> = RefCell::default();
    }
    let mut checked = Checked::default();
    let mut backings = Vec::new();
    let mut doubts: Vec<(usize, Doubt)> = Vec::new();
    for (number, article) in document.articles.iter().enumerate() {
        let found = SCRATCH.with_borrow_mut(|(scratch, memo)| {
            memo.forget();
            let costs = costs.as_deref_mut();
            check_article(rules, &document.text, (number, article), list, &mut Workshop { scratch, memo, costs })
        });
        let before = checked.diagnostics.len();
        doubts.extend(found.doubts.into_iter().map(|(at, doubt)| (before + at, doubt)));
        backings.extend(found.backings);
        checked.claims += found.checked.claims;
        checked.diagnostics.extend(found.checked.diagnostics);
        checked.entries.extend(found.checked.entries);
        checked.told.extend(found.checked.told);
    }
    for (at, doubt) in doubts {
        doubt.show_backing(&mut checked.diagnostics[at], &backings);
    }
    let ids: Vec<&str> = rules.rules.ids().collect();
    let joined = join::within_file(&ids, &checked.told);
    if list {
        checked.entries.extend(joined.iter().map(Entry::refuted));
    }
    checked.diagnostics.extend(joined);
    checked.told.retain(|told| told.beyond_file);
    checked.entries.sort_by_key(|entry| entry.claim.span);
    checked.diagnostics.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
    checked
}

/// What is at hand while an article is checked.
struct Workshop<'a> {
    scratch: &'a mut Scratch,
    memo: &'a NameMemo,
    /// Present if costs are asked for.
    costs: Option<&'a mut Vec<RuleCost>>,
}

impl Workshop<'_> {
    /// Does work of a rule, on the clock if costs are asked for; `count` says what came of it.
    fn on_the_clock<T>(
        &mut self,
        rule: usize,
        count: fn(&mut RuleCost, &T),
        work: impl FnOnce(&mut Scratch) -> T,
    ) -> T {
        let Some(cost) = self.costs.as_deref_mut().and_then(|costs| costs.get_mut(rule)) else {
            return work(self.scratch);
        };
        let start = Instant::now();
        let out = work(self.scratch);
        cost.nanoseconds += start.elapsed().as_nanos() as u64;
        count(cost, &out);
        out
    }
}

/// What was found in an article, before the articles of its file are looked at together.
#[derive(Default)]
struct Found {
    checked: Checked,
    /// Findings by their number that another claim of the file may back.
    doubts: Vec<(usize, Doubt)>,
    backings: Vec<Backing>,
}

fn check_article(
    rules: &RuleSet,
    source: &str,
    (number, article): (usize, &Article),
    list: bool,
    workshop: &mut Workshop<'_>,
) -> Found {
    let view = View::new(source, article);
    let context = ArticleContext::new(rules, source, article, &view, list);
    let mut claims = find_claims(rules, &view, workshop);
    seek_claims(&context, workshop, &mut claims);
    drop_equal(rules, &mut claims);
    let mut out = Found::default();
    let checked = &mut out.checked;
    checked.claims = claims.len();
    let mut open: Vec<&Claim> = Vec::new();
    let readings = Readings::of(&claims);
    for group in readings.groups() {
        let judge = |_: &mut Scratch| judge_group(&context, &claims, &group, &readings);
        let (at, verdict) = workshop.on_the_clock(claims[group[0]].rule, |_, _| (), judge);
        let claim = &claims[at];
        let guard = match verdict {
            Verdict::Refuted(_) => {
                readings.beside[at].iter().chain([&at]).find_map(|at| context.guard_of(&claims[*at]))
            }
            _ => None,
        };
        let entry = match verdict {
            Verdict::Refuted(refutation) if guard.is_none() => {
                let found = diagnose(&context, claim, &refutation);
                out.doubts
                    .extend(Doubt::of(&context, claim, &refutation).map(|doubt| (checked.diagnostics.len(), doubt)));
                if list {
                    checked.entries.push(Entry::of_claim(&context, claim, &found));
                }
                checked.diagnostics.push(found);
                continue;
            }
            Verdict::Refuted(refutation) => (ledger::Verdict::NotEnoughInfo, refutation.evidence),
            // A claim that a fact refutes is told once, by that fact, and not again as a contradiction.
            Verdict::Supported(evidence) => {
                out.backings.extend(Backing::of(&context, claim));
                // Of what facts say one thing at a time, articles need not be asked.
                if rules.rules[claim.rule].unique.is_none() {
                    open.extend(group.iter().map(|at| &claims[*at]));
                }
                (ledger::Verdict::Supported, evidence)
            }
            Verdict::NotEnoughInfo => {
                open.extend(group.iter().map(|at| &claims[*at]));
                (ledger::Verdict::NotEnoughInfo, Vec::new())
            }
        };
        if list {
            let judged = Entry::judged(&context, claim, entry.0, entry.1);
            checked.entries.extend(judged.map(|entry| Entry { guard: guard.map(str::to_owned), ..entry }));
        }
    }
    open.retain(|claim| compares(rules, claim));
    open.sort_by_key(|claim| claim.span);
    // Where lists are set line by line without stops, what ends the line before is no context of an item.
    let asserted = |claim: &Claim| in_series(rules, claim) && context.begins_line(claim) || !context.guarded(claim);
    let judged = checked.diagnostics.len();
    checked.diagnostics.extend(spellings(&context, &open, &asserted));
    let (said, guarded): (Vec<&Claim>, Vec<&Claim>) = of_several(rules, &open).partition(|claim| asserted(claim));
    checked.diagnostics.extend(disagreements(&context, &said));
    checked.diagnostics.extend(contradictions(&context, &said));
    checked.diagnostics.extend(swapped(&context, &said));
    checked.diagnostics.extend(disorder(&context, &said));
    checked.diagnostics.extend(broken_series(&context, &said, &guarded));
    if list {
        checked.entries.extend(checked.diagnostics[judged..].iter().map(Entry::refuted));
    }
    let told = |claim: &&Claim| Told::of(&context, claim, number).filter(|_| asserted(claim));
    checked.told = open.iter().filter_map(told).collect();
    out
}

/// The claims that are compared with others of their rule in the article. One alone contradicts nothing there, so its
/// context, which is dear to read, need not be looked at.
fn of_several<'a>(rules: &'a RuleSet, open: &'a [&'a Claim]) -> impl Iterator<Item = &'a Claim> {
    let mut counts = vec![0u32; rules.rules.len()];
    open.iter().for_each(|claim| counts[claim.rule] += 1);
    let compared = move |claim: &&Claim| {
        let rule = &rules.rules[claim.rule];
        counts[claim.rule] > 1 && (rule.order.is_some() || rule.agree.as_ref().is_some_and(|agree| !agree.spelling))
    };
    open.iter().copied().filter(compared)
}

fn compares(rules: &RuleSet, claim: &Claim) -> bool {
    let rule = &rules.rules[claim.rule];
    rule.agree.is_some() || rule.order.is_some() || rule.unique.is_some()
}

fn in_series(rules: &RuleSet, claim: &Claim) -> bool {
    rules.rules[claim.rule].order.as_ref().is_some_and(|order| order.from.is_some())
}

/// Finds the anchors of all patterns and fits each pattern around its own.
fn find_claims(rules: &RuleSet, view: &View, workshop: &mut Workshop<'_>) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let asked: Vec<bool> = rules.rules.heads().iter().map(|head| is_asked(head, view)).collect();
    for (number, passage) in view.passages.iter().enumerate() {
        let Some(anchors) = anchors_of(rules, passage.lang) else { continue };
        let span = passage.span;
        let lower = &view.lower[span.start..span.end];
        let (runs, figures) = (OnceCell::new(), OnceCell::new());
        workshop.scratch.next_passage();
        anchors.index().find(lower, |pattern, at| {
            let pattern = pattern as usize;
            let may_fit = || {
                let rule = rules.patterns.rule_of(pattern);
                let Some(pattern) = rules.patterns.get(pattern).filter(|_| asked.get(rule) == Some(&true)) else {
                    return false;
                };
                let Anchored { witnesses, figures: needed, .. } = &pattern.anchored;
                let count = || *figures.get_or_init(|| count_figures(lower, usize::from(MOST_FIGURES)));
                (*needed == 0 || usize::from(*needed) <= count())
                    && witnesses.iter().all(|words| words.may_stand(runs.get_or_init(|| Runs::of(lower))))
            };
            if workshop.scratch.may_fit(pattern, may_fit) {
                claims.extend(fit(rules, view, number, pattern, span.start + at, workshop));
            }
        });
    }
    claims
}

/// Whether a rule runs over an article: where that lacks the parts that the rule compares, what it compares need not be
/// looked for.
fn is_asked(head: &RuleHead, view: &View) -> bool {
    !head.off && head.between.is_none_or(|roles| has_roles(view, roles))
}

/// Whether the article has both parts.
fn has_roles(view: &View, (one, other): (Role, Role)) -> bool {
    let has = |role: Role| view.passages.iter().any(|passage| passage.role == role);
    has(one) && has(other)
}

/// Tries the patterns that have no anchor: at the figures of headlines and captions, and of the text if one of these says
/// something that the text may contradict, at figures whose digits changed places, and at names in several spellings.
fn seek_claims(context: &ArticleContext<'_>, workshop: &mut Workshop<'_>, claims: &mut Vec<Claim>) {
    let (rules, view) = (context.set, context.view);
    let mut rest = rules.sought.as_slice();
    let (mut figures, mut names) = (None, None);
    while let Some(first) = rest.first() {
        let number = rules.patterns.rule_of(first.pattern);
        let (patterns, more) = rest.split_at(rest.partition_point(|one| rules.patterns.rule_of(one.pattern) <= number));
        rest = more;
        if !rules.rules.heads().get(number).is_some_and(|head| is_asked(head, view)) {
            continue;
        }
        let rule = &rules.rules[number];
        let places = match &rule.agree {
            Some(agree) if agree.swapped => Some(figures.get_or_insert_with(|| swapped_figures(view))),
            Some(agree) if agree.spelling => Some(names.get_or_insert_with(|| respelt_names(view))),
            _ => None,
        };
        if let Some(places) = places {
            claims.extend(claims_at(context, patterns, places, workshop));
        }
        let Some((agree, (one, other))) = rule.agree.as_ref().and_then(|agree| Some((agree, agree.between?))) else {
            continue;
        };
        let heads = claims_at_figures(context, patterns, one, workshop);
        let open = |head: &Claim| !context.guarded(head) && !stands_elsewhere(context, agree, head);
        if heads.iter().any(open) {
            claims.extend(heads);
            claims.extend(claims_at_figures(context, patterns, other, workshop));
        }
    }
}

fn claims_at_figures(
    context: &ArticleContext<'_>,
    patterns: &[Sought],
    role: Role,
    workshop: &mut Workshop<'_>,
) -> Vec<Claim> {
    let view = context.view;
    let mut places = Vec::new();
    for (number, passage) in view.passages.iter().enumerate().filter(|(_, passage)| passage.role == role) {
        let input = Input { text: &view.text, lower: &view.lower, end: passage.span.end };
        places.extend(figure_starts(input, passage.span.start).into_iter().map(|at| (number, at)));
    }
    claims_at(context, patterns, &places, workshop)
}

/// Tries patterns at places, each with the number of its passage.
fn claims_at(
    context: &ArticleContext<'_>,
    patterns: &[Sought],
    places: &[(usize, usize)],
    workshop: &mut Workshop<'_>,
) -> Vec<Claim> {
    let (rules, view) = (context.set, context.view);
    let mut claims = Vec::new();
    for (number, at) in places {
        let lang = view.passages[*number].lang;
        for sought in patterns.iter().filter(|sought| sought.lang == lang) {
            claims.extend(fit(rules, view, *number, sought.pattern, *at, workshop));
        }
    }
    claims
}

/// Fits a pattern around a place of a passage.
fn fit(
    rules: &RuleSet,
    view: &View,
    number: usize,
    number_of_pattern: usize,
    at: usize,
    workshop: &mut Workshop<'_>,
) -> Option<Claim> {
    let passage = view.passages[number].span;
    let matcher = Matcher::new(&rules.base, view, passage, workshop.memo);
    let pattern = rules.patterns.get(number_of_pattern)?;
    let count = |cost: &mut RuleCost, found: &Option<Match>| {
        cost.anchors += 1;
        cost.claims += u64::from(found.is_some());
    };
    let fit = |scratch: &mut Scratch| matcher.fit((number_of_pattern, &pattern.slots, &pattern.anchored), at, scratch);
    let found = workshop.on_the_clock(pattern.rule, count, fit)?;
    if pattern.bare && view.leaves_out(found.span) {
        return None;
    }
    Claim::new(rules, (number_of_pattern, pattern), found, number)
}

fn anchors_of(rules: &RuleSet, lang: Lang) -> Option<&LanguageAnchors> {
    rules.anchors.iter().find(|anchors| anchors.lang == lang)
}

/// Equal captures of one rule are one claim, that of the pattern that the rule names first, and a claim that captures part
/// of what another does says nothing that the other does not. Series are told apart by their patterns, and keep both.
fn drop_equal(rules: &RuleSet, claims: &mut Vec<Claim>) {
    let pattern_of: Vec<Option<usize>> =
        claims.iter().map(|claim| in_series(rules, claim).then_some(claim.pattern)).collect();
    let captures: Vec<(usize, Vec<(usize, Span)>)> =
        claims.iter().map(|claim| (claim.rule, captures_of(claim))).collect();
    let mut at_place: HashMap<(usize, usize, Span), Vec<usize>> = HashMap::new();
    for (at, (rule, captured)) in captures.iter().enumerate() {
        for (slot, span) in captured {
            at_place.entry((*rule, *slot, *span)).or_default().push(at);
        }
    }
    // Which claim comes first depends on the anchors that the patterns were found by; which one stays must not.
    let rank = |at: usize| Reverse((claims[at].pattern, at));
    let covered = |at: usize| {
        let (rule, captured) = &captures[at];
        let Some((slot, span)) = captured.first() else { return false };
        at_place[&(*rule, *slot, *span)].iter().any(|other| {
            let wider = &captures[*other].1;
            *other != at
                && pattern_of[*other] == pattern_of[at]
                && captured.iter().all(|place| wider.contains(place))
                && (wider.len() > captured.len() || rank(*other) > rank(at))
        })
    };
    let keep: Vec<bool> = (0..claims.len()).map(|at| !covered(at)).collect();
    let mut keep = keep.into_iter();
    claims.retain(|_| keep.next().unwrap_or(true));
}
