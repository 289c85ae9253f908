//! From rules as written to a pack: everything is compiled, tried once, and what failed is left out.

use super::compiler::Compiler;
use super::facts;
use super::guard::GuardRow;
use super::load::Loaded;
use super::packed::{self, RulesRow};
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
    for rule in &mut compiled.rules {
        rule.off |= found.iter().any(|problem| problem.rule.as_deref() == Some(rule.id()));
    }
    problems.extend(found);
    problems.extend(warnings);
    compiled.turn_off_askers(&written.broken);
    compiled.drop_disabled();
    let Compiled { rules, guards, expressions, patterns, .. } = compiled;
    let kept = |decl: &&RuleDecl| rules.iter().any(|rule| rule.id() == decl.id.value);
    let decls: Vec<RuleDecl> = written.rules.iter().filter(kept).cloned().collect();
    let with_rules: HashSet<usize> = written.rules.iter().map(|rule| rule.at.file).collect();
    let text_of = |(at, file): (usize, &SourceFile)| match file.shipped && !with_rules.contains(&at) {
        true => SourceFile { text: "".into(), ..file.clone() },
        false => file.clone(),
    };
    let files: Vec<SourceFile> = written.files.iter().enumerate().map(text_of).collect();
    let mut row =
        RulesRow { rules, guards, sources: expressions.into_sources(), langs: Vec::new(), sought: Vec::new() };
    packed::write(&mut row, &patterns, &decls, &files, &mut writer);
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
    /// A rule that asks a relation whose declaration is broken cannot run; that was told where the relation stands.
    fn turn_off_askers(&mut self, broken: &HashSet<String>) {
        if broken.is_empty() {
            return;
        }
        for rule in &mut self.rules {
            let asked = rule.expect.iter().map(|expectation| expectation.expression).chain(rule.require);
            let asks_broken =
                asked.into_iter().any(|id| self.expressions.names(id).iter().any(|name| broken.contains(name)));
            rule.off |= asks_broken;
        }
    }

    /// Rules that the trial turned off go, with their patterns.
    fn drop_disabled(&mut self) {
        let number = |next: &mut usize, rule: &Rule| {
            Some((!rule.off).then(|| {
                *next += 1;
                *next - 1
            }))
        };
        let kept: Vec<Option<usize>> = self.rules.iter().scan(0, number).collect();
        self.rules.retain(|rule| !rule.off);
        self.patterns.retain(|(pattern, _)| kept[pattern.rule].is_some());
        for (pattern, _) in &mut self.patterns {
            pattern.rule = kept[pattern.rule].unwrap_or_default();
        }
    }
}
