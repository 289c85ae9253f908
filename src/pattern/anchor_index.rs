//! One search over the text that finds the anchors of all patterns, and tells by what stands beside them which to try.

use super::anchor::Anchor;
use crate::pack::{Hit, Pack, RowWriter, Rows, Section, Trie, Writer};
use crate::text::{Beside, EDGE_BYTES, Edge, admits};
use std::collections::HashMap;

/// One multi-literal search for the anchors of all patterns of a language.
///
/// Bitmaps over beginnings – of anchors together with what must stand behind them – pass the few places worth a look; a
/// double-array trie decides there.
pub struct AnchorIndex {
    /// The bitmaps, one behind the other.
    cells: Box<[u64; CELLS]>,
    trie: Trie,
    /// By trie value, which is the number of a list of patterns: where the list begins; it ends where the next begins.
    starts: Rows<4>,
    /// Numbers of patterns, with [`STARTS_WORD`] and [`ENDS_WORD`], and those of their edges before and behind.
    patterns: Rows<8>,
    /// Different edges, each once.
    edges: Section,
}

/// A bitmap over the first bytes of beginnings: of how many, and its bits as a power of two.
#[derive(Clone, Copy)]
struct Bitmap {
    bytes: usize,
    bits: u32,
}

const BITMAPS: [Bitmap; 8] = [
    Bitmap { bytes: 2, bits: 16 },
    Bitmap { bytes: 2, bits: 16 },
    Bitmap { bytes: 2, bits: 16 },
    Bitmap { bytes: 3, bits: 17 },
    Bitmap { bytes: 3, bits: 17 },
    Bitmap { bytes: 4, bits: 18 },
    Bitmap { bytes: 6, bits: 18 },
    Bitmap { bytes: 8, bits: 19 },
];
/// All, by their first two bytes: those that may stand inside a word of ASCII letters, and others.
const FIRST: usize = 0;
const FIRST_INSIDE: usize = 1;
/// Those of one or two bytes.
const SHORT: usize = 2;
/// All longer ones, by their first three bytes.
const HEAD: usize = 3;
/// The first bitmap of those told by three bytes and more, each by the longest bitmap that it fills.
const TOLD: usize = 4;
/// Where each bitmap begins, in cells.
const BEGIN: [usize; BITMAPS.len() + 1] = {
    let mut cells = [0; BITMAPS.len() + 1];
    let mut nth = 0;
    while nth < BITMAPS.len() {
        cells[nth + 1] = cells[nth] + (1 << BITMAPS[nth].bits) / 64;
        nth += 1;
    }
    cells
};
const CELLS: usize = BEGIN[BITMAPS.len()];
/// Places that are looked at together.
const BLOCK: usize = 512;
/// Beginnings to which an anchor of three bytes may multiply with what stands behind it; longer ones are rarer, and
/// gain less.
const MOST_BEGINNINGS: usize = 1024;
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

/// The cell and the bits of eight bytes in a bitmap: one bit where each pair of bytes has its own, else two of a cell.
#[inline]
fn place(nth: usize, bytes: u64) -> (usize, u64) {
    let Bitmap { bytes: count, bits } = BITMAPS[nth];
    let told = bytes & (u64::MAX >> (64 - 8 * count));
    match count {
        2 => (BEGIN[nth] + told as usize / 64, 1 << (told % 64)),
        _ => {
            let hash = told.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let cell = (hash >> (64 + 6 - bits)) as usize;
            (BEGIN[nth] + cell, 1 << (hash >> 20 & 63) | 1 << (hash >> 26 & 63))
        }
    }
}

/// The first eight bytes as a number, zeros behind their end.
#[inline]
fn first_bytes(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}

/// The beginnings of an anchor's words together with what must stand behind them.
fn beginnings(words: &[u8], ends_word: bool, behind: &Edge) -> Vec<Vec<u8>> {
    let room = 8usize.saturating_sub(words.len());
    let most = MOST_BEGINNINGS.checked_shr(2 * words.len().saturating_sub(3) as u32).unwrap_or_default();
    let mut parts = (0..=room.min(3)).rev().map(|bytes| behind.beginnings(bytes));
    let parts = parts.find(|parts| parts.len() <= most.max(1)).unwrap_or_default();
    let word_goes_on = |byte: &u8| {
        ends_word && words.last().is_some_and(|last| LETTERS[usize::from(*last)]) && LETTERS[usize::from(*byte)]
    };
    if parts.contains(&[][..]) && words.len() <= 3 {
        // Short words are part of many others; what ends them tells the most.
        let ends = (0..=u8::MAX).filter(|byte| !word_goes_on(byte));
        return ends.map(|byte| [words, &[byte]].concat()).collect();
    }
    let parts = parts.into_iter().filter(|part| !part.first().is_some_and(word_goes_on));
    parts.map(|part| [words, part].concat()).collect()
}

/// Enters a beginning in the bitmaps.
fn enter(cells: &mut [u64], beginning: &[u8], inside_words: bool) {
    let mut set = |nth: usize, bytes: u64| {
        let (cell, mask) = place(nth, bytes);
        cells[cell] |= mask;
    };
    let bytes = first_bytes(beginning);
    let seconds = if beginning.len() == 1 { 0..=u8::MAX } else { beginning[1]..=beginning[1] };
    for second in seconds {
        let pair = bytes & !0xFF00 | u64::from(second) << 8;
        set(FIRST, pair);
        if inside_words {
            set(FIRST_INSIDE, pair);
        }
        if beginning.len() <= 2 {
            set(SHORT, pair);
        }
    }
    if let Some(nth) = (TOLD..BITMAPS.len()).rfind(|nth| BITMAPS[*nth].bytes <= beginning.len()) {
        set(HEAD, bytes);
        set(nth, bytes);
    }
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
    let mut cells = vec![0u64; CELLS];
    let (mut starts, mut rows) = (RowWriter::default(), RowWriter::default());
    let mut keys: Vec<(&str, u32)> = Vec::new();
    // The names of a kind lead to the same patterns: each list of patterns is written once.
    let mut lists: HashMap<Vec<u8>, u32> = HashMap::new();
    for of_literal in pairs.chunk_by(|(one, ..), (other, ..)| one == other) {
        let mut list = RowWriter::default();
        for (literal, pattern, (before, behind)) in of_literal {
            let inside_words = pattern & STARTS_WORD == 0;
            for beginning in beginnings(literal.as_bytes(), pattern & ENDS_WORD != 0, &edges[usize::from(*behind)]) {
                enter(&mut cells, &beginning, inside_words);
            }
            list.u32(*pattern).u16(*before).u16(*behind);
        }
        let next = lists.len() as u32;
        let number = *lists.entry(list.0).or_insert_with_key(|list| {
            starts.u32((rows.0.len() / 8) as u32);
            rows.0.extend(list);
            next
        });
        keys.extend(of_literal.first().map(|(literal, ..)| (*literal, number)));
    }
    starts.u32((rows.0.len() / 8) as u32);
    let mut filter = RowWriter::default();
    cells.into_iter().for_each(|cell| {
        filter.u64(cell);
    });
    let edges = edges.iter().flat_map(Edge::as_bytes).copied().collect();
    writer.add_anchors(nth, [filter.0, Trie::build(&keys), starts.0, rows.0, edges]);
}

impl AnchorIndex {
    /// The search of the nth language of a pack.
    pub(crate) fn of_pack(pack: &Pack, nth: usize) -> AnchorIndex {
        let [filter, trie, starts, patterns, edges] = pack.anchors(nth);
        let mut cells = Box::new([0; CELLS]);
        let bytes = filter.get(0, CELLS * 8).unwrap_or_default();
        for (cell, bytes) in cells.iter_mut().zip(bytes.chunks_exact(8)) {
            *cell = first_bytes(bytes);
        }
        AnchorIndex { cells, trie: Trie::new(trie), starts: Rows::new(starts), patterns: Rows::new(patterns), edges }
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

    #[inline]
    fn holds(&self, nth: usize, bytes: u64) -> bool {
        let (cell, mask) = place(nth, bytes);
        self.cells[cell] & mask == mask
    }

    /// Whether some anchor may begin as these bytes do, by the first three of them.
    #[inline]
    fn may_begin(&self, bytes: u64) -> bool {
        self.holds(SHORT, bytes) | self.holds(HEAD, bytes)
    }

    /// The same by all eight bytes.
    #[inline]
    fn worth_a_look(&self, bytes: u64) -> bool {
        (TOLD..BITMAPS.len()).fold(self.holds(SHORT, bytes), |holds, nth| holds | self.holds(nth, bytes))
    }

    /// Calls `hit(pattern, offset)` for every anchor in `lower`, in text order.
    pub fn find(&self, lower: &str, mut hit: impl FnMut(u32, usize)) {
        let bytes = lower.as_bytes();
        let runs_on = |a: usize, b: usize| {
            let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
            letter(a) && letter(b)
        };
        let mut look = |found: Hit| {
            let (at, end, value) = (found.at as usize, (found.at + found.length) as usize, found.value as usize);
            let (before, behind) = (Beside::before(bytes, at), Beside::after(bytes, end));
            let (starts, ends) = (at == 0 || !runs_on(at - 1, at), !runs_on(end - 1, end));
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
        };
        let mut found: Vec<Hit> = Vec::new();
        // Three passes without branches, since no branch could be foretold: which places the first two bytes admit, which
        // of these the third, and which the others.
        let mut places = [0u32; BLOCK];
        for start in (0..bytes.len()).step_by(BLOCK) {
            let mut count = 0;
            let mut in_word = start > 0 && LETTERS[usize::from(bytes[start - 1])];
            let mut see = |at: usize, pair: [u8; 2]| {
                let letter = LETTERS[usize::from(pair[0])];
                let begin = if in_word & letter { BEGIN[FIRST_INSIDE] } else { BEGIN[FIRST] };
                let pair = u16::from_le_bytes(pair);
                // Anchors begin where characters do.
                let begins = pair & 0xC0 != 0x80;
                places[count] = at as u32;
                count += usize::from(begins & (self.cells[begin + usize::from(pair / 64)] >> (pair % 64) & 1 == 1));
                in_word = letter;
            };
            let end = bytes.len().min(start + BLOCK);
            (start..end).zip(bytes[start..].windows(2)).for_each(|(at, pair)| see(at, [pair[0], pair[1]]));
            if let (true, Some(last)) = (end == bytes.len(), bytes.last()) {
                see(end - 1, [*last, 0]);
            }
            let places = keep(&mut places[..count], |at| self.may_begin(first_bytes(&bytes[at..])));
            let places = keep(places, |at| self.worth_a_look(first_bytes(&bytes[at..])));
            self.trie.prefixes_at(bytes, places, &mut found);
            found.drain(..).for_each(&mut look);
        }
    }
}

/// Moves the places of which something holds to the front, and returns these.
#[inline]
fn keep(places: &mut [u32], holds: impl Fn(usize) -> bool) -> &mut [u32] {
    let mut kept = 0;
    for nth in 0..places.len() {
        let at = places[nth];
        places[kept] = at;
        kept += usize::from(holds(at as usize));
    }
    &mut places[..kept]
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
