//! Bytes into articles: one format a file, each a row of [`FORMATS`].
//!
//! Spans of everything read are bytes of the file's text in UTF-8, a byte order mark included.

mod columns;
mod csv;
mod docx;
mod encoding;
mod error;
mod feed;
mod fields;
mod format;
mod front_matter;
mod html;
mod icml;
mod json;
mod json_lines;
mod markdown;
mod news_xml;
mod ninjs;
mod plain;
mod scribe;
mod size;
mod stated;
mod story;
mod transcript;
mod xml;

pub use encoding::{Encoded, encoding_named};
pub use error::ReadError;
pub use fields::Fields;
pub use format::{FORMATS, Format};
pub(crate) use format::{JSON_LINES, is_format};
pub use size::ArticleSize;
pub use transcript::{Original, Transcript};

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Run};
use crate::text::{Before, Lang, Span};
use encoding_rs::Encoding;
use format::{Reader, Reading, Shown, formats_of};
use jiff::civil::Date;
use scribe::Draft;
use std::sync::Arc;
use story::Stories;

/// A file as text, and the articles in it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Path as given.
    pub path: String,
    /// The text that articles point into: the file's own, or the words written down from it.
    pub text: String,
    /// The file, if the text is not its own, and the way back to it.
    pub original: Option<Original>,
    /// Of a file that is no text, its runs of words, each with where it begins in `text`.
    pub runs: Vec<(usize, Run)>,
    /// Its articles in file order.
    pub articles: Vec<Article>,
    /// What was odd about the file and left aside, for people.
    pub warnings: Vec<String>,
}

impl Document {
    /// Leads findings in the text back to the file, and gives the file's text.
    pub fn into_file(self, diagnostics: &mut [Diagnostic]) -> String {
        self.lead_back(diagnostics);
        if self.original.is_some() {
            diagnostics.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
        }
        self.original.map_or(self.text, |original| original.text)
    }

    /// Leads a place in the text back to the file.
    pub fn lead_back_span(&self, span: &mut Span) {
        if let Some(original) = &self.original {
            *span = original.span(*span);
        }
    }

    /// Leads findings in the text back to the file, in their order.
    pub fn lead_back(&self, diagnostics: &mut [Diagnostic]) {
        for found in diagnostics.iter_mut() {
            let until = self.runs.partition_point(|(start, _)| *start <= found.span.start);
            found.run = self.runs[..until].last().map(|(_, run)| *run);
        }
        let Some(original) = &self.original else { return };
        for found in diagnostics.iter_mut() {
            found.span = original.span(found.span);
            found.labels.iter_mut().for_each(|label| label.span = original.span(label.span));
            for edit in found.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
                edit.span = original.span(edit.span);
                edit.replacement = original.written(&edit.replacement);
            }
        }
    }
}

/// What is settled for the whole run.
#[derive(Clone, Debug, Default)]
pub struct ReadSettings {
    /// The day of articles that state none.
    pub as_of: Option<Date>,
    /// The language of all articles.
    pub lang: Option<Lang>,
    /// The format of all files, whatever they are called.
    pub format: Option<&'static Format>,
    /// The encoding of all files that have no byte order mark.
    pub encoding: Option<&'static Encoding>,
    /// The names of fields in JSON lines and of columns in tables, beside the usual ones.
    pub fields: Arc<Fields>,
    /// What of the file stands before the bytes, if these are a part of it.
    pub before: Before,
}

/// Reads a file's bytes.
///
/// # Errors
/// If the format is not known, the bytes are no text, or the file is not what its format allows.
pub fn read(path: &str, bytes: Vec<u8>, settings: &ReadSettings) -> Result<Document, ReadError> {
    let formats = settings.format.map_or_else(|| formats_of(path), |format| vec![format]);
    if formats.is_empty() {
        return Err(ReadError::unknown_format(path));
    }
    if let [Format { reader: Reader::Archive(read), .. }] = formats[..] {
        let Shown { text, drafts, runs } = read(&bytes)?;
        let mut document = Document { path: path.to_owned(), text, runs, ..Document::default() };
        document.articles = articles(&document, drafts, settings);
        return Ok(document);
    }
    let (text, encoding) = encoding::into_text(bytes, settings.encoding)?;
    let is_it =
        |format: &&&Format| settings.format.is_some() || format.is_it.is_none_or(|is_it| is_it(&text, settings));
    let format = formats.iter().find(is_it).ok_or_else(|| ReadError::not_copy(path))?;
    let mut document = Document { path: path.to_owned(), ..Document::default() };
    match format.reader {
        Reader::WrittenDown(read) => {
            let Reading { drafts, mut ways, escape, warnings } = read(&text, settings)?;
            document.text = ways.first_mut().map(Transcript::take_text).unwrap_or_default();
            document.original = Some(Original::new(text, ways, escape));
            document.articles = articles(&document, drafts, settings);
            document.warnings = warnings;
        }
        Reader::InPlace(read) => {
            document.text = text;
            read(&mut document, settings);
        }
        Reader::Archive(_) => {}
    }
    document.warnings.extend(encoding.map(|encoding| format!("read as {encoding}")));
    Ok(document)
}

/// The articles that a reader of markup has gathered.
fn articles(document: &Document, drafts: Vec<Draft>, settings: &ReadSettings) -> Vec<Article> {
    let mut articles = Vec::new();
    for Draft { facts, blocks, annotations } in drafts {
        let mut stories = Stories::new(&document.text, &document.path, settings, facts);
        blocks.into_iter().for_each(|(role, pieces)| stories.push(role, pieces));
        let first = articles.len();
        articles.extend(stories.finish());
        if let Some(article) = articles.get_mut(first) {
            article.annotations = annotations;
        }
    }
    articles
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
        let error = read("a.odt", Vec::new(), &ReadSettings::default()).unwrap_err();
        assert!(error.to_string().contains(".odt"), "{error}");
    }

    /// What markup is made of, whole and broken.
    const MARKUP: &[&str] = &[
        "<p>",
        "</p>",
        "<html lang='zh'>",
        "<article>",
        "</article>",
        "<q>",
        "</q>",
        "<nitf>",
        "</nitf>",
        "<rss>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<description>",
        "</description>",
        "</rss>",
        "<Story>",
        "<Content>",
        "</Content>",
        "</Story>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&#38463;",
        "&",
        "<",
        ">",
        "\"",
        "{\"text\":\"",
        "\"}",
        "\n",
        "\r\n",
        "\\u963f",
        "\\ud83d\\ude00",
        "\\",
        ",",
        "text\n",
        "\"\"",
        "阿曼",
        "会谈。",
        "a b ",
        "😀",
        "<script>",
        "</script>",
        "<!--",
        "-->",
    ];

    /// Pieces lie in the text, on borders of characters, in order.
    fn well_formed(document: &Document) -> Result<(), TestCaseError> {
        let mut last = 0;
        for piece in document.articles.iter().flat_map(|article| &article.blocks).flat_map(|block| &block.pieces) {
            prop_assert!(piece.end <= document.text.len());
            prop_assert!(document.text.is_char_boundary(piece.start) && document.text.is_char_boundary(piece.end));
            prop_assert!(piece.start >= last || !document.path.ends_with("txt"));
            last = piece.start;
        }
        Ok(())
    }

    /// A path for every format.
    const PATHS: [&str; 10] =
        ["x.txt", "x.md", "x.html", "x.jsonl", "x.json", "x.xml", "x.rss", "x.icml", "x.csv", "x.docx"];

    /// What leads back to the file lies in it, on borders of characters.
    fn leads_back(document: Document) -> Result<(), TestCaseError> {
        let Some(original) = &document.original else { return Ok(()) };
        for piece in document.articles.iter().flat_map(|article| &article.blocks).flat_map(|block| &block.pieces) {
            prop_assert!(original.text.get(original.span(*piece).start..original.span(*piece).end).is_some());
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_markup_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(MARKUP), 0..24)) {
            let text = parts.concat();
            for path in PATHS {
                let settings = ReadSettings { format: formats_of(path).first().copied(), ..ReadSettings::default() };
                if let Ok(document) = read(path, text.clone().into_bytes(), &settings) {
                    well_formed(&document)?;
                    leads_back(document)?;
                }
            }
        }

        #[test]
        fn any_text_is_read(text in "[#>*|`\\-\\+=_!\\[\\]()\n\r\t a-zA-Z0-9新华社月日电记者更正▲。,\u{3000}😀&;:]{0,120}") {
            for path in ["x.txt", "x.md"] {
                well_formed(&document(path, &text))?;
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for path in PATHS {
                if let Ok(document) = read(path, bytes.clone(), &ReadSettings::default()) {
                    well_formed(&document)?;
                    leads_back(document)?;
                }
            }
        }
    }
}
