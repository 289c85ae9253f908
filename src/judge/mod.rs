//! From claims to diagnostics: what each claim says is compared with the facts, with arithmetic, or with other claims.

mod agree;
mod alike;
mod backing;
mod between;
mod claim;
mod context;
mod day;
mod event;
mod near;
mod order;
mod readings;
mod repair;
mod series;
mod respelt;
mod spelling;
mod swapped;
mod told;
mod verdict;

pub(crate) use agree::disagreements;
pub(crate) use backing::{Backing, Doubt};
pub(crate) use between::{contradictions, stands_elsewhere};
pub(crate) use claim::{Claim, Verdict};
pub(crate) use context::ArticleContext;
pub(crate) use event::{ONE_EVENT, shared};
pub(crate) use order::disorder;
pub(crate) use readings::{Readings, captures_of, judge_group};
pub(crate) use repair::{describe, diagnose};
pub(crate) use respelt::respelt_names;
pub(crate) use series::broken_series;
pub(crate) use spelling::spellings;
pub(crate) use swapped::{swapped, swapped_figures};
pub use told::Told;
