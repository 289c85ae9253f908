//! What a run of the matcher needs beside the text: the ways yet to be tried, what it has come by, and what each side of
//! a pattern has cost so far.

use super::matcher::{Taken, WINDOW};

/// Steps after which what a side has cost counts half.
const MOST_STEPS: usize = 1 << 16;

/// Buffers that are used again from anchor to anchor.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) seen: Seen,
    pub(super) stack: Vec<Frame>,
    pub(super) taken: Vec<Taken>,
    /// Where a stretch may end.
    pub(super) places: Vec<usize>,
    /// By pattern: the last passage in which it was asked whether the pattern may fit there, and the answer.
    asked: Vec<(u32, bool)>,
    /// The number of the passage.
    passage: u32,
    /// By pattern: what its sides have cost.
    pub(super) sides: Vec<[SideCost; 2]>,
}

/// What one side of a pattern has cost, and how often it did not fit. Nearly all tries fail: first comes the side that
/// tells so at the least cost, which is no rule that could be told beforehand.
#[derive(Clone, Copy, Debug)]
pub(super) struct SideCost {
    steps: u32,
    failures: u32,
}

impl Default for SideCost {
    fn default() -> SideCost {
        SideCost { steps: 1, failures: 1 }
    }
}

impl SideCost {
    pub(super) fn note(&mut self, steps: usize, fits: bool) {
        self.steps += steps.min(MOST_STEPS) as u32;
        self.failures += u32::from(!fits);
        if self.steps > MOST_STEPS as u32 {
            (self.steps, self.failures) = (self.steps / 2, self.failures / 2 + 1);
        }
    }

    /// Whether it tells of a failure at less cost.
    pub(super) fn is_cheaper(self, other: SideCost) -> bool {
        u64::from(self.steps) * u64::from(other.failures) < u64::from(other.steps) * u64::from(self.failures)
    }
}

/// A way that is yet to be tried.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) step: usize,
    pub(super) at: usize,
    pub(super) taken: usize,
    pub(super) gap: usize,
    /// What stands right before, in the program's direction, are words of the pattern.
    pub(super) beyond_words: bool,
}

impl Scratch {
    /// Ready for another passage.
    pub(crate) fn next_passage(&mut self) {
        self.passage = self.passage.wrapping_add(1);
        if self.passage == 0 {
            self.asked.clear();
            self.passage = 1;
        }
    }

    /// Whether a pattern may fit in the passage, which is found out once.
    #[inline]
    pub(crate) fn may_fit(&mut self, pattern: usize, find_out: impl FnOnce() -> bool) -> bool {
        if self.asked.len() <= pattern {
            self.asked.resize(pattern + 1, (0, false));
        }
        let (passage, answer) = &mut self.asked[pattern];
        if *passage != self.passage {
            (*passage, *answer) = (self.passage, find_out());
        }
        *answer
    }

    /// Ready for another run.
    pub(super) fn prepare(&mut self) {
        self.stack.clear();
        self.taken.clear();
        self.seen.clear();
    }
}

/// Pairs of step and distance from the anchor that a run has come by: few of all that there are, so that a small hash
/// table holds them where the cache does.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Each pair with the run that it is of; of an earlier one it does not count.
    cells: Vec<(u32, u32)>,
    run: u32,
    count: usize,
}

impl Seen {
    const LEAST: usize = 1024;

    fn clear(&mut self) {
        self.count = 0;
        self.run = self.run.wrapping_add(1);
        if self.run == 0 || self.cells.is_empty() {
            self.cells = vec![(0, 0); self.cells.len().max(Self::LEAST)];
            self.run = 1;
        }
    }

    /// Adds a pair; false if it was there.
    pub(super) fn insert(&mut self, step: usize, distance: usize) -> bool {
        if self.count * 2 > self.cells.len() {
            let old = std::mem::take(&mut self.cells);
            self.cells = vec![(0, 0); old.len() * 2];
            self.count = 0;
            let run = self.run;
            for (pair, _) in old.into_iter().filter(|(_, of)| *of == run) {
                self.add(pair);
            }
        }
        self.add((step * (WINDOW + 1) + distance) as u32)
    }

    fn add(&mut self, pair: u32) -> bool {
        let mask = self.cells.len() - 1;
        let mut at = (pair.wrapping_mul(0x9E37_79B1) >> 12) as usize & mask;
        while self.cells[at].1 == self.run {
            if self.cells[at].0 == pair {
                return false;
            }
            at = (at + 1) & mask;
        }
        self.cells[at] = (pair, self.run);
        self.count += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    proptest! {
        #[test]
        fn a_pair_is_new_once_in_each_run(pairs in prop::collection::vec((0usize..40, 0usize..=WINDOW), 0..3000)) {
            let mut seen = Seen::default();
            for _ in 0..2 {
                seen.clear();
                let mut known = HashSet::new();
                for (step, distance) in &pairs {
                    prop_assert_eq!(seen.insert(*step, *distance), known.insert((*step, *distance)));
                }
            }
        }
    }
}
