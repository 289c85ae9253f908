//! Runs: the short runs of bytes that stand in a text, by which it is told at once that words do not stand in it.
//!
//! A regex that can only match where one of a few words begins does not match a text in which none of them stands, and a
//! pattern does not fit in a passage that lacks a word it requires. The runs of a text are gathered once, and asked often.

use serde::{Deserialize, Serialize};

/// Bytes of a run. Shorter words are told by their single bytes.
const LENGTH: usize = 3;
/// Bits of the table of runs, by their hash; those of single bytes stand behind.
const HASHED: usize = 1 << 12;
const BITS: usize = HASHED + 256;
/// Runs by which a word is told: those of its first six bytes.
const TELLING: usize = 4;

/// The runs that stand in a text in ASCII lower case.
pub(crate) struct Runs(Box<[u64; BITS / 64]>);

/// A few words, each by the runs that it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Words(Vec<[u16; TELLING]>);

impl Runs {
    /// Of a text in ASCII lower case.
    pub(crate) fn of(text: &str) -> Runs {
        let mut runs = Box::new([0; BITS / 64]);
        let mut set = |bit: usize| runs[bit / 64] |= 1 << (bit % 64);
        let bytes = text.as_bytes();
        bytes.iter().for_each(|byte| set(HASHED + usize::from(*byte)));
        bytes.windows(LENGTH).for_each(|run| set(hash(run)));
        Runs(runs)
    }

    #[inline]
    fn has(&self, bit: u16) -> bool {
        // A bit beyond the table is that of a damaged pack, and tells nothing.
        self.0.get(usize::from(bit / 64)).is_none_or(|cell| cell >> (bit % 64) & 1 == 1)
    }
}

impl Words {
    /// Of words in ASCII lower case, none of them empty; none at all if there are as many as it does not pay to ask for.
    pub(crate) fn of<'w>(words: impl Iterator<Item = &'w [u8]>, most: usize) -> Words {
        let mut told: Vec<[u16; TELLING]> = words.map(told_by).collect();
        told.sort_unstable();
        told.dedup();
        Words(if told.len() <= most { told } else { Vec::new() })
    }

    /// Whether one of the words may stand in the text whose runs these are; of no words nothing is known.
    #[inline]
    pub(crate) fn may_stand(&self, runs: &Runs) -> bool {
        self.0.is_empty() || self.0.iter().any(|word| word.iter().all(|bit| runs.has(*bit)))
    }
}

/// The bits of a word's first runs.
fn told_by(word: &[u8]) -> [u16; TELLING] {
    let single = |byte: &u8| (HASHED + usize::from(*byte)) as u16;
    let bits: Vec<u16> = match word.len() {
        0..LENGTH => word.iter().map(single).collect(),
        _ => word.windows(LENGTH).take(TELLING).map(|run| hash(run) as u16).collect(),
    };
    std::array::from_fn(|nth| bits.get(nth).or(bits.last()).copied().unwrap_or_default())
}

#[inline]
fn hash(run: &[u8]) -> usize {
    let number = run.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
    (number.wrapping_mul(0x9E37_79B1) >> (32 - HASHED.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_may_stand() {
        let words = |words: &[&str]| Words::of(words.iter().map(|word| word.as_bytes()), 10);
        let runs = Runs::of("三成以上, or 30% of it");
        for (one_of, may) in [
            (&["成", "pct"][..], true),
            (&["%"], true),
            (&["percent", "pct"], false),
            (&["of"], true),
            (&["以下"], false),
            (&[], true),
        ] {
            assert_eq!(words(one_of).may_stand(&runs), may, "{one_of:?}");
        }
    }
}
