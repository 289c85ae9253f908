//! InCopy's ICML: paragraphs of a story, with roles by the names of their styles; changes as they would be accepted.

use super::scribe::Scribe;
use super::xml::{Happening, attribute, walk_shown};
use super::{ReadError, ReadSettings, Reading, html};
use crate::article::Role;
use quick_xml::events::BytesStart;

/// Words in the names of paragraph styles, and the role they mean.
const STYLES: &[(&[&str], Role)] = &[
    (&["图说", "圖說", "caption", "图注"], Role::Caption),
    (&["作者", "署名", "byline", "记者"], Role::Byline),
    (&["电头", "電頭", "dateline"], Role::Dateline),
    (&["引文", "quote"], Role::Quotation),
    (&["标题", "標題", "引题", "副题", "headline", "title", "heading", "deck"], Role::Headline),
];

pub(super) fn read(text: &str, _settings: &ReadSettings) -> Result<Reading, ReadError> {
    let mut scribe = Scribe::new(text);
    let mut drafts = Vec::new();
    let mut role: Option<Role> = None;
    let hides = |name: &str, tag: &BytesStart<'_>| {
        matches!(name, "Note" | "HiddenText")
            || name == "Change" && attribute(tag, "ChangeType").as_deref() == Some("DeletedText")
    };
    let mut content = false;
    walk_shown("ICML", text, hides, |happening| match happening {
        Happening::Open { name, tag, .. } => match name {
            "ParagraphStyleRange" => {
                let style = attribute(tag, "AppliedParagraphStyle").unwrap_or_default().to_lowercase();
                let fits = |words: &[&str]| words.iter().any(|word| style.contains(word));
                role = STYLES.iter().find(|(words, _)| fits(words)).map(|(_, role)| *role);
            }
            "Content" => content = true,
            "Br" => scribe.end_block(role, Role::Paragraph),
            _ => {}
        },
        Happening::Close { name, .. } => match name {
            "Content" => content = false,
            "Story" => {
                scribe.end_block(role, Role::Paragraph);
                drafts.push(scribe.end_article());
            }
            _ => {}
        },
        Happening::Words { words, span } => {
            if content {
                scribe.words(span, words);
            }
        }
    })?;
    drafts.push(scribe.end_article());
    Ok(Reading { drafts, ways: vec![scribe.finish()], escape: html::escaped, warnings: Vec::new() })
}
