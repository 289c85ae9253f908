//! A set of characters that can be asked quickly whether it holds one that it mostly does not.

/// Characters of a constant, with a small bitmap that rules most others out at once.
#[derive(Debug)]
pub struct CharSet {
    chars: &'static str,
    bits: [u64; 8],
}

impl CharSet {
    /// The set of these characters.
    pub const fn new(chars: &'static str) -> CharSet {
        let bytes = chars.as_bytes();
        let mut bits = [0u64; 8];
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
            bits[cell(point)] |= bit(point);
            at += more + 1;
        }
        CharSet { chars, bits }
    }

    /// Its characters.
    pub fn chars(&self) -> std::str::Chars<'static> {
        self.chars.chars()
    }

    /// Whether it holds a character.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        let point = c as u32;
        self.bits[cell(point)] & bit(point) != 0 && self.chars.chars().any(|known| known == c)
    }
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
        const SET: CharSet = CharSet::new("零a’𠮷二");
        assert!("零a’𠮷二".chars().all(|c| SET.has(c)));
        assert!("一bA'吉x\u{0}".chars().all(|c| !SET.has(c)));
    }
}
