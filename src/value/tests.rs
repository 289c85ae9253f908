//! What each value type reads, where it ends, and what it leaves alone.

use super::*;
use crate::text::fold_literal;
use proptest::prelude::*;

/// Reads a type at the mark `|`; gives the words read and the values.
fn read(name: &str, marked: &str) -> Option<(String, Vec<Value>)> {
    let at = marked.find('|').unwrap();
    let marks_removed = marked.replace('|', "");
    let text = fold_literal(&marks_removed);
    let lower = text.to_ascii_lowercase();
    let at = fold_literal(&marked[..at]).len();
    let input = Input { text: &text, lower: &lower, end: text.len() };
    value_type(name).unwrap().read_at(input, at).map(|read| (text[at..read.end].to_owned(), read.values))
}

fn number(marked: &str) -> Option<(String, f64)> {
    let (words, values) = read("number", marked)?;
    match values[..] {
        [Value::Number(number)] => Some((words, number.value)),
        _ => None,
    }
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (marked, words, value) in [
        ("共|157名", "157", 157.0),
        ("|1,570人", "1,570", 1570.0),
        ("|３.５万人", "3.5万", 35_000.0),
        ("|1.2亿", "1.2亿", 1.2e8),
        ("|1亿2000万人", "1亿2000万", 1.2e8),
        ("|一百零五人", "一百零五", 105.0),
        ("|两万三千人", "两万三千", 23_000.0),
        ("|三十一", "三十一", 31.0),
        ("|十来个", "十来", 10.0),
        ("|百余名", "百余", 100.0),
        ("|三十多万", "三十多万", 300_000.0),
        ("|约300人", "约300", 300.0),
        ("|twenty-one people", "twenty-one", 21.0),
        ("|a dozen people", "a dozen", 12.0),
        ("|1.2 million people", "1.2 million", 1.2e6),
        ("|two hundred and five", "two hundred and five", 205.0),
        ("|more than 300 people", "more than 300", 300.0),
        ("|3 lakh people", "3 lakh", 3e5),
        ("|1.5 crore voters", "1.5 crore", 1.5e7),
        ("|2 lakh crore in aid", "2 lakh crore", 2e12),
        ("|1,50,000 people", "1,50,000", 150_000.0),
        ("|12,34,56,789 voters", "12,34,56,789", 123_456_789.0),
    ] {
        assert_eq!(number(marked), Some((words.to_owned(), value)), "{marked}");
    }
}

#[test]
fn numbers_are_not_parts_of_something_longer() {
    for marked in [
        "1|57名",
        "|3-2",
        "3-|2",
        "B-|52",
        "第|三",
        "|5%",
        "F|35",
        "|3:2",
        "|14:30",
        "1,|570",
        "三|十一",
        "|3至5名",
        "|2.5个百分点",
    ] {
        assert_eq!(number(marked), None, "{marked}");
    }
}

#[test]
fn printed_precision_is_an_interval() {
    let ends = |marked: &str| match read("quantity", marked).unwrap().1[0] {
        Value::Quantity(quantity) => (quantity.amount.low, quantity.amount.high),
        _ => unreachable!(),
    };
    assert_eq!(ends("|157名"), (157.0, 157.0));
    assert_eq!(ends("|1.82万瓶"), (18_150.0, 18_250.0));
    assert_eq!(ends("|逾300人").1, f64::INFINITY);
    assert_eq!(ends("逾|300人").1, f64::INFINITY);
    assert_eq!(ends("|300人左右"), (270.0, 330.0));
}

#[test]
fn tallies_are_two_counts_and_no_ranges_of_something_longer() {
    for (marked, words, first, second) in [
        ("以|3比1获胜", "3比1", 3, 1),
        ("|3:1战胜", "3:1", 3, 1),
        ("以|58票对45票通过", "58票对45票", 58, 45),
        ("|三比一", "三比一", 3, 1),
        ("won |3-1 on Sunday", "3-1", 3, 1),
        ("voted |58-45.", "58-45", 58, 45),
        ("voted |58 to 45 on", "58 to 45", 58, 45),
        ("by |58 votes to 45 on", "58 votes to 45", 58, 45),
    ] {
        let tally = vec![Value::Tally(Tally { first, second })];
        assert_eq!(read("tally", marked), Some((words.to_owned(), tally)), "{marked}");
    }
    for marked in ["2025-|12-26", "|12-26-2025", "$|3-4", "|3-4%", "|十二比三十", "1,|200-300", "|3-1.5", "B|3-1"]
    {
        assert_eq!(read("tally", marked), None, "{marked}");
    }
}

/// Year, month and day.
type Parts = (Option<i16>, Option<u8>, Option<u8>);

fn date(marked: &str) -> Option<(String, Vec<Parts>)> {
    let (words, values) = read("date", marked)?;
    let parts = values.iter().map(|value| match value {
        Value::Date(date) => (date.year, date.month, date.day),
        _ => unreachable!(),
    });
    Some((words, parts.collect()))
}

#[test]
fn dates_in_all_orders() {
    let feb = (Some(2026), Some(2), Some(6));
    let day = (None, Some(2), Some(6));
    for (marked, words, dates) in [
        ("|2026年2月6日电", "2026年2月6日", vec![feb]),
        ("|２０２６年２月６日", "2026年2月6日", vec![feb]),
        ("|二〇二六年二月六日", "二〇二六年二月六日", vec![feb]),
        ("|2月6日", "2月6日", vec![day]),
        ("于|6日", "6日", vec![(None, None, Some(6))]),
        ("|2026-02-06", "2026-02-06", vec![feb]),
        ("|2026/2/6", "2026/2/6", vec![feb]),
        ("|Feb. 6, 2026,", "Feb. 6, 2026", vec![feb]),
        ("|February 6 2026", "February 6 2026", vec![feb]),
        ("|6 February 2026", "6 February 2026", vec![feb]),
        ("|6th of February.", "6th of February", vec![day]),
        ("|6 Feb", "6 Feb", vec![day]),
        ("|6/Feb/2026", "6/Feb/2026", vec![feb]),
        ("|13/02/2026", "13/02/2026", vec![(Some(2026), Some(2), Some(13))]),
        ("|02/06/2026", "02/06/2026", vec![feb, (Some(2026), Some(6), Some(2))]),
        ("|2月30日", "2月30日", vec![(None, Some(2), Some(30))]),
        ("|April 31.", "April 31", vec![(None, Some(4), Some(31))]),
        ("|March 5 at 6", "March 5", vec![(None, Some(3), Some(5))]),
    ] {
        assert_eq!(date(marked), Some((words.to_owned(), dates)), "{marked}");
    }
    for marked in ["2026年|2月6日", "2月|6日", "|may 5", "|10.3732/ajb.89", "|3号线", "第|3日", "1|6日"] {
        assert_eq!(date(marked), None, "{marked}");
    }
}

#[test]
fn times_in_both_languages() {
    let time = |marked: &str| {
        read("time", marked).map(|(words, values)| match values[0] {
            Value::Time(time) => (words, time.day, time.day_shift, time.hour, time.minute),
            _ => unreachable!(),
        })
    };
    for (marked, words, day, shift, hour, minute) in [
        ("|10时(", "10时", None, 0, 10, 0),
        ("|14时30分", "14时30分", None, 0, 14, 30),
        ("|下午3点半", "下午3点半", None, 0, 15, 30),
        ("|次日凌晨1时", "次日凌晨1时", None, 1, 1, 0),
        ("|20日1时", "20日1时", Some(20), 0, 1, 0),
        ("|8月12日凌晨5时", "8月12日凌晨5时", Some(12), 0, 5, 0),
        ("|晚8时", "晚8时", None, 0, 20, 0),
        ("|10 a.m. local", "10 a.m.", None, 0, 10, 0),
        ("|8.30 p.m.", "8.30 p.m.", None, 0, 20, 30),
        ("|3.39am", "3.39am", None, 0, 3, 39),
        ("|0600 GMT", "0600", None, 0, 6, 0),
        ("|14:00", "14:00", None, 0, 14, 0),
        ("|25时30分", "25时30分", None, 0, 25, 30),
    ] {
        assert_eq!(time(marked), Some((words.to_owned(), day, shift, hour, minute)), "{marked}");
    }
    for marked in ["|三点建议", "|5时代", "1|4时", "14:|30"] {
        assert_eq!(time(marked), None, "{marked}");
    }
}

#[test]
fn other_values() {
    let words = |name: &str, marked: &str| read(name, marked).map(|(words, _)| words);
    for (name, marked, expected) in [
        ("weekday", "|星期五)", Some("星期五")),
        ("weekday", "|週四", Some("周四")),
        ("weekday", "|Thurs.,", Some("Thurs.")),
        ("weekday", "|Mo, 7", Some("Mo")),
        ("weekday", "|mon ami", None),
        ("weekday", "|星期八", None),
        ("percent", "|5.5%", Some("5.5%")),
        ("percent", "|三成", Some("三成")),
        ("percent", "|两成半的人", Some("两成半")),
        ("percent", "|百分之三十", Some("百分之三十")),
        ("percent", "|13.7 pct", Some("13.7 pct")),
        ("percent", "|40pc to", Some("40pc")),
        ("percent", "|三成员", None),
        ("ordinal", "|第三", Some("第三")),
        ("ordinal", "|21st", Some("21st")),
        ("ordinal", "|twenty-first", Some("twenty-first")),
        ("money", "|18.6亿元", Some("18.6亿元")),
        ("money", "|$4.2 billion", Some("$4.2 billion")),
        ("money", "|£590m", Some("£590m")),
        ("money", "|$3bn", Some("$3bn")),
        ("money", "|1500元人民币", Some("1500元人民币")),
        ("quantity", "|12.6亿千瓦时", Some("12.6亿千瓦时")),
        ("quantity", "|16 km (", Some("16 km")),
        ("quantity", "|185英里", Some("185英里")),
        ("quantity", "|30国家", None),
        ("duration", "|48小时", Some("48小时")),
        ("duration", "|两年", Some("两年")),
        ("duration", "|three days", Some("three days")),
        ("duration", "|2026年", None),
        ("year", "|2026年", Some("2026年")),
        ("year", "|公元0年", Some("公元0年")),
        ("year", "in |2026.", Some("2026")),
        ("year", "$|2026", None),
    ] {
        assert_eq!(words(name, marked).as_deref(), expected, "{name}: {marked}");
    }
}

/// A number in Chinese numerals.
fn in_chinese(number: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    fn section(number: u32) -> String {
        let mut out = String::new();
        let mut gap = false;
        for (place, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = number / place % 10;
            if digit == 0 {
                gap = !out.is_empty();
                continue;
            }
            if gap {
                out.push('零');
                gap = false;
            }
            out.push(DIGITS[digit as usize]);
            out.push_str(unit);
        }
        out
    }
    let (high, low) = (number / 10_000, number % 10_000);
    match (high, low) {
        (0, low) => section(low),
        (high, 0) => section(high) + "万",
        (high, low) if low < 1000 => section(high) + "万零" + &section(low),
        (high, low) => section(high) + "万" + &section(low),
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(value in 1u32..100_000_000) {
        let commas = super::tests_commas(value);
        let full_width: String = value.to_string().chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
        for words in [value.to_string(), commas, full_width, in_chinese(value)] {
            prop_assert_eq!(number(&format!("共|{words}名")).map(|(_, value)| value), Some(f64::from(value)), "{}", words);
        }
    }

    #[test]
    fn reading_never_panics_and_ends_on_a_border(text in "[0-9一二三十百万亿年月日时点分半周星期五第约余多%.,:/$£ \\-amp.FridayMarch5th元人名公里a-z]{0,40}") {
        let text = fold_literal(&text);
        let lower = text.to_ascii_lowercase();
        let input = Input { text: &text, lower: &lower, end: text.len() };
        for (at, _) in text.char_indices() {
            for ty in TYPES {
                if let Some(read) = ty.read_at(input, at) {
                    prop_assert!(read.end > at && read.end <= text.len() && text.is_char_boundary(read.end));
                    prop_assert!(!read.values.is_empty());
                }
            }
        }
    }

    /// A passage may end inside of what goes on as a value: nothing is read past it.
    #[test]
    fn nothing_is_read_past_the_end_of_a_passage(parts in prop::collection::vec(prop::sample::select(PARTS), 1..8), cut in 0usize..60) {
        let whole = parts.concat();
        let text = fold_literal(&whole);
        let lower = text.to_ascii_lowercase();
        let end = text.floor_char_boundary(cut.min(text.len()));
        let input = Input { text: &text, lower: &lower, end };
        for (at, _) in text.char_indices().take_while(|(at, _)| *at < end) {
            for ty in TYPES {
                if let Some(read) = ty.read_at(input, at) {
                    prop_assert!(read.end > at && read.end <= end, "{} reads {:?} of {:?}", ty.name, &text[at..read.end], &text[..end]);
                }
            }
        }
    }
}

/// What values are made of.
const PARTS: &[&str] = &[
    "24",
    "0600",
    ",",
    "th ",
    "1",
    ",570",
    ".5",
    "万",
    "亿",
    "元",
    "年",
    "月",
    "日",
    "时",
    "分",
    "点",
    "半",
    "第",
    "三十一",
    "初",
    "廿",
    "闰",
    "正月",
    "腊月",
    "周",
    "星期五",
    "至",
    "约",
    "多",
    "余",
    "%",
    " percent",
    " million",
    " Feb",
    "Feb. ",
    "February ",
    " of ",
    "2026",
    ", 2026",
    "Friday",
    " p.m.",
    " local",
    ":30",
    "-1/2",
    " miles",
    " per hour",
    " km",
    "公里",
    "平方公里",
    "名",
    "个月",
    "小时",
    "US$",
    "$",
    "£",
    "bn",
    " dollars",
    "third",
    "twenty",
    "-one",
    " a dozen",
    "下午",
    "凌晨",
    "去年",
    "上月",
    "−",
    "°C",
    "摄氏度",
    "5",
];
