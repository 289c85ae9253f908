//! The event that a claim speaks of: the proper names in its sentence and its headline, known or not. Two claims tell of
//! one event if they share names that are particular enough.

use super::claim::Claim;
use super::context::ArticleContext;
use crate::article::Role;
use crate::text::{CharSet, is_chinese};
use xxhash_rust::xxh3::xxh3_64;

/// Weight of shared names from which two claims tell of one event.
pub(crate) const ONE_EVENT: u32 = 2;

/// What Chinese names of places and works end with, and how particular such a name is. Longer ones first.
const ENDINGS: &[(&str, u8)] = &[
    ("体育场", 2),
    ("体育馆", 2),
    ("博物馆", 2),
    ("图书馆", 2),
    ("火车站", 2),
    ("化工厂", 2),
    ("大桥", 2),
    ("隧道", 2),
    ("煤矿", 2),
    ("机场", 2),
    ("高速", 2),
    ("水库", 2),
    ("医院", 2),
    ("大学", 2),
    ("学校", 2),
    ("小学", 2),
    ("中学", 2),
    ("电站", 2),
    ("工厂", 2),
    ("公司", 2),
    ("广场", 2),
    ("公园", 2),
    ("剧院", 2),
    ("酒店", 2),
    ("大厦", 2),
    ("铁路", 2),
    ("公路", 2),
    ("地铁", 2),
    ("号线", 2),
    ("镇", 2),
    ("乡", 2),
    ("村", 2),
    ("市", 1),
    ("县", 1),
    ("区", 1),
    ("州", 1),
];
/// Characters that no name begins with.
static NO_NAME: CharSet = CharSet::new("该这某全本此两多各几一个大小新老的在了和与及从到为有其那每我你他她当据");
/// Chinese words before such an ending that make no name of it.
const KINDS: &[&str] = &[
    "海底", "跨海", "过江", "公路", "铁路", "高速", "城市", "大型", "国际", "国家", "中心", "世界", "著名", "新建",
    "最长", "首座", "首条", "第一", "最大", "最高", "附属", "人民", "有限", "股份", "集团", "地下", "双向", "多个",
    "农村", "乡镇", "城乡", "所在", "当地", "我国", "全国", "水利", "水力", "民用", "职业", "重点", "希望", "中央",
    "主要", "目前", "特大",
];
/// English words that begin a sentence or a title and no name.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "of",
    "to",
    "and",
    "but",
    "why",
    "what",
    "when",
    "who",
    "how",
    "where",
    "it",
    "its",
    "he",
    "she",
    "they",
    "his",
    "her",
    "their",
    "we",
    "our",
    "this",
    "that",
    "these",
    "those",
    "as",
    "after",
    "before",
    "if",
    "no",
    "not",
    "there",
    "all",
    "one",
    "two",
    "three",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mr",
    "mrs",
    "ms",
    "dr",
    "president",
    "police",
];

/// A name around a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EventName {
    /// Its hash.
    pub(crate) name: u64,
    weight: u8,
    /// Only the headline holds it, which says nothing between claims of the article under it.
    in_headline: bool,
}

/// The names around a claim.
pub(super) fn names(context: &ArticleContext<'_>, claim: &Claim) -> Vec<EventName> {
    let text = context.view.text.as_str();
    let (mut here, mut above) = (Vec::new(), Vec::new());
    let sentence = context.sentence(claim).of(text);
    let chinese = sentence.chars().any(is_chinese);
    if chinese {
        in_chinese(sentence, &mut here);
        let headlines = context.view.passages.iter().filter(|passage| passage.role == Role::Headline);
        headlines.take(1).for_each(|headline| in_chinese(headline.span.of(text), &mut above));
    } else {
        // Titles in English have capitals everywhere, so they tell no names.
        in_english(sentence, &mut here);
    }
    let marked = |names: Vec<(u64, u8)>, in_headline: bool| {
        names.into_iter().map(move |(name, weight)| EventName { name, weight, in_headline })
    };
    let mut found: Vec<EventName> = marked(here, false).chain(marked(above, true)).collect();
    found.sort_unstable();
    found.dedup_by_key(|found| found.name);
    found
}

/// How much the events of two claims have in common, which may stand in one article.
pub(crate) fn shared(a: &[EventName], b: &[EventName], one_article: bool) -> u32 {
    let told = |names: &EventName| !(one_article && names.in_headline);
    let common = a.iter().filter(|one| told(one) && b.iter().any(|other| other.name == one.name && told(other)));
    common.map(|name| u32::from(name.weight)).sum()
}

fn in_chinese(text: &str, found: &mut Vec<(u64, u8)>) {
    for (ending, weight) in ENDINGS {
        for (at, _) in text.match_indices(ending) {
            // Two characters before the ending: names are longer at times, and their last two differ all the same.
            let head: Vec<char> = text[..at].chars().rev().take(2).collect();
            let named = head.len() == 2 && head.iter().all(|c| is_chinese(*c) && !NO_NAME.has(*c));
            if named {
                let head: String = head.into_iter().rev().collect();
                if KINDS.contains(&head.as_str()) {
                    continue;
                }
                let name = head + ending;
                found.push((xxh3_64(name.as_bytes()), *weight));
            }
        }
    }
    for (open, close) in [('《', '》'), ('“', '”')] {
        let mut rest = text;
        while let Some(start) = rest.find(open) {
            let inside = &rest[start + open.len_utf8()..];
            let Some(end) = inside.find(close) else { break };
            if (2..=12).contains(&inside[..end].chars().count()) {
                found.push((xxh3_64(&inside.as_bytes()[..end]), 2));
            }
            rest = &inside[end..];
        }
    }
}

fn in_english(text: &str, found: &mut Vec<(u64, u8)>) {
    let mut run: Vec<String> = Vec::new();
    let mut first = true;
    let mut flush = |run: &mut Vec<String>, at_start: bool| {
        let lone_opener = at_start && run.len() == 1;
        if !run.is_empty() && !lone_opener {
            found.push((xxh3_64(run.join(" ").as_bytes()), if run.len() > 1 { 2 } else { 1 }));
        }
        run.clear();
    };
    let mut began_sentence = true;
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s")).unwrap_or(bare);
        let lower = bare.to_lowercase();
        let named = bare.starts_with(char::is_uppercase) && !OPENERS.contains(&lower.as_str());
        if named {
            if run.is_empty() {
                began_sentence = first;
            }
            run.push(lower);
        }
        let ends = !named || word.ends_with(|c: char| !c.is_alphanumeric());
        if ends {
            flush(&mut run, began_sentence);
        }
        first = false;
    }
    flush(&mut run, began_sentence);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_by_how_they_are_written() {
        let of = |text: &str| {
            let mut found = Vec::new();
            if text.chars().any(is_chinese) {
                in_chinese(text, &mut found)
            } else {
                in_english(text, &mut found)
            }
            let of_name = |(name, weight)| EventName { name, weight, in_headline: false };
            found.into_iter().map(of_name).collect::<Vec<_>>()
        };
        let weight = |a: &str, b: &str| shared(&of(a), &of(b), true);
        assert_eq!(weight("The Harbour Road tunnel opened.", "Why did the Harbour Road tunnel cost more?"), 2);
        assert_eq!(weight("Yesterday it opened.", "Yesterday it rained."), 0);
        assert_eq!(weight("She lives in Bergen.", "He left Bergen."), 1);
        assert_eq!(weight("江东大桥昨天通车", "江东大桥造价公布"), 2);
        assert_eq!(weight("该公司表示", "该公司否认"), 0);
    }
}
