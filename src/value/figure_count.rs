//! How many figures may stand in a text at most, so that what needs several is not looked for where there are fewer.

use super::value_type::TYPES;
use crate::text::{Beside, Edge, EdgeBuilder};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What values that are told by a figure begin with.
static BEGINNINGS: LazyLock<Edge> = LazyLock::new(|| {
    let types = TYPES.iter().filter(|ty| ty.has_figure());
    let parts: BTreeSet<&[u8]> = types.flat_map(|ty| (ty.edges)().begins.parts.iter().map(Vec::as_slice)).collect();
    let mut builder = EdgeBuilder::start();
    builder.push(parts.into_iter(), true);
    builder.finish()
});

/// The places in a text of ASCII lower case where values that are told by a figure may begin, up to `most` of them. Two
/// values that do not overlap never begin at one of them.
pub(crate) fn count_figures(lower: &str, most: usize) -> usize {
    let bytes = lower.as_bytes();
    let begins = |at: &usize| {
        let goes_on = |before: u8| match bytes[*at] {
            byte if byte.is_ascii_digit() => before.is_ascii_digit(),
            byte if byte.is_ascii_lowercase() => before.is_ascii_alphanumeric(),
            // No character begins inside another.
            byte => (0x80..0xC0).contains(&byte),
        };
        !at.checked_sub(1).is_some_and(|before| goes_on(bytes[before])) && BEGINNINGS.admits(Beside::after(bytes, *at))
    };
    (0..bytes.len()).filter(begins).take(most).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Input, figure_starts};
    use proptest::prelude::*;

    #[test]
    fn words_without_figures_have_none() {
        assert_eq!(count_figures("zebra, kiwi", 9), 0);
        assert!(count_figures("3 kiwi, 12 zebra, $4.5", 9) >= 3);
        assert_eq!(count_figures("3 kiwi, 12 zebra", 9), 2);
        assert_eq!(count_figures("3 kiwi, 12 zebra", 1), 1);
    }

    proptest! {
        #[test]
        fn no_figure_is_missed(text in "([0-9]{1,3}|[a-z]|two|twelve | |,|三|百|万|人|\\$|half a |about ){0,12}") {
            let input = Input { text: &text, lower: &text, end: text.len() };
            prop_assert!(count_figures(&text, usize::MAX) >= figure_starts(input, 0).len());
        }
    }
}
