//! A double-array trie walked in place: built by `yada`, read with every step bounded and proved.
//!
//! The layout of a unit is yada's, which is that of darts-clone: label in the low byte, a flag for "a key ends here",
//! the offset of the children; a leaf has its top bit set and holds the key's value.

use super::Section;

/// A map from keys to numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trie {
    section: Section,
}

impl Trie {
    pub(crate) fn new(section: Section) -> Trie {
        Trie { section }
    }

    /// The bytes of a trie from sorted, distinct, non-empty keys without NUL and their values below 2³¹.
    pub(crate) fn build(keys: &[(impl AsRef<[u8]>, u32)]) -> Vec<u8> {
        if keys.is_empty() {
            return Vec::new();
        }
        yada::builder::DoubleArrayBuilder::build(keys).unwrap_or_default()
    }

    /// Calls `found(value, length)` for every key that `text` begins with, the shortest first.
    #[inline]
    pub(crate) fn prefixes(&self, text: &[u8], found: impl FnMut(u32, usize)) {
        match self.section.trusted() {
            Some(units) => walk(|at| unit_in(units, at), text, found),
            None => walk(|at| self.section.get(at * 4, at * 4 + 4).and_then(|unit| unit.try_into().ok()), text, found),
        }
    }

    /// Adds every key that begins at one of these places of a text, by place and then the shortest first.
    ///
    /// The walks of several places go on by turns: each waits for memory at nearly every step, and so they wait together.
    pub(crate) fn prefixes_at(&self, text: &[u8], places: &[u32], found: &mut Vec<Hit>) {
        match self.section.trusted() {
            Some(units) => walk_by_turns(|at| unit_in(units, at), text, places, found),
            None => {
                let unit_at = |at: usize| self.section.get(at * 4, at * 4 + 4).and_then(|unit| unit.try_into().ok());
                walk_by_turns(unit_at, text, places, found);
            }
        }
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

#[inline]
fn walk_by_turns(unit_at: impl Fn(usize) -> Option<[u8; 4]>, text: &[u8], places: &[u32], found: &mut Vec<Hit>) {
    let Some(root) = unit_at(0).map(u32::from_le_bytes).map(|unit| Node { at: 0, unit }) else { return };
    let before = found.len();
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
                found.push(Hit { at: *at, length: *length, value });
            }
            nth += 1;
        }
    }
    found[before..].sort_unstable();
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
            keys in prop::collection::btree_map("[ab阿曼\u{1}]{1,4}", 0u32..1000, 0..20),
            text in "[ab阿曼\u{0}\u{1}]{0,8}",
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
