//! What the values of a type begin and end with, so that most places that hold none are passed over without reading.

use crate::text::{Edge, EdgeBuilder};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// How the values of a type begin and end: folded, in ASCII lower case.
#[derive(Debug)]
pub(crate) struct Edges {
    /// By their first bytes.
    pub(crate) begins: Side,
    /// By their last bytes, the last one first.
    pub(crate) ends: Side,
}

/// One side of the values of a type.
#[derive(Debug)]
pub(crate) struct Side {
    /// All that they can begin or end with, the nearest byte first; anything may stand beyond.
    pub(crate) parts: BTreeSet<Vec<u8>>,
    /// The same, to be asked.
    pub(crate) edge: Edge,
}

impl Side {
    fn of(parts: impl Iterator<Item = Vec<u8>>) -> Side {
        let parts: BTreeSet<Vec<u8>> = parts.map(|part| part.into_iter().take(3).collect()).collect();
        let mut builder = EdgeBuilder::start();
        builder.push(parts.iter().map(Vec::as_slice), true);
        Side { edge: builder.finish(), parts }
    }
}

impl Edges {
    /// Of everything that values begin with and everything that they end with.
    pub(super) fn of(heads: Vec<String>, tails: Vec<String>) -> Edges {
        Edges {
            begins: Side::of(heads.into_iter().map(String::into_bytes)),
            ends: Side::of(tails.into_iter().map(|tail| tail.bytes().rev().collect())),
        }
    }

    /// Of words that are the whole of a value.
    pub(super) fn of_words(words: &[&str]) -> Edges {
        Edges::of(owned(words.iter().copied()), owned(words.iter().copied()))
    }
}

/// Of a type whose values may begin and end with anything.
pub(super) fn anything() -> &'static Edges {
    static ANYTHING: LazyLock<Edges> = LazyLock::new(|| Edges::of_words(&[""]));
    &ANYTHING
}

/// Words as a list of their own.
pub(super) fn owned<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    words.map(str::to_owned).collect()
}

/// The characters of a text one by one.
pub(super) fn chars(text: &str) -> impl Iterator<Item = String> + '_ {
    text.chars().map(String::from)
}

/// The digits.
pub(super) fn each_digit() -> impl Iterator<Item = String> {
    chars("0123456789")
}
