//! `factlint.toml`: what a folder of copy settles once for everyone who checks it.

use crate::diagnostic::Severity;
use crate::text::{Lang, nearest};
use jiff::civil::Date;
use std::fmt;
use std::path::{Path, PathBuf};

/// The file's name, looked for upwards from the current folder.
pub const FILE_NAME: &str = "factlint.toml";

/// What a configuration file says; paths are relative to its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Rule and fact files or folders, added to the shipped ones.
    pub rules: Vec<PathBuf>,
    /// Rules that run; all if empty.
    pub select: Vec<String>,
    /// Rules that do not.
    pub ignore: Vec<String>,
    /// Globs of files that are left out.
    pub exclude: Vec<String>,
    /// The severity from which a finding fails the run.
    pub fail_on: Option<Severity>,
    /// The day of articles that state none.
    pub as_of: Option<Date>,
    /// The language of all articles.
    pub lang: Option<Lang>,
}

const KEYS: &[&str] = &["rules", "select", "ignore", "exclude", "fail-on", "as-of", "lang"];

/// Why a configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// It cannot be read.
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        why: String,
    },
    /// It is not TOML.
    Syntax {
        /// The file.
        path: String,
        /// Why.
        why: String,
    },
    /// A key that means nothing here.
    UnknownKey {
        /// The file.
        path: String,
        /// The key.
        key: String,
    },
    /// A value of the wrong type.
    WrongValue {
        /// The file.
        path: String,
        /// The key.
        key: String,
        /// What it should be.
        wanted: &'static str,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::Unreadable { path, why } => write!(f, "{path}: cannot be read: {why}"),
            ConfigError::Syntax { path, why } => write!(f, "{path}: this is not TOML: {why}"),
            ConfigError::UnknownKey { path, key } => match nearest(key, KEYS.iter().copied()) {
                Some(near) => write!(f, "{path}: unknown key `{key}`; did you mean `{near}`?"),
                None => write!(f, "{path}: unknown key `{key}`; the keys are {}", KEYS.join(", ")),
            },
            ConfigError::WrongValue { path, key, wanted } => write!(f, "{path}: `{key}` is {wanted}"),
        }
    }
}

impl std::error::Error for ConfigError {}

/// The nearest configuration file from a folder upwards.
pub fn find(from: &Path) -> Option<PathBuf> {
    from.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

/// Reads a configuration file.
///
/// # Errors
/// If it cannot be read, is not TOML, or says something that means nothing.
pub fn read(path: &Path) -> Result<Config, ConfigError> {
    let shown = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable { path: shown.clone(), why: error.to_string() })?;
    parse(&text, &shown, path.parent().unwrap_or(Path::new("")))
}

fn parse(text: &str, path: &str, folder: &Path) -> Result<Config, ConfigError> {
    let table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| ConfigError::Syntax { path: path.to_owned(), why: error.to_string() })?;
    let mut config = Config::default();
    for (key, value) in table {
        let wrong = |wanted| ConfigError::WrongValue { path: path.to_owned(), key: key.clone(), wanted };
        let strings = || -> Result<Vec<String>, ConfigError> {
            let list = value.as_array().ok_or_else(|| wrong("a list of strings"))?;
            list.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(|| wrong("a list of strings"))).collect()
        };
        match key.as_str() {
            "rules" => config.rules = strings()?.into_iter().map(|rule| folder.join(rule)).collect(),
            "select" => config.select = strings()?,
            "ignore" => config.ignore = strings()?,
            "exclude" => config.exclude = strings()?,
            "fail-on" => {
                let wanted = "`error`, `warning` or `note`";
                config.fail_on = Some(value.as_str().and_then(Severity::from_word).ok_or_else(|| wrong(wanted))?);
            }
            "as-of" => {
                let day = value.to_string().trim_matches('"').parse().map_err(|_| wrong("a day such as 2026-02-07"))?;
                config.as_of = Some(day);
            }
            "lang" => config.lang = Some(value.as_str().and_then(Lang::from_code).ok_or_else(|| wrong("a language such as `zh`"))?),
            _ => return Err(ConfigError::UnknownKey { path: path.to_owned(), key }),
        }
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_unknown_ones_told() {
        let config = parse("rules = ['house']\nfail-on = 'warning'\nas-of = 2026-02-07", "c", Path::new("/x")).unwrap();
        assert_eq!(config.rules, [PathBuf::from("/x/house")]);
        assert_eq!((config.fail_on, config.as_of), (Some(Severity::Warning), Some(jiff::civil::date(2026, 2, 7))));
        let error = parse("selct = []", "c", Path::new("")).unwrap_err();
        assert_eq!(error.to_string(), "c: unknown key `selct`; did you mean `select`?");
        assert!(parse("lang = 3", "c", Path::new("")).is_err());
    }
}
