//! Text and places in it: spans, lines and columns, folding, sentences, the language of a run of text.

mod char_set;
mod edge;
mod fold;
mod lang;
mod lines;
mod nearest;
mod sentence;
mod personal_name;
mod runs;
mod sound;
mod span;
mod to_traditional;
mod transliteration;

pub use char_set::CharSet;
pub(crate) use edge::{Beside, EDGE_BYTES, Edge, EdgeBuilder, admits};
pub(crate) use fold::stays;
pub use fold::{Folded, fold_char, fold_literal, is_chinese, is_simplified, is_traditional};
pub use lang::{Lang, Script};
pub use lines::{Before, LineIndex, Position};
pub use nearest::{distance, nearest, one_apart};
pub use personal_name::{is_surname, personal_name};
pub(crate) use runs::{Runs, Words};
pub use sentence::{ends_sentence, sentence_around};
pub use sound::{begin_alike, sound_alike, syllable_number};
pub use span::Span;
pub use to_traditional::to_traditional;
pub use transliteration::{goes_on_with, may_be_silent, transliterates};
