//! Where the reports of a check go: one to standard output or a file, and others in their own formats beside it.

use super::Stop;
use super::check::CheckArguments;
use factlint::report::{FORMATS, Look, ReportFormat, Reporter, Statistics};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

/// A report being written.
pub(super) struct Report {
    pub(super) reporter: Box<dyn Reporter>,
    pub(super) out: Box<dyn Write>,
}

/// The report asked for, and those in other formats beside it.
pub(super) fn reports(arguments: &CheckArguments, format: &ReportFormat) -> Result<Vec<Report>, Stop> {
    let files = output_files(arguments)?;
    let main = files.iter().find(|(format, _)| format.is_none());
    let look = Look { color: arguments.color.on(main.is_none() && io::stdout().is_terminal()), quiet: arguments.quiet };
    let reporter = if arguments.statistics { Box::<Statistics>::default() } else { (format.make)(look) };
    let out: Box<dyn Write> = match main {
        Some((_, path)) => Box::new(BufWriter::new(create(path)?)),
        None => Box::new(BufWriter::new(io::stdout())),
    };
    let mut reports = vec![Report { reporter, out }];
    for (format, path) in files {
        let Some(format) = format else { continue };
        let look = Look { color: false, quiet: arguments.quiet };
        reports.push(Report { reporter: (format.make)(look), out: Box::new(BufWriter::new(create(path)?)) });
    }
    Ok(reports)
}

/// Where reports go: `FILE` that of `--output-format`, `FORMAT=FILE` one more.
pub(super) fn output_files(arguments: &CheckArguments) -> Result<Vec<(Option<&'static ReportFormat>, &Path)>, Stop> {
    let named = |word: &str| FORMATS.iter().find(|format| format.name == word);
    let mut files: Vec<(Option<&'static ReportFormat>, &Path)> = Vec::new();
    for word in &arguments.output_file {
        let (format, path) = match word.split_once('=').and_then(|(name, path)| Some((named(name)?, path))) {
            Some((format, path)) => (Some(format), Path::new(path)),
            None => (None, Path::new(word.as_str())),
        };
        if format.is_none() && files.iter().any(|(other, _)| other.is_none()) {
            return Err(Stop::said(format!("{word}: a second report needs its format: --output-file json={word}")));
        }
        if files.iter().any(|(_, other)| *other == path) {
            return Err(Stop::said(format!("{}: two reports would be written to one file", path.display())));
        }
        files.push((format, path));
    }
    Ok(files)
}

fn create(path: &Path) -> Result<File, Stop> {
    File::create(path).map_err(|error| Stop::said(format!("{}: it cannot be written: {error}", path.display())))
}
