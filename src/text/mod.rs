//! Text and places in it: spans, lines and columns, the language of a run of text.

mod lang;
mod lines;
mod span;

pub use lang::{Lang, Script};
pub use lines::{LineIndex, Position};
pub use span::Span;
