//! The index of names: which known name stands at a place, by longest match over all kinds.
//!
//! Keys are folded names in ASCII lower case in a double-array trie (bytes that a pack can hold as they are); a hit is
//! then checked for case and for the borders of words.

use super::base::NameUse;
use yada::DoubleArray;

/// A known name at a place, with every way to read it.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Its readings.
    pub uses: &'a [NameUse],
}

/// A static index from names to their readings.
#[derive(Default)]
pub struct NameIndex {
    trie: Option<DoubleArray<Vec<u8>>>,
    /// By trie value: the name as it must be written (case matters), and its readings in `uses`.
    entries: Vec<Entry>,
    uses: Vec<NameUse>,
    /// Longest key in bytes: how far back a name that covers a place can begin.
    longest: usize,
}

struct Entry {
    /// Spellings by case that are accepted beside ALL CAPS; more than one when names differ by case alone.
    written: Vec<Box<str>>,
    uses: (u32, u32),
}

impl std::fmt::Debug for NameIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NameIndex").field("names", &self.entries.len()).finish()
    }
}

impl NameIndex {
    /// Builds the index from folded names and how each is meant.
    pub(crate) fn build(mut names: Vec<(String, NameUse)>) -> NameIndex {
        names.retain(|(name, _)| !name.is_empty());
        // The surest bearer of a name first: its reading is the one that messages are written from.
        names.sort_by_cached_key(|(name, meant)| (name.to_ascii_lowercase(), meant.unsure, meant.weak, meant.entity));
        let mut index = NameIndex::default();
        let mut keys: Vec<(Vec<u8>, u32)> = Vec::new();
        for (name, meant) in names {
            let key = name.to_ascii_lowercase().into_bytes();
            index.longest = index.longest.max(key.len());
            if keys.last().is_none_or(|(last, _)| *last != key) {
                keys.push((key, index.entries.len() as u32));
                let at = index.uses.len() as u32;
                index.entries.push(Entry { written: Vec::new(), uses: (at, at) });
            }
            let Some(entry) = index.entries.last_mut() else { continue };
            if !entry.written.iter().any(|known| **known == *name) {
                entry.written.push(name.into_boxed_str());
            }
            index.uses.push(meant);
            entry.uses.1 += 1;
        }
        if !keys.is_empty() {
            // Keys are sorted and distinct and values fit 31 bits, which is all that building asks for.
            index.trie =
                yada::builder::DoubleArrayBuilder::build(&keys).ok().and_then(|bytes| DoubleArray::new(bytes).ok());
        }
        index
    }

    /// How many distinct names there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The longest known name that begins at `at` and ends by `limit`, whatever its kind.
    pub fn longest_at(&self, text: &str, lower: &str, at: usize, limit: usize) -> Option<Found<'_>> {
        if !border_before(text, at) {
            return None;
        }
        let key = lower.as_bytes().get(at..limit)?;
        let mut best = None;
        for (value, length) in self.trie.as_ref()?.common_prefix_search(key) {
            let end = at + length;
            if text.is_char_boundary(end) && border_after(text, end) && self.written_so(value, &text[at..end]) {
                best = Some((value, end));
            }
        }
        best.map(|(value, end)| Found { start: at, end, uses: self.uses_of(value) })
    }

    /// The known name that ends exactly at `end`: the earliest start decides, and no known name may run across `end`.
    pub fn ending_at(&self, text: &str, lower: &str, start: usize, end: usize) -> Option<Found<'_>> {
        let at = self.earliest_start(text, start, end);
        let mut best: Option<Found<'_>> = None;
        for (offset, _) in text[at..end].char_indices() {
            let Some(found) = self.longest_at(text, lower, at + offset, text.len()) else { continue };
            if found.end > end {
                return None;
            }
            if found.end == end && best.is_none() {
                best = Some(found);
            }
        }
        best
    }

    /// The earliest place at which a name that reaches `end` can begin: no further back than the longest name, and not
    /// before a mark that no name holds.
    fn earliest_start(&self, text: &str, start: usize, end: usize) -> usize {
        let mut from = end.saturating_sub(self.longest).max(start);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let mut next = None;
        for (at, c) in text[from..end].char_indices().rev() {
            // A comma inside a name has a space behind it (Washington, D.C.), one of Chinese text has none.
            let comma = c == ',' && next.is_some_and(|next| next != ' ');
            if comma || matches!(c, '。' | '、' | ';' | '!' | '?' | '“' | '”' | '《' | '》') {
                return from + at + c.len_utf8();
            }
            next = Some(c);
        }
        from
    }

    /// Whether a known name begins before `at`, within the same passage, and runs across it.
    pub fn crosses(&self, text: &str, lower: &str, start: usize, at: usize) -> bool {
        let from = self.earliest_start(text, start, at);
        text[from..at].char_indices().any(|(offset, _)| {
            self.longest_at(text, lower, from + offset, text.len()).is_some_and(|found| found.end > at)
        })
    }

    /// Readings of an exact name, folded, in ASCII lower case.
    pub fn exact(&self, folded: &str) -> &[NameUse] {
        let key = folded.to_ascii_lowercase();
        self.trie
            .as_ref()
            .and_then(|trie| trie.exact_match_search(key.as_bytes()))
            .map_or(&[], |value| self.uses_of(value))
    }

    fn uses_of(&self, value: u32) -> &[NameUse] {
        let (start, end) = self.entries[value as usize].uses;
        &self.uses[start as usize..end as usize]
    }

    /// A name stands as written or in ALL CAPS (datelines, headlines).
    fn written_so(&self, value: u32, words: &str) -> bool {
        let entry = &self.entries[value as usize];
        entry.written.iter().any(|written| **written == *words) || !words.bytes().any(|b| b.is_ascii_lowercase())
    }
}

/// Whether a letter or digit of an alphabetic script: the ones that make words run on.
pub(crate) fn runs_on(c: char) -> bool {
    // The scripts without spaces come first: asking Unicode about a Han character is slow, and copy is full of them.
    match c {
        '\u{0}'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => {
            false
        }
        _ => c.is_alphanumeric(),
    }
}

/// Whether a word may begin at `at`: the characters on both sides do not make one word.
pub(crate) fn border_before(text: &str, at: usize) -> bool {
    border(text, at)
}

/// Whether a word may end at `at`.
pub(crate) fn border_after(text: &str, at: usize) -> bool {
    border(text, at)
}

fn border(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    !(before.is_some_and(runs_on) && after.is_some_and(runs_on))
}

#[cfg(test)]
mod tests {
    use super::super::base::{EntityId, FormId, KindId};
    use super::*;
    use crate::fact::Days;
    use crate::text::Lang;

    fn index(names: &[&str]) -> NameIndex {
        let meant = |at: usize| NameUse {
            entity: EntityId(at as u32),
            kind: KindId(0),
            form: FormId::BASE,
            lang: Lang::ZH,
            weak: false,
            unsure: false,
            days: Days::ALWAYS,
        };
        NameIndex::build(names.iter().enumerate().map(|(at, name)| (name.to_string(), meant(at))).collect())
    }

    fn at<'a>(index: &NameIndex, text: &'a str, place: usize) -> Option<&'a str> {
        index.longest_at(text, &text.to_ascii_lowercase(), place, text.len()).map(|found| &text[found.start..found.end])
    }

    #[test]
    fn the_longest_name_decides() {
        let names = index(&["塔吉克", "塔吉克斯坦", "多哈", "多哈扎里"]);
        assert_eq!(at(&names, "塔吉克斯坦总统", 0), Some("塔吉克斯坦"));
        assert_eq!(at(&names, "多哈扎里", 0), Some("多哈扎里"));
    }

    #[test]
    fn latin_names_keep_case_and_borders() {
        let names = index(&["Oman", "Abu Dhabi", "Nice"]);
        assert_eq!(at(&names, "Omani", 0), None);
        assert_eq!(at(&names, "ABU DHABI, Feb 5", 0), Some("ABU DHABI"));
        assert_eq!(at(&names, "nice work", 0), None);
        assert_eq!(at(&names, "Oman的", 0), Some("Oman"));
    }

    #[test]
    fn looking_back_the_longer_name_decides() {
        let names = index(&["德", "西德", "首都机场", "中国首都"]);
        let text = "在西德首都";
        let end = "在西德".len();
        let found = names.ending_at(text, text, 0, end).unwrap();
        assert_eq!(&text[found.start..found.end], "西德");
        let text = "中国首都机场";
        assert!(names.crosses(text, text, 0, "中国".len()));
    }
}
