//! How often each rule found something, instead of the findings themselves, and what the rules cost.

use super::{FileReport, Reporter, RunProblem, Summary};
use crate::engine::RuleCost;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Counts findings by rule.
#[derive(Debug, Default)]
pub struct Statistics {
    by_rule: BTreeMap<String, (usize, &'static str)>,
}

impl Reporter for Statistics {
    fn file(&mut self, _out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for found in file.diagnostics {
            self.by_rule.entry(found.rule.clone()).or_insert((0, found.severity.as_str())).0 += 1;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary, _problems: &[RunProblem]) -> io::Result<()> {
        let mut rows: Vec<(&String, usize, &str)> =
            self.by_rule.iter().map(|(rule, (count, severity))| (rule, *count, *severity)).collect();
        // Stable: rules found equally often stay in the order of their names.
        rows.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
        let width = rows.first().map_or(1, |(_, count, _)| count.to_string().len());
        for (rule, count, severity) in rows {
            writeln!(out, "{count:>width$}  {severity:<7}  {rule}")?;
        }
        super::text::summary_line(out, summary)
    }
}

/// Rules that the table of costs shows: the slowest.
const MOST_ROWS: usize = 12;

/// Writes what rules cost, the slowest first: the share of the time in all rules, the time, and how often an anchor was
/// found and a pattern fitted there. A rule with many anchors and few claims has an anchor that is too common.
///
/// # Errors
/// If `out` cannot be written.
pub fn costs(out: &mut dyn Write, costs: &[(&str, RuleCost)]) -> io::Result<()> {
    let all: u64 = costs.iter().map(|(_, cost)| cost.nanoseconds).sum();
    let mut rows: Vec<&(&str, RuleCost)> = costs.iter().filter(|(_, cost)| cost.anchors > 0).collect();
    rows.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.nanoseconds));
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  share       time   anchors    claims  rule")?;
    for (rule, cost) in rows.into_iter().take(MOST_ROWS) {
        let share = cost.nanoseconds as f64 * 100.0 / all.max(1) as f64;
        let time = cost.nanoseconds as f64 / 1e6;
        writeln!(out, "{share:>6.1}% {time:>7.1} ms {:>9} {:>9}  {rule}", cost.anchors, cost.claims)?;
    }
    Ok(())
}
