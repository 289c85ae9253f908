//! Folding: one spelling for width forms, Traditional characters, quotes, dashes and spaces.
//!
//! What needs the neighbours of a character (spaces inside Chinese, the direction of straight quotes) is done where a
//! passage is folded; here is what a character alone decides.

use std::borrow::Cow;

/// First character of the block that the table covers.
const FIRST: u32 = 0x3400;
/// How many characters it covers: up to U+9FFF.
const COUNT: usize = 0x9FFF - 0x3400 + 1;

/// For every character of the block its Simplified form, 0 where that is itself. Only characters that fold to one
/// character of the same block stand in it, so that folding never changes a length.
static SIMPLIFIED: [u16; COUNT] = TABLE.0;
/// One bit a character: set where it is Simplified and Traditional copy writes another.
static SIMPLIFIED_ONLY: [u64; COUNT.div_ceil(64)] = TABLE.1;

const TABLE: ([u16; COUNT], [u64; COUNT.div_ceil(64)]) = read_table(include_bytes!("fold_table.txt"));

/// Reads the table while the program is compiled: nothing is left to do when it starts.
const fn read_table(file: &[u8]) -> ([u16; COUNT], [u64; COUNT.div_ceil(64)]) {
    let mut folds = [0; COUNT];
    let mut only = [0; COUNT.div_ceil(64)];
    let mut at = 0;
    while at < file.len() {
        let mark = file[at];
        at += 1;
        while at < file.len() && file[at] != b'\n' {
            match mark {
                b'>' => {
                    folds[(ideograph(file, at) - FIRST) as usize] = ideograph(file, at + 3) as u16;
                    at += 6;
                }
                b'=' => {
                    let place = (ideograph(file, at) - FIRST) as usize;
                    only[place / 64] |= 1 << (place % 64);
                    at += 3;
                }
                _ => at += 1,
            }
        }
        at += 1;
    }
    (folds, only)
}

/// The character whose three bytes of UTF-8 stand at `at`.
const fn ideograph(file: &[u8], at: usize) -> u32 {
    (file[at] as u32 & 0xF) << 12 | (file[at + 1] as u32 & 0x3F) << 6 | file[at + 2] as u32 & 0x3F
}

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// This character.
    To(char),
    /// White space; a run of it becomes one space or nothing.
    Space,
    /// A dash; a run of them becomes one.
    Dash,
    /// An ellipsis; a run of them becomes one.
    Ellipsis,
    /// Nothing: zero-width characters.
    Nothing,
}

/// Folds one character.
pub fn fold_char(c: char) -> Folded {
    if c.is_ascii() {
        return match c {
            ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' => Folded::Space,
            _ => Folded::To(c),
        };
    }
    match c {
        '\u{3400}'..='\u{9FFF}' => Folded::To(simplified(c)),
        '\u{FF01}'..='\u{FF5E}' => Folded::To(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)),
        '\u{3000}'
        | '\u{A0}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{85}' => Folded::Space,
        '「' | '『' | '﹁' | '﹃' | '„' | '‟' => Folded::To('“'),
        '」' | '』' | '﹂' | '﹄' => Folded::To('”'),
        '‘' | '’' | '‛' | '′' | 'ʼ' => Folded::To('\''),
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' => Folded::To('-'),
        '\u{2014}' | '\u{2015}' | '─' | '━' => Folded::Dash,
        '…' | '⋯' => Folded::Ellipsis,
        '·' | '•' | '・' | '‧' | '∙' | '･' => Folded::To('·'),
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{202A}'..='\u{202E}' => Folded::Nothing,
        // The ratio sign stands for a colon in scores and clocks.
        '∶' | '︰' | '﹕' => Folded::To(':'),
        '｡' => Folded::To('。'),
        '､' | '﹑' => Folded::To('、'),
        '〈' | '﹤' => Folded::To('《'),
        '〉' | '﹥' => Folded::To('》'),
        _ => Folded::To(c),
    }
}

/// The Simplified form of a character of the unified ideographs.
fn simplified(c: char) -> char {
    match SIMPLIFIED.get((c as u32).wrapping_sub(FIRST) as usize) {
        Some(0) | None => c,
        Some(folded) => char::from_u32(u32::from(*folded)).unwrap_or(c),
    }
}

/// Whether folding leaves a character of three bytes as it is, of those that Chinese copy is made of.
#[inline]
pub(crate) fn stays(a: u8, b: u8, c: u8) -> bool {
    let point = u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
    match SIMPLIFIED.get(point.wrapping_sub(FIRST) as usize) {
        Some(folded) => *folded == 0,
        // 、。《》
        None => matches!(point, 0x3001 | 0x3002 | 0x300A | 0x300B),
    }
}

/// Whether a character belongs to Traditional copy alone.
pub fn is_traditional(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}') && simplified(c) != c
}

/// Whether a character belongs to Simplified copy alone: Traditional copy writes another one.
pub fn is_simplified(c: char) -> bool {
    let at = (c as u32).wrapping_sub(FIRST) as usize;
    SIMPLIFIED_ONLY.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
}

/// Han characters and the punctuation that is set with them.
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{323AF}')
}

/// Folds words that have no passage around them: pattern literals and names. Straight quotes stay as they are.
pub fn fold_literal(words: &str) -> Cow<'_, str> {
    if words.is_ascii() && !words.contains("--") && !words.contains("  ") {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    let mut last = None;
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let double_hyphen = c == '-' && chars.peek() == Some(&'-');
        let folded = if double_hyphen { Folded::Dash } else { fold_char(c) };
        let repeats = last == Some(folded);
        match folded {
            // A hyphen after a dash belongs to it.
            Folded::To('-') if last == Some(Folded::Dash) => continue,
            Folded::To(c) => out.push(c),
            Folded::Space if !repeats => out.push(' '),
            Folded::Dash if !repeats => out.push('—'),
            Folded::Ellipsis if !repeats => out.push('…'),
            Folded::Space | Folded::Dash | Folded::Ellipsis => {}
            Folded::Nothing => continue,
        }
        if double_hyphen {
            while chars.peek() == Some(&'-') {
                chars.next();
            }
        }
        last = Some(folded);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        assert_eq!(fold_literal("馬斯開特"), "马斯开特");
        assert_eq!(fold_literal("（１５７名）"), "(157名)");
        assert_eq!(fold_literal("「臺灣」——"), "“台湾”—");
        assert_eq!(fold_literal("3∶1"), "3:1");
        assert_eq!(fold_literal("Oman’s  talks--later"), "Oman's talks—later");
    }

    /// Prints the table as it should be if it is not.
    #[test]
    fn the_table_is_opencc() {
        use ferrous_opencc::{OpenCC, config::BuiltinConfig};
        let simplify = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
        let restore = OpenCC::from_config(BuiltinConfig::S2t).unwrap();
        let block = FIRST..FIRST + COUNT as u32;
        let (mut folds, mut only) = (Vec::new(), Vec::new());
        for c in block.clone().filter_map(char::from_u32) {
            let word = c.to_string();
            let folded = simplify.convert(&word);
            let mut chars = folded.chars();
            match (chars.next(), chars.next()) {
                (Some(one), None) if one != c && block.contains(&(one as u32)) => folds.push(format!("{c}{one}")),
                _ if folded == word && restore.convert(&word) != word => only.push(word),
                _ => {}
            }
        }
        let line = |mark: &str, items: &[String]| format!("{mark}{}\n", items.concat());
        let table: String =
            folds.chunks(40).map(|row| line(">", row)).chain(only.chunks(80).map(|row| line("=", row))).collect();
        let file = include_str!("fold_table.txt").replace("\r\n", "\n");
        let shipped: String = file.lines().filter(|row| !row.starts_with('#')).map(|row| format!("{row}\n")).collect();
        assert!(shipped == table, "src/text/fold_table.txt should hold:\n{table}");
    }

    #[test]
    fn scripts_are_told_apart() {
        assert!(is_traditional('國') && !is_traditional('国') && !is_traditional('中'));
        assert!(is_simplified('国') && !is_simplified('國') && !is_simplified('中'));
    }
}
