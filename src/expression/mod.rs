//! The expression language of rules: MiniJinja with claims, facts and values in it.
//!
//! MiniJinja's strict mode is what makes "not known" silent: an operation on an undefined value ends the evaluation
//! with an error of its own kind, which is NotEnoughInfo, while every other error is a mistake of the rule.

mod answers;
mod arithmetic;
mod days;
mod functions;
mod lists;
mod objects;
mod scope;
mod volatile;
pub(crate) mod words;

pub(crate) use arithmetic::DERIVED;
use functions::Direct;
pub(crate) use functions::{BUILTIN, entity_of, items};
pub(crate) use objects::{DateObject, LunarObject, TimeObject, WeekdayObject};
pub(crate) use scope::{ArticleScope, Binding, Corner, Log, Meant, Mode, RESERVED, Scope};

use crate::fact::FactBase;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, Expression, Template, UndefinedBehavior};
use self_cell::self_cell;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// Steps an evaluation may take; a rule's expression needs a few dozen.
const FUEL: u64 = 20_000;

/// Number of a compiled expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExpressionId(pub(crate) usize);

/// Number of a message template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TemplateId(pub(crate) usize);

/// The sources of all expressions and templates of a rule set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Sources {
    pub(crate) expressions: Vec<String>,
    pub(crate) templates: Vec<String>,
}

struct Owner {
    env: Environment<'static>,
    messages: OnceLock<Environment<'static>>,
    sources: Sources,
}

impl Owner {
    /// The same environment for messages: `written.day or written.month` may ask for what this claim does not hold. An
    /// expression that asked so would take what is not known for false.
    fn messages(&self) -> &Environment<'static> {
        self.messages.get_or_init(|| {
            let mut env = self.env.clone();
            env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
            env
        })
    }
}

/// Each is compiled when it is first needed: most runs need few of them.
struct Compiled<'env> {
    expressions: Vec<OnceLock<Result<Expression<'env, 'env>, Error>>>,
    templates: Vec<OnceLock<Result<Template<'env, 'env>, Error>>>,
}

self_cell!(
    struct Cell {
        owner: Owner,

        #[not_covariant]
        dependent: Compiled,
    }
);

/// All expressions and message templates of a rule set.
pub(crate) struct Expressions {
    base: Arc<FactBase>,
    sources: Sources,
    /// By expression: how it is asked without the interpreter, if it can be.
    direct: Vec<OnceLock<Option<Direct>>>,
    cell: OnceLock<Cell>,
}

/// Gathers expressions and templates while rules load.
pub(crate) struct Collector {
    env: Environment<'static>,
    sources: Sources,
}

impl Collector {
    pub(crate) fn new(base: &Arc<FactBase>) -> Collector {
        Collector { env: environment(base), sources: Sources::default() }
    }

    /// Adds an expression.
    pub(crate) fn expression(&mut self, source: &str) -> ExpressionId {
        self.sources.expressions.push(source.to_owned());
        ExpressionId(self.sources.expressions.len() - 1)
    }

    /// Adds a message template.
    pub(crate) fn template(&mut self, source: &str) -> Result<TemplateId, Error> {
        self.env.template_from_str(source)?;
        self.sources.templates.push(source.to_owned());
        Ok(TemplateId(self.sources.templates.len() - 1))
    }

    /// Whether an expression may call or name this without it being a slot.
    pub(crate) fn knows(&self, name: &str) -> bool {
        RESERVED.contains(&name) || self.env.globals().any(|(known, _)| known == name)
    }

    /// The names of all functions.
    pub(crate) fn function_names(&self) -> BTreeSet<String> {
        self.env.globals().map(|(name, _)| name.to_string()).collect()
    }

    /// What was gathered.
    pub(crate) fn finish(self) -> Sources {
        self.sources
    }
}

fn environment(base: &Arc<FactBase>) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    functions::add_all(&mut env, base);
    env
}

/// What an evaluation came to.
pub(crate) enum Outcome {
    /// A value.
    Value(Value),
    /// NotEnoughInfo: something it needs is not known.
    Unknown,
    /// A mistake of the rule.
    Mistake(Error),
}

impl Expressions {
    pub(crate) fn new(base: &Arc<FactBase>, sources: Sources) -> Expressions {
        let direct = sources.expressions.iter().map(|_| OnceLock::new()).collect();
        Expressions { base: base.clone(), sources, direct, cell: OnceLock::new() }
    }

    /// How many expressions and how many templates there are.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.sources.expressions.len(), self.sources.templates.len())
    }

    /// The sources, for a pack.
    pub(crate) fn into_sources(self) -> Sources {
        self.sources
    }

    fn cell(&self) -> &Cell {
        self.cell.get_or_init(|| {
            let (env, sources) = (environment(&self.base), self.sources.clone());
            let owner = Owner { env, messages: OnceLock::new(), sources };
            Cell::new(owner, |owner| Compiled {
                expressions: owner.sources.expressions.iter().map(|_| OnceLock::new()).collect(),
                templates: owner.sources.templates.iter().map(|_| OnceLock::new()).collect(),
            })
        })
    }

    fn with<T>(&self, id: ExpressionId, then: impl FnOnce(Result<&Expression<'_, '_>, &Error>) -> T) -> Option<T> {
        self.cell().with_dependent(|owner, compiled| {
            let place = compiled.expressions.get(id.0)?;
            let compile =
                || owner.env.compile_expression(owner.sources.expressions.get(id.0).map_or("", String::as_str));
            Some(then(place.get_or_init(compile).as_ref()))
        })
    }

    fn direct(&self, id: ExpressionId) -> Option<&Direct> {
        let read = || Direct::read(self.sources.expressions.get(id.0)?, &self.base);
        self.direct.get(id.0)?.get_or_init(read).as_ref()
    }

    /// Whether an expression asks for the days or the years named before the claim.
    pub(crate) fn looks_back(&self, id: ExpressionId) -> bool {
        let asks = |source: &String| source.contains("claim.said") || source.contains("claim.years");
        self.sources.expressions.get(id.0).is_some_and(asks)
    }

    /// Why an expression does not compile.
    pub(crate) fn error(&self, id: ExpressionId) -> Option<String> {
        self.with(id, |expression| expression.err().map(detail))?
    }

    /// The names an expression uses that it does not define itself: slots, functions, reserved words.
    pub(crate) fn names(&self, id: ExpressionId) -> BTreeSet<String> {
        let names = self.with(id, |expression| match expression {
            Ok(expression) => expression.undeclared_variables(false).into_iter().collect(),
            Err(_) => BTreeSet::new(),
        });
        names.unwrap_or_default()
    }

    /// Evaluates in a scope.
    pub(crate) fn evaluate(&self, id: ExpressionId, scope: &Arc<Scope>) -> Outcome {
        if let Some(answer) = self.direct(id).and_then(|direct| direct.ask(scope)) {
            return outcome(answer);
        }
        let evaluated = self.with(id, |expression| {
            let Ok(expression) = expression else { return Outcome::Unknown };
            outcome(expression.eval(Value::from_dyn_object(scope.clone())))
        });
        evaluated.unwrap_or(Outcome::Unknown)
    }

    /// Renders a message template in a scope; an undefined value in it leaves the message out.
    ///
    /// # Errors
    /// What MiniJinja says is wrong.
    pub(crate) fn render(&self, id: TemplateId, scope: &Arc<Scope>) -> Result<String, String> {
        self.cell().with_dependent(|owner, compiled| {
            let source = owner.sources.templates.get(id.0).map_or("", String::as_str);
            let place = compiled.templates.get(id.0).ok_or_else(String::new)?;
            match place.get_or_init(|| owner.messages().template_from_str(source)) {
                Ok(template) => template.render(Value::from_dyn_object(scope.clone())).map_err(|error| detail(&error)),
                Err(error) => Err(detail(error)),
            }
        })
    }
}

fn outcome(result: Result<Value, Error>) -> Outcome {
    match result {
        Ok(value) if value.is_undefined() || value.is_none() => Outcome::Unknown,
        Ok(value) => Outcome::Value(value),
        Err(error) if error.kind() == ErrorKind::UndefinedError => Outcome::Unknown,
        Err(error) => Outcome::Mistake(error),
    }
}

/// What MiniJinja says is wrong, without the template's name and position that its display adds.
pub(crate) fn detail(error: &Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)
}
