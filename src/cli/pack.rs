//! `factlint pack`: rules and facts compiled into one file, to be handed round a newsroom.

use super::screen::{self, Color};
use super::{Status, Stop};
use clap::Args;
use factlint::cache::{self, PACK_EXTENSION, Wanted};
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct PackArguments {
    /// Rule and fact files, folders of them, or packs
    #[arg(value_name = "RULES")]
    paths: Vec<PathBuf>,
    /// The pack to write; `--rules FILE` uses it
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Leave the shipped rules and facts out
    #[arg(long)]
    no_builtin_rules: bool,
}

pub(super) fn run(arguments: &PackArguments) -> Result<Status, Stop> {
    let output = &arguments.output;
    if output.extension().is_none_or(|extension| extension != PACK_EXTENSION) {
        let name = output.with_extension(PACK_EXTENSION).display().to_string();
        return Err(Stop::said(format!("a pack is known by its ending: write it to {name}")));
    }
    let wanted = Wanted { paths: arguments.paths.clone(), shipped: !arguments.no_builtin_rules };
    match cache::build(&wanted) {
        Ok((bytes, warnings)) => {
            screen::rule_problems(&warnings, Color::Auto, true);
            cache::write_whole(output, &bytes)
                .map_err(|error| Stop::said(format!("{}: it cannot be written: {error}", output.display())))?;
            Ok(Status::Clean)
        }
        Err(problems) => {
            screen::rule_problems(&problems, Color::Auto, true);
            Err(Stop::said("nothing was written: a pack holds rules that load"))
        }
    }
}
