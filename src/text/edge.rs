//! Edges: what text may begin or end with at a place, told by the three bytes that are nearest to it.
//!
//! Most places at which something is looked for do not hold it, and the bytes beside them tell so at the cost of a few
//! bits. An edge may admit what does not fit; what it does not admit cannot fit.

use std::collections::BTreeSet;

/// Bytes that tell a beginning.
const TELLING: usize = 3;
/// Bits of single bytes, and of pairs and triples by their hash.
const SINGLES: usize = 256;
const HASHED: usize = 2048;
/// Bytes of an edge as it is stored.
pub(crate) const EDGE_BYTES: usize = (SINGLES + HASHED) / 8;

/// A set of beginnings or, read backwards, of endings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Edge {
    bits: [u8; EDGE_BYTES],
    /// What was added: at most three bytes each, the nearest first.
    parts: BTreeSet<Vec<u8>>,
}

/// The bytes beside a place, the nearest first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside {
    single: usize,
    pair: usize,
    triple: usize,
    count: usize,
}

impl Beside {
    /// What stands behind a place.
    #[inline]
    pub(crate) fn after(bytes: &[u8], at: usize) -> Beside {
        match bytes.get(at..) {
            Some([a, b, c, ..]) => Beside::new(3, *a, *b, *c),
            Some([a, b]) => Beside::new(2, *a, *b, 0),
            Some([a]) => Beside::new(1, *a, 0, 0),
            _ => Beside::new(0, 0, 0, 0),
        }
    }

    /// What stands before a place.
    #[inline]
    pub(crate) fn before(bytes: &[u8], at: usize) -> Beside {
        match bytes.get(..at) {
            Some([.., c, b, a]) => Beside::new(3, *a, *b, *c),
            Some([b, a]) => Beside::new(2, *a, *b, 0),
            Some([a]) => Beside::new(1, *a, 0, 0),
            _ => Beside::new(0, 0, 0, 0),
        }
    }

    #[inline]
    fn new(count: usize, a: u8, b: u8, c: u8) -> Beside {
        let (a, b, c) = (u32::from(a), u32::from(b), u32::from(c));
        let hash = |number: u32| SINGLES + (number.wrapping_mul(0x9E37_79B1) >> (32 - HASHED.ilog2())) as usize;
        Beside { single: a as usize, pair: hash(a | b << 8), triple: hash(a | b << 8 | c << 16 | 1 << 24), count }
    }
}

impl Default for Edge {
    fn default() -> Edge {
        Edge { bits: [0; EDGE_BYTES], parts: BTreeSet::new() }
    }
}

impl Edge {
    /// The edge of what may be anything, also nothing.
    pub(crate) fn anything() -> Edge {
        Edge { bits: [u8::MAX; EDGE_BYTES], parts: [Vec::new()].into() }
    }

    /// Adds a beginning, or an ending with its last byte first. Bytes beyond the third are not looked at; of fewer,
    /// anything may go on behind them, so that no bytes at all admit anything.
    pub(crate) fn add(&mut self, near: &[u8]) {
        let beside = Beside::after(near, 0);
        let bit = match beside.count {
            0 => return *self = Edge::anything(),
            1 => beside.single,
            2 => beside.pair,
            _ => beside.triple,
        };
        self.bits[bit / 8] |= 1 << (bit % 8);
        self.parts.insert(near[..near.len().min(TELLING)].to_vec());
    }

    fn extend(&mut self, other: &Edge) {
        self.bits.iter_mut().zip(other.bits).for_each(|(mine, its)| *mine |= its);
        self.parts.extend(other.parts.iter().cloned());
    }

    /// As it is stored.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bits
    }

    /// Its beginnings, of at most so many bytes each; only the empty one if anything fits.
    pub(crate) fn beginnings(&self, bytes: usize) -> BTreeSet<&[u8]> {
        self.parts.iter().map(|part| &part[..part.len().min(bytes)]).collect()
    }

    /// Whether what stands beside a place may fit.
    #[inline]
    pub(crate) fn admits(&self, beside: Beside) -> bool {
        admits(&self.bits, beside)
    }
}

/// The same of an edge as it is stored.
#[inline]
pub(crate) fn admits(edge: &[u8; EDGE_BYTES], beside: Beside) -> bool {
    let has = |bit: usize| edge[bit / 8] >> (bit % 8) & 1 == 1;
    match beside.count {
        // At the end of the text only what may be nothing fits: an edge that admits anything, even the byte zero.
        0 => has(0),
        1 => has(beside.single),
        2 => has(beside.single) || has(beside.pair),
        _ => has(beside.single) || has(beside.pair) || has(beside.triple),
    }
}

/// Gathers the edges of a piece of text that is put together from parts, in the direction away from the place.
#[derive(Clone, Debug, Default)]
pub(crate) struct EdgeBuilder {
    /// Bytes so far of what is not yet told by three of them.
    open: BTreeSet<Vec<u8>>,
    edge: Edge,
}

impl EdgeBuilder {
    /// Nothing so far.
    pub(crate) fn start() -> EdgeBuilder {
        EdgeBuilder { open: [Vec::new()].into(), edge: Edge::default() }
    }

    /// Whether what follows makes no difference any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.open.is_empty()
    }

    /// Any of these parts follows, each given nearest byte first. After a `final` part anything may stand.
    pub(crate) fn push<'a>(&mut self, parts: impl Iterator<Item = &'a [u8]>, is_final: bool) {
        let open = std::mem::take(&mut self.open);
        for part in parts {
            for head in &open {
                let longer: Vec<u8> = head.iter().chain(part).take(TELLING).copied().collect();
                if longer.len() == TELLING || is_final {
                    self.edge.add(&longer);
                } else {
                    self.open.insert(longer);
                }
            }
        }
    }

    /// Something follows of which nothing is known.
    pub(crate) fn close(&mut self) {
        for head in std::mem::take(&mut self.open) {
            self.edge.add(&head);
        }
    }

    /// Another way to go on from the same place.
    pub(crate) fn or(&mut self, other: EdgeBuilder) {
        self.open.extend(other.open);
        self.edge.extend(&other.edge);
    }

    /// Goes on by these ways; without any, nothing fits.
    pub(crate) fn go_on(&mut self, ways: Option<EdgeBuilder>) {
        let ways = ways.unwrap_or_default();
        self.open = ways.open;
        self.edge.extend(&ways.edge);
    }

    /// The same parts so far, with nothing gathered.
    pub(crate) fn branch(&self) -> EdgeBuilder {
        EdgeBuilder { open: self.open.clone(), edge: Edge::default() }
    }

    /// The edge of all that was put together.
    pub(crate) fn finish(mut self) -> Edge {
        self.close();
        self.edge
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_admitted() {
        let mut edge = Edge::default();
        edge.add(b"percent".iter().rev().copied().collect::<Vec<u8>>().as_slice());
        edge.add(b"5");
        assert!(edge.admits(Beside::before(b"3.5 percent", 11)));
        assert!(edge.admits(Beside::before(b"15", 2)));
        assert!(!edge.admits(Beside::before(b"silence", 7)));
        assert!(!edge.admits(Beside::before(b"nt", 2)));
        assert!(!edge.admits(Beside::before(b"", 0)));
        assert!(Edge::anything().admits(Beside::before(b"", 0)));
    }

    #[test]
    fn parts_are_put_together() {
        let mut builder = EdgeBuilder::start();
        builder.push([&b" "[..], b"a "].into_iter(), false);
        builder.push([&b"of"[..]].into_iter(), false);
        let edge = builder.finish();
        assert!(edge.admits(Beside::after(b" of them", 0)));
        assert!(edge.admits(Beside::after(b"a of", 0)));
        assert!(!edge.admits(Beside::after(b" on them", 0)));
    }
}
