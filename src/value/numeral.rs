//! Numerals: digits, Chinese numerals and English number words, with their magnitudes.

use super::edges;

/// A numeral without its approximators.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    /// One past its last byte.
    pub(super) end: usize,
    pub(super) value: f64,
    /// Half a unit of the last digit written, if the numeral is rounded: it has decimals or a magnitude (1.82万).
    pub(super) half: f64,
    /// Half a unit of the last digit that is not zero.
    pub(super) coarse: f64,
    /// Written in ASCII digits, at least at its head.
    pub(super) digits: bool,
    /// Holds a magnitude word.
    pub(super) scaled: bool,
}

/// Chinese magnitudes, longest first.
const MAGNITUDES: &[(&str, f64)] = &[
    ("万亿", 1e12),
    ("千亿", 1e11),
    ("百亿", 1e10),
    ("十亿", 1e9),
    ("千万", 1e7),
    ("百万", 1e6),
    ("十万", 1e5),
    ("亿", 1e8),
    ("万", 1e4),
    ("千", 1e3),
    ("百", 1e2),
];

/// English magnitudes after a number; the short ones stand right behind digits or after a space.
const ENGLISH: &[(&str, f64)] = &[
    (" lakh crore", 1e12),
    (" crores", 1e7),
    (" crore", 1e7),
    (" lakhs", 1e5),
    (" lakh", 1e5),
    (" trillion", 1e12),
    (" billion", 1e9),
    (" million", 1e6),
    (" thousand", 1e3),
    ("-million", 1e6),
    ("-billion", 1e9),
    (" bln", 1e9),
    (" mln", 1e6),
    (" bn", 1e9),
    ("bn", 1e9),
    ("tn", 1e12),
];

/// Characters of Chinese that a numeral is written with.
const CHINESE: &str = "零〇○一二三四五六七八九两十百千廿卅万亿";
/// What number words are multiplied by.
const GREAT: [&str; 6] = ["dozen", "hundred", "thousand", "million", "billion", "trillion"];

/// Everything that a numeral begins with.
pub(super) fn heads() -> Vec<String> {
    let words = ONES.iter().chain(&TENS).copied().chain(["half a ", "an "]).chain(["a d", "a h", "a t", "a m", "a b"]);
    edges::each_digit().chain(edges::chars(CHINESE)).chain(words.map(str::to_owned)).collect()
}

/// Everything that a numeral ends with.
pub(super) fn tails() -> Vec<String> {
    let words = ONES.iter().chain(&TENS).chain(&GREAT).copied().chain(ENGLISH.iter().map(|(word, _)| *word));
    edges::each_digit().chain(edges::chars(CHINESE)).chain(words.map(str::to_owned)).collect()
}

/// Reads the numeral that begins at `at`.
pub(super) fn read(text: &str, lower: &str, at: usize) -> Option<Numeral> {
    let first = text[at..].chars().next()?;
    if first.is_ascii_digit() {
        return digits(text, lower, at);
    }
    if first.is_ascii_alphabetic() {
        return words(lower, at);
    }
    chinese(text, at)
}

/// ASCII digits with separators and decimals; gives the end, the value and the count of decimals.
pub(super) fn plain_digits(text: &str, at: usize) -> Option<(usize, f64, i32)> {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = at + run(at);
    if end == at {
        return None;
    }
    if end - at <= 3 {
        end = indian_groups(bytes, at, end).unwrap_or(end);
        while bytes.get(end) == Some(&b',') && run(end + 1) == 3 {
            end += 4;
        }
    }
    let mut decimals = 0;
    if bytes.get(end) == Some(&b'.') && run(end + 1) > 0 {
        decimals = run(end + 1);
        end += 1 + decimals;
    }
    let value = text[at..end].replace(',', "").parse().ok()?;
    Some((end, value, decimals as i32))
}

/// The end of the groups of two digits in 1,50,000 and 12,34,56,789, where one of three follows.
fn indian_groups(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let group = |from: usize, digits: usize| {
        bytes.get(from) == Some(&b',')
            && bytes[from + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count() == digits
    };
    let mut last = end;
    while end - at <= 2 && group(last, 2) {
        last += 3;
    }
    (last > end && group(last, 3)).then_some(last)
}

fn digits(text: &str, lower: &str, at: usize) -> Option<Numeral> {
    let (mut end, mut value, decimals) = plain_digits(text, at)?;
    let mut unit = 10f64.powi(-decimals);
    let mut scaled = false;
    // 1亿2000万 is one numeral; each magnitude must be smaller than the one before.
    let mut last_scale = f64::INFINITY;
    let (mut total, mut part) = (0.0, value);
    while let Some((word, scale)) = magnitude(text, end).filter(|(_, scale)| *scale < last_scale) {
        total += part * scale;
        unit *= scale;
        scaled = true;
        last_scale = scale;
        end += word.len();
        part = 0.0;
        let Some((next, more, more_decimals)) = plain_digits(text, end) else { break };
        if more >= scale || (more_decimals > 0 && magnitude(text, next).is_none()) {
            break;
        }
        part = more;
        unit = 10f64.powi(-more_decimals);
        end = next;
    }
    if scaled {
        value = total + part;
    } else if let Some((word, scale)) =
        ENGLISH.iter().find(|(word, _)| lower[end..].starts_with(word) && word_ends(lower, end + word.len()))
    {
        value *= scale;
        unit *= scale;
        scaled = true;
        end += word.len();
    }
    let rounded = decimals > 0 || scaled;
    let half = if rounded { unit / 2.0 } else { 0.0 };
    Some(Numeral { end, value, half, coarse: coarse(value, unit), digits: true, scaled })
}

/// A Chinese magnitude at a place, unless it belongs to a unit (千瓦, 百分点).
fn magnitude(text: &str, at: usize) -> Option<(&'static str, f64)> {
    let rest = &text[at..];
    let (word, scale) = MAGNITUDES.iter().find(|(word, _)| rest.starts_with(word))?;
    let after = rest[word.len()..].chars().next();
    let of_unit = word.ends_with(['千', '百']) && after.is_some_and(|c| "瓦米克卡赫分帕伏兆".contains(c));
    (!of_unit).then_some((*word, *scale))
}

/// Half a unit of the last digit that is not zero, the trailing zeros of a whole number taken as rounded away.
fn coarse(value: f64, unit: f64) -> f64 {
    let mut step = unit;
    while value != 0.0 && step < value.abs() && ((value / (step * 10.0)).fract()).abs() < 1e-9 {
        step *= 10.0;
    }
    step / 2.0
}

fn digit(c: char) -> Option<f64> {
    let at = "零一二三四五六七八九".chars().position(|d| d == c);
    match c {
        '〇' | '○' => Some(0.0),
        '两' => Some(2.0),
        _ => at.map(|at| at as f64),
    }
}

fn place(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1000.0),
        _ => None,
    }
}

/// Chinese numerals: digit by digit (二〇二六), with places (一百零五), with magnitudes (两万三千), 廿 and 卅.
fn chinese(text: &str, at: usize) -> Option<Numeral> {
    let (mut total, mut section, mut current) = (0.0, 0.0, None::<f64>);
    let (mut places, mut count, mut scaled) = (false, 0, false);
    let mut end = at;
    let mut row = String::new();
    for (offset, c) in text[at..].char_indices() {
        let here = at + offset;
        if let Some(value) = digit(c) {
            row.push(char::from_digit(value as u32, 10)?);
            if current.is_some() && places && current != Some(0.0) {
                break;
            }
            current = Some(value);
        } else if let Some(place) = place(c) {
            let of_unit = matches!(c, '千' | '百')
                && text[here + c.len_utf8()..].starts_with(['瓦', '米', '克', '卡', '赫', '分', '帕']);
            if of_unit || row.len() > 1 && !places {
                break;
            }
            section += current.filter(|value| *value > 0.0).unwrap_or(1.0) * place;
            current = None;
            places = true;
        } else if let Some(value) =
            [('廿', 20.0), ('卅', 30.0)].iter().find(|(word, _)| *word == c).map(|(_, value)| value)
        {
            section += value;
            places = true;
        } else if let ('万' | '亿', true) = (c, count > 0) {
            let scale = if c == '万' { 1e4 } else { 1e8 };
            section += current.take().unwrap_or(0.0);
            if section == 0.0 {
                break;
            }
            total = if c == '亿' { (total + section) * scale } else { total + section * scale };
            section = 0.0;
            places = true;
            scaled = true;
        } else {
            break;
        }
        count += 1;
        end = here + c.len_utf8();
        if count > 24 {
            return None;
        }
    }
    if count == 0 {
        return None;
    }
    let positional = !places && row.len() > 1;
    // 四五时 is four or five o'clock: two digits in a row are a guess, not a numeral.
    if positional && row.len() == 2 && !row.contains('0') {
        return None;
    }
    let value = if positional { row.parse().ok()? } else { total + section + current.unwrap_or(0.0) };
    // 三点五, but not the 三点 of a clock.
    if let Some(fraction) = text[end..].strip_prefix('点') {
        let digits: String = fraction.chars().map_while(digit).map(|d| (d as u8 + b'0') as char).collect();
        let length: usize = fraction.chars().map_while(|c| digit(c).map(|_| c.len_utf8())).sum();
        let clock = fraction[length..].starts_with(['分', '刻', '时']) || digits.len() > 3;
        if !digits.is_empty() && !clock && !positional {
            let part: f64 = format!("0.{digits}").parse().ok()?;
            let unit = 10f64.powi(-(digits.len() as i32));
            let end = end + '点'.len_utf8() + length;
            return Some(Numeral {
                end,
                value: value + part,
                half: unit / 2.0,
                coarse: unit / 2.0,
                digits: false,
                scaled,
            });
        }
    }
    Some(Numeral { end, value, half: 0.0, coarse: coarse(value, 1.0), digits: false, scaled })
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// English number words: twenty-one, two hundred and five, a dozen, half a million.
fn words(lower: &str, at: usize) -> Option<Numeral> {
    for (phrase, value) in [("half a million", 5e5), ("half a billion", 5e8), ("half a dozen", 6.0)] {
        if lower[at..].starts_with(phrase) && word_ends(lower, at + phrase.len()) {
            return Some(whole(at + phrase.len(), value, 0.0));
        }
    }
    let (mut total, mut section, mut end, mut read) = (0.0, 0.0, at, false);
    let mut half = 0.0;
    loop {
        let from = if read { after_joint(lower, end)? } else { at };
        let length = lower[from..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = &lower[from..from + length];
        let small = ONES.iter().position(|w| *w == word).map(|n| n as f64);
        let tens = TENS.iter().position(|w| *w == word).map(|n| (n as f64 + 2.0) * 10.0);
        let next = from + length;
        match word {
            "a" | "an" if !read => {
                // "a" is one only before a magnitude: a dozen, a hundred.
                let follows = ["dozen", "hundred", "thousand", "million", "billion"];
                let rest = lower[next..].strip_prefix(' ')?;
                if !follows.iter().any(|w| rest.starts_with(w) && word_ends(rest, w.len())) {
                    return None;
                }
                section = 1.0;
            }
            "dozen" if section > 0.0 => section *= 12.0,
            "hundred" if section > 0.0 => section *= 100.0,
            "thousand" | "million" | "billion" | "trillion" if section > 0.0 => {
                let scale = match word {
                    "thousand" => 1e3,
                    "million" => 1e6,
                    "billion" => 1e9,
                    _ => 1e12,
                };
                total += section * scale;
                section = 0.0;
                half = if scale >= 1e6 { scale / 2.0 } else { 0.0 };
            }
            _ => match small.or(tens) {
                // Two plain words in a row (one two) are no numeral; tens take a unit, hundreds take anything.
                Some(value) if section == 0.0 || section % 100.0 == 0.0 || (section % 10.0 == 0.0 && value < 10.0) => {
                    section += value;
                    half = 0.0;
                }
                _ => return read.then(|| whole(end, total + section, half)),
            },
        }
        if !word_ends(lower, next) {
            return read.then(|| whole(end, total + section, half));
        }
        end = next;
        read = true;
        if after_joint(lower, end).is_none() {
            return Some(whole(end, total + section, half));
        }
    }
}

fn whole(end: usize, value: f64, half: f64) -> Numeral {
    Numeral { end, value, half, coarse: coarse(value, 1.0), digits: false, scaled: half > 0.0 }
}

/// Where the next word of a numeral may begin: after a hyphen, a space, or "and".
fn after_joint(lower: &str, end: usize) -> Option<usize> {
    let rest = &lower[end..];
    let skipped =
        if rest.starts_with(" and ") && (lower[..end].ends_with("hundred") || lower[..end].ends_with("thousand")) {
            5
        } else if rest.starts_with(['-', ' ']) {
            1
        } else {
            return None;
        };
    let next = &rest[skipped..];
    let length = next.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &next[..length];
    let known = ONES.contains(&word) || TENS.contains(&word) || GREAT.contains(&word);
    (known && word_ends(next, length)).then_some(end + skipped)
}

/// Whether no letter or digit of an alphabetic script goes on at `at`.
pub(super) fn word_ends(text: &str, at: usize) -> bool {
    !text[at..].chars().next().is_some_and(|c| c.is_ascii_alphanumeric())
}
