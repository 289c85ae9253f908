//! Typed templates over text: their syntax, the anchors they are found by, and the matcher.

mod anchor;
mod filling;
mod frequency;
mod matcher;
mod names;
mod program;
mod slot;
mod syntax;

pub(crate) use anchor::write_index;
pub use anchor::{Anchor, AnchorIndex, Anchored, at_figure, choose, rarer_word};
pub use matcher::{Bound, Capture, Match, Matcher, Scratch};
pub use names::NameMemo;
pub use slot::{Slot, SlotKind};
pub use syntax::{Node, Pattern, PatternError, parse};
