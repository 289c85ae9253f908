//! One search over the text that finds the anchors of all patterns, and tells by what stands beside them which to try.

use super::anchor::Anchor;
use crate::pack::{Pack, RowWriter, Rows, Section, Trie, Writer};
use crate::text::{Beside, EDGE_BYTES, Edge, admits};
use std::collections::HashMap;

/// One multi-literal search for the anchors of all patterns of a language.
///
/// Bitmaps over hashed prefixes, of three bytes and then of more, pass the few places worth a look; a double-array trie
/// decides there.
pub struct AnchorIndex {
    /// Prefixes of three bytes, of all anchors that have as many.
    prefixes: Bitmap,
    /// Anchors of three bytes that end where words do, and others.
    three: [Bitmap; 2],
    /// Prefixes of four bytes, of anchors of four and five.
    four: Bitmap,
    /// Prefixes of six bytes, of anchors of six and seven.
    six: Bitmap,
    /// Prefixes of eight bytes, of longer ones.
    eight: Bitmap,
    /// Anchors of two bytes, by those as a number.
    pairs: Box<[u64; PAIR_CELLS]>,
    /// Anchors of one byte.
    single: [bool; 256],
    /// No anchor begins inside a word: places there need not be looked at.
    words_only: bool,
    trie: Trie,
    /// By trie value: where its patterns begin; they end where those of the next begin.
    starts: Rows<4>,
    /// Numbers of patterns, with [`STARTS_WORD`] and [`ENDS_WORD`], and those of their edges before and behind.
    patterns: Rows<8>,
    /// Different edges, each once.
    edges: Section,
}

const PREFIX_BITS: u32 = 17;
const CELLS: usize = 1 << (PREFIX_BITS - 6);
const BITMAPS: usize = 6;
const PAIR_CELLS: usize = (1 << 16) / 64;
/// Where the bitmap of pairs begins in the section, in cells.
const PAIRS_AT: usize = BITMAPS * CELLS;
/// Where the flags of single bytes begin, in bytes, and behind them the flag for words.
const SINGLES_AT: usize = (PAIRS_AT + PAIR_CELLS) * 8;
/// The anchors of this pattern begin where a word does.
const STARTS_WORD: u32 = 1 << 31;
/// The anchors of this pattern end where a word does.
const ENDS_WORD: u32 = 1 << 30;

/// Letters and digits of ASCII.
static LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        letters[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    letters
};

/// A set of hashes.
type Bitmap = Box<[u64; CELLS]>;

/// The hash of a prefix of at most eight bytes.
#[inline]
fn hash(prefix: u64) -> usize {
    (prefix.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PREFIX_BITS)) as usize
}

#[inline]
fn holds(bitmap: &Bitmap, hash: usize) -> bool {
    bitmap[hash / 64] >> (hash % 64) & 1 == 1
}

/// The first bytes as a number.
fn prefix(bytes: &[u8], count: usize) -> u64 {
    bytes.iter().take(count).rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Lays the search of a language out as sections, from the number and the anchor of each pattern.
pub(crate) fn write_index<'a>(nth: usize, patterns: impl Iterator<Item = (u32, &'a Anchor)>, writer: &mut Writer) {
    let mut pairs: Vec<(&str, u32, (u16, u16))> = Vec::new();
    // The first edge is the one that admits anything, which stands in for those that are too many to number.
    let mut edges = vec![Edge::anything()];
    let mut numbers: HashMap<Edge, u16> = HashMap::from([(Edge::anything(), 0)]);
    let mut number_of = |edge: &Edge| {
        *numbers.entry(edge.clone()).or_insert_with(|| {
            let number = u16::try_from(edges.len()).unwrap_or_default();
            edges.extend((number > 0).then(|| edge.clone()));
            number
        })
    };
    for (number, anchor) in patterns {
        let (start, end) = anchor.borders;
        let mark = if start { STARTS_WORD } else { 0 } | if end { ENDS_WORD } else { 0 };
        let beside = (number_of(&anchor.beside.0), number_of(&anchor.beside.1));
        pairs.extend(anchor.literals.iter().map(|literal| (literal.as_str(), number | mark, beside)));
    }
    pairs.retain(|(literal, ..)| !literal.is_empty() && !literal.contains('\0'));
    pairs.sort_by_key(|(literal, pattern, _)| (*literal, *pattern & !(STARTS_WORD | ENDS_WORD)));
    let mut bitmaps = vec![vec![0u64; CELLS]; BITMAPS];
    let mut pairs_of_bytes = vec![0u64; PAIR_CELLS];
    let mut single = [0u8; 256];
    let mut words_only = true;
    let (mut starts, mut rows) = (RowWriter::default(), RowWriter::default());
    let mut keys: Vec<(&str, u32)> = Vec::new();
    for (at, (literal, pattern, (before, behind))) in pairs.into_iter().enumerate() {
        if keys.last().is_none_or(|(last, _)| *last != literal) {
            keys.push((literal, keys.len() as u32));
            starts.u32(at as u32);
        }
        let bytes = literal.as_bytes();
        let mut set = |bitmap: usize, count: usize| {
            let hash = hash(prefix(bytes, count));
            bitmaps[bitmap][hash / 64] |= 1 << (hash % 64);
        };
        match bytes.len() {
            0 | 1 => single[usize::from(bytes[0])] = 1,
            2 => {
                let pair = prefix(bytes, 2) as usize;
                pairs_of_bytes[pair / 64] |= 1 << (pair % 64);
            }
            length => {
                set(0, 3);
                match length {
                    // Behind a character of a script without spaces anything may stand.
                    3 if pattern & ENDS_WORD != 0 && LETTERS[usize::from(bytes[2])] => set(1, 3),
                    3 => set(2, 3),
                    4..6 => set(3, 4),
                    6..8 => set(4, 6),
                    _ => set(5, 8),
                }
            }
        }
        words_only &= pattern & STARTS_WORD != 0 || !literal.starts_with(|c: char| c.is_ascii_alphanumeric());
        rows.u32(pattern).u16(before).u16(behind);
    }
    starts.u32((rows.0.len() / 8) as u32);
    let mut filter = RowWriter::default();
    for cell in bitmaps.into_iter().flatten().chain(pairs_of_bytes) {
        filter.u64(cell);
    }
    filter.0.extend_from_slice(&single);
    filter.u8(u8::from(words_only));
    let edges = edges.iter().flat_map(Edge::as_bytes).copied().collect();
    writer.add_anchors(nth, [filter.0, Trie::build(&keys), starts.0, rows.0, edges]);
}

/// Cells of a bitmap; empty ones where the section does not have them.
fn cells<const N: usize>(filter: &Section, from: usize) -> Box<[u64; N]> {
    let mut cells = Box::new([0; N]);
    let bytes = filter.get(from * 8, (from + N) * 8).unwrap_or_default();
    for (cell, bytes) in cells.iter_mut().zip(bytes.chunks_exact(8)) {
        *cell = bytes.try_into().map_or(0, u64::from_le_bytes);
    }
    cells
}

impl AnchorIndex {
    /// The search of the nth language of a pack.
    pub(crate) fn of_pack(pack: &Pack, nth: usize) -> AnchorIndex {
        let [filter, trie, starts, patterns, edges] = pack.anchors(nth);
        let bitmap = |nth: usize| cells(&filter, nth * CELLS);
        let (prefixes, three) = (bitmap(0), [bitmap(1), bitmap(2)]);
        let (four, six, eight) = (bitmap(3), bitmap(4), bitmap(5));
        let mut single = [false; 256];
        let bytes = filter.get(SINGLES_AT, SINGLES_AT + 256).unwrap_or_default();
        single.iter_mut().zip(bytes).for_each(|(single, byte)| *single = *byte != 0);
        let flag = filter.get(SINGLES_AT + 256, SINGLES_AT + 257);
        let words_only = flag.is_some_and(|flag| flag[0] != 0);
        AnchorIndex {
            words_only,
            prefixes,
            three,
            four,
            six,
            eight,
            pairs: cells(&filter, PAIRS_AT),
            single,
            trie: Trie::new(trie),
            starts: Rows::new(starts),
            patterns: Rows::new(patterns),
            edges,
        }
    }

    /// Whether it names only patterns and edges that exist.
    pub(crate) fn is_consistent(&self, patterns: usize) -> bool {
        let edges = self.edges.len() / EDGE_BYTES;
        (0..self.patterns.len()).map(|at| self.patterns.get(at)).all(|row| {
            ((row.u32(0) & !(STARTS_WORD | ENDS_WORD)) as usize) < patterns
                && usize::from(row.u16(4).max(row.u16(6))) < edges
        })
    }

    /// Whether an edge by its number admits what stands beside a place; one that does not exist admits anything.
    #[inline]
    fn admits(&self, edge: u16, beside: Beside) -> bool {
        let start = usize::from(edge) * EDGE_BYTES;
        let bytes: Option<&[u8; EDGE_BYTES]> =
            self.edges.get(start, start + EDGE_BYTES).and_then(|bytes| bytes.try_into().ok());
        edge == 0 || bytes.is_none_or(|bytes| admits(bytes, beside))
    }

    /// Whether some anchor may begin as these eight bytes do.
    #[inline]
    fn worth_a_look(&self, next: u64) -> bool {
        let head = hash(next & 0xFF_FFFF);
        let pair = (next & 0xFFFF) as usize;
        self.pairs[pair / 64] >> (pair % 64) & 1 == 1
            || self.single[(next & 0xFF) as usize]
            || holds(&self.prefixes, head)
                && (holds(&self.eight, hash(next))
                    || holds(&self.six, hash(next & 0xFFFF_FFFF_FFFF))
                    || holds(&self.four, hash(next & 0xFFFF_FFFF))
                    || holds(&self.three[1], head)
                    || !LETTERS[(next >> 24 & 0xFF) as usize] && holds(&self.three[0], head))
    }

    /// Calls `hit(pattern, offset)` for every anchor in `lower`, in text order.
    pub fn find(&self, lower: &str, mut hit: impl FnMut(u32, usize)) {
        let bytes = lower.as_bytes();
        let runs_on = |a: usize, b: usize| {
            let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
            letter(a) && letter(b)
        };
        let mut look = |at: usize| {
            let before = Beside::before(bytes, at);
            self.trie.prefixes(&bytes[at..], |value, length| {
                let behind = Beside::after(bytes, at + length);
                let (starts, ends) = (at == 0 || !runs_on(at - 1, at), !runs_on(at + length - 1, at + length));
                let value = value as usize;
                for row in self.patterns.slice(self.starts.get(value).u32(0), self.starts.get(value + 1).u32(0)) {
                    let pattern = row.u32(0);
                    if (starts || pattern & STARTS_WORD == 0)
                        && (ends || pattern & ENDS_WORD == 0)
                        && self.admits(row.u16(4), before)
                        && self.admits(row.u16(6), behind)
                    {
                        hit(pattern & !(STARTS_WORD | ENDS_WORD), at);
                    }
                }
            });
        };
        let mut at = 0;
        while at + 8 <= bytes.len() {
            let first = bytes[at];
            let next = bytes[at..at + 8].try_into().map_or(0, u64::from_le_bytes);
            if self.worth_a_look(next) {
                look(at);
            }
            // Anchors begin where characters do, and those of letters mostly where words do.
            at += if (0xE0..0xF0).contains(&first) { 3 } else { 1 };
            if self.words_only && LETTERS[usize::from(first)] {
                while bytes.get(at).is_some_and(|byte| LETTERS[usize::from(*byte)]) {
                    at += 1;
                }
            }
        }
        (at..bytes.len()).for_each(look);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits<'t>(literals: &[&[&str]], borders: (bool, bool), text: &'t str) -> Vec<(u32, &'t str)> {
        let anchor = |literals: &&[&str]| Anchor {
            literals: literals.iter().map(|literal| (*literal).to_owned()).collect(),
            per_million: 0.0,
            borders,
            beside: (Edge::anything(), Edge::anything()),
        };
        let anchors: Vec<Anchor> = literals.iter().map(anchor).collect();
        let mut writer = Writer::default();
        write_index(0, (0..).zip(&anchors), &mut writer);
        let index = AnchorIndex::of_pack(&Pack::of_compiler(writer.finish()).unwrap(), 0);
        let mut hits = Vec::new();
        index.find(text, |pattern, at| hits.push((pattern, &text[at..])));
        hits
    }

    #[test]
    fn finds_every_anchor_everywhere() {
        let found = hits(&[&["首都", "的首都"], &["(", " capital"]], (false, false), "阿曼的首都(the capital");
        assert_eq!(found, [(0, "的首都(the capital"), (0, "首都(the capital"), (1, "(the capital"), (1, " capital")]);
    }

    #[test]
    fn words_end_where_no_letter_goes_on() {
        let found = hits(&[&["may"], &["时"]], (true, true), "in may 25时30分, maybe");
        assert_eq!(found, [(0, "may 25时30分, maybe"), (1, "时30分, maybe")]);
    }
}
