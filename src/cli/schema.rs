//! `factlint schema`: JSON Schemas for editors.

use super::{Status, Stop, print};
use clap::{Args, ValueEnum};
use factlint::json_schema;

#[derive(Args)]
pub(super) struct SchemaArguments {
    /// What the schema is of
    #[arg(value_enum, default_value = "rules")]
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// Rule and fact files
    Rules,
    /// factlint.toml
    Config,
}

pub(super) fn run(arguments: &SchemaArguments) -> Result<Status, Stop> {
    let schema = match arguments.of {
        Of::Rules => json_schema::rules(),
        Of::Config => json_schema::configuration(),
    };
    print(&format!("{schema:#}\n"))?;
    Ok(Status::Clean)
}
