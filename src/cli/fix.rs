//! Repairs in files, for `factlint check --fix`: safe ones as they are, others after asking; a repaired file is checked
//! again and left as it was if the repairs make new findings.

use super::Stop;
use super::check::CheckArguments;
use factlint::batch::{CheckedFile, recheck};
use factlint::diagnostic::{Diagnostic, Fix, Severity};
use factlint::fix;
use factlint::read::{self, ReadSettings};
use factlint::rule::RuleSet;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

/// What became of a file.
#[derive(Debug, Default)]
pub(super) struct Fixed {
    /// The severities of the findings that were repaired.
    pub(super) written: Vec<Severity>,
    /// A diff, if that was asked for.
    pub(super) diff: String,
}

/// Repairs a file that was checked.
pub(super) fn fix(
    arguments: &CheckArguments,
    rules: &RuleSet,
    settings: &ReadSettings,
    file: &CheckedFile,
) -> Result<Fixed, Stop> {
    let mut chosen = fix::choose(&file.diagnostics, arguments.unsafe_fixes);
    if arguments.unsafe_fixes && !arguments.yes && !arguments.diff {
        chosen = ask(file, chosen)?;
    }
    if chosen.is_empty() {
        return Ok(Fixed::default());
    }
    let wrong = |what: String| Stop::said(format!("{}: it cannot be repaired: {what}", file.path));
    let path = Path::new(&file.path);
    let bytes = fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let source = read::Encoded::read(bytes, settings.encoding).map_err(|error| wrong(error.to_string()))?;
    // Spans of an archive point into what it shows.
    if source.text != file.text {
        return Err(wrong("it is no text file, or it has changed since it was read".to_owned()));
    }
    let repaired = fix::apply(&source.text, &chosen);
    let bytes = source.encode(&repaired).ok_or_else(|| {
        wrong(format!("{} has no characters for the repair", source.encoding.unwrap_or("its encoding")))
    })?;
    let (again, _) =
        recheck(rules, settings, &file.path, bytes.clone(), false).map_err(|problem| wrong(problem.message))?;
    // What is let stand is nothing new either.
    let known: Vec<Diagnostic> =
        file.diagnostics.iter().chain(file.accepted.iter().map(|accepted| &accepted.diagnostic)).cloned().collect();
    if fix::makes_new(&known, &again) {
        return Err(wrong("the repairs would make new findings; nothing was changed".to_owned()));
    }
    if arguments.diff {
        return Ok(Fixed { diff: fix::diff(&file.path, &source.text, &repaired), ..Fixed::default() });
    }
    replace(path, &bytes).map_err(|error| wrong(error.to_string()))?;
    Ok(Fixed { written: chosen.iter().map(|(found, _)| found.severity).collect(), ..Fixed::default() })
}

/// Asks about each repair.
fn ask<'f>(file: &CheckedFile, chosen: Vec<(&'f Diagnostic, &'f Fix)>) -> Result<Vec<(&'f Diagnostic, &'f Fix)>, Stop> {
    let stdin = io::stdin();
    if !stdin.is_terminal() && !chosen.is_empty() {
        return Err(Stop::said(
            "--unsafe-fixes asks about each repair: give --yes where nobody can answer, or --diff to look",
        ));
    }
    let mut kept = Vec::new();
    for (found, fix) in chosen {
        eprint_question(&format!("{}: {}\n  {}? [y/N] ", file.path, found.message, fix.title))?;
        let mut answer = String::new();
        stdin.lock().read_line(&mut answer)?;
        if answer.trim().eq_ignore_ascii_case("y") {
            kept.push((found, fix));
        }
    }
    Ok(kept)
}

fn eprint_question(words: &str) -> io::Result<()> {
    let mut out = io::stderr().lock();
    out.write_all(words.as_bytes())?;
    out.flush()
}

/// Puts new bytes in the place of a file, all of them or none, with the permissions it had.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a link leads to is what is repaired, not the link.
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(permissions)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
