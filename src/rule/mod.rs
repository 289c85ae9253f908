//! Rules and facts: as written in TOML, loaded, checked and compiled.

mod check;
mod comparisons;
mod compile;
mod compiler;
mod dimensions;
mod facts;
mod guard;
mod heads;
mod implied;
pub mod load;
mod packed;
mod parse;
pub mod problem;
mod set;
mod tiered_regex;
mod trial;
pub mod written;

pub use compile::{compile, compile_to_pack};
pub(crate) use guard::{Around, OWN_CONTEXTS, Part, WANTED_CONTEXTS};
#[cfg(test)]
pub(crate) use parse::keys as file_keys;
pub(crate) use set::{Agree, Expectation, LanguageAnchors, RuleHead, RulePattern, Sought, Within};
pub use set::{Rule, RuleSet, Rules};
