//! Whether two claims speak of one thing: their captures of it are compared, entities by identity, plain words by what
//! they share.

use super::claim::{Claim, Filled};
use super::context::ArticleContext;
use crate::expression::Meant;
use crate::text::is_chinese;
use crate::value::Value;

/// What Chinese words end with before a figure and what they begin with behind it, which names nothing.
const ZH_JOINTS: &[&str] = &[
    "共计", "合计", "总计", "累计", "共有", "达到", "超过", "突破", "已有", "已达", "分别", "一共", "总共", "大约",
    "最多", "至少", "仅有", "只有", "的", "了", "共", "达", "为", "是", "有", "已", "约", "至", "到", "近", "超", "逾",
    "将", "由", "在", "从", "获", "仅", "拟",
];
/// Chinese words too general to say what a figure counts.
const ZH_GENERAL: &[&str] = &[
    "其中", "目前", "今年", "去年", "全年", "前年", "全国", "全市", "全省", "全县", "全区", "全球", "同比", "平均",
    "每年", "每天", "每月", "连续", "此外", "另有", "还有", "以及", "包括", "其余", "上年", "同期", "年来", "以来",
    "之后", "之前",
];
/// Words of English too general to say what a figure counts, without their endings.
const EN_GENERAL: &[&str] = &[
    "percent",
    "pct",
    "per",
    "cent",
    "ct",
    "million",
    "billion",
    "trillion",
    "point",
    "basis",
    "time",
    "year",
    "month",
    "week",
    "day",
    "hour",
    "minut",
    "second",
    "pm",
    "am",
    "bpd",
    "mln",
    "bln",
    "year-old",
    "thing",
    "new",
    "total",
    "first",
    "jan",
    "feb",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "jul",
    "aug",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "vs",
    "qtr",
];

/// How much two claims share of what they speak of, by the slots that name it; `None` if they may speak of two things.
pub(super) fn likeness(context: &ArticleContext<'_>, same: &[usize], on: usize, a: &Claim, b: &Claim) -> Option<usize> {
    let mut shared = 0;
    for slot in same {
        shared += match (a.slots[*slot].last(), b.slots[*slot].last()) {
            (None, None) => 0,
            (Some(one), Some(two)) => {
                let sides = (stands_before(a, one, on), stands_before(b, two, on));
                of_captures(context, one, two, sides)?
            }
            _ => return None,
        };
    }
    (shared > 0 || same.is_empty()).then_some(shared)
}

/// Whether a capture stands before the claim's value.
pub(super) fn stands_before(claim: &Claim, filled: &Filled, on: usize) -> bool {
    claim.slots[on].last().is_some_and(|value| filled.span.start < value.span.start)
}

fn of_captures(context: &ArticleContext<'_>, a: &Filled, b: &Filled, sides: (bool, bool)) -> Option<usize> {
    let words = |filled: &Filled| filled.readings().contains(&Meant::Value(Value::Words));
    let text = |filled: &Filled| filled.span.of(&context.view.text);
    if words(a) && words(b) {
        return shared_words(text(a), text(b), sides);
    }
    let entities = |one: &Meant, two: &Meant| match (one, two) {
        (Meant::Entity { id: one, .. }, Meant::Entity { id: two, .. }) => context.set.base.same_or_part(*one, *two),
        (one, two) => one == two,
    };
    let (one, two) = (a.readings(), b.readings());
    one.iter().any(|one| two.iter().any(|two| entities(one, two))).then_some(4)
}

/// How many letters or words two runs share; `None` if too few to speak of one thing. `sides` tells which of them stand
/// before their figure: Chinese is compared from the figure outwards.
pub(super) fn shared_words(a: &str, b: &str, sides: (bool, bool)) -> Option<usize> {
    if a.chars().any(is_chinese) && b.chars().any(is_chinese) {
        return match sides {
            (true, false) => named_behind(a, b),
            (false, true) => named_behind(b, a),
            (before, _) => shared_chinese(a, b, before),
        };
    }
    let (a, b) = (stems(a), stems(b));
    let count = a.iter().filter(|stem| b.contains(stem)).count();
    (count > 0).then_some(2 * count)
}

fn shared_chinese(a: &str, b: &str, before: bool) -> Option<usize> {
    let (a, b) = (without_joints(a, before), without_joints(b, before));
    let shared: Vec<char> = if before {
        let both = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a);
        let mut shared: Vec<char> = both.collect();
        shared.reverse();
        shared
    } else {
        a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    };
    let words: String = shared.iter().collect();
    let at_figure = (shared.len() >= 2 && !ZH_GENERAL.contains(&words.as_str())).then_some(shared.len());
    // The same words in another order: 动车组开行, 共开行动车组.
    let reordered =
        || Some(pairs(a).filter(|pair| pairs(b).any(|other| other == *pair)).count()).filter(|count| *count > 2);
    at_figure.or_else(reordered)
}

/// The word of a run that stands at the figure: what claims that are put in buckets are told apart by.
pub(super) fn noun(words: &str, before: bool) -> Option<String> {
    if !words.chars().any(is_chinese) {
        return stems(words).pop();
    }
    let words = without_joints(words, before);
    let chars: Vec<char> = words.chars().collect();
    let noun = if before { chars.get(chars.len().checked_sub(2)?..)? } else { chars.get(..2)? };
    Some(noun.iter().collect())
}

/// The characters of a run two by two.
fn pairs(words: &str) -> impl Iterator<Item = (char, char)> {
    words.chars().zip(words.chars().skip(1))
}

/// Chinese words for teams and sides that many of them share.
const ZH_SIDES: &[&str] = &[
    "女排", "男排", "女篮", "男篮", "女足", "男足", "球队", "代表", "俱乐", "乐部", "中国", "国家", "选手", "名将",
    "卫冕", "冠军", "对手", "主场", "客场", "主队", "客队", "昨晚", "女队", "男队", "大学", "中学", "一中", "二中",
    "队以", "强队",
];

/// Whether two runs of words hold one name: two Chinese characters, or a word with a capital.
pub(super) fn share_name(a: &str, b: &str) -> bool {
    if a.chars().any(is_chinese) || b.chars().any(is_chinese) {
        let name = |pair: &(char, char)| {
            is_chinese(pair.0)
                && is_chinese(pair.1)
                && pair.1 != '队'
                && !ZH_SIDES.contains(&String::from_iter([pair.0, pair.1]).as_str())
        };
        return pairs(a).any(|pair| name(&pair) && pairs(b).any(|other| other == pair));
    }
    let names = |words: &str| -> Vec<String> {
        let bare = |word: &str| word.trim_end_matches("’s").trim_end_matches("'s").to_lowercase();
        words.split(' ').filter(|word| word.starts_with(char::is_uppercase) && word.len() > 2).map(bare).collect()
    };
    let (a, b) = (names(a), names(b));
    a.iter().any(|name| b.contains(name))
}

/// Whether a sentence takes up the words of a headline or caption: enough of them that both tell of one thing.
pub(super) fn shares_words(head: &str, sentence: &str) -> bool {
    if !head.chars().any(is_chinese) {
        let (head, sentence) = (stems(head), stems(sentence));
        return head.iter().filter(|stem| stem.len() > 3 && sentence.contains(stem)).count() >= 2;
    }
    let words = |pair: &(char, char)| is_chinese(pair.0) && is_chinese(pair.1);
    let general = |pair: &(char, char)| ZH_GENERAL.contains(&String::from_iter([pair.0, pair.1]).as_str());
    let shared = pairs(head).filter(|pair| words(pair) && !general(pair));
    shared.filter(|pair| pairs(sentence).any(|other| other == *pair)).count() >= 2
}

/// What stands right before one figure and somewhere behind another: 新书5种, 五种盲文新书.
fn named_behind(before: &str, behind: &str) -> Option<usize> {
    let before = without_joints(before, true);
    let from = before.char_indices().nth_back(1).map(|(at, _)| at)?;
    let noun = &before[from..];
    (behind.contains(noun) && !ZH_GENERAL.contains(&noun)).then_some(2)
}

fn without_joints(mut words: &str, before: bool) -> &str {
    loop {
        let shorter = ZH_JOINTS.iter().chain(ZH_GENERAL).find_map(|joint| match before {
            true => words.strip_suffix(joint),
            false => words.strip_prefix(joint),
        });
        match shorter {
            Some(rest) => words = rest,
            None => return words,
        }
    }
}

/// The words of a run without their endings, the general ones left out.
fn stems(words: &str) -> Vec<String> {
    words.split(' ').map(stem).filter(|stem| stem.len() > 1 && !EN_GENERAL.contains(&stem.as_str())).collect()
}

fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    let word = word.trim_end_matches("’s").trim_end_matches("'s");
    let endings = [("ing", 4), ("ies", 3), ("ed", 4), ("es", 4), ("s", 3), ("y", 3), ("e", 3)];
    let cut = endings.iter().find_map(|(ending, least)| {
        word.strip_suffix(ending).filter(|rest| rest.chars().count() >= *least && !rest.ends_with('s'))
    });
    cut.unwrap_or(word).trim_end_matches('e').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_compared_from_the_figure_outwards() {
        let shared = |a, b, before| shared_words(a, b, (before, before));
        assert_eq!(shared("全市新增就业", "城镇新增就业达", true), Some(4));
        assert_eq!(shared("植物新物种", "植物新物种分布于", false), Some(5));
        assert_eq!(shared("今年全国", "去年全国", true), None);
        assert_eq!(shared("名儿童", "位老人", false), None);
        assert_eq!(shared_words("上架新书", "盲文新书", (true, false)), Some(2));
        assert_eq!(shared_words("上架新书", "书画作品", (true, false)), None);
    }

    #[test]
    fn english_is_compared_by_its_words() {
        let shared = |a, b| shared_words(a, b, (true, true));
        assert_eq!(shared("repairs costing", "bridge repairs cost"), Some(4));
        assert_eq!(shared("hospital beds", "new beds"), Some(2));
        assert_eq!(shared("new jobs", "new homes"), None);
        assert_eq!(shared("cities", "city"), Some(2));
        assert_eq!(shared("percent", "percent"), None);
    }
}
