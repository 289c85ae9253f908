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

#[inline]
fn unit_in(units: &[u8], at: usize) -> Option<[u8; 4]> {
    units.get(at * 4..at * 4 + 4)?.try_into().ok()
}

#[inline]
fn walk(unit_at: impl Fn(usize) -> Option<[u8; 4]>, text: &[u8], mut found: impl FnMut(u32, usize)) {
    let read = |at: u32| unit_at(at as usize).map(u32::from_le_bytes);
    let offset = |unit: u32| (unit >> 10) << ((unit & 1 << 9) >> 6);
    let mut at = 0u32;
    let Some(mut unit) = read(0) else { return };
    for (place, byte) in text.iter().enumerate() {
        at ^= offset(unit) ^ u32::from(*byte);
        match read(at) {
            // The label of a leaf has its top bit set: a NUL in the text finds none.
            Some(next) if next & (1 << 31 | 0xFF) == u32::from(*byte) && *byte != 0 => unit = next,
            _ => return,
        }
        if unit >> 8 & 1 == 1 {
            let Some(leaf) = read(at ^ offset(unit)) else { return };
            found(leaf & !(1 << 31), place + 1);
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
            keys in prop::collection::btree_map("[ab阿曼\u{1}]{1,4}", 0u32..1000, 0..20),
            text in "[ab阿曼\u{0}\u{1}]{0,8}",
        ) {
            let trie = trie(&keys);
            let mut found = Vec::new();
            trie.prefixes(text.as_bytes(), |value, length| found.push((value, length)));
            let mut expected: Vec<(u32, usize)> =
                keys.iter().filter(|(key, _)| text.starts_with(key.as_str())).map(|(key, value)| (*value, key.len())).collect();
            expected.sort_by_key(|(_, length)| *length);
            prop_assert_eq!(found, expected);
            for (key, value) in &keys {
                prop_assert_eq!(trie.get(key.as_bytes()), Some(*value));
            }
        }
    }
}
