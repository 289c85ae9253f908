//! What the commands that go through copy share: every file is checked, what cannot be read is told and the others go on.

use super::Stop;
use super::setup::Setup;
use super::{interrupt, screen};
use factlint::batch::{self, CheckedFile, Progress, Source, Work};
use factlint::read::ReadSettings;
use factlint::report::{RunProblem, one_line};

/// Checks every file and hands it to `each`; problems are told and gathered, and so are the warnings unless it is `quiet`.
/// Where a file of the cache turns out to be damaged on the way, the rules are made anew and the rest goes on.
pub(super) fn every_file(
    (setup, settings): (&mut Setup, &ReadSettings),
    (sources, work): (&[Source], Work<'_>),
    (problems, quiet): (&mut Vec<RunProblem>, bool),
    mut each: impl FnMut(CheckedFile) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut told = |outcome: Result<CheckedFile, RunProblem>| {
        if interrupt::asked() {
            return Err(Stop::Interrupted);
        }
        match outcome {
            Ok(file) => {
                if !quiet {
                    file.warnings.iter().for_each(|odd| screen::to_stderr(&format!("warning: {}: {odd}\n", file.path)));
                }
                each(file)
            }
            Err(problem) => {
                screen::complain(&one_line(&problem));
                problems.push(problem);
                Ok(())
            }
        }
    };
    let mut progress = Progress::default();
    loop {
        batch::check(&setup.rules, settings, sources, work, &mut progress, &mut told)?;
        if progress.sources == sources.len() {
            return Ok(());
        }
        *setup = setup.again();
    }
}
