//! The formats that can be read, by their names and extensions, each with its reader.

use super::scribe::Draft;
use super::transcript::Transcript;
use super::{Document, ReadError, ReadSettings};
use super::{csv, docx, feed, html, icml, json_lines, markdown, news_xml, ninjs, plain, xml};
use crate::diagnostic::Run;

/// A format: its name, the file name extensions that mean it, and its reader.
#[derive(Debug)]
pub struct Format {
    /// The word for `--format`.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// Extensions in lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// For an extension that means other things too: whether a file of it is one of these.
    pub(super) is_it: Option<fn(&str, &ReadSettings) -> bool>,
    pub(super) reader: Reader,
}

/// How a format is read.
#[derive(Debug)]
pub(super) enum Reader {
    /// Its articles point into the file's own text.
    InPlace(fn(&mut Document, &ReadSettings)),
    /// Its words are written down.
    WrittenDown(fn(&str, &ReadSettings) -> Result<Reading, ReadError>),
    /// It is no text: an archive.
    Archive(fn(&[u8]) -> Result<Shown, ReadError>),
}

/// What an archive shows.
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) drafts: Vec<Draft>,
    pub(super) runs: Vec<(usize, Run)>,
}

/// What a reader has written down.
pub(super) struct Reading {
    pub(super) drafts: Vec<Draft>,
    /// From the words to the file, a step at a time.
    pub(super) ways: Vec<Transcript>,
    /// How words are written in the file.
    pub(super) escape: fn(&str) -> String,
    pub(super) warnings: Vec<String>,
}

/// The name of JSON lines, the format of archives.
pub(crate) const JSON_LINES: &str = "jsonl";

/// Whether a file is read as of the format of this name, before its content is looked at.
pub(crate) fn is_format(path: &str, settings: &ReadSettings, id: &str) -> bool {
    match settings.format {
        Some(format) => format.id == id,
        None => formats_of(path).first().is_some_and(|format| format.id == id),
    }
}

/// Every format that can be read.
pub const FORMATS: &[Format] = &[
    Format {
        id: "text",
        name: "plain text",
        extensions: &["txt", "text"],
        is_it: None,
        reader: Reader::InPlace(plain::read),
    },
    Format {
        id: "markdown",
        name: "Markdown",
        extensions: &["md", "markdown"],
        is_it: None,
        reader: Reader::InPlace(markdown::read),
    },
    Format {
        id: "html",
        name: "HTML",
        extensions: &["html", "htm", "xhtml"],
        is_it: Some(|text, _| !html::is_own_report(text)),
        reader: Reader::WrittenDown(html::read),
    },
    Format {
        id: JSON_LINES,
        name: "JSON lines",
        extensions: &["jsonl", "ndjson"],
        is_it: None,
        reader: Reader::WrittenDown(json_lines::read),
    },
    Format {
        id: "ninjs",
        name: "ninjs",
        extensions: &["json", "ninjs"],
        is_it: Some(|text, _| ninjs::is_it(text)),
        reader: Reader::WrittenDown(ninjs::read),
    },
    Format {
        id: "news-xml",
        name: "NITF and NewsML-G2",
        extensions: &["xml", "nitf", "newsml"],
        is_it: Some(|text, _| {
            has_root(text, &["nitf", "newsItem", "newsMessage", "newsItemSet", "packageItem", "html"])
        }),
        reader: Reader::WrittenDown(news_xml::read),
    },
    Format {
        id: "feed",
        name: "RSS and Atom",
        extensions: &["rss", "atom", "xml", "rdf"],
        is_it: Some(|text, _| has_root(text, &["rss", "feed", "RDF"])),
        reader: Reader::WrittenDown(feed::read),
    },
    Format { id: "icml", name: "InCopy", extensions: &["icml"], is_it: None, reader: Reader::WrittenDown(icml::read) },
    Format {
        id: "csv",
        name: "CSV",
        extensions: &["csv", "tsv"],
        is_it: Some(csv::is_it),
        reader: Reader::WrittenDown(csv::read),
    },
    Format { id: "docx", name: "DOCX", extensions: &["docx"], is_it: None, reader: Reader::Archive(docx::read) },
];

/// The formats that a path's extension may mean; a path without one is plain text.
pub(super) fn formats_of(path: &str) -> Vec<&'static Format> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => {
            let extension = extension.to_ascii_lowercase();
            FORMATS.iter().filter(|format| format.extensions.contains(&extension.as_str())).collect()
        }
        _ => FORMATS.iter().take(1).collect(),
    }
}

fn has_root(text: &str, names: &[&str]) -> bool {
    xml::root(text.trim_start_matches('\u{FEFF}')).is_some_and(|root| names.contains(&root.as_str()))
}
