//! Anchors: the rarest required words of each pattern, and one search over the text that finds those of all patterns.

use super::frequency::per_million;
use super::program::Program;
use super::slot::SlotKind;
use super::syntax::{Node, Pattern};
use crate::fact::FactBase;
use crate::pack::{Pack, RowWriter, Rows, Trie, Writer};
use crate::text::{Lang, fold_literal};
use serde::{Deserialize, Serialize};

/// Literals one anchor may multiply out to when it crosses a slot or several alternatives.
const MOST_LITERALS: usize = 4096;

/// An anchor of fewer occurrences per million characters is rare enough not to look for a rarer one among many words.
const RARE_PER_MILLION: f64 = 60.0;
/// Literals up to which a rarer anchor is always looked for.
const FEW_LITERALS: usize = 64;

/// What a pattern is found by.
pub struct Anchor {
    /// The words, folded, in ASCII lower case.
    pub literals: Vec<String>,
    /// Estimated occurrences per million characters.
    pub per_million: f64,
    /// Its literals begin, and end, where words do.
    pub borders: (bool, bool),
}

/// A pattern ready to be run: the programs that look right and left of its anchor.
#[derive(Serialize, Deserialize)]
pub struct Anchored {
    /// The anchor stands inside the slot that the right program begins with: its start is looked for before the hit.
    pub(crate) inside: bool,
    pub(crate) right: Program,
    pub(crate) left: Program,
}

/// Chooses the rarest anchor of a pattern; `None` if no required piece of it has finitely many literals.
pub fn choose(pattern: &Pattern, lang: Lang, base: &FactBase) -> Option<(Anchor, Anchored)> {
    let finite: Vec<Option<Vec<String>>> =
        pattern.nodes.iter().map(|node| literals(node, pattern, lang, base)).collect();
    let is_slot = |at: usize| matches!(pattern.nodes[at], Node::Slot(_));
    let mut best: Option<(f64, usize, Vec<String>)> = None;
    let mut borders = (true, false);
    for start in 0..finite.len() {
        let mut so_far = vec![String::new()];
        for (end, options) in finite.iter().enumerate().skip(start) {
            let Some(options) = options else { break };
            let size = so_far.len() * options.len();
            let good_enough = best.as_ref().is_some_and(|(least, ..)| *least < RARE_PER_MILLION) && size > FEW_LITERALS;
            if size > MOST_LITERALS || good_enough {
                break;
            }
            so_far = so_far.iter().flat_map(|head| options.iter().map(move |tail| format!("{head}{tail}"))).collect();
            if so_far.iter().any(String::is_empty) {
                continue;
            }
            let often: f64 = so_far.iter().map(|literal| per_million(literal)).sum();
            if best.as_ref().is_none_or(|(least, ..)| often < *least) {
                best = Some((often, start, so_far.clone()));
                // What stands at the edge of the pattern or behind a slot begins where a word does, as slots do.
                borders = (is_slot(start) || outside_word(&pattern.nodes[..start]), is_slot(end));
            }
        }
    }
    let inside = best.is_none();
    let (per_million, start, mut literals) = best.or_else(|| marks(pattern))?;
    literals.sort();
    literals.dedup();
    let anchored = Anchored {
        inside,
        right: Program::compile(pattern, start..pattern.nodes.len(), false),
        left: Program::compile(pattern, 0..start, true),
    };
    Some((Anchor { literals, per_million, borders }, anchored))
}

/// A pattern without required words, to be tried where figures begin: at its first slot of a value that is told by one.
pub fn at_figure(pattern: &Pattern) -> Option<(Anchor, Anchored)> {
    let figure = |node: &Node| match node {
        Node::Slot(slot) => matches!(&pattern.slots[*slot].kind, SlotKind::Value { ty, .. } if ty.has_figure()),
        _ => false,
    };
    let start = pattern.nodes.iter().position(figure)?;
    let anchored = Anchored {
        inside: false,
        right: Program::compile(pattern, start..pattern.nodes.len(), false),
        left: Program::compile(pattern, 0..start, true),
    };
    Some((Anchor { literals: Vec::new(), per_million: 0.0, borders: (false, false) }, anchored))
}

/// Whether what follows these pieces can only begin where a word does, as far as it begins with a letter.
fn outside_word(before: &[Node]) -> bool {
    let Some((last, before)) = before.split_last() else { return true };
    let letter = |c: char| c.is_alphanumeric();
    match last {
        Node::Slot(_) | Node::WordBorder | Node::Start => true,
        Node::Literal(words) => !words.ends_with(letter),
        Node::Class(ranges) => {
            ranges.iter().all(|(low, high)| (*high as u32 - *low as u32) < 16 && !(*low..=*high).any(letter))
        }
        Node::Seq(nodes) => outside_word(nodes),
        Node::Alt(nodes) => nodes.iter().all(|node| outside_word(std::slice::from_ref(node))),
        Node::Repeat { node, min, .. } => {
            outside_word(std::slice::from_ref(&**node)) && (*min > 0 || outside_word(before))
        }
        Node::Empty => outside_word(before),
        Node::Gap | Node::End => false,
    }
}

/// The marks of a value that the pattern requires, where it has nothing better to be found by.
fn marks(pattern: &Pattern) -> Option<(f64, usize, Vec<String>)> {
    let (at, marks) = pattern.nodes.iter().enumerate().find_map(|(at, node)| match node {
        Node::Slot(slot) => match &pattern.slots[*slot].kind {
            SlotKind::Value { ty, .. } if !ty.marks.is_empty() => Some((at, ty.marks)),
            _ => None,
        },
        _ => None,
    })?;
    let often = marks.iter().map(|mark| per_million(mark)).sum();
    Some((often, at, marks.iter().map(|mark| (*mark).to_owned()).collect()))
}

/// The rarest word of a pattern that is not required of every match, if it is rarer than so many in a million.
pub fn rarer_word(pattern: &Pattern, than: f64) -> Option<&str> {
    fn words<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
        match node {
            Node::Literal(word) => found.push(word.trim()),
            Node::Seq(nodes) | Node::Alt(nodes) => nodes.iter().for_each(|node| words(node, found)),
            Node::Repeat { node, .. } => words(node, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    pattern.nodes.iter().for_each(|node| words(node, &mut found));
    found.retain(|word| !word.is_empty() && per_million(word) < than);
    found.into_iter().min_by(|a, b| per_million(a).total_cmp(&per_million(b)))
}

/// Every literal that a piece can match, if these are few.
fn literals(node: &Node, pattern: &Pattern, lang: Lang, base: &FactBase) -> Option<Vec<String>> {
    let out = match node {
        Node::Empty => vec![String::new()],
        Node::Literal(words) => vec![words.clone()],
        Node::Class(ranges) => {
            let size: u32 = ranges.iter().map(|(start, end)| *end as u32 - *start as u32 + 1).sum();
            if size > 16 {
                return None;
            }
            let chars = ranges.iter().flat_map(|(start, end)| *start..=*end);
            chars.map(|c| c.to_ascii_lowercase().to_string()).collect()
        }
        Node::Slot(slot) => match &pattern.slots[*slot].kind {
            SlotKind::Value { ty, .. } if !ty.vocabulary.is_empty() => {
                ty.vocabulary.iter().map(|word| (*word).to_owned()).collect()
            }
            SlotKind::Value { .. } | SlotKind::Entity { near: true, .. } | SlotKind::Entity { stranger: true, .. } => {
                return None;
            }
            SlotKind::Entity { kind, forms, .. } => {
                let mut names = Vec::new();
                for name in forms.iter().flat_map(|form| base.names_of_kind(*kind, *form, lang)) {
                    names.push(fold_literal(name).to_ascii_lowercase());
                    if names.len() > MOST_LITERALS {
                        return None;
                    }
                }
                names
            }
        },
        Node::Seq(nodes) => {
            let mut so_far = vec![String::new()];
            for node in nodes {
                let options = literals(node, pattern, lang, base)?;
                if so_far.len() * options.len() > MOST_LITERALS {
                    return None;
                }
                so_far =
                    so_far.iter().flat_map(|head| options.iter().map(move |tail| format!("{head}{tail}"))).collect();
            }
            so_far
        }
        Node::Alt(nodes) => {
            let mut all = Vec::new();
            for node in nodes {
                all.extend(literals(node, pattern, lang, base)?);
            }
            all
        }
        Node::Repeat { node, min: 0, max: Some(1), .. } => {
            let mut options = literals(node, pattern, lang, base)?;
            options.push(String::new());
            options
        }
        Node::Repeat { node, min, max: Some(max), .. } if min == max => {
            let options = literals(node, pattern, lang, base)?;
            if options.len().checked_pow(*min).is_none_or(|count| count > MOST_LITERALS) {
                return None;
            }
            (0..*min).fold(vec![String::new()], |heads, _| {
                heads.iter().flat_map(|head| options.iter().map(move |tail| format!("{head}{tail}"))).collect()
            })
        }
        Node::Gap | Node::Start | Node::End | Node::WordBorder | Node::Repeat { .. } => return None,
    };
    let mut out = out;
    out.sort();
    out.dedup();
    (!out.is_empty() && out.len() <= MOST_LITERALS).then_some(out)
}

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
    /// First bytes of anchors shorter than three bytes: these cannot be told by a prefix.
    short: [bool; 256],
    /// No anchor begins inside a word: places there need not be looked at.
    words_only: bool,
    trie: Trie,
    /// By trie value: where its patterns begin; they end where those of the next begin.
    starts: Rows<4>,
    /// Numbers of patterns, with [`STARTS_WORD`] and [`ENDS_WORD`].
    patterns: Rows<4>,
}

const PREFIX_BITS: u32 = 17;
const CELLS: usize = 1 << (PREFIX_BITS - 6);
const BITMAPS: usize = 6;
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

/// Lays the search of a language out as sections, from the number, the literals and the borders of each pattern.
pub(crate) fn write_index<'a>(
    nth: usize,
    patterns: impl Iterator<Item = (u32, &'a [String], (bool, bool))>,
    writer: &mut Writer,
) {
    let mut pairs: Vec<(&str, u32)> = Vec::new();
    for (number, literals, (start, end)) in patterns {
        let mark = if start { STARTS_WORD } else { 0 } | if end { ENDS_WORD } else { 0 };
        pairs.extend(literals.iter().map(|literal| (literal.as_str(), number | mark)));
    }
    pairs.retain(|(literal, _)| !literal.is_empty() && !literal.contains('\0'));
    pairs.sort_by_key(|(literal, pattern)| (*literal, *pattern & !(STARTS_WORD | ENDS_WORD)));
    let mut bitmaps = vec![vec![0u64; CELLS]; BITMAPS];
    let mut short = [0u8; 256];
    let mut words_only = true;
    let (mut starts, mut numbers) = (RowWriter::default(), RowWriter::default());
    let mut keys: Vec<(&str, u32)> = Vec::new();
    for (at, (literal, pattern)) in pairs.into_iter().enumerate() {
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
            0..3 => short[usize::from(bytes[0])] = 1,
            length => {
                set(0, 3);
                match length {
                    3 => set(if pattern & ENDS_WORD != 0 { 1 } else { 2 }, 3),
                    4..6 => set(3, 4),
                    6..8 => set(4, 6),
                    _ => set(5, 8),
                }
            }
        }
        words_only &= pattern & STARTS_WORD != 0 || !literal.starts_with(|c: char| c.is_ascii_alphanumeric());
        numbers.u32(pattern);
    }
    starts.u32((numbers.0.len() / 4) as u32);
    let mut filter = RowWriter::default();
    for cell in bitmaps.into_iter().flatten() {
        filter.u64(cell);
    }
    filter.0.extend_from_slice(&short);
    filter.u8(u8::from(words_only));
    writer.add_anchors(nth, [filter.0, Trie::build(&keys), starts.0, numbers.0]);
}

impl AnchorIndex {
    /// The search of the nth language of a pack.
    pub(crate) fn of_pack(pack: &Pack, nth: usize) -> AnchorIndex {
        let [filter, trie, starts, patterns] = pack.anchors(nth);
        let bitmap = |nth: usize| {
            let mut bitmap = Box::new([0; CELLS]);
            let bytes = filter.get(nth * CELLS * 8, (nth + 1) * CELLS * 8).unwrap_or_default();
            for (cell, bytes) in bitmap.iter_mut().zip(bytes.chunks_exact(8)) {
                *cell = bytes.try_into().map_or(0, u64::from_le_bytes);
            }
            bitmap
        };
        let (prefixes, three) = (bitmap(0), [bitmap(1), bitmap(2)]);
        let (four, six, eight) = (bitmap(3), bitmap(4), bitmap(5));
        let mut short = [false; 256];
        let bytes = filter.get(BITMAPS * CELLS * 8, BITMAPS * CELLS * 8 + 256).unwrap_or_default();
        short.iter_mut().zip(bytes).for_each(|(short, byte)| *short = *byte != 0);
        let flag = filter.get(BITMAPS * CELLS * 8 + 256, BITMAPS * CELLS * 8 + 257);
        let words_only = flag.is_some_and(|flag| flag[0] != 0);
        AnchorIndex {
            words_only,
            prefixes,
            three,
            four,
            six,
            eight,
            short,
            trie: Trie::new(trie),
            starts: Rows::new(starts),
            patterns: Rows::new(patterns),
        }
    }

    /// Whether it names only patterns that exist.
    pub(crate) fn is_consistent(&self, patterns: usize) -> bool {
        (0..self.patterns.len())
            .all(|at| ((self.patterns.get(at).u32(0) & !(STARTS_WORD | ENDS_WORD)) as usize) < patterns)
    }

    /// Whether some anchor may begin as these eight bytes do.
    #[inline]
    fn worth_a_look(&self, next: u64) -> bool {
        let head = hash(next & 0xFF_FFFF);
        holds(&self.prefixes, head)
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
            self.trie.prefixes(&bytes[at..], |value, length| {
                let (starts, ends) = (at == 0 || !runs_on(at - 1, at), !runs_on(at + length - 1, at + length));
                let value = value as usize;
                for row in self.patterns.range(self.starts.get(value).u32(0), self.starts.get(value + 1).u32(0)) {
                    let pattern = row.u32(0);
                    if (starts || pattern & STARTS_WORD == 0) && (ends || pattern & ENDS_WORD == 0) {
                        hit(pattern & !(STARTS_WORD | ENDS_WORD), at);
                    }
                }
            });
        };
        let mut at = 0;
        while at + 8 <= bytes.len() {
            let first = bytes[at];
            let next = bytes[at..at + 8].try_into().map_or(0, u64::from_le_bytes);
            if self.worth_a_look(next) || self.short[usize::from(first)] {
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

    #[test]
    fn finds_every_anchor_everywhere() {
        let literals = [vec!["首都".to_string(), "的首都".to_string()], vec!["(".to_string(), " capital".to_string()]];
        let patterns = literals.iter().zip(0..).map(|(literals, at)| (at, literals.as_slice(), (false, false)));
        let mut writer = Writer::default();
        write_index(0, patterns, &mut writer);
        let index = AnchorIndex::of_pack(&Pack::of_compiler(writer.finish()).unwrap(), 0);
        let text = "阿曼的首都(the capital";
        let mut hits = Vec::new();
        index.find(text, |pattern, at| hits.push((pattern, &text[at..])));
        assert_eq!(hits, [(0, "的首都(the capital"), (0, "首都(the capital"), (1, "(the capital"), (1, " capital")]);
    }
}
