//! Errors as 《报纸期刊质量管理规定》 (2020) counts them: points and their rate per 10,000 characters, by article and in
//! all, against the limits of newspapers, periodicals and books.
//!
//! An error of fact, knowledge or logic is one point, two in a headline or about an important name; the same error is
//! counted three times in an issue at most. Photographs, which the rules count by their area, are left out.

use super::excerpt::visible;
use super::{FileReport, Reporter, RunProblem, Summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::ArticleSize;
use std::collections::HashMap;
use std::io::{self, Write};

/// Points per 10,000 characters up to which a publication passes.
const LIMITS: [(&str, f64); 3] = [("newspapers", 3.0), ("periodicals", 2.0), ("books", 1.0)];
/// How often one error is counted in an issue.
const MOST_REPEATS: usize = 3;

/// A line an article, a line in all.
#[derive(Default)]
pub(super) struct Quality {
    all: Tally,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    characters: usize,
    findings: usize,
    points: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.characters += other.characters;
        self.findings += other.findings;
        self.points += other.points;
    }

    /// Points per 10,000 characters.
    fn rate(self) -> f64 {
        self.points as f64 * 10_000.0 / self.characters.max(1) as f64
    }

    fn line(self, name: &str) -> String {
        let Tally { characters, findings, points } = self;
        format!("{characters:>10} {findings:>8} {points:>6} {:>9.2}  {name}", self.rate())
    }
}

impl Reporter for Quality {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "characters findings points  /10,000  article")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let mut repeats: HashMap<(String, String), usize> = HashMap::new();
        let mut points = |found: &Diagnostic, headline: bool| -> usize {
            let count = repeats.entry((found.rule.clone(), found.text.clone())).or_default();
            *count += 1;
            if *count > MOST_REPEATS { 0 } else { weight(found, headline) }
        };
        for article in file.articles {
            let mut tally = Tally { characters: article.characters, ..Tally::default() };
            let counted = |found: &&Diagnostic| found.severity > Severity::Note && article.span.overlaps(found.span);
            for found in file.diagnostics.iter().filter(counted) {
                tally.findings += 1;
                tally.points += points(found, in_headline(article, found));
            }
            self.all.add(tally);
            let title = article.title.as_deref().unwrap_or_default();
            writeln!(out, "{}", tally.line(&visible(format!("{} {title}", file.path).trim_end())))?;
        }
        if file.articles.is_empty() {
            // What other files contradict in a file that was counted before.
            let mut tally = Tally::default();
            for found in file.diagnostics.iter().filter(|found| found.severity > Severity::Note) {
                tally.findings += 1;
                tally.points += points(found, false);
            }
            self.all.add(tally);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        writeln!(out, "{}", self.all.line("in all"))?;
        let rate = self.all.rate();
        let told = LIMITS.map(|(kind, limit)| {
            format!("{kind} (at most {limit:.0}): {}", if rate > limit { "fails" } else { "passes" })
        });
        writeln!(out, "{}", told.join(", "))
    }
}

/// The points of a finding.
fn weight(found: &Diagnostic, headline: bool) -> usize {
    // What a fact says of a name is about an important one; figures and dates are counted once, however long.
    let name = found.evidence.iter().any(|evidence| evidence.source.is_some())
        && !found.text.chars().any(|c| c.is_ascii_digit());
    if headline || name { 2 } else { 1 }
}

fn in_headline(article: &ArticleSize, found: &Diagnostic) -> bool {
    article.headlines.iter().any(|headline| headline.overlaps(found.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_points_in_ten_thousand_characters() {
        let tally = Tally { characters: 6000, findings: 2, points: 4 };
        assert!((tally.rate() - 6.666).abs() < 0.01);
        assert_eq!(Tally::default().rate(), 0.0);
    }
}
