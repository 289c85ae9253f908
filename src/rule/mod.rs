//! Rules and facts: as written in TOML, loaded, checked and compiled.

mod check;
mod compile;
mod facts;
mod guard;
pub mod load;
mod parse;
pub mod problem;
mod set;
mod trial;
pub mod written;

pub use compile::compile;
pub(crate) use guard::Around;
pub(crate) use set::{Agree, Expectation, LanguageAnchors, RulePattern, Within};
pub use set::{Rule, RuleSet};
