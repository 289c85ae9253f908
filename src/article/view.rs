//! The folded view of an article: the text that patterns are matched on, with the way back to the file.

use super::flow::{self, Flow};
use super::offset_map::OffsetMap;
use super::{Annotation, Article, Role, hyphen};
use crate::text::{Folded, Lang, Span, fold_char, is_chinese, stays};

/// A stretch of the view that is read as one text: a block, or blocks joined where a paragraph runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Bytes of the view's text.
    pub span: Span,
    /// Role of its first block.
    pub role: Role,
    /// Language by script, else the article's.
    pub lang: Lang,
}

/// An article's text, folded. Passages are kept apart by a line break, which nothing else in it is.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The folded text.
    pub text: String,
    /// The same with ASCII letters in lower case; offsets agree.
    pub lower: String,
    /// Its passages in order.
    pub passages: Vec<Passage>,
    /// What markup says of its words.
    pub annotations: Vec<Annotation>,
    map: OffsetMap,
}

impl View {
    /// Folds an article of `source`.
    pub fn new(source: &str, article: &Article) -> View {
        let mut view = View::default();
        let size: usize = article.blocks.iter().flat_map(|block| &block.pieces).map(|piece| piece.len()).sum();
        view.text.reserve(size + article.blocks.len());
        for Flow { role, blocks } in flow::passages(source, article) {
            let start = view.text.len();
            let mut folder = Folder { view: &mut view, source, start, space: Space::None, quoted: false };
            for (nth, block) in blocks.into_iter().enumerate() {
                folder.block(&article.blocks[block].pieces, nth > 0);
            }
            let span = Span::new(start, view.text.len());
            if span.is_empty() {
                continue;
            }
            let lang = Lang::of_script(span.of(&view.text)).unwrap_or(article.lang);
            view.passages.push(Passage { span, role, lang });
            view.text.push('\n');
        }
        view.lower = view.text.to_ascii_lowercase();
        view.annotations = article.annotations.iter().filter_map(|one| one.in_view(&view)).collect();
        view
    }

    /// The places in the file that a span of the view stands for, in reading order: one piece, or several where the
    /// span runs on into another block.
    pub fn to_source(&self, source: &str, span: Span) -> Vec<Span> {
        let first = self.map.joins.partition_point(|join| *join <= span.start);
        let inside = self.map.joins[first..].iter().copied().take_while(|join| *join < span.end);
        let mut pieces = Vec::new();
        let mut start = span.start;
        for end in inside.chain([span.end]) {
            if start < end {
                pieces.push(Span::new(self.map.source(start), self.source_end(source, end)));
            }
            start = end;
        }
        if pieces.is_empty() {
            pieces.push(Span::new(self.map.source(span.start), self.map.source(span.start)));
        }
        pieces
    }

    /// Whether the copy has something under a span, such as a space between Chinese words, that the view leaves out.
    pub fn leaves_out(&self, span: Span) -> bool {
        let first = self.map.deltas.partition_point(|(from, _)| *from <= span.start);
        let mut delta = first.checked_sub(1).map_or(0, |at| self.map.deltas[at].1);
        for (_, next) in self.map.deltas[first..].iter().take_while(|(from, _)| *from < span.end) {
            if *next > delta {
                return true;
            }
            delta = *next;
        }
        false
    }

    /// Where the words of a span of the file stand in the view: from the first to the last that it shows.
    pub(super) fn of_source(&self, span: Span) -> Option<Span> {
        let whole = self.map.view(span, self.text.len())?;
        let on_borders = self.text.is_char_boundary(whole.start) && self.text.is_char_boundary(whole.end);
        on_borders.then_some(whole)
    }

    /// The end in the file of the character that ends at `end` in the view.
    fn source_end(&self, source: &str, end: usize) -> usize {
        let last = self.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        let from = self.map.source(last);
        let length = match self.map.runs.binary_search_by_key(&last, |(at, _)| *at) {
            Ok(at) => self.map.runs[at].1,
            Err(_) => source[from..].chars().next().map_or(0, char::len_utf8),
        };
        from + length
    }
}

/// White space that has been read and not yet written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    None,
    /// Blanks and line breaks: they go where Chinese stands beside them.
    Loose {
        at: usize,
        end: usize,
    },
    /// With a tab: it keeps columns apart.
    Firm {
        at: usize,
        end: usize,
    },
}

struct Folder<'a> {
    view: &'a mut View,
    source: &'a str,
    /// Where the passage begins in the view.
    start: usize,
    space: Space,
    /// Whether a straight quote that comes now closes.
    quoted: bool,
}

impl Folder<'_> {
    fn block(&mut self, pieces: &[Span], joined: bool) {
        let first = pieces.first().copied().unwrap_or_default();
        let divided = joined && self.ends_in_a_hyphen(first);
        if divided && self.view.text.ends_with('-') {
            self.view.text.pop();
        } else if joined && !divided {
            // Within an alphabetic script the two lines are two words; the space has no place of its own in the file.
            self.see_space(first.start, first.start, false);
        }
        if joined {
            self.view.map.joins.push(usize::MAX);
        }
        for (nth, piece) in pieces.iter().enumerate() {
            let words = piece.of(self.source);
            let lead = if divided && nth == 0 { words.len() - words.trim_start().len() } else { 0 };
            self.piece(Span::new(piece.start + lead, piece.end));
        }
        if let Space::Loose { .. } | Space::Firm { .. } = self.space
            && !joined
        {
            self.space = Space::None;
        }
        // A join whose block held nothing to write is none.
        while self.view.map.joins.last() == Some(&usize::MAX) {
            self.view.map.joins.pop();
        }
        self.space = Space::None;
    }

    fn piece(&mut self, piece: Span) {
        let mut at = piece.start;
        while at < piece.end {
            let run = plain_run(&self.source[at..piece.end]);
            if run > 0 {
                self.copy(at, at + run);
                at += run;
            } else {
                at = self.character(at, piece.end);
            }
        }
    }

    /// Folds the character at `at`, with what belongs to it, and returns where the text goes on.
    fn character(&mut self, at: usize, limit: usize) -> usize {
        if let &[0xEF, b @ 0xBC..=0xBD, c, ..] = &self.source.as_bytes()[at..limit] {
            // Full-width forms of ASCII, which Chinese copy is punctuated with: U+FF01 to U+FF5E.
            let point = u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
            if let (1..=0x5E, Some(folded)) = (point - 0xF00, char::from_u32(point - 0xF00 + 0x20))
                && folded != '"'
            {
                self.write(folded, at, at + 3);
                return at + 3;
            }
        }
        let mut rest = self.source[at..limit].char_indices().peekable();
        let Some((_, c)) = rest.next() else { return limit };
        let mut end = at + c.len_utf8();
        if let Some(behind) = hyphen::line_end(c, &self.source[end..limit])
            && self.space == Space::None
            && hyphen::divides(&self.view.text[self.start..], behind)
        {
            return limit - behind.trim_start().len();
        }
        let next = rest.peek().map(|(_, next)| *next);
        let is_spaced = c == '–' && self.space != Space::None;
        let is_dash = c == '-' && next == Some('-')
            || is_spaced && hyphen::is_parenthetical(&self.view.text[self.start..], &self.source[end..limit]);
        let folded = if is_dash { Folded::Dash } else { fold_char(c) };
        match folded {
            Folded::To('"') => {
                let directed = if self.quoted { '”' } else { '“' };
                self.quoted = !self.quoted;
                self.write(directed, at, end);
            }
            Folded::To(c) => self.write(c, at, end),
            Folded::Space => self.see_space(at, end, c == '\t'),
            Folded::Dash | Folded::Ellipsis => {
                for (offset, more) in rest {
                    let goes_on = fold_char(more) == folded || fold_char(more) == Folded::Nothing;
                    if !(goes_on || folded == Folded::Dash && more == '-') {
                        break;
                    }
                    end = at + offset + more.len_utf8();
                }
                self.write(if folded == Folded::Dash { '—' } else { '…' }, at, end);
            }
            Folded::Nothing => {}
        }
        end
    }

    /// Whether the text so far ends in a hyphen that divides a word, which goes on in the next block.
    fn ends_in_a_hyphen(&self, next: Span) -> bool {
        let text = &self.view.text[self.start..];
        // A soft hyphen is not written.
        let soft = || self.source[..next.start].trim_end().ends_with(hyphen::SOFT).then_some(text);
        let before = text.strip_suffix('-').or_else(soft);
        before.is_some_and(|before| hyphen::divides(before, next.of(self.source)))
    }

    fn see_space(&mut self, at: usize, end: usize, firm: bool) {
        let breaks = self.source[at..end].contains(['\n', '\r']);
        self.space = match self.space {
            Space::None if firm => Space::Firm { at, end },
            Space::None => Space::Loose { at, end },
            // A line break with its indent is a hard wrap, whatever the indent is made of.
            Space::Loose { at, .. } if firm && !self.source[at..end].contains(['\n', '\r']) => Space::Firm { at, end },
            Space::Loose { at, .. } => Space::Loose { at, end },
            Space::Firm { at, .. } if breaks => Space::Loose { at, end },
            Space::Firm { at, .. } => Space::Firm { at, end },
        };
    }

    /// Writes a character that stands for `at..end` of the file.
    fn write(&mut self, c: char, at: usize, end: usize) {
        let here = self.begin(c, at);
        if end - at != width(self.source.as_bytes()[at]) {
            self.view.map.runs.push((here, end - at));
        }
        self.view.text.push(c);
    }

    /// Copies a run of characters that stay as they are.
    fn copy(&mut self, start: usize, end: usize) {
        let run = &self.source[start..end];
        let Some(first) = run.chars().next() else { return };
        self.begin(first, start);
        self.view.text.push_str(run);
    }

    /// Settles what stands before `c`, which is written next for what begins at `at`; returns where that will be.
    fn begin(&mut self, c: char, at: usize) -> usize {
        if self.space != Space::None {
            self.write_space(c);
        }
        let here = self.view.text.len();
        if let Some(join) = self.view.map.joins.last_mut().filter(|join| **join == usize::MAX) {
            *join = here;
        }
        self.view.map.note(here, at);
        here
    }

    /// Writes the space that was read before `c`, unless Chinese stands beside it.
    fn write_space(&mut self, c: char) {
        let before = self.view.text[self.start..].chars().next_back();
        let (from, until, keep) = match self.space {
            Space::None => (0, 0, false),
            Space::Firm { at, end } => (at, end, true),
            Space::Loose { at, end } => (at, end, !(before.is_some_and(is_chinese) || is_chinese(c))),
        };
        self.space = Space::None;
        if keep && before.is_some() {
            let here = self.view.text.len();
            self.view.map.note(here, from);
            if until - from != 1 {
                self.view.map.runs.push((here, until - from));
            }
            self.view.text.push(' ');
        }
    }
}

/// Bytes of a character, from its first.
fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

/// How many bytes at the head of a text are characters that folding leaves as they are, a single space between two
/// words of ASCII among them: nearly all of most copy, and it is copied in one go.
fn plain_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        // Most of Chinese copy, and most of other copy: the two inner loops.
        while let [a @ 0xE3..=0xE9, b, c, ..] = &bytes[at..]
            && stays(*a, *b, *c)
        {
            at += 3;
        }
        let start = at;
        while let Some(byte) = bytes.get(at) {
            let stays = PLAIN[usize::from(*byte)] || {
                let between = |next: Option<&u8>| next.is_some_and(|next| (b'!'..0x7F).contains(next));
                match byte {
                    b' ' => at > 0 && between(bytes.get(at - 1)) && between(bytes.get(at + 1)),
                    b'-' => !matches!(bytes.get(at + 1), Some(b'-' | b'\n' | b'\r')),
                    _ => false,
                }
            };
            if !stays {
                break;
            }
            at += 1;
        }
        match &bytes[at..] {
            [0xE2, 0x80, 0x9C..=0x9D, ..] => at += 3,
            [0xE3..=0xE9, ..] if at > start => {}
            _ => return at,
        }
    }
}

/// Printed ASCII that folding leaves as it is, whatever stands beside it.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b'!';
    while byte < 0x7F {
        plain[byte as usize] = byte != b'"' && byte != b'-';
        byte += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Block;
    use crate::text::{Script, fold_literal};
    use proptest::prelude::*;

    /// An article whose blocks are the lines of a text, all paragraphs.
    fn article(source: &str) -> Article {
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in source.split('\n') {
            if !line.trim().is_empty() {
                let role = if line.starts_with('▲') { Role::Caption } else { Role::Paragraph };
                blocks.push(Block { role, pieces: vec![Span::new(start, start + line.len())] });
            }
            start += line.len() + 1;
        }
        Article {
            title: None,
            date: None,
            place: None,
            lang: Lang::ZH,
            script: Script::Plain,
            blocks,
            annotations: Vec::new(),
        }
    }

    fn pieces<'s>(source: &'s str, words: &str) -> Vec<&'s str> {
        let view = View::new(source, &article(source));
        let at = view.text.find(words).unwrap_or_else(|| panic!("{words} is not in {:?}", view.text));
        view.to_source(source, Span::new(at, at + words.len())).into_iter().map(|piece| piece.of(source)).collect()
    }

    #[test]
    fn spans_map_back_exactly() {
        assert_eq!(pieces("船隊駛離挪威首都 馬斯 喀特。", "马斯喀特"), ["馬斯 喀特"]);
        assert_eq!(pieces("共计（１５７名）。", "(157名)"), ["（１５７名）"]);
        assert_eq!(pieces("He said “no”   — twice -- and left.", "\u{201d} — twice — and"), ["”   — twice -- and"]);
    }

    #[test]
    fn a_broken_paragraph_is_read_on_in_pieces() {
        assert_eq!(pieces("船队昨天离开挪威首\n都马斯喀特。", "首都马斯喀特"), ["首", "都马斯喀特"]);
        assert_eq!(pieces("船队,昨天离开挪威首都\n\n马斯喀特。", "首都马斯喀特"), ["首都", "马斯喀特"]);
        let source = "船队昨天离开挪威首\n▲3月2日,船队在港口。新华社发\n都马斯喀特。";
        assert_eq!(pieces(source, "首都马斯喀特"), ["首", "都马斯喀特"]);
        assert!(View::new(source, &article(source)).text.ends_with("▲3月2日,船队在港口。新华社发\n"));
        let english = "The fleet left the capi-\ntal of Nor-\n way, and a self-\nHeld boat did 20-\n30 miles.";
        assert_eq!(pieces(english, "capital of Norway"), ["capi", "tal of Nor", "way"]);
        assert!(View::new(english, &article(english)).text.contains("self-"));
        let whole = Article {
            blocks: vec![Block { role: Role::Paragraph, pieces: vec![Span::new(0, english.len())] }],
            ..article("")
        };
        let view = View::new(english, &whole);
        assert!(view.text.starts_with("The fleet left the capital of Norway, and a self- Held"), "{}", view.text);
        let at = view.text.find("Norway").unwrap();
        let norway = Span::new(english.find("Nor-").unwrap(), english.find(", and").unwrap());
        assert_eq!(view.to_source(english, Span::new(at, at + 6)), [norway]);
        assert_eq!(pieces("They left Nor\u{AD}\nway.", "Norway"), ["Nor", "way"]);
        let apart = View::new("船队离港\n\n昨天,船队离开挪威。", &article("船队离港\n\n昨天,船队离开挪威。"));
        assert_eq!(apart.passages.len(), 2);
    }

    proptest! {
        #[test]
        fn every_span_folds_back_to_itself(
            source in "[阿曼首都馬斯開特國。,、，（）「」“”\"'’a-zA-Z０-９0-9 \u{3000}\n—\\-…\u{200B}😀𠮷é]{0,60}",
            from in 0usize..200, length in 0usize..80,
        ) {
            let view = View::new(&source, &article(&source));
            prop_assert_eq!(view.lower.len(), view.text.len());
            let borders: Vec<usize> = view.text.char_indices().map(|(at, _)| at).chain([view.text.len()]).collect();
            let (start, end) = (borders[from % borders.len()], borders[(from + length) % borders.len()]);
            let within = view.passages.iter().any(|passage| passage.span.contains(Span::new(start, end)));
            if start < end && within {
                let mut again = String::new();
                for piece in view.to_source(&source, Span::new(start, end)) {
                    prop_assert!(source.is_char_boundary(piece.start) && source.is_char_boundary(piece.end));
                    again.push_str(&fold_literal(piece.of(&source)));
                }
                // What depends on neighbours is left out on both sides: spaces, and the direction of straight quotes.
                let plain = |text: &str| text.replace([' ', '\n', '"', '“', '”'], "");
                prop_assert_eq!(plain(&again), plain(&view.text[start..end]));
            }
        }
    }
}
