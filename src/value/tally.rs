//! Two counts set against each other: 3比1, 3:1, 58票对45票, "58-45", "58 to 45", "58 votes to 45". What they count the
//! words around tell.

use super::edges::{Edges, chars, each_digit};
use super::{Input, Read, Tally, Value};
use std::sync::LazyLock;

/// What stands between the two counts, the longer ones first.
const JOINTS: &[&str] = &["票对", "票比", "-to-", " to ", " votes to ", "比", "对", ":", "-", "–", "—"];

/// Counts in one Chinese character.
const HAN: &str = "零一二三四五六七八九";

/// Marks behind which a count is the rest of something longer: 2025-12-26, 0.3-1, 6-4-2.
const JOINING: &str = "-–—:.,/";

/// What a tally begins and ends with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let counts = || each_digit().chain(chars(HAN));
        Edges::of(counts().collect(), counts().chain(chars("票")).collect())
    });
    &EDGES
}

/// Reads a tally.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let (text, lower) = (&input.text[..input.end], &input.lower[..input.end]);
    let mut before = text[..at].chars().rev();
    if before.next().is_some_and(|c| goes_on(c) || "$£€#".contains(c) || joins(c, before.next())) {
        return None;
    }
    let (middle, first) = count(text, at)?;
    let joint = JOINTS.iter().find(|joint| lower[middle..].starts_with(**joint))?;
    let (mut end, second) = count(text, middle + joint.len())?;
    let mut after = text[end..].chars();
    if after.next().is_some_and(|c| goes_on(c) || c == '%' || joins(c, after.next())) {
        return None;
    }
    if text[end..].starts_with('票') {
        end += '票'.len_utf8();
    }
    Some(Read { end, values: vec![Value::Tally(Tally { first, second })] })
}

/// A count of at most three digits, or in one Chinese character.
fn count(text: &str, at: usize) -> Option<(usize, u16)> {
    let rest = &text[at..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        return Some((at + digits, rest[..digits].parse().ok()?));
    }
    let first = rest.chars().next()?;
    let count = HAN.chars().position(|c| c == first)?;
    Some((at + first.len_utf8(), u16::try_from(count).ok()?))
}

/// Whether a count goes on with a character.
fn goes_on(c: char) -> bool {
    c.is_ascii_alphanumeric() || HAN.contains(c) || "十百千万亿两".contains(c)
}

/// Whether a mark and the character beyond it make a count part of something longer.
fn joins(mark: char, beyond: Option<char>) -> bool {
    JOINING.contains(mark) && beyond.is_some_and(|c| c.is_ascii_digit())
}
