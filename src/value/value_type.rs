//! The value types that slots may have: how each is read, found and told from what it is not.

use super::{
    Edges, Input, Read, date, duration, edges, factor, item, lunar, money, month, number, ordinal, percent, points,
    quantity, share, tally, time, weekday, words, year,
};
use crate::text::Beside;
use serde::{Deserialize, Serialize};

/// A built-in value type: how it is written.
pub struct ValueType {
    /// The name slots use.
    pub name: &'static str,
    /// Reads the longest value that begins at a byte offset, or nothing. It must not begin or end inside a longer
    /// value: the 15 of 157, the 3 of 3-2, the 2 of 2月6日 are no numbers.
    pub read: fn(Input<'_>, usize) -> Option<Read>,
    /// Every way it can be written, in lower case and folded, when these are few enough to anchor a pattern on.
    pub vocabulary: &'static [&'static str],
    /// Whole words of which every value holds one, in lower case and folded, for patterns that have nothing else to be found
    /// by; forms without any of them (31/10/2014) are then not found. Empty if there are no rare enough ones.
    pub marks: &'static [&'static str],
    /// Words of which every value holds one, in lower case and folded; empty if they are not few.
    pub signs: &'static [&'static str],
    /// What its values begin and end with.
    pub(crate) edges: fn() -> &'static Edges,
}

impl ValueType {
    /// Reads the longest value that begins at a byte offset; where none can begin the nearest bytes tell.
    pub fn read_at(&self, input: Input<'_>, at: usize) -> Option<Read> {
        let text = &input.lower.as_bytes()[..input.end];
        if !(self.edges)().begins.edge.admits(Beside::after(text, at)) {
            debug_assert!((self.read)(input, at).is_none(), "{} begins otherwise at {at}: {}", self.name, input.text);
            return None;
        }
        (self.read)(input, at)
    }

    /// The value that ends exactly at `end` and begins at or after `start`; the longest one.
    pub fn read_before(&self, input: Input<'_>, start: usize, end: usize) -> Option<(usize, Read)> {
        let input = Input { end, ..input };
        let text = &input.lower.as_bytes()[..end];
        let begins = &(self.edges)().begins.edge;
        if !(self.edges)().ends.edge.admits(Beside::before(text, end)) {
            debug_assert!(self.ending(input, start, end, |_| true).is_none(), "{} ends otherwise: {text:?}", self.name);
            return None;
        }
        self.ending(input, start, end, |at| begins.admits(Beside::after(text, at)))
    }

    fn ending(
        &self,
        input: Input<'_>,
        start: usize,
        end: usize,
        may_begin: impl Fn(usize) -> bool,
    ) -> Option<(usize, Read)> {
        (start..end)
            .filter(|at| input.text.is_char_boundary(*at) && may_begin(*at))
            .find_map(|at| (self.read)(input, at).filter(|read| read.end == end).map(|read| (at, read)))
    }

    /// Whether it is told by a figure: a number, and what is measured, counted or paid in numbers.
    pub fn has_figure(&self) -> bool {
        matches!(self.name, "number" | "percent" | "money" | "quantity" | "duration" | "tally")
    }
}

impl std::fmt::Debug for ValueType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Serialize for ValueType {
    /// A value type is its name.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for &'static ValueType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <&str>::deserialize(deserializer)?;
        value_type(name).ok_or_else(|| serde::de::Error::custom("no such value type"))
    }
}

/// Every value type.
pub const TYPES: &[ValueType] = &[
    ValueType { name: "number", read: number::read, vocabulary: &[], marks: &[], signs: &[], edges: number::edges },
    ValueType { name: "ordinal", read: ordinal::read, vocabulary: &[], marks: &[], signs: &[], edges: ordinal::edges },
    ValueType {
        name: "item",
        read: item::read,
        vocabulary: item::VOCABULARY,
        marks: &[],
        signs: &[],
        edges: item::edges,
    },
    ValueType {
        name: "percent",
        read: percent::read,
        vocabulary: &[],
        marks: &[],
        signs: percent::SIGNS_ANYWHERE,
        edges: percent::edges,
    },
    ValueType { name: "points", read: points::read, vocabulary: &[], marks: &[], signs: &[], edges: points::edges },
    ValueType { name: "share", read: share::read, vocabulary: &[], marks: &[], signs: &[], edges: share::edges },
    ValueType {
        name: "factor",
        read: factor::read,
        vocabulary: factor::VOCABULARY,
        marks: &[],
        signs: &[],
        edges: factor::edges,
    },
    ValueType {
        name: "money",
        read: money::read,
        vocabulary: &[],
        marks: &[],
        signs: money::SIGNS_ANYWHERE,
        edges: money::edges,
    },
    ValueType {
        name: "quantity",
        read: quantity::read,
        vocabulary: &[],
        marks: &[],
        signs: &[],
        edges: quantity::edges,
    },
    ValueType {
        name: "range_start",
        read: quantity::read_range_start,
        vocabulary: &[],
        marks: &[],
        signs: &[],
        edges: quantity::range_edges,
    },
    ValueType {
        name: "range_end",
        read: quantity::read_range_end,
        vocabulary: &[],
        marks: &[],
        signs: &[],
        edges: quantity::edges,
    },
    ValueType { name: "tally", read: tally::read, vocabulary: &[], marks: &[], signs: &[], edges: tally::edges },
    ValueType { name: "date", read: date::read, vocabulary: &[], marks: date::MARKS, signs: &[], edges: date::edges },
    ValueType { name: "month", read: month::read, vocabulary: &[], marks: &[], signs: &[], edges: month::edges },
    ValueType { name: "lunar", read: lunar::read, vocabulary: &[], marks: &[], signs: &[], edges: lunar::edges },
    ValueType { name: "year", read: year::read, vocabulary: &[], marks: &[], signs: &[], edges: year::edges },
    ValueType {
        name: "weekday",
        read: weekday::read,
        vocabulary: weekday::VOCABULARY,
        marks: &[],
        signs: &[],
        edges: weekday::edges,
    },
    ValueType { name: "time", read: time::read, vocabulary: &[], marks: &["时"], signs: &[], edges: time::edges },
    ValueType {
        name: "duration",
        read: duration::read,
        vocabulary: &[],
        marks: &[],
        signs: &[],
        edges: duration::edges,
    },
    ValueType { name: "words", read: words::read, vocabulary: &[], marks: &[], signs: &[], edges: edges::anything },
];

/// Looks a value type up by the name slots use.
pub fn value_type(name: &str) -> Option<&'static ValueType> {
    TYPES.iter().find(|ty| ty.name == name)
}

/// The names of all value types.
pub fn type_names() -> impl Iterator<Item = &'static str> {
    TYPES.iter().map(|ty| ty.name)
}
