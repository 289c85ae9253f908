//! What kept a run from a verdict: mistakes in rules, files that cannot be read. Drawn for people or said in a line.

use super::Look;
use crate::rule::problem::Problem;
use miette::{GraphicalReportHandler, GraphicalTheme};

/// Something that kept part of the run from a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunProblem {
    /// The file or folder it is about.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// Line in that file, from 1, if it stands at a place.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What would mend it.
    pub help: Option<String>,
}

impl From<&Problem> for RunProblem {
    fn from(problem: &Problem) -> RunProblem {
        let place = problem.position();
        RunProblem {
            path: problem.path.clone(),
            message: problem.message.clone(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            help: problem.help.clone(),
        }
    }
}

/// A problem in one line: `page.md: not UTF-8 text`, `rules.toml:3:5: there is no kind …`.
pub fn one_line(problem: &RunProblem) -> String {
    let mut line = problem.path.clone();
    for number in [problem.line, problem.column].into_iter().flatten() {
        line.push_str(&format!(":{number}"));
    }
    if !line.is_empty() {
        line.push_str(": ");
    }
    line.push_str(&problem.message);
    if let Some(help) = &problem.help {
        line.push_str(&format!(" ({help})"));
    }
    line.replace(['\n', '\r'], " ")
}

/// Anything that miette can draw, drawn as the look asks.
pub fn draw(problem: &dyn miette::Diagnostic, look: Look) -> String {
    let mut drawn = String::new();
    // Writing to a string cannot fail; what the handler cannot draw it leaves out.
    let _ = handler(look).render_report(&mut drawn, problem);
    drawn
}

/// Columns at which messages and help wrap.
const WIDTH: usize = 100;

pub(super) fn handler(look: Look) -> GraphicalReportHandler {
    let theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme).with_links(false).with_width(WIDTH)
}
