//! Plain words: what is counted or measured, as the copy calls it: 植物新物种, "new hospital beds".

use super::{Input, Read, Value};
use crate::text::is_chinese;

/// Characters of Chinese that a run holds at most.
const MOST_CHARS: usize = 8;
/// Words of other scripts that a run holds at most.
const MOST_WORDS: usize = 3;
/// Words that name nothing: a run ends before them.
const FUNCTION_WORDS: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "against",
    "all",
    "also",
    "among",
    "an",
    "and",
    "are",
    "around",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "behind",
    "between",
    "but",
    "by",
    "can",
    "could",
    "despite",
    "during",
    "each",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "his",
    "if",
    "in",
    "including",
    "into",
    "is",
    "it",
    "its",
    "last",
    "may",
    "more",
    "most",
    "near",
    "next",
    "not",
    "of",
    "off",
    "on",
    "or",
    "other",
    "others",
    "our",
    "out",
    "over",
    "past",
    "per",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "under",
    "until",
    "up",
    "was",
    "we",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whose",
    "will",
    "with",
    "within",
    "without",
    "would",
];

/// Reads a run of words: Chinese characters up to eight, or up to three words that name something.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let first = input.text[at..input.end].chars().next()?;
    let end = if is_chinese(first) { chinese(input, at) } else { alphabetic(input, at)? };
    Some(Read { end, values: vec![Value::Words] })
}

fn chinese(input: Input<'_>, at: usize) -> usize {
    let run = input.text[at..input.end].chars().take(MOST_CHARS).take_while(|c| is_chinese(*c));
    at + run.map(char::len_utf8).sum::<usize>()
}

fn alphabetic(input: Input<'_>, at: usize) -> Option<usize> {
    let letter = |c: char| c.is_alphabetic() && !is_chinese(c);
    if input.text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')) {
        return None;
    }
    let mut end = None;
    let mut from = at;
    for _ in 0..MOST_WORDS {
        let rest = &input.text[from..input.end];
        let inside = |c: &char| letter(*c) || matches!(c, '-' | '\'' | '’');
        let length: usize = rest.chars().take_while(inside).map(char::len_utf8).sum();
        let word = &input.lower[from..from + length];
        if !rest.starts_with(letter) || FUNCTION_WORDS.binary_search(&word).is_ok() {
            break;
        }
        end = Some(from + length);
        if !input.text[from + length..input.end].starts_with(' ') {
            break;
        }
        from += length + 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> &str {
        let lower = text.to_ascii_lowercase();
        read(Input { text, lower: &lower, end: text.len() }, 0).map_or("", |read| &text[..read.end])
    }

    #[test]
    fn runs_end_at_what_names_nothing() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert_eq!(run("植物新物种,分别"), "植物新物种");
        assert_eq!(run("一二三四五六七八九"), "一二三四五六七八");
        assert_eq!(run("new hospital beds for the city"), "new hospital beds");
        assert_eq!(run("workers were killed"), "workers");
        assert_eq!(run("of the city"), "");
        assert_eq!(run("four-year-old boys."), "four-year-old boys");
    }
}
