//! A double-array trie walked in place: built by `yada`, read with every step bounded and proved.
//!
//! The layout of a unit is yada's, which is that of darts-clone: label in the low byte, a flag for "a key ends here",
//! the offset of the children; a leaf has its top bit set and holds the key's value. A key stands in it as far as it takes
//! to tell it from the others; the rest of it is a tail, which is compared at once. That makes the trie a third
//! smaller, and what is small stays in the cache.

use super::Section;

/// A map from keys to numbers. Its section holds the size of the units in bytes, the units, and the tails.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trie {
    section: Section,
    /// Where the tails begin.
    tails: usize,
}

/// Bytes before the units.
const HEAD: usize = 4;
/// Of a leaf: its value is where a tail begins.
const TAIL: u32 = 1 << 30;
/// Bytes of a tail before its own: the value of its key, and its length.
const TAIL_HEAD: usize = 5;

impl Trie {
    pub(crate) fn new(section: Section) -> Trie {
        let size = section.get(0, HEAD).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
        let tails = section.len().min(HEAD.saturating_add(size as usize));
        Trie { section, tails }
    }

    /// The bytes of a trie from sorted, distinct, non-empty keys without NUL and their values below 2³⁰.
    pub(crate) fn build(keys: &[(impl AsRef<[u8]>, u32)]) -> Vec<u8> {
        if keys.is_empty() {
            return Vec::new();
        }
        let mut tails = Vec::new();
        let key = |at: usize| keys.get(at).map_or(&[][..], |(key, _)| key.as_ref());
        let alike = |one: &[u8], other: &[u8]| one.iter().zip(other).take_while(|(a, b)| a == b).count();
        let told = |at: usize| {
            let before = at.checked_sub(1).map_or(0, |before| alike(key(before), key(at)));
            before.max(alike(key(at), key(at + 1))) + 1
        };
        let mut heads: Vec<(&[u8], u32)> = Vec::with_capacity(keys.len());
        for (at, (whole, value)) in keys.iter().enumerate() {
            let whole = whole.as_ref();
            // The length of a tail is one byte.
            let least = whole.len().saturating_sub(usize::from(u8::MAX));
            let (head, tail) = whole.split_at(told(at).max(least).min(whole.len()));
            if tail.is_empty() {
                heads.push((whole, *value));
                continue;
            }
            heads.push((head, TAIL | tails.len() as u32));
            tails.extend(value.to_le_bytes());
            tails.push(tail.len() as u8);
            tails.extend(tail);
        }
        let units = yada::builder::DoubleArrayBuilder::build(&heads).unwrap_or_default();
        [&(units.len() as u32).to_le_bytes()[..], &units, &tails].concat()
    }

    /// The bytes of a place among the tails.
    #[inline]
    fn tail(&self, start: usize, end: usize) -> Option<&[u8]> {
        let (start, end) = (self.tails.checked_add(start)?, self.tails.checked_add(end)?);
        match self.section.trusted() {
            Some(bytes) => bytes.get(start..end),
            None => self.section.get(start, end),
        }
    }

    /// What a leaf stands for where the text goes on with `rest`: the value of its key, and the bytes of its tail.
    #[inline]
    fn resolve(&self, leaf: u32, rest: &[u8]) -> Option<(u32, usize)> {
        if leaf & TAIL == 0 {
            return Some((leaf, 0));
        }
        let start = (leaf & !TAIL) as usize;
        let [a, b, c, d, length] = self.tail(start, start + TAIL_HEAD)?.try_into().ok()?;
        let start = start + TAIL_HEAD;
        let length = usize::from(length);
        let fits = rest.get(..length)? == self.tail(start, start + length)?;
        fits.then_some((u32::from_le_bytes([a, b, c, d]), length))
    }

    /// Calls `found(value, length)` for every key that `text` begins with, the shortest first.
    #[inline]
    pub(crate) fn prefixes(&self, text: &[u8], mut found: impl FnMut(u32, usize)) {
        let leaf = |leaf: u32, length: usize| {
            if let Some((value, tail)) = self.resolve(leaf, &text[length..]) {
                found(value, length + tail);
            }
        };
        match self.units() {
            Some(units) => walk(|at| unit_in(units, at), text, leaf),
            None => walk(|at| self.unit_at(at), text, leaf),
        }
    }

    /// All units if they need no proof.
    #[inline]
    fn units(&self) -> Option<&[u8]> {
        self.section.trusted()?.get(HEAD..self.tails)
    }

    /// A unit, proved.
    fn unit_at(&self, at: usize) -> Option<[u8; 4]> {
        let start = HEAD + at * 4;
        self.section.get(start, start + 4).filter(|_| start + 4 <= self.tails)?.try_into().ok()
    }

    /// Adds every key that begins at one of these places of a text, by place and then the shortest first.
    ///
    /// The walks of several places go on by turns: each waits for memory at nearly every step, and so they wait together.
    pub(crate) fn prefixes_at(&self, text: &[u8], places: &[u32], found: &mut Vec<Hit>) {
        let before = found.len();
        let leaf = |at: u32, length: u32, leaf: u32| {
            if let Some((value, tail)) = self.resolve(leaf, &text[(at + length) as usize..]) {
                found.push(Hit { at, length: length + tail as u32, value });
            }
        };
        match self.units() {
            Some(units) => walk_by_turns(|at| unit_in(units, at), text, places, leaf),
            None => walk_by_turns(|at| self.unit_at(at), text, places, leaf),
        }
        found[before..].sort_unstable();
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &[u8]) -> Option<u32> {
        let mut value = None;
        self.prefixes(key, |found, length| {
            if length == key.len() {
                value = Some(found);
            }
        });
        value
    }
}

/// A key that stands at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// Where it begins.
    pub(crate) at: u32,
    /// Its bytes.
    pub(crate) length: u32,
    /// Its value.
    pub(crate) value: u32,
}

/// Walks that go on by turns.
const WALKS: usize = 12;

#[inline]
fn unit_in(units: &[u8], at: usize) -> Option<[u8; 4]> {
    units.get(at * 4..at * 4 + 4)?.try_into().ok()
}

/// Where the children of a unit begin, to be combined with their labels.
#[inline]
fn offset(unit: u32) -> u32 {
    (unit >> 10) << ((unit & 1 << 9) >> 6)
}

/// Where a walk stands: the number of a unit and the unit itself.
#[derive(Clone, Copy, Default)]
struct Node {
    at: u32,
    unit: u32,
}

impl Node {
    /// The child of a byte.
    #[inline]
    fn child(self, byte: u8, unit_at: impl Fn(usize) -> Option<[u8; 4]>) -> Option<Node> {
        let at = self.at ^ offset(self.unit) ^ u32::from(byte);
        let unit = unit_at(at as usize).map(u32::from_le_bytes)?;
        // The label of a leaf has its top bit set: a NUL in the text finds none.
        (unit & (1 << 31 | 0xFF) == u32::from(byte) && byte != 0).then_some(Node { at, unit })
    }

    /// The value of the key that ends here, if one does.
    #[inline]
    fn value(self, unit_at: impl Fn(usize) -> Option<[u8; 4]>) -> Option<u32> {
        let leaf = || unit_at((self.at ^ offset(self.unit)) as usize).map(u32::from_le_bytes);
        if self.unit >> 8 & 1 == 1 { leaf().map(|leaf| leaf & !(1 << 31)) } else { None }
    }
}

#[inline]
fn walk(unit_at: impl Fn(usize) -> Option<[u8; 4]>, text: &[u8], mut found: impl FnMut(u32, usize)) {
    let Some(unit) = unit_at(0).map(u32::from_le_bytes) else { return };
    let mut node = Node { at: 0, unit };
    for (place, byte) in text.iter().enumerate() {
        let Some(child) = node.child(*byte, &unit_at) else { return };
        node = child;
        if let Some(value) = node.value(&unit_at) {
            found(value, place + 1);
        }
    }
}

/// Calls `found(place, length, value)`, in no certain order.
#[inline]
fn walk_by_turns(
    unit_at: impl Fn(usize) -> Option<[u8; 4]>,
    text: &[u8],
    places: &[u32],
    mut found: impl FnMut(u32, u32, u32),
) {
    let Some(root) = unit_at(0).map(u32::from_le_bytes).map(|unit| Node { at: 0, unit }) else { return };
    let mut places = places.iter().map(|at| (root, *at, 0u32));
    let mut walks: [(Node, u32, u32); WALKS] = Default::default();
    let mut count = 0;
    loop {
        while let Some(next) = (count < WALKS).then(|| places.next()).flatten() {
            walks[count] = next;
            count += 1;
        }
        if count == 0 {
            break;
        }
        let mut nth = 0;
        while nth < count {
            let (node, at, length) = &mut walks[nth];
            let byte = text.get((*at + *length) as usize);
            let Some(child) = byte.and_then(|byte| node.child(*byte, &unit_at)) else {
                count -= 1;
                walks[nth] = walks[count];
                continue;
            };
            *node = child;
            *length += 1;
            if let Some(value) = child.value(&unit_at) {
                found(*at, *length, value);
            }
            nth += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Pack, Part, Writer};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn trie(keys: &BTreeMap<String, u32>) -> Trie {
        let keys: Vec<(&str, u32)> = keys.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        let mut writer = Writer::default();
        writer.add(Part::NameTrie, Trie::build(&keys));
        Trie::new(Pack::of_stranger(writer.finish()).unwrap().section(Part::NameTrie as u32))
    }

    proptest! {
        #[test]
        fn finds_every_key_that_a_text_begins_with(
            keys in prop::collection::btree_map("[ab阿曼\u{1}]{1,4}|a{250,260}|[ab]{6,9}", 0u32..1000, 0..20),
            text in "[ab阿曼\u{0}\u{1}]{0,8}|a{255,265}|[ab]{6,12}",
        ) {
            let trie = trie(&keys);
            let mut found = Vec::new();
            trie.prefixes(text.as_bytes(), |value, length| found.push((value, length)));
            let mut expected: Vec<(u32, usize)> =
                keys.iter().filter(|(key, _)| text.starts_with(key.as_str())).map(|(key, value)| (*value, key.len())).collect();
            expected.sort_by_key(|(_, length)| *length);
            prop_assert_eq!(&found, &expected);
            let places: Vec<u32> = (0..text.len() as u32).collect();
            let (mut by_turns, mut one_by_one) = (Vec::new(), Vec::new());
            trie.prefixes_at(text.as_bytes(), &places, &mut by_turns);
            for at in places {
                trie.prefixes(&text.as_bytes()[at as usize..], |value, length| {
                    one_by_one.push(Hit { at, length: length as u32, value });
                });
            }
            prop_assert_eq!(by_turns, one_by_one);
            for (key, value) in &keys {
                prop_assert_eq!(trie.get(key.as_bytes()), Some(*value));
            }
        }
    }
}
