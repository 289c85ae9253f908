//! The ledger as JSON, one claim a line. The keys are those of findings where they mean the same.

use super::{Sheet, SheetFile};
use serde::Serialize;
use std::io::{self, Write};

/// A JSON object a claim.
pub(super) struct JsonLines;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    span: [usize; 2],
    rule: &'a str,
    text: &'a str,
    verdict: &'static str,
    message: Option<&'a str>,
    expected: &'a [String],
    evidence: Vec<Proof<'a>>,
    article: Option<&'a str>,
    date: Option<String>,
    guard: Option<&'a str>,
}

#[derive(Serialize)]
struct Proof<'a> {
    fact: &'a str,
    source: Option<&'a str>,
    checked: Option<String>,
}

impl Sheet for JsonLines {
    fn file(&mut self, out: &mut dyn Write, file: &SheetFile<'_>) -> io::Result<()> {
        for (entry, place) in file.placed() {
            let claim = &entry.claim;
            let proof = claim.evidence.iter().map(|evidence| Proof {
                fact: &evidence.fact,
                source: evidence.source.as_deref(),
                checked: evidence.checked.map(|day| day.to_string()),
            });
            let line = Line {
                path: file.path,
                line: place.line,
                column: place.column,
                span: [file.before.bytes + claim.span.start, file.before.bytes + claim.span.end],
                rule: &claim.rule,
                text: &claim.text,
                verdict: entry.verdict.as_str(),
                message: (!claim.message.is_empty()).then_some(&claim.message),
                expected: &claim.expected,
                evidence: proof.collect(),
                article: claim.article.title.as_deref(),
                date: claim.article.date.map(|day| day.to_string()),
                guard: entry.guard.as_deref(),
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
