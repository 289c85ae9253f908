//! The ledger of claims out: one format a file, each a row of [`SHEETS`].

mod csv;
mod html;
mod jsonl;
mod table;

use super::Look;
use super::places::Places;
use crate::ledger::{Entry, Verdict};
use crate::rule::{OWN_CONTEXTS, WANTED_CONTEXTS};
use crate::text::{Before, Position};
use std::io::{self, Write};

/// The claims of one file that was read.
#[derive(Clone, Copy, Debug)]
pub struct SheetFile<'a> {
    /// Path as given.
    pub path: &'a str,
    /// The file's text.
    pub text: &'a str,
    /// What of the file stands before that text.
    pub before: Before,
    /// Its claims in the order of their places.
    pub entries: &'a [Entry],
}

impl<'a> SheetFile<'a> {
    /// The claims with the places where they begin.
    fn placed(&self) -> impl Iterator<Item = (&'a Entry, Position)> {
        let places = Places::new(self.text, self.before, self.entries.iter().map(|entry| entry.claim.span.start));
        self.entries.iter().map(move |entry| (entry, places.of(entry.claim.span.start)))
    }
}

/// How many claims there were of each verdict, in the order of [`Verdict::ALL`].
pub type Counts = [usize; 3];

/// A format at work: begun once, given every file that has claims, ended once.
pub trait Sheet {
    /// Writes what stands before the first claim.
    ///
    /// # Errors
    /// If `out` cannot be written.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// Takes the claims of a file.
    ///
    /// # Errors
    /// If `out` cannot be written.
    fn file(&mut self, out: &mut dyn Write, file: &SheetFile<'_>) -> io::Result<()>;

    /// Writes what stands after the last claim.
    ///
    /// # Errors
    /// If `out` cannot be written.
    fn end(&mut self, out: &mut dyn Write, counts: &Counts) -> io::Result<()> {
        let _ = (out, counts);
        Ok(())
    }
}

/// A format of the ledger by its name.
pub struct SheetFormat {
    /// The word for `--output-format`.
    pub name: &'static str,
    /// What it is, for help texts.
    pub about: &'static str,
    /// Makes one.
    pub make: fn(Look) -> Box<dyn Sheet>,
}

/// Every format of the ledger.
pub const SHEETS: &[SheetFormat] = &[
    SheetFormat { name: "table", about: "a table for people", make: |look| Box::new(table::Table::new(look)) },
    SheetFormat { name: "csv", about: "comma-separated, for spreadsheets", make: |_| Box::new(csv::Csv) },
    SheetFormat { name: "jsonl", about: "one JSON object a line", make: |_| Box::new(jsonl::JsonLines) },
    SheetFormat {
        name: "html",
        about: "one page: the copy with its claims marked, beside the sheet",
        make: |_| Box::new(html::Html::default()),
    },
];

/// What a claim was compared with, in one line.
fn evidence(entry: &Entry) -> String {
    let mut words: Vec<String> = entry.claim.evidence.iter().map(|evidence| evidence.words.clone()).collect();
    words.dedup();
    words.join("; ")
}

/// Where the evidence comes from, each source once, with the day it was checked.
fn sources(entry: &Entry) -> String {
    let mut words: Vec<String> = Vec::new();
    for evidence in &entry.claim.evidence {
        let Some(source) = &evidence.source else { continue };
        let told = evidence.checked.map_or_else(|| source.clone(), |day| format!("{source} ({day})"));
        if !words.contains(&told) {
            words.push(told);
        }
    }
    words.join("; ")
}

/// What it should say, why it cannot stand, or what holds it back.
fn remark(entry: &Entry) -> String {
    match entry.verdict {
        Verdict::Refuted if entry.claim.expected.is_empty() => entry.claim.message.clone(),
        Verdict::Refuted => format!("{} → {}", entry.claim.message, entry.claim.expected.join(" / ")),
        Verdict::Supported | Verdict::NotEnoughInfo => match entry.guard.as_deref() {
            None => String::new(),
            Some(OWN_CONTEXTS) => {
                "refuted, but held back by what the rule itself leaves alone (its `unless`)".to_owned()
            }
            Some(WANTED_CONTEXTS) => "refuted, but nothing that the rule asks for stands there (its `only`)".to_owned(),
            Some(guard) => format!("refuted, but held back by the guard `{guard}`"),
        },
    }
}
