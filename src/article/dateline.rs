//! Datelines: where a story was filed and on which day, in Chinese and in English.

use crate::text::Span;
use memchr::memmem;
use regex_lite::Regex;
use std::sync::LazyLock;

/// A dateline as it stands at the head of a story, or at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// The place as written, with its country or state if that was written: `马斯喀特`, `MUSCAT, Oman`.
    pub place: Option<String>,
    /// Year, if written.
    pub year: Option<i16>,
    /// Month.
    pub month: Option<u8>,
    /// Day of the month.
    pub day: Option<u8>,
    /// Bytes of the text it was found in.
    pub span: Span,
}

/// How far into a paragraph a dateline may stand, in bytes.
const HEAD: usize = 240;
/// How far into a Chinese paragraph its month may stand, in bytes.
const MONTH_WITHIN: usize = 120;
/// How far an English dateline without a dash may reach, in bytes.
const BARE_WITHIN: usize = 120;

/// The dateline that a paragraph begins with.
pub fn at_start(paragraph: &str) -> Option<Dateline> {
    let mut end = paragraph.len().min(HEAD);
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    let head = &paragraph[..end];
    let mut letters = head.trim_start().chars();
    match letters.next() {
        // Every English dateline begins with a place in capitals.
        Some(first) if first.is_ascii() => {
            let capital = |c: char| c.is_uppercase() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '/');
            (first.is_ascii_uppercase() && letters.take(2).all(capital)).then(|| english(head))?
        }
        _ if is_dispatch(&head[..head.floor_char_boundary(MONTH_WITHIN)]) => chinese(&ZH_START, head),
        _ => None,
    }
}

/// The dateline that a story ends with: `新华社马斯喀特2月6日电 记者 …`, `(新华社马斯喀特2月6日电)`.
pub fn at_end(paragraph: &str) -> Option<Dateline> {
    let brief = paragraph.len() <= 240 && paragraph.chars().count() <= 60;
    (brief && is_dispatch(paragraph)).then(|| chinese(&ZH_END, paragraph)).flatten()
}

/// Whether a text holds what every Chinese dateline does: the day in figures before its sign, and a dispatch after it.
fn is_dispatch(text: &str) -> bool {
    let Some(month) = memmem::find(text.as_bytes(), "月".as_bytes()) else { return false };
    let (before, after) = text.split_at(month);
    before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９')) && {
        let mut day = after.chars().skip(1).skip_while(|c| c.is_ascii_digit() || matches!(c, '０'..='９'));
        day.next() == Some('日') && day.take(3).any(|c| matches!(c, '电' | '電' | '讯' | '訊' | '消'))
    }
}

fn chinese(pattern: &Regex, text: &str) -> Option<Dateline> {
    let found = pattern.captures(text)?;
    let number = |name: &str| found.name(name).and_then(|digits| plain_number(digits.as_str()));
    let place = found.name("place").map(|place| place.as_str().trim().to_owned()).filter(|place| !place.is_empty());
    let whole = found.get(0)?;
    Some(Dateline {
        place,
        year: number("year").and_then(|year| i16::try_from(year).ok()),
        month: number("month").and_then(|month| u8::try_from(month).ok()),
        day: number("day").and_then(|day| u8::try_from(day).ok()),
        span: Span::new(whole.start(), whole.end()),
    })
}

/// ASCII or full-width digits.
fn plain_number(digits: &str) -> Option<u32> {
    let ascii: String = digits
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect();
    ascii.parse().ok()
}

/// Capitals before a dash may be a headline too; its words name no place that is known, so nothing comes of it.
fn english(text: &str) -> Option<Dateline> {
    // A dateline ends with a dash before a space: the engine would read on to the end of the text without one.
    let dashes = text.match_indices(['—', '–', '-']).map(|(at, dash)| at + dash.len());
    let mut behind = dashes.filter_map(|end| Some((end, text[end..].chars().next()?)));
    let dash = behind.find_map(|(end, c)| c.is_whitespace().then_some(end + c.len_utf8()));
    let Some(found) = dash.and_then(|end| EN_START.captures(&text[..end])) else {
        // Some wires' web pages have lost the agency and the dash: "BEIRUT, Lebanon Four people were hurt".
        let found = EN_BARE.captures(&text[..text.floor_char_boundary(BARE_WITHIN)])?;
        let place = found.name("place")?;
        let span = Span::new(place.start(), place.end());
        return Some(Dateline { place: Some(place.as_str().to_owned()), span, ..Dateline::default() });
    };
    let place = found.name("place")?.as_str().trim().trim_end_matches(',').to_owned();
    let month = found.name("month").and_then(|month| month_number(month.as_str()));
    let day = found.name("day").and_then(|day| day.as_str().parse().ok());
    let year = found.name("year").and_then(|year| year.as_str().parse().ok());
    let whole = found.get(0)?;
    Some(Dateline { place: Some(place), year, month, day, span: Span::new(whole.start(), whole.end()) })
}

/// 1 for January, from its first three letters.
pub(super) fn month_number(word: &str) -> Option<u8> {
    let head: String = word.chars().take(3).collect::<String>().to_ascii_lowercase();
    let at = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        .iter()
        .position(|m| *m == head)?;
    u8::try_from(at + 1).ok()
}

fn regex(source: &str) -> Regex {
    // The sources are constants of this file and are compiled by its tests.
    Regex::new(source).unwrap_or_else(|error| unreachable!("{error}"))
}

const ZH_DATE: &str = r"(?:(?P<year>[12２][0-9０-９]{3})年)?(?P<month>[0-9０-９]{1,2})月(?P<day>[0-9０-９]{1,2})日";
const ZH_AGENCY: &str = r"(?:据)?(?:新华社|新華社|中新社|中新网|新华网|本报|本報|本刊|本台|央视网|人民网|路透社|法新社|美联社|中央社|[㐀-鿿]{1,6}(?:社|网|報|报))";

static ZH_START: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"^[\s　]*[(（【]?{ZH_AGENCY}(?:记者)?(?P<place>[㐀-鿿·]{{0,12}}?)\s?(?:{ZH_DATE})[专专綜综合]?[电電讯訊消]"
    ))
});
static ZH_END: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(r"^[\s　]*[(（]?{ZH_AGENCY}(?P<place>[㐀-鿿·]{{0,12}}?)\s?(?:{ZH_DATE})[电電讯訊]"))
});
static EN_BARE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\s*(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-/ ]{2,40}(?:, [A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ][A-Za-zÀ-ɏ.]*(?: [A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)??)?)\s(?:[AI]|[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’.]|[A-ZÀ-ÖØ-Þ]\.[A-ZÀ-ÖØ-Þ])",
    )
});
static EN_START: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"^[\s]*(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-/ ]{2,40}(?:,\s(?P<region>[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ. ]{1,20}?))?)",
        r"(?:,\s(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)",
        r"\s(?P<day>[0-9]{1,2})(?:,\s(?P<year>[12][0-9]{3}))?)?",
        r"\s?(?P<agency>\([A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .&/]{1,24}\))?\s?(?:—|–|--?|-)\s",
    ))
});

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> (Option<String>, Option<u8>, Option<u8>) {
        at_start(text).map(|line| (line.place, line.month, line.day)).unwrap_or_default()
    }

    #[test]
    fn chinese_datelines() {
        let muscat = (Some("马斯喀特".to_owned()), Some(2), Some(6));
        assert_eq!(at("新华社马斯喀特2月6日电(记者 甲乙)双方"), muscat);
        assert_eq!(at("本报马斯喀特２月６日电　记者甲乙报道"), muscat);
        assert_eq!(at("中新社北京2月6日电"), (Some("北京".to_owned()), Some(2), Some(6)));
        assert_eq!(at("据新华社电 双方"), (None, None, None));
        assert_eq!(at("他2月6日电告双方"), (None, None, None));
        assert_eq!(at_end("新华社马斯喀特2月6日电 记者 甲乙").and_then(|line| line.day), Some(6));
    }

    #[test]
    fn english_datelines() {
        assert_eq!(at("MUSCAT, Oman (AP) — Talks"), (Some("MUSCAT, Oman".to_owned()), None, None));
        assert_eq!(at("ABU DHABI, Feb 5 (Reuters) - Talks"), (Some("ABU DHABI".to_owned()), Some(2), Some(5)));
        assert_eq!(at("MUSCAT, Feb. 6 (Xinhua) -- Talks"), (Some("MUSCAT".to_owned()), Some(2), Some(6)));
        assert_eq!(
            at("DAEGU, South Korea, May 4 (Yonhap) - Talks"),
            (Some("DAEGU, South Korea".to_owned()), Some(5), Some(4))
        );
        assert_eq!(at("LONDON, March 2 - Talks"), (Some("LONDON".to_owned()), Some(3), Some(2)));
        assert_eq!(at("BEIRUT, Lebanon Four people were hurt"), (Some("BEIRUT, Lebanon".to_owned()), None, None));
        assert_eq!(at("Four people were hurt"), (None, None, None));
    }
}
