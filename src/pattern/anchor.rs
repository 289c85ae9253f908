//! Anchors: the rarest required words of each pattern, and one search over the text that finds those of all patterns.

use super::frequency::per_million;
use super::program::Program;
use super::slot::SlotKind;
use super::syntax::{Node, Pattern};
use crate::fact::FactBase;
use crate::text::{Lang, fold_literal};
use yada::DoubleArray;

/// Literals one anchor may multiply out to when it crosses a slot or several alternatives.
const MOST_LITERALS: usize = 4096;

/// An anchor of fewer occurrences per million characters is rare enough not to look for a rarer one among many words.
const RARE_PER_MILLION: f64 = 60.0;
/// Literals up to which a rarer anchor is always looked for.
const FEW_LITERALS: usize = 64;

/// A pattern ready to be run: where its anchor is, and the programs that look right and left of it.
pub struct Anchored {
    /// The words it is found by, folded, in ASCII lower case.
    pub literals: Vec<String>,
    /// Estimated occurrences per million characters.
    pub per_million: f64,
    /// Its literals begin, and end, where words do: they are names or words of a value, not parts of the pattern.
    pub borders: (bool, bool),
    /// The anchor stands inside the slot that the right program begins with: its start is looked for before the hit.
    pub(crate) inside: bool,
    pub(crate) right: Program,
    pub(crate) left: Program,
}

/// Chooses the rarest anchor of a pattern; `None` if no required piece of it has finitely many literals.
pub fn choose(pattern: &Pattern, lang: Lang, base: &FactBase) -> Option<Anchored> {
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
                borders = (is_slot(start), is_slot(end));
            }
        }
    }
    let inside = best.is_none();
    let (per_million, start, mut literals) = best.or_else(|| marks(pattern))?;
    literals.sort();
    literals.dedup();
    Some(Anchored {
        literals,
        per_million,
        borders,
        inside,
        right: Program::compile(pattern, start..pattern.nodes.len(), false),
        left: Program::compile(pattern, 0..start, true),
    })
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
            SlotKind::Value { .. } | SlotKind::Entity { near: true, .. } => return None,
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
/// A bitmap over hashed three-byte prefixes passes the few places worth a look; a double-array trie decides there.
pub struct AnchorIndex {
    prefixes: Box<[u64]>,
    /// First bytes of anchors shorter than three bytes: these cannot be told by a prefix.
    short: [bool; 256],
    trie: Option<DoubleArray<Vec<u8>>>,
    /// By trie value: which patterns the anchor belongs to.
    patterns: Vec<Vec<u32>>,
    /// By pattern: whether its anchors begin and end where words do.
    borders: Vec<(bool, bool)>,
}

const PREFIX_BITS: u32 = 17;

fn prefix_cell(prefix: u32) -> usize {
    (prefix.wrapping_mul(0x9E37_79B1) >> (32 - PREFIX_BITS)) as usize
}

impl AnchorIndex {
    /// Builds the search from each pattern's literals and their borders, patterns numbered in the order given.
    pub fn build<'a>(patterns: impl Iterator<Item = (&'a [String], (bool, bool))>) -> AnchorIndex {
        let mut pairs: Vec<(&str, u32)> = Vec::new();
        let mut borders = Vec::new();
        for (at, (literals, of_words)) in patterns.enumerate() {
            borders.push(of_words);
            pairs.extend(literals.iter().map(|literal| (literal.as_str(), at as u32)));
        }
        pairs.sort();
        let mut index = AnchorIndex {
            prefixes: vec![0; 1 << (PREFIX_BITS - 6)].into(),
            short: [false; 256],
            trie: None,
            patterns: Vec::new(),
            borders,
        };
        let mut keys: Vec<(&str, u32)> = Vec::new();
        for (literal, pattern) in pairs {
            if keys.last().is_none_or(|(last, _)| *last != literal) {
                keys.push((literal, index.patterns.len() as u32));
                index.patterns.push(Vec::new());
                match literal.as_bytes() {
                    [a, b, c, ..] => {
                        let cell = prefix_cell(u32::from_le_bytes([*a, *b, *c, 0]));
                        index.prefixes[cell / 64] |= 1 << (cell % 64);
                    }
                    [a, ..] => index.short[*a as usize] = true,
                    [] => {}
                }
            }
            if let Some(last) = index.patterns.last_mut() {
                last.push(pattern);
            }
        }
        if !keys.is_empty() {
            index.trie =
                yada::builder::DoubleArrayBuilder::build(&keys).ok().and_then(|bytes| DoubleArray::new(bytes).ok());
        }
        index
    }

    /// Calls `hit(pattern, offset)` for every anchor in `lower`, in text order.
    pub fn find(&self, lower: &str, mut hit: impl FnMut(u32, usize)) {
        let Some(trie) = &self.trie else { return };
        let bytes = lower.as_bytes();
        let runs_on = |a: usize, b: usize| {
            let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
            letter(a) && letter(b)
        };
        let mut look = |at: usize| {
            for (value, length) in trie.common_prefix_search(&bytes[at..]) {
                let (starts, ends) = (at == 0 || !runs_on(at - 1, at), !runs_on(at + length - 1, at + length));
                for pattern in &self.patterns[value as usize] {
                    let (start, end) = self.borders[*pattern as usize];
                    if (starts || !start) && (ends || !end) {
                        hit(*pattern, at);
                    }
                }
            }
        };
        let whole = bytes.len().saturating_sub(3);
        for at in 0..whole {
            let prefix = u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) & 0xFF_FFFF;
            let cell = prefix_cell(prefix);
            if self.prefixes[cell / 64] >> (cell % 64) & 1 == 1 || self.short[bytes[at] as usize] {
                look(at);
            }
        }
        for at in whole..bytes.len() {
            look(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AnchorIndex;

    #[test]
    fn finds_every_anchor_everywhere() {
        let literals = [vec!["首都".to_string(), "的首都".to_string()], vec!["(".to_string(), " capital".to_string()]];
        let index = AnchorIndex::build(literals.iter().map(|literals| (literals.as_slice(), (false, false))));
        let text = "阿曼的首都(the capital";
        let mut hits = Vec::new();
        index.find(text, |pattern, at| hits.push((pattern, &text[at..])));
        assert_eq!(hits, [(0, "的首都(the capital"), (0, "首都(the capital"), (1, "(the capital"), (1, " capital")]);
    }
}
