//! Bytes into articles: one format a file, each a row of [`FORMATS`].
//!
//! Spans of everything read are bytes of the file's text in UTF-8, a byte order mark included.

mod error;
mod front_matter;
mod markdown;
mod plain;
mod story;

pub use error::ReadError;

use crate::article::Article;
use crate::text::Lang;
use jiff::civil::Date;

/// A file as text, and the articles in it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Path as given.
    pub path: String,
    /// The file's text.
    pub text: String,
    /// Its articles in file order.
    pub articles: Vec<Article>,
    /// What was odd about the file and left aside, for people.
    pub warnings: Vec<String>,
}

/// What is settled for the whole run.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadSettings {
    /// The day of articles that state none.
    pub as_of: Option<Date>,
    /// The language of all articles.
    pub lang: Option<Lang>,
}

/// A format: its name, the file name extensions that mean it, and its reader.
pub struct Format {
    /// For people.
    pub name: &'static str,
    /// Extensions in lower case, without the dot.
    pub extensions: &'static [&'static str],
    read: fn(&mut Document, &ReadSettings),
}

/// Every format that can be read.
pub const FORMATS: &[Format] = &[
    Format { name: "plain text", extensions: &["txt", "text"], read: plain::read },
    Format { name: "Markdown", extensions: &["md", "markdown"], read: markdown::read },
];

/// The format that a path's extension means; a path without one is plain text.
pub fn format_of(path: &str) -> Option<&'static Format> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => {
            let extension = extension.to_ascii_lowercase();
            FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
        }
        _ => FORMATS.first(),
    }
}

/// Reads a file's bytes.
///
/// # Errors
/// If the format is not known, or the bytes are not UTF-8 text.
pub fn read(path: &str, bytes: Vec<u8>, settings: &ReadSettings) -> Result<Document, ReadError> {
    let format = format_of(path).ok_or_else(|| ReadError::unknown_format(path))?;
    let text = error::into_text(bytes)?;
    let mut document = Document { path: path.to_owned(), text, ..Document::default() };
    (format.read)(&mut document, settings);
    Ok(document)
}

/// An example of a rule as a document: plain text with a stated day and place and no file around it.
pub(crate) fn read_example(text: String, place: Option<&str>, settings: &ReadSettings) -> Document {
    let mut document = Document { text, ..Document::default() };
    plain::read(&mut document, settings);
    if let Some(place) = place {
        document.articles.iter_mut().for_each(|article| article.place = Some(place.to_owned()));
    }
    document
}
