//! What goes to standard error, and when to use colour.

use clap::ValueEnum;
use factlint::report::{self, Look, RunProblem};
use factlint::rule::problem::Problem;
use std::env;
use std::io::{self, IsTerminal, Write};

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Whether a stream that is or is no terminal gets colour.
    pub(super) fn on(self, terminal: bool) -> bool {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = || env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && !set("NO_COLOR") && !dumb(),
        }
    }

    /// The look of what goes to standard error.
    pub(super) fn stderr(self) -> Look {
        Look { color: self.on(io::stderr().is_terminal()), quiet: false }
    }
}

/// Writes to standard error; there is nowhere to tell that this failed.
pub(super) fn to_stderr(words: &str) {
    let _ = io::stderr().lock().write_all(words.as_bytes());
}

/// One line: `error: …`.
pub(super) fn complain(words: &str) {
    to_stderr(&format!("error: {words}\n"));
}

/// Mistakes in rules: drawn in their files for people, else a line each.
pub(super) fn rule_problems(problems: &[Problem], color: Color, for_people: bool) {
    for problem in problems {
        if for_people {
            to_stderr(&report::draw(problem, color.stderr()));
            to_stderr("\n");
        } else {
            let what = if problem.is_warning { "warning" } else { "error" };
            to_stderr(&format!("{what}: {}\n", report::one_line(&RunProblem::from(problem))));
        }
    }
}
