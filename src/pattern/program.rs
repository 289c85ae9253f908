//! A pattern's pieces as a small program, one for looking right from the anchor and one for looking left.

use super::byte_set::ByteSet;
use super::slot::{Slot, SlotKind};
use super::syntax::{Node, Pattern};
use super::word_list::WordList;
use crate::value::ValueType;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One step of a program. In a program that looks left, every step consumes what stands before the position.
#[derive(Serialize, Deserialize)]
pub(crate) enum Step {
    /// Words, by where they stand in [`Program::words`].
    Literal(u32, u32),
    /// One of these words.
    OneOf(Box<WordList>),
    /// A character of one of [`Program::classes`].
    Class(u32),
    /// Characters of a class, as many as it takes.
    Stretch(Box<Stretch>),
    Slot {
        slot: u16,
        /// A literal or class stands right beside it in the pattern: weak names count.
        beside_literal: bool,
        /// A literal stands right before it: no longer name can begin to its left.
        after_literal: bool,
        /// The pattern is made of slots alone: only a name that cannot be anything else counts.
        bare: bool,
        /// Nothing of the pattern stands beyond it.
        edge: bool,
    },
    /// A gap, by the value types of [`Program::gap`] that it must not run over.
    Gap(u32),
    Start,
    End,
    WordBorder,
    /// Try the first, then the second.
    Split(u32, u32),
    Jump(u32),
    Match,
}

/// A class that is repeated.
#[derive(Serialize, Deserialize)]
pub(crate) struct Stretch {
    pub(crate) ranges: Box<[(char, char)]>,
    pub(crate) min: u32,
    /// At most, if bounded.
    pub(crate) max: Option<u32>,
    /// As many as possible first.
    pub(crate) greedy: bool,
    /// The characters of ASCII that it has.
    #[serde(skip)]
    pub(crate) ascii: u128,
    /// What must stand next beyond it, if that is known.
    #[serde(skip)]
    pub(crate) beyond: Option<ByteSet>,
}

impl Stretch {
    /// Whether the class has a character.
    #[inline]
    pub(crate) fn has(&self, c: char) -> bool {
        match c.is_ascii() {
            true => self.ascii >> c as u32 & 1 == 1,
            false => in_ranges(&self.ranges, c),
        }
    }
}

/// The characters of ASCII in some ranges, one bit each.
fn ascii_of(ranges: &[(char, char)]) -> u128 {
    let of_ascii = ranges.iter().filter(|(low, _)| low.is_ascii());
    let bits = of_ascii.map(|(low, high)| u128::MAX >> (127 - (*high as u32).min(127)) & u128::MAX << (*low as u32));
    bits.fold(0, |all, some| all | some)
}

/// Whether a character lies in one of some ranges, which are sorted.
#[inline]
pub(crate) fn in_ranges(ranges: &[(char, char)], c: char) -> bool {
    let at = ranges.partition_point(|(_, high)| *high < c);
    ranges.get(at).is_some_and(|(low, _)| *low <= c)
}

/// Steps in order; execution begins at the first. They are small, and what is large stands beside them, so that running
/// many programs reads little memory.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Program {
    pub(crate) steps: Vec<Step>,
    /// All words of the program, one behind the other.
    words: String,
    classes: Vec<Box<[(char, char)]>>,
    gaps: Vec<Vec<&'static ValueType>>,
    pub(crate) leftward: bool,
    /// By step: whether several ways lead to it, so that it may be come to twice at one place.
    #[serde(skip)]
    pub(crate) joins: Vec<bool>,
}

impl Program {
    /// Whether every step that it names exists, and every slot; a program without steps never fits.
    pub(crate) fn is_consistent(&self, slots: usize) -> bool {
        let count = self.steps.len();
        count > 0
            && self.steps.iter().enumerate().all(|(at, step)| match step {
                Step::Literal(start, end) => start < end && *end as usize <= self.words.len() && at + 1 < count,
                Step::Class(class) => (*class as usize) < self.classes.len() && at + 1 < count,
                Step::Gap(gap) => (*gap as usize) < self.gaps.len() && at + 1 < count,
                Step::Split(first, second) => (*first as usize) < count && (*second as usize) < count,
                Step::Jump(to) => (*to as usize) < count,
                Step::Slot { slot, .. } => usize::from(*slot) < slots && at + 1 < count,
                Step::Match => true,
                Step::OneOf(words) => words.is_consistent() && at + 1 < count,
                _ => at + 1 < count,
            })
    }

    /// The words of a step.
    #[inline]
    pub(crate) fn words(&self, start: u32, end: u32) -> &[u8] {
        &self.words.as_bytes()[start as usize..end as usize]
    }

    /// The ranges of a class.
    #[inline]
    pub(crate) fn class(&self, class: u32) -> &[(char, char)] {
        &self.classes[class as usize]
    }

    /// The value types that a gap must not run over.
    #[inline]
    pub(crate) fn gap(&self, gap: u32) -> &[&'static ValueType] {
        &self.gaps[gap as usize]
    }

    /// Works out what running it needs beside its steps; those that it names must exist.
    pub(crate) fn prepare(&mut self, slots: &[Slot]) {
        self.find_joins();
        for at in 0..self.steps.len() {
            let Step::Stretch(stretch) = &self.steps[at] else { continue };
            let mut beyond = ByteSet::default();
            let known = self.add_nearest(slots, at + 1, &mut beyond, &mut { STEPS_TO_BEYOND });
            let ascii = ascii_of(&stretch.ranges);
            if let Step::Stretch(stretch) = &mut self.steps[at] {
                (stretch.ascii, stretch.beyond) = (ascii, known.then_some(beyond));
            }
        }
    }

    /// Adds the nearest bytes of everything that can stand at a step; false if that may be anything.
    fn add_nearest(&self, slots: &[Slot], at: usize, set: &mut ByteSet, left: &mut u32) -> bool {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return false;
        }
        match &self.steps[at] {
            Step::Literal(start, end) => {
                let words = self.words(*start, *end);
                let nearest = if self.leftward { words.last() } else { words.first() };
                nearest.map(|byte| set.add(*byte)).is_some()
            }
            Step::OneOf(words) => {
                words.nearest().iter().for_each(|byte| set.add(*byte));
                true
            }
            Step::Class(class) => {
                set.add_all(&ByteSet::of_class(self.class(*class), self.leftward));
                true
            }
            Step::Stretch(stretch) => {
                set.add_all(&ByteSet::of_class(&stretch.ranges, self.leftward));
                stretch.min > 0 || self.add_nearest(slots, at + 1, set, left)
            }
            Step::WordBorder => self.add_nearest(slots, at + 1, set, left),
            Step::Split(first, second) => {
                self.add_nearest(slots, *first as usize, set, left)
                    && self.add_nearest(slots, *second as usize, set, left)
            }
            Step::Jump(to) => self.add_nearest(slots, *to as usize, set, left),
            Step::Slot { slot, .. } => match &slots[usize::from(*slot)].kind {
                SlotKind::Value { ty, .. } => {
                    let edges = (ty.edges)();
                    let side = if self.leftward { &edges.ends } else { &edges.begins };
                    side.parts.iter().all(|part| part.first().map(|byte| set.add(*byte)).is_some())
                }
                SlotKind::Entity { .. } => false,
            },
            Step::Gap(_) | Step::Start | Step::End | Step::Match => false,
        }
    }

    /// Finds the steps that several ways lead to.
    fn find_joins(&mut self) {
        let mut ways = vec![0u8; self.steps.len()];
        for (at, step) in self.steps.iter().enumerate() {
            let (first, second) = match step {
                Step::Split(first, second) => (Some(*first as usize), Some(*second as usize)),
                // They lead on from several places.
                Step::OneOf(_) | Step::Stretch(_) => (Some(at + 1), Some(at + 1)),
                Step::Jump(to) => (Some(*to as usize), None),
                Step::Match => (None, None),
                _ => (Some(at + 1), None),
            };
            for to in [first, second].into_iter().flatten() {
                if let Some(ways) = ways.get_mut(to) {
                    *ways = ways.saturating_add(1);
                }
            }
        }
        self.joins = ways.into_iter().map(|ways| ways > 1).collect();
    }

    /// Compiles a run of a pattern's pieces.
    pub(crate) fn compile(pattern: &Pattern, run: Range<usize>, leftward: bool) -> Program {
        let bare =
            pattern.nodes.iter().all(|node| matches!(node, Node::Slot(slot) if !is_words(&pattern.slots, *slot)));
        let program = Program { leftward, ..Program::default() };
        let mut compiler = Compiler { program, slots: &pattern.slots, beside_literal: false, bare };
        let (before, after) = (&pattern.nodes[..run.start], &pattern.nodes[run.end..]);
        compiler.sequence(&pattern.nodes[run], before, after);
        compiler.program.steps.push(Step::Match);
        compiler.program.prepare(&pattern.slots);
        compiler.program
    }
}

/// Steps that are looked at for what can stand beyond a stretch.
const STEPS_TO_BEYOND: u32 = 64;

struct Compiler<'a> {
    program: Program,
    slots: &'a [Slot],
    /// Words of the pattern stand beside the piece that is being compiled.
    beside_literal: bool,
    bare: bool,
}

impl Compiler<'_> {
    fn push(&mut self, step: Step) -> usize {
        self.program.steps.push(step);
        self.program.steps.len() - 1
    }

    fn here(&self) -> u32 {
        self.program.steps.len() as u32
    }

    fn sequence(&mut self, nodes: &[Node], before: &[Node], after: &[Node]) {
        let around = |at: usize| {
            let left = if at == 0 { before.last() } else { nodes.get(at - 1) };
            let right = if at + 1 == nodes.len() { after.first() } else { nodes.get(at + 1) };
            (left, right)
        };
        let order: Vec<usize> =
            if self.program.leftward { (0..nodes.len()).rev().collect() } else { (0..nodes.len()).collect() };
        for at in order {
            let (left, right) = around(at);
            let inherited = self.beside_literal;
            self.beside_literal |= leads_to_words(self.slots, nodes[..at].iter().rev().chain(before.iter().rev()))
                || leads_to_words(self.slots, nodes[at + 1..].iter().chain(after));
            self.node(&nodes[at], left, right);
            self.beside_literal = inherited;
        }
    }

    fn node(&mut self, node: &Node, left: Option<&Node>, right: Option<&Node>) {
        match node {
            Node::Empty => {}
            Node::Literal(words) => {
                let start = self.program.words.len() as u32;
                self.program.words.push_str(words);
                self.push(Step::Literal(start, self.program.words.len() as u32));
            }
            Node::Class(ranges) => {
                let classes = &mut self.program.classes;
                let known = classes.iter().position(|class| **class == **ranges);
                let class = known.unwrap_or_else(|| {
                    classes.push(ranges.as_slice().into());
                    classes.len() - 1
                });
                self.push(Step::Class(class as u32));
            }
            Node::Slot(slot) => {
                self.push(Step::Slot {
                    slot: *slot as u16,
                    beside_literal: self.beside_literal,
                    after_literal: match left {
                        Some(Node::Literal(_)) => true,
                        Some(Node::Slot(left)) => is_words(self.slots, *left),
                        _ => false,
                    },
                    bare: self.bare,
                    edge: if self.program.leftward { left.is_none() } else { right.is_none() },
                });
            }
            Node::Gap => {
                let types: Vec<_> =
                    [left, right].into_iter().flatten().filter_map(|node| self.value_type_of(node)).collect();
                self.program.gaps.push(types);
                self.push(Step::Gap(self.program.gaps.len() as u32 - 1));
            }
            Node::Start => {
                self.push(Step::Start);
            }
            Node::End => {
                self.push(Step::End);
            }
            Node::WordBorder => {
                self.push(Step::WordBorder);
            }
            Node::Seq(nodes) => {
                self.sequence(nodes, left.map_or(&[], std::slice::from_ref), right.map_or(&[], std::slice::from_ref));
            }
            Node::Alt(nodes) => self.alternatives(nodes, left, right),
            Node::Repeat { node, min, max, greedy } => self.repeat(node, *min, *max, *greedy, left, right),
        }
    }

    fn value_type_of(&self, node: &Node) -> Option<&'static ValueType> {
        match node {
            Node::Slot(slot) => match &self.slots[*slot].kind {
                SlotKind::Value { ty, .. } => Some(*ty),
                SlotKind::Entity { .. } => None,
            },
            Node::Seq(nodes) => nodes.iter().find_map(|node| self.value_type_of(node)),
            Node::Repeat { node, .. } => self.value_type_of(node),
            _ => None,
        }
    }

    fn alternatives(&mut self, nodes: &[Node], left: Option<&Node>, right: Option<&Node>) {
        let words = nodes.iter().map(|node| match node {
            Node::Literal(words) if !words.is_empty() => Some(words.as_str()),
            _ => None,
        });
        if let Some(words) = words.collect::<Option<Vec<&str>>>() {
            let list = WordList::new(&words, self.program.leftward);
            self.push(Step::OneOf(Box::new(list)));
            return;
        }
        let mut ends = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            if at + 1 == nodes.len() {
                self.node(node, left, right);
            } else {
                let split = self.push(Step::Match);
                self.node(node, left, right);
                ends.push(self.push(Step::Match));
                self.program.steps[split] = Step::Split(split as u32 + 1, self.here());
            }
        }
        let here = self.here();
        for end in ends {
            self.program.steps[end] = Step::Jump(here);
        }
    }

    fn repeat(
        &mut self,
        node: &Node,
        min: u32,
        max: Option<u32>,
        greedy: bool,
        left: Option<&Node>,
        right: Option<&Node>,
    ) {
        if let Node::Class(ranges) = node
            && max != Some(1)
        {
            let ranges = ranges.as_slice().into();
            self.push(Step::Stretch(Box::new(Stretch { ranges, min, max, greedy, ascii: 0, beyond: None })));
            return;
        }
        let order = |inside: u32, outside: u32| {
            if greedy { Step::Split(inside, outside) } else { Step::Split(outside, inside) }
        };
        for _ in 0..min {
            self.node(node, left, right);
        }
        match max {
            None => {
                let split = self.push(Step::Match);
                self.node(node, left, right);
                self.push(Step::Jump(split as u32));
                self.program.steps[split] = order(split as u32 + 1, self.here());
            }
            Some(max) => {
                let mut splits = Vec::new();
                for _ in min..max {
                    splits.push(self.push(Step::Match));
                    self.node(node, left, right);
                }
                let here = self.here();
                for split in splits {
                    self.program.steps[split] = order(split as u32 + 1, here);
                }
            }
        }
    }
}

/// Whether what fills a slot is a word of the language, such as a title.
fn is_words(slots: &[Slot], slot: usize) -> bool {
    matches!(slots[slot].kind, SlotKind::Entity { words: true, .. })
}

/// Whether words of the pattern stand next to a slot, so that even a weak name is meant as a name there: the first
/// required piece on that side holds some. Spaces, punctuation and what may be missing are looked over.
fn leads_to_words<'a>(slots: &[Slot], mut outward: impl Iterator<Item = &'a Node>) -> bool {
    outward
        .find_map(|node| match node {
            Node::Literal(words) if words.contains(char::is_alphanumeric) || words.contains(['《', '》']) => {
                Some(true)
            }
            Node::Seq(nodes) | Node::Alt(nodes) => {
                Some(nodes.iter().all(|node| leads_to_words(slots, std::iter::once(node))))
            }
            Node::Repeat { node, min, .. } if *min > 0 => Some(leads_to_words(slots, std::iter::once(&**node))),
            Node::Slot(slot) => Some(is_words(slots, *slot)),
            Node::Gap => Some(false),
            Node::Literal(_) | Node::Class(_) | Node::Repeat { .. } | Node::Empty => None,
            Node::Start | Node::End | Node::WordBorder => None,
        })
        .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_bits_of_a_class_are_its_characters(low in 0u32..200, length in 0u32..100, other in 0u32..128) {
            let range = |low: u32, high: u32| (char::from_u32(low).unwrap(), char::from_u32(high).unwrap());
            let ranges = [range(low, low + length), range(low + length + 2, low + length + 2 + other)];
            for byte in 0..128u8 {
                let has = ascii_of(&ranges) >> byte & 1 == 1;
                prop_assert_eq!(has, in_ranges(&ranges, char::from(byte)));
            }
        }
    }
}
