//! Plain numbers: 157, 3.5万, 三十一, "a dozen"; not the digits of dates, ranges, scores, codes or percentages.

use super::edges::Edges;
use super::{Input, Read, Value, figure};
use std::sync::LazyLock;

/// What numbers begin and end with.
pub(super) fn edges() -> &'static Edges {
    static EDGES: LazyLock<Edges> = LazyLock::new(|| {
        let heads = figure::heads();
        let tails = figure::tails();
        Edges::of(heads, tails)
    });
    &EDGES
}

/// Reads a number.
pub(super) fn read(input: Input<'_>, at: usize) -> Option<Read> {
    let figure = figure::read(input, at)?;
    let rest = &input.text[figure.end..input.end];
    if !ends_alone(rest, figure.digits) {
        return None;
    }
    Some(Read { end: figure.end, values: vec![Value::Number(figure.number)] })
}

/// Whether what follows leaves the number a plain one.
fn ends_alone(rest: &str, digits: bool) -> bool {
    let mut chars = rest.chars();
    let Some(next) = chars.next() else { return true };
    let after = chars.next();
    let digit_after = after.is_some_and(|c| c.is_ascii_digit());
    match next {
        '%' | '‰' | '℃' | '°' => false,
        c if c.is_ascii_digit() => false,
        c if c.is_ascii_alphabetic() && digits => false,
        '-' | ':' | '/' | '.' | ',' => !digit_after,
        '—' | '~' if digits => !digit_after,
        '个' => !rest.starts_with("个百分点"),
        '成' => rest.starts_with("成员") || rest.starts_with("成功"),
        '分' => !rest.starts_with("分之"),
        // 3至5名 is a range.
        '至' | '到' => !digit_after,
        _ => true,
    }
}
