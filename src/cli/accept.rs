//! `factlint accept`: writes down that findings are let stand, with who says so, why and until when.

use super::check::{ACCEPTED, day, read_register, write_register};
use super::setup::{RuleArguments, Setup};
use super::{Status, Stop, print};
use clap::Args;
use factlint::accept::{Entry, Register};
use factlint::batch::{self, Excludes, Progress, Work};
use factlint::read::ReadSettings;
use factlint::report::{RunProblem, one_line};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct AcceptArguments {
    /// Files and folders whose findings are let stand
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Only findings of these rules (comma-separated, repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    rule: Vec<String>,
    /// Only findings whose words hold these
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Why they are let stand
    #[arg(long, value_name = "REASON")]
    why: String,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
    /// The last day of articles for which it holds
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Date>,
    /// The register to add them to
    #[arg(long, value_name = "FILE", default_value = ACCEPTED)]
    to: PathBuf,
    /// Treat articles that state no day as of this one
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &AcceptArguments) -> Result<Status, Stop> {
    let mut setup = Setup::load(&arguments.rules, &[]).proved();
    setup.select(&arguments.rule, &[])?;
    let mut register = if arguments.to.exists() { read_register(&arguments.to)? } else { Register::default() };
    let known = [register.clone()];
    let (sources, mut problems) = batch::find(&arguments.paths, &Excludes::default());
    let said = Entry {
        who: arguments.who.clone(),
        why: Some(arguments.why.clone()),
        until: arguments.until.map(|day| day.to_string()),
        ..Entry::default()
    };
    let mut listing = String::new();
    let settings = ReadSettings { as_of: arguments.as_of, ..ReadSettings::default() };
    let work = Work { threads: 1, measure: false, list: false, sizes: false, whole: true, registers: &known };
    batch::check(&setup.rules, &settings, &sources, work, &mut Progress::default(), |outcome| {
        match outcome {
            Err(problem) => problems.push(problem),
            Ok(file) => {
                let wanted = |words: &str| arguments.text.as_ref().is_none_or(|text| words.contains(text.as_str()));
                for found in file.diagnostics.iter().filter(|found| wanted(&found.text)) {
                    register.add(&file.path, &file.text, found, &said);
                    listing.push_str(&format!("{}: {}: {}\n", file.path, found.rule, found.message));
                }
            }
        }
        Ok::<(), Stop>(())
    })?;
    if listing.is_empty() && problems.is_empty() {
        return Err(Stop::said("there is no such finding: nothing was written"));
    }
    if !listing.is_empty() {
        write_register(&arguments.to, &register)?;
        print(&format!("{listing}let stand by {}\n", arguments.to.display()))?;
    }
    told(&problems)
}

fn told(problems: &[RunProblem]) -> Result<Status, Stop> {
    match problems.first() {
        Some(problem) => Err(Stop::said(one_line(problem))),
        None => Ok(Status::Clean),
    }
}
