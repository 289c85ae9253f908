//! How often each rule found something, instead of the findings themselves.

use super::{FileReport, Reporter, RunProblem, Summary};
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
