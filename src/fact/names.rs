//! The index of names: which known name stands at a place, by longest match over all kinds.
//!
//! Keys are folded names in ASCII lower case in a double-array trie, which a pack holds as it is; a hit is then checked
//! for case and for the borders of words.

use super::base::{unsure_bit, weak_bit};
use super::days::Days;
use super::name_filter::{self, End, NameFilter};
use super::schema::{EntityId, FormId, KindId};
use crate::pack::{Pack, Part, Row, RowWriter, Rows, Trie, Writer, day_number, day_of};
use crate::text::Lang;
use std::ops::Range;

/// How a name found in copy is meant: one entity under one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// Who is meant.
    pub entity: EntityId,
    /// Its kind.
    pub kind: KindId,
    /// Under which form.
    pub form: FormId,
    /// In which language.
    pub lang: Lang,
    /// Also a plain word.
    pub weak: bool,
    /// Not sure to be a name of it: supports, never refutes.
    pub unsure: bool,
    /// When it was so called.
    pub days: Days,
}

/// The readings of a name, the surest first.
#[derive(Clone, Copy, Debug)]
pub struct Uses<'a> {
    index: &'a NameIndex,
    range: (u32, u32),
    /// The words begin with a small letter: names that are written with a capital are not meant.
    small: bool,
}

impl<'a> Uses<'a> {
    /// The readings one by one.
    pub fn iter(self) -> impl Iterator<Item = NameUse> + 'a {
        self.rows().map(name_use)
    }

    fn rows(self) -> impl Iterator<Item = Row<USE>> + 'a {
        self.index.uses.range(self.range.0, self.range.1).filter(move |row| !self.small || row.u8(7) & CAPITAL == 0)
    }

    /// Whether one of them is of a kind and in one of these forms; `weak` tells whether a plain word counts.
    pub(crate) fn include(self, kind: KindId, forms: &[FormId], weak: bool) -> bool {
        self.rows().any(|row| {
            row.u16(4) == kind.0 && forms.contains(&FormId(row.u8(6))) && (weak || row.u8(7) & weak_bit(true) == 0)
        })
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.rows().next().is_none()
    }
}

/// Flag beside the number at which the readings of a name begin: all of them are of kinds whose names do not hide others.
const SEE_THROUGH: u32 = 1 << 31;
/// Flag of a reading: its name is written with a capital.
const CAPITAL: u8 = 1 << 7;
/// Size of the row of a reading, in bytes.
const USE: usize = 18;

fn name_use(row: Row<USE>) -> NameUse {
    NameUse {
        entity: EntityId(row.u32(0)),
        kind: KindId(row.u16(4)),
        form: FormId(row.u8(6)),
        weak: row.u8(7) & weak_bit(true) != 0,
        unsure: row.u8(7) & unsure_bit(true) != 0,
        lang: Lang::of_bytes([row.u8(8), row.u8(9)]),
        days: match (row.i32(10), row.i32(14)) {
            // Nearly all names, and days are not free to make.
            (i32::MIN, i32::MAX) => Days::ALWAYS,
            (from, until) => Days { from: day_of(from), until: day_of(until) },
        },
    }
}

/// A static index from names to their readings.
#[derive(Debug, Default)]
pub struct NameIndex {
    trie: Trie,
    /// By trie value: where its readings and its spellings begin; they end where those of the next begin.
    entries: Rows<8>,
    /// Spellings by case that are accepted beside ALL CAPS, each by where its capitals stand; more than one when names
    /// differ by case alone, none where case does not matter.
    written: Rows<8>,
    uses: Rows<USE>,
    filter: NameFilter,
    /// Longest key in bytes: how far back a name that covers a place can begin.
    longest: usize,
}

/// Lays folded names and how each is meant out as sections.
pub(super) fn write(mut names: Vec<(String, NameUse)>, transparent: impl Fn(KindId) -> bool, writer: &mut Writer) {
    names.retain(|(name, _)| !name.is_empty() && !name.contains('\0'));
    // The surest bearer of a name first: its reading is the one that messages are written from.
    names.sort_by_cached_key(|(name, meant)| (name.to_ascii_lowercase(), meant.unsure, meant.weak, meant.entity));
    let in_lower: Vec<(String, KindId)> =
        names.iter().map(|(name, meant)| (name.to_ascii_lowercase(), meant.kind)).collect();
    name_filter::write(in_lower.iter().map(|(name, kind)| (name.as_str(), *kind)), writer);
    let (mut entries, mut written, mut uses) = (RowWriter::default(), RowWriter::default(), RowWriter::default());
    let (mut written_count, mut longest) = (0u32, 0usize);
    let mut keys: Vec<(String, u32)> = Vec::new();
    let mut spellings: Vec<u64> = Vec::new();
    let mut see_through: Vec<bool> = Vec::new();
    for (number, (name, meant)) in names.into_iter().enumerate() {
        let key = name.to_ascii_lowercase();
        longest = longest.max(key.len());
        if keys.last().is_none_or(|(last, _)| *last != key) {
            entries.u32(number as u32).u32(written_count);
            keys.push((key, keys.len() as u32));
            spellings.clear();
            see_through.push(true);
        }
        if let Some(last) = see_through.last_mut() {
            *last &= transparent(meant.kind);
        }
        let capital = if name.starts_with(|c: char| c.is_ascii_uppercase()) { CAPITAL } else { 0 };
        let capitals = capitals(&name);
        if name.bytes().any(|b| b.is_ascii_alphabetic()) && !spellings.contains(&capitals) {
            written.u64(capitals);
            written_count += 1;
            spellings.push(capitals);
        }
        uses.u32(meant.entity.0).u16(meant.kind.0).u8(meant.form.0);
        uses.u8(weak_bit(meant.weak) | unsure_bit(meant.unsure) | capital);
        let [a, b] = meant.lang.bytes();
        uses.u8(a).u8(b);
        match meant.days == Days::ALWAYS {
            true => uses.i32(i32::MIN).i32(i32::MAX),
            false => uses.i32(day_number(meant.days.from)).i32(day_number(meant.days.until)),
        };
    }
    for (at, _) in see_through.iter().enumerate().filter(|(_, see_through)| **see_through) {
        entries.0[at * 8 + 3] |= (SEE_THROUGH >> 24) as u8;
    }
    // The row behind the last one ends its ranges; the one behind that tells how long names are.
    entries.u32((uses.0.len() / USE) as u32).u32(written_count).u32(longest as u32).u32(0);
    writer.add(Part::NameTrie, Trie::build(&keys));
    writer.add(Part::NameEntries, entries.0);
    writer.add(Part::NameWritten, written.0);
    writer.add(Part::NameUses, uses.0);
}

impl NameIndex {
    /// The index of a pack.
    pub(crate) fn of_pack(pack: &Pack) -> NameIndex {
        let section = |part: Part| pack.section(part as u32);
        let entries: Rows<8> = Rows::new(section(Part::NameEntries));
        NameIndex {
            trie: Trie::new(section(Part::NameTrie)),
            longest: entries.len().checked_sub(1).map_or(0, |last| entries.get(last).u32(0) as usize),
            entries,
            written: Rows::new(section(Part::NameWritten)),
            uses: Rows::new(section(Part::NameUses)),
            filter: NameFilter::of_pack(pack),
        }
    }

    /// Whether every number leads to something; `forms` tells how many forms a kind has, if there is such a kind.
    pub(crate) fn is_consistent(&self, entities: u32, forms: &dyn Fn(usize) -> Option<usize>) -> bool {
        let count = self.len() + 1;
        let rising = |field: usize, most: usize| {
            let mut last = 0;
            (0..count.min(self.entries.len())).all(|at| {
                let here = self.entries.get(at).u32(field) & !SEE_THROUGH;
                let fits = last <= here && here as usize <= most;
                last = here;
                fits
            })
        };
        rising(0, self.uses.len())
            && rising(4, self.written.len())
            && (0..self.uses.len()).map(|at| name_use(self.uses.get(at))).all(|meant| {
                let form = usize::from(meant.form.0);
                meant.entity.0 < entities && forms(usize::from(meant.kind.0)).is_some_and(|count| form <= count)
            })
    }

    /// How many distinct names there are.
    pub fn len(&self) -> usize {
        self.entries.len().saturating_sub(2)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The end and the number of the longest known name that begins at `at` and ends by `limit`, whatever its kind.
    /// Names that do not hide others count only if `all` do.
    pub(crate) fn longest_at(
        &self,
        text: &str,
        lower: &str,
        at: usize,
        limit: usize,
        all: bool,
    ) -> Option<(usize, u32)> {
        let counts = |value: u32, _: &str| all || self.entries.get(value as usize).u32(0) & SEE_THROUGH == 0;
        self.longest_that(counts, text, lower, at..limit)
    }

    /// The same among the names of one kind, those included that do not hide others.
    pub(crate) fn longest_of_kind(
        &self,
        kind: KindId,
        text: &str,
        lower: &str,
        at: usize,
        limit: usize,
    ) -> Option<(usize, u32)> {
        let counts = |value: u32, words: &str| self.uses_of(value, words).iter().any(|meant| meant.kind == kind);
        self.longest_that(counts, text, lower, at..limit)
    }

    #[inline]
    fn longest_that(
        &self,
        counts: impl Fn(u32, &str) -> bool,
        text: &str,
        lower: &str,
        within: Range<usize>,
    ) -> Option<(usize, u32)> {
        let at = within.start;
        if !border_before(text, at) {
            return None;
        }
        let mut best = None;
        self.trie.prefixes(lower.as_bytes().get(within)?, |value, length| {
            let end = at + length;
            if text.is_char_boundary(end)
                && border_after(text, end)
                && self.written_so(value, &text[at..end])
                && counts(value, &text[at..end])
            {
                best = Some((end, value));
            }
        });
        best
    }

    /// Whether a name of a kind may begin or end at a place, as the bytes beside it tell.
    #[inline]
    pub(crate) fn may_stand(&self, kind: KindId, end: End, lower: &str, at: usize) -> bool {
        self.filter.may_stand(kind, end, lower.as_bytes(), at)
    }

    /// Bytes of the longest name.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Readings of an exact name, folded, in ASCII lower case.
    pub fn exact(&self, folded: &str) -> Uses<'_> {
        let key = folded.to_ascii_lowercase();
        let none = Uses { index: self, range: (0, 0), small: false };
        self.trie.get(key.as_bytes()).map_or(none, |value| self.uses_of(value, ""))
    }

    /// The readings of a name by its number, as some words are written that are this name.
    pub(crate) fn uses_of(&self, value: u32, words: &str) -> Uses<'_> {
        let at = value as usize;
        let start = |at: usize| self.entries.get(at).u32(0) & !SEE_THROUGH;
        let small = words.starts_with(|c: char| c.is_ascii_lowercase());
        Uses { index: self, range: (start(at), start(at + 1)), small }
    }

    /// A name stands as written or in ALL CAPS (datelines, headlines).
    fn written_so(&self, value: u32, words: &str) -> bool {
        if !words.bytes().any(|b| b.is_ascii_lowercase()) {
            return true;
        }
        let (start, end) = (self.entries.get(value as usize).u32(4), self.entries.get(value as usize + 1).u32(4));
        let capitals = capitals(words);
        self.written.range(start, end).any(|row| row.u64(0) == capitals)
    }
}

/// Where the capitals of a name stand, a bit for each byte; beyond the sixty-fourth any case will do.
fn capitals(words: &str) -> u64 {
    words.bytes().take(64).enumerate().fold(0, |bits, (at, byte)| bits | u64::from(byte.is_ascii_uppercase()) << at)
}

/// Whether a letter or digit of an alphabetic script: the ones that make words run on.
pub(crate) fn runs_on(c: char) -> bool {
    // The scripts without spaces come first: asking Unicode about a Han character is slow, and copy is full of them.
    match c {
        '\u{0}'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => {
            false
        }
        // What an encoding lost is part of a word.
        '\u{FFFD}' => true,
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

/// Whether a question mark stands between small letters.
fn is_lost_letter(text: &str, at: usize) -> bool {
    let small = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_lowercase);
    at > 0 && small(text.as_bytes().get(at - 1)) && small(text.as_bytes().get(at + 1))
}

fn border(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        // Han characters and their punctuation, nearly all of Chinese copy: U+3000 to U+9FFF.
        None | Some(0xE3..=0xE9) => return true,
        // A letter that an encoding lost stands as a mark: the Sch of Sch?uble ends no word.
        Some(b'?') => return !is_lost_letter(text, at),
        Some(byte) if byte.is_ascii() && !byte.is_ascii_alphanumeric() => return true,
        Some(_) => {}
    }
    // English copy: what stands on either side need not be decoded.
    let bytes = text.as_bytes();
    let both = at.checked_sub(1).and_then(|before| Some((bytes.get(before)?, bytes.get(at)?)));
    if let Some((before, after)) = both.filter(|(before, after)| before.is_ascii() && after.is_ascii()) {
        return !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric());
    }
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    !(before.is_some_and(runs_on) && after.is_some_and(runs_on))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::fact::Days;
    use crate::text::Lang;

    pub(crate) fn index(names: &[&str]) -> NameIndex {
        let meant = |at: usize| NameUse {
            entity: EntityId(at as u32),
            kind: KindId(0),
            form: FormId::BASE,
            lang: Lang::ZH,
            weak: false,
            unsure: false,
            days: Days::ALWAYS,
        };
        let names = names.iter().enumerate().map(|(at, name)| (name.to_string(), meant(at))).collect();
        let mut writer = Writer::default();
        write(names, |_| false, &mut writer);
        NameIndex::of_pack(&Pack::of_compiler(writer.finish()).unwrap())
    }

    fn at<'a>(index: &NameIndex, text: &'a str, place: usize) -> Option<&'a str> {
        index.longest_at(text, &text.to_ascii_lowercase(), place, text.len(), true).map(|(end, _)| &text[place..end])
    }

    #[test]
    fn the_longest_name_decides() {
        let names = index(&["塔吉克", "塔吉克斯坦", "多哈", "多哈扎里"]);
        assert_eq!(at(&names, "塔吉克斯坦总统", 0), Some("塔吉克斯坦"));
        assert_eq!(at(&names, "多哈扎里", 0), Some("多哈扎里"));
    }

    #[test]
    fn small_words_are_no_names_with_capitals() {
        let names = index(&["Capital", "capital", "Oman"]);
        let meant = |words: &str| {
            let (_, number) = names.longest_at(words, &words.to_ascii_lowercase(), 0, words.len(), true).unwrap();
            names.uses_of(number, words).iter().map(|meant| meant.entity.0).collect::<Vec<_>>()
        };
        assert_eq!(meant("capital"), [1]);
        assert_eq!(meant("Capital"), [0, 1]);
        assert_eq!(meant("OMAN"), [2]);
    }

    #[test]
    fn latin_names_keep_case_and_borders() {
        let names = index(&["Oman", "Abu Dhabi", "Nice"]);
        assert_eq!(at(&names, "Omani", 0), None);
        assert_eq!(at(&names, "ABU DHABI, Feb 5", 0), Some("ABU DHABI"));
        assert_eq!(at(&names, "nice work", 0), None);
        assert_eq!(at(&names, "Oman?s", 0), None);
        assert_eq!(at(&names, "Oman\u{FFFD}i", 0), None);
        assert_eq!(at(&names, "Oman? So", 0), Some("Oman"));
        assert_eq!(at(&names, "Oman的", 0), Some("Oman"));
    }
}
