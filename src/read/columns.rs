//! Columns that stand side by side in text from a PDF, as `pdftotext -layout` leaves them: they are read one after the
//! other. Only text with form feeds is looked at, which such text has at the end of every page and copy has nowhere.

use super::plain::Line;
use crate::text::Span;
use std::collections::HashMap;
use std::mem;

/// Rows that must show a column, and those of them that have text on both sides of the gutter.
const ROWS: (usize, usize) = (8, 4);
/// Characters that a column is wide at least: in a narrower one stand figures of a table, which are read by rows.
const WIDTH: usize = 12;

/// Characters by which the first line of a paragraph is set in at most.
const INDENT: usize = 4;

/// A stretch of a row.
struct Cell {
    line: Line,
    /// Characters that stand before it in its row.
    column: usize,
}

/// Lines in the order in which they are read.
pub(super) fn in_order(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let mut breaks = memchr::memchr_iter(super::plain::FORM_FEED, text.as_bytes()).peekable();
    if breaks.peek().is_none() {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    let mut page = Vec::new();
    for mut line in lines {
        let words = line.span.of(text);
        let lead = words.rfind('\u{c}').map_or(0, |at| at + 1);
        while breaks.next_if(|at| *at < line.span.start + lead.max(1)).is_some() {
            read(text, mem::take(&mut page), &mut out);
        }
        line.span.start += lead;
        page.push(Cell { line, column: 0 });
    }
    read(text, page, &mut out);
    out
}

/// Reads the cells of a page, or of a column of it.
fn read(text: &str, cells: Vec<Cell>, out: &mut Vec<Line>) {
    let Some(gutter) = gutter(text, &cells) else {
        out.extend(cells.into_iter().map(|cell| cell.line));
        return;
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for cell in cells {
        match split(text, &cell, gutter) {
            Some(parts) => {
                let [before, after] = parts.map(|part| part.filter(|cell| !cell.line.span.of(text).trim().is_empty()));
                left.extend(before);
                right.extend(after);
            }
            // What runs over the gutter is read between what stands above it and what stands below.
            None => {
                read(text, mem::take(&mut left), out);
                read(text, mem::take(&mut right), out);
                out.push(cell.line);
            }
        }
    }
    read(text, left, out);
    read(text, right, out);
}

/// The character at which most rows begin anew behind a wide space, if enough do and few run over it.
fn gutter(text: &str, cells: &[Cell]) -> Option<usize> {
    let mut begins: HashMap<usize, [usize; 2]> = HashMap::new();
    let first = cells.iter().map(|cell| cell.column).min()?;
    for cell in cells {
        let (mut spaces, mut words) = (0, false);
        for (at, c) in cell.line.span.of(text).chars().enumerate() {
            if c == ' ' {
                spaces += 1;
                continue;
            }
            let column = cell.column + at;
            if spaces >= 2 && column >= first + WIDTH {
                let [all, inside] = begins.entry(column).or_default();
                *all += 1;
                *inside += usize::from(words);
            }
            (spaces, words) = (0, true);
        }
    }
    // Paragraphs that begin with an indent begin a little further in.
    let rows = |column: usize| -> usize {
        (column..=column + INDENT).filter_map(|column| begins.get(&column)).map(|[all, _]| all).sum()
    };
    let (column, _) = begins
        .iter()
        .filter(|(column, [_, inside])| rows(**column) >= ROWS.0 && *inside >= ROWS.1)
        .max_by_key(|(column, [all, _])| (*all, **column))?;
    let (mut over, mut beside, mut width) = (0, 0, 0);
    for cell in cells {
        match split(text, cell, *column) {
            Some([Some(before), Some(_)]) if !before.line.span.is_empty() => {
                beside += 1;
                width += before.line.span.of(text).chars().count();
            }
            Some(_) => {}
            None => over += 1,
        }
    }
    // Lines of running text fill their column, those of a table do not.
    let filled = 2 * width >= beside * (column - first);
    (filled && 4 * over <= rows(*column)).then_some(*column)
}

/// What of a cell stands before a column and what from it on; nothing if it runs over the column.
fn split(text: &str, cell: &Cell, column: usize) -> Option<[Option<Cell>; 2]> {
    let Cell { line, column: from } = cell;
    let words = line.span.of(text);
    let part = |span: Span, column: usize| Some(Cell { line: Line { span, after_blank: line.after_blank }, column });
    let Some((at, _)) = words.char_indices().nth(column.checked_sub(*from)?) else {
        return Some([part(line.span, *from), None]);
    };
    let before = &words[..at];
    let apart = before.is_empty() || before.ends_with("  ") || before.trim().is_empty();
    let (start, middle) = (line.span.start, line.span.start + at);
    apart.then(|| {
        [part(Span::new(start, start + before.trim_end().len()), *from), part(Span::new(middle, line.span.end), column)]
    })
}

#[cfg(test)]
mod tests {
    use super::super::plain::lines_of;
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        let lines = lines_of(text, Span::new(0, text.len()));
        in_order(text, lines).into_iter().map(|line| line.span.of(text).trim()).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut page = String::from("Harbour Herald, Saturday, with news of the coast and the sea\n\n");
        for row in 1..=9 {
            page.push_str(&format!("left column, line {row}      and right column, line {row}\n"));
        }
        page.push_str("left column, the end\n\nA line over both columns, at the foot of the whole page\n\u{c}");
        let read = read(&page);
        assert_eq!(
            read[..3],
            [
                "Harbour Herald, Saturday, with news of the coast and the sea",
                "left column, line 1",
                "left column, line 2"
            ]
        );
        assert_eq!(read[9..12], ["left column, line 9", "left column, the end", "and right column, line 1"]);
        assert_eq!(read.last(), Some(&"A line over both columns, at the foot of the whole page"));
        // Without the form feed it is copy like any other.
        assert!(super::tests::read(page.trim_end_matches('\u{c}'))[1].ends_with("and right column, line 1"));
    }

    #[test]
    fn tables_are_read_by_rows() {
        let rows: String = (0..20).map(|row| format!("Boat {row:<30}{row} tonnes of herring\n")).collect();
        assert!(read(&format!("{rows}\u{c}"))[3].ends_with("3 tonnes of herring"));
    }
}
