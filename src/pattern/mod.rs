//! Typed templates over text: their syntax, the anchors they are found by, and the matcher.

mod anchor;
mod anchor_index;
mod annotated;
mod beside;
mod byte_set;
mod filling;
mod frequency;
mod matcher;
mod names;
mod program;
mod scratch;
mod slot;
mod syntax;
mod word_list;

pub(crate) use anchor::MOST_FIGURES;
pub use anchor::{Anchor, Anchored, at_figure, at_name, choose, rarer_word};
pub use anchor_index::AnchorIndex;
pub(crate) use anchor_index::write_index;
pub use beside::EdgeFinder;
pub use matcher::{Bound, Capture, Match, Matcher};
pub use names::NameMemo;
pub use scratch::Scratch;
pub use slot::{Slot, SlotKind};
pub use syntax::{Node, Pattern, PatternError, parse};
