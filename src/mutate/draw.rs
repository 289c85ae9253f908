//! Chance that depends on a seed alone.

/// A row of numbers from a seed: SplitMix64, as Steele, Lea and Flood give it in "Fast splittable pseudorandom number
/// generators" (2014). The numbers must be the same on every machine and in every version, which no library promises.
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// The row of a seed.
    pub fn new(seed: u64) -> Draw {
        Draw(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of so many, from 0; 0 of none.
    pub fn below(&mut self, count: usize) -> usize {
        (self.number() % (count.max(1) as u64)) as usize
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}
