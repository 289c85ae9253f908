//! What the matches of a regex can begin with, so that it need not be tried on texts that hold none of it.

use crate::text::{Runs, Words};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use serde::{Deserialize, Serialize};

/// Bytes of a beginning that are looked at.
const LONGEST: usize = 6;
/// Beginnings up to which a regex is told by them.
const MOST: usize = 2000;

/// The beginnings of all that a regex can match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Heads(Words);

impl Heads {
    /// Of a folded regex that is matched without regard to case; none if it can begin with anything.
    pub(super) fn of(source: &str) -> Heads {
        // A class that is written in capitals, `\B` or `\P`, would become another one.
        let capital_class = source.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_uppercase());
        if capital_class {
            return Heads::default();
        }
        let lower = source.replace("(?i)", "").replace("(?i:", "(?:").to_ascii_lowercase();
        let Ok(hir) = ParserBuilder::new().build().parse(&lower) else { return Heads::default() };
        let mut extractor = Extractor::new();
        extractor.kind(ExtractKind::Prefix).limit_literal_len(LONGEST).limit_total(MOST);
        let words = extractor.extract(&hir);
        let Some(words) = words.literals() else { return Heads::default() };
        if words.iter().any(|word| word.is_empty()) {
            return Heads::default();
        }
        Heads(Words::of(words.iter().map(|word| word.as_bytes()), MOST))
    }

    /// Whether the regex may match the text whose runs these are.
    pub(super) fn may_stand(&self, runs: &Runs) -> bool {
        self.0.may_stand(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_match_may_stand() {
        for (regex, text, may) in [
            (r"(?i)\b(?:former|ex|then)\b", "the former head", true),
            (r"(?i)\b(?:former|ex|then)\b", "the new head", false),
            (r"(?i)\b(?:Former|Ex)-", "an ex-minister", true),
            (r"(?:不是|并非)[^,。]{0,4}$", "这并非事实", true),
            (r"(?:不是|并非)[^,。]{0,4}$", "这是事实", false),
            (r"[^,]{0,4}denied", "anything", true),
            (r"^’s (?:[0-9a-z]+ )?province", "’s own province", true),
        ] {
            assert_eq!(Heads::of(regex).may_stand(&Runs::of(text)), may, "{regex} in {text}");
        }
    }
}
