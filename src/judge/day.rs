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
    let (chinese, last_year) = if lang == Lang::ZH { (true, "去年") } else { (false, "last year") };
    let years =
        (0..sentence.len()).filter_map(|at| if chinese { zh_year(sentence, at) } else { en_year(sentence, at) });
    for Year { year, before } in years.take(MOST_YEARS) {
        // A year stands for all its days; with 以前 or "before" it stands for all days up to its end.
        let year = Days::of_year(year);
        add(year.map(|year| if before { Days { from: Date::MIN, ..year } } else { year }), &mut days);
    }
    let then = if chinese { THEN_ZH.iter().any(|word| sentence.contains(word)) } else { says_then(sentence) };
    if then {
        days.push(Days::ALWAYS);
    }
    if sentence.contains(last_year) {
        add(article.and_then(|day| Days::of_year(day.year() - 1)), &mut days);
    }
    days
}

/// The years that some sentences name or point to, others than the article's own.
pub(crate) fn years_named(sentences: &str, lang: Lang, article: Option<Date>) -> Vec<i16> {
    let chinese = lang == Lang::ZH;
    let named = |at: usize| if chinese { zh_year(sentences, at) } else { en_year(sentences, at) };
    let mut years: Vec<i16> = (0..sentences.len()).filter_map(named).take(MOST_YEARS).map(|year| year.year).collect();
    let own = article.map(Date::year);
    if let Some(own) = own {
        let shifts = if chinese { SHIFTS_ZH.as_slice() } else { &SHIFTS_EN };
        years.extend(shifts.iter().filter(|(words, _)| sentences.contains(words)).map(|(_, shift)| own + shift));
    }
    years.retain(|year| Some(*year) != own);
    years.sort_unstable();
    years.dedup();
    years
}

/// Words for other years than the article's, and how far off they are.
const SHIFTS_ZH: [(&str, i16); 5] = [("去年", -1), ("上年", -1), ("前年", -2), ("明年", 1), ("来年", 1)];
const SHIFTS_EN: [(&str, i16); 4] = [("last year", -1), ("year earlier", -1), ("next year", 1), ("Next year", 1)];

/// Years of a sentence that are looked at.
const MOST_YEARS: usize = 6;

/// A year that a sentence names, or the time before it.
struct Year {
    year: i16,
    before: bool,
}

/// The number of four digits at a place.
fn four_digits(sentence: &str, at: usize) -> Option<i16> {
    let digits = sentence.get(at..at + 4)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// `1997年`, `1997至`, `1997年以前`.
fn zh_year(sentence: &str, at: usize) -> Option<Year> {
    let year = four_digits(sentence, at).filter(|year| (1000..3000).contains(year))?;
    let rest = &sentence[at + 4..];
    let after = ["年", "至", "-"].iter().find_map(|sign| rest.strip_prefix(sign))?;
    Some(Year { year, before: ["以前", "之前", "前"].iter().any(|word| after.starts_with(word)) })
}

/// `1997`, `1990s`, `before 1997`.
fn en_year(sentence: &str, at: usize) -> Option<Year> {
    let year = four_digits(sentence, at).filter(|year| (1400..2100).contains(year))?;
    let (head, rest) = (&sentence[..at], &sentence[at + 4..]);
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    if head.ends_with(is_of_word) || rest.starts_with(is_of_word) {
        return None;
    }
    let before = ["before ", "until ", "till ", "prior to "].iter().any(|words| {
        let start = head.len().checked_sub(words.len()).filter(|start| head.is_char_boundary(*start));
        start.is_some_and(|start| head[start..].eq_ignore_ascii_case(words) && !head[..start].ends_with(is_of_word))
    });
    Some(Year { year, before })
}

/// Whether words of a sentence say that it speaks of another time.
fn says_then(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    let mut in_word = false;
    bytes.iter().enumerate().any(|(at, byte)| {
        let begins = !std::mem::replace(&mut in_word, is_of_word(char::from(*byte)));
        begins
            && THEN_EN.iter().any(|words| {
                byte.to_ascii_lowercase() == words.as_bytes()[0]
                    && bytes.get(at..at + words.len()).is_some_and(|here| here.eq_ignore_ascii_case(words.as_bytes()))
                    && !bytes.get(at + words.len()).is_some_and(|next| is_of_word(char::from(*next)))
            })
    })
}

/// Whether an English word goes on with a character.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn add(more: Option<Days>, days: &mut Vec<Days>) {
    if let Some(more) = more
        && !days.contains(&more)
    {
        days.push(more);
    }
}

const THEN_ZH: [&str; 8] = ["当时", "时任", "彼时", "那时", "年代", "世纪", "历史上", "昔日"];
const THEN_EN: [&str; 6] = ["then", "at the time", "in those days", "century", "historically", "once"];

fn regex(source: &str) -> Regex {
    // The sources are constants of this file and are compiled by its test.
    Regex::new(source).unwrap_or_else(|error| unreachable!("{error}"))
}

static NOTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\((?:[A-Z][a-z]+\.? )?(?:[0-9]{1,2}, )?(?P<year>1[4-9][0-9]{2}|20[0-9]{2})(?:年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)?\)[.。]?\s*$",
    )
});
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
    fn sentences_speak_of_years() {
        let article = Some(date(2018, 7, 6));
        assert_eq!(years_named("2016年3月,船队启航。2018年返港,明年再去。", Lang::ZH, article), [2016, 2019]);
        assert_eq!(years_named("In 2016, and again last year,", Lang::EN, article), [2016, 2017]);
        assert!(years_named("On Friday, for 2500 people,", Lang::EN, article).is_empty());
    }

    #[test]
    fn the_sentence_may_speak_of_other_days() {
        let article = Some(date(2018, 7, 6));
        assert_eq!(candidates("双方在阿曼首都会谈", Lang::ZH, article), [Days::on(date(2018, 7, 6))]);
        let before = candidates("1997年以前,首都在阿拉木图", Lang::ZH, article);
        assert!(before[1].overlaps(Days::on(date(1990, 1, 1))));
        assert_eq!(candidates("Bonn was the capital in 1955.", Lang::EN, article)[1], Days::of_year(1955).unwrap());
        assert!(candidates("then the capital", Lang::EN, article).contains(&Days::ALWAYS));
        assert!(candidates("Once the capital", Lang::EN, article).contains(&Days::ALWAYS));
        assert_eq!(candidates("Athens is the capital for 19500 people and MX2016.", Lang::EN, article).len(), 1);
        let before = candidates("It was the capital Until 1955.", Lang::EN, article);
        assert!(before[1].overlaps(Days::on(date(1890, 1, 1))));
        assert_eq!(candidates("the capital in the 1950s", Lang::EN, article)[1], Days::of_year(1950).unwrap());
    }
}
