//! What commands share: where rules come from, colours, and talking to the terminal.

use crate::report::draw_problems;
use crate::rule::load::load;
use crate::rule::problem::Problem;
use crate::rule::{RuleSet, compile};
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// Where rules and facts come from.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct RuleSources {
    /// Rules and facts of your own: a TOML file or a folder of them (repeatable), added to the shipped ones
    #[arg(long = "rules", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Leave the shipped rules and facts out
    #[arg(long)]
    pub(super) no_builtin_rules: bool,
}

impl RuleSources {
    /// Loads and compiles them, with those of a configuration.
    pub(super) fn load(&self, configured: &[PathBuf]) -> (RuleSet, Vec<Problem>) {
        let paths: Vec<PathBuf> = configured.iter().chain(&self.paths).cloned().collect();
        compile(load(&paths, !self.no_builtin_rules))
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    pub(super) fn on(self, terminal: bool) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }
}

/// Draws problems on standard error.
pub(super) fn show_problems(problems: &[Problem], color: Color) {
    let mut out = io::stderr().lock();
    let color = color.on(io::stderr().is_terminal());
    // Nothing can be told any more if standard error itself is gone.
    let _ = draw_problems(&mut out, problems, color);
}

/// Says a line on standard error.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "factlint: {line}");
}
