//! Lists of words as one step: those that begin with the byte at hand are found at once.

use serde::{Deserialize, Serialize};

/// Words of which one stands at a place, sorted by the byte that is looked at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WordList {
    /// By word: its first byte, or its last one if it is read leftward.
    nearest: Box<[u8]>,
    /// By word: where it ends in `text`.
    ends: Box<[u32]>,
    text: Box<str>,
}

impl WordList {
    /// Of words that are not empty. Those that begin alike keep their order; others cannot stand at one place.
    pub(super) fn new(words: &[&str], leftward: bool) -> WordList {
        let nearest_of = |word: &str| {
            let word = word.as_bytes();
            let nearest = if leftward { word.last() } else { word.first() };
            nearest.copied().unwrap_or_default()
        };
        let mut words: Vec<(u8, &str)> = words.iter().map(|word| (nearest_of(word), *word)).collect();
        words.sort_by_key(|(nearest, _)| *nearest);
        let mut text = String::new();
        let ends = words.iter().map(|(_, word)| {
            text.push_str(word);
            text.len() as u32
        });
        let ends = ends.collect();
        WordList { nearest: words.iter().map(|(nearest, _)| *nearest).collect(), ends, text: text.into() }
    }

    /// Whether it can be asked: every word lies in its text.
    pub(super) fn is_consistent(&self) -> bool {
        self.nearest.len() == self.ends.len()
            && self.ends.is_sorted()
            && self.ends.last().is_none_or(|end| *end as usize <= self.text.len())
    }

    /// The bytes that are looked at first.
    pub(super) fn nearest(&self) -> &[u8] {
        &self.nearest
    }

    /// The words that have this nearest byte, the last one first.
    #[inline]
    pub(super) fn with_nearest(&self, byte: u8) -> impl Iterator<Item = &[u8]> {
        let start = self.nearest.iter().position(|nearest| *nearest == byte).unwrap_or(self.nearest.len());
        let count = self.nearest[start..].iter().take_while(|nearest| **nearest == byte).count();
        (start..start + count).rev().map(|at| self.word(at))
    }

    #[inline]
    fn word(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text.as_bytes()[start..self.ends[at] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_begin_alike_keep_their_order() {
        let list = WordList::new(&["rose", "fell", "rises", "fall", "增长"], false);
        let with = |byte| list.with_nearest(byte).map(|word| std::str::from_utf8(word).unwrap()).collect::<Vec<_>>();
        assert_eq!(with(b'r'), ["rises", "rose"]);
        assert_eq!(with(b'f'), ["fall", "fell"]);
        assert_eq!(with("增".as_bytes()[0]), ["增长"]);
        assert!(with(b'x').is_empty());
        let leftward = WordList::new(&["rose", "fell", "rise"], true);
        assert_eq!(leftward.with_nearest(b'e').count(), 2);
    }
}
