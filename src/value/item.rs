//! The number that an item of a list is marked with: 一, 12, ③, 丙, "third", "thirdly". Few enough words to be looked for.

use super::edges::Edges;
use super::numeral::word_ends;
use super::{Input, Read, Value};
use std::sync::LazyLock;

/// Every way an item is numbered; each row begins at one.
const ROWS: [&[&str]; 6] = [
    &[
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20",
        "21", "22", "23", "24", "25", "26", "27", "28", "29", "30",
    ],
    &[
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六",
        "十七", "十八", "十九", "二十",
    ],
    &["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩"],
    &["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"],
    &[
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ],
    &[
        "firstly",
        "secondly",
        "thirdly",
        "fourthly",
        "fifthly",
        "sixthly",
        "seventhly",
        "eighthly",
        "ninthly",
        "tenthly",
    ],
];

/// All words of [`ROWS`].
pub(super) static VOCABULARY: &[&str] = &concatenated();

const fn concatenated() -> [&'static str; 92] {
    let mut out = [""; 92];
    let (mut row, mut to) = (0, 0);
    while row < ROWS.len() {
        let mut at = 0;
        while at < ROWS[row].len() {
            out[to] = ROWS[row][at];
            to += 1;
            at += 1;
        }
        row += 1;
    }
    assert!(to == out.len(), "the length above is that of all rows");
    out
}

/// Characters that a Chinese numeral goes on with.
const NUMERALS: &str = "零〇○一二三四五六七八九十百千万亿几数两";

/// What they begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| Edges::of_words(VOCABULARY));
    &EDGES
}

/// Reads the number of an item.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let rest = &input.lower[at..input.end];
    let first = rest.chars().next()?;
    let mut best: Option<(usize, usize)> = None;
    for row in ROWS.iter().filter(|row| row[0].is_ascii() == first.is_ascii()) {
        for (nth, word) in row.iter().enumerate() {
            if rest.starts_with(word) && best.is_none_or(|(length, _)| word.len() > length) {
                best = Some((word.len(), nth + 1));
            }
        }
    }
    let (length, number) = best?;
    let end = at + length;
    let (before, after) = (input.text[..at].chars().next_back(), input.text[end..].chars().next());
    let goes_on = |c: char| {
        if first.is_ascii() {
            c.is_ascii_alphanumeric()
        } else {
            "一二三四五六七八九十".contains(first) && NUMERALS.contains(c)
        }
    };
    let decimal =
        first.is_ascii_digit() && after == Some('.') && input.text[end + 1..].starts_with(|c: char| c.is_ascii_digit())
            || first.is_ascii_digit() && before == Some('.');
    if before.is_some_and(goes_on) || after.is_some_and(goes_on) || decimal || !word_ends(input.lower, end) {
        return None;
    }
    Some(Read { end, values: vec![Value::Ordinal(number as i64)] })
}
