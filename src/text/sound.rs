//! How Chinese characters sound, as far as it takes to tell that two of them sound alike. The table gives the usual
//! reading, without tones, of the characters of GB 2312, from the readings that pypinyin ships (MIT).

use std::collections::HashMap;
use std::sync::LazyLock;

static SYLLABLES: LazyLock<HashMap<char, u16>> = LazyLock::new(|| {
    let lines = include_str!("syllables.txt").lines().enumerate();
    lines
        .filter_map(|(number, line)| Some((number as u16, line.split_once(' ')?.1)))
        .flat_map(|(number, chars)| chars.chars().map(move |c| (c, number)))
        .collect()
});

/// Whether two different characters are read alike, tones apart.
pub fn sound_alike(a: char, b: char) -> bool {
    let sound = |c: char| SYLLABLES.get(&c);
    a != b && sound(a).is_some() && sound(a) == sound(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_taken_for_each_other() {
        assert!([('明', '鸣'), ('妍', '研'), ('慕', '穆'), ('齐', '奇')].iter().all(|(a, b)| sound_alike(*a, *b)));
        assert!(!sound_alike('国', '军') && !sound_alike('明', '明'));
    }
}
