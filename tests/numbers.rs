//! What the copy's own numbers refute: true statements in every phrasing are left alone, whatever they were rounded to,
//! and the same statements broken beyond their precision are all found.

use factlint::engine;
use factlint::read::{ReadSettings, read};
use factlint::rule::RuleSet;
use factlint::shipped;
use proptest::prelude::*;
use std::sync::LazyLock;

static SHIPPED: LazyLock<RuleSet> = LazyLock::new(shipped::rules);

/// The rules that flag a sentence.
pub(crate) fn flagged(text: &str) -> Vec<String> {
    let document = read("copy.txt", format!("{text}\n").into_bytes(), &ReadSettings::default()).unwrap();
    engine::check(&SHIPPED, &document).diagnostics.into_iter().map(|found| found.rule).collect()
}

/// A phrasing: `{a}` stands for what was, `{b}` for what is, `{p}` for what is derived from them.
pub(crate) fn put(phrasing: &str, a: &str, b: &str, p: &str) -> String {
    phrasing.replace("{a}", a).replace("{b}", b).replace("{p}", p)
}

/// Rises and falls in percent; 升 and "rose" where it rises, 降 and "fell" where it falls.
const CHANGES: &[&str] = &[
    "全镇产量由{a}吨{升}至{b}吨，{升}{p}%。",
    "书店数量从2019年的{a}家{升}到2024年的{b}家，{升}幅达{p}%。",
    "今年全县收获{b}吨，去年同期{a}吨，同比{升}{p}%。",
    "合作社今年收茶{b}吨，比去年的{a}吨{升}{p}%。",
    "港口吞吐量{升}{p}%，由{a}吨{升}至{b}吨。",
    "Store sales {rose} {p} pct to {b} tons from {a} tons a year earlier.",
    "Output {rose} by {p} percent, to {b} tons from {a} in May.",
    "Output was {b} tons, {up} {p} percent from {a} a year ago.",
    "Output {rose} to {b} tons from {a}, {up} {p}%.",
    "Output {rose} from {a} tons to {b} tons, {up} {p} percent.",
    "Output {rose} {p} percent to {b} tons, compared with the {a} shipped in June.",
];

fn change(phrasing: &str, a: &str, b: &str, p: &str, rises: bool) -> String {
    let words = if rises { ["增长", "rose", "up"] } else { ["下降", "fell", "down"] };
    let phrasing = if rises { phrasing.replace("{升}幅", "增幅") } else { phrasing.replace("{升}幅", "降幅") };
    put(&phrasing.replace("{升}", words[0]).replace("{rose}", words[1]).replace("{up}", words[2]), a, b, p)
}

/// A number as printed, and the least and greatest it may stand for.
fn printed(tenths: u32, style: u8) -> (String, f64, f64) {
    let value = f64::from(tenths) / 10.0;
    match style {
        0 => (format!("{value:.1}"), value - 0.05, value + 0.05),
        1 => (format!("{value:.1} million"), value - 0.05, value + 0.05),
        _ => (format!("{value:.1}万"), value - 0.05, value + 0.05),
    }
}

/// Rounded or cut off to so many decimals.
pub(crate) fn shown(value: f64, decimals: usize, cut: bool) -> String {
    let scale = 10f64.powi(decimals as i32);
    let value = if cut { (value * scale).floor() / scale } else { (value * scale).round() / scale };
    format!("{value:.decimals$}")
}

/// What Chinese and English copy may both be tried with.
fn style_of(phrasing: &str, million: bool) -> u8 {
    match (phrasing.is_ascii(), million) {
        (_, false) => 0,
        (true, true) => 1,
        (false, true) => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changes(
        phrasing in prop::sample::select(CHANGES),
        (a, b) in (105u32..9_000, 105u32..9_000),
        (at_a, at_b) in (0.02f64..0.98, 0.02f64..0.98),
        (decimals, cut, million) in (0usize..3, any::<bool>(), any::<bool>()),
        beyond in 3u32..40,
    ) {
        let (from, a_least, a_most) = printed(a, style_of(phrasing, million));
        let (to, b_least, b_most) = printed(b, style_of(phrasing, million));
        // Where rounding alone decides between up and down there is nothing to say.
        prop_assume!(a.abs_diff(b) > 3);
        let percent = |a: f64, b: f64| (b - a).abs() / a * 100.0;
        let truth = percent(a_least + at_a * (a_most - a_least), b_least + at_b * (b_most - b_least));
        let copy = change(phrasing, &from, &to, &shown(truth, decimals, cut), b > a);
        prop_assert_eq!(flagged(&copy), Vec::<String>::new(), "{}", copy);
        let most = percent(a_least, b_most).max(percent(a_most, b_least)).max(percent(a_least, b_least));
        let broken = most + f64::from(beyond) / 10f64.powi(decimals as i32);
        let copy = change(phrasing, &from, &to, &shown(broken, decimals, false), b > a);
        prop_assert!(flagged(&copy).contains(&"percent-change".to_owned()), "{}", copy);
    }

    #[test]
    fn points(
        phrasing in prop::sample::select(&[
            "入园率由{a}%提高到{b}%，提高{p}个百分点。",
            "失业率从2020年的{a}%升至2024年的{b}%，上升了{p}个百分点。",
            "The rate rose to {b} percent from {a} percent, up {p} percentage points.",
            "The rate rose from {a} percent to {b} percent, a rise of {p} percentage points.",
        ][..]),
        (a, step) in (105u32..500, 5u32..400),
        off in 3u32..30,
    ) {
        let tenths = |value: u32| format!("{:.1}", f64::from(value) / 10.0);
        let copy = put(phrasing, &tenths(a), &tenths(a + step), &tenths(step));
        prop_assert_eq!(flagged(&copy), Vec::<String>::new(), "{}", copy);
        let copy = put(phrasing, &tenths(a), &tenths(a + step), &tenths(step + off));
        prop_assert!(flagged(&copy).contains(&"percent-point".to_owned()), "{}", copy);
    }

    #[test]
    fn totals(
        phrasing in prop::sample::select(&[
            "学校招收男生{1}人、女生{2}人、旁听生{3}人，共{t}人。",
            "展出油画{1}幅、版画{2}幅和素描{3}幅，共计{t}幅。",
            "三个月发电量分别为{1}亿千瓦时、{2}亿千瓦时和{3}亿千瓦时，合计{t}亿千瓦时。",
            "事故中共有{t}人受伤，分别送往县医院（{1}人）、中医院（{2}人）和卫生院（{3}人）。",
            "截至昨日共{t}人报名（一年级{1}人、二年级{2}人、三年级{3}人）。",
            "Searchers found {1} men, {2} women and {3} children, a total of {t}.",
            "A total of {t} wells were drilled: {1} oil wells, {2} gas wells and {3} dry holes.",
        ][..]),
        (one, two, three) in (10u32..900, 10u32..900, 10u32..900),
        // 10亿 may be half a unit more or less, three times over and once in the total.
        off in 3u32..60,
        more in any::<bool>(),
    ) {
        let total = one + two + three;
        let fill = |total: u32| {
            let text = phrasing.replace("{1}", &one.to_string()).replace("{2}", &two.to_string());
            text.replace("{3}", &three.to_string()).replace("{t}", &total.to_string())
        };
        prop_assert_eq!(flagged(&fill(total)), Vec::<String>::new(), "{}", fill(total));
        let wrong = if more { total + off } else { total - off };
        // A total of all parts but one may be meant as one of those.
        prop_assume!(wrong != one + two && wrong != two + three);
        prop_assert!(!flagged(&fill(wrong)).is_empty(), "{}", fill(wrong));
    }

    #[test]
    fn shares(
        phrasing in prop::sample::select(&[
            "{b}名受访者中，{a}人表示愿意，占{p}%。",
            "{b}家企业中有{a}家计划扩招，占比为{p}%。",
            "In all, {a} of the {b} schools, or {p} percent, had no library.",
        ][..]),
        (part, rest) in (11u32..900, 11u32..900),
        (decimals, off) in (0usize..2, 4u32..30),
    ) {
        let whole = part + rest;
        let truth = f64::from(part) / f64::from(whole) * 100.0;
        let fill = |p: f64| put(phrasing, &part.to_string(), &whole.to_string(), &shown(p, decimals, false));
        prop_assert_eq!(flagged(&fill(truth)), Vec::<String>::new(), "{}", fill(truth));
        // Trailing zeros may be rounded ones, as far as half a percent of each number.
        let wrong = truth * 1.011 + f64::from(off) / 10f64.powi(decimals as i32);
        prop_assert!(!flagged(&fill(wrong)).is_empty(), "{}", fill(wrong));
    }

    #[test]
    fn steps_and_averages(count in 11u32..900, each in 11u32..900, off in 2u32..200) {
        let total = count * each;
        let text = |each: u32| format!("全村{count}户今年共分红{total}元，户均{each}元。");
        prop_assert_eq!(flagged(&text(each)), Vec::<String>::new(), "{}", text(each));
        let wrong = each + each / 40 + off;
        prop_assert!(!flagged(&text(wrong)).is_empty(), "{}", text(wrong));
        let text = |by: u32| format!("学员由{count}名增加至{}名，增加了{by}名。", count + each);
        prop_assert_eq!(flagged(&text(each)), Vec::<String>::new(), "{}", text(each));
        prop_assert!(!flagged(&text(each + off)).is_empty(), "{}", text(each + off));
    }

    #[test]
    fn multiples(from in 11u32..900, times in 2u32..9, off in 2u32..5) {
        let text = |more: u32| format!("用户从{from}户增至{}户，增长了{more}倍。", from * times);
        prop_assert_eq!(flagged(&text(times - 1)), Vec::<String>::new(), "{}", text(times - 1));
        prop_assert!(!flagged(&text(times - 1 + off)).is_empty(), "{}", text(times - 1 + off));
        let word = ["", "", "doubled", "tripled", "quadrupled"];
        // A number that may be a year is left alone.
        prop_assume!(!(1900..=2100).contains(&(from * times)) && !(1900..=2100).contains(&(from * (times + 1))));
        let text = |times: u32, word: &str| format!("Visits {word} to {} from {from}.", from * times);
        if times <= 4 {
            let said = word[times as usize];
            prop_assert_eq!(flagged(&text(times, said)), Vec::<String>::new(), "{}", text(times, said));
            prop_assert!(!flagged(&text(times + 1, said)).is_empty(), "{}", text(times + 1, said));
        }
    }

    #[test]
    fn conversions(
        (phrasing, factor) in prop::sample::select(&[
            ("两座车站相距{a}英里（约{b}公里）。", 1.609_344),
            ("全线长{a}公里，约合{b}英里。", 0.621_371),
            ("果园占地{a}公顷（约{b}亩）。", 15.0),
            ("货物重{a}磅（约{b}公斤）。", 0.453_592),
            ("水深{a}英尺（约{b}米）。", 0.3048),
            ("The road is {a} miles ({b} kilometers) long.", 1.609_344),
            ("They cleared {a} acres ({b} hectares) of scrub.", 0.404_686),
            ("It weighs {a} kilograms, or {b} pounds.", 2.204_623),
            ("The wall is {a} feet ({b} meters) high.", 0.3048),
            ("The {a}-mile ({b}-kilometer) race starts here.", 1.609_344),
            ("The {a}-square-yard ({b}-square-meter) hall is full.", 0.836_127),
        ][..]),
        (amount, decimals) in (11u32..900, 0usize..2),
        more in any::<bool>(),
    ) {
        let text = |by: f64| put(phrasing, &amount.to_string(), &shown(by, decimals, false), "");
        let right = f64::from(amount) * factor;
        prop_assert_eq!(flagged(&text(right)), Vec::<String>::new(), "{}", text(right));
        // Each number is rounded at its last digit that is not zero, one at a time.
        prop_assume!(!amount.is_multiple_of(10));
        let wrong = if more { right * 1.6 + 3.0 } else { right * 0.5 };
        let wrong = if (wrong.round() as u32).is_multiple_of(10) { wrong + 1.0 } else { wrong };
        prop_assert!(flagged(&text(wrong)).contains(&"unit-conversion".to_owned()), "{}", text(wrong));
    }

    #[test]
    fn scores(
        phrasing in prop::sample::select(&[
            "港城队{b}获胜，上半场{a}。",
            "港城队上半场{a}领先，最终{b}获胜。",
            "The Gulls won {b} after it was {a} at half-time.",
            "The Gulls led {a} at the break and won {b}.",
        ][..]),
        (first, second) in (1u32..5, 0u32..5),
        (one, two) in (0u32..4, 0u32..4),
        off in 1u32..3,
    ) {
        let joint = if phrasing.is_ascii() { "-" } else { "比" };
        let tally = |one: u32, two: u32| format!("{one}{joint}{two}");
        let (one, two) = (one + first, two + second);
        // Who won has the more, and stands first.
        prop_assume!(one > two);
        let text = |half: &str| put(phrasing, half, &tally(one, two), "");
        let half = text(&tally(first, second));
        prop_assert_eq!(flagged(&half), Vec::<String>::new(), "{}", half);
        let half = text(&tally(one.max(two) + off, second));
        prop_assert!(flagged(&half).contains(&"half-time".to_owned()), "{}", half);
    }
}
