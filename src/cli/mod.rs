//! The command line: one file a command, what they share in `shared`.

mod check;
mod explain;
mod rules;
mod shared;
mod test;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Nothing at or above the fail level.
const CLEAN: u8 = 0;
/// Findings at or above it, or examples that fail.
const FINDINGS: u8 = 1;
/// No verdict: usage, configuration, a rule that does not load, a file that cannot be read.
const NO_VERDICT: u8 = 2;

/// Finds statements in news copy that a fact refutes or that contradict each other.
#[derive(Parser)]
#[command(name = "factlint", version, about, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check copy: files, folders, or `-` for standard input
    Check(check::CheckArguments),
    /// Run the examples of rules: of the files given, or of the shipped rules
    Test(test::TestArguments),
    /// List the rules
    Rules(rules::RulesArguments),
    /// Say what a rule finds, why, and what it leaves alone
    Explain(explain::ExplainArguments),
}

/// Runs the program on the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; a closed pipe while printing them is none either.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { NO_VERDICT } else { CLEAN });
        }
    };
    ExitCode::from(match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
    })
}
