//! From a refuted claim to a diagnostic: message, marked places, evidence and every repair.

use super::claim::{Claim, Filled, Refutation};
use super::context::ArticleContext;
use crate::diagnostic::{Applicability, ArticleInfo, Diagnostic, Edit, Evidence, Fix, Label, Severity};
use crate::expression::{
    Binding, Corner, DateObject, Mode, Scope, TemplateId, TimeObject, WeekdayObject, entity_of, words,
};
use crate::fact::{Days, EntityId, FormId};
use crate::pattern::Bound;
use crate::text::{Lang, Script, Span, to_traditional};
use crate::value::{ClockTime, Value as Read};
use minijinja::value::Value;
use std::sync::{Arc, Mutex};

/// Repairs offered for one slot: more would be a list to search, not a help.
const MOST_REPAIRS: usize = 4;

/// Puts a refuted claim into words.
pub(crate) fn diagnose(context: &ArticleContext<'_>, claim: &Claim, refutation: &Refutation) -> Diagnostic {
    if let Some((slot, span)) = refutation.narrowed {
        let claim = claim.narrowed(slot, span);
        return explain(context, &claim, refutation);
    }
    explain(context, claim, refutation)
}

/// A claim as it stands, with what it rests on.
pub(crate) fn describe(context: &ArticleContext<'_>, claim: &Claim, evidence: Vec<Evidence>) -> Diagnostic {
    let mut finding = Finding::at(context, without_marks(&context.view.text, claim.span));
    for span in claim.captured() {
        finding.label(&context.view.to_source(context.source, span), String::new());
    }
    let rule = &context.set.rules[claim.rule];
    Diagnostic { rule: rule.id().to_owned(), severity: rule.severity, evidence, ..finding.diagnostic }
}

/// A span without the marks at its ends that told the pattern where words begin and end: the bracket of “MUSCAT, Oman (”.
fn without_marks(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let end = span.start + words.trim_end_matches([' ', ',', ';', ':', '(', '“', '、', '—']).len();
    let start = span.end - words.trim_start_matches([' ', ',', ';', ':', ')', '”', '、', '—']).len();
    if start < end { Span::new(start, end) } else { span }
}

fn explain(context: &ArticleContext<'_>, claim: &Claim, refutation: &Refutation) -> Diagnostic {
    let rule = &context.set.rules[claim.rule];
    let lang = context.article.lang;
    let marked = refutation.expected.first().map(|(slot, _)| *slot);
    let place = marked.and_then(|slot| claim.slots[slot].last()).map_or(claim.span, |filled| filled.span);
    let mut finding = Finding::at(context, place);
    let mut help = Vec::new();
    for (nth, (slot, expected)) in refutation.expected.iter().enumerate() {
        let Some(filled) = claim.slots[*slot].last() else { continue };
        let repairs = repairs(context, filled, expected, refutation.days);
        if nth == 0 {
            finding.diagnostic.expected = repairs.clone();
        }
        let pieces = context.view.to_source(context.source, filled.span);
        for repair in &repairs {
            let title = title(context, nth, filled, &pieces, repair);
            finding.diagnostic.fixes.push(fix(title.clone(), &pieces, repair));
        }
        if !repairs.is_empty() {
            let line = title(context, nth, filled, &pieces, &either(lang, &repairs));
            if nth > 0 {
                finding.label(&pieces, line.clone());
            }
            help.push(line);
        }
    }
    for span in claim.captured() {
        finding.label(&context.view.to_source(context.source, span), String::new());
    }
    let scope = scope(context, refutation);
    help.extend(
        rule.help
            .iter()
            .filter(|(of, _)| *of == lang)
            .filter_map(|(_, id)| context.set.expressions.render(*id, &scope).ok()),
    );
    let mut severity = rule.severity;
    if refutation.stale {
        severity = severity.min(Severity::Warning);
        help.push(stale(lang, &refutation.evidence));
    }
    if context.quoted(claim) {
        severity = Severity::Note;
        help.push(
            if lang == Lang::ZH { "在引语中:请核对原话" } else { "in a quotation: check what was said" }.to_owned(),
        );
    }
    finding.diagnostic.rule = rule.id().to_owned();
    finding.diagnostic.severity = severity;
    finding.diagnostic.message = message(context, &rule.messages, lang, &scope, &rule.summary);
    finding.diagnostic.help = help;
    finding.diagnostic.evidence = refutation.evidence.clone();
    finding.diagnostic
}

/// A diagnostic in the making: places are added once each.
pub(super) struct Finding<'a> {
    pub(super) diagnostic: Diagnostic,
    context: &'a ArticleContext<'a>,
}

impl<'a> Finding<'a> {
    /// A finding at a place of the view.
    pub(super) fn at(context: &'a ArticleContext<'a>, place: Span) -> Finding<'a> {
        let pieces = context.view.to_source(context.source, place);
        let span = pieces.first().copied().unwrap_or_default();
        let article = ArticleInfo {
            title: context.article.title.clone(),
            date: context.article.date,
            lang: context.article.lang,
        };
        let diagnostic = Diagnostic {
            rule: String::new(),
            severity: Severity::Error,
            message: String::new(),
            help: Vec::new(),
            span,
            text: words_at(context, &pieces),
            expected: Vec::new(),
            labels: Vec::new(),
            fixes: Vec::new(),
            evidence: Vec::new(),
            run: None,
            article,
        };
        let mut finding = Finding { diagnostic, context };
        if pieces.len() > 1 {
            for piece in pieces {
                finding.diagnostic.labels.push(Label::here(piece, String::new()));
            }
        }
        finding
    }

    /// Adds a place, unless the finding shows it already.
    pub(super) fn label(&mut self, pieces: &[Span], message: String) {
        for piece in pieces {
            let known =
                self.diagnostic.labels.iter().any(|label| label.span == *piece) || self.diagnostic.span == *piece;
            if !known {
                self.diagnostic.labels.push(Label::here(*piece, message.clone()));
            }
        }
    }

    /// The source pieces of a place of the view.
    pub(super) fn pieces(&self, place: Span) -> Vec<Span> {
        self.context.view.to_source(self.context.source, place)
    }
}

/// The copy's own words at a place, pieces joined, line breaks inside Chinese left out.
pub(super) fn words_at(context: &ArticleContext<'_>, pieces: &[Span]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let words = piece.of(context.source);
        if words.contains(['\n', '\r']) {
            let han = context.article.lang == Lang::ZH;
            let lines: Vec<&str> = words.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect();
            out.push_str(&lines.join(if han { "" } else { " " }));
        } else {
            out.push_str(words);
        }
    }
    out
}

/// What should stand in the slot, in the shape of what stands there.
fn repairs(context: &ArticleContext<'_>, filled: &Filled, expected: &[Value], days: Option<Days>) -> Vec<String> {
    let lang = context.article.lang;
    let pieces = context.view.to_source(context.source, filled.span);
    let written = words_at(context, &pieces);
    let claimed = match &filled.bound {
        Bound::Values(values) => values.first(),
        Bound::Entities(_) | Bound::Unknown | Bound::Stranger => None,
    };
    let mut out: Vec<String> = Vec::new();
    for value in expected {
        let repair = if let Some(id) = entity_of(value) {
            like_case(
                &written,
                in_form(context, filled, id)
                    .unwrap_or_else(|| context.set.base.name_of(id, lang, days.unwrap_or(Days::ALWAYS))),
            )
        } else if let Some(day) = value.downcast_object_ref::<WeekdayObject>() {
            words::weekday_like(&written, day.weekday)
        } else if let Some(time) = value.downcast_object_ref::<TimeObject>() {
            words::time_like(&written, as_detailed(time.time, claimed), lang)
        } else if let Some(date) = value.downcast_object_ref::<DateObject>() {
            match claimed {
                Some(Read::Date(claimed)) => words::date_like(&written, date.date, *claimed, lang),
                _ => words::date(date.date, lang),
            }
        } else if let (Ok(number), Some(claimed)) = (f64::try_from(value.clone()), claimed) {
            let wanted = crate::value::from_base(claimed, number);
            words::amount_like(&written, words::nominal(claimed).unwrap_or_default(), wanted)
        } else {
            value.to_string()
        };
        let repair = if context.article.script == Script::Traditional { to_traditional(&repair) } else { repair };
        if !repair.is_empty() && repair != written && !out.contains(&repair) {
            out.push(repair);
        }
    }
    out.truncate(MOST_REPAIRS);
    out
}

/// The name of an entity in the form that the copy uses there: `French` for `Spanish`. Short forms are too short to be
/// proposed.
fn in_form<'c>(context: &'c ArticleContext<'_>, filled: &Filled, id: EntityId) -> Option<&'c str> {
    let Bound::Entities(uses) = &filled.bound else { return None };
    let form = uses.first()?.form;
    let kind = context.set.base.kind_of(id);
    let proposed =
        form != FormId::BASE && uses.first()?.kind == kind && context.set.base.form(kind, "short") != Some(form);
    proposed.then(|| context.set.base.names_of(id, context.article.lang, form).next())?
}

/// A time with its day only where the copy gives one.
fn as_detailed(time: ClockTime, claimed: Option<&Read>) -> ClockTime {
    match claimed {
        Some(Read::Time(claimed)) if claimed.day.is_none() && claimed.day_shift == time.day_shift => {
            ClockTime { day: None, month: None, day_shift: 0, ..time }
        }
        Some(Read::Time(claimed)) if claimed.day.is_none() && claimed.day_shift == 0 => {
            ClockTime { day: None, month: None, ..time }
        }
        _ => time,
    }
}

/// A name in capitals where the copy has capitals.
fn like_case(written: &str, name: &str) -> String {
    let letters = || written.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) { name.to_uppercase() } else { name.to_owned() }
}

/// A repair in words: 改为 马斯喀特; the others say what they would change: 或改国名为 阿联酋.
fn title(context: &ArticleContext<'_>, nth: usize, filled: &Filled, pieces: &[Span], repair: &str) -> String {
    let lang = context.article.lang;
    let zh = lang == Lang::ZH;
    if nth == 0 {
        return if zh { format!("改为 {repair}") } else { format!("change to {repair}") };
    }
    let label = match &filled.bound {
        Bound::Entities(uses) => uses.first().and_then(|meant| context.set.base.kind_label(meant.kind, lang)),
        Bound::Values(_) | Bound::Unknown | Bound::Stranger => None,
    };
    match (label, zh) {
        (Some(label), true) => format!("或改{label}为 {repair}"),
        (Some(label), false) => format!("or change {label} to {repair}"),
        (None, true) => format!("或将“{}”改为 {repair}", words_at(context, pieces)),
        (None, false) => format!("or change “{}” to {repair}", words_at(context, pieces)),
    }
}

fn either(lang: Lang, repairs: &[String]) -> String {
    repairs.join(if lang == Lang::ZH { " 或 " } else { " or " })
}

fn fix(title: String, pieces: &[Span], repair: &str) -> Fix {
    let edits = pieces.iter().enumerate().map(|(at, piece)| {
        let replacement = if at == 0 { repair.to_owned() } else { String::new() };
        Edit { span: *piece, replacement }
    });
    Fix { title, applicability: Applicability::Unsafe, edits: edits.collect() }
}

fn stale(lang: Lang, evidence: &[Evidence]) -> String {
    let checked =
        evidence.iter().filter_map(|evidence| evidence.checked).min().map(|day| day.to_string()).unwrap_or_default();
    if lang == Lang::ZH {
        format!("所据事实核对于 {checked},此后可能有变,请核实")
    } else {
        format!("the fact was last checked on {checked} and may have changed since: please verify")
    }
}

fn scope(context: &ArticleContext<'_>, refutation: &Refutation) -> Arc<Scope> {
    let bindings: Arc<[Binding]> = refutation.bindings.clone().into();
    Arc::new(Scope {
        base: context.set.base.clone(),
        article: context.scope.clone(),
        days: refutation.days.unwrap_or(Days::ALWAYS),
        bindings,
        hidden: None,
        corner: Corner::Nominal,
        mode: Mode::Words,
        log: Mutex::default(),
    })
}

/// The message in the article's language, else in any, else the rule's summary.
fn message(
    context: &ArticleContext<'_>,
    templates: &[(Lang, TemplateId)],
    lang: Lang,
    scope: &Arc<Scope>,
    summary: &str,
) -> String {
    let chosen = templates.iter().find(|(of, _)| *of == lang).or_else(|| templates.first());
    let text = chosen.and_then(|(_, id)| context.set.expressions.render(*id, scope).ok());
    let text = text.unwrap_or_else(|| summary.to_owned());
    if context.article.script == Script::Traditional { to_traditional(&text) } else { text }
}

/// The message about a claim by itself.
pub(super) fn first_reading_message(context: &ArticleContext<'_>, claim: &Claim) -> String {
    message_of(context, claim, super::agree::first_reading(context, claim))
}

/// The message of a finding that has no refutation by a fact: a clash between claims.
pub(super) fn message_of(context: &ArticleContext<'_>, claim: &Claim, bindings: Vec<Binding>) -> String {
    let rule = &context.set.rules[claim.rule];
    let refutation = Refutation { bindings, ..Refutation::default() };
    message(context, &rule.messages, context.article.lang, &scope(context, &refutation), &rule.summary)
}
