//! Rules ready to run: the immutable set that every thread shares, read from a pack.

use super::guard::Guard;
use super::packed::{self, Patterns, RulesRow};
use super::written::{RuleDecl, SourceFile};
use crate::article::Role;
use crate::diagnostic::Severity;
use crate::expression::{ExpressionId, Expressions, TemplateId};
use crate::fact::{FactBase, RelationId};
use crate::pack::{Pack, PackError, Part, Records};
use crate::pattern::{AnchorIndex, Anchored, Slot};
use crate::text::Lang;
use crate::value::Rounding;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

/// Everything a run needs: facts, rules, guards and the search for the rules' anchors.
pub struct RuleSet {
    pub(crate) base: Arc<FactBase>,
    /// The rules, in the order they were loaded.
    pub rules: Rules,
    pub(crate) guards: Records<Guard>,
    pub(crate) expressions: Expressions,
    /// All patterns of all rules; anchors point here.
    pub(crate) patterns: Patterns,
    pub(crate) anchors: Vec<LanguageAnchors>,
    /// Patterns without an anchor, which are tried at the figures of certain blocks.
    pub(crate) sought: Vec<Sought>,
    pack: Pack,
    written: OnceLock<Vec<RuleDecl>>,
    files: OnceLock<Vec<SourceFile>>,
}

/// The anchor search of one language.
pub(crate) struct LanguageAnchors {
    pub(crate) lang: Lang,
    /// Its number among the languages of the pack.
    nth: usize,
    pack: Pack,
    index: OnceLock<AnchorIndex>,
}

impl LanguageAnchors {
    /// The search, which is opened for the first passage of the language.
    pub(crate) fn index(&self) -> &AnchorIndex {
        self.index.get_or_init(|| AnchorIndex::of_pack(&self.pack, self.nth))
    }
}

/// A pattern that is tried at figures.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Sought {
    pub(crate) lang: Lang,
    pub(crate) pattern: usize,
}

/// A compiled pattern of a rule.
#[derive(Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RuleSlot {
    pub(crate) name: Arc<str>,
    pub(crate) list: bool,
    /// Holds plain numbers, so that printed precision applies.
    pub(crate) numeric: bool,
}

/// `expect.SLOT = "expression"`.
#[derive(Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Within {
    Article,
    File,
    Run,
}

/// `agree`, resolved.
#[derive(Serialize, Deserialize)]
pub(crate) struct Agree {
    pub(crate) same: Vec<usize>,
    pub(crate) on: usize,
    pub(crate) within: Within,
    /// Claims of blocks of the first role are compared with those of the second.
    pub(crate) between: Option<(Role, Role)>,
    /// Claims are compared if this relation leads from both to one thing.
    pub(crate) along: Option<RelationId>,
    /// The name is looked for in other spellings.
    pub(crate) spelling: bool,
    /// Only claims that tell of one event are compared.
    pub(crate) event: bool,
    /// Only figures are compared of which one is the other with digits that changed places.
    pub(crate) swapped: bool,
    /// What wins in one part of the article must not stand in this slot, of what loses, in the other.
    pub(crate) against: Option<usize>,
}

/// `order`, resolved.
#[derive(Serialize, Deserialize)]
pub(crate) struct Order {
    /// The slot that the claims are sorted by; `None`: by their place in the article.
    pub(crate) by: Option<usize>,
    pub(crate) of: usize,
    pub(crate) step: Option<f64>,
    /// The number with which a series begins anew.
    pub(crate) from: Option<f64>,
}

/// A rule that loaded.
#[derive(Default, Serialize, Deserialize)]
pub struct Rule {
    pub(crate) id: String,
    /// Its weight.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub summary: String,
    pub(crate) slots: Vec<RuleSlot>,
    pub(crate) expect: Vec<Expectation>,
    pub(crate) require: Option<ExpressionId>,
    pub(crate) agree: Option<Agree>,
    /// The slots of subject and object and the number of the unique relation that the rule asks for.
    pub(crate) unique: Option<(usize, usize, u16)>,
    pub(crate) order: Option<Order>,
    /// Message templates by language.
    pub(crate) messages: Vec<(Lang, TemplateId)>,
    /// Help templates by language.
    pub(crate) help: Vec<(Lang, TemplateId)>,
    /// Guards in force: numbers in [`RuleSet::guards`], the rule's own `unless` last.
    pub(crate) guards: Vec<usize>,
}

/// What is asked of a rule before any of its claims is found.
#[derive(Serialize, Deserialize)]
pub(crate) struct RuleHead {
    id: String,
    severity: Severity,
    /// The parts of an article that it compares, if it does.
    pub(crate) between: Option<(Role, Role)>,
    /// Turned off by `--select` or `--ignore`.
    #[serde(skip)]
    pub(crate) off: bool,
}

impl RuleHead {
    pub(super) fn of(rule: &Rule) -> RuleHead {
        let between = rule.agree.as_ref().and_then(|agree| agree.between);
        RuleHead { id: rule.id.clone(), severity: rule.severity, between, off: false }
    }
}

/// The rules of a set by their numbers. Each is read when it is first needed.
#[derive(Default)]
pub struct Rules {
    heads: Vec<RuleHead>,
    records: Records<Rule>,
    /// Stands in for one that cannot be read; nothing is claimed by it.
    nothing: Rule,
}

impl Rules {
    pub(super) fn new(heads: Vec<RuleHead>, records: Records<Rule>) -> Rules {
        Rules { heads, records, nothing: Rule::default() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The rules in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        (0..self.len()).map(|at| &self[at])
    }

    /// Their ids in the same order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.heads.iter().map(|head| head.id.as_str())
    }

    /// The weight of each rule by its id.
    pub fn severities(&self) -> HashMap<String, Severity> {
        self.heads.iter().map(|head| (head.id.clone(), head.severity)).collect()
    }

    pub(crate) fn heads(&self) -> &[RuleHead] {
        &self.heads
    }

    /// A rule; none if the pack is damaged there.
    pub(crate) fn get(&self, at: usize) -> Option<&Rule> {
        self.records.get(at)
    }
}

impl Index<usize> for Rules {
    type Output = Rule;

    fn index(&self, at: usize) -> &Rule {
        self.get(at).unwrap_or(&self.nothing)
    }
}

impl Rule {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl RuleSet {
    /// The rules and facts of a pack, read in place.
    pub(crate) fn of_pack(pack: Pack) -> Result<RuleSet, PackError> {
        let base = Arc::new(FactBase::of_pack(&pack)?);
        let rows = pack.section(Part::RuleHeads as u32);
        let rows: RulesRow = postcard::from_bytes(rows.all()).map_err(|_| PackError::Inconsistent)?;
        let index = |(nth, lang): (usize, &Lang)| LanguageAnchors {
            lang: *lang,
            nth,
            pack: pack.clone(),
            index: OnceLock::new(),
        };
        Ok(RuleSet {
            expressions: Expressions::new(&base, rows.sources),
            rules: packed::rules(&pack, rows.heads),
            guards: packed::guards(&pack),
            patterns: Patterns::of_pack(&pack),
            anchors: rows.langs.iter().enumerate().map(index).collect(),
            sought: rows.sought,
            base,
            pack,
            written: OnceLock::new(),
            files: OnceLock::new(),
        })
    }

    /// A set without rules, which finds nothing.
    pub(crate) fn empty() -> RuleSet {
        let base = Arc::new(FactBase::default());
        RuleSet {
            expressions: Expressions::new(&base, Default::default()),
            rules: Rules::default(),
            guards: Records::default(),
            patterns: Patterns::default(),
            anchors: Vec::new(),
            sought: Vec::new(),
            base,
            pack: Pack::default(),
            written: OnceLock::new(),
            files: OnceLock::new(),
        }
    }

    /// Turns rules on and off: with `select`, only rules whose id is or begins with one of these words run; rules that
    /// `ignore` names the same way never do. Returns the words that name no rule.
    pub fn select(&mut self, select: &[String], ignore: &[String]) -> Vec<String> {
        let named =
            |word: &str, id: &str| id == word || id.strip_prefix(word).is_some_and(|rest| rest.starts_with(['-', '.']));
        for head in &mut self.rules.heads {
            let id = head.id.as_str();
            let chosen = select.is_empty() || select.iter().any(|word| named(word, id));
            head.off = !chosen || ignore.iter().any(|word| named(word, id));
        }
        let unknown = |word: &&String| !self.rules.ids().any(|id| named(word, id));
        select.iter().chain(ignore).filter(unknown).cloned().collect()
    }

    /// The rules that run.
    pub fn active(&self) -> impl Iterator<Item = &Rule> {
        self.rules.heads.iter().zip(self.rules.iter()).filter(|(head, _)| !head.off).map(|(_, rule)| rule)
    }

    /// A rule as its author wrote it.
    pub fn written(&self, rule: &Rule) -> Option<&RuleDecl> {
        let read = || postcard::from_bytes(self.pack.section(Part::Written as u32).all()).unwrap_or_default();
        self.written.get_or_init(read).iter().find(|decl| decl.id.value == rule.id)
    }

    /// The files that rules and facts came from; of shipped files only those with rules keep their text here.
    pub fn files(&self) -> &[SourceFile] {
        let read = || postcard::from_bytes(self.pack.section(Part::Files as u32).all()).unwrap_or_default();
        self.files.get_or_init(read)
    }

    /// Name and summary of the guards that a rule has, its own contexts left out.
    pub fn guards_of<'a>(&'a self, rule: &'a Rule) -> impl Iterator<Item = (&'a str, &'a str)> {
        let guards = rule.guards.iter().filter_map(|guard| self.guards.get(*guard));
        guards.filter_map(|guard| Some((guard.name.as_deref()?, guard.summary.as_str())))
    }

    /// The facts.
    pub fn facts(&self) -> &FactBase {
        &self.base
    }

    /// Whether a part of the pack that was read turned out to be damaged: what was found with it is worth nothing.
    pub fn is_damaged(&self) -> bool {
        self.pack.is_damaged()
    }

    /// Whether all of the pack is as it was written.
    pub fn is_sound(&self) -> bool {
        self.pack.prove().is_ok()
    }

    /// Whether everything in the pack leads to something that exists: what a pack from a stranger must prove.
    pub(crate) fn is_consistent(&self) -> bool {
        let guards = self.guards.len();
        let (expressions, templates) = self.expressions.counts();
        let of_rules = (0..self.rules.len()).all(|at| {
            let Some(rule) = self.rules.get(at) else { return false };
            let slots = rule.slots.len();
            let agree = rule
                .agree
                .as_ref()
                .is_none_or(|agree| agree.same.iter().chain([&agree.on]).chain(&agree.against).all(|at| *at < slots));
            let order =
                rule.order.as_ref().is_none_or(|order| order.by.is_none_or(|by| by < slots) && order.of < slots);
            let expect = rule.expect.iter().all(|expect| {
                expect.slot < slots && expect.expression.0 < expressions && expect.reads.iter().all(|at| *at < slots)
            });
            agree
                && rule.unique.is_none_or(|(subject, on, _)| subject < slots && on < slots)
                && order
                && expect
                && rule.require.is_none_or(|id| id.0 < expressions)
                && rule.messages.iter().chain(&rule.help).all(|(_, id)| id.0 < templates)
                && rule.guards.iter().all(|at| *at < guards)
        });
        let of_rules = of_rules && (0..guards).all(|at| self.guards.get(at).is_some());
        let slots = |rule: usize| self.rules.get(rule).map(|rule| rule.slots.len());
        of_rules
            && self.sought.iter().all(|sought| sought.pattern < self.patterns.len())
            && self.base.is_consistent()
            && self.anchors.iter().all(|anchors| anchors.index().is_consistent(self.patterns.len()))
            && (0..self.patterns.len()).all(|at| self.patterns.is_consistent(at, &slots, &self.base))
    }
}
