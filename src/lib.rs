//! factlint checks news copy for facts that do not hold and statements that do not agree.

pub mod article;
pub mod diagnostic;
pub mod rule;
pub mod text;
pub mod value;
