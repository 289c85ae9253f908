//! Grams: the short runs of bytes that stand in a text, so that most regexes need not be tried on it.
//!
//! A regex that can only match where one of a few words begins does not match a text in which none of them stands. The
//! runs of a text are gathered once and asked by all guards of a rule.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use serde::{Deserialize, Serialize};

/// Lengths of runs that are told apart; longer words are told by their first bytes.
const LENGTHS: [usize; 5] = [6, 4, 3, 2, 1];
/// Bits of the table of runs.
const BITS: usize = 1 << 14;
/// Words up to which a regex is told by them.
const MOST_WORDS: usize = 2000;

/// The runs that stand in a text in ASCII lower case.
pub(crate) struct Grams(Box<[u64; BITS / 64]>);

/// The beginnings of all that a regex can match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Heads(Vec<u16>);

impl Grams {
    /// Of a text in ASCII lower case.
    pub(crate) fn of(text: &str) -> Grams {
        let mut grams = Grams(Box::new([0; BITS / 64]));
        let bytes = text.as_bytes();
        for at in 0..bytes.len() {
            for run in LENGTHS.iter().filter_map(|length| bytes.get(at..at + length)) {
                let bit = hash(run);
                grams.0[bit / 64] |= 1 << (bit % 64);
            }
        }
        grams
    }

    /// Whether one of these may stand in the text.
    #[inline]
    fn hold_one_of(&self, heads: &[u16]) -> bool {
        heads.iter().map(|bit| usize::from(*bit) % BITS).any(|bit| self.0[bit / 64] >> (bit % 64) & 1 == 1)
    }
}

impl Heads {
    /// Of a folded regex that is matched without regard to case; none if it can begin with anything.
    pub(super) fn of(source: &str) -> Heads {
        // A class that is written in capitals, `\B` or `\P`, would become another one.
        let capital_class = source.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_uppercase());
        if capital_class {
            return Heads::default();
        }
        let lower = source.replace("(?i)", "").replace("(?i:", "(?:").to_ascii_lowercase();
        let Ok(hir) = ParserBuilder::new().build().parse(&lower) else { return Heads::default() };
        let mut extractor = Extractor::new();
        extractor.kind(ExtractKind::Prefix).limit_literal_len(LENGTHS[0]).limit_total(MOST_WORDS);
        let words = extractor.extract(&hir);
        let Some(words) = words.literals() else { return Heads::default() };
        if words.iter().any(|word| word.is_empty()) {
            return Heads::default();
        }
        let mut heads: Vec<u16> = words.iter().map(|word| hash(head(word.as_bytes())) as u16).collect();
        heads.sort_unstable();
        heads.dedup();
        Heads(heads)
    }

    /// Whether the regex may match the text whose runs these are.
    pub(super) fn may_stand(&self, grams: &Grams) -> bool {
        self.0.is_empty() || grams.hold_one_of(&self.0)
    }
}

/// The bytes by which a word is told.
fn head(word: &[u8]) -> &[u8] {
    let length = LENGTHS.iter().find(|length| **length <= word.len()).copied().unwrap_or_default();
    &word[..length]
}

#[inline]
fn hash(run: &[u8]) -> usize {
    let number = run.iter().fold(run.len() as u64, |number, byte| number << 8 | u64::from(*byte));
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_match_may_stand() {
        for (regex, text, may) in [
            (r"(?i)\b(?:former|ex|then)\b", "the former head", true),
            (r"(?i)\b(?:former|ex|then)\b", "the new head", false),
            (r"(?i)\b(?:Former|Ex)-", "an ex-minister", true),
            (r"(?:不是|并非)[^,。]{0,4}$", "这并非事实", true),
            (r"(?:不是|并非)[^,。]{0,4}$", "这是事实", false),
            (r"[^,]{0,4}denied", "anything", true),
            (r"^’s (?:[0-9a-z]+ )?province", "’s own province", true),
        ] {
            assert_eq!(Heads::of(regex).may_stand(&Grams::of(text)), may, "{regex} in {text}");
        }
    }
}
