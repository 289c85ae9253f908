//! Known names in a passage, each place looked up once: the patterns around one anchor ask for the same places.

use crate::fact::{KindId, NameIndex, Uses};
use crate::text::Span;
use std::cell::Cell;

/// Places that are remembered: a power of two, about as many bytes as patterns look at around their anchor.
const PLACES: usize = 1024;

/// A known name at a place, with every way to read it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub(super) span: Span,
    /// Its number in the index.
    pub(super) number: u32,
    pub(super) uses: Uses<'a>,
}

/// What was found out about places of the text that is being read.
#[derive(Debug)]
pub struct NameMemo {
    /// Which text it is: answers of an earlier one do not count.
    text: Cell<u32>,
    /// Answers without and with the names that do not hide others.
    tables: [Tables; 2],
}

#[derive(Debug)]
struct Tables {
    /// The longest name that begins at a place.
    starts: Box<[Cell<Answer>]>,
    /// The name that ends at a place.
    ends: Box<[Cell<Answer>]>,
    /// Whether a name runs across a place.
    across: Box<[Cell<Answer>]>,
}

/// An answer about a place: the distance to the other end and the number of a name, or that there is none. Small, since
/// the tables are read at every anchor.
#[derive(Clone, Copy, Debug, Default)]
struct Answer {
    text: u32,
    at: u32,
    number: u32,
    length: u16,
    found: bool,
}

impl Default for NameMemo {
    fn default() -> NameMemo {
        let table = || vec![Cell::new(Answer::default()); PLACES].into();
        let tables = || Tables { starts: table(), ends: table(), across: table() };
        NameMemo { text: Cell::new(0), tables: [tables(), tables()] }
    }
}

impl NameMemo {
    /// Forgets everything: another text is read now.
    pub fn forget(&self) {
        // After four billion texts an answer about the first of them could be taken for one about this; both would have
        // to be about the same place, which was not asked about in between.
        self.text.set(self.text.get().wrapping_add(1).max(1));
    }

    /// The answer about `at` in a table: how far the other end of a name is, and its number.
    fn answer(
        &self,
        table: &[Cell<Answer>],
        at: usize,
        find: impl FnOnce() -> Option<(usize, u32)>,
    ) -> Option<(usize, u32)> {
        let cell = &table[at % PLACES];
        let known = cell.get();
        if known.text == self.text.get() && known.at == at as u32 {
            return known.found.then_some((usize::from(known.length), known.number));
        }
        let found = find();
        let (length, number) = found.unwrap_or_default();
        // A name beyond 64 kilobytes is no name.
        if let Ok(length) = u16::try_from(length) {
            cell.set(Answer { text: self.text.get(), at: at as u32, number, length, found: found.is_some() });
        }
        found
    }
}

/// The names of a passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a> {
    pub(super) index: &'a NameIndex,
    pub(super) text: &'a str,
    /// The same in ASCII lower case.
    pub(super) lower: &'a str,
    pub(super) passage: Span,
    pub(super) memo: &'a NameMemo,
    /// Names that do not hide others count too.
    pub(super) all: bool,
}

impl<'a> Names<'a> {
    /// The longest known name that begins at `at`, whatever its kind.
    pub(super) fn beginning_at(&self, at: usize) -> Option<Found<'a>> {
        let (end, number) = self.longest_at(at)?;
        Some(self.found(Span::new(at, end), number))
    }

    fn found(&self, span: Span, number: u32) -> Found<'a> {
        Found { span, number, uses: self.index.uses_of(number, span.of(self.text)) }
    }

    fn tables(&self) -> &'a Tables {
        &self.memo.tables[usize::from(self.all)]
    }

    fn longest_at(&self, at: usize) -> Option<(usize, u32)> {
        // Looking back, most places lie inside words, and remembering that of each would cost more than seeing it.
        if inside_word(self.lower.as_bytes(), at) {
            return None;
        }
        let find = || {
            let (end, number) = self.index.longest_at(self.text, self.lower, at, self.passage.end, self.all)?;
            Some((end - at, number))
        };
        let (length, number) = self.memo.answer(&self.tables().starts, at, find)?;
        Some((at + length, number))
    }

    /// The known name that ends exactly at `end`: the earliest start decides, and no known name may run across `end` but
    /// one that this and the next name cover.
    pub(super) fn ending_at(&self, end: usize) -> Option<Found<'a>> {
        let find = || {
            let at = self.earliest_start(end);
            let mut best = None;
            for (offset, _) in self.text[at..end].char_indices() {
                let Some((until, value)) = self.longest_at(at + offset) else { continue };
                let name = if until > end {
                    let shorter = self.covered(at + offset, end, until, best.is_some())?;
                    shorter.map(|value| (end - at - offset, value))
                } else {
                    (until == end).then_some((end - at - offset, value))
                };
                best = best.or(name);
            }
            best
        };
        let (length, number) = self.memo.answer(&self.tables().ends, end, find)?;
        Some(self.found(Span::new(end - length, end), number))
    }

    /// The longest name of a kind that hides nothing and begins at `at`: longer ones of other such kinds do not hide it
    /// either, those of all other kinds do.
    pub(super) fn of_kind_beginning_at(&self, kind: KindId, at: usize) -> Option<Found<'a>> {
        let (end, number) = self.index.longest_of_kind(kind, self.text, self.lower, at, self.passage.end)?;
        let hidden = Names { all: false, ..*self }.longest_at(at).is_some_and(|(longer, _)| longer > end);
        (!hidden).then(|| self.found(Span::new(at, end), number))
    }

    /// The same of the name that ends at `end`.
    pub(super) fn of_kind_ending_at(&self, kind: KindId, end: usize) -> Option<Found<'a>> {
        let hiding = Names { all: false, ..*self };
        let from = self.earliest_start(end);
        let starts = || self.text[from..end].char_indices().map(|(offset, _)| from + offset);
        if hiding.cross(end) {
            return None;
        }
        let named = |start: usize| {
            let found = self.index.longest_of_kind(kind, self.text, self.lower, start, end);
            found.filter(|(until, _)| *until == end).map(|(_, number)| (start, number))
        };
        let (start, number) = starts().find_map(named)?;
        let hidden = starts()
            .take_while(|other| *other < start)
            .any(|other| hiding.longest_at(other).is_some_and(|(until, _)| until == end));
        (!hidden).then(|| self.found(Span::new(start, end), number))
    }

    /// Whether the names on both sides of a border cover one that runs across it, from `start` to `end`; `ended` tells
    /// that an earlier name ends there, else one that begins at `start` must, whose number is given. In 江西南昌 there is
    /// no 西南, and in 美国务卿 no 美国; in 南非洲 there is an 非洲, since no name goes on behind 南非.
    fn covered(&self, start: usize, border: usize, end: usize, ended: bool) -> Option<Option<u32>> {
        // Titles and other words that hide no names go on behind a border too.
        let (until, _) = Names { all: true, ..*self }.longest_at(border)?;
        if ended {
            return (until >= end).then_some(None);
        }
        let (_, shorter) = self
            .index
            .longest_at(self.text, self.lower, start, border, self.all)
            .filter(|(until, _)| *until == border)?;
        (until > end).then_some(Some(shorter))
    }

    /// Whether a known name begins before `at` and runs across it, one that the names on both sides cover left out.
    pub(super) fn cross(&self, at: usize) -> bool {
        let find = || {
            let from = self.earliest_start(at);
            let starts = self.text[from..at].char_indices().map(|(offset, _)| from + offset);
            let starts =
                starts.filter(|start| !ends_date(&self.text[self.passage.start..], start - self.passage.start));
            let mut ended = false;
            let mut names = starts.filter_map(|start| Some((start, self.longest_at(start)?.0)));
            let across = names.find(|(start, end)| {
                ended |= *end == at;
                *end > at && self.covered(*start, at, *end, ended).is_none()
            });
            across.map(|_| (0, 0))
        };
        self.memo.answer(&self.tables().across, at, find).is_some()
    }

    /// The earliest place at which a name that reaches `end` can begin: no further back than the longest name, and not
    /// before a mark that no name holds.
    fn earliest_start(&self, end: usize) -> usize {
        let mut from = end.saturating_sub(self.index.longest()).max(self.passage.start);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let mut next = None;
        for (at, c) in self.text[from..end].char_indices().rev() {
            // A comma inside a name has a space behind it (Washington, D.C.), one of Chinese text has none.
            let comma = c == ',' && next.is_some_and(|next| next != ' ');
            if comma || matches!(c, '。' | '、' | ';' | '!' | '?' | '“' | '”' | '《' | '》') {
                return from + at + c.len_utf8();
            }
            next = Some(c);
        }
        from
    }
}

/// Whether letters or digits of ASCII stand on both sides of a place.
#[inline]
fn inside_word(bytes: &[u8], at: usize) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && letter(bytes.get(at)) && letter(bytes.get(at - 1))
}

/// Whether the character at a place is the 日 of a date with its month: in 3月2日元宵 and 2月3日立春 stand neither yen
/// (日元) nor Hitachi (日立).
fn ends_date(text: &str, at: usize) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    text[at..].starts_with('日') && text[..at].ends_with(number) && text[..at].trim_end_matches(number).ends_with('月')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::index_for_tests as index;

    #[test]
    fn names_on_both_sides_cover_one_that_runs_across() {
        let index = index(&["河南", "南平", "平遥古城", "南非", "非洲", "美", "美国", "国务卿"]);
        let memo = NameMemo::default();
        let names = |text: &'static str| {
            memo.forget();
            Names { index: &index, text, lower: text, passage: Span::new(0, text.len()), memo: &memo, all: true }
        };
        let at = "在河南".len();
        assert_eq!(names("在河南平遥古城").ending_at(at).map(|found| found.span), Some(Span::new(3, at)));
        assert!(!names("在河南平遥古城").cross(at));
        assert!(names("在河南平桥").ending_at(at).is_none());
        assert!(names("在南非洲").ending_at("在南非".len()).is_none());
        assert!(names("在南非洲").cross("在南非".len()));
        let at = "与美".len();
        assert_eq!(names("与美国务卿").ending_at(at).map(|found| found.span), Some(Span::new(3, at)));
        assert!(!names("与美国务卿").cross(at));
        assert!(names("与美国务").ending_at(at).is_none());
    }

    #[test]
    fn looking_back_the_longer_name_decides() {
        let index = index(&["德", "西德", "首都机场", "中国首都", "日元"]);
        let memo = NameMemo::default();
        let names = |text: &'static str| {
            memo.forget();
            Names { index: &index, text, lower: text, passage: Span::new(0, text.len()), memo: &memo, all: true }
        };
        let text = "在西德首都";
        assert_eq!(names(text).ending_at("在西德".len()).unwrap().span.of(text), "西德");
        assert!(names("中国首都机场").cross("中国".len()));
        assert!(!names("中国,首都机场").cross("中国,".len()));
        let both = names("在西德首都机场");
        assert_eq!(both.ending_at("在西德".len()).map(|found| found.span.of("在西德首都机场")), Some("西德"));
        assert!(names("两百日元宵").cross("两百日".len()));
        assert!(!names("3月2日元宵").cross("3月2日".len()));
    }
}
