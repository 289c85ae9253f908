//! Whether any name may begin at a place, told by the six bytes behind it and by whether a capital stands there.
//!
//! All names of a passage are looked up at once. At most of its words none begins, and a bit of a Bloom filter tells so
//! before the trie is walked.

use crate::pack::{Pack, Part, Section, Writer};

/// Bytes by which longer names are told.
const TELLING: usize = 6;
/// Bits of the filter for each name.
const BITS_PER_NAME: usize = 12;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct NameStarts {
    /// A power of two of bits.
    section: Section,
    bits: usize,
}

/// The bit, as part of all, of a name that begins with `near`, told as a number, of `count` bytes.
#[inline]
fn hash(near: u64, count: usize, capital: bool) -> u64 {
    let told = near & u64::MAX >> (64 - 8 * count);
    (told ^ (count as u64) << 56 ^ u64::from(capital) << 60).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
        .wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// Lays the filter of folded names out as a section.
pub(super) fn write<'a>(names: impl ExactSizeIterator<Item = &'a str>, writer: &mut Writer) {
    let bits = (names.len() * BITS_PER_NAME).next_power_of_two().max(1024);
    let mut bytes = vec![0u8; bits / 8];
    for name in names {
        let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
        let count = name.len().min(TELLING);
        let near = name.to_ascii_lowercase().bytes().take(count).rev().fold(0, |near, byte| near << 8 | u64::from(byte));
        let bit = (hash(near, count, capital) >> (64 - bits.ilog2())) as usize;
        bytes[bit / 8] |= 1 << (bit % 8);
    }
    writer.add(Part::NameStarts, bytes);
}

impl NameStarts {
    pub(super) fn of_pack(pack: &Pack) -> NameStarts {
        let section = pack.section(Part::NameStarts as u32);
        // A filter of any other size is that of a damaged pack.
        let bits = section.len() * 8;
        NameStarts { section, bits: if bits.is_power_of_two() { bits } else { 0 } }
    }

    /// Whether a name may begin at a place of a text in ASCII lower case; `first` is the byte as it is written.
    #[inline]
    pub(super) fn may_begin(&self, lower: &[u8], at: usize, first: u8) -> bool {
        if self.bits == 0 {
            return true;
        }
        let near = match lower[at..].first_chunk() {
            Some(near) => u64::from_le_bytes(*near),
            None => lower[at..].iter().rev().fold(0, |near, byte| near << 8 | u64::from(*byte)),
        };
        let is_set = |count: usize, capital: bool| {
            let bit = (hash(near, count, capital) >> (64 - self.bits.ilog2())) as usize;
            self.section.get(bit / 8, bit / 8 + 1).is_none_or(|byte| byte[0] >> (bit % 8) & 1 == 1)
        };
        let byte = |nth: usize| (near >> (8 * nth)) as u8;
        let letter = |nth: usize| byte(nth).is_ascii_alphanumeric();
        // A shorter name ends where a word and a character do.
        let ends = |count: usize| {
            byte(count) & 0xC0 != 0x80 && byte(count - 1) != b' ' && !(letter(count - 1) && letter(count))
        };
        let any = |capital: bool| {
            is_set(TELLING, capital) || (1..TELLING).any(|count| ends(count) && is_set(count, capital))
        };
        any(false) || first.is_ascii_uppercase() && any(true)
    }
}
