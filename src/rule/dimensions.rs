//! Slots of different dimensions that an expression compares or adds. In an expression both are plain numbers, so a trial on
//! samples tells nothing of it, and neither does an article: the rule would speak of kilograms that are less than kilometres.

use crate::value::Dimension;
use std::ops::Range;

/// Two things that cannot be compared, and where in the expression they are.
pub(super) struct Clash<'s> {
    pub(super) one: (&'s str, Dimension),
    pub(super) other: (&'s str, Dimension),
    pub(super) at: Range<usize>,
}

/// What may not stand between a mass and a length.
const SAME: &[&str] = &["<", "<=", ">", ">=", "==", "!=", "+", "-"];

/// The first clash in an expression: of two slots side by side, or of a slot that alone gives the value of another one.
pub(super) fn clash<'s>(
    source: &'s str,
    expected: Option<(&'s str, Dimension)>,
    dimension_of: impl Fn(&str) -> Option<Dimension>,
) -> Option<Clash<'s>> {
    let tokens = tokens(source);
    let text = |at: usize| tokens.get(at).map_or("", |range| &source[range.clone()]);
    // What is multiplied, divided, called or asked for a part of itself has another dimension, or none.
    let changed_after = |at: usize| matches!(text(at + 1), "*" | "/" | "//" | "**" | "(" | "." | "|" | "[" | "~");
    let changed_before = |at: usize| at > 0 && matches!(text(at - 1), "*" | "/" | "//" | "**" | "." | "~");
    let slot = |at: usize| {
        let dimension = dimension_of(text(at)).filter(|_| !changed_after(at) && !changed_before(at))?;
        Some((text(at), dimension))
    };
    let sides = (0..tokens.len()).find_map(|at| {
        let (one, other) = (slot(at)?, slot(at + 2)?);
        (SAME.contains(&text(at + 1)) && differ(one.1, other.1)).then(|| Clash {
            one,
            other,
            at: tokens[at].start..tokens[at + 2].end,
        })
    });
    let alone = || {
        let (one, other) = (expected?, slot(0)?);
        (matches!(text(1), "" | "if") && differ(one.1, other.1)).then(|| Clash { one, other, at: tokens[0].clone() })
    };
    sides.or_else(alone)
}

/// A rise of temperature may be added to a temperature.
fn differ(one: Dimension, other: Dimension) -> bool {
    let plain = |of| if of == Dimension::TemperatureChange { Dimension::Temperature } else { of };
    plain(one) != plain(other)
}

/// Names, numbers, strings and signs, one after the other.
fn tokens(source: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let run = |of: &dyn Fn(char) -> bool| rest.chars().take_while(|c| of(*c)).map(char::len_utf8).sum::<usize>();
        let length = match first {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            c if c.is_alphanumeric() || c == '_' => run(&|c| c.is_alphanumeric() || c == '_'),
            '<' | '>' | '=' | '!' | '*' | '/' => run(&|c| matches!(c, '<' | '>' | '=' | '!' | '*' | '/')),
            c => c.len_utf8(),
        };
        out.push(at..at + length);
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str, expected: Option<&str>) -> Option<String> {
        let of = |name: &str| match name {
            "kg" => Some(Dimension::Mass),
            "km" | "mile" => Some(Dimension::Length),
            "t" => Some(Dimension::Temperature),
            "rise" => Some(Dimension::TemperatureChange),
            _ => None,
        };
        let expected = expected.and_then(|name| Some((name, of(name)?)));
        clash(source, expected, of).map(|clash| source[clash.at].to_owned())
    }

    #[test]
    fn only_what_is_compared_as_it_is_clashes() {
        assert_eq!(told("kg <= km", None).as_deref(), Some("kg <= km"));
        assert_eq!(told("n > 2 and km + kg < 5", None).as_deref(), Some("km + kg"));
        assert_eq!(told("kg if n is defined", Some("km")).as_deref(), Some("kg"));
        for fine in [
            "km <= mile",
            "kg * 2 <= km",
            "2 * kg < km",
            "km / kg > kg / km",
            "t + rise < t",
            "ratio(kg, km)",
            "written.kg == km",
            "'kg < km'",
        ] {
            assert_eq!(told(fine, None), None, "{fine}");
        }
        assert_eq!(told("mile", Some("km")), None);
        assert_eq!(told("ratio(kg, mile)", Some("km")), None);
    }
}
