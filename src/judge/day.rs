//! The claim's day: the day its sentence speaks of, else the article's.
//!
//! A sentence may name several days, and which of them its verb belongs to is not for a checker to guess. So every
//! candidate is asked: a claim is refuted only if it is refuted on all of them, and one that supports it settles it.

use crate::fact::Days;
use crate::text::Lang;
use jiff::civil::Date;
use regex_lite::Regex;
use std::sync::LazyLock;

/// The article's day, or every day if it is not known.
pub(crate) fn of_article(article: Option<Date>) -> Days {
    article.map_or(Days::ALWAYS, Days::on)
}

/// The article's day as a sentence of it stands: a caption or a note of no known day that ends with a year in brackets,
/// `… (February 2022)`, was written then.
pub(crate) fn of_sentence(sentence: &str, article: Option<Date>) -> Days {
    let dated = || {
        let captures = NOTED.captures(sentence)?;
        captures.name("year").and_then(|year| year.as_str().parse().ok()).and_then(Days::of_year)
    };
    if article.is_none() { dated().unwrap_or(Days::ALWAYS) } else { of_article(article) }
}

/// The days a claim may speak of, the article's first.
pub(crate) fn candidates(sentence: &str, lang: Lang, article: Option<Date>) -> Vec<Days> {
    let mut days = vec![of_sentence(sentence, article)];
    days.extend(spoken_of(sentence, lang, article));
    days
}

/// The days that the sentence itself names, beside the article's.
pub(crate) fn spoken_of(sentence: &str, lang: Lang, article: Option<Date>) -> Vec<Days> {
    let mut days = Vec::new();
    let years = sentence.as_bytes().windows(4).any(|digits| digits.iter().all(u8::is_ascii_digit));
    let (year, last_year) = if lang == Lang::ZH { (&ZH_YEAR, "去年") } else { (&EN_YEAR, "last year") };
    if years {
        add_years(year, sentence, &mut days);
    }
    let then =
        if lang == Lang::ZH { THEN_ZH.iter().any(|word| sentence.contains(word)) } else { THEN_EN.is_match(sentence) };
    if then {
        days.push(Days::ALWAYS);
    }
    if sentence.contains(last_year) {
        add(article.and_then(|day| Days::of_year(day.year() - 1)), &mut days);
    }
    days
}

/// A year stands for all its days; with 以前 or "before" it stands for all days up to its end.
fn add_years(pattern: &Regex, sentence: &str, days: &mut Vec<Days>) {
    for captures in pattern.captures_iter(sentence).take(6) {
        let year = captures.name("year").and_then(|year| year.as_str().parse().ok()).and_then(Days::of_year);
        let before = captures.name("before").is_some();
        add(year.map(|year| if before { Days { from: Date::MIN, ..year } } else { year }), days);
    }
}

fn add(more: Option<Days>, days: &mut Vec<Days>) {
    if let Some(more) = more
        && !days.contains(&more)
    {
        days.push(more);
    }
}

const THEN_ZH: [&str; 8] = ["当时", "时任", "彼时", "那时", "年代", "世纪", "历史上", "昔日"];

fn regex(source: &str) -> Regex {
    // The sources are constants of this file and are compiled by its test.
    Regex::new(source).unwrap_or_else(|error| unreachable!("{error}"))
}

static ZH_YEAR: LazyLock<Regex> = LazyLock::new(|| regex("(?P<year>[12][0-9]{3})(?:年|至|-)(?P<before>以前|之前|前)?"));
static EN_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?P<before>(?i:\b(?:before|until|till|prior to) ))?\b(?P<year>1[4-9][0-9]{2}|20[0-9]{2})s?\b")
});
static NOTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\((?:[A-Z][a-z]+\.? )?(?:[0-9]{1,2}, )?(?P<year>1[4-9][0-9]{2}|20[0-9]{2})(?:年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)?\)[.。]?\s*$",
    )
});
static THEN_EN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:then|at the time|in those days|back then|century|historically|once)\b"));

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_note_with_its_year_was_written_then() {
        assert_eq!(of_sentence("The senator (February 2022)", None), Days::of_year(2022).unwrap());
        assert_eq!(of_sentence("参议员发言(2022年2月)。", None), Days::of_year(2022).unwrap());
        assert_eq!(of_sentence("The senator spoke in 2022.", None), Days::ALWAYS);
        let day = date(2025, 7, 3);
        assert_eq!(of_sentence("The senator (2022)", Some(day)), Days::on(day));
    }

    #[test]
    fn the_sentence_may_speak_of_other_days() {
        let article = Some(date(2018, 7, 6));
        assert_eq!(candidates("双方在阿曼首都会谈", Lang::ZH, article), [Days::on(date(2018, 7, 6))]);
        let before = candidates("1997年以前,首都在阿拉木图", Lang::ZH, article);
        assert!(before[1].overlaps(Days::on(date(1990, 1, 1))));
        assert_eq!(candidates("Bonn was the capital in 1955.", Lang::EN, article)[1], Days::of_year(1955).unwrap());
        assert!(candidates("then the capital", Lang::EN, article).contains(&Days::ALWAYS));
    }
}
