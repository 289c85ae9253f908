//! `factlint.toml` as a person writes it, and what is wrong with it, drawn in the file.

use super::{Config, Excluded, Override};
use crate::diagnostic::Severity;
use crate::read::Fields;
use crate::text::Lang;
use miette::{LabeledSpan, NamedSource, SourceCode};
use serde::Deserialize;
use serde::de::{SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The file as a person writes it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct WrittenConfig {
    extends: Vec<PathBuf>,
    rules: Vec<PathBuf>,
    select: Vec<String>,
    ignore: Vec<String>,
    exclude: Vec<String>,
    accepted: Option<PathBuf>,
    severity: BTreeMap<String, Spanned<String>>,
    overrides: Vec<WrittenOverride>,
    fail_on: Option<Spanned<String>>,
    as_of: Option<Spanned<toml::Value>>,
    lang: Option<Spanned<String>>,
    fields: WrittenFields,
}

/// What articles' fields are called: a name, or several to be tried in turn.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenFields {
    title: Names,
    text: Names,
    date: Names,
    lang: Names,
    place: Names,
}

/// One name or several.
#[derive(Debug, Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Names, D::Error> {
        struct OneOrMore;
        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a list of names")
            }
            fn visit_str<E>(self, name: &str) -> Result<Names, E> {
                Ok(Names(vec![name.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Names, A::Error> {
                let mut all = Vec::new();
                while let Some(name) = names.next_element()? {
                    all.push(name);
                }
                Ok(Names(all))
            }
        }
        deserializer.deserialize_any(OneOrMore)
    }
}

/// Settings for some of the copy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOverride {
    paths: Spanned<Vec<String>>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    severity: BTreeMap<String, Spanned<String>>,
}

/// Why a configuration file cannot be used, drawn in the file.
#[derive(Debug)]
pub struct ConfigError {
    message: String,
    help: Option<String>,
    source: Option<NamedSource<String>>,
    at: Option<Range<usize>>,
}

impl ConfigError {
    /// A mistake that stands at no place.
    pub(super) fn plain(message: String) -> Box<ConfigError> {
        Box::new(ConfigError { message, help: None, source: None, at: None })
    }
}

/// What draws a mistake in its file.
struct Drawer<'t> {
    name: &'t str,
    text: &'t str,
}

impl Drawer<'_> {
    fn wrong(&self, message: String, help: &str, at: Option<Range<usize>>) -> Box<ConfigError> {
        let help = (!help.is_empty()).then(|| help.to_owned());
        Box::new(ConfigError { message, help, source: Some(NamedSource::new(self.name, self.text.to_owned())), at })
    }

    fn severity(&self, word: &Spanned<String>) -> Result<Severity, Box<ConfigError>> {
        Severity::from_word(word.get_ref()).ok_or_else(|| {
            let message = format!("`{}` is no severity", word.get_ref());
            self.wrong(message, "write `error`, `warning` or `note`", Some(word.span()))
        })
    }

    fn severities(
        &self,
        written: &BTreeMap<String, Spanned<String>>,
    ) -> Result<Vec<(String, Severity)>, Box<ConfigError>> {
        written.iter().map(|(rule, word)| Ok((rule.clone(), self.severity(word)?))).collect()
    }
}

/// Reads the settings of one file, and the files that it extends.
pub(super) fn parse(name: &str, text: &str, folder: &Path) -> Result<(Config, Vec<PathBuf>), Box<ConfigError>> {
    let drawer = Drawer { name, text };
    let written: WrittenConfig =
        toml::from_str(text).map_err(|error| drawer.wrong(error.message().to_owned(), "", error.span()))?;
    let as_of = written.as_of.map(|day| {
        // A TOML date and the same in quotes mean the same.
        let digits = day.get_ref().as_str().map_or_else(|| day.get_ref().to_string(), str::to_owned);
        digits.parse().map_err(|_| {
            drawer.wrong(format!("{} is no day", day.get_ref()), "write it as `as-of = 2026-02-07`", Some(day.span()))
        })
    });
    let lang = written.lang.map(|code| {
        Lang::from_code(code.get_ref()).ok_or_else(|| {
            let message = format!("`{}` is no language", code.get_ref());
            drawer.wrong(message, "write its two letters, such as `zh` or `en`", Some(code.span()))
        })
    });
    let mut overrides = Vec::new();
    for one in &written.overrides {
        let (severity, ignore) = (drawer.severities(&one.severity)?, one.ignore.clone());
        let made = Override::new(one.paths.get_ref(), folder, ignore, severity);
        overrides.push(made.map_err(|message| {
            drawer.wrong(message, "write globs as in .gitignore: `paths = [\"opinion/\"]`", Some(one.paths.span()))
        })?);
    }
    let whole = |path: &PathBuf| folder.join(path);
    let exclude = Excluded { globs: written.exclude, folder: folder.to_owned() };
    let config = Config {
        rules: written.rules.iter().map(whole).collect(),
        select: written.select,
        ignore: written.ignore,
        exclude: if exclude.globs.is_empty() { Vec::new() } else { vec![exclude] },
        accepted: written.accepted.as_ref().map(whole),
        severity: drawer.severities(&written.severity)?,
        overrides,
        fail_on: written.fail_on.as_ref().map(|word| drawer.severity(word)).transpose()?,
        as_of: as_of.transpose()?,
        lang: lang.transpose()?,
        fields: Fields {
            title: written.fields.title.0,
            text: written.fields.text.0,
            date: written.fields.date.0,
            lang: written.fields.lang.0,
            place: written.fields.place.0,
        },
        files: Vec::new(),
    };
    Ok((config, written.extends.iter().map(whole).collect()))
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
