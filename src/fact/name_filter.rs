//! Whether a name of a kind may begin or end at a place, told by the six bytes that are nearest to it.
//!
//! Looking a name up walks through all that could begin before the place. Nearly everywhere no name of the kind that is
//! asked for ends, and a bit of a Bloom filter tells so.

use super::schema::KindId;
use crate::pack::Section;
use crate::pack::{Pack, Part, Writer};

/// Bytes by which longer names are told.
const TELLING: usize = 6;
/// Bits of the filter for each name.
const BITS_PER_NAME: usize = 16;

/// Which end of a name stands at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// A name begins there.
    First,
    /// A name ends there.
    Last,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct NameFilter {
    /// By kind: bit `n` if it has a name of `n` bytes, for those shorter than [`TELLING`]; then the bits, a power of two.
    section: Section,
    kinds: usize,
    bits: usize,
}

/// The bit of a name's end: of its nearest bytes, `near` in the order of the text.
#[inline]
fn hash(kind: KindId, end: End, near: &[u8]) -> u64 {
    let number = near.iter().fold(near.len() as u64, |number, byte| number << 8 | u64::from(*byte));
    let salted = number ^ u64::from(kind.0) << 57 ^ u64::from(kind.0) << 3 ^ u64::from(end == End::Last) << 63;
    (salted.wrapping_mul(0x9E37_79B9_7F4A_7C15)).rotate_left(24).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// Lays the filter of folded names in lower case out as a section.
pub(super) fn write<'a>(names: impl ExactSizeIterator<Item = (&'a str, KindId)> + Clone, writer: &mut Writer) {
    let kinds = names.clone().map(|(_, kind)| usize::from(kind.0) + 1).max().unwrap_or_default();
    let bits = (names.len() * BITS_PER_NAME).next_power_of_two().max(1024);
    let mut bytes = vec![0; kinds + bits / 8];
    for (name, kind) in names {
        let name = name.as_bytes();
        if name.len() < TELLING {
            bytes[usize::from(kind.0)] |= 1 << name.len();
        }
        let telling = name.len().min(TELLING);
        for (end, near) in [(End::First, &name[..telling]), (End::Last, &name[name.len() - telling..])] {
            let bit = (hash(kind, end, near) >> (64 - bits.ilog2())) as usize;
            bytes[kinds + bit / 8] |= 1 << (bit % 8);
        }
    }
    bytes.extend((kinds as u32).to_le_bytes());
    writer.add(Part::NameFilter, bytes);
}

impl NameFilter {
    pub(super) fn of_pack(pack: &Pack) -> NameFilter {
        let section = pack.section(Part::NameFilter as u32);
        let tail = section.len().saturating_sub(4);
        let kinds =
            section.get(tail, section.len()).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
        let kinds = (kinds as usize).min(tail);
        // A filter of any other size is that of a damaged pack.
        let bits = (tail - kinds) * 8;
        let bits = if bits.is_power_of_two() { bits } else { 0 };
        NameFilter { section, kinds, bits }
    }

    /// Whether a name of a kind may have this end at a place of text in lower case.
    #[inline]
    pub(super) fn may_stand(&self, kind: KindId, end: End, lower: &[u8], at: usize) -> bool {
        if self.bits == 0 {
            return true;
        }
        let near = |count: usize| match end {
            End::First => lower.get(at..at + count),
            End::Last => at.checked_sub(count).and_then(|from| lower.get(from..at)),
        };
        let has = |count: usize| {
            near(count).is_some_and(|near| {
                let bit = (hash(kind, end, near) >> (64 - self.bits.ilog2())) as usize;
                let byte = self.kinds + bit / 8;
                self.section.get(byte, byte + 1).is_none_or(|byte| byte[0] >> (bit % 8) & 1 == 1)
            })
        };
        let kind = usize::from(kind.0);
        let short = self.section.get(kind, kind + 1).map_or(0, |mask| if kind < self.kinds { mask[0] } else { 0 });
        has(TELLING) || (1..TELLING).any(|count| short >> count & 1 == 1 && has(count))
    }
}
