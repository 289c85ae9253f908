//! The article's day: its metadata, else its dateline, else the issue's day, else `--as-of`. Never the clock.

use super::dateline::Dateline;
use jiff::civil::Date;
use regex_lite::Regex;
use std::sync::LazyLock;

/// Where an article's day may come from, best first.
#[derive(Clone, Copy, Debug, Default)]
pub struct DaySources {
    /// Its own metadata.
    pub metadata: Option<Date>,
    /// The issue's: front matter of the file, its path, its masthead.
    pub issue: Option<Date>,
    /// Given for the run.
    pub as_of: Option<Date>,
}

/// Settles the article's day. A dateline without a year takes it from the next source, so that the dateline's day lies
/// nearest to it; without any it gives no day.
pub fn settle(sources: DaySources, dateline: Option<&Dateline>) -> Option<Date> {
    if sources.metadata.is_some() {
        return sources.metadata;
    }
    let next = sources.issue.or(sources.as_of);
    let filed = dateline.and_then(|line| {
        let (month, day) = (line.month?, line.day?);
        let on = |year: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        match line.year {
            Some(year) => on(year),
            None => {
                let near = next?;
                let years = [near.year() - 1, near.year(), near.year() + 1];
                years.into_iter().filter_map(on).min_by_key(|date| (near - *date).get_days().abs())
            }
        }
    });
    filed.or(next)
}

/// A day in a path: `2026/02/07/`, `2026-02-07`, `20260207`; the last one counts, since it is the most particular.
pub fn in_path(path: &str) -> Option<Date> {
    let bytes = path.as_bytes();
    let begins = |at: &usize| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[*at - 1].is_ascii_digit());
    (0..bytes.len()).filter(begins).filter_map(|at| day_of_path(&path[at..])).next_back()
}

/// The day that the rest of a path begins with.
fn day_of_path(rest: &str) -> Option<Date> {
    fn number(rest: &str, digits: usize) -> Option<(i16, &str)> {
        let (number, rest) = rest.split_at_checked(digits)?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| Some((number.parse().ok()?, rest)))?
    }
    // Backslashes are the separators of other systems.
    fn behind_separator(rest: &str) -> &str {
        rest.strip_prefix(['-', '/', '\\', '_']).unwrap_or(rest)
    }
    let (year, rest) = number(rest, 4).filter(|(year, _)| (1900..2100).contains(year))?;
    let (month, rest) = number(behind_separator(rest), 2)?;
    let (day, rest) = number(behind_separator(rest), 2)?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A day in a masthead: a full date with its weekday on a short line.
pub fn in_masthead(line: &str) -> Option<Date> {
    let short = line.len() <= 240 && line.chars().count() <= 60;
    if !short || !["星期", "周", "礼拜", "週", "day"].iter().any(|word| line.contains(word)) {
        return None;
    }
    let found = MASTHEAD.captures(line)?;
    let part = |name: &str| found.name(name)?.as_str().parse::<i16>().ok();
    let month = part("month")
        .and_then(|month| u8::try_from(month).ok())
        .or_else(|| found.name("word").and_then(|word| super::dateline::month_number(word.as_str())))?;
    let (year, day) = (part("year").or(part("year2"))?, part("day").or(part("day2"))?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn regex(source: &str) -> Regex {
    // The sources are constants of this file and are compiled by its tests.
    Regex::new(source).unwrap_or_else(|error| unreachable!("{error}"))
}

static MASTHEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?P<year>(?:19|20)[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日[\s　，,(（]*(?:星期|周|礼拜|週)[一二三四五六日天]",
        r"|(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day),?\s(?P<word>[A-Z][a-z]{2,8})\.?\s(?P<day2>[0-9]{1,2}),\s(?P<year2>(?:19|20)[0-9]{2})",
    ))
});

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn paths_and_mastheads() {
        assert_eq!(in_path("2026/02/07/page.md"), Some(date(2026, 2, 7)));
        assert_eq!(in_path("archive/2019-2020/20260207-a.txt"), Some(date(2026, 2, 7)));
        assert_eq!(in_path("2026\\02\\07\\page.md"), Some(date(2026, 2, 7)));
        assert_eq!(in_path("20260231.txt"), None);
        assert_eq!(in_path("120260207.txt"), None);
        assert_eq!(in_path("202602071.txt"), None);
        assert_eq!(in_path("undated/000001.txt"), None);
        assert_eq!(in_masthead("2026年2月7日 星期六 第3版"), Some(date(2026, 2, 7)));
        assert_eq!(in_masthead("Saturday, February 7, 2026"), Some(date(2026, 2, 7)));
        assert_eq!(in_masthead("展览定于2026年2月7日开幕"), None);
    }

    #[test]
    fn a_dateline_takes_its_year_from_the_issue() {
        let line = Dateline { month: Some(12), day: Some(31), ..Dateline::default() };
        let sources = DaySources { issue: Some(date(2026, 1, 1)), ..DaySources::default() };
        assert_eq!(settle(sources, Some(&line)), Some(date(2025, 12, 31)));
        assert_eq!(settle(DaySources::default(), Some(&line)), None);
    }
}
