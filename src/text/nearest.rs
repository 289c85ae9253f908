//! "Did you mean": the known word that is spelt most like an unknown one.

/// The word among `known` within two edits of `word` (one for short words), the nearest first; `None` if none is.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = if word.chars().count() <= 4 { 1 } else { 2 };
    known
        .filter(|candidate| candidate.chars().count().abs_diff(word.chars().count()) <= most)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edits between two words: insertions, deletions, replacements and swaps of neighbours, each counting one (Damerau's
/// distance, restricted form).
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j + 1] + 1).min(row[j] + 1).min(last[j] + usize::from(x != y));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Whether two words are just one such edit apart: what is left between their common beginning and their common end
/// tells, without any table.
pub fn one_apart(a: &str, b: &str) -> bool {
    let alike = |(x, y): &(char, char)| x == y;
    let begin: usize = a.chars().zip(b.chars()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
    let (mut a, mut b) = (a[..a.len() - end].chars(), b[..b.len() - end].chars());
    let heads = ((a.next(), a.next()), (b.next(), b.next()));
    if a.next().is_some() || b.next().is_some() {
        return false;
    }
    match heads {
        ((x, None), (y, None)) => x.is_some() || y.is_some(),
        ((Some(x), Some(y)), (Some(z), Some(w))) => x == w && y == z,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_apart_is_a_distance_of_one(a in "[abé]{0,6}", b in "[abé]{0,6}") {
            prop_assert_eq!(one_apart(&a, &b), distance(&a, &b) == 1, "{} {}", a, b);
        }
    }

    #[test]
    fn near_words_are_found() {
        assert_eq!(nearest("mesage", ["message", "help"].into_iter()), Some("message"));
        assert_eq!(nearest("captial", ["capital"].into_iter()), Some("capital"));
        assert_eq!(nearest("zh", ["en", "id"].into_iter()), None);
        assert_eq!(distance("科斯科夫", "科斯秋科夫"), 1);
    }
}
