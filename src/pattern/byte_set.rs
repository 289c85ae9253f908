//! Sets of bytes: with which ones a step of a pattern can go on, so that most places need not be tried.

/// A set of bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    #[inline]
    pub(super) fn holds(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    pub(super) fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    pub(super) fn add_all(&mut self, other: &ByteSet) {
        self.0.iter_mut().zip(other.0).for_each(|(cell, more)| *cell |= more);
    }

    /// The nearest bytes of characters of these ranges in text of ASCII lower case. Of other alphabets than ASCII's every
    /// byte that characters begin with, or leftward end with, is taken.
    pub(super) fn of_class(ranges: &[(char, char)], leftward: bool) -> ByteSet {
        let mut set = ByteSet::default();
        for (low, high) in ranges {
            for byte in (*low as u32..=(*high as u32).min(0x7F)).filter_map(|code| u8::try_from(code).ok()) {
                set.add(byte.to_ascii_lowercase());
            }
            if *high as u32 > 0x7F {
                let beyond = if leftward { 0x80..=0xBF } else { 0xC0..=0xFF };
                beyond.for_each(|byte| set.add(byte));
            }
        }
        set
    }
}
