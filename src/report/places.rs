//! Lines and columns of many offsets of one text, found in a single pass over it.

use crate::text::{Before, Position};

/// The places of the offsets asked for, in the order of the offsets.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// What of the file stands before the text.
    pub(super) before: Before,
    known: Vec<(usize, Position)>,
}

impl Places {
    /// Finds the places of `offsets` in `text`. A file may be one line of many megabytes, so the text is walked once
    /// for all of them and no further than the last.
    pub(super) fn new(text: &str, before: Before, offsets: impl Iterator<Item = usize>) -> Places {
        let mut offsets: Vec<usize> = offsets.map(|offset| floor(text, offset)).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let (mut at, mut line, mut column) = (0, before.lines + 1, 1);
        let bytes = text.as_bytes();
        let mut known = Vec::with_capacity(offsets.len());
        for offset in offsets {
            for here in at..offset {
                let byte = bytes[here];
                if byte == b'\n' || (byte == b'\r' && bytes.get(here + 1) != Some(&b'\n')) {
                    line += 1;
                    column = 1;
                } else if byte & 0xC0 != 0x80 {
                    // Every byte that does not continue a character begins one.
                    column += 1;
                }
            }
            at = offset;
            known.push((offset, Position { line, column }));
        }
        Places { before, known }
    }

    /// The place of an offset that was asked for; of another one, the place of the last before it.
    pub(super) fn of(&self, offset: usize) -> Position {
        let after = self.known.partition_point(|(known, _)| *known <= offset);
        after.checked_sub(1).map_or(Position { line: self.before.lines + 1, column: 1 }, |at| self.known[at].1)
    }
}

/// The start of the character that holds this byte; the end of the text for anything beyond it.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_line_index(text in "[a\r\n阿é]{0,40}", offsets in prop::collection::vec(0usize..90, 0..6)) {
            let places = Places::new(&text, Before::default(), offsets.iter().copied());
            let lines = LineIndex::new(&text);
            for offset in offsets {
                let offset = floor(&text, offset);
                prop_assert_eq!(places.of(offset), lines.position(&text, offset));
            }
        }
    }
}
