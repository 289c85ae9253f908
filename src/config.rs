//! `factlint.toml`: what a newsroom settles once for all runs.

use crate::diagnostic::Severity;
use crate::text::Lang;
use jiff::civil::Date;
use miette::{LabeledSpan, NamedSource, SourceCode};
use serde::Deserialize;
use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The name that is looked for, upwards from the current folder.
pub const FILE_NAME: &str = "factlint.toml";

/// Settings of a configuration file; every one may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Rule files and folders beside the shipped ones, relative to the configuration file and made whole.
    pub rules: Vec<PathBuf>,
    /// Rules to run.
    pub select: Vec<String>,
    /// Rules not to run.
    pub ignore: Vec<String>,
    /// The register of findings that are let stand.
    pub accepted: Option<PathBuf>,
    /// Globs of what is not looked at, relative to `folder`.
    pub exclude: Vec<String>,
    /// The severity that fails a run.
    pub fail_on: Option<Severity>,
    /// The day of articles that state none.
    pub as_of: Option<Date>,
    /// The language of all articles.
    pub lang: Option<Lang>,
    /// The folder of the configuration file.
    pub folder: PathBuf,
}

/// The file as a person writes it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct WrittenConfig {
    rules: Vec<PathBuf>,
    select: Vec<String>,
    ignore: Vec<String>,
    exclude: Vec<String>,
    accepted: Option<PathBuf>,
    fail_on: Option<Spanned<String>>,
    as_of: Option<Spanned<toml::Value>>,
    lang: Option<Spanned<String>>,
}

/// Why a configuration file cannot be used, drawn in the file.
#[derive(Debug)]
pub struct ConfigError {
    message: String,
    help: Option<String>,
    source: Option<NamedSource<String>>,
    at: Option<Range<usize>>,
}

/// Looks for the configuration file in a folder and those above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

/// Reads a configuration file.
///
/// # Errors
/// If it cannot be read, is no TOML, or says what no key or value means.
pub fn read(path: &Path) -> Result<Config, Box<ConfigError>> {
    let shown = path.display().to_string();
    let unread = |what: String| {
        let message = format!("{shown}: {what}");
        Box::new(ConfigError { message, help: None, source: None, at: None })
    };
    let bytes = fs::read(path).map_err(|error| unread(format!("the configuration cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| unread("the configuration is not UTF-8 text".to_owned()))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    parse(&shown, &text, folder)
}

pub(crate) fn parse(name: &str, text: &str, folder: &Path) -> Result<Config, Box<ConfigError>> {
    let wrong = |message: String, help: &str, at: Option<Range<usize>>| {
        let help = (!help.is_empty()).then(|| help.to_owned());
        Box::new(ConfigError { message, help, source: Some(NamedSource::new(name, text.to_owned())), at })
    };
    let written: WrittenConfig =
        toml::from_str(text).map_err(|error| wrong(error.message().to_owned(), "", error.span()))?;
    let fail_on = written.fail_on.map(|word| {
        Severity::from_word(word.get_ref()).ok_or_else(|| {
            let message = format!("`{}` is no severity", word.get_ref());
            wrong(message, "write `error`, `warning` or `note`", Some(word.span()))
        })
    });
    let as_of = written.as_of.map(|day| {
        // A TOML date and the same in quotes mean the same.
        let digits = day.get_ref().as_str().map_or_else(|| day.get_ref().to_string(), str::to_owned);
        digits.parse().map_err(|_| {
            wrong(format!("{} is no day", day.get_ref()), "write it as `as-of = 2026-02-07`", Some(day.span()))
        })
    });
    let lang = written.lang.map(|code| {
        Lang::from_code(code.get_ref()).ok_or_else(|| {
            let message = format!("`{}` is no language", code.get_ref());
            wrong(message, "write its two letters, such as `zh` or `en`", Some(code.span()))
        })
    });
    Ok(Config {
        rules: written.rules.into_iter().map(|path| folder.join(path)).collect(),
        select: written.select,
        ignore: written.ignore,
        exclude: written.exclude,
        accepted: written.accepted.map(|path| folder.join(path)),
        fail_on: fail_on.transpose()?,
        as_of: as_of.transpose()?,
        lang: lang.transpose()?,
        folder: folder.to_owned(),
    })
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

impl miette::Diagnostic for ConfigError {
    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let at = self.at.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, (at.start, at.len())))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_key_is_read() {
        let text = "rules = ['house']\nselect = ['capital']\nignore = ['total']\nexclude = ['drafts/']\n\
                    fail-on = 'warning'\nas-of = 2026-02-07\nlang = 'zh'\n";
        let config = parse("factlint.toml", text, Path::new("desk")).unwrap();
        assert_eq!(config.rules, [PathBuf::from("desk/house")]);
        assert_eq!((config.fail_on, config.as_of), (Some(Severity::Warning), Some(date(2026, 2, 7))));
        assert_eq!(config.lang, Some(Lang::ZH));
        assert_eq!(parse("c", "as-of = '2026-02-07'", Path::new(".")).unwrap().as_of, config.as_of);
    }

    #[test]
    fn mistakes_are_told_at_their_place() {
        let place = |text: &str| {
            let error = parse("c", text, Path::new(".")).unwrap_err();
            (error.message, error.at.map(|at| text[at].to_owned()))
        };
        assert_eq!(place("fail-on = 'fatal'"), ("`fatal` is no severity".into(), Some("'fatal'".into())));
        assert_eq!(place("as-of = 7").1.as_deref(), Some("7"));
        assert_eq!(place("lang = 'chinese'").1.as_deref(), Some("'chinese'"));
        let (message, at) = place("lang = 'zh'\nselct = []");
        assert!(message.contains("unknown field `selct`"), "{message}");
        assert_eq!(at.as_deref(), Some("selct"));
    }
}
