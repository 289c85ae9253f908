//! The command line: one command a file. What is typed is read here, and here alone is the exit status decided.

mod accept;
mod backtest;
mod check;
mod claims;
mod completions;
mod config;
mod copy;
mod every;
mod explain;
mod facts;
mod fix;
mod git;
mod import;
mod init;
mod mutate;
mod interrupt;
mod pack;
mod progress;
mod reports;
mod rules;
mod run;
mod schema;
mod screen;
mod setup;
mod test;
mod watch;

use clap::{Parser, Subcommand};
use std::io::{self, Write};
use std::process::ExitCode;

/// Checks news copy for facts that do not hold and for statements that do not agree with each other.
#[derive(Parser)]
#[command(name = "factlint", version, max_term_width = 100, after_help = STATUS)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check copy: files, or all copy in folders
    Check(check::CheckArguments),
    /// List every claim that can be checked, with its verdict and its evidence
    Claims(claims::ClaimsArguments),
    /// Let findings stand, and write down why
    Accept(accept::AcceptArguments),
    /// Run the examples that rules carry
    Test(test::TestArguments),
    /// Run draft rules over an archive, and tell what changed since the last run
    Backtest(backtest::BacktestArguments),
    /// Plant errors into clean copy, and tell by rule how many are found
    Mutate(mutate::MutateArguments),
    /// Make a facts file of a table, as a map says
    Import(import::ImportArguments),
    /// List the rules
    Rules(rules::RulesArguments),
    /// Say what a rule finds, how, and what it leaves alone
    Explain(explain::ExplainArguments),
    /// Show what is known of a name
    Facts(facts::FactsArguments),
    /// Compile rules and facts into one file
    Pack(pack::PackArguments),
    /// Set a folder up: settings, a first rule, checks in CI and before commits
    Init(init::InitArguments),
    /// Show which settings are in force here, and from where
    Config(config::ConfigArguments),
    /// Print a JSON Schema by which editors complete and check TOML
    Schema(schema::SchemaArguments),
    /// Print the script by which a shell completes factlint's arguments
    Completions(completions::CompletionsArguments),
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

const STATUS: &str = "\
Exit status:
  0  nothing found at or above --fail-on
  1  something found, or an example failed
  2  no verdict: wrong usage or configuration, a rule that does not load, a file that cannot be read";

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Clean,
    Findings,
    NoVerdict,
}

/// Why a command stopped.
enum Stop {
    /// Told in these words.
    Said(String),
    /// Drawn already, as miette draws.
    Drawn(String),
    /// Nobody reads any more.
    PipeClosed,
    /// A person has had enough.
    Interrupted,
}

impl Stop {
    fn said(words: impl Into<String>) -> Stop {
        Stop::Said(words.into())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::PipeClosed,
            _ => Stop::Said(format!("the output cannot be written: {error}")),
        }
    }
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Check(arguments) => check::run(arguments),
        Command::Claims(arguments) => claims::run(&arguments),
        Command::Accept(arguments) => accept::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Backtest(arguments) => backtest::run(&arguments),
        Command::Mutate(arguments) => mutate::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Facts(arguments) => facts::run(&arguments),
        Command::Pack(arguments) => pack::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Config(arguments) => config::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man => completions::manual(),
    };
    let status = result.unwrap_or_else(|stop| {
        match stop {
            Stop::Said(words) => screen::complain(&words),
            Stop::Drawn(drawn) => screen::to_stderr(&drawn),
            Stop::PipeClosed => return Status::Clean,
            Stop::Interrupted => {}
        }
        Status::NoVerdict
    });
    ExitCode::from(match status {
        Status::Clean => 0,
        Status::Findings => 1,
        Status::NoVerdict => 2,
    })
}

/// Writes a listing to standard output.
fn print(listing: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(listing.as_bytes())?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_in_order() {
        Arguments::command().debug_assert();
    }
}
