//! How often words occur in copy, roughly: a small table by which patterns choose their rarest anchor.
//!
//! Only the order of magnitude matters. Characters and words that are not listed count as rare. The figures are
//! rounded occurrences per million characters, counted by eye over general news copy.

use crate::fact::runs_on;

/// Common characters, most frequent first, with occurrences per million characters.
const CHARACTERS: &[(&str, f64)] = &[
    (" ", 160_000.0),
    ("的,", 35_000.0),
    ("。年国中日人在一月大", 12_000.0),
    ("是不有了和为这上个地以要发会出行来到成时生业、经新部高", 6_000.0),
    (
        "进工方对我全市开于多作说将与公下动主后民家现第报前记者力量电关社建华长美同自事产本之他从等还分机两外被得加及场称小最据表学其也平当理政府体总制区就子天都过法重外组员内能用可实展",
        3_000.0,
    ),
    (".'-\"“”0123456789", 8_000.0),
    ("()《》:", 2_500.0),
];

/// Common English words, with occurrences per million characters.
const WORDS: &[(&str, f64)] = &[
    ("the", 10_000.0),
    ("of", 5_000.0),
    ("in", 4_500.0),
    ("and", 4_500.0),
    ("to", 4_500.0),
    ("a", 4_000.0),
    ("on", 1_600.0),
    ("for", 1_600.0),
    ("that", 1_500.0),
    ("is", 1_400.0),
    ("was", 1_200.0),
    ("it", 1_200.0),
    ("with", 1_100.0),
    ("at", 1_000.0),
    ("as", 1_000.0),
    ("by", 1_000.0),
    ("from", 900.0),
    ("he", 900.0),
    ("be", 800.0),
    ("its", 800.0),
    ("has", 800.0),
    ("are", 700.0),
    ("an", 700.0),
    ("s", 1_500.0),
    ("will", 500.0),
    ("or", 500.0),
    ("which", 400.0),
    ("all", 300.0),
    ("total", 60.0),
    ("capital", 40.0),
    ("time", 150.0),
    ("doubled", 2.0),
    ("doubling", 0.5),
    ("tripled", 0.5),
    ("tripling", 0.2),
    ("trebled", 0.2),
    ("quadrupled", 0.2),
    ("quintupled", 0.1),
    ("halved", 0.5),
    ("halving", 0.2),
    ("fold", 1.0),
    ("twofold", 0.2),
    ("threefold", 0.2),
    ("fourfold", 0.2),
    ("fivefold", 0.2),
    ("sixfold", 0.1),
    ("sevenfold", 0.1),
    ("eightfold", 0.1),
    ("ninefold", 0.1),
    ("tenfold", 0.2),
];

/// Estimated occurrences of a literal per million characters: its rarest part, rarer with every further part.
pub(crate) fn per_million(literal: &str) -> f64 {
    let mut parts: Vec<f64> = Vec::new();
    let mut word = String::new();
    for c in literal.chars().chain([' ']) {
        if runs_on(c) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            parts.push(of_word(&word));
            word.clear();
        }
        parts.push(of_character(c));
    }
    parts.pop();
    parts.sort_by(f64::total_cmp);
    // Parts of one literal are far from independent: a tenth for the second, a third for each one after it.
    parts.first().map_or(1e6, |rarest| {
        rarest * 0.1f64.powi(i32::from(parts.len() > 1)) * 0.33f64.powi(parts.len().saturating_sub(2) as i32)
    })
}

fn of_word(word: &str) -> f64 {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return 4_000.0 / word.len() as f64;
    }
    WORDS.iter().find(|(known, _)| *known == word).map_or(
        match word.chars().count() {
            1 => 2_000.0,
            2..=3 => 60.0,
            _ => 8.0,
        },
        |(_, often)| *often,
    )
}

fn of_character(c: char) -> f64 {
    CHARACTERS.iter().find(|(set, _)| set.contains(c)).map_or(300.0, |(_, often)| *often)
}

#[cfg(test)]
mod tests {
    use super::per_million;

    #[test]
    fn rarer_words_count_less() {
        assert!(per_million("首都") < per_million("的"));
        assert!(per_million(" capital") < per_million(", "));
        assert!(per_million("的首都") < per_million("首都"));
        assert!(per_million(", oman") < per_million(", "));
    }
}
