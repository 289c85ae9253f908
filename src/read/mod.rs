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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Role;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn document(path: &str, text: &str) -> Document {
        read(path, text.as_bytes().to_vec(), &ReadSettings::default()).unwrap()
    }

    fn roles(document: &Document, article: usize) -> Vec<(Role, &str)> {
        let blocks = &document.articles[article].blocks;
        blocks.iter().map(|block| (block.role, &document.text[block.pieces[0].start..block.pieces[0].end])).collect()
    }

    #[test]
    fn plain_text_has_headlines_datelines_and_captions() {
        let text = "\u{FEFF}港口复航\r\n\r\n新华社卑尔根3月2日电(记者 甲乙)渡轮2日复航。\r\n\r\n▲渡轮靠岸。新华社发\r\n\r\n雪停了\r\n\r\n新华社奥斯陆3月3日电 大雪3日停了。\r\n";
        let document = document("2026/03/04/a.txt", text);
        assert_eq!(document.articles.len(), 2);
        let first = &document.articles[0];
        assert_eq!((first.title.as_deref(), first.place.as_deref()), (Some("港口复航"), Some("卑尔根")));
        assert_eq!(first.date, Some(date(2026, 3, 2)));
        assert_eq!(roles(&document, 0)[2], (Role::Caption, "▲渡轮靠岸。新华社发"));
        assert_eq!(document.articles[1].date, Some(date(2026, 3, 3)));
    }

    #[test]
    fn markdown_headings_start_articles_and_code_is_left_out() {
        let text = "---\ndate: 2026-03-04\n---\n# Ferry *back*\n\n## Deck\n\nBERGEN, Norway (AP) — The ferry [sails](http://x) again.\n\n> It sails.\n\n```\nx\n```\n\n# Snow stops\n\nThe snow stopped.\n";
        let document = document("a.md", text);
        assert_eq!(document.articles.len(), 2);
        assert_eq!(document.articles[0].title.as_deref(), Some("Ferry back"));
        assert_eq!(document.articles[0].place.as_deref(), Some("BERGEN, Norway"));
        let roles: Vec<Role> = document.articles[0].blocks.iter().map(|block| block.role).collect();
        assert_eq!(roles, [Role::Headline, Role::Headline, Role::Paragraph, Role::Quotation, Role::Code]);
        assert!(document.articles.iter().all(|article| article.date == Some(date(2026, 3, 4))));
    }

    #[test]
    fn other_formats_are_refused_by_name() {
        let error = read("a.docx", Vec::new(), &ReadSettings::default()).unwrap_err();
        assert!(error.to_string().contains(".docx"), "{error}");
    }

    /// Pieces lie in the text, on borders of characters, in order.
    fn well_formed(document: &Document) -> Result<(), TestCaseError> {
        let mut last = 0;
        for piece in document.articles.iter().flat_map(|article| &article.blocks).flat_map(|block| &block.pieces) {
            prop_assert!(piece.end <= document.text.len());
            prop_assert!(document.text.is_char_boundary(piece.start) && document.text.is_char_boundary(piece.end));
            prop_assert!(piece.start >= last || document.path.ends_with("md"));
            last = piece.start;
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[#>*|`\\-\\+=_!\\[\\]()\n\r\t a-zA-Z0-9新华社月日电记者更正▲。,\u{3000}😀&;:]{0,120}") {
            for path in ["x.txt", "x.md"] {
                well_formed(&document(path, &text))?;
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for path in ["x.txt", "x.md"] {
                if let Ok(document) = read(path, bytes.clone(), &ReadSettings::default()) {
                    well_formed(&document)?;
                }
            }
        }
    }
}
