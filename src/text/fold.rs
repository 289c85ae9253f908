//! Folding: one spelling for width forms, Traditional characters, quotes, dashes and spaces.
//!
//! What needs the neighbours of a character (spaces inside Chinese, the direction of straight quotes) is done where a
//! passage is folded; here is what a character alone decides.

include!(concat!(env!("OUT_DIR"), "/fold_table.rs"));

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
pub fn fold_literal(words: &str) -> String {
    if words.is_ascii() && !words.contains("--") && !words.contains("  ") {
        return words.to_owned();
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
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        assert_eq!(fold_literal("馬斯開特"), "马斯开特");
        assert_eq!(fold_literal("（１５７名）"), "(157名)");
        assert_eq!(fold_literal("「臺灣」——"), "“台湾”—");
        assert_eq!(fold_literal("Oman’s  talks--later"), "Oman's talks—later");
    }

    #[test]
    fn scripts_are_told_apart() {
        assert!(is_traditional('國') && !is_traditional('国') && !is_traditional('中'));
        assert!(is_simplified('国') && !is_simplified('國') && !is_simplified('中'));
    }
}
