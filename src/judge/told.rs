//! What a claim tells, kept beyond its article: enough to be compared with the claims of other articles, and no text
//! but its own words. Memory grows with the claims that are compared, not with the copy.

use super::agree::{Key, keys};
use super::alike;
use super::claim::{Claim, Filled};
use super::context::ArticleContext;
use super::event::{self, EventName};
use super::repair::{first_reading_message, words_at};
use crate::diagnostic::{ArticleInfo, Severity};
use crate::expression::Meant;
use crate::fact::RelationId;
use crate::rule::{Agree, Within};
use crate::text::{Before, LineIndex, Position, Span};
use crate::value::{Rounding, Value, interval};
use xxhash_rust::xxh3::xxh3_64;

/// A claim that is compared with those of other articles.
#[derive(Clone, Debug)]
pub struct Told {
    /// Number of its rule.
    pub(crate) rule: usize,
    /// What it speaks of, with the unit it is told in.
    pub(crate) about: u64,
    /// What it says: the readings of the words, or the interval that a printed number stands for.
    pub(crate) says: Vec<Key>,
    pub(crate) stands_for: Option<(f64, f64)>,
    /// Names by which its event is known; `None` if the rule does not ask for it.
    pub(crate) event: Option<Vec<EventName>>,
    /// Compared with claims of other files too.
    pub(crate) beyond_file: bool,
    /// Compared with claims of its own article.
    pub(crate) in_article: bool,
    /// Number of its article in the file.
    pub(crate) article: usize,
    /// Where its sentence begins: what one sentence gives twice it gives of two things.
    pub(crate) sentence: usize,
    /// Where the words stand that must agree.
    pub(crate) span: Span,
    /// The lines and columns there, known once the file's text is.
    pub(crate) place: (Position, Position),
    /// Those words.
    pub(crate) text: String,
    pub(crate) message: String,
    pub(crate) severity: Severity,
    pub(crate) info: ArticleInfo,
}

impl Told {
    /// What an open claim tells, if its rule compares it beyond its article.
    pub(crate) fn of(context: &ArticleContext<'_>, claim: &Claim, article: usize) -> Option<Told> {
        let rule = &context.set.rules[claim.rule];
        let implied;
        let agree = match (&rule.agree, rule.unique) {
            (Some(agree), _) if agree.between.is_none() && agree.within != Within::Article => agree,
            (None, Some((subject, on, relation))) if unknown(context, claim, subject, relation) => {
                implied = Agree {
                    same: vec![subject],
                    on,
                    within: Within::Run,
                    between: None,
                    along: None,
                    spelling: false,
                    event: false,
                    swapped: false,
                    against: None,
                };
                &implied
            }
            _ => return None,
        };
        let on = claim.slots[agree.on].last()?;
        let readings = on.readings();
        let [one] = readings.as_slice() else { return None };
        let stands_for = match one {
            Meant::Value(value) => interval(value, Rounding::Written),
            Meant::Entity { unsure, .. } => (!unsure).then_some((0.0, 0.0)).and(None),
        };
        if context.quoted(claim) {
            return None;
        }
        let mut about = format!("{}\0{}", claim.rule, unit_of(one));
        for slot in &agree.same {
            about.push('\0');
            about.push_str(&named(context, claim, claim.slots[*slot].last(), on)?);
        }
        let pieces = context.view.to_source(context.source, on.span);
        Some(Told {
            rule: claim.rule,
            about: xxh3_64(about.as_bytes()),
            says: keys(context, on),
            stands_for,
            event: agree.event.then(|| event::names(context, claim)),
            beyond_file: agree.within == Within::Run,
            in_article: agree.event,
            article,
            sentence: context.sentence(claim).start,
            span: *pieces.first()?,
            place: Default::default(),
            text: words_at(context, &pieces),
            message: first_reading_message(context, claim),
            severity: rule.severity,
            info: ArticleInfo {
                title: context.article.title.clone(),
                date: context.article.date,
                lang: context.article.lang,
            },
        })
    }

    /// Where it stands, to be led back to the file.
    pub fn place_mut(&mut self) -> &mut Span {
        &mut self.span
    }

    /// Notes where it stands in its file, of which a part may stand before the text.
    pub fn set_place(&mut self, text: &str, lines: &LineIndex, before: Before) {
        let place = |at: usize| {
            let Position { line, column } = lines.position(text, at);
            Position { line: before.lines + line, column }
        };
        self.place = (place(self.span.start), place(self.span.end));
    }

    /// Whether two claims of one thing say different things of it.
    pub(crate) fn contradicts(&self, other: &Told) -> bool {
        match (self.stands_for, other.stands_for) {
            (Some((low, high)), Some((least, most))) => low > most || least > high,
            _ => !self.says.iter().any(|key| other.says.contains(key)),
        }
    }
}

/// Whether no fact says anything of the relation of what a claim speaks of: then articles are all that is known of it.
fn unknown(context: &ArticleContext<'_>, claim: &Claim, subject: usize, relation: u16) -> bool {
    let Some(filled) = claim.slots[subject].last() else { return false };
    let known = |meant: &Meant| match meant {
        Meant::Entity { id, unsure: false } => {
            context.set.base.facts_of(*id).any(|fact| fact.relation == RelationId(relation))
        }
        _ => true,
    };
    let readings = filled.readings();
    readings.len() == 1 && !readings.iter().any(known)
}

fn unit_of(meant: &Meant) -> String {
    match meant {
        Meant::Value(Value::Quantity(quantity)) => quantity.unit.family.to_owned(),
        Meant::Value(Value::Money(money)) => money.currency.to_owned(),
        Meant::Value(Value::Duration(duration)) => duration.unit.as_str().to_owned(),
        _ => String::new(),
    }
}

/// What a capture names, so that equal things are told by equal words.
fn named(context: &ArticleContext<'_>, claim: &Claim, filled: Option<&Filled>, on: &Filled) -> Option<String> {
    let Some(filled) = filled else { return Some(String::new()) };
    if filled.readings().contains(&Meant::Value(Value::Words)) {
        let words = filled.span.of(&context.view.text);
        return alike::noun(words, filled.span.start < on.span.start);
    }
    let _ = claim;
    keys(context, filled).into_iter().min().map(|key| format!("{key:?}"))
}
