//! The words of a file that are not its own bytes, and the way from them back to the file: JSON strings with escapes,
//! HTML and XML with references. (The origin map of the design.)

use crate::text::Span;

/// A stretch of words and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    /// Where it begins in the words.
    at: usize,
    /// What it was made of in the file.
    source: Span,
    /// Whether the words are the file's own bytes; else the whole source stands for the whole stretch.
    verbatim: bool,
}

/// Words written down from a file, stretch by stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    text: String,
    segments: Vec<Segment>,
}

impl Transcript {
    /// The words.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The words, leaving the way back behind.
    pub(super) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Bytes of words so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds words that stand in the file as they are.
    pub(super) fn verbatim(&mut self, file: &str, source: Span) {
        if source.is_empty() {
            return;
        }
        match self.segments.last() {
            Some(last) if last.verbatim && last.source.start + (self.text.len() - last.at) == source.start => {}
            _ => self.segments.push(Segment { at: self.text.len(), source, verbatim: true }),
        }
        self.text.push_str(source.of(file));
    }

    /// Adds words that something else in the file stands for.
    pub(super) fn replaced(&mut self, words: &str, source: Span) {
        if !words.is_empty() {
            self.segments.push(Segment { at: self.text.len(), source, verbatim: false });
            self.text.push_str(words);
        }
    }

    /// Ends a block: words on both sides of it are apart.
    pub(super) fn end_block(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            let at = self.segments.last().map_or(0, |last| self.origin(last, self.text.len()));
            self.replaced("\n\n", Span::new(at, at));
        }
    }

    /// The place in the file of an offset in or at the end of a segment.
    fn origin(&self, segment: &Segment, offset: usize) -> usize {
        if segment.verbatim { segment.source.start + (offset - segment.at) } else { segment.source.end }
    }

    /// Where words stand in the file.
    fn source(&self, span: Span) -> Span {
        let of = |offset: usize| {
            let after = self.segments.partition_point(|segment| segment.at <= offset);
            after.checked_sub(1).map(|at| &self.segments[at])
        };
        let start = match of(span.start) {
            Some(segment) if segment.verbatim => self.origin(segment, span.start),
            Some(segment) => segment.source.start,
            None => 0,
        };
        // The last byte decides where a span ends, not the first one after it.
        let end = match span.end.checked_sub(1).filter(|last| *last >= span.start).and_then(of) {
            Some(segment) => self.origin(segment, span.end),
            None => start,
        };
        Span::new(start, end.max(start))
    }
}

/// The file that words were written down from.
#[derive(Clone, Debug)]
pub struct Original {
    /// The file's own text.
    pub text: String,
    /// From the words to the file, a step at a time: words of HTML inside of a JSON string take two.
    ways: Vec<Transcript>,
    /// How words are written in the file.
    escape: fn(&str) -> String,
}

impl Original {
    /// The way back from `transcript`'s words to `text`.
    pub(super) fn new(text: String, ways: Vec<Transcript>, escape: fn(&str) -> String) -> Original {
        Original { text, ways, escape }
    }

    /// Where words stand in the file.
    pub fn span(&self, span: Span) -> Span {
        self.ways.iter().fold(span, |span, way| way.source(span))
    }

    /// Words as they are written in the file.
    pub fn written(&self, words: &str) -> String {
        (self.escape)(words)
    }
}

/// Adds words of which the file may hold references for some characters (`&amp;`, `&#38253;`) and `\r\n` for a line end.
/// `words` are what `source` reads as; `file` holds the source.
pub(super) fn align(transcript: &mut Transcript, file: &str, source: Span, words: &str) {
    let raw = source.of(file);
    if raw == words {
        return transcript.verbatim(file, source);
    }
    let (mut at, mut rest) = (0, words);
    while let Some(next) = memchr::memchr2(b'&', b'\r', &raw.as_bytes()[at..]).map(|next| at + next) {
        let plain = next - at;
        if !rest.is_char_boundary(plain) || rest.get(..plain) != Some(&raw[at..next]) {
            break;
        }
        transcript.verbatim(file, Span::new(source.start + at, source.start + next));
        rest = &rest[plain..];
        let end = match raw.as_bytes()[next] {
            b'\r' => next + if raw[next..].starts_with("\r\n") { 2 } else { 1 },
            _ => raw[next..].find(';').map_or(next + 1, |semicolon| next + semicolon + 1),
        };
        // One character stands for a reference, seldom two; what follows tells which.
        let boundaries = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(2);
        let after = raw.get(end..).and_then(|after| after.chars().next());
        let fits = |taken: &usize| match after {
            Some('&' | '\r') | None => true,
            Some(c) => rest[*taken..].starts_with(c),
        };
        let Some(taken) = boundaries.clone().find(fits).or_else(|| boundaries.clone().next()) else { break };
        transcript.replaced(&rest[..taken], Span::new(source.start + next, source.start + end));
        rest = &rest[taken..];
        at = end;
    }
    let tail = Span::new(source.start + at.min(raw.len()), source.end);
    if tail.of(file) == rest { transcript.verbatim(file, tail) } else { transcript.replaced(rest, tail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_what_they_were_made_of() {
        let file = "<p>Tom &amp; Ann met\r\nin \u{963F}&#26364;.</p>";
        let source = Span::new(3, file.len() - 4);
        let mut transcript = Transcript::default();
        align(&mut transcript, file, source, "Tom & Ann met\nin 阿曼.");
        transcript.end_block();
        assert_eq!(transcript.text(), "Tom & Ann met\nin 阿曼.\n\n");
        let back = |words: &str| {
            let at = transcript.text().find(words).unwrap();
            transcript.source(Span::new(at, at + words.len())).of(file)
        };
        assert_eq!(back("Tom & Ann"), "Tom &amp; Ann");
        assert_eq!(back("&"), "&amp;");
        assert_eq!(back("met\nin"), "met\r\nin");
        assert_eq!(back("阿曼"), "阿&#26364;");
        assert_eq!(back("曼."), "&#26364;.");
    }

    #[test]
    fn words_that_do_not_align_keep_the_whole_as_their_source() {
        let mut transcript = Transcript::default();
        align(&mut transcript, "a &x; b", Span::new(0, 7), "something else");
        assert_eq!(transcript.source(Span::new(0, 9)), Span::new(0, 7));
    }
}
