//! A bar on standard error for long work that a person watches, and nothing otherwise.

use super::check::CheckArguments;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};

/// Fewer files are done before a bar is seen.
const FILES: usize = 200;

/// The bar for this many files. It is hidden where findings are printed to the same terminal: they would break it.
pub(super) fn bar(arguments: &CheckArguments, files: usize) -> ProgressBar {
    let watched = io::stderr().is_terminal() && !arguments.quiet && files >= FILES;
    let free = !io::stdout().is_terminal() || !arguments.output_file.is_empty();
    let bar = ProgressBar::new(files as u64);
    bar.set_draw_target(if watched && free { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
    let style = "{wide_bar} {human_pos} of {human_len} files, {per_sec}, {eta} left";
    bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
