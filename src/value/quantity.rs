//! Quantities: a number of some unit, measured or counted; also of two units, as in 5 feet 10 inches and 1米75.

use super::edges::{Edges, chars, each_digit, owned};
use super::numeral::{self, plain_digits, word_ends};
use super::unit::{COUNTED, MEASURED, UnitWord, words_at};
use super::{Dimension, Input, Number, Quantity, Read, Unit, Value, figure};
use std::sync::LazyLock;

/// Units of which a smaller one may follow, as in 5 ft 10 in, with the smaller one.
const LARGER: &[(&str, &str)] = &[("ft", "in"), ("lb", "oz"), ("st", "lb"), ("m", "cm"), ("yd", "ft"), ("mi", "yd")];

/// What quantities begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let mut heads = figure::heads();
        heads.extend(owned(PARTS.iter().map(|(words, _)| *words)));
        let mut tails: Vec<String> = each_digit().chain(figure::hedges_behind()).collect();
        tails.extend(owned(COUNTED.iter().map(|(word, _)| *word)));
        // A symbol of one or two letters stands behind a figure, or a space or hyphen behind it.
        let before = || each_digit().chain(chars(" -½¼¾")).chain(numeral::tails());
        for word in MEASURED.iter().flat_map(|written| written.words) {
            match word.len() {
                1 | 2 => tails.extend(before().map(|before| format!("{before}{word}"))),
                _ => tails.push((*word).to_owned()),
            }
        }
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a quantity. A unit that may mean several gives several readings, in the order of the table.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let (end, number) = amount(input, at)?;
    let (end, units) = units_at(input, end)?;
    let (end, number) = smaller(input, end, number, units.first()?).unwrap_or((end, number));
    let (end, amount) = figure::behind(input, end, number);
    let values = units.into_iter().map(|unit| Value::Quantity(Quantity { amount, unit })).collect();
    (end <= input.end).then_some(Read { end, values })
}

/// What the first numbers of ranges begin and end with.
pub(super) fn range_edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| Edges::of(figure::heads(), figure::tails()));
    &EDGES
}

/// Reads the first number of a range, with the unit that stands behind its second one: the 20 of 20-30 miles.
pub(super) fn read_range_start(input: Input<'_>, at: usize) -> Option<Read> {
    let first = figure::read(input, at)?;
    let joint = ["-", "–", "—", "~", " to ", " and ", "至", "到", " - "]
        .into_iter()
        .find(|joint| input.text[first.end..input.end].starts_with(joint))?;
    // The second number stands behind a dash, where no plain number may begin.
    let from = first.end + joint.len();
    let alone = Input { text: &input.text[from..], lower: &input.lower[from..], end: input.end - from };
    let second = figure::read(alone, 0)?;
    let (_, units) = units_at(alone, second.end)?;
    let values = units.into_iter().map(|unit| Value::Quantity(Quantity { amount: first.number, unit })).collect();
    Some(Read { end: first.end, values })
}

/// Reads the second number of a range with its unit: the 30 miles of 20-30 miles.
pub(super) fn read_range_end(input: Input<'_>, at: usize) -> Option<Read> {
    let joint = ["-", "–", "—", "~", "至", "到"].into_iter().find(|joint| input.text[..at].ends_with(joint))?;
    if !input.text[..at - joint.len()].ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Behind a dash no plain quantity may begin.
    let alone = Input { text: &input.text[at..], lower: &input.lower[at..], end: input.end - at };
    let read = read(alone, 0)?;
    Some(Read { end: at + read.end, values: read.values })
}

/// The number of a quantity: a figure, with a fraction behind it (1 1/4, 7-1/2), or words such as "half a".
fn amount(input: Input<'_>, at: usize) -> Option<(usize, Number)> {
    if input.text[at..input.end].starts_with(|c: char| c.is_ascii_alphabetic()) {
        let inside = input.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        let part = PARTS.iter().find(|(words, _)| input.lower[at..input.end].starts_with(words));
        if let (false, Some((words, value))) = (inside, part) {
            return Some((at + words.len(), fraction(*value, *value / 2.0)));
        }
    }
    let figure = figure::read(input, at)?;
    let rest = &input.lower[figure.end..input.end];
    if let Some((words, value)) = HALVES.iter().find(|(words, _)| rest.starts_with(words)) {
        return Some((figure.end + words.len(), fraction(figure.number.value + value, value / 2.0)));
    }
    if !figure.digits {
        return Some((figure.end, figure.number));
    }
    // 1/2 mile, 1 1/4 inches, 7-1/2 miles.
    let digit_before = input.text[..figure.end].ends_with(|c: char| c.is_ascii_digit());
    let (start, whole) = match rest.chars().next() {
        Some('/') if digit_before => (figure.end - 1, 0.0),
        Some(' ' | '-') => (figure.end + 1, figure.number.value),
        _ => return Some((figure.end, figure.number)),
    };
    let one_digit = |at: usize| input.text[at..input.end].chars().next()?.to_digit(10).map(f64::from);
    let slash = input.text.get(start + 1..start + 2) == Some("/");
    if slash
        && let (Some(upper), Some((end, lower, 0))) = (one_digit(start), plain_digits(input.text, start + 2))
        && (whole > 0.0 || figure.number.value == upper)
        && [2.0, 3.0, 4.0, 5.0, 8.0, 16.0].contains(&lower)
        && upper < lower
        && end <= input.end
    {
        return Some((end, fraction(whole + upper / lower, 0.5 / lower)));
    }
    Some((figure.end, figure.number))
}

/// Amounts in words that only stand before a unit.
const PARTS: &[(&str, f64)] = &[
    ("half a ", 0.5),
    ("a half ", 0.5),
    ("a half-", 0.5),
    ("half-a-", 0.5),
    ("a quarter of a ", 0.25),
    ("a quarter ", 0.25),
    ("a quarter-", 0.25),
    ("three-quarters of a ", 0.75),
    ("three quarters of a ", 0.75),
    ("a ", 1.0),
    ("an ", 1.0),
];
/// Halves and quarters behind a whole number.
const HALVES: &[(&str, f64)] = &[
    (" and a half", 0.5),
    ("-and-a-half", 0.5),
    (" 1/2", 0.5),
    ("-1/2", 0.5),
    ("½", 0.5),
    ("¼", 0.25),
    ("¾", 0.75),
    (" and a quarter", 0.25),
    (" and three-quarters", 0.75),
];

fn fraction(value: f64, coarse: f64) -> Number {
    Number { coarse, ..Number::exact(value) }
}

/// A smaller unit behind a larger one: 10 inches, 4 oz, the 75 of 1米75, the 2 of 6-foot-2.
fn smaller(input: Input<'_>, at: usize, number: Number, unit: &Unit) -> Option<(usize, Number)> {
    let (_, small) = LARGER.iter().find(|(large, _)| *large == unit.symbol)?;
    let small = MEASURED.iter().map(|written| &written.unit).find(|unit| unit.symbol == *small)?;
    let rest = &input.lower[at..input.end];
    let joint = [", ", " and ", " ", "-", ""].into_iter().find(|joint| rest.starts_with(joint))?;
    let from = at + joint.len();
    let (digits, count, decimals) = plain_digits(input.text, from)?;
    let ratio = small.factor / unit.factor;
    if digits > input.end || count * ratio >= 1.0 {
        return None;
    }
    let named = units_at(input, digits).filter(|(_, units)| units.iter().any(|unit| unit.symbol == small.symbol));
    let end = match named {
        Some((end, _)) => end,
        // 1米75, 6-foot-2
        None if decimals == 0
            && (unit.symbol == "m"
                && digits - from == 2
                && joint.is_empty()
                && rest.starts_with(|c: char| c.is_ascii_digit())
                || unit.symbol == "ft" && joint == "-")
            && word_ends(input.lower, digits) =>
        {
            digits
        }
        None => return None,
    };
    let step = 10f64.powi(-decimals);
    Some((end, fraction(number.value + count * ratio, step * ratio / 2.0)))
}

/// The units that the longest word at a place stands for.
fn units_at(input: Input<'_>, at: usize) -> Option<(usize, Vec<&'static Unit>)> {
    let rest = &input.lower[at..input.end];
    let first = rest.chars().next()?;
    let mut best: (usize, Vec<&'static Unit>) = (0, Vec::new());
    let mut take = |length: usize, unit: &'static Unit| {
        if length > best.0 {
            best = (length, vec![unit]);
        } else if length == best.0 && unit.dimension != Dimension::Count {
            best.1.push(unit);
        }
    };
    let ascii = first.is_ascii();
    // English units stand behind a space or a hyphen, symbols also right behind the digits.
    let skipped = usize::from(ascii && (first == ' ' || first == '-'));
    let measured = |from: usize| words_at(&rest.as_bytes()[from..]).iter().filter(|known| !known.counted);
    // A few symbols are listed with the space before them.
    let after_space = measured(0).filter(|_| skipped > 0 && first == ' ').map(|known| (0, known));
    let units = after_space.chain(measured(skipped).map(|known| (skipped, known)));
    for (from, UnitWord { word, unit, .. }) in units {
        let ends = |end: usize| !word.is_ascii() || word_ends(rest, end);
        if (word.is_ascii() == ascii || word.starts_with('°'))
            && rest[from..].starts_with(word)
            && ends(from + word.len())
        {
            take(from + word.len(), unit);
        }
    }
    if !ascii {
        for UnitWord { word, unit, .. } in words_at(rest.as_bytes()).iter().filter(|known| known.counted) {
            if rest.starts_with(word) && !part_of_word(word, &rest[word.len()..]) {
                take(word.len(), unit);
            }
        }
    }
    (best.0 > 0).then(|| (at + best.0, best.1))
}
/// Words that begin with a measure word and are none: 国家, 人民币, 名列, 度假, 个百分点 …
fn part_of_word(word: &str, after: &str) -> bool {
    let starts = |words: &[&str]| words.iter().any(|w| after.starts_with(w));
    match word {
        "个" => starts(&["百分点", "月", "小时", "工作日", "星期", "交易日"]),
        "人" => starts(&["民币", "均"]),
        "名" => starts(&["列"]),
        "国" => starts(&["家", "际", "内"]),
        "场" => starts(&["馆"]),
        "部" => starts(&["分", "门"]),
        "家" => starts(&["庭"]),
        "节" => starts(&["目"]),
        "班" => starts(&["级"]),
        "次" => starts(&["日", "年"]),
        _ => false,
    }
}
