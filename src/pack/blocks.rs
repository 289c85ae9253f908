//! Blocks of a pack and their checksums: a block is proved once, when it is first read.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use xxhash_rust::xxh3::xxh3_64;

/// Bytes that one checksum covers: a page, which is what reading one byte of a mapped file brings in anyway.
pub(super) const BLOCK: usize = 4096;

/// Which blocks have been proved.
pub(super) struct Blocks {
    /// What is proved block by block; the checksums stand behind it.
    body: Range<usize>,
    proved: Box<[AtomicU64]>,
    damaged: AtomicBool,
}

impl Blocks {
    /// For a pack whose content stands from `body` to `end` and its checksums from there to `length`; `None` if that is not the room they need.
    pub(super) fn new(body: usize, end: usize, length: usize) -> Option<Blocks> {
        let count = end.div_ceil(BLOCK);
        if count.checked_mul(8)?.checked_add(end)? != length {
            return None;
        }
        let proved = (0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Some(Blocks { body: body..end, proved, damaged: AtomicBool::new(false) })
    }

    /// Proves the blocks that a range lies in, those that were not proved before.
    #[inline]
    pub(super) fn touch(&self, bytes: &[u8], range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        for block in range.start / BLOCK..=(range.end - 1) / BLOCK {
            let bit = 1 << (block % 64);
            let Some(word) = self.proved.get(block / 64) else { return };
            if word.load(Ordering::Relaxed) & bit == 0 {
                if !self.fits(bytes, block) {
                    self.damaged.store(true, Ordering::Relaxed);
                }
                word.fetch_or(bit, Ordering::Relaxed);
            }
        }
    }

    /// Proves every block; false if one does not fit.
    pub(super) fn prove_all(&self, bytes: &[u8]) -> bool {
        self.touch(bytes, self.body.clone());
        !self.damaged()
    }

    pub(super) fn damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    #[cold]
    fn fits(&self, bytes: &[u8], block: usize) -> bool {
        let start = block * BLOCK;
        let Some(content) = bytes.get(start..(start + BLOCK).min(self.body.end)) else { return false };
        let at = self.body.end + block * 8;
        bytes.get(at..at + 8).is_some_and(|checksum| *checksum == xxh3_64(content).to_le_bytes())
    }
}

/// The checksums of all blocks, to stand behind them.
pub(super) fn checksums(bytes: &[u8]) -> Vec<u8> {
    bytes.chunks(BLOCK).flat_map(|block| xxh3_64(block).to_le_bytes()).collect()
}
