//! Byte offsets into lines and columns, computed once per file and only when something was found.

/// A place for people: both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// How much of a file stands before the text at hand: nothing, unless a long file is read in parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// Bytes of it.
    pub bytes: usize,
    /// Line ends in it; the text at hand begins a line.
    pub lines: usize,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Finds the line starts of `text`; `\n`, `\r\n` and a lone `\r` end a line.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at + 1);
            }
        }
        LineIndex { starts }
    }

    /// The place of a byte offset; an offset inside a character counts as that character's start.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let column =
            text[self.starts[line]..].char_indices().take_while(|(at, _)| self.starts[line] + at < offset).count();
        Position { line: line + 1, column: column + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_every_line_end() {
        let text = "阿曼\r\n首都\rb\nc";
        let lines = LineIndex::new(text);
        let at = |needle: &str| lines.position(text, text.find(needle).unwrap());
        assert_eq!(at("曼"), Position { line: 1, column: 2 });
        assert_eq!(at("都"), Position { line: 2, column: 2 });
        assert_eq!(at("b"), Position { line: 3, column: 1 });
        assert_eq!(lines.position(text, text.len()), Position { line: 4, column: 2 });
    }
}
