//! Sums of money: 18.6亿元, 200万美元, $4.2 billion, £590m, "17 dlrs".

use super::edges::{Edges, each_digit, owned};
use super::numeral::word_ends;
use super::{Input, Money, Number, Read, Value, figure};
use std::sync::LazyLock;

/// Signs and codes before the amount. A sign that several currencies share is a currency of its own.
const BEFORE: &[(&str, &str)] = &[
    ("hk$", "HKD"),
    ("us$", "USD"),
    ("nt$", "TWD"),
    ("nz$", "NZD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("s$", "SGD"),
    ("r$", "BRL"),
    ("mop$", "MOP"),
    ("$", "USD"),
    ("£", "GBP"),
    ("€", "EUR"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("฿", "THB"),
    ("₺", "TRY"),
    ("₫", "VND"),
    ("₱", "PHP"),
    ("₪", "ILS"),
    ("₦", "NGN"),
    ("¥", "¥"),
    ("rmb ", "CNY"),
    ("rmb", "CNY"),
    ("cny ", "CNY"),
    ("usd ", "USD"),
    ("eur ", "EUR"),
    ("jpy ", "JPY"),
    ("hkd ", "HKD"),
    ("rs. ", "rupee"),
    ("rs ", "rupee"),
    ("人民币", "CNY"),
    ("港币", "HKD"),
    ("新台币", "TWD"),
];

/// Words after the amount. Copy that says no more than dollars, rupees or crowns leaves open whose.
const AFTER: &[(&str, &str)] = &[
    ("元人民币", "CNY"),
    ("人民币", "CNY"),
    ("元", "CNY"),
    ("块钱", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("元港币", "HKD"),
    ("澳门元", "MOP"),
    ("澳门币", "MOP"),
    ("新台币", "TWD"),
    ("元新台币", "TWD"),
    ("台币", "TWD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("日圆", "JPY"),
    ("韩元", "KRW"),
    ("韩圆", "KRW"),
    ("韩币", "KRW"),
    ("俄罗斯卢布", "RUB"),
    ("卢布", "RUB"),
    ("印度卢比", "INR"),
    ("巴基斯坦卢比", "PKR"),
    ("斯里兰卡卢比", "LKR"),
    ("卢比", "rupee"),
    ("澳元", "AUD"),
    ("澳大利亚元", "AUD"),
    ("加元", "CAD"),
    ("加拿大元", "CAD"),
    ("新西兰元", "NZD"),
    ("纽元", "NZD"),
    ("新加坡元", "SGD"),
    ("新元", "SGD"),
    ("坡元", "SGD"),
    ("瑞士法郎", "CHF"),
    ("泰铢", "THB"),
    ("林吉特", "MYR"),
    ("令吉", "MYR"),
    ("马币", "MYR"),
    ("印尼盾", "IDR"),
    ("印尼卢比", "IDR"),
    ("越南盾", "VND"),
    ("菲律宾比索", "PHP"),
    ("墨西哥比索", "MXN"),
    ("阿根廷比索", "ARS"),
    ("智利比索", "CLP"),
    ("哥伦比亚比索", "COP"),
    ("比索", "peso"),
    ("雷亚尔", "BRL"),
    ("兰特", "ZAR"),
    ("土耳其里拉", "TRY"),
    ("里拉", "lira"),
    ("瑞典克朗", "SEK"),
    ("挪威克朗", "NOK"),
    ("丹麦克朗", "DKK"),
    ("捷克克朗", "CZK"),
    ("克朗", "crown"),
    ("兹罗提", "PLN"),
    ("福林", "HUF"),
    ("新谢克尔", "ILS"),
    ("谢克尔", "ILS"),
    ("阿联酋迪拉姆", "AED"),
    ("沙特里亚尔", "SAR"),
    ("埃及镑", "EGP"),
    ("奈拉", "NGN"),
    ("格里夫纳", "UAH"),
    ("坚戈", "KZT"),
    ("塔卡", "BDT"),
    ("德国马克", "DEM"),
    ("法国法郎", "FRF"),
    (" u.s. dollars", "USD"),
    (" us dollars", "USD"),
    (" american dollars", "USD"),
    (" hong kong dollars", "HKD"),
    (" new taiwan dollars", "TWD"),
    (" taiwan dollars", "TWD"),
    (" singapore dollars", "SGD"),
    (" australian dollars", "AUD"),
    (" canadian dollars", "CAD"),
    (" new zealand dollars", "NZD"),
    (" dollars", "dollar"),
    (" dollar", "dollar"),
    (" dlrs", "dollar"),
    (" euros", "EUR"),
    (" euro", "EUR"),
    (" pounds sterling", "GBP"),
    (" sterling", "GBP"),
    (" egyptian pounds", "EGP"),
    (" yen", "JPY"),
    (" yuan", "CNY"),
    (" renminbi", "CNY"),
    (" rmb", "CNY"),
    (" won", "KRW"),
    (" baht", "THB"),
    (" ringgit", "MYR"),
    (" rupiah", "IDR"),
    (" dong", "VND"),
    (" indian rupees", "INR"),
    (" pakistani rupees", "PKR"),
    (" sri lankan rupees", "LKR"),
    (" rupees", "rupee"),
    (" russian rubles", "RUB"),
    (" roubles", "RUB"),
    (" rubles", "RUB"),
    (" philippine pesos", "PHP"),
    (" mexican pesos", "MXN"),
    (" argentine pesos", "ARS"),
    (" chilean pesos", "CLP"),
    (" colombian pesos", "COP"),
    (" pesos", "peso"),
    (" reais", "BRL"),
    (" rand", "ZAR"),
    (" turkish lira", "TRY"),
    (" turkish liras", "TRY"),
    (" lira", "lira"),
    (" liras", "lira"),
    (" swedish crowns", "SEK"),
    (" swedish kronor", "SEK"),
    (" norwegian crowns", "NOK"),
    (" norwegian kroner", "NOK"),
    (" danish crowns", "DKK"),
    (" danish kroner", "DKK"),
    (" czech crowns", "CZK"),
    (" czech koruna", "CZK"),
    (" crowns", "crown"),
    (" kronor", "SEK"),
    (" kroner", "crown"),
    (" zlotys", "PLN"),
    (" zloty", "PLN"),
    (" forints", "HUF"),
    (" forint", "HUF"),
    (" shekels", "ILS"),
    (" uae dirhams", "AED"),
    (" dirhams", "dirham"),
    (" saudi riyals", "SAR"),
    (" qatari riyals", "QAR"),
    (" riyals", "riyal"),
    (" naira", "NGN"),
    (" kenyan shillings", "KES"),
    (" shillings", "shilling"),
    (" hryvnia", "UAH"),
    (" hryvnias", "UAH"),
    (" tenge", "KZT"),
    (" taka", "BDT"),
    (" swiss francs", "CHF"),
    (" french francs", "FRF"),
    (" german marks", "DEM"),
    (" deutsche marks", "DEM"),
    (" marks", "DEM"),
    (" francs", "franc"),
    (" stg", "GBP"),
];

/// What a sum is told by anywhere in it: of every sign and word above a part that all of its kin share, in both
/// languages. Codes that words end in have a digit behind them.
pub(super) const SIGNS_ANYWHERE: &[&str] = &[
    "$",
    "£",
    "€",
    "₩",
    "₹",
    "₽",
    "฿",
    "₺",
    "₫",
    "₱",
    "₪",
    "₦",
    "¥",
    "rmb",
    "cny ",
    "usd ",
    "eur ",
    "jpy ",
    "hkd ",
    "rs 0",
    "rs 1",
    "rs 2",
    "rs 3",
    "rs 4",
    "rs 5",
    "rs 6",
    "rs 7",
    "rs 8",
    "rs 9",
    "rs. ",
    "元",
    "币",
    "块钱",
    "美金",
    "圆",
    "镑",
    "卢布",
    "卢比",
    "法郎",
    "铢",
    "林吉特",
    "令吉",
    "盾",
    "比索",
    "雷亚尔",
    "兰特",
    "里拉",
    "克朗",
    "兹罗提",
    "福林",
    "谢克尔",
    "迪拉姆",
    "里亚尔",
    "奈拉",
    "格里夫纳",
    "坚戈",
    "塔卡",
    "马克",
    " dollar",
    " dlrs",
    " euro",
    "sterling",
    " pounds",
    " yen",
    " yuan",
    " renminbi",
    " won",
    " baht",
    " ringgit",
    " rupiah",
    " dong",
    " rupees",
    " rubles",
    " roubles",
    " pesos",
    " reais",
    " rand",
    " lira",
    " crowns",
    " kron",
    " koruna",
    " zloty",
    " forint",
    " shekels",
    " dirhams",
    " riyals",
    " naira",
    " shillings",
    " hryvnia",
    " tenge",
    " taka",
    " francs",
    " marks",
    " stg",
];

/// What sums begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let mut heads = figure::heads();
        heads.extend(owned(BEFORE.iter().map(|(sign, _)| *sign)));
        let mut tails = figure::tails();
        tails.extend(owned(AFTER.iter().map(|(word, _)| *word).chain([" m", "元"])));
        tails.extend(each_digit().flat_map(|digit| ["m", "b", "k"].map(|word| format!("{digit}{word}"))));
        tails.extend(figure::hedges_behind());
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a sum of money.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let rest = &input.lower[at..input.end];
    let sign = BEFORE.iter().filter(|(sign, _)| figure::begins(rest, sign)).max_by_key(|(sign, _)| sign.len());
    if let Some((sign, currency)) = sign {
        let inside = input.text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        if inside {
            return None;
        }
        // “Workers about ten …”: these letters end words, too, where a sum has digits.
        if sign.starts_with("rs") && !rest[sign.len()..].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let figure = figure::read(input, at + sign.len())?;
        let (mut end, amount) = short_magnitude(input, figure.end, figure.number);
        // 人民币100万元
        if !sign.is_ascii() && input.text[end..input.end].starts_with('元') {
            end += '元'.len_utf8();
        }
        return found(end, amount, currency);
    }
    let figure = figure::read(input, at)?;
    // A hedge may stand before the sign: about $5 million.
    let rest = &input.lower[figure.end..input.end];
    let stands = |word: &str| figure::begins(rest, word) && (!word.is_ascii() || word_ends(rest, word.len()));
    let (word, currency) = AFTER.iter().filter(|(word, _)| stands(word)).max_by_key(|(word, _)| word.len())?;
    let (end, amount) = figure::behind(input, figure.end + word.len(), figure.number);
    found(end, amount, currency)
}

/// £590m, $3bn, $1.2tn, $20k.
fn short_magnitude(input: Input<'_>, at: usize, number: Number) -> (usize, Number) {
    for (word, scale) in [("m", 1e6), ("b", 1e9), ("k", 1e3), (" m", 1e6)] {
        if input.lower[at..input.end].starts_with(word) && word_ends(input.lower, at + word.len()) {
            let mut scaled = number.scaled(scale);
            let half = scaled.coarse.min(scale / 2.0);
            if scaled.low == scaled.high {
                (scaled.low, scaled.high) = (scaled.value - half, scaled.value + half);
            }
            return (at + word.len(), scaled);
        }
    }
    (at, number)
}

fn found(end: usize, amount: Number, currency: &'static str) -> Option<Read> {
    Some(Read { end, values: vec![Value::Money(Money { amount, currency })] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sum_holds_a_sign() {
        for (word, _) in BEFORE.iter().chain(AFTER) {
            let word = if word.starts_with("rs") { format!("{word}5") } else { (*word).to_owned() };
            assert!(SIGNS_ANYWHERE.iter().any(|sign| word.contains(sign)), "{word}");
        }
    }
}
