//! The ledger as CSV, with a byte order mark by which spreadsheets know that it is UTF-8.

use super::{Sheet, SheetFile, evidence, remark, sources};
use std::io::{self, Write};

/// A line a claim, under a line of names.
pub(super) struct Csv;

const COLUMNS: [&str; 10] =
    ["path", "line", "column", "article", "rule", "claim", "verdict", "remark", "evidence", "source"];

impl Sheet for Csv {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\u{FEFF}{}", COLUMNS.join(","))
    }

    fn file(&mut self, out: &mut dyn Write, file: &SheetFile<'_>) -> io::Result<()> {
        for (entry, place) in file.placed() {
            let cells = [
                file.path,
                &place.line.to_string(),
                &place.column.to_string(),
                entry.claim.article.title.as_deref().unwrap_or_default(),
                &entry.claim.rule,
                &entry.claim.text,
                entry.verdict.as_str(),
                &remark(entry),
                &evidence(entry),
                &sources(entry),
            ];
            writeln!(out, "{}", cells.map(cell).join(","))?;
        }
        Ok(())
    }
}

/// A cell: quoted where it must be, and never a formula, since copy can begin with `=` and spreadsheets run that.
fn cell(words: &str) -> String {
    let words = if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { &format!("'{words}") } else { words };
    if words.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        assert_eq!(cell("阿曼"), "阿曼");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
    }
}
