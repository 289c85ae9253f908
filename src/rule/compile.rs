//! From rules as written to a pack: everything is compiled, tried once, and what failed is left out.

use super::compiler::Compiler;
use super::facts;
use super::guard::GuardRow;
use super::load::Loaded;
use super::packed;
use super::problem::Problem;
use super::set::{Rule, RulePattern, RuleSet};
use super::trial;
use super::written::{RuleDecl, SourceFile};
use crate::expression::Expressions;
use crate::fact::FactBase;
use crate::pack::{Pack, Writer};
use crate::pattern::Anchor;
use std::collections::HashSet;
use std::sync::Arc;

/// Compiles what was loaded. A rule with a problem is left out; everything else runs.
pub fn compile(loaded: Loaded) -> (RuleSet, Vec<Problem>) {
    let (bytes, mut problems) = compile_to_pack(loaded);
    let opened = Pack::of_compiler(bytes).and_then(RuleSet::of_pack);
    let set = opened.unwrap_or_else(|error| {
        // Only a pack beyond four gigabytes cannot be opened again.
        problems.push(Problem::of_path(format!("the rules and facts are too many: {error}"), "the rules"));
        RuleSet::empty()
    });
    (set, problems)
}

/// Compiles what was loaded to the bytes of a pack.
pub fn compile_to_pack(loaded: Loaded) -> (Vec<u8>, Vec<Problem>) {
    let Loaded { written, problems } = loaded;
    let mut writer = Writer::default();
    facts::draft(&written).write(&mut writer);
    let facts = Pack::of_compiler(writer.finish()).and_then(|pack| FactBase::of_pack(&pack));
    let base = Arc::new(facts.unwrap_or_default());
    let mut compiler = Compiler::new(base, &written, problems);
    compiler.shared_guards();
    for rule in &written.rules {
        compiler.rule(rule);
    }
    let Compiler { collector, base, mut problems, warnings, guards, patterns, rules, .. } = compiler;
    let functions = collector.function_names();
    let expressions = Expressions::new(&base, collector.finish());
    let mut compiled = Compiled { base, rules, guards, expressions, patterns };
    let found = trial::check(&compiled, &functions, &written);
    compiled.drop(|compiled, rule| {
        let failed = found.iter().any(|problem| problem.rule.as_deref() == Some(rule.id()));
        failed || compiled.asks_one_of(rule, &written.broken)
    });
    problems.extend(found);
    problems.extend(warnings);
    let Compiled { rules, guards, expressions, patterns, .. } = compiled;
    let kept = |decl: &&RuleDecl| rules.iter().any(|rule| rule.id() == decl.id.value);
    let decls: Vec<RuleDecl> = written.rules.iter().filter(kept).cloned().collect();
    let with_rules: HashSet<usize> = written.rules.iter().map(|rule| rule.at.file).collect();
    let text_of = |(at, file): (usize, &SourceFile)| match file.shipped && !with_rules.contains(&at) {
        true => SourceFile { text: "".into(), ..file.clone() },
        false => file.clone(),
    };
    let files: Vec<SourceFile> = written.files.iter().enumerate().map(text_of).collect();
    let sources = expressions.into_sources();
    packed::write((&rules, &guards, sources), &patterns, &decls, &files, &mut writer);
    (writer.finish(), problems)
}

/// Rules that were compiled and not yet tried.
pub(super) struct Compiled {
    pub(super) base: Arc<FactBase>,
    pub(super) rules: Vec<Rule>,
    pub(super) guards: Vec<GuardRow>,
    pub(super) expressions: Expressions,
    pub(super) patterns: Vec<(RulePattern, Anchor)>,
}

impl Compiled {
    /// Whether a rule asks one of these relations. If its declaration is broken, the rule cannot run; that was told where
    /// the relation stands.
    fn asks_one_of(&self, rule: &Rule, relations: &HashSet<String>) -> bool {
        let mut asked = rule.expect.iter().map(|expectation| expectation.expression).chain(rule.require);
        !relations.is_empty() && asked.any(|id| self.expressions.names(id).iter().any(|name| relations.contains(name)))
    }

    /// Rules that cannot run go, with their patterns.
    fn drop(&mut self, fails: impl Fn(&Compiled, &Rule) -> bool) {
        let number = |next: &mut usize, rule: &Rule| {
            Some((!fails(self, rule)).then(|| {
                *next += 1;
                *next - 1
            }))
        };
        let kept: Vec<Option<usize>> = self.rules.iter().scan(0, number).collect();
        let mut number = 0..;
        self.rules.retain(|_| number.next().is_some_and(|at: usize| kept[at].is_some()));
        self.patterns.retain(|(pattern, _)| kept[pattern.rule].is_some());
        for (pattern, _) in &mut self.patterns {
            pattern.rule = kept[pattern.rule].unwrap_or_default();
        }
    }
}
