//! How words in a slot are changed: into another name of the kind, a misspelt one, another day or another figure.

use super::Draw;
use crate::fact::{EntityId, FactBase, FormId, KindId};
use crate::ledger::Meant;
use crate::text::{Lang, fold_literal};

/// Names that are drawn to choose from.
const TRIES: usize = 12;
/// Han characters that foreign names are spelt with, for misspelt ones.
const SPELLING: &str = "克斯特尔尼亚拉里夫诺马卡德林";
const NUMERALS: &str = "一二三四五六七八九";
const SMALL: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Meant {
    /// Whether it is a name.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Meant::Name { .. })
    }
}

/// The words changed so that they mean something else, or nothing if they cannot be.
pub(super) fn alter(base: &FactBase, words: &str, meant: Meant, lang: Lang, draw: &mut Draw) -> Option<String> {
    match meant {
        Meant::Name { near: true, .. } => misspelt(words, draw),
        Meant::Name { kind, form, .. } => another_name(base, words, (kind, form, lang), draw),
        Meant::Value(ty) => match ty.name {
            "weekday" => another_weekday(words, draw),
            "date" | "month" | "lunar" => another_day(words, draw),
            "year" => another_number(words, draw, near_year),
            "time" => another_number(words, draw, |digits, draw| other_small(digits, 12, draw)),
            _ => another_number(words, draw, |digits, draw| Some(other_number(digits, draw))),
        },
    }
}

/// Another name of the kind. Of some that would do, the one of whose bearer most is known: what papers mix up is mostly
/// well known.
fn another_name(base: &FactBase, words: &str, of: (KindId, FormId, Lang), draw: &mut Draw) -> Option<String> {
    let (kind, form, lang) = of;
    let names: Vec<&str> = base.names_of_kind(kind, form, lang).collect();
    let bearers = |name: &str| -> Vec<EntityId> {
        base.names().exact(&fold_literal(name)).iter().map(|meant| meant.entity).collect()
    };
    let meant = bearers(words);
    let drawn: Vec<&str> = (0..TRIES).filter_map(|_| draw.one_of(&names).copied()).collect();
    let would_do = drawn.into_iter().filter_map(|name| {
        let whole = name.chars().count() > 1 && name.is_ascii() == words.is_ascii();
        // A name that several things bear may mean what stood there.
        match bearers(name)[..] {
            [bearer] if whole && !meant.contains(&bearer) => Some((base.facts_of(bearer).count(), name)),
            _ => None,
        }
    });
    would_do.max_by_key(|(facts, _)| *facts).map(|(_, name)| name.to_owned())
}

/// One letter or character off, not the first.
fn misspelt(words: &str, draw: &mut Draw) -> Option<String> {
    let mut letters: Vec<char> = words.chars().collect();
    let inner = |at: &usize| {
        let beside = [at.checked_sub(1), Some(*at), at.checked_add(1)];
        beside.into_iter().all(|at| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphabetic()))
    };
    let places: Vec<usize> = (0..letters.len()).filter(inner).collect();
    let at = *draw.one_of(&places)?;
    if letters[at].is_ascii() {
        match letters[at] == letters[at + 1] {
            true => drop(letters.remove(at)),
            false => letters.swap(at, at + 1),
        }
    } else {
        let others: Vec<char> = SPELLING.chars().filter(|c| !letters.contains(c)).collect();
        letters[at] = *draw.one_of(&others)?;
    }
    Some(letters.into_iter().collect())
}

fn another_weekday(words: &str, draw: &mut Draw) -> Option<String> {
    let lower = words.to_ascii_lowercase();
    if let Some(day) = DAYS.iter().find(|day| lower.get(..3).is_some_and(|start| day.starts_with(start))) {
        let others: Vec<&str> = DAYS.into_iter().filter(|other| other != day).collect();
        let other = *draw.one_of(&others)?;
        let whole = lower.starts_with(day);
        let other = if whole { other } else { &other[..3] };
        let (head, tail) = other.split_at(1);
        let rest =
            words.get(if whole { day.len() } else { 3 }..)?.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        return Some(format!("{}{tail}{rest}", head.to_ascii_uppercase()));
    }
    let last = words.chars().next_back().filter(|c| "一二三四五六日天".contains(*c))?;
    let others: Vec<char> = "一二三四五六日".chars().filter(|c| *c != last && (last != '天' || *c != '日')).collect();
    Some(format!("{}{}", words.strip_suffix(last)?, draw.one_of(&others)?))
}

/// Another day of the month; where none is given, another figure.
fn another_day(words: &str, draw: &mut Draw) -> Option<String> {
    let runs = digits(words);
    let day = runs.iter().rev().find(|(start, end)| end - start <= 2);
    match day {
        Some((start, end)) => {
            let other = other_small(&words[*start..*end], 28, draw)?;
            Some(format!("{}{other}{}", &words[..*start], &words[*end..]))
        }
        None => another_number(words, draw, near_year),
    }
}

/// The first figure changed as `change` says; a numeral or a small number in words else.
fn another_number(words: &str, draw: &mut Draw, change: impl Fn(&str, &mut Draw) -> Option<String>) -> Option<String> {
    if let Some((start, end)) = digits(words).first() {
        let changed = change(&words[*start..*end], draw)?;
        return Some(format!("{}{changed}{}", &words[..*start], &words[*end..]));
    }
    let lower = words.to_ascii_lowercase();
    let small = SMALL.iter().find(|small| lower.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word == **small));
    if let Some((small, at)) = small.and_then(|small| Some((*small, lower.find(small)?))) {
        let others: Vec<&str> = SMALL.into_iter().filter(|other| *other != small).collect();
        return Some(format!("{}{}{}", &words[..at], draw.one_of(&others)?, &words[at + small.len()..]));
    }
    let (at, numeral) = words.char_indices().find(|(_, c)| NUMERALS.contains(*c))?;
    let others: Vec<char> = NUMERALS.chars().filter(|c| *c != numeral).collect();
    Some(format!("{}{}{}", &words[..at], draw.one_of(&others)?, &words[at + numeral.len_utf8()..]))
}

/// Runs of digits: where they begin and end.
fn digits(words: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in words.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

/// A figure whose first digit is another: off by a tenth at least, beyond any rounding.
fn other_number(digits: &str, draw: &mut Draw) -> String {
    let first = digits.bytes().next().unwrap_or(b'1');
    let others: Vec<u8> = (b'1'..=b'9').filter(|digit| *digit != first).collect();
    let other = char::from(draw.one_of(&others).copied().unwrap_or(first));
    format!("{other}{}", digits.get(1..).unwrap_or_default())
}

/// Another whole number up to a highest, two off at least.
fn other_small(digits: &str, highest: usize, draw: &mut Draw) -> Option<String> {
    let number: usize = digits.parse().ok()?;
    let others: Vec<usize> = (1..=highest).filter(|other| other.abs_diff(number) > 1).collect();
    draw.one_of(&others).map(|other| {
        if digits.len() == 2 && digits.starts_with('0') { format!("{other:02}") } else { other.to_string() }
    })
}

/// A year some years off.
fn near_year(digits: &str, draw: &mut Draw) -> Option<String> {
    let year: usize = digits.parse().ok().filter(|year| *year > 20)?;
    let off = 2 + draw.below(8);
    let other = if draw.below(2) == 0 { year - off } else { year + off };
    Some(format!("{other:0width$}", width = digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_others_of_their_sort() {
        for seed in 0..50 {
            let mut draw = Draw::new(seed);
            for (words, like) in [("周三", "周"), ("星期天", "星期"), ("Monday", ""), ("Fri.", "")] {
                let other = another_weekday(words, &mut draw).unwrap();
                assert!(other != words && other.starts_with(like), "{words} {other}");
            }
            let day = another_day("2026-02-07", &mut draw).unwrap();
            assert!(day.starts_with("2026-02-") && day.len() == 10 && day != "2026-02-07", "{day}");
            let number = |words: &str, draw: &mut Draw| {
                another_number(words, draw, |digits, draw| Some(other_number(digits, draw)))
            };
            for words in ["1,570", "三十一", "five people", "约300人"] {
                assert_ne!(number(words, &mut draw).unwrap(), words);
            }
            let name = misspelt("Stoltenberg", &mut draw).unwrap();
            assert!(name != "Stoltenberg" && name.starts_with('S'), "{name}");
            assert_eq!(misspelt("科斯秋科夫", &mut draw).unwrap().chars().count(), 5);
        }
    }
}
