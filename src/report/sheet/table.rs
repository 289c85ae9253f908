//! The ledger as a table for people: a line a claim, with its evidence under it.

use super::{Counts, Look, Sheet, SheetFile, evidence, remark, sources};
use crate::ledger::Verdict;
use crate::report::excerpt::visible;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Columns that a claim's words are given at most.
const CLAIM_COLUMNS: usize = 44;

/// A block a file.
pub(super) struct Table {
    look: Look,
}

impl Table {
    pub(super) fn new(look: Look) -> Table {
        Table { look }
    }
}

impl Sheet for Table {
    fn file(&mut self, out: &mut dyn Write, file: &SheetFile<'_>) -> io::Result<()> {
        writeln!(out, "{}", visible(file.path))?;
        let words = |text: &str| shortened(&visible(text));
        let width = file.entries.iter().map(|entry| words(&entry.claim.text).width()).max().unwrap_or_default();
        for (entry, place) in file.placed() {
            let (mark, color) = match entry.verdict {
                Verdict::Supported => ("✓", "32"),
                Verdict::Refuted => ("✗", "31"),
                Verdict::NotEnoughInfo => ("?", "33"),
            };
            let mark = if self.look.color { format!("\u{1b}[{color}m{mark}\u{1b}[0m") } else { mark.to_owned() };
            let claim = words(&entry.claim.text);
            let pad = " ".repeat(width - claim.width());
            let at = format!("{}:{}", place.line, place.column);
            writeln!(out, "  {mark} {at:<8} {claim}{pad}  {}", entry.claim.rule)?;
            for line in [remark(entry), evidence(entry), sources(entry)].iter().filter(|line| !line.is_empty()) {
                writeln!(out, "             {}", visible(line))?;
            }
        }
        writeln!(out)
    }

    fn end(&mut self, out: &mut dyn Write, counts: &Counts) -> io::Result<()> {
        if self.look.quiet {
            return Ok(());
        }
        let [supported, refuted, unknown] = counts;
        writeln!(out, "{supported} supported, {refuted} refuted, {unknown} unknown")
    }
}

/// The words on one line, the middle left out where they are long.
fn shortened(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.width() <= CLAIM_COLUMNS {
        return text;
    }
    let half = CLAIM_COLUMNS / 2 - 1;
    let mut head = String::new();
    for c in text.chars() {
        head.push(c);
        if head.width() >= half {
            break;
        }
    }
    let mut tail = String::new();
    for c in text.chars().rev() {
        tail.insert(0, c);
        if tail.width() >= half {
            break;
        }
    }
    format!("{head}…{tail}")
}
