//! Rules ready to run: the immutable set that every thread shares.

use super::guard::Guard;
use super::written::RuleDecl;
use crate::expression::{ExpressionId, Expressions};
use crate::fact::FactBase;
use crate::pattern::{AnchorIndex, Anchored, Slot};
use crate::text::Lang;
use crate::value::Rounding;
use std::sync::Arc;

/// Everything a run needs: facts, rules, guards and the search for the rules' anchors.
pub struct RuleSet {
    pub(crate) base: Arc<FactBase>,
    /// The rules, in the order they were loaded.
    pub rules: Vec<Rule>,
    pub(crate) guards: Vec<Guard>,
    pub(crate) expressions: Expressions,
    /// All patterns of all rules; anchors point here.
    pub(crate) patterns: Vec<RulePattern>,
    pub(crate) anchors: Vec<LanguageAnchors>,
}

/// The anchor search of one language.
pub(crate) struct LanguageAnchors {
    pub(crate) lang: Lang,
    pub(crate) index: AnchorIndex,
    /// By pattern number of the index: number in [`RuleSet::patterns`].
    pub(crate) patterns: Vec<usize>,
}

/// A compiled pattern of a rule.
pub(crate) struct RulePattern {
    pub(crate) lang: Lang,
    pub(crate) rule: usize,
    pub(crate) slots: Vec<Slot>,
    /// By slot of the pattern: slot of the rule.
    pub(crate) rule_slots: Vec<usize>,
    pub(crate) anchored: Anchored,
    /// Made of slots alone: nothing, not even a space, may stand between them in the copy.
    pub(crate) bare: bool,
}

/// A slot as the rule's expressions see it.
#[derive(Clone, Debug)]
pub(crate) struct RuleSlot {
    pub(crate) name: String,
    pub(crate) list: bool,
    /// Holds plain numbers, so that printed precision applies.
    pub(crate) numeric: bool,
}

/// `expect.SLOT = "expression"`.
pub(crate) struct Expectation {
    pub(crate) slot: usize,
    pub(crate) expression: ExpressionId,
    /// Numeric slots that the expression reads.
    pub(crate) reads: Vec<usize>,
    /// How far its numbers were rounded.
    pub(crate) rounding: Rounding,
    /// It gives its answer in the unit that the slot is written in, not in base units: it calls `convert`.
    pub(crate) in_unit: bool,
}

/// How far claims are compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Within {
    Article,
    File,
    Run,
}

/// `agree`, resolved.
pub(crate) struct Agree {
    pub(crate) same: Vec<usize>,
    pub(crate) on: usize,
    pub(crate) within: Within,
}

/// `order`, resolved.
pub(crate) struct Order {
    pub(crate) by: usize,
    pub(crate) of: usize,
    pub(crate) step: Option<f64>,
}

/// A rule that loaded.
pub struct Rule {
    /// As its author wrote it.
    pub written: RuleDecl,
    pub(crate) slots: Vec<RuleSlot>,
    pub(crate) expect: Vec<Expectation>,
    pub(crate) require: Option<ExpressionId>,
    pub(crate) agree: Option<Agree>,
    pub(crate) order: Option<Order>,
    /// Names of message templates by language.
    pub(crate) messages: Vec<(Lang, String)>,
    /// Names of help templates by language.
    pub(crate) help: Vec<(Lang, String)>,
    /// Guards in force: numbers in [`RuleSet::guards`], the rule's own `unless` last.
    pub(crate) guards: Vec<usize>,
    /// Turned off by `--select` or `--ignore`.
    pub(crate) off: bool,
}

impl Rule {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.written.id.value
    }
}

impl RuleSet {
    /// Turns rules on and off: with `select`, only rules whose id is or begins with one of these words run; rules that
    /// `ignore` names the same way never do. Returns the words that name no rule.
    pub fn select(&mut self, select: &[String], ignore: &[String]) -> Vec<String> {
        let named =
            |word: &str, id: &str| id == word || id.strip_prefix(word).is_some_and(|rest| rest.starts_with(['-', '.']));
        for rule in &mut self.rules {
            let id = rule.written.id.value.as_str();
            let chosen = select.is_empty() || select.iter().any(|word| named(word, id));
            rule.off = !chosen || ignore.iter().any(|word| named(word, id));
        }
        let unknown = |word: &&String| !self.rules.iter().any(|rule| named(word, rule.id()));
        select.iter().chain(ignore).filter(unknown).cloned().collect()
    }

    /// The rules that run.
    pub fn active(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| !rule.off)
    }

    /// The names of the guards that a rule has.
    pub fn guard_names<'a>(&'a self, rule: &'a Rule) -> impl Iterator<Item = &'a str> {
        rule.guards.iter().filter_map(|guard| self.guards[*guard].name.as_deref())
    }

    /// The facts.
    pub fn facts(&self) -> &FactBase {
        &self.base
    }
}
