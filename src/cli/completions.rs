//! `factlint completions SHELL`, and `factlint man`: both made of the arguments as they are declared.

use super::{Arguments, Status, Stop, print};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

#[derive(Args)]
pub(super) struct CompletionsArguments {
    /// The shell to complete in
    shell: Shell,
}

/// Prints the shell's script.
pub(super) fn run(arguments: &CompletionsArguments) -> Result<Status, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "factlint", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Clean)
}

/// Prints the manual: the program's page and one for each command, in roff.
pub(super) fn manual() -> Result<Status, Stop> {
    let mut pages = Vec::new();
    let mut command = Arguments::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut pages)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        clap_mangen::Man::new(sub.clone()).render(&mut pages)?;
    }
    print(&String::from_utf8_lossy(&pages))?;
    Ok(Status::Clean)
}
