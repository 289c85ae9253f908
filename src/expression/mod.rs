//! The expression language of rules: MiniJinja with claims, facts and values in it.
//!
//! MiniJinja's strict mode is what makes "not known" silent: an operation on an undefined value ends the evaluation
//! with an error of its own kind, which is NotEnoughInfo, while every other error is a mistake of the rule.

mod functions;
mod objects;
mod scope;
pub(crate) mod words;

pub(crate) use functions::{BUILTIN, entity_of, items};
pub(crate) use objects::{DateObject, TimeObject, WeekdayObject};
pub(crate) use scope::{ArticleScope, Binding, Corner, Meant, Mode, RESERVED, Scope};

use crate::fact::FactBase;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, Expression, UndefinedBehavior};
use self_cell::self_cell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Steps an evaluation may take; a rule's expression needs a few dozen.
const FUEL: u64 = 20_000;

/// Number of a compiled expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExpressionId(pub(crate) usize);

type Compiled<'env> = Vec<Result<Expression<'env, 'static>, Error>>;

self_cell!(
    struct Cell {
        owner: Environment<'static>,

        #[covariant]
        dependent: Compiled,
    }
);

/// All expressions and message templates of a rule set, compiled once.
pub(crate) struct Expressions {
    cell: Cell,
}

/// Gathers expressions and templates; nothing is compiled before [`Collector::compile`].
pub(crate) struct Collector {
    env: Environment<'static>,
    sources: Vec<String>,
}

impl Collector {
    pub(crate) fn new(base: &Arc<FactBase>) -> Collector {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(FUEL));
        functions::add_all(&mut env, base);
        Collector { env, sources: Vec::new() }
    }

    /// Adds an expression.
    pub(crate) fn expression(&mut self, source: &str) -> ExpressionId {
        self.sources.push(source.to_owned());
        ExpressionId(self.sources.len() - 1)
    }

    /// Adds a message template under a name of its own.
    pub(crate) fn template(&mut self, name: &str, source: &str) -> Result<(), Error> {
        self.env.add_template_owned(name.to_owned(), source.to_owned())
    }

    /// Whether an expression may call or name this without it being a slot.
    pub(crate) fn knows(&self, name: &str) -> bool {
        RESERVED.contains(&name) || self.env.globals().any(|(known, _)| known == name)
    }

    /// The names of all functions.
    pub(crate) fn function_names(&self) -> BTreeSet<String> {
        self.env.globals().map(|(name, _)| name.to_string()).collect()
    }

    /// Compiles everything; what does not compile is told by [`Expressions::error`].
    pub(crate) fn compile(self) -> Expressions {
        let sources = self.sources;
        Expressions {
            cell: Cell::new(self.env, |env| {
                sources.into_iter().map(|source| env.compile_expression_owned(source)).collect()
            }),
        }
    }
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
    /// Why an expression does not compile.
    pub(crate) fn error(&self, id: ExpressionId) -> Option<&Error> {
        self.cell.borrow_dependent()[id.0].as_ref().err()
    }

    /// The names an expression uses that it does not define itself: slots, functions, reserved words.
    pub(crate) fn names(&self, id: ExpressionId) -> BTreeSet<String> {
        match &self.cell.borrow_dependent()[id.0] {
            Ok(expression) => expression.undeclared_variables(false).into_iter().collect(),
            Err(_) => BTreeSet::new(),
        }
    }

    /// Evaluates in a scope.
    pub(crate) fn evaluate(&self, id: ExpressionId, scope: &Arc<Scope>) -> Outcome {
        let Ok(expression) = &self.cell.borrow_dependent()[id.0] else { return Outcome::Unknown };
        match expression.eval(Value::from_dyn_object(scope.clone())) {
            Ok(value) if value.is_undefined() || value.is_none() => Outcome::Unknown,
            Ok(value) => Outcome::Value(value),
            Err(error) if error.kind() == ErrorKind::UndefinedError => Outcome::Unknown,
            Err(error) => Outcome::Mistake(error),
        }
    }

    /// Renders a message template in a scope; an undefined value in it leaves the message out.
    pub(crate) fn render(&self, name: &str, scope: &Arc<Scope>) -> Result<String, Error> {
        self.cell.borrow_owner().get_template(name)?.render(Value::from_dyn_object(scope.clone()))
    }
}
