//! `factlint config`: which settings are in force here, and the files that they come from.

use super::screen::Color;
use super::{Status, Stop, print};
use clap::Args;
use factlint::config::{self, Config, Override};
use factlint::diagnostic::Severity;
use factlint::report::draw;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct ConfigArguments {
    /// Look for factlint.toml in this folder and those above it
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Show the settings of this file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(super) fn run(arguments: &ConfigArguments) -> Result<Status, Stop> {
    let folder = std::path::absolute(&arguments.folder).unwrap_or_else(|_| arguments.folder.clone());
    let Some(path) = arguments.config.clone().or_else(|| config::find(&folder)) else {
        print("no factlint.toml here or above: the defaults are in force (`factlint init` writes one)\n")?;
        return Ok(Status::Clean);
    };
    let config = config::read(&path).map_err(|error| Stop::Drawn(draw(error.as_ref(), Color::Auto.stderr())))?;
    print(&listing(&config))?;
    Ok(Status::Clean)
}

/// The settings as they would be written, the files that they come from before them.
fn listing(config: &Config) -> String {
    let mut out: String = config.files.iter().map(|file| format!("# from {}\n", file.display())).collect();
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!("{key} = {value}\n"));
        }
    };
    let shown = |path: &PathBuf| path.display().to_string();
    line("rules", list(config.rules.iter().map(shown)));
    line("select", list(config.select.iter().cloned()));
    line("ignore", list(config.ignore.iter().cloned()));
    line("exclude", list(config.exclude.iter().flat_map(|one| one.globs.iter().map(|glob| under(&one.folder, glob)))));
    line("accepted", config.accepted.as_ref().map(|path| format!("{:?}", shown(path))));
    line("fail-on", Some(format!("{:?}", config.fail_on.unwrap_or(Severity::Error).as_str())));
    line("as-of", config.as_of.map(|day| day.to_string()));
    line("lang", config.lang.map(|lang| format!("{:?}", lang.code())));
    line("severity", severities(&config.severity));
    for (key, names) in [
        ("title", &config.fields.title),
        ("text", &config.fields.text),
        ("date", &config.fields.date),
        ("lang", &config.fields.lang),
        ("place", &config.fields.place),
    ] {
        line(&format!("fields.{key}"), list(names.iter().cloned()));
    }
    for Override { paths, ignore, severity, .. } in &config.overrides {
        out.push_str("\n[[overrides]]\n");
        let parts = [
            ("paths", list(paths.iter().cloned())),
            ("ignore", list(ignore.iter().cloned())),
            ("severity", severities(severity)),
        ];
        for (key, value) in parts {
            out.extend(value.map(|value| format!("{key} = {value}\n")));
        }
    }
    out
}

fn list(values: impl Iterator<Item = String>) -> Option<String> {
    let values: Vec<String> = values.map(|value| format!("{value:?}")).collect();
    (!values.is_empty()).then(|| format!("[{}]", values.join(", ")))
}

fn severities(severities: &[(String, Severity)]) -> Option<String> {
    let values: Vec<String> =
        severities.iter().map(|(rule, severity)| format!("{rule} = {:?}", severity.as_str())).collect();
    (!values.is_empty()).then(|| format!("{{ {} }}", values.join(", ")))
}

/// A glob with the folder that it is relative to, if that is not this one.
fn under(folder: &Path, glob: &str) -> String {
    if folder == Path::new(".") { glob.to_owned() } else { format!("{}: {glob}", folder.display()) }
}
