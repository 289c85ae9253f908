//! Rows of fixed size and text, read from a section in place.

use super::Section;
use jiff::civil::Date;

/// A section of rows of `N` bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows<const N: usize> {
    section: Section,
}

/// One row, copied out: its fields stand at fixed offsets.
#[derive(Clone, Copy)]
pub(crate) struct Row<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> Rows<N> {
    pub(crate) fn new(section: Section) -> Rows<N> {
        Rows { section }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.section.len() / N
    }

    /// A row; all zero beyond the end, so that a damaged number leads nowhere.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Row<N> {
        let bytes = at.checked_mul(N).and_then(|start| self.section.get(start, start + N));
        Row(bytes.and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N]))
    }

    /// The rows of a range, as far as they exist.
    #[inline]
    pub(crate) fn range(&self, start: u32, end: u32) -> impl Iterator<Item = Row<N>> + '_ {
        (start as usize..(end as usize).min(self.len())).map(|at| self.get(at))
    }

    /// The rows of a short range at once; none if it goes beyond the end.
    #[inline]
    pub(crate) fn slice(&self, start: u32, end: u32) -> impl Iterator<Item = Row<N>> + '_ {
        let bytes = self.section.get(start as usize * N, end as usize * N).unwrap_or_default();
        bytes.as_chunks::<N>().0.iter().map(|bytes| Row(*bytes))
    }

    /// First row for which `before` is false, where rows for which it is true come first.
    pub(crate) fn partition_point(&self, before: impl Fn(Row<N>) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl<const N: usize> Row<N> {
    #[inline]
    fn bytes<const M: usize>(&self, at: usize) -> [u8; M] {
        let mut out = [0; M];
        out.copy_from_slice(&self.0[at..at + M]);
        out
    }

    #[inline]
    pub(crate) fn u8(&self, at: usize) -> u8 {
        self.0[at]
    }

    #[inline]
    pub(crate) fn u16(&self, at: usize) -> u16 {
        u16::from_le_bytes(self.bytes(at))
    }

    #[inline]
    pub(crate) fn u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.bytes(at))
    }

    #[inline]
    pub(crate) fn i32(&self, at: usize) -> i32 {
        i32::from_le_bytes(self.bytes(at))
    }

    #[inline]
    pub(crate) fn u64(&self, at: usize) -> u64 {
        u64::from_le_bytes(self.bytes(at))
    }
}

/// A section of text: words are found by where they begin and how long they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    section: Section,
}

impl Text {
    pub(crate) fn new(section: Section) -> Text {
        Text { section }
    }

    /// The words at a place; "" if the place lies beyond the end or cuts a character.
    pub(crate) fn get(&self, start: u32, length: u32) -> &str {
        let (start, length) = (start as usize, length as usize);
        let bytes = self.section.get(start, start.saturating_add(length)).unwrap_or_default();
        simdutf8::basic::from_utf8(bytes).unwrap_or_default()
    }
}

/// A day as a number that keeps the order of days.
pub(crate) fn day_number(day: Date) -> i32 {
    if day == Date::MAX {
        return i32::MAX;
    }
    i32::from(day.year()) * 512 + i32::from(day.month()) * 32 + i32::from(day.day())
}

/// The day of a number; the first day there is for a number that is none.
pub(crate) fn day_of(number: i32) -> Date {
    if number == i32::MAX {
        return Date::MAX;
    }
    let (year, month, day) = (number.div_euclid(512), number.rem_euclid(512) / 32, number.rem_euclid(32));
    i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, day as i8).ok()).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_keep_their_order(a in 0i32..7_304_483, b in 0i32..7_304_483) {
            let day = |n: i32| Date::MIN.checked_add(jiff::Span::new().days(n)).unwrap();
            let (x, y) = (day(a), day(b));
            prop_assert_eq!(day_of(day_number(x)), x);
            prop_assert_eq!(day_number(x).cmp(&day_number(y)), x.cmp(&y));
        }
    }

    #[test]
    fn the_ends_of_time_survive() {
        assert_eq!(day_of(day_number(Date::MIN)), Date::MIN);
        assert_eq!(day_of(day_number(Date::MAX)), Date::MAX);
    }
}
