//! Compiles rules one by one: patterns and their anchors, expressions, templates and guards, with every problem told.

use super::guard::{self, GuardRow};
use super::implied;
use super::problem::Problem;
use super::set::{Expectation, Rule, RulePattern, RuleSlot};
use super::written::{At, ContextDecl, Placed, RuleDecl, Written};
use crate::expression::{Collector, DERIVED, ExpressionId, TemplateId, detail};
use crate::fact::{FactBase, FormId};
use crate::pattern::{
    Anchor, Anchored, EdgeFinder, Node, Pattern, Slot, SlotKind, at_figure, at_name, choose, parse, rarer_word,
};
use crate::text::{Lang, nearest};
use crate::value::Rounding;
use std::sync::Arc;

/// Places in a million characters above which the words that a pattern is found by are too common.
const COMMON_PER_MILLION: f64 = 25_000.0;

/// Rules on their way: what was compiled so far, and what is wrong.
pub(super) struct Compiler<'a> {
    pub(super) collector: Collector,
    written: &'a Written,
    pub(super) base: Arc<FactBase>,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
    pub(super) guards: Vec<GuardRow>,
    pub(super) patterns: Vec<(RulePattern, Anchor)>,
    pub(super) rules: Vec<Rule>,
    edges: EdgeFinder,
}

/// A rule half-way: patterns not yet numbered.
struct Draft {
    patterns: Vec<(Lang, Pattern, (Anchor, Anchored))>,
    slots: Vec<RuleSlot>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(base: Arc<FactBase>, written: &'a Written, problems: Vec<Problem>) -> Compiler<'a> {
        Compiler {
            collector: Collector::new(&base),
            written,
            base,
            problems,
            warnings: Vec::new(),
            guards: Vec::new(),
            patterns: Vec::new(),
            rules: Vec::new(),
            edges: EdgeFinder::default(),
        }
    }

    pub(super) fn problem(&mut self, rule: &RuleDecl, message: impl Into<String>, at: &At, help: impl Into<String>) {
        let problem = Problem::new(message, at, &self.written.files).help(help).disables(&rule.id.value);
        self.problems.push(problem);
    }

    /// Compiles the guards that rules share; rules name them by their number.
    pub(super) fn shared_guards(&mut self) {
        for decl in &self.written.guards {
            let broken = self.check_contexts(&decl.contexts, None);
            let contexts = if broken { &[][..] } else { &decl.contexts };
            self.guards.push(GuardRow::new(Some(&decl.name.value), &decl.summary, contexts, &decl.blocks));
        }
    }

    /// Reports broken regexes; true if there were any.
    fn check_contexts(&mut self, contexts: &[ContextDecl], rule: Option<&RuleDecl>) -> bool {
        let mut broken = false;
        for pattern in contexts.iter().flat_map(|context| &context.patterns) {
            let Some(error) = guard::check(&pattern.value) else { continue };
            broken = true;
            let at = inside(pattern, error.span().start.offset..error.span().end.offset);
            let mut problem =
                Problem::new(format!("this is not regex syntax: {}", error.kind()), &at, &self.written.files)
                    .help("correct it; a bracket or dot that is meant literally is written with a backslash");
            if let Some(rule) = rule {
                problem = problem.disables(&rule.id.value);
            }
            self.problems.push(problem);
        }
        broken
    }

    /// Compiles a rule, unless something is wrong with it.
    pub(super) fn rule(&mut self, decl: &RuleDecl) {
        let before = self.problems.len();
        let draft = self.patterns_of(decl);
        let expect = self.expectations(decl, &draft.slots);
        let require = decl.require.as_ref().map(|source| self.expression(decl, source, None, &draft.slots));
        if let Some(source) = &decl.require {
            self.no_number_equality(decl, source, &draft.slots);
        }
        let agree = self.agree(decl, &draft.slots);
        let order = self.order(decl, &draft.slots);
        let messages = self.templates(decl, &decl.message);
        let help = self.templates(decl, &decl.help);
        let guards = self.guards_of(decl);
        if self.problems.len() > before {
            return;
        }
        let rule = self.rules.len();
        for (lang, pattern, (anchor, anchored)) in draft.patterns {
            let rule_slots = pattern
                .slots
                .iter()
                .map(|slot| draft.slots.iter().position(|known| *known.name == *slot.name).unwrap_or_default())
                .collect();
            let names = |slot: &Slot| matches!(&slot.kind, SlotKind::Entity { .. });
            let bare =
                pattern.nodes.iter().all(|node| matches!(node, Node::Slot(_))) && pattern.slots.iter().any(names);
            self.patterns.push((RulePattern { rule, lang, slots: pattern.slots, rule_slots, anchored, bare }, anchor));
        }
        let slots = draft.slots;
        let unique = implied::unique(decl, &slots, &self.base);
        self.rules.push(Rule {
            id: decl.id.value.clone(),
            severity: decl.severity,
            summary: decl.summary.clone(),
            slots,
            expect,
            require,
            agree,
            unique,
            order,
            messages,
            help,
            guards,
        });
    }

    fn patterns_of(&mut self, decl: &RuleDecl) -> Draft {
        let mut draft = Draft { patterns: Vec::new(), slots: Vec::new() };
        for (lang, source) in &decl.patterns {
            let alternatives = match parse(&source.value, &self.base) {
                Ok(alternatives) => alternatives,
                Err(errors) => {
                    for error in errors {
                        self.problem(decl, error.message, &inside(source, error.at), error.help);
                    }
                    continue;
                }
            };
            for pattern in alternatives {
                note_slots(&pattern, &mut draft.slots);
                self.bare(decl, source, &pattern);
                // What is compared between blocks of an article is looked for in those blocks alone, so it is tried at
                // the figures in them and costs nothing elsewhere.
                let in_blocks = decl.agree.as_ref().is_some_and(|agree| agree.between.is_some() || agree.swapped);
                let spelling = decl.agree.as_ref().is_some_and(|agree| agree.spelling);
                let sought =
                    if in_blocks { at_figure(&pattern) } else { spelling.then(|| at_name(&pattern)).flatten() };
                match sought.or_else(|| choose(&pattern, *lang, &self.base, &mut self.edges)) {
                    Some(anchored) => {
                        self.too_common(source, &pattern, &anchored.0);
                        draft.patterns.push((*lang, pattern, anchored));
                    }
                    None => self.problem(
                        decl,
                        "this pattern has no required words to be found by",
                        &source.at,
                        "add a literal, or a slot with few names or words (`{weekday}`, `{country}`), that every match must hold",
                    ),
                }
            }
        }
        draft
    }

    /// A pattern found by common words is tried at all of them: every reader pays for it.
    fn too_common(&mut self, source: &Placed<String>, pattern: &Pattern, anchor: &Anchor) {
        if anchor.per_million <= COMMON_PER_MILLION {
            return;
        }
        let shown: Vec<String> = anchor.literals.iter().take(3).map(|word| format!("`{word}`")).collect();
        let more = if anchor.literals.len() > 3 { " …" } else { "" };
        let message = format!(
            "this pattern is looked for at every {}{more}: about {} places in a million characters",
            shown.join(", "),
            anchor.per_million.round(),
        );
        let help = match rarer_word(pattern, COMMON_PER_MILLION) {
            Some(word) => format!("make `{word}` a required part of the pattern: it is much rarer"),
            None => "add a rarer word that every match holds, or write one pattern for each case".to_owned(),
        };
        self.warnings.push(Problem::new(message, &source.at, &self.written.files).help(help).warning());
    }

    /// Nothing but names stands in a pattern of slots alone, so one-character and other short forms would find
    /// themselves everywhere.
    fn bare(&mut self, decl: &RuleDecl, source: &Placed<String>, pattern: &Pattern) {
        let name = |node: &Node| match node {
            Node::Slot(slot) => !matches!(pattern.slots[*slot].kind, SlotKind::Entity { words: true, .. }),
            _ => false,
        };
        if !pattern.nodes.iter().all(name) {
            return;
        }
        for slot in &pattern.slots {
            if let SlotKind::Entity { forms, .. } = &slot.kind
                && forms.iter().any(|form| *form != FormId::BASE)
            {
                let at = inside(source, slot.at.clone());
                self.problem(
                    decl,
                    "a pattern of slots alone takes base names only",
                    &at,
                    "leave the form out, or add words around the slots",
                );
            }
        }
    }

    fn expectations(&mut self, decl: &RuleDecl, slots: &[RuleSlot]) -> Vec<Expectation> {
        let mut expect = Vec::new();
        for (slot, source) in &decl.expect {
            let Some(number) = self.slot(decl, slot, slots) else { continue };
            let expression = self.expression(decl, source, Some(number), slots);
            let reads: Vec<usize> = (0..slots.len())
                .filter(|at| *at != number && slots[*at].numeric && uses_word(&source.value, &slots[*at].name))
                .collect();
            let one_quantity = reads.len() == 1 && !calls(&source.value, "sum");
            let rounding = match DERIVED.iter().any(|function| calls(&source.value, function)) {
                true => Rounding::Derived,
                false if one_quantity => Rounding::Converted,
                false => Rounding::Written,
            };
            let in_unit = calls(&source.value, "convert");
            expect.push(Expectation { slot: number, expression, reads, rounding, in_unit });
        }
        expect
    }

    pub(super) fn slot(&mut self, decl: &RuleDecl, name: &Placed<String>, slots: &[RuleSlot]) -> Option<usize> {
        let found = slots.iter().position(|slot| *slot.name == *name.value);
        // Where no pattern could be read, its slots are not known and nothing can be said of them.
        let known = !slots.is_empty() || decl.patterns.is_empty();
        if found.is_none() && known {
            let names: Vec<&str> = slots.iter().map(|slot| &*slot.name).collect();
            let help = match nearest(&name.value, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the patterns have these slots: {}", names.join(", ")),
            };
            self.problem(decl, format!("no pattern of this rule has a slot `{}`", name.value), &name.at, help);
        }
        found
    }

    /// Adds an expression. That it compiles, and what it names, is checked once all functions are known.
    fn expression(
        &mut self,
        decl: &RuleDecl,
        source: &Placed<String>,
        hidden: Option<usize>,
        slots: &[RuleSlot],
    ) -> ExpressionId {
        for (at, slot) in slots.iter().enumerate() {
            if hidden != Some(at) && self.collector.knows(&slot.name) && calls(&source.value, &slot.name) {
                self.problem(
                    decl,
                    format!("`{}` is both a slot of this rule and a function that is called here", slot.name),
                    &source.at,
                    format!("name the slot differently: `{{my_{0}:{0}}}`", slot.name),
                );
            }
        }
        self.collector.expression(&source.value)
    }

    /// `==` between numbers ignores how they are printed: that is what `expect` is for.
    fn no_number_equality(&mut self, decl: &RuleDecl, source: &Placed<String>, slots: &[RuleSlot]) {
        for operator in ["==", "!="] {
            for (at, _) in source.value.match_indices(operator) {
                let left = source.value[..at].trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
                let right =
                    source.value[at + 2..].trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next();
                let numeric = |word: Option<&str>| {
                    word.is_some_and(|word| slots.iter().any(|slot| slot.numeric && *slot.name == *word))
                };
                if numeric(left) || numeric(right) {
                    self.problem(
                        decl,
                        "numbers are compared for equality in `require`",
                        &inside(source, at..at + 2),
                        "use `expect.SLOT = \"…\"`: it allows for the rounding of printed numbers",
                    );
                }
            }
        }
    }

    fn templates(&mut self, decl: &RuleDecl, sources: &[(Lang, Placed<String>)]) -> Vec<(Lang, TemplateId)> {
        let mut templates = Vec::new();
        for (lang, source) in sources {
            match self.collector.template(&source.value) {
                Ok(id) => templates.push((*lang, id)),
                Err(error) => {
                    let message = format!("this template does not read: {}", detail(&error));
                    self.problem(decl, message, &source.at, "slots are written `{{ slot }}`");
                }
            }
        }
        templates
    }

    fn guards_of(&mut self, decl: &RuleDecl) -> Vec<usize> {
        let mut chosen: Vec<usize> =
            (0..self.written.guards.len()).filter(|at| self.written.guards[*at].default).collect();
        for name in &decl.guards_add {
            if let Some(at) = self.guard(decl, name)
                && !chosen.contains(&at)
            {
                chosen.push(at);
            }
        }
        for name in &decl.guards_drop {
            let dropped = self.guard(decl, name);
            chosen.retain(|at| Some(*at) != dropped);
        }
        let own = !decl.unless.is_empty() || !decl.unless_blocks.is_empty();
        if own && !self.check_contexts(&decl.unless, Some(decl)) {
            self.guards.push(GuardRow::new(None, "", &decl.unless, &decl.unless_blocks));
            chosen.push(self.guards.len() - 1);
        }
        if !decl.only.is_empty() && !self.check_contexts(&decl.only, Some(decl)) {
            self.guards.push(GuardRow::wanted(&decl.only));
            chosen.push(self.guards.len() - 1);
        }
        chosen
    }

    fn guard(&mut self, decl: &RuleDecl, name: &Placed<String>) -> Option<usize> {
        let found = self.written.guards.iter().position(|guard| guard.name.value == name.value);
        if found.is_none() {
            let names: Vec<&str> = self.written.guards.iter().map(|guard| guard.name.value.as_str()).collect();
            let help = match nearest(&name.value, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("declare it with `[guard.{}]`, or use one of: {}", name.value, names.join(", ")),
            };
            self.problem(decl, format!("there is no guard `{}`", name.value), &name.at, help);
        }
        found
    }
}

/// Adds the slots of a pattern to those of its rule; one that can be filled twice on a path is a list.
fn note_slots(pattern: &Pattern, slots: &mut Vec<RuleSlot>) {
    for slot in &pattern.slots {
        let numeric = match &slot.kind {
            SlotKind::Value { ty, .. } => !matches!(ty.name, "date" | "weekday" | "time" | "words"),
            SlotKind::Entity { .. } => false,
        };
        let times = times(&pattern.nodes, &slot.name, pattern);
        match slots.iter_mut().find(|known| *known.name == *slot.name) {
            Some(known) => known.list |= times > 1,
            None => slots.push(RuleSlot { name: slot.name.as_str().into(), list: times > 1, numeric }),
        }
    }
}

/// How often a slot can be filled on one way through the pieces; 2 stands for "more than once".
fn times(nodes: &[Node], name: &str, pattern: &Pattern) -> u32 {
    let once = |node: &Node| match node {
        Node::Slot(slot) => u32::from(pattern.slots[*slot].name == name),
        Node::Seq(nodes) => times(nodes, name, pattern),
        Node::Alt(nodes) => {
            nodes.iter().map(|node| times(std::slice::from_ref(node), name, pattern)).max().unwrap_or(0)
        }
        Node::Repeat { node, max, .. } => {
            let inside = times(std::slice::from_ref(node), name, pattern);
            if *max == Some(1) { inside } else { inside * 2 }
        }
        _ => 0,
    };
    nodes.iter().map(once).sum::<u32>().min(2)
}

/// The place of bytes of a string within its file; the whole string where the two do not run in step.
fn inside(source: &Placed<String>, range: std::ops::Range<usize>) -> At {
    if source.at.range.len() != source.value.len() {
        return source.at.clone();
    }
    let start = source.at.range.start;
    At { file: source.at.file, range: start + range.start..start + range.end.max(range.start) }
}

fn words(source: &str) -> impl Iterator<Item = &str> {
    source.split(|c: char| !c.is_alphanumeric() && c != '_')
}

fn uses_word(source: &str, name: &str) -> bool {
    words(source).any(|word| word == name)
}

fn calls(source: &str, name: &str) -> bool {
    source.match_indices(name).any(|(at, _)| {
        let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
        edge(source[..at].chars().next_back()) && source[at + name.len()..].trim_start().starts_with('(')
    })
}
