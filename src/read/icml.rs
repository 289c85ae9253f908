//! InCopy's ICML: paragraphs of a story, with roles by the names of their styles; changes as they would be accepted.

use super::scribe::Scribe;
use super::xml::{Happening, attribute, walk};
use super::{ReadError, ReadSettings, Reading, html};
use crate::article::Role;

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
    // How many elements deep we are in something that is not part of the accepted text.
    let mut hidden = 0usize;
    let mut content = false;
    walk("ICML", text, |happening| match happening {
        Happening::Open { name, tag, .. } => {
            let deleted = name == "Change" && attribute(tag, "ChangeType").as_deref() == Some("DeletedText");
            if hidden > 0 || deleted || matches!(name, "Note" | "HiddenText") {
                hidden += 1;
                return;
            }
            match name {
                "ParagraphStyleRange" => {
                    let style = attribute(tag, "AppliedParagraphStyle").unwrap_or_default().to_lowercase();
                    let fits = |words: &[&str]| words.iter().any(|word| style.contains(word));
                    role = STYLES.iter().find(|(words, _)| fits(words)).map(|(_, role)| *role);
                }
                "Content" => content = true,
                "Br" => scribe.end_block(role, Role::Paragraph),
                _ => {}
            }
        }
        Happening::Close { name, .. } => {
            if hidden > 0 {
                hidden -= 1;
                return;
            }
            match name {
                "Content" => content = false,
                "Story" => {
                    scribe.end_block(role, Role::Paragraph);
                    drafts.push(scribe.end_article());
                }
                _ => {}
            }
        }
        Happening::Words { words, span } => {
            if content && hidden == 0 {
                scribe.words(span, words);
            }
        }
    })?;
    drafts.push(scribe.end_article());
    Ok(Reading { drafts, ways: vec![scribe.finish()], escape: html::escaped, warnings: Vec::new() })
}
