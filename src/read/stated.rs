//! What files state about an article in fields of their own: its day, language, place and title, by the names that news
//! formats give them.

use super::story::FileFacts;
use crate::text::Lang;
use jiff::civil::Date;
use serde_json::Value;

/// A day as formats write it: `2026-02-07`, `2026-02-07T08:00:00Z`, `20260207T080000+0800`, `Sat, 07 Feb 2026 08:00:00
/// GMT`. The day is the one written, in the zone that it is written in.
pub(super) fn day(words: &str) -> Option<Date> {
    let words = words.trim();
    if let Some(day) = words.get(..10).and_then(|day| day.replace('/', "-").parse().ok()) {
        return Some(day);
    }
    let digits = words.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(digits) = digits {
        let part = |from: usize, to: usize| digits[from..to].parse::<i16>().ok();
        return Date::new(part(0, 4)?, i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?).ok();
    }
    jiff::fmt::rfc2822::parse(words).ok().map(|moment| moment.date())
}

/// The metadata of web pages; the day on which it was published, not the one on which it was last changed.
pub(super) fn meta(key: &str, value: &str, facts: &mut FileFacts) {
    match key {
        "article:published_time"
        | "date"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "datepublished"
        | "dc.date"
        | "dc.date.issued"
        | "parsely-pub-date"
        | "sailthru.date" => facts.date = facts.date.or_else(|| day(value)),
        "og:title" => facts.title = Some(value.trim().to_owned()).filter(|title| !title.is_empty()),
        "language" | "content-language" | "og:locale" => {
            facts.lang = facts.lang.or_else(|| Lang::from_code(value.get(..2).unwrap_or(value)));
        }
        "dateline" => facts.place = Some(value.to_owned()),
        _ => {}
    }
}

/// The news article of a page's JSON-LD.
pub(super) fn json_ld(script: &str, facts: &mut FileFacts) {
    let Ok(value) = serde_json::from_str::<Value>(script) else { return };
    let things: Vec<&Value> = match &value {
        Value::Array(things) => things.iter().collect(),
        Value::Object(one) => match one.get("@graph") {
            Some(Value::Array(things)) => things.iter().collect(),
            _ => vec![&value],
        },
        _ => return,
    };
    for thing in things {
        let text = |key: &str| thing.get(key).and_then(Value::as_str);
        if let Some(published) = text("datePublished").and_then(day) {
            facts.date = Some(published);
        }
        if let Some(lang) = text("inLanguage").and_then(|lang| Lang::from_code(lang.get(..2)?)) {
            facts.lang = Some(lang);
        }
        if let Some(place) = text("dateline") {
            facts.place = Some(place.to_owned());
        }
    }
}

/// The fields of news items in JSON and XML, by their names in any of the usual spellings.
pub(super) fn field(name: &str, value: &str, facts: &mut FileFacts) {
    let name: String = name.chars().filter(|c| c.is_ascii_alphabetic()).map(|c| c.to_ascii_lowercase()).collect();
    match name.as_str() {
        // The later versions of a story are as of their own day; an embargo and an expiry are no day of the story.
        "versioncreated" | "date" | "pubdate" | "published" | "datepublished" | "publishedat" | "publishdate"
        | "day" | "dcdate" => facts.date = day(value).or(facts.date),
        "firstcreated" | "contentcreated" | "updated" | "created" | "issued" => {
            facts.date = facts.date.or_else(|| day(value));
        }
        "language" | "lang" | "inlanguage" => {
            facts.lang = Lang::from_code(value.split(['-', '_']).next().unwrap_or(value)).or(facts.lang);
        }
        "located" | "place" | "dateline" => facts.place = Some(value.to_owned()).filter(|place| !place.is_empty()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_as_formats_write_them() {
        for words in ["2026-02-07", "2026-02-07T23:30:00-05:00", "2026/02/07", "20260207T080000+0800", " 20260207 "] {
            assert_eq!(day(words), Some(date(2026, 2, 7)), "{words}");
        }
        assert_eq!(day("Sat, 07 Feb 2026 08:00:00 GMT"), Some(date(2026, 2, 7)));
        assert_eq!(day("last week"), None);
    }
}
