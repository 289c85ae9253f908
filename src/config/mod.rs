//! `factlint.toml`: what a newsroom settles once for all runs.

mod written;

pub use written::ConfigError;

use crate::diagnostic::{Diagnostic, Severity};
use crate::read::Fields;
use crate::text::Lang;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::civil::Date;
use std::fs;
use std::path::{Path, PathBuf};

/// The name that is looked for, upwards from the current folder.
pub const FILE_NAME: &str = "factlint.toml";

/// Settings of a configuration file and of those that it extends; every one may be left out.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Rule files and folders beside the shipped ones, relative to the configuration file and made whole.
    pub rules: Vec<PathBuf>,
    /// Rules to run.
    pub select: Vec<String>,
    /// Rules not to run.
    pub ignore: Vec<String>,
    /// What is not looked at.
    pub exclude: Vec<Excluded>,
    /// The register of findings that are let stand.
    pub accepted: Option<PathBuf>,
    /// Severities of rules, by id or beginning of it, other than their own.
    pub severity: Vec<(String, Severity)>,
    /// Settings for some of the copy.
    pub overrides: Vec<Override>,
    /// The severity that fails a run.
    pub fail_on: Option<Severity>,
    /// The day of articles that state none.
    pub as_of: Option<Date>,
    /// The language of all articles.
    pub lang: Option<Lang>,
    /// What the fields of articles in JSON lines and tables are called.
    pub fields: Fields,
    /// The files that settings come from, the one in force first.
    pub files: Vec<PathBuf>,
}

/// Globs as in .gitignore, and the folder that they are relative to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excluded {
    /// The globs.
    pub globs: Vec<String>,
    /// The folder.
    pub folder: PathBuf,
}

/// Settings for the copy under some paths.
#[derive(Clone, Debug)]
pub struct Override {
    /// The globs as written.
    pub paths: Vec<String>,
    /// Rules whose findings there are left out.
    pub ignore: Vec<String>,
    /// Severities of rules there.
    pub severity: Vec<(String, Severity)>,
    matcher: Gitignore,
}

impl Override {
    fn new(
        paths: &[String],
        folder: &Path,
        ignore: Vec<String>,
        severity: Vec<(String, Severity)>,
    ) -> Result<Override, String> {
        if paths.is_empty() {
            return Err("an override says for which paths it holds".to_owned());
        }
        let mut builder = GitignoreBuilder::new(std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
        for glob in paths {
            builder.add_line(None, glob).map_err(|error| format!("`{glob}` is no glob: {error}"))?;
        }
        let matcher = builder.build().map_err(|error| error.to_string())?;
        Ok(Override { paths: paths.to_vec(), ignore, severity, matcher })
    }

    fn holds_for(&self, path: &Path) -> bool {
        path.starts_with(self.matcher.path()) && self.matcher.matched_path_or_any_parents(path, false).is_ignore()
    }
}

impl Config {
    /// Gives a file's findings the severities that are settled for it, and leaves those out that are not wanted there.
    ///
    /// `own` tells the severity of a rule as it is written: a finding that weighs less, since it stands in a quotation,
    /// is not raised.
    pub fn adjust(&self, path: &str, findings: &mut Vec<Diagnostic>, own: impl Fn(&str) -> Option<Severity>) {
        if findings.is_empty() || (self.severity.is_empty() && self.overrides.is_empty()) {
            return;
        }
        let whole = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
        let overrides: Vec<&Override> = self.overrides.iter().filter(|one| one.holds_for(&whole)).collect();
        let means = |word: &String, found: &Diagnostic| found.rule.starts_with(word.as_str());
        findings.retain(|found| !overrides.iter().any(|one| one.ignore.iter().any(|word| means(word, found))));
        for found in findings {
            let all = self.severity.iter().chain(overrides.iter().flat_map(|one| &one.severity));
            // What is said last, and for fewer files, counts.
            if let Some((_, severity)) = all.rev().find(|(word, _)| means(word, found)) {
                let lowered = own(&found.rule).is_some_and(|own| found.severity < own);
                found.severity = if lowered { found.severity.min(*severity) } else { *severity };
            }
        }
    }

    /// Takes what a file that is extended says where this one says nothing; lists go on with this one's.
    fn extend(mut self, mut base: Config) -> Config {
        base.rules.append(&mut self.rules);
        base.ignore.append(&mut self.ignore);
        base.exclude.append(&mut self.exclude);
        base.severity.append(&mut self.severity);
        base.overrides.append(&mut self.overrides);
        self.files.append(&mut base.files);
        Config {
            select: if self.select.is_empty() { base.select } else { self.select },
            accepted: self.accepted.or(base.accepted),
            fail_on: self.fail_on.or(base.fail_on),
            as_of: self.as_of.or(base.as_of),
            lang: self.lang.or(base.lang),
            fields: if self.fields.is_empty() { base.fields } else { self.fields },
            files: self.files,
            ..base
        }
    }
}

/// Looks for the configuration file in a folder and those above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

/// Reads a configuration file and those that it extends.
///
/// # Errors
/// If one cannot be read, is no TOML, says what no key or value means, or extends itself.
pub fn read(path: &Path) -> Result<Config, Box<ConfigError>> {
    read_below(path, &mut Vec::new())
}

fn read_below(path: &Path, open: &mut Vec<PathBuf>) -> Result<Config, Box<ConfigError>> {
    let shown = path.display().to_string();
    let unread = |what: &str| ConfigError::plain(format!("{shown}: {what}"));
    let bytes = fs::read(path).map_err(|error| unread(&format!("the configuration cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| unread("the configuration is not UTF-8 text"))?;
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if open.contains(&whole) {
        return Err(unread("the configuration extends itself: take it out of `extends`"));
    }
    open.push(whole);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (mut config, extends) = written::parse(&shown, &text, folder)?;
    config.files = vec![path.to_owned()];
    // The later of two that are extended is laid over the earlier one.
    let mut base: Option<Config> = None;
    for other in &extends {
        let other = read_below(other, open)?;
        base = Some(match base {
            Some(base) => other.extend(base),
            None => other,
        });
    }
    open.pop();
    Ok(match base {
        Some(base) => config.extend(base),
        None => config,
    })
}

/// Whether a text is a configuration, for tests of what is said about configurations elsewhere.
#[cfg(test)]
pub(crate) fn is_read(text: &str) -> bool {
    written::parse(FILE_NAME, text, Path::new(".")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use miette::Diagnostic as _;

    fn parse(text: &str) -> Result<Config, Box<ConfigError>> {
        written::parse("factlint.toml", text, Path::new("desk")).map(|(config, _)| config)
    }

    #[test]
    fn every_key_is_read() {
        let text = "extends = ['../house.toml']\nrules = ['house']\nselect = ['capital']\nignore = ['total']\n\
                    exclude = ['drafts/']\naccepted = 'ok.toml'\nfail-on = 'warning'\nas-of = 2026-02-07\nlang = 'zh'\n\
                    severity.capital = 'note'\nfields.text = 'copy'\nfields.date = ['day', 'a.b']\n[[overrides]]\npaths = ['opinion/']\nignore = ['weekday']\n";
        let (config, extends) = written::parse("factlint.toml", text, Path::new("desk")).unwrap();
        assert_eq!(extends, [PathBuf::from("desk/../house.toml")]);
        assert_eq!(config.rules, [PathBuf::from("desk/house")]);
        assert_eq!((config.fail_on, config.as_of), (Some(Severity::Warning), Some(date(2026, 2, 7))));
        assert_eq!((config.lang, config.accepted), (Some(Lang::ZH), Some(PathBuf::from("desk/ok.toml"))));
        assert_eq!(config.severity, [("capital".to_owned(), Severity::Note)]);
        assert_eq!((config.fields.text[0].as_str(), config.fields.date.len()), ("copy", 2));
        assert_eq!(config.overrides[0].ignore, ["weekday"]);
        assert_eq!(parse("as-of = '2026-02-07'").unwrap().as_of, config.as_of);
    }

    #[test]
    fn mistakes_are_told_at_their_place() {
        let place = |text: &str| {
            let error = parse(text).unwrap_err();
            let label = error.labels().and_then(|mut labels| labels.next());
            let at = label.map(|label| text[label.offset()..label.offset() + label.len()].to_owned());
            (error.to_string(), at)
        };
        assert_eq!(place("fail-on = 'fatal'"), ("`fatal` is no severity".into(), Some("'fatal'".into())));
        assert_eq!(place("severity.x = 'fatal'").1.as_deref(), Some("'fatal'"));
        assert_eq!(place("as-of = 7").1.as_deref(), Some("7"));
        assert_eq!(place("lang = 'chinese'").1.as_deref(), Some("'chinese'"));
        assert_eq!(place("fields.text = 7").1.as_deref(), Some("7"));
        assert_eq!(place("fields.txt = 'x'").1.as_deref(), Some("txt"));
        assert_eq!(place("[[overrides]]\npaths = ['{a']\n").1.as_deref(), Some("['{a']"));
        let (message, at) = place("lang = 'zh'\nselct = []");
        assert!(message.contains("unknown field `selct`"), "{message}");
        assert_eq!(at.as_deref(), Some("selct"));
    }
}
