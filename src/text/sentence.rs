//! Where a sentence begins and ends in the folded view.

use super::Span;

/// Longest stretch that is looked at on each side: copy without full stops must not make every claim cost the passage.
const REACH: usize = 1500;

/// The sentence that holds `span` within `passage`.
pub fn sentence_around(text: &str, passage: Span, span: Span) -> Span {
    let mut from = span.start.saturating_sub(REACH).max(passage.start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut until = (span.end + REACH).min(passage.end);
    while !text.is_char_boundary(until) {
        until -= 1;
    }
    let start = text[from..span.start]
        .char_indices()
        .rev()
        .find(|(at, c)| ends_sentence(text, from + at, *c))
        .map_or(from, |(at, c)| from + at + c.len_utf8());
    let end = text[span.end..until]
        .char_indices()
        .find(|(at, c)| ends_sentence(text, span.end + at, *c))
        .map_or(until, |(at, c)| span.end + at + c.len_utf8());
    Span::new(start, end)
}

/// Whether the character at `at` ends a sentence. A full stop does when a space and no small letter follows and what
/// stands before it is no abbreviation or initial (Feb. 6, U.S. Navy, Ala. (AP)).
pub fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '!' | '?' | '！' | '？' | '\n' => true,
        '.' => {
            let after = text[at + 1..].trim_start_matches(['”', '\'', ')']);
            if !(after.is_empty() || after.starts_with([' ', '\n'])) {
                return false;
            }
            let next = after.trim_start().chars().next();
            if next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, ',' | '(' | ';')) {
                return false;
            }
            let word = text[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
            let abbreviation = word.contains('.')
                || matches!(word.len(), 1..=4)
                    && word.starts_with(|c: char| c.is_ascii_uppercase())
                    && ABBREVIATIONS.contains(&word);
            !(abbreviation || word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase()))
        }
        _ => false,
    }
}

/// Words written with a full stop that does not end the sentence.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Sgt", "Capt", "Prof", "Rev", "St", "Jan", "Feb",
    "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "No", "Co", "Inc", "Ltd", "Corp", "Ala",
    "Ariz", "Ark", "Cal", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mass", "Mich",
    "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Tenn", "Tex", "Vt", "Va", "Wash", "Wis",
    "Wyo", "Jr", "Sr", "vs",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn around<'a>(text: &'a str, words: &str) -> &'a str {
        let at = text.find(words).unwrap();
        sentence_around(text, Span::new(0, text.len()), Span::new(at, at + words.len())).of(text).trim()
    }

    #[test]
    fn abbreviations_do_not_end_it() {
        let text = "Talks ended. On Feb. 6 the U.S. envoy met Gen. Khan in Muscat. They resumed later.";
        assert_eq!(around(text, "envoy"), "On Feb. 6 the U.S. envoy met Gen. Khan in Muscat.");
        assert_eq!(around("会谈结束。双方在阿曼首都会面!随后离开。", "首都"), "双方在阿曼首都会面!");
    }
}
