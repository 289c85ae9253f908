//! How Chinese characters sound, as far as it takes to tell that two of them sound alike. The table gives the usual
//! reading, without tones, of the characters of GB 2312, from the readings that pypinyin ships (MIT).

const FIRST: usize = 0x4E00;
const LAST: usize = 0x9FFF;

/// The syllable of a character: the number of its line, from one, and the letter it begins with; nought where there is none.
type Syllable = (u16, u8);

static SYLLABLES: [Syllable; LAST - FIRST + 1] = table(include_bytes!("syllables.txt"));

/// Reads the table when the program is built: a syllable a line, a space, its characters, each of three bytes.
const fn table(lines: &[u8]) -> [Syllable; LAST - FIRST + 1] {
    let mut table = [(0, 0); LAST - FIRST + 1];
    let (mut line, mut begins, mut at) = (1, lines[0], 0);
    while at < lines.len() {
        if lines[at] == b'\n' {
            line += 1;
            begins = if at + 1 < lines.len() { lines[at + 1] } else { 0 };
        }
        if lines[at] < 0xE0 {
            at += 1;
            continue;
        }
        let c =
            (lines[at] as usize & 0x0F) << 12 | (lines[at + 1] as usize & 0x3F) << 6 | lines[at + 2] as usize & 0x3F;
        if FIRST <= c && c <= LAST {
            table[c - FIRST] = (line, begins);
        }
        at += 3;
    }
    table
}

fn syllable(c: char) -> Syllable {
    (c as usize).checked_sub(FIRST).and_then(|at| SYLLABLES.get(at)).copied().unwrap_or_default()
}

/// The number of the syllable that a character is read as, tones apart; `None` for those that are not common.
pub fn syllable_number(c: char) -> Option<u16> {
    Some(syllable(c).0).filter(|number| *number != 0)
}

/// Whether two different characters are read alike, tones apart.
pub fn sound_alike(a: char, b: char) -> bool {
    a != b && syllable(a).0 != 0 && syllable(a).0 == syllable(b).0
}

/// Whether the readings of two different characters begin alike, as those do that write one sound of a foreign name.
pub fn begin_alike(a: char, b: char) -> bool {
    a != b && syllable(a).1 != 0 && syllable(a).1 == syllable(b).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_taken_for_each_other() {
        assert!([('明', '鸣'), ('妍', '研'), ('慕', '穆'), ('齐', '奇')].iter().all(|(a, b)| sound_alike(*a, *b)));
        assert!(!sound_alike('国', '军') && !sound_alike('明', '明') && !sound_alike('a', 'b'));
        assert!(begin_alike('伦', '隆') && !begin_alike('伦', '恩'));
    }
}
