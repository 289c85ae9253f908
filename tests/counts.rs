//! As `numbers`, for what is counted: so many each, the rest, averages, votes, sets, ranks, lists, temperatures, money in two
//! currencies, and sizes within their bounds.

use crate::numbers::{flagged, put, shown};
use proptest::prelude::*;

fn silent(text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(flagged(text), Vec::<String>::new(), "{}", text);
    Ok(())
}

fn found(rule: &str, text: &str) -> Result<(), TestCaseError> {
    prop_assert!(flagged(text).iter().any(|flagged| flagged == rule), "{} in {}", rule, text);
    Ok(())
}

/// Chinese numerals as lists are numbered.
const DIGITS: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const WORDS: [&str; 9] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn so_many_each(
        phrasing in prop::sample::select(&[
            "{a}个村各派出{b}名队员，共计{p}名。",
            "全校{a}个班，每班{b}人，共有{p}人参加。",
            "药房每盒{b}片，{a}盒共计{p}片。",
            "The {a} crews of {b} rowers each, a total of {p}, will start.",
            "Each of the {a} schools sent {b} pupils, for a total of {p}.",
        ][..]),
        (count, each) in (3u32..60, 11u32..60),
        off in 1u32..9,
        more in any::<bool>(),
    ) {
        // A number that ends in a nought may be a round one.
        prop_assume!(!count.is_multiple_of(10) && !each.is_multiple_of(10));
        let total = count * each;
        let text = |total: u32| put(phrasing, &count.to_string(), &each.to_string(), &total.to_string());
        silent(&text(total))?;
        let wrong = if more { total + off } else { total - off };
        prop_assume!(!wrong.is_multiple_of(10));
        found("each-total", &text(wrong))?;
    }

    #[test]
    fn the_rest(one in 3u32..200, other in 3u32..200, off in 1u32..9) {
        let text = |total: u32| format!("Of the {total} ferries, {one} were damaged and the other {other} were safe.");
        silent(&text(one + other))?;
        found("remainder", &text(one + other + off))?;
    }

    #[test]
    fn averages(
        phrasing in prop::sample::select(&[
            "车队{a}天行驶了{b}公里，平均每天行驶{p}公里。",
            "便道总投资{b}亿元，全长{a}公里，平均每公里造价{p}亿元。",
            "She rowed {b} kilometers in {a} days, an average of {p} kilometers a day.",
            "The {a}-mile canal cost ${b} million, or ${p} million a mile.",
        ][..]),
        (count, each) in (3u32..29, 21u32..300),
        (decimals, beyond) in (0usize..2, 1.2f64..4.0),
        less in any::<bool>(),
    ) {
        let text = |each: f64| put(phrasing, &count.to_string(), &(count * each_of(each)).to_string(), &shown(each, decimals, false));
        fn each_of(each: f64) -> u32 {
            each.round() as u32
        }
        silent(&text(f64::from(each)))?;
        let wrong = if less { f64::from(each) / beyond } else { f64::from(each) * beyond };
        let text = put(phrasing, &count.to_string(), &(count * each).to_string(), &shown(wrong, 1, false));
        found("average", &text)?;
    }

    #[test]
    fn votes(
        phrasing in prop::sample::select(&[
            "动议以{1}票赞成、{2}票反对、{3}票弃权获得通过，共有{t}名代表投票。",
            "动议获得通过，赞成{1}票、反对{2}票、弃权{3}票，共有{t}人参加表决。",
        ][..]),
        (yes, no, abstained) in (100u32..900, 2u32..90, 2u32..90),
        off in 1u32..30,
    ) {
        let text = |total: u32| {
            let text = phrasing.replace("{1}", &yes.to_string()).replace("{2}", &no.to_string());
            text.replace("{3}", &abstained.to_string()).replace("{t}", &total.to_string())
        };
        silent(&text(yes + no + abstained))?;
        found("vote-sum", &text(yes + no + abstained + off))?;
    }

    #[test]
    fn seats(no in 5u32..49, absent in 0u32..9, over in 1u32..9) {
        let text = |yes: u32| format!("The U.S. Senate voted {yes}-{no} to confirm her.");
        silent(&text(100 - no - absent))?;
        found("vote-count", &text(100 - no + over))?;
        let text = |yes: u32| format!("安理会以{yes}票赞成、{}票反对通过了决议。", no % 5);
        silent(&text(15 - no % 5))?;
        found("vote-count", &text(15 - no % 5 + over))?;
    }

    #[test]
    fn moves(
        (phrasing, rises) in prop::sample::select(&[
            ("港股午后下跌{a}点，跌幅{p}%，报{b}点。", false),
            ("指数收于{b}点，上涨{a}点，涨幅{p}%。", true),
            ("The index fell {a} points, or {p} percent, to {b}.", false),
            ("Harbour Lines rose ${a}, or {p} percent, to ${b}.", true),
        ][..]),
        (before, by) in (2_101u32..30_000, 11u32..900),
        beyond in 1.3f64..9.0,
        decimals in 1usize..3,
    ) {
        prop_assume!(by < before / 2);
        let after = if rises { before + by } else { before - by };
        let text = |percent: f64| put(phrasing, &by.to_string(), &after.to_string(), &shown(percent, decimals, false));
        let percent = f64::from(by) / f64::from(before) * 100.0;
        silent(&text(percent))?;
        found("change-by", &text(percent * beyond + 0.3))?;
    }

    #[test]
    fn closed_percentages(
        phrasing in prop::sample::select(&[
            "调查中赞成的占{1}%，反对的占{2}%，未表态的占{3}%。",
            "对食堂满意的占{1}%，基本满意的占{2}%，不满意的占{3}%。",
            "The poll found {1}% in favour, {2}% against and {3}% undecided.",
        ][..]),
        (one, other) in (30u32..60, 11u32..30),
        off in 3u32..20,
    ) {
        let text = |rest: u32| {
            let text = phrasing.replace("{1}", &one.to_string()).replace("{2}", &other.to_string());
            text.replace("{3}", &rest.to_string())
        };
        // Rounding may make 99 or 101 of them.
        for slack in 0..3 {
            silent(&text(99 + slack - one - other))?;
        }
        found("percent-sum", &text(100 + off - one - other))?;
    }

    #[test]
    fn lists(length in 2usize..7, off in 1usize..3, more in any::<bool>()) {
        let said = |said: usize| DIGITS[said];
        let wrong = if more || length <= off + 1 { length + off } else { length - off };
        let things = ["修路", "架桥", "通水", "植树", "建校", "办厂", "养鱼"];
        let points: Vec<String> = (0..length).map(|at| format!("{}是{}", DIGITS[at + 1], things[at])).collect();
        let text = |count: usize| format!("县里提出{}点要求：{}。", said(count), points.join("，"));
        silent(&text(length))?;
        found("list-count", &text(wrong))?;
        let joined = format!("{}和{}", things[..length - 1].join("、"), things[length - 1]);
        let text = |count: usize| format!("县里抓好{}个重点领域：{joined}。", said(count));
        silent(&text(length))?;
        found("list-length", &text(wrong))?;
        if length > 2 {
            let things = ["cost", "timing", "safety", "weather", "noise", "politics", "habit"];
            let joined = format!("{} and {}", things[..length - 1].join(", "), things[length - 1]);
            let text = |count: usize| format!("She gave {} reasons: {joined}.", WORDS[count]);
            silent(&text(length))?;
            found("list-length", &text(wrong))?;
        }
    }

    #[test]
    fn ranks(top in prop::sample::select(&[5u32, 8, 10, 20, 50][..]), at in 1u32..100) {
        let text = format!("这家船厂的产量排名第{at}位，首次跻身全国前{top}名。");
        if at <= top { silent(&text)? } else { found("rank-top", &text)? }
    }

    #[test]
    fn winners(less in 0u32..90, ahead in 1u32..40) {
        let more = less + ahead;
        // A score of 60-something may be a number of strokes, and no team has as many goals as that.
        silent(&format!("港城队以{more}比{less}战胜山城队。"))?;
        found("winner-score", &format!("港城队以{less}比{more}战胜山城队。"))?;
        silent(&format!("The Gulls beat Riverside {more}-{less} on Sunday night."))?;
        found("winner-score", &format!("The Gulls beat Riverside {less}-{more} on Sunday night."))?;
    }

    #[test]
    fn temperatures(celsius in -30i32..45, off in 4i32..40, more in any::<bool>()) {
        prop_assume!(celsius % 10 != 0 && celsius > 0);
        let fahrenheit = |celsius: f64| (celsius * 1.8 + 32.0).round() as i32;
        let text = |f: i32| format!("昨天午后是{celsius}摄氏度（{f}华氏度）。");
        let right = fahrenheit(f64::from(celsius));
        silent(&text(right))?;
        let wrong = if more { right + off } else { right - off };
        // A difference of so many degrees is another reading, and a number that ends in a nought may be round.
        let difference = f64::from(celsius) * 1.8;
        prop_assume!(wrong % 10 != 0 && (f64::from(wrong) - difference).abs() > 2.0 && wrong > 0);
        found("temperature-conversion", &text(wrong))?;
        let text = |f: f64| format!("过去百年当地平均气温上升了{celsius}摄氏度（{f:.1}华氏度）。");
        silent(&text(difference))?;
        found("temperature-difference", &text(difference + 32.0))?;
    }

    #[test]
    fn rates_of_exchange(millions in 11u32..900, rate in 6.3f64..7.3) {
        prop_assume!(!millions.is_multiple_of(10));
        let yuan = f64::from(millions) * rate;
        let text = |yuan: f64| format!("2024年3月5日，合同金额{millions}万美元（约合{yuan:.0}万元人民币）。");
        silent(&text(yuan))?;
        found("currency-conversion", &text(yuan * 10.0))?;
        found("currency-conversion", &text(yuan / 10.0))?;
    }

    #[test]
    fn scales(tenths in 11u32..990) {
        prop_assume!(!tenths.is_multiple_of(10));
        let hundreds = f64::from(tenths) / 10.0;
        let text = |billions: f64| format!("园区总投资{hundreds:.1}亿元人民币（{billions:.2} billion yuan），明年开工。");
        silent(&text(hundreds / 10.0))?;
        found("scale", &text(hundreds))?;
        found("scale", &text(hundreds / 100.0))?;
    }

    #[test]
    fn sizes(
        (phrasing, least, most, rule) in prop::sample::select(&[
            ("去年全国粮食总产量达到{p}亿吨，再获丰收。", 5.0, 7.5, "figure-size"),
            ("年末我国外汇储备规模为{p}万亿美元，保持稳定。", 2.0, 4.0, "figure-size"),
            ("The world population reached {p} billion by then.", 5.5, 8.4, "figure-size"),
            ("The Nile is {p} kilometers long and feeds ten countries.", 6600.0, 6900.0, "known-measure"),
            ("青藏铁路全长{p}公里，穿越高原。", 1100.0, 1980.0, "known-measure"),
            ("德国国内生产总值约{p}万亿美元，居欧洲首位。", 2.0, 5.0, "country-product"),
            ("浙江常住人口{p}万，居全国第八。", 5100.0, 6900.0, "region-size"),
            ("Iceland has a population of {p} million, mostly in the southwest.", 0.3, 0.4, "population"),
            ("昨夜海域发生{p}级地震，沿海有震感。", 2.1, 9.0, "quake-size"),
            ("寻人启事写道，走失者身高{p}米，穿黑色外套。", 1.1, 2.2, "person-size"),
        ][..]),
        at in 0.0f64..1.0,
        slip in prop::sample::select(&[100.0, 1000.0][..]),
    ) {
        let right = least + at * (most - least);
        let text = |size: f64| put(phrasing, "", "", &if size >= 1000.0 { format!("{size:.0}") } else { format!("{size:.2}") });
        silent(&text(right))?;
        found(rule, &text(right * slip))?;
    }

    #[test]
    fn halves(from in 20u32..900, at in 0.42f64..0.58, far in 0.65f64..0.95) {
        let to = |share: f64| (f64::from(from) * share).round() as u32;
        let text = |to: u32| format!("They reduced the crew by half, from {from} to {to}.");
        silent(&text(to(at)))?;
        found("halved", &text(to(far)))?;
    }
}
