//! factlint checks news copy for facts that do not hold and statements that do not agree.

pub mod text;
pub mod value;
pub mod diagnostic;
pub mod article;
pub mod read;
pub mod fact;
pub mod pattern;
mod expression;
pub mod rule;
mod judge;
pub mod engine;
pub mod examples;
pub mod report;
pub mod config;
pub mod batch;
