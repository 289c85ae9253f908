//! A set of characters that can be asked quickly whether it holds one that it mostly does not.

/// The common Han characters, for which a bitmap tells at once.
const FIRST_HAN: u32 = 0x4E00;
const HAN_CELLS: usize = 0x5200 / 64;

/// Characters of a constant: a bitmap of the common Han characters, and a small one that rules most others out at once.
#[derive(Debug)]
pub struct CharSet {
    chars: &'static str,
    han: [u64; HAN_CELLS],
    bits: [u64; 8],
}

impl CharSet {
    /// The set of these characters.
    pub const fn new(chars: &'static str) -> CharSet {
        let bytes = chars.as_bytes();
        let (mut han, mut bits) = ([0u64; HAN_CELLS], [0u64; 8]);
        let mut at = 0;
        while at < bytes.len() {
            let (first, more) = match bytes[at] {
                byte @ 0..0x80 => (byte as u32, 0),
                byte @ 0x80..0xE0 => (byte as u32 & 0x1F, 1),
                byte @ 0xE0..0xF0 => (byte as u32 & 0xF, 2),
                byte => (byte as u32 & 0x7, 3),
            };
            let mut point = first;
            let mut next = 1;
            while next <= more {
                point = point << 6 | bytes[at + next] as u32 & 0x3F;
                next += 1;
            }
            match han_cell(point) {
                Some(cell) => han[cell] |= bit(point),
                None => bits[cell(point)] |= bit(point),
            }
            at += more + 1;
        }
        CharSet { chars, han, bits }
    }

    /// Its characters.
    pub fn chars(&self) -> std::str::Chars<'static> {
        self.chars.chars()
    }

    /// Whether it holds a character.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        let point = c as u32;
        if let Some(cell) = han_cell(point) {
            return self.han[cell] & bit(point) != 0;
        }
        self.bits[cell(point)] & bit(point) != 0 && self.chars.chars().any(|known| known == c)
    }
}

const fn han_cell(point: u32) -> Option<usize> {
    let at = point.wrapping_sub(FIRST_HAN) as usize / 64;
    if at < HAN_CELLS { Some(at) } else { None }
}

const fn cell(point: u32) -> usize {
    (point >> 6 & 7) as usize
}

const fn bit(point: u32) -> u64 {
    1 << (point & 63)
}

#[cfg(test)]
mod tests {
    use super::CharSet;

    #[test]
    fn holds_what_it_was_made_of() {
        const SET: CharSet = CharSet::new("零a’𠮷二鿿");
        assert!("零a’𠮷二鿿".chars().all(|c| SET.has(c)));
        assert!("一bA'吉x\u{0}龥".chars().all(|c| !SET.has(c)));
    }
}
